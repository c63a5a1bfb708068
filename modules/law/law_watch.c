/* Who watches a work or a topic is told when it changes: one notice for a post, behind the bell, leading to the change.
   Who was told a moment ago is not told of each further change: they are counted, and told in one notice. */
#include "kernel/queue/event.h"
#include "kernel/queue/job.h"
#include "kernel/page/json.h"
#include "modules/law/law_keep_queries.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_watch.h"

#include "base/arena.h"
#include "base/buf.h"

enum { ROUND = 200, JUST_NOW_MS = 10 * 60 * 1000 };

/* What is said of one change, and where it is seen. */
struct said {
    struct str words, path;
};

static struct str body_of(struct arena *a, const struct said *said) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, said->words);
    BUF_LIT(&b, ",\"path\":");
    json_str(&b, said->path);
    BUF_LIT(&b, "}");
    return buf_str(&b);
}

static struct err tell(struct db_write *db, int64_t post, int64_t record, const struct said *said) {
    struct str body = body_of(db_write_arena(db), said);
    return event_emit(db, &(struct event){.kind = S("law.watched"), .record = record, .to = post, .body = body});
}

/* The change itself: the words of the day before the act took effect, and of that day, side by side. */
static void changed_by(struct arena *a, const struct law_keep_watch_act_row *act, const struct law_work_head *head,
                       struct said *said) {
    struct str by = law_name(a, act->type, act->code, act->short_title, act->title, act->issued_on);
    struct date on = act->effective_on;
    if (!on.year) {
        said->words = str_format(a, "%.*s được sửa đổi bởi %.*s.", STR_ARG(head->name), STR_ARG(by));
        return;
    }
    said->words = str_format(a, "%.*s được sửa đổi bởi %.*s, từ ngày %.*s.", STR_ARG(head->name), STR_ARG(by),
                             STR_ARG(date_vi(a, on)));
    said->path = str_format(a, "/law/%lld/compare?from=%.*s&to=%.*s", (long long)head->id.v,
                            STR_ARG(date_iso(a, date_plus(on, -1))), STR_ARG(date_iso(a, on)));
}

static struct err say(struct db_write *db, const struct event *e, const struct law_work_head *head, struct said *said) {
    struct arena *a = db_write_arena(db);
    struct law_keep_watch_act_row *act = NULL;
    bool is_new = str_eq(e->kind, S("law.added"));
    *said =
        (struct said){.words = is_new ? str_format(a, "Thư viện pháp luật có thêm %.*s.", STR_ARG(head->name))
                                      : str_format(a, "Văn bản đang theo dõi vừa thay đổi: %.*s.", STR_ARG(head->name)),
                      .path = str_format(a, is_new ? "/law/%lld" : "/law/%lld/history", (long long)head->id.v)};
    if (is_new) {
        return OK;
    }
    struct law_keep_watch_act_in in = {.work = head->id, .since = e->at.ms - JUST_NOW_MS};
    TRY(law_keep_watch_act(db_reading(db), in, &act));
    if (act) {
        changed_by(a, act, head, said);
    }
    return OK;
}

/* Ids of watches that are told now, and of those that only count. */
struct sorted {
    LIST(int64_t) told;
    LIST(int64_t) waiting;
};

static struct err sort_out(struct db_write *db, const struct event *e, const struct law_keep_watchers_rows *rows,
                           const struct said *said, struct sorted *to) {
    struct arena *a = db_write_arena(db);
    int64_t last = 0, now = clock_now().ms;
    for (size_t i = 0; i < rows->n; i++) {
        const struct law_keep_watchers_row *w = &rows->at[i];
        if (w->post == last || w->post == e->post) {
            continue;
        }
        last = w->post;
        if (w->told_at.ms && now - w->told_at.ms < JUST_NOW_MS) {
            LIST_ADD(a, &to->waiting, w->id.v);
            continue;
        }
        LIST_ADD(a, &to->told, w->id.v);
        TRY(tell(db, w->post, e->record, said));
    }
    return OK;
}

