/* The text of a work as people read it: the day, the line of wordings, what must be said aloud before it. */
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"

#include "kernel/out/qr.h"

#include "base/arena.h"
#include "base/buf.h"

/* With its markup and packed, so much text and the first assets stay below 100 kB. */
enum { BYTES_MOST = 56000 };

static void put_pair(struct buf *b, bool *has, const char *name, struct str value) {
    if (value.len) {
        buf_printf(b, "%c%s=", *has ? '&' : '?', name);
        url_escape(b, value);
        *has = true;
    }
}

struct link law_same_link(struct get *g, const struct law_reading *r, const char *key, struct str eid) {
    struct arena *a = g->arena;
    struct buf b = buf_in(a);
    bool has = false;
    buf_printf(&b, "/law/%lld", (long long)r->work->id.v);
    put_pair(&b, &has, key, eid);
    put_pair(&b, &has, "on", date_is(r->on, r->today) ? S("") : date_iso(a, r->on));
    put_pair(&b, &has, "view", law_query(g, "view"));
    put_pair(&b, &has, "lang", law_query(g, "lang"));
    bool is_place = str_eq(str_of(key), S("at")) || str_eq(str_of(key), S("part"));
    if (eid.len && is_place) {
        buf_printf(&b, "#%.*s", STR_ARG(law_escaped(a, eid)));
    }
    return link_local(a, "%.*s", STR_ARG(buf_str(&b)));
}

/* What the page is shared and printed under: the place, the line of words, and always the day, so that it shows the
   same when the law has changed. */
static struct link lasting_link(struct get *g, const struct law_reading *r, struct str at) {
    struct arena *a = g->arena;
    struct buf b = buf_in(a);
    bool has = false;
    buf_printf(&b, "/law/%lld", (long long)r->work->id.v);
    put_pair(&b, &has, "at", at);
    put_pair(&b, &has, "on", date_iso(a, r->on));
    put_pair(&b, &has, "view", law_query(g, "view"));
    put_pair(&b, &has, "lang", law_query(g, "lang"));
    buf_printf(&b, "%s%.*s", at.len ? "#" : "", STR_ARG(law_escaped(a, at)));
    return link_local(a, "%.*s", STR_ARG(buf_str(&b)));
}

/* Days on which applied changes of others took effect, from the day read to today or before it. */
struct amended {
    struct str words;
    struct date last;
    size_t acts;
};

static struct amended amended_of(struct get *g, const struct law_reading *r, struct date after) {
    struct amended x = {0};
    struct buf b = buf_in(g->arena);
    int64_t last = 0;
    for (size_t i = 0; i < r->events.n; i++) {
        const struct law_read_events_row *e = &r->events.at[i];
        bool counts = e->effective_on.year && date_cmp(e->effective_on, after) > 0 &&
                      date_cmp(e->effective_on, r->today) <= 0 && e->acting_work.v != r->work->id.v;
        if (!counts || e->acting_work.v == last) {
            continue;
        }
        last = e->acting_work.v;
        x.last = e->effective_on;
        if (x.acts++ < 4) {
            buf_printf(&b, "%s%.*s (từ %.*s)", b.len ? ", " : "",
                       STR_ARG(law_name(g->arena, e->type, e->code, e->short_title, e->title, e->issued_on)),
                       STR_ARG(date_vi(g->arena, e->effective_on)));
        }
    }
    if (x.acts > 4) {
        buf_printf(&b, " và %zu văn bản khác", x.acts - 4);
    }
    x.words = buf_str(&b);
    return x;
}

static void loud(struct get *g, struct law_show_view *v, struct law_loud x) { LIST_ADD(g->arena, &v->louds, x); }

static struct err end_said(struct get *g, const struct law_reading *r, struct law_show_view *v) {
    struct law_read_enders_rows rows;
    TRY(law_read_enders(g->db, (struct law_read_enders_in){.work = r->work->id}, &rows));
    struct law_loud x = {.tone = S("red"), .words = S("Văn bản này đã hết hiệu lực toàn bộ.")};
    if (v->head.expired_on.year) {
        x.words = str_format(g->arena, "Văn bản này đã hết hiệu lực toàn bộ từ ngày %.*s.",
                             STR_ARG(date_vi(g->arena, v->head.expired_on)));
    }
    if (rows.n) {
        const struct law_read_enders_row *e = &rows.at[0];
        struct str name = law_name(g->arena, e->type, e->code, e->short_title, e->title, e->issued_on);
        bool is_replaced = str_eq(e->relation, S("replaces"));
        x.link_words = is_replaced ? str_format(g->arena, "Được thay thế bởi %.*s", STR_ARG(name))
                                   : str_format(g->arena, "Bị bãi bỏ bởi %.*s", STR_ARG(name));
        x.link = law_link(g->arena, e->id.v, S(""), (struct date){0});
    }
    loud(g, v, x);
    return OK;
}

