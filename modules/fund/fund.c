/* The module. */
#include "modules/fund/fund.h"

#include "kernel/file/file.h"
#include "kernel/queue/job.h"
#include "modules/fund/command.h"
#include "modules/fund/fund_book.h"
#include "modules/fund/fund_pages.h"
#include "modules/fund/fund_publication_queries.h"
#include "modules/fund/fund_queries.h"
#include "modules/task/task.h"

#include "base/arena.h"

#include "base/banned.h"

enum { DAILY_S = 6 * 3600 };

static const struct job_kind job_kinds[] = {
    {.name = "fund.read", .title = "Đọc sao kê ngân hàng", .run = fund_statement_read_run},
    {.name = "fund.take", .title = "Vào sổ sao kê", .run = fund_statement_take_run},
    {.name = "fund.undo", .title = "Rút sao kê khỏi sổ", .run = fund_statement_undo_run},
    {.name = "fund.publish", .title = "Làm bản công khai của quỹ", .run = fund_publish_run},
    {.name = "fund.daily", .title = "Bản công khai hằng ngày của quỹ", .every_s = DAILY_S, .run = fund_publish_day_run},
    {0},
};

static const struct nav_entry nav[] = {
    {.area = AREA_WORK, .order = 60, .title = "Quỹ", .path = "/fund", .icon = ICON("hand-heart")},
    {0},
};

static const struct verb_words verbs[] = {
    {"fund.open", "Mở quỹ"},
    {"fund.campaign", "Mở đợt vận động"},
    {"fund.campaign_change", "Sửa đợt vận động"},
    {"fund.account", "Thêm tài khoản của quỹ"},
    {"fund.close", "Khóa sổ tháng"},
    {"fund.statement", "Tải sao kê lên"},
    {"fund.read", "Đọc xong sao kê"},
    {"fund.take", "Vào sổ sao kê"},
    {"fund.undo", "Rút sao kê khỏi sổ"},
    {"fund.correct", "Sửa một dòng sao kê"},
    {"fund.gift", "Ghi một khoản ủng hộ"},
    {"fund.hide", "Giấu tên người ủng hộ"},
    {"fund.show", "Nêu tên người ủng hộ"},
    {"fund.move", "Chuyển khoản ủng hộ sang đợt khác"},
    {"fund.refund", "Trả lại người ủng hộ"},
    {"fund.receipt", "Cấp biên nhận"},
    {"fund.household", "Thêm hộ được hỗ trợ"},
    {"fund.household_change", "Sửa hộ được hỗ trợ"},
    {"fund.decision", "Lập quyết định chi"},
    {"fund.payment", "Thêm hộ vào quyết định"},
    {"fund.payment_drop", "Bỏ hộ khỏi quyết định"},
    {"fund.approve", "Duyệt chi"},
    {"fund.pay", "Ghi khoản hỗ trợ đã trả"},
    {"fund.evidence", "Đính minh chứng"},
    {"fund.publish", "Công bố sao kê"},
    {0},
};

static const struct task_kind task_kinds[] = {
    {.kind = S_INIT("fund"), .title = S_INIT("Quyết định chi"), .give_right = 0}, {.kind = S_INIT("")}};

static void use_add(struct arena *a, struct file_uses *uses, struct str words, struct str path) {
    LIST_ADD(a, uses, (struct file_use){words, path});
}

static struct err file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct fund_statement_holding_rows statements;
    struct fund_evidence_holding_rows evidence;
    struct fund_publication_holding_rows publications;
    TRY(fund_statement_holding(db, (struct fund_statement_holding_in){.file = file.v}, &statements));
    for (size_t i = 0; i < statements.n; i++) {
        use_add(a, uses, S("Sao kê của quỹ"),
                str_format(a, "/fund/%lld/statement/%lld", (long long)statements.at[i].fund.v,
                           (long long)statements.at[i].id.v));
    }
    TRY(fund_evidence_holding(db, (struct fund_evidence_holding_in){.file = file.v}, &evidence));
    for (size_t i = 0; i < evidence.n; i++) {
        use_add(
            a, uses, S("Minh chứng của một khoản hỗ trợ"),
            str_format(a, "/fund/%lld/payment/%lld", (long long)evidence.at[i].fund.v, (long long)evidence.at[i].id.v));
    }
    TRY(fund_publication_holding(db, (struct fund_publication_holding_in){.file = file.v}, &publications));
    for (size_t i = 0; i < publications.n; i++) {
        use_add(a, uses, S("Bản công khai của quỹ"),
                str_format(a, "/fund/public/%lld", (long long)publications.at[i].fund.v));
    }
    return OK;
}

const struct module fund_module = {.name = "fund",
                                   .title = "Quỹ",
                                   .routes = fund_routes,
                                   .nav = nav,
                                   .job_kinds = job_kinds,
                                   .sources = fund_sources,
                                   .verbs = verbs,
                                   .metrics = fund_metrics,
                                   .waiting = fund_waiting,
                                   .told = fund_told_kinds,
                                   .task_kinds = task_kinds,
                                   .file_uses = file_uses,
                                   .demo = fund_demo,
                                   .bare_commands = fund_commands};
