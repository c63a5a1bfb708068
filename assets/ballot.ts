// A voter's device in a secret ballot: <div data-ballot="id" data-phase data-key data-box data-stamp data-most data-slip>. It makes the paper, keeps it in this
// browser, casts it without the session, keeps the box's receipt, and finds the paper on the published board.
import { type Blinding, blind, bytes, draw, hex, isSigned, join, publicKey, rootOf, sign, unblind, unhex } from "./blind";
import { announce, say } from "./words";

type Paper = { key: string; nonce: string; token: string; choice: string; proof: string };
type Kept = { seed: string; key: string; nonce: string; blinding: Blinding; keys: string; token?: string; paper?: Paper; line?: string; receipt?: string };
type Slip = { line: string; receipt: string; index?: number; size?: number; root?: string; head?: string; hashes?: string[] };

const nameOf = (id: string): string => `ballot:${id}`;
function kept(id: string): Kept | undefined {
  try { return JSON.parse(localStorage.getItem(nameOf(id)) ?? "null") as Kept ?? undefined; } catch { return undefined; }
}
const keep = (id: string, k: Kept): void => localStorage.setItem(nameOf(id), JSON.stringify(k));
const lineOf = (p: Paper): string => ["paper", p.key, p.nonce, p.token, p.choice, p.proof].join("\t");

class Ballot {
  readonly id: string;
  readonly phase: string;
  readonly keys: string;
  constructor(readonly at: HTMLElement) {
    this.id = at.dataset.ballot ?? "";
    this.phase = at.dataset.phase ?? "";
    this.keys = `${at.dataset.key ?? ""} ${at.dataset.box ?? ""}`;
  }
  find<T extends HTMLElement>(what: string): T | null { return this.at.querySelector<T>(what); }
  tell(words: string, tone = ""): void {
    const state = this.find(".ballot-state");
    if (!state) return;
    state.className = `ballot-state ${tone}`;
    state.textContent = words;
  }
  show(what: string, isShown = true): void { const e = this.find(what); if (e) e.hidden = !isShown; }

  async begin(): Promise<void> {
    if (!crypto.subtle) return this.tell(say("Trang này mở qua đường truyền không bảo mật nên không bỏ phiếu kín được. Mời mở bằng địa chỉ https."), "red");
    const k = kept(this.id);
    if (k && k.keys !== this.keys) return this.tell(say("Khóa của lần bỏ phiếu đã đổi sau khi máy này nhận phiếu. Mời báo thư ký ngay."), "red");
    if (k && !k.token && this.at.dataset.stamp) this.open(k);
    if (k?.line) this.receipt(k);
    if (this.phase === "issuing") this.issuing(k);
    if (this.phase === "casting") this.casting(k);
    if (this.phase === "closed") await this.closed(k);
  }

  // The envelope came back stamped: the paper is taken out.
  open(k: Kept): void {
    k.token = unblind(this.at.dataset.key ?? "", this.at.dataset.stamp ?? "", k.blinding);
    if (k.token) keep(this.id, k);
  }

  issuing(k: Kept | undefined): void {
    const form = this.find<HTMLFormElement>("form[data-take]");
    if (form) {
      form.hidden = false;
      form.addEventListener("submit", (e) => { e.preventDefault(); void this.take(form); });
      return this.tell(say("Bấm Nhận lá phiếu để máy này giữ một lá phiếu đã đóng dấu."));
    }
    if (!this.at.dataset.stamp) return;
    if (k?.token) this.tell(say("Lá phiếu đã đóng dấu nằm trong máy này. Mời đợi chủ tọa mở bỏ phiếu."), "green");
    else this.tell(say(k ? "Dấu nhận về không đúng. Mời báo thư ký ngay." : "Bạn đã nhận phiếu trên một máy hoặc trình duyệt khác. Mời bỏ phiếu ở đó."), "red");
  }

