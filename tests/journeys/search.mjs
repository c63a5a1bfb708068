// The page of results as people use it: words, numbers, filters with true counts under one's own rights, a day, slips of the hand, near
// copies, pages, suggestions; by keyboard, on a phone, without scripts; and nothing for who may not read it.
import { axe, closeBrowser, done, equal, fits, freshDatabase, folder, makeScan, nothingWentWrong, openWindow, phone, picture, start, test, truth, until } from "./lib.mjs";
import { register, untilRead, upload } from "./lib-office.mjs";

const data = folder(), db = freshDatabase();
const server = await start({ data, db });
const clerk = await openWindow(server, { login: "vanthu" });
const commune = await openWindow(server, { login: "xa", viewport: phone });
const plain = await openWindow(server, { login: "chuyenvien", javaScript: false });
const dark = await openWindow(server, { login: "lanhdao", dark: true });
for (const page of [clerk, commune, plain, dark]) page.allow.push(/status of 4(14|22)/);

const at = (words, more = "") => `/find?q=${encodeURIComponent(words)}${more}`;
const json = async (page, path) => {
  const answer = await page.request.get(path, { headers: { Accept: "application/json" } });
  equal(answer.status(), 200, `status of ${path}`);
  return answer.json();
};
const main = (page) => page.locator("main").innerText();
const group = (v, title) => v.groups.find((g) => g.title === title);
const options = (v, title) => [...(group(v, title)?.options ?? []), ...(group(v, title)?.rest ?? [])];
const tab = (v, label) => v.kinds.find((t) => t.label === label)?.count ?? 0;

await test("before anything is asked, the page says what can be found, with counts of one's own, and gives examples that lead somewhere", async () => {
  await until("the index is whole", async () => (await json(clerk, "/find")).places.length >= 4, 60000);
  await clerk.goto("/find");
  await until("the box waits for words", () => clerk.evaluate(() => document.activeElement.id === "search-q"), 5000);
  for (const name of ["Văn bản", "Pháp luật", "Người", "Đơn vị"]) truth((await clerk.locator(".search-places").innerText()).includes(name), name);
  equal(await axe(clerk), []);
  await picture(clerk, "search-1-empty");
  await clerk.locator(".plain-list a").nth(1).click();
  await clerk.waitForURL(/\/find\?q=/);
  truth((await clerk.locator(".results > li").count()) > 0, "an example finds something");
});

await test("words find passages with their words marked, and a hit leads to the clause itself", async () => {
  await clerk.goto(at("ngày hội đại đoàn kết toàn dân tộc", "&kind=law"));
  const hit = clerk.locator(".hit", { hasText: "Điều 11" }).first();
  truth((await hit.locator("mark").count()) > 0, "words are marked");
  truth(/Còn hiệu lực|hết hiệu lực/i.test(await hit.innerText()), "its force is said");
  await picture(clerk, "search-2-hits");
  equal(await axe(clerk), []);
  await hit.locator("a").first().click();
  await clerk.waitForURL(/\/law\/\d+\?at=art_11/);
  truth(await clerk.locator("#art_11").isVisible(), "the article is there");
  await clerk.goBack();
  truth((await clerk.locator("#search-q").inputValue()).startsWith("ngày hội"), "going back finds the search as it was");
});

await test("filters stand in the address, are combined and taken away, and the counts are those of the lists", async () => {
  const words = "báo cáo kết quả";
  await clerk.goto(at(words));
  const all = await json(clerk, at(words));
  equal(tab(all, "Tất cả"), all.found, "all are all");
  equal(all.kinds.filter((t) => t.label !== "Tất cả").reduce((n, t) => n + t.count, 0), all.found, "the kinds add up");
  const law = await json(clerk, at(words, "&kind=law"));
  equal([law.found, tab(law, "Tất cả"), tab(law, "Văn bản")], [tab(all, "Pháp luật"), all.found, tab(all, "Văn bản")], "a chosen kind shows the others still");
  const types = options(law, "Loại");
  truth(types.length > 1, "there are types to choose among");
  const one = await json(clerk, types[0].link), two = await json(clerk, options(one, "Loại").find((o) => o.label === types[1].label).link);
  equal(one.found, types[0].count, "the count of a type is what it gives");
  equal(options(one, "Loại").map((o) => [o.label, o.count]), types.map((o) => [o.label, o.count]), "the chosen dimension shows its alternatives");
  equal(two.found, types[0].count + types[1].count, "two types together");
  await clerk.locator(".tabs a", { hasText: "Pháp luật" }).click();
  await clerk.waitForURL(/kind=law/);
  await clerk.locator(".search-group a", { hasText: types[0].label }).first().click();
  await clerk.waitForURL(/type=/);
  equal((await clerk.locator("#results-said").innerText()).trim(), `${one.found.toLocaleString("vi-VN")} kết quả`);
  const chip = clerk.locator("#results .search-chips .chip", { hasText: types[0].label });
  await picture(clerk, "search-3-filters");
  await chip.click();
  await clerk.waitForURL((u) => !u.search.includes("type=") && u.search.includes("kind=law"));
  equal(await clerk.locator("#results .search-chips .chip").count(), 0, "the chip is gone");
});

