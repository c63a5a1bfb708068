/* Who brings how much in, beside what a day allows. */
#include "modules/admin/admin_pages.h"

#include "kernel/config/config.h"
#include "modules/admin/admin_pages_gen.h"
#include "modules/admin/admin_queries.h"

enum { DAYS = 30 };

struct err admin_use_get(struct get *g) {
    struct admin_use_view v = {0};
    struct admin_use_rows rows;
    const struct config *config = config_here();
    if (config) {
        v.day_files = config_int(config, SET_DAY_FILES);
        v.day_bytes = config_int(config, SET_DAY_MB) * 1000000;
    }
    TRY(admin_use(g->db, (struct admin_use_in){.today = clock_today(), .since = date_plus(clock_today(), -DAYS)},
                  &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct admin_use_line line = {.files_today = rows.at[i].files_today,
                                      .bytes_today = rows.at[i].bytes_today,
                                      .files = rows.at[i].files,
                                      .bytes = rows.at[i].bytes,
                                      .waiting = rows.at[i].waiting};
        TRY(admin_person_name(g->db, rows.at[i].person, &line.name));
        LIST_ADD(g->arena, &v.lines, line);
    }
    return answer_admin_use_page(g, &v);
}
