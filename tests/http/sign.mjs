// doanket sign and sign verify: keys made here by openssl; pdfsig and qpdf, which know nothing of ours, must agree.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { done, equal, folder, program, test, truth } from "../lib.mjs";

const dir = folder(), at = (name) => join(dir, name);
const run = (command, args, input = "") => spawnSync(command, args, { cwd: dir, encoding: "utf8", input, env: { ...process.env, TZ: "UTC" } });
const openssl = (...args) => execFileSync("openssl", args, { cwd: dir, stdio: ["ignore", "pipe", "ignore"] });
const sign = (from, key, to, password = "bimat") => run(program, ["sign", from, "--key", `${key}.p12`, "--out", to], `${password}\n`);
const verify = (file, roots = "roots") => {
  const r = run(program, ["sign", "verify", file, "--json", "--roots", roots]);
  return { status: r.status, ...JSON.parse(r.stdout) };
};
const bytes = (name) => readFileSync(at(name));
const pdfsig = (file) => run("pdfsig", ["-nocert", file]).stdout;

function root(name, words) {
  openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", `${name}.key`, "-out", `${name}.pem`, "-days", "3650", "-subj", `/CN=${words}`);
  mkdirSync(at(`${name}.db`));
  writeFileSync(at(`${name}.db/index`), "");
  writeFileSync(at(`${name}.db/serial`), "1000");
  writeFileSync(at(`${name}.cnf`), `[ca]\ndefault_ca=d\n[d]\ndatabase=${name}.db/index\nserial=${name}.db/serial\nnew_certs_dir=${name}.db\ndefault_md=sha256\npolicy=p\n`
    + "unique_subject=no\nx509_extensions=x\nutf8=yes\n[p]\ncommonName=supplied\n[x]\nkeyUsage=digitalSignature,nonRepudiation\nbasicConstraints=CA:FALSE\n");
}
function key(name, words, by, until = "20491231000000Z", kind = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]) {
  openssl("req", "-newkey", ...kind, "-nodes", "-utf8", "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${words}`);
  openssl("ca", "-batch", "-config", `${by}.cnf`, "-cert", `${by}.pem`, "-keyfile", `${by}.key`, "-in", `${name}.csr`, "-out", `${name}.pem`, "-notext", "-utf8", "-startdate", "20200101000000Z", "-enddate", until);
  openssl("pkcs12", "-export", "-inkey", `${name}.key`, "-in", `${name}.pem`, "-certfile", `${by}.pem`, "-passout", "pass:bimat", "-out", `${name}.p12`);
}
/** Objects by number, appended to what there is, with a table of their own. */
function append(before, objects, prev, size) {
  let text = before.toString("latin1");
  const lines = [];
  for (const [n, words] of objects) {
    lines.push(`${n} 1\n${String(text.length).padStart(10, "0")} 00000 n \n`);
    text += `${n} 0 obj\n${words}\nendobj\n`;
  }
  const start = text.length;
  text += `xref\n0 1\n0000000000 65535 f \n${lines.join("")}trailer\n<< /Size ${size} /Root 1 0 R${prev ? ` /Prev ${prev}` : ""} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}
const drawing = (words) => `<< /Length ${words.length} >>\nstream\n${words}\nendstream`;
const paper = append(Buffer.from("%PDF-1.7\n"), [[1, "<< /Type /Catalog /Pages 2 0 R >>"], [2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"],
  [3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>"], [4, drawing("0 0 100 100 re f")]], 0, 5);
const startOf = (b) => Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(b.toString("latin1"))[1]);

await test("keys and papers are made", () => {
  root("goc", "Goc tin cay");
  root("la", "Goc la");
  key("a", "Nguyễn Văn A", "goc", undefined, ["rsa:2048"]);
  key("b", "Trần Thị B", "goc");
  key("xa", "Người lạ", "la");
  key("cu", "Chứng thư cũ", "goc", "20210101000000Z");
  mkdirSync(at("roots"));
  writeFileSync(at("roots/goc.pem"), bytes("goc.pem"));
  writeFileSync(at("paper.pdf"), paper);
  execFileSync("qpdf", ["--object-streams=generate", "paper.pdf", "packed.pdf"], { cwd: dir });
});

for (const kind of ["paper", "packed"]) {
  await test(`${kind}: two sign one after the other; ours, pdfsig and qpdf agree`, () => {
    equal(sign(`${kind}.pdf`, "a", `${kind}1.pdf`).status, 0);
    equal(sign(`${kind}1.pdf`, "b", `${kind}2.pdf`).status, 0);
    truth(bytes(`${kind}2.pdf`).subarray(0, bytes(`${kind}1.pdf`).length).equals(bytes(`${kind}1.pdf`)), "what was signed stays as it was");
    const one = verify(`${kind}1.pdf`), two = verify(`${kind}2.pdf`);
    equal([one.status, one.good, one.signatures.length, one.signatures[0].after], [0, true, 1, "nothing"]);
    equal([two.status, two.signatures.map((s) => [s.signer, s.after, s.chain, s.root, s.good])],
      [0, [["Nguyễn Văn A", "signatures", "trusted", "Goc tin cay", true], ["Trần Thị B", "nothing", "trusted", "Goc tin cay", true]]]);
    const said = pdfsig(`${kind}2.pdf`);
    equal(said.match(/Signature is Valid/g)?.length, 2);
    equal(said.match(/Type: ETSI\.CAdES\.detached/g)?.length, 2);
    truth(/Common Name: Nguyễn Văn A[\s\S]*Not total document signed[\s\S]*Common Name: Trần Thị B[\s\S]*Total document signed/.test(said), said);
    equal(run("qpdf", ["--check", `${kind}2.pdf`]).status, 0);
  });
}

await test("what was changed inside is seen, as pdfsig sees it", () => {
  writeFileSync(at("inside.pdf"), Buffer.from(bytes("paper2.pdf").toString("latin1").replace("100 100 re", "100 900 re"), "latin1"));
  const r = verify("inside.pdf");
  equal([r.status, r.signatures.map((s) => s.digest_right)], [1, [false, false]]);
  truth(r.signatures[0].words.includes("nội dung đã bị đổi sau khi ký"), r.signatures[0].words);
  truth(!pdfsig("inside.pdf").includes("Signature is Valid"), "pdfsig");
});

await test("what was added after is seen, also when somebody signs on top of it", () => {
  const b = bytes("paper1.pdf");
  writeFileSync(at("after.pdf"), Buffer.concat([b, Buffer.from("\n% thêm\n")]));
  const added = verify("after.pdf");
  equal([added.status, added.signatures[0].after, added.signatures[0].digest_right], [1, "other", true]);
  const size = Number(/\/Size (\d+) \/Root 1 0 R \/Prev/.exec(b.toString("latin1"))[1]);
  const changes = {
    drawing: [[4, drawing("0 0 500 500 re f")]],
    page: [[3, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${size} 0 R /Resources << >> >>`], [size, drawing("0 0 9 9 re f")]],
    note: [[3, b.toString("latin1").match(/\n3 0 obj\n(<< \/Type \/Page[\s\S]*?>>)\nendobj/g).pop().replace(/\n3 0 obj\n|\nendobj/g, "").replace("/Annots [", `/Annots [${size} 0 R `)],
      [size, "<< /Type /Annot /Subtype /FreeText /Rect [0 0 500 500] /Contents (x) /DA (/F 12 Tf) >>"]],
  };
  for (const [name, objects] of Object.entries(changes)) {
    writeFileSync(at(`${name}.pdf`), append(b, objects, startOf(b), size + 1));
    equal(sign(`${name}.pdf`, "b", `${name}2.pdf`).status, 0);
    const r = verify(`${name}2.pdf`);
    equal([name, r.status, r.signatures.map((s) => s.after)], [name, 1, ["other", "nothing"]]);
  }
});

