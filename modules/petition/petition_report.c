/* Form 01/XLD of TT 01/2024/TT-TTCP over live rows: each cell is a question about one letter, so that it opens exactly
   what it counted; its equations are looked at each time. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/out/sheet.h"
#include "modules/petition/petition_forms.h"
#include "modules/place/place.h"
#include "modules/petition/petition_pages_gen.h"

enum { LETTERS_MOST = 50000, AT_ONCE = 1000, SHOWN_MOST = 500, YEARS = 3 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct period {
    struct date from, to;
};

/* ---- The columns: one question about one letter each. Replies and urgings count papers, not letters. */
typedef bool asks(const struct petition_period_row *l, const struct period *p);

static bool is_carried(const struct petition_period_row *l, const struct period *p) {
    return date_cmp(l->received_on, p->from) < 0;
}
static bool is_processed(const struct petition_period_row *l, const struct period *p) {
    return l->disposed_on.year && date_cmp(l->disposed_on, p->to) <= 0;
}
static bool is_eligible(const struct petition_period_row *l) { return !l->lacks.len; }
/* A letter with several matters, or one nobody could judge, stands with the feedback. */
static bool is_type(const struct petition_period_row *l, const char *type) {
    bool is_rest = !is(l->type, "KN") && !is(l->type, "TC");
    return strcmp(type, "KNPA") == 0 ? is_rest : is(l->type, type);
}
static bool is_ours(const struct petition_period_row *l) {
    return is(l->authority_kind, "front") || is(l->disposition, "accept");
}

static bool all(const struct petition_period_row *l, const struct period *p) { return (void)l, (void)p, true; }
static bool carried(const struct petition_period_row *l, const struct period *p) { return is_carried(l, p); }
static bool received(const struct petition_period_row *l, const struct period *p) { return !is_carried(l, p); }
static bool processed(const struct petition_period_row *l, const struct period *p) { return is_processed(l, p); }
static bool waiting(const struct petition_period_row *l, const struct period *p) { return !is_processed(l, p); }
static bool eligible(const struct petition_period_row *l, const struct period *p) { return (void)p, is_eligible(l); }
static bool complaint(const struct petition_period_row *l, const struct period *p) {
    return (void)p, is_eligible(l) && is_type(l, "KN");
}
static bool denunciation(const struct petition_period_row *l, const struct period *p) {
    return (void)p, is_eligible(l) && is_type(l, "TC");
}
static bool feedback(const struct petition_period_row *l, const struct period *p) {
    return (void)p, is_eligible(l) && is_type(l, "KNPA");
}
static bool ours(const struct petition_period_row *l, const struct period *p) {
    return (void)p, is_eligible(l) && is_ours(l);
}
static bool our_complaint(const struct petition_period_row *l, const struct period *p) {
    return ours(l, p) && is_type(l, "KN");
}
static bool our_denunciation(const struct petition_period_row *l, const struct period *p) {
    return ours(l, p) && is_type(l, "TC");
}
static bool our_feedback(const struct petition_period_row *l, const struct period *p) {
    return ours(l, p) && is_type(l, "KNPA");
}
static bool theirs(const struct petition_period_row *l, const struct period *p) {
    return (void)p, is_eligible(l) && !is_ours(l);
}
static bool their_sent(const struct petition_period_row *l, const struct period *p) {
    return theirs(l, p) && is_processed(l, p) && is(l->disposition, "transfer");
}
static bool their_guided(const struct petition_period_row *l, const struct period *p) {
    return theirs(l, p) && is_processed(l, p) && is(l->disposition, "guide");
}
static bool their_other(const struct petition_period_row *l, const struct period *p) {
    return theirs(l, p) && !their_sent(l, p) && !their_guided(l, p);
}
static bool urged(const struct petition_period_row *l, const struct period *p) { return (void)p, l->urgings > 0; }
static bool replied(const struct petition_period_row *l, const struct period *p) { return (void)p, l->replies > 0; }

