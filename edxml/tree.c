/* The elements of a packet: XML without entities, without a network and within limits, whatever encoding it is in. */
#include <libxml/parser.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "edxml/inside.h"

#include "base/banned.h"

enum { DEEPEST = 64, ELEMENTS_MOST = 100000, AT_ONCE = 65536 };

struct reading {
    struct arena *arena;
    xmlParserCtxtPtr parser;
    struct node *root, *now;
    size_t depth, elements;
    uint32_t bits; /* of base64 not yet a byte */
    int bit_count;
    bool has_dtd, is_too_much, is_padded;
};

static struct str words_of(const xmlChar *z) { return str_of((const char *)z); }

void edxml_text_put(struct buf *b, struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        switch (text.at[i]) {
        case '&': BUF_LIT(b, "&amp;"); break;
        case '<': BUF_LIT(b, "&lt;"); break;
        case '>': BUF_LIT(b, "&gt;"); break;
        case '"': BUF_LIT(b, "&quot;"); break;
        case '\r': BUF_LIT(b, "&#13;"); break;
        default:
            /* XML has no way to write other control characters. */
            if ((unsigned char)text.at[i] >= ' ' || text.at[i] == '\n' || text.at[i] == '\t') {
                buf_put_char(b, text.at[i]);
            }
        }
    }
}

/* What a prefix stands for here; empty when nobody said. */
static struct str uri_of(const struct node *n, struct str prefix) {
    if (str_eq(prefix, S("xml"))) {
        return S("http://www.w3.org/XML/1998/namespace");
    }
    for (; n; n = n->parent) {
        for (size_t i = 0; i < n->spaces.n; i++) {
            if (str_eq(n->spaces.at[i].prefix, prefix)) {
                return n->spaces.at[i].uri;
            }
        }
    }
    return S("");
}

/* "edXML:From" in its two parts. */
static struct str name_cut(struct str name, struct str *prefix) {
    struct str local;
    *prefix = S("");
    return str_cut(name, S(":"), prefix, &local) ? local : (*prefix = S(""), name);
}

static void spaces_keep(struct arena *a, struct node *n, const xmlChar **pair) {
    for (; pair && pair[0]; pair += 2) {
        struct str prefix, name = name_cut(words_of(pair[0]), &prefix);
        if (str_eq(prefix, S("xmlns")) || str_eq(words_of(pair[0]), S("xmlns"))) {
            struct str uri = str_copy(a, words_of(pair[1]));
            LIST_ADD(a, &n->spaces, (struct space){prefix.len ? str_copy(a, name) : S(""), uri});
        }
    }
}

static void attributes_keep(struct arena *a, struct node *n, const xmlChar **pair) {
    for (size_t i = 0; pair && pair[0]; pair += 2, i++) {
        struct str prefix, name = name_cut(words_of(pair[0]), &prefix), value = words_of(pair[1]);
        bool is_space = str_eq(prefix, S("xmlns")) || str_eq(words_of(pair[0]), S("xmlns"));
        struct str uri = prefix.len ? uri_of(n, prefix) : S("");
        if (str_eq(name, S("href"))) {
            n->href = str_copy(a, value);
        }
        if (is_space || (prefix.len && !uri.len)) {
            continue;
        }
        if (str_eq(prefix, S("xml")) || !prefix.len) {
            buf_printf(&n->attributes, " %.*s=\"", STR_ARG(words_of(pair[0])));
        } else {
            buf_printf(&n->attributes, " xmlns:a%zu=\"", i);
            edxml_text_put(&n->attributes, uri);
            buf_printf(&n->attributes, "\" a%zu:%.*s=\"", i, STR_ARG(name));
        }
        edxml_text_put(&n->attributes, value);
        BUF_LIT(&n->attributes, "\"");
    }
}

static void on_start(void *thing, const xmlChar *name, const xmlChar **attributes) {
    struct reading *r = thing;
    struct arena *a = r->arena;
    if (++r->depth > DEEPEST || ++r->elements > ELEMENTS_MOST) {
        r->is_too_much = true;
        xmlStopParser(r->parser);
        return;
    }
    struct str prefix;
    struct node *n = arena_take(a, struct node, 1);
    *n = (struct node){.text = buf_in(a), .content = buf_in(a), .attributes = buf_in(a), .parent = r->now};
    n->name = str_copy(a, name_cut(words_of(name), &prefix));
    spaces_keep(a, n, attributes);
    n->uri = uri_of(n, prefix);
    attributes_keep(a, n, attributes);
    if (r->now) {
        LIST_ADD(a, &r->now->children, n);
    } else {
        r->root = n;
    }
    r->now = n;
    r->bits = 0, r->bit_count = 0, r->is_padded = false;
}

static void on_end(void *thing, const xmlChar *name) {
    struct reading *r = thing;
    (void)name;
    if (r->now) {
        r->now->is_damaged |= r->bit_count >= 6;
        r->now = r->now->parent;
        r->depth--;
    }
}

static bool is_body(const struct node *n) { return str_eq_ascii_nocase(n->name, S("ContentTransferEncoded")); }

