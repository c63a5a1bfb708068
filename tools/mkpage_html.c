/* Follows the HTML: which element is open, which attribute one is in, what a value there may be. */
#include "tools/mkpage_parse.h"

#include <string.h>

#include "base/banned.h"

static bool is_one_of(struct str s, const char *const *names) {
    for (; *names; names++) {
        if (str_eq(s, str_of(*names))) {
            return true;
        }
    }
    return false;
}

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':' ||
           c == '_';
}

static bool is_void(struct str tag) {
    static const char *const names[] = {"area",  "base", "br",   "col",    "embed", "hr",  "img",
                                        "input", "link", "meta", "source", "track", "wbr", NULL};
    return is_one_of(tag, names);
}

static enum attr_kind attr_kind_of(struct str name) {
    static const char *const human[] = {
        "alt",      "title", "placeholder", "aria-label", "aria-description", "aria-roledescription",
        "data-say", "label", NULL};
    static const char *const url[] = {"href",      "src",      "action",   "formaction", "poster",     "cite",
                                      "data",      "manifest", "ping",     "background", "hx-get",     "hx-post",
                                      "hx-delete", "hx-put",   "hx-patch", "data-url",   "xlink:href", NULL};
    return is_one_of(name, human) ? ATTR_HUMAN : is_one_of(name, url) ? ATTR_URL : ATTR_MACHINE;
}

static void piece_end(struct parse *p) {
    if (p->literal.len) {
        struct piece piece = {.literal = str_copy(p->arena, buf_str(&p->literal))};
        LIST_ADD(p->arena, &p->text, piece);
        p->literal = buf_in(p->arena);
    }
}

static bool keeps_space(const struct parse *p) {
    for (size_t i = 0; i < p->open_n; i++) {
        struct str name = p->open.at[i].name;
        if (str_eq(name, S("pre")) || str_eq(name, S("textarea"))) {
            return true;
        }
    }
    return false;
}

/* Space at the ends of a message stays outside of it. */
static void ends_trim(struct parse *p, bool *before, bool *after) {
    struct piece *first = &p->text.at[0], *last = &p->text.at[p->text.n - 1];
    *before = *after = false;
    if (first->literal.len && first->literal.at[0] == ' ') {
        first->literal = str_slice(first->literal, 1, first->literal.len);
        *before = true;
    }
    if (!last->has_value && last->literal.len && last->literal.at[last->literal.len - 1] == ' ') {
        last->literal = str_slice(last->literal, 0, last->literal.len - 1);
        *after = true;
    }
}

static bool is_block(struct str tag) {
    static const char *const names[] = {
        "html",       "head",   "body",     "div",      "p",        "ul",      "ol",    "li",     "section",
        "header",     "nav",    "main",     "table",    "tr",       "td",      "th",    "thead",  "tbody",
        "dl",         "dt",     "dd",       "form",     "fieldset", "legend",  "h1",    "h2",     "h3",
        "h4",         "option", "select",   "details",  "summary",  "article", "aside", "footer", "figure",
        "figcaption", "svg",    "meta",     "link",     "script",   "hr",      "br",    "title",  "caption",
        "blockquote", "pre",    "optgroup", "datalist", "template", "dialog",  "rect",  "path",   "g",
        "line",       "text",   NULL};
    return is_one_of(tag, names);
}

/* Text that a person reads, to be translated as one. */
static bool is_message(const struct parse *p) {
    bool is_human = p->state == HTML_TEXT || p->attr == ATTR_HUMAN, has_letters = false;
    for (size_t i = 0; i < p->text.n; i++) {
        has_letters = has_letters || text_has_letters(p->text.at[i].literal);
    }
    return is_human && has_letters && !keeps_space(p);
}

static void flush_message(struct parse *p) {
    bool before, after;
    ends_trim(p, &before, &after);
    if (before) {
        parse_raw(p, S(" "));
    }
    struct op *op = parse_op(p, OP_MESSAGE);
    for (size_t i = 0; i < p->text.n; i++) {
        LIST_ADD(p->arena, &op->pieces, p->text.at[i]);
    }
    if (after) {
        parse_raw(p, S(" "));
    }
}

static void flush_plain(struct parse *p) {
    for (size_t i = 0; i < p->text.n; i++) {
        parse_raw(p, p->text.at[i].literal);
        if (p->text.at[i].has_value) {
            parse_op(p, OP_VALUE)->value = p->text.at[i].value;
        }
    }
}

