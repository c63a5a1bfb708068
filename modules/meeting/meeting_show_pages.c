/* A meeting's own page, its calendar file, and the minutes drafted from its rows. */
#include "kernel/record/move.h"
#include "modules/meeting/meeting_forms.h"
#include "modules/meeting/meeting_pages_gen.h"
#include "modules/meeting/meeting_parts.h"
#include "modules/org/org.h"

#include "base/arena.h"
#include "base/buf.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct link sub(struct get *g, int64_t id, const char *tail) {
    return link_local(g->arena, "/meeting/%lld%s", (long long)id, tail);
}

struct str meeting_hours(struct arena *a, const struct meeting_find_row *m) {
    struct str f = meeting_clock_words(a, m->starts_at), u = meeting_clock_words(a, m->ends_at);
    bool is_one_day = date_is(date_of(m->starts_at), date_of(m->ends_at));
    return is_one_day ? str_format(a, "%.5s – %.5s", f.at, u.at) : str_format(a, "%.5s – %.*s", f.at, STR_ARG(u));
}

struct str meeting_where(const struct meeting_find_row *m) {
    return m->room_name.len ? m->room_name : m->place;
}

/* ---- Programme: an item that has not begun is expected after those before it. */

static struct str item_state(struct str state) {
    return is(state, "now") ? S("Đang bàn") : is(state, "done") ? S("Đã xong") : S("Chưa đến");
}

