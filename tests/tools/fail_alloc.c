/* Preloaded under the program: the nth allocation of one process fails, or all from the nth on. A test writes three
   64-bit numbers into the file that FAIL_ALLOC names: the process' id, n (counted down to 0), 1 for all. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t n);

static volatile int64_t *told;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAIL_ALLOC");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *at = fd >= 0 ? mmap(NULL, 24, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
    told = at == MAP_FAILED ? NULL : at;
    if (fd >= 0) {
        close(fd);
    }
}

static int fails(void) {
    if (!told || told[0] == 0 || told[0] != getpid()) {
        return 0;
    }
    int64_t left = told[1];
    if (left > 0) {
        told[1] = --left;
    } else if (!told[2]) {
        return 0;
    }
    if (left == 0) {
        errno = ENOMEM;
    }
    return left == 0;
}

void *malloc(size_t n) { return fails() ? NULL : __libc_malloc(n); }
void *calloc(size_t n, size_t size) { return fails() ? NULL : __libc_calloc(n, size); }
void *realloc(void *old, size_t n) { return fails() ? NULL : __libc_realloc(old, n); }
