// The library of law: found by words and by number, read on a day, compared, cited, watched, kept; without scripts and on a phone.
// On SQLite only: what differs by database is asked by the unit tests, the routes and the journeys of documents, tasks and search.
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { closeBrowser, done, equal, fits, freshDatabase, folder, nothingWentWrong, openWindow, phone, picture, program, start, test, truth, until } from "./lib.mjs";

const data = folder(), db = freshDatabase();
const server = await start({ data, db });
const front = "Luật Mặt trận Tổ quốc Việt Nam";
let officer, chair, plain, law;

const main = (page) => page.locator("main").innerText();
const notices = (page) => page.locator(".notices li .t").allInnerTexts();
const plainly = async (address) => { await officer.goto("/desk"); await officer.goto(address); };
const json = async (page, path, status = 200) => {
  const answer = await page.request.get(path, { headers: { Accept: "application/json" } });
  equal(answer.status(), status, `status of ${path}`);
  return status === 200 ? answer.json() : null;
};

await test("the library opens from the navigation, with the three families and counts", async () => {
  officer = await openWindow(server, { login: "chuyenvien" });
  chair = await openWindow(server, { login: "lanhdao", viewport: phone });
  await officer.goto("/desk");
  await officer.locator('#places a[href="/law"]').click();
  await officer.waitForURL("**/law");
  const families = await json(officer, "/law");
  for (const name of ["state", "party", "front"]) truth(families.families.some((f) => f.value === name && f.count > 0), `the family ${name}`);
  await picture(officer, "law-1-home");
});

await test("a number typed in any usual way opens its document", async () => {
  for (const number of ["75/2015/QH13", "Luật số 75 / 2015/qh13"]) {
    await officer.goto("/law");
    await officer.locator('.law-find input[name="q"]').fill(number);
    await officer.locator('.law-find button.main').click();
    await officer.waitForURL(/\/law\/\d+$/);
    truth((await officer.locator("h1").innerText()).startsWith(front), `${number} opens the Front's law`);
  }
  law = /\/law\/(\d+)/.exec(officer.url())[1];
});

await test("words without diacritics find the article, its words marked, and lead to it in the text", async () => {
  await until("the index has the library", async () => (await json(officer, `/law?q=${encodeURIComponent("ngay hoi dai doan ket toan dan toc")}`)).items.length > 0, 60000);
  await officer.goto(`/law?q=${encodeURIComponent("ngay hoi dai doan ket toan dan toc")}`);
  const found = officer.locator(".results li", { hasText: "Điều 11" }).first();
  truth((await found.locator("mark").count()) > 0, "words are marked");
  await found.locator("a").first().click();
  await officer.waitForURL(/at=art_11/);
  truth(await officer.locator("#art_11").isVisible(), "the article is there");
});

await test("filters stand in the address, and each can be taken away", async () => {
  await officer.goto("/law?type=LUAT&state=force");
  const titles = await officer.locator(".law-rows .meta .no").allInnerTexts();
  truth(titles.length > 0 && titles.every((t) => /QH\d+/.test(t)), `only laws: ${titles}`);
  await officer.locator(".law-chosen a.chip").first().click();
  truth(!/type=/.test(officer.url()) && /state=force/.test(officer.url()), `one filter less: ${officer.url()}`);
});

await test("the law says aloud that it was amended, marks where, and is a reading copy without legal value", async () => {
  await officer.goto(`/law/${law}`);
  const said = await main(officer);
  truth(/Đã được sửa đổi bởi Luật 97\/2025\/QH15/.test(said), "amended since is said");
  truth(/không có giá trị pháp lý/.test(said), "a reading copy is called so");
  await officer.goto(`/law/${law}?at=art_5`);
  truth(/Sửa đổi, bổ sung/.test(await officer.locator("#art_5__cl_1 .law-marks").innerText()), "the mark stands at the clause");
  await picture(officer, "law-2-reading");
});

await test("as enacted and on a day before, the old words are read, with the way to the current ones", async () => {
  for (const path of [`/law/${law}?view=enacted&at=art_1`, `/law/${law}?on=30%2F06%2F2025&at=art_1`]) {
    await officer.goto(path);
    truth(/Xem bản hiện hành/.test(await main(officer)), `${path} leads to the current words`);
    truth(!/bộ phận của hệ thống chính trị/.test(await officer.locator("#art_1").innerText()), `${path} has the old words`);
  }
  await officer.goto(`/law/${law}?on=1%2F7%2F2025&at=art_1`);
  truth(/bộ phận của hệ thống chính trị/.test(await officer.locator("#art_1").innerText()), "from the day on, the new words");
});

