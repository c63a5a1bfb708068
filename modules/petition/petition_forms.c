/* The forms, what people do by them, and the routes: each act is a noun under its address. */
#include "modules/petition/petition_forms.h"
#include "modules/petition/petition_public.h"

#include "base/buf.h"

enum { PAPER_MOST = 100 * 1024 * 1024, PUBLIC_BODY_MOST = 52 * 1024 * 1024 };

#define CHOICES(name_, ...) static const struct choice name_[] = {__VA_ARGS__, {S_INIT(""), S_INIT("")}}

CHOICES(channels, {S_INIT("counter"), S_INIT("Gửi tại trụ sở")}, {S_INIT("post"), S_INIT("Bưu điện")},
        {S_INIT("reception"), S_INIT("Tiếp công dân")}, {S_INIT("leader"), S_INIT("Lãnh đạo chuyển")},
        {S_INIT("transfer"), S_INIT("Cơ quan khác chuyển")}, {S_INIT("delegate"), S_INIT("Đại biểu chuyển")},
        {S_INIT("press"), S_INIT("Báo chí chuyển")}, {S_INIT("email"), S_INIT("Thư điện tử")},
        {S_INIT("portal"), S_INIT("Cổng thông tin")}, {S_INIT("app"), S_INIT("Ứng dụng")},
        {S_INIT("phone"), S_INIT("Điện thoại")}, {S_INIT("zalo"), S_INIT("Zalo")}, {S_INIT("other"), S_INIT("Khác")});
CHOICES(bodies, {S_INIT("ubnd_xa"), S_INIT("UBND xã, phường, đặc khu")}, {S_INIT("ubnd_tp"), S_INIT("UBND thành phố")},
        {S_INIT("so_nganh"), S_INIT("Sở, ngành")}, {S_INIT("cong_an"), S_INIT("Công an")},
        {S_INIT("toa_an"), S_INIT("Tòa án")}, {S_INIT("ubkt_dang"), S_INIT("Ủy ban kiểm tra của Đảng")},
        {S_INIT("to_chuc_thanh_vien"), S_INIT("Tổ chức thành viên")}, {S_INIT("front"), S_INIT("Mặt trận Tổ quốc")},
        {S_INIT("doanh_nghiep"), S_INIT("Doanh nghiệp")}, {S_INIT("other"), S_INIT("Cơ quan khác")});
CHOICES(replies, {S_INIT("received"), S_INIT("Đã nhận đơn")}, {S_INIT("accepted"), S_INIT("Đã thụ lý")},
        {S_INIT("result"), S_INIT("Có kết quả giải quyết")},
        {S_INIT("wrong"), S_INIT("Trả lại vì không thuộc thẩm quyền")});
CHOICES(opinions, {S_INIT("right"), S_INIT("Đúng, đã được giải quyết")}, {S_INIT("not"), S_INIT("Chưa")});
CHOICES(names, {S_INIT("type"), S_INIT("Loại đơn")}, {S_INIT("lacks"), S_INIT("Điều kiện")},
        {S_INIT("place"), S_INIT("Địa bàn")}, {S_INIT("authority"), S_INIT("Thẩm quyền")},
        {S_INIT("topic"), S_INIT("Lĩnh vực")}, {S_INIT("written_on"), S_INIT("Ngày viết đơn")},
        {S_INIT("disposition"), S_INIT("Đề xuất xử lý")});

#define DOC                                                                                                            \
    { .kind = FIELD_LINE, .name = S_INIT("doc"), .label = S_INIT("Số văn bản"), .most = 60 }
#define ON                                                                                                             \
    { .kind = FIELD_DATE, .name = S_INIT("on"), .label = S_INIT("Ngày, nếu không phải hôm nay") }
#define TEXT(label_)                                                                                                   \
    { .kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT(label_), .most = 5000 }
#define WRITER                                                                                                         \
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Họ tên người gửi"), .most = 120},                    \
        {.kind = FIELD_LINE, .name = S_INIT("address"), .label = S_INIT("Địa chỉ"), .most = 300},                      \
        {.kind = FIELD_LINE, .name = S_INIT("phone"), .label = S_INIT("Điện thoại"), .most = 40}, {                    \
        .kind = FIELD_LINE, .name = S_INIT("email"), .label = S_INIT("Email"), .most = 120                             \
    }
#define CHANNEL                                                                                                        \
    {.kind = FIELD_CHOICE,                                                                                             \
     .name = S_INIT("channel"),                                                                                        \
     .label = S_INIT("Đơn đến bằng đường nào"),                                                                        \
     .is_required = true,                                                                                              \
     .choices = channels},                                                                                             \
    {                                                                                                                  \
        .kind = FIELD_LINE, .name = S_INIT("source"), .label = S_INIT("Cơ quan chuyển đến, số văn bản chuyển"),        \
        .most = 300                                                                                                    \
    }
