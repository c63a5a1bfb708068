/* A committee drawn up against its structure: nominees, what each measure has and lacks, each figure its list. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/record/act.h"
#include "kernel/rights/audit.h"
#include "modules/cadre/cadre_pages.h"
#include "modules/cadre/cadre_pages_gen.h"
#include "modules/org/org.h"

#include "base/banned.h"

FACTS(cadre_facts_structure, "modules/cadre/structure.tsv");

enum { MEASURES = 5, CELLS = 4, YOUNG = 40, MONTHS = 12, PERCENT = 100 };

struct measure {
    struct str code, words;
    int64_t usual;
};
static size_t measures_all(struct measure all[MEASURES]) {
    struct str rest = FACTS_STR(cadre_facts_structure), cell[CELLS];
    size_t n = 0;
    while (n < MEASURES && facts_next(&rest, cell, CELLS)) {
        all[n] = (struct measure){cell[0], cell[1], 0};
        num_read(cell[2], &all[n++].usual);
    }
    return n;
}

static bool fits(const struct cadre_nominees_row *r, struct str code, struct date held_on) {
    bool is_young = r->birth_on.year && date_cmp(cadre_months_later(r->birth_on, YOUNG * MONTHS), held_on) > 0;
    return str_eq(code, S("women"))      ? r->is_woman
           : str_eq(code, S("young"))    ? is_young
           : str_eq(code, S("nonparty")) ? !r->is_party
           : str_eq(code, S("ethnic"))   ? r->is_ethnic
                                         : r->is_religious;
}

/* Personnel of the organ draws it up. */
static struct err must_keep(struct db_read *db, const struct who *who) {
    bool may;
    TRY(cadre_may_keep(db, who, &may));
    return may ? OK : FAIL(ERR_MISSING, "only personnel has committees");
}

static struct err committee_of(struct request *r, struct db_read *db, const struct who *who,
                               struct cadre_committee_find_row **row) {
    int64_t id;
    bool may;
    TRY(path_id(r, S("committee"), &id));
    TRY(cadre_may_keep(db, who, &may));
    TRY(cadre_committee_find(db, (struct cadre_committee_find_in){.id = {id}, .organ = {who->organ.v}}, row));
    return *row && may ? OK : FAIL(ERR_MISSING, "no such committee for this post");
}

static struct err must_be_open(const struct cadre_committee_find_row *row) {
    return str_eq(row->state, S("open")) ? OK : REFUSE(ERR_CONFLICT, "", "Danh sách này đã chốt.");
}

/* --- Lists --- */
struct err cadre_committees_get(struct get *g) {
    struct cadre_committees_view v = {0};
    struct cadre_committees_rows rows;
    int64_t before = INT64_MAX;
    TRY(must_keep(g->db, g->who));
    TRY(cadre_tabs(g, CADRE_TAB_COMMITTEES, true, &v.tabs));
    num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &before);
    TRY(cadre_committees(g->db, (struct cadre_committees_in){.organ = {g->who->organ.v}, .before = before}, &rows));
    for (size_t i = 0; i < rows.n && i < CADRE_ON_A_PAGE; i++) {
        bool is_open = str_eq(rows.at[i].state, S("open"));
        LIST_ADD(
            g->arena, &v.rows,
            (struct cadre_committee_line){.link = link_record(g->arena, S("/cadre/committee/"), rows.at[i].id.v, S("")),
                                          .title = rows.at[i].title,
                                          .state = is_open ? S("Đang dự kiến") : S("Đã chốt"),
                                          .seats = rows.at[i].seats,
                                          .held_on = rows.at[i].held_on});
    }
    if (rows.n > CADRE_ON_A_PAGE) {
        v.older = link_local(g->arena, "/cadre/committee?before=%lld", (long long)rows.at[CADRE_ON_A_PAGE - 1].id.v);
    }
    return answer_cadre_committees(g, &v);
}

/* --- One --- */
static struct str tags_of(struct arena *a, const struct cadre_nominees_row *r, struct date held_on) {
    struct measure all[MEASURES];
    struct buf b = buf_in(a);
    for (size_t i = 0, n = measures_all(all); i < n; i++) {
        if (fits(r, all[i].code, held_on)) {
            buf_printf(&b, "%s%.*s", b.len ? ", " : "", STR_ARG(all[i].words));
        }
    }
    return buf_str(&b);
}

