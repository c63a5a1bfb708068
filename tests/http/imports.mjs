// The library of law from outside: every kind of file by the command and by the web, the Party's and the Front's papers, imports broken off and two at
// once, and an index deleted while it is served.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Person, done, equal, folder, program, sharedScan, start, test, top, truth, until } from "../lib.mjs";

const law = join(top, "../shared/data/law");
const put = (name, words) => { const path = join(files, name); writeFileSync(path, words); return path; };
const files = folder();
/** A folder with the demonstration, so that there is somebody to sign in: one begun with an import is an office's own, and waits for setup. */
async function place() {
  const { data, db, stop } = await start({ args: ["--workers", "1", "--jobs", "1"] });
  await stop();
  return { data, db, args: ["--data", data, ...(db ? ["--db", db] : [])] };
}
const importLaw = (at, ...paths) => { const r = spawnSync(program, ["import", "law", ...paths, ...at.args], { encoding: "utf8", timeout: 900000 }); return { ...r, all: r.stdout + r.stderr }; };

/** Lines as the codified law has them: works of articles with clauses, citing each other. */
function corpus(works, articles = 6) {
  const lines = [];
  for (let w = 1; w <= works; w++) {
    const number = `${w}/2021/NĐ-CP`;
    for (let a = 1; a <= articles; a++) lines.push(JSON.stringify({
      id: `${number.toLowerCase()}%${a}`, doc_num: number, doc_type: "Nghị định", doc_title: `Quy định về việc thứ ${w}`, article: String(a), title: `Điều số ${a}`,
      text: `1. Nội dung thứ nhất của việc ${w}, theo Điều ${a} Nghị định số ${(w % works) + 1}/2021/NĐ-CP.\n2. Nội dung thứ hai:\na) Điểm một;\nb) Điểm hai, theo khoản 1 Điều này.`,
      topic: "quoc-phong", effective_date: "01/03/2021", source: `Điều ${a} Nghị định số ${number} Quy định về việc thứ ${w} ngày 05/01/2021 của Chính phủ, có hiệu lực thi hành kể từ ngày 01/03/2021`,
    }));
  }
  return lines.join("\n") + "\n";
}

async function person(at, login = "chuyenvien") {
  const server = await start({ data: at.data, db: at.db, args: ["--workers", "1", "--jobs", "2"] });
  return { server, who: await new Person(server, login).signIn() };
}
const ask = async (who, path) => (await who.ask(path, { json: true })).json();
/** Where a search for a number leads: the work's address, or nothing. */
const goes = async (who, q) => (await who.ask(`/law?q=${encodeURIComponent(q)}`)).headers.get("location") ?? "";

/** Names, numbers and days of everything in the list, and the words of some works: the same for the same library, whatever its ids. */
async function digest(who) {
  const all = [];
  for (let path = "/law?sort=name"; path;) {
    const v = await ask(who, path);
    all.push(...v.items.map((x) => [x.name, x.code, x.title, x.issued_on, x.effective_on, x.status_name].join("|")));
    path = v.pages.older;
  }
  const words = [];
  for (const q of ["1/2021/NĐ-CP", "77/2021/NĐ-CP", "900/2021/NĐ-CP"]) {
    const at = await goes(who, q);
    words.push((await (await who.ask(`${at}/export?format=akn`)).text()).replaceAll(/\/law\/\d+|\d{15,}/g, ""));
  }
  return { all, words };
}

