/* What mail tells those who know no business by name: search, charts, desk, notices, jobs, erasing; and the module. */
#include "kernel/erase/erase.h"
#include "kernel/index/feed.h"
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "modules/mail/letter/command.h"
#include "modules/mail/way.h"
#include "modules/task/task.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"

/* ---- Found by words: a conversation, under the rights of its box. */
/* Who wrote to whom, with which files, in which words; nothing of what was taken back from here. */
static void search_letter(struct arena *a, struct search_doc *doc, const struct mail_letters_of_item_row *l,
                          const struct mail_to_of_rows *to, const struct mail_papers_of_rows *papers) {
    struct buf about = buf_in(a);
    buf_printf(&about, "%.*s. %.*s.", STR_ARG(l->from_name), STR_ARG(l->from_note));
    for (size_t t = 0; t < to->n; t++) {
        bool is_its = to->at[t].letter.v == l->id.v;
        if (is_its && to->at[t].item.v == doc->record && to->at[t].recalled_at.ms) {
            return;
        }
        if (is_its && (str_eq(to->at[t].role, S("to")) || str_eq(to->at[t].role, S("cc")))) {
            buf_printf(&about, " %.*s.", STR_ARG(to->at[t].name));
        }
    }
    for (size_t p = 0; p < papers->n; p++) {
        if (papers->at[p].letter.v == l->id.v) {
            buf_printf(&about, " %.*s.", STR_ARG(papers->at[p].name));
        }
    }
    search_doc_add(a, doc, 0, buf_str(&about));
    search_doc_add(a, doc, 0, l->text);
}

static struct err search_load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                              bool *is_gone) {
    struct mail_item_by_id_row *i;
    struct mail_letters_of_item_rows letters;
    struct access_ids readers;
    TRY(mail_item_by_id(db, (struct mail_item_by_id_in){.id = {record}}, &i));
    *is_gone = !i;
    if (!i) {
        return OK;
    }
    TRY(access_readers(db, record, &readers));
    *doc = (struct search_doc){.record = record,
                               .kind = S("mail"),
                               .title = i->subject,
                               .date = date_of(i->last_at),
                               .principals = {readers.at, readers.n}};
    TRY(mail_letters_of_item(db, (struct mail_letters_of_item_in){.item = i->id, .before = INT64_MAX, .most = 100},
                             &letters));
    int64_t *ids = arena_take(a, int64_t, letters.n + 1);
    for (size_t k = 0; k < letters.n; k++) {
        ids[k] = letters.at[k].id.v;
    }
    struct mail_to_of_rows to;
    struct mail_papers_of_rows papers;
    TRY(mail_to_of(db, (struct mail_to_of_in){.letters = {ids, letters.n}}, &to));
    TRY(mail_papers_of(db, (struct mail_papers_of_in){.letters = {ids, letters.n}}, &papers));
    for (size_t k = 0; k < letters.n; k++) {
        search_letter(a, doc, &letters.at[k], &to, &papers);
    }
    return OK;
}

static struct err search_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit,
                              struct search_ids *ids) {
    struct mail_item_ids_after_rows rows;
    TRY(mail_item_ids_after(db, (struct mail_item_ids_after_in){.after = after, .most = limit}, &rows));
    ids->at = arena_take(a, int64_t, rows.n + 1);
    ids->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        ids->at[i] = rows.at[i].id.v;
    }
    return OK;
}

static const struct search_source mail_sources[] = {
    {.kind = S_INIT("mail"), .name = S_INIT("Thư"), .load = search_load, .each = search_each},
    {.kind = S_INIT("")},
};

/* ---- Counted: conversations that others began with a shared box, by the day the first letter came. */
static struct err load(struct db_read *db, int64_t id, struct metric_part *part, bool *is_counted) {
    struct mail_counted_row *row;
    TRY(mail_counted(db, (struct mail_counted_in){.id = id}, &row));
    *is_counted = row != NULL;
    if (row) {
        bool is_over = row->answered_at.ms || str_eq(row->state, S("done"));
        *part = (struct metric_part){
            .day_on = date_of(row->first_at),
            .unit = row->unit,
            .due_on = row->due_at.ms ? date_of(row->due_at) : (struct date){0},
            .done_on = !is_over ? (struct date){0} : date_of(row->answered_at.ms ? row->answered_at : row->last_at),
            .is_open = !is_over};
    }
    return OK;
}

