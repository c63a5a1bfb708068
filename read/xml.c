#include "read/xml.h"

#include "base/arena.h"
#include "base/num.h"

#include <string.h>

#include "base/banned.h"

enum { DEEPEST = 200 };

static void no_words(void *thing, const char *message, ...) { (void)thing, (void)message; }

bool read_xml_is(xmlTextReaderPtr r, const char *name) {
    const xmlChar *local = xmlTextReaderConstLocalName(r);
    return local && strcmp((const char *)local, name) == 0;
}

bool read_xml_opens(xmlTextReaderPtr r) { return xmlTextReaderNodeType(r) == XML_READER_TYPE_ELEMENT; }
bool read_xml_is_empty(xmlTextReaderPtr r) { return read_xml_opens(r) && xmlTextReaderIsEmptyElement(r) == 1; }
bool read_xml_closes(xmlTextReaderPtr r) { return xmlTextReaderNodeType(r) == XML_READER_TYPE_END_ELEMENT; }

bool read_xml_is_text(xmlTextReaderPtr r) {
    int kind = xmlTextReaderNodeType(r);
    return kind == XML_READER_TYPE_TEXT || kind == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
           kind == XML_READER_TYPE_CDATA;
}

struct str read_xml_text(xmlTextReaderPtr r) {
    return str_of((const char *)xmlTextReaderConstValue(r));
}

struct str read_xml_attribute(struct arena *a, xmlTextReaderPtr r, const char *name) {
    xmlChar *value = xmlTextReaderGetAttribute(r, (const xmlChar *)name);
    struct str s = str_copy(a, str_of((const char *)value));
    xmlFree(value);
    return s;
}

static bool is_harmless(xmlTextReaderPtr r) {
    int kind = xmlTextReaderNodeType(r);
    return kind != XML_READER_TYPE_DOCUMENT_TYPE && kind != XML_READER_TYPE_ENTITY_REFERENCE &&
           xmlTextReaderDepth(r) < DEEPEST;
}

enum read_fault read_xml_walk(struct str xml, void (*node)(xmlTextReaderPtr r, void *thing), void *thing) {
    xmlSetGenericErrorFunc(NULL, no_words);
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;
    xmlTextReaderPtr r = xml.len < INT32_MAX ? xmlReaderForMemory(xml.at, (int)xml.len, NULL, NULL, options) : NULL;
    if (!r) {
        return READ_DAMAGED;
    }
    int step;
    while ((step = xmlTextReaderRead(r)) == 1 && is_harmless(r)) {
        node(r, thing);
    }
    xmlFreeTextReader(r);
    return step == 0 ? READ_FINE : READ_DAMAGED;
}

static void string_node(xmlTextReaderPtr r, void *thing) {
    struct read_strings *s = thing;
    bool opens = read_xml_opens(r) && !read_xml_is_empty(r);
    if (read_xml_is(r, "rPh")) {
        s->is_phonetic = opens;
    } else if (read_xml_is(r, "t")) {
        s->is_in_text = opens && !s->is_phonetic;
    } else if (s->is_in_text && read_xml_is_text(r)) {
        buf_put(&s->one, read_xml_text(r));
    } else if (read_xml_is(r, "si") && !opens) {
        LIST_ADD(s->one.arena, &s->list, str_copy(s->one.arena, buf_str(&s->one)));
        s->one.len = 0;
    }
}

enum read_fault read_strings(struct arena *a, struct str zip, const struct read_limits *limits,
                             struct read_strings *out) {
    struct str xml;
    *out = (struct read_strings){.one = buf_in(a)};
    enum read_fault fault = read_zip_entry(a, zip, "xl/sharedStrings.xml", limits, &xml);
    return fault ? fault : read_xml_walk(xml, string_node, out);
}

struct str read_string(const struct read_strings *s, struct str number) {
    int64_t n;
    bool is_known = s->list.n && num_read_between(number, 0, (int64_t)s->list.n - 1, &n);
    return is_known ? s->list.at[n] : S("");
}
