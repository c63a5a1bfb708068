// <div class="options" data-pick> of tick boxes: a box to type a part of a name narrows them, with or without diacritics; what is ticked stands
// above as buttons that take it away. Arrows go from box to box, Enter ticks the first. <select data-pick> is narrowed likewise.
// Without this file they are tick boxes and a list.
import { announce, say } from "./words";

const fold = (s: string): string => s.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
let made = 0;

function filterBox(of: string): HTMLInputElement {
  const input = document.createElement("input");
  input.type = "search";
  input.id = `pick-${++made}`;
  input.className = "pick-filter";
  input.autocomplete = "off";
  input.placeholder = say("Gõ một phần tên để lọc");
  input.setAttribute("aria-label", `${of}: ${say("Gõ một phần tên để lọc")}`);
  return input;
}
const matches = (words: string, asked: string): boolean => fold(asked).split(/\s+/).every((w) => words.includes(w));

// A list of which one is chosen: those that match are left in it, the first of them chosen.
function pickOne(select: HTMLSelectElement): void {
  const all = [...select.options].map((option) => ({ option, words: fold(option.text) }));
  if (all.length < 12) return;
  const input = filterBox(select.labels?.[0]?.textContent?.replace("*", "").trim() ?? "");
  select.before(input);
  const narrow = (): void => {
    const asked = input.value.trim(), kept = select.value;
    const left = all.filter((x) => !x.option.value || matches(x.words, asked));
    select.replaceChildren(...left.map((x) => x.option));
    const found = left.filter((x) => x.option.value);
    select.value = found.some((x) => x.option.value === kept) ? kept : asked && found[0] ? found[0].option.value : "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    if (asked) announce(found.length ? `${found.length} ${say("kết quả")}: ${found[0].option.text}` : say("Không có ai khớp."));
  };
  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "Enter") select.focus();
    else if (e.key === "Escape" && input.value) {
      input.value = "";
      narrow();
      e.stopPropagation();
    } else return;
    e.preventDefault();
  });
}

function pick(list: HTMLElement): void {
  const rows = [...list.querySelectorAll<HTMLLabelElement>("label")].map((label) => ({ label, box: label.querySelector<HTMLInputElement>('input[type="checkbox"]')!, words: fold(label.textContent ?? "") }));
  if (rows.length < 8) return;
  const legend = list.querySelector("legend") ?? list.closest("fieldset")?.querySelector("legend");
  const input = filterBox(legend?.textContent?.trim() ?? ""), chosen = document.createElement("div");
  chosen.className = "picked";
  list.before(chosen, input);

  const shown = (): typeof rows => rows.filter((r) => !r.label.hidden);
  const chips = (): void => {
    chosen.replaceChildren(...rows.filter((r) => r.box.checked).map((r) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      chip.textContent = `${r.label.textContent?.trim()} ×`;
      chip.setAttribute("aria-label", `${say("Bỏ chọn")} ${r.label.textContent?.trim()}`);
      chip.onclick = () => {
        r.box.checked = false;
        r.box.dispatchEvent(new Event("change", { bubbles: true }));
        input.focus();
      };
      return chip;
    }));
    chosen.hidden = !chosen.childElementCount;
  };
  const narrow = (): void => {
    const asked = input.value.trim();
    for (const r of rows) r.label.hidden = !matches(r.words, asked);
    list.dataset.none = shown().length ? "" : say("Không có ai khớp.");
    if (asked) announce(`${shown().length} ${say("kết quả")}`);
  };
  const go = (n: number): void => shown()[n]?.box.focus();

  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown") go(0);
    else if (e.key === "Enter") {
      const first = input.value.trim() ? shown()[0] : undefined;
      if (first) {
        first.box.checked = !first.box.checked;
        first.box.dispatchEvent(new Event("change", { bubbles: true }));
        input.value = "";
        narrow();
      }
    } else if (e.key === "Escape" && input.value) {
      input.value = "";
      narrow();
      e.stopPropagation();
    } else return;
    e.preventDefault();
  });
  list.addEventListener("keydown", (e) => {
    const all = shown(), i = all.findIndex((r) => r.box === e.target);
    if (i < 0 || (e.key !== "ArrowDown" && e.key !== "ArrowUp")) return;
    e.preventDefault();
    if (e.key === "ArrowUp" && i === 0) input.focus();
    else go(e.key === "ArrowDown" ? i + 1 : i - 1);
  });
  list.addEventListener("change", chips);
  chips();
}

export function picks(root: ParentNode): void {
  for (const list of root.querySelectorAll<HTMLElement>("[data-pick]")) {
    if (list.dataset.ready) continue;
    list.dataset.ready = "1";
    if (list instanceof HTMLSelectElement) pickOne(list);
    else pick(list);
  }
}
