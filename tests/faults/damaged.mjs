// What the disk does to kept files and to the index behind the program's back: nothing damaged is given out, it is told
// and put right, and verify says what is wrong where, of a live folder and of a read-only copy.
// LONG=1: many more places of damage.
import { spawnSync } from "node:child_process";
import { chmodSync, closeSync, cpSync, openSync, readdirSync, statSync, truncateSync, unlinkSync, writeSync } from "node:fs";
import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { Person, done, equal, folder, program, start, test, truth, until } from "../lib.mjs";

const asan = process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket");
const rounds = process.env.LONG ? 60 : 6;
// Without jobs: one that reads the file would hold up the end, and only a folder left in order is copied.
const server = await start({ program: asan, args: ["--workers", "2", "--jobs", "0"], wait: 400000 });
const clerk = await new Person(server, "vanthu").signIn();
const admin = await new Person(server, "quantri").signIn();
const verify = (data, ...more) => spawnSync(asan, ["verify", "--data", data, ...(server.db ? ["--db", server.db] : []), ...more], { encoding: "utf8" });

/** Every file below a folder. */
const walk = (dir) => readdirSync(dir, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? walk(join(dir, e.name)) : [join(dir, e.name)]));
/** Other bytes at a place, in the file itself. */
function overwrite(path, at, bytes) {
  chmodSync(path, 0o600);
  const fd = openSync(path, "r+");
  writeSync(fd, bytes, 0, bytes.length, at);
  closeSync(fd);
}

// A text of several blocks: nothing in it repeats, so that a wrong byte given out would be seen.
const line = (i) => `Dòng ${i}: danh sách hộ gia đình nhận hỗ trợ của tổ dân phố số ${i * 7919 % 1000}.\n`;
const text = Buffer.from(Array.from({ length: 1700 }, (_, i) => line(i)).join(""));
const hash = createHash("sha256").update(text).digest("hex");
const at = join(server.data, "files", hash.slice(0, 2), hash.slice(2, 4), hash);
async function upload() {
  const page = await (await clerk.ask("/document/new")).text();
  const form = [...page.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map((m) => m[0]).find((f) => f.includes('type="file"'));
  const action = /action="([^"]+)"/.exec(form)[1], field = /<input[^>]*type="file"[^>]*name="([^"]+)"|<input[^>]*name="([^"]+)"[^>]*type="file"/.exec(form);
  const body = new FormData();
  for (const [k, v] of Object.entries(await clerk.hidden("/document/new", action))) body.append(k, v);
  body.append(field[1] ?? field[2], new Blob([text], { type: "text/plain" }), "danh-sach.txt");
  const answer = await clerk.ask(action, { method: "POST", form: body });
  equal(answer.status, 303, await answer.text());
  const document = /\/document\/(\d+)/.exec(answer.headers.get("location"))?.[0] ?? answer.headers.get("location");
  const shown = await clerk.ask(document), html = await shown.text(), file = /\/document\/\d+\/file\/\d+/.exec(html)?.[0];
  truth(file, `${document} (${shown.status}) shows no file: ${html.replace(/<script[\s\S]*?<\/script>|<[^>]*>/g, " ").replace(/\s+/g, " ")}`);
  return { document, file };
}
const first = await upload();
/** The status, with the body read to its end: a connection left in the middle keeps the program from stopping. */
const status = async (...of) => { const a = await clerk.ask(...of); await a.arrayBuffer(); return a.status; };
/** Nothing of the file is in an answer: no line of it is. */
const bare = (words) => truth(!/danh sách hộ gia đình/.test(words), `bytes of the file: ${words.slice(0, 300)}`);

