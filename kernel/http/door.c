/* Who asks, whether the route is theirs, and where those are sent whose it is not. */
#include "kernel/db/db.h"
#include "kernel/http/loop.h"
#include "kernel/page/i18n.h"

#include "base/banned.h"

struct err who_fill(struct request *r, struct db_read *db) {
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

enum door door_of(const struct request *r) {
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
    if (r->is_stream) {
        /* A page that listens cannot follow to another page. By this answer it stops trying. */
        answer_prepare(r, MHD_HTTP_NO_CONTENT, S("text/plain; charset=utf-8"), S(""));
    } else {
        r->answer.location = path;
        answer_prepare(r, MHD_HTTP_SEE_OTHER, S("text/plain; charset=utf-8"), S(""));
    }
    answer_send(r);
}

static void go_to_sign_in(struct request *r) {
    struct buf b = buf_in(r->arena);
    BUF_LIT(&b, "/signin");
    struct str back = r->method == METHOD_GET ? r->target : S("");
    if (back.len > 1) {
        BUF_LIT(&b, "?to=");
        url_put(&b, back);
    }
    /* An address that would not come through goes to the desk instead. */
    go_to(r, b.len <= ADDRESS_MOST ? buf_str(&b) : S("/signin"));
}

bool request_is_open(const struct request *r) { return door_of(r) == DOOR_OPEN; }

/* Answers for a closed door. */
void door_answer(struct request *r, enum door door) {
    switch (door) {
    case DOOR_SIGN_IN: go_to_sign_in(r); break;
    case DOOR_PASSWORD: go_to(r, S("/password")); break;
    case DOOR_NO_POST:
        fault_answer(r, REFUSE(ERR_DENIED, "",
                               "Hiện đồng chí không giữ chức danh nào còn hiệu lực nên chưa mở được trang này."));
        break;
    case DOOR_SHUT:
    case DOOR_OPEN: fault_answer(r, FAIL(ERR_DENIED, "the route is not for this role")); break;
    }
}

/* Whether a form of ours comes from a session that has ended: what it brings is kept for its person. */
static bool may_be_kept(struct request *r, struct db_read *db) {
    struct person_id was = {0};
    return door_of(r) == DOOR_SIGN_IN && r->method == METHOD_POST && r->route->again && r->token.len &&
           !auth_who_was(db, r->token, &was).why && was.v;
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
    bool may = !e.why && (door_of(r) == DOOR_OPEN || may_be_kept(r, db));
    db_end_read(db);
    return may;
}
