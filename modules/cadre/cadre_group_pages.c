/* One group of a record: its entries, the purpose asked before a sensitive one is shown, its history; writing entries.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/fill/fill.h"
#include "modules/cadre/cadre_pages.h"
#include "modules/cadre/cadre_pages_gen.h"

#include "base/banned.h"

enum { PAST_MOST = 60 };

struct link cadre_group_link(struct arena *a, int64_t cadre, struct str group) {
    return link_local(a, "/cadre/%lld/group/%.*s", (long long)cadre, STR_ARG(group));
}

/* The record and the group of the address; MISSING for whom the group is not there. */
struct opened {
    struct cadre_seat seat;
    struct cadre_group group;
    struct cadre_entry_find_row *entry; /* NULL: the address names none */
    int64_t id;
    bool may_see, needs_purpose;
};

static struct err open_group(struct request *r, struct arena *a, struct db_read *db, const struct who *who,
                             struct opened *o) {
    struct str part = path_param(r, S("group"));
    *o = (struct opened){0};
    TRY(path_id(r, S("id"), &o->id));
    TRY(cadre_seat_find(db, who, o->id, &o->seat));
    if (!part.len) {
        int64_t entry;
        TRY(path_id(r, S("entry"), &entry));
        TRY(cadre_entry_find(db, (struct cadre_entry_find_in){.id = {entry}, .cadre = {o->id}}, &o->entry));
        if (!o->entry || o->entry->is_gone) {
            return FAIL(ERR_MISSING, "no such entry");
        }
        part = o->entry->part;
    }
    TRY(cadre_group(a, part, &o->group));
    TRY(cadre_may_ask(&o->seat, &o->group));
    return cadre_may_see(db, who, &o->seat, &o->group, &o->may_see, &o->needs_purpose);
}

/* Personnel that said its purpose. */
static struct err must_write(const struct opened *o) {
    if (!o->seat.is_keeper) {
        return o->seat.is_self ? REFUSE(ERR_DENIED, "", "Hồ sơ của mình thì gửi đề nghị sửa, không tự sửa.")
                               : REFUSE(ERR_DENIED, "", "Chức danh này không sửa được hồ sơ.");
    }
    return o->may_see ? OK : REFUSE(ERR_DENIED, "", "Nhóm nhạy cảm: mời nêu mục đích xem trước khi sửa.");
}

static struct err must_be_self(const struct opened *o) {
    return o->seat.is_self ? OK : REFUSE(ERR_DENIED, "", "Chỉ chính người có hồ sơ đề nghị sửa hồ sơ của mình.");
}

/* --- Shown --- */
static void facts_fill(struct arena *a, const struct opened *o, const struct fields_state *s,
                       struct cadre_entry_view *e) {
    for (size_t k = 0; k < s->all.n; k++) {
        const struct fields_answer *x = &s->all.at[k];
        if (x->is_shown && (x->text.len || !o->group.is_many)) {
            LIST_ADD(a, &e->facts, (struct cadre_fact){x->item->label, fields_shown(a, x), S("")});
        }
    }
}

static struct err entries_fill(struct get *g, const struct opened *o, struct cadre_group_view *v) {
    struct cadre_entries_of_rows rows;
    TRY(cadre_entries_of(g->db, (struct cadre_entries_of_in){.cadre = o->seat.row->id, .part = o->group.code}, &rows));
    for (size_t i = rows.n; i > 0; i--) {
        const struct cadre_entries_of_row *r = &rows.at[i - 1];
        struct fields_state *s;
        struct cadre_entry_view e = {0};
        TRY(cadre_judge(g->arena, &o->group, r->part_version, r->answers, &s));
        e.when = o->group.is_many ? cadre_entry_when(&o->group, s) : S("");
        e.title = o->group.is_many ? cadre_entry_title(&o->group, s) : S("");
        facts_fill(g->arena, o, s, &e);
        if (v->is_keeper || o->seat.is_self) {
            e.edit = link_local(g->arena, "/cadre/%lld/entry/%lld%s", (long long)v->id, (long long)r->id.v,
                                v->is_keeper ? "" : "/proposal");
        }
        LIST_ADD(g->arena, &v->entries, e);
    }
    return OK;
}

