/* HTML values and how pages write them. What a page writes is escaped by place and by type; a type not named here does
   not compile. Only this file and pages compiled by tools/mkpage build HTML. */
#ifndef KERNEL_PAGE_HTML_H
#define KERNEL_PAGE_HTML_H
#include "base/buf.h"
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/i18n.h"

struct arena;
struct get;
struct page;
struct form;

/* Markup that is safe by how it was made: from a literal, a page, or html_marked. */
struct html {
    struct str v;
};
/* An address that is safe to follow, made by link_local or link_web. */
struct link {
    struct str v;
};

#define HTML(literal) ((struct html){S(literal)})
/* An address of this site: must begin with one '/'; anything else becomes "/". */
struct link link_local(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same of two literals with an id between: "/document/" 42 "/register". */
struct link link_record(struct arena *a, struct str before, int64_t id, struct str after);
/* http:, https:, mailto: or tel: as typed; anything else becomes the empty link. */
struct link link_web(struct str address);
/* text with the stretches from..to (bytes, rising, apart) in <mark>. */
struct html_span {
    size_t from, to;
};
struct html html_marked(struct arena *a, struct str text, const struct html_span *spans, size_t n);
/* text escaped, line ends as <br>. */
struct html html_lines(struct arena *a, struct str text);

/* A page being written. */
struct draw {
    struct buf *out;
    const struct lang *lang;
    size_t n; /* lang->n */
    struct arena *arena;
    struct get *get; /* NULL in tests of parts */
    struct instant now;
    struct str tokens;       /* hidden inputs for forms that post, made once */
    const struct page *page; /* what {{slot}} of the shell draws */
    const void *view;
    int serial; /* for ids that must differ within a page */
};
struct draw draw_to(struct buf *out, struct arena *a, const struct lang *lang);

void html_escape(struct buf *b, struct str s); /* & < > " ' */
void url_escape(struct buf *b, struct str s);  /* all but unreserved characters as %XX */

/* By type, in text. Whole numbers and dates as people write them, times as 08:02 23/11/2026. */
void draw_text_str(struct draw *d, const struct str *x);
void draw_text_z(struct draw *d, const char *const *x);
void draw_text_html(struct draw *d, const struct html *x);
void draw_text_link(struct draw *d, const struct link *x);
void draw_text_long(struct draw *d, const long *x);
void draw_text_int(struct draw *d, const int *x);
void draw_text_size(struct draw *d, const size_t *x);
void draw_text_double(struct draw *d, const double *x);
void draw_text_date(struct draw *d, const struct date *x);
void draw_text_instant(struct draw *d, const struct instant *x);
/* By type, in an attribute of the machine (value, datetime, data-…): plain digits, ISO dates. */
#define draw_attr_str draw_text_str
#define draw_attr_z draw_text_z
void draw_attr_bool(struct draw *d, const bool *x);
void draw_attr_long(struct draw *d, const long *x);
void draw_attr_int(struct draw *d, const int *x);
void draw_attr_size(struct draw *d, const size_t *x);
void draw_attr_double(struct draw *d, const double *x);
void draw_attr_date(struct draw *d, const struct date *x);
void draw_attr_instant(struct draw *d, const struct instant *x);
void draw_attr_id(struct draw *d, const void *x); /* struct T_id { int64_t v; } */
/* Within an address after its path has begun. */
void draw_url_str(struct draw *d, const struct str *x);
void draw_url_z(struct draw *d, const char *const *x);
#define draw_url_long draw_attr_long
#define draw_url_int draw_attr_int
#define draw_url_size draw_attr_size
#define draw_url_date draw_attr_date
/* A whole address. */
void draw_link(struct draw *d, const struct link *x);

/* An id is a struct of one 64-bit number; any other type that is not named is refused when the page is compiled. */
#define DRAW_IS_ID(x) (__builtin_classify_type(x) == 12 && sizeof(x) == sizeof(int64_t))
#define DRAW_TYPES(place, x, ...)                                                                                      \
    _Generic((x), struct str: draw_##place##_str, char *: draw_##place##_z, const char *: draw_##place##_z,        \
             long: draw_##place##_long, int: draw_##place##_int, size_t: draw_##place##_size,                      \
             struct date: draw_##place##_date, __VA_ARGS__ default: draw_attr_id)
#define DRAW_BY_TYPE(d, place, x, ...)                                                                                 \
    do {                                                                                                               \
        _Static_assert(_Generic(&DRAW_TYPES(place, x, __VA_ARGS__), void (*)(struct draw *, const void *)              \
                                : DRAW_IS_ID(x), default : 1),                                                         \
                       "a page does not know how to write a value of this type here");                                 \
        DRAW_TYPES(place, x, __VA_ARGS__)((d), &(x));                                                                  \
    } while (0)
#define draw_text(d, x)                                                                                                \
    DRAW_BY_TYPE(d, text, x, struct html                                                                               \
                 : draw_text_html, struct link                                                                         \
                 : draw_text_link, double                                                                              \
                 : draw_text_double, struct instant                                                                    \
                 : draw_text_instant, )
#define draw_attr(d, x)                                                                                                \
    DRAW_BY_TYPE(d, attr, x, struct link                                                                               \
                 : draw_text_link, double                                                                              \
                 : draw_attr_double, bool                                                                              \
                 : draw_attr_bool, struct instant                                                                      \
                 : draw_attr_instant, )
#define draw_url(d, x) DRAW_BY_TYPE(d, url, x, )

/* Formats: {{ v->at | ago }}. */
void draw_ago(struct draw *d, struct instant at);   /* 5 phút trước */
void draw_clock(struct draw *d, struct instant at); /* 08:02 */
void draw_when(struct draw *d, struct instant at);  /* 08:02 today, hôm qua 08:02, 08:02 23/11/2026 */
void draw_day(struct draw *d, struct instant at);   /* 23/11/2026 */
void draw_iso(struct draw *d, struct instant at);
void draw_weekday(struct draw *d, struct date on);    /* Thứ Hai */
void draw_long_date(struct draw *d, struct date on);  /* Thứ Hai, 23/11/2026 */
void draw_short_date(struct draw *d, struct date on); /* 23/11 */
void draw_bytes(struct draw *d, int64_t bytes);       /* 1,2 MB */
void draw_plain(struct draw *d, int64_t n);           /* 1204 */
void draw_percent(struct draw *d, double share);      /* 0.125: 12,5 % */
void draw_fraction(struct draw *d, double x);         /* 1.234,5 */
void draw_initials(struct draw *d, struct str name);  /* Hoàng Thị Vân: HV */
void draw_t(struct draw *d, struct str vietnamese);   /* a Vietnamese sentence made in C, in the page's language */
void draw_lines(struct draw *d, struct str text);     /* line ends as <br> */
void draw_icon(struct draw *d, const char *name);     /* an icon named ICON("…") in C */
void draw_tokens(struct draw *d);                     /* what every form that posts carries; mkpage puts it there */
void draw_slot(struct draw *d, const char *name);     /* the shell's places: title main guide */
/* Names an icon in C; the build puts its drawing into the table icons. */
#define ICON(name) ("" name)
struct html icon_html(const char *name); /* its drawing; empty for NULL */
struct icon {
    const char *name;
    struct str svg;
};
extern const struct icon icons[]; /* ended by a NULL name */
static inline void draw_run(struct draw *d, struct str s) { buf_put(d->out, s); }
#endif