static void measure_add(struct get *g, const struct cadre_committee_find_row *c, const struct cadre_nominees_rows *rows,
                        const struct measure *m, int64_t percent, struct cadre_committee_view *v) {
    int64_t n = 0, least = (c->seats * percent + PERCENT - 1) / PERCENT;
    for (size_t i = 0; i < rows->n; i++) {
        n += !rows->at[i].is_dropped && fits(&rows->at[i], m->code, c->held_on);
    }
    LIST_ADD(g->arena, &v->measures,
             (struct cadre_measure_view){
                 .words = m->words,
                 .link = link_local(g->arena, "/cadre/committee/%lld?only=%.*s", (long long)c->id.v, STR_ARG(m->code)),
                 .n = n,
                 .of = v->n,
                 .target = least,
                 .lacks = least > n ? least - n : 0,
                 .percent = v->n ? (n * PERCENT + v->n / 2) / v->n : 0,
                 .goal = percent,
                 .is_met = n >= least,
                 .is_chosen = str_eq(m->code, v->only)});
}

static struct err measures_fill(struct get *g, const struct cadre_committee_find_row *c,
                                const struct cadre_nominees_rows *rows, struct cadre_committee_view *v) {
    struct measure all[MEASURES];
    struct cadre_targets_rows targets;
    TRY(cadre_targets(g->db, (struct cadre_targets_in){.committee = c->id}, &targets));
    for (size_t i = 0, n = measures_all(all); i < n; i++) {
        for (size_t k = 0; k < targets.n; k++) {
            if (str_eq(targets.at[k].code, all[i].code)) {
                measure_add(g, c, rows, &all[i], targets.at[k].percent, v);
            }
        }
    }
    return OK;
}

static void nominees_fill(struct get *g, const struct cadre_committee_find_row *c,
                          const struct cadre_nominees_rows *rows, struct cadre_committee_view *v) {
    for (size_t i = 0; i < rows->n; i++) {
        const struct cadre_nominees_row *r = &rows->at[i];
        if (v->only.len && (r->is_dropped || !fits(r, v->only, c->held_on))) {
            continue;
        }
        LIST_ADD(g->arena, &v->nominees,
                 (struct cadre_nominee_view){
                     .name = r->name,
                     .place = r->place,
                     .tags = tags_of(g->arena, r, c->held_on),
                     .reason = r->reason,
                     .link = r->cadre.v ? link_record(g->arena, S("/cadre/"), r->cadre.v, S("")) : (struct link){{0}},
                     .removal = link_local(g->arena, "/cadre/committee/%lld/nominee/%lld/removal", (long long)c->id.v,
                                           (long long)r->id.v),
                     .is_dropped = r->is_dropped});
    }
}

static struct err cadres_fill(struct get *g, struct cadre_committee_view *v) {
    struct cadre_list_rows rows;
    TRY(cadre_list(g->db, (struct cadre_list_in){.post = g->who->post.v, .f_party = -1, .most = 300}, &rows));
    v->cadres = (struct pick_options){arena_take(g->arena, struct pick_option, rows.n + 1), rows.n};
    for (size_t i = 0; i < rows.n; i++) {
        v->cadres.at[i] =
            (struct pick_option){.id = rows.at[i].id.v, .label = rows.at[i].name, .note = rows.at[i].post};
    }
    return OK;
}

static struct str only_of(struct get *g) {
    struct str only = query_param(g->request, S("only"));
    struct measure all[MEASURES];
    for (size_t i = 0, n = measures_all(all); i < n; i++) {
        if (str_eq(all[i].code, only)) {
            return only;
        }
    }
    return S("");
}

struct err cadre_committee_get(struct get *g) {
    struct cadre_committee_find_row *c;
    struct cadre_nominees_rows rows;
    TRY(committee_of(g->request, g->db, g->who, &c));
    TRY(cadre_nominees(g->db, (struct cadre_nominees_in){.committee = c->id}, &rows));
    struct cadre_committee_view v = {.id = c->id.v,
                                     .seats = c->seats,
                                     .title = c->title,
                                     .note = c->note,
                                     .only = only_of(g),
                                     .held_on = c->held_on,
                                     .is_open = str_eq(c->state, S("open")),
                                     .edit = link_record(g->arena, S("/cadre/committee/"), c->id.v, S("/edit")),
                                     .all = link_record(g->arena, S("/cadre/committee/"), c->id.v, S(""))};
    for (size_t i = 0; i < rows.n; i++) {
        v.n += !rows.at[i].is_dropped;
    }
    v.is_over = v.n > c->seats;
    TRY(measures_fill(g, c, &rows, &v));
    nominees_fill(g, c, &rows, &v);
    TRY(cadres_fill(g, &v));
    v.add = form_begin(g->arena, cadre_nominee_fields, cadre_has_field(g->form, "place") ? g->form : NULL);
    v.close = form_begin(g->arena, cadre_no_fields, NULL);
    return answer_cadre_committee(g, &v);
}

