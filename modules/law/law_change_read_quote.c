/* Quoted words: blocks of new wording behind "như sau:", and phrases within an instruction. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/law/law_change_read.h"
#include "modules/law/law_cite_inside.h"

#include <string.h>

enum mark { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_STRAIGHT };

static enum mark mark_at(struct str s, size_t at, size_t *len) {
    *len = 3;
    if (at + 2 < s.len && memcmp(s.at + at, "\xE2\x80", 2) == 0) {
        unsigned char c = (unsigned char)s.at[at + 2];
        return c == 0x9C || c == 0x9E ? MARK_OPEN : c == 0x9D ? MARK_CLOSE : MARK_NONE;
    }
    *len = 1;
    return at < s.len && s.at[at] == '"' ? MARK_STRAIGHT : MARK_NONE;
}

/* The mark that ends a quotation begun before from; nested ones are passed. */
static size_t close_of(struct str s, size_t from, bool is_straight) {
    size_t len, depth = 1;
    for (size_t at = from; at < s.len; at += len) {
        enum mark m = mark_at(s, at, &len);
        if (is_straight ? m == MARK_STRAIGHT : m == MARK_CLOSE && --depth == 0) {
            return at;
        }
        depth += !is_straight && m == MARK_OPEN;
        len = m == MARK_NONE ? 1 : len;
    }
    return SIZE_MAX;
}

bool change_quote(struct str text, size_t from, size_t *open, size_t *close) {
    size_t len;
    for (size_t at = from; at < text.len; at++) {
        enum mark m = mark_at(text, at, &len);
        if (m == MARK_OPEN || m == MARK_STRAIGHT) {
            *open = at + len;
            size_t end = close_of(text, *open, m == MARK_STRAIGHT);
            *close = end == SIZE_MAX ? text.len : end;
            return true;
        }
    }
    return false;
}

struct str change_mask(struct arena *a, struct str text) {
    char *out = arena_take(a, char, text.len + 1);
    if (text.len) {
        memcpy(out, text.at, text.len);
    }
    size_t at = 0, open, close;
    while (change_quote(text, at, &open, &close)) {
        memset(out + open, ' ', close - open);
        at = close < text.len ? close + 1 : text.len;
    }
    return (struct str){out, text.len};
}

/* After a closing mark: nothing but signs up to the line's end. */
static size_t line_left(struct str s, size_t at) {
    while (at < s.len && strchr(".;, \t\r", s.at[at])) {
        at++;
    }
    return at >= s.len || s.at[at] == '\n' ? at : SIZE_MAX;
}

/* The end of a block: a closing mark with nothing behind it on its line, at depth 0, else the last such. */
static size_t block_close(struct str s, size_t from, bool is_straight, size_t *after) {
    size_t len, last = SIZE_MAX;
    int depth = 1;
    for (size_t at = from; at < s.len; at += len) {
        enum mark m = mark_at(s, at, &len);
        bool closes = is_straight ? m == MARK_STRAIGHT : m == MARK_CLOSE;
        depth += !is_straight && m == MARK_OPEN ? 1 : closes && !is_straight ? -1 : 0;
        size_t left = closes ? line_left(s, at + len) : SIZE_MAX;
        if (left != SIZE_MAX) {
            last = at;
            *after = left;
            if (depth <= 0) {
                return at;
            }
        }
        len = m == MARK_NONE ? 1 : len;
    }
    *after = last == SIZE_MAX ? s.len : *after;
    return last == SIZE_MAX ? s.len : last;
}

/* A block opens after a colon or at a line's begin. */
static bool opens_block(struct str s, size_t mark) {
    size_t at = mark;
    while (at > 0 && (s.at[at - 1] == ' ' || s.at[at - 1] == '\t')) {
        at--;
    }
    if (at > 0 && s.at[at - 1] == '\n') {
        return true;
    }
    return at > 0 && s.at[at - 1] == ':' && str_find(str_slice(s, at > 16 ? at - 16 : 0, at), S("sau"), 0) != SIZE_MAX;
}

bool change_says_next(struct arena *a, struct str text, size_t *at, struct change_says *says) {
    while (*at < text.len && strchr(" \t\r\n.;", text.at[*at])) {
        (*at)++;
    }
    size_t from = *at, len;
    if (from >= text.len) {
        return false;
    }
    *says = (struct change_says){.words = str_slice(text, from, text.len)};
    *at = text.len;
    for (size_t here = from; here < text.len; here++) {
        enum mark m = mark_at(text, here, &len);
        if ((m == MARK_OPEN || m == MARK_STRAIGHT) && opens_block(text, here)) {
            size_t close = block_close(text, here + len, m == MARK_STRAIGHT, at);
            says->words = str_trim(str_slice(text, from, here));
            says->block = str_slice(text, here + len, close);
            says->has_block = true;
            break;
        }
    }
    says->mask = change_mask(a, says->words);
    return true;
}

/* ---- the pieces of a block ---- */

/* Whether a line begins with the label of a place: "2. ", "18a.", "c) ", "Điều 4a. ". */
static bool begins_with(struct str line, struct str level, struct str label) {
    struct str rest = str_trim(line);
    if (str_eq(level, S("art"))) {
        size_t end = cite_word(rest, 0, S("điều"));
        rest = end ? str_slice(rest, cite_spaces(rest, end), rest.len) : S("");
    }
    bool is_dd = str_starts(label, S("dd"));
    if (is_dd ? !str_starts(rest, S("đ")) && !str_starts(rest, S("Đ")) : !str_starts(rest, label)) {
        return false;
    }
    /* đ takes two bytes, as dd does. */
    struct str tail = str_slice(rest, label.len, rest.len);
    return tail.len == 0 || tail.at[0] == '.' || tail.at[0] == ')' || tail.at[0] == ' ' || tail.at[0] == ':';
}

static void last_piece(struct str eid, struct str *level, struct str *label) {
    struct str rest = eid, piece = eid;
    while (str_cut(rest, S("__"), &piece, &rest)) {
        piece = rest;
    }
    str_cut(piece.len ? piece : eid, S("_"), level, label);
}

/* Where a line begins with the place's label, at or after from. */
static size_t label_at(struct str block, size_t from, struct str eid) {
    struct str level, label;
    last_piece(eid, &level, &label);
    for (size_t at = from; at < block.len;) {
        size_t end = str_find(block, S("\n"), at);
        end = end == SIZE_MAX ? block.len : end;
        if (begins_with(str_slice(block, at, end), level, label)) {
            return at;
        }
        at = end + 1;
    }
    return SIZE_MAX;
}

bool change_piece(struct str block, const struct change_places *places, size_t nth, struct str *piece) {
    size_t from = label_at(block, 0, places->all.at[nth].eid), to = block.len;
    if (from == SIZE_MAX) {
        return false;
    }
    for (size_t i = 0; i < places->all.n; i++) {
        size_t other = i == nth ? SIZE_MAX : label_at(block, from + 1, places->all.at[i].eid);
        to = other != SIZE_MAX && other > from && other < to ? other : to;
    }
    *piece = str_trim(str_slice(block, from, to));
    return true;
}

struct str change_heading(struct str piece) {
    struct str line, rest;
    str_cut(piece, S("\n"), &line, &rest);
    size_t end = cite_word(line, 0, S("điều"));
    if (!end) {
        return S("");
    }
    size_t dot = str_find(line, S("."), end);
    return dot == SIZE_MAX ? S("") : str_trim(str_slice(line, dot + 1, line.len));
}
