/* Definitions of the Front's own procedures: questions, steps, clocks, letters, as data of the program. */
#ifndef MODULES_SERVICE_SERVICE_FORM_H
#define MODULES_SERVICE_SERVICE_FORM_H
#include "base/list.h"
#include "fields/answers.h"

struct db_read;
struct json_value;

struct service_clock_def {
    struct str id, name, unit, start, basis, law, on_late;
    int64_t n;
};
struct service_step_def {
    struct str id, name, actor, state, clock, letter;
    LIST(struct str) next; /* steps, or done, refused, withdrawn */
};
struct service_letter_def {
    struct str id, name, kind, when, signer;
    LIST(struct str) placeholders; /* without the marks of lists */
};
struct service_setting_def {
    struct str key, note, value; /* value: what the definition proposes; empty: the office must say */
};
struct service_form {
    struct str code, name, short_name, purpose, receiver, decider;
    struct str withdraw_until; /* a step, or words */
    int64_t version, supplements_most, supplement_days;
    bool has_commune; /* a commune's committee may have it */
    struct fields_form *form;
    const struct json_value *whole;
    LIST(struct service_clock_def) clocks;
    LIST(struct service_step_def) steps;
    LIST(struct service_letter_def) letters;
    LIST(struct service_setting_def) settings;
};

/* One of the definitions there are. */
struct service_head {
    struct str code, name, short_name, purpose;
    int64_t version;
    struct date valid_from;
};
struct service_heads {
    LIST(struct service_head) all; /* the newest version of each, in the order of codes */
};
struct service_heads service_heads(struct arena *a);
/* version 0: the newest. MISSING when there is none; BROKEN when the program's own data is at fault, saying where. */
struct err service_form_load(struct arena *a, struct str code, int64_t version, struct service_form **form);
/* The file of a definition as it lies in the program; false after the last. For the test of its hash. */
bool service_form_file(size_t i, struct str *name, struct str *json);

const struct service_step_def *service_step_of(const struct service_form *f, struct str id); /* NULL: none */
const struct service_clock_def *service_clock_of(const struct service_form *f, struct str id);
const struct service_letter_def *service_letter_of(const struct service_form *f, struct str id);
/* The step at which a dossier is received. */
const struct service_step_def *service_step_first(const struct service_form *f);
/* "Tiếp nhận", "Xong", "Từ chối": what a step or an end is called. */
struct str service_step_name(const struct service_form *f, struct str id);

/* What an office has to fill before the procedure may be opened and has not; empty: nothing. settings: lines key=value
   as the office saved them. */
struct str service_setting_value(const struct service_form *f, struct str settings, struct str key);
struct str service_settings_lacking(struct arena *a, const struct service_form *f, struct str settings);
/* Lists that its required questions choose from and that nobody keeps. */
struct err service_lists_lacking(struct db_read *db, const struct service_form *f, struct str *names);

/* Judges answers against the lists of the office, places and units. */
struct err service_judge(struct db_read *db, const struct service_form *f, struct fields_said_list said,
                         struct fields_state **state);
/* A list's rows: code and what people read. Free ones alone, where the rule says so. */
struct service_choices {
    LIST(struct fields_option) all;
};
struct err service_choices_of(struct db_read *db, const struct fields_item *item, struct service_choices *choices);

/* Which class a name's answer is of: sensitive ones are kept apart. */
bool service_is_sensitive(const struct service_form *f, struct str name);
#endif
