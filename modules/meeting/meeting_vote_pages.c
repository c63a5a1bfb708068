/* A vote with its result, the papers to print, and a paper with one's own notes. */
#include "base/num.h"
#include "kernel/file/file.h"
#include "modules/meeting/meeting_forms.h"
#include "modules/meeting/meeting_pages_gen.h"
#include "modules/meeting/meeting_parts.h"

#include "base/arena.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct link vote_link(struct get *g, const struct meeting_seen *seen, int64_t vote, const char *tail) {
    return link_local(g->arena, "/meeting/%lld/vote/%lld%s", (long long)seen->m->id.v, (long long)vote, tail);
}

static struct err vote_of_path(struct get *g, struct meeting_seen *seen, struct meeting_vote_by_id_row **row) {
    int64_t id;
    TRY(meeting_of_path(g, seen));
    TRY(path_id(g->request, S("vote"), &id));
    TRY(meeting_vote_by_id(g->db, (struct meeting_vote_by_id_in){.id = {id}, .meeting = seen->m->id}, row));
    bool may = seen->runs || seen->seat;
    return *row && may ? OK : FAIL(ERR_MISSING, "no such vote for this seat");
}

/* ---- What one may press, and what one pressed */

static struct err own_fill(struct get *g, const struct meeting_seen *seen, const struct meeting_vote_by_id_row *r,
                           struct meeting_vote_show *v) {
    static const char *const values[] = {"yes", "no", "other"};
    struct meeting_voice_of_row *mine;
    bool is_here = seen->seat && seen->seat->came_at.ms && !seen->seat->left_at.ms;
    v->may_say = v->is_open && v->is_named && is_here && seen->seat->is_voter && !seen->is_stand_in;
    if (!v->may_say) {
        return OK;
    }
    TRY(meeting_voice_of(g->db, (struct meeting_voice_of_in){.vote = r->id, .person = seen->seat->id}, &mine));
    v->my_choice = mine ? meeting_choice_name(mine->choice) : S("");
    v->say = vote_link(g, seen, r->id.v, "/voice");
    for (size_t i = 0; i < 3; i++) {
        struct str value = str_of(values[i]);
        LIST_ADD(g->arena, &v->choices,
                 (struct meeting_choice_line){.value = value,
                                              .label = meeting_choice_name(value),
                                              .is_chosen = mine && str_eq(mine->choice, value)});
    }
    if (mine) {
        LIST_ADD(g->arena, &v->choices, (struct meeting_choice_line){.value = S("none"), .label = S("Rút lại")});
    }
    return OK;
}

