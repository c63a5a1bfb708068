/* mktext --langs build/gen/langs_gen.c --po en=i18n/en/office.po   the tables of kernel/page/i18n.h.
   mktext --pot build/doanket.pot --pages LIST FILE.c…        all messages: LIST is what mkpage --messages printed;
   in C every literal with Vietnamese letters, and what stands in T(). Also says how many each language lacks (--po). */
#include "base/utf8.h"
#include "tools/mkpage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

struct message {
    struct str text; /* as in the .po: C escapes taken away */
    struct str places;
    bool has_plural;
};
struct messages {
    struct arena *arena;
    LIST(struct message) all;
};

static void message_add(struct messages *m, struct str text, struct str place, bool has_plural) {
    for (size_t i = 0; i < m->all.n; i++) {
        if (str_eq(m->all.at[i].text, text)) {
            m->all.at[i].has_plural |= has_plural;
            if (str_find(m->all.at[i].places, place, 0) == SIZE_MAX && m->all.at[i].places.len < 200) {
                m->all.at[i].places = str_format(m->arena, "%.*s %.*s", STR_ARG(m->all.at[i].places), STR_ARG(place));
            }
            return;
        }
    }
    struct message one = {text, place, has_plural};
    LIST_ADD(m->arena, &m->all, one);
}

/* Letters only Vietnamese uses among C's literals: anything beyond ASCII that is a letter. */
static bool is_vietnamese(struct str s) {
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        if ((c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c < 0x1F00)) {
            return true;
        }
    }
    return false;
}

/* From an opening quote to the closing one. */
static size_t quoted_read(struct str s, size_t at, struct buf *out) {
    for (at++; at < s.len && s.at[at] != '"'; at++) {
        bool is_escaped = s.at[at] == '\\' && at + 1 < s.len;
        at += is_escaped;
        char c = s.at[at];
        buf_put_char(out, is_escaped && c == 'n' ? '\n' : is_escaped && c == 't' ? '\t' : c);
    }
    return at;
}

/* Reads one literal from its opening quote; adjoining literals are one. */
static size_t literal_read(struct str s, size_t at, struct buf *out) {
    for (;;) {
        at = quoted_read(s, at, out);
        size_t next = at + 1;
        while (next < s.len && (s.at[next] == ' ' || s.at[next] == '\n' || s.at[next] == '\t')) {
            next++;
        }
        if (next >= s.len || s.at[next] != '"') {
            return at + 1;
        }
        at = next;
    }
}

/* Does T(g, stand before the literal? */
static bool is_marked_at(struct str s, size_t quote) {
    size_t i = quote;
    while (i > 0 && s.at[i - 1] != '(' && s.at[i - 1] != ';' && s.at[i - 1] != '"') {
        i--;
    }
    bool is_t = i > 2 && s.at[i - 1] == '(' && s.at[i - 2] == 'T';
    char before = is_t ? s.at[i - 3] : '_';
    return is_t && str_find(str_slice(s, i, quote), S(","), 0) != SIZE_MAX && before != '_' &&
           !(before >= 'A' && before <= 'Z') && !(before >= 'a' && before <= 'z');
}

/* The last byte of the literal at i, which is kept when it is a message. */
static size_t literal_take(struct messages *m, struct str s, size_t i, struct str place) {
    struct buf text = buf_in(m->arena);
    bool is_marked = is_marked_at(s, i);
    size_t end = literal_read(s, i, &text) - 1;
    struct str found = buf_str(&text);
    bool is_markup = found.len && found.at[0] == '<';
    if (!is_markup && (is_vietnamese(found) || (is_marked && text_has_letters(found)))) {
        message_add(m, found, place, false);
    }
    return end;
}

static void source_read(struct messages *m, const char *path) {
    struct str s = file_read(m->arena, path);
    int line = 1;
    for (size_t i = 0; i < s.len; i++) {
        struct str rest = str_slice(s, i, s.len);
        size_t end = i;
        if (str_starts(rest, S("/*"))) {
            end = str_find(s, S("*/"), i + 2) + 1;
        } else if (str_starts(rest, S("//")) || str_starts(rest, S("#include"))) {
            end = str_find(s, S("\n"), i) - 1;
        } else if (s.at[i] == '\'') {
            end = i + (s.at[i + 1] == '\\' ? 3 : 2);
        } else if (s.at[i] == '"') {
            end = literal_take(m, s, i, str_format(m->arena, "%s:%d", path, line));
        }
        for (; i < end && i < s.len; i++) {
            line += s.at[i] == '\n';
        }
        line += i < s.len && s.at[i] == '\n';
    }
}

static void pages_read(struct messages *m, const char *path) {
    struct str rest = file_read(m->arena, path), row;
    while (str_next(&rest, '\n', &row)) {
        struct str place, plural, quoted;
        if (str_cut(row, S("\t"), &place, &plural) && str_cut(plural, S("\t"), &plural, &quoted)) {
            struct buf text = buf_in(m->arena);
            literal_read(quoted, 0, &text);
            message_add(m, buf_str(&text), place, str_eq(plural, S("1")));
        }
    }
}

