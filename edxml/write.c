/* A packet as XML: what edxml_read gives, written so that reading it again says the same. */
#include <sodium.h>

#include "base/arena.h"
#include "base/time.h"
#include "edxml/inside.h"

#include "base/banned.h"

struct writing {
    struct arena *arena;
    struct buf out;
    const struct edxml_packet *packet;
    bool *is_put;  /* of the unknown */
    bool is_plain; /* without a prefix: attachments */
};

static const char *prefix(const struct writing *w) { return w->is_plain ? "" : "edXML:"; }

/* Days and instants as the standard has them: 2026/10/05 09:30:00. */
static struct str time_out(struct arena *a, enum field_kind kind, struct str s) {
    struct date day;
    if (!date_read_iso(str_slice(s, 0, 10), &day) || (s.len > 10 && s.at[10] != 'T') ||
        (kind == FIELD_DAY && s.len != 10)) {
        return s;
    }
    return str_format(a, "%04d/%02d/%02d%s%.*s", day.year, day.month, day.day, s.len > 10 ? " " : "",
                      STR_ARG(str_slice(s, 11, s.len)));
}

static void leaf_put(struct writing *w, const struct field *f, struct str text) {
    if (!text.len) {
        return;
    }
    if (f->kind == FIELD_DAY || f->kind == FIELD_INSTANT) {
        text = time_out(w->arena, f->kind, text);
    }
    buf_printf(&w->out, "<%s%s>", prefix(w), f->element);
    edxml_text_put(&w->out, text);
    buf_printf(&w->out, "</%s%s>", prefix(w), f->element);
}

void edxml_base64_put(struct buf *b, struct str bytes) {
    size_t room = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_ORIGINAL);
    buf_reserve(b, room);
    sodium_bin2base64(b->at + b->len, room, (const unsigned char *)bytes.at, bytes.len, sodium_base64_VARIANT_ORIGINAL);
    b->len += room - 1;
}

static void body_put(struct writing *w, const struct field *f, struct str bytes) {
    buf_printf(&w->out, "<edXML:%s xmlns:edXML=\"%.*s\">", f->element, STR_ARG(EDXML_URI));
    edxml_base64_put(&w->out, bytes);
    buf_printf(&w->out, "</edXML:%s>", f->element);
}

static void shape_put(struct writing *w, const void *record, const struct shape *shape, struct str path);

static struct str below(struct writing *w, struct str path, const struct field *f, size_t nth) {
    const char *slash = path.len ? "/" : "";
    return nth ? str_format(w->arena, "%.*s%s%s[%zu]", STR_ARG(path), slash, f->element, nth)
               : str_format(w->arena, "%.*s%s%s", STR_ARG(path), slash, f->element);
}

/* An element that would hold nothing is left out. */
static void element_put(struct writing *w, const void *record, const struct field *f, struct str path) {
    size_t before = w->out.len;
    buf_printf(&w->out, "<%s%s%s>", prefix(w), f->element,
               str_eq(str_of(f->element), S("edXMLManifest")) ? " version=\"1.0\"" : "");
    size_t empty = w->out.len;
    shape_put(w, record, f->of, path);
    if (w->out.len == empty) {
        w->out.len = before;
        return;
    }
    buf_printf(&w->out, "</%s%s>", prefix(w), f->element);
}

static void group_put(struct writing *w, const void *record, const struct field *f, struct str path) {
    if (str_eq(str_of(f->element), S("edXMLEnvelope"))) {
        buf_printf(&w->out, "<edXML:edXMLEnvelope xmlns:edXML=\"%.*s\">", STR_ARG(EDXML_URI));
        shape_put(w, record, f->of, path);
        BUF_LIT(&w->out, "</edXML:edXMLEnvelope>");
    } else {
        w->is_plain = str_eq(str_of(f->element), S("AttachmentEncoded"));
        element_put(w, record, f, path);
        w->is_plain = false;
    }
}

static void field_put(struct writing *w, const void *record, const struct field *f, struct str path) {
    struct any_list list;
    switch (f->kind) {
    case FIELD_GROUP: group_put(w, record, f, below(w, path, f, 0)); break;
    case FIELD_RECORD: element_put(w, (const char *)record + f->offset, f, below(w, path, f, 0)); break;
    case FIELD_LIST:
        list = edxml_list_of(record, f->offset);
        for (size_t i = 0; i < list.n; i++) {
            element_put(w, (const char *)list.at + i * f->of->size, f, below(w, path, f, i + 1));
        }
        break;
    case FIELD_TEXTS:
        list = edxml_list_of(record, f->offset);
        for (size_t i = 0; i < list.n; i++) {
            leaf_put(w, f, ((const struct str *)list.at)[i]);
        }
        break;
    case FIELD_BODY: body_put(w, f, edxml_str_of(record, f->offset)); break;
    case FIELD_TEXT:
    case FIELD_DAY:
    case FIELD_INSTANT:
    case FIELD_NUMBER: leaf_put(w, f, edxml_str_of(record, f->offset)); break;
    case FIELD_END: break;
    }
}

