// Every table's rows, counted and hashed, so that two moments can be compared.
import { createHash } from "node:crypto";
import { rows } from "../lib.mjs";

// What asking alone may move: when a session was last used, and what was typed into a form whose session had ended. And what time moves by
// itself: the audit's entries on their way to its file, the latest instant that is known, and which routes were slow on a busy machine. The entries themselves
// are compared.
const moving = new Set(["auth_session", "http_draft", "http_kept", "http_once", "event_lease", "audit_anchor", "audit_spool", "clock_known", "http_slow", "job_turn"]);

// That somebody took an export out is told to the audit, as it must be.
const looked = "SELECT * FROM audit_entry WHERE verb NOT LIKE '%.export'";
// Standing jobs come by the clock, for nobody and about nothing.
const narrowed = { audit_entry: looked, job_job: "SELECT * FROM job_job WHERE post <> 0 OR record <> 0" };

/** {table: "count hash"}. */
export function tables(server) {
  const list = server.db ? "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'" : "SELECT name FROM sqlite_master WHERE type = 'table'";
  const names = rows(server, list).map((r) => r.name).filter((n) => !moving.has(n) && !n.startsWith("sqlite_")).sort();
  const all = rows(server, ...names.map((n) => narrowed[n] ?? `SELECT * FROM ${n}`));
  return Object.fromEntries(names.map((n, i) => [n, `${all[i].length} ${createHash("sha256").update(all[i].map((r) => JSON.stringify(r)).sort().join("\n")).digest("hex").slice(0, 16)}`]));
}
