/* doanket forecast: a file with one series a line, each answered by one line of JSON, or by a table for a person. */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "base/num.h"
#include "kernel/page/json.h"
#include "modules/forecast/forecast_command.h"
#include "stat/stat.h"

#include "base/banned.h"

enum { OPTION_IN, OPTION_PERIOD, OPTION_HORIZON, OPTION_METHOD, OPTION_BARE, OPTION_JSON };
static const struct command_option options[] = {
    {"in", true}, {"period", true}, {"horizon", true}, {"method", true}, {"bare", false}, {"json", false}, {0}};

/* One series and what was answered. */
struct answer {
    struct arena *a;
    const struct stat_line *line;
    const struct stat_forecast *forecast;
    int64_t number; /* of the series in the file, from 1 */
};

static struct str name_of(const struct answer *x) {
    return x->line->name.len ? x->line->name : str_format(x->a, "%lld", (long long)x->number);
}

static void put_list(struct buf *b, const char *name, const double *at, size_t n) {
    buf_printf(b, ", \"%s\": [", name);
    for (size_t i = 0; at && i < n; i++) {
        buf_printf(b, "%s%.10g", i ? ", " : "", at[i]);
    }
    BUF_LIT(b, "]");
}

static void put_figures(struct buf *b, const struct stat_forecast *f) {
    put_list(b, "forecast", f->at, f->n);
    if (f->low80) {
        put_list(b, "lo80", f->low80, f->n);
        put_list(b, "hi80", f->high80, f->n);
        put_list(b, "lo95", f->low95, f->n);
        put_list(b, "hi95", f->high95, f->n);
        buf_printf(b, ", \"origins\": %zu, \"bands_are_estimates\": %s, \"may_show\": %s", f->origins,
                   f->is_estimate ? "true" : "false", f->may_show ? "true" : "false");
    }
    if (f->beside_naive >= 0) {
        buf_printf(b, ", \"beside_naive\": %.4g", f->beside_naive);
    }
    if (f->filled) {
        buf_printf(b, ", \"filled\": %zu", f->filled);
    }
    buf_put(b, f->is_constant ? S(", \"note\": \"constant\"") : f->is_sparse ? S(", \"note\": \"sparse\"") : S(""));
}

static void print_json(const struct answer *x) {
    struct buf b = buf_in(x->a);
    BUF_LIT(&b, "{\"id\": ");
    json_str(&b, name_of(x));
    buf_printf(&b, ", \"n\": %zu", x->line->values.n);
    if (x->forecast->reason == STAT_ANSWERED) {
        put_figures(&b, x->forecast);
    } else {
        buf_printf(&b, ", \"reason\": \"%s\", \"message\": ", stat_reason_name(x->forecast->reason));
        json_str(&b, stat_reason_words(x->forecast->reason));
        if (x->line->wrong.len) {
            BUF_LIT(&b, ", \"cell\": ");
            json_str(&b, x->line->wrong);
        }
    }
    BUF_LIT(&b, "}\n");
    fwrite(b.at, 1, b.len, stdout);
}

static void print_table(const struct answer *x) {
    const struct stat_forecast *f = x->forecast;
    struct str name = name_of(x), words = stat_reason_words(f->reason);
    if (f->reason != STAT_ANSWERED) {
        printf("%.*s\t%.*s\n", STR_ARG(name), STR_ARG(words));
        return;
    }
    const char *shown = !f->low95 ? "" : f->may_show ? "" : "\tchưa đủ tin cậy để công bố";
    for (size_t j = 0; j < f->n; j++) {
        printf("%.*s\t%zu\t%.6g", STR_ARG(name), j + 1, f->at[j]);
        if (f->low95) {
            printf("\t%.6g – %.6g%s%s", f->low95[j], f->high95[j], f->is_estimate ? "\tước" : "", shown);
        }
        printf("\n");
    }
}

static void answer_all(const struct command_run *run, struct str rest, const struct stat_ask *how) {
    struct arena *a = arena_new();
    struct str text;
    struct stat_line line;
    int64_t number = 0;
    while (str_next(&rest, '\n', &text)) {
        if (stat_line_read(a, text, &line)) {
            struct stat_ask ask = *how;
            ask.y = line.values.at;
            ask.n = line.values.n;
            struct stat_forecast f = {.reason = STAT_NOT_NUMBERS};
            if (!line.wrong.len) {
                f = stat_forecast(a, &ask);
            }
            struct answer x = {a, &line, &f, ++number};
            (run->values[OPTION_JSON].len ? print_json : print_table)(&x);
        }
        arena_reset(a);
    }
    arena_free(a);
}

static bool whole(struct str text, int64_t most, size_t *out) {
    int64_t n;
    if (!num_read_between(text, 1, most, &n)) {
        return false;
    }
    *out = (size_t)n;
    return true;
}

static int run_forecast(struct command_run *run) {
    struct stat_ask how = {.is_bare = run->values[OPTION_BARE].len > 0};
    if (!run->values[OPTION_IN].len || !whole(run->values[OPTION_PERIOD], STAT_PERIOD_MOST, &how.period) ||
        !whole(run->values[OPTION_HORIZON], STAT_HORIZON_MOST, &how.horizon)) {
        fputs("doanket: hãy ghi --in TỆP --period CHU_KỲ --horizon SỐ_KỲ, ví dụ --period 12 --horizon 6\n", stderr);
        return 2;
    }
    if (run->values[OPTION_METHOD].len && !stat_method_of(run->values[OPTION_METHOD], &how.method)) {
        fputs("doanket: --method là một trong auto, naive2, snaive, ses, damped, theta, dotm, ets, log-dotm, log-ets, "
              "tsb\n",
              stderr);
        return 2;
    }
    struct str all;
    if (!disk_read(run->arena, str_z(run->arena, run->values[OPTION_IN]), SIZE_MAX, &all)) {
        fprintf(stderr, "doanket: không mở được tệp %.*s\n", STR_ARG(run->values[OPTION_IN]));
        return 1;
    }
    answer_all(run, all, &how);
    return 0;
}

const struct command forecast_commands[] = {
    {"forecast",
     "  doanket forecast --in TỆP.csv --period CHU_KỲ --horizon SỐ_KỲ [--json] [--method CÁCH] [--bare]\n"
     "                      dự báo các kỳ tới, có khoảng tin cậy; mỗi dòng của tệp là một chuỗi số liệu\n",
     options, run_forecast},
    {0},
};
