// The rooms of the house. `rooms.mjs check`: a file includes its own room and what the rooms its header needs show, and
// calls nothing else; needs do not go round; no room is too full. `rooms.mjs draw`: docs/rooms.md, the same as a page.
//
// A room is a folder with sources. Its header is named like it (kernel/db/db.h); the header's first comment says
// `needs:` the rooms it may use, and `shows:` its other headers that may be included from outside. base is everybody's.
import { existsSync, readFileSync, writeFileSync, readdirSync } from "node:fs";
import { execFileSync } from "node:child_process";

const FILES_MOST = 40;
// Rooms that are still too full, with how many files: this list only gets shorter.
const full = { "modules/document": 58, "modules/law": 182, "modules/petition": 46 };
const top = /^(base|paper|read|letter|search|stat|fields|edxml|kernel|modules|app)\//;
const folder = (f) => f.slice(0, f.lastIndexOf("/"));
const lastOf = (room) => room.slice(room.lastIndexOf("/") + 1);
const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { encoding: "utf8", maxBuffer: 1 << 26 })
  .split("\n").filter((f) => top.test(f) && existsSync(f));
const sources = tracked.filter((f) => /\.[ch]$/.test(f));
const faults = [];

// ---- rooms and what their headers say
const rooms = new Map();
for (const f of sources) {
  const name = folder(f);
  if (!rooms.has(name)) rooms.set(name, { name, files: [], needs: new Set(), shows: new Set(), uses: new Map(), lines: 0 });
}
for (const f of tracked) rooms.get(folder(f))?.files.push(f);
const byWord = new Map();
for (const name of rooms.keys()) byWord.set(name, name);
for (const name of rooms.keys()) {
  const word = name.replace(/^(kernel|modules)\//, "");
  if (!byWord.has(word)) byWord.set(word, name);
}
const headerOf = (room) => (room === "kernel" ? "kernel/module.h" : room === "app" ? "app/serve.h" : `${room}/${lastOf(room)}.h`);
const list = (text, word) => [...text.matchAll(new RegExp(`\\b${word}:((?:\\s+(?![a-z]+:)[a-z0-9_/]+)*)`, "g"))].flatMap((m) => m[1].trim().split(/\s+/)).filter(Boolean);
for (const room of rooms.values()) {
  const header = headerOf(room.name);
  room.lines = room.files.filter((f) => /\.[ch]$/.test(f)).reduce((n, f) => n + readFileSync(f, "utf8").split("\n").length - 1, 0);
  if (room.name === "base") room.what = "The C we wish libc had: strings, arenas, errors, lists, text, numbers, time";
  if (room.name === "app") room.what = "The program: its commands, its processes, and the one list of all modules";
  if (room.what) continue;
  if (!existsSync(header)) { faults.push(`${room.name}/: no ${lastOf(room.name)}.h that says what the room is and needs`); continue; }
  const said = /^\/\*([\s\S]*?)\*\//.exec(readFileSync(header, "utf8"))?.[1] ?? "";
  room.what = said.replace(/\bneeds:[\s\S]*$/, "").trim().replace(/\s+/g, " ").split(/(?<=\.) /)[0].replace(/\.$/, "").slice(0, 160);
  for (const word of list(said, "needs").filter((w) => w !== "nothing")) {
    if (byWord.has(word)) room.needs.add(byWord.get(word));
    else faults.push(`${header}: needs: ${word}: there is no such room`);
  }
  for (const word of list(said, "shows")) {
    if (existsSync(`${room.name}/${word}.h`) || existsSync(`build/gen/${room.name}/${word}.h`)) room.shows.add(`${room.name}/${word}.h`);
    else faults.push(`${header}: shows: ${word}: there is no ${word}.h`);
  }
  room.shows.add(header);
}

// ---- includes
const isTest = (f) => /_test\.c$/.test(f);
function mayUse(room, other) {
  return other === "base" || room.name === other || room.name === "app" || room.needs.has(other);
}
// Who needs a library as a whole may call what its header promises, whichever of its rooms keeps it.
const mayCall = (room, other) => mayUse(room, other) || (other.startsWith("search/") && room.needs.has("search"));
for (const f of sources) {
  if (isTest(f)) continue;
  const room = rooms.get(folder(f));
  readFileSync(f, "utf8").split("\n").forEach((line, i) => {
    const target = /^\s*#\s*include\s+"([^"]+\/[^"]+)"/.exec(line)?.[1];
    if (!target) return;
    const other = folder(target);
    if (!top.test(target)) { faults.push(`${f}:${i + 1}: may not include ${target}`); return; }
    if (other === room.name || other === "base") return;
    if (room.name === "base") { faults.push(`${f}:${i + 1}: base knows nobody, and includes ${target}`); return; }
    if (!rooms.has(other)) return;
    note(room, other, f);
    if (!mayUse(room, other)) faults.push(`${f}:${i + 1}: ${headerOf(room.name)} does not say that it needs ${other.replace(/^(kernel|modules)\//, "")}`);
    else if (!rooms.get(other).shows.has(target) && !(room.name === "app")) faults.push(`${f}:${i + 1}: ${target} is not shown by ${headerOf(other)}`);
  });
}
function note(room, other, why) {
  if (!room.uses.has(other)) room.uses.set(other, new Set());
  room.uses.get(other).add(why);
}

// ---- readers of ports know no business by name: they read kernel/port, the rooms everybody shares, and one another
const readers = ["desk", "chart", "board", "notice", "find", "assistant", "admin"], shared = ["org", "task", "thread", "intake", "deadline", "place"];
// Readers that still name a business: this list only gets shorter.
const named = { assistant: ["law"] };
for (const reader of readers) {
  const room = rooms.get(`modules/${reader}`);
  const business = [...(room?.needs ?? [])].filter((n) => n.startsWith("modules/")).map((n) => n.split("/")[1]).filter((n) => !readers.includes(n) && !shared.includes(n));
  for (const b of business) if (!named[reader]?.includes(b)) faults.push(`${headerOf(room.name)}: needs: ${b}: a reader of ports knows no business; let ${b} tell it through kernel/port`);
  for (const b of named[reader] ?? []) if (!business.includes(b)) faults.push(`tools/rooms.mjs: ${reader} no longer needs ${b}: take it off the list`);
}

// ---- libraries that only some rooms may talk to, and places that only the pages' room may make
const owners = [
  [/^<(sqlite3|libpq-fe)\.h>$/, /^(kernel\/db\/|tools\/mksql|tests\/db\.[ch]$|bench\/peers\/)/, "only kernel/db talks to a database"],
  [/^<microhttpd\.h>$/, /^kernel\/http\//, "only kernel/http talks to the HTTP library"],
  [/^<(poppler[^>]*|leptonica\/[^>]*|tesseract\/[^>]*)>$/, /^(read|tests|fuzz)\//, "only read/ takes untrusted bytes apart, in a child of its own"],
  [/^<libxml\/[^>]*>$/, /^(read|edxml|tests|fuzz)\//, "only read/ and edxml/ take untrusted bytes apart, in a child of its own"],
  [/^<archive[^>]*>$/, /^(read|edxml|kernel\/out|tests|fuzz)\//, "only read/ and edxml/ take untrusted bytes apart, in a child of its own"],
  [/^"kernel\/db\/(engine|pg|query)\.h"$/, /^(kernel\/db\/|tests\/db\.[ch]$)|_test\.c$/, "SQL text is for kernel/db and generated queries"],
];
const everything = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.c", "*.h"], { encoding: "utf8" })
  .split("\n").filter((f) => f && existsSync(f) && !f.startsWith("tests/must_not_compile/"));
for (const f of everything) {
  readFileSync(f, "utf8").split("\n").forEach((line, i) => {
    const include = /^\s*#\s*include\s+(<[^>]+>|"[^"]+")/.exec(line)?.[1];
    for (const [library, allowed, why] of include ? owners : []) {
      if (library.test(include) && !allowed.test(f)) faults.push(`${f}:${i + 1}: ${include}: ${why}`);
    }
    if (include && /^"[^/]+"$/.test(include) && !/_gen\.h"$/.test(include)) faults.push(`${f}:${i + 1}: ${include}: write the path from the top of the tree`);
    if (!/^kernel\/page\/html/.test(f) && !isTest(f) && /\(\s*struct\s+html\s*\)\s*\{/.test(line) && !/\(\s*struct\s+html\s*\)\s*\{\s*0?\s*\}/.test(line)) {
      faults.push(`${f}:${i + 1}: only kernel/page/html.c and generated pages build HTML`);
    }
  });
}

// ---- symbols, of what is built
function symbols(objects) {
  const at = new Map();
  for (let i = 0; i < objects.length; i += 200) {
    const out = execFileSync("nm", ["-A", "-P", "-g", ...objects.slice(i, i + 200)], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
    for (const line of out.split("\n")) {
      const m = /^(\S+?):\s*(\S+) ([A-Za-z])/.exec(line);
      if (!m) continue;
      if (!at.has(m[1])) at.set(m[1], { gives: [], asks: [] });
      at.get(m[1])[m[3] === "U" ? "asks" : m[3] === m[3].toUpperCase() ? "gives" : "asks"].push(m[2]);
    }
  }
  return at;
}
const objectsDir = "build/o";
if (existsSync(objectsDir)) {
  const objects = sources.filter((f) => /\.c$/.test(f) && !isTest(f)).map((f) => `${objectsDir}/${f.replace(/\.c$/, ".o")}`).filter(existsSync);
  const generated = [...rooms.keys()].flatMap((name) => {
    const dir = `${objectsDir}/gen/${name}`;
    return existsSync(dir) ? readdirSync(dir).filter((f) => f.endsWith(".o") && existsSync(`build/gen/${name}/${f.replace(/o$/, "c")}`)).map((f) => `${dir}/${f}`) : [];
  });
  const table = symbols([...objects, ...generated]);
  const roomOf = (object) => folder(object.replace(/^build\/o\/(gen\/)?/, ""));
  const giver = new Map();
  for (const [object, s] of table) for (const name of s.gives) giver.set(name, roomOf(object));
  // The one list of modules is app's to make, and promised by kernel/module.h.
  if (giver.has("modules")) giver.set("modules", "kernel");
  for (const [object, s] of table) {
    const room = rooms.get(roomOf(object));
    for (const name of s.asks) {
      const other = giver.get(name);
      if (!other || other === room.name || other === "base") continue;
      const wasKnown = room.uses.has(other);
      if (mayUse(room, other) || !mayCall(room, other)) note(room, other, object);
      else note(room, "search", object);
      if (!mayCall(room, other) && !/\/gen\//.test(object) && !wasKnown) faults.push(`${object.replace(objectsDir, "").slice(1).replace(/o$/, "c")}: calls ${name} of ${other}, which ${headerOf(room.name)} does not say it needs`);
    }
  }
}

// ---- fullness, unused needs, rings
for (const room of rooms.values()) {
  const most = Math.max(full[room.name] ?? 0, FILES_MOST);
  if (room.files.length > most) faults.push(`${room.name}/: ${room.files.length} files, ${most} at most`);
  if (full[room.name] && room.files.length < most) faults.push(`tools/rooms.mjs: ${room.name} has ${room.files.length} files now: lower its number`);
  for (const n of room.needs) if (!room.uses.has(n)) faults.push(`${headerOf(room.name)}: says it needs ${n}, and does not`);
}
const state = new Map();
function visit(name, path) {
  if (state.get(name) === "done") return;
  if (state.get(name) === "open") { faults.push(`rooms need each other in a ring: ${[...path.slice(path.indexOf(name)), name].join(" -> ")}`); return; }
  state.set(name, "open");
  for (const n of rooms.get(name)?.uses.keys() ?? []) visit(n, [...path, name]);
  state.set(name, "done");
}
for (const name of rooms.keys()) visit(name, []);

// ---- the drawing
const short = (n) => n.replace(/^(kernel|modules)\//, "");
function draw() {
  const depth = new Map();
  const deep = (name) => {
    if (!depth.has(name)) {
      depth.set(name, 0);
      depth.set(name, 1 + Math.max(-1, ...[...(rooms.get(name)?.uses.keys() ?? [])].filter((n) => n !== name).map(deep)));
    }
    return depth.get(name);
  };
  for (const name of rooms.keys()) deep(name);
  const rows = [...rooms.values()].sort((a, b) => depth.get(b.name) - depth.get(a.name) || (a.name < b.name ? -1 : 1));
  const hundreds = (n) => (n < 100 ? "< 100" : `${Math.round(n / 100)}00`);
  const floors = [...new Set(rows.map((r) => depth.get(r.name)))];
  const lines = ["# Rooms", "",
    "Made by `make rooms`, and held to be today's by `./test checks`. A room may use the rooms it needs, all of them on floors below its own, and base; what it is stands in the header named like it.", "",
    "```", ...floors.map((d) => `${String(d).padStart(2)}  ${rows.filter((r) => depth.get(r.name) === d).map((r) => r.name).join("  ")}`), "```", "",
    "| floor | room | what it is | needs | files | lines |", "|---:|---|---|---|---:|---:|"];
  for (const r of rows) {
    const uses = [...r.uses.keys()].map(short).sort().join(", ");
    lines.push(`| ${depth.get(r.name)} | ${r.name}/ | ${(r.what ?? "").replace(/\|/g, "/")} | ${uses} | ${r.files.length} | ${hundreds(r.lines)} |`);
  }
  const sum = [...rooms.values()].reduce((n, r) => n + r.lines, 0);
  lines.push("", `${rooms.size} rooms, about ${Math.round(sum / 1000)},000 lines of C written by hand, tests among them.`, "");
  return lines.join("\n");
}
const page = "docs/rooms.md";
if (process.argv[2] === "uses") {
  for (const r of [...rooms.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) console.log(`${r.name} needs: ${[...r.uses.keys()].map(short).sort().join(" ")}`);
} else if (process.argv[2] === "draw") writeFileSync(page, draw());
else {
  if (existsSync(objectsDir) && (!existsSync(page) || readFileSync(page, "utf8") !== draw())) faults.push(`${page} is not today's: make rooms`);
  faults.forEach((f) => console.log(f));
  process.exit(faults.length ? 1 : 0);
}
