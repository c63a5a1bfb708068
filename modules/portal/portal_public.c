/* The portal's lists as the public reads them: homes, news, communes. */
#include "modules/portal/portal_public.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/file/file.h"
#include "kernel/page/form.h"
#include "modules/consult/consult.h"
#include "modules/org/org.h"
#include "modules/place/place.h"
#include "modules/portal/portal_pages_gen.h"

enum { ASKED_MOST = 5, ON_HOME = 6, ON_A_PAGE = 20 };

const struct field portal_news_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("category"), .label = S_INIT("Chuyên mục"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("lang"), .label = S_INIT("Ngôn ngữ"), .most = 8},
    {0},
};
const struct field portal_q_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Từ cần tìm"), .most = 300},
    {.kind = FIELD_LINE, .name = S_INIT("lang"), .label = S_INIT("Ngôn ngữ"), .most = 8},
    {0},
};

#define AT_OF(row)                                                                                                     \
    (struct portal_at) {                                                                                               \
        .id = (row)->id, .unit = (row)->unit, .is_city = (row)->is_city, .slug = (row)->slug, .name = (row)->name,     \
        .organ = (row)->organ, .code = (row)->code, .street = (row)->street, .phone = (row)->phone                     \
    }

struct public_page portal_page(struct get *g, const struct portal_at *at, struct str place) {
    struct public_page p = {.place = place, .stamp = at->stamp};
    if (!at->id.v) {
        return p;
    }
    p.site_name = at->name;
    p.organ = at->organ;
    p.address = at->street;
    p.phone = at->phone;
    p.feed_name = at->name;
    p.feed = link_local(g->arena, "/portal/%.*s/feed.xml", STR_ARG(at->slug));
    if (!at->is_city) {
        p.site = link_local(g->arena, "/portal/%.*s", STR_ARG(at->slug));
    }
    return p;
}

static bool is_number(struct str s) {
    int64_t n;
    return num_read_between(s, 1, INT64_MAX, &n);
}

struct err portal_begin(struct get *g, struct str slug, struct portal_at *at, bool *is_answered) {
    struct portal_stamp_of_row *stamp;
    struct portal_city_row *city;
    int64_t asked;
    struct portal_site_by_slug_row *site = NULL;
    *at = (struct portal_at){0};
    *is_answered = true;
    TRY(portal_stamp_of(g->db, &stamp));
    /* Days stand on the pages: what is kept is of one day only. */
    TRY(consult_stamp(g->db, &asked));
    int64_t now = stamp ? stamp->n * 1000000 + asked : 0;
    if (now && public_kept(g, now)) {
        return OK;
    }
    if (slug.len && is_number(slug)) {
        return see_other_get(g, "/portal/office/%.*s", STR_ARG(slug));
    }
    if (slug.len) {
        TRY(portal_site_by_slug(g->db, (struct portal_site_by_slug_in){.slug = slug}, &site));
    } else {
        TRY(portal_city(g->db, &city));
    }
    if (slug.len ? !site : !city) {
        return public_not_found(g, &(struct public_page){0});
    }
    *at = site ? AT_OF(site) : AT_OF(city);
    at->stamp = now;
    *is_answered = false;
    return OK;
}

struct link portal_article_link(struct arena *a, struct str site, struct str slug) {
    return link_local(a, "/portal/%.*s/%.*s", STR_ARG(site), STR_ARG(slug));
}

struct err portal_picture_link(struct get *g, struct file_blob_id file, struct str site, struct str slug,
                               struct link *link, bool *waits) {
    struct file f;
    *link = (struct link){0};
    if (!file.v) {
        return OK;
    }
    TRY(file_find(g->db, g->arena, file, &f));
    if (f.state == FILE_READ && f.has_pictures) {
        *link = link_local(g->arena, "/portal/%.*s/%.*s/picture?v=%.8s", STR_ARG(site), STR_ARG(slug), f.sha256.at);
    } else if (f.state == FILE_WAITING || f.state == FILE_READING) {
        *waits = true;
    }
    return OK;
}

/* ---- News */

