/* The head of a paper: issuer, number, place and date, type, title, and the căn cứ before the first place. */
#include "modules/law/law_text_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"

#include <string.h>

enum { HEAD_LINES = 60, TITLE_LINES = 8, ISSUER_LINES = 3 };

/* The usual spelling of the types, longest first where one begins with another. */
static const struct {
    struct str shouted, name;
} types[] = {
    {S_INIT("BỘ LUẬT"), S_INIT("Bộ luật")},
    {S_INIT("LUẬT"), S_INIT("Luật")},
    {S_INIT("HIẾN PHÁP"), S_INIT("Hiến pháp")},
    {S_INIT("PHÁP LỆNH"), S_INIT("Pháp lệnh")},
    {S_INIT("LỆNH"), S_INIT("Lệnh")},
    {S_INIT("NGHỊ QUYẾT LIÊN TỊCH"), S_INIT("Nghị quyết liên tịch")},
    {S_INIT("NGHỊ QUYẾT"), S_INIT("Nghị quyết")},
    {S_INIT("NGHỊ ĐỊNH"), S_INIT("Nghị định")},
    {S_INIT("THÔNG TƯ LIÊN TỊCH"), S_INIT("Thông tư liên tịch")},
    {S_INIT("THÔNG TƯ"), S_INIT("Thông tư")},
    {S_INIT("QUYẾT ĐỊNH"), S_INIT("Quyết định")},
    {S_INIT("QUY ĐỊNH"), S_INIT("Quy định")},
    {S_INIT("QUY CHẾ"), S_INIT("Quy chế")},
    {S_INIT("CHỈ THỊ"), S_INIT("Chỉ thị")},
    {S_INIT("KẾT LUẬN"), S_INIT("Kết luận")},
    {S_INIT("HƯỚNG DẪN"), S_INIT("Hướng dẫn")},
    {S_INIT("KẾ HOẠCH"), S_INIT("Kế hoạch")},
    {S_INIT("CHƯƠNG TRÌNH"), S_INIT("Chương trình")},
    {S_INIT("THÔNG BÁO"), S_INIT("Thông báo")},
    {S_INIT("ĐIỀU LỆ"), S_INIT("Điều lệ")},
    {S_INIT("VĂN BẢN HỢP NHẤT"), S_INIT("Văn bản hợp nhất")},
};

static const char *const grounds[] = {"can cu ",       "nham ",        "theo de nghi", "xet ",     "thuc hien ",
                                      "chinh phu ban", "quoc hoi ban", "bo truong ",   "sau khi ", "trong linh vuc "};

static bool is_nation(struct str folded) {
    return str_starts(folded, S("cong hoa xa hoi")) || str_starts(folded, S("viet nam dan chu cong hoa")) ||
           str_starts(folded, S("dang cong san viet nam")) || str_starts(folded, S("doc lap"));
}

static bool is_ground(struct str folded) {
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        if (str_starts(folded, str_of(grounds[i]))) {
            return true;
        }
    }
    return false;
}

static int figures_at(struct str s, size_t *at, size_t most) {
    int n = 0;
    size_t from = *at;
    while (*at < s.len && *at - from < most && s.at[*at] >= '0' && s.at[*at] <= '9') {
        n = n * 10 + (s.at[(*at)++] - '0');
    }
    return *at > from ? n : -1;
}

static void blanks_past(struct str s, size_t *at) {
    for (;;) {
        if (*at < s.len && (s.at[*at] == ' ' || s.at[*at] == '\t' || s.at[*at] == '\n')) {
            ++*at;
        } else if (str_starts(str_slice(s, *at, s.len), S("\xc2\xa0"))) {
            *at += 2;
        } else {
            return;
        }
    }
}

/* "ngày 9 tháng 6 năm 2015" or "ngày 9/6/2015"; the word before decides that it is one. */
static bool date_from(struct str s, size_t at, struct date *date, size_t *end) {
    static const struct str words[] = {S_INIT("tháng"), S_INIT("năm")};
    int part[3];
    blanks_past(s, &at);
    part[0] = figures_at(s, &at, 2);
    bool is_plain = at < s.len && (s.at[at] == '/' || s.at[at] == '-' || s.at[at] == '.');
    for (int i = 0; i < 2; i++) {
        if (is_plain) {
            at++;
        } else {
            blanks_past(s, &at);
            if (!str_starts(str_slice(s, at, s.len), words[i])) {
                return false;
            }
            at += words[i].len;
            blanks_past(s, &at);
        }
        part[i + 1] = figures_at(s, &at, i ? 4 : 2);
    }
    struct date d = {.year = (int16_t)part[2], .month = (int8_t)part[1], .day = (int8_t)part[0]};
    if (part[0] < 1 || part[1] < 1 || part[2] < 1900 || !date_valid(d)) {
        return false;
    }
    *date = d;
    *end = at;
    return true;
}

