// One document's whole way, as the five people of the demonstration live it: the clerk and the officer at their desks, the chair on a
// phone, a commune's clerk who may see none of it, and the administrator who sees who did what.
import { execFileSync } from "node:child_process";
import { closeBrowser, done, equal, freshDatabase, folder, makeScan, nothingWentWrong, openWindow, phone, picture, program, sharedScan, start, test, truth, until } from "./lib.mjs";
import { accept, arrivalNumber, close, direct, giveBack, json, mainText, present, register, registration, report, suggestions, untilRead, upload } from "./lib-office.mjs";

const data = folder(), db = freshDatabase();
let server = await start({ data, db });
const letter = {
  number: "1187", notation: "SNNMT-GN", type: "", date: "20/11/2026", signer: "Nguyễn Thị Minh Hạnh", position: "PHÓ GIÁM ĐỐC", competence: "KT. GIÁM ĐỐC",
  parent: "ỦY BAN NHÂN DÂN\\nTHÀNH PHỐ HẢI PHÒNG", issuer: "SỞ NÔNG NGHIỆP\\nVÀ MÔI TRƯỜNG", subject: "cung cấp số liệu hộ nghèo, hộ cận nghèo năm 2026",
  sentence: "Mỗi cột mốc san hô ở vịnh Lan Hạ được kiểm đếm trước ngày 15 tháng 12 năm 2026.",
};
const subject = "Về việc cung cấp số liệu hộ nghèo, hộ cận nghèo năm 2026";
const documents = [];
let clerk, chair, officer, commune, administrator, charts, before;

await test("everybody signs in and sees a desk of their own", async () => {
  clerk = await openWindow(server, { login: "vanthu" });
  chair = await openWindow(server, { login: "lanhdao", viewport: phone });
  officer = await openWindow(server, { login: "chuyenvien" });
  commune = await openWindow(server, { login: "xa" });
  administrator = await openWindow(server, { login: "quantri" });
  for (const page of [clerk, chair, officer, commune]) {
    await page.goto("/desk");
    truth(/^Chào /.test(await page.locator("h1").innerText()), `no greeting: ${await page.locator("h1").innerText()}`);
  }
  await picture(clerk, "story-1-desk");
});

await test("1. the clerk hands in a scan; it is read while she need not wait, and each suggestion shows where it came from", async () => {
  charts = await openWindow(server, { login: "lanhdao" });
  await charts.goto("/chart");
  before = Number((await charts.locator("#figures .kpis dd").first().innerText()).replace(/\D/g, ""));
  const id = await upload(clerk, makeScan(letter));
  documents.push(id);
  await clerk.goto("/desk");
  await untilRead(clerk, id);
  const said = await suggestions(clerk);
  equal(said.code, "1187/SNNMT-GN", "number and notation");
  truth(/2026-11-20|20\/11\/2026/.test(said.issued_on), `date: ${said.issued_on}`);
  for (const name of ["issuer", "subject", "signer"]) truth(said[name], `nothing suggested for ${name}`);
  const crop = clerk.locator("#suggested img.crop").first();
  await crop.scrollIntoViewIfNeeded();
  await until("the piece of the page is shown", () => crop.evaluate((i) => i.complete && i.naturalWidth > 20));
  await picture(clerk, "story-2-register");
});

await test("1. she corrects one, saves, and it gets the next arrival number", async () => {
  const number = await register(clerk, { code: "1187/SNNMT-GN", issued_on: "20/11/2026", issuer: "Sở Nông nghiệp và Môi trường", subject, signer: "Nguyễn Thị Minh Hạnh" });
  truth(number > 0, "an arrival number");
});

await test("1. two clerks who save at the same instant get two numbers, one after the other", async () => {
  const other = await openWindow(server, { login: "vanthu" });
  const pages = [clerk, other];
  for (const [i, page] of pages.entries()) {
    documents.push(await upload(page, makeScan({ ...letter, number: String(300 + i), notation: "UBND-VP", seed: String(i + 7) })));
    await untilRead(page, documents.at(-1));
  }
  const numbers = await Promise.all(pages.map((page, i) =>
    register(page, { code: `${300 + i}/UBND-VP`, issuer: "Ủy ban nhân dân thành phố", subject: `Họp bàn công tác tháng ${i + 11}` })));
  equal(Math.abs(numbers[0] - numbers[1]), 1, `the numbers ${numbers} follow each other`);
  await other.context().close();
});

