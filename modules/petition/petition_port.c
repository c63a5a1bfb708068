/* What letters tell those who know no business by name: charts, desk, notices, search, tasks, erasing. Of a
   denunciation only the working copy. */
#include "base/arena.h"
#include "base/list.h"
#include "kernel/db/db.h"
#include "kernel/erase/erase.h"
#include "modules/petition/petition_list.h"

/* ---- Counted: every letter, by the day it was received and whether it was disposed of in time. */
static struct err load(struct db_read *db, int64_t record, struct metric_part *part, bool *is_counted) {
    struct petition_by_id_row *l;
    TRY(petition_by_id(db, (struct petition_by_id_in){.id = {record}}, &l));
    *is_counted = l != NULL;
    if (l) {
        *part = (struct metric_part){.day_on = l->received_on,
                                     .field = l->type,
                                     .unit = l->unit,
                                     .commune = l->place,
                                     .due_on = l->receipt_due_on,
                                     .done_on = l->disposed_on,
                                     .is_open = !l->disposed_on.year};
    }
    return OK;
}

static struct err each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct petition_ids_rows rows;
    TRY(petition_ids(db, (struct petition_ids_in){.after = after, .most = limit}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *lines) {
    struct petition_some_rows rows;
    struct arena *a = db_arena(db);
    TRY(petition_some(db, (struct petition_some_in){.some = ids}, &rows));
    for (size_t i = 0; i < ids.n; i++) {
        for (size_t k = 0; k < rows.n && !lines[i].is_there; k++) {
            const struct petition_some_row *r = &rows.at[k];
            if (r->id.v == ids.at[i]) {
                lines[i] =
                    (struct metric_line){.link = link_record(a, S("/petition/"), r->id.v, S("")),
                                         .number = str_format(a, "%lld/%lld", (long long)r->number, (long long)r->year),
                                         .title = r->title,
                                         .from = petition_writer_shown(r->is_protected, r->name),
                                         .who = r->authority,
                                         .book_no = r->number,
                                         .is_there = true};
            }
        }
    }
    return OK;
}

static bool field_at(size_t i, struct metric_word *word) {
    for (size_t k = 0; k <= i; k++) {
        if (!petition_types[k].code.len) {
            return false;
        }
    }
    *word = (struct metric_word){petition_types[i].code, petition_types[i].name};
    return true;
}

enum { LEAST = 5 };
static const struct metric metrics[] = {
    {.code = S_INIT("DT.TIEP_NHAN"),
     .title = S_INIT("Đơn tiếp nhận"),
     .definition = S_INIT("Số đơn vào sổ có ngày nhận trong kỳ."),
     .unit = S_INIT("đơn"),
     .kind = METRIC_COUNT,
     .of = METRIC_EVERY,
     .least = LEAST},
    {.code = S_INIT("DT.CHO_XU_LY"),
     .title = S_INIT("Đơn chưa xử lý"),
     .definition = S_INIT("Số đơn nhận trong kỳ chưa được thụ lý, chuyển, hướng dẫn, trả lại hoặc lưu."),
     .unit = S_INIT("đơn"),
     .kind = METRIC_STOCK,
     .of = METRIC_OPEN,
     .least = LEAST},
    {.code = S_INIT("DT.QUA_HAN"),
     .title = S_INIT("Đơn xử lý quá hạn"),
     .definition = S_INIT("Số đơn nhận trong kỳ chưa xử lý mà đã quá thời hạn của loại đơn."),
     .unit = S_INIT("đơn"),
     .kind = METRIC_STOCK,
     .of = METRIC_OVERDUE,
     .good = METRIC_DOWN,
     .least = LEAST,
     .has_target = true},
    {.code = S_INIT("DT.DUNG_HAN"),
     .title = S_INIT("Xử lý đơn đúng hạn"),
     .definition = S_INIT("Xử lý đúng hạn trên đúng hạn, trễ hạn và đang quá hạn."),
     .unit = S_INIT("%"),
     .kind = METRIC_RATIO,
     .of = METRIC_ON_TIME,
     .per = METRIC_ON_TIME | METRIC_LATE | METRIC_OVERDUE,
     .good = METRIC_UP,
     .least = LEAST,
     .has_target = true,
     .target = 98},
    {.kind = METRIC_COUNT},
};
static const struct metric_column columns[] = {{METRIC_BOOK_NO, S_INIT("Số"), 8},
                                               {METRIC_TITLE, S_INIT("Nội dung"), 60},
                                               {METRIC_FROM, S_INIT("Người gửi"), 28},
                                               {METRIC_WHO, S_INIT("Cơ quan có thẩm quyền"), 34},
                                               {.width = 0}};

const struct metric_source petition_metrics[] = {
    {.order = 30,
     .code = S_INIT("petition"),
     .title = S_INIT("Đơn thư"),
     .heading = S_INIT("Thống kê đơn thư"),
     .source = S_INIT("Sổ đơn thư"),
     .list = S_INIT("Đơn sau con số"),
     .none = S_INIT("Chưa nhận đơn nào trong khoảng này."),
     .all = S_INIT("Đã nhận"),
     .by_unit = S_INIT("Theo đơn vị nhận"),
     .by_field = S_INIT("Theo loại đơn"),
     .field = S_INIT("Loại đơn"),
     .day = S_INIT("Ngày nhận"),
     .period = S_INIT("nhận từ"),
     .file = S_INIT("don-thu"),
     .field_at = field_at,
     .metrics = metrics,
     .columns = columns,
     .load = load,
     .each = each,
     .lines = counted_lines},
    {.load = NULL},
};

/* ---- On the desk: boxes of the list that want something. */
static const enum petition_box boxes_of[] = {PETITION_RECEIVED, PETITION_REPLIED, PETITION_URGE,       PETITION_SILENT,
                                             PETITION_SOON,     PETITION_LATE,    PETITION_TRANSFERRED};
enum { BOXES = sizeof boxes_of / sizeof *boxes_of };
static const struct waiting_box boxes[BOXES + 1] = {
    {WAITING_MINE, S_INIT("Đơn chờ xử lý"), "/petition?tab=received"},
    {WAITING_MINE, S_INIT("Đơn có kết quả, chờ trả lời"), "/petition?tab=replied"},
    {WAITING_MINE, S_INIT("Cần đôn đốc"), "/petition?tab=urge"},
    {WAITING_MINE, S_INIT("Im lặng, cần giám sát"), "/petition?tab=silent"},
    {WAITING_SOON, S_INIT("Đơn sắp đến hạn"), "/petition?tab=soon"},
    {WAITING_LATE, S_INIT("Đơn quá hạn"), "/petition?tab=late"},
    {WAITING_GIVEN, S_INIT("Đơn chờ phúc đáp"), "/petition?tab=transferred"},
};

static struct err counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    struct petition_counts c;
    TRY(petition_count(db, who, today, &c));
    for (size_t i = 0; i < BOXES; i++) {
        out[i] = c.n[boxes_of[i]];
    }
    return OK;
}