bool law_date_in_words(struct str words, struct date *date, size_t *start, size_t *end) {
    for (size_t at = str_find(words, S("ngày"), 0); at != SIZE_MAX; at = str_find(words, S("ngày"), at + 1)) {
        if (date_from(words, at + S("ngày").len, date, end)) {
            *start = at;
            return true;
        }
    }
    return false;
}

void law_date_within(struct str words, struct date *date) {
    size_t end;
    for (size_t at = 0; at < words.len; at++) {
        bool begins =
            words.at[at] >= '0' && words.at[at] <= '9' && (at == 0 || words.at[at - 1] < '0' || words.at[at - 1] > '9');
        if (begins && date_from(words, at, date, &end)) {
            return;
        }
    }
}

static void take_date(struct str words, struct law_head *head) {
    size_t start, end;
    if (head->issued_on.year || !law_date_in_words(words, &head->issued_on, &start, &end)) {
        return;
    }
    struct str place = law_trim(str_slice(words, 0, start));
    if (!str_ends(place, S(",")) || place.len > 90) {
        return;
    }
    place.len--;
    /* The number may stand on the same line before it. */
    for (size_t i = place.len; i > 0; i--) {
        bool is_code_before = (place.at[i - 1] == ' ' || place.at[i - 1] == '\t') &&
                              str_find(str_slice(place, 0, i), S("/"), 0) != SIZE_MAX;
        if (place.at[i - 1] == '\t' ||
            (is_code_before && str_find(str_slice(place, i, place.len), S("/"), 0) == SIZE_MAX &&
             str_find(str_slice(place, 0, i - 1), S(" "), str_find(place, S("/"), 0)) == SIZE_MAX)) {
            place = str_slice(place, i, place.len);
            break;
        }
    }
    bool is_named = place.len && ((place.at[0] >= 'A' && place.at[0] <= 'Z') || str_starts(place, S("Đ")));
    head->place = is_named ? law_trim(place) : S("");
}

static bool is_code_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '/' || c == '-' ||
           c == '.' || (unsigned char)c > 127;
}

/* A number begins with figures and has a / or - in it. Blanks around these are left out. */
struct str law_code_in(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    size_t at = 0;
    blanks_past(s, &at);
    for (; at < s.len; at++) {
        bool joins = b.len && (b.at[b.len - 1] == '/' || b.at[b.len - 1] == '-');
        size_t next = at;
        blanks_past(s, &next);
        bool is_joined =
            next > at && next < s.len && (joins || s.at[next] == '/' || s.at[next] == '-') && next - at < 3;
        if (is_joined) {
            at = next;
        }
        if (!is_code_byte(s.at[at]) || str_starts(str_slice(s, at, s.len), S("\xc2\xa0"))) {
            break;
        }
        buf_put_char(&b, s.at[at]);
    }
    struct str code = buf_str(&b);
    size_t term = at;
    blanks_past(s, &term);
    size_t term_from = term;
    if (str_ends(code, S("/QH")) && figures_at(s, &term, 2) > 0) { /* 79/2006/QH 11 */
        code = str_format(a, "%.*s%.*s", STR_ARG(code), STR_ARG(str_slice(s, term_from, term)));
    }
    bool has_sign = str_find(code, S("/"), 0) != SIZE_MAX || str_find(code, S("-"), 0) != SIZE_MAX;
    bool is_good = code.len > 3 && code.at[0] >= '0' && code.at[0] <= '9' && has_sign && utf8_valid(code);
    return is_good ? code : S("");
}