await test("a date that is none is said at the field, and what was typed stays", async () => {
  await officer.goto(`/law/${law}?on=31%2F02%2F2025`);
  equal(await officer.locator('input[name="on"]').inputValue(), "31/02/2025", "what was typed");
  truth(/Ngày chưa đúng/.test(await officer.locator("#on-why").innerText()), "the fault");
});

await test("history leads to comparing: changed words are marked on both sides, a moved place is known", async () => {
  await officer.goto(`/law/${law}/history`);
  await officer.locator("main a", { hasText: "So với trước đó" }).first().click();
  await officer.waitForURL(/compare/);
  truth((await officer.locator(".law-row ins").count()) > 0 && (await officer.locator(".law-row del").count()) > 0, "marks on both sides");
  const v = await json(officer, `/law/${law}/compare?from=2025-06-30&to=2025-07-01`);
  truth(v.changed > 0 && v.rows.every((r) => r.kind !== "same"), "only changes are shown");
  const row = v.rows.find((r) => r.eid === "art_1");
  truth(row.after.some((p) => p.is_changed) && row.after.some((p) => !p.is_changed), "syllables, not the whole, are marked");
  await picture(officer, "law-3-compare");
  const same = await json(officer, `/law/${law}/compare?from=2025-07-02&to=2025-07-03`);
  truth(same.is_same, "two days with the same words are the same");
});

await test("two works are compared, and a work that is not there is said so", async () => {
  const other = await json(officer, `/law/${law}/compare?with=${encodeURIComponent("42/2013/QH13")}`);
  truth(other.is_other && other.has_result, "compared with the other");
  await officer.goto(`/law/${law}/compare?with=${encodeURIComponent("999/2099/QH99")}`);
  truth(/Không có văn bản mang số hay tên này/.test(await main(officer)), "not there");
});

await test("relations stand both ways with counts, and what is not in the library is kept by name", async () => {
  const v = await json(officer, `/law/${law}/relation`);
  const amended = v.to.find((g) => g.code === "amends");
  equal(amended.count, 1, "one act amends it");
  truth(v.from.some((g) => g.items.some((i) => i.is_lost)), "unresolved ones are shown");
  truth(v.nodes.length > 2 && v.lines.length > 0, "and drawn");
  await officer.goto(`/law/${law}/relation`);
  await picture(officer, "law-4-relations");
});

await test("a provision has a page: its citation, its words over time, and a lasting address", async () => {
  await officer.goto(`/law/${law}/place/art_5__cl_1`);
  const cite = await officer.locator("#cite").innerText();
  truth(/^Khoản 1 Điều 5 Luật Mặt trận Tổ quốc Việt Nam số 75\/2015\/QH13/i.test(cite) && /có hiệu lực từ ngày 01\/07\/2025/.test(cite), `citation: ${cite}`);
  truth((await officer.locator(".law-tree > li").count()) >= 2, "two wordings");
  const v = await json(officer, `/law/${law}/place/art_5__cl_1`);
  const answer = await officer.request.get(`/law/${v.place.id}`);
  truth(answer.url().includes(`/law/${law}?at=art_5__cl_1`), `the place's own address leads to its work: ${answer.url()}`);
  await officer.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await officer.locator('[data-copy="#cite"]').click();
  await until("the citation is copied", async () => (await officer.evaluate(() => navigator.clipboard.readText())) === cite);
  await json(officer, `/law/${law}/place/art_999`, 404);
  await json(officer, `/law/4611686018427387904`, 404);
});

await test("English stands beside Vietnamese, and is called a translation for reference", async () => {
  await officer.goto(`/law/${law}?lang=en&at=art_3`);
  truth(/great unity bloc/.test(await officer.locator(".pair:has(#art_3__cl_1) .en").innerText()), "aligned by place");
  truth(/bản dịch tham khảo/.test(await main(officer)), "said to be a translation");
});

