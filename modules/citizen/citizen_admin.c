/* The administrator's page: which provider of identity citizens sign in by. */
#include "kernel/http/http.h"
#include "kernel/page/html.h"
#include "kernel/rights/audit.h"
#include "kernel/seal/seal.h"
#include "modules/citizen/citizen_inside.h"
#include "modules/citizen/citizen_pages_gen.h"
#include "modules/citizen/citizen_view.h"

#include "base/banned.h"

#define LINE(name_, label_, required_, hint_)                                                                          \
    {                                                                                                                  \
        .kind = FIELD_LINE, .name = S_INIT(name_), .label = S_INIT(label_), .is_required = (required_), .most = 300,   \
        .hint = S_INIT(hint_)                                                                                          \
    }

const struct field citizen_admin_fields[] = {
    FORM_VERSION,
    {.kind = FIELD_FLAG, .name = S_INIT("is_on"), .label = S_INIT("Cho người dân đăng nhập")},
    LINE("name", "Tên trên nút", true, "Ví dụ VNeID."),
    LINE("issuer", "Địa chỉ nơi xác nhận", true, "Đúng như nơi xác nhận tự gọi mình, bắt đầu bằng https://."),
    LINE("client", "Mã ứng dụng", true, "Nơi xác nhận cấp khi đăng ký."),
    {.kind = FIELD_SECRET,
     .name = S_INIT("secret"),
     .label = S_INIT("Khóa bí mật"),
     .most = 300,
     .hint = S_INIT("Để trống thì giữ khóa đang có.")},
    LINE("origin", "Địa chỉ của cổng này", true, "Ví dụ https://mattran.haiphong.gov.vn, không có gạch chéo ở cuối."),
    LINE("scope", "Phạm vi xin", true, "Ví dụ openid profile."),
    LINE("claim_name", "Mục cho biết họ tên", true, "Ví dụ name hoặc HoVaTen."),
    LINE("claim_number", "Mục cho biết số định danh", false, "Ví dụ SoDinhDanh. Để trống thì không lưu."),
    LINE("claim_level", "Mục cho biết mức xác thực", true, "Thường là acr."),
    LINE("levels", "Các mức, từ thấp đến cao", false, "Cách nhau bằng dấu cách."),
    LINE("level_in", "Mức ít nhất để đăng nhập", false, "Một trong các mức trên. Để trống thì mức nào cũng được."),
    {0},
};

static bool is_address(struct str s) {
    bool is_here = str_starts(s, S("http://127.0.0.1:")) || str_starts(s, S("http://localhost:"));
    return link_web(s).v.len && (str_starts(s, S("https://")) || is_here);
}

struct err citizen_admin_get(struct get *g) {
    struct citizen_provider_row_row *row;
    TRY(citizen_provider_row(g->db, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no provider");
    }
    struct form *f = form_begin_at(g->arena, citizen_admin_fields, g->form, row->version);
    struct citizen_admin v = {.form = f,
                              .fault = row->fault,
                              .read_at = row->read_at,
                              .has_secret = row->secret.len > 0,
                              .back = str_format(g->arena, "%.*s/citizen/back", STR_ARG(row->origin))};
    form_set(f, "is_on", row->is_on ? S("1") : S(""));
    form_set(f, "name", row->name);
    form_set(f, "issuer", row->issuer);
    form_set(f, "client", row->client);
    form_set(f, "origin", row->origin);
    form_set(f, "scope", row->scope);
    form_set(f, "claim_name", row->claim_name);
    form_set(f, "claim_number", row->claim_number);
    form_set(f, "claim_level", row->claim_level);
    form_set(f, "levels", row->levels);
    form_set(f, "level_in", row->level_in);
    return answer_citizen_admin(g, &v);
}

static struct err form_judge(struct form *f) {
    struct str level = form_text(f, "level_in");
    if (!is_address(form_text(f, "issuer"))) {
        form_fault(f, "issuer", "Địa chỉ phải bắt đầu bằng https://.");
    }
    if (!is_address(form_text(f, "origin")) || str_ends(form_text(f, "origin"), S("/"))) {
        form_fault(f, "origin", "Địa chỉ phải bắt đầu bằng https:// và không có gạch chéo ở cuối.");
    }
    if (level.len && !citizen_level(form_text(f, "levels"), level)) {
        form_fault(f, "level_in", "Mức này không có trong các mức ở trên.");
    }
    return form_check(f);
}

static struct citizen_provider_change_in change_of(const struct form *f, struct str secret) {
    return (struct citizen_provider_change_in){.is_on = form_flag(f, "is_on"),
                                               .name = form_text(f, "name"),
                                               .issuer = form_text(f, "issuer"),
                                               .client = form_text(f, "client"),
                                               .secret = secret,
                                               .origin = form_text(f, "origin"),
                                               .scope = form_text(f, "scope"),
                                               .claim_name = form_text(f, "claim_name"),
                                               .claim_number = form_text(f, "claim_number"),
                                               .claim_level = form_text(f, "claim_level"),
                                               .levels = form_text(f, "levels"),
                                               .level_in = form_text(f, "level_in"),
                                               .changed_at = clock_now(),
                                               .version = form_version(f)};
}

struct err citizen_admin_post(struct post *p) {
    struct form *f = p->form;
    struct citizen_provider_row_row *row;
    int64_t changed = 0;
    TRY(form_judge(f));
    TRY(citizen_provider_row(db_reading(p->db), &row));
    struct citizen_provider_change_in in = change_of(f, row->secret);
    if (form_text(f, "secret").len) {
        TRY(seal_secret(p->db, form_text(f, "secret"), &in.secret));
    }
    TRY(citizen_provider_change(p->db, in, &changed));
    if (!changed) {
        return REFUSE(ERR_CONFLICT, "version", "Người khác vừa sửa trang này. Mời xem lại rồi lưu lần nữa.");
    }
    TRY(audit_note(p->db, &(struct audit){.verb = S("citizen.provider"), .record = 1}));
    TRY(job_add(p->db, &(struct job_new){.kind = S("citizen.discover")}, NULL));
    flash(p, "Đã lưu. Bản mô tả của nơi xác nhận đang được đọc lại.");
    return see_other(p, "/admin/citizen");
}
