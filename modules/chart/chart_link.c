#include "modules/chart/chart_link.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "modules/org/org.h"
#include "modules/place/place.h"

enum { LONGEST_DAYS = 3660 };

static const struct {
    struct str code;
    struct str name;
} scopes[] = {
    [CHART_ORGAN] = {S_INIT("organ"), S_INIT("Toàn cơ quan")},
    [CHART_UNIT] = {S_INIT("unit"), S_INIT("Đơn vị của tôi")},
    [CHART_POST] = {S_INIT("post"), S_INIT("Việc của tôi")},
};

struct str chart_scope_code(enum chart_scope scope) {
    return scopes[scope].code;
}
struct str chart_scope_name(enum chart_scope scope) {
    return scopes[scope].name;
}

static enum chart_scope scope_read(const struct who *who, struct str code) {
    for (enum chart_scope s = CHART_ORGAN; s <= CHART_POST; s++) {
        if (str_eq(scopes[s].code, code)) {
            return s;
        }
    }
    struct chart_scopes usual;
    chart_scopes_of(who, &usual);
    return usual.n ? usual.at[0] : CHART_POST;
}

static struct date day_read(struct request *r, struct str name, struct date usual, struct str *fault) {
    struct str typed = query_param(r, name);
    struct date d = usual;
    if (typed.len && !date_read_vi(typed, &d)) {
        *fault = S("Ngày chưa đúng, ví dụ 23/11/2026. Đang hiện khoảng thời gian thường dùng.");
        return usual;
    }
    return d;
}

/* "/chart/document", "/chart/document.xlsx": what stands in the path; else what the address asks for, else the first.
 */
static struct err source_read(struct get *g, const struct metric_source **of) {
    struct str code, ending, named = path_param(g->request, S("of"));
    str_cut(named, S("."), &code, &ending);
    *of = chart_source(g->app, named.len ? code : query_param(g->request, S("of")));
    bool is_other = *of && named.len && !str_eq((*of)->code, code);
    return *of && !is_other ? OK : FAIL(ERR_MISSING, "nothing of that name is counted");
}

struct err chart_filter_read(struct get *g, struct chart_filter *f, struct str *fault) {
    const struct metric_source *of;
    TRY(source_read(g, &of));
    struct date today = clock_today();
    struct date usual = today.month == 12 ? (struct date){today.year, 1, 1}
                                          : (struct date){(int16_t)(today.year - 1), (int8_t)(today.month + 1), 1};
    *f = (struct chart_filter){.of = of, .scope = scope_read(g->who, query_param(g->request, S("scope")))};
    f->step = str_eq(query_param(g->request, S("step")), S("week")) ? CHART_WEEK : CHART_MONTH;
    f->from = day_read(g->request, S("from"), usual, fault);
    f->to = day_read(g->request, S("to"), today, fault);
    if (date_cmp(f->from, f->to) > 0 || date_number(f->to) - date_number(f->from) > LONGEST_DAYS) {
        *fault = S("Từ ngày phải trước đến ngày, dài nhất mười năm. Đang hiện mười hai tháng qua.");
        f->from = usual;
        f->to = today;
    }
    f->field = query_param(g->request, S("field"));
    f->commune = query_param(g->request, S("commune"));
    if (!num_read_between(query_param(g->request, S("unit")), CHART_NO_UNIT, INT64_MAX, &f->unit)) {
        f->unit = 0;
    }
    return chart_principal(g->db, g->who, f->scope, &f->principal);
}

static const struct {
    enum metric_outcome outcome;
    struct str code, name;
} outcomes_known[METRIC_OUTCOMES] = {
    {METRIC_ON_TIME, S_INIT("on_time"), S_INIT("Xong đúng hạn")},
    {METRIC_LATE, S_INIT("late"), S_INIT("Xong trễ hạn")},
    {METRIC_DONE, S_INIT("done"), S_INIT("Xong, không có hạn")},
    {METRIC_OVERDUE, S_INIT("overdue"), S_INIT("Đang mở, quá hạn")},
    {METRIC_WAITING, S_INIT("waiting"), S_INIT("Đang mở, còn hạn")},
};

