/* One place of a work: its citation, its wordings in time, who refers to it, notes, collections. */
#include "kernel/out/qr.h"
#include "modules/law/law_collect.h"
#include "modules/law/law_keep.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"

#include "base/arena.h"
#include "base/buf.h"

enum { SAID_MOST = 30, WORDINGS_MOST = 200 };

static struct law_wording_view wording_of(struct get *g, const struct law_reading *r, const struct law_read_rows_row *v,
                                          bool is_here) {
    struct arena *a = g->arena;
    const struct law_read_events_row *born = law_reading_event(r, v->born_event.v);
    struct law_wording_view x = {.from_on = v->from_on,
                                 .until_on = v->until_on.year ? date_plus(v->until_on, -1) : (struct date){0},
                                 .heading = v->heading,
                                 .is_here = is_here,
                                 .is_computed = str_eq(v->kind, S("computed"))};
    struct law_blocks blocks = law_blocks(a, v->text, (struct law_refs){0});
    x.blocks.at = blocks.at;
    x.blocks.n = blocks.n;
    if (v->from_on.year) {
        x.read = law_link(a, r->work->id.v, v->eid, v->from_on);
    }
    if (born) {
        x.act = law_name(a, born->type, born->code, born->short_title, born->title, born->issued_on);
        x.act_link = law_link(a, born->acting_work.v, born->eid, (struct date){0});
        x.compare = link_local(a, "/law/%lld/compare?from=%.*s&to=%.*s#%.*s", (long long)r->work->id.v,
                               STR_ARG(date_iso(a, date_plus(v->from_on, -1))), STR_ARG(date_iso(a, v->from_on)),
                               STR_ARG(law_escaped(a, v->eid)));
    }
    return x;
}

/* The newest wording first. */
static struct err wordings_fill(struct get *g, const struct law_reading *r, const struct law_read_place_row *p,
                                struct law_about_view *v) {
    struct law_read_rows_rows rows;
    TRY(law_read_rows(g->db,
                      (struct law_read_rows_in){.work = r->work->id,
                                                .from = p->sort_key,
                                                .until = str_format(g->arena, "%.*s ", STR_ARG(p->sort_key)),
                                                .most = WORDINGS_MOST},
                      &rows));
    size_t n = 0;
    while (n < rows.n && rows.at[n].id.v == p->id.v) {
        n++;
    }
    struct law_choice_of c = n ? law_choose(r, rows.at, n) : (struct law_choice_of){0, LAW_GONE};
    for (size_t i = n; i > 0; i--) {
        LIST_ADD(g->arena, &v->wordings, wording_of(g, r, &rows.at[i - 1], i - 1 == c.at && c.standing == LAW_STANDS));
    }
    v->cite = law_cite(g->arena, r->work, p->eid, n ? rows.at[c.at].from_on : (struct date){0});
    return OK;
}

static struct err said_fill(struct get *g, const struct law_reading *r, struct str eid, struct law_about_view *v) {
    struct law_read_said_rows rows;
    TRY(law_read_said(g->db,
                      (struct law_read_said_in){.work = r->work->id,
                                                .eid = eid,
                                                .below = str_format(g->arena, "%.*s__", STR_ARG(eid)),
                                                .behind = str_format(g->arena, "%.*s_~", STR_ARG(eid)),
                                                .most = SAID_MOST + 1},
                      &rows));
    for (size_t i = 0; i < rows.n && i < SAID_MOST; i++) {
        const struct law_read_said_row *s = &rows.at[i];
        LIST_ADD(g->arena, &v->said,
                 (struct law_said_view){
                     .link = link_local(g->arena, "/law/%lld", (long long)s->provision.v),
                     .words = law_place_words(g->arena, s->eid),
                     .name = law_name(g->arena, s->type, s->code, s->short_title, s->title, s->issued_on)});
    }
    v->is_said_more = rows.n > SAID_MOST;
    return OK;
}

static struct err about_fill(struct get *g, const struct law_reading *r, const struct law_read_place_row *p,
                             struct law_about_view *v) {
    struct law_shown places;
    struct law_stretch s = {.from = p->sort_key,
                            .until = str_format(g->arena, "%.*s~", STR_ARG(p->sort_key)),
                            .bytes_most = 100000,
                            .must = p->sort_key};
    TRY(law_head_fill(g, r, "", &v->head));
    TRY(law_places_read(g, r, &s, &places));
    v->places.at = places.at;
    v->places.n = places.n;
    v->place.words = law_place_words(g->arena, p->eid);
    v->place.eid = p->eid;
    v->place.id = p->id;
    for (size_t i = 0; i < places.n; i++) {
        if (places.at[i].id.v == p->id.v) {
            v->place = places.at[i];
        }
    }
    v->read = law_link(g->arena, r->work->id.v, p->eid, v->head.is_today ? (struct date){0} : r->on);
    v->address = law_address(g, law_link(g->arena, r->work->id.v, p->eid, r->on));
    struct str question =
        str_format(g->arena, "%.*s %.*s quy định gì?", STR_ARG(v->place.words), STR_ARG(v->head.name));
    v->ask = link_local(g->arena, "/assistant?q=%.*s", STR_ARG(law_escaped(g->arena, question)));
    TRY(wordings_fill(g, r, p, v));
    return said_fill(g, r, p->eid, v);
}

struct err law_about_get(struct get *g) {
    int64_t id;
    struct law_reading r;
    struct law_read_place_row *p;
    struct law_about_view v = {0};
    struct qr qr;
    TRY(path_id(g->request, S("id"), &id));
    TRY(law_reading_begin(g, (struct law_work_id){id}, &r));
    TRY(law_read_place(g->db, (struct law_read_place_in){.work = {id}, .eid = path_param(g->request, S("eid"))}, &p));
    if (!p) {
        return FAIL(ERR_MISSING, "no such place");
    }
    TRY(about_fill(g, &r, p, &v));
    TRY(law_notes_fill(g, r.work->id, p->id.v, &v.notes));
    TRY(law_collections_fill(g, r.work->id, p->id.v, &v.collections));
    v.note = law_note_form(g, p->eid);
    TRY(qr_make(g->arena, v.address, &qr));
    v.qr = qr.path;
    v.qr_size = qr.size;
    return answer_law_about(g, &v);
}
