/* Lists and counters. Both come from document_box and its kept counters: one principal's tab is one stretch of an
   index, so a list costs its own length, however long the register is. A post counts as few principals; their stretches
   are merged here. */
#include <string.h>

#include "kernel/index/here.h"
#include "modules/document/document_rules.h"

#include "base/num.h"

enum { FOUND_MOST = 500 };

static enum document_box box_of(struct str code, struct str due_day, struct str today, struct str soon) {
    enum document_box box = DOCUMENT_BOX_ALL;
    if (!str_eq(code, S("due"))) {
        return document_box_of_code(code, &box) ? box : DOCUMENT_BOXES;
    }
    return str_cmp(due_day, today) < 0   ? DOCUMENT_BOX_LATE
           : str_cmp(due_day, soon) <= 0 ? DOCUMENT_BOX_SOON
                                         : DOCUMENT_BOXES;
}

struct err document_counts(struct db_read *db, struct post_id post, struct date today, struct document_counts *counts) {
    struct arena *a = db_arena(db);
    struct document_counts_of_rows kept;
    struct str day = date_iso(a, today), soon = date_iso(a, date_plus(today, DOCUMENT_SOON_DAYS));
    *counts = (struct document_counts){0};
    TRY(document_counts_of(db, (struct document_counts_of_in){post.v}, &kept));
    for (size_t i = 0; i < kept.n; i++) {
        enum document_box box = box_of(kept.at[i].box, kept.at[i].due_day, day, soon);
        if (box < DOCUMENT_BOXES) {
            counts->n[box] += kept.at[i].n;
        }
    }
    return OK;
}

/* The principals of the post that have anything in the tab. */
static struct err owners(struct db_read *db, struct post_id post, enum document_box wanted, struct date today,
                         struct access_ids *found) {
    struct arena *a = db_arena(db);
    struct document_counts_of_rows kept;
    struct str day = date_iso(a, today), soon = date_iso(a, date_plus(today, DOCUMENT_SOON_DAYS));
    TRY(document_counts_of(db, (struct document_counts_of_in){post.v}, &kept));
    found->at = arena_take(a, int64_t, kept.n + 1);
    found->n = 0;
    for (size_t i = 0; i < kept.n; i++) {
        bool known = box_of(kept.at[i].box, kept.at[i].due_day, day, soon) != wanted;
        for (size_t k = 0; k < found->n; k++) {
            known = known || found->at[k] == kept.at[i].principal;
        }
        if (!known) {
            found->at[found->n++] = kept.at[i].principal;
        }
    }
    return OK;
}

/* Clerks and leaders are given every document of their organ as a group: its rows are the whole register, each document
 * once. */
static struct err only_register(struct db_read *db, const struct who *who, struct access_ids *found) {
    int64_t group = 0;
    if (!(who->roles & (ROLE_CLERK | ROLE_LEADER))) {
        return OK;
    }
    TRY(org_group(db, who->organ, who->roles & ROLE_CLERK ? ROLE_CLERK : ROLE_LEADER, &group));
    for (size_t i = 0; i < found->n; i++) {
        if (found->at[i] == group) {
            *found = (struct access_ids){&found->at[i], 1};
        }
    }
    return OK;
}

struct listing {
    struct db_read *db;
    const struct document_filter *filter;
    const struct document_place *after;
    struct date today;
    struct str today_day;
    struct db_ids found;
    int64_t most;
    LIST(struct document_row) rows;
};

static void row_finish(const struct listing *l, struct document_row *row, struct str line_state) {
    bool open = row->line ? (str_eq(line_state, S("waiting")) || str_eq(line_state, S("working"))) &&
                                !str_eq(row->role, S("inform"))
                          : document_is_open(row->state);
    if (row->line) {
        row->state = line_state;
    }
    if (row->due_on.year) {
        row->days = date_number(row->due_on) - date_number(l->today);
        row->is_late = open && row->days < 0;
        row->is_soon = open && row->days >= 0 && row->days <= DOCUMENT_SOON_DAYS;
    }
}

/* Room for so many more rows behind those there are. */
static struct document_row *rows_room(struct listing *l, size_t more) {
    struct document_row *at = arena_take(db_arena(l->db), struct document_row, l->rows.n + more);
    for (size_t i = 0; i < l->rows.n; i++) {
        at[i] = l->rows.at[i];
    }
    l->rows.at = at;
    return at + l->rows.n;
}

