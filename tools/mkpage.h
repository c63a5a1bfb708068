/* mkpage: HTML pages compiled to C. mkpage_parse.c follows the HTML and the {{}} and gives operations,
   mkpage_emit.c writes them as C, mkpage_text.c knows messages and their translations. */
#ifndef TOOLS_MKPAGE_H
#define TOOLS_MKPAGE_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/str.h"

enum place {
    PLACE_TEXT, /* between tags, and in attributes people read: as people write it */
    PLACE_ATTR, /* in other attributes: as machines write it */
    PLACE_URL,  /* inside an address whose beginning is known */
    PLACE_LINK, /* a whole address: struct link */
};

struct value {
    struct str expr;
    struct str format; /* empty: by type */
    enum place place;
    int line, column;
};

/* A stretch of a text: literal, then perhaps a value. */
struct piece {
    struct str literal;
    bool has_value;
    struct value value;
    struct str name; /* of the value, in the message: {number} */
};

enum op_kind {
    OP_RAW,
    OP_VALUE,
    OP_MESSAGE,
    OP_FOR,
    OP_FOR_ELSE,
    OP_FOR_END,
    OP_IF,
    OP_ELIF,
    OP_ELSE,
    OP_IF_END,
    OP_PART,
    OP_SLOT,
    OP_TOKENS,
    OP_LET,
    OP_WHILE,
};

struct op {
    enum op_kind kind;
    int line, column;
    struct str text;  /* RAW: bytes; FOR: the list; IF, ELIF: the condition; PART: the call; SLOT: its name */
    struct str item;  /* FOR: "struct T *" */
    struct str name;  /* FOR: x */
    struct str index; /* FOR: i, or empty */
    struct value value;
    LIST(struct piece) pieces;
};

struct ops {
    struct op *at;
    size_t n;
};

/* One HTML file. */
struct page_source {
    const char *path;
    struct str text;
    bool is_part;
    struct str name;
    struct str view;      /* of a page: the struct's name */
    struct str arguments; /* of a part: "const struct row *r" */
    LIST(struct str) includes;
    struct ops title, main, guide;
};

struct translation {
    struct str from, to;
    struct str one; /* with plural: for n == 1; to is then for the others */
};
struct language {
    struct str code;
    LIST(struct translation) texts; /* sorted by from */
};
struct mkpage {
    struct arena *arena;
    const char *icons;
    LIST(struct language) languages; /* besides Vietnamese */
    LIST(struct page_source *) pages;
    LIST(struct str) page_includes;
    LIST(struct str) parts; /* of other runs, which may be drawn */
};

/* Ends the program: file:line:column: error: words. */
_Noreturn void page_fail(const char *path, int line, int column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* mkpage_names.c: names of formats and parts that are none end the program, with the one that may be meant. */
void format_check(const char *path, int line, int column, struct str format);
void parts_known(struct mkpage *m, const char *path); /* those a file makes */
void parts_check(struct mkpage *m);

void page_parse(struct mkpage *m, struct page_source *page);

struct str file_read(struct arena *a, const char *path);
struct str icon_svg(struct mkpage *m, const struct page_source *page, struct str name, int line, int column);

/* The message of a text: {name} where values stand. */
struct str message_of(struct arena *a, const struct op *op);
bool text_has_letters(struct str s);
void languages_read(struct mkpage *m, const char *code_and_path); /* en=i18n/en.po */
const struct translation *translation_of(const struct language *l, struct str message);

void emit_source(struct mkpage *m, const char *out);
void emit_header(struct mkpage *m, const char *out, const char *guard);
void emit_messages(struct mkpage *m);
void emit_icons(struct mkpage *m, const char *out, char **names, int n); /* the table of draw_icon */
/* mkpage_write.c: the C being written. */
void write_literal(struct buf *b, struct str s);
void write_lines(const char *path, struct str text); /* #line 0 becomes the true place */
#endif
