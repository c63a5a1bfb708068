#include "kernel/import/import_run.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/db/id.h"
#include "kernel/file/file.h"
#include "kernel/import/import_queries.h"
#include "kernel/queue/job.h"
#include "read/book.h"

#include "base/banned.h"

enum { AT_ONCE = 500, SUM = 16 };

struct err import_begin(struct db_write *db, const struct import_new *n, struct import_batch_id *batch,
                        bool *is_known) {
    struct import_batch_standing_row *standing;
    TRY(import_batch_standing(db_reading(db),
                              (struct import_batch_standing_in){.file = n->file, .want = n->want, .owner = n->owner},
                              &standing));
    *is_known = standing != NULL;
    if (standing) {
        *batch = standing->id;
        return OK;
    }
    *batch = (struct import_batch_id){id_new()};
    TRY(import_batch_insert(db,
                            (struct import_batch_insert_in){.id = *batch,
                                                            .want = n->want,
                                                            .owner = n->owner,
                                                            .file = n->file,
                                                            .file_name = n->file_name,
                                                            .is_whole = n->is_whole,
                                                            .post = n->post,
                                                            .made_at = clock_now()},
                            NULL));
    return job_add(db, &(struct job_new){.kind = n->job_kind, .record = batch->v, .post = n->post, .is_single = true},
                   NULL);
}

static struct err state_set(struct db_write *db, struct import_batch_id id, struct str was, struct str state,
                            const struct import_batch_find_row *b) {
    int64_t changed;
    TRY(import_batch_state(
        db, (struct import_batch_state_in){.id = id, .was = was, .state = state, .n_bad = b->n_bad, .fault = b->fault},
        &changed));
    return changed == 1 ? OK : REFUSE(ERR_CONFLICT, "", "Tệp này đã được xử lý, hoặc đang được xử lý.");
}

struct err import_take_back(struct db_write *db, struct import_batch_id batch, struct str job_kind, int64_t post) {
    struct import_batch_find_row *b;
    TRY(import_batch_find(db_reading(db), (struct import_batch_find_in){.id = batch}, &b));
    if (!b) {
        return FAIL(ERR_MISSING, "no such batch");
    }
    TRY(state_set(db, batch, S("in"), S("undoing"), b));
    return job_add(db, &(struct job_new){.kind = job_kind, .record = batch.v, .post = post, .is_single = true}, NULL);
}

struct err import_batch(struct db_read *db, struct import_batch_id id, struct import_batch *batch) {
    struct import_batch_find_row *b;
    TRY(import_batch_find(db, (struct import_batch_find_in){.id = id}, &b));
    if (!b) {
        return FAIL(ERR_MISSING, "no such batch");
    }
    *batch = (struct import_batch){.want = b->want,
                                   .file_name = b->file_name,
                                   .state = b->state,
                                   .fault = b->fault,
                                   .made = b->n_made,
                                   .changed = b->n_changed,
                                   .same = b->n_same,
                                   .bad = b->n_bad,
                                   .kept = b->n_kept};
    return OK;
}

struct err import_file_uses(struct db_read *db, struct arena *a, struct str want, struct file_blob_id file,
                            struct file_uses *uses) {
    struct import_batch_file_of_rows rows;
    TRY(import_batch_file_of(db, (struct import_batch_file_of_in){.file = file, .want = want}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, uses,
                 (struct file_use){.words = str_format(a, "Bảng tính đưa vào: %.*s", STR_ARG(rows.at[i].file_name))});
    }
    return OK;
}

/* --- In --- */
struct running {
    struct job *job;
    const struct import_store *store;
    struct import_batch_find_row *batch;
    struct import_row **good; /* all of the file */
    size_t n, from;           /* the next to go in */
};

struct sums {
    int64_t hash;
    struct str key, content;
};

static struct str sum_of(struct arena *a, struct str text, int64_t *hash) {
    unsigned char sum[SUM];
    char hex[2 * SUM + 1];
    uint64_t n = 0;
    crypto_generichash(sum, sizeof sum, (const unsigned char *)text.at, text.len, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, sum, sizeof sum);
    for (int i = 0; i < 8; i++) {
        n = n << 8 | sum[i];
    }
    *hash = (int64_t)(n >> 1) + 1;
    return str_copy(a, str_of(hex));
}

static bool is_in_key(const struct import_want *want, size_t field) {
    struct str rest = want->key, name;
    while (str_next(&rest, ' ', &name)) {
        if (str_eq(name, want->columns[field].name)) {
            return true;
        }
    }
    return false;
}

