// On SQLite only. A phone of 320 px without a script writes to the commune's committee, answers what is asked, is transferred and answered, and says "chưa", then "đúng"; and a denunciation keeps who wrote it to itself.
import { axe, closeBrowser, done, equal, fits, nothingWentWrong, openWindow, picture, start, test, truth, wide } from "./lib.mjs";

const server = await start({ args: ["--workers", "2", "--jobs", "1"] });
const small = { width: 320, height: 640 };
const woman = await openWindow(server, { viewport: small, javaScript: false });
const eyes = await openWindow(server, { viewport: small });
const clerk = await openWindow(server, { viewport: wide, login: "xa" });
for (const p of [woman, eyes, clerk]) p.allow.push(/40[349]|422/);
const next = async (page) => { await page.locator("form button.main").last().click(); await page.waitForLoadState(); };
const look = async (name, of = woman) => {
  await eyes.context().addCookies(await of.context().cookies());
  await eyes.goto(of.url());
  await fits(eyes);
  equal((await axe(eyes)).join("\n"), "", `axe: ${name}`);
  await picture(eyes, `letter-${name}`, true);
};
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkM9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
let code, words, track, letter;
const act = async (noun, fields = {}, choices = {}) => {
  await clerk.goto(letter);
  await clerk.locator(`details#${noun}:not([open]) > summary`).click();
  const form = clerk.locator(`form[action="${letter}/${noun}"]`);
  for (const [name, value] of Object.entries(choices)) await form.locator(`select[name="${name}"]`).selectOption(value);
  for (const [name, value] of Object.entries(fields)) await form.locator(`[name="${name}"]`).fill(value);
  await Promise.all([clerk.waitForNavigation(), form.locator('button[type="submit"]').click()]);
};

await test("a phone without a script finds where to write; what lacks is said at its place and nothing typed is lost", async () => {
  await woman.goto("/portal");
  await woman.getByRole("link", { name: /Gửi đơn, phản ánh/ }).first().click();
  await look("send");
  await next(woman);
  await woman.locator('[name="text"]').fill("Nắp cống trước cổng trường tiểu học trên đường Hồ Sen vỡ từ ngày 20/11, xe máy đã ngã hai lần. Đề nghị sửa ngay.");
  await woman.getByLabel("Một người, có ghi tên").check();
  await woman.getByLabel("Mặt trận phường, xã, đặc khu nơi xảy ra việc").check();
  await next(woman);
  equal(await woman.locator(".faults li").count(), 3, "name, address and place lack");
  truth((await woman.locator('[name="text"]').inputValue()).startsWith("Nắp cống"), "what was typed stays");
  await look("faults");
  await woman.locator('[name="name"]').fill("Ngô Thị Sáu");
  await woman.locator('[name="address"]').fill("số 4 đường Hồ Sen, phường Lê Chân");
  await woman.locator('[name="place"]').fill("phường Lê Chân");
  await woman.locator('[name="file"]').setInputFiles([{ name: "nap-cong.png", mimeType: "image/png", buffer: png }, { name: "nham.png", mimeType: "image/png", buffer: Buffer.concat([png, Buffer.from("2")]) }]);
  await next(woman);
  equal(await woman.locator("h1").innerText(), "Xem lại trước khi gửi");
});

await test("she looks again, drops a file, sends once, and gets a code, three words and a QR", async () => {
  await woman.getByRole("button", { name: /Bỏ tệp này.*nham.png/ }).click();
  truth(!(await woman.locator("main").innerText()).includes("nham.png"), "the wrong file is gone");
  await look("check");
  await next(woman);
  equal(await woman.locator(".faults li").count(), 2, "nothing is ticked beforehand");
  await woman.locator('[name="declared"]').check();
  await woman.locator('[name="agreed"]').check();
  const send = woman.url().replace("/check", "/send");
  await next(woman);
  code = await woman.locator(".code").innerText();
  words = await woman.locator(".words").innerText();
  truth(/^11383-\d{6}-\d{4}-[A-Z]$/.test(code), `a code of the commune: ${code}`);
  equal(await woman.locator(".qr svg").count(), 1);
  await look("receipt");
  const again = await woman.context().request.post(send, { form: { declared: "1", agreed: "1" }, headers: { origin: server.url } });
  truth(again.url().endsWith("/slip") && (await again.text()).includes(code), "sent again it is the same letter");
  track = new URL(woman.url()).pathname.replace("/slip", "");
});

await test("another machine needs code and words; an unknown code and wrong words are told alike", async () => {
  const other = await openWindow(server, { viewport: small, javaScript: false });
  other.allow.push(/422/);
  await other.goto(track);
  truth(other.url().endsWith("/receipt"), "its address alone opens nothing");
  const tried = async (c, w) => { await other.goto("/receipt"); await other.locator('[name="code"]').fill(c); await other.locator('[name="words"]').fill(w); await next(other); return other.locator(".faults").innerText(); };
  const wrong = await tried(code, "cây đa bến nước sân đình x");
  const [head, day] = code.split("-"), all = `${head}${day}9876`;
  let sum = 0;
  [...all].forEach((d, i) => { sum += Number(d) * (i % 16 + 1); });
  equal(await tried(`${head}-${day}-9876-${"ACDEFHJKMNPRTVWXY"[sum % 17]}`, words), wrong);
  await other.locator('[name="code"]').fill(code);
  await other.locator('[name="words"]').fill(words);
  await next(other);
  truth((await other.locator("main").innerText()).includes("Đã nhận, vào sổ số"), "the right words open it");
});

