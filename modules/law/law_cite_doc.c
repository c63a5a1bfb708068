/* Documents as texts name them: by number in any of three families, or by type and name. */
#include "base/arena.h"
#include "base/utf8.h"
#include "search/search.h"
#include "search/words/text.h"
#include "modules/law/law_cite_inside.h"

#include <string.h>

static const struct {
    struct str word, code;
    bool has_name; /* is spoken of by name: Luật Đất đai */
} types[] = {
    {S_INIT("bộ luật"), S_INIT("BLUAT"), true},
    {S_INIT("luật"), S_INIT("LUAT"), true},
    {S_INIT("pháp lệnh"), S_INIT("PL"), true},
    {S_INIT("hiến pháp"), S_INIT("HP"), true},
    {S_INIT("điều lệ"), S_INIT("DL"), true},
    {S_INIT("nghị định"), S_INIT("ND"), false},
    {S_INIT("nđ"), S_INIT("ND"), false},
    {S_INIT("nghị quyết liên tịch"), S_INIT("NQLT"), false},
    {S_INIT("nghị quyết"), S_INIT("NQ"), false},
    {S_INIT("thông tư liên tịch"), S_INIT("TTLT"), false},
    {S_INIT("thông tư"), S_INIT("TT"), false},
    {S_INIT("quyết định"), S_INIT("QD"), false},
    {S_INIT("quy định"), S_INIT("QYD"), false},
    {S_INIT("quy chế"), S_INIT("QC"), false},
    {S_INIT("chỉ thị"), S_INIT("CT"), false},
    {S_INIT("hướng dẫn"), S_INIT("HD"), false},
    {S_INIT("kết luận"), S_INIT("KL"), false},
    {S_INIT("kế hoạch"), S_INIT("KH"), false},
    {S_INIT("công văn"), S_INIT("CV"), false},
    {S_INIT("thông báo"), S_INIT("TB"), false},
    {S_INIT("báo cáo"), S_INIT("BC"), false},
    {S_INIT("tờ trình"), S_INIT("TTR"), false},
    {S_INIT("chương trình"), S_INIT("CTR"), false},
    {S_INIT("đề án"), S_INIT("DA"), false},
    {S_INIT("lệnh"), S_INIT("LENH"), false},
    {S_INIT("sắc lệnh"), S_INIT("SL"), false},
    {S_INIT("văn bản hợp nhất"), S_INIT("VBHN"), false},
};
enum { TYPES = sizeof types / sizeof *types, ROOM_MOST = 220, TAIL_MOST = 400, CODE_MOST = 80 };

static int type_at(struct str text, size_t at, size_t *end) {
    char c = at < text.len ? text.at[at] : 0;
    if (!c || (!strchr("bBlLpPhHnNtTqQcCkKsSvV", c) && (unsigned char)c != 0xC4)) {
        return -1;
    }
    for (int i = 0; i < TYPES; i++) {
        if ((*end = cite_word(text, at, types[i].word))) {
            return i;
        }
    }
    return -1;
}

static bool has_capital(struct str code) {
    for (size_t i = 0; i < code.len; i++) {
        unsigned char c = (unsigned char)code.at[i];
        if ((c >= 'A' && c <= 'Z') || (c == 0xC4 && i + 1 < code.len && (unsigned char)code.at[i + 1] == 0x90)) {
            return true;
        }
    }
    return false;
}

/* A number with its key. Without a type before it, it must look like nothing else: a capital group, and a year or two
   groups. Returns the end, or at. */
static size_t code_at(struct arena *a, struct str text, size_t at, bool has_type, struct law_cite_doc *doc) {
    char key[SEARCH_WHOLE_MOST];
    size_t n = 0;
    struct str near = str_slice(text, 0, at + CODE_MOST);
    size_t end = at < text.len && text.at[at] >= '0' && text.at[at] <= '9' ? search_number_at(near, at, key, &n) : at;
    if (end <= at || !has_capital(str_slice(text, at, end))) {
        return at;
    }
    struct str form = {key, n}, number, rest, year, groups;
    str_cut(form, S("/"), &number, &rest);
    bool has_year = str_cut(rest, S("/"), &year, &groups);
    if (!has_type && !has_year && str_find(rest, S("-"), 0) == SIZE_MAX) {
        return at;
    }
    doc->code = str_slice(text, at, end);
    doc->key = str_copy(a, form);
    return end;
}

