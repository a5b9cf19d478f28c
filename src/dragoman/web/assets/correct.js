// Correcting while reading: keys press the buttons that are on the page, and after a decision the next mark comes by itself.
// It builds no HTML; every decision is a form that works without it.
"use strict";

function press(button) {
  if (!button) return false;
  htmx.process(button.form || button); // a key may come before htmx has seen what it has just put in
  button.click();
  return true;
}

// Where the reader's selection begins and ends in the article, in code points, as the record counts; null outside of it.
function selectedWords() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset, false);
  const end = placeOf(range.endContainer, range.endOffset, true);
  return start !== null && end !== null && start < end ? { start, end, words: chosen.toString() } : null;
}

function placeOf(node, offset, isEnd) {
  if (!article.contains(node)) return null;
  if (node.nodeType === Node.TEXT_NODE) {
    const stretch = node.parentElement.closest("[data-at]");
    if (stretch) return Number(stretch.dataset.at) + [...node.data.slice(0, offset)].length;
  }
  // between stretches: the next one that begins, or the last one that has ended
  const border = document.createRange();
  border.setStart(node, offset);
  const all = [...article.querySelectorAll("[data-at]")];
  if (isEnd) {
    const before = all.filter((one) => border.comparePoint(one, one.childNodes.length) <= 0).pop();
    return before ? Number(before.dataset.at) + [...before.textContent].length : null;
  }
  const after = all.find((one) => border.comparePoint(one, 0) >= 0);
  return after ? Number(after.dataset.at) : null;
}

function noteSelection() {
  const found = selectedWords();
  if (!found) return;
  byId("missed-words").value = found.words.replace(/\s+/g, " ").slice(0, 2000);
  byId("missed-start").value = found.start;
  byId("missed-end").value = found.end;
}

function undoLast() {
  byId("undo-mark").value = selected || ""; // after undoing the reader is where she was
  return press(byId("undo-last"));
}

function nextUnchecked() {
  const all = [...article.querySelectorAll(".head[data-state]")];
  const at = all.findIndex((head) => head.id === selected);
  const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((head) => head.dataset.state === "unchecked");
  if (next) select(next.id);
}

if (article) {
  document.addEventListener("selectionchange", noteSelection);
  byId("missed-words").addEventListener("input", () => { byId("missed-start").value = byId("missed-end").value = -1; });
  byId("only-unchecked").addEventListener("change", (event) => document.body.classList.toggle("only-unchecked", event.target.checked));
  document.addEventListener("dragoman:corrected", (event) => {
    const mark = event.detail.mark;
    paint(mark || null);
    const head = mark && byId(mark);
    if (!head) { byId("panel").focus(); return; }
    history.replaceState(null, "", `/articles/${encodeURIComponent(article.dataset.article)}?mark=${encodeURIComponent(mark)}`);
    if (document.activeElement?.closest("input, select, textarea")) return; // the reader went on meanwhile
    head.focus({ preventScroll: true });
    const box = head.getBoundingClientRect();
    if (box.top < 80 || box.bottom > innerHeight * 0.7) head.scrollIntoView({ block: "center" });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const done = event.key === "u"
      ? (nextUnchecked(), true)
      : press(document.querySelector(`#panel [data-key="${CSS.escape(event.key)}"]`))
        || (/^[nsf]$/.test(event.key) && selectedWords() !== null && press(document.querySelector(`[data-selected="${event.key}"]`)))
        || (event.key === "z" && undoLast());
    if (done) event.preventDefault();
  });
}