static void take_code(struct arena *a, struct str words, struct law_head *head) {
    static const struct str anchors[] = {S_INIT("Số:"),
                                         S_INIT("Số :"),
                                         S_INIT("Số "),
                                         S_INIT("SỐ:"),
                                         S_INIT("SỐ "),
                                         S_INIT("Luật số:"),
                                         S_INIT("Luật số :"),
                                         S_INIT("Luật số "),
                                         S_INIT("LUẬT SỐ"),
                                         S_INIT("LUẬT SỐ:"),
                                         S_INIT("Bộ luật số:"),
                                         S_INIT("Pháp lệnh số:"),
                                         S_INIT("Nghị quyết số:"),
                                         S_INIT("Nghị định số:"),
                                         S_INIT("Thông tư số:")};
    for (size_t i = 0; head->code.len == 0 && i < sizeof anchors / sizeof *anchors; i++) {
        if (str_starts(words, anchors[i])) {
            struct str rest = law_trim(str_slice(words, anchors[i].len, words.len));
            while (rest.len && rest.at[0] == ':') {
                rest = law_trim(str_slice(rest, 1, rest.len));
            }
            head->code = law_code_in(a, rest);
        }
    }
    size_t inside = str_find(words, S(" SỐ "), 0);
    if (head->code.len == 0 && inside != SIZE_MAX && law_is_shouted(words)) {
        head->code = law_code_in(a, law_trim(str_slice(words, inside + S(" SỐ ").len, words.len)));
    }
    /* The right half of a line of two: "CHÍNH PHỦ\tSố: …". */
    size_t tab = str_find(words, S("\t"), 0);
    if (head->code.len == 0 && tab != SIZE_MAX) {
        take_code(a, law_trim(str_slice(words, tab, words.len)), head);
    }
}

struct str law_type_named(struct arena *a, struct str words) {
    struct str folded = utf8_fold(a, words);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_eq(utf8_fold(a, types[i].name), folded)) {
            return types[i].name;
        }
    }
    return S("");
}

struct str law_type_printed(struct str type_name) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_eq(types[i].name, type_name)) {
            return types[i].shouted;
        }
    }
    return type_name;
}

/* The type a line names, alone or before the title; what follows it in *rest. */
static bool take_type(struct str words, struct str *name, struct str *rest) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct str t = types[i].shouted;
        bool is_end = words.len == t.len || (words.len > t.len && strchr(" \t\n\r*:", words.at[t.len]));
        if (str_starts(words, t) && is_end) {
            *name = types[i].name;
            *rest = law_trim(str_slice(words, t.len, words.len));
            return true;
        }
    }
    return false;
}

static struct str joined(struct arena *a, struct str before, struct str more) {
    return more.len == 0 ? before : before.len == 0 ? more : str_format(a, "%.*s %.*s", STR_ARG(before), STR_ARG(more));
}

static void take_issuer(struct arena *a, const struct law_lines *lines, size_t from, size_t to, struct law_head *head) {
    size_t taken = 0;
    head->issuer = S("");
    for (size_t i = from; i < to && taken < ISSUER_LINES; i++) {
        struct str words = law_line_words(lines, i), name, rest, first = words, right;
        str_cut(words, S("\t"), &first, &right);
        first = law_trim(first);
        struct str folded = law_fold_start(a, first, 60);
        size_t nation = str_find(first, S("CỘNG H"), 0);
        if (nation > 0 && nation != SIZE_MAX) {
            first = law_trim(str_slice(first, 0, nation));
            folded = law_fold_start(a, first, 60);
        }
        if (is_nation(folded)) {
            continue;
        }
        bool is_one = law_is_shouted(first) && lines->at[i].look != LOOK_RULE && !take_type(first, &name, &rest) &&
                      str_find(first, S("/"), 0) == SIZE_MAX;
        if (!is_one && taken) {
            return;
        }
        if (is_one) {
            head->issuer = joined(a, head->issuer, first);
            taken++;
        }
    }
}

static bool ends_title(struct arena *a, const struct law_lines *lines, size_t i) {
    struct str words = law_line_words(lines, i), folded = law_fold_start(a, words, 60);
    bool is_aim = str_starts(words, S("Để ")) ||
                  (words.len > 200 && !lines->at[i].is_shouted && strchr(".;:", words.at[words.len - 1]));
    return lines->at[i].look == LOOK_RULE || is_aim || is_ground(folded) || is_nation(folded) ||
           lines->at[i].look == LOOK_ROW;
}

/* "Hà Nội, ngày …": a short line of place and date. */
static bool is_dateline(struct str words) {
    struct date date;
    size_t start, end;
    return words.len < 90 && law_date_in_words(words, &date, &start, &end) && start > 2 &&
           str_ends(law_trim(str_slice(words, 0, start)), S(","));
}

/* Old laws say whose they are between type and name: CỦA QUỐC HỘI … SỐ 09/1998/QH10 NGÀY … */
static bool is_source(struct str words) {
    static const struct str starts[] = {
        S_INIT("CỦA QUỐC HỘI"),         S_INIT("SỐ "),         S_INIT("Số:"), S_INIT("CỦA CHÍNH PHỦ"),
        S_INIT("CỦA ỦY BAN THƯỜNG VỤ"), S_INIT("CỦA HỘI ĐỒNG")};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (str_starts(words, starts[i])) {
            return true;
        }
    }
    return false;
}

