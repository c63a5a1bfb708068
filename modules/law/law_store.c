#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/rights/audit.h"
#include "kernel/queue/event.h"
#include "kernel/page/json.h"
#include "modules/law/law_change.h"
#include "modules/law/law_store_inside.h"
#include "modules/law/law_store_queries.h"

struct law_place *law_places_add(struct arena *a, struct law_places *places, const struct law_tree *tree) {
    int32_t base = (int32_t)places->n;
    struct law_place *at = arena_take(a, struct law_place, places->n + tree->nodes.n + 1);
    for (size_t i = 0; i < places->n; i++) {
        at[i] = places->at[i];
    }
    for (size_t i = 0; i < tree->nodes.n; i++) {
        const struct law_node *node = &tree->nodes.at[i];
        at[places->n++] = (struct law_place){.node = node,
                                             .parent = node->parent < 0 ? LAW_NO_NODE : base + node->parent,
                                             .article = node->article < 0 ? LAW_NO_NODE : base + node->article};
    }
    places->at = at;
    return &at[base];
}

static bool has_year(struct str code_key) {
    struct str number, rest, second;
    return str_cut(code_key, S("/"), &number, &rest) && (str_cut(rest, S("/"), &second, &rest) || second.len == 4) &&
           second.len == 4 && second.at[0] >= '1' && second.at[0] <= '9';
}

/* A number with its year is one work in the country, save a local one; without it, one a year. */
static bool is_same_work(const struct law_about *about, const struct law_works_stored_by_key_row *row) {
    bool is_local = str_eq(about->family, S("local")) || str_eq(row->family, S("local"));
    if (is_local && about->issuer_key.len && row->issuer_key.len && !str_eq(about->issuer_key, row->issuer_key)) {
        return false;
    }
    return has_year(about->code_key) || !about->issued_on.year || !row->issued_on.year ||
           about->issued_on.year == row->issued_on.year;
}

/* The row of the work that is there already; NULL when it is new. */
static struct err stored_find(struct db_read *db, const struct law_about *about,
                              struct law_works_stored_by_key_row **row) {
    struct law_works_stored_by_key_rows by_key = {0};
    struct law_works_stored_by_uri_rows by_uri = {0};
    *row = NULL;
    if (about->code_key.len) {
        TRY(law_works_stored_by_key(db, (struct law_works_stored_by_key_in){.code_key = about->code_key}, &by_key));
    }
    for (size_t i = 0; i < by_key.n && !*row; i++) {
        *row = is_same_work(about, &by_key.at[i]) ? &by_key.at[i] : NULL;
    }
    if (!*row) {
        TRY(law_works_stored_by_uri(db, (struct law_works_stored_by_uri_in){.uri = about->uri}, &by_uri));
        _Static_assert(sizeof *by_key.at == sizeof *by_uri.at, "both queries give the same columns");
        *row = by_uri.n ? (struct law_works_stored_by_key_row *)(void *)by_uri.at : NULL;
    }
    return OK;
}

static struct str day_key(struct db_write *db, struct date on) {
    return on.year ? date_iso(db_write_arena(db), on) : S("");
}

static struct str name_key(struct db_write *db, struct str title_fold, struct str code_key) {
    return title_fold.len ? title_fold : str_format(db_write_arena(db), "~%.*s", STR_ARG(code_key));
}