/* 30/2020 after "Nghị định": its groups go without saying. */
static size_t short_code(struct arena *a, struct str text, size_t at, int type, struct law_cite_doc *doc) {
    int64_t number, year;
    size_t slash = cite_number(text, at, 5, &number);
    if (!str_eq(types[type].code, S("ND")) || slash == at || slash >= text.len || text.at[slash] != '/') {
        return at;
    }
    size_t end = cite_number(text, slash + 1, 4, &year);
    if (end != slash + 5 || year < 1900 || year > 2199 || cite_is_letter(text, end) ||
        (end < text.len && text.at[end] == '/')) {
        return at;
    }
    doc->code = str_slice(text, at, end);
    doc->key = str_format(a, "%lld/%lld/nd-cp", (long long)number, (long long)year);
    return end;
}

static size_t after_so(struct str text, size_t at) {
    size_t end = cite_word(text, at, S("số"));
    if (!end) {
        return at;
    }
    end += end < text.len && text.at[end] == ':' ? 1 : 0;
    return cite_spaces(text, end);
}

/* Words that end a name and the room for it. */
static bool is_hard_stop(struct str text, size_t at) {
    static const struct str words[] = {S_INIT("số"),  S_INIT("năm"), S_INIT("ngày"),
                                       S_INIT("này"), S_INIT("đã"),  S_INIT("được")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (cite_word(text, at, words[i])) {
            return true;
        }
    }
    return false;
}

