/* From a whole request to its answer: who asks, whether they may, the handler, and what becomes of its faults. */
#include <string.h>

#include "base/log.h"
#include "base/num.h"
#include "kernel/audit.h"
#include "kernel/db.h"
#include "kernel/http_loop.h"
#include "kernel/http_queries.h"
#include "kernel/i18n.h"

#include "base/banned.h"

enum { DRAIN_BYTES = 16 * 1024 * 1024, SMALL_BODY = 256 * 1024 };

bool server_is_draining(const struct server *s) { return s->is_draining; }

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

static int64_t limit_of(const struct request *r) {
    int64_t limit = r->route && r->route->body_limit ? r->route->body_limit : BODY_LIMIT_NORMAL;
    int64_t most = r->server->setup.upload_most;
    /* The setting speaks of the file; the form around it has room beside. */
    return most > 0 && limit > most + BODY_LIMIT_NORMAL ? most + BODY_LIMIT_NORMAL : limit;
}

void request_head(struct request *r) {
    r->method = method_of(r);
    r->is_secure = came_securely(r);
    r->token = request_cookie(r, str_of(session_cookie(r)));
    r->lang = lang_accepted(r->accept_language);
    r->found = r->method ? route_find(r->server->routes, r) : FOUND_OTHER_METHOD;
    if (r->content_length > 0 || r->is_chunked) {
        int64_t limit = limit_of(r);
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
    }
}

/* ---- Who, and whether they may. */

static struct err who_fill(struct request *r, struct db_read *db) {
    TRY(auth_who(db, r->arena, r->token, &r->who));
    r->lang = r->who.language.len ? lang_of(r->who.language) : lang_accepted(r->accept_language);
    struct str chosen = request_cookie(r, S("lang"));
    if (chosen.len) {
        r->lang = lang_of(chosen);
    }
    if (r->who.is_old) {
        server_touch_later(r->server, r->who.session);
    }
    return OK;
}

enum door { DOOR_OPEN, DOOR_SIGN_IN, DOOR_PASSWORD, DOOR_SHUT, DOOR_NO_POST };

static enum door door_of(const struct request *r) {
    const struct who *w = &r->who;
    const struct route *t = r->route;
    if (t->access == ACCESS_PUBLIC) {
        return DOOR_OPEN;
    }
    if (t->access == ACCESS_NOBODY) {
        return DOOR_SHUT;
    }
    if (!w->person.v) {
        return DOOR_SIGN_IN;
    }
    if (w->must_change_password) {
        return DOOR_PASSWORD;
    }
    if (!w->post.v) {
        return DOOR_NO_POST;
    }
    return t->access == ACCESS_SIGNED_IN || (w->roles & t->roles) ? DOOR_OPEN : DOOR_SHUT;
}

static void go_to(struct request *r, struct str path) {
    if (r->is_json) {
        status_answer(r, MHD_HTTP_UNAUTHORIZED, S("Mời đăng nhập."), OK);
        return;
    }
    if (r->is_fragment) {
        answer_header(r, S("HX-Redirect"), path);
        answer_prepare(r, MHD_HTTP_OK, S("text/plain; charset=utf-8"), S(""));
    } else {
        r->answer.location = path;
        answer_prepare(r, MHD_HTTP_SEE_OTHER, S("text/plain; charset=utf-8"), S(""));
    }
    answer_send(r);
}

/* The path and query of a whole address. */
static struct str path_of_url(struct str url) {
    struct str scheme, rest;
    if (!str_cut(url, S("://"), &scheme, &rest)) {
        return S("");
    }
    size_t at = str_find(rest, S("/"), 0);
    return at == SIZE_MAX ? S("") : str_slice(rest, at, rest.len);
}

