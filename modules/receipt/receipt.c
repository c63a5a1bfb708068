#include "modules/receipt/receipt.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/http/cookie.h"
#include "kernel/record/series.h"
#include "kernel/rights/auth.h"
#include "kernel/rights/password.h"
#include "modules/citizen/citizen.h"
#include "modules/receipt/receipt_code.h"
#include "modules/receipt/receipt_inside.h"

#include "base/banned.h"

enum { MINUTE = 60 * 1000, DAY_S = 24 * 3600, SECRET_BYTES = 32, SECRET_MOST = 64 };
/* A commune's house of culture or a school is one network: what is held back is a machine, not a crowd. */
enum { BEGIN_MOST = 120, SEND_MOST = 60, SAME_MOST = 2 };

/* ---- Who opens */

struct str receipt_cookie(struct request *r) {
    struct str secret = request_cookie(r, S("receipt"));
    return secret.len && secret.len <= SECRET_MOST ? secret : S("");
}

struct str receipt_cookie_made(struct post *p) {
    struct str secret = receipt_cookie(p->request);
    if (!secret.len) {
        unsigned char bytes[SECRET_BYTES];
        char *hex = arena_take(p->arena, char, 2 * SECRET_BYTES + 1);
        randombytes_buf(bytes, sizeof bytes);
        sodium_bin2hex(hex, 2 * SECRET_BYTES + 1, bytes, sizeof bytes);
        sodium_memzero(bytes, sizeof bytes);
        secret = str_of(hex);
    }
    answer_cookie(p->request, "receipt", secret, (int64_t)RECEIPT_DRAFT_DAYS * DAY_S);
    return secret;
}

struct err receipt_let_in(struct db_write *db, struct str secret, struct receipt_item_id item, bool is_maker,
                          struct instant until) {
    struct str token = auth_hash(db_write_arena(db), secret);
    struct receipt_pass_find_row *row;
    TRY(receipt_pass_find(db_reading(db),
                          (struct receipt_pass_find_in){.token = token, .item = item, .now = clock_now()}, &row));
    if (row) {
        return receipt_pass_longer(db, (struct receipt_pass_longer_in){.token = token, .item = item, .until_at = until},
                                   NULL);
    }
    TRY(receipt_pass_drop(db, (struct receipt_pass_drop_in){.token = token, .item = item}, NULL));
    return receipt_pass_add(
        db, (struct receipt_pass_add_in){.token = token, .item = item, .is_maker = is_maker, .until_at = until}, NULL);
}

static struct err open_for(struct db_read *db, struct request *request, struct receipt_item_id id, struct receipt *r) {
    struct str secret = receipt_cookie(request);
    struct receipt_pass_find_row *pass = NULL;
    struct receipt_item_by_id_row *row = NULL;
    if (secret.len) {
        TRY(receipt_pass_find(
            db, (struct receipt_pass_find_in){.token = auth_hash(db_arena(db), secret), .item = id, .now = clock_now()},
            &pass));
    }
    bool owns = false;
    if (!pass) {
        TRY(citizen_owns(db, request, id, &owns));
    }
    if (pass || owns) {
        TRY(receipt_item_by_id(db, (struct receipt_item_by_id_in){.id = id}, &row));
    }
    if (!row || str_eq(row->state, S("closed"))) {
        return FAIL(ERR_MISSING, "no such receipt for this browser");
    }
    *r = (struct receipt){.id = id,
                          .kind = row->kind,
                          .about = row->about,
                          .record = row->record,
                          .code = row->code.len ? row->code : row->draft_code,
                          .body = row->body,
                          .post = row->post,
                          .is_sent = str_eq(row->state, S("sent")),
                          .is_maker = pass && pass->is_maker,
                          .has_words = row->sealed.len > 0,
                          .touched_at = row->touched_at,
                          .sent_at = row->sent_at};
    return OK;
}

struct err receipt_open(struct get *g, struct receipt_item_id id, struct receipt *r) {
    return open_for(g->db, g->request, id, r);
}

struct err receipt_open_to_write(struct post *p, struct receipt_item_id id, struct receipt *r) {
    return open_for(db_reading(p->db), p->request, id, r);
}

struct str receipt_words_of(struct get *g, const struct receipt *r) {
    struct str secret = receipt_cookie(g->request);
    return r->is_maker && r->has_words && secret.len ? receipt_words_make(g->arena, secret, r->id.v) : S("");
}

struct err receipt_forget(struct post *p, struct receipt_item_id id) {
    struct str secret = receipt_cookie(p->request);
    return receipt_pass_drop(p->db, (struct receipt_pass_drop_in){.token = auth_hash(p->arena, secret), .item = id},
                             NULL);
}

/* ---- Beginning and sending */

static struct err code_next(struct db_write *db, struct str prefix, struct str *code) {
    struct date today = clock_today();
    int64_t number;
    struct series series = {.name = str_format(db_write_arena(db), "receipt.%.*s", STR_ARG(prefix)),
                            .year = today.year * 10000 + today.month * 100 + today.day};
    TRY(series_next(db, &series, &number));
    *code = receipt_code_make(db_write_arena(db), prefix, today, number);
    return OK;
}

