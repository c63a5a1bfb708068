/* Lists that run themselves, and the wave of retirements. Each figure and its list are one query's rows. */
#include "base/arena.h"
#include "base/num.h"
#include "modules/cadre/cadre_pages.h"
#include "modules/cadre/cadre_pages_gen.h"

#include "base/banned.h"

enum { WAVE_YEARS = 5 };
#define FIRST_DAY S("0000-00-00")

void cadre_due_days(struct arena *a, const struct cadre_list *list, struct str *from, struct str *to) {
    *from = FIRST_DAY;
    *to = list->days ? date_iso(a, date_plus(clock_today(), (int)list->days)) : S("9999-12-31");
}

/* Which of a list: days and sex; empty sex: both. */
struct part {
    struct str kind, from, to, sex;
};

static struct err count(struct db_read *db, const struct who *who, const struct part *p, int64_t *n) {
    struct cadre_due_count_row *row;
    TRY(cadre_due_count(
        db,
        (struct cadre_due_count_in){
            .post = who->post.v, .kind = p->kind, .from_day = p->from, .to_day = p->to, .f_sex = p->sex},
        &row));
    *n = row ? row->n : 0;
    return OK;
}

struct err cadre_due_counts(struct db_read *db, const struct who *who, int64_t *counts) {
    struct cadre_list list;
    for (size_t i = 0; i < CADRE_LISTS && cadre_list_at(i, &list); i++) {
        struct str from, to;
        cadre_due_days(db_arena(db), &list, &from, &to);
        TRY(count(db, who, &(struct part){list.code, from, to, S("")}, &counts[i]));
    }
    return OK;
}

/* Only personnel has these lists. */
static struct err must_keep(struct get *g) {
    bool may;
    TRY(cadre_may_keep(g->db, g->who, &may));
    return may ? OK : FAIL(ERR_MISSING, "only personnel has these lists");
}

/* What an address asks: ?kind=retire, with &year=2027&sex=nu of the wave; &day=&after= of the next page. */
struct asked {
    struct cadre_list list;
    struct str from, to, sex, day;
    int64_t year, after;
};

static bool asked_of(struct get *g, struct asked *x) {
    struct request *r = g->request;
    struct str kind = query_param(r, S("kind"));
    *x = (struct asked){.sex = query_param(r, S("sex")), .day = query_param(r, S("day"))};
    bool is_sex = str_eq(x->sex, S("nam")) || str_eq(x->sex, S("nu"));
    x->sex = is_sex ? x->sex : S("");
    struct date day;
    x->day = date_read_iso(x->day, &day) ? x->day : S("");
    num_read_between(query_param(r, S("after")), 0, INT64_MAX, &x->after);
    if (!cadre_list_of(kind.len ? kind : S("salary"), &x->list)) {
        return false;
    }
    cadre_due_days(g->arena, &x->list, &x->from, &x->to);
    if (num_read_between(query_param(r, S("year")), 2000, 2100, &x->year)) {
        x->from = str_format(g->arena, "%lld-01-01", (long long)x->year);
        x->to = str_format(g->arena, "%lld-12-31", (long long)x->year);
    } else if (str_eq(query_param(r, S("wave")), S("1"))) {
        int64_t now = clock_today().year;
        x->from = str_format(g->arena, "%lld-01-01", (long long)now);
        x->to = str_format(g->arena, "%lld-12-31", (long long)(now + WAVE_YEARS - 1));
        x->year = -1;
    }
    return true;
}

static struct err kinds_fill(struct get *g, const struct asked *x, struct cadre_due_view *v) {
    int64_t counts[CADRE_LISTS] = {0};
    struct cadre_list list;
    TRY(cadre_due_counts(g->db, g->who, counts));
    v->kinds = (struct tabs){arena_take(g->arena, struct tab, CADRE_LISTS), 0};
    for (size_t i = 0; i < CADRE_LISTS && cadre_list_at(i, &list); i++) {
        v->kinds.at[v->kinds.n++] =
            (struct tab){.label = list.title,
                         .link = link_local(g->arena, "/cadre/due?kind=%.*s", STR_ARG(list.code)),
                         .count = counts[i],
                         .is_counted = true,
                         .is_current = !x->year && str_eq(list.code, x->list.code)};
    }
    return OK;
}

