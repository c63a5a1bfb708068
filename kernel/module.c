#include "kernel/module.h"

#include "base/arena.h"

#include "base/banned.h"

struct route_tables modules_routes(struct arena *a, const struct modules *m) {
    struct route_table *at = arena_take(a, struct route_table, m->n ? m->n : 1);
    for (size_t i = 0; i < m->n; i++) {
        at[i] = (struct route_table){m->at[i]->name, m->at[i]->routes};
    }
    return (struct route_tables){at, m->n};
}
