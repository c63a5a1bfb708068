/* Forms and routes of cadres. Every act is a noun under the address of what it acts on. */
#include "kernel/file/file.h"
#include "modules/cadre/cadre_pages.h"

#include "base/banned.h"

enum { FILE_BYTES = 20 << 20, BODY = 24 << 20, PURPOSE_LEAST = 8 };

static const struct choice forms[] = {{S_INIT("2c98"), S_INIT("Sơ yếu lý lịch, mẫu 2C-TW/98")},
                                      {S_INIT("2cbnv"), S_INIT("Sơ yếu lý lịch, mẫu 2C-BNV/2008")},
                                      {S_INIT("hs02"), S_INIT("Phiếu thông tin, mẫu HS02")},
                                      {S_INIT("extract"), S_INIT("Trích ngang lý lịch")},
                                      {{0}, {0}}};

#define ANSWERS                                                                                                        \
    { .kind = FIELD_PAIRS, .name = S_INIT("a"), .label = S_INIT("Các ô của hồ sơ") }
#define BASIS                                                                                                          \
    {                                                                                                                  \
        .kind = FIELD_LINE, .name = S_INIT("basis"), .label = S_INIT("Căn cứ"), .is_required = true,                   \
        .hint = S_INIT("Số quyết định, giấy tờ gốc… Lưu cùng lịch sử của hồ sơ.")                                      \
    }
#define PLACE                                                                                                          \
    {.kind = FIELD_ID,                                                                                                 \
     .name = S_INIT("unit"),                                                                                           \
     .label = S_INIT("Đơn vị"),                                                                                        \
     .hint = S_INIT("Trưởng đơn vị xem được các nhóm cơ bản. Để trống nếu thuộc thẳng cơ quan.")},                     \
    {                                                                                                                  \
        .kind = FIELD_ID, .name = S_INIT("person"), .label = S_INIT("Tài khoản của chính người ấy"),                   \
        .hint = S_INIT("Người ấy xem được hồ sơ của mình và gửi đề nghị sửa. Để trống nếu chưa có.")                   \
    }
#define PURPOSE                                                                                                        \
    {                                                                                                                  \
        .kind = FIELD_LINE, .name = S_INIT("purpose"), .label = S_INIT("Mục đích xem"), .is_required = true,           \
        .least = PURPOSE_LEAST, .most = 200,                                                                           \
        .hint = S_INIT("Việc đang làm cần đến nhóm này, ví dụ: Thẩm tra lý lịch kết nạp Đảng.")                        \
    }
#define WORDS                                                                                                          \
    {.kind = FIELD_TEXT,                                                                                               \
     .name = S_INIT("words"),                                                                                          \
     .label = S_INIT("Vì sao, căn cứ giấy tờ nào"),                                                                    \
     .is_required = true,                                                                                              \
     .most = 1000},                                                                                                    \
    {                                                                                                                  \
        .kind = FIELD_FILE, .name = S_INIT("file"), .label = S_INIT("Minh chứng"), .most = FILE_BYTES,                 \
        .hint = S_INIT("Ảnh chụp hoặc bản quét văn bằng, quyết định, giấy tờ.")                                        \
    }
#define PERCENT(name_, label_)                                                                                         \
    { .kind = FIELD_INT, .name = S_INIT(name_), .label = S_INIT(label_), .most = 100 }
#define COMMITTEE                                                                                                      \
    {.kind = FIELD_LINE, .name = S_INIT("title"), .label = S_INIT("Tên ủy ban, nhiệm kỳ"), .is_required = true},       \
        {.kind = FIELD_INT,                                                                                            \
         .name = S_INIT("seats"),                                                                                      \
         .label = S_INIT("Số ủy viên"),                                                                                \
         .is_required = true,                                                                                          \
         .least = 1,                                                                                                   \
         .most = 500},                                                                                                 \
        {.kind = FIELD_DATE,                                                                                           \
         .name = S_INIT("held_on"),                                                                                    \
         .label = S_INIT("Ngày đại hội"),                                                                              \
         .is_required = true,                                                                                          \
         .hint = S_INIT("Tuổi tính đến ngày này.")},                                                                   \
        PERCENT("women", "Nữ, ít nhất (%)"), PERCENT("young", "Dưới 40 tuổi, ít nhất (%)"),                            \
        PERCENT("nonparty", "Ngoài Đảng, ít nhất (%)"), PERCENT("ethnic", "Dân tộc thiểu số, ít nhất (%)"),            \
        PERCENT("religious", "Tôn giáo, ít nhất (%)"), {                                                               \
        .kind = FIELD_TEXT, .name = S_INIT("note"), .label = S_INIT("Căn cứ, ghi chú"), .most = 1000                   \
    }
