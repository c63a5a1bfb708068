/* Collections as pages and forms. */
#include "kernel/out/sheet.h"
#include "modules/law/law_collect.h"
#include "modules/law/law_keep.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"
#include "modules/org/org.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"

enum { ON_A_PAGE = 40, ALL_MOST = 2000, EXPORT_MOST = 20000, PEOPLE_MOST = 300 };

static const struct choice owners[] = {
    {S_INIT("me"), S_INIT("Chỉ mình tôi")}, {S_INIT("unit"), S_INIT("Cả đơn vị tôi")}, {S_INIT(""), S_INIT("")}};
static const struct choice rights[] = {
    {S_INIT("read"), S_INIT("Chỉ xem")}, {S_INIT("write"), S_INIT("Xem, thêm và bỏ mục")}, {S_INIT(""), S_INIT("")}};

const struct field law_collection_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Tên bộ sưu tập"), .is_required = true, .most = 120},
    {.kind = FIELD_CHOICE, .name = S_INIT("owner"), .label = S_INIT("Của ai"), .is_required = true, .choices = owners},
    {0},
};
const struct field law_name_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Tên bộ sưu tập"), .is_required = true, .most = 120},
    FORM_VERSION,
    {0},
};
const struct field law_share_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("principal"), .label = S_INIT("Người hay đơn vị"), .is_required = true},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("right"),
     .label = S_INIT("Được làm gì"),
     .is_required = true,
     .choices = rights},
    {0},
};
const struct field law_item_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("collection"), .label = S_INIT("Bộ sưu tập"), .is_required = true},
    {.kind = FIELD_LINE, .name = S_INIT("eid"), .label = S_INIT("Chỗ"), .most = 200},
    {.kind = FIELD_FLAG, .name = S_INIT("again"), .label = S_INIT("Thêm lại")},
    {0},
};

/* Where a page begins behind a row: "key.id"; the id alone where ids are the order. */
struct after {
    struct str key;
    int64_t id;
    bool is_given;
};

static struct after after_read(struct get *g) {
    struct str after = law_query(g, "after");
    size_t dot = after.len;
    struct after x = {.key = S("")};
    while (dot > 0 && after.at[dot - 1] != '.') {
        dot--;
    }
    x.is_given = num_read_between(str_slice(after, dot, after.len), 1, INT64_MAX, &x.id);
    x.key = x.is_given && dot ? str_slice(after, 0, dot - 1) : S("");
    return x;
}

static struct link page_link(struct get *g, struct str path, struct str sort, struct str key, int64_t id) {
    struct str place = key.len ? str_format(g->arena, "%.*s.%lld", STR_ARG(key), (long long)id)
                               : str_format(g->arena, "%lld", (long long)id);
    return link_local(g->arena, "%.*s?%s%.*s%safter=%.*s", STR_ARG(path), sort.len ? "sort=" : "", STR_ARG(sort),
                      sort.len ? "&" : "", STR_ARG(law_escaped(g->arena, place)));
}

static struct law_choice sort_choice(struct get *g, struct str path, struct str now, struct str value,
                                     struct str label) {
    return (struct law_choice){
        .value = value,
        .label = label,
        .is_chosen = str_eq(now, value),
        .link = link_local(g->arena, "%.*s%s%.*s", STR_ARG(path), value.len ? "?sort=" : "", STR_ARG(value))};
}

