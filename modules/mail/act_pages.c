/* What people do with a conversation: each act is a noun under its address. */
#include "modules/mail/forms.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/utf8.h"

static struct err begin(struct post *p, int64_t *id) {
    TRY(path_id(p->request, S("id"), id));
    return form_check(p->form);
}
static struct err back(struct post *p, int64_t id) { return see_other(p, "/mail/%lld", (long long)id); }

struct err mail_reading_post(struct post *p) {
    int64_t id;
    TRY(begin(p, &id));
    TRY(mail_item_read(p->db, p->who, id));
    return back(p, id);
}

struct err mail_unreading_post(struct post *p) {
    int64_t id;
    TRY(begin(p, &id));
    TRY(mail_item_unread(p->db, p->who, id));
    return see_other(p, "/mail");
}

struct err mail_claim_post(struct post *p) {
    int64_t id;
    TRY(begin(p, &id));
    TRY(mail_claim(p->db, p->who, id));
    flash(p, "Bạn đã nhận thư này.");
    return back(p, id);
}

struct err mail_release_post(struct post *p) {
    int64_t id;
    TRY(begin(p, &id));
    TRY(mail_release(p->db, p->who, id));
    flash(p, "Đã trả về hộp chung.");
    return back(p, id);
}

struct err mail_holder_post(struct post *p) {
    int64_t id;
    TRY(begin(p, &id));
    TRY(mail_hand(p->db, p->who, id, (struct post_id){form_id(p->form, "to")}));
    flash(p, "Đã giao thư.");
    return back(p, id);
}

struct err mail_note_post(struct post *p) {
    int64_t id;
    TRY(begin(p, &id));
    TRY(mail_note(p->db, p->who, id, form_text(p->form, "text")));
    flash(p, "Đã ghi chú. Ghi chú không gửi ra khỏi hộp thư.");
    return back(p, id);
}

struct err mail_snooze_post(struct post *p) {
    int64_t id;
    struct date on;
    TRY(begin(p, &id));
    on = form_date(p->form, "on");
    TRY(mail_snooze(p->db, p->who, id, on));
    flash(p, "Đã hẹn lại ngày %.*s.", STR_ARG(date_vi(p->arena, on)));
    return back(p, id);
}

struct err mail_end_post(struct post *p) {
    int64_t id;
    struct mail_item_by_id_row *item;
    TRY(begin(p, &id));
    TRY(mail_end(p->db, p->who, id));
    TRY(mail_item(db_reading(p->db), p->who, id, &item, NULL));
    flash(p, "Đã xong.");
    return see_other(p, "/mail?box=%lld", (long long)item->box.v);
}

struct err mail_reopening_post(struct post *p) {
    int64_t id;
    TRY(begin(p, &id));
    TRY(mail_reopen(p->db, p->who, id));
    flash(p, "Đã mở lại.");
    return back(p, id);
}

struct err mail_star_post(struct post *p) {
    int64_t id;
    TRY(begin(p, &id));
    TRY(mail_star(p->db, p->who, id, form_number(p->form, "star") != 0));
    return back(p, id);
}

struct err mail_recall_post(struct post *p) {
    int64_t id, letter;
    size_t n, kept;
    TRY(begin(p, &id));
    TRY(path_id(p->request, S("letter"), &letter));
    TRY(mail_recall(p->db, p->who, id, letter, &n, &kept));
    flash(p, "Đã thu hồi ở %zu nơi chưa xem; %zu nơi đã xem thì thư vẫn còn.", n, kept);
    return back(p, id);
}

struct err mail_document_post(struct post *p) {
    int64_t id, document;
    TRY(begin(p, &id));
    TRY(mail_to_document(p->db, p->who, id, form_id(p->form, "letter"), &document));
    flash(p, "Đã chuyển thư thành bản chờ vào sổ.");
    return see_other(p, "/document/%lld/register", (long long)document);
}

/* ---- A task of a letter */
struct err mail_task_get(struct get *g) {
    struct mail_task_view v = {.form = form_begin(g->arena, mail_task_fields, g->form)};
    struct mail_item_by_id_row *item;
    struct mail_letters_of_item_rows rows;
    struct org_principals all;
    bool in_box = false;
    TRY(path_id(g->request, S("id"), &v.id));
    TRY(mail_item(g->db, g->who, v.id, &item, &in_box));
    if (!in_box) {
        return FAIL(ERR_DENIED, "reads it for a task of their own");
    }
    v.subject = item->subject;
    TRY(mail_letters_of_item(g->db, (struct mail_letters_of_item_in){.item = item->id, .before = INT64_MAX, .most = 1},
                             &rows));
    if (!g->form && rows.n) {
        form_set(v.form, "title", utf8_cut(item->subject, 300));
        form_set(v.form, "text", utf8_cut(str_trim(rows.at[0].own_text), 2000));
    }
    TRY(org_assignable(g->db, g->who->organ, S(""), 300, &all));
    for (size_t i = 0; i < all.n; i++) {
        LIST_ADD(g->arena, &v.leads,
                 (struct pick_option){.id = all.at[i].id, .label = all.at[i].name, .note = all.at[i].words});
    }
    return answer_mail_task(g, &v);
}

struct err mail_task_post(struct post *p) {
    int64_t id;
    TRY(begin(p, &id));
    struct mail_task_typed typed = {.title = form_text(p->form, "title"),
                                    .text = form_text(p->form, "text"),
                                    .lead = form_id(p->form, "lead"),
                                    .days = form_number(p->form, "days"),
                                    .due_on = form_date(p->form, "due_on")};
    TRY(mail_to_task(p->db, p->who, id, &typed, p->app));
    flash(p, "Đã giao việc từ thư.");
    return back(p, id);
}