/* Without a key, all the values together are it. */
static struct sums sums_of(struct arena *a, const struct import_want *want, const struct import_row *row) {
    struct buf key = buf_in(a), all = buf_in(a);
    struct sums s;
    int64_t unused;
    for (size_t f = 0; f < want->n; f++) {
        buf_put(&all, row->values[f]);
        buf_put_char(&all, '\x1f');
        if (is_in_key(want, f) || !want->key.len) {
            buf_put(&key, row->values[f]);
            buf_put_char(&key, '\x1f');
        }
    }
    s.key = sum_of(a, buf_str(&key), &s.hash);
    s.content = sum_of(a, buf_str(&all), &unused);
    return s;
}

static const struct import_known_some_row *known_of(const struct import_known_some_rows *known, const struct sums *s) {
    for (size_t i = 0; i < known->n; i++) {
        if (known->at[i].key_hash == s->hash && str_eq(known->at[i].key_sum, s->key)) {
            return &known->at[i];
        }
    }
    return NULL;
}

static struct err known_put(struct db_write *db, const struct running *r, const struct sums *s, int64_t record) {
    const struct import_batch_find_row *b = r->batch;
    return r->store->is_finding ? OK
                                : import_known_put(db,
                                                   (struct import_known_put_in){.want = b->want,
                                                                                .owner = b->owner,
                                                                                .key_hash = s->hash,
                                                                                .key_sum = s->key,
                                                                                .content_sum = s->content,
                                                                                .record = record},
                                                   NULL);
}

static struct err row_put(struct db_write *db, const struct running *r, size_t i, const struct sums *s, int64_t record,
                          enum import_did *did) {
    const struct import_batch_find_row *b = r->batch;
    struct str was = S("");
    int64_t fresh = 0;
    *did = record ? IMPORT_CHANGED : IMPORT_MADE;
    struct import_put put = {
        .batch = b->id, .owner = b->owner, .values = r->good[i]->values, .record = record, .did = did};
    TRY(r->store->put(db, &put, &fresh, &was));
    if (*did == IMPORT_SAME) {
        return OK;
    }
    TRY(known_put(db, r, s, fresh));
    return import_row_put(db,
                          (struct import_row_put_in){.batch = b->id,
                                                     .place = (int64_t)i + 1,
                                                     .record = fresh,
                                                     .is_made = *did == IMPORT_MADE,
                                                     .was = was,
                                                     .key_hash = s->hash,
                                                     .key_sum = s->key},
                          NULL);
}

/* The next some hundred rows, in one transaction. */
static struct err some_put(struct db_write *db, void *thing) {
    struct running *r = thing;
    struct arena *a = db_write_arena(db);
    struct import_known_some_rows known = {0};
    enum import_did did;
    struct import_batch_count_in count = {.id = r->batch->id};
    size_t n = r->n - r->from < AT_ONCE ? r->n - r->from : AT_ONCE;
    struct sums *sums = arena_take(a, struct sums, n);
    int64_t *hashes = arena_take(a, int64_t, n);
    for (size_t i = 0; i < n; i++) {
        sums[i] = sums_of(a, r->store->want, r->good[r->from + i]);
        hashes[i] = sums[i].hash;
    }
    if (!r->store->is_finding) {
        TRY(import_known_some(db_reading(db),
                              (struct import_known_some_in){
                                  .want = r->batch->want, .owner = r->batch->owner, .hashes = {.at = hashes, .n = n}},
                              &known));
    }
    for (size_t i = 0; i < n; i++) {
        const struct import_known_some_row *k = known_of(&known, &sums[i]);
        if (k && str_eq(k->content_sum, sums[i].content)) {
            count.same++;
            continue;
        }
        TRY(row_put(db, r, r->from + i, &sums[i], k ? k->record : 0, &did));
        *(did == IMPORT_SAME ? &count.same : did == IMPORT_CHANGED ? &count.changed : &count.made) += 1;
    }
    return import_batch_count(db, count, NULL);
}

static struct err all_in(struct db_write *db, void *thing) {
    struct running *r = thing;
    return state_set(db, r->batch->id, S("waiting"), S("in"), r->batch);
}

static struct err refused(struct db_write *db, void *thing) {
    struct running *r = thing;
    return state_set(db, r->batch->id, S("waiting"), S("refused"), r->batch);
}

static struct err good_rows(struct running *r, struct arena *a, const struct import *found) {
    r->good = arena_take(a, struct import_row *, found->good);
    r->batch->n_bad = (int64_t)found->bad;
    for (size_t t = 0; t < found->tables.n; t++) {
        const struct import_table *table = &found->tables.at[t];
        if (table->missing.n) {
            return err_refuse(a, ERR_INVALID, "file", "%.*s", STR_ARG(import_missing_words(a, r->store->want, table)));
        }
        for (size_t i = 0; i < table->rows.n; i++) {
            if (table->rows.at[i].is_good) {
                r->good[r->n++] = &table->rows.at[i];
            }
        }
    }
    if (!found->tables.n) {
        return REFUSE(ERR_INVALID, "file", "Không tìm thấy bảng nào có các cột cần đọc.");
    }
    if (r->batch->is_whole && found->bad) {
        return err_refuse(a, ERR_INVALID, "file", "Còn %zu dòng có lỗi nên chưa dòng nào được đưa vào.", found->bad);
    }
    return OK;
}

