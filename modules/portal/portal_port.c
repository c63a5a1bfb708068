/* What the portal tells those who know no business by name: search, charts, desk, notices, upkeep. */
#include "base/arena.h"
#include "base/list.h"
#include "kernel/file/file.h"
#include "kernel/index/feed.h"
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "kernel/queue/job.h"
#include "kernel/rights/access.h"
#include "modules/portal/portal_mark.h"
#include "modules/portal/portal_public.h"
#include "modules/portal/portal_work.h"

/* ---- Search: what is live is everybody's, the rest is its committee's. */
static struct err principals_of(struct db_read *db, struct arena *a, const struct portal_article_by_id_row *row,
                                struct search_principals *out) {
    struct access_ids readers;
    TRY(access_readers(db, row->id.v, &readers));
    int64_t *all = arena_take(a, int64_t, readers.n + 1);
    size_t n = 0;
    if (str_eq(row->state, S("live"))) {
        all[n++] = SEARCH_EVERYBODY;
    }
    for (size_t i = 0; i < readers.n; i++) {
        all[n++] = readers.at[i];
    }
    *out = (struct search_principals){all, n};
    return OK;
}

static struct err load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc, bool *is_gone) {
    struct portal_article_by_id_row *row;
    struct portal_version_by_id_row *v = NULL;
    TRY(portal_article_by_id(db, (struct portal_article_by_id_in){.id = {record}}, &row));
    if (row) {
        TRY(portal_version_by_id(db, (struct portal_version_by_id_in){.id = {row->live ? row->live : row->working}},
                                 &v));
    }
    *is_gone = !v;
    if (*is_gone) {
        return OK;
    }
    *doc = (struct search_doc){.record = record,
                               .kind = S("portal"),
                               .title = v->title,
                               .date = date_of(row->first_at.ms ? row->first_at : row->changed_at)};
    TRY(principals_of(db, a, row, &doc->principals));
    struct portal_text text = portal_mark_read(a, v->body);
    search_doc_add(a, doc, 0, v->lead);
    search_doc_add(a, doc, 0, portal_mark_words(a, &text));
    return OK;
}

static struct err each(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids) {
    struct portal_ids_rows rows;
    TRY(portal_ids(db, (struct portal_ids_in){.after = after, .most = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, ids, rows.at[i].id.v);
    }
    return OK;
}

/* What is live is read where everybody reads it. */
static struct err lead(struct db_read *db, struct arena *a, const struct search_hit *const *hits, size_t n,
                       struct date on, struct search_lead *out) {
    struct portal_some_rows rows;
    int64_t *ids = arena_take(a, int64_t, n + 1);
    (void)on;
    for (size_t i = 0; i < n; i++) {
        ids[i] = hits[i]->record;
    }
    TRY(portal_some(db, (struct portal_some_in){.some = {ids, n}}, &rows));
    for (size_t i = 0; i < n; i++) {
        out[i].path = str_format(a, "/portal/office/%lld", (long long)ids[i]);
        for (size_t k = 0; k < rows.n; k++) {
            if (rows.at[k].id.v == ids[i] && str_eq(rows.at[k].state, S("live"))) {
                out[i].path = portal_article_link(a, rows.at[k].site_slug, rows.at[k].slug).v;
                out[i].place = rows.at[k].site_name;
            }
        }
    }
    return OK;
}

const struct search_source portal_sources[] = {
    {.kind = S_INIT("portal"),
     .name = S_INIT("Bài trên cổng"),
     .is_all_own = true,
     .load = load,
     .each = each,
     .lead = lead},
    {.kind = S_INIT("")},
};

/* ---- Counted: articles by the day they first went live; what was never live is open. */
static struct err counted(struct db_read *db, int64_t record, struct metric_part *part, bool *is_counted) {
    struct portal_article_by_id_row *row;
    TRY(portal_article_by_id(db, (struct portal_article_by_id_in){.id = {record}}, &row));
    *is_counted = row != NULL;
    if (row) {
        bool is_open = !row->first_at.ms;
        *part = (struct metric_part){.day_on = date_of(is_open ? row->made_at : row->first_at),
                                     .field = row->category,
                                     .unit = row->unit,
                                     .done_on = is_open ? (struct date){0} : date_of(row->first_at),
                                     .is_open = is_open};
    }
    return OK;
}

static struct err counted_each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct search_ids found = {0};
    TRY(each(db, db_arena(db), after, limit, &found));
    *ids = (struct db_ids){found.at, found.n};
    return OK;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *lines) {
    struct portal_some_rows rows;
    TRY(portal_some(db, (struct portal_some_in){.some = ids}, &rows));
    for (size_t i = 0; i < ids.n; i++) {
        for (size_t k = 0; k < rows.n && !lines[i].is_there; k++) {
            if (rows.at[k].id.v == ids.at[i]) {
                lines[i] =
                    (struct metric_line){.link = link_record(db_arena(db), S("/portal/office/"), ids.at[i], S("")),
                                         .title = rows.at[k].title,
                                         .from = rows.at[k].site_name,
                                         .is_there = true};
            }
        }
    }
    return OK;
}

