/* Letters of a line counted by how they are set; and texts made fit to be told. */
#include "base/arena.h"
#include "base/utf8.h"
#include "read/layout/inside.h"

#include "base/banned.h"

void layout_count(struct layout_count *c, const struct layout_face *face, int64_t letters) {
    size_t i = 0;
    while (i < c->n && (!str_eq(c->at[i].font, face->font) || c->at[i].size < face->size - 0.25 ||
                        c->at[i].size > face->size + 0.25)) {
        i++;
    }
    c->letters += letters;
    c->bold += face->bold == SAY_YES ? letters : 0;
    c->italic += face->italic == SAY_YES ? letters : 0;
    c->underlined += face->underlined == SAY_YES ? letters : 0;
    c->coloured += face->coloured == SAY_YES ? letters : 0;
    if (i == c->n && i < LAYOUT_FACES) {
        c->at[c->n].font = face->font;
        c->at[c->n++].size = face->size;
    }
    if (i < LAYOUT_FACES) {
        c->at[i].letters += letters;
    }
}

static int64_t letters_in(const struct layout_count *c, struct str font) {
    int64_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        n += str_eq(c->at[i].font, font) ? c->at[i].letters : 0;
    }
    return n;
}

void layout_count_put(const struct layout_count *c, struct read_line *line) {
    int64_t most = -1, in_font = 0, all = c->letters > 0 ? c->letters : 1;
    for (size_t i = 0; i < c->n; i++) {
        if (c->at[i].letters > most) {
            most = c->at[i].letters;
            line->size = c->at[i].size;
        }
        if (letters_in(c, c->at[i].font) > in_font) {
            in_font = letters_in(c, c->at[i].font);
            line->font = c->at[i].font;
        }
    }
    for (size_t i = 0; i < c->n; i++) {
        if (!str_eq(c->at[i].font, line->font) && letters_in(c, c->at[i].font) * 10 >= all) {
            line->other = c->at[i].font;
        }
    }
    line->bold = (int)(c->bold * 100 / all);
    line->italic = (int)(c->italic * 100 / all);
    line->underlined = (int)(c->underlined * 100 / all);
    line->coloured = (int)(c->coloured * 100 / all);
}

int64_t layout_letters(struct str text) {
    int64_t n = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        bool is_ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        n += is_ascii || c >= 0xc0;
    }
    return n;
}

static bool is_blank(uint32_t c) {
    return c <= ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 127;
}

struct str layout_text(struct arena *a, struct str text) {
    struct str clean = utf8_clean(a, text);
    struct buf b = buf_in(a);
    bool has_gap = false;
    for (size_t at = 0; at < clean.len;) {
        size_t before = at;
        if (is_blank(utf8_next(clean, &at))) {
            has_gap = b.len > 0;
        } else if (b.len + 8 < LAYOUT_TEXT_MOST) {
            buf_put(&b, has_gap ? S(" ") : S(""));
            buf_put(&b, str_slice(clean, before, at));
            has_gap = false;
        }
    }
    return buf_str(&b);
}

bool layout_is_left_blank(struct arena *a, struct str before, struct str after) {
    static const struct str asks[] = {S_INIT("ngay"), S_INIT("thang"), S_INIT("nam"), S_INIT("so:"), S_INIT("so")};
    struct str last = utf8_fold(a, before), next = utf8_fold(a, after);
    bool is_asked = str_eq(next, S("thang")) || str_eq(next, S("nam")) || str_starts(next, S("/"));
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
        is_asked = is_asked || str_eq(last, asks[i]);
    }
    return is_asked;
}