static void pot_write(struct messages *m, const char *path) {
    struct buf b = buf_in(m->arena);
    BUF_LIT(&b, "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n");
    for (size_t i = 0; i < m->all.n; i++) {
        const struct message *x = &m->all.at[i];
        buf_printf(&b, "\n#: %.*s\nmsgid ", STR_ARG(x->places));
        write_literal(&b, x->text);
        if (x->has_plural) {
            BUF_LIT(&b, "\nmsgid_plural ");
            write_literal(&b, x->text);
            BUF_LIT(&b, "\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n");
        } else {
            BUF_LIT(&b, "\nmsgstr \"\"\n");
        }
    }
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(b.at, 1, b.len, f) != b.len || fclose(f) != 0) {
        page_fail(path, 0, 0, "cannot be written");
    }
}

/* Whether every language has every message. */
static bool lacking_report(const struct messages *m, const struct mkpage *languages) {
    bool is_whole = true;
    for (size_t i = 0; i < languages->languages.n; i++) {
        const struct language *l = &languages->languages.at[i];
        size_t lacking = 0;
        for (size_t k = 0; k < m->all.n; k++) {
            if (!translation_of(l, m->all.at[k].text)) {
                lacking++;
                is_whole = false;
                fprintf(stderr, "%.*s lacks: %.*s (%.*s)\n", STR_ARG(l->code), STR_ARG(m->all.at[k].text),
                        STR_ARG(m->all.at[k].places));
            }
        }
        printf("%.*s: %zu of %zu messages translated\n", STR_ARG(l->code), m->all.n - lacking, m->all.n);
    }
    return is_whole;
}

static void table_write(struct buf *b, const struct language *l, const char *what, bool patterns) {
    buf_printf(b, "static const struct lang_text %.*s_%s[] = {\n", STR_ARG(l->code), what);
    for (size_t i = 0; i < l->texts.n; i++) {
        bool is_pattern = str_find(l->texts.at[i].from, S("%"), 0) != SIZE_MAX;
        if (!patterns || is_pattern) {
            BUF_LIT(b, "    {S_INIT(");
            write_literal(b, l->texts.at[i].from);
            BUF_LIT(b, "), S_INIT(");
            write_literal(b, l->texts.at[i].to);
            BUF_LIT(b, ")},\n");
        }
    }
    BUF_LIT(b, "    {S_INIT(\"\"), S_INIT(\"\")},\n};\n");
}

static void langs_write(struct mkpage *m, const char *path) {
    struct buf b = buf_in(m->arena);
    BUF_LIT(&b, "#include \"kernel/page/i18n.h\"\n");
    for (size_t i = 0; i < m->languages.n; i++) {
        table_write(&b, &m->languages.at[i], "texts", false);
        table_write(&b, &m->languages.at[i], "patterns", true);
    }
    BUF_LIT(&b, "const struct lang langs[] = {\n    {.code = S_INIT(\"vi\"), .name = S_INIT(\"Tiếng Việt\")},\n");
    for (size_t i = 0; i < m->languages.n; i++) {
        struct str code = m->languages.at[i].code;
        const struct translation *name = translation_of(&m->languages.at[i], S("Tên ngôn ngữ này"));
        buf_printf(&b, "    {.code = S_INIT(\"%.*s\"), .name = S_INIT(\"%.*s\"), .n = %zu,\n", STR_ARG(code),
                   STR_ARG(name ? name->to : code), i + 1);
        buf_printf(&b, "     .texts = %.*s_texts, .texts_n = sizeof %.*s_texts / sizeof *%.*s_texts - 1,\n",
                   STR_ARG(code), STR_ARG(code), STR_ARG(code));
        buf_printf(&b,
                   "     .patterns = %.*s_patterns, .patterns_n = sizeof %.*s_patterns / sizeof *%.*s_patterns - 1},\n",
                   STR_ARG(code), STR_ARG(code), STR_ARG(code));
    }
    BUF_LIT(&b, "};\nconst size_t langs_n = sizeof langs / sizeof *langs;\n");
    write_lines(path, buf_str(&b));
}

int main(int argc, char **argv) {
    struct arena *a = arena_new();
    struct mkpage m = {.arena = a};
    struct messages all = {.arena = a};
    const char *langs = NULL, *pot = NULL;
    bool is_whole = true;
    for (int i = 1; i < argc; i++) {
        const char *next = i + 1 < argc ? argv[i + 1] : "";
        if (!strcmp(argv[i], "--po")) {
            languages_read(&m, next), i++;
        } else if (!strcmp(argv[i], "--langs")) {
            langs = next, i++;
        } else if (!strcmp(argv[i], "--pot")) {
            pot = next, i++;
        } else if (!strcmp(argv[i], "--pages")) {
            pages_read(&all, next), i++;
        } else {
            source_read(&all, argv[i]);
        }
    }
    if (langs) {
        langs_write(&m, langs);
    }
    if (pot) {
        pot_write(&all, pot);
        is_whole = lacking_report(&all, &m);
    }
    arena_free(a);
    return is_whole ? 0 : 1;
}
