/* Signing in, and "Hồ sơ của tôi"; the routes are last. */
#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/db/id.h"
#include "kernel/http/cookie.h"
#include "kernel/page/html.h"
#include "kernel/rights/audit.h"
#include "kernel/shell/public.h"
#include "modules/citizen/citizen_inside.h"
#include "modules/citizen/citizen_pages_gen.h"
#include "modules/citizen/citizen_token.h"
#include "modules/citizen/citizen_view.h"
#include "views_gen.h"

#include "base/banned.h"

enum { TRY_S = 15 * 60, SESSION_S = 2 * 3600, PAGE = 30 };

static const struct field signin_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("rise"), .label = S_INIT("Nâng mức"), .most = 1},
    {0},
};
static const struct field back_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("state"), .label = S_INIT("Lượt đăng nhập"), .is_required = true, .most = 100},
    {.kind = FIELD_LINE, .name = S_INIT("code"), .label = S_INIT("Mã"), .is_required = true, .most = 2000},
    {0},
};
/* What a receipt's business calls its states for the person. */
static const struct {
    const char *kind, *state, *words;
} states[] = {
    {"petition", "received", "Đang xem xét"},
    {"petition", "accepted", "Đang giải quyết"},
    {"petition", "transferred", "Chờ nơi nhận trả lời"},
    {"petition", "replied", "Có kết quả, Mặt trận sắp trả lời"},
    {"petition", "answered", "Đã trả lời, chờ ý kiến của người gửi"},
    {"petition", "guided", "Đã hướng dẫn"},
    {"petition", "returned", "Đã trả lại đơn"},
    {"petition", "filed", "Đã lưu đơn"},
    {"petition", "refused", "Không thụ lý"},
    {"petition", "closed", "Đã kết thúc"},
    {"service", "submitted", "Đã gửi"},
    {"service", "received", "Đã tiếp nhận"},
    {"service", "supplement", "Chờ bổ sung"},
    {"service", "processing", "Đang giải quyết"},
    {"service", "waiting_other", "Chờ nơi khác trả lời"},
    {"service", "done", "Đã có kết quả"},
    {"service", "refused", "Bị từ chối"},
    {"service", "withdrawn", "Đã rút"},
    {"consult", "open", "Đang lấy ý kiến"},
    {"consult", "answering", "Đang tổng hợp, trả lời"},
    {"consult", "approval", "Đang tổng hợp, trả lời"},
    {"consult", "published", "Đã trả lời"},
};

static struct str state_words(struct str kind, struct str state) {
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (str_eq(str_of(states[i].kind), kind) && str_eq(str_of(states[i].state), state)) {
            return str_of(states[i].words);
        }
    }
    return S("");
}

static struct str kind_words(struct str kind) {
    return str_eq(kind, S("petition"))  ? S("Đơn thư, phản ánh")
           : str_eq(kind, S("service")) ? S("Dịch vụ công")
                                        : S("Góp ý");
}

/* One person's: for no cache. */
static struct err answer_own(struct get *g, const struct page *page, const void *view) {
    TRY(answer_public(g, page, view,
                      &(struct public_page){.place = S("Tra cứu"), .is_unlisted = true, .has_cookie = true}));
    answer_header(g->request, S("Cache-Control"), S("no-store"));
    return OK;
}

static struct err try_of(struct db_read *db, struct request *r, struct citizen_try_of_browser_row **row) {
    struct str browser = request_cookie(r, S("citizen_try"));
    *row = NULL;
    return browser.len ? citizen_try_of_browser(db,
                                                (struct citizen_try_of_browser_in){
                                                    .browser = auth_hash(db_arena(db), browser), .now = clock_now()},
                                                row)
                       : OK;
}

/* ---- To the provider */

