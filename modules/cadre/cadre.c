/* The module: its place in the rail, the words of its acts, what it holds. */
#include "modules/cadre/cadre.h"

#include "base/arena.h"
#include "base/list.h"
#include "kernel/file/file.h"
#include "kernel/page/html.h"
#include "modules/cadre/cadre_pages.h"

#include "base/banned.h"

static const struct nav_entry nav[] = {
    {.area = AREA_WORK, .order = 45, .title = "CSDL cán bộ", .path = "/cadre", .icon = ICON("users")},
    {0},
};

static const struct verb_words verbs[] = {
    {"cadre.add", "Lập hồ sơ cán bộ"},
    {"cadre.place", "Sửa đơn vị, tài khoản của hồ sơ cán bộ"},
    {"cadre.write", "Ghi vào hồ sơ cán bộ"},
    {"cadre.change", "Sửa hồ sơ cán bộ"},
    {"cadre.remove", "Bỏ một mục khỏi hồ sơ cán bộ"},
    {"cadre.open", "Nêu mục đích xem nhóm nhạy cảm của hồ sơ cán bộ"},
    {"cadre.look", "Xem nhóm nhạy cảm của hồ sơ cán bộ"},
    {"cadre.print", "In hồ sơ cán bộ"},
    {"cadre.propose", "Đề nghị sửa hồ sơ cán bộ"},
    {"cadre.accept", "Nhận đề nghị sửa hồ sơ cán bộ"},
    {"cadre.return", "Trả lại đề nghị sửa hồ sơ cán bộ"},
    {"cadre.withdraw", "Rút đề nghị sửa hồ sơ cán bộ"},
    {"cadre.committee", "Lập danh sách cơ cấu ủy ban"},
    {"cadre.committee_change", "Sửa cơ cấu ủy ban"},
    {"cadre.committee_close", "Chốt danh sách cơ cấu ủy ban"},
    {"cadre.nominate", "Thêm người dự kiến vào ủy ban"},
    {"cadre.drop", "Rút người dự kiến khỏi ủy ban"},
    {0},
};

static struct err file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct cadre_uses_rows rows;
    TRY(cadre_uses(db, (struct cadre_uses_in){.file = file}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, uses,
                 (struct file_use){S("Minh chứng của đề nghị sửa hồ sơ cán bộ"),
                                   str_format(a, "/cadre/%lld/proposal/%lld", (long long)rows.at[i].cadre.v,
                                              (long long)rows.at[i].id.v)});
    }
    return OK;
}

const struct module cadre_module = {.name = "cadre",
                                    .title = "CSDL cán bộ",
                                    .routes = cadre_routes,
                                    .nav = nav,
                                    .sources = cadre_sources,
                                    .verbs = verbs,
                                    .metrics = cadre_metrics,
                                    .waiting = cadre_waiting,
                                    .told = cadre_told,
                                    .file_uses = file_uses,
                                    .demo = cadre_demo,
                                    .erase = cadre_forget};
