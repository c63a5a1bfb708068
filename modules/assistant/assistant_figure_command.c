/* doanket ask --cases: questions of a file, each read as a figure, one line of JSON each. */
#include "modules/assistant/assistant_figure_command.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "kernel/page/json.h"
#include "modules/assistant/figure/figure.h"
#include "modules/place/place.h"
#include "read/json.h"

#include "base/banned.h"

enum { OPTION_CASES, OPTION_CHIPS };
static const struct command_option options[] = {{"cases", true}, {"chips", false}, {0}};

static void name_put(struct buf *b, const char *name) { buf_printf(b, ", \"%s\": ", name); }

static void text_put(struct buf *b, const char *name, struct str value) {
    name_put(b, name);
    json_str(b, value);
}

static void period_put(struct buf *b, const struct figure_period *p) {
    if (!p->is_said) {
        BUF_LIT(b, "null");
    } else if (p->as_of.year) {
        BUF_LIT(b, "{\"as_of\": ");
        json_date(b, p->as_of);
        BUF_LIT(b, "}");
    } else {
        BUF_LIT(b, "{\"from\": ");
        json_date(b, p->from);
        BUF_LIT(b, ", \"to\": ");
        json_date(b, p->to);
        BUF_LIT(b, "}");
    }
}

static void comma_put(struct buf *b, bool *is_first) {
    buf_put(b, *is_first ? S("") : S(", "));
    *is_first = false;
}

static void units_put(struct buf *b, const struct figure_reading *r) {
    BUF_LIT(b, "\"unit\": [");
    for (size_t i = 0; i < r->units.n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, r->units.at[i]->code);
    }
    BUF_LIT(b, "]");
}

static void age_put(struct buf *b, const struct figure_reading *r) {
    BUF_LIT(b, "\"age\": {");
    if (r->age_below) {
        buf_printf(b, "\"lt\": %d%s", r->age_below, r->age_from ? ", " : "");
    }
    if (r->age_from) {
        buf_printf(b, "\"gte\": %d", r->age_from);
    }
    BUF_LIT(b, "}");
}

static void filters_put(struct buf *b, const struct figure_reading *r) {
    bool is_first = true;
    name_put(b, "filters");
    BUF_LIT(b, "{");
    if (r->units.n) {
        comma_put(b, &is_first);
        units_put(b, r);
    }
    for (size_t i = 0; i < r->filters.n; i++) {
        const struct figure_filter *f = &r->filters.at[i];
        bool is_truth = str_eq(f->value, S("true")) || str_eq(f->value, S("false"));
        comma_put(b, &is_first);
        json_str(b, f->dim);
        BUF_LIT(b, ": ");
        if (is_truth) {
            buf_put(b, f->value);
        } else {
            json_str(b, f->value);
        }
    }
    if (r->age_below || r->age_from) {
        comma_put(b, &is_first);
        age_put(b, r);
    }
    BUF_LIT(b, "}");
}

static void answered_put(struct buf *b, const struct figure_reading *r) {
    text_put(b, "metric", r->metric->code);
    filters_put(b, r);
    name_put(b, "group_by");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->group_by.n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, r->group_by.at[i]);
    }
    BUF_LIT(b, "]");
    name_put(b, "period");
    period_put(b, &r->period);
    if (r->compare.len) {
        name_put(b, "compare");
        BUF_LIT(b, "{\"kind\": ");
        json_str(b, r->compare);
        name_put(b, "period");
        period_put(b, &r->beside);
        BUF_LIT(b, "}");
    }
    if (r->top_n) {
        buf_printf(b, ", \"top_n\": {\"n\": %d, \"order\": \"%s\"}", r->top_n, r->is_ascending ? "asc" : "desc");
    }
    if (r->chart.len) {
        text_put(b, "chart", r->chart);
    }
}

static void candidates_put(struct buf *b, const struct figure_reading *r, bool is_name) {
    name_put(b, is_name ? "candidate_names" : "candidates");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->candidates.n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, is_name ? r->candidates.at[i]->full : r->candidates.at[i]->code);
    }
    BUF_LIT(b, "]");
}

