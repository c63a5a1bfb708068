#include "modules/assistant/assistant_named.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "search/words/number.h"
#include "modules/assistant/assistant_day.h"

enum {
    WORKS_MOST = 3,
    PLACES_MOST = 3,
    SPANS_MOST = 60,
    CHOICES = 4,
    NEAR_BYTES = 45,
    FEW_WORDS = 5,
    SHORT_WORDS = 10
};

static bool has_any(struct str words, const struct str *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (str_find(words, list[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/* Asked of a document as a whole. "Hiệu lực của hợp đồng" is not among them. */
static bool asks_force(struct str plain) {
    static const struct str signs[] = {S_INIT(" con hieu luc "), S_INIT(" het hieu luc "),      S_INIT(" co hieu luc "),
                                       S_INIT(" hieu luc tu "),  S_INIT(" hieu luc thi hanh "), S_INIT(" bi thay the "),
                                       S_INIT(" bi bai bo "),    S_INIT(" da thay the "),       S_INIT(" in force "),
                                       S_INIT(" in effect "),    S_INIT(" repealed "),          S_INIT(" effective "),
                                       S_INIT(" con ap dung "),  S_INIT(" thay the ")};
    return has_any(plain, signs, sizeof signs / sizeof *signs);
}

static size_t words_in(struct str plain) {
    size_t n = 0;
    for (size_t i = 0; i + 1 < plain.len; i++) {
        n += plain.at[i] == ' ';
    }
    return n;
}

/* "Hợp đồng có hiệu lực khi nào theo Bộ luật Dân sự?" asks of a contract: the document itself is asked of only when
   that is said right after it, or little else is said. */
static bool is_asked_of(struct arena *a, struct str question, const struct law_named *doc) {
    struct str after = str_slice(question, doc->to, question.len);
    struct str near = assistant_plain(a, str_slice(after, 0, NEAR_BYTES));
    size_t others =
        words_in(assistant_plain(a, str_slice(question, 0, doc->from))) + words_in(assistant_plain(a, after));
    return asks_force(near) || others <= FEW_WORDS;
}

static bool asks_difference(struct str plain) {
    static const struct str signs[] = {S_INIT(" so sanh "), S_INIT(" khac nhau "), S_INIT(" khac gi "),
                                       S_INIT(" compare ")};
    return has_any(plain, signs, sizeof signs / sizeof *signs);
}

bool assistant_is_english(struct arena *a, struct str question) {
    static const struct str small[] = {S_INIT(" what "),  S_INIT(" how "), S_INIT(" which "), S_INIT(" when "),
                                       S_INIT(" where "), S_INIT(" who "), S_INIT(" is "),    S_INIT(" are "),
                                       S_INIT(" of "),    S_INIT(" for "), S_INIT(" must "),  S_INIT(" should "),
                                       S_INIT(" does "),  S_INIT(" law "), S_INIT(" and "),   S_INIT(" many "),
                                       S_INIT(" much "),  S_INIT(" my "),  S_INIT(" still "), S_INIT(" the ")};
    struct str plain = assistant_plain(a, question);
    size_t found = 0;
    for (size_t i = 0; i < question.len; i++) {
        if ((unsigned char)question.at[i] >= 0x80 && str_find(plain, S(" is "), 0) == SIZE_MAX) {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        found += str_find(plain, small[i], 0) != SIZE_MAX;
    }
    return found >= 2;
}

struct naming {
    struct db_read *db;
    struct arena *arena;
    const struct assistant_question *question;
    struct assistant_answer *answer;
    struct str words, plain;
    struct law_nameds docs;
    bool is_unknown; /* names what the library does not have */
};

static bool is_stand(const struct naming *n, struct law_work_id work) {
    for (size_t i = 0; i < n->answer->stands.n; i++) {
        if (n->answer->stands.at[i].head.id.v == work.v) {
            return true;
        }
    }
    return false;
}

static struct err stand_add(struct naming *n, struct law_work_id work) {
    struct assistant_stand stand;
    if (n->answer->stands.n >= WORKS_MOST || is_stand(n, work)) {
        return OK;
    }
    TRY(law_work_head(n->db, work, n->answer->on, &stand.head));
    LIST_ADD(n->arena, &n->answer->stands, stand);
    return OK;
}

/* Others of the same name: the one of the day is taken, the others are offered. */
static struct err others_offer(struct naming *n, const struct law_named *doc, struct law_work_id taken) {
    struct law_work_heads found = {0};
    TRY(law_work_named(n->db, doc->name, n->answer->on, &found));
    for (size_t i = 0; found.n > 1 && i < found.n && n->answer->choices.n < CHOICES; i++) {
        if (found.at[i].id.v != taken.v) {
            LIST_ADD(n->arena, &n->answer->choices, (struct assistant_choice){found.at[i].id.v, found.at[i].name});
        }
    }
    return OK;
}

/* The work a name of the question means; 0 when none. */
static struct err work_of(struct naming *n, const struct law_named *named, struct law_work_id *id) {
    int64_t within = n->question->within;
    n->is_unknown |= !named->work.v && !named->is_weak;
    if (named->is_shared && !within) {
        TRY(others_offer(n, named, named->work));
    }
    *id = named->is_shared && within ? (struct law_work_id){within} : named->work;
    return OK;
}

static void span_add(struct arena *a, const struct law_wording *w, struct assistant_quote *q) {
    bool is_clause = str_eq(w->level, S("clause"));
    bool is_labelled = w->label.len && !str_eq(w->level, S("article")) && !str_eq(w->level, S("annex"));
    struct assistant_span span = {.text = w->text, .source = w->text, .place = w->provision, .version = w->version};
    span.label = is_labelled ? str_format(a, is_clause ? "%.*s." : "%.*s)", STR_ARG(w->label)) : S("");
    LIST_ADD(a, &q->spans, span);
    q->is_computed |= w->is_computed;
    q->valid_from = date_cmp(w->valid_from, q->valid_from) > 0 ? w->valid_from : q->valid_from;
    if (w->valid_to.year && (!q->valid_to.year || date_cmp(w->valid_to, q->valid_to) < 0)) {
        q->valid_to = w->valid_to;
    }
}

/* All that stands at the place on that day. */
static struct err place_quote(struct naming *n, struct law_work_id work, struct str eid) {
    struct law_wordings all = {0};
    struct law_work_head head;
    TRY(law_work_head(n->db, work, n->answer->on, &head));
    struct err e = law_wordings(n->db, work, eid, n->answer->on, &all);
    if (err_is(e, ERR_MISSING) || (!e.why && !all.n)) {
        err_ignore(e);
        n->answer->why = S("Văn bản được hỏi không có điều khoản này vào ngày ấy.");
        return OK;
    }
    TRY(e);
    struct assistant_quote q = {.record = all.at[0].provision.v,
                                .whole = work.v,
                                .kind = S("law"),
                                .number = head.code,
                                .date = head.issued_on,
                                .status = head.status,
                                .is_in_force = head.status == LAW_IN_FORCE || head.status == LAW_PARTLY,
                                .sure = 1,
                                .is_whole = true};
    q.title = str_format(n->arena, "%.*s%s%.*s — %.*s", STR_ARG(law_eid_words(n->arena, eid)),
                         all.at[0].heading.len ? ". " : "", STR_ARG(all.at[0].heading), STR_ARG(head.name));
    for (size_t i = 0; i < all.n && q.spans.n < SPANS_MOST; i++) {
        if (all.at[i].text.len) {
            span_add(n->arena, &all.at[i], &q);
        }
    }
    if (q.spans.n) {
        q.text = q.spans.at[0].text;
        LIST_ADD(n->arena, &n->answer->quotes, q);
    }
    return OK;
}

static struct err places_read(struct naming *n) {
    for (size_t i = 0; i < n->docs.n; i++) {
        const struct law_named *named = &n->docs.at[i];
        struct law_work_id work = {0};
        if (named->eids.n) {
            TRY(work_of(n, named, &work));
        }
        for (size_t k = 0; work.v && k < named->eids.n && n->answer->quotes.n < PLACES_MOST; k++) {
            TRY(place_quote(n, work, named->eids.at[k]));
            TRY(stand_add(n, work));
        }
    }
    return OK;
}

/* What a citation typed in haste names, where the sentence as such named nothing. */
static struct err typed_read(struct naming *n) {
    struct law_where where;
    TRY(law_typed(n->db, n->words, n->answer->on, &where));
    if (!where.work.v) {
        return OK;
    }
    TRY(place_quote(n, where.work, where.eid));
    return stand_add(n, where.work);
}

static struct err works_read(struct naming *n) {
    bool is_compared = asks_difference(n->plain);
    for (size_t i = 0; i < n->docs.n; i++) {
        struct law_work_id work;
        if (!is_compared && !is_asked_of(n->arena, n->words, &n->docs.at[i])) {
            continue;
        }
        TRY(work_of(n, &n->docs.at[i], &work));
        if (work.v) {
            TRY(stand_add(n, work));
        }
    }
    struct search_number number;
    bool is_short = words_in(n->plain) <= SHORT_WORDS;
    if (n->answer->stands.n || !is_short || !search_number_asked(n->question->words, &number)) {
        return OK;
    }
    struct law_work_heads found = {0};
    TRY(law_work_named(n->db, n->words, n->answer->on, &found));
    n->is_unknown |= !found.n;
    for (size_t i = 0; i < found.n; i++) {
        TRY(stand_add(n, found.at[i].id));
    }
    return OK;
}

/* Several bear a number that was not typed whole: each is told, and nothing is chosen. */
static void conclude(struct naming *n, bool *is_answered) {
    struct assistant_answer *answer = n->answer;
    *is_answered = answer->stands.n > 0;
    if (!*is_answered) {
        answer->why = n->is_unknown ? S("Thư viện chưa có văn bản mà câu hỏi nêu.") : answer->why;
        return;
    }
    bool is_missing = answer->quotes.n == 0 && answer->why.len;
    answer->is_found = !is_missing;
    answer->sure = 1;
    answer->is_ambiguous = answer->choices.n > 0;
    answer->why = is_missing         ? answer->why
                  : answer->quotes.n ? S("Nguyên văn điều khoản được hỏi, như lời văn vào ngày ấy.")
                                     : S("Theo ngày có hiệu lực và hết hiệu lực của văn bản trong thư viện.");
}

struct err assistant_named(struct db_read *db, const struct assistant_question *question,
                           struct assistant_answer *answer, bool *is_answered) {
    struct arena *a = db_arena(db);
    struct naming n = {.db = db, .arena = a, .question = question, .answer = answer};
    *is_answered = false;
    if (question->kinds.n && !str_eq(question->kinds.at[0], S("law"))) {
        return OK;
    }
    n.plain = assistant_plain(a, question->words);
    n.words = utf8_clean(a, question->words);
    TRY(law_named_in(db, n.words, answer->on, &n.docs));
    answer->why = S("");
    TRY(places_read(&n));
    if (!answer->stands.n) {
        TRY(typed_read(&n));
    }
    if (!answer->stands.n && (asks_force(n.plain) || (asks_difference(n.plain) && n.docs.n > 1))) {
        TRY(works_read(&n));
    }
    /* "Luật Thú cưng năm 2024" is asked for by name, whatever is asked of it. */
    for (size_t i = 0; i < n.docs.n; i++) {
        n.is_unknown |= !n.docs.at[i].work.v && !n.docs.at[i].is_weak;
    }
    conclude(&n, is_answered);
    return OK;
}