static struct err signin_post(struct post *p) {
    struct citizen_provider_row_row *row;
    struct str browser = citizen_random(p->arena);
    TRY(citizen_provider(db_reading(p->db), &row));
    if (!row) {
        return FAIL(ERR_MISSING, "signing in is off");
    }
    TRY(citizen_try_add(p->db,
                        (struct citizen_try_add_in){.id = {id_new()},
                                                    .browser = auth_hash(p->arena, browser),
                                                    .state = citizen_random(p->arena),
                                                    .nonce = citizen_random(p->arena),
                                                    .verifier = citizen_random(p->arena),
                                                    .wanted = citizen_level(row->levels, row->level_in),
                                                    .until_at = {clock_now().ms + (int64_t)TRY_S * 1000}},
                        NULL));
    answer_cookie(p->request, "citizen_try", browser, TRY_S);
    return see_other(p, form_text(p->form, "rise").len ? "/citizen/signin?rise=1" : "/citizen/signin");
}

static void pair(struct buf *b, const char *name, struct str value) {
    buf_printf(b, "&%s=", name);
    url_escape(b, value);
}

static struct str address_of(struct get *g, const struct citizen_provider_row_row *p,
                             const struct citizen_try_of_browser_row *t) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    struct buf b = buf_in(g->arena);
    crypto_hash_sha256(hash, (const unsigned char *)t->verifier.at, t->verifier.len);
    buf_put(&b, p->authorize_url);
    buf_put(&b,
            str_find(p->authorize_url, S("?"), 0) == SIZE_MAX ? S("?response_type=code") : S("&response_type=code"));
    pair(&b, "client_id", p->client);
    pair(&b, "redirect_uri", str_format(g->arena, "%.*s/citizen/back", STR_ARG(p->origin)));
    pair(&b, "scope", p->scope);
    pair(&b, "state", t->state);
    pair(&b, "nonce", t->nonce);
    pair(&b, "code_challenge", citizen_base64(g->arena, (struct str){(const char *)hash, sizeof hash}));
    BUF_LIT(&b, "&code_challenge_method=S256");
    if (t->wanted) {
        pair(&b, "acr_values", citizen_level_name(p->levels, t->wanted));
    }
    if (query_param(g->request, S("rise")).len) {
        BUF_LIT(&b, "&prompt=login");
    }
    return buf_str(&b);
}

/* A page between: a form that leads to another site is stopped by our own rules for pages. */
static struct err signin_get(struct get *g) {
    struct citizen_provider_row_row *row;
    struct citizen_try_of_browser_row *t;
    TRY(citizen_provider(g->db, &row));
    TRY(try_of(g->db, g->request, &t));
    if (!row || !t || t->outcome.len) {
        return see_other_get(g, "/citizen");
    }
    struct citizen_lead v = {.way = row->name, .to = link_web(address_of(g, row, t))};
    answer_header(g->request, S("Refresh"), str_format(g->arena, "0; url=%.*s", STR_ARG(v.to.v)));
    return answer_own(g, &page_citizen_lead, &v);
}

/* ---- And back */

static struct err door(struct get *g, struct str outcome) {
    struct citizen_door v = {.outcome = outcome};
    struct citizen_provider_row_row *row;
    TRY(citizen_provider(g->db, &row));
    if (row) {
        v.way = row->name;
        if (str_eq(outcome, S("out")) && row->logout_url.len) {
            struct buf b = buf_in(g->arena);
            buf_put(&b, row->logout_url);
            buf_put(&b, str_find(row->logout_url, S("?"), 0) == SIZE_MAX ? S("?from=citizen") : S(""));
            pair(&b, "client_id", row->client);
            pair(&b, "post_logout_redirect_uri", str_format(g->arena, "%.*s/citizen", STR_ARG(row->origin)));
            v.leave = link_web(buf_str(&b));
        }
    }
    return answer_own(g, &page_citizen_door, &v);
}

static struct err back_get(struct get *g) {
    struct citizen_try_of_browser_row *t;
    struct str code = query_param(g->request, S("code")), state = query_param(g->request, S("state"));
    struct citizen_return v = {.state = state, .code = code};
    TRY(try_of(g->db, g->request, &t));
    TRY(citizen_way(g->db, &v.way));
    if (!v.way.len || !t || t->outcome.len || !code.len || !str_eq(t->state, state)) {
        return door(g, S("refused"));
    }
    return answer_own(g, &page_citizen_return, &v);
}

