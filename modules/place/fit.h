/* How well a reading of an address fits the units it names. */
#ifndef MODULES_PLACE_FIT_H
#define MODULES_PLACE_FIT_H
#include "modules/place/inside.h"

/* One way to read the names; NULL: none is that. */
struct choice_of {
    const struct mention *commune, *district, *province;
};
struct outcome {
    struct set set;
    int cost; /* small is better */
    const struct unit *unit;
    bool is_one_unit;
};
enum { COST_NONE = 100000, COST_FIT = 1000 };

/* Of all units the commune's name may mean; COST_NONE when none fits. */
struct outcome place_outcome(const struct reading *r, const struct choice_of *c);
#endif
