/* Kept counts of kinds, issuers and topics, written with the work itself, so that the library's home asks for a few
 * rows. */
#include "modules/law/law_store_inside.h"
#include "modules/law/law_store_queries.h"

static struct err add(struct db_write *db, struct law_count_add_in in) { return law_count_add(db, in, NULL); }

static struct err count(struct db_write *db, const struct law_counted *as, int64_t by) {
    TRY(add(db, (struct law_count_add_in){.what = S("kind"), .value = as->type, .family = as->family, .n = by}));
    return as->issuer.len
               ? add(db, (struct law_count_add_in){.what = S("issuer"), .value = as->issuer, .family = S(""), .n = by})
               : OK;
}

struct err law_count_work(struct db_write *db, const struct law_counted *was, const struct law_counted *now) {
    bool is_same =
        was && str_eq(was->family, now->family) && str_eq(was->type, now->type) && str_eq(was->issuer, now->issuer);
    if (is_same) {
        return OK;
    }
    TRY(was ? count(db, was, -1) : OK);
    return count(db, now, 1);
}

struct err law_count_topic(struct db_write *db, struct str topic) {
    return add(db, (struct law_count_add_in){.what = S("topic"), .value = topic, .family = S(""), .n = 1});
}
