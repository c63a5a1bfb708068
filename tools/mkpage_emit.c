/* Writes operations as C. Literal bytes between two values are one write; where languages differ, one of a table. */
#include "tools/mkpage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

#define LANGUAGES_MOST 8

struct emit {
    struct mkpage *m;
    const struct page_source *page;
    struct arena *arena;
    struct buf tables, body;
    struct buf run[LANGUAGES_MOST]; /* literal bytes waiting to be written, by language; 0 is Vietnamese */
    size_t languages;
    int runs, loops;
    struct str loop_names[64];
    int loop_n[64];
    size_t depth;
};

static void run_put(struct emit *e, struct str s) {
    for (size_t i = 0; i < e->languages; i++) {
        buf_put(&e->run[i], s);
    }
}

static void run_flush(struct emit *e) {
    bool is_same = true, is_empty = true;
    for (size_t i = 0; i < e->languages; i++) {
        is_same = is_same && str_eq(buf_str(&e->run[i]), buf_str(&e->run[0]));
        is_empty = is_empty && e->run[i].len == 0;
    }
    if (is_empty) {
        return;
    }
    if (is_same) {
        BUF_LIT(&e->body, "    draw_run(d, S(");
        write_literal(&e->body, buf_str(&e->run[0]));
        BUF_LIT(&e->body, "));\n");
    } else {
        buf_printf(&e->tables, "static const struct str %.*s_run_%d[] = {\n", STR_ARG(e->page->name), e->runs);
        for (size_t i = 0; i < e->languages; i++) {
            BUF_LIT(&e->tables, "    S_INIT(");
            write_literal(&e->tables, buf_str(&e->run[i]));
            BUF_LIT(&e->tables, "),\n");
        }
        BUF_LIT(&e->tables, "};\n");
        buf_printf(&e->body, "    draw_run(d, %.*s_run_%d[d->n]);\n", STR_ARG(e->page->name), e->runs++);
    }
    for (size_t i = 0; i < e->languages; i++) {
        e->run[i].len = 0;
    }
}

/* Code of the page's author: gcc reports its own file, line and column. */
static void code_put(struct emit *e, struct str code, int line, int column) {
    buf_printf(&e->body, "\n#line %d \"%s\"\n", line, e->page->path);
    for (int i = 1; i < column; i++) {
        buf_put_char(&e->body, ' ');
    }
    buf_put(&e->body, code);
    BUF_LIT(&e->body, "\n#line 0\n");
}

static void value_put(struct emit *e, const struct value *v) {
    static const char *const by_place[] = {
        [PLACE_TEXT] = "draw_text", [PLACE_ATTR] = "draw_attr", [PLACE_URL] = "draw_url", [PLACE_LINK] = "draw_link"};
    if (v->format.len && !str_eq(v->format, S("count"))) {
        buf_printf(&e->body, "    draw_%.*s(d, (", STR_ARG(v->format));
        code_put(e, v->expr, v->line, v->column);
        BUF_LIT(&e->body, "    ));\n");
        return;
    }
    BUF_LIT(&e->body, "    { __extension__ __auto_type draw_x = (");
    code_put(e, v->expr, v->line, v->column);
    buf_printf(&e->body, "    ); %s(d, %sdraw_x); }\n", by_place[v->place], v->place == PLACE_LINK ? "&" : "");
}

static void pieces_put(struct emit *e, const struct op *op) {
    for (size_t i = 0; i < op->pieces.n; i++) {
        run_put(e, op->pieces.at[i].literal);
        if (op->pieces.at[i].has_value) {
            run_flush(e);
            value_put(e, &op->pieces.at[i].value);
        }
    }
}

/* Takes "literal{name}" off the front of a translation; the value's piece, or NULL at the end. */
static const struct piece *translated_next(struct emit *e, const struct op *op, struct str *rest, struct str *literal) {
    size_t open = str_find(*rest, S("{"), 0);
    if (open == SIZE_MAX) {
        *literal = *rest;
        *rest = S("");
        return NULL;
    }
    size_t close = str_find(*rest, S("}"), open);
    *literal = str_slice(*rest, 0, open);
    struct str name = str_slice(*rest, open + 1, close);
    *rest = str_slice(*rest, close + 1, rest->len);
    for (size_t i = 0; i < op->pieces.n; i++) {
        if (op->pieces.at[i].has_value && str_eq(op->pieces.at[i].name, name)) {
            return &op->pieces.at[i];
        }
    }
    page_fail(e->page->path, op->line, op->column, "a translation names {%.*s}, which the text has not", STR_ARG(name));
}

