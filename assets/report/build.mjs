// Bundles charts.js with its libraries into report.js, and gathers the libraries' licences into LICENSES.txt.
// With --check it writes nothing and fails when what is committed is not what comes out.
import { build } from "esbuild";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const built = await build({
  absWorkingDir: here,
  entryPoints: ["charts.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
  charset: "ascii",
  metafile: true,
  write: false,
});
const script = built.outputFiles[0].text;

const used = new Set();
for (const file of Object.keys(built.metafile.inputs)) {
  const of = file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//g);
  if (of) used.add(of.join("").replace(/\/$/, ""));
}
let licences = "Libraries in report.js, with their licences.\n";
for (const path of [...used].sort()) {
  const folder = join(here, path);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  licences += `\n${"=".repeat(80)}\n${about.name} ${about.version} (${about.license})\n\n`;
  licences += file ? readFileSync(join(folder, file), "utf8").trim() + "\n" : "No text of its own in the package.\n";
}

const wrong = [];
for (const [name, text] of [["report.js", script], ["LICENSES.txt", licences]]) {
  const path = join(here, name);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, "utf8") !== text) wrong.push(name);
}
if (wrong.length) {
  console.error(`assets/report: ${wrong.join(" and ")} are not what charts.js and package-lock.json make; run \`npm run build\` there and commit`);
  process.exit(1);
}
