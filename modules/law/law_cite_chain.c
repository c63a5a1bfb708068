/* Chains of places: "điểm a, điểm b khoản 1; khoản 2 và khoản 3 Điều 12". */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/law/law_cite_inside.h"

#include <stdio.h>
#include <string.h>

static const struct {
    struct str word;
    enum law_cite_level level;
} units[] = {
    {S_INIT("phụ lục"), CITE_ANNEX}, {S_INIT("phần"), CITE_PART},           {S_INIT("chương"), CITE_CHAPTER},
    {S_INIT("mục"), CITE_SECTION},   {S_INIT("tiểu mục"), CITE_SUBSECTION}, {S_INIT("điều"), CITE_ARTICLE},
    {S_INIT("khoản"), CITE_CLAUSE},  {S_INIT("điểm"), CITE_POINT},          {S_INIT("tiết"), CITE_SUBPOINT},
};

/* A unit's word at a place. Returns its end, or 0. */
static size_t unit_at(struct str text, size_t at, enum law_cite_level *level) {
    char c = at < text.len ? text.at[at] : 0;
    bool may_be = c == 'p' || c == 'P' || c == 'c' || c == 'C' || c == 'm' || c == 'M' || c == 't' || c == 'T' ||
                  c == 'k' || c == 'K' || (unsigned char)c == 0xC4;
    for (size_t i = 0; may_be && i < sizeof units / sizeof *units; i++) {
        size_t end = cite_word(text, at, units[i].word);
        if (end) {
            *level = units[i].level;
            return end;
        }
    }
    return 0;
}

/* Letters of a point: a … z, đ, with perhaps a digit (d1) or doubled (aa). Returns the end, or at. */
static size_t letter_label(struct str text, size_t at, char out[static 8]) {
    size_t here = at, n = 0;
    if (at + 1 < text.len && (unsigned char)text.at[at] == 0xC4 &&
        ((unsigned char)text.at[at + 1] == 0x91 || (unsigned char)text.at[at + 1] == 0x90)) {
        out[n++] = 'd';
        out[n++] = 'd';
        here += 2;
    } else if (at < text.len && text.at[at] >= 'a' && text.at[at] <= 'z') {
        out[n++] = text.at[here++];
        if (here < text.len && text.at[here] == out[0]) {
            out[n++] = text.at[here++];
        }
    } else {
        return at;
    }
    while (here < text.len && text.at[here] >= '0' && text.at[here] <= '9' && n < 4) {
        out[n++] = text.at[here++];
    }
    out[n] = 0;
    return cite_is_letter(text, here) ? at : here;
}

/* ".1" or ".1.1" after a point's letter: a subpoint, addressed by its first figures ("b-1"). Returns the end, or at. */
static size_t subpoint_label(struct str text, size_t at, char out[static 8]) {
    size_t here = at, n = strlen(out);
    bool is_first = true;
    while (here + 1 < text.len && text.at[here] == '.' && text.at[here + 1] >= '0' && text.at[here + 1] <= '9') {
        out[n] = '-';
        n += is_first && n < 5 ? 1 : 0;
        for (here++; here < text.len && text.at[here] >= '0' && text.at[here] <= '9'; here++) {
            out[n] = text.at[here];
            n += is_first && n < 7 ? 1 : 0;
        }
        is_first = false;
    }
    out[n] = 0;
    return cite_is_letter(text, here) ? at : here;
}

/* 5, 4a, 12b, 3đ. */
static size_t number_label(struct str text, size_t at, char out[static 8]) {
    size_t here = at, n = 0;
    while (here < text.len && text.at[here] >= '0' && text.at[here] <= '9') {
        if (n == 4) {
            return at;
        }
        out[n++] = text.at[here++];
    }
    if (!n || n > 4) {
        return at;
    }
    if (here + 1 < text.len && (unsigned char)text.at[here] == 0xC4 && (unsigned char)text.at[here + 1] == 0x91) {
        out[n++] = 'd';
        out[n++] = 'd';
        here += 2;
    } else if (here < text.len && text.at[here] >= 'a' && text.at[here] <= 'z') {
        out[n++] = text.at[here++];
    }
    out[n] = 0;
    /* 1.000, 2/2020 and 5%: no label. */
    bool goes_on = here + 1 < text.len && (text.at[here] == '.' || text.at[here] == '/') && text.at[here + 1] >= '0' &&
                   text.at[here + 1] <= '9';
    return cite_is_letter(text, here) || goes_on || (here < text.len && text.at[here] == '%') ? at : here;
}

