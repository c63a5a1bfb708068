#include "modules/fund/fund_line.h"

#include <ctype.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "modules/fund/fund_line_queries.h"

#include "base/banned.h"

enum { WORDS_MOST = 60, WORD_LEN = 40, DIGITS_MASKED = 8, THOUSAND = 1000, MILLION = 1000000 };
static const struct date last_day = {9999, 12, 31}, first_day = {1000, 1, 1};

/* --- Words --- */
struct words {
    struct str at[WORDS_MOST];
    size_t n;
};

static void word_add(struct words *w, struct str word) {
    for (size_t i = 0; i < w->n; i++) {
        if (str_eq(w->at[i], word)) {
            return;
        }
    }
    if (w->n < WORDS_MOST && word.len) {
        w->at[w->n++] = word;
    }
}

static bool is_word_byte(char c) { return isalnum((unsigned char)c) || (unsigned char)c >= 0x80; }

static void words_of(struct arena *a, struct str text, struct words *w) {
    struct str folded = utf8_fold(a, text);
    size_t from = 0;
    for (size_t i = 0; i <= folded.len; i++) {
        if (i == folded.len || !is_word_byte(folded.at[i])) {
            word_add(w, str_slice(folded, from, i - from > WORD_LEN ? from + WORD_LEN : i));
            from = i + 1;
        }
    }
}

static struct str amount_word(struct arena *a, int64_t amount) {
    return str_format(a, "=%lld", (long long)(amount < 0 ? -amount : amount));
}

static void words_of_line(struct arena *a, const struct fund_public *p, struct words *w) {
    word_add(w, amount_word(a, p->amount));
    word_add(w, p->amount < 0 ? S("#out") : S("#in"));
    if (p->campaign) {
        word_add(w, str_format(a, "#c%lld", (long long)p->campaign));
    }
    words_of(a, p->name, w);
    words_of(a, p->memo, w);
}

static struct err words_put(struct db_write *db, const struct fund_public *p, int64_t line) {
    struct words w = {0};
    words_of_line(db_write_arena(db), p, &w);
    for (size_t i = 0; i < w.n; i++) {
        TRY(fund_word_insert(
            db, (struct fund_word_insert_in){.fund = p->fund, .word = w.at[i], .day_on = p->on, .line = line}, NULL));
        TRY(fund_word_count_add(db, (struct fund_word_count_add_in){.fund = p->fund, .word = w.at[i], .n = 1}, NULL));
    }
    return OK;
}

static struct err words_drop(struct db_write *db, int64_t fund, int64_t line) {
    struct fund_words_of_rows rows;
    TRY(fund_words_of(db_reading(db), (struct fund_words_of_in){.line = line}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(fund_word_count_add(db, (struct fund_word_count_add_in){.fund = fund, .word = rows.at[i].word, .n = -1},
                                NULL));
    }
    return fund_word_delete(db, (struct fund_word_delete_in){.line = line}, NULL);
}

/* --- Lines --- */
static struct err day_count(struct db_write *db, const struct fund_public *p, int64_t by) {
    bool is_out = p->amount < 0;
    int64_t sum = by * (is_out ? -p->amount : p->amount);
    TRY(fund_lines_count(db, (struct fund_lines_count_in){.id = p->fund, .by = by}, NULL));
    return fund_day_add(db,
                        (struct fund_day_add_in){.fund = p->fund,
                                                 .day_on = p->on,
                                                 .n_in = is_out ? 0 : by,
                                                 .sum_in = is_out ? 0 : sum,
                                                 .n_out = is_out ? by : 0,
                                                 .sum_out = is_out ? sum : 0},
                        NULL);
}

struct err fund_line_put(struct db_write *db, const struct fund_public *p) {
    int64_t id = id_new();
    TRY(fund_line_insert(db,
                         (struct fund_line_insert_in){.id = id,
                                                      .fund = p->fund,
                                                      .about = p->about,
                                                      .day_on = p->on,
                                                      .amount = p->amount,
                                                      .campaign = p->campaign,
                                                      .name = p->name,
                                                      .memo = p->memo},
                         NULL));
    TRY(words_put(db, p, id));
    return day_count(db, p, 1);
}

struct err fund_line_say(struct db_write *db, const struct fund_public *p) {
    struct fund_line_of_row *row;
    TRY(fund_line_of(db_reading(db), (struct fund_line_of_in){.about = p->about}, &row));
    if (!row) {
        return OK;
    }
    struct fund_public fresh = *p;
    fresh.on = row->day_on;
    fresh.amount = row->amount;
    TRY(words_drop(db, p->fund, row->id.v));
    TRY(fund_line_words_set(
        db, (struct fund_line_words_set_in){.id = row->id.v, .name = p->name, .memo = p->memo, .campaign = p->campaign},
        NULL));
    TRY(fund_lines_count(db, (struct fund_lines_count_in){.id = p->fund, .by = 0}, NULL));
    return words_put(db, &fresh, row->id.v);
}

struct err fund_line_drop(struct db_write *db, int64_t about) {
    struct fund_line_of_row *row;
    TRY(fund_line_of(db_reading(db), (struct fund_line_of_in){.about = about}, &row));
    if (!row) {
        return OK;
    }
    TRY(words_drop(db, row->fund.v, row->id.v));
    TRY(fund_line_delete(db, (struct fund_line_delete_in){.id = row->id.v}, NULL));
    struct fund_public was = {.fund = row->fund.v, .on = row->day_on, .amount = row->amount};
    return day_count(db, &was, -1);
}

struct str fund_memo_masked(struct arena *a, struct str memo) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < memo.len;) {
        size_t to = i;
        while (to < memo.len && isdigit((unsigned char)memo.at[to])) {
            to++;
        }
        if (to - i >= DIGITS_MASKED) {
            BUF_LIT(&b, "…");
        } else {
            to += to == i;
            buf_put(&b, str_slice(memo, i, to));
        }
        i = to;
    }
    return buf_str(&b);
}

