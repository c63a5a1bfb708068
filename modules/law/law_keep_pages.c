/* Watches, notes and collections as pages and forms. */
#include "kernel/sheet.h"
#include "modules/law/law_keep.h"
#include "modules/law/law_keep_queries.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"

enum { ON_A_PAGE = 40, COLLECTIONS_MOST = 200, EXPORT_MOST = 5000 };

static const struct choice owners[] = {
    {S_INIT("me"), S_INIT("Chỉ mình tôi")}, {S_INIT("unit"), S_INIT("Cả đơn vị tôi")}, {S_INIT(""), S_INIT("")}};

const struct field law_note_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("words"), .label = S_INIT("Ghi chú"), .is_required = true, .most = 5000},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("owner"),
     .label = S_INIT("Ai xem được"),
     .is_required = true,
     .choices = owners},
    {.kind = FIELD_LINE, .name = S_INIT("eid"), .label = S_INIT("Chỗ"), .most = 200},
    {0},
};
const struct field law_collection_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Tên bộ sưu tập"), .is_required = true, .most = 120},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("owner"),
     .label = S_INIT("Ai xem được"),
     .is_required = true,
     .choices = owners},
    {0},
};
const struct field law_name_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Tên bộ sưu tập"), .is_required = true, .most = 120},
    {0},
};
const struct field law_item_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("collection"), .label = S_INIT("Bộ sưu tập"), .is_required = true},
    {.kind = FIELD_LINE, .name = S_INIT("eid"), .label = S_INIT("Chỗ"), .most = 200},
    {.kind = FIELD_FLAG, .name = S_INIT("again"), .label = S_INIT("Thêm lại")},
    {0},
};
const struct field law_topic_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("topic"), .label = S_INIT("Chủ đề"), .is_required = true, .most = 100},
    {0},
};

static struct str place_path(struct arena *a, int64_t work, struct str eid) {
    return eid.len ? str_format(a, "/law/%lld/place/%.*s", (long long)work, STR_ARG(law_escaped(a, eid)))
                   : str_format(a, "/law/%lld/facts", (long long)work);
}

/* ---- Watches. */
struct err law_watches_get(struct get *g) {
    int64_t before = INT64_MAX;
    struct law_keep_watches_rows rows;
    struct law_watches_view v = {0};
    if (!num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &before)) {
        before = INT64_MAX;
    }
    TRY(law_keep_watches(
        g->db, (struct law_keep_watches_in){.post = g->who->post.v, .before = before, .most = ON_A_PAGE + 1}, &rows));
    for (size_t i = 0; i < rows.n && i < ON_A_PAGE; i++) {
        const struct law_keep_watches_row *w = &rows.at[i];
        struct law_force force = LAW_FORCE_OF(w);
        enum law_status status = law_status_on(&force, clock_today());
        struct law_watch_view x = {.id = w->id, .made_at = w->made_at, .is_topic = !w->work.v};
        if (w->work.v) {
            x.name = law_name(g->arena, w->type, w->code, w->short_title, w->title, w->issued_on);
            x.title = w->title;
            x.status_name = law_status_name(status);
            x.status_tone = law_status_tone(status);
            x.changed_at = w->changed_at;
            x.link = law_link(g->arena, w->work.v, S(""), (struct date){0});
        } else {
            x.name = law_topic_name(w->topic);
            x.link = link_local(g->arena, "/law?topic=%.*s", STR_ARG(law_escaped(g->arena, w->topic)));
        }
        LIST_ADD(g->arena, &v.watches, x);
    }
    if (rows.n > ON_A_PAGE) {
        v.pages.older = link_local(g->arena, "/law/watch?before=%lld", (long long)rows.at[ON_A_PAGE - 1].id.v);
    }
    return answer_law_watches(g, &v);
}

struct err law_watch_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(law_watch_begin(p->db, p->who, (struct law_work_id){id}, S("")));
    flash(p, "Đã theo dõi. Có thay đổi sẽ được báo.");
    return see_other(p, "/law/%lld", (long long)id);
}

struct err law_topic_watch_post(struct post *p) {
    struct str topic = form_text(p->form, "topic");
    TRY(law_watch_begin(p->db, p->who, (struct law_work_id){0}, topic));
    flash(p, "Đã theo dõi chủ đề. Có văn bản mới hay thay đổi sẽ được báo.");
    return see_other(p, "/law?topic=%.*s", STR_ARG(law_escaped(p->arena, topic)));
}