static struct waiting_line line_of(struct arena *a, const struct petition_line *l, size_t box, struct date today) {
    struct date due = l->due_on;
    int64_t days = date_number(due) - date_number(today);
    return (struct waiting_line){.link = link_record(a, S("/petition/"), l->id.v, S("")),
                                 .title = l->title,
                                 .number = str_format(a, "Đơn số %lld", (long long)l->number),
                                 .from = l->writer,
                                 .what = boxes[box].title,
                                 .due_words = !due.year   ? S("")
                                              : days < 0  ? str_format(a, "Quá hạn %lld ngày", (long long)-days)
                                              : days == 0 ? S("Hạn hôm nay")
                                                          : str_format(a, "Còn %lld ngày", (long long)days),
                                 .due_on = due,
                                 .is_late = due.year && days < 0,
                                 .is_soon = due.year && days >= 0 && days <= PETITION_SOON_DAYS};
}

static struct err lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *out) {
    struct petition_filter f = {.box = boxes_of[box]};
    struct petition_lines found;
    TRY(petition_list(db, who, &f, most, &found));
    for (size_t i = 0; i < found.at.n; i++) {
        LIST_ADD(db_arena(db), out, line_of(db_arena(db), &found.at.at[i], box, today));
    }
    return OK;
}

const struct waiting_source petition_waiting[] = {
    {.code = S_INIT("petition"), .boxes = boxes, .counts = counts, .lines = lines},
    {.boxes = NULL},
};

