/* The declared fields of every form of meetings. */
#include "modules/meeting/meeting_forms.h"

enum { FILE_MOST = 100 * 1024 * 1024 };

/* The names of kinds.tsv. */
static const struct choice kind_choices[] = {{S_INIT("committee"), S_INIT("Hội nghị Ủy ban")},
                                             {S_INIT("standing"), S_INIT("Họp Ban Thường trực")},
                                             {S_INIT("briefing"), S_INIT("Giao ban")},
                                             {S_INIT("review"), S_INIT("Sơ kết, tổng kết")},
                                             {S_INIT("consult"), S_INIT("Hội nghị hiệp thương")},
                                             {S_INIT("voters"), S_INIT("Hội nghị cử tri")},
                                             {S_INIT("congress"), S_INIT("Đại hội")},
                                             {{0}, {0}}};
const struct choice meeting_way_choices[] = {{S_INIT("hands"), S_INIT("Giơ tay")},
                                             {S_INIT("open"), S_INIT("Biểu quyết điện tử, ghi tên")},
                                             {S_INIT("paper"), S_INIT("Phiếu kín đóng dấu")},
                                             {S_INIT("secret"), S_INIT("Bỏ phiếu kín điện tử")},
                                             {{0}, {0}}};
static const struct choice answer_choices[] = {
    {S_INIT("no"), S_INIT("Vắng")}, {S_INIT("other"), S_INIT("Cử người dự thay")}, {{0}, {0}}};
static const struct choice said_choices[] = {{S_INIT("yes"), S_INIT("Tán thành")},
                                             {S_INIT("no"), S_INIT("Không tán thành")},
                                             {S_INIT("other"), S_INIT("Ý kiến khác")},
                                             {S_INIT("none"), S_INIT("Rút lại")},
                                             {{0}, {0}}};

#define WORDS                                                                                                          \
    {.kind = FIELD_LINE, .name = S_INIT("title"), .label = S_INIT("Tên cuộc họp"), .is_required = true},               \
        {.kind = FIELD_CHOICE,                                                                                         \
         .name = S_INIT("kind"),                                                                                       \
         .label = S_INIT("Loại"),                                                                                      \
         .is_required = true,                                                                                          \
         .choices = kind_choices,                                                                                      \
         .hint = S_INIT("Túc số và cách quyết theo quy định của loại này.")},                                          \
        {.kind = FIELD_DATE, .name = S_INIT("day_on"), .label = S_INIT("Ngày họp"), .is_required = true},              \
        {.kind = FIELD_LINE,                                                                                           \
         .name = S_INIT("from"),                                                                                       \
         .label = S_INIT("Bắt đầu lúc"),                                                                               \
         .is_required = true,                                                                                          \
         .most = 8,                                                                                                    \
         .hint = S_INIT("Ví dụ 08:30 hoặc 8h30")},                                                                     \
        {.kind = FIELD_LINE, .name = S_INIT("until"), .label = S_INIT("Đến"), .is_required = true, .most = 8},         \
        {.kind = FIELD_DATE,                                                                                           \
         .name = S_INIT("until_on"),                                                                                   \
         .label = S_INIT("Ngày kết thúc"),                                                                             \
         .hint = S_INIT("Để trống khi xong trong ngày.")},                                                             \
        {.kind = FIELD_ID, .name = S_INIT("room"), .label = S_INIT("Phòng họp")},                                      \
        {.kind = FIELD_LINE, .name = S_INIT("place"), .label = S_INIT("Nơi họp khác")},                                \
        {.kind = FIELD_ID, .name = S_INIT("chair"), .label = S_INIT("Chủ tọa")},                                       \
        {.kind = FIELD_ID, .name = S_INIT("secretary"), .label = S_INIT("Thư ký")},                                    \
        {.kind = FIELD_INT,                                                                                            \
         .name = S_INIT("eligible"),                                                                                   \
         .label = S_INIT("Tổng số thành viên"),                                                                        \
         .most = 100000,                                                                                               \
         .hint = S_INIT("Để tính túc số. Để trống thì tính theo số người được mời có quyền biểu quyết.")},             \
        {.kind = FIELD_TEXT, .name = S_INIT("note"), .label = S_INIT("Nội dung, việc cần chuẩn bị"), .most = 4000}, {  \
        .kind = FIELD_FLAG, .name = S_INIT("is_shown"), .label = S_INIT("Đưa vào lịch chung của cơ quan")              \
    }

