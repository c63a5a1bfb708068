/* The head of page one: quốc hiệu, issuer, number, place and date, type and subject (NĐ 30/2020/NĐ-CP, Appendix I,
   boxes 1 to 5 and 10). Each is looked for by its anchor words, inside its zone when the page has places. */
#include "modules/document/document_facts_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

/* What has been found of the letterhead; indexes of pieces, or NONE. */
enum { NONE = -1 };
struct head {
    struct arena *arena;
    const struct pieces *pieces;
    struct document_facts *out;
    bool has_places;
    int nation; /* CỘNG HÒA …, or ĐẢNG CỘNG SẢN VIỆT NAM */
    int number;
    int date;
    int type;
    int about; /* V/v … */
};

static const struct piece *at(const struct head *h, int i) { return &h->pieces->at[i]; }
static int count(const struct head *h) { return (int)h->pieces->n; }
static bool holds(struct str s, struct str what) { return str_find(s, what, 0) != SIZE_MAX; }
static bool is_left(const struct head *h, const struct piece *p) {
    return !h->has_places || document_piece_middle(p) < 0.5;
}
static bool is_high(const struct head *h, const struct piece *p, double y) { return !h->has_places || p->box.y < y; }

/* What a scanning office or a signature stamps on: never part of the document itself. */
static bool is_stamp(const struct piece *p) {
    static const struct str words[] = {S_INIT("nguoi ky"),     S_INIT("ky boi"),   S_INIT("email"),
                                       S_INIT("thoi gian ky"), S_INIT("co quan:"), S_INIT("thong tin dien tu"),
                                       S_INIT("chinhphu.vn"),  S_INIT("ngay ky")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (holds(p->folded, words[i])) {
            return true;
        }
    }
    return false;
}

static void find_nation(struct head *h) {
    for (int i = 0; i < count(h) && i < 40; i++) {
        struct str f = at(h, i)->folded;
        if (holds(f, S("hoa xa hoi chu nghia")) || holds(f, S("dang cong san viet nam")) ||
            (f.len > 20 && document_distance(f, S("cong hoa xa hoi chu nghia viet nam"), 6) <= 6)) {
            h->nation = i;
            return;
        }
    }
}

/* Behind "Số" at the beginning of a piece; SIZE_MAX when it does not begin so. */
static size_t after_so(struct str folded) {
    static const struct str fronts[] = {S_INIT("so"),           S_INIT("s6"),
                                        S_INIT("luat so"),      S_INIT("nghi quyet so"),
                                        S_INIT("phap lenh so"), S_INIT("bo luat so")};
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++) {
        size_t n = fronts[i].len;
        if (str_starts(folded, fronts[i]) && (folded.len == n || strchr(" :.;,0123456789", folded.at[n]))) {
            return n;
        }
    }
    return SIZE_MAX;
}

/* The words of p behind its "Số", of which a later column may have been taken in. */
static struct str words_after_so(struct arena *a, const struct piece *p, size_t words) {
    struct buf b = buf_in(a);
    bool is_after = false;
    for (size_t i = 0; i < p->n && i < words; i++) {
        struct str w = p->words[i].text, f = utf8_fold(a, w);
        if (!is_after) {
            if (!str_starts(f, S("so")) && !str_starts(f, S("s6"))) {
                continue;
            }
            is_after = true;
            size_t cut = str_find(w, S(":"), 0);
            cut = cut == SIZE_MAX ? str_find(w, S("."), 0) : cut;
            w = cut == SIZE_MAX ? S("") : str_slice(w, cut + 1, w.len);
        }
        buf_put(&b, w);
        buf_put_char(&b, ' ');
    }
    return str_trim(buf_str(&b));
}

/* A wide space is left for the number to be stamped or written in: "Số:        /MTTQ-BTT" is one cell still. */
static struct piece joined_row(const struct head *h, int i, double right) {
    struct piece p = *at(h, i);
    for (int j = i + 1; j < count(h) && j < i + 6 && h->has_places; j++) {
        const struct piece *next = at(h, j);
        double apart = next->box.y + next->box.h / 2 - p.box.y - p.box.h / 2;
        bool is_beside = apart < p.box.h * 0.6 && apart > -p.box.h * 0.6 && next->box.x > p.box.x &&
                         next->box.x + next->box.w < right && p.n + next->n < 30;
        if (!is_beside) {
            break;
        }
        struct read_word *words = arena_take(h->arena, struct read_word, p.n + next->n);
        memcpy(words, p.words, p.n * sizeof *words);
        memcpy(words + p.n, next->words, next->n * sizeof *words);
        struct piece both = {.words = words, .n = p.n + next->n, .page = p.page};
        p = document_piece_part(h->arena, &both, 0, both.n);
    }
    return p;
}

