#include "bench/peers/report.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

void peers_figures_add(struct peers_figures *f, const struct peers_world *w, const struct peers_request *r,
                       const struct peers_reply *reply) {
    const struct peers_question *q = &w->questions.at[r->question];
    uint32_t place = PEERS_FOUND_MOST;
    for (uint32_t i = reply->n; i-- > 0;) {
        f->forbidden += !w->askers[r->asker].may[w->corpus.right[reply->article[i]]];
        for (size_t g = 0; g < q->gold.n; g++) {
            place = reply->article[i] == q->gold.at[g] ? i : place;
        }
    }
    f->first += place == 0;
    f->reciprocal += place < PEERS_FOUND_MOST ? 1.0 / (place + 1) : 0;
    f->place[f->n] = (uint8_t)place;
    f->wall[f->n] = reply->wall;
    f->core[f->n] = reply->core;
    f->spent += reply->wall / 1000;
    f->n++;
}

double peers_r10(const struct peers_figures *f, size_t n) {
    size_t ten = 0;
    for (size_t i = 0; i < n && i < f->n; i++) {
        ten += f->place[i] < PEERS_FOUND_MOST;
    }
    return n ? (double)ten / (double)n : 0;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

double peers_percentile(const double *ms, size_t n, int hundredth) {
    double sorted[PEERS_QUESTIONS];
    memcpy(sorted, ms, n * sizeof *ms);
    list_sort(sorted, n, sizeof *sorted, by_size);
    return n ? sorted[n * (size_t)hundredth / 100] : 0;
}

static void print_name(const char *name, int width) {
    printf("%s%*s ", name, width - (int)utf8_length(str_of(name)), "");
}

void peers_print_form(const char *engine, const char *form, const struct peers_figures *f,
                      const struct peers_figures *ours) {
    size_t n = f->n < ours->n ? f->n : ours->n;
    if (f->n == 0) {
        return;
    }
    print_name(engine, 12);
    print_name(form, 38);
    printf("%5zu   %.3f  %.3f  %.3f  %8.2f %8.2f  %8.2f %8.2f", f->n, (double)f->first / (double)f->n,
           peers_r10(f, f->n), f->reciprocal / (double)f->n, peers_percentile(f->wall, f->n, 50),
           peers_percentile(f->wall, f->n, 95), peers_percentile(f->core, f->n, 50),
           peers_percentile(f->core, f->n, 95));
    if (f != ours) {
        printf("  %6.1f× %6.1f×", peers_percentile(f->wall, n, 95) / peers_percentile(ours->wall, n, 95),
               peers_percentile(f->core, n, 95) / peers_percentile(ours->core, n, 95));
    }
    printf("%s\n", f->forbidden ? "  SHOWED WHAT MAY NOT BE READ" : "");
}

void peers_print_made(const struct peers_child *c, const struct peers_world *w) {
    double minutes = c->made.core / 60;
    print_name(c->engine->name, 12);
    printf("%8.1f %8.1f %12.0f %10.0f %8.2f", c->made.wall, c->made.core, minutes > 0 ? w->corpus.docs / minutes : 0,
           (double)c->made.size / 1e6, (double)c->made.size / (double)w->corpus.bytes);
    printf(" %10.0f %10.0f\n", (double)c->memory.resident / 1024, (double)c->memory.anonymous / 1024);
}

void peers_demand(bool is_met, const char *format, ...) {
    va_list args;
    printf("%-8s ", is_met ? "met" : "NOT MET");
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n");
}
