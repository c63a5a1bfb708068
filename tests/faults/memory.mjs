// Out of memory: whichever allocation fails, the worker answers or ends cleanly, another takes its place, and what was being done is done whole or not at all.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, openSync, readSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Person, done, equal, folder, pause, program, start, test, top, truth, until } from "../lib.mjs";

// The program itself, not the one under AddressSanitizer, which has an allocator of its own.
const shim = join(top, "build/test/fail_alloc.so");
mkdirSync(join(top, "build/test"), { recursive: true });
execFileSync("gcc", ["-O1", "-shared", "-fPIC", "-o", shim, join(top, "tests/tools/fail_alloc.c")]);
const told = join(folder(), "fail");
writeFileSync(told, Buffer.alloc(24));
const fd = openSync(told, "r+");
/** From now on the nth allocation of the process fails, or all from the nth on. */
function arm(pid, n, all = false) {
  const b = Buffer.alloc(24);
  [pid, n, all ? 1 : 0].forEach((x, i) => b.writeBigInt64LE(BigInt(x), 8 * i));
  writeSync(fd, b, 0, 24, 0);
}
function hasFailed() {
  const b = Buffer.alloc(16);
  readSync(fd, b, 0, 16, 0);
  return b.readBigInt64LE(8) === 0n;
}

const server = await start({ args: ["--workers", "1", "--jobs", "1"], env: { LD_PRELOAD: shim, FAIL_ALLOC: told } });
const clerk = await new Person(server, "vanthu").signIn();
const worker = () => server.workers("web")[0];
const healthy = () => until("a worker serves", async () => worker() && (await new Person(server).ask("/health")).status === 200, undefined, 20);
const drafts = async () => {
  const page = await (await clerk.ask("/document?tab=draft", { json: true })).json();
  return page.tabs.find((t) => t.is_current).count;
};

/** Does something while each of many allocations fails; gives what came of it. act prepares, and gives what to do. */
async function failing(all, steps, act) {
  const seen = { failed: 0, died: 0, answered: [] };
  for (const n of steps) {
    const ready = await act();
    const pid = worker();
    arm(pid, n, all);
    const status = await ready().then((a) => a.status, () => 0);
    seen.failed += hasFailed();
    arm(0, 0);
    seen.answered.push(status);
    await healthy();
    if (worker() !== pid) { seen.died++; await pause(1100); } // one that dies within a second is started later and later
  }
  return seen;
}
const one = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 21, 24, 27, 31, 36, 42, 48, 55, 63, 72, 82, 94, 110, 130, 150, 180, 220, 270], from = [1, 4, 9, 16, 30, 50, 75, 120, 200];
// A list, or a search for two words, fits into what a worker keeps from one request to the next: only the library's allocations would fail.
const many = Array.from({ length: 150 }, (_, i) => ["hộ", "nghèo", "quỹ", "đại đoàn kết", "biên bản", "kế hoạch"][i % 6] + (i * 37 % 1000)).join(" ");
const searching = async () => () => clerk.ask(`/find?q=${encodeURIComponent(many)}`);
const read = async () => () => clerk.ask("/document");
const write = async () => {
  const hidden = await clerk.hidden("/document/new", "/document/draft");
  return () => clerk.ask("/document/draft", { method: "POST", form: hidden });
};

await test("one allocation fails: a page is answered, or says that it cannot be, and the next is as ever", async () => {
  const seen = await failing(false, one, read);
  truth(seen.failed >= 20, JSON.stringify(seen));
  truth(seen.answered.every((s) => [0, 200, 500, 503].includes(s)), JSON.stringify(seen));
  equal((await clerk.ask("/document")).status, 200);
});
await test("no allocation succeeds any more: the worker ends, and another answers", async () => {
  const seen = await failing(true, from, searching);
  truth(seen.died >= 3, JSON.stringify(seen));
  equal((await clerk.ask("/document")).status, 200);
});
await test("what was being written is there once or not at all", async () => {
  const before = await drafts();
  const seen = [await failing(false, one, write), await failing(true, from, write)];
  const answered = seen.flatMap((s) => s.answered), count = (status) => answered.filter((s) => s === status).length;
  const made = (await drafts()) - before;
  truth(seen[0].failed >= 20 && seen[1].failed >= 5, JSON.stringify(seen));
  truth(made >= count(303) && made <= count(303) + count(0), `${made} made, ${JSON.stringify(seen)}`);
});
await test("every worker that ended said that there is no memory, and none touched what is not there", () => {
  const ends = [...server.log.matchAll(/web \d+ (?:was ended by signal (\d+)|ended with (\d+))/g)].map((m) => m[1] ?? `exit ${m[2]}`);
  truth(ends.length >= 3 && ends.every((e) => e === "6"), ends.join(" "));
  truth(/out of memory/.test(server.log), server.log.slice(-2000));
});
await test("stopped, its trail verifies", async () => {
  equal((await server.stop()).code, 0);
  const checked = spawnSync(program, ["verify", "--data", server.data, ...(server.db ? ["--db", server.db] : [])], { encoding: "utf8" });
  equal(checked.status, 0, checked.stdout + checked.stderr);
});
done();
