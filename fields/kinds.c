/* The kinds of fields, by the names definitions use. */
#include "fields/inside.h"

#include "base/banned.h"

static const struct fields_kind_facts kinds[FIELDS_KINDS] = {
    [FIELDS_TEXT] = {.name = S_INIT("text"), .is_text = true},
    [FIELDS_LONGTEXT] = {.name = S_INIT("longtext"), .is_text = true},
    [FIELDS_INT] = {.name = S_INIT("int"), .is_number = true},
    [FIELDS_DECIMAL] = {.name = S_INIT("decimal"), .is_number = true},
    [FIELDS_MONEY] = {.name = S_INIT("money"), .is_number = true},
    [FIELDS_PERCENT] = {.name = S_INIT("percent"), .is_number = true},
    [FIELDS_DATE] = {.name = S_INIT("date"), .is_dated = true},
    [FIELDS_LUNAR] = {.name = S_INIT("lunar")},
    [FIELDS_TIME] = {.name = S_INIT("time")},
    [FIELDS_MONTH] = {.name = S_INIT("month"), .is_dated = true},
    [FIELDS_PERIOD] = {.name = S_INIT("period"), .is_dated = true},
    [FIELDS_BOOL] = {.name = S_INIT("bool")},
    [FIELDS_DECLARATION] = {.name = S_INIT("declaration")},
    [FIELDS_ENUM] = {.name = S_INIT("enum"), .is_chosen = true},
    [FIELDS_MULTI] = {.name = S_INIT("multi"), .is_chosen = true, .is_many = true},
    [FIELDS_LIST] = {.name = S_INIT("list"), .is_kept_elsewhere = true},
    [FIELDS_REF] = {.name = S_INIT("ref"), .is_kept_elsewhere = true},
    [FIELDS_MULTI_REF] = {.name = S_INIT("multi_ref"), .is_kept_elsewhere = true, .is_many = true},
    [FIELDS_PERSON] = {.name = S_INIT("person"), .is_kept_elsewhere = true},
    [FIELDS_ORG] = {.name = S_INIT("org"), .is_kept_elsewhere = true},
    [FIELDS_DOC] = {.name = S_INIT("doc"), .is_kept_elsewhere = true},
    [FIELDS_PLACE] = {.name = S_INIT("place"), .is_kept_elsewhere = true},
    [FIELDS_KDC] = {.name = S_INIT("kdc"), .is_kept_elsewhere = true},
    [FIELDS_SLOT] = {.name = S_INIT("slot"), .is_kept_elsewhere = true},
    [FIELDS_TABLE] = {.name = S_INIT("table")},
    [FIELDS_PERSON_NAME] = {.name = S_INIT("person_name"), .is_text = true},
    [FIELDS_ID_NO] = {.name = S_INIT("id_no"), .is_text = true},
    [FIELDS_PHONE] = {.name = S_INIT("phone"), .is_text = true},
    [FIELDS_EMAIL] = {.name = S_INIT("email"), .is_text = true},
    [FIELDS_ACCOUNT_NO] = {.name = S_INIT("account_no"), .is_text = true},
    [FIELDS_GEO] = {.name = S_INIT("geo")},
    [FIELDS_FILE] = {.name = S_INIT("file"), .is_many = true},
    [FIELDS_COMPUTED] = {.name = S_INIT("computed"), .is_number = true, .is_computed = true},
    [FIELDS_ROLLUP] = {.name = S_INIT("rollup"), .is_number = true, .is_computed = true},
    [FIELDS_LOOKUP] = {.name = S_INIT("lookup"), .is_kept_elsewhere = true, .is_computed = true},
    [FIELDS_SERIAL] = {.name = S_INIT("serial"), .is_text = true, .is_computed = true},
};

const struct fields_kind_facts *fields_kind_facts(enum fields_kind kind) { return &kinds[kind]; }

struct str fields_kind_name(enum fields_kind kind) {
    return kinds[kind].name;
}

bool fields_is_typed(enum fields_kind kind) { return !kinds[kind].is_computed; }

enum fields_kind fields_kind_of(struct str name) {
    for (enum fields_kind k = FIELDS_NO_KIND + 1; k < FIELDS_KINDS; k++) {
        if (str_eq(kinds[k].name, name)) {
            return k;
        }
    }
    return FIELDS_NO_KIND;
}
