/* Importing a small corpus, and everything that goes wrong with corpora. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/index/feed.h"
#include "modules/law/law.h"
#include "modules/law/law_import.h"
#include "modules/law/law_import_queries.h"
#include "modules/law/law_import_source.h"
#include "modules/law/law_list_queries.h"
#include "modules/law/law_search.h"
#include "modules/law/law_store_queries.h"
#include "modules/law/law_queries.h"
#include "tests/db.h"

static struct str put_file(struct arena *a, const char *name, struct str bytes) {
    struct str path = str_format(a, "%.*s/%s", STR_ARG(test_dir(a)), name);
    FILE *f = fopen(str_z(a, path), "wb");
    fwrite(bytes.at, 1, bytes.len, f);
    fclose(f);
    return path;
}

#define ARTICLE(id, number, type, title, article, heading, text, source, more)                                         \
    "{\"id\": \"" id "\", \"doc_num\": \"" number "\", \"doc_type\": \"" type "\", \"doc_title\": \"" title            \
    "\", \"article\": \"" article "\", \"title\": \"" heading "\", \"text\": \"" text                                  \
    "\", \"topic\": \"quoc-phong\", \"source\": \"" source "\"" more "}\n"

/* Articles of two works in turn, as the codified law has them. */
static const char corpus[] = ARTICLE(
    "24/2018/qh14%1", "24/2018/QH14", "Luật", "An ninh mạng", "1", "Phạm vi điều chỉnh",
    "Luật này quy định về hoạt động bảo vệ an ninh quốc gia.",
    "Điều 1 Luật số 24/2018/QH14 An ninh mạng ngày 12/06/2018 của Quốc hội, có hiệu lực thi hành kể từ ngày "
    "01/01/2019",
    ", \"effective_date\": \"01/01/2019\", \"pd_code\": \"1.11.LQ.1\", \"related\": [\"Điều 2.3.NĐ.7.2. Đối "
    "tượng\", \"Điều 5. Trách nhiệm của Nghị định 165/2018/NĐ-CP Về giao dịch ban hành ngày 24/12/2018\"]")
    ARTICLE("30/2020/nđ-cp%2", "30/2020/NĐ-CP", "Nghị định", "Công tác văn thư", "2", "Đối tượng",
            "1. Nghị định này áp dụng đối với:\\na) Cơ quan;\\nb) Doanh nghiệp.\\n2. Tổ chức khác.",
            "Điều 2 Nghị định số 30/2020/NĐ-CP Công tác văn thư ngày 05/03/2020 của Chính phủ, có hiệu lực thi hành kể "
            "từ ngày 05/03/2020, có nội dung được sửa đổi, có nội dung được bổ sung bởi Điều 1 Nghị định số "
            "245/2025/NĐ-CP có hiệu lực thi hành kể từ ngày 11/09/2025",
            ", \"effective_date\": \"05/03/2020\", \"pd_code\": \"2.3.NĐ.7.2\"")
        ARTICLE(
            "24/2018/qh14%2", "24/2018/QH14", "Luật", "An ninh mạng", "2", "Giải thích từ ngữ", "1. An ninh mạng là …",
            "Điều 2 Luật số 24/2018/QH14 An ninh mạng ngày 12/06/2018 của Quốc hội, có hiệu lực thi hành kể từ ngày "
            "01/01/2019",
            ", \"effective_date\": \"01/01/2019\", \"pd_code\": \"1.11.LQ.2\"");

struct import_as {
    struct arena *arena;
    struct buf said;
};

static void hear(void *thing, struct str words) {
    struct import_as *as = thing;
    buf_put(&as->said, words);
    BUF_LIT(&as->said, "\n");
}

static struct err run(struct arena *a, struct db *db, const struct str *files, size_t n, struct law_import_count *count,
                      struct str *said) {
    struct import_as as = {a, buf_in(a)};
    struct law_import import = {.db = db, .files = files, .n = n, .tell = hear, .thing = &as};
    struct err e = law_import_run(a, &import, count);
    if (said) {
        *said = buf_str(&as.said);
    }
    return e;
}