static struct err each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct mail_counted_after_rows rows;
    TRY(mail_counted_after(db, (struct mail_counted_after_in){.after = after, .most = limit}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *out) {
    struct mail_counted_lines_rows rows;
    TRY(mail_counted_lines(db, (struct mail_counted_lines_in){.some = ids}, &rows));
    for (size_t i = 0; i < ids.n; i++) {
        for (size_t k = 0; k < rows.n; k++) {
            if (rows.at[k].id.v == ids.at[i]) {
                out[i] = (struct metric_line){.link = link_record(db_arena(db), S("/mail/"), ids.at[i], S("")),
                                              .title = rows.at[k].subject,
                                              .from = rows.at[k].sender,
                                              .who = rows.at[k].holder_name,
                                              .is_there = true};
            }
        }
    }
    return OK;
}

static const struct metric metrics[] = {
    {.code = S_INIT("TH.DEN"),
     .title = S_INIT("Thư đến hộp chung"),
     .definition = S_INIT("Số cuộc trao đổi do nơi khác mở với hộp thư đơn vị, có thư đầu trong kỳ."),
     .unit = S_INIT("thư"),
     .kind = METRIC_COUNT,
     .of = METRIC_EVERY},
    {.code = S_INIT("TH.CHO_TRA_LOI"),
     .title = S_INIT("Thư chưa trả lời"),
     .definition = S_INIT("Số cuộc trao đổi chưa trả lời và chưa xong, trong những thư đến trong kỳ."),
     .unit = S_INIT("thư"),
     .kind = METRIC_STOCK,
     .of = METRIC_OPEN},
    {.code = S_INIT("TH.QUA_HAN"),
     .title = S_INIT("Thư quá hạn trả lời"),
     .definition = S_INIT("Số cuộc trao đổi chưa trả lời có hạn trước hôm nay, trong những thư đến trong kỳ."),
     .unit = S_INIT("thư"),
     .kind = METRIC_STOCK,
     .of = METRIC_OVERDUE,
     .good = METRIC_DOWN},
    {.code = S_INIT("TH.DUNG_HAN"),
     .title = S_INIT("Trả lời lần đầu đúng hạn"),
     .definition = S_INIT("Trả lời lần đầu đúng hạn trên trả lời đúng hạn, trả lời trễ và đang quá hạn."),
     .unit = S_INIT("%"),
     .kind = METRIC_RATIO,
     .of = METRIC_ON_TIME,
     .per = METRIC_ON_TIME | METRIC_LATE | METRIC_OVERDUE,
     .good = METRIC_UP,
     .least = 5},
    {.kind = METRIC_COUNT},
};

static const struct metric_column columns[] = {
    {METRIC_TITLE, S_INIT("Về việc"), 60},
    {METRIC_FROM, S_INIT("Người gửi"), 30},
    {METRIC_WHO, S_INIT("Người nhận xử lý"), 24},
    {.width = 0},
};

static const struct metric_source mail_metrics[] = {
    {.order = 60,
     .code = S_INIT("mail"),
     .title = S_INIT("Thư công vụ"),
     .heading = S_INIT("Thống kê thư công vụ"),
     .source = S_INIT("Hộp thư đơn vị"),
     .list = S_INIT("Thư sau con số"),
     .none = S_INIT("Chưa có thư nào đến hộp chung trong khoảng này."),
     .all = S_INIT("Đã đến"),
     .by_unit = S_INIT("Theo hộp thư đơn vị"),
     .day = S_INIT("Ngày đến"),
     .period = S_INIT("đến từ"),
     .file = S_INIT("thu-cong-vu"),
     .metrics = metrics,
     .columns = columns,
     .load = load,
     .each = each,
     .lines = counted_lines},
    {.load = NULL},
};

/* ---- What waits */
enum { WAIT_MINE, WAIT_FREE, WAIT_UNREAD, WAIT_LATE, WAITS };
static const struct waiting_box boxes[WAITS + 1] = {
    [WAIT_MINE] = {WAITING_MINE, S_INIT("Thư tôi đang giữ"), "/mail?box=all&tab=mine"},
    [WAIT_FREE] = {WAITING_MINE, S_INIT("Thư chưa có người nhận"), "/mail?box=all&tab=free"},
    [WAIT_UNREAD] = {WAITING_INFORM, S_INIT("Thư chưa đọc"), "/mail?box=all&tab=unread"},
    [WAIT_LATE] = {WAITING_LATE, S_INIT("Thư quá giờ trả lời"), "/mail?box=all&tab=late"},
};

static struct err ids_of(struct db_read *db, const struct who *who, struct db_ids *ids) {
    struct mail_boxes_of_post_rows rows;
    TRY(mail_boxes(db, who, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct err counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    struct db_ids ids;
    struct mail_counts_rows rows;
    (void)today;
    TRY(ids_of(db, who, &ids));
    TRY(mail_counts(db, (struct mail_counts_in){.boxes = ids, .post = who->post.v, .now_at = clock_now()}, &rows));
    for (int i = 0; i < WAITS; i++) {
        out[i] = 0;
    }
    for (size_t i = 0; i < rows.n; i++) {
        const struct mail_counts_row *r = &rows.at[i];
        if (str_eq(r->state, S("open"))) {
            out[WAIT_MINE] += r->mine_n;
            out[WAIT_FREE] += r->is_shared ? r->free_n : 0;
            out[WAIT_UNREAD] += r->is_shared ? 0 : r->unread_n;
            out[WAIT_LATE] += r->late_n;
        }
    }
    return OK;
}

/* The lists at /mail?box=all read the same rows in the same way. */
static struct err lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *out) {
    struct arena *a = db_arena(db);
    struct mail_items_by_place_rows rows;
    struct mail_items_by_place_in in = {.state = S("open"),
                                        .of_holder = box == WAIT_MINE   ? who->post.v
                                                     : box == WAIT_FREE ? 0
                                                                        : -1,
                                        .only_shared = box == WAIT_FREE ? 1 : 0,
                                        .only_unread = box == WAIT_UNREAD ? 2 : 0,
                                        .late_at = box == WAIT_LATE ? clock_now() : (struct instant){0},
                                        .after_place = INT64_MIN,
                                        .most = (int64_t)most};
    TRY(ids_of(db, who, &in.boxes));
    TRY(mail_items_by_place(db, in, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct mail_items_by_place_row *r = &rows.at[i];
        struct date due = r->is_shared && r->due_at.ms ? date_of(r->due_at) : (struct date){0};
        bool is_late = r->is_shared && r->due_at.ms && r->due_at.ms < clock_now().ms;
        LIST_ADD(a, out,
                 (struct waiting_line){.link = link_record(a, S("/mail/"), r->id.v, S("")),
                                       .title = r->subject,
                                       .from = r->sender,
                                       .what = boxes[box].title,
                                       .due_words = is_late ? S("Quá giờ trả lời") : S(""),
                                       .due_on = due,
                                       .is_late = is_late,
                                       .is_soon = !is_late && due.year && date_cmp(due, today) <= 0,
                                       .is_new = r->is_unread});
    }
    return OK;
}

static const struct waiting_source mail_waiting[] = {
    {.code = S_INIT("mail"), .boxes = boxes, .counts = counts, .lines = lines},
    {.boxes = NULL},
};

static const struct told_kind mail_told[] = {
    {.event = "mail.new", .group = S_INIT("Thư mới")},
    {.event = "mail.handed", .group = S_INIT("Được giao thư")},
    {.event = "mail.failed", .group = S_INIT("Thư chưa đến nơi")},
    {.event = NULL},
};

/* What waits for this post: unread letters of its own box, and letters of shared boxes that nobody has. */
static struct err nav_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    int64_t all[WAITS];
    TRY(counts(db, who, clock_today(), all));
    *n = all[WAIT_MINE] + all[WAIT_FREE] + all[WAIT_UNREAD];
    *is_hot = all[WAIT_LATE] > 0;
    return OK;
}

static const struct nav_entry nav[] = {
    {.area = AREA_WORK,
     .order = 20,
     .title = "Hộp thư công vụ",
     .path = "/mail",
     .icon = ICON("mail"),
     .count = nav_count},
    {.area = AREA_ADMIN, .order = 45, .title = "Đường thư", .path = "/mail/way", .icon = ICON("send")},
    {0},
};

/* ---- Jobs */
/* What has an hour of its own is woken then; this only finds what fell. */
enum { TICK_S = 3600, YEAR_S = 400 * 86400 };

static struct err tick_step(struct db_write *db, void *thing) {
    TRY(mail_tick(db, thing));
    return job_add(db,
                   &(struct job_new){.kind = S("mail.tick"),
                                     .not_before = {clock_now().ms + INT64_C(1000) * TICK_S},
                                     .is_single = true},
                   NULL);
}
static struct err tick_run(struct job *job) {
    size_t done = 0;
    return job_finish(job, tick_step, &done);
}

static struct err wake_step(struct db_write *db, void *thing) { return mail_tick(db, thing); }
static struct err wake_run(struct job *job) {
    size_t done = 0;
    return job_finish(job, wake_step, &done);
}

static struct err send_step(struct db_write *db, void *thing) {
    const struct job *job = thing;
    return mail_draft_go(db, job->record);
}
static struct err send_run(struct job *job) { return job_finish(job, send_step, job); }

static const struct job_kind job_kinds[] = {
    {.name = "mail.send", .title = "Gửi thư", .is_short = true, .put_off_most_s = YEAR_S, .run = send_run},
    {.name = "mail.wake", .title = "Thư hẹn giờ", .is_short = true, .put_off_most_s = YEAR_S, .run = wake_run},
    {.name = "mail.tick", .title = "Soát thư hẹn giờ", .every_s = TICK_S, .run = tick_run},
    {.name = "mail.out", .title = "Gửi thư ra ngoài", .lease_s = 700, .run = mail_out_run},
    {.name = "mail.fetch", .title = "Nhận thư từ máy chủ", .lease_s = 400, .run = mail_fetch_run},
    {.name = "mail.trial", .title = "Thử đường thư", .run = mail_trial_run},
    {.name = "mail.bring", .title = "Nhận thư từ tệp", .lease_s = 300, .run = mail_bring_run},
    {0},
};

static struct err seed(struct db_write *db, struct arena *arena) {
    (void)arena;
    return job_add(db, &(struct job_new){.kind = S("mail.tick"), .is_single = true}, NULL);
}

/* ---- Erasing and telling who holds a file */
static struct err let_go(struct db_write *db, struct file_blob_id file) {
    TRY(mail_let_go_paper(db, (struct mail_let_go_paper_in){.file = file}, NULL));
    TRY(mail_let_go_source(db, (struct mail_let_go_source_in){.file = file}, NULL));
    TRY(mail_let_go_draft(db, (struct mail_let_go_draft_in){.file = file}, NULL));
    return mail_let_go_bring(db, (struct mail_let_go_bring_in){.file = file}, NULL);
}

static struct err forget(struct db_write *db, const struct erase *e) {
    struct str words = S("Thư đã được xóa theo yêu cầu");
    struct mail_erase_files_rows files;
    if (e->file) {
        return let_go(db, *e->file);
    }
    if (!str_eq(e->kind, S("mail"))) {
        return OK;
    }
    TRY(mail_erase_files(db_reading(db), (struct mail_erase_files_in){.item = e->record}, &files));
    TRY(mail_erase_papers(db, (struct mail_erase_papers_in){.item = e->record}, NULL));
    TRY(mail_erase_letters(db, (struct mail_erase_letters_in){.item = e->record, .words = words}, NULL));
    TRY(mail_erase_notes(db, (struct mail_erase_notes_in){.item = {e->record}}, NULL));
    TRY(mail_erase_items(db, (struct mail_erase_items_in){.item = e->record, .words = words}, NULL));
    for (size_t i = 0; i < files.n; i++) {
        TRY(erase_file(db, files.at[i].file));
    }
    return OK;
}

static struct err file_uses_of(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct mail_uses_rows rows;
    TRY(mail_uses(db, (struct mail_uses_in){.file = file}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, uses,
                 (struct file_use){S("Thư công vụ"), link_local(a, "/mail/%lld", (long long)rows.at[i].item.v).v});
    }
    return OK;
}

/* ---- */
static const struct verb_words verbs[] = {
    {"mail.send", "Gửi thư"},
    {"mail.arrive", "Thư đến hộp"},
    {"mail.read", "Đọc thư"},
    {"mail.unread", "Để lại chưa đọc"},
    {"mail.claim", "Nhận xử lý thư"},
    {"mail.release", "Trả thư về hộp chung"},
    {"mail.lapse", "Thư quá giờ, trả về hộp chung"},
    {"mail.hand", "Giao thư cho người khác"},
    {"mail.note", "Ghi chú vào thư"},
    {"mail.snooze", "Hẹn lại thư"},
    {"mail.wake", "Thư đến ngày hẹn"},
    {"mail.end", "Xong thư"},
    {"mail.reopen", "Mở lại thư"},
    {"mail.star", "Gắn sao thư"},
    {"mail.recall", "Thu hồi thư"},
    {"mail.recalled", "Thư được người gửi thu hồi"},
    {"mail.document", "Chuyển thư vào sổ văn bản đến"},
    {"mail.task", "Giao việc từ thư"},
    {"mail.bring", "Nhận thư từ tệp"},
    {"mail.way_add", "Đặt đường thư của hộp"},
    {"mail.way_change", "Sửa đường thư của hộp"},
    {"mail.way_try", "Thử đường thư"},
    {"mail.way_fetch", "Nhận thư ngay"},
    {"mail.out_again", "Gửi lại thư ra ngoài"},
    {"mail.out_settle", "Coi thư như đã giao"},
    {"mail.out_drop", "Bỏ thư khỏi hàng chờ"},
    {NULL, NULL},
};
static const struct task_kind task_kinds[] = {
    {.kind = S_INIT("mail"), .title = S_INIT("Thư công vụ"), .give_right = CAN_ACT}, {.kind = S_INIT("")}};

const struct module mail_module = {.name = "mail",
                                   .title = "Hộp thư công vụ",
                                   .routes = mail_routes,
                                   .nav = nav,
                                   .job_kinds = job_kinds,
                                   .sources = mail_sources,
                                   .bare_commands = mail_commands,
                                   .verbs = verbs,
                                   .metrics = mail_metrics,
                                   .waiting = mail_waiting,
                                   .told = mail_told,
                                   .task_kinds = task_kinds,
                                   .file_uses = file_uses_of,
                                   .demo = mail_demo,
                                   .seed = seed,
                                   .erase = forget};
