#include "kernel/wire/imap.h"
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"

#include <inttypes.h>

#include "base/banned.h"

enum { LINE_MOST = 4 << 20, PIECES_MOST = 100, ANSWERS_MOST = 200000, UIDS_MOST = 1000000 };

/* One answer: words, and literals between them. */
struct said {
    struct str words[PIECES_MOST], literals[PIECES_MOST]; /* literals[k] stands behind words[k] */
    size_t n;                                             /* words */
};

/* "… {123}" at the end: so many bytes follow. */
static bool literal_of(struct str line, int64_t *n) {
    size_t open = line.len;
    if (!str_ends(line, S("}"))) {
        return false;
    }
    while (open > 0 && line.at[open - 1] != '{') {
        open--;
    }
    struct str digits = str_slice(line, open, line.len - 1);
    digits = str_slice(digits, 0, digits.len - (str_ends(digits, S("+")) ? 1 : 0));
    return open > 0 && num_read_between(digits, 0, INT32_MAX, n);
}

static struct err hear(struct imap *i, struct arena *a, size_t most, struct said *s) {
    size_t taken = 0;
    s->n = 0;
    for (;;) {
        int64_t n = 0;
        if (s->n == PIECES_MOST) {
            return FAIL(ERR_BROKEN, "an answer of too many literals");
        }
        struct str *words = &s->words[s->n];
        TRY(wire_line(i->wire, a, LINE_MOST, words));
        s->literals[s->n] = S("");
        bool is_more = literal_of(*words, &n);
        taken += words->len + (size_t)n;
        if (taken > most + LINE_MOST) {
            return FAIL(ERR_BROKEN, "an answer larger than was asked for");
        }
        if (is_more) {
            TRY(wire_take(i->wire, a, (size_t)n, &s->literals[s->n]));
        }
        s->n++;
        if (!is_more) {
            return OK;
        }
    }
}

/* What is asked, and who hears the answers before its end. */
struct asking {
    size_t most;
    void (*heard)(struct arena *a, const struct said *s, void *thing);
    void *thing;
};

static struct err end_of(struct arena *a, struct str words) {
    struct str said = utf8_cut(utf8_clean(a, words), 200);
    if (str_starts(words, S("OK"))) {
        return OK;
    }
    return err_refuse(a, ERR_INVALID, "", "Máy chủ thư từ chối: %.*s", STR_ARG(said));
}

static struct err ask(struct imap *i, struct arena *a, struct str words, const struct asking *asking) {
    struct said *s = arena_take(a, struct said, 1);
    struct str tag = str_format(a, "d%u ", ++i->tag);
    TRY(wire_put(i->wire, str_format(a, "%.*s%.*s\r\n", STR_ARG(tag), STR_ARG(words))));
    for (int n = 0; n < ANSWERS_MOST; n++) {
        TRY(hear(i, a, asking->most, s));
        if (str_starts(s->words[0], tag)) {
            return end_of(a, str_slice(s->words[0], tag.len, s->words[0].len));
        }
        if (str_starts(s->words[0], S("* BYE"))) {
            return REFUSE(ERR_BUSY, "", "Máy chủ thư đóng kết nối. Hệ thống sẽ thử lại.");
        }
        if (asking->heard) {
            asking->heard(a, s, asking->thing);
        }
    }
    return FAIL(ERR_BROKEN, "a server's answers have no end");
}

/* The number after a word, "[UIDNEXT 12]". */
static bool number_after(struct str s, struct str word, int64_t *n) {
    size_t at = str_find(s, word, 0);
    size_t end = at == SIZE_MAX ? s.len : at + word.len;
    size_t from = end;
    while (end < s.len && s.at[end] >= '0' && s.at[end] <= '9') {
        end++;
    }
    return at != SIZE_MAX && num_read_between(str_slice(s, from, end), 0, UINT32_MAX, n);
}

static void selected(struct arena *a, const struct said *s, void *thing) {
    struct imap_box *box = thing;
    struct str words = s->words[0], head, rest;
    (void)a;
    number_after(words, S("[UIDVALIDITY "), &box->validity);
    number_after(words, S("[UIDNEXT "), &box->next);
    if (str_ends(words, S(" EXISTS")) && str_cut(str_slice(words, 2, words.len), S(" "), &head, &rest)) {
        num_read_between(head, 0, UINT32_MAX, &box->count);
    }
}

struct err imap_select(struct imap *i, struct arena *a, struct str name, struct imap_box *box) {
    *box = (struct imap_box){0};
    TRY(ask(i, a, str_format(a, "SELECT \"%.*s\"", STR_ARG(name)), &(struct asking){0, selected, box}));
    return box->validity > 0 ? OK : FAIL(ERR_BROKEN, "a box without UIDVALIDITY");
}

struct listing {
    struct imap_uids *out;
    int64_t from;
};

