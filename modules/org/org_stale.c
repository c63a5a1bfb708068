/* A form that was opened before somebody else changed its record. */
#include "base/buf.h"
#include "kernel/rights/audit.h"
#include "modules/org/org.h"

struct err org_stale(struct db_read *db, int64_t version, int64_t post, struct instant at) {
    struct arena *a = db_arena(db);
    struct org_post by;
    struct buf when = buf_in(a);
    if (!version) {
        return REFUSE(ERR_CONFLICT, "version",
                      "Chưa có gì được lưu. Mời xem điều đang ghi ở những ô khác nhau, rồi bấm lưu.");
    }
    instant_put_vi(&when, at);
    if (post && !org_post(db, (struct post_id){post}, &by).why) {
        return err_refuse(
            a, ERR_CONFLICT, "version",
            "%.*s (%.*s) đã sửa lúc %.*s, sau khi trang này được mở. Mời xem điều đang ghi ở những ô khác "
            "nhau, rồi bấm lưu.",
            STR_ARG(by.person_name), STR_ARG(by.title), STR_ARG(buf_str(&when)));
    }
    return REFUSE(ERR_CONFLICT, "version",
                  "Thông tin này đã được sửa sau khi trang này được mở. Mời xem điều đang ghi ở những ô khác nhau, rồi "
                  "bấm lưu.");
}

struct err org_stale_audited(struct db_read *db, int64_t version, const struct audit *of) {
    struct audit_mark last;
    TRY(audit_last(db, of, &last));
    return org_stale(db, version, last.post, last.at);
}
