// The signed-in list of 20 documents, with session, rights and counters, against nginx serving the same bytes as a file: one core for the
// server, the other for wrk; rounds of both in turn, the middle one counts. Beside requests a second stands what a request costs the server's
// process in CPU time, which others on the machine disturb less. Then the same while somebody writes, other pages, start and memory.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync, readFileSync, statSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { folder, freePort, Person, start, top, truth, until } from "../tests/lib.mjs";

const rounds = Number(process.argv[2] ?? 5), seconds = Number(process.argv[3] ?? 5);
const path = process.env.BENCH_PATH ?? "/document?tab=all";
const run = (command, ...args) => execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const middle = (xs) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)];
const version = (command, ...args) => { try { return execFileSync("sh", ["-c", `${command} ${args.join(" ")} 2>&1`], { encoding: "utf8" }).split("\n")[0]; } catch (e) { return String(e.stdout ?? "").split("\n")[0]; } };

const core = (pid, n) => run("taskset", "-a", "-p", "-c", String(n), String(pid));
/** Microseconds that a process has had of a core so far. */
const cpu = (pid) => Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1000;
const dir = folder();

async function nginx(body, type) {
  const port = await freePort();
  mkdirSync(join(dir, "www"), { recursive: true });
  writeFileSync(join(dir, "www/list"), body);
  writeFileSync(join(dir, "nginx.conf"), `user root; worker_processes 1; worker_cpu_affinity 01; daemon off; pid ${dir}/pid; error_log ${dir}/error.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 1000000000; open_file_cache max=10;
  server { listen 127.0.0.1:${port}; root ${dir}/www; default_type "${type}"; location / { } } }`);
  run("chmod", "-R", "a+rX", dir);
  const child = spawn("nginx", ["-c", join(dir, "nginx.conf"), "-p", dir], { stdio: "ignore" });
  process.on("exit", () => child.kill());
  const url = `http://127.0.0.1:${port}/list`;
  await until("nginx answers", async () => (await fetch(url)).status === 200);
  return { url, pid: Number(run("pgrep", "-P", String(child.pid)).split("\n")[0]), stop: () => child.kill() };
}

/** Requests as fast as they are answered: a second's, what each costs the process, and how long most wait. */
function wrk(url, pid, { cookie, connections = 64, lasting = seconds } = {}) {
  const before = cpu(pid);
  const said = run("taskset", "-c", "1", "wrk", "-t1", `-c${connections}`, `-d${lasting}s`, "--latency", ...(cookie ? ["-H", `Cookie: ${cookie}`] : []), url);
  truth(!/Non-2xx/.test(said) && !/Socket errors/.test(said), `wrk saw errors:\n${said}`);
  const rate = Number(/Requests\/sec:\s*([\d.]+)/.exec(said)[1]), n = Number(/(\d+) requests in/.exec(said)[1]);
  return { rate, cost: (cpu(pid) - before) / n, p50: /50%\s+(\S+)/.exec(said)[1], p99: /99%\s+(\S+)/.exec(said)[1] };
}

/** Rounds of nginx's file and ours in turn; the ratios of each round, and their middle. */
function compare(name, file, ours, wanted) {
  const ratios = [], costs = [], rates = [];
  for (let i = 0; i < rounds; i++) {
    const a = wrk(file.url, file.pid), b = wrk(ours.url, ours.pid, ours);
    ratios.push(b.rate / a.rate);
    costs.push(a.cost / b.cost);
    rates.push({ a, b });
    console.log(`  round ${i + 1}: nginx ${a.rate.toFixed(0)}/s at ${a.cost.toFixed(1)} µs, doanket ${b.rate.toFixed(0)}/s at ${b.cost.toFixed(1)} µs (p50 ${b.p50}, p99 ${b.p99}): ${ratios[i].toFixed(3)} of the requests, ${costs[i].toFixed(3)} by CPU time`);
  }
  const of = (pick) => middle(rates.map(pick));
  console.log(`${name}: nginx ${of((x) => x.a.rate).toFixed(0)}/s, doanket ${of((x) => x.b.rate).toFixed(0)}/s: ${middle(ratios).toFixed(3)} of nginx's${wanted} · CPU a request ${of((x) => x.a.cost).toFixed(1)} and ${of((x) => x.b.cost).toFixed(1)} µs: ${middle(costs).toFixed(3)}`);
}

/** Another process that writes: `rate` commits a second, or one whenever asked. */
function writer(database, rate) {
  const child = spawn(join(top, "build/bench-writer"), [database, ...(rate ? [String(rate)] : [])], { stdio: ["pipe", "pipe", "inherit"] });
  core(child.pid, 1);
  return {
    once: () => new Promise((done) => { child.stdout.once("data", done); child.stdin.write("x"); }),
    stop: () => new Promise((done) => { child.on("exit", done); child.stdin.end(); }),
  };
}

