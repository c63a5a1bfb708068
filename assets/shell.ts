// Menus close when one looks elsewhere; the phone's "more" opens the rail.
export function shell(): void {
  const menus = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]");
  document.addEventListener("pointerdown", (e) => menus().forEach((m) => { if (!m.contains(e.target as Node)) m.open = false; }));
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    menus().forEach((m) => {
      m.open = false;
      m.querySelector("summary")?.focus();
    });
    if (location.hash === "#rail") location.hash = "#main";
  });
}