#define NEWS_OF(g, at_, r)                                                                                             \
    (struct portal_news) {                                                                                             \
        .title = (r)->title, .lead = (r)->lead, .site_name = (r)->site_name, .alt = (r)->alt,                          \
        .category = portal_category_name((r)->category), .on = date_of((r)->first_at),                                 \
        .link = portal_article_link((g)->arena, (r)->site_slug, (r)->slug), .is_elsewhere = (r)->site.v != (at_)->id.v \
    }

struct err portal_news_read(struct get *g, const struct portal_at *at, const struct portal_news_asked *asked,
                            struct portal_news_list *news, int64_t *older) {
    int64_t also = at->is_city ? at->id.v : 0, most = (int64_t)asked->most + 1;
    *news = (struct portal_news_list){0};
    *older = 0;
    if (asked->category.len) {
        struct portal_news_in_rows rows;
        TRY(portal_news_in(
            g->db,
            (struct portal_news_in_in){
                .site = at->id.v, .also = also, .category = asked->category, .before = asked->before, .most = most},
            &rows));
        for (size_t i = 0; i < rows.n && i < asked->most; i++) {
            LIST_ADD(g->arena, news, NEWS_OF(g, at, &rows.at[i]));
        }
        *older = rows.n > asked->most ? rows.at[asked->most - 1].place : 0;
        return OK;
    }
    struct portal_news_of_rows rows;
    TRY(portal_news_of(
        g->db, (struct portal_news_of_in){.site = at->id.v, .also = also, .before = asked->before, .most = most},
        &rows));
    for (size_t i = 0; i < rows.n && i < asked->most; i++) {
        LIST_ADD(g->arena, news, NEWS_OF(g, at, &rows.at[i]));
    }
    *older = rows.n > asked->most ? rows.at[asked->most - 1].place : 0;
    return OK;
}

/* The newest with a picture that can be shown stands out; the others follow in their order. */
static struct err story_take(struct get *g, const struct portal_at *at, size_t most, struct portal_news_list *stories,
                             struct portal_news_list *news, bool *waits) {
    struct portal_news_of_rows rows;
    TRY(portal_news_of(
        g->db,
        (struct portal_news_of_in){
            .site = at->id.v, .also = at->is_city ? at->id.v : 0, .before = INT64_MAX, .most = (int64_t)most + 6},
        &rows));
    for (size_t i = 0; i < rows.n && news->n < most; i++) {
        const struct portal_news_of_row *r = &rows.at[i];
        struct portal_news one = NEWS_OF(g, at, r);
        if (!stories->n) {
            TRY(portal_picture_link(g, r->picture, r->site_slug, r->slug, &one.picture, waits));
        }
        if (one.picture.v.len) {
            LIST_ADD(g->arena, stories, one);
        } else {
            LIST_ADD(g->arena, news, one);
        }
    }
    return OK;
}

void portal_tasks(struct get *g, struct portal_task **at, size_t *n) {
    static const struct {
        const char *place;
        struct portal_task task;
    } all[] = {
        {"Dịch vụ",
         {.title = S_INIT("Xin hỗ trợ, làm thủ tục"),
          .words = S_INIT("Nhà Đại đoàn kết, cứu trợ, giấy xác nhận. Không thu phí."),
          .icon = ICON("heart-handshake")}},
        {PUBLIC_LETTER,
         {.title = S_INIT("Gửi đơn, phản ánh"),
          .words = S_INIT("Chụp ảnh bằng điện thoại là đủ. Có ngày hẹn trả lời."),
          .icon = ICON("camera")}},
        {"Góp ý",
         {.title = S_INIT("Góp ý dự thảo"),
          .words = S_INIT("Góp ý từng điều, biết ý kiến của mình được tiếp thu đến đâu."),
          .icon = ICON("message-square-text")}},
        {"Tra cứu",
         {.title = S_INIT("Tra cứu bằng mã"),
          .words = S_INIT("Đơn, hồ sơ, ý kiến của mình đến đâu rồi."),
          .icon = ICON("ticket-check")}},
        {"Công khai",
         {.title = S_INIT("Xem quỹ thu, chi"),
          .words = S_INIT("Từng khoản theo sao kê của ngân hàng, tìm được tên mình."),
          .icon = ICON("receipt-text")}},
        {"Tin tức",
         {.title = S_INIT("Đọc tin, thông báo"),
          .words = S_INIT("Việc Mặt trận làm ở thành phố và từng phường, xã."),
          .icon = ICON("newspaper")}},
    };
    struct {
        struct portal_task *at;
        size_t n;
    } tasks = {0};
    for (size_t i = 0; i < sizeof all / sizeof *all && tasks.n < 4; i++) {
        struct str path = public_place_path(g, all[i].place);
        if (path.len) {
            LIST_ADD(g->arena, &tasks, all[i].task);
            tasks.at[tasks.n - 1].link = link_local(g->arena, "%.*s", STR_ARG(path));
        }
    }
    *at = tasks.at;
    *n = tasks.n;
}

