// The signed-in list of 20 documents, with session, rights and counters, against nginx serving the same bytes as a file: one core for the
// server, the other for wrk; rounds of both in turn, the middle one counts. Then start, memory, and how fast scans are read.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync, readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { folder, freePort, pause, Person, start, truth, until } from "../tests/lib.mjs";

const rounds = Number(process.argv[2] ?? 5), seconds = Number(process.argv[3] ?? 5);
const path = process.env.BENCH_PATH ?? "/document?tab=all";
const run = (command, ...args) => execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const middle = (xs) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)];
const version = (command, ...args) => { try { return execFileSync("sh", ["-c", `${command} ${args.join(" ")} 2>&1`], { encoding: "utf8" }).split("\n")[0]; } catch (e) { return String(e.stdout ?? "").split("\n")[0]; } };

const core = (pid, n) => run("taskset", "-a", "-p", "-c", String(n), String(pid));
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
  return { url, stop: () => child.kill() };
}

function wrk(url, cookie) {
  const said = run("taskset", "-c", "1", "wrk", "-t1", "-c64", `-d${seconds}s`, "--latency", ...(cookie ? ["-H", `Cookie: ${cookie}`] : []), url);
  truth(!/Non-2xx/.test(said) && !/Socket errors/.test(said), `wrk saw errors:\n${said}`);
  return { rate: Number(/Requests\/sec:\s*([\d.]+)/.exec(said)[1]), p50: /50%\s+(\S+)/.exec(said)[1], p99: /99%\s+(\S+)/.exec(said)[1] };
}

const memory = (pid) => {
  const roll = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const mb = (name) => (Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(roll)[1]) / 1024).toFixed(1);
  return `${mb("Rss")} MB resident, ${mb("Private_Dirty")} MB of its own`;
};

console.log(`machine: ${cpus()[0].model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${run("uname", "-r").trim()}`);
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

const clerk = await new Person(server, "vanthu").signIn();
const answer = await clerk.ask(path, { headers: { "accept-encoding": "identity" } });
truth(answer.status === 200, `${path}: ${answer.status}`);
const body = Buffer.from(await answer.arrayBuffer());
const again = Buffer.from(await (await clerk.ask(path, { headers: { "accept-encoding": "br" } })).arrayBuffer());
const items = (body.toString().match(/<(tr|li)\b[^>]*data-id/g) ?? body.toString().match(/href="\/document\/\d+"/g) ?? []).length;
console.log(`page: ${path} as vanthu, ${body.length} bytes, ${items} documents on it (${again.length} bytes after decoding brotli)`);
const cookie = [...clerk.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
const file = await nginx(body, answer.headers.get("content-type"));
const web = server.workers("web");
for (const pid of web) core(pid, 0);
console.log(`pinned to core 0: web worker ${web.join(", ") || "(not found)"}; wrk on core 1, 64 connections kept alive, ${rounds} rounds of ${seconds} s each in turn`);

const ours = [], theirs = [];
wrk(server.url + path, cookie);
for (let i = 0; i < rounds; i++) {
  theirs.push(wrk(file.url));
  ours.push(wrk(server.url + path, cookie));
  console.log(`  round ${i + 1}: nginx ${theirs[i].rate.toFixed(0)}/s  doanket ${ours[i].rate.toFixed(0)}/s (p50 ${ours[i].p50}, p99 ${ours[i].p99})  ratio ${(ours[i].rate / theirs[i].rate).toFixed(3)}`);
}
// The kept connection idled while wrk had the machine, and may have been closed.
truth((await clerk.ask(path).catch(() => clerk.ask(path))).status === 200, "the list after the rounds");
const a = middle(ours.map((x) => x.rate)), b = middle(theirs.map((x) => x.rate));
console.log(`list of 20 documents: nginx ${b.toFixed(0)}/s, doanket ${a.toFixed(0)}/s: ${(a / b).toFixed(3)} of nginx's (wanted: 0.3 or more)`);
for (const pid of web) console.log(`web worker after the rounds: ${memory(pid)}`);
for (const name of ["live", "job"]) for (const pid of server.workers(name)) console.log(`${name}: ${memory(pid)}`);
file.stop();
await server.stop();
process.exit(0);
