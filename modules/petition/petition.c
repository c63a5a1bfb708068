/* The module. */
#include "modules/petition/petition.h"
#include "modules/petition/command.h"
#include "modules/petition/petition_office.h"

#include "base/arena.h"
#include "kernel/file/file.h"
#include "kernel/page/html.h"
#include "kernel/port/offer.h"
#include "kernel/port/paper.h"

#include "base/banned.h"

static struct err file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct petition_file_uses_rows rows;
    TRY(petition_file_uses(db, (struct petition_file_uses_in){.file = file}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, uses,
                 (struct file_use){str_format(a, "Đơn số %lld/%lld", (long long)rows.at[i].number,
                                              (long long)rows.at[i].year),
                                   link_record(a, S("/petition/"), rows.at[i].id.v, S("")).v});
    }
    return OK;
}

/* What waits for an act; hot when something is late or silent. */
static struct err nav_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    struct petition_counts c;
    TRY(petition_count(db, who, clock_today(), &c));
    *n = c.n[PETITION_RECEIVED] + c.n[PETITION_REPLIED] + c.n[PETITION_URGE] + c.n[PETITION_SILENT];
    *is_hot = c.n[PETITION_LATE] + c.n[PETITION_SILENT] > 0;
    return OK;
}

static const struct nav_entry nav[] = {
    {.area = AREA_WORK,
     .order = 60,
     .title = "Đơn thư",
     .path = "/petition",
     .icon = ICON("message-square-text"),
     .count = nav_count},
    {0},
};

static const struct verb_words audit_verbs[] = {
    {"petition.receive", "Nhận đơn"},
    {"petition.judge", "Nhận hoặc sửa một đề xuất"},
    {"petition.change", "Sửa thông tin đơn"},
    {"petition.join", "Nhập chung vụ việc"},
    {"petition.accept", "Thụ lý đơn"},
    {"petition.transfer", "Chuyển đơn"},
    {"petition.guide", "Hướng dẫn người gửi đơn"},
    {"petition.refuse", "Không thụ lý đơn"},
    {"petition.return", "Trả lại đơn"},
    {"petition.file", "Lưu đơn"},
    {"petition.reply", "Ghi phúc đáp"},
    {"petition.urge", "Đôn đốc"},
    {"petition.answer", "Trả lời người gửi đơn"},
    {"petition.confirm", "Ghi ý kiến người gửi đơn"},
    {"petition.close", "Kết thúc đơn"},
    {"petition.reopen", "Mở lại đơn"},
    {"petition.identity", "Mở danh tính người tố cáo"},
    {"petition.look", "Xem danh tính người tố cáo"},
    {"petition.late", "Đơn quá hạn"},
    {NULL, NULL},
};

static const struct paper_kind papers[] = {
    {.order = 30,
     .act = S_INIT("Nhận đơn thư"),
     .path = "/petition/new",
     .icon = ICON("message-square-text"),
     .roles = ROLE_CLERK},
    {.path = NULL},
};

static const struct offer offers[] = {
    {.name = S_INIT("Nhận đơn thư"),
     .path = "/petition/new",
     .asked = "nhận đơn|vào sổ đơn|nhận đơn thư",
     .roles = ROLE_CLERK | ROLE_OFFICER},
    {.path = NULL},
};

const struct module petition_module = {.name = "petition",
                                       .title = "Đơn thư",
                                       .routes = petition_routes,
                                       .nav = nav,
                                       .job_kinds = petition_job_kinds,
                                       .sources = petition_sources,
                                       .bare_commands = petition_commands,
                                       .verbs = audit_verbs,
                                       .metrics = petition_metrics,
                                       .waiting = petition_waiting,
                                       .told = petition_told,
                                       .papers = papers,
                                       .offers = offers,
                                       .task_kinds = petition_task_kinds,
                                       .file_uses = file_uses,
                                       .demo = petition_demo,
                                       .seed = petition_seed,
                                       .erase = petition_forget,
                                       .open = petition_open_process};