void parse_flush(struct parse *p, bool is_before_block) {
    bool is_space_only = !p->text.n && p->literal.len == 1 && p->literal.at[0] == ' ' && p->state == HTML_TEXT;
    if (is_space_only && p->has_line_end && (is_before_block || p->is_after_block)) {
        p->literal.len = 0;
    }
    p->has_line_end = false;
    p->is_after_block = is_before_block;
    piece_end(p);
    if (!p->text.n) {
        return;
    }
    if (is_message(p)) {
        flush_message(p);
    } else {
        flush_plain(p);
    }
    p->text.n = 0;
    p->text.at = NULL;
}

/* Is the beginning of an address enough to know where a value after it goes: into its path or query? */
static bool url_is_known(struct str s) {
    static const char *const heads[] = {"https://", "http://", NULL};
    for (const char *const *head = heads; *head; head++) {
        size_t n = strlen(*head);
        if (str_starts(s, str_of(*head))) {
            return str_find(s, S("/"), n) != SIZE_MAX;
        }
    }
    if (str_starts(s, S("mailto:")) || str_starts(s, S("tel:")) || str_starts(s, S("?")) || str_starts(s, S("#"))) {
        return true;
    }
    return s.len && s.at[0] == '/' && !(s.len > 1 && (s.at[1] == '/' || s.at[1] == '\\'));
}

void parse_value_place(struct parse *p, struct value *value) {
    switch (p->state) {
    case HTML_TEXT: value->place = PLACE_TEXT; return;
    case HTML_TAG: parse_fail(p, "a value cannot stand for an attribute's name");
    case HTML_VALUE: break;
    }
    if (p->attr == ATTR_HUMAN) {
        value->place = PLACE_TEXT;
    } else if (p->attr == ATTR_MACHINE) {
        value->place = PLACE_ATTR;
    } else if (p->url_known || url_is_known(buf_str(&p->url))) {
        p->url_known = true;
        value->place = PLACE_URL;
    } else if (p->url.len == 0) {
        p->url_known = true;
        value->place = PLACE_LINK;
    } else {
        parse_fail(p, "an address with a value in it begins with '/', '?', '#' or https://host/, or is a struct link");
    }
}

static void element_push(struct parse *p, struct str name) {
    struct element e = {name, p->tag_line, p->tag_column};
    if (p->open_n < p->open.n) {
        p->open.at[p->open_n] = e;
    } else {
        LIST_ADD(p->arena, &p->open, e);
    }
    p->open_n++;
}

static struct str name_take(struct parse *p) {
    size_t from = p->at;
    while (p->at < p->src.len && is_name(p->src.at[p->at])) {
        parse_step(p);
    }
    return str_slice(p->src, from, p->at);
}

static void close_tag(struct parse *p) {
    int line = p->line, column = p->column;
    parse_step(p), parse_step(p);
    struct str name = name_take(p);
    if (!parse_sees(p, ">")) {
        parse_fail(p, "</%.*s is not closed by >", STR_ARG(name));
    }
    parse_step(p);
    if (!p->open_n) {
        page_fail(p->page->path, line, column, "</%.*s> closes nothing", STR_ARG(name));
    }
    struct element top = p->open.at[p->open_n - 1];
    if (p->controls_n && p->controls.at[p->controls_n - 1].depth == p->open_n) {
        struct control c = p->controls.at[p->controls_n - 1];
        page_fail(p->page->path, line, column,
                  "</%.*s> comes while {{%.*s}} of line %d is open: its {{end}} is missing, or stands too late",
                  STR_ARG(name), STR_ARG(c.words), c.line);
    }
    if (!str_eq(top.name, name)) {
        page_fail(p->page->path, line, column, "</%.*s> closes <%.*s> of line %d", STR_ARG(name), STR_ARG(top.name),
                  top.line);
    }
    p->open_n--;
    parse_raw(p, str_format(p->arena, "</%.*s>", STR_ARG(name)));
}

static void open_tag(struct parse *p) {
    p->tag_line = p->line;
    p->tag_column = p->column;
    parse_step(p);
    p->tag = name_take(p);
    if (!p->tag.len) {
        parse_fail(p, "a tag without a name; a bare < is written &lt;");
    }
    if (str_eq(p->tag, S("style"))) {
        parse_fail(p, "styles live in assets/, not in pages");
    }
    p->is_post_form = p->has_src = false;
    p->state = HTML_TAG;
    parse_raw(p, str_format(p->arena, "<%.*s", STR_ARG(p->tag)));
}

