// Starts the program in a folder and a database of its own, and counts tests. Used by tests/http, tests/routes and tests/journeys.
import { spawn, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const top = join(dirname(fileURLToPath(import.meta.url)), "..");
export const roles = ["vanthu", "lanhdao", "chuyenvien", "xa", "quantri"];
export const password = "doanket";
export const program = process.env.DOANKET_PROGRAM ?? join(top, "build/doanket");
const scans = join(process.env.DOANKET_SHARED ?? join(top, "../shared"), "data/scans");
/** A scan of the shared data, or null where that is not there. */
export const sharedScan = (name) => (existsSync(join(scans, name)) ? join(scans, name) : null);
/** All of them, the short ones first; none where there is no shared data. */
export const sharedScans = () => (existsSync(scans) ? readdirSync(scans).filter((n) => /\.(pdf|docx?)$/.test(n)) : []);
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks until the answer is true. The time is only when to give up: long, so that a slow machine is not taken for a fault. */
export async function until(what, ask, ms = 300000, every = 100) {
  const end = Date.now() + ms;
  for (let last; ;) {
    try { last = await ask(); } catch (e) { last = e; }
    if (last && !(last instanceof Error)) return last;
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms${last instanceof Error ? ` (${last.message})` : ""}`);
    await pause(every);
  }
}

export function freePort() {
  return new Promise((done, fail) => {
    const s = createServer().on("error", fail);
    s.listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); });
  });
}

/** A temporary folder, gone when the process ends. */
export function folder() {
  const dir = mkdtempSync(join(tmpdir(), "doanket-test-"));
  process.on("exit", () => rmSync(dir, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 })); // a server just killed still writes
  return dir;
}

let databases = 0;
/** The --db of a new empty database: on the server of tests/pg.sh when there is one, else SQLite in the data folder. */
export function freshDatabase() {
  const url = process.env.DOANKET_TEST_PG;
  if (!url) return "";
  const name = `journey_${process.pid}_${++databases}`;
  execFileSync("psql", [url, "-qc", `CREATE DATABASE ${name}`]);
  return url.replace("/postgres?", `/${name}?`);
}

const reads = `import json,sqlite3,sys
c=sqlite3.connect("file:"+sys.argv[1]+"?mode=ro", uri=True, timeout=300)
c.row_factory=sqlite3.Row
for q in sys.argv[2:]: print(json.dumps([{k: v.hex() if isinstance(v, bytes) else v for k, v in dict(r).items()} for r in c.execute(q)]))`;
/** What the database itself holds, beside the program: the rows of a query as objects, or of several a list each. Ids are strings: they are too
    large for a number. */
export function rows(server, ...queries) {
  const said = server.db
    ? execFileSync("psql", [server.db, "-qAt", ...queries.flatMap((q) => ["-c", `SELECT coalesce(json_agg(t), '[]') FROM (${q}) t`])], { encoding: "utf8", maxBuffer: 1 << 29 }).replace(/,\s*\n\s*\{/g, ",{")
    : execFileSync("python3", ["-c", reads, join(server.data, "doanket.db"), ...queries], { encoding: "utf8", maxBuffer: 1 << 29 });
  const all = said.trim().split("\n").map((line) => JSON.parse(line.replace(/(": ?)(\d{15,})(?=[,}])/g, '$1"$2"')));
  return queries.length === 1 ? all[0] : all;
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A folder with the demonstration on SQLite, made once for a program and a day and copied from then on. Its index is left out: each server makes its own. */
async function demonstration(of) {
  const { mtimeMs, size } = statSync(of), day = new Date(Date.now() + 7 * 3600000).toISOString().slice(0, 10);
  const kept = join(top, "build/test", `demo-${createHash("sha256").update(`${of} ${mtimeMs} ${size} ${day}`).digest("hex").slice(0, 12)}`);
  if (!existsSync(kept)) {
    mkdirSync(dirname(kept), { recursive: true });
    const making = mkdtempSync(`${kept}-`);
    const server = await start({ program: of, data: making, db: "", args: ["--workers", "1", "--jobs", "1"] });
    await server.stop();
    rmSync(join(making, "index"), { recursive: true, force: true });
    for (const old of readdirSync(dirname(kept))) if (/^demo-[0-9a-f]{12}$/.test(old) && Date.now() - statSync(join(dirname(kept), old)).mtimeMs > 86400000) rmSync(join(dirname(kept), old), { recursive: true, force: true });
    try { renameSync(making, kept); } catch { rmSync(making, { recursive: true, force: true }); } // another was first
  }
  const data = folder();
  execFileSync("cp", ["-a", "--reflink=auto", `${kept}/.`, data]);
  return data;
}

/** Starts the program and waits until it is ready. {data, db, port, args, env, wait} may be given; without data and db it has the demonstration. */
export async function start(options = {}) {
  const db = options.db ?? freshDatabase();
  const isPlain = options.data === undefined && !db && !options.env && !options.args?.includes("--no-demo");
  const data = options.data ?? (isPlain ? await demonstration(options.program ?? program) : folder());
  const port = options.port ?? (await freePort());
  const args = ["serve", "--port", String(port), "--data", data, ...(db ? ["--db", db] : []), ...(options.args ?? [])];
  const child = spawn(options.program ?? program, args, { env: { ...process.env, ...options.env }, stdio: ["ignore", "pipe", "pipe"] });
  const server = { data, db, port, url: `http://127.0.0.1:${port}`, pid: child.pid, log: "", readyMs: 0, ended: null };
  const exit = new Promise((done) => child.on("exit", (code, signal) => { server.ended = { code, signal }; done(server.ended); }));
  const hear = (chunk) => { server.log = (server.log + chunk).slice(-200000); };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const kill = () => { if (!server.ended) child.kill("SIGKILL"); };
  process.prependListener("exit", kill); // before its folder goes
  /** Asks it to stop; resolves to {code, signal}. */
  server.stop = async (signal = "SIGTERM") => {
    if (!server.ended) child.kill(signal);
    const late = setTimeout(kill, 300000);
    const how = await exit;
    clearTimeout(late);
    process.off("exit", kill);
    return how;
  };
  /** The pids of its processes by name ("web", "job", "live"). */
  server.workers = (name) => readdirSync("/proc").filter((p) => /^\d+$/.test(p)).flatMap((p) => {
    try {
      const parent = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${p}/status`, "utf8"))[1]);
      return parent === child.pid && readFileSync(`/proc/${p}/comm`, "utf8").startsWith(name) ? [Number(p)] : [];
    } catch { return []; }
  });
  await until("the program is ready", () => {
    if (server.ended) throw new Error("it ended");
    const ready = /doanket: ready (http:\S+) in (\d+(?:\.\d+)?) ms/.exec(server.log);
    if (ready) server.readyMs = Number(ready[2]);
    return ready;
  }, options.wait ?? 300000, 20).catch((e) => { throw new Error(`${e.message}\n${server.log.slice(-3000)}`); });
  return server;
}

/** The cookies an answer sets; Debian's node 18 gives them only joined by commas. */
const cookiesSet = (answer) => answer.headers.getSetCookie?.() ?? (answer.headers.get("set-cookie") ?? "").split(/,\s*(?=[^;,=\s]+=)/).filter(Boolean);

/** A client that keeps cookies, as one person's browser without JavaScript does. */
export class Person {
  constructor(server, login = "") { this.server = server; this.login = login; this.cookies = new Map(); }
  async ask(path, { method = "GET", form, json, headers = {}, body } = {}) {
    const all = { ...headers };
    if (this.cookies.size) all.cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
    if (json) all.accept = "application/json";
    if (method !== "GET" && !all.origin) all.origin = this.server.url;
    if (form && !(form instanceof FormData)) { body = new URLSearchParams(form); } else if (form) body = form;
    const answer = await fetch(this.server.url + path, { method, headers: all, body, redirect: "manual", signal: AbortSignal.timeout(300000) });
    for (const line of cookiesSet(answer)) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value && !/max-age=0/i.test(line)) this.cookies.set(name, value); else this.cookies.delete(name);
    }
    return answer;
  }
  /** The hidden fields of the form on a page that goes to `action` (or of the first that has a token). */
  async hidden(path, action) {
    const html = await (await this.ask(path)).text();
    const forms = [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map((m) => m[0]);
    const form = (action && forms.find((f) => f.includes(`action="${action}"`))) ?? forms[0] ?? "";
    return Object.fromEntries([...form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([tag]) =>
      [/name="([^"]*)"/.exec(tag)?.[1], (/value="([^"]*)"/.exec(tag)?.[1] ?? "").replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"')]));
  }
  async signIn() {
    const hidden = await this.hidden("/signin", "/signin");
    // A slow machine that hashes no password in time asks to try again: 429; one whose disk kept the writer waiting: 503.
    const answer = await until(`${this.login} is heard`, async () => {
      const heard = await this.ask("/signin", { method: "POST", form: { ...hidden, login: this.login, password } });
      return heard.status !== 429 && heard.status !== 503 && heard;
    }, 300000, 1000);
    if (answer.status !== 303) throw new Error(`${this.login} could not sign in: ${answer.status}`);
    return this;
  }
}

// ---- counting ----
let passed = 0, failed = 0, skipped = 0;
/** Runs one test; a failure is told and the next goes on. */
export async function test(sentence, body) {
  try {
    const said = await body();
    if (process.env.VERBOSE) console.log(`ok: ${sentence}`);
    if (typeof said === "string" && said.startsWith("skip")) { skipped++; console.log(`skipped: ${sentence} (${said.slice(5)})`); } else passed++;
    return true;
  } catch (e) {
    failed++;
    console.log(`FAILED: ${sentence}\n    ${(e.stack ?? String(e)).split("\n").slice(0, 12).join("\n    ")}`);
    return false;
  }
}
export function equal(got, wanted, what = "") {
  const a = JSON.stringify(got), b = JSON.stringify(wanted);
  if (a !== b) throw new Error(`${what}: got ${a}, wanted ${b}`);
}
export function truth(condition, what) { if (!condition) throw new Error(what); }
/** Says the closing line and ends the process. */
export function done() {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(failed || passed + skipped === 0 ? 1 : 0);
}
