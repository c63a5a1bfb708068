/* Who a login is, for commands. */
#include "base/utf8.h"
#include "kernel/rights/auth.h"
#include "kernel/rights/auth_queries.h"
#include "kernel/db/db.h"

#include "base/banned.h"

struct err auth_post_of_login(struct db_read *db, struct str login, struct post_id *post) {
    struct arena *a = db_arena(db);
    struct auth_account_by_login_row *account;
    struct hats hats = {0};
    struct str name = utf8_lower(a, utf8_clean(a, str_trim(login)));
    TRY(auth_account_by_login(db, (struct auth_account_by_login_in){.login = name}, &account));
    if (account && !account->is_closed) {
        TRY(auth_hats(db, (struct person_id){account->person}, &hats));
    }
    if (!hats.n) {
        return err_refuse(a, ERR_MISSING, "as", "Không có tài khoản “%.*s”, hoặc người đó không giữ chức danh nào.",
                          STR_ARG(login));
    }
    *post = hats.at[0].post;
    return OK;
}
