// On SQLite only. A citizen signs in by a provider of identity (oidc-provider in place of VNeID), sends a letter and finds it again from another phone; a way back with another state, a code used twice and a level too low do not let in; what is kept goes when she says so.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";
import { axe, closeBrowser, done, equal, fits, freePort, nothingWentWrong, openWindow, phone, rows, start, test, truth, until } from "./lib.mjs";

const server = await start();
const port = await freePort(), issuer = `http://127.0.0.1:${port}`;
let level = "2";
const oidc = new Provider(issuer, {
  clients: [{ client_id: "mat-tran", client_secret: "khoa-bi-mat-cua-mat-tran", redirect_uris: [`${server.url}/citizen/back`],
    post_logout_redirect_uris: [`${server.url}/citizen`], response_types: ["code"], grant_types: ["authorization_code"] }],
  acrValues: ["1", "2"], claims: { openid: ["sub"], profile: ["name", "number"], acr: null }, conformIdTokenClaims: false, pkce: { required: () => true },
  features: { devInteractions: { enabled: false } }, cookies: { keys: ["chi-trong-phep-thu"] },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, name: "Vũ Thị Mận", number: "031064001234" }) }),
  interactions: { url: (_, i) => `/interaction/${i.uid}` },
});
const wrong = [];
for (const event of ["server_error", "grant.error", "authorization.error"]) oidc.on(event, (ctx, e) => wrong.push(`${event}: ${e.message} ${e.error_description ?? ""}`));
const answer = oidc.callback();
/** Whoever comes is let in at once, as the level says. */
async function agree(req, res) {
  const { prompt, params, session } = await oidc.interactionDetails(req, res);
  if (prompt.name === "login") return oidc.interactionFinished(req, res, { login: { accountId: "b1", acr: level } });
  const grant = new oidc.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return oidc.interactionFinished(req, res, { consent: { grantId: await grant.save() } });
}
const provider = createServer((req, res) => (req.url.startsWith("/interaction/") ? agree(req, res).catch((e) => { wrong.push(e.message); res.statusCode = 500; res.end(); }) : answer(req, res)));
await new Promise((ready) => provider.listen(port, "127.0.0.1", ready));

const admin = await openWindow(server, { login: "quantri" });
const her = await openWindow(server, { viewport: phone }), other = await openWindow(server, { viewport: phone });
const button = (page) => page.locator('form[action="/citizen/signin"] button');
const press = async (page) => { await page.goto("/citizen"); await button(page).click(); };
/** To the provider and back, up to the page with the last button. */
const confirmed = async (page) => { await press(page); await page.waitForURL(/\/citizen\/back\?/); };
const enter = async (page) => { await confirmed(page); await page.getByRole("button", { name: "Vào hồ sơ của tôi" }).click(); };
const signedIn = async (page) => { await enter(page); await page.getByRole("button", { name: "Đăng xuất" }).waitFor(); };

await test("nobody is offered a way to sign in until the administrator opens one; its secret is not to be read again", async () => {
  await her.goto("/citizen");
  equal(await button(her).count(), 0, "buttons while it is off");
  await her.goto("/receipt");
  equal(await her.locator('a[href="/citizen"]').count(), 0, "ways to it while it is off");
  await admin.goto("/admin/citizen");
  const fill = { issuer, client: "mat-tran", secret: "khoa-bi-mat-cua-mat-tran", origin: server.url, claim_number: "number", level_in: "2" };
  for (const [name, value] of Object.entries(fill)) await admin.locator(`[name="${name}"]`).fill(value);
  await admin.locator('[name="is_on"]').check();
  await admin.getByRole("button", { name: "Lưu" }).click();
  await until("the provider is read", async () => { await admin.goto("/admin/citizen"); return (await admin.locator("main").innerText()).includes("Đã đọc bản mô tả"); });
  truth(!(await admin.content()).includes("khoa-bi-mat"), "the secret is not on the page");
  truth(!JSON.stringify(rows(server, "SELECT secret FROM citizen_provider")).includes("khoa-bi-mat"), "the secret is sealed where it is kept");
  await fits(admin);
  equal(await axe(admin), [], "axe on the administrator's page");
  await her.goto("/receipt");
  equal(await her.locator('a[href="/citizen"]').count(), 1, "the way to it");
});

