/* The copy officers work on: without what tells who denounces (Luật Tố cáo Điều 56: identity is kept secret). */
#include "modules/petition/letter/inside.h"
#include "base/arena.h"
#include "base/buf.h"

#include "base/banned.h"

enum { ID_DIGITS = 9, PIECE_MOST = 8 };

static void cover(bool *is_hidden, size_t from, size_t n) {
    for (size_t i = 0; i < n; i++) {
        is_hidden[from + i] = true;
    }
}

/* Every place where these words stand again, with or without marks. */
static void cover_again(const struct state *s, bool *is_hidden, size_t at, size_t n) {
    for (size_t i = 0; n && i + n <= s->w.n; i++) {
        size_t k = 0;
        while (k < n && s->w.at[i + k].key.plain == s->w.at[at + k].key.plain) {
            k++;
        }
        if (k == n) {
            cover(is_hidden, i, n);
        }
    }
}

static void cover_bytes(const struct state *s, bool *is_hidden, struct str piece) {
    for (size_t at = 0; piece.len && (at = str_find(s->out->text, piece, at)) != SIZE_MAX; at += piece.len) {
        for (size_t i = 0; i < s->w.n; i++) {
            is_hidden[i] = is_hidden[i] || (s->w.at[i].from >= at && s->w.at[i].to <= at + piece.len);
        }
    }
}

static bool is_of_kind(const struct state *s, size_t i, enum cue_kind kind) {
    for (size_t k = 0; i < s->w.n && k < s->t->cues.n; k++) {
        if (s->t->cues.at[k].kind == kind && petition_word_is(&s->w, i, &s->t->cues.at[k].slot[0])) {
            return true;
        }
    }
    return false;
}

/* Hamlet, street and number, wherever they are said again; the commune stays, for the matter is there. */
static void cover_home(const struct state *s, bool *is_hidden) {
    for (size_t i = s->name_at + s->name_n; s->has_address && i < s->author_end; i++) {
        size_t n = 1;
        if (!is_of_kind(s, i, CUE_STREET)) {
            continue;
        }
        while (i + n < s->author_end && n < PIECE_MOST && s->w.at[i + n].gap == GAP_SPACE &&
               !petition_is_word(s, i + n, "xã")) {
            n++;
        }
        if (n > 1) {
            cover_again(s, is_hidden, i, n);
        }
    }
}

static size_t capitals_at(const struct state *s, size_t i) {
    size_t n = 0;
    if (s->w.is_caseless) {
        size_t named = petition_name_at(s, i);
        return named ? named : is_of_kind(s, i + 1, CUE_KIN) && petition_is_word(s, i + 2, "tôi") ? 1 : 0;
    }
    while (i + n < s->w.n && n < 5 && s->w.at[i + n].is_capital && (!n || s->w.at[i + n].gap == GAP_SPACE)) {
        n++;
    }
    return n;
}

static bool is_between(const struct state *s, size_t at) {
    static const char *const words[] = {"tôi", "là", "gái", "trai", "tên", NULL};
    bool is_one = is_of_kind(s, at, CUE_KIN);
    for (size_t k = 0; words[k] && !is_one; k++) {
        is_one = petition_is_word(s, at, words[k]);
    }
    return at < s->w.n && is_one && !s->w.at[at].is_capital;
}

/* "cháu Ngoan con tôi": who it is is said after the name; n words of it stand at at. */
static size_t said_after(const struct state *s, size_t at, size_t n) {
    size_t end = at + n;
    while (end + 1 < s->w.n && end < at + n + 3 && is_of_kind(s, end, CUE_KIN)) {
        end++;
    }
    return end > at + n && petition_is_word(s, end, "tôi") ? end + 1 : 0;
}

