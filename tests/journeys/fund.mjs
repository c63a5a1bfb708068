// On SQLite only. From a bank's statement to a house: uploaded, looked at, put in the books, seen by everybody, spent by a decision, shown with
// evidence; the same file again changes nothing; a giver changes her mind; the published file is checked by the program.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { axe, closeBrowser, done, equal, fits, folder, nothingWentWrong, openWindow, phone, program, start, test, truth, until } from "./lib.mjs";

const server = await start();
const officer = await openWindow(server, { login: "chuyenvien" }), chair = await openWindow(server, { login: "lanhdao" });
const anybody = await openWindow(server, { viewport: phone, javaScript: false });
officer.allow.push(/422/);
const json = (page, path) => page.evaluate(async (p) => (await fetch(p, { headers: { accept: "application/json" } })).json(), path);
const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10), day = today.split("-").reverse().join("/");
const csv = ["STT;Ngày giờ GD;Số bút toán;Phát sinh nợ;Phát sinh có;Diễn giải",
  `1;${day};HT0001;;70123456;DINH THI KIM OANH ung ho nha dai doan ket`, `2;${day};HT0002;;412000;QUACH THI DUNG ung ho nha dai doan ket giau ten`,
  `3;${day};HT0003;;531000;TO NGOC HAI chuyen tien`, `4;${day};HT0004;60000000;;Chi ho tro xay nha dai doan ket`].join("\n");
const file = { name: "sao-ke-thu.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
const fund = (await json(officer, "/fund")).rows[0].link, open = fund.replace("/fund/", "/fund/public/");
const total = async () => (await json(officer, fund)).held;
const press = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole("button", { name, exact: true }).first().click()]);
async function upload() {
  await officer.goto(`${fund}/statement`);
  await officer.locator('select[name="account"]').selectOption({ index: 1 });
  await officer.locator('[name="file"]').setInputFiles(file);
  await Promise.all([officer.waitForURL(/statement\/\d+$/), officer.getByRole("button", { name: "Đọc và xem trước" }).click()]);
  return new URL(officer.url()).pathname;
}
const settled = (path, state) => until(`the statement is ${state}`, async () => (await json(officer, path))[`is_${state}`]);
let statement;

await test("a statement is read, its doubtful line is put right with one press, and it goes into the books", async () => {
  const before = await total();
  statement = await upload();
  await settled(statement, "read");
  await officer.goto(statement);
  equal(await officer.locator(".fund-lines > li").count(), 1, "doubtful lines");
  equal(await total(), before, "what there is before it was put in");
  await press(officer, "Là ủng hộ");
  equal((await json(officer, statement)).n_doubtful, 0, "doubtful lines left");
  await officer.goto(statement);
  await press(officer, "Vào sổ");
  await settled(statement, "taken");
  equal(await total(), before + 70123456 + 412000 + 531000 - 60000000, "what there is");
});

await test("the same statement a second time changes nothing", async () => {
  const before = await total();
  equal(await upload(), statement, "where the same file leads");
  equal(await total(), before, "what there is");
});

await test("anybody finds the gift on a phone without an account, and never the giver who wants to stay hidden", async () => {
  await anybody.goto(`${open}?q=${encodeURIComponent(`Đinh Thị Kim Oanh 70.123.456 ${day}`)}`);
  equal(await anybody.locator(".ledger .num").count(), 1, "lines found");
  await anybody.goto(`${open}?q=412000`);
  truth((await anybody.locator(".ledger .who").innerText()).includes("không nêu tên"), "the hidden giver is not named");
  await anybody.goto(`${open}?q=quach+thi+dung`);
  equal(await anybody.locator(".ledger .num").count(), 0, "lines by the hidden name");
  await anybody.goto(`${open}?q=${encodeURIComponent(`kim oanh 412000`)}`);
  truth(await anybody.getByText("Không thấy khoản nào khớp cả hai điều.").count(), "which part failed is said");
  truth((await anybody.locator(".chips a").count()) === 2, "what to leave out is offered");
});