await test("a note for oneself is seen by nobody else; the unit's note by the unit", async () => {
  await officer.goto(`/law/${law}/place/art_3`);
  await officer.locator('#notes textarea[name="words"]').fill("Dùng cho báo cáo quý");
  await officer.locator("#notes button", { hasText: "Ghi chú" }).click();
  await officer.locator(".law-notes", { hasText: "Dùng cho báo cáo quý" }).waitFor();
  await chair.goto(`/law/${law}/place/art_3`);
  truth(!(await main(chair)).includes("Dùng cho báo cáo quý"), "the chair sees it not");
  await officer.goto(`/law/${law}?at=art_3`);
  truth(/1 ghi chú/.test(await officer.locator("#art_3").innerText()), "it is marked in the text");
  officer.allow.push(/422/);
  await officer.goto(`/law/${law}/place/art_3`);
  await officer.locator('#notes textarea[name="words"]').evaluate((e) => e.removeAttribute("required"));
  await officer.locator("#notes button", { hasText: "Ghi chú" }).click();
  await officer.locator("#notes .wrong-why").waitFor();
});

await test("a collection is made, filled, emptied, and what was taken out comes back", async () => {
  await officer.goto("/law/collection");
  await officer.locator('input[name="name"]').fill("Luật hay dùng");
  await officer.locator("form button", { hasText: "Lập" }).click();
  await officer.waitForURL(/\/law\/collection\/\d+/);
  const collection = officer.url();
  await officer.goto(`/law/${law}/place/art_3`);
  await officer.locator("#keep button", { hasText: "Lưu" }).click();
  await officer.goto(collection);
  const row = officer.locator(".law-rows li", { hasText: "Điều 3" });
  await row.locator("button").click();
  await officer.locator("[role=status] button", { hasText: "Hoàn tác" }).click();
  await row.waitFor();
  chair.allow.push(/404/);
  await json(chair, new URL(collection).pathname, 404);
  const sheet = await officer.request.get(`${new URL(collection).pathname}/export`);
  truth(sheet.status() === 200 && (await sheet.body()).length > 1000, "as Excel");
});

await test("a note is corrected, taken away and brought back, and all notes stand in one list", async () => {
  await officer.goto("/law/note");
  await officer.locator(".law-notes li", { hasText: "Dùng cho báo cáo quý" }).locator("a", { hasText: "Sửa" }).click();
  await officer.locator('textarea[name="words"]').fill("Dùng cho báo cáo năm");
  await officer.locator("form button", { hasText: "Lưu" }).click();
  const note = officer.locator(".law-notes li", { hasText: "Dùng cho báo cáo năm" });
  await note.waitFor();
  await note.locator("button", { hasText: "Xóa" }).click();
  await officer.locator("#notes [role=status] button", { hasText: "Hoàn tác" }).click();
  await note.waitFor();
  const sheet = await officer.request.get("/law/note/export");
  truth(sheet.status() === 200 && (await sheet.body()).length > 1000, "as Excel");
});

await test("a collection is renamed, deleted and brought back whole; long names break", async () => {
  const name = "Văn bản dùng khi giám sát việc thực hiện quy chế dân chủ ở cơ sở tại các phường, xã năm 2026 của thành phố".padEnd(118, "ô");
  await officer.goto("/law/collection?sort=name");
  await officer.locator(".rows a", { hasText: "Luật hay dùng" }).click();
  equal(await officer.locator('form[action$="/name"] input[name="name"]').inputValue(), "Luật hay dùng", "its name stands in the field");
  await officer.locator('form[action$="/name"] input[name="name"]').fill(name);
  await officer.locator("button", { hasText: "Đổi tên" }).click();
  await officer.locator("h1", { hasText: name }).waitFor();
  await fits(officer);
  await picture(officer, "law-7-collection");
  await officer.locator("button", { hasText: "Xóa bộ sưu tập" }).click();
  truth(!(await officer.locator(".rows").allInnerTexts()).join().includes(name), "gone from the list");
  await officer.locator("[role=status] button", { hasText: "Hoàn tác" }).click();
  await officer.locator(".law-rows li", { hasText: "Điều 3" }).waitFor();
});

