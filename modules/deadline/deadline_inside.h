/* Shared by the files of this module: choosing a rule, and what one count carries along. */
#ifndef MODULES_DEADLINE_DEADLINE_INSIDE_H
#define MODULES_DEADLINE_DEADLINE_INSIDE_H
#include "modules/deadline/deadline.h"

struct deadline_counter {
    struct arena *arena;
    const struct deadline_calendar *calendar;
    const struct deadline_ask *ask;
    struct deadline *out;
};

/* NULL when there is none. */
const struct deadline_fact *deadline_fact(const struct deadline_ask *ask, struct str name);
/* The row of the rule that holds on the day under the facts. */
struct err deadline_rule_choose(struct deadline_counter *k, const struct deadline_rules *rules);
/* How many units the rule gives: its own number, or a fact's. */
struct err deadline_rule_amount(struct deadline_counter *k, int64_t *amount);

void deadline_note(struct deadline_counter *k, const char *format, ...) __attribute__((format(printf, 2, 3)));
void deadline_step(struct deadline_counter *k, enum deadline_step_kind kind, int64_t number,
                   const struct deadline_day *day);
/* hh:mm as the minute of the day. */
bool deadline_minute_read(struct str s, int *minute);
#endif
