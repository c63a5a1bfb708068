/* What the receiver has of an issued document, and the passport that everybody may ask. */
#include "base/arena.h"
#include "modules/org/org.h"
#include "modules/outgoing/outgoing_pages.h"
#include "modules/outgoing/outgoing_pages_gen.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* The issued bytes, and what this receiver answered with. */
static struct err files_fill(struct get *g, const struct outgoing_delivery_by_id_row *d,
                             struct outgoing_delivery_view *v) {
    struct outgoing_files_of_rows files;
    TRY(outgoing_files_of(g->db, (struct outgoing_files_of_in){d->doc}, &files));
    for (size_t i = 0; i < files.n; i++) {
        const struct outgoing_files_of_row *f = &files.at[i];
        if (!f->delivery || f->delivery == d->id.v) {
            LIST_ADD(g->arena, &v->files,
                     (struct file_chip){.name = f->name,
                                        .note = f->delivery ? S("Tệp trả lời") : S("Bản phát hành"),
                                        .link = link_local(g->arena, "/outgoing/delivery/%lld/file/%lld",
                                                           (long long)d->id.v, (long long)f->id.v),
                                        .size = f->size});
        }
    }
    return OK;
}

/* What took its place, by number only: the receiver gets that one by itself. */
static struct err relation_fill(struct get *g, const struct outgoing_by_id_row *doc, struct outgoing_delivery_view *v) {
    struct outgoing_related_to_rows rows;
    TRY(outgoing_related_to(g->db, (struct outgoing_related_to_in){doc->id.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        v->relation_words = str_format(g->arena,
                                       is(rows.at[i].relation, "replaces") ? "Được thay bằng văn bản %.*s."
                                                                           : "Được đính chính bằng văn bản %.*s.",
                                       STR_ARG(rows.at[i].code));
    }
    return OK;
}

static struct outgoing_delivery_view head_of(struct get *g, const struct outgoing_delivery_by_id_row *d,
                                             const struct outgoing_by_id_row *doc, struct str organ) {
    bool is_held = is(doc->state, "issued"), is_answered = is(d->state, "answered");
    return (struct outgoing_delivery_view){.id = d->id.v,
                                           .subject = doc->subject,
                                           .code = doc->code,
                                           .type_name = outgoing_type(g->arena, doc->type).name,
                                           .organ = organ,
                                           .state_name =
                                               is_held ? outgoing_way_name(d->state) : outgoing_state_name(doc->state),
                                           .reason = is_held ? S("") : doc->reason,
                                           .answer = d->answer,
                                           .answered_by = d->answered_by,
                                           .answered_at = d->answered_at,
                                           .passport = doc->passport,
                                           .dated_on = doc->dated_on,
                                           .reply_on = is_held && !is_answered ? doc->reply_on : (struct date){0},
                                           .is_held = is_held,
                                           .is_answered = is_answered,
                                           .may_answer = is_held && !is_answered,
                                           .may_see = is(d->kind, "inside") && is(d->state, "unread"),
                                           .form = form_begin(g->arena, outgoing_answer_fields, g->form)};
}

struct err outgoing_delivery_get(struct get *g) {
    struct outgoing_delivery_id id;
    struct outgoing_delivery_by_id_row *d;
    struct outgoing_by_id_row *doc;
    struct org_unit organ;
    bool may_open = false;
    TRY(path_id(g->request, S("id"), &id.v));
    TRY(outgoing_delivery_find(g->db, id, g->who, &d, &doc));
    TRY(org_unit(g->db, (struct unit_id){doc->organ}, &organ));
    struct outgoing_delivery_view v = head_of(g, d, doc, organ.name);
    v.is_late = v.reply_on.year && date_cmp(v.reply_on, clock_today()) < 0;
    v.reply = link_local(g->arena, "/outgoing/new?relation=answers&related=%lld", (long long)id.v);
    TRY(d->incoming ? access_can(g->db, d->incoming, g->who->post.v, CAN_READ, &may_open) : OK);
    v.incoming = may_open ? link_record(g->arena, S("/document/"), d->incoming, S("")) : (struct link){{0}};
    TRY(outgoing_paper_fill(g, doc, &v.paper));
    v.paper.is_file = false; /* how it was drafted stays with the sender */
    v.paper.file = (struct file_chip){0};
    TRY(files_fill(g, d, &v));
    TRY(relation_fill(g, doc, &v));
    return answer_outgoing_delivery(g, &v);
}

/* ---- The passport */

static bool is_sha256(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        bool is_hex = (s.at[i] >= '0' && s.at[i] <= '9') || (s.at[i] >= 'a' && s.at[i] <= 'f');
        if (!is_hex) {
            return false;
        }
    }
    return s.len == 64;
}

static struct err passport_fill(struct get *g, struct str code, struct outgoing_passport_view *v) {
    struct outgoing_of_passport_row *doc;
    struct outgoing_related_to_rows others;
    struct org_unit organ;
    v->asked = code;
    TRY(outgoing_of_passport(g->db, (struct outgoing_of_passport_in){.passport = code}, &doc));
    if (!doc) {
        return OK;
    }
    TRY(org_unit(g->db, (struct unit_id){doc->organ}, &organ));
    v->is_found = true;
    v->code = doc->code;
    v->type_name = outgoing_type(g->arena, doc->type).name;
    v->organ = organ.name;
    v->subject = doc->is_open ? doc->subject : S("");
    v->sha256 = doc->sha256;
    v->dated_on = doc->dated_on;
    v->issued_at = doc->issued_at;
    v->ended_at = doc->ended_at;
    v->is_held = is(doc->state, "issued");
    v->is_replaced = is(doc->state, "replaced");
    TRY(outgoing_related_to(g->db, (struct outgoing_related_to_in){doc->id.v}, &others));
    if (others.n) {
        v->other_code = others.at[others.n - 1].code;
        v->other = link_local(g->arena, "/passport/%.*s", STR_ARG(others.at[others.n - 1].passport));
    }
    return OK;
}

struct err outgoing_passport_get(struct get *g) {
    struct outgoing_passport_view v = {
        .form = form_begin(g->arena, outgoing_compare_fields, outgoing_came_back(g) ? g->form : NULL)};
    struct str code = path_param(g->request, S("code"));
    struct str sum = str_lower_ascii(g->arena, str_trim(query_param(g->request, S("sha256"))));
    TRY(passport_fill(g, code, &v));
    v.is_compared = v.is_found && sum.len > 0;
    v.is_same = v.is_compared && is_sha256(sum) && str_eq(sum, v.sha256);
    v.compared = sum;
    return answer_outgoing_passport(g, &v);
}

/* A code as typed: spaces and small letters do not count. */
struct err outgoing_passport_ask_get(struct get *g) {
    struct outgoing_passport_view v = {.form = form_begin(g->arena, outgoing_compare_fields, NULL)};
    struct str typed = query_param(g->request, S("code"));
    char code[41];
    size_t n = 0;
    for (size_t i = 0; i < typed.len && n < 40; i++) {
        char c = typed.at[i];
        c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) {
            code[n++] = c;
        }
    }
    code[n] = 0;
    if (n) {
        return see_other_get(g, "/passport/%s", code);
    }
    return answer_outgoing_passport(g, &v);
}

/* Its bytes were summed while they came; nothing is looked into, for nothing is kept. */
struct err outgoing_comparison_before(struct get *g) {
    (void)g;
    return OK;
}

/* The file is compared by its SHA-256 and not kept. */
struct err outgoing_comparison_post(struct post *p) {
    struct str code = path_param(p->request, S("code"));
    TRY(form_check(p->form));
    const struct upload *u = form_upload(p->form, "file");
    return see_other(p, "/passport/%.*s?sha256=%s", STR_ARG(code), u ? u->sha256 : "");
}
