/* What runs inside the sandboxed child, and how it tells the parent: for read/ and the rooms inside it alone. */
#ifndef READ_INSIDE_H
#define READ_INSIDE_H
#include "read/encoding.h"
#include "base/buf.h"
#include "read/read.h"

/* Why a file or a page cannot be read. The child says the number; the parent has the sentences. */
enum read_fault {
    READ_FINE = 0,
    READ_NOT_THAT, /* not what its first bytes say */
    READ_DAMAGED,
    READ_ENCRYPTED,
    READ_EMPTY,
    READ_TOO_MANY,  /* pages; amount is how many */
    READ_TOO_LARGE, /* a picture; amount is its pixels */
    READ_BOMB,      /* unfolds to more than is let in */
    READ_NO_SUCH_PAGE,
    READ_NO_PICTURE, /* this kind cannot be drawn */
    READ_NO_MODEL,   /* recognition is not installed */
    READ_CRASHED,    /* said by the parent: the child died */
    READ_TOO_SLOW,   /* said by the parent */
    READ_BABBLE,     /* said by the parent: the child's answer is not well formed */
    READ_KILLED,     /* said by the parent: killed by another than us, or never born */
    READ_UNWANTED,   /* said by the parent: nobody wants to know any more */
    READ_FAULTS
};

enum read_what { READ_WHAT_OUTLINE = 1, READ_WHAT_PAGE, READ_WHAT_CROP, READ_WHAT_WHOLE };

struct read_task {
    enum read_what what;
    enum file_type type;
    int64_t n;
    struct read_box box;
    struct read_limits limits;
    struct str bytes; /* the whole file, mapped read-only */
};

struct read_answer {
    enum read_fault fault;
    int64_t amount;
    int64_t spent_ms; /* filled by the parent: of the processor */
    struct read_outline outline;
    struct read_page page;
    struct str crop;
    struct read_whole whole;
};

/* read_frame.c: the answer as bytes, and back. Reading checks everything and believes nothing; false when it is
 * malformed. */
struct str read_frame_write(struct arena *a, const struct read_task *task, const struct read_answer *answer);
bool read_frame_read(struct arena *a, const struct read_task *task, struct str bytes, struct read_answer *answer);

/* read_task.c: does the task in this very process; called in the child, and by fuzz targets. */
void read_task_do(struct arena *a, const struct read_task *task, struct read_answer *answer);

/* read_child.c: the same in a sandboxed child. */
void read_child(struct arena *a, const struct read_task *task, struct read_answer *answer);
/* Runs work in such a child and gives what it wrote to fd 3: for read_child, and tests of the walls. */
struct read_work {
    void (*run)(void *thing, int fd);
    void *thing;
    int64_t spent_ms; /* filled: of the processor */
};
enum read_fault read_child_run(struct arena *a, const struct read_limits *limits, struct read_work *work,
                               struct str *said);
/* read_sandbox.c: raises the walls around this process: called in the child only. False when they cannot be raised. */
bool read_sandbox_enter(const struct read_limits *limits);

/* The sentence of a fault; OK for READ_FINE. */
struct err read_refusal(struct arena *a, const struct read_task *task, const struct read_answer *answer);

/* Formats. Each fills the answer's outline, page or crop. */
void read_pdf(struct arena *a, const struct read_task *task, struct read_answer *answer);
void read_picture(struct arena *a, const struct read_task *task, struct read_answer *answer);
void read_docx(struct arena *a, const struct read_task *task, struct read_answer *answer);
/* read_docx_whole.c: the document's XML as lines and tables, numbers of lists written out. */
void read_docx_whole(struct arena *a, const struct read_task *task, struct str xml, struct read_answer *answer);
void read_doc(struct arena *a, const struct read_task *task, struct read_answer *answer);
void read_html(struct arena *a, const struct read_task *task, struct read_answer *answer);
void read_akn(struct arena *a, const struct read_task *task, struct read_answer *answer);
void read_plain(struct arena *a, const struct read_task *task, struct read_answer *answer);
void read_xlsx(struct arena *a, const struct read_task *task, struct read_answer *answer);

/* read_words.c: puts the page's text together from its words (flags, boxes and confidences set, text anywhere) and
   points the words into it; sets confidence. */
void read_page_compose(struct arena *a, struct read_page *page);
/* The words of plain text, without places; lines by \n. */
void read_page_of_text(struct arena *a, struct str text, struct read_page *page);
/* A long text without pages cut into pieces of about a page, at ends of lines; form feeds end a piece. */
struct read_pieces {
    struct str *at;
    size_t n;
};
void read_pieces(struct arena *a, struct str text, struct read_pieces *pieces);
/* Text typed in the old fonts, as Unicode; the text itself when it is not such. */
struct str read_legacy_text(struct arena *a, struct str text);
/* read_legacy.c: the old ways, from the Latin letters they reach us as; tones may come out as combining marks. */
struct str read_tcvn3(struct arena *a, struct str text);
struct str read_vni(struct arena *a, struct str text);
struct str read_cp1258(struct arena *a, struct str text);

/* For formats that have text but no pages: outline or the nth piece, as the task asks. */
void read_answer_text(struct arena *a, const struct read_task *task, struct str text, struct read_answer *answer);
/* The same of a text that keeps its tables (rows by \n, cells by tabs): whole, when that is asked. */
void read_answer_whole(struct arena *a, const struct read_task *task, const struct read_encoded *text,
                       struct read_answer *answer);

/* read_mend.c: sets right the marks of recognised words, two by two. Before read_page_compose. */
void read_mend(struct arena *a, struct read_page *page);

/* read_archive.c: one entry of a zip in memory, within limits. READ_FINE, READ_NO_SUCH_PAGE (no such entry), or a
 * fault. */
enum read_fault read_zip_entry(struct arena *a, struct str zip, const char *name, const struct read_limits *limits,
                               struct str *bytes);

/* read_ole.c: a stream of an OLE2 compound file, bounded by the file itself. False when absent or malformed. */
bool read_ole_stream(struct arena *a, struct str file, const char *name, struct str *bytes);

/* read_ocr.c */
struct Pix;
struct err read_ocr_prepare(void);
/* Recognises a page's picture (8-bit grey at dpi) into page->words, boxes as parts of the page. */
enum read_fault read_ocr(struct arena *a, struct Pix *grey, int dpi, struct read_page *page);
/* Only figures, here and there on a straight picture. */
enum read_fault read_ocr_figures(struct arena *a, struct Pix *grey, int dpi, struct read_page *page);
struct str read_webp(struct arena *a, struct Pix *picture, int quality);
#endif