await test("a level too low is not let in and is asked to rise", async () => {
  level = "1";
  await enter(her);
  await her.getByText("Mức xác thực chưa đủ").waitFor();
  equal(rows(server, "SELECT count(*) AS n FROM citizen_session")[0].n, 0, "sessions");
  equal(await axe(her), [], "axe");
  level = "2";
  await button(her).click();
  await her.waitForURL(/\/citizen\/back\?/);
  await her.getByRole("button", { name: "Vào hồ sơ của tôi" }).click();
  await her.getByRole("button", { name: "Đăng xuất" }).waitFor();
  truth((await her.locator("main").innerText()).includes("Vũ Thị Mận"), "her name");
  await fits(her);
  equal(await axe(her), [], "axe on her page");
});

await test("what she sends stands in her list, from another phone too; she has no right of those who work here", async () => {
  await her.goto("/petition/send");
  await her.locator('form[action="/petition/send"] button').first().click();
  await her.waitForURL(/\/petition\/draft\/\d+$/);
  await her.locator('[name="text"]').fill("Đường vào chợ bị ngập cả tuần sau mưa, đề nghị khơi cống thoát nước.");
  await her.locator('[name="place"]').fill("phường Hồng Bàng");
  for (const name of ["to", "who"]) await her.locator(`[name="${name}"]`).first().check();
  await her.locator('[name="name"]').fill("Vũ Thị Mận");
  await her.locator('[name="address"]').fill("Tổ 3, phường Hồng Bàng");
  await her.locator('[name="phone"]').fill("0912345678");
  await her.locator('main form button.main').first().click();
  await her.waitForURL(/\/check/);
  for (const name of ["declared", "agreed"]) await her.locator(`[name="${name}"]`).check();
  await her.locator('form[action$="/send"] button').click();
  await her.waitForURL(/\/petition\/receipt\//);
  await signedIn(other);
  equal(await other.locator(".rows .due").first().innerText(), "Đang xem xét", "the state");
  await other.locator(".rows .t a").first().click();
  await other.waitForURL(/\/petition\/receipt\/\d+$/);
  await other.goto("/desk");
  truth(new URL(other.url()).pathname === "/signin", "the desk is not hers");
});

await test("another state, and the same way back a second time, let nobody in", async () => {
  const man = await openWindow(server, { viewport: phone });
  await confirmed(man);
  const back = new URL(man.url());
  const mine = await man.locator('[name="state"]').inputValue();
  await man.goto(`/citizen/back?code=${back.searchParams.get("code")}&state=${mine.slice(1)}x`);
  await man.getByText("Chưa đăng nhập được").waitFor();
  const thief = await openWindow(server, { viewport: phone });
  await thief.goto(back.pathname + back.search);
  await thief.getByText("Chưa đăng nhập được").waitFor();
  await man.goto(back.pathname + back.search);
  await man.getByRole("button", { name: "Vào hồ sơ của tôi" }).click();
  await man.getByRole("button", { name: "Đăng xuất" }).waitFor();
  const before = rows(server, "SELECT count(*) AS n FROM citizen_session")[0].n;
  await man.goto(back.pathname + back.search);
  await man.getByText("Mọi hồ sơ", { exact: false }).first().waitFor();
  equal(await man.getByRole("button", { name: "Vào hồ sơ của tôi" }).count(), 0, "the last button, a second time");
  const again = await man.context().request.post(`${server.url}/citizen/back`, { form: { state: mine, code: back.searchParams.get("code") }, headers: { origin: server.url }, maxRedirects: 0 });
  truth(again.status() === 303 && again.headers().location.includes("refused"), "sent a second time");
  equal(rows(server, "SELECT count(*) AS n FROM citizen_session")[0].n, before, "sessions");
});

await test("she takes her data with her, sees who looked, signs out, and what is kept goes when she says so", async () => {
  const mine = await (await her.context().request.get(`${server.url}/citizen/export`)).json();
  equal([mine.name, mine.number, mine.sendings.length], ["Vũ Thị Mận", "031064001234", 1], "what she takes");
  await other.goto("/citizen");
  await other.getByRole("button", { name: "Đăng xuất" }).click();
  await other.getByText("Đã đăng xuất khỏi trang này").waitFor();
  await her.goto("/citizen");
  await her.getByRole("link", { name: "Xóa tài khoản, rút lại đồng ý" }).click();
  equal(await axe(her), [], "axe on the question");
  await her.getByRole("button", { name: "Xóa tài khoản, rút lại đồng ý" }).click();
  await button(her).waitFor();
  equal(rows(server, "SELECT id FROM citizen_person", "SELECT item FROM citizen_sending", "SELECT token FROM citizen_session"), [[], [], []], "what is kept of her");
});

for (const [page, who] of [[admin, "the administrator"], [her, "she"]]) nothingWentWrong(page, who);
equal(wrong, [], "what the provider complained of");
await closeBrowser();
await server.stop();
done();
