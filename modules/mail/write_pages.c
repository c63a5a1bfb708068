/* Writing: drafts, sending and taking back, saved answers, files of letters brought in. */
#include "kernel/db/id.h"
#include "modules/mail/forms.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/num.h"
#include "base/utf8.h"

enum { PEOPLE_MOST = 300, TEXT_MOST = 20000 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct err draft_id(struct post *p, int64_t *id) { return path_id(p->request, S("draft"), id); }

/* ---- Beginning */
struct err mail_draft_start_post(struct post *p) {
    int64_t id;
    TRY(form_check(p->form));
    TRY(mail_draft_begin(p->db, p->who, form_id(p->form, "box"), &id));
    return see_other(p, "/mail/draft/%lld", (long long)id);
}

struct err mail_answer_start_post(struct post *p) {
    int64_t item, id;
    TRY(path_id(p->request, S("id"), &item));
    TRY(form_check(p->form));
    struct str how = form_text(p->form, "how");
    TRY(mail_draft_answer(p->db, p->who, item,
                          is(how, "forward") ? MAIL_FORWARD
                          : is(how, "all")   ? MAIL_REPLY_ALL
                                             : MAIL_REPLY,
                          &id));
    return see_other(p, "/mail/draft/%lld", (long long)id);
}

/* ---- The form */

/* What was typed and refused; the words of an address are no such thing. */
static struct form *typed_of(struct get *g) { return g->form && g->form->is_refused ? g->form : NULL; }

static bool has_role(const struct mail_draft_to_of_rows *to, int64_t principal, const char *role) {
    for (size_t i = 0; i < to->n; i++) {
        if (to->at[i].principal == principal && is(to->at[i].role, role)) {
            return true;
        }
    }
    return false;
}

static void option_add(struct get *g, const struct mail_draft_to_of_rows *to, struct pick_option o,
                       struct mail_draft_view *v) {
    bool is_new = !typed_of(g);
    o.is_chosen = is_new && has_role(to, o.id, "to");
    LIST_ADD(g->arena, &v->to, o);
    o.is_chosen = is_new && has_role(to, o.id, "cc");
    LIST_ADD(g->arena, &v->cc, o);
    o.is_chosen = is_new && has_role(to, o.id, "bcc");
    LIST_ADD(g->arena, &v->bcc, o);
}

static bool is_among(const struct pick_options *all, int64_t id) {
    for (size_t i = 0; i < all->n; i++) {
        if (all->at[i].id == id) {
            return true;
        }
    }
    return false;
}

/* The house's own units and people, the other committees and organisations, and whoever is answered. */
static struct err people_fill(struct get *g, struct mail_draft_view *v) {
    struct mail_draft_to_of_rows to;
    struct org_principals all;
    struct mail_organs_rows organs;
    TRY(mail_draft_to_of(g->db, (struct mail_draft_to_of_in){.draft = {v->id}}, &to));
    for (size_t i = 0; i < to.n; i++) {
        struct org_principal p;
        TRY(org_principal(g->db, to.at[i].principal, &p));
        option_add(g, &to, (struct pick_option){.id = to.at[i].principal, .label = p.name, .note = p.words}, v);
        v->has_copies = v->has_copies || !is(to.at[i].role, "to");
    }
    size_t chosen = v->to.n;
    struct pick_options first = {v->to.at, chosen};
    TRY(org_assignable(g->db, g->who->organ, S(""), PEOPLE_MOST, &all));
    for (size_t i = 0; i < all.n; i++) {
        if (all.at[i].id != g->who->post.v && !is_among(&first, all.at[i].id)) {
            option_add(g, &to,
                       (struct pick_option){.id = all.at[i].id, .label = all.at[i].name, .note = all.at[i].words}, v);
        }
    }
    TRY(mail_organs(g->db, &organs));
    for (size_t i = 0; i < organs.n; i++) {
        if (!is_among(&first, organs.at[i].id.v)) {
            option_add(g, &to, (struct pick_option){.id = organs.at[i].id.v, .label = organs.at[i].short_name}, v);
        }
    }
    return OK;
}

static struct err files_fill(struct get *g, const struct mail_draft_by_id_row *d, struct mail_draft_view *v) {
    struct mail_draft_papers_of_rows papers;
    struct mail_answers_of_rows answers;
    TRY(mail_draft_papers_of(g->db, (struct mail_draft_papers_of_in){.draft = d->id}, &papers));
    for (size_t i = 0; i < papers.n; i++) {
        LIST_ADD(g->arena, &v->files,
                 (struct mail_draft_file_view){papers.at[i].id.v, papers.at[i].name, papers.at[i].size});
    }
    TRY(mail_answers_of(g->db, (struct mail_answers_of_in){.box = d->box}, &answers));
    for (size_t i = 0; i < answers.n; i++) {
        struct mail_choice_view choice = {.name = answers.at[i].title,
                                          .link = link_local(g->arena, "/mail/draft/%lld?answer=%lld", (long long)v->id,
                                                             (long long)answers.at[i].id.v)};
        LIST_ADD(g->arena, &v->answers, choice);
    }
    return OK;
}

/* A saved answer stands behind what was written; it is kept with the draft when that is saved. */
static struct err answer_put(struct get *g, const struct mail_draft_by_id_row *d, struct form *f) {
    struct mail_answer_by_id_row *answer;
    int64_t id = 0;
    if (!num_read_between(query_param(g->request, S("answer")), 1, INT64_MAX, &id)) {
        return OK;
    }
    TRY(mail_answer_by_id(g->db, (struct mail_answer_by_id_in){.id = {id}}, &answer));
    if (answer && answer->box.v == d->box.v) {
        struct str text =
            str_format(g->arena, "%.*s%s%.*s", STR_ARG(d->text), d->text.len ? "\n\n" : "", STR_ARG(answer->text));
        form_set(f, "text", utf8_cut(text, TEXT_MOST));
    }
    return OK;
}

/* Of an answer: the newest letter, so that sending knows what was on the page. */
static struct err seen_fill(struct get *g, const struct mail_draft_by_id_row *d, struct mail_draft_view *v) {
    struct mail_letters_of_item_rows rows;
    if (!d->item.v) {
        return OK;
    }
    TRY(mail_letters_of_item(g->db, (struct mail_letters_of_item_in){.item = d->item, .before = INT64_MAX, .most = 1},
                             &rows));
    v->seen = rows.n ? rows.at[0].id.v : 0;
    if (rows.n && rows.at[0].id.v != d->reply_to.v) {
        v->newer_from = rows.at[0].from_name;
        v->newer_text = utf8_cut(str_trim(rows.at[0].own_text), 300);
    }
    return OK;
}

static struct err letter_link(struct get *g, const struct mail_draft_by_id_row *d, struct mail_draft_view *v) {
    struct mail_letter_by_id_row *l;
    struct mail_item_of_thread_row *item = NULL;
    v->letter = link_local(g->arena, "/mail");
    TRY(mail_letter_by_id(g->db, (struct mail_letter_by_id_in){.id = d->letter}, &l));
    if (l) {
        TRY(mail_item_of_thread(g->db, (struct mail_item_of_thread_in){.box = d->box, .thread = l->thread}, &item));
    }
    v->letter = item ? link_record(g->arena, S("/mail/"), item->id.v, S("")) : v->letter;
    return OK;
}

static void head_fill(struct get *g, const struct mail_draft_by_id_row *d, struct mail_draft_view *v) {
    v->box_name = d->box_name;
    v->fault = d->fault;
    v->send_at = d->send_at;
    v->changed_at = d->changed_at;
    v->is_draft = is(d->state, "draft");
    v->is_queued = is(d->state, "queued");
    v->is_answer = d->reply_to.v != 0;
    v->back = d->item.v ? link_record(g->arena, S("/mail/"), d->item.v, S(""))
                        : link_local(g->arena, "/mail?box=%lld", (long long)d->box.v);
}

/* As it was kept; what was typed and refused stays instead. */
static struct err kept_fill(struct get *g, const struct mail_draft_by_id_row *d, struct mail_draft_view *v) {
    if (typed_of(g)) {
        return OK;
    }
    form_set(v->form, "subject", d->subject);
    form_set(v->form, "text", d->text);
    form_set(v->form, "out_to", d->out_to);
    form_set(v->form, "out_cc", d->out_cc);
    form_set(v->form, "out_bcc", d->out_bcc);
    v->has_copies = d->out_cc.len || d->out_bcc.len;
    return answer_put(g, d, v->form);
}

static struct err way_fill(struct get *g, const struct mail_draft_by_id_row *d, struct mail_draft_view *v) {
    struct mail_way_of_box_row *way;
    TRY(mail_way_of_box(g->db, (struct mail_way_of_box_in){.box = d->box}, &way));
    v->has_way = way && way->is_on && way->out_host.len;
    return OK;
}

struct err mail_draft_get(struct get *g) {
    struct mail_draft_view v = {.form = form_begin(g->arena, mail_write_fields, typed_of(g))};
    struct mail_draft_by_id_row *d;
    TRY(path_id(g->request, S("draft"), &v.id));
    TRY(mail_draft(g->db, g->who, v.id, &d));
    head_fill(g, d, &v);
    TRY(kept_fill(g, d, &v));
    if (v.is_draft) {
        TRY(way_fill(g, d, &v));
        TRY(people_fill(g, &v));
        TRY(files_fill(g, d, &v));
        TRY(seen_fill(g, d, &v));
    }
    TRY(letter_link(g, d, &v));
    return answer_mail_draft(g, &v);
}

/* ---- Keeping and sending */
static struct err keep(struct post *p, int64_t id) {
    const struct form_value *to = form_value(p->form, "to"), *cc = form_value(p->form, "cc"),
                            *bcc = form_value(p->form, "bcc"), *files = form_value(p->form, "file");
    struct mail_typed typed = {.subject = form_text(p->form, "subject"),
                               .text = form_text(p->form, "text"),
                               .out_to = form_text(p->form, "out_to"),
                               .out_cc = form_text(p->form, "out_cc"),
                               .out_bcc = form_text(p->form, "out_bcc"),
                               .to = {to->ids.at, to->ids.n},
                               .cc = {cc->ids.at, cc->ids.n},
                               .bcc = {bcc->ids.at, bcc->ids.n}};
    TRY(mail_draft_keep(p->db, p->who, id, &typed));
    for (size_t i = 0; i < files->uploads.n; i++) {
        const struct upload *u = files->uploads.at[i];
        struct mail_paper paper = {.name = file_name_clean(p->arena, u->name), .size = u->size};
        TRY(file_keep(p->db, p->arena, u, &paper.file));
        TRY(mail_draft_attach(p->db, p->who, id, &paper));
    }
    return OK;
}

struct err mail_draft_post(struct post *p) {
    int64_t id;
    TRY(draft_id(p, &id));
    TRY(form_check(p->form));
    TRY(keep(p, id));
    flash(p, "Đã lưu nháp.");
    return see_other(p, "/mail/draft/%lld", (long long)id);
}

/* "07:30" of the day; 08:00 when no hour is said. */
static struct err sending_read(struct post *p, struct mail_sending *sending) {
    struct date on = form_date(p->form, "send_on");
    struct str at = form_text(p->form, "send_at"), hour, minute;
    int64_t h = 8, m = 0;
    num_read_between(form_text(p->form, "seen"), 0, INT64_MAX, &sending->seen);
    if (!on.year) {
        return at.len ? REFUSE(ERR_INVALID, "send_on", "Mời ghi cả ngày gửi.") : OK;
    }
    if (at.len && (!str_cut(at, S(":"), &hour, &minute) || !num_read_between(hour, 0, 23, &h) ||
                   !num_read_between(minute, 0, 59, &m))) {
        return REFUSE(ERR_INVALID, "send_at", "Giờ gửi viết như 07:30.");
    }
    sending->at = date_at(on, (int)h, (int)m);
    return OK;
}

struct err mail_sending_post(struct post *p) {
    struct mail_sending sending = {0};
    int64_t id;
    TRY(draft_id(p, &id));
    TRY(form_check(p->form));
    TRY(sending_read(p, &sending));
    TRY(keep(p, id));
    TRY(mail_draft_send(p->db, p->who, id, &sending));
    flash(p, "Thư đang chờ gửi.");
    return see_other(p, "/mail/draft/%lld", (long long)id);
}

struct err mail_undoing_post(struct post *p) {
    int64_t id;
    TRY(draft_id(p, &id));
    TRY(form_check(p->form));
    TRY(mail_draft_undo(p->db, p->who, id));
    flash(p, "Đã lấy lại, thư chưa gửi.");
    return see_other(p, "/mail/draft/%lld", (long long)id);
}

struct err mail_removal_post(struct post *p) {
    int64_t id;
    TRY(draft_id(p, &id));
    TRY(mail_draft_drop(p->db, p->who, id));
    flash(p, "Đã bỏ nháp.");
    return see_other(p, "/mail");
}

struct err mail_paper_removal_post(struct post *p) {
    int64_t id, paper, dropped = 0;
    TRY(draft_id(p, &id));
    TRY(path_id(p->request, S("paper"), &paper));
    TRY(form_check(p->form));
    TRY(keep(p, id));
    TRY(mail_draft_paper_drop(p->db, (struct mail_draft_paper_drop_in){.id = {paper}, .draft = {id}}, &dropped));
    return dropped ? see_other(p, "/mail/draft/%lld", (long long)id) : FAIL(ERR_MISSING, "no such file of the draft");
}

/* ---- Saved answers */
static struct err answers_fill(struct get *g, int64_t box, struct mail_answers_view *v) {
    struct mail_box_by_id_row *row;
    struct mail_answers_of_rows rows;
    TRY(mail_box_open(g->db, g->who, box, &row));
    v->box = box;
    v->box_name = row->name;
    v->back = link_local(g->arena, "/mail?box=%lld", (long long)box);
    TRY(mail_answers_of(g->db, (struct mail_answers_of_in){.box = row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v->answers,
                 (struct mail_answer_view){rows.at[i].id.v, rows.at[i].title, utf8_cut(rows.at[i].text, 160)});
    }
    return OK;
}

struct err mail_answers_get(struct get *g) {
    struct mail_answers_view v = {.form = form_begin(g->arena, mail_answer_fields, typed_of(g))};
    int64_t box = typed_of(g) ? form_value(g->form, "box")->number : 0;
    if (!typed_of(g) && !num_read_between(query_param(g->request, S("box")), 1, INT64_MAX, &box)) {
        return FAIL(ERR_MISSING, "no box is named");
    }
    TRY(answers_fill(g, box, &v));
    return answer_mail_answers(g, &v);
}

static struct err answer_of(struct db_read *db, struct request *request, const struct who *who,
                            struct mail_answer_by_id_row **answer) {
    struct mail_box_by_id_row *box;
    int64_t id;
    TRY(path_id(request, S("answer"), &id));
    TRY(mail_answer_by_id(db, (struct mail_answer_by_id_in){.id = {id}}, answer));
    return *answer ? mail_box_open(db, who, (*answer)->box.v, &box) : FAIL(ERR_MISSING, "no such answer");
}

struct err mail_answer_get(struct get *g) {
    struct mail_answers_view v = {0};
    struct mail_answer_by_id_row *answer;
    TRY(answer_of(g->db, g->request, g->who, &answer));
    v.id = answer->id.v;
    v.form = form_begin_at(g->arena, mail_answer_edit_fields, g->form, answer->version);
    form_set(v.form, "title", answer->title);
    form_set(v.form, "text", answer->text);
    TRY(answers_fill(g, answer->box.v, &v));
    return answer_mail_answers(g, &v);
}

struct err mail_answer_add_post(struct post *p) {
    struct mail_box_by_id_row *box;
    TRY(form_check(p->form));
    TRY(mail_box_open(db_reading(p->db), p->who, form_id(p->form, "box"), &box));
    TRY(mail_answer_insert(
        p->db,
        (struct mail_answer_insert_in){
            .id = {id_new()}, .box = box->id, .title = form_text(p->form, "title"), .text = form_text(p->form, "text")},
        NULL));
    flash(p, "Đã thêm mẫu.");
    return see_other(p, "/mail/answer?box=%lld", (long long)box->id.v);
}

struct err mail_answer_change_post(struct post *p) {
    struct mail_answer_by_id_row *answer;
    int64_t changed = 0;
    TRY(answer_of(db_reading(p->db), p->request, p->who, &answer));
    TRY(form_check(p->form));
    TRY(mail_answer_change(p->db,
                           (struct mail_answer_change_in){.id = answer->id,
                                                          .title = form_text(p->form, "title"),
                                                          .text = form_text(p->form, "text"),
                                                          .version = form_version(p->form)},
                           &changed));
    if (!changed) {
        return org_stale(db_reading(p->db), form_version(p->form), 0, (struct instant){0});
    }
    flash(p, "Đã sửa mẫu.");
    return see_other(p, "/mail/answer?box=%lld", (long long)answer->box.v);
}

struct err mail_answer_removal_post(struct post *p) {
    struct mail_answer_by_id_row *answer;
    TRY(answer_of(db_reading(p->db), p->request, p->who, &answer));
    TRY(form_check(p->form));
    TRY(mail_answer_drop(p->db, (struct mail_answer_drop_in){.id = answer->id}, NULL));
    flash(p, "Đã bỏ mẫu.");
    return see_other(p, "/mail/answer?box=%lld", (long long)answer->box.v);
}

/* ---- Files of letters */
struct err mail_bring_get(struct get *g) {
    struct mail_bring_view v = {.form = form_begin(g->arena, mail_bring_fields, g->form),
                                .back = link_local(g->arena, "/mail")};
    struct mail_boxes_of_post_rows boxes;
    struct mail_brings_of_rows rows;
    int64_t own = 0;
    TRY(mail_boxes(g->db, g->who, &boxes));
    for (size_t i = 0; i < boxes.n; i++) {
        own = boxes.at[i].owner == g->who->post.v ? boxes.at[i].id.v : own;
    }
    TRY(mail_brings_of(g->db, (struct mail_brings_of_in){.boxes = {&own, own != 0}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct mail_brings_of_row *r = &rows.at[i];
        LIST_ADD(g->arena, &v.lines,
                 (struct mail_bring_line){r->name, r->fault, r->letters, r->again, r->unread, r->made_at,
                                          r->ended_at.ms != 0});
    }
    return answer_mail_bring(g, &v);
}

struct err mail_bring_post(struct post *p) {
    struct upload *u = form_upload(p->form, "file");
    struct mail_paper paper = {0};
    int64_t id;
    TRY(form_check(p->form));
    paper.name = file_name_clean(p->arena, u->name);
    paper.size = u->size;
    TRY(file_keep_markup(p->db, p->arena, u, &paper.file));
    TRY(mail_bring_add(p->db, p->who, 0, &paper, &id));
    flash(p, "Đã nhận tệp, đang đọc.");
    return see_other(p, "/mail/bring");
}
