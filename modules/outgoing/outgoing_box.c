/* Boxes: lists and counters from the same rows. */
#include "base/arena.h"
#include "base/list.h"
#include "modules/document/document.h"
#include "modules/outgoing/outgoing_rules.h"

enum { SOON_DAYS = 3 };

static const struct {
    const char *code;
    struct str title;
    const char *kept; /* its name in outgoing_box */
    bool is_received;
} boxes[OUTGOING_BOXES] = {
    [OUTGOING_BOX_TURN] = {"turn", S_INIT("Chờ tôi duyệt"), "turn", false},
    [OUTGOING_BOX_NUMBER] = {"number", S_INIT("Chờ cấp số, phát hành"), "number", false},
    [OUTGOING_BOX_RETURNED] = {"returned", S_INIT("Bị trả lại"), "returned", false},
    [OUTGOING_BOX_DRAFT] = {"draft", S_INIT("Dự thảo của tôi"), "draft", false},
    [OUTGOING_BOX_SENT] = {"sent", S_INIT("Đang trình"), "sent", false},
    [OUTGOING_BOX_REPLIES] = {"replies", S_INIT("Chờ các nơi trả lời"), "replies", false},
    [OUTGOING_BOX_ISSUED] = {"issued", S_INIT("Đã phát hành"), "issued", false},
    [OUTGOING_BOX_ANSWER] = {"answer", S_INIT("Chờ đơn vị trả lời"), "answer", true},
    [OUTGOING_BOX_LATE] = {"late", S_INIT("Quá hạn trả lời"), "answer", true},
    [OUTGOING_BOX_INFORM] = {"inform", S_INIT("Mới nhận, chưa xem"), "inform", true},
    [OUTGOING_BOX_GOT] = {"got", S_INIT("Đã nhận trên hệ thống"), "got", true},
};

struct str outgoing_box_code(enum outgoing_box box) {
    return str_of(boxes[box].code);
}
struct str outgoing_box_title(enum outgoing_box box) {
    return boxes[box].title;
}
bool outgoing_box_is_received(enum outgoing_box box) { return boxes[box].is_received; }

bool outgoing_box_of_code(struct str code, enum outgoing_box *box) {
    for (enum outgoing_box b = 0; b < OUTGOING_BOXES; b++) {
        if (str_eq(code, str_of(boxes[b].code))) {
            *box = b;
            return true;
        }
    }
    return false;
}

