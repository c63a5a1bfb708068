/* Law, quoted from its dated wordings: the clause of the article that says most of what was asked, with the points that
   say something of it, as they stood on the day asked about. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/db.h"
#include "modules/assistant/assistant.h"

/* A clause of so many bytes is quoted whole. */
enum { POINTS_MOST = 6, WHOLE_BYTES = 1800, SPAN_BYTES = 900 };

/* A clause with what is below it: wordings [from, to). An article without clauses is one. */
struct clause {
    size_t from, to;
    size_t value;
};

/* What was asked, and the passage the search found. */
struct wanted {
    struct str asked;
    struct str passage;
};

/* Neighbouring asked words are marked as one; where there are such, a word that stands alone is not marked: it is most
   often one of those that stand everywhere. */
static struct search_ranges marks_of(struct arena *a, struct str asked, struct str text) {
    struct search_ranges words = search_highlight(a, asked, text);
    LIST(struct search_range) runs = {0};
    bool *is_run = arena_take(a, bool, words.n + 1);
    bool has_run = false;
    for (size_t i = 0; i < words.n; i++) {
        struct search_range r = words.at[i];
        bool goes_on = runs.n && runs.at[runs.n - 1].to + 1 == r.from && text.at[r.from - 1] == ' ';
        if (goes_on) {
            runs.at[runs.n - 1].to = r.to;
            is_run[runs.n - 1] = has_run = true;
        } else {
            LIST_ADD(a, &runs, r);
        }
    }
    size_t n = 0;
    for (size_t i = 0; i < runs.n; i++) {
        if (!has_run || is_run[i]) {
            runs.at[n++] = runs.at[i];
        }
    }
    return (struct search_ranges){runs.at, n};
}

static size_t held_by(struct arena *a, const struct wanted *w, const struct law_wording *place) {
    return place->text.len ? marks_of(a, w->asked, place->text).n : 0;
}

/* The words the search found decide; where these have changed since, the words that were asked. */
static size_t value_of(struct arena *a, const struct wanted *w, const struct law_wording *place) {
    bool is_found = place->text.len && str_find(w->passage, place->text, 0) != SIZE_MAX;
    return (is_found ? 1000 * place->text.len : 0) + held_by(a, w, place);
}

/* The clause worth most; ties go to the first. */
static struct clause clause_best(struct arena *a, const struct wanted *w, const struct law_wordings *all) {
    struct clause best = {0, all->n, 0}, now = {0, 0, 0};
    for (size_t i = 0; i <= all->n; i++) {
        bool begins = i == all->n || str_eq(all->at[i].level, S("clause")) || str_eq(all->at[i].level, S("table"));
        if (begins && i > now.from) {
            now.to = i;
            best = now.value > best.value ? now : best;
            now = (struct clause){i, i, 0};
        }
        now.value += i < all->n ? value_of(a, w, &all->at[i]) : 0;
    }
    return best;
}

static struct str label_of(struct arena *a, const struct law_wording *w) {
    if (!w->label.len || str_eq(w->level, S("article")) || str_eq(w->level, S("annex"))) {
        return S("");
    }
    return str_format(a, str_eq(w->level, S("clause")) ? "%.*s." : "%.*s)", STR_ARG(w->label));
}

static void span_add(struct arena *a, struct str asked, const struct law_wording *w, struct assistant_quote *q) {
    struct search_ranges ranges = marks_of(a, asked, w->text);
    struct search_range part = {0, w->text.len};
    if (w->text.len > SPAN_BYTES) {
        part = assistant_sentences(w->text, ranges, SPAN_BYTES);
    }
    struct assistant_span span = {.text = str_slice(w->text, part.from, part.to),
                                  .source = w->text,
                                  .from = part.from,
                                  .ranges = assistant_within(a, ranges, part),
                                  .label = label_of(a, w),
                                  .place = w->provision,
                                  .version = w->version};
    LIST_ADD(a, &q->spans, span);
    q->is_computed |= w->is_computed;
    if (date_cmp(w->valid_from, q->valid_from) > 0) {
        q->valid_from = w->valid_from;
    }
    if (w->valid_to.year && (!q->valid_to.year || date_cmp(w->valid_to, q->valid_to) < 0)) {
        q->valid_to = w->valid_to;
    }
}