/* A number or a date is as sure as its least sure word, but for words recognition is always shy of. */
static int weakest(const struct piece *p) {
    int least = p->confidence;
    for (size_t i = 0; i < p->n; i++) {
        int one = p->words[i].confidence + 35;
        least = one < least ? one : least;
    }
    return least;
}

static int sure(const struct piece *p, bool is_mended) { return weakest(p) - (is_mended ? 12 : 0); }

static void find_number(struct head *h) {
    for (int i = 0; i < count(h) && h->number == NONE && i < 60; i++) {
        const struct piece *p = at(h, i);
        if (!is_high(h, p, 0.42) || !is_left(h, p) || after_so(p->folded) == SIZE_MAX || is_stamp(p)) {
            continue;
        }
        struct piece whole = joined_row(h, i, 0.52);
        p = &whole;
        /* A number has few words; more are a later column's. */
        for (size_t words = p->n < 12 ? p->n : 12; words >= 1 && h->number == NONE; words--) {
            struct str number, notation;
            bool is_mended;
            if (!document_number_read(h->arena, words_after_so(h->arena, p, words), &number, &notation, &is_mended)) {
                continue;
            }
            h->number = i;
            struct piece part = document_piece_part(h->arena, p, 0, words);
            int confidence = sure(&part, is_mended);
            bool is_party = str_starts(notation, S("-"));
            h->out->notation =
                document_fact_of(is_party ? str_slice(notation, 1, notation.len) : notation, &part, &part, confidence);
            if (number.len) {
                h->out->number = document_fact_of(number, &part, &part, confidence);
                struct str code =
                    str_format(h->arena, "%.*s%s%.*s", STR_ARG(number), is_party ? "" : "/", STR_ARG(notation));
                h->out->code = document_fact_of(code, &part, &part, confidence);
            }
        }
    }
}

/* "Hà Nội" of "Hà Nội, ngày …". */
static struct str place_before(struct arena *a, const struct piece *p, size_t words) {
    struct str s = document_piece_part(a, p, 0, words).text;
    size_t comma = str_find(s, S(","), 0);
    s = str_trim(comma == SIZE_MAX ? s : str_slice(s, 0, comma));
    return s.len && s.len < 60 && !document_is_upper(s) ? s : S("");
}

static void find_date(struct head *h, struct date today) {
    for (int i = 0; i < count(h) && i < 60; i++) {
        struct piece row = at(h, i)->box.x > 0.4 ? joined_row(h, i, 1) : *at(h, i);
        const struct piece *p = &row;
        struct date d;
        size_t start, end;
        bool is_there = is_high(h, p, 0.42) && (!h->has_places || p->box.x + p->box.w > 0.55) && !is_stamp(p);
        if (!is_there || !document_date_in(p->folded, 0, &d, &start, &end)) {
            continue;
        }
        size_t before = 0, words = 0;
        for (; words < p->n && before < start; words++) {
            before += utf8_fold(h->arena, p->words[words].text).len + 1;
        }
        /* A date inside the running text, as in "Căn cứ … ngày …", has many words before it. */
        if (words > 6 || (words > 0 && !holds(str_slice(p->folded, 0, start), S(",")) && words > 4) ||
            end + 12 < p->folded.len) {
            continue;
        }
        h->date = i;
        bool is_believed = date_cmp(d, today) <= 0;
        h->out->issued_on = document_fact_of(date_iso(h->arena, d), p, p, is_believed ? weakest(p) : 20);
        struct str place = place_before(h->arena, p, words);
        if (place.len) {
            h->out->place = document_fact_of(place, p, p, p->confidence);
        }
        return;
    }
}

