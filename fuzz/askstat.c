/* A question of any bytes, in any language: read without a fault; an answer has a metric, a refusal none of it; its
   JSON is valid. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/assistant/assistant_figure_command.h"
#include "modules/assistant/figure/figure.h"
#include "modules/place/place.h"
#include "read/json.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n) {
    static struct arena *kept;
    static const struct figure_tables *tables;
    static const char *const langs[] = {"", "vi", "vi-toneless", "en"};
    if (!kept) {
        kept = arena_new();
        tables = figure_open(kept, place_open(kept));
    }
    struct arena *a = arena_new();
    struct figure_question q = {.text = {(const char *)bytes, n}, .today = {2026, 11, 29}};
    struct figure_reading r;
    size_t fault;
    q.lang = str_of(langs[n ? bytes[0] % 4 : 0]);
    figure_read(tables, a, &q, &r);
    struct str json = assistant_figure_json(a, S("x"), &r, true);
    const struct figure_period *p = &r.period;
    bool is_answered = r.kind == FIGURE_ANSWERED;
    bool is_dated = !p->is_said || date_valid(p->as_of) || (date_valid(p->from) && date_valid(p->to));
    if ((is_answered && (!r.metric || !r.echo.len || !is_dated)) || !utf8_valid(json) || !json_read(a, json, &fault) ||
        (!is_answered && !figure_kind_words(r.kind).len)) {
        abort();
    }
    arena_free(a);
    return 0;
}