static void go_to_sign_in(struct request *r) {
    struct buf b = buf_in(r->arena);
    BUF_LIT(&b, "/signin");
    struct str back = r->is_fragment ? path_of_url(header_value(r, S("HX-Current-URL"))) : r->method == METHOD_GET ? r->target : S("");
    if (back.len > 1) {
        BUF_LIT(&b, "?to=");
        url_put(&b, back);
    }
    go_to(r, buf_str(&b));
}

bool request_is_open(const struct request *r) { return door_of(r) == DOOR_OPEN; }

/* Answers for a closed door. */
static void door_answer(struct request *r, enum door door) {
    switch (door) {
    case DOOR_SIGN_IN:
        go_to_sign_in(r);
        break;
    case DOOR_PASSWORD:
        go_to(r, S("/password"));
        break;
    case DOOR_NO_POST:
        fault_answer(r, REFUSE(ERR_DENIED, "", "Hiện đồng chí không giữ chức danh nào còn hiệu lực nên chưa mở được trang này."));
        break;
    case DOOR_SHUT: case DOOR_OPEN:
        fault_answer(r, FAIL(ERR_DENIED, "the route is not for this role"));
        break;
    }
}

bool request_may_send(struct request *r) {
    struct db_read *db;
    if (r->route->access == ACCESS_PUBLIC) {
        return true;
    }
    if (db_begin_read(r->server->setup.db, r->arena, &db).why) {
        return false;
    }
    struct err e = who_fill(r, db);
    db_end_read(db);
    return !e.why && door_of(r) == DOOR_OPEN;
}

/* ---- GET. */

bool request_get(struct request *r, struct get *g) {
    *g = (struct get){.arena = r->arena, .who = &r->who, .path = r->path, .form = r->form, .lang = r->lang, .request = r,
                      .app = r->server->setup.modules};
    return !db_begin_read(r->server->setup.db, r->arena, &g->db).why;
}

void request_get_end(struct get *g) { db_end_read(g->db); }

static struct err query_form(struct request *r) {
    const struct param *queries;
    size_t n = request_queries(r, &queries), kept = 0;
    struct part *parts = arena_take(r->arena, struct part, n + 1);
    for (size_t i = 0; i < n; i++) {
        for (const struct field *k = r->route->fields; k->kind; k++) {
            if (str_eq(k->name, queries[i].name)) {
                parts[kept++] = (struct part){.name = queries[i].name, .value = queries[i].value};
                break;
            }
        }
    }
    return form_read(r->arena, r->route->fields, parts, kept, &r->form);
}

static void handle_get(struct request *r) {
    struct get g;
    struct db_read *db;
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
        g = (struct get){.arena = r->arena, .db = db, .who = &r->who, .path = r->path, .form = r->form, .lang = r->lang, .request = r,
                         .app = r->server->setup.modules};
        e = r->route->get(&g);
        if (!e.why && !r->answer.is_set) {
            e = FAIL(ERR_BROKEN, "the handler gave no answer");
        }
    }
    db_end_read(db);
    if (e.why) {
        fault_answer(r, e);
    } else if (door != DOOR_OPEN) {
        door_answer(r, door);
    } else {
        answer_send(r);
    }
}

/* ---- POST and DELETE. */

/* The page of a refused form again, with what was typed. */
static void draw_again(struct request *r, int status, struct err why) {
    struct get g;
    struct answer kept = r->answer;
    if (r->is_json || !r->route->again || !r->form || !request_get(r, &g)) {
        if (status == MHD_HTTP_CONTENT_TOO_LARGE || !why.why) {
            status_answer(r, status, r->form && r->form->fault.len ? r->form->fault : err_sentence(ERR_INVALID), why);
        } else {
            fault_answer(r, why);
        }
        return;
    }
    r->answer = (struct answer){.fd = -1, .status = status, .headers_n = kept.headers_n};
    memcpy(r->answer.headers, kept.headers, sizeof kept.headers);
    struct err e = r->route->again(&g);
    request_get_end(&g);
    if (e.why) {
        fault_answer(r, e);
        return;
    }
    answer_send(r);
}

