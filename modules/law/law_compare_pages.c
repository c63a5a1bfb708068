/* Two wordings side by side: one work on two days, or two works, aligned and marked by law_diff. */
#include "modules/law/law_diff.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"

#include "base/arena.h"
#include "base/buf.h"

enum { ROWS_MOST = 20000, SHOWN_MOST = 600, PAIRS_OFFERED = 12 };

/* The places standing on a day, own words only, in reading order. */
static struct err side_read(struct get *g, const struct law_reading *r, struct law_diff_places *places,
                            struct law_shown *where) {
    struct law_read_rows_rows rows;
    *places = (struct law_diff_places){0};
    *where = (struct law_shown){0};
    TRY(law_read_rows(g->db, (struct law_read_rows_in){.work = r->work->id, .line = r->expression, .most = ROWS_MOST},
                      &rows));
    for (size_t i = 0, end; i < rows.n; i = end) {
        for (end = i; end < rows.n && rows.at[end].id.v == rows.at[i].id.v; end++) {
        }
        struct law_choice_of c = law_choose(r, &rows.at[i], end - i);
        const struct law_read_rows_row *v = &rows.at[i + c.at];
        struct str label = law_label(g->arena, v->level, v->label);
        if (c.standing != LAW_STANDS) {
            continue;
        }
        struct str text = v->heading.len && v->text.len
                              ? str_format(g->arena, "%.*s\n%.*s", STR_ARG(v->heading), STR_ARG(v->text))
                          : v->heading.len ? v->heading
                                           : v->text;
        LIST_ADD(g->arena, places, (struct law_diff_place){v->eid, text});
        LIST_ADD(g->arena, where,
                 (struct law_place_view){.eid = v->eid, .label = label, .words = law_place_words(g->arena, v->eid)});
    }
    return OK;
}

static struct str kind_name(enum law_diff_kind kind) {
    switch (kind) {
    case LAW_DIFF_CHANGED: return S("Sửa đổi");
    case LAW_DIFF_MOVED_PLACE: return S("Chuyển chỗ, đánh số lại");
    case LAW_DIFF_ADDED: return S("Mới");
    case LAW_DIFF_REMOVED: return S("Bỏ");
    case LAW_DIFF_SAME: break;
    }
    return S("Không đổi");
}

static struct str kind_code(enum law_diff_kind kind) {
    switch (kind) {
    case LAW_DIFF_CHANGED: return S("changed");
    case LAW_DIFF_MOVED_PLACE: return S("moved");
    case LAW_DIFF_ADDED: return S("added");
    case LAW_DIFF_REMOVED: return S("removed");
    case LAW_DIFF_SAME: break;
    }
    return S("same");
}

struct compared {
    const struct law_reading *before, *after;
    struct law_shown left, right;
};

static struct law_compare_row row_of(struct get *g, const struct compared *c, const struct law_diff_row *d) {
    struct arena *a = g->arena;
    struct law_compare_row r = {.kind = kind_code(d->kind), .kind_name = kind_name(d->kind)};
    for (size_t i = 0; i < d->left.n; i++) {
        LIST_ADD(a, &r.before, (struct law_compare_piece){d->left.at[i].text, d->left.at[i].is_changed});
    }
    for (size_t i = 0; i < d->right.n; i++) {
        LIST_ADD(a, &r.after, (struct law_compare_piece){d->right.at[i].text, d->right.at[i].is_changed});
    }
    if (d->before != LAW_DIFF_NONE) {
        const struct law_place_view *p = &c->left.at[d->before];
        r.before_words = p->words;
        r.before_link = law_link(a, c->before->work->id.v, p->eid, c->before->on);
        r.eid = p->eid;
    }
    if (d->after != LAW_DIFF_NONE) {
        const struct law_place_view *p = &c->right.at[d->after];
        r.after_words = p->words;
        r.after_link = law_link(a, c->after->work->id.v, p->eid, c->after->on);
        r.eid = p->eid;
    }
    return r;
}

static void tally(struct law_compare_view *v, enum law_diff_kind kind) {
    v->changed += kind == LAW_DIFF_CHANGED;
    v->moved += kind == LAW_DIFF_MOVED_PLACE;
    v->added += kind == LAW_DIFF_ADDED;
    v->removed += kind == LAW_DIFF_REMOVED;
}

static struct err result_fill(struct get *g, struct compared *c, struct law_compare_view *v) {
    struct law_diff_places before, after;
    int64_t hidden = 0;
    TRY(side_read(g, c->before, &before, &c->left));
    TRY(side_read(g, c->after, &after, &c->right));
    struct law_diff_rows rows = law_diff(g->arena, before, after);
    for (size_t i = 0; i < rows.n; i++) {
        tally(v, rows.at[i].kind);
        bool is_hidden = rows.at[i].kind == LAW_DIFF_SAME && !v->is_all;
        v->is_cut = v->rows.n >= SHOWN_MOST;
        hidden += is_hidden;
        if (is_hidden || v->is_cut) {
            continue;
        }
        struct law_compare_row r = row_of(g, c, &rows.at[i]);
        r.hidden = hidden;
        hidden = 0;
        LIST_ADD(g->arena, &v->rows, r);
    }
    v->has_result = true;
    v->is_same = !v->changed && !v->moved && !v->added && !v->removed;
    return OK;
}