await test("a whole file is sent whole, in parts, and not again", async () => {
  const whole = await clerk.ask(first.file);
  equal(whole.status, 200);
  truth(Buffer.from(await whole.arrayBuffer()).equals(text), "all of it");
  for (const [from, to] of [[0, 0], [65535, 65536], [70000, 140000], [text.length - 1, text.length - 1], [0, text.length - 1]]) {
    const part = await clerk.ask(first.file, { headers: { range: `bytes=${from}-${to}` } });
    equal([part.status, part.headers.get("content-range")], [206, `bytes ${from}-${to}/${text.length}`]);
    truth(Buffer.from(await part.arrayBuffer()).equals(text.subarray(from, to + 1)), `${from}-${to}`);
  }
  equal(await status(first.file, { headers: { "if-none-match": whole.headers.get("etag") } }), 304);
  const head = await clerk.ask(first.file, { method: "HEAD" });
  equal([head.status, head.headers.get("content-length")], [200, String(text.length)]);
});
await test("verify finds all whole, and writes nothing", () => {
  const before = walk(server.data).filter((p) => !/-wal$|-shm$|\.db$|audit|index|\.sock$|tmp/.test(p)).map((p) => `${p} ${statSync(p).mtimeMs}`);
  const said = verify(server.data);
  equal(said.status, 0, said.stdout + said.stderr);
  const after = walk(server.data).filter((p) => !/-wal$|-shm$|\.db$|audit|index|\.sock$|tmp/.test(p)).map((p) => `${p} ${statSync(p).mtimeMs}`);
  equal(after, before);
});
await test("a damaged file is never sent: a page says so in words, with a look-up code", async () => {
  for (let i = 0; i < rounds; i++) {
    const place = Math.floor((text.length - 1) * i / rounds);
    overwrite(at, place, Buffer.from([text[place] ^ 0x20]));
    const answer = await clerk.ask(first.file), words = await answer.text();
    equal(answer.status, 500, `byte ${place}`);
    truth(/Tệp đã hỏng trên ổ đĩa/.test(words), words.slice(0, 400));
    truth(/mã tra cứu/i.test(words), "a look-up code");
    bare(words);
    equal(await status(first.file, { method: "HEAD" }), 500);
    const part = await clerk.ask(first.file, { headers: { range: `bytes=${place}-${place}` } });
    equal(part.status, 500);
    bare(await part.text());
    const { error } = await (await clerk.ask(first.file, { json: true })).json();
    equal([error.kind, /hỏng trên ổ đĩa/.test(error.message), error.trace.length > 4], ["broken", true, true]);
    overwrite(at, 0, text);
  }
  await until("a file put back by hand is served again", async () => (await status(first.file)) === 200);
});
await test("what was found stands in the trail, on the health page with the documents, and on the document's own page", async () => {
  overwrite(at, 100000, Buffer.from("####"));
  equal(await status(first.file), 500);
  await until("the health page tells", async () => {
    const html = await (await admin.ask("/admin/health")).text();
    return html.includes("Tệp hỏng trên ổ đĩa") && html.includes("Văn bản chưa vào sổ");
  });
  truth((await (await admin.ask("/admin/audit?verb=file.damaged")).text()).includes("Phát hiện tệp hỏng"), "the trail");
  await until("the document tells", async () => /hỏng trên ổ đĩa/.test(await (await clerk.ask(first.document)).text()));
});
await test("verify says which file is damaged and what uses it, in words and as JSON", () => {
  const said = verify(server.data);
  equal(said.status, 1, said.stdout + said.stderr);
  truth(said.stdout.includes(relative(server.data, at)) && said.stdout.includes("nội dung khác lúc lưu") && said.stdout.includes(first.document), said.stdout);
  const json = verify(server.data, "--json");
  equal(json.status, 1);
  const report = JSON.parse(json.stdout);
  equal([report.whole, report.faults.length, report.faults[0].part, report.faults[0].where], [false, 1, "files", relative(server.data, at)]);
});
await test("the same file sent again puts the damaged one right, and the damaged bytes are kept aside", async () => {
  const again = await upload();
  for (const { file } of [first, again]) {
    const answer = await clerk.ask(file);
    equal(answer.status, 200);
    truth(Buffer.from(await answer.arrayBuffer()).equals(text), "the right bytes");
  }
  truth(readdirSync(join(server.data, "damaged")).some((n) => n.startsWith(hash)), "kept aside");
  equal(verify(server.data).status, 0);
  await until("it is no longer told", async () => (await status(first.file)) === 200 && !(await (await admin.ask("/admin/health")).text()).includes("Tệp hỏng trên ổ đĩa"));
});
await test("a lost file is said to be lost, and comes back the same way", async () => {
  unlinkSync(at);
  const answer = await clerk.ask(first.file);
  equal(answer.status, 500);
  truth(/Tệp không còn trên ổ đĩa/.test(await answer.text()), "in words");
  truth(/thiếu tệp/.test(verify(server.data).stdout), "verify");
  await upload();
  equal(await status(first.file), 200);
});