static void faults_into_form(struct request *r, struct err e) {
    for (const struct fault *f = e.why; f && r->form; f = f->next) {
        struct str words = f->message.len ? f->message : r->form->is_refused ? S("") : err_sentence(f->kind);
        if (words.len) {
            form_fault_add(r->form, f->field, words);
        }
    }
}

static void answer_too_large(struct request *r) {
    const struct field *file = NULL;
    err_ignore(form_read(r->arena, r->route->fields, NULL, 0, &r->form));
    for (size_t i = 0; i < r->form->values.n; i++) {
        r->form->values.at[i].fault = S("");
        const struct field *k = r->form->values.at[i].field;
        if (k->kind == FIELD_FILE && (!file || str_eq(k->name, body_field(r->body)))) {
            file = k;
        }
    }
    struct buf b = buf_in(r->arena);
    BUF_LIT(&b, "Nội dung gửi lên lớn quá mức cho phép là ");
    num_put_bytes_vi(&b, limit_of(r));
    BUF_LIT(&b, ".");
    form_fault_add(r->form, file ? file->name : S(""), buf_str(&b));
    if (r->form->fault.len == 0) {
        r->form->fault = buf_str(&b);
    }
    draw_again(r, MHD_HTTP_CONTENT_TOO_LARGE, OK);
}

/* Whether the request comes from a page of ours, as far as the browser says. */
static bool is_from_here(struct request *r) {
    struct str site = header_value(r, S("Sec-Fetch-Site")), origin = header_value(r, S("Origin"));
    if (site.len && !str_eq(site, S("same-origin")) && !str_eq(site, S("none"))) {
        return false;
    }
    if (origin.len) {
        struct str scheme, host;
        return str_cut(origin, S("://"), &scheme, &host) && str_eq_ascii_nocase(host, r->host);
    }
    return true;
}

static struct err check_sender(struct request *r) {
    if (!is_from_here(r)) {
        return FAIL(ERR_DENIED, "sent from another site");
    }
    if (r->route->is_stateless) {
        return OK;
    }
    struct str sent = header_value(r, S("X-CSRF-Token"));
    if (sent.len == 0 && r->body) {
        sent = body_part(r->body, "_csrf");
    }
    if (r->token.len && !csrf_is_right(r, sent)) {
        return REFUSE(ERR_DENIED, "", "Trang này đã mở từ trước khi đăng nhập lại. Mời tải lại trang rồi thực hiện tiếp.");
    }
    return OK;
}

/* Once: the first answer again for a form that was already acted on. */
static struct err once_find(struct request *r, struct db_write *db, bool *is_known) {
    struct http_once_find_row *row;
    r->once = r->body ? body_part(r->body, "_once") : S("");
    *is_known = false;
    if (r->once.len == 0 || r->once.len > 64 || r->who.session.len == 0) {
        r->once = S("");
        return OK;
    }
    TRY(http_once_find(db_reading(db), (struct http_once_find_in){.session = r->who.session, .once = r->once}, &row));
    if (!row) {
        return OK;
    }
    *is_known = true;
    struct post p = {.request = r, .arena = r->arena};
    r->answer.flash = str_copy(r->arena, row->flash);
    return see_other(&p, "%.*s", STR_ARG(row->location));
}

static struct err once_note(struct request *r, struct db_write *db) {
    if (r->once.len == 0 || r->answer.location.len == 0) {
        return OK;
    }
    return http_once_insert(db, (struct http_once_insert_in){.session = r->who.session, .once = r->once, .location = r->answer.location,
                                                            .flash = r->answer.flash, .made_at = clock_now()},
                            NULL);
}

