/* Proposals: sending one with evidence, what would change, deciding; those that wait. */
#include "base/arena.h"
#include "base/num.h"
#include "kernel/file/file.h"
#include "kernel/rights/audit.h"
#include "modules/cadre/cadre_pages.h"
#include "modules/cadre/cadre_pages_gen.h"
#include "modules/org/org.h"

#include "base/banned.h"

/* --- Sending --- */
static struct err file_of(struct post *p, struct cadre_proposal_new *n) {
    struct upload *u = form_upload(p->form, "file");
    struct file_blob_id file;
    if (!u) {
        return OK;
    }
    TRY(file_keep(p->db, p->arena, u, &file));
    n->file = file.v;
    n->file_name = u->name;
    return OK;
}

static struct err propose(struct post *p, const struct cadre_seat *seat, const struct cadre_group *group, int64_t entry,
                          int64_t version) {
    struct cadre_proposal_new n = {.write = {.group = group, .entry = entry, .version = version},
                                   .words = form_text(p->form, "words")};
    int64_t id;
    if (!seat->is_self) {
        return REFUSE(ERR_DENIED, "", "Chỉ chính người có hồ sơ đề nghị sửa hồ sơ của mình.");
    }
    TRY(cadre_sent_read(p, group, &n.write.state));
    TRY(file_of(p, &n));
    TRY(cadre_propose(p->db, p->who, seat, &n, &id));
    flash(p, "Đã gửi đề nghị. Tổ chức cán bộ sẽ nhận hoặc trả lại, có thông báo cho bạn.");
    return see_other(p, "/cadre/%lld/proposal/%lld", (long long)seat->row->id.v, (long long)id);
}

struct err cadre_propose_post(struct post *p) {
    struct cadre_seat seat;
    struct cadre_group group;
    struct cadre_entries_of_rows rows;
    TRY(cadre_seat_of_post(p, &seat));
    TRY(cadre_group(p->arena, path_param(p->request, S("group")), &group));
    TRY(cadre_may_ask(&seat, &group));
    TRY(cadre_entries_of(db_reading(p->db), (struct cadre_entries_of_in){.cadre = seat.row->id, .part = group.code},
                         &rows));
    if (rows.n && !group.is_many) {
        return REFUSE(ERR_CONFLICT, "", "Nhóm này đã có, mời mở ra để đề nghị sửa.");
    }
    return propose(p, &seat, &group, 0, 0);
}

struct err cadre_propose_change_post(struct post *p) {
    struct cadre_seat seat;
    struct cadre_group group;
    struct cadre_entry_find_row *entry;
    int64_t id;
    TRY(cadre_seat_of_post(p, &seat));
    TRY(path_id(p->request, S("entry"), &id));
    TRY(cadre_entry_find(db_reading(p->db), (struct cadre_entry_find_in){.id = {id}, .cadre = seat.row->id}, &entry));
    if (!entry || entry->is_gone) {
        return FAIL(ERR_MISSING, "no such entry");
    }
    TRY(cadre_group(p->arena, entry->part, &group));
    TRY(cadre_may_ask(&seat, &group));
    if (entry->version != form_version(p->form)) {
        return org_stale_audited(db_reading(p->db), form_version(p->form),
                                 &(struct audit){.kind = S("cadre"), .record = seat.row->id.v});
    }
    return propose(p, &seat, &group, id, entry->version);
}

/* --- One --- */
struct opened {
    struct cadre_seat seat;
    struct cadre_group group;
    struct cadre_proposal_find_row *row;
    bool may_see;
};

static struct err open_proposal(struct request *r, struct arena *a, struct db_read *db, const struct who *who,
                                struct opened *o) {
    int64_t id, proposal;
    bool needs_purpose;
    TRY(path_id(r, S("id"), &id));
    TRY(path_id(r, S("proposal"), &proposal));
    TRY(cadre_seat_find(db, who, id, &o->seat));
    if (!o->seat.is_self && !o->seat.is_keeper) {
        return FAIL(ERR_MISSING, "proposals are personnel's and the person's");
    }
    TRY(cadre_proposal_find(db, (struct cadre_proposal_find_in){.id = {proposal}, .cadre = {id}}, &o->row));
    if (!o->row) {
        return FAIL(ERR_MISSING, "no such proposal");
    }
    TRY(cadre_group(a, o->row->part, &o->group));
    return cadre_may_see(db, who, &o->seat, &o->group, &o->may_see, &needs_purpose);
}

