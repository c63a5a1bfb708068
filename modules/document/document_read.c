/* Jobs: reading what came in, page by page, and the hourly look for what is late. */
#include "kernel/queue/event.h"
#include "kernel/file/steps.h"
#include "kernel/queue/job.h"
#include "kernel/index/feed.h"
#include "modules/document/document_facts.h"
#include "modules/document/document_acts.h"
#include "modules/document/document_secret.h"

#include "base/log.h"
#include "base/num.h"
#include "base/utf8.h"

enum { TRIES = 8 }; /* with their pauses, over ten minutes: a machine short of memory may have come round */

struct reading {
    struct job *job;
    struct arena *arena; /* of one page */
    struct document_file_by_id_row *row;
    struct file file;
    const struct file_look *look;
    const struct file_page_done *page;
    struct document_facts facts;
    bool has_facts, is_last, is_secret, is_given_up;
    bool is_again; /* the turn is over */
    struct document_stamp stamp;
};

static struct err args_file(const struct job *job, struct document_file_id *id) {
    struct str before, rest, digits, after;
    bool ok = str_cut(job->args, S("\"file\":\""), &before, &rest) && str_cut(rest, S("\""), &digits, &after) &&
              id_read(digits, &id->v);
    return ok ? OK : FAIL(ERR_INVALID, "a reading job without its file");
}

static struct err load(struct reading *r, struct document_file_id id) {
    struct db_read *db;
    TRY(db_begin_read(r->job->db, r->job->arena, &db));
    struct err e = document_file_by_id(db, (struct document_file_by_id_in){id}, &r->row);
    if (!e.why && r->row) {
        e = file_find(db, r->job->arena, r->row->file, &r->file);
    }
    db_end_read(db);
    return e;
}

static struct err look_step(struct db_write *db, void *thing) {
    struct reading *r = thing;
    return file_look_keep(db, r->row->file, r->look);
}

static struct err page_step(struct db_write *db, void *thing) {
    struct reading *r = thing;
    TRY(file_page_keep(db, r->row->file, r->page));
    return r->page->page.number % 10 == 0 ? search_touch(db, S("document"), r->row->doc.v) : OK;
}

/* ---- Facts */

static struct err put_fact(struct db_write *db, struct document_doc_id doc, const char *name,
                           const struct document_fact *f) {
    if (!f->value.len) {
        return OK;
    }
    return document_fact_put(db,
                             (struct document_fact_put_in){.id = {id_new()},
                                                           .doc = doc,
                                                           .name = str_of(name),
                                                           .value = f->value,
                                                           .confidence = f->confidence,
                                                           .page = f->page,
                                                           .x = f->box.x,
                                                           .y = f->box.y,
                                                           .w = f->box.w,
                                                           .h = f->box.h,
                                                           .seen = f->seen},
                             NULL);
}

static struct err put_facts(struct db_write *db, struct document_doc_id doc, const struct document_facts *f) {
    TRY(put_fact(db, doc, "code", &f->code));
    TRY(put_fact(db, doc, "issued_on", &f->issued_on));
    TRY(put_fact(db, doc, "type", &f->type));
    TRY(put_fact(db, doc, "subject", &f->subject));
    TRY(put_fact(db, doc, "issuer", &f->issuer));
    TRY(put_fact(db, doc, "signer", &f->signer));
    TRY(put_fact(db, doc, "signer_post", f->competence.value.len ? &f->competence : &f->position));
    TRY(put_fact(db, doc, "priority", &f->urgency));
    return put_fact(db, doc, "due_on", &f->due_on);
}

static struct err leave_step(struct db_write *db, void *thing) {
    struct reading *r = thing;
    return file_leave(db, db_write_arena(db), &r->file);
}

static struct str read_words(struct reading *r, struct str name, bool failed) {
    struct arena *a = r->job->arena;
    if (failed) {
        return str_format(a, "Không đọc được %.*s: %.*s", STR_ARG(name), STR_ARG(r->file.fault));
    }
    if (r->file.fault.len) {
        return str_format(a, "%.*s: %.*s", STR_ARG(name), STR_ARG(r->file.fault));
    }
    return str_format(a, "Đã đọc %.*s, %lld trang.", STR_ARG(name), (long long)r->file.pages);
}