// ---- By the command.
await test("an import killed with -9 in the middle and run again gives what one run gives", async () => {
  const big = put("big.jsonl", corpus(1000));
  const killed = await place(), once = await place();
  const child = spawn(program, ["import", "law", big, ...killed.args], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (c) => { said += c; });
  await until("some of it is in", () => /\d+\/1000 văn bản/.test(said) || child.exitCode !== null, undefined, 5);
  truth(child.exitCode === null, `it was still at work: ${said}`);
  child.kill("SIGKILL");
  await until("it is dead", () => child.signalCode !== null);
  const again = importLaw(killed, big);
  equal(again.status, 0, again.all);
  truth(/1000 văn bản: mới \d+, sửa 0, không đổi [1-9]\d*/.test(again.all), `it goes on where it was: ${again.stdout}`);
  truth(/không có gì thay đổi/.test(importLaw(killed, big).all), "a third run changes nothing");
  const whole = importLaw(once, big);
  equal(whole.status, 0, whole.all);
  const a = await person(killed), b = await person(once);
  const first = await digest(a.who), second = await digest(b.who);
  truth(second.all.length > 1000, `the whole list: ${second.all.length}`);
  equal(first, second, "both libraries");
  await a.server.stop();
  await b.server.stop();
});

await test("a second import at the same time is told so and changes nothing; the first ends well", async () => {
  const at = await place(), big = put("first.jsonl", corpus(1000)), small = put("second.jsonl", corpus(3));
  const child = spawn(program, ["import", "law", big, ...at.args], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (c) => { said += c; });
  await until("it is at work", () => /\d+\/1000 văn bản/.test(said) || child.exitCode !== null, undefined, 5);
  truth(child.kill("SIGSTOP") && child.exitCode === null, "the first is held in the middle");
  const second = importLaw(at, small);
  child.kill("SIGCONT");
  equal(second.status, 1, second.all);
  truth(/Đang có một lần nhập văn bản khác/.test(second.all), second.all);
  equal(await new Promise((end) => child.on("exit", end)), 0, said);
  truth(/không có gì thay đổi/.test(importLaw(at, big).all), "nothing of the first is lost");
});

await test("broken lines, ids that came before and an empty file are named with file and line, and the rest goes in", async () => {
  const lines = corpus(2, 3).trim().split("\n");
  const bad = put("bad.jsonl", [lines[0], "{broken", lines[1], lines[1], "[1, 2]", lines[2].normalize("NFD"), ...lines.slice(3)].join("\n"));
  const r = importLaw(await place(), bad, put("empty.txt", ""));
  equal(r.status, 0, r.all);
  for (const word of [/bad\.jsonl, dòng 2: dòng JSON hỏng ở byte \d+/, /bad\.jsonl, dòng 4: trùng mã với dòng 3/, /bad\.jsonl, dòng 5: dòng JSON hỏng: không phải một đối tượng/, /empty\.txt, dòng 0: Tệp rỗng/]) truth(word.test(r.all), `${word}: ${r.all}`);
  truth(/2 văn bản: mới 2.*bị từ chối 4 bản ghi/.test(r.all), r.stdout);
});

const office = await place();
const existing = (...at) => (existsSync(join(law, ...at)) ? join(law, ...at) : null);
const papers = [
  { file: () => sharedScan("SRC-F_06.docx"), code: "27/2001/QH10", issued: "2001-06-29" },
  { file: () => sharedScan("SRC-B_01.pdf"), code: "26/2023/QH15", issued: "2023-11-27" },
  { file: () => existing("raw", "luat-bao-chi.txt"), code: "103/2016/QH13", issued: "2016-04-05" },
  { file: () => existing("structured", "100_2019_NĐ-CP.json"), code: "100/2019/NĐ-CP", issued: "2019-12-30" },
];
const there = papers.map((p) => ({ ...p, path: p.file() })).filter((p) => p.path);
let server, officer;

await test("real papers in Word, PDF, plain text and JSON go in by one command with number and day, and what looks wrong is said", async () => {
  if (there.length) {
    const word = sharedScan("SRC-F_41.doc");
    const r = importLaw(office, ...there.map((p) => p.path), ...(word ? [word] : []));
    equal(r.status, 0, r.all);
    truth(!word || /cần xem lại, .*SRC-F_41\.doc: Không thấy số, ký hiệu/.test(r.all), r.all);
  }
  ({ server, who: officer } = await person(office));
  for (const p of there) {
    const at = await goes(officer, p.code);
    truth(/^\/law\/\d+$/.test(at), `${p.code} is found`);
    const v = await ask(officer, at);
    equal([v.head.code, v.head.issued_on], [p.code, p.issued], p.path);
    truth(v.places.length > 5, `${p.code} has its words`);
  }
});

