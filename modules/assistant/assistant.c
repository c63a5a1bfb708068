#include "modules/assistant/assistant.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/db/db.h"
#include "kernel/index/feed.h"
#include "kernel/index/here.h"
#include "modules/assistant/assistant_day.h"
#include "modules/assistant/assistant_named.h"
#include "modules/assistant/assistant_sure.h"

/* The first is where three in a hundred unanswerable questions are answered at most (docs/assistant-quality.md). */
const struct assistant_limits assistant_limits_usual = {.sure = 0.47, .sure_more = 0.3, .quotes = 5, .per_record = 2};

enum { MOST_QUOTE_BYTES = 900, CANDIDATES = 40, JUDGED = 12, NEAREST = 2, CHOICES = 4 };

/* A hit that may be quoted, and how sure it is. */
struct judged {
    const struct search_hit *hit;
    double sure;
    bool is_number; /* the asked number is its own */
};
/* In the search's order, those found by their number first. */
struct judgement {
    struct judged *at;
    size_t n;
    double best; /* the surest of them: whether there is an answer; which comes first is the search's to say */
};

/* Of most kinds only pages are quoted: what stands on none is our own description of the record. */
static bool is_quotable(const struct search_hit *hit, int64_t within) {
    bool has_words = hit->text.len > 0 && hit->ranges.n > 0;
    bool is_within = !within || hit->whole == within || hit->record == within;
    const struct search_source *source = search_source_of(&modules, hit->kind);
    return has_words && is_within && (hit->page > 0 || (source && source->is_all_own));
}

static struct judgement judge(struct arena *a, int64_t within, const struct search_result *found) {
    const struct search_hits *hits = &found->hits;
    struct judgement j = {arena_take(a, struct judged, hits->n + 1), 0, 0};
    struct search_result *quotable = arena_take(a, struct search_result, 1);
    quotable->words = found->words;
    quotable->hits.at = arena_take(a, struct search_hit, hits->n + 1);
    for (size_t i = 0; i < hits->n; i++) {
        if (is_quotable(&hits->at[i], within)) {
            quotable->hits.at[quotable->hits.n++] = hits->at[i];
        }
    }
    for (size_t i = 0; i < quotable->hits.n && i < JUDGED; i++) {
        struct assistant_signs signs = assistant_signs_of(quotable, i);
        const struct search_hit *hit = &quotable->hits.at[i];
        struct judged one = {hit, assistant_sure(&signs), hit->is_by_number};
        size_t at = j.n++;
        j.best = one.sure > j.best ? one.sure : j.best;
        for (; at > 0 && j.at[at - 1].is_number < one.is_number; at--) {
            j.at[at] = j.at[at - 1];
        }
        j.at[at] = one;
    }
    return j;
}

static struct assistant_quote quote_from(struct arena *a, const struct judged *one) {
    const struct search_hit *hit = one->hit;
    struct search_range part = assistant_sentences(hit->text, hit->ranges, MOST_QUOTE_BYTES);
    struct assistant_quote q = {.record = hit->record,
                                .whole = hit->whole,
                                .kind = hit->kind,
                                .key = hit->key,
                                .number = hit->number,
                                .title = hit->title,
                                .date = hit->date,
                                .page = hit->page,
                                .sure = one->sure,
                                .is_in_force = hit->force <= SEARCH_PARTLY_IN_FORCE};
    struct assistant_span span = {
        .text = str_slice(hit->text, part.from, part.to), .source = hit->text, .from = part.from};
    span.ranges = assistant_within(a, hit->ranges, part);
    LIST_ADD(a, &q.spans, span);
    q.text = span.text;
    return q;
}

/* Whether the quote says what an earlier one said, or its record has had its share. */
static bool is_repeated(const struct assistant_answer *answer, const struct assistant_quote *q, size_t per_record) {
    size_t of_record = 0;
    for (size_t i = 0; i < answer->quotes.n; i++) {
        const struct assistant_quote *earlier = &answer->quotes.at[i];
        of_record += earlier->record == q->record;
        if (str_eq(earlier->text, q->text)) {
            return true;
        }
    }
    return of_record >= per_record;
}

static void add_quotes(struct arena *a, const struct judgement *j, double least, const struct assistant_limits *limits,
                       struct assistant_answer *out) {
    for (size_t i = 0; i < j->n && out->quotes.n < limits->quotes; i++) {
        if (j->at[i].sure < least && !j->at[i].is_number) {
            continue;
        }
        struct assistant_quote q = quote_from(a, &j->at[i]);
        if (q.text.len > 0 && !is_repeated(out, &q, limits->per_record)) {
            LIST_ADD(a, &out->quotes, q);
        }
    }
}

static const struct judged *surest(const struct judgement *j) {
    const struct judged *best = NULL;
    for (size_t i = 0; i < j->n; i++) {
        best = !best || j->at[i].sure > best->sure ? &j->at[i] : best;
    }
    return best;
}

static bool is_among(const struct assistant_answer *answer, int64_t whole) {
    for (size_t i = 0; i < answer->choices.n; i++) {
        if (answer->choices.at[i].whole == whole) {
            return true;
        }
    }
    return false;
}