await test("a shared collection is read by whom it was shared with, and written only when that was given", async () => {
  const collection = new URL(officer.url()).pathname;
  const share = async (right) => {
    await officer.goto(collection);
    const who = await officer.locator('select[name="principal"] option', { hasText: "Chủ tịch" }).first().getAttribute("value");
    await officer.locator('select[name="principal"]').evaluate((e, v) => { e.value = v; }, who);
    await officer.locator(`input[name="right"][value="${right}"], select[name="right"]`).first().evaluate((e, v) => { if (e.tagName === "SELECT") e.value = v; else e.checked = true; }, right);
    await officer.locator('form[action$="/share"] button').click();
    await officer.locator("#shares li").waitFor();
  };
  await share("read");
  await until("the bell tells it", async () => { await chair.goto("/notice"); return (await notices(chair)).some((n) => /chia sẻ bộ sưu tập/.test(n)); }, 30000);
  await chair.goto("/law/collection");
  await chair.locator(".rows a", { hasText: "giám sát việc thực hiện" }).click();
  truth(/được chia sẻ để xem/.test(await main(chair)), "to read");
  equal(await chair.locator("button", { hasText: "Bỏ" }).count(), 0, "nothing to take out with");
  await share("write");
  await chair.reload();
  truth((await chair.locator(".law-rows button").count()) > 0, "now it may be written");
  equal(await chair.locator("button", { hasText: "Xóa bộ sưu tập" }).count(), 0, "but not removed");
  await officer.goto(collection);
  await officer.locator("#shares li button").click();
  await until("no longer shared", async () => (await officer.locator("#shares li").count()) === 0);
  await json(chair, collection, 404);
});

// A watched law is amended: the amending law comes in by the command, as an administrator brings it.
const amending = {
  doc_num: "121/2026/QH16", doc_type: "Luật", issuer: "Quốc hội", issued_date: "20/10/2026", effective_date: "01/11/2026", topic: "khieu-nai-to-cao",
  title: "Sửa đổi, bổ sung một số điều của Luật Mặt trận Tổ quốc Việt Nam",
  text: `QUỐC HỘI\n\nLuật số: 121/2026/QH16\nHà Nội, ngày 20 tháng 10 năm 2026\n\nLUẬT\n\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT MẶT TRẬN TỔ QUỐC VIỆT NAM\n\nĐiều 1. Sửa đổi, bổ sung một số điều của Luật Mặt trận Tổ quốc Việt Nam số 75/2015/QH13\n1. Sửa đổi, bổ sung Điều 10 như sau:\n“Điều 10. Mối quan hệ với Nhân dân\nMặt trận Tổ quốc Việt Nam lắng nghe, tập hợp ý kiến của Nhân dân trên môi trường số.”.\nĐiều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 11 năm 2026.\n`,
};

await test("who watches a law is told behind the bell when another amends it, and is led to the change", async () => {
  await chair.goto(`/law/${law}`);
  await chair.locator("button", { hasText: "Theo dõi" }).click();
  await chair.locator("button", { hasText: "Đang theo dõi" }).waitFor();
  await chair.goto("/law?topic=khieu-nai-to-cao");
  await chair.locator("button", { hasText: "Theo dõi chủ đề" }).click();
  await chair.goto("/law/watch");
  equal(await chair.locator(".law-rows li").count(), 2, "a work and a topic");
  const file = join(data, "amending.jsonl");
  writeFileSync(file, JSON.stringify(amending) + "\n");
  const done = spawnSync(program, ["import", "law", file, "--data", data, ...(db ? ["--db", db] : [])], { encoding: "utf8" });
  equal(done.status, 0, done.stdout + done.stderr);
  await until("both are told", async () => {
    await chair.goto("/notice");
    const all = (await notices(chair)).join("\n");
    return /Luật Mặt trận Tổ quốc Việt Nam 2015 được sửa đổi bởi Luật sửa đổi, bổ sung một số điều của .*, từ ngày 01\/11\/2026/i.test(all) && /Thư viện pháp luật có thêm Luật sửa đổi, bổ sung một số điều của /i.test(all);
  }, 30000);
  await picture(chair, "law-6-told");
  await chair.locator(".notices button", { hasText: "được sửa đổi bởi" }).click();
  await chair.waitForURL(/compare\?from=2026-10-31&to=2026-11-01/);
  truth((await chair.locator(".law-row ins").allInnerTexts()).join(" ").includes("môi trường số"), "the change itself, marked");
});

await test("the notices are in English for who reads English", async () => {
  await chair.context().addCookies([{ name: "lang", value: "en", url: server.url }]);
  await chair.goto("/notice");
  const all = (await notices(chair)).join("\n");
  await chair.context().clearCookies({ name: "lang" });
  truth(/was amended by/.test(all) && /New in the law library/.test(all), all);
  await chair.goto("/notice");
});

await test("who stops watching is told no more", async () => {
  await chair.goto("/law/watch");
  await chair.locator(".law-rows li", { hasText: front }).locator("button").click();
  await until("one is left", async () => (await chair.locator(".law-rows li").count()) === 1);
  await chair.locator(".law-rows li button").first().click();
  await until("none is left", async () => /Chưa theo dõi/.test(await main(chair)));
});

