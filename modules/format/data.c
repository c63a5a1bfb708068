/* Profiles, rules, types and signs as tables beside the code. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/num.h"
#include "base/utf8.h"
#include "modules/format/inside.h"

#include "base/banned.h"

FACTS(format_facts_profiles, "modules/format/profiles.tsv");
FACTS(format_facts_rules, "modules/format/rules.tsv");
FACTS(format_facts_types, "modules/format/types.tsv");
FACTS(format_facts_signs, "modules/format/competence.tsv");
FACTS(format_facts_posts, "modules/format/posts.tsv");
FACTS(format_facts_elements, "modules/format/elements.tsv");

enum { CELLS = 11 };

static struct date day_of(struct str s) {
    struct date d = {0};
    date_read_iso(s, &d);
    return d;
}

/* "12.7" */
static double number_of(struct str s) {
    struct str whole, part;
    int64_t n = 0, tenths = 0;
    str_cut(s, S("."), &whole, &part);
    num_read(whole, &n);
    num_read(str_slice(part, 0, 1), &tenths);
    return (double)n + (double)tenths / 10;
}

struct str format_words_in(struct arena *a, struct str text) {
    struct str folded = utf8_fold(a, text);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            buf_put_char(&b, c);
        }
    }
    return buf_str(&b);
}

static enum format_element element_of(const struct format_tables *t, struct str code) {
    size_t i = 0;
    while (i < FORMAT_ELEMENTS && !str_eq(t->elements[i].code, code)) {
        i++;
    }
    return (enum format_element)i;
}

static void rules_read(struct format_tables *t, struct arena *a) {
    struct str rest = FACTS_STR(format_facts_rules), c[CELLS];
    while (facts_next(&rest, c, CELLS)) {
        LIST_ADD(a, &t->rules,
                 (struct format_rule){.profile = c[0],
                                      .from = day_of(c[1]),
                                      .to = day_of(c[2]),
                                      .element = element_of(t, c[3]),
                                      .rule = c[4],
                                      .when = c[5],
                                      .value = c[6],
                                      .low_text = c[7],
                                      .high_text = c[8],
                                      .low = number_of(c[7]),
                                      .high = number_of(c[8]),
                                      .article = c[9],
                                      .is_checked = str_eq(c[10], S("yes"))});
    }
}

struct format_tables *format_open(struct arena *a) {
    struct format_tables *t = arena_take(a, struct format_tables, 1);
    struct str rest = FACTS_STR(format_facts_elements), c[CELLS];
    for (size_t i = 0; i < FORMAT_ELEMENTS && facts_next(&rest, c, CELLS); i++) {
        t->elements[i].code = c[0];
        t->elements[i].part = c[2];
        t->elements[i].words = c[3];
    }
    rest = FACTS_STR(format_facts_profiles);
    while (facts_next(&rest, c, CELLS)) {
        LIST_ADD(a, &t->profiles,
                 (struct format_profile){.code = c[0],
                                         .from = day_of(c[1]),
                                         .to = day_of(c[2]),
                                         .name = c[3],
                                         .aliases = c[4],
                                         .base = c[5],
                                         .counter = c[6],
                                         .source = c[7],
                                         .is_checked = str_eq(c[8], S("yes"))});
    }
    rest = FACTS_STR(format_facts_types);
    while (facts_next(&rest, c, CELLS)) {
        LIST_ADD(a, &t->types, (struct format_type){c[0], c[1], format_words_in(a, c[1]), c[2]});
    }
    rest = FACTS_STR(format_facts_signs);
    while (facts_next(&rest, c, CELLS)) {
        LIST_ADD(a, &t->signs, (struct format_sign){c[0], c[1], c[2], c[3]});
    }
    rest = FACTS_STR(format_facts_posts);
    while (facts_next(&rest, c, CELLS)) {
        LIST_ADD(a, &t->posts, utf8_fold(a, c[0]));
    }
    rules_read(t, a);
    return t;
}

struct str format_element_code(const struct format_tables *t, enum format_element e) {
    return t->elements[e].code;
}
struct str format_element_part(const struct format_tables *t, enum format_element e) {
    return t->elements[e].part;
}
struct str format_element_words(const struct format_tables *t, enum format_element e) {
    return t->elements[e].words;
}

/* ---- which holds */

static bool is_on(struct date from, struct date to, struct date on) {
    return (!from.year || date_cmp(from, on) <= 0) && (!to.year || date_cmp(on, to) <= 0);
}

static bool is_named(const struct format_profile *f, struct str name) {
    struct str rest = f->aliases, one;
    bool is_it = str_eq(f->code, name);
    while (!is_it && str_next(&rest, ' ', &one)) {
        is_it = str_eq(one, name);
    }
    return is_it;
}

const struct format_profile *format_profile_find(const struct format_tables *t, struct str name, struct date on,
                                                 bool *is_known) {
    *is_known = false;
    for (size_t i = 0; i < t->profiles.n; i++) {
        const struct format_profile *f = &t->profiles.at[i];
        *is_known = *is_known || is_named(f, name);
        if (is_named(f, name) && is_on(f->from, f->to, on)) {
            return f;
        }
    }
    return NULL;
}

bool format_is_of(const struct format_paper *p, struct str profile) {
    const struct format_profile *f = p->out->profile;
    return str_eq(f->code, profile) || (f->base.len && str_eq(f->base, profile));
}

static bool is_own(const struct format_paper *p, const struct format_rule *r) {
    return str_eq(r->profile, p->out->profile->code);
}

static bool is_now(const struct format_paper *p, const struct format_rule *r) {
    bool is_case = !r->when.len || str_eq(r->when, p->out->is_letter ? S("letter") : S("named"));
    return format_is_of(p, r->profile) && is_case && is_on(r->from, r->to, p->out->on);
}

/* A rule of the profile's own comes before one of its base. */
bool format_in_force(const struct format_paper *p, const struct format_rule *r) {
    if (!is_now(p, r) || r->element == FORMAT_ELEMENTS) {
        return false;
    }
    for (size_t i = 0; i < p->t->rules.n && !is_own(p, r); i++) {
        const struct format_rule *o = &p->t->rules.at[i];
        if (is_own(p, o) && is_now(p, o) && o->element == r->element && str_eq(o->rule, r->rule) &&
            str_eq(o->when, r->when)) {
            return false;
        }
    }
    return true;
}
