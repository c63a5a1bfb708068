/* Giving and ending posts, and delegations, for the administrator. */
#include "modules/org/org_pages.h"

#include "base/buf.h"

#define ROLE_FIELD(name_, label_)                                                                                      \
    { .kind = FIELD_FLAG, .name = S_INIT(name_), .label = S_INIT(label_) }
const struct field org_post_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("unit"),
     .label = S_INIT("Đơn vị"),
     .is_required = true,
     .most = 300,
     .hint = S_INIT("Gõ mã, tên hoặc vài chữ của tên.")},
    {.kind = FIELD_LINE, .name = S_INIT("title"), .label = S_INIT("Chức danh"), .is_required = true, .most = 200},
    ROLE_FIELD("leader", "Lãnh đạo: cho ý kiến chỉ đạo"),
    ROLE_FIELD("head", "Trưởng ban, chánh văn phòng: giao việc trong đơn vị"),
    ROLE_FIELD("clerk", "Văn thư: vào sổ"),
    ROLE_FIELD("officer", "Chuyên viên: xử lý"),
    ROLE_FIELD("auditor", "Kiểm tra: xem nhật ký"),
    ROLE_FIELD("admin", "Quản trị hệ thống"),
    ROLE_FIELD("second", "Kiêm nhiệm (không phải chức danh chính)"),
    ROLE_FIELD("in_term", "Theo nhiệm kỳ đang chạy của cơ quan"),
    {.kind = FIELD_DATE, .name = S_INIT("from_on"), .label = S_INIT("Từ ngày"), .is_required = true},
    {.kind = FIELD_DATE,
     .name = S_INIT("until_on"),
     .label = S_INIT("Đến hết ngày"),
     .hint = S_INIT("Để trống nếu chưa định.")},
    {.kind = FIELD_LINE, .name = S_INIT("basis"), .label = S_INIT("Căn cứ (quyết định)"), .most = 300},
    {0},
};
const struct field org_delegate_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("to"),
     .label = S_INIT("Người được ủy quyền"),
     .is_required = true,
     .most = 200,
     .hint = S_INIT("Gõ tên người trong cùng cơ quan.")},
    {.kind = FIELD_DATE, .name = S_INIT("from_on"), .label = S_INIT("Từ ngày"), .is_required = true},
    {.kind = FIELD_DATE, .name = S_INIT("until_on"), .label = S_INIT("Đến hết ngày"), .is_required = true},
    {.kind = FIELD_LINE,
     .name = S_INIT("basis"),
     .label = S_INIT("Căn cứ bằng văn bản"),
     .is_required = true,
     .most = 300},
    {0},
};

/* "Có 3 đơn vị khớp: A (mã 1), B (mã 2)…" */
static struct err several(struct arena *a, const char *field, const struct org_principals *found, const char *what) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < found->n && i < 4; i++) {
        buf_printf(&b, "%s%.*s (%.*s)", i ? ", " : "", STR_ARG(found->at[i].name), STR_ARG(found->at[i].words));
    }
    return err_refuse(a, ERR_INVALID, field, "Có nhiều %s khớp: %.*s%s. Hãy gõ rõ hơn.", what, STR_ARG(buf_str(&b)),
                      found->n > 4 ? "…" : "");
}

struct err org_unit_typed(struct db_read *db, struct str typed, const char *field, struct unit_id *unit) {
    struct org_principals found;
    TRY(org_unit_by_code(db, typed, unit));
    if (unit->v) {
        return OK;
    }
    TRY(org_unit_named(db, typed, unit));
    if (unit->v) {
        return OK;
    }
    TRY(org_units_like(db, typed, 6, &found));
    if (found.n == 0) {
        return err_refuse(db_arena(db), ERR_INVALID, field, "Không có đơn vị nào khớp.");
    }
    unit->v = found.at[0].id;
    return found.n == 1 ? OK : several(db_arena(db), field, &found, "đơn vị");
}

struct err org_post_typed(struct db_read *db, struct unit_id organ, struct str typed, const char *field,
                          struct post_id *post) {
    struct org_principals all, found = {0};
    TRY(org_assignable(db, organ, typed, 20, &all));
    for (size_t i = 0; i < all.n; i++) {
        if (all.at[i].kind == ORG_POST) {
            LIST_ADD(db_arena(db), &found, all.at[i]);
        }
    }
    if (found.n == 0) {
        return err_refuse(db_arena(db), ERR_INVALID, field, "Không có ai trong cơ quan khớp.");
    }
    post->v = found.at[0].id;
    return found.n == 1 ? OK : several(db_arena(db), field, &found, "người");
}

static struct err path_person(struct request *r, struct db_read *db, struct org_person *person) {
    int64_t id;
    TRY(path_id(r, S("id"), &id));
    return org_person(db, (struct person_id){id}, person);
}

struct err org_post_new_get(struct get *g) {
    struct org_person p;
    TRY(path_person(g->request, g->db, &p));
    struct form *f = form_begin(g->arena, org_post_fields, g->form);
    form_set_date(f, "from_on", clock_today());
    return org_form_show(
        g,
        (struct org_form){.title = S("Giao chức danh"),
                          .words = S("Quyền có hiệu lực ngay khi lưu, và hết cùng chức danh hoặc nhiệm kỳ."),
                          .about = p.name,
                          .back = link_local(g->arena, "/person/%lld", (long long)p.id.v),
                          .action = link_local(g->arena, "/admin/person/%lld/post", (long long)p.id.v),
                          .button = S("Giao"),
                          .form = f},
        org_post_fields);
}

