/* The last administrator: who counts as one, and that there always is one. */
#include "kernel/rights/audit.h"
#include "modules/org/org_rows.h"

static struct err any_on(struct db_read *db, struct date on, bool *is_there) {
    struct org_admin_posts_rows rows;
    *is_there = false;
    TRY(org_admin_posts(db, (struct org_admin_posts_in){.role = ROLE_ADMIN, .on = on}, &rows));
    for (size_t i = 0; i < rows.n && !*is_there; i++) {
        struct auth_account account;
        TRY(auth_account(db, (struct person_id){rows.at[i].person.v}, &account));
        *is_there = account.login.len && !account.is_closed;
    }
    return OK;
}

/* One for today and one for the day in question may be two people. */
static struct err any_then(struct db_read *db, struct date on, bool *is_there) {
    TRY(any_on(db, clock_today(), is_there));
    return *is_there && date_cmp(on, clock_today()) > 0 ? any_on(db, on, is_there) : OK;
}

struct err org_admin_guard_begin(struct db_write *db, struct date on, struct org_admin_guard *guard) {
    guard->on = on;
    return any_then(db_reading(db), on, &guard->was_there);
}

struct err org_admin_guard_end(struct db_write *db, const struct org_admin_guard *guard, const char *field) {
    bool is_there;
    TRY(any_then(db_reading(db), guard->on, &is_there));
    if (is_there || !guard->was_there) {
        return OK;
    }
    return err_refuse(db_write_arena(db), ERR_INVALID, field,
                      "Đây là người quản trị cuối cùng: sau việc này không còn ai vào được mục Quản trị. Hãy giao vai "
                      "trò quản trị cho một người khác có tài khoản đang mở trước.");
}

struct err org_account_close(struct db_write *db, struct person_id id, bool is_closed) {
    struct org_admin_guard guard;
    TRY(org_admin_guard_begin(db, (struct date){0}, &guard));
    TRY(auth_account_close(db, id, is_closed));
    TRY(org_admin_guard_end(db, &guard, ""));
    return audit_note(db, &(struct audit){.verb = is_closed ? S("account.close") : S("account.open"), .record = id.v});
}
