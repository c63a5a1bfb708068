/* The documents a text names, for those who only need to know which they are; and a place of law as people type it into
   a search box: shortened, without marks, in any order. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/index/feed.h"
#include "modules/law/law.h"
#include "modules/law/law_cite.h"
#include "modules/law/law_search.h"

struct err law_named_in(struct db_read *db, struct str text, struct date on, struct law_nameds *out) {
    struct arena *a = db_arena(db);
    struct law_cites found;
    *out = (struct law_nameds){0};
    law_cite_find(a, text, S(""), &found);
    for (size_t i = 0; i < found.docs.n; i++) {
        const struct law_cite_doc *doc = &found.docs.at[i];
        struct law_cite_work work;
        if (doc->is_own) {
            continue;
        }
        TRY(law_cite_resolve(db, doc, on, &work));
        struct law_named one = {.from = doc->from,
                                .to = doc->to,
                                .work = work.id,
                                .name = doc->name,
                                .is_weak = doc->is_weak && !doc->code.len,
                                .is_shared = work.id.v && work.is_by_name && !work.is_only_choice && !doc->year};
        for (size_t k = 0; k < found.cites.n; k++) {
            const struct law_cite *cite = &found.cites.at[k];
            if (cite->doc == i + 1 && cite->eid.len) {
                LIST_ADD(a, &one.eids, cite->eid);
            }
        }
        LIST_ADD(a, out, one);
    }
    return OK;
}

/* ---- Typed in haste. */
enum { WORDS_MOST = 40, TYPED_MOST = 400, WORDS_BYTES = 900, PLACE_LETTERS = 300 };

/* What a level may be typed as before a number, folded. */
static const struct {
    struct str typed, name;
} levels[] = {{S_INIT("dieu"), S_INIT("Điều")},    {S_INIT("d"), S_INIT("Điều")},      {S_INIT("art"), S_INIT("Điều")},
              {S_INIT("article"), S_INIT("Điều")}, {S_INIT("khoan"), S_INIT("khoản")}, {S_INIT("k"), S_INIT("khoản")},
              {S_INIT("clause"), S_INIT("khoản")}};
/* Words around a place that are no part of the document's name. */
static const struct str around[] = {S_INIT("cua"), S_INIT("theo"), S_INIT("tai"),  S_INIT("noi"),
                                    S_INIT("gi"),  S_INIT("quy"),  S_INIT("dinh"), S_INIT("xem"),
                                    S_INIT("mo"),  S_INIT("nhu"),  S_INIT("the"),  S_INIT("nao"),
                                    S_INIT("la"),  S_INIT("ve"),   S_INIT("of"),   S_INIT("trong")};
/* Kinds of document as they are shortened before a number; the number's own letters say the rest. */
static const struct str kinds[] = {S_INIT("nd"), S_INIT("tt"), S_INIT("ttlt"), S_INIT("qd"),
                                   S_INIT("nq"), S_INIT("l"),  S_INIT("luat"), S_INIT("so")};

struct typed {
    struct arena *arena;
    struct str word[WORDS_MOST], folded[WORDS_MOST];
    size_t n;
    struct buf place, rest;
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

static bool is_among(struct str word, const struct str *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (str_eq(word, list[i])) {
            return true;
        }
    }
    return false;
}

/* "5", "5a", "12": a number, and at most one letter. */
static bool is_label(struct str s) {
    size_t digits = 0;
    while (digits < s.len && is_digit(s.at[digits])) {
        digits++;
    }
    return digits && digits <= 4 && (digits == s.len || (digits + 1 == s.len && is_letter(s.at[digits])));
}

static struct str level_named(struct str folded) {
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (str_eq(levels[i].typed, folded)) {
            return levels[i].name;
        }
    }
    return S("");
}

static bool ends_word(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == ',' || c == ';' || c == '?' || c == '(' || c == ')';
}

