/* Is all well: version, database, disk, queue, index, audit trail; each with what is wrong in words. */
#include "modules/admin/admin_pages.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/buf.h"
#include "base/num.h"
#include "kernel/queue/clock.h"
#include "kernel/config/config.h"
#include "kernel/db/db.h"
#include "kernel/file/file.h"
#include "kernel/file/sweep.h"
#include "kernel/shell/health.h"
#include "kernel/verify/verify.h"
#include "kernel/http/http_queries.h"
#include "kernel/module.h"
#include "kernel/index/here.h"
#include "modules/admin/admin_pages_gen.h"
#include "modules/admin/admin_queries.h"

enum { QUEUE_LONG = 200, DAMAGES_SHOWN = 20 };
#define DISK_LITTLE (2ll << 30)

static void fact(struct get *g, struct admin_health *v, struct admin_fact f) {
    LIST_ADD(g->arena, &v->facts, f);
    v->is_well = v->is_well && !f.is_bad;
}

static struct str bytes_words(struct arena *a, int64_t n) {
    struct buf b = buf_in(a);
    num_put_bytes_vi(&b, n);
    return buf_str(&b);
}

static struct str count_words(struct arena *a, int64_t n) {
    struct buf b = buf_in(a);
    num_put_vi(&b, n);
    return buf_str(&b);
}

static void disk_facts(struct get *g, struct admin_health *v) {
    struct statvfs disk;
    struct str dir = db_dir(db_of_read(g->db));
    if (!dir.len || statvfs(str_z(g->arena, dir), &disk) != 0) {
        fact(g, v, (struct admin_fact){.name = S("Đĩa"), .value = S("không đọc được"), .is_bad = true});
        return;
    }
    int64_t unit = (int64_t)disk.f_frsize, left = (int64_t)disk.f_bavail * unit, all = (int64_t)disk.f_blocks * unit;
    bool little = left < DISK_LITTLE;
    fact(g, v,
         (struct admin_fact){.name = S("Đĩa còn trống"),
                             .value = str_format(g->arena, "%.*s / %.*s", STR_ARG(bytes_words(g->arena, left)),
                                                 STR_ARG(bytes_words(g->arena, all))),
                             .note = little ? S("Sắp hết chỗ: hãy dọn hoặc thêm đĩa.") : S(""),
                             .is_bad = little});
}

static void database_facts(struct get *g, struct admin_health *v) {
    struct db *db = db_of_read(g->db);
    struct stat st;
    int64_t start = clock_monotonic_us();
    struct admin_sessions_row *sessions;
    struct err e =
        admin_sessions(g->db, (struct admin_sessions_in){.since = {clock_now().ms - 3600 * 1000}}, &sessions);
    int64_t us = clock_monotonic_us() - start;
    fact(g, v,
         (struct admin_fact){.name = S("Cơ sở dữ liệu"),
                             .value = db_is_postgres(db) ? S("PostgreSQL") : S("SQLite"),
                             .note = e.why ? S("Không đọc được.") : str_format(g->arena, "%lld µs", (long long)us),
                             .is_bad = e.why});
    int64_t size = 0;
    for (int part = 0; part < 2 && !db_is_postgres(db); part++) { /* the file, and what is not yet written into it */
        struct str path = str_format(g->arena, "%.*s%s", STR_ARG(db_where(db)), part ? "-wal" : "");
        size += stat(str_z(g->arena, path), &st) == 0 ? st.st_size : 0;
    }
    if (size) {
        fact(g, v, (struct admin_fact){.name = S("Kích thước cơ sở dữ liệu"), .value = bytes_words(g->arena, size)});
    }
    if (!e.why && sessions) {
        fact(g, v,
             (struct admin_fact){.name = S("Phiên dùng trong một giờ qua"),
                                 .value = count_words(g->arena, sessions->n)});
    }
}

