// Copying and sharing: buttons that stay hidden where the browser cannot. data-copy names what to copy, data-share an address.
import { announce, say } from "./words";

// What stands first on the page comes last in the copy: the words, then where they are from. Marks about the words stay behind.
function text(selector: string): string {
  return [...document.querySelectorAll<HTMLElement>(selector)].reverse().map((e) => {
    const lines = [...e.querySelectorAll<HTMLElement>("h2, h3, h4, h5, h6, p")].filter((p) => !p.closest(".law-marks, .law-noted"));
    return (lines.length ? lines.map((p) => p.innerText.trim()).join("\n") : e.innerText).trim();
  }).join("\n\n");
}

async function copied(button: HTMLButtonElement, words: string): Promise<void> {
  await navigator.clipboard.writeText(words);
  announce(say("Đã chép"));
  button.classList.add("is-done");
  setTimeout(() => button.classList.remove("is-done"), 1600);
}

export function copies(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", () => void copied(button, text(button.dataset.copy ?? "")));
  }
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-share]")) {
    const url = button.dataset.share ?? "";
    if (!("share" in navigator) && !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      if ("share" in navigator) void navigator.share({ url, title: document.title }).catch(() => undefined);
      else void copied(button, url);
    });
  }
}
