/* What the audit trail's verbs are called on screen. */
#include "modules/admin/admin_pages.h"

static const struct {
    struct str verb, words;
} verbs[] = {
    {S_INIT("account.close"), S_INIT("Khóa tài khoản")},
    {S_INIT("account.make"), S_INIT("Mở tài khoản")},
    {S_INIT("account.open"), S_INIT("Mở khóa tài khoản")},
    {S_INIT("account.reset"), S_INIT("Đặt lại mật khẩu")},
    {S_INIT("account.unlock"), S_INIT("Mở tạm khóa tài khoản")},
    {S_INIT("admin.export"), S_INIT("Xuất nhật ký")},
    {S_INIT("admin.verify"), S_INIT("Kiểm tra tính nguyên vẹn")},
    {S_INIT("assistant.ask"), S_INIT("Hỏi trợ lý")},
    {S_INIT("assistant.feedback"), S_INIT("Nhận xét câu trả lời của trợ lý")},
    {S_INIT("assistant.forget"), S_INIT("Xóa câu đã hỏi")},
    {S_INIT("auth.draft"), S_INIT("Giữ lại nội dung đang gõ")},
    {S_INIT("auth.hat"), S_INIT("Đổi chức danh đang dùng")},
    {S_INIT("auth.password"), S_INIT("Đổi mật khẩu")},
    {S_INIT("auth.refused"), S_INIT("Đăng nhập sai")},
    {S_INIT("auth.signin"), S_INIT("Đăng nhập")},
    {S_INIT("auth.signout"), S_INIT("Đăng xuất")},
    {S_INIT("config.change"), S_INIT("Đổi thiết lập")},
    {S_INIT("event.again"), S_INIT("Gửi lại tin chưa giao được")},
    {S_INIT("document.accepted"), S_INIT("Tiếp nhận xử lý")},
    {S_INIT("document.amended"), S_INIT("Sửa thông tin văn bản")},
    {S_INIT("document.attached"), S_INIT("Thêm tệp")},
    {S_INIT("document.closed"), S_INIT("Kết thúc xử lý")},
    {S_INIT("document.directed"), S_INIT("Cho ý kiến chỉ đạo")},
    {S_INIT("document.direction_recalled"), S_INIT("Thu hồi ý kiến chỉ đạo")},
    {S_INIT("document.draft_removed"), S_INIT("Bỏ bản chờ vào sổ")},
    {S_INIT("document.drafted"), S_INIT("Nhận tệp văn bản")},
    {S_INIT("document.extension"), S_INIT("Xin lùi hạn")},
    {S_INIT("document.extension_decided"), S_INIT("Trả lời xin lùi hạn")},
    {S_INIT("document.late"), S_INIT("Quá hạn")},
    {S_INIT("document.opinion"), S_INIT("Ghi ý kiến")},
    {S_INIT("document.passed_on"), S_INIT("Phân công trong đơn vị")},
    {S_INIT("document.presented"), S_INIT("Trình lãnh đạo")},
    {S_INIT("document.read"), S_INIT("Đọc bản quét")},
    {S_INIT("document.recalled"), S_INIT("Thu hồi việc đã giao")},
    {S_INIT("document.registered"), S_INIT("Vào sổ văn bản")},
    {S_INIT("document.reopened"), S_INIT("Mở lại")},
    {S_INIT("document.reported"), S_INIT("Báo cáo đã xong")},
    {S_INIT("document.returned"), S_INIT("Trả lại")},
    {S_INIT("document.sealed"), S_INIT("Tạm giữ tệp chờ xác nhận độ mật")},
    {S_INIT("document.seen"), S_INIT("Đã xem để biết")},
    {S_INIT("document.unsealed"), S_INIT("Xác nhận không phải tài liệu mật")},
    {S_INIT("document.view"), S_INIT("Xem văn bản")},
    {S_INIT("document.voided"), S_INIT("Hủy đăng ký")},
    {S_INIT("document.secret_removed"), S_INIT("Gỡ tài liệu mật")},
    {S_INIT("file.damaged"), S_INIT("Phát hiện tệp hỏng")},
    {S_INIT("file.mended"), S_INIT("Tệp hỏng đã lành lại")},
    {S_INIT("folder.adopt"), S_INIT("Nhận cơ sở dữ liệu khôi phục từ bản sao lưu")},
    {S_INIT("org.delegate"), S_INIT("Ủy quyền")},
    {S_INIT("org.edge.end"), S_INIT("Kết thúc quan hệ")},
    {S_INIT("org.edge.make"), S_INIT("Thêm quan hệ")},
    {S_INIT("org.export"), S_INIT("Xuất ra Excel")},
    {S_INIT("org.import"), S_INIT("Nhập từ Excel")},
    {S_INIT("org.person.change"), S_INIT("Sửa người")},
    {S_INIT("org.person.leave"), S_INIT("Thôi công tác")},
    {S_INIT("org.person.make"), S_INIT("Thêm người")},
    {S_INIT("org.post.end"), S_INIT("Kết thúc chức danh")},
    {S_INIT("org.post.give"), S_INIT("Giao chức danh")},
    {S_INIT("org.term.end"), S_INIT("Kết thúc nhiệm kỳ")},
    {S_INIT("org.term.make"), S_INIT("Thêm nhiệm kỳ")},
    {S_INIT("org.unit.change"), S_INIT("Sửa đơn vị")},
    {S_INIT("org.unit.close"), S_INIT("Kết thúc đơn vị")},
    {S_INIT("org.unit.make"), S_INIT("Thêm đơn vị")},
};

struct str admin_verb_words(struct str verb) {
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (str_eq(verbs[i].verb, verb)) {
            return verbs[i].words;
        }
    }
    return verb;
}