/* What the record says now beside what is asked. */
static struct err changes_fill(struct get *g, const struct opened *o, struct cadre_proposal_view *v) {
    struct cadre_entry_find_row *entry = NULL;
    struct fields_state *is, *was;
    TRY(cadre_judge(g->arena, &o->group, o->row->part_version, o->row->answers, &is));
    was = cadre_judge_said(g->arena, &o->group, (struct fields_said_list){0});
    if (o->row->entry) {
        TRY(cadre_entry_find(g->db, (struct cadre_entry_find_in){.id = {o->row->entry}, .cadre = o->seat.row->id},
                             &entry));
    }
    if (entry) {
        TRY(cadre_judge(g->arena, &o->group, entry->part_version, entry->answers, &was));
    }
    for (size_t i = 0; i < is->all.n; i++) {
        struct cadre_change c = {.label = is->all.at[i].item->label,
                                 .was = fields_shown(g->arena, &was->all.at[i]),
                                 .is = fields_shown(g->arena, &is->all.at[i])};
        c.is_changed = !str_eq(c.was, c.is);
        if (c.was.len || c.is.len) {
            LIST_ADD(g->arena, &v->changes, c);
        }
    }
    return o->group.class == CADRE_SENSITIVE ? cadre_look_note(g->db, o->seat.row->id.v, o->group.code) : OK;
}

static void head_fill(struct get *g, const struct opened *o, struct cadre_proposal_view *v) {
    const struct cadre_proposal_find_row *r = o->row;
    bool is_waiting = str_eq(r->state, S("waiting"));
    *v = (struct cadre_proposal_view){
        .id = o->seat.row->id.v,
        .proposal = r->id.v,
        .name = o->seat.row->name,
        .title = o->group.title,
        .words = o->may_see ? r->words : S(""),
        .state = cadre_state_words(r->state),
        .who = cadre_post_name(g->db, r->made_by),
        .reason = r->reason,
        .decided_by = r->decided_by ? cadre_post_name(g->db, r->decided_by) : S(""),
        .made_at = r->made_at,
        .decided_at = r->decided_at,
        .back = link_record(g->arena, S("/cadre/"), o->seat.row->id.v, S("")),
        .group = cadre_group_link(g->arena, o->seat.row->id.v, o->group.code),
        .is_waiting = is_waiting,
        .may_decide = is_waiting && o->seat.may_decide && o->may_see,
        .may_withdraw = is_waiting && o->seat.is_self,
        .has_file = r->file.v && o->may_see,
        .is_new = !r->entry,
        .is_open = o->may_see,
        .file = {.name = r->file_name,
                 .link = link_local(g->arena, "/cadre/%lld/proposal/%lld/file", (long long)o->seat.row->id.v,
                                    (long long)r->id.v)},
        .accept = form_begin(g->arena, cadre_no_fields, NULL),
        .withdraw = form_begin(g->arena, cadre_no_fields, NULL),
        .reject = form_begin(g->arena, cadre_reject_fields, cadre_has_field(g->form, "reason") ? g->form : NULL)};
}

struct err cadre_proposal_get(struct get *g) {
    struct opened o;
    struct cadre_proposal_view v;
    TRY(open_proposal(g->request, g->arena, g->db, g->who, &o));
    head_fill(g, &o, &v);
    TRY(o.may_see ? changes_fill(g, &o, &v) : OK);
    return answer_cadre_proposal(g, &v);
}

struct err cadre_proposal_file_get(struct get *g) {
    struct opened o;
    struct file file;
    TRY(open_proposal(g->request, g->arena, g->db, g->who, &o));
    if (!o.row->file.v) {
        return FAIL(ERR_MISSING, "no evidence was sent");
    }
    if (!o.may_see) {
        return REFUSE(ERR_DENIED, "", "Nhóm nhạy cảm: mời nêu mục đích xem trước.");
    }
    if (o.group.class == CADRE_SENSITIVE) {
        TRY(cadre_look_note(g->db, o.seat.row->id.v, o.group.code));
    }
    TRY(file_find(g->db, g->arena, o.row->file, &file));
    return answer_file(g, &file, o.row->file_name, false);
}

