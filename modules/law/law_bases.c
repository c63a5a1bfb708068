/* The words before the first provision, with links. */
#include "modules/law/law_pages.h"

#include "base/arena.h"

/* In the order of the text. */
static void ref_add(struct arena *a, struct law_refs *refs, struct law_ref ref) {
    LIST_ADD(a, refs, ref);
    for (size_t i = refs->n - 1; i > 0 && refs->at[i - 1].from > refs->at[i].from; i--) {
        struct law_ref later = refs->at[i - 1];
        refs->at[i - 1] = refs->at[i];
        refs->at[i] = later;
    }
}

struct err law_bases(struct get *g, const struct law_reading *r, struct law_blocks *blocks) {
    struct law_read_bases_rows rows;
    struct law_refs refs = {0};
    struct str text = r->work->preamble;
    struct date day = date_is(r->on, r->today) ? (struct date){0} : r->on;
    struct date on = law_cite_day(S("enactment"), day, r->work->issued_on);
    TRY(law_read_bases(g->db, (struct law_read_bases_in){.work = r->work->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        size_t line = str_find(text, rows.at[i].evidence, 0);
        size_t at = line == SIZE_MAX ? SIZE_MAX : str_find(text, rows.at[i].to_code, line);
        if (rows.at[i].to_code.len && at < line + rows.at[i].evidence.len) {
            ref_add(g->arena, &refs,
                    (struct law_ref){.from = at,
                                     .to = at + rows.at[i].to_code.len,
                                     .link = law_link(g->arena, rows.at[i].to_work.v, S(""), on),
                                     .on = date_is(on, day) ? (struct date){0} : on});
        }
    }
    *blocks = law_blocks(g->arena, text, refs);
    return OK;
}
