// What goes wrong at a clerk's desk: wrong fields, wrong files, forged forms, forms sent twice, sessions that end, two people at once.
// Each ends in words that say what to do, with nothing lost and nothing half done.
// On SQLite only: what differs by database is asked by the unit tests, the routes and the journeys of documents, tasks and search.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { closeBrowser, done, equal, nothingWentWrong, openWindow, picture, start, test, truth, until, makeScan } from "./lib.mjs";
import { accept, arrivalNumber, direct, fill, idOf, json, mainText, present, register, registration, report, untilRead, upload } from "./lib-office.mjs";
import { bombDocx, endSession, lockedPdf, longPdf, noPdf } from "./lib-bad.mjs";

const server = await start();
const clerk = await openWindow(server, { login: "vanthu" });
const chair = await openWindow(server, { login: "lanhdao" });
const officer = await openWindow(server, { login: "chuyenvien" });
for (const page of [clerk, chair, officer]) page.allow.push(/status of 4\d\d/, /ERR_ABORTED/);
const save = (page) => page.locator(`${registration} button.main`).click();
/** The words beside a field of the registration form. */
const faultAt = (page, name) => page.locator(`.field.wrong:has([name="${name}"]) .wrong-why`).innerText();
const valueOf = (page, name) => page.locator(`${registration} [name="${name}"]`).inputValue();
async function blankDraft(page) {
  await page.goto("/document/new");
  await page.locator('form[action="/document/draft"] button').click();
  await page.waitForURL(/\/document\/\d+\/register/);
  return idOf(page.url());
}
const state = async (id) => (await json(clerk, `/document/${id}`)).state;
const lastNumber = async () => Number((await json(clerk, "/document?tab=all")).items.map((i) => i.arrival_no).reduce((a, b) => Math.max(a, b), 0));

await test("wrong and oversized fields come back, each with its reason beside it and all that was typed; nothing is registered", async () => {
  const id = await blankDraft(clerk), before = await lastNumber(), long = "Ủy ban nhân dân ".repeat(25);
  await fill(clerk, registration, { code: "số một/CV", issued_on: "31/02/2026", issuer: long, subject: "S".repeat(600), signer: "x".repeat(300), due_on: "mai" });
  await save(clerk);
  await until("the faults", async () => (await clerk.locator(".wrong-why").count()) >= 4);
  truth(/ngày có thật/.test(await faultAt(clerk, "issued_on")), await faultAt(clerk, "issued_on"));
  truth(/dài quá 200 ký tự/.test(await faultAt(clerk, "issuer")), await faultAt(clerk, "issuer"));
  truth(/dài quá 500 ký tự/.test(await faultAt(clerk, "subject")), await faultAt(clerk, "subject"));
  truth(/dài quá 50 ký tự/.test(await faultAt(clerk, "signer")), await faultAt(clerk, "signer"));
  equal([await valueOf(clerk, "code"), await valueOf(clerk, "issued_on"), await valueOf(clerk, "due_on"), (await valueOf(clerk, "subject")).length, (await valueOf(clerk, "issuer")).length],
    ["số một/CV", "31/02/2026", "mai", 600, long.length], "what was typed");
  await picture(clerk, "bad-1-fields");
  await fill(clerk, registration, { issued_on: "20/11/2026", issuer: "Sở Nội vụ", subject: "Một việc", signer: "", due_on: "" });
  await save(clerk);
  await until("the rule of the number", async () => /bắt đầu bằng số/.test(await faultAt(clerk, "code")));
  equal([await state(id), await lastNumber()], ["draft", before], "nothing happened");
  equal(await register(clerk, { code: "5/SNV-VP" }), before + 1, "no number was lost on the way");
});

await test("a name of 300 letters is refused in words where it does not fit, and is no trouble where it does", async () => {
  const name = `${"Văn bản rất dài ".repeat(18)}cuối.pdf`;
  await clerk.goto("/document/new");
  const [, response] = await Promise.all([
    clerk.locator('input[type="file"][name="file"]').setInputFiles({ name, mimeType: "application/pdf", buffer: longPdf(1) }),
    clerk.waitForURL(/\/document\/\d+\/register/),
  ]);
  truth(response === undefined || response, "it is taken in");
  await clerk.locator("#paper").waitFor();
  truth((await clerk.locator("#paper .bar b").innerText()).startsWith("Văn bản rất dài"), "under its name");
  const width = await clerk.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  truth(width <= 1, `the page is ${width} px too wide for a long name`);
});