await test("two kinds that call a type by one name offer it once", async () => {
  const v = await json(clerk, at("ban hành"));
  const labels = options(v, "Loại").map((o) => o.label);
  equal(labels.length, new Set(labels).size, `each once: ${labels}`);
  for (const o of options(v, "Loại").slice(0, 4)) equal((await json(clerk, o.link)).found, o.count, o.label);
});

await test("new words keep the filters, and the day", async () => {
  await clerk.goto(at("mặt trận", "&kind=law&on=01%2F01%2F2020"));
  await clerk.locator("#search-q").fill("phản biện xã hội");
  await clerk.locator("#search-form button.main").click();
  await clerk.waitForURL((u) => u.searchParams.get("q") === "phản biện xã hội" && u.searchParams.get("kind") === "law" && u.searchParams.get("on") === "01/01/2020");
});

await test("force is judged on the day asked about: said aloud, counted, and narrowed", async () => {
  const words = "quyền và trách nhiệm", day = "&kind=law&on=01%2F06%2F2015";
  const early = await json(clerk, at(words, day));
  const later = options(early, "Hiệu lực").find((o) => o.label === "Chưa có hiệu lực");
  truth(later?.count > 0, "in June 2015 the law passed that month was not yet in force");
  const chosen = await json(clerk, later.link);
  equal(chosen.found, later.count);
  truth(chosen.hits.every((h) => h.force.words === "Chưa có hiệu lực, từ" && h.force.since), "each says from which day");
  await clerk.goto(at(words, day));
  truth(/Chưa có hiệu lực, từ 01\/01\/2016/.test(await clerk.locator(".results").innerText()), "said aloud with its date");
  await clerk.locator('.search-dates [name="in_force"]').check();
  await clerk.locator(".search-dates button").click();
  await clerk.waitForURL(/in_force=1/);
  truth(!/Chưa có hiệu lực/.test(await clerk.locator("#results").innerText()), "only what was in force that day");
});

await test("a wrong date is said at its field, kept, and not used; a span that ends before it begins likewise", async () => {
  await clerk.goto(at("mặt trận"));
  const before = await clerk.locator("#results-said").innerText();
  await clerk.locator('.search-dates [name="from"]').fill("31/02/2024");
  await clerk.locator('.search-dates [name="to"]').fill("mai");
  await clerk.locator(".search-dates button").click();
  await clerk.locator(".field.wrong").first().waitFor();
  equal(await clerk.locator(".field.wrong .wrong-why").count(), 2);
  truth(/ngày có thật/.test(await clerk.locator(".field.wrong .wrong-why").first().innerText()), "and how to write one");
  equal([await clerk.locator('.search-dates [name="from"]').inputValue(), await clerk.locator('.search-dates [name="to"]').inputValue()], ["31/02/2024", "mai"], "kept");
  equal(await clerk.locator("#results-said").innerText(), before, "not used");
  truth(/chưa được dùng/.test(await clerk.locator(".search-wrong").innerText()), "and said beside the results");
  equal(await axe(clerk), []);
  await clerk.goto(at("mặt trận", "&from=01/01/2026&to=01/01/2020"));
  truth(/phải từ 01\/01\/2026 trở đi/.test(await clerk.locator(".field.wrong").innerText()), "the end is before the beginning");
  const year = await json(clerk, at("mặt trận", "&from=01/01/2026&to=31/12/2026"));
  truth(year.hits.length > 0 && year.hits.every((h) => h.date.startsWith("2026")), "a right span narrows");
});

