// What every answer has in common: a header is said once, a page of trouble says its own number and leads on, what was typed outlives a busy database.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { Person, done, equal, program, start, test, truth, until } from "../lib.mjs";
import { fieldsOf, formTo } from "./lib-forms.mjs";
import { raw } from "./lib-raw.mjs";

const server = await start({ program: process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket"), args: ["--workers", "1", "--jobs", "1"], wait: 600000 });
const clerk = await new Person(server, "vanthu").signIn(), admin = await new Person(server, "quantri").signIn();
const cookies = (who) => [...who.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
const ask = (who, path, more = "") => raw(server, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${who ? `Cookie: ${cookies(who)}\r\n` : ""}${more}Connection: close\r\n\r\n`);
const plain = (html) => html.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");

const long = `/find?q=${"a".repeat(9000)}`, many = `/document?${Array.from({ length: 120 }, (_, i) => `a${i}=1`).join("&")}`;
const asked = [[null, "/", 303], [null, "/signin", 200], [null, long, 414], [null, "/no-such-page", 404], [clerk, "/desk", 200], [clerk, "/document?tab=all", 200], [clerk, "/find?q=Ng%C3%A0y", 200], [clerk, "/chart", 200],
  [clerk, long, 414], [clerk, many, 400], [clerk, "/admin/audit", 403], [clerk, "/document/4242424242", 404], [clerk, "/health", 200], [admin, "/admin/audit", 200], [admin, "/admin/audit/export", 200], [admin, "/admin/health", 200]];
await test("no header stands twice in an answer, cookies excepted, and no answer has two heads", async () => {
  for (const [who, path, status] of asked) for (const more of ["", "Accept-Encoding: gzip\r\n", "Accept: application/json\r\n"]) {
    const got = await ask(who, path, more), [head, ...body] = got.text.split("\r\n\r\n");
    if (!more.includes("json") && !(status === 303)) equal(got.status, status, path.slice(0, 40));
    const names = head.split("\r\n").slice(1).map((line) => line.split(":")[0].toLowerCase()).filter((name) => name !== "set-cookie");
    equal(names.filter((name, i) => names.indexOf(name) !== i), [], `${path.slice(0, 40)} ${more}`);
    truth(!body.join("").includes("HTTP/1.1 "), `a second head: ${path.slice(0, 40)}`);
  }
});
await test("what an answer depends on is said to those who keep copies", async () => {
  const { text } = await ask(clerk, "/desk", "Accept-Encoding: gzip\r\n");
  const vary = /^Vary: (.*)$/m.exec(text)[1];
  for (const on of ["Accept", "Accept-Encoding", "Cookie"]) truth(vary.split(/,\s*/).map((s) => s.trim()).includes(on), `${on} in ${vary}`);
});
await test("a page of trouble says the status it has, and what to do", async () => {
  for (const [who, path, status] of asked.filter(([, , s]) => s >= 400)) {
    const answer = await (who ?? new Person(server)).ask(path), html = await answer.text();
    equal([answer.status, /Lỗi (\d+)/.exec(html)?.[1]], [status, String(status)], path.slice(0, 40));
    truth(/class="acts">\s*<a class="btn main"/.test(html), "a way on");
  }
});
await test("the way back leads to the page one came from, and never to another site", async () => {
  const back = async (referer) => /href="([^"]*)">Quay lại trang trước/.exec(await (await clerk.ask("/admin/audit", { headers: { referer } })).text())?.[1];
  equal(plain((await back(`${server.url}/document?tab=all&q=a%20b`)) ?? ""), "/document?tab=all&q=a%20b");
  for (const other of ["", "http://evil.example/desk", `${server.url}.evil.example/desk`, `http://127.0.0.1:${server.port}@evil.example/`, `${server.url}//evil.example/`, `${server.url}/\\evil.example`, `${server.url}/admin/audit?x=1`, "x", `${server.url}/${"a".repeat(9000)}`, `${server.url}`])
    equal(await back(other), undefined, other.slice(0, 60));
  const shown = await (await clerk.ask("/admin/audit", { headers: { referer: `${server.url}/document?q="><script>x</script>` } })).text();
  truth(!shown.includes("<script>x"), "what came is escaped");
});
await test("a form that is not the page's own is said to be so", async () => {
  const answer = await clerk.ask("/look", { method: "POST", form: { ...(await clerk.hidden("/hat", "/look")), unknown: "x" } });
  equal(answer.status, 400);
  truth(/không đúng với biểu mẫu/.test(await answer.text()), "in words");
});
await test("a form sent while the database lets nobody write comes back as it was typed, and is taken when sent again", async () => {
  const drafted = await clerk.ask("/document/draft", { method: "POST", form: await clerk.hidden("/document/new", "/document/draft") });
  const id = /\/document\/(\d+)\//.exec(drafted.headers.get("location"))[1], to = `/document/${id}/registration`;
  const form = formTo(await (await clerk.ask(`/document/${id}/register`)).text(), to), sent = { ...fieldsOf(form), issuer: "Sở Y tế", subject: "Chờ ghi", priority: "0" };
  const holder = spawn("python3", ["-c", 'import sqlite3,sys\nc=sqlite3.connect(sys.argv[1],timeout=60,isolation_level=None)\nc.execute("BEGIN IMMEDIATE")\nprint("held",flush=True)\nsys.stdin.read()', join(server.data, "doanket.db")], { stdio: ["pipe", "pipe", "inherit"] });
  await new Promise((ready) => holder.stdout.once("data", ready));
  const busy = await clerk.ask(to, { method: "POST", form: sent }), html = await busy.text();
  const said = await clerk.ask(to, { method: "POST", form: sent, json: true });
  holder.stdin.end();
  equal([busy.status, said.status, (await said.json()).error.kind], [503, 503, "busy"]);
  truth(html.includes("chưa lưu được"), "nothing was saved");
  const again = fieldsOf(formTo(html, to));
  equal([again.subject, again.issuer], ["Chờ ghi", "Sở Y tế"], "what was typed");
  await until("it is taken", async () => (await clerk.ask(to, { method: "POST", form: again })).status === 303);
});
await test("the trail is narrowed by an act chosen from words; codes of old addresses are still understood", async () => {
  const page = async (query) => (await admin.ask(`/admin/audit${query}`)).text();
  const html = await page(""), select = /<select name="verb">([\s\S]*?)<\/select>/.exec(html)[1];
  const options = [...select.matchAll(/<option value="([^"]*)"[^>]*>([^<]*)/g)].map((m) => [m[1], m[2]]);
  truth(options.length > 60, `${options.length} acts`);
  for (const [code, words] of options) truth(words.length > 3 && words !== code, `${code}: ${words}`);
  truth(options.some(([code]) => code === "document") && options.some(([code]) => code === "auth.signin"), "a part and an act");
  const entries = async (query) => (await (await admin.ask(`/admin/audit${query}`, { json: true })).json()).entries;
  const signins = await entries("?verb=auth.signin");
  truth(signins.length > 0 && signins.every((e) => e.verb === "Đăng nhập"), JSON.stringify(signins[0]));
  truth(signins.every((e) => e.what === "Đăng nhập"), "what the entry is about, in words");
  truth((await page("?verb=auth.signin")).includes('<option value="auth.signin" selected>'), "chosen");
  truth((await page("?verb=khong.co")).includes('<option value="khong.co" selected>khong.co'), "a code nobody names is kept");
  equal(await entries("?verb=khong.co"), []);
});
await test("nothing was wrong with its memory", async () => {
  equal((await server.stop()).code, 0);
  truth(!/Sanitizer|runtime error|ended by signal/.test(server.log), server.log.slice(-4000));
});
done();