/* ---- Homes */

static struct err letters_fill(struct get *g, struct portal_home *v) {
    struct portal_sites_rows rows;
    TRY(portal_sites(g->db, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct portal_sites_row *r = &rows.at[i];
        if (r->is_city) {
            continue;
        }
        size_t kind = portal_kind_of(r->name);
        v->wards += kind == 0;
        v->communes += kind == 1;
        v->zones += kind == 2;
        if (!v->letters.n || !str_eq(v->letters.at[v->letters.n - 1].letter, r->letter)) {
            LIST_ADD(g->arena, &v->letters, (struct portal_letter){r->letter});
        }
    }
    return OK;
}

static struct err asked_fill(struct get *g, struct portal_home *v) {
    struct consult_front front;
    TRY(consult_front(g->db, ASKED_MOST, &front));
    for (size_t i = 0; i < front.lines.n; i++) {
        const struct consult_front_line *x = &front.lines.at[i];
        LIST_ADD(g->arena, &v->asked, (struct portal_asked){x->title, x->drafter, x->link, x->closes_on});
    }
    return OK;
}

struct err portal_home_get(struct get *g) {
    struct portal_at at;
    struct portal_home v = {.today = clock_today()};
    struct portal_news_list stories = {0}, news = {0};
    bool is_answered, waits = false;
    TRY(portal_begin(g, S(""), &at, &is_answered));
    if (is_answered) {
        return OK;
    }
    TRY(story_take(g, &at, ON_HOME, &stories, &news, &waits));
    TRY(letters_fill(g, &v));
    TRY(asked_fill(g, &v));
    v.stories.at = stories.at, v.stories.n = stories.n;
    v.news.at = news.at, v.news.n = news.n;
    portal_tasks(g, &v.tasks.at, &v.tasks.n);
    struct public_page page = portal_page(g, &at, S(""));
    page.description = S("Tin tức, dịch vụ, góp ý, tra cứu và công khai của Mặt trận Tổ quốc Việt Nam thành phố Hải "
                         "Phòng và 114 phường, xã, đặc khu.");
    page.stamp = waits ? 0 : at.stamp;
    return answer_public(g, &page_portal_home, &v, &page);
}

static struct err people_fill(struct get *g, const struct portal_at *at, struct portal_commune *v) {
    struct org_principals posts;
    TRY(org_posts_with(g->db, (struct unit_id){at->unit}, ROLE_LEADER, &posts));
    for (size_t i = 0; i < posts.n && i < 8; i++) {
        struct str title, unit;
        str_cut(posts.at[i].words, S(" · "), &title, &unit);
        LIST_ADD(g->arena, &v->people, (struct portal_person){posts.at[i].name, title});
    }
    return OK;
}

/* Where the commune lies, and its neighbours' sites. */
static struct err ground_fill(struct get *g, const struct portal_at *at, struct portal_commune *v) {
    const struct place_commune *c = place_commune(place_open(g->arena), at->code);
    struct portal_sites_rows sites;
    if (!c) {
        return OK;
    }
    v->km2 = c->km2;
    v->inhabitants = c->people;
    v->before = str_eq(c->former, S("30")) ? S("tỉnh Hải Dương") : S("thành phố Hải Phòng");
    TRY(portal_sites(g->db, &sites));
    for (size_t i = 0; i < sites.n; i++) {
        const struct portal_sites_row *s = &sites.at[i];
        if (s->code.len && str_find(c->neighbours, s->code, 0) != SIZE_MAX) {
            LIST_ADD(
                g->arena, &v->neighbours,
                (struct portal_place){.name = s->name, .link = link_local(g->arena, "/portal/%.*s", STR_ARG(s->slug))});
        }
    }
    return OK;
}

/* "xã Nguyễn Bỉnh Khiêm", within a sentence. */
static struct str inside(struct arena *a, struct str name) {
    size_t cut = 0;
    if (name.len) {
        utf8_next(name, &cut);
    }
    return str_format(a, "%.*s%.*s", STR_ARG(utf8_lower(a, str_slice(name, 0, cut))),
                      STR_ARG(str_slice(name, cut, name.len)));
}

static struct err commune_answer(struct get *g, const struct portal_at *at) {
    struct portal_commune v = {.name = at->name,
                               .organ = at->organ,
                               .inside = inside(g->arena, at->name),
                               .street = at->street,
                               .phone = at->phone};
    struct portal_news_list stories = {0}, news = {0};
    bool waits = false;
    TRY(story_take(g, at, ON_HOME, &stories, &news, &waits));
    TRY(people_fill(g, at, &v));
    TRY(ground_fill(g, at, &v));
    v.stories.at = stories.at, v.stories.n = stories.n;
    v.news.at = news.at, v.news.n = news.n;
    v.tel = link_web(str_format(g->arena, "tel:%.*s", STR_ARG(at->phone)));
    v.all_news = link_local(g->arena, "/portal/%.*s/news", STR_ARG(at->slug));
    portal_tasks(g, &v.tasks.at, &v.tasks.n);
    struct public_page page = portal_page(g, at, S(""));
    page.description = str_format(g->arena, "Trang của %.*s.", STR_ARG(at->organ));
    page.stamp = waits ? 0 : at->stamp;
    return answer_public(g, &page_portal_commune, &v, &page);
}

struct err portal_site_get(struct get *g) {
    struct portal_at at;
    bool is_answered;
    TRY(portal_begin(g, path_param(g->request, S("site")), &at, &is_answered));
    if (is_answered) {
        return OK;
    }
    return at.is_city ? public_moved(g, S("/portal")) : commune_answer(g, &at);
}

/* ---- Lists */

static struct str list_path(struct get *g, const struct portal_at *at) {
    return at->is_city ? S("/portal/news") : str_format(g->arena, "/portal/%.*s/news", STR_ARG(at->slug));
}

static void chips_fill(struct get *g, struct str path, struct str category, struct portal_list *v) {
    LIST_ADD(g->arena, &v->categories,
             (struct portal_chip){.name = S("Tất cả"),
                                  .link = link_local(g->arena, "%.*s", STR_ARG(path)),
                                  .is_current = !category.len});
    for (const struct choice *c = portal_categories; c->value.len; c++) {
        LIST_ADD(
            g->arena, &v->categories,
            (struct portal_chip){.name = c->label,
                                 .link = link_local(g->arena, "%.*s?category=%.*s", STR_ARG(path), STR_ARG(c->value)),
                                 .is_current = str_eq(c->value, category)});
    }
}

static struct err list_answer(struct get *g, const struct portal_at *at) {
    struct portal_news_asked asked = {.category = query_param(g->request, S("category")), .most = ON_A_PAGE};
    struct portal_news_list news;
    int64_t older;
    struct str path = list_path(g, at), name = portal_category_name(asked.category);
    struct portal_list v = {
        .title = name.len ? name : S("Tin tức"), .site_name = at->name, .home = {at->is_city ? S("/portal") : S("")}};
    if (!num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &asked.before)) {
        asked.before = INT64_MAX;
    }
    asked.category = name.len ? asked.category : S("");
    TRY(portal_news_read(g, at, &asked, &news, &older));
    v.news.at = news.at, v.news.n = news.n;
    chips_fill(g, path, asked.category, &v);
    if (!at->is_city) {
        v.home = link_local(g->arena, "/portal/%.*s", STR_ARG(at->slug));
    }
    if (older) {
        v.pages.older = link_local(g->arena, "%.*s?category=%.*s&before=%lld", STR_ARG(path), STR_ARG(asked.category),
                                   (long long)older);
    }
    if (asked.before != INT64_MAX) {
        v.pages.newer = link_local(g->arena, "%.*s?category=%.*s", STR_ARG(path), STR_ARG(asked.category));
    }
    struct public_page page = portal_page(g, at, S("Tin tức"));
    page.description = str_format(g->arena, "Tin tức, thông báo của %.*s.", STR_ARG(at->organ));
    return answer_public(g, &page_portal_list, &v, &page);
}

