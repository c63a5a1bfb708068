/* doanket sign, doanket sign verify: for programs and for people. */
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "modules/sign/inside.h"
#include "read/read.h"

#include "base/banned.h"

enum { OPTION_JSON, OPTION_ROOTS };
enum { OPTION_KEY, OPTION_OUT, OPTION_PASSWORD };
enum { KEY_MOST = 1 << 20, PASSWORD_MOST = 1024 };
static const struct command_option verify_options[] = {{"json", false}, {"roots", true}, {0}};
static const struct command_option make_options[] = {{"key", true}, {"out", true}, {"password-file", true}, {0}};

static int say(struct err e) {
    struct str words = e.why->message.len ? e.why->message : err_sentence(e.why->kind);
    fprintf(stderr, "doanket: %.*s\n", STR_ARG(words));
    return 1;
}

static struct err pdf_there(struct arena *a, struct str path) {
    enum file_type type;
    int fd = open(str_z(a, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return REFUSE(ERR_INVALID, "file", "Không mở được tệp. Mời kiểm tra lại đường dẫn.");
    }
    struct err e = file_type_sniff(a, fd, &type);
    close(fd);
    TRY(e);
    return type == FILE_PDF ? OK : REFUSE(ERR_INVALID, "file", "Tệp này không phải tệp PDF.");
}

static int run_verify(struct command_run *run) {
    struct sign_roots roots = {0};
    struct sign_report r;
    struct arena *a = run->arena;
    if (run->n != 1) {
        fputs("doanket sign verify TỆP.pdf [--json] [--roots THƯ_MỤC]\n", stderr);
        return 2;
    }
    struct err e = pdf_there(a, run->words[0]);
    if (!e.why && run->values[OPTION_ROOTS].at) {
        e = sign_roots_read(a, str_z(a, run->values[OPTION_ROOTS]), &roots);
    }
    e = e.why ? e : sign_look(a, str_z(a, run->words[0]), &roots, &r);
    if (e.why) {
        return say(e);
    }
    bool is_good = r.marks.n > 0;
    for (size_t i = 0; i < r.marks.n; i++) {
        is_good = is_good && sign_is_good(&r.marks.at[i]);
    }
    if (run->values[OPTION_JSON].at) {
        struct buf b = buf_in(a);
        sign_json(&b, run->words[0], &r);
        fwrite(b.at, 1, b.len, stdout);
    } else if (!r.marks.n) {
        puts("Tệp không có chữ ký số nào.");
    }
    for (size_t i = 0; !run->values[OPTION_JSON].at && i < r.marks.n; i++) {
        printf("%.*s\n", STR_ARG(sign_words(a, &r.marks.at[i])));
    }
    return is_good ? 0 : 1;
}

static struct err bytes_read(struct arena *a, struct str path, size_t most, struct str *out) {
    return disk_read(a, str_z(a, path), most, out)
               ? OK
               : err_refuse(a, ERR_INVALID, "file", "Không đọc được tệp %.*s.", STR_ARG(path));
}

/* Asked for at the terminal without being shown; read from standard input when that is no terminal. Never an option of
   its own, which other people of the machine could see. */
static struct err password_ask(struct arena *a, struct str *out) {
    struct termios shown, hidden;
    bool is_terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
    char *line = arena_take(a, char, PASSWORD_MOST);
    if (is_terminal) {
        fputs("Mật khẩu của tệp khóa: ", stderr);
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    bool is_read = fgets(line, PASSWORD_MOST, stdin) != NULL;
    if (is_terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputs("\n", stderr);
    }
    *out = str_trim(str_of(line));
    return is_read ? OK : REFUSE(ERR_INVALID, "password", "Chưa có mật khẩu của tệp khóa.");
}

/* The old file stays as it is; the new one must not be there yet, so that nothing is overwritten. */
static struct err whole_write(struct arena *a, struct str path, struct str before, struct str update) {
    const char *z = str_z(a, path);
    int fd = open(z, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0) {
        return REFUSE(ERR_INVALID, "out", "Không tạo được tệp ra, hoặc tệp đó đã có. Mời chọn tên khác.");
    }
    bool ok = true;
    const struct str pieces[] = {before, update};
    for (size_t i = 0; i < 2; i++) {
        for (struct str rest = pieces[i]; ok && rest.len;) {
            ssize_t n = write(fd, rest.at, rest.len);
            ok = n > 0;
            rest = ok ? str_slice(rest, (size_t)n, rest.len) : rest;
        }
    }
    ok = fsync(fd) == 0 && ok;
    ok = close(fd) == 0 && ok;
    if (!ok) {
        unlink(z);
    }
    return ok ? OK : REFUSE(ERR_BROKEN, "out", "Không ghi được tệp ra.");
}

static struct err make(struct command_run *run) {
    struct arena *a = run->arena;
    struct sign_key key;
    struct str bytes, update, asked = run->values[OPTION_PASSWORD];
    struct sign_making making = {.at = clock_now()};
    TRY(pdf_there(a, run->words[0]));
    TRY(bytes_read(a, run->words[0], (size_t)read_limits_usual.unpacked, &bytes));
    TRY(bytes_read(a, run->values[OPTION_KEY], KEY_MOST, &key.p12));
    if (asked.at) {
        TRY(bytes_read(a, asked, PASSWORD_MOST, &key.password));
        key.password = str_trim(key.password);
    } else {
        TRY(password_ask(a, &key.password));
    }
    struct err e = sign_make(a, str_z(a, run->words[0]), &key, &making, &update);
    OPENSSL_cleanse((void *)(uintptr_t)key.password.at, key.password.len);
    TRY(e);
    return whole_write(a, run->values[OPTION_OUT], bytes, update);
}

static int run_make(struct command_run *run) {
    if (run->n != 1 || !run->values[OPTION_KEY].len || !run->values[OPTION_OUT].len) {
        fputs("doanket sign TỆP.pdf --key KHÓA.p12 --out TỆP_RA.pdf [--password-file TỆP]\n", stderr);
        return 2;
    }
    struct err e = make(run);
    return e.why ? say(e) : 0;
}

const struct command sign_bare_commands[] = {
    {"sign verify",
     "  doanket sign verify TỆP.pdf [--json] [--roots THƯ_MỤC]\n"
     "                      xác minh từng chữ ký số của tệp: ai, lúc nào, còn nguyên không, chứng thư có nối tới gốc\n"
     "                      trong THƯ_MỤC không; kết thúc bằng 1 khi có điều không ổn hoặc không có chữ ký\n",
     verify_options, run_verify},
    {"sign",
     "  doanket sign TỆP.pdf --key KHÓA.p12 --out TỆP_RA.pdf [--password-file TỆP]\n"
     "                      ký số một tệp PDF; mật khẩu của khóa được hỏi tại chỗ, hoặc đọc từ đầu vào\n",
     make_options, run_make},
    {0},
};
