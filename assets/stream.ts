// One stream of events for all the tabs of a browser. A browser opens six connections to one place, so with a stream in every
// tab the seventh would never load. One tab holds the lock and the stream, and tells the others what it hears; when it goes,
// the next takes over where it was. Where tabs cannot find each other (plain http from another machine has no locks), a tab
// listens only while it is looked at.
export type Told = { what: "event"; kind: string; data: string; id: string } | { what: "open" | "lost" };

type Hear = (told: Told) => void;

// Where to go on from: behind the last event known, or else from when this page was drawn.
let last = "";
const drawn = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
const place = (): string => (last ? `last=${last}` : `ago=${Math.max(0, Math.round(performance.now() - (drawn?.responseStart ?? 0)))}`);

function open(tell: Hear): EventSource {
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
  source.onerror = () => tell({ what: "lost" });
  window.addEventListener("pagehide", () => source.close());
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
  let source: EventSource | undefined;
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
