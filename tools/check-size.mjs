// Sizes a person can hold in the head: a file 500 lines, a header 150 (of a view's structs 400), a function 60 lines and 6 parameters.
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";

// What is larger still, by name: "file" or "file: function". This list only gets shorter.
const larger = new Map(Object.entries({
}));

const list = (...globs) => execFileSync("git", ["ls-files", "-co", "--exclude-standard", ...globs], { encoding: "utf8" }).split("\n").filter(Boolean);
const faults = [];

// n may be at most `most`, or what the list says of name.
function hold(name, place, n, most, say) {
  if (larger.has(name) && n > most) {
    most = larger.get(name);
    larger.delete(name);
  }
  if (n > most) faults.push(`${place}: ${say(n)} (${most} at most)`);
}

// Commas between the outermost brackets of a signature.
function parameters(signature) {
  const open = signature.indexOf("(");
  let depth = 0, n = 1;
  for (const c of signature.slice(open)) {
    if (c === "(") depth++;
    else if (c === ")" && --depth === 0) break;
    else if (c === "," && depth === 1) n++;
  }
  return n;
}

function functions(file, lines) {
  let start = -1, signature = "", pending = "", above = "";
  lines.forEach((line, i) => {
    if (start < 0) {
      pending = /^[a-z_A-Z]/.test(line) ? line : pending + " " + line.trim();
      if (/\)\s*\{\s*$/.test(line) && !/=\s*\{|^#/.test(line) && /^[a-zA-Z_\[]/.test(pending.trim()) && !/^\s/.test(pending)) {
        start = i;
        signature = pending;
        above = lines.slice(Math.max(0, i - 4), i).join(" ");
      } else if (/[;}]\s*$/.test(line)) pending = "";
    } else if (/^\}/.test(line)) {
      const name = /([A-Za-z_0-9]+)\s*\(/.exec(signature)?.[1] ?? signature, place = `${file}:${start + 1}`;
      hold(`${file}: ${name}`, place, i - start - 1, 60, (n) => `${name} is ${n} lines long`);
      if (!/library.s signature/.test(above)) hold(`${file}: ${name}`, place, parameters(signature), 6, (n) => `${name} takes ${n} parameters`);
      start = -1;
      pending = "";
    }
  });
}

for (const file of list("*.c", "*.h", "*.mjs", "*.ts", "*.sql", "*.html")) {
  let body;
  try { body = readFileSync(file, "utf8"); } catch { continue; }
  if (/^(tests\/must_not_compile|fuzz\/corpus|docs)\//.test(file) || /example\.sql$|_table\.[ch]$/.test(file)) continue;
  const lines = body.split("\n");
  hold(file, file, lines.length - 1, file.endsWith("_view.h") ? 400 : file.endsWith(".h") ? 150 : 500, (n) => `${n} lines`);
  if (/\.[ch]$/.test(file) && !/_test\.c$/.test(file)) functions(file, lines);
}
for (const name of larger.keys()) faults.push(`tools/check-size.mjs: ${name} is within the limits now: take it off the list`);
faults.forEach((f) => console.log(f));
process.exit(faults.length ? 1 : 0);
