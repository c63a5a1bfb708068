/* Whole papers: lines of JSON that hold one, structured works, lists of amendments, and files. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/file/disk.h"
#include "modules/law/law_import_inside.h"
#include "modules/law/law_import_queries.h"
#include "modules/law/law_queries.h"

#define READING S("law paper 1\n")

struct err law_import_papers(struct law_import_run *run, struct db_write *db, const struct law_import_work *work,
                             struct law_stored *stored) {
    for (size_t i = 0; i < work->papers.n && !stored->is_known; i++) {
        struct law_stored more = {0};
        struct law_tree tree;
        struct law_store in = {.about = work->store.about,
                               .is_unverified = json_member_int(work->papers.at[i], "verified") == 0};
        struct str source = json_member_text(work->papers.at[i], "source");
        in.about.source = source.len ? source : in.about.source;
        law_text_read(run->work, utf8_clean(run->work, json_member_text(work->papers.at[i], "text")), &tree);
        TRY(law_store_tree(db, &tree, &in, &more));
        stored->is_changed |= more.is_changed;
        stored->is_new |= more.is_new;
    }
    return OK;
}

static struct str sha256_of(struct law_import_run *run, struct str bytes) {
    char hex[65];
    struct buf b = buf_in(run->work);
    buf_put(&b, READING);
    buf_put(&b, bytes);
    file_disk_sha256(buf_str(&b), hex);
    return str_copy(run->work, (struct str){hex, 64});
}

/* What looks wrong in a paper is said to who imports it, not only kept beside the work. */
static void say_flags(struct law_import_run *run, const struct law_import_record *record, const struct law_store *in) {
    for (size_t i = 0; i < in->flags.n; i++) {
        law_import_say(run, "cần xem lại, %.*s: %.*s", STR_ARG(run->import->files[record->file]),
                       STR_ARG(in->flags.at[i].words));
    }
}

/* ---- A structured work: its lists of places are written down again as the paper they came from. */

static bool is_of(const struct json_value *place, const char *name, struct str of) {
    return str_eq(json_member_text(place, name), of);
}

static void put_paragraph(struct buf *b, struct str text) {
    buf_put(b, str_trim(text));
    BUF_LIT(b, "\n");
}

static void put_points(struct buf *b, const struct json_value *nodes, struct str article, struct str clause) {
    const struct json_value *points = json_member(nodes, "points");
    for (size_t i = 0; i < json_count(points); i++) {
        const struct json_value *p = json_item(points, i);
        if (is_of(p, "parent_article", article) && is_of(p, "parent_clause", clause)) {
            buf_printf(b, "%.*s) ", STR_ARG(json_member_text(p, "letter")));
            put_paragraph(b, json_member_text(p, "content"));
        }
    }
}

static void put_article(struct buf *b, const struct json_value *nodes, const struct json_value *article) {
    struct str number = json_member_text(article, "number"), content = json_member_text(article, "content");
    const struct json_value *clauses = json_member(nodes, "clauses");
    buf_printf(b, "Điều %.*s. ", STR_ARG(number));
    put_paragraph(b, json_member_text(article, "title"));
    size_t had = b->len;
    for (size_t i = 0; i < json_count(clauses); i++) {
        const struct json_value *c = json_item(clauses, i);
        if (is_of(c, "parent_article", number)) {
            buf_printf(b, "%.*s. ", STR_ARG(json_member_text(c, "number")));
            put_paragraph(b, json_member_text(c, "content"));
            put_points(b, nodes, number, json_member_text(c, "number"));
        }
    }
    /* An article's own words are given once with and once without those of its clauses. */
    if (b->len == had) {
        put_paragraph(b, content);
        put_points(b, nodes, number, S(""));
    }
}

static void put_heading(struct buf *b, const struct json_value *list, const char *word, struct str number) {
    for (size_t i = 0; number.len && i < json_count(list); i++) {
        const struct json_value *one = json_item(list, i);
        if (is_of(one, "number", number)) {
            buf_printf(b, "%s %.*s\n", word, STR_ARG(number));
            put_paragraph(b, json_member_text(one, "title"));
            return;
        }
    }
}

