// Hears what happens (SSE) and draws the marked parts of the page anew from the page's own address:
// <section id="waiting" data-live="document">; data-live="*" for any event, several kinds apart by spaces.
import { listen } from "./stream";
import { say } from "./words";

let waiting: number | undefined;
let wanted = new Set<string>();
let drawing = false;

const hears = (part: Element, kind: string): boolean =>
  (part.getAttribute("data-live") ?? "").split(" ").some((k) => k === "*" || k === kind || kind.startsWith(`${k}.`));

const isBusy = (part: Element): boolean => {
  const at = document.activeElement;
  return part.contains(at) && (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement);
};

// What one has opened or closed stays so.
function keepFolds(old: Element, part: Element): void {
  const before = [...old.querySelectorAll("details")], now = [...part.querySelectorAll("details")];
  if (before.length !== now.length) return;
  now.forEach((d, i) => {
    d.open = before[i].open;
    if (before[i].dataset.ready) d.dataset.ready = before[i].dataset.ready;
  });
}

// Where the keyboard is: the like of it in the new part, by its name or its place.
const places = (part: Element): HTMLElement[] => [...part.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, [tabindex]")];
const nameOf = (e: Element): string => `${e.tagName} ${e.id} ${e.getAttribute("name") ?? ""} ${e.getAttribute("href") ?? ""} ${e.tagName === "INPUT" ? "" : (e.textContent ?? "").trim()}`;
function keepFocus(old: Element, part: Element): (() => void) | undefined {
  const at = document.activeElement;
  if (!at || !old.contains(at)) return undefined;
  const now = places(part), index = places(old).indexOf(at as HTMLElement), name = nameOf(at);
  const same = now.find((e) => nameOf(e) === name) ?? now[Math.min(index, now.length - 1)];
  return () => same?.focus({ preventScroll: true });
}

async function draw(done: (part: Element) => void): Promise<void> {
  if (drawing || document.hidden) return;
  const ids = [...wanted];
  wanted = new Set();
  drawing = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Live": "1" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ids) {
      const old = document.getElementById(id), now = fresh.getElementById(id);
      if (!old || !now || old.innerHTML === now.innerHTML) continue;
      if (isBusy(old)) continue;
      const part = document.importNode(now, true), focus = keepFocus(old, part);
      keepFolds(old, part);
      old.replaceWith(part);
      focus?.();
      done(part);
    }
  } catch { /* the stream's own state says that the line is gone */ } finally {
    drawing = false;
    if (wanted.size) later(done);
  }
}

function later(done: (part: Element) => void): void {
  window.clearTimeout(waiting);
  // A little apart, so that a thousand open pages do not ask in the same instant.
  waiting = window.setTimeout(() => void draw(done), 120 + Math.random() * 240);
}

export function live(done: (part: Element) => void): void {
  const offline = document.getElementById("offline");
  if (!document.body.hasAttribute("data-signed-in") || !("EventSource" in window)) return;
  const ask = (kind: string): void => {
    // What was typed and refused stands on an address that cannot be asked again.
    if (document.body.hasAttribute("data-refused")) return;
    for (const part of document.querySelectorAll("[data-live][id]")) if (kind === "*" || hears(part, kind)) wanted.add(part.id);
    if (wanted.size) later(done);
  };
  let lost: number | undefined, wasLost = false;
  const hat = document.querySelector("details.hat summary span:not(.face)")?.textContent?.trim() ?? "";
  listen(`${document.body.dataset.signedIn ?? ""} ${hat}`, (told) => {
    window.clearTimeout(lost);
    if (told.what === "event") {
      ask(told.kind);
    } else if (told.what === "open") {
      if (offline) offline.hidden = true;
      if (wasLost) ask("*");
      wasLost = false;
    } else {
      wasLost = true;
      lost = window.setTimeout(() => {
        if (!offline) return;
        const isEnded = told.what === "ended" && navigator.onLine;
        offline.textContent = isEnded ? say("Trang không còn tự cập nhật. Có thể phiên làm việc đã hết.") : navigator.onLine ? say("Mất kết nối, đang thử lại…") : say("Không có mạng");
        offline.hidden = false;
      }, 4000);
    }
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && (wanted.size || wasLost)) later(done); });
  window.addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
}
