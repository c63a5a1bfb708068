#include "tests/db.h"

#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/org/org_change.h"
#include "modules/portal/portal.h"
#include "modules/portal/portal_check.h"
#include "modules/portal/portal_duty.h"
#include "modules/portal/portal_mark.h"
#include "modules/portal/portal_queries.h"
#include "modules/portal/portal_work.h"

/* ---- The small mark-up */

static const struct portal_span *span(const struct portal_text *t, size_t block, size_t line, size_t i) {
    return &t->blocks.at[block].lines.at[line].spans.at[i];
}

TEST("headings, lists, quotations, bold words and links are read into blocks") {
    struct portal_text t =
        portal_mark_read(arena, S("Mở đầu\nvẫn đoạn ấy.\n\n## Đề mục\n- một\n- **hai** rồi [trang](/portal/news)\n\n1. "
                                  "a\n2) b\n\n> Lời nói\n> — Bà Nhàn\n### Nhỏ"));
    CHECK(t.blocks.n == 6);
    CHECK(t.blocks.at[0].kind == PORTAL_PARAGRAPH && t.blocks.at[1].kind == PORTAL_HEADING);
    CHECK_STR(span(&t, 0, 0, 0)->text, S("Mở đầu vẫn đoạn ấy."));
    CHECK(t.blocks.at[2].kind == PORTAL_LIST && t.blocks.at[2].lines.n == 2);
    CHECK(span(&t, 2, 1, 0)->is_bold && !span(&t, 2, 1, 1)->is_bold);
    CHECK_STR(span(&t, 2, 1, 2)->link.v, S("/portal/news"));
    CHECK(t.blocks.at[3].kind == PORTAL_NUMBERS && t.blocks.at[3].lines.n == 2);
    CHECK(t.blocks.at[4].kind == PORTAL_QUOTE);
    CHECK_STR(t.blocks.at[4].by, S("Bà Nhàn"));
    CHECK(t.blocks.at[5].kind == PORTAL_SUBHEADING);
}

TEST("what is typed is never markup, and no address that runs or leaves by another way becomes a link") {
    static const char *const typed[] = {"[x](javascript:alert(1))", "[x](//elsewhere.example)", "[x](data:text/html,1)",
                                        "<script>alert(1)</script>", "[x](/\\elsewhere)"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct portal_text t = portal_mark_read(arena, str_of(typed[i]));
        CHECK(t.blocks.n == 1);
        for (size_t k = 0; k < t.blocks.at[0].lines.at[0].spans.n; k++) {
            struct str link = span(&t, 0, 0, k)->link.v;
            CHECK(link.len == 0 || str_eq(link, S("/")));
        }
    }
}

TEST("any bytes are read in time in proportion to their length") {
    static const char pieces[] = "[**]( )>#-1. \n";
    char *at = arena_take(arena, char, 60000);
    for (size_t i = 0; i < 60000; i++) {
        at[i] = pieces[(i * i + i / 7) % (sizeof pieces - 1)];
    }
    struct portal_text t = portal_mark_read(arena, (struct str){at, 60000});
    CHECK(t.blocks.n > 0);
    CHECK(portal_mark_words(arena, &t).len <= 61000);
}

/* ---- What keeps a text from being published */