/* Do the values of a translation stand in the same order as in the page? */
static bool order_is_same(struct emit *e, const struct op *op, struct str to) {
    struct str literal;
    const struct piece *p;
    size_t at = 0;
    while ((p = translated_next(e, op, &to, &literal))) {
        while (at < op->pieces.n && !op->pieces.at[at].has_value) {
            at++;
        }
        if (at == op->pieces.n || p != &op->pieces.at[at]) {
            return false;
        }
        at++;
    }
    for (; at < op->pieces.n; at++) {
        if (op->pieces.at[at].has_value) {
            return false;
        }
    }
    return true;
}

static void markup_refuse(struct emit *e, const struct op *op, struct str to) {
    if (str_find(to, S("<"), 0) != SIZE_MAX || str_find(to, S("\""), 0) != SIZE_MAX) {
        page_fail(e->page->path, op->line, op->column, "a translation holds markup: %.*s", STR_ARG(to));
    }
}

/* One translation by itself. */
static void translated_put(struct emit *e, const struct op *op, struct str to) {
    struct str literal;
    const struct piece *p;
    do {
        p = translated_next(e, op, &to, &literal);
        run_put(e, literal);
        if (p) {
            run_flush(e);
            value_put(e, &p->value);
        }
    } while (p);
    run_flush(e);
}

static const struct piece *counted_piece(const struct op *op) {
    for (size_t i = 0; i < op->pieces.n; i++) {
        if (op->pieces.at[i].has_value && str_eq(op->pieces.at[i].value.format, S("count"))) {
            return &op->pieces.at[i];
        }
    }
    return NULL;
}

/* Values in another order, or a plural: each language by itself. */
static void message_switch(struct emit *e, const struct op *op, const struct translation *const *to) {
    run_flush(e);
    const struct piece *counted = counted_piece(op);
    BUF_LIT(&e->body, "    switch (d->n) {\n");
    for (size_t i = 1; i < e->languages; i++) {
        if (!to[i]) {
            continue;
        }
        buf_printf(&e->body, "    case %zu:\n", i);
        if (to[i]->one.len && counted) {
            BUF_LIT(&e->body, "    if ((");
            code_put(e, counted->value.expr, counted->value.line, counted->value.column);
            BUF_LIT(&e->body, "    ) == 1) {\n");
            translated_put(e, op, to[i]->one);
            BUF_LIT(&e->body, "    } else {\n");
            translated_put(e, op, to[i]->to);
            BUF_LIT(&e->body, "    }\n");
        } else {
            translated_put(e, op, to[i]->to);
        }
        BUF_LIT(&e->body, "    break;\n");
    }
    BUF_LIT(&e->body, "    default:\n");
    pieces_put(e, op);
    run_flush(e);
    BUF_LIT(&e->body, "    break;\n    }\n");
}

/* All languages go on together: the text up to the next value in each language's run, then the value. */
static void message_runs(struct emit *e, const struct op *op, const struct translation *const *to) {
    struct str rest[LANGUAGES_MOST];
    for (size_t i = 0; i < e->languages; i++) {
        rest[i] = to[i] ? to[i]->to : message_of(e->arena, op);
    }
    const struct piece *p;
    do {
        p = NULL;
        for (size_t i = 0; i < e->languages; i++) {
            struct str literal;
            const struct piece *here = translated_next(e, op, &rest[i], &literal);
            buf_put(&e->run[i], literal);
            p = here ? here : p;
        }
        if (p) {
            run_flush(e);
            value_put(e, &p->value);
        }
    } while (p);
}

static void message_put(struct emit *e, const struct op *op) {
    struct str message = message_of(e->arena, op);
    const struct translation *to[LANGUAGES_MOST] = {0};
    bool is_simple = true, is_any = false;
    for (size_t i = 1; i < e->languages; i++) {
        to[i] = translation_of(&e->m->languages.at[i - 1], message);
        if (to[i]) {
            markup_refuse(e, op, to[i]->to);
            markup_refuse(e, op, to[i]->one);
            is_any = true;
            is_simple = is_simple && !to[i]->one.len && order_is_same(e, op, to[i]->to);
        }
    }
    if (!is_any) {
        pieces_put(e, op);
    } else if (is_simple) {
        message_runs(e, op, to);
    } else {
        message_switch(e, op, to);
    }
}

static void for_put(struct emit *e, const struct op *op) {
    int n = e->loops++;
    e->loop_n[e->depth++] = n;
    buf_printf(&e->body, "    for (size_t draw_i%d = 0; draw_i%d < (", n, n);
    code_put(e, op->text, op->line, op->column);
    buf_printf(&e->body, "    ).n; draw_i%d++) { %.*s%.*s = &(", n, STR_ARG(op->item), STR_ARG(op->name));
    code_put(e, op->text, op->line, op->column);
    buf_printf(&e->body, "    ).at[draw_i%d]; (void)%.*s;\n", n, STR_ARG(op->name));
    if (op->index.len) {
        buf_printf(&e->body, "    size_t %.*s = draw_i%d; (void)%.*s;\n", STR_ARG(op->index), n, STR_ARG(op->index));
    }
    e->loop_names[e->depth - 1] = op->text;
}

