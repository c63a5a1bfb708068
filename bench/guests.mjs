// How long somebody else's desk takes while heavy guests are at work on the same, only web worker: a text of 900 kB for the citation
// guard, a storm of sign-ins from many networks, long addresses, slow and endless bodies, wide searches. Beside the quiet desk, as a table.
//   node bench/guests.mjs [SECONDS a guest]    DOANKET_PROGRAM another program   GUESTS_DATA a data folder with a library, which is copied
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { loadavg } from "node:os";
import { folder, pause, Person, start, top } from "../tests/lib.mjs";

const seconds = Number(process.argv[2] ?? 10);
const data = folder();
if (process.env.GUESTS_DATA) execFileSync("cp", ["-a", `${process.env.GUESTS_DATA}/.`, data]);
const server = await start({ data, args: ["--workers", "1", "--jobs", "1"] });
const at = (xs, share) => [...xs].sort((a, b) => a - b)[Math.min(xs.length - 1, Math.floor(xs.length * share))];
const line = new Agent({ keepAlive: true, maxSockets: 1 });
const host = `Host: 127.0.0.1:${server.port}\r\n`;

/** One answer: its status, bytes and milliseconds; status 0 when there was none. */
function ask(path, { method = "GET", headers = {}, body, agent, localAddress } = {}) {
  const began = performance.now();
  return new Promise((done) => {
    const end = (status, bytes, said = "") => done({ status, bytes, said, ms: performance.now() - began });
    const r = request({ host: "127.0.0.1", port: server.port, path, method, headers, agent, localAddress }, (answer) => {
      let bytes = 0, said = "";
      answer.on("data", (d) => { bytes += d.length; if (bytes < 2e6) said += d; });
      answer.on("end", () => end(answer.statusCode, bytes, said));
      answer.on("error", () => end(0, bytes));
    });
    r.on("error", () => end(0, 0));
    r.end(body);
  });
}

const reader = await new Person(server, "vanthu").signIn(), guest = await new Person(server, "chuyenvien").signIn();
const cookieOf = (p) => [...p.cookies].map(([k, v]) => `${k}=${v}`).join("; ");

async function desk(until) {
  const times = [];
  while (!until.over || times.length < 50) {
    times.push((await ask("/desk", { agent: line, headers: { cookie: cookieOf(reader) } })).ms);
    await pause(10);
  }
  return times;
}

/** Around 900 kB of law, as somebody would paste it. */
function longText() {
  const raw = join(process.env.DOANKET_SHARED ?? join(top, "../shared"), "data/law/raw");
  let text = "";
  for (const name of existsSync(raw) ? readdirSync(raw).sort() : []) if (text.length < 700000) text += readFileSync(join(raw, name), "utf8");
  while (Buffer.byteLength(text) < 900000) text += `Căn cứ khoản ${1 + (text.length % 9)} Điều ${1 + (text.length % 97)} Luật Đất đai số 31/2024/QH15 ngày 18 tháng 01 năm 2024;\n`;
  return Buffer.from(text).subarray(0, 900000).toString("utf8").replace(/�+$/, "");
}

async function guard() {
  const hidden = await guest.hidden("/law/guard", "/law/guard");
  const edge = "guests-of-the-desk";
  const body = Object.entries({ ...hidden, text: longText() }).map(([k, v]) => `--${edge}\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`).join("") + `--${edge}--\r\n`;
  const began = performance.now();
  const sent = await ask("/law/guard", { method: "POST", body, headers: { cookie: cookieOf(guest), origin: server.url, "content-type": `multipart/form-data; boundary=${edge}` } });
  const path = /href="(\/law\/guard\/\d+)"/.exec(await (await guest.ask("/law/guard")).text())?.[1];
  let page, checked = 0;
  for (let i = 0; i < 600; i++) {
    page = await ask(path, { headers: { cookie: cookieOf(guest) } });
    if (!/id="reading"/.test(page.said)) { checked = performance.now() - began; break; }
    await pause(250);
  }
  return `sent ${sent.status} in ${sent.ms.toFixed(0)} ms, result after ${(checked / 1000).toFixed(1)} s, its page ${page.status}, ${(page.bytes / 1000).toFixed(0)} kB in ${page.ms.toFixed(0)} ms`;
}

