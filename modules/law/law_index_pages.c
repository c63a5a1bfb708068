/* The library's home: a search in it, facets, lists by day, by change and by name, as a page and as Excel. */
#include "kernel/index/here.h"
#include "kernel/out/sheet.h"
#include "modules/law/law_collect.h"
#include "modules/law/law_index.h"
#include "modules/law/law_keep_queries.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"

enum { ON_A_PAGE = 20, EXPORT_MOST = 20000, EXPORT_STEP = 500, WATCHED = 6, COLLECTIONS = 6, DEEPEST = 400 };

static struct err items_fill(struct get *g, const struct law_list *list, struct law_index_view *v) {
    for (size_t i = 0; i < list->rows.n && i < ON_A_PAGE; i++) {
        LIST_ADD(g->arena, &v->items, law_item_of(g->arena, &list->rows.at[i]));
    }
    return OK;
}

static struct err home_fill(struct get *g, struct law_index_view *v) {
    struct law_keep_watches_rows watches;
    struct law_collect_newest_rows collections;
    TRY(law_keep_watches(
        g->db, (struct law_keep_watches_in){.post = g->who->post.v, .before = INT64_MAX, .most = WATCHED}, &watches));
    for (size_t i = 0; i < watches.n; i++) {
        const struct law_keep_watches_row *w = &watches.at[i];
        struct law_force force = LAW_FORCE_OF(w);
        enum law_status status = law_status_on(&force, clock_today());
        LIST_ADD(g->arena, &v->watched,
                 w->work.v ? (struct law_item){.link = law_link(g->arena, w->work.v, S(""), (struct date){0}),
                                               .name = law_name(g->arena, w->type, w->code, w->short_title, w->title,
                                                                w->issued_on),
                                               .status_name = law_status_name(status),
                                               .status_tone = law_status_tone(status)}
                           : (struct law_item){.link = link_local(g->arena, "/law?topic=%.*s",
                                                                  STR_ARG(law_escaped(g->arena, w->topic))),
                                               .name = law_topic_name(w->topic),
                                               .status_name = S("Chủ đề")});
    }
    TRY(law_collect_newest(g->db,
                           (struct law_collect_newest_in){
                               .post = g->who->post.v, .bits = CAN_READ, .last = INT64_MAX, .most = COLLECTIONS},
                           &collections));
    for (size_t i = 0; i < collections.n; i++) {
        const struct law_collect_newest_row *c = &collections.at[i];
        LIST_ADD(g->arena, &v->collections,
                 (struct law_choice){.label = c->name,
                                     .link = link_local(g->arena, "/law/collection/%lld", (long long)c->id.v),
                                     .count = c->n,
                                     .is_counted = true});
    }
    return OK;
}

static struct err topic_watch_fill(struct get *g, const struct law_filter *f, struct law_index_view *v) {
    struct law_keep_watch_of_topic_row *row;
    if (!f->topic.len) {
        return OK;
    }
    v->topic_name = law_topic_name(f->topic);
    TRY(law_keep_watch_of_topic(g->db, (struct law_keep_watch_of_topic_in){.post = g->who->post.v, .topic = f->topic},
                                &row));
    v->is_topic_watched = row != NULL;
    v->topic_watch = row ? row->id : (struct law_watch_id){0};
    return OK;
}

/* A whole number or name leads straight to its document, when one bears it and nothing narrows the search. */
static struct err number_goes(struct get *g, const struct law_filter *f, bool *has_gone) {
    struct law_work_heads found;
    *has_gone = false;
    if (!f->q.len || f->has_narrowing || f->after.len || !search_number(g->arena, f->q).len) {
        return OK;
    }
    TRY(law_work_named(g->db, f->q, clock_today(), &found));
    if (found.n != 1) {
        return OK;
    }
    *has_gone = true;
    return see_other_get(g, "/law/%lld", (long long)found.at[0].id.v);
}

