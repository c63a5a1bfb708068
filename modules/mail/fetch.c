/* A box on another server, read: by its numbers, never by "unseen"; each letter is in the box together with the number
   up to which was read, so that a fall at any moment loses none and brings none twice. And the trial of a way. */
#include "kernel/wire/imap.h"
#include "kernel/wire/smtp.h"
#include "kernel/queue/event.h"
#include "modules/mail/came.h"
#include "modules/mail/way.h"

#include "base/arena.h"
#include "base/list.h"

struct fetching {
    struct job *job;
    struct mail_way_by_id_row *way;
    struct mail_box_by_id_row *box;
    struct imap imap;
    struct err fault;
    /* of the letter that is taken in now */
    int64_t uid;
    struct str bytes;
    struct file_blob_id source;
    struct mail_came came;
    bool is_kept, is_taken;
};

static struct err look(struct job *job, struct fetching *f) {
    struct db_read *db;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = mail_way_by_id(db, (struct mail_way_by_id_in){.id = {job->record}}, &f->way);
    e = e.why || !f->way ? e : mail_box_by_id(db, (struct mail_box_by_id_in){.id = f->way->box}, &f->box);
    db_end_read(db);
    return e;
}

static struct err place_step(struct db_write *db, void *thing) {
    struct fetching *f = thing;
    struct mail_way_by_id_row *w = f->way;
    return mail_way_place(db,
                          (struct mail_way_place_in){.id = w->id,
                                                     .uid_validity = w->uid_validity,
                                                     .uid_next = w->uid_next,
                                                     .got = w->got,
                                                     .left_there = w->left_there},
                          NULL);
}

/* The bytes as they came, on disk: what takes them apart is not trusted with more. */
static struct err keep_step(struct db_write *db, void *thing) {
    struct fetching *f = thing;
    struct err e = file_keep_bytes(db, db_write_arena(db), f->bytes, &f->source);
    f->is_kept = !e.why;
    return err_is(e, ERR_INVALID) ? OK : e;
}

/* What bears a mark of secrecy does not stay here. */
static struct err take_step(struct db_write *db, void *thing) {
    struct fetching *f = thing;
    struct mail_taking t = {.came = &f->came, .box = f->box, .source = f->source};
    enum mail_took took = MAIL_TOOK_NOT;
    TRY(f->is_kept ? mail_came_take(db, &t, &took) : OK);
    f->is_taken = took != MAIL_TOOK_NOT;
    if (f->is_kept && !f->is_taken) {
        struct err e = file_forget(db, f->source);
        TRY(err_is(e, ERR_INVALID) ? OK : e);
    }
    f->way->uid_next = f->uid + 1;
    f->way->got += took == MAIL_TOOK_NEW;
    f->way->left_there += took == MAIL_TOOK_NOT;
    return place_step(db, f);
}

/* A letter nobody can read is kept as it came, and says so. */
static void unread_fill(struct arena *a, struct fetching *f) {
    struct str words = S("Thư này chưa đọc được. Nguyên văn vẫn còn trong tệp .eml: mời lưu về để xem.");
    f->came = (struct mail_came){.subject = S("Thư chưa đọc được"),
                                 .name = S("Không rõ người gửi"),
                                 .text = words,
                                 .own = words,
                                 .hash = mail_hash(a, f->bytes)};
}

static struct err file_of(struct fetching *f, struct arena *a, struct file *file, struct str *path) {
    struct db_read *db;
    TRY(db_begin_read(f->job->db, a, &db));
    struct err e = file_find(db, a, f->source, file);
    e = e.why ? e : file_whole(a, file, path);
    db_end_read(db);
    return e;
}

static struct err kept_read(struct fetching *f, struct arena *a, struct file *file) {
    struct str path;
    TRY(file_of(f, a, file, &path));
    struct read_part part = {str_z(a, path), 0, (int64_t)f->bytes.len};
    TRY(mail_came_read(a, &part, &f->came));
    if (f->came.fault.len) {
        unread_fill(a, f);
    }
    return OK;
}

static struct err one(struct fetching *f, struct arena *a, int64_t uid) {
    struct file file = {0};
    bool is_there = false;
    f->uid = uid;
    f->is_kept = f->is_taken = false;
    f->came = (struct mail_came){0};
    wire_limit(f->imap.wire, 120);
    f->fault = imap_fetch(&f->imap, a, &(struct imap_wanted){uid, MAIL_BYTES_MOST}, &f->bytes, &is_there);
    if (f->fault.why || !is_there) {
        return OK;
    }
    if (f->bytes.len && f->bytes.len <= MAIL_BYTES_MOST) {
        TRY(job_step(f->job, f->job->mark, keep_step, f));
    }
    TRY(f->is_kept ? kept_read(f, a, &file) : OK);
    TRY(job_step(f->job, f->job->mark, take_step, f));
    if (f->is_kept && !f->is_taken) {
        file_erase(a, &file);
    }
    return OK;
}

