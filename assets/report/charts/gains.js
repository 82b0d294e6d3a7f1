// Who gains: tenths of households, and wards on a map of tiles.
import { Plot, base, digits, heading, holdsZero, interval, narrow, number, places } from "./common.js";

const scenarios = (rows) => [...new Set(rows.map((r) => r.scenario))].map((s) => [s, s]);

export const deciles = {
  choices: (data) => [["scenario", "Scenario", scenarios(data.deciles)]],
  draw(data, width, { scenario }) {
    const chosen = scenario ?? data.deciles[0].scenario;
    const rows = data.deciles.filter((r) => r.scenario === chosen);
    const ink = (r) => (holdsZero(r) ? "var(--quiet)" : r.difference < 0 ? "var(--loss)" : "var(--gain)");
    const told = (r) => `tenth ${r.member} (1 the poorest)\n${number(r.difference, places(r.low, r.high, 0), true)} £ a year a household\n${interval(r.low, r.high, 0)}\n${number(r.percent, 2, true)}% of its income`;
    const plot = Plot.plot(base(width, {
      height: 306, marginLeft: 56, marginBottom: 50,
      x: { label: "tenth of households, 1 the poorest", domain: rows.map((r) => r.member), type: "band", tickSize: 0, labelAnchor: "center", labelArrow: "none" },
      y: { label: "↑ £ a year a household", nice: true, grid: true, labelArrow: "none" },
      marks: [
        Plot.barY(rows, { x: "member", y: "difference", fill: ink, insetLeft: 3, insetRight: 3 }),
        Plot.ruleX(rows.filter((r) => r.low != null), { x: "member", y1: "low", y2: "high", stroke: "var(--ink)", strokeWidth: 1.5 }),
        Plot.ruleY([0], { stroke: "var(--ink)" }),
        Plot.tip(rows, Plot.pointerX({ x: "member", y: "difference", title: told })),
      ],
    }));
    plot.setAttribute("aria-label", `Income by tenth of households, ${chosen}: ${rows.map((r) => told(r).replace(/\n/g, ", ")).join("; ")}`);
    return [heading(`${chosen}, less ${rows[0].reference}`), plot];
  },
};

const WHAT = [["income", "income of a household"], ["in_work", "residents in work"]];

export const tiles = {
  choices: (data) => [
    ["scenario", "Scenario", scenarios(data.wards)],
    ["measure", "Show", WHAT.filter(([m]) => data.wards.some((r) => r.measure === m))],
  ],
  draw(data, width, { scenario, measure = "income" }) {
    const chosen = scenario ?? data.wards[0].scenario;
    const rows = data.wards.filter((r) => r.scenario === chosen && r.measure === measure);
    const unit = measure === "income" ? "£ a year a household" : "residents in work";
    const most = Math.max(...rows.map((r) => Math.abs(r.difference)), 1e-9);
    const d = measure === "income" ? 0 : digits(most) > 1 ? 1 : 0;
    const told = (r) => `${r.member}\n${number(r.difference, places(r.low, r.high, d), true)} ${unit}\n${interval(r.low, r.high, d)}${holdsZero(r) ? "\nno clear difference" : ""}`;
    const ink = (r) => (r.difference < 0 ? "var(--loss)" : "var(--gain)");
    const label = `${chosen}, less ${rows[0].reference}: ${unit}`;
    const spoken = `${label}: ${rows.map((r) => told(r).replace(/\n/g, ", ")).join("; ")}`;
    let plot;
    if (rows.every((r) => r.column != null)) {
      const columns = Math.max(...rows.map((r) => r.column)) + 1, lines = Math.max(...rows.map((r) => r.line)) + 1;
      const size = Math.min(width / columns, 92);
      plot = Plot.plot(base(size * columns, {
        height: size * lines, margin: 0, axis: null,
        x: { domain: [...Array(columns).keys()], type: "band", padding: 0.04 },
        y: { domain: [...Array(lines).keys()], type: "band", padding: 0.04 },
        marks: [
          Plot.cell(rows, { x: "column", y: "line", fill: (r) => (holdsZero(r) ? "none" : ink(r)), fillOpacity: (r) => 0.15 + 0.55 * (Math.abs(r.difference) / most), stroke: (r) => (holdsZero(r) ? "var(--quiet)" : ink(r)), strokeDasharray: "3 3", rx: 3 }),
          Plot.text(rows, { x: "column", y: "line", text: (r) => (size < 60 ? r.short : r.member.replace(" & ", " &\n").replace(/ (\w{4,})$/, "\n$1")), dy: size < 60 ? -5 : -size / 8, fill: "var(--ink)", fontSize: size < 60 ? 9 : 10.5, lineHeight: 1 }),
          Plot.text(rows, { x: "column", y: "line", text: (r) => number(r.difference, d, true), dy: size < 60 ? 8 : size / 3.2, fill: "var(--ink)", fontWeight: 600, fontSize: size < 60 ? 9 : 12 }),
          Plot.tip(rows, Plot.pointer({ x: "column", y: "line", title: told })),
        ],
      }));
    } else {
      const sorted = [...rows].sort((a, b) => b.difference - a.difference);
      plot = Plot.plot(base(width, {
        height: 60 + 20 * rows.length, marginLeft: Math.min(width * 0.4, 190), marginBottom: 40,
        x: { label: unit, nice: true, grid: true, ticks: narrow(width) ? 4 : 8 },
        y: { domain: sorted.map((r) => r.member), label: null, tickSize: 0 },
        marks: [
          Plot.ruleX([0], { stroke: "var(--ink)" }),
          Plot.ruleY(sorted.filter((r) => r.low != null), { y: "member", x1: "low", x2: "high", stroke: ink }),
          Plot.dot(sorted, { y: "member", x: "difference", fill: (r) => (holdsZero(r) ? "var(--quiet)" : ink(r)), r: 4 }),
          Plot.tip(sorted, Plot.pointerY({ y: "member", x: "difference", title: told })),
        ],
      }));
    }
    plot.setAttribute("aria-label", spoken);
    return [heading(label), plot];
  },
};
