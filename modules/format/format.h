/* Thể thức: whether a paper looks as its profile wants: the nine parts, the number's grammar, what stands before a
   signer's post, letters and margins as measured. A profile is dated data with its source; what a file does not show is
   said, never guessed. docs/format.md shows the smallest use.
   needs: kernel page read read/layout */
#ifndef MODULES_FORMAT_FORMAT_H
#define MODULES_FORMAT_FORMAT_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/module.h"
#include "read/layout/layout.h"

extern const struct module format_module;

/* In the order of elements.tsv. */
enum format_element {
    FORMAT_STATE_NAME,
    FORMAT_MOTTO,
    FORMAT_PARTY_NAME,
    FORMAT_PARENT,
    FORMAT_ORGAN,
    FORMAT_NUMBER,
    FORMAT_PLACE_DATE,
    FORMAT_TYPE,
    FORMAT_SUBJECT,
    FORMAT_ABOUT,
    FORMAT_BASIS,
    FORMAT_BODY,
    FORMAT_POSITION,
    FORMAT_SIGNER,
    FORMAT_SEAL,
    FORMAT_ADDRESSEE,
    FORMAT_RECIPIENTS_HEAD,
    FORMAT_RECIPIENTS,
    FORMAT_PAGE,
    FORMAT_PAGE_NUMBER,
    FORMAT_ELEMENTS,
};

struct format_profile {
    struct str code, name, aliases, base, counter, source;
    struct date from, to; /* to: none while it is in force */
    bool is_checked;      /* against the official text */
};

/* Where: page 0 and w 0 when the file has no pages; paragraph 0 in a PDF. */
struct format_place {
    int64_t page, paragraph;
    struct read_box box;
};

struct format_fault {
    enum format_element element;
    struct str rule;          /* as in rules.tsv: "size", "grammar" … */
    struct str found, wanted; /* in words */
    struct str article, source;
    bool is_checked;
    struct format_place place;
    int64_t more; /* further places with the same fault */
};
/* What the file does not show. */
struct format_gap {
    enum format_element element;
    struct str rule, why;
};
struct format_part {
    enum format_element element;
    struct str text;
    struct format_place place;
};

struct format_report {
    const struct format_profile *profile;
    struct date on;          /* the day whose rules were taken */
    struct date own_day;     /* written in the paper; none: not yet, or it cannot be read */
    bool is_not_then;        /* no rules were in force on its own day: those of today were taken */
    bool is_scan;            /* nothing could be measured */
    bool is_letter;          /* công văn: no type is written */
    struct str type, number; /* as read; empty: not found */
    LIST(struct format_part) parts;
    LIST(struct format_fault) faults;
    LIST(struct format_gap) gaps;
};

/* The tables of the room, read once; lives in the arena. */
struct format_tables;
struct format_tables *format_open(struct arena *a);

/* profile: a code or another name of it. on: none takes the paper's own day, or today when there is none or the
   profile is younger. ERR_INVALID with a Vietnamese sentence: no such profile, or none in force on that day (field
   "profile"). */
struct err format_check(const struct format_tables *t, struct arena *a, const struct read_layout *paper,
                        struct str profile, struct date on, struct format_report *out);

struct str format_element_code(const struct format_tables *t, enum format_element e);  /* "state_name" … */
struct str format_element_part(const struct format_tables *t, enum format_element e);  /* of the nine: "heading" … */
struct str format_element_words(const struct format_tables *t, enum format_element e); /* Vietnamese */
/* A sentence for the person: what is wrong, and what is wanted. */
struct str format_fault_words(const struct format_tables *t, struct arena *a, const struct format_fault *fault);
#endif