static struct err work_add(struct db_write *db, const struct law_store *in, struct law_work_id id) {
    const struct law_about *about = &in->about;
    struct instant now = clock_now();
    TRY(law_count_work(db, NULL, &(struct law_counted){about->family, about->type, about->issuer}));
    return law_work_insert(db,
                           (struct law_work_insert_in){.id = id,
                                                       .uri = about->uri,
                                                       .family = about->family,
                                                       .type = about->type,
                                                       .code = about->code,
                                                       .code_key = about->code_key,
                                                       .issuer = about->issuer,
                                                       .issuer_key = about->issuer_key,
                                                       .title = about->title,
                                                       .short_title = about->short_title,
                                                       .title_fold = about->title_fold,
                                                       .name_key = name_key(db, about->title_fold, about->code_key),
                                                       .issued_on = about->issued_on,
                                                       .issued_key = day_key(db, about->issued_on),
                                                       .effective_on = about->effective_on,
                                                       .expired_on = about->expired_on,
                                                       .declared = about->declared,
                                                       .declared_on = about->declared_on,
                                                       .gazette = about->gazette,
                                                       .signer = about->signer,
                                                       .signer_post = about->signer_post,
                                                       .preamble = in->preamble,
                                                       .closing = in->closing,
                                                       .field = about->topics.n ? about->topics.at[0] : S(""),
                                                       .source = about->source,
                                                       .made_at = now,
                                                       .changed_at = now},
                           NULL);
}

struct err law_store_flag(struct db_write *db, struct law_work_id work, struct str kind, struct str words) {
    struct law_flag_same_row *same;
    TRY(law_flag_same(db_reading(db), (struct law_flag_same_in){.work = work, .kind = kind, .words = words}, &same));
    if (same) {
        return OK;
    }
    return law_flag_insert(db,
                           (struct law_flag_insert_in){
                               .id = {id_new()}, .work = work, .kind = kind, .words = words, .found_at = clock_now()},
                           NULL);
}

/* What stays, what fills a gap, and what is said differently. */
struct merge {
    struct db_write *db;
    struct law_work_id work;
    bool is_changed;
};

static struct str merge_text(struct merge *m, struct str was, struct str now) {
    m->is_changed |= !was.len && now.len;
    return was.len ? was : now;
}

static struct err merge_day(struct merge *m, const char *what, struct date was, struct date now, struct date *kept) {
    *kept = was.year ? was : now;
    m->is_changed |= !was.year && now.year;
    if (!was.year || !now.year || date_is(was, now)) {
        return OK;
    }
    struct arena *a = db_write_arena(m->db);
    return law_store_flag(m->db, m->work, S("date_differs"),
                          str_format(a, "%s: đang ghi %.*s, nguồn khác ghi %.*s.", what, STR_ARG(date_vi(a, was)),
                                     STR_ARG(date_vi(a, now))));
}

static struct err work_merge(struct db_write *db, const struct law_store *in, struct law_works_stored_by_key_row *row,
                             bool *is_changed) {
    const struct law_about *about = &in->about;
    struct merge m = {.db = db, .work = row->id};
    struct law_work_update_in to = {.id = row->id, .family = row->family, .changed_at = clock_now()};
    TRY(merge_day(&m, "Ngày ban hành", row->issued_on, about->issued_on, &to.issued_on));
    TRY(merge_day(&m, "Ngày có hiệu lực", row->effective_on, about->effective_on, &to.effective_on));
    TRY(merge_day(&m, "Ngày hết hiệu lực", row->expired_on, about->expired_on, &to.expired_on));
    if (row->title_fold.len && about->title_fold.len && !str_eq(row->title_fold, about->title_fold)) {
        TRY(law_store_flag(
            db, row->id, S("title_differs"),
            str_format(db_write_arena(db), "Nguồn khác ghi tên là “%.*s”.", STR_ARG(utf8_cut(about->title, 300)))));
    }
    to.type = merge_text(&m, row->type, about->type);
    to.code = merge_text(&m, row->code, about->code);
    to.issuer = merge_text(&m, row->issuer, about->issuer);
    to.issuer_key = row->issuer_key.len ? row->issuer_key : about->issuer_key;
    bool is_named = row->title.len > 0;
    to.title = merge_text(&m, row->title, about->title);
    to.short_title = is_named ? row->short_title : about->short_title;
    to.title_fold = is_named ? row->title_fold : about->title_fold;
    to.declared = merge_text(&m, row->declared, about->declared);
    to.declared_on = row->declared.len ? row->declared_on : about->declared_on;
    to.gazette = merge_text(&m, row->gazette, about->gazette);
    to.signer = merge_text(&m, row->signer, about->signer);
    to.signer_post = merge_text(&m, row->signer_post, about->signer_post);
    to.preamble = merge_text(&m, row->preamble, in->preamble);
    to.closing = merge_text(&m, row->closing, in->closing);
    to.field = merge_text(&m, row->field, about->topics.n ? about->topics.at[0] : S(""));
    *is_changed = m.is_changed;
    if (!m.is_changed) {
        return OK;
    }
    to.issued_key = day_key(db, to.issued_on);
    to.name_key = name_key(db, to.title_fold, row->code_key.len ? row->code_key : about->code_key);
    TRY(law_count_work(db, &(struct law_counted){row->family, row->type, row->issuer},
                       &(struct law_counted){to.family, to.type, to.issuer}));
    return law_work_update(db, to, NULL);
}

