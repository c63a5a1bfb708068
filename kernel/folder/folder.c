/* The folder's own file, and the lock of who serves it. */
#include "kernel/folder/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "base/num.h"

#include "base/banned.h"

enum { ID_BYTES = 16, MARK_MOST = 4096, ENDING_S = 20 };

struct str folder_when(struct arena *a, struct instant at) {
    struct buf b = buf_in(a);
    instant_put_vi(&b, at);
    return buf_str(&b);
}

static char *path_in(struct arena *a, struct str dir, const char *name) {
    return str_z(a, str_format(a, "%.*s/%s", STR_ARG(dir), name));
}

struct folder_mark folder_mark_new(struct arena *a, bool is_demo) {
    unsigned char bytes[ID_BYTES];
    char *hex = arena_take(a, char, ID_BYTES * 2 + 1);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(hex, ID_BYTES * 2 + 1, bytes, sizeof bytes);
    return (struct folder_mark){.id = str_of(hex), .is_demo = is_demo, .made_at = clock_now()};
}

/* What is read is one small text. */
static struct err text_read(struct arena *a, const char *path, struct str *text) {
    char *at = arena_take(a, char, MARK_MOST);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    *text = S("");
    if (fd < 0) {
        return errno == ENOENT ? OK : err_refuse(a, ERR_BROKEN, "", "Không đọc được %s: %s.", path, strerror(errno));
    }
    ssize_t n = read(fd, at, MARK_MOST);
    close(fd);
    if (n <= 0) {
        return err_refuse(a, ERR_BROKEN, "", "Tệp %s trống hoặc không đọc được. Hãy lấy lại tệp này từ bản sao lưu.",
                          path);
    }
    *text = (struct str){at, (size_t)n};
    return OK;
}

static bool is_id(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (!((s.at[i] >= '0' && s.at[i] <= '9') || (s.at[i] >= 'a' && s.at[i] <= 'f'))) {
            return false;
        }
    }
    return s.len == ID_BYTES * 2;
}

/* One line of the mark; false when its value is not what its name asks for. */
static bool mark_take(struct folder_mark *mark, struct str name, struct str value, struct str *kind) {
    if (str_eq(name, S("id"))) {
        mark->id = is_id(value) ? value : S("");
    } else if (str_eq(name, S("kind"))) {
        *kind = value;
    } else if (str_eq(name, S("generation"))) {
        return num_read(value, &mark->generation);
    } else if (str_eq(name, S("made"))) {
        return num_read(value, &mark->made_at.ms);
    }
    return true;
}

struct err folder_mark_read(struct arena *a, struct str dir, struct folder_mark *mark) {
    char *path = path_in(a, dir, FOLDER_FILE);
    struct str text, line, kind = S("");
    *mark = (struct folder_mark){.id = S(""), .generation = -1};
    TRY(text_read(a, path, &text));
    bool is_there = text.len > 0;
    while (str_next(&text, '\n', &line)) {
        struct str name, value;
        if (line.len == 0 || line.at[0] == '#' || !str_cut(line, S("="), &name, &value)) {
            continue;
        }
        if (!mark_take(mark, str_trim(name), str_trim(value), &kind)) {
            mark->generation = -1;
        }
    }
    mark->is_demo = str_eq(kind, S("demo"));
    bool is_whole = mark->id.len && mark->generation >= 0 && (mark->is_demo || str_eq(kind, S("real")));
    if (is_there && !is_whole) {
        return err_refuse(a, ERR_BROKEN, "", "Tệp %s bị hỏng. Hãy lấy lại tệp này từ bản sao lưu.", path);
    }
    return OK;
}

static struct err dir_sync(struct arena *a, const char *dir) {
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed = fd < 0 || fsync(fd) != 0 ? errno : 0;
    if (fd >= 0) {
        close(fd);
    }
    return failed ? FAIL_DISK(a, failed, "%s", dir) : OK;
}

struct err folder_mark_write(struct arena *a, struct str dir, const struct folder_mark *mark) {
    char *path = path_in(a, dir, FOLDER_FILE), *beside = path_in(a, dir, FOLDER_FILE ".new");
    struct str text = str_format(
        a,
        "# Thư mục dữ liệu của Đoàn Kết. Không sửa, không xóa: tệp này nói thư mục là gì và cơ sở dữ liệu\n"
        "# nào là của nó. Sao lưu cùng với cơ sở dữ liệu và thư mục files.\n"
        "id = %.*s\nkind = %s\ngeneration = %lld\nmade = %lld\n",
        STR_ARG(mark->id), mark->is_demo ? "demo" : "real", (long long)mark->generation, (long long)mark->made_at.ms);
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        return FAIL_DISK(a, errno, "%s", beside);
    }
    errno = EIO;
    bool is_good = write(fd, text.at, text.len) == (ssize_t)text.len && fsync(fd) == 0;
    int why = errno;
    close(fd);
    if (!is_good || rename(beside, path) != 0) {
        why = is_good ? errno : why;
        unlink(beside);
        return FAIL_DISK(a, why, "%s", path);
    }
    return dir_sync(a, str_z(a, dir));
}

