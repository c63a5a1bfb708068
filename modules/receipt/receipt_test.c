/* Codes, words, drafts and limits. */
#include "modules/receipt/receipt.h"

#include "base/utf8.h"
#include "kernel/rights/auth.h"
#include "kernel/rights/password.h"
#include "modules/receipt/receipt_code.h"
#include "modules/receipt/receipt_inside.h"
#include "tests/db.h"

static const struct date day = {2026, 11, 30};

TEST("a code is read however it is typed, and one wrong digit or two changed about are noticed") {
    struct str code = receipt_code_make(arena, S("11911"), day, 3), read, other = S("");
    CHECK(str_starts(code, S("11911-261130-0003-")));
    CHECK(receipt_code_read(arena, code, &read));
    CHECK_STR(read, code);
    struct str loose = str_format(arena, " 11911 261130 0003 %.*s ", 1, code.at + code.len - 1);
    CHECK(receipt_code_read(arena, str_lower_ascii(arena, loose), &read));
    CHECK_STR(read, code);
    struct str wide = str_format(arena, "１１９１１-261130-0003-%.*s", 1, code.at + code.len - 1);
    CHECK(receipt_code_read(arena, wide, &read));
    CHECK_STR(read, code);
    size_t noticed = 0, tried = 0;
    for (size_t i = 0; i + 2 < code.len; i++) {
        for (char c = '0'; c <= '9' && code.at[i] != '-'; c++) {
            char *z = str_z(arena, code);
            z[i] = c;
            tried += c != code.at[i] ? 1 : 0;
            noticed += c != code.at[i] && !receipt_code_read(arena, str_of(z), &other) ? 1 : 0;
        }
    }
    CHECK(tried == 15 * 9 && noticed == tried);
    for (size_t i = 0; i + 3 < code.len; i++) {
        char *z = str_z(arena, code);
        z[i] = code.at[i + 1];
        z[i + 1] = code.at[i];
        bool is_other = code.at[i] != code.at[i + 1] && code.at[i] != '-' && code.at[i + 1] != '-';
        CHECK(!is_other || !receipt_code_read(arena, str_of(z), &other));
    }
    CHECK(!receipt_code_read(arena, S(""), &other) && !receipt_code_read(arena, S("<script>"), &other));
}

TEST("codes of every length of prefix and number read back") {
    static const struct str prefixes[] = {S_INIT("00"), S_INIT("31"), S_INIT("11383")};
    struct str read;
    for (size_t i = 0; i < 3; i++) {
        for (int64_t n = 1; n < 200000; n = n * 7 + 3) {
            struct str code = receipt_code_make(arena, prefixes[i], day, n);
            CHECK(receipt_code_read(arena, code, &read));
            CHECK_STR(read, code);
        }
    }
}

TEST("the three words follow from the browser and the number, and are compared without marks") {
    struct str one = receipt_words_make(arena, S("secret"), 5), two = receipt_words_make(arena, S("secret"), 6);
    CHECK_STR(one, receipt_words_make(arena, S("secret"), 5));
    CHECK(!str_eq(one, two) && !str_eq(one, receipt_words_make(arena, S("secres"), 5)));
    CHECK_STR(receipt_words_plain(arena, S("Cánh buồm · Mưa rào · HOA GẠO")), S("canhbuommuaraohoagao"));
    CHECK_STR(receipt_words_plain(arena, S("canh buom,mua rao , hoa gao")), S("canhbuommuaraohoagao"));
}

TEST("the words are 256, and no two are alike without their marks") {
    struct str plain[256];
    for (size_t i = 0; i < 256; i++) {
        plain[i] = receipt_words_plain(arena, receipt_word(i));
        CHECK(plain[i].len > 2);
        for (size_t k = 0; k < i; k++) {
            CHECK(!str_eq(plain[i], plain[k]));
        }
    }
    CHECK(receipt_word(256).len == 0);
}

static struct err draft(struct db_write *w, int64_t id, struct str code) {
    return receipt_item_add(w,
                            (struct receipt_item_add_in){.id = {id},
                                                         .kind = S("service"),
                                                         .about = S("X/1"),
                                                         .draft_code = code,
                                                         .body = S("{}"),
                                                         .made_at = clock_now()},
                            NULL);
}

