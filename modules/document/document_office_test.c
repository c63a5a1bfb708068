#include "kernel/erase/erase.h"
#include "modules/document/document_test_office.h"
#include "modules/org/org_change.h"

static struct err somebody(struct db_write *w, struct unit_id unit, struct str name, struct str title, uint64_t roles,
                           struct who *who) {
    struct person_id person;
    struct post_id post;
    TRY(org_person_make(w, &(struct org_person_new){.name = name, .address = S("đồng chí")}, &person));
    TRY(org_post_give(
        w,
        &(struct org_post_new){
            .person = person, .unit = unit, .title = title, .roles = roles, .from_on = date_plus(clock_today(), -400)},
        &post));
    *who = (struct who){.person = person, .post = post};
    return org_auth.wear(db_reading(w), person, post, clock_today(), who);
}

static struct err unit(struct db_write *w, struct str code, struct str kind, struct str name, struct unit_id parent,
                       struct unit_id *id) {
    return org_unit_make(w,
                         &(struct org_unit_new){.code = code,
                                                .kind = kind,
                                                .level = S("city"),
                                                .name = name,
                                                .parent = parent,
                                                .edge = parent.v ? S("staff") : S("")},
                         id);
}

static struct err people(struct db_write *w, struct office *o) {
    TRY(somebody(w, o->organ, S("Hoàng Thị Vân"), S("Văn thư"), ROLE_CLERK, &o->clerk));
    TRY(somebody(w, o->organ, S("Lê Thị Thảo"), S("Văn thư"), ROLE_CLERK, &o->second_clerk));
    TRY(somebody(w, o->organ, S("Đào Công"), S("Chủ tịch"), ROLE_LEADER, &o->chair));
    TRY(somebody(w, o->organ, S("Vũ Hải"), S("Phó Chủ tịch"), ROLE_LEADER, &o->deputy));
    TRY(somebody(w, o->board, S("Ngô Bình"), S("Trưởng ban"), ROLE_HEAD, &o->head));
    TRY(somebody(w, o->board, S("Trần Minh"), S("Chuyên viên"), ROLE_OFFICER, &o->officer));
    TRY(somebody(w, o->other, S("Phạm Lan"), S("Chuyên viên"), ROLE_OFFICER, &o->stranger));
    return somebody(w, o->commune, S("Cao Biển"), S("Văn thư"), ROLE_CLERK | ROLE_LEADER, &o->commune_clerk);
}

static struct err make(struct db_write *w, struct arena *arena, struct office *o) {
    TRY(org_seed(w, arena));
    TRY(unit(w, S("T1"), S("front"), S("Ủy ban thử nghiệm"), (struct unit_id){0}, &o->organ));
    TRY(unit(w, S("T2"), S("board"), S("Ban Phong trào thử"), o->organ, &o->board));
    TRY(unit(w, S("T3"), S("board"), S("Ban Khác thử"), o->organ, &o->other));
    TRY(unit(w, S("T4"), S("front"), S("Ủy ban xã thử"), (struct unit_id){0}, &o->commune));
    return people(w, o);
}

struct err office_begin(struct office *o, const struct who *who, struct db_write **w) {
    TRY(db_begin_write(o->db, o->arena, w));
    db_actor_set(*w, &(struct db_actor){.person = who->person.v, .post = who->post.v});
    return OK;
}

struct err office_end(struct db_write *w, struct err e) {
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

struct err office_open(struct db *db, struct arena *arena, struct office *o) {
    struct db_write *w;
    static const struct module *const list[] = {&document_module};
    static const struct modules all_of_them = {list, 1};
    *o = (struct office){.db = db, .arena = arena};
    erase_use(&all_of_them);
    TRY(db_begin_write(db, arena, &w));
    return office_end(w, make(w, arena, o));
}

static struct err all(struct office *o, struct db_write *w, struct str code, enum office_stage stage, int64_t days,
                      struct document_doc_id *id) {
    int64_t number;
    TRY(document_draft(w, &o->clerk, NULL, id));
    TRY(document_register(w, &o->clerk, *id,
                          &(struct document_typed){.code = code,
                                                   .subject = S("Về việc cung cấp số liệu hộ nghèo"),
                                                   .issuer = S("Sở Nông nghiệp và Môi trường"),
                                                   .type = S("CV"),
                                                   .issued_on = date_plus(clock_today(), -1)},
                          &number));
    if (stage >= OFFICE_PRESENTED) {
        TRY(document_present(w, &o->clerk, *id, o->chair.post, S("")));
    }
    if (stage >= OFFICE_DIRECTED) {
        int64_t cooperate[] = {o->officer.post.v};
        TRY(document_direct(
            w, &o->chair, *id,
            &(struct document_order){
                .text = S("Giao tổng hợp"), .lead = o->board.v, .inform = {cooperate, 1}, .days = days}));
    }
    return OK;
}

struct err office_document(struct office *o, struct str code, enum office_stage stage, int64_t days,
                           struct document_doc_id *id) {
    struct db_write *w;
    TRY(office_begin(o, &o->clerk, &w));
    return office_end(w, all(o, w, code, stage, days, id));
}

struct document_line_id office_line(struct office *o, struct document_doc_id id, int64_t target) {
    struct db_read *r;
    struct document_line_id line = {0};
    struct document_line_list_rows rows = {0};
    if (db_begin_read(o->db, o->arena, &r).why) {
        return line;
    }
    err_ignore(document_line_list(r, (struct document_line_list_in){id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        line = rows.at[i].target == target ? rows.at[i].id : line;
    }
    db_end_read(r);
    return line;
}

int64_t office_count(struct office *o, const struct who *who, enum document_box box) {
    struct db_read *r;
    struct document_counts c = {0};
    if (db_begin_read(o->db, o->arena, &r).why) {
        return -1;
    }
    struct err e = document_counts(r, who->post, clock_today(), &c);
    db_end_read(r);
    return e.why ? -1 : c.n[box];
}

int64_t office_listed(struct office *o, const struct who *who, enum document_box box) {
    struct db_read *r;
    struct document_rows rows = {0};
    if (db_begin_read(o->db, o->arena, &r).why) {
        return -1;
    }
    struct err e = document_box_list(r, who, box, clock_today(), 100, &rows);
    db_end_read(r);
    return e.why ? -1 : (int64_t)rows.n;
}
