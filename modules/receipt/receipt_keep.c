/* Files, limits, and what goes by itself. */
#include <arpa/inet.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/erase/erase.h"
#include "kernel/file/file.h"
#include "kernel/page/form.h"
#include "kernel/queue/job.h"
#include "kernel/rights/access.h"
#include "kernel/rights/auth.h"
#include "modules/receipt/receipt_inside.h"

#include "base/banned.h"

enum { HOUR_MS = 3600 * 1000, DAY_HOURS = 24, NAME_MOST = 200, SWEEP_AT_ONCE = 200, BODY_DAYS = 7, TRY_HOURS = 72 };

/* ---- Files */

struct err receipt_papers_of(struct db_read *db, struct receipt_item_id id, struct receipt_papers *papers) {
    struct receipt_file_rows_rows rows;
    *papers = (struct receipt_papers){0};
    TRY(receipt_file_rows(db, (struct receipt_file_rows_in){.item = id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), &papers->all,
                 (struct receipt_paper){.id = rows.at[i].id,
                                        .item = id,
                                        .field = rows.at[i].field,
                                        .name = rows.at[i].name,
                                        .file = rows.at[i].file,
                                        .size = rows.at[i].size});
    }
    return OK;
}

struct err receipt_papers_add(struct post *p, struct receipt_item_id id, struct str question, const char *field) {
    const struct form_value *v = form_value(p->form, field);
    struct receipt_papers there;
    TRY(receipt_papers_of(db_reading(p->db), id, &there));
    if (there.all.n + v->uploads.n > RECEIPT_FILES_MOST) {
        return err_refuse(p->arena, ERR_INVALID, field, "Mỗi lần gửi có nhiều nhất %d tệp.", RECEIPT_FILES_MOST);
    }
    for (size_t i = 0; i < v->uploads.n; i++) {
        const struct upload *u = v->uploads.at[i];
        struct receipt_file_add_in in = {
            .id = {id_new()}, .item = id, .field = question, .name = utf8_cut(u->name, NAME_MOST), .size = u->size};
        TRY(file_keep(p->db, p->arena, u, &in.file));
        TRY(receipt_file_add(p->db, in, NULL));
    }
    return OK;
}

struct err receipt_paper_drop(struct db_write *db, struct receipt_item_id id, struct receipt_file_id file) {
    int64_t dropped = 0;
    TRY(receipt_file_drop(db, (struct receipt_file_drop_in){.id = file, .item = id}, &dropped));
    return dropped ? OK : FAIL(ERR_MISSING, "no such file of this receipt");
}

struct err receipt_paper_answer(struct get *g, struct str kind, int64_t record, struct receipt_file_id id) {
    struct receipt_file_by_id_row *row;
    struct receipt_item_id item;
    struct str code;
    struct file file;
    TRY(access_require(g->db, record, g->who->post.v, CAN_READ));
    TRY(receipt_of_record(g->db, kind, record, &item, &code));
    TRY(receipt_file_by_id(g->db, (struct receipt_file_by_id_in){.id = id}, &row));
    if (!row || !item.v || row->item.v != item.v) {
        return FAIL(ERR_MISSING, "no such file of this record");
    }
    TRY(file_find(g->db, g->arena, row->file, &file));
    return answer_file(g, &file, row->name, false);
}

/* ---- Limits */

struct str receipt_mark(struct arena *a, struct str text) {
    return auth_hash(a, text);
}

/* 10.1.2.3 alone, since many share what lies above it; 2001:db8:0:100::/56, since whoever has one address there has
   all. The day goes in, so that no list of who came when can be made of what is kept. */
struct str receipt_network(struct arena *a, struct request *r) {
    enum { SIX = 16, SIX_KEPT = 7 };
    unsigned char bytes[SIX];
    struct str address = request_address(r);
    struct str text = address;
    if (inet_pton(AF_INET6, str_z(a, address), bytes) == 1) {
        text = str_copy(a, (struct str){(const char *)bytes, SIX_KEPT});
    }
    return receipt_mark(a, str_format(a, "%lld %.*s", (long long)date_number(clock_today()), STR_ARG(text)));
}

