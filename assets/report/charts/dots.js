// A figure by row, a mark a scenario: leakage by channel, definitions of local.
import { Plot, base, legend, narrow, number, scenarioScales } from "./common.js";

function dots(data, rows, width, { label, unit, digits, order }) {
  const names = data.scenarios.filter((s) => rows.some((r) => r.scenario === s));
  const left = Math.min(width * 0.42, 14 + 6.3 * Math.max(...order.map((n) => n.length)));
  const told = (r) => `${r.row}\n${r.scenario}: ${number(r.value, digits)} ${unit}${r.difference == null ? "" : `\n${number(r.difference, digits, true)} against ${r.reference}`}`;
  const plot = Plot.plot(base(width, {
    height: 60 + 34 * order.length,
    marginLeft: left, marginRight: 20, marginBottom: 40,
    x: { label, zero: true, nice: true, grid: true, ticks: narrow(width) ? 4 : 8 },
    y: { domain: order, label: null, tickSize: 0, tickFormat: (t) => t },
    ...scenarioScales(data),
    marks: [
      Plot.axisY({ label: null, tickSize: 0, lineWidth: left / 12.6, textOverflow: null }),
      Plot.ruleY(order, { y: (d) => d, stroke: "var(--line)" }),
      Plot.ruleX([0], { stroke: "var(--ink)" }),
      Plot.dot(rows, { x: "value", y: "row", symbol: "scenario", fill: "scenario", r: 5, fillOpacity: 0.85 }),
      Plot.tip(rows, Plot.pointer({ x: "value", y: "row", title: told })),
    ],
  }));
  return [legend(data, names), plot];
}

export const leaks = {
  draw: (data, width) =>
    dots(data, data.leaks, width, { label: "pence of each pound →", unit: "pence", digits: 1, order: [...new Set(data.leaks.map((r) => r.row))] }),
};

export const local = {
  draw: (data, width) =>
    dots(data, data.local, width, { label: "% of the value of awards →", unit: "%", digits: 1, order: [...new Set(data.local.map((r) => r.row))] }),
};
