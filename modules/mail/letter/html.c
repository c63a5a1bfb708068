/* HTML of a letter: gumbo builds the tree as browsers do, and only what is listed here is written out, so nothing in
   it runs, is fetched, or leaves its frame. The words it shows are gathered on the same walk. */
#include <gumbo.h>

#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { LINK_TEXT_MOST = 500 };

struct walk {
    struct arena *arena;
    struct mail_page *out;
    struct buf text, html;
    bool wants_space;
    size_t link_text; /* where the words of the open link begin */
    size_t depth;
};

static bool is_listed(GumboTag tag, const GumboTag *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (list[i] == tag) {
            return true;
        }
    }
    return false;
}
#define LISTED(tag, list) is_listed((tag), (list), sizeof(list) / sizeof *(list))

static const GumboTag dropped[] = {GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,    GUMBO_TAG_HEAD,    GUMBO_TAG_TITLE,
                                   GUMBO_TAG_SVG,      GUMBO_TAG_MATH,     GUMBO_TAG_IFRAME,  GUMBO_TAG_OBJECT,
                                   GUMBO_TAG_EMBED,    GUMBO_TAG_APPLET,   GUMBO_TAG_VIDEO,   GUMBO_TAG_AUDIO,
                                   GUMBO_TAG_CANVAS,   GUMBO_TAG_NOSCRIPT, GUMBO_TAG_SELECT,  GUMBO_TAG_TEXTAREA,
                                   GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOFRAMES, GUMBO_TAG_XMP,     GUMBO_TAG_PLAINTEXT,
                                   GUMBO_TAG_NOEMBED,  GUMBO_TAG_BUTTON,   GUMBO_TAG_FRAMESET};
static const GumboTag kept[] = {
    GUMBO_TAG_P,     GUMBO_TAG_DIV,   GUMBO_TAG_SPAN,  GUMBO_TAG_B,     GUMBO_TAG_STRONG, GUMBO_TAG_I,
    GUMBO_TAG_EM,    GUMBO_TAG_U,     GUMBO_TAG_S,     GUMBO_TAG_SUB,   GUMBO_TAG_SUP,    GUMBO_TAG_BLOCKQUOTE,
    GUMBO_TAG_PRE,   GUMBO_TAG_CODE,  GUMBO_TAG_UL,    GUMBO_TAG_OL,    GUMBO_TAG_LI,     GUMBO_TAG_H1,
    GUMBO_TAG_H2,    GUMBO_TAG_H3,    GUMBO_TAG_H4,    GUMBO_TAG_H5,    GUMBO_TAG_H6,     GUMBO_TAG_TABLE,
    GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT, GUMBO_TAG_TR,    GUMBO_TAG_TD,     GUMBO_TAG_TH,
    GUMBO_TAG_DL,    GUMBO_TAG_DT,    GUMBO_TAG_DD,    GUMBO_TAG_SMALL, GUMBO_TAG_CENTER, GUMBO_TAG_CAPTION};
static const GumboTag blocks[] = {
    GUMBO_TAG_P,      GUMBO_TAG_DIV,    GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE,     GUMBO_TAG_UL,      GUMBO_TAG_OL,
    GUMBO_TAG_LI,     GUMBO_TAG_H1,     GUMBO_TAG_H2,         GUMBO_TAG_H3,      GUMBO_TAG_H4,      GUMBO_TAG_H5,
    GUMBO_TAG_H6,     GUMBO_TAG_TABLE,  GUMBO_TAG_TR,         GUMBO_TAG_DL,      GUMBO_TAG_DT,      GUMBO_TAG_DD,
    GUMBO_TAG_CENTER, GUMBO_TAG_HR,     GUMBO_TAG_FORM,       GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_HEADER,
    GUMBO_TAG_FOOTER, GUMBO_TAG_CAPTION};

static void put_escaped(struct buf *b, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        switch (s.at[i]) {
        case '&': BUF_LIT(b, "&amp;"); break;
        case '<': BUF_LIT(b, "&lt;"); break;
        case '>': BUF_LIT(b, "&gt;"); break;
        case '"': BUF_LIT(b, "&quot;"); break;
        case '\'': BUF_LIT(b, "&#39;"); break;
        case 0: break;
        default: buf_put_char(b, s.at[i]);
        }
    }
}

