import * as Plot from "@observablehq/plot";

/** Colours are those of the page's style sheet, so that they follow light, dark and print. */
export const colour = (i) => (i === 0 ? "var(--reference)" : `var(--c${((i - 1) % 7) + 1})`);
const SYMBOLS = ["circle", "diamond", "square", "triangle", "star", "cross", "wye", "hexagon"];
export const symbol = (i) => SYMBOLS[i % SYMBOLS.length];

/** A scale of scenarios: colour and symbol by their order in the study, the references' first. */
export function scenarioScales(data) {
  const domain = data.scenarios;
  return {
    color: { domain, range: domain.map((_, i) => colour(i)) },
    symbol: { domain, range: domain.map((_, i) => symbol(i)) },
  };
}

export function legend(data, names) {
  const list = document.createElement("ul");
  list.className = "legend";
  names.forEach((name) => {
    const i = data.scenarios.indexOf(name);
    const item = document.createElement("li");
    item.append(
      Plot.plot({
        width: 14, height: 14, margin: 0, axis: null,
        x: { domain: [-1, 1] }, y: { domain: [-1, 1] },
        symbol: { domain: [symbol(i)], range: [symbol(i)] },
        marks: [Plot.dot([0], { x: 0, y: 0, r: 4.5, symbol: symbol(i), fill: colour(i), stroke: colour(i) })],
      }),
      name,
    );
    item.querySelector("svg").setAttribute("aria-hidden", "true");
    list.append(item);
  });
  return list;
}

export function heading(text) {
  const h = document.createElement("h4");
  h.textContent = text;
  return h;
}

export const narrow = (width) => width < 560;

/** At most `digits` figures after the point, a true minus sign, and a plus where asked for. */
export function number(x, digits = 1, sign = false) {
  if (x == null || !Number.isFinite(x)) return "not known";
  const text = Math.abs(x).toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const zero = !/[1-9]/.test(text);
  return `${x < 0 && !zero ? "−" : sign && !zero ? "+" : ""}${text}`;
}

/** Digits that show a value to about three figures. */
export function digits(x) {
  const size = Math.abs(x);
  return size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
}

const written = (x) => Number(x.toFixed(6));

/**
 * As many digits as are asked for, or up to two more where an end would look like nought, or two ends like each other: as
 * the page's tables do (src/output/places.rs).
 */
export function places(low, high, d) {
  if (low == null) return d;
  const shown = (p) => [low, high].every((end) => end === 0 || /[1-9]/.test(number(end, p)));
  const apart = (p) => low === high || number(low, p) !== number(high, p);
  const all = [d, d + 1, d + 2];
  return all.find((p) => shown(p) && apart(p)) ?? all.find(shown) ?? d;
}

/** A 95% interval in words, with as many digits as its ends need. */
export function interval(low, high, d, sign = true) {
  if (low == null) return "no interval";
  const p = places(low, high, d);
  const [from, to] = [low, high].map((end) => number(end, p, sign));
  if (from !== to) return `95% interval ${from} to ${to}`;
  return written(low) === written(high) ? "the same in every replicate" : "95% interval narrower than shown";
}

export const holdsZero = (row) => row.low != null && row.low <= 0 && row.high >= 0;

/** What all plots share. */
export const base = (width, more) => ({
  width,
  style: { background: "none", color: "var(--ink)", fontSize: "12px", fontFamily: "inherit", overflow: "visible" },
  ...more,
});

export { Plot };
