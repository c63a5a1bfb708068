/* The end of a document: who signed (box 7), and a deadline its text asks for. */
#include "modules/document/document_facts_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

/* Names of offices and organs that stand at the foot of most letters: marks that recognition turned are turned back. */
static struct str canonical(struct arena *a, struct str s) {
    static const struct str known[] = {
        S_INIT("CHÍNH PHỦ"),
        S_INIT("THỦ TƯỚNG"),
        S_INIT("PHÓ THỦ TƯỚNG"),
        S_INIT("THỦ TƯỚNG CHÍNH PHỦ"),
        S_INIT("BAN THƯỜNG TRỰC"),
        S_INIT("BAN THƯỜNG VỤ"),
        S_INIT("THƯỜNG TRỰC"),
        S_INIT("CHỦ TỊCH"),
        S_INIT("PHÓ CHỦ TỊCH"),
        S_INIT("PHÓ CHỦ TỊCH THƯỜNG TRỰC"),
        S_INIT("CHỦ TỊCH QUỐC HỘI"),
        S_INIT("ỦY BAN NHÂN DÂN"),
        S_INIT("HỘI ĐỒNG NHÂN DÂN"),
        S_INIT("BỘ TRƯỞNG"),
        S_INIT("THỨ TRƯỞNG"),
        S_INIT("CỤC TRƯỞNG"),
        S_INIT("PHÓ CỤC TRƯỞNG"),
        S_INIT("VỤ TRƯỞNG"),
        S_INIT("GIÁM ĐỐC"),
        S_INIT("PHÓ GIÁM ĐỐC"),
        S_INIT("TỔNG GIÁM ĐỐC"),
        S_INIT("TRƯỞNG BAN"),
        S_INIT("PHÓ TRƯỞNG BAN"),
        S_INIT("TRƯỞNG PHÒNG"),
        S_INIT("CHÁNH VĂN PHÒNG"),
        S_INIT("PHÓ CHÁNH VĂN PHÒNG"),
        S_INIT("BÍ THƯ"),
        S_INIT("PHÓ BÍ THƯ"),
        S_INIT("PHÓ BÍ THƯ THƯỜNG TRỰC"),
        S_INIT("TỔNG THƯ KÝ"),
        S_INIT("CHỦ NHIỆM"),
        S_INIT("PHÓ CHỦ NHIỆM"),
    };
    struct str folded = utf8_fold(a, s);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_eq(folded, utf8_fold(a, known[i]))) {
            return known[i];
        }
    }
    return s;
}

/* Written before the office for which one signs (NĐ 30/2020/NĐ-CP, Appendix I, II.7). Under a seal the first letter may
   be lost: what ends in "m." is TM. when an organ or an office follows. Empty when the line begins with none. */
static struct str prefix_of(struct str folded, size_t *len) {
    static const struct {
        struct str ending;
        struct str prefix;
    } prefixes[] = {{S_INIT("uq."), S_INIT("TUQ.")}, {S_INIT("m."), S_INIT("TM.")}, {S_INIT("t."), S_INIT("KT.")},
                    {S_INIT("l."), S_INIT("TL.")},   {S_INIT("q."), S_INIT("Q.")},  {S_INIT("tm"), S_INIT("TM.")},
                    {S_INIT("kt"), S_INIT("KT.")},   {S_INIT("tl"), S_INIT("TL.")}, {S_INIT("t/m"), S_INIT("TM.")}};
    static const struct str followers[] = {
        S_INIT("ban "),      S_INIT("uy ban"),   S_INIT("chinh phu"),   S_INIT("chu tich"),  S_INIT("bo "),
        S_INIT("thu tuong"), S_INIT("giam doc"), S_INIT("cuc "),        S_INIT("truong "),   S_INIT("chanh "),
        S_INIT("bi thu"),    S_INIT("hoi dong"), S_INIT("thuong truc"), S_INIT("thuong vu"), S_INIT("tong "),
        S_INIT("quoc hoi"),  S_INIT("vien "),    S_INIT("bchd"),        S_INIT("hdnd"),      S_INIT("ubnd"),
        S_INIT("doan "),     S_INIT("hoi "),     S_INIT("ubmttq"),      S_INIT("dang uy"),   S_INIT("thanh uy"),
    };
    size_t space = str_find(folded, S(" "), 0);
    struct str first = str_slice(folded, 0, space),
               rest = space == SIZE_MAX ? S("") : str_trim(str_slice(folded, space, folded.len));
    *len = first.len;
    bool is_followed = false;
    for (size_t i = 0; i < sizeof followers / sizeof *followers; i++) {
        is_followed = is_followed || str_starts(rest, followers[i]);
    }
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes && is_followed && first.len <= 8; i++) {
        if (str_ends(first, prefixes[i].ending)) {
            return prefixes[i].prefix;
        }
    }
    return S("");
}

