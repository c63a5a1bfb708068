/* A packet from its tree of elements: which shape it has, and what each part of it says. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/facts.h"
#include "base/num.h"
#include "base/time.h"
#include "base/utf8.h"
#include "edxml/inside.h"

#include "base/banned.h"

FACTS(edxml_facts_formats, "edxml/formats.tsv");

struct filling {
    struct arena *arena;
    struct edxml_packet *packet;
};

bool edxml_is_standard(struct str uri) {
    struct str rest = FACTS_STR(edxml_facts_formats), cell;
    while (uri.len && facts_next(&rest, &cell, 1)) {
        if (str_eq(uri, cell)) {
            return true;
        }
    }
    return !uri.len;
}

void edxml_warn(struct arena *a, struct edxml_packet *p, struct str word) {
    for (size_t i = 0; i < p->warnings.n; i++) {
        if (str_eq(p->warnings.at[i], word)) {
            return;
        }
    }
    LIST_ADD(a, &p->warnings, word);
}

static struct str text_of(struct arena *a, const struct node *n) {
    return str_copy(a, str_trim(utf8_clean(a, buf_str(&n->text))));
}

/* 2026/10/05, as the standard has it, or as Vietnamese write it; also with a time after it. */
static bool day_read(struct arena *a, struct str s, struct date *out) {
    struct str day = s, rest;
    if (!str_cut(s, S(" "), &day, &rest)) {
        str_cut(s, S("T"), &day, &rest);
    }
    char *z = str_z(a, day);
    for (size_t i = 0; day.len > 4 && i < day.len; i++) {
        z[i] = z[i] == '/' ? '-' : z[i];
    }
    return date_read_iso((struct str){z, day.len}, out) || date_read_vi(day, out);
}

/* Instants are the sender's clock, without a zone. */
static bool clock_read(struct str s, struct str *clock) {
    struct str before, rest = s;
    if (!str_cut(s, S(" "), &before, &rest) && !str_cut(s, S("T"), &before, &rest)) {
        return false;
    }
    rest = str_trim(rest);
    *clock = str_slice(rest, 0, 8);
    int64_t n;
    return clock->len == 8 && num_read_between(str_slice(rest, 0, 2), 0, 23, &n) && rest.at[2] == ':' &&
           num_read_between(str_slice(rest, 3, 5), 0, 59, &n) && rest.at[5] == ':' &&
           num_read_between(str_slice(rest, 6, 8), 0, 60, &n) && (rest.len == 8 || rest.at[8] == '.');
}

static struct str time_of(struct filling *f, enum field_kind kind, struct str text) {
    struct date day;
    struct str clock;
    if (!text.len) {
        return text;
    }
    bool is_read = day_read(f->arena, text, &day);
    if (is_read && kind == FIELD_DAY) {
        return date_iso(f->arena, day);
    }
    if (is_read && clock_read(text, &clock)) {
        return str_format(f->arena, "%.*sT%.*s", STR_ARG(date_iso(f->arena, day)), STR_ARG(clock));
    }
    edxml_warn(f->arena, f->packet, S("day_unreadable"));
    return text;
}

static void unknown_keep(struct filling *f, struct str path, const struct node *n) {
    struct buf xml = buf_in(f->arena);
    edxml_node_put(&xml, n, EDXML_URI);
    LIST_ADD(f->arena, &f->packet->unknown,
             (struct edxml_unknown){.parent = path,
                                    .name = edxml_is_standard(n->uri)
                                                ? n->name
                                                : str_format(f->arena, "{%.*s}%.*s", STR_ARG(n->uri), STR_ARG(n->name)),
                                    .xml = buf_str(&xml)});
}

static const struct field *field_of(const struct shape *shape, struct str name) {
    for (const struct field *f = shape->fields; f->kind != FIELD_END; f++) {
        if (str_eq_ascii_nocase(str_of(f->element), name) || (f->also && str_eq_ascii_nocase(str_of(f->also), name))) {
            return f;
        }
    }
    return NULL;
}

static struct str below(struct filling *f, struct str path, const struct field *field, size_t nth) {
    const char *slash = path.len ? "/" : "";
    return nth ? str_format(f->arena, "%.*s%s%s[%zu]", STR_ARG(path), slash, field->element, nth)
               : str_format(f->arena, "%.*s%s%s", STR_ARG(path), slash, field->element);
}

