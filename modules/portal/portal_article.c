/* Writing: articles, their versions, their addresses. */
#include "base/arena.h"
#include "kernel/db/id.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/org/org.h"
#include "modules/portal/portal.h"
#include "modules/portal/portal_check.h"
#include "modules/portal/portal_queries.h"
#include "modules/thread/thread.h"

enum { SLUGS_TRIED = 50 };

/* A slug that is the article's already, or that no article of the site ever had. */
static struct err slug_choose(struct db_read *db, struct portal_site_id site, struct portal_article_id article,
                              struct str made, struct str *slug) {
    struct portal_slug_of_row *other;
    bool is_taken_by_us = str_eq(made, S("news")) || str_eq(made, S("picture"));
    *slug = is_taken_by_us ? str_format(db_arena(db), "tin-%.*s", STR_ARG(made)) : made;
    for (int i = 2; i < SLUGS_TRIED; i++) {
        TRY(portal_slug_of(db, (struct portal_slug_of_in){.site = site, .slug = *slug}, &other));
        if (!other || other->article.v == article.v) {
            return OK;
        }
        *slug = str_format(db_arena(db), "%.*s-%d", STR_ARG(made), i);
    }
    return REFUSE(ERR_INVALID, "slug", "Địa chỉ này đã dùng cho nhiều bài. Mời chọn địa chỉ khác.");
}

static struct portal_version_add_in version_of(const struct who *who, struct portal_article_id article, int64_t n,
                                               const struct portal_draft *d) {
    return (struct portal_version_add_in){.id = {id_new()},
                                          .article = article,
                                          .n = n,
                                          .title = d->title,
                                          .lead = d->lead,
                                          .body = d->body,
                                          .author = d->author,
                                          .source = d->source,
                                          .picture = d->picture,
                                          .alt = d->alt,
                                          .credit = d->credit,
                                          .note = d->note,
                                          .made_by = who->post.v,
                                          .made_name = who->name,
                                          .made_at = clock_now()};
}

/* A new picture is looked at in the background. */
static struct err picture_send(struct db_write *db, struct file_blob_id picture) {
    return picture.v
               ? job_add(db, &(struct job_new){.kind = S("portal.picture"), .record = picture.v, .is_single = true},
                         NULL)
               : OK;
}

struct err portal_add(struct db_write *db, const struct who *who, const struct portal_draft *d,
                      struct portal_article_id *id) {
    struct portal_site_of_unit_row *site;
    struct str slug;
    *id = (struct portal_article_id){id_new()};
    TRY(portal_site_of_unit(db_reading(db), (struct portal_site_of_unit_in){.unit = who->organ.v}, &site));
    if (!site) {
        return REFUSE(ERR_DENIED, "", "Đơn vị của đồng chí chưa có trang trên cổng.");
    }
    TRY(slug_choose(db_reading(db), site->id, *id,
                    portal_slug_made(db_write_arena(db), d->slug.len ? d->slug : d->title), &slug));
    struct portal_version_add_in v = version_of(who, *id, 1, d);
    struct portal_article_add_in in = {.id = *id,
                                       .site = site->id,
                                       .unit = who->organ.v,
                                       .slug = slug,
                                       .category = d->category,
                                       .working = v.id.v,
                                       .title = d->title,
                                       .made_by = who->post.v,
                                       .made_at = clock_now()};
    TRY(portal_article_add(db, in, NULL));
    TRY(portal_version_add(db, v, NULL));
    TRY(picture_send(db, d->picture));
    TRY(portal_slug_add(db, (struct portal_slug_add_in){.site = site->id, .slug = slug, .article = *id}, NULL));
    TRY(access_give(db, &(struct access_grant_new){.kind = S("portal"),
                                                   .record = id->v,
                                                   .principal = who->organ.v,
                                                   .can = CAN_READ | CAN_ACT | CAN_MANAGE | CAN_APPROVE}));
    TRY(thread_add(db, who, &(struct thread_new){.kind = S("portal"), .record = id->v, .verb = "portal.add"}, NULL));
    return act_done(db, &(struct act){.verb = S("portal.add"), .record = id->v});
}

struct err portal_find(struct db_read *db, const struct who *who, int64_t id, struct portal_article_by_id_row **row) {
    TRY(access_require(db, id, who->post.v, CAN_READ));
    TRY(portal_article_by_id(db, (struct portal_article_by_id_in){.id = {id}}, row));
    return *row ? OK : FAIL(ERR_MISSING, "no such article");
}