await test("text in decomposed letters is kept as everybody else's, and found", async () => {
  const subject = "Điều tra hộ nghèo vùng đệm Cát Bà";
  const id = await blankDraft(clerk);
  await register(clerk, { code: "77/SNNMT-KL", issuer: "Chi cục Kiểm lâm".normalize("NFD"), subject: subject.normalize("NFD") });
  const kept = await json(clerk, `/document/${id}`);
  equal([kept.subject, kept.issuer], [subject, "Chi cục Kiểm lâm"], "composed");
  for (const words of ["vùng đệm Cát Bà", "vùng đệm Cát Bà".normalize("NFD"), "vung dem cat ba"]) {
    await until(`found by ${words}`, async () => JSON.stringify(await json(clerk, `/find?q=${encodeURIComponent(words)}`)).includes(id));
  }
});

await test("forged ids are refused at their field, and another's document is as if it were not there", async () => {
  const id = await blankDraft(clerk);
  await register(clerk, { code: "78/STC", issuer: "Sở Tài chính", subject: "Quyết toán quỹ cứu trợ" });
  const details = clerk.locator("details#present");
  if (!(await details.evaluate((e) => e.open))) await details.locator("summary").first().click();
  for (const forged of ["1", "9223372036854775807", "<script>"]) {
    await clerk.locator("#leader").evaluate((e, v) => { e.options[0].value = v; e.selectedIndex = 0; }, forged);
    await clerk.locator('form[action$="/presentation"] button[type="submit"]').click();
    await until(`"${forged}" is refused`, async () => /[Mm]ời chọn|không đúng/.test(await clerk.locator(".field:has(#leader) .wrong-why").innerText()));
  }
  equal(await state(id), "received", "nothing was presented");
  const commune = await openWindow(server, { login: "xa" });
  commune.allow.push(/404/);
  const hidden = await commune.evaluate(() => document.querySelector('[name="_csrf"]').value);
  for (const path of ["register", "registration", "presentation", "directive", "opinion", "removal"]) {
    const answer = await commune.request.post(`/document/${id}/${path}`, { form: { _csrf: hidden, ...(path === "opinion" ? { text: "đoán" } : {}) }, headers: { origin: server.url }, maxRedirects: 0 });
    truth([400, 403, 404, 405, 422].includes(answer.status()), `${path}: ${answer.status()}`);
    truth(!(await answer.text()).includes("Quyết toán quỹ"), `${path} tells`);
  }
  equal(await state(id), "received");
  await commune.context().close();
});

await test("a double click and a form sent again after going back give one document, one number, one answer", async () => {
  const id = await blankDraft(clerk), before = await lastNumber();
  await fill(clerk, registration, { code: "79/STC", issuer: "Sở Tài chính", subject: "Bấm hai lần" });
  const same = await clerk.locator(registration).evaluate((f) => Object.fromEntries(new FormData(f)));
  await clerk.locator(`${registration} button.main`).dblclick();
  await clerk.waitForURL((u) => u.pathname === `/document/${id}`);
  equal(await arrivalNumber(clerk), before + 1);
  const again = await clerk.request.post(`/document/${id}/registration`, { form: same, headers: { origin: server.url }, maxRedirects: 0 });
  equal([again.status(), again.headers().location], [303, `/document/${id}`], "the same form again gets the first answer");
  await clerk.goBack();
  await clerk.waitForURL(/register/);
  truth(/Sửa thông tin đăng ký/.test(await mainText(clerk)), "going back shows that it is registered, with its form to correct");
  equal(await lastNumber(), before + 1, "one number");
  /* As a script that sends the very same form five times in one instant. */
  await clerk.goto("/document/new");
  const form = await clerk.locator('form[action="/document/draft"]').evaluate((f) => Object.fromEntries(new FormData(f)));
  const answers = await Promise.all(Array.from({ length: 5 }, () => clerk.request.post("/document/draft", { form, headers: { origin: server.url }, maxRedirects: 0 })));
  equal([...new Set(answers.map((a) => `${a.status()} ${a.headers().location}`))].length, 1, "one draft");
});

