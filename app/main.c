/* doanket COMMAND [--setting value …]. The commands, and nothing else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sodium.h>
#include <unistd.h>

#include "app/serve.h"
#include "base/arena.h"
#include "base/log.h"
#include "kernel/config/config.h"
#include "kernel/module.h"
#include "kernel/db/db.h"
#include "kernel/http/server.h"
#include "kernel/index/feed.h"
#include "kernel/verify/verify.h"

#include "base/banned.h"

static const char help[] =
    "doanket: hệ thống văn phòng và dữ liệu của Ủy ban Mặt trận Tổ quốc Việt Nam\n"
    "\n"
    "  doanket [serve] [--port N] [--data DIR] [--db URL] [--workers N] [--jobs N] [--no-demo]\n"
    "                      phục vụ cho tới khi được bảo dừng; thư mục trống hẳn thì tự điền dữ liệu trình diễn\n"
    "  doanket setup       bắt đầu một thư mục thật: cơ quan và người quản trị, không có dữ liệu trình diễn\n"
    "  doanket adopt       nhận cơ sở dữ liệu vừa khôi phục từ bản sao lưu làm của thư mục: nói rõ sẽ mất gì, hỏi lại\n"
    "  doanket sweep       liệt kê những tệp không còn dùng sẽ được dọn, và ngày dọn; không xóa gì\n"
    "  doanket verify      kiểm tra nhật ký, cơ sở dữ liệu, từng tệp và chỉ mục: một byte bị sửa cũng thấy; chỉ đọc,\n"
    "                      dùng được với bản sao (--data DIR); --json: kết quả dạng JSON\n"
    "  doanket reindex     làm lại chỉ mục tìm kiếm từ cơ sở dữ liệu\n"
    "  doanket form check TỆP…  định nghĩa biểu mẫu có đúng không: mỗi lỗi kèm tệp, trang, ô\n"
    "  doanket routes      bảng các địa chỉ, ai được vào, dạng JSON\n"
    "  doanket config      các thiết lập đang có hiệu lực và nơi đặt\n"
    "  doanket help config các thiết lập, nghĩa và mặc định\n"
    "  doanket version\n"
    "\n";

struct own_command {
    const char *name;
    int (*run)(struct serve *s, struct str *rest, size_t n);
};

static int run_help(struct serve *s, struct str *rest, size_t n) {
    if (n && str_eq(rest[0], S("config"))) {
        printf("%.*s", STR_ARG(config_help(s->arena)));
    } else {
        fputs(help, stdout);
        command_usage_print();
    }
    return 0;
}

static int run_version(struct serve *s, struct str *rest, size_t n) {
    (void)s;
    (void)rest;
    (void)n;
    puts("doanket " DOANKET_VERSION);
    return 0;
}

static int run_routes(struct serve *s, struct str *rest, size_t n) {
    (void)rest;
    (void)n;
    struct route_tables routes = modules_routes(s->arena, &modules);
    printf("%.*s", STR_ARG(routes_json(s->arena, &routes)));
    return 0;
}

static int run_config(struct serve *s, struct str *rest, size_t n) {
    (void)rest;
    (void)n;
    for (enum setting i = 0; i < SET_COUNT; i++) {
        struct str value = config_table[i].is_secret ? S("…") : config_str(s->config, i);
        printf("%-16s %-32.*s %s\n", config_table[i].name, STR_ARG(value), config_source(s->config, i));
    }
    return 0;
}

static int run_verify(struct serve *s, struct str *rest, size_t n) {
    (void)rest;
    (void)n;
    return verify_command(s->where, s->dir, &modules, s->as_json);
}

static int run_reindex(struct serve *s, struct str *rest, size_t n) {
    (void)rest;
    (void)n;
    struct db *db;
    struct err e = start_open(s, s->arena, &db);
    if (e.why) {
        start_say("reindex", e);
        return 1;
    }
    return search_reindex_command(db, &modules);
}

static int run_setup(struct serve *s, struct str *rest, size_t n) {
    (void)rest;
    (void)n;
    return setup_command(s);
}

static int run_adopt(struct serve *s, struct str *rest, size_t n) {
    (void)rest;
    (void)n;
    return adopt_command(s);
}

static int run_sweep(struct serve *s, struct str *rest, size_t n) {
    (void)rest;
    (void)n;
    return sweep_command(s);
}

static int run_serve(struct serve *s, struct str *rest, size_t n) {
    (void)rest;
    (void)n;
    return serve_command(s);
}

static const struct own_command commands[] = {
    {"serve", run_serve},   {"setup", run_setup},     {"adopt", run_adopt},     {"sweep", run_sweep},
    {"verify", run_verify}, {"reindex", run_reindex}, {"routes", run_routes},   {"config", run_config},
    {"form", form_command}, {"help", run_help},       {"version", run_version},
};

/* The short names of two settings, and the one word that is no setting. */
static char **words_of(struct serve *s, int *argc, char **argv) {
    char **to = arena_take(s->arena, char *, (size_t)*argc + 1);
    int n = 0;
    for (int i = 0; i < *argc; i++) {
        struct str word = str_of(argv[i]);
        if (str_eq(word, S("--no-demo"))) {
            s->no_demo = true;
        } else if (str_eq(word, S("--json")) && n > 1 && strcmp(to[1], "verify") == 0) {
            s->as_json = true;
        } else if (str_eq(word, S("--help")) || str_eq(word, S("-h"))) {
            to[n++] = str_z(s->arena, S("help"));
        } else if (str_eq(word, S("--version"))) {
            to[n++] = str_z(s->arena, S("version"));
        } else if (str_starts(word, S("--workers"))) {
            to[n++] = str_z(s->arena, str_format(s->arena, "--web-workers%s", argv[i] + strlen("--workers")));
        } else if (str_starts(word, S("--jobs"))) {
            to[n++] = str_z(s->arena, str_format(s->arena, "--job-workers%s", argv[i] + strlen("--jobs")));
        } else {
            to[n++] = argv[i];
        }
    }
    *argc = n;
    return to;
}

