// From a form's commit over the feed and the index to another process that searches: what was registered is found.
import { Person, done, start, test, truth } from "../lib.mjs";
import { findable } from "../../bench/fresh.mjs";

const server = await start({ args: ["--workers", "2", "--jobs", "1"] });
await test("a document registered a moment ago is found by a word of its subject, and by nobody who may not read it", async () => {
  const clerk = await new Person(server, "vanthu").signIn();
  await findable(clerk, "zqwxv");
  const other = await new Person(server, "xa").signIn();
  truth(!(await (await other.ask("/find?q=zqwxv")).text()).includes("kiểm tra zqwxv"), "the commune's clerk does not find the city's document");
});
await server.stop();
done();
