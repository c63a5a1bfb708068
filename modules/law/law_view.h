/* What the pages of the library show: lists, the text, its history, relations, comparisons; law_keep_view.h: what
 * people keep. */
#ifndef MODULES_LAW_LAW_VIEW_H
#define MODULES_LAW_LAW_VIEW_H
#include "base/list.h"
#include "kernel/page/html.h"
#include "kernel/db/ids/law_collection.h"
#include "kernel/db/ids/law_note.h"
#include "kernel/db/ids/law_provision.h"
#include "kernel/db/ids/law_watch.h"
#include "kernel/db/ids/law_work.h"
#include "kernel/shell/page_view.h"
#include "modules/law/law_guard_view.h"

struct form;

/* ---- The text. */

/* A stretch of a line; with a link when it names another place. */
struct law_piece {
    struct str text;
    struct link link;
    struct date
        on; /* the day the link opens, when it is not the one read: an amending act speaks of the words it changes */
    bool is_lost; /* names something that is not in the library */
};
struct law_cell {
    LIST(struct law_piece) pieces;
};
struct law_table_row {
    LIST(struct law_cell) cells;
};
/* A paragraph, or rows of a table. */
struct law_block {
    struct law_cell line;
    LIST(struct law_table_row) rows;
    bool is_table;
};
/* What an act did, or will do, to a place. */
struct law_mark_view {
    struct str words;   /* Sửa đổi, bổ sung */
    struct str act;     /* Luật số 97/2025/QH15; empty: the source does not say */
    struct link link;   /* the act, at the provision that says so */
    struct date on;     /* from which day */
    struct link before; /* the words of the place before and after, side by side; empty: none */
    struct str tone;    /* red, gold, green, blue: class of the tag */
};
struct law_place_view {
    struct law_provision_id id;
    struct str eid;
    struct str level;
    struct str label; /* as printed: Điều 5. · 1. · a) */
    struct str heading;
    struct str words; /* as cited: điểm a khoản 1 Điều 5 */
    int64_t rank;     /* of the heading, 2 … 5; 0: a paragraph */
    int64_t depth;    /* of the paragraph in its article, from 0 */
    bool is_table, is_gone, is_later, is_computed, is_aim;
    bool has_changes_waiting;
    LIST(struct law_block) blocks;
    LIST(struct law_block) other; /* the same place in the other language */
    struct str other_heading, other_label;
    LIST(struct law_mark_view) marks;
    struct str note; /* the source's own */
    int64_t notes;   /* of mine and of my unit */
    struct link about;
};

struct law_outline_item {
    struct str label, heading, level;
    struct str span; /* of a chapter that is not open: Điều 5–12 */
    struct link link;
    int64_t depth;
    bool is_here, is_gone, is_later;
};

/* One way of reading: hiện hành, như ban hành, a published consolidation, song ngữ. */
struct law_way {
    struct str label;
    struct link link;
    bool is_current;
};

/* The block every page about one work begins with. */
struct law_head_view {
    struct law_work_id id;
    struct str name, title, type_name, code, issuer, family_name;
    struct str status_name, status_tone;
    struct date issued_on, effective_on, expired_on, on;
    bool is_today;
    struct tabs tabs;
    bool is_watched;
    struct law_watch_id watch;
    struct link ask, export, cite;
    struct str address; /* whole, for paper */
};

/* A sentence that must not be overlooked, and where to go. */
struct law_loud {
    struct str tone; /* red, gold, blue */
    struct str words;
    struct str link_words;
    struct link link;
};

struct law_show_view {
    struct law_head_view head;
    LIST(struct law_loud) louds;
    LIST(struct law_way) ways;
    struct str on_text;
    struct str on_fault;
    struct str at;
    bool is_bilingual, is_whole, is_windowed, is_computed, is_enacted, has_computed;
    struct str preamble, closing;
    LIST(struct law_block) bases; /* the preamble, what it is based on as links */
    struct str organ, motto;      /* the head of the printed page */
    LIST(struct law_outline_item) outline;
    LIST(struct law_place_view) places;
    struct link before, after, whole;
    struct str before_words, after_words;
    struct str cite;
    struct str qr; /* the path of the address's QR code */
    int64_t qr_size;
    int64_t places_n;
};

/* ---- One place. */
struct law_said_view {
    struct link link;
    struct str words; /* the place that says so */
    struct str name;
};
struct law_wording_view {
    struct str words; /* từ 01/01/2016 đến 30/06/2025 */
    struct date from_on, until_on;
    struct str act;
    struct link act_link, read, compare;
    bool is_here, is_computed;
    LIST(struct law_block) blocks;
    struct str heading;
};
struct law_note_view {
    struct law_note_id id;
    struct str words, who, place;
    struct link place_link;
    struct instant changed_at;
    bool is_unit, may_change;
};
struct law_note_views {
    struct law_note_view *at;
    size_t n;
    struct law_note_id removed; /* just now, to be brought back */
};
struct law_collection_choice {
    struct law_collection_id id;
    struct str name, owner_name;
    bool is_in;
};
struct law_collection_choices {
    struct law_collection_choice *at;
    size_t n;
};
struct law_about_view {
    struct law_head_view head;
    struct law_place_view place;
    LIST(struct law_place_view) places; /* the place and what is below it */
    struct str cite, cite_short, address;
    struct str qr;
    int64_t qr_size;
    struct link read;
    LIST(struct law_wording_view) wordings;
    LIST(struct law_said_view) said; /* who refers to it */
    bool is_said_more;
    struct law_note_views notes;
    struct law_collection_choices collections;
    struct form *note;
    struct form *collect;
    struct link ask;
};