static void clock_fact(struct get *g, struct admin_health *v) {
    struct clock_state s = clock_state();
    struct buf now = buf_in(g->arena);
    instant_put_vi(&now, s.now);
    v->is_clock_held = s.is_held;
    fact(g, v,
         (struct admin_fact){
             .name = S("Đồng hồ"), .value = buf_str(&now), .note = clock_words(g->arena, &s), .is_bad = s.is_held});
}

/* What would be refused were something written now, and what the daily sweep has in hand. */
static struct err folder_facts(struct get *g, struct admin_health *v) {
    struct err e = health_now(g->db);
    int64_t n = 0, bytes = 0;
    struct instant first = {0};
    if (e.why) {
        struct str words = e.why->message.len ? e.why->message : err_sentence(e.why->kind);
        fact(g, v,
             (struct admin_fact){
                 .name = S("Thư mục dữ liệu"), .value = S("chưa lưu được gì"), .note = words, .is_bad = true});
    } else {
        fact(g, v, (struct admin_fact){.name = S("Thư mục dữ liệu"), .value = S("ở đúng chỗ, ghi được")});
    }
    TRY(file_sweep_waiting(g->db, &n, &bytes, &first));
    if (n) {
        fact(g, v,
             (struct admin_fact){.name = S("Tệp không còn dùng, chờ dọn"),
                                 .value = str_format(g->arena, "%.*s tệp, %.*s", STR_ARG(count_words(g->arena, n)),
                                                     STR_ARG(bytes_words(g->arena, bytes))),
                                 .note = S("Lệnh doanket sweep liệt kê từng tệp và ngày dọn.")});
    }
    return OK;
}

static struct err queue_facts(struct get *g, struct admin_health *v) {
    struct admin_jobs_counted_rows jobs;
    struct admin_events_parked_row *parked;
    TRY(admin_jobs_counted(g->db, &jobs));
    TRY(admin_events_parked(g->db, &parked));
    for (size_t i = 0; i < jobs.n; i++) {
        enum job_state s = (enum job_state)jobs.at[i].state;
        if (s == JOB_DONE || s == JOB_CANCELLED) {
            continue;
        }
        bool bad = s == JOB_FAILED || jobs.at[i].n > QUEUE_LONG;
        fact(g, v,
             (struct admin_fact){.name = str_format(g->arena, "Công việc nền: %.*s", STR_ARG(job_state_words(s))),
                                 .value = count_words(g->arena, jobs.at[i].n),
                                 .note = bad ? S("Xem trang Công việc nền.") : S(""),
                                 .is_bad = bad});
    }
    int64_t n = parked ? parked->n : 0;
    fact(g, v,
         (struct admin_fact){.name = S("Tin chưa giao được"),
                             .value = count_words(g->arena, n),
                             .where = n ? link_local(g->arena, "/admin/event") : (struct link){{0}},
                             .is_bad = n > 0});
    return OK;
}

static struct err index_facts(struct get *g, struct admin_health *v) {
    struct search_reader *reader;
    struct admin_changes_last_row *last;
    TRY(admin_changes_last(g->db, &last));
    struct err e = search_here(g->db, &reader);
    if (!e.why) {
        search_reader_refresh(reader);
    }
    bool is_there = !e.why && search_reader_generation(reader) > 0;
    size_t lost = is_there ? search_reader_lost(reader) : 0;
    if (lost) {
        fact(g, v,
             (struct admin_fact){
                 .name = S("Mảnh chỉ mục hỏng"),
                 .value = count_words(g->arena, (int64_t)lost),
                 .note = S("Không dùng để tìm nữa; tự làm lại trong ít phút. Nếu còn, chạy doanket reindex."),
                 .is_bad = true});
    }
    fact(g, v,
         (struct admin_fact){.name = S("Chỉ mục tìm kiếm"),
                             .value = is_there ? S("hoạt động") : S("chưa có"),
                             .note = is_there ? str_format(g->arena, "lần ghi %lld, thay đổi mới nhất %lld",
                                                           (long long)search_reader_generation(reader),
                                                           (long long)(last ? last->position : 0))
                                              : S("Chỉ mục tự làm lại; nếu lâu, chạy doanket reindex."),
                             .is_bad = !is_there});
    return OK;
}

