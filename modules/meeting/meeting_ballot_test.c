#include "tests/db.h"

#include "modules/meeting/meeting_ballot.h"
#include "modules/org/org.h"
#include "modules/org/org_change.h"

#include "base/time.h"

enum { CLERK, CHAIR, OFFICER, SECOND, PEOPLE };
static const struct date day = {2026, 11, 6};
struct room {
    struct db_write *w;
    struct arena *arena;
    struct unit_id organ;
    struct who who[PEOPLE];
    struct ballot_terms terms;
    struct ballot_device devices[PEOPLE];
    int64_t id, vote;
};

static struct err somebody(struct room *r, int i) {
    static const struct str names[] = {S_INIT("Hoàng Vân"), S_INIT("Đào Công"), S_INIT("Trần Minh"), S_INIT("Lê Hoa")};
    struct person_id person;
    struct post_id post;
    TRY(org_person_make(r->w, &(struct org_person_new){.name = names[i], .address = S("đồng chí")}, &person));
    struct org_post_new new = {.person = person,
                               .unit = r->organ,
                               .title = S("Chuyên viên"),
                               .roles = ROLE_OFFICER,
                               .from_on = date_plus(day, -400)};
    TRY(org_post_give(r->w, &new, &post));
    return org_auth.wear(db_reading(r->w), person, post, day, &r->who[i]);
}

/* A meeting of that kind that is open; the chair, the officer and the second vote. */
static struct err opened(struct db *db, struct arena *arena, const char *kind, struct room *r) {
    struct meeting_item_id made;
    *r = (struct room){.arena = arena};
    clock_freeze(date_at(day, 9, 0));
    TRY(db_begin_write(db, arena, &r->w));
    TRY(org_seed(r->w, arena));
    TRY(org_unit_make(r->w,
                      &(struct org_unit_new){.code = S("B1"), .kind = S("front"), .level = S("city"), .name = S("B1")},
                      &r->organ));
    for (int i = 0; i < PEOPLE; i++) {
        TRY(somebody(r, i));
    }
    struct meeting_words w = {.kind = str_of(kind),
                              .title = S("Họp thử"),
                              .starts_at = date_at(day, 9, 0),
                              .ends_at = date_at(day, 11, 0),
                              .chair = r->who[CHAIR].post,
                              .secretary = r->who[CLERK].post};
    int64_t people[] = {r->who[OFFICER].post.v, r->who[SECOND].post.v};
    TRY(meeting_make(r->w, &r->who[CLERK], &w, &made));
    TRY(meeting_invite_posts(r->w, &r->who[CLERK], made.v, (struct db_ids){people, 2}, true));
    r->id = made.v;
    TRY(meeting_move(r->w, &r->who[CLERK], r->id, "invitation", S("")));
    for (int i = CHAIR; i <= SECOND; i++) {
        TRY(meeting_presence(r->w, &r->who[i], r->id, 0, false));
    }
    return meeting_move(r->w, &r->who[CLERK], r->id, "opening", S(""));
}

static struct err ballot_row(struct room *r, struct meeting_ballot_find_row **b) {
    return meeting_ballot_find(db_reading(r->w), (struct meeting_ballot_find_in){.vote = {r->vote}, .meeting = {r->id}},
                               b);
}

static struct err begun(struct room *r, struct str names, int64_t most) {
    struct meeting_ballot_find_row *b;
    struct meeting_ballot_new new = {.text = S("Bầu"), .names = names, .most = most};
    TRY(meeting_ballot_begin(r->w, &r->who[CHAIR], r->id, &new, &r->vote));
    TRY(ballot_row(r, &b));
    return ballot_terms_read(r->arena, b->board, &r->terms);
}

static struct err take(struct room *r, int i) {
    TRY(ballot_device_make(r->arena, &r->terms, &r->devices[i]));
    return meeting_ballot_take(r->w, &r->who[i], r->id, r->vote, r->devices[i].blinded);
}

