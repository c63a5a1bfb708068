/* The filter of a board: in the address, as days, and in words. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "modules/board/board_inside.h"
#include "modules/chart/chart_link.h"

#include "base/banned.h"

static const struct {
    struct str code, name;
    int months;
} spans[] = {
    [BOARD_MONTH] = {S_INIT("month"), S_INIT("Tháng"), 1},
    [BOARD_QUARTER] = {S_INIT("quarter"), S_INIT("Quý"), 3},
    [BOARD_YEAR] = {S_INIT("year"), S_INIT("Năm"), 12},
    [BOARD_TWELVE] = {S_INIT("twelve"), S_INIT("12 tháng"), 12},
};

struct str board_span_code(enum board_span span) {
    return spans[span].code;
}
struct str board_span_name(enum board_span span) {
    return spans[span].name;
}

struct date board_month_plus(struct date month, int n) {
    int at = month.year * 12 + month.month - 1 + n;
    return (struct date){(int16_t)(at / 12), (int8_t)(at % 12 + 1), 1};
}

/* First day of the span the day lies in. */
static struct date span_start(enum board_span span, struct date on) {
    struct date month = {on.year, on.month, 1};
    switch (span) {
    case BOARD_MONTH: return month;
    case BOARD_QUARTER: return board_month_plus(month, -((on.month - 1) % 3));
    case BOARD_YEAR: return (struct date){on.year, 1, 1};
    case BOARD_TWELVE: return board_month_plus(month, -11);
    }
    return month;
}

void board_dates_of(struct board_filter *f, struct date today) {
    f->from = span_start(f->span, f->on);
    struct date last = date_plus(board_month_plus(f->from, spans[f->span].months), -1);
    f->to = date_cmp(last, today) > 0 ? today : last;
    bool is_partial = date_cmp(f->to, last) < 0;
    f->before_from = board_month_plus(f->from, f->is_year_ago ? -12 : -spans[f->span].months);
    struct date before_last = date_plus(board_month_plus(f->before_from, spans[f->span].months), -1);
    f->before_to = date_plus(f->before_from, (int)(date_number(f->to) - date_number(f->from)));
    if (!is_partial || date_cmp(f->before_to, before_last) > 0) {
        f->before_to = before_last;
    }
}

static enum board_span span_read(struct str code) {
    for (enum board_span s = BOARD_MONTH; s <= BOARD_TWELVE; s++) {
        if (str_eq(spans[s].code, code)) {
            return s;
        }
    }
    return BOARD_TWELVE;
}

static enum chart_scope scope_read(const struct who *who, struct str code) {
    struct chart_scopes usual;
    chart_scopes_of(who, &usual);
    for (size_t i = 0; i < usual.n; i++) {
        if (str_eq(chart_scope_code(usual.at[i]), code)) {
            return usual.at[i];
        }
    }
    return usual.n ? usual.at[0] : CHART_POST;
}

struct err board_filter_read(struct get *g, struct str path, struct str code, struct board_filter *f,
                             struct str *fault) {
    struct date today = clock_today();
    struct str on = query_param(g->request, S("on")), scope = query_param(g->request, S("scope"));
    *f = (struct board_filter){.path = path,
                               .code = code,
                               .on = today,
                               .span = span_read(query_param(g->request, S("period"))),
                               .is_year_ago = str_eq(query_param(g->request, S("against")), S("year")),
                               .scope = scope_read(g->who, scope),
                               .commune = query_param(g->request, S("commune")),
                               .source = query_param(g->request, S("source"))};
    struct date typed;
    bool is_date = date_read_vi(on, &typed);
    if (on.len && (!is_date || date_cmp(typed, today) > 0 || typed.year < 2000)) {
        *fault = S("Ngày chưa đúng, ví dụ 23/11/2026, không sau hôm nay. Đang hiện kỳ có hôm nay.");
    } else if (on.len) {
        f->on = typed;
    }
    if (scope.len && !str_eq(chart_scope_code(f->scope), scope)) {
        return FAIL(ERR_DENIED, "this hat has no such scope of figures");
    }
    if (!num_read_between(query_param(g->request, S("unit")), CHART_NO_UNIT, INT64_MAX, &f->unit)) {
        f->unit = 0;
    }
    board_dates_of(f, today);
    return chart_principal(g->db, g->who, f->scope, &f->principal);
}

static void word_put(struct buf *b, const char *name, struct str word) {
    if (word.len) {
        buf_printf(b, "&%s=", name);
        url_escape(b, word);
    }
}

struct link board_link(struct arena *a, struct str path, const struct board_filter *f) {
    struct buf more = buf_in(a);
    struct str on = date_iso(a, f->on), scope = chart_scope_code(f->scope);
    word_put(&more, "of", f->code);
    word_put(&more, "commune", f->commune);
    word_put(&more, "source", f->source);
    if (f->unit) {
        buf_printf(&more, "&unit=%lld", (long long)f->unit);
    }
    return link_local(a, "%.*s?scope=%.*s&period=%.*s&on=%.*s&against=%s%.*s", STR_ARG(path), STR_ARG(scope),
                      STR_ARG(spans[f->span].code), STR_ARG(on), f->is_year_ago ? "year" : "before",
                      STR_ARG(buf_str(&more)));
}

struct str board_period_words(struct arena *a, const struct board_filter *f) {
    switch (f->span) {
    case BOARD_MONTH: return str_format(a, "Tháng %d/%d", f->from.month, f->from.year);
    case BOARD_QUARTER: return str_format(a, "Quý %d/%d", (f->from.month - 1) / 3 + 1, f->from.year);
    case BOARD_YEAR: return str_format(a, "Năm %d", f->from.year);
    case BOARD_TWELVE: break;
    }
    return str_format(a, "12 tháng đến %d/%d", f->to.month, f->to.year);
}

struct str board_before_words(struct arena *a, const struct board_filter *f) {
    struct buf b = buf_in(a);
    date_put_vi(&b, f->before_from);
    BUF_LIT(&b, "–");
    date_put_vi(&b, f->before_to);
    return buf_str(&b);
}

struct err board_filter_words(struct db_read *db, struct arena *a, const struct board_filter *f, struct str *words) {
    struct buf b = buf_in(a);
    struct str unit, commune = chart_commune_name(a, f->commune);
    TRY(chart_unit_name(db, f->unit, &unit));
    buf_printf(&b, "%.*s · %.*s (", STR_ARG(chart_scope_name(f->scope)), STR_ARG(board_period_words(a, f)));
    date_put_vi(&b, f->from);
    BUF_LIT(&b, "–");
    date_put_vi(&b, f->to);
    BUF_LIT(&b, ")");
    const struct str more[] = {unit, commune};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        if (more[i].len) {
            buf_printf(&b, " · %.*s", STR_ARG(more[i]));
        }
    }
    *words = buf_str(&b);
    return OK;
}