await test("an exact number shows its document first, as a card, however it is typed", async () => {
  for (const number of ["75/2015/QH13", "luật số 75 / 2015/qh13"]) {
    await clerk.goto(at(number));
    const card = clerk.locator(".search-card").first();
    truth(/Luật Mặt trận Tổ quốc Việt Nam/.test(await card.innerText()) && /hiệu lực/.test(await card.innerText()), `${number}: ${await card.innerText()}`);
  }
  equal(await axe(clerk), []);
  await picture(clerk, "search-4-number");
  await clerk.locator(".search-card .btn").click();
  await clerk.waitForURL(/\/law\/\d+$/);
});

await test("a slip of the hand is mended and said, and what was typed can be had", async () => {
  await clerk.goto(at("phản biẹn xã hôij"));
  const said = clerk.locator(".search-meant");
  truth(/Có phải bạn muốn tìm/.test(await said.innerText()) && /phản biện xã hội/.test(await said.innerText()), await said.innerText());
  await picture(clerk, "search-5-meant");
  await said.locator("a", { hasText: "đúng như đã gõ" }).click();
  await clerk.waitForURL(/literal=1/);
  truth(/đúng như đã gõ/.test(await main(clerk)), "the way back");
  await clerk.locator(".search-meant a").click();
  await clerk.waitForURL((u) => !u.search.includes("literal"));
});

await test("near copies stand under one of them and unfold to be opened", async () => {
  const ids = [];
  for (const issuer of ["Sở Nội vụ", "Sở Y tế"]) {
    ids.push(await upload(clerk, makeScan({ number: "901", notation: "SNV-VP", type: "", subject: "phòng chống bão số bảy tại các xã ven biển", seed: "77" })));
    await untilRead(clerk, ids.at(-1));
    await register(clerk, { code: "901/SNV-VP", issued_on: "10/11/2026", issuer, subject: "Về việc phòng chống bão số bảy tại các xã ven biển" });
  }
  const words = "phòng chống bão số bảy tại các xã ven biển";
  await until("both are in the index, one under the other", async () => (await json(clerk, at(words, "&kind=document"))).hits.some((h) => h.copies.length > 0), 60000);
  await clerk.goto(at(words, "&kind=document"));
  const copies = clerk.locator(".copies").first();
  truth(/và 1 bản gần giống/.test(await copies.innerText()), await copies.innerText());
  await copies.locator("summary").click();
  await copies.locator("a").first().click();
  await clerk.waitForURL(/\/document\/\d+/);
  truth(ids.includes(/\/document\/(\d+)/.exec(clerk.url())[1]), "the copy is opened");
});

await test("what one may not read is in no hit, no count, no filter, no suggestion and no offer", async () => {
  const words = "phòng chống bão số bảy";
  const hers = await json(clerk, at(words, "&kind=document")), theirs = await json(commune, at(words, "&kind=document"));
  truth(hers.found >= 2, "the clerk has them");
  const byNumber = await json(commune, at("901/SNV-VP")), typing = await json(commune, `/find/suggest?q=${encodeURIComponent("phòng chống bão số bảy tại các xã v")}`);
  truth(!/ven biển/.test(JSON.stringify([theirs, byNumber, typing])), "nothing of them");
  equal([byNumber.cards.filter((c) => c.number === "901/SNV-VP").length, typing.hits.filter((h) => h.number === "901/SNV-VP").length], [0, 0], "not by number either");
  const open = await json(clerk, "/find?kind=document"), closed = await json(commune, "/find?kind=document");
  truth(closed.found < open.found, `${closed.found} of ${open.found}`);
  equal(closed.found, tab(closed, "Văn bản"), "her count is of hers");
  for (const o of options(closed, "Cơ quan").slice(0, 6)) equal((await json(commune, o.link)).found, o.count, o.label);
  truth(options(closed, "Cơ quan").reduce((n, o) => n + o.count, 0) <= closed.found, "no more by issuers than there are");
  const places = (await json(commune, "/find")).places.find((p) => p.name === "Văn bản");
  equal(places?.count ?? 0, closed.found, "nor on the first page");
  const offers = await json(commune, at(words, "&kind=document&from=01/01/2099"));
  truth(!offers.offers.some((o) => o.count >= hers.found && /ven biển/.test(o.label)), "nor in what is offered");
});

