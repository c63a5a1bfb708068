// Two people change one record: the second is told who was first and when, sees both, and chooses. Nobody's words are lost unseen.
import { Person, done, equal, program, start, test, truth } from "../lib.mjs";
import { fieldsOf, formTo } from "./lib-forms.mjs";

const server = await start({ program: process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket"), args: ["--workers", "2", "--jobs", "1"], wait: 600000 });
const plain = (html) => html.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
const page = async (person, path) => (await person.ask(path)).text();
const send = (person, path, form, more = {}) => person.ask(path, { method: "POST", form, ...more });
const signed = (login) => new Person(server, login).signIn();
const admin = await signed("quantri"), clerk = await signed("vanthu");
const first = (html, pattern) => pattern.exec(html)?.[1];

/** Opens the form twice, saves one, then the other. */
async function collide({ who, other = who, at, action, field, mine = "Của tôi", theirs = "Của người kia" }) {
  const one = fieldsOf(formTo(await page(who, at), action)), two = fieldsOf(formTo(await page(other, at), action));
  truth(Number(one.version) >= 1, `${action}: no version in the form`);
  const early = await send(other, action, { ...two, [field]: theirs });
  equal(early.status, 303, `${action}: ${await early.text()}`);
  const late = await send(who, action, { ...one, [field]: mine }), html = plain(await late.text());
  equal(late.status, 409, action);
  for (const part of [mine, "Đang ghi:", theirs, "sau khi trang này được mở"]) truth(html.includes(part), `${action}: “${part}” is not there`);
  const again = fieldsOf(formTo(html, action));
  equal([again[field], again.version !== one.version], [mine, true], `${action}: typed and the version that stands`);
  // Without a version: asked, too.
  const { version, ...none } = again;
  equal((await send(who, action, none)).status, 409, `${action} without a version ${version}`);
  equal((await send(who, action, { ...fieldsOf(formTo(html, action)), version: "x" })).status, 409);
  // Chosen with open eyes.
  const fresh = fieldsOf(formTo(plain(await (await send(who, action, { ...none, version: "1000000" })).text()), action));
  equal((await send(who, action, fresh)).status, 303, `${action} chosen`);
  return html;
}

await test("a person's data", async () => {
  const id = first(await page(admin, "/admin/person"), /href="\/person\/(\d+)"/);
  const html = await collide({ who: admin, other: await signed("quantri"), at: `/admin/person/${id}/edit`, action: `/admin/person/${id}/edit`, field: "phone", mine: "0225 111", theirs: "0225 222" });
  truth(/\(Quản trị[^)]*\) đã sửa lúc \d\d:\d\d/.test(html) || /đã sửa lúc/.test(html), "by whom and when");
  truth((await page(admin, `/admin/person/${id}/edit`)).includes("0225 111"), "the choice stands");
});
await test("a unit's data", async () => {
  const id = first(await page(admin, "/org"), /href="\/unit\/(\d+)"/);
  await collide({ who: admin, other: await signed("quantri"), at: `/admin/unit/${id}/edit`, action: `/admin/unit/${id}/edit`, field: "street", mine: "Số 1 phố Một", theirs: "Số 2 phố Hai" });
});
await test("a setting", async () => {
  const at = first(await page(admin, "/admin/config"), /href="(\/admin\/config\/upload[^"]*)"/);
  await collide({ who: admin, other: await signed("quantri"), at, action: at, field: "value", mine: "111", theirs: "222" });
});
await test("what was registered of a document", async () => {
  const made = await send(clerk, "/document/draft", await clerk.hidden("/document/new", "/document/draft"));
  const id = /\/document\/(\d+)\//.exec(made.headers.get("location"))[1], action = `/document/${id}/amendment`;
  const form = fieldsOf(formTo(await page(clerk, `/document/${id}/register`), `/document/${id}/registration`));
  equal((await send(clerk, `/document/${id}/registration`, { ...form, issuer: "Sở Y tế", subject: "Trích yếu", priority: "0" })).status, 303);
  const html = await collide({ who: clerk, other: await signed("lanhdao"), at: `/document/${id}/register`, action, field: "subject", mine: "Trích yếu của văn thư", theirs: "Trích yếu của lãnh đạo" });
  truth(/\([^)]+\) đã sửa lúc \d\d:\d\d/.test(html), "by whom and when");
  const got = await send(clerk, action, { ...form, issuer: "Sở Y tế", subject: "Không phiên bản", priority: "0", version: "" }, { json: true });
  equal([got.status, (await got.json()).error.kind], [409, "conflict"]);
});
await test("a note and a collection", async () => {
  const work = first(await page(clerk, "/law"), /href="\/law\/(\d+)/);
  truth(work, "there is a work of law");
  const facts = `/law/${work}/facts`;
  equal((await send(clerk, `/law/${work}/note`, { ...fieldsOf(formTo(await page(clerk, facts), `/law/${work}/note`)), words: "Ghi chú đầu", owner: "me" })).status, 303);
  const note = first(await page(clerk, "/law/note"), /href="(\/law\/note\/\d+)"/);
  await collide({ who: clerk, other: await signed("vanthu"), at: note, action: note, field: "words" });
  const kept = await send(clerk, "/law/collection", { ...fieldsOf(formTo(await page(clerk, "/law/collection"), "/law/collection")), name: "Bộ", owner: "me" });
  const at = kept.headers.get("location");
  await collide({ who: clerk, other: await signed("vanthu"), at, action: `${at}/name`, field: "name" });
});
await test("a decision about a change of law", async () => {
  const officer = await signed("chuyenvien");
  let at;
  for (const state of ["review", "auto", "verified", "rejected"]) at ??= first(await page(officer, `/law/change?state=${state}`), /href="(\/law\/change\/\d+)"/);
  if (!at) return "skip the demonstration has no change of law";
  const form = async () => ({ ...fieldsOf(formTo(await page(officer, at), at)), what: "reject" });
  const one = await form(), two = await form();
  equal((await send(officer, at, { ...two, why: "Bác của người kia" })).status, 303);
  const late = await send(officer, at, { ...one, why: "Bác của tôi" }), html = await late.text();
  equal(late.status, 409);
  truth(html.includes("Bác của tôi") && html.includes("đã sửa lúc"), "what was typed, and who was first");
  equal((await send(officer, at, { ...fieldsOf(formTo(html, at)), what: "reject" })).status, 303);
});
await test("what is not UTF-8 is refused at its field, and is stored nowhere", async () => {
  const made = await send(clerk, "/document/draft", await clerk.hidden("/document/new", "/document/draft"));
  const id = /\/document\/(\d+)\//.exec(made.headers.get("location"))[1], action = `/document/${id}/registration`;
  const fields = { ...fieldsOf(formTo(await page(clerk, `/document/${id}/register`), action)), issuer: "Sở Y tế", priority: "0" };
  const parts = (all) => Buffer.concat([...Object.entries(all).flatMap(([k, v]) => [Buffer.from(`--x\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n`), Buffer.isBuffer(v) ? v : Buffer.from(v), Buffer.from("\r\n")]), Buffer.from("--x--\r\n")]);
  const ask = (all, json) => clerk.ask(action, { method: "POST", json, body: parts(all), headers: { "content-type": "multipart/form-data; boundary=x" } });
  for (const bad of [Buffer.from([0xff, 0xfe]), Buffer.from([0x54, 0xc3]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from("a\0b")]) {
    const answer = await ask({ ...fields, subject: bad }, true), { error } = await answer.json();
    equal(answer.status, 422, bad.toString("hex"));
    truth(error.fields.subject.includes("chữ không đọc được"), JSON.stringify(error));
  }
  const html = await (await ask({ ...fields, subject: Buffer.from([0x54, 0xff]), note: "còn đây" })).text();
  truth(html.includes("chữ không đọc được") && html.includes("còn đây"), "at the field, with the rest kept");
  equal((await ask({ ...fields, subject: "Tốt", _once: Buffer.from([0xff]) })).status, 400);
  equal((await ask({ ...fields, subject: "Tốt", type: Buffer.from([0xff]) })).status, 422);
  const named = (name) => Buffer.concat([...Object.entries({}).flat(), Buffer.from(`--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${fields._csrf}\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="`), name, Buffer.from('"\r\n\r\n%PDF-1.4\n%%EOF\n\r\n--x--\r\n')]);
  const upload = async (name) => {
    const got = await clerk.ask("/document/upload", { method: "POST", body: named(name), headers: { "content-type": "multipart/form-data; boundary=x" } });
    equal(got.status, 303, await got.text());
    return plain(await page(clerk, got.headers.get("location")));
  };
  truth((await upload(Buffer.from([0x61, 0xff, 0x2e, 0x70, 0x64, 0x66]))).includes("a\ufffd.pdf"), "a name is a label: what cannot be read is marked");
  truth((await upload(Buffer.from('Báo cáo %22Đại đoàn kết%22 2026.pdf'))).includes('Báo cáo "Đại đoàn kết" 2026.pdf'), "as browsers write a quotation mark");
  truth((await upload(Buffer.from('Báo cáo \\"Quý IV\\".pdf'))).includes('Báo cáo "Quý IV".pdf'), "as other programs do");
  truth((await upload(Buffer.from('C:\\Hồ sơ\\Tờ trình 100%.pdf'))).includes("Tờ trình 100%.pdf"), "a path's last piece");
});
await test("nothing was wrong with its memory", async () => {
  equal((await server.stop()).code, 0);
  truth(!/Sanitizer|runtime error|ended by signal/.test(server.log), server.log.slice(-4000));
});
done();
