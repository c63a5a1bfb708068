// Sizes a person can hold in the head: a file 500 lines, a header 300, a function 60 lines and 8 parameters.
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";

const list = (...globs) => execFileSync("git", ["ls-files", "-co", "--exclude-standard", ...globs], { encoding: "utf8" }).split("\n").filter(Boolean);
const faults = [];

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
      const name = /([A-Za-z_0-9]+)\s*\(/.exec(signature)?.[1] ?? signature;
      const length = i - start - 1;
      if (length > 60) faults.push(`${file}:${start + 1}: ${name} is ${length} lines long (60 at most)`);
      if (!/library.s signature/.test(above) && parameters(signature) > 8) faults.push(`${file}:${start + 1}: ${name} takes ${parameters(signature)} parameters (8 at most)`);
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
  const most = file.endsWith(".h") ? (file.endsWith("_view.h") ? 400 : 300) : 500;
  if (lines.length - 1 > most) faults.push(`${file}: ${lines.length - 1} lines (${most} at most)`);
  if (/\.[ch]$/.test(file) && !/_test\.c$/.test(file)) functions(file, lines);
}
faults.forEach((f) => console.log(f));
process.exit(faults.length ? 1 : 0);
