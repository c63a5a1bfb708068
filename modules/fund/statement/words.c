/* The tables of words, read once. */
#include "modules/fund/statement/inside.h"

#include "base/arena.h"
#include "base/facts.h"
#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

FACTS(statement_facts_words, "modules/fund/statement/words.tsv");
FACTS(statement_facts_campaigns, "modules/fund/statement/campaigns.tsv");

static const char *const class_names[PHRASE_CLASSES] = {
    [PHRASE_CHANNEL] = "channel",
    [PHRASE_TAIL] = "tail",
    [PHRASE_NEUTRAL] = "neutral",
    [PHRASE_GIVE] = "give",
    [PHRASE_TRANSFER] = "transfer",
    [PHRASE_INTEREST] = "interest",
    [PHRASE_INTERNAL] = "internal",
    [PHRASE_MISTAKE] = "mistake",
    [PHRASE_OTHER] = "other",
    [PHRASE_REFUND_OUT] = "refund-out",
    [PHRASE_FEE_OUT] = "fee-out",
    [PHRASE_SALARY_OUT] = "salary-out",
    [PHRASE_INTERNAL_OUT] = "internal-out",
    [PHRASE_PAYOUT_OUT] = "payout-out",
    [PHRASE_HIDE] = "hide",
    [PHRASE_GENERIC] = "generic",
    [PHRASE_LEADING] = "leading",
    [PHRASE_TRAILING] = "trailing",
    [PHRASE_BY] = "by",
    [PHRASE_COMMON] = "common",
    [PHRASE_FAMILY] = "family",
    [PHRASE_TITLE] = "title",
    [PHRASE_GROUP] = "group",
    [PHRASE_ORG] = "org",
    [PHRASE_WALLET] = "wallet",
    [PHRASE_SURNAME] = "surname",
    [PHRASE_TAIL_SURNAME] = "tail-surname",
    [PHRASE_CAMPAIGN] = "campaign",
};

size_t phrase_bucket(struct str word) { return (size_t)(str_hash(word) % PHRASE_BUCKETS); }

static void phrase_add(struct statement_words *w, struct arena *a, struct phrase p, struct str text) {
    struct str rest = utf8_fold(a, text), word;
    while (p.n < PHRASE_WORDS && str_next(&rest, ' ', &word)) {
        if (word.len) {
            p.words[p.n++] = word;
        }
    }
    if (p.n) {
        size_t bucket = phrase_bucket(p.words[0]);
        p.next = w->buckets[bucket];
        struct phrase *kept = arena_take(a, struct phrase, 1);
        *kept = p;
        w->buckets[bucket] = kept;
    }
}

static enum phrase_class class_named(struct str name) {
    enum phrase_class c = 0;
    while (c < PHRASE_CLASSES && !str_eq(name, str_of(class_names[c]))) {
        c++;
    }
    return c;
}

const struct statement_words *statement_words(struct arena *a) {
    struct statement_words *w = arena_take(a, struct statement_words, 1);
    struct str rest = FACTS_STR(statement_facts_words), cells[5];
    while (facts_next(&rest, cells, 2)) {
        struct phrase p = {.class = class_named(cells[0])};
        if (p.class < PHRASE_CLASSES) {
            phrase_add(w, a, p, cells[1]);
        }
    }
    rest = FACTS_STR(statement_facts_campaigns);
    while (facts_next(&rest, cells, 5)) {
        struct phrase p = {.class = PHRASE_CAMPAIGN, .campaign = cells[0]};
        date_read_iso(cells[1], &p.from);
        date_read_iso(cells[2], &p.until);
        num_read(cells[3], &p.rank);
        phrase_add(w, a, p, cells[4]);
    }
    return w;
}
