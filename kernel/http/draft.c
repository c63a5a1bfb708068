/* What was typed into a form whose session had ended is kept for its person, and comes back after signing in again. */
#include <string.h>

#include "base/log.h"
#include "kernel/db/db.h"
#include "kernel/http/body.h"
#include "kernel/http/loop.h"
#include "kernel/http/http_queries.h"

#include "base/banned.h"

enum { BODY_MOST = 128 * 1024, KEEP_MS = 24 * 60 * 60 * 1000 };

static bool is_secret(const struct route *t, struct str name) {
    for (const struct field *k = t->fields; k && k->kind; k++) {
        if (str_eq(k->name, name)) {
            return k->kind == FIELD_SECRET || k->kind == FIELD_FILE;
        }
    }
    return true;
}

static struct str body_written(struct request *r) {
    struct buf b = buf_in(r->arena);
    size_t n;
    const struct form_part *parts = body_parts(r->body, &n);
    for (size_t i = 0; i < n; i++) {
        if (parts[i].upload || parts[i].name.len == 0 || parts[i].name.at[0] == '_' ||
            is_secret(r->route, parts[i].name)) {
            continue;
        }
        buf_put(&b, b.len ? S("&") : S(""));
        url_put(&b, parts[i].name);
        buf_put_char(&b, '=');
        url_put(&b, parts[i].value);
    }
    return buf_str(&b);
}

static struct err keep(struct request *r, struct str token, struct db_write *db) {
    struct person_id person;
    struct instant now = clock_now();
    TRY(auth_who_was(db_reading(db), r->token, &person));
    if (!person.v) {
        return FAIL(ERR_MISSING, "the session is nobody's");
    }
    TRY(http_draft_prune(db, (struct http_draft_prune_in){.before = {now.ms - KEEP_MS}}, NULL));
    TRY(http_kept_prune(db, (struct http_kept_prune_in){.before = {now.ms - KEEP_MS}}, NULL));
    TRY(kept_put(r, db, token, person.v));
    return http_draft_insert(db,
                             (struct http_draft_insert_in){.hash = auth_hash(r->arena, token),
                                                           .person = person.v,
                                                           .path = r->path,
                                                           .body = body_written(r),
                                                           .made_at = now},
                             NULL);
}

bool draft_is_worth(struct request *r) {
    return r->body && r->route->again && csrf_is_right(r, body_part(r->body, "_csrf")) &&
           body_written(r).len <= BODY_MOST;
}

void draft_keep(struct request *r, struct db_write *db) {
    struct str token = token_new(r->arena);
    struct err e = keep(r, token, db);
    if (e.why) {
        db_rollback(db);
        return;
    }
    if (!db_commit(db).why) {
        answer_header(r, S("Set-Cookie"),
                      str_format(r->arena, "draft=%.*s; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax%s",
                                 STR_ARG(token), r->is_secure ? "; Secure" : ""));
    }
}

bool draft_waits(struct request *r) { return request_cookie(r, S("draft")).len > 0; }

static struct err draw(struct get *g, const struct http_draft_find_row *row, struct str token) {
    struct request *r = g->request;
    r->path = row->path;
    r->method = METHOD_POST;
    enum found found = route_find(r->server->routes, r);
    r->method = METHOD_GET;
    if (found != FOUND || !r->route->again || !request_is_open(r)) {
        return FAIL(ERR_MISSING, "the form of the draft is no more");
    }
    struct body *body = body_new(g->arena, S("application/x-www-form-urlencoded"), S(""), BODY_MOST);
    size_t n;
    body_take(body, row->body.at, row->body.len);
    if (body_end(body) != BODY_GOOD) {
        return FAIL(ERR_BROKEN, "a draft cannot be read");
    }
    const struct form_part *parts = body_parts(body, &n);
    TRY(form_read(g->arena, r->route->fields, parts, n, &r->form));
    for (size_t i = 0; i < r->form->values.n; i++) {
        r->form->values.at[i].fault = S("");
    }
    TRY(kept_show(r, g->db, token, row->person));
    r->form->is_refused = true;
    r->form->fault = S("Phiên làm việc đã hết hạn lúc gửi. Nội dung đã nhập vẫn còn đây, mời xem lại rồi gửi.");
    g->path = r->path;
    g->form = r->form;
    return r->route->again(g);
}

/* GET /draft: the page of the form, with what was typed. */
struct err draft_page(struct get *g) {
    struct request *r = g->request;
    struct str token = request_cookie(r, S("draft"));
    struct http_draft_find_row *row = NULL;
    answer_header(r, S("Set-Cookie"), S("draft=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
    if (token.len) {
        TRY(http_draft_find(g->db, (struct http_draft_find_in){.hash = auth_hash(g->arena, token)}, &row));
    }
    if (!row || row->person != g->who->person.v || clock_now().ms - row->made_at.ms > KEEP_MS ||
        draw(g, row, token).why) {
        return see_other_get(g, "/desk");
    }
    return OK;
}

struct err draft_erase(struct db_write *db, struct str kind, int64_t record) {
    struct arena *a = db_write_arena(db);
    struct str path = str_format(a, "/%.*s/%lld", STR_ARG(kind), (long long)record);
    return http_drafts_erase(db,
                             (struct http_drafts_erase_in){.path = path,
                                                           .first = str_format(a, "%.*s/", STR_ARG(path)),
                                                           .last = str_format(a, "%.*s0", STR_ARG(path))},
                             NULL);
}
