/* What one source gives does not undo what another gave. */
#include "tests/db.h"

#include "modules/law/law.h"
#include "modules/law/law_import.h"
#include "modules/law/law_read_queries.h"

#define LAW "\"doc_num\": \"9/2024/QH15\", \"doc_type\": \"Luật\", "
static const char paper[] = "{" LAW "\"title\": \"Thử nghiệm\", \"effective_date\": \"01/07/2024\", \"verified\": "
                            "true, \"text\": \"QUỐC HỘI\\n\\nLuật số: "
                            "9/2024/QH15\\nHà Nội, ngày 18 tháng 1 năm 2024\\n\\nLUẬT\\nTHỬ NGHIỆM\\n\\nChương I\\nQUY "
                            "ĐỊNH CHUNG\\nĐiều 1. Phạm "
                            "vi\\n1. Nội dung một.\\n2. Nội dung hai.\\nChương II\\nĐIỀU KHOẢN THI HÀNH\\nĐiều 2. Hiệu "
                            "lực\\n1. Có hiệu lực.\\n\"}\n";
static const char articles[] =
    "{\"id\": \"9/2024/qh15%1\", " LAW
    "\"doc_title\": \"Thử nghiệm\", \"article\": \"1\", \"title\": \"Phạm vi\", \"text\": \"1. Nội "
    "dung một.\\n2. Nội dung hai, đã sửa.\\n3. Nội dung ba.\", \"effective_date\": \"01/07/2024\"}\n"
    "{\"id\": \"9/2024/qh15%2\", " LAW
    "\"doc_title\": \"Thử nghiệm\", \"article\": \"2\", \"title\": \"Hiệu lực\", \"text\": \"1. Có hiệu lực.\", "
    "\"effective_date\": \"01/07/2024\"}\n";

TEST_DB("articles that come without their chapters stay in those the library knows") {
    struct law_import_count count;
    struct law_work_heads law;
    struct law_read_rows_rows rows;
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(law_import_lines(w, arena, str_of(paper), &count));
    CHECK_OK(law_import_lines(w, arena, str_of(articles), &count));
    CHECK_OK(law_work_named(db_reading(w), S("9/2024/QH15"), (struct date){2026, 1, 1}, &law));
    CHECK_OR_RETURN(law.n == 1);
    struct law_read_rows_in in = {.work = law.at[0].id, .from = S(""), .until = S(""), .most = 100};
    CHECK_OK(law_read_rows(db_reading(w), in, &rows));
    static const char *const order[] = {"chp_I",  "art_1", "art_1__cl_1", "art_1__cl_2",
                                        "chp_II", "art_2", "art_2__cl_1"};
    size_t at = 0;
    for (size_t i = 0; i < rows.n && at < sizeof order / sizeof *order; i++) {
        at += str_eq(rows.at[i].eid, str_of(order[at]));
    }
    CHECK(at == sizeof order / sizeof *order);
    struct law_read_place_row *third;
    CHECK_OK(law_read_place(db_reading(w), (struct law_read_place_in){.work = law.at[0].id, .eid = S("art_1__cl_3")},
                            &third));
    CHECK_OR_RETURN(third != NULL);
    struct law_read_place_row *article;
    CHECK_OK(
        law_read_place(db_reading(w), (struct law_read_place_in){.work = law.at[0].id, .eid = S("art_1")}, &article));
    CHECK(str_starts(third->sort_key, article->sort_key));
    struct law_read_place_row *chapter;
    struct law_read_place_in above = {.work = law.at[0].id, .eid = S("chp_I")};
    CHECK_OK(law_read_place(db_reading(w), above, &chapter));
    CHECK_OR_RETURN(chapter != NULL);
    CHECK(str_starts(article->sort_key, chapter->sort_key) && article->sort_key.len > chapter->sort_key.len);
    CHECK_OK(db_commit(w));
}
