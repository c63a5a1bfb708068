// On SQLite only: a secret ballot from its opening to the check of its board: the chair, two delegates on their phones, one line that breaks, one without scripts.
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { axe, closeBrowser, done, equal, fits, folder, nothingWentWrong, openWindow, phone, program, rows, start, test, truth } from "./lib.mjs";

const server = await start();
const chair = await openWindow(server, { login: "lanhdao" }), officer = await openWindow(server, { login: "chuyenvien", viewport: phone }), admin = await openWindow(server, { login: "quantri", viewport: phone });
for (const p of [chair, officer, admin]) p.allow.push(/404|409|ERR_FAILED|ERR_INTERNET/);
const send = async (page, action) => Promise.all([page.waitForNavigation(), page.locator(`form[action="${action}"] button[type="submit"]`).first().click()]);
const state = (page) => page.locator(".ballot-state");
const told = (page, words) => state(page).filter({ hasText: words }).waitFor();
const json = { headers: { accept: "application/json" } };
const path = (await (await chair.request.get("/meeting?box=today", json)).json()).lines[0].link;
const names = ["Nguyễn Thị Lụa", "Phạm Văn Bách", "Đỗ Thị Cúc"];
let vote = "", words = "";

await test("the way is offered where the meeting's row allows it, and nowhere else", async () => {
  await send(await chair.goto(path).then(() => chair), `${path}/opening`);
  await chair.goto(`${path}/vote`);
  equal(await chair.locator('[name="way"] option', { hasText: "Bỏ phiếu kín điện tử" }).count() + await chair.locator('[name="way"][value="secret"]').count(), 1, "the standing committee");
  const commune = await openWindow(server, { login: "xa" });
  const briefing = (await (await commune.request.get("/meeting?box=ahead", json)).json()).lines[0].link;
  await commune.goto(`${briefing}/vote`);
  truth(!(await commune.locator("form.card").innerText()).includes("kín"), "a briefing offers a secret ballot");
  await commune.context().close();
});

await test("the chair opens a ballot among three names; who is there takes one paper on one device", async () => {
  await officer.goto(`${path}/hall`);
  await send(officer, `${path}/presence`);
  await chair.goto(`${path}/vote`);
  await chair.locator('[name="text"]').fill("Giới thiệu hai người bổ sung Ban Thường trực");
  const way = chair.locator('[name="way"]').first();
  if ((await way.evaluate((e) => e.tagName)) === "SELECT") await way.selectOption("secret"); else await chair.locator('[name="way"][value="secret"]').check();
  await chair.locator('[name="names"]').fill(names.join("\n"));
  await chair.locator('[name="most"]').fill("2");
  await send(chair, `${path}/vote`);
  vote = new URL(chair.url()).pathname;
  words = await chair.locator(".ballot-words").innerText();
  equal(words.split(" ").length, 8, words);
  for (const page of [chair, officer, admin]) {
    await page.goto(vote);
    equal(await page.locator(".ballot-words").innerText(), words, "the words on each device");
    await page.getByRole("button", { name: "Nhận lá phiếu" }).click();
    await told(page, "nằm trong máy này");
  }
  const other = await openWindow(server, { login: "chuyenvien" });
  await other.goto(vote);
  await told(other, "một máy hoặc trình duyệt khác");
  await other.context().close();
  const plain = await openWindow(server, { login: "lanhdao", javaScript: false });
  await plain.goto(vote);
  truth((await plain.locator("#own").innerText()).includes("phiếu giấy đóng dấu"), "without scripts nothing is said of paper");
  await plain.context().close();
});

