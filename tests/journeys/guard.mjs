// The citation guard: a text is pasted or sent as Word, and each citation comes back right, wrong or unknown; a change is reviewed and taken back.
// On SQLite only: what differs by database is asked by the unit tests, the routes and the journeys of documents, tasks and search.
import { axe, closeBrowser, done, equal, freshDatabase, folder, makeScan, nothingWentWrong, openWindow, phone, picture, start, test, truth, until } from "./lib.mjs";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const data = folder(), db = freshDatabase();
const server = await start({ data, db });
let officer, plain;

const letter = [
  "Căn cứ Luật Mặt trận Tổ quốc Việt Nam số 75/2015/QH13 ngày 09 tháng 6 năm 2015;",
  "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 06 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
  "Theo Điều 500 Luật Mặt trận Tổ quốc Việt Nam và Nghị định 999/2020/NĐ-CP.",
].join("\n");
const json = async (page, path) => (await page.request.get(path, { headers: { Accept: "application/json" } })).json();

/** A Word file with these lines, made with the machine's own zip. */
function word(name, lines) {
  const dir = join(folder(), name), escaped = (t) => t.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  mkdirSync(join(dir, "word"), { recursive: true });
  mkdirSync(join(dir, "_rels"));
  writeFileSync(join(dir, "[Content_Types].xml"), '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>');
  writeFileSync(join(dir, "_rels/.rels"), '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>');
  writeFileSync(join(dir, "word/document.xml"), `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${lines.map((l) => `<w:p><w:r><w:t xml:space="preserve">${escaped(l)}</w:t></w:r></w:p>`).join("")}</w:body></w:document>`);
  execFileSync("python3", ["-c", "import sys,zipfile,os\nz=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)\nfor n in ['[Content_Types].xml','_rels/.rels','word/document.xml']: z.write(os.path.join(sys.argv[2],n),n)", `${dir}.docx`, dir]);
  return `${dir}.docx`;
}

await test("a pasted text comes back with each citation marked: right, wrong, not in the library", async () => {
  officer = await openWindow(server, { login: "chuyenvien" });
  await officer.goto("/law/guard");
  await officer.locator('textarea[name="text"]').fill(letter);
  await officer.locator('form[action="/law/guard"] button.main').click();
  await officer.waitForURL(/\/law\/guard\/\d+$/);
  equal(await officer.locator(".law-marked").evaluate((e) => e.textContent.trim()), letter, "the text is whole");
  const found = await json(officer, new URL(officer.url()).pathname);
  const codes = found.findings.map((f) => f.code);
  for (const code of ["date", "no_place", "no_document"]) truth(codes.includes(code), `${code} is found among ${codes}`);
  truth(found.findings.find((f) => f.code === "date").suggestion.includes("05 tháng 3 năm 2020"), "the right date is proposed");
  truth(found.right > 0 && found.wrong >= 2 && found.unknown === 1, "they are counted");
  await axe(officer);
  await picture(officer, "guard-1-found");
});

await test("an empty text is refused at its field", async () => {
  await officer.goto("/law/guard");
  await officer.locator('form[action="/law/guard"] button.main').click();
  truth((await officer.locator("main").innerText()).includes("Mời dán văn bản hoặc chọn một tệp."), "the sentence at the field");
  officer.allow.push(/422/);
  officer.wrong = officer.wrong.filter((w) => !/422/.test(w));
});

await test("a Word file is read in the background and checked", async () => {
  await officer.goto("/law/guard");
  await officer.locator('input[name="file"]').setInputFiles(word("du-thao", letter.split("\n")));
  await officer.locator('form[action="/law/guard"] button.main').click();
  await officer.waitForURL(/\/law\/guard\/\d+$/);
  const path = new URL(officer.url()).pathname;
  await until("the file is read", async () => (await json(officer, path)).state === "ready", 60000);
  truth((await json(officer, path)).findings.some((f) => f.code === "no_place"), "the wrong article is found");
});

await test("a scanned PDF is recognised and checked", async () => {
  const other = await openWindow(server, { login: "lanhdao" });
  await other.goto("/law/guard");
  await other.locator('input[name="file"]').setInputFiles(makeScan());
  await other.locator('form[action="/law/guard"] button.main').click();
  await other.waitForURL(/\/law\/guard\/\d+$/);
  const path = new URL(other.url()).pathname;
  await until("the scan is read", async () => (await json(other, path)).state === "ready", 120000);
  truth((await json(other, path)).marks.some((m) => m.words.length > 100), "its words are there");
});

await test("another person cannot open the check", async () => {
  const other = await openWindow(server, { login: "lanhdao" });
  const answer = await other.request.get(new URL(officer.url()).pathname);
  equal(answer.status(), 404, "status");
});

await test("a change is accepted or rejected, and taken back", async () => {
  await officer.goto("/law/change?state=auto");
  await axe(officer);
  await picture(officer, "guard-2-changes");
  await officer.locator("#changes li a").first().click();
  await officer.waitForURL(/\/law\/change\/\d+$/);
  const path = new URL(officer.url()).pathname;
  await axe(officer);
  await picture(officer, "guard-3-change");
  await officer.locator('button[name="what"][value="reject"]').click();
  await until("it is rejected", async () => (await json(officer, path)).item.state === "rejected");
  await officer.goto(path);
  await officer.locator('button[name="what"][value="undo"]').click();
  await until("it waits again", async () => (await json(officer, path)).item.state === "review");
  await officer.goto(path);
  await officer.locator('button[name="what"][value="accept"]').click();
  await until("it is accepted", async () => (await json(officer, path)).item.state === "verified");
});

await test("the guard works without scripts, in the dark, on a phone", async () => {
  plain = await openWindow(server, { login: "chuyenvien", javaScript: false, viewport: phone, dark: true });
  await plain.goto("/law/guard");
  await plain.locator('textarea[name="text"]').fill(letter);
  await plain.locator('form[action="/law/guard"] button.main').click();
  await plain.waitForURL(/\/law\/guard\/\d+$/);
  truth((await plain.locator(".law-findings li").count()) >= 4, "findings are listed");
  await picture(plain, "guard-4-phone-dark");
});

await test("nothing went wrong in any browser", async () => nothingWentWrong(officer, "the officer"));
await closeBrowser();
await server.stop();
done();