/* --- Deciding --- */
static struct err opened_post(struct post *p, struct opened *o) {
    return open_proposal(p->request, p->arena, db_reading(p->db), p->who, o);
}

static struct err went(struct post *p, const struct opened *o, const char *words) {
    flash(p, "%s", words);
    return see_other(p, "/cadre/%lld/proposal/%lld", (long long)o->seat.row->id.v, (long long)o->row->id.v);
}

struct err cadre_acceptance_post(struct post *p) {
    struct opened o;
    TRY(opened_post(p, &o));
    if (!o.may_see) {
        return REFUSE(ERR_DENIED, "", "Nhóm nhạy cảm: mời nêu mục đích xem trước khi quyết.");
    }
    TRY(cadre_accept(p->db, p->who, &o.seat, o.row->id.v));
    return went(p, &o, "Đã nhận đề nghị, hồ sơ đã sửa.");
}

struct err cadre_rejection_post(struct post *p) {
    struct opened o;
    TRY(opened_post(p, &o));
    TRY(cadre_return(p->db, p->who, &o.seat, o.row->id.v, form_text(p->form, "reason")));
    return went(p, &o, "Đã trả lại đề nghị.");
}

struct err cadre_withdrawal_post(struct post *p) {
    struct opened o;
    TRY(opened_post(p, &o));
    TRY(cadre_withdraw(p->db, p->who, &o.seat, o.row->id.v));
    return went(p, &o, "Đã rút đề nghị.");
}

/* --- Those that wait --- */
static struct link proposal_link(struct get *g, int64_t cadre, int64_t id) {
    return link_local(g->arena, "/cadre/%lld/proposal/%lld", (long long)cadre, (long long)id);
}

static struct err own_fill(struct get *g, struct cadre_proposals_view *v) {
    struct cadre_own_waiting_list_rows rows;
    TRY(cadre_own_waiting_list(
        g->db, (struct cadre_own_waiting_list_in){.person = {g->who->person.v}, .most = CADRE_ON_A_PAGE}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct cadre_group group;
        TRY(cadre_group(g->arena, rows.at[i].part, &group));
        LIST_ADD(g->arena, &v->own,
                 (struct cadre_proposal_line){.link = proposal_link(g, rows.at[i].cadre.v, rows.at[i].id.v),
                                              .title = group.title,
                                              .words = rows.at[i].words,
                                              .at = rows.at[i].made_at});
    }
    return OK;
}

struct err cadre_proposals_get(struct get *g) {
    struct cadre_to_decide_list_rows rows;
    struct cadre_proposals_view v = {0};
    struct cadre_to_decide_list_in in = {
        .person = g->who->person.v, .post = g->who->post.v, .most = CADRE_ON_A_PAGE + 1};
    bool is_keeper;
    num_read_between(query_param(g->request, S("after")), 1, INT64_MAX, &in.after);
    TRY(cadre_may_keep(g->db, g->who, &is_keeper));
    TRY(cadre_tabs(g, CADRE_TAB_PROPOSALS, is_keeper, &v.tabs));
    TRY(cadre_to_decide_list(g->db, in, &rows));
    for (size_t i = 0; i < rows.n && i < CADRE_ON_A_PAGE; i++) {
        struct cadre_group group;
        TRY(cadre_group(g->arena, rows.at[i].part, &group));
        LIST_ADD(g->arena, &v.rows,
                 (struct cadre_proposal_line){.link = proposal_link(g, rows.at[i].cadre.v, rows.at[i].id.v),
                                              .title = group.title,
                                              .words = group.class == CADRE_SENSITIVE ? S("") : rows.at[i].words,
                                              .who = rows.at[i].name,
                                              .unit = rows.at[i].unit_name,
                                              .at = rows.at[i].made_at});
    }
    if (rows.n > CADRE_ON_A_PAGE) {
        v.next = link_local(g->arena, "/cadre/proposal?after=%lld", (long long)rows.at[CADRE_ON_A_PAGE - 1].id.v);
    }
    TRY(own_fill(g, &v));
    return answer_cadre_proposals(g, &v);
}
