// What the people of the story do with a document, as steps on the page. Each waits for what a person would see.
import { equal, truth, until } from "./lib.mjs";

/** The document's id in an address. */
export const idOf = (address) => /\/document\/(\d+)/.exec(address)?.[1];

/** The clerk hands in a file on the page for it and opens the draft made of it; its id. */
export async function upload(page, path) {
  await page.goto("/document/new");
  const before = new Set(await drafts(page));
  await page.locator('input[type="file"][name="file"]').setInputFiles(path);
  const send = page.locator('form[action="/document/upload"] button[type="submit"]');
  if (await send.isVisible()) await send.click();
  const id = await until("the draft is there", async () => {
    if (/\/document\/\d+/.test(page.url())) return idOf(page.url());
    return (await drafts(page)).find((d) => !before.has(d));
  }, 30000);
  return id;
}

async function drafts(page) {
  return (await page.locator('#drafts a[href^="/document/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")))).map(idOf).filter(Boolean);
}

/** Waits, with the page open and without reloading it, until the paper is read and suggestions stand beside the form. */
export async function untilRead(page, id, ms = 120000) {
  await page.goto(`/document/${id}/register`);
  await until(`document ${id} is read`, async () =>
    (await page.locator("#reading progress").count()) === 0 && (await page.locator("#suggested [data-fill]").count()) > 0, ms, 250);
}

/** What was suggested, by field. */
export async function suggestions(page) {
  return Object.fromEntries(await page.locator("#suggested [data-fill]").evaluateAll((all) => all.map((b) => [b.dataset.fill, b.dataset.value])));
}

/** Fills the registration form and saves it; the arrival number shown afterwards. */
export async function register(page, values = {}) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`form[action$="/register"] [name="${name}"], form[action$="/registration"] [name="${name}"]`).first();
    if ((await field.evaluate((e) => e.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await page.locator("form button.main", { hasText: "Vào sổ" }).click();
  await page.waitForURL((u) => /^\/document\/\d+$/.test(u.pathname));
  return arrivalNumber(page);
}

export async function arrivalNumber(page) {
  const said = await page.locator("main").innerText();
  const found = /[Ss]ố đến:?\s*([\d.]+)/.exec(said);
  truth(found, `no arrival number on ${page.url()}:\n${said.slice(0, 400)}`);
  return Number(found[1].replaceAll(".", ""));
}

/** The text of a page's main part. */
export const mainText = (page) => page.locator("main").innerText();

export async function json(page, path) {
  const answer = await page.request.get(path, { headers: { accept: "application/json" } });
  equal(answer.status(), 200, path);
  return answer.json();
}