static void comment(struct parse *p) {
    while (p->at < p->src.len && !parse_sees(p, "-->")) {
        parse_step(p);
    }
    for (int i = 0; i < 3 && p->at < p->src.len; i++) {
        parse_step(p);
    }
}

static struct str tag_seen(const struct parse *p, size_t skip) {
    size_t end = p->at + skip;
    while (end < p->src.len && is_name(p->src.at[end])) {
        end++;
    }
    return str_slice(p->src, p->at + skip, end);
}

/* White space is one space, but where it is kept. */
static void text_character(struct parse *p) {
    char c = parse_step(p);
    p->has_line_end = p->has_line_end || c == '\n';
    if (!is_space(c) || keeps_space(p)) {
        buf_put_char(&p->literal, c);
    } else if (!p->literal.len || p->literal.at[p->literal.len - 1] != ' ') {
        buf_put_char(&p->literal, ' ');
    }
}

static void html_text(struct parse *p) {
    if (parse_sees(p, "<!--")) {
        comment(p);
    } else if (parse_sees(p, "<!")) {
        parse_flush(p, true);
        size_t from = p->at;
        while (p->at < p->src.len && parse_step(p) != '>') {
        }
        parse_raw(p, str_slice(p->src, from, p->at));
    } else if (parse_sees(p, "</")) {
        parse_flush(p, is_block(tag_seen(p, 2)));
        close_tag(p);
    } else if (parse_sees(p, "<")) {
        parse_flush(p, is_block(tag_seen(p, 1)));
        open_tag(p);
    } else {
        text_character(p);
    }
}

static void tag_end(struct parse *p, bool closes_itself) {
    parse_raw(p, closes_itself && !is_void(p->tag) ? S("/>") : S(">"));
    p->state = HTML_TEXT;
    if (!closes_itself && !is_void(p->tag)) {
        element_push(p, p->tag);
    }
    if (str_eq(p->tag, S("script")) && !(p->has_src && parse_sees(p, "</script>"))) {
        parse_fail(p, "a script has src and nothing between its tags");
    }
    if (str_eq(p->tag, S("form")) && p->is_post_form) {
        parse_op(p, OP_TOKENS);
    }
}

static void attribute(struct parse *p) {
    int line = p->line, column = p->column;
    struct str name = name_take(p);
    if (!name.len) {
        parse_fail(p, "'%c' in a tag", p->src.at[p->at]);
    }
    if (str_starts(name, S("on")) || str_eq(name, S("style")) || str_eq(name, S("hx-on")) ||
        str_starts(name, S("hx-on:"))) {
        page_fail(p->page->path, line, column, "%.*s: script and style do not live in pages", STR_ARG(name));
    }
    p->has_src = p->has_src || str_eq(name, S("src"));
    p->is_method = str_eq(name, S("method"));
    parse_raw(p, str_format(p->arena, " %.*s", STR_ARG(name)));
    if (!parse_sees(p, "=")) {
        return;
    }
    parse_step(p);
    if (!parse_sees(p, "\"") && !parse_sees(p, "'")) {
        parse_fail(p, "the value of %.*s stands in quotes", STR_ARG(name));
    }
    p->quote = parse_step(p);
    parse_raw(p, str_format(p->arena, "=%c", p->quote));
    p->state = HTML_VALUE;
    p->attr = attr_kind_of(name);
    p->url = buf_in(p->arena);
    p->url_known = false;
}

static void html_tag(struct parse *p) {
    char c = p->src.at[p->at];
    if (is_space(c)) {
        parse_step(p);
    } else if (c == '>') {
        parse_step(p);
        tag_end(p, false);
    } else if (parse_sees(p, "/>")) {
        parse_step(p), parse_step(p);
        tag_end(p, true);
    } else {
        attribute(p);
    }
}

static void html_value(struct parse *p) {
    char c = parse_step(p);
    if (c == p->quote) {
        if (p->is_method && str_eq_ascii_nocase(buf_str(&p->literal), S("post"))) {
            p->is_post_form = true;
        }
        parse_flush(p, false);
        parse_raw(p, (struct str){p->quote == '"' ? "\"" : "'", 1});
        p->state = HTML_TAG;
        return;
    }
    if (is_space(c) && p->attr != ATTR_URL) {
        c = ' ';
    }
    if (p->attr == ATTR_URL) {
        buf_put_char(&p->url, c);
    }
    buf_put_char(&p->literal, c);
}

void parse_html(struct parse *p) {
    switch (p->state) {
    case HTML_TEXT: html_text(p); break;
    case HTML_TAG: html_tag(p); break;
    case HTML_VALUE: html_value(p); break;
    }
}
