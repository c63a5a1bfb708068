// Each route of `doanket routes` × each role, by the table alone: who is not let in gets 403 (somebody not signed in is sent to sign in),
// who is let in never does, and nobody ever gets a fault of ours. Names in paths are given an id that is nobody's.
import { execFileSync } from "node:child_process";
import { Person, done, program, start, test, truth } from "../lib.mjs";

// What the demonstration's five wear; the journeys check that they may do what the story says.
const wears = { vanthu: ["clerk"], lanhdao: ["leader"], chuyenvien: ["officer"], xa: ["clerk", "officer"], quantri: ["admin"] };

const { routes } = JSON.parse(execFileSync(program, ["routes"], { encoding: "utf8" }));
const server = await start();
const people = { anonymous: new Person(server) };
for (const login of Object.keys(wears)) people[login] = await new Person(server, login).signIn();

// Streams never end, and these end the very session that asks; tests/http and the journeys ask for them.
const apart = (r) => r.path === "/live" || /^\/(signin|signout|hat)$/.test(r.path) && r.method !== "GET";

function letIn(route, who) {
  if (route.access === "public") return true;
  if (route.access === "nobody" || who === "anonymous") return false;
  if (route.access === "signed-in") return true;
  return route.roles.some((r) => wears[who].includes(r));
}

async function ask(route, who) {
  const path = route.path.replace(/\{[^}]+\}/g, "4611686018427387904");
  const person = people[who];
  if (route.method === "GET") return person.ask(path);
  const page = who === "anonymous" ? "/signin" : "/desk";
  const token = /name="_csrf" value="([^"]+)"/.exec(await (await person.ask(page)).text())?.[1] ?? "";
  const deleted = route.method === "DELETE" ? "/delete" : "";
  return person.ask(path + deleted, { method: "POST", form: { _csrf: token } });
}

for (const route of routes.filter((r) => !apart(r))) {
  for (const who of Object.keys(people)) {
    await test(`${route.method} ${route.path} as ${who}`, async () => {
      const answer = await ask(route, who);
      const status = answer.status, to = answer.headers.get("location") ?? "";
      const bytes = (await answer.arrayBuffer()).byteLength;
      truth(route.method !== "GET" || answer.headers.has("content-disposition") || bytes <= route.budget_bytes, `${bytes} bytes, over the budget of ${route.budget_bytes}`);
      truth(status < 500, `a fault of ours: ${status}`);
      const sentToSignIn = status === 401 || (status === 303 || status === 302) && to.startsWith("/signin");
      if (letIn(route, who)) truth(status !== 403 && !(sentToSignIn && who !== "anonymous"), `should be let in, got ${status} ${to}`);
      else if (who === "anonymous") truth(sentToSignIn || status === 403, `should be sent to sign in, got ${status} ${to}`);
      else truth(status === 403, `should be refused, got ${status} ${to}`);
    });
  }
}
await test("there are routes of every kind", () => {
  for (const kind of ["public", "signed-in", "roles"]) truth(routes.some((r) => r.access === kind), `no route is ${kind}`);
  truth(!routes.some((r) => r.access === "nobody"), "a route is nobody's");
});
await test("no route is there twice", () => {
  const names = routes.map((r) => `${r.method} ${r.path.replace(/\{[^}]+\}/g, "{}")}`);
  truth(new Set(names).size === names.length, names.filter((n, i) => names.indexOf(n) !== i).join(", "));
});
await server.stop();
done();
