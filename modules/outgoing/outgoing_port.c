/* What outgoing documents tell those who know no business by name: search, charts, desk, notices. */
#include "base/arena.h"
#include "base/list.h"
#include "modules/document/document.h"
#include "modules/outgoing/outgoing_pages.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* ---- Found */

static struct str word(enum search_facet facet, struct str value) {
    return facet == SEARCH_FIELD ? document_word(document_fields, value) : S("");
}

static struct err load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc, bool *is_gone) {
    struct outgoing_by_id_row *row;
    struct outgoing_draft_of_row *d;
    struct access_ids readers;
    TRY(outgoing_by_id(db, (struct outgoing_by_id_in){{record}}, &row));
    *is_gone = !row || is(row->state, "dropped");
    if (*is_gone) {
        return OK;
    }
    TRY(outgoing_draft_now(db, row, &d));
    TRY(access_readers(db, record, &readers));
    *doc = (struct search_doc){.record = record,
                               .kind = S("outgoing"),
                               .number = row->code,
                               .title = row->subject,
                               .date = row->dated_on.year ? row->dated_on : date_of(row->created_at),
                               .principals = {readers.at, readers.n}};
    search_doc_add(a, doc, 0, d->body);
    return OK;
}

static struct err each_id(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids) {
    struct outgoing_ids_rows rows;
    TRY(outgoing_ids(db, (struct outgoing_ids_in){.after = after, .most = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

const struct search_source outgoing_sources[] = {
    {.kind = S_INIT("outgoing"), .name = S_INIT("Văn bản đi"), .word = word, .load = load, .each = each_id},
    {.kind = S_INIT("")},
};

/* ---- Counted: each issued document by its day; where an answer is asked for, it is open until all have answered. */

static struct err counted(struct db_read *db, int64_t record, struct metric_part *part, bool *is_counted) {
    struct outgoing_counted_row *row;
    struct outgoing_counted_answers_row *n;
    TRY(outgoing_counted(db, (struct outgoing_counted_in){.id = record}, &row));
    *is_counted = row != NULL;
    if (!row) {
        return OK;
    }
    TRY(outgoing_counted_answers(db, (struct outgoing_counted_answers_in){row->id}, &n));
    bool is_asked = row->reply_on.year && is(row->state, "issued");
    bool is_open = is_asked && n->answered < n->all_of;
    *part = (struct metric_part){.day_on = row->dated_on,
                                 .field = row->field,
                                 .unit = row->unit,
                                 .due_on = is_asked ? row->reply_on : (struct date){0},
                                 .done_on = is_asked && !is_open ? date_of(n->last_at) : (struct date){0},
                                 .is_open = is_open};
    return OK;
}

static struct err each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct outgoing_counted_after_rows rows;
    TRY(outgoing_counted_after(db, (struct outgoing_counted_after_in){.after = after, .most = limit}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *out) {
    struct outgoing_counted_lines_rows rows;
    TRY(outgoing_counted_lines(db, (struct outgoing_counted_lines_in){.some = ids}, &rows));
    for (size_t i = 0; i < ids.n; i++) {
        size_t low = 0, high = rows.n;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (rows.at[middle].id.v < ids.at[i]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < rows.n && rows.at[low].id.v == ids.at[i]) {
            const struct outgoing_counted_lines_row *r = &rows.at[low];
            out[i] = (struct metric_line){.link = link_record(db_arena(db), S("/outgoing/"), r->id.v, S("")),
                                          .number = r->code,
                                          .title = r->subject,
                                          .from = r->unit_name,
                                          .who = r->signer_name,
                                          .book_no = r->number,
                                          .is_there = true};
        }
    }
    return OK;
}

static bool field_at(size_t i, struct metric_word *word_of) {
    *word_of = (struct metric_word){document_fields[i].code, document_fields[i].name};
    return document_fields[i].code.len > 0;
}

static const struct metric metrics[] = {
    {.code = S_INIT("VBD.PHAT_HANH"),
     .title = S_INIT("Văn bản đi đã phát hành"),
     .definition = S_INIT("Số văn bản đi có ngày ban hành trong kỳ, kể cả văn bản sau đó bị thu hồi hoặc thay thế."),
     .unit = S_INIT("văn bản"),
     .kind = METRIC_COUNT,
     .of = METRIC_EVERY},
    {.code = S_INIT("VBD.CHO_TRA_LOI"),
     .title = S_INIT("Văn bản còn nơi chưa trả lời"),
     .definition = S_INIT("Số văn bản có yêu cầu trả lời mà còn ít nhất một nơi nhận chưa trả lời."),
     .unit = S_INIT("văn bản"),
     .kind = METRIC_STOCK,
     .of = METRIC_OPEN},
    {.code = S_INIT("VBD.QUA_HAN_TRA_LOI"),
     .title = S_INIT("Văn bản quá hạn trả lời"),
     .definition = S_INIT("Trong số đó, hạn trả lời đã qua."),
     .unit = S_INIT("văn bản"),
     .kind = METRIC_STOCK,
     .of = METRIC_OVERDUE,
     .good = METRIC_DOWN},
    {.kind = METRIC_COUNT},
};
static const struct metric_column columns[] = {{METRIC_NUMBER, S_INIT("Số, ký hiệu"), 20},
                                               {METRIC_TITLE, S_INIT("Trích yếu"), 60},
                                               {METRIC_FROM, S_INIT("Đơn vị soạn thảo"), 24},
                                               {METRIC_WHO, S_INIT("Người ký"), 24},
                                               {.width = 0}};

const struct metric_source outgoing_metrics[] = {
    {.order = 12,
     .code = S_INIT("outgoing"),
     .title = S_INIT("Văn bản đi"),
     .heading = S_INIT("Thống kê văn bản đi"),
     .source = S_INIT("Sổ đăng ký văn bản đi"),
     .list = S_INIT("Văn bản sau con số"),
     .none = S_INIT("Chưa có văn bản nào phát hành trong khoảng này."),
     .all = S_INIT("Đã phát hành"),
     .by_unit = S_INIT("Theo đơn vị soạn thảo"),
     .by_field = S_INIT("Theo lĩnh vực"),
     .field = S_INIT("Lĩnh vực"),
     .day = S_INIT("Ngày ban hành"),
     .period = S_INIT("ban hành từ"),
     .file = S_INIT("van-ban-di"),
     .field_at = field_at,
     .metrics = metrics,
     .columns = columns,
     .load = counted,
     .each = each,
     .lines = counted_lines},
    {.load = NULL},
};

/* ---- What waits */

static const enum outgoing_box boxes_of[] = {OUTGOING_BOX_TURN,   OUTGOING_BOX_RETURNED, OUTGOING_BOX_NUMBER,
                                             OUTGOING_BOX_ANSWER, OUTGOING_BOX_LATE,     OUTGOING_BOX_REPLIES,
                                             OUTGOING_BOX_INFORM};
enum { BOXES = sizeof boxes_of / sizeof *boxes_of };
static const struct waiting_box boxes[BOXES + 1] = {
    {WAITING_MINE, S_INIT("Văn bản đi chờ tôi duyệt"), "/outgoing?box=turn"},
    {WAITING_MINE, S_INIT("Dự thảo bị trả lại"), "/outgoing?box=returned"},
    {WAITING_MINE, S_INIT("Chờ cấp số, phát hành"), "/outgoing?box=number"},
    {WAITING_MINE, S_INIT("Chờ đơn vị trả lời"), "/outgoing?box=answer"},
    {WAITING_LATE, S_INIT("Quá hạn trả lời"), "/outgoing?box=late"},
    {WAITING_GIVEN, S_INIT("Chờ các nơi trả lời"), "/outgoing?box=replies"},
    {WAITING_INFORM, S_INIT("Mới nhận, chưa xem"), "/outgoing?box=inform"},
};

static struct err counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    struct outgoing_counts kept;
    TRY(outgoing_counts(db, who->post, today, &kept));
    for (size_t i = 0; i < BOXES; i++) {
        out[i] = kept.n[boxes_of[i]];
    }
    return OK;
}

static struct err lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *out) {
    struct arena *a = db_arena(db);
    struct outgoing_asked asked = {.box = boxes_of[box], .limit = (int64_t)most, .today = today, .type = S("")};
    struct outgoing_rows rows;
    TRY(outgoing_list(db, who->post, &asked, &rows));
    for (size_t i = 0; i < rows.all.n; i++) {
        const struct outgoing_row *r = &rows.all.at[i];
        int64_t days = date_number(r->due_on) - date_number(today);
        struct str due = !r->due_on.year ? S("")
                         : days < 0      ? str_format(a, "Quá hạn %lld ngày", (long long)-days)
                         : days == 0     ? S("Hạn hôm nay")
                                         : str_format(a, "Còn %lld ngày", (long long)days);
        LIST_ADD(a, out,
                 (struct waiting_line){.link = link_local(a, "%.*s", STR_ARG(r->path)),
                                       .title = r->subject,
                                       .number = r->code,
                                       .from = r->from,
                                       .what = boxes[box].tab == WAITING_GIVEN ? r->state_name : boxes[box].title,
                                       .mark = r->mark,
                                       .due_words = due,
                                       .due_on = r->due_on,
                                       .is_late = r->is_late,
                                       .is_soon = r->is_soon});
    }
    return OK;
}

const struct waiting_source outgoing_waiting[] = {
    {.code = S_INIT("outgoing"), .boxes = boxes, .counts = counts, .lines = lines},
    {.boxes = NULL},
};

const struct told_kind outgoing_told_kinds[] = {
    {.event = "outgoing.turn", .group = S_INIT("Chờ duyệt")},
    {.event = "outgoing.returned", .group = S_INIT("Bị trả lại")},
    {.event = "outgoing.received", .group = S_INIT("Văn bản mới nhận")},
    {.event = "outgoing.answered", .group = S_INIT("Đã trả lời")},
    {.event = "outgoing.*", .group = S_INIT("Văn bản đi")},
    {.event = NULL},
};
