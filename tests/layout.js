// Looks over a page as a browser has laid it out; returns what is wrong, a line for each fault, [] where all is well.
() => {
  const SIDE = 1; // px that rounding may move an edge
  const CONTRAST = 7; // WCAG 2, level AAA
  const root = document.documentElement;
  const found = new Set();
  const shown = (node) => `“${node.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}”`;

  const colour = (value) => {
    const [red, green, blue, alpha = 1] = value.match(/[\d.]+/g).map(Number);
    return { red, green, blue, alpha };
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const behind = colour(getComputedStyle(one).backgroundColor);
      if (behind.alpha === 1) return behind;
      if (behind.alpha > 0) found.add(`${shown(element)} stands on a ground that can be seen through`);
    }
    return { red: 255, green: 255, blue: 255, alpha: 1 };
  };
  const luminance = ({ red, green, blue }) => {
    const [r, g, b] = [red, green, blue].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  // The heads of a table whose rows are cards: each cell shows its own instead.
  const saidInCells = (element) => {
    const head = element.closest("thead");
    if (!head || getComputedStyle(head).clipPath === "none") return false;
    const cells = [...head.parentElement.querySelectorAll("td")];
    return cells.every((cell) => cell.dataset.head && getComputedStyle(cell, "::before").content.includes(cell.dataset.head));
  };

  const lookOver = (rect, element, node) => {
    for (let box = element; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.display === "inline" || style.display === "contents") continue;
      if (["auto", "scroll"].includes(style.overflowX) && box.scrollWidth > box.clientWidth) return; // it scrolls in its box
      const edge = box === root ? { left: 0, right: root.clientWidth } : box.getBoundingClientRect();
      if (rect.left < edge.left - SIDE || rect.right > edge.right + SIDE) {
        found.add(`${shown(node)} leaves its <${box.localName} class="${box.className}"> sideways`);
        return;
      }
      if (["hidden", "clip"].includes(style.overflowY) && (rect.top < edge.top - SIDE || rect.bottom > edge.bottom + SIDE))
        found.add(`${shown(node)} is cut off`);
    }
  };

  if (root.scrollWidth > root.clientWidth) found.add(`the page is ${root.scrollWidth} px wide`);
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || saidInCells(element)) continue;
    const style = getComputedStyle(element);
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0.5);
    if (!rects.length || style.visibility !== "visible" || Number(style.opacity) < 1) found.add(`${shown(node)} can't be seen`);
    const ratio = contrast(colour(style.color), ground(element));
    if (ratio < CONTRAST) found.add(`${shown(node)} has a contrast of ${ratio.toFixed(1)}`);
    for (const rect of rects) {
      lookOver(rect, element, node);
      // Fonts make lines higher than their letters: what must be free is the middle, where the letters are.
      const height = rect.height / 4;
      lines.push({ node, left: rect.left + SIDE, right: rect.right - SIDE, top: rect.top + height, bottom: rect.bottom - height });
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, index) => {
    for (let next = index + 1; next < lines.length && lines[next].top < one.bottom; next += 1) {
      const other = lines[next];
      if (one.left < other.right && other.left < one.right) found.add(`${shown(one.node)} and ${shown(other.node)} overlap`);
    }
  });
  for (const picture of document.images) {
    if (!picture.complete || !picture.naturalWidth) found.add(`the picture “${picture.alt}” can't be shown`);
    lookOver(picture.getBoundingClientRect(), picture.parentElement, { textContent: `the picture ${picture.alt}` });
  }
  for (const link of matchMedia("screen").matches ? document.querySelectorAll('a[href^="tel:"]') : [])
    if (link.getBoundingClientRect().height < 24) found.add(`${shown(link)} is too low for a finger`);
  return [...found];
}