await test("papers go without cookie or page; a broken line sends the same paper again; a half-made choice stays", async () => {
  await send(chair, `${vote}/casting`);
  const heads = [];
  officer.on("request", (r) => { if (r.url().endsWith("/slip")) heads.push(r); });
  await officer.locator("fieldset[data-vote]").waitFor();
  await officer.getByLabel(names[0]).check();
  await officer.getByLabel(names[2]).check();
  await officer.route("**/slip", (r) => r.abort());
  await officer.locator("[data-cast]").click();
  await told(officer, "vẫn trong máy này");
  await officer.unroute("**/slip");
  await officer.getByRole("button", { name: "Gửi lại lá phiếu" }).click();
  await told(officer, "đã vào hòm");
  for (const r of heads) { const h = await r.allHeaders(); equal([h.cookie, h.referer], [undefined, undefined], "what goes with the paper"); }
  truth(heads.length === 2 && heads[0].postData() === heads[1].postData(), "not the same paper");
  await chair.locator("fieldset[data-vote]").waitFor();
  for (const n of names) await chair.getByLabel(n).check();
  await chair.locator("[data-cast]").click();
  await told(chair, "Chọn nhiều quá");
  await chair.getByLabel(names[1]).uncheck();
  await chair.locator("[data-cast]").click();
  await told(chair, "đã vào hòm");
  await admin.locator("fieldset[data-vote]").waitFor();
  await admin.getByRole("button", { name: "Bỏ phiếu trắng" }).click();
  await told(admin, "đã vào hòm");
  truth(!(await officer.locator("#result").innerText()).includes("Trúng"), "a result before the closing");
  equal(await axe(officer), [], "while voting");
});

await test("closed: each finds the own paper under the last seal, and the result adds up", async () => {
  await chair.goto(vote);
  await send(chair, `${vote}/closing`);
  await told(chair, `${names[0]}, ${names[2]}`);
  await officer.goto(vote);
  await told(officer, `Phiếu của tôi có trong bảng, đúng với niêm phong của hòm: ${names[0]}, ${names[2]}.`);
  await admin.goto(vote);
  await told(admin, "phiếu trắng");
  equal(await chair.locator("#result tbody td:last-child").allInnerTexts(), ["2", "0", "2", "1"], "votes");
  const [receipt] = await Promise.all([officer.waitForEvent("download"), officer.getByRole("button", { name: "Lưu biên nhận" }).click()]);
  truth(receipt.suggestedFilename().startsWith("bien-nhan-"), receipt.suggestedFilename());
});

await test("the board is found whole by the program alone, and refused when one character is another", async () => {
  const board = await (await officer.request.get(`${vote}/board`)).text(), file = join(folder(), "bang.txt");
  const check = (text, ...more) => { writeFileSync(file, text); return spawnSync(program, ["ballot", "verify", file, ...more], { encoding: "utf8" }); };
  const right = check(board, "--words", words);
  equal([right.status, right.stdout.includes("nguyên vẹn")], [0, true], right.stdout);
  const said = JSON.parse(execFileSync(program, ["ballot", "verify", file, "--json"], { encoding: "utf8" }));
  equal([said.valid, said.taken, said.cast, said.blank, said.options.map((o) => o.votes)], [true, 3, 3, 1, [2, 0, 2]]);
  for (const [from, to] of [["\t1,3\t", "\t1,2\t"], ["count\t1\t2", "count\t1\t3"], ["taken\t1\n", ""], [names[1], "Phạm Văn Bích"]]) {
    truth(board.includes(from), from);
    const wrong = check(board.replace(from, to));
    equal([wrong.status, /SAI\. Dòng \d+/.test(wrong.stdout)], [1, true], wrong.stdout);
  }
  equal(check(board, "--words", "ba hai").status, 1, "other words");
});

await test("the database holds no key, no stamp and no time of a paper", async () => {
  const id = vote.split("/").at(-1);
  const [ballot, lots, roll] = rows(server, `SELECT phase, length(signer) AS signer, length(seed) AS seed FROM meeting_ballot WHERE vote = ${id}`,
    `SELECT lot FROM meeting_lot WHERE vote = ${id}`, `SELECT stamp, blinded FROM meeting_roll WHERE vote = ${id}`);
  equal(ballot, [{ phase: "closed", signer: 0, seed: 0 }]);
  equal(lots, []);
  truth(roll.every((r) => r.stamp === "" && ["", "-"].includes(r.blinded)), JSON.stringify(roll));
});

await test("no page is wider than 320, 390 or 1366, and axe finds nothing", async () => {
  for (const at of [vote, "/ballot"]) {
    await chair.goto(at);
    equal(await axe(chair), [], at);
    for (const width of [320, 390, 1366]) { await chair.setViewportSize({ width, height: 844 }); await fits(chair); }
  }
});

await test("nothing went wrong in the browsers", async () => {
  nothingWentWrong(chair, "the chair");
  nothingWentWrong(officer, "the officer");
  nothingWentWrong(admin, "the administrator");
});
await closeBrowser();
await server.stop();
done();