static struct err force_said(struct get *g, const struct law_reading *r, struct law_show_view *v) {
    switch (r->status) {
    case LAW_EXPIRED: return end_said(g, r, v);
    case LAW_PENDING:
        loud(g, v,
             (struct law_loud){.tone = S("blue"),
                               .words = str_format(g->arena, "Chưa có hiệu lực. Văn bản có hiệu lực từ ngày %.*s.",
                                                   STR_ARG(date_vi(g->arena, r->work->effective_on)))});
        return OK;
    case LAW_SUSPENDED:
        loud(g, v, (struct law_loud){.tone = S("gold"), .words = S("Văn bản này đang ngưng hiệu lực.")});
        return OK;
    case LAW_UNKNOWN:
        loud(g, v,
             (struct law_loud){.tone = S("gold"),
                               .words = S("Không xác định được hiệu lực vì thiếu ngày có hiệu lực. Không coi là đang "
                                          "có hiệu lực khi chưa kiểm tra lại.")});
        return OK;
    case LAW_IN_FORCE:
    case LAW_PARTLY: break;
    }
    return OK;
}

/* What the source gives as the work is its words of a later day: nobody here has those of the first. */
static const struct law_read_expressions_row *codified_of(const struct law_reading *r) {
    for (size_t i = 0; i < r->expressions.n; i++) {
        const struct law_read_expressions_row *e = &r->expressions.at[i];
        if (str_eq(e->kind, S("original"))) {
            return str_eq(e->given, S("codified")) ? e : NULL;
        }
    }
    return NULL;
}

static void codified_said(struct get *g, const struct law_reading *r, struct law_show_view *v) {
    const struct law_read_expressions_row *e = codified_of(r);
    bool is_of_other_day = v->is_enacted || date_cmp(r->on, r->today) < 0;
    if (!e || r->line == LAW_LINE_EXPRESSION || (!is_of_other_day && !e->is_official)) {
        return;
    }
    struct law_loud x = {.tone = S("gold"),
                         .words = S("Nguồn chỉ có lời văn đã ghép các sửa đổi (Bộ pháp điển), chưa có lời văn như "
                                    "khi ban hành.")};
    if (e->is_official) {
        x.words =
            str_format(g->arena, "Thư viện chỉ có lời văn của Văn bản hợp nhất %.*s, chưa có lời văn như khi ban hành.",
                       STR_ARG(e->code));
    }
    loud(g, v, x);
}

/* A published consolidation is being read: by itself, because it outranks our own, or because it was asked for. */
static void consolidation_said(struct get *g, const struct law_reading *r, struct law_show_view *v) {
    for (size_t i = 0; i < r->expressions.n && r->line == LAW_LINE_EXPRESSION; i++) {
        const struct law_read_expressions_row *e = &r->expressions.at[i];
        if (e->id.v != r->expression || !e->is_official) {
            continue;
        }
        struct law_loud x = {.tone = S("blue"),
                             .words = str_format(g->arena, "Đang đọc Văn bản hợp nhất %.*s, lời văn của ngày %.*s.",
                                                 STR_ARG(e->code), STR_ARG(date_vi(g->arena, e->dated_on)))};
        if (v->has_computed) {
            x.link_words = S("Xem bản đọc");
            x.link = link_local(g->arena, "/law/%lld?view=computed", (long long)r->work->id.v);
        }
        loud(g, v, x);
    }
}

