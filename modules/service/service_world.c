/* What answers are judged against: places, units, and the lists that the office or the program keeps. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/utf8.h"
#include "modules/org/org.h"
#include "modules/place/place.h"
#include "modules/service/service_form.h"
#include "modules/service/service_queries.h"

#include "base/banned.h"

FACTS(service_facts_lists, "modules/service/lists.tsv");
enum { LIST_CELLS = 3, NAME_LEAST = 2 };

struct world {
    struct db_read *db;
    const struct place_index *places;
};

static bool has_filter(const struct fields_item *item, struct str filter) {
    for (size_t i = 0; i < item->rule.filters.n; i++) {
        if (str_eq(item->rule.filters.at[i], filter)) {
            return true;
        }
    }
    return false;
}

static struct err rows_of_office(struct db_read *db, struct str list, struct service_choices *c) {
    struct service_list_of_row *row;
    TRY(service_list_of(db, (struct service_list_of_in){.name = list}, &row));
    struct str rest = row ? row->rows : S(""), line;
    while (str_next(&rest, '\n', &line)) {
        struct str code, label;
        bool has_label = str_cut(line, S("|"), &code, &label);
        if (str_trim(code).len) {
            LIST_ADD(db_arena(db), &c->all,
                     (struct fields_option){.value = str_trim(code), .label = str_trim(has_label ? label : code)});
        }
    }
    return OK;
}

static struct err taken_out(struct db_read *db, struct str list, struct service_choices *c) {
    struct service_taken_codes_rows rows;
    TRY(service_taken_codes(db, (struct service_taken_codes_in){.list = list}, &rows));
    size_t kept = 0;
    for (size_t i = 0; i < c->all.n; i++) {
        bool is_taken = false;
        for (size_t k = 0; k < rows.n && !is_taken; k++) {
            is_taken = str_eq(rows.at[k].code, c->all.at[i].value);
        }
        if (!is_taken) {
            c->all.at[kept++] = c->all.at[i];
        }
    }
    c->all.n = kept;
    return OK;
}

struct err service_choices_of(struct db_read *db, const struct fields_item *item, struct service_choices *c) {
    struct str rest = FACTS_STR(service_facts_lists), cell[LIST_CELLS];
    *c = (struct service_choices){0};
    TRY(rows_of_office(db, item->rule.list, c));
    while (!c->all.n && facts_next(&rest, cell, LIST_CELLS)) {
        while (str_eq(cell[0], item->rule.list)) {
            LIST_ADD(db_arena(db), &c->all, (struct fields_option){.value = cell[1], .label = cell[2]});
            if (!facts_next(&rest, cell, LIST_CELLS)) {
                break;
            }
        }
    }
    return has_filter(item, S("free")) ? taken_out(db, item->rule.list, c) : OK;
}

static bool find_place(const struct world *w, struct arena *a, struct str typed, struct fields_option *found) {
    const struct place_commune *c = place_commune(w->places, typed);
    if (!c) {
        struct place_found all = place_find(w->places, a, typed, (struct date){0});
        c = all.class == PLACE_SURE ? all.communes.at[0] : NULL;
    }
    if (c) {
        *found = (struct fields_option){.value = str_copy(a, c->code), .label = str_copy(a, c->full)};
    }
    return c != NULL;
}

/* A committee of the Front for what asks for one; otherwise any unit. */
static bool find_unit(const struct world *w, struct str typed, struct fields_option *found) {
    struct unit_id id = {0};
    struct org_unit unit;
    struct err e = org_unit_named(w->db, typed, &id);
    if (!e.why && !id.v) {
        e = org_unit_by_code(w->db, typed, &id);
    }
    if (e.why || !id.v || org_unit(w->db, id, &unit).why) {
        return false;
    }
    *found = (struct fields_option){.value = unit.code, .label = unit.name};
    return true;
}

/* Residential areas and what nobody keeps a list of are taken as people write them. */
static bool find_listed(const struct world *w, struct arena *a, const struct fields_item *item, struct str typed,
                        struct fields_option *found) {
    struct service_choices c;
    if (service_choices_of(w->db, item, &c).why) {
        return false;
    }
    struct str folded = utf8_fold(a, str_trim(typed));
    for (size_t i = 0; i < c.all.n; i++) {
        const struct fields_option *o = &c.all.at[i];
        if (str_eq(o->value, str_trim(typed)) || str_eq(utf8_fold(a, o->label), folded)) {
            *found = *o;
            return true;
        }
    }
    if (!c.all.n && !item->is_required) {
        *found = (struct fields_option){.value = str_trim(typed), .label = str_trim(typed)};
        return true;
    }
    return false;
}

static bool find(void *thing, struct arena *a, const struct fields_item *item, struct str within, struct str typed,
                 struct fields_option *found) {
    const struct world *w = thing;
    (void)within;
    if (item->kind == FIELDS_PLACE) {
        return find_place(w, a, typed, found);
    }
    if (item->kind == FIELDS_ORG || str_eq(item->rule.list, S("org"))) {
        return find_unit(w, typed, found);
    }
    if (item->kind == FIELDS_KDC || str_eq(item->rule.list, S("kdc"))) {
        *found = (struct fields_option){.value = str_trim(typed), .label = str_trim(typed)};
        return utf8_length(str_trim(typed)) >= NAME_LEAST;
    }
    return find_listed(w, a, item, typed, found);
}

struct err service_judge(struct db_read *db, const struct service_form *f, struct fields_said_list said,
                         struct fields_state **state) {
    struct arena *a = db_arena(db);
    struct world *w = arena_take(a, struct world, 1);
    struct fields_world *world = arena_take(a, struct fields_world, 1);
    *w = (struct world){.db = db, .places = place_open(a)};
    *world = (struct fields_world){.today = clock_today(), .find = find, .thing = w};
    *state = fields_judge(a, f->form, said, world);
    return OK;
}

static bool is_of_list(const struct fields_item *k) {
    return k->kind >= FIELDS_LIST && k->kind <= FIELDS_SLOT && k->kind != FIELDS_PLACE && k->kind != FIELDS_KDC &&
           k->kind != FIELDS_ORG && !str_eq(k->rule.list, S("org")) && !str_eq(k->rule.list, S("kdc"));
}

struct err service_lists_lacking(struct db_read *db, const struct service_form *f, struct str *names) {
    struct buf b = buf_in(db_arena(db));
    for (size_t i = 0; i < f->form->pages.n; i++) {
        for (size_t k = 0; k < f->form->pages.at[i].items.n; k++) {
            const struct fields_item *item = &f->form->pages.at[i].items.at[k];
            struct service_choices c;
            if (!item->is_required || !is_of_list(item)) {
                continue;
            }
            TRY(service_choices_of(db, item, &c));
            if (!c.all.n) {
                buf_put(&b, b.len ? S(", ") : S(""));
                buf_put(&b, item->label);
            }
        }
    }
    *names = buf_str(&b);
    return OK;
}
