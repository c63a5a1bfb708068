// What ./test --changed runs: the parts and tests that touch what differs from a branch (main when there is one, else the last commit), from the
// compiler's own lists of headers (build/asan/**/*.d). Prints settings for a shell, and a line "# left out: …" for each thing that is not run.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";

const git = (...args) => execFileSync("git", args, { encoding: "utf8" }).split("\n").filter(Boolean);
const isThere = (branch) => { try { git("rev-parse", "-q", "--verify", branch); return true; } catch { return false; } };
const asked = process.argv[2] ?? "main";
if (process.argv[2] && !isThere(asked)) { console.error(`./test --changed: there is no branch or commit "${asked}"`); process.exit(2); }
const base = isThere(asked) ? git("merge-base", asked, "HEAD")[0] : "HEAD";
const changed = new Set([...git("diff", "--name-only", base), ...git("ls-files", "-o", "--exclude-standard")]);
const any = (pattern) => [...changed].some((f) => pattern.test(f));

// ---- From files to what is compiled from them.
function generated(f) {
  const m = /^modules\/([^/]+)\//.exec(f)?.[1];
  if (f.endsWith(".queries.sql")) return [".h", ".c"].map((end) => `build/gen/${f.replace(/\.queries\.sql$/, "_queries")}${end}`);
  if (f.endsWith(".sql")) return ["build/gen/kernel/db/schema.c"];
  if (f.endsWith(".html")) return [m ? `build/gen/modules/${m}/${m}_pages_gen.c` : "build/gen/pages_gen.c"];
  return [];
}
const touched = new Set([...changed].flatMap((f) => [f, ...generated(f)]));
const objects = execFileSync("find", ["build/asan/o", "-name", "*.d"], { encoding: "utf8", maxBuffer: 1 << 26 }).split("\n").filter(Boolean).map((d) => {
  const files = readFileSync(d, "utf8").split("\n\n")[0].replace(/^[^:]*:/, "").replaceAll("\\\n", " ").split(/\s+/).filter(Boolean);
  return { source: files[0], isNew: files.some((f) => touched.has(f)) };
});
// The room of a file: its module, or the first word of its name (kernel/queue/job_work.c: job).
const room = (f) => /^(?:build\/gen\/)?modules\/([^/]+)/.exec(f)?.[1] ?? (/^(?:build\/gen\/)?(?:kernel|base)\/([a-z0-9]+)/.exec(f)?.[0].replace("build/gen/", "") ?? "");
const rooms = new Set([...objects.filter((o) => o.isNew).map((o) => o.source), ...changed].filter((f) => !/_test\.c$/.test(f)).map(room).filter(Boolean));
const testFiles = objects.map((o) => o.source).filter((s) => /_test\.c$/.test(s));
const unit = testFiles.filter((t) => rooms.has(room(t)) || objects.find((o) => o.source === t).isNew);

// ---- Whole-process tests: those that changed, and those that speak of a module's addresses.
const modules = [...rooms].filter((r) => existsSync(`modules/${r}`)), isKernel = [...rooms].some((r) => r.includes("/")) || any(/^(app|assets|pages)\//);
function programs(folder) {
  const all = readdirSync(folder).filter((n) => n.endsWith(".mjs") && !n.startsWith("lib")).map((n) => basename(n, ".mjs"));
  if (any(new RegExp(`^(tests/lib|${folder}/lib)`))) return { run: all, left: [] };
  const run = all.filter((n) => changed.has(`${folder}/${n}.mjs`) || modules.some((m) => new RegExp(`["'\`/]/?${m}\\b`).test(readFileSync(`${folder}/${n}.mjs`, "utf8"))));
  return { run, left: all.filter((n) => !run.includes(n)) };
}
const journeys = programs("tests/journeys"), http = programs("tests/http"), faults = programs("tests/faults");
if (isKernel && !http.run.length) http.run.push("forms");
if (isKernel && !journeys.run.length) journeys.run.push("story");
const targets = readdirSync("fuzz").filter((n) => n.endsWith(".c")).map((n) => basename(n, ".c"));
const fuzz = targets.filter((t) => changed.has(`fuzz/${t}.c`) || [...readFileSync(`fuzz/${t}.c`, "utf8").matchAll(/#include "((?:kernel|base|modules)\/[^"]+)"/g)].some(([, h]) => changed.has(h) || changed.has(h.replace(/\.h$/, ".c"))));

// ---- The plan.
const parts = [], left = [];
const take = (part, is, why) => { if (is) parts.push(part); else left.push(`${part} (${why})`); };
const isCode = any(/\.(c|h|sql|html|ts|css|po|tsv)$/);
take("checks", isCode || any(/^tools\//), "no code has changed");
take("must_not_compile", any(/^(tools\/mksql|tests\/(must_not_compile|mksql)|base\/banned|kernel\/(db|html|http|form)\.h)/), "neither mksql nor the types it tests have changed");
take("pages", any(/^(tools\/mk(page|view)|tests\/(pages|gallery)|kernel\/html|pages\/|assets\/)/), "neither mkpage nor the shared parts have changed");
take("unit", unit.length, "no object of a tested room has changed");
take("fuzz", fuzz.length, "nothing that a target names has changed");
take("http", http.run.length, "none speaks of what has changed");
take("faults", faults.run.length, "none speaks of what has changed");
take("routes", isCode && (modules.length || isKernel), "no module has changed");
take("journeys", journeys.run.length, "none speaks of what has changed");
const some = (what, { run, left: rest }) => { if (run.length && rest.length) left.push(`${what} ${rest.join(" ")}`); };
some("journeys", journeys); some("http", http); some("faults", faults);
some("fuzz", { run: fuzz, left: targets.filter((t) => !fuzz.includes(t)) });
if (unit.length) left.push(`${testFiles.length - unit.length} of ${testFiles.length} files of unit tests`);
const quoted = (list) => `'${list.join(" ")}'`;
console.log(`# against ${base.slice(0, 12)}: ${changed.size} files, rooms ${[...rooms].join(" ") || "none"}`);
console.log(`parts=${quoted(changed.size ? parts : [])}`);
for (const [name, list] of [["UNIT", unit], ["FUZZ", fuzz], ["HTTP", http.run], ["FAULT", faults.run], ["JOURNEY", journeys.run]]) console.log(`export ${name}=${quoted(list)}`);
console.log(`export CHANGED=${quoted([...changed])}`);
for (const l of left) console.log(`# left out: ${l}`);
