// Processes under load: a killed worker is back at once, a stop loses nothing, slow and greedy clients are shown the door.
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { readFileSync } from "node:fs";
import { Person, done, equal, pause, program, start, test, truth, until } from "../lib.mjs";
import { raw } from "./lib-raw.mjs";

const asan = process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket");
const server = await start({ program: asan, args: ["--workers", "2", "--jobs", "1"] });
const host = `Host: 127.0.0.1:${server.port}\r\n`;

function get(path, { agent, headers } = {}) {
  return new Promise((done_) => {
    const r = request({ host: "127.0.0.1", port: server.port, path, agent, headers }, (a) => {
      let text = "";
      a.on("data", (d) => { text += d; });
      a.on("end", () => done_({ status: a.statusCode, headers: a.headers, text, local: r.socket?.localPort }));
      a.on("error", (e) => done_({ status: 0, error: e.code }));
    });
    r.on("error", (e) => done_({ status: 0, error: e.code }));
    r.end();
  });
}

/** Asks from several connections until told to stop; counts what came back. */
function load(clients) {
  const seen = { ok: 0, lost: 0 };
  let going = true;
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const all = Array.from({ length: clients }, async () => {
    while (going) (await get("/health", { agent })).status === 200 ? seen.ok++ : seen.lost++;
  });
  return { seen, stop: async () => { going = false; await Promise.all(all); agent.destroy(); return seen; } };
}

await test("one connection serves many requests", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set();
  for (let i = 0; i < 20; i++) {
    const a = await get("/health", { agent });
    equal(a.status, 200);
    ports.add(a.local);
  }
  agent.destroy();
  equal(ports.size, 1);
});

await test("a web worker killed under load is back by itself, and loses only what it held", async () => {
  const clients = 16;
  const running = load(clients);
  const more = (n) => { const wanted = running.seen.ok + n; return until(`${n} more answers`, () => running.seen.ok >= wanted, undefined, 5); };
  await more(50);
  const times = [];
  for (let i = 0; i < 3; i++) {
    const [victim] = server.workers("web");
    const began = performance.now();
    process.kill(victim, "SIGKILL");
    await until("another worker", () => { const now = server.workers("web"); return !now.includes(victim) && now.length === 2; }, undefined, 2);
    times.push(performance.now() - began);
    await more(50);
  }
  const seen = await running.stop();
  console.log(`a worker is there again after ${Math.min(...times).toFixed(0)} ms; ${seen.lost} of ${seen.ok + seen.lost} requests lost with ${clients} clients`);
  truth(seen.lost <= 3 * clients, `${seen.lost} lost`);
});

/** Kills a worker; one that was just replaced is dead already. */
function strike(pid) {
  try { process.kill(pid, "SIGKILL"); } catch (e) { if (e.code !== "ESRCH") throw e; }
}
await test("a worker that keeps dying is started with growing pauses, and serves again", async () => {
  for (let i = 0; i < 3; i++) {
    for (const pid of server.workers("web")) strike(pid);
    await pause(60);
  }
  await until("the server serves", async () => (await get("/health")).status === 200, undefined, 20);
});

await test("the other parts come back, too", async () => {
  for (const name of ["live", "search", "job"]) {
    const [victim] = server.workers(name);
    truth(victim, `there is a ${name}`);
    process.kill(victim, "SIGKILL");
    await until(name, () => server.workers(name).some((p) => p !== victim), undefined, 10);
  }
});

