/* Quoted words against the law's. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/law/law_change_read.h"
#include "modules/law/law_cite_inside.h"
#include "modules/law/law_guard_inside.h"
#include "modules/law/law_pages.h"

#include <string.h>

enum { AFTER_MOST = 160, BEFORE_MOST = 60, WORDS_MOST = 700, LAW_WORDS_MOST = 5000, QUOTE_LEAST = 4 };

/* A word with its bytes, and its form for comparing. */
struct word {
    struct str at, form;
};
struct words {
    struct word *at;
    size_t n;
};

static bool is_break(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* Signs around a word do not count. */
static struct str bare(struct str w) {
    size_t from = 0, to = w.len;
    while (from < to && !cite_is_letter(w, from)) {
        utf8_next(w, &from);
    }
    while (to > from) {
        size_t before = to - 1;
        while (before > from && ((unsigned char)w.at[before] & 0xC0) == 0x80) {
            before--;
        }
        if (cite_is_letter(w, before)) {
            break;
        }
        to = before;
    }
    return str_slice(w, from, to);
}

static void words_of(struct arena *a, struct str text, size_t most, struct words *out) {
    out->at = arena_take(a, struct word, most + 1);
    out->n = 0;
    for (size_t at = 0; at < text.len && out->n < most;) {
        while (at < text.len && is_break(text.at[at])) {
            at++;
        }
        size_t from = at;
        while (at < text.len && !is_break(text.at[at])) {
            at++;
        }
        struct str w = str_slice(text, from, at), form = bare(w);
        if (form.len) {
            out->at[out->n++] = (struct word){w, utf8_lower(a, form)};
        }
    }
}

static bool is_same(const struct word *a, const struct word *b) { return str_eq(a->form, b->form); }

bool guard_holds(struct arena *a, struct str law, struct str quote) {
    struct words q, l;
    words_of(a, quote, WORDS_MOST, &q);
    words_of(a, law, LAW_WORDS_MOST, &l);
    for (size_t i = 0; q.n && i + q.n <= l.n; i++) {
        size_t n = 0;
        while (n < q.n && is_same(&l.at[i + n], &q.at[n])) {
            n++;
        }
        if (n == q.n) {
            return true;
        }
    }
    return false;
}

/* How cell (i, j) was reached. */
enum { STEP_SAME = 1, STEP_EXTRA, STEP_LACKS };
/* Words left out cost less than words put in, so that a quotation is stretched over its place, not cut off. */
enum { EXTRA_COST = 2 };

/* One word of the quotation against all of the law's: costs so far, and the step that was cheapest. */
static void align_row(const struct word *word, const struct words *l, const uint32_t *above, uint32_t *row,
                      uint8_t *step) {
    for (size_t j = 1; j <= l->n; j++) {
        uint32_t extra = above[j] + EXTRA_COST, lacks = row[j - 1] + 1;
        row[j] = extra < lacks ? extra : lacks;
        step[j] = extra < lacks ? STEP_EXTRA : STEP_LACKS;
        if (is_same(word, &l->at[j - 1]) && above[j - 1] <= row[j]) {
            row[j] = above[j - 1];
            step[j] = STEP_SAME;
        }
    }
}

/* Where the quotation fits the law best: rows are its words, columns the law's; the law may begin and end anywhere. */
static size_t align(const struct words *q, const struct words *l, uint8_t *steps, struct arena *a) {
    size_t width = l->n + 1, best = 0;
    uint32_t *above = arena_take(a, uint32_t, width), *row = arena_take(a, uint32_t, width);
    for (size_t i = 1; i <= q->n; i++) {
        row[0] = (uint32_t)i * EXTRA_COST;
        steps[i * width] = STEP_EXTRA;
        align_row(&q->at[i - 1], l, above, row, steps + i * width);
        uint32_t *swap = above;
        above = row;
        row = swap;
    }
    for (size_t j = 0; j <= l->n; j++) {
        best = above[j] < above[best] ? j : best;
    }
    return best;
}

static void piece_add(struct arena *a, struct guard_difference *d, enum law_guard_kind kind, struct str word) {
    if (d->pieces.n && d->pieces.at[d->pieces.n - 1].kind == kind) {
        struct law_guard_piece *last = &d->pieces.at[d->pieces.n - 1];
        last->words = str_format(a, "%.*s %.*s", STR_ARG(last->words), STR_ARG(word));
        return;
    }
    struct law_guard_piece *p = LIST_PUSH(a, &d->pieces);
    p->kind = kind;
    p->words = word;
}

void guard_compare(struct arena *a, struct str quote, struct str law, struct guard_difference *out) {
    struct words q, l;
    *out = (struct guard_difference){0};
    words_of(a, quote, WORDS_MOST, &q);
    words_of(a, law, LAW_WORDS_MOST, &l);
    size_t width = l.n + 1, i = q.n, n = 0, extra = 0, lacks = 0;
    out->words = q.n;
    if (!q.n || !l.n) {
        out->edits = q.n;
        return;
    }
    uint8_t *steps = arena_take(a, uint8_t, (q.n + 1) * width);
    size_t j = align(&q, &l, steps, a);
    struct law_guard_piece *back = arena_take(a, struct law_guard_piece, q.n + l.n + 1);
    while (i > 0) {
        uint8_t step = steps[i * width + j];
        back[n].kind = step == STEP_SAME ? LAW_GUARD_SAME : step == STEP_EXTRA ? LAW_GUARD_EXTRA : LAW_GUARD_LACKS;
        back[n++].words = step == STEP_LACKS ? l.at[j - 1].at : q.at[i - 1].at;
        extra += step == STEP_EXTRA;
        lacks += step == STEP_LACKS;
        i -= step != STEP_LACKS;
        j -= step != STEP_EXTRA;
    }
    /* A word in place of another is one difference. */
    out->edits = extra > lacks ? extra : lacks;
    while (n > 0) {
        n--;
        piece_add(a, out, back[n].kind, back[n].words);
    }
}

/* ---- which quotation ---- */

static bool is_long(struct str quote) {
    size_t n = 0;
    for (size_t i = 0; i < quote.len; i++) {
        n += quote.at[i] == ' ';
    }
    return n + 1 >= QUOTE_LEAST;
}

bool guard_quote_near(struct str text, size_t from, size_t to, size_t *open, size_t *close) {
    struct str after = str_slice(text, 0, to + AFTER_MOST);
    size_t line = str_find(after, S("\n"), to);
    struct law_cites none;
    (void)none;
    if (change_quote(text, to, open, close) && *open < (line == SIZE_MAX ? after.len : line) + 4 &&
        is_long(str_slice(text, *open, *close))) {
        return true;
    }
    /* “…” (khoản 1 Điều 5 Luật …) */
    size_t begin = from > 4000 ? from - 4000 : 0, at = begin;
    bool has_one = false;
    size_t o, c;
    while (change_quote(str_slice(text, 0, from), at, &o, &c) && c < from) {
        *open = o;
        *close = c;
        has_one = true;
        at = c + 1;
    }
    return has_one && from - *close <= BEFORE_MOST && str_find(str_slice(text, *close, from), S("\n"), 0) == SIZE_MAX &&
           is_long(str_slice(text, *open, *close));
}

/* ---- a place's words ---- */

static struct str words_at(struct guard *g, struct law_work_id work, struct str eid, struct date on) {
    struct law_wordings all;
    struct buf b = buf_in(g->arena);
    if (law_wordings(g->db, work, eid, on, &all).why) {
        return S("");
    }
    for (size_t i = 0; i < all.n && b.len < 400000; i++) {
        buf_put(&b, all.at[i].heading);
        buf_put_char(&b, '\n');
        buf_put(&b, all.at[i].text);
        buf_put_char(&b, '\n');
    }
    return buf_str(&b);
}

/* Another place of the work that holds the words; '' none. */
static struct str found_elsewhere(struct guard *g, struct law_work_id work, struct str quote) {
    struct law_wordings all;
    if (law_wordings(g->db, work, S(""), g->on, &all).why) {
        return S("");
    }
    struct words q;
    words_of(g->arena, quote, 4, &q);
    for (size_t i = 0; i < all.n; i++) {
        bool may_hold = q.n && str_find(all.at[i].text, bare(q.at[q.n - 1].at), 0) != SIZE_MAX;
        if (may_hold && guard_holds(g->arena, all.at[i].text, quote)) {
            return all.at[i].eid;
        }
    }
    return S("");
}

static void differs(struct guard *g, struct law_guard_finding *f, const struct guard_difference *d) {
    struct buf right = buf_in(g->arena);
    f->level = LAW_GUARD_WRONG;
    f->code = S("wording");
    f->sentence = str_format(g->arena, "Lời trích khác văn bản ở %zu từ.", d->edits);
    for (size_t i = 0; i < d->pieces.n; i++) {
        *LIST_PUSH(g->arena, &f->pieces) = d->pieces.at[i];
        if (d->pieces.at[i].kind != LAW_GUARD_EXTRA) {
            buf_printf(&right, "%s%.*s", right.len ? " " : "", STR_ARG(d->pieces.at[i].words));
        }
    }
    f->suggestion = right.len <= 1500 ? buf_str(&right) : S("");
}

struct err guard_quote(struct guard *g, size_t doc, struct str eid, size_t open, size_t close,
                       struct law_guard_finding *f) {
    const struct guard_doc *d = &g->docs[doc];
    struct str quote = str_slice(g->text, open, close);
    struct guard_difference diff;
    *f = guard_finding(open, close, LAW_GUARD_RIGHT, S("ok"));
    f->quote_from = open;
    f->quote_to = close;
    struct str law = words_at(g, d->work.id, eid, g->on);
    if (guard_holds(g->arena, law, quote)) {
        f->sentence = S("Lời trích đúng nguyên văn.");
        return OK;
    }
    struct str other = found_elsewhere(g, d->work.id, quote);
    if (other.len && eid.len) {
        f->level = LAW_GUARD_WRONG;
        f->code = S("other_place");
        f->sentence = str_format(g->arena, "Câu này không ở %.*s mà ở %.*s.", STR_ARG(law_place_words(g->arena, eid)),
                                 STR_ARG(law_place_words(g->arena, other)));
        f->eid = other;
        return OK;
    }
    struct str before = words_at(g, d->work.id, eid, d->head.effective_on);
    if (guard_holds(g->arena, before, quote)) {
        f->level = LAW_GUARD_WRONG;
        f->code = S("old_wording");
        f->sentence = S("Lời trích là của bản trước khi sửa đổi; nay không còn như vậy.");
        return OK;
    }
    guard_compare(g->arena, quote, law, &diff);
    if (diff.edits * 2 > diff.words) {
        f->level = LAW_GUARD_LOOK;
        f->code = S("not_found");
        f->sentence = S("Không thấy lời trích này trong điều khoản được dẫn.");
        return OK;
    }
    differs(g, f, &diff);
    return OK;
}
