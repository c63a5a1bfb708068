// No mouse: the clerk registers and the chair directs by keys alone, sees where the focus is, and is caught nowhere.
// On SQLite only: keys and focus do not know the database.
import { closeBrowser, done, equal, makeScan, nothingWentWrong, openWindow, start, test, truth, until } from "./lib.mjs";
import { mainText, present, untilRead, upload } from "./lib-office.mjs";

const server = await start();
let clerk, chair, id;
const key = (page, ...keys) => keys.reduce((before, k) => before.then(() => page.keyboard.press(k)), Promise.resolve());
/** What has the focus, as a person would name it. */
const at = (page) => page.evaluate(() => {
  const e = document.activeElement;
  return { tag: e.tagName, name: e.getAttribute("name") ?? "", id: e.id, text: (e.getAttribute("aria-label") ?? e.innerText ?? "").trim().slice(0, 60), href: e.getAttribute("href") ?? "" };
});
/** Whether the focused thing shows it: an outline, a ring, or another look than before, and inside the window. */
const shows = (page) => page.evaluate(() => {
  const e = document.activeElement;
  const seen = (x, part) => { const s = getComputedStyle(x, part); return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1) || s.boxShadow !== "none"; };
  const box = e.getBoundingClientRect();
  return (seen(e) || seen(e, "::after") || (e.parentElement && seen(e.parentElement))) && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
});
/** Presses Tab until the thing wanted has the focus; each stop on the way must show itself. */
async function tabTo(page, wanted, most = 120, step = "Tab") {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press(step);
    const here = await at(page);
    truth(here.tag !== "BODY" || i === 0, `the focus fell out of the page before ${JSON.stringify(String(wanted))}`);
    if (here.tag !== "BODY") truth(await shows(page), `no sign of the focus on ${JSON.stringify(here)}`);
    if (wanted(here)) return here;
  }
  throw new Error(`not reached with ${most} times ${step}`);
}
const named = (name) => (e) => e.name === name;
const says = (pattern) => (e) => pattern.test(e.text);

await test("one signs in by keys; the first Tab offers to skip to the content, and it does", async () => {
  clerk = await openWindow(server);
  await clerk.goto("/signin");
  await tabTo(clerk, named("login"));
  await clerk.keyboard.type("vanthu");
  await tabTo(clerk, named("password"));
  await clerk.keyboard.type("doanket");
  await key(clerk, "Enter");
  await clerk.waitForURL((u) => u.pathname === "/desk");
  await key(clerk, "Tab");
  equal((await at(clerk)).href, "#main", "the skip link comes first");
  truth(await shows(clerk), "it is seen when focused");
  await key(clerk, "Enter", "Tab");
  truth(await clerk.evaluate(() => document.querySelector("#main").contains(document.activeElement)), "the next stop is in the content");
});

await test("/ and Ctrl+K go to the search box from anywhere; arrows choose, Escape leaves", async () => {
  for (const keys of ["/", "Control+k"]) {
    await clerk.goto("/org");
    await key(clerk, keys);
    equal((await at(clerk)).id, "find-input", keys);
  }
  await clerk.keyboard.type("mặt trận", { delay: 20 });
  await clerk.locator("#found [role=option]").first().waitFor();
  await key(clerk, "ArrowDown");
  truth(await clerk.locator("#find-input").getAttribute("aria-activedescendant"), "the option is said to be active");
  equal(await clerk.locator("#found [aria-selected=true]").count(), 1);
  await key(clerk, "Escape");
  truth(await clerk.locator("#found").isHidden(), "the list closes");
  await key(clerk, "Escape");
  truth((await at(clerk)).id !== "find-input", "and the box is left");
  const field = clerk.locator("#find-input");
  await key(clerk, "/");
  await field.fill("");
  await clerk.keyboard.type("a/b");
  equal(await field.inputValue(), "a/b", "a stroke typed in a field stays one");
});

await test("the clerk registers a paper by keys alone, with the machine's suggestions and one of her own", async () => {
  id = await upload(clerk, makeScan({ number: "640", notation: "SGDDT-VP", type: "", subject: "tổ chức thi tìm hiểu về Mặt trận", seed: "31" }));
  await untilRead(clerk, id);
  await tabTo(clerk, named("code"), 60);
  equal(await clerk.locator('[name="code"]').first().inputValue(), "640/SGDDT-VP", "the suggestion is in the field already");
  await tabTo(clerk, named("priority"));
  await clerk.keyboard.type("Kh");
  await tabTo(clerk, named("issuer"));
  await key(clerk, "Control+a");
  await clerk.keyboard.type("Sở Giáo dục và Đào tạo");
  await tabTo(clerk, named("subject"));
  await key(clerk, "Control+a");
  await clerk.keyboard.type("Về việc tổ chức thi tìm hiểu về Mặt trận");
  await tabTo(clerk, says(/^Vào sổ$/));
  await key(clerk, "Enter");
  await clerk.waitForURL((u) => u.pathname === `/document/${id}`);
  truth(/Số đến \d+/.test(await mainText(clerk)), "its number");
  truth(/Khẩn/.test(await clerk.locator(".head").innerText()), "the priority chosen by its first letters");
});

