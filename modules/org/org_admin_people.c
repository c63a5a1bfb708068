/* People for the administrator: the list, the person, the account, leaving. */
#include "modules/org/org_pages.h"

#include <sodium.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/rights/audit.h"
#include "kernel/db/id.h"
#include "kernel/rights/password.h"
#include "kernel/out/sheet.h"
#include "modules/org/org_pages_gen.h"

enum { ON_A_PAGE = 50, EXPORT_PAGE = 500 };

static const struct choice addresses[] = {{S_INIT("anh"), S_INIT("Anh")},
                                          {S_INIT("chị"), S_INIT("Chị")},
                                          {S_INIT("đồng chí"), S_INIT("Đồng chí")},
                                          {{0}, {0}}};

const struct field org_people_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Tên người"), .most = 200},
    {.kind = FIELD_ID, .name = S_INIT("after"), .label = S_INIT("Sau người")},
    {0},
};
const struct field org_person_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Họ và tên"), .is_required = true, .most = 300},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("address"),
     .label = S_INIT("Xưng hô"),
     .is_required = true,
     .choices = addresses},
    {.kind = FIELD_LINE,
     .name = S_INIT("code"),
     .label = S_INIT("Mã cán bộ"),
     .most = 40,
     .hint = S_INIT("Không trùng với người khác; để trống nếu chưa có.")},
    {.kind = FIELD_LINE, .name = S_INIT("phone"), .label = S_INIT("Điện thoại"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("email"), .label = S_INIT("Thư điện tử"), .most = 200},
    FORM_VERSION,
    {0},
};
const struct field org_end_fields[] = {
    {.kind = FIELD_DATE,
     .name = S_INIT("until_on"),
     .label = S_INIT("Ngày cuối cùng còn hiệu lực"),
     .is_required = true},
    {0},
};
const struct field org_account_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("login"), .label = S_INIT("Tên đăng nhập"), .is_required = true, .most = 64},
    {.kind = FIELD_LINE,
     .name = S_INIT("fresh"),
     .label = S_INIT("Mật khẩu tạm"),
     .is_required = true,
     .least = 8,
     .most = 256,
     .hint = S_INIT("Đưa tận tay người dùng; hệ thống buộc đổi ở lần đăng nhập đầu tiên.")},
    {0},
};
const struct field org_password_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("fresh"),
     .label = S_INIT("Mật khẩu tạm"),
     .is_required = true,
     .least = 8,
     .most = 256,
     .hint = S_INIT("Đưa tận tay người dùng; hệ thống buộc đổi ở lần đăng nhập đầu tiên.")},
    {0},
};
const struct field org_lock_fields[] = {
    {.kind = FIELD_INT, .name = S_INIT("is_closed"), .label = S_INIT("Khóa"), .is_required = true, .most = 1},
    {0},
};

struct err org_form_show(struct get *g, struct org_form v, const struct field *fields) {
    if (!v.form) {
        v.form = form_begin(g->arena, fields, g->form);
    }
    return answer_org_form(g, &v);
}