struct err portal_version_now(struct db_read *db, const struct portal_article_by_id_row *a,
                              struct portal_version_by_id_row **v) {
    TRY(portal_version_by_id(db, (struct portal_version_by_id_in){.id = {a->working ? a->working : a->live}}, v));
    return *v ? OK : FAIL(ERR_BROKEN, "an article has no version");
}

/* What is typed over: the version that is worked on, or a new one beside what is read. */
static struct err version_put(struct db_write *db, const struct who *who, const struct portal_article_by_id_row *a,
                              const struct portal_draft *d, int64_t *working) {
    struct portal_version_by_id_row *now;
    struct portal_last_n_row *last;
    TRY(portal_version_now(db_reading(db), a, &now));
    struct portal_draft whole = *d;
    whole.picture = d->drops_picture ? (struct file_blob_id){0} : d->picture.v ? d->picture : now->picture;
    if (!a->working) {
        TRY(portal_last_n(db_reading(db), (struct portal_last_n_in){.article = a->id}, &last));
        struct portal_version_add_in v = version_of(who, a->id, (last ? last->n : 0) + 1, &whole);
        *working = v.id.v;
        return portal_version_add(db, v, NULL);
    }
    *working = a->working;
    struct portal_version_add_in v = version_of(who, a->id, 0, &whole);
    return portal_version_change(db,
                                 (struct portal_version_change_in){.id = {a->working},
                                                                   .title = v.title,
                                                                   .lead = v.lead,
                                                                   .body = v.body,
                                                                   .author = v.author,
                                                                   .source = v.source,
                                                                   .picture = v.picture,
                                                                   .alt = v.alt,
                                                                   .credit = v.credit,
                                                                   .note = v.note,
                                                                   .made_by = v.made_by,
                                                                   .made_name = v.made_name,
                                                                   .changed_at = v.made_at},
                                 NULL);
}

struct err portal_change(struct db_write *db, const struct who *who, struct portal_article_id id,
                         const struct portal_draft *d) {
    struct portal_article_by_id_row *a;
    struct str slug;
    int64_t working = 0, changed = 0;
    TRY(portal_find(db_reading(db), who, id.v, &a));
    TRY(access_require(db_reading(db), id.v, who->post.v, CAN_MANAGE));
    if (str_eq(a->stage, S("submitted")) || str_eq(a->stage, S("approved"))) {
        return REFUSE(ERR_CONFLICT, "", "Bài đang chờ duyệt hoặc chờ đăng. Rút lại rồi sửa.");
    }
    struct str wanted = d->slug.len ? portal_slug_made(db_write_arena(db), d->slug) : a->slug;
    TRY(slug_choose(db_reading(db), a->site, id, wanted, &slug));
    TRY(version_put(db, who, a, d, &working));
    TRY(picture_send(db, d->picture));
    struct portal_article_change_in in = {.id = id,
                                          .slug = slug,
                                          .category = d->category,
                                          .title = str_eq(a->state, S("live")) ? a->title : d->title,
                                          .working = working,
                                          .stage = str_eq(a->stage, S("returned")) ? S("returned") : S("draft"),
                                          .reach = d->is_for_communes ? S("communes") : S("own"),
                                          .version = d->version,
                                          .changed_at = clock_now()};
    TRY(portal_article_change(db, in, &changed));
    if (!changed) {
        return org_stale_audited(db_reading(db), d->version, &(struct audit){.kind = S("portal"), .record = id.v});
    }
    if (!str_eq(slug, a->slug)) {
        TRY(portal_slug_add(db, (struct portal_slug_add_in){.site = a->site, .slug = slug, .article = id}, NULL));
        TRY(portal_changed(db));
    }
    TRY(thread_add(db, who, &(struct thread_new){.kind = S("portal"), .record = id.v, .verb = "portal.change"}, NULL));
    return act_done(db, &(struct act){.verb = S("portal.change"), .record = id.v});
}

struct err portal_faults_of(struct db_read *db, const struct portal_version_by_id_row *v,
                            struct portal_faults *faults) {
    struct portal_checked text = {.title = v->title,
                                  .lead = v->lead,
                                  .body = v->body,
                                  .source = v->source,
                                  .author = v->author,
                                  .alt = v->alt,
                                  .has_picture = v->picture.v != 0};
    *faults = (struct portal_faults){0};
    portal_check(db_arena(db), &text, faults);
    return portal_check_links(db, v->body, faults);
}

struct err portal_changed(struct db_write *db) {
    return portal_stamp_grow(db, NULL);
}
