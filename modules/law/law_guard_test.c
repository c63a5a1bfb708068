#include "tests/db.h"

#include "base/buf.h"
#include "kernel/page/i18n.h"
#include "base/utf8.h"
#include "modules/law/law_guard.h"
#include "modules/law/law_store.h"

static const char law_text[] =
    "QUỐC HỘI\nLuật số: 10/2020/QH14\nHà Nội, ngày 10 tháng 6 năm 2020\n\nLUẬT\nTHỬ NGHIỆM\n\n"
    "Quốc hội ban hành Luật Thử nghiệm.\n\n"
    "Điều 1. Phạm vi\nLuật này quy định về thử nghiệm.\n\n"
    "Điều 2. Nguyên tắc\n1. Công khai trước toàn thể nhân dân;\n2. Minh bạch trong mọi việc làm.\n\n"
    "Điều 3. Thẩm quyền\nỦy ban nhân dân quyết định việc này.\n\n"
    "Điều 4. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021.\n";
static const char act_text[] =
    "QUỐC HỘI\nLuật số: 20/2023/QH15\nHà Nội, ngày 20 tháng 6 năm 2023\n\nLUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT "
    "THỬ NGHIỆM\n\n"
    "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thử nghiệm số 10/2020/QH14\n"
    "1. Sửa đổi, bổ sung khoản 2 Điều 2 như sau:\n“2. Minh bạch trong mọi việc nhỏ và lớn.”.\n"
    "2. Bãi bỏ Điều 3.\n\n"
    "Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2023.\n";

static struct err put(struct db *db, struct arena *a, const char *text) {
    struct law_tree tree;
    struct law_store in = {0};
    struct law_stored done;
    struct db_write *w;
    law_text_read(a, str_of(text), &tree);
    TRY(db_begin_write(db, a, &w));
    struct err e = law_store_tree(w, &tree, &in, &done);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

/* The codes of what was found, the cited words before each. */
static struct str codes(struct db *db, struct arena *a, struct str text, struct date on) {
    struct law_guard out;
    struct db_read *r;
    struct buf b = buf_in(a);
    if (db_begin_read(db, a, &r).why) {
        return S("no read");
    }
    struct err e = law_guard_check(r, text, on, &out);
    for (size_t i = 0; !e.why && i < out.findings.n; i++) {
        buf_printf(&b, "%s%.*s", i ? " " : "", STR_ARG(out.findings.at[i].code));
    }
    db_end_read(r);
    return e.why ? S("failed") : buf_str(&b);
}

TEST_DB("each citation is checked for existence, wording and force on the text's day") {
    struct date on = {2022, 1, 1}, later = {2024, 1, 1}, early = {2020, 7, 1};
    static const struct {
        struct str text, is;
        int when; /* 0 on, 1 later, 2 early */
    } rows[] = {
        {S_INIT("Luật Thử nghiệm số 10/2020/QH14"), S_INIT("ok"), 0},
        {S_INIT("Luật Thử nghiệm số 10/2020/QH14 ngày 11 tháng 6 năm 2020"), S_INIT("date ok"), 0},
        {S_INIT("Luật Thử nghiệm số 10/2019/QH14"), S_INIT("no_document"), 0},
        {S_INIT("Nghị định 999/2020/NĐ-CP"), S_INIT("no_document"), 0},
        {S_INIT("Luật Đất đai số 10/2020/QH14"), S_INIT("name ok"), 0},
        {S_INIT("Luật Thử nghiệm số 10/2020/QH14"), S_INIT("pending"), 2},
        {S_INIT("Luật Thử nghiệm số 10/2020/QH14"), S_INIT("partly"), 1},
        {S_INIT("khoản 2 Điều 2 Luật Thử nghiệm"), S_INIT("ok ok"), 0},
        {S_INIT("khoản 9 Điều 2 Luật Thử nghiệm"), S_INIT("no_place ok"), 0},
        {S_INIT("Điều 77 Luật Thử nghiệm"), S_INIT("no_place ok"), 0},
        {S_INIT("Điều 3 Luật Thử nghiệm"), S_INIT("repealed partly"), 1},
        {S_INIT("khoản 2 Điều 2 Luật Thử nghiệm"), S_INIT("amended partly"), 1},
        {S_INIT("khoản 1 Điều 2 Luật Thử nghiệm: “Công khai trước toàn thể nhân dân”"), S_INIT("ok ok ok"), 0},
        {S_INIT("khoản 1 Điều 2 Luật Thử nghiệm: “Công khai trước đông đảo nhân dân”"), S_INIT("ok ok wording"), 0},
        {S_INIT("khoản 1 Điều 2 Luật Thử nghiệm: “Minh bạch trong mọi việc làm”"), S_INIT("ok ok other_place"), 0},
        {S_INIT("khoản 2 Điều 2 Luật Thử nghiệm: “Minh bạch trong mọi việc làm”"), S_INIT("amended partly old_wording"),
         1},
        {S_INIT("“Công khai trước toàn thể nhân dân” (khoản 1 Điều 2 Luật Thử nghiệm)"), S_INIT("ok ok ok"), 0},
        {S_INIT("Theo Luật Thử nghiệm, tại Điều 2 có ghi"), S_INIT("ok whose"), 0},
        {S_INIT("Điều 1. Ban hành kèm theo Quyết định này. Điều 2. Hiệu lực."), S_INIT(""), 0},
    };
    CHECK_OK(put(db, arena, law_text));
    CHECK_OK(put(db, arena, act_text));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_STR(codes(db, arena, rows[i].text,
                        rows[i].when == 0   ? on
                        : rows[i].when == 1 ? later
                                            : early),
                  rows[i].is);
    }
}

