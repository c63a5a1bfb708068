#include "kernel/seal/seal.h"
#include "base/arena.h"
#include "kernel/file/file.h"
#include "read/read.h"
#include "tests/db.h"

#include "base/banned.h"

static struct err sealed_in(struct db *db, struct arena *a, struct str secret, struct str *sealed) {
    struct db_write *w;
    TRY(db_begin_write(db, a, &w));
    struct err e = seal_secret(w, secret, sealed);
    db_rollback(w);
    return e;
}

TEST_DB("a secret is not what is kept, comes back by the key of its folder, and by no other") {
    struct str here = test_dir(arena), there = test_dir(arena), sealed, again, other, plain;
    CHECK_OK(file_store_open(here, 1 << 20, &read_limits_usual));
    CHECK_OK(sealed_in(db, arena, S("mật khẩu"), &sealed));
    CHECK_OK(sealed_in(db, arena, S("mật khẩu"), &again));
    CHECK(str_find(sealed, S("khẩu"), 0) == SIZE_MAX && !str_eq(sealed, again));
    CHECK_OK(seal_open(arena, sealed, &plain));
    CHECK_STR(plain, S("mật khẩu"));
    CHECK_OK(file_store_open(there, 1 << 20, &read_limits_usual));
    CHECK_ERR(seal_open(arena, sealed, &plain), ERR_INVALID);
    CHECK_OK(sealed_in(db, arena, S("x"), &other));
    CHECK_ERR(seal_open(arena, sealed, &plain), ERR_INVALID);
    CHECK(!plain.len);
}

TEST_DB("no secret is none, and what was changed or cut does not open") {
    struct str sealed, plain;
    CHECK_OK(file_store_open(test_dir(arena), 1 << 20, &read_limits_usual));
    CHECK_OK(sealed_in(db, arena, S(""), &sealed));
    CHECK(!sealed.len);
    CHECK_OK(seal_open(arena, sealed, &plain));
    CHECK_OK(sealed_in(db, arena, S("khóa"), &sealed));
    for (size_t i = 0; i < sealed.len; i++) {
        char *z = str_z(arena, sealed);
        z[i] = z[i] == 'A' ? 'B' : 'A';
        CHECK_ERR(seal_open(arena, str_of(z), &plain), ERR_INVALID);
        CHECK_ERR(seal_open(arena, str_slice(sealed, 0, i ? i : 1), &plain), ERR_INVALID);
    }
}