struct err meeting_agenda_fill(struct get *g, const struct meeting_seen *seen, struct meeting_agenda_lines *lines) {
    struct meeting_agendas_rows rows;
    int64_t at = seen->m->opened_at.ms ? seen->m->opened_at.ms : seen->m->starts_at.ms;
    bool may_edit = seen->runs && meeting_is(seen->m, "plan|invited|open|paused");
    bool may_turn = seen->runs && meeting_is(seen->m, "open|paused");
    TRY(meeting_agendas(g->db, (struct meeting_agendas_in){.meeting = seen->m->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct meeting_agendas_row *r = &rows.at[i];
        at = r->began_at.ms ? r->began_at.ms : at;
        struct meeting_agenda_line l = {.id = r->id.v,
                                        .no = (int64_t)i + 1,
                                        .minutes = r->minutes,
                                        .title = r->title,
                                        .presenter = r->presenter,
                                        .clock = str_slice(meeting_clock_words(g->arena, (struct instant){at}), 0, 5),
                                        .state_name = item_state(r->state),
                                        .is_now = is(r->state, "now"),
                                        .is_done = is(r->state, "done")};
        if (may_edit) {
            l.edit = link_local(g->arena, "/meeting/%lld/agenda/%lld/edit", (long long)seen->m->id.v, (long long)l.id);
        }
        if (may_turn && !l.is_now) {
            l.turn = link_local(g->arena, "/meeting/%lld/agenda/%lld/turn", (long long)seen->m->id.v, (long long)l.id);
        }
        at = r->ended_at.ms ? r->ended_at.ms : at + r->minutes * INT64_C(60000);
        LIST_ADD(g->arena, lines, l);
    }
    return OK;
}

bool meeting_sees_papers(const struct meeting_seen *seen) {
    return seen->runs || (seen->seat && !meeting_is(seen->m, "plan|cancelled"));
}

struct err meeting_papers_fill(struct get *g, const struct meeting_seen *seen, struct meeting_paper_lines *lines) {
    struct meeting_papers_rows rows;
    bool may_add = seen->runs && meeting_is(seen->m, "plan|invited|open|paused");
    int64_t seat = seen->seat && meeting_sees_papers(seen) ? seen->seat->id.v : 0;
    TRY(meeting_papers(g->db, (struct meeting_papers_in){.meeting = seen->m->id, .runs = seen->runs, .seat = seat},
                       &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct meeting_papers_row *r = &rows.at[i];
        struct meeting_paper_line l = {
            .id = r->id.v,
            .link = link_local(g->arena, "/meeting/%lld/paper/%lld", (long long)seen->m->id.v, (long long)r->id.v),
            .name = r->name,
            .by_name = r->by_name,
            .size = r->size,
            .turn = r->turn,
            .is_late = r->is_late,
            .is_new = r->turn > 1,
            .is_few = is(r->open_to, "some")};
        if (may_add) {
            l.fresh =
                link_local(g->arena, "/meeting/%lld/paper/%lld/version", (long long)seen->m->id.v, (long long)r->id.v);
        }
        LIST_ADD(g->arena, lines, l);
    }
    return OK;
}

/* ---- People */

static struct str presence_name(const struct meeting_people_row *p, bool is_over) {
    return p->left_at.ms ? S("Đã về") : p->came_at.ms ? S("Có mặt") : is_over ? S("Vắng mặt") : S("");
}

static struct str reason_of(struct arena *a, const struct meeting_people_row *p, bool runs) {
    struct str who = p->stand_in_name.len ? str_format(a, "%.*s dự thay", STR_ARG(p->stand_in_name)) : S("");
    struct str why = runs ? p->reason : S("");
    return who.len && why.len ? str_format(a, "%.*s: %.*s", STR_ARG(who), STR_ARG(why)) : who.len ? who : why;
}

static void seat_acts(struct get *g, const struct meeting_seen *seen, const struct meeting_people_row *p,
                      struct meeting_person_line *l) {
    long long id = (long long)seen->m->id.v, person = (long long)p->id.v;
    bool is_here = p->came_at.ms && !p->left_at.ms;
    bool is_soon = clock_now().ms >= seen->m->starts_at.ms - 12 * INT64_C(3600000);
    if (!seen->runs) {
        return;
    }
    if (meeting_is(seen->m, "invited|open|paused") && is_soon) {
        l->come = is_here ? l->come : link_local(g->arena, "/meeting/%lld/person/%lld/presence", id, person);
        l->go = is_here ? link_local(g->arena, "/meeting/%lld/person/%lld/departure", id, person) : l->go;
    }
    bool is_fixed = p->post && (p->post == seen->m->chair || p->post == seen->m->secretary);
    if (meeting_is(seen->m, "plan|invited") && !p->came_at.ms && !is_fixed) {
        l->away = link_local(g->arena, "/meeting/%lld/person/%lld/removal", id, person);
    }
}

static struct err people_fill(struct get *g, const struct meeting_seen *seen, struct meeting_show *v) {
    struct meeting_people_rows rows;
    TRY(meeting_people(g->db, (struct meeting_people_in){.meeting = seen->m->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct meeting_people_row *p = &rows.at[i];
        struct meeting_person_line l = {.id = p->id.v,
                                        .name = p->name,
                                        .words = p->words,
                                        .answer_name = p->post ? meeting_answer_name(p->answer) : S("Khách mời"),
                                        .reason = reason_of(g->arena, p, seen->runs),
                                        .presence_name = presence_name(p, v->is_over),
                                        .is_voter = p->is_voter,
                                        .is_here = p->came_at.ms && !p->left_at.ms,
                                        .is_no = is(p->answer, "no") && !p->came_at.ms,
                                        .is_waiting = p->post && is(p->answer, "none") && !p->came_at.ms};
        seat_acts(g, seen, p, &l);
        LIST_ADD(g->arena, &v->people, l);
        v->yes_n += is(p->answer, "yes");
        v->no_n += is(p->answer, "no") || is(p->answer, "other");
        v->none_n += p->post && is(p->answer, "none");
    }
    v->people_n = (int64_t)rows.n;
    return OK;
}

/* ---- Votes and conclusions */

struct str meeting_vote_state(struct str state) {
    return is(state, "open")      ? S("Đang mở")
           : is(state, "counted") ? S("Chờ xác nhận")
           : is(state, "closed")  ? S("Đã đóng")
                                  : S("Đã hủy");
}

struct str meeting_choice_name(struct str choice) {
    return is(choice, "yes")  ? S("Tán thành")
           : is(choice, "no") ? S("Không tán thành")
           : choice.len       ? S("Ý kiến khác")
                              : S("");
}

struct str meeting_vote_result(struct arena *a, const struct meeting_votes_row *v) {
    if (!is(v->state, "closed")) {
        return is(v->state, "annulled") ? S("đã hủy") : S("chưa có kết quả");
    }
    if (v->outcome.len) {
        return v->outcome;
    }
    return str_format(a, "%lld tán thành, %lld không tán thành, %lld ý kiến khác: %s", (long long)v->yes,
                      (long long)v->no, (long long)v->other, v->is_carried ? "được thông qua" : "không được thông qua");
}

struct err meeting_votes_fill(struct get *g, const struct meeting_seen *seen, struct meeting_vote_lines *lines) {
    struct meeting_votes_rows rows;
    TRY(meeting_votes(g->db, (struct meeting_votes_in){.meeting = seen->m->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct meeting_votes_row *r = &rows.at[i];
        bool is_closed = is(r->state, "closed");
        struct meeting_vote_line l = {
            .link = link_local(g->arena, "/meeting/%lld/vote/%lld", (long long)seen->m->id.v, (long long)r->id.v),
            .text = r->text,
            .way_name = meeting_way_name(r->way),
            .state_name = meeting_vote_state(r->state),
            .result = meeting_vote_result(g->arena, r),
            .is_open = is(r->state, "open") || is(r->state, "counted"),
            .is_carried = is_closed && r->is_carried,
            .is_lost = is_closed && !r->is_carried};
        LIST_ADD(g->arena, lines, l);
    }
    return OK;
}

struct err meeting_conclusions_fill(struct get *g, const struct meeting_seen *seen,
                                    struct meeting_conclusion_lines *lines, bool *has_waiting) {
    struct meeting_conclusions_rows rows;
    TRY(meeting_conclusions(g->db, (struct meeting_conclusions_in){.meeting = seen->m->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct meeting_conclusions_row *r = &rows.at[i];
        struct meeting_conclusion_line l = {
            .text = r->text, .lead_name = r->lead_name, .due_on = r->due_on, .is_given = r->directive.v != 0};
        l.is_done = is(r->task_state, "done");
        l.task_state = l.is_given ? l.is_done ? S("Đã hoàn thành") : S("Đã giao việc") : S("");
        l.task = l.is_given && seen->runs ? link_record(g->arena, S("/task/"), r->task_part, S("")) : l.task;
        if (seen->runs && !l.is_given) {
            l.away = link_local(g->arena, "/meeting/%lld/conclusion/%lld/removal", (long long)seen->m->id.v,
                                (long long)r->id.v);
        }
        *has_waiting = *has_waiting || (r->lead && !l.is_given);
        LIST_ADD(g->arena, lines, l);
    }
    return OK;
}

/* ---- The page */

static struct str ways_of(struct arena *a, const struct meeting_rule *rule) {
    struct buf b = buf_in(a);
    struct str rest = rule->ways, one;
    while (str_next(&rest, '|', &one)) {
        buf_put(&b, b.len ? S("; ") : S(""));
        buf_put(&b, meeting_way_name(one));
    }
    return buf_str(&b);
}

static struct err facts_fill(struct get *g, const struct meeting_seen *seen, struct meeting_show *v) {
    const struct meeting_find_row *m = seen->m;
    struct meeting_count c;
    TRY(meeting_counted(g->db, m, &c));
    *v = (struct meeting_show){.form = g->form,
                               .id = m->id.v,
                               .title = m->title,
                               .kind_name = c.rule.name,
                               .state_name = meeting_state_name(m->state),
                               .note = m->note,
                               .where = meeting_where(m),
                               .chair_name = m->chair_name,
                               .secretary_name = m->secretary_name,
                               .clock = meeting_hours(g->arena, m),
                               .reason = m->reason,
                               .quorum = meeting_quorum_words(g->arena, &c.rule),
                               .majority = meeting_majority_words(g->arena, &c.rule),
                               .ways = ways_of(g->arena, &c.rule),
                               .basis = c.rule.basis,
                               .is_unchecked = !c.rule.is_checked,
                               .day_on = date_of(m->starts_at),
                               .papers_on = date_plus(date_of(m->starts_at), -(int)c.rule.notice),
                               .voters_n = c.heads.summoned,
                               .present = c.heads.present,
                               .need = c.need,
                               .is_open = meeting_is(m, "open|paused"),
                               .is_over = meeting_is(m, "closed"),
                               .sees_papers = meeting_sees_papers(seen),
                               .runs = seen->runs,
                               .calendar = sub(g, m->id.v, "/ics")};
    return OK;
}

static void run_links(struct get *g, const struct meeting_seen *seen, struct meeting_show *v) {
    int64_t id = v->id;
    bool is_before = meeting_is(seen->m, "plan|invited"), is_alive = is_before || v->is_open;
    struct link none = {0};
    v->edit = is_before ? sub(g, id, "/edit") : none;
    v->cancel = is_before ? sub(g, id, "/cancellation") : none;
    v->add_person = is_alive ? sub(g, id, "/person") : none;
    v->add_guest = is_alive ? sub(g, id, "/guest") : none;
    v->add_agenda = is_alive ? sub(g, id, "/agenda") : none;
    v->add_paper = is_alive ? sub(g, id, "/paper") : none;
    v->chair = v->is_open ? sub(g, id, "/chair") : none;
    v->add_conclusion = v->is_open || v->is_over ? sub(g, id, "/conclusion") : none;
}

static struct err moves_fill(struct get *g, const struct meeting_seen *seen, struct meeting_show *v) {
    struct moves moves;
    TRY(moves_open(g->db, meeting_moves, g->who, v->id, seen->m->state, &moves));
    for (size_t i = 0; i < moves.n; i++) {
        struct str verb = str_of(moves.at[i]->verb);
        bool is_early = is(verb, "opening") && is(seen->m->state, "plan");
        if (is(verb, "cancellation") || is(verb, "pause") || is_early) {
            continue;
        }
        LIST_ADD(
            g->arena, &v->moves,
            (struct meeting_button){.to = link_local(g->arena, "/meeting/%lld/%s", (long long)v->id, moves.at[i]->verb),
                                    .label = str_of(moves.at[i]->label),
                                    .is_main = !is(verb, "closing")});
    }
    return OK;
}

static void seat_fill(struct get *g, const struct meeting_seen *seen, struct meeting_show *v) {
    if (seen->seat || seen->runs) {
        v->hall = meeting_is(seen->m, "invited|open|paused") ? sub(g, v->id, "/hall") : v->hall;
        v->screen = v->is_open ? sub(g, v->id, "/screen") : v->screen;
        v->minutes = v->is_over || (v->is_open && seen->runs) ? sub(g, v->id, "/minutes") : v->minutes;
    }
    if (seen->seat && !seen->is_stand_in && is(seen->m->state, "invited") && !seen->seat->came_at.ms) {
        v->is_asked = true;
        v->answer = sub(g, v->id, "/answer");
        v->my_answer = is(seen->seat->answer, "none") ? S("") : meeting_answer_name(seen->seat->answer);
        v->my_reason = seen->seat->reason;
    }
}

static struct err lists_fill(struct get *g, const struct meeting_seen *seen, struct meeting_show *v) {
    static const struct thread_verb *const tables[] = {meeting_thread_verbs, NULL};
    struct meeting_agenda_lines agenda = {0};
    struct meeting_paper_lines papers = {0};
    struct meeting_vote_lines votes = {0};
    struct meeting_conclusion_lines conclusions = {0};
    bool has_waiting = false;
    TRY(meeting_agenda_fill(g, seen, &agenda));
    TRY(meeting_papers_fill(g, seen, &papers));
    TRY(meeting_votes_fill(g, seen, &votes));
    TRY(meeting_conclusions_fill(g, seen, &conclusions, &has_waiting));
    TRY(people_fill(g, seen, v));
    MEETING_LIST(v->agenda, agenda);
    MEETING_LIST(v->papers, papers);
    MEETING_LIST(v->votes, votes);
    MEETING_LIST(v->conclusions, conclusions);
    v->assign = has_waiting && seen->runs ? sub(g, v->id, "/task") : v->assign;
    return thread_fill(g, &(struct thread_asked){.kind = S("meeting"), .record = v->id, .tables = tables}, &v->thread);
}

struct err meeting_show_get(struct get *g) {
    struct meeting_seen seen;
    struct meeting_show v;
    TRY(meeting_of_path(g, &seen));
    TRY(facts_fill(g, &seen, &v));
    if (seen.runs) {
        run_links(g, &seen, &v);
        TRY(moves_fill(g, &seen, &v));
    }
    seat_fill(g, &seen, &v);
    TRY(lists_fill(g, &seen, &v));
    return answer_meeting_show(g, &v);
}

struct err meeting_ics_get(struct get *g) {
    struct meeting_seen seen;
    TRY(meeting_of_path(g, &seen));
    const struct meeting_find_row *m = seen.m;
    struct str bytes = meeting_ics(g->arena, &(struct meeting_ics){.id = m->id.v,
                                                                   .version = m->version,
                                                                   .title = m->title,
                                                                   .note = m->note,
                                                                   .place = meeting_where(m),
                                                                   .chair = m->chair_name,
                                                                   .starts_at = m->starts_at,
                                                                   .ends_at = m->ends_at,
                                                                   .at = clock_now(),
                                                                   .is_cancelled = is(m->state, "cancelled")});
    return answer_download(g, S("text/calendar; charset=utf-8"), S("lich-hop.ics"), bytes);
}

/* ---- Minutes */

static struct err absent_fill(struct get *g, const struct meeting_seen *seen, struct meeting_minutes *v) {
    struct meeting_people_rows rows;
    TRY(meeting_people(g->db, (struct meeting_people_in){.meeting = seen->m->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct meeting_people_row *p = &rows.at[i];
        if (p->came_at.ms) {
            v->here++;
        } else if (p->is_voter) {
            v->absent++;
            LIST_ADD(g->arena, &v->absentees,
                     (struct meeting_person_line){
                         .name = p->name, .words = p->words, .reason = reason_of(g->arena, p, true)});
        }
        v->present += p->came_at.ms && p->is_voter && !is(p->answer, "other");
    }
    return OK;
}

static struct err speeches_fill(struct get *g, const struct meeting_seen *seen, struct meeting_minutes *v) {
    struct meeting_speeches_rows rows;
    TRY(meeting_speeches(g->db, (struct meeting_speeches_in){.meeting = seen->m->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct meeting_speeches_row *s = &rows.at[i];
        if (is(s->state, "done") || is(s->kind, "question")) {
            LIST_ADD(g->arena, &v->speeches,
                     (struct meeting_speech_line){.name = is(s->answer, "other") ? s->stand_in_name : s->name,
                                                  .words = s->words,
                                                  .text = s->text});
        }
    }
    return OK;
}

static struct err minutes_fill(struct get *g, const struct meeting_seen *seen, struct meeting_minutes *v) {
    struct meeting_agenda_lines agenda = {0};
    struct meeting_vote_lines votes = {0};
    struct meeting_conclusion_lines conclusions = {0};
    struct org_unit organ;
    bool ignored = false;
    TRY(org_unit(g->db, (struct unit_id){seen->m->organ}, &organ));
    TRY(absent_fill(g, seen, v));
    TRY(speeches_fill(g, seen, v));
    TRY(meeting_agenda_fill(g, seen, &agenda));
    TRY(meeting_votes_fill(g, seen, &votes));
    TRY(meeting_conclusions_fill(g, seen, &conclusions, &ignored));
    MEETING_LIST(v->agenda, agenda);
    MEETING_LIST(v->votes, votes);
    MEETING_LIST(v->conclusions, conclusions);
    v->organ = organ.name;
    return OK;
}

struct err meeting_minutes_get(struct get *g) {
    struct meeting_seen seen;
    struct meeting_count c;
    TRY(meeting_of_path(g, &seen));
    const struct meeting_find_row *m = seen.m;
    if ((!seen.runs && !seen.seat) || !meeting_is(m, "open|paused|closed")) {
        return FAIL(ERR_MISSING, "no minutes for this seat");
    }
    TRY(meeting_counted(g->db, m, &c));
    struct instant began = m->opened_at.ms ? m->opened_at : m->starts_at;
    struct meeting_minutes v = {.title = m->title,
                                .kind_name = c.rule.name,
                                .where = meeting_where(m),
                                .clock = str_slice(meeting_clock_words(g->arena, began), 0, 5),
                                .until = m->closed_at.ms ? meeting_clock_words(g->arena, m->closed_at) : S(""),
                                .chair_name = m->chair_name,
                                .secretary_name = m->secretary_name,
                                .quorum = meeting_quorum_words(g->arena, &c.rule),
                                .basis = c.rule.basis,
                                .day_on = date_of(began),
                                .summoned = c.heads.summoned,
                                .is_draft = !is(m->state, "closed"),
                                .back = sub(g, m->id.v, "")};
    TRY(minutes_fill(g, &seen, &v));
    return answer_meeting_minutes(g, &v);
}