TEST_DB("a corpus becomes works with places, in one import, and again changes nothing") {
    struct str file = put_file(arena, "a.jsonl", str_of(corpus));
    struct law_import_count count;
    struct law_work_heads found;
    struct law_wordings all;
    struct db_read *r;
    CHECK_OK(run(arena, db, &file, 1, &count, NULL));
    CHECK(count.records == 3 && count.added == 2 && count.rejected == 0);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_work_named(r, S("Luật An ninh mạng 2018"), (struct date){2026, 1, 1}, &found));
    CHECK_OR_RETURN(found.n == 1);
    CHECK_STR(found.at[0].code, S("24/2018/QH14"));
    CHECK_STR(found.at[0].issuer, S("Quốc hội"));
    CHECK(date_is(found.at[0].issued_on, (struct date){2018, 6, 12}));
    CHECK(found.at[0].status == LAW_IN_FORCE);
    CHECK_OK(law_work_named(r, S("nđ 30/2020"), (struct date){2026, 1, 1}, &found));
    CHECK_OR_RETURN(found.n == 1);
    CHECK(found.at[0].status == LAW_PARTLY);
    CHECK_OK(law_wordings(r, found.at[0].id, S("art_2"), (struct date){2026, 1, 1}, &all));
    CHECK_OR_RETURN(all.n == 5);
    CHECK_STR(all.at[0].heading, S("Đối tượng"));
    CHECK_STR(all.at[2].eid, S("art_2__cl_1__pt_a"));
    CHECK_STR(all.at[2].text, S("Cơ quan;"));
    CHECK_STR(all.at[4].eid, S("art_2__cl_2"));
    db_end_read(r);
    CHECK_OK(run(arena, db, &file, 1, &count, NULL));
    CHECK(count.added == 0 && count.changed == 0 && count.unchanged == 2);
}

TEST_DB("who changed an article, and what it refers to, is kept, also what is not here yet") {
    struct str file = put_file(arena, "a.jsonl", str_of(corpus));
    struct law_import_count count;
    struct law_work_heads law, decree, amending;
    struct law_relations_from_rows rows;
    struct db_read *r;
    CHECK_OK(run(arena, db, &file, 1, &count, NULL));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_work_named(r, S("24/2018/QH14"), (struct date){2026, 1, 1}, &law));
    CHECK_OK(law_work_named(r, S("30/2020/NĐ-CP"), (struct date){2026, 1, 1}, &decree));
    CHECK_OK(law_work_named(r, S("245/2025/NĐ-CP"), (struct date){2026, 1, 1}, &amending));
    CHECK_OR_RETURN(law.n == 1 && decree.n == 1 && amending.n == 1);
    CHECK(date_is(amending.at[0].effective_on, (struct date){2025, 9, 11}));
    CHECK_OK(law_relations_from(r, (struct law_relations_from_in){.from_work = law.at[0].id}, &rows));
    CHECK_OR_RETURN(rows.n == 2);
    CHECK(rows.at[0].to_work.v == decree.at[0].id.v && rows.at[0].to_provision.v != 0);
    CHECK_STR(rows.at[1].to_key, S("165/2018/nd-cp"));
    CHECK_STR(rows.at[1].to_eid, S("art_5"));
    CHECK(rows.at[1].to_work.v == 0);
    CHECK_OK(law_relations_from(r, (struct law_relations_from_in){.from_work = amending.at[0].id}, &rows));
    CHECK_OR_RETURN(rows.n == 1);
    CHECK(rows.at[0].to_work.v == decree.at[0].id.v);
    CHECK_STR(rows.at[0].type, S("amends"));
    db_end_read(r);
}

