/* Who writes, where they live, how they are reached, when they wrote, and whether they signed. */
#include "modules/petition/letter/inside.h"
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { NAME_MOST = 5, ADDRESS_AHEAD = 45, ADDRESS_MOST = 45, DATE_LINE_WORDS = 9, PHONE_LEAST = 10, PHONE_MOST = 11 };

static bool is_of(const struct state *s, size_t i, enum cue_kind kind) {
    for (size_t k = 0; i < s->w.n && k < s->t->cues.n; k++) {
        if (s->t->cues.at[k].kind == kind && petition_word_is(&s->w, i, &s->t->cues.at[k].slot[0])) {
            return true;
        }
    }
    return false;
}

/* Without capitals a name begins with a family name and ends before a word that is none. */
static size_t small_name_at(const struct state *s, size_t i) {
    size_t n = 1;
    if (!is_of(s, i, CUE_SURNAME)) {
        return 0;
    }
    bool has_thi = petition_is_word(s, i + 1, "thị") || petition_is_word(s, i + 1, "văn");
    size_t most = has_thi ? 3 : 4;
    while (n < most && i + n < s->w.n && s->w.at[i + n].gap == GAP_SPACE && !s->w.at[i + n].is_number &&
           !is_of(s, i + n, CUE_STOP)) {
        n++;
    }
    return n >= 2 ? n : 0;
}

size_t petition_name_at(const struct state *s, size_t i) {
    size_t n = 0;
    while (n < NAME_MOST && i + n < s->w.n && s->w.at[i + n].is_capital && !s->w.at[i + n].is_number &&
           (!n || s->w.at[i + n].gap == GAP_SPACE)) {
        n++;
    }
    if (n) {
        return n >= 2 ? n : 0;
    }
    return i < s->w.n && s->w.is_caseless ? small_name_at(s, i) : 0;
}

/* "tôi là", "tôi tên là", "người tố cáo": the words before a name; their number, 0: none. */
static size_t lead_at(const struct state *s, size_t i) {
    static const char *const leads[] = {"tôi tên là",
                                        "tên tôi là",
                                        "tôi là",
                                        "tôi tên",
                                        "em là",
                                        "e là",
                                        "cháu là",
                                        "người tố cáo",
                                        "người khiếu nại",
                                        "họ và tên",
                                        "họ tên",
                                        "người phản ánh",
                                        "người kiến nghị",
                                        "my name is",
                                        "tên là",
                                        "i am",
                                        "cháu là bà",
                                        "tôi",
                                        "là bà",
                                        "là ông",
                                        NULL};
    for (size_t k = 0; leads[k]; k++) {
        struct str rest = str_of(leads[k]), word;
        size_t n = 0;
        bool is_it = true;
        while (is_it && str_next(&rest, ' ', &word)) {
            struct slot slot = {.key = {petition_key(word)}, .n = 1};
            is_it = i + n < s->w.n && petition_word_is(&s->w, i + n, &slot);
            n++;
        }
        size_t titled = is_it && is_of(s, i + n, CUE_KIN) && petition_name_at(s, i + n + 1) ? 1 : 0;
        if (is_it && petition_name_at(s, i + n + titled)) {
            return n + titled;
        }
    }
    return 0;
}

static bool is_writer_zone(enum zone z) { return z == ZONE_BODY || z == ZONE_SIGN; }

static bool clause_find(struct state *s) {
    for (size_t i = 0; i < s->w.n; i++) {
        size_t n = is_writer_zone(s->w.at[i].zone) ? lead_at(s, i) : 0;
        bool is_after_tell = i && (petition_is_word(s, i - 1, "bị") || petition_is_word(s, i - 1, "chồng"));
        if (n && !is_after_tell) {
            s->author_at = i;
            s->name_at = i + n;
            s->name_n = petition_name_at(s, i + n);
            return true;
        }
    }
    return false;
}

static bool is_line_start(const struct state *s, size_t i) { return i == 0 || s->w.at[i].gap == GAP_LINE; }
static size_t line_end(const struct state *s, size_t i) {
    do {
        i++;
    } while (i < s->w.n && s->w.at[i].gap != GAP_LINE);
    return i;
}

/* The name under a letter: after the signature, or alone on one of the last lines. */
static bool signature_find(struct state *s) {
    for (size_t i = s->w.n; i-- > 0;) {
        const struct word *w = &s->w.at[i];
        size_t n = w->zone == ZONE_NOTE || w->zone == ZONE_MAIL || w->zone == ZONE_TO || w->zone == ZONE_HEAD ||
                           w->zone == ZONE_TITLE
                       ? 0
                       : petition_name_at(s, i);
        bool is_after_mark = i && (petition_is_word(s, i - 1, "ký") || petition_is_word(s, i - 1, "chỉ"));
        bool is_alone = n && is_line_start(s, i) && line_end(s, i) <= i + n;
        bool is_known = is_of(s, i, CUE_SURNAME) || is_after_mark;
        if (n && ((is_alone && is_known) || (is_after_mark && !is_line_start(s, i)))) {
            s->author_at = s->name_at = i;
            s->name_n = n;
            return true;
        }
    }
    return false;
}

