/* Boxes of the list, and what the module tells those who know no business by name. */
#include "base/arena.h"
#include "kernel/rights/access.h"
#include "modules/consult/consult_inside.h"

static const struct {
    struct str code, title;
    const char *states[6];
    unsigned need;
} boxes[CONSULT_BOXES] = {
    [CONSULT_APPROVE] = {S_INIT("approve"), S_INIT("Chờ tôi duyệt"), {"review", "approval"}, CAN_APPROVE},
    [CONSULT_ANSWERING] = {S_INIT("answering"), S_INIT("Đang trả lời"), {"answering"}, CAN_READ},
    [CONSULT_OPEN] = {S_INIT("open"), S_INIT("Đang lấy ý kiến"), {"open"}, CAN_READ},
    [CONSULT_DRAFT] = {S_INIT("draft"), S_INIT("Đang chuẩn bị"), {"draft"}, CAN_READ},
    [CONSULT_PUBLISHED] = {S_INIT("published"), S_INIT("Đã công bố"), {"published"}, CAN_READ},
    [CONSULT_ALL] = {S_INIT("all"),
                     S_INIT("Tất cả"),
                     {"draft", "review", "open", "answering", "approval", "published"},
                     CAN_READ},
};

struct str consult_box_code(enum consult_box box) {
    return boxes[box].code;
}
struct str consult_box_title(enum consult_box box) {
    return boxes[box].title;
}

bool consult_box_of_code(struct str code, enum consult_box *box) {
    for (enum consult_box b = 0; b < CONSULT_BOXES; b++) {
        if (str_eq(boxes[b].code, code)) {
            *box = b;
            return true;
        }
    }
    return false;
}

static struct str state_at(enum consult_box box, size_t i) {
    return boxes[box].states[i] ? str_of(boxes[box].states[i]) : S("");
}

static bool has_state(enum consult_box box, struct str state) {
    for (size_t i = 0; i < 6; i++) {
        if (str_eq(state_at(box, i), state)) {
            return true;
        }
    }
    return false;
}

struct err consult_box_counts(struct db_read *db, const struct who *who, int64_t counts[CONSULT_BOXES]) {
    struct consult_state_counts_rows rows;
    for (size_t b = 0; b < CONSULT_BOXES; b++) {
        counts[b] = 0;
    }
    TRY(consult_state_counts(
        db, (struct consult_state_counts_in){.organ = who->organ.v, .post = who->post.v, .need = CAN_APPROVE}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        for (enum consult_box b = 0; b < CONSULT_BOXES; b++) {
            if (has_state(b, rows.at[i].state)) {
                counts[b] += boxes[b].need == CAN_APPROVE ? rows.at[i].mine : rows.at[i].n;
            }
        }
    }
    return OK;
}

struct err consult_box_rows(struct db_read *db, const struct who *who, enum consult_box b, int64_t before, int64_t most,
                            struct consult_newest_rows *rows) {
    return consult_newest(db,
                          (struct consult_newest_in){.organ = who->organ.v,
                                                     .post = who->post.v,
                                                     .need = boxes[b].need,
                                                     .one = state_at(b, 0),
                                                     .two = state_at(b, 1),
                                                     .three = state_at(b, 2),
                                                     .four = state_at(b, 3),
                                                     .five = state_at(b, 4),
                                                     .six = state_at(b, 5),
                                                     .before = before,
                                                     .most = most},
                          rows);
}

/* ---- On the desk */
static const struct waiting_box on_desk[] = {
    {WAITING_MINE, S_INIT("Lấy ý kiến chờ duyệt"), "/consult?tab=approve"},
    {WAITING_MINE, S_INIT("Góp ý chờ trả lời"), "/consult?tab=answering"},
    {.path = NULL},
};
static const enum consult_box desk_boxes[] = {CONSULT_APPROVE, CONSULT_ANSWERING};

static struct err counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    int64_t n[CONSULT_BOXES];
    (void)today;
    TRY(consult_box_counts(db, who, n));
    out[0] = n[CONSULT_APPROVE];
    out[1] = n[CONSULT_ANSWERING];
    return OK;
}

