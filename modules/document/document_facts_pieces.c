/* Words of the pages put into pieces: lines and columns with their places, folded for comparing. */
#include "modules/document/document_facts_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

static bool has_box(const struct read_word *w) { return w->box.w > 0 && w->box.h > 0; }

static struct str words_text(struct arena *a, const struct read_word *words, size_t n) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) {
        buf_put(&b, i ? S(" ") : S(""));
        buf_put(&b, words[i].text);
    }
    return buf_str(&b);
}

static struct piece piece_of(struct arena *a, const struct read_word *words, size_t n, int64_t page) {
    struct piece p = {.words = words, .n = n, .page = page};
    int sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += words[i].confidence;
    }
    p.confidence = n ? sum / (int)n : 0;
    p.box = n && has_box(&words[0]) ? read_box_around(words, n) : (struct read_box){0};
    p.text = words_text(a, words, n);
    p.folded = utf8_fold(a, p.text);
    return p;
}

struct piece document_piece_part(struct arena *a, const struct piece *p, size_t from, size_t to) {
    from = from < p->n ? from : p->n;
    to = to < p->n ? to : p->n;
    return piece_of(a, p->words + from, to > from ? to - from : 0, p->page);
}

double document_piece_middle(const struct piece *p) { return p->box.w > 0 ? p->box.x + p->box.w / 2 : 0.5; }

bool document_has_places(const struct pieces *pieces) {
    for (size_t i = 0; i < pieces->n; i++) {
        if (pieces->at[i].box.w > 0) {
            return true;
        }
    }
    return false;
}

/* Words of one size stand closer than this to each other, however the line is justified. In heights of a word. */
static const double WIDE_GAP = 2.1;

static bool begins_right_head(struct arena *a, const struct read_word *w, size_t left) {
    if (left < 2 || w->box.x < 0.35) {
        return false;
    }
    struct str two = utf8_fold(a, words_text(a, w, 2));
    return str_eq(two, S("cong hoa")) || str_eq(two, S("doc lap")) || str_eq(two, S("dang cong"));
}

static bool is_gap(struct arena *a, const struct read_page *page, const struct read_word *before,
                   const struct read_word *w, size_t left) {
    if (!has_box(before) || !has_box(w)) {
        return false;
    }
    double height = (before->box.h > w->box.h ? before->box.h : w->box.h) * page->height;
    double gap = (w->box.x - before->box.x - before->box.w) * page->width;
    return gap > WIDE_GAP * height || gap < -4 * height || (gap > 0.9 * height && begins_right_head(a, w, left));
}

/* Top to bottom; on one row left before right. Rows are told by whose middle lies within the other. */
static bool comes_before(const struct piece *a, const struct piece *b) {
    double a_middle = a->box.y + a->box.h / 2, b_middle = b->box.y + b->box.h / 2;
    double low = a->box.h < b->box.h ? a->box.h : b->box.h;
    double apart = a_middle > b_middle ? a_middle - b_middle : b_middle - a_middle;
    return apart < low * 0.45 ? a->box.x < b->box.x : a_middle < b_middle;
}

static void sort(struct pieces *p) {
    for (size_t i = 1; i < p->n; i++) {
        struct piece one = p->at[i];
        size_t j = i;
        for (; j > 0 && comes_before(&one, &p->at[j - 1]); j--) {
            p->at[j] = p->at[j - 1];
        }
        p->at[j] = one;
    }
}

void document_pieces(struct arena *a, const struct read_page *page, struct pieces *pieces) {
    *pieces = (struct pieces){0};
    size_t from = 0;
    const struct read_word *w = page->words.at;
    for (size_t i = 1; i <= page->words.n; i++) {
        if (i == page->words.n || w[i].starts_line || is_gap(a, page, &w[i - 1], &w[i], page->words.n - i)) {
            LIST_ADD(a, pieces, piece_of(a, w + from, i - from, page->number));
            from = i;
        }
    }
    if (document_has_places(pieces) && pieces->n < 5000) {
        sort(pieces);
    }
}

bool document_is_upper(struct str s) {
    struct arena *a = arena_new();
    struct str lower = utf8_lower(a, s);
    size_t at = 0, low_at = 0, letters = 0, small = 0;
    while (at < s.len && low_at < lower.len) {
        uint32_t c = utf8_next(s, &at), low = utf8_next(lower, &low_at);
        bool is_letter = (low >= 'a' && low <= 'z') || (low >= 0xe0 && low != 0xf7 && low < 0x2000);
        letters += is_letter;
        small += is_letter && c == low;
    }
    arena_free(a);
    return letters >= 2 && small * 6 <= letters;
}