static int log_least(struct str level) {
    return str_eq(level, S("debug"))   ? LOG_DEBUG
           : str_eq(level, S("warn"))  ? LOG_WARN
           : str_eq(level, S("error")) ? LOG_ERROR
                                       : LOG_INFO;
}

static void settings_apply(struct serve *s, struct config *config) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int64_t web = config_int(config, SET_WEB_WORKERS);
    s->config = config;
    s->dir = config_str(config, SET_DATA);
    s->where = config_where(config, s->arena);
    s->web_n = (int)(web ? web : cores < 1 ? 1 : cores > 16 ? 16 : cores);
    s->job_n = (int)config_int(config, SET_JOB_WORKERS);
    log_level_set((enum log_level)log_least(config_str(config, SET_LOG)));
}

/* A command of the program's own, else of a module's. */
static int run_named(struct serve *s, const struct command_given *given, struct str *rest, size_t n) {
    struct str name = n ? rest[0] : S("serve");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (str_eq(name, str_of(commands[i].name))) {
            return commands[i].run(s, n ? rest + 1 : rest, n ? n - 1 : 0);
        }
    }
    const struct command *c = command_named(rest, n);
    if (c) {
        bool is_given = given->command && str_eq(str_of(c->name), str_of(given->command->name));
        return command_run(s, is_given ? given->command : c, rest, n, given->values);
    }
    fprintf(stderr, "doanket: không có lệnh “%.*s”\n\n%s", STR_ARG(name), help);
    return 2;
}

int main(int argc, char **argv) {
    struct serve s = {.arena = arena_new(), .lock_fd = -1};
    struct config *config;
    struct str *rest = NULL;
    struct command_given given = {0};
    size_t n = 0;
    if (sodium_init() < 0) {
        fputs("doanket: libsodium\n", stderr);
        return 1;
    }
    char **words = words_of(&s, &argc, argv);
    struct err e = command_options_take(s.arena, &argc, words, &given);
    if (!e.why) {
        e = config_read(s.arena, argc, words, &config, &rest, &n);
    }
    if (e.why) {
        fprintf(stderr, "doanket: %.*s%.*s\n", STR_ARG(e.why->message), STR_ARG(e.why->detail));
        arena_free(s.arena);
        return 2;
    }
    settings_apply(&s, config);
    int status = run_named(&s, &given, rest, n);
    arena_free(s.arena);
    return status;
}
