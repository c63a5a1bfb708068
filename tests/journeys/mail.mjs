// On SQLite only. A unit's morning in its box: a letter is claimed, noted, answered, made into a document and a task, put off; a letter is recalled
// after it went; a commune reads on a phone; a file of letters is brought in; what is not one's own is not there.
import { axe, closeBrowser, done, equal, fits, nothingWentWrong, openWindow, phone, start, test, truth } from "./lib.mjs";

const server = await start();
const clerk = await openWindow(server, { login: "vanthu" }), commune = await openWindow(server, { login: "xa", viewport: phone });
const officer = await openWindow(server, { login: "chuyenvien" });
for (const w of [clerk, commune, officer]) w.allow.push(/40[34]|409|422/);

const tab = async (page, name, box = "Văn phòng") => {
  await page.goto("/mail");
  await page.locator(".boxes > summary").click();
  await page.locator(".boxes .menu a", { hasText: box }).first().click();
  await page.waitForLoadState();
  if (name) { await page.locator("#mail-tabs a", { hasText: name }).first().click(); await page.waitForLoadState(); }
};
const open = async (page, words) => {
  await page.locator("#mail-list .rows a", { hasText: words }).first().click();
  await page.waitForURL(/\/mail\/\d+/);
  return new URL(page.url()).pathname;
};
const press = async (page, selector) => { await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]); };
const fold = async (page, id, fields) => {
  const part = page.locator(`details#${id}`);
  if (!(await part.evaluate((d) => d.open))) await part.locator("summary").click();
  for (const [name, value] of Object.entries(fields)) await part.locator(`[name="${name}"]`).fill(value);
  await Promise.all([page.waitForNavigation(), part.locator('button[type="submit"]').click()]);
};
const gone = async (page) => { // until the letter has left
  await page.locator('a:has-text("Xem cuộc trao đổi")').waitFor({ timeout: 300000 });
};

await test("the counts beside the tabs are the rows in them", async () => {
  await tab(clerk, "Chờ xử lý");
  const said = Number(await clerk.locator('#mail-tabs a[aria-current] b').innerText());
  equal(await clerk.locator("#mail-list .rows > li").count(), said, "rows of the open tab");
});

await test("a letter is claimed, noted and answered; the commune reads the answer on its phone", async () => {
  await tab(clerk, "Chờ xử lý");
  const path = await open(clerk, "Hỏi mẫu biểu");
  await press(clerk, `form[action="${path}/claim"] button`);
  truth(await clerk.getByText("Bạn đang giữ thư này").count(), "who holds it is said");
  await fold(clerk, "note", { text: "Dùng phụ lục II, chị Vân trả lời" });
  truth(await clerk.locator(".msg.inside", { hasText: "phụ lục II" }).count(), "the note stands there");
  await press(clerk, '[data-key="r"]');
  await clerk.locator('[name="text"]').fill("Dùng phụ lục II kèm hướng dẫn năm nay.");
  await press(clerk, 'button:has-text("Gửi"):not([formaction])');
  // That it may be taken back for ten seconds is tried by the unit tests: a busy machine would miss them here.
  await gone(clerk);
  await tab(clerk, "Chờ trả lời");
  truth(await clerk.locator("#mail-list", { hasText: "Hỏi mẫu biểu" }).count(), "it waits for the other side");
  await commune.goto("/mail?tab=open&box=");
  await commune.goto("/find?q=" + encodeURIComponent("phụ lục II kèm hướng dẫn"));
  const own = await commune.locator('a[href^="/mail/"]').first().getAttribute("href");
  await commune.goto(own);
  truth(await commune.getByText("Dùng phụ lục II kèm hướng dẫn năm nay.").count(), "the answer is there");
  equal(await commune.getByText("chị Vân trả lời").count(), 0, "the note is not");
  equal((await axe(commune)).join("\n"), "", "axe on the phone");
  for (const width of [320, 390, 1366]) { await commune.setViewportSize({ width, height: 844 }); await fits(commune); }
  await clerk.goto(path);
  truth(await clerk.locator(".green", { hasText: "Đã xem" }).count(), "that it was read is said");
});

await test("one press makes a document of a letter; the letter says so, and only once", async () => {
  await tab(clerk, "Chờ xử lý");
  const path = await open(clerk, "Về việc cung cấp số liệu hộ nghèo");
  await press(clerk, '[data-key="d"]');
  truth(/\/document\/\d+\/register$/.test(clerk.url()), "the registration page opens");
  await clerk.goto(path);
  truth(await clerk.locator('.told a[href^="/document/"]').count(), "the letter leads to the document");
  equal(await clerk.locator('[data-key="d"]').count(), 0, "the key is gone");
  await press(clerk, '.told a[href^="/document/"]');
  truth(await clerk.getByText("Nhận từ hộp thư Văn phòng").count(), "the document says where it is from");
});

