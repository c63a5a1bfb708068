/* `doanket user`: accounts from the terminal of the server itself, for when nobody can sign in to do it on the pages.
   Whoever may run this may read the database anyway; the audit trail says that it was done here. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "kernel/rights/audit.h"
#include "kernel/rights/auth_queries.h"
#include "kernel/module.h"
#include "kernel/rights/password.h"
#include "modules/org/org_pages.h"

enum { PIECE = 200 };

struct act {
    const char *name;
    struct err (*run)(struct db_write *db, struct person_id person, struct str *said);
};

static bool is_admin_today(struct db_read *db, struct person_id person, struct err *e) {
    struct org_admin_posts_rows rows;
    *e = org_admin_posts(db, (struct org_admin_posts_in){.role = ROLE_ADMIN, .on = clock_today()}, &rows);
    for (size_t i = 0; !e->why && i < rows.n; i++) {
        if (rows.at[i].person.v == person.v) {
            return true;
        }
    }
    return false;
}

static struct err open_and_unlock(struct db_write *db, struct person_id person) {
    struct auth_account account;
    TRY(auth_account(db_reading(db), person, &account));
    TRY(account.is_closed ? org_account_close(db, person, false) : OK);
    return auth_tries_clear(db, account.login);
}

static struct err unlock(struct db_write *db, struct person_id person, struct str *said) {
    *said = S("Tài khoản đang mở, không còn bị tạm khóa vì nhập sai mật khẩu.");
    TRY(open_and_unlock(db, person));
    return audit_note(db, &(struct audit){.verb = S("account.unlock"), .record = person.v});
}

static struct err password(struct db_write *db, struct person_id person, struct str *said) {
    struct arena *a = db_write_arena(db);
    struct str fresh = org_password_suggested(a);
    TRY(open_and_unlock(db, person));
    struct password_done done;
    TRY(password_do(a, &(struct password_work){.fresh = fresh}, &done));
    TRY(auth_reset_password(db, person, done.sealed));
    *said = str_format(a,
                       "Mật khẩu tạm: %.*s\nChỉ hiện một lần; phải đổi ở lần đăng nhập đầu tiên. Mọi phiên đang mở đã "
                       "kết thúc.",
                       STR_ARG(fresh));
    return audit_note(db, &(struct audit){.verb = S("account.reset"), .record = person.v});
}

/* The unit the person works in; otherwise the first of the organs at the top. */
static struct err unit_for(struct db_read *db, struct person_id person, struct unit_id *unit) {
    struct org_posts_of_person_rows posts;
    struct org_unit_roots_rows roots;
    TRY(org_posts_of_person(db, (struct org_posts_of_person_in){.person = {person.v}}, &posts));
    for (size_t i = 0; i < posts.n; i++) {
        if (ORG_POST_FROM(&posts.at[i]).is_in_force) {
            unit->v = posts.at[i].unit.v;
            return OK;
        }
    }
    TRY(org_unit_roots(db, (struct org_unit_roots_in){.today = clock_today()}, &roots));
    for (size_t i = 0; i < roots.n; i++) {
        if (!str_eq(roots.at[i].kind, S("place"))) {
            unit->v = roots.at[i].id.v;
            return OK;
        }
    }
    return REFUSE(ERR_MISSING, "", "Chưa có cơ quan nào. Hãy chạy doanket setup trước.");
}

static struct err administrator(struct db_write *db, struct person_id person, struct str *said) {
    struct err e;
    struct post_id post;
    struct org_post_new fresh = {
        .person = person, .title = S("Quản trị hệ thống"), .roles = ROLE_ADMIN, .basis = S("doanket user admin")};
    bool is_one = is_admin_today(db_reading(db), person, &e);
    TRY(e);
    TRY(open_and_unlock(db, person));
    if (!is_one) {
        TRY(unit_for(db_reading(db), person, &fresh.unit));
        TRY(org_post_give(db, &fresh, &post));
    }
    is_one = is_admin_today(db_reading(db), person, &e);
    TRY(e);
    if (!is_one) {
        return REFUSE(ERR_INVALID, "", "Người này đã thôi công tác nên không làm quản trị được. Hãy chọn người khác.");
    }
    *said = S("Người này là quản trị hệ thống, tài khoản đang mở. Nếu quên mật khẩu: doanket user password.");
    return OK;
}

