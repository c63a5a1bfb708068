/* Books and rows: who may do what with them, and doing it. Private to modules/register. */
#ifndef MODULES_REGISTER_REGISTER_ROW_H
#define MODULES_REGISTER_REGISTER_ROW_H
#include "kernel/db/db.h"
#include "kernel/db/ids/register_book.h"
#include "kernel/db/ids/register_row.h"
#include "modules/register/register_queries.h"
#include "modules/register/register_type.h"

/* What a post has of one register. */
struct register_book_seen {
    struct register_book_id id;
    int64_t owner;
    struct str name; /* of the organ */
    int64_t n_rows;
    bool may_write;
};
struct register_seat {
    LIST(struct register_book_seen) books; /* those it may read, by the names of their organs */
    struct register_book_id own;           /* of its organ; 0: none is made yet */
    bool may_write;                        /* in its organ's own book, made or to be made */
    int64_t n_rows;                        /* of all books */
};
/* MISSING when the post has nothing of this register. */
struct err register_seat(struct db_read *db, const struct who *who, const struct register_head *head,
                         struct register_seat *seat);
const struct register_book_seen *register_book_seen(const struct register_seat *seat, int64_t book);
/* The organ's book, made with its rights when there is none. */
struct err register_book_open(struct db_write *db, const struct register_head *head, int64_t owner,
                              struct register_book_id *book);

/* What somebody wrote about a row. */
struct register_words {
    struct fields_state *state; /* judged, without faults */
    struct str why;
    struct date valid_on;
    int64_t version; /* what the person had before them; 0: a new one */
    struct str act;  /* in register_past */
    int64_t post;
};
/* Finds a row the post may read: MISSING otherwise. may: bits of enum can. */
struct err register_row_find(struct db_read *db, const struct who *who, int64_t id, struct register_row_by_id_row **row,
                             unsigned *may);
struct err register_row_add(struct db_write *db, const struct register_type *type, struct register_book_id book,
                            const struct register_words *words, struct register_row_id *id);
/* *changed false: the version was not that one. The row is there (put back) or removed as is_gone says. */
struct err register_row_write(struct db_write *db, const struct register_type *type,
                              const struct register_row_by_id_row *row, const struct register_words *words,
                              bool is_gone, bool *changed);
/* A row of the book that says it is the same thing, other than `not`; 0: none. */
struct err register_row_same(struct db_read *db, struct register_book_id book, struct str key, int64_t not,
                             struct register_row_keyed_row **row);
/* Told to the charts and the index; the trail says it once a row (is_noted) or once a sheet. */
struct err register_row_tell(struct db_write *db, struct str verb, int64_t row, bool is_noted);
#endif
