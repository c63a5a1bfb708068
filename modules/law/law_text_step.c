/* One line after the other: is this label the next in its row, a list inside the words, or something lost? */
#include "modules/law/law_text_build.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

enum { GAP_ARTICLES = 12, GAP_SMALL = 3, AHEAD = 400, BUDGET = 200000 };

void law_style_of(struct builder *b) {
    const struct law_lines *lines = b->lines;
    size_t titled = 0, articles = 0;
    for (size_t i = 0; i < lines->n; i++) {
        const struct law_line *line = &lines->at[i];
        if (line->look != LOOK_ARTICLE || !line->mark || line->is_quoted) {
            continue;
        }
        struct str words = law_line_body(lines, i);
        words = words.len == 0 && i + 1 < lines->n ? law_line_words(lines, i + 1) : words;
        articles++;
        titled += words.len && words.len < 300 && !strchr(".;:", words.at[words.len - 1]);
    }
    b->is_titled = titled * 2 >= articles && articles;
    b->budget = BUDGET;
}

static bool opens_outline(const struct law_line *line) {
    return (line->look == LOOK_ROMAN || line->look == LOOK_NUMBER) && line->value == 1;
}

size_t law_first_place(const struct builder *b) {
    const struct law_lines *lines = b->lines;
    bool has_articles = false;
    for (size_t i = 0; i < lines->n && !has_articles; i++) {
        has_articles = lines->at[i].look == LOOK_ARTICLE && lines->at[i].mark && !lines->at[i].is_quoted;
    }
    for (size_t i = 0; i < lines->n; i++) {
        const struct law_line *line = &lines->at[i];
        bool is_named =
            line->look >= LOOK_PART && line->look <= LOOK_ARTICLE && (line->look != LOOK_ARTICLE || line->mark);
        if (!line->is_quoted &&
            (is_named || (!has_articles && opens_outline(line)) || (line->look == LOOK_ANNEX && !line->mark))) {
            return i;
        }
    }
    return lines->n;
}

static int suffix_cmp(struct str a, struct str b) {
    /* a1 < a2 < a10: the longer figure is the larger. */
    return a.len != b.len ? (a.len < b.len ? -1 : 1) : str_cmp(a, b);
}

enum turn { NEXT, AFTER_GAP, BACK };

static enum turn turn_of(const struct count *last, const struct law_line *line) {
    bool is_inserted = line->value == last->value && last->value > 0 && suffix_cmp(line->suffix, last->suffix) > 0;
    if (is_inserted || line->value == last->value + 1) {
        return NEXT;
    }
    return line->value > last->value ? AFTER_GAP : BACK;
}

/* Letters that lists of points leave out: đ in old papers, f, j, w, z. */
static bool are_skipped(int after, int before) {
    for (int v = after + 1; v < before; v++) {
        if (v != 5 && v != 7 && v != 11 && v != 24 && v != 27) {
            return false;
        }
    }
    return true;
}

/* Whether the label that is missing comes later in the same article; then this one is no label. */
static bool comes_later(struct builder *b, size_t i, enum law_look look, int value) {
    for (size_t j = i + 1; j < b->lines->n && j < i + AHEAD && b->budget > 0; j++, b->budget--) {
        const struct law_line *line = &b->lines->at[j];
        bool is_end = line->look == LOOK_ARTICLE && look != LOOK_ARTICLE && line->mark && !line->is_quoted;
        if (is_end || (look == LOOK_LETTER && line->look == LOOK_NUMBER && !line->is_quoted)) {
            return false;
        }
        if (line->look == look && line->value == value && !line->is_quoted) {
            return true;
        }
    }
    return false;
}

/* Words that belong to whatever is open; behind a table they are a paragraph of their own. */
static size_t keep_words(struct builder *b, size_t i) {
    const struct law_line *line = &b->lines->at[i];
    if (b->current != LAW_NO_NODE && b->tree->nodes.at[b->current].level == LAW_TABLE && line->look != LOOK_RULE) {
        law_node_open(
            b, &(struct opened){
                   .level = LAW_PARAGRAPH, .from = line->from, .heading_to = line->from, .words_from = line->from});
    }
    return i + 1;
}

static struct opened opened_by(const struct law_line *line, enum law_level level) {
    return (struct opened){
        .level = level, .label = line->label, .from = line->from, .heading_to = line->body, .words_from = line->body};
}

