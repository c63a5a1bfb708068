// On SQLite only: a Hội nghị from its plan to the tasks it ends in, by three people: the clerk at a desk, the chair and a delegate on phones.
import { axe, closeBrowser, done, equal, fits, nothingWentWrong, openWindow, phone, start, test, truth, until } from "./lib.mjs";

const server = await start();
const clerk = await openWindow(server, { login: "vanthu" }), chair = await openWindow(server, { login: "lanhdao", viewport: phone }), officer = await openWindow(server, { login: "chuyenvien", viewport: phone });
for (const p of [clerk, chair, officer]) p.allow.push(/404|405|409|422/);
const today = new Date().toLocaleDateString("en-GB", { timeZone: "Asia/Ho_Chi_Minh" }), title = "Hội nghị Ủy ban bàn Tết Vì người nghèo", secret = "quyzatnh";
let path = "";
const send = async (page, action) => Promise.all([page.waitForNavigation(), page.locator(`form[action="${action}"] button[type="submit"]`).first().click()]);
const fill = async (page, at, fields) => {
  await page.goto(at);
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`form[action="${at}"] [name="${name}"]`).first();
    if ((await field.evaluate((e) => e.tagName)) === "SELECT") await field.selectOption(await field.locator("option", { hasText: value }).first().getAttribute("value"));
    else await field.fill(value);
  }
  await send(page, at);
};
const words = { title, kind: "Hội nghị Ủy ban", day_on: today, from: "00:05", until: "23:50", chair: "Đào Công" };

await test("a plan whose hours are wrong comes back with what was typed; then it is saved", async () => {
  await fill(clerk, "/meeting/new", { ...words, until: "00:01" });
  truth(/Giờ kết thúc phải sau/.test(await clerk.locator(".wrong-why").first().innerText()), "no fault at the hour");
  equal(await clerk.locator('[name="title"]').inputValue(), title, "what was typed");
  await clerk.locator('[name="until"]').fill("23:50");
  await send(clerk, "/meeting/new");
  path = new URL(clerk.url()).pathname;
  truth(/^\/meeting\/\d+$/.test(path), path);
});

await test("programme, papers and people are added; who is invited sees nothing before the invitations are out", async () => {
  await fill(clerk, `${path}/agenda`, { title: "Thảo luận kế hoạch Tết", minutes: "20" });
  await fill(clerk, `${path}/agenda`, { title: "Thông qua nghị quyết", minutes: "10" });
  await clerk.goto(`${path}/paper`);
  await clerk.locator('[name="file"]').setInputFiles({ name: "ke-hoach-tet.txt", mimeType: "text/plain", buffer: Buffer.from("Kế hoạch Tết Vì người nghèo\n") });
  await send(clerk, `${path}/paper`);
  await clerk.goto(`${path}/person`);
  await clerk.locator("label", { hasText: "Trần Minh" }).filter({ hasText: "Ban Phong trào" }).first().locator("input").check();
  await send(clerk, `${path}/person`);
  equal(await clerk.locator("#people .seats > li").count(), 3, "seats: chair, clerk, officer");
  equal((await officer.goto(path)).status(), 404, "a plan, to who is invited");
  await send(clerk, `${path}/invitation`);
  equal((await officer.goto(path)).status(), 200, "an invitation, to who is invited");
});

await test("the delegate answers, writes a private note, and only they find it", async () => {
  await officer.goto("/meeting?box=answer");
  await officer.locator("#meetings a", { hasText: title }).click();
  await send(officer, `${path}/attendance`);
  await officer.locator("#papers .rows a").first().click();
  await officer.waitForURL(/\/paper\/\d+/);
  const paper = new URL(officer.url()).pathname;
  await officer.locator('[name="text"]').fill(`Hỏi lại số hộ ${secret}`);
  await send(officer, `${paper}/note`);
  truth(await officer.getByText(`Hỏi lại số hộ ${secret}`).count(), "the note is not on the page");
  await until("the note is found by its owner", async () => /Ghi chú riêng/.test(await (await officer.request.get(`/find?q=${secret}`, { headers: { accept: "text/html" } })).text()));
  truth(!/Ghi chú riêng/.test(await (await clerk.request.get(`/find?q=${secret}`, { headers: { accept: "text/html" } })).text()), "the clerk finds another's note");
  await clerk.goto(paper);
  equal(await clerk.getByText(secret).count(), 0, "another's note on the paper");
});