static const struct column {
    struct str name;
    asks *asks;
} columns[] = {{S_INIT("Tổng số đơn"), all},
               {S_INIT("Kỳ trước chuyển sang"), carried},
               {S_INIT("Tiếp nhận trong kỳ"), received},
               {S_INIT("Đã xử lý"), processed},
               {S_INIT("Chưa xử lý"), waiting},
               {S_INIT("Đủ điều kiện xử lý"), eligible},
               {S_INIT("Khiếu nại"), complaint},
               {S_INIT("Tố cáo"), denunciation},
               {S_INIT("Kiến nghị, phản ánh"), feedback},
               {S_INIT("Thuộc thẩm quyền"), ours},
               {S_INIT("… khiếu nại"), our_complaint},
               {S_INIT("… tố cáo"), our_denunciation},
               {S_INIT("… kiến nghị, phản ánh"), our_feedback},
               {S_INIT("Không thuộc thẩm quyền"), theirs},
               {S_INIT("… đã chuyển"), their_sent},
               {S_INIT("… đã hướng dẫn"), their_guided},
               {S_INIT("… khác"), their_other},
               {S_INIT("Đơn có đôn đốc"), urged},
               {S_INIT("Đơn có văn bản phúc đáp"), replied}};
enum { COLUMNS = sizeof columns / sizeof *columns, PARTS_MOST = 3 };

/* whole = its parts; column numbers from 1. */
static const struct equation {
    int whole, parts[PARTS_MOST];
} equations[] = {{1, {2, 3, 0}},   {1, {4, 5, 0}},     {6, {7, 8, 9}},
                 {6, {10, 14, 0}}, {10, {11, 12, 13}}, {14, {15, 16, 17}}};
enum { EQUATIONS = sizeof equations / sizeof *equations };

/* ---- Periods: cut-off days of TT 01/2024: the first quarter begins on 15 December. */
static struct period quarter(int year, int q) {
    struct date from =
        q == 1 ? (struct date){(int16_t)(year - 1), 12, 15} : (struct date){(int16_t)year, (int8_t)(3 * q - 3), 15};
    return (struct period){from, (struct date){(int16_t)year, (int8_t)(3 * q), 14}};
}

static bool period_read(struct str code, int *year, int *q) {
    int64_t y, n;
    if (code.len != 6 || code.at[4] != 'q' || !num_read_between(str_slice(code, 0, 4), 2000, 2100, &y) ||
        !num_read_between(str_slice(code, 5, 6), 1, 4, &n)) {
        return false;
    }
    *year = (int)y;
    *q = (int)n;
    return true;
}

static void period_now(struct date today, int *year, int *q) {
    for (*year = today.year + 1; *year >= today.year; *year -= 1) {
        for (*q = 4; *q >= 1; *q -= 1) {
            struct period p = quarter(*year, *q);
            if (date_cmp(p.from, today) <= 0 && date_cmp(today, p.to) <= 0) {
                return;
            }
        }
    }
    *year = today.year;
    *q = 4;
}

/* ---- Counting */
struct counted {
    int64_t n[COLUMNS];
    LIST(int64_t) ids; /* of the chosen column */
};

static struct err count(struct get *g, const struct period *p, int chosen, struct counted *c) {
    struct petition_period_rows rows = {.n = AT_ONCE};
    struct petition_period_in in = {.organ = g->who->organ.v,
                                    .from_day = date_iso(g->arena, p->from),
                                    .to_day = date_iso(g->arena, p->to),
                                    .post = g->who->post.v,
                                    .most = AT_ONCE};
    *c = (struct counted){0};
    for (int64_t seen = 0; rows.n == AT_ONCE && seen < LETTERS_MOST; seen += AT_ONCE) {
        TRY(petition_period(g->db, in, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            for (int k = 0; k < COLUMNS; k++) {
                bool is_in = columns[k].asks(&rows.at[i], p);
                c->n[k] += is_in;
                if (is_in && k + 1 == chosen) {
                    LIST_ADD(g->arena, &c->ids, rows.at[i].id.v);
                }
            }
            in.after = rows.at[i].id.v;
        }
    }
    return OK;
}

static void equations_fill(struct arena *a, const struct counted *c, struct petition_report *v) {
    v->is_whole = true;
    for (int i = 0; i < EQUATIONS; i++) {
        int64_t sum = 0;
        struct buf words = buf_in(a);
        buf_printf(&words, "(%d) = ", equations[i].whole);
        for (int k = 0; k < PARTS_MOST && equations[i].parts[k]; k++) {
            sum += c->n[equations[i].parts[k] - 1];
            buf_printf(&words, "%s(%d)", k ? " + " : "", equations[i].parts[k]);
        }
        bool holds = sum == c->n[equations[i].whole - 1];
        v->is_whole = v->is_whole && holds;
        LIST_ADD(a, &v->equations, (struct petition_equation){buf_str(&words), holds});
    }
}

static struct err items_fill(struct get *g, struct counted *c, struct petition_report *v) {
    struct petition_lines_of_rows rows;
    size_t first = c->ids.n > SHOWN_MOST ? c->ids.n - SHOWN_MOST : 0;
    if (!c->ids.n) {
        return OK;
    }
    struct db_ids some = {c->ids.at + first, c->ids.n - first};
    TRY(petition_lines_of(g->db, (struct petition_lines_of_in){.some = some, .post = g->who->post.v}, &rows));
    const struct place_index *places = place_open(g->arena);
    for (size_t i = 0; i < rows.n; i++) {
        const struct petition_lines_of_row *r = &rows.at[i];
        struct petition_line l = {.id = r->id,
                                  .number = r->number,
                                  .state = r->state,
                                  .type = r->type,
                                  .channel = r->channel,
                                  .title = r->title,
                                  .place = r->place,
                                  .writer = petition_writer_shown(r->is_protected, r->name),
                                  .received_on = r->received_on,
                                  .due_on = r->due_on,
                                  .disposed_on = r->disposed_on,
                                  .is_protected = r->is_protected};
        LIST_ADD(g->arena, &v->items, petition_row_of(g->arena, places, &l));
    }
    return OK;
}

static struct err excel(struct get *g, const struct counted *c, const struct petition_report *v) {
    struct sheet_column wide[COLUMNS + 1] = {0};
    struct sheet *s;
    struct str bytes;
    for (int i = 0; i < COLUMNS; i++) {
        wide[i] = (struct sheet_column){str_format(g->arena, "(%d) %.*s", i + 1, STR_ARG(columns[i].name)), 14};
    }
    struct str notes =
        str_format(g->arena, "Mẫu 01/XLD\n%.*s\n%.*s", STR_ARG(g->who->organ_name), STR_ARG(v->period_name));
    TRY(sheet_begin(g->arena, SHEET_XLSX, S("01-XLD"), notes, wide, &s));
    for (int i = 0; i < COLUMNS; i++) {
        sheet_int(s, c->n[i]);
    }
    sheet_row(s);
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("01-xld.xlsx"), bytes);
}

