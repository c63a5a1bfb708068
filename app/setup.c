/* `doanket setup`: a real folder instead of the demonstration: one committee, its office, and the administrator who
 * does the rest. */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "app/serve.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/utf8.h"
#include "kernel/rights/auth_queries.h"
#include "kernel/config/config.h"
#include "kernel/db/db.h"
#include "modules/org/org_change.h"

#include "base/banned.h"

struct answers {
    struct str organ, level, code, notation, name, login, password;
};

/* Asks for one line; false at the end of what is typed. */
static bool ask(struct arena *a, const char *words, bool is_secret, struct str *answer) {
    struct termios before, quiet;
    bool is_quiet = is_secret && isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &before) == 0;
    char line[1024];
    printf("%s: ", words);
    fflush(stdout);
    if (is_quiet) {
        quiet = before;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    bool is_typed = fgets(line, sizeof line, stdin) != NULL;
    if (is_quiet) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        puts("");
    }
    *answer = !is_typed   ? S("")
              : is_secret ? str_copy(a, str_slice(str_of(line), 0, strcspn(line, "\r\n")))
                          : utf8_clean(a, str_trim(str_of(line)));
    return is_typed && answer->len;
}

static struct err fill(struct db_write *w, const struct answers *x) {
    struct unit_id organ, office;
    struct person_id person;
    struct post_id post;
    struct auth_any_row *any;
    TRY(auth_any(db_reading(w), &any));
    if (any) {
        return REFUSE(ERR_CONFLICT, "", "Thư mục này đã có tài khoản; lệnh setup chỉ dùng cho thư mục trống.");
    }
    TRY(org_unit_make(w,
                      &(struct org_unit_new){.code = x->code,
                                             .kind = S("front"),
                                             .level = x->level,
                                             .name = x->organ,
                                             .short_name = x->organ,
                                             .notation = x->notation},
                      &organ));
    TRY(org_unit_make(w,
                      &(struct org_unit_new){.code = str_format(db_write_arena(w), "%.*s-VP", STR_ARG(x->code)),
                                             .kind = S("board"),
                                             .level = x->level,
                                             .name = S("Văn phòng"),
                                             .short_name = S("Văn phòng"),
                                             .parent = organ,
                                             .edge = S("staff"),
                                             .ordinal = 1},
                      &office));
    TRY(org_person_make(w, &(struct org_person_new){.name = x->name}, &person));
    TRY(org_post_give(
        w,
        &(struct org_post_new){.person = person, .unit = office, .title = S("Quản trị hệ thống"), .roles = ROLE_ADMIN},
        &post));
    return auth_account_make(w, person, x->login, x->password, false);
}

static struct err set_up(struct serve *s, const struct answers *x) {
    struct db *db;
    struct db_write *w;
    TRY(start_open(s, s->arena, &db));
    TRY(db_begin_write(db, s->arena, &w));
    struct err e = fill(w, x);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static bool answers_read(struct serve *s, struct answers *x) {
    struct str again;
    bool is_whole = ask(s->arena, "Tên cơ quan (ví dụ: Ủy ban MTTQ Việt Nam phường Lê Chân)", false, &x->organ) &&
                    ask(s->arena, "Cấp (city: tỉnh, thành phố; commune: xã, phường, đặc khu)", false, &x->level) &&
                    ask(s->arena, "Mã cơ quan (ví dụ: MT-11407)", false, &x->code) &&
                    ask(s->arena, "Ký hiệu văn bản (ví dụ: MTTQ-BTT)", false, &x->notation) &&
                    ask(s->arena, "Họ và tên người quản trị", false, &x->name) &&
                    ask(s->arena, "Tên đăng nhập", false, &x->login) &&
                    ask(s->arena, "Mật khẩu (ít nhất 8 ký tự)", true, &x->password) &&
                    ask(s->arena, "Nhập lại mật khẩu", true, &again);
    bool is_same = is_whole && str_eq(x->password, again);
    if (!is_same) {
        fputs(is_whole ? "Hai lần nhập mật khẩu chưa giống nhau.\n" : "Cần trả lời đủ các câu hỏi.\n", stderr);
    }
    return is_same;
}

/* From here on the folder is a real one, whatever comes of the answers: never filled with a demonstration, and setup
   may be run again until it has gone well. */
int setup_command(struct serve *s) {
    struct answers x;
    s->no_demo = true;
    if (start_run(s) != 0) {
        return 1;
    }
    printf("Thiết lập thư mục %.*s\n", STR_ARG(s->dir));
    if (!answers_read(s, &x)) {
        fputs("Chưa thiết lập xong; hãy chạy lại doanket setup.\n", stderr);
        return 2;
    }
    struct err e = set_up(s, &x);
    if (e.why) {
        start_say("setup", e);
        fputs("Chưa thiết lập xong; hãy chạy lại doanket setup.\n", stderr);
        return 1;
    }
    puts("Xong. Chạy: doanket serve --data … rồi đăng nhập và thêm người, đơn vị ở mục Quản trị.");
    return 0;
}
