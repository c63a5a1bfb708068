/* The machine's clock: administrators are told when it is not believed, and say when it is right. */
#include <stdio.h>

#include "base/buf.h"
#include "kernel/queue/clock.h"
#include "kernel/queue/event.h"
#include "kernel/page/json.h"
#include "read/json.h"
#include "modules/admin/admin_pages.h"
#include "modules/admin/admin_queries.h"

static struct err hear(struct db_write *db, const struct event *e) {
    struct arena *a = db_write_arena(db);
    struct admin_administrators_rows posts;
    struct buf body = buf_in(a);
    BUF_LIT(&body, "{\"path\":\"/admin/health\",\"words\":");
    json_str(&body, json_read_text(a, e->body, "words"));
    BUF_LIT(&body, "}");
    struct date today = clock_today();
    TRY(admin_administrators(db_reading(db), (struct admin_administrators_in){.role = ROLE_ADMIN, .today = today},
                             &posts));
    for (size_t i = 0; i < posts.n; i++) {
        TRY(event_emit(db, &(struct event){.kind = S("admin.clock"), .to = posts.at[i].id.v, .body = buf_str(&body)}));
    }
    return OK;
}

const struct event_listener admin_listeners[] = {
    {.name = "admin.clock", .pattern = "clock.held", .hear = hear},
    {0},
};

struct err admin_clock_post(struct post *p) {
    TRY(clock_take(p->db));
    flash(p, "Đã xác nhận đồng hồ máy chủ. Các tiến trình theo giờ này trong vài giây.");
    return see_other(p, "/admin/health");
}

static struct err take(struct command_run *run) {
    struct db_write *w = NULL;
    TRY(db_begin_write(run->db, run->arena, &w));
    struct err e = clock_take(w);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static int run_time(struct command_run *run) {
    bool is_accept = run->n == 1 && str_eq(run->words[0], S("accept"));
    if (run->n && !is_accept) {
        return 2;
    }
    if (is_accept) {
        struct err e = take(run);
        if (e.why) {
            struct str why = e.why->message.len ? e.why->message : e.why->detail;
            fprintf(stderr, "doanket time: %.*s\n", STR_ARG(why));
            return 1;
        }
    }
    struct clock_state s = clock_state();
    struct str words = is_accept ? S("Đã xác nhận đồng hồ máy chủ. Các tiến trình theo giờ này trong vài giây.")
                                 : clock_words(run->arena, &s);
    printf("%.*s\n", STR_ARG(words.len ? words : S("Đồng hồ máy chủ khớp với giờ đã biết.")));
    return s.is_held && !is_accept ? 1 : 0;
}

const struct command admin_commands[] = {
    {.name = "time",
     .usage = "  doanket time        đồng hồ máy chủ có đúng không; doanket time accept: xác nhận là đúng\n",
     .run = run_time},
    {0},
};
