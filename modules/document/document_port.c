/* What of incoming documents waits for a post: the tabs of the register that want something, from the same rows and
   kept counters. */
#include "base/arena.h"
#include "base/list.h"
#include "kernel/file/file.h"
#include "kernel/page/html.h"
#include "modules/document/document_pages.h"

/* ---- What waits: the tabs of the register that want something, from the same rows and kept counters. */
static const enum document_box boxes_of[] = {DOCUMENT_BOX_PRESENTED, DOCUMENT_BOX_REPORTED, DOCUMENT_BOX_RETURNED,
                                             DOCUMENT_BOX_WAITING,   DOCUMENT_BOX_RECEIVED, DOCUMENT_BOX_DRAFT,
                                             DOCUMENT_BOX_WORKING,   DOCUMENT_BOX_SOON,     DOCUMENT_BOX_LATE,
                                             DOCUMENT_BOX_GIVEN,     DOCUMENT_BOX_INFORM};
enum { BOXES = sizeof boxes_of / sizeof *boxes_of };

static const struct waiting_box boxes[BOXES + 1] = {
    {WAITING_MINE, S_INIT("Chờ chỉ đạo"), "/document?tab=presented"},
    {WAITING_MINE, S_INIT("Chờ kết thúc"), "/document?tab=reported"},
    {WAITING_MINE, S_INIT("Trả lại"), "/document?tab=returned"},
    {WAITING_MINE, S_INIT("Chờ tiếp nhận"), "/document?tab=waiting"},
    {WAITING_MINE, S_INIT("Chờ trình"), "/document?tab=received"},
    {WAITING_MINE, S_INIT("Chờ vào sổ"), "/document?tab=draft"},
    {WAITING_MINE, S_INIT("Đang xử lý"), "/document?tab=working"},
    {WAITING_SOON, S_INIT("Sắp đến hạn"), "/document?tab=soon"},
    {WAITING_LATE, S_INIT("Quá hạn"), "/document?tab=late"},
    {WAITING_GIVEN, S_INIT("Đã giao"), "/document?tab=given"},
    {WAITING_INFORM, S_INIT("Nhận để biết"), "/document?tab=inform"},
};

static struct err counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    struct document_counts kept;
    TRY(document_counts(db, who->post, today, &kept));
    for (size_t i = 0; i < BOXES; i++) {
        out[i] = kept.n[boxes_of[i]];
    }
    return OK;
}

/* A deadline is said while it runs; what was reported done is no longer late. */
static struct str due_words(struct arena *a, const struct document_row *r) {
    return r->days < 0 && !r->is_late ? S("") : document_due_words(a, r);
}

static struct waiting_line line_of(struct arena *a, const struct document_row *r, size_t box) {
    enum waiting_tab tab = boxes[box].tab;
    bool is_mine = tab == WAITING_MINE || tab == WAITING_INFORM;
    return (struct waiting_line){.link = link_record(a, S("/document/"), r->id.v, S("")),
                                 .title = r->subject.len ? r->subject : S("Văn bản chưa có trích yếu"),
                                 .number = r->code,
                                 .from = r->issuer,
                                 .what = is_mine ? boxes[box].title : r->lead_name,
                                 .mark = r->priority ? document_priority_name(r->priority) : S(""),
                                 .due_words = due_words(a, r),
                                 .due_on = r->due_on,
                                 .is_late = r->is_late,
                                 .is_soon = r->is_soon,
                                 .is_new = r->is_new};
}

static struct err lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *out) {
    struct document_rows rows;
    TRY(document_box_list(db, who, boxes_of[box], today, most, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), out, line_of(db_arena(db), &rows.at[i], box));
    }
    return OK;
}

const struct waiting_source document_waiting[] = {
    {.code = S_INIT("document"), .boxes = boxes, .counts = counts, .lines = lines},
    {.boxes = NULL},
};

const struct paper_kind document_papers[] = {
    {.order = 10, .act = S_INIT("Nhận văn bản"), .path = "/document/new", .icon = ICON("plus"), .roles = ROLE_CLERK},
    {.path = NULL},
};

const struct offer document_offers[] = {
    {.name = S_INIT("Nhận văn bản đến"),
     .path = "/document/new",
     .asked = "nhận văn bản|vào sổ văn bản|đăng ký văn bản đến",
     .roles = ROLE_CLERK},
    {.name = S_INIT("Tìm trong sổ văn bản đến"),
     .path = "/document",
     .asked = "tìm văn bản đến|tìm trong sổ văn bản",
     .field = "tab=all&q"},
    {.path = NULL},
};

/* To whom and in which words stands in the event (document_tell). */
const struct told_kind document_told[] = {
    {.event = "document.assigned", .group = S_INIT("Được giao việc")},
    {.event = "document.for_direction", .group = S_INIT("Chờ chỉ đạo")},
    {.event = "document.informed", .group = S_INIT("Để biết")},
    {.event = "document.overdue", .group = S_INIT("Quá hạn")},
    {.event = "document.done", .group = S_INIT("Đã báo cáo xong")},
    {.event = "document.extension_asked", .group = S_INIT("Gia hạn")},
    {.event = "document.extension_answered", .group = S_INIT("Gia hạn")},
    {.event = "document.taken_back", .group = S_INIT("Thu hồi")},
    {.event = "document.sealed", .group = S_INIT("Dấu mật")},
    {.event = "document.secret_removed", .group = S_INIT("Dấu mật")},
    {.event = "document.*", .group = S_INIT("Văn bản đến")},
    {.event = NULL},
};

/* ---- What is counted: registered documents, by the day they arrived and by their lead. Definitions as the committee's
   list of metrics has them (VB.DEN, VB.QUA_HAN, VB.DUNG_HAN). */