/* ---- The list. */
static struct err collections_read(struct get *g, bool is_named, const struct after *after,
                                   struct law_collect_newest_rows *rows) {
    struct law_collect_named_rows named;
    struct law_collect_find_row *last = NULL;
    if (!is_named) {
        return law_collect_newest(g->db,
                                  (struct law_collect_newest_in){.post = g->who->post.v,
                                                                 .bits = CAN_READ,
                                                                 .last = after->is_given ? after->id : INT64_MAX,
                                                                 .most = ON_A_PAGE + 1},
                                  rows);
    }
    TRY(after->is_given ? law_collect_find(g->db, (struct law_collect_find_in){.id = {after->id}}, &last) : OK);
    struct law_collect_named_in in = {.post = g->who->post.v,
                                      .bits = CAN_READ,
                                      .key = last ? last->name_key : S(""),
                                      .last = after->id,
                                      .most = ON_A_PAGE + 1};
    TRY(law_collect_named(g->db, in, &named));
    _Static_assert(sizeof *named.at == sizeof *rows->at, "both orders give the same columns");
    *rows = (struct law_collect_newest_rows){(struct law_collect_newest_row *)(void *)named.at, named.n};
    return OK;
}

/* The one removed just now, from the address. */
static struct err removed_fill(struct get *g, struct law_collections_view *v) {
    struct law_collect_find_row *c = NULL;
    int64_t id;
    bool may = false;
    if (!id_read(law_query(g, "removed"), &id)) {
        return OK;
    }
    TRY(access_can(g->db, id, g->who->post.v, CAN_MANAGE, &may));
    TRY(may ? law_collect_find(g->db, (struct law_collect_find_in){.id = {id}}, &c) : OK);
    if (c && c->removed_at.ms) {
        v->removed = c->id;
        v->removed_name = c->name;
    }
    return OK;
}

struct err law_collections_get(struct get *g) {
    static const struct str path = S_INIT("/law/collection");
    struct law_collect_newest_rows rows;
    struct after after = after_read(g);
    bool is_named = str_eq(law_query(g, "sort"), S("name"));
    struct str sort = is_named ? S("name") : S("");
    struct law_collections_view v = {.form = form_begin(g->arena, law_collection_fields, g->form)};
    form_set(v.form, "owner", S("me"));
    TRY(collections_read(g, is_named, &after, &rows));
    for (size_t i = 0; i < rows.n && i < ON_A_PAGE; i++) {
        const struct law_collect_newest_row *c = &rows.at[i];
        LIST_ADD(g->arena, &v.collections,
                 (struct law_collection_view){.id = c->id,
                                              .name = c->name,
                                              .owner_name = law_collection_owner(g->who, c->owner, c->owner_name),
                                              .link = link_local(g->arena, "/law/collection/%lld", (long long)c->id.v),
                                              .count = c->n,
                                              .made_at = c->made_at});
    }
    if (rows.n > ON_A_PAGE) {
        const struct law_collect_newest_row *last = &rows.at[ON_A_PAGE - 1];
        v.pages.older = page_link(g, path, sort, S(""), last->id.v);
    }
    LIST_ADD(g->arena, &v.sorts, sort_choice(g, path, sort, S(""), S("Mới lập")));
    LIST_ADD(g->arena, &v.sorts, sort_choice(g, path, sort, S("name"), S("Theo tên")));
    TRY(removed_fill(g, &v));
    return answer_law_collections(g, &v);
}

struct err law_collection_post(struct post *p) {
    struct law_collection_id id;
    TRY(form_check(p->form));
    TRY(law_collection_make(p->db, p->who, form_text(p->form, "name"), str_eq(form_text(p->form, "owner"), S("unit")),
                            &id));
    return see_other(p, "/law/collection/%lld", (long long)id.v);
}

/* ---- One. */
static struct err collection_read(struct get *g, struct law_collect_find_row **c) {
    int64_t id;
    TRY(path_id(g->request, S("collection"), &id));
    return law_collection_find(g->db, g->who, (struct law_collection_id){id}, CAN_READ, c);
}

enum order { ORDER_ADDED, ORDER_NAME, ORDER_ISSUED };

static enum order order_of(struct str sort) {
    return str_eq(sort, S("name")) ? ORDER_NAME : str_eq(sort, S("issued")) ? ORDER_ISSUED : ORDER_ADDED;
}

