/* The walls around a reading child, from outside in: limits on memory, time, files and processes; Landlock, so that
   only fonts can be opened; seccomp, so that there is no network, no exec, no new process, and nothing opened for
   writing. Where the system has no Landlock, nothing at all can be opened: pages that need fonts of the system look
   poorer. */
#include "read/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/banned.h"

#if defined(__SANITIZE_ADDRESS__)
#define IS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_ASAN 1
#endif
#endif
#ifndef IS_ASAN
#define IS_ASAN 0
#endif

static const char *const open_folders[] = {
    "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/poppler", "/usr/share/fontconfig",
    "/etc/fonts",       "/var/cache/fontconfig",
};

static const int open_calls[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(pread64),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64),
    SCMP_SYS(fstatfs),
    SCMP_SYS(fadvise64),
    SCMP_SYS(brk),
    SCMP_SYS(mmap),
    SCMP_SYS(munmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(times),
    SCMP_SYS(getrusage),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getrandom),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(poll),
    SCMP_SYS(membarrier),
    SCMP_SYS(rseq),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(getcwd),
};

/* What a reader never does unless somebody else is driving it. */
static const int deadly_calls[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(sendto),
    SCMP_SYS(ptrace),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(clone),
    SCMP_SYS(clone3),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(bpf),
    SCMP_SYS(mount),
    SCMP_SYS(kexec_load),
    SCMP_SYS(keyctl),
};

static bool limit(__rlimit_resource_t what, int64_t most) {
    struct rlimit r = {.rlim_cur = (rlim_t)most, .rlim_max = (rlim_t)most};
    return setrlimit(what, &r) == 0;
}

/* Bytes of address space in use now: a worker has whole search indexes mapped, which the child inherits and does not
 * count. */
static int64_t space_now(void) {
    char line[64] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, line, sizeof line - 1);
    if (fd >= 0) {
        close(fd);
    }
    int64_t pages = 0;
    for (ssize_t i = 0; i < n && line[i] >= '0' && line[i] <= '9' && pages < INT32_MAX; i++) {
        pages = pages * 10 + (line[i] - '0');
    }
    return pages * sysconf(_SC_PAGESIZE);
}

/* At the first limit the child is told, which says that it was too slow; should it not listen, the second ends it. */
static bool limit_time(int64_t seconds) {
    struct rlimit r = {.rlim_cur = (rlim_t)seconds, .rlim_max = (rlim_t)seconds + 1};
    return setrlimit(RLIMIT_CPU, &r) == 0;
}

static bool limits_set(const struct read_limits *l) {
    /* AddressSanitizer's own map is larger than any limit of memory. */
    return (IS_ASAN || limit(RLIMIT_AS, space_now() + l->memory)) && limit_time(l->seconds) && limit(RLIMIT_FSIZE, 0) &&
           limit(RLIMIT_NOFILE, 32) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_MEMLOCK, 0);
}

/* True when nothing but the folders of fonts can be opened any more. */
static bool landlock_enter(void) {
    const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    struct landlock_ruleset_attr all = {
        .handled_access_fs = reading | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                             LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                             LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                             LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                             LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0) {
        return false;
    }
    bool is_good = true;
    for (size_t i = 0; i < sizeof open_folders / sizeof *open_folders; i++) {
        int folder = open(open_folders[i], O_PATH | O_CLOEXEC);
        if (folder >= 0) {
            struct landlock_path_beneath_attr beneath = {.allowed_access = reading, .parent_fd = folder};
            is_good = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0 && is_good;
            close(folder);
        }
    }
    is_good = is_good && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return is_good;
}

static bool seccomp_enter(bool may_open) {
    scmp_filter_ctx c = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool is_good = c != NULL;
    for (size_t i = 0; is_good && i < sizeof open_calls / sizeof *open_calls; i++) {
        is_good = seccomp_rule_add(c, SCMP_ACT_ALLOW, open_calls[i], 0) == 0;
    }
    for (size_t i = 0; is_good && i < sizeof deadly_calls / sizeof *deadly_calls; i++) {
        is_good = seccomp_rule_add(c, SCMP_ACT_KILL_PROCESS, deadly_calls[i], 0) == 0;
    }
    /* abort() signals itself; nobody else may be signalled. */
    is_good = is_good && seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                                          SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid())) == 0;
    const scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC;
    if (is_good && may_open) {
        is_good =
            seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY)) ==
                0 &&
            seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, writing, O_RDONLY)) == 0;
    }
    is_good = is_good && seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_GETFL)) == 0 &&
              seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_GETFD)) == 0 &&
              seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_SETFD)) == 0 &&
              seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0)) == 0 &&
              seccomp_load(c) == 0;
    if (c) {
        seccomp_release(c);
    }
    return is_good;
}

bool read_sandbox_enter(const struct read_limits *limits) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return false;
    }
    /* AddressSanitizer needs to look at itself. */
    if (!IS_ASAN && prctl(PR_SET_DUMPABLE, 0) != 0) {
        return false;
    }
    return limits_set(limits) && seccomp_enter(landlock_enter());
}
