// <form method="post" enctype="multipart/form-data" data-upload> with a .drop zone: files dropped or chosen go at once, with progress.
// Without this file the same form is sent by its button.
import { announce, say } from "./words";

function send(form: HTMLFormElement, files: FileList | undefined): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input || form.getAttribute("aria-busy") === "true") return;
  if (files) input.files = files;
  const kept = [...form.querySelectorAll(".kept li span")].map((e) => e.firstChild?.textContent?.trim() ?? "");
  if (!input.files?.length && !kept.length) return;
  const names = (input.files?.length ? [...input.files].map((f) => f.name) : kept).join(", ");
  const progress = document.createElement("progress"), said = document.createElement("p"), zone = form.querySelector(".drop") ?? form;
  progress.max = 100;
  progress.setAttribute("aria-label", `${say("Đang gửi")} ${names}`);
  said.textContent = `${say("Đang gửi")} ${names}`;
  zone.querySelectorAll("progress, .upload-said").forEach((e) => e.remove());
  said.className = "upload-said";
  zone.append(said, progress);
  form.setAttribute("aria-busy", "true");
  const request = new XMLHttpRequest();
  const fail = (words: string): void => {
    form.removeAttribute("aria-busy");
    progress.remove();
    said.className = "upload-said wrong-why red";
    said.textContent = words || say("Gửi không được. Mời thử lại.");
    announce(said.textContent);
    input.value = "";
  };
  request.upload.onprogress = (e) => {
    if (!e.lengthComputable) return;
    progress.value = Math.round((e.loaded / e.total) * 100);
    said.textContent = `${say("Đang gửi")} ${names} · ${progress.value} %`;
  };
  request.onload = () => {
    let body: { location?: string; error?: { message?: string; location?: string; fields?: Record<string, string> } } = {};
    try { body = JSON.parse(request.responseText) as typeof body; } catch { /* a page, then */ }
    if (request.status < 300 && body.location) location.assign(body.location);
    // The session has ended; what was sent is kept, and is there after signing in.
    else if (request.status === 401) location.assign("/signin");
    // This page's form was acted on before, with another file: the page that asks what to do.
    else if (request.status === 409 && body.error?.location) form.submit();
    else fail(Object.values(body.error?.fields ?? {})[0] ?? body.error?.message ?? "");
  };
  request.onerror = () => fail("");
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));
}

export function uploads(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-upload]")) {
    if (form.dataset.dropReady) continue;
    form.dataset.dropReady = "1";
    const zone = form.querySelector<HTMLElement>(".drop") ?? form;
    form.querySelector<HTMLInputElement>('input[type="file"]')?.addEventListener("change", () => send(form, undefined));
    form.addEventListener("submit", (e) => { e.preventDefault(); e.stopImmediatePropagation(); send(form, undefined); }, { capture: true });
    for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (e) => { e.preventDefault(); zone.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (e) => { e.preventDefault(); send(form, e.dataTransfer?.files); });
  }
}