static struct str act_words(struct str act) {
    return str_eq(act, S("made")) ? S("Ghi vào hồ sơ") : str_eq(act, S("changed")) ? S("Sửa") : S("Bỏ khỏi hồ sơ");
}

static void changes_put(struct arena *a, const struct fields_state *was, const struct fields_state *is, struct buf *b) {
    for (size_t i = 0; i < is->all.n; i++) {
        struct str from = fields_shown(a, &was->all.at[i]), to = fields_shown(a, &is->all.at[i]);
        if (!str_eq(from, to)) {
            buf_printf(b, "%s%.*s: %.*s → %.*s", b->len ? "\n" : "", STR_ARG(is->all.at[i].item->label),
                       STR_ARG(from.len ? from : S("trống")), STR_ARG(to.len ? to : S("trống")));
        }
    }
}

/* What an entry said before, beside what it said then: the state one version less, when it is among the rows. */
static struct err change_fill(struct get *g, const struct opened *o, const struct cadre_past_list_rows *rows, size_t at,
                              struct cadre_past_view *line) {
    const struct cadre_past_list_row *p = &rows->at[at];
    struct fields_state *is, *was;
    struct buf b = buf_in(g->arena);
    TRY(cadre_judge(g->arena, &o->group, p->part_version, p->answers, &is));
    line->title = cadre_entry_title(&o->group, is);
    for (size_t i = at + 1; i < rows->n && !str_eq(p->act, S("removed")); i++) {
        if (rows->at[i].entry.v == p->entry.v && rows->at[i].version == p->version - 1) {
            TRY(cadre_judge(g->arena, &o->group, rows->at[i].part_version, rows->at[i].answers, &was));
            changes_put(g->arena, was, is, &b);
        }
    }
    line->changes = buf_str(&b);
    return OK;
}

