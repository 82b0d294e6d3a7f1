// Differences with their intervals, and cost against income.
import { Plot, base, colour, digits, heading, holdsZero, interval, legend, narrow, number, places, symbol } from "./common.js";

const margin = (width, names) => Math.min(width * 0.36, 16 + 6.6 * Math.max(...names.map((n) => n.length)));

export const forest = {
  draw(data, width) {
    return data.forest.flatMap((panel) => {
      const names = panel.rows.map((r) => r.scenario);
      const told = (r) =>
        `${r.scenario}\n${number(r.difference, places(r.low, r.high, digits(r.difference)), true)} ${panel.unit}\n${interval(r.low, r.high, digits(r.difference))}${holdsZero(r) ? "\nno clear difference" : panel.hangs ? "\nhangs on the scale" : ""}`;
      const ink = (r) => (holdsZero(r) || panel.hangs ? "var(--quiet)" : colour(data.scenarios.indexOf(r.scenario)));
      const plot = Plot.plot(base(width, {
        height: 52 + 24 * names.length,
        marginLeft: margin(width, names), marginRight: 20, marginTop: 4, marginBottom: 46,
        x: { label: panel.unit || null, nice: true, ticks: narrow(width) ? 4 : 7, grid: true },
        y: { domain: names, label: null, tickSize: 0 },
        marks: [
          Plot.ruleX([0], { stroke: "var(--ink)" }),
          Plot.ruleY(panel.rows.filter((r) => r.low != null), { y: "scenario", x1: "low", x2: "high", stroke: ink, strokeWidth: 2 }),
          Plot.dot(panel.rows, { y: "scenario", x: "difference", fill: ink, r: 5, symbol: (r) => symbol(data.scenarios.indexOf(r.scenario)) }),
          Plot.tip(panel.rows, Plot.pointerY({ y: "scenario", x: "difference", title: told })),
        ],
        symbol: { type: "identity" },
      }));
      plot.setAttribute("aria-label", `${panel.title}: ${panel.rows.map((r) => told(r).replace(/\n/g, ", ")).join("; ")}`);
      return [heading(panel.title), plot];
    });
  },
};

export const frontier = {
  draw(data, width) {
    const rows = data.frontier;
    const unsure = (r) => r.low != null || r.cost_low != null;
    const ink = (r) => colour(data.scenarios.indexOf(r.scenario));
    const told = (r) =>
      `${r.scenario}\nhousehold income ${number(r.difference, places(r.low, r.high, 1), true)} £m a year (${interval(r.low, r.high, 1)})\ncost of constant service ${number(r.cost, places(r.cost_low, r.cost_high, 1), true)} £m a year (${interval(r.cost_low, r.cost_high, 1)})`;
    const plot = Plot.plot(base(width, {
      height: Math.min(440, Math.max(300, width * 0.6)),
      marginLeft: 56, marginRight: 24, marginBottom: 50, marginTop: 30,
      x: { label: "Cost of constant service, £m a year, less the reference's →", nice: true, grid: true, ticks: narrow(width) ? 4 : 8, labelAnchor: "right" },
      y: { label: "↑ Household income after tax, £m a year, less the reference's", nice: true, grid: true },
      symbol: { type: "identity" },
      marks: [
        Plot.ruleX([0], { stroke: "var(--ink)" }),
        Plot.ruleY([0], { stroke: "var(--ink)" }),
        Plot.ruleX(rows.filter(unsure), { x: "cost", y1: "low", y2: "high", stroke: ink, strokeWidth: 1.5, strokeOpacity: 0.6 }),
        Plot.ruleY(rows.filter(unsure), { y: "difference", x1: "cost_low", x2: "cost_high", stroke: ink, strokeWidth: 1.5, strokeOpacity: 0.6 }),
        Plot.dot(rows, { x: "cost", y: "difference", fill: ink, r: 6, symbol: (r) => symbol(data.scenarios.indexOf(r.scenario)) }),
        Plot.tip(rows, Plot.pointer({ x: "cost", y: "difference", title: told })),
      ],
    }));
    plot.setAttribute("aria-label", `Cost against income: ${rows.map((r) => told(r).replace(/\n/g, ", ")).join("; ")}`);
    return [legend(data, rows.map((r) => r.scenario)), plot];
  },
};
