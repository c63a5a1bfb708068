/* What is wrong with a cell and what to do about it, in the office's words. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/import/import.h"

#include "base/banned.h"

struct saying {
    const char *name;
    const char *values; /* of the words, in order: T the column's title, V what was typed */
    const char *words;
    const char *advice; /* when there is a suggestion */
};
static const struct saying sayings[] = {
    [IMPORT_REQUIRED_MISSING] = {"required_missing", "T", "Còn trống cột “%s”. Mời điền vào ô này.", NULL},
    [IMPORT_BAD_DATE] = {"bad_date", "VT",
                         "“%s” không phải là một ngày có thật ở cột “%s”. Mời ghi ngày/tháng/năm, ví dụ 05/03/1960.",
                         "Có phải là %s?"},
    [IMPORT_BAD_NUMBER] = {"bad_number", "VT",
                           "“%s” không đọc được thành số ở cột “%s”, hoặc ngoài mức cho phép. Mời ghi bằng chữ số.",
                           "Có phải là %s?"},
    [IMPORT_BAD_ID] = {"bad_id", "V",
                       "“%s” không phải số căn cước 12 chữ số. Mời ghi đủ 12 chữ số, để ô ở dạng văn bản.", NULL},
    [IMPORT_BAD_PHONE] = {"bad_phone", "V", "“%s” không phải số điện thoại. Mời ghi một số, đủ 10 chữ số.",
                          "Có phải là %s?"},
    [IMPORT_BAD_CHOICE] = {"bad_enum", "VT", "“%s” không có trong danh mục của cột “%s”.", "Chọn một trong: %s."},
    [IMPORT_FORMULA_FAULT] = {"formula_error", "V",
                              "Công thức trong ô báo lỗi %s. Mời sửa công thức hoặc ghi thẳng giá trị.", NULL},
    [IMPORT_DUPLICATE] =
        {"duplicate_row", "",
         "Trùng với một dòng ở trên; dòng trên được giữ. Nếu là hai việc khác nhau, mời ghi rõ chỗ khác.",
         "Dòng trùng: %s."},
    [IMPORT_COMMUNE_UNKNOWN] = {"commune_unknown", "V", "Không có xã, phường nào tên “%s”.", "Có phải là %s?"},
    [IMPORT_COMMUNE_SEVERAL] = {"commune_ambiguous", "V", "“%s” có thể là nhiều xã, phường. Mời ghi rõ tên hiện nay.",
                                "Chọn một trong: %s."},
    [IMPORT_COMMUNE_OLD] = {"commune_old_name", "V", "“%s” là tên cũ; đã hiểu là tên hiện nay.", "Nay là %s."},
    [IMPORT_ID_MENDED] = {"id_zero_restored", "V", "Số căn cước “%s” mất số 0 ở đầu; đã thêm lại.", "Nay là %s."},
    [IMPORT_PHONE_MENDED] = {"phone_zero_restored", "V", "Số điện thoại “%s” mất số 0 ở đầu; đã thêm lại.",
                             "Nay là %s."},
    [IMPORT_DATE_FROM_NUMBER] = {"date_from_serial", "V",
                                 "“%s” là ngày được Excel lưu thành con số; đã đổi lại thành ngày.", "Nay là %s."},
    [IMPORT_HIDDEN_ROW] = {"hidden_row", "", "Dòng này bị ẩn trong tệp nhưng vẫn được đọc.", NULL},
};

static bool has_saying(enum import_fault_kind kind) {
    return (size_t)kind < sizeof sayings / sizeof *sayings && sayings[kind].name;
}

struct str import_fault_name(enum import_fault_kind kind) {
    return has_saying(kind) ? str_of(sayings[kind].name) : S("");
}

/* Words with a value for each %s. */
static struct str filled(struct arena *a, const char *words, const struct str *values) {
    struct buf b = buf_in(a);
    for (const char *c = words; *c; c++) {
        if (c[0] == '%' && c[1] == 's') {
            buf_put(&b, *values++);
            c++;
        } else {
            buf_put_char(&b, *c);
        }
    }
    return buf_str(&b);
}

struct str import_fault_words(struct arena *a, const struct import_want *want, const struct import_fault *f) {
    struct str values[3] = {0};
    if (!has_saying(f->kind)) {
        return S("");
    }
    for (size_t i = 0; i < 2 && sayings[f->kind].values[i]; i++) {
        bool is_title = sayings[f->kind].values[i] == 'T';
        values[i] = !is_title ? f->typed : f->field >= 0 ? want->columns[f->field].title : S("");
    }
    return filled(a, sayings[f->kind].words, values);
}

struct str import_fault_advice(struct arena *a, const struct import_fault *f) {
    struct str value = f->earlier ? str_format(a, "%lld", (long long)f->earlier) : f->suggestion;
    bool has_advice = has_saying(f->kind) && sayings[f->kind].advice && value.len;
    return has_advice ? filled(a, sayings[f->kind].advice, &value) : S("");
}

struct str import_skip_name(enum import_skip kind) {
    static const char *const names[] = {
        [IMPORT_SKIP_TOTAL] = "total", [IMPORT_SKIP_NOTE] = "note",   [IMPORT_SKIP_HEADING] = "group_heading",
        [IMPORT_SKIP_TITLE] = "title", [IMPORT_SKIP_BLANK] = "blank",
    };
    return str_of(names[kind]);
}

struct str import_missing_words(struct arena *a, const struct import_want *want, const struct import_table *t) {
    struct buf names = buf_in(a);
    for (size_t i = 0; i < t->missing.n; i++) {
        buf_put(&names, i ? S("”, “") : S(""));
        buf_put(&names, want->columns[t->missing.at[i]].title);
    }
    return t->missing.n ? str_format(a, "Bảng thiếu cột “%.*s”. Mời thêm cột, hoặc sửa tiêu đề cột cho đúng.",
                                     STR_ARG(buf_str(&names)))
                        : S("");
}
