// The same office with a browser that runs no scripts: everything essential is links, forms and reloading.
// On SQLite only: what differs by database is asked by the unit tests, the routes and the journeys of documents, tasks and search.
import { closeBrowser, done, equal, makeScan, nothingWentWrong, openWindow, phone, picture, start, test, truth, until } from "./lib.mjs";
import { fill, idOf, mainText, registration } from "./lib-office.mjs";

const server = await start();
const plain = (login, viewport) => openWindow(server, { login, viewport, javaScript: false });
const letter = { number: "1420", notation: "SYT-NVY", type: "", subject: "khám sức khỏe cho người cao tuổi", sentence: "Mỗi trạm y tế bố trí một bàn khám lưu động ở nhà văn hóa thôn Đồng Lý." };
const subject = "Về việc khám sức khỏe cho người cao tuổi";
let clerk, chair, officer, id;

/** Opens a <details> as anybody does, and gives its form. */
async function unfold(page, name) {
  const details = page.locator(`details#${name}`);
  if ((await details.getAttribute("open")) === null) await details.locator("summary").first().click();
  return details.locator("form").first();
}

await test("everybody signs in and has a desk", async () => {
  clerk = await plain("vanthu");
  chair = await plain("lanhdao", phone);
  officer = await plain("chuyenvien");
  for (const page of [clerk, chair, officer]) {
    await page.goto("/desk");
    truth(/^Chào /.test(await page.locator("h1").innerText()), "no greeting");
    truth((await page.locator("main .rows li a, main .empty").count()) > 0, "no work and no word that there is none");
  }
  await picture(clerk, "nojs-1-desk");
});

await test("the clerk sends a scan by the form's own button, and finds it read when she looks again", async () => {
  await clerk.goto("/document/new");
  await clerk.locator('input[type="file"][name="file"]').setInputFiles(makeScan(letter));
  await clerk.locator('form[action="/document/upload"] button[type="submit"]').click();
  await clerk.waitForURL(/\/document\/\d+\/register/);
  id = idOf(clerk.url());
  await until("it is read", async () => {
    await clerk.reload();
    return (await clerk.locator("#reading progress").count()) === 0 && (await clerk.locator("#suggested .suggested p").count()) > 0;
  }, 90000, 1000);
  equal(await clerk.locator(`${registration} [name="code"]`).inputValue(), "1420/SYT-NVY", "what was read stands in the fields");
  await clerk.locator("#paper img").first().waitFor();
  truth(await clerk.locator("#paper img").first().evaluate((i) => i.naturalWidth > 100).catch(() => true), "a picture of the page");
  await picture(clerk, "nojs-2-register");
});

await test("she corrects a field, is told of one that is wrong, and registers", async () => {
  clerk.allow.push(/422/);
  await fill(clerk, registration, { issuer: "Sở Y tế", subject, issued_on: "30/02/2026" });
  await clerk.locator(`${registration} button.main`).click();
  truth(/ngày có thật/.test(await clerk.locator(".wrong-why").first().innerText()), "the fault");
  equal(await clerk.locator(`${registration} [name="subject"]`).inputValue(), subject, "what was typed");
  await fill(clerk, registration, { issued_on: "20/11/2026" });
  await clerk.locator(`${registration} button.main`).click();
  await clerk.waitForURL(new RegExp(`/document/${id}$`));
  truth(/Số đến \d+/.test(await mainText(clerk)), "its number");
});

await test("she presents it to the chair", async () => {
  const form = await unfold(clerk, "present");
  const option = form.locator("option", { hasText: "Đào Công" }).first();
  await form.locator("select").selectOption(await option.getAttribute("value"));
  await form.locator('button[type="submit"]').click();
  truth(/Trình Chủ tịch, Đào Công/.test(await clerk.locator("#thread").innerText()), "it stands in the thread");
});

await test("the chair finds it on the desk of a phone, reads it and directs", async () => {
  await chair.goto("/desk");
  await chair.locator("main a", { hasText: "khám sức khỏe cho người cao tuổi" }).first().click();
  await chair.waitForURL(/\/document\/\d+/);
  await chair.locator("#paper img").first().waitFor();
  const form = await unfold(chair, "direct");
  await form.locator('[name="text"]').fill("Ban Phong trào theo dõi, báo cáo");
  const lead = form.locator('select[name="lead"] option', { hasText: "Trần Minh" }).first();
  await form.locator('select[name="lead"]').selectOption(await lead.getAttribute("value"));
  await form.locator("details summary").first().click();
  await form.locator('input[name="cooperate"]').first().check();
  await form.locator('[name="days"]').fill("1");
  await form.locator('button.main[type="submit"]').click();
  truth((await chair.locator("#thread").innerText()).includes("Ban Phong trào theo dõi"), "the direction");
  await chair.locator("details.why summary").first().click();
  truth(/\d{2}\/\d{2}/.test(await chair.locator("details.why").first().innerText()), "the deadline explains itself");
  await picture(chair, "nojs-3-directed");
});

