/* A packet as the members of a JSON object. */
#include <sodium.h>

#include "base/arena.h"
#include "base/num.h"
#include "kernel/page/json.h"
#include "modules/exchange/inside.h"

#include "base/banned.h"

/* A name and what follows it; members are parted by commas, the first of an object has none before it. */
static void name_put(struct buf *b, const char *name) {
    bool is_first = !b->len || b->at[b->len - 1] == '{';
    buf_printf(b, "%s\"%s\": ", is_first ? "" : ", ", name);
}

static void text_put(struct buf *b, const char *name, struct str s) {
    if (s.len) {
        name_put(b, name);
        json_str(b, s);
    }
}

static void number_put(struct buf *b, const char *name, struct str s) {
    int64_t n;
    if (num_read(s, &n)) {
        name_put(b, name);
        buf_put_int(b, n);
    } else {
        text_put(b, name, s);
    }
}

static void yes_put(struct buf *b, const char *name, struct str s) {
    bool is_yes = str_eq(s, S("1")) || str_eq_ascii_nocase(s, S("true"));
    if (is_yes || str_eq(s, S("0")) || str_eq_ascii_nocase(s, S("false"))) {
        name_put(b, name);
        json_bool(b, is_yes);
    } else {
        text_put(b, name, s);
    }
}

struct texts {
    struct str *at;
    size_t n;
};

static void texts_put(struct buf *b, const char *name, const struct str *at, size_t n) {
    name_put(b, name);
    BUF_LIT(b, "[");
    for (size_t i = 0; i < n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, at[i]);
    }
    BUF_LIT(b, "]");
}

static void members_put(struct buf *b, const void *record, const struct members *members) {
    for (size_t i = 0; i < members->n; i++) {
        const struct member *m = &members->at[i];
        const char *place = (const char *)record + m->offset;
        struct texts list;
        struct str s;
        memcpy(&s, place, sizeof s);
        switch (m->kind) {
        case MEMBER_TEXT: text_put(b, m->name, s); break;
        case MEMBER_NUMBER: number_put(b, m->name, s); break;
        case MEMBER_YES: yes_put(b, m->name, s); break;
        case MEMBER_TEXTS:
            memcpy(&list, place, sizeof list);
            if (list.n) {
                texts_put(b, m->name, list.at, list.n);
            }
            break;
        }
    }
}

static void between(struct buf *b, size_t i, const char *open) { buf_printf(b, "%s%s", i ? ", " : "", open); }

static void organs_put(struct buf *b, const struct edxml_packet *p) {
    name_put(b, "from");
    json_str(b, p->from.id);
    if (!p->is_status || p->to.n) {
        name_put(b, "to");
        BUF_LIT(b, "[");
        for (size_t i = 0; i < p->to.n; i++) {
            between(b, i, "");
            json_str(b, p->to.at[i].id);
        }
        buf_printf(b, "], \"receivers_n\": %zu", p->to.n);
    }
    name_put(b, "sender");
    BUF_LIT(b, "{");
    members_put(b, &p->from, &exchange_organ_members);
    BUF_LIT(b, "}");
    if (p->to.n) {
        name_put(b, "receivers");
        BUF_LIT(b, "[");
        for (size_t i = 0; i < p->to.n; i++) {
            between(b, i, "{");
            members_put(b, &p->to.at[i], &exchange_organ_members);
            BUF_LIT(b, "}");
        }
        BUF_LIT(b, "]");
    }
}

static void answered_put(struct buf *b, const struct edxml_answered *r, bool is_named) {
    BUF_LIT(b, "{");
    text_put(b, "organ", r->organ);
    text_put(b, "code", r->code);
    text_put(b, "date", r->date);
    if (is_named) {
        text_put(b, "document_id", r->document_id);
    }
    BUF_LIT(b, "}");
}

/* A status answers one document, whose id is the packet's own; a document may answer several. */
static void answers_put(struct buf *b, const struct edxml_packet *p) {
    if (!p->answers.n) {
        return;
    }
    name_put(b, "response_for");
    if (p->is_status && p->answers.n == 1) {
        answered_put(b, p->answers.at, false);
        return;
    }
    BUF_LIT(b, "[");
    for (size_t i = 0; i < p->answers.n; i++) {
        between(b, i, "");
        answered_put(b, &p->answers.at[i], true);
    }
    BUF_LIT(b, "]");
}

static void receivers_put(struct buf *b, const struct edxml_packet *p, const char *name, struct str type) {
    bool is_first = true;
    name_put(b, name);
    BUF_LIT(b, "[");
    for (size_t i = 0; i < p->receivers.n; i++) {
        if (str_eq(p->receivers.at[i].type, type)) {
            between(b, !is_first, "");
            json_str(b, p->receivers.at[i].organ);
            is_first = false;
        }
    }
    BUF_LIT(b, "]");
}

