/* Plain text in UTF-8, UTF-16 or an old Vietnamese code page. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/banned.h"

/* Control characters have no place in text. */
static struct str without_controls(struct arena *a, struct str s) {
    char *at = arena_take(a, char, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        at[n++] = (c < 32 && c != '\n' && c != '\t' && c != '\f' && c != '\r') || c == 127 ? ' ' : s.at[i];
    }
    return (struct str){at, n};
}

void read_plain(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    struct str s = task->bytes;
    if ((int64_t)s.len > task->limits.unpacked / 4) {
        answer->fault = READ_BOMB;
        return;
    }
    struct read_encoded e;
    read_encoding_find(a, s, &e);
    e.text = without_controls(a, e.text);
    read_answer_whole(a, task, &e, answer);
}
