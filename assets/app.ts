// Everything works without this file; with it, pages stay live, searches answer as one types, and long things show how far they are.
import { live } from "./live";
import { search } from "./search";
import { copies } from "./copy";
import { forms } from "./form";
import { clocks } from "./meeting";
import { picks } from "./pick";
import { mails } from "./mail";
import { places } from "./place";
import { uploads } from "./upload";
import { shell, suggested } from "./shell";

async function islands(root: ParentNode): Promise<void> {
  uploads(root);
  picks(root);
  places(root);
  mails(root);
  forms(root);
  copies(root);
  clocks(root);
  if (root.querySelector("[data-ballot]")) (await import("./ballot")).ballots(root);
  if (root.querySelector("[data-viewer]")) (await import("./viewer")).viewers(root);
  if (root.querySelector("[data-chart]")) (await import("./chart")).charts(root);
}

const hasLeft = document.querySelector("[data-leave]") !== null; // drawn without it from the start

shell();
search();
void islands(document);
live((part) => {
  // What stood on this page may be shown no longer.
  if (!hasLeft && part.querySelector("[data-leave]")) return location.reload();
  suggested(part);
  void islands(part);
});