/* --- The list --- */
static struct err posts_words(struct get *g, int64_t person, struct str *words) {
    struct org_posts_of_person_rows rows;
    struct buf b = buf_in(g->arena);
    TRY(org_posts_of_person(g->db, (struct org_posts_of_person_in){.person = {person}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct org_post p = ORG_POST_FROM(&rows.at[i]);
        if (p.is_in_force) {
            buf_printf(&b, "%s%.*s · %.*s", b.len ? "; " : "", STR_ARG(p.title), STR_ARG(p.unit_name));
        }
    }
    *words = buf_str(&b);
    return OK;
}

static struct err add_person(struct get *g, struct org_people *v, struct org_people_line line, struct date until) {
    line.is_gone = !org_in_force((struct date){0}, until, clock_today());
    TRY(posts_words(g, line.id, &line.posts));
    LIST_ADD(g->arena, &v->people, line);
    return OK;
}

static struct err list_typed(struct get *g, struct org_people *v) {
    struct org_typed typed = org_typed(g->arena, v->q);
    struct org_people_by_word_rows rows = {0};
    if (typed.n) {
        TRY(org_people_by_word(g->db,
                               (struct org_people_by_word_in){.low = typed.words[0],
                                                              .high = org_after_prefix(g->arena, typed.words[0]),
                                                              .limit = 2000},
                               &rows));
    }
    for (size_t i = 0; i < rows.n && v->people.n < 2 * ON_A_PAGE; i++) {
        if (org_fits(&typed, rows.at[i].name_fold)) {
            TRY(add_person(
                g, v,
                (struct org_people_line){
                    .id = rows.at[i].id.v, .name = rows.at[i].name, .code = rows.at[i].code, .phone = rows.at[i].phone},
                rows.at[i].until_on));
        }
    }
    return OK;
}

static struct err list_page(struct get *g, struct org_people *v, int64_t after) {
    struct org_people_next_rows rows;
    struct str key = S("");
    if (after) {
        struct org_person_by_id_row *last;
        TRY(org_person_by_id(g->db, (struct org_person_by_id_in){.id = {after}}, &last));
        key = last ? utf8_name_key(g->arena, last->name) : key;
    }
    TRY(org_people_next(g->db, (struct org_people_next_in){.name_key = key, .id = {after}, .limit = ON_A_PAGE}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(add_person(
            g, v,
            (struct org_people_line){
                .id = rows.at[i].id.v, .name = rows.at[i].name, .code = rows.at[i].code, .phone = rows.at[i].phone},
            rows.at[i].until_on));
    }
    if (rows.n == ON_A_PAGE) {
        v->pages.older = link_local(g->arena, "/admin/person?after=%lld", (long long)rows.at[rows.n - 1].id.v);
    }
    return OK;
}

struct err org_people_get(struct get *g) {
    struct org_people v = {.q = str_trim(query_param(g->request, S("q")))};
    struct org_person_count_row *count;
    int64_t after = 0;
    struct str typed = query_param(g->request, S("after"));
    if (typed.len && !id_read(typed, &after)) {
        return FAIL(ERR_MISSING, "no such place in the list");
    }
    v.is_asked = v.q.len > 0;
    TRY(org_person_count(g->db, &count));
    v.total = count ? count->n : 0;
    TRY(v.is_asked ? list_typed(g, &v) : list_page(g, &v, after));
    return answer_org_people(g, &v);
}

struct err org_people_export(struct get *g) {
    static const struct sheet_column columns[] = {
        {S_INIT("Mã"), 12},           {S_INIT("Họ và tên"), 28},   {S_INIT("Xưng hô"), 10},
        {S_INIT("Điện thoại"), 16},   {S_INIT("Thư điện tử"), 26}, {S_INIT("Mã đơn vị"), 14},
        {S_INIT("Chức danh"), 28},    {S_INIT("Vai trò"), 24},     {S_INIT("Từ ngày"), 12},
        {S_INIT("Đến hết ngày"), 14}, {S_INIT("Đơn vị"), 40},      {.width = 0}};
    struct sheet *s;
    struct str bytes;
    int64_t after = 0;
    TRY(sheet_begin(g->arena, SHEET_XLSX, S("Người và chức danh"), S(""), columns, &s));
    for (;;) {
        struct org_posts_exported_rows rows;
        TRY(org_posts_exported(g->db, (struct org_posts_exported_in){.after = after, .limit = EXPORT_PAGE}, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            struct org_posts_exported_row *r = &rows.at[i];
            sheet_text(s, r->code);
            sheet_text(s, r->name);
            sheet_text(s, r->address);
            sheet_text(s, r->phone);
            sheet_text(s, r->email);
            sheet_text(s, r->unit_code);
            sheet_text(s, r->title);
            sheet_text(s, org_roles_words(g->arena, (uint64_t)r->roles));
            sheet_date(s, r->from_on);
            sheet_date(s, org_earlier(r->until_on, r->term_until_on));
            sheet_text(s, r->unit_name);
            sheet_row(s);
            after = r->id.v;
        }
        if (rows.n < EXPORT_PAGE) {
            break;
        }
    }
    TRY(sheet_end(s, &bytes));
    TRY(audit_view(g->db, &(struct audit){.verb = S("org.export"),
                                          .person = g->who->person.v,
                                          .post = g->who->post.v,
                                          .ip = request_address(g->request)}));
    return answer_download(g, sheet_type(SHEET_XLSX), S("nguoi-va-chuc-danh.xlsx"), bytes);
}

/* --- A person --- */
static struct org_person_new person_of(const struct form *f) {
    return (struct org_person_new){.code = form_text(f, "code"),
                                   .name = form_text(f, "name"),
                                   .address = form_text(f, "address"),
                                   .phone = form_text(f, "phone"),
                                   .email = form_text(f, "email")};
}

struct err org_person_new_get(struct get *g) {
    struct form *f = form_begin(g->arena, org_person_fields, g->form);
    form_set(f, "address", S("đồng chí"));
    return org_form_show(g,
                         (struct org_form){.title = S("Thêm người"),
                                           .about = T(g, "Người dùng"),
                                           .back = link_local(g->arena, "/admin/person"),
                                           .action = link_local(g->arena, "/admin/person"),
                                           .button = S("Thêm"),
                                           .form = f},
                         org_person_fields);
}

struct err org_person_new_post(struct post *p) {
    struct org_person_new person = person_of(p->form);
    struct person_id id;
    TRY(org_person_make(p->db, &person, &id));
    flash(p, "Đã thêm %.*s. Hãy giao chức danh.", STR_ARG(person.name));
    return see_other(p, "/person/%lld", (long long)id.v);
}

/* The person of the address; MISSING when there is none. */
static struct err person_of_path(struct request *r, struct db_read *db, struct org_person *person) {
    int64_t id;
    TRY(path_id(r, S("id"), &id));
    return org_person(db, (struct person_id){id}, person);
}

/* A form about the person of the address, which sends itself to `act`. */
static struct err form_about(struct get *g, const char *act, const struct field *fields, struct org_person *p,
                             struct org_form *v) {
    TRY(person_of_path(g->request, g->db, p));
    *v = (struct org_form){.about = p->name,
                           .back = link_local(g->arena, "/person/%lld", (long long)p->id.v),
                           .action = link_local(g->arena, "/admin/person/%lld/%s", (long long)p->id.v, act),
                           .form = form_begin(g->arena, fields, g->form)};
    return OK;
}

static struct err back_to(struct post *p, const struct org_person *person) {
    return see_other(p, "/person/%lld", (long long)person->id.v);
}

struct err org_person_edit_get(struct get *g) {
    struct org_person p;
    struct org_form v;
    struct org_person_by_id_row *row;
    TRY(form_about(g, "edit", org_person_fields, &p, &v));
    TRY(org_person_by_id(g->db, (struct org_person_by_id_in){.id = {p.id.v}}, &row));
    v.title = S("Sửa thông tin");
    v.button = S("Lưu");
    v.form = form_begin_at(g->arena, org_person_fields, g->form, row ? row->version : 0);
    form_set(v.form, "name", p.name);
    form_set(v.form, "address", p.address);
    form_set(v.form, "code", row ? row->code : S(""));
    form_set(v.form, "phone", p.phone);
    form_set(v.form, "email", p.email);
    return org_form_show(g, v, org_person_fields);
}

struct err org_person_edit_post(struct post *p) {
    struct org_person old;
    struct org_person_new fresh = person_of(p->form);
    fresh.version = form_version(p->form);
    TRY(person_of_path(p->request, db_reading(p->db), &old));
    TRY(org_person_change(p->db, old.id, &fresh));
    flash(p, "Đã lưu.");
    return back_to(p, &old);
}

struct err org_leave_get(struct get *g) {
    struct org_person p;
    struct org_form v;
    TRY(form_about(g, "leave", org_end_fields, &p, &v));
    v.title = S("Thôi công tác");
    v.words = S("Mọi chức danh và quyền của người này hết sau ngày dưới đây. Hồ sơ và những việc đã làm vẫn còn.");
    v.button = S("Xác nhận");
    form_set_date(v.form, "until_on", clock_today());
    return org_form_show(g, v, org_end_fields);
}

struct err org_leave_post(struct post *p) {
    struct org_person person;
    struct auth_account account;
    TRY(person_of_path(p->request, db_reading(p->db), &person));
    TRY(org_person_leave(p->db, person.id, form_date(p->form, "until_on")));
    TRY(auth_account(db_reading(p->db), person.id, &account));
    if (account.login.len && date_cmp(form_date(p->form, "until_on"), clock_today()) < 0) {
        TRY(org_account_close(p->db, person.id, true));
    }
    flash(p, "Đã ghi nhận.");
    return back_to(p, &person);
}

/* --- The account --- */
struct str org_password_suggested(struct arena *a) {
    static const char letters[] = "abcdefghkmnpqrstuvwxyz23456789";
    struct buf b = buf_in(a);
    for (int i = 0; i < 14; i++) {
        buf_put_char(&b, i % 5 == 4 ? '-' : letters[randombytes_uniform(sizeof letters - 1)]);
    }
    return buf_str(&b);
}

/* "Hoàng Thị Vân" is "vanht": given name, then the first letters of the others. */
static struct str login_suggested(struct arena *a, struct str name) {
    struct str fold = utf8_fold(a, name), word, rest = fold;
    struct buf initials = buf_in(a);
    struct str last = S("");
    while (str_next(&rest, ' ', &word)) {
        if (last.len) {
            buf_put_char(&initials, last.at[0]);
        }
        last = word;
    }
    return str_format(a, "%.*s%.*s", STR_ARG(last), STR_ARG(buf_str(&initials)));
}

struct err org_account_get(struct get *g) {
    struct org_person p;
    struct org_form v;
    TRY(form_about(g, "account", org_account_fields, &p, &v));
    v.title = S("Mở tài khoản");
    v.button = S("Mở tài khoản");
    form_set(v.form, "login", login_suggested(g->arena, p.name));
    form_set(v.form, "fresh", org_password_suggested(g->arena));
    return org_form_show(g, v, org_account_fields);
}

/* Of both forms: the password is sealed before the transaction begins. */
struct err org_password_seal(struct get *g) {
    struct str fresh = form_text(g->form, "fresh");
    TRY(auth_password_check(fresh));
    password_want(g, &(struct password_work){.fresh = fresh, .network = g->who->session, .is_first = true});
    return OK;
}

struct err org_account_post(struct post *p) {
    struct org_person person;
    TRY(person_of_path(p->request, db_reading(p->db), &person));
    struct err made = auth_account_make_sealed(p->db, person.id, form_text(p->form, "login"),
                                               password_wanted(p->request)->sealed, true);
    if (err_is(made, ERR_CONFLICT)) {
        return err_refuse(p->arena, ERR_INVALID, "login", "Tên đăng nhập này đã có, hoặc người này đã có tài khoản.");
    }
    TRY(made);
    TRY(audit_note(p->db, &(struct audit){
                              .verb = S("account.make"),
                              .record = person.id.v,
                              .after = org_json(p->arena, "login", form_text(p->form, "login"), "name", person.name)}));
    flash(p, "Đã mở tài khoản cho %.*s.", STR_ARG(person.name));
    return back_to(p, &person);
}

struct err org_password_get(struct get *g) {
    struct org_person p;
    struct org_form v;
    TRY(form_about(g, "password", org_password_fields, &p, &v));
    v.title = S("Đặt lại mật khẩu");
    v.words = S("Mọi phiên đang mở của người này sẽ kết thúc.");
    v.button = S("Đặt lại");
    form_set(v.form, "fresh", org_password_suggested(g->arena));
    return org_form_show(g, v, org_password_fields);
}

struct err org_password_post(struct post *p) {
    struct org_person person;
    TRY(person_of_path(p->request, db_reading(p->db), &person));
    TRY(auth_reset_password(p->db, person.id, password_wanted(p->request)->sealed));
    TRY(audit_note(p->db, &(struct audit){.verb = S("account.reset"), .record = person.id.v}));
    flash(p, "Đã đặt lại mật khẩu của %.*s.", STR_ARG(person.name));
    return back_to(p, &person);
}

struct err org_lock_post(struct post *p) {
    struct org_person person;
    bool close = form_number(p->form, "is_closed") != 0;
    TRY(person_of_path(p->request, db_reading(p->db), &person));
    if (person.id.v == p->who->person.v) {
        return REFUSE(ERR_DENIED, "", "Không thể tự khóa tài khoản của mình.");
    }
    TRY(org_account_close(p->db, person.id, close));
    flash(p, close ? "Đã khóa tài khoản." : "Đã mở khóa tài khoản.");
    return back_to(p, &person);
}
