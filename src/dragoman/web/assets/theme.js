// Light or dark as the reader chose last; before the page is drawn, so that nothing flashes.
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("dragoman-theme"); } catch { /* no storage: the system's choice holds */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  document.documentElement.classList.add("scripted");
})();
