/* The life of a work as a line of days: issued, in force, changed by whom, consolidated, ended. */
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"

#include "base/arena.h"
#include "base/buf.h"

#include <stdlib.h>

struct tally {
    size_t amended, added, repealed, other, waiting;
};

static void count(struct tally *t, const struct law_reading *r, const struct law_read_events_row *e) {
    t->waiting += law_reading_waits(r, e->id);
    if (str_eq(e->op, S("supplement"))) {
        t->added++;
    } else if (str_eq(e->op, S("repeal"))) {
        t->repealed++;
    } else if (str_eq(e->op, S("amend")) || str_eq(e->op, S("replace"))) {
        t->amended++;
    } else {
        t->other++;
    }
}

static void said(struct buf *b, size_t n, const char *words) {
    if (n) {
        buf_printf(b, "%s%zu %s", b->len ? ", " : "", n, words);
    }
}

static struct str counts_of(struct arena *a, const struct tally *t) {
    struct buf b = buf_in(a);
    said(&b, t->amended, "chỗ sửa đổi");
    said(&b, t->added, "chỗ bổ sung");
    said(&b, t->repealed, "chỗ bãi bỏ");
    said(&b, t->other, "chỗ khác");
    said(&b, t->waiting, "chưa cập nhật vào lời văn");
    return buf_str(&b);
}

static struct law_moment act_moment(struct get *g, const struct law_reading *r, const struct law_read_events_row *e,
                                    const struct tally *t) {
    struct arena *a = g->arena;
    struct law_moment m = {.on = e->effective_on,
                           .words = S("Được sửa đổi, bổ sung bởi"),
                           .act = law_name(a, e->type, e->code, e->short_title, e->title, e->issued_on),
                           .act_link = law_link(a, e->acting_work.v, S(""), (struct date){0}),
                           .counts = counts_of(a, t),
                           .is_waiting = t->waiting > 0,
                           .tone = S("gold")};
    if (e->effective_on.year) {
        m.is_future = date_cmp(e->effective_on, r->today) > 0;
        m.read = law_link(a, r->work->id.v, S(""), e->effective_on);
        m.compare =
            link_local(a, "/law/%lld/compare?from=%.*s&to=%.*s", (long long)r->work->id.v,
                       STR_ARG(date_iso(a, date_plus(e->effective_on, -1))), STR_ARG(date_iso(a, e->effective_on)));
    }
    return m;
}

static void plain(struct get *g, const struct law_reading *r, struct date on, struct str words, struct str tone,
                  struct law_history_view *v) {
    if (on.year) {
        LIST_ADD(g->arena, &v->moments,
                 (struct law_moment){.on = on,
                                     .words = words,
                                     .tone = tone,
                                     .is_future = date_cmp(on, r->today) > 0,
                                     .read = law_link(g->arena, r->work->id.v, S(""), on)});
    }
}

/* The latest first; what has no day before all. */
static int latest_first(const void *x, const void *y) {
    const struct law_moment *a = x, *b = y;
    int c = !a->on.year || !b->on.year ? (!a->on.year ? -1 : 1) : date_cmp(b->on, a->on);
    return c ? c : a < b ? 1 : -1;
}

static void acts_fill(struct get *g, const struct law_reading *r, struct law_history_view *v) {
    for (size_t i = 0, end; i < r->events.n; i = end) {
        struct tally t = {0};
        const struct law_read_events_row *e = &r->events.at[i];
        for (end = i; end < r->events.n && r->events.at[end].acting_work.v == e->acting_work.v &&
                      date_is(r->events.at[end].effective_on, e->effective_on);
             end++) {
            count(&t, r, &r->events.at[end]);
        }
        LIST_ADD(g->arena, &v->moments, act_moment(g, r, e, &t));
    }
}

static void consolidations_fill(struct get *g, const struct law_reading *r, struct law_history_view *v) {
    for (size_t i = 0; i < r->expressions.n; i++) {
        const struct law_read_expressions_row *e = &r->expressions.at[i];
        v->is_computed = v->is_computed || str_eq(e->kind, S("computed"));
        if (str_eq(e->kind, S("vbhn"))) {
            LIST_ADD(g->arena, &v->moments,
                     (struct law_moment){.on = e->dated_on,
                                         .words = S("Văn bản hợp nhất"),
                                         .act = e->code.len ? e->code : S("chưa rõ số"),
                                         .act_link = link_local(g->arena, "/law/%lld?view=%lld",
                                                                (long long)r->work->id.v, (long long)e->id.v),
                                         .tone = S("blue")});
        }
    }
}

struct err law_history_get(struct get *g) {
    int64_t id;
    struct law_reading r;
    struct law_history_view v = {0};
    TRY(path_id(g->request, S("id"), &id));
    TRY(law_reading_begin(g, (struct law_work_id){id}, &r));
    TRY(law_head_fill(g, &r, "/history", &v.head));
    plain(g, &r, r.work->issued_on, S("Ban hành"), S(""), &v);
    v.moments.n ? (void)(v.moments.at[0].read = (struct link){0}) : (void)0;
    plain(g, &r, r.work->effective_on, S("Có hiệu lực"), S("green"), &v);
    acts_fill(g, &r, &v);
    consolidations_fill(g, &r, &v);
    plain(g, &r, v.head.expired_on, S("Hết hiệu lực toàn bộ"), S("red"), &v);
    if (v.moments.n) {
        list_sort(v.moments.at, v.moments.n, sizeof *v.moments.at, latest_first);
    }
    for (size_t i = 0; i < v.moments.n; i++) {
        bool has_come = v.moments.at[i].on.year && date_cmp(v.moments.at[i].on, r.today) <= 0;
        v.moments.at[i].is_here = has_come;
        if (has_come) {
            break;
        }
    }
    return answer_law_history(g, &v);
}
