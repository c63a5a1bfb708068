/* Shared by the files of this room. */
#ifndef MODULES_SIGN_INSIDE_H
#define MODULES_SIGN_INSIDE_H
#include "modules/sign/pdf.h"
#include "modules/sign/sign.h"

struct buf;

/* A signature as it lies in the file. */
struct sign_place {
    size_t dict_at, dict_end; /* of its dictionary */
    struct pdf_value dict;
    int64_t from, to, end; /* signed: 0 to from, and to to end */
    struct str cms;        /* what fills the gap, decoded */
    const char *fault;     /* Vietnamese; NULL: none */
};
struct sign_places {
    LIST(struct sign_place) all;
};
enum { SIGN_MARKS_MOST = 64 };

void sign_find(struct arena *a, struct str bytes, struct sign_places *out);
/* What stands behind `end`; the signatures there are known to be right or not already. */
enum sign_after sign_after_look(struct arena *a, struct str bytes, int64_t end);
/* Who signed, and whether it is right: all but `after`. */
void sign_cms_check(struct arena *a, struct str bytes, const struct sign_place *place, const struct sign_roots *roots,
                    struct sign_mark *m);

/* In the child, and back. */
void sign_report_make(struct arena *a, struct str bytes, const struct sign_roots *roots, struct sign_report *out);
void sign_say(struct buf *out, const struct sign_report *r);
bool sign_hear(struct arena *a, struct str said, struct sign_report *out);
void sign_ready(void); /* before a child is born: what OpenSSL reads from disk */

/* A certificate of PEM or DER as DER; empty when it is none. */
struct str sign_der(struct arena *a, struct str bytes);
struct str sign_der_name(struct arena *a, struct str der);
/* Everything of a report as JSON. */
void sign_json(struct buf *b, struct str file, const struct sign_report *r);

/* Signing, in the child: the bytes to append. fault: Vietnamese, at a field; NULL: none. */
struct sign_update {
    struct str bytes;
    const char *field, *fault;
};
void sign_update_make(struct arena *a, struct str bytes, const struct sign_key *key, const struct sign_making *making,
                      struct sign_update *out);

extern const struct command sign_bare_commands[];
#endif