static uint64_t roles_of(const struct form *f) {
    static const struct {
        const char *name;
        enum role role;
    } all[] = {{"leader", ROLE_LEADER},   {"head", ROLE_HEAD},       {"clerk", ROLE_CLERK},
               {"officer", ROLE_OFFICER}, {"auditor", ROLE_AUDITOR}, {"admin", ROLE_ADMIN}};
    uint64_t roles = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        roles |= form_flag(f, all[i].name) ? (uint64_t)all[i].role : 0;
    }
    return roles;
}

/* The term of the unit's organ that runs on a day. INVALID at in_term when there is none. */
static struct err running_term(struct db_read *db, struct unit_id unit, struct date on, int64_t *term) {
    struct unit_id organ;
    struct org_terms_of_rows rows;
    TRY(org_organ(db, unit, &organ));
    TRY(org_terms_of(db, (struct org_terms_of_in){.organ = {organ.v}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (org_in_force(rows.at[i].from_on, rows.at[i].until_on, on)) {
            *term = rows.at[i].id.v;
            return OK;
        }
    }
    return REFUSE(ERR_INVALID, "in_term", "Cơ quan này chưa có nhiệm kỳ nào chạy vào ngày bắt đầu.");
}

struct err org_post_new_post(struct post *p) {
    struct org_person person;
    struct db_read *db = db_reading(p->db);
    struct post_id id;
    struct org_post_new fresh = {.title = form_text(p->form, "title"),
                                 .roles = roles_of(p->form),
                                 .is_second = form_flag(p->form, "second"),
                                 .from_on = form_date(p->form, "from_on"),
                                 .until_on = form_date(p->form, "until_on"),
                                 .basis = form_text(p->form, "basis")};
    TRY(path_person(p->request, db, &person));
    fresh.person = person.id;
    TRY(org_unit_typed(db, form_text(p->form, "unit"), "unit", &fresh.unit));
    if (!fresh.roles) {
        return REFUSE(ERR_INVALID, "leader", "Hãy chọn ít nhất một vai trò.");
    }
    if (form_flag(p->form, "in_term")) {
        TRY(running_term(db, fresh.unit, fresh.from_on, &fresh.term));
    }
    TRY(org_post_give(p->db, &fresh, &id));
    flash(p, "Đã giao chức danh %.*s cho %.*s.", STR_ARG(fresh.title), STR_ARG(person.name));
    return see_other(p, "/person/%lld", (long long)person.id.v);
}

static struct err path_post(struct request *r, struct db_read *db, struct org_post *post) {
    int64_t id;
    TRY(path_id(r, S("id"), &id));
    return org_post(db, (struct post_id){id}, post);
}

struct err org_post_end_get(struct get *g) {
    struct org_post p;
    TRY(path_post(g->request, g->db, &p));
    struct form *f = form_begin(g->arena, org_end_fields, g->form);
    form_set_date(f, "until_on", clock_today());
    return org_form_show(
        g,
        (struct org_form){.title = S("Kết thúc chức danh"),
                          .words = str_format(g->arena, "%.*s, %.*s", STR_ARG(p.title), STR_ARG(p.unit_name)),
                          .about = p.person_name,
                          .back = link_local(g->arena, "/person/%lld", (long long)p.person.v),
                          .action = link_local(g->arena, "/admin/post/%lld/end", (long long)p.id.v),
                          .button = S("Kết thúc"),
                          .form = f},
        org_end_fields);
}

struct err org_post_end_post(struct post *p) {
    struct org_post post;
    TRY(path_post(p->request, db_reading(p->db), &post));
    if (post.id.v == p->who->post.v) {
        return REFUSE(ERR_INVALID, "until_on", "Không thể tự kết thúc chức danh đang dùng.");
    }
    TRY(org_post_end(p->db, post.id, form_date(p->form, "until_on")));
    flash(p, "Đã kết thúc chức danh %.*s của %.*s.", STR_ARG(post.title), STR_ARG(post.person_name));
    return see_other(p, "/person/%lld", (long long)post.person.v);
}

struct err org_delegate_get(struct get *g) {
    struct org_post p;
    TRY(path_post(g->request, g->db, &p));
    struct form *f = form_begin(g->arena, org_delegate_fields, g->form);
    form_set_date(f, "from_on", clock_today());
    return org_form_show(
        g,
        (struct org_form){.title = S("Ủy quyền"),
                          .words = S("Người được ủy quyền thấy và xử lý văn bản của chức danh này trong thời hạn. Có "
                                     "căn cứ, không ủy quyền lại."),
                          .about = p.person_name,
                          .back = link_local(g->arena, "/person/%lld", (long long)p.person.v),
                          .action = link_local(g->arena, "/admin/post/%lld/delegate", (long long)p.id.v),
                          .button = S("Ủy quyền"),
                          .form = f},
        org_delegate_fields);
}

struct err org_delegate_post(struct post *p) {
    struct org_post from;
    struct post_id to = {0};
    TRY(path_post(p->request, db_reading(p->db), &from));
    TRY(org_post_typed(db_reading(p->db), from.organ, form_text(p->form, "to"), "to", &to));
    TRY(org_delegate(p->db, &(struct org_delegation_new){.from = from.id,
                                                         .to = to,
                                                         .from_on = form_date(p->form, "from_on"),
                                                         .until_on = form_date(p->form, "until_on"),
                                                         .basis = form_text(p->form, "basis")}));
    flash(p, "Đã ghi ủy quyền.");
    return see_other(p, "/person/%lld", (long long)from.person.v);
}
