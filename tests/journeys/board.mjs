// On SQLite only. A chair's morning on a phone: what is worth knowing, a mark followed to its list, the same under other eyes; a board of
// one's own made without a script and shared; a threshold; the wall; what is taken away as a file.
import { axe, closeBrowser, done, equal, fits, nothingWentWrong, openWindow, phone, start, test, truth, wide } from "./lib.mjs";

const server = await start();
const chair = await openWindow(server, { login: "lanhdao", viewport: phone }), clerk = await openWindow(server, { login: "vanthu" });
const officer = await openWindow(server, { login: "chuyenvien", javaScript: false });
for (const page of [chair, clerk, officer]) page.allow.push(/403|404|422/);
const json = (page, path) => page.context().request.get(path, { headers: { accept: "application/json" } }).then((r) => r.json());
const cards = (board) => board.numbers.flatMap((x) => x.cards);
const plain = (words) => Number(words.replaceAll(".", "").replace(",", "."));

/** How many records the list behind a mark has, page after page. */
async function listed(page, link) {
  let n = 0;
  for (let at = link; at;) {
    const list = await json(page, at);
    n += list.records.length;
    at = list.older;
  }
  return n;
}

await test("in the morning, on a phone: what is worth knowing stands first, and each number opens exactly its records", async () => {
  await chair.goto("/board");
  for (const width of [320, 390]) {
    await chair.setViewportSize({ width, height: 844 });
    await fits(chair);
  }
  equal(await axe(chair), [], "the chair's board on a phone");
  const things = await chair.locator(".board-things li").count();
  truth(things >= 1, "something is worth knowing");
  const before = await chair.locator(".board-things").boundingBox(), first = await chair.locator(".board-number").first().boundingBox();
  truth(before.y < first.y, "it stands before the numbers");
  const board = await json(chair, "/board?of=chair");
  truth(cards(board).length === 12, "twelve cards");
  for (const card of cards(board).filter((c) => c.value)) {
    equal(await listed(chair, card.link), plain(card.of_words || card.value), `the list of ${card.title}`);
    if (card.per_words) equal(await listed(chair, card.per_link), plain(card.per_words), `of how many: ${card.title}`);
  }
  await chair.locator(".board-number.late .n").first().click();
  await chair.waitForURL(/\/chart\//);
  truth(await chair.locator("#records li").count() > 0, "the late ones are listed");
  nothingWentWrong(chair, "the chair");
});

await test("every mark of the office's drawings is its list, under the rights of whoever opens it", async () => {
  for (const [page, scope] of [[clerk, "organ"], [officer, "unit"]]) {
    const board = await json(page, `/board?of=office&scope=${scope}&source=document`);
    const cells = board.charts.flatMap((c) => c.table.rows.flatMap((r) => r.cells)).filter((c) => c.link?.startsWith("/chart/") && c.has_number);
    truth(cells.length > 10, `marks for ${scope}`);
    for (let i = 0; i < cells.length; i += Math.ceil(cells.length / 12)) equal(await listed(page, cells[i].link), cells[i].number, cells[i].link);
  }
  const [mine, whole] = [await json(officer, "/board?of=office"), await json(clerk, "/board?of=office")].map((b) => cards(b).find((c) => c.title === "Văn bản đến"));
  truth(plain(mine.value) < plain(whole.value), "a board's officer counts fewer than the clerk of all");
  const other = await officer.goto("/board?of=office&scope=organ");
  equal(other.status(), 403, "the whole organ is not an officer's to see");
});

await test("the map names its communes, and a period that is none is said", async () => {
  await clerk.goto("/board?of=petition");
  await fits(clerk);
  equal(await axe(clerk), [], "the letters' board");
  truth(await clerk.locator(".map svg path").count() >= 114, "all communes are drawn");
  const shape = clerk.locator('.map svg a[aria-label*="1 đơn"]').first();
  const link = await shape.getAttribute("href");
  equal(await listed(clerk, link), 1, "the list of a commune");
  await clerk.goto("/board?on=31/12/2999");
  truth(await clerk.getByRole("alert").count(), "a day to come is refused in words");
});

await test("a board of one's own is made, put in order and shared without a script; others find it only then", async () => {
  await officer.goto("/board/new");
  await officer.locator('[name="title"]').fill("Việc tuần này");
  await officer.locator('[name="copy"]').selectOption("board");
  await officer.getByRole("button", { name: "Tạo" }).click();
  const edit = new URL(officer.url()).pathname, own = edit.replace("/edit", "");
  const names = () => officer.locator(".board-order .t").allInnerTexts();
  const before = await names();
  await officer.getByRole("button", { name: /^Đưa xuống/ }).first().click();
  equal((await names()).slice(0, 2), [before[1], before[0]], "the first two have changed places");
  await officer.getByRole("button", { name: /^Bỏ ?:/ }).first().click();
  equal((await names()).length, before.length - 1, "one card less");
  await officer.locator('[name="metric"]').selectOption("VB.DEN");
  await officer.locator('[name="kind"]').selectOption("heat");
  await officer.getByRole("button", { name: "Thêm thẻ" }).click();
  equal((await names()).length, before.length, "one card more");
  equal((await clerk.goto(own)).status(), 404, "nobody else's");
  await officer.locator('[name="is_shared"]').check();
  await officer.getByRole("button", { name: "Ghi", exact: true }).click();
  equal(new URL(officer.url()).pathname, own, "back on the board");
  truth(await officer.locator(".board-card").count() >= 3, "its drawings stand there");
});

await test("a threshold is set from the catalogue, and stands in one's list", async () => {
  await clerk.goto("/board/metric");
  equal(await axe(clerk), [], "the catalogue");
  await clerk.getByRole("link", { name: /Văn bản đang quá hạn xử lý/ }).first().click();
  truth(await clerk.getByText("Bản 1").count(), "what it has meant");
  await clerk.locator('[name="bound"]').fill("3");
  await clerk.getByRole("button", { name: "Đặt ngưỡng" }).click();
  await clerk.waitForURL(/\/board\/alert$/);
  truth(await clerk.getByText("lớn hơn 3").count(), "the threshold is listed");
});

await test("a published forecast is scored in the open, the wall hides what is small, and a file says what it holds", async () => {
  await clerk.setViewportSize(wide);
  await clerk.goto("/board/forecast");
  await fits(clerk);
  truth(await clerk.getByText(/^Đã chấm \d+ lần/).count(), "forecasts are scored");
  await clerk.goto("/board/wall?of=chair");
  truth(!(await clerk.locator(".rail").first().isVisible()), "a wall has no rail");
  await fits(clerk);
  const csv = await (await clerk.context().request.get("/board/file?of=office&format=csv")).text();
  for (const words of ["Toàn cơ quan", "Tính đến", "so với", "Văn bản đến"]) truth(csv.includes(words), `the file says ${words}`);
  nothingWentWrong(clerk, "the clerk");
});

await closeBrowser();
await server.stop();
done();
