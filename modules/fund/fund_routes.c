/* Forms and routes of the fund. Every act is a noun under the address of what it acts on. */
#include "kernel/module.h"
#include "modules/fund/fund_pages.h"

#include "base/banned.h"

enum { UPLOAD_MOST = 60 << 20 };
#define AMOUNT_MOST INT64_C(1000000000000)

static const struct choice vias_in[] = {
    {S_INIT("cash"), S_INIT("Tiền mặt")}, {S_INIT("goods"), S_INIT("Hiện vật")}, {{0}, {0}}};
static const struct choice vias_back[] = {{S_INIT("cash"), S_INIT("Trả ngay bằng tiền mặt, hiện vật")},
                                          {S_INIT("bank"), S_INIT("Chuyển khoản, chờ sao kê")},
                                          {{0}, {0}}};
static const struct choice kinds_all[] = {{S_INIT("donation"), S_INIT("Ủng hộ")},
                                          {S_INIT("mistake"), S_INIT("Chuyển nhầm, phải trả lại")},
                                          {S_INIT("interest"), S_INIT("Lãi tiền gửi")},
                                          {S_INIT("other_in"), S_INIT("Thu khác")},
                                          {S_INIT("unclear"), S_INIT("Chưa rõ")},
                                          {S_INIT("internal"), S_INIT("Chuyển giữa các tài khoản của quỹ")},
                                          {S_INIT("payout"), S_INIT("Chi hỗ trợ")},
                                          {S_INIT("refund"), S_INIT("Trả lại tiền")},
                                          {S_INIT("fee"), S_INIT("Phí ngân hàng")},
                                          {S_INIT("salary"), S_INIT("Chi khác")},
                                          {{0}, {0}}};
static const struct choice purposes[] = {{S_INIT("house"), S_INIT("Nhà Đại đoàn kết")},
                                         {S_INIT("living"), S_INIT("Sinh kế")},
                                         {S_INIT("school"), S_INIT("Học bổng")},
                                         {S_INIT("tet"), S_INIT("Quà Tết")},
                                         {S_INIT("health"), S_INIT("Khám, chữa bệnh")},
                                         {S_INIT("urgent"), S_INIT("Cứu trợ đột xuất")},
                                         {{0}, {0}}};
static const struct choice classes[] = {{S_INIT("poor"), S_INIT("Hộ nghèo")},
                                        {S_INIT("near"), S_INIT("Hộ cận nghèo")},
                                        {S_INIT("hard"), S_INIT("Hoàn cảnh khó khăn")},
                                        {S_INIT("hit"), S_INIT("Bị thiên tai, hoả hoạn")},
                                        {{0}, {0}}};

#define LINE(name_, label_, ...)                                                                                       \
    { .kind = FIELD_LINE, .name = S_INIT(name_), .label = S_INIT(label_), __VA_ARGS__ }