static struct err lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *out) {
    struct consult_newest_rows rows;
    struct arena *a = db_arena(db);
    TRY(consult_box_rows(db, who, desk_boxes[box], INT64_MAX, (int64_t)most, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct consult_newest_row *r = &rows.at[i];
        LIST_ADD(
            a, out,
            (struct waiting_line){.link = link_record(a, S("/consult/"), r->id.v, S("")),
                                  .title = r->title,
                                  .from = r->drafter,
                                  .what = on_desk[box].title,
                                  .due_words = str_format(a, "Trả lời trước %.*s", STR_ARG(date_vi(a, r->answer_on))),
                                  .due_on = r->answer_on,
                                  .is_late = date_cmp(r->answer_on, today) < 0});
    }
    return OK;
}

const struct waiting_source consult_waiting[] = {
    {.code = S_INIT("consult"), .boxes = on_desk, .counts = counts, .lines = lines},
    {.boxes = NULL},
};

const struct told_kind consult_told[] = {
    {.event = "consult.submission", .group = S_INIT("Lấy ý kiến chờ duyệt")},
    {.event = "consult.request", .group = S_INIT("Lấy ý kiến chờ duyệt")},
    {.event = "consult.opening", .group = S_INIT("Lấy ý kiến")},
    {.event = "consult.publication", .group = S_INIT("Lấy ý kiến")},
    {.event = "consult.return", .group = S_INIT("Lấy ý kiến bị trả lại")},
    {.event = NULL},
};

/* ---- Counted: every consultation that was opened, by its day, and whether it was answered in time. */
static struct err load(struct db_read *db, int64_t record, struct metric_part *part, bool *is_counted) {
    struct consult_by_id_row *r;
    TRY(consult_by_id(db, (struct consult_by_id_in){.id = {record}}, &r));
    *is_counted = r && r->opens_on.year;
    if (*is_counted) {
        *part = (struct metric_part){.day_on = r->opens_on,
                                     .field = r->is_public ? S("public") : S("closed"),
                                     .unit = r->unit,
                                     .due_on = r->answer_on,
                                     .done_on = r->published_on,
                                     .is_open = !r->published_on.year};
    }
    return OK;
}

static struct err each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct consult_ids_rows rows;
    TRY(consult_ids(db, (struct consult_ids_in){.after = after, .most = limit}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *out) {
    struct consult_some_rows rows;
    struct arena *a = db_arena(db);
    TRY(consult_some(db, (struct consult_some_in){.some = ids}, &rows));
    for (size_t i = 0; i < ids.n; i++) {
        for (size_t k = 0; k < rows.n && !out[i].is_there; k++) {
            const struct consult_some_row *r = &rows.at[k];
            if (r->id.v == ids.at[i]) {
                out[i] = (struct metric_line){.link = link_record(a, S("/consult/"), r->id.v, S("")),
                                              .title = r->title,
                                              .from = r->drafter,
                                              .is_there = true};
            }
        }
    }
    return OK;
}

static bool field_at(size_t i, struct metric_word *word) {
    static const struct metric_word words[] = {{S_INIT("public"), S_INIT("Hỏi toàn dân trên cổng")},
                                               {S_INIT("closed"), S_INIT("Hỏi riêng nơi được gửi")}};
    if (i >= sizeof words / sizeof *words) {
        return false;
    }
    *word = words[i];
    return true;
}

static const struct metric metrics[] = {
    {.code = S_INIT("LYK.SO_CUOC"),
     .title = S_INIT("Cuộc lấy ý kiến"),
     .definition = S_INIT("Số cuộc lấy ý kiến được mở trong kỳ."),
     .unit = S_INIT("cuộc"),
     .kind = METRIC_COUNT,
     .of = METRIC_EVERY},
    {.code = S_INIT("LYK.DUNG_HAN"),
     .title = S_INIT("Trả lời góp ý đúng hạn"),
     .definition = S_INIT("Công bố trả lời đúng hạn trên đúng hạn, trễ hạn và đang quá hạn."),
     .unit = S_INIT("%"),
     .kind = METRIC_RATIO,
     .of = METRIC_ON_TIME,
     .per = METRIC_ON_TIME | METRIC_LATE | METRIC_OVERDUE,
     .good = METRIC_UP},
    {.kind = METRIC_COUNT},
};
static const struct metric_column columns[] = {
    {METRIC_TITLE, S_INIT("Dự thảo"), 60}, {METRIC_FROM, S_INIT("Cơ quan soạn"), 34}, {.width = 0}};

const struct metric_source consult_metrics[] = {
    {.order = 45,
     .code = S_INIT("consult"),
     .title = S_INIT("Lấy ý kiến"),
     .heading = S_INIT("Thống kê lấy ý kiến"),
     .source = S_INIT("Các cuộc lấy ý kiến"),
     .list = S_INIT("Cuộc lấy ý kiến sau con số"),
     .none = S_INIT("Chưa mở cuộc lấy ý kiến nào trong khoảng này."),
     .all = S_INIT("Đã mở"),
     .by_unit = S_INIT("Theo đơn vị hỏi"),
     .by_field = S_INIT("Theo nơi được hỏi"),
     .field = S_INIT("Nơi được hỏi"),
     .day = S_INIT("Ngày mở"),
     .period = S_INIT("mở từ"),
     .file = S_INIT("lay-y-kien"),
     .field_at = field_at,
     .metrics = metrics,
     .columns = columns,
     .load = load,
     .each = each,
     .lines = counted_lines},
    {.load = NULL},
};

/* ---- Searched */
static struct err search_load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                              bool *is_gone) {
    struct consult_by_id_row *r;
    struct access_ids readers;
    TRY(consult_by_id(db, (struct consult_by_id_in){.id = {record}}, &r));
    *is_gone = !r;
    if (!r) {
        return OK;
    }
    TRY(access_readers(db, record, &readers));
    *doc = (struct search_doc){.record = record,
                               .kind = S("consult"),
                               .title = r->title,
                               .date = r->opens_on.year ? r->opens_on : r->closes_on,
                               .facet = {S(""), S(""), S(""), r->state},
                               .principals = {readers.at, readers.n}};
    search_doc_add(a, doc, 0, r->lead);
    search_doc_add(a, doc, 0, r->draft);
    return OK;
}

static struct err search_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit,
                              struct search_ids *ids) {
    struct consult_ids_rows rows;
    TRY(consult_ids(db, (struct consult_ids_in){.after = after, .most = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

static struct str word(enum search_facet facet, struct str value) {
    return facet == SEARCH_STATE ? consult_word(consult_states, value) : S("");
}

const struct search_source consult_sources[] = {
    {.kind = S_INIT("consult"), .name = S_INIT("Lấy ý kiến"), .load = search_load, .each = search_each, .word = word},
    {.kind = S_INIT("")},
};

struct err consult_forget(struct db_write *db, const struct erase *e) {
    return str_eq(e->kind, S("consult")) && !e->file
               ? consult_erase_opinions(db, (struct consult_erase_opinions_in){.item = {e->record}}, NULL)
               : OK;
}

/* ---- The portal's front */
struct err consult_stamp(struct db_read *db, int64_t *stamp) {
    struct consult_stamp_now_row *row;
    TRY(consult_stamp_now(db, &row));
    *stamp = (row ? row->changed_at.ms : 0) + date_number(clock_today());
    return OK;
}

struct err consult_front(struct db_read *db, size_t most, struct consult_front *front) {
    struct consult_public_rows rows;
    struct arena *a = db_arena(db);
    *front = (struct consult_front){0};
    TRY(consult_public(db,
                       (struct consult_public_in){.one = S("open"),
                                                  .other = S("open"),
                                                  .third = S("open"),
                                                  .closes_from = date_iso(a, clock_today()),
                                                  .closes_until = S("9999"),
                                                  .before = INT64_MAX,
                                                  .most = (int64_t)most},
                       &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct consult_public_row *r = &rows.at[i];
        LIST_ADD(a, &front->lines,
                 (struct consult_front_line){r->title, r->drafter,
                                             link_local(a, "/consult/open/%lld", (long long)r->id.v), r->closes_on});
    }
    return OK;
}
