/* The head of a paper taken apart: which line is which part. It is found by what is written in it, its columns by where
   that stands. */
#include <math.h>

#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "modules/format/inside.h"

#include "base/banned.h"

enum { HEAD_LINES = 60, TYPE_AHEAD = 16, SUBJECT_MOST = 8, FIRST_MOST = 240, ABOUT_MOST = 6, ABOUT_AHEAD = 8 };
static const double HEAD_PART = 0.5, LEFT_END = 0.56, RIGHT_FROM = 0.4, MIDDLE_LEFT = 0.42, MIDDLE_RIGHT = 0.52,
                    CENTRE_OFF = 0.06, NUMBER_HIGH = 0.11, NUMBER_LOW = 0.9;

static bool starts(const struct format_line *l, const char *key) { return str_starts(l->key, str_of(key)); }

static bool is_letter(uint32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xc0; }

static bool is_in_capitals(struct arena *a, struct str text) {
    struct str small = utf8_lower(a, text);
    int large = 0;
    for (size_t at = 0, k = 0; at < text.len && k < small.len;) {
        uint32_t c = utf8_next(text, &at), low = utf8_next(small, &k);
        if (is_letter(c) && c == low) {
            return false;
        }
        large += is_letter(c);
    }
    return large > 1;
}

static bool is_drawn(struct str text) {
    size_t n = 0;
    for (size_t at = 0; at < text.len; n++) {
        uint32_t c = utf8_next(text, &at);
        if (c != '-' && c != '_' && c != ' ' && c != 0x2013 && c != 0x2014 && c != '=') {
            return false;
        }
    }
    return n >= 3;
}

static enum read_side side_of(const struct read_line *l) {
    double end = l->box.x + l->box.w, middle = l->box.x + l->box.w / 2;
    if (l->box.w <= 0) {
        return l->side;
    }
    return end < LEFT_END && middle < MIDDLE_LEFT           ? READ_SIDE_LEFT
           : l->box.x > RIGHT_FROM && middle > MIDDLE_RIGHT ? READ_SIDE_RIGHT
                                                            : READ_SIDE_WHOLE;
}

/* "2", "- 2 -", "2/5" alone at the very top or bottom of a page. */
static bool is_page_number(const struct read_line *l, struct str key) {
    int64_t n;
    bool is_edge = l->box.w > 0 && (l->box.y + l->box.h < NUMBER_HIGH || l->box.y > NUMBER_LOW);
    return is_edge && key.len <= 4 && num_read_between(key, 1, 9999, &n) && l->text.len <= 12;
}

void format_lines_take(struct format_paper *p) {
    const struct read_layout *from = p->layout;
    p->n = from->lines.n;
    p->lines = arena_take(p->arena, struct format_line, p->n + 1);
    for (size_t i = 0; i < p->n; i++) {
        const struct read_line *l = &from->lines.at[i];
        struct format_line *to = &p->lines[i];
        *to = (struct format_line){.is = l, .element = FORMAT_ELEMENTS, .side = side_of(l)};
        to->fold = utf8_fold(p->arena, l->text);
        to->key = format_words_in(p->arena, l->text);
        to->is_capital = is_in_capitals(p->arena, l->text);
        to->is_dashes = is_drawn(l->text);
        to->is_on_scan = !from->is_declared && from->sheets.at[l->sheet].has_pictures;
        bool is_number = !l->is_head && is_page_number(l, to->key);
        to->is_left_out = l->is_head || l->is_foot || is_number;
        to->element = is_number ? FORMAT_PAGE_NUMBER : FORMAT_ELEMENTS;
    }
}

static size_t least(size_t a, size_t b, size_t c) {
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* How many letters must change to make one of the other; stops counting at most. */
static size_t apart(struct str a, struct str b, size_t most) {
    enum { LONGEST = 96 };
    size_t row[LONGEST + 1];
    if (a.len > LONGEST || b.len > LONGEST || a.len > b.len + most || b.len > a.len + most) {
        return most + 1;
    }
    for (size_t k = 0; k <= b.len; k++) {
        row[k] = k;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t before = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b.len; k++) {
            size_t change = before + (a.at[i - 1] != b.at[k - 1]);
            before = row[k];
            row[k] = least(change, row[k] + 1, row[k - 1] + 1);
        }
    }
    return row[b.len];
}