await test("it is opened with the quorum only: the clerk checks in the chair, the delegate checks in", async () => {
  await chair.goto(path);
  await chair.locator(`form[action="${path}/opening"] button`).click();
  await chair.getByText("Chưa đủ túc số").waitFor();
  await clerk.goto(path);
  await clerk.getByRole("button", { name: "Điểm danh Đào Công" }).click();
  await clerk.locator("#people .tag.green").first().waitFor();
  await officer.goto(`${path}/hall`);
  await send(officer, `${path}/presence`);
  await chair.goto(path);
  await send(chair, `${path}/opening`);
  truth(chair.url().endsWith("/chair"), chair.url());
});

await test("the chair turns to an item, calls who raised a hand, and the delegate's page follows", async () => {
  await chair.locator("#dock .btn.main", { hasText: "Sang mục 1" }).click();
  await chair.locator("#strip h1", { hasText: "Mục 1: Thảo luận" }).waitFor();
  await officer.locator("#side .now", { hasText: "Thảo luận kế hoạch Tết" }).waitFor();
  await send(officer, `${path}/speech`);
  await chair.locator("#dock .btn.main", { hasText: "Mời Trần Minh" }).click();
  await chair.locator("#board", { hasText: "Đang phát biểu" }).waitFor();
  await officer.locator("#side", { hasText: "Đang phát biểu" }).waitFor();
  const before = await officer.locator("#side .said .left").innerText();
  await until("the clock runs", async () => (await officer.locator("#side .said .left").innerText()) !== before);
  await chair.getByRole("button", { name: "Dừng", exact: true }).click();
  await chair.locator("#board", { hasText: "Chờ phát biểu: 0" }).waitFor();
});

await test("a vote by name: pressed, changed, closed; the result is seen by then only", async () => {
  await fill(chair, `${path}/vote`, { text: "Thông qua kế hoạch Tết", way: "Biểu quyết điện tử" });
  const vote = new URL(chair.url()).pathname;
  const press = async (page, what) => { await page.goto(vote); await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: what, exact: true }).click()]); };
  await press(officer, "Không tán thành");
  await press(officer, "Tán thành");
  truth(!/Được thông qua/.test(await officer.locator("main").innerText()), "a result before the closing");
  await press(chair, "Tán thành");
  await send(chair, `${vote}/closing`);
  truth(/Được thông qua/.test(await chair.locator("#result").innerText()), await chair.locator("#result").innerText());
  equal(await chair.locator("#result dd").allInnerTexts(), ["2", "0", "0"], "for, against, other");
});

await test("the meeting ends in tasks and minutes, each number as it was", async () => {
  await fill(chair, `${path}/conclusion`, { text: "Rà soát danh sách hộ nghèo nhận quà Tết", lead: "Trần Minh" });
  await send(chair, `${path}/closing`);
  await send(chair, `${path}/task`);
  await officer.goto("/task?box=todo");
  truth(await officer.locator("#tasks a", { hasText: `Kết luận: ${title}` }).count(), "no task for the officer");
  await clerk.goto(`${path}/minutes`);
  const minutes = await clerk.locator(".minutes").innerText();
  for (const said of [/có mặt 2/, /2 tán thành, 0 không tán thành, 0 ý kiến khác: được thông qua/, /Rà soát danh sách/, /THƯ KÝ/, /CHỦ TỌA/]) truth(said.test(minutes), `${said} is not in the minutes: ${minutes}`);
  const ics = await (await clerk.request.get(`${path}/ics`)).text();
  truth(/^BEGIN:VCALENDAR\r\n/.test(ics) && ics.includes("SUMMARY:Hội nghị Ủy ban"), ics);
});

await test("no page is wider than 320, 390 or 1366, and axe finds nothing", async () => {
  const old = `/meeting/${(await (await clerk.request.get("/meeting?box=today", { headers: { accept: "application/json" } })).json()).lines[0].link.split("/").at(-1)}`;
  await clerk.goto(old);
  await send(clerk, `${old}/opening`);
  for (const at of ["/meeting", path, "/meeting/new", "/meeting/week", "/meeting/room", "/meeting/attendance", `${path}/minutes`, old, `${old}/hall`, `${old}/chair`, `${old}/screen`, `${old}/vote`]) {
    await clerk.goto(at);
    equal(await axe(clerk), [], at);
    for (const width of [320, 390, 1366]) { await clerk.setViewportSize({ width, height: 844 }); await fits(clerk); }
  }
});

await test("nothing went wrong in the browsers", async () => {
  nothingWentWrong(clerk, "the clerk");
  nothingWentWrong(chair, "the chair");
  nothingWentWrong(officer, "the delegate");
});
await closeBrowser();
await server.stop();
done();
