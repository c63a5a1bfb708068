/* The rules of meetings, between the files of this module. Each act asks its own right: MISSING for who may not read
   the meeting, DENIED for who does not run it, CONFLICT where its state does not allow it. */
#ifndef MODULES_MEETING_MEETING_INSIDE_H
#define MODULES_MEETING_MEETING_INSIDE_H
#include "kernel/db/db.h"
#include "kernel/index/feed.h"
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "kernel/queue/job.h"
#include "kernel/record/move.h"
#include "modules/meeting/meeting.h"
#include "modules/meeting/meeting_queries.h"
#include "modules/meeting/meeting_rule.h"
#include "modules/thread/thread.h"

/* One meeting as somebody sees it. */
struct meeting_seen {
    const struct meeting_find_row *m;
    const struct meeting_seat_row *seat; /* NULL: was not invited */
    bool runs;                           /* chair, secretary, or whoever prepares it */
    bool is_stand_in;                    /* the seat is another's */
};
struct err meeting_see(struct db_read *db, const struct who *who, int64_t id, struct meeting_seen *seen);
/* The same for who runs it, in one of the states "open|paused". */
struct err meeting_run(struct db_write *db, const struct who *who, int64_t id, const char *states,
                       struct meeting_seen *seen);
bool meeting_is(const struct meeting_find_row *m, const char *states);
/* What is done is told to the trail, to open pages and to the index. */
struct err meeting_done(struct db_write *db, int64_t meeting, const char *verb);
/* A step of the thread. */
struct err meeting_step(struct db_write *db, const struct who *who, int64_t meeting, const char *verb, struct str text);
struct err meeting_tell(struct db_write *db, int64_t meeting, const char *event, int64_t to, struct str words);

/* ---- The meeting */
struct meeting_words {
    struct str kind, title, note, place;
    struct instant starts_at, ends_at;
    struct meeting_room_id room;
    struct post_id chair, secretary;
    int64_t eligible;
    bool is_shown;
    int64_t version; /* of the one that is changed */
};
/* CONFLICT at "room" when it is taken. */
struct err meeting_make(struct db_write *db, const struct who *who, const struct meeting_words *words,
                        struct meeting_item_id *id);
struct err meeting_change(struct db_write *db, const struct who *who, int64_t id, const struct meeting_words *words);
extern const struct move meeting_moves[];
struct err meeting_move(struct db_write *db, const struct who *who, int64_t id, const char *verb, struct str reason);
/* Who is there, and how many must be. */
struct meeting_count {
    struct meeting_rule rule;
    struct meeting_heads heads;
    int64_t here; /* everybody, guests too */
    int64_t need; /* 0: none is asked */
    bool is_quorate;
};
struct err meeting_counted(struct db_read *db, const struct meeting_find_row *m, struct meeting_count *count);

/* ---- People */
struct err meeting_invite_posts(struct db_write *db, const struct who *who, int64_t id, struct db_ids principals,
                                bool is_voter);
/* One a line: "Ông Nguyễn Văn A, Bí thư chi bộ". */
struct err meeting_invite_guests(struct db_write *db, const struct who *who, int64_t id, struct str lines,
                                 bool is_voter);
struct err meeting_person_remove(struct db_write *db, const struct who *who, int64_t id, int64_t person);
struct meeting_answer {
    struct str answer, reason; /* yes, no, other */
    struct post_id stand_in;
};
struct err meeting_answer(struct db_write *db, const struct who *who, int64_t id, const struct meeting_answer *answer);
/* Comes, or with is_out goes; person 0: oneself. */
struct err meeting_presence(struct db_write *db, const struct who *who, int64_t id, int64_t person, bool is_out);
/* Rights of everybody who was invited; after sending. */
struct err meeting_person_rights(struct db_write *db, int64_t meeting, int64_t post);

/* ---- Programme and papers */
struct meeting_agenda_words {
    struct str title, presenter;
    int64_t minutes, ordinal, version; /* ordinal 0: at the end */
};
struct err meeting_agenda_add(struct db_write *db, const struct who *who, int64_t id,
                              const struct meeting_agenda_words *words);
struct err meeting_agenda_change(struct db_write *db, const struct who *who, int64_t id, int64_t agenda,
                                 const struct meeting_agenda_words *words);
struct meeting_paper_new {
    struct file_blob_id file;
    struct str name;
    int64_t size;
    int64_t agenda, line;  /* line 0: a new paper; else its next version */
    struct db_ids readers; /* seats; none: all who were invited */
};
struct err meeting_paper_add(struct db_write *db, const struct who *who, int64_t id,
                             const struct meeting_paper_new *paper);
struct err meeting_paper_see(struct db_read *db, const struct meeting_seen *seen, int64_t paper,
                             const struct meeting_paper_find_row **row);
/* Who may open papers changed: the index looks again. */
struct err meeting_papers_touch(struct db_write *db, struct meeting_item_id id);
struct err meeting_note_add(struct db_write *db, const struct who *who, int64_t id, int64_t paper, int64_t page,
                            struct str text);
struct err meeting_note_drop(struct db_write *db, const struct who *who, int64_t id, int64_t paper, int64_t note);

extern const struct thread_verb meeting_thread_verbs[];
extern const struct route meeting_routes[];
extern const struct metric_source meeting_metrics[];
extern const struct waiting_source meeting_waiting[];
extern const struct told_kind meeting_told[];
extern const struct search_source meeting_sources[];
extern const struct job_kind meeting_jobs[];
struct err meeting_demo(struct db_write *db, struct arena *arena);
struct erase;
struct err meeting_erase(struct db_write *db, const struct erase *e);
struct file_uses;
struct err meeting_file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses);
#include "modules/meeting/meeting_acts.h"
#endif
