/* What the one search box finds of the library, for everybody signed in: every article, its clauses being passages;
   every annex, and every paper that has no articles, as a whole. key: <number in small letters>%<article>, as corpora
   name it. Facets: type, issuer, topic, state of the work. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/index/feed.h"
#include "modules/law/law.h"
#include "modules/law/law_search.h"
#include "modules/law/law_search_queries.h"

enum { TITLE_MOST = 300 };

/* What is published as one: an article, an annex, a paper. top is its own row (none for a paper); on is today, or the
   day nearest to it on which it stands. */
struct words {
    struct law_words_below_rows rows;
    const struct law_words_below_row *top;
    struct date on;
};

static bool stands(const struct law_words_below_row *row, struct date on) {
    return (!row->from_on.year || date_cmp(row->from_on, on) <= 0) &&
           (!row->until_on.year || date_cmp(row->until_on, on) > 0);
}

static void day_choose(struct words *w, int64_t top, struct date today) {
    w->on = today;
    for (size_t i = 0; i < w->rows.n; i++) {
        if (w->rows.at[i].id.v == top && (!w->top || !stands(w->top, today))) {
            w->top = &w->rows.at[i];
        }
    }
    if (w->top && !stands(w->top, today)) {
        w->on = w->top->from_on;
    }
}

static bool begins_passage(struct str level) { return str_eq(level, S("clause")) || str_eq(level, S("table")); }

static void put_label(struct buf *b, const struct law_words_below_row *row) {
    bool is_clause = str_eq(row->level, S("clause"));
    if (row->label.len) {
        buf_printf(b, is_clause ? "%.*s. " : "%.*s) ", STR_ARG(row->label));
    }
}

/* Of what stands in an annex or a paper; an article's is its title. */
static void put_heading(struct buf *b, const struct law_words_below_row *row) {
    buf_put(b, row->heading);
    if (row->heading.len) {
        BUF_LIT(b, "\n");
    }
}

/* A clause with its points is a passage; what stands before the first goes with it. */
static void passages_add(struct arena *a, struct search_doc *doc, const struct words *w) {
    struct buf b = buf_in(a);
    bool has_clause = false;
    for (size_t i = 0; i < w->rows.n; i++) {
        const struct law_words_below_row *row = &w->rows.at[i];
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
        if (row != w->top) {
            put_label(&b, row);
            put_heading(&b, row);
        }
        buf_put(&b, row->text);
        if (row->text.len) {
            BUF_LIT(&b, "\n");
        }
    }
    search_doc_add(a, doc, 0, buf_str(&b));
}

/* The work's name, and for those named by number what they are about. */
static void put_name(struct arena *a, struct buf *b, const struct law_paper_found_row *w) {
    buf_put(b, law_name(a, w->type, w->code, w->short_title, w->title, w->issued_on));
    if (!w->short_title.len && w->title.len && w->code.len) {
        buf_printf(b, " %.*s", STR_ARG(utf8_cut(w->title, TITLE_MOST)));
    }
}

static struct str title_of(struct arena *a, const struct law_paper_found_row *w, struct str place, struct str heading) {
    struct buf b = buf_in(a);
    buf_put(&b, place);
    if (place.len) {
        buf_printf(&b, "%s%.*s — ", heading.len ? ". " : "", STR_ARG(heading));
    }
    put_name(a, &b, w);
    return buf_str(&b);
}

static struct date later(struct date a, struct date b) { return date_cmp(a, b) > 0 ? a : b; }

static struct date earlier(struct date a, struct date b) {
    return !a.year ? b : !b.year ? a : date_cmp(a, b) < 0 ? a : b;
}

/* What is not dated is never in force: it begins beyond all days. */
static void force_set(struct search_doc *doc, const struct law_force *force, const struct words *w, struct date today) {
    bool is_suspended = law_status_on(force, today) == LAW_SUSPENDED;
    struct date from = w->top ? w->top->from_on : (struct date){0};
    doc->from_on = force->effective_on.year ? later(from, force->effective_on) : search_force_unknown;
    doc->until_on = earlier(law_force_end(force), w->top ? w->top->until_on : (struct date){0});
    doc->until_on = is_suspended ? earlier(doc->until_on, force->suspended_on) : doc->until_on;
}

/* What a kind of document counts for. A law or a decree answers more than the circular or decision that carries it out;
   joint circulars may hardly be issued any more (Luật 80/2015/QH13, Điều 4), so most of what they say is said anew
   elsewhere. Chosen by cross-validation: docs/search-quality.md. */
