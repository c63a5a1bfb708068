#include "read/inside.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

const struct read_limits read_limits_usual = {
    .pages = 500,
    .pixels = 120000000,
    .unpacked = 200 << 20,
    .memory = (int64_t)3 << 29,
    .seconds = 50,
    .whole_seconds = 3600,
    .slow_pages = 12,
};

struct err read_prepare(void) {
    return read_ocr_prepare();
}

struct mapped {
    void *at;
    size_t size;
};

static void unmap(void *thing) {
    struct mapped *m = thing;
    munmap(m->at, m->size);
}

/* The file in memory, so that the child has nothing to open. */
static struct err map_file(struct arena *a, const char *path, struct str *bytes) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return FAIL_WITH(a, ERR_BROKEN, "cannot open a kept file: %s", strerror(errno));
    }
    struct stat s;
    bool is_good = fstat(fd, &s) == 0 && S_ISREG(s.st_mode);
    if (!is_good || s.st_size == 0) {
        close(fd);
        *bytes = S("");
        return is_good ? OK : FAIL(ERR_BROKEN, "a kept file is no file");
    }
    void *at = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (at == MAP_FAILED) {
        return FAIL_WITH(a, ERR_BROKEN, "cannot map a kept file: %s", strerror(errno));
    }
    struct mapped *m = arena_take(a, struct mapped, 1);
    *m = (struct mapped){at, (size_t)s.st_size};
    arena_on_reset(a, unmap, m);
    *bytes = (struct str){at, (size_t)s.st_size};
    return OK;
}

struct err read_refusal(struct arena *a, const struct read_task *task, const struct read_answer *answer) {
    bool is_page = task->what != READ_WHAT_OUTLINE && task->what != READ_WHAT_WHOLE;
    switch (answer->fault) {
    case READ_FINE: return OK;
    case READ_NOT_THAT:
        return REFUSE(ERR_INVALID, "file", "Tệp không đúng định dạng của nó. Mời kiểm tra lại tệp gốc.");
    case READ_DAMAGED:
        return is_page ? REFUSE(ERR_INVALID, "file", "Trang này bị hỏng, không đọc được.")
                       : REFUSE(ERR_INVALID, "file",
                                "Tệp bị hỏng hoặc bị cắt cụt, không mở được. Mời tải lên lại bản đầy đủ.");
    case READ_ENCRYPTED:
        return REFUSE(ERR_INVALID, "file",
                      "Tệp được đặt mật khẩu nên không đọc được. Mời bỏ mật khẩu rồi tải lên lại.");
    case READ_EMPTY: return REFUSE(ERR_INVALID, "file", "Tệp không có nội dung.");
    case READ_TOO_MANY:
        return err_refuse(a, ERR_INVALID, "file",
                          "Tệp có %lld trang, nhiều hơn mức cho phép là %lld trang. Mời chia thành nhiều tệp.",
                          (long long)answer->amount, (long long)task->limits.pages);
    case READ_TOO_LARGE:
        return err_refuse(a, ERR_INVALID, "file",
                          "Ảnh quá lớn (%lld triệu điểm ảnh, tối đa %lld triệu). Mời quét lại ở 200–300 dpi.",
                          (long long)(answer->amount / 1000000), (long long)(task->limits.pixels / 1000000));
    case READ_BOMB:
        return REFUSE(ERR_INVALID, "file", "Tệp nén bung ra quá lớn, có dấu hiệu bất thường nên không được mở.");
    case READ_NO_SUCH_PAGE: return REFUSE(ERR_INVALID, "file", "Tệp không có trang này.");
    case READ_NO_PICTURE: return REFUSE(ERR_INVALID, "file", "Loại tệp này không có ảnh trang.");
    case READ_NO_MODEL: return REFUSE(ERR_INVALID, "file", "Máy chủ chưa cài bộ nhận dạng chữ tiếng Việt.");
    case READ_TOO_SLOW:
        return is_page ? REFUSE(ERR_INVALID, "file", "Trang này đọc quá lâu nên đã dừng.")
                       : REFUSE(ERR_INVALID, "file", "Tệp mở quá lâu nên đã dừng. Tệp có thể bị hỏng.");
    case READ_KILLED:
        return REFUSE(ERR_BUSY, "file", "Việc đọc bị máy chủ ngắt giữa chừng; tệp không có lỗi. Sẽ đọc lại.");
    case READ_UNWANTED: return FAIL(ERR_CONFLICT, "what was being read is not wanted any more");
    case READ_CRASHED:
    case READ_BABBLE:
    case READ_FAULTS: break;
    }
    return is_page ? REFUSE(ERR_INVALID, "file", "Trang này gây lỗi khi đọc nên được bỏ qua.")
                   : REFUSE(ERR_INVALID, "file", "Tệp gây lỗi khi mở nên không đọc được.");
}

static struct err run(struct arena *a, const char *path, struct read_task *task, struct read_answer *answer) {
    TRY(map_file(a, path, &task->bytes));
    if (task->bytes.len == 0) {
        answer->fault = READ_EMPTY;
        return read_refusal(a, task, answer);
    }
    if (task->what == READ_WHAT_PAGE) {
        TRY(read_prepare());
    }
    read_child(a, task, answer);
    return read_refusal(a, task, answer);
}

struct err read_outline(struct arena *a, const char *path, enum file_type type, const struct read_limits *limits,
                        struct read_outline *out) {
    struct read_task task = {.what = READ_WHAT_OUTLINE, .type = type, .limits = *limits};
    struct read_answer answer = {0};
    TRY(run(a, path, &task, &answer));
    *out = answer.outline;
    return OK;
}

struct err read_page(struct arena *a, const char *path, enum file_type type, int64_t n,
                     const struct read_limits *limits, struct read_page *out) {
    struct read_task task = {.what = READ_WHAT_PAGE, .type = type, .n = n, .limits = *limits};
    struct read_answer answer = {0};
    struct err e = run(a, path, &task, &answer);
    *out = answer.page;
    out->spent_ms = answer.spent_ms;
    out->is_slow = answer.fault == READ_TOO_SLOW;
    return e;
}

struct err read_whole(struct arena *a, const char *path, enum file_type type, const struct read_limits *limits,
                      struct read_whole *out) {
    struct read_task task = {.what = READ_WHAT_WHOLE, .type = type, .limits = *limits};
    struct read_answer answer = {0};
    TRY(run(a, path, &task, &answer));
    *out = answer.whole;
    return OK;
}

struct err read_crop(struct arena *a, const char *path, enum file_type type, const struct read_place *place,
                     const struct read_limits *limits, struct str *png) {
    struct read_box box = place->box;
    if (!(box.w > 0 && box.h > 0 && box.x >= 0 && box.y >= 0 && box.x + box.w <= 1.001 && box.y + box.h <= 1.001)) {
        return FAIL(ERR_BROKEN, "a box off the page");
    }
    struct read_task task = {.what = READ_WHAT_CROP, .type = type, .n = place->page, .box = box, .limits = *limits};
    struct read_answer answer = {0};
    TRY(run(a, path, &task, &answer));
    *png = answer.crop;
    return OK;
}
