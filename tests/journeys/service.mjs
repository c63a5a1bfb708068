// On SQLite only: what is stored and counted is tried on both databases by the unit tests; here people do it.
// An old woman's phone, 320 px and no script, asks for emergency help; the clerk of her commune receives, asks for more, and goes on to the end.
import { axe, closeBrowser, equal, fits, nothingWentWrong, openWindow, phone, picture, start, test, truth, wide, done } from "./lib.mjs";

const server = await start({ args: ["--workers", "2", "--jobs", "1"] });
const small = { width: 320, height: 640 };
const woman = await openWindow(server, { viewport: small, javaScript: false });
const eyes = await openWindow(server, { viewport: small });
const clerk = await openWindow(server, { viewport: wide, login: "xa" });
woman.allow.push(/422/);
eyes.allow.push(/40[45]|422/);
const next = async (page) => { await page.locator("form button.main").last().click(); await page.waitForLoadState(); };
let code, words, track;

/** The same page, with a browser that can measure it. */
const look = async (name) => {
  await eyes.context().addCookies(await woman.context().cookies());
  await eyes.goto(woman.url());
  await fits(eyes);
  equal((await axe(eyes)).join("\n"), "", `axe: ${name}`);
};

await test("a phone without a script fills in the form; what is wrong is said at its place and nothing typed is lost", async () => {
  await woman.goto("/service/guide");
  await look("the list of procedures");
  await woman.getByRole("link", { name: "Đề nghị hỗ trợ đột xuất, cứu trợ khẩn cấp" }).click();
  await look("the guide");
  truth(await woman.locator(".danger a[href='tel:112']").isVisible(), "the numbers to call stand first");
  await next(woman);
  await woman.getByLabel("Đã qua nguy hiểm").check();
  await next(woman);
  await woman.locator('[name="a.bao_ho_ten"]').fill("Lương Thị Nguyệt Ánh");
  await woman.locator('[name="a.bao_dien_thoai"]').fill("091200");
  await next(woman);
  equal(await woman.locator(".faults li").count(), 2, "two places are at fault");
  equal(await woman.locator('[name="a.bao_ho_ten"]').inputValue(), "Lương Thị Nguyệt Ánh", "what was typed stays");
  equal(await woman.locator('[name="a.bao_dien_thoai"]').inputValue(), "091200", "what was wrong stays too");
  await look("a page with faults");
  await woman.getByLabel("Cho tôi hoặc hộ của tôi").check();
  await woman.locator('[name="a.bao_dien_thoai"]').fill("0912.000.345");
  await next(woman);
  await woman.locator('[name="a.xa"]').fill("phường Lê Chân");
  await woman.locator('[name="a.so_nguoi"]').fill("4");
  await look("a page that asks for a place");
  await next(woman);
});

