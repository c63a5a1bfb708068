#include "modules/notice/notice.h"
#include "base/arena.h"
#include "base/num.h"
#include "kernel/db/db.h"
#include "kernel/erase/erase.h"
#include "kernel/queue/event.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/port/told.h"
#include "kernel/http/http.h"
#include "kernel/db/id.h"
#include "read/json.h"
#include "modules/notice/notice_pages_gen.h"
#include "modules/notice/notice_queries.h"
#include "modules/notice/notice_view.h"
#include "modules/org/org.h"

enum { ON_A_PAGE = 40 };

static bool fits(struct str pattern, struct str event) {
    if (str_ends(pattern, S(".*"))) {
        return str_starts(event, str_slice(pattern, 0, pattern.len - 1));
    }
    return str_starts(pattern, S("*.")) ? str_ends(event, str_slice(pattern, 1, pattern.len)) : str_eq(pattern, event);
}

/* The first kind that fits; NULL when nobody names the event. */
static const struct told_kind *kind_of(struct str event) {
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct told_kind *k = modules.at[i]->told; k && k->event; k++) {
            if (fits(str_of(k->event), event)) {
                return k;
            }
        }
    }
    return NULL;
}

struct str notice_group(struct str event) {
    const struct told_kind *kind = kind_of(event);
    return kind ? kind->group : S("Khác");
}

static struct err told_of(struct db_write *db, const struct event *e, struct told *told) {
    struct arena *a = db_write_arena(db);
    const struct told_kind *kind = kind_of(e->kind);
    if (kind && kind->tell) {
        return kind->tell(db_reading(db), e, told);
    }
    *told = (struct told){
        .to = e->to, .words = json_read_text(a, e->body, "words"), .path = json_read_text(a, e->body, "path")};
    return OK;
}

/* A place on this site; '' none. */
static struct str path_here(struct str path) {
    return str_starts(path, S("/")) && !str_starts(path, S("//")) ? path : S("");
}

static struct err tell(struct db_write *db, const struct event *e, struct post_id post, const struct told *told) {
    int64_t made = 0;
    TRY(notice_insert(db,
                      (struct notice_insert_in){.id = {id_new()},
                                                .post = post.v,
                                                .event = e->id,
                                                .kind = e->kind,
                                                .record = e->record,
                                                .words = told->words,
                                                .path = path_here(told->path),
                                                .told_at = e->at},
                      &made));
    return made ? notice_unread_add(db, (struct notice_unread_add_in){.post = post.v}, NULL) : OK;
}

static struct err hear(struct db_write *db, const struct event *e) {
    struct told told = {0};
    TRY(told_of(db, e, &told));
    if (!told.to || !told.words.len) {
        return OK;
    }
    struct org_post_ids posts;
    TRY(org_posts_of(db_reading(db), told.to, &posts));
    for (size_t i = 0; i < posts.n; i++) {
        if (posts.at[i].v != e->post) {
            TRY(tell(db, e, posts.at[i], &told));
        }
    }
    return OK;
}

static struct err notice_list_get(struct get *g) {
    int64_t before = INT64_MAX;
    if (!num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &before)) {
        before = INT64_MAX;
    }
    struct notice_list_rows rows;
    TRY(notice_list(g->db, (struct notice_list_in){.post = g->who->post.v, .before = before, .limit = ON_A_PAGE + 1},
                    &rows));
    struct notice_list v = {0};
    for (size_t i = 0; i < rows.n && i < ON_A_PAGE; i++) {
        const struct notice_list_row *r = &rows.at[i];
        bool is_new = r->read_at.ms == 0;
        v.has_new = v.has_new || is_new;
        LIST_ADD(g->arena, &v.items,
                 (struct notice_told){.id = r->id.v,
                                      .group = notice_group(r->kind),
                                      .words = r->words,
                                      .told_at = r->told_at,
                                      .is_new = is_new});
    }
    if (rows.n > ON_A_PAGE) {
        v.older = link_local(g->arena, "/notice?before=%lld", (long long)rows.at[ON_A_PAGE - 1].id.v);
    }
    return answer_notice_list(g, &v);
}

