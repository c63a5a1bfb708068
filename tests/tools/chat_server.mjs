// A server of OpenAI's chat completions, in a process of its own: node chat_server.mjs PORT KEY. It answers from the quotes it
// is sent, as a model would; GET /mood/WORD makes it misbehave from then on.
import { createServer } from "node:http";

const [port, key] = process.argv.slice(2);
const json = (answer, status, body) => { answer.writeHead(status, { "content-type": "application/json" }); answer.end(JSON.stringify(body)); };
const chat = (content) => ({ id: "chatcmpl-1", object: "chat.completion", created: 1, model: "thu", choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } });
let asked = 0, busy = 0, mood = "", last = null;

function reply(quotes) {
  const first = quotes[0]?.split(/(?<=[.;])\s/)[0].replace(/[.;]$/, "") ?? "";
  if (mood === "led") return `${first} [1]. Xem thêm tại https://evil.example/x [1]. Kinh phí là 987.654 đồng [1]. <img src=//evil.example> [1]. Điều này không có ở đâu cả trong nguồn [1].`;
  if (mood === "lying") return "Ủy ban nhân dân thành phố đã phê duyệt toàn bộ kinh phí hỗ trợ cho mọi hộ dân [1].";
  return `${first} [1].`;
}

createServer((request, answer) => {
  let body = "";
  request.on("data", (c) => { body += c; });
  request.on("end", () => {
    if (request.url === "/asked") return json(answer, 200, { asked, last });
    if (request.url.startsWith("/mood/")) { mood = request.url.slice(6); busy = 0; return json(answer, 200, {}); }
    if (request.method !== "POST" || request.url !== "/v1/chat/completions") return json(answer, 404, { error: { message: "no such path" } });
    if (request.headers.authorization !== `Bearer ${key}`) return json(answer, 401, { error: { message: "wrong key", type: "invalid_request_error" } });
    let sent;
    try { sent = JSON.parse(body); } catch { return json(answer, 400, { error: { message: "no JSON" } }); }
    if (sent.stream !== false || !Array.isArray(sent.messages) || sent.messages.some((m) => typeof m.content !== "string")) return json(answer, 400, { error: { message: "not the protocol" } });
    asked++;
    last = sent;
    const user = sent.messages.find((m) => m.role === "user").content;
    const quotes = [...user.matchAll(/<<([0-9a-f]{16}) đoạn \d+>>\n([\s\S]*?)\n<<\1 hết đoạn \d+>>/g)].map((m) => m[2]);
    if (mood === "busy" && busy++ < 1) return json(answer, 503, { error: { message: "overloaded" } });
    if (mood === "broken") { answer.writeHead(200); return answer.end("{not json"); }
    json(answer, 200, chat(reply(quotes)));
  });
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
