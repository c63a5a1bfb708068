/* Reading Vietnamese legal text: a pure, line-oriented parser. Text in, a tree of places out, each with its words as
   bytes of that text; nothing is guessed silently: what looks wrong is said in a flag. What stands between quotation
   marks in an amending law is no place of that law: it stays in the words of the acting place, and is listed in quotes.
   Labels, eids and sort keys are made here and nowhere else. Pure: no database, no clock. */
#ifndef MODULES_LAW_LAW_TEXT_H
#define MODULES_LAW_LAW_TEXT_H
#include "base/list.h"
#include "base/str.h"
#include "base/time.h"

struct arena;

enum law_level {
    LAW_PART = 1,   /* phần */
    LAW_CHAPTER,    /* chương */
    LAW_SECTION,    /* mục; a Roman number of a paper without articles */
    LAW_SUBSECTION, /* tiểu mục */
    LAW_ARTICLE,    /* điều */
    LAW_CLAUSE,     /* khoản */
    LAW_POINT,      /* điểm */
    LAW_SUBPOINT,   /* tiết */
    LAW_ANNEX,      /* phụ lục; also a regulation issued with the paper, whose articles begin anew */
    LAW_TABLE,      /* its text: rows by \n, cells by tabs or Markdown's bars, as they came */
    LAW_PARAGRAPH,  /* words that go on behind a table, or in an annex */
    LAW_LEVELS
};
struct str law_level_code(enum law_level level); /* "article", as in law_provision.level */
struct str law_level_word(enum law_level level); /* "Điều" */
/* 0 when it is none. */
enum law_level law_level_of_code(struct str code);

enum { LAW_NO_NODE = -1 };

struct law_node {
    enum law_level level;
    int32_t parent;     /* index in nodes; LAW_NO_NODE at the top */
    int32_t article;    /* the Điều it stands in, itself for a Điều; LAW_NO_NODE above */
    int32_t annex;      /* the annex it stands in, itself for an annex; LAW_NO_NODE in the main body */
    struct str label;   /* II, 4a, đ; mended when recognition broke it ("Điều L"), "" when it bears none */
    struct str heading; /* name of a chapter or an article, without its label; may hold line ends */
    struct str text;    /* own words, verbatim, without label and heading; "" when all is said below */
    struct str eid;     /* art_4a__cl_2__pt_dd, chp_II, annex_I__art_3; one of its kind in the tree */
    struct str sort_key;
    size_t from, to; /* bytes of tree->text: label, heading and own words */
    size_t end;      /* the end of all that stands below it */
};

/* An outermost pair of quotation marks, in the own words of a node. */
struct law_quote {
    int32_t node;    /* whose own words hold it; LAW_NO_NODE: in preamble or closing */
    size_t from, to; /* bytes of tree->text between the marks, the marks left out */
    bool is_block;   /* begins a line or follows a colon, and holds whole lines: new wording, not a word cited */
    bool is_open;    /* the closing mark is missing; to is where it was taken to end */
};

/* What looks wrong. kind: order, repeated, missing_title, ocr, quote, encoding, no_articles, head, date, text. */
struct law_text_flag {
    struct str kind;
    struct str words; /* a Vietnamese sentence */
    int32_t node;     /* LAW_NO_NODE: the whole */
    size_t at;        /* byte of tree->text */
};

/* What the paper says of itself before its first place and behind its last. "" and {0}: not found. */
struct law_head {
    struct str issuer;    /* as printed: QUỐC HỘI */
    struct str code;      /* 75/2015/QH13, as printed without "Số:" */
    struct str place;     /* Hà Nội */
    struct str type_name; /* Luật, Nghị định …: in its usual spelling */
    struct str title;     /* without the type, in one line */
    struct str preamble;  /* căn cứ and what follows, up to the first place; verbatim */
    struct str closing;   /* from the signature or the recipients on; verbatim */
    struct str signer, signer_post;
    struct str recipients; /* nơi nhận, verbatim */
    struct date issued_on;
    struct date effective_on; /* as the article on coming into force says; see effective_article */
    struct str effective_words;
    int32_t effective_article; /* LAW_NO_NODE: none */
};

struct law_tree {
    struct str text;                  /* what was read; every slice and offset is of it */
    LIST(struct law_node) nodes;      /* reading order, parents before what they hold */
    LIST(struct law_quote) quotes;    /* in order */
    LIST(struct law_text_flag) flags; /* in order */
    struct law_head head;
    size_t articles;
};

/* Reads a whole paper: UTF-8 (law_format.h brings it there), lines as the paper's own paragraphs. */
void law_text_read(struct arena *a, struct str text, struct law_tree *tree);

/* The text of one Điều without its label, as code collections give it. nodes[0] is the article. */
struct law_one {
    struct str label, heading, text;
    struct str eid_before; /* "" or what the eid begins with: annex_I */
    struct str key_before; /* "" or the sort key of what holds it */
};
void law_text_read_one(struct arena *a, const struct law_one *one, struct law_tree *tree);

/* A tree of places whose bounds are known already (Akoma Ntoso, JSON): a text is written of them, and they keep their
   labels, headings and words as given. */
struct law_given {
    enum law_level level;
    struct str label, heading, text; /* label bare: 5, II, đ */
};
struct law_given_paper {
    struct str head, closing; /* what stands before and behind the places */
    const struct law_given *places;
    size_t n;
};
void law_text_make(struct arena *a, const struct law_given_paper *paper, struct law_tree *tree);
/* "Điều 5.", "Chương II", "đ)": a label as print has it. annexes: "Phụ lục I". */
struct str law_type_printed(struct str type_name); /* Nghị định -> NGHỊ ĐỊNH; itself when it is not known */
struct str law_label_printed(struct arena *a, enum law_level level, struct str label);

/* Key of a place below parent_key ("" at the top), ordered byte by byte as the places are read; 4a after 4 and all
   below it, before 5. A place without label is put behind the one whose key is after ("": first), as its nth. */
struct str law_sort_key(struct arena *a, struct str parent_key, enum law_level level, struct str label);
struct str law_sort_key_behind(struct arena *a, struct str parent_key, struct str after, int nth);
/* art, 4a -> art_4a; joined by the caller with "__". Letters of the label in ASCII, đ as dd. */
struct str law_eid_part(struct arena *a, enum law_level level, struct str label);
/* The number a label counts as (II, 12, thứ ba, d -> 2, 12, 3, 4; đ counts 5); 0 when it is none. suffix: what
   follows it ("a" of 4a). */
int law_label_value(enum law_level level, struct str label, struct str *suffix);
#endif
