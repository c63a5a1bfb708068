/* Words of a page with their places: packed, unpacked, and put into lines. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { WORD_BYTES = 16, STARTS_LINE = 1, STARTS_BLOCK = 2 };

static void put16(struct buf *b, unsigned v) {
    buf_put_char(b, (char)(v & 0xff));
    buf_put_char(b, (char)(v >> 8 & 0xff));
}

static void put32(struct buf *b, uint32_t v) {
    put16(b, v & 0xffff);
    put16(b, v >> 16);
}

static unsigned get16(const char *at) { return (unsigned)(unsigned char)at[0] | (unsigned)(unsigned char)at[1] << 8; }
static uint32_t get32(const char *at) { return (uint32_t)get16(at) | (uint32_t)get16(at + 2) << 16; }

static unsigned part(double v) { return !(v > 0) ? 0 : v >= 1 ? 65535 : (unsigned)(v * 65535 + 0.5); }

struct str read_words_pack(struct arena *a, const struct read_page *page) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < page->words.n; i++) {
        const struct read_word *w = &page->words.at[i];
        put32(&b, (uint32_t)(w->text.at - page->text.at));
        put16(&b, (unsigned)w->text.len);
        buf_put_char(&b, (char)w->confidence);
        buf_put_char(&b, (char)((w->starts_line ? STARTS_LINE : 0) | (w->starts_block ? STARTS_BLOCK : 0)));
        put16(&b, part(w->box.x));
        put16(&b, part(w->box.y));
        put16(&b, part(w->box.w));
        put16(&b, part(w->box.h));
    }
    return buf_str(&b);
}

static bool between_characters(struct str text, size_t at) {
    return at >= text.len || ((unsigned char)text.at[at] & 0xc0) != 0x80;
}

struct err read_words_unpack(struct arena *a, struct str packed, struct str text, struct read_page *page) {
    page->words.at = NULL;
    page->words.n = 0;
    if (packed.len % WORD_BYTES != 0) {
        return FAIL(ERR_BROKEN, "packed words of an odd length");
    }
    size_t n = packed.len / WORD_BYTES, end = 0;
    struct read_word *words = arena_take(a, struct read_word, n ? n : 1);
    for (size_t i = 0; i < n; i++) {
        const char *p = packed.at + i * WORD_BYTES;
        size_t from = get32(p), len = get16(p + 4);
        if (len == 0 || from < end || from > text.len || len > text.len - from || !between_characters(text, from) ||
            !between_characters(text, from + len) || (unsigned char)p[6] > 100) {
            return FAIL(ERR_BROKEN, "a packed word is not in the page's text");
        }
        end = from + len;
        words[i] = (struct read_word){
            .text = {text.at + from, len},
            .confidence = (unsigned char)p[6],
            .starts_line = (p[7] & STARTS_LINE) != 0,
            .starts_block = (p[7] & STARTS_BLOCK) != 0,
            .box = {get16(p + 8) / 65535.0, get16(p + 10) / 65535.0, get16(p + 12) / 65535.0, get16(p + 14) / 65535.0},
        };
        if (words[i].box.x + words[i].box.w > 1.0001 || words[i].box.y + words[i].box.h > 1.0001) {
            return FAIL(ERR_BROKEN, "a packed word is off the page");
        }
    }
    page->words.at = words;
    page->words.n = n;
    return OK;
}

struct read_box read_box_around(const struct read_word *words, size_t n) {
    double left = 1, top = 1, right = 0, bottom = 0;
    for (size_t i = 0; i < n; i++) {
        const struct read_box *b = &words[i].box;
        left = b->x < left ? b->x : left;
        top = b->y < top ? b->y : top;
        right = b->x + b->w > right ? b->x + b->w : right;
        bottom = b->y + b->h > bottom ? b->y + b->h : bottom;
    }
    return right > left && bottom > top ? (struct read_box){left, top, right - left, bottom - top}
                                        : (struct read_box){0};
}

static double held(double v, double most) { return !(v > 0) ? 0 : v > most ? most : v; }

static struct read_word within_page(struct read_word w) {
    w.confidence = w.confidence < 0 ? 0 : w.confidence > 100 ? 100 : w.confidence;
    w.box.x = held(w.box.x, 1);
    w.box.y = held(w.box.y, 1);
    w.box.w = held(w.box.w, 1 - w.box.x);
    w.box.h = held(w.box.h, 1 - w.box.y);
    return w;
}

static struct str space_before(const struct read_word *w) {
    return w->starts_block ? S("\n\n") : w->starts_line ? S("\n") : S(" ");
}

void read_page_compose(struct arena *a, struct read_page *page) {
    struct buf b = buf_in(a);
    size_t kept = 0;
    double sum = 0;
    size_t *from = arena_take(a, size_t, page->words.n ? page->words.n : 1);
    bool line = true, block = true;
    for (size_t i = 0; i < page->words.n; i++) {
        struct read_word w = within_page(page->words.at[i]);
        /* A word that is left out leaves its beginning of a line to the next. */
        line = line || w.starts_line;
        block = block || w.starts_block;
        w.text = str_trim(utf8_clean(a, w.text));
        if (w.text.len == 0 || w.text.len > 1000) {
            continue;
        }
        w.starts_line = line || block;
        w.starts_block = block;
        buf_put(&b, kept ? space_before(&w) : S(""));
        from[kept] = b.len;
        buf_put(&b, w.text);
        sum += w.confidence;
        page->words.at[kept++] = w;
        line = block = false;
    }
    page->words.n = kept;
    page->text = buf_str(&b);
    for (size_t i = 0; i < kept; i++) {
        page->words.at[i].text.at = page->text.at + from[i];
    }
    page->confidence = kept ? sum / (double)kept : 0;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

