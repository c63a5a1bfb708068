/* One row: what it says, what it said, its files; the form that makes or changes it; taking it away and back. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/file/file.h"
#include "kernel/fill/fill.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/org/org.h"
#include "modules/register/register_ask.h"
#include "modules/register/register_pages.h"
#include "modules/register/register_pages_gen.h"

#include "base/banned.h"

enum { PAST_MOST = 100, FILE_BYTES = 20 << 20 };

const struct field register_row_fields[] = {
    {.kind = FIELD_PAIRS, .name = S_INIT("a"), .label = S_INIT("Các ô của dòng")},
    {.kind = FIELD_LINE,
     .name = S_INIT("why"),
     .label = S_INIT("Căn cứ, lý do"),
     .hint = S_INIT("Số quyết định, biên bản rà soát… Lưu cùng lịch sử của dòng.")},
    {.kind = FIELD_DATE,
     .name = S_INIT("valid_on"),
     .label = S_INIT("Có hiệu lực thực tế từ"),
     .hint = S_INIT("Để trống nếu là từ hôm nay.")},
    FORM_VERSION,
    {0},
};
const struct field register_gone_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("why"), .label = S_INIT("Lý do"), .is_required = true},
    FORM_VERSION,
    {0},
};
const struct field register_file_fields[] = {
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Tệp kèm theo"),
     .is_required = true,
     .most = FILE_BYTES},
    {0},
};

struct str register_past_words(struct str act) {
    return str_eq(act, S("made"))       ? S("Ghi vào sổ")
           : str_eq(act, S("changed"))  ? S("Sửa")
           : str_eq(act, S("removed"))  ? S("Xóa khỏi sổ")
           : str_eq(act, S("restored")) ? S("Lấy lại")
           : str_eq(act, S("imported")) ? S("Nhập từ Excel")
                                        : S("Hoàn tác lượt nhập");
}

struct opened {
    struct register_row_by_id_row *row;
    struct register_type type;
    enum fields_class may;
    bool may_write;
};

/* The row of {id}, as far as the post may see it. */
static struct err open_row(struct request *r, struct arena *a, struct db_read *db, const struct who *who,
                           struct opened *o) {
    int64_t id;
    unsigned bits;
    struct register_seat seat;
    TRY(path_id(r, S("id"), &id));
    TRY(register_row_find(db, who, id, &o->row, &bits));
    TRY(register_type(a, o->row->type, &o->type));
    TRY(register_seat(db, who, &o->type.head, &seat));
    const struct register_book_seen *book = register_book_seen(&seat, o->row->book.v);
    o->may = register_class(who, o->row->owner.v);
    o->may_write = book && book->may_write;
    return OK;
}

static struct err judged(struct arena *a, const struct register_type *type, struct str answers, int64_t version,
                         struct fields_state **s) {
    struct fields_said_list said;
    TRY(register_said(a, answers, &said));
    *s = register_judge(a, type, version, said);
    return OK;
}

/* --- What it said --- */
static void change_put(struct arena *a, struct buf *b, const struct fields_answer *was, const struct fields_answer *is,
                       enum fields_class may) {
    if (str_eq(was->text, is->text)) {
        return;
    }
    struct str from = fields_masked(a, was, may), to = fields_masked(a, is, may);
    buf_printf(b, "%s%.*s: %.*s → %.*s", b->len ? "\n" : "", STR_ARG(is->item->label),
               STR_ARG(from.len ? from : S("trống")), STR_ARG(to.len ? to : S("trống")));
}