/* Words that begin the name of an organ, and those a name goes on with on the next line. */
static const struct str organ_heads[] = {
    S_INIT("uy ban"),   S_INIT("ubnd"),      S_INIT("ubmttq"),    S_INIT("bo "),       S_INIT("so "),
    S_INIT("cuc "),     S_INIT("ban "),      S_INIT("hoi "),      S_INIT("lien "),     S_INIT("chi cuc"),
    S_INIT("tong "),    S_INIT("van phong"), S_INIT("thanh uy"),  S_INIT("tinh uy"),   S_INIT("quan uy"),
    S_INIT("huyen uy"), S_INIT("dang uy"),   S_INIT("dang bo"),   S_INIT("chinh phu"), S_INIT("chinhphu"),
    S_INIT("quoc hoi"), S_INIT("quochoi"),   S_INIT("thu tuong"), S_INIT("hoi dong"),  S_INIT("hdnd"),
    S_INIT("mat tran"), S_INIT("truong "),   S_INIT("trung tam"), S_INIT("cong an"),   S_INIT("vien "),
    S_INIT("toa an"),   S_INIT("phong "),    S_INIT("doan "),     S_INIT("cong doan"), S_INIT("chu tich"),
    S_INIT("ubkt"),     S_INIT("thanh tra"), S_INIT("bao "),
};
static const struct str organ_tails[] = {
    S_INIT("thanh pho"), S_INIT("tinh "),    S_INIT("quan "),   S_INIT("huyen "), S_INIT("phuong "), S_INIT("xa "),
    S_INIT("dac khu"),   S_INIT("viet nam"), S_INIT("khu vuc"), S_INIT("tp"),     S_INIT("va "),     S_INIT("to quoc"),
};
static const struct str dangling[] = {S_INIT("uy ban"), S_INIT("uy ban trung uong"), S_INIT("trung uong"),
                                      S_INIT("uy ban nhan dan"), S_INIT("hoi dong nhan dan")};

static bool starts_any(struct str s, const struct str *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (str_starts(s, list[i])) {
            return true;
        }
    }
    return false;
}

static bool goes_on(struct str before, struct str now) {
    for (size_t i = 0; i < sizeof dangling / sizeof *dangling; i++) {
        if (str_eq(before, dangling[i])) {
            return true;
        }
    }
    bool is_cut = str_ends(before, S(" va")) || str_ends(before, S(" cua")) || str_ends(before, S("-"));
    bool is_tail = starts_any(now, organ_tails, sizeof organ_tails / sizeof *organ_tails);
    return is_cut || is_tail || !starts_any(now, organ_heads, sizeof organ_heads / sizeof *organ_heads);
}

static struct str without_marks(struct str s) {
    while (s.len && strchr("-_.,*|'\"=~ `", s.at[s.len - 1])) {
        s = str_slice(s, 0, s.len - 1);
    }
    while (s.len && strchr("-_.,*|'\"=~ `", s.at[0])) {
        s = str_slice(s, 1, s.len);
    }
    return s;
}

static bool is_organ_line(const struct head *h, int i) {
    const struct piece *p = at(h, i);
    struct str text = without_marks(p->text);
    bool is_in_zone = i != h->nation && is_left(h, p) && is_high(h, p, 0.25);
    if (h->has_places && h->nation != NONE) {
        is_in_zone = is_in_zone && p->box.y > at(h, h->nation)->box.y - 0.02;
    }
    return is_in_zone && text.len >= 4 && document_is_upper(text) && !is_stamp(p) && !holds(p->folded, S("doc lap")) &&
           p->text.at[0] != '/' &&
           (p->confidence > 30 || starts_any(p->folded, organ_heads, sizeof organ_heads / sizeof *organ_heads));
}

/* Organs whose name is short and everywhere, should recognition have run its words together. */
static struct str respaced(struct str text) {
    static const struct {
        struct str tight;
        struct str right;
    } known[] = {{S_INIT("CHÍNHPHỦ"), S_INIT("CHÍNH PHỦ")},
                 {S_INIT("QUỐCHỘI"), S_INIT("QUỐC HỘI")},
                 {S_INIT("BỘCÔNGAN"), S_INIT("BỘ CÔNG AN")},
                 {S_INIT("THÀNHỦY"), S_INIT("THÀNH ỦY")},
                 {S_INIT("BỘNỘIVỤ"), S_INIT("BỘ NỘI VỤ")}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_eq(text, known[i].tight)) {
            return known[i].right;
        }
    }
    return text;
}

