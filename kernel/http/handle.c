/* From a whole request to its answer: who asks, whether they may, the handler, and what becomes of its faults. */
#include <string.h>

#include "base/log.h"
#include "kernel/db/db.h"
#include "kernel/http/loop.h"
#include "kernel/page/i18n.h"

#include "base/banned.h"

enum { DRAIN_BYTES = 16 * 1024 * 1024, STRANGER_DRAIN_BYTES = 256 * 1024, SMALL_BODY = 32 * 1024 };

bool server_is_draining(const struct server *s) { return s->is_draining; }

const struct shell_plan *request_shell_plan(const struct request *r) { return r->server->setup.shell; }

const char *session_cookie(const struct request *r) { return r->is_secure ? "__Host-doanket" : "doanket"; }

static enum method method_of(struct request *r) {
    if (str_eq(r->method_name, S("GET"))) {
        return METHOD_GET;
    }
    if (str_eq(r->method_name, S("HEAD"))) {
        r->is_head = true;
        return METHOD_GET;
    }
    return str_eq(r->method_name, S("POST")) ? METHOD_POST : str_eq(r->method_name, S("DELETE")) ? METHOD_DELETE : 0;
}

static bool came_securely(struct request *r) {
    if (str_starts(r->server->setup.public_url, S("https://"))) {
        return true;
    }
    return request_is_fronted(r) && str_eq(header_value(r, S("X-Forwarded-Proto")), S("https"));
}

int64_t request_limit(const struct request *r) {
    int64_t limit = r->route && r->route->body_limit ? r->route->body_limit : BODY_LIMIT_NORMAL;
    int64_t most = r->server->setup.upload_most;
    /* The setting speaks of the file; the form around it has room beside. */
    return most > 0 && limit > most + BODY_LIMIT_NORMAL ? most + BODY_LIMIT_NORMAL : limit;
}

static void who_came(struct request *r) {
    r->method = method_of(r);
    r->is_secure = came_securely(r);
    r->token = request_cookie(r, str_of(session_cookie(r)));
    r->lang = lang_accepted(r->accept_language);
}

void request_head(struct request *r) {
    who_came(r);
    r->found = r->method ? route_find(r->server->routes, r) : FOUND_OTHER_METHOD;
    if (r->content_length > 0 || r->is_chunked) {
        int64_t limit = request_limit(r);
        if (r->content_length > limit + DRAIN_BYTES) {
            /* Not worth reading to the end only to be polite. */
            r->body = body_begin(r, limit);
            body_refuse(r->body);
            answer_header(r, S("Connection"), S("close"));
            request_whole(r);
            return;
        }
        if ((r->content_length > SMALL_BODY || r->is_chunked) && r->found == FOUND && !request_may_send(r)) {
            answer_header(r, S("Connection"), S("close"));
            request_whole(r);
            return;
        }
        r->body = body_begin(r, limit);
        r->connection->is_known = r->who.person.v != 0;
        r->connection->most = limit + (r->connection->is_known ? DRAIN_BYTES : STRANGER_DRAIN_BYTES);
    }
}

/* Whoever asks is told on a page, in the shell of theirs. */
void request_refuse(struct request *r) {
    struct db_read *db;
    who_came(r);
    r->path = S("/");
    r->query = S("");
    if (!db_begin_read(r->server->setup.db, r->arena, &db).why) {
        err_ignore(who_fill(r, db));
        db_end_read(db);
    }
    answer_header(r, S("Connection"), S("close"));
    status_answer(r, r->refused_status,
                  r->refused_status == MHD_HTTP_URI_TOO_LONG
                      ? S("Địa chỉ này dài quá. Mời rút ngắn, hoặc mở lại trang từ thực đơn.")
                      : S("Địa chỉ này có nhiều mục quá. Mời bỏ bớt, hoặc mở lại trang từ thực đơn."),
                  OK);
}

bool request_get(struct request *r, struct get *g) {
    *g = (struct get){.arena = r->arena,
                      .who = &r->who,
                      .path = r->path,
                      .form = r->form,
                      .lang = r->lang,
                      .request = r,
                      .app = r->server->setup.modules};
    return !db_begin_read(r->server->setup.db, r->arena, &g->db).why;
}

void request_get_end(struct get *g) { db_end_read(g->db); }

static struct err query_form(struct request *r) {
    const struct param *queries;
    size_t n = request_queries(r, &queries), kept = 0;
    struct form_part *parts = arena_take(r->arena, struct form_part, n + 1);
    for (size_t i = 0; i < n; i++) {
        for (const struct field *k = r->route->fields; k->kind; k++) {
            if (str_eq(k->name, queries[i].name)) {
                parts[kept++] = (struct form_part){.name = queries[i].name, .value = queries[i].value};
                break;
            }
        }
    }
    return form_read(r->arena, r->route->fields, parts, kept, &r->form);
}

static void handle_get(struct request *r) {
    struct get g;
    struct db_read *db;
    budget_begin(r);
    struct err e = db_begin_read(r->server->setup.db, r->arena, &db);
    if (e.why) {
        fault_answer(r, e);
        return;
    }
    e = who_fill(r, db);
    enum door door = e.why ? DOOR_OPEN : door_of(r);
    if (!e.why && door == DOOR_OPEN && r->route->fields) {
        e = query_form(r);
    }
    if (!e.why && door == DOOR_OPEN) {
        g = (struct get){.arena = r->arena,
                         .db = db,
                         .who = &r->who,
                         .path = r->path,
                         .form = r->form,
                         .lang = r->lang,
                         .request = r,
                         .app = r->server->setup.modules};
        e = r->route->get(&g);
        if (!e.why && !r->answer.is_set) {
            e = FAIL(ERR_BROKEN, "the handler gave no answer");
        }
    }
    db_end_read(db);
    budget_end(r);
    if (e.why) {
        fault_answer(r, e);
    } else if (door != DOOR_OPEN) {
        door_answer(r, door);
    } else {
        answer_send(r);
    }
}

/* The page of what is not there, in the shell of who asks. */
static void handle_nothing(struct request *r) {
    struct db_read *db;
    if (!db_begin_read(r->server->setup.db, r->arena, &db).why) {
        err_ignore(who_fill(r, db));
        db_end_read(db);
    }
    fault_answer(r, FAIL(ERR_MISSING, "no such address"));
}

static void answer_other_method(struct request *r, bool is_asked) {
    answer_header(r, S("Allow"), route_allowed(r->server->routes, r));
    if (is_asked) {
        answer_prepare(r, MHD_HTTP_NO_CONTENT, S(""), S(""));
        answer_send(r);
        return;
    }
    status_answer(r, MHD_HTTP_METHOD_NOT_ALLOWED, S("Không thực hiện được cách này ở địa chỉ này."), OK);
}

void request_whole(struct request *r) {
    bool is_options = str_eq(r->method_name, S("OPTIONS"));
    if (r->method == METHOD_GET && asset_answer(r)) {
        return;
    }
    if (is_options && (r->found != FOUND_NOTHING || str_eq(r->path, S("*")))) {
        answer_other_method(r, true);
    } else if (!r->method) {
        answer_other_method(r, false);
    } else if (r->found == FOUND_NOTHING) {
        handle_nothing(r);
    } else if (r->found == FOUND_OTHER_METHOD) {
        answer_other_method(r, false);
    } else if (r->method == METHOD_GET) {
        handle_get(r);
    } else {
        handle_post(r);
    }
}