/* --- Forms --- */
struct err cadre_committee_new_get(struct get *g) {
    TRY(must_keep(g->db, g->who));
    struct cadre_committee_form_view v = {.title = S("Dự kiến cơ cấu ủy ban"),
                                          .button = S("Lập danh sách"),
                                          .to = link_local(g->arena, "/cadre/committee"),
                                          .back = link_local(g->arena, "/cadre/committee"),
                                          .is_new = true,
                                          .form = form_begin(g->arena, cadre_committee_fields, g->form)};
    struct measure all[MEASURES];
    for (size_t i = 0, n = g->form ? 0 : measures_all(all); i < n; i++) {
        form_set(v.form, str_z(g->arena, all[i].code), str_format(g->arena, "%lld", (long long)all[i].usual));
    }
    return answer_cadre_committee_form(g, &v);
}

static struct err targets_put(struct post *p, struct cadre_committee_id id) {
    struct measure all[MEASURES];
    TRY(cadre_targets_clear(p->db, (struct cadre_targets_clear_in){.committee = id}, NULL));
    for (size_t i = 0, n = measures_all(all); i < n; i++) {
        int64_t percent = form_number(p->form, str_z(p->arena, all[i].code));
        if (percent > 0) {
            TRY(cadre_target_put(
                p->db, (struct cadre_target_put_in){.committee = id, .code = all[i].code, .percent = percent}, NULL));
        }
    }
    return OK;
}

struct err cadre_committee_new_post(struct post *p) {
    struct cadre_committee_id id = {id_new()};
    TRY(must_keep(db_reading(p->db), p->who));
    TRY(cadre_committee_insert(p->db,
                               (struct cadre_committee_insert_in){.id = id,
                                                                  .organ = {p->who->organ.v},
                                                                  .title = form_text(p->form, "title"),
                                                                  .seats = form_number(p->form, "seats"),
                                                                  .held_on = form_date(p->form, "held_on"),
                                                                  .note = form_text(p->form, "note"),
                                                                  .made_by = p->who->post.v,
                                                                  .made_at = clock_now()},
                               NULL));
    TRY(targets_put(p, id));
    TRY(act_done(p->db, &(struct act){.verb = S("cadre.committee"), .kind = S("cadre_committee"), .record = id.v}));
    flash(p, "Đã lập. Mời thêm người dự kiến.");
    return see_other(p, "/cadre/committee/%lld", (long long)id.v);
}

struct err cadre_committee_edit_get(struct get *g) {
    struct cadre_committee_find_row *c;
    struct cadre_targets_rows targets;
    TRY(committee_of(g->request, g->db, g->who, &c));
    TRY(must_be_open(c));
    struct link at = link_record(g->arena, S("/cadre/committee/"), c->id.v, S(""));
    struct cadre_committee_form_view v = {
        .title = c->title,
        .button = S("Lưu"),
        .to = link_record(g->arena, S("/cadre/committee/"), c->id.v, S("/edit")),
        .back = at,
        .form = form_begin_at(g->arena, cadre_committee_edit_fields, g->form, c->version)};
    form_set(v.form, "title", c->title);
    form_set(v.form, "seats", str_format(g->arena, "%lld", (long long)c->seats));
    form_set_date(v.form, "held_on", c->held_on);
    form_set(v.form, "note", c->note);
    TRY(cadre_targets(g->db, (struct cadre_targets_in){.committee = c->id}, &targets));
    for (size_t i = 0; i < targets.n; i++) {
        form_set(v.form, str_z(g->arena, targets.at[i].code),
                 str_format(g->arena, "%lld", (long long)targets.at[i].percent));
    }
    return answer_cadre_committee_form(g, &v);
}

struct err cadre_committee_edit_post(struct post *p) {
    struct cadre_committee_find_row *c;
    int64_t n = 0;
    TRY(committee_of(p->request, db_reading(p->db), p->who, &c));
    TRY(must_be_open(c));
    TRY(cadre_committee_update(p->db,
                               (struct cadre_committee_update_in){.title = form_text(p->form, "title"),
                                                                  .seats = form_number(p->form, "seats"),
                                                                  .held_on = form_date(p->form, "held_on"),
                                                                  .note = form_text(p->form, "note"),
                                                                  .id = c->id,
                                                                  .version = form_version(p->form)},
                               &n));
    if (!n) {
        return org_stale_audited(db_reading(p->db), form_version(p->form),
                                 &(struct audit){.kind = S("cadre_committee"), .record = c->id.v});
    }
    TRY(targets_put(p, c->id));
    TRY(act_done(p->db,
                 &(struct act){.verb = S("cadre.committee_change"), .kind = S("cadre_committee"), .record = c->id.v}));
    flash(p, "Đã lưu.");
    return see_other(p, "/cadre/committee/%lld", (long long)c->id.v);
}

