/* Who gave: the name in a memo stands before the verb, or after a word or a sign that announces it. */
#include "modules/fund/statement/inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { PERSON_WORDS = 6, NAME_WORDS = 16, TAIL_LEAST = 2, FULL_NAME = 3 };

static size_t to_of(const struct memo *m, enum phrase_class c, size_t at) {
    const struct memo_found *f = memo_at(m, c, at);
    return f ? f->to : 0;
}

/* Letters only, none of them words that no name has; the first may be a surname (Khổng, Đặng) that looks like one. */
static bool is_plain(const struct memo *m, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        bool is_surname = i == from && memo_at(m, PHRASE_SURNAME, i);
        if (m->words[i].has_digits || (memo_at(m, PHRASE_COMMON, i) && !is_surname)) {
            return false;
        }
    }
    return true;
}

static bool is_person(const struct memo *m, size_t from, size_t to) {
    return to - from >= TAIL_LEAST && to - from <= PERSON_WORDS && memo_at(m, PHRASE_SURNAME, from) &&
           is_plain(m, from, to);
}

enum statement_donor memo_name_kind(const struct memo *m, size_t from, size_t to) {
    size_t org = to_of(m, PHRASE_ORG, from), group = to_of(m, PHRASE_GROUP, from);
    size_t family = to_of(m, PHRASE_FAMILY, from), title = to_of(m, PHRASE_TITLE, from);
    size_t longest = org > group ? org : group;
    longest = family > longest ? family : longest;
    /* "Đoàn Thị Lan", "Viên Văn Tám": one syllable that begins a person's name as well. */
    bool is_short = longest == from + 1 && is_person(m, from, to) && to - from >= FULL_NAME && org != longest;
    if (longest && longest >= title && !is_short) {
        return org == longest ? STATEMENT_ORG : group == longest ? STATEMENT_GROUP : STATEMENT_FAMILY;
    }
    return title && !is_person(m, from, to) ? STATEMENT_FAMILY : STATEMENT_PERSON;
}

static bool is_full(const struct memo *m, size_t from, size_t to) {
    return from + FULL_NAME <= to && is_person(m, from, to);
}

/* Where a name begins after "tôi là"; "cháu La Văn Cảnh" has the second of these words as its surname. */
static size_t leading_to(const struct memo *m, const struct memo_found *leading, size_t to) {
    bool is_surname =
        leading->to == leading->from + 2 && is_full(m, leading->from + 1, to) && !is_full(m, leading->to, to);
    return is_surname ? leading->from + 1 : leading->to;
}

/* "em", "cháu", "con": how the giver speaks of himself. */
static bool is_self_word(struct str word) {
    return str_eq(word, S("em")) || str_eq(word, S("chau")) || str_eq(word, S("con"));
}

/* "tôi là …", "gđ …": off the beginning; true when a family is named. */
static bool leading_cut(const struct memo *m, size_t *from, size_t to) {
    bool is_family = false;
    while (*from < to && !is_full(m, *from, to)) {
        const struct memo_found *f = memo_at(m, PHRASE_FAMILY, *from);
        const struct memo_found *l = memo_at(m, PHRASE_LEADING, *from);
        if (!f && !l) {
            break;
        }
        is_family |= f != NULL;
        *from = f ? f->to : leading_to(m, l, to);
    }
    return is_family;
}

/* "… xin", "… nhờ": where what stands before them ends. */
static size_t trailing_cut(const struct memo *m, size_t from, size_t to) {
    for (size_t i = m->n_found; i-- > 0;) {
        const struct memo_found *f = &m->found[i];
        if (f->phrase->class == PHRASE_TRAILING && f->to == to && f->from > from) {
            to = f->from;
            i = m->n_found;
        }
    }
    return to;
}

