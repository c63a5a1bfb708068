/* The rules of meetings, in the room and afterwards: part of meeting_inside.h, which includes it. */
#ifndef MODULES_MEETING_MEETING_ACTS_H
#define MODULES_MEETING_MEETING_ACTS_H
#include "base/err.h"
#include "base/time.h"
#include "kernel/db/ids/meeting_item.h"
#include "kernel/db/ids/meeting_room.h"

struct db_write;
struct modules;
struct who;

/* ---- In the room */
struct err meeting_turn(struct db_write *db, const struct who *who, int64_t id, int64_t agenda);
struct err meeting_show_page(struct db_write *db, const struct who *who, int64_t id, int64_t paper, int64_t page);
enum { MEETING_SPEECH_MOST = 30 };
/* kind: speak, question. */
struct err meeting_speech_ask(struct db_write *db, const struct who *who, int64_t id, struct str kind, struct str text,
                              int64_t minutes);
/* call, more, first: of who runs it; drop: of who asked, too. */
struct err meeting_speech_act(struct db_write *db, const struct who *who, int64_t id, int64_t speech, const char *act);
struct err meeting_speech_end(struct db_write *db, const struct who *who, int64_t id);

/* ---- Deciding */
struct err meeting_vote_begin(struct db_write *db, const struct who *who, int64_t id, struct str text, struct str way,
                              int64_t *vote);
struct err meeting_vote_say(struct db_write *db, const struct who *who, int64_t id, int64_t vote, struct str choice);
struct meeting_tally {
    int64_t yes, no, other;                       /* of hands, or of the valid papers */
    int64_t issued, back, missed, valid, invalid; /* of papers */
};
/* INVALID at back or valid when the sums of stamped papers do not agree. */
struct err meeting_vote_tally(struct db_write *db, const struct who *who, int64_t id, int64_t vote,
                              const struct meeting_tally *tally);
/* Open votes are closed by who runs the meeting; counted ones are confirmed by another than who entered the count. */
struct err meeting_vote_close(struct db_write *db, const struct who *who, int64_t id, int64_t vote);
struct err meeting_vote_annul(struct db_write *db, const struct who *who, int64_t id, int64_t vote, struct str reason);

/* ---- After */
struct err meeting_conclude(struct db_write *db, const struct who *who, int64_t id, struct str text, int64_t lead,
                            struct date due);
struct err meeting_conclusion_drop(struct db_write *db, const struct who *who, int64_t id, int64_t conclusion);
/* Every conclusion somebody is to do becomes a task; *n: how many did now. */
struct err meeting_assign(struct db_write *db, const struct who *who, const struct modules *app, int64_t id,
                          int64_t *n);

/* ---- Rooms */
struct meeting_room_words {
    struct str name, note;
    int64_t seats, version;
    bool is_closed;
};
struct err meeting_room_make(struct db_write *db, const struct who *who, const struct meeting_room_words *words,
                             struct meeting_room_id *id);
struct err meeting_room_change(struct db_write *db, const struct who *who, int64_t id,
                               const struct meeting_room_words *words);
/* Frees what the meeting had, and takes the room for its time; room 0: only frees. */
struct err meeting_book(struct db_write *db, struct meeting_item_id id, struct meeting_room_id room,
                        struct instant starts_at, struct instant ends_at);

/* ---- Words and files */
struct str meeting_state_name(struct str state);
struct str meeting_answer_name(struct str answer);
/* "8:30", "08h30", "14h"; minutes of the day. */
bool meeting_clock_read(struct str s, int *minute);
struct str meeting_clock_words(struct arena *a, struct instant at);
struct meeting_ics {
    int64_t id, version;
    struct str title, note, place, chair;
    struct instant starts_at, ends_at, at;
    bool is_cancelled;
};
/* One event as iCalendar (RFC 5545): lines folded at 75 bytes between letters, ended by CRLF. */
struct str meeting_ics(struct arena *a, const struct meeting_ics *m);

#endif