static bool is_prefix(struct str folded) {
    size_t len;
    return prefix_of(folded, &len).len > 0;
}

/* The line with its prefix as it is written. */
static struct str mended_prefix(struct arena *a, const struct piece *p) {
    size_t len;
    struct str prefix = prefix_of(p->folded, &len), rest = S(""), before = S("");
    str_cut(p->text, S(" "), &before, &rest);
    rest = canonical(a, str_trim(rest));
    return str_format(a, "%.*s %.*s", STR_ARG(prefix), STR_ARG(rest));
}

static bool is_office(struct str folded) {
    static const struct str offices[] = {
        S_INIT("chu tich"),        S_INIT("pho chu tich"),
        S_INIT("thu tuong"),       S_INIT("pho thu tuong"),
        S_INIT("bo truong"),       S_INIT("thu truong"),
        S_INIT("giam doc"),        S_INIT("pho giam doc"),
        S_INIT("cuc truong"),      S_INIT("pho cuc truong"),
        S_INIT("truong ban"),      S_INIT("pho truong ban"),
        S_INIT("chanh van phong"), S_INIT("pho chanh van phong"),
        S_INIT("bi thu"),          S_INIT("pho bi thu"),
        S_INIT("truong phong"),    S_INIT("tong thu ky"),
        S_INIT("vien truong"),     S_INIT("chanh an"),
        S_INIT("hieu truong"),     S_INIT("tong giam doc"),
        S_INIT("chu nhiem"),       S_INIT("pho chu nhiem"),
        S_INIT("vu truong"),       S_INIT("uy vien"),
        S_INIT("pho tong"),        S_INIT("chanh thanh tra"),
    };
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
        if (str_starts(folded, offices[i])) {
            return true;
        }
    }
    return false;
}

static struct str without_rank(struct arena *a, struct str name) {
    static const struct str ranks[] = {
        S_INIT("dai ta "),      S_INIT("thuong ta "),   S_INIT("trung ta "),     S_INIT("thieu ta "),
        S_INIT("thieu tuong "), S_INIT("trung tuong "), S_INIT("thuong tuong "), S_INIT("dai tuong "),
        S_INIT("dai uy "),      S_INIT("ts. "),         S_INIT("pgs. "),         S_INIT("gs. "),
        S_INIT("ths. "),        S_INIT("bs. "),         S_INIT("pgs.ts. "),      S_INIT("gs.ts. "),
        S_INIT("linh muc "),    S_INIT("hoa thuong "),  S_INIT("thuong toa "),
    };
    struct str folded = utf8_fold(a, name);
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
        if (str_starts(folded, ranks[i])) {
            size_t words = 0, at = 0;
            for (size_t j = 0; j < ranks[i].len; j++) {
                words += ranks[i].at[j] == ' ';
            }
            while (words && at < name.len) {
                words -= name.at[at++] == ' ';
            }
            return str_slice(name, at, name.len);
        }
    }
    return name;
}

/* Two to six words, each a capital and small letters, nothing else. */
static bool is_name(struct arena *a, struct str s) {
    struct str rest = s, word;
    size_t words = 0;
    while (str_next(&rest, ' ', &word)) {
        if (word.len == 0) {
            continue;
        }
        struct str lower = utf8_lower(a, word);
        size_t at = 0, low_at = 0;
        bool is_first = true;
        while (at < word.len && low_at < lower.len) {
            uint32_t c = utf8_next(word, &at), low = utf8_next(lower, &low_at);
            bool is_letter = (low >= 'a' && low <= 'z') || (low >= 0xe0 && low < 0x2000);
            if (!is_letter || (is_first ? c == low : c != low)) {
                return false;
            }
            is_first = false;
        }
        words++;
    }
    return words >= 2 && words <= 6 && utf8_length(s) <= 40;
}

