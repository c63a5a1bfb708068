#include "kernel/file/file.h"
#include "kernel/file/steps.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/db/db.h"
#include "kernel/file/check.h"
#include "kernel/file/disk.h"
#include "kernel/file/file_queries.h"
#include "kernel/page/form.h"
#include "kernel/db/id.h"
#include "kernel/file/quota.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

/* Set once before forking. */
static struct {
    char dir[4000];
    int64_t largest;
    struct read_limits limits;
} store;

struct str file_store_dir(void) {
    return str_of(store.dir);
}

void file_store_look(struct str dir) { snprintf(store.dir, sizeof store.dir, "%.*s", STR_ARG(dir)); }

struct err file_store_at(struct str dir, int64_t bytes, const struct read_limits *limits) {
    if (dir.len == 0 || dir.len > sizeof store.dir - 200) {
        return FAIL(ERR_BROKEN, "the data folder's name is empty or too long");
    }
    snprintf(store.dir, sizeof store.dir, "%.*s", STR_ARG(dir));
    store.largest = bytes;
    store.limits = *limits;
    return OK;
}

struct err file_store_open(struct str dir, int64_t bytes, const struct read_limits *limits) {
    TRY(file_store_at(dir, bytes, limits));
    static const char *const folders[] = {"", "/files", "/pages", "/tmp", "/damaged"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char path[sizeof store.dir + 16];
        snprintf(path, sizeof path, "%s%s", store.dir, folders[i]);
        if (mkdir(path, 0700) != 0 && errno != EEXIST) {
            return FAIL(ERR_BROKEN, "cannot make the folders of the file store");
        }
    }
    return OK;
}

/* The row of what now lies whole on disk; told when it did not before. */
static struct err row_for(struct db_write *db, const struct file *f, bool was_replaced, struct file_blob_id *id) {
    enum file_state state = file_type_has_text(f->type) ? FILE_WAITING : FILE_CLOSED;
    struct file_blob_insert_in in = {.id = {id_new()},
                                     .sha256 = f->sha256,
                                     .size = f->size,
                                     .type = file_type_ending(f->type),
                                     .state = state,
                                     .sums = f->sums,
                                     .kept_at = clock_now()};
    TRY(file_blob_insert(db, in, NULL));
    struct file_blob_by_sha256_row *row;
    TRY(file_blob_by_sha256(db_reading(db), (struct file_blob_by_sha256_in){.sha256 = f->sha256}, &row));
    if (!row) {
        return FAIL(ERR_BROKEN, "a file just kept is not there");
    }
    *id = row->id;
    if (was_replaced) {
        TRY(file_damage_note(db, row->id, clock_now(), S("found damaged when the same file was sent again")));
    }
    return was_replaced || row->damaged_at.ms ? file_mended_note(db, row->id, clock_now()) : OK;
}

static struct err check_size(struct arena *a, int64_t size) {
    if (size <= 0) {
        return REFUSE(ERR_INVALID, "file", "Tệp rỗng, không có nội dung.");
    }
    if (size > store.largest) {
        return err_refuse(a, ERR_INVALID, "file", "Tệp lớn quá mức cho phép (tối đa %lld MB).",
                          (long long)(store.largest >> 20));
    }
    return OK;
}

static struct str path_of(struct arena *a, struct str sha256) {
    return file_disk_path(a, file_store_dir(), "files", sha256, S(""));
}

/* What is whole under its name already stays; what is damaged there makes way. */
static struct err place(struct arena *a, const struct file *f, struct str from, bool *was_replaced) {
    struct str to = path_of(a, f->sha256);
    bool is_there;
    struct err was = file_check(a, f, &is_there);
    *was_replaced = was.why && is_there;
    if (was.why && !file_is_damaged(was)) {
        return was;
    }
    return *was_replaced ? file_disk_replace(a, from, to) : file_disk_link(a, from, to);
}

