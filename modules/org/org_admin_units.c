/* Units, their relations and terms, for the administrator. */
#include "modules/org/org_pages.h"

#include "kernel/rights/audit.h"
#include "kernel/db/id.h"
#include "kernel/out/sheet.h"

enum { EXPORT_PAGE = 500 };

static const struct choice kinds[] = {{S_INIT("front"), S_INIT("Ủy ban Mặt trận Tổ quốc")},
                                      {S_INIT("union"), S_INIT("Tổ chức chính trị - xã hội, hội")},
                                      {S_INIT("board"), S_INIT("Ban, văn phòng")},
                                      {S_INIT("area"), S_INIT("Ban công tác Mặt trận")},
                                      {S_INIT("party"), S_INIT("Cơ quan Đảng")},
                                      {S_INIT("state"), S_INIT("Cơ quan nhà nước")},
                                      {S_INIT("member"), S_INIT("Tổ chức thành viên khác")},
                                      {S_INIT("place"), S_INIT("Đơn vị hành chính")},
                                      {{0}, {0}}};
static const struct choice levels[] = {{S_INIT("city"), S_INIT("Thành phố")},
                                       {S_INIT("commune"), S_INIT("Phường, xã, đặc khu")},
                                       {S_INIT("area"), S_INIT("Khu dân cư")},
                                       {{0}, {0}}};
#define UNIT_FIELDS                                                                                                    \
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Tên đầy đủ"), .is_required = true, .most = 300},     \
        {.kind = FIELD_LINE, .name = S_INIT("short_name"), .label = S_INIT("Tên gọi ngắn"), .most = 300},              \
        {.kind = FIELD_LINE, .name = S_INIT("code"), .label = S_INIT("Mã"), .most = 40},                               \
        {.kind = FIELD_LINE, .name = S_INIT("notation"), .label = S_INIT("Ký hiệu trong số văn bản"), .most = 40},     \
        {.kind = FIELD_LINE, .name = S_INIT("phone"), .label = S_INIT("Điện thoại"), .most = 40},                      \
        {.kind = FIELD_LINE, .name = S_INIT("email"), .label = S_INIT("Thư điện tử"), .most = 200},                    \
        {.kind = FIELD_LINE, .name = S_INIT("street"), .label = S_INIT("Địa chỉ"), .most = 300}, {                     \
        .kind = FIELD_INT, .name = S_INIT("ordinal"), .label = S_INIT("Thứ tự"), .most = 100000,                       \
        .hint = S_INIT("Số nhỏ đứng trước.")                                                                           \
    }
const struct field org_unit_fields[] = {UNIT_FIELDS, FORM_VERSION, {0}};
const struct field org_unit_new_fields[] = {
    {.kind = FIELD_CHOICE, .name = S_INIT("kind"), .label = S_INIT("Loại"), .is_required = true, .choices = kinds},
    {.kind = FIELD_CHOICE, .name = S_INIT("level"), .label = S_INIT("Cấp"), .is_required = true, .choices = levels},
    UNIT_FIELDS,
    {.kind = FIELD_LINE,
     .name = S_INIT("parent"),
     .label = S_INIT("Đơn vị trên"),
     .most = 300,
     .hint = S_INIT("Gõ mã hoặc tên; để trống nếu đứng đầu.")},
    {.kind = FIELD_CHOICE, .name = S_INIT("edge"), .label = S_INIT("Quan hệ với đơn vị trên"), .choices = org_edges},
    {.kind = FIELD_DATE, .name = S_INIT("from_on"), .label = S_INIT("Thành lập ngày")},
    {0},
};
const struct field org_edge_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("kind"),
     .label = S_INIT("Quan hệ"),
     .is_required = true,
     .choices = org_edges},
    {.kind = FIELD_LINE,
     .name = S_INIT("to"),
     .label = S_INIT("Với đơn vị"),
     .is_required = true,
     .most = 300,
     .hint = S_INIT("Gõ mã hoặc tên.")},
    {.kind = FIELD_FLAG, .name = S_INIT("main"), .label = S_INIT("Chuyển về dưới đơn vị này trong sơ đồ")},
    {.kind = FIELD_FLAG, .name = S_INIT("figures"), .label = S_INIT("Được xem số liệu")},
    {.kind = FIELD_FLAG, .name = S_INIT("send"), .label = S_INIT("Được gửi văn bản")},
    {.kind = FIELD_DATE, .name = S_INIT("from_on"), .label = S_INIT("Từ ngày"), .is_required = true},
    {.kind = FIELD_DATE, .name = S_INIT("until_on"), .label = S_INIT("Đến hết ngày")},
    {.kind = FIELD_LINE, .name = S_INIT("basis"), .label = S_INIT("Căn cứ"), .most = 300},
    {0},
};
const struct field org_term_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Tên nhiệm kỳ"), .is_required = true, .most = 200},
    {.kind = FIELD_DATE, .name = S_INIT("from_on"), .label = S_INIT("Từ ngày"), .is_required = true},
    {.kind = FIELD_DATE, .name = S_INIT("until_on"), .label = S_INIT("Đến hết ngày")},
    {0},
};

