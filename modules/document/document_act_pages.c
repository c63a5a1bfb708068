/* What people do with a document: each act is a noun under its address. */
#include "modules/document/document_forms.h"
#include "modules/document/document_pages.h"

#include "base/buf.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct act_path {
    struct document_doc_id id;
    struct document_line_id line;
};

/* The path's ids, and a form without faults. */
static struct err begin(struct post *p, bool has_line, struct act_path *at) {
    TRY(document_of_path(p->request, &at->id));
    if (has_line) {
        TRY(path_id(p->request, S("line"), &at->line.v));
    }
    return form_check(p->form);
}

static struct err back(struct post *p, const struct act_path *at) {
    return see_other(p, "/document/%lld", (long long)at->id.v);
}

struct err document_directive_post(struct post *p) {
    struct act_path at = {0};
    TRY(begin(p, false, &at));
    const struct form_value *cooperate = form_value(p->form, "cooperate"), *inform = form_value(p->form, "inform");
    struct document_order order = {.text = form_text(p->form, "text"),
                                   .lead = form_id(p->form, "lead"),
                                   .cooperate = {cooperate->ids.at, cooperate->ids.n},
                                   .inform = {inform->ids.at, inform->ids.n},
                                   .days = form_number(p->form, "days"),
                                   .due_on = form_date(p->form, "due_on")};
    TRY(document_direct(p->db, p->who, at.id, &order));
    flash(p, "Đã giao việc.");
    return back(p, &at);
}

struct err document_directive_recall_post(struct post *p) {
    struct act_path at = {0};
    TRY(begin(p, false, &at));
    TRY(document_direct_recall(p->db, p->who, at.id));
    flash(p, "Đã thu hồi ý kiến chỉ đạo.");
    return back(p, &at);
}

struct err document_acceptance_post(struct post *p) {
    struct act_path at = {0};
    TRY(begin(p, true, &at));
    TRY(document_line_accept(p->db, p->who, at.id, at.line));
    flash(p, "Đã tiếp nhận.");
    return back(p, &at);
}

struct err document_reading_post(struct post *p) {
    struct act_path at = {0};
    TRY(begin(p, true, &at));
    TRY(document_line_mark_read(p->db, p->who, at.id, at.line));
    return back(p, &at);
}

struct err document_assignment_post(struct post *p) {
    struct act_path at = {0};
    TRY(begin(p, true, &at));
    TRY(document_line_assign(p->db, p->who, at.id, at.line, (struct post_id){form_id(p->form, "to")}));
    flash(p, "Đã phân công.");
    return back(p, &at);
}

struct err document_report_post(struct post *p) {
    struct act_path at = {0};
    struct document_paper paper;
    TRY(begin(p, true, &at));
    TRY(document_paper_of(p, form_upload(p->form, "file"), &paper));
    TRY(document_line_report(p->db, p->who, at.id, at.line, form_text(p->form, "text"), &paper));
    flash(p, "Đã báo hoàn thành.");
    return back(p, &at);
}

struct err document_return_post(struct post *p) {
    struct act_path at = {0};
    TRY(begin(p, true, &at));
    TRY(document_line_return(p->db, p->who, at.id, at.line, form_text(p->form, "reason")));
    flash(p, "Đã trả lại.");
    return back(p, &at);
}

struct err document_recall_post(struct post *p) {
    struct act_path at = {0};
    TRY(begin(p, true, &at));
    TRY(document_line_recall(p->db, p->who, at.id, at.line, form_text(p->form, "reason")));
    flash(p, "Đã thu hồi.");
    return back(p, &at);
}

struct err document_extension_post(struct post *p) {
    struct act_path at = {0};
    TRY(begin(p, true, &at));
    TRY(document_extension_ask(p->db, p->who, at.id, at.line, form_date(p->form, "due_on"),
                               form_text(p->form, "reason")));
    flash(p, "Đã gửi đề nghị gia hạn.");
    return back(p, &at);
}

struct err document_decision_post(struct post *p) {
    struct act_path at = {0};
    struct document_extension_id extension;
    TRY(begin(p, false, &at));
    TRY(path_id(p->request, S("extension"), &extension.v));
    TRY(document_extension_answer(p->db, p->who, at.id, extension, is(form_text(p->form, "answer"), "agreed"),
                                  form_text(p->form, "note")));
    flash(p, "Đã trả lời đề nghị gia hạn.");
    return back(p, &at);
}

struct err document_closure_post(struct post *p) {
    struct act_path at = {0};
    TRY(begin(p, false, &at));
    TRY(document_close(p->db, p->who, at.id, form_text(p->form, "note")));
    flash(p, "Đã kết thúc văn bản.");
    return back(p, &at);
}

struct err document_reopening_post(struct post *p) {
    struct act_path at = {0};
    TRY(begin(p, false, &at));
    TRY(document_reopen(p->db, p->who, at.id, form_text(p->form, "reason")));
    flash(p, "Đã mở lại.");
    return back(p, &at);
}

struct err document_opinion_post(struct post *p) {
    struct act_path at = {0};
    struct document_paper paper;
    TRY(begin(p, false, &at));
    TRY(document_paper_of(p, form_upload(p->form, "file"), &paper));
    TRY(document_say(p->db, p->who, at.id, form_text(p->form, "text"), &paper));
    return back(p, &at);
}
