// Requests whose end, owner or meaning two readers could understand differently are refused, and the connection is closed.
import { done, equal, program, start, test, truth } from "../lib.mjs";
import { raw } from "./lib-raw.mjs";

const server = await start({ program: process.env.DOANKET_PROGRAM ?? program.replace("build/doanket", "build/asan/doanket"), args: ["--workers", "1", "--jobs", "1", "--no-demo"] });
const host = `Host: 127.0.0.1:${server.port}\r\n`;

const bad = {
  "Content-Length together with Transfer-Encoding": `POST /signin HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  "Content-Length twice": `POST /signin HTTP/1.1\r\n${host}Content-Length: 0\r\nContent-Length: 5\r\n\r\nabcde`,
  "the same Content-Length twice": `POST /signin HTTP/1.1\r\n${host}Content-Length: 0\r\nContent-Length: 0\r\n\r\n`,
  "a Content-Length with a sign": `POST /signin HTTP/1.1\r\n${host}Content-Length: +5\r\n\r\nabcde`,
  "a negative Content-Length": `POST /signin HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`,
  "a Content-Length that is no number": `POST /signin HTTP/1.1\r\n${host}Content-Length: 5x\r\n\r\nabcde`,
  "a Content-Length list": `POST /signin HTTP/1.1\r\n${host}Content-Length: 5, 5\r\n\r\nabcde`,
  "a Content-Length beyond counting": `POST /signin HTTP/1.1\r\n${host}Content-Length: 99999999999999999999999\r\n\r\n`,
  "Transfer-Encoding: gzip, chunked": `POST /signin HTTP/1.1\r\n${host}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  "Transfer-Encoding twice": `POST /signin HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  "Transfer-Encoding in HTTP/1.0": `POST /signin HTTP/1.0\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  "a body on GET": `GET /health HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nabcde`,
  "a chunked body on GET": `GET /health HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  "Host twice": `GET /health HTTP/1.1\r\n${host}${host}\r\n`,
  "no Host": "GET /health HTTP/1.1\r\n\r\n",
  "an empty Host": "GET /health HTTP/1.1\r\nHost:\r\n\r\n",
  "a Host with a path": "GET /health HTTP/1.1\r\nHost: a/b\r\n\r\n",
  "a Host with a user": "GET /health HTTP/1.1\r\nHost: a@b\r\n\r\n",
  "a bare LF after the request line": `GET /health HTTP/1.1\n${host}\r\n`,
  "a bare LF after a header": `GET /health HTTP/1.1\r\nX-A: 1\n${host}\r\n`,
  "a bare LF after the last header": `GET /health HTTP/1.1\r\nHost: a\n\r\n`,
  "a bare LF for the empty line": `GET /health HTTP/1.1\r\n${host}\n`,
  "bare LFs throughout": `GET /health HTTP/1.1\nHost: a\n\n`,
  "a NUL in a header's value": `GET /health HTTP/1.1\r\nX-A: a\0b\r\n${host}\r\n`,
  "two NULs in a header's value": `GET /health HTTP/1.1\r\nX-A: a\0\0Host: evil\r\n${host}\r\n`,
  "a NUL in a header's name": `GET /health HTTP/1.1\r\nX\0A: a\r\n${host}\r\n`,
  "a NUL in the address": `GET /hea\0lth HTTP/1.1\r\n${host}\r\n`,
  "an encoded NUL in the address": `GET /health%00 HTTP/1.1\r\n${host}\r\n`,
  "an encoded line end in the address": `GET /health%0d%0aX:1 HTTP/1.1\r\n${host}\r\n`,
  "broken UTF-8 in the address": `GET /%ff%fe HTTP/1.1\r\n${host}\r\n`,
  "a broken escape in the address": `GET /%zz HTTP/1.1\r\n${host}\r\n`,
  "a folded header": `GET /health HTTP/1.1\r\nX-A: a\r\n b\r\n${host}\r\n`,
  "a space before a header's colon": `GET /health HTTP/1.1\r\nX-A : a\r\n${host}\r\n`,
  "a header without a colon": `GET /health HTTP/1.1\r\nX-A\r\n${host}\r\n`,
  "a header's name with a space": `GET /health HTTP/1.1\r\nX A: a\r\n${host}\r\n`,
  "a control character in a value": `GET /health HTTP/1.1\r\nX-A: a\x01b\r\n${host}\r\n`,
  "a lone CR in a value": `GET /health HTTP/1.1\r\nX-A: a\rb\r\n${host}\r\n`,
  "a whole address as target": `GET http://127.0.0.1/health HTTP/1.1\r\n${host}\r\n`,
  "an unknown version": `GET /health HTTP/3.7\r\n${host}\r\n`,
  "no version": "GET /health\r\n\r\n",
  "a method with odd letters": `G(T /health HTTP/1.1\r\n${host}\r\n`,
};