static struct str tidy_name(struct arena *a, struct str s) {
    while (s.len && strchr(" .,-_|'\"*~`:;", s.at[s.len - 1])) {
        s = str_slice(s, 0, s.len - 1);
    }
    while (s.len && strchr(" .,-_|'\"*~`:;", s.at[0])) {
        s = str_slice(s, 1, s.len);
    }
    return without_rank(a, s);
}

struct foot {
    struct arena *arena;
    struct pieces pieces;
    bool has_places;
};

/* The signature stands in the right half; a form without places has it after "Nơi nhận". */
static bool is_in_column(const struct foot *f, const struct piece *p) {
    return !f->has_places || (document_piece_middle(p) > 0.5 && p->box.w < 0.55);
}

static bool is_capital_line(const struct piece *p) {
    return document_is_upper(p->text) && p->text.len >= 5 && p->confidence > 30;
}

/* The lines above the signature as they are gathered. */
struct offices {
    struct buf prefix;                /* all lines with a prefix, parted by "; " */
    const struct piece *first, *last; /* of those */
    const struct piece *office;       /* the last line without one */
    int sum, lines;
};

/* False when p is no line above the signature any more. */
static bool take_line(struct foot *f, const struct piece *p, struct offices *o) {
    if (is_prefix(p->folded) && document_is_upper(p->text)) {
        buf_put(&o->prefix, o->lines ? S("; ") : S(""));
        buf_put(&o->prefix, mended_prefix(f->arena, p));
        o->first = o->first ? o->first : p;
        o->last = p;
        o->sum += p->confidence;
        o->lines++;
        return true;
    }
    if (is_capital_line(p) && (is_office(p->folded) || !o->office)) {
        o->office = p;
        return true;
    }
    return false;
}

static void settle_offices(struct foot *f, const struct offices *o, struct document_facts *out) {
    if (o->first) {
        out->competence = document_fact_of(buf_str(&o->prefix), o->first, o->last, o->sum / o->lines);
    }
    if (o->office) {
        struct str position = canonical(f->arena, tidy_name(f->arena, o->office->text));
        bool is_known = is_office(utf8_fold(f->arena, position));
        /* One odd word is what a seal has left of a line. */
        bool is_scrap = !is_known && str_find(position, S(" "), 0) == SIZE_MAX;
        int confidence = is_known ? o->office->confidence : o->office->confidence / 2;
        out->position =
            is_scrap ? (struct document_fact){0} : document_fact_of(position, o->office, o->office, confidence);
    }
    /* Who signs "KT." somebody is a deputy of that one; under the seal the line itself is often lost. */
    struct str deputy_of = o->last ? mended_prefix(f->arena, o->last) : S("");
    bool is_lost = !o->office || !is_office(o->office->folded) ||
                   str_eq(out->position.value, str_slice(deputy_of, 4, deputy_of.len));
    if (is_lost && str_starts(deputy_of, S("KT. "))) {
        struct str position = str_format(f->arena, "PHÓ %.*s", STR_ARG(str_slice(deputy_of, 4, deputy_of.len)));
        out->position = document_fact_of(position, o->last, o->last, 50);
    }
}

/* From the piece `from` down. name_from: the piece behind the last of them. */
static void take_lines(struct foot *f, size_t from, struct document_facts *out, size_t *name_from) {
    struct offices o = {.prefix = buf_in(f->arena)};
    const struct piece *before = NULL;
    size_t i = from;
    for (; i < f->pieces.n && i < from + 24; i++) {
        const struct piece *p = &f->pieces.at[i];
        if (!is_in_column(f, p)) {
            continue;
        }
        bool is_far = before && f->has_places && p->box.y - before->box.y > 4 * before->box.h;
        if (is_far || !take_line(f, p, &o)) {
            break;
        }
        before = p;
    }
    settle_offices(f, &o, out);
    *name_from = i;
}

/* The longest run of words in p that could be a name: a stroke of the signature is often read as a word beside it. */
static struct piece name_in(struct foot *f, const struct piece *p) {
    size_t best_from = 0, best = 0, from = 0;
    for (size_t i = 0; i <= p->n; i++) {
        struct str one =
            i < p->n ? str_format(f->arena, "%.*s %.*s", STR_ARG(p->words[i].text), STR_ARG(p->words[i].text)) : S("");
        if (i < p->n && p->words[i].confidence >= 25 && is_name(f->arena, one)) {
            best_from = i + 1 - from > best ? from : best_from;
            best = i + 1 - from > best ? i + 1 - from : best;
        } else {
            from = i + 1;
        }
    }
    return document_piece_part(f->arena, p, best_from, best_from + best);
}