static void count(struct count *c, const struct law_line *line) {
    c->mark = c->value ? c->mark : line->mark;
    c->value = line->value;
    c->suffix = line->suffix;
}

static size_t step_named(struct builder *b, size_t i) {
    const struct law_line *line = &b->lines->at[i];
    static const enum law_level levels[] = {[LOOK_PART] = LAW_PART,
                                            [LOOK_CHAPTER] = LAW_CHAPTER,
                                            [LOOK_SECTION] = LAW_SECTION,
                                            [LOOK_SUBSECTION] = LAW_SUBSECTION};
    struct opened o = opened_by(line, levels[line->look]);
    size_t next = law_title_of_chapter(b, i, &o);
    int32_t was = b->open[o.level];
    int before = was == LAW_NO_NODE ? 0 : law_label_value(o.level, b->tree->nodes.at[was].label, NULL);
    law_node_open(b, &o);
    if (line->value != 1 && before && line->value > before + 1) {
        law_flag_line(b, LAW_FAULT_HEADING_GAP, i);
    } else if (before && line->value <= before && line->value != 1 && line->suffix.len == 0) {
        law_flag_line(b, LAW_FAULT_HEADING_BACK, i);
    }
    if (o.heading.len == 0) {
        law_flag_line(b, LAW_FAULT_HEADING_NONE, i);
    }
    return next;
}

static void open_unnamed_annex(struct builder *b, size_t i) {
    size_t at = b->lines->at[i].from;
    law_node_open(b, &(struct opened){.level = LAW_ANNEX, .from = at, .heading_to = at, .words_from = at});
    law_flag_line(b, LAW_FAULT_RESTART, i);
}

static size_t open_article(struct builder *b, size_t i, enum turn turn) {
    const struct law_line *line = &b->lines->at[i];
    struct opened o = opened_by(line, LAW_ARTICLE);
    size_t next = law_title_of_article(b, i, &o);
    law_node_open(b, &o);
    if (turn == AFTER_GAP) {
        law_flag_line(b, LAW_FAULT_ARTICLE_GAP, i);
    }
    if (line->is_mended) {
        law_flag_line(b, LAW_FAULT_ARTICLE_MENDED, i);
    }
    if (b->is_titled && o.heading.len == 0) {
        law_flag_line(b, LAW_FAULT_HEADING_NONE, i);
    }
    count(&b->article, line);
    b->is_outline = false;
    return next;
}

static size_t step_article(struct builder *b, size_t i) {
    const struct law_line *line = &b->lines->at[i];
    enum turn turn = turn_of(&b->article, line);
    struct str body = law_line_body(b->lines, i);
    if (b->is_one || (!line->mark && (turn != NEXT || str_starts(body, S("Luật")) || str_starts(body, S("Nghị"))))) {
        return keep_words(b, i);
    }
    if (turn == NEXT) {
        return open_article(b, i, NEXT);
    }
    if (turn == AFTER_GAP && !line->is_mended) {
        bool is_stray = b->article.value > 0 && line->value > b->article.value + GAP_ARTICLES;
        if (!is_stray && !comes_later(b, i, LOOK_ARTICLE, b->article.value + 1)) {
            return open_article(b, i, AFTER_GAP);
        }
    }
    if (turn == BACK && line->value == 1 && line->suffix.len == 0 && b->article.value > 1) {
        open_unnamed_annex(b, i);
        return open_article(b, i, NEXT);
    }
    law_flag_line(b, LAW_FAULT_ARTICLE_STRAY, i);
    return keep_words(b, i);
}

/* A number or a letter that is not next: part of a list. Flagged where it begins anew, or out of any order. */
static size_t step_list(struct builder *b, size_t i, struct count *list) {
    const struct law_line *line = &b->lines->at[i];
    bool goes_on = list->value && line->value > list->value && line->value <= list->value + 2;
    if (!goes_on && b->open[LAW_ANNEX] == LAW_NO_NODE && b->current != LAW_NO_NODE) {
        law_flag_line(b, LAW_FAULT_LIST, i);
    }
    list->value = line->value;
    return keep_words(b, i);
}