/* One more of a list whose things are of any struct. */
static void *list_more(struct arena *a, void *record, const struct field *field, size_t size) {
    struct any_list list = edxml_list_of(record, field->offset);
    list.at = list_grow(a, list.at, list.n, size);
    void *thing = (char *)list.at + size * list.n++;
    memset(thing, 0, size);
    memcpy((char *)record + field->offset, &list, sizeof list);
    return thing;
}

/* False when it is not what the standard puts there, and is to be kept as it is. */
static bool leaf_take(struct filling *f, void *record, const struct field *field, const struct node *n) {
    struct str *place = (void *)((char *)record + field->offset);
    bool is_timed = field->kind == FIELD_DAY || field->kind == FIELD_INSTANT;
    if (n->children.n || (field->kind != FIELD_TEXTS && place->len)) {
        return false;
    }
    if (field->kind == FIELD_BODY) {
        *place = buf_str(&n->content);
        if (n->is_damaged) {
            edxml_warn(f->arena, f->packet, S("attachment_damaged"));
        }
        return true;
    }
    struct str text = text_of(f->arena, n);
    if (field->kind == FIELD_TEXTS) {
        if (text.len) {
            *(struct str *)list_more(f->arena, record, field, sizeof text) = text;
        }
        return true;
    }
    *place = is_timed ? time_of(f, field->kind, text) : text;
    return true;
}

static void shape_take(struct filling *f, void *record, const struct shape *shape, const struct node *n,
                       struct str path);

static bool field_take(struct filling *f, void *record, const struct field *field, const struct node *n,
                       struct str path) {
    if (field->kind == FIELD_GROUP) {
        f->packet->is_status |= str_eq_ascii_nocase(n->name, S("Status"));
        shape_take(f, record, field->of, n, below(f, path, field, 0));
    } else if (field->kind == FIELD_RECORD) {
        shape_take(f, (char *)record + field->offset, field->of, n, below(f, path, field, 0));
    } else if (field->kind == FIELD_LIST) {
        void *thing = list_more(f->arena, record, field, field->of->size);
        shape_take(f, thing, field->of, n, below(f, path, field, edxml_list_of(record, field->offset).n));
        if (n->href.len && field->of->fields->kind == FIELD_TEXT &&
            !edxml_str_of(thing, field->of->fields->offset).len) {
            *(struct str *)thing = n->href;
        }
    } else {
        return leaf_take(f, record, field, n);
    }
    return true;
}

static void shape_take(struct filling *f, void *record, const struct shape *shape, const struct node *n,
                       struct str path) {
    for (size_t i = 0; i < n->children.n; i++) {
        const struct node *child = n->children.at[i];
        const struct field *field = edxml_is_standard(child->uri) ? field_of(shape, child->name) : NULL;
        if (str_eq(child->name, S("Signature"))) {
            struct buf xml = buf_in(f->arena);
            edxml_node_put(&xml, child, EDXML_URI);
            f->packet->signature = child->children.n ? buf_str(&xml) : f->packet->signature;
        } else if (!field || !field_take(f, record, field, child, path)) {
            unknown_keep(f, path, child);
        }
    }
}

static struct str plain_id(struct str id) { return str_starts(id, S("cid:")) ? str_slice(id, 4, id.len) : id; }

static const struct edxml_reference *reference_of(const struct edxml_packet *p, const struct edxml_attachment *f) {
    for (size_t i = 0; i < p->manifest.n; i++) {
        if (str_eq(plain_id(p->manifest.at[i].content_id), plain_id(f->content_id))) {
            return &p->manifest.at[i];
        }
    }
    return NULL;
}

/* What the attachment does not say of itself, its line of the manifest may. */
static void reference_take(const struct edxml_reference *r, struct edxml_attachment *f) {
    f->declared_name = f->declared_name.len ? f->declared_name : r->name;
    f->declared_type = f->declared_type.len ? f->declared_type : r->type;
    f->manifest_type = str_eq(f->declared_type, r->type) ? S("") : r->type;
}

static bool attachment_take(struct arena *a, struct edxml_packet *p, struct edxml_attachment *f) {
    const struct edxml_reference *r = reference_of(p, f);
    if (r) {
        reference_take(r, f);
    } else {
        edxml_warn(a, p, S("attachment_not_in_manifest"));
    }
    edxml_attachment_look(a, f);
    if (!str_eq(f->name, f->declared_name)) {
        edxml_warn(a, p, S("attachment_name_cleaned"));
    }
    if (!f->content.len) {
        edxml_warn(a, p, S("attachment_empty"));
    }
    return r != NULL;
}

