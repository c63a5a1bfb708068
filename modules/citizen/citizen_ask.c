/* What is asked of the provider, by jobs: its discovery document and keys, and a code exchanged for who it is. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/http/fetch.h"
#include "kernel/page/html.h"
#include "kernel/rights/audit.h"
#include "kernel/seal/seal.h"
#include "modules/citizen/citizen_inside.h"
#include "modules/citizen/citizen_token.h"
#include "read/json.h"

#include "base/banned.h"

enum { DAY_MS = 24 * 3600 * 1000, SESSION_MS = 2 * 3600 * 1000, FETCH_SECONDS = 15 };

/* ---- The discovery document */

struct reading {
    struct citizen_provider_row_row *at;
    struct citizen_provider_read_in found;
    struct str fault;
};

static struct str fetched(struct arena *a, struct str url) {
    struct fetched got;
    struct fetch ask = {.url = url, .seconds = FETCH_SECONDS};
    return !fetch_ask(a, &ask, &got).why && got.status == 200 ? got.body : S("");
}

/* Without a list, HTTP Basic is what a provider takes (OpenID Connect Discovery 3). */
static bool is_basic(const struct json_value *document) {
    const struct json_value *ways = json_member(document, "token_endpoint_auth_methods_supported");
    bool has_basic = json_count(ways) == 0;
    for (size_t i = 0; i < json_count(ways); i++) {
        has_basic = has_basic || str_eq(json_text_of(json_item(ways, i)), S("client_secret_basic"));
    }
    return has_basic;
}

static void document_read(struct arena *a, struct reading *r) {
    size_t at;
    struct str issuer = r->at->issuer;
    const char *slash = str_ends(issuer, S("/")) ? "" : "/";
    struct str text = fetched(a, str_format(a, "%.*s%s.well-known/openid-configuration", STR_ARG(issuer), slash));
    const struct json_value *d = text.len ? json_read(a, text, &at) : NULL;
    if (!json_is_map(d)) {
        r->fault = S("Không đọc được bản mô tả của nơi xác nhận ở địa chỉ này.");
        return;
    }
    if (!str_eq(json_member_text(d, "issuer"), issuer)) {
        r->fault = S("Bản mô tả nói nơi xác nhận là một địa chỉ khác.");
        return;
    }
    r->found = (struct citizen_provider_read_in){.issuer = issuer,
                                                 .authorize_url = json_member_text(d, "authorization_endpoint"),
                                                 .token_url = json_member_text(d, "token_endpoint"),
                                                 .logout_url = json_member_text(d, "end_session_endpoint"),
                                                 .jwks_url = json_member_text(d, "jwks_uri"),
                                                 .is_basic = is_basic(d),
                                                 .read_at = clock_now()};
    r->found.jwks = fetched(a, r->found.jwks_url);
    if (!link_web(r->found.authorize_url).v.len || !r->found.token_url.len || !r->found.jwks.len) {
        r->fault = S("Bản mô tả thiếu nơi đăng nhập, nơi đổi mã hoặc khóa kiểm tra.");
    }
}

static struct err discover_end(struct db_write *db, void *thing) {
    struct reading *r = thing;
    struct instant now = clock_now();
    if (r->at && r->at->issuer.len) {
        TRY(r->fault.len ? citizen_provider_fault(db, (struct citizen_provider_fault_in){.fault = r->fault}, NULL)
                         : citizen_provider_read(db, r->found, NULL));
    }
    TRY(citizen_sweep_tries(db, (struct citizen_sweep_tries_in){.before = now}, NULL));
    TRY(citizen_sweep_sessions(db, (struct citizen_sweep_sessions_in){.before = now}, NULL));
    /* A reading asked for by hand adds no second row of successors. */
    return job_add(
        db, &(struct job_new){.kind = S("citizen.discover"), .not_before = {now.ms + DAY_MS}, .is_single = true}, NULL);
}

static struct err provider_of(struct job *job, struct citizen_provider_row_row **row) {
    struct db_read *db;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = citizen_provider_row(db, row);
    db_end_read(db);
    return e;
}

static struct err discover_run(struct job *job) {
    struct reading r = {0};
    TRY(provider_of(job, &r.at));
    if (r.at && r.at->issuer.len) {
        document_read(job->arena, &r);
    }
    return job_finish(job, discover_end, &r);
}

/* ---- The exchange */

struct exchange {
    struct citizen_provider_row_row *provider;
    struct citizen_try_by_id_row *try;
    const struct json_value *claims;
    struct str jwks; /* when they were read anew */
    int64_t level;
    const char *outcome;
};

static void pair(struct buf *b, const char *name, struct str value) {
    buf_printf(b, "%s%s=", b->len ? "&" : "", name);
    url_escape(b, value);
}

