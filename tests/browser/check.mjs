// node check.mjs REPORT.html [more ...] [--pictures DIR]: no error, no request, charts drawn, tabs by keyboard, no barrier
// that axe-core finds, in light, dark, narrow and print.
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const args = process.argv.slice(2);
const at = args.indexOf("--pictures");
const pictures = at < 0 ? null : args.splice(at, 2)[1];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LARGEST = 2_000_000;

const faults = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

for (const file of args) {
  const name = basename(dirname(resolve(file)));
  const fault = (text) => faults.push(`${file}: ${text}`);
  const { size } = statSync(file);
  if (size > LARGEST) fault(`${size} bytes, more than ${LARGEST}`);
  for (const [look, options] of [
    ["light", { colorScheme: "light", viewport: { width: 1100, height: 900 } }],
    ["dark", { colorScheme: "dark", viewport: { width: 1100, height: 900 } }],
    ["narrow", { colorScheme: "light", viewport: { width: 360, height: 740 } }],
  ]) {
    const page = await browser.newPage(options);
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && fault(`${look}: console says: ${message.text()}`));
    page.on("pageerror", (error) => fault(`${look}: ${error}`));
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) fault(`${look}: asks for ${request.url()}`);
    });
    const url = pathToFileURL(resolve(file)).href;
    await page.goto(url);
    if ((await page.getAttribute("html", "data-ready")) !== "yes") fault(`${look}: the script did not come to its end`);
    for (const box of await page.$$("[data-chart]")) {
      const chart = await box.getAttribute("data-chart");
      const marks = await box.$$eval("svg path, svg rect, svg circle, svg line", (all) => all.length);
      if (marks < 4) fault(`${look}: chart ${chart} is not drawn`);
      const unnamed = await box.$$eval("svg[role=img]", (all) => all.filter((svg) => !svg.getAttribute("aria-label") && svg.getAttribute("aria-hidden") !== "true").length);
      if (unnamed) fault(`${look}: chart ${chart} has no name for screen readers`);
      if (!(await box.evaluate((b) => b.parentElement.querySelector("details table tbody tr")))) fault(`${look}: chart ${chart} has no table`);
      if (/NaN|undefined|Infinity/.test(await box.innerHTML())) fault(`${look}: chart ${chart} has what is no number`);
    }
    const tabs = await page.$$eval("[role=tab]", (all) => all.map((tab) => tab.id));
    const selected = () => page.$$eval("[role=tab][aria-selected=true]", (all) => all.map((tab) => tab.id).join());
    const shown = () => page.$$eval("[role=tabpanel]", (all) => all.filter((p) => p.offsetParent !== null).map((p) => p.getAttribute("aria-labelledby")).join());
    await page.keyboard.press("Tab"); // the link to the answer
    await page.keyboard.press("Tab"); // the one tab that can be reached
    for (const [i, id] of tabs.entries()) {
      if (i > 0) await page.keyboard.press("ArrowRight");
      const focused = await page.evaluate(() => document.activeElement.id);
      if (focused !== id || (await selected()) !== id || (await shown()) !== id) fault(`${look}: tab ${id} is not reached by keyboard`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) fault(`${look}: at ${id} the page is ${wide} px wider than the window`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
      for (const v of violations) fault(`${look}: at ${id}: ${v.id} (${v.impact}): ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(", ")}`);
      if (pictures) await page.screenshot({ path: `${pictures}/${name}-${look}-${i}-${id}.png`, fullPage: true });
    }
    await page.keyboard.press("Home");
    if ((await selected()) !== tabs[0]) fault(`${look}: Home does not reach the first tab`);
    await page.keyboard.press("End");
    if ((await selected()) !== tabs.at(-1)) fault(`${look}: End does not reach the last tab`);
    await page.keyboard.press("ArrowRight");
    if ((await selected()) !== tabs[0]) fault(`${look}: the last tab is not followed by the first`);
    if (look === "light") {
      const chart = page.locator("#panel-pound [data-chart=leaks] svg").last();
      if (await chart.count()) {
        await page.click("#tab-pound");
        await chart.scrollIntoViewIfNeeded();
        const mark = await chart.locator("[data-mark=dot] path").first().boundingBox();
        await page.mouse.move(mark.x + mark.width / 2, mark.y + mark.height / 2);
        await page.waitForTimeout(100);
        if (!(await chart.locator("g[aria-label=tip] text, g[data-mark=tip] text").count())) fault("light: hovering over a mark tells nothing");
        if (pictures) await page.screenshot({ path: `${pictures}/${name}-hover.png` });
      }
      await page.emulateMedia({ media: "print" });
      const hidden = await page.$$eval("[role=tabpanel]", (all) => all.filter((p) => p.offsetParent === null).length);
      if (hidden) fault(`print: ${hidden} sections are not printed`);
      const pdf = await page.pdf({ format: "A4", ...(pictures ? { path: `${pictures}/${name}.pdf` } : {}) });
      if (pdf.length < 20_000) fault("print: there is hardly anything on paper");
    }
    await page.close();
  }
  // Without scripts everything but the charts is still there.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(resolve(file)).href);
  const there = await page.locator("[role=tabpanel]").count();
  const visible = await page.locator("[role=tabpanel]:visible").count();
  if (!there || visible !== there) fault(`without scripts ${visible} of ${there} sections are shown`);
  await context.close();
}
await browser.close();
if (faults.length) {
  console.error([...new Set(faults)].join("\n"));
  process.exit(1);
}
console.log(`${args.length} reports: no fault found`);
