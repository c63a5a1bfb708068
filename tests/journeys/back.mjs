// Back, correct, send again: the browser's own Back button after a registration, with scripts and without, and what the person is asked then.
// On SQLite only: what differs by database is asked by the unit tests, the routes and the journeys of documents, tasks and search.
import { axe, closeBrowser, done, equal, fits, nothingWentWrong, openWindow, phone, picture, start, test, truth, wide } from "./lib.mjs";
import { idOf } from "./lib-office.mjs";

const server = await start({ wait: 600000 });
const wrong = "Về việc phòng dịch mùa đôg", right = "Về việc phòng dịch mùa đông";

async function registered(page) {
  await page.goto("/document/new");
  await page.locator('form[action="/document/draft"] button').click();
  await page.waitForURL(/\/document\/\d+\/register/);
  const id = idOf(page.url());
  await page.locator('[name="issuer"]').fill("Sở Y tế");
  await page.locator('[name="subject"]').fill(wrong);
  await page.locator(`form[action="/document/${id}/registration"] button.main`).click();
  await page.waitForURL(new RegExp(`/document/${id}$`));
  return id;
}

for (const [name, options] of [["wide", { viewport: wide }], ["phone", { viewport: phone, dark: true }], ["nojs", { viewport: wide, javaScript: false, dark: true }]]) {
  await test(`a correction sent after going back is never dropped in silence (${name})`, async () => {
    const page = await openWindow(server, { login: "vanthu", ...options });
    page.allow.push(/409/);
    const id = await registered(page);
    await page.goBack();
    await page.locator('[name="subject"]').fill(right);
    await page.locator(".form .main").first().click();
    await page.locator("h1").waitFor();
    if (/\/registration$/.test(page.url())) {
      truth((await page.locator("h1").innerText()).startsWith("Biểu mẫu này đã được ghi lúc"), await page.locator("h1").innerText());
      truth((await page.locator("main").innerText()).includes(right), "what was typed is shown");
      equal(await page.locator(".facts .tag").count(), 1, "the field that differs");
      if (name !== "nojs") await fits(page);
      if (name !== "nojs") equal(await axe(page), []);
      await picture(page, `back-1-${name}`);
      await page.locator(`form[action="/document/${id}/amendment"] button`).click();
      await page.locator(".stands").first().waitFor();
      equal(await page.locator('[name="subject"]').inputValue(), right, "typed");
      truth((await page.locator(".stands").allInnerTexts()).join(" ").includes(wrong), "and on record");
      if (name !== "nojs") await fits(page);
      if (name !== "nojs") equal(await axe(page), []);
      await picture(page, `back-2-${name}`);
      await page.locator(`form[action="/document/${id}/amendment"] button.main`).click();
    }
    await page.waitForURL(new RegExp(`/document/${id}$`));
    truth((await page.locator("main").innerText()).includes(right), "the correction is on record");
    nothingWentWrong(page, "the clerk");
    await page.context().close();
  });
}
await closeBrowser();
await server.stop();
done();
