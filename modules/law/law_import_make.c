/* Pass two: the records of a work become the work. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/file/disk.h"
#include "modules/law/law_import_inside.h"

#include "base/banned.h"

/* Part of each work's hash: raise it when reading gives something else for the same input. */
#define READING S("law reading 2\n")
enum { FLAGS_MOST = 20 };

const struct json_value *law_import_record_read(struct law_import_run *run, const struct law_import_record *record,
                                                struct str *bytes) {
    char *at = arena_take(run->work, char, record->len + 1);
    size_t fault_at;
    FILE *file = run->file[record->file];
    bool is_there = fseek(file, record->at, SEEK_SET) == 0 && fread(at, 1, record->len, file) == record->len;
    *bytes = (struct str){at, is_there ? record->len : 0};
    return json_read(run->work, law_import_line(run->work, str_trim(*bytes)), &fault_at);
}

static void topics_read(struct arena *a, const struct json_value *json, struct law_about *about) {
    struct str topic = json_member_text(json, "topic");
    if (topic.len) {
        LIST_ADD(a, &about->topics, topic);
    }
}

static struct date day_of(struct arena *a, const struct json_value *json, const char *name) {
    return law_day_find(a, json_member_text(json, name));
}

void law_import_about(struct arena *a, enum law_import_kind kind, const struct json_value *json,
                      struct law_about *about, struct law_source *source) {
    *about = (struct law_about){.code = json_member_text(json, "doc_num"),
                                .type_name = json_member_text(json, "doc_type"),
                                .issuer = json_member_text(json, "issuer"),
                                .issued_on = day_of(a, json, "issue_date"),
                                .effective_on = day_of(a, json, "effective_date"),
                                .declared = json_member_text(json, "status"),
                                .signer = json_member_text(json, "signer"),
                                .source = json_member_text(json, "source")};
    *source = (struct law_source){0};
    topics_read(a, json, about);
    about->title = json_member_text(json, kind == LAW_IMPORT_ARTICLE ? "doc_title" : "title");
    law_number_mend(a, &about->code, &about->title);
    if (kind != LAW_IMPORT_ARTICLE) {
        return;
    }
    law_source_read(a, about->source, source);
    struct law_type type;
    struct str own = law_code_key(a, about->code), key = law_code_key(a, source->code);
    /* The source's own words say it best: the fields were cut out of them, not always rightly. */
    if (key.len && !str_eq(key, own)) {
        about->code = source->code;
        about->type_name = source->type_name;
        about->title = source->title;
    }
    about->type_name = law_type_by_name(about->type_name, &type) ? about->type_name : source->type_name;
    about->title = about->title.len ? about->title : source->title;
    about->issuer = source->issuer;
    about->issued_on = source->issued_on;
    about->effective_on = about->effective_on.year ? about->effective_on : source->effective_on;
    about->source = source->article.len ? S("Bộ pháp điển") : about->source;
}

static void flag(struct law_import_run *run, struct law_store *store, struct str kind, struct str words) {
    for (size_t i = 0; i < store->flags.n; i++) {
        if (str_eq(store->flags.at[i].words, words)) {
            return;
        }
    }
    if (store->flags.n < FLAGS_MOST) {
        struct law_store_flag one = {kind, words};
        LIST_ADD(run->work, &store->flags, one);
    }
}

/* What the record's fields and its own words say differently. */
static void check(struct law_import_run *run, struct law_import_work *work, const struct law_import_article *article) {
    struct arena *a = run->work;
    const struct json_value *json = article->json;
    struct str field = json_member_text(json, "doc_num"), title = json_member_text(json, "doc_title");
    law_number_mend(a, &field, &title);
    struct str key = law_code_key(a, field), said = law_code_key(a, article->source.code);
    if (key.len && said.len && !str_eq(key, said)) {
        flag(run, &work->store, S("number_differs"),
             str_format(a, "Tập dữ liệu ghi số “%.*s”, nguồn của điều %.*s ghi “%.*s”.", STR_ARG(field),
                        STR_ARG(article->source.article), STR_ARG(article->source.code)));
    }
    struct date day = day_of(a, json, "effective_date"), other = article->source.effective_on;
    if (day.year && other.year && !date_is(day, other)) {
        flag(run, &work->store, S("date_differs"),
             str_format(a, "Điều %.*s: tập dữ liệu ghi có hiệu lực từ %.*s, nguồn ghi %.*s.",
                        STR_ARG(article->source.article), STR_ARG(date_vi(a, day)), STR_ARG(date_vi(a, other))));
    }
}

