/* The parts of the demonstration city. */
#ifndef MODULES_ORG_ORG_DEMO_H
#define MODULES_ORG_ORG_DEMO_H
#include "modules/org/org.h"

struct demo_name {
    struct str name;
    struct str address;
};
struct demo_name org_demo_name(struct arena *a, uint64_t number);
#endif