static bool field_at(size_t i, struct metric_word *word) {
    if (!document_fields[i].code.len) {
        return false;
    }
    *word = (struct metric_word){document_fields[i].code, document_fields[i].name};
    return true;
}

static struct err load(struct db_read *db, int64_t record, struct metric_part *part, bool *is_counted) {
    struct document_counted_row *row;
    TRY(document_counted(db, (struct document_counted_in){.id = record}, &row));
    *is_counted = row != NULL;
    if (row) {
        *part = (struct metric_part){.day_on = row->arrival_on,
                                     .field = row->field,
                                     .unit = row->lead_unit,
                                     .due_on = row->due_on,
                                     .done_on = row->done_on,
                                     .is_open = !row->done_on.year && !str_eq(row->state, S("closed"))};
    }
    return OK;
}

static struct err each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct document_counted_after_rows rows;
    TRY(document_counted_after(db, (struct document_counted_after_in){.after = after, .most = limit}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static int by_id(const void *x, const void *y) {
    const struct document_counted_lines_row *a = x, *b = y;
    return (a->id.v > b->id.v) - (a->id.v < b->id.v);
}

static const struct document_counted_lines_row *row_of(const struct document_counted_lines_rows *rows, int64_t id) {
    size_t low = 0, high = rows->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rows->at[middle].id.v < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < rows->n && rows->at[low].id.v == id ? &rows->at[low] : NULL;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *out) {
    struct document_counted_lines_rows rows;
    TRY(document_counted_lines(db, (struct document_counted_lines_in){.some = ids}, &rows));
    list_sort(rows.at, rows.n, sizeof *rows.at, by_id);
    for (size_t i = 0; i < ids.n; i++) {
        const struct document_counted_lines_row *row = row_of(&rows, ids.at[i]);
        if (row) {
            out[i] = (struct metric_line){.link = link_record(db_arena(db), S("/document/"), row->id.v, S("")),
                                          .number = row->code,
                                          .title = row->subject,
                                          .from = row->issuer,
                                          .who = row->lead_name,
                                          .book_no = row->arrival_no,
                                          .is_there = true};
        }
    }
    return OK;
}

static const struct metric metrics[] = {
    {.code = S_INIT("VB.DEN"),
     .title = S_INIT("Văn bản đến"),
     .definition = S_INIT("Số văn bản đã vào sổ có ngày đến trong kỳ."),
     .unit = S_INIT("văn bản"),
     .kind = METRIC_COUNT,
     .of = METRIC_EVERY},
    {.code = S_INIT("VB.QUA_HAN"),
     .title = S_INIT("Văn bản đang quá hạn xử lý"),
     .definition = S_INIT("Số văn bản chưa xong có hạn trước hôm nay, trong những văn bản đến trong kỳ."),
     .unit = S_INIT("văn bản"),
     .kind = METRIC_STOCK,
     .of = METRIC_OVERDUE,
     .good = METRIC_DOWN},
    {.code = S_INIT("VB.DUNG_HAN"),
     .title = S_INIT("Tỉ lệ xử lý văn bản đúng hạn"),
     .definition = S_INIT("Xong đúng hạn trên xong đúng hạn, xong trễ và đang quá hạn."),
     .unit = S_INIT("%"),
     .kind = METRIC_RATIO,
     .of = METRIC_ON_TIME,
     .per = METRIC_ON_TIME | METRIC_LATE | METRIC_OVERDUE,
     .good = METRIC_UP,
     .least = 5,
     .has_target = true,
     .target = 95},
    {.kind = METRIC_COUNT},
};

static const struct metric_column columns[] = {
    {METRIC_BOOK_NO, S_INIT("Số đến"), 8},   {METRIC_NUMBER, S_INIT("Số, ký hiệu"), 20},
    {METRIC_TITLE, S_INIT("Trích yếu"), 60}, {METRIC_FROM, S_INIT("Cơ quan"), 30},
    {METRIC_WHO, S_INIT("Chủ trì"), 24},     {.width = 0},
};

const struct metric_source document_metrics[] = {
    {.order = 10,
     .code = S_INIT("document"),
     .title = S_INIT("Văn bản đến"),
     .heading = S_INIT("Thống kê văn bản đến"),
     .source = S_INIT("Sổ văn bản đến"),
     .list = S_INIT("Văn bản sau con số"),
     .none = S_INIT("Chưa có văn bản nào trong khoảng này."),
     .all = S_INIT("Đã vào sổ"),
     .by_unit = S_INIT("Theo đơn vị chủ trì"),
     .by_field = S_INIT("Theo lĩnh vực"),
     .field = S_INIT("Lĩnh vực"),
     .day = S_INIT("Ngày đến"),
     .period = S_INIT("đến từ"),
     .file = S_INIT("van-ban-den"),
     .field_at = field_at,
     .metrics = metrics,
     .columns = columns,
     .load = load,
     .each = each,
     .lines = counted_lines},
    {.load = NULL},
};

/* Told by number only, to those who look after the disk and may not read them. */
struct err document_file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct document_uses_rows rows;
    TRY(document_uses(db, (struct document_uses_in){.file = file}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct document_uses_row *r = &rows.at[i];
        struct str code = r->code.len ? r->code : S("chưa có số");
        struct str words = r->arrival_no
                               ? str_format(a, "Văn bản đến số %lld (%.*s)", (long long)r->arrival_no, STR_ARG(code))
                               : str_format(a, "Văn bản chưa vào sổ (%.*s)", STR_ARG(code));
        LIST_ADD(a, uses, (struct file_use){words, link_local(a, "/document/%lld", (long long)r->id.v).v});
    }
    return OK;
}
