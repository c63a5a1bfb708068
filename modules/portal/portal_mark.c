#include "modules/portal/portal_mark.h"

#include "base/arena.h"
#include "base/buf.h"

/* The line a block begins with, and what stands behind its mark. */
struct mark {
    int kind;
    struct str rest;
};

static bool take(struct str line, const char *mark, struct str *rest) {
    struct str m = str_of(mark);
    if (!str_starts(line, m)) {
        return false;
    }
    *rest = str_trim(str_slice(line, m.len, line.len));
    return true;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool take_number(struct str line, struct str *rest) {
    size_t i = 0;
    while (i < line.len && i < 3 && is_digit(line.at[i])) {
        i++;
    }
    bool is_item = i > 0 && i + 1 < line.len && (line.at[i] == '.' || line.at[i] == ')') && line.at[i + 1] == ' ';
    if (is_item) {
        *rest = str_trim(str_slice(line, i + 1, line.len));
    }
    return is_item;
}

static struct mark mark_of(struct str line) {
    static const struct {
        const char *mark;
        int kind;
    } marks[] = {
        {"### ", PORTAL_SUBHEADING}, {"## ", PORTAL_HEADING}, {"# ", PORTAL_HEADING}, {"- ", PORTAL_LIST},
        {"* ", PORTAL_LIST},         {"• ", PORTAL_LIST},     {"– ", PORTAL_LIST},    {"> ", PORTAL_QUOTE},
    };
    struct mark m = {.kind = PORTAL_PARAGRAPH, .rest = line};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (take(line, marks[i].mark, &m.rest)) {
            m.kind = marks[i].kind;
            return m;
        }
    }
    if (take_number(line, &m.rest)) {
        m.kind = PORTAL_NUMBERS;
    }
    return m;
}

/* An address that may be followed: of this site, or of another by http. */
static struct link link_of(struct arena *a, struct str address) {
    if (str_starts(address, S("/")) && !str_starts(address, S("//"))) {
        return link_local(a, "%.*s", STR_ARG(address));
    }
    bool is_web = str_starts(address, S("https://")) || str_starts(address, S("http://"));
    return is_web && str_find(address, S(" "), 0) == SIZE_MAX ? link_web(address) : (struct link){0};
}

struct reading {
    struct arena *a;
    struct portal_words *out;
    bool is_bold;
};

static void put(struct reading *r, struct str text, struct link link) {
    if (text.len) {
        LIST_ADD(r->a, &r->out->spans, (struct portal_span){.text = text, .link = link, .is_bold = r->is_bold});
    }
}

/* "[words](address)" at the beginning of s: its length, 0 when it is none. */
static size_t link_at(struct arena *a, struct str s, struct str *words, struct link *link) {
    size_t close = str_find(s, S("]("), 1);
    size_t end = close == SIZE_MAX ? SIZE_MAX : str_find(s, S(")"), close + 2);
    if (end == SIZE_MAX) {
        return 0;
    }
    *words = str_slice(s, 1, close);
    *link = link_of(a, str_trim(str_slice(s, close + 2, end)));
    return link->v.len && str_find(*words, S("["), 0) == SIZE_MAX ? end + 1 : 0;
}

/* Links and bold words of a line. A bracket is looked at once: those before a failed one are words. */
static void spans_read(struct arena *a, struct str s, struct portal_words *out) {
    struct reading r = {.a = a, .out = out};
    size_t from = 0, i = 0;
    bool has_links = str_find(s, S("]("), 0) != SIZE_MAX;
    while (i < s.len) {
        struct str words, rest = str_slice(s, i, s.len);
        struct link link;
        size_t n = 0;
        if (str_starts(rest, S("**"))) {
            put(&r, str_slice(s, from, i), (struct link){0});
            r.is_bold = !r.is_bold;
            from = i += 2;
        } else if (s.at[i] == '[' && has_links && (n = link_at(a, str_slice(rest, 0, 2000), &words, &link))) {
            put(&r, str_slice(s, from, i), (struct link){0});
            put(&r, words, link);
            from = i += n;
        } else {
            i++;
        }
    }
    put(&r, str_slice(s, from, s.len), (struct link){0});
}

/* Blocks are made of whole lines; the words of one are read when it is whole. */
struct building {
    struct arena *a;
    struct portal_text *text;
    int kind; /* of the block that is open; 0: none */
    struct buf words;
};

static void line_end(struct building *b) {
    struct str s = str_trim(buf_str(&b->words));
    if (s.len) {
        struct portal_block *block = &b->text->blocks.at[b->text->blocks.n - 1];
        spans_read(b->a, s, LIST_PUSH(b->a, &block->lines));
    }
    b->words = buf_in(b->a);
}

static void block_begin(struct building *b, int kind) {
    line_end(b);
    LIST_PUSH(b->a, &b->text->blocks)->kind = kind;
    b->kind = kind;
}

static bool takes_by(struct building *b, const struct mark *m) {
    struct str by;
    if (m->kind != PORTAL_QUOTE || b->kind != PORTAL_QUOTE ||
        !(take(m->rest, "— ", &by) || take(m->rest, "-- ", &by))) {
        return false;
    }
    line_end(b);
    b->text->blocks.at[b->text->blocks.n - 1].by = by;
    return true;
}

static void line_read(struct building *b, struct str line) {
    struct mark m = mark_of(line);
    bool is_list = m.kind == PORTAL_LIST || m.kind == PORTAL_NUMBERS;
    bool goes_on = b->kind && m.kind == PORTAL_PARAGRAPH && b->kind != PORTAL_HEADING && b->kind != PORTAL_SUBHEADING;
    if (takes_by(b, &m)) {
        return;
    }
    if (is_list && b->kind == m.kind) {
        line_end(b);
    } else if (!goes_on && !(m.kind == PORTAL_QUOTE && b->kind == PORTAL_QUOTE)) {
        block_begin(b, m.kind);
    }
    buf_put(&b->words, b->words.len ? S(" ") : S(""));
    buf_put(&b->words, m.rest);
}

struct portal_text portal_mark_read(struct arena *a, struct str text) {
    struct portal_text out = {0};
    struct building b = {.a = a, .text = &out, .words = buf_in(a)};
    struct str rest = text, line;
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.len) {
            line_read(&b, line);
        } else if (b.kind) {
            line_end(&b);
            b.kind = 0;
        }
    }
    if (b.kind) {
        line_end(&b);
    }
    return out;
}

struct str portal_mark_words(struct arena *a, const struct portal_text *text) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < text->blocks.n; i++) {
        const struct portal_block *block = &text->blocks.at[i];
        for (size_t k = 0; k < block->lines.n; k++) {
            for (size_t j = 0; j < block->lines.at[k].spans.n; j++) {
                buf_put(&b, block->lines.at[k].spans.at[j].text);
            }
            buf_put_char(&b, '\n');
        }
    }
    return buf_str(&b);
}