#define PEOPLE                                                                                                         \
    { .kind = FIELD_INT, .name = S_INIT("people"), .label = S_INIT("Số người ký đơn"), .least = 1, .most = 10000 }

const struct field petition_new_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("text"),
     .label = S_INIT("Nội dung đơn"),
     .is_required = true,
     .most = 60000,
     .hint = S_INIT("Gõ lại hoặc dán cả đơn, từ quốc hiệu đến chữ ký. Máy đọc rồi đề xuất, cán bộ quyết định.")},
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Bản quét đơn và giấy tờ kèm theo"),
     .is_many = true,
     .most = PAPER_MOST},
    CHANNEL,
    {.kind = FIELD_DATE, .name = S_INIT("received_on"), .label = S_INIT("Ngày nhận")},
    PEOPLE,
    {.kind = FIELD_LINE,
     .name = S_INIT("title"),
     .label = S_INIT("Đơn về việc gì"),
     .most = PETITION_TITLE_MOST,
     .hint = S_INIT("Để trống thì lấy theo loại đơn và lĩnh vực.")},
    WRITER,
    {0},
};
const struct field petition_edit_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("title"),
     .label = S_INIT("Đơn về việc gì"),
     .is_required = true,
     .most = PETITION_TITLE_MOST},
    CHANNEL,
    PEOPLE,
    WRITER,
    FORM_VERSION,
    {0},
};
const struct field petition_finding_fields[] = {
    {.kind = FIELD_CHOICE, .name = S_INIT("name"), .label = S_INIT("Mục"), .is_required = true, .choices = names},
    {.kind = FIELD_LINE, .name = S_INIT("value"), .label = S_INIT("Giá trị"), .most = 900},
    {.kind = FIELD_LINE, .name = S_INIT("org"), .label = S_INIT("Tên cơ quan"), .most = 200},
    {.kind = FIELD_PAIRS, .name = S_INIT("reason"), .label = S_INIT("Lý do")},
    FORM_VERSION,
    {0},
};
const struct field petition_accept_fields[] = {DOC, ON, {0}};
const struct field petition_reason_fields[] = {DOC, TEXT("Lý do, nội dung"), ON, {0}};
const struct field petition_transfer_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("body"), .label = S_INIT("Chuyển đến"), .is_required = true, .most = 200},
    {.kind = FIELD_CHOICE, .name = S_INIT("body_kind"), .label = S_INIT("Loại cơ quan"), .choices = bodies},
    DOC,
    TEXT("Nội dung đề nghị"),
    ON,
    {0},
};
const struct field petition_reply_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("kind"),
     .label = S_INIT("Nơi nhận trả lời"),
     .is_required = true,
     .choices = replies},
    DOC,
    TEXT("Nội dung phúc đáp"),
    ON,
    {0},
};
const struct field petition_urge_fields[] = {DOC, TEXT("Nội dung đôn đốc"), {0}};
const struct field petition_confirm_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("kind"),
     .label = S_INIT("Người gửi đơn cho biết"),
     .is_required = true,
     .choices = opinions},
    TEXT("Ý kiến cụ thể"),
    {0},
};
const struct field petition_ask_fields[] = {TEXT("Hỏi điều gì; người gửi đọc nguyên văn"), {0}};
const struct field petition_close_fields[] = {TEXT("Ghi chú"), {0}};
const struct field petition_give_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("lead"), .label = S_INIT("Giao cho"), .is_required = true},
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Việc cần làm"), .is_required = true, .most = 2000},
    {.kind = FIELD_INT, .name = S_INIT("days"), .label = S_INIT("Hạn: số ngày làm việc"), .least = 1, .most = 365},
    {0},
};
const struct field petition_case_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("other"), .label = S_INIT("Đơn cùng vụ việc"), .is_required = true},
    {0},
};
const struct field petition_identity_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("reason"),
     .label = S_INIT("Vì sao cần biết ai tố cáo"),
     .is_required = true,
     .least = 10,
     .most = 500,
     .hint = S_INIT("Lý do được ghi vào nhật ký kiểm tra, không xóa được.")},
    {0},
};
const struct field petition_index_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("tab"), .label = S_INIT("Mục"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Tìm"), .most = 200},
    {.kind = FIELD_LINE, .name = S_INIT("type"), .label = S_INIT("Loại đơn"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("state"), .label = S_INIT("Trạng thái"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("channel"), .label = S_INIT("Đường đến"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("place"), .label = S_INIT("Địa bàn"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("from"), .label = S_INIT("Nhận từ ngày"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("to"), .label = S_INIT("đến ngày"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Sau"), .most = 40},
    {0},
};
const struct field petition_show_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {0},
};
const struct field petition_report_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("period"), .label = S_INIT("Kỳ báo cáo"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("cell"), .label = S_INIT("Ô"), .most = 3},
    {.kind = FIELD_LINE, .name = S_INIT("format"), .label = S_INIT("Định dạng"), .most = 5},
    {0},
};
const struct field petition_file_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("download"), .label = S_INIT("Tải về"), .most = 1},
    {0},
};

const struct petition_noun petition_nouns[] = {
    {"accept", "acceptance", petition_accept_fields},
    {"transfer", "transfer", petition_transfer_fields},
    {"guide", "guidance", petition_reason_fields},
    {"refuse", "refusal", petition_reason_fields},
    {"return", "return", petition_reason_fields},
    {"file", "filing", petition_reason_fields},
    {"reply", "reply", petition_reply_fields},
    {"urge", "urging", petition_urge_fields},
    {"ask", "question", petition_ask_fields},
    {"answer", "answer", petition_reason_fields},
    {"confirm", "confirmation", petition_confirm_fields},
    {"close", "closing", petition_close_fields},
    {"reopen", "reopening", petition_reason_fields},
    {NULL, NULL, NULL},
};

bool petition_has_field(const struct form *f, const char *name) {
    for (size_t i = 0; i < f->values.n; i++) {
        if (str_eq(f->values.at[i].field->name, str_of(name))) {
            return true;
        }
    }
    return false;
}

/* ---- Acts */

static struct petition_act act_of(struct post *p, const char *verb) {
    struct petition_act act = {.verb = verb};
#define TAKE(member_, name_)                                                                                           \
    if (petition_has_field(p->form, name_)) {                                                                          \
        act.member_ = form_text(p->form, name_);                                                                       \
    }
    TAKE(doc, "doc")
    TAKE(text, "text")
    TAKE(body, "body")
    TAKE(body_kind, "body_kind")
    TAKE(kind, "kind")
#undef TAKE
    if (petition_has_field(p->form, "on")) {
        act.on = form_date(p->form, "on");
    }
    return act;
}

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
    struct petition_act act = act_of(p, n->verb);
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
    struct task_new task = {
        .lead = form_id(p->form, "lead"), .text = form_text(p->form, "text"), .days = form_number(p->form, "days")};
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

#define PUBLIC_GET(path_, get_, name_, ...)                                                                            \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_PUBLIC, .get = (get_), .name = S_INIT(name_),          \
        __VA_ARGS__                                                                                                    \
    }
#define PUBLIC_POST(path_, post_, fields_, name_, ...)                                                                 \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_PUBLIC, .post = (post_), .fields = (fields_),         \
        .name = S_INIT(name_), __VA_ARGS__                                                                             \
    }

const struct route petition_routes[] = {
    PUBLIC_GET("/petition/send", petition_send_get, "Gửi đơn, phản ánh", .budget_ms = 300),
    PUBLIC_POST("/petition/send", petition_send_post, petition_no_fields, "Bắt đầu viết đơn",
                .again = petition_send_get),
    PUBLIC_GET("/petition/draft/{id}", petition_draft_get, "Đơn đang viết", .budget_ms = 300),
    PUBLIC_POST("/petition/draft/{id}", petition_draft_post, petition_write_fields, "Lưu đơn đang viết",
                .again = petition_draft_get, .before = file_before, .body_limit = PUBLIC_BODY_MOST),
    {.method = METHOD_DELETE,
     .path = "/petition/draft/{id}/file/{file}",
     .access = ACCESS_PUBLIC,
     .post = petition_draft_file_drop,
     .fields = petition_no_fields,
     .name = S_INIT("Bỏ một tệp của đơn đang viết")},
    PUBLIC_GET("/petition/draft/{id}/check", petition_check_get, "Xem lại đơn trước khi gửi", .budget_ms = 300),
    PUBLIC_POST("/petition/draft/{id}/send", petition_sending_post, petition_send_fields, "Gửi đơn",
                .again = petition_check_get, .before = receipt_before),
    PUBLIC_GET("/petition/receipt/{id}", petition_track_get, "Đơn đến đâu", .fields = petition_track_query),
    PUBLIC_GET("/petition/receipt/{id}/slip", petition_receipt_get, "Phiếu biên nhận đơn", .budget_ms = 300),
    PUBLIC_POST("/petition/receipt/{id}/addition", petition_add_post, petition_add_fields, "Bổ sung đơn",
                .again = petition_track_get, .before = file_before, .body_limit = PUBLIC_BODY_MOST),
    PUBLIC_POST("/petition/receipt/{id}/opinion", petition_opine_post, petition_opine_fields, "Ý kiến về câu trả lời",
                .again = petition_track_get),
    PUBLIC_POST("/petition/receipt/{id}/closing", petition_forget_post, petition_no_fields, "Đóng đơn trên máy này",
                .budget_ms = 300),
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
    ACT("question", petition_ask_fields, "Hỏi người gửi đơn"),
    ACT("answer", petition_reason_fields, "Trả lời người gửi đơn"),
    ACT("confirmation", petition_confirm_fields, "Ghi ý kiến người gửi đơn"),
    ACT("closing", petition_close_fields, "Kết thúc đơn"),
    ACT("reopening", petition_reason_fields, "Mở lại đơn"),
    {0},
};
