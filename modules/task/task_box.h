/* The boxes of a post, their counters and their lists. */
#ifndef MODULES_TASK_TASK_BOX_H
#define MODULES_TASK_TASK_BOX_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/db/ids/task_item.h"
#include "kernel/rights/auth.h"

enum task_box {
    TASK_BOX_TODO = 0,   /* chờ tôi xử lý: to lead */
    TASK_BOX_COOPERATE,  /* phối hợp */
    TASK_BOX_LATE,       /* trễ hạn: of both */
    TASK_BOX_SOON,       /* sắp đến hạn: of both, due today or in the next TASK_SOON_DAYS days */
    TASK_BOX_INFORM,     /* để biết, not seen yet */
    TASK_BOX_UNIT,       /* việc của đơn vị that one of it has taken up */
    TASK_BOX_GIVEN,      /* tôi giao, still open */
    TASK_BOX_GIVEN_LATE, /* tôi giao, trễ hạn */
    TASK_BOX_REPORTED,   /* chờ tôi đánh giá */
    TASK_BOX_RETURNED,   /* bị trả lại: waits for who gave it */
    TASK_BOX_ASKED,      /* xin gia hạn: waits for who gave it */
    TASK_BOX_DONE,       /* đã xong by this post */
    TASK_BOX_CLOSED,     /* tôi giao, đã xong */
    TASK_BOXES
};
struct str task_box_code(enum task_box box);  /* "given": /task?box=given */
struct str task_box_title(enum task_box box); /* Vietnamese */
bool task_box_of_code(struct str code, enum task_box *box);

struct task_counts {
    int64_t n[TASK_BOXES];
};
/* All boxes at once, from kept counters. */
struct err task_counts(struct db_read *db, struct post_id post, struct date today, struct task_counts *counts);

struct task_row {
    struct task_item_id id;
    struct str kind;
    int64_t record;
    struct str title, role, state, target_name, holder_name, given_name;
    struct date due_on, done_on;
    int64_t percent;
    bool is_new;
    struct str place; /* for paging */
};
struct task_rows {
    struct task_row *at;
    size_t n;
};
struct task_asked {
    enum task_box box;
    struct str after; /* the place the last page ended at; empty: from the beginning */
    struct str kind;  /* of records; empty: any */
    int64_t unit;     /* of the receiver; 0: any */
    bool is_late;     /* only what is past its day */
    struct date today;
    int64_t limit;
};
struct err task_list(struct db_read *db, struct post_id post, const struct task_asked *asked, struct task_rows *rows,
                     bool *has_more);
/* "quá hạn 3 ngày", "hạn hôm nay", "còn 2 ngày"; empty without a deadline. */
struct str task_due_words(struct arena *a, struct date due, struct date today);
#endif
