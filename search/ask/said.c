/* What each asked word tells, for those who judge the hits. */
#include "search/ask/answer.h"

#include "base/banned.h"

static void pair_weigh(const struct search_plan *p, const struct search_asked *w, const struct search_asked *before,
                       struct search_said *out) {
    if (!before || !before->senses || !w->senses || w->is_idle || before->is_idle) {
        return;
    }
    uint64_t first = before->sense[0].exact, second = w->sense[0].exact;
    uint64_t both = search_plan_count(p->reader, search_pair_key(SEARCH_EXACT_PAIR, first, second));
    uint64_t one = search_plan_count(p->reader, first), two = search_plan_count(p->reader, second);
    uint64_t rarer = one < two ? one : two;
    if (both && rarer) {
        out->pair_rarity = search_plan_idf(p, both);
        out->bond = both < rarer ? (double)both / (double)rarer : 1;
    }
}

void search_answer_words(const struct search_plan *p, struct search_result *out) {
    out->words.at = arena_take(p->arena, struct search_said, p->asked_n + 1);
    for (size_t i = 0; i < p->asked_n; i++) {
        const struct search_asked *w = &p->asked[i];
        struct search_said said = {.exact = w->senses ? w->sense[0].exact : w->exact,
                                   .folded = w->folded,
                                   .is_bare = w->is_bare,
                                   .is_idle = w->is_idle,
                                   .rarity = w->idf};
        if (!w->is_whole) {
            pair_weigh(p, w, search_plan_before(p, i), &said);
            out->words.at[out->words.n++] = said;
        }
    }
}
