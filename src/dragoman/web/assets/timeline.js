// A pair's page: the as-of slider that moves all of it, and the timeline that zooms and filters, with the list below it.
"use strict";

(() => {
  const page = document.getElementById("pair");
  if (!page) return;
  const DAY = 86_400_000;
  const LEFT = 168;
  const url = page.dataset.url;
  const days = page.dataset.days ? page.dataset.days.split(" ") : [];
  const asked = document.getElementById("as-of");
  const known = document.getElementById("known-on");
  const slider = document.getElementById("slider");
  const time = (iso) => Date.parse(`${iso}T00:00:00Z`);
  const iso = (at) => new Date(at).toISOString().slice(0, 10);
  const words = (day) => new Date(time(day)).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  // --- the day to look at ------------------------------------------------------------------------------------------------

  const first = days.length ? time(days[0]) - DAY : 0;
  const last = days.length ? time(days[days.length - 1]) : 0;
  if (slider) {
    slider.max = Math.round((last - first) / DAY);
    slider.value = asked.value ? Math.round((time(asked.value) - first) / DAY) : slider.max;
    slider.addEventListener("input", () => move(iso(first + Number(slider.value) * DAY)));
    for (const button of page.querySelectorAll("[data-step]")) button.addEventListener("click", () => stepDay(Number(button.dataset.step)));
  }
  asked.addEventListener("change", () => { if (asked.value) move(asked.value); });

  function stepDay(by) {
    const now = asked.value || days[days.length - 1];
    const next = by < 0 ? days.filter((day) => day < now).pop() : days.find((day) => day > now);
    if (next) move(next);
  }

  let waiting = null;
  function move(day) {
    asked.value = day;
    if (slider) {
      slider.value = Math.round((time(day) - first) / DAY);
      slider.setAttribute("aria-valuetext", words(day));
    }
    draw();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const query = new URLSearchParams({ as_of: day, ...(known.value ? { known_on: known.value } : {}) });
      history.replaceState(null, "", `${url}?${query}`);
      htmx.ajax("GET", `${url}?${query}`, { target: "#dossier", swap: "innerHTML" });
    }, 140);
  }
  document.body.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target?.id === "dossier") filterList(); });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]):not([type=range]), textarea")) return;
    if (event.key === "[") stepDay(-1);
    else if (event.key === "]") stepDay(1);
    else if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? "in" : "out");
  });

  // --- the picture -------------------------------------------------------------------------------------------------------

  const figure = document.getElementById("picture");
  const canvas = document.getElementById("canvas");
  let data = null;
  let whole = [0, 0];
  let seen = [0, 0];
  const shows = (name) => figure.querySelector(`[data-show=${name}]`).checked;

  function wanted(score, background) {
    if (background && !shows("background")) return false;
    return score < 0 ? shows("conflict") : score > 0 ? shows("cooperation") : true;
  }

  fetch(`${url}/timeline.json${known.value ? `?known_on=${encodeURIComponent(known.value)}` : ""}`)
    .then((answer) => answer.ok ? answer.json() : Promise.reject(new Error(`the server answered ${answer.status}`)))
    .then((found) => {
      data = found;
      const all = [...data.events.flatMap((one) => [one.start, one.end]), ...data.states.flatMap((one) => [one.since, one.until])].filter(Boolean).map(time);
      if (!all.length) { figure.hidden = true; return; }
      const [low, high] = [Math.min(...all), Math.max(...all)];
      const room = Math.max(3 * DAY, (high - low) / 22);
      whole = [low - room, high + room];
      seen = whole;
      draw();
    })
    .catch((error) => { canvas.textContent = `The picture can't be drawn: ${error.message}. The list below says the same.`; });

  function cut(text, pixels) {
    const fits = Math.floor(pixels / 6.7);
    return text.length <= fits ? text : fits > 5 ? `${text.slice(0, fits - 1)}…` : "";
  }

  function draw() {
    if (!data || figure.hidden) return;
    const width = Math.max(300, Math.floor(canvas.clientWidth));
    const left = width < 560 ? 104 : LEFT;
    const until = asked.value ? time(asked.value) : Infinity;
    figure.dataset.asOf = asked.value ? words(asked.value) : "";
    const scale = (at) => left + ((at - seen[0]) / (seen[1] - seen[0])) * (width - left - 12);
    const x = { type: "utc", domain: seen, range: [left, width - 12], label: null, ticks: Math.max(2, Math.floor((width - left) / 95)) };
    const shared = { width, marginLeft: left, marginRight: 12, style: { fontSize: "12px", background: "transparent", overflow: "hidden" } };
    const now = until === Infinity ? [] : [Plot.ruleX([until], { stroke: "var(--ink)", strokeWidth: 1, strokeDasharray: "2 3" })];

    // acts: a lane for each side, signs that would touch stand above each other
    const lanes = [["first", `${data.first} acts`], ["second", `${data.second} acts`], ["both", "Both"], ["other", "Others"]];
    const acts = data.events.filter((one) => wanted(one.score, one.background) && time(one.start || one.end) <= until).map((one) => {
      const [from, to] = [time(one.start || one.end), time(one.end || one.start)];
      return { ...one, from, to, at: (from + to) / 2 };
    }).filter((one) => one.to >= seen[0] && one.from <= seen[1]).sort((a, b) => a.at - b.at);
    const used = lanes.filter(([lane]) => lane === "first" || lane === "second" || acts.some((one) => one.lane === lane));
    used.forEach(([lane], row) => {
      const placed = [];
      for (const one of acts.filter((act) => act.lane === lane)) {
        let level = 0;
        while (level < 3 && placed.some((other) => other.level === level && Math.abs(scale(other.at) - scale(one.at)) < 15)) level += 1;
        one.level = level;
        one.y = row - level * 0.25;
        placed.push(one);
      }
    });
    const colour = (one) => one.score < 0 ? "var(--conflict)" : one.score > 0 ? "var(--cooperation)" : "var(--neutral)";
    const dots = (some, more) => Plot.dot(some, {
      x: "at", y: "y", r: (one) => one.background ? 4 : 6, symbol: (one) => one.score < 0 ? "square" : "circle", stroke: colour, strokeWidth: 1.5,
      fill: (one) => Math.abs(one.score) >= 5.5 && one.factuality === "happened" ? colour(one) : "var(--paper)",
      href: (one) => `/events/${encodeURIComponent(one.id)}`, title: (one) => `${one.when}: ${one.text}`, clip: true, ...more,
    });
    const picture = Plot.plot({
      ...shared, height: used.length * 58 + 34, marginTop: 10, marginBottom: 24, x,
      symbol: { type: "identity" }, r: { type: "identity" }, color: { type: "identity" },
      y: { domain: [used.length - 0.6, -0.85], ticks: used.map((_lane, row) => row), tickSize: 0, label: null },
      ariaLabel: `Acts between ${data.first} and ${data.second}`, ariaDescription: `${acts.length} acts; the list below says the same`,
      marks: [
        Plot.axisX({ ticks: x.ticks, tickSize: 3, stroke: "var(--line)", fill: "var(--soft)" }),
        Plot.axisY(used.map((_lane, row) => row), { text: (row) => used[row][1], lineWidth: left / 12.5, tickSize: 0, textAnchor: "start", dx: 8 - left, fill: "var(--ink)" }),
        Plot.ruleY(used.map((_lane, row) => row), { stroke: "var(--line)" }),
        ...now,
        Plot.link(acts.filter((one) => scale(one.to) - scale(one.from) > 12), { x1: "from", x2: "to", y1: "y", y2: "y", stroke: "var(--soft)", strokeWidth: 1, clip: true }),
        dots(acts.filter((one) => one.factuality === "happened")),
        dots(acts.filter((one) => one.factuality !== "happened"), { strokeDasharray: "2 2" }),
      ],
    });

    // states: a bar each, open where the beginning is unknown or the end has not come
    const states = data.states.map((one) => ({ ...one, from: one.since ? time(one.since) : seen[0], to: Math.min(one.until ? time(one.until) : seen[1], until) }))
      .filter((one) => (one.since ? time(one.since) : -Infinity) <= until && one.to >= seen[0] && one.from <= seen[1])
      .map((one) => ({ ...one, from: Math.max(one.from, seen[0]), to: Math.max(Math.min(one.to, seen[1]), Math.max(one.from, seen[0])) }));
    const rows = [...new Set(states.map((one) => one.what))];
    const bars = rows.length ? Plot.plot({
      ...shared, height: rows.length * 40 + 10, marginTop: 4, marginBottom: 6, x: { ...x, axis: null }, color: { type: "identity" },
      y: { domain: rows, label: null, padding: 0.25 }, ariaLabel: "States", ariaDescription: `${states.length} states as bars`,
      marks: [
        Plot.axisY({ tickSize: 0, lineHeight: 1.15, tickFormat: (what) => cut(what, 2 * (left - 26)), lineWidth: left / 12.5, textAnchor: "start", dx: 8 - left, fill: "var(--ink)" }),
        Plot.barX(states, { x1: "from", x2: "to", y: "what", fill: "var(--sought)", stroke: "var(--soft)", strokeWidth: 0.6, title: (one) => `${one.what}: ${one.value}, ${one.since ? `since ${words(one.since)}` : "since an unknown day"}${one.until ? `, until ${words(one.until)}` : ""}` }),
        Plot.text(states, { x: "from", y: "what", text: (one) => cut(`${one.since ? "" : "… "}${one.value}${one.until ? "" : " …"}`, scale(one.to) - scale(one.from) - 10), textAnchor: "start", dx: 6, fill: "var(--ink)" }),
        ...now,
      ],
    }) : null;

    // mood: a line in its band
    const mood = data.mood.map((one) => ({ ...one, at: time(one.day) })).filter((one) => one.at <= until && one.at >= seen[0] && one.at <= seen[1]);
    const line = mood.length > 1 ? Plot.plot({
      ...shared, height: 104, marginTop: 8, marginBottom: 10, x: { ...x, axis: null }, y: { domain: [-10, 10], label: null, ticks: [-10, 0, 10] },
      ariaLabel: "Mean score", ariaDescription: "The smoothed mean of the scores of what happened, with its uncertainty",
      marks: [
        Plot.axisY([-10, 0, 10], { text: (score) => ({ "-10": "−10 conflict", 0: "0", 10: "+10 cooperation" })[score], tickSize: 0, textAnchor: "start", dx: 8 - left, fill: "var(--soft)", fontSize: 11 }),
        Plot.ruleY([0], { stroke: "var(--line)" }),
        Plot.areaY(mood, { x: "at", y1: "low", y2: "high", z: "run", fill: "var(--soft)", fillOpacity: 0.16 }),
        Plot.lineY(mood, { x: "at", y: "mean", z: "run", stroke: "var(--ink)", strokeWidth: 1.3 }),
        ...now,
      ],
    }) : null;

    canvas.replaceChildren(...[picture, bars, line].filter(Boolean));
    for (const group of canvas.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label"); // a group without a role has no name
    for (const link of canvas.querySelectorAll("a")) {
      // Plot writes xlink:href, which some readers of SVG do not follow
      const place = link.getAttributeNS("http://www.w3.org/1999/xlink", "href") || link.getAttribute("href");
      link.setAttribute("href", place);
      link.setAttribute("aria-label", link.querySelector("title")?.textContent || "event");
    }
    filterList();
  }

  function filterList() {
    const items = [...document.querySelectorAll("#timeline [data-event]")];
    const zoomed = seen[0] > whole[0] || seen[1] < whole[1];
    let shown = 0;
    for (const item of items) {
      const inside = !zoomed || !item.dataset.start || (time(item.dataset.end) >= seen[0] && time(item.dataset.start) <= seen[1]);
      item.hidden = !(inside && wanted(Number(item.dataset.score), item.dataset.background === "yes"));
      shown += !item.hidden;
    }
    const count = document.getElementById("shown-count");
    if (count) count.textContent = shown < items.length ? `${shown} of ${items.length} events, as the picture is set.` : "";
  }

  function zoom(how) {
    const [low, high] = seen;
    const wide = high - low;
    if (how === "all") seen = whole;
    else if (how === "in") seen = [low + wide / 4, high - wide / 4];
    else if (how === "out") seen = [low - wide / 2, high + wide / 2];
    else if (how !== "none") seen = how === "on" ? [low + wide / 3, high + wide / 3] : [low - wide / 3, high - wide / 3];
    const least = 10 * DAY;
    if (seen[1] - seen[0] < least) { const middle = (seen[0] + seen[1]) / 2; seen = [middle - least / 2, middle + least / 2]; }
    if (seen[1] - seen[0] >= whole[1] - whole[0]) seen = whole;
    if (seen[0] < whole[0]) seen = [whole[0], whole[0] + (seen[1] - seen[0])];
    if (seen[1] > whole[1]) seen = [whole[1] - (seen[1] - seen[0]), whole[1]];
    draw();
  }
  for (const button of figure.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoom(button.dataset.zoom));
  for (const box of figure.querySelectorAll("[data-show]")) box.addEventListener("change", draw);
  for (const button of figure.querySelectorAll("[data-save]")) button.addEventListener("click", () => Picture.save(figure, button.dataset.save, data ? data.sources : []));
  document.addEventListener("dragoman:theme", draw);
  let width = canvas.clientWidth;
  new ResizeObserver(() => { if (canvas.clientWidth !== width) { width = canvas.clientWidth; draw(); } }).observe(canvas);

  // dragging over the picture looks nearer; a click on a sign stays a click
  const band = Object.assign(document.createElement("div"), { className: "band", hidden: true });
  figure.append(band);
  let from = null;
  const left = () => (canvas.clientWidth < 560 ? 104 : LEFT);
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const share = (event.clientX - box.left - left()) / (box.width - left() - 12);
    return seen[0] + Math.min(1, Math.max(0, share)) * (seen[1] - seen[0]);
  };
  canvas.addEventListener("pointerdown", (event) => { if (event.button === 0 && event.pointerType !== "touch") from = { x: event.clientX, at: at(event) }; });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    const box = figure.getBoundingClientRect();
    const [low, high] = [Math.min(from.x, event.clientX), Math.max(from.x, event.clientX)];
    band.hidden = high - low < 6;
    Object.assign(band.style, { left: `${low - box.left}px`, width: `${high - low}px`, top: `${canvas.offsetTop}px`, height: `${canvas.offsetHeight}px` });
  });
  addEventListener("pointerup", (event) => {
    if (!from) return;
    const [low, high] = [from.at, at(event)].sort((a, b) => a - b);
    const far = Math.abs(event.clientX - from.x) >= 6;
    from = null;
    band.hidden = true;
    if (far) { seen = [low, Math.max(high, low + 10 * DAY)]; zoom("none"); }
  });
})();
