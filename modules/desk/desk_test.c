/* What every module tells the desk, held to what the port promises. */
#include "kernel/db/db.h"
#include "kernel/module.h"
#include "kernel/port/metric.h"
#include "kernel/port/paper.h"
#include "kernel/port/waiting.h"
#include "modules/desk/desk_waiting.h"
#include "modules/document/document_test_office.h"
#include "modules/task/task.h"
#include "tests/db.h"

static bool is_get_route(struct str path) {
    struct str page, query;
    str_cut(path, S("?"), &page, &query);
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct route *r = modules.at[i]->routes; r && r->path; r++) {
            if (r->method == METHOD_GET && str_eq(str_of(r->path), page)) {
                return true;
            }
        }
    }
    return false;
}

TEST("every box, and every paper's form, opens a page there is") {
    size_t boxes = 0, papers = 0;
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct waiting_source *s = modules.at[i]->waiting; s && s->code.len; s++) {
            for (const struct waiting_box *b = s->boxes; b->tab; b++, boxes++) {
                CHECK(b->title.len > 0 && is_get_route(str_of(b->path)));
            }
        }
        for (const struct paper_kind *p = modules.at[i]->papers; p && p->path; p++, papers++) {
            CHECK(p->act.len > 0 && is_get_route(str_of(p->path)));
        }
    }
    CHECK(boxes > 0 && papers > 0);
    (void)arena;
}

/* The lines of each box of each source are as many as it counts; how many there are in all. */
static int64_t boxes_agree(struct db_read *r, const struct who *who) {
    int64_t all = 0;
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct waiting_source *s = modules.at[i]->waiting; s && s->code.len; s++) {
            int64_t counts[64] = {0};
            if (s->counts(r, who, clock_today(), counts).why) {
                return -1;
            }
            for (size_t b = 0; s->boxes[b].tab && b < 64; b++) {
                struct waiting_lines lines = {0};
                if (s->lines(r, who, b, clock_today(), 100, &lines).why || (int64_t)lines.n != counts[b]) {
                    return -1;
                }
                all += counts[b];
            }
        }
    }
    return all;
}

TEST_DB("each box counts as many as its lines, and the rail counts what waits") {
    struct office o;
    struct document_doc_id a, b;
    struct db_read *r;
    int64_t n = 0;
    bool is_hot = true;
    clock_freeze(date_at((struct date){2026, 11, 20}, 12, 0));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_PRESENTED, 0, &a));
    CHECK_OK(office_document(&o, S("2/B"), OFFICE_DIRECTED, 2, &b));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK(boxes_agree(r, &o.chair) >= 2);
    CHECK(boxes_agree(r, &o.head) >= 1);
    CHECK(boxes_agree(r, &o.stranger) == 0);
    CHECK_OK(desk_waiting_count(r, &o.chair, &n, &is_hot));
    CHECK(n == 1 && !is_hot);
    db_end_read(r);
    clock_freeze(date_at((struct date){2026, 11, 27}, 12, 0));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK(boxes_agree(r, &o.head) >= 1);
    CHECK_OK(desk_waiting_count(r, &o.head, &n, &is_hot));
    CHECK(n == 1 && is_hot);
    db_end_read(r);
    clock_freeze((struct instant){0});
}

TEST_DB("a task waits on the desk of who has it, and runs late there") {
    struct office o;
    struct task_directive_id id;
    struct db_read *r;
    int64_t n = 0;
    bool is_hot = true;
    clock_freeze(date_at((struct date){2026, 11, 20}, 12, 0));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(ACT(&o, &o.chair,
                 task_assign(w, &(struct task_by){&o.chair, &modules},
                             &(struct task_new){.title = S("Lập danh mục hồ sơ"),
                                                .text = S("Lấy ý kiến các ban."),
                                                .lead = o.head.post.v,
                                                .days = 1},
                             &id)));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK(boxes_agree(r, &o.chair) == 1 && boxes_agree(r, &o.head) == 2 && boxes_agree(r, &o.stranger) == 0);
    CHECK_OK(desk_waiting_count(r, &o.head, &n, &is_hot));
    CHECK(n == 1 && !is_hot);
    CHECK_OK(desk_waiting_count(r, &o.chair, &n, &is_hot));
    CHECK(n == 0 && !is_hot);
    db_end_read(r);
    clock_freeze(date_at((struct date){2026, 11, 27}, 12, 0));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK(boxes_agree(r, &o.head) == 2);
    CHECK_OK(desk_waiting_count(r, &o.head, &n, &is_hot));
    CHECK(n == 1 && is_hot);
    db_end_read(r);
    clock_freeze((struct instant){0});
}
