// People with browsers: each has a window of their own, wide or a phone's, light or dark. Nothing may go wrong on the console.
import { chromium } from "playwright-core";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { folder, password, top, truth } from "../lib.mjs";

export * from "../lib.mjs";
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const pictures = join(top, "build/pictures");
mkdirSync(pictures, { recursive: true });

let browser;
export async function openBrowser() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage", "--disable-component-update", "--no-first-run"],
  });
  return browser;
}
export async function closeBrowser() { await browser?.close(); browser = undefined; }

export const wide = { width: 1366, height: 850 };
export const phone = { width: 390, height: 844 };

/** A window of one person: {viewport, dark, javaScript, login}. What goes wrong in it is kept in window.wrong. */
export async function openWindow(server, options = {}) {
  const viewport = options.viewport ?? wide;
  const context = await (await openBrowser()).newContext({
    baseURL: server.url, viewport, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", colorScheme: options.dark ? "dark" : "light",
    javaScriptEnabled: options.javaScript ?? true, acceptDownloads: true, reducedMotion: "reduce",
    ...(viewport === phone ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}),
  });
  context.setDefaultTimeout(20000);
  const page = await context.newPage();
  page.wrong = [];
  page.allow = [];
  page.on("pageerror", (e) => page.wrong.push(`script: ${e.message}`));
  page.on("console", (m) => {
    if (m.type() !== "error") return;
    const text = `${m.text()} ${m.location().url}`;
    if (!page.allow.some((r) => r.test(text))) page.wrong.push(text);
  });
  if (options.login) await signIn(page, options.login);
  return page;
}

export async function signIn(page, login, secret = password) {
  await page.goto("/signin");
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill(secret);
  await page.locator('form:has(input[name="password"]) button[type="submit"], form:has(input[name="password"]) button:not([type])').first().click();
  await page.waitForURL((u) => !u.pathname.startsWith("/signin"));
}

export function nothingWentWrong(page, who) {
  truth(page.wrong.length === 0, `${who}'s browser complained: ${page.wrong.join(" | ")}`);
}

/** What axe finds on the page as it stands, by WCAG 2.2 AA; an empty list when nothing. Seen from its top: of what a bar that stays lies
    over by the chance of scrolling, axe would say that it is too small. */
export async function axe(page) {
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
  await page.evaluate(`if (!window.axe) { ${axeSource}; }`);
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }, resultTypes: ["violations"],
  }));
  return found.violations.map((v) => `${v.id} (${v.impact}): ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + (n.any[0]?.message ?? "")).join(" ; ")}`);
}

/** Keeps a picture for people to look at, as build/pictures/NAME.png: what the window shows, or the whole page. */
export async function picture(page, name, isWhole = false) {
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: isWhole });
}

/** Waits until nothing of the page is wider than the window, and says what is when something is. */
export async function fits(page) {
  const too = await page.evaluate(() => {
    const w = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= w + 1) return "";
    const bad = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > w + 1);
    return bad.slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.className}`).join(", ") || "something";
  });
  truth(!too, `${page.url()} is wider than its window: ${too}`);
}

let made = 0;
/** A scan of an official letter made now, as a scanner makes it: an image-only PDF. Values as in tests/tools/make_scan.c. */
export function makeScan(values = {}) {
  const out = join(scanFolder(), `van-ban-${++made}.pdf`);
  const maker = join(top, "build/tests-make-scan");
  truth(existsSync(maker), "build/tests-make-scan is not built");
  execFileSync(maker, [out, ...Object.entries(values).map(([k, v]) => `${k}=${v}`)]);
  return out;
}
let scanDir;
const scanFolder = () => (scanDir ??= folder());