struct err law_watch_end(struct post *p) {
    int64_t id, back = form_id(p->form, "back");
    TRY(path_id(p->request, S("watch"), &id));
    TRY(law_watch_stop(p->db, p->who, (struct law_watch_id){id}));
    flash(p, "Đã thôi theo dõi.");
    return back ? see_other(p, "/law/%lld", (long long)back) : see_other(p, "/law/watch");
}

/* ---- Notes. */
struct form *law_note_form(struct get *g, struct str eid) {
    bool is_note = g->form && g->form->values.n && g->form->values.at[0].field == &law_note_fields[0];
    struct form *f = form_begin(g->arena, law_note_fields, is_note ? g->form : NULL);
    if (!is_note) {
        form_set(f, "owner", S("me"));
        form_set(f, "eid", eid);
    }
    return f;
}

struct err law_note_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(form_check(p->form));
    struct law_note_new n = {.work = {id},
                             .eid = form_text(p->form, "eid"),
                             .words = form_text(p->form, "words"),
                             .is_unit = str_eq(form_text(p->form, "owner"), S("unit"))};
    TRY(law_note_write(p->db, p->who, &n));
    flash(p, "Đã ghi chú.");
    return see_other(p, "%.*s#notes", STR_ARG(place_path(p->arena, id, n.eid)));
}

struct err law_note_end(struct post *p) {
    int64_t id;
    struct law_work_id work;
    TRY(path_id(p->request, S("note"), &id));
    TRY(law_note_remove(p->db, p->who, (struct law_note_id){id}, &work));
    flash(p, "Đã xóa ghi chú.");
    return see_other(p, "/law/%lld/facts#notes", (long long)work.v);
}

/* ---- Collections. */
struct err law_collections_get(struct get *g) {
    struct law_owners mine = law_owners(g->who);
    struct law_keep_collections_rows rows;
    struct law_collections_view v = {.form = form_begin(g->arena, law_collection_fields, g->form)};
    if (!g->form) {
        form_set(v.form, "owner", S("me"));
    }
    TRY(law_keep_collections(
        g->db, (struct law_keep_collections_in){.owners = (struct db_ids){mine.at, mine.n}, .most = COLLECTIONS_MOST},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct law_keep_collections_row *c = &rows.at[i];
        bool is_unit = c->owner != g->who->person.v;
        LIST_ADD(g->arena, &v.collections,
                 (struct law_collection_view){.id = c->id,
                                              .name = c->name,
                                              .owner_name = is_unit ? g->who->unit_name : S("Chỉ mình tôi"),
                                              .link = link_local(g->arena, "/law/collection/%lld", (long long)c->id.v),
                                              .count = c->n,
                                              .made_at = c->made_at,
                                              .is_unit = is_unit});
    }
    return answer_law_collections(g, &v);
}

struct err law_collection_post(struct post *p) {
    struct law_collection_id id;
    TRY(form_check(p->form));
    TRY(law_collection_make(p->db, p->who, form_text(p->form, "name"), str_eq(form_text(p->form, "owner"), S("unit")),
                            &id));
    return see_other(p, "/law/collection/%lld", (long long)id.v);
}

static struct err collection_read(struct get *g, struct law_keep_collection_row **c) {
    int64_t id;
    struct law_owners mine = law_owners(g->who);
    TRY(path_id(g->request, S("collection"), &id));
    TRY(law_keep_collection(g->db, (struct law_keep_collection_in){.id = {id}, .owners = {mine.at, mine.n}}, c));
    return *c ? OK : FAIL(ERR_MISSING, "no such collection, or another's");
}

static struct law_kept_view kept_of(struct arena *a, const struct law_keep_items_row *r) {
    struct law_force force = LAW_FORCE_OF(r);
    enum law_status status = law_status_on(&force, clock_today());
    return (struct law_kept_view){.id = r->id,
                                  .link = law_link(a, r->work.v, r->eid, (struct date){0}),
                                  .name = law_name(a, r->type, r->code, r->short_title, r->title, r->issued_on),
                                  .title = r->title,
                                  .place = law_place_words(a, r->eid),
                                  .status_name = law_status_name(status),
                                  .status_tone = law_status_tone(status),
                                  .added_at = r->added_at};
}

/* What was taken out just now, from the address: work and place. */
static struct err removed_fill(struct get *g, struct law_collection_show_view *v) {
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

struct err law_collection_get(struct get *g) {
    struct law_keep_collection_row *c;
    struct law_keep_items_rows rows;
    int64_t before = INT64_MAX;
    TRY(collection_read(g, &c));
    if (!num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &before)) {
        before = INT64_MAX;
    }
    TRY(law_keep_items(g->db, (struct law_keep_items_in){.collection = c->id, .before = before, .most = ON_A_PAGE + 1},
                       &rows));
    struct law_collection_show_view v = {.id = c->id,
                                         .name = c->name,
                                         .is_unit = c->owner != g->who->person.v,
                                         .form = form_begin(g->arena, law_name_fields, g->form)};
    v.owner_name = v.is_unit ? g->who->unit_name : S("Chỉ mình tôi");
    v.may_change = !v.is_unit || c->made_by == g->who->post.v;
    v.excel = link_local(g->arena, "/law/collection/%lld/export", (long long)c->id.v);
    if (!g->form) {
        form_set(v.form, "name", c->name);
    }
    TRY(removed_fill(g, &v));
    for (size_t i = 0; i < rows.n && i < ON_A_PAGE; i++) {
        LIST_ADD(g->arena, &v.items, kept_of(g->arena, &rows.at[i]));
    }
    if (rows.n > ON_A_PAGE) {
        v.pages.older = link_local(g->arena, "/law/collection/%lld?before=%lld", (long long)c->id.v,
                                   (long long)rows.at[ON_A_PAGE - 1].id.v);
    }
    return answer_law_collection(g, &v);
}

struct err law_collection_export_get(struct get *g) {
    static const struct sheet_column columns[] = {{S_INIT("Văn bản"), 40},   {S_INIT("Chỗ"), 26},
                                                  {S_INIT("Trích yếu"), 70}, {S_INIT("Hiệu lực hôm nay"), 24},
                                                  {S_INIT("Thêm lúc"), 18},  {.width = 0}};
    struct law_keep_collection_row *c;
    struct law_keep_items_rows rows;
    struct sheet *s;
    struct str bytes;
    TRY(collection_read(g, &c));
    TRY(law_keep_items(g->db, (struct law_keep_items_in){.collection = c->id, .before = INT64_MAX, .most = EXPORT_MOST},
                       &rows));
    TRY(sheet_begin(g->arena, SHEET_XLSX, c->name, g->who->organ_name, columns, &s));
    for (size_t i = 0; i < rows.n; i++) {
        struct law_kept_view x = kept_of(g->arena, &rows.at[i]);
        sheet_text(s, x.name);
        sheet_text(s, x.place);
        sheet_text(s, x.title);
        sheet_text(s, x.status_name);
        sheet_instant(s, x.added_at);
        sheet_row(s);
    }
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("bo-suu-tap.xlsx"), bytes);
}

