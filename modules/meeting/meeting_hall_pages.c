/* The room on a delegate's screen, the chair's phone and the projector: one view, filled once. */
#include "base/num.h"
#include "kernel/file/file.h"
#include "modules/meeting/meeting_forms.h"
#include "modules/meeting/meeting_pages_gen.h"
#include "modules/meeting/meeting_parts.h"

#include "base/arena.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct link sub(struct get *g, int64_t id, const char *tail) {
    return link_local(g->arena, "/meeting/%lld%s", (long long)id, tail);
}

struct str meeting_left_words(struct arena *a, int64_t until, int64_t now) {
    int64_t left = (until - now) / 1000, s = left < 0 ? -left : left;
    return str_format(a, "%s%02lld:%02lld", left < 0 ? "-" : "", (long long)(s / 60), (long long)(s % 60));
}

static int64_t percent_used(int64_t until, int64_t now, int64_t minutes) {
    int64_t whole = minutes * 60000, used = whole - (until - now);
    return !whole || used < 0 ? 0 : used > whole ? 100 : used * 100 / whole;
}

/* ---- The item under discussion, and the one after it */

static struct err programme_fill(struct get *g, const struct meeting_seen *seen, struct meeting_hall *v) {
    struct meeting_agenda_lines lines = {0};
    struct meeting_agendas_rows rows;
    const struct meeting_agenda_line *next = NULL;
    TRY(meeting_agenda_fill(g, seen, &lines));
    TRY(meeting_agendas(g->db, (struct meeting_agendas_in){.meeting = seen->m->id}, &rows));
    MEETING_LIST(v->agenda, lines);
    v->items_n = (int64_t)lines.n;
    for (size_t i = 0; i < lines.n; i++) {
        struct meeting_agenda_line *l = &lines.at[i];
        l->edit = (struct link){0};
        if (l->is_now) {
            v->no = l->no;
            v->now_title = l->title;
            v->now_presenter = l->presenter;
            v->now_minutes = l->minutes;
            v->now_until = rows.at[i].began_at.ms + l->minutes * 60000;
            v->now_left = meeting_left_words(g->arena, v->now_until, v->now_ms);
            v->now_percent = percent_used(v->now_until, v->now_ms, l->minutes);
            v->is_now_over = v->now_until < v->now_ms;
            next = NULL;
        } else if (!next && !l->is_done) {
            next = l;
        }
    }
    if (next) {
        v->next_title = next->title;
        v->next_clock = next->clock;
        v->next_no = next->no;
        v->turn = next->turn;
    }
    return OK;
}

/* ---- Who speaks, who waits, what is asked */

static struct link speech_link(struct get *g, const struct meeting_seen *seen, int64_t speech, const char *act) {
    return link_local(g->arena, "/meeting/%lld/speech/%lld/%s", (long long)seen->m->id.v, (long long)speech, act);
}

static void speaker_fill(struct get *g, const struct meeting_seen *seen, const struct meeting_speeches_row *s,
                         struct meeting_hall *v) {
    v->speaker = is(s->answer, "other") ? s->stand_in_name : s->name;
    v->speaker_words = s->words;
    v->speaker_minutes = s->minutes;
    v->speaker_until = s->until_at.ms;
    v->speaker_left = meeting_left_words(g->arena, s->until_at.ms, v->now_ms);
    v->speaker_percent = percent_used(s->until_at.ms, v->now_ms, s->minutes);
    v->is_speaker_over = s->until_at.ms < v->now_ms;
    v->more = speech_link(g, seen, s->id.v, "minute");
    v->stop = sub(g, seen->m->id.v, "/silence");
    v->is_speaking = seen->seat && seen->seat->id.v == s->person.v;
}

static struct meeting_speech_line speech_line(struct get *g, const struct meeting_seen *seen,
                                              const struct meeting_speeches_row *s) {
    return (struct meeting_speech_line){.id = s->id.v,
                                        .minutes = s->minutes,
                                        .name = is(s->answer, "other") ? s->stand_in_name : s->name,
                                        .words = s->words,
                                        .text = s->text,
                                        .agenda_title = s->agenda_title,
                                        .call = speech_link(g, seen, s->id.v, "call"),
                                        .first = speech_link(g, seen, s->id.v, "first"),
                                        .drop = speech_link(g, seen, s->id.v, "removal"),
                                        .is_mine = seen->seat && seen->seat->id.v == s->person.v};
}