const segments = () => walk(join(server.data, "index")).filter((p) => p.endsWith(".segment"));
const hits = async () => ((await (await clerk.ask("/find?q=danh+s%C3%A1ch")).text()).match(/<mark/g) ?? []).length;
await test("the index damaged while it is served takes no worker down, and is made whole by itself", async () => {
  const generation = async () => /lần ghi (\d+)/.exec(await (await admin.ask("/admin/health")).text())?.[1];
  await until("the index is there", generation);
  const workers = server.workers("web");
  for (let i = 0; i < rounds; i++) {
    const paths = segments();
    for (const path of paths) {
      try {
        const size = statSync(path).size;
        if (i % 3 === 2) truncateSync(path, Math.floor(size / 2)); else overwrite(path, Math.floor(size * (i + 1) / (rounds + 2)), Buffer.alloc(700, 0xa5 + i));
      } catch (e) { if (e.code !== "ENOENT") throw e; }
    }
    for (let k = 0; k < 8; k++) equal(await status(`/find?q=${encodeURIComponent(["danh sách", "ke hoach", "văn bản", "hỗ trợ"][k % 4])}`), 200);
    await until("it is made again", () => /records are taken in again|made again/.test(server.log) && segments().every((p) => !paths.includes(p)), 60000);
  }
  await until("nothing is told to be damaged", async () => !(await (await admin.ask("/admin/health")).text()).includes("Mảnh chỉ mục hỏng"), 60000);
  equal(server.workers("web"), workers, "the same workers");
  await until("verify agrees", () => verify(server.data).status === 0, 90000, 1000);
  truth(typeof (await hits()) === "number", "searching");
});

const ended = await server.stop();
equal(ended.code, 0, server.log.slice(-1500));
const database = join(server.data, "doanket.db");
const filesOf = (copy) => walk(copy).sort().map((p) => `${p} ${statSync(p).size} ${statSync(p).mtimeMs}`).join("\n");
const copyOf = (change) => {
  const copy = folder();
  cpSync(server.data, copy, { recursive: true, filter: (p) => !statSync(p).isSocket() });
  change?.(copy);
  const all = walk(copy);
  for (const path of all) chmodSync(path, 0o400);
  return { copy, files: () => filesOf(copy) };
};
await test("a read-only copy is verified without a file being made or changed in it", () => {
  const { copy, files } = copyOf();
  const before = files(), said = verify(copy);
  equal(said.status, 0, said.stdout + said.stderr);
  equal(files(), before);
});
await test("a changed file, picture, index or page of the database in a copy is told, and where", () => {
  const cases = [
    [(copy) => overwrite(join(copy, relative(server.data, at)), 5, Buffer.from("#")), "files", relative(server.data, at)],
    [(copy) => { const p = walk(join(copy, "index")).find((x) => x.endsWith(".segment")); truncateSync(p, 300); }, "index", "index/"],
    [(copy) => overwrite(join(copy, "index/manifest"), 20, Buffer.from("????")), "index", "index"],
  ];
  if (!server.db) cases.push([(copy) => { const p = join(copy, "doanket.db"); const size = statSync(p).size; for (let page = 30; page < 60; page++) if (page * 4096 + 4096 < size) overwrite(p, page * 4096 + 100, Buffer.alloc(300, 0xff)); }, "database", ""]);
  for (const [change, part, where] of cases) {
    const { copy, files } = copyOf(change);
    const before = files(), said = verify(copy, "--json");
    equal(said.status, 1, said.stdout + said.stderr);
    const faults = JSON.parse(said.stdout).faults;
    truth(faults.some((f) => f.part === part && f.where.startsWith(where) && f.words.length > 5), `${part}: ${said.stdout.slice(0, 800)}`);
    equal(files(), before);
  }
});
await test("a copy taken in the middle, with a log and nothing else beside the database, is read to its last commit", async () => {
  if (server.db) return "skip SQLite only";
  const live = await start({ program: asan, data: server.data, args: ["--workers", "1", "--jobs", "1"], wait: 400000 });
  const person = await new Person(live, "vanthu").signIn();
  await person.ask("/");
  truth(statSync(`${database}-wal`).size > 0, "there is a log");
  // With and without the shared index of the log, which a server leaves behind when its last two processes end at the same instant.
  const taken = [/-shm$|\.sock$/, /\.sock$/].map((left) => {
    const copy = folder();
    cpSync(live.data, copy, { recursive: true, filter: (p) => !left.test(p) && !statSync(p).isSocket() });
    return copy;
  });
  await live.stop("SIGKILL");
  for (const copy of taken) {
    const before = filesOf(copy), said = verify(copy, "--json");
    truth(said.status === 0 || JSON.parse(said.stdout).faults.every((f) => f.part === "index"), said.stdout + said.stderr);
    equal(filesOf(copy), before);
  }
});
done();
