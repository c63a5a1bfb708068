/* What the one search box finds of the library: every article, its clauses being passages, for everybody signed in.
   key: <number in small letters>%<article>, as corpora name it. Facets: type, issuer, topic, state of the work. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/search_feed.h"
#include "modules/law/law.h"
#include "modules/law/law_search.h"
#include "modules/law/law_search_queries.h"

enum { TITLE_MOST = 300 };

/* The words of an article stand on a day: today, or the day nearest to it on which they do. */
struct words {
    const struct law_article_words_rows *rows;
    const struct law_article_words_row *article;
    struct date on;
};

static bool stands(const struct law_article_words_row *row, struct date on) {
    return (!row->from_on.year || date_cmp(row->from_on, on) <= 0) &&
           (!row->until_on.year || date_cmp(row->until_on, on) > 0);
}

static struct words words_on(const struct law_article_words_rows *rows, int64_t article, struct date today) {
    struct words w = {.rows = rows, .on = today};
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->at[i].id.v == article && (!w.article || !stands(w.article, today))) {
            w.article = &rows->at[i];
        }
    }
    if (w.article && !stands(w.article, today)) {
        w.on = w.article->from_on;
    }
    return w;
}

static bool begins_passage(struct str level) { return str_eq(level, S("clause")) || str_eq(level, S("table")); }

static void put_label(struct buf *b, const struct law_article_words_row *row) {
    bool is_clause = str_eq(row->level, S("clause"));
    if (row->label.len) {
        buf_printf(b, is_clause ? "%.*s. " : "%.*s) ", STR_ARG(row->label));
    }
}

/* A clause with its points is a passage; what stands before the first goes with it. */
static void passages_add(struct arena *a, struct search_doc *doc, const struct words *w) {
    struct buf b = buf_in(a);
    bool has_clause = false;
    for (size_t i = 0; i < w->rows->n; i++) {
        const struct law_article_words_row *row = &w->rows->at[i];
        if (!stands(row, w->on)) {
            continue;
        }
        if (begins_passage(row->level)) {
            if (has_clause && b.len) {
                search_doc_add(a, doc, 0, buf_str(&b));
                b = buf_in(a);
            }
            has_clause = true;
        }
        if (row != w->article) {
            put_label(&b, row);
        }
        buf_put(&b, row->text);
        if (row->text.len) {
            BUF_LIT(&b, "\n");
        }
    }
    search_doc_add(a, doc, 0, buf_str(&b));
}

static struct str title_of(struct arena *a, const struct law_article_found_row *p, struct str heading) {
    struct law_type type;
    struct buf b = buf_in(a);
    buf_printf(&b, "Điều %.*s", STR_ARG(p->label));
    if (heading.len) {
        buf_printf(&b, ". %.*s", STR_ARG(heading));
    }
    buf_printf(&b, " — %.*s", STR_ARG(law_name(a, p->type, p->code, p->short_title, p->title, p->issued_on)));
    if (!p->short_title.len && p->title.len && (p->code.len || !law_type_by_code(p->type, &type))) {
        buf_printf(&b, " %.*s", STR_ARG(utf8_cut(p->title, TITLE_MOST)));
    }
    return buf_str(&b);
}

static struct date later(struct date a, struct date b) { return date_cmp(a, b) > 0 ? a : b; }

static struct date earlier(struct date a, struct date b) {
    return !a.year ? b : !b.year ? a : date_cmp(a, b) < 0 ? a : b;
}

/* What is not dated is never in force: it begins beyond all days. */
static void force_set(struct search_doc *doc, const struct law_force *force, const struct words *w, struct date today) {
    bool is_suspended = law_status_on(force, today) == LAW_SUSPENDED;
    struct date from = w->article ? w->article->from_on : (struct date){0};
    doc->from_on = force->effective_on.year ? later(from, force->effective_on) : (struct date){9999, 12, 31};
    doc->until_on = earlier(law_force_end(force), w->article ? w->article->until_on : (struct date){0});
    doc->until_on = is_suspended ? earlier(doc->until_on, force->suspended_on) : doc->until_on;
}

static struct err load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc, bool *is_gone) {
    struct law_article_found_row *p;
    struct law_article_words_rows rows;
    struct date today = clock_today();
    TRY(law_article_found(db, (struct law_article_found_in){{record}}, &p));
    *is_gone = !p;
    if (!p) {
        return OK;
    }
    TRY(law_article_words(db, (struct law_article_words_in){{record}}, &rows));
    struct law_force force = LAW_FORCE_OF(p);
    struct words w = words_on(&rows, record, today);
    *is_gone = rows.n == 0;
    *doc = (struct search_doc){
        .record = record,
        .key = p->source_key.len ? p->source_key
                                 : str_format(a, "%.*s%%%.*s", STR_ARG(utf8_lower(a, p->code)), STR_ARG(p->label)),
        .whole = p->work.v,
        .number = p->code,
        .title = title_of(a, p, w.article ? w.article->heading : S("")),
        .date = p->issued_on,
        .facet = {p->type, p->issuer, p->field, law_status_code(law_status_on(&force, today))}};
    force_set(doc, &force, &w, today);
    LIST_ADD(a, &doc->principals, (int64_t)SEARCH_EVERYBODY);
    passages_add(a, doc, &w);
    return OK;
}

static struct err each(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids) {
    struct law_articles_after_rows rows;
    TRY(law_articles_after(db, (struct law_articles_after_in){.after = after, .most = limit}, &rows));
    ids->at = arena_take(a, int64_t, rows.n + 1);
    ids->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        ids->at[i] = rows.at[i].id.v;
    }
    return OK;
}

const struct search_source law_sources[] = {
    {.kind = S_INIT("law"), .load = load, .each = each},
    {.kind = S_INIT("")},
};
