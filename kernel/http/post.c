/* A form on its way: who sends it, are its fields right, once, in one transaction, and the page again with its faults.
 */
#include <string.h>

#include "base/disk.h"
#include "base/log.h"
#include "base/num.h"
#include "kernel/db/db.h"
#include "kernel/http/body.h"
#include "kernel/http/loop.h"
#include "kernel/rights/password.h"

#include "base/banned.h"

/* The page of a refused form again, with what was typed. */
static void draw(struct request *r) {
    struct get g;
    int status = r->again.status;
    struct err why = r->again.why;
    if (r->is_json || !r->route->again || !r->form || !request_get(r, &g)) {
        if (status == MHD_HTTP_CONTENT_TOO_LARGE || !why.why) {
            status_answer(r, status, r->form && r->form->fault.len ? r->form->fault : err_sentence(ERR_INVALID), why);
        } else {
            fault_answer(r, why);
        }
        return;
    }
    answer_begin_again(r);
    r->answer.status = status;
    struct err e = r->route->again(&g);
    request_get_end(&g);
    if (e.why) {
        fault_answer(r, e);
        return;
    }
    answer_send(r);
}

static void keep_then_draw(struct request *r, struct db_write *db, struct err e) {
    err_ignore(e);
    if (db) {
        kept_again(r, db);
    }
    draw(r);
}

static void draw_again(struct request *r, int status, struct err why) {
    r->again.status = status;
    r->again.why = why;
    if (!r->is_json && r->route->again && r->form && kept_has_files(r)) {
        when_it_may_write(r, keep_then_draw);
    } else {
        draw(r);
    }
}

static void faults_into_form(struct request *r, struct err e) {
    for (const struct fault *f = e.why; f && r->form; f = f->next) {
        struct str words = f->message.len        ? f->message
                           : r->form->is_refused ? S("")
                           : f->kind == ERR_BUSY
                               ? S("Hệ thống đang bận nên chưa lưu được. Nội dung đã nhập còn ở dưới đây; "
                                   "mời đợi một lát rồi gửi lại.")
                               : err_sentence(f->kind);
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
    num_put_bytes_vi(&b, request_limit(r));
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
        return REFUSE(ERR_DENIED, "",
                      "Trang này đã mở từ trước khi đăng nhập lại. Mời tải lại trang rồi thực hiện tiếp.");
    }
    return OK;
}

static struct err act(struct request *r, struct db_write *db) {
    TRY(who_fill(r, db_reading(db)));
    if (door_of(r) != DOOR_OPEN) {
        return FAIL(ERR_DENIED, "the session ended meanwhile");
    }
    /* Again: of two that came at once the first may have been acted on meanwhile. */
    TRY(once_look(r, db_reading(db)));
    if (r->acted.row) {
        return r->acted.is_other ? FAIL(ERR_CONFLICT, "the form's key was used for something else") : once_answer(r);
    }
    db_actor_set(db, &(struct db_actor){.person = r->who.person.v, .post = r->who.post.v, .ip = request_address(r)});
    struct post p = {.arena = r->arena,
                     .db = db,
                     .who = &r->who,
                     .path = r->path,
                     .form = r->form,
                     .lang = r->lang,
                     .request = r,
                     .app = r->server->setup.modules};
    TRY(r->route->post(&p));
    if (!r->answer.is_set) {
        return FAIL(ERR_BROKEN, "the handler gave no answer");
    }
    return once_note(r, db);
}

