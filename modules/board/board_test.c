#include "modules/board/board_card.h"

#include <math.h>

#include "kernel/db/db.h"
#include "kernel/queue/event.h"
#include "kernel/rights/access.h"
#include "modules/board/board_own.h"
#include "modules/board/board_queries.h"
#include "modules/document/document_test_office.h"
#include "modules/org/org.h"
#include "tests/db.h"

static struct instant noon(int day) { return date_at((struct date){2026, 11, (int8_t)day}, 12, 0); }

static struct err hear_all(struct office *o) {
    bool more = true;
    while (more) {
        TRY(event_deliver(o->db, o->arena, chart_module.listeners, 1, &more));
    }
    return OK;
}

static struct err office_start(struct db *db, struct arena *arena, struct office *o) {
    bool more;
    clock_freeze(noon(20));
    TRY(event_deliver(db, arena, chart_module.listeners, 1, &more));
    return office_open(db, arena, o);
}

static struct board_filter month_of(int64_t principal, enum board_span span) {
    struct board_filter f = {.span = span, .on = clock_today(), .scope = CHART_ORGAN, .principal = principal};
    board_dates_of(&f, clock_today());
    return f;
}

/* One card of the chair's whole organ. */
static struct err card_of(struct office *o, const struct who *who, const struct board_item *item, bool is_hidden,
                          struct board_card *card) {
    struct db_read *r;
    int64_t principal;
    TRY(hear_all(o));
    TRY(db_begin_read(o->db, o->arena, &r));
    struct err e = chart_principal(r, who, CHART_ORGAN, &principal);
    if (!e.why) {
        struct board_filter f = month_of(principal, BOARD_TWELVE);
        struct board_look look = {
            .db = r, .arena = o->arena, .filter = &f, .organ = who->organ.v, .today = clock_today()};
        struct board_make make = {&look, &modules, is_hidden};
        e = board_card_make(&make, item, card);
    }
    db_end_read(r);
    return e;
}

TEST("a span ends today, and is held against as many days of the one before, or of the year before") {
    struct board_filter f = {.span = BOARD_MONTH, .on = {2026, 3, 10}};
    board_dates_of(&f, (struct date){2026, 3, 30});
    CHECK(date_is(f.from, (struct date){2026, 3, 1}) && date_is(f.to, (struct date){2026, 3, 30}));
    CHECK(date_is(f.before_from, (struct date){2026, 2, 1}) && date_is(f.before_to, (struct date){2026, 2, 28}));
    f.is_year_ago = true;
    board_dates_of(&f, (struct date){2026, 3, 10});
    CHECK(date_is(f.before_from, (struct date){2025, 3, 1}) && date_is(f.before_to, (struct date){2025, 3, 10}));
    f = (struct board_filter){.span = BOARD_QUARTER, .on = {2026, 2, 28}};
    board_dates_of(&f, (struct date){2026, 12, 1});
    CHECK(date_is(f.from, (struct date){2026, 1, 1}) && date_is(f.to, (struct date){2026, 3, 31}));
    CHECK(date_is(f.before_from, (struct date){2025, 10, 1}) && date_is(f.before_to, (struct date){2025, 12, 31}));
    f = (struct board_filter){.span = BOARD_TWELVE, .on = {2026, 1, 31}};
    board_dates_of(&f, (struct date){2026, 1, 31});
    CHECK(date_is(f.from, (struct date){2025, 2, 1}) && date_is(f.to, (struct date){2026, 1, 31}));
    CHECK(date_is(board_month_plus((struct date){2026, 1, 1}, -13), (struct date){2024, 12, 1}));
    (void)arena;
}

/* Every way the hidden cells of one row could be, as its reader may think: each at least 1, together the sum. A cell
 * that is the same in all of them is told. */
static bool is_told(const int64_t *cells, const bool *hidden, size_t n, size_t which) {
    int64_t sum = 0, others = 0;
    for (size_t i = 0; i < n; i++) {
        sum += hidden[i] ? cells[i] : 0;
        others += hidden[i] && i != which;
    }
    return others == 0 || sum - others <= 1;
}