/* The browser that began, its state, and once: then the code is asked for, and what the browser gets now becomes its
   session when the provider has said who it is. */
static struct err back_post(struct post *p) {
    struct citizen_try_of_browser_row *t;
    struct str secret = citizen_random(p->arena);
    int64_t changed = 0;
    TRY(try_of(db_reading(p->db), p->request, &t));
    if (!t || t->outcome.len || !str_eq(t->state, form_text(p->form, "state"))) {
        return see_other(p, "/citizen?said=refused");
    }
    TRY(citizen_try_ask(p->db,
                        (struct citizen_try_ask_in){
                            .id = t->id, .code = form_text(p->form, "code"), .session = auth_hash(p->arena, secret)},
                        &changed));
    TRY(job_add(p->db, &(struct job_new){.kind = S("citizen.exchange"), .record = t->id.v}, NULL));
    answer_cookie(p->request, "citizen", secret, SESSION_S);
    return see_other(p, "/citizen/wait");
}

static struct err wait_get(struct get *g) {
    struct citizen_try_of_browser_row *t;
    struct citizen_lead v = {0};
    TRY(try_of(g->db, g->request, &t));
    TRY(citizen_way(g->db, &v.way));
    if (!t || !str_eq(t->outcome, S("asked"))) {
        bool is_in = t && str_eq(t->outcome, S("in"));
        return is_in || !t ? see_other_get(g, "/citizen") : see_other_get(g, "/citizen?said=%.*s", STR_ARG(t->outcome));
    }
    answer_header(g->request, S("Refresh"), S("1"));
    return answer_own(g, &page_citizen_wait, &v);
}

/* ---- One's own */

static struct err sendings_fill(struct get *g, struct citizen_person_id person, struct citizen_mine *v) {
    struct citizen_sendings_rows rows;
    int64_t below = INT64_MAX;
    (void)num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &below);
    TRY(citizen_sendings(g->db, (struct citizen_sendings_in){.person = person, .below = below, .most = PAGE + 1},
                         &rows));
    for (size_t i = 0; i < rows.n && i < PAGE; i++) {
        const struct citizen_sendings_row *r = &rows.at[i];
        long long id = (long long)r->item.v;
        LIST_ADD(g->arena, &v->sendings,
                 (struct citizen_line){.kind = kind_words(r->kind),
                                       .title = r->title.len ? r->title : r->about,
                                       .code = r->code,
                                       .state = state_words(r->kind, r->state),
                                       .sent_at = r->sent_at,
                                       .link = link_local(g->arena, "/%.*s/receipt/%lld", STR_ARG(r->kind), id)});
    }
    if (rows.n > PAGE) {
        v->older = link_local(g->arena, "/citizen?before=%lld", (long long)rows.at[PAGE - 1].item.v);
    }
    return OK;
}

