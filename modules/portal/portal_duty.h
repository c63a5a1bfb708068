/* What each site must make public, item by item, and how each item stands today. */
#ifndef MODULES_PORTAL_PORTAL_DUTY_H
#define MODULES_PORTAL_PORTAL_DUTY_H
#include "base/time.h"
#include "modules/portal/portal_view.h"

struct portal_duty_item {
    struct str code, law, name;
    int64_t days; /* how old its page may be; 0: any age */
};
/* Of duties.tsv, in its order; false after the last. */
bool portal_duty_at(size_t i, struct portal_duty_item *item);
bool portal_duty_of(struct str code, struct portal_duty_item *item);

enum portal_duty_state { PORTAL_DUTY_KEPT = 1, PORTAL_DUTY_OLD, PORTAL_DUTY_MISSING };
enum portal_duty_state portal_duty_stands(const struct portal_duty_item *item, struct str page, struct date updated_on,
                                          struct date today);

extern const struct field portal_duty_fields[], portal_duty_query[];
struct get;
struct post;
struct err portal_duties_get(struct get *g);
struct err portal_duty_edit_get(struct get *g);
struct err portal_duty_edit_post(struct post *p);
#endif
