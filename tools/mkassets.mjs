// mkassets OUT_DIR: what the browser gets. Bundles assets/*.ts and assets/app.css with esbuild, cuts the fonts to what Vietnamese and
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

const common = {
  bundle: true, write: false, minify: true, format: "esm", target: ["chrome100", "firefox100", "safari15.4"], charset: "utf8",
  outdir: dir, publicPath: "/a", legalComments: "none", metafile: true, logLevel: "warning",
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
const workerPath = `/a/${basename(worker.outputFiles[0].path)}`;
take(await build({ ...common, entryPoints: ["assets/app.css", "assets/viewer.css"], plugins: [fonts] }));
take(await build({
  ...common, entryPoints: ["assets/app.ts"], splitting: true, plugins: [fonts],
  define: { PDF_WORKER: JSON.stringify(workerPath), VIEWER_CSS: JSON.stringify(`/a/${names.get("viewer.css")}`) },
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
};
const brotli = (b) => brotliCompressSync(b, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: b.length } });
const asm = [], rows = [];
let n = 0;
for (const [file, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const parts = { plain: bytes };
  if (![".woff2", ".png"].includes(extname(file))) {
    parts.br = brotli(bytes);
    parts.gz = gzipSync(bytes, { level: 9 });
  }
  const fields = [];
  for (const [kind, data] of Object.entries(parts)) {
    const path = join(dir, kind === "plain" ? file : `${file}.${kind}`), symbol = `asset_${n}_${kind}`;
    writeFileSync(path, data);
    asm.push(`    ".balign 16\\n${symbol}: .incbin \\"${path}\\"\\n"`);
    fields.push([kind, symbol, data.length]);
  }
  const name = [...names].find(([, f]) => f === file)?.[0];
  rows.push({ name, file, type: types[extname(file)], fields });
  n++;
}
const symbols = rows.flatMap((r) => r.fields.map(([, s]) => `extern const char ${s}[];`)).join("\n");
const table = rows.map((r) => `    {.name = ${r.name ? `"${r.name}"` : "NULL"}, .file = S_INIT("${r.file}"), .path = S_INIT("/a/${r.file}"), .type = S_INIT("${r.type}"), ` +
  r.fields.map(([k, s, len]) => `.${k} = {${s}, ${len}}`).join(", ") + "},").join("\n");
writeFileSync(join(out, "assets_gen.c"), `#include "kernel/asset.h"\n
__asm__(".section .rodata\\n"\n${asm.join("\n")}\n    ".previous\\n");
${symbols}
const struct asset assets[] = {
${table}
    {.name = NULL},
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
