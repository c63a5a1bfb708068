/* A letter that came, as the reader's child said it, and its way into a box. Private. */
#ifndef MODULES_MAIL_CAME_H
#define MODULES_MAIL_CAME_H
#include "modules/mail/rules.h"

struct mail_came_file {
    struct str name, danger, bytes;
    int64_t size;
};
struct mail_came_to {
    struct str name, address;
};
struct mail_came {
    struct str subject, name, address, date, id, text, own, guessed, hash, number, dated, about, machine, held, blocked,
        fault, answer_to;
    struct str report; /* Message-ID that a bounce or a receipt is about */
    struct str warned;
    LIST(struct str) of;
    LIST(struct mail_came_to) to;
    LIST(struct mail_delivery) gone; /* what a bounce says of each receiver */
    LIST(struct mail_came_file) files;
};
/* Takes a letter apart in the child. What cannot be read has .fault and is no error. */
struct err mail_came_read(struct arena *a, const struct read_part *part, struct mail_came *came);

struct mail_taking {
    const struct mail_came *came;
    struct mail_box_by_id_row *box;
    struct file_blob_id source; /* its exact bytes */
};
enum mail_took {
    MAIL_TOOK_NOT, /* cannot be read, or bears a mark of secrecy */
    MAIL_TOOK_NEW,
    MAIL_TOOK_AGAIN, /* the box holds it: the same Message-ID and the same words and files */
};
struct err mail_came_take(struct db_write *db, const struct mail_taking *t, enum mail_took *took);
#endif