static struct err done_step(struct db_write *db, void *thing) {
    struct reading *r = thing;
    struct document_by_id_row *doc;
    struct document_doc_id id = r->row->doc;
    bool is_main = str_eq(r->row->role, S("main")), failed = r->file.state == FILE_UNREADABLE;
    TRY(document_by_id(db_reading(db), (struct document_by_id_in){id}, &doc));
    if (!doc) {
        return OK;
    }
    if (r->has_facts) {
        TRY(put_facts(db, id, &r->facts));
        if (str_eq(doc->state, S("draft")) && r->facts.subject.value.len) {
            TRY(document_subject_set(
                db, (struct document_subject_set_in){.subject = utf8_cut(r->facts.subject.value, 500), .id = id},
                NULL));
        }
    }
    if (is_main && r->is_last) {
        TRY(document_reading_set(db,
                                 (struct document_reading_set_in){.reading = failed ? S("failed") : S("read"),
                                                                  .pages = r->file.pages,
                                                                  .changed_at = clock_now(),
                                                                  .id = id},
                                 NULL));
    }
    TRY(search_touch(db, S("document"), id.v));
    if (!r->is_last) {
        return event_emit(db, &(struct event){.kind = S("document.suggested"), .record = id.v});
    }
    struct str text = read_words(r, utf8_cut(r->row->name, 100), failed);
    return document_deed(db, NULL,
                         &(struct document_deed){
                             .doc = id, .kind = "read", .verb = "document.read", .text = text, .file = r->row->id.v});
}

/* The page with the signature: annexes may come after it. */
static int64_t signed_page(struct reading *r, struct db_read *db, int64_t last) {
    struct arena *own = arena_new();
    int64_t found = last;
    for (int64_t n = 1; n <= last; n++) {
        struct read_page page = {0};
        struct err e = file_page(db, own, r->row->file, n, &page);
        if (!e.why && document_facts_is_signed(&page)) {
            found = n;
            break;
        }
        err_ignore(e);
    }
    arena_free(own);
    return found;
}

/* The first pages and the signed one: enough for everything a letter says about itself. */
static struct err find_facts(struct reading *r, int64_t last) {
    struct db_read *db;
    struct read_page *pages = arena_take(r->job->arena, struct read_page, 3);
    size_t n = 0;
    TRY(db_begin_read(r->job->db, r->job->arena, &db));
    int64_t wanted[3] = {1, 2, signed_page(r, db, last)};
    for (size_t i = 0; i < 3; i++) {
        if (wanted[i] > last || (i && wanted[i] <= wanted[i - 1])) {
            continue;
        }
        struct err e = file_page(db, r->job->arena, r->row->file, wanted[i], &pages[n]);
        if (!e.why && pages[n].how != READ_NOT) {
            n++;
        }
        err_ignore(e);
    }
    db_end_read(db);
    if (n) {
        document_facts_find(r->job->arena, pages, n, clock_today(), &r->facts);
        r->has_facts = true;
    }
    return OK;
}

static void cut_crops(struct reading *r) {
    const struct document_fact *all[] = {
        &r->facts.code,   &r->facts.issued_on,  &r->facts.type,     &r->facts.subject, &r->facts.issuer,
        &r->facts.signer, &r->facts.competence, &r->facts.position, &r->facts.urgency, &r->facts.due_on};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i]->value.len && all[i]->page && all[i]->box.w > 0) {
            struct err e = file_crop(r->job->arena, &r->file, all[i]->page, all[i]->box);
            if (e.why) {
                log_fault(LOG_WARN, "cutting a piece of a page", e);
            }
        }
    }
}

static struct err next_page(struct reading *r, int64_t *n) {
    struct db_read *db;
    TRY(db_begin_read(r->job->db, r->job->arena, &db));
    struct err e = file_next(db, r->row->file, n);
    db_end_read(db);
    return e;
}

/* ---- A secrecy stamp: looked for before a page's words are kept, unless who brought the paper has said it is none. */

static struct err seal_step(struct db_write *db, void *thing) {
    struct reading *r = thing;
    return document_seal(db, r->row->file, &r->stamp);
}

static void note_stamp(struct reading *r, const struct document_facts *facts, int64_t page) {
    if (facts->secret.value.len && !r->row->is_cleared) {
        r->is_secret = true;
        r->stamp = (struct document_stamp){.page = page, .seen = str_copy(r->job->arena, facts->secret.seen)};
    }
}

static void look_for_stamp(struct reading *r, struct arena *own, const struct file_page_done *done) {
    struct str seen;
    if (done->outcome.why || done->page.how == READ_NOT || r->row->is_cleared) {
        return;
    }
    if (document_bears_stamp(own, &done->page, &seen)) {
        r->is_secret = true;
        r->stamp = (struct document_stamp){.page = done->page.number, .seen = str_copy(r->job->arena, seen)};
    }
}

/* A page whose reader is killed every time, at every try, is given up, so that it does not take the others with it; one
   only: when the next one fares no better, it is the machine. */
