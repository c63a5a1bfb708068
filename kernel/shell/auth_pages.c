/* The kernel's own pages: signing in and out, the hat, the password, drafts, the event stream, health. Routes last. */
#include <string.h>

#include "kernel/rights/audit.h"
#include "kernel/rights/auth_queries.h"
#include "kernel/shell/auth_view.h"
#include "kernel/db/db.h"
#include "kernel/shell/health.h"
#include "kernel/http/parts.h"
#include "kernel/module.h"
#include "kernel/page/i18n.h"
#include "kernel/rights/password.h"
#include "kernel/shell/upkeep.h"
#include "pages_gen.h"

#include "base/banned.h"

static const struct field sign_in_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("login"), .label = S_INIT("Tên đăng nhập"), .is_required = true, .most = 64},
    {.kind = FIELD_SECRET, .name = S_INIT("password"), .label = S_INIT("Mật khẩu"), .is_required = true},
    {.kind = FIELD_LINE, .name = S_INIT("to"), .most = ADDRESS_MOST},
    {0},
};

static const struct field hat_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("post"), .label = S_INIT("Chức danh"), .is_required = true},
    {0},
};

static const struct field password_fields[] = {
    {.kind = FIELD_SECRET, .name = S_INIT("old"), .label = S_INIT("Mật khẩu hiện tại"), .is_required = true},
    {.kind = FIELD_SECRET,
     .name = S_INIT("fresh"),
     .label = S_INIT("Mật khẩu mới"),
     .is_required = true,
     .least = 8,
     .hint = S_INIT("Ít nhất 8 ký tự; một câu ngắn dễ nhớ thì tốt hơn một từ khó nhớ.")},
    {.kind = FIELD_SECRET, .name = S_INIT("again"), .label = S_INIT("Nhập lại mật khẩu mới"), .is_required = true},
    {0},
};

/* Only pages of this site are gone to, and not the ones that would lead here again. */
static struct str place_to_go(struct str to) {
    bool is_local = to.len > 1 && to.at[0] == '/' && to.at[1] != '/' && to.at[1] != '\\';
    return is_local && !str_starts(to, S("/signin")) && !str_starts(to, S("/signout")) ? to : S("/desk");
}

static struct err sign_in_page(struct get *g) {
    if (g->who->person.v && !g->form) {
        return see_other_get(g, "/desk");
    }
    struct form *form = form_begin(g->arena, sign_in_fields, g->form);
    struct signin_view view = {
        .form = form,
        .fault = form->fault,
        .to = form->is_refused ? form_text(form, "to") : query_param(g->request, S("to")),
        .has_draft = draft_waits(g->request),
        .is_demo = request_is_loopback(g->request) && has_demo(g->request),
    };
    return answer_signin_show(g, &view);
}

static struct err told_to_wait(struct request *r, const struct auth_check *check, struct err e) {
    if (err_is(e, ERR_BUSY) && check->wait_s) {
        r->refused_status = MHD_HTTP_TOO_MANY_REQUESTS;
        answer_header(r, S("Retry-After"), str_format(r->arena, "%lld", (long long)check->wait_s));
    }
    return e;
}

/* Who may not try now is told before anything is hashed. */
static struct err sign_in_check(struct get *g) {
    struct request *r = g->request;
    struct auth_check *check = arena_take(g->arena, struct auth_check, 1);
    struct auth_try try = {.login = form_text(g->form, "login"),
                           .password = form_text(g->form, "password"),
                           .address = request_address(r),
                           .device = request_cookie(r, S("device"))};
    request_carry(r, check);
    TRY(told_to_wait(r, check, auth_check(g->db, &try, check)));
    password_want(g, &(struct password_work){.sealed = check->sealed,
                                             .tried = try.password,
                                             .network = check->counted,
                                             .is_first = check->is_known_device});
    return OK;
}

/* Somebody else may have tried in between: the person is told once, and the audit trail knows. */
static struct err tries_tell(struct post *p, const struct auth_signed_in *in) {
    enum { WORTH_TELLING = 3 };
    if (in->failures == 0) {
        return OK;
    }
    if (in->failures >= WORTH_TELLING) {
        flash(p, "Từ lần đăng nhập trước có %lld lần nhập sai mật khẩu của bạn, từ %lld nơi.", (long long)in->failures,
              (long long)in->networks);
    }
    return audit_note(p->db,
                      &(struct audit){.verb = S("auth.refused"),
                                      .record = db_actor(p->db)->person,
                                      .after = str_format(p->arena, "{\"failures\": \"%lld\", \"networks\": \"%lld\"}",
                                                          (long long)in->failures, (long long)in->networks)});
}