TEST_DB("changes a source lists are waiting events with their words, unless the amending text gives them itself") {
    static const char act[] =
        "CHÍNH PHỦ\nSố: 20/2024/NĐ-CP\nHà Nội, ngày 20 tháng 6 năm 2024\n\nNGHỊ ĐỊNH\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA "
        "NGHỊ "
        "ĐỊNH SỐ 30/2020/NĐ-CP\n\nĐiều 1. Sửa đổi, bổ sung một số điều của Nghị định số 30/2020/NĐ-CP\n"
        "1. Sửa đổi khoản 1 Điều 5 như sau:\n“1. Mới.”.\n2. Điều chỉnh khoản 2 Điều 5:\n“2. Cũng mới.”\n\n"
        "Điều 2. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.\n";
    static const char list[] =
        "{\"doc_identity\": \"20/2024/NĐ-CP\", \"amends\": [{\"amending_article\": \"1\", \"amending_clause\": \"1\", "
        "\"amend_type\": \"sửa đổi\", \"target_doc_identity\": \"30/2020/NĐ-CP\", \"target_article\": \"5\", "
        "\"target_clause\": \"1\"}, {\"amending_article\": \"1\", \"amending_clause\": \"2\", \"amend_type\": \"sửa "
        "đổi\", \"target_doc_identity\": \"30/2020/NĐ-CP\", \"target_article\": \"5\", \"target_clause\": \"2\"}]}";
    struct law_import_count count;
    struct law_work_heads decree;
    struct str files[] = {put_file(arena, "act.txt", str_of(act)), put_file(arena, "list.json", str_of(list))}, said;
    struct db_read *r;
    CHECK_OK(run(arena, db, files, 2, &count, &said));
    CHECK(str_find(said, S("nguồn ghi 2 thay đổi, 1 trùng với lời văn, 1 mới và chờ duyệt"), 0) != SIZE_MAX);
    CHECK_OK(run(arena, db, &files[1], 1, &count, &said));
    CHECK(str_find(said, S("1 trùng với lời văn, 0 mới"), 0) != SIZE_MAX);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_work_named(r, S("20/2024/NĐ-CP"), (struct date){2026, 1, 1}, &decree));
    CHECK_OR_RETURN(decree.n == 1);
    db_end_read(r);
}

TEST_DB("broken lines, ids that came before and what is no law are named with their lines; the rest goes in") {
    struct buf b = buf_in(arena);
    struct law_import_count count;
    struct str said;
    struct law_imports_recent_rows runs;
    struct law_rejects_of_rows rejects;
    struct db_read *r;
    buf_put(&b, str_of(corpus));
    BUF_LIT(&b, "{\"id\": \"x\", \"doc_num\n\n[1, 2]\n{\"a\": 1}\n\xff\xfe{}\n");
    buf_put(&b, str_of(ARTICLE("24/2018/qh14%1", "24/2018/QH14", "Luật", "An ninh mạng", "1", "Khác", "Khác", "", "")));
    buf_put(&b, str_of(ARTICLE("24/2018/qh14%3", "24/2018/QH14", "Luật", "An ninh mạng", "3", "Ba", "Ba.", "", "")));
    struct str file = put_file(arena, "b.jsonl", buf_str(&b));
    CHECK_OK(run(arena, db, &file, 1, &count, &said));
    CHECK(count.added == 2 && count.rejected == 5);
    CHECK(str_find(said, S("dòng 4: dòng JSON hỏng ở byte"), 0) != SIZE_MAX);
    CHECK(str_find(said, S("dòng 6: "), 0) != SIZE_MAX && str_find(said, S("dòng 7: "), 0) != SIZE_MAX);
    CHECK(str_find(said, S("dòng 9: trùng mã với dòng 1"), 0) != SIZE_MAX);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_imports_recent(r, &runs));
    CHECK_OR_RETURN(runs.n == 1);
    CHECK_STR(runs.at[0].state, S("done"));
    CHECK_OK(law_rejects_of(r, (struct law_rejects_of_in){.import = runs.at[0].id, .most = 100}, &rejects));
    CHECK(rejects.n == 5);
    CHECK(rejects.at[0].line == 4 && rejects.at[4].line == 9);
    db_end_read(r);
}

