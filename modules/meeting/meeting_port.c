/* What meetings tell those who know no business by name: the charts, the desk, the notices, the index. */
#include "kernel/rights/access.h"
#include "kernel/file/file.h"
#include "modules/meeting/meeting_inside.h"

#include "base/arena.h"
#include "base/list.h"

/* ---- Counted by the day they are held. */
static struct err load(struct db_read *db, int64_t record, struct metric_part *part, bool *is_counted) {
    struct meeting_any_row *row;
    TRY(meeting_any(db, (struct meeting_any_in){.id = {record}}, &row));
    *is_counted = row && !str_eq(row->state, S("plan")) && !str_eq(row->state, S("cancelled"));
    if (*is_counted) {
        bool is_over = str_eq(row->state, S("closed"));
        *part = (struct metric_part){.day_on = date_of(row->starts_at),
                                     .unit = row->unit,
                                     .done_on = is_over ? date_of(row->closed_at) : (struct date){0},
                                     .is_open = !is_over};
    }
    return OK;
}

static struct err each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct meeting_ids_rows rows;
    TRY(meeting_ids(db, (struct meeting_ids_in){.after = after, .most = limit}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *lines) {
    struct meeting_some_rows rows;
    TRY(meeting_some(db, (struct meeting_some_in){.some = ids}, &rows));
    for (size_t i = 0; i < ids.n; i++) {
        for (size_t k = 0; k < rows.n && !lines[i].is_there; k++) {
            if (rows.at[k].id.v == ids.at[i]) {
                lines[i] = (struct metric_line){.link = link_record(db_arena(db), S("/meeting/"), ids.at[i], S("")),
                                                .title = rows.at[k].title,
                                                .who = rows.at[k].chair_name,
                                                .is_there = true};
            }
        }
    }
    return OK;
}

static const struct metric metrics[] = {
    {.code = S_INIT("HOP.SO"),
     .title = S_INIT("Cuộc họp"),
     .definition = S_INIT("Số cuộc họp trong kỳ đã gửi giấy mời, đang họp hoặc đã kết thúc."),
     .unit = S_INIT("cuộc họp"),
     .kind = METRIC_COUNT,
     .of = METRIC_EVERY},
    {.code = S_INIT("HOP.CHUA"),
     .title = S_INIT("Cuộc họp chưa kết thúc"),
     .definition = S_INIT("Số cuộc họp trong kỳ đã gửi giấy mời mà chưa kết thúc."),
     .unit = S_INIT("cuộc họp"),
     .kind = METRIC_STOCK,
     .of = METRIC_OPEN},
    {.kind = METRIC_COUNT},
};
static const struct metric_column columns[] = {
    {METRIC_TITLE, S_INIT("Cuộc họp"), 60}, {METRIC_WHO, S_INIT("Chủ tọa"), 24}, {.width = 0}};

const struct metric_source meeting_metrics[] = {
    {.order = 40,
     .code = S_INIT("meeting"),
     .title = S_INIT("Cuộc họp"),
     .heading = S_INIT("Thống kê cuộc họp"),
     .source = S_INIT("Cuộc họp đã gửi giấy mời"),
     .list = S_INIT("Cuộc họp sau con số"),
     .none = S_INIT("Chưa có cuộc họp nào trong khoảng này."),
     .all = S_INIT("Cuộc họp"),
     .by_unit = S_INIT("Theo đơn vị chuẩn bị"),
     .day = S_INIT("Ngày họp"),
     .period = S_INIT("họp từ"),
     .file = S_INIT("cuoc-hop"),
     .metrics = metrics,
     .columns = columns,
     .load = load,
     .each = each,
     .lines = counted_lines},
    {.load = NULL},
};

/* ---- What waits: the same rows as the lists /meeting?box=… */
static const struct waiting_box boxes[] = {{WAITING_MINE, S_INIT("Giấy mời chờ trả lời"), "/meeting?box=answer"},
                                           {WAITING_SOON, S_INIT("Họp hôm nay"), "/meeting?box=today"},
                                           {WAITING_MINE, S_INIT("Kết luận chờ giao việc"), "/meeting?box=unassigned"},
                                           {.path = NULL}};
static const char *const codes[] = {"answer", "today", "unassigned"};

static struct err counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    struct meeting_waiting_counts_row *row;
    struct meeting_unassigned_count_row *after;
    TRY(meeting_waiting_counts(db,
                               (struct meeting_waiting_counts_in){.post = who->post.v,
                                                                  .now = clock_now().ms,
                                                                  .tomorrow = date_start(date_plus(today, 1)).ms},
                               &row));
    TRY(meeting_unassigned_count(db, (struct meeting_unassigned_count_in){.post = who->post.v}, &after));
    out[0] = row->to_answer;
    out[1] = row->of_today;
    out[2] = after->n;
    return OK;
}

