#include "tests/test.h"

#include "base/buf.h"
#include "modules/ballot/ballot.h"
#include "modules/ballot/board.h"

enum { VOTERS = 4 };
struct vote {
    struct ballot_secrets secrets;
    struct ballot_terms terms;
    struct ballot_device devices[VOTERS];
    struct str lines[VOTERS], board;
};

/* Three of four take a paper; so many of them cast one. */
static struct err held(struct arena *a, size_t cast, struct vote *v) {
    struct str options[] = {S("Nguyễn An"), S("Trần Bình"), S("Lê Chi")},
               voters[] = {S("Một"), S("Hai"), S("Ba"), S("Bốn")};
    static const char *const choices[] = {"1,3", "-", "2"};
    struct ballot_definition d = {.number = S("7"),
                                  .meeting = S("Họp\tthử"),
                                  .text = S("Bầu hai người"),
                                  .rule = S("trên 1/2"),
                                  .options = {options, 3},
                                  .voters = {voters, VOTERS},
                                  .most = 2};
    TRY(ballot_begin(a, &d, &v->secrets, &v->board));
    TRY(ballot_terms_read(a, v->board, &v->terms));
    for (size_t i = 0; i < cast; i++) {
        struct str signature;
        struct ballot_paper p;
        TRY(ballot_device_make(a, &v->terms, &v->devices[i]));
        TRY(ballot_stamp(a, &v->terms, v->secrets.signer, v->devices[i].blinded, &signature));
        TRY(ballot_device_vote(a, &v->terms, &v->devices[i], signature, str_of(choices[i]), &p));
        TRY(ballot_paper_check(a, &v->terms, &p));
        v->lines[i] = ballot_paper_line(a, &p);
    }
    int64_t taken[] = {1, 2, 4};
    return ballot_taken(a, &v->board, v->secrets.seed, taken, 3);
}

static struct err closed(struct arena *a, size_t cast, struct vote *v, struct ballot_sums *sums) {
    TRY(held(a, cast, v));
    return ballot_close(a, &v->board, v->secrets.seed, (struct ballot_texts){v->lines, cast}, sums);
}

TEST("ballot: a whole ballot is counted, and its board is found right") {
    struct vote v;
    struct ballot_sums sums;
    struct ballot_verdict said;
    CHECK_OK(closed(arena, 3, &v, &sums));
    CHECK(sums.eligible == 4 && sums.taken == 3 && sums.cast == 3 && sums.blank == 1);
    CHECK(sums.votes[0] == 1 && sums.votes[1] == 1 && sums.votes[2] == 1);
    ballot_verify(arena, v.board, S(""), &said);
    CHECK_STR(said.fault, S(""));
    CHECK(said.lines.n == 6 && said.sums.cast == 3 && said.sums.votes[2] == 1);
    ballot_verify(arena, v.board, v.terms.words, &said);
    CHECK_STR(said.fault, S(""));
    ballot_verify(arena, v.board, S("ba bốn năm"), &said);
    CHECK(said.fault.len && said.fault_line == 17);
}

TEST("ballot: nobody comes, and the board is right as well; a board that is not closed is not") {
    struct vote v;
    struct ballot_sums sums;
    struct ballot_verdict said;
    CHECK_OK(closed(arena, 0, &v, &sums));
    ballot_verify(arena, v.board, S(""), &said);
    CHECK_STR(said.fault, S(""));
    CHECK_OK(held(arena, 1, &v));
    ballot_verify(arena, v.board, S(""), &said);
    CHECK(said.fault.len);
}

TEST("ballot: one byte changed, one line left out, doubled or moved anywhere on the board is refused") {
    struct vote v;
    struct ballot_sums sums;
    struct ballot_verdict said;
    CHECK_OK(closed(arena, 2, &v, &sums));
    struct arena *a = arena_new();
    for (size_t i = 0; i < v.board.len; i += 1 + i % 23) {
        char *changed = str_z(a, v.board);
        changed[i] ^= 1;
        ballot_verify(a, (struct str){changed, v.board.len}, S(""), &said);
        CHECK(said.fault.len);
        arena_reset(a);
    }
    for (size_t i = 0, next; (next = str_find(v.board, S("\n"), i)) != SIZE_MAX; i = next + 1) {
        struct str before = str_slice(v.board, 0, i), line = str_slice(v.board, i, next + 1),
                   after = str_slice(v.board, next + 1, v.board.len);
        ballot_verify(a, str_format(a, "%.*s%.*s", STR_ARG(before), STR_ARG(after)), S(""), &said);
        CHECK(said.fault.len);
        ballot_verify(a,
                      str_format(a, "%.*s%.*s%.*s%.*s", STR_ARG(before), STR_ARG(line), STR_ARG(line), STR_ARG(after)),
                      S(""), &said);
        CHECK(said.fault.len);
        ballot_verify(a, before, S(""), &said);
        CHECK(said.fault.len);
        arena_reset(a);
    }
    arena_free(a);
}