/* ---- History, relations, comparison. */
struct law_moment {
    struct date on;
    struct str words;
    struct str act;
    struct link act_link, read, compare;
    struct str counts; /* 12 chỗ sửa đổi, 3 chỗ bãi bỏ */
    bool is_future, is_here, is_waiting;
    struct str tone;
};
struct law_history_view {
    struct law_head_view head;
    LIST(struct law_moment) moments;
    bool is_computed;
};

struct law_relation_view {
    struct link link;
    struct str name, title;
    struct str place; /* which provision says so, or is meant */
    struct date on;
    struct str status_name, status_tone;
    bool is_lost; /* not in the library */
};
struct law_relation_group {
    struct str code;  /* amends-from */
    struct str title; /* Sửa đổi, bổ sung */
    int64_t count;
    struct link more; /* all of them; empty: all are here */
    LIST(struct law_relation_view) items;
};
struct law_change_view {
    struct str words; /* what: sửa đổi, bổ sung */
    struct str place; /* where */
    struct link place_link, act_link;
    struct str why;
};
/* Of one act on one day. */
struct law_change_group {
    struct law_work_id work;
    struct str act;
    struct date on;
    LIST(struct law_change_view) items;
};
/* The drawing: this work in the middle, what it stands on at the left, what stands on it at the right. */
struct law_graph_node {
    int64_t x, y, width, height, text_x, text_y, small_y;
    struct str name, small;
    struct link link;
    struct str tone;
};
struct law_graph_line {
    struct str path, tone;
};
struct law_graph_word {
    int64_t x, y;
    struct str text, anchor;
};
struct law_relations_view {
    struct law_head_view head;
    LIST(struct law_relation_group) from; /* this work → others */
    LIST(struct law_relation_group) to;   /* others → this work */
    LIST(struct law_change_group) waiting;
    int64_t waiting_n;
    int64_t width, height;
    struct str box;
    LIST(struct law_graph_node) nodes;
    LIST(struct law_graph_line) lines;
    LIST(struct law_graph_word) words;
    struct str type_title; /* one group alone */
    struct link back;
    struct pages pages;
};

struct law_compare_piece {
    struct str text;
    bool is_changed;
};
struct law_compare_row {
    struct str kind; /* same changed moved added removed */
    struct str kind_name;
    struct str before_words, after_words; /* the place, as cited */
    struct link before_link, after_link;
    LIST(struct law_compare_piece) before;
    LIST(struct law_compare_piece) after;
    struct str eid;
    int64_t hidden; /* so many places without a change stand before it */
};
struct law_compare_view {
    struct law_head_view head;
    struct law_work_id with;
    struct str with_name, with_text;
    struct str from_text, to_text, fault;
    struct str before_title, after_title;
    bool has_result, is_all, is_cut, is_same, is_other;
    int64_t changed, moved, added, removed;
    LIST(struct law_compare_row) rows;
    LIST(struct law_way) ways; /* pairs of days worth comparing */
    struct link all, changes;
};

struct law_fact_view {
    struct str label, value;
    struct link link;
};
struct law_file_view {
    struct str name, note;
    struct link link;
};
struct law_facts_view {
    struct law_head_view head;
    LIST(struct law_fact_view) facts;
    LIST(struct law_fact_view) topics;
    LIST(struct law_fact_view) wordings; /* expressions: original, consolidations, translations */
    LIST(struct law_fact_view) flags;
    struct law_note_views notes;
    struct law_collection_choices collections;
    struct form *note;
    struct form *collect;
};

/* ---- Lists. */
struct law_item {
    struct link link;
    struct str name, title, type_name, code, issuer;
    struct str status_name, status_tone;
    struct date issued_on, effective_on;
    struct html found; /* the article and its work, the words asked for marked */
    struct html excerpt;
    struct str place; /* the article that was found */
};
struct law_choice {
    struct str value, label;
    struct link link;
    int64_t count;
    bool is_chosen, is_counted;
};
struct law_index_view {
    struct str q, from_text, to_text;
    struct str said; /* what the list is */
    bool is_asked, is_filtered, is_near, is_empty, is_far, in_force, is_home;
    int64_t found;
    LIST(struct law_item) items;
    LIST(struct law_choice) families;
    LIST(struct law_choice) types;
    LIST(struct law_choice) issuers;
    LIST(struct law_choice) topics;
    LIST(struct law_choice) states;
    LIST(struct law_choice) sorts;
    LIST(struct law_choice) chosen; /* chips: each link takes one filter away */
    struct str family, type, issuer, topic, state, sort;
    struct pages pages;
    struct link excel, clear;
    LIST(struct law_item) watched;
    LIST(struct law_choice) collections;
    struct str topic_name;
    bool is_topic_watched, may_add;
    struct law_watch_id topic_watch;
};
#endif