#define FLAG(name_, label_)                                                                                            \
    { .kind = FIELD_FLAG, .name = S_INIT(name_), .label = S_INIT(label_) }

const struct field cadre_no_fields[] = {{0}};
const struct field cadre_new_fields[] = {ANSWERS, PLACE, BASIS, {0}};
const struct field cadre_place_fields[] = {PLACE, FLAG("is_left", "Không còn công tác ở cơ quan"), FORM_VERSION, {0}};
const struct field cadre_look_fields[] = {PURPOSE, {0}};
const struct field cadre_entry_fields[] = {ANSWERS, BASIS, {0}};
const struct field cadre_change_fields[] = {ANSWERS, BASIS, FORM_VERSION, {0}};
const struct field cadre_gone_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("basis"), .label = S_INIT("Lý do bỏ"), .is_required = true},
    FORM_VERSION,
    {0},
};
const struct field cadre_propose_fields[] = {ANSWERS, WORDS, {0}};
const struct field cadre_propose_change_fields[] = {ANSWERS, WORDS, FORM_VERSION, {0}};
const struct field cadre_reject_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("reason"),
     .label = S_INIT("Vì sao trả lại"),
     .is_required = true,
     .most = 1000},
    {0},
};
const struct field cadre_print_fields[] = {
    {.kind = FIELD_CHOICE, .name = S_INIT("form"), .label = S_INIT("Mẫu"), .is_required = true, .choices = forms},
    {.kind = FIELD_LINE,
     .name = S_INIT("purpose"),
     .label = S_INIT("Mục đích in"),
     .is_required = true,
     .least = PURPOSE_LEAST,
     .most = 200,
     .hint = S_INIT("Bản in có cả các nhóm nhạy cảm; mục đích vào nhật ký kiểm tra.")},
    {0},
};
const struct field cadre_committee_fields[] = {COMMITTEE, {0}};
const struct field cadre_committee_edit_fields[] = {COMMITTEE, FORM_VERSION, {0}};
const struct field cadre_nominee_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("cadre"), .label = S_INIT("Chọn từ hồ sơ cán bộ")},
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Hoặc ghi họ và tên"), .most = 120},
    {.kind = FIELD_LINE, .name = S_INIT("place"), .label = S_INIT("Chức vụ, đơn vị")},
    {.kind = FIELD_DATE, .name = S_INIT("birth_on"), .label = S_INIT("Ngày sinh")},
    FLAG("is_woman", "Nữ"),
    FLAG("is_party", "Đảng viên"),
    FLAG("is_ethnic", "Dân tộc thiểu số"),
    FLAG("is_religious", "Tôn giáo"),
    {0},
};
static const struct field drop_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("reason"), .label = S_INIT("Lý do rút"), .most = 200}, {0}};

#define GET_ROUTE(path_, get_, name_)                                                                                  \
    { .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .name = S_INIT(name_) }
#define POST_ROUTE(path_, post_, fields_, again_, name_)                                                               \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .fields = (fields_),      \
        .again = (again_), .name = S_INIT(name_)                                                                       \
    }
#define UPLOAD_ROUTE(path_, post_, fields_, again_, name_)                                                             \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .fields = (fields_),      \
        .again = (again_), .name = S_INIT(name_), .before = file_before, .body_limit = BODY                            \
    }