await test("an upload of 10 GB is refused before it comes, with the limit in Vietnamese", async () => {
  const got = await raw(server, `POST /signin HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10737418240\r\n\r\nlogin=`);
  equal(got.status, 413, got.text.slice(0, 200));
  truth(Buffer.from(got.text, "latin1").toString().includes("lớn quá mức cho phép"), got.text.slice(0, 2000));
});
await test("a body without a length is counted, and refused when it is too large", async () => {
  const chunk = `10000\r\n${"a".repeat(65536)}\r\n`;
  const got = await raw(server, [`POST /signin HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`, ...Array(20).fill(chunk), "0\r\n\r\n"], { every: 1 });
  equal(got.status, 413, got.text.slice(0, 200));
});
await test("an unknown method, a wrong method and OPTIONS say what is allowed", async () => {
  const wrong = await raw(server, `DELETE /signin HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
  equal(wrong.status, 405);
  truth(/^Allow: .*GET, HEAD, POST/m.test(wrong.text), wrong.text.slice(0, 400));
  const options = await raw(server, `OPTIONS /signin HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
  equal(options.status, 204);
  equal((await raw(server, `BREW /signin HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)).status, 405);
});
await test("HEAD gives the headers of GET and no body", async () => {
  const got = await raw(server, `HEAD /signin HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
  equal(got.status, 200);
  truth(/^Content-Length: [1-9]/m.test(got.text) && got.text.endsWith("\r\n\r\n"), got.text.slice(-200));
});
await test("what the browser gets is compressed, kept for a year, and not sent twice", async () => {
  const page = await get("/signin");
  const [, css] = /href="(\/assets\/[^"]+\.css)"/.exec(page.text);
  const plain = await get(css), br = await get(css, { headers: { "accept-encoding": "gzip, br" } });
  truth(/immutable/.test(plain.headers["cache-control"]), "kept");
  equal(br.headers["content-encoding"], "br");
  truth(Number(br.headers["content-length"]) < Number(plain.headers["content-length"]) / 2, "smaller");
  const again = await get(css, { headers: { "if-none-match": plain.headers.etag } });
  equal(again.status, 304);
  equal((await get("/signin", { headers: { "accept-encoding": "gzip" } })).headers["content-encoding"], "gzip");
  equal((await get("/signin", { headers: { "accept-encoding": "gzip;q=0" } })).headers["content-encoding"], undefined);
});
await test("every answer carries the security headers", async () => {
  for (const path of ["/signin", "/nope", "/health", "/desk"]) {
    const { headers } = await get(path);
    equal(headers["x-content-type-options"], "nosniff", path);
    truth(headers["referrer-policy"] && headers["cross-origin-opener-policy"], path);
    const policy = headers["content-security-policy"];
    truth(/default-src 'none'/.test(policy) && /frame-ancestors 'none'/.test(policy) && !/unsafe/.test(policy), policy);
  }
});

await test("a client that never ends its headers is shut out", async () => {
  const got = await raw(server, [`GET /health HTTP/1.1\r\n${host}X: `, ...Array(1000).fill("1")], { ms: 300000, every: 300 });
  truth(got.how !== "time" && !/200 OK/.test(got.text), `${got.how} ${got.text.slice(0, 100)}`);
});
await test("hundreds of clients that send nothing do not hold up the others", async () => {
  // One that is shut out is replaced at once: who waited for them to go would wait for ever.
  const idle = new Set();
  let going = true;
  const hold = (opened) => {
    const s = connect(server.port, "127.0.0.1", () => { s.write("GET /hea"); opened?.(); });
    idle.add(s);
    s.on("error", () => {});
    s.on("close", () => { idle.delete(s); if (going) setTimeout(hold, 20); });
  };
  await Promise.all(Array.from({ length: 400 }, () => new Promise(hold)));
  for (let i = 0; i < 20; i++) equal((await get("/health")).status, 200);
  going = false;
  for (const s of idle) s.destroy();
});
await test("memory does not grow with what clients do", async () => {
  const resident = () => server.workers("web").map((p) => Number(/^RssAnon:\s*(\d+)/m.exec(readFileSync(`/proc/${p}/status`, "utf8"))[1]) / 1024);
  const before = Math.max(...resident());
  const running = load(8);
  await until("many answers", () => running.seen.ok >= 1000);
  await running.stop();
  const after = Math.max(...resident());
  truth(after < before + 200, `from ${before.toFixed(0)} to ${after.toFixed(0)} MB`);
});

await test("wrong passwords wait longer and longer, and the right one then waits, too", async () => {
  const answers = [];
  for (let i = 0; i < 7; i++) {
    const person = new Person(server);
    answers.push((await person.ask("/signin", { method: "POST", form: { login: "xa", password: `wrong ${i}`, to: "" } })).status);
  }
  equal(answers, [422, 422, 422, 422, 422, 429, 429]);
  const right = await new Person(server).ask("/signin", { method: "POST", form: { login: "xa", password: "doanket", to: "" } });
  equal(right.status, 429);
  truth((await right.text()).includes("Mời thử lại sau"), "says how long");
});

await test("told to stop under load, it answers what it was asked", async () => {
  const running = load(12);
  await until("it answers", () => running.seen.ok > 20, undefined, 5);
  const stopping = server.stop();
  await pause(150);
  const seen = await running.stop();
  const how = await stopping;
  equal(how, { code: 0, signal: null });
  // After the listening sockets are closed, connecting fails: that is not an answer lost.
  console.log(`${seen.ok} answered`);
});
await test("nothing of it is left, and nothing was wrong with its memory", () => {
  equal(server.workers(""), []);
  truth(!/Sanitizer|runtime error/.test(server.log), server.log.slice(-3000));
});
await test("killed by force, the master takes its processes with it", async () => {
  const second = await start({ program: asan, args: ["--workers", "1", "--jobs", "1", "--no-demo"] });
  const pids = second.workers("");
  truth(pids.length >= 4, `${pids.length} processes`);
  await second.stop("SIGKILL");
  const lives = (p) => { try { return !/^State:\s*Z/m.test(readFileSync(`/proc/${p}/status`, "utf8")); } catch { return false; } };
  await until("they are gone", () => !pids.some(lives), undefined, 50);
});
done();
