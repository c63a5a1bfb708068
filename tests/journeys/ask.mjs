// Asking the assistant: law as it stands, a question that goes on, what is kept shown and taken away, another day, nothing found; by keyboard, and without scripts.
// On SQLite only: what differs by database is asked by the unit tests, the routes and the journeys of documents, tasks and search.
import { closeBrowser, done, equal, nothingWentWrong, openWindow, start, test, truth, until, Person } from "./lib.mjs";

const server = await start({ args: ["--workers", "1", "--jobs", "1"] });
const clerk = await new Person(server, "vanthu").signIn();
const first = "Những văn bản đến nào không phải đăng ký tại Văn thư cơ quan?";
await until("the library is in the index", async () => (await (await clerk.ask(`/assistant?in=law&q=${encodeURIComponent(first)}`, { json: true })).json()).quotes.length > 0, 60000, 500);
const page = await openWindow(server, { login: "vanthu" });
const ask = async (words) => {
  await page.locator('main input[name="q"]').fill(words);
  await page.locator('main input[name="q"]').press("Enter");
  await page.waitForURL(/\/assistant\/\d+/);
  await page.locator("#answer").waitFor();
};

await test("a question about law is answered with the clause in force, its state and its days", async () => {
  await page.goto("/assistant?in=law");
  await ask(first);
  const quote = page.locator("figure.quote").first();
  truth(/30\/2020\/NĐ-CP|15\/QC-MTTQ-BTT/.test(await quote.innerText()), await quote.innerText());
  truth(/Còn hiệu lực/i.test(await quote.innerText()), "its state is said");
  truth(/hiệu lực từ \d\d\/\d\d\/\d{4}/.test(await quote.innerText()), "its days are said");
});
await test("every span stands word for word at the place it names", async () => {
  const shown = await (await page.context().request.get(page.url(), { headers: { accept: "application/json" } })).json();
  const spans = shown.quotes.filter((q) => q.is_law).flatMap((q) => q.spans);
  truth(spans.length > 0, "there are spans");
  const plain = (text) => text.replace(/\s+/g, ""), law = await openWindow(server, { login: "vanthu" });
  for (const s of spans) {
    await law.goto(`/law/${s.place}`);
    const words = plain(await law.locator("main").evaluate((m) => m.textContent));
    truth(words.includes(plain(s.verbatim)), `${s.verbatim} is not what the law says`);
  }
});
await test("the quote opens the law at that very place", async () => {
  await page.locator("figure.quote figcaption a").first().click();
  await page.waitForURL(/\/law\/\d+/);
  truth(await page.locator("h1").first().innerText(), "the law's page");
  await page.goBack();
});
await test("a question that goes on keeps what was asked, shows it, and lets it go", async () => {
  await ask("Thế còn văn bản đi thì sao?");
  const chip = page.locator(".chips .chip", { hasText: "Tiếp câu" });
  truth((await chip.innerText()).includes(first), await chip.innerText());
  await chip.locator("a").click();
  await page.waitForURL(/\/assistant\?/);
  equal(await page.locator(".chips .chip", { hasText: "Tiếp câu" }).count(), 0);
});
await test("a question that stands alone does not take the last one with it", async () => {
  await page.goto("/assistant");
  await ask("Ngày hội Đại đoàn kết toàn dân tộc được tổ chức khi nào?");
  equal(await page.locator(".chips .chip", { hasText: "Tiếp câu" }).count(), 0);
});
await test("before the law was made there is none, and that is said, with what came later as no answer", async () => {
  await page.goto(`/assistant?in=law&on=2010-01-01&q=${encodeURIComponent(first)}`);
  truth(/Không có quy định nào|Không tìm thấy/.test(await page.locator("#answer").innerText()), await page.locator("#answer").innerText());
  equal(await page.locator("figure.quote:not(.is-near)").count(), 0);
  truth(/01\/01\/2010/.test(await page.locator(".chips").innerText()), "the day is a label");
});
await test("what nothing says is not answered", async () => {
  await page.goto("/assistant");
  await ask("Giá vàng hôm nay bao nhiêu tiền một chỉ?");
  truth(/Không tìm thấy câu trả lời/.test(await page.locator("#answer").innerText()), "it says so");
});
await test("a document asked of by its number is told by its dates, and its history is one step away", async () => {
  await page.goto("/assistant");
  await ask("Nghị định 30/2020 còn hiệu lực không?");
  const words = await page.locator("#answer .stand").innerText();
  truth(/30\/2020\/NĐ-CP/.test(words) && /Còn hiệu lực/i.test(words) && /05\/03\/2020/.test(words), words);
  equal(await page.locator("#answer .stand a", { hasText: "Lịch sử hiệu lực" }).count(), 1);
});
await test("an article asked of by its name is quoted whole", async () => {
  await page.goto("/assistant");
  await ask("Điều 3 Luật Mặt trận Tổ quốc Việt Nam nói gì?");
  truth((await page.locator("figure.quote").first().locator("blockquote > p").count()) >= 5, "all its clauses");
});
await test("the day a question says is a label that can be taken away", async () => {
  await page.goto("/assistant");
  await ask("Vào năm 2018 ai có trách nhiệm tiếp công dân?");
  const chip = page.locator(".chips .chip", { hasText: "31/12/2018" });
  await chip.locator("a").click();
  await page.waitForURL(/today=1/);
  equal(await page.locator(".chips .chip", { hasText: "31/12/2018" }).count(), 0);
});
await test("the answer is said to be wrong, with a reason, and that is kept", async () => {
  await page.goto("/assistant");
  await ask(first);
  await page.locator(".feedback input[name=reason]").fill("thiếu thời hạn");
  await page.locator('.feedback button[value="no"]').click();
  await page.locator(".feedback", { hasText: "chưa đúng" }).waitFor();
  equal(await page.locator(".feedback input[name=reason]").inputValue(), "thiếu thời hạn");
});
await test("hostile and senseless context in the address is left out, not obeyed", async () => {
  for (const bad of ["within=../../etc", "within=-1", "on=32/13/2020", "in=%3Cscript%3E", "before=%00%ff"]) {
    const answer = await page.goto(`/assistant?q=${encodeURIComponent("hộ nghèo")}&${bad}`);
    truth([200, 400, 422].includes(answer.status()), `${bad}: ${answer.status()}`);
  }
});
await test("without scripts it answers just the same", async () => {
  const plain = await openWindow(server, { login: "vanthu", javaScript: false });
  await plain.goto("/assistant?in=law");
  await plain.locator('main input[name="q"]').fill(first);
  await plain.locator('main form[action="/assistant/question"] button[type="submit"]').click();
  await plain.waitForURL(/\/assistant\/\d+/);
  truth((await plain.locator("figure.quote").count()) > 0, "quotes stand");
});
await test("one's own questions are all deleted at once", async () => {
  await page.goto("/assistant");
  await page.locator('form[action="/assistant/history/delete"] button').click();
  await page.locator("aside", { hasText: "Chưa có câu nào." }).waitFor();
});
nothingWentWrong(page, "the clerk");
await closeBrowser();
await server.stop();
done();
