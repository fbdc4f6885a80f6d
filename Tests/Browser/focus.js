// Where the tab key is to stop, and what it shows where it does.
({
  wanted: "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable]",
  prepare() {
    const mayStop = element => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }) &&
      // Of radio buttons with one name one is a stop.
      !(element.type === "radio" && !element.checked && (document.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]:checked`) ||
        document.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]`) !== element));
    document.activeElement?.blur();
    const stops = [...document.querySelectorAll(this.wanted)].filter(mayStop);
    stops.forEach((element, number) => {
      const words = (element.getAttribute("aria-label") || element.innerText || element.name || "").trim().replace(/\s+/g, " ").slice(0, 40);
      const style = getComputedStyle(element);
      element.stop = { name: `${number + 1} ${element.localName} “${words}”`, outline: style.outline, shadow: style.boxShadow };
    });
    // Tabbing begins at the top, whatever has the focus by itself.
    const root = document.documentElement;
    root.tabIndex = -1;
    root.focus();
    root.removeAttribute("tabindex");
    return stops.map(element => element.stop.name);
  },
  look() {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const style = getComputedStyle(element), findings = [];
    // What scrolls can be scrolled by keyboard, so browsers stop there too.
    const isScroller = !element.stop && element.tabIndex < 0;
    const stop = element.stop || { name: `${element.localName}.${element.className}`, outline: "", shadow: "" };
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && style.outline !== stop.outline;
    if (!hasOutline && style.boxShadow === stop.shadow) findings.push(`${stop.name} does not show that it has the focus`);
    const box = element.getBoundingClientRect();
    const isSeen = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    if (!isSeen) findings.push(`${stop.name} has the focus where nobody sees it`);
    const [line] = element.getClientRects();
    const spots = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].map(([x, y]) => [line.left + line.width * x, line.top + line.height * y]);
    const onTop = spots.map(([x, y]) => document.elementFromPoint(x, y)).filter(Boolean);
    if (isSeen && onTop.length && !onTop.some(other => element.contains(other) || other.closest("label")?.control === element))
      findings.push(`${stop.name} has the focus and is covered by something`);
    return { name: stop.name, isScroller, findings };
  },
})
