// node build.mjs OUT: writes the charts of echarts.mjs as one script, and the licences that go with it.
// Only esbuild's JavaScript interface is used: its command needs an install script, which the build refuses.
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const out = process.argv[2];
if (!out) {
  console.error("usage: node build.mjs OUT");
  process.exit(2);
}

const packages = ["echarts", "zrender", "tslib"];
const described = packages.map((name) => {
  const { version, license } = JSON.parse(readFileSync(join("node_modules", name, "package.json"), "utf8"));
  return `${name} ${version} (${license})`;
});

mkdirSync(out, { recursive: true });
buildSync({
  entryPoints: ["echarts.mjs"],
  outfile: join(out, "echarts.min.js"),
  // The script is copied into reports that travel alone, so what it is made of is said in the script.
  banner: { js: `/*! ${described.join(", ")} */` },
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "echarts",
  target: "es2018",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
copyFileSync(join("node_modules", "echarts", "NOTICE"), join(out, "echarts.NOTICE.txt"));
for (const [name, file] of [["echarts", "LICENSE"], ["zrender", "LICENSE"], ["tslib", "LICENSE.txt"]]) {
  copyFileSync(join("node_modules", name, file), join(out, `${name}.LICENSE.txt`));
}
