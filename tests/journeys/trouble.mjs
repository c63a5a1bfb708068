// Every page that a fault leads to, as the person sees it: nothing wider than its window, axe finds nothing, nothing in English, a way on.
// WIDTHS="390 834 1093 1366" looks at more widths; the pictures are left in build/pictures as trouble-….
// On SQLite only: pages do not know the database.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, openSync, closeSync, writeSync } from "node:fs";
import { join } from "node:path";
import { axe, closeBrowser, done, equal, fits, makeScan, openWindow, picture, start, test, truth, until } from "./lib.mjs";
import { fill, idOf, mainText, registration } from "./lib-office.mjs";

const widths = (process.env.WIDTHS ?? "390 1366").split(" ").map(Number);
const only = process.env.ONLY ? new RegExp(process.env.ONLY) : /./;
const server = await start();
const windows = [];
const window = async (login, options) => { const page = await openWindow(server, { login, ...options }); page.allow.push(/status of [45]\d\d/); page.setDefaultTimeout(300000); windows.push(page); return page; };
const clerk = await window("vanthu"), admin = await window("quantri"), officer = await window("chuyenvien"), nobody = await window("");

/** The page as it stands, at every width, light and dark; then as wide as it was. */
async function look(page, name) {
  const faults = [];
  for (const width of widths) for (const dark of [false, true]) {
    await page.setViewportSize({ width, height: width < 500 ? 844 : 850 });
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    await picture(page, `trouble-${name}-${width}-${dark ? "dark" : "light"}`, true);
    await fits(page).catch((e) => faults.push(e.message));
    faults.push(...(await axe(page)).map((f) => `${width} ${dark ? "dark" : "light"}: ${f}`));
  }
  await page.setViewportSize({ width: 1366, height: 850 });
  await page.emulateMedia({ colorScheme: "light" });
  truth(faults.length === 0, `${name}:\n${faults.join("\n")}`);
}
const see = (name, body) => (only.test(name) ? test(`the page of trouble “${name}”`, body) : null);

