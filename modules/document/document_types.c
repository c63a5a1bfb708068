/* Kinds of document, with the law each comes from. Data: to change one, change its row. */
#include "modules/document/document_facts.h"

#include "base/arena.h"
#include "base/utf8.h"

#define ND30 S_INIT("2020-03-05"), S_INIT("Nghị định 30/2020/NĐ-CP, Phụ lục III"), true
#define LAW2025 S_INIT("2025-04-01"), S_INIT("Luật Ban hành văn bản quy phạm pháp luật 64/2025/QH15, Điều 4"), false
#define PARTY S_INIT("2018-04-27"), S_INIT("Quy định 66-QĐ/TW năm 2017; Hướng dẫn 05-HD/VPTW"), false

const struct document_type document_types[] = {
    {S_INIT("NQ"), S_INIT("Nghị quyết"), ND30},
    {S_INIT("QĐ"), S_INIT("Quyết định"), ND30},
    {S_INIT("CT"), S_INIT("Chỉ thị"), ND30},
    {S_INIT("QC"), S_INIT("Quy chế"), ND30},
    {S_INIT("QyĐ"), S_INIT("Quy định"), ND30},
    {S_INIT("TC"), S_INIT("Thông cáo"), ND30},
    {S_INIT("TB"), S_INIT("Thông báo"), ND30},
    {S_INIT("HD"), S_INIT("Hướng dẫn"), ND30},
    {S_INIT("CTr"), S_INIT("Chương trình"), ND30},
    {S_INIT("KH"), S_INIT("Kế hoạch"), ND30},
    {S_INIT("PA"), S_INIT("Phương án"), ND30},
    {S_INIT("ĐA"), S_INIT("Đề án"), ND30},
    {S_INIT("DA"), S_INIT("Dự án"), ND30},
    {S_INIT("BC"), S_INIT("Báo cáo"), ND30},
    {S_INIT("BB"), S_INIT("Biên bản"), ND30},
    {S_INIT("TTr"), S_INIT("Tờ trình"), ND30},
    {S_INIT("HĐ"), S_INIT("Hợp đồng"), ND30},
    {S_INIT("CV"), S_INIT("Công văn"), ND30},
    {S_INIT("CĐ"), S_INIT("Công điện"), ND30},
    {S_INIT("BGN"), S_INIT("Bản ghi nhớ"), ND30},
    {S_INIT("BTT"), S_INIT("Bản thỏa thuận"), ND30},
    {S_INIT("GUQ"), S_INIT("Giấy ủy quyền"), ND30},
    {S_INIT("GM"), S_INIT("Giấy mời"), ND30},
    {S_INIT("GGT"), S_INIT("Giấy giới thiệu"), ND30},
    {S_INIT("GNP"), S_INIT("Giấy nghỉ phép"), ND30},
    {S_INIT("PG"), S_INIT("Phiếu gửi"), ND30},
    {S_INIT("PC"), S_INIT("Phiếu chuyển"), ND30},
    {S_INIT("PB"), S_INIT("Phiếu báo"), ND30},
    {S_INIT("TCg"), S_INIT("Thư công"), ND30},
    {S_INIT("HP"), S_INIT("Hiến pháp"), LAW2025},
    {S_INIT("L"), S_INIT("Luật"), LAW2025},
    {S_INIT("BL"), S_INIT("Bộ luật"), LAW2025},
    {S_INIT("PL"), S_INIT("Pháp lệnh"), LAW2025},
    {S_INIT("LCT"), S_INIT("Lệnh"), LAW2025},
    {S_INIT("NĐ"), S_INIT("Nghị định"), LAW2025},
    {S_INIT("TT"), S_INIT("Thông tư"), LAW2025},
    {S_INIT("TTLT"), S_INIT("Thông tư liên tịch"), LAW2025},
    {S_INIT("NQLT"), S_INIT("Nghị quyết liên tịch"), LAW2025},
    {S_INIT("QCVN"), S_INIT("Quy chuẩn kỹ thuật quốc gia"), S_INIT("2007-01-01"),
     S_INIT("Luật Tiêu chuẩn và Quy chuẩn kỹ thuật 68/2006/QH11"), false},
    {S_INIT("KL"), S_INIT("Kết luận"), PARTY},
};
const size_t document_types_n = sizeof document_types / sizeof *document_types;

const struct document_type *document_type_by_code(struct str code) {
    for (size_t i = 0; i < document_types_n; i++) {
        if (str_eq(document_types[i].code, code)) {
            return &document_types[i];
        }
    }
    return NULL;
}

const struct document_type *document_type_by_name(struct str name) {
    struct arena *a = arena_new();
    struct str wanted = utf8_fold(a, str_trim(name));
    const struct document_type *found = NULL;
    for (size_t i = 0; i < document_types_n && !found; i++) {
        found = str_eq(utf8_fold(a, document_types[i].name), wanted) ? &document_types[i] : NULL;
    }
    arena_free(a);
    return found;
}
