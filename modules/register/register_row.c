#include "modules/register/register_row.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/fill/fill.h"
#include "kernel/queue/event.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "kernel/rights/touch.h"
#include "modules/org/org.h"

#include "base/banned.h"

enum { WORDS_MOST = 40, WORD_BYTES = 60 };

/* --- Who --- */
static bool is_scope(struct str scope, const struct org_unit *organ) {
    bool is_front = str_eq(organ->kind, S("front")), is_city = str_eq(organ->level, S("city"));
    if (str_eq(scope, S("front"))) {
        return is_front;
    }
    if (str_eq(scope, S("union"))) {
        return str_eq(organ->kind, S("union"));
    }
    return is_front && is_city == str_eq(scope, S("city"));
}

/* The unit of the city that is in charge: "MT31-PT". In a commune it is the whole organ. */
static struct err keeper(struct db_read *db, const struct register_head *head, const struct org_unit *organ,
                         int64_t *unit) {
    struct unit_id board = {0};
    if (str_eq(organ->level, S("city")) && str_eq(organ->kind, S("front"))) {
        struct str code = str_format(db_arena(db), "%.*s-%.*s", STR_ARG(organ->code), STR_ARG(head->board));
        TRY(org_unit_by_code(db, code, &board));
    }
    *unit = board.v ? board.v : organ->id.v;
    return OK;
}

/* Whether the post's own organ keeps such a book and the post writes in it. */
static struct err may_keep(struct db_read *db, const struct who *who, const struct register_head *head, bool *may) {
    struct org_unit organ;
    int64_t unit;
    *may = false;
    if (!who->organ.v || !(who->roles & (ROLE_CLERK | ROLE_OFFICER | ROLE_HEAD))) {
        return OK;
    }
    TRY(org_unit(db, who->organ, &organ));
    if (!is_scope(head->scope, &organ)) {
        return OK;
    }
    TRY(keeper(db, head, &organ, &unit));
    return access_post_wears(db, who->post.v, unit, may);
}

static int by_name(const void *x, const void *y, void *arena) {
    const struct register_book_seen *a = x, *b = y;
    int c = str_cmp(utf8_sort_key(arena, a->name), utf8_sort_key(arena, b->name));
    return c ? c : (a->id.v > b->id.v) - (a->id.v < b->id.v);
}

