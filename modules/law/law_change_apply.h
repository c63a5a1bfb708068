/* Within the applying of events only: a work in memory, each place with its line of versions. */
#ifndef MODULES_LAW_LAW_CHANGE_APPLY_H
#define MODULES_LAW_LAW_CHANGE_APPLY_H
#include "modules/law/law_change.h"
#include "modules/law/law_change_why.h"
#include "modules/law/law_text.h"

struct change_version {
    struct law_version_id id; /* of an original one; 0 computed */
    struct str heading, text;
    struct date from, until;
    struct law_event_id born, died;
};
struct change_spot {
    struct law_provision_id id;
    struct str eid, label, sort_key;
    enum law_level level;
    int32_t parent; /* index in spots; -1 none */
    bool is_new;
    LIST(struct change_version) versions;
};
struct change_state {
    struct arena *arena;
    LIST(struct change_spot) spots;
};
struct change_event {
    struct law_event_id id;
    enum law_op op;
    struct str eid, heading, new_text, evidence;
    struct date on;
};

int32_t change_spot_find(const struct change_state *s, struct str eid); /* -1 none */
/* A place that was not there: below the place its eid says. -1 when that is not there either. */
int32_t change_spot_add(struct change_state *s, struct str eid, enum law_level level, struct str label);
struct change_version *change_alive(struct change_spot *spot); /* NULL: ended, or never begun */
/* Whether a place, or anything below it, has words now. */
bool change_stands(const struct change_state *s, struct str eid);
bool change_is_below(struct str eid, struct str above); /* or the same */
void change_words_set(struct change_state *s, int32_t spot, struct str heading, struct str text,
                      const struct change_event *e);
void change_end(struct change_state *s, int32_t spot, const struct change_event *e);
/* Puts the event's new words in place of all that stands at and below a place. */
enum law_why change_words_put(struct change_state *s, int32_t spot, const struct change_event *e);
/* SURE when it was applied; then versions of that day stand. Whole works keep their words. */
enum law_why change_apply(struct change_state *s, const struct change_event *e);
#endif
