#include "modules/law/law_collect.h"
#include "kernel/rights/audit.h"
#include "kernel/queue/event.h"
#include "kernel/page/json.h"
#include "modules/law/law_keep.h"
#include "modules/law/law_pages.h"
#include "modules/org/org.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum { CHOICES_MOST = 200, FORGOTTEN_MOST = 50 };
static const int64_t month_ms = INT64_C(30) * 24 * 60 * 60 * 1000;
static const struct str kind = S_INIT("law_collection");

/* ---- Reading. */
static struct err find(struct db_read *db, const struct who *who, struct law_collection_id id, unsigned can,
                       struct law_collect_find_row **c) {
    TRY(access_require(db, id.v, who->post.v, can));
    TRY(law_collect_find(db, (struct law_collect_find_in){.id = id}, c));
    return *c ? OK : FAIL(ERR_MISSING, "no such collection");
}

struct err law_collection_find(struct db_read *db, const struct who *who, struct law_collection_id id, unsigned can,
                               struct law_collect_find_row **c) {
    TRY(find(db, who, id, can, c));
    return (*c)->removed_at.ms ? FAIL(ERR_MISSING, "the collection was removed") : OK;
}

struct str law_collection_owner(const struct who *who, int64_t owner, struct str name) {
    return owner == who->person.v ? S("Của tôi") : name;
}

struct err law_collections_fill(struct get *g, struct law_work_id work, int64_t provision,
                                struct law_collection_choices *choices) {
    struct law_collect_named_rows rows;
    struct law_collect_with_rows with;
    struct law_collect_named_in in = {
        .post = g->who->post.v, .bits = CAN_ACT, .key = S(""), .last = 0, .most = CHOICES_MOST};
    *choices = (struct law_collection_choices){0};
    TRY(law_collect_named(g->db, in, &rows));
    TRY(law_collect_with(g->db, (struct law_collect_with_in){.work = work, .place = provision}, &with));
    for (size_t i = 0; i < rows.n; i++) {
        struct law_collection_choice c = {.id = rows.at[i].id,
                                          .name = rows.at[i].name,
                                          .owner_name =
                                              law_collection_owner(g->who, rows.at[i].owner, rows.at[i].owner_name)};
        for (size_t k = 0; k < with.n; k++) {
            c.is_in = c.is_in || with.at[k].collection.v == c.id.v;
        }
        LIST_ADD(g->arena, choices, c);
    }
    return OK;
}

/* ---- Writing. */
static struct err noted(struct db_write *db, struct str verb, struct law_collection_id id, const char *key,
                        int64_t value) {
    struct str after = value ? str_format(db_write_arena(db), "{\"%s\":\"%lld\"}", key, (long long)value) : S("");
    return audit_note(db, &(struct audit){.verb = verb, .kind = S("law"), .record = id.v, .after = after});
}

static struct err give(struct db_write *db, struct law_collection_id id, int64_t principal, unsigned can) {
    return access_give(
        db, &(struct access_grant_new){.kind = kind, .record = id.v, .principal = principal, .can = CAN_READ | can});
}

struct err law_collection_make(struct db_write *db, const struct who *who, struct str name, bool is_unit,
                               struct law_collection_id *id) {
    *id = (struct law_collection_id){id_new()};
    struct law_collect_add_in in = {.id = *id,
                                    .owner = is_unit ? who->unit.v : who->person.v,
                                    .owner_name = is_unit ? who->unit_name : who->name,
                                    .name = name,
                                    .name_key = utf8_sort_key(db_write_arena(db), name),
                                    .made_by = who->post.v,
                                    .made_at = clock_now()};
    TRY(law_collect_add(db, in, NULL));
    TRY(give(db, *id, in.owner, is_unit ? CAN_ACT : CAN_ACT | CAN_MANAGE));
    TRY(is_unit ? give(db, *id, who->post.v, CAN_ACT | CAN_MANAGE) : OK);
    return noted(db, S("law.collection"), *id, "", 0);
}

struct err law_collection_rename(struct db_write *db, const struct who *who, struct law_collection_id id,
                                 int64_t version, struct str name) {
    struct law_collect_find_row *c;
    TRY(law_collection_find(db_reading(db), who, id, CAN_MANAGE, &c));
    int64_t changed;
    struct law_collect_rename_in in = {
        .id = id, .version = version, .name = name, .name_key = utf8_sort_key(db_write_arena(db), name)};
    TRY(law_collect_rename(db, in, &changed));
    if (!changed) {
        return org_stale_audited(db_reading(db), version,
                                 &(struct audit){.kind = S("law"), .verb = S("law.collection_rename"), .record = id.v});
    }
    return noted(db, S("law.collection_rename"), id, "", 0);
}

/* What was removed more than a month ago goes for good. */
static struct err forget(struct db_write *db, int64_t owner) {
    struct law_collect_forgotten_rows rows;
    LIST(int64_t) ids = {0};
    TRY(law_collect_forgotten(
        db_reading(db),
        (struct law_collect_forgotten_in){.owner = owner, .before = clock_now().ms - month_ms, .most = FORGOTTEN_MOST},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_write_arena(db), &ids, rows.at[i].id.v);
        TRY(access_take_all(db, rows.at[i].id.v));
    }
    struct db_ids all = {ids.at, ids.n};
    if (!all.n) {
        return OK;
    }
    TRY(law_collect_forget_items(db, (struct law_collect_forget_items_in){all}, NULL));
    TRY(law_collect_forget_shares(db, (struct law_collect_forget_shares_in){all}, NULL));
    return law_collect_forget(db, (struct law_collect_forget_in){all}, NULL);
}

