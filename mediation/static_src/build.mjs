// Builds mediation/static/wufang/: two style sheets, htmx and our own small scripts.
// Refuses CSS that Chromium 86 cannot read: it is the oldest browser of the offices.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "..", "node_modules");
const out = join(here, "..", "static", "wufang");
const FORBIDDEN = {
  ":has": /:has\(/,
  "nesting": /\{[^{}]*&/,
  "color-mix": /color-mix\(/,
  "container query": /@container|container-type/,
  "light-dark": /light-dark\(/,
  "oklch": /ok(lch|lab)\(/,
  "@layer": /@layer/,
  ":is/:where": /:(is|where)\(/,
  "inset/aspect-ratio (Chromium 87+)": /[;{](inset|aspect-ratio)(-[a-z-]+)?:/,
  "remote address": /url\(["']?(https?:)?\/\//,
};

function refuse(name, css) {
  const found = Object.entries(FORBIDDEN).filter(([, pattern]) => pattern.test(css));
  if (found.length) throw new Error(`${name}: ${found.map(([word]) => word).join(", ")}`);
}

function sheet(name) {
  const { css } = sass.compile(join(here, "scss", `${name}.scss`), {
    style: "compressed",
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  refuse(`${name}.css`, css);
  writeFileSync(join(out, `${name}.css`), css);
  console.log(`${name}.css  ${(css.length / 1024).toFixed(1)} kB`);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
sheet("app");
sheet("lite");
for (const file of readdirSync(join(here, "js"))) copyFileSync(join(here, "js", file), join(out, file));
copyFileSync(join(here, "mark.svg"), join(out, "mark.svg"));
// The line that names a source map would stop the manifest storage: the map is not shipped.
const htmx = readFileSync(join(modules, "htmx.org", "dist", "htmx.min.js"), "utf8");
writeFileSync(join(out, "htmx.min.js"), htmx.replace(/\n?\/\/# sourceMappingURL=.*/g, ""));