struct err portal_news_get(struct get *g) {
    struct portal_at at;
    bool is_answered;
    TRY(portal_begin(g, S(""), &at, &is_answered));
    return is_answered ? OK : list_answer(g, &at);
}

struct err portal_site_news_get(struct get *g) {
    struct portal_at at;
    bool is_answered;
    TRY(portal_begin(g, path_param(g->request, S("site")), &at, &is_answered));
    return is_answered ? OK : list_answer(g, &at);
}

/* ---- Communes: all by letter, or those that fit what was typed, by today's names or older ones. */

static bool fits_name(struct str fold, const struct portal_sites_row *s) {
    return str_find(s->name_fold, fold, 0) != SIZE_MAX;
}

static bool is_among(const struct place_found *found, struct str code) {
    for (size_t i = 0; i < found->communes.n; i++) {
        if (str_eq(found->communes.at[i]->code, code)) {
            return true;
        }
    }
    return false;
}

static void place_add(struct get *g, struct portal_communes *v, const struct portal_sites_row *s, struct str *last) {
    bool is_first = !v->is_asked && !str_eq(*last, s->letter);
    *last = s->letter;
    if (is_first) {
        LIST_ADD(g->arena, &v->letters, (struct portal_letter){s->letter});
    }
    LIST_ADD(g->arena, &v->places,
             (struct portal_place){.name = s->name,
                                   .letter = is_first ? s->letter : S(""),
                                   .link = link_local(g->arena, "/portal/%.*s", STR_ARG(s->slug))});
}