static struct err item_add(struct db_write *db, const struct receipt_new *draft, int64_t post,
                           struct receipt_item_id *id) {
    struct str code;
    *id = (struct receipt_item_id){id_new()};
    TRY(code_next(db, S("00"), &code));
    return receipt_item_add(db,
                            (struct receipt_item_add_in){.id = *id,
                                                         .kind = draft->kind,
                                                         .about = draft->about,
                                                         .draft_code = code,
                                                         .body = draft->body,
                                                         .post = post,
                                                         .made_at = clock_now()},
                            NULL);
}

struct err receipt_begin(struct post *p, const struct receipt_new *draft, struct receipt_item_id *id) {
    TRY(receipt_limit(p->db, S("begin"), receipt_network(p->arena, p->request), BEGIN_MOST, 1));
    TRY(item_add(p->db, draft, p->who->post.v, id));
    struct instant until = {clock_now().ms + (int64_t)RECEIPT_DRAFT_DAYS * DAY_S * 1000};
    return receipt_let_in(p->db, receipt_cookie_made(p), *id, true, until);
}

struct err receipt_save(struct db_write *db, struct receipt_item_id id, struct str body) {
    int64_t changed = 0;
    TRY(receipt_item_save(db, (struct receipt_item_save_in){.id = id, .body = body, .touched_at = clock_now()},
                          &changed));
    return changed
               ? OK
               : REFUSE(ERR_CONFLICT, "", "Phần khai này đã được gửi, hoặc đã quá hạn giữ, nên không sửa được nữa.");
}

struct err receipt_before(struct get *g) {
    struct receipt r;
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    TRY(receipt_open(g, (struct receipt_item_id){id}, &r));
    if (r.is_maker && !r.has_words) {
        struct str words = receipt_words_make(g->arena, receipt_cookie(g->request), id);
        password_want(g, &(struct password_work){.fresh = receipt_words_plain(g->arena, words),
                                                 .network = receipt_network(g->arena, g->request)});
    }
    return OK;
}

struct err receipt_tell_words(struct post *p, struct receipt_item_id id) {
    const struct password_done *done = password_wanted(p->request);
    return done && done->sealed.len
               ? receipt_item_seal(p->db, (struct receipt_item_seal_in){.id = id, .sealed = done->sealed}, NULL)
               : OK;
}

static struct err item_send(struct db_write *db, struct receipt_item_id id, const struct receipt_sent *sent,
                            struct str sealed, struct str *code) {
    int64_t changed = 0;
    TRY(code_next(db, sent->prefix, code));
    TRY(receipt_item_send(
        db,
        (struct receipt_item_send_in){
            .id = id, .record = sent->record, .code = *code, .sealed = sealed, .sent_at = clock_now()},
        &changed));
    return changed ? OK : FAIL(ERR_CONFLICT, "it was sent already");
}

/* Who resumed it elsewhere told its words already: they stay. */
static struct err sealed_of(struct post *p, struct receipt_item_id id, struct str *sealed) {
    const struct password_done *done = password_wanted(p->request);
    struct receipt_item_by_id_row *row;
    TRY(receipt_item_by_id(db_reading(p->db), (struct receipt_item_by_id_in){.id = id}, &row));
    *sealed = row && row->sealed.len ? row->sealed : done ? done->sealed : S("");
    return OK;
}

struct err receipt_send(struct post *p, struct receipt_item_id id, const struct receipt_sent *sent, struct str *code) {
    struct str sealed, network = receipt_network(p->arena, p->request);
    struct str both = str_format(p->arena, "%.*s %.*s", STR_ARG(network), STR_ARG(sent->content));
    TRY(receipt_limit(p->db, S("send"), network, SEND_MOST, 1));
    TRY(receipt_limit(p->db, S("content"), receipt_mark(p->arena, both), SAME_MOST, 24));
    TRY(sealed_of(p, id, &sealed));
    TRY(item_send(p->db, id, sent, sealed, code));
    return citizen_sent(p->db, p->request, id);
}

struct err receipt_make(struct db_write *db, const struct receipt_made *made, struct receipt_item_id *id,
                        struct str *code) {
    struct password_done done = {0};
    struct receipt_new draft = {.kind = made->kind, .about = made->about};
    struct receipt_sent sent = {.record = made->record, .prefix = made->prefix};
    if (made->words.len) {
        struct arena *a = db_write_arena(db);
        TRY(password_do(a, &(struct password_work){.fresh = receipt_words_plain(a, made->words)}, &done));
    }
    TRY(item_add(db, &draft, 0, id));
    return item_send(db, *id, &sent, done.sealed, code);
}

struct err receipt_close(struct db_write *db, struct str kind, int64_t record) {
    return receipt_item_close(
        db, (struct receipt_item_close_in){.kind = kind, .record = record, .touched_at = clock_now()}, NULL);
}

struct err receipt_of_record(struct db_read *db, struct str kind, int64_t record, struct receipt_item_id *id,
                             struct str *code) {
    struct receipt_item_by_record_row *row;
    TRY(receipt_item_by_record(db, (struct receipt_item_by_record_in){.record = record, .kind = kind}, &row));
    *id = row ? row->id : (struct receipt_item_id){0};
    *code = row ? row->code : S("");
    return OK;
}
