/* What a server of letters says, in any bytes: heard without a fault, and never more than was asked for. */
#include "base/arena.h"
#include "kernel/wire/imap.h"
#include "kernel/wire/smtp.h"

#include <stdlib.h>

#include "base/banned.h"

enum { MOST = 4096 };

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n) {
    struct arena *a = arena_new();
    struct str said = {(const char *)bytes, n}, letter = {0};
    struct imap i = {.wire = wire_of(a, said)};
    struct imap_box box;
    struct imap_uids uids = {0};
    bool is_there = false;
    err_ignore(imap_select(&i, a, S("INBOX"), &box));
    err_ignore(imap_list(&i, a, 2, &uids));
    err_ignore(imap_fetch(&i, a, &(struct imap_wanted){5, MOST}, &letter, &is_there));
    if (letter.len > n || (uids.uids.n && uids.uids.at[0] < 2)) {
        abort();
    }
    struct smtp_receiver to[] = {{.address = S("a@x.vn")}, {.address = S("b@x.vn")}};
    struct smtp_letter l = {.from = S("vp@x.vn"), .to = to, .n = 2, .bytes = S(".\n")};
    size_t taken = 0;
    struct err e = smtp_offer(wire_of(a, said), a, &l, &taken);
    if (!e.why && taken > l.n) {
        abort();
    }
    arena_free(a);
    return 0;
}
