/* Phiếu kín kiểm chứng được: a secret ballot whose published board anyone can check and in which each voter finds the
   own paper. Pure but for its page and its command: papers are signed blindly (RFC 9474), the board is a Merkle tree
   with signed heads. The meeting keeps what is open; docs/ballot.md says who can do what. needs: kernel page
   shows: blind board */
#ifndef MODULES_BALLOT_BALLOT_H
#define MODULES_BALLOT_BALLOT_H
#include "kernel/module.h"

extern const struct module ballot_module;

/* Who could try what against a secret ballot, and what happens then (attacks.tsv), in words for those who vote. */
struct ballot_attack {
    struct str who, what, outcome, mark; /* mark: prevented, detected, open */
};
struct ballot_attacks {
    struct ballot_attack *at;
    size_t n;
};
void ballot_attacks(struct arena *a, struct ballot_attacks *attacks);
#endif
