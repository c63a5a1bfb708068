// The assistant's optional summary, against a real server process of the protocol: what is kept, what is dropped, and what happens when the server fails.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { Person, done, equal, freePort, program, start, test, top, truth, until } from "../lib.mjs";

const port = await freePort(), key = "khoa-bi-mat-1";
const model = spawn("node", [join(top, "tests/tools/chat_server.mjs"), String(port), key], { stdio: ["ignore", "pipe", "inherit"] });
process.on("exit", () => model.kill("SIGKILL"));
await new Promise((ready) => model.stdout.once("data", ready));
const mood = (word) => fetch(`http://127.0.0.1:${port}/mood/${word}`);
const asked = async () => (await fetch(`http://127.0.0.1:${port}/asked`)).json();

const asan = process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket");
const server = await start({ program: asan, args: ["--workers", "1", "--jobs", "1"], env: { DOANKET_ASSISTANT_KEY: key, DOANKET_ASSISTANT_MODEL: "thu" } });
const clerk = await new Person(server, "vanthu").signIn();
const admin = await new Person(server, "quantri").signIn();

async function ask(person, q) {
  const hidden = await person.hidden("/assistant", "/assistant/question");
  const answer = await person.ask("/assistant/question", { method: "POST", form: { ...hidden, q } });
  equal(answer.status, 303, q);
  return answer.headers.get("location");
}
const look = async (person, path) => (await person.ask(path, { json: true })).json();
const settled = (path) => until("the summary", async () => {
  const v = await look(clerk, path);
  return !v.summary.is_waiting && v;
}, undefined, 300);
const question = "Số liệu phân tách theo khu dân cư, nguyên nhân nghèo và nhu cầu hỗ trợ gửi về Sở nào";

await until("the demonstration is in the index", () => /records again/.test(server.log));

await test("no server is asked until the administrator names one", async () => {
  const v = await look(clerk, await ask(clerk, question));
  equal([v.is_found, v.summary.is_waiting, v.summary.lines], [true, false, []]);
  equal((await asked()).asked, 0);
});
await test("the key is never shown, neither on the page of settings nor in the trail", async () => {
  const page = await (await admin.ask("/admin/config")).text();
  truth(!page.includes(key), "the page of settings shows the key");
  equal((await admin.ask("/admin/config/assistant-key")).status, 404);
});
await test("the administrator names it, and it counts from then on", async () => {
  const hidden = await admin.hidden("/admin/config/assistant-url", "/admin/config/assistant-url");
  const answer = await admin.ask("/admin/config/assistant-url", { method: "POST", form: { ...hidden, value: `http://127.0.0.1:${port}/v1` } });
  equal(answer.status, 303);
});
await test("a summary is written over the quotes, each sentence with the quote it is from", async () => {
  const path = await until("a summary is asked for", async () => {
    const p = await ask(clerk, question), v = await look(clerk, p);
    return (v.summary.is_waiting || v.summary.lines.length) && p;
  }, undefined, 500);
  const v = await settled(path);
  equal([v.is_found, v.summary.is_failed, v.summary.model], [true, false, "thu"]);
  truth(v.summary.lines.length > 0, "a line stands");
  for (const line of v.summary.lines) {
    const n = Number(line.quotes.split(",")[0]);
    truth(v.quotes[n - 1].spans.some((s) => s.verbatim.includes(line.words.replace(/[.;]$/, ""))), `${line.words} is not in quote ${n}`);
  }
});
await test("what was sent has no tools, orders apart from quotes, and quotes within marks of this request alone", async () => {
  const one = (await asked()).last;
  await settled(await ask(clerk, question));
  const two = (await asked()).last;
  const mark = (m) => /<<([0-9a-f]{16}) đoạn 1>>/.exec(m.messages[1].content)[1];
  truth(mark(one) !== mark(two), "the mark differs");
  equal([one.tools, one.functions, one.messages.map((m) => m.role)], [undefined, undefined, ["system", "user"]]);
  truth(!one.messages[0].content.includes(question), "the question is no order");
});
await test("addresses, markup, invented numbers and invented sentences are dropped, and said to be", async () => {
  await mood("led");
  const v = await settled(await ask(clerk, question));
  equal([v.is_found, v.summary.is_failed], [true, false]);
  truth(v.summary.dropped >= 3, `dropped ${v.summary.dropped}`);
  const html = JSON.stringify(v.summary.lines);
  truth(!/evil|http|987|<img/.test(html), html);
});
await test("a summary of nothing but lies leaves the quotes alone", async () => {
  await mood("lying");
  const v = await settled(await ask(clerk, question));
  equal([v.summary.lines, v.summary.dropped, v.quotes.length > 0], [[], 1, true]);
});
await test("an overloaded server is asked again; one that talks nonsense is not believed", async () => {
  await mood("busy");
  const v = await settled(await ask(clerk, question));
  truth(v.summary.lines.length > 0, "asked again");
  await mood("broken");
  const w = await settled(await ask(clerk, question));
  equal([w.summary.is_failed, w.summary.lines, w.quotes.length > 0], [true, [], true]);
});
await test("with the server gone the quotes stand, and the page says so", async () => {
  model.kill("SIGKILL");
  const path = await ask(clerk, question);
  const v = await look(clerk, path);
  truth(v.is_found && v.quotes.length > 0, "quotes at once");
});
await test("nobody else sees the question or its summary", async () => {
  const path = await ask(clerk, question);
  const other = await new Person(server, "xa").signIn();
  equal((await other.ask(path)).status, 404);
});
await server.stop();
done();