/* The same columns come from all four queries; their rows are of four types. */
#define ROW_OF(r)                                                                                                      \
    ((struct document_row){.id = (r)->id,                                                                              \
                           .line = (r)->line,                                                                          \
                           .subject = (r)->subject,                                                                    \
                           .code = (r)->code,                                                                          \
                           .type = (r)->type,                                                                          \
                           .issuer = (r)->issuer,                                                                      \
                           .field = (r)->field,                                                                        \
                           .state = (r)->state,                                                                        \
                           .role = (r)->role,                                                                          \
                           .lead_name = (r)->lead_name,                                                                \
                           .priority = (r)->priority,                                                                  \
                           .arrival_no = (r)->arrival_no,                                                              \
                           .arrival_on = (r)->arrival_on,                                                              \
                           .issued_on = (r)->issued_on,                                                                \
                           .signer = (r)->signer,                                                                      \
                           .note = (r)->note,                                                                          \
                           .due_on = (r)->line ? (r)->line_due_on : (r)->due_on,                                       \
                           .done_on = (r)->line ? (r)->line_done_on : (r)->done_on,                                    \
                           .is_new = (r)->is_new,                                                                      \
                           .arrival = (r)->arrival})
#define ROWS_ADD(l, found)                                                                                             \
    do {                                                                                                               \
        struct document_row *to_ = rows_room((l), (found)->n);                                                         \
        for (size_t i_ = 0; i_ < (found)->n; i_++) {                                                                   \
            to_[i_] = ROW_OF(&(found)->at[i_]);                                                                        \
            row_finish((l), &to_[i_], (found)->at[i_].line_state);                                                     \
        }                                                                                                              \
        (l)->rows.n += (found)->n;                                                                                     \
    } while (0)
#define FILTER_OF(f, l)                                                                                                \
    .type = (f)->type, .field = (f)->field, .issuer = (f)->issuer, .state = (f)->state, .unit = (f)->unit,             \
    .has_from = (f)->from.year != 0, .from_day = date_iso(db_arena((l)->db), (f)->from), .has_to = (f)->to.year != 0,  \
    .to_day = date_iso(db_arena((l)->db), (f)->to), .outcome = (f)->outcome, .today_day = (l)->today_day,              \
    .is_found = (f)->q.len != 0, .found = (l)->found

bool document_is_filtered(const struct document_filter *f) {
    return f->q.len || f->type.len || f->field.len || f->issuer.len || f->state.len || f->outcome.len || f->unit ||
           f->from.year || f->to.year;
}

static struct err add_newest(struct listing *l, int64_t principal) {
    const struct document_filter *f = l->filter;
    struct document_place from = {.arrival = INT64_MAX, .doc = INT64_MAX, .line = INT64_MAX};
    struct str box = document_box_code(f->box);
    if (l->after->doc) {
        from = *l->after;
    }
    if (!document_is_filtered(f)) {
        struct document_box_newest_rows rows;
        TRY(document_box_newest(l->db,
                                (struct document_box_newest_in){.principal = principal,
                                                                .box = box,
                                                                .arrival = from.arrival,
                                                                .doc = from.doc,
                                                                .line = from.line,
                                                                .most = l->most},
                                &rows));
        ROWS_ADD(l, &rows);
        return OK;
    }
    struct document_box_newest_filtered_rows rows;
    TRY(document_box_newest_filtered(l->db,
                                     (struct document_box_newest_filtered_in){.principal = principal,
                                                                              .box = box,
                                                                              .arrival = from.arrival,
                                                                              .doc = from.doc,
                                                                              .line = from.line,
                                                                              .most = l->most,
                                                                              FILTER_OF(f, l)},
                                     &rows));
    ROWS_ADD(l, &rows);
    return OK;
}

static struct err add_by_due(struct listing *l, int64_t principal) {
    const struct document_filter *f = l->filter;
    bool late = f->box == DOCUMENT_BOX_LATE;
    struct document_place after = {.due_day = S("")};
    struct str from = late ? S("0000") : l->today_day;
    struct str to = date_iso(db_arena(l->db), date_plus(l->today, late ? -1 : DOCUMENT_SOON_DAYS));
    if (l->after->doc) {
        after = *l->after;
    }
    if (!document_is_filtered(f)) {
        struct document_box_by_due_rows rows;
        TRY(document_box_by_due(l->db,
                                (struct document_box_by_due_in){.principal = principal,
                                                                .due_from = from,
                                                                .due_to = to,
                                                                .due_day = after.due_day,
                                                                .arrival = after.arrival,
                                                                .doc = after.doc,
                                                                .line = after.line,
                                                                .most = l->most},
                                &rows));
        ROWS_ADD(l, &rows);
        return OK;
    }
    struct document_box_by_due_filtered_rows rows;
    TRY(document_box_by_due_filtered(l->db,
                                     (struct document_box_by_due_filtered_in){.principal = principal,
                                                                              .due_from = from,
                                                                              .due_to = to,
                                                                              .due_day = after.due_day,
                                                                              .arrival = after.arrival,
                                                                              .doc = after.doc,
                                                                              .line = after.line,
                                                                              .most = l->most,
                                                                              FILTER_OF(f, l)},
                                     &rows));
    ROWS_ADD(l, &rows);
    return OK;
}