static struct err speeches_fill(struct get *g, const struct meeting_seen *seen, struct meeting_hall *v) {
    struct meeting_speeches_rows rows;
    TRY(meeting_speeches(g->db, (struct meeting_speeches_in){.meeting = seen->m->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct meeting_speeches_row *s = &rows.at[i];
        struct meeting_speech_line l = speech_line(g, seen, s);
        if (is(s->state, "speaking")) {
            speaker_fill(g, seen, s, v);
        } else if (is(s->state, "asked") && is(s->kind, "question")) {
            LIST_ADD(g->arena, &v->questions, l);
        } else if (is(s->state, "asked")) {
            l.no = (int64_t)v->waiting.n + 1;
            v->drop = l.is_mine ? speech_link(g, seen, s->id.v, "withdrawal") : v->drop;
            LIST_ADD(g->arena, &v->waiting, l);
        }
    }
    if (v->waiting.n) {
        v->next_speaker = v->waiting.at[0].name;
        v->call = v->waiting.at[0].call;
    }
    return OK;
}

/* ---- The page that is shown: the chair's, or for a while one's own */

static struct link page_link(struct get *g, const struct meeting_seen *seen, int64_t paper, int64_t page) {
    return link_local(g->arena, "/meeting/%lld/hall?paper=%lld&page=%lld", (long long)seen->m->id.v, (long long)paper,
                      (long long)page);
}

static struct err picture_fill(struct get *g, const struct meeting_seen *seen,
                               const struct meeting_paper_find_row *paper, struct meeting_hall *v) {
    struct file file;
    TRY(file_find(g->db, g->arena, paper->file, &file));
    v->paper_name = paper->name;
    v->pages_n = file.pages;
    v->is_reading = file.state == FILE_WAITING || file.state == FILE_READING;
    if (file.pages && v->page > file.pages) {
        v->page = file.pages;
    }
    if (file.has_pictures && v->page <= file.pages_done) {
        v->picture = link_local(g->arena, "/meeting/%lld/paper/%lld/page/%lld", (long long)seen->m->id.v,
                                (long long)paper->id.v, (long long)v->page);
    }
    v->open_paper = link_local(g->arena, "/meeting/%lld/paper/%lld", (long long)seen->m->id.v, (long long)paper->id.v);
    v->before = v->page > 1 ? page_link(g, seen, paper->id.v, v->page - 1) : v->before;
    v->after = v->page < file.pages ? page_link(g, seen, paper->id.v, v->page + 1) : v->after;
    return OK;
}

static struct err shown_fill(struct get *g, const struct meeting_seen *seen, struct meeting_hall *v) {
    struct meeting_live_get_row *live;
    const struct meeting_paper_find_row *paper;
    int64_t own = 0, page = 0;
    TRY(meeting_live_get(g->db, (struct meeting_live_get_in){.meeting = seen->m->id}, &live));
    v->shown_id = live ? live->paper.v : 0;
    v->shown_page = live ? live->page : 0;
    v->shown_next = v->shown_page + 1;
    v->follows = !num_read_between(query_param(g->request, S("paper")), 1, INT64_MAX, &own) ||
                 !num_read_between(query_param(g->request, S("page")), 1, 100000, &page);
    int64_t id = v->follows ? v->shown_id : own;
    v->page = v->follows ? v->shown_page : page;
    struct err e = id ? meeting_paper_see(g->db, seen, id, &paper) : OK;
    if (!id || err_is(e, ERR_MISSING)) {
        return OK;
    }
    TRY(e);
    v->is_shown = true;
    TRY(picture_fill(g, seen, paper, v));
    v->shown_next = v->pages_n && v->shown_next > v->pages_n ? v->pages_n : v->shown_next;
    return OK;
}

/* ---- All of it */

static struct err vote_fill(struct get *g, const struct meeting_seen *seen, struct meeting_hall *v) {
    struct meeting_vote_open_row *open;
    struct meeting_vote_by_id_row *row;
    struct meeting_voice_of_row *mine = NULL;
    TRY(meeting_vote_open(g->db, (struct meeting_vote_open_in){.meeting = seen->m->id}, &open));
    if (!open) {
        return OK;
    }
    TRY(meeting_vote_by_id(g->db, (struct meeting_vote_by_id_in){.id = open->id, .meeting = seen->m->id}, &row));
    if (seen->seat) {
        TRY(meeting_voice_of(g->db, (struct meeting_voice_of_in){.vote = open->id, .person = seen->seat->id}, &mine));
    }
    v->has_vote = true;
    v->vote_text = row->text;
    v->vote_way = meeting_way_name(row->way);
    v->my_choice = mine ? meeting_choice_name(mine->choice) : S("");
    v->vote = link_local(g->arena, "/meeting/%lld/vote/%lld", (long long)seen->m->id.v, (long long)open->id.v);
    return OK;
}

static void acts_fill(struct get *g, const struct meeting_seen *seen, struct meeting_hall *v) {
    int64_t id = seen->m->id.v;
    bool is_today = clock_now().ms >= seen->m->starts_at.ms - 12 * INT64_C(3600000);
    v->is_here = seen->seat && seen->seat->came_at.ms && !seen->seat->left_at.ms;
    v->come = seen->seat && !v->is_here && is_today && meeting_is(seen->m, "invited|open|paused")
                  ? sub(g, id, "/presence")
                  : v->come;
    if (v->is_here && v->is_open) {
        v->ask = v->drop.v.len || v->is_speaking ? v->ask : sub(g, id, "/speech");
        v->question = sub(g, id, "/question");
    }
    v->follow = sub(g, id, "/hall");
    v->room = sub(g, id, "/hall");
    v->screen = sub(g, id, "/screen");
    if (seen->runs) {
        v->chair = v->is_open ? sub(g, id, "/chair") : v->chair;
        v->pause = is(seen->m->state, "open") ? sub(g, id, "/pause") : v->pause;
        v->resume = v->is_paused ? sub(g, id, "/resumption") : v->resume;
        v->close = sub(g, id, "/closing");
        v->conclude = sub(g, id, "/conclusion");
        v->begin_vote = sub(g, id, "/vote");
        v->show = v->hide = sub(g, id, "/shown");
    }
}

static struct err hall_fill(struct get *g, const struct meeting_seen *seen, struct meeting_hall *v) {
    struct meeting_count c;
    struct meeting_paper_lines papers = {0};
    TRY(meeting_counted(g->db, seen->m, &c));
    *v = (struct meeting_hall){.id = seen->m->id.v,
                               .title = seen->m->title,
                               .where = meeting_where(seen->m),
                               .state_name = meeting_state_name(seen->m->state),
                               .here = c.here,
                               .present = c.heads.present,
                               .of_n = c.heads.summoned,
                               .need = c.need,
                               .is_quorate = c.is_quorate,
                               .is_open = meeting_is(seen->m, "open|paused"),
                               .is_paused = is(seen->m->state, "paused"),
                               .runs = seen->runs,
                               .now_at = clock_now(),
                               .now_ms = clock_now().ms,
                               .back = sub(g, seen->m->id.v, "")};
    TRY(programme_fill(g, seen, v));
    TRY(speeches_fill(g, seen, v));
    TRY(shown_fill(g, seen, v));
    TRY(vote_fill(g, seen, v));
    TRY(meeting_papers_fill(g, seen, &papers));
    MEETING_LIST(v->papers, papers);
    acts_fill(g, seen, v);
    return OK;
}

/* The room is for who has a seat or runs it; the organ's other readers see the meeting's own page. */
static struct err enter(struct get *g, bool must_run, struct meeting_hall *v) {
    struct meeting_seen seen;
    TRY(meeting_of_path(g, &seen));
    if (!seen.runs && (must_run || !seen.seat)) {
        return FAIL(ERR_DENIED, "has no seat here");
    }
    if (!meeting_is(seen.m, "invited|open|paused")) {
        return REFUSE(ERR_CONFLICT, "", "Cuộc họp chưa khai mạc hoặc đã kết thúc.");
    }
    return hall_fill(g, &seen, v);
}

struct err meeting_hall_get(struct get *g) {
    struct meeting_hall v;
    TRY(enter(g, false, &v));
    return answer_meeting_hall(g, &v);
}

struct err meeting_chair_get(struct get *g) {
    struct meeting_hall v;
    TRY(enter(g, true, &v));
    return answer_meeting_chair(g, &v);
}

struct err meeting_screen_get(struct get *g) {
    struct meeting_hall v;
    TRY(enter(g, false, &v));
    return answer_meeting_screen(g, &v);
}
