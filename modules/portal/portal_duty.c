/* What each site must make public: the list of a site, all sites for the city, and noting where an item stands. */
#include "modules/portal/portal_duty.h"

#include "base/arena.h"
#include "base/facts.h"
#include "base/num.h"
#include "kernel/record/act.h"
#include "kernel/rights/audit.h"
#include "modules/org/org.h"
#include "modules/portal/portal_pages_gen.h"
#include "modules/portal/portal_queries.h"
#include "modules/portal/portal_work.h"

FACTS(portal_facts_duties, "modules/portal/duties.tsv");

bool portal_duty_at(size_t i, struct portal_duty_item *item) {
    struct str rest = FACTS_STR(portal_facts_duties), cells[5];
    while (facts_next(&rest, cells, 5)) {
        if (i-- == 0) {
            *item = (struct portal_duty_item){.code = cells[0], .law = cells[2], .name = cells[4]};
            return num_read_between(cells[1], 0, 3650, &item->days);
        }
    }
    return false;
}

bool portal_duty_of(struct str code, struct portal_duty_item *item) {
    for (size_t i = 0; portal_duty_at(i, item); i++) {
        if (str_eq(item->code, code)) {
            return true;
        }
    }
    return false;
}

enum portal_duty_state portal_duty_stands(const struct portal_duty_item *item, struct str page, struct date updated_on,
                                          struct date today) {
    if (!page.len || !updated_on.year) {
        return PORTAL_DUTY_MISSING;
    }
    bool is_old = item->days && date_number(today) - date_number(updated_on) > item->days;
    return is_old ? PORTAL_DUTY_OLD : PORTAL_DUTY_KEPT;
}

const struct field portal_duty_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("owner"), .label = S_INIT("Người phụ trách"), .is_required = true, .most = 200},
    {.kind = FIELD_LINE,
     .name = S_INIT("page"),
     .label = S_INIT("Địa chỉ trang"),
     .most = 300,
     .hint = S_INIT("Bắt đầu bằng / hoặc https://; để trống nếu chưa có.")},
    {.kind = FIELD_DATE, .name = S_INIT("updated_on"), .label = S_INIT("Cập nhật ngày")},
    FORM_VERSION,
    {0},
};
const struct field portal_duty_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("site"), .label = S_INIT("Trang"), .most = 100},
    {0},
};

/* ---- One site */

static struct link page_link(struct arena *a, struct str page) {
    return str_starts(page, S("/")) ? link_local(a, "%.*s", STR_ARG(page)) : link_web(page);
}

static void line_add(struct get *g, struct portal_duties *v, const struct portal_duties_row *r, bool may_edit) {
    static const struct str words[] = {S_INIT(""), S_INIT("Đủ, còn mới"), S_INIT("Cần xem lại"), S_INIT("Chưa có")};
    static const struct str tones[] = {S_INIT(""), S_INIT("green"), S_INIT("gold"), S_INIT("red")};
    struct portal_duty_item item;
    if (!portal_duty_of(r->item, &item)) {
        return;
    }
    enum portal_duty_state state = portal_duty_stands(&item, r->page, r->updated_on, clock_today());
    v->kept += state == PORTAL_DUTY_KEPT;
    v->old += state == PORTAL_DUTY_OLD;
    v->missing += state == PORTAL_DUTY_MISSING;
    LIST_ADD(g->arena, &v->lines,
             (struct portal_duty_line){
                 .name = item.name,
                 .law = item.law,
                 .owner = r->owner,
                 .state = words[state],
                 .tone = tones[state],
                 .page = r->page.len ? page_link(g->arena, r->page) : (struct link){{0}},
                 .edit = may_edit ? link_record(g->arena, S("/portal/office/duty/"), r->id.v, S("/edit"))
                                  : (struct link){{0}},
                 .updated_on = r->updated_on,
                 .age = r->updated_on.year ? date_number(clock_today()) - date_number(r->updated_on) : 0});
}

