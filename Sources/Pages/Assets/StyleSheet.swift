/// The one style sheet: small, for phones first, light and dark, and for paper.
let styleSheet = """
    :root {
      --ink: #1d2b2a; --soft: #5c6b69; --paper: #faf9f6; --card: #ffffff; --line: #dfe3df;
      --house: #1f5f5b; --gold: #d99a1c; --profit: #1f7a74; --cost: #d9a441; --minus: #b3261e; --note: #fff5da;
      --space: 1rem; --radius: .75rem;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ink: #e8eeec; --soft: #9fb0ad; --paper: #121918; --card: #1a2422; --line: #2d3a38;
        --house: #7cc7bf; --gold: #f0bd4f; --profit: #57b8ae; --cost: #c98f2b; --minus: #ff9b91; --note: #3a3016;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
    main { max-width: 68rem; margin: 0 auto; padding: var(--space); }
    h1 { font-size: clamp(1.5rem, 5vw, 2.2rem); line-height: 1.15; margin: 0 0 .5rem; letter-spacing: -.015em; }
    h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; }
    a { color: var(--house); }
    :focus-visible { outline: 3px solid var(--gold); outline-offset: 2px; border-radius: .25rem; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem; }
    header.house { display: flex; justify-content: space-between; align-items: center; padding: .6rem var(--space);
      border-bottom: 1px solid var(--line); background: var(--card); }
    .wordmark { display: flex; gap: .5rem; align-items: center; font-weight: 700; text-decoration: none; color: var(--ink); }
    footer.house { color: var(--soft); font-size: .85rem; text-align: center; padding: 2rem var(--space); }
    .eyebrow { margin: 0; color: var(--house); font-weight: 600; font-size: .85rem; text-transform: uppercase; letter-spacing: .06em; }
    .hint { color: var(--soft); font-size: .875rem; margin: .25rem 0; }
    .months { display: flex; justify-content: space-between; margin-bottom: 1rem; }
    .months a { text-decoration: none; padding: .5rem .25rem; font-variant-numeric: tabular-nums; }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1rem 0; }
    .tile, .card { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: .9rem 1rem; }
    .tile dt { color: var(--soft); font-size: .85rem; }
    .tile dd { margin: 0; font-size: 1.35rem; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
    .tile dd.hint { font-size: .8rem; font-weight: 400; letter-spacing: 0; }
    .cards { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 1rem; }
    .cards h2 { margin-top: 0; }
    .narrow { max-width: 28rem; margin: 2rem auto; }
    .note, .alert { background: var(--note); border-left: 4px solid var(--gold); padding: .6rem .9rem; border-radius: .4rem; }
    .chart { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: .75rem; }
    .chart svg { display: block; }
    .chart text { font: .78rem system-ui, sans-serif; fill: var(--ink); }
    .chart .value { font-variant-numeric: tabular-nums; font-weight: 600; }
    .chart .minus { fill: var(--minus); }
    @supports (x: 1%) { @media (min-width: 56rem), print { .chart .names { width: 17%; } .chart .bars { x: 18%; width: 71%; } } }
    .chart rect.profit, .key.profit { fill: var(--profit); background: var(--profit); }
    .chart rect.cost, .key.cost { fill: var(--cost); background: var(--cost); }
    .chart figcaption { color: var(--soft); font-size: .85rem; padding-top: .5rem; }
    .key { display: inline-block; width: .8em; height: .8em; border-radius: .2em; margin-left: .5em; }
    .scroll { overflow-x: auto; margin: 1rem 0; border: 1px solid var(--line); border-radius: var(--radius); background: var(--card); }
    table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
    caption { text-align: left; padding: .6rem .75rem; color: var(--soft); }
    th, td { padding: .45rem .75rem; text-align: right; white-space: nowrap; border-top: 1px solid var(--line); }
    thead th { color: var(--soft); font-weight: 600; }
    th:first-child { text-align: left; position: sticky; left: 0; background: var(--card); }
    tbody th { font-weight: 500; }
    tfoot th, tfoot td { font-weight: 700; border-top: 2px solid var(--house); }
    td.minus { color: var(--minus); }
    details { margin: .75rem 0; }
    summary { cursor: pointer; padding: .6rem 0; font-weight: 600; color: var(--house); }
    .legend dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; font-size: .9rem; }
    .legend dt { font-weight: 600; } .legend dd { margin: 0; color: var(--soft); }
    label { display: block; font-weight: 600; margin: .5rem 0 .25rem; }
    input { width: 100%; font: inherit; padding: .65rem .75rem; border: 1px solid var(--soft); border-radius: .5rem; background: var(--paper); color: var(--ink); }
    button, .button { display: inline-block; font: inherit; font-weight: 600; padding: .65rem 1.1rem; border: 0; border-radius: .5rem;
      background: var(--house); color: var(--paper); text-decoration: none; cursor: pointer; margin-top: .5rem; }
    button.quiet { background: none; color: var(--soft); padding: .35rem .5rem; margin: 0; font-weight: 500; }
    code { font-size: .85em; overflow-wrap: anywhere; }
    @media (max-width: 32rem) { .legend dl { grid-template-columns: 1fr; } .legend dd { margin-bottom: .4rem; } }
    @media print {
      :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; }
      header.house, footer.house, .months, .skip { display: none; }
      details > * { display: block; }
      .scroll { overflow: visible; border: 0; } table { font-size: 7.5pt; } th, td { padding: 2pt 4pt; }
      .tile, .chart { break-inside: avoid; }
    }

    """