static struct err topics_keep(struct db_write *db, const struct law_about *about, struct law_work_id work,
                              bool *is_changed) {
    for (size_t i = 0; i < about->topics.n; i++) {
        int64_t changed = 0;
        TRY(law_topic_insert(db, (struct law_topic_insert_in){.work = work, .topic = about->topics.at[i]}, &changed));
        TRY(changed ? law_count_topic(db, about->topics.at[i]) : OK);
        *is_changed |= changed > 0;
    }
    return OK;
}

/* The words as enacted come after codified ones: these become a consolidation beside them. */
static struct err give_way(struct db_write *db, struct law_expression_id codified) {
    return law_expression_kind_set(db, (struct law_expression_kind_set_in){.id = codified, .kind = S("vbhn")}, NULL);
}

static struct err wording_add(struct db_write *db, struct law_work_id work, const struct law_store *in, struct str kind,
                              struct law_expression_id *id) {
    *id = (struct law_expression_id){id_new()};
    return law_expression_insert(
        db,
        (struct law_expression_insert_in){.id = *id,
                                          .work = work,
                                          .kind = kind,
                                          .given = in->is_codified ? S("codified") : S("enacted"),
                                          .code = in->vbhn_code,
                                          .is_official = in->vbhn_code.len > 0,
                                          .is_unverified = in->is_unverified,
                                          .dated_on = in->dated_on,
                                          .made_from = in->sha256,
                                          .source = in->about.source,
                                          .made_at = clock_now()},
        NULL);
}

/* Words of this kind are there: ours to correct when they came from the same source, or were unverified and these are
   not. Codified articles are gathered from several sources. */
static struct err wording_claim(struct db_write *db, const struct law_store *in,
                                const struct law_expressions_of_row *row, struct law_store_wording *wording) {
    bool is_better = row->is_unverified && !in->is_unverified;
    wording->expression = row->id;
    wording->is_none = !in->is_codified && !str_eq(row->source, in->about.source) && !is_better;
    if (!is_better) {
        return OK;
    }
    return law_expression_source_set(
        db, (struct law_expression_source_set_in){.id = row->id, .source = in->about.source, .made_from = in->sha256},
        NULL);
}