await test("two people who save the same paper at the same instant: one registers it, the other is told, with what was typed", async () => {
  const id = await blankDraft(clerk), before = await lastNumber();
  const other = await openWindow(server, { login: "vanthu" });
  other.allow.push(/status of 4\d\d/);
  await other.goto(`/document/${id}/register`);
  const pages = [clerk, other];
  for (const [i, page] of pages.entries()) await fill(page, registration, { code: "80/STC", issuer: "Sở Tài chính", subject: `Cùng một lúc, người ${i + 1}` });
  await Promise.all(pages.map((page) => save(page)));
  const outcome = await Promise.all(pages.map((page) => until("an answer", async () =>
    page.url().endsWith(`/document/${id}`) ? "registered" : /đã vào sổ, số đến|vừa được người khác/i.test(await mainText(page)) && "told")));
  equal(outcome.toSorted(), ["registered", "told"]);
  const loser = outcome.indexOf("told");
  equal(await pages[loser].locator(`form[action^="/document/${id}/"] [name="subject"]`).inputValue(), `Cùng một lúc, người ${loser + 1}`, "what the second typed");
  equal([await lastNumber(), (await json(clerk, `/document/${id}`)).subject], [before + 1, `Cùng một lúc, người ${2 - loser}`]);
  await picture(pages[loser], "bad-2-two-at-once");
  await other.context().close();
});

await test("the same bytes registered again warn, and are refused without a reason", async () => {
  const scan = makeScan({ number: "81", notation: "STC-NS", type: "", subject: "quyết toán ngân sách", seed: "3" });
  await untilRead(clerk, await upload(clerk, scan));
  await register(clerk, { code: "81/STC-NS", issuer: "Sở Tài chính", subject: "Quyết toán ngân sách" });
  await untilRead(clerk, await upload(clerk, scan));
  truth(/Tệp này đã có trong sổ/.test(await clerk.locator("#twin").innerText()), "the warning");
  await fill(clerk, registration, { code: "81/STC-NS", issuer: "Sở Tài chính", subject: "Quyết toán ngân sách" });
  await save(clerk);
  await until("the reason is asked for", async () => /mời ghi lý do/.test(await faultAt(clerk, "duplicate_reason")));
  await picture(clerk, "bad-3-twice");
});

const papers = {
  "a PDF that is no PDF": { name: "giả.pdf", bytes: noPdf, says: /không đúng định dạng|bị hỏng/ },
  "a PDF with a password": { name: "khóa.pdf", bytes: lockedPdf, says: /đặt mật khẩu/ },
  "a Word file that unfolds without end": { name: "bom.docx", bytes: bombDocx, says: /bung ra quá lớn/, mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  "a scan of 2,000 pages": { name: "dày.pdf", bytes: () => longPdf(2000), says: /2\.?000 trang, nhiều hơn mức cho phép/ },
};
for (const [what, paper] of Object.entries(papers)) {
  await test(`${what} says so, and can still be registered by hand`, async () => {
    const number = await lastNumber();
    await clerk.goto("/document/new");
    await clerk.locator('input[type="file"][name="file"]').setInputFiles({ name: paper.name, mimeType: paper.mime ?? "application/pdf", buffer: paper.bytes() });
    await clerk.waitForURL(/\/document\/\d+\/register/);
    await until("it says what is wrong", async () => paper.says.test(await clerk.locator("#reading").innerText()), 90000);
    await picture(clerk, `bad-4-${paper.name.replace(/\W+/g, "")}`);
    equal(await register(clerk, { code: "", issuer: "Cơ quan gửi", subject: `Nhập tay: ${what}` }), number + 1);
    truth(paper.says.test(await mainText(clerk)), "the document says it, too");
  });
}

await test("what is no document at all is refused before it is kept", async () => {
  await clerk.goto("/document/new");
  await clerk.locator('input[type="file"][name="file"]').setInputFiles({ name: "chương trình.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ\x90\0\x03".padEnd(4000, "\0"), "latin1") });
  await until("the refusal at the field", async () => /không nhận|loại tệp|định dạng/i.test(await clerk.locator(".drop").innerText()));
  await picture(clerk, "bad-5-exe");
});

