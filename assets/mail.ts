// Mail: keys that press what is on the page (data-key), J and K through the list, a conversation that is read once it is open (data-reading),
// a draft kept as one types (data-autosave), and a page that looks again when its letter has gone (data-until). Without it each is a button.
import { say } from "./words";

const csrf = (form: HTMLFormElement): string => form.querySelector<HTMLInputElement>('[name="_csrf"]')?.value ?? "";
function keep(form: HTMLFormElement, action: string): Promise<Response> {
  const body = new FormData(form);
  body.delete("_once");
  body.delete("file");
  for (const name of ["seen", "send_on", "send_at"]) body.delete(name);
  return fetch(action, { method: "POST", headers: { Accept: "application/json", "X-CSRF-Token": csrf(form) }, body, credentials: "same-origin" });
}

function autosave(form: HTMLFormElement): void {
  const said = form.querySelector<HTMLElement>(".saved");
  let timer: number | undefined;
  form.addEventListener("input", (e) => {
    if ((e.target as HTMLInputElement).type === "file" || (e.target as HTMLInputElement).type === "search") return;
    window.clearTimeout(timer);
    timer = window.setTimeout(async () => {
      try {
        const answer = await keep(form, form.dataset.autosave!);
        if (said) said.textContent = answer.ok ? say("Đã lưu nháp") : say("Chưa lưu được nháp");
      } catch { if (said) said.textContent = say("Chưa lưu được nháp"); }
    }, 1200);
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
}

function step(by: number): void {
  const all = [...document.querySelectorAll<HTMLAnchorElement>("#mail-list .rows a")], at = all.findIndex((a) => a.hasAttribute("aria-current"));
  all[Math.max(0, at < 0 ? 0 : at + by)]?.click();
}
const isTyping = (e: Element): boolean => e.matches("input, textarea, select, [contenteditable]");
let hears = false;

export function mails(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-reading]")) {
    if (form.dataset.ready) continue;
    form.dataset.ready = "1";
    void keep(form, form.action).catch(() => undefined);
  }
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-autosave]")) {
    if (form.dataset.ready) continue;
    form.dataset.ready = "1";
    autosave(form);
  }
  for (const part of root.querySelectorAll<HTMLElement>("[data-until]")) {
    const ms = Date.parse(part.dataset.until!) - Date.now() + 1500;
    if (ms < 120_000) window.setTimeout(() => location.reload(), Math.max(2000, ms));
  }
  if (hears || !document.querySelector(".mail-page")) return;
  hears = true;
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || isTyping(e.target as Element)) return;
    const key = e.key.toLowerCase();
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    const to = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    if (!to) return;
    e.preventDefault();
    to.click();
    to.closest("details")?.querySelector<HTMLElement>("textarea, input:not([type=hidden])")?.focus();
  });
}