await test("the commune's clerk finds it by its channel with proposals and a clock, and asks; she reads and answers", async () => {
  await clerk.goto("/petition?channel=portal");
  await clerk.locator(".rows a", { hasText: "Ngô Thị Sáu" }).first().click();
  letter = new URL(clerk.url()).pathname;
  const text = await clerk.locator("main").innerText();
  for (const part of ["Cổng thông tin", code, "Ngô Thị Sáu", "nap-cong.png", "Kiến nghị, phản ánh", "Phường Lê Chân"]) truth(text.includes(part), part);
  truth(await clerk.locator(".letter-clock").count() >= 1, "a clock runs");
  await act("question", { text: "Nắp cống ở bên số chẵn hay số lẻ?" });
  await woman.goto(track);
  await look("asked");
  await woman.locator('[name="text"]').fill("Bên số chẵn, ngay cổng trường.");
  await next(woman);
  truth((await woman.locator("main").innerText()).includes("Mặt trận đã nhận phần bổ sung."), "it came");
  await clerk.goto(letter);
  truth((await clerk.locator("#thread").innerText()).includes("Bên số chẵn, ngay cổng trường."), "the office reads it");
  await fits(clerk);
  equal((await axe(clerk)).join("\n"), "", "axe: the letter");
});

await test("transferred and answered, in plain words and without the office's own; she says chưa, then đúng, and rates", async () => {
  await act("transfer", { body: "UBND phường Lê Chân", text: "Lời riêng gửi nơi nhận." });
  await woman.goto(track);
  let page = await woman.locator("main").innerText();
  truth(page.includes("Đã chuyển đến UBND phường Lê Chân") && !page.includes("Lời riêng"), "where it is, not what the offices write each other");
  await act("reply", { text: "Lời riêng của phường." }, { kind: "result" });
  await act("answer", { text: "Đã thay nắp cống bằng gang ngày 29/11." });
  await woman.goto(track);
  await look("answered");
  await woman.getByLabel("Chưa", { exact: true }).check();
  await next(woman);
  equal(await woman.locator(".faults li").count(), 1, "what is not right yet is asked for");
  await woman.locator('[name="text"]').first().fill("Nắp mới bị kênh.");
  await next(woman);
  await act("answer", { text: "Đã kê lại nắp, xe đi êm." });
  await woman.goto(track);
  await woman.getByLabel("Đúng, việc đã được giải quyết").check();
  await woman.getByLabel("5: rất hài lòng").check();
  await next(woman);
  page = await woman.locator("main").innerText();
  truth(page.includes("Đã kết thúc") && page.includes("Đã chấm 5 trên 5") && !page.includes("Lời riêng"), "it is over");
  await look("over");
  await clerk.goto(letter);
  truth((await clerk.locator(".tags").first().innerText()).includes("Người gửi chấm 5 trên 5"), "the office sees how it was rated");
});

await test("who denounces by the portal is named nowhere in the office, nor by what they add", async () => {
  await woman.goto("/petition/send");
  await next(woman);
  await woman.locator('[name="text"]').fill("Tôi tố cáo ông Trần Văn Tám, trưởng thôn, ăn chặn tiền hỗ trợ nhà Đại đoàn kết của 12 hộ nghèo trong tháng 10. Đề nghị xử lý nghiêm người vi phạm.");
  await woman.getByLabel("Một người, có ghi tên").check();
  await woman.getByLabel("Mặt trận thành phố").check();
  await woman.locator('[name="name"]').fill("Quách Thị Mơ");
  await woman.locator('[name="address"]').fill("thôn Đoài, xã An Hưng");
  await next(woman);
  await woman.locator('[name="declared"]').check();
  await woman.locator('[name="agreed"]').check();
  await next(woman);
  await woman.locator("a.all").click();
  truth((await woman.locator("main").innerText()).includes("giữ bí mật"), "she is told so");
  await woman.locator("details.more summary").click();
  await woman.locator('[name="text"]').fill("Quách Thị Mơ xin bổ sung: hộ thứ 13 là nhà bà Lụa.");
  await woman.locator('details.more button').click();
  const chair = await openWindow(server, { viewport: wide, login: "lanhdao" }), office = await openWindow(server, { viewport: wide, login: "vanthu" });
  await chair.goto("/petition?channel=portal");
  truth(!(await chair.locator("main").innerText()).includes("Quách"), "not in the list");
  await chair.locator("#letters .rows a", { hasText: "Người tố cáo được giữ bí mật" }).first().click();
  const text = await chair.locator("main").innerText();
  truth(text.includes("hộ thứ 13") && !text.includes("Quách") && !text.includes("Đoài"), "the working copy has what was added without who");
  await office.goto("/petition?channel=portal");
  truth(!(await office.locator("main").innerText()).includes("Trần Văn Tám"), "not the clerks' to read");
});

for (const [name, page] of Object.entries({ woman, eyes, clerk })) nothingWentWrong(page, name);
await closeBrowser();
done();
