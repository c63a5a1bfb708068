/* What people do with a document: each act is a noun under its address. */
#include "base/arena.h"
#include "modules/outgoing/outgoing_pages.h"

static struct err begin(struct post *p, struct outgoing_doc_id *id) {
    TRY(outgoing_of_path(p->request, id));
    return form_check(p->form);
}

static struct err back(struct post *p, struct outgoing_doc_id id) {
    return see_other(p, "/outgoing/%lld", (long long)id.v);
}

struct err outgoing_submission_post(struct post *p) {
    struct outgoing_doc_id id;
    TRY(begin(p, &id));
    TRY(outgoing_submit(p->db, p->who, id));
    flash(p, "Đã trình duyệt.");
    return back(p, id);
}

struct err outgoing_approval_post(struct post *p) {
    struct outgoing_doc_id id;
    TRY(begin(p, &id));
    TRY(outgoing_approve(p->db, p->who, id, form_text(p->form, "hash"), form_text(p->form, "text")));
    flash(p, "Đã duyệt, chuyển bước sau.");
    return back(p, id);
}

struct err outgoing_return_post(struct post *p) {
    struct outgoing_doc_id id;
    TRY(begin(p, &id));
    TRY(outgoing_return(p->db, p->who, id, form_text(p->form, "to"), form_text(p->form, "reason")));
    flash(p, "Đã trả lại.");
    return back(p, id);
}

struct err outgoing_withdrawal_post(struct post *p) {
    struct outgoing_doc_id id;
    TRY(begin(p, &id));
    TRY(outgoing_withdraw(p->db, p->who, id));
    flash(p, "Đã rút về để sửa.");
    return back(p, id);
}

struct err outgoing_removal_post(struct post *p) {
    struct outgoing_doc_id id;
    TRY(begin(p, &id));
    TRY(outgoing_drop(p->db, p->who, id, form_text(p->form, "reason")));
    flash(p, "Đã bỏ dự thảo.");
    return see_other(p, "/outgoing?box=draft");
}

struct err outgoing_number_post(struct post *p) {
    struct outgoing_doc_id id;
    struct outgoing_by_id_row *doc;
    TRY(begin(p, &id));
    TRY(outgoing_number(p->db, p->who, id, (struct outgoing_number_id){form_id(p->form, "reserved")}));
    TRY(outgoing_by_id(db_reading(p->db), (struct outgoing_by_id_in){id}, &doc));
    flash(p, "Đã cấp số %s.", str_z(p->arena, doc->code));
    return back(p, id);
}

struct err outgoing_void_post(struct post *p) {
    struct outgoing_doc_id id;
    TRY(begin(p, &id));
    TRY(outgoing_unnumber(p->db, p->who, id, form_text(p->form, "reason")));
    flash(p, "Đã hủy số. Số này không dùng lại.");
    return back(p, id);
}

struct err outgoing_issue_post(struct post *p) {
    struct outgoing_doc_id id;
    struct outgoing_issue issue = {0};
    TRY(begin(p, &id));
    issue.pages = form_number(p->form, "pages");
    issue.copies = form_number(p->form, "copies");
    TRY(outgoing_upload(p, "file", &issue.paper));
    TRY(outgoing_issue(p->db, p->who, id, &issue));
    flash(p, "Đã phát hành.");
    return see_other(p, "/outgoing/%lld/receivers", (long long)id.v);
}

struct err outgoing_recall_post(struct post *p) {
    struct outgoing_doc_id id;
    TRY(begin(p, &id));
    TRY(outgoing_recall(p->db, p->who, id, form_text(p->form, "reason")));
    flash(p, "Đã thu hồi; mọi nơi nhận đều thấy.");
    return back(p, id);
}

struct err outgoing_reminder_post(struct post *p) {
    struct outgoing_doc_id id;
    int64_t told;
    TRY(begin(p, &id));
    TRY(outgoing_remind(p->db, p->who, id, &told));
    flash(p, "Đã đôn đốc %lld nơi.", (long long)told);
    return see_other(p, "/outgoing/%lld/receivers", (long long)id.v);
}

struct err outgoing_copy_post(struct post *p) {
    struct outgoing_doc_id id;
    TRY(begin(p, &id));
    struct outgoing_copying copy = {form_text(p->form, "kind"), form_text(p->form, "receivers"),
                                    form_number(p->form, "copies")};
    TRY(outgoing_copy(p->db, p->who, id, &copy));
    flash(p, "Đã đăng ký bản sao.");
    return back(p, id);
}

/* ---- Receivers */

static struct err delivery_begin(struct post *p, struct outgoing_doc_id *id, struct outgoing_delivery_id *delivery) {
    TRY(begin(p, id));
    return path_id(p->request, S("delivery"), &delivery->v);
}

struct err outgoing_sending_post(struct post *p) {
    struct outgoing_doc_id id;
    struct outgoing_delivery_id delivery;
    TRY(delivery_begin(p, &id, &delivery));
    TRY(outgoing_sent(p->db, p->who, id, delivery));
    flash(p, "Đã ghi là đã gửi.");
    return see_other(p, "/outgoing/%lld/receivers", (long long)id.v);
}

struct err outgoing_outside_answer_post(struct post *p) {
    struct outgoing_doc_id id;
    struct outgoing_delivery_id delivery;
    TRY(delivery_begin(p, &id, &delivery));
    TRY(outgoing_answered(p->db, p->who, id, delivery, form_text(p->form, "text")));
    flash(p, "Đã ghi trả lời.");
    return see_other(p, "/outgoing/%lld/receivers", (long long)id.v);
}

struct err outgoing_answer_post(struct post *p) {
    struct outgoing_delivery_id id;
    struct outgoing_paper paper;
    TRY(path_id(p->request, S("id"), &id.v));
    TRY(form_check(p->form));
    TRY(outgoing_upload(p, "file", &paper));
    TRY(outgoing_answer(p->db, p->who, id, form_text(p->form, "text"), &paper));
    flash(p, "Đã gửi trả lời.");
    return see_other(p, "/outgoing/delivery/%lld", (long long)id.v);
}

struct err outgoing_seen_post(struct post *p) {
    struct outgoing_delivery_id id;
    TRY(path_id(p->request, S("id"), &id.v));
    TRY(outgoing_see(p->db, p->who, id));
    flash(p, "Đã đánh dấu đã xem.");
    return see_other(p, "/outgoing/delivery/%lld", (long long)id.v);
}

/* ---- The register */

struct err outgoing_reservation_post(struct post *p) {
    struct outgoing_number_id id;
    struct outgoing_number_by_id_row *n;
    TRY(form_check(p->form));
    TRY(outgoing_reserve(p->db, p->who, form_text(p->form, "type"), form_text(p->form, "note"), &id));
    TRY(outgoing_number_by_id(db_reading(p->db), (struct outgoing_number_by_id_in){id}, &n));
    flash(p, "Đã giữ số %s.", str_z(p->arena, n->code));
    return see_other(p, "/outgoing/book?state=reserved");
}

struct err outgoing_number_void_post(struct post *p) {
    struct outgoing_number_id id;
    TRY(path_id(p->request, S("number"), &id.v));
    TRY(form_check(p->form));
    TRY(outgoing_number_void(p->db, p->who, id, form_text(p->form, "reason")));
    flash(p, "Đã hủy số. Số này không dùng lại.");
    return see_other(p, "/outgoing/book");
}