bool format_is_near(struct str key, struct str wanted) {
    return wanted.len && apart(key, wanted, wanted.len / 8) <= wanted.len / 8;
}

static bool is_head_line(const struct format_paper *p, size_t i) {
    const struct format_line *l = &p->lines[i];
    return !l->is_left_out && (p->layout->is_declared ? i < HEAD_LINES : l->is->page == 1 && l->is->box.y < HEAD_PART);
}

static bool is_date(const struct format_line *l) {
    size_t day = str_find(l->fold, S("ngay"), 0), month = day == SIZE_MAX ? day : str_find(l->fold, S("thang"), day);
    bool has_year = month != SIZE_MAX && str_find(l->fold, S("nam"), month) != SIZE_MAX;
    return has_year && l->is->text.len < 120 && !format_opens(l, "can cu") && !starts(l, "kem");
}

/* "Số: 13/QĐ-MTTQ", "Số:   /TB-BTT", "Số 05-NQ/ĐU". */
static bool is_number(const struct format_line *l) {
    struct str s = l->fold;
    bool has_sign = str_find(s, S("/"), 0) != SIZE_MAX || str_find(s, S("-"), 0) != SIZE_MAX;
    bool is_begun = str_starts(s, S("so")) && s.len > 2 && !(s.at[2] >= 'a' && s.at[2] <= 'z');
    return is_begun && has_sign && s.len < 90 && !is_date(l);
}

static bool is_title(const struct format_line *l, const char *wanted) { return format_is_near(l->key, str_of(wanted)); }

/* The day is last: a subject may have one too. */
static enum format_element fixed_of(const struct format_line *l) {
    return is_title(l, "conghoaxahoichunghiavietnam") ? FORMAT_STATE_NAME
           : is_title(l, "doclaptudohanhphuc")        ? FORMAT_MOTTO
           : is_title(l, "dangcongsanvietnam")        ? FORMAT_PARTY_NAME
           : is_number(l)                             ? FORMAT_NUMBER
           : is_date(l)                               ? FORMAT_PLACE_DATE
                                                      : FORMAT_ELEMENTS;
}

static bool is_opening(const struct format_line *l) {
    return format_opens(l, "kinh gui") || format_opens(l, "can cu") || format_opens(l, "dieu 1.");
}

/* What is written in every head, each found once. */
static void fixed_find(struct format_paper *p) {
    bool has[FORMAT_ELEMENTS + 1] = {false};
    has[FORMAT_ELEMENTS] = true;
    for (size_t i = 0; i < p->n && is_head_line(p, i) && !is_opening(&p->lines[i]); i++) {
        enum format_element e = fixed_of(&p->lines[i]);
        if (!has[e] && p->lines[i].element == FORMAT_ELEMENTS) {
            has[e] = true;
            p->lines[i].element = e;
            p->head_end = i + 1;
        }
    }
}

/* A type written by itself: "QUYẾT ĐỊNH". */
static const struct format_type *type_of(const struct format_paper *p, const struct format_line *l) {
    for (size_t i = 0; i < p->t->types.n; i++) {
        const struct format_type *t = &p->t->types.at[i];
        if (format_is_of(p, t->profile) && str_eq(t->key, l->key)) {
            return t;
        }
    }
    return NULL;
}

static bool is_about(const struct format_line *l) {
    return str_starts(l->fold, S("v/v")) || format_opens(l, "ve viec");
}

/* Where the subject of a letter begins: in the left column under the number. */
static size_t about_at(const struct format_paper *p) {
    size_t number = format_next(p, FORMAT_NUMBER, 0);
    for (size_t i = number + 1; i < p->n && i < number + ABOUT_AHEAD; i++) {
        const struct format_line *l = &p->lines[i];
        if (type_of(p, l)) {
            break;
        }
        if (l->element == FORMAT_ELEMENTS && is_about(l) && l->side != READ_SIDE_RIGHT) {
            return i;
        }
    }
    return p->n;
}