static struct err file_read(struct running *r) {
    struct job *job = r->job;
    struct db_read *db;
    struct file f;
    struct str path;
    struct read_book book;
    struct import found;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = file_find(db, job->arena, r->batch->file, &f);
    db_end_read(db);
    TRY(e);
    TRY(job_progress(job, 0, 0, S("Đang đọc bảng tính")));
    TRY(file_damage_in_job(job, r->batch->file, file_whole(job->arena, &f, &path)));
    TRY(read_book(job->arena, str_z(job->arena, path), &read_limits_usual, IMPORT_LINES, &book));
    import_look(job->arena, &book, r->store->want, &found);
    return good_rows(r, job->arena, &found);
}

static struct err batch_read(struct job *job, struct import_batch_find_row **batch) {
    struct db_read *db;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = import_batch_find(db, (struct import_batch_find_in){.id = {job->record}}, batch);
    db_end_read(db);
    return e;
}

struct err import_run(struct job *job, const struct import_store *store) {
    struct running r = {.job = job, .store = store};
    int64_t done = 0;
    TRY(batch_read(job, &r.batch));
    if (!r.batch || !str_eq(r.batch->state, S("waiting"))) {
        return OK;
    }
    struct err e = file_read(&r);
    if (err_is(e, ERR_INVALID)) {
        r.batch->fault = e.why->message;
        return job_finish(job, refused, &r);
    }
    TRY(e);
    for (r.from = num_read(job->mark, &done) ? (size_t)done : 0; r.from < r.n;) {
        size_t next = r.n - r.from < AT_ONCE ? r.n : r.from + AT_ONCE;
        TRY(job_step(job, str_format(job->arena, "%zu", next), some_put, &r));
        r.from = next;
        TRY(job_progress(job, (int64_t)next, (int64_t)r.n, S("Đang đưa từng dòng vào")));
        if (next < r.n && job_turn_is_over(job)) {
            return job_again(job);
        }
    }
    return job_finish(job, all_in, &r);
}

/* --- Taken back --- */
struct undoing {
    const struct import_store *store;
    struct import_batch_find_row *batch;
    bool is_done;
};

static struct err one_back(struct db_write *db, const struct undoing *u, const struct import_row_last_row *row,
                           int64_t *kept) {
    const struct import_batch_find_row *b = u->batch;
    struct err e = u->store->undo(db, row->record, row->is_made, row->was);
    if (err_is(e, ERR_CONFLICT)) {
        *kept += 1;
        return OK;
    }
    TRY(e);
    if (u->store->is_finding) {
        return OK;
    }
    if (row->is_made) {
        return import_known_drop(db,
                                 (struct import_known_drop_in){.want = b->want,
                                                               .owner = b->owner,
                                                               .key_hash = row->key_hash,
                                                               .key_sum = row->key_sum,
                                                               .record = row->record},
                                 NULL);
    }
    return import_known_put(db,
                            (struct import_known_put_in){.want = b->want,
                                                         .owner = b->owner,
                                                         .key_hash = row->key_hash,
                                                         .key_sum = row->key_sum,
                                                         .content_sum = S(""),
                                                         .record = row->record},
                            NULL);
}

static struct err some_back(struct db_write *db, void *thing) {
    struct undoing *u = thing;
    struct import_row_last_rows rows;
    struct import_batch_count_in count = {.id = u->batch->id};
    TRY(import_row_last(db_reading(db), (struct import_row_last_in){.batch = u->batch->id, .most = AT_ONCE}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(one_back(db, u, &rows.at[i], &count.kept));
    }
    u->is_done = rows.n < AT_ONCE;
    if (rows.n) {
        TRY(import_row_drop(db, (struct import_row_drop_in){.batch = u->batch->id, .from = rows.at[rows.n - 1].place},
                            NULL));
    }
    return import_batch_count(db, count, NULL);
}

static struct err all_back(struct db_write *db, void *thing) {
    struct undoing *u = thing;
    return state_set(db, u->batch->id, S("undoing"), S("undone"), u->batch);
}

struct err import_undo(struct job *job, const struct import_store *store) {
    struct undoing u = {.store = store};
    TRY(batch_read(job, &u.batch));
    if (!u.batch || !str_eq(u.batch->state, S("undoing"))) {
        return OK;
    }
    while (!u.is_done) {
        TRY(job_step(job, S("undo"), some_back, &u));
        TRY(job_progress(job, 0, 0, S("Đang lấy lại những dòng đã đưa vào")));
        if (!u.is_done && job_turn_is_over(job)) {
            return job_again(job);
        }
    }
    return job_finish(job, all_back, &u);
}