/* The three queries give the same columns. */
static struct err items_read(struct db_read *db, struct law_collection_id id, enum order order,
                             const struct after *after, int64_t most, struct law_collect_items_rows *rows) {
    struct law_collect_items_named_rows named;
    struct law_collect_items_issued_rows issued;
    _Static_assert(sizeof *named.at == sizeof *rows->at && sizeof *issued.at == sizeof *rows->at, "the same columns");
    if (order == ORDER_NAME) {
        TRY(law_collect_items_named(
            db,
            (struct law_collect_items_named_in){.collection = id, .key = after->key, .last = after->id, .most = most},
            &named));
        *rows = (struct law_collect_items_rows){(struct law_collect_items_row *)(void *)named.at, named.n};
        return OK;
    }
    int64_t last = after->is_given ? after->id : INT64_MAX;
    if (order == ORDER_ADDED) {
        return law_collect_items(db, (struct law_collect_items_in){.collection = id, .last = last, .most = most}, rows);
    }
    TRY(law_collect_items_issued(
        db,
        (struct law_collect_items_issued_in){
            .collection = id, .key = after->is_given ? after->key : S("9999"), .last = last, .most = most},
        &issued));
    *rows = (struct law_collect_items_rows){(struct law_collect_items_row *)(void *)issued.at, issued.n};
    return OK;
}

static struct law_kept_view kept_of(struct arena *a, const struct law_collect_items_row *r) {
    struct law_force force = LAW_FORCE_OF(r);
    enum law_status status = law_status_on(&force, clock_today());
    struct str name = law_name(a, r->type, r->code, r->short_title, r->title, r->issued_on);
    return (struct law_kept_view){.id = r->id,
                                  .link = law_link(a, r->work.v, r->eid, (struct date){0}),
                                  .name = name,
                                  .title = law_title_beside(name, r->title),
                                  .place = law_place_words(a, r->eid),
                                  .status_name = law_status_name(status),
                                  .status_tone = law_status_tone(status),
                                  .added_at = r->added_at};
}

/* What was taken out just now, from the address: work and place. */
static struct err item_removed_fill(struct get *g, struct law_collection_show_view *v) {
    int64_t work;
    struct law_work_head head;
    if (!id_read(law_query(g, "removed"), &work)) {
        return OK;
    }
    struct err why = law_work_head(g->db, (struct law_work_id){work}, clock_today(), &head);
    if (err_is(why, ERR_MISSING)) {
        return OK;
    }
    TRY(why);
    v->has_removed = true;
    v->removed_work = (struct law_work_id){work};
    v->removed_eid = law_query(g, "place");
    struct str place = law_place_words(g->arena, v->removed_eid);
    v->removed_name = str_format(g->arena, "%.*s%s%.*s", STR_ARG(place), place.len ? " " : "", STR_ARG(head.name));
    return OK;
}

static struct err items_fill(struct get *g, struct str path, struct str sort, struct law_collection_show_view *v) {
    struct law_collect_items_rows rows;
    struct after after = after_read(g);
    enum order order = order_of(sort);
    size_t most = v->is_all ? ALL_MOST : ON_A_PAGE;
    TRY(items_read(g->db, v->id, order, &after, (int64_t)most + 1, &rows));
    for (size_t i = 0; i < rows.n && i < most; i++) {
        LIST_ADD(g->arena, &v->items, kept_of(g->arena, &rows.at[i]));
    }
    if (rows.n > most) {
        const struct law_collect_items_row *last = &rows.at[most - 1];
        struct str key = order == ORDER_NAME ? last->name_key : order == ORDER_ISSUED ? last->issued_key : S("");
        v->pages.older = page_link(g, path, sort, key, last->id.v);
    }
    return OK;
}

