// A document with a mark of its own in every field goes all its ways: taken in, read, registered, presented, directed, told of,
// found, asked about, reported. Then it is taken out as a state secret, and afterwards no mark is on the disk: not in the
// database's files, the log before it, kept files, pictures, the index, nor in a dump of the database.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { Person, done, equal, folder, pause, program, start, test, truth, until } from "../lib.mjs";

const server = await start({ program: process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket"), args: ["--workers", "1", "--jobs", "1"], wait: 400000 });

/** One word a place, with marks, as nobody else writes it; and as it is folded. */
const marks = {
  subject: "bạchngọcqx", issuer: "hắcthạchqx", code: "ZQVKWHX", signer: "lamtuyềnqx", signer_post: "ngânhàqx", note: "tửđằngqx",
  file: "huyềnvũqx", content: "chutướcqx", directive: "hồngliênqx", present: "thanhtrúcqx", report: "kimtướcqx", opinion: "thanhlongqx",
  extension: "xíchthốqx", answer: "hoànghạcqx", evidence: "bíchđàoqx", evidence_file: "tôngchimqx", question: "trườnggiangqx", amended: "đạimạcqx",
};
const folded = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d").replaceAll("Đ", "D");
const shapes = Object.values(marks).flatMap((m) => [m, m.normalize("NFD"), folded(m), m.toUpperCase(), m[0].toUpperCase() + m.slice(1)]);
const needles = [...new Set(shapes)].flatMap((m) => [...new Set([m, m.toLowerCase(), encodeURIComponent(m)])]).map((m) => [m, Buffer.from(m)]);

function found(name, bytes, into) {
  for (const [mark, needle] of needles) if (bytes.includes(needle)) into.add(`${name}: ${mark}`);
}

/** What lies in a file, also unpacked from every place where something packed may begin. */
function look(path, into) {
  const bytes = readFileSync(path);
  found(path, bytes, into);
  const unpack = [[[0x1f, 0x8b, 8], gunzipSync], [[0x78, 0x9c], inflateSync]];
  for (const [head, how] of unpack) {
    for (let at = -1; (at = bytes.indexOf(Buffer.from(head), at + 1)) >= 0;) {
      try { found(`${path} (unpacked)`, how(bytes.subarray(at)), into); } catch { /* nothing packed begins here */ }
    }
  }
  // The index packs its texts with zstd; the machine's own program opens them where there is one.
  for (let at = -1; path.includes("/index/") && (at = bytes.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), at + 1)) >= 0;) {
    const opened = spawnSync("zstd", ["-dcq"], { input: bytes.subarray(at, at + (1 << 20)), maxBuffer: 1 << 26 });
    if (opened.stdout) found(`${path} (unpacked)`, opened.stdout, into);
  }
  for (let at = -1; (at = bytes.indexOf(Buffer.from("PK\x03\x04", "latin1"), at + 1)) >= 0;) {
    try { found(`${path} (zip)`, inflateRawSync(bytes.subarray(at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28))), into); } catch { /* not packed */ }
  }
}

function everywhere() {
  const into = new Set();
  const walk = (dir) => {
    for (const name of readdirSync(dir)) {
      const path = join(dir, name);
      let st;
      try { st = statSync(path); } catch { continue; }
      if (st.isDirectory()) walk(path);
      else if (st.isFile()) { found(path, Buffer.from(name), into); try { look(path, into); } catch (e) { if (e.code !== "ENOENT") throw e; } }
    }
  };
  walk(server.data);
  if (server.db) found("a dump", execFileSync("pg_dump", [server.db], { maxBuffer: 1 << 30 }), into);
  found("what the program said", Buffer.from(server.log), into);
  return [...into];
}

