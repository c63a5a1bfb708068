// On SQLite only: a document's whole story by four people: drafted, returned once, approved, numbered, issued, answered by a commune, recalled.
import { axe, closeBrowser, done, equal, fits, makeScan, nothingWentWrong, openWindow, phone, start, test, truth } from "./lib.mjs";

const server = await start();
const officer = await openWindow(server, { login: "chuyenvien" }), clerk = await openWindow(server, { login: "vanthu" });
const chair = await openWindow(server, { login: "lanhdao", viewport: phone }), commune = await openWindow(server, { login: "xa" });
const subject = "V/v báo cáo kết quả Ngày hội Đại đoàn kết tại khu dân cư";
const scan = makeScan({ number: "31", notation: "MTTQ-BTT", subject });
let path, code;
const count = async (page, box) => { await page.goto(`/outgoing?box=${box}`); return page.locator("#outgoing .rows > li").count(); };
const act = async (page, noun, fill = async () => {}) => {
  await page.goto(path);
  const folded = page.locator(`details#${noun}:not([open]) > summary`);
  if (await folded.count()) await folded.click();
  const form = page.locator(`form[action="${path}/${noun}"]`);
  await fill(form);
  await Promise.all([page.waitForNavigation(), form.locator('button[type="submit"]').click()]);
};

await test("an officer drafts from a template; what is left open keeps it from being submitted", async () => {
  await officer.goto("/outgoing/new?type=CV");
  await officer.locator('[name="subject"]').fill(subject);
  await officer.locator('[name="addressee"]').fill("Ban Thường trực các xã, phường, đặc khu");
  await officer.locator('[name="route"]').selectOption("short");
  await officer.locator('[name="to_communes"]').check();
  await officer.locator('[name="reply_on"]').fill("31/12/2099");
  await officer.locator('form[action="/outgoing"] button.main').click();
  await officer.waitForURL(/\/outgoing\/\d+$/);
  path = new URL(officer.url()).pathname;
  truth(await officer.getByText("Còn chỗ chưa điền").count(), "the page says what is left open");
  equal(await officer.locator(`form[action="${path}/submission"]`).count(), 0, "buttons to submit");
  await officer.goto(`${path}/edit`);
  await officer.locator('[name="body"]').fill("Đề nghị báo cáo kết quả Ngày hội.\nTrân trọng./.");
  await officer.locator('[name="recipients"]').fill("- Như trên;\n- Lưu: VT.");
  await officer.locator(`form[action="${path}/edit"] button.main`).click();
  await officer.waitForURL((u) => u.pathname === path);
  await act(officer, "submission");
});

await test("the office returns it once with a reason; mended, it is approved by office and chair", async () => {
  await act(clerk, "return", (f) => f.locator('[name="reason"]').fill("Ghi rõ nơi gửi báo cáo"));
  equal(await officer.goto("/outgoing?box=returned") && (await officer.getByText(subject).count()) > 0, true, "it is back with its author");
  await officer.goto(`${path}/edit`);
  await officer.locator('[name="body"]').fill("Đề nghị báo cáo kết quả Ngày hội về Ban Phong trào.\nTrân trọng./.");
  await officer.locator(`form[action="${path}/edit"] button.main`).click();
  await officer.waitForURL((u) => u.pathname === path);
  await officer.goto(`${path}/compare/3`);
  truth(await officer.locator("ins", { hasText: "Phong" }).count(), "the versions are compared");
  await act(officer, "submission");
  await act(clerk, "approval");
  const before = await count(chair, "turn");
  await act(chair, "approval", (f) => f.locator('[name="text"]').fill("Đồng ý"));
  equal(await count(chair, "turn"), before - 1, "drafts that wait for the chair");
});

await test("the clerk numbers it and issues the signed scan to every commune at once", async () => {
  await act(clerk, "number");
  code = (await clerk.locator(".crumbs").innerText()).split("/ ").pop().trim();
  truth(/^\d\d+\/MTTQ-BTT$/.test(code), `the number ${code}`);
  await act(clerk, "issue", (f) => f.locator('[name="file"]').setInputFiles(scan));
  equal(await clerk.locator("#receivers .rows > li").count(), 114, "recipients listed");
  await fits(clerk);
});

await test("the commune finds it among its drafts and answers; the sender sees it", async () => {
  await commune.goto("/document?tab=draft");
  truth(await commune.getByText(subject).count(), "an incoming document of its own");
  await commune.goto("/outgoing?box=answer");
  await commune.locator("#outgoing a", { hasText: subject }).click();
  await commune.locator('[name="text"]').fill("Đã tổ chức ở 12 khu dân cư.");
  await commune.locator('form[action$="/answer"] button.main').click();
  await commune.getByText("Đã gửi trả lời.").waitFor();
  await clerk.goto(`${path}/receivers?state=answered`);
  equal(await clerk.locator("#receivers .rows > li").count(), 1, "answers");
});

await test("recalled, it says so to the commune and to everybody who asks its passport", async () => {
  await clerk.goto(path);
  const passport = await clerk.locator('a[href^="/passport/"]').first().getAttribute("href");
  const anyone = await openWindow(server);
  await anyone.goto(passport);
  truth(await anyone.getByText("đang có hiệu lực").count(), "it holds");
  await anyone.locator('[name="file"]').setInputFiles(scan);
  await anyone.locator('form[action$="/comparison"] button').click();
  await anyone.getByText("Đúng bản đã ban hành").waitFor();
  await act(clerk, "recall", (f) => f.locator('[name="reason"]').fill("Sai mẫu báo cáo"));
  await anyone.goto(passport);
  truth(await anyone.getByText("đã bị thu hồi").count(), "it was recalled");
  equal((await axe(anyone)).join("\n"), "", "what axe finds");
  await commune.reload();
  truth(await commune.getByText("Sai mẫu báo cáo").count(), "the commune sees why");
});

for (const [who, page] of Object.entries({ officer, clerk, chair, commune })) nothingWentWrong(page, who);
await closeBrowser();
await server.stop();
done();