/* The field, else what its source says, else the last number of its address in the codified law. */
static struct str label_of(const struct json_value *json, const struct law_source *source) {
    struct str label = json_member_text(json, "article"), rest = json_member_text(json, "pd_code"), last = {0};
    while (str_next(&rest, '.', &last)) {
    }
    return label.len ? label : source->article.len ? source->article : last;
}

static struct err article_make(struct law_import_run *run, struct law_import_work *work,
                               const struct law_import_record *record, const struct json_value *json) {
    struct arena *a = run->work;
    struct law_about about;
    struct law_import_article article = {.json = json, .record = record};
    law_import_about(a, LAW_IMPORT_ARTICLE, json, &about, &article.source);
    struct law_one one = {.label = label_of(json, &article.source),
                          .heading = str_trim(utf8_clean(a, json_member_text(json, "title"))),
                          .text = str_trim(utf8_clean(a, json_member_text(json, "text")))};
    if (!one.label.len) {
        law_import_refuse(run, record, json_member_text(json, "id"), S("không rõ là điều nào"));
        return OK;
    }
    article.label = one.label;
    article.from_on = about.effective_on;
    law_text_read_one(a, &one, &article.tree);
    check(run, work, &article);
    LIST_ADD(a, &work->articles, article);
    law_about_fill(&work->store.about, &about);
    return OK;
}

static struct str sort_key_of(const struct law_import_article *article) {
    return article->tree.nodes.n ? article->tree.nodes.at[0].sort_key : S("");
}

static int by_sort_key(const void *a, const void *b) { return str_cmp(sort_key_of(a), sort_key_of(b)); }

/* The day most of its articles begin: one put in later begins later. */
static struct date effective_most(const struct law_import_work *work) {
    struct date best = {0};
    size_t best_n = 0;
    for (size_t i = 0; i < work->articles.n; i++) {
        struct date on = work->articles.at[i].from_on;
        size_t n = 0;
        if (!on.year || date_is(on, best)) {
            continue;
        }
        for (size_t k = i; k < work->articles.n; k++) {
            n += date_is(work->articles.at[k].from_on, on);
        }
        best = n > best_n ? on : best;
        best_n = n > best_n ? n : best_n;
    }
    return best;
}

static void flags_take(struct law_import_run *run, struct law_import_work *work,
                       const struct law_import_article *article) {
    for (size_t i = 0; i < article->tree.flags.n; i++) {
        struct law_text_flag *f = &article->tree.flags.at[i];
        flag(run, &work->store, f->kind, f->words);
    }
}

/* Whether the day a note names has come first: until then nothing of the source was touched. */
static void declared_from_notes(struct arena *a, struct law_import_work *work) {
    struct law_about *about = &work->store.about;
    struct date first = {0};
    for (size_t i = 0; i < work->articles.n; i++) {
        struct law_note_acts acts;
        law_note_read(a, work->articles.at[i].source.note, &acts);
        for (size_t k = 0; k < acts.acts.n && !acts.is_supplement_only; k++) {
            struct date on = acts.acts.at[k].effective_on;
            first = on.year && (!first.year || date_cmp(on, first) < 0) ? on : first;
        }
    }
    if (first.year && !about->declared.len) {
        about->declared = S("partly");
        about->declared_on = first;
    }
}

