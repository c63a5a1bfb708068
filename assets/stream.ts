// One stream of events for all the tabs of a browser. A browser opens six connections to one place, so with a stream in every
// tab the seventh would never load. One tab holds the lock and the stream, and tells the others what it hears; when it goes,
// the next takes over where it was. Where tabs cannot find each other (plain http from another machine has no locks), a tab
// listens only while it is looked at.
export type Told = { what: "event"; kind: string; data: string; id: string } | { what: "open" | "lost" | "ended" };

type Hear = (told: Told) => void;

// Where to go on from: behind the last event known, or else from when this page was drawn.
let last = "";
const drawn = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
const place = (): string => (last ? `last=${last}` : `ago=${Math.max(0, Math.round(performance.now() - (drawn?.responseStart ?? 0)))}`);

/** The stream that is open now; close() is for good. */
interface Stream { close(): void }

function open(tell: Hear): Stream {
  let again: number | undefined, source = begin();
  window.addEventListener("pagehide", () => source.close());
  return { close: () => { window.clearTimeout(again); source.close(); } };

  function begin(): EventSource {
    const begun = hear(tell);
    begun.onerror = () => {
      const isOver = begun.readyState === EventSource.CLOSED;
      tell({ what: isOver ? "ended" : "lost" });
      // The browser tries again by itself only while answers are missing, not once it was told no: the session ended, or
      // the server said that it is busy. Signed in again, perhaps in another tab, it goes on.
      if (isOver) again = window.setTimeout(() => { source = begin(); }, 15000);
    };
    return begun;
  }
}

function hear(tell: Hear): EventSource {
  const source = new EventSource(`/live?${place()}`);
  const event = (e: MessageEvent<string>): void => {
    let kind = e.type === "message" ? "*" : e.type;
    try { kind = (JSON.parse(e.data) as { kind?: string }).kind ?? kind; } catch { /* not ours */ }
    tell({ what: "event", kind, data: e.data, id: e.lastEventId });
  };
  source.onmessage = event;
  source.addEventListener("event", event as EventListener);
  source.addEventListener("reload", () => tell({ what: "event", kind: "*", data: "", id: "" }));
  source.onopen = () => tell({ what: "open" });
  return source;
}

/** Hears everything told to who is signed in, in the hat worn: two hats in one browser have a stream each. */
export function listen(who: string, hear: Hear): void {
  const heard: Hear = (told) => {
    if (told.what === "event" && told.id) last = told.id;
    hear(told);
  };
  if (navigator.locks && "BroadcastChannel" in window) {
    const others = new BroadcastChannel(`live ${who}`), begun = performance.now();
    others.onmessage = (e: MessageEvent<Told>) => heard(e.data);
    const tell: Hear = (told) => { heard(told); others.postMessage(told); };
    void navigator.locks.request(`live ${who}`, () => {
      // Nobody can say what was told between two holders when nothing was heard yet.
      const isHeir = performance.now() - begun > 1000;
      if (isHeir && !last) tell({ what: "event", kind: "*", data: "", id: "" });
      open(tell);
      return new Promise<void>(() => { /* until the tab goes */ });
    });
    return;
  }
  let source: Stream | undefined;
  const look = (): void => {
    if (document.hidden) {
      source?.close();
      source = undefined;
    } else {
      source ??= open(heard);
    }
  };
  document.addEventListener("visibilitychange", look);
  look();
}