static void give_up(struct reading *r, struct file_page_done *done) {
    if (err_is(done->outcome, ERR_BUSY) && r->job->tries >= TRIES && !r->is_given_up) {
        r->is_given_up = true;
        done->outcome =
            REFUSE(ERR_INVALID, "file", "Việc đọc trang này bị ngắt nhiều lần nên tạm bỏ qua; mời bấm Đọc lại.");
    }
}

static struct err read_page_n(struct reading *r, int64_t n) {
    TRY(job_progress(r->job, n - 1, r->file.pages,
                     str_format(r->job->arena, "Đang đọc trang %lld / %lld", (long long)n, (long long)r->file.pages)));
    struct arena *own = arena_new();
    struct file_page_done done = {0};
    struct err e = OK;
    file_read_one(own, &r->file, n, &done);
    give_up(r, &done);
    r->page = &done;
    look_for_stamp(r, own, &done);
    if (!r->is_secret) {
        e = job_step(r->job, str_format(r->job->arena, "page %lld", (long long)n), page_step, r);
    }
    arena_free(own);
    r->file.spent_ms += done.page.spent_ms;
    r->file.slow_pages += done.page.is_slow;
    r->file.pages_done++;
    return e;
}

static struct err read_pages(struct reading *r, bool suggests) {
    for (;;) {
        int64_t n = 0;
        TRY(next_page(r, &n));
        if (!n) {
            return OK;
        }
        if (file_is_too_heavy(&r->file)) {
            return job_step(r->job, S("too heavy"), leave_step, r);
        }
        if (job_turn_is_over(r->job)) {
            r->is_again = true;
            return OK;
        }
        TRY(read_page_n(r, n));
        if (r->is_secret) {
            return OK;
        }
        if (n == 1 && suggests && r->file.pages > 1) {
            TRY(find_facts(r, 1));
            cut_crops(r);
            TRY(job_step(r->job, S("first facts"), done_step, r));
        }
    }
}

/* The look, and the pages that are left. */
static struct err read_file(struct reading *r, struct document_file_id id, bool is_main) {
    if (r->file.state == FILE_WAITING) {
        struct file_look look = {0};
        TRY(job_progress(r->job, 0, 1, S("Đang mở tệp")));
        file_look(r->job->arena, &r->file, &look);
        r->look = &look;
        TRY(job_step(r->job, S("look"), look_step, r));
        TRY(load(r, id));
    }
    return r->file.state == FILE_WAITING || r->file.state == FILE_READING ? read_pages(r, is_main) : OK;
}

static struct err run_read(struct job *job) {
    struct reading r = {.job = job};
    struct document_file_id id;
    TRY(args_file(job, &id));
    TRY(load(&r, id));
    if (!r.row) {
        return OK;
    }
    bool is_main = str_eq(r.row->role, S("main"));
    struct file_blob_id file = r.row->file;
    TRY(file_damage_in_job(job, file, read_file(&r, id, is_main)));
    if (r.is_again) {
        return job_again(job);
    }
    TRY(load(&r, id));
    if (!r.is_secret && r.row && is_main && r.file.pages) {
        TRY(find_facts(&r, r.file.pages));
        note_stamp(&r, &r.facts, 1);
    }
    if (r.is_secret) {
        return job_finish(job, seal_step, &r);
    }
    if (!r.row) {
        return OK;
    }
    if (r.has_facts) {
        cut_crops(&r);
    }
    r.is_last = true;
    TRY(job_progress(job, r.file.pages, r.file.pages, S("Đã đọc xong")));
    return job_finish(job, done_step, &r);
}

/* ---- Late */

static struct err late_step(struct db_write *db, void *thing) {
    int64_t *told = thing;
    TRY(document_tell_late(db, clock_today(), told));
    TRY(document_count_sweep(db, NULL));
    TRY(document_seal_sweep(db, clock_today()));
    struct instant next = {clock_now().ms + 3600 * INT64_C(1000)};
    /* Just after midnight, when days turn. */
    struct instant midnight = {date_start(date_plus(clock_today(), 1)).ms + 5000};
    return job_add(db,
                   &(struct job_new){.kind = S("document.late"),
                                     .not_before = next.ms < midnight.ms ? next : midnight,
                                     .is_single = true},
                   NULL);
}

static struct err run_late(struct job *job) {
    int64_t told = 0;
    return job_finish(job, late_step, &told);
}

struct err document_seed(struct db_write *db, struct arena *arena) {
    (void)arena;
    return job_add(db, &(struct job_new){.kind = S("document.late"), .is_single = true}, NULL);
}

const struct job_kind document_job_kinds[] = {
    {.name = "document.read", .title = "Đọc tệp văn bản", .max_tries = TRIES, .lease_s = 300, .run = run_read},
    {.name = "document.late", .title = "Tìm việc quá hạn", .every_s = 3600, .run = run_late},
    {0},
};