static void about_find(struct format_paper *p) {
    size_t i = about_at(p);
    enum read_side side = i < p->n ? p->lines[i].side : READ_SIDE_WHOLE;
    for (size_t k = 0; i < p->n && k < ABOUT_MOST; i++, k++) {
        struct format_line *l = &p->lines[i];
        bool is_other = l->side != side || l->element < FORMAT_ELEMENTS;
        bool is_end = is_opening(l) || l->is_left_out || (side == READ_SIDE_WHOLE && k > 0);
        if (is_end || (is_other && p->layout->is_declared)) {
            break;
        }
        if (!is_other) {
            l->element = FORMAT_ABOUT;
            p->head_end = i + 1 > p->head_end ? i + 1 : p->head_end;
        }
    }
}

static bool is_name(const struct format_line *l) {
    bool is_free = l->element == FORMAT_ELEMENTS && !l->is_left_out && !l->is_dashes;
    return is_free && l->side != READ_SIDE_RIGHT && l->key.len > 2;
}

/* Names above the number, in the left column: the last of them is the issuer's, and those above it in bold as it is. */
static void organ_find(struct format_paper *p) {
    size_t number = format_next(p, FORMAT_NUMBER, 0), end = number < p->n ? number : p->head_end, last = p->n;
    for (size_t i = 0; i < end; i++) {
        if (is_name(&p->lines[i])) {
            p->lines[i].element = FORMAT_PARENT;
            last = i;
        }
    }
    bool is_bold = last < p->n;
    for (size_t i = last + 1; i > 0 && last < p->n && is_bold; i--) {
        struct format_line *l = &p->lines[i - 1];
        if (l->element == FORMAT_PARENT) {
            is_bold = l->is->bold >= 50;
            l->element = is_bold || i - 1 == last ? FORMAT_ORGAN : FORMAT_PARENT;
        }
    }
}

static bool is_centred(const struct read_line *l, const struct read_line *as) {
    if (l->box.w <= 0) {
        return l->align == READ_ALIGN_CENTRE || l->bold >= 50;
    }
    double off = fabs(l->box.x + l->box.w / 2 - as->box.x - as->box.w / 2);
    return off < CENTRE_OFF && (l->bold >= 50 || l->box.w < 0.62);
}

static bool is_ended(struct str text) {
    return str_ends(text, S(".")) || str_ends(text, S(":")) || str_ends(text, S(";"));
}

/* Its first line follows the type, however it is set; others only when they are set as it should be. */
static void subject_find(struct format_paper *p, size_t type) {
    size_t taken = 0;
    for (size_t i = type + 1; i < p->n && taken < SUBJECT_MOST; i++) {
        struct format_line *l = &p->lines[i];
        if (l->is_left_out || l->is_dashes) {
            continue;
        }
        bool is_other = is_opening(l) || (l->is_capital && taken > 0) || l->is->page != p->lines[type].is->page;
        bool is_first = !taken && l->is->text.len < FIRST_MOST && !is_ended(l->is->text);
        if (is_other || (!is_first && !is_centred(l->is, p->lines[type].is))) {
            break;
        }
        l->element = FORMAT_SUBJECT;
        taken++;
        p->body_from = i + 1;
    }
}

static void type_find(struct format_paper *p) {
    size_t end = p->head_end + TYPE_AHEAD;
    p->out->is_letter = true;
    p->body_from = p->head_end;
    for (size_t i = p->head_end; i < p->n && i < end && !is_opening(&p->lines[i]); i++) {
        const struct format_type *t = p->lines[i].is_left_out ? NULL : type_of(p, &p->lines[i]);
        if (t) {
            p->type = t;
            p->out->is_letter = false;
            p->out->type = t->name;
            p->lines[i].element = FORMAT_TYPE;
            p->body_from = i + 1;
            subject_find(p, i);
            return;
        }
    }
    bool is_letter = format_next(p, FORMAT_ABOUT, 0) < p->n;
    for (size_t i = p->head_end; i < p->n && i < end; i++) {
        is_letter = is_letter || format_opens(&p->lines[i], "kinh gui");
    }
    p->out->is_letter = is_letter && !format_number_type(p);
    p->out->type = p->out->is_letter ? S("Công văn") : S("");
}

void format_head_find(struct format_paper *p) {
    fixed_find(p);
    about_find(p);
    organ_find(p);
    type_find(p);
}
