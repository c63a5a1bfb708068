/* What others know of it: the charts, the desk, notices, the index; what runs out and what is erased. */
#include "base/arena.h"
#include "base/list.h"
#include "kernel/erase/erase.h"
#include "kernel/fill/fill.h"
#include "kernel/rights/access.h"
#include "modules/service/service_inside.h"

#include "base/banned.h"

enum { EVERY_S = 1800, HOUR_MS = 3600 * 1000 };

/* ---- Counted by the day they came, with the promise that runs first as their deadline. */
static struct date due_of(struct str key) {
    struct date on;
    return date_read_iso(str_slice(key, 0, 10), &on) ? on : (struct date){0};
}

static struct err load(struct db_read *db, int64_t record, struct metric_part *part, bool *is_counted) {
    struct service_any_row *row;
    struct service_clocks_rows clocks;
    TRY(service_any(db, (struct service_any_in){.id = {record}}, &row));
    *is_counted = row && !str_eq(row->state, S("withdrawn"));
    if (!*is_counted) {
        return OK;
    }
    bool is_open = !str_eq(row->phase, S("done"));
    TRY(service_clocks(db, (struct service_clocks_in){.dossier = row->id}, &clocks));
    struct date due = is_open ? due_of(row->due_key) : (struct date){0}, late_by = {0};
    for (size_t i = 0; i < clocks.n; i++) {
        const struct service_clocks_row *c = &clocks.at[i];
        bool is_broken = str_eq(c->state, S("met")) && c->ended_at.ms && date_cmp(date_of(c->ended_at), c->due_on) > 0;
        late_by = is_broken ? c->due_on : late_by;
    }
    *part = (struct metric_part){.day_on = date_of(row->made_at),
                                 .field = row->procedure,
                                 .unit = row->organ,
                                 .due_on = is_open ? due : late_by,
                                 .done_on = is_open ? (struct date){0} : date_of(row->ended_at),
                                 .is_open = is_open};
    return OK;
}

