/* What a transfer is: kind, campaign, giver, and whether the giver is shown. */
#include "modules/fund/statement/inside.h"

#include "base/arena.h"

#include "base/banned.h"

static const struct {
    const char *name;
    struct str words;
} kinds[STATEMENT_KINDS] = {
    [STATEMENT_UNCLEAR] = {"unclear", S_INIT("Chưa rõ mục đích")},
    [STATEMENT_DONATION] = {"donation", S_INIT("Ủng hộ")},
    [STATEMENT_DUPLICATE] = {"duplicate", S_INIT("Dòng lặp lại")},
    [STATEMENT_MISTAKE] = {"mistake", S_INIT("Chuyển nhầm")},
    [STATEMENT_REFUND] = {"refund", S_INIT("Hoàn trả")},
    [STATEMENT_FEE] = {"fee", S_INIT("Phí ngân hàng")},
    [STATEMENT_INTEREST] = {"interest", S_INIT("Lãi tiền gửi")},
    [STATEMENT_SALARY] = {"salary", S_INIT("Lương, phụ cấp")},
    [STATEMENT_PAYOUT] = {"payout", S_INIT("Chi từ quỹ")},
    [STATEMENT_INTERNAL] = {"internal", S_INIT("Chuyển nội bộ")},
    [STATEMENT_OTHER_IN] = {"other_in", S_INIT("Thu khác")},
};
static const char *const donor_names[] = {"unknown", "person", "family", "group", "org"};

const char *statement_kind_name(enum statement_kind kind) { return kinds[kind].name; }
struct str statement_kind_words(enum statement_kind kind) {
    return kinds[kind].words;
}
const char *statement_donor_name(enum statement_donor kind) { return donor_names[kind]; }

static bool is_within(const struct phrase *p, struct date on) {
    return !on.year ||
           ((!p->from.year || date_cmp(p->from, on) <= 0) && (!p->until.year || date_cmp(on, p->until) <= 0));
}

/* The campaign of the highest rank that is named outside of the giver's name. */
static struct str campaign_of(const struct memo *m, const struct memo_name *donor, struct date on) {
    const struct phrase *best = NULL;
    for (size_t i = 0; i < m->n_found; i++) {
        const struct memo_found *f = &m->found[i];
        bool is_name = f->from < donor->to && donor->from < f->to;
        if (f->phrase->class == PHRASE_CAMPAIGN && !is_name && f->from >= m->start && f->from < m->end &&
            is_within(f->phrase, on) && (!best || f->phrase->rank > best->rank)) {
            best = f->phrase;
        }
    }
    return best ? best->campaign : S("");
}

/* The first thing that an outgoing transfer says of itself. */
static enum statement_kind kind_out(const struct memo *m) {
    static const struct {
        enum phrase_class class;
        enum statement_kind kind;
    } ways[] = {{PHRASE_REFUND_OUT, STATEMENT_REFUND},     {PHRASE_FEE_OUT, STATEMENT_FEE},
                {PHRASE_SALARY_OUT, STATEMENT_SALARY},     {PHRASE_INTERNAL, STATEMENT_INTERNAL},
                {PHRASE_INTERNAL_OUT, STATEMENT_INTERNAL}, {PHRASE_PAYOUT_OUT, STATEMENT_PAYOUT}};
    const struct memo_found *first = NULL;
    enum statement_kind kind = STATEMENT_PAYOUT;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const struct memo_found *f = memo_first(m, ways[i].class, m->start, m->end);
        if (f && (!first || f->from < first->from || (f->from == first->from && f->to > first->to))) {
            first = f;
            kind = ways[i].kind;
        }
    }
    return kind;
}

static bool has_after(const struct memo *m, enum phrase_class c, const struct memo_name *donor) {
    const struct memo_found *f = memo_first(m, c, m->start, m->end);
    while (f && f->from < donor->to && donor->from < f->to) {
        f = memo_first(m, c, f->from + 1, m->end);
    }
    return f;
}

static enum statement_kind kind_in(const struct memo *m, const struct memo_name *donor, struct str campaign) {
    bool gives = has_after(m, PHRASE_GIVE, donor);
    if (has_after(m, PHRASE_MISTAKE, donor)) {
        return STATEMENT_MISTAKE;
    }
    if (has_after(m, PHRASE_INTERNAL, donor)) {
        return STATEMENT_INTERNAL;
    }
    if (has_after(m, PHRASE_INTEREST, donor) && !gives) {
        return STATEMENT_INTEREST;
    }
    if (has_after(m, PHRASE_OTHER, donor)) {
        return STATEMENT_OTHER_IN;
    }
    bool is_hidden = memo_has(m, PHRASE_HIDE) || memo_has(m, PHRASE_GENERIC);
    return gives || campaign.len || is_hidden ? STATEMENT_DONATION : STATEMENT_UNCLEAR;
}

/* A name in the memo goes before the partner's, who may have paid for a class or a family. */
static void donor_take(const struct statement_words *w, struct arena *row, const struct statement_line *line,
                       struct statement_sense *sense, const struct memo *m, const struct memo_name *name) {
    sense->donor = memo_name_text(row, m, name);
    sense->donor_kind = sense->donor.len ? name->kind : STATEMENT_UNKNOWN;
    if (sense->donor.len || !line->partner.len) {
        return;
    }
    struct memo *p = arena_take(row, struct memo, 1);
    memo_read(w, row, line->partner, p);
    struct memo_name whole = {0, p->n, STATEMENT_PERSON};
    if (p->n && !memo_at(p, PHRASE_WALLET, 0)) {
        sense->donor = memo_name_text(row, p, &whole);
        sense->donor_kind = memo_name_kind(p, 0, p->n);
    }
}

struct statement_sense statement_mean(const struct statement_words *w, struct arena *row,
                                      const struct statement_line *line) {
    struct statement_sense sense = {0};
    struct memo *m = arena_take(row, struct memo, 1);
    memo_read(w, row, line->memo, m);
    struct memo_name name = line->is_out ? (struct memo_name){0} : memo_donor(m);
    struct str campaign = campaign_of(m, &name, line->on);
    sense.kind = line->is_out ? kind_out(m) : kind_in(m, &name, campaign);
    if (sense.kind == STATEMENT_DONATION || sense.kind == STATEMENT_PAYOUT) {
        sense.campaign = campaign;
    }
    if (sense.kind == STATEMENT_DONATION || sense.kind == STATEMENT_UNCLEAR) {
        donor_take(w, row, line, &sense, m, &name);
        sense.is_anonymous = memo_has(m, PHRASE_HIDE) || (memo_has(m, PHRASE_GENERIC) && name.from == name.to);
    }
    return sense;
}
