#include "kernel/http/live.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/num.h"
#include "kernel/rights/auth_inside.h"
#include "kernel/db/db.h"
#include "kernel/queue/event.h"
#include "kernel/http/loop.h"
#include "kernel/page/json.h"
#include "kernel/db/wake.h"

#include "base/banned.h"

enum {
    BEAT_US = 15 * 1000 * 1000,
    LOOK_US = 1000 * 1000, /* without a poke: one may have been lost */
    BATCH = 200,
    AGO_MOST_MS = 10 * 60 * 1000,
    SLACK_MS = 1000, /* between the snapshot a page was drawn from and its first byte, and between two clocks */
    CATCH_UP_MOST = 500,
    ENDED_AGAIN_MS = 5000,
    WAITING_MOST = 64 * 1024, /* a stream that takes nothing is ended; its browser comes back and resumes */
};

/* One open page. Small on purpose: thousands are open all day, nearly always silent. */
struct live_stream {
    struct live_stream *next, *before;
    struct request *request;
    int64_t post;
    int64_t last; /* id of the last event it was told of, or began after */
    int64_t beat_us;
    char *waiting;
    uint32_t used, sent, room;
    bool is_suspended;
    bool is_ending;
    char session[64]; /* hash of the session it lives by */
};

struct live {
    struct arena *arena;
    struct wake *wake;
    struct live_stream *streams;
    int64_t last;
    int64_t looked_us;
    struct instant ended_since;
    bool is_following; /* last is right: there was a stream to follow for */
};

struct err live_open(struct server *s) {
    s->live = arena_take(s->arena, struct live, 1);
    s->live->arena = arena_new();
    return wake_open(s->arena, s->setup.db, "event", &s->live->wake);
}

int live_fd(const struct server *s) { return s->live->wake ? wake_fd(s->live->wake) : -1; }

static void stream_wake(struct live_stream *t) {
    if (t->is_suspended) {
        t->is_suspended = false;
        MHD_resume_connection(t->request->mhd);
    }
}

static void stream_put(struct live_stream *t, struct str words) {
    size_t left = t->used - t->sent;
    if (t->sent) {
        memmove(t->waiting, t->waiting + t->sent, left);
        t->used = (uint32_t)left;
        t->sent = 0;
    }
    if (left + words.len > WAITING_MOST) {
        t->is_ending = true;
    } else {
        if (t->used + words.len > t->room) {
            size_t room = t->used + words.len + 128;
            char *more = realloc(t->waiting, room);
            if (!more) {
                abort();
            }
            t->waiting = more;
            t->room = (uint32_t)room;
        }
        memcpy(t->waiting + t->used, words.at, words.len);
        t->used += (uint32_t)words.len;
    }
    stream_wake(t);
}

static ssize_t stream_read(void *cls, uint64_t position, char *to, size_t most) {
    (void)position;
    struct live_stream *t = cls;
    size_t n = t->used - t->sent;
    if (n) {
        n = n < most ? n : most;
        memcpy(to, t->waiting + t->sent, n);
        t->sent += (uint32_t)n;
        if (t->sent == t->used) {
            free(t->waiting);
            t->waiting = NULL;
            t->used = t->sent = t->room = 0;
        }
        return (ssize_t)n;
    }
    if (t->is_ending) {
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
    t->is_suspended = true;
    MHD_suspend_connection(t->request->mhd);
    return 0;
}

static struct str event_words(struct arena *a, const struct event *e) {
    struct buf b = buf_in(a);
    /* Without a name of its own: a page listens once, and looks at the kind. */
    buf_printf(&b, "id: %lld\ndata: {\"kind\": ", (long long)e->id);
    json_str(&b, e->kind);
    buf_printf(&b, ", \"record\": \"%lld\"", (long long)e->record);
    if (e->body.len && str_find(e->body, S("\n"), 0) == SIZE_MAX && str_find(e->body, S("\r"), 0) == SIZE_MAX) {
        BUF_LIT(&b, ", \"body\": ");
        buf_put(&b, e->body);
    }
    BUF_LIT(&b, "}\n\n");
    return buf_str(&b);
}

static bool is_among(const struct access_ids *posts, int64_t post) {
    size_t low = 0, high = posts->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (posts->at[middle] == post) {
            return true;
        }
        *(posts->at[middle] < post ? &low : &high) = posts->at[middle] < post ? middle + 1 : middle;
    }
    return false;
}