static bool field_at(size_t i, struct metric_word *word) {
    *word = (struct metric_word){portal_categories[i].value, portal_categories[i].label};
    return portal_categories[i].value.len > 0;
}

static const struct metric metrics[] = {
    {.code = S_INIT("CONG.BAI_DANG"),
     .title = S_INIT("Bài đã đăng"),
     .definition = S_INIT("Số bài lần đầu lên cổng trong kỳ."),
     .unit = S_INIT("bài"),
     .kind = METRIC_COUNT,
     .of = METRIC_DONE,
     .good = METRIC_UP},
    {.code = S_INIT("CONG.CHUA_DANG"),
     .title = S_INIT("Bài chưa đăng"),
     .definition = S_INIT("Số bài đang viết, chờ duyệt hoặc chờ giờ đăng lúc này."),
     .unit = S_INIT("bài"),
     .kind = METRIC_STOCK,
     .of = METRIC_OPEN},
    {.kind = METRIC_COUNT},
};
static const struct metric_column columns[] = {
    {METRIC_TITLE, S_INIT("Tiêu đề"), 60}, {METRIC_FROM, S_INIT("Trang"), 30}, {.width = 0}};

const struct metric_source portal_metrics[] = {
    {.order = 70,
     .code = S_INIT("portal"),
     .title = S_INIT("Cổng thông tin"),
     .heading = S_INIT("Thống kê bài trên cổng"),
     .source = S_INIT("Cổng thông tin điện tử"),
     .list = S_INIT("Bài sau con số"),
     .none = S_INIT("Chưa có bài nào trong khoảng này."),
     .all = S_INIT("Tất cả bài"),
     .by_unit = S_INIT("Theo đơn vị"),
     .by_field = S_INIT("Theo chuyên mục"),
     .field = S_INIT("Chuyên mục"),
     .day = S_INIT("Ngày đăng"),
     .period = S_INIT("đăng từ"),
     .file = S_INIT("bai-tren-cong"),
     .field_at = field_at,
     .metrics = metrics,
     .columns = columns,
     .load = counted,
     .each = counted_each,
     .lines = counted_lines},
    {.load = NULL},
};

/* ---- On the desk: what waits for approval, for those who approve; what came back, for those who write. */
static const struct waiting_box desk[] = {
    {WAITING_MINE, S_INIT("Bài chờ duyệt đăng"), "/portal/office?box=submitted"},
    {WAITING_MINE, S_INIT("Bài xã, phường nhờ duyệt"), "/portal/office?box=asked"},
    {WAITING_MINE, S_INIT("Bài xã, phường đề nghị đưa lên trang thành phố"), "/portal/office?box=proposed"},
    {WAITING_MINE, S_INIT("Bài bị trả lại"), "/portal/office?box=returned"},
    {.path = NULL},
};
static const enum portal_box desk_box[] = {PORTAL_BOX_SUBMITTED, PORTAL_BOX_ASKED, PORTAL_BOX_PROPOSED,
                                           PORTAL_BOX_RETURNED};

