/* How the articles of a codified work stand to others: what its source's notes and cross-references say. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/law/law_import_inside.h"
#include "modules/law/law_import_queries.h"
#include "modules/law/law_queries.h"

enum { EVIDENCE_MOST = 500 };

struct relating {
    struct law_import_run *run;
    struct db_write *db;
    const struct law_import_work *work;
    struct law_work_id id;
    struct law_article_ids_rows articles;
};

static struct law_provision_id provision_of(const struct relating *r, struct str eid) {
    for (size_t i = 0; i < r->articles.n; i++) {
        if (str_eq(r->articles.at[i].eid, eid)) {
            return r->articles.at[i].id;
        }
    }
    return (struct law_provision_id){0};
}

static struct str eid_of_article(struct arena *a, struct str label) {
    return label.len ? law_eid_part(a, LAW_ARTICLE, label) : S("");
}

/* The act a note names: there already, or put in with the little that is known, so that it can be found. */
static struct err act_of(struct relating *r, const struct law_note_act *act, struct law_work_id *id) {
    struct arena *a = r->run->work;
    struct law_work_id_by_key_rows rows;
    struct law_stored stored;
    struct str key = law_code_key(a, act->code);
    *id = (struct law_work_id){0};
    if (!key.len) {
        return OK;
    }
    TRY(law_work_id_by_key(db_reading(r->db), (struct law_work_id_by_key_in){.code_key = key}, &rows));
    if (rows.n) {
        *id = rows.at[0].id;
        return OK;
    }
    struct law_store in = {.about = {.code = act->code,
                                     .type_name = act->type_name,
                                     .effective_on = act->effective_on,
                                     .source = S("Được nhắc tới trong Bộ pháp điển")}};
    law_about_finish(a, &in.about);
    TRY(law_store_work(r->db, &in, &stored));
    *id = stored.work;
    return OK;
}

static struct err note_relate(struct relating *r, const struct law_import_article *article,
                              struct law_provision_id provision) {
    struct arena *a = r->run->work;
    struct law_note_acts acts;
    law_note_read(a, article->source.note, &acts);
    for (size_t i = 0; i < acts.acts.n; i++) {
        struct law_work_id from;
        struct law_provision_by_eid_row *place = NULL;
        TRY(act_of(r, &acts.acts.at[i], &from));
        if (!from.v || from.v == r->id.v) {
            continue;
        }
        struct str eid = eid_of_article(a, acts.acts.at[i].article);
        TRY(law_provision_by_eid(db_reading(r->db), (struct law_provision_by_eid_in){.work = from, .eid = eid},
                                 &place));
        TRY(law_relation_insert(
            r->db,
            (struct law_relation_insert_in){.id = {id_new()},
                                            .type = S("amends"),
                                            .from_work = from,
                                            .from_provision = place ? place->id : (struct law_provision_id){0},
                                            .to_work = r->id,
                                            .to_provision = provision,
                                            .to_code = r->work->store.about.code,
                                            .to_key = r->work->store.about.code_key,
                                            .to_eid = article->tree.nodes.at[0].eid,
                                            .evidence = utf8_cut(article->source.note, EVIDENCE_MOST),
                                            .method = S("metadata"),
                                            .made_at = clock_now()},
            NULL));
    }
    return OK;
}

/* What a cross-reference means: by the codified law's address, or by the number it holds. */
static void target_of(struct relating *r, struct str text, struct law_relation_insert_in *to) {
    struct arena *a = r->run->work;
    struct law_related related;
    law_related_read(a, text, &related);
    size_t pd = related.pd_code.len ? law_import_map_find(&r->run->by_pd, related.pd_code) : SIZE_MAX;
    to->to_code = related.code.len ? related.code : utf8_cut(related.words, 200);
    to->to_key = law_code_key(a, related.code);
    to->to_eid = eid_of_article(a, related.article);
    if (pd != SIZE_MAX) {
        const struct law_import_pd *known = &r->run->pds.at[pd];
        struct str key = r->run->groups.at[known->group].key;
        to->to_key = str_starts(key, S("n:")) ? str_slice(key, 2, key.len) : S("");
        to->to_eid = eid_of_article(a, known->article);
    }
}

static struct err related_relate(struct relating *r, const struct law_import_article *article,
                                 struct law_provision_id provision) {
    const struct json_value *related = json_member(article->json, "related");
    for (size_t i = 0; i < json_count(related); i++) {
        struct law_relation_insert_in in = {.id = {id_new()},
                                            .type = S("refers"),
                                            .from_work = r->id,
                                            .from_provision = provision,
                                            .method = S("metadata"),
                                            .made_at = clock_now()};
        struct str text = json_text_of(json_item(related, i));
        if (!text.len) {
            continue;
        }
        target_of(r, text, &in);
        TRY(law_relation_insert(r->db, in, NULL));
    }
    return OK;
}

struct err law_import_relate(struct law_import_run *run, struct db_write *db, const struct law_import_work *work,
                             const struct law_stored *stored) {
    struct relating r = {.run = run, .db = db, .work = work, .id = stored->work};
    if (!stored->is_new) {
        TRY(law_metadata_drop(db, (struct law_metadata_drop_in){.from_work = stored->work}, NULL));
        TRY(law_metadata_drop_to(db, (struct law_metadata_drop_to_in){.to_work = stored->work}, NULL));
    }
    TRY(law_article_ids(db_reading(db), (struct law_article_ids_in){stored->work}, &r.articles));
    for (size_t i = 0; i < work->articles.n; i++) {
        const struct law_import_article *article = &work->articles.at[i];
        if (!article->tree.nodes.n) {
            continue;
        }
        struct law_provision_id provision = provision_of(&r, article->tree.nodes.at[0].eid);
        TRY(note_relate(&r, article, provision));
        TRY(related_relate(&r, article, provision));
    }
    return OK;
}