/* --- Nominees --- */
/* Taken from a record: name, sex, birth and Party as it says them; otherwise as typed. */
static struct err nominee_of(struct post *p, struct cadre_nominee_insert_in *in) {
    struct cadre_seat seat;
    const struct form *f = p->form;
    in->name = form_text(f, "name");
    in->place = form_text(f, "place");
    in->birth_on = form_date(f, "birth_on");
    in->is_woman = form_flag(f, "is_woman");
    in->is_party = form_flag(f, "is_party");
    in->is_ethnic = form_flag(f, "is_ethnic");
    in->is_religious = form_flag(f, "is_religious");
    if (form_id(f, "cadre")) {
        TRY(cadre_seat_find(db_reading(p->db), p->who, form_id(f, "cadre"), &seat));
        in->cadre = seat.row->id;
        in->name = seat.row->name;
        in->place = str_format(p->arena, "%.*s, %.*s", STR_ARG(seat.row->post), STR_ARG(seat.row->unit_name));
        in->is_woman = str_eq(seat.row->sex, S("nu"));
        in->is_party = seat.row->is_party;
        struct str birth = str_format(p->arena, "%.*s%s", STR_ARG(seat.row->birth),
                                      seat.row->birth.len == 4   ? "-01-01"
                                      : seat.row->birth.len == 7 ? "-01"
                                                                 : "");
        date_read_iso(birth, &in->birth_on);
    }
    in->name_key = utf8_name_key(p->arena, in->name);
    return in->name.len ? OK : REFUSE(ERR_INVALID, "name", "Chọn từ hồ sơ, hoặc ghi họ và tên.");
}

struct err cadre_nominee_post(struct post *p) {
    struct cadre_committee_find_row *c;
    struct cadre_nominee_of_cadre_row *same = NULL;
    struct cadre_nominee_insert_in in = {.id = {id_new()}, .added_by = p->who->post.v, .added_at = clock_now()};
    TRY(committee_of(p->request, db_reading(p->db), p->who, &c));
    TRY(must_be_open(c));
    in.committee = c->id;
    TRY(nominee_of(p, &in));
    if (in.cadre.v) {
        TRY(cadre_nominee_of_cadre(db_reading(p->db),
                                   (struct cadre_nominee_of_cadre_in){.committee = c->id, .cadre = in.cadre}, &same));
    }
    if (same) {
        return REFUSE(ERR_INVALID, "cadre", "Người này đã có trong danh sách.");
    }
    TRY(cadre_nominee_insert(p->db, in, NULL));
    TRY(act_done(p->db, &(struct act){.verb = S("cadre.nominate"), .kind = S("cadre_committee"), .record = c->id.v}));
    flash(p, "Đã thêm vào danh sách.");
    return see_other(p, "/cadre/committee/%lld", (long long)c->id.v);
}

struct err cadre_nominee_removal_post(struct post *p) {
    struct cadre_committee_find_row *c;
    int64_t id, n = 0;
    TRY(committee_of(p->request, db_reading(p->db), p->who, &c));
    TRY(must_be_open(c));
    TRY(path_id(p->request, S("nominee"), &id));
    TRY(cadre_nominee_drop(
        p->db, (struct cadre_nominee_drop_in){.reason = form_text(p->form, "reason"), .id = {id}, .committee = c->id},
        &n));
    if (!n) {
        return REFUSE(ERR_CONFLICT, "", "Người này không còn trong danh sách.");
    }
    TRY(act_done(p->db, &(struct act){.verb = S("cadre.drop"), .kind = S("cadre_committee"), .record = c->id.v}));
    flash(p, "Đã rút khỏi danh sách.");
    return see_other(p, "/cadre/committee/%lld", (long long)c->id.v);
}

struct err cadre_committee_closing_post(struct post *p) {
    struct cadre_committee_find_row *c;
    int64_t n = 0;
    TRY(committee_of(p->request, db_reading(p->db), p->who, &c));
    TRY(must_be_open(c));
    TRY(cadre_committee_move(
        p->db, (struct cadre_committee_move_in){.state = S("closed"), .id = c->id, .was = S("open")}, &n));
    if (!n) {
        return REFUSE(ERR_CONFLICT, "", "Danh sách này đã chốt.");
    }
    TRY(act_done(p->db,
                 &(struct act){.verb = S("cadre.committee_close"), .kind = S("cadre_committee"), .record = c->id.v}));
    flash(p, "Đã chốt danh sách.");
    return see_other(p, "/cadre/committee/%lld", (long long)c->id.v);
}
