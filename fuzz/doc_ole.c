/* Any bytes as a Word 97 file in an OLE2 container: reading ends, within the file's own bounds. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    struct arena *a = arena_new();
    struct read_task task = {
        .what = READ_WHAT_PAGE, .type = FILE_DOC, .n = 1, .limits = read_limits_usual, .bytes = {(const char *)at, n}};
    struct read_answer answer = {0};
    read_task_do(a, &task, &answer);
    if (!utf8_valid(answer.page.text) || answer.page.text.len > n * 16 + 64) {
        abort();
    }
    arena_free(a);
    return 0;
}