static void attachments_look(struct arena *a, struct edxml_packet *p) {
    size_t found = 0;
    for (size_t i = 0; i < p->attachments.n; i++) {
        found += attachment_take(a, p, &p->attachments.at[i]);
    }
    if (found < p->manifest.n) {
        edxml_warn(a, p, S("attachment_missing"));
    }
}

/* Lengths of QCVN 102 and of Annex VI of NĐ 30/2020; a longer one is kept whole. */
static void lengths_look(struct arena *a, struct edxml_packet *p) {
    const struct {
        struct str text, word;
        size_t most;
    } bounds[] = {{p->from.id, S("organ_id_too_long"), 35},
                  {p->number, S("number_too_long"), 11},
                  {p->notation, S("notation_too_long"), 30},
                  {p->subject, S("subject_too_long"), 500}};
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        if (utf8_length(bounds[i].text) > bounds[i].most) {
            edxml_warn(a, p, bounds[i].word);
        }
    }
}

static void packet_look(struct arena *a, struct edxml_packet *p) {
    struct edxml_state state;
    p->is_status |= p->status.len > 0;
    if (p->status.len == 1) {
        p->status = str_format(a, "0%.*s", STR_ARG(p->status));
    }
    if (p->is_status && !edxml_state_find(p->status, &state)) {
        edxml_warn(a, p, S("status_unknown"));
    }
    if (!edxml_document_id(p).len) {
        edxml_warn(a, p, S("document_id_missing"));
    }
    if (!p->from.id.len) {
        edxml_warn(a, p, S("sender_missing"));
    }
    if (!p->is_status && edxml_business_of(p) == EDXML_BUSINESS_UNKNOWN) {
        edxml_warn(a, p, S("business_unknown"));
    }
    lengths_look(a, p);
    attachments_look(a, p);
}

/* Some senders leave a stray word before the declaration, or noughts of a buffer after the end. */
static struct str junk_cut(struct arena *a, struct str xml, struct edxml_packet *p) {
    while (xml.len && !xml.at[xml.len - 1]) {
        xml.len--;
    }
    size_t start = str_find(xml, S("<"), 0);
    struct str junk = str_slice(xml, 0, start);
    bool is_wide = xml.len > 1 && (!xml.at[0] || !xml.at[1] || (unsigned char)xml.at[0] >= 0xfe);
    if (start == SIZE_MAX || is_wide) {
        return xml;
    }
    if (str_trim(str_starts(junk, S("\xef\xbb\xbf")) ? str_slice(junk, 3, junk.len) : junk).len) {
        edxml_warn(a, p, S("junk_before_xml"));
    }
    return str_slice(xml, start, xml.len);
}

struct err edxml_read(struct arena *a, struct str xml, struct edxml_packet *out) {
    struct filling f = {a, out};
    struct node *root = NULL;
    *out = (struct edxml_packet){0};
    if (xml.len > EDXML_BYTES_MOST) {
        return REFUSE(ERR_INVALID, "too_large", "Gói tin lớn hơn 50 MB. Hãy báo nơi gửi gửi tệp lớn bằng cách khác.");
    }
    if (!str_trim(xml).len) {
        return REFUSE(ERR_INVALID, "empty", "Gói tin rỗng. Hãy tải lại hoặc báo nơi gửi gửi lại.");
    }
    if (!memchr(xml.at, '<', xml.len)) {
        return REFUSE(ERR_INVALID, "not_edxml", "Tệp này không phải gói văn bản liên thông (edXML).");
    }
    TRY(edxml_tree(a, junk_cut(a, xml, out), &root));
    bool is_bare = str_eq_ascii_nocase(root->name, S("edXMLEnvelope")) || str_eq(root->name, S("Envelope"));
    if (!edxml_is_standard(root->uri) || (!is_bare && !str_eq_ascii_nocase(root->name, S("edXML")))) {
        return REFUSE(ERR_INVALID, "not_edxml", "Tệp này không phải gói văn bản liên thông (edXML).");
    }
    shape_take(&f, out, is_bare ? &edxml_envelope_shape : &edxml_root_shape, root,
               is_bare ? S("edXMLEnvelope") : S(""));
    if (!out->from.id.len && !edxml_document_id(out).len) {
        return REFUSE(ERR_INVALID, "not_edxml", "Gói tin không ghi cơ quan gửi và mã văn bản nên không nhận được.");
    }
    packet_look(a, out);
    return OK;
}
