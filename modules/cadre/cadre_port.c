/* What cadres tell those who know no business by name: charts, desk, notices, search, erasing. Never more than the
   basic groups: nothing sensitive is counted, indexed or told. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/erase/erase.h"
#include "kernel/rights/access.h"
#include "modules/cadre/cadre_pages.h"

#include "base/banned.h"

/* --- Counted: each cadre, by the day the record was made, open while here --- */
static struct err load(struct db_read *db, int64_t record, struct metric_part *part, bool *is_counted) {
    struct cadre_counted_row *r;
    TRY(cadre_counted(db, (struct cadre_counted_in){.id = {record}}, &r));
    *is_counted = r != NULL;
    if (r) {
        *part = (struct metric_part){.day_on = date_of(r->made_at),
                                     .field = r->sex,
                                     .unit = r->unit.v,
                                     .due_on = r->due_on,
                                     .done_on = r->is_left ? date_of(r->made_at) : (struct date){0},
                                     .is_open = !r->is_left};
    }
    return OK;
}

static struct err each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct cadre_ids_rows rows;
    TRY(cadre_ids(db, (struct cadre_ids_in){.after = after, .most = limit}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *lines) {
    struct cadre_some_rows rows;
    TRY(cadre_some(db, (struct cadre_some_in){.some = ids}, &rows));
    for (size_t i = 0; i < ids.n; i++) {
        for (size_t k = 0; k < rows.n && !lines[i].is_there; k++) {
            const struct cadre_some_row *r = &rows.at[k];
            if (r->id.v == ids.at[i]) {
                lines[i] = (struct metric_line){.link = link_record(db_arena(db), S("/cadre/"), r->id.v, S("")),
                                                .number = r->staff_no,
                                                .title = r->name,
                                                .from = r->post,
                                                .who = r->unit_name,
                                                .is_there = true};
            }
        }
    }
    return OK;
}

static bool field_at(size_t i, struct metric_word *word) {
    static const struct metric_word words[] = {{S_INIT("nam"), S_INIT("Nam")}, {S_INIT("nu"), S_INIT("Nữ")}};
    if (i < sizeof words / sizeof *words) {
        *word = words[i];
    }
    return i < sizeof words / sizeof *words;
}

enum { LEAST = 5 };
static const struct metric metrics[] = {
    {.code = S_INIT("CB.DANG_CONG_TAC"),
     .title = S_INIT("Cán bộ đang công tác"),
     .definition = S_INIT("Số hồ sơ lập trong kỳ của người đang công tác."),
     .unit = S_INIT("người"),
     .kind = METRIC_STOCK,
     .of = METRIC_OPEN,
     .least = LEAST},
    {.code = S_INIT("CB.QUA_TUOI"),
     .title = S_INIT("Đã đủ tuổi nghỉ hưu, hồ sơ còn mở"),
     .definition = S_INIT("Số hồ sơ của người đang công tác đã qua ngày đủ tuổi nghỉ hưu."),
     .unit = S_INIT("người"),
     .kind = METRIC_STOCK,
     .of = METRIC_OVERDUE,
     .good = METRIC_DOWN,
     .least = LEAST},
    {.kind = METRIC_COUNT},
};
static const struct metric_column columns[] = {{METRIC_NUMBER, S_INIT("Số hiệu"), 14},
                                               {METRIC_TITLE, S_INIT("Họ và tên"), 30},
                                               {METRIC_FROM, S_INIT("Chức vụ"), 36},
                                               {METRIC_WHO, S_INIT("Đơn vị"), 34},
                                               {.width = 0}};

const struct metric_source cadre_metrics[] = {
    {.order = 80,
     .code = S_INIT("cadre"),
     .title = S_INIT("Cán bộ"),
     .heading = S_INIT("Thống kê cán bộ"),
     .source = S_INIT("CSDL cán bộ"),
     .list = S_INIT("Người sau con số"),
     .none = S_INIT("Chưa lập hồ sơ nào trong khoảng này."),
     .all = S_INIT("Hồ sơ đã lập"),
     .by_unit = S_INIT("Theo đơn vị"),
     .by_field = S_INIT("Theo giới tính"),
     .field = S_INIT("Giới tính"),
     .day = S_INIT("Ngày lập hồ sơ"),
     .period = S_INIT("lập từ"),
     .file = S_INIT("can-bo"),
     .field_at = field_at,
     .metrics = metrics,
     .columns = columns,
     .load = load,
     .each = each,
     .lines = counted_lines},
    {.load = NULL},
};

/* --- On the desk: proposals to decide, one's own that wait, and what falls due --- */
enum { TO_DECIDE, OWN, DUES, BOXES = DUES + CADRE_LISTS };
static const struct waiting_box boxes[BOXES + 1] = {
    {WAITING_MINE, S_INIT("Đề nghị sửa hồ sơ chờ quyết"), "/cadre/proposal"},
    {WAITING_GIVEN, S_INIT("Đề nghị sửa hồ sơ của bạn, chờ quyết"), "/cadre/proposal"},
    {WAITING_SOON, S_INIT("Nâng bậc lương"), "/cadre/due?kind=salary"},
    {WAITING_SOON, S_INIT("Bổ nhiệm lại"), "/cadre/due?kind=reappoint"},
    {WAITING_SOON, S_INIT("Nghỉ hưu"), "/cadre/due?kind=retire"},
    {WAITING_SOON, S_INIT("Huy hiệu Đảng"), "/cadre/due?kind=badge"},
    {WAITING_SOON, S_INIT("Cần bồi dưỡng"), "/cadre/due?kind=training"},
};

static struct err counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    struct cadre_to_decide_count_row *decide;
    struct cadre_own_waiting_row *own;
    bool may;
    (void)today;
    TRY(cadre_to_decide_count(db, (struct cadre_to_decide_count_in){.person = who->person.v, .post = who->post.v},
                              &decide));
    TRY(cadre_own_waiting(db, (struct cadre_own_waiting_in){.person = {who->person.v}}, &own));
    out[TO_DECIDE] = decide ? decide->n : 0;
    out[OWN] = own ? own->n : 0;
    TRY(cadre_may_keep(db, who, &may));
    bool is_daily = may && !(who->roles & ROLE_LEADER); /* who leads decides; lists are the daily work of personnel */
    return is_daily ? cadre_due_counts(db, who, &out[DUES]) : OK;
}

