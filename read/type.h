/* What a file is, by its bytes and never by its name; and which kinds are let in. Zero is refused. */
#ifndef READ_TYPE_H
#define READ_TYPE_H
#include "base/err.h"

struct arena;

enum file_type {
    FILE_REFUSED = 0,
    FILE_PDF,
    FILE_PNG,
    FILE_JPEG,
    FILE_TIFF,
    FILE_DOCX,
    FILE_DOC,
    FILE_XLSX,
    FILE_XLS,
    FILE_PPTX,
    FILE_TEXT,
    FILE_HTML, /* these two only where asked for: file_type_sniff_markup */
    FILE_XML,
    FILE_TYPES
};

/* Sniffs the file open at fd with libmagic, looking at its first 256 kB only and unpacking nothing.
   ERR_INVALID with a Vietnamese sentence at field "file" when it is empty or no kind that is let in. */
struct err file_type_sniff(struct arena *a, int fd, enum file_type *type);
/* The same, and saved web pages and Akoma Ntoso are let in. */
struct err file_type_sniff_markup(struct arena *a, int fd, enum file_type *type);
struct str file_type_mime(enum file_type t);   /* application/pdf … */
struct str file_type_ending(enum file_type t); /* pdf, docx …: for the name of a download */
struct str file_type_name(enum file_type t);   /* PDF, Word, ảnh … as the person reads it */
enum file_type
file_type_of_code(struct str code);        /* by its ending as kept in the database; FILE_REFUSED when unknown */
bool file_type_has_text(enum file_type t); /* whether kernel/read can read its words */
/* A name as the person's machine gave it: without folders, control characters, and characters no system likes;
   NFC, at most 300 characters with its ending kept; "tep" when nothing is left. For showing only, never a path. */
struct str file_name_clean(struct arena *a, struct str name);
#endif