/** Each request by itself, after `before`: the server's CPU time for one. */
async function alone(pid, n, before, ask) {
  let spent = 0;
  for (let i = 0; i < n; i++) {
    await before();
    const from = cpu(pid);
    await (await ask()).arrayBuffer();
    spent += cpu(pid) - from;
  }
  return spent / n;
}

const memory = (pid) => {
  const roll = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const mb = (name) => (Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(roll)[1]) / 1024).toFixed(1);
  return `${mb("Rss")} MB resident, ${mb("Private_Dirty")} MB of its own`;
};

console.log(`machine: ${cpus()[0].model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${run("uname", "-r").trim()}, load ${loadavg()[0].toFixed(1)} before we began`);
console.log(`against: ${version("nginx", "-v")}; load by ${version("wrk", "-v")}`);

const data = folder();
let server = await start({ data, db: "", args: ["--web-workers", "1"] });
console.log(`first start, demonstration data and all: ready in ${server.readyMs} ms`);
await server.stop();
const starts = [];
for (let i = 0; i < 3; i++) {
  server = await start({ data, db: "", args: ["--web-workers", "1"] });
  starts.push(server.readyMs);
  if (i < 2) await server.stop();
}
console.log(`later starts: ready in ${middle(starts)} ms`);

// What the first start left to do (files to read, events to tell) writes now and then: not while we measure.
const wal = join(data, "doanket.db-wal");
const begun = Date.now();
await until("nobody writes any more", () => Date.now() - statSync(wal).mtimeMs > 3000, 120000);
console.log(`nothing written for 3 s after ${((Date.now() - begun) / 1000).toFixed(0)} s`);

const clerk = await new Person(server, "vanthu").signIn();
const answer = await clerk.ask(path, { headers: { "accept-encoding": "identity" } });
truth(answer.status === 200, `${path}: ${answer.status}`);
const body = Buffer.from(await answer.arrayBuffer());
const documents = (body.toString().match(/<li class="[^"]*"> <span class="edge">/g) ?? []).length;
console.log(`page: ${path} as vanthu, ${body.length} bytes, ${documents} documents on it`);
const cookie = [...clerk.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
const file = await nginx(body, answer.headers.get("content-type"));
const [web] = server.workers("web");
core(web, 0);
console.log(`pinned to core 0: nginx's worker and ours; wrk on core 1, 64 connections kept alive, ${rounds} rounds of ${seconds} s each in turn`);
const ours = { url: server.url + path, pid: web, cookie };

wrk(ours.url, web, ours);
compare("list of 20 documents", file, ours, " (wanted: 0.3 or more)");
const busy = writer(join(data, "doanket.db"), 20);
compare("the same while another process commits 20 times a second", file, ours, "");
await busy.stop();

const asked = writer(join(data, "doanket.db"));
// Unpacked, as wrk asks for it. A connection that idled while wrk had the machine may have been closed.
const plain = { headers: { "accept-encoding": "identity" } };
await clerk.ask(path, plain).catch(() => clerk.ask(path, plain));
const still = await alone(web, 300, () => undefined, () => clerk.ask(path, plain));
const moved = await alone(web, 300, () => asked.once(), () => clerk.ask(path, plain));
const packed = await alone(web, 300, () => undefined, () => clerk.ask(path, { headers: { "accept-encoding": "gzip" } }));
const theirs = await alone(file.pid, 300, () => undefined, () => fetch(file.url, plain));
await asked.stop();
console.log(`one request at a time: nginx ${theirs.toFixed(0)} µs of CPU, doanket ${still.toFixed(0)} µs; a commit before every request: ${moved.toFixed(0)} µs (${(theirs / still).toFixed(3)} and ${(theirs / moved).toFixed(3)}); packed with gzip: ${packed.toFixed(0)} µs`);

const shown = /href="(\/document\/\d+)"/.exec(body.toString())[1];
for (const other of ["/desk", shown, "/chart"]) {
  const x = wrk(server.url + other, web, { cookie, connections: 1, lasting: 2 });
  const size = (await (await clerk.ask(other, { headers: { "accept-encoding": "identity" } }).catch(() => clerk.ask(other))).arrayBuffer()).byteLength;
  console.log(`${other.replace(/\d+/, "ID")}: ${size} bytes, ${x.cost.toFixed(0)} µs of CPU; one connection waits ${x.p50} (p99 ${x.p99})`);
}
truth((await clerk.ask(path).catch(() => clerk.ask(path))).status === 200, "the list after the rounds");
console.log(`web worker after the rounds: ${memory(web)}`);
for (const name of ["live", "job"]) for (const pid of server.workers(name)) console.log(`${name}: ${memory(pid)}`);
file.stop();
await server.stop();
process.exit(0);