const struct field fund_no_fields[] = {{0}};
const struct field fund_campaign_fields[] = {
    LINE("code", "Mã", .most = 20,
         .hint = S_INIT("Chữ thường không dấu; bao3, vnn, ddk, biendao, tet được nhận ra trên sao kê.")),
    LINE("title", "Tên đợt vận động", .is_required = true, .most = 120),
    {.kind = FIELD_TEXT, .name = S_INIT("purpose"), .label = S_INIT("Để làm gì"), .is_required = true, .most = 1000},
    {.kind = FIELD_DATE, .name = S_INIT("from_on"), .label = S_INIT("Nhận từ ngày"), .is_required = true},
    {.kind = FIELD_DATE,
     .name = S_INIT("until_on"),
     .label = S_INIT("Đến hết ngày"),
     .hint = S_INIT("Để trống khi chưa định.")},
    {.kind = FIELD_INT, .name = S_INIT("goal"), .label = S_INIT("Mục tiêu, đồng"), .most = AMOUNT_MOST},
    FORM_VERSION,
    {0},
};
const struct field fund_account_fields[] = {
    LINE("bank", "Ngân hàng", .is_required = true, .most = 120),
    LINE("number", "Số tài khoản", .is_required = true, .most = 30),
    {0},
};
const struct field fund_gift_fields[] = {
    LINE("donor", "Người ủng hộ", .most = 200, .hint = S_INIT("Để trống khi không biết là ai.")),
    {.kind = FIELD_FLAG, .name = S_INIT("is_hidden"), .label = S_INIT("Không nêu tên khi công khai")},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("via"),
     .label = S_INIT("Hình thức"),
     .is_required = true,
     .choices = vias_in},
    {.kind = FIELD_INT,
     .name = S_INIT("amount"),
     .label = S_INIT("Số tiền, đồng"),
     .is_required = true,
     .least = 1,
     .most = AMOUNT_MOST,
     .hint = S_INIT("Hiện vật thì ghi giá trị quy ra tiền.")},
    LINE("goods", "Hiện vật", .most = 300, .hint = S_INIT("Gồm những gì, bao nhiêu.")),
    {.kind = FIELD_DATE,
     .name = S_INIT("day_on"),
     .label = S_INIT("Ngày nhận"),
     .hint = S_INIT("Để trống là hôm nay.")},
    {.kind = FIELD_ID, .name = S_INIT("campaign"), .label = S_INIT("Đợt vận động")},
    LINE("contact", "Liên hệ", .most = 200, .hint = S_INIT("Không bao giờ hiện công khai.")),
    LINE("memo", "Lời nhắn", .most = 300),
    {0},
};
const struct field fund_move_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("campaign"), .label = S_INIT("Sang đợt"), .is_required = true},
    FORM_VERSION,
    {0},
};
const struct field fund_refund_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("via"),
     .label = S_INIT("Trả bằng"),
     .is_required = true,
     .choices = vias_back},
    {.kind = FIELD_TEXT, .name = S_INIT("reason"), .label = S_INIT("Lý do"), .is_required = true, .most = 500},
    {0},
};
const struct field fund_show_fields[] = {
    {.kind = FIELD_FLAG, .name = S_INIT("hide"), .label = S_INIT("Giấu tên")},
    FORM_VERSION,
    {0},
};
const struct field fund_statement_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("account"), .label = S_INIT("Tài khoản"), .is_required = true},
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Tệp sao kê (.csv, .xlsx)"),
     .is_required = true,
     .most = UPLOAD_MOST,
     .hint = S_INIT("Tải từ ngân hàng về thế nào cứ để nguyên thế.")},
    {0},
};
const struct field fund_kind_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("kind"),
     .label = S_INIT("Là tiền gì"),
     .is_required = true,
     .choices = kinds_all},
    {0},
};
const struct field fund_correct_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("kind"),
     .label = S_INIT("Là tiền gì"),
     .is_required = true,
     .choices = kinds_all},
    {.kind = FIELD_ID, .name = S_INIT("campaign"), .label = S_INIT("Đợt vận động")},
    LINE("donor", "Người ủng hộ", .most = 200),
    {.kind = FIELD_FLAG, .name = S_INIT("is_hidden"), .label = S_INIT("Không nêu tên khi công khai")},
    {0},
};
const struct field fund_household_fields[] = {
    LINE("name", "Chủ hộ", .is_required = true, .most = 120),
    LINE("commune", "Xã, phường", .is_required = true),
    LINE("place", "Thôn, tổ dân phố", .most = 200),
    {.kind = FIELD_CHOICE, .name = S_INIT("class"), .label = S_INIT("Diện"), .is_required = true, .choices = classes},
    {.kind = FIELD_TEXT, .name = S_INIT("note"), .label = S_INIT("Ghi chú"), .most = 1000},
    FORM_VERSION,
    {0},
};
const struct field fund_decision_fields[] = {
    LINE("number", "Số quyết định", .is_required = true, .most = 60),
    {.kind = FIELD_DATE, .name = S_INIT("day_on"), .label = S_INIT("Ngày quyết định"), .is_required = true},
    {.kind = FIELD_ID, .name = S_INIT("campaign"), .label = S_INIT("Lấy từ đợt vận động"), .is_required = true},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("purpose"),
     .label = S_INIT("Chi cho việc"),
     .is_required = true,
     .choices = purposes},
    LINE("words", "Nội dung", .is_required = true, .most = 300),
    {0},
};
const struct field fund_add_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("household"), .label = S_INIT("Hộ"), .is_required = true},
    {.kind = FIELD_INT,
     .name = S_INIT("amount"),
     .label = S_INIT("Số tiền, đồng"),
     .is_required = true,
     .least = 1,
     .most = AMOUNT_MOST},
    {.kind = FIELD_DATE, .name = S_INIT("due_on"), .label = S_INIT("Trả chậm nhất"), .is_required = true},
    {0},
};
const struct field fund_transfer_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("transfer"), .label = S_INIT("Dòng chi trên sao kê"), .is_required = true},
    {0},
};
const struct field fund_cash_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("via"),
     .label = S_INIT("Hình thức"),
     .is_required = true,
     .choices = vias_in},
    {.kind = FIELD_DATE, .name = S_INIT("paid_on"), .label = S_INIT("Ngày trả"), .is_required = true},
    {0},
};
const struct field fund_evidence_fields[] = {
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Ảnh, biên bản bàn giao, giấy nhận"),
     .is_required = true,
     .is_many = true,
     .most = UPLOAD_MOST},
    {0},
};
const struct field fund_month_fields[] = {
    LINE("month", "Tháng", .is_required = true, .most = 7),
    {0},
};

