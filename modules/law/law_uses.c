/* Which works, drafts and checks hold a kept file. */
#include "kernel/file/file.h"
#include "kernel/page/html.h"
#include "modules/law/law_add_queries.h"
#include "modules/law/law_pages.h"

#include "base/banned.h"

struct err law_file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct law_file_works_rows rows;
    struct law_file_others_row *others;
    TRY(law_file_works(db, (struct law_file_works_in){.file = file}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct law_file_works_row *r = &rows.at[i];
        LIST_ADD(a, uses,
                 (struct file_use){law_name(a, r->type, r->code, r->short_title, r->title, r->issued_on),
                                   link_local(a, "/law/%lld", (long long)r->id.v).v});
    }
    TRY(law_file_others(db, (struct law_file_others_in){.file = file}, &others));
    if (others && others->drafts) {
        LIST_ADD(a, uses, (struct file_use){S("Bản đang nạp vào Thư viện pháp luật"), S("")});
    }
    if (others && others->checks) {
        LIST_ADD(a, uses, (struct file_use){S("Bản đang rà soát viện dẫn"), S("")});
    }
    return OK;
}
