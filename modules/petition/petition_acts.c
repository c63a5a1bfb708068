/* What people do with a letter: each act is a noun under its address. Routes last. */
#include "modules/petition/petition_forms.h"

#include "base/buf.h"

struct err petition_act_post(struct post *p) {
    struct petition_letter_id id;
    const struct petition_noun *n = petition_nouns;
    TRY(petition_of_path(p->request, &id));
    TRY(form_check(p->form));
    while (n->verb && !str_ends(p->path, str_format(p->arena, "/%s", n->noun))) {
        n++;
    }
    if (!n->verb) {
        return FAIL(ERR_BROKEN, "a route without its act");
    }
    struct petition_act act = {.verb = n->verb};
#define TAKE(member_, name_)                                                                                           \
    if (petition_has_field(p->form, name_)) {                                                                          \
        act.member_ = form_text(p->form, name_);                                                                       \
    }
    TAKE(doc, "doc")
    TAKE(text, "text")
    TAKE(body, "body")
    TAKE(body_kind, "body_kind")
    TAKE(kind, "kind")
    if (petition_has_field(p->form, "on")) {
        act.on = form_date(p->form, "on");
    }
    TRY(petition_act(p->db, p->who, id, &act));
    flash(p, "Đã ghi.");
    return see_other(p, "/petition/%lld", (long long)id.v);
}

/* The value as codes: of a day as typed, of reasons those ticked, of an authority its kind and name. */
static struct str value_of(struct post *p) {
    const struct form *f = p->form;
    struct str name = form_text(f, "name"), value = form_text(f, "value");
    const struct form_value *reasons = form_value(f, "reason");
    struct date day;
    if (str_eq(name, S("written_on")) && date_read_vi(value, &day)) {
        return date_iso(p->arena, day);
    }
    if (str_eq(name, S("authority")) && str_find(value, S("|"), 0) == SIZE_MAX) {
        return str_format(p->arena, "%.*s|%.*s", STR_ARG(value), STR_ARG(form_text(f, "org")));
    }
    struct buf b = buf_in(p->arena);
    for (size_t i = 0; i < reasons->pairs.n; i++) {
        buf_put(&b, i ? S(" ") : S(""));
        buf_put(&b, reasons->pairs.at[i].name);
    }
    return reasons->pairs.n ? buf_str(&b) : value;
}

struct err petition_finding_post(struct post *p) {
    struct petition_letter_id id;
    TRY(petition_of_path(p->request, &id));
    TRY(form_check(p->form));
    struct petition_judgement j = {
        .name = form_text(p->form, "name"), .value = value_of(p), .version = form_version(p->form)};
    TRY(petition_decide(p->db, p->who, id, &j));
    return see_other(p, "/petition/%lld#findings", (long long)id.v);
}

struct err petition_assignment_post(struct post *p) {
    struct petition_letter_id id;
    struct task_by by = {p->who, p->app};
    TRY(petition_of_path(p->request, &id));
    TRY(form_check(p->form));
    struct task_new task = {.lead = form_id(p->form, "lead"),
                            .text = form_text(p->form, "text"),
                            .days = form_number(p->form, "days")};
    TRY(petition_give(p->db, &by, id, &task));
    flash(p, "Đã giao việc.");
    return see_other(p, "/petition/%lld", (long long)id.v);
}

struct err petition_case_post(struct post *p) {
    struct petition_letter_id id;
    TRY(petition_of_path(p->request, &id));
    TRY(form_check(p->form));
    TRY(petition_join_case(p->db, p->who, id, (struct petition_letter_id){form_id(p->form, "other")}));
    flash(p, "Đã nhập chung một vụ việc.");
    return see_other(p, "/petition/%lld", (long long)id.v);
}

struct err petition_identity_post(struct post *p) {
    struct petition_letter_id id;
    TRY(petition_of_path(p->request, &id));
    TRY(form_check(p->form));
    TRY(petition_open_identity(p->db, p->who, id, form_text(p->form, "reason")));
    return see_other(p, "/petition/%lld/identity", (long long)id.v);
}

#define RECEIVERS (ROLE_CLERK | ROLE_OFFICER | ROLE_HEAD | ROLE_LEADER)
#define GET_ROUTE(path_, get_, fields_, name_)                                                                         \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .fields = (fields_),         \
        .name = S_INIT(name_)                                                                                          \
    }
#define ACT(noun_, fields_, name_)                                                                                     \
    {                                                                                                                  \
        .method = METHOD_POST, .path = "/petition/{id}/" noun_, .access = ACCESS_SIGNED_IN, .post = petition_act_post, \
        .fields = (fields_), .again = petition_show_get, .name = S_INIT(name_)                                         \
    }