static struct str period_name(struct arena *a, int year, int q) { return str_format(a, "Quý %d năm %d", q, year); }

static void periods_fill(struct get *g, int year, int q, struct petition_report *v) {
    struct date today = clock_today();
    for (int y = today.year + 1; y > today.year - YEARS; y--) {
        for (int k = 4; k >= 1; k--) {
            if (date_cmp(quarter(y, k).from, today) <= 0) {
                LIST_ADD(g->arena, &v->periods,
                         (struct petition_option){str_format(g->arena, "%dq%d", y, k), period_name(g->arena, y, k),
                                                  y == year && k == q});
            }
        }
    }
}

static void cells_fill(struct get *g, const struct counted *c, int64_t chosen, struct petition_report *v) {
    for (int i = 0; i < COLUMNS; i++) {
        LIST_ADD(g->arena, &v->cells,
                 (struct petition_cell_view){.number = i + 1,
                                             .n = c->n[i],
                                             .name = columns[i].name,
                                             .is_current = i + 1 == chosen,
                                             .link = link_local(g->arena, "/petition/report?period=%.*s&cell=%d#items",
                                                                STR_ARG(v->period), i + 1)});
    }
}

/* The period the address asks for, or today's. */
static struct period asked_of(struct get *g, struct petition_report *v) {
    int year, q;
    if (!period_read(query_param(g->request, S("period")), &year, &q)) {
        period_now(clock_today(), &year, &q);
    }
    struct period p = quarter(year, q);
    *v = (struct petition_report){.organ = g->who->organ_name,
                                  .period = str_format(g->arena, "%dq%d", year, q),
                                  .period_name = period_name(g->arena, year, q),
                                  .from_on = p.from,
                                  .to_on = p.to,
                                  .letters_most = SHOWN_MOST,
                                  .excel = link_local(g->arena, "/petition/report?period=%dq%d&format=xlsx", year, q)};
    periods_fill(g, year, q, v);
    return p;
}

struct err petition_report_get(struct get *g) {
    int64_t chosen = 0;
    struct counted c;
    struct petition_report v;
    struct period p = asked_of(g, &v);
    if (num_read_between(query_param(g->request, S("cell")), 1, COLUMNS, &chosen)) {
        v.has_cell = true;
        v.cell_name = columns[chosen - 1].name;
    }
    TRY(count(g, &p, (int)chosen, &c));
    equations_fill(g->arena, &c, &v);
    if (v.is_whole && is(query_param(g->request, S("format")), "xlsx")) {
        return excel(g, &c, &v);
    }
    cells_fill(g, &c, chosen, &v);
    TRY(items_fill(g, &c, &v));
    return answer_petition_report(g, &v);
}