await test("the browser is closed and opened again: the form goes on where it stopped", async () => {
  const at = woman.url().replace(/\/page\/\d+.*/, "");
  await woman.goto("about:blank");
  await woman.goto(at);
  equal(await woman.locator("h1").innerText(), "Chuyện gì đã xảy ra?", "the first page that is not finished");
  await woman.getByLabel("Hoả hoạn").check();
  await woman.locator('[name="a.ngay"]').fill(new Date(Date.now() - 864e5 + 7 * 36e5).toISOString().slice(0, 10).split("-").reverse().join("/"));
  await woman.locator('[name="a.mo_ta"]').fill("Cháy gian bếp, mất hết thóc.");
  await next(woman); await next(woman);
  await woman.getByLabel("Chỗ ở tạm").check(); await next(woman);
  await woman.getByLabel("Trực tiếp tại nhà, tại xã").check(); await next(woman);
  await woman.getByLabel("Xem trên tài khoản").check(); await next(woman);
  await look("files");
  await woman.locator('input[type="file"]').first().setInputFiles({ name: "bep.png", mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64") });
  await woman.getByRole("button", { name: "Gửi tệp này lên" }).first().click();
  truth(await woman.getByText("bep.png").first().isVisible(), "the file is there");
  await next(woman);
});

await test("she changes an answer from the last page, sends once, and gets a code and three words", async () => {
  await woman.locator(".answers a", { hasText: "Số người trong hộ" }).click();
  await woman.locator('[name="a.so_nguoi"]').fill("5");
  await next(woman);
  equal(await woman.locator("h1").innerText(), "Xem lại trước khi gửi", "back to the page to check");
  await look("check answers");
  await next(woman);
  equal(await woman.locator(".faults li").count(), 2, "neither declaration nor consent is ticked beforehand");
  await woman.locator('[name="declared"]').check();
  await woman.locator('[name="agreed"]').check();
  const send = woman.url().replace("/check", "/send");
  await next(woman);
  code = await woman.locator(".code").innerText();
  words = await woman.locator(".words").innerText();
  truth(/^11383-\d{6}-\d{4}-[A-Z]$/.test(code), `a code of the commune: ${code}`);
  await look("the receipt");
  await picture(woman, "service-slip-320", true);
  const again = await woman.context().request.post(send, { form: { declared: "1", agreed: "1" }, headers: { origin: server.url } });
  truth(again.url().endsWith("/slip") && (await again.text()).includes(code), "sent again it is the same dossier");
  track = woman.url().replace("/slip", "");
});

await test("elsewhere, wrong words and an unknown code are answered alike; the right words open it", async () => {
  const other = await openWindow(server, { viewport: phone, javaScript: false });
  await other.goto(track);
  truth(other.url().endsWith("/receipt"), "its address alone opens nothing");
  const tried = async (c, w) => { await other.goto("/receipt"); await other.locator('[name="code"]').fill(c); await other.locator('[name="words"]').fill(w); await next(other); return other.locator(".faults").innerText(); };
  const wrong = await tried(code, "cây đa bến nước sân đình x");
  const [head, day, number] = code.split("-");
  const digits = (n) => { const all = head + day + n; let s = 0; [...all].forEach((d, i) => { s += Number(d) * (i % 16 + 1); }); return `${head}-${day}-${n}-${"ACDEFHJKMNPRTVWXY"[s % 17]}`; };
  equal(await tried(digits("9876"), words), wrong, "an unknown code is told as wrong words are");
  truth(/gõ nhầm/.test(await tried(code.replace(number, "1234"), words)), "a mistyped code is said to be one");
  await other.locator('[name="code"]').fill(code.toLowerCase().replaceAll("-", " "));
  await other.locator('[name="words"]').fill(words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d"));
  await next(other);
  truth((await other.locator("main").innerText()).includes(code), "typed without marks, the words open the dossier");
  equal(await other.locator(".words").count(), 0, "who came by the words is not shown them");
});

await test("the clerk finds it in the box, receives it and asks for more; the box is as long as its number", async () => {
  await clerk.goto("/service?box=new");
  const n = Number((await clerk.locator("nav.tabs a[aria-current] b").innerText()));
  equal(await clerk.locator("ul.rows > li").count(), n, "the counter is the list");
  await fits(clerk);
  await clerk.getByRole("link", { name: /Lương Thị Nguyệt Ánh/ }).filter({ hasText: code }).click();
  equal((await axe(clerk)).join("\n"), "", "axe: the dossier");
  truth(await clerk.getByRole("link", { name: /bep.png/ }).isVisible(), "with her file");
  await clerk.locator("#receive summary").click();
  await clerk.locator("#receive button").click();
  await clerk.waitForLoadState();
  await clerk.locator("#supplement summary").click();
  await clerk.locator('#supplement textarea').fill("Cần biết gia đình đang ở tạm nơi nào.");
  await clerk.locator("#supplement button").click();
  await clerk.waitForLoadState();
  await picture(clerk, "service-dossier", true);
  truth(await clerk.locator("#supplement").count() === 0, "more may be asked only once");
});

await test("she answers on her phone, and the clerk goes on to the end", async () => {
  await woman.goto(track);
  truth(await woman.getByText("Cần biết gia đình đang ở tạm nơi nào.").first().isVisible(), "what is asked stands first");
  await look("what is asked for");
  await woman.locator('[name="text"]').fill("Đang ở nhờ nhà em gái, số 12.");
  await next(woman);
  truth(await woman.getByText("Đã nhận phần bổ sung.").isVisible(), "it is said that it came");
  await picture(woman, "service-track-320", true);
  for (const step of ["xac_minh", "quyet_dinh", "chi", "done"]) {
    await clerk.goto(clerk.url().replace(/#.*/, ""));
    await clerk.locator("#advance summary").click();
    await clerk.locator("#to").selectOption(step);
    await clerk.locator("#advance button").click();
    await clerk.waitForLoadState();
  }
  truth((await clerk.locator(".tags").innerText()).includes("Đã xong"), "it is done");
  await clerk.locator("#letters ul a").first().click();
  await clerk.waitForLoadState();
  await fits(clerk);
  truth((await clerk.locator(".service-paper").innerText()).includes(code), "the letter bears the code");
  await woman.goto(track);
  truth((await woman.locator(".road").innerText()).includes("Xong"), "and she sees it");
});

await test("another commune's dossier is nowhere, and the clerk of the city does not find hers", async () => {
  const city = await openWindow(server, { viewport: wide, login: "vanthu" });
  const answer = await city.context().request.get(clerk.url().replace(/\/letter\/.*/, ""));
  equal(answer.status(), 404, "not there for others");
});

await test("nothing went wrong in the browsers", async () => {
  nothingWentWrong(woman, "the woman");
  nothingWentWrong(clerk, "the clerk");
});
await closeBrowser();
await server.stop();
done();
