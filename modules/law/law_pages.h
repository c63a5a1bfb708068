/* What the pages of the library share: the block they begin with, names and citations of places, the text as blocks. */
#ifndef MODULES_LAW_LAW_PAGES_H
#define MODULES_LAW_LAW_PAGES_H
#include "kernel/queue/event.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/http/http.h"
#include "modules/law/law.h"
#include "modules/law/law_change.h"
#include "modules/law/law_read_queries.h"
#include "modules/law/law_view.h"

extern const struct route law_routes[];
extern const struct event_listener law_listeners[];

/* ---- Words. */
struct str law_family_name(struct str family);
struct str law_type_name(struct str code);
struct str law_op_words(struct str op); /* of law_event: sửa đổi, bổ sung */
/* The title where it says more than the name beside it; else empty. */
struct str law_title_beside(struct str name, struct str title);
/* "điểm đ khoản 2 Điều 5": from the smallest to the largest, containers left out where an article says enough. */
struct str law_place_words(struct arena *a, struct str eid);
/* "Luật Đất đai số 31/2024/QH15": type, name and number. */
struct str law_full_name(struct arena *a, struct str type, struct str short_title, struct str title, struct str code);
/* The work, or a place of it, as of a day: /law/1?at=art_5&on=2026-11-25#art_5. on {0}: today. */
struct link law_link(struct arena *a, int64_t work, struct str eid, struct date on);
struct str law_escaped(struct arena *a, struct str s);
/* The work under the same day, line and language; key "at" or "part", or empty for the whole page. */
struct law_reading;
struct link law_same_link(struct get *g, const struct law_reading *r, const char *key, struct str eid);
/* A field of the address, clean and trimmed. */
struct str law_query(struct get *g, const char *name);

/* ---- A work being read. */
enum law_line { LAW_LINE_DAY, LAW_LINE_ENACTED, LAW_LINE_EXPRESSION };
struct law_reading {
    struct law_read_work_row *work;
    struct law_read_events_rows events;
    struct law_read_expressions_rows expressions;
    struct law_unapplied_list unapplied; /* what the words of the day do not show */
    struct date on, today;
    enum law_line line;
    int64_t expression;  /* of LAW_LINE_EXPRESSION: a published consolidation */
    int64_t translation; /* an English expression; 0: none */
    enum law_status status;
};
/* MISSING when there is no such work. on: the day read, {0}: today. */
struct err law_reading_begin(struct get *g, struct law_work_id id, struct law_reading *r);
struct law_read_events_row *law_reading_event(const struct law_reading *r, int64_t event); /* NULL: none */
bool law_reading_waits(const struct law_reading *r, struct law_event_id event);
struct err law_head_fill(struct get *g, const struct law_reading *r, const char *tab, struct law_head_view *head);
/* "điểm đ khoản 2 Điều 5 Luật … số …, có hiệu lực từ ngày …". */
struct str law_cite(struct arena *a, const struct law_read_work_row *w, struct str eid, struct date from_on);
/* The address of this site as the browser knows it, with a path. */
struct str law_address(struct get *g, struct link path);

/* ---- The text. */
/* Places from one sort key to another (until empty: to the end), at most so many bytes of text, cut before an article
   or a chapter but never before must. cut_at: the eid where it was cut, empty when all is there. */
struct law_stretch {
    struct str from, until, must;
    size_t bytes_most;
    struct str cut_at;
};
struct law_shown {
    struct law_place_view *at;
    size_t n;
};
struct err law_places_read(struct get *g, const struct law_reading *r, struct law_stretch *s, struct law_shown *places);
/* Paragraphs and tables of a text, its references as links. */
struct law_blocks {
    struct law_block *at;
    size_t n;
};
struct law_ref {
    size_t from, to;
    struct link link;
    struct date on; /* the day it opens, when it is not the one read */
};
struct law_refs {
    struct law_ref *at;
    size_t n;
};
/* The work's preamble: the documents it is based on lead to their words of the day it was enacted. */
struct err law_bases(struct get *g, const struct law_reading *r, struct law_blocks *blocks);
struct law_blocks law_blocks(struct arena *a, struct str text, struct law_refs refs);
/* Which of a place's wordings is read. */
enum law_standing { LAW_STANDS, LAW_LATER, LAW_GONE };
struct law_choice_of {
    size_t at;
    enum law_standing standing;
};
struct law_choice_of law_choose(const struct law_reading *r, const struct law_read_rows_row *rows, size_t n);
struct str law_label(struct arena *a, struct str level, struct str label);

/* The outline, and where the window on a large work lies. */
struct law_outline_view {
    LIST(struct law_outline_item) items;
    struct str from, until, must;     /* sort keys of the window; empty: the whole */
    struct str before_eid, after_eid; /* the windows beside it */
    bool is_windowed;
};
/* at: a place that must be seen; part: the place to begin at. */
struct err law_outline_fill(struct get *g, const struct law_reading *r, struct str at, struct str part,
                            struct law_outline_view *o);

/* ---- Handlers. */
struct err law_index_get(struct get *g);
struct err law_export_list_get(struct get *g);
struct err law_show_get(struct get *g);
struct err law_about_get(struct get *g);
struct err law_history_get(struct get *g);
struct err law_relations_get(struct get *g);
struct err law_compare_get(struct get *g);
struct err law_facts_get(struct get *g);
struct err law_watches_get(struct get *g);
struct err law_watch_post(struct post *p);
struct err law_topic_watch_post(struct post *p);
struct err law_watch_end(struct post *p);
struct err law_note_post(struct post *p);
struct err law_note_end(struct post *p);
struct err law_notes_get(struct get *g);
struct err law_notes_export_get(struct get *g);
struct err law_note_edit_get(struct get *g);
struct err law_note_edit_post(struct post *p);
struct err law_note_back_post(struct post *p);
struct err law_collections_get(struct get *g);
struct err law_collection_post(struct post *p);
struct err law_collection_get(struct get *g);
struct err law_collection_export_get(struct get *g);
struct err law_collection_name_post(struct post *p);
struct err law_collection_end(struct post *p);
struct err law_collection_back_post(struct post *p);
struct err law_collection_share_post(struct post *p);
struct err law_collection_share_end(struct post *p);
struct err law_item_post(struct post *p);
struct err law_item_end(struct post *p);
extern const struct field law_note_fields[], law_words_fields[], law_collection_fields[], law_name_fields[],
    law_share_fields[], law_item_fields[], law_topic_fields[];
/* The form for a note, of a place or of the whole work. */
struct form *law_note_form(struct get *g, struct str eid);
/* For the module: what holds a kept file. */
struct err law_file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses);
#endif
