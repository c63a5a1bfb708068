// What a whole server needs of memory over the index bench-peers made, and how soon something new is found there: a fresh data folder with the
// demonstration's people, the index of so many passages, questions asked over HTTP by somebody signed in. Usage: serving.mjs INDEX DATA
import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { folder, Person, start, truth, until } from "../../tests/lib.mjs";

const [index, shared] = process.argv.slice(2);
const data = folder();
const first = await start({ data, db: "" });
await first.stop();
cpSync(index, join(data, "index"), { recursive: true });
const server = await start({ data, db: "" });

/** Megabytes of every process of the server: of its own, of files (a page that several share is divided among them). */
function memory() {
  const parents = new Map(readdirSync("/proc").filter((p) => /^\d+$/.test(p)).map((p) => {
    try { return [Number(p), Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${p}/status`, "utf8"))[1])]; } catch { return [0, 0]; }
  }));
  const sum = { processes: 0, own: 0, files: 0 };
  for (const [pid, parent] of parents) {
    if (pid !== server.pid && parent !== server.pid) continue;
    const of = (name) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) / 1024;
    sum.processes++;
    sum.own += of("Pss_Anon") + of("Pss_Shmem");
    sum.files += of("Pss_File");
  }
  return sum;
}
const said = (m) => `${m.processes} processes, ${(m.own + m.files).toFixed(0)} MB: ${m.own.toFixed(0)} of their own, ${m.files.toFixed(0)} of mapped files`;

const clerk = await new Person(server, "vanthu").signIn(), admin = await new Person(server, "quantri").signIn();
const questions = readFileSync(join(shared, "questions/zalo2021_dev.jsonl"), "utf8").trim().split("\n").map((l) => JSON.parse(l).question);
console.log(`serving, before anything was asked: ${said(memory())}`);
let found = 0;
for (let i = 0; i < 300; i++) {
  const answer = await clerk.ask(`/find?q=${encodeURIComponent(questions[(i * 617) % questions.length])}`);
  const page = await answer.text();
  truth(answer.status === 200, `a question was answered ${answer.status}`);
  found += page.includes("<mark");
}
truth(found > 200, `only ${found} of 300 questions found anything`);
const after = memory();
console.log(`serving, after 300 questions: ${said(after)}`);

/** A person is added, and looked for by another until he is found. */
async function findable(n) {
  const name = `Nguyễn Tìmthấy${n}`;
  const hidden = await admin.hidden("/admin/person/new", "/admin/person");
  const began = performance.now();
  const answer = await admin.ask("/admin/person", { method: "POST", form: { ...hidden, name, address: "đồng chí" } });
  truth(answer.status === 303, `a person was not added: ${answer.status}`);
  const place = answer.headers.get("location");
  await until("found", async () => (await (await clerk.ask(`/find?q=${encodeURIComponent(name)}`)).text()).includes(`href="${place}`), 20000, 10);
  return performance.now() - began;
}
const took = [];
for (let n = 100; n < 110; n++) took.push(await findable(n));
took.sort((a, b) => a - b);
const line = (is, text) => console.log(`${(is ? "met" : "NOT MET").padEnd(8)} ${text}`);
line(after.own + after.files <= 300, `memory while serving: ${(after.own + after.files).toFixed(0)} MB of the whole server, wanted 300`);
line(took.at(-1) <= 1000, `findable after saving: ${took[5].toFixed(0)} ms, at most ${took.at(-1).toFixed(0)} of ten, wanted 1,000`);
await server.stop();
process.exit(0);
