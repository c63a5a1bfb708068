/* What tasks tell those who know no business by name: the charts, the desk, the notices. */
#include "base/arena.h"
#include "base/list.h"
#include "modules/task/task_box.h"
#include "modules/task/task_inside.h"

/* ---- Counted: every part that somebody has to do, by the day it was given, read by who may read its record. */
static struct err load(struct db_read *db, int64_t id, struct metric_part *part, bool *is_counted) {
    struct task_counted_row *row;
    TRY(task_counted(db, (struct task_counted_in){.id = id}, &row));
    *is_counted = row != NULL;
    if (row) {
        bool is_done = str_eq(row->state, S("reported")) || str_eq(row->state, S("done"));
        *part = (struct metric_part){.readers_of = row->record,
                                     .day_on = date_of(row->given_at),
                                     .unit = row->target_unit,
                                     .due_on = row->due_on,
                                     .done_on = row->done_on,
                                     .is_open = !is_done};
    }
    return OK;
}

static struct err each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct task_counted_after_rows rows;
    TRY(task_counted_after(db, (struct task_counted_after_in){.after = after, .most = limit}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct err counted_of(struct db_read *db, int64_t record, struct db_ids *ids) {
    struct task_counted_of_rows rows;
    TRY(task_counted_of(db, (struct task_counted_of_in){.record = record}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static const struct task_counted_lines_row *row_of(const struct task_counted_lines_rows *rows, int64_t id) {
    size_t low = 0, high = rows->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rows->at[middle].id.v < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < rows->n && rows->at[low].id.v == id ? &rows->at[low] : NULL;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *out) {
    struct task_counted_lines_rows rows;
    TRY(task_counted_lines(db, (struct task_counted_lines_in){.some = ids}, &rows));
    for (size_t i = 0; i < ids.n; i++) {
        const struct task_counted_lines_row *row = row_of(&rows, ids.at[i]);
        if (row) {
            out[i] = (struct metric_line){.link = link_record(db_arena(db), S("/task/"), row->id.v, S("")),
                                          .title = row->title,
                                          .from = row->given_name,
                                          .who = row->who_name,
                                          .is_there = true};
        }
    }
    return OK;
}

/* NV.DUNG_HAN as the committee's list of metrics has it. */
static const struct metric metrics[] = {
    {.code = S_INIT("NV.DANG_MO"),
     .title = S_INIT("Công việc đang mở"),
     .definition = S_INIT("Số phần việc chưa xong, trong những việc giao trong kỳ."),
     .unit = S_INIT("việc"),
     .kind = METRIC_STOCK,
     .of = METRIC_OPEN},
    {.code = S_INIT("NV.QUA_HAN"),
     .title = S_INIT("Công việc đang quá hạn"),
     .definition = S_INIT("Số phần việc chưa xong có hạn trước hôm nay, trong những việc giao trong kỳ."),
     .unit = S_INIT("việc"),
     .kind = METRIC_STOCK,
     .of = METRIC_OVERDUE,
     .good = METRIC_DOWN},
    {.code = S_INIT("NV.DUNG_HAN"),
     .title = S_INIT("Nhiệm vụ hoàn thành đúng hạn"),
     .definition = S_INIT("Xong đúng hạn trên xong đúng hạn, xong trễ và đang quá hạn."),
     .unit = S_INIT("%"),
     .kind = METRIC_RATIO,
     .of = METRIC_ON_TIME,
     .per = METRIC_ON_TIME | METRIC_LATE | METRIC_OVERDUE,
     .good = METRIC_UP,
     .least = 5,
     .has_target = true,
     .target = 90},
    {.kind = METRIC_COUNT},
};

static const struct metric_column columns[] = {
    {METRIC_TITLE, S_INIT("Công việc"), 60},
    {METRIC_FROM, S_INIT("Người giao"), 24},
    {METRIC_WHO, S_INIT("Người làm"), 24},
    {.width = 0},
};

const struct metric_source task_metrics[] = {
    {.order = 20,
     .code = S_INIT("task"),
     .title = S_INIT("Công việc"),
     .heading = S_INIT("Thống kê công việc"),
     .source = S_INIT("Công việc đã giao"),
     .list = S_INIT("Công việc sau con số"),
     .none = S_INIT("Chưa có việc nào được giao trong khoảng này."),
     .all = S_INIT("Đã giao"),
     .by_unit = S_INIT("Theo đơn vị được giao"),
     .day = S_INIT("Ngày giao"),
     .period = S_INIT("giao từ"),
     .file = S_INIT("cong-viec"),
     .metrics = metrics,
     .columns = columns,
     .load = load,
     .each = each,
     .counted_of = counted_of,
     .lines = counted_lines},
    {.load = NULL},
};

/* ---- What waits: the boxes of /task that want something, from the same rows and kept counters. */
static const enum task_box boxes_of[] = {TASK_BOX_REPORTED, TASK_BOX_ASKED,     TASK_BOX_RETURNED,
                                         TASK_BOX_TODO,     TASK_BOX_COOPERATE, TASK_BOX_SOON,
                                         TASK_BOX_LATE,     TASK_BOX_GIVEN,     TASK_BOX_INFORM};
enum { BOXES = sizeof boxes_of / sizeof *boxes_of };

static const struct waiting_box boxes[BOXES + 1] = {
    {WAITING_MINE, S_INIT("Chờ tôi đánh giá"), "/task?box=reported"},
    {WAITING_MINE, S_INIT("Xin gia hạn"), "/task?box=asked"},
    {WAITING_MINE, S_INIT("Bị trả lại"), "/task?box=returned"},
    {WAITING_MINE, S_INIT("Chờ tôi xử lý"), "/task?box=todo"},
    {WAITING_MINE, S_INIT("Phối hợp"), "/task?box=cooperate"},
    {WAITING_SOON, S_INIT("Việc sắp đến hạn"), "/task?box=soon"},
    {WAITING_LATE, S_INIT("Việc trễ hạn"), "/task?box=late"},
    {WAITING_GIVEN, S_INIT("Việc tôi giao"), "/task?box=given"},
    {WAITING_INFORM, S_INIT("Việc để biết"), "/task?box=inform"},
};

static struct err counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    struct task_counts kept;
    TRY(task_counts(db, who->post, today, &kept));
    for (size_t i = 0; i < BOXES; i++) {
        out[i] = kept.n[boxes_of[i]];
    }
    return OK;
}

/* As the desk says it of whatever runs out. */
static struct str due_words(struct arena *a, struct date due, int64_t days) {
    if (!due.year) {
        return S("");
    }
    return days < 0    ? str_format(a, "Quá hạn %lld ngày", (long long)-days)
           : days == 0 ? S("Hạn hôm nay")
                       : str_format(a, "Còn %lld ngày", (long long)days);
}

/* Came back to who gave it: of interest is from whom. */
static bool is_back(size_t box) {
    return boxes_of[box] == TASK_BOX_REPORTED || boxes_of[box] == TASK_BOX_ASKED || boxes_of[box] == TASK_BOX_RETURNED;
}

/* A deadline is said while it runs: not of what waits for who gave it, nor of what is only to be known. */
static struct waiting_line line_of(struct arena *a, const struct task_row *r, size_t box, struct date today) {
    bool is_mine = boxes[box].tab == WAITING_MINE || boxes[box].tab == WAITING_INFORM;
    bool is_running =
        (str_eq(r->state, S("waiting")) || str_eq(r->state, S("working"))) && boxes[box].tab != WAITING_INFORM;
    struct date due = is_running ? r->due_on : (struct date){0};
    int64_t days = date_number(due) - date_number(today);
    struct str who = r->holder_name.len ? r->holder_name : r->target_name;
    return (struct waiting_line){.link = link_record(a, S("/task/"), r->id.v, S("")),
                                 .title = r->title,
                                 .from = is_back(box) ? who : r->given_name,
                                 .what = is_mine ? boxes[box].title : who,
                                 .due_words = due_words(a, due, days),
                                 .due_on = due,
                                 .is_late = due.year && days < 0,
                                 .is_soon = due.year && days >= 0 && days <= TASK_SOON_DAYS,
                                 .is_new = is_mine && r->is_new};
}

static struct err lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *out) {
    struct task_asked asked = {.box = boxes_of[box], .today = today, .limit = (int64_t)most};
    struct task_rows rows;
    bool has_more = false;
    TRY(task_list(db, who->post, &asked, &rows, &has_more));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), out, line_of(db_arena(db), &rows.at[i], box, today));
    }
    return OK;
}

const struct waiting_source task_waiting[] = {
    {.code = S_INIT("task"), .boxes = boxes, .counts = counts, .lines = lines},
    {.boxes = NULL},
};

/* To whom and in which words stands in the event (task_tell). */
const struct told_kind task_told_kinds[] = {
    {.event = "task.assigned", .group = S_INIT("Được giao việc")},
    {.event = "task.informed", .group = S_INIT("Để biết")},
    {.event = "task.overdue", .group = S_INIT("Quá hạn")},
    {.event = "task.report", .group = S_INIT("Đã báo cáo xong")},
    {.event = "task.return", .group = S_INIT("Bị trả lại")},
    {.event = "task.ask", .group = S_INIT("Gia hạn")},
    {.event = "task.answer", .group = S_INIT("Gia hạn")},
    {.event = "task.recall", .group = S_INIT("Thu hồi")},
    {.event = "task.taken_back", .group = S_INIT("Thu hồi")},
    {.event = "task.*", .group = S_INIT("Công việc")},
    {.event = NULL},
};
