// The search boxes: answers as one types (a combobox), Enter goes to the page of results. "/" and Ctrl+K go to the first.
import { announce, say } from "./words";

interface Hit { title: string; number: string; note: string; link: string }
interface Suggested { hits: Hit[]; words: { text: string; link: string }[]; all: string }

const longest = 1000;
const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most).trimEnd()}…` : text);

function box(input: HTMLInputElement, list: HTMLElement): void {
  let at = -1, asked: AbortController | undefined, timer: number | undefined;
  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role="option"]')];
  const close = (): void => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  /* Going past either end comes back to what was typed. */
  const choose = (n: number): void => {
    const all = options();
    at = n >= all.length || n < 0 ? -1 : n;
    all.forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };
  const option = (n: number, link: string, title: string, meta: string): HTMLElement => {
    const a = document.createElement("a");
    a.id = `${list.id}-${n}`;
    a.href = link;
    a.tabIndex = -1;
    a.setAttribute("role", "option");
    a.setAttribute("aria-selected", "false");
    const t = document.createElement("span");
    t.className = "t";
    t.textContent = cut(title, 140);
    a.append(t);
    if (meta) {
      const m = document.createElement("span");
      m.className = "meta";
      m.textContent = cut(meta, 110);
      a.append(m);
    }
    return a;
  };
  const show = (found: Suggested): void => {
    const all = found.hits.slice(0, 8).map((h, n) => option(n, h.link, h.title, [h.note, h.number].filter(Boolean).join(" · ")));
    for (const w of found.words.slice(0, 4)) all.push(option(all.length, w.link, w.text, ""));
    const hits = all.length;
    if (hits) all.push(option(hits, found.all, say("Xem tất cả kết quả"), ""));
    const none = document.createElement("div");
    none.className = "said";
    none.textContent = say("Không tìm thấy gì.");
    list.replaceChildren(...(hits ? all : [none]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    at = -1;
    announce(hits ? `${hits} ${say("kết quả")}` : say("Không tìm thấy gì."));
  };
  const ask = async (): Promise<void> => {
    const words = input.value.trim();
    asked?.abort();
    if (words.length < 2) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`/find/suggest?q=${encodeURIComponent(words.slice(0, 300))}`, { headers: { Accept: "application/json" }, signal: asked.signal });
      if (!answer.ok) return close();
      const found = (await answer.json()) as Suggested;
      if (document.activeElement === input) show(found);
    } catch (e) {
      if ((e as Error).name !== "AbortError") close();
    }
  };
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  /* A long text that is pasted stays whole, with a word about it, where the browser alone would cut it. */
  input.removeAttribute("maxlength");
  input.addEventListener("input", () => {
    input.setCustomValidity(input.value.length > longest ? say("Dài quá 1.000 ký tự. Mời bớt lại rồi tìm.") : "");
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), 90);
  });
  input.addEventListener("click", () => { if (list.hidden && input.value.trim().length > 1) void ask(); });
  input.addEventListener("keydown", (e) => {
    if (e.isComposing) return;
    if (e.key === "Escape") {
      if (list.hidden) input.blur();
      else e.preventDefault();
      close();
    } else if (e.key === "ArrowDown" && list.hidden) {
      e.preventDefault();
      void ask();
    } else if (e.key === "ArrowDown" || (e.key === "ArrowUp" && !list.hidden)) {
      e.preventDefault();
      choose(e.key === "ArrowDown" ? at + 1 : at < 0 ? options().length - 1 : at - 1);
    } else if (e.key === "Enter" && !list.hidden && at >= 0) {
      e.preventDefault();
      options()[at].click();
    }
  });
  document.addEventListener("pointerdown", (e) => { if (!input.parentElement!.contains(e.target as Node) && !list.contains(e.target as Node)) close(); });
  input.addEventListener("blur", () => window.setTimeout(() => { if (!list.contains(document.activeElement)) close(); }, 150));
}

export function search(): void {
  const first = document.querySelector<HTMLInputElement>("#find-input"), own = document.querySelector<HTMLInputElement>("[data-suggest]");
  document.addEventListener("keydown", (e) => {
    const at = e.target as HTMLElement;
    const typing = at.matches("input, textarea, select") || at.isContentEditable;
    if ((e.key === "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey) || (e.key.toLowerCase() === "k" && (e.ctrlKey || e.metaKey))) {
      const input = own ?? first; // the page of results has one that keeps its filters
      if (!input) return;
      e.preventDefault();
      input.focus();
      input.select();
    }
  });
  for (const input of [first, own]) {
    const list = document.getElementById(input?.dataset.suggest ?? "found");
    if (input && list) box(input, list);
  }
}
