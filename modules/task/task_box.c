#include "modules/task/task_box.h"

#include "modules/task/task.h"
#include "modules/task/task_inside.h"

#include "base/arena.h"

/* Which kept rows a box lists: of those that run out, only a window of days. */
enum window { ALL = 0, PAST, NEAR };
static const struct {
    const char *code;
    struct str title;
    const char *kept; /* its name in task_box */
    enum window window;
} boxes[TASK_BOXES] = {
    [TASK_BOX_TODO] = {"todo", S_INIT("Chờ tôi xử lý"), "todo", ALL},
    [TASK_BOX_COOPERATE] = {"cooperate", S_INIT("Phối hợp"), "cooperate", ALL},
    [TASK_BOX_LATE] = {"late", S_INIT("Trễ hạn"), "due", PAST},
    [TASK_BOX_SOON] = {"soon", S_INIT("Sắp đến hạn"), "due", NEAR},
    [TASK_BOX_INFORM] = {"inform", S_INIT("Để biết"), "inform", ALL},
    [TASK_BOX_UNIT] = {"unit", S_INIT("Đơn vị đang làm"), "unit", ALL},
    [TASK_BOX_GIVEN] = {"given", S_INIT("Tôi giao"), "given", ALL},
    [TASK_BOX_GIVEN_LATE] = {"given-late", S_INIT("Tôi giao, trễ hạn"), "given_due", PAST},
    [TASK_BOX_REPORTED] = {"reported", S_INIT("Chờ tôi đánh giá"), "reported", ALL},
    [TASK_BOX_RETURNED] = {"returned", S_INIT("Bị trả lại"), "returned", ALL},
    [TASK_BOX_ASKED] = {"asked", S_INIT("Xin gia hạn"), "asked", ALL},
    [TASK_BOX_DONE] = {"done", S_INIT("Đã xong"), "done", ALL},
    [TASK_BOX_CLOSED] = {"closed", S_INIT("Tôi giao, đã xong"), "closed", ALL},
};

struct str task_box_code(enum task_box box) {
    return str_of(boxes[box].code);
}
struct str task_box_title(enum task_box box) {
    return boxes[box].title;
}

bool task_box_of_code(struct str code, enum task_box *box) {
    for (enum task_box b = 0; b < TASK_BOXES; b++) {
        if (str_eq(code, str_of(boxes[b].code))) {
            *box = b;
            return true;
        }
    }
    return false;
}

static struct str day_after_soon(struct arena *a, struct date today) {
    return date_iso(a, date_plus(today, TASK_SOON_DAYS + 1));
}

struct err task_counts(struct db_read *db, struct post_id post, struct date today, struct task_counts *counts) {
    struct arena *a = db_arena(db);
    struct task_counts_of_rows rows;
    *counts = (struct task_counts){0};
    TRY(task_counts_of(db,
                       (struct task_counts_of_in){
                           .post = post.v, .today_day = date_iso(a, today), .soon_day = day_after_soon(a, today)},
                       &rows));
    for (size_t i = 0; i < rows.n; i++) {
        for (enum task_box b = 0; b < TASK_BOXES; b++) {
            if (str_eq(rows.at[i].box, str_of(boxes[b].kept))) {
                enum window w = boxes[b].window;
                counts->n[b] = w == ALL ? rows.at[i].n : w == PAST ? rows.at[i].late : rows.at[i].soon;
            }
        }
    }
    return OK;
}

/* The places between which the rows of a box lie. Places of deadlines begin with their day. */
static void window_of(struct arena *a, const struct task_asked *asked, struct str *after, struct str *until) {
    struct str today = date_iso(a, asked->today);
    enum window w = boxes[asked->box].window;
    *after = w == NEAR && str_cmp(asked->after, today) < 0 ? today : asked->after;
    *until = w == PAST || asked->is_late ? today : w == NEAR ? day_after_soon(a, asked->today) : S("~");
}

struct err task_list(struct db_read *db, struct post_id post, const struct task_asked *asked, struct task_rows *out,
                     bool *has_more) {
    struct arena *a = db_arena(db);
    struct task_box_list_rows rows;
    struct task_box_list_in in = {.post = post.v,
                                  .box = str_of(boxes[asked->box].kept),
                                  .of_kind = asked->kind,
                                  .of_unit = asked->unit,
                                  .most = asked->limit + 1};
    window_of(a, asked, &in.after, &in.until);
    TRY(task_box_list(db, in, &rows));
    *has_more = (int64_t)rows.n > asked->limit;
    *out = (struct task_rows){0};
    for (size_t i = 0; i < rows.n && (int64_t)i < asked->limit; i++) {
        const struct task_box_list_row *r = &rows.at[i];
        LIST_ADD(a, out,
                 (struct task_row){.id = r->id,
                                   .kind = r->kind,
                                   .record = r->record,
                                   .title = r->title,
                                   .role = r->role,
                                   .state = r->state,
                                   .target_name = r->target_name,
                                   .holder_name = r->holder_name,
                                   .given_name = r->given_name,
                                   .due_on = r->due_on,
                                   .done_on = r->done_on,
                                   .percent = r->percent,
                                   .is_new = r->is_new,
                                   .place = r->place});
    }
    return OK;
}

struct str task_due_words(struct arena *a, struct date due, struct date today) {
    if (!due.year) {
        return S("");
    }
    long long days = (long long)(date_number(due) - date_number(today));
    return days < 0    ? str_format(a, "quá hạn %lld ngày", -days)
           : days == 0 ? S("hạn hôm nay")
                       : str_format(a, "còn %lld ngày", days);
}

struct str task_due_place(struct arena *a, struct date due, int64_t id) {
    return str_format(a, "%.*s/%019lld", STR_ARG(due.year ? date_iso(a, due) : S("9999-12-31")), (long long)id);
}

struct str task_new_place(struct arena *a, int64_t id) {
    return str_format(a, "%019lld", (long long)(INT64_MAX - id));
}
