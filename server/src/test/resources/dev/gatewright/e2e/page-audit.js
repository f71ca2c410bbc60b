// What is wrong with the page that is shown, as sentences; none when all is well.
() => {
  const complaints = [];
  const root = document.documentElement;
  const name = (element) => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "");

  // WCAG 2.2, 1.4.10 Reflow
  if (root.scrollWidth > root.clientWidth) {
    complaints.push(`is ${root.scrollWidth} pixels wide in a window of ${root.clientWidth}`);
  }

  // 2.4.2 Page Titled, 3.1.1 Language of Page, 1.3.1 Info and Relationships
  if (!document.title.trim()) complaints.push("has no title");
  if (!root.lang) complaints.push("has no language");
  if (document.querySelectorAll("h1").length !== 1) complaints.push("does not have exactly one h1");
  if (document.querySelectorAll("main").length !== 1) complaints.push("does not have exactly one main");
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => complaints.push(`has two elements ${id}`));
  for (const element of document.querySelectorAll("[aria-describedby], [aria-labelledby]")) {
    const named = `${element.getAttribute("aria-describedby") ?? ""} ${element.getAttribute("aria-labelledby") ?? ""}`;
    named.split(" ").filter((id) => id && !document.getElementById(id))
      .forEach((id) => complaints.push(`names ${id}, which is not there`));
  }

  // 3.3.2 Labels, 1.3.5 Identify Input Purpose
  for (const input of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (!input.labels.length) complaints.push(`has no label for ${name(input)}`);
    if (!input.autocomplete) complaints.push(`does not say what ${name(input)} is for`);
    // Browsers on phones zoom in on smaller ones.
    if (parseFloat(getComputedStyle(input).fontSize) < 16) complaints.push(`has small text in ${name(input)}`);
  }

  // 2.5.8 Target Size: links in a sentence are excused
  for (const element of document.querySelectorAll("button, input:not([type=hidden]), select, textarea, a.button")) {
    const box = element.getBoundingClientRect();
    if (box.height < 40) complaints.push(`has ${name(element)} only ${box.height} pixels high`);
  }

  // 1.4.3 Contrast
  const rgba = (css) => {
    const [r, g, b, a = 1] = css.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  });
  const background = (element) => {
    if (!element) return { r: 255, g: 255, b: 255, a: 1 };
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own.a === 1 ? own : over(own, background(element.parentElement));
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let measured = 0;
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim();
    const element = texts.currentNode.parentElement;
    const box = element.getBoundingClientRect();
    const hidden = box.width < 2 || box.height < 2 || box.bottom < 0 || ["NOSCRIPT", "SCRIPT"].includes(element.tagName);
    if (!text || hidden) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const below = background(element);
    const ratio = contrast(over(rgba(style.color), below), below);
    if (ratio < (large ? 3 : 4.5)) complaints.push(`shows "${text}" with a contrast of ${ratio.toFixed(2)}`);
    measured++;
  }
  if (!measured) complaints.push("has no text");
  return complaints;
}
