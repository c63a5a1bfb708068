/* Ways of a box out of the house and into it: a server of the office's own (SMTP, IMAP), its secret, the letters that
   leave, once each, and those that are fetched. Private. */
#ifndef MODULES_MAIL_WAY_H
#define MODULES_MAIL_WAY_H
#include "kernel/wire/wire.h"
#include "modules/mail/rules.h"

enum {
    MAIL_OUT_BYTES_MOST = 20 << 20, /* of all files of a letter that leaves the house */
    MAIL_OUT_DAYS = 3,              /* a letter is offered so long, then given up */
    MAIL_FETCH_S = 60,
    MAIL_LEFT_MOST = 500, /* taken up again at a time */
};

/* ---- Set by administrators of the organ whose box it is; all others: MISSING */
struct mail_way_typed {
    int64_t owner, version;
    bool is_on;
    struct str address, out_host, out_safety, in_host, in_safety, login, secret, trusted;
    int64_t out_port, in_port;
};
struct err mail_way_add(struct db_write *db, const struct who *who, const struct mail_way_typed *typed, int64_t *id);
/* An empty secret keeps the one that is there, unless server or login are others. *is_changed false: the version was
   another. */
struct err mail_way_edit(struct db_write *db, const struct who *who, int64_t id, const struct mail_way_typed *typed,
                         bool *is_changed);
struct err mail_way_open(struct db_read *db, const struct who *who, int64_t id, struct mail_way_by_id_row **way);
/* Both are done by a job: what came of it stands on the way. */
struct err mail_way_try(struct db_write *db, const struct who *who, int64_t id);
struct err mail_way_fetch(struct db_write *db, const struct who *who, int64_t id);
/* Letters that wait and boxes that are read, of a way or (0) of all: their jobs, where one was lost. */
struct err mail_ways_wake(struct db_write *db, int64_t way);
/* The line to one of the way's two servers, signed in. */
enum mail_end { MAIL_END_OUT, MAIL_END_IN };
struct err mail_way_line(struct arena *a, const struct mail_way_by_id_row *way, enum mail_end end, struct wire **wire);

/* ---- Letters that leave */
struct mail_outside {
    LIST(struct mail_receiver) to;
    struct str from; /* the way's address */
    int64_t way;
};
/* "Tên <a@b.vn>, c@d.vn" added to all. INVALID at the field for what is no address, or more than MAIL_TO_MOST. */
struct err mail_outside_read(struct arena *a, struct str role, struct str typed, const char *field,
                             struct mail_outside *all);
struct err mail_out_add(struct db_write *db, const struct mail_outside *all, int64_t letter, struct str message_id);
/* By an administrator's hand. CONFLICT in a state that does not allow it. again: offered once more under the same
   Message-ID; settle: of an unsure one, it is taken to have gone; drop: it will not go. */
struct err mail_out_again(struct db_write *db, const struct who *who, int64_t way, int64_t out);
struct err mail_out_settle(struct db_write *db, const struct who *who, int64_t way, int64_t out);
struct err mail_out_drop(struct db_write *db, const struct who *who, int64_t way, int64_t out);
/* Who sent it is told that it did not arrive at an address. */
struct err mail_out_tell(struct db_write *db, struct mail_letter_id letter, struct str address, struct str why);
/* What may be done about a server's answer, in words. */
struct str mail_out_advice(struct str code, struct str said);

/* What a bounce says of a letter this box sent is written to its receivers, and told to who sent it. */
struct mail_report {
    struct str message_id;
    const struct mail_delivery *gone;
    size_t n;
};
struct err mail_report_match(struct db_write *db, struct mail_box_id box, const struct mail_report *report);

struct err mail_out_run(struct job *job);
struct err mail_fetch_run(struct job *job);
struct err mail_trial_run(struct job *job);

/* ---- Written as others read letters */
struct mail_written_paper {
    struct str name, type, bytes;
};
struct mail_written {
    struct str from_name, from_address, subject, text, message_id, in_reply_to;
    LIST(struct str) references;   /* the oldest first */
    LIST(struct mail_receiver) to; /* blind copies are not named */
    LIST(struct mail_written_paper) papers;
    struct instant at;
};
struct err mail_write(struct arena *a, const struct mail_written *w, struct str *bytes);
/* A letter of ours, with its files and what it answers. from: the address it is sent as. */
struct err mail_written_of(struct db_read *db, struct arena *a, const struct mail_letter_by_id_row *l, struct str from,
                           struct mail_written *w);
#endif
