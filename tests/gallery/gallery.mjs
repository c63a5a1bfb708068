// gallery.mjs DIR [OUT]: opens the gallery of parts wide and narrow, light and dark, in both languages, under the program's own content
// policy; keeps pictures in OUT and fails on anything axe finds or the policy refuses.
import { createServer } from "node:http";
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join } from "node:path";
import { chromium } from "playwright-core";

const [dir = "build/gallery", out = "build/gallery/pictures"] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png" };
const server = createServer((req, res) => {
  const name = basename(new URL(req.url, "http://x").pathname);
  try {
    const body = readFileSync(join(dir, name));
    res.writeHead(200, { "Content-Type": types[extname(name)] ?? "text/plain",
      "Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'" });
    res.end(body);
  } catch { res.writeHead(404).end(); }
}).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let passed = 0, failed = 0;
const check = (ok, words) => { ok ? passed++ : (failed++, console.log(`failed: ${words}`)); };
for (const language of ["vi", "en"]) for (const [size, width, height] of [["wide", 1366, 900], ["phone", 390, 844]]) for (const theme of ["light", "dark"]) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, bypassCSP: false, reducedMotion: "reduce" });
  const page = await context.newPage(), words = `${language} ${size} ${theme}`, refused = [];
  page.on("console", (m) => { if (/Content Security Policy|Refused/.test(m.text())) refused.push(m.text()); });
  page.on("pageerror", (e) => refused.push(String(e)));
  await page.goto(`${base}/gallery-${language}.html`, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForSelector(".drawing svg");
  await page.screenshot({ path: join(out, `${words.replaceAll(" ", "-")}.png`), fullPage: false });
  await page.screenshot({ path: join(out, `${words.replaceAll(" ", "-")}-all.png`), fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("main *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth && !e.closest(".tabs, .scroll")).map((e) => `${e.tagName}.${e.getAttribute("class")}`));
  check(wide.length === 0, `${words}: wider than the window: ${wide.join(" ")}`);
  const other = await browser.newContext({ viewport: { width, height }, colorScheme: theme, bypassCSP: true, reducedMotion: "reduce" });
  const again = await other.newPage();
  await again.goto(`${base}/gallery-${language}.html`, { waitUntil: "load" });
  await again.waitForSelector(".drawing svg");
  await again.addScriptTag({ content: axe });
  const { violations } = await again.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  check(violations.length === 0, `${words}: ${violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160) + " " + (n.any[0]?.message ?? "")).join(" | ")}`).join("\n  ")}`);
  check(refused.length === 0, `${words}: refused: ${refused.join("\n  ")}`);
  await context.close();
  await other.close();
}
await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
