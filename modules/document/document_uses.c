/* Which documents hold a kept file: told by number only, to those who look after the disk and may not read them. */
#include "kernel/file/file.h"
#include "kernel/page/html.h"
#include "modules/document/document_pages.h"

#include "base/banned.h"

struct err document_file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct document_uses_rows rows;
    TRY(document_uses(db, (struct document_uses_in){.file = file}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct document_uses_row *r = &rows.at[i];
        struct str code = r->code.len ? r->code : S("chưa có số");
        struct str words = r->arrival_no
                               ? str_format(a, "Văn bản đến số %lld (%.*s)", (long long)r->arrival_no, STR_ARG(code))
                               : str_format(a, "Văn bản chưa vào sổ (%.*s)", STR_ARG(code));
        LIST_ADD(a, uses, (struct file_use){words, link_local(a, "/document/%lld", (long long)r->id.v).v});
    }
    return OK;
}
