/* What the flags of law_text.h say: whole sentences, so that they can be translated. */
#include "modules/law/law_text_inside.h"

#include "base/arena.h"

void law_flag_add(struct arena *a, struct law_tree *tree, const char *kind, int32_t node, size_t at, struct str words) {
    LIST_ADD(a, &tree->flags, (struct law_text_flag){.kind = str_of(kind), .words = words, .node = node, .at = at});
}

/* With the label as printed: "4.", "Điều L." */
static struct str labelled(struct arena *a, enum law_fault fault, struct str l) {
    switch (fault) {
    case LAW_FAULT_HEADING_GAP:
        return str_format(a, "“%.*s” không nối tiếp số trước: có thể thiếu một phần của văn bản.", STR_ARG(l));
    case LAW_FAULT_HEADING_BACK: return str_format(a, "“%.*s” lặp lại hoặc lùi so với số trước.", STR_ARG(l));
    case LAW_FAULT_HEADING_NONE: return str_format(a, "“%.*s” không có tên.", STR_ARG(l));
    case LAW_FAULT_ARTICLE_GAP:
        return str_format(a, "“%.*s” không nối tiếp Điều trước: có thể thiếu Điều ở giữa.", STR_ARG(l));
    case LAW_FAULT_ARTICLE_STRAY:
        return str_format(a, "Dòng “%.*s” không đúng thứ tự điều: giữ trong lời của điều đang đọc.", STR_ARG(l));
    case LAW_FAULT_ARTICLE_MENDED:
        return str_format(a, "Nhãn điều nhận dạng thành “%.*s”; đã đọc theo số thứ tự.", STR_ARG(l));
    case LAW_FAULT_LIST:
        return str_format(
            a, "Dòng “%.*s” không nối tiếp số thứ tự: coi là danh sách trong lời, không phải khoản, điểm.", STR_ARG(l));
    case LAW_FAULT_CLAUSE_GAP: return str_format(a, "Trước “%.*s” thiếu khoản liền trước.", STR_ARG(l));
    case LAW_FAULT_POINT_GAP: return str_format(a, "Trước “%.*s” thiếu điểm liền trước.", STR_ARG(l));
    case LAW_FAULT_POINT_MENDED: return str_format(a, "Điểm “%.*s” đứng ở chỗ của điểm đ: đã đọc là đ.", STR_ARG(l));
    case LAW_FAULT_CLAUSE_MENDED:
        return str_format(a, "Số khoản viết là “%.*s”, thiếu dấu chấm; đã đọc theo số thứ tự.", STR_ARG(l));
    case LAW_FAULT_RESTART:
    case LAW_FAULT_QUOTE:
    case LAW_FAULT_NO_ARTICLES:
    case LAW_FAULT_NO_PLACES:
    case LAW_FAULT_NO_CODE:
    case LAW_FAULT_NO_TYPE:
    case LAW_FAULT_NO_TITLE:
    case LAW_FAULT_NO_DATE:
    case LAW_FAULT_EARLY: break;
    }
    return S("");
}

static struct str plain(enum law_fault fault) {
    switch (fault) {
    case LAW_FAULT_RESTART:
        return S("Số Điều bắt đầu lại từ 1 mà không thấy tên phụ lục: phần này được coi là văn bản kèm theo.");
    case LAW_FAULT_QUOTE: return S("Dấu ngoặc kép mở ra mà không đóng lại: chỗ kết thúc chỉ là phỏng đoán.");
    case LAW_FAULT_NO_ARTICLES: return S("Văn bản không có Điều nào: được chia theo mục và số thứ tự.");
    case LAW_FAULT_NO_PLACES: return S("Không tìm thấy Điều, mục hay số thứ tự nào trong văn bản.");
    case LAW_FAULT_NO_CODE: return S("Không thấy số, ký hiệu ở đầu văn bản.");
    case LAW_FAULT_NO_TYPE: return S("Không thấy tên loại văn bản (Luật, Nghị định …) ở đầu văn bản.");
    case LAW_FAULT_NO_TITLE: return S("Không thấy tên (trích yếu) của văn bản.");
    case LAW_FAULT_NO_DATE: return S("Không thấy ngày ban hành ở đầu văn bản.");
    case LAW_FAULT_EARLY: return S("Ngày có hiệu lực sớm hơn ngày ban hành: cần xem lại cả hai.");
    case LAW_FAULT_HEADING_GAP:
    case LAW_FAULT_HEADING_BACK:
    case LAW_FAULT_HEADING_NONE:
    case LAW_FAULT_ARTICLE_GAP:
    case LAW_FAULT_ARTICLE_STRAY:
    case LAW_FAULT_ARTICLE_MENDED:
    case LAW_FAULT_LIST:
    case LAW_FAULT_CLAUSE_GAP:
    case LAW_FAULT_POINT_GAP:
    case LAW_FAULT_CLAUSE_MENDED:
    case LAW_FAULT_POINT_MENDED: break;
    }
    return S("");
}

static const char *kind_of(enum law_fault fault) {
    switch (fault) {
    case LAW_FAULT_HEADING_BACK: return "repeated";
    case LAW_FAULT_HEADING_NONE:
    case LAW_FAULT_NO_TITLE: return "missing_title";
    case LAW_FAULT_ARTICLE_MENDED:
    case LAW_FAULT_CLAUSE_MENDED:
    case LAW_FAULT_POINT_MENDED: return "ocr";
    case LAW_FAULT_QUOTE: return "quote";
    case LAW_FAULT_NO_ARTICLES:
    case LAW_FAULT_NO_PLACES: return "no_articles";
    case LAW_FAULT_NO_CODE:
    case LAW_FAULT_NO_TYPE:
    case LAW_FAULT_NO_DATE: return "head";
    case LAW_FAULT_EARLY: return "date";
    case LAW_FAULT_HEADING_GAP:
    case LAW_FAULT_ARTICLE_GAP:
    case LAW_FAULT_ARTICLE_STRAY:
    case LAW_FAULT_LIST:
    case LAW_FAULT_CLAUSE_GAP:
    case LAW_FAULT_POINT_GAP:
    case LAW_FAULT_RESTART: break;
    }
    return "order";
}

void law_fault_add(struct arena *a, struct law_tree *tree, enum law_fault fault, const struct law_fault_place *where) {
    struct str words = plain(fault);
    words = words.len ? words : labelled(a, fault, where->label);
    law_flag_add(a, tree, kind_of(fault), where->node, where->at, words);
}
