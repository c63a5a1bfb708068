/* What a check found, kept to be shown a page at a time. needs: law law_guard */
#ifndef MODULES_LAW_LAW_GUARD_KEEP_H
#define MODULES_LAW_LAW_GUARD_KEEP_H
#include "kernel/db/ids/law_check.h"
#include "modules/law/law_guard.h"

struct db_write;
struct law_finding_view;

/* In place of what an earlier try found; the check is then ready. */
struct err law_guard_keep(struct db_write *db, struct law_check_id check, const struct law_guard *out);
struct law_kept_asked {
    struct law_check_id check;
    enum law_guard_level level; /* 0: all */
    int64_t after;              /* the number of the finding before */
    int64_t most;
};
struct law_kept {
    LIST(struct law_guard_finding) findings;
    LIST(int64_t) numbers;
};
struct err law_guard_kept(struct db_read *db, const struct law_kept_asked *asked, struct law_kept *kept);
#endif