TEST("no small figure can be worked out from the sum of its row") {
    uint64_t random = 7;
    for (int round = 0; round < 2000; round++) {
        int64_t cells[6];
        bool hidden[6];
        size_t n = 1 + (size_t)round % 6;
        for (size_t i = 0; i < n; i++) {
            random = random * 6364136223846793005ULL + 1442695040888963407ULL;
            cells[i] = (int64_t)(random >> 33) % 12;
        }
        bool is_sum_hidden = board_hide(cells, n, 5, hidden);
        for (size_t i = 0; i < n; i++) {
            CHECK(hidden[i] || cells[i] == 0 || cells[i] >= 5);
            CHECK(!hidden[i] || is_sum_hidden || !is_told(cells, hidden, n, i));
        }
    }
    bool one[2];
    CHECK(board_hide((int64_t[]){3, 0}, 2, 5, one) && one[0] && !one[1]);
    CHECK(!board_hide((int64_t[]){3, 9}, 2, 5, one) && one[0] && one[1]);
    CHECK(!board_hide((int64_t[]){0, 9}, 2, 5, one) && !one[0] && !one[1]);
    (void)arena;
}

TEST("every board of the program shows metrics that are there, each in a way that is drawn") {
    struct board_ready ready;
    struct who who = {.roles = ROLE_LEADER};
    size_t n = 0;
    for (; board_ready_at(n, &ready); n++) {
        struct board_set set;
        struct board_metric m;
        board_ready_read(arena, &who, ready.code, &set);
        CHECK_STR(set.code, ready.code);
        for (size_t i = 0; i < set.items.n; i++) {
            CHECK(board_metric_find(&modules, set.items.at[i].metric, &m) && set.items.at[i].kind);
            CHECK(board_ready_uses(ready.code, set.items.at[i].metric));
        }
    }
    CHECK(n >= 4);
    struct board_set own;
    board_ready_read(arena, &who, S("no such"), &own);
    CHECK_STR(own.code, S("chair"));
}

TEST_DB("a card's number is its list, nothing counted is not nought, and a metric that is gone says so") {
    struct office o;
    struct document_doc_id a, b;
    struct board_card card;
    CHECK_OK(office_start(db, arena, &o));
    CHECK_OK(card_of(&o, &o.chair, &(struct board_item){.metric = S("VB.DEN"), .kind = BOARD_NUMBER}, false, &card));
    CHECK(card.missing.len && !card.value.len);
    CHECK_OK(card_of(&o, &o.chair, &(struct board_item){.metric = S("XX.YY"), .kind = BOARD_MAP}, false, &card));
    CHECK(card.missing.len);
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_DIRECTED, 2, &a));
    CHECK_OK(office_document(&o, S("2/B"), OFFICE_DIRECTED, 5, &b));
    CHECK_OK(card_of(&o, &o.chair, &(struct board_item){.metric = S("VB.DEN"), .kind = BOARD_NUMBER}, false, &card));
    CHECK_STR(card.value, S("2"));
    CHECK(card.delta.len && !card.is_late);
    clock_freeze(noon(26));
    CHECK_OK(
        card_of(&o, &o.chair, &(struct board_item){.metric = S("VB.QUA_HAN"), .kind = BOARD_NUMBER}, false, &card));
    CHECK_STR(card.value, S("1"));
    CHECK(card.is_late);
    for (enum board_kind kind = BOARD_LINE; kind <= BOARD_MAP; kind++) {
        CHECK_OK(card_of(&o, &o.chair, &(struct board_item){.metric = S("VB.DEN"), .kind = kind}, false, &card));
        CHECK(card.missing.len || card.has_rows || card.has_map);
    }
    CHECK_OK(
        card_of(&o, &o.commune_clerk, &(struct board_item){.metric = S("VB.DEN"), .kind = BOARD_NUMBER}, false, &card));
    CHECK(card.missing.len);
    CHECK_OK(
        card_of(&o, &o.chair, &(struct board_item){.metric = S("VB.DUNG_HAN"), .kind = BOARD_NUMBER}, true, &card));
    CHECK_STR(card.value, S("ẩn"));
    clock_freeze((struct instant){0});
}

