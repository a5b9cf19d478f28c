// Who acts on whom: the sides on a circle in the order of their links, a bent line for what one does to another.
"use strict";

(() => {
  const figure = document.getElementById("network");
  if (!figure) return;
  const canvas = figure.querySelector(".canvas");
  const SIZE = 640;
  let data = null;

  // Sides that have much to do with each other stand together: a walk that always goes on to the strongest link.
  function order(nodes, links) {
    const weight = new Map();
    for (const link of links) for (const [one, other] of [[link.actor, link.recipient], [link.recipient, link.actor]]) {
      if (!weight.has(one)) weight.set(one, new Map());
      weight.get(one).set(other, (weight.get(one).get(other) || 0) + link.events);
    }
    const left = nodes.map((node) => node.key);
    const found = [];
    let now = left[0];
    while (left.length) {
      found.push(now);
      left.splice(left.indexOf(now), 1);
      const near = weight.get(now) || new Map();
      now = left.reduce((best, one) => (near.get(one) || 0) > (near.get(best) || 0) ? one : best, left[0]);
    }
    return found;
  }

  function draw() {
    if (!data || !data.nodes.length) return;
    const wide = 230;
    const svg = d3.create("svg").attr("viewBox", `${-SIZE / 2 - wide} ${-SIZE / 2 - 30} ${SIZE + 2 * wide} ${SIZE + 60}`)
      .attr("role", "group").attr("aria-label", "Who acts on whom; the table below says the same").attr("font-family", "system-ui, sans-serif").attr("font-size", 13);
    const keys = order(data.nodes, data.links);
    const radius = SIZE / 2 - 20;
    const places = new Map(keys.map((key, n) => {
      const angle = (n / keys.length) * 2 * Math.PI - Math.PI / 2;
      return [key, { x: radius * Math.cos(angle), y: radius * Math.sin(angle), angle }];
    }));
    const most = Math.max(...data.links.map((link) => link.events));
    const curve = (link, shift) => {
      const [a, b] = [places.get(link.actor), places.get(link.recipient)];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const long = Math.hypot(dx, dy) || 1;
      const bend = long * 0.16 + shift;
      const [cx, cy] = [(a.x + b.x) / 2 * 0.72 - (dy / long) * bend, (a.y + b.y) / 2 * 0.72 + (dx / long) * bend];
      return `M${a.x.toFixed(1)},${a.y.toFixed(1)}Q${cx.toFixed(1)},${cy.toFixed(1)} ${b.x.toFixed(1)},${b.y.toFixed(1)}`;
    };
    const names = new Map(data.nodes.map((node) => [node.key, node.name]));
    for (const link of [...data.links].reverse()) {
      const colour = link.mean < 0 ? "var(--conflict)" : link.mean > 0 ? "var(--cooperation)" : "var(--neutral)";
      const thick = 1 + 6 * Math.sqrt(link.events / most);
      const group = svg.append("a").attr("href", `/pairs/${encodeURIComponent(link.actor)}/${encodeURIComponent(link.recipient)}`).attr("tabindex", -1);
      group.append("title").text(`${names.get(link.actor)} on ${names.get(link.recipient)}: ${link.events} events, ${link.conflict} of conflict, ${link.cooperation} of cooperation`);
      group.append("path").attr("d", curve(link, 0)).attr("fill", "none").attr("stroke", colour).attr("stroke-width", thick).attr("stroke-opacity", 0.55);
      if (link.mean > 0) group.append("path").attr("d", curve(link, 0)).attr("fill", "none").attr("stroke", "var(--paper)").attr("stroke-width", Math.max(0.7, thick / 3));
    }
    const biggest = Math.max(...data.nodes.map((node) => node.events));
    for (const node of data.nodes) {
      const place = places.get(node.key);
      const size = 4 + 9 * Math.sqrt(node.events / biggest);
      const right = Math.cos(place.angle) >= -0.05;
      svg.append("circle").attr("cx", place.x).attr("cy", place.y).attr("r", size).attr("fill", "var(--ink)").append("title").text(`${node.name}: ${node.events}`);
      svg.append("text").attr("x", place.x + Math.cos(place.angle) * (size + 7)).attr("y", place.y + Math.sin(place.angle) * (size + 11) + 4)
        .attr("text-anchor", Math.abs(Math.cos(place.angle)) < 0.12 ? "middle" : right ? "start" : "end").attr("fill", "var(--ink)").text(node.name.length > 30 ? `${node.name.slice(0, 29)}…` : node.name);
    }
    canvas.replaceChildren(svg.node());
  }

  fetch(figure.dataset.from).then((answer) => answer.ok ? answer.json() : Promise.reject(new Error(`the server answered ${answer.status}`)))
    .then((found) => { data = found; draw(); })
    .catch((error) => { canvas.textContent = `The picture can't be drawn: ${error.message}. The table says the same.`; });
  for (const button of figure.querySelectorAll("[data-save]")) button.addEventListener("click", () => Picture.save(figure, button.dataset.save));
})();
