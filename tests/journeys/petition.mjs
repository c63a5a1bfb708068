// On SQLite only. A letter from the counter to the sender's yes, by way of a body that first sends it back; and a denunciation whose writer nobody sees but a leader who says why.
import { axe, closeBrowser, done, equal, fits, nothingWentWrong, openWindow, phone, start, test, truth, wide } from "./lib.mjs";

const server = await start();
const clerk = await openWindow(server, { login: "vanthu" }), chair = await openWindow(server, { login: "lanhdao" });
const officer = await openWindow(server, { login: "chuyenvien", viewport: phone }), commune = await openWindow(server, { login: "xa" });
for (const p of [clerk, chair]) p.allow.push(/403|422|409/);
for (const p of [officer, commune]) p.allow.push(/404/);

const counts = async (page, tab) => {
  await page.goto(`/petition?tab=${tab}`);
  const rows = await page.locator("#letters .rows > li").count();
  const said = await page.locator("#letters .tabs a[aria-current] b").allInnerTexts();
  equal(Number(said[0] ?? 0), rows, `the number beside ${tab} and its rows`);
  return rows;
};
const receive = async (page, fields) => {
  await page.goto("/petition/new");
  for (const [name, value] of Object.entries(fields)) await page.locator(`form[action="/petition/new"] [name="${name}"]`).fill(value);
  await page.locator('form[action="/petition/new"] button[type="submit"]').click();
  await page.waitForURL(/\/petition\/\d+$/);
  return new URL(page.url()).pathname;
};
const act = async (page, path, noun, fields = {}, choices = {}) => {
  await page.goto(path);
  const summary = page.locator(`details#${noun}:not([open]) > summary`);
  if (await summary.count()) await summary.click();
  const form = page.locator(`form[action="${path}/${noun}"]`);
  for (const [name, value] of Object.entries(choices)) await form.locator(`select[name="${name}"]`).selectOption(value);
  for (const [name, value] of Object.entries(fields)) await form.locator(`[name="${name}"]`).fill(value);
  await Promise.all([page.waitForNavigation(), form.locator('button[type="submit"]').click()]);
};
const state = (page) => page.locator(".head .tags .tag").first().innerText();
const land = `Hải Phòng, ngày 20 tháng 11 năm 2026
ĐƠN KÊU CỨU
Tôi tên là Tạ Văn Khải, ở tổ 3, phường Hồng Bàng, thành phố Hải Phòng.
Ủy ban nhân dân phường Hồng Bàng ra Quyết định số 2204/QĐ-UBND thu hồi 40 m2 đất vườn nhà tôi, bồi thường chưa đủ. Tôi khiếu nại quyết định số 2204/QĐ-UBND, yêu cầu hủy quyết định và bồi thường đủ.
Người làm đơn
(đã ký)
Tạ Văn Khải`;
let path;

await test("a form with a day to come comes back with what was typed; a whole letter gets its number and proposals with their words", async () => {
  await clerk.goto("/petition/new");
  await clerk.locator('[name="name"]').fill("Tạ Văn Khải");
  await clerk.locator('[name="text"]').fill(land);
  await clerk.locator('[name="received_on"]').fill("01/01/2099");
  await clerk.locator('form[action="/petition/new"] button[type="submit"]').click();
  await clerk.locator(".wrong-why").first().waitFor();
  equal(await clerk.locator('[name="name"]').inputValue(), "Tạ Văn Khải", "what was typed");
  const before = await counts(clerk, "received");
  path = await receive(clerk, { text: land, title: "Thu hồi đất vườn, bồi thường chưa đủ" });
  truth(/Đơn số \d+/.test(await clerk.locator(".crumbs").innerText()), "the letter has a number");
  truth((await clerk.locator("#findings").innerText()).includes("Khiếu nại"), "a letter called a cry for help is a complaint");
  truth(await clerk.locator(".letter-leaf mark").count(), "the words a proposal came from are marked");
  equal(await counts(clerk, "received"), before + 1, "letters to be handled");
});

await test("a proposal is taken with one click, another corrected; an old window is told of it", async () => {
  const old = await clerk.context().newPage();
  await old.goto(path);
  await clerk.goto(path);
  await Promise.all([clerk.waitForNavigation(), clerk.locator("#findings button", { hasText: "Loại đơn" }).click()]);
  truth(await clerk.locator("#findings .letter-how .green").count(), "it is ticked");
  const topic = clerk.locator("#findings li", { hasText: "Lĩnh vực" });
  await topic.locator("summary").click();
  await topic.locator('select[name="value"]').selectOption("hc.chinh_sach");
  await Promise.all([clerk.waitForNavigation(), topic.locator('button.main').click()]);
  truth((await clerk.locator("#findings").innerText()).includes("Chính sách, chế độ"), "the correction stands");
  await Promise.all([old.waitForNavigation(), old.locator("#findings button", { hasText: "Địa bàn" }).click()]);
  truth((await old.locator("#findings").innerText()).match(/đã|vừa/), "the older window is told");
  await old.close();
});