static struct err past_fill(struct get *g, const struct opened *o, struct register_row_view *v) {
    struct register_past_list_rows rows;
    struct fields_state *newer = NULL;
    TRY(register_past_list(g->db, (struct register_past_list_in){.row = o->row->id, .most = PAST_MOST}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct register_past_list_row *p = &rows.at[i];
        struct fields_state *s;
        struct org_principal who;
        struct buf changes = buf_in(g->arena);
        TRY(judged(g->arena, &o->type, p->answers, p->type_version, &s));
        TRY(org_principal(g->db, p->post, &who));
        for (size_t k = 0; newer && k < o->type.page->items.n; k++) {
            change_put(g->arena, &changes, &s->all.at[k], &newer->all.at[k], o->may);
        }
        if (i) {
            v->past.at[i - 1].changes = buf_str(&changes);
        }
        newer = s;
        LIST_ADD(g->arena, &v->past,
                 (struct register_past_line){.act = register_past_words(p->act),
                                             .why = p->why,
                                             .who = who.name,
                                             .valid_on = p->valid_on,
                                             .at = p->recorded_at,
                                             .version = p->version});
    }
    return OK;
}

/* As it was recorded at the end of a day that was asked for. */
static struct err known_read(struct get *g, const struct opened *o, struct register_row_view *v, struct str *answers,
                             int64_t *version) {
    struct str typed = query_param(g->request, S("known"));
    struct register_past_at_row *past;
    if (!typed.len) {
        return OK;
    }
    if (!date_read_vi(typed, &v->known_on)) {
        v->known_fault = S("Mời ghi ngày/tháng/năm.");
        return OK;
    }
    TRY(register_past_at(
        g->db, (struct register_past_at_in){.row = o->row->id, .before = date_start(date_plus(v->known_on, 1))},
        &past));
    if (!past || str_eq(past->act, S("removed"))) {
        v->known_fault = S("Ngày ấy sổ chưa có dòng này, hoặc đã xóa.");
        return OK;
    }
    v->is_known = true;
    *answers = past->answers;
    *version = past->type_version;
    return OK;
}

static struct err values_fill(struct get *g, const struct opened *o, struct register_row_view *v) {
    struct str answers = o->row->answers;
    int64_t version = o->row->type_version;
    struct fields_state *s;
    TRY(known_read(g, o, v, &answers, &version));
    TRY(judged(g->arena, &o->type, answers, version, &s));
    for (size_t i = 0; i < o->type.page->items.n; i++) {
        const struct fields_answer *x = &s->all.at[i];
        if (x->is_shown) {
            LIST_ADD(g->arena, &v->values,
                     (struct register_value){x->item->label, fields_masked(g->arena, x, o->may),
                                             x->item->pd > o->may && x->text.len});
        }
    }
    return OK;
}

static struct err files_fill(struct get *g, const struct opened *o, struct register_row_view *v) {
    struct register_files_rows rows;
    TRY(register_files(g->db, (struct register_files_in){.row = o->row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v->files,
                 (struct file_chip){.name = rows.at[i].name,
                                    .link = link_local(g->arena, "/register/row/%lld/file/%lld",
                                                       (long long)o->row->id.v, (long long)rows.at[i].id.v),
                                    .size = rows.at[i].size});
    }
    return OK;
}

static void forms_fill(struct get *g, const struct opened *o, struct register_row_view *v) {
    const struct form *f = g->form;
    bool is_gone_form = f && f->values.n == 2, is_file_form = f && f->values.n == 1;
    if (!v->may_write) {
        return;
    }
    struct form **gone = o->row->is_gone ? &v->restore : &v->remove;
    *gone = form_begin_at(g->arena, register_gone_fields, is_gone_form ? f : NULL, o->row->version);
    v->file = form_begin(g->arena, register_file_fields, is_file_form ? f : NULL);
}

struct err register_row_get(struct get *g) {
    struct opened o;
    TRY(open_row(g->request, g->arena, g->db, g->who, &o));
    struct register_row_view v = {.id = o.row->id.v,
                                  .type_name = o.type.head.name,
                                  .title = o.row->title,
                                  .owner = o.row->short_name,
                                  .list = link_local(g->arena, "/register/%.*s", STR_ARG(o.type.head.code)),
                                  .self = link_record(g->arena, S("/register/row/"), o.row->id.v, S("")),
                                  .edit = link_record(g->arena, S("/register/row/"), o.row->id.v, S("/edit")),
                                  .version = o.row->version,
                                  .may_write = o.may_write,
                                  .is_gone = o.row->is_gone,
                                  .changed_at = o.row->changed_at};
    TRY(values_fill(g, &o, &v));
    TRY(past_fill(g, &o, &v));
    TRY(files_fill(g, &o, &v));
    forms_fill(g, &o, &v);
    return answer_register_row(g, &v);
}

/* --- The form --- */
/* A cell as people write it; what was typed wrong stays as it was. */
static struct fill_cell cell_of(struct get *g, const struct fill_question *q, const struct fields_answer *x) {
    struct fill_cell cell = q->cell;
    bool is_plain = !g->form && x->text.len && (register_is_number(x->item->kind) || register_is_date(x->item->kind));
    cell.typed = is_plain ? register_cell_shown(g->arena, x, FIELDS_RESTRICTED) : cell.typed;
    return cell;
}

/* What a person may not see of a row is not in the form, and stays as it is. */
static struct err edit_fill(struct get *g, const struct register_type *type, struct fields_said_list said,
                            enum fields_class may, struct register_edit_view *v) {
    bool is_told = g->form && g->form->is_refused;
    if (g->form) {
        said = fill_merge(g->arena, type->form, 0, (struct fields_said_list){0}, form_value(g->form, "a"));
    }
    struct fields_state *s = register_judge(g->arena, type, 0, said);
    struct fill_page page = fill_page(s, 0, is_told);
    for (size_t i = 0; i < page.questions.n; i++) {
        int at = register_field(type, page.questions.at[i].cell.name);
        if (at >= 0 && s->all.at[at].item->pd <= may) {
            LIST_ADD(g->arena, &v->cells, cell_of(g, &page.questions.at[i], &s->all.at[at]));
        }
    }
    v->faults.at = page.faults.at, v->faults.n = page.faults.n;
    v->type_name = type->head.name;
    return answer_register_edit(g, v);
}

/* The answers of a row as today's definition asks them. */
static struct err said_today(struct arena *a, const struct opened *o, struct fields_said_list *said) {
    TRY(register_said(a, o->row->answers, said));
    if (o->row->type_version < o->type.form->version) {
        *said = fields_carried(a, o->type.form, o->row->type_version, *said);
    }
    return OK;
}

struct err register_new_get(struct get *g) {
    struct register_type type;
    struct register_seat seat;
    TRY(register_type(g->arena, path_param(g->request, S("type")), &type));
    TRY(register_seat(g->db, g->who, &type.head, &seat));
    if (!seat.may_write) {
        return REFUSE(ERR_DENIED, "", "Chức danh này chỉ được xem sổ.");
    }
    struct link list = link_local(g->arena, "/register/%.*s", STR_ARG(type.head.code));
    struct register_edit_view v = {.title = type.head.unit,
                                   .to = list,
                                   .back = list,
                                   .form = form_begin(g->arena, register_row_fields, g->form),
                                   .is_new = true};
    return edit_fill(g, &type, (struct fields_said_list){0}, FIELDS_RESTRICTED, &v);
}

struct err register_edit_get(struct get *g) {
    struct opened o;
    struct fields_said_list said;
    TRY(open_row(g->request, g->arena, g->db, g->who, &o));
    if (!o.may_write || o.row->is_gone) {
        return REFUSE(ERR_DENIED, "", "Chức danh này không sửa được dòng này.");
    }
    TRY(said_today(g->arena, &o, &said));
    struct link at = link_record(g->arena, S("/register/row/"), o.row->id.v, S(""));
    struct register_edit_view v = {.title = o.row->title,
                                   .to = link_record(g->arena, S("/register/row/"), o.row->id.v, S("/edit")),
                                   .back = at,
                                   .form = form_begin_at(g->arena, register_row_fields, g->form, o.row->version)};
    return edit_fill(g, &o.type, said, o.may, &v);
}

/* What was typed, and of a row what its writer may not see, as it was. */
static struct err said_sent(struct post *p, const struct register_type *type, const struct opened *was,
                            struct fields_said_list *said) {
    struct fields_said_list saved;
    *said = fill_merge(p->arena, type->form, 0, (struct fields_said_list){0}, form_value(p->form, "a"));
    if (!was) {
        return OK;
    }
    struct fields_said_list typed = *said;
    *said = (struct fields_said_list){0};
    TRY(said_today(p->arena, was, &saved));
    for (size_t i = 0; i < typed.n + saved.n; i++) {
        const struct fields_said *x = i < typed.n ? &typed.at[i] : &saved.at[i - typed.n];
        int at = register_field(type, x->name);
        bool is_hidden = at >= 0 && type->page->items.at[at].pd > was->may;
        if (is_hidden == (i >= typed.n)) {
            LIST_ADD(p->arena, said, *x);
        }
    }
    return OK;
}

/* What was sent, judged; INVALID, with the faults to be drawn at their fields. was: the row that is changed, or NULL.
 */
static struct err sent_read(struct post *p, const struct register_type *type, struct register_book_id book,
                            const struct opened *was, struct register_words *w) {
    struct register_row_keyed_row *same;
    struct fields_said_list said;
    TRY(said_sent(p, type, was, &said));
    w->state = register_judge(p->arena, type, 0, said);
    w->why = form_text(p->form, "why");
    w->valid_on = form_date(p->form, "valid_on");
    w->post = p->who->post.v;
    if (w->state->faults) {
        return err_refuse(p->arena, ERR_INVALID, "", "Còn %zu chỗ cần xem lại.", w->state->faults);
    }
    TRY(register_row_same(db_reading(p->db), book, register_key(type, w->state), was ? was->row->id.v : 0, &same));
    return same ? REFUSE(ERR_INVALID, "", "Sổ đã có dòng này (cùng các ô khóa). Mời tìm dòng ấy để sửa.") : OK;
}

struct err register_new_post(struct post *p) {
    struct register_type type;
    struct register_seat seat;
    struct register_words w = {.act = S("made")};
    struct register_book_id book;
    struct register_row_id id;
    TRY(register_type(p->arena, path_param(p->request, S("type")), &type));
    TRY(register_seat(db_reading(p->db), p->who, &type.head, &seat));
    if (!seat.may_write) {
        return REFUSE(ERR_DENIED, "", "Chức danh này chỉ được xem sổ.");
    }
    TRY(sent_read(p, &type, seat.own, NULL, &w));
    TRY(register_book_open(p->db, &type.head, p->who->organ.v, &book));
    TRY(register_row_add(p->db, &type, book, &w, &id));
    TRY(register_row_tell(p->db, S("register.add"), id.v, true));
    flash(p, "Đã ghi vào sổ.");
    return see_other(p, "/register/row/%lld", (long long)id.v);
}

static struct err open_to_write(struct post *p, struct opened *o) {
    TRY(open_row(p->request, p->arena, db_reading(p->db), p->who, o));
    return o->may_write ? OK : REFUSE(ERR_DENIED, "", "Chức danh này chỉ được xem sổ.");
}

static struct err written(struct post *p, const struct opened *o, struct str verb, bool changed) {
    if (!changed) {
        return org_stale_audited(db_reading(p->db), form_version(p->form),
                                 &(struct audit){.kind = S("register"), .record = o->row->id.v});
    }
    return register_row_tell(p->db, verb, o->row->id.v, true);
}

struct err register_edit_post(struct post *p) {
    struct opened o;
    struct register_words w = {.act = S("changed"), .version = form_version(p->form)};
    bool changed;
    TRY(open_to_write(p, &o));
    if (o.row->is_gone) {
        return REFUSE(ERR_CONFLICT, "", "Dòng này đã xóa khỏi sổ.");
    }
    TRY(sent_read(p, &o.type, o.row->book, &o, &w));
    TRY(register_row_write(p->db, &o.type, o.row, &w, false, &changed));
    TRY(written(p, &o, S("register.change"), changed));
    flash(p, "Đã lưu.");
    return see_other(p, "/register/row/%lld", (long long)o.row->id.v);
}

/* Taken away, or put back: it says what it said. */
static struct err gone_set(struct post *p, bool is_gone) {
    struct opened o;
    struct register_words w = {.act = is_gone ? S("removed") : S("restored"),
                               .why = form_text(p->form, "why"),
                               .version = form_version(p->form),
                               .post = p->who->post.v};
    bool changed;
    struct register_row_keyed_row *same = NULL;
    TRY(open_to_write(p, &o));
    if (o.row->is_gone == is_gone) {
        return REFUSE(ERR_CONFLICT, "", "Dòng này vừa được người khác xử lý.");
    }
    TRY(judged(p->arena, &o.type, o.row->answers, o.row->type_version, &w.state));
    if (!is_gone) {
        TRY(register_row_same(db_reading(p->db), o.row->book, register_key(&o.type, w.state), o.row->id.v, &same));
    }
    if (same) {
        return REFUSE(ERR_CONFLICT, "", "Sổ đã có dòng khác cùng các ô khóa, nên không lấy lại được dòng này.");
    }
    TRY(register_row_write(p->db, &o.type, o.row, &w, is_gone, &changed));
    TRY(written(p, &o, is_gone ? S("register.remove") : S("register.restore"), changed));
    flash(p, is_gone ? "Đã xóa khỏi sổ. Có thể lấy lại ở trang này." : "Đã lấy lại.");
    return see_other(p, "/register/row/%lld", (long long)o.row->id.v);
}

struct err register_remove_post(struct post *p) {
    return gone_set(p, true);
}
struct err register_restore_post(struct post *p) {
    return gone_set(p, false);
}

/* --- Files --- */
struct err register_file_post(struct post *p) {
    struct opened o;
    struct upload *u = form_upload(p->form, "file");
    struct file_blob_id file;
    TRY(open_to_write(p, &o));
    if (!u) {
        return REFUSE(ERR_INVALID, "file", "Chưa chọn tệp.");
    }
    TRY(file_keep(p->db, p->arena, u, &file));
    TRY(register_file_add(p->db,
                          (struct register_file_add_in){.id = {id_new()},
                                                        .row = o.row->id,
                                                        .file = file,
                                                        .name = u->name,
                                                        .post = p->who->post.v,
                                                        .added_at = clock_now()},
                          NULL));
    TRY(register_row_tell(p->db, S("register.file"), o.row->id.v, true));
    flash(p, "Đã thêm tệp.");
    return see_other(p, "/register/row/%lld", (long long)o.row->id.v);
}

struct err register_file_get(struct get *g) {
    struct opened o;
    int64_t id;
    struct register_file_by_id_row *row;
    struct file file;
    TRY(open_row(g->request, g->arena, g->db, g->who, &o));
    TRY(path_id(g->request, S("file"), &id));
    TRY(register_file_by_id(g->db, (struct register_file_by_id_in){.id = {id}, .row = o.row->id}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "the row has no such file");
    }
    TRY(file_find(g->db, g->arena, row->file, &file));
    return answer_file(g, &file, row->name, false);
}
