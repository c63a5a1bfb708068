/* Each kept file: there, of its length, of its hash; each picture of a page; and what lies there and is no row's. */
#include "kernel/verify/inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/db.h"
#include "kernel/file/file.h"
#include "kernel/file/disk.h"
#include "kernel/file/file_queries.h"
#include "kernel/module.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { PIECE = 200, BLOCK = 1 << 18 };

/* What is wrong with a file's bytes; empty when nothing is. */
static struct str wrong(struct arena *a, int fd, const struct file_blob_after_row *row) {
    unsigned char block[BLOCK], hash[EVP_MAX_MD_SIZE];
    char hex[65];
    unsigned size = 0;
    struct stat st;
    if (fstat(fd, &st) != 0 || st.st_size != row->size) {
        return str_format(a, "dài %lld byte, lúc lưu là %lld byte", (long long)st.st_size, (long long)row->size);
    }
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_DigestInit_ex(ctx, EVP_sha256(), NULL);
    ssize_t n;
    while ((n = read(fd, block, sizeof block)) > 0 || (n < 0 && errno == EINTR)) {
        EVP_DigestUpdate(ctx, block, n > 0 ? (size_t)n : 0);
    }
    int why = n < 0 ? errno : 0;
    EVP_DigestFinal_ex(ctx, hash, &size);
    EVP_MD_CTX_free(ctx);
    for (unsigned i = 0; i < 32; i++) {
        snprintf(hex + i * 2, 3, "%02x", hash[i]);
    }
    if (why) {
        return str_format(a, "ổ đĩa không đọc được: %s", strerror(why));
    }
    return str_eq(str_of(hex), row->sha256) ? S("") : S("nội dung khác lúc lưu");
}

static struct str uses_words(struct verify *v, struct arena *a, struct db_read *db, struct file_blob_id id) {
    struct file_uses uses = {0};
    struct buf b = buf_in(a);
    if (v->modules && !file_uses(db, a, v->modules, id, &uses).why && uses.n) {
        BUF_LIT(&b, ". Đang dùng: ");
        for (size_t i = 0; i < uses.n; i++) {
            buf_printf(&b, "%s%.*s", i ? "; " : "", STR_ARG(uses.at[i].words));
            if (uses.at[i].path.len) {
                buf_printf(&b, " (%.*s)", STR_ARG(uses.at[i].path));
            }
        }
    } else if (v->modules) {
        BUF_LIT(&b, ". Không hồ sơ nào dùng");
    }
    return buf_str(&b);
}

