/* The documents a text names, for those who only need to know which they are. */
#include "base/arena.h"
#include "modules/law/law_cite.h"

struct err law_named_in(struct db_read *db, struct str text, struct date on, struct law_nameds *out) {
    struct arena *a = db_arena(db);
    struct law_cites found;
    *out = (struct law_nameds){0};
    law_cite_find(a, text, S(""), &found);
    for (size_t i = 0; i < found.docs.n; i++) {
        const struct law_cite_doc *doc = &found.docs.at[i];
        struct law_cite_work work;
        if (doc->is_own) {
            continue;
        }
        TRY(law_cite_resolve(db, doc, on, &work));
        struct law_named one = {.from = doc->from,
                                .to = doc->to,
                                .work = work.id,
                                .name = doc->name,
                                .is_weak = doc->is_weak && !doc->code.len,
                                .is_shared = work.id.v && work.is_by_name && !work.is_only_choice && !doc->year};
        for (size_t k = 0; k < found.cites.n; k++) {
            const struct law_cite *cite = &found.cites.at[k];
            if (cite->doc == i + 1 && cite->eid.len) {
                LIST_ADD(a, &one.eids, cite->eid);
            }
        }
        LIST_ADD(a, out, one);
    }
    return OK;
}
