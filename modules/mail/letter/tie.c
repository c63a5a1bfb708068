/* Whether two letters bring the same paper; and conversations. */
#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { DAYS_MOST = 30, CHAIN_MOST = 1000 };

static bool holds(const struct mail_letter *l, struct str id) {
    for (size_t i = 0; i < l->nested_ids.n; i++) {
        if (str_eq(l->nested_ids.at[i], id)) {
            return true;
        }
    }
    return false;
}

static bool share_file(const struct mail_letter *l, const struct mail_letter *m) {
    for (size_t i = 0; i < l->files.n; i++) {
        for (size_t k = 0; k < m->files.n; k++) {
            if (str_eq(l->files.at[i].hash, m->files.at[k].hash)) {
                return true;
            }
        }
    }
    return false;
}

static int64_t bare_number(const struct mail_letter *l) {
    int64_t n = l->mentioned;
    size_t digits = 0;
    while (digits < l->number.len && l->number.at[digits] >= '0' && l->number.at[digits] <= '9') {
        digits++;
    }
    num_read(str_slice(l->number, 0, digits), &n);
    return n;
}

/* A file alone is no proof (a form, a logo goes with many letters): one of them must be a document of a number, and
   the other must not say another. */
enum mail_tie mail_tie(const struct mail_letter *letter, const struct mail_letter *earlier) {
    bool is_same_id = letter->message_id.len && str_eq(letter->message_id, earlier->message_id);
    bool is_same_body = str_eq(letter->body_hash, earlier->body_hash);
    if (is_same_id) {
        return is_same_body ? MAIL_SAME_LETTER : MAIL_SAME_ID_ONLY;
    }
    bool is_inside = earlier->message_id.len && holds(letter, earlier->message_id);
    bool is_same_number =
        letter->number.len && str_eq(letter->number, earlier->number) && date_is(letter->dated, earlier->dated);
    int64_t mine = bare_number(letter), its = bare_number(earlier);
    bool is_document = letter->number.len || earlier->number.len;
    bool is_same_paper = is_document && share_file(letter, earlier) && its && (!mine || mine == its);
    return is_inside || is_same_number || is_same_paper ? MAIL_SAME_LETTER : MAIL_OTHER;
}

struct str mail_subject_bare(struct arena *a, struct str subject, bool *is_answer) {
    struct str s = str_trim(utf8_fold(a, subject)), head, rest;
    *is_answer = false;
    while (str_cut(s, S(":"), &head, &rest)) {
        struct str word = str_slice(head, 0, str_find(head, S("["), 0)); /* Re[2]: */
        if (!mail_word_is(S("answer"), str_trim(word))) {
            break;
        }
        *is_answer = true;
        s = str_trim(rest);
    }
    return s;
}

/* A place in a table of ids or subjects. */
struct slot {
    struct str key;
    size_t mark; /* of a letter; SIZE_MAX: only spoken of */
    size_t set;  /* in sets */
    size_t last; /* of a subject: its newest letter so far */
    bool is_used;
};
struct table {
    struct slot *at;
    size_t size;
};
struct joining {
    struct arena *arena;
    struct mail_mark *marks;
    size_t n;
    size_t *over; /* sets as trees: the letters first, then ids only spoken of */
    size_t sets;
    size_t *previous; /* of the same subject */
    struct table ids, subjects;
};

static struct slot *slot_of(struct table *t, struct str key) {
    size_t i = (size_t)str_hash(key) & (t->size - 1);
    while (t->at[i].is_used && !str_eq(t->at[i].key, key)) {
        i = (i + 1) & (t->size - 1);
    }
    return &t->at[i];
}

static struct table table_for(struct arena *a, size_t n) {
    size_t size = 16;
    while (size < 2 * n + 2) {
        size *= 2;
    }
    return (struct table){arena_take(a, struct slot, size), size};
}

static size_t top_of(struct joining *j, size_t i) {
    while (j->over[i] != i) {
        j->over[i] = j->over[j->over[i]];
        i = j->over[i];
    }
    return i;
}

static void join(struct joining *j, size_t one, size_t two) {
    size_t a = top_of(j, one), b = top_of(j, two);
    j->over[a > b ? a : b] = a < b ? a : b;
}

/* False when nobody has seen that letter yet. */
static bool refer(struct joining *j, size_t i, struct str id) {
    struct slot *s = slot_of(&j->ids, id);
    if (!s->is_used) {
        *s = (struct slot){.key = id, .mark = SIZE_MAX, .set = j->sets++, .is_used = true};
    }
    join(j, i, s->set);
    return s->mark != SIZE_MAX && s->mark != i;
}

static bool share_person(const struct mail_mark *l, const struct mail_mark *m) {
    for (size_t i = 0; i < l->people.n; i++) {
        for (size_t k = 0; k < m->people.n; k++) {
            if (str_eq_ascii_nocase(l->people.at[i], m->people.at[k])) {
                return true;
            }
        }
    }
    return false;
}

static void join_by_subject(struct joining *j, size_t i, struct str subject, bool is_wanted) {
    struct slot *s = slot_of(&j->subjects, subject);
    size_t at = s->is_used ? s->last : SIZE_MAX;
    int64_t day = date_number(j->marks[i].on);
    for (int steps = 0; is_wanted && at != SIZE_MAX && steps < CHAIN_MOST; steps++) {
        int64_t days = day - date_number(j->marks[at].on);
        if (days >= 0 && days <= DAYS_MOST && share_person(&j->marks[i], &j->marks[at])) {
            join(j, i, at);
            break;
        }
        at = j->previous[at];
    }
    j->previous[i] = s->is_used ? s->last : SIZE_MAX;
    *s = (struct slot){.key = subject, .last = i, .is_used = true};
}

static void join_one(struct joining *j, size_t i) {
    struct mail_mark *m = &j->marks[i];
    bool is_known = m->in_reply_to.len && refer(j, i, m->in_reply_to), is_answer;
    for (size_t k = 0; k < m->references.n; k++) {
        is_known = refer(j, i, m->references.at[k]) || is_known;
    }
    struct str subject = mail_subject_bare(j->arena, m->subject, &is_answer);
    if (subject.len) {
        join_by_subject(j, i, subject, is_answer && !is_known);
    }
}

void mail_threads(struct arena *a, struct mail_mark *marks, size_t n) {
    struct joining j = {.arena = a, .marks = marks, .n = n, .sets = n};
    size_t references = 0;
    for (size_t i = 0; i < n; i++) {
        references += marks[i].references.n + 1;
    }
    j.over = arena_take(a, size_t, n + references + 1);
    j.previous = arena_take(a, size_t, n + 1);
    j.ids = table_for(a, n + references);
    j.subjects = table_for(a, n);
    for (size_t i = 0; i < n + references; i++) {
        j.over[i] = i;
    }
    for (size_t i = 0; i < n; i++) {
        struct slot *s = slot_of(&j.ids, marks[i].id);
        if (marks[i].id.len && !s->is_used) {
            *s = (struct slot){.key = marks[i].id, .mark = i, .set = i, .is_used = true};
        }
    }
    for (size_t i = 0; i < n; i++) {
        join_one(&j, i);
    }
    for (size_t i = 0; i < n; i++) {
        marks[i].thread = top_of(&j, i);
    }
}
