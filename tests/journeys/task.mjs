// A task's whole story, by three people in browsers: given, taken up, asked about, reported with evidence, sent back, confirmed; and one that is returned.
import { axe, closeBrowser, done, equal, fits, nothingWentWrong, openWindow, phone, start, test, truth } from "./lib.mjs";

const server = await start();
const chair = await openWindow(server, { login: "lanhdao" }), officer = await openWindow(server, { login: "chuyenvien", viewport: phone });
chair.allow.push(/422/);
const title = "Khảo sát nhà Đại đoàn kết quý IV";
const count = async (page, box) => {
  await page.goto(`/task?box=${box}`);
  return page.locator("#tasks .rows > li").count();
};
const give = async (text) => {
  await chair.goto("/task/new");
  await chair.locator('[name="title"]').fill(title);
  await chair.locator('[name="text"]').fill(text);
  await chair.locator('[name="days"]').fill("5");
  const lead = await chair.locator('select[name="lead"] option', { hasText: "Trần Minh" }).first().getAttribute("value");
  await chair.locator('select[name="lead"]').selectOption(lead);
  await chair.locator('form[action="/task/assignment"] button[type="submit"]').click();
  await chair.waitForURL(/\/task\/\d+$/);
  return new URL(chair.url()).pathname;
};
const act = async (page, path, noun, fields = {}, file = null) => {
  await page.goto(path);
  const form = page.locator(`form[action="${path}/${noun}"]`);
  const details = page.locator(`details#${noun}:not([open]) > summary`);
  if (await details.count()) await details.click();
  for (const [name, value] of Object.entries(fields)) await form.locator(`[name="${name}"]`).fill(value);
  if (file) await form.locator('[name="file"]').setInputFiles(file);
  await Promise.all([page.waitForNavigation(), form.locator('button[type="submit"]').click()]);
};

await test("a form without a name or a lead comes back with what was typed", async () => {
  await chair.goto("/task/new");
  await chair.locator('[name="text"]').fill("Khảo sát từng hộ");
  await chair.locator('form[action="/task/assignment"] button[type="submit"]').click();
  await chair.locator(".wrong-why").first().waitFor();
  equal(await chair.locator('[name="text"]').inputValue(), "Khảo sát từng hộ", "what was typed");
});

await test("a task is given, taken up, reported with evidence, sent back and confirmed", async () => {
  const before = await count(officer, "todo");
  const path = await give("Khảo sát từng hộ, có ảnh.");
  equal(await count(officer, "todo"), before + 1, "rows that wait for the officer");
  await act(officer, path, "acceptance");
  await act(officer, path, "progress", { percent: "40", text: "Xong bốn phường" });
  await act(officer, path, "report", { text: "Đã khảo sát 12 hộ." }, { name: "bien-ban.txt", mimeType: "text/plain", buffer: Buffer.from("Biên bản khảo sát\n") });
  truth(await officer.getByText("bien-ban.txt").count(), "the evidence is in the thread");
  await act(chair, path, "redo", { reason: "Thiếu ảnh" });
  await act(officer, path, "report", { text: "Đã thêm ảnh." });
  await act(chair, path, "confirmation", { note: "Đạt" });
  truth(await chair.getByText("Xác nhận đã hoàn thành.").count(), "the thread says so");
  equal(await count(officer, "todo"), before, "rows that wait for the officer");
});

await test("what is returned leaves the officer's list and waits for the chair", async () => {
  const before = await count(officer, "todo"), returned = await count(chair, "returned");
  const path = await give("Giao nhầm");
  await act(officer, path, "return", { reason: "Không thuộc nhiệm vụ" });
  equal(await count(officer, "todo"), before, "rows that wait for the officer");
  equal(await count(chair, "returned"), returned + 1, "rows returned to the chair");
});

await test("the thread is English in English, and every page stands on a phone and passes axe", async () => {
  await chair.goto("/task?box=closed");
  const path = await chair.locator("#tasks .rows a", { hasText: title }).first().getAttribute("href");
  await chair.context().addCookies([{ name: "lang", value: "en", url: server.url }]);
  await chair.goto(path);
  const words = await chair.locator("#thread .tree").innerText();
  await chair.context().clearCookies({ name: "lang" });
  for (const said of [/Given to Trần Minh/, /Progress: 40 %/, /Reported done/, /Asked to redo it/, /Confirmed as done/]) truth(said.test(words), words);
  for (const page of [chair, officer]) for (const at of ["/task", path, "/task/new", "/task/handover", "/task?box=given"]) {
    await page.goto(at);
    await fits(page);
    equal(await axe(page), [], at);
  }
});

await test("nothing went wrong in the browsers", async () => {
  nothingWentWrong(chair, "the chair");
  nothingWentWrong(officer, "the officer");
});
await closeBrowser();
await server.stop();
done();
