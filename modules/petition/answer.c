/* A reading as one line of JSON. What was not judged is null; what is unsure is listed under "ask". */
#include "modules/petition/command.h"
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/page/json.h"

#include "base/banned.h"

static void put_name(struct buf *b, const char *name) { buf_printf(b, ", \"%s\": ", name); }
static void put_text(struct buf *b, struct str s) {
    if (s.len) {
        json_str(b, s);
    } else {
        BUF_LIT(b, "null");
    }
}
static void put_list(struct buf *b, const struct str *at, size_t n) {
    BUF_LIT(b, "[");
    for (size_t i = 0; i < n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, at[i]);
    }
    BUF_LIT(b, "]");
}
static void put_codes(struct buf *b, uint32_t bits) {
    bool is_first = true;
    for (unsigned i = 0; i < REASONS; i++) {
        if (bits >> i & 1) {
            buf_put(b, is_first ? S("") : S(", "));
            json_str(b, petition_reason_code((enum petition_reason)i));
            is_first = false;
        }
    }
}

static void put_authority(struct buf *b, const struct petition_authority *a) {
    BUF_LIT(b, "{\"kind\": ");
    put_text(b, a->kind);
    put_name(b, "org");
    put_text(b, a->org);
    put_name(b, "code");
    put_text(b, a->code);
    BUF_LIT(b, "}");
}

static void put_parts(struct buf *b, const struct petition_reading *r) {
    put_name(b, "parts");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->parts.n; i++) {
        const struct petition_part *p = &r->parts.at[i];
        buf_printf(b, "%s{\"n\": %zu, \"type\": ", i ? ", " : "", i + 1);
        put_text(b, petition_type_name(p->type));
        put_name(b, "topic");
        put_text(b, p->topic);
        put_name(b, "target");
        put_text(b, p->target);
        put_name(b, "authority");
        put_authority(b, &p->authority);
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void put_targets(struct buf *b, const struct petition_reading *r) {
    put_name(b, "targets");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->targets.n; i++) {
        const struct petition_target *t = &r->targets.at[i];
        buf_printf(b, "%s{\"kind\": \"%s\"", i ? ", " : "", t->is_person ? "person" : "organ");
        put_name(b, "name");
        put_text(b, t->name);
        put_name(b, "role");
        put_text(b, t->role);
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void put_judged(struct buf *b, const struct petition_reading *r) {
    buf_printf(b, ", \"signers\": %d", r->signers);
    put_name(b, "topic");
    put_text(b, r->topic);
    put_targets(b, r);
    buf_printf(b, ", \"place\": {\"class\": \"%s\", \"codes\": ", r->place_class);
    put_list(b, r->place_codes.at, r->place_codes.n);
    put_name(b, "names");
    put_list(b, r->place_names.at, r->place_names.n);
    BUF_LIT(b, "}");
    put_name(b, "authority");
    put_authority(b, &r->authority);
    if (r->parts.n) {
        put_parts(b, r);
    }
}

static void put_tail(struct buf *b, const struct petition_reading *r) {
    put_name(b, "redact");
    put_list(b, r->redact.at, r->redact.n);
    put_name(b, "working_copy");
    put_text(b, r->working_copy);
    put_name(b, "eligibility_unsure");
    BUF_LIT(b, "[");
    put_codes(b, r->optional);
    BUF_LIT(b, "]");
    put_name(b, "ask");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->asks.n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, str_of(r->asks.at[i]));
    }
    BUF_LIT(b, "]");
    put_name(b, "spans");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->spans.n; i++) {
        const struct petition_span *p = &r->spans.at[i];
        buf_printf(b, "%s{\"field\": \"%s\", \"from\": %zu, \"to\": %zu}", i ? ", " : "", p->field, p->from, p->to);
    }
    BUF_LIT(b, "]}\n");
}

struct str petition_answer(struct arena *a, struct str id, const struct petition_reading *r, struct str dup_of) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"id\": ");
    json_str(&b, id);
    put_name(&b, "type");
    put_text(&b, petition_type_name(r->type));
    put_name(&b, "eligibility");
    BUF_LIT(&b, "[");
    if (r->reasons) {
        put_codes(&b, r->reasons);
    } else {
        json_str(&b, S("ok"));
    }
    BUF_LIT(&b, "]");
    put_name(&b, "identity");
    put_text(&b, str_of(r->identity));
    buf_printf(&b, ", \"group\": %s", r->is_group ? "true" : "false");
    if (r->type == PETITION_UNJUDGED) {
        BUF_LIT(&b, ", \"signers\": null, \"topic\": null, \"targets\": null, \"place\": null, \"authority\": null");
    } else {
        put_judged(&b, r);
    }
    put_name(&b, "disposition");
    put_text(&b, str_of(r->disposition));
    put_name(&b, "dup_of");
    put_text(&b, dup_of);
    put_name(&b, "secrecy");
    put_text(&b, str_of(r->secrecy));
    put_tail(&b, r);
    return buf_str(&b);
}