static struct err act_and_end(struct request *r, struct db_write *db) {
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
    const struct form_part *parts = r->body ? body_parts(r->body, &n) : NULL;
    TRY(db_begin_read(r->server->setup.db, r->arena, &db));
    struct err e = who_fill(r, db);
    *door = e.why ? DOOR_OPEN : door_of(r);
    if (!e.why && *door == DOOR_OPEN) {
        e = check_sender(r);
    }
    if (!e.why && *door == DOOR_OPEN && r->body) {
        e = kept_take(r, db);
        parts = body_parts(r->body, &n);
    }
    if (!e.why && *door == DOOR_OPEN) {
        e = form_read(r->arena, r->route->fields, parts, n, &r->form);
        r->is_form_strange = e.why != NULL;
    }
    if (!e.why && *door == DOOR_OPEN) {
        e = once_look(r, db);
    }
    if (!e.why && *door == DOOR_OPEN && r->route->before && !r->form->is_refused && !r->acted.row) {
        struct get g = {.arena = r->arena,
                        .db = db,
                        .who = &r->who,
                        .path = r->path,
                        .form = r->form,
                        .lang = r->lang,
                        .request = r,
                        .app = r->server->setup.modules};
        e = r->route->before(&g);
    }
    db_end_read(db);
    return e;
}

#define STRANGE "Nội dung gửi lên không đúng với biểu mẫu của trang. Mời mở lại trang rồi nhập và gửi lại."

static void post_fault(struct request *r, struct err e) {
    if (r->is_form_strange) {
        status_answer(r, MHD_HTTP_BAD_REQUEST, S(STRANGE), e);
        return;
    }
    if (r->acted.is_other) {
        once_ask(r);
        return;
    }
    if (err_is(e, ERR_BUSY) && !e.why->message.len) {
        log_fault(LOG_WARN, "a form is asked for again", e);
    }
    bool is_kept = err_is(e, ERR_INVALID) || err_is(e, ERR_CONFLICT) || err_is(e, ERR_BUSY);
    if (!is_kept || !r->form) {
        fault_answer(r, e);
        return;
    }
    faults_into_form(r, e);
    draw_again(r, r->refused_status ? r->refused_status : err_status(e.why->kind), e);
}

static void answer_bad_body(struct request *r, enum body_state state) {
    if (state == BODY_BAD) {
        status_answer(r, MHD_HTTP_BAD_REQUEST, S(STRANGE), OK);
    } else if (state == BODY_BROKEN) {
        fault_answer(r, FAIL_DISK(r->arena, upload_last_fault(), "an upload could not be written"));
    } else if (request_may_send(r) && request_is_open(r)) {
        answer_too_large(r);
    } else {
        door_answer(r, door_of(r));
    }
}

static void act_then_answer(struct request *r, struct db_write *db, struct err e) {
    if (db) {
        e = act_and_end(r, db);
    }
    if (e.why) {
        post_fault(r, e);
    } else {
        answer_send(r);
    }
}

static void hashed_then_act(struct request *r) {
    if (!r->password.done->is_refused) {
        when_it_may_write(r, act_then_answer);
        return;
    }
    r->refused_status = MHD_HTTP_TOO_MANY_REQUESTS;
    answer_header(r, S("Retry-After"), S("10"));
    post_fault(r, REFUSE(ERR_BUSY, "", "Đang có nhiều người đăng nhập cùng lúc. Mời thử lại sau 10 giây."));
}

static void keep_then_sign_in(struct request *r, struct db_write *db, struct err e) {
    err_ignore(e);
    if (db) {
        draft_keep(r, db);
    }
    door_answer(r, DOOR_SIGN_IN);
}

void handle_post(struct request *r) {
    enum body_state state = r->body ? body_end(r->body) : BODY_GOOD;
    enum door door = DOOR_OPEN;
    if (state != BODY_GOOD) {
        answer_bad_body(r, state);
        return;
    }
    struct err e = prepare_post(r, &door);
    if (e.why) {
        post_fault(r, e);
    } else if (door == DOOR_SIGN_IN && draft_is_worth(r)) {
        when_it_may_write(r, keep_then_sign_in);
    } else if (door != DOOR_OPEN) {
        door_answer(r, door);
    } else if (r->acted.is_other) {
        once_ask(r);
    } else if (r->form->is_refused && !r->acted.row) {
        draw_again(r, err_status(ERR_INVALID), FAIL(ERR_INVALID, "a field is at fault"));
    } else if (r->password.work) {
        when_it_is_hashed(r, hashed_then_act);
    } else {
        when_it_may_write(r, act_then_answer);
    }
}
