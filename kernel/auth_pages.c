/* The kernel's own pages: signing in and out, the hat, the password, drafts, the event stream, health. Routes last. */
#include <string.h>

#include "kernel/audit.h"
#include "kernel/auth_queries.h"
#include "kernel/auth_view.h"
#include "kernel/db.h"
#include "kernel/health.h"
#include "kernel/http_parts.h"
#include "kernel/i18n.h"
#include "kernel/upkeep.h"
#include "pages_gen.h"

#include "base/banned.h"

static const struct field sign_in_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("login"), .label = S_INIT("Tên đăng nhập"), .is_required = true, .most = 64},
    {.kind = FIELD_SECRET, .name = S_INIT("password"), .label = S_INIT("Mật khẩu"), .is_required = true},
    {.kind = FIELD_LINE, .name = S_INIT("to"), .most = 2000},
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

/* The password is checked before the write transaction begins: it takes as long as thirty other requests. */
static struct err sign_in_check(struct get *g) {
    struct auth_check *check = arena_take(g->arena, struct auth_check, 1);
    g->request->before = check;
    return auth_check(g->db, form_text(g->form, "login"), form_text(g->form, "password"), request_address(g->request),
                      check);
}

static struct err sign_in(struct post *p) {
    struct str token;
    struct auth_check *check = p->request->before;
    if (p->request->token.len) {
        TRY(auth_sign_out(p->db, p->request->token));
    }
    db_actor_set(p->db, &(struct db_actor){.person = check->account.v, .ip = check->address});
    p->request->keeps_writing = true;
    struct err e = auth_sign_in_checked(p->db, p->arena, check, &token);
    if (err_is(e, ERR_INVALID)) {
        TRY(audit_note(p->db, &(struct audit){.verb = S("auth.refused"), .record = check->account.v}));
        return e;
    }
    TRY(e);
    TRY(audit_note(p->db, &(struct audit){.verb = S("auth.signin"), .record = check->person.v}));
    answer_session(p->request, token);
    struct str to = place_to_go(form_text(p->form, "to"));
    return draft_waits(p->request) ? see_other(p, "/draft") : see_other(p, "%.*s", STR_ARG(to));
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

static struct err password_change(struct post *p) {
    if (!p->who->person.v) {
        return FAIL(ERR_DENIED, "nobody's password");
    }
    if (!str_eq(form_text(p->form, "fresh"), form_text(p->form, "again"))) {
        return REFUSE(ERR_INVALID, "again", "Hai lần nhập mật khẩu mới chưa giống nhau.");
    }
    TRY(auth_change_password(p->db, p->who, form_text(p->form, "old"), form_text(p->form, "fresh")));
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
     .fields = password_fields,
     .again = password_page,
     .name = S_INIT("Đổi mật khẩu")},
    {0},
};

const struct module kernel_module = {
    .name = "kernel", .title = "Hệ thống", .routes = routes, .job_kinds = upkeep_job_kinds, .seed = upkeep_seed};
