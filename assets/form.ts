// Forms: sent once however often one clicks, drafts of what was typed (data-draft), a word before leaving it unsent.
import { say } from "./words";

type Typed = Record<string, string>;
const fields = (form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] =>
  [...form.elements].filter((e): e is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
    (e instanceof HTMLInputElement && !["hidden", "password", "file", "submit", "button"].includes(e.type) && e.name !== "") || e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement);
const name = (f: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): string =>
  f instanceof HTMLInputElement && (f.type === "checkbox" || f.type === "radio") ? `${f.name}=${f.value}` : f.name;
const value = (f: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): string =>
  f instanceof HTMLInputElement && (f.type === "checkbox" || f.type === "radio") ? String(f.checked) : f.value;
const typed = (form: HTMLFormElement): Typed => Object.fromEntries(fields(form).map((f) => [name(f), value(f)]));
const put = (form: HTMLFormElement, t: Typed): void => {
  for (const f of fields(form)) {
    const v = t[name(f)];
    if (v === undefined) continue;
    if (f instanceof HTMLInputElement && (f.type === "checkbox" || f.type === "radio")) f.checked = v === "true";
    else f.value = v;
  }
};
const keyOf = (form: HTMLFormElement): string => `draft ${document.body.dataset.signedIn ?? ""} ${new URL(form.action).pathname}`;
const store = {
  get(key: string): Typed | undefined {
    try { return JSON.parse(localStorage.getItem(key) ?? "null") as Typed ?? undefined; } catch { return undefined; }
  },
  set(key: string, t: Typed): void { try { localStorage.setItem(key, JSON.stringify(t)); } catch { /* no room: no draft */ } },
  drop(key: string): void { try { localStorage.removeItem(key); } catch { /* nothing kept */ } },
};

function offer(form: HTMLFormElement, key: string, draft: Typed): void {
  const line = document.createElement("p"), use = document.createElement("button"), drop = document.createElement("button");
  line.className = "draft";
  line.append(say("Có bản nháp chưa gửi"));
  for (const [b, words] of [[use, "Dùng bản nháp"], [drop, "Bỏ"]] as const) {
    b.type = "button";
    b.className = "btn small quiet";
    b.textContent = say(words);
    line.append(b);
  }
  use.onclick = () => { put(form, draft); line.remove(); };
  drop.onclick = () => { store.drop(key); line.remove(); };
  form.prepend(line);
}

export function forms(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[method="post"]')) {
    if (form.dataset.ready) continue;
    form.dataset.ready = "1";
    const keeps = form.hasAttribute("data-draft"), key = keyOf(form), before = JSON.stringify(typed(form));
    let sent = false;
    const isDirty = (): boolean => !sent && JSON.stringify(typed(form)) !== before;
    form.addEventListener("submit", (e) => {
      if (sent) {
        e.preventDefault();
        return;
      }
      sent = true;
      form.setAttribute("aria-busy", "true");
      if (keeps) sessionStorage.setItem("sent", key);
      // A page kept by the browser's back button must be usable again.
      window.setTimeout(() => { sent = false; form.removeAttribute("aria-busy"); }, 8000);
    });
    window.addEventListener("pageshow", (e) => { if (e.persisted) { sent = false; form.removeAttribute("aria-busy"); } });
    if (!keeps) continue;
    const wasSent = sessionStorage.getItem("sent") === key;
    if (wasSent && !form.querySelector(".field.wrong, .form-fault")) store.drop(key);
    const draft = store.get(key);
    if (draft && !form.querySelector(".field.wrong") && JSON.stringify(draft) !== before) offer(form, key, draft);
    form.addEventListener("input", () => store.set(key, typed(form)));
    window.addEventListener("beforeunload", (e) => { if (isDirty() && !store.get(key)) e.preventDefault(); });
  }
  const first = root.querySelector<HTMLElement>(".field.wrong :is(input, select, textarea)");
  if (first && root === document) first.focus();
  const last = sessionStorage.getItem("sent");
  if (last && root === document && !document.querySelector(".field.wrong, .form-fault")) {
    store.drop(last);
    sessionStorage.removeItem("sent");
  }
}