await test("a root that is not trusted, or was not then", () => {
  equal(sign("paper.pdf", "xa", "strange.pdf").status, 0);
  equal([verify("strange.pdf").status, verify("strange.pdf").signatures[0].chain], [1, "unknown_root"]);
  mkdirSync(at("dated"));
  writeFileSync(at("dated/goc.pem"), bytes("goc.pem"));
  writeFileSync(at("dated/roots.tsv"), "goc.pem\t2019-01-01\t2020-12-31\tthử\n");
  equal(verify("paper1.pdf", "dated").signatures[0].chain, "unknown_root");
  writeFileSync(at("dated/roots.tsv"), "goc.pem\t2019-01-01\t\tthử\n");
  equal(verify("paper1.pdf", "dated").status, 0);
});

/** The signature of a file taken out, and another, made by openssl alone, put in its place. */
function signed_by_openssl(name, who) {
  const text = bytes("paper1.pdf").toString("latin1"), [, from, to, n] = /ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(text).map(Number);
  writeFileSync(at("part"), Buffer.from(text.slice(0, from) + text.slice(to, to + n), "latin1"));
  openssl("cms", "-sign", "-binary", "-md", "sha256", "-in", "part", "-signer", `${who}.pem`, "-inkey", `${who}.key`, "-outform", "DER", "-out", "cms");
  const hex = bytes("cms").toString("hex").padEnd(to - from - 2, "0");
  writeFileSync(at(name), Buffer.from(`${text.slice(0, from)}<${hex}>${text.slice(to)}`, "latin1"));
}

