/* Files of law, read: Word, PDF with or without text, pictures, saved web pages, Akoma Ntoso, structured JSON, plain
   text and Markdown in any of the old encodings; each becomes text, and text becomes a tree (law_text.h). All untrusted
   bytes are looked at in sandboxed children (read/read.h). needs: law law_text */
#ifndef MODULES_LAW_LAW_FORMAT_H
#define MODULES_LAW_LAW_FORMAT_H
#include "read/read.h"
#include "modules/law/law_text.h"

enum law_format {
    LAW_FORMAT_NONE = 0,
    LAW_FORMAT_DOCX,
    LAW_FORMAT_DOC,
    LAW_FORMAT_PDF,
    LAW_FORMAT_SCAN,
    LAW_FORMAT_HTML,
    LAW_FORMAT_AKN,
    LAW_FORMAT_TXT,
    LAW_FORMAT_JSON,
    LAW_FORMATS
};
struct str law_format_code(enum law_format format); /* as in law_manifestation.format */
struct str law_format_name(enum law_format format); /* as a person says it */

struct law_file {
    enum law_format format;
    int64_t pages;  /* 0: has none of its own */
    int confidence; /* of recognition, percent; 100 where nothing was recognised */
    enum read_encoding encoding;
    int certainty; /* of the encoding, percent; under 60 the tree has a flag "encoding" */
    struct law_tree tree;
};

/* Reads the file at path (ours, never a person's) from beginning to end. tell may be NULL; it is called before each
   page and ends the reading when it fails. INVALID with a Vietnamese sentence when the file cannot be read; a page that
   cannot is flagged ("text"). */
struct law_file_reading {
    const char *path;
    enum file_type type;
    const struct read_limits *limits; /* NULL: the usual */
    struct err (*tell)(void *thing, int64_t page, int64_t pages);
    void *thing;
};
struct err law_file_read(struct arena *a, const struct law_file_reading *reading, struct law_file *file);

/* The same of pages that were read before (kernel/file/file.h): PDF and pictures. */
void law_file_of_pages(struct arena *a, const struct read_page *pages, size_t n, struct law_file *file);
/* The same of a whole text. */
void law_file_of_whole(struct arena *a, const struct read_whole *whole, enum file_type type, struct law_file *file);

/* Lines of print become paragraphs: a line goes on with the one before unless it begins with a label, or that one ended
   short. For text of pages. */
struct str law_unwrap(struct arena *a, struct str text);
#endif
