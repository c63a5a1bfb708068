// Eight tabs of one browser: each loads, each hears what happens, and when the one with the stream is closed another takes over.
// On SQLite only: tabs of a browser do not know the database.
import { Person, closeBrowser, done, nothingWentWrong, openWindow, start, test, truth, until } from "./lib.mjs";

const server = await start({ wait: 400000 });
const window1 = await openWindow(server, { login: "vanthu" });
const tabs = [window1];

await test("the eighth tab loads like the first", async () => {
  await window1.goto("/document");
  while (tabs.length < 8) {
    const tab = await window1.context().newPage();
    tab.wrong = [];
    tab.on("pageerror", (e) => tab.wrong.push(e.message));
    await tab.goto("/document", { waitUntil: "load", timeout: 60000 });
    tabs.push(tab);
  }
  for (const tab of tabs) truth(await tab.locator("h1").first().isVisible(), "a heading");
});

/** A draft comes in by another way; every tab still open draws its list anew. */
async function comesIn(name) {
  const person = await new Person(server, "vanthu").signIn();
  const form = new FormData();
  for (const [k, v] of Object.entries(await person.hidden("/document/new", "/document/upload"))) form.set(k, v);
  form.set("file", new File([`Nội dung ${name}`], `${name}.txt`, { type: "text/plain" }));
  const answer = await person.ask("/document/upload", { method: "POST", form });
  truth(answer.status === 303, `sent: ${answer.status}`);
}
const counts = (tab) => tab.locator("#rail, nav").first().innerText();

await test("each of the eight hears what happens", async () => {
  const before = await Promise.all(tabs.map(counts));
  await comesIn("den-mot");
  for (const [i, tab] of tabs.entries()) await until(`tab ${i + 1} is drawn anew`, async () => (await counts(tab)) !== before[i], 60000, 300);
});

await test("the tab with the stream is closed, and the others go on hearing", async () => {
  await tabs.shift().close();
  const before = await Promise.all(tabs.map(counts));
  await comesIn("den-hai");
  for (const [i, tab] of tabs.entries()) await until(`tab ${i + 2} is drawn anew`, async () => (await counts(tab)) !== before[i], 60000, 300);
});

for (const tab of tabs) nothingWentWrong(tab, "vanthu");
await closeBrowser();
await server.stop();
done();
