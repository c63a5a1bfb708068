/* What registers tell the charts, the desk, the notices and the index. */
#include "modules/register/register_port.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "kernel/rights/access.h"
#include "modules/register/register_row.h"
#include "search/search.h"

#include "base/banned.h"

/* ---- Counted: each row of a register, by the day it was written, read by who reads its book. */
static struct err load(struct db_read *db, int64_t id, struct metric_part *part, bool *is_counted) {
    struct register_row_by_id_row *row;
    TRY(register_row_by_id(db, (struct register_row_by_id_in){.id = id}, &row));
    *is_counted = row && !row->is_gone;
    if (*is_counted) {
        *part = (struct metric_part){
            .readers_of = row->book.v, .day_on = date_of(row->made_at), .field = row->type, .unit = row->owner.v};
    }
    return OK;
}

static struct err each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct register_rows_after_rows rows;
    TRY(register_rows_after(db, (struct register_rows_after_in){.after = after, .most = limit}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *lines) {
    struct register_rows_some_rows rows;
    TRY(register_rows_some(db, (struct register_rows_some_in){.some = ids}, &rows));
    for (size_t i = 0; i < ids.n; i++) {
        for (size_t k = 0; k < rows.n && !lines[i].is_there; k++) {
            struct register_head head = {0};
            if (rows.at[k].id.v == ids.at[i]) {
                (void)register_head_of(rows.at[k].type, &head);
                lines[i] =
                    (struct metric_line){.link = link_record(db_arena(db), S("/register/row/"), ids.at[i], S("")),
                                         .title = rows.at[k].title,
                                         .from = head.name,
                                         .who = rows.at[k].short_name,
                                         .is_there = true};
            }
        }
    }
    return OK;
}

static bool field_at(size_t i, struct metric_word *word) {
    struct register_head head;
    if (!register_head_at(i, &head)) {
        return false;
    }
    *word = (struct metric_word){head.code, head.name};
    return true;
}

static const struct metric metrics[] = {
    {.code = S_INIT("CN.SO_DONG"),
     .title = S_INIT("Dòng ghi vào sổ chuyên ngành"),
     .definition = S_INIT("Số dòng đang có trong các sổ chuyên ngành, theo ngày ghi vào sổ."),
     .unit = S_INIT("dòng"),
     .kind = METRIC_COUNT,
     .of = METRIC_EVERY},
    {.kind = METRIC_COUNT},
};
static const struct metric_column columns[] = {{METRIC_TITLE, S_INIT("Tên"), 50},
                                               {METRIC_FROM, S_INIT("Sổ"), 30},
                                               {METRIC_WHO, S_INIT("Đơn vị"), 30},
                                               {.width = 0}};

const struct metric_source register_metrics[] = {
    {.order = 60,
     .code = S_INIT("register"),
     .title = S_INIT("Sổ chuyên ngành"),
     .heading = S_INIT("Thống kê sổ chuyên ngành"),
     .source = S_INIT("Các sổ chuyên ngành"),
     .list = S_INIT("Dòng sau con số"),
     .none = S_INIT("Chưa có dòng nào được ghi trong khoảng này."),
     .all = S_INIT("Đã ghi"),
     .by_unit = S_INIT("Theo đơn vị giữ sổ"),
     .by_field = S_INIT("Theo sổ"),
     .field = S_INIT("Sổ"),
     .day = S_INIT("Ngày ghi"),
     .period = S_INIT("ghi từ"),
     .file = S_INIT("so-chuyen-nganh"),
     .field_at = field_at,
     .metrics = metrics,
     .columns = columns,
     .load = load,
     .each = each,
     .lines = counted_lines},
    {.load = NULL},
};

/* ---- What waits: reports to be sent, those that are late, those being gathered. */
enum { BOX_OPEN, BOX_LATE, BOX_GATHERING, BOXES, GATHERING_MOST = 60 };
static const struct waiting_box boxes[BOXES + 1] = {
    {WAITING_MINE, S_INIT("Báo cáo phải gửi"), "/register/report?box=open"},
    {WAITING_LATE, S_INIT("Báo cáo trễ hạn"), "/register/report?box=late"},
    {WAITING_GIVEN, S_INIT("Báo cáo đang thu"), "/register/report?box=gathering"},
};

static struct err counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    struct register_returns_counted_row *row;
    struct register_reports_open_rows open;
    TRY(register_returns_counted(db, (struct register_returns_counted_in){.owner = {who->organ.v}, .today = today},
                                 &row));
    TRY(register_reports_open(
        db, (struct register_reports_open_in){.post = who->post.v, .today = today, .most = GATHERING_MOST}, &open));
    out[BOX_OPEN] = row ? row->waiting : 0;
    out[BOX_LATE] = row ? row->late : 0;
    out[BOX_GATHERING] = (int64_t)open.n;
    return OK;
}

static struct str due_words(struct arena *a, struct date due, struct date today) {
    int64_t days = date_number(due) - date_number(today);
    return days < 0    ? str_format(a, "Quá hạn %lld ngày", (long long)-days)
           : days == 0 ? S("Hạn hôm nay")
                       : str_format(a, "Còn %lld ngày", (long long)days);
}