/* The clause's own words, then its points: all of a short one; else those that were asked about, and the first ones
   when none was. */
static void spans_from(struct arena *a, const struct wanted *wanted, const struct law_wordings *all,
                       struct assistant_quote *q) {
    struct clause c = clause_best(a, wanted, all);
    size_t held = 0, points = 0, bytes = 0;
    bool is_gap = false;
    for (size_t i = c.from; i < c.to; i++) {
        held += i > c.from && held_by(a, wanted, &all->at[i]) > 0;
        bytes += all->at[i].text.len;
    }
    bool is_whole = held == 0 || bytes <= WHOLE_BYTES;
    for (size_t i = c.from; i < c.to && (points < POINTS_MOST || bytes <= WHOLE_BYTES); i++) {
        const struct law_wording *w = &all->at[i];
        bool is_wanted = i == c.from || is_whole || held_by(a, wanted, w) > 0;
        if (w->text.len && is_wanted) {
            span_add(a, wanted->asked, w, q);
            q->spans.at[q->spans.n - 1].is_after_gap = is_gap;
            points += i > c.from;
        }
        is_gap = w->text.len && !is_wanted;
    }
}

static struct str spans_text(struct arena *a, const struct assistant_quote *q) {
    if (q->spans.n == 1) {
        return q->spans.at[0].text;
    }
    struct buf b = buf_in(a);
    for (size_t i = 0; i < q->spans.n; i++) {
        buf_printf(&b, "%s%.*s", i ? "\n" : "", STR_ARG(q->spans.at[i].text));
    }
    return buf_str(&b);
}

/* False when the place had no words that day. */
static struct err settle_one(struct db_read *db, struct str asked, struct date on, struct assistant_quote *q,
                             bool *stands) {
    struct arena *a = db_arena(db);
    struct law_where place = {.work = {q->record}};
    struct law_wordings all = {0};
    struct law_work_head work;
    struct date then = on;
    *stands = false;
    /* A paper without articles is found as a whole, under its own id. */
    if (q->whole) {
        TRY(law_where(db, (struct law_provision_id){q->record}, &place));
    }
    TRY(law_work_head(db, place.work, on, &work));
    TRY(law_wordings(db, place.work, place.eid, on, &all));
    if (!all.n) {
        /* What has no words that day is shown as it first stood, or last. */
        bool is_to_come = date_cmp(work.effective_on, on) > 0;
        then = is_to_come || !work.expired_on.year ? work.effective_on : date_plus(work.expired_on, -1);
        TRY(law_wordings(db, place.work, place.eid, then, &all));
    }
    q->status = work.status;
    q->is_in_force = date_cmp(then, on) == 0 && (work.status == LAW_IN_FORCE || work.status == LAW_PARTLY);
    if (!all.n) {
        return OK;
    }
    struct wanted wanted = {asked, q->spans.n ? q->spans.at[0].source : S("")};
    q->spans.n = 0;
    q->valid_from = q->valid_to = (struct date){0};
    spans_from(a, &wanted, &all, q);
    q->text = spans_text(a, q);
    *stands = q->spans.n > 0;
    return OK;
}

struct err assistant_settle(struct db_read *db, const struct assistant_question *question,
                            struct assistant_answer *answer) {
    struct arena *a = db_arena(db);
    struct str asked = str_format(a, "%.*s %.*s", STR_ARG(question->before), STR_ARG(question->words));
    size_t kept = 0, in_force = 0;
    for (size_t i = 0; i < answer->quotes.n; i++) {
        struct assistant_quote q = answer->quotes.at[i];
        bool stands = true;
        if (str_eq(q.kind, S("law"))) {
            TRY(settle_one(db, asked, answer->on, &q, &stands));
        } else {
            q.is_in_force = true;
        }
        if (stands) {
            in_force += q.is_in_force;
            answer->quotes.at[kept++] = q;
        }
    }
    answer->quotes.n = kept;
    if (answer->is_found && in_force == 0) {
        answer->is_found = false;
        answer->is_past = kept > 0;
        answer->why =
            kept ? S("Không có quy định nào đang có hiệu lực vào ngày này; dưới đây là quy định đã hết hoặc chưa có "
                     "hiệu lực.")
                 : S("Không có quy định nào có hiệu lực vào ngày này.");
    }
    return OK;
}