await test("sent on, sent back, sent on again, answered, and the sender says yes", async () => {
  await act(clerk, path, "transfer", { body: "UBND phường Lê Chân", doc: "501/CV-MTTQ" });
  equal(await state(clerk), "Đã chuyển, chờ phúc đáp", "its state");
  truth(await clerk.locator(".letter-clock").count(), "the time for the reply runs");
  await clerk.locator("a", { hasText: "Phiếu chuyển đơn" }).click();
  truth((await clerk.locator(".letter-slip").innerText()).includes("Tạ Văn Khải"), "the covering letter names the sender");
  await act(clerk, path, "reply", { text: "Đất thuộc phường khác" }, { kind: "wrong" });
  equal(await state(clerk), "Chờ xử lý", "its state after it came back");
  await act(clerk, path, "transfer", { body: "UBND phường Hồng Bàng" });
  const sent = await counts(clerk, "transferred");
  await act(clerk, path, "reply", { text: "Đã đo lại, bồi thường thêm 12 m2." }, { kind: "result" });
  equal(await counts(clerk, "transferred"), sent - 1, "letters that wait for a reply");
  await act(clerk, path, "answer", { text: "Đã gửi kết quả." });
  await act(clerk, path, "confirmation", {}, { kind: "right" });
  equal(await state(clerk), "Đã kết thúc", "its state at the end");
});

let secret;
await test("who denounces is seen by nobody: not on the page, in the list, by the search, nor by another office", async () => {
  secret = await receive(clerk, { text: `ĐƠN TỐ CÁO\nHải Phòng, ngày 25 tháng 11 năm 2026\nTôi tên là Khuất Thị Nguyệt Quế, ở thôn Trung, xã An Lão, thành phố Hải Phòng, điện thoại 0987 654 321.\nTôi tố cáo ông Lưu Văn Đạt, trưởng thôn Trung, thu tiền của dân không có phiếu thu, giữ lại tiêu riêng.\nNgười tố cáo\n(đã ký)\nKhuất Thị Nguyệt Quế`, title: "Khuất Thị Nguyệt Quế tố cáo trưởng thôn" });
  const hides = async (page, at) => {
    const answer = await page.goto(at);
    const text = await page.content();
    truth(!/Khuất|Nguyệt Quế|0987/.test(text.replace(/name="q" value="[^"]*"/g, "")), `${at} tells who denounces`);
    return answer.status();
  };
  for (const at of [secret, "/petition", "/petition?q=Quế", "/petition/book", "/chart/petition", `${secret}/slip/receipt`, `${secret}/edit`]) await hides(clerk, at);
  await clerk.goto("/petition?q=Khu%E1%BA%A5t");
  equal(await clerk.locator("#letters .rows > li").count(), 0, "letters found by the name");
  truth((await clerk.goto(`${secret}/identity`)).status() === 403, "the clerk may not open it");
  equal(await hides(officer, secret), 404, "an officer without a task");
  equal(await hides(commune, secret), 404, "another office");
});

await test("a leader opens it with a reason that stays, and gives the work to an officer, who sees the working copy", async () => {
  await chair.goto(`${secret}/identity`);
  await chair.locator('[name="reason"]').fill("Cần mời người tố cáo đến làm việc");
  await Promise.all([chair.waitForNavigation(), chair.locator(`form[action="${secret}/identity"] button[type="submit"]`).click()]);
  truth((await chair.locator(".facts").innerText()).includes("Khuất Thị Nguyệt Quế"), "it is open to the leader");
  truth((await chair.locator("main aside").innerText()).includes("Cần mời người tố cáo"), "and the reason stands there");
  await chair.goto(secret);
  await chair.locator("details#assignment > summary").click();
  const form = chair.locator(`form[action="${secret}/assignment"]`);
  const lead = await form.locator('select[name="lead"] option', { hasText: "Trần Minh" }).first().getAttribute("value");
  await form.locator('select[name="lead"]').selectOption(lead);
  await form.locator('[name="text"]').fill("Nghiên cứu, đề xuất.");
  await Promise.all([chair.waitForNavigation(), form.locator('button[type="submit"]').click()]);
  equal((await officer.goto(secret)).status(), 200, "the officer's page");
  const text = await officer.content();
  truth(!/Khuất|Nguyệt Quế|0987/.test(text) && text.includes("Lưu Văn Đạt"), "the officer sees the working copy");
});

await test("each cell of form 01/XLD opens as many letters as it says", async () => {
  await clerk.goto("/petition/report");
  const links = await clerk.locator(".letter-xld tbody a").evaluateAll((all) => all.map((a) => [a.getAttribute("href"), parseInt(a.innerText, 10)]));
  equal(await clerk.locator(".tag.red").count(), 0, "equations that fail");
  for (const [href, n] of [links[0], links[5], links[9], links[13]]) {
    await clerk.goto(href);
    equal(await clerk.locator("#items .rows > li").count(), n, href);
  }
});

await test("every page stands on a small phone and passes axe", async () => {
  for (const at of ["/petition", "/petition?tab=urge", "/petition/new", "/petition/book", "/petition/report?cell=1", path, secret, `${secret}/identity`, `${path}/edit`, `${path}/slip/transfer`]) {
    await chair.setViewportSize(wide);
    await chair.goto(at);
    await fits(chair);
    equal(await axe(chair), [], at);
    await chair.setViewportSize(phone);
    await fits(chair);
  }
});

await test("nothing went wrong in the browsers", async () => {
  for (const [page, who] of [[clerk, "the clerk"], [chair, "the leader"], [officer, "the officer"], [commune, "the commune"]]) nothingWentWrong(page, who);
});
await closeBrowser();
await server.stop();
done();