static void article_places(struct law_import_run *run, struct law_import_work *work,
                           const struct law_import_article *article) {
    struct law_places *places = &work->store.places;
    size_t base = places->n;
    for (size_t k = 0; k < article->tree.nodes.n; k++) {
        const struct law_node *node = &article->tree.nodes.at[k];
        places->at[places->n++] =
            (struct law_place){.node = node,
                               .parent = node->parent < 0 ? LAW_NO_NODE : (int32_t)base + node->parent,
                               .article = node->article < 0 ? LAW_NO_NODE : (int32_t)base + node->article,
                               .from_on = article->from_on};
    }
    places->at[base].note = article->source.note;
    places->at[base].key = json_member_text(article->json, "id");
    flags_take(run, work, article);
}

/* In the order of reading. An article that is there twice in the input is taken once. */
static void places_make(struct law_import_run *run, struct law_import_work *work) {
    size_t n = 0;
    struct str last = S("");
    for (size_t i = 0; i < work->articles.n; i++) {
        n += work->articles.at[i].tree.nodes.n;
    }
    work->store.places.at = arena_take(run->work, struct law_place, n + 1);
    for (size_t i = 0; i < work->articles.n; i++) {
        struct law_import_article *article = &work->articles.at[i];
        if (!article->tree.nodes.n || str_eq(article->tree.nodes.at[0].eid, last)) {
            law_import_refuse(run, article->record, json_member_text(article->json, "id"),
                              str_format(run->work, "văn bản đã có Điều %.*s ở dòng khác", STR_ARG(article->label)));
            article->tree.nodes.n = 0;
            continue;
        }
        last = article->tree.nodes.at[0].eid;
        article_places(run, work, article);
    }
}

static void topic_add(struct arena *a, struct law_about *about, struct str topic) {
    for (size_t i = 0; i < about->topics.n; i++) {
        if (str_eq(about->topics.at[i], topic)) {
            return;
        }
    }
    if (topic.len) {
        LIST_ADD(a, &about->topics, topic);
    }
}

static struct err record_make(struct law_import_run *run, const struct law_import_record *record, struct buf *all,
                              struct law_import_work *work) {
    struct str bytes;
    struct law_about about;
    struct law_source source;
    const struct json_value *json = law_import_record_read(run, record, &bytes);
    if (!json) {
        law_import_refuse(run, record, S(""), S("tệp đã đổi trong khi đọc"));
        return OK;
    }
    buf_put(all, bytes);
    BUF_LIT(all, "\n");
    topic_add(run->work, &work->store.about, json_member_text(json, "topic"));
    if (json_member_int(json, "excerpt")) {
        flag(run, &work->store, S("excerpt"), S("Bản trích: thư viện chỉ có một số điều của văn bản này."));
    }
    if (record->kind == LAW_IMPORT_ARTICLE) {
        return article_make(run, work, record, json);
    }
    if (record->kind == LAW_IMPORT_PAPER) {
        LIST_ADD(run->work, &work->papers, json);
    }
    law_import_about(run->work, record->kind, json, &about, &source);
    law_about_fill(&work->store.about, &about);
    return OK;
}

struct err law_import_make(struct law_import_run *run, const struct law_import_group *group,
                           struct law_import_work *work) {
    struct buf all = buf_in(run->work);
    char hex[65];
    *work = (struct law_import_work){.store = {.is_part = true, .is_codified = true, .dated_on = run->codified_on}};
    buf_put(&all, READING);
    for (size_t i = group->first; i != SIZE_MAX; i = run->records[i].next) {
        TRY(record_make(run, &run->records[i], &all, work));
    }
    if (work->articles.n) {
        list_sort(work->articles.at, work->articles.n, sizeof *work->articles.at, by_sort_key);
    }
    struct date most = effective_most(work);
    work->store.about.effective_on = most.year ? most : work->store.about.effective_on;
    places_make(run, work);
    declared_from_notes(run->work, work);
    if (!work->store.about.code.len && !work->store.about.title.len && str_starts(group->key, S("p:"))) {
        work->store.about.title = str_format(run->work, "Văn bản ở mục %.*s của Bộ pháp điển",
                                             STR_ARG(str_slice(group->key, 2, group->key.len)));
    }
    law_about_finish(run->work, &work->store.about);
    file_disk_sha256(buf_str(&all), hex);
    work->store.sha256 = str_copy(run->work, (struct str){hex, 64});
    return OK;
}
