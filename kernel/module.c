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

const struct module *module_named(const struct modules *m, struct str name) {
    for (size_t i = 0; i < m->n; i++) {
        if (str_eq(str_of(m->at[i]->name), name)) {
            return m->at[i];
        }
    }
    return NULL;
}

struct str module_verb_words(const struct modules *m, struct str verb) {
    for (size_t i = 0; i < m->n; i++) {
        for (const struct verb_words *v = m->at[i]->verbs; v && v->verb; v++) {
            if (str_eq(str_of(v->verb), verb)) {
                return str_of(v->words);
            }
        }
    }
    return verb;
}

struct str module_record_path(struct arena *a, const struct modules *m, struct str kind, int64_t record) {
    const struct module *of = module_named(m, kind);
    struct str wanted = str_format(a, "/%.*s/{id}", STR_ARG(kind));
    for (const struct route *r = of ? of->routes : NULL; r && r->path; r++) {
        if (r->get && str_eq(str_of(r->path), wanted)) {
            return str_format(a, "/%.*s/%lld", STR_ARG(kind), (long long)record);
        }
    }
    return S("");
}