struct err law_collection_name_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("collection"), &id));
    TRY(form_check(p->form));
    TRY(law_collection_rename(p->db, p->who, (struct law_collection_id){id}, form_text(p->form, "name")));
    flash(p, "Đã đổi tên.");
    return see_other(p, "/law/collection/%lld", (long long)id);
}

struct err law_collection_end(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("collection"), &id));
    TRY(law_collection_remove(p->db, p->who, (struct law_collection_id){id}));
    flash(p, "Đã xóa bộ sưu tập.");
    return see_other(p, "/law/collection");
}

struct err law_item_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(form_check(p->form));
    struct law_collection_id collection = {form_id(p->form, "collection")};
    struct str eid = form_text(p->form, "eid");
    TRY(law_item_keep(p->db, p->who, collection, (struct law_work_id){id}, eid));
    flash(p, "Đã lưu vào bộ sưu tập.");
    return form_flag(p->form, "again") ? see_other(p, "/law/collection/%lld", (long long)collection.v)
                                       : see_other(p, "%.*s#keep", STR_ARG(place_path(p->arena, id, eid)));
}

struct err law_item_end(struct post *p) {
    int64_t id, item;
    struct law_item_gone gone;
    struct law_read_provision_row *place = NULL;
    TRY(path_id(p->request, S("collection"), &id));
    TRY(path_id(p->request, S("item"), &item));
    TRY(law_item_drop(p->db, p->who, (struct law_collection_id){id}, (struct law_collection_item_id){item}, &gone));
    if (gone.provision.v) {
        TRY(law_read_provision(db_reading(p->db), (struct law_read_provision_in){.id = gone.provision}, &place));
    }
    return see_other(p, "/law/collection/%lld?removed=%lld%s%.*s", (long long)id, (long long)gone.work.v,
                     place ? "&place=" : "", STR_ARG(place ? law_escaped(p->arena, place->eid) : S("")));
}
