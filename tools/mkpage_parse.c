/* Follows the {{}} of a page. */
#include "tools/mkpage_parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

void parse_fail(const struct parse *p, const char *format, ...) {
    char words[400];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    page_fail(p->page->path, p->line, p->column, "%s", words);
}

char parse_step(struct parse *p) {
    char c = p->src.at[p->at++];
    if (c == '\n') {
        p->line++;
        p->column = 1;
    } else {
        p->column++;
    }
    return c;
}

bool parse_sees(const struct parse *p, const char *z) {
    return str_starts(str_slice(p->src, p->at, p->src.len), str_of(z));
}

struct op *parse_op(struct parse *p, enum op_kind kind) {
    struct op *op = LIST_PUSH(p->arena, p->ops);
    op->kind = kind;
    op->line = p->line;
    op->column = p->column;
    return op;
}

void parse_raw(struct parse *p, struct str bytes) {
    if (bytes.len) {
        parse_op(p, OP_RAW)->text = bytes;
    }
}

/* The last name in an expression: v->doc.number gives "number". */
static struct str value_name(struct parse *p, struct str expr) {
    struct str name = S("value");
    size_t i = 0;
    while (i < expr.len) {
        size_t from = i;
        while (i < expr.len && ((expr.at[i] >= 'a' && expr.at[i] <= 'z') || (expr.at[i] >= '0' && expr.at[i] <= '9') ||
                                expr.at[i] == '_')) {
            i++;
        }
        struct str word = str_slice(expr, from, i);
        if (word.len && !str_eq(word, S("v")) && !(word.at[0] >= '0' && word.at[0] <= '9')) {
            name = word;
        }
        i += i == from;
    }
    for (size_t n = 0; n < p->text.n; n++) {
        if (str_eq(p->text.at[n].name, name)) {
            return str_format(p->arena, "%.*s%zu", STR_ARG(name), n);
        }
    }
    return name;
}

static void value(struct parse *p, struct str expr, int line, int column) {
    struct value v = {.line = line, .column = column};
    parse_value_place(p, &v);
    for (size_t i = expr.len; i > 2; i--) {
        if (str_starts(str_slice(expr, i - 3, expr.len), S(" | "))) {
            v.format = str_trim(str_slice(expr, i, expr.len));
            format_check(p->page->path, line, column + (int)i, v.format);
            expr = str_trim(str_slice(expr, 0, i - 3));
            break;
        }
    }
    if (!expr.len) {
        parse_fail(p, "an empty {{ }}");
    }
    v.expr = expr;
    struct piece piece = {.literal = str_copy(p->arena, buf_str(&p->literal)), .has_value = true, .value = v};
    p->literal = buf_in(p->arena);
    piece.name = value_name(p, expr);
    LIST_ADD(p->arena, &p->text, piece);
}

static struct control *control_push(struct parse *p, enum control_kind kind) {
    struct control c = {.kind = kind,
                        .line = p->line,
                        .column = p->column,
                        .depth = p->open_n,
                        .state = p->state,
                        .url_known = p->url_known};
    if (p->controls_n < p->controls.n) {
        p->controls.at[p->controls_n] = c;
    } else {
        LIST_ADD(p->arena, &p->controls, c);
    }
    return &p->controls.at[p->controls_n++];
}

static struct control *control_top(struct parse *p, const char *word) {
    if (!p->controls_n) {
        parse_fail(p, "{{%s}} without {{if}} or {{for}}", word);
    }
    struct control *c = &p->controls.at[p->controls_n - 1];
    if (p->open_n != c->depth) {
        struct element e = p->open.at[p->open_n - 1];
        page_fail(p->page->path, e.line, e.column, "<%.*s> is not closed before {{%s}}", STR_ARG(e.name), word);
    }
    if (p->state != c->state) {
        parse_fail(p, "{{%s}} stands in another place of the tag than its beginning", word);
    }
    return c;
}

/* "struct T *x, i in LIST" */
static void for_begin(struct parse *p, struct str rest) {
    struct str head, list, item, index = S("");
    if (!str_cut(rest, S(" in "), &head, &list)) {
        parse_fail(p, "wanted {{for struct T *x in LIST}}");
    }
    if (str_cut(head, S(","), &item, &index)) {
        head = item;
    }
    size_t star = str_find(head, S("*"), 0);
    if (star == SIZE_MAX) {
        parse_fail(p, "{{for}} walks pointers: struct T *x");
    }
    struct op *op = parse_op(p, OP_FOR);
    op->item = str_trim(str_slice(head, 0, star + 1));
    op->name = str_trim(str_slice(head, star + 1, head.len));
    op->index = str_trim(index);
    op->text = str_trim(list);
    control_push(p, CONTROL_FOR);
}

