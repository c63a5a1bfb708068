// PDF in the page: <section data-viewer data-url="/file/1"> holds .pages, images for those without scripts; this puts PDF.js in their
// place: text to select and find, #page=3 in the address, ?find=words marked at once.
import * as pdfjs from "pdfjs-dist";
import { announce, say } from "./words";

declare const PDF_WORKER: string, VIEWER_CSS: string;

function style(): Promise<void> {
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = VIEWER_CSS;
    link.onload = link.onerror = () => done();
    document.head.append(link);
  });
}

function button(bar: HTMLElement, label: string, sign: string, act: () => void): HTMLButtonElement {
  const b = document.createElement("button");
  b.type = "button";
  b.className = "btn small quiet";
  b.setAttribute("aria-label", label);
  b.title = label;
  b.textContent = sign;
  b.onclick = act;
  bar.append(b);
  return b;
}

async function view(box: HTMLElement): Promise<void> {
  const url = box.dataset.url!;
  (globalThis as Record<string, unknown>).pdfjsLib = pdfjs;
  pdfjs.GlobalWorkerOptions.workerSrc = PDF_WORKER;
  const [web, doc] = await Promise.all([
    import("pdfjs-dist/web/pdf_viewer.mjs"),
    pdfjs.getDocument({ url, isEvalSupported: false, enableXfa: false }).promise,
    style(),
  ]);
  const sheet = document.createElement("div"), bar = document.createElement("div"), frame = document.createElement("div"), container = document.createElement("div"), pages = document.createElement("div");
  sheet.className = "pdf";
  bar.className = "pdf-bar";
  frame.className = "pdf-frame";
  container.className = "pdf-container";
  container.tabIndex = 0;
  container.setAttribute("aria-label", box.dataset.label ?? "PDF");
  container.setAttribute("role", "region");
  pages.className = "pdfViewer";
  container.append(pages);
  frame.append(container);
  const find = document.createElement("input"), said = document.createElement("span"), at = document.createElement("span");
  find.type = "search";
  find.placeholder = say("Tìm trong văn bản");
  find.setAttribute("aria-label", find.placeholder);
  said.className = "found-said";
  at.className = "pdf-at";
  bar.append(find, said, at);
  sheet.append(bar, frame);
  const pictures = box.querySelector(".pages");
  if (pictures) pictures.replaceWith(sheet);
  else box.replaceChildren(sheet);
  box.classList.add("ready");

  const bus = new web.EventBus(), links = new web.PDFLinkService({ eventBus: bus, externalLinkTarget: 2, externalLinkRel: "noopener noreferrer nofollow" });
  const finder = new web.PDFFindController({ eventBus: bus, linkService: links });
  const viewer = new web.PDFViewer({ container, viewer: pages, eventBus: bus, linkService: links, findController: finder, annotationMode: 1, removePageBorders: true });
  links.setViewer(viewer);
  const where = (): void => { at.textContent = `${say("Trang")} ${viewer.currentPageNumber} / ${doc.numPages} · ${Math.round(viewer.currentScale * 100)} %`; };
  const go = (): void => {
    const n = Number(/[#&]page=(\d+)/.exec(location.hash)?.[1] ?? 0);
    if (n >= 1 && n <= doc.numPages) viewer.currentPageNumber = n;
  };
  const look = (again: boolean, back = false): void => {
    bus.dispatch("find", { source: box, type: again ? "again" : "", query: find.value, phraseSearch: true, caseSensitive: false, entireWord: false, highlightAll: true, findPrevious: back, matchDiacritics: false });
  };
  bus.on("pagesinit", () => {
    viewer.currentScaleValue = "page-width";
    go();
    where();
    const words = new URLSearchParams(location.search).get("find") ?? box.dataset.find;
    if (words) {
      find.value = words;
      look(false);
    }
  });
  bus.on("pagechanging", where);
  bus.on("scalechanging", where);
  bus.on("updatefindmatchescount", (e: { matchesCount: { current: number; total: number } }) => {
    said.textContent = find.value ? `${e.matchesCount.current} / ${e.matchesCount.total}` : "";
  });
  bus.on("updatefindcontrolstate", (e: { state: number }) => { if (e.state === 1) { said.textContent = say("Không tìm thấy gì."); announce(said.textContent); } });
  find.addEventListener("input", () => look(false));
  find.addEventListener("keydown", (e) => { if (e.key === "Enter") { e.preventDefault(); look(true, e.shiftKey); } });
  button(bar, say("Trang trước"), "↑", () => { viewer.previousPage(); });
  button(bar, say("Trang sau"), "↓", () => { viewer.nextPage(); });
  button(bar, say("Thu nhỏ"), "−", () => viewer.decreaseScale());
  button(bar, say("Phóng to"), "+", () => viewer.increaseScale());
  window.addEventListener("hashchange", go);
  new ResizeObserver(() => { if (viewer.currentScaleValue === "page-width") viewer.currentScaleValue = "page-width"; }).observe(frame);
  viewer.setDocument(doc);
  links.setDocument(doc, null);
}

export function viewers(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-viewer]:not(.ready)")) {
    // When it cannot be opened, the page images stay.
    view(box).catch(() => announce(say("Không mở được tệp này.")));
  }
}