static bool sees(const struct who *who, size_t box) {
    uint64_t roles = box < 3 ? ROLE_LEADER | ROLE_HEAD : ROLE_OFFICER | ROLE_CLERK;
    return (who->roles & roles) != 0;
}

static struct err desk_counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    int64_t counts[PORTAL_BOXES];
    (void)today;
    TRY(portal_box_counts(db, who, counts));
    for (size_t i = 0; i < sizeof desk_box / sizeof *desk_box; i++) {
        int64_t n = counts[desk_box[i]];
        out[i] = sees(who, i) && n > 0 ? n : 0;
    }
    return OK;
}

static struct err desk_lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                             struct waiting_lines *out) {
    struct portal_lines lines;
    (void)today;
    if (!sees(who, box)) {
        return OK;
    }
    TRY(portal_box_read(db, who, &(struct portal_box_asked){desk_box[box], INT64_MAX, most}, &lines));
    for (size_t i = 0; i < lines.n; i++) {
        LIST_ADD(db_arena(db), out,
                 (struct waiting_line){.link = lines.at[i].link,
                                       .title = lines.at[i].title,
                                       .from = lines.at[i].site_name,
                                       .what = desk[box].title});
    }
    return OK;
}

const struct waiting_source portal_waiting[] = {
    {.code = S_INIT("portal"), .boxes = desk, .counts = desk_counts, .lines = desk_lines},
    {.boxes = NULL},
};

/* ---- Told in the words the act brings. */
const struct told_kind portal_told[] = {
    {.event = "portal.submission", .group = S_INIT("Bài chờ duyệt đăng")},
    {.event = "portal.return", .group = S_INIT("Bài bị trả lại")},
    {.event = "portal.*", .group = S_INIT("Bài của mình trên cổng")},
    {.event = NULL},
};

/* ---- Upkeep: what was approved for a time goes live within a minute of it. */
static struct err publish_step(struct db_write *db, void *thing) { return portal_publish_due(db, thing); }

static struct err publish_end(struct db_write *db, void *thing) {
    (void)thing;
    return job_add(db,
                   &(struct job_new){
                       .kind = S("portal.publish"), .not_before = {clock_now().ms + INT64_C(60000)}, .is_single = true},
                   NULL);
}

static struct err publish_run(struct job *job) {
    int64_t n;
    do {
        TRY(job_step(job, S(""), publish_step, &n));
    } while (n > 0);
    return job_finish(job, publish_end, NULL);
}

/* A picture is drawn anew from its points, so that what a camera wrote into it is not published. */
static struct err picture_run(struct job *job) {
    bool is_done = false;
    TRY(file_read_in_job(job, (struct file_blob_id){job->record}, &is_done));
    return is_done ? job_finish(job, NULL, NULL) : OK;
}

const struct job_kind portal_jobs[] = {
    {.name = "portal.picture", .title = "Xử lý ảnh của bài trên cổng", .run = picture_run},
    {.name = "portal.publish", .title = "Đăng bài đến giờ hẹn", .is_short = true, .every_s = 60, .run = publish_run},
    {.name = NULL},
};

struct err portal_file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct portal_holding_rows rows;
    TRY(portal_holding(db, (struct portal_holding_in){.picture = file}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, uses,
                 (struct file_use){str_format(a, "Ảnh của bài: %.*s", STR_ARG(rows.at[i].title)),
                                   str_format(a, "/portal/office/%lld", (long long)rows.at[i].article.v)});
    }
    return OK;
}
