/* The places of a stretch of a work on the day read: whose words, what was done to them, what they refer to. */
#include "modules/law/law_keep_queries.h"
#include "modules/law/law_pages.h"

#include "base/arena.h"
#include "base/buf.h"

enum { ROWS_MOST = 30000, XREFS_MOST = 20000, NOTES_MOST = 500 };

struct law_choice_of law_choose(const struct law_reading *r, const struct law_read_rows_row *rows, size_t n) {
    if (r->line == LAW_LINE_EXPRESSION) {
        return (struct law_choice_of){0, LAW_STANDS};
    }
    if (r->line == LAW_LINE_ENACTED) {
        bool is_later = rows[0].born_event.v != 0;
        return (struct law_choice_of){0, is_later ? LAW_LATER : LAW_STANDS};
    }
    for (size_t i = n; i > 0; i--) {
        const struct law_read_rows_row *v = &rows[i - 1];
        bool has_begun = !v->from_on.year || date_cmp(v->from_on, r->on) <= 0;
        bool has_ended = v->until_on.year && date_cmp(v->until_on, r->on) <= 0;
        if (has_begun) {
            return (struct law_choice_of){i - 1, has_ended ? LAW_GONE : LAW_STANDS};
        }
    }
    return (struct law_choice_of){0, LAW_LATER};
}

static struct link event_link(struct arena *a, const struct law_read_events_row *e) {
    return law_link(a, e->acting_work.v, e->eid, (struct date){0});
}

static struct law_mark_view mark_of(struct arena *a, const struct law_reading *r, const struct law_read_events_row *e,
                                    struct str eid) {
    bool is_end = str_eq(e->op, S("repeal"));
    struct law_mark_view m = {.words = law_op_words(e->op),
                              .act = law_name(a, e->type, e->code, e->short_title, e->title, e->issued_on),
                              .link = event_link(a, e),
                              .on = e->effective_on,
                              .tone = is_end ? S("red") : S("gold")};
    if (e->effective_on.year && !is_end && !str_eq(e->op, S("supplement"))) {
        m.before = link_local(a, "/law/%lld/compare?from=%.*s&to=%.*s#%.*s", (long long)r->work->id.v,
                              STR_ARG(date_iso(a, date_plus(e->effective_on, -1))),
                              STR_ARG(date_iso(a, e->effective_on)), STR_ARG(law_escaped(a, eid)));
    }
    return m;
}

static struct law_mark_view later_mark(struct date on) {
    return (struct law_mark_view){.words = S("Chưa có hiệu lực"), .on = on, .tone = S("blue")};
}

/* What the chosen words come from, what will end them, and that the source itself says nothing more. */
static void marks_fill(struct arena *a, const struct law_reading *r, const struct law_read_rows_row *rows, size_t n,
                       struct law_choice_of c, struct law_place_view *p) {
    const struct law_read_rows_row *v = &rows[c.at];
    const struct law_read_events_row *born = law_reading_event(r, v->born_event.v);
    const struct law_read_events_row *died = law_reading_event(r, v->died_event.v);
    if (c.standing == LAW_GONE) {
        struct law_mark_view gone =
            died ? mark_of(a, r, died, p->eid) : (struct law_mark_view){.words = S("Hết hiệu lực"), .on = v->until_on};
        gone.tone = S("red");
        gone.before = (struct link){0};
        LIST_ADD(a, &p->marks, gone);
        return;
    }
    if (c.standing == LAW_LATER && r->line == LAW_LINE_DAY && r->status != LAW_PENDING) {
        LIST_ADD(a, &p->marks, later_mark(v->from_on));
    }
    if (born && r->line == LAW_LINE_DAY) {
        LIST_ADD(a, &p->marks, mark_of(a, r, born, p->eid));
    }
    bool will_change = c.at + 1 < n && c.standing == LAW_STANDS && r->line == LAW_LINE_DAY;
    if (will_change || (died && c.standing == LAW_STANDS && r->line == LAW_LINE_DAY)) {
        struct law_mark_view next = died ? mark_of(a, r, died, p->eid) : later_mark(v->until_on);
        next.words = str_format(a, "Sẽ thay đổi: %.*s", STR_ARG(next.words));
        next.tone = S("blue");
        LIST_ADD(a, &p->marks, next);
    }
}