await test("the printed law carries its code, which leads to the same place and day", async () => {
  await officer.goto(`/law/${law}?at=art_5&on=30%2F06%2F2025`);
  const paper = join(data, "law.png");
  await officer.emulateMedia({ media: "print" });
  writeFileSync(paper, await officer.screenshot({ fullPage: true }));
  await officer.emulateMedia({ media: null });
  const read = spawnSync("zbarimg", ["-q", "--raw", paper], { encoding: "utf8" }).stdout.trim();
  equal(read, `${server.url}/law/${law}?at=art_5&on=2025-06-30#art_5`, "what the code says");
  const before = await officer.locator("#art_5").innerText();
  await plainly(read);
  equal(await officer.locator("#art_5").innerText(), before, "the same words");
  truth((await officer.locator('input[name="on"]').inputValue()) === "30/06/2025", "of the same day");
});

await test("what is shared keeps the place and the day, also today; without scripts the address can be copied by hand", async () => {
  await officer.goto(`/law/${law}/place/art_5`);
  const today = await officer.locator("[data-share]").first().getAttribute("data-share");
  truth(/\?at=art_5&on=\d{4}-\d\d-\d\d#art_5$/.test(today), today);
  equal(await officer.locator(".law-address").innerText(), today, "written on the page");
  await officer.goto(`/law/${law}?at=art_5`);
  truth(await officer.locator("[data-share]").isVisible(), "shared from the reading page too");
  await officer.locator("[data-share]").click();
  await until("the address is copied", async () => /on=\d{4}-\d\d-\d\d#art_5$/.test(await officer.evaluate(() => navigator.clipboard.readText())));
});

await test("all of it works without scripts", async () => {
  plain = await openWindow(server, { login: "chuyenvien", javaScript: false });
  for (const path of [`/law`, `/law/${law}?at=art_6`, `/law/${law}?all=1`, `/law/${law}/history`, `/law/${law}/compare?from=2025-06-30&to=2025-07-01`, `/law/${law}/relation`, `/law/${law}/facts`, `/law/${law}/place/art_6`]) {
    const answer = await plain.goto(path);
    equal(answer.status(), 200, path);
    truth((await main(plain)).length > 200, `${path} says something`);
  }
  await plain.goto(`/law/${law}`);
  await plain.locator("button", { hasText: "Theo dõi" }).click();
  truth(/Đang theo dõi/.test(await main(plain)), "watched without scripts");
});

await test("on a phone the contents open over the text and lead to an article", async () => {
  await chair.goto(`/law/${law}`);
  await chair.locator('a[href="#outline"]').click();
  await chair.locator("#outline a", { hasText: "Điều 6" }).first().click();
  await chair.waitForURL(/at=art_6/);
  truth(await chair.locator("#art_6").isVisible(), "the article is read");
  await picture(chair, "law-5-phone");
});

await test("the first page of the largest document of the demonstration is small", async () => {
  const v = await officer.request.get(`/law/${law}`);
  const bytes = Number(v.headers()["content-length"] ?? (await v.body()).length);
  truth(bytes < 40000, `${bytes} bytes over the wire`);
});

// ---- A law, an act that changes it, one that will, and the published consolidation.
const head = (no, day, title) => `QUỐC HỘI\nLuật số: ${no}\nHà Nội, ngày ${day}\n\nLUẬT\n${title}\n\nCăn cứ Luật Mặt trận Tổ quốc Việt Nam số 75/2015/QH13;\nQuốc hội ban hành Luật.\n\n`;
const papers = {
  law: head("10/2020/QH14", "10 tháng 6 năm 2020", "THỬ NGHIỆM") + "Điều 1. Phạm vi\nLuật này quy định về thử nghiệm.\n\nĐiều 2. Nguyên tắc\n1. Công khai;\n2. Minh bạch.\n\nĐiều 3. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021.\n",
  act: head("20/2023/QH15", "20 tháng 6 năm 2023", "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT THỬ NGHIỆM") + "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thử nghiệm số 10/2020/QH14\n1. Sửa đổi khoản 1 Điều 2 như sau:\n“1. Công khai trên mạng;”.\n\nĐiều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2023.\n",
  later: head("30/2026/QH16", "20 tháng 6 năm 2026", "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT THỬ NGHIỆM") + "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thử nghiệm số 10/2020/QH14\n1. Bổ sung khoản 3 vào sau khoản 2 Điều 2 như sau:\n“3. Đúng hẹn.”.\n\nĐiều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2090.\n",
  vbhn: "VĂN PHÒNG QUỐC HỘI\nSố: 07/VBHN-VPQH\nHà Nội, ngày 10 tháng 8 năm 2023\n\nLUẬT\nTHỬ NGHIỆM\n\nLuật Thử nghiệm số 10/2020/QH14 ngày 10 tháng 6 năm 2020 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 01 năm 2021, được sửa đổi, bổ sung bởi:\nLuật số 20/2023/QH15 ngày 20 tháng 6 năm 2023 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 7 năm 2023.\nCăn cứ Luật Mặt trận Tổ quốc Việt Nam số 75/2015/QH13;\nQuốc hội ban hành Luật Thử nghiệm.\n\nĐiều 1. Phạm vi\nLuật này quy định về thử nghiệm.\n\nĐiều 2. Nguyên tắc\n1. Công khai trên mạng (theo bản hợp nhất);\n2. Minh bạch.\n\nĐiều 3. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021.\n",
};
let made, acting;

await test("a reference of an amending act opens the words it changes, as they stood when it was enacted", async () => {
  const files = Object.entries(papers).map(([name, text]) => {
    const path = join(folder(), `${name}.txt`);
    writeFileSync(path, text);
    return path;
  });
  execFileSync(program, ["import", "law", ...files, "--data", data, ...(db ? ["--db", db] : [])], { stdio: "pipe" });
  const number = async (no) => {
    await officer.goto(`/law?q=${encodeURIComponent(no)}`);
    return /\/law\/(\d+)/.exec(officer.url())?.[1] ?? /\/law\/(\d+)/.exec(await officer.locator(".law-rows a, .results a").first().getAttribute("href"))[1];
  };
  made = await number("10/2020/QH14");
  acting = await number("20/2023/QH15");
  await officer.goto(`/law/${acting}`);
  const link = officer.locator("#art_1__cl_1 a", { hasText: "khoản 1 Điều 2" });
  truth(/on=2023-06-20/.test(await link.getAttribute("href")), "the link names the day");
  await link.click();
  await officer.waitForURL(/on=2023-06-20/);
  const words = await officer.locator("#art_2__cl_1").innerText();
  truth(/Công khai;/.test(words) && !/trên mạng;/.test(words.split("\n")[0]), `the old words: ${words}`);
  await officer.goto(`/law/${acting}`);
  await officer.locator(".law-preamble summary").first().click();
  truth(/on=2023-06-20/.test(await officer.locator(".law-preamble a").first().getAttribute("href")), "what it is based on opens that day too");
});

await test("a published consolidation is read before the reading copy, and says what it is", async () => {
  await officer.goto(`/law/${made}`);
  const said = await main(officer);
  truth(/Đang đọc Văn bản hợp nhất 07\/VBHN-VPQH, lời văn của ngày 01\/07\/2023/.test(said), "the consolidation is named");
  truth(/theo bản hợp nhất/.test(await officer.locator("#art_2__cl_1").innerText()), "its words are read");
  await picture(officer, "law-6-consolidation");
  await officer.goto(`/law/${made}?view=computed`);
  truth(/không có giá trị pháp lý/.test(await main(officer)), "our own words say they have no legal value");
  truth(!/theo bản hợp nhất/.test(await officer.locator("#art_2__cl_1").innerText()), "and are our own");
  await officer.goto(`/law/${made}?on=2022-01-01`);
  truth(!/Đang đọc Văn bản hợp nhất/.test(await main(officer)), "before its day it is not read");
});

await test("a change not yet in force is announced with its day, and its words are grey", async () => {
  await officer.goto(`/law/${made}?view=computed`);
  truth(/1 thay đổi chưa có hiệu lực; lần gần nhất từ 01\/07\/2090/.test(await main(officer)), "announced");
  truth((await officer.locator("#art_2__cl_3.later").count()) === 1, "marked as later");
  truth(/Chưa có hiệu lực/.test(await officer.locator("#art_2__cl_3").innerText()), "and says so");
});

for (const [who, page] of Object.entries({ officer, chair, plain })) await test(`nothing went wrong in the ${who}'s browser`, () => nothingWentWrong(page, who));
await closeBrowser();
await server.stop();
done();
