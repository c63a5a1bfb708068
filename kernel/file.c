#include "kernel/file.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db.h"
#include "kernel/file_disk.h"
#include "kernel/file_queries.h"
#include "kernel/http.h"
#include "kernel/id.h"

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
    static const char *const folders[] = {"", "/files", "/pages", "/tmp"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char path[sizeof store.dir + 16];
        snprintf(path, sizeof path, "%s%s", store.dir, folders[i]);
        if (mkdir(path, 0700) != 0 && errno != EEXIST) {
            return FAIL(ERR_BROKEN, "cannot make the folders of the file store");
        }
    }
    return OK;
}

static struct err row_for(struct db_write *db, struct str sha256, int64_t size, enum file_type type,
                          struct file_blob_id *id) {
    enum file_state state = file_type_has_text(type) ? FILE_WAITING : FILE_CLOSED;
    struct file_blob_insert_in in = {.id = {id_new()},
                                     .sha256 = sha256,
                                     .size = size,
                                     .type = file_type_ending(type),
                                     .state = state,
                                     .kept_at = clock_now()};
    TRY(file_blob_insert(db, in, NULL));
    struct file_blob_by_sha256_row *row;
    TRY(file_blob_by_sha256(db_reading(db), (struct file_blob_by_sha256_in){.sha256 = sha256}, &row));
    if (!row) {
        return FAIL(ERR_BROKEN, "a file just kept is not there");
    }
    *id = row->id;
    return OK;
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

static struct err keep(struct db_write *db, struct arena *a, const struct upload *u, bool with_markup,
                       struct file_blob_id *id) {
    TRY(check_size(a, u->size));
    struct str sha256 = str_copy(a, str_of(u->sha256));
    struct str to = file_disk_path(a, file_store_dir(), "files", sha256, S(""));
    if (to.len == 0) {
        return FAIL(ERR_BROKEN, "an upload without its hash");
    }
    int fd = open(str_z(a, u->path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return FAIL_WITH(a, ERR_BROKEN, "an upload is gone: %s", strerror(errno));
    }
    enum file_type type;
    struct err refused = with_markup ? file_type_sniff_markup(a, fd, &type) : file_type_sniff(a, fd, &type);
    close(fd);
    TRY(refused);
    TRY(file_disk_link(a, u->path, to));
    return row_for(db, sha256, u->size, type, id);
}

struct err file_keep(struct db_write *db, struct arena *a, const struct upload *u, struct file_blob_id *id) {
    return keep(db, a, u, false, id);
}

struct err file_keep_markup(struct db_write *db, struct arena *a, const struct upload *u, struct file_blob_id *id) {
    return keep(db, a, u, true, id);
}

struct err file_keep_bytes(struct db_write *db, struct arena *a, struct str bytes, struct file_blob_id *id) {
    TRY(check_size(a, (int64_t)bytes.len));
    char hex[65];
    file_disk_sha256(bytes, hex);
    struct str sha256 = str_copy(a, str_of(hex));
    struct str to = file_disk_path(a, file_store_dir(), "files", sha256, S(""));
    if (access(to.at, F_OK) != 0) {
        TRY(file_disk_write(a, to, bytes));
    }
    int fd = open(to.at, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return FAIL_WITH(a, ERR_BROKEN, "a file just written is gone: %s", strerror(errno));
    }
    enum file_type type;
    struct err refused = file_type_sniff(a, fd, &type);
    close(fd);
    TRY(refused);
    return row_for(db, sha256, (int64_t)bytes.len, type, id);
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
    };
    return file_hash_valid(f->sha256) ? OK : FAIL(ERR_BROKEN, "a file's hash is none");
}

struct str file_path(struct arena *a, const struct file *f) {
    return file_disk_path(a, file_store_dir(), "files", f->sha256, S(""));
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

struct err file_picture(struct arena *a, const struct file *f, enum file_picture kind, int64_t n, struct str *path) {
    *path = picture_path(a, f, kind, n);
    return n >= 1 && path->len && access(path->at, R_OK) == 0 ? OK : FAIL(ERR_MISSING, "no picture of this page");
}

static int thousandth(double v) { return v > 0 && v <= 1 ? (int)(v * 1000 + 0.5) : 0; }

static struct str crop_path(struct arena *a, const struct file *f, int64_t n, struct read_box box) {
    return file_disk_path(a, file_store_dir(), "pages", f->sha256,
                          str_format(a, "/c%lld-%d-%d-%d-%d.png", (long long)n, thousandth(box.x), thousandth(box.y),
                                     thousandth(box.w), thousandth(box.h)));
}

struct err file_crop_path(struct arena *a, const struct file *f, int64_t n, struct read_box box, struct str *path) {
    *path = crop_path(a, f, n, box);
    return path->len && access(path->at, R_OK) == 0 ? OK : FAIL(ERR_MISSING, "no such piece of the page was cut");
}

struct err file_crop(struct arena *a, const struct file *f, int64_t n, struct read_box box, struct str *path) {
    if (file_crop_path(a, f, n, box, path).why == NULL) {
        return OK;
    }
    struct str png;
    TRY(read_crop(a, file_path(a, f).at, f->type, &(struct read_place){n, box}, &store.limits, &png));
    *path = crop_path(a, f, n, box);
    return file_disk_write(a, *path, png);
}

void file_look(struct arena *a, const struct file *f, struct file_look *out) {
    *out = (struct file_look){0};
    out->outcome = read_outline(a, file_path(a, f).at, f->type, &store.limits, &out->outline);
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
    if (!row || row->pages == 0) {
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
    *out = (struct file_page_done){.page = {.number = n}};
    out->outcome = read_page(a, file_path(a, f).at, f->type, n, &store.limits, &out->page);
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
            out->outcome = file_disk_write(a, picture_path(a, f, pictures[i].kind, n), pictures[i].bytes);
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
    return file_blob_page_done(
        db, (struct file_blob_page_done_in){.id = id, .state_done = FILE_READ, .state_reading = FILE_READING}, NULL);
}