static bool has_fault(struct arena *a, struct portal_checked t, const char *words) {
    struct portal_faults f = {0};
    portal_check(a, &t, &f);
    for (size_t i = 0; i < f.n; i++) {
        if (str_find(f.at[i].words, str_of(words), 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static const struct portal_checked good = {
    .title = S_INIT("Xã khởi công sáu nhà mới"),
    .lead = S_INIT("Sáu hộ được chọn tại cuộc họp thôn."),
    .body = S_INIT("Mỗi nhà 60.000.000 đồng. Gọi 0225 3842 001. Xem [tin của thành phố](/portal/news)."),
    .source = S_INIT("Mặt trận xã"),
    .author = S_INIT("Lê Hoa")};

TEST("a good text has no fault; sums, dates and an office's telephone are nobody's personal data") {
    struct portal_faults f = {0};
    struct portal_checked t = good;
    t.body = S("Ngày 30.11.2026, hết 17.257.750.000 đ, có 1.912 khu dân cư. Hỏi 0225 3842 001. Số tài khoản của Quỹ "
               "Cứu trợ: 114000012345.");
    portal_check(arena, &t, &f);
    CHECK(f.n == 0);
}

TEST("each sort of bad text is refused with what to do") {
    static const struct {
        struct str body;
        const char *words;
    } bad[] = {{S_INIT("Xem [tại đây](/portal/news)."), "không nói dẫn tới đâu"},
               {S_INIT("### Nhỏ trước\nchữ"), "Đề mục nhỏ"},
               {S_INIT("Bà Nhàn, 0912 345 678."), "di động"},
               {S_INIT("Căn cước 031085001234 cấp năm 2021."), "căn cước"},
               {S_INIT("Ủng hộ số tài khoản 0031000123456 của bà Nhàn."), "tài khoản"},
               {S_INIT("[chữ](javascript:x)"), "viết chưa đúng"},
               {S_INIT(" \n \n"), "Chưa có nội dung"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct portal_checked t = good;
        t.body = bad[i].body;
        CHECK(has_fault(arena, t, bad[i].words));
        CHECK(!has_fault(arena, good, bad[i].words));
    }
    struct portal_checked t = good;
    t.has_picture = true;
    CHECK(has_fault(arena, t, "lời tả"));
    t = good;
    t.source = S("");
    CHECK(has_fault(arena, t, "nguồn"));
    t.title = S("Ngắn");
    CHECK(has_fault(arena, t, "ngắn quá"));
}

TEST("an address is made of letters without marks, and ends at a word") {
    CHECK_STR(portal_slug_made(arena, S("Đường hoa: 61/64 hộ!")), S("duong-hoa-61-64-ho"));
    CHECK_STR(portal_slug_made(arena, S("…")), S("bai"));
    struct str lang = portal_slug_made(
        arena, S("một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm sáu bảy tám chín mười một hai"));
    CHECK(lang.len <= 80 && lang.at[lang.len - 1] != '-');
}

/* ---- Three committees with people */

struct town {
    struct arena *arena;
    struct db_write *w;
    struct who city_writer, city_chair, clerk, chair, stranger;
    struct unit_id city, commune, other;
};

static struct err person(struct town *t, struct unit_id unit, struct str name, uint64_t roles, struct who *who) {
    struct person_id id;
    struct post_id post;
    TRY(org_person_make(t->w, &(struct org_person_new){.name = name, .address = S("đồng chí")}, &id));
    TRY(org_post_give(t->w,
                      &(struct org_post_new){.person = id,
                                             .unit = unit,
                                             .title = S("Chức danh"),
                                             .roles = roles,
                                             .from_on = date_plus(clock_today(), -400)},
                      &post));
    return org_auth.wear(db_reading(t->w), id, post, clock_today(), who);
}

static struct err committee(struct town *t, const char *code, const char *level, const char *name, struct unit_id *id) {
    return org_unit_make(t->w,
                         &(struct org_unit_new){.code = str_of(code),
                                                .kind = S("front"),
                                                .level = str_of(level),
                                                .name = str_of(name),
                                                .short_name = str_of(name)},
                         id);
}

static struct err settle(struct town *t) {
    TRY(org_seed(t->w, t->arena));
    TRY(committee(t, "MT31", "city", "MTTQ thành phố Hải Phòng", &t->city));
    TRY(committee(t, "MT10888", "commune", "MTTQ xã Cẩm Giang", &t->commune));
    TRY(committee(t, "MT10909", "commune", "MTTQ xã Cẩm Giàng", &t->other));
    TRY(person(t, t->city, S("Trần Minh"), ROLE_OFFICER, &t->city_writer));
    TRY(person(t, t->city, S("Đào Công"), ROLE_LEADER, &t->city_chair));
    TRY(person(t, t->commune, S("Lê Hoa"), ROLE_OFFICER | ROLE_LEADER, &t->clerk));
    TRY(person(t, t->commune, S("Vũ Khánh"), ROLE_LEADER, &t->chair));
    TRY(person(t, t->other, S("Ngô Bình"), ROLE_LEADER, &t->stranger));
    return portal_sites_make(t->w, t->arena);
}

static struct err town_open(struct db *db, struct arena *arena, struct town *t) {
    *t = (struct town){.arena = arena};
    TRY(db_begin_write(db, arena, &t->w));
    return settle(t);
}

static struct portal_draft draft_of(struct str title) {
    return (struct portal_draft){.title = title,
                                 .lead = good.lead,
                                 .body = good.body,
                                 .source = good.source,
                                 .author = good.author,
                                 .category = S("relief")};
}

static struct portal_article_by_id_row *article(struct town *t, struct portal_article_id id) {
    struct portal_article_by_id_row *a = NULL;
    err_ignore(portal_article_by_id(db_reading(t->w), (struct portal_article_by_id_in){.id = id}, &a));
    return a;
}

static struct err act(struct town *t, const struct who *who, struct portal_article_id id, const char *verb,
                      struct portal_said said) {
    said.version = said.version ? said.version : article(t, id)->version;
    return portal_move(t->w, who, id, verb, &said);
}

#define MOVE(who_, verb_, ...) act(&t, &t.who_, id, verb_, (struct portal_said){__VA_ARGS__})

static size_t shown(struct town *t, int64_t site, int64_t also) {
    struct portal_news_of_rows rows = {0};
    err_ignore(portal_news_of(db_reading(t->w),
                              (struct portal_news_of_in){.site = site, .also = also, .before = INT64_MAX, .most = 100},
                              &rows));
    return rows.n;
}

static int64_t site_of(struct town *t, struct unit_id unit) {
    struct portal_site_of_unit_row *s = NULL;
    err_ignore(portal_site_of_unit(db_reading(t->w), (struct portal_site_of_unit_in){.unit = unit.v}, &s));
    return s ? s->id.v : 0;
}

TEST_DB("every committee has a site with a list of duties; of two names alike without marks one bears its code") {
    struct town t;
    struct portal_sites_rows sites;
    struct portal_duties_rows duties;
    CHECK_OK(town_open(db, arena, &t));
    CHECK_OK(portal_sites_make(t.w, arena));
    CHECK_OK(portal_sites(db_reading(t.w), &sites));
    CHECK(sites.n == 3 && sites.at[0].is_city);
    CHECK_STR(sites.at[0].slug, S("thanh-pho"));
    CHECK_STR(sites.at[1].slug, S("cam-giang"));
    CHECK_STR(sites.at[2].slug, S("cam-giang-10909"));
    CHECK_STR(sites.at[1].name, S("Xã Cẩm Giang"));
    CHECK_OK(portal_duties(db_reading(t.w), (struct portal_duties_in){.site = sites.at[1].id}, &duties));
    CHECK(duties.n == 13);
    db_rollback(t.w);
}

TEST_DB("an article goes live only when somebody else approves it, and is not there for another committee") {
    struct town t;
    struct portal_article_id id;
    struct portal_draft d = draft_of(S("Xã khởi công sáu nhà mới"));
    CHECK_OK(town_open(db, arena, &t));
    CHECK_OK(portal_add(t.w, &t.clerk, &d, &id));
    CHECK_ERR(MOVE(stranger, "submission", .version = 0), ERR_MISSING);
    CHECK_ERR(MOVE(chair, "approval", .version = 0), ERR_CONFLICT);
    CHECK_OK(MOVE(clerk, "submission", .version = 0));
    CHECK_ERR(MOVE(clerk, "approval", .version = 0), ERR_DENIED);
    CHECK_ERR(MOVE(city_chair, "approval", .version = 0), ERR_MISSING);
    CHECK(shown(&t, site_of(&t, t.commune), 0) == 0);
    CHECK_OK(MOVE(chair, "approval", .version = 0));
    CHECK_STR(article(&t, id)->state, S("live"));
    CHECK(shown(&t, site_of(&t, t.commune), 0) == 1 && shown(&t, site_of(&t, t.city), site_of(&t, t.city)) == 0);
    db_rollback(t.w);
}

TEST_DB("a text with faults is neither sent nor approved, and what was returned says why") {
    struct town t;
    struct portal_article_id id;
    struct portal_draft d = draft_of(S("Xã khởi công sáu nhà mới"));
    CHECK_OK(town_open(db, arena, &t));
    d.body = S("Bà Nhàn, 0912 345 678.");
    CHECK_OK(portal_add(t.w, &t.clerk, &d, &id));
    CHECK_ERR(MOVE(clerk, "submission", .version = 0), ERR_INVALID);
    d.body = good.body;
    d.version = article(&t, id)->version;
    CHECK_OK(portal_change(t.w, &t.clerk, id, &d));
    CHECK_ERR(portal_change(t.w, &t.clerk, id, &d), ERR_CONFLICT);
    CHECK_OK(MOVE(clerk, "submission", .version = 0));
    d.version = article(&t, id)->version;
    CHECK_ERR(portal_change(t.w, &t.clerk, id, &d), ERR_CONFLICT);
    CHECK_ERR(MOVE(chair, "return", .version = 0), ERR_INVALID);
    CHECK_OK(MOVE(chair, "return", .reason = S("Thêm ngày")));
    CHECK_STR(article(&t, id)->stage, S("returned"));
    db_rollback(t.w);
}

TEST_DB("a commune proposes to the city, the city takes it, and withdrawing takes it off both at once") {
    struct town t;
    struct portal_article_id id;
    struct portal_draft d = draft_of(S("Xã khởi công sáu nhà mới"));
    CHECK_OK(town_open(db, arena, &t));
    int64_t city = site_of(&t, t.city), commune = site_of(&t, t.commune);
    CHECK_OK(portal_add(t.w, &t.clerk, &d, &id));
    CHECK_OK(MOVE(clerk, "submission", .proposes = true));
    CHECK_OK(MOVE(chair, "approval", .version = 0));
    CHECK_ERR(MOVE(chair, "taking", .version = 0), ERR_DENIED);
    CHECK_OK(MOVE(city_chair, "taking", .version = 0));
    CHECK(shown(&t, city, city) == 1 && shown(&t, commune, 0) == 1);
    CHECK_ERR(MOVE(city_chair, "withdrawal", .reason = S("x")), ERR_DENIED);
    CHECK_ERR(MOVE(clerk, "withdrawal", .version = 0), ERR_INVALID);
    CHECK_OK(MOVE(clerk, "withdrawal", .reason = S("Sai số hộ")));
    CHECK(shown(&t, city, city) == 0 && shown(&t, commune, 0) == 0);
    CHECK_STR(article(&t, id)->state, S("withdrawn"));
    db_rollback(t.w);
}

TEST_DB("the city sends an article to every commune, and approves for one that asks") {
    struct town t;
    struct portal_article_id id;
    struct portal_draft d = draft_of(S("Rà soát danh sách quà Tết"));
    CHECK_OK(town_open(db, arena, &t));
    CHECK_OK(portal_add(t.w, &t.city_writer, &d, &id));
    d.is_for_communes = true;
    d.version = 1;
    CHECK_OK(portal_change(t.w, &t.city_writer, id, &d));
    CHECK_OK(MOVE(city_writer, "submission", .version = 0));
    CHECK_OK(MOVE(city_chair, "approval", .version = 0));
    CHECK(shown(&t, site_of(&t, t.commune), 0) == 1 && shown(&t, site_of(&t, t.other), 0) == 1);
    d = draft_of(S("Tin xã nhờ thành phố duyệt"));
    CHECK_OK(portal_add(t.w, &t.clerk, &d, &id));
    CHECK_OK(MOVE(clerk, "submission", .asks_city = true));
    CHECK_OK(MOVE(city_chair, "approval", .version = 0));
    CHECK(shown(&t, site_of(&t, t.commune), 0) == 2 && shown(&t, site_of(&t, t.other), 0) == 1);
    db_rollback(t.w);
}

TEST_DB("what is read stays until its correction is approved, and an old address leads to the same article") {
    struct town t;
    struct portal_article_id id;
    struct portal_article_at_row *a;
    struct portal_draft d = draft_of(S("Xã khởi công sáu nhà mới"));
    CHECK_OK(town_open(db, arena, &t));
    CHECK_OK(portal_add(t.w, &t.clerk, &d, &id));
    CHECK_OK(MOVE(clerk, "submission", .version = 0));
    CHECK_OK(MOVE(chair, "approval", .version = 0));
    int64_t live = article(&t, id)->live;
    d = draft_of(S("Xã khởi công bảy nhà mới"));
    d.slug = S("bảy nhà mới");
    d.version = article(&t, id)->version;
    CHECK_OK(portal_change(t.w, &t.clerk, id, &d));
    CHECK(article(&t, id)->live == live && str_eq(article(&t, id)->title, S("Xã khởi công sáu nhà mới")));
    CHECK_OK(MOVE(clerk, "submission", .version = 0));
    CHECK_OK(MOVE(chair, "approval", .version = 0));
    CHECK(article(&t, id)->live != live && str_eq(article(&t, id)->title, S("Xã khởi công bảy nhà mới")));
    struct portal_site_id site = {site_of(&t, t.commune)};
    CHECK_OK(portal_article_at(db_reading(t.w),
                               (struct portal_article_at_in){.site = site, .slug = S("xa-khoi-cong-sau-nha-moi")}, &a));
    CHECK(a && a->id.v == id.v && str_eq(a->slug, S("bay-nha-moi")));
    CHECK(shown(&t, site.v, 0) == 1);
    db_rollback(t.w);
}

TEST_DB("what is approved for a time goes live when it has come, once, and not before; taken back it does not") {
    struct town t;
    struct portal_article_id id;
    struct portal_draft d = draft_of(S("Lịch tiếp công dân quý một"));
    struct instant now = clock_now(), at = {now.ms + INT64_C(7200000)};
    int64_t n;
    clock_freeze(now);
    CHECK_OK(town_open(db, arena, &t));
    CHECK_OK(portal_add(t.w, &t.clerk, &d, &id));
    CHECK_OK(MOVE(clerk, "submission", .version = 0));
    CHECK_ERR(MOVE(chair, "approval", .publish_at = {now.ms - 1}), ERR_INVALID);
    CHECK_OK(MOVE(chair, "approval", .publish_at = at));
    CHECK_OK(portal_publish_due(t.w, &n));
    CHECK(n == 0 && str_eq(article(&t, id)->stage, S("approved")));
    CHECK_OK(MOVE(clerk, "recall", .version = 0));
    clock_freeze((struct instant){at.ms + 1});
    CHECK_OK(portal_publish_due(t.w, &n));
    CHECK(n == 0);
    CHECK_OK(MOVE(clerk, "submission", .version = 0));
    CHECK_OK(MOVE(chair, "approval", .publish_at = {at.ms + 1000}));
    clock_freeze((struct instant){at.ms + 2000});
    CHECK_OK(portal_publish_due(t.w, &n));
    CHECK(n == 1 && str_eq(article(&t, id)->state, S("live")));
    CHECK_OK(portal_publish_due(t.w, &n));
    CHECK(n == 0);
    clock_freeze((struct instant){0});
    db_rollback(t.w);
}

TEST_DB("the counters of the boxes are the lengths of their lists") {
    struct town t;
    struct portal_article_id id;
    struct portal_lines lines;
    int64_t counts[PORTAL_BOXES];
    CHECK_OK(town_open(db, arena, &t));
    for (int i = 0; i < 5; i++) {
        struct portal_draft d = draft_of(S("Xã khởi công sáu nhà mới"));
        CHECK_OK(portal_add(t.w, &t.clerk, &d, &id));
        if (i > 1) {
            CHECK_OK(MOVE(clerk, "submission", .asks_city = i == 4));
        }
    }
    CHECK_OK(portal_box_counts(db_reading(t.w), &t.clerk, counts));
    for (int b = 0; b <= PORTAL_BOX_APPROVED; b++) {
        CHECK_OK(portal_box_read(db_reading(t.w), &t.clerk,
                                 &(struct portal_box_asked){(enum portal_box)b, INT64_MAX, 100}, &lines));
        CHECK((int64_t)lines.n == counts[b]);
    }
    CHECK(counts[PORTAL_BOX_DRAFT] == 2 && counts[PORTAL_BOX_SUBMITTED] == 3);
    CHECK_OK(portal_box_counts(db_reading(t.w), &t.city_chair, counts));
    CHECK_OK(portal_box_read(db_reading(t.w), &t.city_chair,
                             &(struct portal_box_asked){PORTAL_BOX_ASKED, INT64_MAX, 100}, &lines));
    CHECK(lines.n == 1 && counts[PORTAL_BOX_ASKED] == 1);
    CHECK_OK(portal_box_read(db_reading(t.w), &t.stranger, &(struct portal_box_asked){PORTAL_BOX_ASKED, INT64_MAX, 100},
                             &lines));
    CHECK(lines.n == 0);
    db_rollback(t.w);
}

TEST("a duty without a page is missing, an old one is to be looked at again") {
    struct portal_duty_item item = {.days = 30};
    struct date today = {2026, 11, 30};
    CHECK(portal_duty_stands(&item, S(""), today, today) == PORTAL_DUTY_MISSING);
    CHECK(portal_duty_stands(&item, S("/x"), (struct date){0}, today) == PORTAL_DUTY_MISSING);
    CHECK(portal_duty_stands(&item, S("/x"), date_plus(today, -30), today) == PORTAL_DUTY_KEPT);
    CHECK(portal_duty_stands(&item, S("/x"), date_plus(today, -31), today) == PORTAL_DUTY_OLD);
    item.days = 0;
    CHECK(portal_duty_stands(&item, S("/x"), date_plus(today, -3100), today) == PORTAL_DUTY_KEPT);
}