await test("1. registering the same document again warns her, and is refused without a reason", async () => {
  const id = await upload(clerk, makeScan({ ...letter, seed: "99" }));
  await untilRead(clerk, id);
  await clerk.locator(`${registration} [name="code"]`).fill("1187/SNNMT-GN");
  await clerk.locator(`${registration} [name="issuer"]`).fill("Sở Nông nghiệp và Môi trường");
  await clerk.locator(`${registration} [name="subject"]`).fill(subject);
  clerk.allow.push(/422/);
  await clerk.locator(`${registration} button.main`).click();
  await until("the warning", async () => /đã có trong sổ/.test(await mainText(clerk)));
  await clerk.locator('form[action$="/removal"] button').click();
  await clerk.waitForURL((u) => u.pathname === "/document/new");
});

await test("2. the chair has it on the desk without reloading, on a phone", async () => {
  await chair.goto("/desk");
  await clerk.goto(`/document/${documents[0]}`);
  await present(clerk, "Đào Công");
  await chair.locator("main a", { hasText: "hộ cận nghèo năm 2026" }).first().waitFor();
  await picture(chair, "story-3-chair-desk");
});

await test("2. the chair opens it, reads the paper, directs in one line, and the deadline explains itself", async () => {
  await chair.locator("main a", { hasText: "hộ cận nghèo năm 2026" }).first().click();
  await chair.waitForURL(/\/document\/\d+/);
  await chair.locator("#paper img, #paper canvas").first().waitFor();
  await officer.goto("/desk");
  const why = await direct(chair, { text: "Giao Ban Phong trào tổng hợp, báo cáo tôi", lead: "Trần Minh", cooperate: "Ban Tổ chức", inform: "Ban Dân chủ", days: 1 });
  truth(/ngày|thứ|nghỉ/i.test(why), `the deadline's reason: ${why}`);
  await chair.locator("details.why summary").first().click();
  truth(/\d{2}\/\d{2}/.test(await chair.locator("details.why").first().innerText()), "days are counted in the reason");
  await picture(chair, "story-4-directed");
});

await test("3. the officer gets it live, takes it up, and reports done with a file; the chair sees it and closes it", async () => {
  await officer.locator("main a", { hasText: "hộ cận nghèo năm 2026" }).first().waitFor();
  await officer.locator("main a", { hasText: "hộ cận nghèo năm 2026" }).first().click();
  await officer.waitForURL(/\/document\/\d+/);
  await accept(officer);
  await chair.goto(`/document/${documents[0]}`);
  await report(officer, "Đã tổng hợp số liệu của 114 xã, phường, đặc khu.", makeScan({ number: "12", notation: "BC-BPT", type: "BÁO CÁO", subject: "Kết quả tổng hợp" }));
  await until("the chair sees the report without reloading", async () => (await chair.locator("#thread").innerText()).includes("Đã tổng hợp số liệu"));
  await chair.reload();
  if (await chair.locator("details#close").count()) await close(chair);
  truth(/kết thúc|hoàn thành|Xong/i.test(await chair.locator(".head").innerText()), `closed: ${await chair.locator(".head").innerText()}`);
});

await test("3. the second document is returned with a reason", async () => {
  await clerk.goto(`/document/${documents[1]}`);
  await present(clerk, "Đào Công");
  await chair.goto(`/document/${documents[1]}`);
  await direct(chair, { text: "Chuẩn bị nội dung họp", lead: "Trần Minh", days: 3 });
  await officer.goto(`/document/${documents[1]}`);
  await giveBack(officer, "Việc này thuộc Ban Tổ chức - Kiểm tra");
  await until("the chair sees why", async () => (await mainText(chair)).includes("Việc này thuộc Ban Tổ chức"));
});