TEST_DB("a draft is saved until it is sent; what was sent has a code, its words are hashed, and it is saved no more") {
    struct db_write *w;
    struct receipt_item_id id;
    struct receipt_item_by_id_row *row;
    struct receipt_item_by_code_row *found;
    struct str code, again;
    struct password_done done;
    CHECK_OK(db_begin_write(db, arena, &w));
    struct receipt_made made = {
        .kind = S("service"), .about = S("X/1"), .prefix = S("11911"), .record = 77, .words = S("hoa sen · ao sen")};
    CHECK_OK(receipt_make(w, &made, &id, &code));
    CHECK(str_starts(code, S("11911-")));
    CHECK_ERR(receipt_save(w, id, S("{\"x\":1}")), ERR_CONFLICT);
    CHECK_OK(receipt_item_by_code(db_reading(w), (struct receipt_item_by_code_in){.code = code}, &found));
    CHECK_OR_RETURN(found && found->id.v == id.v);
    CHECK(str_find(found->sealed, S("hoa"), 0) == SIZE_MAX);
    CHECK_OK(password_do(arena, &(struct password_work){.sealed = found->sealed, .tried = S("hoasenaosen")}, &done));
    CHECK(done.is_right);
    made.record = 78;
    CHECK_OK(receipt_make(w, &made, &id, &again));
    CHECK(!str_eq(code, again));
    CHECK_OK(draft(w, 900, S("00-1")));
    CHECK_OK(receipt_save(w, (struct receipt_item_id){900}, S("{\"x\":2}")));
    CHECK_OK(receipt_item_by_id(db_reading(w), (struct receipt_item_by_id_in){.id = {900}}, &row));
    CHECK_STR(row->body, S("{\"x\":2}"));
    CHECK_OK(receipt_close(w, S("service"), 77));
    CHECK_OK(receipt_item_by_code(db_reading(w), (struct receipt_item_by_code_in){.code = code}, &found));
    CHECK_STR(found->state, S("closed"));
    db_rollback(w);
}

TEST_DB("a browser opens what it was let into, until then and no longer, and nothing of another's") {
    struct db_write *w;
    struct receipt_pass_find_row *row;
    struct instant now = clock_now();
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(draft(w, 901, S("00-2")));
    CHECK_OK(receipt_let_in(w, S("mine"), (struct receipt_item_id){901}, true, (struct instant){now.ms + 60000}));
    struct receipt_pass_find_in in = {.token = auth_hash(arena, S("mine")), .item = {901}, .now = now};
    CHECK_OK(receipt_pass_find(db_reading(w), in, &row));
    CHECK(row && row->is_maker);
    in.now.ms += 60001;
    CHECK_OK(receipt_pass_find(db_reading(w), in, &row));
    CHECK(!row);
    in = (struct receipt_pass_find_in){.token = auth_hash(arena, S("other")), .item = {901}, .now = now};
    CHECK_OK(receipt_pass_find(db_reading(w), in, &row));
    CHECK(!row);
    /* Let in by the words as well, the maker stays the maker. */
    CHECK_OK(receipt_let_in(w, S("mine"), (struct receipt_item_id){901}, false, (struct instant){now.ms + 90000}));
    in = (struct receipt_pass_find_in){.token = auth_hash(arena, S("mine")), .item = {901}, .now = {now.ms + 80000}};
    CHECK_OK(receipt_pass_find(db_reading(w), in, &row));
    CHECK(row && row->is_maker);
    db_rollback(w);
}

TEST_DB("what is done too often under one mark is held back for an hour, and others are not") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    for (int i = 0; i < 3; i++) {
        CHECK_OK(receipt_limit(w, S("send"), S("a"), 3, 1));
    }
    CHECK_ERR(receipt_limit(w, S("send"), S("a"), 3, 1), ERR_BUSY);
    CHECK_OK(receipt_limit(w, S("send"), S("b"), 3, 1));
    CHECK_OK(receipt_limit(w, S("look"), S("a"), 3, 1));
    clock_freeze((struct instant){clock_now().ms + 3 * 3600 * 1000});
    CHECK_OK(receipt_limit(w, S("send"), S("a"), 3, 1));
    clock_freeze((struct instant){0});
    db_rollback(w);
}

TEST_DB("a draft nobody touched for sixty days goes, with its passes; what was sent stays") {
    struct db_write *w;
    struct receipt_item_by_id_row *row;
    struct receipt_item_id sent;
    struct str code;
    size_t n;
    struct instant now = clock_now();
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(draft(w, 902, S("00-3")));
    CHECK_OK(receipt_make(
        w,
        &(struct receipt_made){.kind = S("service"), .about = S("X/1"), .prefix = S("31"), .record = 5, .words = S("")},
        &sent, &code));
    CHECK_OK(receipt_let_in(w, S("mine"), (struct receipt_item_id){902}, true, (struct instant){now.ms + 1000}));
    clock_freeze((struct instant){now.ms + INT64_C(59) * 86400 * 1000});
    CHECK_OK(receipt_sweep(w, &n));
    CHECK(n == 0);
    clock_freeze((struct instant){now.ms + INT64_C(61) * 86400 * 1000});
    CHECK_OK(receipt_sweep(w, &n));
    CHECK(n == 1);
    CHECK_OK(receipt_item_by_id(db_reading(w), (struct receipt_item_by_id_in){.id = {902}}, &row));
    CHECK(!row);
    CHECK_OK(receipt_item_by_id(db_reading(w), (struct receipt_item_by_id_in){.id = sent}, &row));
    CHECK(row != NULL);
    clock_freeze((struct instant){0});
    db_rollback(w);
}
