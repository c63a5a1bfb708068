/* What a kind of meeting asks: quorum, majority and ways of deciding, from dated rows (kinds.tsv). Whole numbers only.
 */
#ifndef MODULES_MEETING_MEETING_RULE_H
#define MODULES_MEETING_MEETING_RULE_H
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"

struct arena;

struct meeting_part {
    int64_t num, den;
    bool is_more; /* more than num/den; false: at least */
};
struct meeting_rule {
    struct str kind, name;
    struct date from, until;
    struct meeting_part quorum; /* num 0: none is asked */
    struct str quorum_of;       /* eligible, summoned */
    int64_t upto, persons;      /* with persons: from so many eligible on, that many are enough */
    struct meeting_part majority;
    struct str majority_of; /* eligible, summoned, present, valid */
    struct str ways;        /* "hands|paper" */
    int64_t notice;         /* days */
    struct str basis;
    bool is_checked;
};
struct meeting_rules {
    struct meeting_rule *at;
    size_t n;
};
struct err meeting_rules(struct arena *a, struct meeting_rules *rules);
/* The row of a kind that holds on a day. INVALID at "kind" when there is none. */
struct err meeting_rule_on(struct arena *a, struct str kind, struct date on, struct meeting_rule *rule);
bool meeting_rule_allows(const struct meeting_rule *rule, struct str way);

/* How many there are of each. eligible 0: as many as are summoned. */
struct meeting_heads {
    int64_t eligible, summoned, present, valid;
};
/* The fewest of n that are the part. */
int64_t meeting_part_of(struct meeting_part part, int64_t n);
/* How many must be there; 0: none is asked. */
int64_t meeting_quorum(const struct meeting_rule *rule, const struct meeting_heads *heads);
/* How many votes in favour carry. */
int64_t meeting_majority(const struct meeting_rule *rule, const struct meeting_heads *heads);
/* "quá nửa tổng số thành viên", Vietnamese. */
struct str meeting_majority_words(struct arena *a, const struct meeting_rule *rule);
struct str meeting_quorum_words(struct arena *a, const struct meeting_rule *rule);
struct str meeting_way_name(struct str way);
#endif
