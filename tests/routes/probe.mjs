// What a person may not see is not told from nothing: every route of `doanket routes` with an id, as every role and as nobody, for others'
// records, forged ids and ids of other things, by every method, with the session's token and without. And nothing is written, nothing leaks by
// lists, searches or suggestions. What stands for each id is declared in kinds.mjs; a route that is not declared fails here.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { Agent, request } from "node:http";
import { Person, done, equal, program, roles as logins, rows, start, test, truth, until } from "../lib.mjs";
import { tables } from "./lib-tables.mjs";
import { fields as fieldKinds, invent, kinds, overseen } from "./kinds.mjs";

const { routes } = JSON.parse(execFileSync(program, ["routes"], { encoding: "utf8" }));
const names = (path) => [...path.matchAll(/\{[^}]+\}/g)].map((m) => path.slice(0, m.index + m[0].length));
const withIds = routes.filter((r) => names(r.path).length);

await test("the probe knows what stands for every id of a route", () => {
  const lost = new Set();
  for (const r of routes) {
    for (const n of names(r.path)) if (!kinds[n]) lost.add(`kinds: "${n}": { ids: "SELECT id FROM …", by: "SELECT id, post FROM …" }`);
    for (const f of r.fields) {
      const key = `${r.method} ${r.path} ${f.name}`;
      if ((f.kind === "id" || f.kind === "ids") && !fieldKinds[key]) lost.add(`fields: "${key}": { kind: the kind its id is of, or "anyone's" }`);
      else if (fieldKinds[key] && fieldKinds[key].kind !== "anyone's" && !kinds[fieldKinds[key].kind]) lost.add(`fields: "${key}" names no kind`);
    }
  }
  const all = new Set(withIds.flatMap((r) => names(r.path)));
  for (const k of Object.keys(kinds)) if (!all.has(k)) lost.add(`kinds: "${k}" stands in no route: take it out`);
  truth(lost.size === 0, `declare in tests/routes/kinds.mjs:\n      ${[...lost].join("\n      ")}`);
});

const server = await start({ args: ["--workers", "2", "--jobs", "1"] });
const people = { nobody: new Person(server) }, posts = {}, token = {};
for (const login of logins) {
  people[login] = await new Person(server, login).signIn();
  const hash = createHash("sha256").update(people[login].cookies.get("doanket")).digest("hex");
  posts[login] = rows(server, `SELECT post FROM auth_session WHERE hash = '${hash}'`)[0].post;
}
const agent = new Agent({ keepAlive: true, maxSockets: 24 });
let asked = 0;
/** One question on a connection kept open. A server that is busy is asked again. */
function ask(who, method, path, { json, form, isSigned = true } = {}) {
  const person = people[who], headers = { host: `127.0.0.1:${server.port}`, origin: server.url };
  if (person.cookies.size) headers.cookie = `doanket=${person.cookies.get("doanket")}`;
  if (json) headers.accept = "application/json";
  const body = form && new URLSearchParams(isSigned ? { ...form, _csrf: token[who] ?? "" } : form).toString();
  if (form) { headers["content-type"] = "application/x-www-form-urlencoded"; headers["content-length"] = Buffer.byteLength(body); }
  asked++;
  return new Promise((answered, fail) => {
    const r = request({ host: "127.0.0.1", port: server.port, agent, method, path, headers }, (a) => {
      const pieces = [];
      a.on("data", (d) => pieces.push(d));
      a.on("end", () => {
        if ([429, 503].includes(a.statusCode)) setTimeout(() => answered(ask(who, method, path, { json, form, isSigned })), 200);
        else answered({ status: a.statusCode, to: a.headers.location ?? "", text: Buffer.concat(pieces).toString() });
      });
    });
    r.on("error", (e) => (r.reusedSocket ? answered(ask(who, method, path, { json, form, isSigned })) : fail(e)));
    r.end(body);
  });
}
for (const who of Object.keys(people)) token[who] = /name="_csrf" value="([^"]+)"/.exec((await ask(who, "GET", who === "nobody" ? "/signin" : "/desk")).text)?.[1];

