/* The programme, its papers with their versions and readers, and private notes on them. */
#include "kernel/db/id.h"
#include "kernel/erase/erase.h"
#include "kernel/file/file.h"
#include "kernel/queue/job.h"
#include "kernel/rights/touch.h"
#include "modules/meeting/meeting_ballot_queries.h"
#include "modules/meeting/meeting_inside.h"
#include "modules/org/org.h"

#include "base/arena.h"
#include "base/num.h"

struct err meeting_agenda_add(struct db_write *db, const struct who *who, int64_t id,
                              const struct meeting_agenda_words *w) {
    struct meeting_seen seen;
    struct meeting_agendas_rows rows;
    TRY(meeting_run(db, who, id, "plan|invited|open|paused", &seen));
    if (!w->title.len) {
        return REFUSE(ERR_INVALID, "title", "Mời ghi nội dung.");
    }
    TRY(meeting_agendas(db_reading(db), (struct meeting_agendas_in){.meeting = seen.m->id}, &rows));
    int64_t last = rows.n ? rows.at[rows.n - 1].ordinal : 0;
    struct meeting_agenda_insert_in in = {.id = {id_new()},
                                          .meeting = seen.m->id,
                                          .ordinal = w->ordinal ? w->ordinal : last + 1,
                                          .title = w->title,
                                          .presenter = w->presenter,
                                          .minutes = w->minutes};
    TRY(meeting_agenda_insert(db, in, NULL));
    return meeting_done(db, id, "meeting.agenda");
}

