/* Headings: behind the label, on the next line or lines, or missing. */
#include "modules/law/law_text_build.h"

#include "base/arena.h"

#include <string.h>

enum { TITLE_LINES = 7, CHAPTER_MOST = 700, TITLE_MOST = 900, DOTTED_MOST = 160 };

static bool ends_sentence(struct str s) { return s.len && strchr(".;:", s.at[s.len - 1]) != NULL; }

/* A line that may be part of a heading: words, also when they look like the signature (Chương VI CHỦ TỊCH NƯỚC). */
static bool may_title(const struct law_lines *lines, size_t i) {
    const struct law_line *line = &lines->at[i];
    return i < lines->n && !line->is_quoted &&
           (line->look == LOOK_WORDS || line->look == LOOK_CLOSING ||
            (line->look == LOOK_ROW && lines->text.at[line->from] != '|'));
}

static struct str between(const struct law_lines *lines, size_t from, size_t to) {
    return from < to ? law_trim(str_slice(lines->text, from, to)) : S("");
}

static size_t put(struct builder *b, struct opened *o, size_t from, size_t last) {
    size_t to = b->lines->at[last].to;
    o->heading = between(b->lines, from, to);
    o->heading_to = o->words_from = to;
    return last + 1;
}

size_t law_title_of_chapter(struct builder *b, size_t i, struct opened *o) {
    struct law_lines *lines = b->lines;
    const struct law_line *label = &lines->at[i];
    size_t from = label->body, last = i;
    bool has_words = from < label->to, is_shouted = has_words && law_is_shouted(law_line_body(lines, i));
    for (size_t j = i + 1; j < lines->n && j <= i + TITLE_LINES && may_title(lines, j); j++) {
        const struct law_line *line = &lines->at[j];
        struct str words = law_line_words(lines, j);
        bool is_bracket = o->level == LAW_ANNEX && words.at[0] == '(';
        bool goes_on = !has_words || is_bracket || (is_shouted && line->is_shouted) ||
                       (!line->after_blank && !is_shouted && !ends_sentence(law_line_words(lines, last)));
        if (!goes_on || line->to - from > CHAPTER_MOST || (!is_bracket && !line->is_shouted && ends_sentence(words))) {
            break;
        }
        from = has_words ? from : line->from;
        is_shouted = has_words ? is_shouted : line->is_shouted;
        has_words = true;
        last = j;
    }
    return put(b, o, from, last);
}

/* The heading that begins at from in line i goes on while lines follow closely, in small letters. */
static size_t title_end(const struct law_lines *lines, size_t from, size_t i) {
    while (i + 1 < lines->n && may_title(lines, i + 1) && !lines->at[i + 1].after_blank &&
           law_starts_small(law_line_words(lines, i + 1)) && !ends_sentence(law_line_words(lines, i)) &&
           lines->at[i + 1].to - from < TITLE_MOST) {
        i++;
    }
    return i;
}

static bool is_title(const struct builder *b, size_t from, size_t last) {
    const struct law_lines *lines = b->lines;
    struct str words = between(lines, from, lines->at[last].to);
    bool ends = ends_sentence(words);
    /* On its label's line a small letter is a slip: "Điều 3. áp dụng Luật". */
    bool is_behind_label = lines->at[last].body <= from && lines->at[last].look == LOOK_ARTICLE;
    if (words.len > TITLE_MOST || (law_starts_small(words) && !(is_behind_label && b->is_titled))) {
        return false;
    }
    if (ends) {
        bool has_more = last + 1 < lines->n && lines->at[last + 1].look != LOOK_ARTICLE &&
                        lines->at[last + 1].look != LOOK_CHAPTER && lines->at[last + 1].look != LOOK_CLOSING;
        return b->is_titled && words.len < DOTTED_MOST && words.at[words.len - 1] == '.' && has_more &&
               str_find(words, S(". "), 0) == SIZE_MAX;
    }
    return b->is_titled || (words.len < DOTTED_MOST && last + 1 < lines->n && lines->at[last + 1].look != LOOK_ARTICLE);
}

size_t law_title_of_article(struct builder *b, size_t i, struct opened *o) {
    struct law_lines *lines = b->lines;
    const struct law_line *label = &lines->at[i];
    o->words_from = o->heading_to = label->body;
    size_t from = label->body, first = i;
    if (from >= label->to && i + 1 < lines->n && may_title(lines, i + 1)) {
        first = i + 1;
        from = lines->at[first].from;
    }
    if (from < lines->at[first].to) {
        size_t last = title_end(lines, from, first);
        if (is_title(b, from, last)) {
            return put(b, o, from, last);
        }
    }
    o->heading = S("");
    return i + 1;
}