/* "Ông Nguyễn Văn Tám", "em Lê An": the name alone; "Ông Bà Lộc" is one. */
static size_t title_cut(const struct memo *m, size_t from, size_t to) {
    const struct memo_found *title = from < to ? memo_at(m, PHRASE_TITLE, from) : NULL;
    if (!title) {
        return from;
    }
    bool is_self = title->to == from + 1 && is_person(m, title->to, to) && is_self_word(m->words[from].folded);
    bool is_one = is_full(m, title->to, to) && !memo_first(m, PHRASE_TITLE, title->to + 1, to);
    return is_self || is_one ? title->to : from;
}

/* What is left of words when those that are not part of a name are taken off their ends. */
static struct memo_name trimmed(const struct memo *m, size_t from, size_t to) {
    bool is_family = leading_cut(m, &from, to);
    to = trailing_cut(m, from, to);
    from = title_cut(m, from, to);
    from = from < to ? from : to;
    enum statement_donor kind = is_family ? STATEMENT_FAMILY : from < to ? memo_name_kind(m, from, to) : 0;
    return (struct memo_name){from, to, kind};
}

/* "Trương Thị Tết ủng hộ quỹ vì người nghèo": words of a campaign with the verb between them. */
static bool is_over(const struct memo *m, const struct memo_found *f) {
    return memo_first(m, PHRASE_GIVE, f->from + 1, f->to);
}

/* Whether a word is part of a phrase that is no name. */
static bool is_taken(const struct memo *m, size_t at) {
    for (size_t i = 0; i < m->n_found; i++) {
        const struct memo_found *f = &m->found[i];
        enum phrase_class c = f->phrase->class;
        bool is_long = f->to - f->from > 1;
        if (f->from <= at && at < f->to &&
            (c == PHRASE_HIDE || c == PHRASE_GENERIC || (c == PHRASE_CAMPAIGN && is_long && !is_over(m, f)))) {
            return true;
        }
    }
    return false;
}

/* The next run of words in [*at, to) that may be a name; false when there is none left. */
static bool run_next(const struct memo *m, size_t *at, size_t to, struct memo_name *run) {
    while (*at < to && is_taken(m, *at)) {
        *at += 1;
    }
    size_t from = *at;
    while (*at < to && !is_taken(m, *at)) {
        *at += 1;
    }
    *run = (struct memo_name){from, *at, STATEMENT_UNKNOWN};
    return from < *at;
}

static bool is_name(const struct memo *m, const struct memo_name *name) {
    size_t n = name->to - name->from;
    if (n == 0 || n > NAME_WORDS) {
        return false;
    }
    return name->kind == STATEMENT_ORG || name->kind == STATEMENT_GROUP || name->kind == STATEMENT_FAMILY
               ? n >= TAIL_LEAST
               : is_person(m, name->from, name->to);
}

static bool is_verb(enum phrase_class c) {
    return c == PHRASE_GIVE || c == PHRASE_TRANSFER || c == PHRASE_MISTAKE || c == PHRASE_OTHER ||
           c == PHRASE_INTEREST || c == PHRASE_INTERNAL;
}

/* Whether a word is part of what was done. */
static bool is_done(const struct memo *m, size_t at) {
    for (size_t i = 0; i < m->n_found; i++) {
        const struct memo_found *f = &m->found[i];
        if (f->from <= at && at < f->to && is_verb(f->phrase->class)) {
            return true;
        }
    }
    return false;
}

/* Where the name ends when it stands first: at the verb, else at the campaign or the wish to be hidden. */
static size_t verb_of(const struct memo *m, bool *has_verb) {
    size_t verb = m->start;
    while (verb < m->end && !is_done(m, verb)) {
        verb++;
    }
    *has_verb = verb < m->end;
    return verb;
}