const struct route cadre_routes[] = {
    GET_ROUTE("/cadre", cadre_index_get, "CSDL cán bộ"),
    GET_ROUTE("/cadre/new", cadre_new_get, "Lập hồ sơ cán bộ"),
    {.method = METHOD_POST,
     .path = "/cadre",
     .access = ACCESS_SIGNED_IN,
     .post = cadre_new_post,
     .fields = cadre_new_fields,
     .again = cadre_new_get,
     .edit = "/cadre/{id}/group/identity",
     .name = S_INIT("Ghi hồ sơ cán bộ")},
    GET_ROUTE("/cadre/due", cadre_due_get, "Danh sách đến hạn"),
    GET_ROUTE("/cadre/wave", cadre_wave_get, "Nghỉ hưu 5 năm tới"),
    GET_ROUTE("/cadre/proposal", cadre_proposals_get, "Đề nghị sửa hồ sơ"),
    GET_ROUTE("/cadre/committee", cadre_committees_get, "Cơ cấu ủy ban"),
    GET_ROUTE("/cadre/committee/new", cadre_committee_new_get, "Dự kiến cơ cấu ủy ban"),
    {.method = METHOD_POST,
     .path = "/cadre/committee",
     .access = ACCESS_SIGNED_IN,
     .post = cadre_committee_new_post,
     .fields = cadre_committee_fields,
     .again = cadre_committee_new_get,
     .edit = "/cadre/committee/{committee}/edit",
     .name = S_INIT("Lập danh sách cơ cấu")},
    GET_ROUTE("/cadre/committee/{committee}", cadre_committee_get, "Một danh sách cơ cấu"),
    GET_ROUTE("/cadre/committee/{committee}/edit", cadre_committee_edit_get, "Sửa cơ cấu"),
    POST_ROUTE("/cadre/committee/{committee}/edit", cadre_committee_edit_post, cadre_committee_edit_fields,
               cadre_committee_edit_get, "Lưu cơ cấu"),
    POST_ROUTE("/cadre/committee/{committee}/nominee", cadre_nominee_post, cadre_nominee_fields, cadre_committee_get,
               "Thêm người dự kiến"),
    POST_ROUTE("/cadre/committee/{committee}/nominee/{nominee}/removal", cadre_nominee_removal_post, drop_fields,
               cadre_committee_get, "Rút khỏi danh sách"),
    POST_ROUTE("/cadre/committee/{committee}/closing", cadre_committee_closing_post, cadre_no_fields,
               cadre_committee_get, "Chốt danh sách"),
    GET_ROUTE("/cadre/{id}", cadre_show_get, "Hồ sơ cán bộ"),
    GET_ROUTE("/cadre/{id}/place", cadre_place_get, "Đơn vị, tài khoản của cán bộ"),
    POST_ROUTE("/cadre/{id}/place", cadre_place_post, cadre_place_fields, cadre_place_get, "Lưu đơn vị, tài khoản"),
    GET_ROUTE("/cadre/{id}/group/{group}", cadre_group_get, "Một nhóm của hồ sơ"),
    POST_ROUTE("/cadre/{id}/group/{group}/look", cadre_look_post, cadre_look_fields, cadre_group_get,
               "Nêu mục đích và mở nhóm nhạy cảm"),
    GET_ROUTE("/cadre/{id}/group/{group}/new", cadre_entry_new_get, "Ghi thêm vào hồ sơ"),
    POST_ROUTE("/cadre/{id}/group/{group}/entry", cadre_entry_post, cadre_entry_fields, cadre_entry_new_get,
               "Ghi vào hồ sơ"),
    GET_ROUTE("/cadre/{id}/group/{group}/proposal", cadre_propose_get, "Đề nghị ghi thêm"),
    UPLOAD_ROUTE("/cadre/{id}/group/{group}/proposal", cadre_propose_post, cadre_propose_fields, cadre_propose_get,
                 "Gửi đề nghị ghi thêm"),
    GET_ROUTE("/cadre/{id}/entry/{entry}", cadre_entry_get, "Sửa một mục của hồ sơ"),
    POST_ROUTE("/cadre/{id}/entry/{entry}/change", cadre_change_post, cadre_change_fields, cadre_entry_get,
               "Lưu một mục của hồ sơ"),
    POST_ROUTE("/cadre/{id}/entry/{entry}/removal", cadre_removal_post, cadre_gone_fields, cadre_entry_get,
               "Bỏ một mục khỏi hồ sơ"),
    GET_ROUTE("/cadre/{id}/entry/{entry}/proposal", cadre_propose_change_get, "Đề nghị sửa một mục"),
    UPLOAD_ROUTE("/cadre/{id}/entry/{entry}/proposal", cadre_propose_change_post, cadre_propose_change_fields,
                 cadre_propose_change_get, "Gửi đề nghị sửa một mục"),
    GET_ROUTE("/cadre/{id}/proposal/{proposal}", cadre_proposal_get, "Một đề nghị sửa hồ sơ"),
    GET_ROUTE("/cadre/{id}/proposal/{proposal}/file", cadre_proposal_file_get, "Minh chứng của đề nghị"),
    POST_ROUTE("/cadre/{id}/proposal/{proposal}/acceptance", cadre_acceptance_post, cadre_no_fields, cadre_proposal_get,
               "Nhận đề nghị sửa hồ sơ"),
    POST_ROUTE("/cadre/{id}/proposal/{proposal}/rejection", cadre_rejection_post, cadre_reject_fields,
               cadre_proposal_get, "Trả lại đề nghị sửa hồ sơ"),
    POST_ROUTE("/cadre/{id}/proposal/{proposal}/withdrawal", cadre_withdrawal_post, cadre_no_fields, cadre_proposal_get,
               "Rút đề nghị sửa hồ sơ"),
    GET_ROUTE("/cadre/{id}/print", cadre_prints_get, "In hồ sơ"),
    POST_ROUTE("/cadre/{id}/print", cadre_print_post, cadre_print_fields, cadre_prints_get, "In một mẫu"),
    GET_ROUTE("/cadre/{id}/print/{print}", cadre_print_get, "Một bản in"),
    {0},
};
