/* The office's side of letters: kept in the book, judged by people, moved by acts, with clocks and lists. All acts:
   MISSING when the post may not read the letter, DENIED when it may read but not do this, CONFLICT when its state or
   version does not allow it, INVALID at the form's field. */
#ifndef MODULES_PETITION_PETITION_OFFICE_H
#define MODULES_PETITION_PETITION_OFFICE_H
#include "kernel/queue/job.h"
#include "kernel/record/move.h"
#include "modules/petition/petition.h"
#include "modules/petition/petition_queries.h"
#include "modules/task/task.h"
#include "modules/thread/thread.h"

enum { PETITION_SOON_DAYS = 3, PETITION_OPEN_MINUTES = 15, PETITION_DENIALS = 2, PETITION_TITLE_MOST = 200 };

/* ---- Words of codes: tables ended by an empty code */
struct petition_word {
    struct str code, name;
};
extern const struct petition_word petition_types[], petition_channels[], petition_topics[], petition_states[];
extern const struct petition_word petition_authorities[], petition_dispositions[], petition_clock_words[];
struct str petition_word(const struct petition_word *words, struct str code); /* the code itself when there is none */
struct str petition_word_or(const struct petition_word *words, struct str code, struct str otherwise);
bool petition_is_over(struct str state);
struct str petition_place_name(const struct place_index *places, struct str code);
/* The tables that read letters. */
const struct petition_tables *petition_tables_here(struct arena *a);
/* "3 lý do: …", a line each, of codes parted by spaces. */
struct petition_reasons {
    LIST(enum petition_reason) at;
};
struct petition_reasons petition_reasons_of(struct arena *a, struct str codes);

/* ---- Taking in */
struct petition_writer {
    struct str name, address, phone, email;
};
struct petition_paper {
    struct file_blob_id file;
    struct str name;
    int64_t size;
};
struct petition_new {
    struct str channel, source, title, text;
    struct date received_on; /* {0}: today */
    int64_t people;
    struct str place;              /* code of a commune that was chosen; empty: read from the text */
    struct petition_writer writer; /* what is left out is read from the text */
    LIST(struct petition_paper) papers;
};
/* Gives the next number of the organ's book, reads the letter, starts its clocks. Every way in ends here; of what came
   where nobody of the office took it in, who wears no post and has the organ alone. */
struct err petition_keep(struct db_write *db, const struct who *who, const struct petition_new *letter,
                         struct petition_letter_id *id);
/* The organ's book, for a way in without anybody of the office. */
struct who petition_nobody_of(struct unit_id organ);
/* Who is told of a letter that nobody holds: the organ's clerks; of a denunciation its leaders. */
struct err petition_told_to(struct db_read *db, int64_t organ, bool is_protected, int64_t *principal);
/* Who may read and do what with it, by whether who wrote is kept secret. */
struct err petition_rights(struct db_write *db, struct petition_letter_id id);
/* text without every place where these words of who wrote stand. */
struct str petition_mask(struct arena *a, struct str text, const struct petition_writer *writer);
/* The words the list's filter finds it by. */
struct err petition_terms(struct db_write *db, struct petition_letter_id id, int64_t number, struct str title,
                          struct str name);

/* ---- Judging: what was read is taken or corrected, one thing at a time */
struct petition_judgement {
    struct str name, value; /* as in petition_finding */
    int64_t version;
};
struct err petition_decide(struct db_write *db, const struct who *who, struct petition_letter_id id,
                           const struct petition_judgement *judgement);
struct petition_change {
    struct str title, channel, source;
    int64_t people, version;
    struct petition_writer writer; /* of a letter whose writer is not kept secret */
};
struct err petition_change(struct db_write *db, const struct who *who, struct petition_letter_id id,
                           const struct petition_change *change);
/* Joins the case of another letter that the post may read too. */
struct err petition_join_case(struct db_write *db, const struct who *who, struct petition_letter_id id,
                              struct petition_letter_id other);

/* ---- Acts */
extern const struct move petition_moves[];
extern const struct thread_verb petition_verbs[];
struct petition_act {
    const char *verb; /* of petition_moves */
    struct str doc;   /* number of the paper that says so */
    struct str text;
    struct str body, body_kind; /* of a transfer */
    struct str kind;            /* of a reply: received accepted result wrong; of a confirmation: right not */
    struct date on;             /* {0}: today */
};
struct err petition_act(struct db_write *db, const struct who *who, struct petition_letter_id id,
                        const struct petition_act *act);
/* ---- What who wrote sees and says, by receipt; asks no right of a post, for the receipt was asked for. */
struct petition_said {
    const char *verb;
    struct str about, text;
    int64_t files;
};
/* Of a denunciation the working copy leaves out who wrote. */
struct err petition_road_add(struct db_write *db, const struct petition_by_id_row *letter,
                             const struct petition_said *said, struct str *working);
/* Whether the office asked something that was not answered yet; what. */
struct err petition_question(struct db_read *db, struct petition_letter_id id, struct str *question);
/* Words and files that are added, or answer the question. CONFLICT when the letter is over. */
struct petition_addition {
    struct str text;
    LIST(struct petition_paper) papers;
};
struct err petition_add(struct db_write *db, struct petition_letter_id id, const struct petition_addition *addition);
/* "đúng" or "chưa" to the answer, with how it was handled, 1 to 5; 0: not said. */
struct petition_opinion {
    struct str kind; /* right not */
    struct str text;
    int64_t rating;
};
struct err petition_opine(struct db_write *db, struct petition_letter_id id, const struct petition_opinion *opinion);
/* The act of who wrote: of petition_act without a post. */
struct err petition_act_by_writer(struct db_write *db, struct petition_letter_id id, const struct petition_act *act);

/* Who denounces is shown to this post for PETITION_OPEN_MINUTES; the reason goes into the trail. */
struct err petition_open_identity(struct db_write *db, const struct who *who, struct petition_letter_id id,
                                  struct str reason);
struct err petition_is_open_to(struct db_read *db, const struct who *who, const struct petition_by_id_row *letter,
                               bool *is_open);
struct err petition_give(struct db_write *db, const struct task_by *by, struct petition_letter_id id,
                         const struct task_new *task);
/* Found for the post, with its rights. */
struct err petition_for(struct db_read *db, struct petition_letter_id id, const struct who *who, unsigned can,
                        struct petition_by_id_row **letter);

/* ---- Clocks */
/* Those of the first disposing, by the types; begun anew when the type changes. */
struct err petition_clocks_begin(struct db_write *db, struct petition_letter_id id);
struct err petition_clock_start(struct db_write *db, struct petition_letter_id id, const char *what, struct str rule,
                                struct date start);
/* Ends the running ones of a sort ("" all). */
struct err petition_clocks_end(struct db_write *db, struct petition_letter_id id, const char *what, bool is_met);
/* The letter's own day follows. */
struct err petition_due_follow(struct db_write *db, struct petition_letter_id id);
struct str petition_reply_rule(struct str type);
struct str petition_settle_rule(struct str type);
struct err petition_tell_late(struct db_write *db, struct date today, int64_t *told);
struct err petition_seed(struct db_write *db, struct arena *arena);
extern const struct job_kind petition_job_kinds[];

#endif