/* What follows the date there: "… NGÀY 02 THÁNG 12 NĂM 1998 KHIẾU NẠI, TỐ CÁO". */
static struct str behind_year(struct str words) {
    size_t at = str_find(words, S("NĂM "), 0), end = at == SIZE_MAX ? 0 : at + S("NĂM ").len;
    return at != SIZE_MAX && figures_at(words, &end, 4) > 999 ? law_trim(str_slice(words, end, words.len)) : S("");
}

/* Whether a line stands behind the whole title: the authority that issues (BỘ TRƯỞNG BỘ NỘI VỤ), or of what a
   consolidation is made ("Luật X số …, có hiệu lực kể từ …"). */
static bool is_behind_title(const struct law_lines *lines, size_t i, struct str title) {
    return title.len && ((lines->at[i].is_shouted && !law_is_shouted(title)) ||
                         str_find(law_line_words(lines, i), S("có hiệu lực"), 0) != SIZE_MAX);
}

/* From the line of the type on; returns the line behind the title. */
static size_t take_title(struct arena *a, const struct law_lines *lines, size_t i, size_t to, struct law_head *head) {
    struct str rest, name;
    take_type(law_line_words(lines, i), &name, &rest);
    head->type_name = name;
    head->title = rest;
    if (is_source(rest)) {
        head->title = behind_year(rest);
    }
    size_t first = i + 1;
    for (i = first; i < to && i < first + TITLE_LINES && !ends_title(a, lines, i); i++) {
        struct str words = law_line_words(lines, i);
        if (is_behind_title(lines, i, head->title)) {
            break;
        }
        take_code(a, words, head);
        if (is_dateline(words)) {
            take_date(words, head);
        } else {
            head->title = joined(a, head->title, is_source(words) ? behind_year(words) : words);
        }
    }
    while (i < to && lines->at[i].look == LOOK_RULE) {
        i++;
    }
    return i;
}

static void flag_lacking(struct arena *a, struct law_tree *tree) {
    const struct law_head *h = &tree->head;
    const struct law_fault_place whole = {.node = LAW_NO_NODE};
    if (h->code.len == 0) {
        law_fault_add(a, tree, LAW_FAULT_NO_CODE, &whole);
    }
    if (h->type_name.len == 0) {
        law_fault_add(a, tree, LAW_FAULT_NO_TYPE, &whole);
    } else if (h->title.len == 0) {
        law_fault_add(a, tree, LAW_FAULT_NO_TITLE, &whole);
    }
    if (h->issued_on.year == 0) {
        law_fault_add(a, tree, LAW_FAULT_NO_DATE, &whole);
    }
}

void law_head_read(struct arena *a, const struct law_lines *lines, size_t first_place, struct law_tree *tree) {
    struct law_head *head = &tree->head;
    size_t to = first_place, type = to, preamble = to, from = law_front_read(a, lines, to, head);
    struct str collected = head->title, type_collected = head->type_name, issuer = head->issuer;
    for (size_t i = from; i < to && i < from + HEAD_LINES && type == to; i++) {
        struct str words = law_line_words(lines, i), name, rest;
        if (is_ground(law_fold_start(a, words, 60))) {
            preamble = i;
            break;
        }
        take_code(a, words, head);
        bool is_type =
            !lines->at[i].is_quoted && take_type(words, &name, &rest) && str_find(words, S("Ố:"), 0) == SIZE_MAX;
        type = is_type ? i : to;
        if (!is_type) {
            take_date(words, head);
        }
    }
    if (type < to) {
        preamble = take_title(a, lines, type, to, head);
    }
    bool is_bare = type == to && preamble == to && from > 0;
    preamble = is_bare ? from : preamble;
    head->title = head->title.len ? head->title : collected;
    head->type_name = head->type_name.len ? head->type_name : type_collected;
    take_issuer(a, lines, from, type < to ? type : preamble, head);
    head->issuer = issuer.len ? issuer : head->issuer;
    if (preamble < to) {
        head->preamble = law_trim(str_slice(lines->text, lines->at[preamble].from, lines->at[to - 1].to));
    }
    size_t passed = head->issued_on.year ? SIZE_MAX : str_find(head->closing, S("thông qua ngày"), 0);
    if (passed != SIZE_MAX) {
        law_date_within(str_slice(head->closing, passed, passed + 80), &head->issued_on);
    }
    flag_lacking(a, tree);
}