TEST_DB("a board is its maker's until it is shared, and cards keep the order they are given") {
    struct office o;
    struct board_set set;
    struct db_read *r;
    int64_t id = 0;
    CHECK_OK(office_start(db, arena, &o));
    CHECK_OK(ACT(&o, &o.officer, board_make_own(w, &o.officer, S("Của tôi"), S(""), &id)));
    CHECK_OK(ACT(&o, &o.officer, board_card_add(w, &o.officer, id, S("VB.DEN"), BOARD_NUMBER)));
    CHECK_OK(ACT(&o, &o.officer, board_card_add(w, &o.officer, id, S("VB.DEN"), BOARD_LINE)));
    CHECK_OK(ACT(&o, &o.officer, board_card_add(w, &o.officer, id, S("NV.QUA_HAN"), BOARD_UNIT)));
    CHECK_ERR(ACT(&o, &o.head, board_card_add(w, &o.head, id, S("VB.DEN"), BOARD_LINE)), ERR_MISSING);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_ERR(board_own_read(r, &o.head, id, &set), ERR_MISSING);
    CHECK_OK(board_own_read(r, &o.officer, id, &set));
    db_end_read(r);
    CHECK(set.items.n == 3 && set.items.at[2].kind == BOARD_UNIT && set.is_mine);
    CHECK_OK(ACT(&o, &o.officer, board_card_move(w, &o.officer, id, set.items.at[2].id, true)));
    CHECK_OK(ACT(&o, &o.officer, board_card_drop(w, &o.officer, id, set.items.at[0].id)));
    struct board_set to = {.id = id, .title = S("Của ban"), .unit = o.officer.unit.v, .version = 1};
    CHECK_OK(ACT(&o, &o.officer, board_change_own(w, &o.officer, &to)));
    CHECK_ERR(ACT(&o, &o.officer, board_change_own(w, &o.officer, &to)), ERR_CONFLICT);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(board_own_read(r, &o.head, id, &set));
    db_end_read(r);
    CHECK(set.items.n == 2 && set.items.at[0].kind == BOARD_UNIT && !set.is_mine);
    CHECK_ERR(ACT(&o, &o.head, board_drop_own(w, &o.head, id)), ERR_DENIED);
    to.version = 2;
    to.unit = 0;
    CHECK_OK(ACT(&o, &o.officer, board_change_own(w, &o.officer, &to)));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_ERR(board_own_read(r, &o.head, id, &set), ERR_MISSING);
    db_end_read(r);
    CHECK_OK(ACT(&o, &o.officer, board_drop_own(w, &o.officer, id)));
    clock_freeze((struct instant){0});
}

/* How many events of a kind have been told to the post. */
static int64_t told_n(struct office *o, const char *kind) {
    struct db_read *r;
    struct event_list events = {0};
    bool is_complete;
    int64_t n = 0;
    if (db_begin_read(o->db, o->arena, &r).why) {
        return -1;
    }
    struct err e = event_after(r, 0, 1000, &events, &is_complete);
    db_end_read(r);
    for (size_t i = 0; !e.why && i < events.n; i++) {
        n += str_eq(events.at[i].kind, str_of(kind)) && events.at[i].to == o->chair.post.v;
    }
    return e.why ? -1 : n;
}

static struct err look_round(struct office *o) {
    int64_t last;
    TRY(hear_all(o));
    return ACT(o, &o->chair, board_watch(w, &modules, 0, &last));
}

TEST_DB("a threshold is told once when it is crossed, and once when that has ended") {
    struct office o;
    struct document_doc_id a, b;
    struct board_alert_new more = {.metric = S("VB.DEN"), .scope = CHART_ORGAN, .is_above = true, .bound = 1};
    CHECK_OK(office_start(db, arena, &o));
    CHECK_OK(ACT(&o, &o.chair, board_alert_add(w, &o.chair, &more)));
    CHECK_ERR(ACT(&o, &o.officer, board_alert_add(w, &o.officer, &more)), ERR_DENIED);
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_REGISTERED, 0, &a));
    CHECK_OK(look_round(&o));
    CHECK(told_n(&o, "board.crossed") == 0);
    CHECK_OK(office_document(&o, S("2/B"), OFFICE_REGISTERED, 0, &b));
    CHECK_OK(look_round(&o));
    CHECK_OK(look_round(&o));
    CHECK(told_n(&o, "board.crossed") == 1 && told_n(&o, "board.ended") == 0);
    CHECK_OK(ACT(&o, &o.clerk, document_void(w, &o.clerk, b, S("Vào nhầm sổ"))));
    CHECK_OK(look_round(&o));
    CHECK_OK(look_round(&o));
    CHECK(told_n(&o, "board.crossed") == 1 && told_n(&o, "board.ended") == 1);
    clock_freeze((struct instant){0});
}

static struct err past_months(struct office *o, int n, int (*value)(int)) {
    for (int i = n; i >= 1; i--) {
        struct date month = board_month_plus((struct date){2026, 11, 1}, -i);
        TRY(ACT(o, &o->chair,
                board_past_add(w, &o->chair,
                               &(struct board_past_new){
                                   .metric = S("VB.DEN"), .month = month, .n = value(i), .report = S("Báo cáo năm")})));
    }
    return OK;
}
static int uneven(int i) { return 100 + i * 7919 % 23; }

