// What all pages share: keys, the help sheet, light and dark, marks in an article, files dropped on the page.
// Every page works without it; it never builds HTML from an article's words.
"use strict";

const byId = (id) => document.getElementById(id);
const article = document.querySelector(".text[data-article]");
const LAYERS = ["event", "statement", "actor", "date"];

function toggleHelp(shown) {
  const sheet = byId("help");
  sheet.hidden = shown === undefined ? !sheet.hidden : !shown;
  byId("help-button").setAttribute("aria-expanded", String(!sheet.hidden));
}

function toggleTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("dragoman-theme", root.dataset.theme); } catch { /* kept for this page only */ }
  document.dispatchEvent(new CustomEvent("dragoman:theme"));
}

// --- marks ---------------------------------------------------------------------------------------------------------------

function heads() {
  const shown = LAYERS.filter((layer) => !document.body.classList.contains(`hide-${layer}`));
  const main = shown.filter((layer) => layer === "event" || layer === "statement");
  const wanted = main.length ? main : shown;
  const only = document.body.classList.contains("only-unchecked");
  return [...article.querySelectorAll(".head")]
    .filter((head) => wanted.includes(head.dataset.layer) && (!only || head.dataset.state === "unchecked"));
}

let selected = null;

function paint(mark) {
  for (const old of article.querySelectorAll(".selected")) old.classList.remove("selected");
  selected = mark;
  if (!mark) return;
  for (const stretch of article.querySelectorAll("[data-marks]")) {
    if (stretch.dataset.marks.split(" ").includes(mark)) stretch.classList.add("selected");
  }
}

function select(mark, { scroll = true } = {}) {
  const head = byId(mark);
  if (!head || !article) return;
  paint(mark);
  const place = `/articles/${encodeURIComponent(article.dataset.article)}`;
  htmx.ajax("GET", `${place}/marks/${encodeURIComponent(mark)}`, { target: "#panel", swap: "innerHTML" });
  history.replaceState(null, "", `${place}?mark=${encodeURIComponent(mark)}`);
  head.focus({ preventScroll: true });
  if (scroll) {
    const box = head.getBoundingClientRect();
    const narrow = innerWidth < 992; // the panel lies over the lower half
    if (box.top < 80 || box.bottom > innerHeight * (narrow ? 0.4 : 0.7)) head.scrollIntoView({ block: narrow ? "start" : "center" });
  }
}

function step(by) {
  const all = heads();
  if (!all.length) return;
  let at = all.findIndex((head) => head.id === selected);
  if (at < 0) {
    // from where the reader is: the first mark on the screen
    at = all.findIndex((head) => head.getBoundingClientRect().top > 60);
    at = at < 0 ? all.length - 1 : by > 0 ? at - 1 : at;
  }
  select(all[Math.min(all.length - 1, Math.max(0, at + by))].id);
}

// The mark of those over some words that begins last is the innermost; clicking again goes on to the next one outward.
function fromWords(stretch) {
  const hidden = (id) => { const head = byId(id); return !head || document.body.classList.contains(`hide-${head.dataset.layer}`); };
  const marks = stretch.dataset.marks.trim().split(" ").reverse().filter((id) => !hidden(id));
  if (!marks.length) return null;
  return marks[(marks.indexOf(selected) + 1) % marks.length];
}

if (article) {
  article.addEventListener("click", (event) => {
    if (event.detail > 1) getSelection().collapseToEnd(); // two clicks in a row go on to the next mark
    if (!getSelection().isCollapsed) return; // the reader marks words, to copy them or to add an event
    const head = event.target.closest(".head");
    const stretch = event.target.closest("[data-marks]");
    const mark = head ? head.id : stretch ? fromWords(stretch) : null;
    if (mark) { event.preventDefault(); select(mark, { scroll: false }); }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-mark]");
    if (link && !article.contains(link) && byId(link.dataset.mark)) {
      event.preventDefault();
      select(link.dataset.mark);
    }
  });
  for (const box of document.querySelectorAll("[data-layer][type=checkbox]")) {
    const show = () => document.body.classList.toggle(`hide-${box.dataset.layer}`, !box.checked);
    box.addEventListener("change", show);
    show();
  }
  const asked = new URLSearchParams(location.search).get("mark");
  if (asked) {
    const panel = document.querySelector("#panel .mark");
    paint(panel ? panel.dataset.mark : asked);
    byId(selected)?.scrollIntoView({ block: "center" });
  } else {
    byId("words")?.scrollIntoView({ block: "center" });
  }
}

// --- lists: j and k move through the lines ------------------------------------------------------------------------------------

function stepLines(by) {
  const links = [...document.querySelectorAll("[data-lines] > li, [data-lines] > tr")]
    .map((line) => line.querySelector("a[href]")).filter(Boolean);
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, at + by))].focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (!byId("help").hidden) { toggleHelp(false); byId("help-button").focus(); }
    else if (event.target.matches("input, textarea")) event.target.blur();
    return;
  }
  if (event.target.closest("input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]")) return;
  if (event.key === "?") toggleHelp();
  else if (event.key === "/") { event.preventDefault(); byId("q").focus(); }
  else if (event.key === "j" || event.key === "k") (article ? step : stepLines)(event.key === "j" ? 1 : -1);
  else if (article && /^[1-4]$/.test(event.key)) document.querySelector(`[data-layer=${LAYERS[event.key - 1]}][type=checkbox]`)?.click();
});

byId("help-button").addEventListener("click", () => toggleHelp());
byId("theme-button").addEventListener("click", toggleTheme);

// --- files dropped on the page of adding ----------------------------------------------------------------------------------------

const drop = byId("drop");
if (drop) {
  const input = byId("files");
  const tell = () => {
    const files = [...input.files];
    const size = files.reduce((sum, file) => sum + file.size, 0);
    byId("drop-words").textContent = files.length
      ? `${files.length} ${files.length === 1 ? "file" : "files"}, ${(size / 1e6).toFixed(size < 1e6 ? 2 : 1)} MB: ${files.slice(0, 5).map((file) => file.name).join(", ")}${files.length > 5 ? " …" : ""}`
      : "You can drop files anywhere on this page.";
  };
  input.addEventListener("change", tell);
  addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); }
  });
}

// The panel shows what was asked for last: an answer that another question has overtaken is dropped, never swapped in.
let askedOfPanel = 0;
document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target?.id === "panel") event.detail.requestConfig.order = ++askedOfPanel;
});

// An answer that is an error is shown in its place, in words.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { order, verb } = event.detail.requestConfig || {};
  if (order && verb === "get" && order !== askedOfPanel) { event.detail.shouldSwap = false; return; }
  if (event.detail.xhr.status >= 400) {
    const told = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").querySelector("main p");
    event.detail.shouldSwap = false;
    event.detail.target.replaceChildren(Object.assign(document.createElement("p"), {
      className: "fault", role: "alert", textContent: told ? told.textContent : `The server answered ${event.detail.xhr.status}.`,
    }));
  }
});
