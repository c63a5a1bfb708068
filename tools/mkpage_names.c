/* Names in pages: a format or a part that there is not is told with the one that may have been meant. */
#include "tools/mkpage.h"

#include <string.h>

#include "base/banned.h"

/* What kernel/page/html.h draws by name; "count" marks the number a plural follows. */
static const struct str formats[] = {
    S_INIT("ago"),       S_INIT("clock"),      S_INIT("when"),  S_INIT("day"),
    S_INIT("iso"),       S_INIT("weekday"),    S_INIT("bytes"), S_INIT("fraction"),
    S_INIT("long_date"), S_INIT("short_date"), S_INIT("plain"), S_INIT("t"),
    S_INIT("percent"),   S_INIT("initials"),   S_INIT("lines"), S_INIT("count"),
};

enum { LONGEST = 64 };

struct names {
    const char *what;
    const struct str *at;
    size_t n;
};

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* How many letters must be put in, left out or changed to make one of the other. */
static size_t distance(struct str a, struct str b) {
    size_t row[LONGEST + 1];
    if (a.len > LONGEST || b.len > LONGEST) {
        return LONGEST;
    }
    for (size_t k = 0; k <= b.len; k++) {
        row[k] = k;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b.len; k++) {
            size_t above = row[k];
            row[k] = least(least(above, row[k - 1]) + 1, corner + (a.at[i - 1] != b.at[k - 1]));
            corner = above;
        }
    }
    return row[b.len];
}

_Noreturn static void fail(const char *path, int line, int column, struct str name, const struct names *known) {
    size_t nearest = 0;
    for (size_t i = 1; i < known->n; i++) {
        if (distance(name, known->at[i]) < distance(name, known->at[nearest])) {
            nearest = i;
        }
    }
    if (known->n && distance(name, known->at[nearest]) <= 2 + name.len / 4) {
        page_fail(path, line, column, "there is no %s \"%.*s\"; is \"%.*s\" meant?", known->what, STR_ARG(name),
                  STR_ARG(known->at[nearest]));
    }
    page_fail(path, line, column, "there is no %s \"%.*s\"; docs/pages.md lists them", known->what, STR_ARG(name));
}

void format_check(const char *path, int line, int column, struct str format) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (str_eq(formats[i], format)) {
            return;
        }
    }
    fail(path, line, column, format, &(struct names){"format", formats, sizeof formats / sizeof *formats});
}

void parts_known(struct mkpage *m, const char *path) {
    struct str text = file_read(m->arena, path), head = S("{{part "), name, rest;
    size_t at = str_find(text, head, 0);
    if (at != SIZE_MAX && str_cut(str_slice(text, at + head.len, text.len), S("("), &name, &rest)) {
        LIST_ADD(m->arena, &m->parts, str_trim(name));
    }
}

static void drawn_check(struct mkpage *m, const struct page_source *page, const struct op *op) {
    struct str name, rest;
    str_cut(op->text, S("("), &name, &rest);
    for (size_t i = 0; i < m->parts.n; i++) {
        if (str_eq(m->parts.at[i], name)) {
            return;
        }
    }
    fail(page->path, op->line, op->column, name, &(struct names){"part", m->parts.at, m->parts.n});
}

/* A form's fields are drawn by C. */
void parts_check(struct mkpage *m) {
    LIST_ADD(m->arena, &m->parts, S("field"));
    LIST_ADD(m->arena, &m->parts, S("field_state"));
    for (size_t i = 0; i < m->pages.n; i++) {
        if (m->pages.at[i]->is_part) {
            LIST_ADD(m->arena, &m->parts, m->pages.at[i]->name);
        }
    }
    for (size_t i = 0; i < m->pages.n; i++) {
        const struct ops *all[] = {&m->pages.at[i]->title, &m->pages.at[i]->main, &m->pages.at[i]->guide};
        for (size_t k = 0; k < 3; k++) {
            for (size_t n = 0; n < all[k]->n; n++) {
                if (all[k]->at[n].kind == OP_PART) {
                    drawn_check(m, m->pages.at[i], &all[k]->at[n]);
                }
            }
        }
    }
}