struct err law_collection_remove(struct db_write *db, const struct who *who, struct law_collection_id id) {
    struct law_collect_find_row *c;
    TRY(law_collection_find(db_reading(db), who, id, CAN_MANAGE, &c));
    TRY(forget(db, c->owner));
    TRY(law_collect_remove(db, (struct law_collect_remove_in){.id = id, .removed_at = clock_now()}, NULL));
    return noted(db, S("law.collection_remove"), id, "", 0);
}

struct err law_collection_restore(struct db_write *db, const struct who *who, struct law_collection_id id) {
    struct law_collect_find_row *c;
    TRY(find(db_reading(db), who, id, CAN_MANAGE, &c));
    TRY(law_collect_remove(db, (struct law_collect_remove_in){.id = id}, NULL));
    return noted(db, S("law.collection_restore"), id, "", 0);
}

/* ---- Sharing. */
static struct err tell_shared(struct db_write *db, const struct who *who, const struct law_collect_find_row *c,
                              int64_t principal) {
    struct arena *a = db_write_arena(db);
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, str_format(a, "%.*s chia sẻ bộ sưu tập “%.*s” với bạn.", STR_ARG(who->name), STR_ARG(c->name)));
    buf_printf(&b, ",\"path\":\"/law/collection/%lld\"}", (long long)c->id.v);
    return event_emit(
        db, &(struct event){.kind = S("law.shared"), .record = c->id.v, .to = principal, .body = buf_str(&b)});
}

struct err law_collection_share(struct db_write *db, const struct who *who, struct law_collection_id id,
                                int64_t principal, bool is_writer) {
    struct law_collect_find_row *c;
    struct org_principal with;
    TRY(law_collection_find(db_reading(db), who, id, CAN_MANAGE, &c));
    TRY(org_principal(db_reading(db), principal, &with));
    if (with.kind == ORG_NOBODY) {
        return REFUSE(ERR_INVALID, "principal", "Không có người hay đơn vị này.");
    }
    if (principal == c->owner || principal == c->made_by) {
        return REFUSE(ERR_INVALID, "principal", "Bộ sưu tập vốn là của người hay đơn vị này.");
    }
    TRY(give(db, id, principal, is_writer ? CAN_ACT : CAN_READ));
    TRY(is_writer ? OK : access_take(db, id.v, principal, CAN_ACT));
    TRY(law_collect_share(db,
                          (struct law_collect_share_in){.collection = id,
                                                        .principal = principal,
                                                        .name = with.name,
                                                        .is_writer = is_writer,
                                                        .shared_by = who->post.v,
                                                        .shared_at = clock_now()},
                          NULL));
    TRY(tell_shared(db, who, c, principal));
    return noted(db, is_writer ? S("law.collection_share_write") : S("law.collection_share"), id, "with", principal);
}

struct err law_collection_unshare(struct db_write *db, const struct who *who, struct law_collection_id id,
                                  int64_t principal) {
    struct law_collect_find_row *c;
    struct law_collect_unshare_row *gone;
    TRY(law_collection_find(db_reading(db), who, id, CAN_MANAGE, &c));
    TRY(law_collect_unshare(db, (struct law_collect_unshare_in){.collection = id, .principal = principal}, &gone));
    if (!gone) {
        return FAIL(ERR_MISSING, "it is not shared with them");
    }
    TRY(access_take(db, id.v, principal, CAN_READ));
    return noted(db, S("law.collection_unshare"), id, "with", principal);
}

/* ---- What is in it. */
static struct err count(struct db_write *db, struct law_collection_id id, int64_t by) {
    return law_collect_count(db, (struct law_collect_count_in){.id = id, .by = by}, NULL);
}

struct err law_item_keep(struct db_write *db, const struct who *who, struct law_collection_id id,
                         struct law_work_id work, struct str eid) {
    struct law_provision_id place;
    struct law_collect_item_row *there;
    struct law_collect_find_row *c;
    TRY(law_collection_find(db_reading(db), who, id, CAN_ACT, &c));
    TRY(law_place_there(db, work, eid, &place));
    struct law_collect_item_in same = {.collection = id, .work = work, .place = place.v};
    TRY(law_collect_item(db_reading(db), same, &there));
    if (there) {
        return OK;
    }
    struct law_collect_item_add_in in = {
        .id = {id_new()}, .collection = id, .work = work, .provision = place, .added_at = clock_now()};
    TRY(law_collect_item_add(db, in, NULL));
    TRY(count(db, id, 1));
    return noted(db, S("law.collection_add"), id, "work", work.v);
}

struct err law_item_drop(struct db_write *db, const struct who *who, struct law_collection_id id,
                         struct law_collection_item_id item, struct law_item_gone *gone) {
    struct law_collect_item_end_row *row;
    struct law_collect_find_row *c;
    TRY(law_collection_find(db_reading(db), who, id, CAN_ACT, &c));
    TRY(law_collect_item_end(db, (struct law_collect_item_end_in){.id = item, .collection = id}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such item");
    }
    TRY(count(db, id, -1));
    *gone = (struct law_item_gone){row->work, row->provision};
    return noted(db, S("law.collection_drop"), id, "work", row->work.v);
}
