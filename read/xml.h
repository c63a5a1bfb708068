/* Private to kernel/read_{docx,table}.c: XML of untrusted files, node by node. No external entities, no DTD at all, no
   network, libxml2's own limits on. */
#ifndef READ_XML_H
#define READ_XML_H
#include "read/inside.h"

#include <libxml/xmlreader.h>

/* Calls node for each; DAMAGED when it is no well-formed XML, brings a DTD, or is nested without end. */
enum read_fault read_xml_walk(struct str xml, void (*node)(xmlTextReaderPtr r, void *thing), void *thing);

bool read_xml_is(xmlTextReaderPtr r, const char *name); /* whatever its namespace */
bool read_xml_opens(xmlTextReaderPtr r);                /* <x> or <x/> */
bool read_xml_is_empty(xmlTextReaderPtr r);             /* <x/>, after which no end comes */
bool read_xml_closes(xmlTextReaderPtr r);               /* </x> */
bool read_xml_is_text(xmlTextReaderPtr r);
struct str read_xml_text(xmlTextReaderPtr r); /* valid until the next node */
struct str read_xml_attribute(struct arena *a, xmlTextReaderPtr r, const char *name);

/* A workbook's table of texts, to which its cells refer by number. */
struct read_strings {
    LIST(struct str) list;
    struct buf one;
    bool is_in_text, is_phonetic;
};
enum read_fault read_strings(struct arena *a, struct str zip, const struct read_limits *limits,
                             struct read_strings *out);
/* The text a cell's number refers to; empty when there is none. */
struct str read_string(const struct read_strings *s, struct str number);
#endif
