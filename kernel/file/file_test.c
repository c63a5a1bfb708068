#include "kernel/file/file.h"
#include "kernel/file/steps.h"
#include "kernel/page/form.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/file/disk.h"
#include "kernel/file/file_queries.h"
#include "kernel/file/sweep.h"
#include "kernel/folder/folder_queries.h"
#include "kernel/http/http.h"
#include "kernel/db/id.h"
#include "kernel/queue/job.h"
#include "tests/db.h"
#include "tests/heavy.h"
#include "tests/scan.h"
#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "base/banned.h"

/* An upload as kernel/http leaves it: whole under DIR/tmp, with its hash. */
static struct upload uploaded(struct arena *a, struct str dir, const char *name, struct str bytes) {
    struct upload u = {.field = S("file"), .name = str_of(name), .size = (int64_t)bytes.len};
    u.path = str_format(a, "%.*s/tmp/%s", STR_ARG(dir), name);
    FILE *f = fopen(u.path.at, "wb");
    if (f) {
        fwrite(bytes.at, 1, bytes.len, f);
        fclose(f);
    }
    file_disk_sha256(bytes, u.sha256);
    return u;
}

static struct err keep(struct db *db, struct arena *a, const struct upload *u, struct file_blob_id *id) {
    struct db_write *w;
    TRY(db_begin_write(db, a, &w));
    struct err e = file_keep(w, a, u, id);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static struct err find(struct db *db, struct arena *a, struct file_blob_id id, struct file *f) {
    struct db_read *r;
    TRY(db_begin_read(db, a, &r));
    struct err e = file_find(r, a, id, f);
    db_end_read(r);
    return e;
}

static struct str whole(struct arena *a, const char *path) {
    struct buf b = buf_in(a);
    FILE *f = fopen(path, "rb");
    char piece[4096];
    size_t n;
    while (f && (n = fread(piece, 1, sizeof piece, f)) > 0) {
        buf_put(&b, (struct str){piece, n});
    }
    if (f) {
        fclose(f);
    }
    return buf_str(&b);
}

TEST_DB("the same content is kept once, whatever its name, and served from its hash") {
    struct str dir = test_dir(arena);
    CHECK_OK(file_store_open(dir, 1 << 20, &read_limits_usual));
    struct str words = S("Kính gửi: Ban Thường trực các xã, phường.\n");
    struct upload one = uploaded(arena, dir, "a.txt", words), two = uploaded(arena, dir, "b.pdf", words);
    struct file_blob_id first, second;
    CHECK_OK(keep(db, arena, &one, &first));
    CHECK_OK(keep(db, arena, &two, &second));
    CHECK(first.v == second.v && first.v != 0);
    struct file f = {0};
    CHECK_OK(find(db, arena, first, &f));
    CHECK(f.type == FILE_TEXT && f.size == (int64_t)words.len && f.state == FILE_WAITING);
    struct str path;
    CHECK_OK(file_whole(arena, &f, &path));
    CHECK_STR(whole(arena, path.at), words);
    CHECK_ERR(find(db, arena, (struct file_blob_id){12345}, &f), ERR_MISSING);
}

TEST_DB("what is empty, too large or of no kind we know is refused and leaves nothing") {
    struct str dir = test_dir(arena);
    CHECK_OK(file_store_open(dir, 1000, &read_limits_usual));
    struct file_blob_id id;
    struct upload empty = uploaded(arena, dir, "e", S("")),
                  program = uploaded(arena, dir, "p",
                                     (struct str){"\x7f"
                                                  "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0",
                                                  20});
    char *many = arena_take(arena, char, 1001);
    memset(many, 'a', 1001);
    struct upload large = uploaded(arena, dir, "l", (struct str){many, 1001}),
                  page = uploaded(arena, dir, "h", S("<!doctype html><script>alert(1)</script>"));
    CHECK_ERR(keep(db, arena, &empty, &id), ERR_INVALID);
    CHECK_ERR(keep(db, arena, &program, &id), ERR_INVALID);
    CHECK_ERR(keep(db, arena, &large, &id), ERR_INVALID);
    CHECK_ERR(keep(db, arena, &page, &id), ERR_INVALID);
    struct stat st;
    CHECK(stat(file_disk_path(arena, dir, "files", str_of(program.sha256), S("")).at, &st) != 0);
}

TEST("a name is shown without folders and signs, whole to 300 characters, its ending kept") {
    CHECK_STR(file_name_clean(arena, S("C:\\Users\\An\\Báo cáo quý III.pdf")), S("Báo cáo quý III.pdf"));
    CHECK_STR(file_name_clean(arena, S("../../etc/passwd")), S("passwd"));
    CHECK_STR(file_name_clean(arena, S("...")), S("tep"));
    CHECK_STR(file_name_clean(arena, S("a<b>:\"c\n.pdf")), S("ab\"c.pdf"));
    CHECK_STR(file_name_clean(arena, S("Ba\xcc\x81o.pdf")), S("Báo.pdf"));
    struct buf b = buf_in(arena);
    for (int i = 0; i < 400; i++) {
        BUF_LIT(&b, "ế");
    }
    BUF_LIT(&b, ".docx");
    struct str cut = file_name_clean(arena, buf_str(&b));
    CHECK(utf8_length(cut) == 300 && str_ends(cut, S(".docx")));
}

static struct file_blob_id job_file;

static struct err read_it(struct job *job) {
    bool is_done;
    return file_read_in_job(job, job_file, &is_done);
}

TEST_DB("a job reads a file page by page, and one that died goes on where it stopped") {
    struct str dir = test_dir(arena);
    CHECK_OK(file_store_open(dir, 20 << 20, &read_limits_usual));
    const char *path = str_format(arena, "%.*s/scan.pdf", STR_ARG(dir)).at;
    CHECK_OR_RETURN(scan_write_pdf(&(struct scan){.pages = 3, .number = "77"}, path));
    struct upload u = uploaded(arena, dir, "scan.pdf", whole(arena, path));
    CHECK_OK(keep(db, arena, &u, &job_file));
    struct file f = {0};
    CHECK_OK(find(db, arena, job_file, &f));
    struct file_look look;
    file_look(arena, &f, &look);
    struct file_page_done done;
    file_read_one(arena, &f, 1, &done);
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(file_look_keep(w, job_file, &look));
    CHECK_OK(file_page_keep(w, job_file, &done));
    CHECK_OK(file_page_keep(w, job_file, &done));
    CHECK_OK(job_add(w, &(struct job_new){.kind = S("file.test"), .record = job_file.v}, NULL));
    CHECK_OK(db_commit(w));
    CHECK_OK(find(db, arena, job_file, &f));
    CHECK(f.pages == 3 && f.pages_done == 1 && f.state == FILE_READING);
    const struct job_kind kinds[] = {{.name = "file.test", .title = "Đọc tệp", .run = read_it}};
    volatile sig_atomic_t stop = 0;
    job_work(db,
             &(struct job_worker){.kinds = kinds, .n_kinds = 1, .name = "job 1", .stop = &stop, .is_until_idle = true});
    CHECK_OK(find(db, arena, job_file, &f));
    CHECK(f.pages_done == 3 && f.state == FILE_READ);
    struct db_read *r;
    CHECK_OK(db_begin_read(db, arena, &r));
    struct read_page page;
    CHECK_OK(file_page(r, arena, job_file, 1, &page));
    CHECK(page.words.n > 100 && str_find(page.text, S("77/MTTQ-BTT"), 0) != SIZE_MAX);
    CHECK_ERR(file_page(r, arena, job_file, 4, &page), ERR_MISSING);
    struct str picture, text;
    CHECK_OK(file_picture(arena, &f, FILE_PICTURE_THUMBNAIL, 3, &picture));
    CHECK_OK(file_text(r, arena, job_file, &text));
    CHECK(str_find(text, S("\f"), 0) != SIZE_MAX);
    struct file_page_states faults = {0};
    CHECK_OK(file_faults(r, arena, job_file, &faults));
    CHECK(faults.n == 0);
    db_end_read(r);
    struct str crop;
    CHECK_ERR(file_crop_kept(arena, &f, 1, page.words.at[0].box, &crop), ERR_MISSING);
    CHECK_OK(file_crop(arena, &f, 1, page.words.at[0].box));
    CHECK_OK(file_crop_kept(arena, &f, 1, page.words.at[0].box, &crop));
    CHECK(str_starts(crop, S("\x89PNG")));
}

TEST_DB("a file that cannot be read says why, and is kept all the same") {
    struct str dir = test_dir(arena);
    CHECK_OK(file_store_open(dir, 1 << 20, &read_limits_usual));
    struct upload u = uploaded(arena, dir, "x.pdf", S("%PDF-1.5 nhưng không phải PDF"));
    CHECK_OK(keep(db, arena, &u, &job_file));
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(job_add(w, &(struct job_new){.kind = S("file.test"), .record = job_file.v}, NULL));
    CHECK_OK(db_commit(w));
    const struct job_kind kinds[] = {{.name = "file.test", .title = "Đọc tệp", .run = read_it}};
    volatile sig_atomic_t stop = 0;
    job_work(db,
             &(struct job_worker){.kinds = kinds, .n_kinds = 1, .name = "job 1", .stop = &stop, .is_until_idle = true});
    struct file f = {0};
    CHECK_OK(find(db, arena, job_file, &f));
    CHECK(f.state == FILE_UNREADABLE && str_find(f.fault, S("hỏng"), 0) != SIZE_MAX);
    struct str path;
    CHECK_OK(file_whole(arena, &f, &path));
}

/* A folder that this database has had since `since`. */
static void folder_since(struct db_write *w, struct instant since) {
    CHECK_OK(folder_self_put(
        w,
        (struct folder_self_put_in){
            .folder = S("0123456789abcdef0123456789abcdef"), .generation = 1, .made_at = since, .since_at = since},
        NULL));
}

static void aged(struct str path, int64_t days) {
    int64_t then = clock_now().ms / 1000 - days * 86400;
    const struct utimbuf old = {.actime = then, .modtime = then};
    utime(path.at, &old);
}

static void sweep_now(struct db *db, struct arena *arena, struct file_swept *out) {
    struct file_finds finds = {0};
    struct db_read *r;
    struct db_write *w;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(file_sweep_look(r, arena, &finds));
    db_end_read(r);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(file_sweep(w, &finds, 30, out));
    CHECK_OK(db_commit(w));
}

static struct file_swept swept(struct db *db, struct arena *arena) {
    struct file_swept out = {0};
    sweep_now(db, arena, &out);
    return out;
}

/* One file a row knows, one that an act left which did not commit. */
static void known_and_left(struct db *db, struct arena *arena, struct str dir, struct str *known_at,
                           struct str *left_at) {
    struct upload known = uploaded(arena, dir, "k", S("giữ lại")), left = uploaded(arena, dir, "l", S("bỏ rơi"));
    struct file_blob_id id;
    struct db_write *w;
    CHECK_OK(keep(db, arena, &known, &id));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(file_keep(w, arena, &left, &id));
    db_rollback(w);
    *known_at = file_disk_path(arena, dir, "files", str_of(known.sha256), S(""));
    *left_at = file_disk_path(arena, dir, "files", str_of(left.sha256), S(""));
}

static bool is_there(struct str path) { return access(path.at, F_OK) == 0; }

TEST_DB(
    "what an act left is swept after weeks of being seen so, never in one look however late; what a row knows stays") {
    struct str dir = test_dir(arena), known, left;
    int64_t day = 86400000, start = clock_now().ms;
    struct db_write *w;
    CHECK_OK(file_store_open(dir, 1 << 20, &read_limits_usual));
    CHECK_OK(db_begin_write(db, arena, &w));
    folder_since(w, (struct instant){start - 400 * day});
    CHECK_OK(db_commit(w));
    known_and_left(db, arena, dir, &known, &left);
    aged(known, 90);
    aged(left, 90);
    clock_freeze((struct instant){start});
    struct file_swept first = swept(db, arena);
    CHECK(first.removed == 0 && first.waiting == 1 && first.waiting_bytes > 0 && is_there(left));
    clock_freeze((struct instant){start + 300 * day});
    CHECK(swept(db, arena).removed == 0 && is_there(left)); /* the clock jumped */
    clock_freeze((struct instant){start});
    for (int i = 1; i <= 29; i++) {
        clock_freeze((struct instant){start + i * day});
        CHECK(swept(db, arena).removed == 0 && is_there(left));
    }
    struct file_doomeds list = {0};
    struct db_read *r;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(file_sweep_plan(r, S(""), 30, &list));
    db_end_read(r);
    CHECK(list.n == 1 && list.at[0].not_before.ms == start + 30 * day);
    clock_freeze((struct instant){start + 31 * day});
    CHECK(swept(db, arena).removed == 1 && !is_there(left) && is_there(known));
    clock_freeze((struct instant){0});
}

TEST_DB("what lay in the folder before this database came to it is never swept, nor anything without a folder") {
    struct str dir = test_dir(arena), known, left;
    int64_t day = 86400000, start = clock_now().ms;
    struct db_write *w;
    CHECK_OK(file_store_open(dir, 1 << 20, &read_limits_usual));
    known_and_left(db, arena, dir, &known, &left);
    aged(left, 90);
    CHECK(swept(db, arena).waiting == 0);
    CHECK_OK(db_begin_write(db, arena, &w));
    folder_since(w, (struct instant){start - 30 * day});
    CHECK_OK(db_commit(w));
    for (int i = 0; i < 60; i++) {
        clock_freeze((struct instant){start + i * 10 * day});
        struct file_swept s = swept(db, arena);
        CHECK(s.removed == 0 && s.strangers == 1 && is_there(left));
    }
    clock_freeze((struct instant){0});
}

TEST_DB("what was let go on purpose goes a day later, though it is older than the folder; taken in again it stays") {
    struct str dir = test_dir(arena), known, left;
    int64_t day = 86400000, start = clock_now().ms;
    struct db_write *w;
    struct file_blob_by_sha256_row *row;
    CHECK_OK(file_store_open(dir, 1 << 20, &read_limits_usual));
    known_and_left(db, arena, dir, &known, &left);
    aged(known, 90);
    CHECK_OK(db_begin_write(db, arena, &w));
    folder_since(w, (struct instant){start - 30 * day});
    CHECK_OK(file_blob_by_sha256(db_reading(w),
                                 (struct file_blob_by_sha256_in){str_slice(known, known.len - 64, known.len)}, &row));
    CHECK_OK(file_forget(w, row->id));
    CHECK_OK(db_commit(w));
    CHECK(swept(db, arena).removed == 0 && is_there(known));
    clock_freeze((struct instant){start + 2 * day});
    CHECK(swept(db, arena).removed == 1 && !is_there(known));
    struct upload again = uploaded(arena, dir, "k", S("giữ lại"));
    struct file_blob_id id;
    CHECK_OK(keep(db, arena, &again, &id));
    aged(known, 90);
    clock_freeze((struct instant){start + 5 * day});
    CHECK(swept(db, arena).removed == 0 && is_there(known));
    clock_freeze((struct instant){0});
}

TEST_DB("an upload prepared before the transaction is kept in it without its bytes being touched again") {
    struct file_blob_id id, again;
    struct file f;
    struct str dir = test_dir(arena);
    CHECK_OK(file_store_open(dir, 1 << 20, &read_limits_usual));
    struct upload u = uploaded(arena, dir, "up-1", S("%PDF-1.4\nmột tệp\n%%EOF\n"));
    CHECK_OK(file_prepare(arena, &u, false));
    /* Nothing is left to read or to sync in the transaction. */
    CHECK(u.is_durable && unlink(u.path.at) == 0);
    CHECK_OK(keep(db, arena, &u, &id));
    CHECK_OK(find(db, arena, id, &f));
    struct str place = file_disk_path(arena, dir, "files", f.sha256, S(""));
    CHECK(f.type == FILE_PDF && access(place.at, R_OK) == 0);
    /* Swept meanwhile: told, not kept as a row without bytes. */
    CHECK(unlink(place.at) == 0);
    CHECK_ERR(keep(db, arena, &u, &again), ERR_BROKEN);
    struct upload bad = uploaded(arena, dir, "up-2",
                                 S("\x7F"
                                   "ELF\x02\x01\x01"));
    CHECK_ERR(file_prepare(arena, &bad, false), ERR_INVALID);
    CHECK(!bad.is_durable);
}

/* A document whose first pages take for ever, read under small limits by turns of a millisecond. */
static void read_heavy(struct db *db, const struct read_limits *limits, struct str dir) {
    const struct job_kind kinds[] = {{.name = "file.test", .title = "Đọc tệp", .run = read_it}};
    volatile sig_atomic_t stop = 0;
    err_ignore(file_store_open(dir, 20 << 20, limits));
    job_work(db,
             &(struct job_worker){
                 .kinds = kinds, .n_kinds = 1, .name = "job 1", .stop = &stop, .turn_ms = 1, .is_until_idle = true});
}

static struct err job_for_file(struct db *db, struct arena *arena, bool is_again) {
    struct db_write *w;
    TRY(db_begin_write(db, arena, &w));
    struct err e = is_again ? file_again(w, job_file) : OK;
    e = e.why ? e : job_add(w, &(struct job_new){.kind = S("file.test"), .record = job_file.v}, NULL);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

TEST_DB("a file that is too heavy is left where it is, with what was read; by hand it is read on") {
    struct str dir = test_dir(arena);
    struct read_limits small = read_limits_usual;
    small.seconds = 1;
    small.slow_pages = 2;
    CHECK_OK(file_store_open(dir, 20 << 20, &small));
    struct str heavy = heavy_pdf(arena, &(struct heavy){.pages = 5, .heavy = 2, .depth = 9});
    struct upload u = uploaded(arena, dir, "heavy.pdf", heavy);
    CHECK_OK(keep(db, arena, &u, &job_file));
    CHECK_OK(job_for_file(db, arena, false));
    read_heavy(db, &small, dir);
    struct file f = {0};
    CHECK_OK(find(db, arena, job_file, &f));
    CHECK(f.state == FILE_READ && f.pages == 5 && f.pages_done == 2 && f.slow_pages == 2 && f.spent_ms > 0);
    CHECK_STR(f.fault, S("Đã đọc 0/5 trang; phần còn lại quá nặng nên không đọc."));
    small.slow_pages = 6; /* an empty page may take its second, too, on a slow machine */
    CHECK_OK(job_for_file(db, arena, true));
    read_heavy(db, &small, dir);
    CHECK_OK(find(db, arena, job_file, &f));
    CHECK(f.state == FILE_READ && f.pages_done == 5 && f.slow_pages >= 2 && f.fault.len == 0);
    struct db_read *r;
    struct file_page_states faults = {0};
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(file_faults(r, arena, job_file, &faults));
    db_end_read(r);
    CHECK((int64_t)faults.n == f.faulty_pages && faults.n >= 2 && faults.at[0].number == 1);
}

TEST_DB("all that a file may take together is limited, too") {
    struct str dir = test_dir(arena);
    struct read_limits small = read_limits_usual;
    small.seconds = 1;
    small.whole_seconds = 1;
    CHECK_OK(file_store_open(dir, 20 << 20, &small));
    struct upload u =
        uploaded(arena, dir, "heavy.pdf", heavy_pdf(arena, &(struct heavy){.pages = 5, .heavy = 5, .depth = 9}));
    CHECK_OK(keep(db, arena, &u, &job_file));
    CHECK_OK(job_for_file(db, arena, false));
    read_heavy(db, &small, dir);
    struct file f = {0};
    CHECK_OK(find(db, arena, job_file, &f));
    CHECK(f.state == FILE_READ && f.pages_done < 5 && f.fault.len);
}