static void listed(struct arena *a, const struct said *s, void *thing) {
    struct listing *l = thing;
    struct str rest = str_slice(s->words[0], S("* SEARCH").len, s->words[0].len), one;
    int64_t uid;
    if (!str_starts(s->words[0], S("* SEARCH"))) {
        return;
    }
    while (rest.len && l->out->uids.n < UIDS_MOST && str_next(&rest, ' ', &one)) {
        /* "n:*" names the last letter, however small its number is. */
        if (num_read_between(one, 1, UINT32_MAX, &uid) && uid >= l->from) {
            LIST_ADD(a, &l->out->uids, uid);
        }
    }
}

static int by_number(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

struct err imap_list(struct imap *i, struct arena *a, int64_t from, struct imap_uids *out) {
    struct listing l = {out, from};
    *out = (struct imap_uids){0};
    TRY(ask(i, a, str_format(a, "UID SEARCH UID %" PRId64 ":*", from), &(struct asking){0, listed, &l}));
    list_sort(out->uids.at, out->uids.n, sizeof *out->uids.at, by_number);
    return OK;
}

/* ---- A letter */

/* Reads an answer to FETCH token after token, over its pieces. */
struct tokens {
    const struct said *said;
    size_t piece, at;
    struct str text; /* of a string; of an atom its letters */
    bool is_string;
};

static bool quoted_next(struct arena *a, struct tokens *t, struct str words) {
    char *text = arena_take(a, char, words.len + 1);
    size_t n = 0;
    for (t->at++; t->at < words.len; t->at++) {
        if (words.at[t->at] == '"') {
            t->at++;
            t->text = (struct str){text, n};
            t->is_string = true;
            return true;
        }
        t->at += words.at[t->at] == '\\' && t->at + 1 < words.len ? 1 : 0;
        text[n++] = words.at[t->at];
    }
    return false;
}

/* A part of the message is named BODY[…]<…>: blanks inside the brackets belong to the name. */
static size_t atom_end(struct str words, size_t at) {
    bool is_inside = false;
    for (; at < words.len && (is_inside || !memchr(" ()\"{", words.at[at], 5)); at++) {
        is_inside = words.at[at] == '[' || (is_inside && words.at[at] != ']');
    }
    return at;
}

static bool token_next(struct arena *a, struct tokens *t) {
    while (t->piece < t->said->n) {
        struct str words = t->said->words[t->piece];
        t->is_string = false;
        while (t->at < words.len && words.at[t->at] == ' ') {
            t->at++;
        }
        if (t->at >= words.len) {
            t->piece++;
            t->at = 0;
            continue;
        }
        char c = words.at[t->at];
        bool is_last = t->piece + 1 < t->said->n;
        if (c == '"') {
            return quoted_next(a, t, words);
        }
        if (c == '{' && is_last) {
            t->text = t->said->literals[t->piece++];
            t->at = 0;
            t->is_string = true;
            return true;
        }
        size_t end = atom_end(words, t->at);
        end = end == t->at ? end + 1 : end;
        t->text = str_slice(words, t->at, end);
        t->at = end;
        return true;
    }
    return false;
}

struct fetching {
    int64_t uid;
    struct str bytes;
    bool is_there;
};

static bool is_word(const struct tokens *t, struct str word) {
    return !t->is_string && str_eq_ascii_nocase(str_slice(t->text, 0, word.len), word) && t->text.len >= word.len;
}

static void fetched(struct arena *a, const struct said *s, void *thing) {
    struct fetching *f = thing;
    struct tokens t = {.said = s};
    struct str body = {0};
    int64_t uid = 0;
    bool is_fetch = false, is_body = false, is_uid = false, has_body = false;
    while (token_next(a, &t)) {
        is_fetch |= is_word(&t, S("FETCH"));
        if (is_uid) {
            num_read_between(t.text, 1, UINT32_MAX, &uid);
        }
        if (is_body && (t.is_string || str_eq_ascii_nocase(t.text, S("NIL")))) {
            body = t.is_string ? t.text : S("");
            has_body = true;
        }
        is_uid = is_word(&t, S("UID"));
        is_body = is_word(&t, S("BODY[]"));
    }
    if (is_fetch && has_body && uid == f->uid) {
        f->bytes = body;
        f->is_there = true;
    }
}

struct err imap_fetch(struct imap *i, struct arena *a, const struct imap_wanted *wanted, struct str *bytes,
                      bool *is_there) {
    struct fetching f = {.uid = wanted->uid};
    *bytes = S("");
    *is_there = false;
    TRY(ask(i, a, str_format(a, "UID FETCH %" PRId64 " (UID BODY.PEEK[]<0.%zu>)", wanted->uid, wanted->most + 1),
            &(struct asking){wanted->most, fetched, &f}));
    *bytes = f.bytes;
    *is_there = f.is_there;
    return OK;
}

struct err imap_flag(struct imap *i, struct arena *a, int64_t uid, const char *flag) {
    return ask(i, a, str_format(a, "UID STORE %" PRId64 " +FLAGS.SILENT (%s)", uid, flag), &(struct asking){0});
}

void imap_end(struct imap *i) {
    if (i->wire) {
        wire_limit(i->wire, 1);
        err_ignore(wire_put(i->wire, S("LOGOUT\r\n")));
        wire_close(i->wire);
    }
}
