// How long until a document that was just registered is found by search: from the answer to the form (it is committed) to the first answer of
// /find that holds it. Usage: node bench/fresh.mjs [TIMES]
import { pathToFileURL } from "node:url";
import { Person, start, until } from "../tests/lib.mjs";

const day = (at) => at.toISOString().slice(0, 10);

/** Registers a document whose subject holds a word nobody else has; resolves to the milliseconds until that word finds it. */
export async function findable(clerk, word, within = 20000) {
  const hidden = await clerk.hidden("/document/new", "/document/draft");
  const draft = (await clerk.ask("/document/draft", { method: "POST", form: hidden })).headers.get("location");
  const id = /\/document\/(\d+)/.exec(draft)[1], action = `/document/${id}/registration`;
  const form = { ...(await clerk.hidden(draft, action)), code: `${word.length}${Date.now() % 100000}/CV-UBND`, issued_on: day(new Date()), type: "CV", priority: "0", issuer: "Ủy ban nhân dân thành phố", subject: `Về việc kiểm tra ${word}`, arrival_on: day(new Date()) };
  const answer = await clerk.ask(action, { method: "POST", form });
  if (answer.status !== 303) throw new Error(`the registration was answered ${answer.status}`);
  const committed = performance.now();
  await until(`${word} is found`, async () => {
    const hits = await (await clerk.ask(`/find?q=${encodeURIComponent(word)}`)).text();
    return hits.includes(`/document/${id}`);
  }, within, 5);
  return performance.now() - committed;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const times = Number(process.argv[2] ?? 20), took = [];
  const server = await start({ args: ["--workers", "1", "--jobs", "1"] });
  const clerk = await new Person(server, "vanthu").signIn();
  for (let i = 0; i < times; i++) took.push(await findable(clerk, `zq${"abcdefghij"[i % 10]}${"klmnoprstu"[Math.floor(i / 10) % 10]}v`));
  took.sort((a, b) => a - b);
  console.log(`a registered document is found by search after: p50 ${took[times >> 1].toFixed(0)} ms, worst ${took.at(-1).toFixed(0)} ms of ${times} (the wanted: 1,000)`);
  await server.stop();
}
