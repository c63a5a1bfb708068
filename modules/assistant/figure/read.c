/* Reads a question: words, units, what is no figure, which figure, of whom, by what, when. */
#include "modules/assistant/figure/inside.h"
#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

static const struct {
    const char *name;
    struct str words;
} kinds[] = {
    [FIGURE_ANSWERED] = {"answered", S_INIT("")},
    [FIGURE_UNKNOWN_METRIC] =
        {"unknown_metric", S_INIT("Chưa có chỉ tiêu này. Hãy chọn chỉ tiêu gần nhất dưới đây, hoặc hỏi bằng từ khác.")},
    [FIGURE_PERSONAL] = {"personal_data",
                         S_INIT("Không cung cấp thông tin riêng của từng người. Hãy hỏi số liệu chung.")},
    [FIGURE_OUT_OF_SCOPE] = {"out_of_scope",
                             S_INIT("Câu này không hỏi số liệu của cơ quan. Hãy hỏi một số liệu, ví dụ: "
                                    "tháng này có bao nhiêu đơn thư.")},
    [FIGURE_WHICH_UNIT] = {"ambiguous_unit", S_INIT("Tên này có thể là nhiều đơn vị. Hãy chọn một đơn vị.")},
    [FIGURE_WHICH_METRIC] = {"ambiguous_metric", S_INIT("Chưa rõ hỏi số liệu nào. Hãy chọn một chỉ tiêu.")},
    [FIGURE_WHICH_PERIOD] = {"ambiguous_period",
                             S_INIT(
                                 "Chưa rõ hỏi thời gian nào. Hãy ghi tháng, quý, năm hoặc từ ngày nào đến ngày nào.")},
    [FIGURE_FUTURE] = {"future_period",
                       S_INIT("Thời gian này chưa đến nên chưa có số liệu. Hãy chọn thời gian đã qua.")},
};

const char *figure_kind_name(enum figure_kind kind) { return kinds[kind].name; }
struct str figure_kind_words(enum figure_kind kind) {
    return kinds[kind].words;
}

/* A question says its language, or is in the one that leaves fewer of its words unknown. */
static size_t unknown_in(struct state *s, int lang) {
    size_t n = 0;
    s->lang = lang;
    s->segments.at = NULL;
    s->segments.n = 0;
    figure_segments(s);
    for (size_t i = 0; i < s->segments.n; i++) {
        n += s->segments.at[i].is_unknown;
    }
    return n;
}

static void segments_read(struct state *s) {
    if (str_starts(s->q->lang, S("en"))) {
        unknown_in(s, LANG_EN);
    } else if (s->q->lang.len || s->w.is_marked || unknown_in(s, LANG_VI) <= unknown_in(s, LANG_EN)) {
        unknown_in(s, LANG_VI);
    }
}

static void missed_find(struct state *s) {
    for (size_t i = 0; i < s->segments.n && !s->out->missed.len; i++) {
        const struct segment *g = &s->segments.at[i];
        if (g->is_unknown) {
            s->out->missed = str_slice(s->q->text, s->w.at[g->at].from, s->w.at[g->at].to);
        }
    }
}

static bool is_thing(const struct segment *g) {
    for (size_t k = 0; k < g->features; k++) {
        struct str text = g->feature[k].text;
        if (text.at[0] >= 'a' && text.at[0] <= 'z') {
            return true;
        }
    }
    return g->is_unit || figure_feature(g, ":count") || figure_feature(g, ":versus") || figure_feature(g, ":yoy");
}

/* Whether anything of it is about figures or about this office; words of time and of grouping alone go on with a
   question before it. */
static bool is_about_us(const struct state *s) {
    bool is_known = s->segments.n > 0, is_joining = false;
    for (size_t i = 0; i < s->segments.n; i++) {
        const struct segment *g = &s->segments.at[i];
        if (is_thing(g)) {
            return true;
        }
        is_known = is_known && !g->is_unknown;
        for (size_t k = 0; k < g->features; k++) {
            is_joining = is_joining || strchr("@/:", g->feature[k].text.at[0]);
        }
    }
    return is_known && is_joining;
}