static void amended_said(struct get *g, const struct law_reading *r, struct law_show_view *v) {
    bool is_old = r->line == LAW_LINE_ENACTED || date_cmp(r->on, r->today) < 0;
    struct amended since = amended_of(g, r, r->line == LAW_LINE_ENACTED ? (struct date){0} : r->on);
    struct link now = law_link(g->arena, r->work->id.v, v->at, (struct date){0});
    if (is_old && since.acts) {
        loud(g, v,
             (struct law_loud){.tone = S("gold"),
                               .words =
                                   str_format(g->arena, "Lời văn này đã được sửa đổi bởi %.*s.", STR_ARG(since.words)),
                               .link_words = S("Xem bản hiện hành"),
                               .link = now});
    } else if (is_old) {
        loud(g, v,
             (struct law_loud){.tone = S("blue"),
                               .words = r->line == LAW_LINE_ENACTED
                                            ? S("Đang đọc lời văn như khi ban hành.")
                                            : str_format(g->arena, "Đang đọc lời văn của ngày %.*s.",
                                                         STR_ARG(date_vi(g->arena, r->on))),
                               .link_words = S("Xem bản hiện hành"),
                               .link = now});
    } else if (date_cmp(r->on, r->today) > 0) {
        loud(g, v,
             (struct law_loud){.tone = S("blue"),
                               .words =
                                   str_format(g->arena, "Đang đọc lời văn sẽ có vào ngày %.*s, theo những gì đã biết.",
                                              STR_ARG(date_vi(g->arena, r->on))),
                               .link_words = S("Xem bản hiện hành"),
                               .link = now});
    } else if ((since = amended_of(g, r, (struct date){0})).acts && r->line == LAW_LINE_DAY) {
        loud(g, v,
             (struct law_loud){.tone = S("gold"),
                               .words = str_format(g->arena, "Đã được sửa đổi bởi %.*s. Những chỗ ấy được đánh dấu.",
                                                   STR_ARG(since.words)),
                               .link_words = S("Lịch sử hiệu lực"),
                               .link = link_local(g->arena, "/law/%lld/history", (long long)r->work->id.v)});
    }
}

static void changes_said(struct get *g, const struct law_reading *r, struct law_show_view *v, const char *tone,
                         struct str words) {
    struct link all = link_local(g->arena, "/law/%lld/relation#waiting", (long long)r->work->id.v);
    loud(g, v,
         (struct law_loud){.tone = str_of(tone), .words = words, .link_words = S("Xem từng thay đổi"), .link = all});
}

/* Changes that have not begun on the day read, and those that have and are not in the words. */
static void waiting_said(struct get *g, const struct law_reading *r, struct law_show_view *v) {
    struct date next = {0};
    size_t later = 0;
    for (size_t i = 0; i < r->unapplied.n; i++) {
        struct date on = r->unapplied.at[i].effective_on;
        bool is_later = on.year && date_cmp(on, r->on) > 0;
        later += is_later;
        next = is_later && (!next.year || date_cmp(on, next) < 0) ? on : next;
    }
    if (later) {
        changes_said(g, r, v, "blue",
                     str_format(g->arena, "Có %zu thay đổi chưa có hiệu lực; lần gần nhất từ %.*s.", later,
                                STR_ARG(date_vi(g->arena, next))));
    }
    if (r->unapplied.n > later) {
        changes_said(g, r, v, "gold",
                     str_format(g->arena, "Có %zu thay đổi của văn bản khác chưa được đưa vào lời văn này.",
                                r->unapplied.n - later));
    }
}

static void way(struct get *g, const struct law_reading *r, struct law_show_view *v, struct str label, struct str view,
                bool is_current) {
    struct buf b = buf_in(g->arena);
    bool has = false;
    buf_printf(&b, "/law/%lld", (long long)r->work->id.v);
    put_pair(&b, &has, "at", v->at);
    put_pair(&b, &has, "view", view);
    LIST_ADD(g->arena, &v->ways,
             (struct law_way){label, link_local(g->arena, "%.*s", STR_ARG(buf_str(&b))), is_current});
}

static void ways_fill(struct get *g, const struct law_reading *r, struct law_show_view *v) {
    struct arena *a = g->arena;
    struct str view = law_query(g, "view");
    v->is_bilingual = r->translation && str_eq(law_query(g, "lang"), S("en"));
    way(g, r, v, S("Hiện hành"), S(""),
        !view.len && date_is(r->on, r->today) && !v->is_bilingual && r->line == LAW_LINE_DAY);
    way(g, r, v, S("Như khi ban hành"), S("enacted"), r->line == LAW_LINE_ENACTED);
    for (size_t i = 0; i < r->expressions.n; i++) {
        const struct law_read_expressions_row *e = &r->expressions.at[i];
        v->has_computed = v->has_computed || str_eq(e->kind, S("computed"));
        if (str_eq(e->kind, S("vbhn"))) {
            way(g, r, v, str_format(a, "Hợp nhất %.*s", STR_ARG(e->code.len ? e->code : date_vi(a, e->dated_on))),
                str_format(a, "%lld", (long long)e->id.v), r->expression == e->id.v);
        }
    }
    if (v->has_computed) {
        way(g, r, v, S("Bản đọc"), S("computed"), str_eq(view, S("computed")));
    }
    if (r->translation) {
        LIST_ADD(a, &v->ways,
                 (struct law_way){S("Song ngữ Việt – Anh"),
                                  link_local(a, "/law/%lld?lang=en%s%.*s", (long long)r->work->id.v,
                                             v->at.len ? "&at=" : "", STR_ARG(law_escaped(a, v->at))),
                                  v->is_bilingual});
    }
}

