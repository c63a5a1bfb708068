// The key of a form: the same form again acts once; the same key with other content, or sent elsewhere, is a question and never a silent yes.
import { Person, done, equal, program, start, test, truth } from "../lib.mjs";
import { fieldsOf, formsOf, formTo } from "./lib-forms.mjs";

const server = await start({ program: process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket"), args: ["--workers", "2", "--jobs", "1"], wait: 600000 });
const clerk = await new Person(server, "vanthu").signIn();
const send = (person, path, form, more = {}) => person.ask(path, { method: "POST", form, ...more });
const page = async (person, path) => (await person.ask(path)).text();
const textOf = (html) => html.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

async function draft() {
  const answer = await send(clerk, "/document/draft", await clerk.hidden("/document/new", "/document/draft"));
  equal(answer.status, 303, await answer.text());
  return /\/document\/(\d+)\//.exec(answer.headers.get("location"))[1];
}
async function registration(id, subject) {
  const form = formTo(await page(clerk, `/document/${id}/register`), `/document/${id}/registration`);
  return { ...fieldsOf(form), issuer: "Sở Y tế", subject, priority: "0" };
}

await test("a registration corrected after going back is a question: what was done, what differs, and three ways on", async () => {
  const id = await draft(), sent = await registration(id, "Về việc phòng dịch mùa đôg");
  const first = await send(clerk, `/document/${id}/registration`, sent);
  equal([first.status, first.headers.get("location")], [303, `/document/${id}`]);
  const same = await send(clerk, `/document/${id}/registration`, sent);
  equal([same.status, same.headers.get("location")], [303, `/document/${id}`], "the same again");
  const corrected = { ...sent, subject: 'Về việc phòng dịch mùa đông "2026"' };
  const asked = await send(clerk, `/document/${id}/registration`, corrected), html = await asked.text(), words = textOf(html);
  equal(asked.status, 409);
  for (const part of ["Biểu mẫu này đã được ghi lúc", "Đã vào sổ, số đến", corrected.subject, `href="/document/${id}"`, "Bỏ nội dung vừa gửi"]) truth(words.includes(part), part);
  equal((html.match(/khác lần trước/g) ?? []).length, 1, "one field differs");
  // The first way: change what was registered. Nothing changes before the person has seen both.
  const edit = fieldsOf(formTo(html, `/document/${id}/amendment`));
  const both = await send(clerk, `/document/${id}/amendment`, edit), shown = await both.text();
  equal(both.status, 409);
  for (const part of [corrected.subject, "Đang ghi:", "phòng dịch mùa đôg", "Chưa có gì được lưu"]) truth(textOf(shown).includes(part), part);
  const again = fieldsOf(formTo(shown, `/document/${id}/amendment`));
  equal(again.subject, corrected.subject, "what was typed");
  equal((await send(clerk, `/document/${id}/amendment`, again)).status, 303);
  truth(textOf(await page(clerk, `/document/${id}`)).includes(corrected.subject), "the correction is there");
  // The second: once more as a new one; the rules see it.
  const anew = await send(clerk, `/document/${id}/registration`, fieldsOf(formTo(html, `/document/${id}/registration`)));
  equal(anew.status, 409);
  truth(textOf(await anew.text()).includes("đã vào sổ, số đến"), "a document is registered once");
});

await test("the same for a program, with the way to what was done", async () => {
  const id = await draft(), sent = await registration(id, "Gửi bằng máy");
  equal((await send(clerk, `/document/${id}/registration`, sent, { json: true })).status, 200);
  const asked = await send(clerk, `/document/${id}/registration`, { ...sent, subject: "Khác" }, { json: true });
  const { error } = await asked.json();
  equal([asked.status, error.kind, error.location], [409, "conflict", `/document/${id}`]);
});

await test("of two different forms with one key sent at once, one is acted on and the other is asked about", async () => {
  const id = await draft(), sent = await registration(id, "Một");
  const answers = await Promise.all(["Một", "Hai", "Ba"].map((subject) => send(clerk, `/document/${id}/registration`, { ...sent, subject })));
  equal(answers.map((a) => a.status).sort(), [303, 409, 409]);
});

await test("a wrong correction is asked about, too, before its faults", async () => {
  const id = await draft(), sent = await registration(id, "Đúng");
  equal((await send(clerk, `/document/${id}/registration`, sent)).status, 303);
  const html = await (await send(clerk, `/document/${id}/registration`, { ...sent, subject: "", issued_on: "31/02/2026" })).text();
  truth(html.includes("Biểu mẫu này đã được ghi lúc") && html.includes("31/02/2026"), "asked, with what was typed");
});

const pdf = (words) => new Blob([`%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n${words}`], { type: "application/pdf" });
function multipart(fields, file, name) {
  const form = new FormData();
  for (const [k, v] of Object.entries(fields)) form.set(k, v);
  form.set("file", file, name);
  return form;
}
await test("another file with the key of one taken in is kept and asked about, and taken in when the person says so", async () => {
  const hidden = await clerk.hidden("/document/new", "/document/upload");
  const first = await send(clerk, "/document/upload", multipart(hidden, pdf("một"), "một.pdf"));
  equal(first.status, 303, await first.text());
  const asked = await send(clerk, "/document/upload", multipart(hidden, pdf("hai"), "hai.pdf")), html = await asked.text();
  equal(asked.status, 409);
  truth(html.includes("hai.pdf") && html.includes("Tệp đã gửi được dùng lại"), "the file is named");
  const anew = await send(clerk, "/document/upload", fieldsOf(formTo(html, "/document/upload")));
  equal(anew.status, 303, await anew.text());
  truth(anew.headers.get("location") !== first.headers.get("location"), "a document of its own");
  truth((await page(clerk, anew.headers.get("location"))).includes("hai.pdf"), "with the second file");
});

// ---- Every route that acts.
const paths = (await (await clerk.ask("/api/openapi.json")).json()).paths;
const acting = Object.entries(paths).flatMap(([path, methods]) => ["post", "delete"].filter((m) => methods[m]).map((m) => [m.toUpperCase(), path]));
await test("a used key acts on no other path, on none of all that there are", async () => {
  truth(acting.length > 60, `${acting.length} routes`);
  let asked = 0;
  for (const login of ["vanthu", "lanhdao", "chuyenvien", "quantri"]) {
    const person = await new Person(server, login).signIn();
    const used = { ...fieldsOf(formTo(await page(person, "/hat"), "/look")), theme: "dark", back: "/hat" };
    equal((await send(person, "/look", used)).status, 303);
    for (const [method, path] of acting) {
      if (path === "/signin" || path === "/look") continue;
      const to = path.replaceAll(/\{\w+\}/g, "1") + (method === "DELETE" ? "/delete" : "");
      const answer = await send(person, to, { _csrf: used._csrf, _once: used._once });
      truth([409, 403, 404].includes(answer.status), `${login} ${method} ${to}: ${answer.status}`);
      if (answer.status === 404) truth(/password|signup/.test(path), `${to} is not there`);
      asked += answer.status === 409 ? 1 : 0;
    }
  }
  truth(asked > 120, `${asked} times asked`);
});

// Every form that the pages show: sent once, sent again as it was, sent again with other words.
const never = /signout|\/leave|\/lock|\/password|\/close$|\/account|\/wear|\/post$|\/end$|\/delegate|\/hat|\/import/;
async function crawl(person, most) {
  const seen = new Set(["/desk"]), found = new Map(), queue = ["/desk"];
  while (queue.length && seen.size < most) {
    const at = queue.shift(), answer = await person.ask(at);
    if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) { await answer.arrayBuffer(); continue; }
    const html = await answer.text();
    for (const form of formsOf(html)) {
      const kind = form.action.replaceAll(/\d+/g, "N");
      if (!never.test(form.action) && !found.has(kind)) found.set(kind, { at, action: form.action });
    }
    for (const [, to] of html.matchAll(/<a\b[^>]*href="(\/[^"#]*)"/g)) {
      const path = to.replaceAll("&amp;", "&"), kind = path.split("?")[0].replaceAll(/\d+/g, "N");
      if (/export|\/file\/|\/seal\/|format=/.test(path) || seen.has(path)) continue;
      if ([...seen].filter((s) => s.split("?")[0].replaceAll(/\d+/g, "N") === kind).length >= 3) continue;
      seen.add(path);
      queue.push(path);
    }
  }
  return [...found.values()];
}
await test("every form the pages show acts once, and is a question when it comes again with other words", async () => {
  const acted = new Set(), asked = new Set();
  for (const login of ["vanthu", "lanhdao", "chuyenvien", "quantri"]) {
    const person = await new Person(server, login).signIn();
    for (const { at, action } of await crawl(person, process.env.LONG ? 1200 : 300)) {
      const kind = action.replaceAll(/\d+/g, "N");
      const form = formTo(await page(person, at), action);
      if (!form || asked.has(kind)) continue;
      const fields = fieldsOf(form, true), words = form.fields.find((f) => f.kind === "text" || f.kind === "textarea");
      const body = (changed) => {
        const all = { ...fields, ...(changed ? { [words.name]: `${fields[words.name]} khác` } : {}) };
        return form.isMultipart ? multipart(all, pdf("một"), "một.pdf") : all;
      };
      const first = await send(person, action, body(false));
      truth(first.status < 500, `${login} ${action}: ${first.status}`);
      if (first.status !== 303) continue;
      acted.add(kind);
      const again = await send(person, action, body(false));
      equal([again.status, again.headers.get("location")], [303, first.headers.get("location")], `${kind} again`);
      if (!words) continue;
      const other = await send(person, action, body(true)), html = await other.text();
      equal(other.status, 409, `${kind} with other words: ${other.headers.get("location")}`);
      truth(html.includes("khác lần trước") && html.includes(`${fields[words.name]} khác`), `${kind}: nothing of it is shown`);
      asked.add(kind);
    }
  }
  if (process.env.VERBOSE) console.log([...acted].join(" "), "| asked:", [...asked].join(" "));
  truth(acted.size >= 12 && asked.size >= 6, `only ${[...acted].join(" ")}; asked about ${[...asked].join(" ")}`);
});

await test("nothing was wrong with its memory", async () => {
  equal((await server.stop()).code, 0);
  truth(!/Sanitizer|runtime error|ended by signal/.test(server.log), server.log.slice(-4000));
});
done();