static struct err paper_of(struct room *r, int i, struct str choice, struct ballot_paper *paper) {
    struct meeting_seen seen;
    struct meeting_roll_of_row *roll;
    TRY(meeting_see(db_reading(r->w), &r->who[i], r->id, &seen));
    TRY(meeting_roll_of(db_reading(r->w), (struct meeting_roll_of_in){.vote = {r->vote}, .person = seen.seat->id},
                        &roll));
    return ballot_device_vote(r->arena, &r->terms, &r->devices[i], roll->stamp, choice, paper);
}

static struct err casts(struct room *r, int i, struct str choice) {
    struct ballot_paper p;
    TRY(paper_of(r, i, choice, &p));
    return meeting_ballot_cast(r->w, r->id, r->vote, &p);
}

static struct err voted(struct room *r, struct meeting_vote_by_id_row **v) {
    return meeting_vote_by_id(db_reading(r->w), (struct meeting_vote_by_id_in){.id = {r->vote}, .meeting = {r->id}}, v);
}

TEST_DB("ballot in a meeting: where the row wants stamped paper it is refused, and says which rule") {
    struct room r;
    CHECK_OK(opened(db, arena, "voters", &r));
    struct err e = begun(&r, S(""), 0);
    CHECK_ERR(e, ERR_INVALID);
    CHECK(str_find(e.why->message, S("101/2025"), 0) != SIZE_MAX && str_eq(e.why->field, S("way")));
    db_rollback(r.w);
    CHECK_OK(opened(db, arena, "briefing", &r));
    CHECK_ERR(begun(&r, S(""), 0), ERR_INVALID);
    db_rollback(r.w);
}

TEST_DB("ballot in a meeting: who is there takes one paper, once; the same envelope gets the same stamp again") {
    struct room r;
    struct meeting_roll_count_row *n;
    CHECK_OK(opened(db, arena, "standing", &r));
    CHECK_OK(meeting_presence(r.w, &r.who[SECOND], r.id, 0, true));
    CHECK_OK(begun(&r, S(""), 0));
    CHECK_OK(take(&r, OFFICER));
    CHECK_OK(meeting_ballot_take(r.w, &r.who[OFFICER], r.id, r.vote, r.devices[OFFICER].blinded));
    CHECK_ERR(take(&r, OFFICER), ERR_CONFLICT);
    CHECK_ERR(take(&r, CLERK), ERR_DENIED);
    CHECK_ERR(take(&r, SECOND), ERR_DENIED);
    CHECK_ERR(meeting_ballot_take(r.w, &r.who[CHAIR], r.id, r.vote, S("00")), ERR_INVALID);
    CHECK_OK(meeting_roll_count(db_reading(r.w), (struct meeting_roll_count_in){.vote = {r.vote}}, &n));
    CHECK(n->eligible == 2 && n->taken == 1);
    db_rollback(r.w);
}

