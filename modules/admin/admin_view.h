/* What the administrator's pages show. */
#ifndef MODULES_ADMIN_ADMIN_VIEW_H
#define MODULES_ADMIN_ADMIN_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

struct form;

struct admin_entry {
    int64_t seq, record;
    struct instant made_at;
    struct str person, post, verb, what, before, after, ip;
    struct link record_link, person_link, only_record;
    bool is_hidden; /* it says more, to those who may read the record */
    bool is_erased;
};
/* The acts a module may write to the trail, to be chosen from. */
struct admin_verb {
    struct str code, words;
    bool is_chosen;
};
struct admin_verbs {
    struct str title;
    LIST(struct admin_verb) verbs;
};
struct admin_audit {
    struct form *form;
    LIST(struct admin_verbs) kinds;
    struct str other; /* a code of an address that no module names */
    LIST(struct admin_entry) entries;
    struct link older, excel;
    struct str verified; /* the last verification, in words */
    struct instant verified_at;
    bool is_verified, is_sound, is_verifying;
};

struct admin_job {
    int64_t id, done, total, tries;
    struct str title, state, words, fault;
    struct instant added_at, ended_at;
    bool is_told; /* words and fault may be read by this post */
    bool is_failed, is_running, is_standing, is_retryable, is_cancellable, is_cancelling;
};
struct admin_jobs {
    struct tabs tabs;
    LIST(struct admin_job) jobs;
    struct link older;
};

struct admin_event {
    int64_t id, record;
    struct str what, listener, fault;
    struct instant parked_at;
    bool is_again;
};
struct admin_events {
    LIST(struct admin_event) events;
    struct link older;
};

struct admin_setting {
    struct str name, words, value, source, normal;
    bool is_changeable;
};
struct admin_settings {
    LIST(struct admin_setting) settings;
};
struct admin_setting_form {
    struct str name, words, normal;
    struct form *form;
};

struct admin_use_line {
    struct str name;
    int64_t files_today, bytes_today, files, bytes, waiting;
};
struct admin_use_view {
    LIST(struct admin_use_line) lines;
    int64_t day_files, day_bytes; /* the limits in force */
};

struct admin_fact {
    struct str name, value, note;
    struct link where; /* to mend it; may be empty */
    bool is_bad;
};
struct admin_health {
    LIST(struct admin_fact) facts;
    bool is_well;
    bool is_clock_held;
    struct instant at;
};
#endif
