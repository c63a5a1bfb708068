// Background work against heavy files, killed readers and stopped jobs. LONG=1: pages that run into their limit.
// On SQLite only
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Person, done, equal, folder, rows, start, test, truth, until } from "../lib.mjs";

const long = Boolean(process.env.LONG);

/** A small PDF whose pages draw forms within forms, ten to the power of depth lines a page; empty pages with depth 0. */
function heavyPdf(pages, depth, mark) {
  const objects = [], box = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]", first = 5 + depth;
  const stream = (head, words) => `<<${head}/Length ${words.length}>>stream\n${words}\nendstream`;
  objects.push("<</Type/Catalog/Pages 2 0 R>>");
  objects.push(`<</Type/Pages/MediaBox[0 0 595 842]/Count ${pages}/Kids[${Array.from({ length: pages }, (_, i) => `${first + i} 0 R`).join(" ")}]>>`);
  objects.push(stream(box, "50 50 m 500 700 l S"));
  for (let i = 0; i < depth; i++) objects.push(stream(`${box}/Resources<</XObject<</F ${3 + i} 0 R>>>>`, "/F Do ".repeat(10)));
  objects.push(stream("", "/F Do"));
  for (let i = 0; i < pages; i++) objects.push(`<</Type/Page/Parent 2 0 R/Contents ${4 + depth} 0 R/Resources<</XObject<</F ${3 + depth} 0 R>>>>>>`);
  let text = `%PDF-1.4\n%${mark}\n`;
  const places = objects.map((o, i) => { const at = text.length; text += `${i + 1} 0 obj${o}endobj\n`; return at; });
  const at = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((p) => `${String(p).padStart(10, "0")} 00000 n \n`).join("")}`;
  return Buffer.from(`${text}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`, "latin1");
}

async function upload(person, name, bytes) {
  const form = new FormData();
  for (const [k, v] of Object.entries(await person.hidden("/document/new", "/document/upload"))) if (k) form.append(k, v);
  form.append("file", new Blob([bytes], { type: "application/pdf" }), name);
  const answer = await person.ask("/document/upload", { method: "POST", form });
  equal(answer.status, 303, `sending ${name}`);
  return /\/document\/(\d+)/.exec(answer.headers.get("location"))[1];
}
/** Ids are longer than a JavaScript number keeps. */
const json = async (person, path) => JSON.parse((await (await person.ask(path, { json: true })).text()).replace(/:(\d{16,})/g, ':"$1"'));
const paper = async (person, id) => (await json(person, `/document/${id}/register`)).paper;
const jobs = async (state = 0) => (await json(admin, `/admin/job?state=${state}`)).jobs;
const press = async (person, path, page) => {
  const answer = await person.ask(path, { method: "POST", form: await person.hidden(page, path) });
  truth(answer.status === 303, `${path}: ${answer.status}`);
};
/** The reading children: children of the job workers. */
const readers = () => server.workers("job").flatMap((worker) => readdirSync("/proc").filter((p) => {
  try { return /^\d+$/.test(p) && Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${p}/status`, "utf8"))[1]) === worker; } catch { return false; }
}).map(Number));
const title = "Đọc tệp văn bản";

const shift = join(folder(), "shift");
const server = await start({ args: ["--workers", "1", "--jobs", "1"], wait: 600000, env: { DOANKET_CLOCK_SHIFT: shift } });
const clerk = await new Person(server, "vanthu").signIn(), other = await new Person(server, "xa").signIn();
const admin = await new Person(server, "quantri").signIn();
// A page of the depth takes some seconds; with one more, a minute, and is left as too slow.
const pages = 500, depth = Number(process.env.DEPTH ?? (long ? 6 : 5));
const heavy = [];

await test("two small files with heavy pages hold up nobody else's work", async () => {
  for (const i of [1, 2]) {
    const bytes = heavyPdf(pages, depth, i);
    truth(bytes.length < 65000, `${bytes.length} bytes`);
    heavy.push(await upload(clerk, `nang${i}.pdf`, bytes));
  }
  await until("a heavy page is being read", () => readers().length, 60000);
  const began = Date.now(), light = await upload(other, "nhe.pdf", heavyPdf(1, 0, "nhe"));
  await until("the light file is read", async () => !(await paper(other, light)).is_reading, 240000, 500);
  console.log(`    another's file was read after ${Date.now() - began} ms, ${heavy.length} heavy ones before it`);
  for (const id of heavy) truth((await paper(clerk, id)).is_reading, "the heavy ones are still being read");
});

