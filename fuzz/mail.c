/* A letter of any bytes: read without a fault, nothing fetched by what is shown of it, names without folders. */
#include "modules/mail/letter/letter.h"
#include "base/arena.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n) {
    struct arena *a = arena_new();
    struct mail_letter l;
    struct err e = mail_read(a, (struct str){(const char *)bytes, n}, S("mttq.example.vn"), &l);
    bool is_wrong = !e.why && l.remote_requests;
    for (size_t i = 0; !e.why && i < l.files.n; i++) {
        is_wrong = is_wrong || !l.files.at[i].name.len || memchr(l.files.at[i].name.at, '/', l.files.at[i].name.len);
    }
    if (is_wrong) {
        abort();
    }
    arena_free(a);
    return 0;
}