static struct err count_one(struct db_write *db, struct str what, struct str mark, int64_t hour) {
    int64_t changed = 0;
    TRY(receipt_try_more(db, (struct receipt_try_more_in){.what = what, .mark = mark, .hour = hour}, &changed));
    return changed
               ? OK
               : receipt_try_first(db, (struct receipt_try_first_in){.what = what, .mark = mark, .hour = hour}, NULL);
}

struct err receipt_limit(struct db_write *db, struct str what, struct str mark, int64_t most, int64_t hours) {
    struct receipt_tried_row *row;
    int64_t hour = clock_now().ms / HOUR_MS;
    TRY(receipt_tried(db_reading(db), (struct receipt_tried_in){.what = what, .mark = mark, .hour = hour - hours},
                      &row));
    if (row && row->n >= most) {
        return REFUSE(
            ERR_BUSY, "",
            "Từ nơi này đã gửi quá nhiều lần trong thời gian ngắn. Mời đợi một giờ rồi thử lại, hoặc gọi điện "
            "đến Mặt trận.");
    }
    return count_one(db, what, mark, hour);
}

/* ---- Sweeping */

struct swept {
    size_t n;
};

static struct err sweep_step(struct db_write *db, void *thing) {
    struct swept *s = thing;
    struct receipt_sweep_old_rows rows;
    int64_t now = clock_now().ms, day = (int64_t)DAY_HOURS * HOUR_MS;
    TRY(receipt_sweep_old(
        db_reading(db),
        (struct receipt_sweep_old_in){.before = {now - RECEIPT_DRAFT_DAYS * day}, .most = SWEEP_AT_ONCE}, &rows));
    int64_t *ids = arena_take(db_write_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        ids[i] = rows.at[i].id.v;
    }
    struct db_ids items = {ids, rows.n};
    s->n = rows.n;
    TRY(receipt_sweep_passes_of(db, (struct receipt_sweep_passes_of_in){.items = items}, NULL));
    TRY(receipt_sweep_files_of(db, (struct receipt_sweep_files_of_in){.items = items}, NULL));
    TRY(receipt_sweep_items(db, (struct receipt_sweep_items_in){.items = items}, NULL));
    TRY(receipt_sweep_bodies(db, (struct receipt_sweep_bodies_in){.before = {now - BODY_DAYS * day}}, NULL));
    TRY(receipt_sweep_passes(db, (struct receipt_sweep_passes_in){.before = {now}}, NULL));
    return receipt_sweep_tries(db, (struct receipt_sweep_tries_in){.hour = now / HOUR_MS - TRY_HOURS}, NULL);
}

struct err receipt_sweep(struct db_write *db, size_t *n) {
    struct swept s = {0};
    TRY(sweep_step(db, &s));
    *n = s.n;
    return OK;
}

static struct err sweep_end(struct db_write *db, void *thing) {
    enum { EVERY_MS = 6 * HOUR_MS };
    (void)thing;
    return job_add(db, &(struct job_new){.kind = S("receipt.sweep"), .not_before = {clock_now().ms + EVERY_MS}}, NULL);
}

static struct err sweep_run(struct job *job) {
    struct swept s = {0};
    do {
        TRY(job_step(job, S(""), sweep_step, &s));
    } while (s.n == SWEEP_AT_ONCE);
    return job_finish(job, sweep_end, &s);
}

const struct job_kind receipt_job_kinds[] = {
    {.name = "receipt.sweep",
     .title = "Bỏ phần khai dở dang đã quá hạn giữ",
     .is_short = true,
     .every_s = 6 * 3600,
     .run = sweep_run},
    {0},
};

struct err receipt_sweep_seed(struct db_write *db, struct arena *arena) {
    (void)arena;
    return job_add(db, &(struct job_new){.kind = S("receipt.sweep"), .is_single = true}, NULL);
}