await test("a signature of openssl's own is right; by an expired certificate it is said, and such a key is refused", () => {
  signed_by_openssl("own.pdf", "a");
  equal([verify("own.pdf").status, verify("own.pdf").signatures[0].signer], [0, "Nguyễn Văn A"]);
  signed_by_openssl("late.pdf", "cu");
  const r = verify("late.pdf");
  equal([r.status, r.signatures[0].chain, r.signatures[0].digest_right, r.signatures[0].signature_right], [1, "expired", true, true]);
  const refused = sign("paper.pdf", "cu", "no.pdf");
  truth(refused.status === 1 && refused.stderr.includes("hết hạn"), refused.stderr);
});

await test("ranges that lie, members elsewhere and cut files are refused clearly", () => {
  const text = bytes("paper1.pdf").toString("latin1"), range = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(text);
  const [from, to, n] = range.slice(1).map(Number), pad = (x) => String(x).padStart(10, "0");
  const lies = {
    overlap: `[0 ${pad(to)} ${pad(from)} ${pad(n)}]`, huge: `[0 9999999999 ${pad(to)} ${pad(n)}]`, minus: `[0 -000000001 ${pad(to)} ${pad(n)}]`,
    long: `[0 ${pad(from)} ${pad(to)} 9999999999]`, wide: `[0 ${pad(from - 40)} ${pad(to)} ${pad(n)}]`, begun: `[9 ${pad(from)} ${pad(to)} ${pad(n)}]`,
    elsewhere: "9 0 R".padEnd(36), short: `[0 ${pad(from)}]`.padEnd(36),
  };
  const files = Object.entries(lies).map(([name, r]) => [name, text.replace(range[0], `/ByteRange ${r}`)]);
  files.push(["cut", text.slice(0, from + 900)], ["end", text.slice(0, -50)], ["content", text.replace("/Contents <", "/Contentz <")],
    ["garbage", text.slice(0, from + 9) + "f".repeat(400) + text.slice(from + 409)], ["rest", text.slice(0, to - 9) + "AB" + text.slice(to - 7)]);
  for (const [name, bad] of files) {
    writeFileSync(at("bad.pdf"), Buffer.from(bad, "latin1"));
    const r = verify("bad.pdf");
    equal([name, r.status, r.signatures.length], [name, 1, 1]);
    truth(r.signatures[0].fault.length > 20, name);
  }
});

await test("a wrong password, a file that is there and a file without signatures are told; the key's word is never an option", () => {
  const wrong = sign("paper.pdf", "a", "wrong.pdf", "sai");
  truth(wrong.status === 1 && wrong.stderr.includes("Mật khẩu"), wrong.stderr);
  const sum = createHash("sha256").update(bytes("paper1.pdf")).digest("hex");
  truth(sign("paper.pdf", "a", "paper1.pdf").status === 1, "nothing is overwritten");
  equal(createHash("sha256").update(bytes("paper1.pdf")).digest("hex"), sum);
  equal([verify("paper.pdf").status, verify("paper.pdf").signed], [1, false]);
  truth(run(program, ["sign", "verify", "a.pem"]).status === 1, "no PDF");
});

done();