static void cover_kin_at(const struct state *s, bool *is_hidden, size_t i) {
    size_t at = i + 1;
    bool is_mine = false;
    while (at < i + 4 && is_between(s, at)) {
        is_mine = is_mine || petition_is_word(s, at, "tôi");
        at++;
    }
    size_t n = capitals_at(s, at), after = n && !is_mine ? said_after(s, at, n) : 0;
    if (n && is_mine) {
        cover(is_hidden, at, n);
    } else if (after) {
        cover(is_hidden, i, after - i);
    }
    if (n >= 2 && (is_mine || after)) {
        cover_again(s, is_hidden, at, n);
    }
}

/* "chồng tôi là Phạm Văn Lợi": those who live with the writer. */
static void cover_kin(const struct state *s, bool *is_hidden) {
    for (size_t i = 0; i + 1 < s->w.n; i++) {
        if (is_of_kind(s, i, CUE_KIN) && s->w.at[i].zone != ZONE_TO) {
            cover_kin_at(s, is_hidden, i);
        }
    }
}

/* The given name alone, with a title or under the letter. */
static void cover_given(const struct state *s, bool *is_hidden) {
    if (s->name_n < 2) {
        return;
    }
    uint64_t given = s->w.at[s->name_at + s->name_n - 1].key.full;
    bool is_others = s->named_n && s->w.at[s->named_at + s->named_n - 1].key.full == given;
    for (size_t i = 1; i < s->w.n; i++) {
        bool is_it = s->w.at[i].key.full == given && s->w.at[i].is_capital;
        bool is_signed = petition_is_word(s, i - 1, "ký") || s->w.at[i].zone == ZONE_SIGN;
        bool is_titled = is_of_kind(s, i - 1, CUE_KIN) || petition_is_word(s, i - 1, "cô");
        is_hidden[i] = is_hidden[i] || (is_it && (is_signed || (is_titled && !is_others)));
    }
}

static size_t digits_in(struct str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        n += s.at[i] >= '0' && s.at[i] <= '9';
    }
    return n;
}

static void cover_rest(const struct state *s, bool *is_hidden) {
    for (size_t i = 0; i < s->w.n; i++) {
        bool is_id = digits_in(petition_slice(s, i, 1)) >= ID_DIGITS;
        is_hidden[i] = is_hidden[i] || is_id || s->w.at[i].zone == ZONE_MAIL;
    }
}

static void copy_make(struct state *s, const bool *is_hidden) {
    struct buf b = buf_in(s->arena);
    size_t at = 0;
    for (size_t i = 0; i < s->w.n; i++) {
        size_t last = i;
        if (!is_hidden[i]) {
            continue;
        }
        while (last + 1 < s->w.n && is_hidden[last + 1] && s->w.at[last + 1].gap != GAP_LINE) {
            last++;
        }
        struct str gone = petition_slice(s, i, last + 1 - i);
        buf_put(&b, str_slice(s->out->text, at, s->w.at[i].from));
        BUF_LIT(&b, "[…]");
        LIST_ADD(s->arena, &s->out->redact, gone);
        at = s->w.at[last].to;
        i = last;
    }
    buf_put(&b, str_slice(s->out->text, at, s->out->text.len));
    s->out->working_copy = str_copy(s->arena, buf_str(&b));
}

void petition_redact(struct state *s) {
    s->out->working_copy = s->out->text;
    if (!str_eq(str_of(s->out->secrecy), S("denunciation"))) {
        return;
    }
    bool *is_hidden = arena_take(s->arena, bool, s->w.n + 1);
    if (s->has_name) {
        cover(is_hidden, s->name_at, (s->author_end > s->name_at ? s->author_end - s->name_at : s->name_n));
        cover_again(s, is_hidden, s->name_at, s->name_n);
        cover_home(s, is_hidden);
        cover_given(s, is_hidden);
    }
    cover_bytes(s, is_hidden, s->out->author.phone);
    cover_bytes(s, is_hidden, s->out->author.email);
    cover_kin(s, is_hidden);
    cover_rest(s, is_hidden);
    copy_make(s, is_hidden);
}
