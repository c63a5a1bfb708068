// Sizes a person can hold in the head: a file 500 lines, a header 150 (of a view's structs 400), a function 60 lines and 6
// parameters, a handler 25.
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";

// What is larger still, by name: "file" or "file: function". This list only gets shorter.
const larger = new Map(Object.entries({
  "kernel/http/live.c: live_page": 30,
  "modules/admin/admin_audit.c: admin_audit_export": 36,
  "modules/document/document_list_pages.c: document_index_get": 42,
  "modules/document/document_list_pages.c: document_export_get": 41,
  "modules/document/document_seal_pages.c: document_seal_get": 27,
  "modules/document/document_take_pages.c: document_register_get": 53,
  "modules/law/law_collect_pages.c: law_collections_get": 26,
  "modules/law/law_index_pages.c: law_export_list_get": 31,
  "modules/law/law_keep_pages.c: law_watches_get": 30,
  "modules/law/law_out_pages.c: law_out_get": 29,
  "modules/law/law_show_pages.c: law_show_get": 32,
  "modules/org/org_admin_people.c: org_people_export": 38,
  "modules/org/org_admin_units.c: org_units_export": 48,
  "modules/org/org_import_pages.c: org_import_get": 42,
  "modules/org/org_pages.c: org_unit_get": 29,
  "modules/org/org_pages.c: org_person_get": 34,
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

/** Answers a request: takes a get or a post alone, and gives a fault or none. */
const isHandler = (signature) => /^(static )?struct err [a-z_0-9]+\(struct (get|post) \*[a-z]+\) \{$/.test(signature.trim().replace(/\s+/g, " "));

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
      if (isHandler(signature)) hold(`${file}: ${name}`, place, i - start - 1, 25, (n) => `the handler ${name} is ${n} lines long: what it decides belongs in rules without HTTP`);
      else hold(`${file}: ${name}`, place, i - start - 1, 60, (n) => `${name} is ${n} lines long`);
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
