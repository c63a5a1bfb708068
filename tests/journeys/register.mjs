// On SQLite only: a commune's dirty sheet of poor households goes in, twice, and is taken back; the city gathers a report from it, with one return.
import { axe, closeBrowser, done, equal, fits, nothingWentWrong, openWindow, phone, start, test, truth, until } from "./lib.mjs";

const server = await start();
const commune = await openWindow(server, { login: "xa" }), city = await openWindow(server, { login: "chuyenvien" });
for (const page of [commune, city]) page.allow.push(/4(22|04|03)/);
const register = "/register/poor_household";
const rowsOf = async (page, at = register) => { await page.goto(at); return Number((await page.locator("table.register tfoot th b").innerText()).replaceAll(".", "")); };
const press = async (page, name) => Promise.all([page.waitForNavigation(), page.getByRole("button", { name }).first().click()]);
const sheet = (more = "") => ["ỦY BAN MTTQ VIỆT NAM PHƯỜNG LÊ CHÂN,,,,,,,", "DANH SÁCH HỘ NGHÈO NĂM 2026,,,,,,,", ",,,,,,,",
  "STT,Họ và tên chủ hộ,Số CCCD,Ngày sinh,Thôn/TDP,Diện hộ,Số khẩu,Số tiền hỗ trợ", "(1),(2),(3),(4),(5),(6),(7),(8)",
  "1,Nguyễn Thị Ái,031150000001,05/03/1960,TDP 3,hộ nghèo,3,1.500.000", "2,Phạm Văn Bình,31150000002,1958,TDP 5,Cận nghèo,2,2 triệu",
  "3,Trần Văn Chiến,031150000003,31/11/1960,TDP 8,Nghèo,4,", "4,,031150000004,1950,TDP 9,Nghèo,1,", "5,Vũ Đình Đông,031150000005,1949,TDP 27,khá giả,2,",
  "6,Nguyễn Thị Ái,031150000001,05/03/1960,TDP 3,Nghèo,3,", "7,Bùi Thị Giang,031150000007,1/2/1970,TDP 7,Nghèo,ba người,", `8,=HYPERLINK(1),031150000008,1975,TDP 1,Nghèo,2,${more}`,
  "Cộng,,,,,,17,"].join("\n");
const send = async (name, text) => {
  await commune.goto(`${register}/import`);
  await commune.locator('[name="file"]').setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await Promise.all([commune.waitForURL(/\/register\/sheet\/\d+/), commune.getByRole("button", { name: "Đọc tệp" }).click()]);
  const path = new URL(commune.url()).pathname;
  await until("the sheet is read", async () => { await commune.goto(path); return (await commune.locator(".register-foot").count()) || (await commune.locator(".notice.red").count()); }, 60000, 500);
  return path;
};
let before, first;

await test("a dirty sheet is read, its faults stand at their cells, and its good rows go in", async () => {
  before = await rowsOf(commune);
  first = await send("HO NGHEO P LE CHAN.csv", sheet());
  const words = await commune.locator("#sheet").innerText();
  truth(/3\s+dòng nhập được/.test(words) && /5\s+dòng có lỗi/.test(words), words);
  for (const cell of ["D8", "B9", "F10", "G12"]) truth(words.includes(cell), `${cell} is named: ${words}`);
  truth(await commune.locator("td.wrong s", { hasText: "31/11/1960" }).count(), "what was typed is struck out");
  equal(await rowsOf(commune), before, "nothing is in yet");
  await commune.goto(first);
  await press(commune, /Nhập 3 dòng đúng/);
  await until("the rows are in", async () => { await commune.goto(first); return (await commune.locator(".notice.green").count()); }, 60000, 500);
  equal(await rowsOf(commune), before + 3, "rows of the register");
});

await test("the same sheet again has nothing new, and another sum changes one row", async () => {
  await send("HO NGHEO P LE CHAN.csv", sheet());
  truth(/không có gì để nhập thêm/.test(await commune.locator("#sheet").innerText()), "nothing to bring in");
  equal(await commune.getByRole("button", { name: /Nhập/ }).count(), 0, "buttons that bring in");
  await send("sua.csv", sheet("3.000.000"));
  truth(/1\s+dòng nhập được/.test(await commune.locator(".register-foot").innerText()), "one row is otherwise");
  equal(await rowsOf(commune), before + 3, "rows of the register");
});

await test("a formula of a cell is only words in what is exported", async () => {
  const answer = await commune.request.get(`${register}/export`);
  equal(answer.status(), 200, "the export");
  const bytes = await answer.body();
  truth(!bytes.includes("<f>"), "no formula");
});