static void waiting_mark(struct arena *a, const struct law_reading *r, struct law_place_view *p) {
    for (size_t i = 0; i < r->events.n; i++) {
        const struct law_read_events_row *e = &r->events.at[i];
        /* What is applied and has not begun is told by the words to come. */
        bool is_told = e->is_applied && e->effective_on.year && date_cmp(e->effective_on, r->on) > 0;
        if (e->target_provision.v == p->id.v && !is_told && law_reading_waits(r, e->id)) {
            struct law_mark_view m = mark_of(a, r, e, p->eid);
            m.words = str_format(a, "Chưa cập nhật vào lời văn: %.*s", STR_ARG(m.words));
            m.before = (struct link){0};
            LIST_ADD(a, &p->marks, m);
            p->has_changes_waiting = true;
        }
    }
}

static int64_t heading_rank(struct str level, int64_t above) {
    bool is_heading = str_eq(level, S("part")) || str_eq(level, S("chapter")) || str_eq(level, S("section")) ||
                      str_eq(level, S("subsection")) || str_eq(level, S("article")) || str_eq(level, S("annex"));
    return is_heading ? (above + 2 > 6 ? 6 : above + 2) : 0;
}

static int64_t depth_of(struct str level) {
    return str_eq(level, S("point")) ? 1 : str_eq(level, S("subpoint")) ? 2 : 0;
}

/* How many containers stand above: those whose sort key the place's own begins with. */
struct above {
    struct str key[8];
    int64_t n;
};

static int64_t above_of(struct above *above, const struct law_read_rows_row *v) {
    while (above->n && !str_starts(v->sort_key, above->key[above->n - 1])) {
        above->n--;
    }
    int64_t n = above->n;
    if (heading_rank(v->level, 0) && above->n < 8) {
        above->key[above->n++] = v->sort_key;
    }
    return n;
}

