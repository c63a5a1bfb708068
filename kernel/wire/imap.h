/* Reading a box on a server (RFC 9051, 3501), on a line that is signed in: what is there by UID, and each letter's
   exact bytes. Never by "unseen"; reading marks nothing. What a server says is outside bytes: sizes are bounded,
   literals are never taken for words. */
#ifndef KERNEL_WIRE_IMAP_H
#define KERNEL_WIRE_IMAP_H
#include "base/list.h"
#include "kernel/wire/wire.h"

struct imap {
    struct wire *wire;
    unsigned tag;
};
struct imap_box {
    int64_t validity; /* UIDVALIDITY: when it is another, the numbers mean others */
    int64_t next;     /* UIDNEXT; 0: not said */
    int64_t count;
};
struct imap_uids {
    LIST(int64_t) uids; /* ascending */
};
/* All: BUSY when the line is lost; INVALID when the server refuses, with its words; BROKEN when it says nonsense. */
struct err imap_select(struct imap *i, struct arena *a, struct str name, struct imap_box *box);
/* Those from `from` on. */
struct err imap_list(struct imap *i, struct arena *a, int64_t from, struct imap_uids *out);
/* The letter's bytes, at most `most` and one more: a longer one is known by its length. *is_there: it was not taken
   away meanwhile. */
struct imap_wanted {
    int64_t uid;
    size_t most;
};
struct err imap_fetch(struct imap *i, struct arena *a, const struct imap_wanted *wanted, struct str *bytes,
                      bool *is_there);
/* flag: "\\Seen". Said of a letter that is there no more, it does nothing. */
struct err imap_flag(struct imap *i, struct arena *a, int64_t uid, const char *flag);
void imap_end(struct imap *i);
#endif