static void op_put(struct emit *e, const struct op *op) {
    if (op->kind == OP_RAW) {
        run_put(e, op->text);
        return;
    }
    if (op->kind == OP_MESSAGE) {
        message_put(e, op);
        return;
    }
    run_flush(e);
    switch (op->kind) {
    case OP_VALUE: value_put(e, &op->value); break;
    case OP_FOR: for_put(e, op); break;
    case OP_FOR_ELSE:
        BUF_LIT(&e->body, "    }\n    if ((");
        code_put(e, e->loop_names[e->depth - 1], op->line, op->column);
        BUF_LIT(&e->body, "    ).n == 0) {\n");
        break;
    case OP_FOR_END:
        e->depth--;
        BUF_LIT(&e->body, "    }\n");
        break;
    case OP_IF:
        BUF_LIT(&e->body, "    if (");
        code_put(e, op->text, op->line, op->column);
        BUF_LIT(&e->body, "    ) {\n");
        break;
    case OP_WHILE:
        BUF_LIT(&e->body, "    while (");
        code_put(e, op->text, op->line, op->column);
        BUF_LIT(&e->body, "    ) {\n");
        break;
    case OP_ELIF:
        BUF_LIT(&e->body, "    } else if (");
        code_put(e, op->text, op->line, op->column);
        BUF_LIT(&e->body, "    ) {\n");
        break;
    case OP_ELSE: BUF_LIT(&e->body, "    } else {\n"); break;
    case OP_IF_END: BUF_LIT(&e->body, "    }\n"); break;
    case OP_PART: {
        struct str name, arguments;
        str_cut(op->text, S("("), &name, &arguments);
        buf_printf(&e->body, "    part_%.*s(d%s", STR_ARG(name), str_eq(str_trim(arguments), S(")")) ? "" : ",");
        code_put(e, arguments, op->line, op->column + 1 + (int)name.len);
        BUF_LIT(&e->body, "    ;\n");
        break;
    }
    case OP_SLOT: buf_printf(&e->body, "    draw_slot(d, \"%.*s\");\n", STR_ARG(op->text)); break;
    case OP_LET:
        code_put(e, op->text, op->line, op->column);
        BUF_LIT(&e->body, "    ;\n");
        break;
    case OP_TOKENS: BUF_LIT(&e->body, "    draw_tokens(d);\n"); break;
    case OP_RAW:
    case OP_MESSAGE: break;
    }
}

static void ops_put(struct emit *e, const struct ops *ops) {
    for (size_t i = 0; i < ops->n; i++) {
        op_put(e, &ops->at[i]);
    }
    run_flush(e);
}

static void function_put(struct emit *e, const char *which, const struct ops *ops) {
    const struct page_source *p = e->page;
    buf_printf(&e->body, "static void page_%.*s_%s(struct draw *d, const void *draw_view) {\n", STR_ARG(p->name),
               which);
    buf_printf(&e->body, "    const struct %.*s *v = draw_view; (void)v;\n", STR_ARG(p->view));
    ops_put(e, ops);
    BUF_LIT(&e->body, "}\n\n");
}

static void page_put(struct emit *e) {
    const struct page_source *p = e->page;
    function_put(e, "title", &p->title);
    function_put(e, "main", &p->main);
    if (p->guide.n) {
        function_put(e, "guide", &p->guide);
    }
    buf_printf(&e->body, "static void page_%.*s_json(struct buf *b, const void *view) { json_%.*s(b, view); }\n\n",
               STR_ARG(p->name), STR_ARG(p->view));
    buf_printf(&e->body,
               "const struct page page_%.*s = {.name = \"%.*s\", .file = \"%s\", .title = page_%.*s_title, .main = "
               "page_%.*s_main, .json = page_%.*s_json, .guide = ",
               STR_ARG(p->name), STR_ARG(p->name), p->path, STR_ARG(p->name), STR_ARG(p->name), STR_ARG(p->name));
    if (p->guide.n) {
        buf_printf(&e->body, "page_%.*s_guide};\n\n", STR_ARG(p->name));
    } else {
        BUF_LIT(&e->body, "NULL};\n\n");
    }
    buf_printf(&e->body,
               "struct err answer_%.*s(struct get *g, const struct %.*s *view) { return answer_page(g, &page_%.*s, "
               "view); }\n\n",
               STR_ARG(p->name), STR_ARG(p->view), STR_ARG(p->name));
}