TEST_DB("articles of a work in two files are one work; a changed word corrects the place and keeps its id") {
    struct str first = put_file(arena, "c.jsonl", str_of(corpus)), files[2] = {first};
    static const char changed[] =
        ARTICLE("24/2018/qh14%2", "24/2018/QH14", "Luật", "An ninh mạng", "2", "Giải thích từ ngữ",
                "1. An ninh mạng là sự bảo đảm.\\n2. Thêm.", "", ", \"effective_date\": \"01/01/2019\"")
            ARTICLE("24/2018/qh14%4", "24/2018/QH14", "Luật", "An ninh mạng", "4", "Bốn", "Bốn.", "", "");
    struct law_import_count count;
    struct law_work_heads law;
    struct law_wording before, after;
    struct law_wordings all;
    struct db_read *r;
    CHECK_OK(run(arena, db, files, 1, &count, NULL));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_work_named(r, S("24/2018/QH14"), (struct date){2026, 1, 1}, &law));
    CHECK_OR_RETURN(law.n == 1);
    CHECK_OK(law_wording(r, law.at[0].id, S("art_2__cl_1"), (struct date){2026, 1, 1}, &before));
    db_end_read(r);
    files[0] = put_file(arena, "d.jsonl", str_of(changed));
    CHECK_OK(run(arena, db, files, 1, &count, NULL));
    CHECK(count.changed == 1 && count.added == 0);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_wording(r, law.at[0].id, S("art_2__cl_1"), (struct date){2026, 1, 1}, &after));
    CHECK(before.provision.v == after.provision.v);
    CHECK_STR(after.text, S("An ninh mạng là sự bảo đảm."));
    CHECK_OK(law_wordings(r, law.at[0].id, S(""), (struct date){2026, 1, 1}, &all));
    CHECK(all.n == 5); /* Điều 1, 2 with two clauses, 4 */
    db_end_read(r);
}

/* Sum of what is counted; -1 when some count is not what counting anew gives. */
static int64_t counted(struct db *db, struct arena *arena, struct str what) {
    struct law_counts_off_rows off;
    struct law_list_counts_rows rows;
    struct db_read *r;
    int64_t sum = -1;
    if (db_begin_read(db, arena, &r).why) {
        return -1;
    }
    if (!law_counts_off(r, &off).why && !off.n &&
        !law_list_counts(r, (struct law_list_counts_in){.what = what, .most = 100}, &rows).why) {
        sum = 0;
        for (size_t i = 0; i < rows.n; i++) {
            sum += rows.at[i].n;
        }
    }
    db_end_read(r);
    return sum;
}

TEST_DB("the kept counts of kinds, issuers and topics are those of counting anew, also after a second import and a "
        "changed work") {
    struct str files[2] = {put_file(arena, "a.jsonl", str_of(corpus)),
                           put_file(arena, "b.jsonl",
                                    S("{\"doc_num\": \"245/2025/NĐ-CP\", \"doc_type\": \"Nghị định\", "
                                      "\"title\": \"Sửa đổi\", \"issuer\": \"Chính phủ\"}\n"))};
    struct law_import_count count;
    CHECK_OK(run(arena, db, files, 1, &count, NULL));
    CHECK(counted(db, arena, S("kind")) == 3 && counted(db, arena, S("topic")) == 2);
    CHECK_OK(run(arena, db, files, 2, &count, NULL));
    CHECK(counted(db, arena, S("kind")) == 3 && counted(db, arena, S("topic")) == 2);
    CHECK(counted(db, arena, S("issuer")) == 3);
}

TEST_DB("words in two forms of Unicode are the same words") {
    static const char decomposed[] =
        "{\"id\": \"1/2020/nd-cp%1\", \"doc_num\": \"1/2020/NĐ-CP\", \"doc_type\": \"Nghị định\", "
        "\"article\": \"1\", \"title\": \"Hoa\u0300 gia\u0309i\", \"text\": \"Ho\u0300a gia\u0309i.\"}\n";
    struct str file = put_file(arena, "e.jsonl", str_of(decomposed));
    struct law_import_count count;
    struct law_work_heads law;
    struct law_wording w;
    struct db_read *r;
    CHECK_OK(run(arena, db, &file, 1, &count, NULL));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_work_named(r, S("1/2020/NĐ-CP"), (struct date){2026, 1, 1}, &law));
    CHECK_OR_RETURN(law.n == 1);
    CHECK_OK(law_wording(r, law.at[0].id, S("art_1"), (struct date){2026, 1, 1}, &w));
    CHECK_STR(w.heading, S("Hoà giải"));
    CHECK_STR(w.text, S("Hòa giải."));
    CHECK(law.at[0].status == LAW_UNKNOWN);
    db_end_read(r);
}

