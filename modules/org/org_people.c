/* Changing people, posts, terms and delegations. */
#include "base/utf8.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/index/feed.h"
#include "base/buf.h"
#include "modules/org/org_rows.h"

struct str org_json(struct arena *a, const char *key1, struct str value1, const char *key2, struct str value2) {
    struct buf b = buf_in(a);
    buf_printf(&b, "{\"%s\":", key1);
    json_str(&b, value1);
    buf_printf(&b, ",\"%s\":", key2);
    json_str(&b, value2);
    buf_put_char(&b, '}');
    return buf_str(&b);
}

static struct err check_person(struct db_read *db, const struct org_person_new *p, struct str name, int64_t self) {
    struct org_person_coded_rows rows;
    if (!name.len) {
        return REFUSE(ERR_INVALID, "name", "Chưa có họ và tên.");
    }
    if (utf8_length(name) > 300) {
        return err_refuse(db_arena(db), ERR_INVALID, "name", "Họ và tên dài %zu ký tự, nhiều nhất là 300.",
                          utf8_length(name));
    }
    if (utf8_length(p->code) > 40) {
        return REFUSE(ERR_INVALID, "code", "Mã dài quá 40 ký tự.");
    }
    if (p->code.len) {
        TRY(org_person_coded(db, (struct org_person_coded_in){.code = p->code}, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            if (rows.at[i].id.v != self) {
                return err_refuse(db_arena(db), ERR_INVALID, "code", "Mã %.*s là của %.*s.", STR_ARG(p->code),
                                  STR_ARG(rows.at[i].name));
            }
        }
    }
    return OK;
}

static struct str address_of(struct str typed) {
    return str_eq(typed, S("anh")) || str_eq(typed, S("chị")) ? typed : S("đồng chí");
}

struct err org_person_make(struct db_write *db, const struct org_person_new *p, struct person_id *id) {
    struct arena *a = db_write_arena(db);
    struct str name = org_line(a, p->name);
    TRY(check_person(db_reading(db), p, name, 0));
    id->v = id_new();
    struct str fold = utf8_fold(a, name);
    TRY(org_person_insert(db,
                          (struct org_person_insert_in){.id = {id->v},
                                                        .code = p->code,
                                                        .name = name,
                                                        .name_fold = fold,
                                                        .name_key = utf8_name_key(a, name),
                                                        .address = address_of(p->address),
                                                        .phone = org_line(a, p->phone),
                                                        .email = org_line(a, p->email),
                                                        .changed_at = clock_now()},
                          NULL));
    TRY(org_words_keep(db, id->v, S("person"), fold));
    TRY(audit_note(db, &(struct audit){.verb = S("org.person.make"),
                                       .record = id->v,
                                       .after = org_json(a, "name", name, "code", p->code)}));
    return search_touch(db, S("person"), id->v);
}

struct err org_person_change(struct db_write *db, struct person_id id, const struct org_person_new *p) {
    struct arena *a = db_write_arena(db);
    struct str name = org_line(a, p->name);
    struct org_person_by_id_row *old;
    TRY(org_person_by_id(db_reading(db), (struct org_person_by_id_in){.id = {id.v}}, &old));
    if (!old) {
        return FAIL(ERR_MISSING, "no such person");
    }
    TRY(check_person(db_reading(db), p, name, id.v));
    struct str fold = utf8_fold(a, name);
    int64_t changed;
    TRY(org_person_update(db,
                          (struct org_person_update_in){.id = {id.v},
                                                        .code = p->code,
                                                        .name = name,
                                                        .name_fold = fold,
                                                        .name_key = utf8_name_key(a, name),
                                                        .address = address_of(p->address),
                                                        .phone = org_line(a, p->phone),
                                                        .email = org_line(a, p->email),
                                                        .version = p->version,
                                                        .changed_at = clock_now()},
                          &changed));
    if (!changed) {
        return org_stale_audited(db_reading(db), p->version, &(struct audit){.kind = S("org"), .record = id.v});
    }
    TRY(org_words_keep(db, id.v, S("person"), fold));
    TRY(audit_note(db, &(struct audit){.verb = S("org.person.change"),
                                       .record = id.v,
                                       .before = org_json(a, "name", old->name, "code", old->code),
                                       .after = org_json(a, "name", name, "code", p->code)}));
    return search_touch(db, S("person"), id.v);
}

struct err org_person_leave(struct db_write *db, struct person_id id, struct date last) {
    struct org_person p;
    struct org_admin_guard guard;
    TRY(org_person(db_reading(db), id, &p));
    TRY(org_admin_guard_begin(db, date_plus(last, 1), &guard));
    TRY(org_person_end(db, (struct org_person_end_in){.id = {id.v}, .until_on = last, .changed_at = clock_now()},
                       NULL));
    TRY(audit_note(db, &(struct audit){.verb = S("org.person.leave"),
                                       .record = id.v,
                                       .after = org_json(db_write_arena(db), "name", p.name, "until",
                                                         date_iso(db_write_arena(db), last))}));
    TRY(org_wear_person(db, id, clock_today()));
    TRY(org_admin_guard_end(db, &guard, "until_on"));
    return search_touch(db, S("person"), id.v);
}

/* Where a post stands in the order of office when nobody says. */
static int64_t ordinal_of(uint64_t roles) {
    return roles & ROLE_LEADER ? 10 : roles & ROLE_HEAD ? 30 : roles & ROLE_CLERK ? 60 : 80;
}

static struct err check_post(struct db_read *db, const struct org_post_new *p, struct str title) {
    struct org_person person;
    struct org_unit unit;
    if (!title.len) {
        return REFUSE(ERR_INVALID, "title", "Chưa có tên chức danh.");
    }
    if (utf8_length(title) > 200) {
        return REFUSE(ERR_INVALID, "title", "Tên chức danh dài quá 200 ký tự.");
    }
    if (err_is(org_person(db, p->person, &person), ERR_MISSING)) {
        return REFUSE(ERR_INVALID, "person", "Không có người này.");
    }
    if (err_is(org_unit(db, p->unit, &unit), ERR_MISSING)) {
        return REFUSE(ERR_INVALID, "unit", "Không có đơn vị này.");
    }
    if (!org_in_force((struct date){0}, unit.until_on, clock_today())) {
        return REFUSE(ERR_INVALID, "unit", "Đơn vị này đã kết thúc hoạt động.");
    }
    if (str_eq(unit.kind, S("place"))) {
        return REFUSE(ERR_INVALID, "unit", "Đây là địa bàn; hãy chọn cơ quan ở địa bàn đó.");
    }
    if (p->until_on.year && p->from_on.year && date_cmp(p->until_on, p->from_on) < 0) {
        return REFUSE(ERR_INVALID, "until_on", "Ngày kết thúc trước ngày bắt đầu.");
    }
    if (p->term) {
        struct org_term_by_id_row *term;
        TRY(org_term_by_id(db, (struct org_term_by_id_in){.id = {p->term}}, &term));
        if (!term || term->organ.v != unit.organ.v) {
            return REFUSE(ERR_INVALID, "term", "Nhiệm kỳ này không phải của cơ quan của đơn vị.");
        }
    }
    return OK;
}

struct err org_post_give(struct db_write *db, const struct org_post_new *p, struct post_id *id) {
    struct arena *a = db_write_arena(db);
    struct str title = org_line(a, p->title);
    TRY(check_post(db_reading(db), p, title));
    id->v = id_new();
    TRY(org_post_insert(db,
                        (struct org_post_insert_in){.id = {id->v},
                                                    .person = {p->person.v},
                                                    .unit = {p->unit.v},
                                                    .title = title,
                                                    .roles = (int64_t)p->roles,
                                                    .signs = (int64_t)p->signs,
                                                    .is_main = !p->is_second,
                                                    .ordinal = p->ordinal ? p->ordinal : ordinal_of(p->roles),
                                                    .term = {p->term},
                                                    .from_on = p->from_on.year ? p->from_on : clock_today(),
                                                    .until_on = p->until_on,
                                                    .basis = org_line(a, p->basis),
                                                    .changed_at = clock_now()},
                        NULL));
    TRY(org_wear_post(db, *id, clock_today()));
    TRY(audit_note(db, &(struct audit){.verb = S("org.post.give"),
                                       .record = p->person.v,
                                       .after = org_json(a, "title", title, "roles", org_roles_words(a, p->roles))}));
    return search_touch(db, S("person"), p->person.v);
}

struct err org_post_end(struct db_write *db, struct post_id id, struct date last) {
    struct arena *a = db_write_arena(db);
    struct org_post p;
    struct org_admin_guard guard;
    TRY(org_post(db_reading(db), id, &p));
    if (date_cmp(last, date_plus(p.from_on, -1)) < 0) {
        return REFUSE(ERR_INVALID, "until_on", "Ngày kết thúc trước ngày bắt đầu.");
    }
    TRY(org_admin_guard_begin(db, date_plus(last, 1), &guard));
    TRY(org_post_stop(db, (struct org_post_stop_in){.id = {id.v}, .until_on = last, .changed_at = clock_now()}, NULL));
    TRY(org_wear_post(db, id, clock_today()));
    TRY(org_admin_guard_end(db, &guard, "until_on"));
    TRY(audit_note(db, &(struct audit){.verb = S("org.post.end"),
                                       .record = p.person.v,
                                       .after = org_json(a, "title", p.title, "until", date_iso(a, last))}));
    return search_touch(db, S("person"), p.person.v);
}

struct err org_term_make(struct db_write *db, struct unit_id organ, struct str name, struct date from,
                         struct date until, int64_t *term) {
    struct arena *a = db_write_arena(db);
    struct str clean = org_line(a, name);
    struct org_unit u;
    TRY(org_unit(db_reading(db), organ, &u));
    if (u.organ.v != organ.v) {
        return REFUSE(ERR_INVALID, "organ", "Nhiệm kỳ là của cơ quan, không phải của ban.");
    }
    if (!clean.len || !from.year || (until.year && date_cmp(until, from) < 0)) {
        return REFUSE(ERR_INVALID, "until_on",
                      "Nhiệm kỳ cần tên, ngày bắt đầu, và ngày kết thúc không trước ngày bắt đầu.");
    }
    *term = id_new();
    TRY(org_term_insert(db,
                        (struct org_term_insert_in){
                            .id = {*term}, .organ = {organ.v}, .name = clean, .from_on = from, .until_on = until},
                        NULL));
    return audit_note(
        db, &(struct audit){.verb = S("org.term.make"),
                            .record = organ.v,
                            .after = org_json(a, "name", clean, "until", until.year ? date_iso(a, until) : S(""))});
}

struct err org_term_end(struct db_write *db, int64_t term, struct date last) {
    struct arena *a = db_write_arena(db);
    struct org_term_by_id_row *row;
    struct org_post_ids_of_term_rows posts;
    struct org_admin_guard guard;
    TRY(org_term_by_id(db_reading(db), (struct org_term_by_id_in){.id = {term}}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such term");
    }
    if (date_cmp(last, row->from_on) < 0) {
        return REFUSE(ERR_INVALID, "until_on", "Ngày kết thúc trước ngày bắt đầu.");
    }
    TRY(org_admin_guard_begin(db, date_plus(last, 1), &guard));
    TRY(org_term_stop(db, (struct org_term_stop_in){.id = {term}, .until_on = last}, NULL));
    TRY(org_post_ids_of_term(db_reading(db), (struct org_post_ids_of_term_in){.term = {term}}, &posts));
    for (size_t i = 0; i < posts.n; i++) {
        TRY(org_wear_post(db, (struct post_id){posts.at[i].id.v}, clock_today()));
    }
    TRY(org_admin_guard_end(db, &guard, "until_on"));
    return audit_note(db, &(struct audit){.verb = S("org.term.end"),
                                          .record = row->organ.v,
                                          .after = org_json(a, "name", row->name, "until", date_iso(a, last))});
}

struct err org_delegate(struct db_write *db, const struct org_delegation_new *d) {
    struct arena *a = db_write_arena(db);
    struct org_post giver, taker;
    struct str clean = org_line(a, d->basis);
    TRY(org_post(db_reading(db), d->from, &giver));
    if (err_is(org_post(db_reading(db), d->to, &taker), ERR_MISSING) || !taker.is_in_force) {
        return REFUSE(ERR_INVALID, "to", "Người được ủy quyền phải đang giữ chức danh.");
    }
    if (giver.person.v == taker.person.v || giver.organ.v != taker.organ.v) {
        return REFUSE(ERR_INVALID, "to", "Chỉ ủy quyền cho người khác trong cùng cơ quan.");
    }
    if (giver.roles & ~taker.roles & (ROLE_LEADER | ROLE_CLERK)) {
        return REFUSE(ERR_INVALID, "to",
                      "Việc của lãnh đạo chỉ ủy quyền cho lãnh đạo, việc của văn thư chỉ cho văn thư.");
    }
    if (!d->from_on.year || !d->until_on.year || date_cmp(d->until_on, d->from_on) < 0) {
        return REFUSE(ERR_INVALID, "until_on", "Ủy quyền phải có ngày bắt đầu và ngày kết thúc.");
    }
    if (!clean.len) {
        return REFUSE(ERR_INVALID, "basis", "Ủy quyền phải có căn cứ bằng văn bản.");
    }
    TRY(org_delegation_insert(db,
                              (struct org_delegation_insert_in){.id = {id_new()},
                                                                .from_post = {d->from.v},
                                                                .to_post = {d->to.v},
                                                                .from_on = d->from_on,
                                                                .until_on = d->until_on,
                                                                .basis = clean},
                              NULL));
    TRY(org_wear_post(db, d->to, clock_today()));
    return audit_note(
        db, &(struct audit){.verb = S("org.delegate"),
                            .record = giver.person.v,
                            .after = org_json(a, "to", taker.person_name, "until", date_iso(a, d->until_on))});
}