#define PAGE(path_, get_, name_)                                                                                       \
    { .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .name = S_INIT(name_) }
#define OPEN(path_, get_, name_)                                                                                       \
    { .method = METHOD_GET, .path = (path_), .access = ACCESS_PUBLIC, .get = (get_), .name = S_INIT(name_) }
#define ACT(path_, post_, fields_, again_, name_)                                                                      \
    {                                                                                                                  \
        .method = METHOD_POST, .path = "/fund/{id}/" path_, .access = ACCESS_SIGNED_IN, .post = (post_),               \
        .fields = (fields_), .again = (again_), .name = S_INIT(name_)                                                  \
    }
#define MAKE(path_, post_, fields_, again_, edit_, name_)                                                              \
    {                                                                                                                  \
        .method = METHOD_POST, .path = "/fund/{id}/" path_, .access = ACCESS_SIGNED_IN, .post = (post_),               \
        .fields = (fields_), .again = (again_), .edit = "/fund/{id}/" edit_, .name = S_INIT(name_)                     \
    }
#define FILES(path_, post_, fields_, again_, name_)                                                                    \
    {                                                                                                                  \
        .method = METHOD_POST, .path = "/fund/{id}/" path_, .access = ACCESS_SIGNED_IN, .post = (post_),               \
        .fields = (fields_), .again = (again_), .before = file_before, .body_limit = UPLOAD_MOST,                      \
        .name = S_INIT(name_)                                                                                          \
    }