/* Empty all the way down. */
static bool is_hollow(const char *path) {
    DIR *d = opendir(path);
    bool is_empty = d != NULL;
    for (struct dirent *e; d && is_empty && (e = readdir(d));) {
        is_empty = str_eq(str_of(e->d_name), S(".")) || str_eq(str_of(e->d_name), S(".."));
    }
    if (d) {
        closedir(d);
    }
    return is_empty;
}

static bool is_of_no_account(struct arena *a, struct str dir, const char *name) {
    static const char *const prepared[] = {".", "..", "doanket.conf", "lost+found", FOLDER_LOCK};
    static const char *const ours[] = {"files", "pages", "tmp", "index", "wake", "audit-views"};
    for (size_t i = 0; i < sizeof prepared / sizeof *prepared; i++) {
        if (strcmp(name, prepared[i]) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        if (strcmp(name, ours[i]) == 0) {
            return is_hollow(path_in(a, dir, name));
        }
    }
    return false;
}

struct err folder_is_bare(struct arena *a, struct str dir, bool *is_bare, struct str *what) {
    DIR *d = opendir(str_z(a, dir));
    *is_bare = true;
    *what = S("");
    if (!d) {
        return errno == ENOENT ? OK
                               : err_refuse(a, ERR_BROKEN, "", "Không đọc được thư mục dữ liệu %.*s: %s.", STR_ARG(dir),
                                            strerror(errno));
    }
    for (struct dirent *e; *is_bare && (e = readdir(d));) {
        *is_bare = is_of_no_account(a, dir, e->d_name);
        *what = *is_bare ? S("") : str_copy(a, str_of(e->d_name));
    }
    closedir(d);
    return OK;
}

/* --- The lock --- */
struct holder {
    int64_t pid;
    struct str words;
};

static struct holder holder_read(struct arena *a, int fd) {
    struct holder h = {.words = S("")};
    char *at = arena_take(a, char, MARK_MOST);
    ssize_t n = pread(fd, at, MARK_MOST, 0);
    struct str text = {at, n > 0 ? (size_t)n : 0}, pid;
    if (!str_cut(text, S("\n"), &pid, &h.words) || !num_read(str_trim(pid), &h.pid)) {
        h = (struct holder){.words = S("")};
    }
    h.words = str_trim(h.words);
    return h;
}

static void holder_write(struct arena *a, int fd, struct str address) {
    char host[256] = "";
    gethostname(host, sizeof host - 1);
    struct str text =
        str_format(a, "%lld\ntiến trình %lld trên máy %s, từ %.*s%s%.*s\n", (long long)getpid(), (long long)getpid(),
                   host, STR_ARG(folder_when(a, clock_now())), address.len ? ", ở " : "", STR_ARG(address));
    /* Only words for the next one who asks; the lock itself is the kernel's. */
    if (ftruncate(fd, 0) == 0) {
        ssize_t n = pwrite(fd, text.at, text.len, 0);
        (void)n;
    }
}

struct err folder_lock(struct arena *a, struct str dir, struct str address, int *fd) {
    char *path = path_in(a, dir, FOLDER_LOCK);
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*fd < 0) {
        return errno == EACCES || errno == EPERM || errno == EROFS
                   ? err_refuse(a, ERR_BROKEN, "", "Không ghi được vào thư mục dữ liệu %.*s: %s.", STR_ARG(dir),
                                strerror(errno))
                   : FAIL_DISK(a, errno, "%s", path);
    }
    int64_t since = clock_monotonic_us();
    while (flock(*fd, LOCK_EX | LOCK_NB) != 0) {
        struct holder h = holder_read(a, *fd);
        /* Killed by force, a server leaves children that end by themselves. */
        bool is_ending = h.pid && kill((pid_t)h.pid, 0) != 0 && errno == ESRCH;
        if (!is_ending || clock_monotonic_us() - since > ENDING_S * 1000000LL) {
            close(*fd);
            *fd = -1;
            return err_refuse(a, ERR_CONFLICT, "",
                              "Thư mục dữ liệu %.*s đang được phục vụ (%.*s). Hãy dừng máy chủ đó trước, hoặc chọn thư "
                              "mục khác bằng --data.",
                              STR_ARG(dir), STR_ARG(h.words.len ? h.words : S("không rõ tiến trình nào")));
        }
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    holder_write(a, *fd, address);
    return OK;
}
