/* Any bytes as a child's answer: what is believed is well formed, and means the same when said again. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    if (n < 1) {
        return 0;
    }
    struct arena *a = arena_new();
    struct read_task task = {.what = (enum read_what)(1 + at[0] % 3), .n = 1, .limits = read_limits_usual};
    struct read_answer answer, again;
    struct str said = {(const char *)at + 1, n - 1};
    if (read_frame_read(a, &task, said, &answer)) {
        must(utf8_valid(answer.page.text) && utf8_valid(answer.outline.title) &&
             answer.outline.pages <= task.limits.pages);
        for (size_t i = 0; i < answer.page.words.n; i++) {
            const struct read_word *w = &answer.page.words.at[i];
            must(w->text.at >= answer.page.text.at &&
                 w->text.at + w->text.len <= answer.page.text.at + answer.page.text.len);
            must(utf8_valid(w->text) && w->confidence <= 100);
        }
        struct str once_more = read_frame_write(a, &task, &answer);
        must(read_frame_read(a, &task, once_more, &again) && again.fault == answer.fault &&
             again.page.words.n == answer.page.words.n);
    }
    arena_free(a);
    return 0;
}