/* Where letters meet digits a word may begin: "Đ5K2", "NĐ168/2024"; not within a number's own groups. */
static bool begins_anew(struct str folded, size_t from, size_t at) {
    bool has_slash = str_find(str_slice(folded, from, at), S("/"), 0) != SIZE_MAX;
    if (at == from || has_slash) {
        return false;
    }
    bool is_number_now = is_digit(folded.at[at]), was_number = is_digit(folded.at[at - 1]);
    bool is_level_after = was_number && (folded.at[at] == 'k' || folded.at[at] == 'd') && at + 1 < folded.len &&
                          is_digit(folded.at[at + 1]);
    return (is_number_now && is_letter(folded.at[at - 1])) || is_level_after;
}

static void word_add(struct typed *t, struct str word) {
    word = str_trim(word);
    while (word.len && (word.at[word.len - 1] == '.' || word.at[word.len - 1] == ':')) {
        word.len--;
    }
    if (word.len && t->n < WORDS_MOST) {
        t->word[t->n] = word;
        t->folded[t->n++] = utf8_fold(t->arena, word);
    }
}

/* Takes a word apart where letters meet digits; a dot after a level parts too: "đ.5". Folding keeps the number of
   letters, not of bytes: the two are walked side by side. */
static void word_cut(struct typed *t, struct str word) {
    struct str folded = utf8_fold(t->arena, word);
    size_t from = 0, byte = 0, piece = 0;
    for (size_t i = 0; i < folded.len && byte < word.len; i++) {
        bool is_after_dot = i > from && folded.at[i - 1] == '.' && is_digit(folded.at[i]);
        if (i > from && (is_after_dot || begins_anew(folded, from, i))) {
            word_add(t, str_slice(word, piece, byte));
            from = i;
            piece = byte;
        }
        do {
            byte++;
        } while (byte < word.len && ((unsigned char)word.at[byte] & 0xC0) == 0x80);
    }
    word_add(t, str_slice(word, piece, word.len));
}

static void words_take(struct typed *t, struct str rest) {
    while (rest.len) {
        size_t end = 0;
        while (end < rest.len && !ends_word(rest.at[end])) {
            end++;
        }
        word_cut(t, str_slice(rest, 0, end));
        rest = str_slice(rest, end < rest.len ? end + 1 : end, rest.len);
    }
}

/* "điểm đ": the letter as typed, since folded it would be another. */
static bool is_point(const struct typed *t, size_t i) {
    bool is_named = str_eq(t->folded[i], S("diem")) || str_eq(t->folded[i], S("point"));
    return is_named && i + 1 < t->n && t->folded[i + 1].len == 1 && is_letter(t->folded[i + 1].at[0]);
}

/* What stands at i is part of a place, with the word after it: its name, else empty. */
static struct str place_part(const struct typed *t, size_t i) {
    bool is_number_next = i + 1 < t->n && is_label(t->folded[i + 1]);
    struct str level = is_number_next ? level_named(t->folded[i]) : S("");
    return level.len ? level : is_point(t, i) ? S("điểm") : S("");
}

static void sort_out(struct typed *t) {
    for (size_t i = 0; i < t->n; i++) {
        struct str level = place_part(t, i);
        if (level.len) {
            i++;
            buf_printf(&t->place, " %.*s %.*s", STR_ARG(level), STR_ARG(t->word[i]));
            continue;
        }
        /* As it was typed, with the commas of "Luật Phòng, chống tham nhũng". */
        bool is_joined = t->rest.len && i && t->word[i].at == t->word[i - 1].at + t->word[i - 1].len;
        size_t end = i + 1 < t->n ? (size_t)(t->word[i + 1].at - t->word[i].at) : t->word[i].len;
        buf_printf(&t->rest, "%s%.*s", is_joined ? " " : "", (int)end, t->word[i].at);
    }
}

static bool is_loose(struct str s, size_t at) {
    bool closes = s.at[at] == ')' && str_find(s, S("("), 0) != SIZE_MAX;
    return (ends_word(s.at[at]) && !closes) || s.at[at] == '.' || s.at[at] == ':';
}

static struct str without_loose_ends(struct str s) {
    while (s.len && is_loose(s, 0)) {
        s = str_slice(s, 1, s.len);
    }
    while (s.len && is_loose(s, s.len - 1)) {
        s.len--;
    }
    return s;
}

