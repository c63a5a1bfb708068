/* Hats: which posts a person may wear, and which principals a worn post counts as.
   wear() looks at the dates itself, so an ended term closes at midnight whether or not the daily job ran. */
#include "kernel/rights/access.h"
#include "kernel/queue/job.h"
#include "modules/org/org_rows.h"

static struct err hats(struct db_read *db, struct person_id person, struct date on, struct hats *out) {
    struct org_posts_of_person_rows rows;
    *out = (struct hats){0};
    TRY(org_posts_of_person(db, (struct org_posts_of_person_in){.person = {person.v}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct org_post p = ORG_POST_FROM(&rows.at[i]);
        if (org_in_force(p.from_on, p.until_on, on)) {
            LIST_ADD(db_arena(db), out,
                     (struct hat){.post = p.id,
                                  .post_name = p.title,
                                  .unit_name = p.unit_name,
                                  .organ_name = p.organ_name,
                                  .until_on = p.until_on});
        }
    }
    return OK;
}

static struct str given_name(struct str name) {
    size_t from = name.len;
    while (from > 0 && name.at[from - 1] != ' ') {
        from--;
    }
    return str_slice(name, from, name.len);
}

static struct err wear(struct db_read *db, struct person_id person, struct post_id post, struct date on,
                       struct who *who) {
    struct org_post_to_wear_row *row;
    TRY(org_post_to_wear(db, (struct org_post_to_wear_in){.post = {post.v}, .person = {person.v}}, &row));
    if (!row) {
        return FAIL(ERR_DENIED, "not this person's post");
    }
    struct date until = org_earlier(org_earlier(row->until_on, row->term_until_on), row->person_until_on);
    if (!org_in_force(row->from_on, until, on)) {
        return FAIL(ERR_DENIED, "the post is not in force");
    }
    who->person = person;
    who->post = post;
    who->unit.v = row->unit.v;
    who->organ.v = row->organ;
    who->roles = (uint64_t)row->roles;
    who->name = row->name;
    who->given_name = given_name(row->name);
    who->address = row->address;
    who->post_name = row->title;
    who->unit_name = row->unit_name;
    who->organ_name = row->organ_name;
    return OK;
}

const struct auth_org org_auth = {.hats = hats, .wear = wear};

enum { MOST_PRINCIPALS = 64, DEEPEST = 16, WEAR_PAGE = 200 };

struct wearing {
    int64_t at[MOST_PRINCIPALS];
    size_t n;
};

static void count_as(struct wearing *w, int64_t principal) {
    for (size_t i = 0; i < w->n; i++) {
        if (w->at[i] == principal) {
            return;
        }
    }
    if (principal && w->n < MOST_PRINCIPALS) {
        w->at[w->n++] = principal;
    }
}

/* The unit, those above it within the organ, the organ, and the organ's role groups. */
static struct err count_unit(struct db_read *db, struct wearing *w, struct org_unit_id unit, int64_t roles) {
    struct org_unit_by_id_row *u = NULL;
    for (int depth = 0; unit.v && depth < DEEPEST; depth++) {
        TRY(org_unit_by_id(db, (struct org_unit_by_id_in){.id = unit}, &u));
        if (!u) {
            return OK;
        }
        count_as(w, unit.v);
        if (u->organ == unit.v) {
            break;
        }
        unit = u->parent;
    }
    if (!u) {
        return OK;
    }
    struct org_groups_of_organ_rows groups;
    count_as(w, u->organ);
    TRY(org_groups_of_organ(db, (struct org_groups_of_organ_in){.organ = {u->organ}}, &groups));
    for (size_t i = 0; i < groups.n; i++) {
        if (roles & groups.at[i].role) {
            count_as(w, groups.at[i].id.v);
        }
    }
    return OK;
}

/* Work delegated to the post: it counts as the one that delegated, while that lasts and the other post is in force. */
static struct err count_delegations(struct db_read *db, struct wearing *w, struct post_id post, struct date on) {
    struct org_delegations_to_rows rows;
    TRY(org_delegations_to(db, (struct org_delegations_to_in){.to_post = {post.v}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct org_post from;
        if (org_in_force(rows.at[i].from_on, rows.at[i].until_on, on)) {
            TRY(org_post(db, (struct post_id){rows.at[i].from_post.v}, &from));
            if (org_in_force(from.from_on, from.until_on, on)) {
                count_as(w, from.id.v);
            }
        }
    }
    return OK;
}

struct err org_wear_post(struct db_write *db, struct post_id id, struct date on) {
    struct wearing w = {0};
    struct org_post p;
    struct db_read *read = db_reading(db);
    TRY(org_post(read, id, &p));
    if (org_in_force(p.from_on, p.until_on, on)) {
        count_as(&w, id.v);
        count_as(&w, p.person.v);
        TRY(count_unit(read, &w, (struct org_unit_id){p.unit.v}, (int64_t)p.roles));
        TRY(count_delegations(read, &w, id, on));
    }
    return access_wear(db, id.v, (struct db_ids){w.at, w.n});
}

struct err org_wear_unit(struct db_write *db, struct unit_id unit, struct date on) {
    struct org_post_ids_of_unit_rows rows;
    TRY(org_post_ids_of_unit(db_reading(db), (struct org_post_ids_of_unit_in){.unit = {unit.v}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(org_wear_post(db, (struct post_id){rows.at[i].id.v}, on));
    }
    return OK;
}

struct err org_wear_person(struct db_write *db, struct person_id person, struct date on) {
    struct org_post_ids_of_person_rows rows;
    TRY(org_post_ids_of_person(db_reading(db), (struct org_post_ids_of_person_in){.person = {person.v}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(org_wear_post(db, (struct post_id){rows.at[i].id.v}, on));
    }
    return OK;
}

/* A page of posts above after; *last is the highest id done, 0 when there was none. */
static struct err wear_page(struct db_write *db, int64_t after, struct date on, int64_t *last) {
    struct org_posts_after_rows rows;
    TRY(org_posts_after(db_reading(db), (struct org_posts_after_in){.after = after, .limit = WEAR_PAGE}, &rows));
    *last = 0;
    for (size_t i = 0; i < rows.n; i++) {
        *last = rows.at[i].id.v;
        TRY(org_wear_post(db, (struct post_id){*last}, on));
    }
    return OK;
}

struct err org_wear_all(struct db_write *db, struct date on) {
    int64_t last = 0;
    do {
        TRY(wear_page(db, last, on, &last));
    } while (last);
    return OK;
}

/* --- The daily job: shortly after midnight, what ended yesterday stops counting and what begins today counts. */
struct day_work {
    struct date today;
    int64_t after;
    int64_t last;
};

static struct err day_step(struct db_write *db, void *thing) {
    struct day_work *d = thing;
    if (!d->after) {
        TRY(org_tree_turn(db, d->today));
    }
    return wear_page(db, d->after, d->today, &d->last);
}

static struct err day_again(struct db_write *db, void *thing) {
    struct day_work *d = thing;
    return job_add(db,
                   &(struct job_new){
                       .kind = S("org.daily"), .not_before = date_at(date_plus(d->today, 1), 0, 1), .is_single = true},
                   NULL);
}

struct err org_daily_run(struct job *job) {
    struct day_work d = {.today = clock_today()};
    do {
        d.after = d.last;
        TRY(job_step(job, str_format(job->arena, "%lld", (long long)d.after), day_step, &d));
    } while (d.last);
    return job_finish(job, day_again, &d);
}