/** So many at once until the time is up; counts the statuses. */
async function crowd(n, one) {
  const seen = {}, end = Date.now() + seconds * 1000;
  await Promise.all(Array.from({ length: n }, async (_, i) => {
    for (let k = 0; Date.now() < end; k++) { const s = await one(i, k); seen[s] = (seen[s] ?? 0) + 1; }
  }));
  return Object.entries(seen).map(([s, c]) => `${s} × ${c}`).join(", ");
}

const storm = () => crowd(64, async (i, k) => (await ask("/signin", {
  method: "POST", localAddress: `127.${1 + (i % 200)}.${k % 250}.${2 + ((i + k) % 250)}`,
  headers: { origin: server.url, "content-type": "application/x-www-form-urlencoded" }, body: `login=${k % 2 ? "vanthu" : `ai${i}x${k}`}&password=sai${k}`,
})).status);

const long = [`/law?q=${"a".repeat(3000)}`, `/law?q=${"a".repeat(6000)}`, `/law?q=${"a".repeat(20000)}`, `/law?${Array.from({ length: 100 }, (_, i) => `a${i}=1`).join("&")}`, `/law?${"a&".repeat(3000)}`];
const addresses = () => crowd(16, async (i, k) => (await ask(long[(i + k) % long.length], { headers: k % 2 ? { cookie: cookieOf(guest) } : {} })).status);

/** Bodies that never end: dripping or pouring. */
const bodies = (piece, every) => crowd(40, () => new Promise((done) => {
  const socket = connect(server.port, "127.0.0.1");
  let said = "", sent = 0;
  const end = () => { clearInterval(timer); socket.destroy(); done(`${/^HTTP\/1.1 (\d+)/.exec(said)?.[1] ?? "open"}`); };
  const late = setTimeout(end, seconds * 1000);
  const pour = () => { if (socket.writable && socket.writableLength < 1e6) { socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`); sent += piece.length; } };
  let timer;
  socket.on("connect", () => { socket.write(`POST /signin HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`); timer = setInterval(pour, every); });
  socket.on("data", (d) => { said += d; });
  socket.on("error", () => {});
  socket.on("close", () => { clearTimeout(late); end(); });
}));

const wide = ["/find?q=a", "/find?q=quy%20định%20của%20luật%20này%20và%20các%20văn%20bản%20khác".replace(/[^\x00-\x7f]/g, encodeURIComponent), `/find?q=${encodeURIComponent(Array.from({ length: 200 }, (_, i) => `từ${i}`).join(" "))}`, `/find?q=${encodeURIComponent('"của" OR "và" OR "các" OR "được" OR "trong"')}`, "/law?q=luat&n=1000000", "/document?tab=all&q=a"];
const searches = () => crowd(4, async (i, k) => (await ask(wide[(i + k) % wide.length], { headers: { cookie: cookieOf(guest) } })).status);

const guests = [
  ["quiet desk", async () => { await pause(seconds * 1000); return ""; }],
  ["guard, 900 kB", guard],
  ["sign-in storm, 64 at once", storm],
  ["long addresses", addresses],
  ["slow bodies", () => bodies("x", 1000)],
  ["endless bodies", () => bodies("x".repeat(16000), 5)],
  ["wide searches", searches],
];
console.log(`one web worker, ${process.env.DOANKET_PROGRAM ?? "build/doanket"}; load ${loadavg()[0].toFixed(1)}; ${process.env.GUESTS_DATA ? "with a library" : "demonstration data only"}`);
console.log("| guest | desk p50 ms | p99 ms | worst ms | asked | the guest got |\n|---|---|---|---|---|---|");
for (const [name, run] of guests) {
  const until = { over: false };
  const watched = desk(until);
  const got = await run().catch((e) => String(e));
  until.over = true;
  const times = await watched;
  console.log(`| ${name} | ${at(times, 0.5).toFixed(1)} | ${at(times, 0.99).toFixed(1)} | ${Math.max(...times).toFixed(1)} | ${times.length} | ${got} |`);
}
await server.stop();
process.exit(0);
