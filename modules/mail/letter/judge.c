/* What a letter is for us: a document to register, a petition, a thing with a mark of secrecy. */
#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { NEAR_BEFORE = 48, BODY_LOOKED_AT = 6000, LINES_LOOKED_AT = 30, NAME_WORDS = 6 };

/* Folded text, and which byte of the original each of its bytes came from. */
struct folded {
    struct str text, original;
    size_t *from;
};

static struct folded fold(struct arena *a, struct str text) {
    struct str s = str_slice(text, 0, BODY_LOOKED_AT);
    struct buf b = buf_in(a);
    size_t *from = arena_take(a, size_t, 4 * s.len + 8);
    for (size_t at = 0; at < s.len;) {
        size_t begin = at;
        utf8_next(s, &at);
        struct str one = utf8_fold(a, str_slice(s, begin, at));
        for (size_t i = 0; i < one.len && b.len < 4 * s.len; i++) {
            from[b.len] = begin;
            buf_put_char(&b, one.at[i]);
        }
    }
    from[b.len] = s.len;
    return (struct folded){buf_str(&b), s, from};
}

/* Whether the number at start is another's, which this letter answers, carries out or complains of. */
static bool is_cited(struct arena *a, struct str text, size_t start) {
    size_t from = start > NEAR_BEFORE ? start - NEAR_BEFORE : 0, at, end;
    while (from < start && ((unsigned char)text.at[from] & 0xc0) == 0x80) {
        from++;
    }
    return mail_word_in(S("cites"), utf8_fold(a, str_slice(text, from, start)), &at, &end);
}

static struct str tight(struct arena *a, struct str number) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < number.len; i++) {
        if (number.at[i] != ' ') {
            buf_put_char(&b, number.at[i]);
        }
    }
    return buf_str(&b);
}

static bool number_in(struct arena *a, struct str text, struct mail_letter *l) {
    size_t start = 0, to = 0;
    struct str number = mail_number(text, 0, &start, &to);
    if (!number.len || is_cited(a, text, start)) {
        return false;
    }
    l->number = tight(a, number);
    l->dated = mail_date_after(a, text, to);
    l->dated = l->dated.year ? l->dated : mail_date_after(a, text, 0);
    return true;
}

/* 249-MTTQ-BTT.pdf, CV_249_MTTQ-BTT.pdf: a file's name can have no slash. */
static bool number_in_name(struct arena *a, struct str name, struct mail_letter *l) {
    size_t at = 0, digits = 0;
    while (at < name.len && at < 12 && !(name.at[at] >= '0' && name.at[at] <= '9')) {
        at++;
    }
    while (at + digits < name.len && name.at[at + digits] >= '0' && name.at[at + digits] <= '9') {
        digits++;
    }
    if (!digits || at + digits >= name.len || !memchr("-_ .", name.at[at + digits], 4)) {
        return false;
    }
    struct buf b = buf_in(a);
    buf_put(&b, str_slice(name, at, at + digits));
    BUF_LIT(&b, "/");
    for (size_t i = at + digits + 1; i < name.len && name.at[i] != '.'; i++) {
        buf_put_char(&b, name.at[i] == '_' ? '-' : name.at[i]);
    }
    size_t start = 0, to = 0;
    struct str number = mail_number(buf_str(&b), 0, &start, &to);
    if (!number.len || start) {
        return false;
    }
    l->number = tight(a, number);
    return true;
}

/* "gửi kèm Công văn số 12/MTTQ-BTT": a letter may name what it carries in its text only. */
static bool number_in_body(struct arena *a, struct mail_letter *l) {
    struct str text = str_slice(l->own_text, 0, BODY_LOOKED_AT);
    size_t start = 0, to = 0, at, end;
    for (size_t from = 0; mail_number(text, from, &start, &to).len; from = to) {
        size_t back = start > 2 * NEAR_BEFORE ? start - 2 * NEAR_BEFORE : 0;
        while (back < start && ((unsigned char)text.at[back] & 0xc0) == 0x80) {
            back++;
        }
        bool is_sent = mail_word_in(S("sends"), utf8_fold(a, str_slice(text, back, start)), &at, &end);
        if (is_sent && !is_cited(a, text, start)) {
            l->number = tight(a, str_slice(text, start, to));
            l->dated = mail_date_after(a, text, to);
            return true;
        }
    }
    return false;
}

static bool is_reply(struct arena *a, struct str subject) {
    struct str head = utf8_fold(a, str_slice(subject, 0, str_find(subject, S(":"), 0)));
    return head.len < subject.len && mail_word_is(S("answer"), str_trim(head)) &&
           !mail_word_value(S("answer"), str_trim(head)).len;
}