static struct err gathering_lines(struct db_read *db, const struct who *who, struct date today, size_t most,
                                  struct waiting_lines *out) {
    struct register_reports_open_rows rows;
    TRY(register_reports_open(
        db, (struct register_reports_open_in){.post = who->post.v, .today = today, .most = (int64_t)most}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(
            db_arena(db), out,
            (struct waiting_line){.link = link_record(db_arena(db), S("/register/report/"), rows.at[i].id.v, S("")),
                                  .title = rows.at[i].title,
                                  .what = str_format(db_arena(db), "%lld/%lld đơn vị đã gửi",
                                                     (long long)rows.at[i].sent, (long long)rows.at[i].asked),
                                  .due_on = rows.at[i].due_on,
                                  .due_words = due_words(db_arena(db), rows.at[i].due_on, today),
                                  .is_late = date_cmp(rows.at[i].due_on, today) < 0});
    }
    return OK;
}

static struct err lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *out) {
    struct register_returns_own_rows rows;
    if (box == BOX_GATHERING) {
        return gathering_lines(db, who, today, most, out);
    }
    TRY(register_returns_own(db,
                             (struct register_returns_own_in){.owner = {who->organ.v},
                                                              .state = box == BOX_LATE ? S("late") : S("open"),
                                                              .today = today,
                                                              .most = (int64_t)most},
                             &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_back = str_eq(rows.at[i].state, S("returned"));
        LIST_ADD(
            db_arena(db), out,
            (struct waiting_line){.link = link_record(db_arena(db), S("/register/return/"), rows.at[i].id.v, S("")),
                                  .title = rows.at[i].title,
                                  .from = rows.at[i].short_name,
                                  .what = is_back ? S("Bị trả lại") : S("Báo cáo phải gửi"),
                                  .due_on = rows.at[i].due_on,
                                  .due_words = due_words(db_arena(db), rows.at[i].due_on, today),
                                  .is_late = date_cmp(rows.at[i].due_on, today) < 0,
                                  .is_soon = date_number(rows.at[i].due_on) - date_number(today) <= 3});
    }
    return OK;
}

const struct waiting_source register_waiting[] = {
    {.code = S_INIT("register"), .boxes = boxes, .counts = counts, .lines = lines},
    {.boxes = NULL},
};

const struct told_kind register_told[] = {
    {.event = "register.asked", .group = S_INIT("Báo cáo phải gửi")},
    {.event = "register.sent", .group = S_INIT("Báo cáo đã gửi đến")},
    {.event = "register.back", .group = S_INIT("Báo cáo bị trả lại")},
    {.event = NULL},
};

/* ---- Found: of a row, its name and what is no more than basic personal data. */
static struct err doc_load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc, bool *is_gone) {
    struct register_row_by_id_row *row;
    struct access_ids readers;
    struct register_type type;
    struct fields_said_list said;
    struct buf text = buf_in(a);
    TRY(register_row_by_id(db, (struct register_row_by_id_in){.id = record}, &row));
    *is_gone = !row || row->is_gone;
    if (*is_gone) {
        return OK;
    }
    TRY(access_readers(db, row->book.v, &readers));
    TRY(register_type(a, row->type, &type));
    TRY(register_said(a, row->answers, &said));
    struct fields_state *s = register_judge(a, &type, row->type_version, said);
    buf_printf(&text, "%.*s, %.*s\n", STR_ARG(type.head.name), STR_ARG(row->short_name));
    for (size_t i = 0; i < type.page->items.n; i++) {
        const struct fields_answer *x = &s->all.at[i];
        if (x->item->pd <= FIELDS_BASIC && x->text.len) {
            struct str shown = fields_shown(a, x);
            buf_printf(&text, "%.*s: %.*s\n", STR_ARG(x->item->label), STR_ARG(shown));
        }
    }
    *doc = (struct search_doc){.record = record,
                               .kind = S("register"),
                               .title = row->title,
                               .date = date_of(row->changed_at),
                               .principals = {readers.at, readers.n}};
    search_doc_add(a, doc, 0, buf_str(&text));
    return OK;
}

static struct err doc_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids) {
    struct register_rows_after_rows rows;
    TRY(register_rows_after(db, (struct register_rows_after_in){.after = after, .most = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

static struct err doc_lead(struct db_read *db, struct arena *a, const struct search_hit *const *hits, size_t n,
                           struct date on, struct search_lead *out) {
    (void)db, (void)on;
    for (size_t i = 0; i < n; i++) {
        out[i].path = str_format(a, "/register/row/%lld", (long long)hits[i]->record);
    }
    return OK;
}

const struct search_source register_sources[] = {
    {.kind = S_INIT("register"),
     .name = S_INIT("Sổ chuyên ngành"),
     .load = doc_load,
     .each = doc_each,
     .lead = doc_lead},
    {.kind = S_INIT("")},
};
