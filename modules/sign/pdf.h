/* As much of a PDF as signatures need: values, objects found by the file's own table of them, and nothing drawn.
   Bytes are anybody's: whatever does not fit is not there, and nothing is read past the end. Private to the room. */
#ifndef MODULES_SIGN_PDF_H
#define MODULES_SIGN_PDF_H
#include "base/list.h"
#include "base/str.h"

struct arena;

enum pdf_kind {
    PDF_NOTHING = 0,
    PDF_WORD, /* true, false, null */
    PDF_INT,
    PDF_REAL,
    PDF_NAME,
    PDF_STRING,
    PDF_HEX,
    PDF_ARRAY,
    PDF_DICT,
    PDF_REF,
};

struct pdf_value {
    enum pdf_kind kind;
    struct str raw;               /* as written; in the file, or in an unpacked stream of objects */
    struct str text;              /* of a name without its slash */
    int64_t number;               /* of an integer; of a reference its object */
    LIST(struct pdf_value) items; /* of an array; of a dictionary key, value, key, value … */
};

struct pdf_entry {
    int64_t at;    /* in the file; or the stream of objects it is in */
    int64_t index; /* in that stream */
    char kind;     /* 0 none, 1 in the file, 2 in a stream of objects, 'f' freed */
};

struct pdf {
    struct arena *arena;
    struct str bytes;
    LIST(struct pdf_entry) entries; /* by number */
    struct pdf_value trailer;       /* of the newest section */
    int64_t startxref;
    bool is_stream;              /* the newest table is a stream */
    int64_t size;                /* numbers in use lie below */
    size_t unpacked;             /* so far */
    int64_t unpacked_from;       /* the stream of objects unpacked last, */
    struct str unpacked_objects; /* what was in it, */
    struct pdf_value unpacked_dict;
    int depth; /* of objects that are needed to read an object */
};

/* One value at *at, which moves behind it. False when there is none. */
bool pdf_value(struct arena *a, struct str bytes, size_t *at, struct pdf_value *out);
void pdf_skip_space(struct str bytes, size_t *at); /* white space and remarks */
/* "12 0 obj": the number, *at behind it; false, and *at as it was, when it does not stand there. */
bool pdf_head(struct str bytes, size_t *at, int64_t *number);
/* The member of a dictionary, as written; NULL when none. */
const struct pdf_value *pdf_member(const struct pdf_value *dict, const char *key);
bool pdf_has_twice(const struct pdf_value *dict, const char *key);
bool pdf_is_name(const struct pdf_value *v, const char *name);
int64_t pdf_int(const struct pdf_value *v, int64_t otherwise);
bool pdf_same(const struct pdf_value *a, const struct pdf_value *b);

/* The file whole. False when its table of objects cannot be read. */
bool pdf_open(struct arena *a, struct str bytes, struct pdf *out);
/* NULL when there is no such object. */
const struct pdf_value *pdf_object(struct pdf *p, int64_t number);
/* What a value refers to; itself when it is no reference. */
const struct pdf_value *pdf_of(struct pdf *p, const struct pdf_value *v);
const struct pdf_value *pdf_get(struct pdf *p, const struct pdf_value *dict, const char *key);
/* The unpacked bytes of a stream whose dictionary has just been read and ends at `at`. */
bool pdf_stream(struct pdf *p, const struct pdf_value *dict, size_t at, struct str *out);
#endif
