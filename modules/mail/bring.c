/* Letters from files: an .eml, or an mbox of many. */
#include "kernel/db/id.h"
#include "modules/mail/came.h"
#include "read/read.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/num.h"
#include "base/utf8.h"

struct err mail_bring_add(struct db_write *db, const struct who *who, int64_t box, const struct mail_paper *file,
                          int64_t *id) {
    struct mail_box_by_id_row *row;
    if (box) {
        TRY(mail_box_open(db_reading(db), who, box, &row));
    } else {
        TRY(mail_box_get(db, who->post.v, &row));
    }
    *id = id_new();
    TRY(mail_bring_insert(db,
                          (struct mail_bring_insert_in){.id = {*id},
                                                        .box = row->id,
                                                        .post = who->post.v,
                                                        .file = file->file,
                                                        .name = file->name,
                                                        .made_at = clock_now()},
                          NULL));
    return job_add(db, &(struct job_new){.kind = S("mail.bring"), .record = *id, .post = who->post.v}, NULL);
}

/* ---- Taking it into the box */
struct bringing {
    struct job *job;
    struct mail_bring_by_id_row *row;
    struct mail_box_by_id_row *box;
    struct str path;
    struct mail_came came;
    struct str bytes; /* of the letter that is taken in now */
    bool is_whole;    /* it is the whole file */
};

static struct err count(struct db_write *db, const struct bringing *b, struct instant ended_at, struct str fault) {
    return mail_bring_count(db,
                            (struct mail_bring_count_in){.id = b->row->id,
                                                         .letters = b->row->letters,
                                                         .again = b->row->again,
                                                         .unread = b->row->unread,
                                                         .fault = fault,
                                                         .ended_at = ended_at},
                            NULL);
}

static struct err letter_step(struct db_write *db, void *thing) {
    struct bringing *b = thing;
    struct mail_taking t = {.came = &b->came, .box = b->box, .source = b->row->file};
    enum mail_took took;
    bool is_taken = !b->came.fault.len && !b->came.held.len;
    if (!b->is_whole && is_taken) {
        TRY(file_keep_bytes(db, db_write_arena(db), b->bytes, &t.source));
    }
    TRY(mail_came_take(db, &t, &took));
    b->row->letters += took == MAIL_TOOK_NEW;
    b->row->again += took == MAIL_TOOK_AGAIN;
    b->row->unread += took == MAIL_TOOK_NOT;
    return count(db, b, (struct instant){0}, S(""));
}

/* Where the letter after `from` of an mbox begins: a line "From " after an empty one. */
static size_t next_of(struct str all, size_t from) {
    for (size_t at = from; (at = str_find(all, S("\nFrom "), at)) != SIZE_MAX; at++) {
        if (at > 0 && (all.at[at - 1] == '\n' || all.at[at - 1] == '\r')) {
            return at + 1;
        }
    }
    return all.len;
}

/* Without its "From " line. */
static size_t begin_of(struct str all, size_t from) {
    size_t end = str_starts(str_slice(all, from, all.len), S("From ")) ? str_find(all, S("\n"), from) : SIZE_MAX;
    return end == SIZE_MAX ? from : end + 1;
}

static struct err one(struct bringing *b, struct str all, size_t from, size_t to) {
    struct arena *own = arena_new();
    struct read_part part = {b->path.at, (int64_t)from, (int64_t)(to - from)};
    b->bytes = str_slice(all, from, to);
    struct err e = mail_came_read(own, &part, &b->came);
    e = e.why ? e : job_step(b->job, str_format(b->job->arena, "%zu", to), letter_step, b);
    arena_free(own);
    return e;
}

static struct err end_step(struct db_write *db, void *thing) {
    struct bringing *b = thing;
    bool is_none = !b->row->letters && !b->row->again;
    return count(db, b, clock_now(),
                 is_none
                     ? S("Tệp không có thư nào nhận được: tệp hỏng, không phải .eml hoặc .mbox, hoặc thư mang dấu mật.")
                     : S(""));
}

static struct err look(struct bringing *b) {
    struct job *job = b->job;
    struct db_read *db;
    struct file file;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = mail_bring_by_id(db, (struct mail_bring_by_id_in){.id = {job->record}}, &b->row);
    if (!e.why && b->row && b->row->file.v) {
        e = mail_box_by_id(db, (struct mail_box_by_id_in){.id = b->row->box}, &b->box);
        e = e.why ? e : file_find(db, job->arena, b->row->file, &file);
        e = e.why ? e : file_whole(job->arena, &file, &b->path);
    }
    db_end_read(db);
    return e;
}

struct err mail_bring_run(struct job *job) {
    struct bringing b = {.job = job};
    struct str all;
    int64_t from = 0;
    TRY(look(&b));
    if (!b.path.len || b.row->ended_at.ms) {
        return OK;
    }
    b.path = (struct str){str_z(job->arena, b.path), b.path.len};
    TRY(mail_bytes(job->arena, b.path, &all));
    num_read_between(job->mark, 0, (int64_t)all.len, &from);
    bool is_mbox = str_starts(all, S("From "));
    b.is_whole = !is_mbox;
    for (size_t at = (size_t)from; at < all.len;) {
        size_t end = is_mbox ? next_of(all, at + 1) : all.len;
        TRY(one(&b, all, is_mbox ? begin_of(all, at) : at, end));
        at = end;
        if (at < all.len && job_turn_is_over(job)) {
            return job_again(job);
        }
    }
    return job_finish(job, end_step, &b);
}