TEST_DB("lines in TCVN3 are brought to Unicode, as bytes and as letters of an old font") {
    /* "Nghị định này quy định về hòa giải ở cơ sở, tổ chức và hoạt động của tổ hòa giải." */
    static const char bytes[] =
        "{\"id\": \"2/2020/nd-cp%1\", \"doc_num\": \"2/2020/N\247-CP\", \"article\": \"1\", \"title\": \"Ph\271m vi\", "
        "\"text\": \"Ngh\336 \256\336nh n\265y quy \256\336nh v\322 h\337a gi\266i \353 c\254 s\353, t\346 ch\370c "
        "v\265 ho\271t "
        "\256\351ng c\361a t\346 h\337a gi\266i.\"}\n";
    struct buf letters = buf_in(arena);
    struct law_import_count count;
    struct law_work_heads law;
    struct law_wording w;
    struct db_read *r;
    for (size_t i = 0; i < sizeof bytes - 1; i++) {
        char out[4];
        buf_put(&letters, (struct str){out, utf8_put(out, (unsigned char)bytes[i])});
    }
    struct str second = buf_str(&letters);
    size_t number = str_find(second, S("2/2020"), 0);
    struct str third = str_format(arena, "%.*s3%.*s", STR_ARG(str_slice(second, 0, number)),
                                  STR_ARG(str_slice(second, number + 1, second.len)));
    number = str_find(third, S("\"2/2020"), 0);
    third = str_format(arena, "%.*s\"3%.*s", STR_ARG(str_slice(third, 0, number)),
                       STR_ARG(str_slice(third, number + 2, third.len)));
    struct str file = put_file(arena, "g.jsonl", str_format(arena, "%s%.*s", bytes, STR_ARG(third)));
    CHECK_OK(run(arena, db, &file, 1, &count, NULL));
    CHECK(count.added == 2 && count.rejected == 0);
    CHECK_OK(db_begin_read(db, arena, &r));
    for (int i = 2; i <= 3; i++) {
        CHECK_OK(law_work_named(r, str_format(arena, "%d/2020/NĐ-CP", i), (struct date){2026, 1, 1}, &law));
        CHECK_OR_RETURN(law.n == 1);
        CHECK_OK(law_wording(r, law.at[0].id, S("art_1"), (struct date){2026, 1, 1}, &w));
        CHECK_STR(w.text, S("Nghị định này quy định về hòa giải ở cơ sở, tổ chức và hoạt động của tổ hòa giải."));
    }
    db_end_read(r);
}

TEST_DB("a second import is told that one is running") {
    struct str file = put_file(arena, "f.jsonl", str_of(corpus));
    struct law_import_count count;
    int fd = open(str_z(arena, str_format(arena, "%.*s/law-import.lock", STR_ARG(db_dir(db)))), O_CREAT | O_RDWR, 0600);
    CHECK_OR_RETURN(fd >= 0 && flock(fd, LOCK_EX) == 0);
    struct err e = run(arena, db, &file, 1, &count, NULL);
    CHECK_ERR(e, ERR_CONFLICT);
    CHECK(count.works == 0);
    close(fd);
    CHECK_OK(run(arena, db, &file, 1, &count, NULL));
    CHECK(count.added == 2);
}

/* So many works that killing finds it in the middle. */
static struct str large(struct arena *a, int works) {
    struct buf b = buf_in(a);
    for (int i = 1; i <= works; i++) {
        buf_printf(&b,
                   "{\"id\": \"%d/2020/nđ-cp%%1\", \"doc_num\": \"%d/2020/NĐ-CP\", \"doc_type\": \"Nghị định\", "
                   "\"article\": \"1\", \"title\": \"Một\", \"text\": \"1. Một.\\n2. Hai.\"}\n",
                   i, i);
    }
    return put_file(a, "large.jsonl", buf_str(&b));
}

static void import_and_die(struct str where, struct str dir, struct str file) {
    struct arena *a = arena_new();
    struct db *db;
    struct law_import_count count;
    struct err e = db_open(a, where, &db);
    if (!e.why) {
        db_dir_set(db, dir);
        err_ignore(run(a, db, &file, 1, &count, NULL));
    }
    _exit(0);
}

