#include "edxml/edxml.h"
#include "tests/test.h"

static const char *const codes[] = {"01", "02", "03", "04", "05", "06", "13", "15", "16"};
enum { CODES = sizeof codes / sizeof *codes };

static bool is_taken(struct arena *a, struct edxml_delivery *d, const char *code) {
    struct edxml_state s;
    CHECK(edxml_state_find(str_of(code), &s));
    struct edxml_receipt r = {str_of(code), S("có lý do"), str_eq(s.by, S("sender"))};
    return !edxml_receipt_take(a, d, &r).why;
}

/* What may follow, counted by hand: a row for each state nothing is asked in, a mark for each code in their order. */
static const struct {
    const char *state, *may;
} moves[] = {{"", "11....1.."},   {"01", ".11...1.."}, {"02", "........."}, {"03", "...1111.."},
             {"04", "....111.."}, {"05", ".....11.."}, {"06", "......1.."}};

TEST("every receipt follows only the states it may follow") {
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        for (size_t j = 0; j < CODES; j++) {
            struct edxml_delivery d = {.state = str_of(moves[i].state),
                                       .is_over = str_eq(str_of(moves[i].state), S("02"))};
            CHECK(is_taken(arena, &d, codes[j]) == (moves[i].may[j] == '1'));
        }
    }
}

TEST("while a recall waits, work goes on, it is not asked twice, and it is answered once") {
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        for (size_t j = 0; j < CODES; j++) {
            bool is_refused = str_eq(str_of(moves[i].state), S("02")), is_answer = j > 6;
            struct edxml_delivery d = {
                .state = str_of(moves[i].state), .asked = EDXML_ASKED_RECALL, .is_over = is_refused};
            bool may = !is_refused && (is_answer || (j != 6 && moves[i].may[j] == '1'));
            CHECK(is_taken(arena, &d, codes[j]) == may);
            CHECK(d.is_over == (is_refused || (may && (j == 7 || j == 1))));
        }
    }
}

TEST("a receipt is taken once; what a peer repeats is no fault") {
    struct edxml_delivery d = {0};
    const char *const way[] = {"01", "03", "04", "05", "06"};
    for (size_t i = 0; i < 5; i++) {
        CHECK(is_taken(arena, &d, way[i]));
        for (size_t j = 0; j <= i; j++) {
            CHECK_ERR(edxml_receipt_take(arena, &d, &(struct edxml_receipt){.code = str_of(way[j])}), ERR_CONFLICT);
        }
        CHECK_STR(d.state, str_of(way[i]));
    }
    CHECK(is_taken(arena, &d, "13") && is_taken(arena, &d, "16") && !d.is_over);
    CHECK_ERR(edxml_receipt_take(arena, &d, &(struct edxml_receipt){.code = S("16"), .reason = S("x")}), ERR_CONFLICT);
    CHECK_ERR(edxml_receipt_take(arena, &d, &(struct edxml_receipt){.code = S("15")}), ERR_INVALID);
    CHECK(is_taken(arena, &d, "13") && is_taken(arena, &d, "15") && d.is_over);
    CHECK(!is_taken(arena, &d, "13"));
}

TEST("an update is answered and the delivery goes on") {
    struct edxml_delivery d = {.state = S("03"), .asked = EDXML_ASKED_UPDATE};
    CHECK(is_taken(arena, &d, "15") && !d.is_over && d.asked == EDXML_ASKED_NOTHING);
    CHECK(is_taken(arena, &d, "05"));
}

TEST("a refusal and a recall want their reason, and each side sends its own") {
    struct edxml_delivery d = {.state = S("01")};
    struct err e = edxml_receipt_take(arena, &d, &(struct edxml_receipt){.code = S("02"), .reason = S(" ")});
    CHECK_OR_RETURN(e.why);
    CHECK_STR(e.why->field, S("description"));
    CHECK_ERR(edxml_receipt_take(arena, &d, &(struct edxml_receipt){.code = S("13"), .is_from_sender = true}),
              ERR_INVALID);
    CHECK_ERR(edxml_receipt_take(arena, &d, &(struct edxml_receipt){.code = S("13"), .reason = S("x")}), ERR_INVALID);
    CHECK_ERR(edxml_receipt_take(arena, &d, &(struct edxml_receipt){.code = S("03"), .is_from_sender = true}),
              ERR_INVALID);
    CHECK_ERR(edxml_receipt_take(arena, &d, &(struct edxml_receipt){.code = S("07")}), ERR_INVALID);
    CHECK_STR(d.state, S("01"));
}