/* --- Finding --- */
void fund_seek_add(struct fund_sought *s, struct str word) {
    if (s->n < FUND_WORDS) {
        s->words[s->n++] = word;
    } else {
        s->has_too_many = true;
    }
}

/* "24/11", "24/11/2026" */
static bool day_read(struct arena *a, struct str piece, struct date today, struct date *on) {
    if (date_read_vi(piece, on)) {
        return true;
    }
    struct str with_year = str_format(a, "%.*s/%d", STR_ARG(piece), today.year);
    if (!date_read_vi(with_year, on)) {
        return false;
    }
    if (date_cmp(*on, today) > 0) {
        struct date before = {(int16_t)(on->year - 1), on->month, on->day};
        *on = date_valid(before) ? before : *on;
    }
    return true;
}

/* "300000", "300.000", "300,000", "300k", "2tr"; bare numbers below a thousand are words. */
static bool sum_read(struct arena *a, struct str piece, int64_t *amount) {
    struct buf b = buf_in(a);
    int64_t times = 1, n;
    struct str digits = utf8_fold(a, piece);
    if (str_ends(digits, S("tr"))) {
        times = MILLION;
        digits.len -= 2;
    } else if (str_ends(digits, S("k"))) {
        times = THOUSAND;
        digits.len -= 1;
    } else if (str_ends(digits, S("d"))) {
        digits.len -= 1;
    }
    for (size_t i = 0; i < digits.len; i++) {
        if (isdigit((unsigned char)digits.at[i])) {
            buf_put_char(&b, digits.at[i]);
        } else if (digits.at[i] != '.' && digits.at[i] != ',') {
            return false;
        }
    }
    if (!num_read_between(buf_str(&b), 1, INT64_C(1000000000000), &n) || n * times < THOUSAND) {
        return false;
    }
    *amount = n * times;
    return true;
}

static bool is_filler(struct str folded) {
    static const struct str fillers[] = {S_INIT("ngay"), S_INIT("dong"), S_INIT("vnd"), S_INIT("so"), S_INIT("tien")};
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
        if (str_eq(folded, fillers[i])) {
            return true;
        }
    }
    return false;
}

static void name_add(struct arena *a, struct fund_sought *s, struct str piece) {
    struct words w = {0};
    words_of(a, piece, &w);
    for (size_t i = 0; i < w.n; i++) {
        fund_seek_add(s, w.at[i]);
        s->n_names++;
    }
}

