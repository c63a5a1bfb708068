// How well legal text is read: node bench/lawparse.mjs (after make build/bench-lawparse), on ../shared/data/law.
// Against the structured works: precision and recall of chapters, sections, articles, clauses and points, each by its whole address.
// Over the raw laws: in how many articles the clauses run strictly 1 to n.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const data = process.argv[2] ?? "../shared/data/law";
if (!existsSync(data)) {
  console.log(`skipped: no ${data} here`);
  process.exit(0);
}
const trees = (folder) => {
  const files = readdirSync(join(data, folder)).filter((f) => f.endsWith(".txt")).map((f) => join(data, folder, f));
  const said = execFileSync("build/bench-lawparse", ["tree", ...files], { encoding: "utf8", maxBuffer: 1 << 30 });
  return said.split("\n").filter(Boolean).map((line) => JSON.parse(line));
};
// The label of the place of a level that node i stands in.
const within = (nodes, i, level) => {
  for (; i >= 0; i = nodes[i].parent) if (nodes[i].level === level) return nodes[i].label;
  return null;
};
const counted = (list) => list.reduce((m, x) => m.set(x, (m.get(x) ?? 0) + 1), new Map());
const kinds = {
  chapters: ["chapter", (n, i) => n[i].label, (x) => x.number],
  sections: ["section", (n, i) => `${within(n, i, "chapter")} ${n[i].label}`, (x) => `${x.parent_chapter} ${x.number}`],
  articles: ["article", (n, i) => n[i].label, (x) => x.number],
  clauses: ["clause", (n, i) => `${within(n, i, "article")} ${n[i].label}`, (x) => `${x.parent_article} ${x.number}`],
  points: ["point", (n, i) => `${within(n, i, "article")} ${within(n, i, "clause")} ${n[i].label}`,
    (x) => `${x.parent_article} ${x.parent_clause} ${x.letter}`],
};

const sums = Object.fromEntries(Object.keys(kinds).map((k) => [k, { both: 0, read: 0, gold: 0 }]));
for (const tree of trees("structured")) {
  const gold = JSON.parse(readFileSync(tree.file.replace(/\.txt$/, ".json"), "utf8")).nodes;
  for (const [kind, [level, ofNode, ofGold]] of Object.entries(kinds)) {
    const read = counted(tree.nodes.map((n, i) => (n.level === level ? ofNode(tree.nodes, i) : undefined)).filter((x) => x !== undefined));
    const wanted = counted(gold[kind].map(ofGold));
    const sum = sums[kind];
    for (const [x, n] of read) { sum.read += n; sum.both += Math.min(n, wanted.get(x) ?? 0); }
    for (const n of wanted.values()) sum.gold += n;
  }
}
console.log("structured works      precision   recall    read    gold");
for (const [kind, s] of Object.entries(sums))
  console.log(`  ${kind.padEnd(18)} ${(s.both / s.read).toFixed(4).padStart(8)} ${(s.both / s.gold).toFixed(4).padStart(8)} ${String(s.read).padStart(7)} ${String(s.gold).padStart(7)}`);

let strict = 0, loose = 0, articles = 0, flags = 0;
for (const tree of trees("raw")) {
  flags += tree.flags.length;
  tree.nodes.forEach((node, i) => {
    if (node.level !== "article") return;
    articles++;
    const labels = tree.nodes.filter((n) => n.parent === i && n.level === "clause").map((n) => n.label);
    if (!labels.length) return;
    if (labels.every((l, k) => l === String(k + 1))) strict++;
    else {
      loose++;
      console.log(`  not 1 to n: ${tree.file.split("/").pop()} Điều ${node.label}: ${labels.join(" ")}`);
    }
  });
}
console.log(`raw laws: ${articles} articles, clauses strictly 1 to n in ${strict} of ${strict + loose} (${((100 * strict) / (strict + loose)).toFixed(2)} %), ${flags} flags`);