/* Words that end what surely is the name. */
static bool is_soft_stop(struct str text, size_t at) {
    static const struct str words[] = {
        S_INIT("và"),    S_INIT("của"),       S_INIT("theo"),     S_INIT("tại"),   S_INIT("về"),      S_INIT("thì"),
        S_INIT("hoặc"),  S_INIT("có"),        S_INIT("sửa đổi"),  S_INIT("để"),    S_INIT("khi"),     S_INIT("như"),
        S_INIT("mà"),    S_INIT("thực hiện"), S_INIT("quy định"), S_INIT("trong"), S_INIT("đối với"), S_INIT("phải"),
        S_INIT("không"), S_INIT("là"),        S_INIT("cho")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (cite_word(text, at, words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_name_sign(struct str text, size_t at) {
    static const char signs[] = ".;:()[]\n\r\"/";
    unsigned char c = (unsigned char)text.at[at];
    bool is_quote = c == 0xE2 && at + 2 < text.len && (unsigned char)text.at[at + 1] == 0x80 &&
                    ((unsigned char)text.at[at + 2] == 0x9C || (unsigned char)text.at[at + 2] == 0x9D);
    return is_quote || (c < 0x80 && strchr(signs, (char)c));
}

/* Whether another document with its number, or a place with its label, begins: no name goes on there. */
static bool is_other(struct str text, size_t at) {
    size_t end;
    int type = type_at(text, at, &end);
    if (type < 0) {
        return cite_place_begins(text, at);
    }
    size_t here = cite_spaces(text, end);
    bool has_number = here > end && here < text.len && text.at[here] >= '0' && text.at[here] <= '9';
    return has_number || cite_word(text, here, S("số")) || cite_word(text, here, S("này"));
}

/* Whether what follows a comma or "và" is the next document or place. */
static bool is_next_doc(struct str text, size_t at) {
    size_t end, here = cite_spaces(text, at);
    size_t past = cite_word(text, here, S("và"));
    here = past ? cite_spaces(text, past) : here;
    return is_other(text, here) || (type_at(text, here, &end) >= 0 && text.at[here] != 'q' && text.at[here] != 'l');
}

struct name_walk {
    size_t sure, room; /* where each ends */
    bool is_soft;
};

static size_t year_at(struct str text, size_t at, int64_t *year) {
    size_t here = cite_spaces(text, at), word = cite_word(text, here, S("năm"));
    size_t from = cite_spaces(text, word ? word : here), end = cite_number(text, from, 4, year);
    if (end != from + 4 || *year < 1900 || *year > 2199 || cite_is_letter(text, end) ||
        (end < text.len && text.at[end] == '/')) {
        *year = 0;
        return at;
    }
    return end;
}

/* One step of a name: a word with what stands before it. Returns where to go on, or 0 at its end. */
static size_t name_step(struct str text, size_t at, struct name_walk *w) {
    size_t here = cite_spaces(text, at);
    if (here >= text.len || is_name_sign(text, here)) {
        return 0;
    }
    if (text.at[here] == ',') {
        /* Dozens of laws are called "Phòng, chống …". */
        bool is_pair =
            str_ends(str_slice(text, 0, here), S("Phòng")) && cite_word(text, cite_spaces(text, here + 1), S("chống"));
        w->is_soft |= !is_pair;
        return is_next_doc(text, here + 1) ? 0 : here + 1;
    }
    int64_t year;
    bool is_year = text.at[here] >= '1' && text.at[here] <= '2' && year_at(text, here, &year) > here;
    if (is_year || is_hard_stop(text, here) || is_other(text, here) ||
        (cite_word(text, here, S("và")) && is_next_doc(text, here))) {
        return 0;
    }
    w->is_soft |= is_soft_stop(text, here);
    size_t end = here;
    while (end < text.len && cite_is_letter(text, end)) {
        utf8_next(text, &end);
    }
    if (end == here) {
        /* A dash inside a name: "chính trị - xã hội". */
        utf8_next(text, &end);
        return end;
    }
    w->room = end;
    w->sure = w->is_soft ? w->sure : end;
    return end;
}

static void name_read(struct str text, size_t from, size_t at, struct law_cite_doc *doc) {
    struct name_walk w = {.sure = at, .room = at};
    struct str near = str_slice(text, 0, from + ROOM_MOST);
    for (size_t here = at; here;) {
        here = name_step(near, here, &w);
    }
    doc->name = str_slice(text, from, w.sure);
    doc->room = str_slice(text, from, w.room);
}

static bool is_capital_at(struct str text, size_t at) {
    size_t next = at;
    if (at >= text.len) {
        return false;
    }
    char c = text.at[at];
    if ((unsigned char)c < 0x80) {
        return c >= 'A' && c <= 'Z';
    }
    uint32_t code = utf8_next(text, &next);
    char first[4];
    size_t n = utf8_put(first, code);
    return !cite_word((struct str){first, n}, 0, (struct str){first, n});
}

/* What may follow the name or number: năm 2024, ngày 18 tháng 01 năm 2024; and the rest of the sentence. */
static void after_read(struct str text, struct law_cite_doc *doc) {
    size_t end = year_at(text, doc->to, &doc->year);
    doc->to = end;
    size_t here = cite_spaces(text, end);
    here += here < text.len && text.at[here] == ',' ? 1 : 0;
    size_t date_end = cite_date(text, cite_spaces(text, here), &doc->issued_on);
    size_t tail = doc->issued_on.year ? date_end : end, stop = tail;
    while (stop < text.len && stop - tail < TAIL_MOST && text.at[stop] != ';' && text.at[stop] != '\n' &&
           text.at[stop] != '.') {
        stop++;
    }
    while (stop > tail && stop < text.len && ((unsigned char)text.at[stop] & 0xC0) == 0x80) {
        stop--;
    }
    doc->tail = str_slice(text, tail, stop);
}

/* "… ứng đến" before a day or year: it is not the document's own. */
static bool ends_before_day(struct str room) {
    static const struct str words[] = {S_INIT(" đến"), S_INIT(" từ"),  S_INIT(" trước"), S_INIT(" sau"),
                                       S_INIT(" vào"), S_INIT(" tới"), S_INIT(" trong"), S_INIT(" hết")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_ends(room, words[i])) {
            return true;
        }
    }
    return false;
}

/* "sửa đổi, bổ sung một số điều của Luật " before the name of the law that is amended: an amending law's own name.
   Returns where that name begins, or at. */
static size_t amending_name(struct str text, size_t at) {
    enum { BETWEEN_MOST = 120 };
    size_t end = cite_word(text, at, S("sửa đổi")), of;
    struct str room = str_slice(text, 0, at + BETWEEN_MOST);
    if (!end) {
        return at;
    }
    of = str_find(room, S(" của "), end);
    size_t bare = str_find(room, S(" một số điều Luật "), end);
    if (bare < of) {
        return bare + S(" một số điều Luật").len;
    }
    if (of == SIZE_MAX) {
        return at;
    }
    for (size_t i = end; i < of; i++) {
        if (text.at[i] == ';' || text.at[i] == '\n' || text.at[i] == ':') {
            return at;
        }
    }
    size_t inner = of + S(" của ").len;
    int type = type_at(text, inner, &end);
    return type >= 0 && types[type].has_name ? end : at;
}

/* Luật Đất đai [năm 2024] [số 31/2024/QH15]. */
static bool named_at(struct arena *a, struct str text, int type, size_t after, struct law_cite_doc *doc) {
    size_t here = cite_spaces(text, after), amended = amending_name(text, here);
    bool is_whole = str_eq(types[type].code, S("HP"));
    after = amended > here ? amended : after;
    doc->is_weak = !is_capital_at(text, cite_spaces(text, after)) && !is_whole;
    name_read(text, doc->from, after, doc);
    if (doc->room.len == after - doc->from && !is_whole) {
        return false;
    }
    size_t room_end = doc->from + doc->room.len, so = cite_spaces(text, room_end), number = after_so(text, so);
    size_t end = number > so ? code_at(a, text, number, true, doc) : number;
    bool has_code = number > so && end > number;
    int64_t year = 0;
    struct date on;
    bool has_day = year_at(text, room_end, &year) > room_end || cite_date(text, so, &on) > so;
    if (has_code || (has_day && !ends_before_day(doc->room))) {
        doc->is_weak = doc->is_weak && !has_code && doc->name.len < doc->room.len;
        doc->name = doc->room;
    }
    doc->to = has_code ? end : doc->from + doc->name.len;
    return true;
}

static bool typed_at(struct arena *a, struct str text, int type, size_t after, struct law_cite_doc *doc) {
    size_t here = cite_spaces(text, after);
    if (cite_word(text, here, S("này"))) {
        doc->is_own = true;
        doc->to = cite_word(text, here, S("này"));
        return true;
    }
    size_t number = after_so(text, here), end = here > after ? code_at(a, text, number, true, doc) : number;
    end = end > number || here == after ? end : short_code(a, text, number, type, doc);
    if (end > number) {
        doc->to = end;
        return true;
    }
    char c = text.at[doc->from];
    bool is_capital = c == 'L' || c == 'B' || c == 'P' || c == 'H' || is_capital_at(text, doc->from);
    return types[type].has_name && is_capital && named_at(a, text, type, after, doc);
}

static bool is_acronym(struct str text, size_t at) {
    size_t n = 0, here = at;
    while (here < text.len && is_capital_at(text, here)) {
        utf8_next(text, &here);
        n++;
    }
    return n >= 3 && (str_starts(str_slice(text, at, here), S("BL")) || text.at[at] == 'L') &&
           !cite_is_letter(text, here);
}

bool cite_doc_unnamed(struct str text, size_t at) {
    size_t end;
    return (type_at(text, at, &end) >= 0 && is_capital_at(text, at)) || is_acronym(text, at);
}

bool cite_doc(struct arena *a, struct str text, size_t at, struct law_cite_doc *doc) {
    size_t end;
    int type = type_at(text, at, &end);
    *doc = (struct law_cite_doc){.from = at};
    if (type >= 0) {
        doc->type = types[type].code;
        doc->type_words = str_slice(text, at, end);
        if (!typed_at(a, text, type, end, doc)) {
            return false;
        }
    } else if ((doc->to = code_at(a, text, at, false, doc)) == at) {
        return false;
    }
    if (!doc->is_own) {
        after_read(text, doc);
    }
    return true;
}

struct str law_cite_name_key(struct arena *a, const struct law_cite_doc *doc) {
    struct str name = str_trim(utf8_fold(a, doc->room.len ? doc->room : doc->name));
    int64_t year = doc->year ? doc->year : doc->issued_on.year;
    return year ? str_format(a, "%.*s %lld", STR_ARG(name), (long long)year) : name;
}
