#include "modules/citizen/citizen.h"

#include <sodium.h>

#include "base/arena.h"
#include "kernel/page/html.h"
#include "modules/citizen/citizen_inside.h"
#include "modules/citizen/citizen_token.h"

#include "base/banned.h"

enum { RANDOM = 32, COOKIE_MOST = 64 };

struct str citizen_random(struct arena *a) {
    unsigned char bytes[RANDOM];
    randombytes_buf(bytes, sizeof bytes);
    return citizen_base64(a, (struct str){(const char *)bytes, sizeof bytes});
}

/* ---- Who is signed in */

struct err citizen_of(struct db_read *db, struct request *r, struct citizen *c) {
    struct citizen_session_find_row *row = NULL;
    struct str secret = request_cookie(r, S("citizen"));
    *c = (struct citizen){0};
    if (!secret.len || secret.len > COOKIE_MOST) {
        return OK;
    }
    TRY(citizen_session_find(
        db, (struct citizen_session_find_in){.token = auth_hash(db_arena(db), secret), .now = clock_now()}, &row));
    if (row) {
        *c = (struct citizen){.id = row->person, .name = row->name, .level = row->level};
    }
    return OK;
}

struct err citizen_sent(struct db_write *db, struct request *r, struct receipt_item_id item) {
    struct citizen c;
    TRY(citizen_of(db_reading(db), r, &c));
    return c.id.v
               ? citizen_sending_add(
                     db, (struct citizen_sending_add_in){.person = c.id, .item = item, .added_at = clock_now()}, NULL)
               : OK;
}

struct err citizen_owns(struct db_read *db, struct request *r, struct receipt_item_id item, bool *owns) {
    struct citizen c;
    struct citizen_sending_find_row *row = NULL;
    TRY(citizen_of(db, r, &c));
    if (c.id.v) {
        TRY(citizen_sending_find(db, (struct citizen_sending_find_in){.person = c.id, .item = item}, &row));
    }
    *owns = row != NULL;
    return OK;
}

/* ---- The provider */

struct err citizen_provider(struct db_read *db, struct citizen_provider_row_row **row) {
    TRY(citizen_provider_row(db, row));
    if (*row && (!(*row)->is_on || !(*row)->authorize_url.len || !(*row)->jwks.len)) {
        *row = NULL;
    }
    return OK;
}

struct err citizen_way(struct db_read *db, struct str *name) {
    struct citizen_provider_row_row *row;
    TRY(citizen_provider(db, &row));
    *name = row ? row->name : S("");
    return OK;
}

int64_t citizen_level(struct str levels, struct str name) {
    struct str piece;
    for (int64_t i = 1; str_next(&levels, ' ', &piece); i++) {
        if (name.len && str_eq(piece, name)) {
            return i;
        }
    }
    return 0;
}

struct str citizen_level_name(struct str levels, int64_t level) {
    struct str piece;
    for (int64_t i = 1; str_next(&levels, ' ', &piece); i++) {
        if (i == level) {
            return piece;
        }
    }
    return S("");
}

static const struct nav_entry nav[] = {
    {.area = AREA_ADMIN,
     .order = 55,
     .title = "Người dân đăng nhập",
     .path = "/admin/citizen",
     .icon = ICON("user-check")},
    {0},
};
static const struct verb_words verbs[] = {
    {"citizen.signin", "Người dân đăng nhập"},
    {"citizen.leave", "Người dân xóa tài khoản, rút lại đồng ý"},
    {"citizen.provider", "Đổi nơi xác nhận danh tính người dân"},
    {0},
};

static struct err seed(struct db_write *db, struct arena *arena) {
    (void)arena;
    TRY(citizen_provider_first(db, (struct citizen_provider_first_in){.changed_at = clock_now()}, NULL));
    return job_add(db, &(struct job_new){.kind = S("citizen.discover"), .is_single = true}, NULL);
}

const struct module citizen_module = {.name = "citizen",
                                      .title = "Hồ sơ của tôi",
                                      .routes = citizen_routes,
                                      .nav = nav,
                                      .verbs = verbs,
                                      .job_kinds = citizen_job_kinds,
                                      .seed = seed};