static void new_line(struct walk *w) {
    w->wants_space = false;
    if (w->text.len && w->text.at[w->text.len - 1] != '\n') {
        buf_put_char(&w->text, '\n');
    }
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

static void put_words(struct walk *w, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (is_blank(s.at[i])) {
            w->wants_space = w->text.len > 0 && !is_blank(w->text.at[w->text.len - 1]);
            continue;
        }
        if (w->wants_space) {
            buf_put_char(&w->text, ' ');
            w->wants_space = false;
        }
        buf_put_char(&w->text, s.at[i]);
    }
}

static struct str attribute(const GumboNode *n, const char *name) {
    const GumboAttribute *at = gumbo_get_attribute(&n->v.element.attributes, name);
    return at ? str_trim(str_of(at->value)) : (struct str){0};
}

static bool has_scheme(struct arena *a, struct str link, struct str scheme) {
    return str_starts(str_lower_ascii(a, str_slice(link, 0, scheme.len)), scheme);
}

/* The host of an address, or of words that look like one; empty when they do not. */
static struct str host_of(struct arena *a, struct str link) {
    struct str s = str_lower_ascii(a, str_trim(link));
    size_t at = str_find(s, S("://"), 0);
    s = str_slice(s, at == SIZE_MAX ? 0 : at + 3, s.len);
    size_t end = 0, dots = 0;
    while (end < s.len && s.at[end] != '/' && s.at[end] != '?' && s.at[end] != '#') {
        if (is_blank(s.at[end])) {
            return (struct str){0};
        }
        end++;
    }
    s = str_slice(s, 0, end);
    at = str_find(s, S("@"), 0);
    s = str_slice(s, at == SIZE_MAX ? 0 : at + 1, s.len);
    s = str_slice(s, str_starts(s, S("www.")) ? 4 : 0, str_find(s, S(":"), 0));
    for (size_t i = 0; i < s.len; i++) {
        dots += s.at[i] == '.' && i > 0 && i + 2 < s.len && (unsigned char)s.at[s.len - 1] >= 'a';
    }
    return dots ? s : (struct str){0};
}

static bool is_within(struct str host, struct str other) {
    return str_eq(host, other) ||
           (host.len > other.len && str_ends(host, other) && host.at[host.len - other.len - 1] == '.');
}

static void link_judge(struct walk *w, const GumboNode *n) {
    struct str words = str_slice(buf_str(&w->text), w->link_text, w->text.len);
    struct str href = attribute(n, "href");
    if (words.len > LINK_TEXT_MOST || !has_scheme(w->arena, href, S("http"))) {
        return;
    }
    struct str said = host_of(w->arena, words), real = host_of(w->arena, href);
    bool is_mail = str_find(words, S("@"), 0) != SIZE_MAX && str_find(words, S("://"), 0) == SIZE_MAX;
    if (said.len && !is_mail && !is_within(said, real) && !is_within(real, said)) {
        w->out->has_false_link = true;
    }
}

static void link_open(struct walk *w, const GumboNode *n) {
    static const struct str schemes[] = {S_INIT("http://"), S_INIT("https://"), S_INIT("mailto:"), S_INIT("tel:")};
    struct str href = attribute(n, "href");
    bool is_fine = false;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        is_fine = is_fine || has_scheme(w->arena, href, schemes[i]);
    }
    w->link_text = w->text.len;
    BUF_LIT(&w->html, "<a");
    if (is_fine) {
        BUF_LIT(&w->html, " target=\"_blank\" rel=\"noopener noreferrer nofollow\" href=\"");
        put_escaped(&w->html, href);
        BUF_LIT(&w->html, "\"");
    }
    BUF_LIT(&w->html, ">");
}