static bool is_taken(struct builder *b, size_t i, const struct count *last, int most_gap, bool *is_gap) {
    const struct law_line *line = &b->lines->at[i];
    enum turn turn = turn_of(last, line);
    bool is_letter = line->look == LOOK_LETTER;
    if (last->value && last->mark != line->mark) {
        return false;
    }
    if (turn == AFTER_GAP && is_letter && last->value && are_skipped(last->value, line->value)) {
        turn = NEXT;
    }
    *is_gap = turn == AFTER_GAP;
    if (turn != AFTER_GAP) {
        return turn == NEXT;
    }
    return line->value <= last->value + most_gap && line->mark != '-' && line->mark != '/' &&
           !comes_later(b, i, line->look, last->value + 1);
}

static void open_counted(struct builder *b, size_t i, enum law_level level, struct count *c) {
    const struct law_line *line = &b->lines->at[i];
    struct opened o = opened_by(line, level);
    law_node_open(b, &o);
    count(c, line);
    b->list = (struct count){0};
}

static size_t step_number(struct builder *b, size_t i) {
    bool is_gap = false;
    struct law_line *line = &b->lines->at[i];
    if (line->mark == '?') {
        if (b->open[LAW_ARTICLE] == LAW_NO_NODE || line->value != b->clause.value + 1 ||
            !comes_later(b, i, LOOK_NUMBER, line->value + 1)) {
            return keep_words(b, i);
        }
        line->mark = b->clause.value ? b->clause.mark : '.';
        line->is_mended = true;
    }
    bool has_place = b->open[LAW_ARTICLE] != LAW_NO_NODE || b->is_outline;
    if (!has_place || !is_taken(b, i, &b->clause, GAP_SMALL, &is_gap)) {
        return step_list(b, i, &b->list);
    }
    open_counted(b, i, LAW_CLAUSE, &b->clause);
    if (line->is_mended) {
        law_flag_line(b, LAW_FAULT_CLAUSE_MENDED, i);
    }
    if (is_gap) {
        law_flag_line(b, LAW_FAULT_CLAUSE_GAP, i);
    }
    return i + 1;
}

static size_t step_sub(struct builder *b, size_t i, int value) {
    if (b->open[LAW_POINT] == LAW_NO_NODE && b->open[LAW_CLAUSE] == LAW_NO_NODE &&
        b->open[LAW_ARTICLE] == LAW_NO_NODE) {
        return keep_words(b, i);
    }
    if (value != b->sub.value + 1) {
        return step_list(b, i, &b->list);
    }
    struct count was = b->sub;
    open_counted(b, i, LAW_SUBPOINT, &was);
    b->sub.value = value;
    return i + 1;
}

/* 1.1. of a paper without articles counts as a point of 1. */
static size_t step_decimal(struct builder *b, size_t i) {
    struct law_line *line = &b->lines->at[i];
    int32_t clause = b->open[LAW_CLAUSE];
    if (clause == LAW_NO_NODE || !b->is_outline) {
        return keep_words(b, i);
    }
    struct str over = b->tree->nodes.at[clause].label;
    size_t dots = 0;
    for (size_t k = 0; k < line->label.len; k++) {
        dots += line->label.at[k] == '.';
    }
    if (!str_starts(line->label, over) || line->label.at[over.len] != '.') {
        return step_list(b, i, &b->list);
    }
    if (dots > 1) {
        return step_sub(b, i, line->value);
    }
    if (line->value != b->point.value + 1) {
        return step_list(b, i, &b->list);
    }
    open_counted(b, i, LAW_POINT, &b->point);
    return i + 1;
}

/* d) where đ) must stand: recognition lost the bar. */
static void mend_letter(struct builder *b, size_t i) {
    struct law_line *line = &b->lines->at[i];
    if (line->value == 4 && b->point.value == 4 && line->suffix.len == 0 && str_eq(line->label, S("d"))) {
        line->value = 5;
        line->label = S("đ");
        line->is_mended = true;
    }
}

static bool is_roman_here(const struct builder *b, const struct law_line *line) {
    int roman = law_label_value(LAW_SUBPOINT, line->label, NULL);
    bool is_next_point =
        line->value == b->point.value + 1 || (line->value > b->point.value && are_skipped(b->point.value, line->value));
    return roman && line->suffix.len == 0 && roman == b->sub.value + 1 && b->point.value && !is_next_point;
}