static struct err each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct service_ids_rows rows;
    TRY(service_ids(db, (struct service_ids_in){.after = after, .most = limit}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct str short_name(const struct service_heads *heads, struct str code) {
    for (size_t i = 0; i < heads->all.n; i++) {
        if (str_eq(heads->all.at[i].code, code)) {
            return heads->all.at[i].short_name;
        }
    }
    return code;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *lines) {
    struct service_some_rows rows;
    struct service_heads heads = service_heads(db_arena(db));
    TRY(service_some(db, (struct service_some_in){.some = ids}, &rows));
    for (size_t i = 0; i < ids.n; i++) {
        for (size_t k = 0; k < rows.n && !lines[i].is_there; k++) {
            if (rows.at[k].id.v == ids.at[i]) {
                lines[i] = (struct metric_line){.link = link_record(db_arena(db), S("/service/"), ids.at[i], S("")),
                                                .number = rows.at[k].code,
                                                .title = short_name(&heads, rows.at[k].procedure),
                                                .from = rows.at[k].applicant,
                                                .is_there = true};
            }
        }
    }
    return OK;
}

/* Names as the definitions say them; a table of its own, for a port asks without an arena. */
static bool field_at(size_t i, struct metric_word *word) {
    static const struct metric_word words[] = {{S_INIT("MTTQ.HP.01"), S_INIT("Nhà Đại đoàn kết")},
                                               {S_INIT("MTTQ.HP.02"), S_INIT("Hỗ trợ đột xuất")},
                                               {S_INIT("MTTQ.HP.03"), S_INIT("Ủng hộ")},
                                               {S_INIT("MTTQ.HP.04"), S_INIT("Đặt lịch")},
                                               {S_INIT("MTTQ.HP.05"), S_INIT("Gửi đơn")},
                                               {S_INIT("MTTQ.HP.06"), S_INIT("Góp ý")},
                                               {S_INIT("MTTQ.HP.07"), S_INIT("Đề nghị giám sát")},
                                               {S_INIT("MTTQ.HP.08"), S_INIT("Khen thưởng")},
                                               {S_INIT("MTTQ.HP.09"), S_INIT("Mô hình, ngày hội")},
                                               {S_INIT("MTTQ.HP.10"), S_INIT("Kiến nghị cử tri")},
                                               {S_INIT("MTTQ.HP.11"), S_INIT("Xác nhận tham gia")}};
    if (i >= sizeof words / sizeof *words) {
        return false;
    }
    *word = words[i];
    return true;
}

static const struct metric metrics[] = {
    {.code = S_INIT("DVC.NHAN"),
     .title = S_INIT("Hồ sơ dịch vụ"),
     .definition =
         S_INIT("Số hồ sơ gửi trong kỳ theo các thủ tục riêng của Mặt trận, không kể hồ sơ người nộp đã rút."),
     .unit = S_INIT("hồ sơ"),
     .kind = METRIC_COUNT,
     .of = METRIC_EVERY},
    {.code = S_INIT("DVC.QUA_HEN"),
     .title = S_INIT("Hồ sơ đang quá hẹn"),
     .definition = S_INIT("Số hồ sơ chưa xong có lời hẹn trước hôm nay, trong những hồ sơ gửi trong kỳ."),
     .unit = S_INIT("hồ sơ"),
     .kind = METRIC_STOCK,
     .of = METRIC_OVERDUE,
     .good = METRIC_DOWN},
    {.code = S_INIT("DVC.DUNG_HEN"),
     .title = S_INIT("Hồ sơ giữ đúng hẹn"),
     .definition = S_INIT("Hồ sơ xong mà không trễ lời hẹn nào trên hồ sơ xong và hồ sơ đang quá hẹn."),
     .unit = S_INIT("%"),
     .kind = METRIC_RATIO,
     .of = METRIC_ON_TIME | METRIC_DONE,
     .per = METRIC_ON_TIME | METRIC_DONE | METRIC_LATE | METRIC_OVERDUE,
     .good = METRIC_UP,
     .least = 5},
    {.kind = METRIC_COUNT},
};
static const struct metric_column columns[] = {{METRIC_NUMBER, S_INIT("Mã hồ sơ"), 22},
                                               {METRIC_TITLE, S_INIT("Thủ tục"), 30},
                                               {METRIC_FROM, S_INIT("Người nộp"), 24},
                                               {.width = 0}};

const struct metric_source service_metrics[] = {
    {.order = 50,
     .code = S_INIT("service"),
     .title = S_INIT("Dịch vụ công"),
     .heading = S_INIT("Thống kê dịch vụ công"),
     .source = S_INIT("Hồ sơ dịch vụ công"),
     .list = S_INIT("Hồ sơ sau con số"),
     .none = S_INIT("Chưa có hồ sơ nào được gửi trong khoảng này."),
     .all = S_INIT("Đã gửi"),
     .by_unit = S_INIT("Theo nơi nhận"),
     .by_field = S_INIT("Theo thủ tục"),
     .field = S_INIT("Thủ tục"),
     .day = S_INIT("Ngày gửi"),
     .period = S_INIT("gửi từ"),
     .file = S_INIT("dich-vu-cong"),
     .field_at = field_at,
     .metrics = metrics,
     .columns = columns,
     .load = load,
     .each = each,
     .lines = counted_lines},
    {.load = NULL},
};

/* ---- On the desk: the boxes that want something, from the rows of their lists. */
static const struct waiting_box boxes[] = {{WAITING_MINE, S_INIT("Hồ sơ chờ tiếp nhận"), "/service?box=new"},
                                           {WAITING_SOON, S_INIT("Hồ sơ sắp đến hẹn"), "/service?box=soon"},
                                           {WAITING_LATE, S_INIT("Hồ sơ quá hẹn"), "/service?box=late"},
                                           {.path = NULL}};
static const enum service_box boxes_of[] = {SERVICE_BOX_NEW, SERVICE_BOX_SOON, SERVICE_BOX_LATE};
enum { DESK_BOXES = sizeof boxes_of / sizeof *boxes_of };

static struct err counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    int64_t all[SERVICE_BOXES];
    (void)today;
    TRY(service_box_counts(db, who, all));
    for (size_t i = 0; i < DESK_BOXES; i++) {
        out[i] = all[boxes_of[i]];
    }
    return OK;
}

static struct err lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *out) {
    struct service_box_rows rows;
    struct arena *a = db_arena(db);
    struct service_heads heads = service_heads(a);
    struct str now = service_key_now(a, clock_now());
    TRY(service_box_rows(db, who, &(struct service_box_ask){.box = boxes_of[box], .most = (int64_t)most}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct service_box_row *r = &rows.at[i];
        struct date due = due_of(r->due_key);
        bool is_late = str_cmp(r->due_key, now) < 0;
        int64_t days = date_number(due) - date_number(today);
        struct str name = short_name(&heads, r->procedure);
        LIST_ADD(a, out,
                 (struct waiting_line){.link = link_record(a, S("/service/"), r->id.v, S("")),
                                       .title = str_format(a, "%.*s: %.*s", STR_ARG(name), STR_ARG(r->applicant)),
                                       .number = r->code,
                                       .what = service_state_name(r->state),
                                       .due_words = !due.year   ? S("")
                                                    : is_late   ? S("Quá hẹn")
                                                    : days == 0 ? S("Hẹn hôm nay")
                                                                : str_format(a, "Còn %lld ngày", (long long)days),
                                       .due_on = due,
                                       .is_late = is_late,
                                       .is_soon = !is_late && due.year && days < SERVICE_SOON_DAYS});
    }
    return OK;
}

const struct waiting_source service_waiting[] = {
    {.code = S_INIT("service"), .boxes = boxes, .counts = counts, .lines = lines},
    {.boxes = NULL},
};

const struct told_kind service_told[] = {
    {.event = "service.submit", .group = S_INIT("Hồ sơ dịch vụ mới")},
    {.event = "service.answer", .group = S_INIT("Hồ sơ được bổ sung")},
    {.event = "service.withdraw", .group = S_INIT("Hồ sơ được rút")},
    {.event = "service.late", .group = S_INIT("Hồ sơ quá hẹn")},
    {.event = NULL},
};

/* ---- Found by those who may read it; what is sensitive is not in it. */
static struct err search_load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                              bool *is_gone) {
    struct service_case c;
    struct fields_state *s;
    struct access_ids readers;
    struct service_any_row *row;
    TRY(service_any(db, (struct service_any_in){.id = {record}}, &row));
    *is_gone = !row || !row->applicant.len;
    if (*is_gone) {
        return OK;
    }
    TRY(service_case_any(db, record, &c));
    TRY(service_case_state(db, &c, false, &s));
    TRY(access_readers(db, record, &readers));
    struct str name = c.form->short_name;
    *doc = (struct search_doc){.record = record,
                               .kind = S("service"),
                               .title = str_format(a, "%.*s: %.*s", STR_ARG(name), STR_ARG(row->applicant)),
                               .date = date_of(row->made_at),
                               .principals = {readers.at, readers.n}};
    search_doc_add(a, doc, 0, row->code);
    search_doc_add(a, doc, 0, fill_text(a, s, FIELDS_PUBLIC));
    return OK;
}

