// On a copy of the tree: `make new-module` gives a module that builds, is served and walked: made, found, changed, and
// not there for another organ.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { done, equal, folder, Person, start, test, top, truth, until } from "../lib.mjs";

const copy = folder();
const run = (command, ...args) => execFileSync(command, args, { cwd: copy, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
for (const file of execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: top, encoding: "utf8", maxBuffer: 1 << 26 }).split("\n")) {
  if (!file || /^(docs|bench|fuzz)\//.test(file)) continue;
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  try { cpSync(join(top, file), join(copy, file)); } catch (e) { if (e.code !== "ENOENT") throw e; }
}
symlinkSync(join(top, "node_modules"), join(copy, "node_modules"));
// Copied now, the list of packages would be newer than the packages, and those of the tree made anew under whoever else uses them.
utimesSync(join(copy, "package-lock.json"), 0, 0);

let server;
await test("a new module builds as it is made", () => {
  run("make", "-s", "new-module", "NAME=visit");
  run("make", "-s", "-j2");
});

await test("it is served, and its pages are in the navigation", async () => {
  server = await start({ program: join(copy, "build/doanket"), args: ["--workers", "1", "--jobs", "1"] });
  const clerk = await new Person(server, "vanthu").signIn();
  const page = await (await clerk.ask("/visit")).text();
  truth(page.includes("Chưa có gì") && page.includes('href="/visit"'), "an empty list with a way out");
});

await test("one is made, found by search, and changed", async () => {
  const clerk = await new Person(server, "vanthu").signIn();
  const first = await clerk.ask("/visit", { method: "POST", form: { ...(await clerk.hidden("/visit/new", "/visit")), title: "Đoàn cựu chiến binh phường", day_on: "09/12/2026", note: "Tiếp tại phòng họp" } });
  equal(first.status, 303);
  const path = first.headers.get("location");
  truth((await (await clerk.ask("/visit")).text()).includes("Đoàn cựu chiến binh"), "in the list");
  await until("found by its note, without diacritics", async () => JSON.stringify(await (await clerk.ask("/find?q=" + encodeURIComponent("tiep tai phong hop doan cuu chien binh"), { json: true })).json()).includes(path));
  const hidden = await clerk.hidden(`${path}/edit`, `${path}/edit`);
  const second = await clerk.ask(`${path}/edit`, { method: "POST", form: { ...hidden, title: "Đoàn cựu chiến binh quận", day_on: "", note: "" } });
  equal(second.status, 303);
  truth((await (await clerk.ask(path)).text()).includes("Đoàn cựu chiến binh quận"), "changed");
  const stale = await clerk.hidden("/visit/new", "/visit");
  const late = await clerk.ask(`${path}/edit`, { method: "POST", form: { ...hidden, _once: stale._once, title: "Muộn", day_on: "", note: "" } });
  equal(late.status, 409, "who was slower is told");
  const commune = await new Person(server, "xa").signIn();
  equal((await commune.ask(path)).status, 404, "another organ");
});

await test("it is on the desk, in the charts with the list behind the figure, and its unit is told", async () => {
  const clerk = await new Person(server, "vanthu").signIn();
  const soon = new Date(Date.now() + 5 * 86400000), day = [soon.getDate(), soon.getMonth() + 1, soon.getFullYear()].map((n) => String(n).padStart(2, "0")).join("/");
  const made = await clerk.ask("/visit", { method: "POST", form: { ...(await clerk.hidden("/visit/new", "/visit")), title: "Đoàn thanh niên xã bạn", day_on: day, note: "" } });
  equal(made.status, 303);
  const path = made.headers.get("location");
  const desk = await (await clerk.ask("/desk", { json: true })).json();
  // Among what presses more, or in the list that the desk leads to for the rest.
  const ahead = desk.lists.find((x) => x.link === "/visit?ahead=1");
  truth(desk.rows.some((r) => r.link === path) || ahead?.count === 1, "on the desk");
  truth((await (await clerk.ask("/visit?ahead=1")).text()).includes(path), "in the list its box opens");
  const chart = `of=visit&scope=unit&from=${day}&to=${day}`;
  const figures = await until("counted", async () => { const v = await (await clerk.ask(`/chart?${chart}`, { json: true })).json(); return v.sum.total.n === 1 && v; });
  truth(figures.sources.length >= 3 && figures.sources.filter((s) => /visit/.test(JSON.stringify(s))).length === 1 && figures.metrics.some((m) => m.code === "VISIT.SO" && m.of.n === 1), "beside the documents and the tasks, under a code of its own");
  const list = await (await clerk.ask(figures.sum.total.link, { json: true })).json();
  equal(list.records.length, 1, "the list behind the figure");
  equal(list.records[0].link, path);
  equal((await clerk.ask(figures.excel)).status, 200, "as Excel");
});

await server?.stop();
done();