static size_t step_letter(struct builder *b, size_t i) {
    struct law_line *line = &b->lines->at[i];
    bool has_place = b->open[LAW_ARTICLE] != LAW_NO_NODE || b->open[LAW_CLAUSE] != LAW_NO_NODE || b->is_outline;
    int32_t point = b->open[LAW_POINT];
    if (point != LAW_NO_NODE && str_find(b->tree->nodes.at[point].label, S("."), 0) != SIZE_MAX) {
        return step_sub(b, i, line->value);
    }
    mend_letter(b, i);
    if (is_roman_here(b, line)) {
        return step_sub(b, i, b->sub.value + 1);
    }
    bool is_gap = false;
    if (!has_place || !is_taken(b, i, &b->point, line->mark == ')' ? GAP_SMALL : 0, &is_gap)) {
        return step_list(b, i, &b->list);
    }
    open_counted(b, i, LAW_POINT, &b->point);
    if (line->is_mended) {
        law_flag_line(b, LAW_FAULT_POINT_MENDED, i);
    }
    if (is_gap) {
        law_flag_line(b, LAW_FAULT_POINT_GAP, i);
    }
    return i + 1;
}

static size_t step_roman(struct builder *b, size_t i) {
    const struct law_line *line = &b->lines->at[i];
    if (!b->is_outline) {
        return keep_words(b, i);
    }
    if (line->value != b->roman + 1) {
        return step_list(b, i, &b->list);
    }
    struct opened o = opened_by(line, LAW_SECTION);
    size_t next = i + 1;
    if (line->is_shouted || line->to - line->from < 200) {
        next = law_title_of_chapter(b, i, &o);
    }
    law_node_open(b, &o);
    b->roman = line->value;
    return next;
}

static size_t step_annex(struct builder *b, size_t i) {
    const struct law_line *line = &b->lines->at[i];
    bool may = !b->is_one && (!line->mark || b->closing_from || b->open[LAW_ANNEX] != LAW_NO_NODE);
    if (!may) {
        return keep_words(b, i);
    }
    struct opened o = opened_by(line, LAW_ANNEX);
    size_t next = law_title_of_chapter(b, i, &o);
    law_node_open(b, &o);
    b->is_outline = b->lines->next_article[i] >= b->lines->next_annex[i];
    b->roman = 0;
    return next;
}

static bool has_cells(const struct law_lines *lines, size_t i) {
    struct str s = law_line_words(lines, i);
    return i < lines->n && !lines->at[i].is_quoted && (s.at[0] == '|' || str_find(s, S("\t"), 0) != SIZE_MAX);
}

static size_t step_row(struct builder *b, size_t i) {
    size_t end = i;
    while (end < b->lines->n && has_cells(b->lines, end) && b->lines->at[end].look != LOOK_ARTICLE) {
        end++;
    }
    if (b->current == LAW_NO_NODE || end < i + 2) {
        return keep_words(b, i);
    }
    size_t from = b->lines->at[i].from;
    law_node_open(b, &(struct opened){.level = LAW_TABLE, .from = from, .heading_to = from, .words_from = from});
    return end;
}

static size_t step_closing(struct builder *b, size_t i) {
    const struct law_lines *lines = b->lines;
    bool is_over =
        lines->next_article[i] >= lines->next_annex[i] && (b->open[LAW_ANNEX] == LAW_NO_NODE || !b->is_outline);
    /* A paper without articles may shout anywhere; near its end it signs. */
    bool is_sure = !b->is_outline || lines->at[i].mark == '!' || lines->at[i].from > lines->text.len / 2;
    if (b->is_one || !is_over || !is_sure || b->current == LAW_NO_NODE) {
        return keep_words(b, i);
    }
    b->closing_from = i + 1;
    return i + 1;
}

size_t law_step(struct builder *b, size_t i) {
    const struct law_line *line = &b->lines->at[i];
    if (line->is_quoted) {
        return keep_words(b, i);
    }
    switch (line->look) {
    case LOOK_PART:
    case LOOK_CHAPTER:
    case LOOK_SECTION:
    case LOOK_SUBSECTION: return b->is_one ? keep_words(b, i) : step_named(b, i);
    case LOOK_ARTICLE: return step_article(b, i);
    case LOOK_NUMBER: return step_number(b, i);
    case LOOK_DECIMAL: return step_decimal(b, i);
    case LOOK_LETTER: return step_letter(b, i);
    case LOOK_SUBLETTER: return step_sub(b, i, line->value);
    case LOOK_ROMAN: return step_roman(b, i);
    case LOOK_ANNEX: return step_annex(b, i);
    case LOOK_ROW: return step_row(b, i);
    case LOOK_CLOSING: return step_closing(b, i);
    case LOOK_WORDS:
    case LOOK_RULE: break;
    }
    return keep_words(b, i);
}
