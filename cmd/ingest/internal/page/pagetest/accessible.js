// Evaluates to a list of faults of accessibility. See Accessible.
(() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const where = (e) => `<${e.tagName.toLowerCase()}${e.id ? " #" + e.id : ""}${e.className ? " ." + e.className : ""}> "${(e.textContent || "").trim().slice(0, 40)}"`;
  const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility === "visible";
  const numbers = (colour) => { const n = colour.match(/[\d.]+/g).map(Number); return n.length > 3 ? n : [...n, 1]; };
  const over = (top, below) => { const a = top[3]; return [0, 1, 2].map((i) => top[i] * a + below[i] * (1 - a)).concat(1); };
  const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  function ground(e) {
    const layers = [];
    for (; e; e = e.parentElement) {
      const c = numbers(getComputedStyle(e).backgroundColor);
      if (c[3] > 0) layers.push(c);
      if (c[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18, 1] : [255, 255, 255, 1]);
  }
  function contrast(e) {
    const style = getComputedStyle(e), below = ground(e), text = over(numbers(style.color), below);
    const [a, b] = [light(text), light(below)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && parseInt(style.fontWeight, 10) >= 700;
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)} of ${where(e)}`);
  }
  for (const e of all("body *")) {
    if (seen(e) && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) contrast(e);
  }
  for (const e of all("input:not([type=hidden]), select, textarea")) {
    if (!e.labels?.length && !e.ariaLabel) faults.push(`no label: ${where(e)}`);
  }
  for (const e of all("a[href], button, summary")) {
    if (!(e.textContent.trim() || e.ariaLabel || e.querySelector("img[alt]:not([alt=''])"))) faults.push(`no name: ${where(e)} ${e.outerHTML.slice(0, 100)}`);
  }
  for (const e of all("img:not([alt])")) faults.push(`no alternative: ${where(e)}`);
  let level = 0;
  for (const e of all("h1, h2, h3, h4, h5, h6")) {
    const now = Number(e.tagName[1]);
    if (now > level + 1) faults.push(`heading out of order: ${where(e)} after h${level}`);
    level = now;
  }
  if (all("h1").length !== 1) faults.push(`${all("h1").length} h1`);
  if (all("main").length !== 1 || !document.documentElement.lang || !document.title) faults.push("main, lang or title is missing");
  for (const e of all("table")) if (!e.caption && !e.closest(".prose")) faults.push(`no caption: ${where(e)}`);
  for (const e of all("section[aria-labelledby]")) if (!document.getElementById(e.getAttribute("aria-labelledby"))) faults.push(`label not found: ${where(e)}`);
  const ids = all("[id]").map((e) => e.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push(`id ${id} stands twice`);
  for (const e of all("button, input:not([type=hidden]):not([type=checkbox]), select, .button, nav a")) {
    const box = e.getBoundingClientRect();
    if (seen(e) && (box.width < 24 || box.height < 24)) faults.push(`small target: ${where(e)} ${box.width}x${box.height}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = all("body *").find((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest("pre, .prose table, .hide, thead, caption"));
    faults.push(`wider than the window: ${document.documentElement.scrollWidth} > ${innerWidth}, ${wide ? where(wide) : ""}`);
  }
  return faults;
})()
