// node build.mjs OUT: makes what the package and its tests need of npm packages, one folder for each place:
//   OUT/report     the charts of the offline report
//   OUT/workbench  style sheet, icons, htmx and charts of the pages; each text also packed (.gz), served as such
//   OUT/tests      axe-core, which looks for faults of accessibility in the tests
// The licences go with the files. Only esbuild's JavaScript interface is used: its command needs an install
// script, which the build refuses.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

const out = process.argv[2];
if (!out) {
  console.error("usage: node build.mjs OUT");
  process.exit(2);
}
const [report, workbench, tests] = ["report", "workbench", "tests"].map((place) => join(out, place));
for (const folder of [report, workbench, tests]) mkdirSync(folder, { recursive: true });

const from = (name, ...rest) => join("node_modules", name, ...rest);
const text = (...path) => readFileSync(join(...path), "utf8");
const described = (...names) => names.map((name) => {
  const { version, license } = JSON.parse(text(from(name, "package.json")));
  return `${name} ${version} (${license})`;
}).join(", ");

// The charts. The script is copied into reports that travel alone, so what it is made of is said in the script.
buildSync({
  entryPoints: ["echarts.mjs"],
  outfile: join(report, "echarts.min.js"),
  banner: { js: `/*! ${described("echarts", "zrender", "tslib")} */` },
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "echarts",
  target: "es2018",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
copyFileSync(from("echarts", "NOTICE"), join(report, "echarts.NOTICE.txt"));
for (const [name, file] of [["echarts", "LICENSE"], ["zrender", "LICENSE"], ["tslib", "LICENSE.txt"]]) {
  copyFileSync(from(name, file), join(report, `${name}.LICENSE.txt`));
}
for (const file of readdirSync(report)) copyFileSync(join(report, file), join(workbench, file));

// The style sheet, without the line that names a map which is not shipped.
const tabler = text(from("@tabler/core", "dist", "css", "tabler.min.css")).replace(/\/\*# sourceMappingURL=.*?\*\//, "");
writeFileSync(join(workbench, "tabler.min.css"), tabler);
const icons = text(from("@tabler/icons", "LICENSE"));
// The package of the style sheet holds no licence file: its own notice, and the text of the MIT licence.
const notice = tabler.match(/\/\*!([\s\S]*?)\*\//)[1];
writeFileSync(join(workbench, "tabler.LICENSE.txt"), `${notice}\n\n${icons.slice(icons.indexOf("Permission is"))}`);

// The icons in use, in one file of symbols.
const symbols = JSON.parse(text("icons.json")).map((name) => {
  const drawn = text(from("@tabler/icons", "icons", "outline", `${name}.svg`));
  const shape = drawn.slice(drawn.indexOf(">", drawn.indexOf("<svg")) + 1, drawn.lastIndexOf("</svg>"));
  const lines = shape.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ` +
    `stroke-linecap="round" stroke-linejoin="round">${lines}</symbol>`;
});
writeFileSync(join(workbench, "icons.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg"><!-- ${described("@tabler/icons")} -->\n${symbols.join("\n")}\n</svg>\n`);
writeFileSync(join(workbench, "icons.LICENSE.txt"), icons);

writeFileSync(join(workbench, "htmx.min.js"),
  `/*! ${described("htmx.org")} */\n${text(from("htmx.org", "dist", "htmx.min.js"))}`);
copyFileSync(from("htmx.org", "LICENSE"), join(workbench, "htmx.LICENSE.txt"));

for (const file of readdirSync(workbench)) {
  if (!file.endsWith(".txt")) {
    writeFileSync(join(workbench, `${file}.gz`), gzipSync(readFileSync(join(workbench, file)), { level: 9 }));
  }
}

copyFileSync(from("axe-core", "axe.min.js"), join(tests, "axe.min.js"));
copyFileSync(from("axe-core", "LICENSE"), join(tests, "axe.LICENSE.txt"));