/* Who signs is often introduced in the text: there stands the address. */
static void introduction_find(struct state *s) {
    for (size_t i = 0; i < s->name_at; i++) {
        size_t n = 0;
        while (n < s->name_n && s->w.at[i + n].key.plain == s->w.at[s->name_at + n].key.plain) {
            n++;
        }
        if (n == s->name_n && s->w.at[i].zone == ZONE_BODY) {
            s->author_at = s->name_at = i;
            return;
        }
    }
}

/* ---- address */

static bool is_number_of_person(const struct state *s, size_t i) {
    static const char *const before[] = {"cccd", "cmnd", "thoại", "mã", "thẻ", "đt", "sđt", "quyếtđịnh", NULL};
    for (size_t k = 0; i && before[k]; k++) {
        if (petition_is_word(s, i - 1, before[k])) {
            return true;
        }
    }
    return petition_is_word(s, i + 1, "điện") || petition_is_word(s, i + 1, "cccd") || petition_is_word(s, i + 1, "đt");
}

static bool is_address_end(const struct state *s, size_t i) {
    static const char *const ends[] = {"điện", "đt", "sđt", "cccd", "liên", "tel", "email", "tôi", NULL};
    for (size_t k = 0; ends[k]; k++) {
        if (petition_is_word(s, i, ends[k]) &&
            (s->w.at[i].gap != GAP_SPACE || petition_is_word(s, i + 1, "thoại") || petition_is_word(s, i, "tôi"))) {
            return true;
        }
    }
    return s->w.at[i].zone == ZONE_MAIL || s->w.at[i].gap == GAP_HARD ||
           (s->w.at[i].gap == GAP_LINE && s->w.at[i].is_capital);
}

static bool is_commune_word(const struct state *s, size_t i) {
    return petition_is_word(s, i, "xã") || (petition_is_word(s, i, "thị") && petition_is_word(s, i + 1, "trấn"));
}

static size_t address_begin(const struct state *s, size_t from) {
    size_t end = from + ADDRESS_AHEAD < s->w.n ? from + ADDRESS_AHEAD : s->w.n;
    for (size_t i = from; i < end; i++) {
        bool is_street = is_of(s, i, CUE_STREET) && !is_number_of_person(s, i);
        bool is_told = petition_is_word(s, i, "địa") && petition_is_word(s, i + 1, "chỉ");
        if (s->w.at[i].zone == ZONE_NOTE || (petition_is_word(s, i, "tôi") && s->w.at[i].gap > GAP_COMMA)) {
            return s->w.n;
        }
        if (is_told) {
            return i + 2;
        }
        if (is_street || is_commune_word(s, i)) {
            return i;
        }
    }
    return s->w.n;
}

static void address_read(struct state *s) {
    size_t from = address_begin(s, s->name_at + s->name_n), to = from;
    bool has_street = false, has_commune = false;
    while (to < s->w.n && to < from + ADDRESS_MOST && (to == from || !is_address_end(s, to))) {
        has_street = has_street || (is_of(s, to, CUE_STREET) && !is_number_of_person(s, to)) ||
                     (to == from && s->w.at[to].is_number);
        has_commune = has_commune || is_commune_word(s, to);
        to++;
    }
    s->author_end = to > from ? to : s->name_at + s->name_n;
    s->has_address = has_street || has_commune;
    s->is_commune_only = has_commune && !has_street;
    if (s->has_address) {
        s->out->author.address = petition_slice(s, from, to - from);
        petition_span_add(s, "address", from, to - from);
    }
}

/* ---- contact */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static struct str phone_find(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        size_t digits = 0, to = i;
        if (text.at[i] != '0' || (i && is_digit(text.at[i - 1]))) {
            continue;
        }
        for (size_t k = i;
             k < text.len && (is_digit(text.at[k]) || ((text.at[k] == ' ' || text.at[k] == '.' || text.at[k] == '-') &&
                                                       k + 1 < text.len && is_digit(text.at[k + 1])));
             k++) {
            digits += is_digit(text.at[k]);
            to = k + 1;
        }
        if (digits >= PHONE_LEAST && digits <= PHONE_MOST) {
            return str_slice(text, i, to);
        }
    }
    return S("");
}

static bool is_mail_char(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr("._-+", c));
}
static struct str mail_find(struct str text) {
    size_t at = str_find(text, S("@"), 0);
    if (at == SIZE_MAX) {
        return S("");
    }
    size_t from = at, to = at + 1;
    while (from && is_mail_char(text.at[from - 1])) {
        from--;
    }
    while (to < text.len && is_mail_char(text.at[to])) {
        to++;
    }
    return from < at && to > at + 1 ? str_slice(text, from, to) : S("");
}

