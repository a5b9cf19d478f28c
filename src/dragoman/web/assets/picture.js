// Pictures that can be saved: what is drawn, with its title, its legend and its sources, as SVG or PNG.
"use strict";

const Picture = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const WIDE = 110; // characters of a line of legend or sources

  function lines(text, wide = WIDE) {
    const found = [];
    let line = "";
    for (const word of text.split(/\s+/)) {
      if (line && line.length + word.length + 1 > wide) { found.push(line); line = ""; }
      line += (line ? " " : "") + word;
    }
    return line ? [...found, line] : found;
  }

  // Colours that the page's style gives by name are written out, so that the file stands alone.
  function settle(node) {
    const style = getComputedStyle(document.documentElement);
    const value = (text) => text.replace(/var\((--[\w-]+)\)/g, (_all, name) => style.getPropertyValue(name).trim() || "#000");
    for (const one of [node, ...node.querySelectorAll("*")]) {
      for (const attribute of [...one.attributes]) {
        if (attribute.value.includes("var(--")) one.setAttribute(attribute.name, value(attribute.value));
      }
    }
    for (const link of node.querySelectorAll("a")) link.removeAttribute("href");
  }

  function compose(figure, sources) {
    const drawn = [...figure.querySelectorAll(".canvas > svg")];
    const width = Math.max(...drawn.map((svg) => svg.viewBox.baseVal.width || svg.clientWidth));
    const style = getComputedStyle(document.documentElement);
    const [paper, ink, soft] = ["--paper", "--ink", "--soft"].map((name) => style.getPropertyValue(name).trim());
    const whole = document.createElementNS(SVG, "svg");
    const put = (name, attributes, text) => {
      const made = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      if (text !== undefined) made.textContent = text;
      whole.append(made);
      return made;
    };
    const ground = put("rect", { x: 0, y: 0, width: width + 40, fill: paper });
    const font = "system-ui, 'Noto Sans', sans-serif";
    let y = 36;
    put("text", { x: 20, y, "font-family": font, "font-size": 18, "font-weight": 600, fill: ink }, figure.dataset.title + (figure.dataset.asOf ? `, as of ${figure.dataset.asOf}` : ""));
    y += 14;
    for (const svg of drawn) {
      const copy = svg.cloneNode(true);
      settle(copy);
      const height = svg.viewBox.baseVal.height || svg.clientHeight;
      for (const [key, value] of Object.entries({ x: 20, y, width, height, color: ink })) copy.setAttribute(key, value);
      copy.setAttribute("fill", ink);
      whole.append(copy);
      y += height + 4;
    }
    y += 14;
    const caption = figure.querySelector("figcaption").textContent.replace(/Drag over.*|The table says.*/, "").trim();
    const told = [...lines(caption), ...(sources.length ? ["", "Sources:", ...sources.flatMap((source, n) => lines(`[${n + 1}] ${source}`))] : []), "", "Made with Dragoman."];
    for (const line of told) { put("text", { x: 20, y, "font-family": font, "font-size": 11, fill: soft }, line); y += 15; }
    const size = { width: width + 40, height: y + 8 };
    ground.setAttribute("height", size.height);
    for (const [key, value] of Object.entries({ xmlns: SVG, ...size, viewBox: `0 0 ${size.width} ${size.height}` })) whole.setAttribute(key, value);
    return { text: new XMLSerializer().serializeToString(whole), ...size };
  }

  function hand(blob, name) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function save(figure, kind, sources = []) {
    const name = figure.dataset.title.replace(/[^\p{L}\p{N}]+/gu, "-").toLowerCase();
    const { text, width, height } = compose(figure, sources);
    const svg = new Blob([text], { type: "image/svg+xml" });
    if (kind === "svg") { hand(svg, `${name}.svg`); return; }
    const image = new Image();
    image.onload = () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: width * 2, height: height * 2 });
      canvas.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
      canvas.toBlob((blob) => hand(blob, `${name}.png`), "image/png");
      URL.revokeObjectURL(image.src);
    };
    image.src = URL.createObjectURL(svg);
  }

  return { save };
})();