const struct told_kind petition_told[] = {
    {.event = "petition.receive", .group = S_INIT("Đơn mới")},
    {.event = "petition.word", .group = S_INIT("Người gửi đơn bổ sung")},
    {.event = "petition.confirm", .group = S_INIT("Ý kiến của người gửi đơn")},
    {.event = "petition.late", .group = S_INIT("Quá hạn")},
    {.event = NULL},
};

/* ---- Searched */
static struct err search_load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                              bool *is_gone) {
    struct petition_by_id_row *l;
    struct petition_authors_rows authors;
    struct access_ids readers;
    TRY(petition_by_id(db, (struct petition_by_id_in){.id = {record}}, &l));
    *is_gone = !l;
    if (!l) {
        return OK;
    }
    TRY(access_readers(db, record, &readers));
    TRY(petition_authors(db, (struct petition_authors_in){.letter = l->id}, &authors));
    *doc = (struct search_doc){.record = record,
                               .kind = S("petition"),
                               .number = str_format(a, "%lld", (long long)l->number),
                               .title = l->title,
                               .date = l->received_on,
                               .facet = {l->type, S(""), l->topic, l->state},
                               .principals = {readers.at, readers.n}};
    if (authors.n && !l->is_protected) {
        search_doc_add(a, doc, 0,
                       str_format(a, "%.*s, %.*s", STR_ARG(authors.at[0].name), STR_ARG(authors.at[0].address)));
    }
    search_doc_add(a, doc, 0, l->working);
    return OK;
}

static struct err search_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit,
                              struct search_ids *ids) {
    struct petition_ids_rows rows;
    TRY(petition_ids(db, (struct petition_ids_in){.after = after, .most = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

static struct str word(enum search_facet facet, struct str value) {
    switch (facet) {
    case SEARCH_TYPE: return petition_word_or(petition_types, value, S(""));
    case SEARCH_FIELD: return petition_word_or(petition_topics, value, S(""));
    case SEARCH_STATE: return petition_word_or(petition_states, value, S(""));
    case SEARCH_ISSUER:
    case SEARCH_FACETS: break;
    }
    return S("");
}

const struct search_source petition_sources[] = {
    {.kind = S_INIT("petition"), .name = S_INIT("Đơn thư"), .load = search_load, .each = search_each, .word = word},
    {.kind = S_INIT("")},
};

const struct task_kind petition_task_kinds[] = {
    {.kind = S_INIT("petition"), .title = S_INIT("Đơn thư"), .give_right = CAN_MANAGE},
    {.kind = S_INIT("")},
};

/* ---- Erased */
struct err petition_forget(struct db_write *db, const struct erase *e) {
    struct petition_letter_id id = {e->record};
    struct petition_files_rows files;
    if (e->file) {
        return petition_let_go(db, (struct petition_let_go_in){.file = *e->file}, NULL);
    }
    if (!str_eq(e->kind, S("petition"))) {
        return OK;
    }
    TRY(petition_files(db_reading(db), (struct petition_files_in){.letter = id}, &files));
    TRY(petition_erase_files(db, (struct petition_erase_files_in){.letter = id}, NULL));
    TRY(petition_erase_authors(db, (struct petition_erase_authors_in){.letter = id}, NULL));
    TRY(petition_erase_findings(db, (struct petition_erase_findings_in){.letter = id}, NULL));
    TRY(petition_erase_transfers(db, (struct petition_erase_transfers_in){.letter = id}, NULL));
    TRY(petition_erase_road(db, (struct petition_erase_road_in){.letter = id}, NULL));
    TRY(petition_erase_openings(db, (struct petition_erase_openings_in){.letter = id}, NULL));
    TRY(petition_terms_clear(db, (struct petition_terms_clear_in){.letter = id}, NULL));
    TRY(petition_erase_letter(
        db, (struct petition_erase_letter_in){.id = id, .title = S("Nội dung đã được xóa theo yêu cầu.")}, NULL));
    for (size_t i = 0; i < files.n; i++) {
        TRY(erase_file(db, files.at[i].file));
    }
    return OK;
}
