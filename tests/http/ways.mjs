// Letters from and to the outside: a server of a script that refuses, puts off, hangs and falls (anybody's), then Debian's Dovecot as an ordinary user
// and, where this runs as root (its master insists on that), Debian's Postfix. One of each for all tests, in a folder and on ports of their own: the
// machine's own mail is neither read nor changed. On SQLite only.
import { execFile, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { Person, done, equal, folder, freePort, start, test, truth, until } from "../lib.mjs";

const run = promisify(execFile);

/** A server that takes letters; `rules` may answer for a receiver, hold before or behind the dot, or end the line. */
class Sink {
  taken = []; rules = {};
  async open() {
    this.port = await freePort();
    this.server = createServer((socket) => this.talk(socket));
    await new Promise((go) => this.server.listen(this.port, "127.0.0.1", go));
    return this;
  }
  talk(socket) {
    let held = "", letter = null, to = [], from = "", isAsked = false;
    const say = (s) => { if (!socket.destroyed) socket.write(`${s}\r\n`); };
    socket.on("error", () => {});
    say("220 thu.example.vn ESMTP");
    socket.on("data", (chunk) => {
      held += chunk.toString("latin1");
      for (let end; (end = held.indexOf("\r\n")) >= 0;) {
        const line = held.slice(0, end);
        held = held.slice(end + 2);
        if (letter !== null) {
          if (line !== ".") { letter += `${line.replace(/^\./, "")}\r\n`; continue; }
          const one = { from, to, text: letter };
          letter = null;
          if (this.rules.cut) { this.rules.cut = false; this.taken.push(one); socket.destroy(); return; }
          if (this.rules.hold === "dot") { this.held = true; this.taken.push(one); continue; }
          this.taken.push(one);
          say(`250 2.0.0 Ok: queued as ${this.taken.length}`);
          continue;
        }
        const judged = () => say(this.rules.login === false ? "535 5.7.8 no" : "235 2.7.0 ok");
        if (isAsked) { isAsked = false; judged(); continue; }
        const word = line.slice(0, 4).toUpperCase();
        if (word === "EHLO") say("250-thu.example.vn\r\n250 AUTH PLAIN");
        else if (line === "AUTH PLAIN") { isAsked = true; say("334 "); }
        else if (word === "AUTH") judged();
        else if (word === "MAIL") { from = line; to = []; say("250 2.1.0 Ok"); }
        else if (word === "RCPT") {
          if (this.rules.hold === "rcpt") { this.held = true; continue; }
          const address = /<(.*)>/.exec(line)[1], answer = this.rules[address] ?? "250 2.1.5 Ok";
          if (answer.startsWith("2")) to.push(address);
          say(answer);
        } else if (word === "DATA") { letter = ""; say("354 go on"); }
        else if (word === "QUIT") { say("221 bye"); socket.end(); }
        else say("250 ok");
      }
    });
  }
}

/** Asks the database beside the program, one reader for all questions: whoever waits for it does not hold up the server above. */
class Reader {
  constructor(data) {
    this.child = spawn("python3", ["-uc", `import json,sqlite3,sys
c=sqlite3.connect("file:"+sys.argv[1]+"?mode=ro", uri=True, timeout=300)
c.row_factory=sqlite3.Row
for line in sys.stdin:
  try: print(json.dumps([dict(r) for r in c.execute(json.loads(line))]))
  except Exception as e: print(json.dumps(str(e)))`, join(data, "doanket.db")], { stdio: ["pipe", "pipe", "inherit"] });
    this.waiting = [];
    createInterface({ input: this.child.stdout }).on("line", (line) => this.waiting.shift()(line));
  }
  /** Rows as objects; ids are strings, for they are too large for a number. */
  async ask(question) {
    const line = await new Promise((go) => { this.waiting.push(go); this.child.stdin.write(`${JSON.stringify(question)}\n`); });
    const said = JSON.parse(line.replace(/(": ?)(\d{15,})(?=[,}])/g, '$1"$2"'));
    if (typeof said === "string") throw new Error(said);
    return said;
  }
}

// ---- Debian's own servers: they live no longer than this process, and begin while the program does.
const have = (path) => existsSync(path);
const isRoot = process.getuid() === 0, user = isRoot ? "nobody" : userInfo().username;
const ids = isRoot ? { uid: Number(execFileSync("id", ["-u", user])), gid: Number(execFileSync("id", ["-g", user])) } : {};
const group = execFileSync("id", ["-gn", user], { encoding: "utf8" }).trim();
const dir = folder(), ports = { imap: await freePort(), lmtp: await freePort(), smtp: await freePort() };
if (isRoot) chmodSync(dir, 0o755);
const secret = "Bí-mật-9k", address = "vanphong@mttq.example.vn";
const servers = [];

/** Starts one, which ends with this process however that ends; gives what it said when it ended by itself, or null when it listens. */
async function serve(command, { options, port, log }) {
  const child = spawn("setpriv", ["--pdeathsig", "TERM", ...command], { ...options, stdio: ["ignore", "ignore", "pipe"] });
  let said = "", isOver = false;
  child.stderr.on("data", (chunk) => { said += chunk; });
  const over = new Promise((go) => child.on("close", () => { isOver = true; go(); }));
  servers.push({ child, over });
  const listens = () => new Promise((go) => { const s = connect(port, "127.0.0.1", () => { s.destroy(); go(true); }).on("error", () => go(false)); });
  await until(`${command[0]} listens`, async () => isOver || await listens());
  return isOver ? `${said} ${have(log) ? readFileSync(log, "utf8").slice(-1500) : ""}`.trim() || "it ended" : null;
}
async function stopServers() {
  for (const { child } of servers) child.kill("SIGTERM");
  await Promise.all(servers.map((s) => s.over));
}
/** Who is not root may lack what a server wants: the test is skipped then, and says why. As root it is a fault. */
const cannot = (name, said) => { if (isRoot) throw new Error(`${name}: ${said}`); return `skip: ${name} does not start here: ${said.slice(0, 200)}`; };

async function startDovecot() {
  if (!have("/usr/sbin/dovecot")) return { skip: "skip: no Dovecot here" };
  const d = join(dir, "dovecot");
  for (const part of ["", "run", "state", "mail"]) { mkdirSync(join(d, part), { recursive: true }); if (isRoot) chownSync(join(d, part), ids.uid, ids.gid); }
  await run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", join(d, "key.pem"), "-out", join(d, "cert.pem")]);
  if (isRoot) for (const f of ["key.pem", "cert.pem"]) chownSync(join(d, f), ids.uid, ids.gid);
  const open = (name, port) => `service ${name} {\n chroot =\n inet_listener ${name.split("-")[0]} {\n  port = ${port}\n  address = 127.0.0.1\n }\n${name === "imap-login" ? " inet_listener imaps {\n  port = 0\n }\n" : ""}}\n`;
  writeFileSync(join(d, "dovecot.conf"), `base_dir = ${d}/run\nstate_dir = ${d}/state\nlog_path = ${d}/log\ndefault_internal_user = ${user}\ndefault_internal_group = ${group}\ndefault_login_user = ${user}
protocols = imap lmtp\nlisten = 127.0.0.1\nssl = required\nssl_cert = <${d}/cert.pem\nssl_key = <${d}/key.pem\nmail_location = maildir:${d}/mail/%u\nfirst_valid_uid = 1\nfirst_valid_gid = 1\nauth_mechanisms = plain login
passdb {\n driver = static\n args = password=${secret}\n}\nuserdb {\n driver = static\n args = uid=${user} gid=${group} home=${d}/mail/%u allow_all_users=yes\n}
service anvil {\n chroot =\n}\nservice stats {\n chroot =\n}\n${open("imap-login", ports.imap)}${open("lmtp", ports.lmtp)}`);
  const said = await serve(["/usr/sbin/dovecot", "-F", "-c", join(d, "dovecot.conf")], { options: ids, port: ports.imap, log: join(d, "log") });
  return said === null ? { cert: readFileSync(join(d, "cert.pem"), "utf8") } : { said };
}

async function startPostfix() {
  if (!isRoot) return { skip: "skip: Postfix insists on root" };
  if (!have("/usr/lib/postfix/sbin/master")) return { skip: "skip: no Postfix here" };
  const d = join(dir, "postfix"), etc = join(d, "etc");
  for (const part of ["etc", "spool", "data"]) mkdirSync(join(d, part), { recursive: true });
  chownSync(join(d, "data"), Number(execFileSync("id", ["-u", "postfix"])), 0);
  writeFileSync(join(etc, "main.cf"), `compatibility_level = 3.6\nqueue_directory = ${d}/spool\ndata_directory = ${d}/data\nmail_owner = postfix\nsetgid_group = postdrop\ncommand_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin
maillog_file = ${d}/log\nmaillog_file_prefixes = ${d}\nmyhostname = mx.example.vn\nmydestination =\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmynetworks = 127.0.0.0/8\nvirtual_mailbox_domains = mttq.example.vn
virtual_transport = lmtp:inet:127.0.0.1:${ports.lmtp}\nrelayhost = [127.0.0.1]:${sink.port}\nsmtputf8_enable = no\nsmtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination\nalias_maps =\nalias_database =\n`);
  const services = ["pickup unix n - n 60 1 pickup", "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr", ...["rewrite:trivial-rewrite", "bounce:bounce", "defer:bounce", "trace:bounce", "verify:verify", "proxymap:proxymap", "smtp:smtp", "relay:smtp", "lmtp:lmtp", "anvil:anvil", "scache:scache", "error:error", "retry:error", "discard:discard"].map((s) => `${s.split(":")[0]} unix - - n - ${/bounce|defer|trace/.test(s) ? 0 : "-"} ${s.split(":")[1]}`), "tlsmgr unix - - n 1000? 1 tlsmgr", "flush unix n - n 1000? 0 flush", "postlog unix-dgram n - n - 1 postlogd"];
  writeFileSync(join(etc, "master.cf"), `${ports.smtp} inet n - n - - smtpd\n${services.join("\n")}\n`);
  await run("postfix", ["-c", etc, "check"]).catch(() => {}); // makes the folders of its queue; what it finds wrong the master says, too
  const said = await serve(["/usr/lib/postfix/sbin/master", "-c", etc, "-s"], { port: ports.smtp, log: join(d, "log") });
  return said === null ? {} : { said };
}
const sink = await new Sink().open();
const starting = startDovecot().catch((e) => ({ said: e.message })), startingPostfix = startPostfix().catch((e) => ({ said: e.message }));

// The ten seconds in which a letter may be taken back, and the pause before a put-off one goes again, are jumped over.
const shift = join(folder(), "shift");
let ahead = 0;
writeFileSync(shift, "0");
process.env.DOANKET_CLOCK_SHIFT = shift;
const jump = (seconds) => writeFileSync(shift, String(ahead += seconds * 1000));
const server = await start({ args: ["--workers", "1", "--jobs", "2"] });
const [clerk, admin, commune] = await Promise.all(["vanthu", "quantri", "xa"].map((login) => new Person(server, login).signIn()));
const reader = new Reader(server.data);
const ask = (q) => reader.ask(q);
const text = async (who, path) => (await who.ask(path)).text();
async function send(who, page, action, fields, wanted = 303) {
  const answer = await who.ask(action, { method: "POST", form: { ...(await who.hidden(page, action)), ...fields } });
  const said = (await answer.text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  equal(answer.status, wanted, `${action}: ${said.slice(0, 600)}`);
  return wanted === 303 ? new URL(answer.headers.get("location"), server.url).pathname : said;
}
const way = (await ask("SELECT w.id, w.box, b.owner FROM mail_way w JOIN mail_box b ON b.id = w.box"))[0];
const wayPath = `/mail/way/${way.id}`;
const settings = (over = {}) => ({ address: "vanphong@mttq.example.vn", out_host: "127.0.0.1", out_port: String(sink.port), out_safety: "bare",
  in_host: "", in_port: "993", in_safety: "tls", login: "vanphong@mttq.example.vn", secret: "Bí-mật-9k", trusted: "", is_on: "1", ...over });
const setWay = (over, wanted) => send(admin, `${wayPath}/edit`, `${wayPath}/edit`, settings(over), wanted);

/** Writes a letter as the office, and gives its row once it has left the draft. */
async function write(fields, who = clerk, box = way.box) {
  const draft = await send(who, "/mail", "/mail/draft", { box });
  await send(who, draft, `${draft}/sending`, { subject: "", text: "Kính gửi quý cơ quan.", out_to: "", ...fields });
  const id = draft.split("/").pop();
  jump(11);
  return until("the letter has left its draft", async () => (await ask(`SELECT letter FROM mail_draft WHERE id = ${id} AND letter IS NOT NULL`))[0]?.letter);
}
const out = async (letter) => (await ask(`SELECT id, state, message_id, tries, fault FROM mail_out WHERE letter = ${letter}`))[0];
const outOnce = (letter, state) => until(`the letter is ${state}`, async () => { const o = await out(letter); return o?.state === state && o; });
const states = async (letter) => Object.fromEntries((await ask(`SELECT address, state FROM mail_out_to WHERE letter = ${letter}`)).map((r) => [r.address, r.state]));
const page = async (letter) => text(clerk, `/mail/${(await ask(`SELECT item FROM mail_to WHERE letter = ${letter} AND role = 'from'`))[0].item}`);

await test("a box without a way says so, and a letter to an address outside is refused at its field", async () => {
  const draft = await send(commune, "/mail", "/mail/draft", {});
  truth((await text(commune, draft)).includes("chưa có đường gửi ra ngoài"), "the form says it");
  const said = await send(commune, draft, `${draft}/sending`, { subject: "Thử", text: "x", out_to: "a@ngoai.example.vn" }, 422);
  truth(said.includes("chưa có đường gửi ra ngoài"), "and the refusal");
});

await test("a way is set by the administrator alone; its secret is neither shown nor in the database or the trail", async () => {
  equal((await clerk.ask("/mail/way")).status, 403);
  await setWay({ secret: "" }, 422);
  await setWay({ out_host: "thu.example.vn" }, 422);
  await setWay();
  const shown = (await text(admin, wayPath)) + (await text(admin, `${wayPath}/edit`)) + (await text(admin, "/admin/audit"));
  truth(!shown.includes("Bí-mật-9k"), "not shown");
  for (const file of ["doanket.db", "doanket.db-wal"]) truth(!existsSync(join(server.data, file)) || !readFileSync(join(server.data, file)).includes("Bí-mật-9k"), `not in ${file}`);
  const said = await setWay({ secret: "", out_port: String(sink.port + 1) }, 422);
  truth(said.includes("mật khẩu cũ không dùng lại"), "a kept secret does not go to another server");
});

await test("the trial of a way says what works, and what does not", async () => {
  await send(admin, wayPath, `${wayPath}/trial`, {});
  await until("it works", async () => (await text(admin, wayPath)).includes("Được: máy chủ gửi nhận đăng nhập"));
  sink.rules.login = false;
  await send(admin, wayPath, `${wayPath}/trial`, {});
  await until("it does not", async () => (await text(admin, wayPath)).includes("không nhận tên đăng nhập hoặc mật khẩu"));
  truth(/name="secret"[\s\S]{0,300}không nhận tên đăng nhập hoặc mật khẩu/.test(await text(admin, `${wayPath}/edit`)), "and the form says it at the field");
  delete sink.rules.login;
});

await test("each receiver has a result of its own; what was put off goes once more, the others do not", async () => {
  Object.assign(sink.rules, { "khong@ngoai.example.vn": "550 5.1.1 no such user", "cham@ngoai.example.vn": "450 4.2.1 later" });
  const letter = await write({ subject: "Mời dự hội nghị tổng kết", text: "Dòng một\n.Dòng có chấm\nDòng ba", out_to: "Sở Y tế <den@ngoai.example.vn>, khong@ngoai.example.vn; cham@ngoai.example.vn", out_bcc: "kin@ngoai.example.vn" });
  await until("it waits for the one that was put off", async () => {
    const o = await out(letter), isPutOff = o?.fault.includes("hoãn");
    if (o?.state === "queued" && o.fault && !isPutOff) jump(61); // a slow machine: the first try found nobody in time
    return isPutOff;
  });
  equal(await states(letter), { "den@ngoai.example.vn": "handed", "khong@ngoai.example.vn": "refused", "cham@ngoai.example.vn": "waiting", "kin@ngoai.example.vn": "handed" });
  const shown = await page(letter);
  for (const words of ["Đã giao máy chủ gửi", "Không có địa chỉ này", "no such user", "Máy chủ hoãn nhận"]) truth(shown.includes(words), `the letter says: ${words}`);
  const first = sink.taken.at(-1).text;
  truth(/^Message-I[dD]: <\d+\.doanket@mttq\.example\.vn>/m.test(first) && /^To: .*<den@ngoai/m.test(first) && !first.includes("kin@ngoai"), `its head: ${first.slice(0, 900)}`);
  truth(first.includes("\r\n.D=C3=B2ng c=C3=B3 ch=E1=BA=A5m") , "a line that begins with a dot arrives with one");
  delete sink.rules["cham@ngoai.example.vn"];
  await send(admin, wayPath, `${wayPath}/out/${(await out(letter)).id}/retry`, {});
  await until("all are decided", async () => ["sent", "failed"].includes((await out(letter)).state));
  equal(sink.taken.filter((t) => t.to.includes("den@ngoai.example.vn")).length, 1, "taken once");
  equal(sink.taken.at(-1).to, ["cham@ngoai.example.vn"]);
  equal(sink.taken.at(-1).text, first, "the same letter, byte for byte");
});

await test("a line that is lost behind the last dot leaves a letter unsure, never sent twice by itself", async () => {
  sink.rules.cut = true;
  const letter = await write({ subject: "Báo cáo quý", out_to: "mot@ngoai.example.vn" });
  const o = await outOnce(letter, "unsure");
  truth((await page(letter)).includes("Chưa rõ đã giao hay chưa"), "the letter says it");
  const before = sink.taken.length;
  await send(admin, wayPath, `${wayPath}/out/${o.id}/retry`, {});
  await outOnce(letter, "sent");
  equal(sink.taken.length, before + 1);
  equal(sink.taken.at(-1).text, sink.taken.at(-2).text, "again under the same Message-ID");
});

const killJobs = () => { for (const pid of server.workers("job")) process.kill(pid, "SIGKILL"); };
await test("a worker killed while it talks sends once; killed behind the dot it leaves the decision to a person", async () => {
  Object.assign(sink.rules, { hold: "rcpt" });
  sink.held = false;
  const letter = await write({ subject: "Kế hoạch tháng 12", out_to: "hai@ngoai.example.vn" });
  await until("it talks", () => sink.held);
  equal((await out(letter)).state, "talking");
  delete sink.rules.hold;
  killJobs();
  await outOnce(letter, "sent");
  equal(sink.taken.filter((t) => t.to.includes("hai@ngoai.example.vn")).length, 1);
  Object.assign(sink.rules, { hold: "dot" });
  sink.held = false;
  const other = await write({ subject: "Công văn phối hợp", out_to: "ba@ngoai.example.vn" });
  await until("it has said the dot", () => sink.held);
  delete sink.rules.hold;
  killJobs();
  const o = await outOnce(other, "unsure");
  equal(sink.taken.filter((t) => t.to.includes("ba@ngoai.example.vn")).length, 1, "nothing was sent again");
  await send(admin, wayPath, `${wayPath}/out/${o.id}/settlement`, {});
  equal([(await out(other)).state, (await states(other))["ba@ngoai.example.vn"]], ["sent", "handed"]);
});

// ---- With Debian's own servers
/** Puts a letter into a box of the server, as its own mail system does. */
function deliver(to, letter) {
  return new Promise((go, fail) => {
    const words = ["LHLO x\r\n", "MAIL FROM:<nguoi@ngoai.example.vn>\r\n", `RCPT TO:<${to}>\r\n`, "DATA\r\n", `${letter.replace(/\r?\n/g, "\r\n")}\r\n.\r\n`, "QUIT\r\n"];
    const socket = connect(ports.lmtp, "127.0.0.1");
    let held = "";
    socket.on("error", fail).on("data", (chunk) => {
      held += chunk;
      for (let end; (end = held.indexOf("\r\n")) >= 0; held = held.slice(end + 2)) {
        const line = held.slice(0, end);
        if (/^[45]/.test(line)) fail(new Error(line));
        if (line[3] !== "-" && words.length) socket.write(words.shift());
        if (line.startsWith("221")) { socket.end(); go(); }
      }
    });
  });
}
const dovecot = await starting, cert = dovecot.cert;
const noDovecot = () => dovecot.skip ?? (dovecot.said && cannot("Dovecot", dovecot.said));
const inSettings = () => settings({ in_host: "127.0.0.1", in_port: String(ports.imap), in_safety: "starttls", trusted: cert });
const fetchNow = () => send(admin, wayPath, `${wayPath}/fetching`, {});
const letterOf = (subject) => ask(`SELECT l.id, l.thread, l.from_name, l.from_note FROM mail_letter l JOIN mail_to t ON t.letter = l.id WHERE l.subject = '${subject}' AND t.box = ${way.box} AND t.role <> 'from'`);
const mime = (subject, more, body) => `From: =?UTF-8?B?${Buffer.from("Sở Tư pháp").toString("base64")}?= <vanthu@ngoai.example.vn>\nTo: vanphong@mttq.example.vn\nSubject: =?UTF-8?B?${Buffer.from(subject).toString("base64")}?=\nDate: Mon, 30 Nov 2026 08:00:00 +0700\n${more}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${body}\n`;

await test("a server whose certificate nobody knows is refused in words; with its certificate the box is read", async () => {
  if (!cert) return noDovecot();
  await setWay({ in_host: "127.0.0.1", in_port: String(ports.imap), in_safety: "starttls" });
  await send(admin, wayPath, `${wayPath}/trial`, {});
  await until("it is refused", async () => (await text(admin, wayPath)).includes("Chứng thư của máy chủ không được tin cậy"));
  await deliver("vanphong@mttq.example.vn", mime("Mời họp thẩm định", "Message-ID: <m1@ngoai.example.vn>\n", "Kính mời Văn phòng."));
  await setWay(inSettings());
  await until("the letter is here", async () => (await letterOf("Mời họp thẩm định")).length);
  equal((await letterOf("Mời họp thẩm định"))[0].from_name, "Sở Tư pháp");
  await until("the page says when it was read", async () => (await text(admin, wayPath)).includes("Nhận được gần nhất"));
});

await test("letters are taken once: by their names, without names, with other numbers, and with workers killed between", async () => {
  if (!cert) return noDovecot();
  for (let i = 0; i < 12; i++) await deliver("vanphong@mttq.example.vn", mime(`Báo cáo ngày ${i}`, i % 3 ? `Message-ID: <d${i}@ngoai.example.vn>\n` : "", `Số liệu ngày ${i}.`));
  await deliver("vanphong@mttq.example.vn", mime("Báo cáo ngày 4", "Message-ID: <d4@ngoai.example.vn>\n", "Số liệu ngày 4."));
  await fetchNow();
  const place = async () => (await ask(`SELECT uid_validity AS v, uid_next AS n FROM mail_way WHERE id = ${way.id}`))[0];
  for (const n of [4, 9]) { await until(`letter ${n - 1} is taken`, async () => Number((await place()).n) >= n); killJobs(); }
  const all = () => ask(`SELECT l.subject, count(*) AS n FROM mail_letter l JOIN mail_to t ON t.letter = l.id AND t.box = ${way.box} WHERE l.subject LIKE 'Báo cáo ngày %' GROUP BY l.subject`);
  await fetchNow();
  await until("all are here", async () => (await all()).length === 12);
  await until("read to the end", async () => Number((await place()).n) === 15);
  const once = await all();
  truth(once.every((r) => Number(r.n) === 1), JSON.stringify(once));
  await run("/usr/bin/doveadm", ["-c", join(dir, "dovecot/dovecot.conf"), "mailbox", "update", "--uid-validity", "987654321", "-u", "vanphong@mttq.example.vn", "INBOX"], ids);
  await fetchNow();
  await until("read anew", async () => { const w = await place(); return Number(w.v) === 987654321 && Number(w.n) === 15; });
  equal(await all(), once, "nothing twice");
});

await test("a letter is answered to its sender, with what it answers in its head", async () => {
  if (!cert) return noDovecot();
  const item = (await ask(`SELECT item FROM mail_to WHERE letter = ${(await letterOf("Mời họp thẩm định"))[0].id} AND box = ${way.box}`))[0].item;
  const draft = await send(clerk, `/mail/${item}`, `/mail/${item}/answer`, { how: "reply" });
  truth((await text(clerk, draft)).includes("vanthu@ngoai.example.vn"), "the address stands in the form");
  await send(clerk, draft, `${draft}/sending`, { subject: "Trả lời: Mời họp thẩm định", text: "Văn phòng sẽ dự.", out_to: "vanthu@ngoai.example.vn" });
  jump(11);
  await until("it was taken", () => sink.taken.some((t) => t.text.includes("In-Reply-To: <m1@ngoai.example.vn>") && t.to[0] === "vanthu@ngoai.example.vn"));
});

await test("by Postfix and back: a letter goes to another box of the server, and a bounce is written to the letter it is about", async () => {
  const postfix = await startingPostfix;
  if (!cert || postfix.skip) return postfix.skip ?? noDovecot();
  if (postfix.said) return cannot("Postfix", postfix.said);
  sink.rules["khongco@ngoai.example.vn"] = "550 5.1.1 khong co nguoi nay";
  await setWay({ ...inSettings(), out_port: String(ports.smtp), login: "vanphong@mttq.example.vn" }, 303);
  const letter = await write({ subject: "Gửi qua máy chủ thật", text: "Nội dung có dấu: đường, ngõ.", out_to: "khach@mttq.example.vn, khongco@ngoai.example.vn" });
  await outOnce(letter, "sent");
  await until("the bounce is matched", async () => { await fetchNow(); return (await states(letter))["khongco@ngoai.example.vn"] === "bounced"; }, 300000, 1000);
  equal((await states(letter))["khach@mttq.example.vn"], "handed", "what was handed over has not been said to have come");
  const shown = await page(letter);
  truth(shown.includes("Không có địa chỉ này") && shown.includes("Không đến"), "the letter says it");
  truth((await ask(`SELECT l.id FROM mail_letter l JOIN mail_letter o ON o.thread = l.thread WHERE o.id = ${letter} AND l.is_machine = 1`)).length >= 1, "the report stands in its conversation");
  const box = join(dir, "dovecot/mail/khach@mttq.example.vn/new");
  await until("the other box has it", () => have(box) && readdirSync(box).length);
  equal(readdirSync(box).length, 1, "once");
});

await server.stop();
reader.child.stdin.end();
await stopServers();
done();