static bool is_around(struct arena *a, struct str word) {
    return is_among(utf8_fold(a, word), around, sizeof around / sizeof *around);
}

/* Takes off both ends what is no part of a name: "theo …", "… quy định gì?". */
static struct str name_of(struct arena *a, struct str s) {
    size_t before = SIZE_MAX;
    while (s.len != before) {
        before = s.len;
        s = without_loose_ends(s);
        size_t first = 0, last = s.len;
        while (first < s.len && s.at[first] != ' ') {
            first++;
        }
        while (last > 0 && s.at[last - 1] != ' ') {
            last--;
        }
        if (is_around(a, str_slice(s, last, s.len))) {
            s.len = last;
        } else if (is_around(a, str_slice(s, 0, first))) {
            s = str_slice(s, first, s.len);
        }
    }
    return s;
}

/* "NĐ 168/2024" is known by its number alone. */
static struct str without_kind(struct str rest) {
    struct str first, after;
    while (str_cut(rest, S(" "), &first, &after) && after.len && is_digit(after.at[0]) &&
           is_among(first, kinds, sizeof kinds / sizeof *kinds)) {
        rest = after;
    }
    return rest;
}

struct err law_typed(struct db_read *db, struct str words, struct date on, struct law_where *where) {
    struct arena *a = db_arena(db);
    struct law_work_heads found = {0};
    *where = (struct law_where){.eid = S("")};
    if (words.len > TYPED_MOST) {
        return OK;
    }
    struct typed t = {.arena = a, .place = buf_in(a), .rest = buf_in(a)};
    words_take(&t, utf8_clean(a, words));
    sort_out(&t);
    struct str place = str_trim(buf_str(&t.place)), rest = name_of(a, buf_str(&t.rest));
    struct str eid = place.len && rest.len ? law_eid_of_words(a, place) : S("");
    if (!eid.len) {
        return OK;
    }
    TRY(law_work_named(db, rest, on, &found));
    if (!found.n) {
        TRY(law_work_named(db, without_kind(utf8_fold(a, rest)), on, &found));
    }
    /* A number several bear, as provinces do, leads nowhere for certain. */
    if (found.n == 1 || (found.n > 1 && !is_digit(rest.at[rest.len - 1]))) {
        *where = (struct law_where){.work = found.at[0].id, .eid = eid};
    }
    return OK;
}

/* "art_5__cl_2" stands in art_5, which is what is found. */
static struct str article_of(struct str eid) {
    size_t from = str_find(eid, S("art_"), 0), to = from == SIZE_MAX ? from : str_find(eid, S("__"), from);
    return from == SIZE_MAX ? S("") : str_slice(eid, 0, to == SIZE_MAX ? eid.len : to);
}

struct err law_named_record(struct db_read *db, struct str words, struct date on, struct search_named *out) {
    struct law_where where;
    struct law_wordings all = {0}, own = {0};
    struct law_work_head head;
    TRY(law_typed(db, words, on, &where));
    struct str article = article_of(where.eid);
    if (!where.work.v || !article.len) {
        return OK;
    }
    struct err e = law_wordings(db, where.work, article, on, &all);
    if (err_is(e, ERR_MISSING) || (!e.why && !all.n)) {
        err_ignore(e);
        return OK;
    }
    TRY(e);
    TRY(law_work_head(db, where.work, on, &head));
    err_ignore(law_wordings(db, where.work, where.eid, on, &own));
    struct buf b = buf_in(db_arena(db));
    buf_printf(&b, "Điều %.*s. %.*s — %.*s", STR_ARG(all.at[0].label), STR_ARG(all.at[0].heading), STR_ARG(head.name));
    for (size_t i = 0; i < own.n && b.len < WORDS_BYTES; i++) {
        buf_printf(&b, " %.*s", STR_ARG(utf8_cut(own.at[i].text, PLACE_LETTERS)));
    }
    *out = (struct search_named){.record = all.at[0].provision.v, .words = buf_str(&b)};
    return OK;
}