static struct err site_answer(struct get *g, struct portal_site_id site, struct str name, bool is_city, bool is_own) {
    struct portal_duties_rows rows;
    struct portal_duties v = {
        .site_name = name, .is_city = is_city, .all = {is_city ? S("/portal/office/duty?site=all") : S("")}};
    TRY(portal_duties(g->db, (struct portal_duties_in){.site = site}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        line_add(g, &v, &rows.at[i], is_own);
    }
    return answer_portal_duties(g, &v);
}

/* ---- All sites */

static void count(struct portal_duty_site *s, const struct portal_duties_all_row *r, struct date today) {
    struct portal_duty_item item;
    if (portal_duty_of(r->item, &item)) {
        enum portal_duty_state state = portal_duty_stands(&item, r->page, r->updated_on, today);
        s->kept += state == PORTAL_DUTY_KEPT;
        s->old += state == PORTAL_DUTY_OLD;
        s->missing += state == PORTAL_DUTY_MISSING;
    }
}

static struct err all_answer(struct get *g) {
    struct portal_sites_rows sites;
    struct portal_duties_all_rows rows;
    struct portal_duty_sites v = {0};
    struct portal_duty_item item;
    struct date today = clock_today();
    while (portal_duty_at((size_t)v.items, &item)) {
        v.items++;
    }
    TRY(portal_sites(g->db, &sites));
    TRY(portal_duties_all(g->db, &rows));
    for (size_t i = 0; i < sites.n; i++) {
        struct portal_duty_site s = {
            .name = sites.at[i].name,
            .link = link_local(g->arena, "/portal/office/duty?site=%.*s", STR_ARG(sites.at[i].slug))};
        for (size_t k = 0; k < rows.n; k++) {
            if (rows.at[k].site.v == sites.at[i].id.v) {
                count(&s, &rows.at[k], today);
            }
        }
        LIST_ADD(g->arena, &v.sites, s);
    }
    return answer_portal_duty_sites(g, &v);
}

struct err portal_duties_get(struct get *g) {
    struct str asked = query_param(g->request, S("site"));
    struct portal_site_of_unit_row *own;
    struct portal_site_by_slug_row *other;
    bool is_city;
    TRY(portal_is_city(g->db, g->who, &is_city));
    TRY(portal_site_of_unit(g->db, (struct portal_site_of_unit_in){.unit = g->who->organ.v}, &own));
    if (is_city && str_eq(asked, S("all"))) {
        return all_answer(g);
    }
    if (is_city && asked.len) {
        TRY(portal_site_by_slug(g->db, (struct portal_site_by_slug_in){.slug = asked}, &other));
        return other ? site_answer(g, other->id, other->name, true, own && own->id.v == other->id.v)
                     : FAIL(ERR_MISSING, "no such site");
    }
    return own ? site_answer(g, own->id, own->name, is_city, true)
               : REFUSE(ERR_DENIED, "", "Đơn vị của đồng chí chưa có trang trên cổng.");
}

/* ---- Noting where an item stands */

static struct err duty_find(struct db_read *db, const struct who *who, struct request *r,
                            struct portal_duty_by_id_row **row) {
    int64_t id;
    struct portal_site_of_unit_row *own;
    TRY(path_id(r, S("id"), &id));
    TRY(portal_duty_by_id(db, (struct portal_duty_by_id_in){.id = {id}}, row));
    TRY(portal_site_of_unit(db, (struct portal_site_of_unit_in){.unit = who->organ.v}, &own));
    return *row && own && own->id.v == (*row)->site.v ? OK : FAIL(ERR_MISSING, "no such duty of this site");
}

struct err portal_duty_edit_get(struct get *g) {
    struct portal_duty_by_id_row *row;
    struct portal_duty_item item;
    TRY(duty_find(g->db, g->who, g->request, &row));
    if (!portal_duty_of(row->item, &item)) {
        return FAIL(ERR_MISSING, "the item is no longer asked for");
    }
    struct portal_duty_form v = {.to = link_record(g->arena, S("/portal/office/duty/"), row->id.v, S("/edit")),
                                 .back = {S("/portal/office/duty")},
                                 .name = item.name,
                                 .law = item.law,
                                 .form = form_begin_at(g->arena, portal_duty_fields, g->form, row->version)};
    form_set(v.form, "owner", row->owner.len ? row->owner : g->who->name);
    form_set(v.form, "page", row->page);
    form_set_date(v.form, "updated_on", row->updated_on.year ? row->updated_on : clock_today());
    return answer_portal_duty_form(g, &v);
}

struct err portal_duty_edit_post(struct post *p) {
    struct portal_duty_by_id_row *row;
    struct str page = form_text(p->form, "page");
    int64_t changed = 0;
    TRY(duty_find(db_reading(p->db), p->who, p->request, &row));
    if (page.len && !str_starts(page, S("/")) && !str_starts(page, S("https://"))) {
        return REFUSE(ERR_INVALID, "page", "Địa chỉ bắt đầu bằng / hoặc https://.");
    }
    if (date_cmp(form_date(p->form, "updated_on"), clock_today()) > 0) {
        return REFUSE(ERR_INVALID, "updated_on", "Ngày cập nhật không thể sau hôm nay.");
    }
    TRY(portal_duty_change(p->db,
                           (struct portal_duty_change_in){.id = row->id,
                                                          .owner = form_text(p->form, "owner"),
                                                          .page = page,
                                                          .updated_on = form_date(p->form, "updated_on"),
                                                          .version = form_version(p->form),
                                                          .changed_at = clock_now()},
                           &changed));
    if (!changed) {
        return org_stale_audited(db_reading(p->db), form_version(p->form),
                                 &(struct audit){.kind = S("portal"), .record = row->id.v});
    }
    TRY(act_done(p->db, &(struct act){.verb = S("portal.duty"), .record = row->id.v}));
    flash(p, "Đã lưu.");
    return see_other(p, "/portal/office/duty");
}
