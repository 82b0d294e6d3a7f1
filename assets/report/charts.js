// The charts of the report. All figures come from the JSON in the page; nothing is fetched.
import { forest, frontier } from "./charts/differences.js";
import { deciles, tiles } from "./charts/gains.js";
import { leaks, local } from "./charts/dots.js";
import { paths } from "./charts/paths.js";
import { pound } from "./charts/pound.js";
import { tabs } from "./charts/tabs.js";

const CHARTS = { forest, frontier, deciles, tiles, leaks, local, paths, pound };
const data = JSON.parse(document.getElementById("data").textContent);
const main = document.querySelector("main");

function select(name, label, options, redraw) {
  const id = `choose-${name}-${label.replace(/\W/g, "")}`;
  const words = document.createElement("label");
  words.htmlFor = id;
  words.textContent = `${label}: `;
  const box = document.createElement("select");
  box.id = id;
  for (const [value, text] of options) box.append(new Option(text, value));
  box.addEventListener("change", redraw);
  words.append(box);
  return [words, () => box.value];
}

function figure(box) {
  const name = box.dataset.chart;
  const chart = CHARTS[name];
  const drawing = document.createElement("div");
  drawing.className = "drawing";
  let chosen = () => ({});
  const draw = (width) => {
    const nodes = chart.draw(data, width, chosen());
    drawing.replaceChildren(...nodes);
    for (const svg of drawing.querySelectorAll("svg")) {
      svg.setAttribute("role", "img");
      if (!svg.hasAttribute("aria-label")) svg.setAttribute("aria-label", box.dataset.label);
      // A picture is one thing to a screen reader; the library's names of its groups are for style sheets.
      for (const group of svg.querySelectorAll("g[aria-label]")) {
        group.dataset.mark = group.getAttribute("aria-label");
        group.removeAttribute("aria-label");
      }
    }
    box.dataset.drawn = nodes.length;
  };
  const asked = chart.choices ? chart.choices(data).filter(([, , options]) => options.length > 1) : [];
  if (asked.length) {
    const bar = document.createElement("p");
    bar.className = "choices";
    const boxes = asked.map(([key, label, options]) => {
      const [words, value] = select(name, label, options, () => draw(room()));
      bar.append(words);
      return [key, value];
    });
    box.append(bar);
    chosen = () => Object.fromEntries(boxes.map(([key, value]) => [key, value()]));
  }
  box.append(drawing);
  return draw;
}

/** Panels that are not shown have no width of their own; all are as wide as the page's column. */
function room() {
  const style = getComputedStyle(main);
  return Math.max(280, main.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
}

const draws = [...document.querySelectorAll("[data-chart]")].map(figure);
const drawAll = (width) => draws.forEach((draw) => draw(width));
drawAll(room());
let width = room();
addEventListener("resize", () => {
  if (room() !== width) drawAll((width = room()));
});
// Paper is about this wide. Tables that are open are printed too.
addEventListener("beforeprint", () => drawAll(660));
addEventListener("afterprint", () => drawAll((width = room())));
tabs(document);
document.documentElement.dataset.ready = "yes";
