/* What people do with a part of theirs: each act is a noun under its address. */
#include "modules/task/task_forms.h"

struct err task_item_of_path(struct request *r, struct task_item_id *id) {
    return path_id(r, S("id"), &id->v);
}

struct acting {
    struct task_item_id id;
    struct task_by by;
};

static struct err begin(struct post *p, struct acting *at) {
    *at = (struct acting){.by = {p->who, p->app}};
    TRY(task_item_of_path(p->request, &at->id));
    return form_check(p->form);
}

/* After an act a person may no longer read a record: then their list is the place to be. */
static struct err back(struct post *p, const struct acting *at) {
    return see_other(p, "/task/%lld", (long long)at->id.v);
}

struct err task_acceptance_post(struct post *p) {
    struct acting at;
    TRY(begin(p, &at));
    TRY(task_accept(p->db, &at.by, at.id));
    flash(p, "Đã tiếp nhận.");
    return back(p, &at);
}

struct err task_reading_post(struct post *p) {
    struct acting at;
    TRY(begin(p, &at));
    TRY(task_see(p->db, &at.by, at.id));
    flash(p, "Đã đánh dấu đã xem.");
    return see_other(p, "/task?box=inform");
}

struct err task_assignee_post(struct post *p) {
    struct acting at;
    TRY(begin(p, &at));
    TRY(task_pass(p->db, &at.by, at.id, (struct post_id){form_id(p->form, "to")}));
    flash(p, "Đã phân công.");
    return back(p, &at);
}

struct err task_progress_post(struct post *p) {
    struct acting at;
    TRY(begin(p, &at));
    struct task_progress progress = {form_number(p->form, "percent"), form_text(p->form, "text"),
                                     form_version(p->form)};
    TRY(task_advance(p->db, &at.by, at.id, &progress));
    flash(p, "Đã cập nhật tiến độ.");
    return back(p, &at);
}

struct err task_report_post(struct post *p) {
    struct acting at;
    struct task_report report = {0};
    TRY(begin(p, &at));
    report.text = form_text(p->form, "text");
    TRY(thread_papers_of(p, "file", true, &report.evidence));
    TRY(task_report(p->db, &at.by, at.id, &report));
    flash(p, "Đã báo hoàn thành.");
    return back(p, &at);
}

struct err task_return_post(struct post *p) {
    struct acting at;
    TRY(begin(p, &at));
    TRY(task_return(p->db, &at.by, at.id, form_text(p->form, "reason")));
    flash(p, "Đã trả lại.");
    return see_other(p, "/task");
}

struct err task_extension_post(struct post *p) {
    struct acting at;
    TRY(begin(p, &at));
    TRY(task_extension_ask(p->db, &at.by, at.id, form_date(p->form, "due_on"), form_text(p->form, "reason")));
    flash(p, "Đã gửi đề nghị gia hạn.");
    return back(p, &at);
}

struct err task_decision_post(struct post *p) {
    struct acting at;
    struct task_extension_id extension;
    TRY(begin(p, &at));
    TRY(path_id(p->request, S("extension"), &extension.v));
    bool is_agreed = str_eq(form_text(p->form, "answer"), S("agreed"));
    TRY(task_extension_answer(p->db, &at.by, at.id, extension, is_agreed, form_text(p->form, "note")));
    flash(p, "Đã trả lời đề nghị gia hạn.");
    return back(p, &at);
}

struct err task_confirmation_post(struct post *p) {
    struct acting at;
    TRY(begin(p, &at));
    TRY(task_confirm(p->db, &at.by, at.id, form_text(p->form, "note")));
    flash(p, "Đã xác nhận hoàn thành.");
    return back(p, &at);
}

struct err task_redo_post(struct post *p) {
    struct acting at;
    TRY(begin(p, &at));
    TRY(task_redo(p->db, &at.by, at.id, form_text(p->form, "reason")));
    flash(p, "Đã yêu cầu làm lại.");
    return back(p, &at);
}

struct err task_due_post(struct post *p) {
    struct acting at;
    TRY(begin(p, &at));
    struct task_due due = {form_date(p->form, "due_on"), form_text(p->form, "reason"), form_version(p->form)};
    TRY(task_due_set(p->db, &at.by, at.id, &due));
    flash(p, "Đã đổi hạn.");
    return back(p, &at);
}

struct err task_reassignment_post(struct post *p) {
    struct acting at;
    TRY(begin(p, &at));
    TRY(task_reassign(p->db, &at.by, at.id, form_id(p->form, "to")));
    flash(p, "Đã giao lại.");
    return back(p, &at);
}

struct err task_recall_post(struct post *p) {
    struct acting at;
    TRY(begin(p, &at));
    TRY(task_recall(p->db, &at.by, at.id, form_text(p->form, "reason")));
    flash(p, "Đã thu hồi.");
    return back(p, &at);
}

struct err task_undoing_post(struct post *p) {
    struct acting at;
    struct task_item_by_id_row *item;
    TRY(begin(p, &at));
    TRY(task_item_by_id(db_reading(p->db), (struct task_item_by_id_in){.id = at.id}, &item));
    if (!item) {
        return FAIL(ERR_MISSING, "no such task");
    }
    TRY(task_undo(p->db, &at.by, item->directive));
    flash(p, "Đã thu hồi việc vừa giao.");
    return see_other(p, "/task?box=given");
}
