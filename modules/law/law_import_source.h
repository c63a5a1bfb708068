/* What lines of a corpus say in words: "Điều 1 Luật số 24/2018/QH14 An ninh mạng ngày 12/06/2018 của Quốc hội, có hiệu
   lực thi hành kể từ ngày 01/01/2019, có nội dung được sửa đổi … bởi …". Pure. needs: law law_about */
#ifndef MODULES_LAW_LAW_IMPORT_SOURCE_H
#define MODULES_LAW_LAW_IMPORT_SOURCE_H
#include "modules/law/law_about.h"

struct law_source {
    struct str article; /* 4a; '' none */
    struct str type_name, code, title, issuer;
    struct date issued_on, effective_on;
    struct str note; /* "có nội dung được sửa đổi …", without what stands before */
};
void law_source_read(struct arena *a, struct str source, struct law_source *out);

/* The first number of a text that has groups of letters, as written; where it begins and ends. */
bool law_number_find(struct str text, size_t at, size_t *from, size_t *to);
/* "11/2020/TT-" and "BGTVT Quy định …": the number goes on in the title. */
void law_number_mend(struct arena *a, struct str *code, struct str *title);

/* An act a note names as the one that changed an article. */
struct law_note_act {
    struct str type_name, code;
    struct str article; /* Điều 1 of it: '1'; '' not said, or several */
    struct date effective_on;
};
struct law_note_acts {
    LIST(struct law_note_act) acts;
    bool is_supplement_only; /* nothing of what was there was touched */
};
void law_note_read(struct arena *a, struct str note, struct law_note_acts *out);

/* "Điều 41.6.LQ.21. Phổ biến phim … của Luật 05/2022/QH15 Điện ảnh ban hành ngày …" */
struct law_related {
    struct str article; /* 41 */
    struct str pd_code; /* 41.6.LQ.21 of the codified law; '' none */
    struct str code;    /* '' none */
    struct str words;   /* after the article */
};
void law_related_read(struct arena *a, struct str text, struct law_related *out);

/* A day as sources write it: 05/03/2020, 2020-03-05T00:00:00, 26 tháng 6 năm 2026, with words around. */
struct date law_day_find(struct arena *a, struct str text);
#endif