struct fund_sought fund_seek(struct arena *a, struct str typed, struct date today) {
    struct fund_sought s = {0};
    struct str rest = typed, piece;
    while (str_next(&rest, ' ', &piece)) {
        int64_t amount;
        struct date on;
        piece = str_trim(piece);
        if (!piece.len || (is_filler(utf8_fold(a, piece)) && typed.len > piece.len)) {
            continue;
        }
        if (!s.on.year && day_read(a, piece, today, &on)) {
            s.on = on;
        } else if (!s.amount && sum_read(a, piece, &amount)) {
            s.amount = amount;
            fund_seek_add(&s, amount_word(a, amount));
        } else {
            name_add(a, &s, piece);
        }
    }
    return s;
}

static struct err rarest_first(struct db_read *db, int64_t fund, struct fund_sought *s, bool *is_none) {
    int64_t least = INT64_MAX;
    size_t at = 0;
    *is_none = false;
    for (size_t i = 0; i < s->n; i++) {
        struct fund_word_count_of_row *row;
        TRY(fund_word_count_of(db, (struct fund_word_count_of_in){.fund = fund, .word = s->words[i]}, &row));
        int64_t n = row ? row->n : 0;
        *is_none = *is_none || n <= 0;
        if (n < least) {
            least = n;
            at = i;
        }
    }
    if (s->n) {
        struct str first = s->words[0];
        s->words[0] = s->words[at];
        s->words[at] = first;
    }
    return OK;
}

static void found_add(struct arena *a, struct fund_found *out, size_t most, const struct fund_found_line *line) {
    if (out->lines.n < most) {
        LIST_ADD(a, &out->lines, *line);
    } else {
        out->has_more = true;
    }
}

struct place {
    struct date from, day;
    int64_t before;
};

/* Below a place in the order of days and ids, and within the day sought. */
static struct place place_of(const struct fund_sought *s, const struct fund_page *page) {
    struct place p = {first_day, page->day.year ? page->day : last_day, page->before ? page->before : INT64_MAX};
    if (s->on.year) {
        p.from = s->on;
        if (date_cmp(p.day, s->on) > 0) {
            p.day = s->on;
            p.before = INT64_MAX;
        }
    }
    return p;
}

static struct err newest(struct db_read *db, const struct fund_page *page, const struct place *at,
                         struct fund_found *out) {
    struct fund_lines_newest_rows rows;
    TRY(fund_lines_newest(db,
                          (struct fund_lines_newest_in){.fund = page->fund,
                                                        .from = at->from,
                                                        .day = at->day,
                                                        .before = at->before,
                                                        .most = (int64_t)page->most + 1},
                          &rows));
    for (size_t i = 0; i < rows.n; i++) {
        found_add(db_arena(db), out, page->most,
                  &(struct fund_found_line){rows.at[i].id.v, rows.at[i].day_on, rows.at[i].amount, rows.at[i].campaign,
                                            rows.at[i].name, rows.at[i].memo});
    }
    return OK;
}

struct err fund_find_lines(struct db_read *db, const struct fund_sought *sought, const struct fund_page *page,
                           struct fund_found *out) {
    struct fund_sought s = *sought;
    struct fund_lines_found_rows rows;
    struct place at = place_of(&s, page);
    bool is_none;
    *out = (struct fund_found){0};
    if (!s.n) {
        return newest(db, page, &at, out);
    }
    TRY(rarest_first(db, page->fund, &s, &is_none));
    if (is_none || date_cmp(at.day, at.from) < 0) {
        return OK;
    }
    TRY(fund_lines_found(db,
                         (struct fund_lines_found_in){.fund = page->fund,
                                                      .w0 = s.words[0],
                                                      .w1 = s.words[1],
                                                      .w2 = s.words[2],
                                                      .w3 = s.words[3],
                                                      .w4 = s.words[4],
                                                      .w5 = s.words[5],
                                                      .from = at.from,
                                                      .day = at.day,
                                                      .before = at.before,
                                                      .most = (int64_t)page->most + 1},
                         &rows));
    for (size_t i = 0; i < rows.n; i++) {
        found_add(db_arena(db), out, page->most,
                  &(struct fund_found_line){rows.at[i].id.v, rows.at[i].day_on, rows.at[i].amount, rows.at[i].campaign,
                                            rows.at[i].name, rows.at[i].memo});
    }
    return OK;
}
