/* The forms of meetings: their fields, shared by the page that draws one and the route that takes it. Private. */
#ifndef MODULES_MEETING_MEETING_FORMS_H
#define MODULES_MEETING_MEETING_FORMS_H
#include "kernel/http/http.h"
#include "kernel/page/form.h"
#include "modules/meeting/meeting_inside.h"

extern const struct field meeting_fields[], meeting_new_fields[], meeting_person_fields[], meeting_guest_fields[],
    meeting_agenda_fields[], meeting_item_fields[], meeting_paper_fields[], meeting_version_fields[],
    meeting_begin_fields[], meeting_hands_fields[], meeting_tally_fields[], meeting_reason_fields[],
    meeting_conclusion_fields[], meeting_answer_fields[], meeting_question_fields[], meeting_room_fields[],
    meeting_note_fields[], meeting_shown_fields[], meeting_choice_fields[], meeting_ask_fields[], meeting_no_fields[],
    meeting_take_fields[], meeting_cast_fields[], meeting_slip_fields[];

/* Draws the form of the asked address, and again when it comes back refused. */
struct err meeting_form_get(struct get *g);
struct err meeting_words_of(struct form *f, struct meeting_words *words);
/* The {id} of the path as the asker sees it. */
struct err meeting_of_path(struct get *g, struct meeting_seen *seen);
extern const struct choice meeting_way_choices[];

/* Pages, for the routes. */
struct err meeting_list_get(struct get *g);
struct err meeting_show_get(struct get *g);
struct err meeting_ics_get(struct get *g);
struct err meeting_hall_get(struct get *g);
struct err meeting_chair_get(struct get *g);
struct err meeting_screen_get(struct get *g);
struct err meeting_paper_get(struct get *g);
struct err meeting_file_get(struct get *g);
struct err meeting_picture_get(struct get *g);
struct err meeting_vote_get(struct get *g);
struct err meeting_ballots_get(struct get *g);
struct err meeting_board_get(struct get *g);
struct err meeting_slip_get(struct get *g);
struct err meeting_secret_get(struct get *g, const struct meeting_seen *seen, const struct meeting_vote_by_id_row *r);
struct err meeting_minutes_get(struct get *g);
struct err meeting_week_get(struct get *g);
struct err meeting_rooms_get(struct get *g);
struct err meeting_attendance_get(struct get *g);
/* What is sent to decide, for the routes. */
struct err meeting_vote_post(struct post *p);
struct err meeting_voice_post(struct post *p);
struct err meeting_tally_post(struct post *p);
struct err meeting_close_post(struct post *p);
struct err meeting_annul_post(struct post *p);
struct err meeting_token_post(struct post *p);
struct err meeting_casting_post(struct post *p);
struct err meeting_cast_post(struct post *p);
/* The words around a vote, in the list, on the record and in the minutes. */
struct str meeting_vote_result(struct arena *a, const struct meeting_votes_row *v);
struct str meeting_vote_state(struct str state);
struct str meeting_choice_name(struct str choice);
#endif
