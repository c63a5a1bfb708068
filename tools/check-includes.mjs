// Who may know whom: base knows nobody, kernel knows base, a module knows those, itself, and the interface of each
// module its own header names by "needs: y" (modules/y/y.h and the headers that one includes). app and tests know all. Also: which files may see which library.
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";

const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.c", "*.h"], { encoding: "utf8" })
  .split("\n").filter((f) => f && !f.startsWith("tests/must_not_compile/"));
const faults = [];
const text = new Map(files.flatMap((f) => {
  try { return [[f, readFileSync(f, "utf8")]]; } catch { return []; }
}));

// Libraries only some files may include.
const owners = [
  [/^<(sqlite3|libpq-fe)\.h>$/, /^(kernel\/db_[a-z0-9_]*|tools\/mksql[a-z0-9_]*|tests\/db|bench\/peers\/(sqlite|postgres))\.[ch]$/, "only kernel/db_* talks to a database"],
  [/^<microhttpd\.h>$/, /^kernel\/http[a-z0-9_]*\.[ch]$/, "only kernel/http_* talks to the HTTP library"],
  [/^<(poppler[^>]*|leptonica\/[^>]*|tesseract\/[^>]*|archive[^>]*|libxml\/[^>]*)>$/,
    /^(kernel|base|tools|tests|fuzz)\//, "only kernel/ reads untrusted bytes, in sandboxed workers"],
  [/^"kernel\/db_(query|engine|pg)\.h"$/, /^(kernel\/(db|db_[a-z0-9_]*|[a-z0-9_]*_test)|tests\/db)\.[ch]$/, "SQL text is for kernel/db_* and generated queries"],
];

const moduleOf = (f) => /^modules\/([a-z0-9_]+)\//.exec(f)?.[1];
const needs = new Map();
for (const [f, body] of text) {
  const m = moduleOf(f);
  if (m && f === `modules/${m}/${m}.h`) {
    const said = [...body.matchAll(/needs:\s*([a-z0-9_, ]+)/g)].flatMap((x) => x[1].split(/[\s,]+/));
    needs.set(m, new Set(said.filter((n) => text.has(`modules/${n}/${n}.h`))));
  }
}

function mayInclude(file, target) {
  if (/_test\.c$/.test(file) || /^(app|tests|fuzz|bench)\//.test(file)) return true;
  const here = file.split("/")[0], there = target.split("/")[0];
  if (there === "base") return true;
  if (here === "base") return false;
  if (here === "tools") return there === "tools" || there === "kernel";
  if (there === "kernel") return true;
  if (here !== "modules" || there !== "modules") return false;
  const mine = moduleOf(file), other = moduleOf(target);
  const face = `modules/${other}/${other}.h`;
  return mine === other || (needs.get(mine)?.has(other) && (target === face || text.get(face)?.includes(`#include "${target}"`)));
}

for (const [f, body] of text) {
  body.split("\n").forEach((line, i) => {
    const include = /^\s*#\s*include\s+(<[^>]+>|"[^"]+")/.exec(line)?.[1];
    if (!include) return;
    for (const [library, allowed, why] of owners) {
      if (library.test(include) && !allowed.test(f)) faults.push(`${f}:${i + 1}: ${include}: ${why}`);
    }
    if (!include.startsWith('"')) return;
    const target = include.slice(1, -1);
    if (!target.includes("/")) { if (!/_gen\.h$/.test(target)) faults.push(`${f}:${i + 1}: "${target}": write the path from the top of the tree`); }
    else if (!mayInclude(f, target)) {
      const hint = moduleOf(target) && moduleOf(f) ? ` (say "needs: ${moduleOf(target)}" in modules/${moduleOf(f)}/${moduleOf(f)}.h, and include only its interface)` : "";
      faults.push(`${f}:${i + 1}: may not include ${target}${hint}`);
    }
  });
  if (!/^(kernel\/html[a-z0-9_]*\.[ch])$/.test(f) && !/_test\.c$/.test(f) && /\(\s*struct\s+html\s*\)\s*\{/.test(body)) {
    const bad = body.split("\n").findIndex((l) => /\(\s*struct\s+html\s*\)\s*\{/.test(l) && !/\(\s*struct\s+html\s*\)\s*\{\s*0?\s*\}/.test(l));
    if (bad >= 0) faults.push(`${f}:${bad + 1}: only kernel/page/html.c and generated pages build HTML`);
  }
}

// Modules' needs must not go round.
const state = new Map();
function visit(m, path) {
  if (state.get(m) === "done") return;
  if (state.get(m) === "open") { faults.push(`modules need each other in a ring: ${[...path.slice(path.indexOf(m)), m].join(" -> ")}`); return; }
  state.set(m, "open");
  for (const n of needs.get(m) ?? []) if (n !== m) visit(n, [...path, m]);
  state.set(m, "done");
}
for (const m of needs.keys()) visit(m, []);

faults.forEach((f) => console.log(f));
process.exit(faults.length ? 1 : 0);