static void picture(struct walk *w, const GumboNode *n) {
    struct str src = attribute(n, "src");
    if (!has_scheme(w->arena, src, S("cid:"))) {
        put_escaped(&w->html, attribute(n, "alt"));
        return;
    }
    struct str cid = str_slice(src, 4, src.len);
    LIST_ADD(w->arena, &w->out->cids, str_copy(w->arena, cid));
    BUF_LIT(&w->html, "<img src=\"cid:");
    put_escaped(&w->html, cid);
    BUF_LIT(&w->html, "\" alt=\"");
    put_escaped(&w->html, attribute(n, "alt"));
    BUF_LIT(&w->html, "\">");
}

/* What would have been fetched: counted for the sentence "n hình ảnh từ bên ngoài đã bị chặn". */
static void blocked_count(struct walk *w, const GumboNode *n) {
    const GumboVector *all = &n->v.element.attributes;
    for (unsigned i = 0; i < all->length; i++) {
        const GumboAttribute *at = all->data[i];
        struct str name = str_of(at->name), value = str_of(at->value);
        bool is_link = str_eq(name, S("href")) && n->v.element.tag == GUMBO_TAG_A;
        w->out->blocked += !is_link && (str_find(value, S("//"), 0) != SIZE_MAX);
    }
}

static void span_put(struct walk *w, const GumboNode *n, const char *name) {
    struct str value = attribute(n, name);
    bool is_number = value.len > 0 && value.len < 4;
    for (size_t i = 0; i < value.len; i++) {
        is_number = is_number && value.at[i] >= '0' && value.at[i] <= '9';
    }
    if (is_number) {
        buf_printf(&w->html, " %s=\"%.*s\"", name, STR_ARG(value));
    }
}

static void element_open(struct walk *w, const GumboNode *n) {
    GumboTag tag = n->v.element.tag;
    blocked_count(w, n);
    w->out->has_form = w->out->has_form || tag == GUMBO_TAG_FORM;
    if (LISTED(tag, blocks)) {
        new_line(w);
    }
    if (tag == GUMBO_TAG_A) {
        link_open(w, n);
    } else if (tag == GUMBO_TAG_IMG) {
        picture(w, n);
    } else if (tag == GUMBO_TAG_BR || tag == GUMBO_TAG_HR) {
        buf_printf(&w->html, "<%s>", gumbo_normalized_tagname(tag));
        w->wants_space = false;
        buf_put(&w->text, tag == GUMBO_TAG_BR ? S("\n") : S(""));
    } else if (LISTED(tag, kept)) {
        buf_printf(&w->html, "<%s", gumbo_normalized_tagname(tag));
        if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) {
            w->wants_space = w->text.len > 0 && w->text.at[w->text.len - 1] != '\n';
            span_put(w, n, "colspan");
            span_put(w, n, "rowspan");
        }
        BUF_LIT(&w->html, ">");
    }
}

static void element_close(struct walk *w, const GumboNode *n) {
    GumboTag tag = n->v.element.tag;
    if (tag == GUMBO_TAG_A) {
        link_judge(w, n);
        BUF_LIT(&w->html, "</a>");
    } else if (LISTED(tag, kept)) {
        buf_printf(&w->html, "</%s>", gumbo_normalized_tagname(tag));
    }
    if (LISTED(tag, blocks)) {
        new_line(w);
    }
}

/* Whether its children are to be visited. */
static bool enter(struct walk *w, const GumboNode *n) {
    if (n->type == GUMBO_NODE_ELEMENT) {
        bool is_foreign = n->v.element.tag_namespace != GUMBO_NAMESPACE_HTML;
        if (is_foreign || LISTED(n->v.element.tag, dropped) || w->depth >= MAIL_HTML_DEPTH_MOST) {
            w->out->has_form = w->out->has_form || n->v.element.tag == GUMBO_TAG_SELECT;
            return false;
        }
        element_open(w, n);
        return true;
    }
    if (n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE || n->type == GUMBO_NODE_CDATA) {
        put_escaped(&w->html, str_of(n->v.text.text));
        put_words(w, str_of(n->v.text.text));
    }
    return false;
}

static const GumboNode *child(const GumboNode *n, size_t i) {
    return n->type == GUMBO_NODE_ELEMENT && i < n->v.element.children.length ? n->v.element.children.data[i] : NULL;
}

