/* Private to edxml: the tree of a packet's elements, and the table that says what each means. */
#ifndef EDXML_INSIDE_H
#define EDXML_INSIDE_H
#include "base/buf.h"
#include "edxml/edxml.h"

struct space {
    struct str prefix, uri;
};
struct node {
    struct str name, uri, href; /* without prefix; href: the attribute of that name, of older manifests */
    struct buf text;
    struct buf content;        /* of ContentTransferEncoded: its bytes */
    bool is_damaged;           /* its base64 is none */
    struct buf attributes;     /* written again: name="value" */
    LIST(struct space) spaces; /* declared here */
    struct node *parent;
    LIST(struct node *) children;
};

/* Reads XML into a tree; reasons as of edxml_read. */
struct err edxml_tree(struct arena *a, struct str xml, struct node **root);
/* The element and all below it as XML that stands alone. */
void edxml_node_put(struct buf *b, const struct node *n, struct str outer_uri);
void edxml_text_put(struct buf *b, struct str text);
void edxml_base64_put(struct buf *b, struct str bytes);
/* QCVN 102, its forerunner, or none at all. */
bool edxml_is_standard(struct str uri);
#define EDXML_URI S("http://www.mic.gov.vn/TBT/QCVN_102_2016")

enum field_kind {
    FIELD_END,
    FIELD_TEXT,
    FIELD_DAY,
    FIELD_INSTANT,
    FIELD_NUMBER,
    FIELD_BODY,   /* base64 */
    FIELD_GROUP,  /* an element whose children belong to the same struct */
    FIELD_RECORD, /* one struct inside this one */
    FIELD_TEXTS,  /* as often as it comes: a list of texts */
    FIELD_LIST,   /* as often as it comes: a list of structs */
};
enum field_when { WHEN_ALWAYS, WHEN_DOCUMENT, WHEN_STATUS, WHEN_NEVER }; /* written; it is read always */
struct shape;
struct field {
    enum field_kind kind;
    enum field_when when;
    const char *element, *also; /* another spelling that is read; NULL: none */
    size_t offset;
    const struct shape *of;
};
struct shape {
    const struct field *fields;
    size_t size;
};
extern const struct shape edxml_root_shape, edxml_envelope_shape, edxml_attachments_shape;

/* What LIST() makes, whatever its things are. */
struct any_list {
    void *at;
    size_t n;
};
struct any_list edxml_list_of(const void *record, size_t offset);
struct str edxml_str_of(const void *record, size_t offset);
#endif