TEST_DB("an import killed at any instant goes on, and nothing is there twice") {
    enum { WORKS = 900 };
    struct str file = large(arena, WORKS);
    struct law_import_count count = {0};
    struct law_works_count_row *n;
    struct db_read *r;
    for (int i = 0; i < 4; i++) {
        pid_t child = fork();
        if (child == 0) {
            import_and_die(db_where(db), db_dir(db), file);
        }
        usleep((useconds_t)(150000 + 130000 * i));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    CHECK_OK(run(arena, db, &file, 1, &count, NULL));
    CHECK(count.added + count.unchanged == WORKS && count.changed == 0);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_works_count(r, &n));
    CHECK(n->works == WORKS && n->places == WORKS * 3 && n->versions == WORKS * 3);
    db_end_read(r);
}

TEST("the source of a codified article says number, title, days and who changed it") {
    struct law_source s;
    law_source_read(
        arena,
        S("Điều 9a Thông tư số 18 /2018/TT-NHNN Quy định về an toàn ngày 21/08/2018 của Ngân hàng Nhà nước, có "
          "hiệu lực thi hành kể từ ngày 01/01/2019"),
        &s);
    CHECK_STR(s.article, S("9a"));
    CHECK_STR(s.type_name, S("Thông tư"));
    CHECK_STR(s.code, S("18/2018/TT-NHNN"));
    CHECK_STR(s.title, S("Quy định về an toàn"));
    CHECK_STR(s.issuer, S("Ngân hàng Nhà nước"));
    CHECK(date_is(s.issued_on, (struct date){2018, 8, 21}) && date_is(s.effective_on, (struct date){2019, 1, 1}));
    law_source_read(
        arena,
        S("Điều 2 Pháp lệnh số Không số Về Hàm, cấp ngoại giao ngày 31/05/1995 của Uỷ ban Thường vụ Quốc hội, có "
          "hiệu lực thi hành kể từ ngày 31/05/1995"),
        &s);
    CHECK_STR(s.code, S(""));
    CHECK_STR(s.title, S("Về Hàm, cấp ngoại giao"));
    law_source_read(
        arena,
        S("Điều 3 Thông tư số liên tịch 144/2007/TTLT-BTC-BGDĐT-BNG, có hiệu lực thi hành kể từ ngày 01/01/2008"), &s);
    CHECK_STR(s.type_name, S("Thông tư liên tịch"));
    CHECK_STR(s.code, S("144/2007/TTLT-BTC-BGDĐT-BNG"));
    law_source_read(arena, S("alqac2023/law.json"), &s);
    CHECK_STR(s.article, S(""));
}

TEST("a number cut in two by a data set is put together") {
    struct str code = S("11/2020/TT-"), title = S("BGTVT Quy định mã số");
    law_number_mend(arena, &code, &title);
    CHECK_STR(code, S("11/2020/TT-BGTVT"));
    CHECK_STR(title, S("Quy định mã số"));
    code = S("18");
    title = S("/2018/TT-NHNN Quy định");
    law_number_mend(arena, &code, &title);
    CHECK_STR(code, S("18/2018/TT-NHNN"));
    code = S("30/2020/NĐ-CP");
    title = S("Công tác văn thư");
    law_number_mend(arena, &code, &title);
    CHECK_STR(code, S("30/2020/NĐ-CP"));
    CHECK_STR(law_code_key(arena, S("02/2002/TT-BGD&ĐT")), S("2/2002/tt-bgddt"));
    CHECK_STR(law_code_key(arena, S("50/2022/NĐ_CP")), S("50/2022/nd-cp"));
}

TEST("a note names the acts that changed an article, and when") {
    struct law_note_acts acts;
    law_note_read(
        arena,
        S("có nội dung được sửa đổi, có nội dung được bổ sung bởi Điều 1 Luật số 48/2014/QH13 có hiệu lực thi hành "
          "kể từ ngày 01/01/2015; Điều 4 Luật số 35/2018/QH14 có hiệu lực thi hành kể từ ngày 01/01/2019"),
        &acts);
    CHECK_OR_RETURN(acts.acts.n == 2);
    CHECK_STR(acts.acts.at[0].code, S("48/2014/QH13"));
    CHECK_STR(acts.acts.at[0].type_name, S("Luật"));
    CHECK_STR(acts.acts.at[1].article, S("4"));
    CHECK(date_is(acts.acts.at[1].effective_on, (struct date){2019, 1, 1}));
    CHECK(!acts.is_supplement_only);
}