struct err register_seat(struct db_read *db, const struct who *who, const struct register_head *head,
                         struct register_seat *seat) {
    struct register_books_seen_rows rows;
    *seat = (struct register_seat){0};
    TRY(may_keep(db, who, head, &seat->may_write));
    TRY(register_books_seen(
        db, (struct register_books_seen_in){.post = who->post.v, .type = head->code, .today = clock_today()}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_own = rows.at[i].owner.v == who->organ.v;
        LIST_ADD(db_arena(db), &seat->books,
                 (struct register_book_seen){.id = rows.at[i].id,
                                             .owner = rows.at[i].owner.v,
                                             .name = rows.at[i].short_name,
                                             .n_rows = rows.at[i].n_rows,
                                             .may_write = is_own && seat->may_write && rows.at[i].manage});
        seat->own = is_own ? rows.at[i].id : seat->own;
        seat->n_rows += rows.at[i].n_rows;
    }
    list_sort_with(seat->books.at, seat->books.n, sizeof *seat->books.at, by_name, db_arena(db));
    return seat->books.n || seat->may_write ? OK : FAIL(ERR_MISSING, "nothing of this register for this post");
}

const struct register_book_seen *register_book_seen(const struct register_seat *seat, int64_t book) {
    for (size_t i = 0; i < seat->books.n; i++) {
        if (seat->books.at[i].id.v == book) {
            return &seat->books.at[i];
        }
    }
    return NULL;
}

static struct err give(struct db_write *db, int64_t book, int64_t principal, unsigned can) {
    return access_give(
        db, &(struct access_grant_new){.kind = S("register"), .record = book, .principal = principal, .can = can});
}

/* The city above reads the rows of its field: the board in charge and the leaders. */
static struct err readers_give(struct db_write *db, const struct register_head *head, const struct org_unit *organ,
                               int64_t book) {
    struct db_read *read = db_reading(db);
    struct org_unit city = *organ;
    int64_t board, leaders;
    if (!str_eq(organ->kind, S("front"))) {
        return OK;
    }
    if (!str_eq(organ->level, S("city"))) {
        if (!organ->parent.v) {
            return OK;
        }
        TRY(org_unit(read, organ->parent, &city));
    }
    TRY(keeper(read, head, &city, &board));
    TRY(org_group(read, city.id, ROLE_LEADER, &leaders));
    TRY(give(db, book, leaders, CAN_READ));
    return board == city.id.v ? OK : give(db, book, board, CAN_READ);
}

struct err register_book_open(struct db_write *db, const struct register_head *head, int64_t owner,
                              struct register_book_id *book) {
    struct register_book_of_row *row;
    struct org_unit organ;
    int64_t unit;
    TRY(register_book_of(db_reading(db), (struct register_book_of_in){.type = head->code, .owner = {owner}}, &row));
    if (row) {
        *book = row->id;
        return OK;
    }
    *book = (struct register_book_id){id_new()};
    TRY(org_unit(db_reading(db), (struct unit_id){owner}, &organ));
    TRY(register_book_add(
        db, (struct register_book_add_in){.id = *book, .type = head->code, .owner = {owner}, .made_at = clock_now()},
        NULL));
    TRY(keeper(db_reading(db), head, &organ, &unit));
    TRY(give(db, book->v, unit, CAN_READ | CAN_MANAGE));
    return readers_give(db, head, &organ, book->v);
}

struct err register_row_find(struct db_read *db, const struct who *who, int64_t id, struct register_row_by_id_row **row,
                             unsigned *may) {
    TRY(register_row_by_id(db, (struct register_row_by_id_in){.id = id}, row));
    if (!*row) {
        return FAIL(ERR_MISSING, "no such row");
    }
    TRY(access_bits(db, (*row)->book.v, who->post.v, may));
    return *may & CAN_READ ? OK : FAIL(ERR_MISSING, "a row of a book this post may not read");
}

/* --- Writing --- */
static struct err words_put(struct db_write *db, const struct register_type *type, struct register_row_id row,
                            const struct fields_state *s) {
    size_t n = 0;
    for (size_t i = 0; i < type->page->items.n; i++) {
        const struct fields_answer *x = &s->all.at[i];
        enum fields_kind kind = x->item->kind;
        if (x->item->pd > FIELDS_BASIC || !x->text.len || register_is_number(kind) || kind == FIELDS_BOOL) {
            continue;
        }
        struct str rest = utf8_fold(s->arena, fields_shown(s->arena, x)), word;
        while (n < WORDS_MOST && str_next(&rest, ' ', &word)) {
            word = utf8_cut(str_trim(word), WORD_BYTES);
            if (word.len) {
                TRY(register_word_put(db, (struct register_word_put_in){.row = row, .word = word}, NULL));
                n++;
            }
        }
    }
    return OK;
}

static struct err values_put(struct db_write *db, const struct register_type *type, struct register_book_id book,
                             struct register_row_id row, const struct fields_state *s) {
    for (size_t i = 0; i < type->page->items.n; i++) {
        const struct fields_answer *x = &s->all.at[i];
        struct str sort = register_sort(s->arena, x);
        if (register_is_number(x->item->kind) && x->text.len) {
            TRY(register_value_put(db,
                                   (struct register_value_put_in){.row = row,
                                                                  .field = x->item->name,
                                                                  .book = book,
                                                                  .type = type->head.code,
                                                                  .sort = sort,
                                                                  .number = x->number},
                                   NULL));
        } else {
            TRY(register_value_put_word(
                db,
                (struct register_value_put_word_in){
                    .row = row, .field = x->item->name, .book = book, .type = type->head.code, .sort = sort},
                NULL));
        }
    }
    return words_put(db, type, row, s);
}

static struct err past_put(struct db_write *db, const struct register_type *type, struct register_row_id row,
                           int64_t version, const struct register_words *w, struct str answers) {
    return register_past_add(db,
                             (struct register_past_add_in){.row = row,
                                                           .version = version,
                                                           .act = w->act,
                                                           .answers = answers,
                                                           .type_version = type->form->version,
                                                           .why = w->why,
                                                           .valid_on = w->valid_on,
                                                           .post = w->post,
                                                           .recorded_at = clock_now()},
                             NULL);
}

struct err register_row_add(struct db_write *db, const struct register_type *type, struct register_book_id book,
                            const struct register_words *w, struct register_row_id *id) {
    struct str answers = fill_json(w->state->arena, w->state);
    *id = (struct register_row_id){id_new()};
    TRY(register_row_insert(db,
                            (struct register_row_insert_in){.id = *id,
                                                            .book = book,
                                                            .type = type->head.code,
                                                            .key_sum = register_key(type, w->state),
                                                            .title = register_title(type, w->state),
                                                            .answers = answers,
                                                            .type_version = type->form->version,
                                                            .made_by = w->post,
                                                            .made_at = clock_now()},
                            NULL));
    TRY(values_put(db, type, book, *id, w->state));
    TRY(register_book_grow(db, (struct register_book_grow_in){.more = 1, .id = book}, NULL));
    return past_put(db, type, *id, 1, w, answers);
}

struct err register_row_write(struct db_write *db, const struct register_type *type,
                              const struct register_row_by_id_row *row, const struct register_words *w, bool is_gone,
                              bool *changed) {
    struct str answers = fill_json(w->state->arena, w->state);
    int64_t n = 0;
    TRY(register_row_update(db,
                            (struct register_row_update_in){.key_sum = register_key(type, w->state),
                                                            .title = register_title(type, w->state),
                                                            .answers = answers,
                                                            .type_version = type->form->version,
                                                            .is_gone = is_gone,
                                                            .changed_at = clock_now(),
                                                            .id = row->id,
                                                            .version = w->version},
                            &n));
    *changed = n == 1;
    if (!*changed) {
        return OK;
    }
    TRY(register_values_drop(db, (struct register_values_drop_in){.row = row->id}, NULL));
    TRY(register_words_drop(db, (struct register_words_drop_in){.row = row->id}, NULL));
    if (!is_gone) {
        TRY(values_put(db, type, row->book, row->id, w->state));
    }
    if (is_gone != row->is_gone) {
        TRY(register_book_grow(db, (struct register_book_grow_in){.more = is_gone ? -1 : 1, .id = row->book}, NULL));
    }
    return past_put(db, type, row->id, w->version + 1, w, answers);
}

struct err register_row_same(struct db_read *db, struct register_book_id book, struct str key, int64_t not,
                             struct register_row_keyed_row **row) {
    struct register_row_keyed_rows rows = {0};
    *row = NULL;
    if (!key.len || !book.v) {
        return OK;
    }
    TRY(register_row_keyed(db, (struct register_row_keyed_in){.book = book, .key_sum = key}, &rows));
    for (size_t i = 0; i < rows.n && !*row; i++) {
        *row = rows.at[i].id.v == not ? NULL : &rows.at[i];
    }
    return OK;
}

struct err register_row_tell(struct db_write *db, struct str verb, int64_t row, bool is_noted) {
    if (is_noted) {
        return act_done(db, &(struct act){.verb = verb, .kind = S("register"), .record = row});
    }
    TRY(search_touch(db, S("register"), row));
    return event_emit(db, &(struct event){.kind = verb, .record = row});
}
