/* The table of rules, and which of its rows holds. */
#include "base/facts.h"
#include "base/num.h"
#include "modules/deadline/deadline_inside.h"

FACTS(deadline_facts_rules, "modules/deadline/rules.tsv");

enum { CELLS = 17 };
static const struct {
    struct str name, words;
} units[] = {
    [DEADLINE_CALENDAR_DAY] = {S_INIT("calendar_day"), S_INIT("ngày")},
    [DEADLINE_WORKING_DAY] = {S_INIT("working_day"), S_INIT("ngày làm việc")},
    [DEADLINE_HOUR] = {S_INIT("hour"), S_INIT("giờ")},
    [DEADLINE_MONTH] = {S_INIT("month"), S_INIT("tháng")},
    [DEADLINE_YEAR] = {S_INIT("year"), S_INIT("năm")},
    [DEADLINE_LUNAR] = {S_INIT("lunar"), S_INIT("ngày âm lịch")},
};

struct str deadline_unit_name(enum deadline_unit unit) {
    return unit == DEADLINE_LUNAR ? S("") : units[unit].name;
}
struct str deadline_unit_words(enum deadline_unit unit) {
    return units[unit].words;
}

bool deadline_minute_read(struct str s, int *minute) {
    int64_t h, m;
    if (s.len != 5 || s.at[2] != ':' || !num_read_between(str_slice(s, 0, 2), 0, 23, &h) ||
        !num_read_between(str_slice(s, 3, 5), 0, 59, &m)) {
        return false;
    }
    *minute = (int)(h * 60 + m);
    return true;
}

static bool day_or_none(struct str s, struct date *on) { return !s.len || date_read_iso(s, on); }

static bool row_read(const struct str cell[static CELLS], struct deadline_rule *r) {
    *r = (struct deadline_rule){.id = cell[0],
                                .version = cell[1],
                                .when = cell[4],
                                .is_before = str_eq(cell[6], S("before")),
                                .amount = cell[7],
                                .ends = -1,
                                .proof = cell[12],
                                .law = cell[13],
                                .article = cell[14],
                                .checked = cell[15],
                                .name = cell[16]};
    for (size_t i = 1; i < sizeof units / sizeof *units; i++) {
        r->unit = str_eq(units[i].name, cell[5]) ? (enum deadline_unit)i : r->unit;
    }
    return r->unit && day_or_none(cell[2], &r->from) && day_or_none(cell[3], &r->until) &&
           (!cell[8].len || deadline_minute_read(cell[8], &r->ends)) && day_or_none(cell[9], &r->pause_from) &&
           num_read_between(cell[10], 0, 99, &r->extensions) && num_read_between(cell[11], 0, 999, &r->extension);
}

struct err deadline_rules_read(struct arena *a, struct deadline_rules *rules) {
    struct str rest = FACTS_STR(deadline_facts_rules), cell[CELLS];
    *rules = (struct deadline_rules){0};
    while (facts_next(&rest, cell, CELLS)) {
        struct deadline_rule r;
        if (!row_read(cell, &r)) {
            return FAIL_WITH(a, ERR_BROKEN, "rules.tsv: a row of %.*s cannot be read", STR_ARG(cell[0]));
        }
        LIST_ADD(a, &rules->rules, r);
    }
    return OK;
}

const struct deadline_fact *deadline_fact(const struct deadline_ask *ask, struct str name) {
    for (size_t i = 0; i < ask->facts.n; i++) {
        if (str_eq(ask->facts.at[i].name, name)) {
            return &ask->facts.at[i];
        }
    }
    return NULL;
}

/* A fact that has effect only by a document, on a day when that is so, and whose document is said to be missing. */
static bool is_unproved(const struct deadline_counter *k, const struct deadline_rule *r, struct str name) {
    struct str fact, rest, proof, day;
    struct date from;
    if (!str_cut(r->proof, S(":"), &fact, &rest) || !str_cut(rest, S("@"), &proof, &day) || !str_eq(fact, name) ||
        !date_read_iso(day, &from) || date_cmp(k->out->day0, from) < 0) {
        return false;
    }
    const struct deadline_fact *shown = deadline_fact(k->ask, proof);
    return shown && !str_trim(shown->value).len;
}