await test("a task is given from a letter; who does it reads the letter, not the box", async () => {
  await tab(clerk, "Chờ xử lý");
  const path = await open(clerk, "Danh sách đề nghị khen thưởng");
  await press(clerk, '[data-key="t"]');
  const lead = await clerk.locator('select[name="lead"] option', { hasText: "Trần Minh" }).first().getAttribute("value");
  await clerk.locator('select[name="lead"]').selectOption(lead);
  await press(clerk, 'form[action$="/task"] button[type="submit"]');
  await officer.goto(path);
  truth(await officer.getByText("Bạn đọc thư này vì có việc được giao từ nó.").count(), "the doer reads it");
  equal(await officer.locator('form[action$="/claim"], form[action$="/note"]').count(), 0, "and does not act for the box");
  const answer = await commune.goto(path);
  equal(answer.status(), 404, "others do not find it");
});

await test("what is put off leaves the list, and what is over can be opened again", async () => {
  await tab(clerk, "Chờ xử lý");
  const path = await open(clerk, "Đơn phản ánh đèn chiếu sáng");
  const day = new Date(Date.now() + 3 * 86400000).toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" });
  await fold(clerk, "snooze", { on: day });
  await tab(clerk, "Hẹn lại");
  truth(await clerk.locator("#mail-list", { hasText: "Đơn phản ánh đèn" }).count(), "it stands under its day");
  await clerk.goto(path);
  await press(clerk, `form[action="${path}/reopening"] button`);
  await press(clerk, `form[action="${path}/end"] button`);
  await tab(clerk, "Xong");
  truth(await clerk.locator("#mail-list", { hasText: "Đơn phản ánh đèn" }).count(), "it is among those that are over");
});

await test("a letter to a person is recalled while unread", async () => {
  await clerk.goto("/mail");
  await press(clerk, '[data-key="c"]');
  const to = await clerk.locator('.options label', { hasText: "Trần Minh" }).first().locator("input").getAttribute("value");
  await clerk.locator(`.options input[name="to"][value="${to}"]`).check();
  await clerk.locator('[name="subject"]').fill("Gửi nhầm tài liệu quý");
  await clerk.locator('[name="text"]').fill("Nội dung gửi nhầm");
  await clerk.locator('[name="file"]').setInputFiles({ name: "tai-lieu.txt", mimeType: "text/plain", buffer: Buffer.from("Tài liệu\n") });
  await press(clerk, 'button:has-text("Gửi"):not([formaction])');
  await gone(clerk);
  await press(clerk, 'a:has-text("Xem cuộc trao đổi")');
  await press(clerk, 'form[action$="/recall"] button');
  await officer.goto("/mail");
  await officer.goto((await officer.locator("#mail-list .rows a", { hasText: "Thư đã thu hồi" }).first().getAttribute("href")) ?? "/mail");
  equal(await officer.getByText("Nội dung gửi nhầm").count(), 0, "what it said");
  truth(await officer.getByText("Thư đã được người gửi thu hồi").count(), "a stub stays");
});

await test("a file of a letter is brought in, read and found by its sender", async () => {
  await clerk.goto("/mail/bring");
  const letter = "From: =?UTF-8?B?U+G7nyBZIHThur8=?= <yte@so.example.vn>\r\nTo: vt@mttq.example.vn\r\nDate: Mon, 30 Nov 2026 08:00:00 +0700\r\nMessage-ID: <j1@so.example.vn>\r\nSubject: Tiem chung mo rong\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Lịch tiêm chủng <script>alert(1)</script><img src='http://x.example/a.png'></p>\r\n";
  await clerk.locator('[name="file"]').setInputFiles({ name: "tiem.eml", mimeType: "message/rfc822", buffer: Buffer.from(letter) });
  await press(clerk, 'form[action="/mail/bring"] button[type="submit"]');
  await clerk.getByText("1 thư mới").waitFor({ timeout: 300000 });
  await clerk.goto("/mail");
  await clerk.locator("#mail-q").fill("từ: Sở Y tế");
  await press(clerk, 'form.bar button');
  await open(clerk, "Tiem chung");
  truth(await clerk.getByText("Lịch tiêm chủng").count(), "its words are shown");
  truth(await clerk.getByText(/Không tải \d+ ảnh/).count(), "what was left out is said");
});

await test("the pages are whole for everybody who reads", async () => {
  await tab(clerk, "Chờ xử lý");
  await open(clerk, "Báo cáo nhanh");
  equal((await axe(clerk)).join("\n"), "", "axe on a conversation");
  await fits(clerk);
  await clerk.goto("/mail");
  await press(clerk, '[data-key="c"]');
  equal((await axe(clerk)).join("\n"), "", "axe on writing");
  for (const w of [320, 390, 1366]) { await clerk.setViewportSize({ width: w, height: 850 }); await fits(clerk); }
  nothingWentWrong(clerk, "the clerk");
  nothingWentWrong(commune, "the commune");
  nothingWentWrong(officer, "the officer");
});

await closeBrowser();
await server.stop?.();
done();
