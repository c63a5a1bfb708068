/* Routes of boards, and the query they read. */
#include "kernel/module.h"
#include "kernel/page/form.h"
#include "modules/board/board_pages.h"

#include "base/banned.h"

enum { BOARD_BYTES = 900000, WORD = 40, SHORT = 20 };

const struct field board_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("of"), .label = S_INIT("Bảng"), .most = WORD},
    {.kind = FIELD_LINE, .name = S_INIT("scope"), .label = S_INIT("Phạm vi"), .most = SHORT},
    {.kind = FIELD_LINE, .name = S_INIT("period"), .label = S_INIT("Kỳ"), .most = SHORT},
    {.kind = FIELD_LINE, .name = S_INIT("on"), .label = S_INIT("Có ngày"), .most = SHORT},
    {.kind = FIELD_LINE, .name = S_INIT("against"), .label = S_INIT("So với"), .most = SHORT},
    {.kind = FIELD_LINE, .name = S_INIT("unit"), .label = S_INIT("Đơn vị"), .most = SHORT},
    {.kind = FIELD_LINE, .name = S_INIT("commune"), .label = S_INIT("Xã, phường"), .most = SHORT},
    {.kind = FIELD_LINE, .name = S_INIT("source"), .label = S_INIT("Nguồn"), .most = WORD},
    {.kind = FIELD_LINE, .name = S_INIT("format"), .label = S_INIT("Dạng tệp"), .most = SHORT},
    {0},
};

#define PAGE(path_, handler_, name_)                                                                                   \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (handler_), .fields = board_query,   \
        .budget_bytes = BOARD_BYTES, .name = S_INIT(name_)                                                             \
    }
#define ACT(path_, handler_, fields_, again_, name_)                                                                   \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (handler_), .fields = (fields_),   \
        .again = (again_), .name = S_INIT(name_)                                                                       \
    }

const struct route board_routes[] = {
    PAGE("/board", board_show_get, "Bảng số liệu"),
    PAGE("/board/wall", board_wall_get, "Bảng số liệu trên màn treo tường"),
    PAGE("/board/file", board_file_get, "Bảng số liệu thành Excel, CSV"),
    PAGE("/board/{id}", board_show_get, "Bảng số liệu của mình"),
    PAGE("/board/{id}/wall", board_wall_get, "Bảng của mình trên màn treo tường"),
    PAGE("/board/{id}/file", board_file_get, "Bảng của mình thành Excel, CSV"),
    {.method = METHOD_GET,
     .path = "/board/new",
     .access = ACCESS_SIGNED_IN,
     .get = board_new_get,
     .name = S_INIT("Tạo bảng số liệu")},
    {.method = METHOD_GET,
     .path = "/board/{id}/edit",
     .access = ACCESS_SIGNED_IN,
     .get = board_edit_get,
     .name = S_INIT("Sửa bảng số liệu")},
    {.method = METHOD_POST,
     .path = "/board",
     .access = ACCESS_SIGNED_IN,
     .post = board_new_post,
     .fields = board_new_fields,
     .again = board_new_get,
     .edit = "/board/{id}/edit",
     .name = S_INIT("Tạo bảng số liệu")},
    ACT("/board/{id}/change", board_change_post, board_change_fields, board_edit_get, "Đổi tên, chia sẻ bảng số liệu"),
    ACT("/board/{id}/card", board_card_post, board_card_fields, board_edit_get, "Thêm thẻ vào bảng số liệu"),
    ACT("/board/{id}/order", board_order_post, board_order_fields, NULL, "Xếp lại thẻ"),
    ACT("/board/{id}/removal", board_removal_post, board_removal_fields, NULL, "Bỏ thẻ"),
    ACT("/board/{id}/ending", board_ending_post, board_none_fields, NULL, "Xóa bảng số liệu"),
    {.method = METHOD_GET,
     .path = "/board/metric",
     .access = ACCESS_SIGNED_IN,
     .get = board_metrics_get,
     .name = S_INIT("Danh mục chỉ số")},
    {.method = METHOD_GET,
     .path = "/board/metric/{code}",
     .access = ACCESS_SIGNED_IN,
     .get = board_metric_get,
     .name = S_INIT("Một chỉ số")},
    ACT("/board/metric/{code}/alert", board_alert_post, board_alert_fields, board_metric_get, "Đặt ngưỡng báo"),
    {.method = METHOD_GET,
     .path = "/board/alert",
     .access = ACCESS_SIGNED_IN,
     .get = board_alerts_get,
     .name = S_INIT("Ngưỡng báo của tôi")},
    ACT("/board/alert/{id}/removal", board_alert_removal_post, board_none_fields, NULL, "Bỏ ngưỡng báo"),
    {.method = METHOD_GET,
     .path = "/board/past",
     .access = ACCESS_SIGNED_IN,
     .get = board_past_get,
     .fields = board_past_query,
     .name = S_INIT("Số liệu của tháng cũ")},
    ACT("/board/past", board_past_post, board_past_fields, board_past_get, "Ghi số liệu của tháng cũ"),
    ACT("/board/past/{id}/removal", board_past_removal_post, board_none_fields, NULL, "Bỏ số liệu của tháng cũ"),
    {.method = METHOD_GET,
     .path = "/board/forecast",
     .access = ACCESS_SIGNED_IN,
     .get = board_forecasts_get,
     .name = S_INIT("Dự báo đã công bố, chấm điểm")},
    {0},
};
