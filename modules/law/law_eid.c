/* Addresses of places: art_4a__cl_2__pt_dd, and "Điều 4a khoản 2 điểm đ" as one says it. */
#include "modules/law/law.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

static const struct {
    struct str piece, words, folded;
} levels[] = {
    {S_INIT("part"), S_INIT("Phần"), S_INIT("phan")},
    {S_INIT("chp"), S_INIT("Chương"), S_INIT("chuong")},
    {S_INIT("subsec"), S_INIT("Tiểu mục"), S_INIT("tieu muc")},
    {S_INIT("sec"), S_INIT("Mục"), S_INIT("muc")},
    {S_INIT("art"), S_INIT("Điều"), S_INIT("dieu")},
    {S_INIT("cl"), S_INIT("khoản"), S_INIT("khoan")},
    {S_INIT("pt"), S_INIT("điểm"), S_INIT("diem")},
    {S_INIT("sub"), S_INIT("tiết"), S_INIT("tiet")},
    {S_INIT("annex"), S_INIT("Phụ lục"), S_INIT("phu luc")},
    {S_INIT("table"), S_INIT("Bảng"), S_INIT("bang")},
    {S_INIT("para"), S_INIT("đoạn"), S_INIT("doan")},
};
enum { LEVELS = sizeof levels / sizeof *levels, PIECES = 8 };

/* dd stands for đ. */
static void put_label(struct buf *b, struct str label) {
    if (str_eq(label, S("dd"))) {
        BUF_LIT(b, "đ");
    } else if (str_ends(label, S("dd"))) {
        buf_put(b, str_slice(label, 0, label.len - 2));
        BUF_LIT(b, "đ");
    } else {
        buf_put(b, label);
    }
}

struct str law_eid_words(struct arena *a, struct str eid) {
    struct buf b = buf_in(a);
    struct str rest = eid, piece, name, label;
    while (str_cut(rest, S("__"), &piece, &rest) || piece.len) {
        str_cut(piece, S("_"), &name, &label);
        for (size_t i = 0; i < LEVELS; i++) {
            if (str_eq(levels[i].piece, name)) {
                buf_printf(&b, "%s%.*s ", b.len ? " " : "", STR_ARG(levels[i].words));
                put_label(&b, label);
                break;
            }
        }
    }
    return buf_str(&b);
}

/* The next word, without the marks around it. */
static struct str next_word(struct str *rest) {
    struct str word = {0};
    while (rest->len && !word.len) {
        str_next(rest, ' ', &word);
        while (word.len &&
               (word.at[word.len - 1] == ',' || word.at[word.len - 1] == '.' || word.at[word.len - 1] == ')')) {
            word.len--;
        }
    }
    return word;
}

static int level_of(struct str word, struct str *rest) {
    if (str_eq(word, S("phu")) || str_eq(word, S("tieu"))) {
        bool is_annex = str_eq(word, S("phu"));
        struct str second = next_word(rest);
        return str_eq(second, is_annex ? S("luc") : S("muc")) ? (is_annex ? 8 : 2) : -1;
    }
    for (int i = 0; i < LEVELS; i++) {
        if (str_eq(levels[i].folded, word)) {
            return i;
        }
    }
    return -1;
}

static bool is_label(struct str word) {
    return word.len > 0 && word.len <= 12 && str_find(word, S("_"), 0) == SIZE_MAX;
}

static void put_piece(struct arena *a, struct buf *b, int level, struct str label) {
    struct str folded = utf8_fold(a, label);
    bool is_roman = level == 0 || level == 1 || level == 8;
    buf_printf(b, "%s%.*s_", b->len ? "__" : "", STR_ARG(levels[level].piece));
    if (is_roman) {
        for (size_t i = 0; i < folded.len; i++) {
            char c = folded.at[i];
            buf_put_char(b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        }
        return;
    }
    /* Folding makes đ a d: the letter itself is looked at. */
    size_t d = str_find(utf8_lower(a, label), S("đ"), 0);
    buf_put(b, d == SIZE_MAX ? folded : str_format(a, "%.*s", STR_ARG(str_slice(folded, 0, d))));
    if (d != SIZE_MAX) {
        BUF_LIT(b, "dd");
    }
}

/* Read in any order, written from the widest to the narrowest. */
struct str law_eid_of_words(struct arena *a, struct str words) {
    struct str label[LEVELS] = {0}, typed = utf8_clean(a, words), folded = utf8_fold(a, typed);
    struct buf b = buf_in(a);
    struct str rest = folded, rest_typed = utf8_lower(a, typed), word;
    while ((word = next_word(&rest)).len) {
        next_word(&rest_typed);
        int level = level_of(word, &rest);
        if (level == 2 || level == 8) {
            next_word(&rest_typed);
        }
        if (level < 0 || !is_label(next_word(&rest))) {
            return S("");
        }
        label[level] = next_word(&rest_typed);
    }
    static const int order[LEVELS] = {8, 0, 1, 3, 2, 4, 5, 6, 7, 9, 10};
    for (int i = 0; i < LEVELS; i++) {
        if (label[order[i]].len) {
            put_piece(a, &b, order[i], label[order[i]]);
        }
    }
    return buf_str(&b);
}