static struct err less(struct post *p, int64_t read) {
    return read ? notice_unread_less(p->db, (struct notice_unread_less_in){.post = p->who->post.v, .read = read}, NULL)
                : OK;
}

/* Opening a notice marks everything told of its record as read, and goes there. */
static struct err notice_reading_post(struct post *p) {
    int64_t id, read = 0;
    TRY(path_id(p->request, S("id"), &id));
    struct notice_find_row *row;
    TRY(notice_find(db_reading(p->db), (struct notice_find_in){.id = {id}, .post = p->who->post.v}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such notice, or another's");
    }
    TRY(notice_read_record(
        p->db, (struct notice_read_record_in){.post = p->who->post.v, .record = row->record, .read_at = clock_now()},
        &read));
    TRY(less(p, read));
    if (row->path.len) {
        return see_other(p, "%.*s", STR_ARG(row->path));
    }
    struct str kind, verb;
    str_cut(row->kind, S("."), &kind, &verb);
    return see_other(p, "/%.*s/%lld", STR_ARG(kind), (long long)row->record);
}

static struct err notice_reading_all_post(struct post *p) {
    int64_t read = 0;
    TRY(notice_read_all(p->db, (struct notice_read_all_in){.post = p->who->post.v, .read_at = clock_now()}, &read));
    TRY(less(p, read));
    return see_other(p, "/notice");
}

static const struct field notice_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {0},
};

static const struct route notice_routes[] = {
    {.method = METHOD_GET,
     .path = "/notice",
     .access = ACCESS_SIGNED_IN,
     .get = notice_list_get,
     .fields = notice_query,
     .name = S_INIT("Thông báo")},
    {.method = METHOD_POST,
     .path = "/notice/{id}/reading",
     .access = ACCESS_SIGNED_IN,
     .post = notice_reading_post,
     .name = S_INIT("Mở thông báo")},
    {.method = METHOD_POST,
     .path = "/notice/reading",
     .access = ACCESS_SIGNED_IN,
     .post = notice_reading_all_post,
     .name = S_INIT("Đánh dấu đã đọc")},
    {0},
};

static const struct event_listener notice_listeners[] = {
    {.name = "notice.event", .pattern = "*", .hear = hear},
    {0},
};

static struct err notice_forget(struct db_write *db, const struct erase *e) {
    return e->file ? OK
                   : notice_erase(db,
                                  (struct notice_erase_in){.words = S("Nội dung đã được xóa theo yêu cầu."),
                                                           .record = e->record},
                                  NULL);
}

struct err notice_latest(struct db_read *db, struct post_id post, int64_t limit, struct notice_latest *latest) {
    struct notice_list_rows rows;
    TRY(notice_list(db, (struct notice_list_in){.post = post.v, .before = INT64_MAX, .limit = limit}, &rows));
    *latest = (struct notice_latest){0};
    for (size_t i = 0; i < rows.n; i++) {
        const struct notice_list_row *r = &rows.at[i];
        LIST_ADD(db_arena(db), latest, (struct notice_latest_item){r->id.v, r->words, r->told_at, r->read_at.ms == 0});
    }
    return OK;
}

static struct err notice_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    struct notice_unread_of_row *row;
    TRY(notice_unread_of(db, (struct notice_unread_of_in){.post = who->post.v}, &row));
    *n = row ? row->n : 0;
    *is_hot = *n > 0;
    return OK;
}

static const struct nav_entry notice_nav[] = {
    {.area = AREA_BELL,
     .order = 1,
     .title = "Thông báo",
     .path = "/notice",
     .icon = ICON("bell"),
     .count = notice_count},
    {0},
};

const struct module notice_module = {.name = "notice",
                                     .title = "Thông báo",
                                     .nav = notice_nav,
                                     .routes = notice_routes,
                                     .listeners = notice_listeners,
                                     .erase = notice_forget};
