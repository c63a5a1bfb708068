/* Any bytes as a DOCX and as an XLSX: the zip and the XML inside. The first byte says which and what is asked. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    if (n < 1) {
        return 0;
    }
    struct arena *a = arena_new();
    struct read_limits limits = read_limits_usual;
    limits.unpacked = 4 << 20;
    struct read_task task = {.what = at[0] & 1 ? READ_WHAT_PAGE : READ_WHAT_OUTLINE,
                             .type = at[0] & 2 ? FILE_XLSX : FILE_DOCX,
                             .n = 1,
                             .limits = limits,
                             .bytes = {(const char *)at + 1, n - 1}};
    struct read_answer answer = {0};
    read_task_do(a, &task, &answer);
    if (!utf8_valid(answer.page.text)) {
        abort();
    }
    arena_free(a);
    return 0;
}
