/* A tree of places that are known already, and the text they would be printed as. */
#include "modules/law/law_text_build.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

struct str law_label_printed(struct arena *a, enum law_level level, struct str label) {
    struct str word = law_level_word(level);
    bool is_numbered = label.len && label.at[0] >= '0' && label.at[0] <= '9';
    switch (level) {
    case LAW_PART:
    case LAW_CHAPTER:
    case LAW_SUBSECTION:
    case LAW_ANNEX:
        return label.len            ? str_format(a, "%.*s %.*s", STR_ARG(word), STR_ARG(label))
               : level == LAW_ANNEX ? S("")
                                    : word;
    case LAW_SECTION:
        /* "Mục 2"; the Roman numbers of papers without articles stand alone. */
        return is_numbered || label.len == 0 ? str_format(a, "%.*s %.*s", STR_ARG(word), STR_ARG(label))
                                             : str_format(a, "%.*s.", STR_ARG(label));
    case LAW_ARTICLE: return str_format(a, "%.*s %.*s.", STR_ARG(word), STR_ARG(label));
    case LAW_CLAUSE: return str_format(a, "%.*s.", STR_ARG(label));
    case LAW_POINT:
    case LAW_SUBPOINT: {
        bool is_roman = level == LAW_SUBPOINT && str_find(label, S("."), 0) == SIZE_MAX;
        return is_roman      ? str_format(a, "(%.*s)", STR_ARG(label))
               : is_numbered ? str_format(a, "%.*s.", STR_ARG(label))
                             : str_format(a, "%.*s)", STR_ARG(label));
    }
    case LAW_TABLE:
    case LAW_PARAGRAPH:
    case LAW_LEVELS: break;
    }
    return S("");
}

struct str law_label_bare(struct str num) {
    static const struct str words[] = {S_INIT("Điều"),    S_INIT("Chương"),  S_INIT("Mục"),   S_INIT("Tiểu mục"),
                                       S_INIT("Phần"),    S_INIT("Phụ lục"), S_INIT("Khoản"), S_INIT("Điểm"),
                                       S_INIT("CHƯƠNG"),  S_INIT("MỤC"),     S_INIT("PHẦN"),  S_INIT("PHỤ LỤC"),
                                       S_INIT("Article"), S_INIT("Art."),    S_INIT("ĐIỀU"),  S_INIT("TIỂU MỤC"),
                                       S_INIT("Chapter"), S_INIT("Section")};
    struct str s = law_trim(num);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_starts(s, words[i])) {
            s = law_trim(str_slice(s, words[i].len, s.len));
            break;
        }
    }
    while (s.len && strchr("(", s.at[0])) {
        s = str_slice(s, 1, s.len);
    }
    while (s.len && strchr(").:- ", s.at[s.len - 1])) {
        s.len--;
    }
    return s;
}

struct piece {
    size_t from, label_to, heading_from, heading_to, words_from, to;
};

static size_t put(struct buf *b, struct str s) {
    size_t from = b->len;
    buf_put(b, s);
    return from;
}

/* A heading of a chapter stands on its own line, an article's behind the label. */
static void print(struct arena *a, struct buf *b, const struct law_given *g, struct piece *p) {
    struct str label = law_label_printed(a, g->level, g->label);
    bool is_above = g->level < LAW_ARTICLE || g->level == LAW_ANNEX;
    p->from = put(b, label);
    p->label_to = b->len;
    if (g->heading.len) {
        buf_put(b, label.len == 0 ? S("") : is_above ? S("\n") : S(" "));
        p->heading_from = put(b, g->heading);
        p->heading_to = b->len;
    }
    if (g->text.len) {
        bool is_below = g->heading.len || is_above || g->level == LAW_ARTICLE;
        buf_put(b, b->len == p->from ? S("") : is_below ? S("\n\n") : S(" "));
        p->words_from = put(b, g->text);
    }
    p->to = b->len;
    BUF_LIT(b, "\n\n");
}

static struct str slice(struct str text, size_t from, size_t to) {
    return from < to ? str_slice(text, from, to) : S("");
}

void law_text_make(struct arena *a, const struct law_given_paper *paper, struct law_tree *tree) {
    struct buf b = buf_in(a);
    struct piece *pieces = arena_take(a, struct piece, paper->n + 1);
    put(&b, paper->head);
    BUF_LIT(&b, "\n\n");
    size_t head_to = b.len;
    for (size_t i = 0; i < paper->n; i++) {
        print(a, &b, &paper->places[i], &pieces[i]);
    }
    size_t closing = put(&b, paper->closing);
    struct str text = buf_str(&b);
    *tree = (struct law_tree){.text = text, .head = {.effective_article = LAW_NO_NODE}};
    struct law_lines lines;
    law_lines_of(a, text, &lines);
    law_quotes_find(a, &lines, tree);
    struct builder build;
    law_builder_begin(&build, a, &lines, tree);
    for (size_t i = 0; i < paper->n; i++) {
        const struct law_given *g = &paper->places[i];
        const struct piece *p = &pieces[i];
        law_node_open(&build, &(struct opened){.level = g->level,
                                               .label = g->label,
                                               .heading = slice(text, p->heading_from, p->heading_to),
                                               .from = p->from,
                                               .heading_to = p->heading_to ? p->heading_to : p->label_to,
                                               .words_from = p->words_from ? p->words_from : p->to});
    }
    law_builder_end(&build, closing);
    size_t n = 0, last = lines.n;
    while (n < lines.n && lines.at[n].from < head_to) {
        n++;
    }
    while (last > n && lines.at[last - 1].from >= closing) {
        last--;
    }
    law_head_read(a, &lines, n, tree);
    law_tail_read(a, &lines, last, lines.n, tree);
    law_effective_find(a, tree);
}