static void refused_put(struct buf *b, const struct figure_reading *r) {
    text_put(b, "kind", str_of(figure_kind_name(r->kind)));
    if (r->kind == FIGURE_WHICH_UNIT) {
        text_put(b, "ask", S("unit"));
        candidates_put(b, r, false);
        candidates_put(b, r, true);
    } else if (r->kind == FIGURE_WHICH_METRIC) {
        text_put(b, "ask", S("metric"));
    } else if (r->kind == FIGURE_WHICH_PERIOD || r->kind == FIGURE_FUTURE) {
        text_put(b, "ask", S("period"));
    }
}

/* What a page would draw: the echo and its chips, or what is said and what is nearest. */
static void chips_put(struct buf *b, const struct figure_reading *r) {
    text_put(b, "echo", r->kind == FIGURE_ANSWERED ? r->echo : figure_kind_words(r->kind));
    name_put(b, "chips");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->chips.n; i++) {
        const struct figure_chip *c = &r->chips.at[i];
        buf_printf(b, "%s{\"slot\": \"%s\"", i ? ", " : "", c->slot);
        text_put(b, "words", c->words);
        if (c->is_assumed) {
            text_put(b, "assumed", c->why);
        }
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
    name_put(b, "near");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->near.n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, r->near.at[i]->code);
    }
    BUF_LIT(b, "]");
    text_put(b, "missed", r->missed);
}

struct str assistant_figure_json(struct arena *a, struct str id, const struct figure_reading *r, bool has_chips) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"id\": ");
    json_str(&b, id);
    name_put(&b, "answer");
    json_bool(&b, r->kind == FIGURE_ANSWERED);
    if (r->kind == FIGURE_ANSWERED) {
        answered_put(&b, r);
    } else {
        refused_put(&b, r);
    }
    if (has_chips) {
        chips_put(&b, r);
    }
    BUF_LIT(&b, "}\n");
    return buf_str(&b);
}

bool assistant_figure_case(struct arena *a, struct str line, struct str *id, struct figure_question *out) {
    size_t fault;
    const struct json_value *all = json_read(a, line, &fault);
    *out = (struct figure_question){0};
    *id = S("");
    if (!json_is_map(all)) {
        return false;
    }
    *id = json_member_text(all, "id");
    out->lang = json_member_text(all, "lang");
    out->text = json_member_text(all, "text");
    out->today = clock_today();
    return out->text.len > 0;
}

/* The lines' exit status: 1 when one could not be read. */
static int answer_all(const struct figure_tables *t, struct str rest, bool has_chips) {
    struct arena *a = arena_new();
    struct str line, id;
    int status = 0;
    for (; str_next(&rest, '\n', &line); arena_reset(a)) {
        struct figure_question q;
        struct figure_reading r;
        if (!str_trim(line).len) {
            continue;
        }
        if (!assistant_figure_case(a, str_trim(line), &id, &q)) {
            fprintf(stderr, "doanket: dòng này không đọc được, hoặc thiếu câu hỏi: %.*s\n", STR_ARG(id));
            status = 1;
            continue;
        }
        figure_read(t, a, &q, &r);
        struct str json = assistant_figure_json(a, id, &r, has_chips);
        fwrite(json.at, 1, json.len, stdout);
    }
    arena_free(a);
    return status;
}

static int run_cases(struct command_run *run) {
    if (!run->values[OPTION_CASES].len) {
        return 2;
    }
    struct str all;
    if (!disk_read(run->arena, str_z(run->arena, run->values[OPTION_CASES]), SIZE_MAX, &all)) {
        fprintf(stderr, "doanket: không mở được tệp %.*s\n", STR_ARG(run->values[OPTION_CASES]));
        return 1;
    }
    return answer_all(figure_open(run->arena, place_open(run->arena)), all, run->values[OPTION_CHIPS].len > 0);
}

const struct command assistant_figure_commands[] = {
    {"ask",
     "  doanket ask --cases TỆP.jsonl [--chips]\n"
     "                      đọc từng câu hỏi số liệu: chỉ tiêu nào, của ai, theo gì, khi nào, hoặc vì sao không trả "
     "lời\n",
     options, run_cases},
    {0},
};