  // What was made is kept before it is sent, so that the same envelope goes again when the answer was lost.
  async take(form: HTMLFormElement): Promise<void> {
    const button = form.querySelector("button");
    if (button) button.disabled = true;
    let k = kept(this.id);
    if (!k) {
      const seed = draw(32), nonce = draw(32), key = await publicKey(seed);
      const blinding = await blind(this.at.dataset.key ?? "", join(nonce, unhex(this.id), unhex(key)));
      k = { seed: hex(seed), key, nonce: hex(nonce), blinding, keys: this.keys };
      keep(this.id, k);
    }
    const body = new FormData(form);
    body.set("blinded", k.blinding.blinded);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.ok) return location.reload();
      const said = await answer.json() as { error?: { message?: string } };
      this.tell(said.error?.message ?? say("Gửi không được. Mời thử lại."), "red");
    } catch { this.tell(say("Gửi không được. Mời thử lại."), "red"); }
    if (button) button.disabled = false;
  }

  casting(k: Kept | undefined): void {
    if (k?.line) return this.tell(say("Lá phiếu đã vào hòm, không kèm tên. Mời đợi đóng phiếu để xem lá phiếu trên bảng công bố."), "green");
    if (!k?.token) return this.tell(say(this.at.dataset.stamp ? "Bạn đã nhận phiếu trên một máy hoặc trình duyệt khác. Mời bỏ phiếu ở đó." : "Bạn không nhận phiếu lần này nên không bỏ phiếu được."), "red");
    if (k.paper) return void this.send(k);
    this.show("fieldset[data-vote]");
    this.tell(say("Lá phiếu chưa vào hòm. Mời chọn rồi bấm Bỏ phiếu."));
    const inputs = [...this.at.querySelectorAll<HTMLInputElement>('input[name="option"]')];
    // A choice half made is not drawn over.
    this.at.addEventListener("change", () => this.at.closest("[data-live]")?.removeAttribute("data-live"));
    this.find("[data-blank]")?.addEventListener("click", () => void this.cast(k, "-"));
    this.find("[data-cast]")?.addEventListener("click", () => {
      const chosen = inputs.filter((i) => i.checked).map((i) => Number(i.value)).sort((a, b) => a - b);
      if (!chosen.length) return this.tell(say("Mời chọn một phương án, hoặc bấm Bỏ phiếu trắng."), "red");
      if (chosen.length > Number(this.at.dataset.most)) return this.tell(say("Chọn nhiều quá số được chọn."), "red");
      void this.cast(k, chosen.join(","));
    });
  }

  async cast(k: Kept, choice: string): Promise<void> {
    const proof = await sign(unhex(k.seed), bytes(`doanket-ballot-choice\n${this.id}\n${choice}`));
    k.paper = { key: k.key, nonce: k.nonce, token: k.token ?? "", choice, proof };
    keep(this.id, k);
    await this.send(k);
  }

  // No session, no page it came from: the box learns of the paper and of nothing else.
  async send(k: Kept): Promise<void> {
    const p = k.paper as Paper, quiet = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" } as const;
    this.show("fieldset[data-vote]", false);
    this.tell(say("Đang bỏ phiếu…"));
    try {
      const answer = await fetch(this.at.dataset.slip ?? "", { ...quiet, method: "POST", body: new URLSearchParams(p), headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(((await answer.json()) as { error?: { message?: string } }).error?.message ?? "");
      const slip = await (await fetch(`${this.at.dataset.slip ?? ""}?key=${p.key}`, quiet)).json() as Slip;
      const isRight = slip.line === lineOf(p) && await isSigned(this.at.dataset.box ?? "", bytes(`doanket-ballot-receipt\n${this.id}\n${slip.line}`), slip.receipt);
      if (!isRight) return this.tell(say("Biên nhận của hòm phiếu không đúng. Mời báo thư ký ngay."), "red");
      keep(this.id, { ...k, line: slip.line, receipt: slip.receipt });
      this.at.closest("section")?.setAttribute("data-live", "meeting");
      this.receipt(kept(this.id) as Kept);
      this.casting(kept(this.id));
      announce(this.find(".ballot-state")?.textContent ?? "");
    } catch (e) {
      this.tell((e as Error).message && !(e instanceof TypeError) ? (e as Error).message : say("Chưa gửi được. Lá phiếu vẫn trong máy này, mời bấm lại."), "red");
      const again = this.find<HTMLButtonElement>("[data-again]");
      if (again) { again.hidden = false; again.onclick = () => { again.hidden = true; void this.send(k); }; }
    }
  }

  receipt(k: Kept): void {
    const button = this.find<HTMLButtonElement>("[data-keep]");
    if (!button) return;
    button.hidden = false;
    button.onclick = () => {
      const a = document.createElement("a"), url = URL.createObjectURL(new Blob([`doanket-ballot-receipt\nballot\t${this.id}\nbox\t${this.at.dataset.box ?? ""}\n${k.line ?? ""}\nreceipt\t${k.receipt ?? ""}\n`], { type: "text/plain" }));
      a.href = url;
      a.download = `bien-nhan-${this.id.slice(0, 8)}.txt`;
      a.click();
      URL.revokeObjectURL(url);
    };
  }

  async closed(k: Kept | undefined): Promise<void> {
    if (!k?.token) return this.tell(say(k || this.at.dataset.taken ? "Lá phiếu không nằm trong máy này nên không tự tìm được trên bảng." : "Bạn không nhận phiếu lần này nên không bỏ phiếu được."));
    if (!k.paper) return this.tell(say("Bạn đã nhận phiếu mà không bỏ. Lá chưa dùng vẫn trong máy này."));
    const answer = await fetch(`${this.at.dataset.slip ?? ""}?key=${k.key}`, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" }).catch(() => undefined);
    if (!answer || (!answer.ok && answer.status !== 404)) return this.tell(say("Gửi không được. Mời thử lại."), "red");
    const slip = answer.ok ? await answer.json() as Slip : undefined;
    const root = slip ? await rootOf(slip.line, slip.index ?? 0, slip.size ?? 0, slip.hashes ?? []) : "";
    const isThere = slip?.line === lineOf(k.paper) && root === slip.root &&
      await isSigned(this.at.dataset.box ?? "", bytes(`doanket-ballot-head\n${this.id}\n${slip.size ?? 0}\n${root}`), slip.head ?? "");
    if (!isThere && !k.line) return this.tell(say("Lá phiếu chưa vào hòm trước khi đóng phiếu."));
    if (!isThere) return this.tell(say("Lá phiếu của máy này không có trên bảng công bố. Mời lưu biên nhận và đưa cho tổ kiểm phiếu: đó là bằng chứng."), "red");
    const names = k.paper.choice === "-" ? say("phiếu trắng") : k.paper.choice.split(",").map((n) => document.querySelector(`[data-option="${n}"]`)?.textContent ?? n).join(", ");
    this.tell(`${say("Phiếu của tôi có trong bảng, đúng với niêm phong của hòm:")} ${names}.`, "green");
  }
}

export function ballots(root: ParentNode): void {
  for (const at of root.querySelectorAll<HTMLElement>("[data-ballot]")) {
    if (at.dataset.ready) continue;
    at.dataset.ready = "1";
    void new Ballot(at).begin();
  }
}