unsigned chart_outcomes_read(struct str typed) {
    unsigned outcomes = 0;
    for (struct str rest = typed, one; str_next(&rest, ',', &one);) {
        for (size_t i = 0; i < METRIC_OUTCOMES; i++) {
            outcomes |= str_eq(outcomes_known[i].code, one) ? (unsigned)outcomes_known[i].outcome : 0;
        }
    }
    return outcomes ? outcomes : METRIC_EVERY;
}

static void outcomes_put(struct buf *b, unsigned outcomes) {
    const char *before = "&outcome=";
    for (size_t i = 0; i < METRIC_OUTCOMES && outcomes != METRIC_EVERY; i++) {
        if (outcomes & outcomes_known[i].outcome) {
            buf_put(b, str_of(before));
            buf_put(b, outcomes_known[i].code);
            before = ",";
        }
    }
}

struct link chart_link(struct arena *a, struct str path, const struct chart_filter *f, unsigned outcomes) {
    struct buf field = buf_in(a), kind = buf_in(a), of = buf_in(a);
    url_escape(&field, f->field);
    if (f->commune.len) {
        BUF_LIT(&kind, "&commune=");
        url_escape(&kind, f->commune);
    }
    outcomes_put(&kind, outcomes);
    if (str_eq(path, S("/chart"))) {
        buf_printf(&of, "of=%.*s&", STR_ARG(f->of->code));
    }
    struct str from = date_iso(a, f->from), to = date_iso(a, f->to), scope = chart_scope_code(f->scope);
    return link_local(a, "%.*s?%.*sscope=%.*s&step=%s&from=%.*s&to=%.*s&field=%.*s&unit=%lld%.*s", STR_ARG(path),
                      STR_ARG(buf_str(&of)), STR_ARG(scope), f->step == CHART_WEEK ? "week" : "month", STR_ARG(from),
                      STR_ARG(to), STR_ARG(buf_str(&field)), (long long)f->unit, STR_ARG(buf_str(&kind)));
}

struct link chart_records_link(struct arena *a, const struct chart_filter *f, unsigned outcomes) {
    return chart_link(a, str_format(a, "/chart/%.*s", STR_ARG(f->of->code)), f, outcomes);
}

struct link chart_file_link(struct arena *a, const struct chart_filter *f, unsigned outcomes, struct str ending) {
    return chart_link(a, str_format(a, "/chart/%.*s%.*s", STR_ARG(f->of->code), STR_ARG(ending)), f, outcomes);
}

struct err chart_unit_name(struct db_read *db, int64_t unit, struct str *name) {
    struct org_unit u;
    *name = unit == CHART_NO_UNIT ? S("Chưa giao") : S("");
    if (unit <= 0) {
        return OK;
    }
    struct err e = org_unit(db, (struct unit_id){unit}, &u);
    if (err_is(e, ERR_MISSING)) {
        err_ignore(e);
        return OK;
    }
    TRY(e);
    *name = u.short_name;
    return OK;
}

struct str chart_commune_name(struct arena *a, struct str code) {
    if (!code.len || str_eq(code, CHART_NO_FIELD)) {
        return code.len ? S("Không rõ xã, phường") : code;
    }
    const struct place_commune *c = place_commune(place_open(a), code);
    return c ? c->full : code;
}

static void word_put(struct buf *b, struct str word) {
    if (word.len) {
        BUF_LIT(b, " · ");
        buf_put(b, word);
    }
}

struct err chart_filter_words(struct db_read *db, struct arena *a, const struct chart_filter *f, unsigned outcomes,
                              struct str *words) {
    struct buf b = buf_in(a);
    struct str unit;
    TRY(chart_unit_name(db, f->unit, &unit));
    buf_put(&b, chart_scope_name(f->scope));
    word_put(&b, f->of->period);
    BUF_LIT(&b, " ");
    date_put_vi(&b, f->from);
    BUF_LIT(&b, " đến ");
    date_put_vi(&b, f->to);
    word_put(&b, f->field.len ? chart_field_name(f->of, f->field) : S(""));
    word_put(&b, unit);
    word_put(&b, chart_commune_name(a, f->commune));
    for (size_t i = 0; i < METRIC_OUTCOMES && outcomes != METRIC_EVERY; i++) {
        word_put(&b, outcomes & outcomes_known[i].outcome ? outcomes_known[i].name : S(""));
    }
    *words = buf_str(&b);
    return OK;
}
