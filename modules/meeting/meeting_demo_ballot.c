/* The demonstration's secret ballot: each delegate's device is played here. */
#include "modules/meeting/meeting_ballot.h"
#include "modules/meeting/meeting_demo.h"

#include "base/arena.h"

struct device {
    struct ballot_device device;
    struct meeting_person_id person;
};

static struct err take_all(struct db_write *db, int64_t meeting, int64_t vote, const struct ballot_terms *terms,
                           struct device *devices, size_t *n) {
    struct arena *a = db_write_arena(db);
    struct meeting_people_rows rows;
    *n = 0;
    TRY(meeting_people(db_reading(db), (struct meeting_people_in){.meeting = {meeting}}, &rows));
    for (size_t i = 0; i < rows.n && i < 50; i++) {
        const struct meeting_people_row *p = &rows.at[i];
        struct who who = {.post = {p->post}, .name = p->name};
        if (!p->is_voter || !p->came_at.ms || !p->post) {
            continue;
        }
        db_actor_set(db, &(struct db_actor){.post = p->post});
        devices[*n].person = p->id;
        TRY(ballot_device_make(a, terms, &devices[*n].device));
        TRY(meeting_ballot_take(db, &who, meeting, vote, devices[*n].device.blinded));
        ++*n;
    }
    return OK;
}

static struct err cast(struct db_write *db, int64_t meeting, struct meeting_vote_id vote,
                       const struct ballot_terms *terms, const struct device *d, struct str choice) {
    struct meeting_roll_of_row *r;
    struct ballot_paper paper;
    TRY(meeting_roll_of(db_reading(db), (struct meeting_roll_of_in){.vote = vote, .person = d->person}, &r));
    TRY(ballot_device_vote(db_write_arena(db), terms, &d->device, r ? r->stamp : S(""), choice, &paper));
    return meeting_ballot_cast(db, meeting, vote.v, &paper);
}

struct err meeting_demo_ballot(struct db_write *db, const struct who *by, int64_t meeting) {
    static const char *const choices[] = {"1,2", "1,2", "1,3", "-", "1,2", "2,3", "1,2"};
    struct arena *a = db_write_arena(db);
    struct meeting_ballot_new new = {.text = S("Chọn hai khu dân cư đề nghị biểu dương toàn thành phố"),
                                     .names = S("Khu dân cư Hòa Nghĩa\nKhu dân cư Cát Bi\nKhu dân cư Phù Long"),
                                     .most = 2};
    struct db_actor clerk = {.person = by->person.v, .post = by->post.v};
    struct meeting_ballot_find_row *b;
    struct ballot_terms terms;
    struct device *devices = arena_take(a, struct device, 50);
    int64_t vote;
    size_t n;
    TRY(meeting_ballot_begin(db, by, meeting, &new, &vote));
    TRY(meeting_ballot_find(db_reading(db), (struct meeting_ballot_find_in){.vote = {vote}, .meeting = {meeting}}, &b));
    TRY(ballot_terms_read(a, b->board, &terms));
    TRY(take_all(db, meeting, vote, &terms, devices, &n));
    db_actor_set(db, &clerk);
    TRY(meeting_ballot_start(db, by, meeting, vote));
    /* One of them keeps the paper. */
    for (size_t i = 0; i + 1 < n; i++) {
        TRY(cast(db, meeting, (struct meeting_vote_id){vote}, &terms, &devices[i],
                 str_of(choices[i % (sizeof choices / sizeof *choices)])));
    }
    return meeting_vote_close(db, by, meeting, vote);
}