static struct err decide_lines(struct db_read *db, const struct who *who, size_t most, struct waiting_lines *out) {
    struct cadre_to_decide_list_rows rows;
    struct arena *a = db_arena(db);
    TRY(cadre_to_decide_list(
        db, (struct cadre_to_decide_list_in){.person = who->person.v, .post = who->post.v, .most = (int64_t)most},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct cadre_group group;
        TRY(cadre_group(a, rows.at[i].part, &group));
        LIST_ADD(
            a, out,
            (struct waiting_line){.link = link_local(a, "/cadre/%lld/proposal/%lld", (long long)rows.at[i].cadre.v,
                                                     (long long)rows.at[i].id.v),
                                  .title = str_format(a, "%.*s: %.*s", STR_ARG(rows.at[i].name), STR_ARG(group.title)),
                                  .from = rows.at[i].unit_name,
                                  .what = boxes[TO_DECIDE].title});
    }
    return OK;
}

static struct err own_lines(struct db_read *db, const struct who *who, size_t most, struct waiting_lines *out) {
    struct cadre_own_waiting_list_rows rows;
    struct arena *a = db_arena(db);
    TRY(cadre_own_waiting_list(db, (struct cadre_own_waiting_list_in){.person = {who->person.v}, .most = (int64_t)most},
                               &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct cadre_group group;
        TRY(cadre_group(a, rows.at[i].part, &group));
        LIST_ADD(a, out,
                 (struct waiting_line){.link = link_local(a, "/cadre/%lld/proposal/%lld", (long long)rows.at[i].cadre.v,
                                                          (long long)rows.at[i].id.v),
                                       .title = group.title,
                                       .what = boxes[OWN].title});
    }
    return OK;
}

static struct err due_lines(struct db_read *db, const struct who *who, size_t list_at, struct date today, size_t most,
                            struct waiting_lines *out) {
    struct cadre_due_list_rows rows;
    struct arena *a = db_arena(db);
    struct cadre_list list;
    struct str from, to;
    if (!cadre_list_at(list_at, &list)) {
        return OK;
    }
    cadre_due_days(a, &list, &from, &to);
    TRY(cadre_due_list(
        db,
        (struct cadre_due_list_in){
            .post = who->post.v, .kind = list.code, .from_day = from, .to_day = to, .most = (int64_t)most},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool has_day = list.days > 0;
        LIST_ADD(a, out,
                 (struct waiting_line){
                     .link = link_record(a, S("/cadre/"), rows.at[i].id.v, S("")),
                     .title = str_format(a, "%.*s: %.*s", STR_ARG(rows.at[i].name), STR_ARG(rows.at[i].words)),
                     .from = rows.at[i].unit_name,
                     .what = list.title,
                     .due_on = has_day ? rows.at[i].due_on : (struct date){0},
                     .is_soon = has_day && date_cmp(rows.at[i].due_on, today) >= 0,
                     .is_late = has_day && date_cmp(rows.at[i].due_on, today) < 0});
    }
    return OK;
}

static struct err lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *out) {
    if (box < DUES) {
        return box == TO_DECIDE ? decide_lines(db, who, most, out) : own_lines(db, who, most, out);
    }
    return due_lines(db, who, box - DUES, today, most, out);
}

const struct waiting_source cadre_waiting[] = {
    {.code = S_INIT("cadre"), .boxes = boxes, .counts = counts, .lines = lines},
    {.boxes = NULL},
};

const struct told_kind cadre_told[] = {
    {.event = "cadre.proposed", .group = S_INIT("Hồ sơ cán bộ")},
    {.event = "cadre.accepted", .group = S_INIT("Hồ sơ cán bộ")},
    {.event = "cadre.returned", .group = S_INIT("Hồ sơ cán bộ")},
    {.event = NULL},
};

/* --- Searched: name, post and unit, for those who may read the record --- */
static struct err search_load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                              bool *is_gone) {
    struct cadre_find_row *r;
    struct access_ids readers;
    TRY(cadre_find(db, (struct cadre_find_in){.id = {record}}, &r));
    *is_gone = !r || !r->name.len;
    if (*is_gone) {
        return OK;
    }
    TRY(access_readers(db, record, &readers));
    *doc = (struct search_doc){.record = record,
                               .kind = S("cadre"),
                               .number = r->staff_no,
                               .title = r->name,
                               .date = date_of(r->changed_at),
                               .principals = {readers.at, readers.n}};
    search_doc_add(a, doc, 0,
                   str_format(a, "%.*s, %.*s, %.*s", STR_ARG(r->post), STR_ARG(r->unit_name), STR_ARG(r->organ_name)));
    return OK;
}

static struct err search_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit,
                              struct search_ids *ids) {
    struct cadre_ids_rows rows;
    TRY(cadre_ids(db, (struct cadre_ids_in){.after = after, .most = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

const struct search_source cadre_sources[] = {
    {.kind = S_INIT("cadre"), .name = S_INIT("Cán bộ"), .load = search_load, .each = search_each},
    {.kind = S_INIT("")},
};

/* --- Erased --- */
static struct err forget_rest(struct db_write *db, struct cadre_person_id id) {
    struct arena *a = db_arena(db_reading(db));
    struct str gone = S("Hồ sơ đã xóa theo yêu cầu");
    struct str key = utf8_name_key(a, gone);
    TRY(cadre_words_clear(db, (struct cadre_words_clear_in){.cadre = id}, NULL));
    TRY(cadre_due_clear(db, (struct cadre_due_clear_in){.cadre = id}, NULL));
    TRY(cadre_findings_clear(db, (struct cadre_findings_clear_in){.cadre = id}, NULL));
    TRY(cadre_erase_looks(db, (struct cadre_erase_looks_in){.cadre = id}, NULL));
    TRY(cadre_erase_nominees(db, (struct cadre_erase_nominees_in){.name = gone, .name_key = key, .cadre = id}, NULL));
    return cadre_erase_person(db, (struct cadre_erase_person_in){.name = gone, .name_key = key, .id = id}, NULL);
}

struct err cadre_forget(struct db_write *db, const struct erase *e) {
    struct cadre_person_id id = {e->record};
    struct cadre_files_rows files;
    if (e->file) {
        return cadre_let_go(db, (struct cadre_let_go_in){.file = *e->file}, NULL);
    }
    if (!str_eq(e->kind, S("cadre"))) {
        return OK;
    }
    TRY(cadre_files(db_reading(db), (struct cadre_files_in){.cadre = id}, &files));
    TRY(cadre_erase_past(db, (struct cadre_erase_past_in){.cadre = id}, NULL));
    TRY(cadre_erase_entries(db, (struct cadre_erase_entries_in){.cadre = id}, NULL));
    TRY(cadre_erase_proposals(db, (struct cadre_erase_proposals_in){.cadre = id}, NULL));
    TRY(cadre_erase_prints(db, (struct cadre_erase_prints_in){.cadre = id}, NULL));
    TRY(forget_rest(db, id));
    for (size_t i = 0; i < files.n; i++) {
        TRY(erase_file(db, files.at[i].file));
    }
    return OK;
}
