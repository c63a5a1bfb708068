/* Files in and out. */
#include "tools/mkpage.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

void page_fail(const char *path, int line, int column, const char *format, ...) {
    fprintf(stderr, "%s:%d:%d: error: ", path, line, column);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

static bool file_try(struct arena *a, const char *path, struct str *text) {
    FILE *f = fopen(path, "rb");
    if (!f) {
        return false;
    }
    struct buf b = buf_in(a);
    for (;;) {
        buf_reserve(&b, 16384);
        size_t n = fread(b.at + b.len, 1, 16384, f);
        b.len += n;
        if (n == 0) {
            break;
        }
    }
    fclose(f);
    *text = buf_str(&b);
    return true;
}

struct str file_read(struct arena *a, const char *path) {
    struct str text;
    if (!file_try(a, path, &text)) {
        page_fail(path, 0, 0, "cannot be read");
    }
    return text;
}

/* The drawing inside a Lucide icon's <svg>, on one line, in an <svg> of ours. */
struct str icon_svg(struct mkpage *m, const struct page_source *page, struct str name, int line, int column) {
    struct str path = str_format(m->arena, "%s/%.*s.svg", m->icons, STR_ARG(name));
    struct str svg;
    if (!file_try(m->arena, str_z(m->arena, path), &svg)) {
        page_fail(page->path, line, column, "no icon \"%.*s\" in %s", STR_ARG(name), m->icons);
    }
    size_t open = str_find(svg, S("<svg"), 0);
    size_t from = str_find(svg, S(">"), open) + 1, to = str_find(svg, S("</svg>"), from);
    struct buf b = buf_in(m->arena);
    BUF_LIT(&b, "<svg class=\"i\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">");
    struct str rest = str_slice(svg, from, to), row;
    while (str_next(&rest, '\n', &row)) {
        buf_put(&b, str_trim(row));
    }
    BUF_LIT(&b, "</svg>");
    return buf_str(&b);
}

void write_literal(struct buf *b, struct str s) {
    buf_put_char(b, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c == '"' || c == '\\') {
            buf_put_char(b, '\\');
            buf_put_char(b, s.at[i]);
        } else if (c == '\n') {
            BUF_LIT(b, "\\n");
        } else if (c == '?' && i > 0 && s.at[i - 1] == '?') {
            BUF_LIT(b, "\\?");
        } else if (c < ' ' || c == 127) {
            buf_printf(b, "\\%03o", c);
        } else {
            buf_put_char(b, s.at[i]);
        }
    }
    buf_put_char(b, '"');
}

void write_lines(const char *path, struct str text) {
    struct arena *a = arena_new();
    struct buf b = buf_in(a);
    struct str rest = text, line;
    for (int n = 1; str_next(&rest, '\n', &line); n++) {
        if (str_eq(line, S("#line 0"))) {
            buf_printf(&b, "#line %d \"%s\"", n + 1, path);
        } else {
            buf_put(&b, line);
        }
        buf_put_char(&b, '\n');
    }
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(b.at, 1, b.len, f) != b.len || fclose(f) != 0) {
        page_fail(path, 0, 0, "cannot be written");
    }
    arena_free(a);
}
