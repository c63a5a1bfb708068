// What the people of the story do with a document, as steps on the page. Each waits for what a person would see.
import { equal, truth, until } from "./lib.mjs";

/** The document's id in an address. */
export const idOf = (address) => /\/document\/(\d+)/.exec(address)?.[1];
/** The text of a page's main part. */
export const mainText = (page) => page.locator("main").innerText();

async function drafts(page) {
  const links = await page.locator('#drafts a[href^="/document/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  return links.map(idOf).filter(Boolean);
}

/** The clerk hands in a file on the page for it; the id of the draft made of it. */
export async function upload(page, path) {
  await page.goto("/document/new");
  const before = new Set(await drafts(page));
  await page.locator('input[type="file"][name="file"]').setInputFiles(path);
  const send = page.locator('form[action="/document/upload"] button[type="submit"]');
  await send.click({ timeout: 3000 }).catch(() => {}); /* choosing a file sends it already where scripts run */
  return until("the draft is there", async () => {
    if (/\/document\/\d+/.test(page.url())) return idOf(page.url());
    return (await drafts(page)).find((d) => !before.has(d));
  }, 30000);
}

/** With the page open and never reloaded: until the paper is read and suggestions stand beside the form. */
export async function untilRead(page, id, ms = 180000) {
  await page.goto(`/document/${id}/register`);
  await until(`document ${id} is read, and says so`, async () =>
    (await page.locator("#reading progress").count()) === 0 && (await page.locator("#suggested [data-fill]").count()) > 0, ms, 250);
}

/** What was suggested, by field. */
export async function suggestions(page) {
  return Object.fromEntries(await page.locator("#suggested [data-fill]").evaluateAll((all) => all.map((b) => [b.dataset.fill, b.dataset.value])));
}

export async function fill(page, form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`${form} [name="${name}"]`).first();
    if ((await field.evaluate((e) => e.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
}

export const registration = 'form[action$="/registration"]';
/** Fills the registration form and saves it; the arrival number shown afterwards. */
export async function register(page, values = {}) {
  await fill(page, registration, values);
  await page.locator(`${registration} button.main`).click();
  await page.waitForURL((u) => /^\/document\/\d+$/.test(u.pathname));
  return arrivalNumber(page);
}

export async function arrivalNumber(page) {
  const said = await mainText(page);
  const found = /[Ss]ố đến:?\s*([\d.]+)/.exec(said);
  truth(found, `no arrival number on ${page.url()}:\n${said.slice(0, 400)}`);
  return Number(found[1].replaceAll(".", ""));
}

async function open(page, id) {
  const details = page.locator(`details#${id}`);
  if (!(await details.evaluate((e) => e.open))) await details.locator("summary").first().click();
}

/** Presents the registered document on the page to a leader by name. */
export async function present(page, leader) {
  await open(page, "present");
  const option = page.locator("#leader option", { hasText: leader }).first();
  await page.locator("#leader").selectOption(await option.getAttribute("value"));
  await page.locator('form[action$="/presentation"] button[type="submit"]').click();
  await until("it is presented", async () => !(await page.locator('form[action$="/presentation"]').count()) || /trình/i.test(await mainText(page)));
}

/** The chair's direction on the page: {text, lead, cooperate, inform, days}; people and units by a part of their label. */
export async function direct(page, order) {
  await open(page, "direct");
  const form = 'form[action$="/directive"]';
  await page.locator(`${form} [name="text"]`).fill(order.text);
  const lead = page.locator(`${form} select[name="lead"] option`, { hasText: order.lead }).first();
  await page.locator(`${form} select[name="lead"]`).selectOption(await lead.getAttribute("value"));
  for (const role of ["cooperate", "inform"]) {
    if (!order[role]) continue;
    const box = page.locator(`${form} label`, { hasText: order[role] }).locator(`input[name="${role}"]`).first();
    const more = page.locator(`${form} details:has(input[name="${role}"])`).first();
    if (await more.count() && !(await more.evaluate((e) => e.open))) await more.locator("summary").click();
    await box.check();
  }
  if (order.days) {
    await page.locator(`${form} [name="days"]`).fill(String(order.days));
    await page.locator(`${form} [name="days"]`).blur();
  }
  const said = order.days ? await until("the deadline explains itself before it is given", async () => {
    const words = await page.locator("#deadline-said").innerText();
    return /\d{1,2}\/\d{1,2}/.test(words) && words;
  }, 8000) : "";
  await page.locator(`${form} button.main[type="submit"]`).click();
  await until("the direction stands in the thread", async () => (await page.locator("#thread").innerText()).includes(order.text));
  return said;
}

export async function accept(page) {
  await page.locator('form[action$="/acceptance"] button').click();
  await until("it is taken up", async () => !(await page.locator('form[action$="/acceptance"]').count()));
}

/** Reports done, with a file as evidence when one is given. */
export async function report(page, text, evidence) {
  await open(page, "report");
  await page.locator('form[action$="/report"] [name="text"]').fill(text);
  if (evidence) await page.locator('form[action$="/report"] [name="file"]').setInputFiles(evidence);
  await page.locator('form[action$="/report"] button[type="submit"]').click();
  await until("the report stands on the page", async () => (await mainText(page)).includes(text));
}

export async function giveBack(page, reason) {
  await open(page, "return");
  await page.locator('form[action$="/return"] [name="reason"]').fill(reason);
  await page.locator('form[action$="/return"] button[type="submit"]').click();
  await until("the reason stands on the page", async () => (await mainText(page)).includes(reason));
}

export async function close(page) {
  await open(page, "close");
  await page.locator('form[action$="/closure"] button[type="submit"]').click();
  await until("it is closed", async () => /Đã kết thúc|Kết thúc/.test(await page.locator(".head").innerText()));
}

export async function json(page, path, status = 200) {
  const answer = await page.request.get(path, { headers: { accept: "application/json" } });
  equal(answer.status(), status, path);
  return status === 200 ? answer.json() : null;
}