static int standing_of(struct str type) {
    static const struct {
        struct str type;
        int standing;
    } kinds[] = {{S_INIT("TT"), -6}, {S_INIT("QD"), -10}, {S_INIT("TTLT"), -20}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_eq(type, kinds[i].type)) {
            return kinds[i].standing;
        }
    }
    return 0;
}

static void doc_set(struct arena *a, const struct law_paper_found_row *work, const struct words *w,
                    struct search_doc *doc) {
    struct law_force force = LAW_FORCE_OF(work);
    struct date today = clock_today();
    doc->number = work->code;
    doc->date = work->issued_on;
    doc->standing = standing_of(work->type);
    doc->facet[SEARCH_TYPE] = work->type;
    doc->facet[SEARCH_ISSUER] = work->issuer;
    doc->facet[SEARCH_FIELD] = work->field;
    doc->facet[SEARCH_STATE] = law_status_code(law_status_on(&force, today));
    force_set(doc, &force, w, today);
    LIST_ADD(a, &doc->principals, (int64_t)SEARCH_EVERYBODY);
    passages_add(a, doc, w);
}

static struct err paper_load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                             bool *is_gone) {
    struct law_paper_found_row *work;
    struct words w = {0};
    TRY(law_paper_found(db, (struct law_paper_found_in){{record}}, &work));
    if (work) {
        TRY(law_words_below(db, (struct law_words_below_in){.work = work->work, .low = S(""), .high = S("~")},
                            &w.rows));
    }
    *is_gone = w.rows.n == 0;
    if (*is_gone) {
        return OK;
    }
    day_choose(&w, 0, clock_today());
    *doc = (struct search_doc){
        .record = record, .key = utf8_lower(a, work->code), .title = title_of(a, work, S(""), S(""))};
    doc_set(a, work, &w, doc);
    return OK;
}

/* The columns both queries give. */
static struct law_paper_found_row work_of(const struct law_place_found_row *p) {
    return (struct law_paper_found_row){.work = p->work,
                                        .type = p->type,
                                        .code = p->code,
                                        .issuer = p->issuer,
                                        .title = p->title,
                                        .short_title = p->short_title,
                                        .field = p->field,
                                        .issued_on = p->issued_on,
                                        .effective_on = p->effective_on,
                                        .expired_on = p->expired_on,
                                        .ended_on = p->ended_on,
                                        .partly_on = p->partly_on,
                                        .suspended_on = p->suspended_on,
                                        .resumed_on = p->resumed_on,
                                        .declared = p->declared,
                                        .declared_on = p->declared_on};
}

static struct err load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc, bool *is_gone) {
    struct law_place_found_row *p;
    struct words w = {0};
    TRY(law_place_found(db, (struct law_place_found_in){.place = {record}}, &p));
    if (!p) {
        return paper_load(db, a, record, doc, is_gone);
    }
    bool is_article = str_eq(p->level, S("article"));
    TRY(law_words_below(db,
                        (struct law_words_below_in){.work = p->work,
                                                    .low = p->sort_key,
                                                    .high = str_format(a, "%.*s/", STR_ARG(p->sort_key)),
                                                    .article = is_article ? p->id : (struct law_provision_id){0}},
                        &w.rows));
    day_choose(&w, record, clock_today());
    *is_gone = !w.top;
    if (*is_gone) {
        return OK;
    }
    struct law_paper_found_row work = work_of(p);
    struct str place = str_format(a, "%s %.*s", is_article ? "Điều" : "Phụ lục", STR_ARG(p->label));
    struct str key =
        str_format(a, "%.*s%%%s%.*s", STR_ARG(utf8_lower(a, p->code)), is_article ? "" : "pl", STR_ARG(p->label));
    *doc = (struct search_doc){.record = record,
                               .key = p->source_key.len ? p->source_key : key,
                               .whole = p->work.v,
                               .title = title_of(a, &work, str_trim(place), w.top->heading)};
    doc_set(a, &work, &w, doc);
    return OK;
}

static struct err each(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids) {
    struct law_found_after_rows rows;
    TRY(law_found_after(db, (struct law_found_after_in){.after = after, .most = limit}, &rows));
    ids->at = arena_take(a, int64_t, rows.n + 1);
    ids->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        ids->at[i] = rows.at[i].record.v;
    }
    return OK;
}

const struct search_source law_sources[] = {
    {.kind = S_INIT("law"),
     .name = S_INIT("Pháp luật"),
     .library = S_INIT("Thư viện pháp luật"),
     .page = S_INIT("/law"),
     .is_all_own = true,
     .load = load,
     .each = each,
     .word = law_facet_word,
     .lead = law_lead,
     .named = law_named_record},
    {.kind = S_INIT("")},
};