static void part_signature(struct buf *b, const struct page_source *p) {
    buf_printf(b, "void part_%.*s(struct draw *d%s%.*s)", STR_ARG(p->name), p->arguments.len ? ", " : "",
               STR_ARG(p->arguments));
}

void emit_source(struct mkpage *m, const char *out) {
    struct emit e = {.m = m, .arena = m->arena, .languages = m->languages.n + 1};
    e.tables = buf_in(m->arena);
    e.body = buf_in(m->arena);
    for (size_t i = 0; i < LANGUAGES_MOST; i++) {
        e.run[i] = buf_in(m->arena);
    }
    for (size_t i = 0; i < m->pages.n; i++) {
        e.page = m->pages.at[i];
        e.runs = e.loops = 0;
        if (e.page->is_part) {
            part_signature(&e.body, e.page);
            BUF_LIT(&e.body, " {\n");
            ops_put(&e, &e.page->main);
            BUF_LIT(&e.body, "}\n\n");
        } else {
            page_put(&e);
        }
    }
    struct buf file = buf_in(m->arena);
    buf_printf(&file,
               "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include \"%s.h\"\n#include "
               "\"kernel/shell/page.h\"\n#include \"kernel/http/http.h\"\n#include \"pages_gen.h\"\n",
               out);
    for (size_t i = 0; i < m->page_includes.n; i++) {
        buf_printf(&file, "#include \"%.*s\"\n", STR_ARG(m->page_includes.at[i]));
    }
    BUF_LIT(&file, "\n");
    buf_put(&file, buf_str(&e.tables));
    BUF_LIT(&file, "\n");
    buf_put(&file, buf_str(&e.body));
    write_lines(str_z(m->arena, str_format(m->arena, "%s.c", out)), buf_str(&file));
}

void emit_header(struct mkpage *m, const char *out, const char *guard) {
    struct buf b = buf_in(m->arena);
    buf_printf(&b, "#ifndef %s\n#define %s\n#include \"kernel/page/html.h\"\n", guard, guard);
    for (size_t i = 0; i < m->pages.n; i++) {
        for (size_t n = 0; n < m->pages.at[i]->includes.n; n++) {
            buf_printf(&b, "#include %.*s\n", STR_ARG(m->pages.at[i]->includes.at[n]));
        }
    }
    for (size_t i = 0; i < m->page_includes.n; i++) {
        if (str_ends(m->page_includes.at[i], S("_view.h"))) {
            buf_printf(&b, "#include \"%.*s\"\n", STR_ARG(m->page_includes.at[i]));
        }
    }
    BUF_LIT(&b, "\n");
    for (size_t i = 0; i < m->pages.n; i++) {
        const struct page_source *p = m->pages.at[i];
        if (p->is_part) {
            part_signature(&b, p);
            BUF_LIT(&b, ";\n");
        } else {
            buf_printf(&b, "extern const struct page page_%.*s;\n", STR_ARG(p->name));
            buf_printf(&b, "struct err answer_%.*s(struct get *g, const struct %.*s *view);\n", STR_ARG(p->name),
                       STR_ARG(p->view));
        }
    }
    BUF_LIT(&b, "#endif\n");
    write_lines(str_z(m->arena, str_format(m->arena, "%s.h", out)), buf_str(&b));
}

void emit_icons(struct mkpage *m, const char *out, char **names, int n) {
    struct page_source here = {.path = "ICON"};
    struct buf b = buf_in(m->arena);
    BUF_LIT(&b,
            "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include \"kernel/page/html.h\"\nconst struct "
            "icon icons[] = {\n");
    for (int i = 0; i < n; i++) {
        buf_printf(&b, "    {\"%s\", S_INIT(", names[i]);
        write_literal(&b, icon_svg(m, &here, str_of(names[i]), 0, 0));
        BUF_LIT(&b, ")},\n");
    }
    BUF_LIT(&b, "    {NULL, {NULL, 0}},\n};\n");
    write_lines(out, buf_str(&b));
}

static void ops_messages(struct mkpage *m, const struct page_source *p, const struct ops *ops) {
    for (size_t i = 0; i < ops->n; i++) {
        if (ops->at[i].kind == OP_MESSAGE) {
            struct buf b = buf_in(m->arena);
            write_literal(&b, message_of(m->arena, &ops->at[i]));
            printf("%s:%d\t%d\t%.*s\n", p->path, ops->at[i].line, counted_piece(&ops->at[i]) != NULL,
                   STR_ARG(buf_str(&b)));
        }
    }
}

void emit_messages(struct mkpage *m) {
    for (size_t i = 0; i < m->pages.n; i++) {
        const struct page_source *p = m->pages.at[i];
        ops_messages(m, p, &p->title);
        ops_messages(m, p, &p->guide);
        ops_messages(m, p, &p->main);
    }
}
