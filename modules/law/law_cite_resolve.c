/* From a document as named in a text to a work of the library. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/law/law_cite.h"
#include "modules/law/law_cite_queries.h"

/* Rows of law_cite_by_key and law_cite_by_name alike. */
struct bearer {
    struct law_work_id id;
    struct str type;
    struct date issued_on;
};
struct bearers {
    struct bearer *at;
    size_t n;
};

#define TAKE_BEARERS(arena_, rows_, out_)                                                                              \
    for (size_t take_i = 0; take_i < (rows_).n; take_i++) {                                                            \
        LIST_ADD((arena_), (out_),                                                                                     \
                 (struct bearer){(rows_).at[take_i].id, (rows_).at[take_i].type, (rows_).at[take_i].issued_on});       \
    }

static bool fits(const struct law_cite_doc *doc, const struct bearer *b) {
    if (doc->issued_on.year && b->issued_on.year) {
        return date_is(doc->issued_on, b->issued_on);
    }
    return !doc->year || !b->issued_on.year || doc->year == b->issued_on.year;
}

/* Bearers come newest first: the first that fits and was there on the day. */
static struct law_work_id choose(const struct law_cite_doc *doc, const struct bearers *all, struct date on) {
    struct law_work_id late = {0};
    for (size_t i = 0; i < all->n; i++) {
        const struct bearer *b = &all->at[i];
        if (!fits(doc, b)) {
            continue;
        }
        if (!on.year || !b->issued_on.year || date_cmp(b->issued_on, on) <= 0) {
            return b->id;
        }
        late = late.v ? late : b->id;
    }
    return late;
}

static struct err by_key(struct db_read *db, const struct law_cite_doc *doc, struct date on,
                         struct law_cite_work *work) {
    struct law_cite_by_key_rows rows;
    struct bearers all = {0};
    TRY(law_cite_by_key(db, (struct law_cite_by_key_in){.code_key = doc->key}, &rows));
    TAKE_BEARERS(db_arena(db), rows, &all);
    struct law_work_id id = choose(doc, &all, (struct date){0});
    (void)on;
    /* A wrong date beside a right number is for the guard to say: the number decides. */
    *work = (struct law_cite_work){.id = id.v ? id : (all.n ? all.at[0].id : id), .is_only_choice = all.n == 1};
    return OK;
}

static bool is_boundary(struct str s, size_t at) {
    return at >= s.len || !((s.at[at] >= 'a' && s.at[at] <= 'z') || (s.at[at] >= '0' && s.at[at] <= '9'));
}

static size_t common(struct str a, struct str b) {
    size_t n = 0;
    while (n < a.len && n < b.len && a.at[n] == b.at[n]) {
        n++;
    }
    return n;
}

/* The longest name of the library that folded begins with; '' none. */
static struct err longest_name(struct db_read *db, struct str folded, size_t least, struct str *name) {
    struct str room = folded;
    *name = S("");
    while (room.len > least) {
        struct law_cite_name_below_row *row;
        TRY(law_cite_name_below(db, (struct law_cite_name_below_in){.room = room}, &row));
        if (!row) {
            return OK;
        }
        size_t n = common(room, row->title_fold);
        if (n == row->title_fold.len && n > least && is_boundary(folded, n)) {
            *name = row->title_fold;
            return OK;
        }
        room.len = n < room.len ? n : room.len - 1;
    }
    return OK;
}

/* Bytes of a text whose folded form is so long, at a word's end. */
static size_t unfolded(struct arena *a, struct str text, size_t folded) {
    for (size_t at = 1; at <= text.len; at++) {
        bool is_end = at == text.len || ((unsigned char)text.at[at] < 0x80 && text.at[at] <= '/');
        if (is_end && utf8_fold(a, str_slice(text, 0, at)).len >= folded) {
            return at;
        }
    }
    return text.len;
}

static struct err by_name(struct db_read *db, const struct law_cite_doc *doc, struct date on,
                          struct law_cite_work *work) {
    struct arena *a = db_arena(db);
    struct str folded = utf8_fold(a, doc->room), name;
    size_t least = utf8_fold(a, doc->type_words).len;
    if (str_eq(doc->type, S("HP"))) {
        struct law_cite_name_above_row *row;
        TRY(law_cite_name_above(db, (struct law_cite_name_above_in){.room = S("hien phap")}, &row));
        name = row && str_starts(row->title_fold, S("hien phap")) ? row->title_fold : S("");
    } else {
        TRY(longest_name(db, folded, least, &name));
    }
    if (!name.len) {
        return OK;
    }
    struct law_cite_by_name_rows rows;
    struct bearers all = {0};
    TRY(law_cite_by_name(db, (struct law_cite_by_name_in){.title_fold = name}, &rows));
    TAKE_BEARERS(a, rows, &all);
    work->id = choose(doc, &all, on);
    work->is_by_name = true;
    work->is_only_choice = all.n == 1;
    work->taken = str_starts(folded, name) ? unfolded(a, doc->room, name.len) : doc->name.len;
    return OK;
}

struct err law_cite_resolve(struct db_read *db, const struct law_cite_doc *doc, struct date on,
                            struct law_cite_work *work) {
    *work = (struct law_cite_work){0};
    if (doc->is_own) {
        return OK;
    }
    if (doc->key.len) {
        return by_key(db, doc, on, work);
    }
    return doc->room.len ? by_name(db, doc, on, work) : OK;
}

struct date law_cite_day(struct str mode, struct date reading_on, struct date enacted_on) {
    return str_eq(mode, S("enactment")) && enacted_on.year ? enacted_on : reading_on;
}