const struct route fund_routes[] = {
    OPEN("/fund/public", fund_public_index_get, "Công khai"),
    OPEN("/fund/public/{fund}", fund_public_get, "Sao kê công khai của quỹ"),
    OPEN("/fund/public/{fund}/campaign/{campaign}", fund_public_campaign_get, "Đợt vận động, công khai"),
    OPEN("/fund/public/{fund}/file/{publication}", fund_public_file_get, "Bản công khai để kiểm"),
    PAGE("/fund", fund_index_get, "Các quỹ"),
    PAGE("/fund/{id}", fund_show_get, "Một quỹ"),
    PAGE("/fund/{id}/campaign/new", fund_campaign_new_get, "Mở đợt vận động"),
    MAKE("campaign", fund_campaign_post, fund_campaign_fields, fund_campaign_new_get, "campaign/{campaign}/edit",
         "Mở đợt vận động"),
    PAGE("/fund/{id}/campaign/{campaign}", fund_campaign_get, "Một đợt vận động"),
    PAGE("/fund/{id}/campaign/{campaign}/edit", fund_campaign_edit_get, "Sửa đợt vận động"),
    ACT("campaign/{campaign}/edit", fund_campaign_edit_post, fund_campaign_fields, fund_campaign_edit_get,
        "Sửa đợt vận động"),
    PAGE("/fund/{id}/account/new", fund_account_new_get, "Thêm tài khoản của quỹ"),
    ACT("account", fund_account_post, fund_account_fields, fund_account_new_get, "Thêm tài khoản của quỹ"),
    PAGE("/fund/{id}/statement", fund_statements_get, "Sao kê của quỹ"),
    FILES("statement", fund_statement_post, fund_statement_fields, fund_statements_get, "Tải sao kê lên"),
    PAGE("/fund/{id}/statement/{statement}", fund_statement_get, "Một sao kê"),
    ACT("statement/{statement}/entry", fund_entry_post, fund_no_fields, fund_statement_get, "Vào sổ một sao kê"),
    ACT("statement/{statement}/undoing", fund_undoing_post, fund_no_fields, fund_statement_get, "Rút sao kê khỏi sổ"),
    PAGE("/fund/{id}/statement/{statement}/line/{line}", fund_transfer_get, "Sửa một dòng sao kê"),
    ACT("statement/{statement}/line/{line}/kind", fund_kind_post, fund_kind_fields, fund_transfer_get,
        "Nói một dòng là tiền gì"),
    ACT("statement/{statement}/line/{line}/correction", fund_correction_post, fund_correct_fields, fund_transfer_get,
        "Sửa một dòng sao kê"),
    PAGE("/fund/{id}/gift", fund_gifts_get, "Các khoản ủng hộ"),
    PAGE("/fund/{id}/gift/new", fund_gift_new_get, "Ghi một khoản ủng hộ"),
    MAKE("gift", fund_gift_post, fund_gift_fields, fund_gift_new_get, "gift/{gift}", "Ghi một khoản ủng hộ"),
    PAGE("/fund/{id}/gift/{gift}", fund_gift_get, "Một khoản ủng hộ"),
    ACT("gift/{gift}/showing", fund_gift_showing_post, fund_show_fields, fund_gift_get,
        "Nêu hay giấu tên người ủng hộ"),
    ACT("gift/{gift}/campaign", fund_gift_campaign_post, fund_move_fields, fund_gift_get,
        "Chuyển khoản ủng hộ sang đợt khác"),
    ACT("gift/{gift}/refund", fund_gift_refund_post, fund_refund_fields, fund_gift_get, "Trả lại người ủng hộ"),
    ACT("gift/{gift}/receipt", fund_gift_receipt_post, fund_no_fields, fund_gift_get, "Cấp biên nhận"),
    PAGE("/fund/{id}/gift/{gift}/receipt", fund_gift_receipt_get, "Biên nhận"),
    PAGE("/fund/{id}/household", fund_households_get, "Các hộ được hỗ trợ"),
    PAGE("/fund/{id}/household/new", fund_household_new_get, "Thêm hộ"),
    MAKE("household", fund_household_post, fund_household_fields, fund_household_new_get, "household/{household}/edit",
         "Thêm hộ"),
    PAGE("/fund/{id}/household/{household}", fund_household_get, "Một hộ được hỗ trợ"),
    PAGE("/fund/{id}/household/{household}/edit", fund_household_edit_get, "Sửa hộ"),
    ACT("household/{household}/edit", fund_household_edit_post, fund_household_fields, fund_household_edit_get,
        "Sửa hộ"),
    PAGE("/fund/{id}/decision", fund_decisions_get, "Các quyết định chi"),
    PAGE("/fund/{id}/decision/new", fund_decision_new_get, "Lập quyết định chi"),
    MAKE("decision", fund_decision_post, fund_decision_fields, fund_decision_new_get, "decision/{decision}",
         "Lập quyết định chi"),
    PAGE("/fund/{id}/decision/{decision}", fund_decision_get, "Một quyết định chi"),
    ACT("decision/{decision}/household", fund_decision_household_post, fund_add_fields, fund_decision_get,
        "Thêm hộ vào quyết định"),
    ACT("decision/{decision}/approval", fund_decision_approval_post, fund_no_fields, fund_decision_get, "Duyệt chi"),
    PAGE("/fund/{id}/payment/{payment}", fund_payment_get, "Một khoản hỗ trợ"),
    ACT("payment/{payment}/transfer", fund_payment_transfer_post, fund_transfer_fields, fund_payment_get,
        "Gắn khoản hỗ trợ với dòng sao kê"),
    ACT("payment/{payment}/handing", fund_payment_handing_post, fund_cash_fields, fund_payment_get,
        "Trả tiền mặt, hiện vật"),
    ACT("payment/{payment}/removal", fund_payment_removal_post, fund_no_fields, fund_payment_get,
        "Bỏ hộ khỏi quyết định"),
    FILES("payment/{payment}/evidence", fund_payment_evidence_post, fund_evidence_fields, fund_payment_get,
          "Đính minh chứng"),
    PAGE("/fund/{id}/payment/{payment}/file/{file}", fund_payment_file_get, "Một minh chứng"),
    PAGE("/fund/{id}/list", fund_list_get, "Các khoản sau một con số"),
    PAGE("/fund/{id}/book", fund_book_get, "Sổ cái của quỹ"),
    ACT("month", fund_month_post, fund_month_fields, fund_book_get, "Khóa sổ tháng"),
    ACT("publication", fund_publication_post, fund_no_fields, NULL, "Công bố bản mới"),
    {0},
};
