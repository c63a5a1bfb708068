/* The settings. A row here and a name in enum setting is all that a setting needs. */
#include "kernel/config/config.h"

#include "base/banned.h"

const struct setting_row config_table[SET_COUNT] = {
    [SET_DATA] = {"data", SETTING_TEXT, "data", 1, 4000, "Thư mục dữ liệu: cơ sở dữ liệu, tệp, chỉ mục tìm kiếm.",
                  false, false},
    [SET_DB] = {"db", SETTING_TEXT, "", 0, 4000,
                "Cơ sở dữ liệu: để trống thì dùng SQLite trong thư mục dữ liệu; hoặc địa chỉ postgresql://…", false,
                true},
    [SET_ADDRESS] = {"address", SETTING_TEXT, "127.0.0.1", 1, 100,
                     "Địa chỉ mạng để phục vụ; 0.0.0.0 là mọi địa chỉ IPv4, :: là mọi địa chỉ.", false, false},
    [SET_PORT] = {"port", SETTING_INT, "8080", 0, 65535, "Cổng để phục vụ; 0 là cổng còn trống bất kỳ.", false, false},
    [SET_WEB_WORKERS] = {"web-workers", SETTING_INT, "0", 0, 16,
                         "Số tiến trình phục vụ trang; 0 là bằng số lõi của máy.", false, false},
    [SET_JOB_WORKERS] =
        {"job-workers", SETTING_INT, "2", 0, 8,
         "Số tiến trình làm việc nền (đọc bản quét, xuất báo cáo …); thêm một tiến trình dành cho việc ngắn.", false,
         false},
    [SET_NODE] = {"node", SETTING_INT, "0", 0, 63, "Số hiệu của máy này, khi nhiều máy dùng chung một cơ sở dữ liệu.",
                  false, false},
    [SET_LOG] = {"log", SETTING_TEXT, "info", 1, 10, "Mức ghi nhật ký vận hành: debug, info, warn, error.", false,
                 false},
    [SET_UPLOAD_MB] = {"upload-mb", SETTING_INT, "300", 1, 2000,
                       "Kích thước lớn nhất của một tệp tải lên, tính bằng MB.", true, false},
    [SET_DAY_FILES] = {"day-files", SETTING_INT, "500", 1, 100000,
                       "Số tệp nhiều nhất một người được gửi lên trong một ngày.", true, false},
    [SET_DAY_MB] = {"day-mb", SETTING_INT, "2000", 1, 1000000,
                    "Dung lượng nhiều nhất một người được gửi lên trong một ngày, tính bằng MB.", true, false},
    [SET_SESSION_HOURS] = {"session-hours", SETTING_INT, "12", 1, 720, "Số giờ không thao tác thì phải đăng nhập lại.",
                           true, false},
    [SET_SWEEP_DAYS] = {"sweep-days", SETTING_INT, "30", 7, 3650,
                        "Số ngày giữ lại một tệp không còn việc nào dùng, kể từ lần đầu thấy, trước khi dọn.", true,
                        false},
    [SET_ASSISTANT_URL] =
        {"assistant-url", SETTING_TEXT, "", 0, 500,
         "Máy chủ viết tóm tắt cho trợ lý, theo giao thức OpenAI (https://máy/v1); để trống thì không "
         "hỏi máy chủ nào. Câu hỏi và các đoạn trích được gửi tới đó.",
         true, false},
    [SET_ASSISTANT_MODEL] = {"assistant-model", SETTING_TEXT, "", 0, 200, "Tên mô hình trên máy chủ đó.", true, false},
    [SET_ASSISTANT_KEY] = {"assistant-key", SETTING_TEXT, "", 0, 500,
                           "Khóa truy cập máy chủ đó; đặt trong tệp cấu hình hoặc biến môi trường.", false, true},
};
