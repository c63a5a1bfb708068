// An article's way from a commune to the city's front page, and off it again: written, mended, approved by somebody else, read by everybody, withdrawn.
// On SQLite only: nothing here asks the database anything of its own; the rules are tested on both by modules/portal/portal_test.c.
import { axe, closeBrowser, done, equal, fits, nothingWentWrong, openWindow, phone, start, test, truth } from "./lib.mjs";

const server = await start();
const clerk = await openWindow(server, { login: "xa", viewport: phone }), chair = await openWindow(server, { login: "lanhdao" });
const reader = await openWindow(server, { javaScript: false });
clerk.allow.push(/422/);
const title = "Phường Lê Chân mở tủ sách chung ở bốn khu dân cư", slug = "phuong-le-chan-mo-tu-sach-chung-o-bon-khu-dan-cu";
const hosts = new Set();
reader.on("request", (r) => hosts.add(new URL(r.url()).host));
const send = async (page, form) => Promise.all([page.waitForNavigation(), page.locator(`${form} button[type="submit"]`).click()]);
const act = async (page, path, noun, fields = {}) => {
  await page.goto(path);
  const details = page.locator(`details#${noun}:not([open]) > summary`);
  if (await details.count()) await details.click();
  const form = `form[action="${path}/${noun}"]`;
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`${form} [name="${name}"]`);
    if (value === true) await field.check();
    else await field.fill(value);
  }
  await send(page, form);
};
const titles = (page) => page.locator("main").getByText(title).count();
let path;

await test("a bad text stays a draft and says what is to be mended; mended it is sent", async () => {
  await clerk.goto("/portal/office/new");
  await clerk.locator('[name="title"]').fill(title);
  await clerk.locator('[name="body"]').fill("Ai góp sách thì gọi bà Hoa, 0912 345 678.\n\n### Góp thế nào\n\nXem [tại đây](/portal/news).");
  await send(clerk, 'form[action="/portal/office"]');
  path = new URL(clerk.url()).pathname;
  const faults = await clerk.locator("#faults").innerText();
  for (const words of ["mở đầu", "di động", "Đề mục nhỏ", "tại đây"]) truth(faults.includes(words), `said: ${faults}`);
  await act(clerk, path, "submission");
  truth(await clerk.locator(".form-fault").count(), "sending is refused");
  await clerk.goto(`${path}/edit`);
  await clerk.locator('[name="lead"]').fill("Ai có sách muốn góp thì mang đến nhà văn hóa, mở cửa cả tối.");
  await clerk.locator('[name="body"]').fill("Mỗi tủ có chừng **200 cuốn**.\n\n## Góp thế nào\n\n- Mang đến nhà văn hóa.\n- Hoặc báo [Mặt trận phường](/portal/le-chan).\n\n> Đọc xong thì đổi.\n> — Bà con tổ 4");
  await send(clerk, `form[action="${path}/edit"]`);
  equal(await clerk.locator("#faults").count(), 0, "faults left");
  await act(clerk, path, "submission", { asks_city: true, proposes: true });
});

await test("nobody reads it before it is approved; the city approves and puts it on its front page", async () => {
  await reader.goto("/portal");
  equal(await titles(reader), 0, "on the front page");
  equal((await reader.goto(`/portal/le-chan/${slug}`)).status(), 404, "its address");
  await chair.goto("/portal/office?box=asked");
  truth(await chair.locator("#articles .rows a", { hasText: title }).count(), "it waits for the city");
  await act(chair, path, "approval");
  await chair.goto("/portal/office?box=proposed");
  truth(await chair.locator("#articles .rows a", { hasText: title }).count(), "it is proposed");
  await chair.goto(path);
  await send(chair, `form[action="${path}/taking"]`);
  for (const at of ["/portal", "/portal/le-chan", "/portal/news", "/portal/le-chan/news?category=activity"]) {
    await reader.goto(at);
    truth(await titles(reader), `it stands on ${at}`);
  }
});

await test("it is read without a script or a cookie, from one host, at every width, and the same bytes are not sent twice", async () => {
  await reader.goto("/portal");
  await reader.locator("main").getByText(title).first().click();
  truth(reader.url().endsWith(`/portal/le-chan/${slug}`), reader.url());
  truth(await reader.locator("blockquote footer", { hasText: "Bà con tổ 4" }).count(), "the quotation is drawn");
  equal(await reader.context().cookies(), [], "cookies");
  equal([...hosts], [new URL(server.url).host], "hosts");
  const first = await fetch(`${server.url}/portal`), tag = first.headers.get("etag");
  equal((await fetch(`${server.url}/portal`, { headers: { "if-none-match": tag } })).status, 304, "asked again");
  const seen = await openWindow(server);
  for (const width of [320, 390, 1366]) {
    await seen.setViewportSize({ width, height: 800 });
    for (const at of ["/portal", "/portal/le-chan", `/portal/le-chan/${slug}`, "/portal/communes", "/portal/news", "/portal/search?q=tu+sach"]) {
      await seen.goto(at);
      await seen.locator("#large").check({ force: true });
      await fits(seen);
      if (width !== 390) equal(await axe(seen), [], `${at} at ${width}`);
    }
  }
  nothingWentWrong(seen, "the reader");
});

await test("the work side stands on a phone and passes axe", async () => {
  for (const page of [clerk, chair]) for (const at of ["/portal/office", path, `${path}/edit`, "/portal/office/duty"]) {
    if (page === chair && at.endsWith("/edit")) continue;
    await page.goto(at);
    await fits(page);
    equal(await axe(page), [], at);
  }
});

await test("a withdrawn page says so with the reason, and is gone from the front page, the feed and the map at once", async () => {
  await act(clerk, path, "withdrawal", { reason: "Sai giờ mở cửa", instead: "/portal/le-chan" });
  reader.allow.push(/410/);
  const answer = await reader.goto(`/portal/le-chan/${slug}`);
  equal(answer.status(), 410, "its address");
  truth(await reader.getByText("Sai giờ mở cửa").count(), "the reason is there");
  for (const at of ["/portal", "/portal/le-chan/feed.xml", "/portal/thanh-pho/feed.xml", "/portal/sitemap.xml"]) {
    const text = await (await fetch(`${server.url}${at}`)).text();
    truth(!text.includes(title) && !text.includes(slug), `it is gone from ${at}`);
  }
});

await test("nothing went wrong in the browsers", async () => {
  nothingWentWrong(clerk, "the clerk");
  nothingWentWrong(chair, "the chair");
});

await closeBrowser();
await server.stop();
done();
