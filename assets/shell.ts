// Menus close when one looks elsewhere; buttons that print (data-print), that put a suggestion into a field (data-fill, data-value),
// and deadlines counted as one types (data-deadline, beside fields named days and due_on).
import { announce } from "./words";

function put(button: HTMLElement): HTMLInputElement | null {
  const field = document.querySelector<HTMLInputElement>(`form [name="${CSS.escape(button.dataset.fill!)}"]`);
  if (!field) return null;
  field.value = button.dataset.value ?? "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelectorAll(`[data-fill="${CSS.escape(button.dataset.fill!)}"]`).forEach((b) => b.setAttribute("aria-pressed", String(b === button)));
  return field;
}

// Suggestions that arrive while the page is open go into fields still empty.
export function suggested(part: Element): void {
  for (const button of part.querySelectorAll<HTMLElement>('[data-fill][aria-pressed="true"]')) {
    const field = document.querySelector<HTMLInputElement>(`form [name="${CSS.escape(button.dataset.fill!)}"]`);
    if (field && !field.value && field !== document.activeElement) put(button);
  }
}

let counting: AbortController | undefined;
async function deadline(said: HTMLElement, form: HTMLFormElement): Promise<void> {
  const days = (form.elements.namedItem("days") as HTMLInputElement | null)?.value.trim() ?? "";
  counting?.abort();
  if (!/^\d{1,4}$/.test(days)) return;
  counting = new AbortController();
  try {
    const answer = await fetch(`${said.dataset.deadline!}?days=${days}`, { headers: { Accept: "application/json" }, signal: counting.signal });
    const body = (await answer.json()) as { words?: string; fault?: string; due_on?: string };
    const words = body.fault || body.words || "";
    if (!words) return;
    said.replaceChildren(...words.split("\n").flatMap((line, i) => (i ? [document.createElement("br"), line] : [line])));
    announce(words.split("\n")[0]);
  } catch { /* the server counts it again when the form is sent */ }
}

export function shell(): void {
  const menus = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]");
  document.addEventListener("pointerdown", (e) => menus().forEach((m) => { if (!m.contains(e.target as Node)) m.open = false; }));
  document.addEventListener("click", (e) => {
    const button = (e.target as Element).closest<HTMLElement>("[data-print], [data-fill]");
    if (button?.dataset.print !== undefined) window.print();
    else if (button) put(button)?.focus();
  });
  document.addEventListener("input", (e) => {
    const field = e.target as HTMLInputElement, said = field.form?.querySelector<HTMLElement>("[data-deadline]");
    if (said && field.name === "days") void deadline(said, field.form!);
  });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    menus().forEach((m) => {
      m.open = false;
      m.querySelector("summary")?.focus();
    });
    if (location.hash === "#rail") location.hash = "#main";
  });
}