static void block_else(struct parse *p) {
    struct control *c = control_top(p, "else");
    if (c->has_else || c->kind == CONTROL_SECTION) {
        parse_fail(p, "{{else}} does not belong here");
    }
    c->has_else = true;
    parse_op(p, c->kind == CONTROL_FOR ? OP_FOR_ELSE : OP_ELSE);
    p->url_known = c->url_known;
}

static void block_elif(struct parse *p, struct str condition) {
    struct control *c = control_top(p, "elif");
    if (c->has_else || c->kind != CONTROL_IF) {
        parse_fail(p, "{{elif}} does not belong here");
    }
    parse_op(p, OP_ELIF)->text = condition;
    p->url_known = c->url_known;
}

static void block_end(struct parse *p) {
    struct control *c = control_top(p, "end");
    p->controls_n--;
    if (c->kind == CONTROL_SECTION) {
        p->ops = &p->page->main;
    } else {
        parse_op(p, c->kind == CONTROL_FOR ? OP_FOR_END : OP_IF_END);
    }
    p->url_known = p->url_known && c->url_known;
}

static void section(struct parse *p, struct ops *ops, const char *word) {
    if (p->controls_n || p->open_n || p->page->is_part || ops->n) {
        parse_fail(p, "{{%s}} stands once, at the top of a page", word);
    }
    control_push(p, CONTROL_SECTION);
    p->ops = ops;
}

static struct str quoted(struct parse *p, struct str s) {
    s = str_trim(s);
    if (s.len < 3 || s.at[0] != '"' || s.at[s.len - 1] != '"') {
        parse_fail(p, "wanted a name in quotes");
    }
    return str_slice(s, 1, s.len - 1);
}

/* {{field v->form "subject"}} */
static void field(struct parse *p, struct str rest) {
    size_t at = str_find(rest, S(" \""), 0);
    if (at == SIZE_MAX) {
        parse_fail(p, "wanted {{field FORM \"name\"}}");
    }
    struct str form = str_trim(str_slice(rest, 0, at)), name = quoted(p, str_slice(rest, at, rest.len));
    parse_op(p, OP_PART)->text = str_format(p->arena, "field(%.*s, \"%.*s\")", STR_ARG(form), STR_ARG(name));
}

static void begin(struct parse *p, struct str word, struct str rest) {
    struct page_source *page = p->page;
    if (str_eq(word, S("page"))) {
        struct str view;
        if (!str_cut(rest, S(" struct "), &page->name, &view)) {
            parse_fail(p, "wanted {{page NAME struct NAME}}");
        }
        page->view = str_trim(view);
    } else if (str_eq(word, S("part"))) {
        size_t open = str_find(rest, S("("), 0);
        if (open == SIZE_MAX || !str_ends(rest, S(")"))) {
            parse_fail(p, "wanted {{part NAME(ARGUMENTS)}}");
        }
        page->is_part = true;
        page->name = str_trim(str_slice(rest, 0, open));
        page->arguments = str_trim(str_slice(rest, open + 1, rest.len - 1));
    } else if (str_eq(word, S("include"))) {
        LIST_ADD(p->arena, &page->includes, rest);
    } else {
        parse_fail(p, "a page begins with {{page NAME struct NAME}} or {{part NAME(ARGUMENTS)}}");
    }
}

static void draw_only_in_text(struct parse *p, const char *word) {
    if (p->state != HTML_TEXT) {
        parse_fail(p, "{{%s}} stands between tags", word);
    }
}

/* What decides whether and how often the rest is drawn. False: word is none of it. */
static bool control(struct parse *p, struct str word, struct str rest) {
    if (str_eq(word, S("for"))) {
        for_begin(p, rest);
    } else if (str_eq(word, S("while"))) {
        parse_op(p, OP_WHILE)->text = rest;
        control_push(p, CONTROL_IF)->has_else = true;
    } else if (str_eq(word, S("if"))) {
        parse_op(p, OP_IF)->text = rest;
        control_push(p, CONTROL_IF);
    } else if (str_eq(word, S("elif"))) {
        block_elif(p, rest);
    } else if (str_eq(word, S("else"))) {
        block_else(p);
    } else if (str_eq(word, S("end"))) {
        block_end(p);
    } else if (str_eq(word, S("let"))) {
        parse_op(p, OP_LET)->text = rest;
    } else {
        return false;
    }
    return true;
}

