/* The library as the program sees it. */
#include "kernel/module.h"
#include "modules/law/law.h"
#include "modules/law/law_guard_file.h"
#include "modules/law/law_import.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_search.h"
#include "modules/law/law_secret.h"

static const struct nav_entry nav[] = {
    {.area = AREA_WORK, .order = 30, .title = "Thư viện pháp luật", .path = "/law", .icon = ICON("scale")},
    {.area = AREA_ADMIN, .order = 45, .title = "Nhập văn bản", .path = "/law/import", .icon = ICON("file-up")},
    {0},
};

/* What the trail calls its acts. */
static const struct verb_words law_verbs[] = {
    {"law.added", "Thêm văn bản pháp luật"},
    {"law.changed", "Cập nhật văn bản pháp luật"},
    {"law.collection", "Lập bộ sưu tập"},
    {"law.collection_add", "Thêm vào bộ sưu tập"},
    {"law.collection_drop", "Bỏ khỏi bộ sưu tập"},
    {"law.collection_remove", "Xóa bộ sưu tập"},
    {"law.collection_rename", "Đổi tên bộ sưu tập"},
    {"law.collection_restore", "Lấy lại bộ sưu tập"},
    {"law.collection_share", "Chia sẻ bộ sưu tập"},
    {"law.collection_share_write", "Cho cùng sửa bộ sưu tập"},
    {"law.collection_unshare", "Thôi chia sẻ bộ sưu tập"},
    {"law.event_accept", "Xác nhận thay đổi của văn bản pháp luật"},
    {"law.event_reject", "Loại thay đổi của văn bản pháp luật"},
    {"law.event_undo", "Trả lại thay đổi chờ duyệt"},
    {"law.guard", "Kiểm tra trích dẫn"},
    {"law.note", "Ghi chú điều luật"},
    {"law.note_change", "Sửa ghi chú điều luật"},
    {"law.note_remove", "Xóa ghi chú điều luật"},
    {"law.note_restore", "Lấy lại ghi chú điều luật"},
    {"law.read", "Đọc tệp văn bản pháp luật"},
    {"law.seal", "Tạm giữ văn bản chờ xác nhận độ mật"},
    {"law.sealed", "Tạm giữ văn bản chờ xác nhận độ mật"},
    {"law.secret_removed", "Gỡ văn bản mật"},
    {"law.shared", "Nhận bộ sưu tập được chia sẻ"},
    {"law.unsealed", "Xác nhận không phải văn bản mật"},
    {"law.unwatch", "Thôi theo dõi văn bản pháp luật"},
    {"law.watch", "Theo dõi văn bản pháp luật"},
    {"law.watched", "Văn bản đang theo dõi thay đổi"},
    {0},
};

const struct module law_module = {
    .name = "law",
    .title = "Thư viện pháp luật",
    .routes = law_routes,
    .verbs = law_verbs,
    .nav = nav,
    .listeners = law_listeners,
    .sources = law_sources,
    .commands = law_commands,
    .job_kinds = law_job_kinds,
    .file_uses = law_file_uses,
    .demo = law_demo,
    .erase = law_erase,
};
