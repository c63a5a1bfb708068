// Killed with -9 at any moment, whichever process it is, while people work: what was answered is there once, what was not is there at
// most once, numbers have no gap, the audit holds. SEED=n repeats a run; LONG=1000 is that many rounds.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Person, done, equal, pause, program, rows, seeded, start, test, truth, until } from "../lib.mjs";

const rounds = Number(process.env.LONG ?? 6);
const seed = Number(process.env.SEED ?? (process.env.LONG ? Date.now() % 1000000 : 1));
const random = seeded(seed), below = (n) => Math.floor(random() * n), one = (list) => list[below(list.length)];
console.log(`seed ${seed}, ${rounds} rounds`);

// A thousand rounds bring more papers than a person may send in a day.
const args = ["--workers", "2", "--jobs", "1", "--day-files", "100000"];
let server = await start({ args });
const people = {};
for (const login of ["vanthu", "lanhdao"]) people[login] = await new Person(server, login).signIn();
const { vanthu: clerk, lanhdao: chair } = people;

// ---- What people do. Each act has a key nobody else has, and is sent until it is answered, or once only and then left alone.
const acts = [], chains = [];
let made = 0, working = true;
const day = new Date().toISOString().slice(0, 10);

/** Asks; null when no answer came, because what should give it was killed. */
async function heard(person, path, options) {
  try {
    const answer = await person.ask(path, options);
    return { status: answer.status, to: answer.headers.get("location") ?? "", text: await answer.text() };
  } catch { return null; }
}
/** A page, for as long as it takes. */
async function page(person, path) {
  return until(path, async () => {
    const answer = await heard(person, path);
    if (answer && answer.status === 404) throw new Error(`${path} is not found`);
    return answer?.status === 200 && answer;
  }, 300000, 30);
}
/** The hidden fields of the form that goes to action. */
function hiddenOf(html, action) {
  const form = [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map((m) => m[0]).find((f) => f.includes(`action="${action}"`));
  truth(form, `there is a form for ${action}`);
  return Object.fromEntries([...form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([tag]) =>
    [/name="([^"]*)"/.exec(tag)[1], (/value="([^"]*)"/.exec(tag)?.[1] ?? "").replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"')]));
}
/** Sends one act. Busy is no answer: nothing was promised. */
async function act(kind, person, action, form, key) {
  const it = { kind, key, isAnswered: false, strange: "" };
  acts.push(it);
  const isStubborn = random() < 0.6;
  for (;;) {
    const body = typeof form === "function" ? form() : form;
    const answer = await heard(person, action, { method: "POST", form: body });
    if (answer?.status === 303) { it.isAnswered = true; return answer.to; }
    if (answer && ![500, 503].includes(answer.status)) { it.strange = `${answer.status} ${/wrong-why[^>]*>([^<]*)|form-fault[^>]*>([^<]*)/.exec(answer.text)?.[0] ?? ""}`; return null; }
    if (!isStubborn) return null;
    await pause(40);
  }
}
/** In decimal, so that no key holds another: in base 36 the 251st would hold the 6th. */
const key = () => `kx${seed}q${++made}z`;

async function takeIn() {
  const word = key(), number = made, isPaper = random() < 0.4;
  const html = (await page(clerk, "/document/new")).text;
  let draft;
  if (isPaper) {
    const hidden = hiddenOf(html, "/document/upload");
    draft = await act("upload", clerk, "/document/upload", () => {
      const form = new FormData();
      for (const [k, v] of Object.entries(hidden)) form.set(k, v);
      form.set("file", new Blob([`CÔNG VĂN\nV/v ${word}\n`.repeat(20)]), `${word}.txt`);
      return form;
    }, `${word}.txt`);
  } else draft = (await heard(clerk, "/document/draft", { method: "POST", form: hiddenOf(html, "/document/draft") }))?.to;
  const id = /\/document\/(\d+)/.exec(draft ?? "")?.[1];
  if (!id) return;
  const action = `/document/${id}/registration`;
  const form = { ...hiddenOf((await page(clerk, `/document/${id}/register`)).text, action), code: `${number}/CV-KX`, issued_on: day, type: "CV", priority: "0", issuer: "Ủy ban nhân dân thành phố", subject: `Về việc kiểm tra ${word}`, arrival_on: day };
  if (await act("register", clerk, action, form, form.subject)) chains.push({ id, word, step: 0 });
}
async function opinion(c) {
  const words = `Ý kiến ${key()}`, action = `/document/${c.id}/opinion`, person = one([clerk, chair]);
  await act("opinion", person, action, { ...hiddenOf((await page(person, `/document/${c.id}`)).text, action), text: words }, words);
}
async function present(c) {
  const words = `Kính trình ${key()}`, action = `/document/${c.id}/presentation`;
  const html = (await page(clerk, `/document/${c.id}`)).text;
  const leader = /<option value="(\d+)"/.exec(html.slice(html.indexOf('id="leader"')))[1];
  c.step = (await act("present", clerk, action, { ...hiddenOf(html, action), leader, note: words }, words)) ? 1 : 9;
}
async function direct(c) {
  const words = `Giao xử lý ${key()}`, action = `/document/${c.id}/directive`;
  const html = (await page(chair, `/document/${c.id}`)).text;
  const lead = /<option value="(\d+)"/.exec(html.slice(html.indexOf('id="lead"')))[1];
  c.step = (await act("direct", chair, action, { ...hiddenOf(html, action), text: words, lead, days: "5" }, words)) ? 2 : 9;
}
/** One lane of work: a person who never rests. A document is in one lane's hands at a time. */
async function lane() {
  while (working) {
    const free = chains.filter((c) => !c.isHeld && c.step < 9), c = free.length ? one(free) : null;
    if (!c || random() < 0.4) { await takeIn(); continue; }
    c.isHeld = true;
    const next = random() < 0.3 ? opinion : c.step === 0 ? present : c.step === 1 ? direct : opinion;
    await next(c);
    c.isHeld = false;
  }
}

// ---- Who is killed.
const lives = (p) => { try { return !/^State:\s*Z/m.test(readFileSync(`/proc/${p}/status`, "utf8")); } catch { return false; } };
async function kill(what) {
  if (what !== "master") {
    const all = await until(`there is a ${what}`, () => { const now = server.workers(what.replace(/s$/, "")); return now.length && now; }, 300000, 20);
    for (const p of what.endsWith("s") ? all : [one(all)]) process.kill(p, "SIGKILL");
    return;
  }
  const children = server.workers("");
  await server.stop("SIGKILL");
  await until("its processes are gone", () => !children.some(lives), 120000, 20);
  const { data, db, port } = server;
  server = await start({ data, db, port, args, wait: 300000 });
}

// ---- What must be so.
const count = (list) => list.reduce((m, x) => m.set(x, (m.get(x) ?? 0) + 1), new Map());
function check() {
  const [registered, files, directives, said, inBooks, counters, off] = rows(server,
    "SELECT subject AS x FROM document_doc WHERE arrival_no > 0", "SELECT name AS x FROM document_file", "SELECT text AS x FROM document_directive",
    "SELECT kind, text FROM document_step", "SELECT book, arrival_no FROM document_doc WHERE arrival_no > 0 ORDER BY book, arrival_no", "SELECT book, next_no FROM document_counter",
    "SELECT k.principal, k.box, k.n, count(b.doc) AS there FROM document_counter_kept k LEFT JOIN document_box b ON b.principal = k.principal AND b.box = k.box AND b.due_day = k.due_day GROUP BY k.principal, k.box, k.due_day, k.n HAVING k.n <> count(b.doc)");
  const kept = { register: count(registered.map((r) => r.x)), upload: count(files.map((r) => r.x)), direct: count(directives.map((r) => r.x)) };
  const wrong = [];
  for (const a of acts) {
    const n = kept[a.kind] ? kept[a.kind].get(a.key) ?? 0 : said.filter((s) => s.kind === a.kind && s.text.includes(a.key)).length;
    if (a.strange) wrong.push(`${a.kind} "${a.key}" was answered ${a.strange}`);
    if (n > 1 || a.isAnswered && n !== 1) wrong.push(`${a.kind} "${a.key}", ${a.isAnswered ? "answered" : "not answered"}, is there ${n} times`);
  }
  const numbers = new Map();
  for (const r of inBooks) numbers.set(r.book, [...(numbers.get(r.book) ?? []), Number(r.arrival_no)]);
  const next = new Map(counters.map((r) => [r.book, Number(r.next_no)]));
  for (const [book, all] of numbers) {
    const gap = all.findIndex((n, i) => n !== all[0] + i);
    if (gap > 0) wrong.push(`book ${book}: after ${all[gap - 1]} comes ${all[gap]}`);
    if (all.at(-1) + 1 !== next.get(book)) wrong.push(`book ${book}: the last is ${all.at(-1)}, the next ${next.get(book)}`);
  }
  for (const r of off)
    wrong.push(`counter ${r.box} of ${r.principal} says ${r.n}, there are ${r.there}`);
  equal(wrong, [], `seed ${seed}`);
  execFileSync(program, ["verify", "--data", server.data, ...(server.db ? ["--db", server.db] : [])], { encoding: "utf8" });
}

const victims = ["web", "master", "job", "webs", "search", "live"];
for (let round = 1; round <= rounds; round++) {
  const victim = round <= victims.length ? victims[(round - 1 + seed) % victims.length] : one(victims);
  const isGood = await test(`round ${round}: ${victim} killed`, async () => {
    working = true;
    const lanes = Array.from({ length: 3 }, lane);
    const wanted = acts.filter((a) => a.isAnswered).length + 2 + below(8);
    await until("people work", () => acts.filter((a) => a.isAnswered).length >= wanted, 300000, 3);
    await pause(below(60)); // somewhere within what is being done
    await kill(victim);
    const after = acts.filter((a) => a.isAnswered).length + 2;
    await until("people work again", () => acts.filter((a) => a.isAnswered).length >= after, 300000, 10);
    working = false;
    await Promise.all(lanes);
    check();
  });
  if (!isGood) { working = false; break; }
}
await test("afterwards the papers are read, the events told, and what was registered is found", async () => {
  await until("no paper waits to be read", () => Number(rows(server, "SELECT count(*) AS n FROM document_doc WHERE reading = 'waiting'")[0].n) === 0, 300000, 250);
  await until("all events are heard", () => Number(rows(server, "SELECT (SELECT max(id) FROM event_outbox) - max(last_id) AS n FROM event_cursor")[0].n) === 0, 300000, 250);
  equal(rows(server, "SELECT kind, fault FROM event_parked"), []);
  for (const c of chains.slice(-5)) await until(`${c.word} is found`, async () => (await heard(clerk, `/find?q=${c.word}`))?.text.includes(`/document/${c.id}`), 120000, 250);
  check();
});
await test("enough was done to mean something", () => {
  const answered = acts.filter((a) => a.isAnswered);
  console.log(`${acts.length} acts, ${answered.length} answered: ${[...count(answered.map((a) => a.kind))].map(([k, n]) => `${k} ${n}`).join(", ")}`);
  truth(answered.length >= 4 * rounds, `${answered.length} answered`);
  truth(!/Sanitizer|runtime error/.test(server.log), server.log.slice(-3000));
});
await server.stop();
done();
