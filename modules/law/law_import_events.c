/* Amendments a source lists, as events for a person to decide, where the acting text itself gives none: then both
   coincide, and the text's own, with its words, is kept. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/law/law_change_read.h"
#include "modules/law/law_import_inside.h"
#include "modules/law/law_import_queries.h"
#include "modules/law/law_queries.h"

enum { EVIDENCE_MOST = 2000 };

static struct str op_of(struct str words) {
    return str_find(words, S("bãi bỏ"), 0) != SIZE_MAX ? S("repeal")
           : str_eq(words, S("bổ sung"))               ? S("supplement")
           : str_find(words, S("đính chính"), 0) == 0  ? S("correct")
                                                       : S("amend");
}

/* The new words of a place out of the acting place's own, when it gives them between quotation marks. */
static struct str words_for(struct arena *a, struct str text, struct str eid, struct str *heading) {
    struct change_places places = {0};
    struct change_says says;
    struct str piece;
    size_t at = 0;
    *LIST_PUSH(a, &places.all) = (struct change_place){.eid = eid};
    while (change_says_next(a, text, &at, &says)) {
        if (says.has_block && change_piece(says.block, &places, 0, &piece)) {
            *heading = change_heading(piece);
            return piece;
        }
    }
    return S("");
}

struct err law_import_event(struct law_import_run *run, struct db_write *db, const struct law_relation_insert_in *says,
                            enum law_import_event_is *is) {
    struct law_event_there_row *there;
    struct law_acting_text_row *acting;
    *is = LAW_IMPORT_EVENT_NONE;
    if (!says->to_eid.len) {
        return OK;
    }
    TRY(law_event_there(db_reading(db),
                        (struct law_event_there_in){.acting_work = says->from_work,
                                                    .target_work = says->to_work,
                                                    .target_key = says->to_key,
                                                    .target_eid = says->to_eid},
                        &there));
    if (there) {
        *is = str_eq(there->method, S("metadata")) ? LAW_IMPORT_EVENT_NONE : LAW_IMPORT_EVENT_SAME;
        return OK;
    }
    TRY(law_acting_text(db_reading(db),
                        (struct law_acting_text_in){.provision = says->from_provision, .work = says->from_work},
                        &acting));
    struct law_event_insert_in in = {.id = {id_new()},
                                     .op = op_of(says->evidence),
                                     .acting_work = says->from_work,
                                     .acting_provision = says->from_provision,
                                     .target_work = says->to_work,
                                     .target_code = says->to_code,
                                     .target_key = says->to_key,
                                     .target_eid = says->to_eid,
                                     .target_provision = says->to_provision,
                                     .effective_on = acting ? acting->effective_on : (struct date){0},
                                     .evidence = says->evidence,
                                     .method = S("metadata"),
                                     .state = S("review"),
                                     .why = S("Nguồn có ghi thay đổi này, nhưng không đọc thấy trong văn bản sửa đổi."),
                                     .made_at = clock_now()};
    if (acting && acting->text.len) {
        in.evidence = utf8_cut(acting->text, EVIDENCE_MOST);
        in.new_text = words_for(run->work, acting->text, says->to_eid, &in.heading);
    }
    *is = LAW_IMPORT_EVENT_NEW;
    return law_event_insert(db, in, NULL);
}
