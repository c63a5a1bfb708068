/* The paper by Nghị định 30/2020/NĐ-CP, Phụ lục I, its print, its files, and two versions side by side. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/file/file.h"
#include "kernel/out/qr.h"
#include "modules/document/document.h"
#include "modules/law/law_diff.h"
#include "modules/org/org.h"
#include "modules/outgoing/outgoing_pages.h"
#include "modules/outgoing/outgoing_pages_gen.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* A line all in capitals. */
static bool is_heading(struct str line) {
    for (size_t i = 0; i < line.len; i++) {
        if (line.at[i] >= 'a' && line.at[i] <= 'z') {
            return false;
        }
    }
    return line.len > 0;
}

#define LINES_ADD(arena_, list_, text_)                                                                                \
    do {                                                                                                               \
        struct str rest_ = (text_), line_;                                                                             \
        while (str_next(&rest_, '\n', &line_)) {                                                                       \
            struct str one_ = str_trim(line_);                                                                         \
            if (one_.len) {                                                                                            \
                LIST_ADD((arena_), (list_), (struct outgoing_text){one_, is_heading(one_)});                           \
            }                                                                                                          \
        }                                                                                                              \
    } while (0)

/* "Hải Phòng, ngày 01 tháng 12 năm 2026": days below ten and the first two months with a nought. */
static struct str place_day(struct arena *a, struct str place, struct date on) {
    if (!on.year) {
        return str_format(a, "%.*s, ngày      tháng      năm %d", STR_ARG(place), clock_today().year);
    }
    return on.month < 3 ? str_format(a, "%.*s, ngày %02d tháng %02d năm %d", STR_ARG(place), on.day, on.month, on.year)
                        : str_format(a, "%.*s, ngày %02d tháng %d năm %d", STR_ARG(place), on.day, on.month, on.year);
}

static void number_fill(struct get *g, const struct outgoing_by_id_row *doc, struct outgoing_paper_view *v) {
    struct str code = doc->code;
    v->has_number = code.len > 0;
    if (!v->has_number && outgoing_number_peek(g->db, g->who, doc->type, &code).why == NULL) {
        size_t slash = str_find(code, S("/"), 0);
        code = str_format(g->arena, "      %.*s", STR_ARG(str_slice(code, slash, code.len)));
    }
    v->number = code;
}

static struct err passport_fill(struct get *g, const struct outgoing_by_id_row *doc, struct outgoing_paper_view *v) {
    struct qr qr;
    if (!doc->passport.len) {
        return OK;
    }
    struct str host = header_value(g->request, S("Host"));
    v->passport = doc->passport;
    v->address = str_format(g->arena, "%s://%.*s/passport/%.*s", request_is_loopback(g->request) ? "http" : "https",
                            STR_ARG(host), STR_ARG(doc->passport));
    TRY(qr_make(g->arena, v->address, &qr));
    v->qr = qr.path;
    v->qr_size = qr.size;
    return OK;
}

struct err outgoing_paper_fill(struct get *g, const struct outgoing_by_id_row *doc, struct outgoing_paper_view *v) {
    struct arena *a = g->arena;
    struct outgoing_draft_of_row *d;
    struct org_unit organ;
    TRY(outgoing_draft_now(g->db, doc, &d));
    TRY(org_unit(g->db, (struct unit_id){doc->organ}, &organ));
    *v = (struct outgoing_paper_view){.organ = organ.name,
                                      .type_name = outgoing_type(a, doc->type).name,
                                      .subject = d->subject,
                                      .addressee = d->addressee,
                                      .place_day = place_day(a, d->place, doc->dated_on),
                                      .priority = doc->priority ? document_priority_name(doc->priority) : S(""),
                                      .position = d->position,
                                      .signer = d->signer_name,
                                      .is_letter = is(doc->type, "CV"),
                                      .is_file = d->file.v != 0};
    if (str_find(d->competence, S("BAN THƯỜNG TRỰC"), 0) != SIZE_MAX) {
        v->body_name = S("BAN THƯỜNG TRỰC");
    }
    number_fill(g, doc, v);
    LINES_ADD(a, &v->lines, d->body);
    LINES_ADD(a, &v->competence, d->competence);
    LINES_ADD(a, &v->recipients, d->recipients);
    v->stamp = is(doc->state, "recalled")   ? S("Đã thu hồi")
               : is(doc->state, "replaced") ? S("Đã được thay thế")
                                            : S("");
    if (v->is_file) {
        struct link to = link_local(a, "/outgoing/%lld/draft/%lld", (long long)doc->id.v, (long long)doc->draft_no);
        v->file = (struct file_chip){.name = d->file_name, .note = S("Tệp dự thảo"), .link = to, .size = d->file_size};
    }
    return passport_fill(g, doc, v);
}

struct err outgoing_print_get(struct get *g) {
    struct outgoing_doc_id id;
    struct outgoing_by_id_row *doc;
    struct outgoing_print_view v = {0};
    TRY(outgoing_of_path(g->request, &id));
    TRY(outgoing_find(g->db, id, g->who, &doc));
    v.id = id.v;
    v.subject = doc->subject;
    TRY(outgoing_paper_fill(g, doc, &v.paper));
    return answer_outgoing_print(g, &v);
}

/* ---- Files */

static struct err file_answer(struct get *g, struct file_blob_id id, struct str name) {
    struct file file;
    TRY(file_find(g->db, g->arena, id, &file));
    return answer_file(g, &file, name, is(query_param(g->request, S("download")), "1"));
}