static struct err rows_fill(struct get *g, const struct asked *x, struct cadre_due_view *v) {
    struct cadre_due_list_rows rows;
    TRY(cadre_due_list(g->db,
                       (struct cadre_due_list_in){.post = g->who->post.v,
                                                  .kind = x->list.code,
                                                  .from_day = x->from,
                                                  .to_day = x->to,
                                                  .f_sex = x->sex,
                                                  .after_day = x->day,
                                                  .after = x->after,
                                                  .most = CADRE_ON_A_PAGE + 1},
                       &rows));
    for (size_t i = 0; i < rows.n && i < CADRE_ON_A_PAGE; i++) {
        const struct cadre_due_list_row *r = &rows.at[i];
        LIST_ADD(g->arena, &v->rows,
                 (struct cadre_due_row){.link = link_record(g->arena, S("/cadre/"), r->id.v, S("")),
                                        .name = r->name,
                                        .post = r->post,
                                        .unit = r->unit_name,
                                        .birth = cadre_day_shown(g->arena, r->birth),
                                        .words = r->words,
                                        .on = x->list.days ? r->due_on : (struct date){0},
                                        .is_late = x->list.days && date_cmp(r->due_on, clock_today()) < 0});
    }
    if (rows.n > CADRE_ON_A_PAGE) {
        const struct cadre_due_list_row *last = &rows.at[CADRE_ON_A_PAGE - 1];
        v->next = link_local(g->arena, "/cadre/due?kind=%.*s&sex=%.*s%s&day=%.*s&after=%lld", STR_ARG(x->list.code),
                             STR_ARG(x->sex),
                             x->year > 0   ? str_z(g->arena, str_format(g->arena, "&year=%lld", (long long)x->year))
                             : x->year < 0 ? "&wave=1"
                                           : "",
                             STR_ARG(date_iso(g->arena, last->due_on)), (long long)last->id.v);
    }
    return OK;
}

struct err cadre_due_get(struct get *g) {
    struct asked x;
    TRY(must_keep(g));
    if (!asked_of(g, &x)) {
        return FAIL(ERR_MISSING, "no such list");
    }
    struct cadre_due_view v = {
        .title = x.list.title, .waits = x.list.waits, .source = x.list.source, .is_unchecked = x.list.is_unchecked};
    TRY(cadre_tabs(g, x.year ? CADRE_TAB_WAVE : CADRE_TAB_DUE, true, &v.tabs));
    TRY(kinds_fill(g, &x, &v));
    TRY(rows_fill(g, &x, &v));
    TRY(count(g->db, g->who, &(struct part){x.list.code, x.from, x.to, x.sex}, &v.count));
    v.within = x.year > 0    ? str_format(g->arena, "Năm %lld", (long long)x.year)
               : x.year < 0  ? S("5 năm tới")
               : x.list.days ? str_format(g->arena, "Quá hạn và trong %lld ngày tới", (long long)x.list.days)
                             : S("");
    return answer_cadre_due(g, &v);
}

/* --- The wave --- */
static struct link wave_link(struct get *g, int64_t year, const char *sex) {
    return link_local(g->arena, "/cadre/due?kind=retire&year=%lld&sex=%s", (long long)year, sex);
}

struct err cadre_wave_get(struct get *g) {
    struct cadre_wave_view v = {.total_link = link_local(g->arena, "/cadre/due?kind=retire&wave=1")};
    struct cadre_list list;
    TRY(must_keep(g));
    TRY(cadre_tabs(g, CADRE_TAB_WAVE, true, &v.tabs));
    for (int64_t i = 0; i < WAVE_YEARS; i++) {
        int64_t year = clock_today().year + i;
        struct str from = str_format(g->arena, "%lld-01-01", (long long)year),
                   to = str_format(g->arena, "%lld-12-31", (long long)year);
        struct cadre_wave_row row = {.year = year,
                                     .all_link = wave_link(g, year, ""),
                                     .women_link = wave_link(g, year, "nu"),
                                     .men_link = wave_link(g, year, "nam")};
        TRY(count(g->db, g->who, &(struct part){S("retire"), from, to, S("nu")}, &row.women));
        TRY(count(g->db, g->who, &(struct part){S("retire"), from, to, S("nam")}, &row.men));
        row.all = row.women + row.men;
        v.total += row.all;
        LIST_ADD(g->arena, &v.rows, row);
    }
    v.source = cadre_list_of(S("retire"), &list) ? list.source : S("");
    return answer_cadre_wave(g, &v);
}
