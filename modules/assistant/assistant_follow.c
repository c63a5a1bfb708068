#include "modules/assistant/assistant_follow.h"
#include "base/arena.h"
#include "modules/assistant/assistant_day.h"

enum { STANDS_ALONE = 4 };

/* Folded. A question that begins so goes on. */
static const struct str beginnings[] = {S_INIT("con "),       S_INIT("the con "),   S_INIT("vay con "),
                                        S_INIT("the thi "),   S_INIT("vay thi "),   S_INIT("the neu "),
                                        S_INIT("vay neu "),   S_INIT("neu vay"),    S_INIT("con neu "),
                                        S_INIT("vi sao vay"), S_INIT("tai sao vay")};
/* One that holds these points back. */
static const struct str pointers[] = {S_INIT(" do "),      S_INIT(" noi tren "),   S_INIT(" tren day "),
                                      S_INIT(" vua neu "), S_INIT(" van ban ay "), S_INIT(" dieu ay "),
                                      S_INIT(" thi sao ")};

static bool has_digit(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] >= '0' && s.at[i] <= '9') {
            return true;
        }
    }
    return false;
}

bool assistant_follows(struct arena *a, struct str question) {
    struct str words = assistant_plain(a, question), rest = str_trim(words), one;
    size_t n = 0;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (str_starts(str_slice(words, 1, words.len), beginnings[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof pointers / sizeof *pointers; i++) {
        if (str_find(words, pointers[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    while (str_next(&rest, ' ', &one)) {
        n += one.len > 0;
    }
    /* "30/2020" is short, and says what it means. */
    return n > 0 && n < STANDS_ALONE && !has_digit(words);
}