await test("a decision is drawn up, approved by the chair, paid out of the bank's line and shown with evidence; the house is not named in public", async () => {
  await officer.goto(`${fund}/household/new`);
  await officer.locator('[name="name"]').fill("Kiều Thị Thử Nghiệm");
  await officer.locator('[name="commune"]').fill("Phường Lê Chân");
  await officer.locator('[name="class"]').selectOption("poor");
  await press(officer, "Thêm hộ");
  await officer.goto(`${fund}/decision/new`);
  await officer.locator('[name="number"]').fill("99/QĐ-THU");
  await officer.locator('[name="day_on"]').fill(day);
  await officer.locator('select[name="campaign"]').selectOption(await officer.locator('select[name="campaign"] option', { hasText: "Nhà Đại đoàn kết" }).getAttribute("value"));
  await officer.locator('[name="purpose"]').selectOption("house");
  await officer.locator('[name="words"]').fill("Một nhà cho hộ nghèo");
  await press(officer, "Lập quyết định");
  const decision = new URL(officer.url()).pathname;
  await officer.locator('select[name="household"]').selectOption(await officer.locator('select[name="household"] option', { hasText: "Thử Nghiệm" }).getAttribute("value"));
  await officer.locator('[name="amount"]').fill("60.000.000");
  await officer.locator('[name="due_on"]').fill(day);
  await press(officer, "Thêm");
  equal(await officer.getByRole("button", { name: "Duyệt chi" }).count(), 0, "the officer's button to approve");
  await chair.goto(decision);
  await press(chair, "Duyệt chi");
  const { payments } = await json(officer, decision);
  await officer.goto(payments[0].link);
  await officer.locator('select[name="transfer"]').selectOption(await officer.locator('select[name="transfer"] option', { hasText: "60.000.000" }).first().getAttribute("value"));
  await press(officer, "Gắn với dòng này");
  await officer.locator('[name="file"]').setInputFiles({ name: "ban-giao.txt", mimeType: "text/plain", buffer: Buffer.from("Biên bản bàn giao nhà\n") });
  await press(officer, "Đính vào");
  truth(await officer.getByText("ban-giao.txt").count(), "the evidence is there");
  await anybody.goto(`${open}?q=99+thu`);
  truth((await anybody.locator(".ledger .who").innerText()).includes("Phường Lê Chân"), "the commune is told");
  truth(!(await anybody.content()).includes("Thử Nghiệm"), "the household is not");
});

await test("a giver changes her mind, is hidden at once, and the new publication is accepted by the program and refused with a digit changed", async () => {
  const gifts = await json(officer, `${fund}/gift`), gift = gifts.lines.find((l) => l.donor === "DINH THI KIM OANH").link;
  await officer.goto(gift);
  await press(officer, "Giấu tên");
  await anybody.goto(`${open}?q=kim+oanh+70123456`);
  equal(await anybody.locator(".ledger .num").count(), 0, "lines by her name");
  const before = (await json(officer, fund)).publications.length ? (await json(officer, fund)).publications[0].link : "";
  await officer.goto(fund);
  await press(officer, "Công bố bản mới");
  await until("it is published", async () => (await json(officer, fund)).publications[0]?.link !== before);
  const text = await officer.evaluate(async (p) => (await fetch(p)).text(), (await json(officer, fund)).publications[0].link);
  const dir = folder(), path = join(dir, "cong-khai.txt"), wrong = join(dir, "sai.txt"), receipts = join(dir, "bien-nhan.json");
  truth(text.split("\n").find((l) => l.includes("\t70123456\t")).includes("\t*\t"), "her name is not in it");
  writeFileSync(path, text);
  writeFileSync(receipts, `${(await json(officer, gift)).proof}\n`);
  truth(execFileSync(program, ["fund", "verify", path, "--receipts", receipts], { encoding: "utf8" }).includes("Khớp"), "the program accepts it, with her proof");
  writeFileSync(wrong, text.replace("\t70123456\t", "\t70123457\t"));
  let isRefused = false;
  try { execFileSync(program, ["fund", "verify", wrong], { stdio: "pipe" }); } catch { isRefused = true; }
  truth(isRefused, "one digit changed is refused");
});

await test("its pages stand at 320, 390 and 1366 and pass axe", async () => {
  const pages = [fund, `${fund}/gift`, statement, `${fund}/decision`, `${fund}/book`, "/fund/public", open];
  for (const path of pages) {
    for (const width of [1366, 390, 320]) {
      await officer.setViewportSize({ width, height: 850 });
      await officer.goto(path);
      await fits(officer);
    }
    equal((await axe(officer)).join("\n"), "", `axe at ${path}`);
  }
});

await test("nothing went wrong in the browsers", async () => {
  for (const [page, who] of [[officer, "the officer"], [chair, "the chair"], [anybody, "anybody"]]) nothingWentWrong(page, who);
});
await closeBrowser();
await server.stop();
done();