await test("a row is changed with its reason, known as it was, removed and put back", async () => {
  await commune.goto(`${register}?q=nguyen+ai`);
  const row = await commune.locator("table.register tbody th a").first().getAttribute("href");
  await commune.goto(`${row}/edit`);
  await commune.locator('[name="a.workers_n"]').fill("9");
  await press(commune, "Lưu");
  truth(await commune.locator(".wrong-why", { hasText: "không được hơn số khẩu" }).count(), "the rule between two fields");
  await commune.locator('[name="a.workers_n"]').fill("1");
  await commune.locator('[name="why"]').fill("Biên bản rà soát 12/BB");
  await press(commune, "Lưu");
  truth(/Biên bản rà soát 12\/BB/.test(await commune.locator(".tree").innerText()), "the history says why");
  const answer = await city.goto(row);
  equal(answer.status(), 200, "the city's board sees it");
  truth(/•••/.test(await city.locator(".facts").first().innerText()) && !(await city.content()).includes("031150000001"), "the citizen's number is veiled from it");
  equal(await city.getByRole("link", { name: "Sửa" }).count(), 0, "it may not change it");
  const n = await rowsOf(commune);
  await commune.goto(row);
  await commune.locator("details.fold summary").click();
  await commune.locator('form[action$="/removal"] [name="why"]').fill("Ghi nhầm");
  await press(commune, "Xóa khỏi sổ");
  equal(await rowsOf(commune), n - 1, "rows of the register");
  await commune.goto(row);
  await commune.locator('form[action$="/restoration"] [name="why"]').fill("Không nhầm");
  await press(commune, "Lấy lại vào sổ");
  equal(await rowsOf(commune), n, "rows of the register");
});

await test("the whole sheet is taken back, but for what somebody changed since", async () => {
  await commune.goto(first);
  await press(commune, "Hoàn tác cả lượt");
  await until("it is taken back", async () => { await commune.goto(first); return (await commune.locator(".notice.gold", { hasText: "Đã hoàn tác" }).count()); }, 60000, 500);
  equal(await rowsOf(commune), before + 1, "rows of the register: the changed one stays");
});

await test("the city asks for a report; figures open their rows; one is given back and sent again; the sum is the city's", async () => {
  await city.goto("/register/report/new?sample=poverty");
  const day = (n) => new Date(Date.now() + (n * 24 + 7) * 3600000).toISOString().slice(0, 10).split("-").reverse().join("/");
  for (const [name, value] of [["title", "Báo cáo quý thử"], ["from_on", day(-90)], ["to_on", day(0)], ["due_on", day(3)], ["cut_on", day(9)]]) await city.locator(`[name="${name}"]`).fill(value);
  await city.locator("details.fold summary").last().click();
  await city.locator("label", { hasText: "MTTQ phường Lê Chân" }).locator("input").check();
  await press(city, "Gửi các đơn vị");
  const report = new URL(city.url()).pathname;
  await commune.goto("/register/report?box=open");
  const mine = await commune.locator("#reports .rows a", { hasText: "Báo cáo quý thử" }).getAttribute("href");
  await commune.goto(mine);
  const live = commune.locator("a.live-number").first(), figure = Number(await live.innerText());
  equal(await rowsOf(commune, await live.getAttribute("href")), figure, "rows behind the figure");
  const fill = async (start_, out) => { await commune.goto(mine); await commune.locator('[name="n.1"]').fill(start_); await commune.locator('[name="n.8"]').fill(out); await press(commune, "Gửi báo cáo"); };
  await fill("5", "7");
  truth(await commune.locator(".form-fault", { hasText: "không được hơn số hộ nghèo đầu kỳ" }).count(), "the equation stops it");
  equal(await commune.locator('[name="n.8"]').inputValue(), "7", "what was typed stays");
  await fill("9", "2");
  await city.goto(mine);
  await city.locator('[name="reason"]').fill("Số đầu kỳ chưa đúng");
  await press(city, "Trả lại");
  await commune.goto(mine);
  truth(/Số đầu kỳ chưa đúng/.test(await commune.locator("main").innerText()), "the commune sees why");
  await fill("10", "2");
  await city.goto(report);
  const sums = await city.locator("table.register tfoot td.num").allInnerTexts();
  equal(sums[0], "10", "the city's first figure");
  equal(Number(sums[1]), figure, "the city's live figure");
});

await test("every page stands on a phone and passes axe", async () => {
  for (const at of ["/register", register, `${register}/new`, `${register}/import`, first, "/register/report"]) {
    for (const size of [{ width: 320, height: 700 }, phone, { width: 1366, height: 850 }]) { await commune.setViewportSize(size); await commune.goto(at); await fits(commune); }
    equal(await axe(commune), [], at);
  }
});

await test("nothing went wrong in the browsers", async () => {
  nothingWentWrong(commune, "the commune");
  nothingWentWrong(city, "the city");
});
await closeBrowser();
await server.stop();
done();
