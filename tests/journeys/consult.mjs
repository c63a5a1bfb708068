// On SQLite only. A draft is asked about: opened by two people, spoken of by a phone without a script and from a meeting, gathered, answered, published by another than who wrote; who has the code reads what became of theirs.
import { axe, closeBrowser, done, equal, fits, nothingWentWrong, openWindow, phone, picture, start, test, truth, wide } from "./lib.mjs";

const server = await start({ args: ["--workers", "2", "--jobs", "1"] });
const small = { width: 320, height: 640 };
const officer = await openWindow(server, { viewport: wide, login: "chuyenvien" }), chair = await openWindow(server, { viewport: phone, login: "lanhdao" });
const man = await openWindow(server, { viewport: small, javaScript: false }), eyes = await openWindow(server, { viewport: small });
for (const p of [officer, chair, man, eyes]) p.allow.push(/40[349]|422/);
const next = async (page) => { await page.locator("form button.main").last().click(); await page.waitForLoadState(); };
const look = async (name) => {
  await eyes.context().addCookies(await man.context().cookies());
  await eyes.goto(man.url());
  await fits(eyes);
  equal((await axe(eyes)).join("\n"), "", `axe: ${name}`);
  await picture(eyes, `consult-${name}`, true);
};
const sound = async (page, name) => { await fits(page); equal((await axe(page)).join("\n"), "", `axe: ${name}`); await picture(page, `consult-${name}`, true); };
const day = (n) => new Date(Date.now() + n * 864e5 + 7 * 36e5).toISOString().slice(0, 10).split("-").reverse().join("/");
const act = async (page, noun, text = "") => {
  await page.goto(item);
  await page.locator(`details#${noun}:not([open]) > summary`).click();
  if (text) await page.locator(`#${noun} textarea`).fill(text);
  await Promise.all([page.waitForNavigation(), page.locator(`#${noun} form button[type="submit"]`).click()]);
};
const state = (page) => page.locator(".head .tag").first().innerText();
let item, code, words;

await test("an officer pastes a draft, which falls apart into its articles; two people open it", async () => {
  await officer.goto("/consult/new");
  for (const [name, value] of Object.entries({ title: "Quy chế chợ dân sinh", lead: "Giờ họp chợ, chỗ để xe, rác.", drafter: "Sở Công Thương", closes_on: day(10), answer_on: day(5), draft: "Điều 1. Giờ họp chợ\nChợ họp từ 5 giờ đến 18 giờ.\nĐiều 2. Chỗ để xe\n1. Mỗi chợ có bãi xe.\n2. Giá 2.000 đồng một lượt.\n" })) await officer.locator(`[name="${name}"]`).fill(value);
  await sound(officer, "form");
  await next(officer);
  equal(await officer.locator(".wrong-why").count(), 1, "answered before it closes is refused at its field");
  await officer.locator('[name="answer_on"]').fill(day(20));
  await next(officer);
  item = new URL(officer.url()).pathname;
  const clauses = await officer.locator("#clauses summary").allInnerTexts();
  equal(clauses, ["Điều 1. Giờ họp chợ", "Điều 2. Chỗ để xe"]);
  await act(officer, "submission");
  equal(await officer.locator("#opening").count(), 0, "who asks may not open it");
  await chair.goto("/consult?tab=approve");
  equal(Number(await chair.locator(".tabs a[aria-current] b").innerText()), await chair.locator("#consults .rows > li").count(), "the box is its number");
  await act(chair, "opening");
  equal(await state(chair), "Đang lấy ý kiến");
  await sound(chair, "show-390");
});

await test("a phone without a script finds it on the portal's front and says something of one article", async () => {
  await man.goto("/portal");
  await man.getByRole("link", { name: "Quy chế chợ dân sinh" }).click();
  await look("public");
  await man.getByRole("link", { name: /Góp ý điều này.*Điều 2/ }).click();
  await man.getByLabel("Không đồng ý").check();
  await next(man);
  equal(await man.locator(".faults li").count(), 1, "why is asked for");
  await look("say");
  await man.getByLabel("Không đồng ý").check();
  await man.locator('[name="text"]').fill("Giữ xe nên miễn phí cho người đi chợ sáng.");
  await next(man);
  await look("check");
  const send = `${man.url()}/send`;
  await next(man);
  code = await man.locator(".code").innerText();
  words = await man.locator(".words").innerText();
  truth(/^31-\d{6}-\d{4}-[A-Z]$/.test(code), code);
  await look("receipt");
  const again = await man.context().request.post(send, { form: {}, headers: { origin: server.url } });
  truth((await again.text()).includes(code), "sent again it is the same opinion");
});

await test("the office enters one of a meeting, gathers both, and cannot ask to publish while one is unanswered", async () => {
  await officer.goto(`${item}/opinion/new`);
  await officer.locator('select[name="via"]').selectOption("meeting");
  await officer.locator('[name="source"]').fill("Hội nghị tổ dân phố 4");
  await officer.locator('select[name="clause"]').selectOption("2");
  await officer.locator('[name="text"]').fill("Miễn phí giữ xe buổi sáng.");
  await officer.locator('[name="people"]').fill("12");
  await sound(officer, "enter");
  await next(officer);
  await officer.goto(item);
  await sound(officer, "show");
  await officer.locator(".consult-counts a", { hasText: "Chưa gom" }).click();
  equal(await officer.locator("#opinions > li").count(), 2, "the number is the list");
  await act(officer, "end");
  await act(officer, "request");
  truth((await officer.locator("main").innerText()).includes("Còn 2 ý kiến chưa được trả lời"), "it says how many are left");
  await officer.goto(`${item}/opinion?clause=2`);
  for (const box of await officer.locator('#opinions input[type="checkbox"]').all()) await box.check();
  await officer.locator('#group [name="title"]').fill("Giữ xe buổi sáng miễn phí");
  await sound(officer, "opinions");
  await next(officer);
  await officer.locator('[name="verdict"]').selectOption("part");
  await officer.locator('[name="reason"]').fill("Miễn phí trước 8 giờ; sau đó vẫn thu để trả người trông.");
  await officer.locator('[name="wording"]').fill("2. Giá 2.000 đồng một lượt; trước 8 giờ miễn phí.");
  await sound(officer, "theme");
  await next(officer);
  await act(officer, "request");
  equal(await state(officer), "Chờ duyệt công bố");
});

await test("another publishes; the public reads verdict and reason, and the code tells its owner", async () => {
  const track = man.url();
  await man.goto(track);
  truth(!(await man.locator("main").innerText()).includes("Miễn phí trước 8 giờ"), "answers come together, not before");
  await act(chair, "publication");
  equal(await state(chair), "Đã trả lời đủ");
  const other = await openWindow(server, { viewport: small, javaScript: false });
  await other.goto("/receipt");
  await other.locator('[name="code"]').fill(code);
  await other.locator('[name="words"]').fill(words);
  await next(other);
  const text = await other.locator("main").innerText();
  for (const part of ["Tiếp thu một phần", "Miễn phí trước 8 giờ", "Sau khi tiếp thu"]) truth(text.includes(part), part);
  await man.goto(track);
  await look("told");
  await man.goto(`/consult/open/${item.split("/").pop()}`);
  truth((await man.locator("main").innerText()).includes("13 người"), "how many said so");
  await look("answered");
  await officer.goto("/consult?tab=published");
  await sound(officer, "list");
});

for (const [name, page] of Object.entries({ officer, chair, man, eyes })) nothingWentWrong(page, name);
await closeBrowser();
done();