static bool take_name(struct foot *f, size_t from, struct document_facts *out) {
    for (size_t i = from; i < f->pieces.n && i < from + 40; i++) {
        const struct piece *p = &f->pieces.at[i];
        if (!is_in_column(f, p) || p->n > 12) {
            continue;
        }
        struct piece run = name_in(f, p), whole = document_piece_part(f->arena, p, 0, p->n);
        struct str name = tidy_name(f->arena, run.text);
        /* "Đại tá Nguyễn …": a rank's second word is small, so the run begins behind it. */
        struct str ranked = tidy_name(f->arena, whole.text);
        name = is_name(f->arena, ranked) ? ranked : name;
        if (is_name(f->arena, name) && run.confidence > 40) {
            out->signer = document_fact_of(name, &run, &run, run.confidence);
            return true;
        }
    }
    return false;
}

static bool find_on(struct arena *a, const struct read_page *page, struct document_facts *out) {
    struct foot f = {.arena = a};
    document_pieces(a, page, &f.pieces);
    f.has_places = document_has_places(&f.pieces);
    for (size_t i = 0; i < f.pieces.n; i++) {
        const struct piece *p = &f.pieces.at[i];
        bool is_start = is_in_column(&f, p) && document_is_upper(p->text) &&
                        (is_prefix(p->folded) || (is_office(p->folded) && p->n <= 9));
        if (!is_start) {
            continue;
        }
        struct document_facts found = {0};
        size_t name_from = i;
        take_lines(&f, i, &found, &name_from);
        if (take_name(&f, name_from, &found) || found.competence.value.len) {
            out->competence = found.competence;
            out->position = found.position;
            out->signer = found.signer;
            return true;
        }
    }
    return false;
}

bool document_facts_is_signed(const struct read_page *page) {
    struct arena *a = arena_new();
    bool is_signed = false;
    for (size_t i = 0; i + 1 < page->words.n && !is_signed; i++) {
        is_signed = str_eq(utf8_fold(a, page->words.at[i].text), S("noi")) &&
                    str_starts(utf8_fold(a, page->words.at[i + 1].text), S("nhan:"));
    }
    arena_free(a);
    return is_signed;
}

/* The seal hid every line above the name: a name of three words or more, alone at the right, below "Nơi nhận". */
static bool find_bare_name(struct arena *a, const struct read_page *page, struct document_facts *out) {
    struct foot f = {.arena = a};
    document_pieces(a, page, &f.pieces);
    bool is_below = false;
    for (size_t i = 0; i < f.pieces.n && document_has_places(&f.pieces); i++) {
        const struct piece *p = &f.pieces.at[i];
        is_below = is_below || str_starts(p->folded, S("noi nhan"));
        struct piece run = name_in(&f, p);
        if (is_below && run.n >= 3 && run.box.x > 0.52 && run.confidence > 60 && is_name(a, run.text)) {
            out->signer = document_fact_of(run.text, &run, &run, run.confidence * 7 / 10);
            return true;
        }
    }
    return false;
}

/* The page that lists the recipients, for the signature stands beside them; else the last that has one. Annexes full of
   forms to sign come after. */
void document_find_signer(struct arena *a, const struct read_page *pages, size_t n, struct document_facts *out) {
    for (size_t i = 0; i < n; i++) {
        if (document_facts_is_signed(&pages[i]) && (find_on(a, &pages[i], out) || find_bare_name(a, &pages[i], out))) {
            return;
        }
    }
    for (size_t i = n; i > 0; i--) {
        if (find_on(a, &pages[i - 1], out)) {
            return;
        }
    }
}