static int by_number(int64_t x, int64_t y) { return (x > y) - (x < y); }

static int newest_first(const void *x, const void *y) {
    const struct document_row *a = x, *b = y;
    int c = by_number(b->arrival, a->arrival);
    c = c ? c : by_number(b->id.v, a->id.v);
    return c ? c : by_number(b->line, a->line);
}

static int soonest_first(const void *x, const void *y) {
    const struct document_row *a = x, *b = y;
    int c = date_cmp(a->due_on, b->due_on);
    c = c ? c : by_number(a->arrival, b->arrival);
    c = c ? c : by_number(a->id.v, b->id.v);
    return c ? c : by_number(a->line, b->line);
}

/* Words are looked up in the index, under the same rights; a bare number is also the arrival number. */
static struct err find_words(struct listing *l, struct post_id post, int64_t organ) {
    struct arena *a = db_arena(l->db);
    LIST(int64_t) ids = {0};
    int64_t number;
    if (num_read_between(l->filter->q, 1, INT64_C(99999999), &number)) {
        struct document_by_arrival_rows rows;
        TRY(document_by_arrival(l->db, (struct document_by_arrival_in){.organ = organ, .arrival_no = number}, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            LIST_ADD(a, &ids, rows.at[i].id.v);
        }
    }
    struct str kind = S("document");
    for (size_t after = 0; after < FOUND_MOST; after += 100) {
        struct search_query q = {
            .text = l->filter->q, .kinds = {&kind, 1}, .limit = 100, .after = after, .is_strict = true};
        struct search_result found = {0};
        TRY(search_as(l->db, post.v, &q, &found));
        for (size_t i = 0; i < found.hits.n && !found.is_near; i++) {
            LIST_ADD(a, &ids, found.hits.at[i].record);
        }
        if (found.hits.n < 100) {
            break;
        }
    }
    l->found = (struct db_ids){ids.at, ids.n};
    return OK;
}

/* A document in the stretches of two principals stands there twice, side by side once sorted. */
static size_t rows_once(struct document_row *rows, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (!kept || rows[kept - 1].id.v != rows[i].id.v || rows[kept - 1].line != rows[i].line) {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

struct err document_list(struct db_read *db, const struct who *who, const struct document_list_asked *asked,
                         struct document_rows *rows, bool *has_more) {
    const struct document_filter *filter = asked->filter;
    struct listing l = {.db = db,
                        .filter = filter,
                        .after = &asked->after,
                        .today = asked->today,
                        .today_day = date_iso(db_arena(db), asked->today),
                        .most = (int64_t)asked->limit + 1};
    bool by_due = filter->box == DOCUMENT_BOX_LATE || filter->box == DOCUMENT_BOX_SOON;
    struct access_ids principals;
    *rows = (struct document_rows){0};
    *has_more = false;
    if (filter->q.len) {
        TRY(find_words(&l, who->post, who->organ.v));
    }
    TRY(owners(db, who->post, filter->box, asked->today, &principals));
    if (filter->box == DOCUMENT_BOX_ALL) {
        TRY(only_register(db, who, &principals));
    }
    for (size_t i = 0; i < principals.n; i++) {
        TRY(by_due ? add_by_due(&l, principals.at[i]) : add_newest(&l, principals.at[i]));
    }
    size_t n = l.rows.n;
    if (n && principals.n > 1) {
        list_sort(l.rows.at, n, sizeof *l.rows.at, by_due ? soonest_first : newest_first);
        n = rows_once(l.rows.at, n);
    }
    *has_more = n > asked->limit;
    *rows = (struct document_rows){l.rows.at, *has_more ? asked->limit : n};
    return OK;
}

struct err document_box_list(struct db_read *db, const struct who *who, enum document_box box, struct date today,
                             size_t limit, struct document_rows *rows) {
    bool more;
    const struct document_filter filter = {.box = box};
    return document_list(
        db, who, &(struct document_list_asked){.filter = &filter, .today = today, .limit = limit > 100 ? 100 : limit},
        rows, &more);
}
