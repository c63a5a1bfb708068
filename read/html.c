/* Saved web pages: the words of the part that holds most of them, as lines and tables. libxml2's HTML parser, without
   network; scripts, styles, menus and forms are not words. */
#include "read/blocks.h"

#include "base/arena.h"
#include "base/num.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "base/banned.h"

static void no_words(void *thing, const char *message, ...) { (void)thing, (void)message; }

static bool is_one_of(const xmlNode *n, const char *list) {
    struct str name = str_of(n->type == XML_ELEMENT_NODE ? (const char *)n->name : NULL);
    char word[16] = " ";
    if (name.len == 0 || name.len > sizeof word - 3) {
        return false;
    }
    memcpy(word + 1, name.at, name.len);
    word[name.len + 1] = ' ';
    return strstr(list, word) != NULL;
}

static bool is_skipped(const xmlNode *n) {
    return is_one_of(n, " script style noscript nav footer aside form button select iframe svg template head object "
                        "embed audio video canvas input textarea ");
}

static bool is_block(const xmlNode *n) {
    return is_one_of(n,
                     " p div h1 h2 h3 h4 h5 h6 li ul ol table tbody thead section article main header blockquote pre "
                     "center dl dt dd hr br figure body address details summary caption ");
}

/* The next node in reading order, leaving nodes by leave; NULL behind root. */
static xmlNode *step(xmlNode *n, const xmlNode *root, bool goes_in, void (*leave)(xmlNode *n, void *thing),
                     void *thing) {
    if (goes_in && n->children) {
        return n->children;
    }
    for (;;) {
        leave(n, thing);
        if (n == root) {
            return NULL;
        }
        if (n->next) {
            return n->next;
        }
        n = n->parent;
    }
}

/* Bytes of words below, kept in the node itself. */
static size_t weight(const xmlNode *n) { return (size_t)(uintptr_t)n->_private; }

static void weigh(xmlNode *n, void *root) {
    if (n->parent && n != root) {
        n->parent->_private = (void *)(uintptr_t)(weight(n->parent) + weight(n));
    }
}

/* The child that holds most of what n holds; NULL when none holds nearly all. */
static xmlNode *heaviest(const xmlNode *n) {
    xmlNode *most = NULL;
    for (xmlNode *c = n->children; c; c = c->next) {
        bool may = c->type == XML_ELEMENT_NODE && !is_skipped(c) && weight(c) * 10 >= weight(n) * 7;
        most = may && (!most || weight(c) > weight(most)) ? c : most;
    }
    return most;
}

/* Goes down while one child has most of the words. */
static xmlNode *main_part(xmlNode *root) {
    for (xmlNode *n = root; n;) {
        bool is_text = n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE;
        n->_private = (void *)(uintptr_t)(is_text && n->content ? strlen((const char *)n->content) : 0);
        n = step(n, root, n->type == XML_ELEMENT_NODE && !is_skipped(n), weigh, root);
    }
    for (xmlNode *n = root;;) {
        xmlNode *most = heaviest(n);
        if (!most || is_one_of(most, " p tr td tbody span b ")) {
            return n;
        }
        n = most;
    }
}

/* "1. " or "a) " of an item of an ordered list. */
static void put_number(struct read_blocks *b, const xmlNode *item) {
    if (!item->parent || !is_one_of(item->parent, " ol ")) {
        return;
    }
    xmlNode *list = item->parent;
    xmlChar *type = xmlGetProp(list, (const xmlChar *)"type"), *start = xmlGetProp(list, (const xmlChar *)"start");
    int64_t n = 1;
    if (start && !num_read_between(str_of((const char *)start), 1, 999, &n)) {
        n = 1;
    }
    for (const xmlNode *c = list->children; c && c != item; c = c->next) {
        n += is_one_of(c, " li ");
    }
    bool is_letter = type && *type == 'a' && n <= 26;
    struct str number =
        is_letter ? str_format(b->arena, "%c) ", (char)('a' + n - 1)) : str_format(b->arena, "%lld. ", (long long)n);
    read_blocks_words(b, number);
    xmlFree(type);
    xmlFree(start);
}

static void enter(struct read_blocks *b, const xmlNode *n) {
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        read_blocks_words(b, str_of((const char *)n->content));
    } else if (is_one_of(n, " tr ")) {
        read_blocks_row(b);
    } else if (is_one_of(n, " td th ")) {
        read_blocks_cell(b);
    } else if (is_block(n)) {
        read_blocks_break(b);
        if (is_one_of(n, " li ")) {
            put_number(b, n);
        }
    }
}

static void leave(xmlNode *n, void *thing) {
    struct read_blocks *b = thing;
    if (is_skipped(n)) {
        return;
    }
    if (is_one_of(n, " td th ")) {
        read_blocks_cell_end(b);
    } else if (is_one_of(n, " tr ")) {
        read_blocks_row_end(b);
    } else if (is_block(n)) {
        read_blocks_break(b);
    }
}

static struct str words_of(struct arena *a, xmlNode *root) {
    struct read_blocks b = read_blocks_in(a);
    for (xmlNode *n = root; n;) {
        bool goes_in = !is_skipped(n);
        if (goes_in) {
            enter(&b, n);
        }
        n = step(n, root, goes_in && n->type == XML_ELEMENT_NODE, leave, &b);
    }
    return buf_str(&b.text);
}

void read_html(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    struct read_encoded bytes;
    /* Our own reading of the bytes, so that old encodings are seen as what they are. */
    read_encoding_find(a, task->bytes, &bytes);
    xmlSetGenericErrorFunc(NULL, no_words);
    htmlDocPtr doc = bytes.text.len < (64 << 20)
                         ? htmlReadMemory(bytes.text.at, (int)bytes.text.len, NULL, "UTF-8",
                                          HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING)
                         : NULL;
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (!root) {
        answer->fault = READ_DAMAGED;
    } else {
        bytes.text = words_of(a, main_part(root));
        read_answer_whole(a, task, &bytes, answer);
    }
    xmlFreeDoc(doc);
}