static struct str paper_of_nodes(struct law_import_run *run, const struct json_value *json) {
    static const struct {
        const char *list, *parent, *word;
    } above[] = {{"parts", "parent_part", "Phần"},
                 {"chapters", "parent_chapter", "Chương"},
                 {"sections", "parent_section", "Mục"}};
    const struct json_value *nodes = json_member(json, "nodes"), *articles = json_member(nodes, "articles");
    struct str last[3] = {S(""), S(""), S("")};
    struct buf b = buf_in(run->work);
    put_paragraph(&b, json_member_text(json, "preamble"));
    for (size_t i = 0; i < json_count(articles); i++) {
        const struct json_value *article = json_item(articles, i);
        bool is_moved = false;
        for (size_t k = 0; k < 3; k++) {
            struct str parent = json_member_text(article, above[k].parent);
            if (is_moved || !str_eq(parent, last[k])) {
                is_moved = true;
                put_heading(&b, json_member(nodes, above[k].list), above[k].word, parent);
                last[k] = parent;
            }
        }
        put_article(&b, nodes, article);
    }
    put_paragraph(&b, json_member_text(json, "footer"));
    return buf_str(&b);
}

static struct str first_name(const struct json_value *nodes, const char *list) {
    return json_member_text(json_item(json_member(nodes, list), 0), "name");
}

static void about_of_nodes(struct arena *a, const struct json_value *json, struct law_about *about) {
    const struct json_value *nodes = json_member(json, "nodes"), *doc = json_member(nodes, "document");
    *about = (struct law_about){.code = json_member_text(doc, "doc_identity"),
                                .type_name = first_name(nodes, "document_type"),
                                .title = json_member_text(doc, "doc_name"),
                                .issuer = first_name(nodes, "organizations"),
                                .issued_on = law_day_find(a, json_member_text(doc, "issue_date")),
                                .effective_on = law_day_find(a, json_member_text(doc, "effect_date")),
                                .expired_on = law_day_find(a, json_member_text(doc, "expire_date")),
                                .declared = first_name(nodes, "effect_status"),
                                .gazette = json_member_text(doc, "gazette_number"),
                                .signer = first_name(nodes, "signers"),
                                .source = S("Tập văn bản có cấu trúc (JSON)")};
}

static struct err structured(struct law_import_run *run, struct db_write *db, const struct law_import_record *record,
                             const struct json_value *json, struct str bytes) {
    struct law_tree tree;
    struct law_store in = {.sha256 = sha256_of(run, bytes)};
    struct law_stored stored = {0};
    about_of_nodes(run->work, json, &in.about);
    law_text_read(run->work, utf8_clean(run->work, paper_of_nodes(run, json)), &tree);
    TRY(law_store_tree(db, &tree, &in, &stored));
    say_flags(run, record, &in);
    law_import_counted(run, &stored);
    return OK;
}

/* ---- Amendments: which place of which act touches which place of which other. */

static void eid_part(struct arena *a, struct buf *b, enum law_level level, struct str label) {
    if (label.len) {
        buf_printf(b, "%s%.*s", b->len ? "__" : "", STR_ARG(law_eid_part(a, level, label)));
    }
}

static struct str eid_of(struct law_import_run *run, const struct json_value *one, const char *const names[static 3]) {
    struct buf b = buf_in(run->work);
    eid_part(run->work, &b, LAW_ARTICLE, json_member_text(one, names[0]));
    eid_part(run->work, &b, LAW_CLAUSE, json_member_text(one, names[1]));
    eid_part(run->work, &b, LAW_POINT, json_member_text(one, names[2]));
    return buf_str(&b);
}

static struct err find_place(struct db_read *db, struct law_work_id work, struct str eid, struct law_provision_id *id) {
    struct law_provision_by_eid_row *place = NULL;
    TRY(work.v ? law_provision_by_eid(db, (struct law_provision_by_eid_in){.work = work, .eid = eid}, &place) : OK);
    *id = place ? place->id : (struct law_provision_id){0};
    return OK;
}

static struct err find_work(struct law_import_run *run, struct db_read *db, struct str code, struct law_work_id *id) {
    struct law_work_id_by_key_rows rows = {0};
    struct str key = law_code_key(run->work, code);
    TRY(key.len ? law_work_id_by_key(db, (struct law_work_id_by_key_in){.code_key = key}, &rows) : OK);
    *id = rows.n == 1 ? rows.at[0].id : (struct law_work_id){0};
    return OK;
}