TEST("a day is read as sources write it") {
    CHECK(date_is(law_day_find(arena, S("26 tháng 6 năm 2026")), (struct date){2026, 6, 26}));
    CHECK(date_is(law_day_find(arena, S("2024-06-27T00:00:00")), (struct date){2024, 6, 27}));
    CHECK(date_is(law_day_find(arena, S("05/03/2026 (kể từ ngày ký ban hành)")), (struct date){2026, 3, 5}));
    CHECK(date_is(law_day_find(arena, S("Từ 01 tháng 7 năm 2026")), (struct date){2026, 7, 1}));
    CHECK(!law_day_find(arena, S("chưa rõ")).year);
    CHECK(!law_day_find(arena, S("")).year);
}

TEST_DB("the demonstration shows three families of numbers, a law as enacted and as it stands, and says what is no "
        "real text") {
    struct law_work_heads law, front, party;
    struct law_wordings all;
    struct db_write *w;
    struct db_read *r;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(law_demo(w, arena));
    CHECK_OK(db_commit(w));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_work_named(r, S("luat mat tran to quoc viet nam"), (struct date){2026, 11, 1}, &law));
    CHECK_OK(law_work_named(r, S("91/HD-MTTW-BTT"), (struct date){2026, 11, 1}, &front));
    CHECK_OK(law_work_named(r, S("05-HD/VPTW"), (struct date){2026, 11, 1}, &party));
    CHECK_OR_RETURN(law.n == 1 && front.n == 1 && party.n == 1);
    CHECK(law.at[0].status == LAW_PARTLY);
    CHECK_STR(front.at[0].family, S("front"));
    CHECK_STR(party.at[0].family, S("party"));
    CHECK(str_find(front.at[0].title, S("trình diễn"), 0) != SIZE_MAX);
    CHECK_OK(law_wordings(r, law.at[0].id, S(""), (struct date){2016, 6, 1}, &all));
    CHECK(all.n > 150);
    db_end_read(r);
}

/* The whole corpus is not a user's: what is beside the project is used where it is. */
TEST("the first lines of the real corpus go in, and again change nothing") {
    enum { LINES = 2000 };
    FILE *f = fopen("../shared/data/law/articles.jsonl", "r");
    if (!f) {
        test_skip("no ../shared/data/law here");
        return;
    }
    struct db *db = test_db(arena, false);
    CHECK_OR_RETURN(db != NULL);
    struct buf b = buf_in(arena);
    for (int lines = 0, c = 0; lines < LINES && (c = fgetc(f)) != EOF; lines += c == '\n') {
        buf_put_char(&b, (char)c);
    }
    fclose(f);
    struct str file = put_file(arena, "real.jsonl", buf_str(&b));
    struct law_import_count count;
    CHECK_OK(run(arena, db, &file, 1, &count, NULL));
    CHECK(count.records == LINES && count.rejected == 0 && count.added > 100);
    CHECK_OK(run(arena, db, &file, 1, &count, NULL));
    CHECK(count.added == 0 && count.changed == 0);
}

TEST_DB("a law as enacted and codified shows what an act not here did to it, from its day on") {
    struct law_work_heads law;
    struct law_wording before, after;
    struct db_write *w;
    struct db_read *r;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(law_demo(w, arena));
    CHECK_OK(db_commit(w));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_work_named(r, S("75/2015/QH13"), (struct date){2026, 11, 1}, &law));
    CHECK_OR_RETURN(law.n == 1);
    CHECK_OK(law_wording(r, law.at[0].id, S("art_1"), (struct date){2025, 6, 30}, &before));
    CHECK_OK(law_wording(r, law.at[0].id, S("art_1"), (struct date){2025, 7, 1}, &after));
    CHECK(!before.is_computed && after.is_computed && before.is_there && after.is_there);
    CHECK(date_is(after.valid_from, (struct date){2025, 7, 1}) && date_is(before.valid_to, after.valid_from));
    CHECK(!str_eq(before.text, after.text));
    CHECK(before.provision.v == after.provision.v);
    db_end_read(r);
}
