/* Cards made of figures, and what all boards of a page share. */
#ifndef MODULES_BOARD_BOARD_CARD_H
#define MODULES_BOARD_BOARD_CARD_H
#include "modules/board/board_draw.h"

struct board_make {
    struct board_look *look;
    const struct modules *app;
    bool is_hidden; /* for eyes that may not open the records: small figures are not said */
};
/* One card, also of a metric that is gone or of a source that holds nothing: then it says so. */
struct err board_card_make(struct board_make *make, const struct board_item *item, struct board_card *out);
/* The drawings, by kind. */
struct board_part {
    struct board_make *make;
    const struct board_metric *metric;
    struct board_source *source;
    struct board_card *card;
};
struct err board_put_line(struct board_part *p);
struct err board_put_units(struct board_part *p);
struct err board_put_fields(struct board_part *p);
struct err board_put_outcomes(struct board_part *p);
struct err board_put_table(struct board_part *p);
struct err board_put_heat(struct board_part *p);
struct err board_put_map(struct board_part *p);
void board_head_add(struct arena *a, struct board_table *t, struct str head);
struct board_row *board_row_add(struct arena *a, struct board_table *t, struct str label);
void board_cell_add(struct arena *a, struct board_row *row, double value, bool is_ratio, struct link link);
void board_cell_words(struct arena *a, struct board_row *row, struct str words);

/* --- Forecasts ------------------------------------------------------------------------------------------------- */
enum { BOARD_HORIZON = 3, BOARD_YEAR_MONTHS = 12 };
struct board_outlook {
    size_t n; /* 0: none is published */
    double value[BOARD_HORIZON], low80[BOARD_HORIZON], high80[BOARD_HORIZON], low95[BOARD_HORIZON],
        high95[BOARD_HORIZON], beside;
    bool is_estimate;
};
/* What is published for the months after the last whole one of these. */
struct err board_outlook(struct db_read *db, int64_t principal, struct str metric, const struct board_months *months,
                         struct board_outlook *out);
/* Publishes what may be shown of all counts of the organ, as known at the end of the month before today's. */
struct err board_publish(struct db_write *db, const struct modules *app, int64_t organ, struct date today);
/* Looks at thresholds after this one; tells those that were crossed or ended. *last: how far it came; 0: to the end. */
struct err board_watch(struct db_write *db, const struct modules *app, int64_t after, int64_t *last);
/* Writes down what metrics mean today, where that is new. */
struct err board_define(struct db_write *db, struct arena *a, const struct modules *app, struct date today);
#endif