for (const [what, bytes] of Object.entries(bad)) {
  await test(`refuses ${what}`, async () => {
    // Behind it waits a second request, which must not be answered.
    const got = await raw(server, `${bytes}GET /health HTTP/1.1\r\n${host}\r\n`);
    truth(got.how !== "time", `the connection stayed open: ${got.text.slice(0, 300)}`);
    truth(!/HTTP\/1\.[01] [123]/.test(got.text), `answered: ${got.text.slice(0, 600)}`);
    truth(got.status === 0 || (got.status >= 400 && got.status < 506), `status ${got.status}`);
  });
}

const good = {
  "a plain request": `GET /health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
  "spaces around a value": `GET /health HTTP/1.1\r\nX-A:   a b  \r\n${host}X-B:\tc\t\r\nConnection: close\r\n\r\n`,
  "an empty value": `GET /health HTTP/1.1\r\nX-A:\r\nX-B: \r\n${host}Connection: close\r\n\r\n`,
  "a value with colons and UTF-8": `GET /health HTTP/1.1\r\nX-A: a:b: \xc4\x90\r\n${host}Connection: close\r\n\r\n`,
  "many headers": `GET /health HTTP/1.1\r\n${host}${Array.from({ length: 40 }, (_, i) => `X-${i}: ${"v".repeat(40)}\r\n`).join("")}Connection: close\r\n\r\n`,
  "a query": `GET /health?a=1&b=%c4%90+x&c HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
  "cookies": `GET /health HTTP/1.1\r\n${host}Cookie: a=b; c="d e"; theme=dark\r\nConnection: close\r\n\r\n`,
  "HTTP/1.0 without Host": "GET /health HTTP/1.0\r\n\r\n",
};
for (const [what, bytes] of Object.entries(good)) {
  await test(`takes ${what}`, async () => {
    const got = await raw(server, bytes);
    equal(got.status, 200, got.text.slice(0, 300));
  });
  await test(`takes ${what}, byte by byte`, async () => {
    const got = await raw(server, bytes.length > 600 ? bytes.match(/[\s\S]{1,37}/g) : [...bytes], { every: 1 });
    equal(got.status, 200, got.text.slice(0, 300));
  });
}

await test("answers several requests sent at once, in order, on one connection", async () => {
  const got = await raw(server, `GET /health HTTP/1.1\r\n${host}\r\nGET /nope HTTP/1.1\r\n${host}\r\nHEAD /health HTTP/1.1\r\n${host}\r\nGET /health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
  equal([...got.text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((m) => Number(m[1])), [200, 404, 200, 200]);
});
await test("a header that is too long is refused", async () => {
  const got = await raw(server, `GET /health HTTP/1.1\r\n${host}X-A: ${"a".repeat(40000)}\r\n\r\n`);
  truth([400, 413, 431, 0].includes(got.status) && got.how !== "time", `status ${got.status} ${got.how}`);
});
await test("an address that is too long is refused", async () => {
  const got = await raw(server, `GET /${"a".repeat(20000)} HTTP/1.1\r\n${host}\r\n`);
  truth([400, 414, 431, 0].includes(got.status) && got.how !== "time", `status ${got.status} ${got.how}`);
});
await test("too many headers are refused", async () => {
  const got = await raw(server, `GET /health HTTP/1.1\r\n${host}${Array.from({ length: 100 }, (_, i) => `A${i}: 1\r\n`).join("")}\r\n`);
  truth([400, 431, 0].includes(got.status) && got.how !== "time", `status ${got.status} ${got.how}`);
});
await test("the server is none the worse", async () => {
  equal((await fetch(`${server.url}/health`)).status, 200);
  truth(!/ended by signal|Sanitizer|runtime error/.test(server.log), server.log.slice(-3000));
});
await server.stop();
done();
