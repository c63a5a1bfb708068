// Every real paper of the shared data goes through the clerk's page: handed in together, read, suggested, and the first of them registered.
// On SQLite only: what a paper says does not depend on the database, and the story itself reads one on both. Eight are read side by side.
import { closeBrowser, done, equal, nothingWentWrong, openWindow, picture, sharedScan, sharedScans, start, test, truth, until } from "./lib.mjs";
import { idOf, json, mainText, register, suggestions } from "./lib-office.mjs";

/* What stands on their first pages, read by eye; the long ones come last, since only their first pages are waited for. */
const papers = {
  "SRC-F_38.pdf": {}, "SRC-F_39.pdf": { code: "286/C07-P6", issued_on: "27/01/2026" }, "SRC-F_40.pdf": { code: "2243/PCCC&CNCH-P6", issued_on: "23/07/2025" },
  "SRC-F_41.doc": { type: "CV" }, "SRC-F_06.docx": {}, "SRC-F_11.pdf": {}, "SRC-B_01.pdf": {},
  "SRC-G_02.pdf": { code: "56/2023/NĐ-CP", issued_on: "24/07/2023", type: "NĐ" }, "SRC-C_01.pdf": {}, "SRC-F_03.pdf": {}, "SRC-B_02.pdf": {}, "SRC-F_16.pdf": {}, "SRC-D_03.pdf": {},
};
const there = Object.keys(papers).filter((name) => sharedScan(name)), ids = {};

if (!there.length) {
  await test("the papers of the shared data", () => "skip: no shared data here");
} else {
  const server = await start({ args: ["--jobs", "8"] });
  const clerk = await openWindow(server, { login: "vanthu" });
  await test("every paper of the folder is known to this journey", () => equal(sharedScans().filter((n) => !(n in papers)), []));

  await test("all are handed in at once, and each becomes a draft of its own", async () => {
    await clerk.goto("/document/new");
    const before = new Set(await clerk.locator('#drafts a[href^="/document/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href"))));
    await clerk.locator('input[type="file"][name="file"]').setInputFiles(there.map(sharedScan));
    const fresh = await until("the drafts", async () => {
      const links = await clerk.locator('#drafts a[href^="/document/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      const now = links.filter((l) => !before.has(l));
      return now.length === there.length && now;
    }, 60000);
    for (const link of fresh) {
      await clerk.goto(link);
      ids[(await clerk.locator("#paper .bar b").innerText()).trim()] = idOf(link);
    }
    equal(Object.keys(ids).toSorted(), there.toSorted());
  });

  for (const name of there) {
    await test(`${name} is read, and what it says is suggested`, async () => {
      const wanted = papers[name];
      await clerk.goto(`/document/${ids[name]}/register`);
      await until("suggestions beside the form", async () => (await clerk.locator("#suggested [data-fill]").count()) >= 2, 400000, 500);
      truth(!/dấu chỉ độ mật/.test(await mainText(clerk)), "taken for a state secret");
      const said = await suggestions(clerk);
      for (const [field, value] of Object.entries(wanted)) equal(said[field], value, `${name}: ${field}`);
      truth(said.subject || said.code, JSON.stringify(said));
      if (name === "SRC-G_02.pdf") await picture(clerk, "scans-1-register");
    });
  }

  await test("the short ones are read to the end, and found by their words", async () => {
    for (const name of there.filter((n) => /F_38|F_39|F_40|F_41/.test(n))) {
      const paper = await until(`${name} is read`, async () => {
        const doc = await json(clerk, `/document/${ids[name]}`);
        return !doc.paper.is_reading && doc.paper;
      }, 900000, 1000);
      truth(!paper.is_failed, `${name}: ${JSON.stringify(paper).slice(0, 300)}`);
    }
    await clerk.goto(`/document/${ids["SRC-F_39.pdf"]}/register`);
    await register(clerk, {});
    await until("found", async () => JSON.stringify(await json(clerk, `/find?q=${encodeURIComponent("286/C07-P6")}`)).includes(ids["SRC-F_39.pdf"]));
  });
  await test("nothing went wrong in the clerk's browser", () => nothingWentWrong(clerk, "clerk"));
  await closeBrowser();
  await server.stop();
}
done();
