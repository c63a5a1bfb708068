#include "tests/test.h"

#include "modules/meeting/meeting_rule.h"

#include "base/str.h"

/* By trying one after another, as slowly as can be. */
static int64_t slowly(struct meeting_part p, int64_t n) {
    for (int64_t k = 0;; k++) {
        if (p.is_more ? k * p.den > p.num * n : k * p.den >= p.num * n) {
            return k;
        }
    }
}

TEST("meeting: quorum and majority of 1 to 500 people are those of a slow exact count, for every fraction") {
    for (int64_t n = 1; n <= 500; n++) {
        for (int64_t den = 1; den <= 12; den++) {
            for (int64_t num = 0; num <= den; num++) {
                struct meeting_part least = {num, den, false}, more = {num, den, true};
                CHECK(meeting_part_of(least, n) == slowly(least, n));
                CHECK(meeting_part_of(more, n) == slowly(more, n));
            }
        }
    }
}

TEST("meeting: a meeting of voters asks for half of under a hundred, and for 55 from a hundred on") {
    struct meeting_rule r;
    CHECK_OK(meeting_rule_on(arena, S("voters"), (struct date){2026, 3, 1}, &r));
    CHECK(meeting_quorum(&r, &(struct meeting_heads){.eligible = 99}) == 50);
    CHECK(meeting_quorum(&r, &(struct meeting_heads){.eligible = 100}) == 55);
    CHECK(meeting_quorum(&r, &(struct meeting_heads){.eligible = 900}) == 55);
    CHECK(meeting_majority(&r, &(struct meeting_heads){.eligible = 900, .present = 60}) == 31);
}

TEST("meeting: the row of a kind is the one of the meeting's day") {
    struct meeting_rule before, after;
    CHECK_OK(meeting_rule_on(arena, S("voters"), (struct date){2025, 9, 25}, &before));
    CHECK_OK(meeting_rule_on(arena, S("voters"), (struct date){2025, 9, 26}, &after));
    CHECK(str_find(before.basis, S("1186/2021"), 0) != SIZE_MAX);
    CHECK(str_find(after.basis, S("101/2025"), 0) != SIZE_MAX);
    CHECK_ERR(meeting_rule_on(arena, S("party"), (struct date){2026, 1, 1}, &after), ERR_INVALID);
}

TEST("meeting: where the row wants stamped paper no electronic vote is among the ways") {
    struct meeting_rule r;
    CHECK_OK(meeting_rule_on(arena, S("voters"), (struct date){2026, 3, 1}, &r));
    CHECK(meeting_rule_allows(&r, S("paper")) && meeting_rule_allows(&r, S("hands")));
    CHECK(!meeting_rule_allows(&r, S("open")) && !meeting_rule_allows(&r, S("secret")));
}

TEST("meeting: every kind has a readable row that says where it is from") {
    struct meeting_rules all;
    CHECK_OK(meeting_rules(arena, &all));
    CHECK(all.n >= 8);
    for (size_t i = 0; i < all.n; i++) {
        CHECK(all.at[i].name.len && all.at[i].basis.len && all.at[i].ways.len);
    }
}
