/* Private to the room: a letter taken apart, and those who read its parts. */
#ifndef MODULES_MAIL_LETTER_INSIDE_H
#define MODULES_MAIL_LETTER_INSIDE_H
#include "base/buf.h"
#include "modules/mail/letter/letter.h"

struct mail_header {
    struct str name, value; /* the bytes as they came, folds included */
};
/* The headers of a letter or of a part. */
struct mail_head {
    LIST(struct mail_header) headers;
};
struct mail_part {
    struct mail_head head;
    struct str type;   /* text/plain, small letters */
    struct str bytes;  /* decoded */
    struct str parent; /* the type of what holds it */
    size_t letter;     /* whose it is: 0 the letter itself, else of apart.letters */
    bool is_in_report;
};
struct mail_apart {
    LIST(struct mail_head) letters;
    LIST(struct mail_part) parts; /* leaves, in reading order */
    bool is_cut, has_two_types, is_report;
};
/* apart.c: GMime's work. */
struct err mail_apart(struct arena *a, struct str bytes, struct mail_apart *out);
struct str mail_header_of(const struct mail_head *h, const char *name); /* the first, raw; empty when none */

/* Who turns bytes into text, and remembers what had to be guessed. */
struct mail_reader {
    struct arena *arena;
    struct str sample; /* bytes of the letter whose encoding nobody said: a short text is judged beside them */
    struct str guessed;
};
/* charset.c. raw keeps direction marks, for whoever looks for them. */
struct str mail_text_raw(struct mail_reader *r, struct str bytes, struct str said);
struct str mail_text(struct mail_reader *r, struct str bytes, struct str said);
bool mail_text_is_doubtful(struct str bytes, struct str said);

/* words.c: RFC 2047 and RFC 2231. */
struct str mail_words(struct mail_reader *r, struct str raw); /* one line, cleaned */
struct str mail_words_raw(struct mail_reader *r, struct str raw);
struct str mail_param(struct arena *a, struct str header, const char *name); /* plain, as it stands; empty: none */
/* A parameter that may be in pieces, percent-encoded, or have encoded words in it. */
struct str mail_param_text(struct mail_reader *r, struct str header, const char *name);

/* address.c */
struct mail_address mail_address_next(struct mail_reader *r, struct str *rest);
struct str mail_domain(struct str address);
struct str mail_id_next(struct str *rest); /* the next <…>; empty at the end */

/* name.c */
struct str mail_file_name(struct mail_reader *r, const struct mail_part *part, struct str fallback, bool *is_hostile);
struct str mail_name_safe(struct arena *a, struct str name, bool *is_hostile);
struct str mail_type_of(struct str bytes);
enum mail_warning mail_danger(struct arena *a, struct str name, struct str bytes);

/* flow.c */
struct str mail_unflow(struct arena *a, struct str text, bool is_flowed, bool is_delsp);
void mail_layout(struct arena *a, struct mail_letter *l);

/* html.c */
struct mail_page {
    struct str text, html;
    int64_t blocked, left;
    LIST(struct str) cids;
    bool has_form, has_false_link;
};
void mail_html(struct arena *a, struct str html, struct mail_page *out);

/* tnef.c: files inside winmail.dat. */
struct mail_tnef_file {
    struct str name, bytes;
};
struct mail_tnef {
    LIST(struct mail_tnef_file) files;
};
bool mail_tnef(struct arena *a, struct str bytes, struct mail_tnef *out);

/* event.c */
bool mail_event(struct arena *a, struct str ics, struct mail_event *out);

/* report.c */
void mail_report(struct mail_reader *r, const struct mail_apart *p, struct mail_letter *l);

/* judge.c: document, petition, secrecy; who it pretends to be. */
struct mail_inner {
    LIST(struct str) subjects; /* of letters inside */
    LIST(struct str) texts;
};
void mail_judge(struct arena *a, const struct mail_inner *inner, struct mail_letter *l);
void mail_beware(struct mail_reader *r, const struct mail_head *h, struct str ours, struct mail_letter *l);

/* number.c: the first document number at or after from; its end in *to. Empty: none. */
struct str mail_number(struct str text, size_t from, size_t *start, size_t *to);
struct date mail_date_after(struct arena *a, struct str text, size_t from);

/* table.c: words.tsv. Whether the folded text holds, or is, a word of the kind. */
bool mail_word_in(struct str kind, struct str folded, size_t *at, size_t *end);
bool mail_word_is(struct str kind, struct str folded);
struct str mail_word_value(struct str kind, struct str folded); /* the third column; empty: none */
#endif
