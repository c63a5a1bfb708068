/* What the page about secret ballots shows. */
#ifndef MODULES_BALLOT_BALLOT_VIEW_H
#define MODULES_BALLOT_BALLOT_VIEW_H
#include "base/list.h"
#include "base/str.h"

struct ballot_attack_line {
    struct str who, what, mark, outcome;
    bool is_prevented, is_open;
};
struct ballot_about {
    LIST(struct ballot_attack_line) attacks;
};
#endif
