/* What the one search box finds of the organisation: people and units, for everybody signed in. */
#include "base/buf.h"
#include "kernel/index/feed.h"
#include "modules/org/org_rows.h"

static void for_everybody(struct arena *a, struct search_doc *doc) {
    LIST_ADD(a, &doc->principals, (int64_t)SEARCH_EVERYBODY);
}

static struct err person_load(struct db_read *db, struct arena *a, int64_t id, struct search_doc *doc, bool *is_gone) {
    struct org_person_by_id_row *p;
    struct org_posts_of_person_rows posts;
    TRY(org_person_by_id(db, (struct org_person_by_id_in){.id = {id}}, &p));
    *is_gone = !p || !org_in_force((struct date){0}, p->until_on, clock_today());
    if (*is_gone) {
        return OK;
    }
    TRY(org_posts_of_person(db, (struct org_posts_of_person_in){.person = {id}}, &posts));
    struct buf text = buf_in(a);
    for (size_t i = 0; i < posts.n; i++) {
        struct org_post post = ORG_POST_FROM(&posts.at[i]);
        if (post.is_in_force) {
            buf_printf(&text, "%s%.*s, %.*s, %.*s", text.len ? "; " : "", STR_ARG(post.title), STR_ARG(post.unit_name),
                       STR_ARG(post.organ_name));
        }
    }
    *doc = (struct search_doc){.record = id, .kind = S("person"), .title = p->name};
    for_everybody(a, doc);
    search_doc_add(a, doc, 0, buf_str(&text));
    return OK;
}

static struct err person_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit,
                              struct search_ids *ids) {
    struct org_people_after_rows rows;
    TRY(org_people_after(db, (struct org_people_after_in){.after = after, .limit = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

/* Closed units are found too: their page says what they became. */
static struct err unit_load(struct db_read *db, struct arena *a, int64_t id, struct search_doc *doc, bool *is_gone) {
    struct org_unit_by_id_row *u;
    struct org_successors_of_rows now;
    TRY(org_unit_by_id(db, (struct org_unit_by_id_in){.id = {id}}, &u));
    *is_gone = !u;
    if (!u) {
        return OK;
    }
    struct buf text = buf_in(a);
    buf_put(&text, org_kind_words(u->kind));
    if (u->until_on.year) {
        TRY(org_successors_of(db, (struct org_successors_of_in){.old_unit = {id}}, &now));
        BUF_LIT(&text, ", đến hết ");
        date_put_vi(&text, u->until_on);
        for (size_t i = 0; i < now.n; i++) {
            buf_printf(&text, "%s%.*s", i ? ", " : "; nay là ", STR_ARG(now.at[i].short_name));
        }
    }
    *doc = (struct search_doc){.record = id, .kind = S("unit"), .number = u->code, .title = u->name};
    for_everybody(a, doc);
    search_doc_add(a, doc, 0, buf_str(&text));
    return OK;
}

static struct err unit_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids) {
    struct org_units_after_rows rows;
    TRY(org_units_after(db, (struct org_units_after_in){.after = after, .limit = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

const struct search_source org_sources[] = {
    {.kind = S_INIT("person"), .name = S_INIT("Người"), .load = person_load, .each = person_each},
    {.kind = S_INIT("unit"), .name = S_INIT("Đơn vị"), .load = unit_load, .each = unit_each},
    {.load = NULL},
};
