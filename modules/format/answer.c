/* A report as one line of JSON. */
#include "base/arena.h"
#include "kernel/page/json.h"
#include "modules/format/inside.h"

#include "base/banned.h"

static void put_member(struct buf *b, const char *name, struct str value) {
    buf_printf(b, ", \"%s\": ", name);
    json_str(b, value);
}

static void put_int(struct buf *b, const char *name, int64_t n) {
    n > 0 ? buf_printf(b, ", \"%s\": %lld", name, (long long)n) : buf_printf(b, ", \"%s\": null", name);
}

/* Parts of the page from the top left; null where the file has no pages. */
static void put_place(struct buf *b, const struct format_place *p) {
    put_int(b, "page", p->page);
    put_int(b, "paragraph", p->paragraph);
    if (p->box.w > 0) {
        buf_printf(b, ", \"box\": {\"x\": %.4f, \"y\": %.4f, \"w\": %.4f, \"h\": %.4f}", p->box.x, p->box.y, p->box.w,
                   p->box.h);
    } else {
        BUF_LIT(b, ", \"box\": null");
    }
}

static void put_element(struct buf *b, const struct format_tables *t, enum format_element e) {
    BUF_LIT(b, "{\"part\": ");
    json_str(b, format_element_part(t, e));
    put_member(b, "element", format_element_code(t, e));
    put_member(b, "name", format_element_words(t, e));
}

static void put_parts(struct buf *b, const struct format_tables *t, const struct format_report *r) {
    BUF_LIT(b, ", \"parts\": [");
    for (size_t i = 0; i < r->parts.n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        put_element(b, t, r->parts.at[i].element);
        put_member(b, "text", r->parts.at[i].text);
        put_place(b, &r->parts.at[i].place);
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void put_faults(struct buf *b, const struct format_tables *t, struct arena *a, const struct format_report *r) {
    BUF_LIT(b, ", \"faults\": [");
    for (size_t i = 0; i < r->faults.n; i++) {
        const struct format_fault *f = &r->faults.at[i];
        buf_put(b, i ? S(", ") : S(""));
        put_element(b, t, f->element);
        put_member(b, "rule", f->rule);
        put_member(b, "found", f->found);
        put_member(b, "wanted", f->wanted);
        put_member(b, "article", f->article);
        put_member(b, "source", f->source);
        buf_printf(b, ", \"source_checked\": %s", f->is_checked ? "true" : "false");
        put_place(b, &f->place);
        buf_printf(b, ", \"more\": %lld", (long long)f->more);
        put_member(b, "message", format_fault_words(t, a, f));
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void put_gaps(struct buf *b, const struct format_tables *t, const struct format_report *r) {
    BUF_LIT(b, ", \"not_measured\": [");
    for (size_t i = 0; i < r->gaps.n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        put_element(b, t, r->gaps.at[i].element);
        put_member(b, "rule", r->gaps.at[i].rule);
        put_member(b, "why", r->gaps.at[i].why);
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

struct str format_answer(const struct format_tables *t, struct arena *a, struct str file,
                         const struct read_layout *paper, const struct format_report *r) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"file\": ");
    json_str(&b, file);
    put_member(&b, "kind", paper->is_declared ? S("docx") : S("pdf"));
    put_int(&b, "pages", paper->pages);
    put_member(&b, "profile", r->profile->code);
    put_member(&b, "profile_name", r->profile->name);
    BUF_LIT(&b, ", \"profile_from\": ");
    json_date(&b, r->profile->from);
    BUF_LIT(&b, ", \"profile_to\": ");
    json_date(&b, r->profile->to);
    put_member(&b, "source", r->profile->source);
    buf_printf(&b, ", \"source_checked\": %s, \"on\": ", r->profile->is_checked ? "true" : "false");
    json_date(&b, r->on);
    BUF_LIT(&b, ", \"own_day\": ");
    json_date(&b, r->own_day);
    buf_printf(&b, ", \"in_force_on_own_day\": %s, \"is_scan\": %s", r->is_not_then ? "false" : "true",
               r->is_scan ? "true" : "false");
    put_member(&b, "type", r->type);
    put_member(&b, "number", r->number);
    put_parts(&b, t, r);
    put_faults(&b, t, a, r);
    put_gaps(&b, t, r);
    buf_printf(&b, ", \"passes\": %s}\n", r->faults.n ? "false" : r->is_scan ? "null" : "true");
    return buf_str(&b);
}
