// Every page of the story as each person sees it, wide and on a phone, light and dark: axe finds nothing, nothing is wider than its
// window, nothing is wrong on the console. The pictures are left in build/pictures for people to look at.
// On SQLite only: pages do not know the database.
import { axe, closeBrowser, done, fits, openWindow, phone, picture, signIn, start, test, truth, wide, pause } from "./lib.mjs";

const server = await start();
const everyone = ["/desk", "/document?tab=all", "/find?q=Ng%C3%A0y%20h%E1%BB%99i", "/assistant", "/chart", "/notice", "/org", "/hat", "/password"];
// LAW is the address of the Front's law in the library.
const library = ["/law", "/law?q=gi%C3%A1m%20s%C3%A1t%20x%C3%A3%20h%E1%BB%99i", "/law/watch", "/law/collection", "LAW", "LAW?lang=en", "LAW?on=30%2F06%2F2025", "LAW/history", "LAW/compare?from=2025-06-30&to=2025-07-01",
  "LAW/compare", "LAW/relation", "LAW/facts", "LAW/place/art_5__cl_1", "LAW/export"];
const pages = {
  vanthu: [...everyone, ...library, "/document/new", "FIRST"],
  lanhdao: ["/desk", "/document", "FIRST", "/chart"],
  chuyenvien: ["/desk", "/document?tab=late", "FIRST"],
  xa: ["/desk", "/document"],
  quantri: ["/desk", "/admin/audit", "/admin/config", "/admin/job", "/admin/health", "/admin/person", "/admin/import"],
};

async function look(page, path, name) {
  const answer = await page.goto(path);
  truth(answer.status() === 200, `${path}: ${answer.status()}`);
  await page.waitForLoadState("load");
  await pause(250);
  await picture(page, name);
  await fits(page);
  const found = await axe(page);
  truth(found.length === 0, `axe on ${path}:\n${found.join("\n")}`);
  truth(page.wrong.length === 0, `console: ${page.wrong.splice(0).join(" | ")}`);
}

for (const viewport of [wide, phone]) {
  for (const dark of [false, true]) {
    const kind = `${viewport.width}-${dark ? "dark" : "light"}`;
    const nobody = await openWindow(server, { viewport, dark });
    await test(`sign-in, ${kind}`, () => look(nobody, "/signin", `signin-${kind}`));
    await nobody.context().close();
    for (const [login, paths] of Object.entries(pages)) {
      if (dark && login !== "vanthu" && login !== "quantri") continue;
      const page = await openWindow(server, { viewport, dark });
      await signIn(page, login);
      for (let path of paths) {
        let name = path.replace(/^\//, "").replace(/[^a-z]+/g, "-") || "root";
        if (path.startsWith("LAW")) {
          const law = new URL((await page.request.get("/law?q=75%2F2015%2FQH13")).url()).pathname;
          name = path.toLowerCase().replace(/[^a-z]+/g, "-");
          path = law + path.slice(3);
        }
        if (path === "FIRST") {
          const answer = await page.request.get("/document?tab=all");
          path = /href="(\/document\/\d+)"/.exec(await answer.text())?.[1];
          name = "document-show";
          if (!path) continue;
        }
        await test(`${path} as ${login}, ${kind}`, () => look(page, path, `${login}-${name}-${kind}`));
      }
      await page.context().close();
    }
  }
}
await closeBrowser();
await server.stop();
done();
