/* Reads untrusted files in a sandboxed child: a process of its own for each call, with limits on memory, time and
   output, no network, no exec, and nothing it may open but fonts. What the child says is checked before it is believed.
   A child that crashes, hangs or is killed costs one page, with a sentence to show; never the caller.
   needs: nothing   shows: book encoding inside json table type xml */
#ifndef READ_READ_H
#define READ_READ_H
#include "base/err.h"
#include "base/list.h"
#include "read/type.h"

struct arena;
struct buf;

struct read_limits {
    int64_t pages;         /* most pages of a document: 500 */
    int64_t pixels;        /* most pixels of one picture: 120 million */
    int64_t unpacked;      /* most bytes a packed file may unfold to: 200 MB */
    int64_t memory;        /* bytes a child may take beside what its worker had: 1.5 GB */
    int64_t seconds;       /* of the processor for one page: 50; a job's lease of 120 covers twice that */
    int64_t whole_seconds; /* of the processor for all pages of a file: 3600, more than twice a good scan of 500 */
    int64_t slow_pages;    /* pages that may use up their seconds before the rest of the file is left unread: 12 */
};
extern const struct read_limits read_limits_usual;

/* A place on a page, each number a part (0 to 1) of the page's width or height, from the top left. */
struct read_box {
    double x, y, w, h;
};

struct read_word {
    struct str text; /* points into the page's text */
    struct read_box box;
    int confidence; /* 0 to 100; 100 for words of a text layer */
    bool starts_line;
    bool starts_block; /* also starts_line: a paragraph or a cell */
};

enum read_how {
    READ_NOT = 0, /* no words on it, or none could be read */
    READ_LAYER,   /* the file's own text */
    READ_OCR,     /* recognised from the picture */
};

struct read_outline {
    int64_t pages;
    struct str title;  /* as the file calls itself; may be anything */
    bool has_pictures; /* its pages can be drawn (PDF, images) */
};

struct read_page {
    int64_t number;       /* 1 is the first */
    double width, height; /* points (1/72 inch) */
    enum read_how how;
    double confidence;            /* mean of the words', 0 to 100 */
    struct str text;              /* words parted by spaces, lines by \n, blocks by \n\n; NFC */
    LIST(struct read_word) words; /* without boxes (all 0) when the format has no places: DOCX, DOC, text */
    struct str view;              /* WebP of the page, about 110 dpi; empty when it cannot be drawn */
    struct str thumbnail;         /* WebP, 240 pixels high */
    int64_t spent_ms;             /* of the processor, also when it could not be read */
    bool is_slow;                 /* its seconds were used up */
};

/* Loads what children need (recognition model, font list) into this process once, so that each child has it already.
   Called by a job worker at its start; else the first call does it. */
struct err read_prepare(void);

/* While a child works, asks about twice a second whether it is still wanted; when not, it is ended and the call returns
   CONFLICT. For this process, until set anew; NULL: nobody asks. */
void read_watch(bool (*is_wanted)(void *thing), void *thing);

/* Tests only: the next n children are not born. */
void read_child_fail(int n);

/* What follows returns BUSY when the child was not born, or was killed by somebody else: nothing is known of the file
   then, and it is to be tried again. A child that crashed is tried twice more before the file is held to blame. */

/* Looks at the file whole. ERR_INVALID with a Vietnamese sentence: not what it says it is, encrypted, damaged, empty,
   too many pages, a picture too large, a packed bomb. path is ours (from file_path), never a person's. */
struct err read_outline(struct arena *a, const char *path, enum file_type type, const struct read_limits *limits,
                        struct read_outline *out);
/* Reads page n: its words, and its pictures when it can be drawn. ERR_INVALID with a sentence when this page cannot be
   read. Each call stands alone, so a job that died goes on with the first page it has not kept. */
struct err read_page(struct arena *a, const char *path, enum file_type type, int64_t n,
                     const struct read_limits *limits, struct read_page *out);
/* The piece of a page inside a box, with a little margin, as PNG at 150 dpi. */
struct read_place {
    int64_t page;
    struct read_box box;
};
struct err read_crop(struct arena *a, const char *path, enum file_type type, const struct read_place *place,
                     const struct read_limits *limits, struct str *png);

/* How text was written before it was Unicode. */
enum read_encoding { READ_UTF8 = 1, READ_NFD, READ_UTF16, READ_LATIN1, READ_CP1258, READ_TCVN3, READ_VNI };
struct str read_encoding_name(enum read_encoding encoding);
/* The text of a file that has no pages of its own (Word, HTML, Akoma Ntoso, text), in one piece: a line a paragraph,
   numbers of automatic lists written out, rows of tables by \n with their cells parted by tabs. */
struct read_whole {
    struct str text; /* NFC */
    enum read_encoding encoding;
    int certainty; /* of the encoding, percent */
};
struct err read_whole(struct arena *a, const char *path, enum file_type type, const struct read_limits *limits,
                      struct read_whole *out);
/* Words as kept in the database beside the page's text. Unpacking checks everything against the text; ERR_BROKEN. */
struct str read_words_pack(struct arena *a, const struct read_page *page);
struct err read_words_unpack(struct arena *a, struct str packed, struct str text, struct read_page *page);
/* A reader that a business brings itself, for a format only that business knows, run in the same child. */
struct read_run {
    /* In the child: what bytes are, written to out in words of the caller's own. What comes back is outside bytes
       still: whoever hears it checks everything. */
    void (*say)(struct buf *out, struct str bytes, void *thing);
    void *thing;
    size_t most; /* bytes said */
};
/* The bytes of a kept file from `from` on, at most n. ERR_INVALID with a Vietnamese sentence at field "file" when it
   cannot be read; BUSY as in read.h. */
struct read_part {
    const char *path;
    int64_t from, n;
};
struct err read_run(struct arena *a, const struct read_part *part, const struct read_limits *limits,
                    const struct read_run *run, struct str *said);
/* The smallest box around n words. */
struct read_box read_box_around(const struct read_word *words, size_t n);
#endif