await test("nothing found says which filter to leave out, with what that gives, and where else to ask", async () => {
  const path = at("ngày hội đại đoàn kết", "&kind=law&from=01/01/2098");
  const v = await json(clerk, path);
  const offer = v.offers.find((o) => /Từ ngày/.test(o.title));
  truth(v.hits.length === 0 && offer?.count > 0, "without the date there is something");
  equal((await json(clerk, offer.link)).found, offer.count, "as many as said");
  await clerk.goto(path);
  await picture(clerk, "search-6-none");
  equal(await axe(clerk), []);
  await clerk.locator(".search-none .search-offers a", { hasText: "Từ ngày" }).click();
  await clerk.waitForURL((u) => !u.search.includes("from="));
  truth((await clerk.locator(".results > li").count()) > 0, "it is found");
  await clerk.goto(at("zzqxv wkjhg"));
  truth(/Không có gì bạn được xem chứa/.test(await main(clerk)), "said plainly");
  await clerk.locator("a", { hasText: "Hỏi trợ lý câu này" }).click();
  await clerk.waitForURL(/\/assistant\?q=zzqxv/);
});

await test("one letter, a thousand and one, and hostile words get a message or an answer, are kept, and get nowhere", async () => {
  await clerk.goto(at("x"));
  truth(/Một chữ cái thì quá ít/.test(await main(clerk)), "one letter");
  equal(await clerk.locator("#search-q").inputValue(), "x");
  const long = "mặt trận tổ quốc ".repeat(80).trim();
  await clerk.goto(at(long));
  truth(/dài quá 1000 ký tự/.test(await clerk.locator("#q-said").innerText()), "too long is said");
  equal(await clerk.locator("#search-q").inputValue(), long, "and kept");
  truth((await clerk.locator(".results > li").count()) > 0, "its beginning is searched for");
  await fits(clerk);
  const longer = "mặt trận ".repeat(1200).trim();
  await clerk.locator("#search-q").fill(longer);
  await clerk.keyboard.press("Enter");
  truth(/Dài quá 1.000 ký tự/.test(await clerk.locator("#search-q").evaluate((e) => e.validationMessage)), "10,000 characters are not sent");
  equal(await clerk.locator("#search-q").inputValue(), longer, "and stay in the box");
  equal((await clerk.request.get(at(longer))).status(), 414, "an address that long is refused");
  for (const words of ["<script>alert(1)</script>", "\"' OR 1=1 --", "${7*7}{{7*7}}", "\u202egnol\u200b\u0301", "%00%ff", "a".repeat(900)]) {
    await clerk.goto(at(words));
    truth((await clerk.locator("#search-q").inputValue()).length > 0, `kept: ${words.slice(0, 20)}`);
    await fits(clerk);
  }
  for (const path of ["/find?q=m%E1%BA%B7t&kind=nope&type=%3Cb%3E&force=zzz&after=999999999", "/find?q=a&q=b&type=L&type=L&after=-5", `/find?q=m%E1%BA%B7t${"&issuer=x".repeat(60)}`]) {
    equal((await clerk.request.get(path)).status(), 200, path.slice(0, 60));
  }
});

await test("pages go on by what stands in the address, each hit once, and back", async () => {
  const words = "mặt trận tổ quốc việt nam", seen = new Set();
  let v = await json(clerk, at(words)), pages = 1;
  for (; v.next && pages < 6; pages++) {
    for (const h of v.hits) {
      truth(!seen.has(h.link + h.title), `twice: ${h.link}`);
      seen.add(h.link + h.title);
    }
    const next = await json(clerk, v.next);
    equal(next.first, v.last + 1, "one after the other");
    v = next;
  }
  truth(pages > 2, "there are several");
  await clerk.goto(at(words));
  const first = await clerk.locator(".hit a").first().getAttribute("href");
  await clerk.locator('.pager [rel="next"]').click();
  await clerk.waitForURL(/after=20/);
  truth((await clerk.locator(".hit a").first().getAttribute("href")) !== first, "the next page is another");
  await clerk.locator('.pager [rel="prev"]').click();
  await clerk.waitForURL((u) => !u.search.includes("after="));
  equal(await clerk.locator(".hit a").first().getAttribute("href"), first, "and back");
});