/** Goes to an address that answers with this status; its page says the number and what to do, and leads on. */
async function fault(page, path, status, name) {
  const answer = await page.goto(path);
  equal(answer.status(), status, path);
  equal(await page.locator(".fault .status").innerText(), `Lỗi ${status}`, "the number on the page");
  truth((await page.locator(".fault a.btn").count()) >= 1, "a way on");
  await look(page, name);
}
/** Sends a form made by hand from the page that is open, as an old or a broken page would. */
const sendByHand = async (page, action, fields) => {
  const [answer] = await Promise.all([page.waitForNavigation(), page.evaluate(([to, all]) => {
    const form = Object.assign(document.createElement("form"), { method: "post", action: to });
    for (const [name, value] of Object.entries(all)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    document.body.append(form);
    form.submit();
  }, [action, fields])]);
  return answer;
};
const tokensOf = (page) => page.evaluate(() => Object.fromEntries(["_csrf", "_once"].map((n) => [n, document.querySelector(`input[name="${n}"]`)?.value ?? ""])));

async function draft() {
  await clerk.goto("/document/new");
  await clerk.locator('form[action="/document/draft"] button').click();
  await clerk.waitForURL(/\/document\/\d+\/register/);
  return idOf(clerk.url());
}

// ---- Addresses
await see("400-many", () => fault(clerk, `/document?${Array.from({ length: 120 }, (_, i) => `a${i}=1`).join("&")}`, 400, "400-many"));
await see("403", () => fault(clerk, "/admin/audit", 403, "403"));
await see("404", () => fault(clerk, "/khong-co-trang-nay", 404, "404"));
await see("404-nobody", () => fault(nobody, "/khong-co-trang-nay", 404, "404-nobody"));
await see("404-record", () => fault(officer, "/document/4242424242", 404, "404-record"));
await see("414", () => fault(clerk, `/find?q=${"a".repeat(9000)}`, 414, "414"));
await see("414-nobody", () => fault(nobody, `/find?q=${"a".repeat(9000)}`, 414, "414-nobody"));
await see("405", async () => {
  await clerk.goto("/desk");
  equal((await sendByHand(clerk, "/find", { q: "x" })).status(), 405);
  equal(await clerk.locator(".fault .status").innerText(), "Lỗi 405");
  await look(clerk, "405");
});
await see("400-strange", async () => {
  await clerk.goto("/hat");
  equal((await sendByHand(clerk, "/look", { ...(await tokensOf(clerk)), unknown: "x" })).status(), 400);
  equal(await clerk.locator(".fault .status").innerText(), "Lỗi 400");
  await look(clerk, "400-strange");
});
await see("403-old-page", async () => {
  await clerk.goto("/hat");
  equal((await sendByHand(clerk, "/look", { ...(await tokensOf(clerk)), _csrf: "x", theme: "dark", back: "/hat" })).status(), 403);
  await look(clerk, "403-old-page");
});
await see("413", async () => {
  await clerk.goto("/hat");
  equal((await sendByHand(clerk, "/look", { ...(await tokensOf(clerk)), theme: "x".repeat(300000) })).status(), 413);
  equal(await clerk.locator(".fault .status").innerText(), "Lỗi 413");
  await look(clerk, "413");
});
await see("413-form", async () => {
  await draft();
  await fill(clerk, registration, { issuer: "Sở Y tế" });
  await clerk.locator('[name="subject"]').evaluate((e) => { e.value = "v".repeat(280000); e.removeAttribute("maxlength"); });
  const [answer] = await Promise.all([clerk.waitForNavigation(), clerk.locator(`${registration} button.main`).click()]);
  equal(answer.status(), 413);
  truth(/lớn quá mức cho phép/.test(await mainText(clerk)), "why");
  await look(clerk, "413-form");
});

const personPath = async (name) => {
  const answer = await admin.request.get(`/admin/person?q=${encodeURIComponent(name)}`, { headers: { accept: "application/json" } });
  return `/person/${(await answer.json()).people.find((p) => p.name === name).id}`;
};

// ---- Forms
await see("422", async () => {
  await draft();
  await fill(clerk, registration, { code: "số một/CV", issued_on: "31/02/2026", issuer: "", subject: "" });
  await clerk.locator(registration).evaluate((f) => { f.noValidate = true; });
  await clerk.locator(`${registration} button.main`).click();
  await clerk.locator(".wrong-why").first().waitFor();
  await look(clerk, "422");
});
await see("twice", async () => {
  const id = await draft(), subject = "Về việc tổ chức Ngày hội Đại đoàn kết toàn dân tộc ở khu dân cư năm 2026 và khen thưởng các tập thể, cá nhân";
  await fill(clerk, registration, { issuer: "Sở Y tế", subject });
  const sent = await clerk.locator(registration).evaluate((f) => Object.fromEntries(new FormData(f)));
  await clerk.locator(`${registration} button.main`).click();
  await clerk.waitForURL(new RegExp(`/document/${id}$`));
  // What the browser's Back and Send again would send, whether or not it kept the page.
  await sendByHand(clerk, `/document/${id}/registration`, { ...sent, issuer: "Sở Nội vụ", subject: `${subject} (sửa)`, note: "Dòng một\nDòng hai" });
  await clerk.locator(".twice").waitFor();
  await look(clerk, "twice");
  await clerk.locator(`form[action="/document/${id}/amendment"] button`).click();
  await clerk.locator(".stands").first().waitFor();
  await look(clerk, "twice-amend");
});
await see("stale-person", async () => {
  const path = await personPath("Đào Công"), edit = `/admin${path}/edit`;
  await admin.goto(path);
  await look(admin, "person");
  const other = await window("quantri");
  await admin.goto(edit);
  await look(admin, "person-edit");
  await other.goto(edit);
  await other.locator('[name="phone"]').fill("0912 345 678");
  await other.locator("form.form button.main, form button.main").first().click();
  await other.waitForURL((u) => u.pathname !== edit);
  await admin.locator('[name="phone"]').fill("0987 654 321");
  await admin.locator("form.form button.main, form button.main").first().click();
  await admin.locator(".stands").first().waitFor();
  await look(admin, "stale-person");
  await admin.goto(`/admin${path}/leave`);
  await look(admin, "person-leave");
  await admin.goto(`/admin${path}/password`);
  await look(admin, "person-password");
  await admin.goto(path);
  await admin.locator('form[action$="/lock"] button').click();
  await admin.getByText("Đã khóa", { exact: true }).first().waitFor();
  await look(admin, "person-locked");
});
await see("last-admin", async () => {
  const self = await personPath("Phạm Quốc Trị");
  await admin.goto(self);
  await look(admin, "last-admin-person");
  await admin.locator('form[action$="/lock"] button').click();
  await admin.getByText(/Không thể tự khóa/).first().waitFor();
  await look(admin, "last-admin-lock");
  await admin.goto(`/admin${self}/leave`);
  await admin.locator('main form button.main').click();
  await admin.getByText(/quản trị cuối cùng/).first().waitFor();
  await look(admin, "last-admin-leave");
});
await see("503", async () => {
  const id = await draft();
  await fill(clerk, registration, { issuer: "Sở Y tế", subject: "Chờ mãi không ghi được" });
  const holder = spawn("python3", ["-c", 'import sqlite3,sys\nc=sqlite3.connect(sys.argv[1],timeout=60,isolation_level=None)\nc.execute("BEGIN IMMEDIATE")\nprint("held",flush=True)\nsys.stdin.read()', join(server.data, "doanket.db")], { stdio: ["pipe", "pipe", "inherit"] });
  await new Promise((ready) => holder.stdout.once("data", ready));
  const [answer] = await Promise.all([clerk.waitForNavigation(), clerk.locator(`${registration} button.main`).click()]);
  holder.stdin.end();
  equal(answer.status(), 503);
  truth(/chưa lưu được/.test(await mainText(clerk)), "that nothing is saved");
  await look(clerk, "503");
  equal(await clerk.locator('[name="subject"]').inputValue(), "Chờ mãi không ghi được", "what was typed");
  await until("sent again it is registered", async () => {
    await clerk.locator(`${registration} button.main`).click();
    return clerk.waitForURL(new RegExp(`/document/${id}$`), { timeout: 10000 }).then(() => true);
  });
});

// ---- Signing in
await see("signin-draft", async () => {
  await nobody.goto("/signin");
  await look(nobody, "signin");
});
await see("signin-wrong", async () => {
  await nobody.goto("/signin");
  await nobody.locator('[name="login"]').fill("lanhdao");
  await nobody.locator('[name="password"]').fill("sai rồi");
  await nobody.locator('form[action="/signin"] button').click();
  await nobody.locator('[role="alert"]').waitFor();
  await look(nobody, "signin-wrong");
});
await see("signin-429", async () => {
  const stranger = await window("");
  let answer;
  for (let i = 0; i < 40 && answer?.status() !== 429; i++) {
    await stranger.goto("/signin");
    await stranger.locator('[name="login"]').fill("khong.ai.ca");
    await stranger.locator('[name="password"]').fill(`sai ${i}`);
    [answer] = await Promise.all([stranger.waitForNavigation(), stranger.locator('form[action="/signin"] button').click()]);
  }
  equal(answer.status(), 429);
  truth(/sau \d+ phút/.test(await mainText(stranger)), "how long");
  await look(stranger, "signin-429");
});

// ---- Papers
async function brought(page, name, text) {
  await page.goto("/document/new");
  await page.locator('input[type="file"][name="file"]').setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.waitForURL(/\/document\/\d+\/register/);
  return idOf(page.url());
}
await see("damaged", async () => {
  const text = Array.from({ length: 1500 }, (_, i) => `Dòng ${i}: danh sách hộ gia đình ${i * 7919 % 1000}.\n`).join(""), hash = createHash("sha256").update(text).digest("hex");
  const id = await brought(clerk, "danh-sach-ho-gia-dinh-nhan-ho-tro-xay-nha-dai-doan-ket-nam-2026.txt", text);
  await clerk.goto(`/document/${id}`);
  const file = /\/document\/\d+\/file\/\d+/.exec(await clerk.content())[0];
  const path = join(server.data, "files", hash.slice(0, 2), hash.slice(2, 4), hash);
  chmodSync(path, 0o600);
  const fd = openSync(path, "r+");
  writeSync(fd, "####", 100);
  closeSync(fd);
  await fault(clerk, file, 500, "damaged");
  await until("the document tells", async () => { await clerk.goto(`/document/${id}`); return /hỏng trên ổ đĩa/.test(await mainText(clerk)); });
  await look(clerk, "damaged-document");
  await until("the health page tells", async () => { await admin.goto("/admin/health"); return /Tệp hỏng trên ổ đĩa/.test(await mainText(admin)); });
  await look(admin, "damaged-health");
});
const secret = (seed) => makeScan({ number: "08", notation: "KH-CAHP", type: "KẾ HOẠCH", urgency: "MẬT", subject: "hội thi tìm hiểu pháp luật", seed });
await see("seal-law", async () => {
  await officer.goto("/law/guard");
  await officer.locator('main input[type="file"]').setInputFiles(secret("21"));
  await officer.locator('form[action="/law/guard"] button[type="submit"]').click();
  await officer.waitForURL(/\/law\/guard\/\d+/);
  await look(officer, "guard-reading");
  await until("it is held back", async () => { await officer.goto(officer.url()); return /\/law\/seal\//.test(officer.url()); }, 300000, 1000);
  await look(officer, "seal-law");
  await officer.locator('form[action$="/opening"] [name="reason"]').evaluate((e) => { e.required = false; });
  await officer.locator('form[action$="/opening"] button').click();
  await officer.locator(".wrong-why").first().waitFor();
  await look(officer, "seal-law-wrong");
  const at = officer.url().replace(/\/opening$/, "");
  await officer.goto(at);
  await officer.locator('form[action$="/destruction"] button').click();
  await officer.waitForURL((u) => !u.pathname.includes("/seal/"));
  await look(officer, "seal-law-gone");
  const answer = await officer.goto(at);
  truth([404, 410].includes(answer.status()), String(answer.status()));
  await look(officer, "seal-law-again");
});
await see("seal-document", async () => {
  await clerk.goto("/document/new");
  await clerk.locator('input[type="file"][name="file"]').setInputFiles(secret("22"));
  await clerk.waitForURL(/\/document\/\d+\/register/);
  const id = idOf(clerk.url());
  await until("it is held back", async () => (await clerk.locator("#seals .notice").count()) === 1, 300000, 500);
  await clerk.goto(`/document/${id}`);
  await look(clerk, "seal-document");
  await clerk.locator("#seals a").click();
  await look(clerk, "seal-document-why");
  await clerk.locator('form[action$="/destruction"] button').click();
  await clerk.waitForURL(new RegExp(`/document/${id}$`));
  await look(clerk, "seal-document-gone");
});
await see("erased", async () => {
  const id = await brought(clerk, "ban-sao.txt", "Nội dung của một văn bản không được phép ở đây.\n");
  await fill(clerk, registration, { code: "77/BC-CAHP", issuer: "Công an thành phố", subject: "Tình hình an ninh vùng biển" });
  await clerk.locator(`${registration} button.main`).click();
  await clerk.waitForURL(new RegExp(`/document/${id}$`));
  await clerk.goto(`/document/${id}/secrecy`);
  await look(clerk, "erase-ask");
  await clerk.locator('form[action$="/secrecy"] button').click();
  await clerk.waitForLoadState("load");
  await look(clerk, "erase-unsure");
  await clerk.goto(`/document/${id}/secrecy`);
  await clerk.locator('[name="is_sure"]').check();
  await clerk.locator('form[action$="/secrecy"] button').click();
  await clerk.waitForURL(new RegExp(`/document/${id}$`));
  await look(clerk, "erased");
  await clerk.goto("/document?tab=all");
  await look(clerk, "erased-list");
  await admin.goto(`/admin/audit?record=${id}`);
  await look(admin, "erased-audit");
});
await see("guard", async () => {
  await officer.goto("/law/guard");
  const lines = Array.from({ length: 400 }, (_, i) => `${i + 1}. Căn cứ khoản ${i % 5 + 1} Điều ${i % 60 + 1} Luật Mặt trận Tổ quốc Việt Nam số 75/2015/QH13 ngày 09 tháng 6 năm 2015 và Điều ${i + 200} Nghị định số ${i + 1}/2024/NĐ-CP;`);
  await officer.locator('[name="text"]').fill(lines.join("\n"));
  await officer.locator('form[action="/law/guard"] button[type="submit"]').click();
  await officer.waitForURL(/\/law\/guard\/\d+/);
  await until("it is checked", async () => { await officer.goto(officer.url()); return (await officer.locator("#findings").count()) > 0; }, 300000, 1000);
  await look(officer, "guard");
  await officer.locator('nav.pager a[rel="next"]').click();
  await officer.waitForURL((u) => u.search.length > 1);
  await look(officer, "guard-next");
});
await see("audit", async () => {
  await admin.goto("/admin/audit");
  await look(admin, "audit");
});
for (const page of windows) if (page.wrong.length) await test("nothing went wrong in the browser", () => truth(false, page.wrong.join(" | ")));
await closeBrowser();
await server.stop();
done();
