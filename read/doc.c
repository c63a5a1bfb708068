/* Word 97–2003 [MS-DOC]: the text of the main document by its piece table. No macros, no objects, no formatting. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { FIB_FLAGS = 0x0a, FIB_LENGTH = 0x4c, FIB_CLX = 0x1a2, ENCRYPTED = 0x0100, TABLE_1 = 0x0200 };

/* Bytes 0x80-0x9f of code page 1252. */
static const uint16_t high_1252[32] = {
    0x20ac, 0x20,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0x20,   0x17d,  0x20,   0x20,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x20,   0x17e,  0x178,
};

static uint32_t u16(struct str s, size_t at) {
    return at + 2 <= s.len ? (uint32_t)(unsigned char)s.at[at] | (uint32_t)(unsigned char)s.at[at + 1] << 8 : 0;
}
static uint32_t u32(struct str s, size_t at) { return u16(s, at) | u16(s, at + 2) << 16; }

/* Word's own signs within the text. A field is its instructions, a 0x14, and what it shows. */
struct writing {
    struct buf text;
    int hidden;    /* depth of field instructions */
    uint32_t high; /* first half of a surrogate pair */
};

static void put_code(struct writing *w, uint32_t c) {
    if (c == 0x13) {
        w->hidden++;
        return;
    }
    if (c == 0x14 || c == 0x15) {
        w->hidden -= w->hidden > 0 && c == 0x14;
        return;
    }
    if (w->hidden) {
        return;
    }
    switch (c) {
    case 0x0d:
    case 0x0b:
    case 0x07: buf_put_char(&w->text, '\n'); return;
    case 0x0c: buf_put_char(&w->text, '\f'); return;
    case 0x09:
    case 0xa0: buf_put_char(&w->text, ' '); return;
    case 0x1e: buf_put_char(&w->text, '-'); return;
    default: break;
    }
    if (c < 0x20 || c == 0x7f) {
        return;
    }
    char utf8[4];
    size_t n = utf8_put(utf8, c);
    buf_put(&w->text, (struct str){utf8, n});
}

static void put_wide(struct writing *w, uint32_t c) {
    if (c >= 0xd800 && c < 0xdc00) {
        w->high = c;
        return;
    }
    if (c >= 0xdc00 && c < 0xe000) {
        c = w->high ? 0x10000 + ((w->high - 0xd800) << 10) + (c - 0xdc00) : 0xfffd;
    }
    w->high = 0;
    put_code(w, c);
}

static void put_piece(struct writing *w, struct str document, uint32_t where, uint32_t characters) {
    bool is_narrow = (where & 0x40000000) != 0;
    size_t at = where & 0x3fffffff;
    at = is_narrow ? at / 2 : at;
    for (uint32_t i = 0; i < characters && at < document.len; i++, at += is_narrow ? 1 : 2) {
        if (is_narrow) {
            unsigned char c = (unsigned char)document.at[at];
            put_code(w, c >= 0x80 && c < 0xa0 ? high_1252[c - 0x80] : c);
        } else {
            put_wide(w, u16(document, at));
        }
    }
}

/* The piece table inside the Clx: after the runs of formatting (kind 1) comes one of kind 2. */
static bool find_pieces(struct str clx, struct str *pieces) {
    size_t at = 0;
    while (at < clx.len && clx.at[at] == 1) {
        at += 3 + u16(clx, at + 1);
    }
    if (at >= clx.len || clx.at[at] != 2) {
        return false;
    }
    *pieces = str_slice(clx, at + 5, at + 5 + (size_t)u32(clx, at + 1));
    return pieces->len >= 16;
}

static enum read_fault word_text(struct arena *a, struct str file, struct str *text) {
    struct str document, table;
    if (!read_ole_stream(a, file, "WordDocument", &document) || u16(document, 0) != 0xa5ec ||
        document.len < FIB_CLX + 8) {
        return READ_NOT_THAT;
    }
    uint32_t flags = u16(document, FIB_FLAGS);
    if (flags & ENCRYPTED) {
        return READ_ENCRYPTED;
    }
    if (!read_ole_stream(a, file, flags & TABLE_1 ? "1Table" : "0Table", &table)) {
        return READ_DAMAGED;
    }
    size_t from = u32(document, FIB_CLX), len = u32(document, FIB_CLX + 4);
    struct str pieces;
    if (from > table.len || len > table.len - from || !find_pieces(str_slice(table, from, from + len), &pieces)) {
        return READ_DAMAGED;
    }
    struct writing w = {.text = buf_in(a)};
    uint32_t most = u32(document, FIB_LENGTH);
    size_t n = (pieces.len - 4) / 12;
    for (size_t i = 0; i < n; i++) {
        uint32_t start = u32(pieces, i * 4), end = u32(pieces, i * 4 + 4);
        end = end < most ? end : most;
        if (start >= end) {
            continue;
        }
        if (w.text.len > file.len * 4) {
            return READ_BOMB;
        }
        put_piece(&w, document, u32(pieces, (n + 1) * 4 + i * 8 + 2), end - start);
    }
    *text = buf_str(&w.text);
    return READ_FINE;
}

void read_doc(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    struct str text = S("");
    answer->fault = word_text(a, task->bytes, &text);
    if (!answer->fault) {
        struct read_encoded e;
        read_encoding_of_text(a, text, &e);
        read_answer_whole(a, task, &e, answer);
    }
}