static struct err path_unit(struct request *r, struct db_read *db, struct org_unit *unit) {
    int64_t id;
    TRY(path_id(r, S("id"), &id));
    return org_unit(db, (struct unit_id){id}, unit);
}

static struct org_form about_unit(struct get *g, const struct org_unit *u, const char *act) {
    return (struct org_form){.about = u->short_name,
                             .back = link_local(g->arena, "/unit/%lld", (long long)u->id.v),
                             .action = link_local(g->arena, "/admin/unit/%lld/%s", (long long)u->id.v, act)};
}

static struct org_unit_new unit_of(const struct form *f) {
    return (struct org_unit_new){.name = form_text(f, "name"),
                                 .short_name = form_text(f, "short_name"),
                                 .code = form_text(f, "code"),
                                 .notation = form_text(f, "notation"),
                                 .phone = form_text(f, "phone"),
                                 .email = form_text(f, "email"),
                                 .street = form_text(f, "street"),
                                 .ordinal = form_number(f, "ordinal")};
}

struct err org_unit_new_get(struct get *g) {
    struct form *f = form_begin(g->arena, org_unit_new_fields, g->form);
    int64_t parent;
    struct org_unit u;
    if (id_read(query_param(g->request, S("parent")), &parent) && !org_unit(g->db, (struct unit_id){parent}, &u).why) {
        form_set(f, "parent", u.code.len ? u.code : u.short_name);
        form_set(f, "level", u.level);
        form_set(f, "kind", S("board"));
        form_set(f, "edge", S("staff"));
    }
    return org_form_show(g,
                         (struct org_form){.title = S("Thêm đơn vị"),
                                           .about = T(g, "Danh bạ"),
                                           .back = link_local(g->arena, "/org"),
                                           .action = link_local(g->arena, "/admin/unit"),
                                           .button = S("Thêm"),
                                           .form = f},
                         org_unit_new_fields);
}

struct err org_unit_new_post(struct post *p) {
    struct org_unit_new u = unit_of(p->form);
    struct unit_id id;
    u.kind = form_text(p->form, "kind");
    u.level = form_text(p->form, "level");
    u.edge = form_text(p->form, "edge");
    u.from_on = form_date(p->form, "from_on");
    if (form_text(p->form, "parent").len) {
        TRY(org_unit_typed(db_reading(p->db), form_text(p->form, "parent"), "parent", &u.parent));
    }
    TRY(org_unit_make(p->db, &u, &id));
    flash(p, "Đã thêm %.*s.", STR_ARG(u.name));
    return see_other(p, "/unit/%lld", (long long)id.v);
}

struct err org_unit_edit_get(struct get *g) {
    struct org_unit u;
    struct org_unit_by_id_row *row;
    TRY(path_unit(g->request, g->db, &u));
    TRY(org_unit_by_id(g->db, (struct org_unit_by_id_in){.id = {u.id.v}}, &row));
    struct org_form v = about_unit(g, &u, "edit");
    v.title = S("Sửa đơn vị");
    v.button = S("Lưu");
    v.form = form_begin_at(g->arena, org_unit_fields, g->form, row->version);
    form_set(v.form, "name", row->name);
    form_set(v.form, "short_name", row->short_name);
    form_set(v.form, "code", row->code);
    form_set(v.form, "notation", row->notation);
    form_set(v.form, "phone", row->phone);
    form_set(v.form, "email", row->email);
    form_set(v.form, "street", row->street);
    form_set(v.form, "ordinal", str_format(g->arena, "%lld", (long long)row->ordinal));
    return org_form_show(g, v, org_unit_fields);
}

