/* A law as enacted and the same law codified: what a note says was changed, and how it reads since, is what the act
   named did to it, as long as that act's own text is not here. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/law/law_change.h"
#include "modules/law/law_import_inside.h"
#include "modules/law/law_import_queries.h"
#include "modules/law/law_queries.h"
#include "modules/law/law_store_queries.h"

enum { EVIDENCE_MOST = 500 };

static struct err is_both(struct db_read *db, struct law_work_id work, bool *both) {
    struct law_expressions_of_rows rows;
    bool has_enacted = false, has_codified = false;
    TRY(law_expressions_of(db, (struct law_expressions_of_in){work}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_enacted = str_eq(rows.at[i].given, S("enacted"));
        has_enacted |= is_enacted && str_eq(rows.at[i].kind, S("original"));
        has_codified |= !is_enacted && str_eq(rows.at[i].kind, S("vbhn"));
    }
    *both = has_enacted && has_codified;
    return OK;
}

/* Of several acts, the words are those since the last one; what came between is not known. */
static size_t last_act(const struct law_note_acts *acts) {
    size_t last = 0;
    for (size_t i = 0; i < acts->acts.n; i++) {
        last = date_cmp(acts->acts.at[i].effective_on, acts->acts.at[last].effective_on) > 0 ? i : last;
    }
    return last;
}

static struct err event_keep(struct db_write *db, struct law_event_insert_in in) {
    struct law_event_metadata_row *was;
    TRY(law_event_metadata(db_reading(db),
                           (struct law_event_metadata_in){.target_work = in.target_work,
                                                          .acting_work = in.acting_work,
                                                          .target_eid = in.target_eid},
                           &was));
    if (!was) {
        in.id = (struct law_event_id){id_new()};
        return law_event_insert(db, in, NULL);
    }
    bool is_same = str_eq(was->new_text, in.new_text) && str_eq(was->heading, in.heading) &&
                   date_is(was->effective_on, in.effective_on);
    return is_same ? OK
                   : law_event_words_set(db,
                                         (struct law_event_words_set_in){.id = was->id,
                                                                         .heading = in.heading,
                                                                         .new_text = in.new_text,
                                                                         .effective_on = in.effective_on},
                                         NULL);
}

static struct err act_keep(struct law_import_run *run, struct db_write *db, const struct law_import_work *work,
                           struct law_event_insert_in in, const struct law_note_act *act) {
    struct law_work_id_by_key_rows acting;
    struct law_provision_enacted_row *place;
    struct str key = law_code_key(run->work, act->code);
    TRY(law_work_id_by_key(db_reading(db), (struct law_work_id_by_key_in){.code_key = key}, &acting));
    if (acting.n != 1 || acting.at[0].articles || !act->effective_on.year) {
        return OK;
    }
    TRY(law_provision_enacted(db_reading(db),
                              (struct law_provision_enacted_in){.work = in.target_work, .eid = in.target_eid}, &place));
    in.op = place ? S("amend") : S("supplement");
    in.acting_work = acting.at[0].id;
    in.target_code = work->store.about.code;
    in.target_key = work->store.about.code_key;
    in.effective_on = act->effective_on;
    in.method = S("metadata");
    in.made_at = clock_now();
    return event_keep(db, in);
}

static struct err article_keep(struct law_import_run *run, struct db_write *db, const struct law_import_work *work,
                               const struct law_import_article *article, struct law_work_id target) {
    struct law_note_acts acts;
    law_note_read(run->work, article->source.note, &acts);
    for (size_t i = 0; i < acts.acts.n; i++) {
        bool is_last = i == last_act(&acts);
        struct law_event_insert_in in = {.target_work = target,
                                         .target_eid = article->tree.nodes.at[0].eid,
                                         .evidence = utf8_cut(article->source.note, EVIDENCE_MOST),
                                         .state = is_last ? S("auto") : S("review")};
        if (is_last) {
            in.heading = article->tree.nodes.at[0].heading;
            in.new_text = article->tree.text;
        } else {
            in.why = S("Nguồn không có lời văn của lần sửa đổi này.");
        }
        TRY(act_keep(run, db, work, in, &acts.acts.at[i]));
    }
    return OK;
}

struct err law_import_amended(struct law_import_run *run, struct db_write *db, const struct law_import_work *work,
                              struct law_work_id target) {
    bool both = false;
    TRY(is_both(db_reading(db), target, &both));
    for (size_t i = 0; i < work->articles.n && both; i++) {
        const struct law_import_article *article = &work->articles.at[i];
        if (article->source.note.len && article->tree.nodes.n) {
            TRY(article_keep(run, db, work, article, target));
        }
    }
    return both ? law_change_rebuild(db, target, NULL) : OK;
}
