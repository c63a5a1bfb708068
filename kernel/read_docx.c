/* Word and Excel since 2007: XML in a zip. No external entities, no DTD at all, no network, libxml2's own limits on. */
#include "kernel/read_inside.h"

#include "base/arena.h"
#include "base/num.h"

#include <libxml/xmlreader.h>
#include <string.h>

#include "base/banned.h"

static void no_words(void *thing, const char *message, ...) {
    (void)thing;
    (void)message;
}

static xmlTextReaderPtr reader_of(struct str xml) {
    xmlSetGenericErrorFunc(NULL, no_words);
    return xml.len < INT32_MAX
               ? xmlReaderForMemory(xml.at, (int)xml.len, NULL, NULL,
                                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA)
               : NULL;
}

static bool is_named(xmlTextReaderPtr r, const char *name) {
    const xmlChar *local = xmlTextReaderConstLocalName(r);
    return local && strcmp((const char *)local, name) == 0;
}

static struct str attribute(struct arena *a, xmlTextReaderPtr r, const char *name) {
    xmlChar *value = xmlTextReaderGetAttribute(r, (const xmlChar *)name);
    struct str s = str_copy(a, str_of((const char *)value));
    xmlFree(value);
    return s;
}

struct word_text {
    struct buf text;
    bool is_in_text;
    int fallback; /* inside an alternative that repeats what was said */
};

static void word_node(struct arena *a, xmlTextReaderPtr r, struct word_text *w) {
    int kind = xmlTextReaderNodeType(r);
    bool opens = kind == XML_READER_TYPE_ELEMENT, closes = kind == XML_READER_TYPE_END_ELEMENT;
    bool is_empty = opens && xmlTextReaderIsEmptyElement(r) == 1;
    if (is_named(r, "Fallback")) {
        w->fallback += opens && !is_empty ? 1 : closes ? -1 : 0;
        return;
    }
    if (w->fallback > 0) {
        return;
    }
    if (kind == XML_READER_TYPE_TEXT || kind == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
        kind == XML_READER_TYPE_CDATA) {
        if (w->is_in_text) {
            buf_put(&w->text, str_of((const char *)xmlTextReaderConstValue(r)));
        }
    } else if (is_named(r, "t")) {
        w->is_in_text = opens && !is_empty;
    } else if (opens && is_named(r, "br")) {
        buf_put(&w->text, str_eq(attribute(a, r, "w:type"), S("page")) ? S("\f") : S("\n"));
    } else if (opens && is_named(r, "lastRenderedPageBreak")) {
        buf_put_char(&w->text, '\f');
    } else if (opens && is_named(r, "tab")) {
        buf_put_char(&w->text, ' ');
    } else if (opens && (is_named(r, "noBreakHyphen"))) {
        buf_put_char(&w->text, '-');
    } else if (closes && (is_named(r, "p") || is_named(r, "tc"))) {
        buf_put_char(&w->text, '\n');
    }
}

/* Calls node for each; DAMAGED when it is no well-formed XML or brings a DTD. */
static enum read_fault walk(struct arena *a, struct str xml,
                            void (*node)(struct arena *a, xmlTextReaderPtr r, void *thing), void *thing) {
    xmlTextReaderPtr r = reader_of(xml);
    if (!r) {
        return READ_DAMAGED;
    }
    int step;
    bool is_good = true;
    while (is_good && (step = xmlTextReaderRead(r)) == 1) {
        int kind = xmlTextReaderNodeType(r);
        is_good = kind != XML_READER_TYPE_DOCUMENT_TYPE && kind != XML_READER_TYPE_ENTITY_REFERENCE &&
                  xmlTextReaderDepth(r) < 200;
        if (is_good) {
            node(a, r, thing);
        }
    }
    is_good = is_good && step == 0;
    xmlFreeTextReader(r);
    return is_good ? READ_FINE : READ_DAMAGED;
}

static void word_step(struct arena *a, xmlTextReaderPtr r, void *thing) { word_node(a, r, thing); }

/* The first look unfolds everything once, so that a bomb anywhere in it is seen. */
static enum read_fault look_for_bomb(struct arena *a, const struct read_task *task) {
    struct str none;
    enum read_fault fault = task->what == READ_WHAT_OUTLINE ? read_zip_entry(a, task->bytes, NULL, &task->limits, &none)
                                                            : READ_NO_SUCH_PAGE;
    return fault == READ_NO_SUCH_PAGE ? READ_FINE : fault;
}

