// On SQLite only: a person proposes a change with its evidence and personnel takes it over; a sensitive group opens for a purpose alone; a form
// printed again marks what changed; figures are lists; a committee is drawn up against its structure.
import { axe, closeBrowser, done, equal, fits, nothingWentWrong, openWindow, phone, start, test, truth } from "./lib.mjs";

const server = await start();
const chair = await openWindow(server, { login: "lanhdao" }), officer = await openWindow(server, { login: "chuyenvien", viewport: phone });
for (const page of [chair, officer]) page.allow.push(/4(22|04|03)/);
const press = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole("button", { name }).first().click()]);
const own = async (page) => { await page.goto("/cadre"); return page.getByRole("link", { name: "Hồ sơ của tôi" }).getAttribute("href"); };
const looks = async (page, path) => {
  for (const width of [320, 390, 1366]) { await page.setViewportSize({ width, height: 850 }); await page.goto(path); await fits(page); }
  equal((await axe(page)).join("\n"), "", `axe on ${path}`);
};
const number = async (locator) => Number((await locator.innerText()).replace(/\D/g, ""));
let record, course;

await test("a person sees the own record, asks for a change with a paper, and cannot decide it", async () => {
  record = await own(officer);
  equal(await officer.locator("#cadres li").count(), 1, "records an officer sees");
  await officer.goto(`${record}/group/training/proposal`);
  await officer.locator('[name="words"]').fill("Chứng chỉ tiếng Anh bậc 4 mới cấp");
  await press(officer, "Gửi đề nghị");
  truth(await officer.locator(".wrong-why").count() > 0, "what is missing is said at the field");
  await officer.locator('[name="a.kind"][value="ngoai_ngu"]').check();
  await officer.locator('[name="a.school"]').fill("Trường Đại học Ngoại ngữ");
  await officer.locator('[name="file"]').setInputFiles({ name: "chung-chi.txt", mimeType: "text/plain", buffer: Buffer.from("Chứng chỉ bậc 4") });
  await press(officer, "Gửi đề nghị");
  course = new URL(officer.url()).pathname;
  equal(await officer.getByRole("button", { name: "Nhận, sửa hồ sơ" }).count(), 0, "buttons to accept one's own");
  await officer.goto(`${record}/group/training`);
  truth(!(await officer.content()).includes("Trường Đại học Ngoại ngữ"), "nothing changed yet");
});

await test("personnel sees what would change with its evidence and takes it over; the person is told", async () => {
  await chair.goto("/cadre/proposal");
  const waiting = await chair.locator('section[aria-label="Chờ quyết"] li').count();
  equal(await number(chair.locator(".tabs a", { hasText: "Đề nghị sửa" }).locator("b")), waiting, "the tab's figure");
  await chair.goto(course);
  truth(await chair.getByText("chung-chi.txt").count(), "the evidence is there");
  await press(chair, "Nhận, sửa hồ sơ");
  await officer.goto(`${record}/group/training`);
  truth((await officer.content()).includes("Trường Đại học Ngoại ngữ"), "the record changed");
  await officer.goto("/notice");
  truth((await officer.content()).includes("Đã nhận đề nghị sửa hồ sơ"), "the person is told");
});

await test("a sensitive group opens to personnel for a purpose alone, and the person sees who looked and why", async () => {
  await chair.goto(`${record}/group/family`);
  truth(!(await chair.content()).includes("Phạm Thị Thu Hiền"), "nothing is shown before");
  await chair.locator('[name="purpose"]').fill("xem");
  await press(chair, "Mở nhóm");
  truth(await chair.locator(".wrong-why").count() && !(await chair.content()).includes("Phạm Thị Thu Hiền"), "a word is no purpose");
  await chair.locator('[name="purpose"]').fill("Thẩm tra lý lịch kết nạp Đảng");
  await press(chair, "Mở nhóm");
  truth((await chair.content()).includes("Phạm Thị Thu Hiền"), "shown for a purpose");
  await officer.goto(record);
  truth(/Thẩm tra lý lịch kết nạp Đảng/.test(await officer.locator("aside.stack").innerText()), "the person sees it");
});