static bool is_document(struct arena *a, const struct mail_inner *inner, struct mail_letter *l) {
    if (is_reply(a, l->subject)) {
        return false;
    }
    bool is_found = number_in(a, l->subject, l);
    for (size_t i = 0; i < inner->subjects.n && !is_found; i++) {
        is_found = number_in(a, inner->subjects.at[i], l);
    }
    is_found = is_found || (l->files.n && number_in_body(a, l));
    for (size_t i = 0; i < l->files.n && !is_found; i++) {
        is_found = number_in_name(a, l->files.at[i].name, l);
    }
    if (is_found && !l->dated.year) {
        l->dated = mail_date_after(a, l->subject, 0);
    }
    return is_found;
}

static void mentioned(struct arena *a, struct mail_letter *l) {
    struct str s = utf8_fold(a, l->subject);
    for (size_t from = 0, at, end; from < s.len; from += end) {
        if (!mail_word_in(S("mention"), str_slice(s, from, s.len), &at, &end)) {
            return;
        }
        size_t begin = from + end;
        while (begin < s.len && (s.at[begin] == ' ' || s.at[begin] == ':')) {
            begin++;
        }
        size_t to = begin;
        while (to < s.len && s.at[to] >= '0' && s.at[to] <= '9') {
            to++;
        }
        if (num_read_between(str_slice(s, begin, to), 1, 999999, &l->mentioned)) {
            return;
        }
    }
}

/* The word at at, and whether it begins large. */
static struct str word_at(struct str s, size_t at, bool *is_large, struct arena *a) {
    size_t end = at;
    while (end < s.len && !strchr(" \t\n,.;:()[]\"-", s.at[end])) {
        end++;
    }
    struct str word = str_slice(s, at, end);
    struct str first = utf8_cut(word, 1);
    *is_large = word.len > 0 && !str_eq(utf8_lower(a, first), first);
    return word;
}

/* Words at the beginning of s, up to something else than a blank. */
struct run {
    size_t words, large; /* large: so many of the first begin large */
    size_t begin, large_end, end;
    bool is_family; /* the first is a family's name */
};

static size_t past_title(struct arena *a, struct str s) {
    size_t at = 0;
    bool is_large;
    while (at < s.len && (s.at[at] == ' ' || s.at[at] == ':')) {
        at++;
    }
    struct str word = word_at(s, at, &is_large, a);
    bool is_title = word.len && mail_word_is(S("title"), utf8_fold(a, word));
    at += is_title ? word.len : 0;
    while (at < s.len && s.at[at] == ' ') {
        at++;
    }
    return at;
}

static struct run run_at(struct arena *a, struct str s) {
    struct run run = {.begin = past_title(a, s)};
    bool is_large;
    for (size_t at = run.begin; run.words < NAME_WORDS;) {
        struct str word = word_at(s, at, &is_large, a);
        if (!word.len) {
            break;
        }
        at += word.len;
        run.end = at;
        run.is_family = run.words ? run.is_family : mail_word_is(S("family"), utf8_fold(a, word));
        bool is_run = is_large && run.large == run.words;
        run.large += is_run;
        run.large_end = is_run ? at : run.large_end;
        run.words++;
        while (at < s.len && s.at[at] == ' ') {
            at++;
        }
    }
    return run;
}

/* A name at the beginning of s: words that begin large; or, in small letters, up to a comma, with a family's name. */
static struct str name_at(struct arena *a, struct str s) {
    struct run run = run_at(a, s);
    if (run.large >= 2) {
        return str_slice(s, run.begin, run.large_end);
    }
    bool is_shut = run.end >= s.len || strchr(",\n.;", s.at[run.end]) != NULL;
    bool is_name = run.is_family && is_shut && run.words >= 2 && run.words <= 5;
    return is_name ? str_slice(s, run.begin, run.end) : (struct str){0};
}

static struct str introduced(struct arena *a, struct str text, bool *is_first_person) {
    struct folded f = fold(a, text);
    for (size_t from = 0, at, end; from < f.text.len; from += end) {
        if (!mail_word_in(S("petitioner"), str_slice(f.text, from, f.text.len), &at, &end)) {
            break;
        }
        *is_first_person = true;
        struct str name = name_at(a, str_slice(f.original, f.from[from + end], f.original.len));
        if (name.len) {
            return name;
        }
    }
    return (struct str){0};
}

