// A figure by row, a mark a scenario: leakage by channel, definitions of local. Levels, or differences with intervals.
import { Plot, base, colour, holdsZero, interval, legend, narrow, number, places, scenarioScales } from "./common.js";

const WHAT = [["level", "level"], ["difference", "difference from the reference"]];

function dots(data, all, width, what, { label, unit }) {
  const difference = what === "difference";
  const rows = all.filter((r) => !difference || r.difference != null).map((r) => ({ ...r, shown: difference ? r.difference : r.value }));
  const order = [...new Set(rows.map((r) => r.row))];
  const names = data.scenarios.filter((s) => rows.some((r) => r.scenario === s));
  const left = Math.min(width * 0.42, 16 + 6.6 * Math.max(...order.map((n) => n.length)));
  const told = (r) =>
    `${r.row}\n${r.scenario}: ${number(r.value, 1)} ${unit}${r.difference == null ? "" : `\n${number(r.difference, places(r.low, r.high, 2), true)} against ${r.reference}\n${interval(r.low, r.high, 2)}`}`;
  const ink = (r) => (difference && holdsZero(r) ? "var(--quiet)" : colour(data.scenarios.indexOf(r.scenario)));
  const plot = Plot.plot(base(width, {
    height: 76 + (14 + 11 * names.length) * order.length,
    marginLeft: left, marginRight: 20, marginBottom: 46, marginTop: 8,
    x: { label, zero: true, nice: true, grid: true, ticks: narrow(width) ? 4 : 8 },
    y: { domain: names, axis: null, padding: 0.9 },
    fy: { domain: order, label: null, padding: 0.15 },
    symbol: scenarioScales(data).symbol,
    marks: [
      Plot.axisFy({ anchor: "left", label: null, tickSize: 0, lineWidth: (left - 12) / 14.5, textOverflow: null, frameAnchor: "left" }),
      Plot.ruleX([0], { stroke: "var(--ink)" }),
      difference ? Plot.ruleY(rows.filter((r) => r.low != null), { x1: "low", x2: "high", y: "scenario", fy: "row", stroke: ink, strokeWidth: 1.5 }) : null,
      Plot.dot(rows, { x: "shown", y: "scenario", fy: "row", symbol: "scenario", fill: ink, r: 4.5 }),
      Plot.tip(rows, Plot.pointer({ x: "shown", y: "scenario", fy: "row", title: told })),
    ],
  }));
  return [legend(data, names), plot];
}

const choices = (rows) => [["what", "Show", WHAT.filter(([w]) => w === "level" || rows.some((r) => r.difference != null))]];

export const leaks = {
  choices: (data) => choices(data.leaks),
  draw: (data, width, { what }) => dots(data, data.leaks, width, what, { label: "pence of each pound →", unit: "pence" }),
};

export const local = {
  choices: (data) => choices(data.local),
  draw: (data, width, { what }) => dots(data, data.local, width, what, { label: "% of the value of awards →", unit: "%" }),
};