static void find_issuer(struct head *h) {
    struct {
        struct buf text;
        const struct piece *first, *last;
        int sum, lines;
    } organs[6];
    size_t n = 0;
    struct str before = S("");
    int stop = h->number != NONE                     ? h->number
               : h->date != NONE                     ? h->date
               : !h->has_places && h->nation != NONE ? h->nation
                                                     : 0;
    for (int i = 0; i < count(h) && i < 60; i++) {
        bool is_above = h->has_places ? (stop == 0 || at(h, i)->box.y < at(h, stop)->box.y - 0.004) : i < stop;
        if (!is_above || !is_organ_line(h, i)) {
            continue;
        }
        struct str text = without_marks(at(h, i)->text), folded = utf8_fold(h->arena, text);
        bool is_new = n == 0 || !goes_on(before, folded);
        if (is_new && n == sizeof organs / sizeof *organs) {
            break;
        }
        if (is_new) {
            organs[n].text = buf_in(h->arena);
            organs[n].first = at(h, i);
            organs[n].sum = organs[n].lines = 0;
            n++;
        } else {
            BUF_LIT(&organs[n - 1].text, " ");
        }
        buf_put(&organs[n - 1].text, respaced(text));
        organs[n - 1].last = at(h, i);
        organs[n - 1].sum += at(h, i)->confidence;
        organs[n - 1].lines++;
        before = folded;
    }
    /* "Ban Thường trực" acts for the committee above it: the letter is the committee's. */
    if (n > 1 && str_eq(utf8_fold(h->arena, buf_str(&organs[n - 1].text)), S("ban thuong truc"))) {
        n--;
    }
    if (n > 0) {
        h->out->issuer = document_fact_of(buf_str(&organs[n - 1].text), organs[n - 1].first, organs[n - 1].first,
                                          organs[n - 1].sum / organs[n - 1].lines);
        struct document_fact end = document_fact_of(S(""), organs[n - 1].last, organs[n - 1].last, 0);
        struct read_word both[2] = {{.box = h->out->issuer.box}, {.box = end.box}};
        h->out->issuer.box = h->has_places ? read_box_around(both, 2) : (struct read_box){0};
    }
    if (n > 1) {
        h->out->issuer_parent = document_fact_of(buf_str(&organs[n - 2].text), organs[n - 2].first, organs[n - 2].first,
                                                 organs[n - 2].sum / organs[n - 2].lines);
    }
}

static void find_type_line(struct head *h) {
    int best = 3;
    for (int i = 0; i < count(h) && i < 70; i++) {
        const struct piece *p = at(h, i);
        struct str folded = utf8_fold(h->arena, without_marks(p->text));
        bool is_below = h->number == NONE || (h->has_places ? p->box.y > at(h, h->number)->box.y : i > h->number);
        bool is_middle = !h->has_places || (document_piece_middle(p) > 0.3 && document_piece_middle(p) < 0.7);
        if (!is_below || !is_middle || !is_high(h, p, 0.6) || !document_is_upper(p->text) || folded.len > 30) {
            continue;
        }
        for (size_t t = 0; t < document_types_n; t++) {
            struct str name = utf8_fold(h->arena, document_types[t].name);
            int most = name.len > 7 ? 2 : name.len > 5 ? 1 : 0, apart = document_distance(folded, name, most);
            if (apart <= most && apart < best) {
                best = apart;
                h->type = i;
                h->out->type =
                    document_fact_of(document_types[t].code, p, p, apart ? p->confidence - 15 : p->confidence);
            }
        }
    }
}

static bool begins_body(struct str folded) {
    static const struct str fronts[] = {S_INIT("can cu "),      S_INIT("kinh gui"), S_INIT("xet "),
                                        S_INIT("theo de nghi"), S_INIT("dieu 1."),  S_INIT("chuong i"),
                                        S_INIT("1. "),          S_INIT("i. "),      S_INIT("de tang cuong")};
    return starts_any(folded, fronts, sizeof fronts / sizeof *fronts);
}