static size_t roman_label(struct str text, size_t at, char out[static 8]) {
    size_t here = at, n = 0;
    while (here < text.len && n < 7 &&
           (text.at[here] == 'I' || text.at[here] == 'V' || text.at[here] == 'X' || text.at[here] == 'L')) {
        out[n++] = text.at[here++];
    }
    if (!n && here < text.len && text.at[here] >= 'A' && text.at[here] <= 'Z') {
        out[n++] = text.at[here++];
    }
    out[n] = 0;
    return !n || cite_is_letter(text, here) ? at : here;
}

/* "thứ năm" of a part. */
static size_t ordinal_label(struct str text, size_t at, char out[static 8]) {
    size_t end = cite_word(text, at, S("thứ")), word = cite_spaces(text, end);
    static const struct str words[] = {S_INIT("nhất"), S_INIT("hai"), S_INIT("ba"),  S_INIT("tư"),   S_INIT("năm"),
                                       S_INIT("sáu"),  S_INIT("bảy"), S_INIT("tám"), S_INIT("chín"), S_INIT("mười")};
    for (size_t i = 0; end && i < sizeof words / sizeof *words; i++) {
        size_t past = cite_word(text, word, words[i]);
        if (past) {
            snprintf(out, 8, "%zu", i + 1);
            return past;
        }
    }
    return at;
}

static size_t label_at(struct str text, size_t at, enum law_cite_level level, char out[static 8]) {
    size_t end = at;
    switch (level) {
    case CITE_SUBPOINT:
        end = letter_label(text, at, out);
        end = end > at ? subpoint_label(text, end, out) : end;
        return end > at ? end : number_label(text, at, out);
    case CITE_POINT: return letter_label(text, at, out);
    case CITE_ARTICLE:
    case CITE_CLAUSE: return number_label(text, at, out);
    case CITE_ANNEX:
    case CITE_PART:
    case CITE_CHAPTER:
    case CITE_SECTION:
    case CITE_SUBSECTION:
    case CITE_LEVELS:
    default:
        end = level == CITE_PART ? ordinal_label(text, at, out) : at;
        end = end > at ? end : roman_label(text, at, out);
        return end > at ? end : number_label(text, at, out);
    }
}

static void item_add(struct law_cite_read *r, struct law_cite_chain *c, struct law_cite_item item, char label[8]) {
    if (c->n < CITE_ITEMS_MOST) {
        size_t past = item.level == CITE_POINT ? subpoint_label(r->text, item.to, label) : item.to;
        if (past > item.to) {
            item.level = CITE_SUBPOINT;
            item.to = past;
        }
        item.label = str_copy(r->arena, str_of(label));
        c->item[c->n++] = item;
    }
}

/* A comma, semicolon, "và", "hoặc", "và/hoặc" or "đến" between two of a list. Returns where the next begins, or 0. */
static size_t between(struct str text, size_t at, enum law_cite_join *join) {
    size_t here = cite_spaces(text, at);
    *join = here < text.len && text.at[here] == ',' ? CITE_COMMA : CITE_BESIDE;
    bool is_comma = here < text.len && (text.at[here] == ',' || text.at[here] == ';');
    here = is_comma ? cite_spaces(text, here + 1) : here;
    static const struct str words[] = {S_INIT("và"),  S_INIT("hoặc"),    S_INIT("đến"),
                                       S_INIT("hay"), S_INIT("vào sau"), S_INIT("vào trước")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t end = here > at ? cite_word(text, here, words[i]) : 0;
        if (end) {
            *join = i == 2 ? CITE_UNTIL : CITE_AND;
            return cite_spaces(text, end);
        }
    }
    return is_comma ? here : 0;
}

/* Whether a list without unit words may end here: "khoản 1, 2 Điều 5" may, "khoản 1, 2 ngày" may not. */
static bool may_end(struct str text, size_t at) {
    enum law_cite_level level;
    size_t here = cite_spaces(text, at);
    if (here >= text.len || text.at[here] == '.' || text.at[here] == ';' || text.at[here] == ',' ||
        text.at[here] == ')' || text.at[here] == ':' || text.at[here] == '\n' || text.at[here] == '\r') {
        return true;
    }
    static const struct str words[] = {
        S_INIT("của"),        S_INIT("này"),      S_INIT("luật"),    S_INIT("bộ luật"),   S_INIT("nghị định"),
        S_INIT("và"),         S_INIT("thông tư"), S_INIT("hoặc"),    S_INIT("pháp lệnh"), S_INIT("nghị quyết"),
        S_INIT("quyết định"), S_INIT("quy chế"),  S_INIT("như"),     S_INIT("được"),      S_INIT("bị"),
        S_INIT("quy định"),   S_INIT("thì"),      S_INIT("đối với"), S_INIT("đến"),       S_INIT("thuộc"),
        S_INIT("ban hành"),   S_INIT("phải"),     S_INIT("kèm")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (cite_word(text, here, words[i])) {
            return true;
        }
    }
    return unit_at(text, here, &level) != 0;
}