static struct err amend_keep(struct law_import_run *run, struct db_write *db, struct law_work_id acting,
                             const struct json_value *one, enum law_import_event_is *is) {
    static const char *const from[] = {"amending_article", "amending_clause", "amending_point"};
    static const char *const to[] = {"target_article", "target_clause", "target_point"};
    struct db_read *r = db_reading(db);
    struct law_relation_insert_in in = {.id = {id_new()},
                                        .type = S("amends"),
                                        .from_work = acting,
                                        .to_code = json_member_text(one, "target_doc_identity"),
                                        .to_eid = eid_of(run, one, to),
                                        .evidence = json_member_text(one, "amend_type"),
                                        .method = S("metadata"),
                                        .made_at = clock_now()};
    in.to_key = law_code_key(run->work, in.to_code);
    TRY(find_work(run, r, in.to_code, &in.to_work));
    TRY(find_place(r, acting, eid_of(run, one, from), &in.from_provision));
    TRY(find_place(r, in.to_work, in.to_eid, &in.to_provision));
    struct law_amends_same_row *same;
    TRY(law_import_event(run, db, &in, is));
    TRY(law_amends_same(r,
                        (struct law_amends_same_in){.from_work = acting,
                                                    .from_provision = in.from_provision,
                                                    .from_id = in.from_provision.v,
                                                    .to_key = in.to_key,
                                                    .to_eid = in.to_eid},
                        &same));
    run->count.added_relations += !same;
    return same ? OK : law_relation_insert(db, in, NULL);
}

static struct err amendments(struct law_import_run *run, struct db_write *db, const struct law_import_record *record,
                             const struct json_value *json) {
    const struct json_value *list = json_member(json, "amends");
    struct law_work_id acting;
    struct str code = json_member_text(json, "doc_identity");
    TRY(find_work(run, db_reading(db), code, &acting));
    if (!acting.v) {
        law_import_refuse(run, record, code, S("văn bản sửa đổi chưa có trong thư viện; nhập văn bản ấy trước"));
        return OK;
    }
    size_t times[3] = {0};
    for (size_t i = 0; i < json_count(list); i++) {
        enum law_import_event_is is;
        TRY(amend_keep(run, db, acting, json_item(list, i), &is));
        times[is]++;
    }
    law_import_say(run, "%.*s: nguồn ghi %zu thay đổi, %zu trùng với lời văn, %zu mới và chờ duyệt", STR_ARG(code),
                   json_count(list), times[LAW_IMPORT_EVENT_SAME], times[LAW_IMPORT_EVENT_NEW]);
    return OK;
}

/* ---- Any other file. */
static struct str base_name(struct str path) {
    struct str piece = path, rest = path;
    while (str_next(&rest, '/', &piece)) {
    }
    return piece;
}

static struct err paper(struct law_import_run *run, struct db_write *db, const struct law_import_record *record,
                        struct str bytes) {
    struct law_store in = {.sha256 = sha256_of(run, bytes),
                           .about = {.source = base_name(run->import->files[record->file])}};
    struct law_stored stored = {0};
    if (!record->paper || !record->paper->tree.nodes.n) {
        law_import_refuse(run, record, base_name(run->import->files[record->file]), S("không thấy điều, khoản nào"));
        return OK;
    }
    in.is_unverified = record->paper->format == LAW_FORMAT_SCAN;
    TRY(law_store_tree(db, &record->paper->tree, &in, &stored));
    say_flags(run, record, &in);
    law_import_counted(run, &stored);
    return OK;
}

struct err law_import_whole(struct law_import_run *run, struct db_write *db, const struct law_import_record *record) {
    struct str bytes;
    const struct json_value *json = law_import_record_read(run, record, &bytes);
    if (record->kind == LAW_IMPORT_AMENDMENTS) {
        return amendments(run, db, record, json);
    }
    return record->kind == LAW_IMPORT_STRUCTURED ? structured(run, db, record, json, bytes)
                                                 : paper(run, db, record, bytes);
}
