#include "modules/outgoing/outgoing.h"

#include "kernel/erase/erase.h"
#include "kernel/file/file.h"
#include "modules/outgoing/outgoing_pages.h"
#include "modules/task/task.h"

#include "base/arena.h"

const struct thread_verb outgoing_thread[] = {
    {"outgoing.draft", "Soạn dự thảo.", false},
    {"outgoing.redraft", "Lưu bản dự thảo %s.", false},
    {"outgoing.submit", "Trình duyệt.", false},
    {"outgoing.approve", "%s: đồng ý.", false},
    {"outgoing.skip", "%s: bỏ qua vì không có người làm bước này.", false},
    {"outgoing.return", "Trả lại về bước “%s”.", false},
    {"outgoing.withdraw", "Rút về để sửa.", false},
    {"outgoing.drop", "Bỏ dự thảo.", false},
    {"outgoing.number", "Cấp số %s.", false},
    {"outgoing.unnumber", "Hủy số %s.", false},
    {"outgoing.issue", "Phát hành tới %s nơi nhận.", false},
    {"outgoing.sent", "Đã gửi %s ngoài hệ thống.", false},
    {"outgoing.answer", "%s trả lời.", true},
    {"outgoing.remind", "Đôn đốc %s nơi chưa trả lời.", false},
    {"outgoing.recall", "Thu hồi văn bản.", false},
    {"outgoing.replaced", "Được thay bằng văn bản %s.", false},
    {"outgoing.corrected", "Được đính chính bằng văn bản %s.", false},
    {"outgoing.copy", "Đăng ký bản sao %s.", false},
    {NULL, NULL, false},
};

static const struct verb_words verbs[] = {
    {"outgoing.draft", "Soạn dự thảo văn bản đi"}, {"outgoing.redraft", "Sửa dự thảo"},
    {"outgoing.submit", "Trình duyệt dự thảo"},    {"outgoing.approve", "Duyệt dự thảo"},
    {"outgoing.skip", "Bỏ qua một bước duyệt"},    {"outgoing.return", "Trả lại dự thảo"},
    {"outgoing.withdraw", "Rút dự thảo về sửa"},   {"outgoing.drop", "Bỏ dự thảo"},
    {"outgoing.number", "Cấp số văn bản đi"},      {"outgoing.unnumber", "Hủy số văn bản đi"},
    {"outgoing.reserve", "Giữ số văn bản đi"},     {"outgoing.number_void", "Hủy số giữ chỗ"},
    {"outgoing.issue", "Phát hành văn bản"},       {"outgoing.sent", "Gửi văn bản ra ngoài hệ thống"},
    {"outgoing.read", "Nơi nhận đã đọc"},          {"outgoing.answer", "Nơi nhận trả lời"},
    {"outgoing.remind", "Đôn đốc trả lời"},        {"outgoing.recall", "Thu hồi văn bản đi"},
    {"outgoing.replaced", "Thay thế văn bản"},     {"outgoing.corrected", "Đính chính văn bản"},
    {"outgoing.copy", "Đăng ký bản sao"},          {NULL, NULL},
};

static const struct event_listener listeners[] = {
    {.name = "outgoing.hear", .pattern = "document.registered", .hear = outgoing_hear},
    {.name = NULL},
};

/* What the rail says: what waits for the post, hot when an answer is late. */
static struct err nav_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    struct outgoing_counts c;
    TRY(outgoing_counts(db, who->post, clock_today(), &c));
    *n = c.n[OUTGOING_BOX_TURN] + c.n[OUTGOING_BOX_NUMBER] + c.n[OUTGOING_BOX_RETURNED] + c.n[OUTGOING_BOX_ANSWER] +
         c.n[OUTGOING_BOX_INFORM];
    *is_hot = c.n[OUTGOING_BOX_LATE] > 0;
    return OK;
}

static const struct nav_entry nav[] = {
    {.area = AREA_WORK,
     .order = 12,
     .title = "Văn bản đi",
     .path = "/outgoing",
     .icon = ICON("send"),
     .count = nav_count},
    {0},
};

static const struct task_kind task_kinds[] = {
    {.kind = S_INIT("outgoing"), .title = S_INIT("Văn bản đi"), .give_right = CAN_APPROVE},
    {.kind = S_INIT("")},
};

static void use_add(struct arena *a, struct file_uses *uses, int64_t id, struct str code, struct str subject) {
    struct str words = code.len ? str_format(a, "Văn bản đi %.*s: %.*s", STR_ARG(code), STR_ARG(subject)) : S("");
    LIST_ADD(a, uses, (struct file_use){.words = words, .path = str_format(a, "/outgoing/%lld", (long long)id)});
}

static struct err uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *all) {
    struct outgoing_file_docs_rows files;
    struct outgoing_draft_docs_rows drafts;
    TRY(outgoing_file_docs(db, (struct outgoing_file_docs_in){file}, &files));
    TRY(outgoing_draft_docs(db, (struct outgoing_draft_docs_in){file}, &drafts));
    for (size_t i = 0; i < files.n; i++) {
        use_add(a, all, files.at[i].id.v, files.at[i].code, files.at[i].subject);
    }
    for (size_t i = 0; i < drafts.n; i++) {
        use_add(a, all, drafts.at[i].id.v, drafts.at[i].code, drafts.at[i].subject);
    }
    return OK;
}

struct err outgoing_forget(struct db_write *db, const struct erase *e) {
    struct str gone = S("Nội dung đã được xóa theo yêu cầu.");
    struct outgoing_doc_id id = {e->record};
    if (e->file) {
        TRY(outgoing_unfile_drafts(db, (struct outgoing_unfile_drafts_in){*e->file}, NULL));
        return outgoing_unfile_files(db, (struct outgoing_unfile_files_in){*e->file}, NULL);
    }
    if (!str_eq(e->kind, S("outgoing"))) {
        return OK;
    }
    TRY(outgoing_erase_doc(db, (struct outgoing_erase_doc_in){.id = id, .subject = gone}, NULL));
    TRY(outgoing_erase_drafts(db, (struct outgoing_erase_drafts_in){.doc = id, .subject = gone}, NULL));
    TRY(outgoing_erase_approvals(db, (struct outgoing_erase_approvals_in){id}, NULL));
    TRY(outgoing_erase_answers(db, (struct outgoing_erase_answers_in){id}, NULL));
    TRY(outgoing_erase_copies(db, (struct outgoing_erase_copies_in){id}, NULL));
    return outgoing_erase_files(db, (struct outgoing_erase_files_in){id}, NULL);
}

const struct module outgoing_module = {.name = "outgoing",
                                       .title = "Văn bản đi",
                                       .routes = outgoing_routes,
                                       .nav = nav,
                                       .listeners = listeners,
                                       .sources = outgoing_sources,
                                       .verbs = verbs,
                                       .metrics = outgoing_metrics,
                                       .waiting = outgoing_waiting,
                                       .told = outgoing_told_kinds,
                                       .task_kinds = task_kinds,
                                       .file_uses = uses,
                                       .demo = outgoing_demo,
                                       .erase = outgoing_forget};
