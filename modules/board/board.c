/* The module. */
#include "modules/board/board.h"

#include "kernel/port/told.h"
#include "kernel/queue/job.h"
#include "modules/board/board_card.h"
#include "modules/board/board_demo.h"

#include "base/banned.h"

static const struct verb_words verbs[] = {
    {"board.make", "Tạo bảng số liệu"},
    {"board.change", "Sửa, chia sẻ bảng số liệu"},
    {"board.card", "Thêm thẻ vào bảng số liệu"},
    {"board.order", "Xếp lại thẻ của bảng số liệu"},
    {"board.card_drop", "Bỏ thẻ khỏi bảng số liệu"},
    {"board.drop", "Xóa bảng số liệu"},
    {"board.past", "Ghi số liệu của tháng cũ"},
    {"board.past_drop", "Bỏ số liệu của tháng cũ"},
    {"board.alert", "Đặt ngưỡng báo"},
    {"board.alert_drop", "Bỏ ngưỡng báo"},
    {0},
};

static const struct told_kind told[] = {
    {.event = "board.crossed", .group = S_INIT("Chỉ số vượt ngưỡng")},
    {.event = "board.ended", .group = S_INIT("Chỉ số hết vượt ngưỡng")},
    {.event = NULL},
};

static const struct nav_entry nav[] = {
    {.area = AREA_ASSISTANT, .order = 3, .title = "Bảng số liệu", .path = "/board", .icon = ICON("layout-dashboard")},
    {0},
};

static struct err seed(struct db_write *db, struct arena *arena) {
    TRY(board_define(db, arena, &modules, clock_today()));
    TRY(job_add(db, &(struct job_new){.kind = S("board.watch"), .is_single = true}, NULL));
    return job_add(db, &(struct job_new){.kind = S("board.daily"), .is_single = true}, NULL);
}

const struct module board_module = {.name = "board",
                                    .title = "Bảng số liệu",
                                    .routes = board_routes,
                                    .nav = nav,
                                    .job_kinds = board_jobs,
                                    .verbs = verbs,
                                    .told = told,
                                    .demo = board_demo,
                                    .seed = seed};
