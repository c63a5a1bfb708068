/* Any bytes as a saved page, as Akoma Ntoso, or as text in whatever encoding; the first byte says which. */
#include "read/inside.h"
#include "modules/law/law_format.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    static const enum file_type types[] = {FILE_HTML, FILE_XML, FILE_TEXT};
    if (n < 1 || n > 100000) {
        return 0;
    }
    struct arena *a = arena_new();
    struct read_limits limits = read_limits_usual;
    limits.unpacked = 4 << 20;
    struct read_task task = {.what = at[0] & 4 ? READ_WHAT_PAGE : READ_WHAT_WHOLE,
                             .type = types[(at[0] & 3) % 3],
                             .n = 1,
                             .limits = limits,
                             .bytes = {(const char *)at + 1, n - 1}};
    struct read_answer answer = {0}, heard = {0};
    read_task_do(a, &task, &answer);
    struct str frame = read_frame_write(a, &task, &answer);
    if (!utf8_valid(answer.whole.text) || !utf8_valid(answer.page.text) || !read_frame_read(a, &task, frame, &heard)) {
        abort();
    }
    if (!answer.fault && task.what == READ_WHAT_WHOLE) {
        struct law_file file;
        law_file_of_whole(a, &answer.whole, task.type, &file);
    }
    arena_free(a);
    return 0;
}