void read_docx(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    struct str xml;
    answer->fault = look_for_bomb(a, task);
    if (!answer->fault) {
        answer->fault = read_zip_entry(a, task->bytes, "word/document.xml", &task->limits, &xml);
    }
    if (answer->fault) {
        answer->fault = answer->fault == READ_NO_SUCH_PAGE ? READ_NOT_THAT : answer->fault;
        return;
    }
    struct word_text w = {.text = buf_in(a)};
    answer->fault = walk(a, xml, word_step, &w);
    if (!answer->fault) {
        read_answer_text(a, task, read_legacy_text(a, buf_str(&w.text)), answer);
    }
}

struct strings {
    LIST(struct str) list;
    struct buf one;
    bool is_in_text;
};

static void string_step(struct arena *a, xmlTextReaderPtr r, void *thing) {
    struct strings *s = thing;
    int kind = xmlTextReaderNodeType(r);
    if (is_named(r, "t")) {
        s->is_in_text = kind == XML_READER_TYPE_ELEMENT && !xmlTextReaderIsEmptyElement(r);
    } else if (s->is_in_text && (kind == XML_READER_TYPE_TEXT || kind == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)) {
        buf_put(&s->one, str_of((const char *)xmlTextReaderConstValue(r)));
    } else if (is_named(r, "si") && kind == XML_READER_TYPE_END_ELEMENT) {
        LIST_ADD(a, &s->list, str_copy(a, buf_str(&s->one)));
        s->one.len = 0;
    }
}

struct sheet {
    const struct strings *strings;
    struct buf text;
    bool is_shared; /* the cell's value is a number in the table of strings */
    bool is_in_value;
};

static void sheet_step(struct arena *a, xmlTextReaderPtr r, void *thing) {
    struct sheet *s = thing;
    int kind = xmlTextReaderNodeType(r);
    bool opens = kind == XML_READER_TYPE_ELEMENT;
    if (is_named(r, "c") && opens) {
        s->is_shared = str_eq(attribute(a, r, "t"), S("s"));
        buf_put_char(&s->text, ' ');
    } else if (is_named(r, "v") || is_named(r, "t")) {
        s->is_in_value = opens && !xmlTextReaderIsEmptyElement(r);
    } else if (s->is_in_value && kind == XML_READER_TYPE_TEXT) {
        struct str value = str_of((const char *)xmlTextReaderConstValue(r));
        int64_t n;
        if (!s->is_shared) {
            buf_put(&s->text, value);
        } else if (num_read_between(value, 0, (int64_t)s->strings->list.n - 1, &n)) {
            buf_put(&s->text, s->strings->list.at[n]);
        }
    } else if (is_named(r, "row") && kind == XML_READER_TYPE_END_ELEMENT) {
        buf_put_char(&s->text, '\n');
    }
}

void read_xlsx(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    enum { SHEETS = 60 };
    struct str xml;
    struct strings strings = {.one = buf_in(a)};
    answer->fault = look_for_bomb(a, task);
    enum read_fault found =
        answer->fault ? answer->fault : read_zip_entry(a, task->bytes, "xl/sharedStrings.xml", &task->limits, &xml);
    if (found == READ_FINE) {
        found = walk(a, xml, string_step, &strings);
    }
    struct sheet sheet = {.strings = &strings, .text = buf_in(a)};
    for (int i = 1; i <= SHEETS && (found == READ_FINE || found == READ_NO_SUCH_PAGE); i++) {
        struct str name = str_format(a, "xl/worksheets/sheet%d.xml", i);
        found = read_zip_entry(a, task->bytes, name.at, &task->limits, &xml);
        if (found == READ_NO_SUCH_PAGE) {
            break;
        }
        found = found ? found : walk(a, xml, sheet_step, &sheet);
        buf_put_char(&sheet.text, '\f');
        if ((int64_t)sheet.text.len > task->limits.unpacked / 4) {
            found = READ_BOMB;
        }
    }
    answer->fault = found == READ_NO_SUCH_PAGE ? READ_FINE : found;
    if (!answer->fault) {
        read_answer_text(a, task, buf_str(&sheet.text), answer);
    }
}