// ---- By the web.
/** Sends a file to the library, waits until it was read, and confirms what was read of it. Gives the work's address. */
async function add(who, name, bytes, values = {}) {
  const form = new FormData();
  for (const [k, v] of Object.entries(await who.hidden("/law/add", "/law/add"))) form.set(k, v);
  form.set("file", new Blob([bytes]), name);
  const sent = await who.ask("/law/add", { method: "POST", form });
  equal(sent.status, 303, await sent.text());
  const draft = sent.headers.get("location");
  let page = "";
  await until(`${name} is read`, async () => { page = await (await who.ask(draft)).text(); return page.includes('name="type_name"') || /Không đọc được/.test(page); });
  const typed = (field) => (new RegExp(`name="${field}"[^>]*value="([^"]*)"`).exec(page)?.[1] ?? new RegExp(`name="${field}"[^>]*>([^<]*)</textarea>`).exec(page)?.[1] ?? "").replaceAll("&amp;", "&");
  const read = Object.fromEntries(["type_name", "code", "title", "issuer", "issued_on", "effective_on", "signer"].map((k) => [k, typed(k)]));
  const confirmed = await who.ask(draft, { method: "POST", form: { ...(await who.hidden(draft, draft)), ...read, ...values } });
  equal(confirmed.status, 303, `${name}: ${(await confirmed.text()).match(/wrong-why[^>]*>[^<]*/g)}`);
  return { at: confirmed.headers.get("location"), read };
}

const party = `VĂN PHÒNG TRUNG ƯƠNG ĐẢNG\n*\nSố 11-HD/VPTW\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 28 tháng 5 năm 2018\n\nHƯỚNG DẪN\nvề thể thức và kỹ thuật trình bày văn bản của Đảng\n\n- Căn cứ Quy định số 66-QĐ/TW của Ban Bí thư,\nVăn phòng Trung ương Đảng hướng dẫn như sau:\n\nI- QUY ĐỊNH CHUNG\n\n1. Phạm vi điều chỉnh và đối tượng áp dụng\nHướng dẫn này quy định thể thức văn bản của Đảng.\n2. Thể thức văn bản\nThể thức gồm các thành phần bắt buộc.\n\nII- TỔ CHỨC THỰC HIỆN\n1. Hướng dẫn này có hiệu lực từ ngày ký.\n\nK/T CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nNguyễn Văn Thử\n`;
const front = `ỦY BAN TRUNG ƯƠNG\nMẶT TRẬN TỔ QUỐC VIỆT NAM\nBAN THƯỜNG TRỰC\n-------\nSố: 93/HD-MTTW-BTT\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\nHà Nội, ngày 12 tháng 5 năm 2021\n\nHƯỚNG DẪN\nVề thể thức văn bản của Ủy ban Mặt trận Tổ quốc Việt Nam các cấp\n\nCăn cứ Điều lệ Mặt trận Tổ quốc Việt Nam;\n\nI. QUY ĐỊNH CHUNG\n1. Phạm vi điều chỉnh\nHướng dẫn này áp dụng cho Ủy ban Mặt trận các cấp.\n2. Đối tượng áp dụng\nCơ quan Mặt trận các cấp.\n\nTM. BAN THƯỜNG TRỰC\nPHÓ CHỦ TỊCH\nTrần Văn Thử\n`;