static void business_put(struct buf *b, const struct edxml_packet *p) {
    text_put(b, "target_document_id", edxml_target_id(p));
    if (p->changes_info.len || p->changes_receivers.len || p->receivers.n) {
        BUF_LIT(b, ", \"changes\": {");
        yes_put(b, "document_info", p->changes_info.len ? p->changes_info : S("0"));
        yes_put(b, "receivers", p->changes_receivers.len ? p->changes_receivers : p->receivers.n ? S("1") : S("0"));
        receivers_put(b, p, "add", S("1"));
        receivers_put(b, p, "remove", S("0"));
        BUF_LIT(b, "}");
    }
    for (size_t i = 0; i < p->replaces.n; i++) {
        buf_put(b, i ? S(", {") : S(", \"replaces\": [{"));
        text_put(b, "document_id", p->replaces.at[i].document_id);
        texts_put(b, "organs", p->replaces.at[i].organs.at, p->replaces.at[i].organs.n);
        buf_put(b, i + 1 < p->replaces.n ? S("}") : S("}]"));
    }
}

static void traces_put(struct buf *b, const struct edxml_packet *p) {
    for (size_t i = 0; i < p->traces.n; i++) {
        buf_put(b, i ? S(", {") : S(", \"traces\": [{"));
        text_put(b, "organ", p->traces.at[i].organ);
        text_put(b, "at", p->traces.at[i].at);
        buf_put(b, i + 1 < p->traces.n ? S("}") : S("}]"));
    }
}

static void attachment_put(struct buf *b, const struct edxml_attachment *f) {
    text_put(b, "content_id", f->content_id);
    text_put(b, "name", f->name);
    text_put(b, "declared_type", f->declared_type);
    text_put(b, "manifest_type", f->manifest_type);
    name_put(b, "size");
    buf_put_int(b, (int64_t)f->content.len);
    text_put(b, "sha256", f->sha256);
    text_put(b, "sniffed", f->sniffed);
    if (str_eq(f->sniffed, S("application/zip"))) {
        name_put(b, "transport_zip");
        json_bool(b, f->is_transport_zip);
    }
    text_put(b, "document_type", f->office);
    if (f->is_transport_zip) {
        BUF_LIT(b, ", \"inner\": {");
        text_put(b, "entry", f->inner_name);
        name_put(b, "size");
        buf_put_int(b, (int64_t)f->inner.len);
        text_put(b, "sha256", f->inner_sha256);
        BUF_LIT(b, "}");
    }
}

static void content_put(struct buf *b, const struct edxml_attachment *f) {
    size_t room = sodium_base64_encoded_len(f->content.len, sodium_base64_VARIANT_ORIGINAL);
    text_put(b, "declared_name", f->declared_name);
    text_put(b, "description", f->description);
    name_put(b, "base64");
    BUF_LIT(b, "\"");
    buf_reserve(b, room);
    sodium_bin2base64(b->at + b->len, room, (const unsigned char *)f->content.at, f->content.len,
                      sodium_base64_VARIANT_ORIGINAL);
    b->len += room - 1;
    BUF_LIT(b, "\"");
}

static void attachments_put(struct buf *b, const struct edxml_packet *p, const char *name,
                            void (*put)(struct buf *b, const struct edxml_attachment *f)) {
    name_put(b, name);
    BUF_LIT(b, "[");
    for (size_t i = 0; i < p->attachments.n; i++) {
        between(b, i, "{");
        put(b, &p->attachments.at[i]);
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void unknown_put(struct buf *b, const struct edxml_packet *p) {
    if (!p->unknown.n) {
        return;
    }
    name_put(b, "unknown");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < p->unknown.n; i++) {
        between(b, i, "");
        json_str(b, p->unknown.at[i].name);
    }
    BUF_LIT(b, "], \"kept\": [");
    for (size_t i = 0; i < p->unknown.n; i++) {
        between(b, i, "{");
        text_put(b, "in", p->unknown.at[i].parent);
        text_put(b, "name", p->unknown.at[i].name);
        text_put(b, "xml", p->unknown.at[i].xml);
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

void exchange_json_put(struct buf *b, const struct edxml_packet *p, bool with_contents) {
    text_put(b, "packet", p->is_status ? S("status") : S("edoc"));
    struct str business = edxml_business_name(edxml_business_of(p));
    text_put(b, "business", p->is_status ? S("") : business.len ? business : p->business_type);
    text_put(b, "document_id", edxml_document_id(p));
    text_put(b, "code", edxml_code(b->arena, p));
    members_put(b, p, &exchange_packet_members);
    organs_put(b, p);
    answers_put(b, p);
    business_put(b, p);
    traces_put(b, p);
    attachments_put(b, p, "attachments", attachment_put);
    if (with_contents && p->attachments.n) {
        attachments_put(b, p, "contents", content_put);
    }
    unknown_put(b, p);
    if (p->warnings.n) {
        texts_put(b, "warnings", p->warnings.at, p->warnings.n);
    }
}
