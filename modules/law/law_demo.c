/* A small library for trying things on: demo.jsonl, each record with its source. */
#include "base/facts.h"
#include "modules/law/law_demo_english.h"
#include "modules/law/law_import.h"

FACTS(law_facts_demo, "modules/law/demo.jsonl");

struct err law_demo(struct db_write *db, struct arena *arena) {
    struct law_import_count count;
    TRY(law_import_lines(db, arena, FACTS_STR(law_facts_demo), &count));
    return law_demo_english(db);
}
