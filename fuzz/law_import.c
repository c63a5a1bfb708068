/* Any bytes as a file of a corpus: every line is taken or refused, and what is made of them holds together. */
#include "base/arena.h"
#include "modules/law/law_import_inside.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

static void look_at(const struct law_places *places) {
    for (size_t i = 0; i < places->n; i++) {
        const struct law_place *p = &places->at[i];
        must(p->node && p->node->eid.len && p->parent < (int32_t)i && p->article <= (int32_t)i);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    static const struct str name = {"corpus", 6};
    if (!n) {
        return 0;
    }
    struct arena *a = arena_new();
    char *bytes = arena_take(a, char, n + 1);
    for (size_t i = 0; i < n; i++) {
        bytes[i] = (char)at[i];
    }
    FILE *file = fmemopen(bytes, n, "rb");
    struct law_import import = {.files = &name, .n = 1};
    struct law_import_run run = {.import = &import, .arena = a, .work = arena_new(), .file = &file};
    run.by_key.arena = run.by_id.arena = run.by_pd.arena = a;
    must(file && !law_import_scan(&run, 0).why);
    must(run.count.rejected == (int64_t)run.rejects.n);
    for (size_t i = 0; i < run.groups.n; i++) {
        struct law_import_work work;
        arena_reset(run.work);
        if (!str_starts(run.groups.at[i].key, (struct str){"f:", 2})) {
            must(!law_import_make(&run, &run.groups.at[i], &work).why);
            look_at(&work.store.places);
        }
    }
    fclose(file);
    arena_free(run.work);
    arena_free(a);
    return 0;
}
