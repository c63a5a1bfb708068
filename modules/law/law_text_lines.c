/* A text as lines with words, blanks and Markdown's signs off both ends. */
#include "modules/law/law_text_inside.h"

#include "base/arena.h"
#include "base/utf8.h"

/* Length of the blank or sign of Markdown that s begins with; 0 when it begins with neither. */
static size_t skip_front(struct str s) {
    if (s.len && (s.at[0] == ' ' || s.at[0] == '\t' || s.at[0] == '\r' || s.at[0] == '\f' || s.at[0] == '>')) {
        return 1;
    }
    if (str_starts(s, S("\xc2\xa0")) || str_starts(s, S("**")) || str_starts(s, S("__"))) {
        return 2;
    }
    /* _slanted_ and *slanted* words. */
    if (s.len > 1 && (s.at[0] == '_' || (s.at[0] == '*' && s.at[1] != ' '))) {
        return 1;
    }
    if (str_starts(s, S("\xef\xbb\xbf")) || str_starts(s, S("\xe2\x80\x8b"))) {
        return 3;
    }
    size_t hashes = 0;
    while (hashes < s.len && s.at[hashes] == '#') {
        hashes++;
    }
    return hashes && hashes < 7 && hashes < s.len && s.at[hashes] == ' ' ? hashes : 0;
}

static size_t skip_back(struct str s) {
    if (s.len &&
        (s.at[s.len - 1] == ' ' || s.at[s.len - 1] == '\t' || s.at[s.len - 1] == '\r' || s.at[s.len - 1] == '\n' ||
         s.at[s.len - 1] == '\f' || s.at[s.len - 1] == '_' || s.at[s.len - 1] == '*')) {
        return 1;
    }
    return str_ends(s, S("\xc2\xa0")) ? 2 : 0;
}

struct str law_trim(struct str s) {
    size_t n;
    for (;;) {
        if (s.len && s.at[0] == '\n') {
            n = 1;
        } else if ((n = skip_front(s)) == 0) {
            break;
        }
        s = str_slice(s, n, s.len);
    }
    while ((n = skip_back(s)) > 0) {
        s = str_slice(s, 0, s.len - n);
    }
    return s;
}

bool law_is_shouted(struct str s) {
    size_t letters = 0;
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        utf8_next(s, &at);
        unsigned char c = (unsigned char)s.at[from];
        if (c >= 'a' && c <= 'z') {
            return false;
        }
        letters += (c >= 'A' && c <= 'Z') || c > 127;
    }
    return letters > 1;
}

/* The small letters of Vietnamese follow their capitals at odd places of Latin Extended, and 32 on in Latin-1. */
bool law_starts_small(struct str s) {
    if (s.len == 0) {
        return false;
    }
    size_t at = 0;
    uint32_t c = utf8_next(s, &at);
    return (c >= 'a' && c <= 'z') || (c >= 0xe0 && c <= 0xfe) || c == 0x111 || c == 0x103 || c == 0x129 || c == 0x169 ||
           c == 0x1a1 || c == 0x1b0 || (c >= 0x1ea0 && c <= 0x1ef9 && (c & 1));
}

struct str law_fold_start(struct arena *a, struct str s, size_t bytes) {
    size_t n = s.len < bytes ? s.len : bytes;
    while (n < s.len && n > 0 && ((unsigned char)s.at[n] & 0xc0) == 0x80) {
        n--;
    }
    return utf8_fold(a, str_slice(s, 0, n));
}

void law_lines_of(struct arena *a, struct str text, struct law_lines *lines) {
    size_t most = 1;
    for (size_t i = 0; i < text.len; i++) {
        most += text.at[i] == '\n';
    }
    *lines = (struct law_lines){.text = text, .at = arena_take(a, struct law_line, most)};
    bool after_blank = true;
    struct str rest = text, piece;
    while (str_next(&rest, '\n', &piece)) {
        struct str words = law_trim(piece);
        if (words.len == 0) {
            after_blank = true;
            continue;
        }
        struct law_line *line = &lines->at[lines->n++];
        line->from = (size_t)(words.at - text.at);
        line->to = line->from + words.len;
        line->body = line->from;
        line->after_blank = after_blank;
        line->is_shouted = law_is_shouted(words);
        after_blank = false;
        law_look_at(a, text, line);
    }
}

void law_lines_ahead(struct arena *a, struct law_lines *lines) {
    lines->next_article = arena_take(a, size_t, lines->n + 1);
    lines->next_annex = arena_take(a, size_t, lines->n + 1);
    size_t article = lines->n, annex = lines->n;
    for (size_t i = lines->n; i > 0; i--) {
        lines->next_article[i - 1] = article;
        lines->next_annex[i - 1] = annex;
        const struct law_line *line = &lines->at[i - 1];
        if (!line->is_quoted && line->look == LOOK_ARTICLE && line->mark) {
            article = i - 1;
        }
        if (!line->is_quoted && line->look == LOOK_ANNEX) {
            annex = i - 1;
        }
    }
}

struct str law_line_words(const struct law_lines *lines, size_t i) {
    return str_slice(lines->text, lines->at[i].from, lines->at[i].to);
}

struct str law_line_body(const struct law_lines *lines, size_t i) {
    return str_slice(lines->text, lines->at[i].body, lines->at[i].to);
}