/* Whom it is shared with, and with whom it may be. */
static struct err shares_fill(struct get *g, struct law_collection_show_view *v) {
    struct law_collect_shares_rows rows;
    struct org_principals found;
    TRY(law_collect_shares(g->db, (struct law_collect_shares_in){.collection = v->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v->shares,
                 (struct law_share_view){rows.at[i].principal, rows.at[i].name, rows.at[i].is_writer});
    }
    if (!v->may_manage) {
        return OK;
    }
    TRY(org_assignable(g->db, g->who->organ, S(""), PEOPLE_MOST, &found));
    for (size_t i = 0; i < found.n; i++) {
        LIST_ADD(g->arena, &v->people,
                 (struct pick_option){.id = found.at[i].id, .label = found.at[i].name, .note = found.at[i].words});
    }
    return OK;
}

/* Two forms on one page: what was typed belongs to the one that was sent. */
static struct form *form_of(struct get *g, const struct field *fields, int64_t version) {
    bool is_sent = g->form && g->form->values.n && g->form->values.at[0].field == fields;
    return form_begin_at(g->arena, fields, is_sent ? g->form : NULL, version);
}

static void forms_fill(struct get *g, const struct law_collect_find_row *c, struct law_collection_show_view *v) {
    v->form = form_of(g, law_name_fields, c->version);
    v->share = form_of(g, law_share_fields, 0);
    form_set(v->form, "name", c->name);
    form_set(v->share, "right", S("read"));
}

struct err law_collection_get(struct get *g) {
    struct law_collect_find_row *c;
    unsigned bits;
    TRY(collection_read(g, &c));
    TRY(access_bits(g->db, c->id.v, g->who->post.v, &bits));
    struct law_collection_show_view v = {.id = c->id,
                                         .name = c->name,
                                         .count = c->n,
                                         .owner_name = law_collection_owner(g->who, c->owner, c->owner_name),
                                         .may_write = (bits & CAN_ACT) != 0,
                                         .may_manage = (bits & CAN_MANAGE) != 0,
                                         .is_all = str_eq(law_query(g, "all"), S("1"))};
    struct str sort = law_query(g, "sort"), path = str_format(g->arena, "/law/collection/%lld", (long long)c->id.v);
    sort = order_of(sort) == ORDER_ADDED ? S("") : sort;
    v.excel = link_local(g->arena, "%.*s/export%s%.*s", STR_ARG(path), sort.len ? "?sort=" : "", STR_ARG(sort));
    v.whole = link_local(g->arena, "%.*s?all=1%s%.*s", STR_ARG(path), sort.len ? "&sort=" : "", STR_ARG(sort));
    LIST_ADD(g->arena, &v.sorts, sort_choice(g, path, sort, S(""), S("Mới thêm")));
    LIST_ADD(g->arena, &v.sorts, sort_choice(g, path, sort, S("name"), S("Theo tên")));
    LIST_ADD(g->arena, &v.sorts, sort_choice(g, path, sort, S("issued"), S("Mới ban hành")));
    forms_fill(g, c, &v);
    TRY(item_removed_fill(g, &v));
    TRY(items_fill(g, path, sort, &v));
    TRY(shares_fill(g, &v));
    return answer_law_collection(g, &v);
}

struct err law_collection_export_get(struct get *g) {
    static const struct sheet_column columns[] = {{S_INIT("Văn bản"), 40},   {S_INIT("Chỗ"), 26},
                                                  {S_INIT("Trích yếu"), 70}, {S_INIT("Hiệu lực hôm nay"), 24},
                                                  {S_INIT("Thêm lúc"), 18},  {.width = 0}};
    struct law_collect_find_row *c;
    struct law_collect_items_rows rows;
    struct after first = {.key = S("")};
    struct sheet *s;
    struct str bytes;
    TRY(collection_read(g, &c));
    TRY(items_read(g->db, c->id, order_of(law_query(g, "sort")), &first, EXPORT_MOST, &rows));
    TRY(sheet_begin(g->arena, SHEET_XLSX, c->name, g->who->organ_name, columns, &s));
    for (size_t i = 0; i < rows.n; i++) {
        struct law_kept_view x = kept_of(g->arena, &rows.at[i]);
        sheet_text(s, x.name);
        sheet_text(s, x.place);
        sheet_text(s, rows.at[i].title);
        sheet_text(s, x.status_name);
        sheet_instant(s, x.added_at);
        sheet_row(s);
    }
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("bo-suu-tap.xlsx"), bytes);
}

