#include "modules/chart/chart_link.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "modules/document/document.h"
#include "modules/org/org.h"

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

struct err chart_filter_read(struct get *g, struct chart_filter *f, struct str *fault) {
    struct date today = clock_today();
    struct date usual = today.month == 12 ? (struct date){today.year, 1, 1}
                                          : (struct date){(int16_t)(today.year - 1), (int8_t)(today.month + 1), 1};
    *f = (struct chart_filter){.scope = scope_read(g->who, query_param(g->request, S("scope")))};
    f->step = str_eq(query_param(g->request, S("step")), S("week")) ? CHART_WEEK : CHART_MONTH;
    f->from = day_read(g->request, S("from"), usual, fault);
    f->to = day_read(g->request, S("to"), today, fault);
    if (date_cmp(f->from, f->to) > 0 || date_number(f->to) - date_number(f->from) > LONGEST_DAYS) {
        *fault = S("Từ ngày phải trước đến ngày, dài nhất mười năm. Đang hiện mười hai tháng qua.");
        f->from = usual;
        f->to = today;
    }
    f->field = query_param(g->request, S("field"));
    if (!num_read_between(query_param(g->request, S("unit")), 0, INT64_MAX, &f->unit)) {
        f->unit = 0;
    }
    return chart_principal(g->db, g->who, f->scope, &f->principal);
}

struct link chart_link(struct arena *a, const char *path, const struct chart_filter *f, struct str outcome) {
    struct buf field = buf_in(a);
    url_escape(&field, f->field);
    struct buf kind = buf_in(a);
    url_escape(&kind, outcome);
    struct str from = date_iso(a, f->from), to = date_iso(a, f->to), scope = chart_scope_code(f->scope);
    return link_local(a, "%s?scope=%.*s&step=%s&from=%.*s&to=%.*s&field=%.*s&unit=%lld%s%.*s", path, STR_ARG(scope),
                      f->step == CHART_WEEK ? "week" : "month", STR_ARG(from), STR_ARG(to), STR_ARG(buf_str(&field)),
                      (long long)f->unit, outcome.len ? "&outcome=" : "", STR_ARG(buf_str(&kind)));
}

struct link chart_records_link(struct arena *a, const struct chart_filter *f, struct str outcome) {
    return chart_link(a, "/chart/document", f, outcome);
}

static struct str outcome_name(struct str outcome) {
    static const struct document_word names[] = {
        {S_INIT("on_time"), S_INIT("Xong đúng hạn")},    {S_INIT("late"), S_INIT("Xong trễ hạn")},
        {S_INIT("done"), S_INIT("Xong, không có hạn")},  {S_INIT("overdue"), S_INIT("Đang mở, quá hạn")},
        {S_INIT("waiting"), S_INIT("Đang mở, còn hạn")}, {S_INIT(""), S_INIT("")},
    };
    return document_word(names, outcome);
}

struct err chart_filter_words(struct db_read *db, struct arena *a, const struct chart_filter *f, struct str outcome,
                              struct str *words) {
    struct buf b = buf_in(a);
    buf_put(&b, chart_scope_name(f->scope));
    BUF_LIT(&b, " · đến từ ");
    date_put_vi(&b, f->from);
    BUF_LIT(&b, " đến ");
    date_put_vi(&b, f->to);
    if (f->field.len) {
        BUF_LIT(&b, " · ");
        buf_put(&b, document_word(document_fields, f->field));
    }
    struct org_unit unit;
    if (f->unit && !org_unit(db, (struct unit_id){f->unit}, &unit).why) {
        BUF_LIT(&b, " · ");
        buf_put(&b, unit.short_name);
    }
    if (outcome.len) {
        BUF_LIT(&b, " · ");
        buf_put(&b, outcome_name(outcome));
    }
    *words = buf_str(&b);
    return OK;
}
