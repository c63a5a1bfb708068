/* Messages and their translations, read from .po files. */
#include "base/utf8.h"
#include "tools/mkpage.h"

#include <gettext-po.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

static bool is_letter(uint32_t c) {
    if (c < 128) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    return (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c < 0x1F00);
}

/* "&nbsp;" is no letter. */
bool text_has_letters(struct str s) {
    size_t at = 0;
    while (at < s.len) {
        if (s.at[at] == '&') {
            size_t end = str_find(s, S(";"), at);
            if (end != SIZE_MAX && end - at < 10) {
                at = end + 1;
                continue;
            }
        }
        if (is_letter(utf8_next(s, &at))) {
            return true;
        }
    }
    return false;
}

struct str message_of(struct arena *a, const struct op *op) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < op->pieces.n; i++) {
        const struct piece *p = &op->pieces.at[i];
        buf_put(&b, p->literal);
        if (p->has_value) {
            buf_put_char(&b, '{');
            buf_put(&b, p->name);
            buf_put_char(&b, '}');
        }
    }
    return buf_str(&b);
}

/* The library's signature. */
static void po_problem(int severity, po_message_t message, const char *file, size_t line, size_t column, int many,
                       const char *text) {
    (void)message, (void)column, (void)many;
    fprintf(stderr, "%s:%zu: %s\n", file ? file : "po", line, text);
    if (severity >= PO_SEVERITY_ERROR) {
        exit(1);
    }
}

/* The library's signature. */
static void po_problem2(int severity, po_message_t m1, const char *file1, size_t line1, size_t column1, int many1,
                        const char *text1, po_message_t m2, const char *file2, size_t line2, size_t column2, int many2,
                        const char *text2) {
    (void)m2, (void)file2, (void)line2, (void)column2, (void)many2, (void)text2;
    po_problem(severity, m1, file1, line1, column1, many1, text1);
}

static int translation_cmp(const void *a, const void *b) {
    const struct translation *x = a, *y = b;
    return str_cmp(x->from, y->from);
}

static void translation_take(struct arena *a, struct language *l, po_message_t m) {
    const char *from = po_message_msgid(m);
    if (!*from || po_message_is_obsolete(m) || po_message_is_fuzzy(m)) {
        return;
    }
    struct translation t = {.from = str_copy(a, str_of(from))};
    if (po_message_msgid_plural(m)) {
        t.one = str_copy(a, str_of(po_message_msgstr_plural(m, 0)));
        t.to = str_copy(a, str_of(po_message_msgstr_plural(m, 1)));
    } else {
        t.to = str_copy(a, str_of(po_message_msgstr(m)));
    }
    if (t.to.len) {
        LIST_ADD(a, &l->texts, t);
    }
}

/* A language's messages may stand in several files. */
static struct language *language_of(struct mkpage *m, struct str code) {
    for (size_t i = 0; i < m->languages.n; i++) {
        if (str_eq(m->languages.at[i].code, code)) {
            return &m->languages.at[i];
        }
    }
    struct language *l = LIST_PUSH(m->arena, &m->languages);
    l->code = code;
    return l;
}

void languages_read(struct mkpage *m, const char *code_and_path) {
    struct str code, path;
    if (!str_cut(str_of(code_and_path), S("="), &code, &path)) {
        page_fail(code_and_path, 0, 0, "wanted CODE=FILE.po");
    }
    struct language *l = language_of(m, code);
    struct po_xerror_handler problems = {.xerror = po_problem, .xerror2 = po_problem2};
    po_file_t file = po_file_read(path.at, &problems);
    if (!file) {
        page_fail(path.at, 0, 0, "cannot be read");
    }
    po_message_iterator_t it = po_message_iterator(file, NULL);
    for (po_message_t message; (message = po_next_message(it));) {
        translation_take(m->arena, l, message);
    }
    po_message_iterator_free(it);
    po_file_free(file);
    if (l->texts.n) {
        list_sort(l->texts.at, l->texts.n, sizeof *l->texts.at, translation_cmp);
    }
}

const struct translation *translation_of(const struct language *l, struct str message) {
    struct translation wanted = {.from = message};
    return l->texts.n ? bsearch(&wanted, l->texts.at, l->texts.n, sizeof *l->texts.at, translation_cmp) : NULL;
}