static struct err mine_fill(struct get *g, const struct citizen *c, struct citizen_mine *v) {
    struct citizen_person_by_id_row *row;
    struct citizen_looks_rows looks;
    TRY(citizen_person_by_id(g->db, (struct citizen_person_by_id_in){.id = c->id}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such citizen");
    }
    v->name = row->name;
    v->number = row->number;
    v->made_at = row->made_at;
    v->is_asked = query_param(g->request, S("leave")).len > 0;
    TRY(citizen_way(g->db, &v->way));
    TRY(sendings_fill(g, c->id, v));
    TRY(citizen_looks(g->db, (struct citizen_looks_in){.person = c->id}, &looks));
    for (size_t i = 0; i < looks.n; i++) {
        LIST_ADD(g->arena, &v->looks,
                 (struct citizen_look){.words = module_verb_words(g->app, looks.at[i].verb),
                                       .unit_name = looks.at[i].unit_name,
                                       .code = looks.at[i].code,
                                       .at = looks.at[i].made_at});
    }
    return OK;
}

static struct err mine_get(struct get *g) {
    struct citizen c;
    struct citizen_mine v = {0};
    TRY(citizen_of(g->db, g->request, &c));
    if (!c.id.v) {
        return door(g, query_param(g->request, S("said")));
    }
    TRY(mine_fill(g, &c, &v));
    return answer_own(g, &page_citizen_mine, &v);
}

static struct err export_get(struct get *g) {
    struct citizen c;
    struct citizen_mine v = {0};
    struct buf b = buf_in(g->arena);
    TRY(citizen_of(g->db, g->request, &c));
    if (!c.id.v) {
        return see_other_get(g, "/citizen");
    }
    TRY(mine_fill(g, &c, &v));
    json_citizen_mine(&b, &v);
    return answer_download(g, S("application/json; charset=utf-8"), S("ho-so-cua-toi.json"), buf_str(&b));
}

static struct err signout_post(struct post *p) {
    struct str secret = request_cookie(p->request, S("citizen"));
    TRY(citizen_session_drop(p->db, (struct citizen_session_drop_in){.token = auth_hash(p->arena, secret)}, NULL));
    answer_cookie(p->request, "citizen", S(""), 0);
    return see_other(p, "/citizen?said=out");
}

/* Consent taken back: what was kept of the person goes at once. What was sent stays with whom it was sent to. */
static struct err leave_post(struct post *p) {
    struct citizen c;
    TRY(citizen_of(db_reading(p->db), p->request, &c));
    if (c.id.v) {
        TRY(citizen_sessions_drop(p->db, (struct citizen_sessions_drop_in){.person = c.id}, NULL));
        TRY(citizen_sendings_drop(p->db, (struct citizen_sendings_drop_in){.person = c.id}, NULL));
        TRY(citizen_person_drop(p->db, (struct citizen_person_drop_in){.id = c.id}, NULL));
        TRY(audit_note(p->db, &(struct audit){.verb = S("citizen.leave"), .record = c.id.v}));
    }
    answer_cookie(p->request, "citizen", S(""), 0);
    return see_other(p, "/citizen?said=out");
}

#define SHOW(path_, get_, name_)                                                                                       \
    { .method = METHOD_GET, .path = (path_), .access = ACCESS_PUBLIC, .get = (get_), .name = S_INIT(name_) }
#define ACT(path_, post_, fields_, name_)                                                                              \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_PUBLIC, .post = (post_), .fields = (fields_),         \
        .name = S_INIT(name_)                                                                                          \
    }
const struct route citizen_routes[] = {
    SHOW("/citizen", mine_get, "Hồ sơ của tôi"),
    SHOW("/citizen/signin", signin_get, "Sang nơi xác nhận danh tính"),
    ACT("/citizen/signin", signin_post, signin_fields, "Người dân đăng nhập"),
    SHOW("/citizen/back", back_get, "Từ nơi xác nhận danh tính về"),
    ACT("/citizen/back", back_post, back_fields, "Nhận lời xác nhận danh tính"),
    SHOW("/citizen/wait", wait_get, "Đang hỏi nơi xác nhận"),
    SHOW("/citizen/export", export_get, "Tải dữ liệu của tôi"),
    ACT("/citizen/signout", signout_post, NULL, "Người dân đăng xuất"),
    ACT("/citizen/leave", leave_post, NULL, "Xóa tài khoản, rút lại đồng ý"),
    {.method = METHOD_GET,
     .path = "/admin/citizen",
     .access = ACCESS_ROLES,
     .roles = ROLE_ADMIN,
     .get = citizen_admin_get,
     .name = S_INIT("Người dân đăng nhập")},
    {.method = METHOD_POST,
     .path = "/admin/citizen",
     .access = ACCESS_ROLES,
     .roles = ROLE_ADMIN,
     .post = citizen_admin_post,
     .fields = citizen_admin_fields,
     .again = citizen_admin_get,
     .name = S_INIT("Đổi nơi xác nhận danh tính")},
    {0},
};