/* Damaged files, with the records that hold them: who looks after the disk must know whom to ask for the originals. */
static struct err file_facts(struct get *g, struct admin_health *v) {
    struct file_damages all = {0};
    TRY(file_damages(g->db, g->arena, 0, DAMAGES_SHOWN, &all));
    for (size_t i = 0; i < all.n; i++) {
        struct file_uses uses = {0};
        struct buf b = buf_in(g->arena);
        struct str path, detail;
        str_cut(all.at[i].what, S(": "), &path, &detail);
        TRY(file_uses(g->db, g->arena, g->app, all.at[i].id, &uses));
        for (size_t k = 0; k < uses.n; k++) {
            buf_printf(&b, "%s%.*s", k ? "; " : "", STR_ARG(uses.at[k].words));
        }
        fact(g, v,
             (struct admin_fact){
                 .name = S("Tệp hỏng trên ổ đĩa"),
                 .value = uses.n ? buf_str(&b) : S("không hồ sơ nào dùng"),
                 .note = str_format(g->arena, "%.*s. Tải đúng tệp ấy lên lại, hoặc chép từ bản sao lưu về chỗ cũ.",
                                    STR_ARG(path)),
                 .is_bad = true});
    }
    return OK;
}

/* Routes that took longer than their budget within a day. */
static struct err slow_facts(struct get *g, struct admin_health *v) {
    struct http_slow_list_rows rows;
    TRY(http_slow_list(g->db, (struct http_slow_list_in){.after = {clock_now().ms - 86400 * 1000}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct http_slow_list_row *r = &rows.at[i];
        fact(g, v,
             (struct admin_fact){.name = S("Trang chậm"),
                                 .value = r->route,
                                 .note = str_format(g->arena, "%lld lần trong một ngày qua, lâu nhất %lld ms",
                                                    (long long)r->times, (long long)r->worst_ms)});
    }
    return OK;
}

static void process_facts(struct get *g, struct admin_health *v) {
    struct rusage used;
    const struct config *config = config_here();
    if (config) {
        int64_t web = config_int(config, SET_WEB_WORKERS);
        fact(g, v,
             (struct admin_fact){
                 .name = S("Tiến trình"),
                 .value = str_format(g->arena, "%s phục vụ trang, %lld việc nền",
                                     web ? str_z(g->arena, count_words(g->arena, web)) : "mỗi lõi một tiến trình",
                                     (long long)config_int(config, SET_JOB_WORKERS))});
    }
    if (getrusage(RUSAGE_SELF, &used) == 0) {
        fact(g, v,
             (struct admin_fact){.name = S("Bộ nhớ của tiến trình này"),
                                 .value = bytes_words(g->arena, (int64_t)used.ru_maxrss * 1024)});
    }
}

struct err admin_health_get(struct get *g) {
    struct admin_health v = {.is_well = true, .at = clock_now()};
    struct admin_audit_last_row *audit;
    fact(g, &v, (struct admin_fact){.name = S("Chương trình"), .value = S("doanket " DOANKET_VERSION)});
    database_facts(g, &v);
    disk_facts(g, &v);
    clock_fact(g, &v);
    TRY(folder_facts(g, &v));
    TRY(queue_facts(g, &v));
    TRY(index_facts(g, &v));
    TRY(file_facts(g, &v));
    TRY(slow_facts(g, &v));
    TRY(admin_audit_last(g->db, &audit));
    fact(g, &v,
         (struct admin_fact){
             .name = S("Nhật ký"),
             .value = str_format(g->arena, "%.*s mục", STR_ARG(count_words(g->arena, audit ? audit->seq : 0)))});
    process_facts(g, &v);
    return answer_admin_health(g, &v);
}
