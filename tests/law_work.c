#include "tests/law_work.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/db/db.h"
#include "modules/law/law_store_queries.h"

struct err law_work_sample(struct db_write *w, struct law_work_id id, struct str title, struct date issued) {
    struct arena *a = db_write_arena(w);
    return law_work_insert(w,
                           (struct law_work_insert_in){.id = id,
                                                       .uri = str_format(a, "/vn/%lld", (long long)id.v),
                                                       .family = S("state"),
                                                       .type = S("LUAT"),
                                                       .code = str_format(a, "%lld/2024/QH15", (long long)id.v % 1000),
                                                       .title = title,
                                                       .short_title = title,
                                                       .title_fold = utf8_fold(a, title),
                                                       .name_key = utf8_fold(a, title),
                                                       .issued_on = issued,
                                                       .issued_key = issued.year ? date_iso(a, issued) : S(""),
                                                       .effective_on = (struct date){2024, 8, 1},
                                                       .made_at = clock_now(),
                                                       .changed_at = clock_now()},
                           NULL);
}