/* Where the last item added ends. */
static size_t last_to(const struct law_cite_chain *c, size_t at) { return c->n ? c->item[c->n - 1].to : at; }

/* After the first label of a unit: ", b và c", " đến 9", each without the unit's word. */
static size_t more_labels(struct law_cite_read *r, size_t at, enum law_cite_level level, struct law_cite_chain *c) {
    char label[8];
    enum law_cite_join join;
    size_t kept_n = c->n, kept = at;
    for (;;) {
        size_t next = between(r->text, at, &join);
        size_t end = next ? label_at(r->text, next, level, label) : 0;
        if (!next || end <= next) {
            break;
        }
        item_add(r, c, (struct law_cite_item){.level = level, .join = join, .from = next, .to = end}, label);
        at = last_to(c, end);
        if (may_end(r->text, at)) {
            kept_n = c->n;
            kept = at;
        }
    }
    c->n = kept_n;
    return kept;
}

/* "các" before a unit's word. */
static bool is_plural(struct str text, size_t at) {
    struct str before = str_slice(text, 0, at);
    return str_ends(before, S("các ")) || str_ends(before, S("Các ")) || str_ends(before, S("những "));
}

/* A unit's word with its labels: "khoản 1, 2 và 3", "Điều này", "các điều từ 5 đến 9". Returns the end, or 0. */
static size_t group_at(struct law_cite_read *r, size_t at, enum law_cite_join join, struct law_cite_chain *c) {
    enum law_cite_level level;
    char label[8];
    size_t end = unit_at(r->text, at, &level);
    if (!end || c->n >= CITE_ITEMS_MOST) {
        return 0;
    }
    size_t here = cite_spaces(r->text, end);
    size_t self = cite_word(r->text, here, S("này"));
    if (self) {
        struct law_cite_item item = {.level = level, .join = join, .from = at, .to = self, .is_self = true};
        item.is_before = is_plural(r->text, at);
        label[0] = 0;
        item_add(r, c, item, label);
        return self;
    }
    size_t since = cite_word(r->text, here, S("từ"));
    here = since ? cite_spaces(r->text, since) : here;
    size_t to = here > end ? label_at(r->text, here, level, label) : here;
    if (to <= here) {
        return 0;
    }
    struct law_cite_item item = {.level = level, .join = join, .from = at, .to = to};
    item.is_plural = is_plural(r->text, at);
    item_add(r, c, item, label);
    return more_labels(r, last_to(c, to), level, c);
}

/* Where the next unit's word may stand, and how it hangs on what was read. 0: the chain ends. */
static size_t next_group(struct str text, size_t at, enum law_cite_join *join) {
    static const struct str fillers[] = {S_INIT("tại"),          S_INIT("thuộc"),     S_INIT("của"),
                                         S_INIT("một trong số"), S_INIT("một trong"), S_INIT("mỗi"),
                                         S_INIT("các"),          S_INIT("những"),     S_INIT("từ")};
    size_t here = between(text, at, join);
    if (!here) {
        here = cite_spaces(text, at);
        *join = CITE_INSIDE;
        if (here == at) {
            return 0;
        }
    }
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
        size_t end = cite_word(text, here, fillers[i]);
        if (end) {
            here = cite_spaces(text, end);
        }
    }
    return here;
}

bool cite_place_begins(struct str text, size_t at) {
    enum law_cite_level level;
    char label[8];
    size_t end = unit_at(text, at, &level), here = end ? cite_spaces(text, end) : 0;
    return here > end && label_at(text, here, level, label) > here;
}

/* "Mục 4: CƠ CHẾ PHỐI HỢP" at a line's begin is the heading itself, and refers to nothing. */
static bool is_heading(const struct law_cite_read *r, size_t at, const struct law_cite_chain *c) {
    size_t from = at;
    while (from > 0 && (r->text.at[from - 1] == ' ' || r->text.at[from - 1] == '*')) {
        from--;
    }
    bool is_wide = c->n == 1 && c->item[0].level >= CITE_PART && c->item[0].level <= CITE_SUBSECTION;
    return is_wide && (from == 0 || r->text.at[from - 1] == '\n') && c->end < r->text.len &&
           (r->text.at[c->end] == ':' || r->text.at[c->end] == '.' || r->text.at[c->end] == '\n');
}

bool cite_chain(struct law_cite_read *r, size_t at, struct law_cite_chain *chain) {
    enum law_cite_join join = CITE_FIRST;
    chain->n = 0;
    chain->end = at;
    size_t here = at, end = group_at(r, here, join, chain);
    while (end) {
        chain->end = end;
        here = next_group(r->text, end, &join);
        end = here ? group_at(r, here, join, chain) : 0;
    }
    return chain->n > 0 && !is_heading(r, at, chain);
}