/* An authority named alone above the recitals: "THỦ TƯỚNG CHÍNH PHỦ", "ỦY BAN NHÂN DÂN THÀNH PHỐ". */
static bool is_authority(const struct piece *p) {
    static const struct str fronts[] = {S_INIT("thu tuong"), S_INIT("chinh phu"), S_INIT("bo truong"),
                                        S_INIT("uy ban"),    S_INIT("chu tich"),  S_INIT("ban thuong"),
                                        S_INIT("giam doc"),  S_INIT("hoi dong"),  S_INIT("quoc hoi")};
    return document_is_upper(p->text) && starts_any(p->folded, fronts, sizeof fronts / sizeof *fronts);
}

/* Enum document_urgency as text; empty when it says none. */
static struct str urgency_of(struct str folded) {
    static const struct {
        struct str folded;
        struct str value;
    } urgencies[] = {{S_INIT("khan"), S_INIT("1")},
                     {S_INIT("thuong khan"), S_INIT("2")},
                     {S_INIT("hoa toc"), S_INIT("3")},
                     {S_INIT("hoa toc hen gio"), S_INIT("3")}};
    for (size_t u = 0; u < sizeof urgencies / sizeof *urgencies; u++) {
        if (str_eq(folded, urgencies[u].folded)) {
            return urgencies[u].value;
        }
    }
    return S("");
}

static bool is_urgency(const struct head *h, const struct piece *p) {
    return p->n <= 5 && urgency_of(utf8_fold(h->arena, without_marks(p->text))).len > 0;
}

/* Lines from `from` on that stand close under each other in the same column; gives the last of them, and their text. */
static int gather(const struct head *h, int from, bool is_left_column, struct buf *text, int *confidence) {
    int last = from, sum = 0, lines = 0;
    const struct piece *above = at(h, from);
    for (int i = from; i < count(h) && lines < 12; i++) {
        const struct piece *p = at(h, i);
        bool is_mine =
            !h->has_places || (is_left_column ? document_piece_middle(p) < 0.5
                                              : document_piece_middle(p) > 0.36 && document_piece_middle(p) < 0.64);
        if (!is_mine || p->confidence < 35 || is_stamp(p) || is_urgency(h, p)) {
            if (h->has_places) {
                continue;
            }
            break;
        }
        double gap = p->box.y - above->box.y - above->box.h;
        double height = p->box.h > above->box.h ? p->box.h : above->box.h;
        bool is_far = lines > 0 && (h->has_places ? gap > 0.85 * height : p->words[0].starts_block);
        bool is_date = !h->has_places && str_find(p->folded, S("ngay"), 0) != SIZE_MAX &&
                       str_find(p->folded, S("thang"), 0) != SIZE_MAX;
        if (lines > 0 && (is_far || is_date || begins_body(p->folded) || is_authority(p) ||
                          (!is_left_column && h->has_places && p->box.x < 0.145 && p->box.w > 0.6))) {
            break;
        }
        buf_put(text, lines ? S(" ") : S(""));
        buf_put(text, p->text);
        sum += p->confidence;
        lines++;
        above = p;
        last = i;
    }
    *confidence = lines ? sum / lines : 0;
    return last;
}

static struct str tidy(struct arena *a, struct str s) {
    struct str t = without_marks(s);
    struct str f = utf8_fold(a, t);
    size_t cut = str_starts(f, S("v/v")) ? 3 : 0;
    t = str_trim(str_slice(t, cut, t.len));
    while (t.len && strchr(":.-", t.at[0])) {
        t = str_trim(str_slice(t, 1, t.len));
    }
    return t;
}

static bool is_about(struct str folded) {
    return str_starts(folded, S("v/v")) || str_starts(folded, S("vv ")) || str_starts(folded, S("ve viec")) ||
           str_starts(folded, S("v/ v"));
}

static void set_subject(struct head *h, int from, bool is_left_column) {
    struct buf text = buf_in(h->arena);
    int confidence, last = gather(h, from, is_left_column, &text, &confidence);
    struct str subject = tidy(h->arena, buf_str(&text));
    if (subject.len < 6) {
        return;
    }
    h->out->subject = document_fact_of(subject, at(h, from), at(h, from), confidence - 4);
    struct read_word both[2] = {{.box = at(h, from)->box}, {.box = at(h, last)->box}};
    h->out->subject.seen = buf_str(&text);
    h->out->subject.box = h->has_places ? read_box_around(both, 2) : (struct read_box){0};
}