static void places_choose(struct get *g, struct portal_communes *v, const struct portal_sites_rows *sites) {
    struct str fold = utf8_fold(g->arena, str_trim(v->q)), last = S("");
    struct place_found found = {0};
    for (size_t i = 0; i < sites->n; i++) {
        if (!sites->at[i].is_city && (!v->is_asked || fits_name(fold, &sites->at[i]))) {
            place_add(g, v, &sites->at[i], &last);
        }
    }
    if (v->is_asked && !v->places.n) {
        found = place_find(place_open(g->arena), g->arena, v->q, (struct date){0});
        v->why = found.communes.n ? S("Tên cũ trước ngày 1/7/2025 nay thuộc:") : S("");
    }
    for (size_t i = 0; found.communes.n && i < sites->n; i++) {
        if (is_among(&found, sites->at[i].code)) {
            place_add(g, v, &sites->at[i], &last);
        }
    }
}

struct err portal_communes_get(struct get *g) {
    struct portal_at at;
    struct portal_sites_rows sites;
    struct portal_communes v = {.q = query_param(g->request, S("q"))};
    bool is_answered;
    TRY(portal_begin(g, S(""), &at, &is_answered));
    if (is_answered) {
        return OK;
    }
    v.is_asked = str_trim(v.q).len > 0;
    TRY(portal_sites(g->db, &sites));
    places_choose(g, &v, &sites);
    struct public_page page = portal_page(g, &at, S(""));
    page.description = S("Trang của Mặt trận từng phường, xã, đặc khu của Hải Phòng.");
    page.stamp = v.is_asked ? 0 : at.stamp;
    return answer_public(g, &page_portal_communes, &v, &page);
}