static struct err lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *out) {
    struct meeting_list_next_rows rows;
    struct arena *a = db_arena(db);
    TRY(meeting_list_next(db,
                          (struct meeting_list_next_in){.post = who->post.v,
                                                        .box = str_of(codes[box]),
                                                        .now = clock_now().ms,
                                                        .tomorrow = date_start(date_plus(today, 1)).ms,
                                                        .most = (int64_t)most},
                          &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct meeting_list_next_row *r = &rows.at[i];
        bool is_over = str_eq(r->state, S("closed"));
        LIST_ADD(a, out,
                 (struct waiting_line){.link = link_record(a, S("/meeting/"), r->id.v, S("")),
                                       .title = r->title,
                                       .from = r->chair_name,
                                       .what = boxes[box].title,
                                       .due_words = is_over ? S("") : meeting_clock_words(a, r->starts_at),
                                       .due_on = is_over ? (struct date){0} : date_of(r->starts_at),
                                       .is_soon = date_is(date_of(r->starts_at), today)});
    }
    return OK;
}

const struct waiting_source meeting_waiting[] = {
    {.code = S_INIT("meeting"), .boxes = boxes, .counts = counts, .lines = lines},
    {.boxes = NULL},
};

const struct told_kind meeting_told[] = {
    {.event = "meeting.invited", .group = S_INIT("Mời họp")},
    {.event = "meeting.changed", .group = S_INIT("Đổi lịch họp")},
    {.event = "meeting.called_off", .group = S_INIT("Hủy họp")},
    {.event = "meeting.paper_sent", .group = S_INIT("Tài liệu họp")},
    {.event = "meeting.*", .group = S_INIT("Họp")},
    {.event = NULL},
};

/* ---- The index: meetings by who may read them, papers by who may open them, notes by their owner alone. */
static struct err load_meeting(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                               bool *is_gone) {
    struct meeting_any_row *row;
    struct meeting_agendas_rows items;
    struct access_ids readers;
    TRY(meeting_any(db, (struct meeting_any_in){.id = {record}}, &row));
    *is_gone = !row;
    if (*is_gone) {
        return OK;
    }
    TRY(access_readers(db, record, &readers));
    *doc = (struct search_doc){.record = record,
                               .kind = S("meeting"),
                               .title = row->title,
                               .date = date_of(row->starts_at),
                               .principals = {readers.at, readers.n}};
    search_doc_add(a, doc, 0, row->note);
    TRY(meeting_agendas(db, (struct meeting_agendas_in){.meeting = row->id}, &items));
    for (size_t i = 0; i < items.n; i++) {
        search_doc_add(a, doc, 0, items.at[i].title);
    }
    return OK;
}

/* The posts of its seats once invitations are out, and who runs the meeting. */
static struct err paper_readers(struct db_read *db, struct arena *a, const struct meeting_paper_raw_row *p,
                                struct search_principals *all) {
    struct meeting_runners_row *runs;
    struct meeting_paper_seats_rows seats;
    TRY(meeting_runners(db, (struct meeting_runners_in){.id = p->meeting}, &runs));
    TRY(meeting_paper_seats(
        db, (struct meeting_paper_seats_in){.meeting = p->meeting, .open_to = p->open_to, .line = p->line}, &seats));
    bool is_out = !str_eq(runs->state, S("plan")) && !str_eq(runs->state, S("cancelled"));
    int64_t ids[] = {runs->chair, runs->secretary, runs->made_by};
    for (size_t i = 0; i < 3; i++) {
        if (ids[i]) {
            LIST_ADD(a, all, ids[i]);
        }
    }
    for (size_t i = 0; is_out && i < seats.n; i++) {
        if (seats.at[i].post) {
            LIST_ADD(a, all, seats.at[i].post);
        }
        if (seats.at[i].stand_in) {
            LIST_ADD(a, all, seats.at[i].stand_in);
        }
    }
    return OK;
}

static struct err load_paper(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                             bool *is_gone) {
    struct meeting_paper_raw_row *row;
    struct str text;
    TRY(meeting_paper_raw(db, (struct meeting_paper_raw_in){.id = {record}}, &row));
    *is_gone = !row || !row->is_current;
    if (*is_gone) {
        return OK;
    }
    *doc = (struct search_doc){
        .record = record, .kind = S("meeting_paper"), .title = row->name, .date = date_of(row->made_at)};
    TRY(paper_readers(db, a, row, &doc->principals));
    struct err e = file_text(db, a, row->file, &text);
    if (e.why && !err_is(e, ERR_MISSING)) {
        return e;
    }
    if (!e.why) {
        search_doc_add(a, doc, 0, text);
    }
    return OK;
}

static struct err load_note(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                            bool *is_gone) {
    struct meeting_note_by_id_row *row;
    TRY(meeting_note_by_id(db, (struct meeting_note_by_id_in){.id = {record}}, &row));
    *is_gone = !row;
    if (*is_gone) {
        return OK;
    }
    int64_t *owner = arena_take(a, int64_t, 1);
    *owner = row->person;
    *doc = (struct search_doc){.record = record,
                               .kind = S("meeting_note"),
                               .title = str_format(a, "Ghi chú riêng: %.*s", STR_ARG(row->title)),
                               .date = date_of(row->made_at),
                               .principals = {owner, 1}};
    search_doc_add(a, doc, 0, row->text);
    return OK;
}

static struct err lead_paper(struct db_read *db, struct arena *a, const struct search_hit *const *hits, size_t n,
                             struct date on, struct search_lead *out) {
    (void)on;
    for (size_t i = 0; i < n; i++) {
        struct meeting_paper_raw_row *row;
        TRY(meeting_paper_raw(db, (struct meeting_paper_raw_in){.id = {hits[i]->record}}, &row));
        if (row) {
            out[i].path = str_format(a, "/meeting/%lld/paper/%lld", (long long)row->meeting.v, (long long)row->id.v);
        }
    }
    return OK;
}

static struct err lead_note(struct db_read *db, struct arena *a, const struct search_hit *const *hits, size_t n,
                            struct date on, struct search_lead *out) {
    (void)on;
    for (size_t i = 0; i < n; i++) {
        struct meeting_note_by_id_row *note;
        struct meeting_note_paper_row *paper = NULL;
        TRY(meeting_note_by_id(db, (struct meeting_note_by_id_in){.id = {hits[i]->record}}, &note));
        if (note) {
            TRY(meeting_note_paper(db, (struct meeting_note_paper_in){.line = note->line}, &paper));
        }
        if (paper) {
            out[i].path = str_format(a, "/meeting/%lld/paper/%lld?page=%lld", (long long)note->meeting.v,
                                     (long long)paper->id.v, (long long)note->page);
        }
    }
    return OK;
}

static struct err each_meeting(struct db_read *db, struct arena *a, int64_t after, int64_t limit,
                               struct search_ids *ids) {
    struct meeting_ids_rows rows;
    TRY(meeting_ids(db, (struct meeting_ids_in){.after = after, .most = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

static struct err each_paper(struct db_read *db, struct arena *a, int64_t after, int64_t limit,
                             struct search_ids *ids) {
    struct meeting_paper_ids_rows rows;
    TRY(meeting_paper_ids(db, (struct meeting_paper_ids_in){.after = after, .most = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

static struct err each_note(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids) {
    struct meeting_note_ids_rows rows;
    TRY(meeting_note_ids(db, (struct meeting_note_ids_in){.after = after, .most = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

const struct search_source meeting_sources[] = {
    {.kind = S_INIT("meeting"), .name = S_INIT("Cuộc họp"), .load = load_meeting, .each = each_meeting},
    {.kind = S_INIT("meeting_paper"),
     .name = S_INIT("Tài liệu họp"),
     .lead = lead_paper,
     .load = load_paper,
     .each = each_paper},
    {.kind = S_INIT("meeting_note"),
     .name = S_INIT("Ghi chú họp"),
     .lead = lead_note,
     .load = load_note,
     .each = each_note},
    {.kind = S_INIT("")},
};
