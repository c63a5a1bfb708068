/* What becomes known of damaged files: written down once, told with the records that hold them, over when they are
   whole again. */
#include "kernel/file/check.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "kernel/rights/audit.h"
#include "kernel/db/db.h"
#include "kernel/file/file_queries.h"
#include "kernel/page/json.h"

#include "base/banned.h"

static struct err note(struct db_write *db, struct file_blob_id id, struct str verb, struct str what) {
    struct buf b = buf_in(db_write_arena(db));
    BUF_LIT(&b, "{\"disk\": ");
    json_str(&b, what);
    BUF_LIT(&b, "}");
    return audit_note(db, &(struct audit){.verb = verb, .record = id.v, .after = buf_str(&b)});
}

struct err file_damage_note(struct db_write *db, struct file_blob_id id, struct instant at, struct str what) {
    int64_t changed = 0;
    TRY(file_blob_damaged(db, (struct file_blob_damaged_in){.id = id, .damaged_at = at, .damage = what}, &changed));
    if (changed == 0) {
        return OK;
    }
    log_line(LOG_ERROR, "a kept file is damaged: %.*s", STR_ARG(what));
    return note(db, id, S("file.damaged"), what);
}

struct err file_mended_note(struct db_write *db, struct file_blob_id id, struct instant at) {
    int64_t changed = 0;
    TRY(file_blob_mended(db, (struct file_blob_mended_in){.id = id, .kept_at = at}, &changed));
    return changed ? note(db, id, S("file.mended"), S("whole again")) : OK;
}

struct err file_damages(struct db_read *db, struct arena *a, int64_t after, int64_t most, struct file_damages *all) {
    struct file_blob_damages_rows rows;
    TRY(file_blob_damages(db, (struct file_blob_damages_in){.after = after, .most = most}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, all,
                 (struct file_damage){.id = rows.at[i].id,
                                      .sha256 = str_copy(a, rows.at[i].sha256),
                                      .what = str_copy(a, rows.at[i].damage),
                                      .found_at = rows.at[i].damaged_at});
    }
    return OK;
}