/* By name only once it is closed: before, nobody sees how others voted. */
static struct err voices_fill(struct get *g, const struct meeting_vote_by_id_row *r, struct meeting_vote_show *v) {
    struct meeting_voices_row *sum;
    struct meeting_voices_by_name_rows rows;
    if (!v->is_named) {
        return OK;
    }
    TRY(meeting_voices(g->db, (struct meeting_voices_in){.vote = r->id}, &sum));
    v->said = sum->yes + sum->no + sum->other;
    if (!v->is_closed) {
        return OK;
    }
    TRY(meeting_voices_by_name(g->db, (struct meeting_voices_by_name_in){.vote = r->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(
            g->arena, &v->voices,
            (struct meeting_voice_line){rows.at[i].name, rows.at[i].words, meeting_choice_name(rows.at[i].choice)});
    }
    return OK;
}

static void acts_fill(struct get *g, const struct meeting_seen *seen, const struct meeting_vote_by_id_row *r,
                      struct meeting_vote_show *v) {
    bool is_running = seen->runs && (v->is_open || v->is_counted) && meeting_is(seen->m, "open|paused");
    if (!is_running) {
        return;
    }
    v->annul = vote_link(g, seen, r->id.v, "/annulment");
    if (!v->is_named) {
        v->tally = vote_link(g, seen, r->id.v, "/tally");
        v->print = v->is_paper ? vote_link(g, seen, r->id.v, "/ballots") : v->print;
    }
    if (v->is_named || (v->is_counted && r->counted_by != g->who->post.v)) {
        v->close = vote_link(g, seen, r->id.v, "/closing");
    }
}

static struct meeting_vote_show vote_view(const struct meeting_seen *seen, const struct meeting_vote_by_id_row *r) {
    bool is_closed = is(r->state, "closed"), is_counted = is(r->state, "counted");
    bool has_result = is_closed || (is_counted && seen->runs);
    return (struct meeting_vote_show){.id = r->id.v,
                                      .title = seen->m->title,
                                      .text = r->text,
                                      .way_name = meeting_way_name(r->way),
                                      .state_name = meeting_vote_state(r->state),
                                      .rule = r->rule,
                                      .reason = r->reason,
                                      .counted_name = r->counted_name,
                                      .confirmed_name = r->confirmed_name,
                                      .eligible = r->eligible,
                                      .summoned = r->summoned,
                                      .present = r->present,
                                      .need = r->need,
                                      .yes = has_result ? r->yes : 0,
                                      .no = has_result ? r->no : 0,
                                      .other = has_result ? r->other : 0,
                                      .issued = has_result ? r->issued : 0,
                                      .back_n = has_result ? r->back : 0,
                                      .missed = has_result ? r->missed : 0,
                                      .valid = has_result ? r->valid : 0,
                                      .invalid = has_result ? r->invalid : 0,
                                      .is_closed = is_closed,
                                      .is_counted = is_counted,
                                      .is_open = is(r->state, "open"),
                                      .is_annulled = is(r->state, "annulled"),
                                      .is_carried = r->is_carried,
                                      .is_paper = is(r->way, "paper"),
                                      .is_named = is(r->way, "open"),
                                      .has_result = has_result,
                                      .opened_at = r->opened_at,
                                      .closed_at = r->closed_at};
}

struct err meeting_vote_get(struct get *g) {
    struct meeting_seen seen;
    struct meeting_vote_by_id_row *r;
    TRY(vote_of_path(g, &seen, &r));
    if (is(r->way, "secret")) {
        return meeting_secret_get(g, &seen, r);
    }
    struct meeting_vote_show v = vote_view(&seen, r);
    bool is_in = meeting_is(seen.m, "open|paused");
    v.back = link_local(g->arena, "/meeting/%lld%s", (long long)seen.m->id.v,
                        !is_in      ? ""
                        : seen.runs ? "/chair"
                                    : "/hall");
    TRY(own_fill(g, &seen, r, &v));
    TRY(voices_fill(g, r, &v));
    acts_fill(g, &seen, r, &v);
    return answer_meeting_vote_show(g, &v);
}

struct err meeting_ballots_get(struct get *g) {
    struct meeting_seen seen;
    struct meeting_vote_by_id_row *r;
    TRY(vote_of_path(g, &seen, &r));
    if (!seen.runs || !is(r->way, "paper")) {
        return FAIL(ERR_MISSING, "no papers to print");
    }
    struct meeting_ballots v = {.title = seen.m->title,
                                .text = r->text,
                                .where = meeting_where(seen.m),
                                .n = r->present,
                                .day_on = date_of(r->opened_at),
                                .back = vote_link(g, &seen, r->id.v, "")};
    for (int64_t i = 0; i < r->present && i < 1000; i++) {
        LIST_ADD(g->arena, &v.sheets, (struct meeting_choice_line){.label = seen.m->title});
    }
    return answer_meeting_ballots(g, &v);
}

/* ---- Papers */

static struct err paper_of_path(struct get *g, struct meeting_seen *seen, const struct meeting_paper_find_row **row) {
    int64_t id;
    TRY(meeting_of_path(g, seen));
    TRY(path_id(g->request, S("paper"), &id));
    return meeting_paper_see(g->db, seen, id, row);
}

static struct link paper_link(struct get *g, const struct meeting_seen *seen, int64_t paper, int64_t page) {
    return link_local(g->arena, "/meeting/%lld/paper/%lld?page=%lld", (long long)seen->m->id.v, (long long)paper,
                      (long long)page);
}

static struct err notes_fill(struct get *g, const struct meeting_seen *seen, const struct meeting_paper_find_row *p,
                             struct meeting_paper_show *v) {
    struct meeting_notes_rows rows;
    TRY(meeting_notes(g->db, (struct meeting_notes_in){.line = p->line, .person = g->who->person.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct meeting_notes_row *n = &rows.at[i];
        LIST_ADD(g->arena, &v->notes,
                 (struct meeting_note_line){.page = n->page,
                                            .text = n->text,
                                            .made_at = n->made_at,
                                            .is_old = n->turn != p->turn,
                                            .away = link_local(g->arena, "/meeting/%lld/paper/%lld/note/%lld/removal",
                                                               (long long)seen->m->id.v, (long long)p->id.v,
                                                               (long long)n->id.v)});
    }
    return OK;
}

static struct err versions_fill(struct get *g, const struct meeting_seen *seen, const struct meeting_paper_find_row *p,
                                struct meeting_paper_show *v) {
    struct meeting_paper_lines_rows rows;
    TRY(meeting_paper_lines(g->db, (struct meeting_paper_lines_in){.line = p->line, .meeting = seen->m->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v->versions,
                 (struct meeting_paper_line){.id = rows.at[i].id.v,
                                             .link = paper_link(g, seen, rows.at[i].id.v, 1),
                                             .by_name = rows.at[i].by_name,
                                             .turn = rows.at[i].turn});
    }
    return OK;
}

static void page_fill(struct get *g, const struct meeting_seen *seen, const struct meeting_paper_find_row *p,
                      const struct file *file, struct meeting_paper_show *v) {
    long long id = (long long)seen->m->id.v, paper = (long long)p->id.v;
    if (!num_read_between(query_param(g->request, S("page")), 1, 100000, &v->page) ||
        (file->pages && v->page > file->pages)) {
        v->page = 1;
    }
    v->pages_n = file->pages;
    v->is_reading = file->state == FILE_WAITING || file->state == FILE_READING;
    v->has_picture = file->has_pictures && v->page <= file->pages_done;
    if (v->has_picture) {
        v->picture = link_local(g->arena, "/meeting/%lld/paper/%lld/page/%lld", id, paper, (long long)v->page);
    }
    v->before = v->page > 1 ? paper_link(g, seen, p->id.v, v->page - 1) : v->before;
    v->after = v->page < file->pages ? paper_link(g, seen, p->id.v, v->page + 1) : v->after;
    v->file = link_local(g->arena, "/meeting/%lld/paper/%lld/file", id, paper);
    v->note_to = link_local(g->arena, "/meeting/%lld/paper/%lld/note", id, paper);
    v->back = link_local(g->arena, "/meeting/%lld", id);
    if (seen->runs && meeting_is(seen->m, "open|paused")) {
        v->show = link_local(g->arena, "/meeting/%lld/chair", id);
    }
}

struct err meeting_paper_get(struct get *g) {
    struct meeting_seen seen;
    const struct meeting_paper_find_row *p;
    struct file file;
    TRY(paper_of_path(g, &seen, &p));
    TRY(file_find(g->db, g->arena, p->file, &file));
    struct meeting_paper_show v = {.name = p->name,
                                   .meeting_title = seen.m->title,
                                   .by_name = p->by_name,
                                   .size = p->size,
                                   .turn = p->turn,
                                   .made_at = p->made_at,
                                   .is_late = p->is_late,
                                   .is_few = is(p->open_to, "some"),
                                   .is_current = p->is_current,
                                   .form = form_begin(g->arena, meeting_note_fields, g->form)};
    page_fill(g, &seen, p, &file, &v);
    TRY(notes_fill(g, &seen, p, &v));
    TRY(versions_fill(g, &seen, p, &v));
    return answer_meeting_paper_show(g, &v);
}

struct err meeting_file_get(struct get *g) {
    struct meeting_seen seen;
    const struct meeting_paper_find_row *p;
    struct file file;
    TRY(paper_of_path(g, &seen, &p));
    TRY(file_find(g->db, g->arena, p->file, &file));
    return answer_file(g, &file, p->name, false);
}

struct err meeting_picture_get(struct get *g) {
    struct meeting_seen seen;
    const struct meeting_paper_find_row *p;
    struct file file;
    struct str picture;
    int64_t n;
    TRY(paper_of_path(g, &seen, &p));
    TRY(path_id(g->request, S("page"), &n));
    TRY(file_find(g->db, g->arena, p->file, &file));
    TRY(file_picture(g->arena, &file, FILE_PICTURE_VIEW, n, &picture));
    answer_tagged(g->request);
    return answer_bytes(g, S("image/webp"), picture);
}
