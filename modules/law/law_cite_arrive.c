/* When a work arrives, what waited for it by number or name leads to it. */
#include "base/arena.h"
#include "modules/law/law_cite.h"
#include "modules/law/law_cite_queries.h"

/* A document as its key tells it again: "luat dat dai 2024". */
static struct law_cite_doc doc_of_key(struct str key) {
    struct law_cite_doc doc = {.room = key, .name = key, .type_words = S("")};
    static const struct str types[] = {S_INIT("bo luat"), S_INIT("luat"), S_INIT("phap lenh"), S_INIT("hien phap"),
                                       S_INIT("dieu le")};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_starts(key, types[i])) {
            doc.type_words = types[i];
            doc.type = i == 3 ? S("HP") : S("");
        }
    }
    struct str year = key.len > 5 && key.at[key.len - 5] == ' ' ? str_slice(key, key.len - 4, key.len) : S("");
    int64_t n = 0;
    for (size_t i = 0; i < year.len; i++) {
        bool is_digit = year.at[i] >= '0' && year.at[i] <= '9';
        n = is_digit && n >= 0 ? n * 10 + (year.at[i] - '0') : -1;
    }
    doc.year = n >= 1900 && n <= 2199 ? n : 0;
    doc.room = doc.year ? str_slice(key, 0, key.len - 5) : key;
    return doc;
}

struct err law_cite_resolve_key(struct db_read *db, struct str key, struct date on, struct law_cite_work *work) {
    struct law_cite_doc doc = doc_of_key(key);
    return law_cite_resolve(db, &doc, on, work);
}

static struct err meant(struct db_write *db, struct str key, struct date on, struct law_work_id *id) {
    struct law_cite_work work;
    TRY(law_cite_resolve_key(db_reading(db), key, on, &work));
    *id = work.id;
    return OK;
}

static struct err xrefs_named(struct db_write *db, struct law_work_id work, struct str low, struct str high) {
    struct law_xref_named_rows rows;
    TRY(law_xref_named(db_reading(db), (struct law_xref_named_in){.low = low, .high = high}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct law_work_id id;
        TRY(meant(db, rows.at[i].to_key, rows.at[i].issued_on, &id));
        if (id.v == work.v) {
            TRY(law_xref_rename(
                db, (struct law_xref_rename_in){.to_work = work, .to_key = rows.at[i].to_key, .work = rows.at[i].work},
                NULL));
        }
    }
    return OK;
}

static struct err relations_named(struct db_write *db, struct law_work_id work, struct str low, struct str high) {
    struct law_relation_named_rows rows;
    TRY(law_relation_named(db_reading(db), (struct law_relation_named_in){.low = low, .high = high}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct law_work_id id;
        TRY(meant(db, rows.at[i].to_key, rows.at[i].issued_on, &id));
        if (id.v == work.v) {
            TRY(law_relation_rename(db,
                                    (struct law_relation_rename_in){.to_work = work,
                                                                    .to_key = rows.at[i].to_key,
                                                                    .from_work = rows.at[i].from_work},
                                    NULL));
        }
    }
    return OK;
}

static bool is_cited_by_name(struct str name) {
    return str_starts(name, S("luat ")) || str_starts(name, S("bo luat ")) || str_starts(name, S("phap lenh ")) ||
           str_starts(name, S("hien phap")) || str_starts(name, S("dieu le "));
}

struct err law_cite_arrived(struct db_write *db, struct law_work_id work) {
    struct law_cite_work_head_row *head;
    TRY(law_cite_work_head(db_reading(db), (struct law_cite_work_head_in){.id = work}, &head));
    if (!head) {
        return FAIL(ERR_MISSING, "no such work");
    }
    if (head->code_key.len) {
        TRY(law_xref_arrive(db, (struct law_xref_arrive_in){.to_work = work, .to_key = head->code_key}, NULL));
        TRY(law_relation_arrive(db, (struct law_relation_arrive_in){.to_work = work, .to_key = head->code_key}, NULL));
    }
    if (!is_cited_by_name(head->title_fold)) {
        return OK;
    }
    struct str low = str_starts(head->title_fold, S("hien phap")) ? S("hien phap") : head->title_fold;
    struct str high = str_format(db_write_arena(db), "%.*s~", STR_ARG(low));
    TRY(xrefs_named(db, work, low, high));
    return relations_named(db, work, low, high);
}