static bool condition_holds(const struct deadline_counter *k, const struct deadline_rule *r, struct str condition) {
    struct str name, value;
    bool has_value = str_cut(condition, S("="), &name, &value);
    const struct deadline_fact *f = deadline_fact(k->ask, name);
    return f && str_eq(f->value, has_value ? value : S("true")) && !is_unproved(k, r, name);
}

/* How many conditions the row has; -1 when one of them does not hold. */
static int conditions_met(const struct deadline_counter *k, const struct deadline_rule *r) {
    struct str rest = r->when, condition;
    int n = 0;
    while (rest.len && str_next(&rest, '&', &condition)) {
        if (!condition_holds(k, r, condition)) {
            return -1;
        }
        n++;
    }
    return n;
}

static bool is_of_version(const struct deadline_rules *rules, const struct deadline_ask *ask) {
    for (size_t i = 0; i < rules->rules.n; i++) {
        if (str_eq(rules->rules.at[i].id, ask->rule) && str_eq(rules->rules.at[i].version, ask->version)) {
            return true;
        }
    }
    return false;
}

/* A version is one of the rule's names for it, or a day on which it was the law. */
static bool version_fits(const struct deadline_rule *r, const struct deadline_ask *ask, bool is_named, struct date on) {
    return is_named ? str_eq(r->version, ask->version)
                    : (!r->from.year || date_cmp(r->from, on) <= 0) && (!r->until.year || date_cmp(on, r->until) <= 0);
}

static void note_unproved(struct deadline_counter *k) {
    struct str fact, rest;
    const struct deadline_rule *r = &k->out->rule;
    if (str_cut(r->proof, S(":"), &fact, &rest)) {
        const struct deadline_fact *f = deadline_fact(k->ask, fact);
        if (f && str_eq(f->value, S("true")) && is_unproved(k, r, fact)) {
            deadline_note(k, "Chưa có văn bản xác định vụ việc phức tạp nên không tính thời hạn dài hơn.");
        }
    }
}

struct err deadline_rule_choose(struct deadline_counter *k, const struct deadline_rules *rules) {
    const struct deadline_rule *best = NULL;
    struct date on = k->out->day0;
    bool is_named = k->ask->version.len && is_of_version(rules, k->ask), is_rule = false;
    int most = -1;
    if (k->ask->version.len && !is_named && !date_read_iso(k->ask->version, &on)) {
        return err_refuse(k->arena, ERR_INVALID, "rule_version", "Quy định %.*s không có bản %.*s.",
                          STR_ARG(k->ask->rule), STR_ARG(k->ask->version));
    }
    for (size_t i = 0; i < rules->rules.n; i++) {
        const struct deadline_rule *r = &rules->rules.at[i];
        if (!str_eq(r->id, k->ask->rule)) {
            continue;
        }
        is_rule = true;
        int met = version_fits(r, k->ask, is_named, on) ? conditions_met(k, r) : -1;
        if (met > most) {
            most = met;
            best = r;
        }
    }
    if (!best) {
        return err_refuse(k->arena, ERR_INVALID, "rule",
                          is_rule ? "Quy định %.*s chưa có hiệu lực vào ngày này."
                                  : "Không có quy định nào tên là %.*s.",
                          STR_ARG(k->ask->rule));
    }
    k->out->rule = *best;
    note_unproved(k);
    return OK;
}

struct err deadline_rule_amount(struct deadline_counter *k, int64_t *amount) {
    struct str text = k->out->rule.amount;
    if (num_read_between(text, 0, 4000, amount)) {
        return OK;
    }
    const struct deadline_fact *f = deadline_fact(k->ask, text);
    if (f && num_read_between(f->value, 1, 4000, amount)) {
        return OK;
    }
    return err_refuse(k->arena, ERR_INVALID, str_z(k->arena, text), "Quy định này cần số %.*s, từ 1 đến 4000.",
                      STR_ARG(deadline_unit_words(k->out->rule.unit)));
}
