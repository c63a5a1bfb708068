#include "kernel/file/quota.h"

#include "kernel/file/quota_queries.h"

#include "base/banned.h"

enum { DAYS_KEPT = 31 };

/* Set when the process starts; none until then. */
static struct { int64_t files, bytes; } most;

void quota_set(int64_t files, int64_t bytes) {
    most.files = files;
    most.bytes = bytes;
}

struct err quota_take(struct db_write *db, int64_t bytes) {
    int64_t person = db_actor(db)->person;
    struct quota_of_row *row;
    if (!person || !most.files) {
        return OK;
    }
    TRY(quota_of(db_reading(db), (struct quota_of_in){.person = person, .day_on = clock_today()}, &row));
    if (row && row->files >= most.files) {
        return err_refuse(db_write_arena(db), ERR_INVALID, "file",
                          "Hôm nay bạn đã gửi %lld tệp, hết mức một ngày. Mời gửi tiếp từ ngày mai, hoặc nhờ người "
                          "quản trị nâng mức.",
                          (long long)row->files);
    }
    if ((row ? row->bytes : 0) + bytes > most.bytes) {
        return err_refuse(db_write_arena(db), ERR_INVALID, "file",
                          "Tệp này vượt mức %lld MB một người được gửi trong ngày (đã gửi %lld MB). Mời gửi tiếp từ "
                          "ngày mai, hoặc nhờ người quản trị nâng mức.",
                          (long long)(most.bytes / 1000000), (long long)((row ? row->bytes : 0) / 1000000));
    }
    return quota_add(db, (struct quota_add_in){.person = person, .day_on = clock_today(), .bytes = bytes}, NULL);
}

struct err quota_prune(struct db_write *db) {
    return quota_forget(db, (struct quota_forget_in){date_plus(clock_today(), -DAYS_KEPT)}, NULL);
}
