/* Publications: once a day, and when somebody asks, the file that everybody may check is made anew from the gifts in
   the order in which they came into the books. Seals stay the same, so a name that goes or comes changes one cell. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/file/file.h"
#include "kernel/queue/job.h"
#include "modules/fund/fund_book.h"
#include "modules/fund/fund_publication_queries.h"
#include "modules/fund/fund_queries.h"
#include "modules/fund/published.h"
#include "modules/fund/source.h"
#include "read/json.h"

#include "base/banned.h"

enum { CHUNK = 2000 };

struct publication {
    int64_t fund, acts, n, sum;
    struct buf out, receipts;
    struct str root;
};

static struct err gifts_put(struct db_read *db, struct publication *p, struct fund_publisher *publisher,
                            struct arena *a) {
    struct fund_gifts_published_rows rows = {.n = CHUNK};
    int64_t after = 0;
    while (rows.n == CHUNK) {
        TRY(fund_gifts_published(db, (struct fund_gifts_published_in){.fund = p->fund, .after = after, .most = CHUNK},
                                 &rows));
        for (size_t i = 0; i < rows.n; i++) {
            struct fund_gift g = {.on = rows.at[i].day_on,
                                  .campaign = rows.at[i].code,
                                  .amount = rows.at[i].amount,
                                  .donor = rows.at[i].donor,
                                  .is_hidden = rows.at[i].is_hidden,
                                  .is_salted = rows.at[i].salt.len == FUND_SALT};
            if (g.is_salted) {
                memcpy(g.salt, rows.at[i].salt.at, FUND_SALT);
            }
            fund_publish(publisher, a, &g, &p->out, &p->receipts);
            p->n++;
            p->sum += g.amount;
            after = rows.at[i].id.v;
        }
    }
    return OK;
}

static struct err gather(struct db_read *db, struct arena *a, struct publication *p) {
    struct fund_any_row *fund;
    TRY(fund_any(db, (struct fund_any_in){.id = p->fund}, &fund));
    if (!fund) {
        return FAIL(ERR_MISSING, "no such fund");
    }
    p->acts = fund->acts;
    p->out = p->receipts = buf_in(a);
    struct fund_publisher *publisher = fund_publisher_open(a, &p->out);
    TRY(gifts_put(db, p, publisher, a));
    fund_publish_end(publisher, a, &p->out);
    struct str text = buf_str(&p->out);
    p->root = str_slice(text, text.len - FUND_HEX - 1, text.len - 1);
    return OK;
}

static struct err keep(struct db_write *db, void *thing) {
    struct publication *p = thing;
    struct arena *a = db_write_arena(db);
    struct file_blob_id file, receipts;
    if (!p->n) {
        BUF_LIT(&p->receipts, "\n");
    }
    TRY(file_keep_bytes(db, a, buf_str(&p->out), &file));
    TRY(file_keep_bytes(db, a, buf_str(&p->receipts), &receipts));
    TRY(fund_publication_insert(db,
                                (struct fund_publication_insert_in){.id = id_new(),
                                                                    .fund = p->fund,
                                                                    .day_on = clock_today(),
                                                                    .file = file.v,
                                                                    .receipts = receipts.v,
                                                                    .root = p->root,
                                                                    .n = p->n,
                                                                    .sum = p->sum,
                                                                    .size = (int64_t)p->out.len,
                                                                    .made_at = clock_now()},
                                NULL));
    TRY(fund_published_set(db, (struct fund_published_set_in){.id = p->fund, .acts = p->acts}, NULL));
    return fund_tell(db, &(struct fund_told){.verb = S("fund.publish"), .record = p->fund});
}

static struct err one(struct job *job, int64_t fund, struct publication *p) {
    struct db_read *db;
    p->fund = fund;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = gather(db, job->arena, p);
    db_end_read(db);
    return e;
}

struct err fund_publish_now(struct db_write *db, int64_t fund) {
    struct publication p = {.fund = fund};
    TRY(gather(db_reading(db), db_write_arena(db), &p));
    return keep(db, &p);
}

struct err fund_publish_run(struct job *job) {
    struct publication p = {0};
    TRY(one(job, job->record, &p));
    return job_finish(job, keep, &p);
}

struct err fund_publish_day_run(struct job *job) {
    struct fund_unpublished_rows rows;
    struct db_read *db;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = fund_unpublished(db, &rows);
    db_end_read(db);
    TRY(e);
    for (size_t i = 0; i < rows.n; i++) {
        struct publication p = {0};
        TRY(one(job, rows.at[i].id.v, &p));
        TRY(job_step(job, str_format(job->arena, "%lld", (long long)rows.at[i].id.v), keep, &p));
    }
    return OK;
}

struct err fund_gift_proof(struct db_read *db, int64_t fund, struct str salt, struct str *line, struct date *on) {
    struct fund_publication_last_row *last;
    struct file f;
    struct str path, bytes, rest;
    struct arena *a = db_arena(db);
    struct str hex = fund_salt_hex(a, salt);
    TRY(fund_publication_last(db, (struct fund_publication_last_in){.fund = fund}, &last));
    *line = S("");
    if (!last) {
        return OK;
    }
    *on = last->day_on;
    TRY(file_find(db, a, last->receipts, &f));
    TRY(file_whole(a, &f, &path));
    TRY(fund_file_map(a, str_z(a, path), &bytes));
    size_t at = str_find(bytes, hex, 0);
    if (at == SIZE_MAX) {
        return OK;
    }
    while (at > 0 && bytes.at[at - 1] != '\n') {
        at--;
    }
    rest = str_slice(bytes, at, bytes.len);
    str_next(&rest, '\n', line);
    *line = str_copy(a, *line);
    return OK;
}
