/* For the administrator: what was brought in, when, and which records were refused and why. */
#include "kernel/db/db.h"
#include "modules/law/law_import_pages.h"
#include "modules/law/law_import_queries.h"
#include "modules/law/law_import_view.h"
#include "modules/law/law_pages_gen.h"

enum { REJECTS_MOST = 1000 };

static struct str state_words(struct str state) {
    return str_eq(state, S("running"))   ? S("Đang nhập")
           : str_eq(state, S("stopped")) ? S("Dừng giữa chừng")
           : str_eq(state, S("failed"))  ? S("Hỏng")
                                         : S("Đã xong");
}

/* Rows of both queries. */
#define ITEM_OF(arena_, row)                                                                                           \
    ((struct law_import_item){.link = link_local((arena_), "/law/import/%lld", (long long)(row)->id.v),                \
                              .name = (row)->name,                                                                     \
                              .state = state_words((row)->state),                                                      \
                              .words = (row)->words,                                                                   \
                              .began_at = (row)->began_at,                                                             \
                              .ended_at = (row)->ended_at,                                                             \
                              .position = (row)->position,                                                             \
                              .total = (row)->total,                                                                   \
                              .accepted = (row)->accepted,                                                             \
                              .unchanged = (row)->unchanged,                                                           \
                              .rejected = (row)->rejected,                                                             \
                              .is_running = str_eq((row)->state, S("running")),                                        \
                              .is_bad = str_eq((row)->state, S("stopped")) || str_eq((row)->state, S("failed"))})

struct err law_imports_get(struct get *g) {
    struct law_imports_view v = {0};
    struct law_imports_recent_rows rows;
    TRY(law_imports_recent(g->db, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v.imports, ITEM_OF(g->arena, &rows.at[i]));
    }
    return answer_law_imports(g, &v);
}

struct err law_import_get(struct get *g) {
    struct law_rejects_view v = {.shown_most = REJECTS_MOST};
    struct law_import_by_id_row *row;
    struct law_rejects_of_rows rows;
    int64_t id;
    TRY(path_id(g->request, S("import"), &id));
    TRY(law_import_by_id(g->db, (struct law_import_by_id_in){{id}}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such import");
    }
    TRY(law_rejects_of(g->db, (struct law_rejects_of_in){.import = {id}, .most = REJECTS_MOST}, &rows));
    v.import = ITEM_OF(g->arena, row);
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v.rejects,
                 (struct law_reject_item){
                     .file = rows.at[i].file, .line = rows.at[i].line, .what = rows.at[i].what, .why = rows.at[i].why});
    }
    return answer_law_import(g, &v);
}
