/* How places and works are cited, in the law's own words whatever the reader's language. */
#include "modules/law/law_pages.h"

#include "base/arena.h"
#include "base/buf.h"

struct str law_place_words(struct arena *a, struct str eid) {
    struct str pieces[12], rest = eid, piece;
    size_t n = 0, first = 0;
    while (n < 12 && (str_cut(rest, S("__"), &piece, &rest) || piece.len)) {
        first = str_starts(piece, S("art_")) ? n : first;
        pieces[n++] = piece;
    }
    if (n && str_starts(pieces[0], S("annex_"))) {
        first = 0;
    }
    struct buf b = buf_in(a);
    for (size_t i = n; i > first; i--) {
        struct str words = law_eid_words(a, pieces[i - 1]);
        buf_printf(&b, "%s%.*s", b.len && words.len ? " " : "", STR_ARG(words));
    }
    return str_trim(buf_str(&b));
}

struct str law_full_name(struct arena *a, struct str type, struct str short_title, struct str title, struct str code) {
    struct str name = short_title.len ? short_title : law_type_name(type);
    if (!code.len) {
        return short_title.len || !title.len ? name : str_format(a, "%.*s %.*s", STR_ARG(name), STR_ARG(title));
    }
    return str_format(a, "%.*s số %.*s", STR_ARG(name), STR_ARG(code));
}

struct str law_cite(struct arena *a, const struct law_read_work_row *w, struct str eid, struct date from_on) {
    struct str place = law_place_words(a, eid);
    struct str name = law_full_name(a, w->type, w->short_title, w->title, w->code);
    struct date from = from_on.year ? from_on : w->effective_on;
    struct buf b = buf_in(a);
    buf_printf(&b, "%.*s%s%.*s", STR_ARG(place), place.len ? " " : "", STR_ARG(name));
    if (w->issued_on.year) {
        buf_printf(&b, " ngày %.*s", STR_ARG(date_vi(a, w->issued_on)));
    }
    if (from.year) {
        buf_printf(&b, ", có hiệu lực từ ngày %.*s", STR_ARG(date_vi(a, from)));
    }
    return buf_str(&b);
}

struct str law_label(struct arena *a, struct str level, struct str label) {
    static const struct {
        struct str code, words;
    } levels[] = {{S_INIT("part"), S_INIT("Phần ")},    {S_INIT("chapter"), S_INIT("Chương ")},
                  {S_INIT("section"), S_INIT("Mục ")},  {S_INIT("subsection"), S_INIT("Tiểu mục ")},
                  {S_INIT("article"), S_INIT("Điều ")}, {S_INIT("annex"), S_INIT("Phụ lục ")},
                  {S_INIT("table"), S_INIT("Bảng ")}};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (str_eq(levels[i].code, level)) {
            return str_trim(str_format(a, "%.*s%.*s", STR_ARG(levels[i].words), STR_ARG(label)));
        }
    }
    bool is_point = str_eq(level, S("point")) || str_eq(level, S("subpoint"));
    bool is_done = label.len && (label.at[label.len - 1] == ')' || label.at[label.len - 1] == '.');
    return label.len && !is_done ? str_format(a, "%.*s%s", STR_ARG(label), is_point ? ")" : ".") : label;
}