await test("colleagues, and the clerk of a commune, find nothing of a record", async () => {
  for (const login of ["vanthu", "xa", "quantri"]) {
    const other = await openWindow(server, { login });
    for (const path of [record, `${record}/group/assets`, `${record}/group/span`, course]) {
      equal((await other.request.get(path)).status(), 404, `${login} at ${path}`);
    }
    equal((await other.request.get(record.replace(/\d+$/, "42"))).status(), 404, "what is not there looks the same");
    await other.context().close();
  }
});

await test("contradictions stand side by side; one mended is gone, and the form printed again marks what changed", async () => {
  await chair.goto("/cadre?findings=1");
  const odd = await chair.locator("#cadres a").first().getAttribute("href");
  await chair.goto(odd);
  const pairs = await chair.locator(".cadre-pairs > li").count();
  truth(pairs >= 4 && (await chair.locator("#findings").innerText()).includes("phường Lê Chân có từ 01/07/2025"), "the ward was not there");
  const print = async () => {
    await chair.goto(`${odd}/print`);
    await chair.locator('[name="form"]').selectOption("2c98");
    await chair.locator('[name="purpose"]').fill("Hoàn thiện hồ sơ gốc");
    await press(chair, "Lập bản in");
  };
  await print();
  equal(await chair.locator(".cadre-leaf .changed").count(), 0, "marks on the first print");
  await chair.goto(`${odd}/group/party`);
  await chair.getByRole("link", { name: "Sửa" }).first().click();
  await chair.locator('[name="a.joined_on"]').fill("3/2/1998");
  await chair.locator('[name="a.official_on"]').fill("3/2/1999");
  await chair.locator('[name="basis"]').fill("Thẻ đảng viên");
  await press(chair, "Lưu");
  await chair.goto(odd);
  equal(await chair.locator(".cadre-pairs > li").count(), pairs - 2, "contradictions left");
  await print();
  equal(await chair.locator(".cadre-leaf .changed").count(), 1, "marks on the second print");
  truth(/trước: 03\/02\/1992/.test(await chair.locator(".cadre-leaf .changed").innerText()), "what stood there before");
  for (const path of [odd, new URL(chair.url()).pathname]) await looks(chair, path);
});

await test("figures of lists are their rows", async () => {
  await chair.goto("/cadre");
  const tiles = await chair.locator(".cadre-kpis a").evaluateAll((all) => all.map((a) => [a.getAttribute("href"), Number(a.textContent)]));
  for (const [href, n] of tiles) {
    await chair.goto(href);
    equal(await chair.locator("#due li").count(), n, href);
  }
  await chair.goto("/cadre/wave");
  const all = await chair.locator('td a[href*="sex="]').evaluateAll((found) => found.map((a) => [a.getAttribute("href"), Number(a.textContent)]));
  for (const [href, n] of all.filter((x) => x[1] > 0)) {
    await chair.goto(href);
    equal(await chair.locator("#due li").count(), n, href);
  }
});

await test("a committee is drawn up against its structure: a figure moves with each nominee and opens its people", async () => {
  await chair.goto("/cadre/committee");
  const at = await chair.locator(".rows a").first().getAttribute("href");
  const women = () => chair.locator(".cadre-measures li", { hasText: "Nữ" }).first();
  await chair.goto(at);
  const before = await number(women().locator("a"));
  await chair.locator('[name="name"]').fill("Hoàng Thị Bích Ngọc");
  await chair.locator('[name="place"]').fill("Nghệ nhân hát Đúm");
  await chair.locator('[name="is_woman"]').check();
  await press(chair, "Thêm");
  equal(await number(women().locator("a")), before + 1, "women");
  await women().locator("a").click();
  await chair.waitForURL(/only=women/);
  equal(await chair.locator('section[aria-label="Người dự kiến"] li').count(), before + 1, "rows behind the figure");
  await looks(chair, at);
  await looks(chair, "/cadre");
});

await test("nothing went wrong in the browsers", async () => {
  nothingWentWrong(chair, "the chair");
  nothingWentWrong(officer, "the officer");
});
await closeBrowser();
await server.stop();
done();
