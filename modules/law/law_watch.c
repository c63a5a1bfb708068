/* Who watches a work or a topic is told when it changes: one notice for a post, behind the bell. */
#include "kernel/event.h"
#include "kernel/json.h"
#include "kernel/json_read.h"
#include "modules/law/law_keep_queries.h"
#include "modules/law/law_pages.h"

#include "base/arena.h"
#include "base/buf.h"

enum { POSTS_A_ROUND = 200 };

static struct str body_of(struct arena *a, const struct event *e, struct str name) {
    struct str said = json_read_text(a, e->body, "words");
    bool is_new = str_eq(e->kind, S("law.added"));
    struct str words = said.len ? str_format(a, "%.*s: %.*s", STR_ARG(name), STR_ARG(said))
                       : is_new ? str_format(a, "Văn bản mới trong chủ đề đang theo dõi: %.*s", STR_ARG(name))
                                : str_format(a, "Văn bản đang theo dõi vừa thay đổi: %.*s", STR_ARG(name));
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, words);
    BUF_LIT(&b, "}");
    return buf_str(&b);
}

static struct err hear(struct db_write *db, const struct event *e) {
    struct law_work_head head;
    struct law_keep_watchers_rows posts;
    struct err why = law_work_head(db_reading(db), (struct law_work_id){e->record}, clock_today(), &head);
    if (err_is(why, ERR_MISSING)) {
        return OK;
    }
    TRY(why);
    struct str body = body_of(db_write_arena(db), e, head.name);
    int64_t after = 0;
    do {
        TRY(law_keep_watchers(db_reading(db),
                              (struct law_keep_watchers_in){.work = {e->record}, .after = after, .most = POSTS_A_ROUND},
                              &posts));
        for (size_t i = 0; i < posts.n; i++) {
            after = posts.at[i].post;
            TRY(event_emit(db, &(struct event){.kind = S("law.watched"),
                                               .record = e->record,
                                               .to = posts.at[i].post,
                                               .post = e->post,
                                               .body = body}));
        }
    } while (posts.n == POSTS_A_ROUND);
    return OK;
}

const struct event_listener law_listeners[] = {
    {.name = "law.watch.added", .pattern = "law.added", .hear = hear},
    {.name = "law.watch.changed", .pattern = "law.changed", .hear = hear},
    {0},
};
