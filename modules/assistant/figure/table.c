/* The tables of the room, read into phrases, names of units, metrics and dated facts. */
#include "modules/assistant/figure/inside.h"
#include "base/arena.h"
#include "base/facts.h"
#include "base/num.h"

#include "base/banned.h"

FACTS(figure_facts_words, "modules/assistant/figure/words.tsv");
FACTS(figure_facts_metrics, "modules/assistant/figure/metrics.tsv");
FACTS(figure_facts_values, "modules/assistant/figure/values.tsv");
FACTS(figure_facts_periods, "modules/assistant/figure/periods.tsv");

enum { CELLS = 8 };

bool figure_has_word(struct str list, struct str word) {
    struct str one;
    while (str_next(&list, ' ', &one)) {
        if (one.len && str_eq(one, word)) {
            return true;
        }
    }
    return false;
}

/* The words of a phrase; those beyond PHRASE_MOST make it none. */
static bool phrase_keys(struct str text, struct phrase *p) {
    struct tokens t;
    figure_tokens(&t, text);
    for (size_t i = 0; i < t.n && i < PHRASE_MOST; i++) {
        p->key[i] = t.at[i].key;
        p->is_number[i] = text.at[t.at[i].from] == '#';
        p->is_after_comma[i] = t.at[i].is_after_comma;
    }
    p->n = t.n;
    return t.n > 0 && t.n <= PHRASE_MOST;
}

static int lang_of(struct str cell) {
    return str_eq(cell, S("vi")) ? LANG_VI : str_eq(cell, S("en")) ? LANG_EN : LANG_VI | LANG_EN;
}

static void number_add(struct arena *a, struct figure_tables *t, const struct phrase *p) {
    int64_t value = 0;
    if (p->n == 1 && str_eq(p->features, S("=#"))) {
        LIST_ADD(a, &t->leads, (struct number_word){p->lang, 0, p->key[0]});
    } else if (p->n == 1 && num_read(str_slice(p->features, 1, p->features.len), &value)) {
        LIST_ADD(a, &t->numbers, (struct number_word){p->lang, (int)value, p->key[0]});
    }
}

static void words_read(struct arena *a, struct figure_tables *t) {
    struct str rest = FACTS_STR(figure_facts_words), cell[CELLS], text;
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[0], S("+"))) {
            LIST_ADD(a, &t->derived, (struct derived){cell[1], cell[2]});
            continue;
        }
        while (str_next(&cell[2], ';', &text)) {
            struct phrase p = {.features = cell[1], .lang = lang_of(cell[0])};
            if (!phrase_keys(text, &p)) {
                continue;
            }
            if (str_starts(p.features, S("="))) {
                number_add(a, t, &p);
            } else {
                LIST_ADD(a, &t->phrases, p);
            }
        }
    }
}

static void name_add(struct arena *a, struct figure_tables *t, struct str text, const struct place_commune *commune) {
    struct unit_name name = {.commune = commune};
    struct phrase p = {0};
    /* An older name of one syllable is too often another word. */
    if (phrase_keys(text, &p) && (commune || p.n > 1)) {
        memcpy(name.key, p.key, sizeof name.key);
        name.n = p.n;
        LIST_ADD(a, &t->names, name);
    }
}

/* A full name without what kind of unit it is. */
static struct str bare_name(struct str full) {
    struct str rest = FACTS_STR(figure_facts_values), c[CELLS];
    while (facts_next(&rest, c, CELLS) && str_eq(c[0], S("kind"))) {
        if (str_starts(full, c[2]) && full.len > c[2].len && full.at[c[2].len] == ' ') {
            return str_slice(full, c[2].len + 1, full.len);
        }
    }
    return full;
}

static void names_read(struct arena *a, struct figure_tables *t) {
    struct place_communes today = place_communes(t->places);
    for (size_t i = 0; i < today.n; i++) {
        name_add(a, t, today.at[i].name, &today.at[i]);
    }
    struct str rest = place_before_table(), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        name_add(a, t, bare_name(cell[2]), NULL);
    }
}

static void metrics_read(struct arena *a, struct figure_tables *t) {
    struct str rest = FACTS_STR(figure_facts_metrics), c[CELLS];
    while (facts_next(&rest, c, CELLS)) {
        LIST_ADD(a, &t->metrics,
                 (struct figure_metric){.code = c[0],
                                        .kind = c[1],
                                        .dims = c[2],
                                        .need = c[3],
                                        .may = c[4],
                                        .vi = c[5],
                                        .en = c[6],
                                        .own = str_trim(c[7])});
    }
}

static void dated_read(struct arena *a, struct figure_tables *t) {
    struct str rest = FACTS_STR(figure_facts_periods), c[CELLS];
    while (facts_next(&rest, c, CELLS)) {
        struct dated d = {.name = c[0], .words = c[4]};
        int64_t first = 1, last = 1;
        date_read_iso(c[1], &d.since);
        num_read(c[2], &first);
        num_read(c[3], &last);
        d.first_day = (int)first;
        d.last_day = (int)last;
        LIST_ADD(a, &t->dated, d);
    }
}

const struct dated *figure_dated(const struct figure_tables *t, const char *name) {
    for (size_t i = 0; i < t->dated.n; i++) {
        if (str_eq(t->dated.at[i].name, str_of(name))) {
            return &t->dated.at[i];
        }
    }
    return NULL;
}

struct str figure_value_words(struct str dim, struct str value, int lang) {
    struct str rest = FACTS_STR(figure_facts_values), c[CELLS];
    while (facts_next(&rest, c, CELLS)) {
        if (str_eq(c[0], dim) && str_eq(c[1], value)) {
            return lang == LANG_EN ? c[3] : c[2];
        }
    }
    return value.len ? value : dim;
}

struct figure_tables *figure_open(struct arena *a, const struct place_index *places) {
    struct figure_tables *t = arena_take(a, struct figure_tables, 1);
    t->places = places;
    words_read(a, t);
    names_read(a, t);
    metrics_read(a, t);
    dated_read(a, t);
    return t;
}
