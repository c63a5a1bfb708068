// From a form's commit over the feed and the index to another process that searches: what was registered is found.
import { Person, done, rows, start, test, truth } from "../lib.mjs";
import { findable } from "../../bench/fresh.mjs";

const server = await start({ args: ["--workers", "2", "--jobs", "1"] });
await test("a document registered a moment ago is found by a word of its subject, and by nobody who may not read it", async () => {
  const clerk = await new Person(server, "vanthu").signIn();
  await findable(clerk, "zqwxv");
  const other = await new Person(server, "xa").signIn();
  truth(!(await (await other.ask("/find?q=zqwxv")).text()).includes("kiểm tra zqwxv"), "the commune's clerk does not find the city's document");
});
await test("the trail of the demonstration names each act in words", async () => {
  const verbs = rows(server, "SELECT DISTINCT verb FROM audit_entry").map((r) => r.verb);
  truth(verbs.length >= 10, `${verbs.length} kinds of acts`);
  const admin = await new Person(server, "quantri").signIn();
  for (const verb of verbs) {
    const page = await (await admin.ask(`/admin/audit?verb=${verb}`)).text();
    const cells = [...page.matchAll(/<tr><td class="num">[\s\S]*?<\/tr>/g)];
    truth(cells.length > 0, `${verb} is listed`);
    truth(!cells.some((c) => c[0].includes(`<td>${verb}</td>`)), `${verb} has no words`);
  }
});
await test("nothing the demonstration tells of is later than now, at any hour of the day", () => {
  const [acts, made] = rows(server, "SELECT max(made_at) AS at FROM audit_entry", "SELECT max(id) AS id FROM fund_publication"), now = Date.now();
  truth(Number(acts[0].at) <= now, `an act of ${new Date(Number(acts[0].at)).toISOString()}`);
  truth(Number(BigInt(made[0].id) >> 22n) + Date.UTC(2024, 0, 1) <= now + 1000, "an id of a time to come: what is made now would sort before it");
});
await server.stop();
done();