static bool asks_before(struct str folded, size_t at) {
    static const struct str verbs[] = {S_INIT("gui"),        S_INIT("bao cao"),   S_INIT("gop y"),    S_INIT("tra loi"),
                                       S_INIT("hoan thanh"), S_INIT("dang ky"),   S_INIT("tong hop"), S_INIT("nop"),
                                       S_INIT("phan hoi"),   S_INIT("cho y kien")};
    struct str near = str_slice(folded, at > 260 ? at - 260 : 0, at);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (str_find(near, verbs[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/* Where in the page a stretch of its folded text lies; folding keeps words apart by the same white space. */
static void place_stretch(struct arena *a, const struct read_page *page, size_t start, size_t end,
                          struct document_fact *fact) {
    size_t at = 0, first = SIZE_MAX, last = 0;
    for (size_t i = 0; i < page->words.n; i++) {
        const struct read_word *w = &page->words.at[i];
        size_t len = utf8_fold(a, w->text).len;
        if (at + len > start && at < end) {
            first = first == SIZE_MAX ? i : first;
            last = i;
        }
        at += len + 1;
    }
    if (first != SIZE_MAX) {
        fact->box = read_box_around(&page->words.at[first], last - first + 1);
        fact->page = page->number;
    }
}

static struct str folded_text(struct arena *a, const struct read_page *page) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < page->words.n; i++) {
        buf_put(&b, i ? S(" ") : S(""));
        buf_put(&b, utf8_fold(a, page->words.at[i].text));
    }
    return buf_str(&b);
}

static int mean_confidence(const struct read_page *page) {
    int sum = 0;
    for (size_t i = 0; i < page->words.n; i++) {
        sum += page->words.at[i].confidence;
    }
    return sum / (int)page->words.n;
}

/* A day asked for at `at` of the folded text, not before the paper itself and not years after it. */
static bool due_at(struct str folded, size_t at, struct date after, struct date *d, size_t *end) {
    size_t start;
    if (!asks_before(folded, at) || !document_date_in(folded, at, d, &start, end) || start > at + 40) {
        return false;
    }
    int64_t days = date_number(*d) - date_number(after);
    return !after.year || (days >= 0 && days <= 400);
}

static bool find_due_on(struct arena *a, const struct read_page *page, struct date after, struct document_facts *out) {
    static const struct str asks[] = {S_INIT("truoc ngay"), S_INIT("cham nhat"), S_INIT("den het ngay"),
                                      S_INIT("han cuoi"), S_INIT("truoc 1")};
    struct str folded = folded_text(a, page);
    for (size_t k = 0; k < sizeof asks / sizeof *asks; k++) {
        for (size_t at = str_find(folded, asks[k], 0); at != SIZE_MAX; at = str_find(folded, asks[k], at + 1)) {
            struct date d;
            size_t end;
            if (due_at(folded, at, after, &d, &end)) {
                int confidence = mean_confidence(page);
                out->due_on = (struct document_fact){.value = date_iso(a, d),
                                                     .seen = str_slice(folded, at, end),
                                                     .confidence = confidence > 90 ? 90 : confidence};
                place_stretch(a, page, at, end, &out->due_on);
                return true;
            }
        }
    }
    return false;
}

void document_find_due(struct arena *a, const struct read_page *pages, size_t n, struct document_facts *out) {
    struct date after = {0};
    const struct document_type *type = document_type_by_code(out->type.value);
    /* Laws and decrees name dates of their own; they ask nobody to answer by them. */
    if (type && !type->is_administrative) {
        return;
    }
    (void)date_read_iso(out->issued_on.value, &after);
    for (size_t i = 0; i < n; i++) {
        if (find_due_on(a, &pages[i], after, out)) {
            return;
        }
    }
}

/* Laws bear no date at their head: they say at their end when they were passed. */
void document_find_passed(struct arena *a, const struct read_page *pages, size_t n, struct date today,
                          struct document_facts *out) {
    const struct document_type *type = document_type_by_code(out->type.value);
    if (out->issued_on.value.len || !type || type->is_administrative) {
        return;
    }
    for (size_t i = n; i > 0; i--) {
        struct str folded = folded_text(a, &pages[i - 1]);
        size_t at = str_find(folded, S("thong qua ngay"), 0), start, end;
        struct date d;
        if (at != SIZE_MAX && document_date_in(folded, at, &d, &start, &end) && start < at + 20 &&
            date_cmp(d, today) <= 0) {
            out->issued_on =
                (struct document_fact){.value = date_iso(a, d), .seen = str_slice(folded, at, end), .confidence = 80};
            place_stretch(a, &pages[i - 1], at, end, &out->issued_on);
            return;
        }
    }
}