/* Where a wording's references begin; they are in the order of wordings. */
static size_t first_of(const struct law_read_xrefs_rows *xrefs, struct law_version_id version) {
    size_t low = 0, high = xrefs->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (xrefs->at[middle].version.v < version.v) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct law_refs refs_of(struct arena *a, const struct law_reading *r, const struct law_read_xrefs_rows *xrefs,
                               const struct law_read_rows_row *v) {
    struct law_refs refs = {0};
    struct date day = date_is(r->on, r->today) ? (struct date){0} : r->on;
    for (size_t i = first_of(xrefs, v->version); i < xrefs->n && xrefs->at[i].version.v == v->version.v; i++) {
        const struct law_read_xrefs_row *x = &xrefs->at[i];
        if (x->from_byte < 0 || x->to_byte <= x->from_byte || (size_t)x->to_byte > v->text.len) {
            continue;
        }
        struct law_ref ref = {.from = (size_t)x->from_byte, .to = (size_t)x->to_byte};
        struct date on = law_cite_day(x->mode, day, r->work->issued_on.year ? r->work->issued_on : v->from_on);
        if (x->to_work.v) {
            ref.link = law_link(a, x->to_work.v, x->to_eid, on);
            ref.on = date_is(on, day) ? (struct date){0} : on;
        }
        LIST_ADD(a, &refs, ref);
    }
    return refs;
}

struct filling {
    struct get *g;
    const struct law_reading *r;
    struct law_read_xrefs_rows xrefs;
    struct law_read_rows_rows other;
    struct law_keep_notes_rows notes;
    struct above above;
};

static void other_fill(struct filling *f, struct law_place_view *p) {
    for (size_t i = 0; i < f->other.n; i++) {
        if (f->other.at[i].id.v == p->id.v) {
            struct law_blocks blocks = law_blocks(f->g->arena, f->other.at[i].text, (struct law_refs){0});
            p->other.at = blocks.at;
            p->other.n = blocks.n;
            p->other_heading = f->other.at[i].heading;
            return;
        }
    }
}

static struct law_place_view place_of(struct filling *f, const struct law_read_rows_row *rows, size_t n) {
    struct arena *a = f->g->arena;
    struct law_choice_of c = law_choose(f->r, rows, n);
    const struct law_read_rows_row *v = &rows[c.at];
    struct law_place_view p = {.id = v->id,
                               .eid = v->eid,
                               .level = v->level,
                               .label = law_label(a, v->level, v->label),
                               .heading = v->heading,
                               .words = law_place_words(a, v->eid),
                               .rank = heading_rank(v->level, above_of(&f->above, v)),
                               .depth = depth_of(v->level),
                               .is_table = str_eq(v->level, S("table")),
                               .is_gone = c.standing == LAW_GONE,
                               .is_later = c.standing == LAW_LATER,
                               .is_computed = str_eq(v->kind, S("computed")),
                               .note = f->r->line == LAW_LINE_DAY ? v->note : S("")};
    struct law_blocks blocks = law_blocks(a, v->text, refs_of(a, f->r, &f->xrefs, v));
    p.blocks.at = blocks.at;
    p.blocks.n = blocks.n;
    p.about = link_local(a, "/law/%lld/place/%.*s", (long long)f->r->work->id.v, STR_ARG(law_escaped(a, v->eid)));
    marks_fill(a, f->r, rows, n, c, &p);
    waiting_mark(a, f->r, &p);
    other_fill(f, &p);
    for (size_t i = 0; i < f->notes.n; i++) {
        p.notes += f->notes.at[i].provision.v == p.id.v;
    }
    return p;
}

static bool may_cut(const struct law_read_rows_row *v, struct str must) {
    return (!v->article.v || v->article.v == v->id.v) && (!must.len || str_cmp(v->sort_key, must) > 0) &&
           !(must.len && str_starts(v->sort_key, must));
}

static struct err filling_begin(struct get *g, const struct law_reading *r, const struct law_stretch *s,
                                struct filling *f) {
    int64_t owners[] = {g->who->person.v, g->who->unit.v};
    *f = (struct filling){.g = g, .r = r};
    TRY(law_read_xrefs(
        g->db, (struct law_read_xrefs_in){.work = r->work->id, .from = s->from, .until = s->until, .most = XREFS_MOST},
        &f->xrefs));
    TRY(law_keep_notes(g->db,
                       (struct law_keep_notes_in){.work = r->work->id,
                                                  .owners = (struct db_ids){owners, g->who->unit.v ? 2 : 1},
                                                  .most = NOTES_MOST},
                       &f->notes));
    if (str_eq(law_query(g, "lang"), S("en")) && r->translation) {
        TRY(law_read_rows(
            g->db,
            (struct law_read_rows_in){
                .work = r->work->id, .from = s->from, .until = s->until, .line = r->translation, .most = ROWS_MOST},
            &f->other));
    }
    return OK;
}

struct err law_places_read(struct get *g, const struct law_reading *r, struct law_stretch *s,
                           struct law_shown *places) {
    struct law_read_rows_rows rows;
    struct filling f;
    size_t bytes = 0;
    *places = (struct law_shown){0};
    TRY(law_read_rows(
        g->db,
        (struct law_read_rows_in){
            .work = r->work->id, .from = s->from, .until = s->until, .line = r->expression, .most = ROWS_MOST},
        &rows));
    TRY(filling_begin(g, r, s, &f));
    for (size_t i = 0, end; i < rows.n; i = end) {
        for (end = i; end < rows.n && rows.at[end].id.v == rows.at[i].id.v; end++) {
        }
        if (s->bytes_most && bytes > s->bytes_most && may_cut(&rows.at[i], s->must)) {
            s->cut_at = rows.at[i].eid;
            break;
        }
        bytes += rows.at[i].text.len + rows.at[i].heading.len;
        struct law_place_view p = place_of(&f, &rows.at[i], end - i);
        if (!(r->line == LAW_LINE_ENACTED && p.is_later)) {
            LIST_ADD(g->arena, places, p);
        }
    }
    return OK;
}
