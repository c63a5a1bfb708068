/* A Word document as lines: tables as rows, and the numbers Word counts by itself ("Điều 1." of a list) written out. */
#include "base/arena.h"
#include "base/num.h"
#include "read/blocks.h"
#include "read/xml.h"

#include <string.h>

#include "base/banned.h"

enum { LISTS_MOST = 1000, LEVELS = 9 };

struct list_level {
    struct str format, text;
    int64_t start, now;
};

/* An abstract list: its levels and where they count. */
struct list {
    int64_t id;
    struct list_level levels[LEVELS];
};

struct number {
    int64_t id, list;
};

struct style {
    struct str id;
    int64_t number, level;
};

struct lists {
    struct arena *arena;
    LIST(struct list) lists;
    LIST(struct number) numbers;
    LIST(struct style) styles;
    struct list *list; /* being read */
    struct list_level *level;
    bool is_in_number;
};

static int64_t value_of(struct arena *a, xmlTextReaderPtr r, const char *name, int64_t most) {
    int64_t n;
    return num_read_between(read_xml_attribute(a, r, name), 0, most, &n) ? n : -1;
}

/* What a level of a list begins with and looks like. */
static void level_take(struct lists *l, xmlTextReaderPtr r) {
    if (read_xml_is(r, "start")) {
        l->level->start = value_of(l->arena, r, "w:val", 9999);
        l->level->now = l->level->start - 1;
    } else if (read_xml_is(r, "numFmt")) {
        l->level->format = read_xml_attribute(l->arena, r, "w:val");
    } else if (read_xml_is(r, "lvlText")) {
        l->level->text = read_xml_attribute(l->arena, r, "w:val");
    }
}

static void list_node(xmlTextReaderPtr r, void *thing) {
    struct lists *l = thing;
    if (!read_xml_opens(r)) {
        l->is_in_number = l->is_in_number && !(read_xml_closes(r) && read_xml_is(r, "num"));
        return;
    }
    if (read_xml_is(r, "abstractNum") && l->lists.n < LISTS_MOST) {
        l->list = LIST_PUSH(l->arena, &l->lists);
        l->list->id = value_of(l->arena, r, "w:abstractNumId", INT32_MAX);
        l->level = NULL;
    } else if (read_xml_is(r, "num") && l->numbers.n < LISTS_MOST) {
        LIST_PUSH(l->arena, &l->numbers)->id = value_of(l->arena, r, "w:numId", INT32_MAX);
        l->is_in_number = true;
        l->list = NULL;
        l->level = NULL;
    } else if (read_xml_is(r, "abstractNumId") && l->is_in_number && l->numbers.n) {
        l->numbers.at[l->numbers.n - 1].list = value_of(l->arena, r, "w:val", INT32_MAX);
    } else if (read_xml_is(r, "lvl") && l->list) {
        int64_t i = value_of(l->arena, r, "w:ilvl", LEVELS - 1);
        l->level = i >= 0 ? &l->list->levels[i] : NULL;
    } else if (l->level) {
        level_take(l, r);
    }
}

static void style_node(xmlTextReaderPtr r, void *thing) {
    struct lists *l = thing;
    if (!read_xml_opens(r)) {
        return;
    }
    if (read_xml_is(r, "style") && l->styles.n < LISTS_MOST) {
        LIST_PUSH(l->arena, &l->styles)->id = read_xml_attribute(l->arena, r, "w:styleId");
    } else if (read_xml_is(r, "numId") && l->styles.n) {
        l->styles.at[l->styles.n - 1].number = value_of(l->arena, r, "w:val", INT32_MAX);
    } else if (read_xml_is(r, "ilvl") && l->styles.n) {
        int64_t level = value_of(l->arena, r, "w:val", LEVELS - 1);
        l->styles.at[l->styles.n - 1].level = level > 0 ? level : 0;
    }
}

static void put_roman(struct buf *b, int64_t n, bool is_small) {
    static const struct {
        int64_t value;
        struct str capital, small;
    } digits[] = {{100, S_INIT("C"), S_INIT("c")},  {90, S_INIT("XC"), S_INIT("xc")}, {50, S_INIT("L"), S_INIT("l")},
                  {40, S_INIT("XL"), S_INIT("xl")}, {10, S_INIT("X"), S_INIT("x")},   {9, S_INIT("IX"), S_INIT("ix")},
                  {5, S_INIT("V"), S_INIT("v")},    {4, S_INIT("IV"), S_INIT("iv")},  {1, S_INIT("I"), S_INIT("i")}};
    for (size_t i = 0; i < sizeof digits / sizeof *digits && n < 400; i++) {
        for (; n >= digits[i].value; n -= digits[i].value) {
            buf_put(b, is_small ? digits[i].small : digits[i].capital);
        }
    }
}

static void put_counted(struct buf *b, struct str format, int64_t n) {
    bool is_small = str_starts(format, S("lower"));
    if (str_ends(format, S("Roman"))) {
        put_roman(b, n, is_small);
    } else if (str_ends(format, S("Letter"))) {
        buf_put_char(b, (char)((is_small ? 'a' : 'A') + (n > 0 ? (n - 1) % 26 : 0)));
    } else {
        buf_put_int(b, n);
    }
}