await test("a scan stamped Mật is held back; said to be no secret it comes back, said to be one it is gone, bytes too", async () => {
  const files = () => readdirSync(join(server.data, "files"), { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => f.name);
  const before = new Set(files());
  const found = async (words, id) => JSON.stringify(await json(clerk, `/find?q=${encodeURIComponent(words)}`)).includes(id);
  const bring = async (scan) => {
    await clerk.goto("/document/new");
    await upload(clerk, makeScan(scan));
    const id = idOf(clerk.url()) ?? (await (async () => { await clerk.goto("/document/new"); return idOf(await clerk.locator('#drafts a[href^="/document/"]').first().getAttribute("href")); })());
    if (!clerk.url().includes("register")) await clerk.goto(`/document/${id}/register`);
    await until("it is held back on the open page, and the paper is gone from it", async () =>
      (await clerk.locator("#seals .notice").count()) === 1 && (await clerk.locator(`#paper, ${registration}`).count()) === 0, 60000);
    return id;
  };
  const harmless = await bring({ number: "08", notation: "KH-CAHP", type: "KẾ HOẠCH", urgency: "MẬT", subject: "hội thi tìm hiểu pháp luật", sentence: "Bảng vàng của hội thi treo ở sảnh lớn.", seed: "3" });
  await picture(clerk, "bad-6-held");
  truth(!(await found("Bảng vàng của hội thi", harmless)), "found while it is held back");
  await clerk.locator("#seals a").click();
  await picture(clerk, "bad-6-held-why");
  await clerk.locator('form[action$="/opening"] button').click();
  await clerk.locator('form[action$="/opening"] [name="reason"]').fill("Chữ in trên băng-rôn, không phải dấu độ mật");
  await clerk.locator('form[action$="/opening"] button').click();
  await clerk.waitForURL(new RegExp(`/document/${harmless}$`));
  await untilRead(clerk, harmless);
  equal(await clerk.locator("#seals .notice").count(), 0);

  const id = await bring({ number: "07", notation: "BC-CAHP", type: "BÁO CÁO", urgency: "MẬT", subject: "tình hình an ninh trật tự vùng biển", sentence: "Tọa độ cụm phao số chín được giữ kín." });
  equal(files().filter((f) => !before.has(f)).length, 2, "files while one is held back");
  await clerk.locator("#seals a").click();
  await clerk.locator('form[action$="/destruction"] button').click();
  await clerk.waitForURL(new RegExp(`/document/${id}$`));
  equal(files().filter((f) => !before.has(f)).length, 1, "files once it is destroyed");
  equal(await state(id), "void");
  for (const words of ["cụm phao số chín", "an ninh trật tự vùng biển"]) truth(!(await found(words, id)), `found by "${words}"`);
  const administrator = await openWindow(server, { login: "quantri" });
  await administrator.goto("/admin/audit");
  const trail = await mainText(administrator);
  for (const words of ["Tạm giữ tệp chờ xác nhận độ mật", "Xác nhận không phải tài liệu mật", "Gỡ tài liệu mật"]) truth(trail.includes(words), `"${words}" in the audit trail`);
  await administrator.context().close();
});

await test("what was typed into a form whose session ended is there after signing in, with the file that was chosen", async () => {
  await untilRead(clerk, await upload(clerk, makeScan({ number: "90", notation: "SYT-NVY", type: "", subject: "khám sức khỏe cho người có công", seed: "9" })));
  await register(clerk, { code: "90/SYT-NVY", issuer: "Sở Y tế", subject: "Khám sức khỏe cho người có công" });
  const id = idOf(clerk.url());
  await present(clerk, "Đào Công");
  await chair.goto(`/document/${id}`);
  await endSession(server, chair);
  await chair.locator("details#direct").evaluate((e) => { e.open = true; });
  const wish = "Giao Ban Phong trào phối hợp với Sở Y tế, báo cáo trước kỳ họp";
  await chair.locator('form[action$="/directive"] [name="text"]').fill(wish);
  const lead = chair.locator('form[action$="/directive"] select[name="lead"] option', { hasText: "Trần Minh" }).first();
  await chair.locator('form[action$="/directive"] select[name="lead"]').selectOption(await lead.getAttribute("value"));
  await chair.locator('form[action$="/directive"] button.main[type="submit"]').click();
  await chair.waitForURL(/\/signin/);
  truth(/vẫn được giữ/.test(await mainText(chair)), "the sign-in page says it is kept");
  await picture(chair, "bad-7-signin");
  await chair.locator('[name="login"]').fill("lanhdao");
  await chair.locator('[name="password"]').fill("doanket");
  await chair.locator('form[action="/signin"] button').click();
  await chair.waitForURL(/\/draft/);
  equal(await chair.locator('form[action$="/directive"] [name="text"]').inputValue(), wish);
  await chair.locator('form[action$="/directive"] button.main[type="submit"]').click();
  await until("it is given", async () => (await chair.locator("#thread").innerText()).includes(wish));

  await officer.goto(`/document/${id}`);
  await accept(officer);
  await endSession(server, officer);
  await officer.locator("details#report").evaluate((e) => { e.open = true; });
  await officer.locator('form[action$="/report"] [name="text"]').fill("Đã khám cho 120 người");
  await officer.locator('form[action$="/report"] [name="file"]').setInputFiles({ name: "danh sách khám.pdf", mimeType: "application/pdf", buffer: longPdf(2) });
  await officer.locator('form[action$="/report"] button[type="submit"]').click();
  await officer.waitForURL(/\/signin/);
  await officer.locator('[name="login"]').fill("chuyenvien");
  await officer.locator('[name="password"]').fill("doanket");
  await officer.locator('form[action="/signin"] button').click();
  await officer.waitForURL(/\/draft/);
  truth((await officer.locator('form[action$="/report"] .kept').innerText()).includes("danh sách khám.pdf"), "the file is still there");
  await picture(officer, "bad-8-kept-file");
  await officer.locator('form[action$="/report"] button[type="submit"]').click();
  await until("reported with its file", async () => { const said = await mainText(officer); return said.includes("Đã khám cho 120 người") && said.includes("danh sách khám.pdf"); });
});

await test("a scan dropped after the session ended is kept, too, and is taken in after signing in", async () => {
  const lunch = await openWindow(server, { login: "vanthu" });
  lunch.allow.push(/401/, /status of 4/);
  await lunch.goto("/document/new");
  await endSession(server, lunch);
  await lunch.locator('input[type="file"][name="file"]').setInputFiles(makeScan({ number: "91", notation: "SYT-NVY", seed: "10", pages: "3" }));
  await lunch.waitForURL(/\/signin/);
  await lunch.locator('[name="login"]').fill("vanthu");
  await lunch.locator('[name="password"]').fill("doanket");
  await lunch.locator('form[action="/signin"] button').click();
  await lunch.waitForURL(/\/draft/);
  truth((await lunch.locator(".kept li").count()) === 1, "the scan is still there");
  await lunch.locator('form[action="/document/upload"] button[type="submit"]').click();
  await lunch.waitForURL(/\/document\/\d+\/register/);
  await untilRead(lunch, idOf(lunch.url()));
  await lunch.context().close();
});

await test("a file sent with a form that is refused need not be chosen again", async () => {
  await untilRead(clerk, await upload(clerk, makeScan({ number: "92", notation: "SYT-NVY", type: "", seed: "11" })));
  await register(clerk, { code: "92/SYT-NVY", issuer: "Sở Y tế", subject: "Hội thao người cao tuổi" });
  const id = idOf(clerk.url());
  await present(clerk, "Đào Công");
  await chair.goto(`/document/${id}`);
  await direct(chair, { text: "Xem và làm", lead: "Trần Minh", days: 3 });
  await officer.goto(`/document/${id}`);
  await accept(officer);
  await officer.locator("details#report").evaluate((e) => { e.open = true; });
  const form = 'form[action$="/report"]';
  await officer.locator(`${form} [name="text"]`).evaluate((e) => { e.required = false; });
  await officer.locator(`${form} [name="file"]`).setInputFiles({ name: "ảnh hội thao.pdf", mimeType: "application/pdf", buffer: longPdf(3) });
  await officer.locator(`${form} button[type="submit"]`).click();
  await until("the fault at its field", async () => /[Mm]ời nhập/.test(await officer.locator(`${form} .wrong-why`).first().innerText()));
  truth((await officer.locator(`${form} .kept`).innerText()).includes("ảnh hội thao.pdf"), "the file is kept");
  await report(officer, "Đã tổ chức xong");
  truth((await mainText(officer)).includes("ảnh hội thao.pdf"), "and comes with the report");
});

for (const [who, page] of Object.entries({ clerk, chair, officer })) await test(`nothing went wrong in the browser of the ${who}`, () => nothingWentWrong(page, who));
await closeBrowser();
await server.stop();
done();
