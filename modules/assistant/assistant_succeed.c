/* From a place of law that was ended to what the act that ended it says of the same. */
#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/index/here.h"
#include "modules/assistant/assistant.h"

enum { CANDIDATES = 20, QUOTES = 2 };

/* What the place itself was called, before the name of its work. */
static struct str own_title(struct str title) {
    size_t dash = str_find(title, S(" — "), 0);
    return dash == SIZE_MAX ? title : str_slice(title, 0, dash);
}

/* "Điều 6. Xử phạt …" without its number: the new place has another. */
static struct str subject_of(struct str title) {
    struct str own = own_title(title), place, rest;
    return str_cut(own, S(". "), &place, &rest) ? rest : own;
}

static struct assistant_quote quote_of(struct arena *a, const struct search_hit *hit, double sure) {
    struct assistant_quote q = {.record = hit->record,
                                .whole = hit->whole,
                                .kind = hit->kind,
                                .key = hit->key,
                                .number = hit->number,
                                .title = hit->title,
                                .date = hit->date,
                                .page = hit->page,
                                .sure = sure,
                                .text = hit->text,
                                .is_in_force = true};
    struct assistant_span span = {.text = hit->text, .source = hit->text, .ranges = hit->ranges};
    LIST_ADD(a, &q.spans, span);
    return q;
}

static void quotes_take(struct arena *a, const struct search_result *found, struct law_work_id act, double sure,
                        struct assistant_answer *out) {
    for (size_t i = 0; i < found->hits.n && out->quotes.n < QUOTES; i++) {
        const struct search_hit *hit = &found->hits.at[i];
        bool is_again = out->quotes.n && out->quotes.at[0].record != hit->record;
        if (hit->whole == act.v && hit->text.len && !is_again) {
            struct assistant_quote q = quote_of(a, hit, sure);
            LIST_ADD(a, &out->quotes, q);
        }
    }
}

struct err assistant_succeed(struct db_read *db, struct search_reader *reader,
                             const struct assistant_question *question, struct assistant_answer *answer) {
    struct arena *a = db_arena(db);
    struct law_work_id act = {0};
    const struct assistant_quote *past = answer->quotes.n ? &answer->quotes.at[0] : NULL;
    if (!past || !str_eq(past->kind, S("law")) || !past->whole) {
        return OK;
    }
    TRY(law_ended_by(db, (struct law_provision_id){past->record}, answer->on, &act));
    if (!act.v) {
        return OK;
    }
    struct str subject = subject_of(past->title);
    struct search_query query = {.text = str_format(a, "%.*s %.*s", STR_ARG(subject), STR_ARG(question->words)),
                                 .principals = question->principals,
                                 .kinds = question->kinds,
                                 .on = answer->on,
                                 .in_force = true,
                                 .limit = CANDIDATES,
                                 .by_passage = true,
                                 .with_words = true};
    struct search_result found = {0};
    struct assistant_answer now = {.is_found = true, .sure = answer->sure, .on = answer->on};
    TRY(search_query(reader, a, &query, &found));
    quotes_take(a, &found, act, answer->sure, &now);
    if (now.quotes.n) {
        now.why = str_format(
            a, "Quy định trước đây (%.*s, %.*s) đã được bãi bỏ; đây là nguyên văn của văn bản bãi bỏ nó.",
            STR_ARG(str_slice(own_title(past->title), 0, str_find(past->title, S(". "), 0))), STR_ARG(past->number));
        *answer = now;
    }
    return OK;
}