void read_page_of_text(struct arena *a, struct str text, struct read_page *page) {
    bool line = true, block = true;
    size_t i = 0;
    while (i < text.len) {
        char c = text.at[i];
        if (c == '\n' || c == '\r' || c == '\f') {
            block = line;
            line = true;
            i++;
        } else if (c == ' ' || c == '\t') {
            i++;
        } else {
            size_t from = i;
            while (i < text.len && !is_blank(text.at[i])) {
                i++;
            }
            LIST_ADD(
                a, &page->words,
                (struct read_word){
                    .text = str_slice(text, from, i), .confidence = 100, .starts_line = line, .starts_block = block});
            line = block = false;
        }
    }
    page->how = page->words.n ? READ_LAYER : READ_NOT;
    page->width = 595;
    page->height = 842;
    read_page_compose(a, page);
}

enum { PIECE = 3500 };

/* Where the piece from `from` ends: at a form feed, else at the end of a line after a page's length, else anywhere. */
static size_t piece_end(struct str text, size_t from) {
    size_t feed = str_find(text, S("\f"), from);
    size_t end = feed == SIZE_MAX ? text.len : feed;
    if (end - from <= PIECE) {
        return end;
    }
    size_t line = str_find(text, S("\n"), from + PIECE);
    if (line < end) {
        return line;
    }
    if (end - from <= 2 * (size_t)PIECE) {
        return end;
    }
    size_t cut = from + utf8_cut(str_slice(text, from, from + 2 * (size_t)PIECE), PIECE).len;
    return cut > from ? cut : from + 1;
}

void read_pieces(struct arena *a, struct str text, struct read_pieces *pieces) {
    LIST(struct str) list = {0};
    size_t from = 0;
    while (from < text.len) {
        size_t end = piece_end(text, from);
        struct str piece = str_slice(text, from, end);
        if (str_trim(piece).len) {
            LIST_ADD(a, &list, piece);
        }
        from = end < text.len && (text.at[end] == '\f' || text.at[end] == '\n') ? end + 1 : end;
    }
    pieces->at = list.at;
    pieces->n = list.n;
}

void read_answer_text(struct arena *a, const struct read_task *task, struct str text, struct read_answer *answer) {
    struct read_pieces pieces = {0};
    read_pieces(a, text, &pieces);
    int64_t n = (int64_t)pieces.n;
    if (task->what == READ_WHAT_CROP) {
        answer->fault = READ_NO_PICTURE;
    } else if (n == 0) {
        answer->fault = READ_EMPTY;
    } else if (n > task->limits.pages) {
        answer->fault = READ_TOO_MANY;
        answer->amount = n;
    } else if (task->what == READ_WHAT_OUTLINE) {
        answer->outline.pages = n;
    } else if (task->n < 1 || task->n > n) {
        answer->fault = READ_NO_SUCH_PAGE;
    } else {
        read_page_of_text(a, pieces.at[task->n - 1], &answer->page);
    }
}

/* Without control characters but line ends and tabs. Form feeds part pages; of a whole they are line ends. */
static struct str without_controls(struct arena *a, struct str s, bool is_whole) {
    char *at = arena_take(a, char, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c == '\r' && i + 1 < s.len && s.at[i + 1] == '\n') {
            continue;
        }
        bool is_end = c == '\r' || (c == '\f' && is_whole), is_kept = c == '\n' || c == '\t' || c == '\f';
        at[n++] = is_end ? '\n' : (c < 32 && !is_kept) || c == 127 ? ' ' : s.at[i];
    }
    return (struct str){at, n};
}

void read_answer_whole(struct arena *a, const struct read_task *task, const struct read_encoded *text,
                       struct read_answer *answer) {
    bool is_whole = task->what == READ_WHAT_WHOLE;
    struct str s = without_controls(a, text->text, is_whole);
    if (!is_whole) {
        read_answer_text(a, task, s, answer);
    } else if (str_trim(s).len == 0) {
        answer->fault = READ_EMPTY;
    } else {
        answer->whole =
            (struct read_whole){.text = utf8_clean(a, s), .encoding = text->encoding, .certainty = text->certainty};
    }
}
