/* Boxes: in which list of whom a document or a delivery stands. Private to the module. */
#ifndef MODULES_OUTGOING_OUTGOING_BOX_H
#define MODULES_OUTGOING_OUTGOING_BOX_H
#include "base/list.h"
#include "kernel/db/db.h"
#include "kernel/rights/auth.h"

enum outgoing_box {
    OUTGOING_BOX_TURN,     /* chờ tôi duyệt */
    OUTGOING_BOX_NUMBER,   /* chờ cấp số, phát hành */
    OUTGOING_BOX_RETURNED, /* bị trả lại */
    OUTGOING_BOX_DRAFT,    /* dự thảo của tôi */
    OUTGOING_BOX_SENT,     /* đang trình */
    OUTGOING_BOX_REPLIES,  /* chờ các nơi trả lời */
    OUTGOING_BOX_ISSUED,   /* đã phát hành */
    OUTGOING_BOX_ANSWER,   /* chờ đơn vị mình trả lời */
    OUTGOING_BOX_LATE,     /* of those: the day has passed */
    OUTGOING_BOX_INFORM,   /* mới nhận, chưa xem */
    OUTGOING_BOX_GOT,      /* văn bản nhận trên hệ thống */
    OUTGOING_BOXES
};
struct str outgoing_box_code(enum outgoing_box box);
struct str outgoing_box_title(enum outgoing_box box);
bool outgoing_box_of_code(struct str code, enum outgoing_box *box);
bool outgoing_box_is_received(enum outgoing_box box); /* its items are deliveries */
struct outgoing_counts {
    int64_t n[OUTGOING_BOXES];
};
struct err outgoing_counts(struct db_read *db, struct post_id post, struct date today, struct outgoing_counts *counts);
struct outgoing_row {
    int64_t id;
    struct str path, type, code, subject, state_name, from, who, mark;
    struct date due_on, dated_on;
    bool is_late, is_soon, is_over;
};
struct outgoing_rows {
    LIST(struct outgoing_row) all;
    bool has_more;
};
struct outgoing_asked {
    enum outgoing_box box;
    struct str type;
    int64_t before; /* 0: from the newest */
    int64_t limit;
    struct date today;
};
struct err outgoing_list(struct db_read *db, struct post_id post, const struct outgoing_asked *asked,
                         struct outgoing_rows *rows);
struct str outgoing_state_name(struct str state);
struct str outgoing_way_name(struct str way); /* of a delivery */
#endif