static size_t noun_of(const struct memo *m, size_t from, size_t to) {
    size_t noun = to;
    for (size_t i = 0; i < m->n_found; i++) {
        const struct memo_found *f = &m->found[i];
        enum phrase_class c = f->phrase->class;
        bool is_noun = c == PHRASE_CAMPAIGN || c == PHRASE_HIDE || c == PHRASE_GENERIC;
        if (is_noun && f->from >= from && f->from < noun && (f->to - f->from > 1 || c != PHRASE_CAMPAIGN)) {
            noun = f->from;
        }
    }
    return noun;
}

/* One syllable that names a campaign (VNN, ĐĐK) ends a name that is one already. */
static size_t short_noun_of(const struct memo *m, size_t from, size_t to) {
    for (size_t i = from + TAIL_LEAST; i < to; i++) {
        if (memo_at(m, PHRASE_CAMPAIGN, i)) {
            return i;
        }
    }
    return to;
}

/* Two words or more, each with a large first letter. */
static bool is_large(const struct memo *m, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        if (!m->words[i].is_large) {
            return false;
        }
    }
    return from + TAIL_LEAST <= to;
}

static bool name_before(const struct memo *m, struct memo_name *name) {
    bool has_verb;
    size_t to = verb_of(m, &has_verb), at = m->start;
    to = has_verb ? to : short_noun_of(m, m->start, to);
    struct memo_name run;
    while (run_next(m, &at, to, &run)) {
        *name = trimmed(m, run.from, run.to);
        bool is_before = run.to == to ? has_verb : is_large(m, name->from, name->to) && memo_at(m, PHRASE_HIDE, run.to);
        bool is_whole = run.from == m->start && is_before;
        bool is_odd = name->from < name->to && name->to - name->from <= NAME_WORDS &&
                      !memo_at(m, PHRASE_NEUTRAL, name->from) && is_plain(m, name->from, name->to);
        if (is_name(m, name) || (is_whole && is_odd)) {
            return true;
        }
    }
    return false;
}

/* Where a name that begins at from ends at the latest: at a sign, or at words that are no name. */
static size_t reach(const struct memo *m, size_t from) {
    size_t to = from, most = noun_of(m, from, m->end);
    while (to < most && !is_done(m, to) &&
           (to == from || (!m->words[to].is_broken && !memo_at(m, PHRASE_COMMON, to)))) {
        to++;
    }
    return to;
}

static bool name_announced(const struct memo *m, size_t from, struct memo_name *name) {
    for (size_t at = from; at < m->end; at++) {
        const struct memo_found *by = memo_at(m, PHRASE_BY, at);
        bool is_after = by && by->to < m->end;
        size_t begins = is_after ? by->to : at;
        bool is_free = !is_after && (m->words[at].is_broken || (at > m->start && is_taken(m, at - 1)) ||
                                     (at > m->start && m->words[at - 1].is_number));
        if (!is_after && !is_free) {
            continue;
        }
        *name = trimmed(m, begins, reach(m, begins));
        bool is_sure = name->kind != STATEMENT_PERSON || is_after || memo_at(m, PHRASE_TAIL_SURNAME, name->from) ||
                       (is_full(m, name->from, name->to) && is_large(m, name->from, name->to));
        if (is_name(m, name) && is_sure && !is_taken(m, name->from)) {
            return true;
        }
    }
    return false;
}

struct memo_name memo_donor(const struct memo *m) {
    struct memo_name name;
    if (name_before(m, &name) || name_announced(m, m->start, &name)) {
        return name;
    }
    return (struct memo_name){0};
}

struct str memo_name_text(struct arena *a, const struct memo *m, const struct memo_name *name) {
    if (name->from == name->to) {
        return S("");
    }
    struct buf b = buf_in(a);
    struct str folded = str_slice(m->text, m->words[name->from].from, m->words[name->to - 1].to);
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        bool is_space = c == ' ' || c == '\t';
        if (is_space ? b.len && b.at[b.len - 1] != ' ' : true) {
            buf_put_char(&b, is_space ? ' ' : c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        }
    }
    return buf_str(&b);
}