struct err file_prepare(struct arena *a, struct upload *u, bool with_markup) {
    TRY(check_size(a, u->size));
    struct file f = {.sha256 = str_copy(a, str_of(u->sha256)), .size = u->size};
    if (!file_hash_valid(f.sha256)) {
        return FAIL(ERR_BROKEN, "an upload without its hash");
    }
    int fd = open(str_z(a, u->path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return FAIL_WITH(a, ERR_BROKEN, "an upload is gone: %s", strerror(errno));
    }
    struct err e = with_markup ? file_type_sniff_markup(a, fd, &f.type) : file_type_sniff(a, fd, &f.type);
    e = e.why ? e : file_sums(a, fd, f.size, &f.sums);
    close(fd);
    TRY(e);
    TRY(place(a, &f, u->path, &u->was_replaced));
    u->type = (int)f.type;
    u->sums = f.sums;
    u->is_durable = true;
    return OK;
}

/* What was prepared may have been swept since, when its content lay there, nobody's, for more than a day. */
static struct err keep(struct db_write *db, struct arena *a, const struct upload *u, bool with_markup,
                       struct file_blob_id *id) {
    struct upload kept = *u;
    struct file f = {.sha256 = str_copy(a, str_of(u->sha256)), .size = u->size};
    if (!kept.is_durable || access(path_of(a, f.sha256).at, F_OK) != 0) {
        TRY(file_prepare(a, &kept, with_markup));
    }
    f.type = (enum file_type)kept.type;
    f.sums = kept.sums;
    TRY(quota_take(db, f.size));
    return row_for(db, &f, kept.was_replaced, id);
}

struct err file_keep(struct db_write *db, struct arena *a, const struct upload *u, struct file_blob_id *id) {
    return keep(db, a, u, false, id);
}

struct err file_keep_markup(struct db_write *db, struct arena *a, const struct upload *u, struct file_blob_id *id) {
    return keep(db, a, u, true, id);
}

struct err file_keep_bytes(struct db_write *db, struct arena *a, struct str bytes, struct file_blob_id *id) {
    bool is_there;
    TRY(check_size(a, (int64_t)bytes.len));
    char hex[65];
    file_disk_sha256(bytes, hex);
    struct file f = {
        .sha256 = str_copy(a, str_of(hex)), .size = (int64_t)bytes.len, .sums = file_sums_of_bytes(a, bytes)};
    struct str to = file_disk_path(a, file_store_dir(), "files", f.sha256, S(""));
    struct err was = file_check(a, &f, &is_there);
    if (was.why) {
        TRY(is_there ? file_disk_set_aside(a, to) : OK);
        TRY(file_disk_write(a, to, bytes));
    }
    int fd = open(to.at, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return FAIL_WITH(a, ERR_BROKEN, "a file just written is gone: %s", strerror(errno));
    }
    struct err refused = file_type_sniff(a, fd, &f.type);
    close(fd);
    TRY(refused);
    return row_for(db, &f, was.why && is_there, id);
}

struct err file_find(struct db_read *db, struct arena *a, struct file_blob_id id, struct file *f) {
    struct file_blob_by_id_row *row;
    TRY(file_blob_by_id(db, (struct file_blob_by_id_in){.id = id}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such file");
    }
    *f = (struct file){
        .id = row->id.v,
        .sha256 = str_copy(a, row->sha256),
        .size = row->size,
        .type = file_type_of_code(row->type),
        .state = (enum file_state)row->state,
        .pages = row->pages,
        .pages_done = row->pages_done,
        .has_pictures = row->has_pictures,
        .fault = str_copy(a, row->fault),
        .kept_at = row->kept_at,
        .spent_ms = row->spent_ms,
        .slow_pages = row->slow_pages,
        .faulty_pages = row->faulty_pages,
        .sums = str_copy(a, row->sums),
        .damaged_at = row->damaged_at,
    };
    return file_hash_valid(f->sha256) ? OK : FAIL(ERR_BROKEN, "a file's hash is none");
}

struct err file_page(struct db_read *db, struct arena *a, struct file_blob_id id, int64_t n, struct read_page *page) {
    struct file_page_by_number_row *row;
    TRY(file_page_by_number(db, (struct file_page_by_number_in){.file = id, .number = n}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "this page is not read yet");
    }
    *page = (struct read_page){.number = n,
                               .width = row->width,
                               .height = row->height,
                               .how = (enum read_how)row->how,
                               .confidence = (double)row->confidence,
                               .text = str_copy(a, row->text)};
    return read_words_unpack(a, row->words, page->text, page);
}

struct err file_faults(struct db_read *db, struct arena *a, struct file_blob_id id, struct file_page_states *states) {
    struct file_page_texts_rows rows;
    TRY(file_page_texts(db, (struct file_page_texts_in){.file = id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].fault.len) {
            LIST_ADD(a, states,
                     (struct file_page_state){.number = rows.at[i].number, .fault = str_copy(a, rows.at[i].fault)});
        }
    }
    return OK;
}

struct err file_text(struct db_read *db, struct arena *a, struct file_blob_id id, struct str *text) {
    struct file_page_texts_rows rows;
    TRY(file_page_texts(db, (struct file_page_texts_in){.file = id}, &rows));
    struct buf b = buf_in(a);
    for (size_t i = 0; i < rows.n; i++) {
        buf_put(&b, i ? S("\f") : S(""));
        buf_put(&b, rows.at[i].text);
    }
    *text = buf_str(&b);
    return OK;
}

static struct str picture_path(struct arena *a, const struct file *f, enum file_picture kind, int64_t n) {
    return file_disk_path(a, file_store_dir(), "pages", f->sha256,
                          str_format(a, "/%c%lld.webp", kind == FILE_PICTURE_VIEW ? 'v' : 't', (long long)n));
}

struct err file_picture(struct arena *a, const struct file *f, enum file_picture kind, int64_t n, struct str *bytes) {
    return n >= 1 ? file_disk_read_sealed(a, picture_path(a, f, kind, n), bytes)
                  : FAIL(ERR_MISSING, "no picture of this page");
}

static int thousandth(double v) { return v > 0 && v <= 1 ? (int)(v * 1000 + 0.5) : 0; }

static struct str crop_path(struct arena *a, const struct file *f, int64_t n, struct read_box box) {
    return file_disk_path(a, file_store_dir(), "pages", f->sha256,
                          str_format(a, "/c%lld-%d-%d-%d-%d.png", (long long)n, thousandth(box.x), thousandth(box.y),
                                     thousandth(box.w), thousandth(box.h)));
}

struct err file_crop_kept(struct arena *a, const struct file *f, int64_t n, struct read_box box, struct str *png) {
    return file_disk_read_sealed(a, crop_path(a, f, n, box), png);
}

struct err file_crop(struct arena *a, const struct file *f, int64_t n, struct read_box box) {
    struct str png, path;
    if (!file_crop_kept(a, f, n, box, &png).why) {
        return OK;
    }
    TRY(file_whole(a, f, &path));
    TRY(read_crop(a, path.at, f->type, &(struct read_place){n, box}, &store.limits, &png));
    return file_disk_write_sealed(a, crop_path(a, f, n, box), png);
}

void file_look(struct arena *a, const struct file *f, struct file_look *out) {
    struct str path;
    *out = (struct file_look){.outcome = file_whole(a, f, &path)};
    if (!out->outcome.why) {
        out->outcome = read_outline(a, path.at, f->type, &store.limits, &out->outline);
    }
}

struct err file_look_keep(struct db_write *db, struct file_blob_id id, const struct file_look *look) {
    if (look->outcome.why && !err_is(look->outcome, ERR_INVALID)) {
        return look->outcome;
    }
    struct file_blob_looked_at_in in = {.id = id, .state = FILE_UNREADABLE};
    if (look->outcome.why) {
        in.fault = look->outcome.why->message;
    } else {
        in.state = FILE_READING;
        in.pages = look->outline.pages;
        in.has_pictures = look->outline.has_pictures;
    }
    return file_blob_looked_at(db, in, NULL);
}

struct err file_next(struct db_read *db, struct file_blob_id id, int64_t *n) {
    *n = 0;
    struct file_blob_by_id_row *row;
    TRY(file_blob_by_id(db, (struct file_blob_by_id_in){.id = id}, &row));
    if (!row || row->pages == 0 || row->state != FILE_READING) {
        return OK;
    }
    struct file_page_numbers_rows rows;
    TRY(file_page_numbers(db, (struct file_page_numbers_in){.file = id}, &rows));
    int64_t next = 1;
    for (size_t i = 0; i < rows.n && rows.at[i].number == next; i++) {
        next++;
    }
    *n = next <= row->pages ? next : 0;
    return OK;
}

void file_read_one(struct arena *a, const struct file *f, int64_t n, struct file_page_done *out) {
    struct str path;
    *out = (struct file_page_done){.outcome = file_whole(a, f, &path)};
    if (!out->outcome.why) {
        out->outcome = read_page(a, path.at, f->type, n, &store.limits, &out->page);
    }
    out->page.number = n;
    if (out->outcome.why) {
        return;
    }
    const struct {
        enum file_picture kind;
        struct str bytes;
    } pictures[] = {{FILE_PICTURE_VIEW, out->page.view}, {FILE_PICTURE_THUMBNAIL, out->page.thumbnail}};
    for (size_t i = 0; i < 2 && !out->outcome.why; i++) {
        if (pictures[i].bytes.len) {
            out->outcome = file_disk_write_sealed(a, picture_path(a, f, pictures[i].kind, n), pictures[i].bytes);
        }
    }
}

struct err file_page_keep(struct db_write *db, struct file_blob_id id, const struct file_page_done *done) {
    if (done->outcome.why && !err_is(done->outcome, ERR_INVALID)) {
        return done->outcome;
    }
    const struct read_page *p = &done->page;
    struct file_page_insert_in in = {.file = id, .number = p->number};
    if (done->outcome.why) {
        in.fault = done->outcome.why->message;
    } else {
        in.how = p->how;
        in.width = p->width;
        in.height = p->height;
        in.confidence = (int64_t)(p->confidence + 0.5);
        in.text = p->text;
        in.words = read_words_pack(db_write_arena(db), p);
    }
    int64_t changed = 0;
    TRY(file_page_insert(db, in, &changed));
    if (changed == 0) {
        return OK;
    }
    return file_blob_page_done(db,
                               (struct file_blob_page_done_in){.id = id,
                                                               .spent = p->spent_ms,
                                                               .slow = p->is_slow,
                                                               .faulty = done->outcome.why != NULL,
                                                               .state_done = FILE_READ,
                                                               .state_reading = FILE_READING},
                               NULL);
}

bool file_is_too_heavy(const struct file *f) {
    const struct read_limits *l = &store.limits;
    return f->state == FILE_READING && f->pages_done < f->pages &&
           (f->spent_ms >= l->whole_seconds * 1000 || f->slow_pages >= l->slow_pages);
}

struct err file_leave(struct db_write *db, struct arena *a, const struct file *f) {
    struct str fault = str_format(a, "Đã đọc %lld/%lld trang; phần còn lại quá nặng nên không đọc.",
                                  (long long)(f->pages_done - f->faulty_pages), (long long)f->pages);
    return file_blob_leave(
        db,
        (struct file_blob_leave_in){.state = FILE_READ, .fault = fault, .id = {f->id}, .state_reading = FILE_READING},
        NULL);
}

struct err file_again(struct db_write *db, struct file_blob_id id) {
    TRY(file_page_forget_faults(db, (struct file_page_forget_faults_in){.file = id}, NULL));
    return file_blob_again(
        db, (struct file_blob_again_in){.state_waiting = FILE_WAITING, .state_reading = FILE_READING, .id = id}, NULL);
}

struct err file_is_known(struct db_read *db, struct str sha256, bool *is_known) {
    struct file_blob_by_sha256_row *row;
    TRY(file_blob_by_sha256(db, (struct file_blob_by_sha256_in){.sha256 = sha256}, &row));
    *is_known = row != NULL;
    return OK;
}
