#include "modules/ballot/ballot.h"

#include "base/facts.h"
#include "base/list.h"
#include "modules/ballot/ballot_pages_gen.h"
#include "modules/ballot/ballot_view.h"
#include "modules/ballot/inside.h"

FACTS(ballot_facts_attacks, "modules/ballot/attacks.tsv");

void ballot_attacks(struct arena *a, struct ballot_attacks *attacks) {
    struct str rest = FACTS_STR(ballot_facts_attacks), cell[4];
    *attacks = (struct ballot_attacks){0};
    while (facts_next(&rest, cell, 4)) {
        LIST_ADD(a, attacks, (struct ballot_attack){cell[0], cell[1], cell[3], cell[2]});
    }
}

static struct err about_get(struct get *g) {
    struct ballot_about v = {0};
    struct ballot_attacks all;
    ballot_attacks(g->arena, &all);
    for (size_t i = 0; i < all.n; i++) {
        const struct ballot_attack *x = &all.at[i];
        bool is_prevented = str_eq(x->mark, S("prevented")), is_detected = str_eq(x->mark, S("detected"));
        LIST_ADD(g->arena, &v.attacks,
                 (struct ballot_attack_line){.who = x->who,
                                             .what = x->what,
                                             .outcome = x->outcome,
                                             .mark = is_prevented  ? S("Không làm được")
                                                     : is_detected ? S("Bị phát hiện")
                                                                   : S("Không chặn được"),
                                             .is_prevented = is_prevented,
                                             .is_open = !is_prevented && !is_detected});
    }
    return answer_ballot_about(g, &v);
}

const struct route ballot_routes[] = {{.method = METHOD_GET,
                                       .path = "/ballot",
                                       .access = ACCESS_SIGNED_IN,
                                       .get = about_get,
                                       .name = S_INIT("Phiếu kín kiểm chứng được")},
                                      {0}};

const struct module ballot_module = {
    .name = "ballot", .title = "Phiếu kín", .routes = ballot_routes, .bare_commands = ballot_commands};
