/* Where a PDF's signatures lie. They are looked for in the bytes, not by the file's own tables, so that one which a
   later change has taken out of sight is found all the same. */
#include "base/arena.h"
#include "modules/sign/inside.h"

#include "base/banned.h"

enum { HEAD_FAR = 2 << 20, HEADS_MOST = 4, CMS_MOST = 4 << 20 };

/* The dictionary with a /ByteRange of its own that holds `at`. */
static const struct pdf_value *holder(const struct pdf_value *v, const char *at) {
    if (at < v->raw.at || at >= v->raw.at + v->raw.len) {
        return NULL;
    }
    for (size_t i = 0; i < v->items.n; i++) {
        const struct pdf_value *found = holder(&v->items.at[i], at);
        if (found) {
            return found;
        }
    }
    return v->kind == PDF_DICT && pdf_member(v, "ByteRange") ? v : NULL;
}

/* The object's dictionary around `at`: the nearest "obj" before it that has it inside. */
static bool dict_around(struct arena *a, struct str b, size_t at, struct pdf_value *out) {
    size_t floor = at > HEAD_FAR ? at - HEAD_FAR : 0;
    int heads = 0;
    for (size_t i = at; i-- > floor && heads < HEADS_MOST;) {
        if (b.at[i] != 'o' || !str_starts(str_slice(b, i, i + 3), S("obj")) || (i && b.at[i - 1] == 'd')) {
            continue;
        }
        struct pdf_value v;
        size_t end = i + 3;
        heads++;
        const struct pdf_value *found = pdf_value(a, b, &end, &v) ? holder(&v, b.at + at) : NULL;
        if (found) {
            *out = *found;
            return true;
        }
    }
    return false;
}

static const char *range_read(const struct pdf_value *range, int64_t size, int64_t *r) {
    if (range->kind == PDF_REF) {
        return "Vùng ký nằm ở chỗ khác trong tệp, không đúng chuẩn; không xác minh được.";
    }
    if (range->kind != PDF_ARRAY || range->items.n != 4) {
        return "Vùng ký phải có đúng hai khoảng; không xác minh được.";
    }
    for (size_t i = 0; i < 4; i++) {
        r[i] = pdf_int(&range->items.at[i], -1);
        if (r[i] < 0 || r[i] > size) {
            return "Vùng ký ghi số âm, không phải số, hoặc vượt quá tệp (tệp bị cắt cụt?); không xác minh được.";
        }
    }
    if (r[0] != 0 || r[1] == 0) {
        return "Vùng ký không bắt đầu từ đầu tệp; không xác minh được.";
    }
    if (r[2] <= r[1] + 1) {
        return "Hai khoảng của vùng ký chồng lên nhau; không xác minh được.";
    }
    return r[2] + r[3] > size ? "Vùng ký vượt quá tệp (tệp bị cắt cụt?); không xác minh được." : NULL;
}

static int hex_of(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static const char *contents_read(struct arena *a, const struct pdf_value *contents, struct str b,
                                 struct sign_place *p) {
    if (!contents) {
        return "Chữ ký không có nội dung; không xác minh được.";
    }
    if (contents->kind != PDF_HEX) {
        return "Nội dung chữ ký nằm ở chỗ khác trong tệp, không đúng chuẩn; không xác minh được.";
    }
    if (contents->raw.at != b.at + p->from || contents->raw.len != (size_t)(p->to - p->from)) {
        return "Vùng ký không khớp chỗ đặt chữ ký: có phần của tệp không được ký; không tin được.";
    }
    size_t n = (contents->raw.len - 2) / 2;
    if (!n || n > CMS_MOST) {
        return "Nội dung chữ ký trống hoặc quá lớn; không xác minh được.";
    }
    char *plain = arena_take(a, char, n);
    for (size_t i = 0; i < n; i++) {
        int high = hex_of(contents->raw.at[1 + 2 * i]), low = hex_of(contents->raw.at[2 + 2 * i]);
        if (high < 0 || low < 0) {
            return "Nội dung chữ ký có ký tự lạ; không tin được.";
        }
        plain[i] = (char)(high * 16 + low);
    }
    p->cms = (struct str){plain, n};
    return NULL;
}

static void place_read(struct arena *a, struct str b, struct sign_place *p) {
    int64_t r[4];
    if (pdf_has_twice(&p->dict, "ByteRange") || pdf_has_twice(&p->dict, "Contents")) {
        p->fault = "Chữ ký ghi vùng ký hoặc nội dung hai lần; không tin được.";
        return;
    }
    p->fault = range_read(pdf_member(&p->dict, "ByteRange"), (int64_t)b.len, r);
    if (p->fault) {
        return;
    }
    p->from = r[1];
    p->to = r[2];
    p->end = r[2] + r[3];
    p->fault = contents_read(a, pdf_member(&p->dict, "Contents"), b, p);
}

static bool is_known(const struct sign_places *all, const char *at) {
    for (size_t i = 0; i < all->all.n; i++) {
        const struct str raw = all->all.at[i].dict.raw;
        if (at >= raw.at && at < raw.at + raw.len) {
            return true;
        }
    }
    return false;
}

static int by_end(const void *a, const void *b) {
    const struct sign_place *x = a, *y = b;
    return x->end < y->end ? -1 : x->end > y->end;
}

void sign_find(struct arena *a, struct str b, struct sign_places *out) {
    *out = (struct sign_places){0};
    for (size_t at = 0; (at = str_find(b, S("/ByteRange"), at)) != SIZE_MAX; at++) {
        struct sign_place p = {0};
        if (is_known(out, b.at + at)) {
            continue;
        }
        if (out->all.n == SIGN_MARKS_MOST) {
            out->all.at[SIGN_MARKS_MOST - 1].fault = "Tệp có quá nhiều chữ ký; những chữ ký còn lại chưa được xem.";
            break;
        }
        if (dict_around(a, b, at, &p.dict)) {
            place_read(a, b, &p);
        } else {
            p.dict.raw = str_slice(b, at, at + 1);
            p.fault = "Chữ ký hỏng hoặc bị cắt cụt; không đọc được.";
        }
        LIST_ADD(a, &out->all, p);
    }
    list_sort(out->all.at, out->all.n, sizeof *out->all.at, by_end);
}