static struct err search_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit,
                              struct search_ids *ids) {
    struct service_ids_rows rows;
    TRY(service_ids(db, (struct service_ids_in){.after = after, .most = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

const struct search_source service_sources[] = {
    {.kind = S_INIT("service"), .name = S_INIT("Hồ sơ dịch vụ"), .load = search_load, .each = search_each},
    {.kind = S_INIT("")},
};

/* ---- What runs out */
struct look {
    int64_t told;
};

static struct err late_step(struct db_write *db, void *thing) {
    struct look *l = thing;
    return service_tell_late(db, &l->told);
}

static struct err late_end(struct db_write *db, void *thing) {
    (void)thing;
    return job_add(
        db,
        &(struct job_new){.kind = S("service.late"), .not_before = {clock_now().ms + HOUR_MS / 2}, .is_single = true},
        NULL);
}

static struct err late_run(struct job *job) {
    struct look l = {0};
    do {
        TRY(job_step(job, S(""), late_step, &l));
    } while (l.told > 0);
    return job_finish(job, late_end, &l);
}

const struct job_kind service_job_kinds[] = {
    {.name = "service.late", .title = "Tìm hồ sơ quá hẹn", .is_short = true, .every_s = EVERY_S, .run = late_run},
    {0},
};

struct err service_seed(struct db_write *db, struct arena *arena) {
    (void)arena;
    return job_add(db, &(struct job_new){.kind = S("service.late"), .is_single = true}, NULL);
}

struct err service_forget(struct db_write *db, const struct erase *e) {
    struct service_dossier_id id = {e->record};
    if (e->file) {
        return OK;
    }
    TRY(service_erase_secret(db, (struct service_erase_secret_in){.dossier = id}, NULL));
    TRY(service_erase_steps(db, (struct service_erase_steps_in){.dossier = id}, NULL));
    TRY(service_erase_letters(db, (struct service_erase_letters_in){.dossier = id}, NULL));
    return service_erase_dossier(db, (struct service_erase_dossier_in){.id = id, .applicant = S("Đã xóa theo yêu cầu")},
                                 NULL);
}