await test("a reader that is killed condemns no page: its job goes on", async () => {
  const [victim] = await until("a reader", () => { const all = readers(); return all.length && all; }, 120000, 20);
  process.kill(victim, "SIGKILL");
  await until("the reader is gone", () => !readers().includes(victim), 20000, 20);
  await until("another page is read", async () => readers().some((p) => p !== victim), 120000, 50);
  // On a slow machine a page may run into its own limit meanwhile; a killed reader would be told in other words.
  const faults = rows(server, "SELECT number, fault FROM file_page WHERE fault <> ''");
  equal(faults.filter((f) => !f.fault.includes("đọc quá lâu")), [], "pages held to be unreadable");
});

await test("a job that is stopped lets its reader die at once, and the page says so and offers to read again", async () => {
  await until("a reader", () => readers().length, 120000, 20);
  const running = (await jobs(2)).filter((j) => j.title === title);
  const waiting = (await jobs(1)).filter((j) => j.title === title);
  const began = Date.now();
  for (const j of [...waiting, ...running]) {
    await press(admin, `/admin/job/${j.id}/cancel`, `/admin/job?state=${running.includes(j) ? 2 : 1}`).catch(async (e) => {
      const [now] = (await jobs()).filter((x) => x.id === j.id);
      if (now.is_cancellable) await press(admin, `/admin/job/${j.id}/cancel`, "/admin/job"); else throw e;
    });
  }
  const pressed = Date.now();
  await until("no reader", () => readers().length === 0, 30000, 20);
  console.log(`    no reader ${Date.now() - pressed} ms after the last of ${running.length + waiting.length} was stopped (${Date.now() - began} ms in all)`);
  for (const id of heavy) {
    const p = await until("it is said", async () => { const x = await paper(clerk, id); return !x.is_reading && x; }, 20000);
    truth(p.again && p.is_failed, JSON.stringify(p));
  }
});

await test("by hand it is read on from where it was", async () => {
  const { again, done: before } = await paper(clerk, heavy[0]);
  await press(clerk, again, `/document/${heavy[0]}/register`);
  await until("it goes on", async () => { const p = await paper(clerk, heavy[0]); return p.is_reading && p.done > before; }, 240000, 500);
});

await test("a paper that is taken away takes its reading with it", async () => {
  await press(clerk, `/document/${heavy[0]}/removal`, `/document/${heavy[0]}/register`);
  await until("no reader", () => readers().length === 0, 30000, 50);
});

await test("a standing job that is stopped comes back by itself", async () => {
  const standing = "Tìm việc quá hạn";
  const [late] = (await jobs(1)).filter((j) => j.title === standing);
  truth(late, "the hourly job waits");
  await press(admin, `/admin/job/${late.id}/cancel`, "/admin/job?state=1");
  await until("it is back", async () => (await jobs(1)).some((j) => j.title === standing && j.id !== late.id), 120000, 500);
});

await test("a clock that jumps three years ahead for a moment poisons nothing, and is told", async () => {
  writeFileSync(shift, String(3 * 365 * 86400000));
  await until("the health page tells", async () => {
    const health = await json(admin, "/admin/health");
    return health.is_clock_held && !health.is_well;
  }, 20000, 200);
  const id = await upload(clerk, "nay.pdf", heavyPdf(1, 0, "nay"));
  await until("it is read", async () => !(await paper(clerk, id)).is_reading, 120000, 500);
  await until("the administrator has a notice", async () => /Đồng hồ máy chủ báo/.test(await (await admin.ask("/notice")).text()), 90000, 500);
  writeFileSync(shift, "0");
  await until("all is well with the clock", async () => !(await json(admin, "/admin/health")).is_clock_held, 20000, 200);
  const all = await jobs();
  const tomorrow = Date.now() + 86400000;
  truth(all.length && all.every((j) => Date.parse(j.added_at) < tomorrow), "jobs are of today");
  const audit = await (await admin.ask("/admin/audit", { json: true })).text();
  truth(!audit.includes(`"${new Date(Date.now() + 3 * 365 * 86400000).getUTCFullYear()}-`), "entries are of today");
});

await test("a clock that stays ahead is taken when the administrator says that it is right", async () => {
  writeFileSync(shift, String(40 * 86400000));
  await until("held", async () => (await json(admin, "/admin/health")).is_clock_held, 20000, 200);
  await press(admin, "/admin/health/clock", "/admin/health");
  await until("not held", async () => !(await json(admin, "/admin/health")).is_clock_held, 20000, 200);
});

await server.stop();
done();
