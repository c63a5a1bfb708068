#include "search/words/letter.h"
#include "base/utf8.h"

#include <stdatomic.h>
#include <threads.h>
#include <utf8proc.h>

#include "base/banned.h"

static bool is_invisible(uint32_t c) {
    return c == 0xAD || c == 0x034F || c == 0x061C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xE0000 && c <= 0xE007F);
}

static void mark_onto(struct search_letter *l, uint32_t mark) {
    switch (mark) {
    case 0x300: l->tone = 1; break;
    case 0x309: l->tone = 2; break;
    case 0x303: l->tone = 3; break;
    case 0x301: l->tone = 4; break;
    case 0x323: l->tone = 5; break;
    case 0x306: l->shape = 1; break;
    case 0x302: l->shape = 2; break;
    case 0x31B: l->shape = 3; break;
    default: l->shape = 5; break;
    }
}

static struct search_letter letter_read(uint32_t code) {
    struct search_letter l = {.kind = SEARCH_OTHER, .plain = code};
    if (is_invisible(code)) {
        l.kind = SEARCH_INVISIBLE;
        return l;
    }
    utf8proc_int32_t parts[8];
    int last_class = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)code, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, &last_class);
    if (n < 1 || n > 8) {
        return l;
    }
    utf8proc_category_t category = utf8proc_category(parts[0]);
    if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME) {
        l.kind = SEARCH_MARK;
        for (utf8proc_ssize_t i = 0; i < n; i++) {
            mark_onto(&l, (uint32_t)parts[i]);
        }
        return l;
    }
    uint32_t base = (uint32_t)utf8proc_tolower(parts[0]);
    l.is_upper = base != (uint32_t)parts[0];
    if (base == 0x111 || base == 0xF0) {
        base = 'd';
        l.shape = 4;
    }
    l.plain = base;
    for (utf8proc_ssize_t i = 1; i < n; i++) {
        mark_onto(&l, (uint32_t)parts[i]);
    }
    if (category == UTF8PROC_CATEGORY_ND) {
        l.kind = SEARCH_DIGIT;
    } else if ((category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
               category == UTF8PROC_CATEGORY_NL) {
        l.kind = SEARCH_LETTER;
    }
    return l;
}

/* What is below this is looked up: all letters of Vietnamese, and most signs beside them. */
enum { KNOWN = 0x2100 };
static struct search_letter known[KNOWN];

static void know(void) {
    for (uint32_t code = 0; code < KNOWN; code++) {
        known[code] = letter_read(code);
    }
}

static struct search_letter wide_letter(uint32_t code) {
    static once_flag once = ONCE_FLAG_INIT;
    static atomic_bool is_known;
    if (code >= KNOWN) {
        return letter_read(code);
    }
    if (!atomic_load_explicit(&is_known, memory_order_acquire)) {
        call_once(&once, know);
        atomic_store_explicit(&is_known, true, memory_order_release);
    }
    return known[code];
}

struct search_letter search_letter_of(uint32_t c) {
    if (c >= 0x80) {
        return wide_letter(c);
    }
    struct search_letter l = {.kind = SEARCH_OTHER, .plain = c};
    if (c >= 'a' && c <= 'z') {
        l.kind = SEARCH_LETTER;
    } else if (c >= 'A' && c <= 'Z') {
        l.kind = SEARCH_LETTER;
        l.plain = c + 32;
        l.is_upper = true;
    } else if (c >= '0' && c <= '9') {
        l.kind = SEARCH_DIGIT;
    }
    return l;
}

struct search_letter search_letter_next(struct str s, size_t *at) {
    unsigned char c = (unsigned char)s.at[*at];
    if (c < 0x80) {
        ++*at;
        return search_letter_of(c);
    }
    return wide_letter(utf8_next(s, at));
}