static const struct act acts[] = {{"admin", administrator}, {"unlock", unlock}, {"password", password}};

static struct err act(struct command_run *run, const struct act *what, struct str login, struct str *said) {
    struct db_write *db;
    struct auth_account_by_login_row *row;
    TRY(db_begin_write(run->db, run->arena, &db));
    db_actor_set(db, &(struct db_actor){.ip = S("terminal")});
    struct err e = auth_account_by_login(db_reading(db), (struct auth_account_by_login_in){login}, &row);
    if (!e.why && !row) {
        e = err_refuse(run->arena, ERR_MISSING, "", "Không có tài khoản “%.*s”. Xem: doanket user", STR_ARG(login));
    }
    if (!e.why) {
        e = what->run(db, (struct person_id){row->person}, said);
    }
    if (e.why) {
        db_rollback(db);
        return e;
    }
    return db_commit(db);
}

static struct err print_one(struct command_run *run, struct db_read *db, const struct auth_account_list_row *r) {
    struct err e;
    struct org_person person;
    struct auth_account account;
    bool is_admin = is_admin_today(db, (struct person_id){r->person}, &e);
    TRY(e);
    TRY(org_person(db, (struct person_id){r->person}, &person));
    TRY(auth_account(db, (struct person_id){r->person}, &account));
    struct buf b = buf_in(run->arena);
    buf_printf(&b, "%-20.*s %.*s%s%s", STR_ARG(r->login), STR_ARG(person.name), is_admin ? "; quản trị hệ thống" : "",
               account.is_closed ? "; đã khóa" : "");
    if (account.failures) {
        buf_printf(&b, "; nhập sai mật khẩu %lld lần trong một ngày qua", (long long)account.failures);
    }
    printf("%.*s\n", STR_ARG(buf_str(&b)));
    return OK;
}

static struct err list(struct command_run *run) {
    struct db_read *db;
    struct auth_account_list_rows rows = {0};
    struct str after = S("");
    struct err e = OK;
    TRY(db_begin_read(run->db, run->arena, &db));
    do {
        e = auth_account_list(db, (struct auth_account_list_in){after, PIECE}, &rows);
        for (size_t i = 0; !e.why && i < rows.n; i++) {
            after = rows.at[i].login;
            e = print_one(run, db, &rows.at[i]);
        }
    } while (!e.why && rows.n == PIECE);
    db_end_read(db);
    return e;
}

static int tell(struct err e, struct str said) {
    if (!e.why) {
        printf("%.*s%s", STR_ARG(said), said.len ? "\n" : "");
        return 0;
    }
    struct str words = e.why->message.len ? e.why->message : err_sentence(e.why->kind);
    fprintf(stderr, "doanket: %.*s\n", STR_ARG(words));
    if (e.why->detail.len) {
        log_fault(LOG_ERROR, "user", e);
    }
    return 1;
}

static int user(struct command_run *run) {
    struct str said = S("");
    if (run->n == 0 || (run->n == 1 && str_eq(run->words[0], S("list")))) {
        return tell(list(run), S(""));
    }
    for (size_t i = 0; run->n == 2 && i < sizeof acts / sizeof *acts; i++) {
        if (str_eq(run->words[0], str_of(acts[i].name))) {
            struct err e = act(run, &acts[i], run->words[1], &said);
            return tell(e, said);
        }
    }
    return 2;
}

const struct command org_commands[] = {
    {.name = "user",
     .usage = "  doanket user        các tài khoản, ai là quản trị, ai đang bị khóa\n"
              "  doanket user admin TÊN      cho một tài khoản vai trò quản trị hệ thống (khi không còn ai quản trị)\n"
              "  doanket user unlock TÊN     mở tài khoản bị khóa hay bị tạm khóa\n"
              "  doanket user password TÊN   mật khẩu tạm mới, chỉ hiện một lần\n",
     .run = user},
    {0},
};