static void check_one(struct verify *v, struct arena *a, struct db_read *db, const struct file_blob_after_row *row) {
    struct str dir = db_dir(v->db), path = file_disk_path(a, dir, "files", row->sha256, S("")), what = S("");
    int fd = path.len ? open(path.at, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    v->report->files++;
    v->report->bytes += row->size;
    if (fd < 0) {
        what =
            path.len ? str_format(a, "thiếu tệp (%s)", strerror(errno)) : S("mã băm trong cơ sở dữ liệu không hợp lệ");
    } else {
        what = wrong(a, fd, row);
        close(fd);
    }
    if (what.len) {
        struct str where =
            path.len ? str_slice(path, dir.len + 1, path.len) : str_format(a, "file_blob %lld", (long long)row->id.v);
        verify_found(v, VERIFY_FILES, where,
                     str_format(a, "%.*s%.*s", STR_ARG(what), STR_ARG(uses_words(v, a, db, row->id))));
    }
}

/* Some rows in a read of their own, so that a long walk holds no snapshot. */
static struct err check_some(struct verify *v, struct arena *a, struct file_blob_id *after, bool *more) {
    struct db_read *db;
    struct file_blob_after_rows rows;
    *more = false;
    TRY(db_begin_read(v->db, a, &db));
    struct err e = file_blob_after(db, (struct file_blob_after_in){.after = after->v, .most = PIECE}, &rows);
    for (size_t i = 0; !e.why && i < rows.n; i++) {
        check_one(v, a, db, &rows.at[i]);
        *after = rows.at[i].id;
        *more = rows.n == PIECE;
    }
    db_end_read(db);
    return e;
}

/* ---- What lies in the folders. */

struct walk {
    struct verify *v;
    struct arena *arena; /* of one folder */
    struct db_read *db;
    bool is_pictures;
    int64_t pictures;
};

static struct err look_at(struct walk *w, struct str path, struct str name) {
    struct verify *v = w->v;
    if (w->is_pictures) {
        struct str bytes;
        w->pictures++;
        if (file_disk_read_sealed(w->arena, path, &bytes).why) {
            verify_found(v, VERIFY_FILES, str_slice(path, db_dir(v->db).len + 1, path.len),
                         S("hình trang tài liệu bị hỏng; tệp gốc xem riêng"));
        }
        return OK;
    }
    struct file_blob_by_sha256_row *row = NULL;
    if (file_hash_valid(name)) {
        TRY(file_blob_by_sha256(w->db, (struct file_blob_by_sha256_in){.sha256 = name}, &row));
    }
    v->report->unreferenced += row == NULL;
    return OK;
}

static struct err walk(struct walk *w, struct str folder, int depth) {
    DIR *d = opendir(str_z(w->arena, folder));
    struct err e = OK;
    for (struct dirent *entry; d && !e.why && (entry = readdir(d));) {
        struct stat st;
        struct str name = str_of(entry->d_name);
        struct str path = str_format(w->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
        if (name.at[0] == '.' || lstat(path.at, &st) != 0) {
            continue;
        }
        e = S_ISDIR(st.st_mode) ? depth > 0 ? walk(w, path, depth - 1) : OK : look_at(w, path, name);
    }
    if (d) {
        closedir(d);
    }
    return e;
}

static struct err walk_folder(struct verify *v, const char *kind, bool is_pictures, int64_t *pictures) {
    struct walk w = {.v = v, .arena = arena_new(), .is_pictures = is_pictures};
    struct err e = db_begin_read(v->db, w.arena, &w.db);
    if (!e.why) {
        e = walk(&w, str_format(w.arena, "%.*s/%s", STR_ARG(db_dir(v->db)), kind), is_pictures ? 3 : 2);
        db_end_read(w.db);
    }
    *pictures += w.pictures;
    if (e.why) {
        e = FAIL_WITH(v->arena, e.why->kind, "%.*s", STR_ARG(e.why->detail));
    }
    arena_free(w.arena);
    return e;
}

static struct err count_all(struct verify *v, int64_t *n) {
    struct db_read *db;
    struct file_blob_counted_row *row = NULL;
    TRY(db_begin_read(v->db, v->arena, &db));
    struct err e = file_blob_counted(db, &row);
    *n = row ? row->n : 0;
    db_end_read(db);
    return e;
}

struct err verify_files(struct verify *v) {
    struct file_blob_id after = {0};
    int64_t total = 0, pictures = 0;
    TRY(count_all(v, &total));
    struct arena *a = arena_new();
    struct err e = OK;
    for (bool more = true; more && !e.why;) {
        e = check_some(v, a, &after, &more);
        if (e.why) {
            e = FAIL_WITH(v->arena, e.why->kind, "%.*s", STR_ARG(e.why->detail));
        } else {
            e = verify_progress(v, VERIFY_FILES, v->report->files, total);
        }
        arena_reset(a);
    }
    arena_free(a);
    TRY(e);
    TRY(walk_folder(v, "files", false, &pictures));
    TRY(walk_folder(v, "pages", true, &pictures));
    v->report->said[VERIFY_FILES] =
        str_format(v->arena, "Đã đọc %lld tệp (%lld byte) và %lld hình trang; %lld tệp không thuộc hồ sơ nào.",
                   (long long)v->report->files, (long long)v->report->bytes, (long long)pictures,
                   (long long)v->report->unreferenced);
    return OK;
}

struct err file_uses(struct db_read *db, struct arena *a, const struct modules *all, struct file_blob_id id,
                     struct file_uses *uses) {
    for (size_t i = 0; i < all->n; i++) {
        if (all->at[i]->file_uses) {
            TRY(all->at[i]->file_uses(db, a, id, uses));
        }
    }
    return OK;
}
