// Month by month: levels, or differences with bands.
import { Plot, base, heading, interval, legend, number, places, scenarioScales } from "./common.js";

export const paths = {
  choices(data) {
    const compared = [...new Set(data.paths.flatMap((p) => p.differences.map((d) => d.scenario)))];
    return [
      ["what", "Show", compared.length ? [["difference", "difference from the reference"], ["level", "level"]] : [["level", "level"]]],
      ["who", "Scenarios", [["", "all"], ...compared.map((s) => [s, s])]],
    ];
  },
  draw(data, width, { what, who }) {
    const difference = what === "difference";
    const reference = data.scenarios[0];
    const seen = new Set();
    const plots = data.paths.flatMap((panel) => {
      const all = difference ? panel.differences : panel.levels;
      const lines = all.filter((line) => !who || line.scenario === who || line.scenario === reference);
      // Many bands over one another hide all of them.
      const bands = lines.length <= 2;
      const points = lines.flatMap((line) => {
        seen.add(line.scenario);
        return line.mean.map((mean, i) => ({
          scenario: line.scenario, month: new Date(`${data.months[i]}-01T00:00Z`), name: data.months[i],
          mean, low: line.low ? line.low[i] : null, high: line.high ? line.high[i] : null,
        }));
      });
      const d = panel.digits;
      const told = (p) => `${p.name}\n${p.scenario}: ${number(p.mean, places(p.low, p.high, d), difference)}${p.low == null ? "" : `\n${interval(p.low, p.high, d, difference)}`}`;
      const plot = Plot.plot(base(width, {
        height: 210, marginLeft: 62, marginRight: 16,
        x: { type: "utc", label: null },
        y: { label: null, nice: true, grid: true, ticks: 5 },
        ...scenarioScales(data),
        marks: [
          difference ? Plot.ruleY([0], { stroke: "var(--ink)" }) : null,
          Plot.areaY(points.filter((p) => bands && p.low != null), { x: "month", y1: "low", y2: "high", z: "scenario", fill: "scenario", fillOpacity: 0.15 }),
          Plot.lineY(points, { x: "month", y: "mean", z: "scenario", stroke: "scenario", strokeWidth: 1.8 }),
          Plot.dot(points, Plot.selectLast({ x: "month", y: "mean", z: "scenario", fill: "scenario", symbol: "scenario", r: 4.5 })),
          Plot.tip(points, Plot.pointer({ x: "month", y: "mean", title: told })),
        ],
      }));
      plot.setAttribute("aria-label", `${panel.title}, ${panel.unit}, month by month`);
      return [heading(`${panel.title}, ${difference && panel.unit.startsWith("%") ? "percentage points" : panel.unit}`), plot];
    });
    return [legend(data, data.scenarios.filter((s) => seen.has(s))), ...plots];
  },
};