struct err law_store_wording(struct db_write *db, struct law_work_id work, const struct law_store *in,
                             struct law_store_wording *wording) {
    struct law_expressions_of_rows rows;
    const struct law_expressions_of_row *original = NULL, *mine = NULL;
    *wording = (struct law_store_wording){0};
    TRY(law_expressions_of(db_reading(db), (struct law_expressions_of_in){work}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_given = str_eq(rows.at[i].given, in->is_codified ? S("codified") : S("enacted")) &&
                        str_eq(rows.at[i].code, in->vbhn_code);
        mine = is_given && !str_eq(rows.at[i].kind, S("computed")) ? &rows.at[i] : mine;
        original = str_eq(rows.at[i].kind, S("original")) ? &rows.at[i] : original;
    }
    if (mine) {
        return wording_claim(db, in, mine, wording);
    }
    wording->is_none = in->is_unverified && original;
    if (wording->is_none) {
        return OK;
    }
    bool is_beside = original && in->is_codified;
    TRY(original && !is_beside ? give_way(db, original->id) : OK);
    return wording_add(db, work, in, is_beside ? S("vbhn") : S("original"), &wording->expression);
}

static struct err flags_keep(struct db_write *db, const struct law_store *in, struct law_work_id work) {
    for (size_t i = 0; i < in->flags.n; i++) {
        TRY(law_store_flag(db, work, in->flags.at[i].kind, in->flags.at[i].words));
    }
    struct law_about about = in->about;
    if (!about.code_key.len) {
        TRY(law_store_flag(db, work, S("no_number"), S("Nguồn không cho số, ký hiệu đọc được.")));
    }
    if (about.effective_on.year && about.expired_on.year && date_cmp(about.expired_on, about.effective_on) < 0) {
        TRY(law_store_flag(db, work, S("ends_before_begins"), S("Ngày hết hiệu lực sớm hơn ngày có hiệu lực.")));
    }
    return OK;
}

static struct err waiting_find(struct db_write *db, struct law_work_id work, struct str key) {
    struct law_relations_waiting_rows rows;
    TRY(law_relations_waiting(db_reading(db), (struct law_relations_waiting_in){.to_key = key}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(law_relation_found(db, (struct law_relation_found_in){.id = rows.at[i].id, .to_work = work}, NULL));
    }
    return OK;
}

/* The trail and the watchers hear of it. */
static struct err tell(struct db_write *db, const struct law_store *in, const struct law_stored *done) {
    struct str verb = done->is_new ? S("law.added") : S("law.changed");
    struct buf b = buf_in(db_write_arena(db));
    BUF_LIT(&b, "{\"code\":");
    json_str(&b, in->about.code);
    buf_printf(&b, ",\"added\":%lld,\"changed\":%lld,\"removed\":%lld}", (long long)done->added,
               (long long)done->changed, (long long)done->removed);
    struct str body = buf_str(&b);
    TRY(audit_note(db, &(struct audit){.verb = verb, .kind = S("law"), .record = done->work.v, .after = body}));
    return event_emit(db, &(struct event){.kind = verb, .record = done->work.v, .body = body});
}

static struct err words_keep(struct db_write *db, const struct law_store *in, struct law_stored *done) {
    struct law_store_wording wording;
    if (!in->places.n) {
        return OK;
    }
    TRY(law_store_wording(db, done->work, in, &wording));
    if (wording.is_none) {
        return law_store_flag(db, done->work, S("other_text"),
                              S("Có một bản chữ khác chưa kiểm chứng; thư viện giữ bản đã có."));
    }
    TRY(law_store_places(db, wording.expression, in, done));
    done->is_changed |= done->added || done->changed || done->removed;
    return OK;
}

static struct err work_open(struct db_write *db, const struct law_store *in, struct law_stored *done,
                            struct law_works_stored_by_key_row *row) {
    /* A work only named so far, and now with words, is as good as new. */
    bool is_only_named = row && !row->articles && !row->input_sha256.len && in->places.n;
    *done = (struct law_stored){.is_new = !row || is_only_named, .is_changed = !row || is_only_named};
    done->work = row ? row->id : (struct law_work_id){id_new()};
    bool is_changed = false;
    TRY(row ? work_merge(db, in, row, &is_changed) : work_add(db, in, done->work));
    done->is_changed |= is_changed;
    return OK;
}

static struct err finish(struct db_write *db, const struct law_store *in, struct law_stored *done) {
    struct law_articles_count_row *count;
    TRY(law_articles_count(db_reading(db), (struct law_articles_count_in){done->work}, &count));
    if (in->sha256.len) {
        TRY(law_work_input_set(db, (struct law_work_input_set_in){.id = done->work, .input_sha256 = in->sha256}, NULL));
    }
    TRY(law_work_articles_set(db, (struct law_work_articles_set_in){.id = done->work, .articles = count->n}, NULL));
    if (!done->is_changed) {
        return OK;
    }
    TRY(done->is_new ? waiting_find(db, done->work, in->about.code_key) : OK);
    TRY(done->is_new ? waiting_find(db, done->work, in->about.title_fold) : OK);
    TRY(law_cite_store(db, done->work));
    TRY(law_change_store(db, done->work));
    TRY(law_change_arrived(db, done->work));
    return tell(db, in, done);
}

struct err law_store_work(struct db_write *db, const struct law_store *in, struct law_stored *done) {
    struct law_works_stored_by_key_row *row;
    if (!in->about.code.len && !in->about.title.len && !in->places.n) {
        return REFUSE(ERR_INVALID, "", "Không có số, tên hay nội dung để nhận ra văn bản.");
    }
    TRY(stored_find(db_reading(db), &in->about, &row));
    if (row && in->sha256.len && str_eq(row->input_sha256, in->sha256)) {
        *done = (struct law_stored){.work = row->id, .is_known = true};
        return OK;
    }
    TRY(work_open(db, in, done, row));
    TRY(topics_keep(db, &in->about, done->work, &done->is_changed));
    TRY(flags_keep(db, in, done->work));
    TRY(words_keep(db, in, done));
    return finish(db, in, done);
}

/* What the paper says of itself, as a source like any other. */
static void about_of_head(const struct law_head *head, struct law_about *about) {
    *about = (struct law_about){.code = head->code,
                                .type_name = head->type_name,
                                .title = head->title,
                                .issuer = head->issuer,
                                .issued_on = head->issued_on,
                                .effective_on = head->effective_on,
                                .signer = head->signer,
                                .signer_post = head->signer_post};
}

static void add_flag(struct arena *a, struct law_store *in, struct str kind, struct str words) {
    struct law_store_flag flag = {kind, words};
    LIST_ADD(a, &in->flags, flag);
}

/* Number, title and date of the source against the text itself. */
static void check_head(struct arena *a, struct law_store *in, const struct law_about *own) {
    const struct law_about *about = &in->about;
    if (about->code_key.len && own->code_key.len && !str_eq(about->code_key, own->code_key)) {
        add_flag(
            a, in, S("number_differs"),
            str_format(a, "Nguồn ghi số “%.*s”, trong văn bản là “%.*s”.", STR_ARG(about->code), STR_ARG(own->code)));
    }
    if (about->title_fold.len && own->title_fold.len && !str_eq(about->title_fold, own->title_fold)) {
        add_flag(a, in, S("title_differs"), str_format(a, "Trong văn bản ghi tên là “%.*s”.", STR_ARG(own->title)));
    }
    if (about->issued_on.year && own->issued_on.year && !date_is(about->issued_on, own->issued_on)) {
        add_flag(a, in, S("date_differs"),
                 str_format(a, "Nguồn ghi ban hành ngày %.*s, trong văn bản là %.*s.",
                            STR_ARG(date_vi(a, about->issued_on)), STR_ARG(date_vi(a, own->issued_on))));
    }
}

enum { FLAGS_MOST = 30 };

struct err law_store_tree(struct db_write *db, const struct law_tree *tree, struct law_store *in,
                          struct law_stored *done) {
    struct arena *a = db_write_arena(db);
    struct law_about own;
    about_of_head(&tree->head, &own);
    own.title = law_title_case(a, own.title, tree->text);
    if (own.effective_on.year && own.issued_on.year && date_cmp(own.effective_on, own.issued_on) < 0) {
        add_flag(a, in, S("date"), S("Ngày có hiệu lực đọc được sớm hơn ngày ban hành nên không dùng."));
        own.effective_on = (struct date){0};
    }
    law_about_finish(a, &own);
    law_about_finish(a, &in->about);
    check_head(a, in, &own);
    law_about_fill(&in->about, &own);
    law_about_finish(a, &in->about);
    /* What stands around the words of a consolidation is not the work's own. */
    if (!law_store_consolidates(a, tree, in)) {
        in->preamble = tree->head.preamble;
        in->closing = tree->head.closing;
    }
    law_places_add(a, &in->places, tree);
    for (size_t i = 0; i < tree->flags.n && i < FLAGS_MOST; i++) {
        add_flag(a, in, tree->flags.at[i].kind, tree->flags.at[i].words);
    }
    return law_store_work(db, in, done);
}
