/* The parser's state, shared by mkpage_html.c (follows the HTML) and mkpage_parse.c (follows the {{}}). */
#ifndef TOOLS_MKPAGE_PARSE_H
#define TOOLS_MKPAGE_PARSE_H
#include "tools/mkpage.h"

enum html_state { HTML_TEXT, HTML_TAG, HTML_VALUE };
enum attr_kind { ATTR_MACHINE, ATTR_HUMAN, ATTR_URL };
enum control_kind { CONTROL_IF, CONTROL_FOR, CONTROL_SECTION };

struct element {
    struct str name;
    int line, column;
};

struct control {
    enum control_kind kind;
    struct str words; /* for struct x *x in v->xs */
    int line, column;
    size_t depth; /* elements open where it began */
    enum html_state state;
    bool has_else;
    bool url_known;
};

struct parse {
    struct mkpage *m;
    struct page_source *page;
    struct arena *arena;
    struct str src;
    size_t at;
    int line, column;
    enum html_state state;
    LIST(struct element) open;
    size_t open_n; /* elements in force of open */
    LIST(struct control) controls;
    size_t controls_n;
    struct ops *ops;         /* where operations go: title, main or guide */
    bool has_line_end;       /* in the white space being read */
    bool is_after_block;     /* the last thing was a {{}} block or a block's tag: white space there is nothing */
    LIST(struct piece) text; /* of the text node or attribute being read */
    struct buf literal;
    struct str tag;
    bool is_post_form, has_src, is_method;
    int tag_line, tag_column;
    enum attr_kind attr;
    char quote;
    struct buf url; /* literal beginning of an address */
    bool url_known;
};

_Noreturn void parse_fail(const struct parse *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
char parse_step(struct parse *p); /* takes one byte, counting lines and columns */
bool parse_sees(const struct parse *p, const char *z);
struct op *parse_op(struct parse *p, enum op_kind kind);
void parse_raw(struct parse *p, struct str bytes);
void parse_flush(struct parse *p, bool is_before_block); /* ends the text being read */
void parse_html(struct parse *p);                        /* one step of HTML */
void parse_value_place(struct parse *p, struct value *value);
#endif