/* A short question that several works answer about as well: which one is meant is asked back. */
static void ask_back(struct arena *a, struct str asked, const struct judgement *j, struct assistant_answer *out) {
    size_t words = 0;
    struct str rest = asked, word;
    while (str_next(&rest, ' ', &word)) {
        words += word.len > 0;
    }
    for (size_t i = 0; words <= 6 && i < j->n && out->choices.n < CHOICES; i++) {
        const struct search_hit *hit = j->at[i].hit;
        int64_t whole = hit->whole ? hit->whole : hit->record;
        if (j->at[i].sure >= j->best * 0.6 && j->at[i].is_number == j->at[0].is_number && !is_among(out, whole)) {
            LIST_ADD(a, &out->choices, (struct assistant_choice){whole, hit->title});
        }
    }
    out->is_ambiguous = out->choices.n > 2 && j->best > 0.2;
}

static void conclude(struct arena *a, struct str asked, const struct judgement *j,
                     const struct assistant_limits *limits, struct assistant_answer *out) {
    out->sure = j->best;
    out->is_found = j->n && (j->at[0].is_number || j->best >= limits->sure);
    if (out->is_found) {
        add_quotes(a, j, limits->sure_more, limits, out);
    } else {
        struct assistant_limits nearest = *limits;
        nearest.quotes = NEAREST;
        nearest.per_record = 1;
        add_quotes(a, j, 0, &nearest, out);
        ask_back(a, asked, j, out);
    }
    out->why = out->is_found       ? S("Nguyên văn từ những gì bạn được xem.")
               : out->is_ambiguous ? S("Câu hỏi có thể hiểu theo nhiều văn bản.")
               : out->quotes.n     ? S("Không có đoạn nào đủ chắc là câu trả lời.")
                                   : S("Không có đoạn nào nói về điều này.");
}

struct err assistant_ask(struct search_reader *reader, struct arena *a, const struct assistant_question *question,
                         const struct assistant_limits *limits, struct assistant_answer *out) {
    *out =
        (struct assistant_answer){.on = question->on.year ? question->on : clock_today(), .why = S("Chưa có câu hỏi.")};
    struct str asked = str_trim(utf8_clean(a, question->words)), before = str_trim(utf8_clean(a, question->before));
    if (asked.len == 0) {
        return OK;
    }
    asked = before.len ? str_format(a, "%.*s %.*s", STR_ARG(before), STR_ARG(asked)) : asked;
    struct search_query query = {.text = asked,
                                 .principals = question->principals,
                                 .kinds = question->kinds,
                                 .on = out->on,
                                 .in_force = true,
                                 .limit = question->within ? 100 : CANDIDATES,
                                 .by_passage = true,
                                 .with_words = true};
    struct search_result found = {0};
    TRY(search_query(reader, a, &query, &found));
    struct judgement j = judge(a, question->within, &found);
    conclude(a, asked, &j, limits, out);
    if (out->is_found) {
        return OK;
    }
    /* What is no longer, or not yet, in force may answer; it is then shown as the past, never as the answer. */
    query.in_force = false;
    struct search_result past = {0};
    TRY(search_query(reader, a, &query, &past));
    struct judgement all = judge(a, question->within, &past);
    const struct judged *best = surest(&all);
    if (best && best->sure >= limits->sure && best->hit->force > SEARCH_PARTLY_IN_FORCE) {
        struct assistant_answer then = {.on = out->on, .is_past = true, .sure = best->sure};
        add_quotes(a, &all, limits->sure, limits, &then);
        then.why = S(
            "Không có quy định nào đang có hiệu lực vào ngày này; dưới đây là quy định đã hết hoặc chưa có hiệu lực.");
        *out = then;
    }
    return OK;
}

/* What stands before: the day asked about, and the language it was asked in. */
static struct assistant_question said_of(struct arena *a, const struct assistant_question *question,
                                         struct assistant_answer *out) {
    struct assistant_question said = *question;
    *out = (struct assistant_answer){0};
    if (!said.on.year && !said.is_today) {
        out->is_day_said = assistant_day_said(a, question->words, &said.on);
    }
    out->on = said.on.year ? said.on : clock_today();
    out->is_foreign = assistant_is_english(a, question->words);
    return said;
}

struct err assistant_answer(struct db_read *db, const struct assistant_question *question,
                            struct assistant_answer *out) {
    struct search_reader *reader;
    struct assistant_answer named;
    bool is_answered = false;
    struct assistant_question said = said_of(db_arena(db), question, &named);
    TRY(assistant_named(db, &said, &named, &is_answered));
    if (is_answered) {
        *out = named;
        return OK;
    }
    TRY(search_here(db, &reader));
    TRY(assistant_ask(reader, db_arena(db), &said, &assistant_limits_usual, out));
    if (out->is_past) {
        TRY(assistant_succeed(db, reader, &said, out));
    }
    out->is_day_said = named.is_day_said;
    out->is_foreign = named.is_foreign;
    TRY(assistant_settle(db, &said, out));
    out->why = !out->is_found && named.why.len ? named.why : out->why;
    if (out->is_foreign && !out->is_found) {
        /* Words that happen to be spelled alike are near to nothing. */
        out->quotes.n = 0;
    }
    return OK;
}
