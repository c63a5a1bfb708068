// The commands: a real folder set up without the demonstration, the settings, and what is no command.
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
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
const laws = join(folder(), "laws.jsonl"), kept = ["--data", folder(), ...(db ? ["--db", freshDatabase()] : [])];
const rule = "Ủy ban nhân dân cấp xã có trách nhiệm niêm yết công khai danh sách cử tri tại trụ sở và nhà văn hóa thôn, tổ dân phố để người dân theo dõi và phản ánh khi có sai sót.";
const article = (number, type, name, day, extra = {}) => ({ id: `${number.toLowerCase()}%1`, doc_num: number, doc_type: type, doc_title: name, article: "1", title: "Niêm yết danh sách cử tri", text: rule, effective_date: day, topic: "can-bo-cong-chuc-vien-chuc", ...extra });
writeFileSync(laws, [
  article("12/2020/NĐ-CP", "Nghị định", "Quy định về bầu cử ở xã", "01/01/2021"),
  article("34/2024/NĐ-CP", "Nghị định", "Quy định về bầu cử ở xã", "01/01/2025"),
  article("56/2024/TT-BNV", "Thông tư", "Hướng dẫn niêm yết", "01/02/2025", { text: "Danh sách cử tri niêm yết trước ngày bầu cử ba mươi ngày.", topic: "to-chuc-bo-may-nha-nuoc" }),
].map((x) => JSON.stringify(x)).join("\n"));
const search = (...args) => run(["search", ...args, ...kept]);
const numbers = (...args) => JSON.parse(search(...args, "--json").stdout).hits.flatMap((h) => [h.number, ...h.alike.map((a) => a.number)]).sort().join(" ");
await test("search takes every filter, folds near copies, and says what it understood", () => {
  equal(run(["import", "law", laws, ...kept]).status, 0);
  const all = JSON.parse(search("niêm yết danh sách cử tri", "--json").stdout), [type] = Object.keys(all.counts.type).filter((x) => all.counts.type[x] === 1);
  equal(all.folded, 1);
  equal(numbers("cử tri", "--type", type), "56/2024/TT-BNV");
  equal(numbers("cử tri", "--type", Object.keys(all.counts.type).join(",")).split(" ").length, 3);
  const issuer = Object.keys(all.counts.issuer).find((x) => all.counts.issuer[x] === 1);
  equal(numbers("cử tri", "--issuer", issuer), "56/2024/TT-BNV");
  equal(numbers("cử tri", "--field", "to-chuc-bo-may-nha-nuoc"), "56/2024/TT-BNV");
  equal(numbers("--field", "to-chuc-bo-may-nha-nuoc"), "56/2024/TT-BNV");
  equal(numbers("cử tri", "--in-force", "--on", "2022-01-01"), "12/2020/NĐ-CP");
  equal(numbers("cử tri", "--from", "1900-01-01", "--to", "2010-12-31"), "");
  equal(numbers("ubnd xã").split(" ").length >= 2, true);
  truth(search("niêm yết").stdout.includes("và 1 bản gần giống"), search("niêm yết").stdout);
  const slip = search("nieem yeets danh sách");
  truth(slip.stdout.startsWith("Có phải bạn muốn tìm: niêm yết danh sách"), slip.stdout);
  truth(!search("nieem yeets danh sách", "--literal").stdout.includes("Có phải"), "literally");
});
await test("a search that asks nothing, or asks badly, gets a clear answer", () => {
  for (const [words, said] of [[[""], "hãy gõ điều cần tìm"], [["   "], "hãy gõ điều cần tìm"], [["?!.,;:"], "không có chữ hay số nào"], [["\u0001\u0002"], "không có chữ hay số nào"], [["😀😀"], "không có chữ hay số nào"], [["x", "--from", "hôm qua"], "--from cần một ngày"], [["x", "--to", "99/99/9999"], "--to cần một ngày"], [["x", "--top", "0"], "--top"]]) {
    const asked = search(...words);
    equal(asked.status, 2, words.join(" "));
    truth(asked.stderr.includes(said), words.join(" ") + ": " + asked.stderr);
  }
  for (const words of ["đ", "cử tri ".repeat(3000), "cử".repeat(5000), '"cử tri" -xã OR (AND', "'; DROP TABLE law_work; --", "cử tri 😀", "%s%n"]) equal(search(words).status, 0, words.slice(0, 40));
  truth(search("cử tri ".repeat(3000)).stderr.includes("1000 ký tự đầu"), "too long is said");
  const broken = spawnSync("sh", ["-c", `"$0" search "$(printf 'c\\377 tri')" "$@"`, asan, ...kept], { encoding: "utf8" });
  truth(broken.status === 0 && broken.stderr.includes("không phải UTF-8"), broken.stderr);
  const queries = join(folder(), "queries.jsonl");
  writeFileSync(queries, '{"question_id":"a","question":"cử tri"}\n\nnot json\n{"id":"b","question":""}\n');
  equal(search("--queries", queries, "--trec", queries + ".run").status, 0);
  equal(search("--queries", queries + ".none").status, 1);
});
await test("questions about figures are read without a folder; a question to the assistant is still one", () => {
  const file = join(folder(), "cases.jsonl"), none = join(folder(), "none");
  writeFileSync(file, '{"id":"a","lang":"vi","text":"Tháng 9 có bao nhiêu đơn khiếu nại?"}\n\n{"id":"b","lang":"en","text":"Petitions next year"}\n');
  const env = { ...process.env, DOANKET_CLOCK: "2026-11-29T03:00:00Z" };
  const asked = spawnSync(asan, ["ask", "--cases", file, "--data", none], { encoding: "utf8", env });
  equal(asked.status, 0, asked.stderr);
  const [a, b] = asked.stdout.trim().split("\n").map((line) => JSON.parse(line));
  equal(JSON.stringify([a.id, a.metric, a.filters, a.period]), '["a","petition.count",{"type":"KN"},{"from":"2026-09-01","to":"2026-09-30"}]');
  equal(b.kind, "future_period");
  equal(existsSync(none), false, "no folder is made");
  equal(run(["ask", "--cases", file + ".none"]).status, 1);
  equal(run(["ask", "niêm yết danh sách cử tri", ...kept]).status, 0);
});
done();
