// The forms of a page, read as a browser reads them: where they go, and what they would send.
const plain = (s) => s.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const attribute = (tag, name) => { const m = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s>/])`).exec(tag); return m ? plain(m[1] ?? "") : undefined; };

function field(html, at) {
  const tag = /^<[^>]*>/.exec(html.slice(at))[0], name = attribute(tag, "name"), type = attribute(tag, "type") ?? "text";
  if (name === undefined) return null;
  const isRequired = attribute(tag, "required") !== undefined, isDate = /\bclass="date"/.test(tag);
  if (tag.startsWith("<textarea")) return { name, kind: "textarea", isRequired, value: plain(html.slice(at + tag.length, html.indexOf("</textarea>", at)).replace(/^\n/, "")) };
  if (tag.startsWith("<select")) {
    const inner = html.slice(at, html.indexOf("</select>", at)), options = [...inner.matchAll(/<option\b[^>]*>/g)].map((m) => m[0]);
    const chosen = options.find((o) => /\sselected/.test(o)) ?? options[0];
    return { name, kind: "select", isRequired, value: chosen ? attribute(chosen, "value") ?? "" : "", options: options.map((o) => attribute(o, "value") ?? "") };
  }
  if (type === "checkbox" || type === "radio") return { name, kind: type, isRequired, value: attribute(tag, "value") ?? "on", isOn: /\schecked/.test(tag) };
  if (tag.startsWith("<button")) return null;
  return { name, kind: isDate ? "date" : type, isRequired, value: attribute(tag, "value") ?? "" };
}

/** All forms that post. */
export function formsOf(html) {
  return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([all]) => {
    const tag = /^<form[^>]*>/.exec(all)[0];
    const fields = [...all.matchAll(/<(?:input|textarea|select)\b/g)].map((m) => field(all, m.index)).filter(Boolean);
    return { action: attribute(tag, "action"), method: attribute(tag, "method"), isMultipart: /multipart/.test(tag), fields };
  }).filter((f) => f.method === "post");
}
export const formTo = (html, action) => formsOf(html).find((f) => f.action === action);

/** What a browser would send; filled: with words wherever something must be said. */
export function fieldsOf(form, filled = false) {
  const out = {};
  if (!form) throw new Error("there is no such form");
  for (const f of form.fields) {
    if (f.kind === "file" || ((f.kind === "checkbox" || f.kind === "radio") && !f.isOn)) continue;
    out[f.name] = f.value;
  }
  if (!filled) return out;
  for (const f of form.fields) {
    const has = out[f.name] !== undefined && out[f.name] !== "";
    if (has) continue;
    if (f.kind === "text" || f.kind === "textarea") out[f.name] = "Thử nghiệm một lần";
    else if (f.kind === "date" && f.isRequired) out[f.name] = "30/11/2027";
    else if (f.kind === "select" && f.isRequired) out[f.name] = f.options.find(Boolean) ?? "";
    else if (f.kind === "radio" && out[f.name] === undefined) out[f.name] = f.value;
  }
  return out;
}