/* At the end of the whole, also what stood where nothing is written today. */
static void unknown_put(struct writing *w, struct str path) {
    for (size_t i = 0; i < w->packet->unknown.n; i++) {
        if (!w->is_put[i] && (!path.len || str_eq(w->packet->unknown.at[i].parent, path))) {
            buf_put(&w->out, w->packet->unknown.at[i].xml);
            w->is_put[i] = true;
        }
    }
}

static void shape_put(struct writing *w, const void *record, const struct shape *shape, struct str path) {
    enum field_when not = w->packet->is_status ? WHEN_DOCUMENT : WHEN_STATUS;
    for (const struct field *f = shape->fields; f->kind != FIELD_END; f++) {
        if (f->when != WHEN_NEVER && f->when != not ) {
            field_put(w, record, f, path);
        }
    }
    unknown_put(w, path);
    if (str_eq(path, S("edXMLEnvelope/edXMLHeader"))) {
        struct str signature = w->packet->signature;
        buf_put(&w->out, signature.len || w->packet->is_status ? signature : S("<Signature/>"));
    }
}

static struct err status_check(const struct edxml_packet *p) {
    struct edxml_state state;
    if (!edxml_state_find(p->status, &state)) {
        return REFUSE(ERR_INVALID, "status", "Hãy ghi mã trạng thái: 01 đến 06, 13, 15 hoặc 16.");
    }
    if (!p->answers.n || !p->answers.at[0].document_id.len) {
        return REFUSE(ERR_INVALID, "document_id", "Hãy ghi mã của văn bản được trả lời.");
    }
    if (str_eq(state.reason, S("yes")) && !p->description.len) {
        return REFUSE(ERR_INVALID, "description", "Hãy ghi lý do của trạng thái này.");
    }
    return OK;
}

static struct err document_check(const struct edxml_packet *p) {
    enum edxml_business b = edxml_business_of(p);
    if (!p->document_id.len) {
        return REFUSE(ERR_INVALID, "document_id", "Hãy ghi mã văn bản.");
    }
    if (!p->to.n) {
        return REFUSE(ERR_INVALID, "to", "Hãy ghi ít nhất một cơ quan nhận.");
    }
    if (!p->subject.len) {
        return REFUSE(ERR_INVALID, "subject", "Hãy ghi trích yếu.");
    }
    if (b == EDXML_BUSINESS_UNKNOWN) {
        return REFUSE(ERR_INVALID, "business", "Loại nghiệp vụ phải là new, recall, update hoặc replace.");
    }
    if (b == EDXML_REPLACE && !p->replaces.n) {
        return REFUSE(ERR_INVALID, "replaces", "Hãy ghi văn bản bị thay thế.");
    }
    return OK;
}

/* The manifest says of each attachment what the attachment says of itself, or what the packet's said. */
static void manifest_make(struct arena *a, const struct edxml_packet *p, struct edxml_packet *out) {
    *out = *p;
    out->manifest.n = 0;
    out->manifest.at = NULL;
    for (size_t i = 0; i < p->attachments.n; i++) {
        const struct edxml_attachment *f = &p->attachments.at[i];
        LIST_ADD(a, &out->manifest,
                 (struct edxml_reference){f->content_id, f->manifest_type.len ? f->manifest_type : f->declared_type,
                                          f->description, f->declared_name});
    }
    if (!p->is_status && !p->business_type.len) {
        out->business_type = S("0");
    }
}

struct err edxml_write(struct arena *a, const struct edxml_packet *p, struct str *xml) {
    struct edxml_packet whole;
    if (!p->from.id.len) {
        return REFUSE(ERR_INVALID, "from", "Hãy ghi mã cơ quan gửi.");
    }
    TRY(p->is_status ? status_check(p) : document_check(p));
    manifest_make(a, p, &whole);
    struct writing w = {.arena = a, .out = buf_in(a), .packet = &whole, .is_put = arena_take(a, bool, p->unknown.n)};
    buf_printf(&w.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<edXML xmlns=\"%.*s\">", STR_ARG(EDXML_URI));
    shape_put(&w, &whole, &edxml_root_shape, S(""));
    BUF_LIT(&w.out, "</edXML>\n");
    *xml = buf_str(&w.out);
    return OK;
}