int document_distance(struct str a, struct str b, int most) {
    enum { LONGEST = 80 };
    int row[LONGEST + 1];
    if (a.len > LONGEST || b.len > LONGEST) {
        return most + 1;
    }
    for (size_t j = 0; j <= b.len; j++) {
        row[j] = (int)j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        int corner = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= b.len; j++) {
            int above = row[j], best = corner + (a.at[i - 1] != b.at[j - 1]);
            best = above + 1 < best ? above + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            corner = above;
            row[j] = best;
        }
    }
    return row[b.len] <= most ? row[b.len] : most + 1;
}

static double least(double a, double b) { return a < b ? a : b; }
static double most_of(double a, double b) { return a > b ? a : b; }

static struct read_box box_with(struct read_box box, struct read_box more) {
    double x = least(box.x, more.x), y = least(box.y, more.y);
    return (struct read_box){.x = x,
                             .y = y,
                             .w = most_of(box.x + box.w, more.x + more.w) - x,
                             .h = most_of(box.y + box.h, more.y + more.h) - y};
}

struct document_fact document_fact_of(struct str value, const struct piece *first, const struct piece *last,
                                      int confidence) {
    struct document_fact f = {.value = value, .seen = first->text, .page = first->page, .box = first->box};
    for (const struct piece *p = first + 1; p <= last; p++) {
        if (p->box.w > 0 && f.box.w > 0) {
            f.box = box_with(f.box, p->box);
        }
    }
    f.confidence = confidence < 0 ? 0 : confidence > 98 ? 98 : confidence;
    return f;
}

/* Figures as recognition sees them: l, i and | for 1, o for 0, t for 7, s for 5. */
static int figure(char c) {
    switch (c) {
    case 'l':
    case 'i':
    case ']':
    case '!':
    case '|': return 1;
    case 'u':
    case 'o': return 0;
    case 't': return 7;
    case 's': return 5;
    default: return c >= '0' && c <= '9' ? c - '0' : -1;
    }
}

static size_t skip_space(struct str s, size_t at) {
    while (at < s.len && strchr(" .,:;_-", s.at[at])) {
        at++;
    }
    return at;
}

/* A number of one to `digits` figures; when is_loose letters that look like figures count. 0 when there is none. */
static size_t take_number(struct str s, size_t at, int digits, bool is_loose, int *n) {
    size_t from = at;
    *n = 0;
    while (at < s.len && (int)(at - from) < digits) {
        int f = figure(s.at[at]);
        if (f < 0 || (!is_loose && !(s.at[at] >= '0' && s.at[at] <= '9'))) {
            break;
        }
        *n = *n * 10 + f;
        at++;
    }
    bool is_split =
        is_loose && at < s.len && figure(s.at[at]) < 0 && s.at[at] >= 'a' && s.at[at] <= 'z' && at - from < 2;
    return at > from && !is_split ? at : 0;
}

static bool take_year(struct str s, size_t at, int *year, size_t *end) {
    *end = take_number(s, at, 4, true, year);
    return *end && *year >= 1945 && *year <= 2100;
}

static bool words_date(struct str s, size_t at, struct date *d, size_t *end) {
    int day, month, year;
    at = take_number(s, skip_space(s, at), 2, true, &day);
    /* The last figure read twice, as the end of a stroke. */
    at += at && at < s.len && s.at[at] == s.at[at - 1] && day > 9 ? 1 : 0;
    at = at ? skip_space(s, at) : 0;
    if (!at || !str_starts(str_slice(s, at, s.len), S("than"))) {
        return false;
    }
    at += at + 4 < s.len && s.at[at + 4] == 'g' ? 5 : 4;
    at = take_number(s, skip_space(s, at), 2, true, &month);
    at = at ? skip_space(s, at) : 0;
    if (!at || !str_starts(str_slice(s, at, s.len), S("na"))) {
        return false;
    }
    at += at + 2 < s.len && (s.at[at + 2] == 'm' || s.at[at + 2] == 'n') ? 3 : 2;
    if (!take_year(s, skip_space(s, at), &year, end)) {
        return false;
    }
    *d = (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
    return date_valid(*d);
}

static bool figures_date(struct str s, size_t at, struct date *d, size_t *end) {
    int day, month, year;
    at = take_number(s, skip_space(s, at), 2, false, &day);
    if (!at || at >= s.len || !strchr("/-.", s.at[at])) {
        return false;
    }
    at = take_number(s, at + 1, 2, false, &month);
    if (!at || at >= s.len || !strchr("/-.", s.at[at]) || !take_year(s, at + 1, &year, end)) {
        return false;
    }
    *d = (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
    return date_valid(*d);
}

bool document_date_in(struct str folded, size_t from, struct date *date, size_t *start, size_t *end) {
    for (size_t at = str_find(folded, S("ngay"), from); at != SIZE_MAX; at = str_find(folded, S("ngay"), at + 1)) {
        if (words_date(folded, at + 4, date, end) || figures_date(folded, at + 4, date, end)) {
            *start = at;
            return true;
        }
    }
    return false;
}
