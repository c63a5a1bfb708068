/* Forms and registers whose questions are data: definitions are read and checked, answers judged, hidden ones left out.
   A definition is a JSON file; docs/fields.md has its grammar.
   needs: read   shows: answers */
#ifndef FIELDS_FIELDS_H
#define FIELDS_FIELDS_H
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"

struct arena;
struct json_value;
struct fields_condition; /* when something is asked */
struct fields_formula;   /* how a computed value follows from others */
struct fields_pattern;   /* what a text must look like, as a regular expression over characters */

enum fields_kind {
    FIELDS_NO_KIND = 0,
    FIELDS_TEXT,
    FIELDS_LONGTEXT,
    FIELDS_INT,
    FIELDS_DECIMAL,
    FIELDS_MONEY, /* đồng, whole */
    FIELDS_PERCENT,
    FIELDS_DATE, /* of a precision: a year, a month, a day */
    FIELDS_LUNAR,
    FIELDS_TIME,
    FIELDS_MONTH,
    FIELDS_PERIOD, /* a month, quarter, half or year */
    FIELDS_BOOL,   /* asked as two choices; nothing is chosen beforehand */
    FIELDS_DECLARATION,
    FIELDS_ENUM,
    FIELDS_MULTI,
    FIELDS_LIST, /* of a list that somebody else keeps, as all down to SLOT */
    FIELDS_REF,
    FIELDS_MULTI_REF,
    FIELDS_PERSON,
    FIELDS_ORG,
    FIELDS_DOC,
    FIELDS_PLACE,
    FIELDS_KDC,
    FIELDS_SLOT,
    FIELDS_TABLE,
    FIELDS_PERSON_NAME,
    FIELDS_ID_NO,
    FIELDS_PHONE,
    FIELDS_EMAIL,
    FIELDS_ACCOUNT_NO,
    FIELDS_GEO,
    FIELDS_FILE,
    FIELDS_COMPUTED, /* not typed, as all that follow */
    FIELDS_ROLLUP,
    FIELDS_LOOKUP,
    FIELDS_SERIAL,
    FIELDS_KINDS
};

/* How closely a value is kept; who may see one class may see all before it. */
enum fields_class { FIELDS_OPEN, FIELDS_PUBLIC, FIELDS_BASIC, FIELDS_SENSITIVE, FIELDS_RESTRICTED };

/* Numbers are counted in ten-thousandths, so that 12,5 is exact. */
enum { FIELDS_ONE = 10000 };

struct fields_option {
    struct str value;
    struct str label;
    struct str hint;
};

/* A rule's words, taken apart. */
struct fields_rule {
    struct fields_pattern *pattern;             /* NULL: none */
    bool is_past, is_future, is_email;          /* past: not after today; future: not before today */
    bool has_year, has_month, has_day;          /* which precisions of a date are allowed */
    int64_t within_days;                        /* 0: any */
    int from_month, from_day, to_month, to_day; /* of any year; from_month 0: any */
    struct str after;                           /* a field whose day this one may not come before */
    struct str list;                            /* ref: */
    struct str within;                          /* a field whose value narrows the list */
    LIST(struct str) filters;                   /* open, free, own, upcoming, kind=…, province=… */
};

struct fields_item {
    enum fields_kind kind;
    enum fields_class pd;
    struct str name, label, help, message, prefill, mask, was_used_until;
    struct fields_rule rule;
    bool is_required, has_least, has_most;
    int64_t least, most; /* characters, ten-thousandths, rows or choices */
    LIST(struct fields_option) options;
    struct fields_condition *shown_if; /* NULL: always */
    struct fields_formula *formula;
    LIST(struct fields_item) columns; /* of a table */
    struct str file_kinds, instead;   /* of a file: "pdf,jpg"; why it need not be sent */
    int64_t file_megabytes;
};

struct fields_page {
    struct str id, title, hint;
    struct fields_condition *shown_if;
    LIST(struct fields_item) items;
};

/* What a later version made of an earlier one's answers. */
struct fields_change {
    int64_t since; /* the version that brought it */
    const struct json_value *rename, *values;
};

struct fields_form {
    struct str code, name, purpose, declaration, consent;
    int64_t version;
    struct date valid_from, valid_to; /* valid_to {0}: until further notice */
    LIST(struct fields_page) pages;   /* attachments, when there are any, are the last page, "attachments" */
    LIST(struct fields_change) changes;
    const struct json_value *whole; /* for what is not about questions: steps, clocks, letters */
};

/* What is wrong with a definition, and where; page and field are empty where it is about the whole. */
struct fields_fault {
    struct str page, field, words;
};
struct fields_faults {
    struct fields_fault *at;
    size_t n;
};

/* Reads a definition and checks all of it. INVALID, with every fault in faults, when anything is wrong. The form lives
   as long as the arena. */
struct err fields_load(struct arena *a, struct str json, struct fields_form **form, struct fields_faults *faults);
/* "02_ho_tro.json, trang “ai”, ô “ho_ten”: thiếu nhãn (label)." */
struct str fields_fault_line(struct arena *a, struct str file, const struct fields_fault *fault);
/* A field of a page, or a column of one's table; NULL: none. */
const struct fields_item *fields_item_named(const struct fields_form *form, struct str name);
struct str fields_kind_name(enum fields_kind kind);
bool fields_is_typed(enum fields_kind kind); /* somebody fills it in */
#endif