static struct err forecasts(struct office *o, int64_t *principal, struct board_forecast_list_rows *rows) {
    struct db_read *r;
    TRY(db_begin_read(o->db, o->arena, &r));
    struct err e = org_group(r, o->chair.organ, ROLE_LEADER, principal);
    e = e.why ? e : board_forecast_list(r, (struct board_forecast_list_in){.principal = *principal}, rows);
    db_end_read(r);
    return e;
}

TEST_DB("a forecast is published once a month where it beats last year, and is kept as it was") {
    struct office o;
    struct board_forecast_list_rows rows;
    int64_t principal;
    CHECK_OK(office_start(db, arena, &o));
    CHECK_OK(past_months(&o, 12, uneven));
    CHECK_OK(ACT(&o, &o.chair, board_publish(w, &modules, o.chair.organ.v, clock_today())));
    CHECK_OK(forecasts(&o, &principal, &rows));
    CHECK(rows.n == 0); /* a year is too little */
    for (int i = 13; i <= 35; i++) {
        CHECK_OK(ACT(&o, &o.chair,
                     board_past_add(w, &o.chair,
                                    &(struct board_past_new){.metric = S("VB.DEN"),
                                                             .month = board_month_plus((struct date){2026, 11, 1}, -i),
                                                             .n = uneven(i),
                                                             .report = S("Báo cáo năm")})));
    }
    CHECK_OK(ACT(&o, &o.chair, board_publish(w, &modules, o.chair.organ.v, clock_today())));
    CHECK_OK(forecasts(&o, &principal, &rows));
    CHECK(rows.n == BOARD_HORIZON);
    double first = rows.n ? rows.at[rows.n - 1].value : 0;
    CHECK(first > 90 && first < 135);
    for (size_t i = 0; i < rows.n; i++) {
        CHECK(rows.at[i].low95 <= rows.at[i].low80 && rows.at[i].low80 <= rows.at[i].value &&
              rows.at[i].value <= rows.at[i].high80 && rows.at[i].high80 <= rows.at[i].high95);
    }
    CHECK_OK(ACT(&o, &o.chair, board_publish(w, &modules, o.chair.organ.v, clock_today())));
    CHECK_OK(forecasts(&o, &principal, &rows));
    CHECK(rows.n == BOARD_HORIZON && fabs(rows.at[rows.n - 1].value - first) < 1e-9);
    CHECK_ERR(ACT(&o, &o.chair,
                  board_past_add(
                      w, &o.chair,
                      &(struct board_past_new){.metric = S("VB.DEN"), .month = {2026, 10, 1}, .report = S("Lần nữa")})),
              ERR_CONFLICT);
    CHECK_ERR(ACT(&o, &o.chair,
                  board_past_add(w, &o.chair,
                                 &(struct board_past_new){
                                     .metric = S("VB.DEN"), .month = {2026, 11, 1}, .report = S("Chưa hết")})),
              ERR_INVALID);
    clock_freeze((struct instant){0});
}

TEST_DB("what a metric means is written down once, and again only when it is something else") {
    struct db_write *w;
    struct db_read *r;
    struct board_definitions_rows rows;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(board_define(w, arena, &modules, (struct date){2026, 11, 20}));
    CHECK_OK(board_define(w, arena, &modules, (struct date){2026, 11, 21}));
    CHECK_OK(board_definition_insert(w,
                                     (struct board_definition_insert_in){.metric = S("VB.DEN"),
                                                                         .edition = 9,
                                                                         .since_on = {2026, 11, 22},
                                                                         .title = S("Khác"),
                                                                         .words = S("Khác"),
                                                                         .formula = S("khác")},
                                     NULL));
    CHECK_OK(board_define(w, arena, &modules, (struct date){2026, 11, 23}));
    CHECK_OK(db_commit(w));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(board_definitions(r, (struct board_definitions_in){.metric = S("VB.DEN")}, &rows));
    CHECK(rows.n == 3 && rows.at[0].edition == 10 && date_is(rows.at[0].since_on, (struct date){2026, 11, 23}));
    CHECK_OK(board_definitions(r, (struct board_definitions_in){.metric = S("NV.QUA_HAN")}, &rows));
    CHECK(rows.n == 1);
    db_end_read(r);
}