static struct err token_fetch(struct job *job, const struct exchange *x, struct str *token) {
    struct arena *a = job->arena;
    struct buf body = buf_in(a), basic = buf_in(a);
    struct str secret;
    struct fetched got;
    size_t at;
    const struct citizen_provider_row_row *p = x->provider;
    TRY(seal_open(a, p->secret, &secret));
    pair(&body, "grant_type", S("authorization_code"));
    pair(&body, "code", x->try->code);
    pair(&body, "redirect_uri", str_format(a, "%.*s/citizen/back", STR_ARG(p->origin)));
    pair(&body, "code_verifier", x->try->verifier);
    if (p->is_basic && secret.len) {
        url_escape(&basic, p->client);
        buf_put_char(&basic, ':');
        url_escape(&basic, secret);
    } else {
        pair(&body, "client_id", p->client);
        pair(&body, "client_secret", secret);
    }
    struct fetch ask = {.url = p->token_url,
                        .body = buf_str(&body),
                        .type = S("application/x-www-form-urlencoded"),
                        .basic = buf_str(&basic),
                        .seconds = FETCH_SECONDS};
    TRY(fetch_ask(a, &ask, &got));
    const struct json_value *answer = got.status == 200 ? json_read(a, got.body, &at) : NULL;
    *token = json_member_text(answer, "id_token");
    return OK;
}

/* A key that is not known may be a new one: the provider's keys are read again, once. */
static const char *token_judge(struct job *job, struct exchange *x, struct str token) {
    struct citizen_expected e = {.jwks = x->provider->jwks,
                                 .issuer = x->provider->issuer,
                                 .client = x->provider->client,
                                 .nonce = x->try->nonce,
                                 .now = clock_now()};
    const char *wrong = citizen_token_check(job->arena, token, &e, &x->claims);
    if (wrong && !strcmp(wrong, "key")) {
        x->jwks = fetched(job->arena, x->provider->jwks_url);
        e.jwks = x->jwks;
        wrong = citizen_token_check(job->arena, token, &e, &x->claims);
    }
    return wrong;
}

static struct err person_note(struct db_write *db, const struct exchange *x, struct citizen_person_id *id) {
    struct citizen_person_of_row *row;
    const struct citizen_provider_row_row *p = x->provider;
    struct arena *a = db_write_arena(db);
    struct str subject = json_member_text(x->claims, "sub");
    struct str name = json_member_text(x->claims, str_z(a, p->claim_name));
    struct str number = p->claim_number.len ? json_member_text(x->claims, str_z(a, p->claim_number)) : S("");
    TRY(citizen_person_of(db_reading(db), (struct citizen_person_of_in){.issuer = p->issuer, .subject = subject},
                          &row));
    if (row) {
        *id = row->id;
        return citizen_person_seen(
            db, (struct citizen_person_seen_in){.id = *id, .name = name, .number = number, .seen_at = clock_now()},
            NULL);
    }
    *id = (struct citizen_person_id){id_new()};
    return citizen_person_add(
        db,
        (struct citizen_person_add_in){
            .id = *id, .issuer = p->issuer, .subject = subject, .name = name, .number = number, .made_at = clock_now()},
        NULL);
}

static struct err exchange_end(struct db_write *db, void *thing) {
    struct exchange *x = thing;
    struct citizen_person_id person;
    struct instant now = clock_now();
    int64_t changed = 0;
    TRY(citizen_try_end(db, (struct citizen_try_end_in){.id = x->try->id, .outcome = str_of(x->outcome)}, &changed));
    if (x->claims && x->jwks.len) {
        TRY(citizen_provider_keys(db, (struct citizen_provider_keys_in){.jwks = x->jwks, .issuer = x->provider->issuer},
                                  NULL));
    }
    if (!changed || !str_eq(str_of(x->outcome), S("in"))) {
        return OK;
    }
    TRY(person_note(db, x, &person));
    TRY(citizen_session_add(db,
                            (struct citizen_session_add_in){.token = x->try->session,
                                                            .person = person,
                                                            .level = x->level,
                                                            .made_at = now,
                                                            .until_at = {now.ms + SESSION_MS}},
                            NULL));
    return audit_note(db, &(struct audit){.verb = S("citizen.signin"), .record = person.v});
}

static struct err exchange_read(struct job *job, struct exchange *x) {
    struct db_read *db;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = citizen_provider(db, &x->provider);
    if (!e.why) {
        e = citizen_try_by_id(db, (struct citizen_try_by_id_in){.id = {job->record}}, &x->try);
    }
    db_end_read(db);
    return e;
}

/* A code is asked for once: a fault on the way is the person's to begin anew, and never tried again. */
static struct err exchange_run(struct job *job) {
    struct exchange x = {.outcome = "refused"};
    struct str token = S("");
    TRY(exchange_read(job, &x));
    if (!x.try || !str_eq(x.try->outcome, S("asked"))) {
        return OK;
    }
    if (x.provider && !token_fetch(job, &x, &token).why && token.len && !token_judge(job, &x, token)) {
        struct str said = json_member_text(x.claims, str_z(job->arena, x.provider->claim_level));
        x.level = citizen_level(x.provider->levels, said);
        x.outcome = x.level < x.try->wanted ? "low" : "in";
    }
    return job_finish(job, exchange_end, &x);
}

const struct job_kind citizen_job_kinds[] = {
    {.name = "citizen.discover",
     .title = "Đọc bản mô tả của nơi xác nhận danh tính",
     .is_short = true,
     .every_s = DAY_MS / 1000,
     .run = discover_run},
    {.name = "citizen.exchange",
     .title = "Hỏi nơi xác nhận danh tính",
     .max_tries = 1,
     .is_short = true,
     .run = exchange_run},
    {0},
};
