// The ways into the library of law ask whether a paper bears a secrecy stamp: what does is held back from everybody, and gone from the disk once it is
// said to be one. What a person deletes is deleted, bytes too, unless a record holds the same.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Person, done, equal, program, start, test, truth, until } from "../lib.mjs";

const server = await start({ program: process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket"), args: ["--workers", "1", "--jobs", "2"], wait: 600000 });
const officer = await new Person(server, "chuyenvien").signIn(), clerk = await new Person(server, "vanthu").signIn(), admin = await new Person(server, "quantri").signIn();
const paper = (mark, stamp = "MẬT") => `CÔNG AN THÀNH PHỐ\n${stamp}\nSố: 08/KH-CAHP\nKẾ HOẠCH\nVề việc ${mark} vùng biển\nCăn cứ Luật Mặt trận Tổ quốc Việt Nam số 75/2015/QH13;\n`;
const text = async (person, path) => (await person.ask(path)).text();
async function send(person, page, action, fields, file) {
  const form = new FormData();
  for (const [k, v] of Object.entries({ ...(await person.hidden(page, action)), ...fields })) form.set(k, v);
  if (file) form.set("file", new Blob([file.text], { type: "text/plain" }), file.name);
  const answer = await person.ask(action, { method: "POST", form: form.has("file") || action === "/law/guard" ? form : Object.fromEntries(form) });
  equal(answer.status, 303, `${action}: ${(await answer.text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 300)}`);
  return answer.headers.get("location");
}
/** Where an address leads to once the job behind it has looked. */
const held = (person, path) => until(`${path} is held back`, async () => {
  const answer = await person.ask(path);
  await answer.arrayBuffer();
  return /\/law\/seal\/\d+/.exec(answer.headers.get("location") ?? "")?.[0];
});
const files = (dir = server.data) => readdirSync(dir, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(join(dir, e.name)) : e.isFile() ? [join(dir, e.name)] : []));
const onDisk = (mark) => files().filter((path) => { try { return statSync(path).size < 1 << 28 && readFileSync(path).includes(mark); } catch { return false; } });
const kept = (words) => { const hash = createHash("sha256").update(words).digest("hex"); return join(server.data, "files", hash.slice(0, 2), hash.slice(2, 4), hash); };

/** What is held back is shown to nobody, its page asks who brought it, and destroyed it is nowhere. */
async function heldThenGone(person, path, mark) {
  const seal = await held(person, path), page = await text(person, seal);
  truth(page.includes("Tệp tạm giữ chờ xác nhận độ mật") && page.includes("MẬT") && !page.includes(mark), "the page says what was seen, and no more");
  for (const other of [clerk, admin].filter((p) => p !== person)) equal((await other.ask(seal)).status, 404, "another's");
  truth(!(await text(person, `/find?q=${encodeURIComponent(mark)}`)).includes(seal) && !(await text(person, "/law/guard")).includes(mark), "neither listed nor found");
  const refused = await person.ask(`${seal}/opening`, { method: "POST", form: { ...(await person.hidden(seal, `${seal}/opening`)), reason: "" } });
  equal(refused.status, 422, "without a reason it stays");
  await send(person, seal, `${seal}/destruction`, {});
  equal((await person.ask(seal)).status, 404);
  let left = [];
  await until("nothing of it is on the disk", () => (left = onDisk(mark)).length === 0).catch((e) => { throw new Error(`${e.message} ${left}`); });
}
await test("a pasted text with a stamp is held back by the guard, and destroyed it is gone from the disk", async () => {
  await heldThenGone(officer, await send(officer, "/law/guard", "/law/guard", { text: paper("hồngngọcqx") }), "hồngngọcqx");
});
await test("a file with a stamp is held back by the guard, and destroyed it is gone from the disk", async () => {
  const words = paper("lamthạchqx", "TUYỆT MẬT");
  const to = await send(officer, "/law/guard", "/law/guard", {}, { text: words, name: "ke-hoach.txt" });
  truth(existsSync(kept(words)), "kept at first");
  await heldThenGone(officer, to, "lamthạchqx");
});
await test("a file with a stamp is held back by “Thêm văn bản”, and destroyed it is gone from the disk", async () => {
  await send(admin, "/law/add", "/law/add", {}, { text: paper("tửtinhqx"), name: "luat.txt" });
  const draft = await until("the draft is listed", async () => /\/law\/add\/\d+/.exec(await text(admin, "/law/add"))?.[0]);
  await heldThenGone(admin, draft, "tửtinhqx");
});
await test("said to be no secret, a paper comes back and is checked", async () => {
  const to = await send(officer, "/law/guard", "/law/guard", { text: paper("bạchyếnqx") }), seal = await held(officer, to);
  await send(officer, seal, `${seal}/opening`, { reason: "Chữ trên băng-rôn" });
  await until("it is checked", async () => (await text(officer, to)).includes('id="findings"'));
});
await test("a deleted check takes its file from the disk, unless a document holds the same bytes", async () => {
  const own = paper("thanhtùngqx", "KHẨN"), shared = paper("kimliênqx", "KHẨN");
  const document = await send(clerk, "/document/new", "/document/upload", {}, { text: shared, name: "chung.txt" });
  for (const [words, isKept] of [[own, false], [shared, true]]) {
    const to = await send(officer, "/law/guard", "/law/guard", {}, { text: words, name: "can-cu.txt" });
    await until("it is checked", async () => (await text(officer, to)).includes('id="findings"'));
    truth(existsSync(kept(words)), "kept at first");
    const after = await send(officer, to, `${to}/delete`, {});
    truth((await text(officer, after)).includes(isKept ? "còn được hồ sơ khác dùng" : "Đã xóa, cả tệp đã gửi lên"), "it says what was done");
    if (isKept) truth(existsSync(kept(words)), "the document's");
    else await until("its bytes are gone", () => !existsSync(kept(words)));
    equal((await officer.ask(to)).status, 404);
  }
  const file = /\/document\/\d+\/file\/\d+/.exec(await text(clerk, document.replace(/\/register.*$/, "")))[0];
  equal(await text(clerk, file), shared, "the document still has its file");
});
await test("nothing was wrong with its memory", async () => {
  equal((await server.stop()).code, 0);
  truth(!/Sanitizer|runtime error|ended by signal/.test(server.log), server.log.slice(-4000));
});
done();
