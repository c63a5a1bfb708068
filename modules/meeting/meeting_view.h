/* What the pages of meetings show. */
#ifndef MODULES_MEETING_MEETING_VIEW_H
#define MODULES_MEETING_MEETING_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"
#include "modules/thread/thread_view.h"

struct meeting_line {
    struct link link;
    struct str title, kind_name, state_name, where, chair_name, clock;
    struct date day_on;
    bool is_now, is_today, is_done;
};
struct meeting_list {
    struct tabs tabs;
    LIST(struct meeting_line) lines;
    struct pages pages;
    struct str of_name; /* only meetings this person was invited to */
    bool has_of;
};

/* One form on a page of its own: which fields, and from what one picks. */
struct meeting_asked {
    const char *name;
    struct pick_options options;
    bool is_pick;
};
struct meeting_ask {
    struct link to, back;
    struct str title, of, say, act;
    struct form *form;
    LIST(struct meeting_asked) fields;
    bool has_file;
};

struct meeting_button {
    struct link to;
    struct str label;
    bool is_main;
};
struct meeting_agenda_line {
    int64_t id, no, minutes;
    struct str title, presenter, clock, state_name;
    struct link edit, turn;
    bool is_now, is_done;
};
struct meeting_paper_line {
    struct link link, fresh;
    struct str name, note, by_name;
    int64_t id, size, turn;
    bool is_late, is_new, is_few;
};
struct meeting_person_line {
    int64_t id;
    struct str name, words, answer_name, reason, presence_name;
    struct link away, come, go;
    bool is_voter, is_here, is_no, is_waiting;
};
struct meeting_vote_line {
    struct link link;
    struct str text, way_name, state_name, result;
    bool is_open, is_carried, is_lost;
};
struct meeting_conclusion_line {
    struct str text, lead_name, task_state;
    struct date due_on;
    struct link away, task;
    bool is_given, is_done;
};
struct meeting_show {
    struct form *form; /* NULL, or of a move that came back refused */
    int64_t id, people_n, voters_n, yes_n, no_n, none_n, present, need;
    struct str title, kind_name, state_name, note, where, chair_name, secretary_name, clock, reason;
    struct str quorum, majority, ways, basis, my_answer, my_reason;
    struct date day_on, papers_on;
    struct link hall, chair, screen, minutes, calendar, edit, answer, add_person, add_guest, add_agenda, add_paper;
    struct link add_conclusion, assign, cancel;
    LIST(struct meeting_button) moves;
    LIST(struct meeting_agenda_line) agenda;
    LIST(struct meeting_paper_line) papers;
    LIST(struct meeting_person_line) people;
    LIST(struct meeting_vote_line) votes;
    LIST(struct meeting_conclusion_line) conclusions;
    struct thread_view thread;
    bool is_unchecked, is_open, is_over, is_asked, sees_papers, runs;
};

struct meeting_speech_line {
    int64_t id, no, minutes;
    struct str name, words, text, state_name, agenda_title;
    struct link call, first, drop;
    bool is_mine;
};
struct meeting_hall {
    int64_t id, here, present, of_n, need, no, items_n;
    struct str title, where, state_name, now_title, now_presenter, now_left, next_title, next_clock;
    struct str speaker, speaker_words, speaker_left, next_speaker, vote_text, vote_way, my_choice, paper_name,
        mine_words;
    int64_t now_until, now_minutes, now_percent, speaker_until, speaker_minutes, speaker_percent, now_ms, page, pages_n,
        next_no, shown_id, shown_page, shown_next;
    struct link back, chair, screen, room, come, ask, question, drop, vote, follow, before, after, open_paper, picture;
    struct link turn, call, more, stop, pause, resume, close, conclude, begin_vote, show, hide;
    LIST(struct meeting_agenda_line) agenda;
    LIST(struct meeting_speech_line) waiting;
    LIST(struct meeting_speech_line) questions;
    LIST(struct meeting_paper_line) papers;
    bool is_quorate, is_open, is_paused, is_now_over, is_speaker_over, is_here, is_speaking, has_vote, follows,
        is_shown, is_reading, runs;
    struct instant now_at;
};

