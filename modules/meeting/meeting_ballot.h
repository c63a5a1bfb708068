/* The secret ballot of a meeting, between its files: issued, cast, closed. Private. */
#ifndef MODULES_MEETING_MEETING_BALLOT_H
#define MODULES_MEETING_MEETING_BALLOT_H
#include "modules/ballot/board.h"
#include "modules/meeting/meeting_ballot_queries.h"
#include "modules/meeting/meeting_inside.h"

struct meeting_ballot_new {
    struct str text, names; /* names: one a line; empty: for, against, another opinion */
    int64_t most;           /* 0: one */
};
/* Those present now may take a paper until the voting begins; nothing of it changes any more. */
struct err meeting_ballot_begin(struct db_write *db, const struct who *who, int64_t id,
                                const struct meeting_ballot_new *ballot, int64_t *vote);
/* Stamps the closed envelope of the asker, once: the same envelope gets the same stamp again, another is refused. */
struct err meeting_ballot_take(struct db_write *db, const struct who *who, int64_t id, int64_t vote,
                               struct str blinded);
/* Nobody takes a paper any more, and the key that stamped them is gone. */
struct err meeting_ballot_start(struct db_write *db, const struct who *who, int64_t id, int64_t vote);
/* By whoever holds a stamped paper: there is nobody to ask who it is. The same paper again is taken as it was. DENIED
   for a paper without this ballot's stamp, as for a vote that is not there. */
struct err meeting_ballot_cast(struct db_write *db, int64_t id, int64_t vote, const struct ballot_paper *paper);
/* Counts, closes the board, forgets the box's key; fills in what the vote's row keeps. */
struct err meeting_ballot_close(struct db_write *db, const struct meeting_seen *seen, struct meeting_vote_by_id_row *v);
struct err meeting_ballot_annul(struct db_write *db, const struct meeting_vote_by_id_row *v);
/* What the box says of a paper by its key: that it has it, or, once closed, its way to the head. MISSING: it has not.
 */
struct meeting_slip {
    struct str line, receipt;
    struct ballot_path path; /* of a closed ballot */
    bool is_closed;
};
struct err meeting_ballot_slip(struct db_read *db, struct arena *a, int64_t id, int64_t vote, struct str key,
                               struct meeting_slip *slip);
#endif
