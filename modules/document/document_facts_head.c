/* The head of page one: quốc hiệu, issuer, number, place and date, type and subject (NĐ 30/2020/NĐ-CP, Appendix I,
   boxes 1 to 5 and 10). Each is looked for by its anchor words, inside its zone when the page has places. */
#include "modules/document/document_facts_head.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

bool document_starts_any(struct str s, const struct str *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (str_starts(s, list[i])) {
            return true;
        }
    }
    return false;
}

struct str document_without_marks(struct str s) {
    while (s.len && strchr("-_.,*|'\"=~ `", s.at[s.len - 1])) {
        s = str_slice(s, 0, s.len - 1);
    }
    while (s.len && strchr("-_.,*|'\"=~ `", s.at[0])) {
        s = str_slice(s, 1, s.len);
    }
    return s;
}

static void find_nation(struct head *h) {
    for (int i = 0; i < head_count(h) && i < 40; i++) {
        struct str f = head_at(h, i)->folded;
        if (head_holds(f, S("hoa xa hoi chu nghia")) || head_holds(f, S("dang cong san viet nam")) ||
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
    struct piece p = *head_at(h, i);
    for (int j = i + 1; j < head_count(h) && j < i + 6 && h->has_places; j++) {
        const struct piece *next = head_at(h, j);
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

/* Number and notation as the first `words` words of a row give them. */
static bool set_number(struct head *h, const struct piece *row, size_t words) {
    struct str number, notation;
    bool is_mended;
    if (!document_number_read(h->arena, words_after_so(h->arena, row, words), &number, &notation, &is_mended)) {
        return false;
    }
    struct piece part = document_piece_part(h->arena, row, 0, words);
    int confidence = weakest(&part) - (is_mended ? 12 : 0);
    bool is_party = str_starts(notation, S("-"));
    h->out->notation =
        document_fact_of(is_party ? str_slice(notation, 1, notation.len) : notation, &part, &part, confidence);
    if (number.len) {
        h->out->number = document_fact_of(number, &part, &part, confidence);
        struct str code = str_format(h->arena, "%.*s%s%.*s", STR_ARG(number), is_party ? "" : "/", STR_ARG(notation));
        h->out->code = document_fact_of(code, &part, &part, confidence);
    }
    return true;
}

static void find_number(struct head *h) {
    for (int i = 0; i < head_count(h) && h->number == NONE && i < 60; i++) {
        const struct piece *p = head_at(h, i);
        if (!head_is_high(h, p, 0.42) || !head_is_left(h, p) || after_so(p->folded) == SIZE_MAX ||
            document_is_stamp(p)) {
            continue;
        }
        struct piece row = joined_row(h, i, 0.52);
        /* A number has few words; more are a later column's. */
        for (size_t words = row.n < 12 ? row.n : 12; words >= 1 && h->number == NONE; words--) {
            h->number = set_number(h, &row, words) ? i : NONE;
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

static size_t words_before(struct arena *a, const struct piece *p, size_t start) {
    size_t before = 0, words = 0;
    for (; words < p->n && before < start; words++) {
        before += utf8_fold(a, p->words[words].text).len + 1;
    }
    return words;
}

/* A date inside the running text, as in "Căn cứ … ngày …", has many words before it, or text behind. */
static bool is_in_running_text(const struct piece *p, size_t words, size_t start, size_t end) {
    bool has_place = head_holds(str_slice(p->folded, 0, start), S(","));
    return words > (has_place ? 6 : 4) || end + 12 < p->folded.len;
}

static bool may_hold_date(const struct head *h, const struct piece *p) {
    return head_is_high(h, p, 0.42) && (!h->has_places || p->box.x + p->box.w > 0.55) && !document_is_stamp(p);
}

static void find_date(struct head *h, struct date today) {
    for (int i = 0; i < head_count(h) && i < 60; i++) {
        struct piece p = head_at(h, i)->box.x > 0.4 ? joined_row(h, i, 1) : *head_at(h, i);
        struct date d;
        size_t start, end;
        if (!may_hold_date(h, &p) || !document_date_in(p.folded, 0, &d, &start, &end)) {
            continue;
        }
        size_t words = words_before(h->arena, &p, start);
        if (is_in_running_text(&p, words, start, end)) {
            continue;
        }
        h->date = i;
        bool is_believed = date_cmp(d, today) <= 0;
        h->out->issued_on = document_fact_of(date_iso(h->arena, d), &p, &p, is_believed ? weakest(&p) : 20);
        struct str place = place_before(h->arena, &p, words);
        if (place.len) {
            h->out->place = document_fact_of(place, &p, &p, p.confidence);
        }
        return;
    }
}

/* The kind a line names, nearer than *apart letters; *apart is then how near. NULL when there is none. */
static const struct document_type *type_named(struct arena *a, struct str folded, int *apart) {
    const struct document_type *nearest = NULL;
    for (size_t t = 0; t < document_types_n; t++) {
        struct str name = utf8_fold(a, document_types[t].name);
        int most = name.len > 7 ? 2 : name.len > 5 ? 1 : 0, letters = document_distance(folded, name, most);
        if (letters <= most && letters < *apart) {
            *apart = letters;
            nearest = &document_types[t];
        }
    }
    return nearest;
}

/* In capitals, in the middle, below the number. */
static bool may_name_type(const struct head *h, int i) {
    const struct piece *p = head_at(h, i);
    bool is_below = h->number == NONE || (h->has_places ? p->box.y > head_at(h, h->number)->box.y : i > h->number);
    bool is_middle = !h->has_places || (document_piece_middle(p) > 0.3 && document_piece_middle(p) < 0.7);
    return is_below && is_middle && head_is_high(h, p, 0.6) && document_is_upper(p->text);
}

static void find_type_line(struct head *h) {
    int apart = 3;
    for (int i = 0; i < head_count(h) && i < 70; i++) {
        const struct piece *p = head_at(h, i);
        struct str folded = utf8_fold(h->arena, document_without_marks(p->text));
        const struct document_type *type =
            may_name_type(h, i) && folded.len <= 30 ? type_named(h->arena, folded, &apart) : NULL;
        if (type) {
            h->type = i;
            h->out->type = document_fact_of(type->code, p, p, apart ? p->confidence - 15 : p->confidence);
        }
    }
}

static void doubt(struct document_fact *fact, int most) {
    fact->confidence = fact->confidence < most ? fact->confidence : most;
}

/* The code and the line must agree; where the line was not read, the code speaks. */
static void settle_type(struct head *h) {
    const struct document_type *by_code = document_type_in(h->out->notation.value);
    struct document_fact *type = &h->out->type;
    if (by_code && !type->value.len) {
        *type = document_fact_of(by_code->code, head_at(h, h->number), head_at(h, h->number),
                                 h->out->notation.confidence - 10);
    } else if (by_code && str_eq(by_code->code, type->value)) {
        type->confidence = type->confidence < 90 ? type->confidence + 8 : type->confidence;
    } else if (by_code) {
        doubt(type, 55);
    } else if (!type->value.len && h->out->number.value.len && h->out->subject.value.len == 0 && h->number != NONE) {
        /* No code in the notation and no name of a kind: a letter, as far as one can tell. */
        *type = document_fact_of(S("CV"), head_at(h, h->number), head_at(h, h->number), 45);
    }
}

/* The number's year and the date's must agree, too. */
static void settle_year(struct document_facts *out) {
    struct str notation = out->notation.value, on = out->issued_on.value;
    if (notation.len > 5 && notation.at[4] == '/' && on.len == 10 &&
        !str_eq(str_slice(notation, 0, 4), str_slice(on, 0, 4))) {
        doubt(&out->code, 50);
        doubt(&out->issued_on, 50);
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
                     .type = NONE};
    find_nation(&h);
    find_number(&h);
    find_date(&h, today);
    document_find_issuer(&h);
    find_type_line(&h);
    document_find_subject(&h);
    settle_type(&h);
    settle_year(out);
    document_find_stamps(&h);
}
