// Where a pound goes, round by round. Money goes round in circles; rounds unroll them, since such a diagram has none.
import { sankey, sankeyJustify, sankeyLinkHorizontal } from "d3-sankey";
import { heading, narrow, number } from "./common.js";

const NS = "http://www.w3.org/2000/svg";
const ROUNDS = ["1", "2", "3", "later"];
const LOCAL = "received in the city";
const LEAST = 0.002;
/** Names that a narrow window has room for. */
const BRIEF = {
  "contract awarded outside": "contracts", "inputs bought outside": "inputs", "pay to in-commuters": "in-commuters",
  "national taxes": "taxes", "profits to outside owners": "profits", "interest and rent paid outside": "interest, rent",
  "money saved outside": "saving", "pension contributions": "pensions", "consumption outside": "consumption",
  "waits in reserves or circulates": "waits",
};

function element(name, attributes, text) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text != null) node.textContent = text;
  return node;
}

/** Nodes and links: what reaches the city in a round either leaks in the next, reaches somebody there again, or waits. Each box
    tells all that it received, flows too small to draw with it. */
function graph(data, scenario) {
  const rows = data.pound.filter((r) => r.scenario === scenario);
  const value = (round, channel) => rows.find((r) => r.round === round && r.channel === channel)?.value ?? 0;
  const channels = [...new Set(rows.map((r) => r.channel))].filter((c) => c !== LOCAL);
  const nodes = [{ id: "spent", name: "Spent by the anchors", brief: "spent", kind: "local", got: 1 }];
  const links = [];
  const link = (source, target, amount) => {
    if (amount >= LEAST) links.push({ source, target, value: amount });
  };
  let from = "spent", left = 1;
  ROUNDS.forEach((round) => {
    const here = `in ${round}`;
    let out = 0;
    for (const channel of channels.filter((c) => data.leak_channels.includes(c))) {
      const amount = value(round, channel);
      out += amount;
      link(from === "spent" || round !== "later" ? from : "later", channel, amount);
    }
    if (round === "later") {
      // Later rounds are one box: what is not leaked from there waits or still circulates.
      link("later", "waits", left - out);
      return;
    }
    const local = value(round, LOCAL);
    const name = { 1: `Received in ${data.city} in the first round`, 2: "in the second", 3: "in the third and later" }[round];
    const id = round === "3" ? "later" : here;
    nodes.push({ id, name, brief: { 1: "round 1", 2: "round 2", 3: "round 3 on" }[round], kind: "local", got: local });
    link(from, id, local);
    link(from, "waits", left - out - local);
    from = id;
    left = local;
  });
  let leaked = 0;
  for (const channel of data.leak_channels) {
    const got = ROUNDS.reduce((sum, round) => sum + value(round, channel), 0);
    nodes.push({ id: channel, name: channel, kind: "leak", got });
    leaked += got;
  }
  // What more leaves a round than it received comes out of reserves.
  nodes.push({ id: "waits", name: "waits in reserves or circulates", kind: "wait", got: 1 - leaked });
  const used = new Set(links.flatMap((l) => [l.source, l.target]));
  return { nodes: nodes.filter((n) => used.has(n.id)), links };
}

export const pound = {
  choices: (data) => [["scenario", "Scenario", [...new Set(data.pound.map((r) => r.scenario))].map((s) => [s, s])]],
  draw(data, width, { scenario }) {
    const chosen = scenario ?? data.pound[0].scenario;
    const small = narrow(width);
    const right = small ? 124 : 230, height = small ? 460 : 430, top = 42;
    const { nodes, links } = sankey()
      .nodeId((n) => n.id).nodeAlign(sankeyJustify).nodeWidth(12).nodePadding(small ? 10 : 13).nodeSort(null)
      .extent([[1, top], [width - right, height - 6]])(graph(data, chosen));
    const pence = (x) => `${number(100 * x, 1)}p`;
    const fill = { local: "var(--gain)", leak: "var(--leak)", wait: "var(--quiet)" };
    const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "sankey" });
    const ribbons = element("g", { fill: "none" });
    for (const l of links) {
      const path = element("path", { d: sankeyLinkHorizontal()(l), stroke: fill[l.target.kind], "stroke-width": Math.max(1, l.width), "stroke-opacity": 0.38 });
      path.append(element("title", {}, `${l.source.name} to ${l.target.name}: ${pence(l.value)}`));
      ribbons.append(path);
    }
    svg.append(ribbons);
    for (const n of nodes) {
      const box = element("rect", { x: n.x0, y: n.y0, width: n.x1 - n.x0, height: Math.max(1, n.y1 - n.y0), fill: fill[n.kind] });
      box.append(element("title", {}, `${n.name}: ${pence(n.got)}`));
      svg.append(box);
      if (n.kind === "local") {
        svg.append(element("text", { x: n.x0, y: n.y0 - 21, class: "quiet" }, small ? n.brief.replace("round 3 on", "3 on").replace("round ", "") : n.brief));
        svg.append(element("text", { x: n.x0, y: n.y0 - 7, class: "strong" }, pence(n.got)));
      } else {
        const text = element("text", { x: n.x1 + 5, y: (n.y0 + n.y1) / 2, dy: "0.35em" });
        const words = small ? (BRIEF[n.name] ?? n.name) : n.name;
        text.append(element("tspan", { class: "strong" }, pence(n.got)), ` ${words}`);
        svg.append(text);
      }
    }
    const firsts = nodes.filter((n) => n.kind === "local").map((n) => `${n.name} ${pence(n.got)}`);
    const ends = nodes.filter((n) => n.kind !== "local").map((n) => `${n.name} ${pence(n.got)}`);
    svg.setAttribute("aria-label", `Where each pound goes, ${chosen}. ${firsts.join("; ")}. In the end: ${ends.join("; ")}.`);
    return [heading(`${chosen}: each column a round of spending`), svg];
  },
};
