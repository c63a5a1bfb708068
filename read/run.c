#include "read/run.h"

#include "base/arena.h"
#include "read/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

struct work {
    struct arena *arena;
    struct str bytes;
    const struct read_run *run;
};

static void child_say(void *thing, int fd) {
    struct work *w = thing;
    struct buf out = buf_in(w->arena);
    w->run->say(&out, w->bytes, w->run->thing);
    struct str said = buf_str(&out);
    while (said.len) {
        ssize_t n = write(fd, said.at, said.len);
        if (n <= 0 && errno != EINTR) {
            _exit(98);
        }
        said = n > 0 ? str_slice(said, (size_t)n, said.len) : said;
    }
}

static struct err refusal(enum read_fault fault) {
    switch ((int)fault) {
    case READ_TOO_SLOW: return REFUSE(ERR_INVALID, "file", "Tệp đọc quá lâu nên đã dừng.");
    case READ_KILLED:
        return REFUSE(ERR_BUSY, "file", "Việc đọc bị máy chủ ngắt giữa chừng; tệp không có lỗi. Sẽ đọc lại.");
    case READ_UNWANTED: return FAIL(ERR_CONFLICT, "what was being read is not wanted any more");
    default: return REFUSE(ERR_INVALID, "file", "Không đọc được tệp này: tệp bị hỏng hoặc quá phức tạp.");
    }
}

struct err read_run(struct arena *a, const struct read_part *part, const struct read_limits *limits,
                    const struct read_run *run, struct str *said) {
    struct stat s;
    int fd = open(part->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    *said = S("");
    if (fd < 0 || fstat(fd, &s) != 0 || !S_ISREG(s.st_mode) || s.st_size == 0 || part->from < 0 ||
        part->from >= s.st_size || part->n < 1) {
        if (fd >= 0) {
            close(fd);
        }
        return FAIL(ERR_BROKEN, "a kept file cannot be opened");
    }
    void *at = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (at == MAP_FAILED) {
        return FAIL(ERR_BROKEN, "a kept file cannot be mapped");
    }
    struct str whole = {at, (size_t)s.st_size};
    struct work w = {a, str_slice(whole, (size_t)part->from, (size_t)part->from + (size_t)part->n), run};
    struct read_work work = {.run = child_say, .thing = &w};
    enum read_fault ran = read_child_run(a, limits, &work, said);
    munmap(at, (size_t)s.st_size);
    return ran != READ_FINE ? refusal(ran) : said->len > run->most ? refusal(READ_BABBLE) : OK;
}
