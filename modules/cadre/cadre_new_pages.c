/* A new record, and where a cadre works: unit, account, whether still here. */
#include "base/arena.h"
#include "modules/cadre/cadre_pages.h"
#include "modules/cadre/cadre_pages_gen.h"
#include "modules/org/org.h"

#include "base/banned.h"

static struct err must_keep(struct db_read *db, const struct who *who) {
    bool may;
    TRY(cadre_may_keep(db, who, &may));
    return may ? OK : FAIL(ERR_MISSING, "only personnel makes records");
}

struct err cadre_new_get(struct get *g) {
    struct cadre_new_view v = {.form = form_begin(g->arena, cadre_new_fields, g->form)};
    struct cadre_questions q = {0};
    struct cadre_group group;
    TRY(must_keep(g->db, g->who));
    TRY(cadre_group(g->arena, S("identity"), &group));
    cadre_questions_fill(g, &group, (struct fields_said_list){0}, &q);
    v.cells.at = q.cells.at, v.cells.n = q.cells.n;
    v.faults.at = q.faults.at, v.faults.n = q.faults.n;
    TRY(cadre_boards_options(g, g->who->organ.v, 0, &v.units));
    TRY(cadre_people_options(g, g->who->organ.v, 0, &v.people));
    return answer_cadre_new(g, &v);
}

/* A unit of the organ; INVALID at its field otherwise. */
static struct err unit_of(struct post *p, int64_t organ, struct unit_id *unit) {
    struct unit_id at = {form_id(p->form, "unit")}, of = {0};
    *unit = at.v ? at : (struct unit_id){organ};
    TRY(org_organ(db_reading(p->db), *unit, &of));
    return of.v == organ ? OK : REFUSE(ERR_INVALID, "unit", "Đơn vị này không thuộc cơ quan.");
}

/* Somebody of the organ who has no other record. */
static struct err person_of(struct post *p, int64_t organ, int64_t keep, struct person_id *person) {
    struct cadre_people_rows rows;
    *person = (struct person_id){form_id(p->form, "person")};
    TRY(cadre_people(db_reading(p->db), (struct cadre_people_in){.organ = organ, .today = clock_today(), .keep = keep},
                     &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].person.v == person->v) {
            return OK;
        }
    }
    return person->v ? REFUSE(ERR_INVALID, "person", "Người này không còn chức danh ở cơ quan, hoặc đã có hồ sơ.") : OK;
}

struct err cadre_new_post(struct post *p) {
    struct cadre_group group;
    struct cadre_new n = {.organ = p->who->organ, .basis = form_text(p->form, "basis"), .post = p->who->post.v};
    struct cadre_person_id id;
    TRY(must_keep(db_reading(p->db), p->who));
    TRY(cadre_group(p->arena, S("identity"), &group));
    TRY(cadre_sent_read(p, &group, &n.identity));
    TRY(unit_of(p, p->who->organ.v, &n.unit));
    TRY(person_of(p, p->who->organ.v, 0, &n.person));
    TRY(cadre_add(p->db, &n, &id));
    flash(p, "Đã lập hồ sơ. Mời ghi tiếp các nhóm.");
    return see_other(p, "/cadre/%lld", (long long)id.v);
}

struct err cadre_place_get(struct get *g) {
    struct cadre_seat seat;
    TRY(cadre_seat_of(g, &seat));
    if (!seat.is_keeper) {
        return REFUSE(ERR_DENIED, "", "Chức danh này không sửa được hồ sơ.");
    }
    const struct cadre_find_row *r = seat.row;
    struct cadre_place_view v = {.id = r->id.v,
                                 .name = r->name,
                                 .back = link_record(g->arena, S("/cadre/"), r->id.v, S("")),
                                 .form = form_begin_at(g->arena, cadre_place_fields, g->form, r->version)};
    form_set_id(v.form, "unit", r->unit.v);
    form_set_id(v.form, "person", r->person.v);
    form_set(v.form, "is_left", r->is_left ? S("1") : S(""));
    TRY(cadre_boards_options(g, r->organ.v, r->unit.v, &v.units));
    TRY(cadre_people_options(g, r->organ.v, r->person.v, &v.people));
    return answer_cadre_place(g, &v);
}

struct err cadre_place_post(struct post *p) {
    struct cadre_seat seat;
    struct cadre_place place = {.is_left = form_flag(p->form, "is_left"), .version = form_version(p->form)};
    TRY(cadre_seat_of_post(p, &seat));
    TRY(unit_of(p, seat.row->organ.v, &place.unit));
    TRY(person_of(p, seat.row->organ.v, seat.row->person.v, &place.person));
    TRY(cadre_place(p->db, &seat, &place));
    flash(p, "Đã lưu.");
    return see_other(p, "/cadre/%lld", (long long)seat.row->id.v);
}
