/* Finding units, people and posts, by id, code and name. */
#include "modules/org/org.h"

#include <string.h>

#include "base/utf8.h"
#include "modules/org/org_rows.h"

struct date org_earlier(struct date a, struct date b) {
    if (!a.year || !b.year) {
        return a.year ? a : b;
    }
    return date_cmp(a, b) <= 0 ? a : b;
}

bool org_in_force(struct date from, struct date until, struct date on) {
    return (!from.year || date_cmp(from, on) <= 0) && (!until.year || date_cmp(on, until) <= 0);
}

struct err org_unit(struct db_read *db, struct unit_id id, struct org_unit *unit) {
    struct org_unit_by_id_row *row;
    TRY(org_unit_by_id(db, (struct org_unit_by_id_in){.id = {id.v}}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such unit");
    }
    *unit = (struct org_unit){.id = id,
                              .organ = {row->organ},
                              .parent = {row->parent.v},
                              .code = row->code,
                              .kind = row->kind,
                              .level = row->level,
                              .name = row->name,
                              .short_name = row->short_name,
                              .notation = row->notation,
                              .from_on = row->from_on,
                              .until_on = row->until_on};
    return OK;
}

struct err org_person(struct db_read *db, struct person_id id, struct org_person *person) {
    struct org_person_by_id_row *row;
    TRY(org_person_by_id(db, (struct org_person_by_id_in){.id = {id.v}}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such person");
    }
    *person = (struct org_person){
        .id = id, .name = row->name, .address = row->address, .phone = row->phone, .email = row->email};
    return OK;
}

struct err org_post(struct db_read *db, struct post_id id, struct org_post *post) {
    struct org_post_by_id_row *row;
    TRY(org_post_by_id(db, (struct org_post_by_id_in){.id = {id.v}}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such post");
    }
    *post = ORG_POST_FROM(row);
    return OK;
}

struct err org_organ(struct db_read *db, struct unit_id unit, struct unit_id *organ) {
    struct org_unit u;
    TRY(org_unit(db, unit, &u));
    *organ = u.organ;
    return OK;
}

struct err org_unit_by_code(struct db_read *db, struct str code, struct unit_id *unit) {
    struct org_unit_coded_rows rows = {0};
    *unit = (struct unit_id){0};
    if (code.len) {
        TRY(org_unit_coded(db, (struct org_unit_coded_in){.code = code}, &rows));
    }
    if (rows.n) {
        unit->v = rows.at[0].id.v;
    }
    return OK;
}

struct err org_unit_named(struct db_read *db, struct str name, struct unit_id *unit) {
    struct arena *a = db_arena(db);
    struct org_unit_folded_rows rows;
    *unit = (struct unit_id){0};
    struct str fold = str_trim(utf8_fold(a, name));
    if (!fold.len) {
        return OK;
    }
    TRY(org_unit_folded(db, (struct org_unit_folded_in){.fold = fold}, &rows));
    struct date today = clock_today();
    int64_t standing = 0, closed = 0;
    size_t n_standing = 0, n_closed = 0;
    for (size_t i = 0; i < rows.n; i++) {
        if (org_in_force((struct date){0}, rows.at[i].until_on, today)) {
            standing = rows.at[i].id.v;
            n_standing++;
        } else {
            closed = rows.at[i].id.v;
            n_closed++;
        }
    }
    unit->v = n_standing == 1 ? standing : n_standing == 0 && n_closed == 1 ? closed : 0;
    return OK;
}

/* Follows successions down to what stands today. Old units went at most a few steps, and the depth is bounded anyhow.
 */
static struct err successors_add(struct db_read *db, struct unit_id old, double share, int depth,
                                 struct org_successors *out) {
    struct org_successors_of_rows rows;
    TRY(org_successors_of(db, (struct org_successors_of_in){.old_unit = {old.v}}, &rows));
    struct date today = clock_today();
    for (size_t i = 0; i < rows.n; i++) {
        struct unit_id next = {rows.at[i].new_unit.v};
        double part = rows.at[i].share > 0 && share > 0 ? rows.at[i].share * share : 0;
        if (!org_in_force((struct date){0}, rows.at[i].until_on, today) && depth < 8) {
            TRY(successors_add(db, next, part, depth + 1, out));
            continue;
        }
        bool known = false;
        for (size_t j = 0; j < out->n && !known; j++) {
            known = out->at[j].unit.v == next.v;
            out->at[j].share += known ? part : 0;
        }
        if (!known) {
            LIST_ADD(db_arena(db), out, (struct org_successor){.unit = next, .name = rows.at[i].name, .share = part});
        }
    }
    return OK;
}

struct err org_successors(struct db_read *db, struct unit_id old, struct org_successors *today) {
    struct org_unit u;
    *today = (struct org_successors){0};
    TRY(org_unit(db, old, &u));
    if (org_in_force((struct date){0}, u.until_on, clock_today())) {
        LIST_ADD(db_arena(db), today, (struct org_successor){.unit = u.id, .name = u.name, .share = 1});
        return OK;
    }
    return successors_add(db, old, 1, 0, today);
}

struct org_typed org_typed(struct arena *a, struct str typed) {
    struct org_typed out = {0};
    struct str fold = utf8_fold(a, utf8_clean(a, utf8_cut(typed, 200)));
    for (size_t i = 0; i < fold.len && out.n < sizeof out.words / sizeof *out.words;) {
        size_t from = i;
        while (i < fold.len && fold.at[i] != ' ' && fold.at[i] != ',' && fold.at[i] != '-' && fold.at[i] != '/') {
            i++;
        }
        if (i > from) {
            out.words[out.n++] = str_slice(fold, from, i);
        }
        i++;
    }
    for (size_t i = 1; i < out.n; i++) { /* longest first: few words, so by insertion */
        struct str w = out.words[i];
        size_t j = i;
        for (; j > 0 && out.words[j - 1].len < w.len; j--) {
            out.words[j] = out.words[j - 1];
        }
        out.words[j] = w;
    }
    return out;
}

struct str org_after_prefix(struct arena *a, struct str word) {
    char *up = arena_take(a, char, word.len + 1);
    memcpy(up, word.at, word.len);
    up[word.len] = (char)0xff; /* no UTF-8 byte is that high */
    return (struct str){up, word.len + 1};
}

static bool is_edge(char c) { return c == ' ' || c == '-' || c == '/' || c == ',' || c == '(' || c == '.'; }

static bool begins_word(struct str fold, struct str word) {
    for (size_t at = str_find(fold, word, 0); at != SIZE_MAX; at = str_find(fold, word, at + 1)) {
        if (at == 0 || is_edge(fold.at[at - 1])) {
            return true;
        }
    }
    return false;
}

bool org_fits(const struct org_typed *typed, struct str fold) {
    for (size_t i = 0; i < typed->n; i++) {
        if (!begins_word(fold, typed->words[i])) {
            return false;
        }
    }
    return true;
}