static bool is_of_people(const struct state *s) {
    static const char *const people[] = {"cadre", "donor", "poor", "prestige", "committee", "member", "person"};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        if (figure_says(s, people[i])) {
            return true;
        }
    }
    return false;
}

static bool has_group_word(const struct state *s) { return figure_says(s, "/commune") || figure_says(s, ":by"); }

static bool has_thing(const struct state *s) {
    for (size_t i = 0; i < s->segments.n; i++) {
        if (is_thing(&s->segments.at[i])) {
            return true;
        }
    }
    return false;
}

/* What is refused whatever else it says. */
static bool is_refused(struct state *s) {
    bool is_who = figure_says(s, "!who") && has_thing(s);
    bool is_list = figure_says(s, "!list") && is_of_people(s) && !has_group_word(s);
    if (figure_says(s, "!personal") || is_who || is_list) {
        s->out->kind = FIGURE_PERSONAL;
    } else if (figure_says(s, "!outside") || figure_says(s, "!who") || !is_about_us(s)) {
        s->out->kind = FIGURE_OUT_OF_SCOPE;
    }
    return s->out->kind != FIGURE_ANSWERED;
}

/* Asked of another province: "Hà Nội". */
static bool is_elsewhere(const struct state *s) {
    for (size_t i = 0; i < s->segments.n; i++) {
        const struct token *first = &s->w.at[s->segments.at[i].at], *last = first;
        size_t end = i;
        while (end < s->segments.n && s->segments.at[end].is_unknown && s->w.at[s->segments.at[end].at].is_upper) {
            last = &s->w.at[s->segments.at[end++].at];
        }
        struct str name = str_slice(s->q->text, first->from, last->to);
        if (end > i + 1 && place_find(s->t->places, s->arena, name, s->q->today).class == PLACE_OUTSIDE) {
            return true;
        }
    }
    return false;
}

/* Before the merger a name of today may have been another unit's. */
static void unit_then(struct state *s) {
    const struct dated *merger = figure_dated(s->t, "merger");
    bool is_before = merger && s->has_main && date_cmp(s->main.to, merger->since) < 0;
    for (size_t i = 0; is_before && i < s->out->units.n && s->out->kind == FIGURE_ANSWERED; i++) {
        struct place_found then = place_find(s->t->places, s->arena, s->out->units.at[i]->full, s->main.to);
        if (then.communes.n > 1) {
            s->out->kind = FIGURE_WHICH_UNIT;
            for (size_t k = 0; k < then.communes.n; k++) {
                LIST_ADD(s->arena, &s->out->candidates, then.communes.at[k]);
            }
        }
    }
}

static void meaning_read(struct state *s) {
    if (is_refused(s) || !figure_metric_settle(s)) {
        s->out->kind = is_elsewhere(s) && s->out->kind != FIGURE_PERSONAL ? FIGURE_OUT_OF_SCOPE : s->out->kind;
        return;
    }
    if (s->is_unit_asked) {
        s->out->kind = FIGURE_WHICH_UNIT;
        return;
    }
    figure_filters(s);
    figure_when(s);
    figure_groups(s);
    unit_then(s);
}

void figure_read(const struct figure_tables *t, struct arena *a, const struct figure_question *q,
                 struct figure_reading *out) {
    struct figure_question clean = *q;
    clean.text = utf8_clean(a, str_slice(q->text, 0, TEXT_MOST));
    struct state *s = arena_take(a, struct state, 1);
    *out = (struct figure_reading){.kind = FIGURE_ANSWERED};
    s->t = t;
    s->arena = a;
    s->q = &clean;
    s->out = out;
    figure_tokens(&s->w, clean.text);
    if (!s->w.is_whole || q->text.len > TEXT_MOST) {
        out->kind = FIGURE_OUT_OF_SCOPE;
        return;
    }
    segments_read(s);
    figure_units(s);
    missed_find(s);
    meaning_read(s);
    figure_echo(s);
}
