// Heavy and hostile guests: others are still answered, the right person still gets in, and whoever is refused is told why. States and words
// are looked at, never speeds. LONG=1: more of each.
import { request } from "node:http";
import { connect } from "node:net";
import { Person, done, equal, pause, program, start, test, truth, until } from "../lib.mjs";
import { raw } from "../http/lib-raw.mjs";

const long = Boolean(process.env.LONG);
const asan = program.replace("build/doanket", "build/asan/doanket");
const server = await start({ program: process.env.DOANKET_PROGRAM ?? asan, args: ["--workers", "2", "--jobs", "1"] });
const host = `Host: 127.0.0.1:${server.port}\r\n`;
const cookieOf = (p) => [...p.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
const reader = await new Person(server, "vanthu").signIn();

/** A try to sign in from an address of our own: its status, the words of its refusal, its headers. */
function tryFrom(localAddress, login, password, cookie = "") {
  const body = new URLSearchParams({ login, password }).toString();
  return new Promise((end, fail) => {
    const r = request({ host: "127.0.0.1", port: server.port, localAddress, path: "/signin", method: "POST", headers: { origin: server.url, cookie, "content-type": "application/x-www-form-urlencoded", "content-length": body.length } }, (answer) => {
      let said = "";
      answer.on("data", (d) => { said += d; });
      answer.on("end", () => end({ status: answer.statusCode, headers: answer.headers, words: /class="fault"[^>]*>([^<]*)/.exec(said)?.[1] ?? /role="alert"[^>]*>\s*(?:<[^>]+>\s*)*([^<]+)/.exec(said)?.[1] ?? "", said }));
    });
    r.on("error", fail);
    r.end(body);
  });
}
/** The page without what is another each time. */
const bare = (said) => said.replace(/value="[^"]*"/g, "").replace(/nonce="[^"]*"/g, "").replace(/ai-\w+|chuyenvien/g, "X");

await test("a login that does not exist is answered as one that does, before and while it must wait", async () => {
  for (let i = 0; i < 7; i++) {
    const known = await tryFrom("127.5.0.1", "chuyenvien", "sai"), unknown = await tryFrom("127.5.0.1", "ai-do", "sai");
    equal([known.status, known.headers["retry-after"] !== undefined], [unknown.status, unknown.headers["retry-after"] !== undefined], `try ${i}`);
    equal(known.status, i < 5 ? 422 : 429, `try ${i}`);
    equal(bare(known.said), bare(unknown.said), `the page of try ${i}`);
    truth(known.said.includes(i < 5 ? "Tên đăng nhập hoặc mật khẩu chưa đúng" : "Mời thử lại sau"), "the words say what to do");
  }
});

await test("whoever tries wrongly in one network locks out nobody in another, and the person hears of it", async () => {
  equal((await tryFrom("127.5.0.77", "chuyenvien", "doanket")).status, 429, "the same network waits");
  const answer = await tryFrom("127.6.0.1", "chuyenvien", "doanket");
  equal(answer.status, 303, "the right person elsewhere");
  truth(/device=/.test(String(answer.headers["set-cookie"])), "the browser is known from now on");
  const cookie = String(answer.headers["set-cookie"]).split(/,\s*(?=[^;,=\s]+=)/).map((c) => c.split(";")[0]).join("; ");
  const page = await (await fetch(`${server.url}/desk`, { headers: { cookie } })).text();
  truth(/5 lần nhập sai mật khẩu/.test(page), "the next page tells of five wrong tries");
});

await test("a browser its person has used lets the person in where others have tried", async () => {
  const known = (await tryFrom("127.7.0.1", "lanhdao", "doanket")).headers["set-cookie"].find((c) => c.startsWith("device=")).split(";")[0];
  for (let i = 0; i < 6; i++) await tryFrom("127.7.0.9", "lanhdao", "sai");
  equal((await tryFrom("127.7.0.1", "lanhdao", "doanket")).status, 429, "without it");
  equal((await tryFrom("127.7.0.1", "lanhdao", "doanket", known)).status, 303, "with it");
  equal((await tryFrom("127.7.0.1", "vanthu", "sai", known)).status, 422, "of another login it says nothing");
});

await test("a storm of sign-ins: everybody is answered, a crowd of one network is refused with words, others' desks open", async () => {
  let over = false, desks = 0;
  const watched = (async () => { while (!over) { equal((await reader.ask("/desk")).status, 200, "the desk"); desks++; await pause(20); } })();
  const n = long ? 400 : 40;
  const answers = await Promise.all(Array.from({ length: n }, (_, i) => tryFrom(i % 2 ? "127.9.0.5" : `127.${20 + (i % 100)}.1.2`, `ai-${i}`, "sai")));
  over = true;
  await watched;
  truth(desks > 0, "somebody else's desk was asked for");
  for (const a of answers) {
    truth(a.status === 422 || a.status === 429, `answered ${a.status}`);
    if (a.status === 429) { truth(a.headers["retry-after"], "says when to come back"); truth(a.said.includes("Mời thử lại sau"), "in words"); }
  }
  truth(answers.some((a) => a.status === 422), "some were tried");
});

await test("an address that is too long, or holds too many pairs, is told so on a page, to whoever asks", async () => {
  for (const cookie of ["", `Cookie: ${cookieOf(reader)}\r\n`]) {
    const get = async (target) => { const r = await raw(server, `GET ${target} HTTP/1.1\r\n${host}${cookie}Connection: close\r\n\r\n`, { ms: 30000 }); return [r.status, Buffer.from(r.text, "latin1").toString()]; };
    const [long414, page] = await get(`/law?q=${"a".repeat(9000)}`);
    equal(long414, 414, "9,000 bytes");
    truth(page.includes("Địa chỉ này dài quá") && page.includes("<html"), "a page of ours");
    equal((await get(`/law?q=${"a".repeat(28000)}`))[0], 414, "28,000 bytes");
    const [many, said] = await get(`/law?${"a&".repeat(3000)}`);
    equal(many, 400, "3,000 pairs");
    truth(said.includes("có nhiều mục quá"), "in our words");
    truth([200, 303].includes((await get(`/law?${Array.from({ length: 99 }, (_, i) => `a${i}=1`).join("&")}`))[0]), "99 pairs are let in");
    truth([200, 303].includes((await get(`/law?q=${"a".repeat(6000)}`))[0]), "6,000 bytes are let in");
  }
});

await test("an address of more than 2,000 characters is gone back to after signing in", async () => {
  const person = new Person(server, "xa"), to = `/law?q=${"a".repeat(2500)}`;
  const away = (await person.ask(to)).headers.get("location");
  truth(away.startsWith("/signin?to="), away.slice(0, 60));
  const hidden = await person.hidden(away, "/signin");
  // Behind the storm it may have to come again, as the page says.
  const back = await until("signing in", async () => { const a = await person.ask("/signin", { method: "POST", form: { ...hidden, login: "xa", password: "doanket" } }); return a.status !== 429 && a; }, 120000, 2000);
  equal([back.status, back.headers.get("location") === to], [303, true]);
});

await test("a body without end from somebody who is not signed in is cut, with a word", async () => {
  const got = await new Promise((end) => {
    const socket = connect(server.port, "127.0.0.1"), piece = "x".repeat(16000);
    let said = "", sent = 0;
    const pour = () => { while (socket.writable && sent < 50e6 && socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`)) sent += piece.length; };
    socket.on("connect", () => { socket.write(`POST /signin HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`); pour(); });
    socket.on("drain", pour);
    socket.on("data", (d) => { said += d; });
    socket.on("error", () => {});
    socket.on("close", () => end({ said, sent }));
  });
  truth(got.sent < 40e6, `${got.sent} bytes were taken`);
  truth(got.said === "" || got.said.includes("413"), got.said.slice(0, 100));
});

await test("a session that ends is told to its open pages, on whatever worker they are", async () => {
  const person = await until("signing in", () => new Person(server, "quantri").signIn(), 120000, 2000);
  const cookie = cookieOf(person);
  // Each in an object: a promise that is given a promise would wait for the stream's end.
  const streams = await Promise.all(Array.from({ length: 6 }, () => new Promise((open, fail) => {
    const r = request({ host: "127.0.0.1", port: server.port, path: "/live", headers: { cookie } }, (answer) => {
      let said = "";
      const end = new Promise((over) => answer.on("end", () => over(said)));
      answer.on("data", (d) => { said += d; open({ end }); });
    });
    r.on("error", fail);
    r.end();
  })));
  const hidden = await person.hidden("/desk", "/signout");
  const began = Date.now();
  equal((await person.ask("/signout", { method: "POST", form: hidden })).status, 303);
  for (const { end } of streams) truth((await Promise.race([end, pause(13000).then(() => "open")])).includes("session.ended"), "the stream ended before its next beat");
  if (process.env.VERBOSE) console.log(`streams ended within ${Date.now() - began} ms`);
});

await test("a long text for the citation guard is a job with a paged result, no page over its budget", async () => {
  const line = "Căn cứ khoản 2 Điều 3 Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 và Điều 99 Luật Không Có số 1/2001/QH10: “Một câu trích không ở đâu cả trong luật này”.\n";
  const hidden = await reader.hidden("/law/guard", "/law/guard"), form = new FormData();
  for (const [k, v] of Object.entries({ ...hidden, text: line.repeat(long ? 4000 : 150) })) form.append(k, v);
  const sent = await reader.ask("/law/guard", { method: "POST", form });
  equal(sent.status, 303);
  const path = sent.headers.get("location");
  const first = await until("the check is done", async () => { const html = await (await reader.ask(path)).text(); return html.includes('id="reading"') ? null : html; }, 240000, 500);
  let pages = 0, findings = 0;
  for (let html = first, next; ; html = await (await reader.ask(next)).text()) {
    truth(Buffer.byteLength(html) < 300000, `${Buffer.byteLength(html)} bytes`);
    pages++;
    findings += [...html.matchAll(/<li id="f\d+"/g)].length;
    next = /<a class="btn small" rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
    if (!next) break;
  }
  truth(pages > 2 && findings > 50, `${pages} pages, ${findings} findings`);
});

await server.stop();
done();