static void device_keep(struct request *r, struct str token) {
    enum { DAYS = 180 };
    if (token.len) {
        answer_header(r, S("Set-Cookie"),
                      str_format(r->arena, "device=%.*s; Path=/signin; Max-Age=%d; HttpOnly; SameSite=Lax%s",
                                 STR_ARG(token), DAYS * 24 * 3600, r->is_secure ? "; Secure" : ""));
    }
}

static struct err sign_in(struct post *p) {
    struct request *r = p->request;
    struct auth_check *check = request_carried(r);
    struct auth_signed_in in;
    if (r->token.len) {
        TRY(auth_sign_out(p->db, r->token));
    }
    db_actor_set(p->db, &(struct db_actor){.person = check->account.v, .ip = check->address});
    r->keeps_writing = true;
    TRY(told_to_wait(r, check, auth_sign_in(p->db, check, password_wanted(r)->is_right, &in)));
    TRY(tries_tell(p, &in));
    TRY(audit_note(p->db, &(struct audit){.verb = S("auth.signin"), .record = check->account.v}));
    answer_session(r, in.token);
    device_keep(r, in.device);
    struct str to = place_to_go(form_text(p->form, "to"));
    return draft_waits(r) ? see_other(p, "/draft") : see_other(p, "%.*s", STR_ARG(to));
}

static struct err sign_out(struct post *p) {
    if (p->who->person.v) {
        TRY(auth_sign_out(p->db, p->request->token));
        TRY(audit_note(p->db, &(struct audit){.verb = S("auth.signout"), .record = p->who->person.v}));
    }
    answer_session(p->request, S(""));
    answer_header(p->request, S("Clear-Site-Data"), S("\"cache\", \"storage\""));
    return see_other(p, "/signin");
}

static struct err hat_page(struct get *g) {
    struct hats hats = {0};
    struct hat_view view = {.name = g->who->name, .fault = g->form ? g->form->fault : S("")};
    if (!g->who->person.v) {
        return see_other_get(g, "/signin");
    }
    TRY(auth_hats(g->db, g->who->person, &hats));
    for (size_t i = 0; i < hats.n; i++) {
        const struct hat *h = &hats.at[i];
        LIST_ADD(g->arena, &view.hats,
                 (struct hat_choice){.post = h->post,
                                     .post_name = h->post_name,
                                     .unit_name = h->unit_name,
                                     .organ_name = h->organ_name,
                                     .until_on = h->until_on,
                                     .is_worn = h->post.v == g->who->post.v});
    }
    return answer_hat_show(g, &view);
}

static struct err hat_wear(struct post *p) {
    struct post_id post = {form_id(p->form, "post")};
    TRY(auth_wear(p->db, p->request->token, post));
    TRY(audit_note(p->db, &(struct audit){.verb = S("auth.hat"), .record = post.v}));
    return see_other(p, "/desk");
}

static struct err password_page(struct get *g) {
    if (!g->who->person.v) {
        return see_other_get(g, "/signin");
    }
    struct form *form = form_begin(g->arena, password_fields, g->form);
    struct password_view view = {.form = form, .fault = form->fault, .is_first = g->who->must_change_password};
    return answer_password_show(g, &view);
}

static struct err password_try(struct get *g) {
    struct password_work work = {.tried = form_text(g->form, "old"),
                                 .fresh = form_text(g->form, "fresh"),
                                 .network = request_address(g->request),
                                 .is_first = true};
    if (!g->who->person.v) {
        return FAIL(ERR_DENIED, "nobody's password");
    }
    if (!str_eq(work.fresh, form_text(g->form, "again"))) {
        return REFUSE(ERR_INVALID, "again", "Hai lần nhập mật khẩu mới chưa giống nhau.");
    }
    TRY(auth_password_check(work.fresh));
    if (str_eq(work.tried, work.fresh)) {
        return REFUSE(ERR_INVALID, "fresh", "Mật khẩu mới cần khác mật khẩu hiện tại.");
    }
    TRY(auth_password_sealed(g->db, g->who->person, &work.sealed));
    password_want(g, &work);
    return OK;
}