const clerk = await new Person(server, "vanthu").signIn(), chair = await new Person(server, "lanhdao").signIn(), officer = await new Person(server, "chuyenvien").signIn();
const word = (name, lines) => {
  const dir = folder();
  mkdirSync(join(dir, "w/_rels"), { recursive: true });
  mkdirSync(join(dir, "w/word"));
  writeFileSync(join(dir, "w/[Content_Types].xml"), '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>');
  writeFileSync(join(dir, "w/_rels/.rels"), '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>');
  writeFileSync(join(dir, "w/word/document.xml"), `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${lines.map((l) => `<w:p><w:r><w:t>${l}</w:t></w:r></w:p>`).join("")}</w:body></w:document>`);
  execFileSync("python3", ["-c", "import sys,zipfile,os\nz=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)\nfor n in ['[Content_Types].xml','_rels/.rels','word/document.xml']: z.write(os.path.join(sys.argv[2],n),n)", join(dir, "f.docx"), join(dir, "w")]);
  return new File([readFileSync(join(dir, "f.docx"))], name);
};
const text = (name, lines) => new File([lines.join("\n")], name, { type: "text/plain" });
async function act(who, page, path, fields, files = {}) {
  const hidden = await who.hidden(page, path);
  const form = new FormData();
  for (const [k, v] of Object.entries({ ...hidden, ...fields })) form.set(k, v);
  for (const [k, v] of Object.entries(files)) form.set(k, v);
  const body = Object.keys(files).length ? form : Object.fromEntries([...form]);
  const answer = await who.ask(path, { method: "POST", form: body });
  if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${(await answer.text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 600)}`);
  return answer.headers.get("location");
}
const json = async (who, path) => (await who.ask(path, { json: true })).json();

let id, line;
await test("the document goes all its ways, and its marks are all over", async () => {
  const to = await act(clerk, "/document/new", "/document/upload", {}, { file: word(`${marks.file}.docx`, ["SỞ CÔNG THƯƠNG", `Nội dung ${marks.content} của văn bản.`]) });
  id = /\/document\/(\d+)/.exec(to)[1];
  await until("it is read", async () => (await (await clerk.ask(`/find?q=${encodeURIComponent(marks.content)}`)).text()).includes(`/document/${id}`), 120000, 500);
  await act(clerk, `/document/${id}/register`, `/document/${id}/registration`, {
    code: `4242/${marks.code}`, subject: `Về việc ${marks.subject}`, issuer: `Sở ${marks.issuer}`, signer: marks.signer, signer_post: marks.signer_post,
    note: marks.note, type: "CV", issued_on: "", priority: "0", field: "", due_on: "", arrival_on: "", duplicate_reason: "" });
  const shown = await json(clerk, `/document/${id}`);
  const leader = shown.leaders[0].id;
  await act(clerk, `/document/${id}`, `/document/${id}/presentation`, { leader, note: marks.present });
  const asChair = await json(chair, `/document/${id}`);
  const officerPost = asChair.leads.find((o) => /Trần|chuyên viên/i.test(`${o.label} ${o.note}`)) ?? asChair.leads[0];
  const mine = await json(officer, "/desk");
  truth(mine, "the officer has a desk");
  const all = asChair.leads.filter((o) => o.id !== officerPost.id).slice(0, 3);
  await act(chair, `/document/${id}`, `/document/${id}/directive`, { text: `Giao ${marks.directive}`, lead: officerPost.id, days: "5", due_on: "" });
  truth(all.length >= 0, "others");
  await act(clerk, `/document/${id}`, `/document/${id}/opinion`, { text: marks.opinion }, { file: text(`${marks.evidence_file}.txt`, [`Minh chứng ${marks.evidence}.`]) });
  for (const who of [officer, chair]) {
    const d = await json(who, `/document/${id}`).catch(() => null);
    line ??= d?.lines?.[0]?.id;
  }
  await until("it is found", async () => (await (await clerk.ask(`/find?q=${encodeURIComponent(marks.subject)}`)).text()).includes(`/document/${id}`), 120000, 500);
  await act(clerk, "/assistant", "/assistant", { q: `${marks.question} là gì?` }).catch(() => null);
  await until("the evidence is read", async () => (await (await clerk.ask(`/find?q=${encodeURIComponent(marks.evidence)}`)).text()).includes(`/document/${id}`), 120000, 500);
  const there = everywhere().map((f) => f.split(": ").at(-1));
  for (const must of ["subject", "issuer", "signer", "note", "content", "directive", "opinion", "evidence", "file"]) truth(there.includes(marks[must]) || there.includes(folded(marks[must])), `${must} is kept at first`);
});

// Looking took this process long: connections kept open meanwhile are gone.
for (let i = 0; i < 8; i++) await clerk.ask("/desk").catch(() => pause(500));

await test("a person who keeps the register takes it out, and only its trace stays", async () => {
  const refused = await clerk.ask(`/document/${id}/secrecy`, { method: "POST", form: await clerk.hidden(`/document/${id}/secrecy`, `/document/${id}/secrecy`) });
  equal(refused.status, 422, "without saying so");
  await act(clerk, `/document/${id}/secrecy`, `/document/${id}/secrecy`, { is_sure: "1" });
  const page = await (await clerk.ask(`/document/${id}`)).text();
  truth(/Tài liệu mật đã được gỡ ngày \d\d\/\d\d\/\d{4} bởi /.test(page), "the page says so");
});

await test("after the background work no mark is on the disk, nor in a dump", async () => {
  let left = [];
  await until("nothing is left", () => (left = everywhere()).length === 0, 240000, 3000).catch((e) => { throw new Error(`${e.message}\n${left.slice(0, 40).join("\n")}`); });
});

await test("the audit trail still verifies, and says that something was erased", async () => {
  const said = execFileSync(process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket"), ["verify", "--data", server.data, ...(server.db ? ["--db", server.db] : [])]).toString();
  truth(/chuỗi vẫn đúng/.test(said), said);
});

await server.stop();
done();