struct err outgoing_draft_file_get(struct get *g) {
    struct outgoing_doc_id id;
    struct outgoing_by_id_row *doc;
    struct outgoing_draft_of_row *d;
    int64_t no;
    TRY(outgoing_of_path(g->request, &id));
    TRY(path_id(g->request, S("no"), &no));
    TRY(outgoing_find(g->db, id, g->who, &doc));
    TRY(outgoing_draft_of(g->db, (struct outgoing_draft_of_in){id, no}, &d));
    if (!d || !d->file.v) {
        return FAIL(ERR_MISSING, "the version has no file");
    }
    return file_answer(g, d->file, d->file_name);
}

struct err outgoing_file_get(struct get *g) {
    struct outgoing_doc_id id;
    struct outgoing_by_id_row *doc;
    struct outgoing_file_by_id_row *file;
    int64_t file_id;
    TRY(outgoing_of_path(g->request, &id));
    TRY(path_id(g->request, S("file"), &file_id));
    TRY(outgoing_find(g->db, id, g->who, &doc));
    TRY(outgoing_file_by_id(g->db, (struct outgoing_file_by_id_in){.id = {file_id}, .doc = id}, &file));
    if (!file) {
        return FAIL(ERR_MISSING, "the document has no such file");
    }
    return file_answer(g, file->file, file->name);
}

struct err outgoing_delivery_file_get(struct get *g) {
    struct outgoing_delivery_id id;
    struct outgoing_delivery_by_id_row *delivery;
    struct outgoing_by_id_row *doc;
    struct outgoing_file_by_id_row *file;
    int64_t file_id;
    TRY(path_id(g->request, S("id"), &id.v));
    TRY(path_id(g->request, S("file"), &file_id));
    TRY(outgoing_delivery_find(g->db, id, g->who, &delivery, &doc));
    TRY(outgoing_file_by_id(g->db, (struct outgoing_file_by_id_in){.id = {file_id}, .doc = doc->id}, &file));
    if (!file || (file->delivery && file->delivery != id.v)) {
        return FAIL(ERR_MISSING, "the delivery has no such file");
    }
    return file_answer(g, file->file, file->name);
}

/* ---- Versions side by side */

static void part_add(struct arena *a, struct outgoing_compare_view *v, struct str title, struct str before,
                     struct str after) {
    struct law_diff_pieces left, right;
    struct outgoing_part_view part = {.title = title, .is_same = str_eq(before, after)};
    if (!before.len && !after.len) {
        return;
    }
    law_diff_words(a, before, after, &left, &right);
    for (size_t i = 0; i < left.n; i++) {
        LIST_ADD(a, &part.left, (struct outgoing_piece){left.at[i].text, left.at[i].is_changed});
    }
    for (size_t i = 0; i < right.n; i++) {
        LIST_ADD(a, &part.right, (struct outgoing_piece){right.at[i].text, right.at[i].is_changed});
    }
    LIST_ADD(a, &v->parts, part);
}

static void parts_fill(struct arena *a, struct outgoing_compare_view *v, const struct outgoing_draft_of_row *was,
                       const struct outgoing_draft_of_row *now) {
    part_add(a, v, S("Trích yếu"), was->subject, now->subject);
    part_add(a, v, S("Kính gửi"), was->addressee, now->addressee);
    part_add(a, v, S("Nội dung"), was->body, now->body);
    part_add(a, v, S("Nơi nhận"), was->recipients, now->recipients);
    part_add(a, v, S("Quyền hạn, chức vụ người ký"),
             str_format(a, "%.*s %.*s", STR_ARG(was->competence), STR_ARG(was->position)),
             str_format(a, "%.*s %.*s", STR_ARG(now->competence), STR_ARG(now->position)));
    part_add(a, v, S("Người ký"), was->signer_name, now->signer_name);
    part_add(a, v, S("Tệp dự thảo"), was->file_name, now->file_name);
}

static struct err versions_fill(struct get *g, struct outgoing_doc_id id, struct outgoing_compare_view *v) {
    struct outgoing_drafts_of_rows all;
    TRY(outgoing_drafts_of(g->db, (struct outgoing_drafts_of_in){id}, &all));
    for (size_t i = 0; i < all.n; i++) {
        LIST_ADD(g->arena, &v->versions,
                 (struct outgoing_version_view){.no = all.at[i].draft_no,
                                                .by = all.at[i].made_by_name,
                                                .at = all.at[i].made_at,
                                                .is_now = all.at[i].draft_no == v->after});
    }
    return OK;
}

struct err outgoing_compare_get(struct get *g) {
    static const struct outgoing_draft_of_row none = {0};
    struct arena *a = g->arena;
    struct outgoing_doc_id id;
    struct outgoing_by_id_row *doc;
    struct outgoing_draft_of_row *now, *row;
    struct outgoing_compare_view v = {0};
    TRY(outgoing_of_path(g->request, &id));
    TRY(path_id(g->request, S("no"), &v.after));
    TRY(outgoing_find(g->db, id, g->who, &doc));
    TRY(outgoing_draft_of(g->db, (struct outgoing_draft_of_in){id, v.after}, &now));
    if (!now) {
        return FAIL(ERR_MISSING, "no such version");
    }
    v.id = id.v;
    v.before = v.after - 1;
    v.subject = doc->subject;
    TRY(outgoing_draft_of(g->db, (struct outgoing_draft_of_in){id, v.before}, &row));
    const struct outgoing_draft_of_row *was = row ? row : &none;
    parts_fill(a, &v, was, now);
    TRY(versions_fill(g, id, &v));
    return answer_outgoing_compare(g, &v);
}