TEST_DB("a number the library does not have is not called wrong; one that is a slip of the pen is") {
    static const struct {
        struct str text, code;
        enum law_guard_level level;
    } rows[] = {
        {S_INIT("Luật Thử nghiệm số 129/2025/QH15"), S_INIT("no_document"), LAW_GUARD_UNKNOWN},
        {S_INIT("Luật Thử nghiệm số 10/2021/QH14"), S_INIT("no_document"), LAW_GUARD_WRONG},
        {S_INIT("Nghị định số 10/2020/NĐ-CP"), S_INIT("no_document"), LAW_GUARD_UNKNOWN},
        {S_INIT("Phụ lục II Luật Thử nghiệm"), S_INIT("no_text"), LAW_GUARD_UNKNOWN},
        {S_INIT("Luật Thử nghiệm số 129/2025/QH15; Điều 77 Luật Thử nghiệm"), S_INIT("no_document"), LAW_GUARD_UNKNOWN},
    };
    struct law_guard out;
    struct db_read *r;
    CHECK_OK(put(db, arena, law_text));
    CHECK_OK(db_begin_read(db, arena, &r));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_OK(law_guard_check(r, rows[i].text, (struct date){2026, 1, 1}, &out));
        CHECK_OR_RETURN(out.findings.n > 0);
        CHECK_STR(out.findings.at[0].code, rows[i].code);
        CHECK(out.findings.at[0].level == rows[i].level);
        CHECK(rows[i].level == LAW_GUARD_WRONG || out.wrong == 0);
    }
    db_end_read(r);
}

TEST_DB("what the guard says is said in English to who reads English, names and places left as they are") {
    static const struct str texts[] = {S_INIT("Luật Thử nghiệm số 10/2021/QH14"),
                                       S_INIT("khoản 9 Điều 2 Luật Thử nghiệm"),
                                       S_INIT("Điều 77 Luật Thử nghiệm"),
                                       S_INIT("Điều 3 Luật Thử nghiệm"),
                                       S_INIT("khoản 2 Điều 2 Luật Thử nghiệm"),
                                       S_INIT("Luật Đất đai số 10/2020/QH14"),
                                       S_INIT("Luật Thử nghiệm số 10/2020/QH14 ngày 11 tháng 6 năm 2020")};
    const struct lang *english = lang_of(S("en"));
    struct law_guard out;
    struct db_read *r;
    CHECK_OK(put(db, arena, law_text));
    CHECK_OK(put(db, arena, act_text));
    CHECK_OK(db_begin_read(db, arena, &r));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK_OK(law_guard_check(r, texts[i], (struct date){2024, 1, 1}, &out));
        for (size_t k = 0; k < out.findings.n; k++) {
            struct str said = lang_sentence(english, arena, out.findings.at[k].sentence);
            bool is_left = str_find(said, S("không"), 0) != SIZE_MAX || str_find(said, S(" đã "), 0) != SIZE_MAX ||
                           str_find(said, S("hiệu lực"), 0) != SIZE_MAX || str_find(said, S("từ ngày"), 0) != SIZE_MAX;
            CHECK(!str_eq(said, out.findings.at[k].sentence) && !is_left);
        }
    }
    db_end_read(r);
}

TEST_DB("a wrong number or date brings the right one, and a wrong quotation the law's words") {
    struct law_guard out;
    struct db_read *r;
    CHECK_OK(put(db, arena, law_text));
    CHECK_OK(db_begin_read(db, arena, &r));
    struct str text = S("Luật Thử nghiệm số 10/2019/QH14; khoản 1 Điều 2 Luật Thử nghiệm quy định: “Công khai trước "
                        "đông đảo nhân dân”");
    CHECK_OK(law_guard_check(r, text, (struct date){2022, 1, 1}, &out));
    CHECK_OR_RETURN(out.findings.n == 4);
    CHECK(out.findings.at[0].level == LAW_GUARD_WRONG);
    CHECK_STR(out.findings.at[0].suggestion, S("Luật Thử nghiệm số 10/2020/QH14"));
    CHECK_STR(out.findings.at[3].suggestion, S("Công khai trước toàn thể nhân dân"));
    CHECK_STR(str_slice(text, out.findings.at[3].from, out.findings.at[3].to), S("Công khai trước đông đảo nhân dân"));
    CHECK(out.wrong == 2 && out.right == 2);
    db_end_read(r);
}

TEST_DB("empty, huge and hostile texts have an answer") {
    struct law_guard out;
    struct db_read *r;
    struct buf b = buf_in(arena);
    CHECK_OK(put(db, arena, law_text));
    while (b.len < LAW_GUARD_BYTES + 4096) {
        BUF_LIT(&b, "khoản 1 Điều 2 Luật Thử nghiệm số 10/2020/QH14 “Công khai trước đông đảo nhân dân ở đây” ");
    }
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_guard_check(r, S(""), (struct date){2022, 1, 1}, &out));
    CHECK(out.findings.n == 0 && !out.is_cut);
    CHECK_OK(law_guard_check(r, S("\xFF\xFE<script>Điều \xC4 khoản“ điểm"), (struct date){2022, 1, 1}, &out));
    CHECK_OK(law_guard_check(r, buf_str(&b), (struct date){2022, 1, 1}, &out));
    CHECK(out.is_cut && out.findings.n > 0);
    db_end_read(r);
}
