/* Plain text in UTF-8, UTF-16 or an old Vietnamese code page. */
#include "kernel/read_inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

static struct str wide(struct arena *a, struct str s, bool is_big) {
    struct buf b = buf_in(a);
    for (size_t at = 2; at + 1 < s.len; at += 2) {
        unsigned char one = (unsigned char)s.at[at], two = (unsigned char)s.at[at + 1];
        uint32_t c = is_big ? (uint32_t)one << 8 | two : (uint32_t)two << 8 | one;
        char utf8[4];
        size_t n = utf8_put(utf8, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
        buf_put(&b, (struct str){utf8, n});
    }
    return buf_str(&b);
}

static struct str latin(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        char utf8[4];
        size_t n = utf8_put(utf8, (unsigned char)s.at[i]);
        buf_put(&b, (struct str){utf8, n});
    }
    return buf_str(&b);
}

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
    if (str_starts(s, S("\xff\xfe")) || str_starts(s, S("\xfe\xff"))) {
        s = wide(a, s, s.at[0] == '\xfe');
    } else if (!utf8_valid(s)) {
        s = latin(a, s);
    }
    s = str_starts(s, S("\xef\xbb\xbf")) ? str_slice(s, 3, s.len) : s;
    read_answer_text(a, task, read_legacy_text(a, without_controls(a, s)), answer);
}
