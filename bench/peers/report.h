/* Figures of one form of one engine, and how they are printed. */
#ifndef BENCH_PEERS_REPORT_H
#define BENCH_PEERS_REPORT_H
#include "bench/peers/child.h"

struct peers_figures {
    size_t n, first, forbidden;
    double reciprocal, spent;       /* seconds */
    uint8_t place[PEERS_QUESTIONS]; /* of the right article; PEERS_FOUND_MOST: not found */
    double wall[PEERS_QUESTIONS], core[PEERS_QUESTIONS];
};

void peers_figures_add(struct peers_figures *f, const struct peers_world *w, const struct peers_request *r,
                       const struct peers_reply *reply);
/* How often the right article was among ten, of the first n questions. */
double peers_r10(const struct peers_figures *f, size_t n);
/* The so many hundredth of the first n. */
double peers_percentile(const double *ms, size_t n, int hundredth);
void peers_print_form(const char *engine, const char *form, const struct peers_figures *f,
                      const struct peers_figures *ours);
void peers_print_made(const struct peers_child *c, const struct peers_world *w);
/* "met" or "NOT MET" and why. */
void peers_demand(bool is_met, const char *format, ...) __attribute__((format(printf, 2, 3)));
#endif
