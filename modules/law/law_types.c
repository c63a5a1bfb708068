/* Types and topics: data in types.tsv and topics.tsv, read where they lie. */
#include "base/arena.h"
#include "base/facts.h"
#include "base/utf8.h"
#include "modules/law/law.h"

FACTS(law_facts_types, "modules/law/types.tsv");
FACTS(law_facts_topics, "modules/law/topics.tsv");

enum { CELLS = 5 };

static bool next_type(struct str *rest, struct law_type *type) {
    struct str cell[CELLS];
    if (!facts_next(rest, cell, CELLS)) {
        return false;
    }
    *type = (struct law_type){.code = cell[0], .name = cell[1], .family = cell[2], .source = cell[4]};
    type->rank = cell[3].len == 1 ? cell[3].at[0] - '0' : 10;
    return true;
}

bool law_type_at(size_t i, struct law_type *type) {
    struct str rest = FACTS_STR(law_facts_types);
    for (size_t k = 0; next_type(&rest, type); k++) {
        if (k == i) {
            return true;
        }
    }
    return false;
}

bool law_type_by_code(struct str code, struct law_type *type) {
    struct str rest = FACTS_STR(law_facts_types);
    while (code.len && next_type(&rest, type)) {
        if (str_eq(type->code, code)) {
            return true;
        }
    }
    *type = (struct law_type){.rank = 10};
    return false;
}

bool law_type_by_name(struct str name, struct law_type *type) {
    struct arena *a = arena_new();
    struct str wanted = utf8_fold(a, str_trim(name)), rest = FACTS_STR(law_facts_types);
    bool is_found = false;
    while (wanted.len && !is_found && next_type(&rest, type)) {
        is_found = str_eq(utf8_fold(a, type->name), wanted);
    }
    arena_free(a);
    if (!is_found) {
        *type = (struct law_type){.rank = 10};
    }
    return is_found;
}

struct str law_topic_name(struct str topic) {
    struct str rest = FACTS_STR(law_facts_topics), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[0], topic)) {
            return cell[1];
        }
    }
    return topic;
}
