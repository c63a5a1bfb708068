/* The work side's handlers and forms, for the routes. */
#ifndef MODULES_PORTAL_PORTAL_WORK_H
#define MODULES_PORTAL_PORTAL_WORK_H
#include "kernel/http/http.h"
#include "kernel/page/form.h"
#include "modules/portal/portal.h"
#include "modules/portal/portal_view.h"

enum { PORTAL_PICTURE_MOST = 12 * 1024 * 1024, PORTAL_BODY_MOST = 13 * 1024 * 1024 };

extern const struct field portal_work_query[], portal_edit_fields[], portal_new_fields[];
extern const struct field portal_submission_fields[], portal_reason_fields[], portal_approval_fields[],
    portal_withdrawal_fields[], portal_version_fields[];

struct err portal_work_get(struct get *g);
struct err portal_show_get(struct get *g);
struct err portal_preview_get(struct get *g);
struct err portal_work_picture_get(struct get *g);
struct err portal_new_get(struct get *g);
struct err portal_new_post(struct post *p);
struct err portal_edit_get(struct get *g);
struct err portal_edit_post(struct post *p);
/* An act is the last word of its address. */
struct err portal_act_post(struct post *p);

/* What the state of an article is called, and the colour of its label. */
struct str portal_state_name(struct str state, struct str stage);
struct str portal_state_tone(struct str state, struct str stage);

/* The boxes of the list, in the order of its tabs. */
enum portal_box {
    PORTAL_BOX_DRAFT,
    PORTAL_BOX_RETURNED,
    PORTAL_BOX_SUBMITTED,
    PORTAL_BOX_APPROVED,
    PORTAL_BOX_LIVE,
    PORTAL_BOX_WITHDRAWN,
    PORTAL_BOX_ASKED,
    PORTAL_BOX_PROPOSED,
    PORTAL_BOXES
};
struct portal_lines {
    struct portal_line *at;
    size_t n;
    int64_t older; /* the last one's id when there are more, else 0 */
};
struct portal_box_asked {
    enum portal_box box;
    int64_t before; /* ids below it; INT64_MAX: from the beginning */
    size_t most;
};
struct err portal_box_read(struct db_read *db, const struct who *who, const struct portal_box_asked *asked,
                           struct portal_lines *lines);
/* How many stand in each box that is counted; of the others -1. */
struct err portal_box_counts(struct db_read *db, const struct who *who, int64_t counts[PORTAL_BOXES]);
/* Whether the post is of the city's committee. */
struct err portal_is_city(struct db_read *db, const struct who *who, bool *is_city);
#endif
