// What is wrong with the frame, the width and the targets of a page, as a list of sentences.
() => {
  const root = document.documentElement, findings = [], smallest = 24;
  const words = element => (element.getAttribute("aria-label") || element.innerText || "").trim().replace(/\s+/g, " ").slice(0, 40);
  // Without addresses, so that what stands on many pages is told in one way.
  const mark = element => element.localName + (element.id ? `#${element.id}` : "") + [...element.classList].map(one => `.${one}`).join("") +
    (element.name ? `[name=${element.name}]` : "");
  const name = element => `${mark(element.parentElement)} > ${mark(element)}${words(element) ? ` “${words(element)}”` : ""}`;
  const isSeen = element => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && box.width > 0 && box.height > 0 && box.right > 0 && box.bottom + scrollY > 0;
  };

  if (!root.lang.trim()) findings.push("html has no lang");
  if (!document.title.trim()) findings.push("the page has no title");
  const headings = [...document.querySelectorAll("h1")].filter(isSeen);
  if (headings.length !== 1) findings.push(`the page has ${headings.length} h1, and not one`);

  if (root.scrollWidth > root.clientWidth) {
    const scrolls = element => element && element !== document.body && element !== root &&
      (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    const wide = [...document.body.querySelectorAll("*")].filter(element =>
      element.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(element.parentElement));
    findings.push(`the page is ${root.scrollWidth} wide on ${root.clientWidth}: ${wide.slice(0, 4).map(name).join(", ")}`);
  }

  // A link amid a sentence is as high as its line, which WCAG 2.5.8 lets be.
  const isInText = element => {
    if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const around = block.cloneNode(true);
    around.querySelectorAll("a, button, input, select, textarea").forEach(other => other.remove());
    return /\p{L}{2}/u.test(around.textContent);
  };
  const interactive = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], [role=checkbox], " +
    "[role=radio], [role=tab], [role=switch], [role=menuitem], [role=option], [onclick]";
  for (const element of document.querySelectorAll(interactive)) {
    if (!isSeen(element) || element.disabled || isInText(element)) continue;
    // Who presses the label of a box presses the box.
    const boxes = [element, ...(element.labels || [])].filter(isSeen).flatMap(one => [...one.getClientRects()]);
    if (boxes.some(box => box.width >= smallest - .5 && box.height >= smallest - .5)) continue;
    findings.push(`${name(element)} is ${Math.round(boxes[0].width)} × ${Math.round(boxes[0].height)} px, too small to press`);
  }

  // A short word has room on a line of its own; longer ones, and addresses, may break.
  const broken = new Map(), range = document.createRange(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, parent = text.parentElement;
    if (broken.has(parent) || parent.closest("svg, code, pre, script, style") || getComputedStyle(parent).hyphens === "auto") continue;
    for (const word of text.data.matchAll(/(?<![^\s“‘(])\p{L}{2,12}(?![^\s,.;:!?”’)])/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const boxes = [...range.getClientRects()].filter(box => box.width > 0);
      if (boxes.some(box => box.top >= boxes[0].bottom - 1)) broken.set(parent, word[0]);
    }
  }
  for (const [element, word] of broken)
    if (isSeen(element)) findings.push(`${name(element)} is so narrow that “${word}” is broken`);
  return findings;
}
