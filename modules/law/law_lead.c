/* Where a hit of the library leads: to the article or the annex in its work, at the clause whose words were found. */
#include "base/arena.h"
#include "modules/law/law.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_search.h"
#include "modules/law/law_search_queries.h"

struct str law_facet_word(enum search_facet facet, struct str value) {
    struct law_type type;
    struct str topic;
    switch (facet) {
    case SEARCH_TYPE: return law_type_by_code(value, &type) ? type.name : S("");
    case SEARCH_FIELD: topic = law_topic_name(value); return str_eq(topic, value) ? S("") : topic;
    case SEARCH_ISSUER: return value;
    case SEARCH_STATE: /* a matter of the day asked about */
    case SEARCH_FACETS: break;
    }
    return S("");
}

/* The label a clause's passage begins with: "12" of "12. Người …". */
static struct str label_of(struct str text) {
    size_t n = 0;
    while (n < text.len && n < 6 && text.at[n] != '.' && text.at[n] != ' ') {
        n++;
    }
    bool is_label = n > 0 && n + 1 < text.len && text.at[0] >= '0' && text.at[0] <= '9' && text.at[n] == '.';
    return is_label ? str_slice(text, 0, n) : S("");
}

static const struct law_clauses_of_row *clause_of(const struct law_clauses_of_rows *clauses,
                                                  const struct search_hit *h) {
    struct str label = label_of(h->text);
    for (size_t i = 0; label.len && i < clauses->n; i++) {
        if (clauses->at[i].article.v == h->record && str_eq(clauses->at[i].label, label)) {
            return &clauses->at[i];
        }
    }
    return NULL;
}

static struct str eid_of(const struct law_found_places_rows *places, int64_t record) {
    for (size_t i = 0; i < places->n; i++) {
        if (places->at[i].id.v == record) {
            return places->at[i].eid;
        }
    }
    return S("");
}

/* What holds a place's force in doubt today: its work is suspended, or has ended in parts that may be this one. */
static struct str doubt_of(const struct search_hit *h) {
    if (str_eq(h->facet[SEARCH_STATE], law_status_code(LAW_SUSPENDED))) {
        return law_status_name(LAW_SUSPENDED);
    }
    bool is_partly = str_eq(h->facet[SEARCH_STATE], law_status_code(LAW_PARTLY));
    return is_partly && h->force == SEARCH_IN_FORCE ? S("Văn bản hết hiệu lực một phần") : S("");
}

struct err law_lead(struct db_read *db, struct arena *a, const struct search_hit *const *hits, size_t n, struct date on,
                    struct search_lead *out) {
    struct law_clauses_of_rows clauses;
    struct law_found_places_rows places;
    int64_t *ids = arena_take(a, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        ids[i] = hits[i]->record;
    }
    TRY(law_found_places(db, (struct law_found_places_in){{ids, n}}, &places));
    TRY(law_clauses_of(db, (struct law_clauses_of_in){{ids, n}}, &clauses));
    for (size_t i = 0; i < n; i++) {
        const struct search_hit *h = hits[i];
        const struct law_clauses_of_row *clause = clause_of(&clauses, h);
        struct link link =
            law_link(a, h->whole ? h->whole : h->record, clause ? clause->eid : eid_of(&places, h->record), on);
        out[i].path = link.v;
        out[i].place = clause ? str_format(a, "khoản %.*s", STR_ARG(clause->label)) : S("");
        out[i].force = on.year ? S("") : doubt_of(h);
    }
    return OK;
}
