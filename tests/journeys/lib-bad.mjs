// Files that are wrong, each in its own way, and sessions that end while somebody types.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import zlib, { deflateRawSync } from "node:zlib";
import { join } from "node:path";

/** A PDF of these objects ("1 0 obj" first), with a right table of them. */
function pdf(objects, trailer) {
  let text = "%PDF-1.5\n";
  const places = objects.map((o, i) => { const at = text.length; text += `${i + 1} 0 obj\n${o}\nendobj\n`; return at; });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((p) => `${String(p).padStart(10, "0")} 00000 n \n`).join("")}`;
  return Buffer.from(`${text}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${table}\n%%EOF\n`, "latin1");
}
/** So many pages, all of them empty: what counts is how many. */
export function longPdf(pages) {
  const kids = Array.from({ length: pages }, (_, i) => `${i + 3} 0 R`).join(" ");
  return pdf(["<< /Type /Catalog /Pages 2 0 R >>", `<< /Type /Pages /Count ${pages} /Kids [${kids}] /MediaBox [0 0 595 842] >>`,
    ...Array.from({ length: pages }, () => "<< /Type /Page /Parent 2 0 R >>")], "");
}
/** One that asks for a password. */
export function lockedPdf() {
  const hex = (s) => createHash("sha256").update(s).digest("hex");
  return pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 595 842] >>", "<< /Type /Page /Parent 2 0 R >>",
    `<< /Filter /Standard /V 1 /R 2 /O <${hex("owner")}> /U <${hex("user")}> /P -4 >>`], `/Encrypt 4 0 R /ID [<${hex("id").slice(0, 32)}> <${hex("id").slice(0, 32)}>]`);
}
export const noPdf = () => Buffer.from(`%PDF-1.7\nđây không phải là một tệp PDF\n${"x".repeat(2000)}`);

function zip(entries) {
  const parts = [], list = [];
  let at = 0;
  for (const { name, packed, size, sum } of entries) {
    const head = Buffer.alloc(30), row = Buffer.alloc(46), label = Buffer.from(name);
    head.writeUInt32LE(0x04034b50, 0); head.writeUInt16LE(20, 4); head.writeUInt16LE(8, 8);
    head.writeUInt32LE(sum, 14); head.writeUInt32LE(packed.length, 18); head.writeUInt32LE(size, 22); head.writeUInt16LE(label.length, 26);
    row.writeUInt32LE(0x02014b50, 0); row.writeUInt16LE(20, 4); row.writeUInt16LE(20, 6); row.writeUInt16LE(8, 10);
    row.writeUInt32LE(sum, 16); row.writeUInt32LE(packed.length, 20); row.writeUInt32LE(size, 24); row.writeUInt16LE(label.length, 28); row.writeUInt32LE(at, 42);
    parts.push(head, label, packed);
    list.push(row, label);
    at += head.length + label.length + packed.length;
  }
  const central = Buffer.concat(list), end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(entries.length, 8); end.writeUInt16LE(entries.length, 10); end.writeUInt32LE(central.length, 12); end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, central, end]);
}
const packedEntry = (name, bytes) => ({ name, packed: deflateRawSync(bytes), size: bytes.length, sum: sumOf(bytes) });
/** node:zlib has crc32 only since 22.2. */
function sumOf(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes);
  let sum = -1;
  for (const b of bytes) { sum ^= b; for (let k = 0; k < 8; k++) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1)); }
  return (sum ^ -1) >>> 0;
}
/** A Word file of a few hundred kilobytes whose text unfolds to this many megabytes. */
export function bombDocx(megabytes = 400) {
  const open = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>';
  const text = Buffer.alloc(megabytes << 20, "a");
  text.write(open, 0);
  return zip([
    packedEntry("[Content_Types].xml", Buffer.from('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')),
    { name: "word/document.xml", packed: deflateRawSync(text, { level: 1 }), size: text.length, sum: 0 },
  ]);
}

function sql(server, words) {
  if (server.db) execFileSync("psql", [server.db, "-qc", words]);
  else execFileSync("python3", ["-c", "import sqlite3,sys; c=sqlite3.connect(sys.argv[1], timeout=10); c.execute(sys.argv[2]); c.commit()", join(server.data, "doanket.db"), words]);
}
/** The session of a window grows old in the database, as over a long lunch. */
export async function endSession(server, page) {
  const cookie = (await page.context().cookies()).find((c) => c.name === "doanket");
  sql(server, `UPDATE auth_session SET used_at = used_at - 600000000 WHERE hash = '${createHash("sha256").update(cookie.value).digest("hex")}'`);
}
