// mkassets OUT_DIR: what the browser gets. Bundles assets/*.ts, assets/app.css and assets/public.css with esbuild, cuts the fonts to what Vietnamese and
// English need, names every file by its content, packs it (br, gz) and writes OUT_DIR/assets_gen.c, which holds all of it.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync, readdirSync, rmSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, gzipSync, constants } from "node:zlib";
import subsetFont from "subset-font";

const out = process.argv[2];
const dir = join(out, "assets");
rmSync(dir, { recursive: true, force: true });
mkdirSync(dir, { recursive: true });
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 10);

// Letters the interface can show; whatever else a document's subject holds falls to the machine's own font.
const latin = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("") +
  "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý–—…“”‘’·•→←↑↓−×°§©«»€\u00a0½¼²³";
const vietnamese = Array.from({ length: 0x1efa - 0x1ea0 }, (_, i) => String.fromCodePoint(0x1ea0 + i)).join("") +
  "ĂăĐđĨĩŨũƠơƯư₫\u0300\u0301\u0303\u0309\u0323";

const fonts = {
  name: "fonts",
  setup(b) {
    b.onLoad({ filter: /be-vietnam-pro-.*\.woff2$/ }, async ({ path }) => {
      const letters = path.includes("-vietnamese-") ? vietnamese : latin;
      return { contents: await subsetFont(readFileSync(path), letters, { targetFormat: "woff2" }), loader: "file" };
    });
  },
};

// PDF.js draws its own editor and dialogs with these; we show neither.
const pictures = {
  name: "pictures",
  setup(b) { b.onLoad({ filter: /pdfjs-dist.*\.(svg|gif)$/ }, () => ({ contents: "", loader: "dataurl" })); },
};

const common = {
  bundle: true, write: false, minify: true, format: "esm", target: ["chrome100", "firefox100", "safari15.4"], charset: "utf8",
  outdir: dir, publicPath: "/assets", legalComments: "none", metafile: true, logLevel: "warning",
  entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]", assetNames: "[name]-[hash]", loader: { ".svg": "file", ".png": "file" },
};

const files = new Map(); // file name -> bytes
const names = new Map(); // "app.css" -> file name
function take(result) {
  for (const f of result.outputFiles) files.set(basename(f.path), Buffer.from(f.contents));
  for (const [path, o] of Object.entries(result.metafile.outputs)) {
    if (o.entryPoint) names.set(basename(o.entryPoint).replace(/\.m?[jt]s$/, ".js"), basename(path));
  }
}

const worker = await build({ ...common, entryPoints: { "pdf-worker": "node_modules/pdfjs-dist/build/pdf.worker.mjs" } });
take(worker);
const workerPath = `/assets/${basename(worker.outputFiles[0].path)}`;
take(await build({ ...common, entryPoints: ["assets/app.css", "assets/public.css", "assets/viewer.css"], plugins: [fonts, pictures] }));
take(await build({
  ...common, entryPoints: ["assets/app.ts"], splitting: true, plugins: [fonts],
  define: { PDF_WORKER: JSON.stringify(workerPath), VIEWER_CSS: JSON.stringify(`/assets/${names.get("viewer.css")}`) },
}));
for (const name of readdirSync("assets")) {
  if ([".svg", ".png"].includes(extname(name))) {
    const bytes = readFileSync(join("assets", name));
    const file = `${basename(name, extname(name))}-${hash(bytes)}${extname(name)}`;
    files.set(file, bytes);
    names.set(name, file);
  }
}

const types = {
  ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};
const paths = new Map([...files].map(([file, bytes]) => [`/assets/${file}`, { bytes, hashed: true }]));
const icon = (name) => `/assets/${names.get(name)}`;
paths.set("/manifest.webmanifest", { hashed: false, bytes: Buffer.from(JSON.stringify({
  name: "Đoàn Kết", short_name: "Đoàn Kết", description: "Hệ sinh thái số của Mặt trận Tổ quốc Việt Nam", lang: "vi", dir: "ltr",
  id: "/", start_url: "/desk", scope: "/", display: "standalone", background_color: "#faf9f7", theme_color: "#faf9f7",
  icons: [
    { src: icon("mark.svg"), sizes: "any", type: "image/svg+xml", purpose: "any" },
    { src: icon("icon-512.png"), sizes: "512x512", type: "image/png", purpose: "any" },
    { src: icon("icon-512.png"), sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
})) });
paths.set("/favicon.ico", { hashed: false, bytes: files.get(names.get("icon-180.png")), type: "image/png" });

const brotli = (b) => brotliCompressSync(b, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: b.length } });
const asm = [], symbols = [], rows = [];
let n = 0;
function embed(bytes, kind) {
  const symbol = `asset_${n}_${kind}`, path = join(dir, symbol);
  writeFileSync(path, bytes);
  asm.push(`    ".balign 16\\n${symbol}: .incbin \\"${path}\\"\\n"`);
  symbols.push(`extern const char ${symbol}[];`);
  return `.${kind} = {${symbol}, ${bytes.length}}`;
}
for (const [path, { bytes, hashed, type }] of [...paths].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const fields = [embed(bytes, "bytes")];
  if (![".woff2", ".png", ".ico"].includes(extname(path))) {
    fields.push(embed(gzipSync(bytes, { level: 9 }), "gzip"), embed(brotli(bytes), "brotli"));
  }
  rows.push(`    {.path = S_INIT("${path}"), .type = S_INIT("${type ?? types[extname(path)]}"), .tag = S_INIT("${hash(bytes)}"), .is_hashed = ${hashed},\n     ${fields.join(", ")}},`);
  n++;
}
const named = [...names].map(([name, file]) => `    {"${name}", "/assets/${file}"},`).sort().join("\n");
writeFileSync(join(out, "assets_gen.c"), `#include "kernel/http/asset.h"
#include "kernel/shell/page.h"

__asm__(".section .rodata\\n"
${asm.join("\n")}
    ".previous\\n");
${symbols.join("\n")}
const struct asset assets[] = {
${rows.join("\n")}
};
const size_t assets_n = sizeof assets / sizeof *assets;
const struct asset_name asset_names[] = {
${named}
    {NULL, NULL},
};
`);
const first = ["app.css", "app.js"].map((k) => names.get(k)).concat([...files.keys()].filter((f) => f.endsWith(".woff2")));
let sum = 0;
for (const f of first) {
  const b = files.get(f), size = f.endsWith(".woff2") ? b.length : brotli(b).length;
  sum += size;
  if (process.env.ASSETS_SIZES) console.log(`${size}\t${f}`);
}
console.log(`assets: ${files.size} files; a first page asks for ${(sum / 1024).toFixed(1)} kB of them`);
if (sum > 92 * 1024) {
  console.error("assets: more than 92 kB for a first page");
  process.exit(1);
}