await test("3. the third goes past its deadline, and shows as late everywhere", async () => {
  await clerk.goto(`/document/${documents[2]}`);
  await present(clerk, "Đào Công");
  await chair.goto(`/document/${documents[2]}`);
  await direct(chair, { text: "Báo cáo trong ngày làm việc tới", lead: "Trần Minh", days: 1 });
});

await test("4. the commune's clerk cannot find, count, chart, guess or get any of it", async () => {
  commune.allow.push(/404/);
  for (const words of ["hộ cận nghèo năm 2026", "1187/SNNMT-GN", "cột mốc san hô"]) {
    const found = await json(commune, `/find?q=${encodeURIComponent(words)}`);
    truth(!JSON.stringify(found).includes(documents[0]), `found by "${words}"`);
    const guessed = await json(commune, `/find/suggest?q=${encodeURIComponent(words)}`);
    truth(!documents.some((d) => JSON.stringify(guessed).includes(d)) && !JSON.stringify(guessed.hits ?? []).includes("1187"), `suggested for "${words}"`);
  }
  const list = await json(commune, "/document?tab=all");
  truth(!JSON.stringify(list).includes(documents[0]), "in the list");
  for (const path of [`/document/${documents[0]}`, `/document/${documents[0]}/register`, `/document/${documents[0]}/file/1`, `/document/${documents[0]}/crop/code`]) {
    await json(commune, path, 404);
  }
  const real = await json(clerk, `/document/${documents[0]}`);
  const file = /\/document\/\d+\/file\/\d+/.exec(JSON.stringify(real))?.[0];
  truth(file, "the clerk's own view names the file");
  await json(commune, file, 404);
  await commune.goto("/assistant?q=" + encodeURIComponent("Cột mốc san hô ở vịnh Lan Hạ được kiểm đếm trước ngày nào?"));
  truth(!/san hô ở vịnh Lan Hạ được kiểm/.test(await commune.locator("main .quote, main figure").allInnerTexts().then((t) => t.join(" "))), "the assistant told");
  const chart = await json(commune, "/chart");
  truth(Number(chart.sum?.total?.n ?? 0) < before, `the commune's chart counts the city's: ${chart.sum?.total?.n}`);
});

await test("4. the administrator sees who did what, and the trail verifies", async () => {
  await administrator.goto(`/admin/audit`);
  const said = await mainText(administrator);
  truth(/Hoàng Thị Vân/.test(said) && /Đào Công|Trần Minh/.test(said), `the trail names those who acted: ${said.slice(0, 500)}`);
  const verified = execFileSync(program, ["verify", "--data", data, ...(db ? ["--db", db] : [])], { encoding: "utf8" });
  truth(verified.length > 0, "verify says what it checked");
});

await test("5. who may finds it by words inside the scan, with and without diacritics, as one types, and by number", async () => {
  for (const words of ["cột mốc san hô", "cot moc san ho", "1187/SNNMT-GN"]) {
    await until(`found by "${words}"`, async () => JSON.stringify(await json(officer, `/find?q=${encodeURIComponent(words)}`)).includes(documents[0]));
  }
  await officer.goto("/desk");
  await officer.keyboard.press("/");
  await officer.keyboard.type("cot moc san", { delay: 40 });
  await officer.locator("#found [role=option]", { hasText: "hộ cận nghèo" }).first().waitFor();
  await picture(officer, "story-5-search");
  await officer.keyboard.press("ArrowDown");
  await officer.keyboard.press("Enter");
  await officer.waitForURL(/\/document\/\d+/);
});