static int digit_of(unsigned char c) {
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Base64 as it comes, whatever its lines. */
static void body_take(struct reading *r, struct node *n, const unsigned char *at, size_t len) {
    buf_reserve(&n->content, len / 4 * 3 + 3);
    for (size_t i = 0; i < len; i++) {
        int digit = digit_of(at[i]);
        if (digit >= 0 && !r->is_padded) {
            r->bits = r->bits << 6 | (uint32_t)digit;
            r->bit_count += 6;
            if (r->bit_count >= 8) {
                r->bit_count -= 8;
                n->content.at[n->content.len++] = (char)(r->bits >> r->bit_count & 0xff);
            }
        } else if (at[i] == '=') {
            r->is_padded = true;
        } else if (at[i] != ' ' && at[i] != '\n' && at[i] != '\r' && at[i] != '\t') {
            n->is_damaged = true;
        }
    }
}

static void on_text(void *thing, const xmlChar *at, int len) {
    struct reading *r = thing;
    if (r->now && len > 0 && is_body(r->now)) {
        body_take(r, r->now, at, (size_t)len);
    } else if (r->now && len > 0) {
        buf_put(&r->now->text, (struct str){(const char *)at, (size_t)len});
    }
}

static void on_dtd(void *thing, const xmlChar *name, const xmlChar *public, const xmlChar *system) {
    struct reading *r = thing;
    (void)name, (void)public, (void)system;
    r->has_dtd = true;
    xmlStopParser(r->parser);
}

static void no_words(void *thing, const char *message, ...) { (void)thing, (void)message; }

/* Whether a DOCTYPE stands before the first element, also in a packet that is cut or broken further on. */
static bool names_dtd(struct str xml) {
    for (size_t i = str_find(xml, S("<"), 0); i < xml.len; i = str_find(xml, S("<"), i)) {
        struct str here = str_slice(xml, i, xml.len);
        if (str_starts(here, S("<!--"))) {
            i = str_find(xml, S("-->"), i);
        } else if (str_starts(here, S("<?"))) {
            i = str_find(xml, S("?>"), i);
        } else {
            return str_starts(here, S("<!")) && str_eq_ascii_nocase(str_slice(here, 2, 9), S("DOCTYPE"));
        }
    }
    return false;
}

static struct err fault_of(const struct reading *r, bool is_at_end) {
    if (r->has_dtd) {
        return REFUSE(
            ERR_INVALID, "dtd_forbidden",
            "Gói tin có khai báo DOCTYPE nên không được mở. Hãy báo nơi gửi gửi lại gói không có khai báo này.");
    }
    if (r->is_too_much) {
        return REFUSE(ERR_INVALID, "not_edxml", "Gói tin lồng quá nhiều thẻ, không phải gói văn bản liên thông.");
    }
    if (is_at_end) {
        return REFUSE(ERR_INVALID, "truncated",
                      "Gói tin bị cắt cụt, chưa nhận đủ. Hãy tải lại hoặc báo nơi gửi gửi lại.");
    }
    return REFUSE(ERR_INVALID, "not_well_formed", "Gói tin không phải XML đúng quy cách. Hãy báo nơi gửi gửi lại.");
}

static struct err feed(struct reading *r, struct str xml) {
    for (size_t at = 0; at < xml.len; at += AT_ONCE) {
        struct str piece = str_slice(xml, at, at + AT_ONCE);
        xmlParseChunk(r->parser, piece.at, (int)piece.len, 0);
        if (!r->parser->wellFormed || r->has_dtd || r->is_too_much) {
            return fault_of(r, false);
        }
    }
    /* What is wrong only now that no more comes, while an element is still open: more should have come. */
    xmlParseChunk(r->parser, NULL, 0, 1);
    return !r->parser->wellFormed || r->now || !r->root ? fault_of(r, r->now || !r->root) : OK;
}

struct err edxml_tree(struct arena *a, struct str xml, struct node **root) {
    /* Namespaces are looked up here, not by libxml2, for some peers forget to declare their prefix. */
    xmlSAXHandler sax = {.initialized = 1,
                         .startElement = on_start,
                         .endElement = on_end,
                         .characters = on_text,
                         .ignorableWhitespace = on_text,
                         .cdataBlock = on_text,
                         .internalSubset = on_dtd,
                         .error = no_words,
                         .fatalError = no_words,
                         .warning = no_words};
    struct reading r = {.arena = a};
    r.has_dtd = names_dtd(xml);
    if (r.has_dtd) {
        return fault_of(&r, false);
    }
    xmlSetGenericErrorFunc(NULL, no_words);
    /* Four bytes are enough for libxml2 to see the encoding. */
    size_t first = xml.len < 4 ? xml.len : 4;
    r.parser = xmlCreatePushParserCtxt(&sax, &r, xml.at, (int)first, NULL);
    if (!r.parser) {
        return FAIL(ERR_BROKEN, "libxml2 gives no parser");
    }
    /* Its own limits are about entities, which there are none of, and texts of 10 MB, which attachments are.
       What is UTF-8 is read as such, whatever its declaration says. */
    xmlCtxtUseOptions(r.parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE |
                                    (utf8_valid(xml) ? XML_PARSE_IGNORE_ENC : 0));
    struct err e = feed(&r, str_slice(xml, first, xml.len));
    xmlFreeParserCtxt(r.parser);
    *root = r.root;
    return e;
}

void edxml_node_put(struct buf *b, const struct node *n, struct str outer_uri) {
    buf_printf(b, "<%.*s", STR_ARG(n->name));
    if (!str_eq(n->uri, outer_uri)) {
        BUF_LIT(b, " xmlns=\"");
        edxml_text_put(b, n->uri);
        BUF_LIT(b, "\"");
    }
    buf_put(b, buf_str(&n->attributes));
    BUF_LIT(b, ">");
    struct str text = buf_str(&n->text);
    edxml_text_put(b, n->children.n ? str_trim(text) : text);
    edxml_base64_put(b, buf_str(&n->content));
    for (size_t i = 0; i < n->children.n; i++) {
        edxml_node_put(b, n->children.at[i], n->uri);
    }
    buf_printf(b, "</%.*s>", STR_ARG(n->name));
}
