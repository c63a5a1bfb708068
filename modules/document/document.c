#include "kernel/page/html.h"
#include "modules/document/document_rules.h"
#include "modules/document/document_pages.h"

#include "base/buf.h"

struct err document_find(struct db_read *db, struct document_doc_id id, const struct who *who,
                         struct document_by_id_row **doc, unsigned *bits) {
    unsigned may = 0;
    if (!who->post.v) {
        return FAIL(ERR_MISSING, "no post is worn");
    }
    TRY(access_bits(db, id.v, who->post.v, &may));
    if (!(may & CAN_READ)) {
        return FAIL(ERR_MISSING, "no such document for this post");
    }
    TRY(document_by_id(db, (struct document_by_id_in){id}, doc));
    if (bits) {
        *bits = may;
    }
    return *doc ? OK : FAIL(ERR_MISSING, "no such document");
}

struct err document_for(struct db_write *db, struct document_doc_id id, const struct who *who, unsigned can,
                        struct document_by_id_row **doc) {
    unsigned bits = 0;
    TRY(document_find(db_reading(db), id, who, doc, &bits));
    return (bits & can) == can ? OK : FAIL(ERR_DENIED, "the post may read the document, not do this");
}

static const struct nav_entry nav[] = {
    {.area = AREA_WORK,
     .order = 10,
     .title = "Văn phòng điện tử",
     .path = "/document",
     .icon = ICON("files"),
     .is_on_phone = true,
     .count = document_nav_count},
    {0},
};

/* What the trail calls its acts. */
static const struct verb_words document_verbs[] = {
    {"document.accepted", "Tiếp nhận xử lý"},
    {"document.amended", "Sửa thông tin văn bản"},
    {"document.attached", "Thêm tệp"},
    {"document.taken", "Nhận từ hộp thư"},
    {"document.closed", "Kết thúc xử lý"},
    {"document.directed", "Cho ý kiến chỉ đạo"},
    {"document.direction_recalled", "Thu hồi ý kiến chỉ đạo"},
    {"document.draft_removed", "Bỏ bản chờ vào sổ"},
    {"document.drafted", "Nhận tệp văn bản"},
    {"document.sender_said", "Cơ quan gửi báo"},
    {"document.extension", "Xin lùi hạn"},
    {"document.extension_decided", "Trả lời xin lùi hạn"},
    {"document.late", "Quá hạn"},
    {"document.opinion", "Ghi ý kiến"},
    {"document.passed_on", "Phân công trong đơn vị"},
    {"document.presented", "Trình lãnh đạo"},
    {"document.read", "Đọc bản quét"},
    {"document.recalled", "Thu hồi việc đã giao"},
    {"document.registered", "Vào sổ văn bản"},
    {"document.reopened", "Mở lại"},
    {"document.reported", "Báo cáo đã xong"},
    {"document.returned", "Trả lại"},
    {"document.sealed", "Tạm giữ tệp chờ xác nhận độ mật"},
    {"document.secret_removed", "Gỡ tài liệu mật"},
    {"document.seen", "Đã xem để biết"},
    {"document.unsealed", "Xác nhận không phải tài liệu mật"},
    {"document.view", "Xem văn bản"},
    {"document.voided", "Hủy đăng ký"},
    {0},
};

const struct module document_module = {
    .name = "document",
    .title = "Văn phòng điện tử",
    .routes = document_routes,
    .verbs = document_verbs,
    .nav = nav,
    .job_kinds = document_job_kinds,
    .metrics = document_metrics,
    .waiting = document_waiting,
    .told = document_told,
    .papers = document_papers,
    .offers = document_offers,
    .sources = document_sources,
    .file_uses = document_file_uses,
    .demo = document_demo,
    .seed = document_seed,
    .erase = document_erase,
};
