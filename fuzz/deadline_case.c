/* Any bytes as one case: read or refused; what is counted is a day of the calendar, on its own side of the start. */
#include "modules/deadline/deadline.h"

#include "base/arena.h"
#include "modules/org/org_calendar.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static struct deadline_rules rules;
static const struct deadline_calendar *calendar;

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

static void open_once(void) {
    static struct arena *kept;
    struct org_days days;
    if (!kept) {
        kept = arena_new();
        must(!org_days_brought(kept, &days).why);
        must(!deadline_calendar_make(kept, &days, 1990, 2100, &calendar).why);
        must(!deadline_rules_read(kept, &rules).why);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    struct str id;
    struct deadline_ask ask;
    struct deadline d;
    if (n > 20000) {
        return 0;
    }
    open_once();
    struct arena *a = arena_new();
    struct err e = deadline_case_read(a, (struct str){(const char *)at, n}, &id, &ask);
    ask.wants_days = true;
    if (!e.why && !deadline_count(a, &rules, calendar, &ask, &d).why) {
        must(d.is_paused ? !d.due_on.year && d.remaining > 0 : date_valid(d.due_on));
        must(d.is_paused || d.rule.unit == DEADLINE_LUNAR ||
             (d.rule.is_before ? date_cmp(d.due_on, d.day0) <= 0 : date_cmp(d.due_on, d.day0) >= 0));
        must(deadline_words(a, &ask, &d).len > 0);
    }
    arena_free(a);
    return 0;
}
