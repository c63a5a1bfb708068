/* Handlers of the pages of boards. */
#ifndef MODULES_BOARD_BOARD_PAGES_H
#define MODULES_BOARD_BOARD_PAGES_H
#include "modules/board/board_card.h"

/* What the address shows: the board, its filter, and all its cards. */
struct err board_show_fill(struct get *g, bool is_wall, struct board_show *v);

struct err board_show_get(struct get *g);
struct err board_wall_get(struct get *g);
struct err board_file_get(struct get *g);

extern const struct field board_query[], board_new_fields[], board_change_fields[], board_card_fields[],
    board_order_fields[], board_removal_fields[], board_none_fields[], board_past_fields[], board_past_query[],
    board_alert_fields[];
struct err board_new_get(struct get *g);
struct err board_new_post(struct post *p);
struct err board_edit_get(struct get *g);
struct err board_change_post(struct post *p);
struct err board_card_post(struct post *p);
struct err board_order_post(struct post *p);
struct err board_removal_post(struct post *p);
struct err board_ending_post(struct post *p);

struct err board_metrics_get(struct get *g);
struct err board_metric_get(struct get *g);
struct err board_alert_post(struct post *p);
struct err board_alerts_get(struct get *g);
struct err board_alert_removal_post(struct post *p);
struct err board_past_get(struct get *g);
struct err board_past_post(struct post *p);
struct err board_past_removal_post(struct post *p);
struct err board_forecasts_get(struct get *g);
#endif