static void walk_tree(struct walk *w, const GumboNode *root) {
    const GumboNode *n = root;
    while (n) {
        const GumboNode *next = enter(w, n) ? child(n, 0) : NULL;
        bool is_open = next == NULL && n->type == GUMBO_NODE_ELEMENT && !LISTED(n->v.element.tag, dropped) &&
                       n->v.element.tag_namespace == GUMBO_NAMESPACE_HTML && w->depth < MAIL_HTML_DEPTH_MOST;
        if (next) {
            w->depth++;
            n = next;
            continue;
        }
        if (is_open) {
            element_close(w, n);
        }
        while (n != root && !(next = child(n->parent, n->index_within_parent + 1))) {
            n = n->parent;
            w->depth--;
            element_close(w, n);
        }
        n = n == root ? NULL : next;
    }
}

/* How deep tags may lie, at most: gumbo takes quadratic time for what is nested. */
static bool is_deep(struct str s) {
    static const char *const empty[] = {"br", "img", "hr", "input", "meta", "link", "p", "li", "td", "tr", "th", "col"};
    size_t depth = 0;
    for (size_t i = 0; i + 3 < s.len; i++) {
        if (s.at[i] != '<') {
            continue;
        }
        bool is_alone = s.at[i + 1] == '/';
        for (size_t k = 0; k < sizeof empty / sizeof *empty && !is_alone; k++) {
            size_t n = strlen(empty[k]), after = i + 1 + n;
            is_alone = str_eq_ascii_nocase(str_slice(s, i + 1, after), str_of(empty[k])) && after < s.len &&
                       (is_blank(s.at[after]) || s.at[after] == '>' || s.at[after] == '/');
        }
        if (s.at[i + 1] == '/') {
            depth -= depth > 0;
        } else if (!is_alone && (s.at[i + 1] | 32) >= 'a' && (s.at[i + 1] | 32) <= 'z' &&
                   ++depth > MAIL_HTML_DEPTH_MOST) {
            return true;
        }
    }
    return false;
}

/* Too much to build a tree of: only the words between its tags. */
static struct str bare_words(struct arena *a, struct str s) {
    struct walk w = {.arena = a, .text = buf_in(a)};
    for (size_t i = 0; i < s.len;) {
        size_t open = str_find(s, S("<"), i), shut = open == SIZE_MAX ? open : str_find(s, S(">"), open);
        put_words(&w, str_slice(s, i, open));
        w.wants_space = w.text.len > 0;
        i = shut == SIZE_MAX ? s.len : shut + 1;
    }
    return buf_str(&w.text);
}

/* Nothing that is written above fetches; counted all the same, by what was written and not by what was meant. */
static int64_t fetches_in(struct str html) {
    static const struct str marks[] = {S_INIT(" src=\""),  S_INIT(" srcset="), S_INIT(" background="),
                                       S_INIT("url("),     S_INIT("<link"),    S_INIT("<style"),
                                       S_INIT(" poster="), S_INIT(" ping="),   S_INIT(" action=")};
    int64_t n = 0;
    for (size_t at = str_find(html, S("<"), 0); at != SIZE_MAX; at = str_find(html, S("<"), at + 1)) {
        struct str tag = str_slice(html, at, str_find(html, S(">"), at));
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            size_t mark = str_find(tag, marks[i], 0);
            bool is_href = str_starts(tag, S("<a "));
            n += mark != SIZE_MAX && !is_href && !str_starts(str_slice(tag, mark, tag.len), S(" src=\"cid:"));
        }
    }
    return n;
}

void mail_html(struct arena *a, struct str html, struct mail_page *out) {
    *out = (struct mail_page){0};
    if (html.len > MAIL_HTML_MOST || is_deep(html)) {
        out->text = bare_words(a, html);
        return;
    }
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    GumboOutput *tree = gumbo_parse_with_options(&options, html.at, html.len);
    struct walk w = {.arena = a, .out = out, .text = buf_in(a), .html = buf_in(a)};
    walk_tree(&w, tree->root);
    gumbo_destroy_output(&options, tree);
    out->text = buf_str(&w.text);
    out->html = buf_str(&w.html);
    out->left = fetches_in(out->html);
}
