// PDF in the page: <section data-viewer data-url="/file/1"> holds .pages, images for those without scripts; this puts PDF.js in their
// place: text to select and find, #page=3 in the address, ?q=words marked at once.
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

type Text = Awaited<ReturnType<pdfjs.PDFPageProxy["getTextContent"]>>;
type Line = [number, number, number, number, string];

// A scan has no words of its own: those recognised by the server stand in for them, to find, select and copy.
function recognised(doc: pdfjs.PDFDocumentProxy, url: string): void {
  const getPage = doc.getPage.bind(doc), done = new WeakSet<pdfjs.PDFPageProxy>();
  doc.getPage = async (n: number) => {
    const page = await getPage(n);
    if (done.has(page)) return page;
    done.add(page);
    const stream = page.streamTextContent.bind(page);
    const own = async (options: Parameters<typeof stream>[0]): Promise<Text> => {
      const text: Text = { items: [], styles: Object.create(null) as Text["styles"], lang: null }, reader = stream(options).getReader();
      for (;;) {
        const { value, done: ended } = (await reader.read()) as { value: Text; done: boolean };
        if (ended) return text;
        text.lang ??= value.lang;
        Object.assign(text.styles, value.styles);
        text.items.push(...value.items);
      }
    };
    let lines: Promise<Line[]> | undefined;
    const ask = async (): Promise<Line[]> => {
      const answer = await fetch(`${new URL(url, location.href).pathname}/page/${n}/words`, { headers: { Accept: "application/json" } });
      return answer.ok ? ((await answer.json()) as { lines: Line[] }).lines : [];
    };
    page.getTextContent = async (options = {}) => {
      const native = await own(options);
      const length = native.items.reduce((sum, i) => sum + ("str" in i ? i.str.trim().length : 0), 0);
      const found = length < 200 && page.rotate === 0 ? await (lines ??= ask().catch(() => [])) : [];
      if (!found.length) return native;
      const [x0, y0, x1, y1] = page.view, width = x1 - x0, height = y1 - y0;
      return {
        lang: "vi",
        styles: { ocr: { fontFamily: "sans-serif", ascent: 0.8, descent: -0.2, vertical: false } },
        items: found.map(([x, y, w, h, text]) => ({ str: text, dir: "ltr", fontName: "ocr", hasEOL: true, width: w * width, height: h * height,
          transform: [h * height, 0, 0, h * height, x0 + x * width, y1 - (y + h * 0.8) * height] })),
      } as Text;
    };
    page.streamTextContent = (options) => new ReadableStream({
      async start(stream) {
        stream.enqueue(await page.getTextContent(options));
        stream.close();
      },
    });
    return page;
  };
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
  recognised(doc, url);
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
  let isPhrase = true;
  const look = (again: boolean, back = false): void => {
    bus.dispatch("find", { source: box, type: again ? "again" : "", query: find.value, phraseSearch: isPhrase, caseSensitive: false, entireWord: false, highlightAll: true, findPrevious: back, matchDiacritics: false });
  };
  bus.on("pagesinit", () => {
    viewer.currentScaleValue = "page-width";
    go();
    where();
    const asked = new URLSearchParams(location.search), words = asked.get("find") ?? asked.get("q") ?? box.dataset.find;
    if (words) {
      isPhrase = asked.has("find");
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
  find.addEventListener("input", () => {
    isPhrase = true;
    look(false);
  });
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
