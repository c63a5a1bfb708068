// The commands: a real folder set up without the demonstration, the settings, and what is no command.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Person, done, equal, folder, freshDatabase, program, start, test, truth } from "../lib.mjs";

const asan = process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket");
const run = (args, input = "") => spawnSync(asan, args, { input, encoding: "utf8" });
const answers = (login) => ["Ủy ban MTTQ Việt Nam phường Thử", "commune", "MT-X1", "MTTQ-BTT", "Nguyễn Văn Thử", login, "mật khẩu dài", "mật khẩu dài", ""].join("\n");

const data = folder(), db = freshDatabase();
const where = ["--data", data, ...(db ? ["--db", db] : [])];
await test("setup asks, and makes one committee and its administrator; once", () => {
  const first = run(["setup", ...where], answers("quantri"));
  equal(first.status, 0, first.stdout + first.stderr);
  equal(run(["setup", ...where], answers("second")).status, 1);
});
await test("setup does nothing when answers are missing or differ", () => {
  const other = ["--data", folder()];
  equal(run(["setup", ...other], "Một cơ quan\n").status, 2);
  equal(run(["setup", ...other], answers("a").replace(/mật khẩu dài\n$/, "")).status, 2);
  equal(run(["setup", ...other], answers("a").replace(/mật khẩu dài\n$/, "khác hẳn\n")).status, 2);
  equal(run(["setup", ...other], answers("a").replaceAll("mật khẩu dài", "ngắn")).status, 1);
});
await test("a folder set up has no demonstration, and its administrator signs in", async () => {
  const server = await start({ program: asan, data, db, args: ["--workers", "1", "--jobs", "1"] });
  const ask = (login, password) => new Person(server).ask("/signin", { method: "POST", form: { login, password, to: "" } });
  equal((await ask("vanthu", "doanket")).status, 422);
  equal((await ask("QuanTri", "mật khẩu dài")).status, 303);
  truth(!(await (await new Person(server).ask("/signin")).text()).includes("vanthu"), "no demonstration accounts are shown");
  equal((await server.stop()).code, 0);
});
await test("a port in use is said, not shared", async () => {
  const server = await start({ program: asan, args: ["--workers", "1", "--jobs", "1", "--no-demo"] });
  const second = run(["serve", "--port", String(server.port), "--data", folder(), "--no-demo"]);
  equal(second.status, 1);
  truth(second.stderr.includes(String(server.port)), second.stderr);
  await server.stop();
});
await test("the commands explain themselves, and what is no command or setting is refused", () => {
  for (const args of [["help"], ["help", "config"], ["version"], ["config", "--data", join(data, "none")], ["routes"]]) {
    const said = run(args);
    equal(said.status, 0, args.join(" "));
    truth(said.stdout.length > 5, args.join(" "));
  }
  JSON.parse(run(["routes"]).stdout);
  for (const args of [["dance"], ["--strange", "1"], ["--port", "x"], ["--port", "70000"]]) equal(run(args).status, 2, args.join(" "));
});
done();