/* Days on which the wording changed, each with the day before: what is usually compared. */
static void ways_fill(struct get *g, const struct law_reading *r, struct law_compare_view *v) {
    struct arena *a = g->arena;
    struct date last = {0};
    long long id = (long long)r->work->id.v;
    for (size_t i = r->events.n; i > 0 && v->ways.n < PAIRS_OFFERED; i--) {
        const struct law_read_events_row *e = &r->events.at[i - 1];
        if (!e->effective_on.year || date_is(e->effective_on, last) || !e->is_applied) {
            continue;
        }
        last = e->effective_on;
        struct str from = date_iso(a, date_plus(last, -1)), to = date_iso(a, last);
        LIST_ADD(a, &v->ways,
                 (struct law_way){
                     .label = str_format(a, "Trước và sau %.*s", STR_ARG(date_vi(a, last))),
                     .link = link_local(a, "/law/%lld/compare?from=%.*s&to=%.*s", id, STR_ARG(from), STR_ARG(to)),
                     .is_current = str_eq(v->from_text, date_vi(a, date_plus(last, -1))) &&
                                   str_eq(v->to_text, date_vi(a, last))});
    }
    if (v->ways.n && r->work->effective_on.year) {
        LIST_ADD(a, &v->ways,
                 (struct law_way){.label = S("Ban đầu và hiện hành"),
                                  .link = link_local(a, "/law/%lld/compare?from=%.*s&to=%.*s", id,
                                                     STR_ARG(date_iso(a, r->work->effective_on)),
                                                     STR_ARG(date_iso(a, r->today)))});
    }
}

/* The other work by its number or name; the same one when nothing is typed. */
static struct err other_read(struct get *g, const struct law_reading *mine, struct law_reading *other,
                             struct law_compare_view *v) {
    struct law_work_heads found = {0};
    v->with_text = law_query(g, "with");
    *other = *mine;
    if (!v->with_text.len) {
        return OK;
    }
    TRY(law_work_named(g->db, v->with_text, clock_today(), &found));
    if (!found.n) {
        v->fault = S("Không có văn bản mang số hay tên này trong thư viện.");
        return OK;
    }
    v->is_other = found.at[0].id.v != mine->work->id.v;
    return law_reading_begin(g, found.at[0].id, other);
}

static bool day_read(struct get *g, const char *name, struct date *on, struct str *text) {
    struct str typed = law_query(g, name);
    *text = typed;
    if (!typed.len || !date_read_vi(typed, on)) {
        return !typed.len;
    }
    *text = date_vi(g->arena, *on);
    return true;
}

static struct str side_title(struct arena *a, const struct law_reading *r) {
    return str_format(
        a, "%.*s, ngày %.*s",
        STR_ARG(law_name(a, r->work->type, r->work->code, r->work->short_title, r->work->title, r->work->issued_on)),
        STR_ARG(date_vi(a, r->on)));
}

static void links_fill(struct get *g, const struct law_reading *r, struct law_compare_view *v) {
    struct arena *a = g->arena;
    struct str with = law_escaped(a, v->with_text);
    struct str base =
        str_format(a, "/law/%lld/compare?from=%.*s&to=%.*s&with=%.*s", (long long)r->work->id.v,
                   STR_ARG(law_escaped(a, v->from_text)), STR_ARG(law_escaped(a, v->to_text)), STR_ARG(with));
    v->all = link_local(a, "%.*s&all=1", STR_ARG(base));
    v->changes = link_local(a, "%.*s", STR_ARG(base));
}

struct err law_compare_get(struct get *g) {
    int64_t id;
    struct law_reading before, after;
    struct law_compare_view v = {.is_all = str_eq(law_query(g, "all"), S("1"))};
    TRY(path_id(g->request, S("id"), &id));
    TRY(law_reading_begin(g, (struct law_work_id){id}, &before));
    TRY(law_head_fill(g, &before, "/compare", &v.head));
    TRY(other_read(g, &before, &after, &v));
    before.line = after.line = LAW_LINE_DAY;
    before.expression = after.expression = 0;
    before.on = before.work->effective_on.year ? before.work->effective_on : before.today;
    bool is_right = day_read(g, "from", &before.on, &v.from_text);
    is_right = day_read(g, "to", &after.on, &v.to_text) && is_right;
    if (!is_right) {
        v.fault = S("Ngày chưa đúng. Mời nhập như 23/11/2026.");
    }
    v.before_title = side_title(g->arena, &before);
    v.after_title = side_title(g->arena, &after);
    bool is_asked = v.from_text.len || v.to_text.len || v.with_text.len;
    if (is_asked && !v.fault.len) {
        struct compared c = {.before = &before, .after = &after};
        TRY(result_fill(g, &c, &v));
    }
    links_fill(g, &before, &v);
    ways_fill(g, &before, &v);
    return answer_law_compare(g, &v);
}