struct err outgoing_counts(struct db_read *db, struct post_id post, struct date today, struct outgoing_counts *counts) {
    struct outgoing_counts_of_rows rows;
    *counts = (struct outgoing_counts){0};
    TRY(outgoing_counts_of(
        db, (struct outgoing_counts_of_in){.post = post.v, .today_day = date_iso(db_arena(db), today)}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        for (enum outgoing_box b = 0; b < OUTGOING_BOXES; b++) {
            if (b != OUTGOING_BOX_LATE && str_eq(rows.at[i].box, str_of(boxes[b].kept))) {
                counts->n[b] = rows.at[i].n;
            }
        }
        if (str_eq(rows.at[i].box, S("answer"))) {
            counts->n[OUTGOING_BOX_LATE] = rows.at[i].late;
        }
    }
    return OK;
}

static const struct document_word states[] = {
    {S_INIT("draft"), S_INIT("Đang soạn")},
    {S_INIT("waiting"), S_INIT("Đang duyệt")},
    {S_INIT("approved"), S_INIT("Chờ cấp số")},
    {S_INIT("numbered"), S_INIT("Chờ phát hành")},
    {S_INIT("issued"), S_INIT("Đã phát hành")},
    {S_INIT("replaced"), S_INIT("Đã được thay thế")},
    {S_INIT("recalled"), S_INIT("Đã thu hồi")},
    {S_INIT("dropped"), S_INIT("Đã bỏ")},
    {S_INIT(""), S_INIT("")},
};
static const struct document_word ways[] = {
    {S_INIT("unsent"), S_INIT("chưa gửi")},
    {S_INIT("unread"), S_INIT("chưa đọc")},
    {S_INIT("read"), S_INIT("đã đọc")},
    {S_INIT("answered"), S_INIT("đã trả lời")},
    {S_INIT(""), S_INIT("")},
};
struct str outgoing_state_name(struct str state) {
    return document_word(states, state);
}
struct str outgoing_way_name(struct str way) {
    return document_word(ways, way);
}

static void due_put(struct outgoing_row *r, struct date due, bool is_open, struct date today) {
    int64_t days = date_number(due) - date_number(today);
    r->due_on = is_open ? due : (struct date){0};
    r->is_late = is_open && due.year && days < 0;
    r->is_soon = is_open && due.year && days >= 0 && days <= SOON_DAYS;
}

/* Where it is: "Chờ duyệt nội dung". */
static struct str where_of(struct arena *a, const struct outgoing_box_docs_row *d) {
    struct outgoing_steps steps;
    if (!str_eq(d->state, S("waiting"))) {
        return d->is_returned ? S("Bị trả lại") : outgoing_state_name(d->state);
    }
    outgoing_route(a, d->route, clock_today(), &steps);
    for (size_t i = 0; i < steps.all.n; i++) {
        if (str_eq(steps.all.at[i].step, d->step)) {
            return steps.all.at[i].title;
        }
    }
    return outgoing_state_name(d->state);
}

static struct err docs_list(struct db_read *db, struct post_id post, const struct outgoing_asked *asked,
                            struct outgoing_rows *rows) {
    struct arena *a = db_arena(db);
    struct outgoing_box_docs_rows found;
    TRY(outgoing_box_docs(db,
                          (struct outgoing_box_docs_in){.post = post.v,
                                                        .box = str_of(boxes[asked->box].kept),
                                                        .before = asked->before ? asked->before : INT64_MAX,
                                                        .of_type = asked->type,
                                                        .until_day = S(""),
                                                        .most = asked->limit + 1},
                          &found));
    rows->has_more = (int64_t)found.n > asked->limit;
    for (size_t i = 0; i < found.n && (int64_t)i < asked->limit; i++) {
        const struct outgoing_box_docs_row *d = &found.at[i];
        struct outgoing_row r = {.id = d->id.v,
                                 .path = str_format(a, "/outgoing/%lld", (long long)d->id.v),
                                 .type = outgoing_type(a, d->type).name,
                                 .code = d->code,
                                 .subject = d->subject,
                                 .state_name = where_of(a, d),
                                 .from = d->author_name,
                                 .who = d->unit_name,
                                 .mark = d->priority ? document_priority_name(d->priority) : S(""),
                                 .dated_on = d->dated_on,
                                 .is_over = str_eq(d->state, S("recalled")) || str_eq(d->state, S("replaced"))};
        due_put(&r, d->reply_on, asked->box == OUTGOING_BOX_REPLIES, asked->today);
        LIST_ADD(a, &rows->all, r);
    }
    return OK;
}

static struct err deliveries_list(struct db_read *db, struct post_id post, const struct outgoing_asked *asked,
                                  struct outgoing_rows *rows) {
    struct arena *a = db_arena(db);
    struct outgoing_box_deliveries_rows found;
    bool is_late = asked->box == OUTGOING_BOX_LATE;
    TRY(outgoing_box_deliveries(
        db,
        (struct outgoing_box_deliveries_in){.post = post.v,
                                            .box = str_of(boxes[asked->box].kept),
                                            .before = asked->before ? asked->before : INT64_MAX,
                                            .of_type = asked->type,
                                            .until_day = is_late ? date_iso(a, asked->today) : S(""),
                                            .most = asked->limit + 1},
        &found));
    rows->has_more = (int64_t)found.n > asked->limit;
    for (size_t i = 0; i < found.n && (int64_t)i < asked->limit; i++) {
        const struct outgoing_box_deliveries_row *d = &found.at[i];
        bool is_issued = str_eq(d->state, S("issued"));
        struct outgoing_row r = {.id = d->id.v,
                                 .path = str_format(a, "/outgoing/delivery/%lld", (long long)d->id.v),
                                 .type = outgoing_type(a, d->type).name,
                                 .code = d->code,
                                 .subject = d->subject,
                                 .state_name = is_issued ? outgoing_way_name(d->way) : outgoing_state_name(d->state),
                                 .from = d->organ_name,
                                 .mark = d->priority ? document_priority_name(d->priority) : S(""),
                                 .dated_on = d->dated_on,
                                 .is_over = !is_issued};
        due_put(&r, d->reply_on, is_issued && !str_eq(d->way, S("answered")), asked->today);
        LIST_ADD(a, &rows->all, r);
    }
    return OK;
}

struct err outgoing_list(struct db_read *db, struct post_id post, const struct outgoing_asked *asked,
                         struct outgoing_rows *rows) {
    *rows = (struct outgoing_rows){0};
    return boxes[asked->box].is_received ? deliveries_list(db, post, asked, rows) : docs_list(db, post, asked, rows);
}
