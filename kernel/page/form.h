/* Forms: a route declares its fields; what is not declared is refused, what is declared arrives read and checked.
   All faults of a form are collected, then the page comes back with what was typed. */
#ifndef KERNEL_PAGE_FORM_H
#define KERNEL_PAGE_FORM_H
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"

struct arena;
struct upload;

enum field_kind {
    FIELD_END = 0,
    FIELD_LINE,   /* one line of text: NFC, trimmed, inner runs of space folded, no control characters */
    FIELD_TEXT,   /* several lines */
    FIELD_SECRET, /* bytes as typed, never shown again, never kept in a draft */
    FIELD_INT,
    FIELD_DATE,    /* dd/mm/yyyy or yyyy-mm-dd */
    FIELD_FLAG,    /* a tick box: present or not */
    FIELD_CHOICE,  /* one of .choices */
    FIELD_ID,      /* a 63-bit id */
    FIELD_IDS,     /* the same name several times, or ids separated by commas */
    FIELD_FILE,    /* an upload; several with is_many */
    FIELD_PAIRS,   /* every part whose name begins with this one's and a dot: a form whose questions are data */
    FIELD_VERSION, /* hidden: which state of the record the person had before them; see form_begin_at */
};
/* Every form that changes a record declares it. */
#define FORM_VERSION                                                                                                   \
    { .kind = FIELD_VERSION, .name = S_INIT("version"), .label = S_INIT("Phiên bản") }

struct choice {
    struct str value;
    struct str label;
};

struct field {
    enum field_kind kind;
    struct str name;
    struct str label; /* Vietnamese, as on the page; used in messages */
    bool is_required;
    bool is_many;
    int64_t least,
        most; /* characters of text (most 0: 300 for a line, 20,000 for a text), value of a number, bytes of a file */
    const struct choice *choices; /* ended by an empty value */
    struct str hint;
};

/* A file sent before with this form, which is kept until the form is sent right. */
struct kept_file {
    struct str name;
    int64_t size;
};

/* What came under a name that is known when the program runs, not before. */
struct form_pair {
    struct str name; /* behind the field's name and the dot */
    struct str value;
};

struct form_value {
    const struct field *field;
    struct str typed; /* as typed */
    struct str text;  /* cleaned */
    int64_t number;   /* INT, FLAG, ID, VERSION */
    struct date date;
    LIST(int64_t) ids;
    LIST(struct upload *) uploads;
    LIST(struct kept_file) kept;
    LIST(struct form_pair) pairs;
    struct str fault;  /* Vietnamese, empty when right */
    struct str stands; /* of a stale form: what the record holds now, where that is not what was typed */
    bool is_unlike;    /* stands is said, even when it is empty */
    bool is_garbled;   /* what came was not UTF-8 */
};

struct form {
    struct arena *arena;
    LIST(struct form_value) values;
    struct str fault; /* of the form as a whole */
    struct str kept;  /* the token of files sent before; empty when none */
    bool is_refused;
    bool is_stale; /* the record was changed after the person opened it: both are shown, and the person chooses */
};

/* Values by name. Asking for an undeclared name ends the process: it is a mistake of ours. */
struct str form_text(const struct form *f, const char *name);
int64_t form_number(const struct form *f, const char *name);
bool form_flag(const struct form *f, const char *name);
struct date form_date(const struct form *f, const char *name);
int64_t form_id(const struct form *f, const char *name);
struct upload *form_upload(const struct form *f, const char *name); /* NULL when none */
const struct form_value *form_value(const struct form *f, const char *name);
/* Marks a field wrong after a rule looked at it; the first fault of a field stays. */
void form_fault(struct form *f, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* ERR_INVALID when any field is at fault, else OK. */
struct err form_check(struct form *f);

/* A form to draw: fields with values to begin with, or with what was typed when g->form is a refused one. */
struct form *form_begin(struct arena *a, const struct field *fields, const struct form *typed);
/* The same for a record that is so far in its `version`th state. Whoever takes the form gives form_version to the
   UPDATE … WHERE version = :version, and refuses at the field "version" when that changed nothing. The form then comes
   back stale: typed values, what form_set says stands now, and the version that stands, so sending again is a choice.
 */
struct form *form_begin_at(struct arena *a, const struct field *fields, const struct form *typed, int64_t version);
int64_t form_version(const struct form *f); /* 0: none was sent, which no record has */
void form_set(struct form *f, const char *name, struct str text);
void form_set_id(struct form *f, const char *name, int64_t id);
void form_set_date(struct form *f, const char *name, struct date d);

/* A file the person sent in a field of kind FIELD_FILE: already whole on disk under DIR/tmp, removed after the request
 * if nobody keeps it. */
struct upload {
    struct str field;
    struct str name; /* as the person's machine called it, cleaned, at most 300 characters; never used as a path */
    struct str path;
    int64_t size;
    char sha256[65];
    bool is_durable;   /* file_prepare saw to it */
    int type;          /* enum file_type, then */
    struct str sums;   /* of its blocks */
    bool was_replaced; /* what lay under its name was damaged */
};

/* One part of a sent form, before anyone looked at what it means. */
struct form_part {
    struct str name;
    struct str value;
    struct upload *upload; /* NULL: text */
    bool is_garbled;       /* not UTF-8; value is what could be read of it */
};
/* A fault by the field's name, or of the whole form when it has none of that name. */
void form_fault_add(struct form *f, struct str name, struct str words);
bool form_has_fault(const struct form *f, struct str name);
/* Reads the parts as the route declares them. INVALID for undeclared or doubled fields. */
struct err form_read(struct arena *a, const struct field *fields, const struct form_part *parts, size_t n,
                     struct form **form);
#endif