static void directive(struct parse *p, struct str word, struct str rest, int line, int column) {
    parse_flush(p, true);
    if (control(p, word, rest)) {
        return;
    }
    if (str_eq(word, S("part"))) {
        if (p->state != HTML_TAG || !str_starts(rest, S("field_state("))) {
            draw_only_in_text(p, "part");
        }
        parse_op(p, OP_PART)->text = rest;
    } else if (str_eq(word, S("field"))) {
        draw_only_in_text(p, "field");
        field(p, rest);
    } else if (str_eq(word, S("icon"))) {
        draw_only_in_text(p, "icon");
        parse_raw(p, icon_svg(p->m, p->page, quoted(p, rest), line, column));
    } else if (str_eq(word, S("slot"))) {
        draw_only_in_text(p, "slot");
        parse_op(p, OP_SLOT)->text = rest;
    } else if (str_eq(word, S("title"))) {
        section(p, &p->page->title, "title");
    } else if (str_eq(word, S("guide"))) {
        section(p, &p->page->guide, "guide");
    } else {
        page_fail(p->page->path, line, column, "unknown {{%.*s}}; a value has a space after {{", STR_ARG(word));
    }
}

/* The end of {{…}}, past strings in it. */
static size_t braces_end(const struct parse *p) {
    char quote = 0;
    for (size_t i = p->at; i + 1 < p->src.len; i++) {
        char c = p->src.at[i];
        if (quote) {
            i += c == '\\';
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '}' && p->src.at[i + 1] == '}') {
            return i;
        }
    }
    parse_fail(p, "{{ without }}");
}

static void braces(struct parse *p) {
    bool is_comment = parse_sees(p, "{{#");
    parse_step(p), parse_step(p);
    bool is_value = parse_sees(p, " ");
    size_t end = is_comment ? str_find(p->src, S("}}"), p->at) : braces_end(p);
    while (parse_sees(p, " ")) {
        parse_step(p);
    }
    int line = p->line, column = p->column;
    struct str inner = str_trim(str_slice(p->src, p->at, end)), word, rest;
    struct parse before = *p;
    while (p->at < end + 2) {
        parse_step(p);
    }
    if (is_comment) {
        return;
    }
    if (is_value) {
        struct parse after = *p;
        p->line = before.line, p->column = before.column;
        value(p, inner, line, column);
        p->line = after.line, p->column = after.column;
        return;
    }
    str_cut(inner, S(" "), &word, &rest);
    rest = str_trim(rest);
    if (!p->page->name.len || str_eq(word, S("include"))) {
        begin(p, word, rest);
        p->literal = buf_in(p->arena);
        p->is_after_block = true;
        return;
    }
    struct ops *ops = p->ops;
    size_t n = ops->n, open = p->controls_n;
    directive(p, word, rest, line, column);
    if (p->controls_n > open) {
        struct control *c = &p->controls.at[open];
        c->words = inner, c->line = line, c->column = column;
    }
    if (ops->n > n && ops->at[ops->n - 1].kind != OP_RAW) {
        struct op *op = &ops->at[ops->n - 1];
        op->line = line;
        op->column =
            column +
            (op->text.at >= inner.at && op->text.at <= inner.at + inner.len ? (int)(op->text.at - inner.at) : 0);
    }
}

void page_parse(struct mkpage *m, struct page_source *page) {
    struct parse p = {
        .m = m, .page = page, .arena = m->arena, .src = page->text, .line = 1, .column = 1, .ops = &page->main};
    p.literal = buf_in(m->arena);
    p.url = buf_in(m->arena);
    while (p.at < p.src.len) {
        if (parse_sees(&p, "{{")) {
            braces(&p);
        } else {
            parse_html(&p);
        }
    }
    if (!page->name.len) {
        parse_fail(&p, "a page begins with {{page NAME struct NAME}} or {{part NAME(ARGUMENTS)}}");
    }
    if (p.state != HTML_TEXT) {
        page_fail(page->path, p.tag_line, p.tag_column, "<%.*s is not ended", STR_ARG(p.tag));
    }
    parse_flush(&p, true);
    if (p.controls_n) {
        struct control c = p.controls.at[p.controls_n - 1];
        page_fail(page->path, c.line, c.column,
                  "{{%.*s}} is not ended: an {{end}} is missing, its own or one inside it", STR_ARG(c.words));
    }
    if (p.open_n) {
        struct element e = p.open.at[p.open_n - 1];
        page_fail(page->path, e.line, e.column, "<%.*s> is not closed", STR_ARG(e.name));
    }
}