static struct err browse(struct get *g, const struct law_filter *f, struct law_index_view *v) {
    struct law_list list;
    TRY(law_list_read(g->db, f, ON_A_PAGE, &list));
    TRY(items_fill(g, &list, v));
    if (list.after.len) {
        v->pages.older = law_filter_link(g->arena, "/law", f, "after", list.after);
    }
    if (f->after.len) {
        v->pages.newer = law_filter_link(g->arena, "/law", f, "after", S(""));
    }
    return OK;
}

struct err law_index_get(struct get *g) {
    struct law_filter f;
    struct law_index_view v = {0};
    bool has_gone;
    law_filter_read(g, &f);
    TRY(number_goes(g, &f, &has_gone));
    if (has_gone) {
        return OK;
    }
    v.q = f.q;
    v.is_asked = f.q.len > 0;
    v.is_filtered = f.has_narrowing;
    v.is_home = !v.is_asked && !f.has_narrowing && !f.after.len;
    TRY(v.is_asked ? law_search_fill(g, &f, &v) : browse(g, &f, &v));
    TRY(law_choices_fill(g, &f, &v));
    TRY(topic_watch_fill(g, &f, &v));
    v.is_empty = v.items.n == 0;
    v.may_add = (g->who->roles & (ROLE_CLERK | ROLE_OFFICER | ROLE_ADMIN)) != 0;
    if (v.is_home) {
        TRY(home_fill(g, &v));
    }
    return answer_law_index(g, &v);
}

static void sheet_put(struct sheet *s, struct arena *a, const struct law_list_newest_row *r) {
    struct law_force force = LAW_FORCE_OF(r);
    sheet_text(s, r->code);
    sheet_text(s, law_type_name(r->type));
    sheet_text(s, law_name(a, r->type, r->code, r->short_title, r->title, r->issued_on));
    sheet_text(s, r->title);
    sheet_text(s, r->issuer);
    sheet_text(s, law_family_name(r->family));
    sheet_date(s, r->issued_on);
    sheet_date(s, r->effective_on);
    sheet_date(s, law_force_end(&force));
    sheet_text(s, law_status_name(law_status_on(&force, clock_today())));
    sheet_row(s);
}

struct err law_export_list_get(struct get *g) {
    static const struct sheet_column columns[] = {{S_INIT("Số, ký hiệu"), 20},
                                                  {S_INIT("Loại"), 18},
                                                  {S_INIT("Tên"), 40},
                                                  {S_INIT("Trích yếu"), 70},
                                                  {S_INIT("Cơ quan ban hành"), 32},
                                                  {S_INIT("Hệ thống"), 20},
                                                  {S_INIT("Ngày ban hành"), 14},
                                                  {S_INIT("Ngày có hiệu lực"), 14},
                                                  {S_INIT("Ngày hết hiệu lực"), 14},
                                                  {S_INIT("Hiệu lực hôm nay"), 24},
                                                  {.width = 0}};
    struct law_filter f;
    struct law_list list;
    struct sheet *s;
    struct str bytes;
    size_t n = 0;
    law_filter_read(g, &f);
    f.q = f.after = S("");
    struct buf notes = buf_in(g->arena);
    buf_printf(&notes, "%.*s\nLập lúc ", STR_ARG(g->who->organ_name));
    instant_put_vi(&notes, clock_now());
    TRY(sheet_begin(g->arena, SHEET_XLSX, S("Văn bản pháp luật"), buf_str(&notes), columns, &s));
    do {
        TRY(law_list_read(g->db, &f, EXPORT_STEP, &list));
        for (size_t i = 0; i < list.rows.n && i < EXPORT_STEP; i++, n++) {
            sheet_put(s, g->arena, &list.rows.at[i]);
        }
        f.after = list.after;
    } while (f.after.len && n < EXPORT_MOST);
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("van-ban-phap-luat.xlsx"), bytes);
}