await test("a wrong field takes the focus, and says why to who cannot see it", async () => {
  await clerk.goto("/document/new");
  await tabTo(clerk, says(/^Nhập tay$/), 80);
  await key(clerk, "Enter");
  await clerk.waitForURL(/\/document\/\d+\/register/);
  clerk.allow.push(/422/);
  await tabTo(clerk, named("issued_on"), 60);
  await clerk.keyboard.type("32/13/2026");
  await tabTo(clerk, named("issuer"));
  await clerk.keyboard.type("Sở Nội vụ");
  await tabTo(clerk, named("subject"));
  await clerk.keyboard.type("Một việc");
  await tabTo(clerk, says(/^Vào sổ$/));
  await key(clerk, "Enter");
  await until("the fault has the focus", async () => (await at(clerk)).name === "issued_on");
  const described = await clerk.evaluate(() => document.activeElement.getAttribute("aria-describedby").split(" ").map((i) => document.getElementById(i)?.innerText).join(" "));
  truth(/ngày có thật/.test(described), described);
});

await test("the chair directs by keys alone: one lead, others picked by typing a part of their name, a deadline that explains itself", async () => {
  await clerk.goto(`/document/${id}`);
  await present(clerk, "Đào Công");
  chair = await openWindow(server, { login: "lanhdao" });
  await tabTo(chair, (e) => e.text.includes("thi tìm hiểu về Mặt trận"), 80);
  await key(chair, "Enter");
  await chair.waitForURL((u) => u.pathname === `/document/${id}`);
  if (!(await chair.locator("details#direct").evaluate((d) => d.open))) {
    await tabTo(chair, says(/^Chỉ đạo, giao việc$/), 120);
    await key(chair, "Enter");
  }
  await tabTo(chair, named("text"), 160);
  await chair.keyboard.type("Ban Phong trào chủ trì, báo cáo kết quả");
  await tabTo(chair, (e) => e.id.startsWith("pick-"));
  await chair.keyboard.type("tran minh");
  await key(chair, "ArrowDown");
  equal((await at(chair)).name, "lead", "the arrow goes to the list");
  truth(/Trần Minh/.test(await chair.locator("#lead").evaluate((s) => s.selectedOptions[0].text)), "the lead is chosen by typing a part of the name, without diacritics");
  await tabTo(chair, says(/^Phối hợp/));
  await key(chair, "Enter");
  await tabTo(chair, (e) => e.id.startsWith("pick-"));
  await chair.keyboard.type("to chuc");
  const shown = chair.locator('details:has(input[name="cooperate"]) label:visible');
  await until("the list is narrowed", async () => { const n = await shown.count(); return n > 0 && n < 20; });
  truth((await shown.allInnerTexts()).some((t) => /Tổ chức/.test(t)), "by words without diacritics");
  await key(chair, "ArrowDown");
  equal((await at(chair)).name, "cooperate", "the arrow goes into the list");
  await key(chair, "Space");
  truth(await chair.evaluate(() => document.activeElement.checked), "it is ticked");
  await tabTo(chair, named("days"));
  await chair.keyboard.type("5");
  await until("the deadline is said", async () => /\d{1,2}\/\d{1,2}/.test(await chair.locator("#deadline-said").innerText()));
  await tabTo(chair, says(/^Giao việc$/));
  await key(chair, "Enter");
  await until("it is given", async () => (await chair.locator("#thread").innerText()).includes("Ban Phong trào chủ trì, báo cáo kết quả"));
  truth(/Phối hợp: [^\n]*Tổ chức/.test(await chair.locator("#thread").innerText()), "who cooperates");
});

await test("no page holds the focus fast: Tab goes round and comes out, forwards and backwards", async () => {
  for (const [page, paths] of [[clerk, ["/desk", "/document", "/document/new", "/find?q=hội", "/notice"]], [chair, ["/chart", "/assistant", `/document/${id}`, "/org"]]]) {
    for (const path of paths) {
      await page.goto(path);
      for (const step of ["Tab", "Shift+Tab"]) {
        const stops = new Set();
        let left = false;
        for (let i = 0; i < 400 && !left; i++) {
          await page.keyboard.press(step);
          const here = await page.evaluate(() => { const e = document.activeElement; e.dataset.stop ??= String(Math.random()); return { body: e === document.body, stop: e.dataset.stop }; });
          /* The first press may only come back from where the browser itself had the focus. */
          left = (here.body && i > 0) || stops.has(here.stop);
          const again = [...stops].at(-1) === here.stop;
          truth(!again || here.body, `${path}: ${step} stays on ${JSON.stringify(await at(page))}`);
          stops.add(here.stop);
        }
        truth(left, `${path}: more than 400 stops`);
        truth(stops.size > 4, `${path}: ${stops.size} stops`);
      }
    }
  }
});

await test("menus open and close by keys, and give the focus back", async () => {
  await clerk.goto("/desk");
  await clerk.locator("details.guide summary").focus();
  await key(clerk, "Enter");
  truth(await clerk.locator("details.guide").evaluate((d) => d.open), "open");
  await key(clerk, "Escape");
  truth(!(await clerk.locator("details.guide").evaluate((d) => d.open)), "closed");
  equal((await at(clerk)).tag, "SUMMARY");
});

for (const [who, page] of Object.entries({ clerk, chair })) await test(`nothing went wrong in the browser of the ${who}`, () => nothingWentWrong(page, who));
await closeBrowser();
await server.stop();
done();
