/* Lists that several pages of a meeting show. Private. */
#ifndef MODULES_MEETING_MEETING_PARTS_H
#define MODULES_MEETING_MEETING_PARTS_H
#include "kernel/http/http.h"
#include "modules/meeting/meeting_inside.h"
#include "modules/meeting/meeting_view.h"

struct meeting_agenda_lines {
    struct meeting_agenda_line *at;
    size_t n;
};
struct meeting_paper_lines {
    struct meeting_paper_line *at;
    size_t n;
};
struct meeting_vote_lines {
    struct meeting_vote_line *at;
    size_t n;
};
struct meeting_conclusion_lines {
    struct meeting_conclusion_line *at;
    size_t n;
};
/* Into a view's list of the same lines. */
#define MEETING_LIST(to_, from_) ((to_).at = (from_).at, (to_).n = (from_).n)

struct err meeting_agenda_fill(struct get *g, const struct meeting_seen *seen, struct meeting_agenda_lines *lines);
struct err meeting_papers_fill(struct get *g, const struct meeting_seen *seen, struct meeting_paper_lines *lines);
struct err meeting_votes_fill(struct get *g, const struct meeting_seen *seen, struct meeting_vote_lines *lines);
struct err meeting_conclusions_fill(struct get *g, const struct meeting_seen *seen,
                                    struct meeting_conclusion_lines *lines, bool *has_waiting);
bool meeting_sees_papers(const struct meeting_seen *seen);
struct str meeting_hours(struct arena *a, const struct meeting_find_row *m); /* "08:30 – 11:00" */
struct str meeting_where(const struct meeting_find_row *m);
/* "08:24", or of what has run out "-01:10". */
struct str meeting_left_words(struct arena *a, int64_t until, int64_t now);
#endif