/* Other numbers than last time: all is looked at anew, and what the box holds is known by itself. */
static struct err begin(struct fetching *f, struct imap_uids *uids) {
    struct arena *a = f->job->arena;
    struct imap_box box;
    f->fault = mail_way_line(a, f->way, MAIL_END_IN, &f->imap.wire);
    f->fault = f->fault.why ? f->fault : imap_select(&f->imap, a, S("INBOX"), &box);
    if (f->fault.why) {
        return OK;
    }
    if (box.validity != f->way->uid_validity) {
        f->way->uid_validity = box.validity;
        f->way->uid_next = 1;
        TRY(job_step(f->job, f->job->mark, place_step, f));
    }
    f->fault = imap_list(&f->imap, a, f->way->uid_next, uids);
    return OK;
}

static struct err read_all(struct fetching *f, bool *is_over) {
    struct imap_uids uids = {0};
    *is_over = true;
    TRY(begin(f, &uids));
    for (size_t i = 0; i < uids.uids.n && !f->fault.why; i++) {
        if (job_turn_is_over(f->job)) {
            *is_over = false;
            return OK;
        }
        struct arena *own = arena_new();
        struct err e = one(f, own, uids.uids.at[i]);
        f->came = (struct mail_came){0};
        if (e.why || f->fault.why) {
            arena_on_reset(f->job->arena, (void (*)(void *))arena_free, own);
        } else {
            arena_free(own);
        }
        TRY(e);
    }
    return OK;
}

/* Seconds until the server is asked again: at once a minute, after faults ever less often. */
static int64_t pause_of(int64_t tries) {
    static const int64_t seconds[] = {MAIL_FETCH_S, 120, 300, 600, 1800};
    enum { MOST = sizeof seconds / sizeof *seconds };
    return seconds[tries < MOST ? tries : MOST - 1];
}

static struct err end_step(struct db_write *db, void *thing) {
    struct fetching *f = thing;
    const struct fault *why = f->fault.why;
    struct instant now = clock_now();
    int64_t tries = why ? f->way->in_tries + 1 : 0;
    struct str words = !why ? S("") : why->message.len ? why->message : S("Máy chủ thư trả lời không đúng quy ước.");
    TRY(mail_way_fetched(db,
                         (struct mail_way_fetched_in){.id = f->way->id,
                                                      .in_good_at = why ? f->way->in_good_at : now,
                                                      .in_fault = words,
                                                      .in_fault_at = why ? now : (struct instant){0},
                                                      .in_tries = tries},
                         NULL));
    return job_add(db,
                   &(struct job_new){.kind = S("mail.fetch"),
                                     .record = f->way->id.v,
                                     .not_before = {now.ms + 1000 * pause_of(tries)},
                                     .is_single = true},
                   NULL);
}

struct err mail_fetch_run(struct job *job) {
    struct fetching f = {.job = job};
    bool is_over = true;
    TRY(look(job, &f));
    if (!f.way || !f.way->is_on || !f.way->in_host.len) {
        return OK;
    }
    struct err e = read_all(&f, &is_over);
    if (!e.why && !f.fault.why) {
        imap_end(&f.imap);
    }
    wire_close(f.imap.wire);
    TRY(e);
    return is_over ? job_finish(job, end_step, &f) : job_again(job);
}

/* ---- The trial of a way: both servers are asked, and each answers for itself */
struct trial {
    const struct mail_way_by_id_row *way;
    int64_t post; /* who waits for it */
    struct str out, in;
};

static struct str fault_words(struct err e) {
    return e.why->message.len ? e.why->message : S("Máy chủ thư trả lời không đúng quy ước.");
}

static struct str out_try(struct arena *a, const struct mail_way_by_id_row *way) {
    struct wire *w = NULL;
    if (!way->out_host.len) {
        return S("");
    }
    struct err e = mail_way_line(a, way, MAIL_END_OUT, &w);
    if (e.why) {
        return fault_words(e);
    }
    smtp_end(w);
    return way->login.len ? S("Được: máy chủ gửi nhận đăng nhập.") : S("Được: máy chủ gửi trả lời.");
}

static struct str in_try(struct arena *a, const struct mail_way_by_id_row *way) {
    struct imap i = {0};
    struct imap_box box;
    if (!way->in_host.len) {
        return S("");
    }
    struct err e = mail_way_line(a, way, MAIL_END_IN, &i.wire);
    e = e.why ? e : imap_select(&i, a, S("INBOX"), &box);
    if (e.why) {
        wire_close(i.wire);
        return fault_words(e);
    }
    imap_end(&i);
    return str_format(a, "Được: máy chủ nhận mở được hộp thư, có %lld thư.", (long long)box.count);
}

static struct err trial_step(struct db_write *db, void *thing) {
    const struct trial *t = thing;
    TRY(mail_way_tried(db, (struct mail_way_tried_in){.id = t->way->id, .trial_out = t->out, .trial_in = t->in}, NULL));
    return event_emit(db, &(struct event){.kind = S("mail.way"), .record = t->way->id.v, .to = t->post});
}

struct err mail_trial_run(struct job *job) {
    struct fetching f = {.job = job};
    TRY(look(job, &f));
    if (!f.way) {
        return OK;
    }
    struct trial t = {
        .way = f.way, .post = job->post, .out = out_try(job->arena, f.way), .in = in_try(job->arena, f.way)};
    return job_finish(job, trial_step, &t);
}