const struct field meeting_new_fields[] = {WORDS, {0}};
const struct field meeting_fields[] = {WORDS, FORM_VERSION, {0}};
#define VOTER                                                                                                          \
    { .kind = FIELD_FLAG, .name = S_INIT("is_voter"), .label = S_INIT("Có quyền biểu quyết, tính vào túc số") }
const struct field meeting_person_fields[] = {{.kind = FIELD_IDS,
                                               .name = S_INIT("people"),
                                               .label = S_INIT("Người, đơn vị"),
                                               .is_many = true,
                                               .is_required = true,
                                               .hint = S_INIT("Chọn đơn vị thì mời mọi người trong đơn vị.")},
                                              VOTER,
                                              {0}};
const struct field meeting_guest_fields[] = {{.kind = FIELD_TEXT,
                                              .name = S_INIT("guests"),
                                              .label = S_INIT("Khách mời"),
                                              .is_required = true,
                                              .most = 8000,
                                              .hint = S_INIT("Mỗi dòng một người: họ tên, dấu phẩy, chức vụ.")},
                                             VOTER,
                                             {0}};
#define ITEM                                                                                                           \
    {.kind = FIELD_LINE, .name = S_INIT("title"), .label = S_INIT("Nội dung"), .is_required = true},                   \
        {.kind = FIELD_LINE, .name = S_INIT("presenter"), .label = S_INIT("Người trình bày")},                         \
        {.kind = FIELD_INT, .name = S_INIT("minutes"), .label = S_INIT("Số phút"), .most = 600}, {                     \
        .kind = FIELD_INT, .name = S_INIT("ordinal"), .label = S_INIT("Thứ tự"), .most = 200,                          \
        .hint = S_INIT("Để trống thì xếp sau cùng.")                                                                   \
    }
const struct field meeting_agenda_fields[] = {ITEM, {0}};
const struct field meeting_item_fields[] = {ITEM, FORM_VERSION, {0}};
const struct field meeting_paper_fields[] = {{.kind = FIELD_FILE,
                                              .name = S_INIT("file"),
                                              .label = S_INIT("Tệp"),
                                              .is_required = true,
                                              .most = FILE_MOST,
                                              .hint = S_INIT("PDF xem được từng trang trong phòng họp.")},
                                             {.kind = FIELD_LINE,
                                              .name = S_INIT("name"),
                                              .label = S_INIT("Tên tài liệu"),
                                              .hint = S_INIT("Để trống thì lấy tên tệp.")},
                                             {.kind = FIELD_ID, .name = S_INIT("agenda"), .label = S_INIT("Thuộc mục")},
                                             {.kind = FIELD_IDS,
                                              .name = S_INIT("readers"),
                                              .label = S_INIT("Chỉ gửi cho"),
                                              .is_many = true,
                                              .hint = S_INIT("Không chọn ai thì gửi cho mọi người được mời.")},
                                             {0}};
const struct field meeting_version_fields[] = {{.kind = FIELD_FILE,
                                                .name = S_INIT("file"),
                                                .label = S_INIT("Tệp của bản mới"),
                                                .is_required = true,
                                                .most = FILE_MOST},
                                               {0}};
const struct field meeting_begin_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("text"),
     .label = S_INIT("Nội dung biểu quyết"),
     .is_required = true,
     .most = 1000},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("way"),
     .label = S_INIT("Cách biểu quyết"),
     .is_required = true,
     .choices = meeting_way_choices,
     .hint = S_INIT("Chỉ cách quy định cho phép mới mở được.")},
    {.kind = FIELD_TEXT,
     .name = S_INIT("names"),
     .label = S_INIT("Danh sách để chọn"),
     .most = 5000,
     .hint = S_INIT("Chỉ cho bỏ phiếu kín điện tử, mỗi dòng một người. Để trống thì chọn tán thành, không tán thành "
                    "hoặc ý kiến khác.")},
    {.kind = FIELD_INT, .name = S_INIT("most"), .label = S_INIT("Được chọn nhiều nhất"), .least = 1, .most = 50},
    {0}};
const struct field meeting_take_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("blinded"), .label = S_INIT("Phong bì"), .is_required = true, .most = 600},
    {0}};