await test("a paper of the Party and one of the Front are added by the web, found by their numbers however written, and stand in their own families", async () => {
  const a = await add(officer, "11-HD-VPTW.txt", party), b = await add(officer, "93-HD.txt", front);
  equal([a.read.code, a.read.type_name, a.read.issued_on], ["11-HD/VPTW", "Hướng dẫn", "28/05/2018"], "read of the Party's");
  equal([b.read.code, b.read.type_name, b.read.issued_on], ["93/HD-MTTW-BTT", "Hướng dẫn", "12/05/2021"], "read of the Front's");
  for (const q of ["11-HD/VPTW", "11-hd/vptw", "Hướng dẫn số 11-HD/VPTW", "số 11 - HD/VPTW"]) equal(await goes(officer, q), a.at, q);
  for (const q of ["93/HD-MTTW-BTT", "93/hd-mttw-btt", "Hướng dẫn 93/HD-MTTW-BTT", "93 /HD-MTTW- BTT"]) equal(await goes(officer, q), b.at, q);
  for (const [family, code, name] of [["party", "11-HD/VPTW", "Văn phòng Trung ương Đảng"], ["front", "93/HD-MTTW-BTT", "Mặt trận Tổ quốc Việt Nam"]]) {
    const v = await ask(officer, `/law?family=${family}`);
    const mine = v.items.find((x) => x.code === code);
    truth(mine && mine.issuer.includes(name), `${code} in ${family}: ${JSON.stringify(v.items.map((x) => [x.code, x.issuer]))}`);
    truth(v.families.find((f) => f.value === family).count >= 1 && v.types.some((t) => t.value === "HD"), "counted in its facets");
  }
});

await test("what goes out as Akoma Ntoso, Word and JSON comes in again by the web as the same work", async () => {
  const at = await goes(officer, "75/2015/QH13"), before = (await ask(officer, `${at}?all=1`)).places.length;
  for (const [format, name] of [["akn", "luat.xml"], ["docx", "luat.docx"], ["json", "luat.json"]]) {
    const out = await officer.ask(`${at}/export?format=${format}`);
    equal(out.status, 200, format);
    const back = await add(officer, name, Buffer.from(await out.arrayBuffer()), { is_sure: "1" });
    equal(back.at, at, `${format} is the same work`);
  }
  truth((await ask(officer, `${at}?all=1`)).places.length >= before, "and lost nothing");
});

await test("a web page and a text in an old encoding are read as Vietnamese", async () => {
  const body = (n) => `<p>Số: ${n}/2022/NĐ-CP</p><p>Hà Nội, ngày 5 tháng 1 năm 2022</p><p>NGHỊ ĐỊNH</p><p>Quy định về việc thử trang web</p><p>Điều 1. Phạm vi</p><p>1. Nghị định này quy định.</p><p>Điều 2. Hiệu lực</p><p>Nghị định này có hiệu lực từ ngày 01 tháng 3 năm 2022.</p>`;
  const page = await add(officer, "trang.html", `<!doctype html><html><head><meta charset="utf-8"><title>x</title></head><body><p>CHÍNH PHỦ</p>${body("801")}</body></html>`);
  equal([page.read.code, page.read.issued_on], ["801/2022/NĐ-CP", "05/01/2022"], "of a web page");
});

await test("a file that is no paper is refused with a sentence, and nothing is added", async () => {
  const form = new FormData();
  for (const [k, v] of Object.entries(await officer.hidden("/law/add", "/law/add"))) form.set(k, v);
  form.set("file", new Blob([readFileSync(program).subarray(0, 4096)]), "chuong-trinh.docx");
  const answer = await officer.ask("/law/add", { method: "POST", form });
  equal(answer.status, 422, "refused");
  truth(/wrong-why/.test(await answer.text()), "said at the field");
});

await test("an index deleted while it is served comes back by itself", async () => {
  const found = async () => (await ask(officer, `/law?q=${encodeURIComponent("thể thức văn bản")}`)).found;
  await until("the papers are found", async () => (await found()) > 0);
  rmSync(join(office.data, "index"), { recursive: true, force: true, maxRetries: 20, retryDelay: 20 });
  await until("its folder is there again", () => existsSync(join(office.data, "index")) && readdirSync(join(office.data, "index")).length > 0);
  await until("the papers are found again", async () => (await found()) > 0);
});
await server?.stop();
done();
