// <input data-place="/place">: says under the field which commune the typed address is today; where several fit, they are offered as buttons.
// Without this file the server says the same when the form is sent.
import { announce, say } from "./words";

interface Read { class: string; words: string; communes: { code: string; name: string }[] }

function listen(input: HTMLInputElement): void {
  const said = document.createElement("p");
  said.className = "place-read";
  input.after(said);
  let timer: number | undefined, asked: AbortController | undefined;
  const take = (name: string): void => {
    input.value = name;
    said.replaceChildren();
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const show = (read: Read): void => {
    const names = read.communes.map((c) => c.name);
    if (names.length === 1 && names[0] === input.value.trim()) return said.replaceChildren();
    const buttons = read.communes.slice(0, 8).map((c) => {
      const b = document.createElement("button");
      b.type = "button";
      b.className = "chip";
      b.textContent = c.name;
      b.addEventListener("click", () => take(c.name));
      return b;
    });
    const lead = read.class === "sure" ? say("Nay là") : read.class === "ambiguous" ? say("Chọn một:") : read.words;
    said.replaceChildren(lead, ...buttons);
    announce([lead, ...names.slice(0, 8)].join(" "));
  };
  const ask = async (): Promise<void> => {
    asked?.abort();
    const q = input.value.trim();
    if (q.length < 3) return said.replaceChildren();
    asked = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.place}?q=${encodeURIComponent(q)}`, { headers: { Accept: "application/json" }, signal: asked.signal });
      if (answer.ok && input.value.trim() === q) show(await answer.json() as Read);
    } catch { /* the server says it when the form is sent */ }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), 250);
  });
}

export function places(root: ParentNode): void {
  for (const input of root.querySelectorAll<HTMLInputElement>("input[data-place]:not([data-listens])")) {
    input.dataset.listens = "";
    listen(input);
  }
}
