// Forms over real sockets: bound to the session, once, kept when the session has ended; uploads; open event streams.
import { get } from "node:http";
import { connect } from "node:net";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Person, done, equal, pause, program, rows, start, test, truth, until } from "../lib.mjs";
import { raw } from "./lib-raw.mjs";

const server = await start({ program: process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket"), args: ["--workers", "2", "--jobs", "1"] });
const clerk = await new Person(server, "vanthu").signIn();
const post = (person, path, form, headers) => person.ask(path, { method: "POST", form, headers });
const temporary = () => readdirSync(join(server.data, "tmp")).filter((n) => n.startsWith("up-"));

await test("a form without the session's token is refused", async () => {
  equal((await post(clerk, "/look", { theme: "dark", back: "/hat" })).status, 403);
  equal((await post(clerk, "/look", { theme: "dark", back: "/hat", _csrf: "AAAA" })).status, 403);
});
await test("another session's token is refused", async () => {
  const other = await new Person(server, "lanhdao").signIn();
  const { _csrf } = await other.hidden("/hat");
  equal((await post(clerk, "/look", { theme: "dark", back: "/hat", _csrf })).status, 403);
});
await test("a form from another site is refused, though its token is right", async () => {
  const { _csrf } = await clerk.hidden("/hat");
  equal((await post(clerk, "/look", { theme: "dark", back: "/hat", _csrf }, { origin: "https://evil.example" })).status, 403);
  equal((await post(clerk, "/look", { theme: "dark", back: "/hat", _csrf }, { origin: "null" })).status, 403);
  equal((await post(clerk, "/look", { theme: "dark", back: "/hat", _csrf }, { "sec-fetch-site": "cross-site" })).status, 403);
  equal((await post(clerk, "/look", { theme: "dark", back: "/hat", _csrf }, { "sec-fetch-site": "same-origin" })).status, 303);
});
await test("the token differs on every page, and each of them is right", async () => {
  const a = await clerk.hidden("/hat"), b = await clerk.hidden("/hat");
  truth(a._csrf !== b._csrf && a._once !== b._once, "they differ");
  equal((await post(clerk, "/look", { theme: "light", back: "/hat", _csrf: a._csrf })).status, 303);
  equal((await post(clerk, "/look", { theme: "light", back: "/hat", _csrf: b._csrf })).status, 303);
});
await test("undeclared, doubled and oversized fields are refused", async () => {
  const { _csrf } = await clerk.hidden("/hat");
  equal((await post(clerk, "/look", { theme: "dark", back: "/hat", strange: "1", _csrf })).status, 400);
  equal((await clerk.ask("/look", { method: "POST", body: `theme=dark&theme=light&back=/hat&_csrf=${_csrf}`, headers: { "content-type": "application/x-www-form-urlencoded" } })).status, 400);
  const long = await post(clerk, "/look", { theme: "dark", back: "/".repeat(400), _csrf });
  equal(long.status, 422);
  const json = await clerk.ask("/look", { method: "POST", form: { theme: "mauve", back: "/hat", _csrf }, json: true });
  equal(json.status, 422);
  const { error } = await json.json();
  equal(error.kind, "invalid");
  truth(error.fields.theme.includes("Giao diện"), JSON.stringify(error));
});
await test("a form is taken as JSON, too, with its token in a header", async () => {
  const { _csrf } = await clerk.hidden("/hat");
  const headers = { "content-type": "application/json", "x-csrf-token": _csrf };
  const ask = (body) => clerk.ask("/look", { method: "POST", json: true, body, headers });
  const good = await ask(JSON.stringify({ theme: "dark", back: "/hat" }));
  equal([good.status, await good.json()], [200, { location: "/hat" }]);
  for (const bad of ["{", "[]", "1", '{"theme":"dark","theme":"light"}', '{"theme":{"a":1}}', '{"theme":"\\u0000"}']) truth([400, 422].includes((await ask(bad)).status), bad);
});
await test("broken bodies are refused, none is a fault of ours", async () => {
  const types = { "multipart/form-data": "", "multipart/form-data; boundary=": "", "multipart/form-data; boundary=x": "--x\r\n", "multipart/form-data; boundary=y": "--y\r\n\r\n\r\n--y--", "text/plain": "a=b", "application/x-www-form-urlencoded": "a=%zz" };
  for (const [type, body] of Object.entries(types)) {
    const answer = await clerk.ask("/look", { method: "POST", body, headers: { "content-type": type } });
    truth(answer.status >= 400 && answer.status < 500, `${type}: ${answer.status}`);
  }
});
await test("who may not use a page is told so, in JSON as well", async () => {
  const answer = await clerk.ask("/admin/person", { json: true });
  equal([answer.status, (await answer.json()).error.kind], [403, "denied"]);
  const nobody = await new Person(server).ask("/hat", { json: true });
  truth([200, 401].includes(nobody.status), `${nobody.status}`);
  equal((await new Person(server).ask("/org", { json: true })).status, 401);
  const page = await new Person(server).ask("/org?q=a%20b");
  equal([page.status, page.headers.get("location")], [303, "/signin?to=/org%3Fq%3Da%2520b"]);
});
await test("signing in leads where one wanted to go, and never to another site", async () => {
  for (const [to, wanted] of [["/org", "/org"], ["//evil.example", "/desk"], ["https://evil.example", "/desk"], ["/\\evil.example", "/desk"], ["", "/desk"]]) {
    const answer = await post(new Person(server), "/signin", { login: "vanthu", password: "doanket", to });
    equal([answer.status, answer.headers.get("location")], [303, wanted], to);
  }
});
await test("signing out ends the session everywhere, and clears what the browser kept", async () => {
  const person = await new Person(server, "vanthu").signIn();
  const cookie = person.cookies.get("doanket");
  const answer = await post(person, "/signout", await person.hidden("/hat", "/signout"));
  equal(answer.headers.get("location"), "/signin");
  truth(answer.headers.get("clear-site-data").includes("cache"), "cleared");
  person.cookies.set("doanket", cookie);
  equal((await person.ask("/org")).status, 303);
});
await test("a sign-in replaces the session the browser came with", async () => {
  const person = await new Person(server, "vanthu").signIn();
  const old = person.cookies.get("doanket");
  await person.signIn();
  truth(person.cookies.get("doanket") !== old, "another token");
  const thief = new Person(server);
  thief.cookies.set("doanket", old);
  equal((await thief.ask("/org")).status, 303);
});

// ---- A form that registers something: an upload with the draft it makes.
const pdf = Buffer.concat([Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"), Buffer.alloc(300000, 32)]);
function uploadForm(hidden, field, name = "Công văn số 1.pdf", bytes = pdf) {
  const form = new FormData();
  for (const [k, v] of Object.entries(hidden)) form.set(k, v);
  if (field) form.set(field, new Blob([bytes], { type: "application/pdf" }), name);
  return form;
}
async function uploadField() {
  const html = await (await clerk.ask("/document/new")).text();
  const form = [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map((m) => m[0]).find((f) => /type="file"/.test(f)) ?? "";
  return { action: /action="([^"]+)"/.exec(form)?.[1], field: /<input[^>]*type="file"[^>]*name="([^"]+)"|<input[^>]*name="([^"]+)"[^>]*type="file"/.exec(form)?.slice(1).find(Boolean) };
}
const { action, field } = await uploadField();
await test("a form sent twice acts once, and answers the same both times", async () => {
  if (!action) return "skip the page for a new document has no upload";
  const hidden = await clerk.hidden("/document/new", action);
  truth(hidden._once && hidden._csrf, "the form carries its tokens");
  const answers = await Promise.all([1, 2, 3].map(() => clerk.ask(action, { method: "POST", form: uploadForm(hidden, field) })));
  equal([...new Set(answers.map((a) => a.status))], [303], await answers[0].text());
  equal([...new Set(answers.map((a) => a.headers.get("location")))].length, 1, "one place");
  const again = await clerk.ask(action, { method: "POST", form: uploadForm(hidden, field) });
  equal(again.headers.get("location"), answers[0].headers.get("location"));
});
await test("an upload leaves nothing behind in the temporary folder, however it ends", async () => {
  if (!action) return "skip the page for a new document has no upload";
  const hidden = await clerk.hidden("/document/new", action);
  await clerk.ask(action, { method: "POST", form: uploadForm({ ...hidden, _csrf: "wrong" }, field) });
  await clerk.ask(action, { method: "POST", form: uploadForm({ ...hidden, strange: "1" }, field) });
  const boundary = "x", head = `--x\r\nContent-Disposition: form-data; name="${field}"; filename="a.pdf"\r\n\r\n`;
  const broken = connect(server.port, "127.0.0.1", () => broken.write(`POST ${action} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: doanket=${clerk.cookies.get("doanket")}\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: 500000\r\n\r\n${head}${"a".repeat(100000)}`));
  await until("some of it has come", () => temporary().length > 0);
  broken.destroy();
  await until("the folder is empty", () => temporary().length === 0);
});
await test("somebody not signed in cannot send a file", async () => {
  if (!action) return "skip the page for a new document has no upload";
  const got = await raw(server, `POST ${action} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 50000000\r\n\r\n--x\r\n`);
  truth([303, 401, 403].includes(got.status) && got.how !== "time", `${got.status} ${got.how}`);
  equal(temporary().length, 0);
});
await test("a file beyond the limit is refused in words, at its field", async () => {
  if (!action) return "skip the page for a new document has no upload";
  const got = await raw(server, `POST ${action} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAccept: application/json\r\nCookie: doanket=${clerk.cookies.get("doanket")}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 10737418240\r\n\r\n--x\r\n`);
  equal(got.status, 413, got.text.slice(0, 300));
  const { error } = JSON.parse(Buffer.from(got.text.slice(got.text.indexOf("{")), "latin1").toString());
  truth(error.fields[field].includes("300 MB") || error.fields[field].includes("lớn quá"), JSON.stringify(error));
});

// ---- The session ends while somebody types.
await test("what was typed into a form whose session ended comes back after signing in again, and only to its person", async () => {
  const person = await new Person(server, "quantri").signIn();
  const page = await person.ask("/admin/unit/new");
  if (page.status !== 200) return "skip there is no form for a new unit";
  const hidden = await person.hidden("/admin/unit/new", "/admin/unit");
  const typed = { ...hidden, name: "Đơn vị gõ dở <b>&" };
  // As after hours of lunch: the session is there no more when the form arrives.
  const old = person.cookies.get("doanket");
  await endSession(old);
  const refused = await post(person, "/admin/unit", typed);
  equal(refused.status, 303);
  truth(refused.headers.get("location").startsWith("/signin"), refused.headers.get("location"));
  truth(person.cookies.get("draft"), "the draft's cookie");
  const thief = new Person(server, "vanthu");
  thief.cookies.set("draft", person.cookies.get("draft"));
  await thief.signIn();
  truth(!(await (await thief.ask("/draft")).text()).includes("gõ dở"), "nobody else gets it");
  const signed = await post(person, "/signin", { login: "quantri", password: "doanket", to: "" });
  equal(signed.headers.get("location"), "/draft");
  const back = await (await person.ask("/draft")).text();
  truth(back.includes("Đơn vị gõ dở &lt;b&gt;&amp;"), "what was typed");
  truth(back.includes("Phiên làm việc đã hết hạn"), "and why");
});
await test("a file sent after the session ended comes back with its form, is taken once the form is sent, and only from its person", async () => {
  if (!action) return "skip the page for a new document has no upload";
  const person = await new Person(server, "vanthu").signIn(), bytes = Buffer.concat([pdf, Buffer.from("kept")]);
  const hidden = await person.hidden("/document/new", action);
  await endSession(person.cookies.get("doanket"));
  const refused = await person.ask(action, { method: "POST", form: uploadForm(hidden, field, "giữ lại.pdf", bytes) });
  equal([refused.status, refused.headers.get("location")], [303, "/signin"]);
  equal((await post(person, "/signin", { login: "vanthu", password: "doanket", to: "" })).headers.get("location"), "/draft");
  const html = await (await person.ask("/draft")).text();
  truth(html.includes("giữ lại.pdf"), "its name");
  const kept = /name="_kept" value="([^"]+)"/.exec(html)[1];
  const thief = await new Person(server, "vanthu").signIn();
  const other = await new Person(server, "lanhdao").signIn();
  equal((await other.ask(action, { method: "POST", form: { ...(await other.hidden("/hat")), _kept: kept } })).status, 403, "not a clerk");
  equal((await thief.ask(action, { method: "POST", form: { ...(await thief.hidden("/document/new", action)), _kept: "A".repeat(43) } })).status, 422, "a made-up token");
  const again = await person.ask(action, { method: "POST", form: { ...(await person.hidden("/document/new", action)), _kept: kept } });
  equal(again.status, 303, await again.text());
  truth(/\/document\/\d+\/register/.test(again.headers.get("location")), "a draft was made of it");
});
/** Makes the session old in the database, as time would. */
async function endSession(token) {
  const { execFileSync } = await import("node:child_process");
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256").update(token).digest("hex");
  const sql = `UPDATE auth_session SET used_at = used_at - 600000000 WHERE hash = '${hash}'`;
  if (server.db) execFileSync("psql", [server.db, "-qc", sql]);
  else execFileSync("python3", ["-c", `import sqlite3,sys; c=sqlite3.connect(sys.argv[1], timeout=10); c.execute(sys.argv[2]); c.commit()`, join(server.data, "doanket.db"), sql]);
}

await test("an address from elsewhere, with parameters of theirs, opens; they are not carried on", async () => {
  const answer = await clerk.ask("/document?tab=all&utm_source=zalo&fbclid=x%22y");
  const html = await answer.text();
  equal(answer.status, 200);
  truth(!/utm_source|fbclid/.test(html), "they stand in the page's own links");
});
// ---- Event streams.
function stream(person, { last, ago } = {}) {
  const s = { text: "", ended: false, status: 0 };
  s.opened = new Promise((opened) => {
    s.request = get({ host: "127.0.0.1", port: server.port, path: ago === undefined ? "/live" : `/live?ago=${ago}`, agent: false, headers: { cookie: `doanket=${person.cookies.get("doanket")}`, ...(last ? { "last-event-id": last } : {}) } }, (a) => {
      s.status = a.statusCode;
      a.on("data", (d) => { s.text += d; opened(); });
      a.on("end", () => { s.ended = true; });
      a.on("error", () => { s.ended = true; });
      if (a.statusCode !== 200) { a.resume(); opened(); }
    });
    s.request.on("error", () => { s.ended = true; opened(); });
  });
  s.close = () => s.request.destroy();
  s.ids = () => [...s.text.matchAll(/^id: (\d+)\ndata/gm)].map((m) => Number(m[1]));
  s.last = () => [...s.text.matchAll(/^id: (\d+)$/gm)].map((m) => m[1]).at(-1);
  return s;
}
async function upload() {
  const hidden = await clerk.hidden("/document/new", action);
  equal((await clerk.ask(action, { method: "POST", form: uploadForm(hidden, field, `tệp ${Math.random()}.pdf`, Buffer.concat([pdf, Buffer.from(String(Math.random()))])) })).status, 303);
}
await test("an open page hears what its post may see; another's does not", async () => {
  if (!action) return "skip the page for a new document has no upload";
  const mine = stream(clerk), other = stream(await new Person(server, "xa").signIn());
  await Promise.all([mine.opened, other.opened]);
  await upload();
  await until("the event", () => mine.ids().length > 0, undefined, 5);
  equal(other.ids(), []);
  // The line breaks, more happens, and the page resumes where it was.
  const last = mine.last();
  mine.close();
  await upload();
  await until("it is written", async () => { const s = stream(clerk, { last }); await s.opened; await pause(150); const n = s.ids().length; s.close(); return n > 0; });
  const again = stream(clerk, { last });
  await again.opened;
  await until("what was missed", () => again.ids().length > 0);
  truth(again.ids().every((id) => id > Number(last)), "nothing twice");
  // What the reading of the paper says meanwhile is new, and may come; what was told is not told again.
  const told = Number(again.last()), whole = stream(clerk, { last: told });
  await whole.opened;
  await pause(200);
  truth(whole.ids().every((id) => id > told), `${told} again: ${whole.ids()}`);
  for (const s of [other, again, whole]) s.close();
});
await test("what happened between a page's drawing and its listening is heard", async () => {
  if (!action) return "skip the page for a new document has no upload";
  const drawn = Date.now();
  await upload();
  await until("nothing more will happen", () => Number(rows(server, "SELECT count(*) AS n FROM document_doc WHERE reading = 'waiting'")[0].n) === 0);
  const late = stream(clerk, { ago: Date.now() - drawn }), fresh = stream(clerk);
  await Promise.all([late.opened, fresh.opened]);
  await until("the event", () => late.ids().length > 0);
  equal(fresh.ids(), []);
  for (const s of [late, fresh]) s.close();
});
await test("a stream ends with its session", async () => {
  const person = await new Person(server, "chuyenvien").signIn();
  const s = stream(person);
  await s.opened;
  await post(person, "/signout", await person.hidden("/hat", "/signout"));
  await until("the end", () => s.ended);
  truth(s.text.includes("session.ended"), "it says so");
});
await test("a thousand streams are held, and all hear", async () => {
  const many = Array.from({ length: 1000 }, () => stream(clerk));
  await Promise.all(many.map((s) => s.opened));
  equal(many.filter((s) => s.status === 200).length, 1000);
  if (action) {
    await upload();
    await until("all heard", () => many.every((s) => s.ids().length > 0));
  }
  equal((await clerk.ask("/health")).status, 200);
  for (const s of many) s.close();
});
await test("nobody listens without being signed in", async () => {
  const s = stream(new Person(server));
  await s.opened;
  truth(s.status === 303 || s.status === 401, `${s.status}`);
});
await test("nothing was wrong with its memory", async () => {
  equal((await server.stop()).code, 0);
  truth(!/Sanitizer|runtime error|ended by signal/.test(server.log), server.log.slice(-4000));
});
done();