struct err meeting_agenda_change(struct db_write *db, const struct who *who, int64_t id, int64_t agenda,
                                 const struct meeting_agenda_words *w) {
    struct meeting_seen seen;
    struct meeting_agenda_by_id_row *row;
    int64_t changed = 0;
    TRY(meeting_run(db, who, id, "plan|invited|open|paused", &seen));
    TRY(meeting_agenda_by_id(db_reading(db), (struct meeting_agenda_by_id_in){.id = {agenda}, .meeting = {id}}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such item");
    }
    struct meeting_agenda_update_in in = {.id = row->id,
                                          .title = w->title,
                                          .presenter = w->presenter,
                                          .minutes = w->minutes,
                                          .ordinal = w->ordinal ? w->ordinal : row->ordinal,
                                          .version = w->version};
    TRY(meeting_agenda_update(db, in, &changed));
    if (!changed) {
        return org_stale(db_reading(db), w->version, 0, (struct instant){0});
    }
    return meeting_done(db, id, "meeting.agenda");
}

/* ---- Papers */

/* Late: after the day by which the rule wants papers sent, once invitations are out. */
static struct err is_late(struct db_read *db, const struct meeting_find_row *m, bool *late) {
    struct meeting_rule rule;
    TRY(meeting_rule_on(db_arena(db), m->kind, date_of(m->starts_at), &rule));
    struct date last = date_plus(date_of(m->starts_at), -(int)rule.notice);
    *late = !str_eq(m->state, S("plan")) && date_cmp(clock_today(), last) > 0;
    return OK;
}

static struct err line_of(struct db_write *db, const struct meeting_find_row *m, const struct meeting_paper_new *p,
                          struct meeting_paper_insert_in *in) {
    struct meeting_paper_raw_row *old;
    struct meeting_agenda_by_id_row *agenda;
    if (p->agenda) {
        TRY(meeting_agenda_by_id(db_reading(db), (struct meeting_agenda_by_id_in){.id = {p->agenda}, .meeting = m->id},
                                 &agenda));
        in->agenda.v = agenda ? p->agenda : 0;
    }
    if (!p->line) {
        in->line = in->id.v;
        in->turn = 1;
        return OK;
    }
    TRY(meeting_paper_raw(db_reading(db), (struct meeting_paper_raw_in){.id = {p->line}}, &old));
    if (!old || old->meeting.v != m->id.v || !old->is_current) {
        return REFUSE(ERR_CONFLICT, "", "Tài liệu này đã có bản mới. Mời mở lại trang.");
    }
    in->line = old->line;
    in->turn = old->turn + 1;
    in->open_to = old->open_to;
    return meeting_paper_replace(db, (struct meeting_paper_replace_in){.line = old->line, .meeting = m->id}, NULL);
}

static struct err readers_put(struct db_write *db, struct meeting_item_id meeting, int64_t line, struct db_ids seats) {
    for (size_t i = 0; i < seats.n; i++) {
        struct meeting_person_by_id_row *row;
        TRY(meeting_person_by_id(db_reading(db),
                                 (struct meeting_person_by_id_in){.id = {seats.at[i]}, .meeting = meeting}, &row));
        if (!row) {
            return REFUSE(ERR_INVALID, "readers", "Mời chọn người trong danh sách dự họp.");
        }
        TRY(meeting_reader_insert(db, (struct meeting_reader_insert_in){.line = line, .person = {seats.at[i]}}, NULL));
    }
    return OK;
}

static struct err read_later(struct db_write *db, int64_t paper) {
    struct arena *a = db_write_arena(db);
    return job_add(db,
                   &(struct job_new){.kind = S("meeting.read"),
                                     .record = paper,
                                     .args = str_format(a, "{\"paper\":\"%lld\"}", (long long)paper)},
                   NULL);
}

static struct err tell_paper(struct db_write *db, const struct meeting_find_row *m,
                             const struct meeting_paper_insert_in *in) {
    struct arena *a = db_write_arena(db);
    struct meeting_paper_seats_rows seats;
    if (!in->is_late && in->turn == 1) {
        return OK;
    }
    TRY(meeting_paper_seats(db_reading(db),
                            (struct meeting_paper_seats_in){.meeting = m->id, .open_to = in->open_to, .line = in->line},
                            &seats));
    struct str words = str_format(a, "%s: %.*s (%.*s)", in->turn > 1 ? "Tài liệu có bản mới" : "Tài liệu gửi muộn",
                                  STR_ARG(in->name), STR_ARG(m->title));
    for (size_t i = 0; i < seats.n && !str_eq(m->state, S("plan")); i++) {
        TRY(meeting_tell(db, m->id.v, "meeting.paper_sent", seats.at[i].post, words));
        TRY(meeting_tell(db, m->id.v, "meeting.paper_sent", seats.at[i].stand_in, words));
    }
    return OK;
}

struct err meeting_paper_add(struct db_write *db, const struct who *who, int64_t id,
                             const struct meeting_paper_new *p) {
    struct meeting_seen seen;
    TRY(meeting_run(db, who, id, "plan|invited|open|paused", &seen));
    struct meeting_paper_insert_in in = {.id = {id_new()},
                                         .meeting = seen.m->id,
                                         .name = p->name,
                                         .file = p->file,
                                         .size = p->size,
                                         .open_to = p->readers.n ? S("some") : S("all"),
                                         .by_name = who->name,
                                         .made_at = clock_now()};
    TRY(is_late(db_reading(db), seen.m, &in.is_late));
    TRY(line_of(db, seen.m, p, &in));
    TRY(meeting_paper_insert(db, in, NULL));
    TRY(p->line ? OK : readers_put(db, seen.m->id, in.line, p->readers));
    TRY(read_later(db, in.id.v));
    TRY(search_touch(db, S("meeting_paper"), in.id.v));
    TRY(p->line ? search_touch(db, S("meeting_paper"), p->line) : OK);
    TRY(tell_paper(db, seen.m, &in));
    TRY(meeting_step(db, who, id, "meeting.paper", str_eq(in.open_to, S("all")) ? p->name : S("")));
    return meeting_done(db, id, "meeting.paper");
}

struct err meeting_paper_see(struct db_read *db, const struct meeting_seen *seen, int64_t paper,
                             const struct meeting_paper_find_row **row) {
    struct meeting_paper_find_row *found;
    bool is_out = str_eq(seen->m->state, S("plan")) || str_eq(seen->m->state, S("cancelled"));
    TRY(meeting_paper_find(db,
                           (struct meeting_paper_find_in){.id = {paper},
                                                          .meeting = seen->m->id,
                                                          .runs = seen->runs,
                                                          .seat = seen->seat && !is_out ? seen->seat->id.v : 0},
                           &found));
    *row = found;
    return found ? OK : FAIL(ERR_MISSING, "no such paper for this seat");
}

struct err meeting_papers_touch(struct db_write *db, struct meeting_item_id id) {
    struct meeting_paper_ids_of_rows rows;
    TRY(meeting_paper_ids_of(db_reading(db), (struct meeting_paper_ids_of_in){.meeting = id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(search_touch(db, S("meeting_paper"), rows.at[i].id.v));
    }
    return OK;
}

/* ---- Notes */

struct err meeting_note_add(struct db_write *db, const struct who *who, int64_t id, int64_t paper, int64_t page,
                            struct str text) {
    struct meeting_seen seen;
    const struct meeting_paper_find_row *row;
    TRY(meeting_see(db_reading(db), who, id, &seen));
    TRY(meeting_paper_see(db_reading(db), &seen, paper, &row));
    if (!text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi nội dung.");
    }
    struct meeting_note_insert_in in = {.id = {id_new()},
                                        .meeting = seen.m->id,
                                        .line = row->line,
                                        .turn = row->turn,
                                        .page = page,
                                        .person = who->person.v,
                                        .text = text,
                                        .made_at = clock_now()};
    TRY(meeting_note_insert(db, in, NULL));
    return search_touch(db, S("meeting_note"), in.id.v);
}

struct err meeting_note_drop(struct db_write *db, const struct who *who, int64_t id, int64_t paper, int64_t note) {
    struct meeting_seen seen;
    const struct meeting_paper_find_row *row;
    struct meeting_note_by_id_row *n;
    TRY(meeting_see(db_reading(db), who, id, &seen));
    TRY(meeting_paper_see(db_reading(db), &seen, paper, &row));
    TRY(meeting_note_by_id(db_reading(db), (struct meeting_note_by_id_in){.id = {note}}, &n));
    if (!n || n->person != who->person.v || n->line != row->line) {
        return FAIL(ERR_MISSING, "no such note of this person");
    }
    TRY(meeting_note_delete(db, (struct meeting_note_delete_in){.id = {note}, .person = who->person.v}, NULL));
    return search_touch(db, S("meeting_note"), note);
}

/* ---- Reading papers, so that pages can be shown and words found */

static struct err paper_file(struct db *db, struct arena *a, int64_t paper, struct meeting_paper_raw_row **row) {
    struct db_read *r;
    TRY(db_begin_read(db, a, &r));
    struct err e = meeting_paper_raw(r, (struct meeting_paper_raw_in){.id = {paper}}, row);
    db_end_read(r);
    return e;
}

static struct err read_end(struct db_write *db, void *thing) {
    const struct meeting_paper_raw_row *row = thing;
    TRY(search_touch(db, S("meeting_paper"), row->id.v));
    return meeting_done(db, row->meeting.v, "meeting.read");
}

static struct err paper_run(struct job *job) {
    struct meeting_paper_raw_row *row = NULL;
    bool is_done = false;
    TRY(paper_file(job->db, job->arena, job->record, &row));
    if (!row) {
        return OK;
    }
    struct err e = file_read_in_job(job, row->file, &is_done);
    if (e.why) {
        return file_damage_in_job(job, row->file, e);
    }
    return is_done ? job_finish(job, read_end, row) : OK;
}

const struct job_kind meeting_jobs[] = {
    {.name = "meeting.read", .title = "Đọc tài liệu họp", .max_tries = 8, .run = paper_run},
    {0},
};

/* ---- What holds a file, and erasing */

struct err meeting_file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct meeting_paper_by_file_rows rows;
    TRY(meeting_paper_by_file(db, (struct meeting_paper_by_file_in){.file = file}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, uses,
                 (struct file_use){str_format(a, "Tài liệu họp: %.*s", STR_ARG(rows.at[i].name)),
                                   str_format(a, "/meeting/%lld", (long long)rows.at[i].meeting.v)});
    }
    return OK;
}

static struct err erase_words(struct db_write *db, struct meeting_item_id id) {
    struct meeting_erase_item_in in = {
        .id = id, .text = S("Nội dung đã được xóa theo yêu cầu."), .changed_at = clock_now()};
    TRY(meeting_erase_item(db, in, NULL));
    TRY(meeting_erase_agenda(db, (struct meeting_erase_agenda_in){.meeting = id}, NULL));
    TRY(meeting_erase_papers(db, (struct meeting_erase_papers_in){.meeting = id}, NULL));
    TRY(meeting_erase_speeches(db, (struct meeting_erase_speeches_in){.meeting = id}, NULL));
    TRY(meeting_erase_votes(db, (struct meeting_erase_votes_in){.meeting = id}, NULL));
    TRY(meeting_erase_boards(db, (struct meeting_erase_boards_in){.meeting = id}, NULL));
    TRY(meeting_erase_options(db, (struct meeting_erase_options_in){.meeting = id}, NULL));
    TRY(meeting_erase_conclusions(db, (struct meeting_erase_conclusions_in){.meeting = id}, NULL));
    TRY(meeting_erase_people(db, (struct meeting_erase_people_in){.meeting = id}, NULL));
    return meeting_erase_notes(db, (struct meeting_erase_notes_in){.meeting = id}, NULL);
}

/* Of a file that must not be kept, a meeting only says that it holds it: the paper is taken out by who runs it. */
struct err meeting_erase(struct db_write *db, const struct erase *e) {
    struct meeting_paper_by_file_rows rows;
    if (!e->file) {
        return str_eq(e->kind, S("meeting")) ? erase_words(db, (struct meeting_item_id){e->record}) : OK;
    }
    TRY(meeting_paper_by_file(db_reading(db), (struct meeting_paper_by_file_in){.file = *e->file}, &rows));
    *e->is_held = *e->is_held || rows.n > 0;
    return OK;
}