const struct route petition_routes[] = {
    GET_ROUTE("/petition", petition_index_get, petition_index_query, "Đơn thư"),
    GET_ROUTE("/petition/book", petition_book_get, petition_index_query, "Sổ đơn thư"),
    GET_ROUTE("/petition/export", petition_export_get, petition_index_query, "Sổ đơn thư, Excel"),
    {.method = METHOD_GET,
     .path = "/petition/report",
     .access = ACCESS_SIGNED_IN,
     .get = petition_report_get,
     .fields = petition_report_query,
     .budget_ms = 1000,
     .name = S_INIT("Báo cáo đơn thư, mẫu 01/XLD")},
    {.method = METHOD_GET,
     .path = "/petition/new",
     .access = ACCESS_ROLES,
     .roles = RECEIVERS,
     .get = petition_new_get,
     .name = S_INIT("Nhận đơn")},
    {.method = METHOD_POST,
     .path = "/petition/new",
     .access = ACCESS_ROLES,
     .roles = RECEIVERS,
     .post = petition_new_post,
     .fields = petition_new_fields,
     .again = petition_new_get,
     .before = file_before,
     .body_limit = PETITION_BODY_MOST,
     .edit = "/petition/{id}/edit",
     .name = S_INIT("Nhận đơn")},
    GET_ROUTE("/petition/{id}", petition_show_get, petition_show_query, "Một đơn"),
    GET_ROUTE("/petition/{id}/edit", petition_edit_get, NULL, "Sửa đơn"),
    {.method = METHOD_POST,
     .path = "/petition/{id}/edit",
     .access = ACCESS_SIGNED_IN,
     .post = petition_edit_post,
     .fields = petition_edit_fields,
     .again = petition_edit_get,
     .name = S_INIT("Sửa đơn")},
    GET_ROUTE("/petition/{id}/file/{file}", petition_file_get, petition_file_query, "Tệp của đơn"),
    GET_ROUTE("/petition/{id}/same/{other}", petition_beside_get, NULL, "Hai đơn cạnh nhau"),
    GET_ROUTE("/petition/{id}/slip/{slip}", petition_slip_get, NULL, "Phiếu của đơn"),
    GET_ROUTE("/petition/{id}/identity", petition_identity_get, NULL, "Danh tính người tố cáo"),
    {.method = METHOD_POST,
     .path = "/petition/{id}/identity",
     .access = ACCESS_SIGNED_IN,
     .post = petition_identity_post,
     .fields = petition_identity_fields,
     .again = petition_identity_get,
     .name = S_INIT("Mở danh tính người tố cáo")},
    {.method = METHOD_POST,
     .path = "/petition/{id}/finding",
     .access = ACCESS_SIGNED_IN,
     .post = petition_finding_post,
     .fields = petition_finding_fields,
     .again = petition_show_get,
     .name = S_INIT("Nhận hoặc sửa một đề xuất")},
    {.method = METHOD_POST,
     .path = "/petition/{id}/assignment",
     .access = ACCESS_SIGNED_IN,
     .post = petition_assignment_post,
     .fields = petition_give_fields,
     .again = petition_show_get,
     .name = S_INIT("Giao việc về đơn")},
    {.method = METHOD_POST,
     .path = "/petition/{id}/case",
     .access = ACCESS_SIGNED_IN,
     .post = petition_case_post,
     .fields = petition_case_fields,
     .again = petition_show_get,
     .name = S_INIT("Nhập chung vụ việc")},
    ACT("acceptance", petition_accept_fields, "Thụ lý đơn"),
    ACT("transfer", petition_transfer_fields, "Chuyển đơn"),
    ACT("guidance", petition_reason_fields, "Hướng dẫn người gửi đơn"),
    ACT("refusal", petition_reason_fields, "Không thụ lý đơn"),
    ACT("return", petition_reason_fields, "Trả lại đơn"),
    ACT("filing", petition_reason_fields, "Lưu đơn"),
    ACT("reply", petition_reply_fields, "Ghi phúc đáp của nơi nhận"),
    ACT("urging", petition_urge_fields, "Đôn đốc nơi nhận"),
    ACT("answer", petition_reason_fields, "Trả lời người gửi đơn"),
    ACT("confirmation", petition_confirm_fields, "Ghi ý kiến người gửi đơn"),
    ACT("closing", petition_close_fields, "Kết thúc đơn"),
    ACT("reopening", petition_reason_fields, "Mở lại đơn"),
    {0},
};
