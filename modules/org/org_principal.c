/* Principals: what an id that holds a right is called, whom one may assign to, and who is behind it today. */
#include "base/utf8.h"
#include "modules/org/org_rows.h"

struct err org_group(struct db_read *db, struct unit_id organ, enum role role, int64_t *principal) {
    struct org_group_of_row *row;
    TRY(org_group_of(db, (struct org_group_of_in){.organ = {organ.v}, .role = role}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such role group");
    }
    *principal = row->id.v;
    return OK;
}

static struct org_principal of_post(struct arena *a, const struct org_post *p) {
    return (struct org_principal){.id = p->id.v,
                                  .kind = ORG_POST,
                                  .name = p->person_name,
                                  .words = p->unit.v == p->organ.v
                                               ? p->title
                                               : str_format(a, "%.*s · %.*s", STR_ARG(p->title), STR_ARG(p->unit_name)),
                                  .unit = p->unit,
                                  .organ = p->organ};
}

static struct org_principal of_group(struct arena *a, int64_t id, int64_t organ, int64_t role, struct str organ_name) {
    return (struct org_principal){
        .id = id,
        .kind = ORG_GROUP,
        .name = str_format(a, "%.*s %.*s", STR_ARG(org_role_words((enum role)role)), STR_ARG(organ_name)),
        .words = S("Nhóm"),
        .unit = {organ},
        .organ = {organ}};
}

struct err org_principal(struct db_read *db, int64_t id, struct org_principal *out) {
    struct arena *a = db_arena(db);
    struct org_post_by_id_row *post;
    struct org_unit_by_id_row *unit;
    struct org_group_by_id_row *group;
    struct org_person_by_id_row *person;
    *out = (struct org_principal){.id = id};
    TRY(org_post_by_id(db, (struct org_post_by_id_in){.id = {id}}, &post));
    if (post) {
        struct org_post p = ORG_POST_FROM(post);
        *out = of_post(a, &p);
        return OK;
    }
    TRY(org_unit_by_id(db, (struct org_unit_by_id_in){.id = {id}}, &unit));
    if (unit) {
        *out = (struct org_principal){.id = id,
                                      .kind = ORG_UNIT,
                                      .name = unit->short_name,
                                      .words = org_kind_words(unit->kind),
                                      .unit = {id},
                                      .organ = {unit->organ}};
        return OK;
    }
    TRY(org_group_by_id(db, (struct org_group_by_id_in){.id = {id}}, &group));
    if (group) {
        *out = of_group(a, id, group->organ.v, group->role, group->organ_name);
        return OK;
    }
    TRY(org_person_by_id(db, (struct org_person_by_id_in){.id = {id}}, &person));
    if (person) {
        *out = (struct org_principal){.id = id, .kind = ORG_PERSON, .name = person->name};
    }
    return OK;
}

static struct err organ_posts(struct db_read *db, struct unit_id organ, struct org_posts_of_organ_rows *rows) {
    return org_posts_of_organ(db, (struct org_posts_of_organ_in){.organ = organ.v, .today = clock_today()}, rows);
}

struct err org_assignable(struct db_read *db, struct unit_id organ, struct str typed, int64_t limit,
                          struct org_principals *found) {
    struct arena *a = db_arena(db);
    struct org_typed words = org_typed(a, typed);
    struct org_units_of_organ_rows units;
    struct org_posts_of_organ_rows posts;
    *found = (struct org_principals){0};
    TRY(org_units_of_organ(db, (struct org_units_of_organ_in){.organ = organ.v, .today = clock_today()}, &units));
    for (size_t i = 0; i < units.n && (int64_t)found->n < limit; i++) {
        if (units.at[i].id.v != organ.v && org_fits(&words, units.at[i].name_fold)) {
            LIST_ADD(a, found,
                     (struct org_principal){.id = units.at[i].id.v,
                                            .kind = ORG_UNIT,
                                            .name = units.at[i].short_name,
                                            .words = org_kind_words(units.at[i].kind),
                                            .unit = {units.at[i].id.v},
                                            .organ = organ});
        }
    }
    TRY(organ_posts(db, organ, &posts));
    for (size_t i = 0; i < posts.n && (int64_t)found->n < limit; i++) {
        struct org_post p = ORG_POST_FROM(&posts.at[i]);
        struct str fold = utf8_fold(
            a, str_format(a, "%.*s %.*s %.*s", STR_ARG(p.person_name), STR_ARG(p.title), STR_ARG(p.unit_name)));
        if (p.is_in_force && org_fits(&words, fold)) {
            LIST_ADD(a, found, of_post(a, &p));
        }
    }
    return OK;
}

struct err org_posts_with(struct db_read *db, struct unit_id organ, uint64_t roles, struct org_principals *found) {
    struct org_posts_of_organ_rows posts;
    *found = (struct org_principals){0};
    TRY(organ_posts(db, organ, &posts));
    for (size_t i = 0; i < posts.n; i++) {
        struct org_post p = ORG_POST_FROM(&posts.at[i]);
        if (p.is_in_force && (p.roles & roles)) {
            LIST_ADD(db_arena(db), found, of_post(db_arena(db), &p));
        }
    }
    return OK;
}

struct err org_units_like(struct db_read *db, struct str typed, int64_t limit, struct org_principals *found) {
    struct arena *a = db_arena(db);
    struct org_typed words = org_typed(a, typed);
    struct org_units_by_word_rows rows;
    *found = (struct org_principals){0};
    if (!words.n) {
        return OK;
    }
    TRY(org_units_by_word(db,
                          (struct org_units_by_word_in){
                              .low = words.words[0], .high = org_after_prefix(a, words.words[0]), .limit = 1000},
                          &rows));
    for (size_t i = 0; i < rows.n && (int64_t)found->n < limit; i++) {
        struct str fold =
            str_format(a, "%.*s %.*s %.*s", STR_ARG(rows.at[i].name_fold), STR_ARG(utf8_fold(a, rows.at[i].short_name)),
                       STR_ARG(utf8_fold(a, rows.at[i].code)));
        if (org_fits(&words, fold)) {
            bool stands = org_in_force((struct date){0}, rows.at[i].until_on, clock_today());
            LIST_ADD(a, found,
                     (struct org_principal){
                         .id = rows.at[i].id.v,
                         .kind = ORG_UNIT,
                         .name = rows.at[i].short_name,
                         .words = stands ? org_kind_words(rows.at[i].kind)
                                         : str_format(a, "Đến hết %.*s", STR_ARG(date_vi(a, rows.at[i].until_on))),
                         .unit = {rows.at[i].id.v},
                         .organ = {rows.at[i].organ}});
        }
    }
    return OK;
}

struct err org_people_like(struct db_read *db, struct str typed, int64_t limit, struct org_principals *found) {
    struct arena *a = db_arena(db);
    struct org_typed words = org_typed(a, typed);
    struct org_people_by_word_rows rows = {0};
    *found = (struct org_principals){0};
    if (words.n) {
        TRY(org_people_by_word(db,
                               (struct org_people_by_word_in){
                                   .low = words.words[0], .high = org_after_prefix(a, words.words[0]), .limit = 2000},
                               &rows));
    }
    for (size_t i = 0; i < rows.n && (int64_t)found->n < limit; i++) {
        if (org_fits(&words, rows.at[i].name_fold)) {
            LIST_ADD(a, found,
                     (struct org_principal){.id = rows.at[i].id.v, .kind = ORG_PERSON, .name = rows.at[i].name});
        }
    }
    return OK;
}

static void add_post(struct arena *a, struct org_post_ids *out, const struct org_post *p) {
    if (p->is_in_force) {
        LIST_ADD(a, out, p->id);
    }
}

static struct err posts_of_organ(struct db_read *db, struct unit_id organ, uint64_t roles, struct org_post_ids *out) {
    struct org_posts_of_organ_rows rows;
    TRY(organ_posts(db, organ, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct org_post p = ORG_POST_FROM(&rows.at[i]);
        if (p.roles & roles) {
            add_post(db_arena(db), out, &p);
        }
    }
    return OK;
}

struct err org_posts_of(struct db_read *db, int64_t principal, struct org_post_ids *posts) {
    struct arena *a = db_arena(db);
    struct org_principal who;
    *posts = (struct org_post_ids){0};
    TRY(org_principal(db, principal, &who));
    if (who.kind == ORG_POST) {
        struct org_post p;
        TRY(org_post(db, (struct post_id){principal}, &p));
        add_post(a, posts, &p);
    } else if (who.kind == ORG_PERSON) {
        struct org_posts_of_person_rows rows;
        TRY(org_posts_of_person(db, (struct org_posts_of_person_in){.person = {principal}}, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            struct org_post p = ORG_POST_FROM(&rows.at[i]);
            add_post(a, posts, &p);
        }
    } else if (who.kind == ORG_GROUP) {
        struct org_group_by_id_row *group;
        TRY(org_group_by_id(db, (struct org_group_by_id_in){.id = {principal}}, &group));
        return posts_of_organ(db, who.organ, (uint64_t)group->role, posts);
    } else if (who.kind == ORG_UNIT && who.organ.v == principal) {
        return posts_of_organ(db, who.organ, UINT64_MAX, posts);
    } else if (who.kind == ORG_UNIT) {
        struct org_posts_of_unit_rows rows;
        TRY(org_posts_of_unit(db, (struct org_posts_of_unit_in){.unit = {principal}}, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            struct org_post p = ORG_POST_FROM(&rows.at[i]);
            add_post(a, posts, &p);
        }
    }
    return OK;
}