// ---- Records of two organs, each with words of its own.
const secrets = [];
const words = (login) => { const n = secrets.length; const w = { login, sought: `qzs${login}${n}x`, hidden: `qzh${login}${n}y` }; secrets.push(w); return `${w.sought} ${w.hidden}`; };
async function send(login, page, action, form, file) {
  const hidden = await people[login].hidden(page, action), route = routes.find((r) => r.method === "POST" && new RegExp(`^${r.path.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(action));
  for (const name of Object.keys(hidden)) if (!["_csrf", "_once"].includes(name) && !route.fields.some((f) => f.name === name)) delete hidden[name];
  let body = { ...hidden, ...form };
  if (file) {
    const whole = new FormData();
    for (const [k, v] of Object.entries(body)) whole.set(k, v);
    whole.set("file", new Blob([file.text]), file.name);
    body = whole;
  }
  const answer = await people[login].ask(action, { method: "POST", form: body });
  truth(answer.status === 303, `${login} could not send ${action}: ${answer.status} ${(await answer.text()).match(/wrong-why[^>]*>[^<]*/g)}`);
  return answer.headers.get("location");
}
send.work = async () => `/law/${rows(server, "SELECT id FROM law_work ORDER BY id")[0].id}`;
await test("two organs have records of their own", () => invent(send, words));
// Events told, jobs done: from here on whatever is written was written by asking.
let before = tables(server);
await until("nothing is being done", () => {
  const [r] = rows(server, `SELECT (SELECT count(*) FROM job_job WHERE state = 2 OR state = 1 AND not_before <= ${Date.now()}) + (SELECT max(id) FROM event_outbox) - (SELECT max(last_id) FROM event_cursor) AS n`);
  const now = tables(server), isSame = JSON.stringify(now) === JSON.stringify(before);
  before = now;
  return Number(r.n) === 0 && isSame;
}, undefined, 1500);

// ---- What there is, and whose.
const there = {};
const queries = Object.entries(kinds).filter(([, k]) => k.ids), found = rows(server, ...queries.map(([, k]) => k.ids));
queries.forEach(([name], i) => { there[name] = { rows: (queries.length === 1 ? [found] : found)[i].map((r) => ({ id: String(r.id), parent: r.parent && String(r.parent) })) }; });
const owned = queries.filter(([, k]) => k.by), seenBy = rows(server, ...owned.map(([, k]) => k.by));
owned.forEach(([name], i) => { there[name].by = new Map(); for (const r of seenBy[i]) { const id = String(r.id); if (!there[name].by.has(id)) there[name].by.set(id, new Set()); there[name].by.get(id).add(String(r.post)); } });
/** Whether a person may see a thing, by what the database says. */
const maySee = (name, id, who) => !there[name].by || (there[name].by.get(id)?.has(posts[who]) ?? false);
const taken = new Set(Object.values(there).flatMap((t) => t.rows.map((r) => r.id)));
/** An id of the same length that is nobody's. */
function missing(id = "4611686018427387904") {
  for (let n = BigInt(id) + 1n; ; n++) if (!taken.has(String(n)) && String(n).length === id.length) return String(n);
}
const spread = (list, n) => (list.length <= n ? list : Array.from({ length: n }, (_, i) => list[Math.floor((i * (list.length - 1)) / (n - 1))]));
/** First those invented here, which are the last, then some of the others. */
const some = (list, n) => [...new Set([...list.slice(-Math.ceil(n / 2)), ...spread(list, n)])].slice(0, n + 2);
const another = (name) => there[name === "/law/{id}" ? "/document/{id}" : "/law/{id}"].rows[0].id;
const forged = (name, id) => ["0", "-1", "9223372036854775808", "99999999999999999999999", "abc", "1e3", "%31", "1.0", another(name), missing(id).slice(1)];

// ---- Asking and comparing.
const plain = (answer, path) => {
  let text = `${answer.status} ${answer.to}\n${answer.text}`;
  for (const p of [path, encodeURIComponent(path), encodeURI(path), path.replaceAll("/", "%2F"), path.replaceAll("%", "%25"), decodeURIComponent(path)]) text = text.replaceAll(p, "PATH");
  return text.replace(/(name="_(csrf|once)" value=")[^"]*/g, "$1TOKEN").replace(/\b[0-9A-F]{4}-[0-9A-F]{2}\b/g, "TRACE").replace(/(data-drawn|data-now)="\d+"/g, "");
};
const wrong = [];
const fault = (words_) => { if (wrong.length < 40) console.log(`    ${words_}`); wrong.push(words_); };
const none = (what) => { const n = wrong.splice(0).length; truth(n === 0, `${n} ${what}, the first of them above`); };
/** A form's fields, filled with what is right by its own rules. */
function filled(route, named = {}) {
  const form = {};
  for (const f of route.fields) {
    if (f.kind === "file") continue;
    form[f.name] = named[f.name] ?? { int: "1", date: "2026-12-01", flag: "1", id: missing(), ids: missing(), choice: f.choices?.[0] ?? "" }[f.kind] ?? "mật khẩu dài 1";
  }
  return form;
}
/** The ways one address is asked: {method, path, options}. */
function ways(route, path) {
  if (route.method === "GET") return [["GET", path, {}], ["GET", path, { json: true }], ["HEAD", path, {}], ["POST", path, { form: {} }], ["PUT", path, {}]];
  const to = route.method === "DELETE" ? `${path}/delete` : path, form = filled(route);
  const all = [["POST", to, { form }], ["POST", to, { form, json: true }], ["POST", to, { form: {} }], ["POST", to, { form, isSigned: false }]];
  return route.method === "DELETE" ? [...all, ["DELETE", path, {}], ["DELETE", path, { json: true }]] : [...all, ["PATCH", path, {}]];
}
const put = (path, values) => { let i = 0; return path.replace(/\{[^}]+\}/g, () => values[i++]); };
/** Both addresses are asked in every way, and must be answered alike; what can be no id at all may simply not be found. */
async function alike(route, who, { values, like, isForged }, kept) {
  const path = put(route.path, values), other = put(route.path, like), a = ways(route, path), b = ways(route, other);
  await Promise.all(a.map(async ([method, to, options], i) => {
    const [, likeTo, likeOptions] = b[i], key = `${method} ${likeTo} ${JSON.stringify(options)}`;
    if (!kept.has(key)) kept.set(key, ask(who, method, likeTo, likeOptions).then((x) => plain(x, other)));
    const got = plain(await ask(who, method, to, options), path), wanted = await kept.get(key);
    const isForm = options.form && Object.keys(options.form).length ? "with its fields" : "";
    if (got !== wanted && !(isForged && got.startsWith("404 "))) fault(`${who}: ${method} ${to} ${options.json ? "(JSON) " : ""}${isForm} is told from ${likeTo}: ${difference(got, wanted)}`);
    if (/^5\d\d /.test(got)) fault(`${who}: ${method} ${to}: a fault of ours`);
    if (/^(20|30[1278])/.test(got) && route.method !== "GET" && options.form && who !== "nobody") fault(`${who}: ${method} ${to} was done: ${got.slice(0, 80)}`);
  }));
}
function difference(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return `"…${a.slice(Math.max(0, i - 30), i + 60).replace(/\s+/g, " ")}" and "…${b.slice(Math.max(0, i - 30), i + 60).replace(/\s+/g, " ")}"`;
}
/** What a person may see is asked for, and acts on it without the session's token are refused. Nobody has no session: a public form is theirs to send. */
async function open(route, who, values) {
  const path = put(route.path, values);
  if (route.method !== "GET") {
    if (who === "nobody") return;
    const to = route.method === "DELETE" ? `${path}/delete` : path;
    const answer = await ask(who, "POST", to, { form: filled(route), isSigned: false });
    if (![400, 403, 422].includes(answer.status) && !(answer.status === 413)) fault(`${who}: POST ${to} without the session's token: ${answer.status}`);
    return;
  }
  for (const json of [false, true]) {
    const answer = await ask(who, "GET", path, { json });
    if (answer.status >= 500) fault(`${who}: GET ${path}: ${answer.status}`);
    if (answer.status === 200) opened.set(route.path, (opened.get(route.path) ?? 0) + 1);
  }
}
const opened = new Map();
const letsIn = (route, who) => route.access === "public" || who !== "nobody" && (route.access !== "roles" || (route.roles.some((r) => wears[who].includes(r))));
const wears = { vanthu: ["clerk"], lanhdao: ["leader"], chuyenvien: ["officer"], xa: ["clerk", "officer"], quantri: ["admin"] };

/** Which ids are tried for one name of the path, as {values, like, isSeen}. like: the same with ids that are nobody's. */
function cases(route, who) {
  const at = names(route.path);
  let all = [{ values: [], like: [], isSeen: true }];
  at.forEach((name) => {
    const k = kinds[name], next = [];
    for (const c of all) {
      if (k.values) { for (const v of k.values) next.push({ values: [...c.values, v], like: [...c.like, v], isSeen: c.isSeen }); continue; }
      const list = there[name].rows, parent = c.values.at(-1), mine = list.filter((r) => (r.parent === undefined || r.parent === parent) && maySee(name, r.id, who)).map((r) => r.id);
      const theirs = list.filter((r) => !mine.includes(r.id)).map((r) => r.id), none = missing(list.at(-1)?.id);
      for (const id of some(mine, 3)) next.push({ values: [...c.values, id], like: [...c.like, c.isSeen ? id : none], isSeen: c.isSeen });
      for (const id of some(theirs, c.isSeen ? 4 : 1)) next.push({ values: [...c.values, id], like: [...c.like, missing(id)], isSeen: false });
      if (c.isSeen) for (const id of forged(name, list[0]?.id)) next.push({ values: [...c.values, id], like: [...c.like, none], isSeen: false, isForged: true });
    }
    all = next;
  });
  return all;
}
/** A few at a time. */
async function each(list, act, n = 12) {
  let i = 0;
  await Promise.all(Array.from({ length: n }, async () => { while (i < list.length) await act(list[i++]); }));
}

const began = Date.now();
await test("what may not be seen is not told from nothing", async () => {
  for (const route of withIds) {
    if (process.env.VERBOSE) console.log(`${Math.round((Date.now() - began) / 1000)} s, ${asked}: ${route.method} ${route.path}`);
    for (const who of Object.keys(people)) {
      const kept = new Map();
      const list = letsIn(route, who) ? cases(route, who) : cases(route, "nobody").map((c) => ({ ...c, isSeen: false, like: c.like.map((v, i) => (kinds[names(route.path)[i]].values ? v : missing(v))) }));
      await each(list, (c) => (c.isSeen ? open(route, who, c.values) : alike(route, who, c, kept)));
    }
  }
  none("are told from nothing or done");
});
/** Each field that holds an id, with another's in it: answered as an id that is nobody's. Of an act whose own record is made either way, what it shows is compared. */
async function fieldsAreAlike(isMaking) {
  for (const [key, { kind, makes = false }] of Object.entries(fieldKinds)) {
    const [, method, path, name] = /^(\w+) (\S+) (\S+)$/.exec(key), route = routes.find((r) => r.method === method && r.path === path);
    if (makes !== isMaking) continue;
    for (const who of logins.filter((w) => letsIn(route, w))) {
      const mine = names(path).length ? cases(route, who).filter((c) => c.isSeen).slice(0, 2) : [{ values: [] }];
      const theirs = kind === "anyone's" ? [] : some(there[kind].rows.map((r) => r.id).filter((id) => !maySee(kind, id, who)), 5);
      for (const c of mine) {
        const to = put(path, c.values) + (method === "DELETE" ? "/delete" : "");
        const one = async (id) => {
          const first = await (method === "GET" ? ask(who, "GET", `${to}?${name}=${id}`) : ask(who, "POST", to, { form: filled(route, { [name]: id }) }));
          if (!makes) return { status: first.status, plain: plain(first, id).replaceAll(id, "ID") };
          const shown = await ask(who, "GET", first.to, { json: true });
          const view = JSON.parse(shown.text);
          for (const list of Object.values(view)) if (Array.isArray(list) && list.some((x) => x.is_current)) list.length = 0; // what else the asker made
          return { status: first.status, plain: JSON.stringify(view).replaceAll(id, "ID").replace(/\d{15,}/g, "ID").replace(/"\w+_at": ?"[^"]*"/g, "") };
        };
        const wanted = await one(missing());
        for (const id of [...theirs, ...(method === "GET" || makes ? [] : ["0", "-1", "abc"])]) {
          const got = await one(id);
          if (theirs.includes(id) && got.plain !== wanted.plain) fault(`${who}: ${key} = ${id} is told from an id that is nobody's: ${difference(got.plain, wanted.plain)}`);
          if (!makes && method !== "GET" && [200, 303].includes(got.status)) fault(`${who}: ${key} = ${id} was done`);
        }
      }
    }
  }
  none("are told from nothing or done");
}
await test("an id in a field that is another's is not told from nothing", () => fieldsAreAlike(false));
await test("nothing leaks by a list, a search, a suggestion, a count or an export", async () => {
  const plainRoutes = routes.filter((r) => r.method === "GET" && !names(r.path).length && r.path !== "/live" && !overseen.includes(r.path));
  for (const who of Object.keys(people)) {
    const others = secrets.filter((s) => s.login !== who && !(s.login === "vanthu" && ["lanhdao", "chuyenvien"].includes(who)) && who !== "nobody" || who === "nobody");
    const asks = plainRoutes.flatMap((r) => [[r.path, {}], [r.path, { json: true }], ...(r.fields.some((f) => f.name === "q") ? others.flatMap((s) => [[`${r.path}?q=${s.sought}`, {}], [`${r.path}?q=${s.sought}`, { json: true }]]) : [])]);
    await each(asks, async ([path, options]) => {
      const { text, status } = await ask(who, "GET", path, options);
      if (status >= 500) fault(`${who}: GET ${path}: ${status}`);
      for (const s of others) if (text.includes(s.hidden)) fault(`${who}: GET ${path} shows ${s.login}'s "${s.hidden}"`);
    });
  }
  none("are told from nothing or done");
});
await test("each of these is shown to whom it belongs, so that its absence means something", async () => {
  for (const s of secrets.slice(0, 2)) truth((await ask(s.login, "GET", `/find?q=${s.sought}`)).text.includes(s.hidden), `${s.login} finds "${s.sought}"`);
  const never = withIds.filter((r) => r.method === "GET" && !opened.get(r.path)).map((r) => r.path);
  console.log(`${asked} questions asked in ${Math.round((Date.now() - began) / 1000)} s; opened by nobody, for want of such a record: ${never.join(" ") || "none"}`);
  for (const path of ["/document/{id}", "/law/{id}", "/law/note/{note}", "/law/collection/{collection}", "/assistant/{id}", "/law/guard/{check}"]) truth(opened.get(path), `somebody opens ${path}`);
});
await test("nothing was written", () => {
  const after = tables(server);
  if (after.audit_entry !== before.audit_entry) console.log(rows(server, "SELECT * FROM audit_entry ORDER BY seq DESC LIMIT 5"));
  equal(Object.keys(after).filter((t) => after[t] !== before[t]).map((t) => `${t}: ${before[t]} is now ${after[t]}`), []);
});
await test("one's own record that names another's shows no more than one that names nothing", () => fieldsAreAlike(true));
await server.stop();
done();