static void contact_read(struct state *s) {
    struct str channel = s->letter->channel;
    s->out->author.phone = phone_find(s->out->text);
    s->out->author.email = mail_find(s->out->text);
    s->has_contact = s->out->author.phone.len || s->out->author.email.len || petition_first(s, CUE_REACH, 0, s->w.n) ||
                     str_eq(channel, S("email")) || str_eq(channel, S("zalo")) || str_eq(channel, S("portal"));
}

/* ---- signature */

static bool is_mark(struct state *s, struct str group) {
    struct str plain = utf8_fold(s->arena, group);
    bool is_no = str_find(plain, S("khong"), 0) != SIZE_MAX || str_find(plain, S("chua"), 0) != SIZE_MAX;
    static const struct str signs[] = {S_INIT("da ky"),   S_INIT("ky ten"), S_INIT("diem chi"), S_INIT("lan tay"),
                                       S_INIT("van tay"), S_INIT("signed"), S_INIT("ky va")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!is_no && str_find(plain, signs[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    return !is_no && str_eq(plain, S("ky"));
}

static void marks_read(struct state *s) {
    struct str text = s->out->text;
    size_t list = str_find(text, S("DANH SÁCH"), 0), from = 0;
    int all = 0, listed = 0;
    while ((from = str_find(text, S("("), from)) != SIZE_MAX) {
        size_t to = str_find(text, S(")"), from);
        if (to == SIZE_MAX) {
            break;
        }
        bool is_one = to - from < 60 && is_mark(s, str_slice(text, from + 1, to));
        all += is_one;
        listed += is_one && from > list;
        from = to;
    }
    s->marks = listed ? listed : all;
    s->out->author.is_signed = s->marks > 0 || s->letter->is_signed;
    s->out->signers = s->marks ? s->marks : s->has_name ? 1 : 0;
    s->out->is_group = s->out->signers >= 5;
}

/* ---- date */

static bool number_of(const struct state *s, size_t i, int64_t low, int64_t high, int64_t *out) {
    return i < s->w.n && num_read_between(petition_slice(s, i, 1), low, high, out);
}

static bool is_slash(const struct state *s, size_t i) {
    char c = s->w.at[i].from ? s->out->text.at[s->w.at[i].from - 1] : ' ';
    return c == '/' || c == '-' || c == '.';
}

/* 3 tháng 11 năm 2026, 3/11/2026; the number of its words, 0: none. */
static size_t day_at(const struct state *s, size_t i, struct date *on) {
    int64_t day, month, year;
    if (!number_of(s, i, 1, 31, &day)) {
        return 0;
    }
    bool is_words = petition_is_word(s, i + 1, "tháng") && number_of(s, i + 2, 1, 12, &month) &&
                    petition_is_word(s, i + 3, "năm") && number_of(s, i + 4, 1900, 2200, &year);
    bool is_slashed = !is_words && number_of(s, i + 1, 1, 12, &month) && number_of(s, i + 2, 1900, 2200, &year) &&
                      is_slash(s, i + 1) && is_slash(s, i + 2);
    struct date d = {0};
    if (is_words || is_slashed) {
        d = (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
    }
    if (!date_valid(d)) {
        return 0;
    }
    *on = d;
    return is_words ? 5 : 3;
}

static bool is_dateline(const struct state *s, size_t i, size_t n) {
    size_t from = i, to = line_end(s, i);
    while (from && s->w.at[from].gap != GAP_LINE) {
        from--;
    }
    enum zone z = s->w.at[i].zone;
    bool is_today = i >= 2 && petition_is_word(s, i - 2, "hôm") && petition_is_word(s, i - 1, "nay");
    bool is_today_day = i >= 3 && petition_is_word(s, i - 3, "hôm") && petition_is_word(s, i - 2, "nay");
    bool is_short = to - from <= DATE_LINE_WORDS && to - from <= n + 6;
    return z != ZONE_NOTE && z != ZONE_TO &&
           ((z == ZONE_MAIL) || (is_short && z != ZONE_TITLE) || is_today || is_today_day ||
            (z == ZONE_SIGN && is_short));
}

static void date_read(struct state *s) {
    for (size_t i = 0; i < s->w.n; i++) {
        struct date on;
        size_t n = day_at(s, i, &on);
        if (n && is_dateline(s, i, n)) {
            s->out->written_on = on;
            petition_span_add(s, "written_on", i, n);
            return;
        }
    }
}

void petition_author_read(struct state *s) {
    s->has_name = clause_find(s);
    if (!s->has_name && signature_find(s)) {
        s->has_name = true;
        introduction_find(s);
    }
    if (s->has_name) {
        s->out->author.name = petition_slice(s, s->name_at, s->name_n);
        petition_span_add(s, "author", s->name_at, s->name_n);
        address_read(s);
    }
    contact_read(s);
    marks_read(s);
    date_read(s);
    for (size_t i = s->author_at; s->has_name && i < s->author_end && i < s->w.n; i++) {
        if (s->w.at[i].zone == ZONE_BODY) {
            s->w.at[i].zone = ZONE_AUTHOR;
        }
    }
}
