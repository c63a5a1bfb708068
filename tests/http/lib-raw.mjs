// Bytes over a socket, as no browser would send them.
import { connect } from "node:net";

/** Sends the pieces one after the other; resolves to what came back until the other side closed. "time" is for what never ends. */
export function raw(server, pieces, { ms = 120000, every = 0 } = {}) {
  return new Promise((done) => {
    const socket = connect(server.port, "127.0.0.1");
    let text = "", finished = false;
    const finish = (how) => {
      if (finished) return;
      finished = true;
      socket.destroy();
      done({ text, how, status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0) });
    };
    const timer = setTimeout(() => finish("time"), ms);
    timer.unref();
    socket.on("data", (d) => { text += d.toString("latin1"); });
    socket.on("close", () => finish("closed"));
    socket.on("error", (e) => finish(e.code));
    socket.on("connect", async () => {
      for (const piece of [].concat(pieces)) {
        if (finished) return;
        socket.write(Buffer.from(piece, "latin1"));
        if (every) await new Promise((next) => setTimeout(next, every));
      }
    });
  });
}