struct meeting_note_line {
    int64_t page;
    struct str text;
    struct link away;
    struct instant made_at;
    bool is_old;
};
struct meeting_paper_show {
    struct str name, meeting_title, by_name, note;
    int64_t size, turn, page, pages_n;
    struct link back, file, picture, before, after, note_to, show;
    struct instant made_at;
    LIST(struct meeting_paper_line) versions;
    LIST(struct meeting_note_line) notes;
    struct form *form;
    bool is_late, is_few, is_current, is_reading, has_picture;
};

struct meeting_choice_line {
    struct str value, label;
    bool is_chosen;
};
struct meeting_voice_line {
    struct str name, words, choice_name;
};
struct meeting_vote_show {
    int64_t id, eligible, summoned, present, need, yes, no, other, issued, back_n, missed, valid, invalid, said;
    struct str title, text, way_name, state_name, rule, counted_name, confirmed_name, reason, my_choice;
    struct link back, say, tally, close, annul, print;
    LIST(struct meeting_choice_line) choices;
    LIST(struct meeting_voice_line) voices;
    bool is_closed, is_open, is_counted, is_annulled, is_carried, is_paper, is_named, may_say, has_result;
    struct instant opened_at, closed_at;
};
struct meeting_option_line {
    int64_t no, votes;
    struct str name;
    bool is_chosen, is_tied;
};
struct meeting_roll_line {
    struct str name, words;
    bool has_taken;
};
/* A secret ballot; what a device needs to vote stands in the page's own address as JSON, too. */
struct meeting_secret {
    int64_t id, need, eligible, taken, cast, missed, blank, most;
    struct str title, text, state_name, rule, reason, outcome, words, id_hex, key_hex, box_hex, phase, stamp;
    struct link back, take, slip, start, close, annul, board, about;
    LIST(struct meeting_option_line) options;
    LIST(struct meeting_roll_line) roll;
    struct form *form;
    bool is_issuing, is_casting, is_closed, is_annulled, is_carried, is_list, is_few, is_voter, has_taken, runs;
    struct instant opened_at, closed_at;
};
struct meeting_ballots {
    struct str title, text, where;
    int64_t n;
    struct date day_on;
    struct link back;
    LIST(struct meeting_choice_line) sheets;
};

struct meeting_minutes {
    struct str organ, title, kind_name, where, clock, until, chair_name, secretary_name, quorum, basis, note;
    struct date day_on;
    int64_t summoned, present, here, absent;
    LIST(struct meeting_agenda_line) agenda;
    LIST(struct meeting_person_line) absentees;
    LIST(struct meeting_speech_line) speeches;
    LIST(struct meeting_vote_line) votes;
    LIST(struct meeting_conclusion_line) conclusions;
    struct link back;
    bool is_draft;
};

struct meeting_day {
    struct date day_on;
    LIST(struct meeting_line) lines;
    bool is_today;
};
struct meeting_week {
    struct date from_on, until_on;
    struct link before, after, today;
    LIST(struct meeting_day) days;
};

struct meeting_booking_line {
    struct str title, clock;
    struct link link;
};
struct meeting_room_line {
    struct str name, note;
    int64_t seats;
    struct link edit;
    LIST(struct meeting_booking_line) bookings;
    bool is_closed;
};
struct meeting_rooms_view {
    struct date day_on;
    struct link before, after, add;
    LIST(struct meeting_room_line) rooms;
};

struct meeting_attendance_line {
    struct str name, words;
    int64_t n, came, replaced, excused, absent;
    struct link all, came_link, replaced_link, excused_link, absent_link;
};
struct meeting_attendance_view {
    LIST(struct meeting_attendance_line) lines;
    struct pages pages;
};
#endif
