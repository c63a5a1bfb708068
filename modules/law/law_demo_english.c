#include "modules/law/law_demo_english.h"
#include "base/facts.h"
#include "modules/law/law.h"
#include "modules/law/law_english_queries.h"
#include "modules/law/law_read_queries.h"

FACTS(law_facts_english, "modules/law/english.tsv");

enum { CELLS = 3 };

static struct err place_put(struct db_write *db, struct law_work_id work, struct law_expression_id english,
                            const struct str *cell) {
    struct law_read_place_row *place;
    TRY(law_read_place(db_reading(db), (struct law_read_place_in){.work = work, .eid = cell[0]}, &place));
    return place ? law_english_version(db,
                                       (struct law_english_version_in){.id = {id_new()},
                                                                       .provision = place->id,
                                                                       .expression = english,
                                                                       .heading = cell[1],
                                                                       .text = cell[2]},
                                       NULL)
                 : OK;
}

struct err law_demo_english(struct db_write *db) {
    struct law_work_heads found;
    struct law_expression_id english = {id_new()};
    struct str rest = FACTS_STR(law_facts_english), cell[CELLS];
    TRY(law_work_named(db_reading(db), S("75/2015/QH13"), clock_today(), &found));
    if (found.n != 1) {
        return OK;
    }
    TRY(law_english_expression(
        db,
        (struct law_english_expression_in){
            .id = english, .work = found.at[0].id, .source = S("bản dịch tham khảo"), .made_at = clock_now()},
        NULL));
    while (facts_next(&rest, cell, CELLS)) {
        TRY(place_put(db, found.at[0].id, english, cell));
    }
    return OK;
}