static void find_subject(struct head *h) {
    for (int i = 0; i < count(h) && i < 70 && h->about == NONE; i++) {
        const struct piece *p = at(h, i);
        h->about = is_high(h, p, 0.45) && is_left(h, p) && is_about(p->folded) &&
                           (!h->has_places || p->box.x + p->box.w < 0.56)
                       ? i
                       : NONE;
    }
    if (h->about != NONE && h->type == NONE) {
        set_subject(h, h->about, true);
        if (!h->out->type.value.len) {
            h->out->type = document_fact_of(S("CV"), at(h, h->about), at(h, h->about), at(h, h->about)->confidence);
        }
        return;
    }
    for (int i = h->type + 1; h->type != NONE && i < count(h) && i < h->type + 8; i++) {
        const struct piece *p = at(h, i);
        bool is_middle = !h->has_places || (document_piece_middle(p) > 0.36 && document_piece_middle(p) < 0.64);
        if (is_middle && p->confidence >= 35 && without_marks(p->text).len > 5 && !is_stamp(p)) {
            if (!begins_body(p->folded)) {
                set_subject(h, i, false);
            }
            return;
        }
    }
}

/* The code and the line must agree; where the line was not read, the code speaks. */
static void settle_type(struct head *h) {
    const struct document_type *by_code = document_type_in(h->out->notation.value);
    struct document_fact *type = &h->out->type;
    if (by_code && !type->value.len) {
        *type = document_fact_of(by_code->code, at(h, h->number), at(h, h->number), h->out->notation.confidence - 10);
    } else if (by_code && str_eq(by_code->code, type->value)) {
        type->confidence = type->confidence < 90 ? type->confidence + 8 : type->confidence;
    } else if (by_code) {
        type->confidence = type->confidence < 55 ? type->confidence : 55;
    } else if (!type->value.len && h->out->number.value.len && h->out->subject.value.len == 0 && h->number != NONE) {
        /* No code in the notation and no name of a kind: a letter, as far as one can tell. */
        *type = document_fact_of(S("CV"), at(h, h->number), at(h, h->number), 45);
    }
    /* The number's year and the date's. */
    struct str notation = h->out->notation.value, on = h->out->issued_on.value;
    if (notation.len > 5 && notation.at[4] == '/' && on.len == 10 &&
        !str_eq(str_slice(notation, 0, 4), str_slice(on, 0, 4))) {
        h->out->code.confidence = h->out->code.confidence < 50 ? h->out->code.confidence : 50;
        h->out->issued_on.confidence = h->out->issued_on.confidence < 50 ? h->out->issued_on.confidence : 50;
    }
}

static void find_stamps(struct head *h) {
    static const struct str secrets[] = {S_INIT("mat"), S_INIT("toi mat"), S_INIT("tuyet mat")};
    for (int i = 0; i < count(h) && i < 60; i++) {
        const struct piece *p = at(h, i);
        struct str f = utf8_fold(h->arena, without_marks(p->text));
        if (!is_high(h, p, 0.4) || !document_is_upper(p->text)) {
            continue;
        }
        struct str urgency = urgency_of(f);
        if (urgency.len) {
            h->out->urgency = document_fact_of(urgency, p, p, p->confidence);
        }
        for (size_t s = 0; s < sizeof secrets / sizeof *secrets; s++) {
            h->out->is_secret = h->out->is_secret || str_eq(f, secrets[s]);
        }
    }
}

void document_find_head(struct arena *a, const struct pieces *pieces, struct date today, struct document_facts *out) {
    struct head h = {.arena = a,
                     .pieces = pieces,
                     .out = out,
                     .has_places = document_has_places(pieces),
                     .nation = NONE,
                     .number = NONE,
                     .date = NONE,
                     .type = NONE,
                     .about = NONE};
    find_nation(&h);
    find_number(&h);
    find_date(&h, today);
    find_issuer(&h);
    find_type_line(&h);
    find_subject(&h);
    settle_type(&h);
    find_stamps(&h);
}