struct err org_unit_edit_post(struct post *p) {
    struct org_unit old;
    struct org_unit_new u = unit_of(p->form);
    u.version = form_version(p->form);
    TRY(path_unit(p->request, db_reading(p->db), &old));
    TRY(org_unit_change(p->db, old.id, &u));
    flash(p, "Đã lưu.");
    return see_other(p, "/unit/%lld", (long long)old.id.v);
}

/* A form with the one date on which something ends. */
static struct err end_form(struct get *g, struct org_form v) {
    v.form = form_begin(g->arena, org_end_fields, g->form);
    form_set_date(v.form, "until_on", clock_today());
    v.button = S("Kết thúc");
    return org_form_show(g, v, org_end_fields);
}

struct err org_unit_close_get(struct get *g) {
    struct org_unit u;
    TRY(path_unit(g->request, g->db, &u));
    struct org_form v = about_unit(g, &u, "close");
    v.title = S("Kết thúc hoạt động");
    v.words = S("Đơn vị vẫn còn trong danh bạ để tra cứu văn bản, số liệu cũ.");
    return end_form(g, v);
}

struct err org_unit_close_post(struct post *p) {
    struct org_unit u;
    TRY(path_unit(p->request, db_reading(p->db), &u));
    TRY(org_unit_close(p->db, u.id, form_date(p->form, "until_on")));
    flash(p, "Đã ghi nhận %.*s kết thúc hoạt động.", STR_ARG(u.short_name));
    return see_other(p, "/unit/%lld", (long long)u.id.v);
}

struct err org_edge_get(struct get *g) {
    struct org_unit u;
    TRY(path_unit(g->request, g->db, &u));
    struct org_form v = about_unit(g, &u, "edge");
    v.title = S("Thêm quan hệ");
    v.words = S("Chuyển về dưới đơn vị khác thì quan hệ chính đang có kết thúc ngày hôm trước; quyền của người trong "
                "đơn vị đi theo.");
    v.button = S("Thêm");
    v.form = form_begin(g->arena, org_edge_fields, g->form);
    form_set_date(v.form, "from_on", clock_today());
    return org_form_show(g, v, org_edge_fields);
}

struct err org_edge_post(struct post *p) {
    struct org_unit u;
    TRY(path_unit(p->request, db_reading(p->db), &u));
    struct org_edge_new e = {.kind = form_text(p->form, "kind"),
                             .from = u.id,
                             .is_main = form_flag(p->form, "main"),
                             .permits = (form_flag(p->form, "figures") ? ORG_PERMIT_FIGURES : 0) |
                                        (form_flag(p->form, "send") ? ORG_PERMIT_SEND : 0),
                             .from_on = form_date(p->form, "from_on"),
                             .until_on = form_date(p->form, "until_on"),
                             .basis = form_text(p->form, "basis")};
    TRY(org_unit_typed(db_reading(p->db), form_text(p->form, "to"), "to", &e.to));
    TRY(org_edge_make(p->db, &e));
    flash(p, "Đã thêm quan hệ.");
    return see_other(p, "/unit/%lld", (long long)u.id.v);
}

static struct err path_edge(struct request *r, struct db_read *db, struct org_edge_by_id_row **row) {
    int64_t id;
    TRY(path_id(r, S("id"), &id));
    TRY(org_edge_by_id(db, (struct org_edge_by_id_in){.id = {id}}, row));
    return *row ? OK : FAIL(ERR_MISSING, "no such edge");
}

struct err org_edge_end_get(struct get *g) {
    struct org_edge_by_id_row *e;
    struct org_unit from, to;
    TRY(path_edge(g->request, g->db, &e));
    TRY(org_unit(g->db, (struct unit_id){e->from_unit.v}, &from));
    TRY(org_unit(g->db, (struct unit_id){e->to_unit.v}, &to));
    struct org_form v = about_unit(g, &from, "edge");
    v.title = S("Kết thúc quan hệ");
    v.words = str_format(g->arena, "%.*s: %.*s", STR_ARG(org_edge_words(e->kind)), STR_ARG(to.short_name));
    v.action = link_local(g->arena, "/admin/edge/%lld/end", (long long)e->id.v);
    return end_form(g, v);
}