/* ---- Changing it. */
static struct err id_of(struct post *p, struct law_collection_id *id) {
    return path_id(p->request, S("collection"), &id->v);
}

static struct err back(struct post *p, struct law_collection_id id) {
    return see_other(p, "/law/collection/%lld", (long long)id.v);
}

struct err law_collection_name_post(struct post *p) {
    struct law_collection_id id;
    TRY(id_of(p, &id));
    TRY(form_check(p->form));
    TRY(law_collection_rename(p->db, p->who, id, form_version(p->form), form_text(p->form, "name")));
    flash(p, "Đã đổi tên.");
    return back(p, id);
}

struct err law_collection_end(struct post *p) {
    struct law_collection_id id;
    TRY(id_of(p, &id));
    TRY(law_collection_remove(p->db, p->who, id));
    return see_other(p, "/law/collection?removed=%lld", (long long)id.v);
}

struct err law_collection_back_post(struct post *p) {
    struct law_collection_id id;
    TRY(id_of(p, &id));
    TRY(law_collection_restore(p->db, p->who, id));
    flash(p, "Bộ sưu tập đã trở lại, cùng mọi thứ trong đó.");
    return back(p, id);
}

struct err law_collection_share_post(struct post *p) {
    struct law_collection_id id;
    TRY(id_of(p, &id));
    TRY(form_check(p->form));
    bool is_writer = str_eq(form_text(p->form, "right"), S("write"));
    struct err e = law_collection_share(p->db, p->who, id, form_id(p->form, "principal"), is_writer);
    if (err_is(e, ERR_INVALID)) {
        form_fault(p->form, "principal", "%.*s", STR_ARG(e.why->message));
    }
    TRY(e);
    flash(p, "Đã chia sẻ.");
    return see_other(p, "/law/collection/%lld#shares", (long long)id.v);
}

struct err law_collection_share_end(struct post *p) {
    struct law_collection_id id;
    int64_t principal;
    TRY(id_of(p, &id));
    TRY(path_id(p->request, S("principal"), &principal));
    TRY(law_collection_unshare(p->db, p->who, id, principal));
    flash(p, "Đã thôi chia sẻ.");
    return see_other(p, "/law/collection/%lld#shares", (long long)id.v);
}

struct err law_item_post(struct post *p) {
    int64_t work;
    TRY(path_id(p->request, S("id"), &work));
    TRY(form_check(p->form));
    struct law_collection_id collection = {form_id(p->form, "collection")};
    struct str eid = form_text(p->form, "eid");
    TRY(law_item_keep(p->db, p->who, collection, (struct law_work_id){work}, eid));
    flash(p, "Đã lưu vào bộ sưu tập.");
    return form_flag(p->form, "again") ? back(p, collection)
                                       : see_other(p, "%.*s#keep", STR_ARG(law_place_path(p->arena, work, eid)));
}

struct err law_item_end(struct post *p) {
    int64_t item;
    struct law_collection_id id;
    struct law_item_gone gone;
    struct law_read_provision_row *place = NULL;
    TRY(id_of(p, &id));
    TRY(path_id(p->request, S("item"), &item));
    TRY(law_item_drop(p->db, p->who, id, (struct law_collection_item_id){item}, &gone));
    if (gone.provision.v) {
        TRY(law_read_provision(db_reading(p->db), (struct law_read_provision_in){.id = gone.provision}, &place));
    }
    return see_other(p, "/law/collection/%lld?removed=%lld%s%.*s", (long long)id.v, (long long)gone.work.v,
                     place ? "&place=" : "", STR_ARG(place ? law_escaped(p->arena, place->eid) : S("")));
}
