#include "kernel/shell/health.h"

#include <sys/statvfs.h>

#include "base/disk.h"
#include "kernel/rights/auth_queries.h"
#include "kernel/db/db.h"
#include "kernel/db/guard.h"
#include "kernel/http/parts.h"
#include "kernel/page/json.h"

#include "base/banned.h"

/* Room for the acts of the next minutes, not for the next import. */
#define ROOM_LEAST (16ll << 20)

struct err health_now(struct db_read *r) {
    struct db *db = db_of_read(r);
    struct arena *a = db_arena(r);
    struct auth_health_row *row;
    struct statvfs disk;
    struct str dir = db_dir(db);
    TRY(auth_health(r, (struct auth_health_in){.person = 0}, &row));
    TRY(db_stands(db, a));
    bool has_room =
        !dir.len || statvfs(str_z(a, dir), &disk) != 0 || (int64_t)disk.f_bavail * (int64_t)disk.f_frsize >= ROOM_LEAST;
    return has_room && !db_was_full(db) ? OK : disk_full(a, __FILE__, __LINE__, S("health"));
}

struct err health_page(struct get *g) {
    struct err e = health_now(g->db);
    bool is_json = wants_json(g->request);
    struct str type = is_json ? S("application/json; charset=utf-8") : S("text/plain; charset=utf-8");
    if (!e.why) {
        return answer_bytes(g, type, is_json ? S("{\"status\": \"ok\"}\n") : S("ok\n"));
    }
    struct str words = e.why->message.len ? e.why->message : err_sentence(e.why->kind);
    struct buf b = buf_in(g->arena);
    if (is_json) {
        BUF_LIT(&b, "{\"status\": \"failing\", \"message\": ");
        json_str(&b, words);
        BUF_LIT(&b, "}\n");
    } else {
        buf_printf(&b, "%.*s\n", STR_ARG(words));
    }
    g->request->answer.status = err_status(ERR_BUSY);
    return answer_bytes(g, type, buf_str(&b));
}