/* What stands before and after the part shown. */
static void around_fill(struct get *g, const struct law_reading *r, const struct law_outline_view *o,
                        const struct law_stretch *s, struct law_show_view *v) {
    struct str after = s->cut_at.len ? s->cut_at : o->after_eid;
    if (o->before_eid.len) {
        v->before = law_same_link(g, r, "at", o->before_eid);
        v->before_words = law_eid_words(g->arena, o->before_eid);
    } else {
        v->preamble = r->work->preamble;
    }
    if (after.len) {
        v->after = law_same_link(g, r, s->cut_at.len ? "part" : "at", after);
        v->after_words = law_eid_words(g->arena, after);
    } else {
        v->closing = r->work->closing;
    }
    v->is_windowed = o->before_eid.len || after.len;
    v->whole = law_same_link(g, r, "all", S("1"));
}

static struct err text_fill(struct get *g, const struct law_reading *r, struct law_show_view *v) {
    struct law_outline_view o;
    struct law_shown places;
    TRY(law_outline_fill(g, r, v->at, law_query(g, "part"), &o));
    v->is_whole = str_eq(law_query(g, "all"), S("1"));
    struct law_stretch s = {
        .from = o.from, .until = o.until, .must = o.must, .bytes_most = v->is_whole ? 0 : BYTES_MOST};
    TRY(law_places_read(g, r, &s, &places));
    v->outline.at = o.items.at;
    v->outline.n = o.items.n;
    v->places.at = places.at;
    v->places.n = places.n;
    for (size_t i = 0; i < v->places.n; i++) {
        v->places.at[i].is_aim = v->at.len && str_eq(v->places.at[i].eid, v->at);
        v->is_computed = v->is_computed || (v->places.at[i].is_computed && r->line == LAW_LINE_DAY);
    }
    around_fill(g, r, &o, &s, v);
    if (v->preamble.len) {
        struct law_blocks bases;
        TRY(law_bases(g, r, &bases));
        v->bases.at = bases.at;
        v->bases.n = bases.n;
    }
    return OK;
}

/* The address of a place leads to its work, at that place. */
static struct err place_or_missing(struct get *g, int64_t id) {
    struct law_read_provision_row *p;
    TRY(law_read_provision(g->db, (struct law_read_provision_in){.id = {id}}, &p));
    if (!p) {
        return FAIL(ERR_MISSING, "neither a work nor a place");
    }
    struct date on;
    bool has_day = date_read_vi(law_query(g, "on"), &on);
    return see_other_get(g, "%.*s", STR_ARG(law_link(g->arena, p->work.v, p->eid, has_day ? on : (struct date){0}).v));
}

struct err law_show_get(struct get *g) {
    int64_t id;
    struct law_reading r;
    TRY(path_id(g->request, S("id"), &id));
    struct err why = law_reading_begin(g, (struct law_work_id){id}, &r);
    if (err_is(why, ERR_MISSING)) {
        return place_or_missing(g, id);
    }
    TRY(why);
    struct law_show_view v = {.at = law_query(g, "at"), .on_text = date_vi(g->arena, r.on)};
    struct str typed = law_query(g, "on");
    struct date on;
    if (typed.len && !date_read_vi(typed, &on)) {
        v.on_text = typed;
        v.on_fault = S("Ngày chưa đúng. Mời nhập như 23/11/2026.");
    }
    v.is_enacted = r.line == LAW_LINE_ENACTED;
    v.organ = g->who->organ_name;
    TRY(law_head_fill(g, &r, "", &v.head));
    TRY(force_said(g, &r, &v));
    amended_said(g, &r, &v);
    codified_said(g, &r, &v);
    waiting_said(g, &r, &v);
    ways_fill(g, &r, &v);
    consolidation_said(g, &r, &v);
    TRY(text_fill(g, &r, &v));
    v.cite = law_cite(g->arena, r.work, v.at, (struct date){0});
    struct qr qr;
    v.head.address = law_address(g, lasting_link(g, &r, v.at));
    TRY(qr_make(g->arena, v.head.address, &qr));
    v.qr = qr.path;
    v.qr_size = qr.size;
    return answer_law_show(g, &v);
}
