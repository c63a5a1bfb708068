// Clocks that run down: <span data-until="ms" data-now="ms">08:24</span>. The server says both; the device only counts how long the page has stood.
const words = (ms: number): string => {
  const s = Math.floor(Math.abs(ms) / 1000);
  return `${ms < 0 ? "-" : ""}${String(Math.floor(s / 60)).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}`;
};

let timer: number | undefined;
const drawn = new WeakMap<Element, number>();

function tick(): void {
  const clocks = document.querySelectorAll<HTMLElement>("[data-until]");
  for (const clock of clocks) {
    const left = Number(clock.dataset.until) - Number(clock.dataset.now) - (performance.now() - (drawn.get(clock) ?? performance.now()));
    const said = words(left);
    if (clock.textContent !== said) clock.textContent = said;
    clock.classList.toggle("over", left < 0);
  }
  if (!clocks.length) { window.clearInterval(timer); timer = undefined; }
}

export function clocks(root: ParentNode): void {
  for (const clock of root.querySelectorAll("[data-until]")) drawn.set(clock, performance.now());
  if (timer === undefined && document.querySelector("[data-until]")) timer = window.setInterval(tick, 250);
}