TEST_DB("ballot in a meeting: papers go in between the opening and the closing of the voting, each once") {
    struct room r;
    struct ballot_paper p, other;
    struct meeting_slip slip;
    CHECK_OK(opened(db, arena, "standing", &r));
    CHECK_OK(begun(&r, S(""), 0));
    CHECK_ERR(meeting_ballot_start(r.w, &r.who[CHAIR], r.id, r.vote), ERR_CONFLICT);
    CHECK_OK(take(&r, OFFICER));
    CHECK_OK(paper_of(&r, OFFICER, S("1"), &p));
    CHECK_ERR(meeting_ballot_cast(r.w, r.id, r.vote, &p), ERR_CONFLICT);
    CHECK_ERR(meeting_vote_close(r.w, &r.who[CHAIR], r.id, r.vote), ERR_CONFLICT);
    CHECK_ERR(meeting_ballot_start(r.w, &r.who[OFFICER], r.id, r.vote), ERR_DENIED);
    CHECK_OK(meeting_ballot_start(r.w, &r.who[CHAIR], r.id, r.vote));
    CHECK_ERR(meeting_ballot_start(r.w, &r.who[CHAIR], r.id, r.vote), ERR_CONFLICT);
    CHECK_ERR(take(&r, SECOND), ERR_CONFLICT);
    CHECK_OK(paper_of(&r, OFFICER, S("1"), &p));
    CHECK_ERR(meeting_ballot_slip(db_reading(r.w), arena, r.id, r.vote, p.key, &slip), ERR_MISSING);
    CHECK_OK(meeting_ballot_cast(r.w, r.id, r.vote, &p));
    CHECK_OK(meeting_ballot_cast(r.w, r.id, r.vote, &p));
    CHECK_OK(paper_of(&r, OFFICER, S("2"), &other));
    CHECK_ERR(meeting_ballot_cast(r.w, r.id, r.vote, &other), ERR_CONFLICT);
    CHECK_OK(meeting_ballot_slip(db_reading(r.w), arena, r.id, r.vote, p.key, &slip));
    CHECK_STR(slip.line, ballot_paper_line(arena, &p));
    CHECK(slip.receipt.len == 128 && !slip.is_closed);
    other = p;
    other.token = str_format(arena, "%.*s%c", (int)p.token.len - 1, p.token.at, p.token.at[511] == '0' ? '1' : '0');
    CHECK_ERR(meeting_ballot_cast(r.w, r.id, r.vote, &other), ERR_DENIED);
    CHECK_ERR(meeting_ballot_cast(r.w, r.id, r.vote + 1, &p), ERR_DENIED);
    CHECK_OK(meeting_vote_close(r.w, &r.who[CHAIR], r.id, r.vote));
    CHECK_ERR(meeting_ballot_cast(r.w, r.id, r.vote, &p), ERR_CONFLICT);
    CHECK_OK(meeting_ballot_slip(db_reading(r.w), arena, r.id, r.vote, p.key, &slip));
    CHECK(slip.is_closed && slip.path.hashes.n);
    db_rollback(r.w);
}

TEST_DB("ballot in a meeting: what is published is counted, checked, and holds neither keys nor who cast what") {
    struct room r;
    struct meeting_ballot_find_row *b;
    struct meeting_vote_by_id_row *v;
    struct meeting_lots_rows lots;
    struct ballot_verdict said;
    CHECK_OK(opened(db, arena, "standing", &r));
    CHECK_OK(begun(&r, S(""), 0));
    for (int i = CHAIR; i <= SECOND; i++) {
        CHECK_OK(take(&r, i));
    }
    CHECK_OK(meeting_ballot_start(r.w, &r.who[CHAIR], r.id, r.vote));
    CHECK_OK(ballot_row(&r, &b));
    CHECK(!b->signer.len && b->seed.len);
    CHECK_OK(casts(&r, SECOND, S("1")));
    CHECK_OK(casts(&r, CHAIR, S("1")));
    CHECK_OK(meeting_vote_close(r.w, &r.who[CHAIR], r.id, r.vote));
    CHECK_OK(ballot_row(&r, &b));
    CHECK_OK(voted(&r, &v));
    CHECK(!b->signer.len && !b->seed.len && str_eq(b->phase, S("closed")));
    CHECK(v->is_carried && v->yes == 2 && v->no == 0 && v->issued == 3 && v->back == 2 && v->missed == 1);
    CHECK_OK(meeting_lots(db_reading(r.w), (struct meeting_lots_in){.vote = {r.vote}}, &lots));
    CHECK(lots.n == 0);
    ballot_verify(arena, b->board, r.terms.words, &said);
    CHECK_STR(said.fault, S(""));
    CHECK(said.sums.taken == 3 && said.sums.cast == 2 && said.sums.votes[0] == 2);
    db_rollback(r.w);
}