static struct err past_fill(struct get *g, const struct opened *o, struct cadre_group_view *v) {
    struct cadre_past_list_rows rows;
    TRY(cadre_past_list(
        g->db, (struct cadre_past_list_in){.cadre = o->seat.row->id, .part = o->group.code, .most = PAST_MOST}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct cadre_past_view line = {.act = act_words(rows.at[i].act),
                                       .who = cadre_post_name(g->db, rows.at[i].post),
                                       .basis = rows.at[i].basis,
                                       .at = rows.at[i].recorded_at};
        TRY(change_fill(g, o, &rows, i, &line));
        LIST_ADD(g->arena, &v->past, line);
    }
    return OK;
}

static struct err opened_fill(struct get *g, const struct opened *o, struct cadre_group_view *v) {
    const char *leaf = v->is_keeper ? "new" : "proposal";
    TRY(entries_fill(g, o, v));
    bool may_add = (v->is_keeper || o->seat.is_self) && (o->group.is_many || !v->entries.n);
    v->add = may_add ? link_local(g->arena, "/cadre/%lld/group/%.*s/%s", (long long)v->id, STR_ARG(o->group.code), leaf)
                     : v->add;
    if (v->is_keeper || o->seat.is_self) {
        TRY(past_fill(g, o, v));
    }
    return v->is_sensitive ? cadre_look_note(g->db, v->id, o->group.code) : OK;
}

struct err cadre_group_get(struct get *g) {
    struct opened o;
    TRY(open_group(g->request, g->arena, g->db, g->who, &o));
    struct cadre_group_view v = {.id = o.id,
                                 .minutes = CADRE_LOOK_MINUTES,
                                 .name = o.seat.row->name,
                                 .title = o.group.title,
                                 .class = cadre_class_words(o.group.class),
                                 .nd27 = o.group.nd27,
                                 .code = o.group.code,
                                 .back = link_record(g->arena, S("/cadre/"), o.id, S("")),
                                 .is_open = o.may_see,
                                 .is_many = o.group.is_many,
                                 .is_sensitive = o.group.class == CADRE_SENSITIVE,
                                 .is_keeper = o.seat.is_keeper,
                                 .add_words = o.seat.is_self ? S("Đề nghị ghi thêm") : S("Ghi thêm"),
                                 .look = form_begin(g->arena, cadre_look_fields, g->form)};
    TRY(v.is_open ? opened_fill(g, &o, &v) : OK);
    return answer_cadre_group(g, &v);
}

struct err cadre_look_post(struct post *p) {
    struct opened o;
    TRY(open_group(p->request, p->arena, db_reading(p->db), p->who, &o));
    TRY(cadre_look_open(p->db, p->who, &o.seat, o.group.code, form_text(p->form, "purpose")));
    flash(p, "Đã mở. Mục đích và lần xem đã vào nhật ký.");
    return see_other(p, "/cadre/%lld/group/%.*s", (long long)o.id, STR_ARG(o.group.code));
}

/* --- The form of an entry --- */
static struct fill_cell cell_of(struct get *g, const struct fill_question *q, const struct fields_answer *x) {
    struct fill_cell cell = q->cell;
    bool is_plain = !g->form && x->text.len && x->item->kind != FIELDS_ENUM && x->item->kind != FIELDS_BOOL;
    cell.typed = is_plain ? fields_shown(g->arena, x) : cell.typed;
    return cell;
}

void cadre_questions_fill(struct get *g, const struct cadre_group *group, struct fields_said_list saved,
                          struct cadre_questions *out) {
    bool is_told = g->form && g->form->is_refused;
    if (g->form && cadre_has_field(g->form, "a")) {
        saved = fill_merge(g->arena, group->form, 0, (struct fields_said_list){0}, form_value(g->form, "a"));
    }
    struct fields_state *s = cadre_judge_said(g->arena, group, saved);
    struct fill_page page = fill_page(s, 0, is_told);
    for (size_t i = 0; i < page.questions.n; i++) {
        int at = cadre_field(group, page.questions.at[i].cell.name);
        if (at >= 0) {
            LIST_ADD(g->arena, &out->cells, cell_of(g, &page.questions.at[i], &s->all.at[at]));
        }
    }
    out->faults.at = page.faults.at, out->faults.n = page.faults.n;
}

struct err cadre_sent_read(struct post *p, const struct cadre_group *group, struct fields_state **state) {
    struct fields_said_list said =
        fill_merge(p->arena, group->form, 0, (struct fields_said_list){0}, form_value(p->form, "a"));
    *state = cadre_judge_said(p->arena, group, said);
    return (*state)->faults ? err_refuse(p->arena, ERR_INVALID, "", "Còn %zu chỗ cần xem lại.", (*state)->faults) : OK;
}

static struct err saved_of(struct arena *a, const struct opened *o, struct fields_said_list *said) {
    *said = (struct fields_said_list){0};
    if (!o->entry) {
        return OK;
    }
    TRY(fields_said_read(a, o->entry->answers, said));
    if (o->entry->part_version < o->group.form->version) {
        *said = fields_carried(a, o->group.form, o->entry->part_version, *said);
    }
    return OK;
}

static struct err edit_answer(struct get *g, const struct opened *o, struct cadre_edit_view *v) {
    struct fields_said_list saved;
    struct cadre_questions q = {0};
    TRY(saved_of(g->arena, o, &saved));
    cadre_questions_fill(g, &o->group, saved, &q);
    v->cells.at = q.cells.at, v->cells.n = q.cells.n;
    v->faults.at = q.faults.at, v->faults.n = q.faults.n;
    v->name = o->seat.row->name;
    v->group = o->group.title;
    v->back = cadre_group_link(g->arena, o->id, o->group.code);
    if (o->group.class == CADRE_SENSITIVE && o->entry) {
        TRY(cadre_look_note(g->db, o->id, o->group.code));
    }
    return answer_cadre_edit(g, v);
}

struct err cadre_entry_new_get(struct get *g) {
    struct opened o;
    TRY(open_group(g->request, g->arena, g->db, g->who, &o));
    TRY(must_write(&o));
    struct cadre_edit_view v = {
        .title = S("Ghi thêm"),
        .button = S("Ghi vào hồ sơ"),
        .to = link_local(g->arena, "/cadre/%lld/group/%.*s/entry", (long long)o.id, STR_ARG(o.group.code)),
        .form = form_begin(g->arena, cadre_entry_fields, g->form)};
    return edit_answer(g, &o, &v);
}

struct err cadre_entry_get(struct get *g) {
    struct opened o;
    TRY(open_group(g->request, g->arena, g->db, g->who, &o));
    TRY(must_write(&o));
    const struct form *edit = cadre_has_field(g->form, "a") ? g->form : NULL, *gone = g->form && !edit ? g->form : NULL;
    struct str at = str_format(g->arena, "/cadre/%lld/entry/%lld", (long long)o.id, (long long)o.entry->id.v);
    struct cadre_edit_view v = {
        .title = S("Sửa"),
        .button = S("Lưu"),
        .to = link_local(g->arena, "%.*s/change", STR_ARG(at)),
        .removal = link_local(g->arena, "%.*s/removal", STR_ARG(at)),
        .has_version = true,
        .form = form_begin_at(g->arena, cadre_change_fields, edit, o.entry->version),
        .gone = o.group.is_many ? form_begin_at(g->arena, cadre_gone_fields, gone, o.entry->version) : NULL};
    return edit_answer(g, &o, &v);
}

static struct err write_begin(struct post *p, struct opened *o, struct cadre_write *w) {
    TRY(open_group(p->request, p->arena, db_reading(p->db), p->who, o));
    TRY(must_write(o));
    *w = (struct cadre_write){.group = &o->group, .basis = form_text(p->form, "basis"), .post = p->who->post.v};
    if (o->entry) {
        w->entry = o->entry->id.v;
        w->version = form_version(p->form);
    }
    return OK;
}

static struct err written(struct post *p, const struct opened *o, const struct cadre_write *w, const char *words) {
    TRY(cadre_put(p->db, o->seat.row->id, w));
    flash(p, "%s", words);
    return see_other(p, "/cadre/%lld/group/%.*s", (long long)o->id, STR_ARG(o->group.code));
}

struct err cadre_entry_post(struct post *p) {
    struct opened o;
    struct cadre_write w;
    TRY(write_begin(p, &o, &w));
    TRY(cadre_sent_read(p, &o.group, &w.state));
    return written(p, &o, &w, "Đã ghi vào hồ sơ.");
}

struct err cadre_change_post(struct post *p) {
    struct opened o;
    struct cadre_write w;
    TRY(write_begin(p, &o, &w));
    TRY(cadre_sent_read(p, &o.group, &w.state));
    return written(p, &o, &w, "Đã lưu.");
}

struct err cadre_removal_post(struct post *p) {
    struct opened o;
    struct cadre_write w;
    TRY(write_begin(p, &o, &w));
    if (!o.group.is_many) {
        return REFUSE(ERR_DENIED, "", "Nhóm này không bỏ được, chỉ sửa.");
    }
    w.is_gone = true;
    return written(p, &o, &w, "Đã bỏ khỏi hồ sơ; lịch sử còn nguyên.");
}

/* --- Proposing --- */
static struct err propose_answer(struct get *g, const struct opened *o, struct cadre_edit_view *v) {
    v->is_proposal = true;
    v->has_file = true;
    v->title = S("Đề nghị sửa");
    v->button = S("Gửi đề nghị");
    return edit_answer(g, o, v);
}

struct err cadre_propose_get(struct get *g) {
    struct opened o;
    TRY(open_group(g->request, g->arena, g->db, g->who, &o));
    TRY(must_be_self(&o));
    struct cadre_edit_view v = {
        .to = link_local(g->arena, "/cadre/%lld/group/%.*s/proposal", (long long)o.id, STR_ARG(o.group.code)),
        .form = form_begin(g->arena, cadre_propose_fields, g->form)};
    return propose_answer(g, &o, &v);
}

struct err cadre_propose_change_get(struct get *g) {
    struct opened o;
    TRY(open_group(g->request, g->arena, g->db, g->who, &o));
    TRY(must_be_self(&o));
    struct cadre_edit_view v = {
        .to = link_local(g->arena, "/cadre/%lld/entry/%lld/proposal", (long long)o.id, (long long)o.entry->id.v),
        .has_version = true,
        .form = form_begin_at(g->arena, cadre_propose_change_fields, g->form, o.entry->version)};
    return propose_answer(g, &o, &v);
}