struct err org_edge_end_post(struct post *p) {
    struct org_edge_by_id_row *e;
    TRY(path_edge(p->request, db_reading(p->db), &e));
    TRY(org_edge_end(p->db, e->id.v, form_date(p->form, "until_on")));
    flash(p, "Đã kết thúc quan hệ.");
    return see_other(p, "/unit/%lld", (long long)e->from_unit.v);
}

struct err org_term_get(struct get *g) {
    struct org_unit u;
    TRY(path_unit(g->request, g->db, &u));
    struct org_form v = about_unit(g, &u, "term");
    v.title = S("Thêm nhiệm kỳ");
    v.words = S("Chức danh gắn với nhiệm kỳ hết cùng nhiệm kỳ.");
    v.button = S("Thêm");
    return org_form_show(g, v, org_term_fields);
}

struct err org_term_post(struct post *p) {
    struct org_unit u;
    int64_t term;
    TRY(path_unit(p->request, db_reading(p->db), &u));
    TRY(org_term_make(p->db, u.id, form_text(p->form, "name"), form_date(p->form, "from_on"),
                      form_date(p->form, "until_on"), &term));
    flash(p, "Đã thêm nhiệm kỳ.");
    return see_other(p, "/unit/%lld", (long long)u.id.v);
}

static struct err path_term(struct request *r, struct db_read *db, struct org_term_by_id_row **row) {
    int64_t id;
    TRY(path_id(r, S("id"), &id));
    TRY(org_term_by_id(db, (struct org_term_by_id_in){.id = {id}}, row));
    return *row ? OK : FAIL(ERR_MISSING, "no such term");
}

struct err org_term_end_get(struct get *g) {
    struct org_term_by_id_row *term;
    struct org_unit u;
    TRY(path_term(g->request, g->db, &term));
    TRY(org_unit(g->db, (struct unit_id){term->organ.v}, &u));
    struct org_form v = about_unit(g, &u, "term");
    v.title = S("Kết thúc nhiệm kỳ");
    v.words = term->name;
    v.action = link_local(g->arena, "/admin/term/%lld/end", (long long)term->id.v);
    return end_form(g, v);
}

struct err org_term_end_post(struct post *p) {
    struct org_term_by_id_row *term;
    TRY(path_term(p->request, db_reading(p->db), &term));
    TRY(org_term_end(p->db, term->id.v, form_date(p->form, "until_on")));
    flash(p, "Đã kết thúc nhiệm kỳ.");
    return see_other(p, "/unit/%lld", (long long)term->organ.v);
}

struct err org_units_export(struct get *g) {
    static const struct sheet_column columns[] = {{S_INIT("Mã"), 14},
                                                  {S_INIT("Tên đầy đủ"), 50},
                                                  {S_INIT("Tên gọi ngắn"), 34},
                                                  {S_INIT("Loại"), 30},
                                                  {S_INIT("Cấp"), 24},
                                                  {S_INIT("Mã đơn vị trên"), 16},
                                                  {S_INIT("Ký hiệu"), 14},
                                                  {S_INIT("Điện thoại"), 16},
                                                  {S_INIT("Thư điện tử"), 26},
                                                  {S_INIT("Địa chỉ"), 34},
                                                  {S_INIT("Từ ngày"), 12},
                                                  {S_INIT("Đến hết ngày"), 14},
                                                  {.width = 0}};
    struct sheet *s;
    struct str bytes;
    int64_t after = 0;
    TRY(sheet_begin(g->arena, SHEET_XLSX, S("Đơn vị"), S(""), columns, &s));
    for (;;) {
        struct org_units_after_rows rows;
        TRY(org_units_after(g->db, (struct org_units_after_in){.after = after, .limit = EXPORT_PAGE}, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            struct org_units_after_row *u = &rows.at[i];
            struct org_unit parent = {0};
            err_ignore(u->parent.v ? org_unit(g->db, (struct unit_id){u->parent.v}, &parent) : OK);
            struct str cells[] = {u->code,
                                  u->name,
                                  u->short_name,
                                  org_kind_words(u->kind),
                                  org_level_words(u->level),
                                  parent.code,
                                  u->notation,
                                  u->phone,
                                  u->email,
                                  u->street};
            for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
                sheet_text(s, cells[c]);
            }
            sheet_date(s, u->from_on);
            sheet_date(s, u->until_on);
            sheet_row(s);
            after = u->id.v;
        }
        if (rows.n < EXPORT_PAGE) {
            break;
        }
    }
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("don-vi.xlsx"), bytes);
}