static struct err act(struct request *r, struct db_write *db) {
    bool is_known;
    TRY(who_fill(r, db_reading(db)));
    if (door_of(r) != DOOR_OPEN) {
        return FAIL(ERR_DENIED, "the session ended meanwhile");
    }
    TRY(once_find(r, db, &is_known));
    if (is_known) {
        return OK;
    }
    db_actor_set(db, &(struct db_actor){.person = r->who.person.v, .post = r->who.post.v, .ip = request_address(r)});
    struct post p = {.arena = r->arena, .db = db, .who = &r->who, .path = r->path, .form = r->form, .lang = r->lang, .request = r,
                     .app = r->server->setup.modules};
    TRY(r->route->post(&p));
    if (!r->answer.is_set) {
        return FAIL(ERR_BROKEN, "the handler gave no answer");
    }
    return once_note(r, db);
}

static struct err act_in_transaction(struct request *r) {
    struct db_write *db;
    TRY(db_begin_write(r->server->setup.db, r->arena, &db));
    struct err e = act(r, db);
    if (!e.why || r->keeps_writing) {
        struct err committed = db_commit(db);
        return e.why ? e : committed;
    }
    db_rollback(db);
    return e;
}

/* Before the transaction: who sends, is it theirs to send, are the fields right, and what takes long. */
static struct err prepare_post(struct request *r, enum door *door) {
    struct db_read *db;
    size_t n = 0;
    const struct part *parts = r->body ? body_parts(r->body, &n) : NULL;
    TRY(db_begin_read(r->server->setup.db, r->arena, &db));
    struct err e = who_fill(r, db);
    *door = e.why ? DOOR_OPEN : door_of(r);
    if (!e.why && *door == DOOR_OPEN) {
        e = check_sender(r);
    }
    if (!e.why && *door == DOOR_OPEN) {
        e = form_read(r->arena, r->route->fields, parts, n, &r->form);
        r->is_form_strange = e.why != NULL;
    }
    if (!e.why && *door == DOOR_OPEN && r->route->before && !r->form->is_refused) {
        struct get g = {.arena = r->arena, .db = db, .who = &r->who, .path = r->path, .form = r->form, .lang = r->lang, .request = r,
                        .app = r->server->setup.modules};
        e = r->route->before(&g);
    }
    db_end_read(db);
    return e;
}

static void post_fault(struct request *r, struct err e) {
    if (r->is_form_strange) {
        status_answer(r, MHD_HTTP_BAD_REQUEST, err_sentence(ERR_INVALID), e);
        return;
    }
    bool is_kept = err_is(e, ERR_INVALID) || err_is(e, ERR_CONFLICT) || (err_is(e, ERR_BUSY) && e.why->message.len);
    if (!is_kept || !r->form) {
        fault_answer(r, e);
        return;
    }
    faults_into_form(r, e);
    draw_again(r, err_status(e.why->kind), e);
}

static void handle_post(struct request *r) {
    enum body_state state = r->body ? body_end(r->body) : BODY_GOOD;
    enum door door = DOOR_OPEN;
    if (state == BODY_BAD) {
        status_answer(r, MHD_HTTP_BAD_REQUEST, err_sentence(ERR_INVALID), OK);
        return;
    }
    if (state == BODY_BROKEN) {
        fault_answer(r, FAIL(ERR_BROKEN, "an upload could not be written"));
        return;
    }
    if (state == BODY_TOO_LARGE) {
        bool may = request_may_send(r);
        if (may) {
            answer_too_large(r);
        } else {
            door_answer(r, door_of(r));
        }
        return;
    }
    struct err e = prepare_post(r, &door);
    if (!e.why && door == DOOR_SIGN_IN) {
        draft_keep(r);
    }
    if (!e.why && door != DOOR_OPEN) {
        door_answer(r, door);
        return;
    }
    if (!e.why && r->form->is_refused) {
        draw_again(r, err_status(ERR_INVALID), FAIL(ERR_INVALID, "a field is at fault"));
        return;
    }
    if (!e.why) {
        e = act_in_transaction(r);
    }
    if (e.why) {
        post_fault(r, e);
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