static void petition(struct arena *a, struct mail_letter *l, bool is_only_clear) {
    size_t at, end;
    bool is_first_person = false;
    struct str subject = utf8_fold(a, l->subject), body = utf8_fold(a, str_slice(l->own_text, 0, BODY_LOOKED_AT));
    struct str name = introduced(a, l->own_text, &is_first_person);
    bool is_named = mail_word_in(S("petition_subject"), subject, &at, &end);
    bool is_asked = mail_word_in(S("petition_word"), subject, &at, &end) && is_first_person;
    bool is_told = mail_word_in(S("petition_word"), body, &at, &end) && name.len;
    bool is_clear = is_named && is_first_person;
    if (is_only_clear ? is_clear : is_named || is_asked || is_told) {
        l->kind = MAIL_PETITION;
        l->petitioner = name.len ? name : l->from.name;
    }
}

struct token {
    struct str text;
    bool is_bracketed;
};
struct tokens {
    LIST(struct token) words;
};

static void tokens_of(struct arena *a, struct str s, struct tokens *out) {
    size_t from = 0;
    for (size_t at = 0; at <= s.len; at++) {
        bool is_gap = at == s.len || strchr(" \t_-.,;:()[]{}*!/\"", s.at[at]) != NULL;
        if (is_gap && at > from) {
            bool is_open = from > 0 && strchr("([{*", s.at[from - 1]), is_shut = at < s.len && strchr(")]}*", s.at[at]);
            LIST_ADD(a, &out->words, (struct token){str_slice(s, from, at), is_open && is_shut});
        }
        from = is_gap ? at + 1 : from;
    }
}

static bool is_level(struct str folded) { return str_eq(folded, S("toi")) || str_eq(folded, S("tuyet")); }

/* MẬT in capitals, tối mật and tuyệt mật as they come, and no other word with mật in it; without marks only at the
   beginning or in brackets, where MAT is nothing else. */
static bool has_mark(struct arena *a, struct str s) {
    struct tokens t = {0};
    tokens_of(a, s, &t);
    for (size_t i = 0; i < t.words.n; i++) {
        struct str word = t.words.at[i].text, next = i + 1 < t.words.n ? utf8_fold(a, t.words.at[i + 1].text) : S("");
        struct str before = i ? utf8_fold(a, t.words.at[i - 1].text) : S("");
        bool is_placed = i == 0 || t.words.at[i].is_bracketed || (i == 1 && is_level(before));
        bool is_capital = str_eq(word, S("MẬT")) || (str_eq(word, S("MAT")) && is_placed);
        bool is_small = str_eq(utf8_lower(a, word), S("mật")) && (t.words.at[i].is_bracketed || is_level(before));
        if ((is_capital || is_small) && !mail_word_is(S("not_secret_before"), before) &&
            !mail_word_is(S("not_secret_behind"), next)) {
            return true;
        }
    }
    return false;
}

/* "Độ mật: Tối mật", or a line that is nothing but the mark. */
static bool is_mark_line(struct arena *a, struct str line) {
    struct tokens t = {0};
    struct str label, value, folded = utf8_fold(a, str_trim(line));
    if (str_cut(folded, S(":"), &label, &value) && mail_word_is(S("secret_label"), str_trim(label))) {
        value = str_trim(value);
        return str_starts(value, S("mat")) || str_starts(value, S("toi mat")) || str_starts(value, S("tuyet mat"));
    }
    tokens_of(a, line, &t);
    return t.words.n > 0 && t.words.n <= 2 && line.len < 40 && has_mark(a, line);
}

static bool is_held(struct arena *a, const struct mail_inner *inner, const struct mail_letter *l) {
    struct str rest = l->text, line;
    bool is_held = has_mark(a, l->subject);
    for (size_t i = 0; i < inner->subjects.n; i++) {
        is_held = is_held || has_mark(a, inner->subjects.at[i]);
    }
    for (size_t i = 0; i < l->files.n; i++) {
        is_held = is_held || has_mark(a, l->files.at[i].name);
    }
    for (int i = 0; i < LINES_LOOKED_AT && !is_held && str_next(&rest, '\n', &line); i++) {
        is_held = is_mark_line(a, line);
    }
    return is_held;
}

void mail_judge(struct arena *a, const struct mail_inner *inner, struct mail_letter *l) {
    l->is_held = is_held(a, inner, l);
    mentioned(a, l);
    if (l->is_machine) {
        return;
    }
    petition(a, l, true);
    if (l->kind == MAIL_LETTER && is_document(a, inner, l)) {
        l->kind = MAIL_DOCUMENT;
    } else if (l->kind == MAIL_LETTER) {
        petition(a, l, false);
    }
}
