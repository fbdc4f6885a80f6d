/// The one style sheet: for phones first, light and dark, and for paper.
let styleSheet = """
    :root {
      --ink: #1c2827; --soft: #566563; --paper: #f7f6f2; --card: #ffffff; --line: #dcdfd9;
      --house: #1b5d58; --on-house: #ffffff; --hero: #1b5d58; --on-hero: #ffffff; --hero-soft: #cfe4e0; --gold: #d99a1c;
      --profit: #1f7a74; --cost: #f4e4bf; --cost-edge: #a8781a; --minus: #ad2a20; --note: #fff4d6;
      --edge: #7d8a87; --field: #ffffff; --warm: #b4501e; --P: #1f7a4d; --A: #ad2a20; --L: #8f5f00; --M: #2d5f9e; --S: #6a4a9c; --on-mark: #ffffff;
      --space: 1rem; --radius: .8rem;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ink: #e9efed; --soft: #a3b3b0; --paper: #101716; --card: #18211f; --line: #2c3937;
        --house: #80cbc2; --on-house: #0c1413; --hero: #173f3c; --on-hero: #f2faf8; --hero-soft: #a9cdc7; --gold: #f0bd4f;
        --profit: #4fb3a8; --cost: #43371c; --cost-edge: #b98e3a; --minus: #ff9d93; --note: #352c15;
        --edge: #71827f; --field: #0d1312; --warm: #f0975f; --P: #6fd3a0; --A: #ff9d93; --L: #f0bd4f; --M: #8fbdf2; --S: #c3a6f0; --on-mark: #10201c;
      }
    }
    * { box-sizing: border-box; } [hidden] { display: none !important; }
    html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
    main { max-width: 76rem; margin: 0 auto; padding: var(--space); }
    h1, h2 { line-height: 1.15; letter-spacing: -.018em; text-wrap: balance; }
    h1 { font-size: clamp(1.6rem, 6vw, 2.4rem); margin: 0 0 .35rem; }
    h2 { font-size: 1.3rem; margin: 0 0 .75rem; }
    section { margin: 2.25rem 0 0; scroll-margin-top: 1rem; }
    a { color: var(--house); text-underline-offset: .18em; } :where(main a) { padding-block: .25rem; } .eyebrow a { padding-block: .5rem; }
    b { font-weight: 650; font-variant-numeric: tabular-nums; }
    code { font-size: .85em; overflow-wrap: anywhere; }
    :focus-visible { outline: 3px solid var(--gold); outline-offset: 2px; border-radius: .25rem; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem; z-index: 2; }
    .eyebrow { margin: 0; color: var(--house); font-weight: 650; font-size: .82rem; text-transform: uppercase; letter-spacing: .07em; }
    .hint { color: var(--soft); font-size: .875rem; margin: .25rem 0; }

    header.house { display: flex; align-items: center; gap: .5rem 1.25rem; min-height: 3.25rem;
      padding: .3rem max(var(--space), calc((100% - 74rem) / 2)); border-bottom: 1px solid var(--line); background: var(--card); }
    .wordmark { display: flex; gap: .55rem; align-items: center; min-height: 2.75rem; min-width: 0; font-weight: 700; letter-spacing: -.01em;
      text-decoration: none; color: var(--ink); }
    .wordmark img { flex: none; }
    .wordmark span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .self { margin-left: auto; }
    .self a { display: inline-flex; align-items: center; min-height: 2.75rem; padding: 0 .25rem; text-decoration: none; font-weight: 550; }
    .bar { position: fixed; inset: auto 0 0; z-index: 3; display: flex; justify-content: space-around; background: var(--card);
      border-top: 1px solid var(--line); padding: .25rem .25rem calc(.25rem + env(safe-area-inset-bottom)); }
    .bar a { flex: 1; display: grid; justify-items: center; gap: .1rem; padding: .3rem 0; min-height: 3rem; border-radius: .6rem;
      color: var(--soft); font-size: .75rem; font-weight: 600; text-decoration: none; }
    .bar svg { fill: none; stroke: currentColor; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }
    .bar a[aria-current] { color: var(--house); }
    .bar .to-log svg { background: var(--house); color: var(--on-house); border-radius: .5rem; padding: .1rem; }
    body:has(.bar) { padding-bottom: 4.5rem; }
    .languages { display: flex; justify-content: center; gap: .5rem; margin: 0 0 1rem; }
    footer.house { color: var(--soft); font-size: .85rem; text-align: center; padding: 2rem var(--space); }
    .crumb { margin: 0 0 .25rem; font-size: .9rem; }
    .crumb a { display: inline-block; padding: .6rem 0; text-decoration: none; }
    .crumb a::before { content: "\\2039\\00a0"; }

    .months { display: flex; justify-content: space-between; gap: 1rem; margin: 0 0 .75rem; font-size: .95rem; }
    .months a { padding: .6rem 0; text-decoration: none; }
    .months a[rel=next] { margin-left: auto; }
    .jump { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: 1.25rem; }
    .jump a { padding: .55rem .9rem; border: 1px solid var(--line); border-radius: 2rem; background: var(--card);
      text-decoration: none; font-size: .9rem; font-weight: 550; }

    .tiles { display: grid; grid-template-columns: repeat(2, 1fr); gap: .75rem; margin: 1.1rem 0; }
    .tile, .card, .chart, .scroll { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); }
    .tile { padding: .8rem .9rem; min-width: 0; }
    .tile dt { color: var(--soft); font-size: .85rem; }
    .tile dd { margin: 0; font-size: clamp(1.15rem, 5.2vw, 1.5rem); font-weight: 680; line-height: 1.3;
      font-variant-numeric: tabular-nums; letter-spacing: -.02em; }
    .tile dd.hint { font-size: .8rem; font-weight: 400; letter-spacing: 0; line-height: 1.4; }
    .tile.hero { grid-column: span 2; background: var(--hero); border-color: var(--hero); color: var(--on-hero); }
    .tile.hero dt, .tile.hero dd.hint { color: var(--hero-soft); }
    .tile.hero dd:nth-of-type(1) { font-size: clamp(2rem, 9vw, 2.75rem); line-height: 1.15; }
    .spread { display: block; margin-top: .5rem; overflow: visible; }
    .spread line { stroke: var(--hero-soft); }
    .spread .axis { stroke-opacity: .45; }
    .spread .box { fill: var(--hero-soft); fill-opacity: .35; stroke: var(--hero-soft); }
    .spread .median { stroke: var(--on-hero); stroke-width: 2; }
    .spread .mean { fill: var(--gold); stroke: var(--hero); stroke-width: 1.5; }
    .spread text { fill: var(--hero-soft); font: 400 .65rem system-ui, sans-serif; letter-spacing: 0; }

    .note, .alert { background: var(--note); border-left: 4px solid var(--gold); padding: .65rem .9rem; border-radius: .4rem; }
    .card { padding: 1.1rem 1.2rem; }
    .card h2 { margin: 0; }
    .cards { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); gap: 1rem; }
    .narrow { max-width: 28rem; margin: 2rem auto; }

    .chart { margin: 0 0 1rem; padding: .75rem .9rem; }
    .chart svg { display: block; }
    .chart text { font: .78rem system-ui, sans-serif; fill: var(--ink); }
    .chart .value { font-variant-numeric: tabular-nums; font-weight: 600; }
    .chart .minus, td.minus { fill: var(--minus); color: var(--minus); }
    .chart rect.cost { fill: var(--cost); stroke: var(--cost-edge); }
    .chart rect.profit { fill: var(--profit); }
    .chart figcaption { color: var(--soft); font-size: .85rem; padding-top: .6rem; }
    .key { display: inline-block; width: .85em; height: .85em; border-radius: .2em; vertical-align: -.05em; }
    .key.cost { background: var(--cost); border: 1px solid var(--cost-edge); }
    .key.profit { background: var(--profit); margin-left: .5em; }

    .series0 { fill: var(--profit); background: var(--profit); }
    .series1 { fill: var(--cost); stroke: var(--cost-edge); background: var(--cost); border: 1px solid var(--cost-edge); }
    .series2 { fill: #8a6fb0; background: #8a6fb0; }
    .series3 { fill: #d6d0e6; stroke: #8a6fb0; background: #d6d0e6; border: 1px solid #8a6fb0; }
    .series4 { fill: #c4623f; background: #c4623f; }
    .series5 { fill: #f3d9cc; stroke: #c4623f; background: #f3d9cc; border: 1px solid #c4623f; }
    .series6 { fill: #4a6fa5; background: #4a6fa5; }
    .series7 { fill: #d3deed; stroke: #4a6fa5; background: #d3deed; border: 1px solid #4a6fa5; }
    .part { display: inline-block; margin-right: .9em; white-space: nowrap; }
    [class^=heat] { fill: var(--profit); }
    .heat1 { fill-opacity: .12; } .heat2 { fill-opacity: .2; } .heat3 { fill-opacity: .3; } .heat4 { fill-opacity: .4; }
    .heat5 { fill-opacity: .5; } .heat6 { fill-opacity: .6; } .heat7 { fill-opacity: .7; } .heat8 { fill-opacity: .8; } .heat9 { fill-opacity: .9; }
    .chart .axis { fill: var(--soft); font-size: .7rem; }

    .scroll { overflow-x: auto; }
    table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .85rem; font-variant-numeric: tabular-nums; }
    caption { text-align: left; padding: .65rem .75rem; color: var(--soft); position: sticky; left: 0; }
    th, td { padding: .42rem .6rem; text-align: right; white-space: nowrap; border-top: 1px solid var(--line); }
    thead th { color: var(--soft); font-weight: 600; }
    .return thead tr:first-child th { text-align: left; padding-left: 1.1rem; font-size: .75rem; text-transform: uppercase; letter-spacing: .05em; }
    .return thead tr:first-child th, .return thead tr:first-child td { border-top: 0; padding-bottom: 0; }
    thead tr:last-child > * { border-top: 0; }
    .return tr > :nth-child(7), .return tr > :nth-child(10), .return tr > :nth-child(14) { padding-right: 1.1rem; }
    .return tbody td:nth-child(7), .return tbody td:nth-child(11) { font-weight: 600; }
    tr > :first-child { text-align: left; position: sticky; left: 0; background: var(--card); }
    th.text, td.text { text-align: left; }
    th[scope=row] { max-width: 14rem; overflow: hidden; text-overflow: ellipsis; font-weight: 550; }
    th[scope=row]:has(time) { min-width: 8.5rem; white-space: normal; }
    tbody tr:hover > * { background: color-mix(in srgb, var(--house) 7%, var(--card)); }
    tfoot th, tfoot td { font-weight: 700; border-top: 2px solid var(--house); }

    details.legend { margin: .75rem 0; }
    .legend summary { cursor: pointer; padding: .5rem 0; font-weight: 600; }
    .legend dl { margin: 0; display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .35rem 1.25rem; font-size: .9rem; }
    dd { overflow-wrap: anywhere; }
    .legend dt { font-weight: 650; } .legend dd a { display: inline-block; min-width: 1.5rem; padding: .25rem .1rem; }
    .legend dd { margin: 0; color: var(--soft); max-width: 46rem; }

    label, legend { display: block; font-weight: 600; margin: .9rem 0 .3rem; padding: 0; }
    input, select, textarea { width: 100%; min-height: 2.9rem; font: inherit; padding: .6rem .75rem; border: 1px solid var(--edge); border-radius: .6rem;
      background: var(--field); color: var(--ink); }
    input[type=checkbox], input[type=radio] { width: 1.25rem; height: 1.25rem; min-height: 0; margin: 0; flex: none; accent-color: var(--house); }
    [aria-invalid] { border-color: var(--minus); border-width: 2px; }
    .fault { color: var(--minus); font-weight: 550; margin: .25rem 0 0; }
    .alert { border-left-color: var(--minus); }
    .alert ul { margin: .25rem 0; padding-left: 1.1rem; }
    fieldset { border: 0; margin: .9rem 0 0; padding: 0; min-width: 0; }
    .entry { max-width: 34rem; }
    .entry .send, .everybody { margin: 1.25rem 0 .25rem; }
    .entry .send button, .wide { width: 100%; min-height: 3rem; font-size: 1.05rem; }
    .few, .tick label, label.tick { display: flex; align-items: center; gap: .75rem; min-height: 2.75rem; margin: 0; font-weight: 450; }
    .few { padding: .35rem .75rem; border: 1px solid var(--line); border-radius: .6rem; margin-top: .4rem; background: var(--card); }
    .few:has(:checked) { border-color: var(--house); background: color-mix(in srgb, var(--house) 9%, var(--card)); }
    .more { margin: .9rem 0; } .more summary { cursor: pointer; font-weight: 600; color: var(--house); padding: .6rem 0; }
    .search { display: flex; flex-wrap: wrap; gap: .5rem; margin: .75rem 0; max-width: 34rem; } .search label { flex: 1 0 100%; margin: 0; } .search input { flex: 1; min-width: 0; }
    .search button { margin: 0; }

    .chip { display: inline-block; flex: none; padding: .1rem .6rem; border-radius: 1rem; font-size: .8rem; font-weight: 600; line-height: 1.6;
      background: color-mix(in srgb, var(--house) 14%, var(--card)); color: var(--ink); white-space: nowrap; vertical-align: middle; letter-spacing: 0; }
    .chip.good { background: color-mix(in srgb, var(--P) 20%, var(--card)); }
    .chip.warn { background: color-mix(in srgb, var(--gold) 30%, var(--card)); }
    .chip.bad { background: color-mix(in srgb, var(--minus) 16%, var(--card)); }
    .chip.quiet { background: none; border: 1px solid var(--line); color: var(--soft); font-weight: 500; }
    .chip:empty { display: none; }
    .warmth { letter-spacing: .1em; color: var(--warm); background: none; padding: 0; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .who { display: block; min-width: 0; overflow-wrap: anywhere; } a.who { color: inherit; text-decoration: none; flex: 1; padding: .35rem 0; }
    .who .hint, legend .hint { display: block; margin: 0; font-weight: 400; }
    .empty { border: 1px dashed var(--edge); border-radius: var(--radius); padding: 1rem 1.2rem; color: var(--soft); }
    .empty p { margin: 0 0 .25rem; }
    .hint + .empty, .empty + .scroll, .scroll + .scroll { margin-top: 1rem; }
    .tabs { display: flex; flex-wrap: wrap; gap: .4rem; margin: .75rem 0; }
    .tabs a, .pages a { display: inline-flex; align-items: center; min-height: 2.75rem; padding: 0 .9rem; border-radius: 2rem; text-decoration: none; font-weight: 550; border: 1px solid var(--line);
      background: var(--card); }
    .tabs a[aria-current] { background: var(--house); color: var(--on-house); border-color: var(--house); }
    main > .tabs:first-child { flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none; margin: 0 calc(-1 * var(--space)) 1rem; padding: .25rem var(--space); }
    main > .tabs:first-child a { flex: none; }
    .pages { display: flex; justify-content: space-between; margin: 1rem 0; }
    .names { columns: 2; margin: .25rem 0; padding-left: 1.1rem; }
    .two { display: grid; gap: 0 1rem; }

    .sheet { list-style: none; margin: .5rem 0; padding: 0; }
    .sheet li { border-top: 1px solid var(--line); padding: .35rem 0 .5rem; scroll-margin-top: 4rem; }
    .sheet fieldset { margin: 0; display: grid; grid-template-columns: minmax(0, 1fr) 12rem; gap: .3rem .5rem; align-items: center; }
    .sheet legend { margin: 0; float: left; overflow-wrap: anywhere; line-height: 1.25; }
    .sheet .stand-in { display: none; grid-column: 1 / -1; margin: 0; }
    .sheet li:has(.S :checked) .stand-in, .sheet .stand-in:has(:focus) { display: block; }
    .marks { display: grid; grid-template-columns: repeat(5, 1fr); gap: .25rem; }
    .mark { margin: 0; position: relative; }
    .mark input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer; }
    .mark > span[aria-hidden] { display: grid; place-items: center; min-height: 2.75rem; border: 1px solid var(--edge); border-radius: .6rem; font-weight: 650;
      background: var(--card); }
    .mark :checked + span { color: var(--on-mark); border-color: transparent; background: var(--tone); }
    .mark :focus-visible + span { outline: 3px solid var(--gold); outline-offset: 2px; }
    .mark.P { --tone: var(--P); } .mark.A { --tone: var(--A); } .mark.L { --tone: var(--L); } .mark.M { --tone: var(--M); } .mark.S { --tone: var(--S); }
    .chip.mark { background: var(--tone); color: var(--on-mark); }
    .sheet li.waiting .mark :checked + span { opacity: .6; }
    .sheet li.other { background: var(--note); }
    .progress { position: sticky; top: 0; z-index: 2; background: var(--paper); padding: .5rem 0; margin: 0; display: flex; flex-wrap: wrap; gap: .35rem .75rem; align-items: center; }
    progress { flex: 1 0 100%; height: .6rem; accent-color: var(--P); border: 0; border-radius: 1rem; background: var(--line); overflow: hidden; }
    progress::-webkit-progress-bar { background: var(--line); } progress::-webkit-progress-value { background: var(--P); border-radius: 1rem; }
    .sign { text-align: center; } .sign svg { width: min(20rem, 80%); height: auto; } .code .ground { fill: #fff; } .code .modules { fill: #000; }

    .cards section { margin: 0; }
    .plain, .secrets { list-style: none; padding: 0; margin: .5rem 0; }
    .plain li { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .25rem 1rem; padding: .5rem 0;
      border-top: 1px solid var(--line); overflow-wrap: anywhere; }
    .plain li > :first-child { flex: 1 1 11rem; min-width: 0; } .plain li > a:not(.who, .button) { padding: .6rem 0; }
    .who a { text-decoration: none; } .who a { display: inline-block; padding: .15rem 0; }
    .secrets code, .key-text { font-size: 1.05rem; letter-spacing: .05em; line-height: 1.9; }
    button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem; font: inherit; font-weight: 600; padding: .4rem 1.1rem;
      border: 1px solid transparent; border-radius: .6rem; background: var(--house); color: var(--on-house); text-decoration: none; cursor: pointer; margin: .25rem 0 0; }
    button.quiet, .button.quiet { background: none; color: var(--house); border-color: var(--line); font-weight: 550; }
    button.danger { background: none; color: var(--minus); border-color: currentColor; }
    button:active, .button:active { translate: 0 1px; }

    .acts { display: flex; gap: .5rem; flex-basis: 100%; } .acts form { margin: 0; } .acts button { padding: .25rem .9rem; min-height: 2.25rem; font-size: .9rem; }
    .quick { display: grid; grid-template-columns: repeat(2, 1fr); gap: .6rem; list-style: none; padding: 0; margin: .75rem 0; }
    .quick a { display: grid; gap: .15rem; align-content: center; min-height: 4rem; height: 100%; padding: .6rem .9rem; border-radius: var(--radius); background: var(--card); border: 1px solid var(--line);
      text-decoration: none; color: var(--ink); font-weight: 600; }
    .quick a:hover { border-color: var(--house); } .quick .hint { font-weight: 400; margin: 0; }
    .quick .first a { background: var(--hero); border-color: var(--hero); color: var(--on-hero); } .quick .first .hint { color: var(--hero-soft); }
    .year { display: block; width: 100%; height: auto; } .year rect { fill: var(--profit); } .year .back { fill: var(--cost); stroke: var(--cost-edge); } .year text { font: .65rem system-ui, sans-serif; fill: var(--soft); }
    .year line { stroke: var(--line); }

    @media (min-width: 56rem) {
      .tiles { grid-template-columns: repeat(4, 1fr); }
      .chart { padding: 1rem 1.25rem; max-width: 46rem; }
      .chart text { font-size: .85rem; }
      main > .tabs:first-child { flex-wrap: wrap; margin: 0 0 1rem; padding: 0; }
      .bar { position: static; border: 0; padding: 0; justify-content: flex-start; gap: .25rem; }
      .bar a { display: flex; flex: none; align-items: center; gap: .45rem; padding: 0 .8rem; min-height: 2.75rem; font-size: .95rem; }
      .bar a[aria-current] { background: color-mix(in srgb, var(--house) 12%, var(--card)); }
      body:has(.bar) { padding-bottom: 0; }
      .sheet { columns: 2; column-gap: 2rem; } .sheet li { break-inside: avoid; }
      .quick { grid-template-columns: repeat(4, 1fr); }
      .wide, .entry .send button { width: auto; min-width: 16rem; }
      .beside .tiles { grid-template-columns: repeat(2, 1fr); }
      .beside { display: grid; grid-template-columns: 3fr 2fr; gap: 0 2.5rem; align-items: start; }
    }
    @media (min-width: 34rem) { .sheet fieldset { grid-template-columns: minmax(0, 1fr) 17rem; } .two { grid-template-columns: 1fr 1fr; } }
    @media (min-width: 76rem) { .legend dl { grid-template-columns: max-content 1fr max-content 1fr; } }
    @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }

    @page { size: A4 landscape; margin: 12mm; }
    @media print {
      :root { --ink: #000; --soft: #444; --paper: #fff; --card: #fff; --line: #ccc; --house: #14504b; --profit: #1f7a74; --cost: #f4e4bf;
        --cost-edge: #a8781a; --minus: #9c1f16; --hero: #fff; --on-hero: #000; --hero-soft: #444; --note: #fff; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      html { font-size: 10pt; }
      main { max-width: none; padding: 0; }
      header.house, footer.house, .months, .jump, .skip, .crumb, .no-paper, button { display: none; }
      body:has(.bar) { padding: 0; } .paper { font-size: 11pt; } .paper td, .paper th { padding: 4pt 6pt; border: 1px solid #999; } .paper .room { min-width: 45mm; }
      section { margin-top: 8mm; }
      #trailing, #since-joining, #words { break-before: page; }
      .tiles { grid-template-columns: repeat(4, 1fr); gap: 2mm; }
      .tile { padding: 2mm 3mm; }
      .tile dd, .tile.hero dd:nth-of-type(1) { font-size: 13pt; }
      .tile.hero { border-color: var(--line); }
      .tile, .note, tr { break-inside: avoid; }
      .chart { break-inside: avoid; }
      .scroll { overflow: visible; border: 0; }
      table { font-size: 7.5pt; }
      th, td { padding: 1pt 3pt; }
      .return tr > :nth-child(7), .return tr > :nth-child(10), .return tr > :nth-child(14) { padding-right: 6pt; }
      caption { padding: 0 0 2mm; }
      .legend dl { grid-template-columns: max-content 1fr max-content 1fr; font-size: 8.5pt; }
      a { color: inherit; text-decoration: none; }
    }

    """