await test("the officer takes it up and reports with a file; the chair closes it", async () => {
  await officer.goto("/desk");
  await officer.locator("main a", { hasText: "khám sức khỏe cho người cao tuổi" }).first().click();
  await officer.locator('form[action$="/acceptance"] button').click();
  const form = await unfold(officer, "report");
  await form.locator('[name="text"]').fill("Đã khám ở 12 thôn");
  await form.locator('[name="file"]').setInputFiles(makeScan({ number: "3", notation: "BC-BPT", type: "BÁO CÁO", seed: "5" }));
  await form.locator('button[type="submit"]').click();
  truth((await mainText(officer)).includes("Đã khám ở 12 thôn"), "the report");
  await chair.goto(`/document/${id}`);
  const close = await unfold(chair, "close");
  await close.locator('button[type="submit"]').click();
  truth(/[Kk]ết thúc/.test(await chair.locator(".head").innerText()), "it is closed");
});

await test("the search box leads to a page of results, by words inside the scan and without diacritics", async () => {
  for (const words of ["bàn khám lưu động", "ban kham luu dong", "1420/SYT-NVY"]) {
    await until(`found by ${words}`, async () => {
      await officer.goto("/desk");
      await officer.locator("#find-input").fill(words);
      await officer.locator("#find-input").press("Enter");
      await officer.waitForURL(/\/find\?q=/);
      return (await officer.locator(`main a[href*="/document/${id}"]`).count()) > 0;
    });
  }
  await picture(officer, "nojs-4-search");
});

await test("the assistant answers with a quote linked to its page", async () => {
  await officer.goto("/assistant");
  await officer.locator('[name="q"]').last().fill("Trạm y tế bố trí bàn khám lưu động ở đâu?");
  await officer.locator('form[action="/assistant/question"] button[type="submit"]').click();
  const quote = officer.locator("figure.quote").first();
  truth(/thôn Đồng Lý/.test(await quote.innerText()), await quote.innerText());
  truth((await quote.locator("a").first().getAttribute("href")).includes(id), "its link");
});

await test("the charts are tables, and each figure opens its records", async () => {
  await chair.goto("/chart");
  const table = chair.locator("#figures table.figures").first();
  await table.waitFor();
  truth(await table.isVisible(), "the table is seen");
  truth((await table.locator("tbody tr").count()) > 0, "with rows");
  await chair.locator("#figures .kpis dd a").first().click();
  truth((await chair.locator("#records .rows li").count()) > 0, "the records");
  await picture(chair, "nojs-5-records");
});

await test("a list is filtered, paged, exported; the theme and the hat are changed by forms", async () => {
  await clerk.goto("/document");
  await clerk.locator('.filters [name="q"]').fill("người cao tuổi");
  await clerk.locator('.filters button[type="submit"]').click();
  truth(/q=/.test(clerk.url()) && (await clerk.locator("#register .rows li").count()) >= 1, "filtered, in the address");
  await clerk.goto("/document");
  await clerk.locator('.pager a[rel="next"]').click();
  truth(/after=/.test(clerk.url()) && (await clerk.locator("#register .rows li").count()) > 0, "the next page");
  const excel = await clerk.request.get(await clerk.locator(".head a", { hasText: "Excel" }).getAttribute("href"));
  truth(excel.status() === 200 && (await excel.body()).length > 1000, "Excel");
  await clerk.locator("details.hat summary").click();
  await clerk.locator('details.hat button[value="dark"]').click();
  equal(await clerk.locator("html").getAttribute("data-theme"), "dark", "the theme");
  await clerk.locator("details.hat summary").click();
  await clerk.locator("details.hat button", { hasText: "Đăng xuất" }).click();
  await clerk.waitForURL(/\/signin/);
});

for (const [who, page] of Object.entries({ clerk, chair, officer })) await test(`nothing went wrong in the browser of the ${who}`, () => nothingWentWrong(page, who));
await closeBrowser();
await server.stop();
done();
