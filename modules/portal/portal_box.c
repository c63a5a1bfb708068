/* In which box an article stands: lists and counters read the same rows. */
#include "base/arena.h"
#include "modules/portal/portal_queries.h"
#include "modules/portal/portal_work.h"

struct str portal_state_name(struct str state, struct str stage) {
    static const struct {
        struct str stage, name;
    } names[] = {{S_INIT("draft"), S_INIT("Bản nháp")},
                 {S_INIT("returned"), S_INIT("Bị trả lại")},
                 {S_INIT("submitted"), S_INIT("Chờ duyệt")},
                 {S_INIT("approved"), S_INIT("Đã duyệt, chờ giờ đăng")}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(stage, names[i].stage)) {
            return names[i].name;
        }
    }
    return str_eq(state, S("withdrawn")) ? S("Đã rút") : S("Đã đăng");
}

struct str portal_state_tone(struct str state, struct str stage) {
    if (str_eq(stage, S("returned"))) {
        return S("red");
    }
    if (str_eq(stage, S("submitted"))) {
        return S("gold");
    }
    if (str_eq(stage, S("approved"))) {
        return S("blue");
    }
    return str_eq(stage, S("none")) && str_eq(state, S("live")) ? S("green") : S("");
}

struct err portal_is_city(struct db_read *db, const struct who *who, bool *is_city) {
    struct portal_city_row *city;
    TRY(portal_city(db, &city));
    *is_city = city && city->unit == who->organ.v;
    return OK;
}

#define LINES_OF(a, rows, most, lines)                                                                                 \
    for (size_t i = 0; i < (rows).n && i < (most); i++) {                                                              \
        LIST_ADD((a), (lines),                                                                                         \
                 (struct portal_line){.title = (rows).at[i].title,                                                     \
                                      .category = portal_category_name((rows).at[i].category),                         \
                                      .site_name = (rows).at[i].site_name,                                             \
                                      .author = (rows).at[i].author,                                                   \
                                      .state = portal_state_name((rows).at[i].state, (rows).at[i].stage),              \
                                      .tone = portal_state_tone((rows).at[i].state, (rows).at[i].stage),               \
                                      .link = link_record((a), S("/portal/office/"), (rows).at[i].id.v, S("")),        \
                                      .at = (rows).at[i].changed_at});                                                 \
    }                                                                                                                  \
    (lines)->older = (rows).n > (most) ? (rows).at[(most)-1].id.v : 0

static struct err in_stage(struct db_read *db, int64_t unit, const char *stage, const struct portal_box_asked *asked,
                           struct portal_lines *lines) {
    struct portal_in_stage_rows rows;
    struct portal_in_stage_in in = {
        .unit = unit, .stage = str_of(stage), .before = asked->before, .most = (int64_t)asked->most + 1};
    TRY(portal_in_stage(db, in, &rows));
    LINES_OF(db_arena(db), rows, asked->most, lines);
    return OK;
}

static struct err in_state(struct db_read *db, int64_t unit, const char *state, const struct portal_box_asked *asked,
                           struct portal_lines *lines) {
    struct portal_in_state_rows rows;
    struct portal_in_state_in in = {
        .unit = unit, .state = str_of(state), .before = asked->before, .most = (int64_t)asked->most + 1};
    TRY(portal_in_state(db, in, &rows));
    LINES_OF(db_arena(db), rows, asked->most, lines);
    return OK;
}

/* What communes ask of the city. */
static struct err of_communes(struct db_read *db, const struct portal_box_asked *asked, struct portal_lines *lines) {
    if (asked->box == PORTAL_BOX_ASKED) {
        struct portal_for_city_rows rows;
        TRY(portal_for_city(db, (struct portal_for_city_in){.before = asked->before, .most = (int64_t)asked->most + 1},
                            &rows));
        LINES_OF(db_arena(db), rows, asked->most, lines);
        return OK;
    }
    struct portal_proposed_rows rows;
    TRY(portal_proposed(db, (struct portal_proposed_in){.before = asked->before, .most = (int64_t)asked->most + 1},
                        &rows));
    LINES_OF(db_arena(db), rows, asked->most, lines);
    return OK;
}

struct err portal_box_read(struct db_read *db, const struct who *who, const struct portal_box_asked *asked,
                           struct portal_lines *lines) {
    static const char *const words[] = {"draft", "returned", "submitted", "approved", "live", "withdrawn"};
    bool is_city;
    *lines = (struct portal_lines){0};
    if (asked->box <= PORTAL_BOX_APPROVED) {
        return in_stage(db, who->organ.v, words[asked->box], asked, lines);
    }
    if (asked->box <= PORTAL_BOX_WITHDRAWN) {
        return in_state(db, who->organ.v, words[asked->box], asked, lines);
    }
    TRY(portal_is_city(db, who, &is_city));
    return is_city ? of_communes(db, asked, lines) : OK;
}

struct err portal_box_counts(struct db_read *db, const struct who *who, int64_t counts[PORTAL_BOXES]) {
    struct portal_counts_row *own;
    struct portal_city_counts_row *city;
    bool is_city;
    for (int i = 0; i < PORTAL_BOXES; i++) {
        counts[i] = -1;
    }
    TRY(portal_counts(db, (struct portal_counts_in){.unit = who->organ.v}, &own));
    counts[PORTAL_BOX_DRAFT] = own->drafts;
    counts[PORTAL_BOX_RETURNED] = own->returned;
    counts[PORTAL_BOX_SUBMITTED] = own->submitted;
    counts[PORTAL_BOX_APPROVED] = own->approved;
    TRY(portal_is_city(db, who, &is_city));
    if (is_city) {
        TRY(portal_city_counts(db, &city));
        counts[PORTAL_BOX_ASKED] = city->asked;
        counts[PORTAL_BOX_PROPOSED] = city->proposed;
    }
    return OK;
}

/* ---- Categories */
const struct choice portal_categories[] = {{S_INIT("activity"), S_INIT("Hoạt động Mặt trận")},
                                           {S_INIT("relief"), S_INIT("An sinh, cứu trợ")},
                                           {S_INIT("oversight"), S_INIT("Giám sát, phản biện")},
                                           {S_INIT("movement"), S_INIT("Phong trào, cuộc vận động")},
                                           {S_INIT("notice"), S_INIT("Thông báo")},
                                           {{0}, {0}}};

struct str portal_category_name(struct str code) {
    for (const struct choice *c = portal_categories; c->value.len; c++) {
        if (str_eq(c->value, code)) {
            return c->label;
        }
    }
    return S("");
}