await test("6. the assistant answers with verbatim quotes linked to the page, or says it found nothing", async () => {
  await officer.goto("/assistant");
  await officer.locator('form[action="/assistant/question"] [name="q"]').fill("Cột mốc san hô ở vịnh Lan Hạ được kiểm đếm trước ngày nào?");
  await officer.locator('form[action="/assistant/question"] button[type="submit"]').click();
  const quote = officer.locator("figure.quote").first();
  await quote.waitFor();
  truth(/15 tháng 12/.test(await quote.innerText()), `the quote: ${await quote.innerText()}`);
  const link = await quote.locator("a").first().getAttribute("href");
  truth(documents.some((d) => link.includes(d)), `the quote links to its document: ${link}`);
  await picture(officer, "story-6-assistant");
  await officer.goto("/assistant?q=" + encodeURIComponent("Giá vé tàu vũ trụ lên sao Hỏa là bao nhiêu?"));
  truth(/Không tìm thấy/.test(await mainText(officer)), "it says that it found nothing");
});

await test("7. the charts moved by themselves, every figure opens its records, and there are a table, Excel and CSV", async () => {
  await until("the chart moved", async () => Number((await charts.locator("#figures .kpis dd").first().innerText()).replace(/\D/g, "")) >= before + 3);
  await charts.locator("[data-chart] svg, [data-chart] canvas").first().waitFor();
  await picture(charts, "story-7-charts");
  truth((await charts.locator("#figures table.figures").count()) >= 3, "table twins");
  for (const name of ["Excel", "CSV"]) {
    const answer = await charts.request.get(await charts.locator(".head a", { hasText: name }).first().getAttribute("href"));
    truth(answer.status() === 200 && (await answer.body()).length > 50, `${name}: ${answer.status()}`);
  }
  const total = charts.locator("#figures .kpis dd a").first();
  const n = Number((await total.innerText()).replace(/\D/g, ""));
  await total.click();
  await charts.locator("#records .rows li").first().waitFor();
  truth(n > 0, "records behind the figure");
});

await test("1. a real scan of the shared data is read and registered", async () => {
  const path = sharedScan("SRC-G_02.pdf");
  if (!path) return "skip: no shared data here";
  const id = await upload(clerk, path);
  await untilRead(clerk, id, 300000);
  const said = await suggestions(clerk);
  truth(said.code || said.issued_on || said.subject, "something was read from it");
  await register(clerk, { code: said.code || "01/VB", issuer: said.issuer || "Cơ quan gửi", subject: said.subject || "Văn bản quét" });
});

await test("a web worker and a job worker killed meanwhile cost nobody anything", async () => {
  const id = await upload(clerk, makeScan({ ...letter, number: "555", notation: "UBND-KT", pages: "4", seed: "21" }));
  for (const page of [clerk, chair, officer, commune, administrator]) page.allow.push(/ERR_\w+ .*\/(live|document|desk|chart)/);
  for (const name of ["web", "job"]) {
    const pids = server.workers(name);
    truth(pids.length > 0, `${name} workers`);
    for (const pid of pids) process.kill(pid, "SIGKILL");
  }
  await untilRead(clerk, id, 240000);
  await register(clerk, { code: "555/UBND-KT", issuer: "Ủy ban nhân dân thành phố", subject: "Văn bản đọc qua lúc mất tiến trình" });
});

await test("3. ten days later the third is late on the desk, in the list, on its page and in the chart", async () => {
  for (const [who, page] of Object.entries({ clerk, chair, officer, commune, administrator })) nothingWentWrong(page, who);
  await closeBrowser();
  equal((await server.stop()).code, 0, "it stops when asked");
  server = await start({ data, db, env: { DOANKET_CLOCK: new Date(Date.now() + 14 * 86400000).toISOString() } });
  officer = await openWindow(server, { login: "chuyenvien" });
  await officer.goto("/desk");
  truth(/quá \d+ ngày|quá hạn/i.test(await mainText(officer)), "late on the desk");
  await officer.goto("/document?tab=late");
  await officer.locator("#register li.late a", { hasText: "Họp bàn công tác tháng 12" }).first().waitFor();
  await officer.goto(`/document/${documents[2]}`);
  truth(/[Qq]uá/.test(await officer.locator(".head").innerText()), "late on its page");
  equal(await arrivalNumber(officer) > 0, true, "its number");
  const chart = await json(officer, "/chart");
  truth(Number(chart.sum.overdue.n) >= 1, "late in the chart");
  await picture(officer, "story-8-late");
});

await closeBrowser();
await server.stop();
done();
