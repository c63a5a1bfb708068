/* Types, routes and templates: dated facts kept as tables beside the code. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/list.h"
#include "modules/outgoing/outgoing_rules.h"

FACTS(outgoing_facts_types, "modules/outgoing/types.tsv");
FACTS(outgoing_facts_routes, "modules/outgoing/routes.tsv");
FACTS(outgoing_facts_templates, "modules/outgoing/templates.tsv");

/* Whether a row with these first and last days holds on a day. */
static bool is_in_force(struct str from, struct str until, struct date on) {
    struct date first = {0}, last = {0};
    date_read_iso(from, &first);
    date_read_iso(until, &last);
    return (!first.year || date_cmp(first, on) <= 0) && (!last.year || date_cmp(on, last) <= 0);
}

void outgoing_types(struct arena *a, struct outgoing_types *types) {
    struct str rest = FACTS_STR(outgoing_facts_types), cell[6];
    *types = (struct outgoing_types){0};
    while (facts_next(&rest, cell, 6)) {
        if (is_in_force(cell[3], cell[4], clock_today())) {
            LIST_ADD(a, &types->all, (struct outgoing_type){cell[0], cell[1], cell[2]});
        }
    }
}

struct outgoing_type outgoing_type(struct arena *a, struct str code) {
    struct outgoing_types types;
    outgoing_types(a, &types);
    for (size_t i = 0; i < types.all.n; i++) {
        if (str_eq(types.all.at[i].code, code)) {
            return types.all.at[i];
        }
    }
    return (struct outgoing_type){0};
}

void outgoing_route(struct arena *a, struct str route, struct date on, struct outgoing_steps *steps) {
    struct str rest = FACTS_STR(outgoing_facts_routes), cell[11];
    *steps = (struct outgoing_steps){0};
    while (facts_next(&rest, cell, 11)) {
        if ((!route.len || str_eq(cell[0], route)) && is_in_force(cell[2], cell[3], on)) {
            LIST_ADD(a, &steps->all,
                     (struct outgoing_step){.route = cell[0],
                                            .route_name = cell[1],
                                            .step = cell[4],
                                            .title = cell[5],
                                            .act = cell[6],
                                            .who = cell[7],
                                            .apart = cell[8],
                                            .none = cell[9]});
        }
    }
}

/* A cell's "\n" is a new line. */
static struct str lines_of(struct arena *a, struct str cell) {
    struct buf b = buf_in(a);
    struct str rest = cell, one;
    while (str_cut(rest, S("\\n"), &one, &rest)) {
        buf_put(&b, one);
        buf_put_char(&b, '\n');
    }
    buf_put(&b, one);
    return buf_str(&b);
}

bool outgoing_template(struct arena *a, struct str type, struct date on, struct outgoing_template *t) {
    struct str rest = FACTS_STR(outgoing_facts_templates), cell[9];
    while (facts_next(&rest, cell, 9)) {
        if (str_eq(cell[0], type) && is_in_force(cell[1], cell[2], on)) {
            *t = (struct outgoing_template){.type = cell[0],
                                            .name = cell[3],
                                            .subject = cell[4],
                                            .addressee = cell[5],
                                            .body = lines_of(a, cell[6]),
                                            .recipients = lines_of(a, cell[7])};
            return true;
        }
    }
    return false;
}
