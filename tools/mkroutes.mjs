// mkroutes OUT.c SOURCE.c…: which view each GET route answers with, read from the handlers (they end with answer_<page>(g, &view)),
// so that /api/openapi.json can say what comes back.
import { readFileSync, writeFileSync } from "node:fs";

const [out, ...sources] = process.argv.slice(2);
const pages = new Map(); // page -> struct
for (const f of sources.filter((f) => f.endsWith(".html"))) {
  const m = /^(?:\{\{(?:#|include)[^\n]*\n)*\{\{page (\w+) struct (\w+)\}\}/.exec(readFileSync(f, "utf8"));
  if (m) pages.set(m[1], m[2]);
}
const answers = new Map(); // function -> struct
const routes = [];
for (const f of sources.filter((f) => f.endsWith(".c"))) {
  const text = readFileSync(f, "utf8");
  for (const [, name, body] of text.matchAll(/^(?:static )?struct err (\w+)\([^)]*\) \{([\s\S]*?)^\}/gm)) {
    const page = [...body.matchAll(/answer_(?:public\(g, &page_)?(\w+)(?:\(g)?, /g)].map((m) => m[1]).find((p) => pages.has(p));
    if (page) answers.set(name, pages.get(page));
  }
  for (const [row] of text.matchAll(/\{\s*\.method = METHOD_GET[\s\S]*?\},?\n/g)) {
    const path = /\.path = "([^"]+)"/.exec(row)?.[1], get = /\.get = (\w+)/.exec(row)?.[1];
    if (path && get) routes.push([path, get]);
  }
}
const rows = routes.filter(([, get]) => answers.has(get)).map(([path, get]) => `    {"${path}", "${answers.get(get)}"},`).sort();
writeFileSync(out, `#include "kernel/shell/page.h"\nconst struct route_view route_views[] = {\n${rows.join("\n")}\n    {NULL, NULL},\n};\n`);