static struct err pass_on(struct server *s, struct db_read *db, const struct event *e) {
    struct access_ids posts = {0};
    struct str words = event_words(s->live->arena, e);
    TRY(event_audience(db, e, &posts));
    for (struct live_stream *t = s->live->streams; t; t = t->next) {
        if (t->last < e->id && !t->is_ending) {
            t->last = e->id;
            if (is_among(&posts, t->post)) {
                stream_put(t, words);
            }
        }
    }
    return OK;
}

static struct err follow(struct server *s, struct db_read *db) {
    struct live *l = s->live;
    for (bool more = true; more;) {
        struct event_list events = {0};
        bool is_complete = true;
        TRY(event_after(db, l->last, BATCH, &events, &is_complete));
        for (size_t i = 0; i < events.n; i++) {
            TRY(pass_on(s, db, &events.at[i]));
            l->last = events.at[i].id;
        }
        more = events.n == BATCH;
    }
    return OK;
}

/* The streams of sessions that ended since the last look are looked at now. What another node wrote a moment ago by its
   own clock is among what is asked for again. */
static struct err end_sessions(struct server *s, struct db_read *db) {
    struct live *l = s->live;
    struct auth_hashes hashes;
    TRY(auth_ended(db, l->ended_since, &hashes));
    for (size_t i = 0; i < hashes.n; i++) {
        for (struct live_stream *t = l->streams; t; t = t->next) {
            if (str_eq(hashes.at[i], (struct str){t->session, sizeof t->session})) {
                t->beat_us = 0;
            }
        }
    }
    l->ended_since.ms = clock_now().ms - ENDED_AGAIN_MS;
    return OK;
}

/* Each stream beats on its own second, and lives only as long as its session wears its post. */
static struct err beat(struct server *s, struct db_read *db, int64_t now) {
    for (struct live_stream *t = s->live->streams; t; t = t->next) {
        if (now < t->beat_us || t->is_ending) {
            continue;
        }
        bool is_alive = false;
        TRY(auth_is_alive(db, (struct str){t->session, sizeof t->session}, (struct post_id){t->post}, &is_alive));
        t->beat_us = now + BEAT_US;
        t->is_ending = !is_alive;
        stream_put(t, is_alive ? S(":\n\n") : S("event: session.ended\ndata: {}\n\n"));
    }
    return OK;
}

void live_turn(struct server *s, bool is_poked, int64_t now) {
    struct live *l = s->live;
    if (is_poked) {
        wake_drain(l->wake);
    }
    if (!l->streams) {
        l->is_following = false;
        return;
    }
    if (!is_poked && now - l->looked_us < LOOK_US) {
        return;
    }
    struct db_read *db;
    l->looked_us = now;
    struct err e = db_begin_read(s->setup.db, l->arena, &db);
    if (!e.why) {
        e = follow(s, db);
        if (!e.why) {
            e = end_sessions(s, db);
        }
        if (!e.why) {
            e = beat(s, db, now);
        }
        db_end_read(db);
    }
    if (e.why) {
        log_fault(LOG_WARN, "passing on events", e);
    }
    arena_reset(l->arena);
}

/* What the page missed while its line was down. */
static struct err catch_up(struct get *g, struct live_stream *t, int64_t seen) {
    struct event_list events = {0};
    bool is_complete = true;
    TRY(event_after(g->db, seen, CATCH_UP_MOST, &events, &is_complete));
    if (!is_complete || events.n == CATCH_UP_MOST) {
        stream_put(t, S("event: reload\ndata: {}\n\n"));
        return event_last_id(g->db, &t->last);
    }
    for (size_t i = 0; i < events.n; i++) {
        bool may = false;
        TRY(event_may_see(g->db, &events.at[i], t->post, &may));
        if (may) {
            stream_put(t, event_words(g->arena, &events.at[i]));
        }
        t->last = events.at[i].id;
    }
    return OK;
}