await test("suggestions come while one types, are chosen by the arrows, left by Escape, and say themselves to a screen reader", async () => {
  await dark.goto("/find?q=m%E1%BA%B7t");
  await dark.keyboard.press("/");
  equal(await dark.evaluate(() => document.activeElement.id), "search-q", "/ goes to the page's own box");
  await dark.keyboard.type("mặt trận t", { delay: 15 });
  await dark.locator("#search-found [role=option]").first().waitFor();
  equal(await dark.locator("#search-q").getAttribute("aria-expanded"), "true");
  equal(await axe(dark), []);
  await dark.keyboard.press("ArrowUp");
  truth(/Xem tất cả/.test(await dark.locator("#search-found [aria-selected=true]").innerText()), "up goes to the last");
  await dark.keyboard.press("ArrowDown");
  equal(await dark.locator("#search-found [aria-selected=true]").count(), 0, "and on to what was typed");
  await dark.keyboard.press("ArrowDown");
  const chosen = dark.locator("#search-found [aria-selected=true]");
  equal(await dark.locator("#search-q").getAttribute("aria-activedescendant"), await chosen.getAttribute("id"), "the active one is said");
  await picture(dark, "search-7-typing");
  await dark.keyboard.press("Escape");
  truth(await dark.locator("#search-found").isHidden(), "Escape closes");
  equal(await dark.locator("#search-q").inputValue(), "mặt trận t", "and keeps what was typed");
  await dark.keyboard.press("Enter");
  await dark.waitForURL((u) => u.searchParams.get("q") === "mặt trận t");
});

await test("on a phone the filters lie over the page, are opened, used and closed by links alone", async () => {
  await commune.goto(at("mặt trận", "&kind=law"));
  await fits(commune);
  await picture(commune, "search-8-phone");
  truth(await commune.locator("#filters").isHidden(), "not in the way");
  await commune.locator('a[href="#filters"]').first().click();
  truth(await commune.locator("#filters").isVisible(), "opened");
  equal(await axe(commune), []);
  await fits(commune);
  await picture(commune, "search-9-phone-filters");
  await commune.locator("#filters .close").click();
  truth(await commune.locator("#filters").isHidden(), "closed");
  await commune.locator('a[href="#filters"]').first().click();
  await commune.locator("#filters .search-group a").first().click();
  await commune.waitForURL((u) => !u.hash && /(type|force|issuer|field)=/.test(u.search));
  truth((await commune.locator("#results .search-chips .chip").count()) === 1, "one filter, and the results are seen");
});

await test("without scripts: words, a filter, a date, the next page and a card all work", async () => {
  await plain.goto("/find");
  await plain.locator("#search-q").fill("mặt trận tổ quốc");
  await plain.locator("#search-form button.main").click();
  await plain.waitForURL(/q=/);
  await plain.locator('.pager [rel="next"]').click();
  await plain.waitForURL(/after=/);
  await plain.locator(".tabs a", { hasText: "Pháp luật" }).click();
  await plain.locator('.search-dates [name="from"]').fill("01/01/2015");
  await plain.locator(".search-dates button").click();
  await plain.waitForURL(/from=01/);
  truth((await plain.locator(".hit").count()) > 0, "narrowed");
  await plain.locator("#results .search-chips .chip").first().click();
  await plain.waitForURL((u) => !u.search.includes("from="));
  await plain.goto(at("75/2015/QH13"));
  truth((await plain.locator(".search-card").count()) === 1, "the card");
  await plain.goto(at("mặt trận", "#filters"));
  truth(await plain.locator("#filters").isVisible(), "the filters");
});

await test("the library and the search lead to each other with the same words", async () => {
  await clerk.goto(at("phản biện xã hội"));
  await clerk.locator("#results a", { hasText: "Tìm trong Thư viện pháp luật" }).first().click();
  await clerk.waitForURL(/\/law\?q=/);
  await clerk.locator("a", { hasText: "Tìm trong mọi nguồn" }).click();
  await clerk.waitForURL((u) => u.pathname === "/find" && u.searchParams.get("q") === "phản biện xã hội");
});

await test("dark, in English, and printed, the page is whole", async () => {
  await dark.goto(at("mặt trận", "&kind=law"));
  equal(await axe(dark), []);
  await picture(dark, "search-10-dark");
  await dark.emulateMedia({ media: "print" });
  truth(await dark.locator("#filters").isHidden() && await dark.locator(".results").isVisible(), "printed: results without filters");
  await dark.emulateMedia({ media: "screen" });
  // A connection that had been quiet may be closed just as it is used again: whoever asks, asks anew.
  const inEnglish = async () => dark.request.get(at("mặt trận", "&kind=law"), { headers: { "Accept-Language": "en", Cookie: `${(await dark.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ")}; lang=en` } });
  const english = await inEnglish().catch(inEnglish);
  equal(english.status(), 200);
});

for (const [who, page] of Object.entries({ clerk, commune, plain, dark })) await test(`nothing went wrong in the ${who}'s browser`, () => nothingWentWrong(page, who));
await closeBrowser();
await server.stop();
done();