static struct err password_change(struct post *p) {
    const struct password_done *done = password_wanted(p->request);
    if (!done->is_right) {
        return REFUSE(ERR_INVALID, "old", "Mật khẩu hiện tại chưa đúng.");
    }
    TRY(auth_change_password(p->db, p->who, done->sealed));
    TRY(audit_note(p->db, &(struct audit){.verb = S("auth.password"), .record = p->who->person.v}));
    flash(p, "Đã đổi mật khẩu.");
    return see_other(p, "/desk");
}

static struct err root_page(struct get *g) { return see_other_get(g, g->who->person.v ? "/desk" : "/signin"); }

static const struct route routes[] = {
    {.method = METHOD_GET, .path = "/", .access = ACCESS_PUBLIC, .get = root_page, .name = S_INIT("Trang đầu")},
    {.method = METHOD_GET,
     .path = "/health",
     .access = ACCESS_PUBLIC,
     .get = health_page,
     .name = S_INIT("Tình trạng")},
    {.method = METHOD_GET,
     .path = "/live",
     .access = ACCESS_SIGNED_IN,
     .get = live_page,
     .name = S_INIT("Cập nhật tức thời")},
    {.method = METHOD_GET,
     .path = "/draft",
     .access = ACCESS_SIGNED_IN,
     .get = draft_page,
     .name = S_INIT("Nội dung đang nhập dở")},
    {.method = METHOD_GET,
     .path = "/signin",
     .access = ACCESS_PUBLIC,
     .get = sign_in_page,
     .name = S_INIT("Đăng nhập")},
    {.method = METHOD_POST,
     .path = "/signin",
     .access = ACCESS_PUBLIC,
     .post = sign_in,
     .before = sign_in_check,
     .body_limit = 64 * 1024,
     .fields = sign_in_fields,
     .again = sign_in_page,
     .is_stateless = true,
     .name = S_INIT("Đăng nhập")},
    {.method = METHOD_POST, .path = "/signout", .access = ACCESS_PUBLIC, .post = sign_out, .name = S_INIT("Đăng xuất")},
    {.method = METHOD_GET,
     .path = "/hat",
     .access = ACCESS_PUBLIC,
     .get = hat_page,
     .name = S_INIT("Chức danh đang dùng")},
    {.method = METHOD_POST,
     .path = "/hat",
     .access = ACCESS_PUBLIC,
     .post = hat_wear,
     .fields = hat_fields,
     .again = hat_page,
     .name = S_INIT("Đổi chức danh")},
    {.method = METHOD_GET,
     .path = "/password",
     .access = ACCESS_PUBLIC,
     .get = password_page,
     .name = S_INIT("Đổi mật khẩu")},
    {.method = METHOD_POST,
     .path = "/password",
     .access = ACCESS_PUBLIC,
     .post = password_change,
     .before = password_try,
     .fields = password_fields,
     .again = password_page,
     .name = S_INIT("Đổi mật khẩu")},
    {0},
};

/* What the trail calls the acts of the house itself. */
static const struct verb_words verbs[] = {
    {"auth.draft", "Giữ lại nội dung đang gõ"},
    {"auth.hat", "Đổi chức danh đang dùng"},
    {"auth.password", "Đổi mật khẩu"},
    {"auth.refused", "Đăng nhập sai"},
    {"auth.signin", "Đăng nhập"},
    {"auth.signout", "Đăng xuất"},
    {"file.damaged", "Phát hiện tệp hỏng"},
    {"file.mended", "Tệp hỏng đã lành lại"},
    {"folder.adopt", "Nhận cơ sở dữ liệu khôi phục từ bản sao lưu"},
    {"clock.held", "Giữ lại bước nhảy của đồng hồ"},
    {"clock.taken", "Nhận giờ mới"},
    {0},
};

const struct module kernel_module = {.name = "kernel",
                                     .title = "Hệ thống",
                                     .routes = routes,
                                     .verbs = verbs,
                                     .job_kinds = upkeep_job_kinds,
                                     .seed = upkeep_seed};