static void live_enter(struct live *l, struct live_stream *t) {
    if (!l->is_following) {
        l->is_following = true;
        l->last = t->last;
    }
    l->last = t->last < l->last ? t->last : l->last;
    t->next = l->streams;
    if (t->next) {
        t->next->before = t;
    }
    l->streams = t;
}

/* The last event a page can have shown, which was drawn so many milliseconds ago: what happened between its drawing and
   its listening must not be lost. */
static struct err drawn_after(struct get *g, int64_t *seen) {
    int64_t ago = 0;
    if (!num_read_between(query_param(g->request, S("ago")), 0, AGO_MOST_MS, &ago)) {
        return OK;
    }
    return event_id_before(g->db, (struct instant){clock_now().ms - ago - SLACK_MS}, seen);
}

static struct err stream_begin(struct get *g, struct live_stream *t) {
    int64_t seen = -1;
    struct str asked = header_value(g->request, S("Last-Event-ID"));
    asked = asked.len ? asked : query_param(g->request, S("last"));
    TRY(event_last_id(g->db, &t->last));
    if (!asked.len) {
        TRY(drawn_after(g, &seen));
    }
    if ((seen >= 0 || num_read_between(asked, 0, INT64_MAX, &seen)) && seen < t->last) {
        t->last = seen;
        TRY(catch_up(g, t, seen));
    }
    /* An id without data: a page that heard nothing yet knows where to resume, too. */
    stream_put(t, str_format(g->arena, "retry: 2000\nid: %lld\n\n", (long long)t->last));
    return OK;
}

struct err live_page(struct get *g) {
    struct request *r = g->request;
    struct live *l = r->server->live;
    struct live_stream *t = calloc(1, sizeof *t);
    if (!t) {
        abort();
    }
    t->request = r;
    t->post = g->who->post.v;
    t->beat_us = clock_monotonic_us() + BEAT_US;
    memcpy(t->session, g->who->session.at,
           g->who->session.len < sizeof t->session ? g->who->session.len : sizeof t->session);
    struct err e = stream_begin(g, t);
    struct MHD_Response *m =
        e.why ? NULL : MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 512, stream_read, t, NULL);
    if (!m) {
        free(t->waiting);
        free(t);
        return e.why ? e : FAIL(ERR_BROKEN, "no stream could be made");
    }
    MHD_add_response_header(m, "Content-Type", "text/event-stream; charset=utf-8");
    MHD_add_response_header(m, "Cache-Control", "no-store");
    MHD_add_response_header(m, "X-Accel-Buffering", "no");
    MHD_add_response_header(m, "X-Content-Type-Options", "nosniff");
    r->answer.is_set = true;
    r->answer.status = MHD_HTTP_OK;
    r->answer.kept = m;
    r->answer.is_live = true;
    r->stream = t;
    live_enter(l, t);
    return OK;
}

/* The answer is with the library: the request's own memory is not needed any more. */
void live_begun(struct request *r) {
    MHD_destroy_response(r->answer.kept);
    r->server->open_n--;
    r->connection->phase = PHASE_LIVE;
    arena_free(r->arena);
    r->arena = arena_new();
}

void live_end(struct request *r) {
    struct live_stream *t = r->stream;
    *(t->before ? &t->before->next : &r->server->live->streams) = t->next;
    if (t->next) {
        t->next->before = t->before;
    }
    free(t->waiting);
    free(t);
    r->stream = NULL;
}

void live_close_all(struct server *s) {
    for (struct live_stream *t = s->live->streams; t; t = t->next) {
        t->is_ending = true;
        stream_wake(t);
    }
}

void live_shut(struct server *s) {
    arena_free(s->live->arena);
    s->live->arena = NULL;
}
