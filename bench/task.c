/* How fast the boxes of tasks are, whatever their number: bench-task DB N makes N tasks among 400 posts of 40 units in
   a fresh database (a path, or postgresql://…) and measures the counters and first pages of every box of restricted
   posts. Prints one JSON line. */
#include "base/arena.h"
#include "base/list.h"
#include "base/log.h"
#include "base/num.h"
#include "kernel/db/db.h"
#include "kernel/db/id.h"
#include "kernel/rights/access.h"
#include "modules/task/task_box.h"
#include "modules/task/task_inside.h"

#include <stdio.h>

#include "base/banned.h"

enum { POSTS = 400, UNITS = 40, BATCH = 2000, ASKS = 4000 };
/* Ids far from those the program makes. */
static int64_t post_id(int64_t n) { return 1000 + n % POSTS; }
static int64_t unit_id(int64_t n) { return 100 + n % UNITS; }

static struct err wear(struct db_write *w) {
    for (int64_t i = 0; i < POSTS; i++) {
        int64_t principals[] = {post_id(i), unit_id(i), 1, 2, 5000 + i};
        TRY(access_wear(w, post_id(i), (struct db_ids){principals, 5}));
    }
    return OK;
}

/* Nine of ten are done, as in an office of some years; of the others some are late. */
static struct err one(struct db_write *w, struct task_directive_id d, int64_t n, int64_t *id) {
    static const char *const roles[] = {"lead", "lead", "cooperate", "inform"};
    struct arena *a = db_write_arena(w);
    *id = id_new();
    struct date due = date_plus(clock_today(), (int)(n % 40) - 12);
    bool is_unit = n % 3 == 0;
    struct task_item_insert_in in = {.id = {*id},
                                     .directive = d,
                                     .kind = n % 2 ? S("document") : S("petition"),
                                     .record = 700000 + n / 3,
                                     .title = S("Báo cáo kết quả thực hiện"),
                                     .role = str_of(roles[n % 4]),
                                     .target_kind = is_unit ? S("unit") : S("post"),
                                     .target = is_unit ? unit_id(n * 7) : post_id(n * 13),
                                     .target_unit = unit_id(n * 7),
                                     .target_name = S("Ban Phong trào"),
                                     .given_by = post_id(n % 10),
                                     .given_name = S("Đào Công"),
                                     .given_at = clock_now(),
                                     .due_on = due,
                                     .due_place = task_due_place(a, due, *id),
                                     .new_place = task_new_place(a, *id)};
    TRY(task_item_insert(w, in, NULL));
    struct task_item_state_in done = {.state = S("done"), .reason = S(""), .id = {*id}};
    return n % 10 ? task_item_state(w, done, NULL) : OK;
}

static struct err batch(struct db_write *w, int64_t from, int64_t to) {
    struct task_directive_insert_in d = {
        .id = {id_new()}, .kind = S("document"), .record = 1, .title = S("x"), .text = S("x"), .by_post = 1};
    int64_t ids[BATCH];
    d.made_at = clock_now();
    TRY(task_directive_insert(w, d, NULL));
    for (int64_t n = from; n < to; n++) {
        TRY(one(w, d.id, n, &ids[n - from]));
    }
    return task_settle(w, (struct db_ids){ids, (size_t)(to - from)});
}

static struct err fill(struct db *db, struct arena *a, int64_t tasks) {
    struct db_write *w;
    TRY(db_begin_write(db, a, &w));
    TRY(wear(w));
    TRY(db_commit(w));
    for (int64_t n = 0; n < tasks; n += BATCH) {
        struct arena *each = arena_new();
        TRY(db_begin_write(db, each, &w));
        TRY(batch(w, n, n + BATCH < tasks ? n + BATCH : tasks));
        TRY(db_commit(w));
        arena_free(each);
    }
    return OK;
}

static struct err page(struct db *db, struct arena *a, int64_t n, bool is_filtered) {
    struct db_read *r;
    struct task_counts counts;
    struct task_rows rows;
    bool more;
    struct post_id post = {post_id(n * 17)};
    struct task_asked asked = {.box = (enum task_box)(n % TASK_BOXES), .today = clock_today(), .limit = 40};
    asked.kind = is_filtered ? S("petition") : S("");
    asked.is_late = is_filtered && asked.box == TASK_BOX_TODO;
    TRY(db_begin_read(db, a, &r));
    struct err e = task_counts(r, post, asked.today, &counts);
    e = e.why ? e : task_list(r, post, &asked, &rows, &more);
    db_end_read(r);
    return e;
}

static int by_size(const void *x, const void *y) {
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static struct err measure(struct db *db, const char *what, bool is_filtered) {
    int64_t us[ASKS];
    for (int64_t n = 0; n < ASKS; n++) {
        struct arena *each = arena_new();
        int64_t from = clock_monotonic_us();
        TRY(page(db, each, n, is_filtered));
        us[n] = clock_monotonic_us() - from;
        arena_free(each);
    }
    list_sort(us, ASKS, sizeof *us, by_size);
    printf("\"%s\":{\"p50_us\":%lld,\"p99_us\":%lld,\"most_us\":%lld}", what, (long long)us[ASKS / 2],
           (long long)us[ASKS * 99 / 100], (long long)us[ASKS - 1]);
    return OK;
}

static struct err run(struct arena *a, struct str where, int64_t tasks) {
    struct db *db;
    TRY(db_open(a, where, &db));
    TRY(db_upgrade(db, a));
    int64_t from = clock_monotonic_us();
    TRY(fill(db, a, tasks));
    printf("{\"tasks\":%lld,\"fill_s\":%lld,", (long long)tasks, (long long)((clock_monotonic_us() - from) / 1000000));
    TRY(measure(db, "box", false));
    printf(",");
    TRY(measure(db, "filtered", true));
    printf("}\n");
    db_close(db);
    return OK;
}

int main(int argc, char **argv) {
    struct arena *a = arena_new();
    int64_t tasks = 0;
    if (argc != 3 || !num_read_between(str_of(argv[2]), 1, 10000000, &tasks)) {
        fputs("usage: bench-task DB N\n", stderr);
        return 2;
    }
    struct err e = run(a, str_of(argv[1]), tasks);
    if (e.why) {
        log_fault(LOG_ERROR, "the bench of tasks", e);
    }
    arena_free(a);
    return e.why ? 1 : 0;
}