static struct list *list_of(struct lists *l, int64_t number) {
    for (size_t i = 0; i < l->numbers.n; i++) {
        for (size_t k = 0; l->numbers.at[i].id == number && k < l->lists.n; k++) {
            if (l->lists.at[k].id == l->numbers.at[i].list) {
                return &l->lists.at[k];
            }
        }
    }
    return NULL;
}

/* Counts one on and gives what Word prints there: "Điều 5.", "1.2." */
static struct str label_of(struct lists *l, int64_t number, int64_t level) {
    struct list *list = number > 0 && level >= 0 && level < LEVELS ? list_of(l, number) : NULL;
    if (!list || str_eq(list->levels[level].format, S("bullet")) || str_eq(list->levels[level].format, S("none"))) {
        return list && str_eq(list->levels[level].format, S("bullet")) ? S("- ") : S("");
    }
    list->levels[level].now++;
    for (int64_t i = level + 1; i < LEVELS; i++) {
        list->levels[i].now = list->levels[i].start - 1;
    }
    struct buf b = buf_in(l->arena);
    struct str text = list->levels[level].text;
    for (size_t i = 0; i < text.len; i++) {
        bool is_count = text.at[i] == '%' && i + 1 < text.len && text.at[i + 1] >= '1' && text.at[i + 1] <= '9';
        if (is_count) {
            const struct list_level *counted = &list->levels[text.at[++i] - '1'];
            put_counted(&b, counted->format, counted->now);
        } else {
            buf_put_char(&b, text.at[i]);
        }
    }
    buf_put_char(&b, ' ');
    return buf_str(&b);
}

struct word {
    struct read_blocks blocks;
    struct lists *lists;
    bool is_in_text, has_properties;
    int fallback;
    int64_t number, level;
};

static void take_property(struct word *w, xmlTextReaderPtr r) {
    struct arena *a = w->blocks.arena;
    if (read_xml_is(r, "numId")) {
        w->number = value_of(a, r, "w:val", INT32_MAX);
    } else if (read_xml_is(r, "ilvl")) {
        w->level = value_of(a, r, "w:val", LEVELS - 1);
    } else if (read_xml_is(r, "pStyle")) {
        struct str id = read_xml_attribute(a, r, "w:val");
        for (size_t i = 0; i < w->lists->styles.n; i++) {
            if (str_eq(w->lists->styles.at[i].id, id)) {
                w->number = w->lists->styles.at[i].number;
                w->level = w->lists->styles.at[i].level;
            }
        }
    }
}

static void open_node(struct word *w, xmlTextReaderPtr r) {
    if (read_xml_is(r, "p")) {
        read_blocks_break(&w->blocks);
        w->number = w->level = 0;
    } else if (read_xml_is(r, "tr")) {
        read_blocks_row(&w->blocks);
    } else if (read_xml_is(r, "tc")) {
        read_blocks_cell(&w->blocks);
    } else if (read_xml_is(r, "br")) {
        read_blocks_break(&w->blocks);
    } else if (read_xml_is(r, "tab")) {
        w->blocks.wants_space = true;
    } else if (read_xml_is(r, "noBreakHyphen")) {
        read_blocks_words(&w->blocks, S("-"));
    } else {
        take_property(w, r);
    }
}

static void close_node(struct word *w, xmlTextReaderPtr r) {
    if (read_xml_is(r, "pPr")) {
        read_blocks_words(&w->blocks, label_of(w->lists, w->number, w->level));
    } else if (read_xml_is(r, "p")) {
        read_blocks_break(&w->blocks);
    } else if (read_xml_is(r, "tc")) {
        read_blocks_cell_end(&w->blocks);
    } else if (read_xml_is(r, "tr")) {
        read_blocks_row_end(&w->blocks);
    }
}

static void word_node(xmlTextReaderPtr r, void *thing) {
    struct word *w = thing;
    bool opens = read_xml_opens(r);
    if (read_xml_is(r, "Fallback")) {
        w->fallback += opens && !read_xml_is_empty(r) ? 1 : read_xml_closes(r) ? -1 : 0;
    } else if (w->fallback > 0) {
        return;
    } else if (read_xml_is_text(r)) {
        read_blocks_words(&w->blocks, w->is_in_text ? read_xml_text(r) : S(""));
    } else if (read_xml_is(r, "t")) {
        w->is_in_text = opens && !read_xml_is_empty(r);
    } else if (opens) {
        open_node(w, r);
    } else if (read_xml_closes(r)) {
        close_node(w, r);
    }
}

static void lists_read(struct arena *a, const struct read_task *task, struct lists *lists) {
    struct str xml;
    *lists = (struct lists){.arena = a};
    if (read_zip_entry(a, task->bytes, "word/numbering.xml", &task->limits, &xml) == READ_FINE) {
        (void)read_xml_walk(xml, list_node, lists);
    }
    if (read_zip_entry(a, task->bytes, "word/styles.xml", &task->limits, &xml) == READ_FINE) {
        (void)read_xml_walk(xml, style_node, lists);
    }
}

void read_docx_whole(struct arena *a, const struct read_task *task, struct str xml, struct read_answer *answer) {
    struct lists lists;
    struct word w = {.blocks = read_blocks_in(a), .lists = &lists};
    lists_read(a, task, &lists);
    answer->fault = read_xml_walk(xml, word_node, &w);
    if (!answer->fault) {
        struct read_encoded e;
        read_encoding_of_text(a, buf_str(&w.blocks.text), &e);
        read_answer_whole(a, task, &e, answer);
    }
}
