/* Lists and counters. Both come from document_box and its kept counters: one principal's tab is one stretch of an
   index, so a list costs its own length, however long the register is. A post counts as few principals; their stretches
   are merged here. */
#include <string.h>

#include "kernel/search_here.h"
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
    size_t most;
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

/* The same columns come from both queries; their rows are of two types. */
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
#define FILTER_OF(f, l)                                                                                                \
    .type = (f)->type, .field = (f)->field, .issuer = (f)->issuer, .state = (f)->state, .unit = (f)->unit,             \
    .has_from = (f)->from.year != 0, .from_day = date_iso(db_arena((l)->db), (f)->from), .has_to = (f)->to.year != 0,  \
    .to_day = date_iso(db_arena((l)->db), (f)->to), .outcome = (f)->outcome, .today_day = (l)->today_day,              \
    .is_found = (f)->q.len != 0, .found = (l)->found, .most = (int64_t)(l)->most

/* Room for so many more rows behind those there are. */
static struct document_row *rows_room(struct listing *l, size_t more) {
    struct document_row *at = arena_take(db_arena(l->db), struct document_row, l->rows.n + more);
    for (size_t i = 0; i < l->rows.n; i++) {
        at[i] = l->rows.at[i];
    }
    l->rows.at = at;
    return at + l->rows.n;
}

static struct err add_newest(struct listing *l, int64_t principal) {
    const struct document_filter *f = l->filter;
    const struct document_place *p = l->after;
    bool begins = !p || !p->doc;
    struct document_box_newest_rows rows;
    TRY(document_box_newest(l->db,
                            (struct document_box_newest_in){.principal = principal,
                                                            .box = document_box_code(f->box),
                                                            .arrival = begins ? INT64_MAX : p->arrival,
                                                            .doc = begins ? INT64_MAX : p->doc,
                                                            .line = begins ? INT64_MAX : p->line,
                                                            FILTER_OF(f, l)},
                            &rows));
    struct document_row *to = rows_room(l, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        to[i] = ROW_OF(&rows.at[i]);
        row_finish(l, &to[i], rows.at[i].line_state);
    }
    l->rows.n += rows.n;
    return OK;
}

static struct err add_by_due(struct listing *l, int64_t principal) {
    const struct document_filter *f = l->filter;
    const struct document_place *p = l->after;
    struct arena *a = db_arena(l->db);
    bool begins = !p || !p->doc, late = f->box == DOCUMENT_BOX_LATE;
    struct document_box_by_due_rows rows;
    TRY(document_box_by_due(
        l->db,
        (struct document_box_by_due_in){.principal = principal,
                                        .due_from = late ? S("0000") : l->today_day,
                                        .due_to = date_iso(a, date_plus(l->today, late ? -1 : DOCUMENT_SOON_DAYS)),
                                        .due_day = begins ? S("") : p->due_day,
                                        .arrival = begins ? 0 : p->arrival,
                                        .doc = begins ? 0 : p->doc,
                                        .line = begins ? 0 : p->line,
                                        FILTER_OF(f, l)},
        &rows));
    struct document_row *to = rows_room(l, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        to[i] = ROW_OF(&rows.at[i]);
        row_finish(l, &to[i], rows.at[i].line_state);
    }
    l->rows.n += rows.n;
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

struct err document_list(struct db_read *db, const struct who *who, const struct document_filter *filter,
                         const struct document_place *after, struct date today, size_t limit,
                         struct document_rows *rows, bool *has_more) {
    struct listing l = {.db = db,
                        .filter = filter,
                        .after = after,
                        .today = today,
                        .today_day = date_iso(db_arena(db), today),
                        .most = limit + 1};
    bool by_due = filter->box == DOCUMENT_BOX_LATE || filter->box == DOCUMENT_BOX_SOON;
    struct access_ids principals;
    *rows = (struct document_rows){0};
    *has_more = false;
    if (filter->q.len) {
        TRY(find_words(&l, who->post, who->organ.v));
    }
    TRY(owners(db, who->post, filter->box, today, &principals));
    if (filter->box == DOCUMENT_BOX_ALL) {
        TRY(only_register(db, who, &principals));
    }
    for (size_t i = 0; i < principals.n; i++) {
        TRY(by_due ? add_by_due(&l, principals.at[i]) : add_newest(&l, principals.at[i]));
    }
    if (!l.rows.n) {
        return OK;
    }
    if (principals.n > 1) {
        qsort(l.rows.at, l.rows.n, sizeof *l.rows.at, by_due ? soonest_first : newest_first);
    }
    size_t n = 0;
    for (size_t i = 0; i < l.rows.n; i++) {
        if (n && l.rows.at[n - 1].id.v == l.rows.at[i].id.v && l.rows.at[n - 1].line == l.rows.at[i].line) {
            continue;
        }
        l.rows.at[n++] = l.rows.at[i];
    }
    *has_more = n > limit;
    *rows = (struct document_rows){l.rows.at, n > limit ? limit : n};
    return OK;
}

struct err document_box_list(struct db_read *db, const struct who *who, enum document_box box, struct date today,
                             size_t limit, struct document_rows *rows) {
    bool more;
    return document_list(db, who, &(struct document_filter){.box = box}, NULL, today, limit > 100 ? 100 : limit, rows,
                         &more);
}
