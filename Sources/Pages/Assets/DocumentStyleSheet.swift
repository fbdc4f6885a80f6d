/// The style of a report that stands alone, on a screen and on paper.
///
/// Without variables, grids and mixed colours, which the WeasyPrint of Debian 12 does not know.
let documentStyleSheet = """
    * { box-sizing: border-box; }
    body { margin: 0; background: #fff; color: #1c2827; font: 15px/1.45 "Liberation Sans", "Helvetica Neue", Arial, sans-serif; }
    main { max-width: 76rem; margin: 0 auto; padding: 1.5rem; }
    h1 { margin: 0 0 .3rem; font-size: 1.9rem; line-height: 1.15; string-set: title content(); }
    h2 { margin: 0 0 .6rem; font-size: 1.2rem; line-height: 1.2; break-after: avoid; }
    p { margin: .3rem 0; }
    section { margin: 1.8rem 0 0; }
    .chapter { color: #1b5d58; font-weight: bold; font-size: .85rem; string-set: chapter content(); }
    .hint, figcaption, caption { color: #566563; font-size: .85rem; }
    time { string-set: moment attr(data-foot); }
    .note { background: #fff4d6; border-left: 4px solid #d99a1c; padding: .5rem .8rem; }

    figure { margin: 0 0 1rem; break-inside: avoid; }
    svg { display: block; max-width: 100%; height: auto; }
    figcaption { padding-top: .4rem; }
    .value { font-weight: bold; }
    .axis { fill: #566563; }
    .key { display: inline-block; width: .8em; height: .8em; vertical-align: -.05em; margin-left: .5em; }
    .part { display: inline-block; margin-right: .9em; }
    .key.series0 { background: #1f7a74; }
    .key.series1 { background: #f4e4bf; border: 1px solid #a8781a; }
    .key.series2 { background: #8a6fb0; }
    .key.series3 { background: #d6d0e6; border: 1px solid #8a6fb0; }
    .key.series4 { background: #c4623f; }
    .key.series5 { background: #f3d9cc; border: 1px solid #c4623f; }
    .key.series6 { background: #4a6fa5; }
    .key.series7 { background: #d3deed; border: 1px solid #4a6fa5; }

    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .85rem; font-variant-numeric: tabular-nums; }
    caption { text-align: left; padding: 0 0 .4rem; }
    th, td { padding: .3rem .45rem; text-align: right; vertical-align: top; white-space: nowrap; border-bottom: 1px solid #dcdfd9; }
    thead th { color: #1b5d58; border-bottom: 2px solid #1b5d58; vertical-align: bottom; white-space: normal; }
    tr > :first-child, th.text, td.text { text-align: left; }
    tr > .text + *, tr > * + .text { padding-left: 1.1em; }
    td.text { white-space: normal; }
    th[scope=row] { font-weight: normal; max-width: 16rem; white-space: normal; overflow-wrap: anywhere; }
    tfoot { display: table-row-group; }
    tfoot th, tfoot td, tfoot th[scope=row] { font-weight: bold; border-top: 2px solid #1b5d58; }
    .minus { color: #9c1f16; }
    dl { margin: 0; font-size: .88rem; }
    dt { font-weight: bold; float: left; clear: left; width: 11rem; padding-right: .8rem; }
    dd { margin: 0 0 .3rem 11rem; color: #566563; }
    summary { font-weight: bold; margin: .8rem 0 .4rem; }

    @page {
      size: A4 landscape;
      margin: 12mm 12mm 17mm;
      @bottom-left { content: string(chapter) " · " string(title) " · " string(moment);
        font: 8pt "Liberation Sans", Arial, sans-serif; color: #566563; }
      @bottom-right { content: counter(page) " / " counter(pages); font: 8pt "Liberation Sans", Arial, sans-serif; color: #566563; }
    }
    @media print {
      html { font-size: 9.5pt; }
      body { font-size: 1rem; }
      main { max-width: none; padding: 0; }
      section { margin-top: 7mm; }
      .scroll { overflow: visible; }
      table { font-size: 7.5pt; }
      th, td { padding: 1.4pt 2.5pt; }
      tr > * + .text { padding-left: 8pt; }
      tr, .note, dt, dd { break-inside: avoid; }
      svg { width: 180mm; max-height: 150mm; }
    }

    """