TEST_DB("ballot in a meeting: of a list the most votes are chosen, and a tie for the last place is left open") {
    struct room r;
    struct meeting_options_rows o;
    struct meeting_vote_by_id_row *v;
    CHECK_OK(opened(db, arena, "standing", &r));
    CHECK_ERR(begun(&r, S("An\nAn"), 1), ERR_INVALID);
    CHECK_ERR(begun(&r, S("An\nBình"), 3), ERR_INVALID);
    CHECK_OK(begun(&r, S("An\n Bình \n\nChi\nDung"), 2));
    for (int i = CHAIR; i <= SECOND; i++) {
        CHECK_OK(take(&r, i));
    }
    CHECK_OK(meeting_ballot_start(r.w, &r.who[CHAIR], r.id, r.vote));
    CHECK_ERR(casts(&r, CHAIR, S("1,2,3")), ERR_INVALID);
    CHECK_OK(casts(&r, CHAIR, S("1,2")));
    CHECK_OK(casts(&r, OFFICER, S("1,3")));
    CHECK_OK(casts(&r, SECOND, S("2,3")));
    CHECK_OK(meeting_vote_close(r.w, &r.who[CHAIR], r.id, r.vote));
    CHECK_OK(meeting_options(db_reading(r.w), (struct meeting_options_in){.vote = {r.vote}}, &o));
    CHECK(o.n == 4 && o.at[0].votes == 2 && o.at[0].is_tied && o.at[1].is_tied && o.at[2].is_tied);
    CHECK(!o.at[3].is_tied && !o.at[0].is_chosen);
    CHECK_OK(voted(&r, &v));
    CHECK(!v->is_carried && str_starts(v->outcome, S("không ai đủ")));
    CHECK_OK(begun(&r, S("An\nBình\nChi"), 2));
    for (int i = CHAIR; i <= SECOND; i++) {
        CHECK_OK(take(&r, i));
    }
    CHECK_OK(meeting_ballot_start(r.w, &r.who[CHAIR], r.id, r.vote));
    CHECK_OK(casts(&r, CHAIR, S("1,2")));
    CHECK_OK(casts(&r, OFFICER, S("1,2")));
    CHECK_OK(casts(&r, SECOND, S("1,3")));
    CHECK_OK(meeting_vote_close(r.w, &r.who[CHAIR], r.id, r.vote));
    CHECK_OK(voted(&r, &v));
    CHECK_STR(v->outcome, S("trúng: An (3), Bình (2); còn lại: Chi (1)"));
    db_rollback(r.w);
}

TEST_DB("ballot in a meeting: an annulled one loses its papers and keys, and another may be opened") {
    struct room r;
    struct meeting_ballot_find_row *b;
    struct meeting_slip slip;
    struct ballot_paper p;
    CHECK_OK(opened(db, arena, "committee", &r));
    CHECK_OK(begun(&r, S(""), 0));
    CHECK_OK(take(&r, OFFICER));
    CHECK_OK(meeting_ballot_start(r.w, &r.who[CHAIR], r.id, r.vote));
    CHECK_OK(paper_of(&r, OFFICER, S("-"), &p));
    CHECK_OK(meeting_ballot_cast(r.w, r.id, r.vote, &p));
    CHECK_OK(meeting_vote_annul(r.w, &r.who[CHAIR], r.id, r.vote, S("Mất mạng")));
    CHECK_OK(ballot_row(&r, &b));
    CHECK(!b->board.len && !b->seed.len && !b->signer.len);
    CHECK_ERR(meeting_ballot_slip(db_reading(r.w), arena, r.id, r.vote, p.key, &slip), ERR_MISSING);
    CHECK_ERR(meeting_ballot_cast(r.w, r.id, r.vote, &p), ERR_DENIED);
    CHECK_OK(begun(&r, S(""), 0));
    db_rollback(r.w);
}
