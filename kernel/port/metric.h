/* Metrics: what of a business is counted. A source is one kind of record, counted once each; its metrics are made of
   how its records stand. modules/chart keeps the figures, draws them, and opens the records behind each under the
   reader's rights; who brings a source needs nothing of it. */
#ifndef KERNEL_PORT_METRIC_H
#define KERNEL_PORT_METRIC_H
#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/page/html.h"

/* How a counted record stands. */
enum metric_outcome {
    METRIC_ON_TIME = 1, /* done by its deadline */
    METRIC_LATE = 2,    /* done after it */
    METRIC_DONE = 4,    /* done, without a deadline */
    METRIC_OVERDUE = 8, /* open, and past its deadline */
    METRIC_WAITING = 16 /* open, not past it */
};
enum { METRIC_OUTCOMES = 5, METRIC_EVERY = 31, METRIC_OPEN = METRIC_OVERDUE | METRIC_WAITING };

enum metric_kind {
    METRIC_COUNT = 1, /* of the records of the period */
    METRIC_STOCK,     /* of those that stand so now */
    METRIC_RATIO,     /* of two counts: opens both lists */
};
enum metric_good { METRIC_NEUTRAL = 0, METRIC_UP, METRIC_DOWN }; /* which way is better */

struct metric {
    struct str code;       /* "VB.DUNG_HAN": never another meaning */
    struct str title;      /* Vietnamese */
    struct str definition; /* what exactly is counted */
    struct str unit;       /* "văn bản", "%" */
    enum metric_kind kind;
    unsigned of;  /* enum metric_outcome together: what is counted */
    unsigned per; /* of a ratio: of how many */
    enum metric_good good;
    /* A figure of fewer is not given to who may not open the records behind it; 0: none is small. The charts show each
     * only what may be opened. */
    int least;
    bool has_target; /* the figure wished for: of a ratio in percent; at least it, or at most where down is good */
    int64_t target;
};

/* One record as it is counted now. */
struct metric_part {
    int64_t readers_of;  /* the record whose readers may read it; 0: itself */
    struct date day_on;  /* the day it belongs to */
    struct str field;    /* code of the source's own dimension; empty: not said */
    int64_t unit;        /* who has it; 0: nobody yet */
    struct str commune;  /* code of the commune it is about; empty: that of the unit's organ */
    struct date due_on;  /* {0}: no deadline */
    struct date done_on; /* {0}, and not open: done by its deadline */
    bool is_open;
};

/* One record as the list behind a figure shows it. */
struct metric_line {
    struct link link;
    struct str number, title, from, who; /* its number; what it is; of whom; who has it */
    int64_t book_no;                     /* in its register; 0: none */
    bool is_there;                       /* false: no more */
};

/* A column of the list as a file; the day stands before them, field, deadline and outcome after. */
enum metric_cell { METRIC_BOOK_NO = 1, METRIC_NUMBER, METRIC_TITLE, METRIC_FROM, METRIC_WHO };
struct metric_column {
    enum metric_cell cell;
    struct str title;
    double width; /* characters */
};

struct metric_word {
    struct str code, name;
};

/* One kind of record that is counted. A table of these ends with an empty code. */
struct metric_source {
    int order; /* among all, small first: the charts open with the first */
    struct str
        code; /* of its addresses, /chart/document, and first word of the events after which one is counted anew */
    struct str title;    /* "Văn bản đến" */
    struct str heading;  /* "Thống kê văn bản đến" */
    struct str source;   /* where the figures come from: "Sổ văn bản đến" */
    struct str list;     /* what the list behind a figure is called: "Văn bản sau con số" */
    struct str none;     /* said when nothing was counted */
    struct str all;      /* what the sum is called: "Đã vào sổ" */
    struct str by_unit;  /* "Theo đơn vị chủ trì" */
    struct str by_field; /* "Theo lĩnh vực" */
    struct str field;    /* "Lĩnh vực" */
    struct str day;      /* "Ngày đến" */
    struct str period;   /* before the days: "đến từ" */
    struct str file;     /* name of what is exported, without its ending: "van-ban-den" */
    /* The i-th value of its own dimension, false after the last; NULL: it has none. */
    bool (*field_at)(size_t i, struct metric_word *word);
    const struct metric *metrics;        /* ended by an empty code */
    const struct metric_column *columns; /* ended by a 0 cell */
    /* How one record is counted; *is_counted false when it is not (a draft, a void one, one that is no more). */
    struct err (*load)(struct db_read *db, int64_t record, struct metric_part *part, bool *is_counted);
    /* Ids of counted records greater than after, ascending, at most limit: for making the figures anew. */
    struct err (*each)(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids);
    /* Of what stands on records of any kind and is read by who may read those, as a task on a document: the counted
       ones of a record, which are counted anew after each event of it. NULL: each is a record itself. */
    struct err (*counted_of)(struct db_read *db, int64_t record, struct db_ids *ids);
    /* lines[i] for ids.at[i], in one query. */
    struct err (*lines)(struct db_read *db, struct db_ids ids, struct metric_line *lines);
};
#endif