static struct err plan(struct db_write *db) {
    struct instant then = {clock_now().ms + JUST_NOW_MS};
    return job_add(db, &(struct job_new){.kind = S("law.watch"), .not_before = then, .is_single = true}, NULL);
}

static struct err mark(struct db_write *db, const struct sorted *s) {
    struct db_ids told = {s->told.at, s->told.n}, waiting = {s->waiting.at, s->waiting.n};
    if (told.n) {
        TRY(law_keep_watch_told(db, (struct law_keep_watch_told_in){.told_at = clock_now(), .watches = told}, NULL));
    }
    if (!waiting.n) {
        return OK;
    }
    TRY(law_keep_watch_waits(db, (struct law_keep_watch_waits_in){.watches = waiting}, NULL));
    return plan(db);
}

static struct err hear(struct db_write *db, const struct event *e) {
    struct law_work_head head;
    struct law_keep_watchers_rows rows;
    struct said said;
    struct err why = law_work_head(db_reading(db), (struct law_work_id){e->record}, clock_today(), &head);
    if (err_is(why, ERR_MISSING)) {
        return OK;
    }
    TRY(why);
    TRY(say(db, e, &head, &said));
    int64_t after = 0;
    do {
        struct sorted sorted = {0};
        TRY(law_keep_watchers(
            db_reading(db), (struct law_keep_watchers_in){.work = {e->record}, .after = after, .most = ROUND}, &rows));
        TRY(sort_out(db, e, &rows, &said, &sorted));
        TRY(mark(db, &sorted));
        after = rows.n ? rows.at[rows.n - 1].post : after;
    } while (rows.n == ROUND);
    return OK;
}

/* ---- What was only counted. */

static struct said summed(struct arena *a, const struct law_keep_watch_due_row *w) {
    if (!w->work.v) {
        return (struct said){.words = str_format(a, "Chủ đề %.*s: thêm %lld văn bản mới hay thay đổi.",
                                                 STR_ARG(law_topic_name(w->topic)), (long long)w->waiting),
                             .path = str_format(a, "/law?topic=%.*s&sort=changed", STR_ARG(law_escaped(a, w->topic)))};
    }
    struct str name = law_name(a, w->type, w->code, w->short_title, w->title, w->issued_on);
    return (struct said){.words = str_format(a, "%.*s: thêm %lld lần thay đổi.", STR_ARG(name), (long long)w->waiting),
                         .path = str_format(a, "/law/%lld/history", (long long)w->work.v)};
}

struct err law_watch_sum(struct db_write *db, void *thing) {
    struct arena *a = db_write_arena(db);
    struct law_keep_watch_due_rows rows;
    int64_t after = 0;
    (void)thing;
    do {
        LIST(int64_t) told = {0};
        TRY(law_keep_watch_due(
            db_reading(db),
            (struct law_keep_watch_due_in){.before = clock_now().ms - JUST_NOW_MS, .after = after, .most = ROUND},
            &rows));
        for (size_t i = 0; i < rows.n; i++) {
            const struct law_keep_watch_due_row *w = &rows.at[i];
            struct said said = summed(a, w);
            after = w->id.v;
            LIST_ADD(a, &told, w->id.v);
            TRY(tell(db, w->post, w->work.v ? w->work.v : w->id.v, &said));
        }
        struct law_keep_watch_told_in in = {.told_at = clock_now(), .watches = {told.at, told.n}};
        TRY(told.n ? law_keep_watch_told(db, in, NULL) : OK);
    } while (rows.n == ROUND);
    /* Those told a moment ago come with the next. */
    TRY(law_keep_watch_due(db_reading(db),
                           (struct law_keep_watch_due_in){.before = clock_now().ms, .after = 0, .most = 1}, &rows));
    return rows.n ? plan(db) : OK;
}

struct err law_watch_job(struct job *job) {
    return job_finish(job, law_watch_sum, NULL);
}

const struct event_listener law_listeners[] = {
    {.name = "law.watch.added", .pattern = "law.added", .hear = hear},
    {.name = "law.watch.changed", .pattern = "law.changed", .hear = hear},
    {0},
};