#define SENT(name_, label_)                                                                                            \
    { .kind = FIELD_LINE, .name = S_INIT(name_), .label = S_INIT(label_), .is_required = true, .most = 600 }
const struct field meeting_cast_fields[] = {
    SENT("key", "Khóa của lá phiếu"), SENT("nonce", "Số ngẫu nhiên"), SENT("token", "Dấu"),
    SENT("choice", "Lựa chọn"),       SENT("proof", "Chữ ký"),        {0}};
const struct field meeting_slip_fields[] = {SENT("key", "Khóa của lá phiếu"), {0}};
#define NUMBER(name_, label_)                                                                                          \
    { .kind = FIELD_INT, .name = S_INIT(name_), .label = S_INIT(label_), .is_required = true, .most = 100000 }
const struct field meeting_hands_fields[] = {
    NUMBER("yes", "Tán thành"), NUMBER("no", "Không tán thành"), NUMBER("other", "Ý kiến khác"), {0}};
#define PAPERS(name_, label_)                                                                                          \
    { .kind = FIELD_INT, .name = S_INIT(name_), .label = S_INIT(label_), .most = 100000 }
const struct field meeting_tally_fields[] = {
    PAPERS("issued", "Phát ra"),     PAPERS("back", "Thu về"),          PAPERS("missed", "Không thu về"),
    PAPERS("valid", "Hợp lệ"),       PAPERS("invalid", "Không hợp lệ"), NUMBER("yes", "Tán thành"),
    NUMBER("no", "Không tán thành"), NUMBER("other", "Ý kiến khác"),    {0}};
const struct field meeting_reason_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("reason"), .label = S_INIT("Lý do"), .is_required = true, .most = 1000}, {0}};
const struct field meeting_conclusion_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Kết luận"), .is_required = true, .most = 3000},
    {.kind = FIELD_ID,
     .name = S_INIT("lead"),
     .label = S_INIT("Ai làm"),
     .hint = S_INIT("Để trống thì chỉ ghi vào biên bản.")},
    {.kind = FIELD_DATE, .name = S_INIT("due_on"), .label = S_INIT("Hạn")},
    {0}};
const struct field meeting_answer_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("answer"),
     .label = S_INIT("Trả lời"),
     .is_required = true,
     .choices = answer_choices},
    {.kind = FIELD_LINE, .name = S_INIT("reason"), .label = S_INIT("Lý do"), .is_required = true},
    {.kind = FIELD_ID,
     .name = S_INIT("stand_in"),
     .label = S_INIT("Người dự thay"),
     .hint = S_INIT("Người dự thay nghe và phát biểu, không biểu quyết thay.")},
    {0}};
const struct field meeting_question_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Câu hỏi"), .is_required = true, .most = 1000}, {0}};
const struct field meeting_room_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Tên phòng"), .is_required = true, .most = 100},
    {.kind = FIELD_INT, .name = S_INIT("seats"), .label = S_INIT("Số chỗ"), .most = 10000},
    {.kind = FIELD_LINE, .name = S_INIT("note"), .label = S_INIT("Trang bị, ghi chú")},
    {.kind = FIELD_FLAG, .name = S_INIT("is_closed"), .label = S_INIT("Ngừng dùng")},
    FORM_VERSION,
    {0}};
const struct field meeting_note_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Ghi chú riêng"), .is_required = true, .most = 2000},
    {.kind = FIELD_INT, .name = S_INIT("page"), .label = S_INIT("Trang"), .least = 1, .most = 100000},
    {0}};
const struct field meeting_shown_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("paper"), .label = S_INIT("Tài liệu")},
    {.kind = FIELD_INT, .name = S_INIT("page"), .label = S_INIT("Trang"), .least = 1, .most = 100000},
    {0}};
const struct field meeting_choice_fields[] = {{.kind = FIELD_CHOICE,
                                               .name = S_INIT("choice"),
                                               .label = S_INIT("Ý kiến"),
                                               .is_required = true,
                                               .choices = said_choices},
                                              {0}};
const struct field meeting_ask_fields[] = {
    {.kind = FIELD_INT, .name = S_INIT("minutes"), .label = S_INIT("Số phút"), .least = 1, .most = MEETING_SPEECH_MOST},
    {0}};
const struct field meeting_no_fields[] = {{0}};