TEST("ballot: bytes that no screen shows are refused on a board") {
    struct vote v;
    struct ballot_sums sums;
    struct ballot_verdict said;
    CHECK_OK(closed(arena, 1, &v, &sums));
    static const char hidden[] = {'\0', '\r', '\1', '\33'};
    for (size_t i = 0; i < sizeof hidden; i++) {
        struct buf b = buf_in(arena);
        size_t at = str_find(v.board, S("\npaper"), 0), end = str_find(v.board, S("\n"), at + 1);
        buf_put(&b, str_slice(v.board, 0, end));
        buf_put_char(&b, hidden[i]);
        buf_put(&b, str_slice(v.board, end, v.board.len));
        ballot_verify(arena, buf_str(&b), S(""), &said);
        CHECK(str_find(said.fault, S("ký tự ẩn"), 0) != SIZE_MAX && said.fault_line > 0);
    }
}

TEST("ballot: papers without a stamp, of another ballot, with another's choice or too many are refused") {
    struct vote v, other;
    struct str signature;
    struct ballot_paper p, q;
    CHECK_OK(held(arena, 0, &v));
    CHECK_OK(held(arena, 1, &other));
    CHECK_OK(ballot_device_make(arena, &v.terms, &v.devices[0]));
    CHECK_OK(ballot_stamp(arena, &v.terms, v.secrets.signer, v.devices[0].blinded, &signature));
    CHECK_OK(ballot_device_vote(arena, &v.terms, &v.devices[0], signature, S("1,2"), &p));
    CHECK_OK(ballot_paper_check(arena, &v.terms, &p));
    CHECK(ballot_paper_read(other.lines[0], &q));
    CHECK_ERR(ballot_paper_check(arena, &v.terms, &q), ERR_INVALID);
    q = p;
    q.choice = S("1");
    CHECK_ERR(ballot_paper_check(arena, &v.terms, &q), ERR_INVALID);
    static const char *const bad[] = {"", "0", "4", "01", "1,1", "2,1", "1,2,3", "1,", ",1", "1 ", "--", "-1", "+1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK_OK(ballot_device_vote(arena, &v.terms, &v.devices[0], signature, str_of(bad[i]), &q));
        CHECK_ERR(ballot_paper_check(arena, &v.terms, &q), ERR_INVALID);
    }
    q = p;
    q.key = ballot_paper_line(arena, &p);
    CHECK_ERR(ballot_paper_check(arena, &v.terms, &q), ERR_INVALID);
}

TEST("ballot: more papers than were taken, and one paper twice, are seen whatever the box signs") {
    struct vote v;
    struct ballot_sums sums;
    struct ballot_verdict said;
    struct str begun;
    CHECK_OK(held(arena, 2, &v));
    begun = v.board;
    struct str twice[] = {v.lines[0], v.lines[0]};
    CHECK_OK(ballot_close(arena, &v.board, v.secrets.seed, (struct ballot_texts){twice, 2}, &sums));
    ballot_verify(arena, v.board, S(""), &said);
    CHECK(str_find(said.fault, S("trùng nhau"), 0) != SIZE_MAX);
    CHECK_OK(ballot_terms_read(arena, begun, &v.terms));
    size_t taken = str_find(begun, S("taken\t1"), 0);
    v.board = str_copy(arena, str_slice(begun, 0, taken));
    CHECK_OK(ballot_taken(arena, &v.board, v.secrets.seed, (int64_t[]){3}, 1));
    CHECK_OK(ballot_close(arena, &v.board, v.secrets.seed, (struct ballot_texts){v.lines, 2}, &sums));
    ballot_verify(arena, v.board, S(""), &said);
    CHECK(str_find(said.fault, S("nhiều hơn số người nhận"), 0) != SIZE_MAX);
}

TEST("ballot: each paper has a way to the last head, and the box's word is the same each time") {
    struct vote v;
    struct ballot_sums sums;
    struct ballot_path path;
    struct str line;
    CHECK_OK(closed(arena, 3, &v, &sums));
    for (size_t i = 0; i < 3; i++) {
        struct ballot_paper p;
        CHECK(ballot_paper_read(v.lines[i], &p));
        CHECK(ballot_path(arena, v.board, p.key, &line, &path));
        CHECK_STR(line, v.lines[i]);
        CHECK(path.hashes.n >= 4 && path.root.len == 64 && path.head.len == 128 && path.index < path.size);
        CHECK_STR(ballot_receipt(arena, v.secrets.seed, &v.terms, line),
                  ballot_receipt(arena, v.secrets.seed, &v.terms, line));
    }
    CHECK(!ballot_path(arena, v.board, S("00"), &line, &path));
}

TEST("ballot: the table of attacks says of each what comes of it") {
    struct ballot_attacks all;
    ballot_attacks(arena, &all);
    CHECK(all.n >= 10);
    for (size_t i = 0; i < all.n; i++) {
        bool is_known = str_eq(all.at[i].mark, S("prevented")) || str_eq(all.at[i].mark, S("detected")) ||
                        str_eq(all.at[i].mark, S("open"));
        CHECK(is_known && all.at[i].who.len && all.at[i].what.len && all.at[i].outcome.len);
    }
}
