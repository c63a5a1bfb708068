/* What the pages of the portal show. */
#ifndef MODULES_PORTAL_PORTAL_VIEW_H
#define MODULES_PORTAL_PORTAL_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"
#include "modules/thread/thread_view.h"

/* ---- A text as it is read. */
struct portal_span {
    struct str text;
    struct link link; /* empty: none */
    bool is_bold;
};
struct portal_words {
    LIST(struct portal_span) spans;
};
enum portal_block_kind {
    PORTAL_PARAGRAPH = 1,
    PORTAL_HEADING,
    PORTAL_SUBHEADING,
    PORTAL_LIST,
    PORTAL_NUMBERS,
    PORTAL_QUOTE
};
struct portal_block {
    int kind;
    LIST(struct portal_words) lines; /* of a list its items; of the others one */
    struct str by;                   /* of a quotation; may be empty */
};
struct portal_text {
    LIST(struct portal_block) blocks;
};

/* ---- What the public reads. */
struct portal_news {
    struct str title, lead, site_name, category, alt;
    struct link link, picture;
    struct date on;
    bool is_elsewhere; /* of another site than the one that is read */
};
struct portal_task {
    struct str title, words;
    const char *icon;
    struct link link;
};
struct portal_letter {
    struct str letter;
};
struct portal_place {
    struct str name, letter; /* letter: of the first under it, else empty */
    struct link link;
};
struct portal_asked { /* a draft people are asked about now */
    struct str title, drafter;
    struct link link;
    struct date closes_on;
};
struct portal_home {
    LIST(struct portal_asked) asked;
    struct date today;
    LIST(struct portal_task) tasks;
    LIST(struct portal_news) stories; /* one with a picture, or none */
    LIST(struct portal_news) news;
    LIST(struct portal_letter) letters;
    int64_t wards, communes, zones;
    bool has_more;
};
struct portal_person {
    struct str name, title;
};
struct portal_commune {
    struct str name, organ, inside; /* inside: "xã Nguyễn Bỉnh Khiêm" */
    struct str street, phone;
    struct link tel, all_news;
    LIST(struct portal_task) tasks;
    LIST(struct portal_news) stories;
    LIST(struct portal_news) news;
    LIST(struct portal_person) people;
    LIST(struct portal_place) neighbours;
    double km2;
    int64_t inhabitants;
    struct str before; /* the province until 30 June 2025 */
};
struct portal_communes {
    struct str q;
    LIST(struct portal_place) places;
    LIST(struct portal_letter) letters;
    bool is_asked;
    struct str why; /* how an address was understood, or that nothing was */
};
struct portal_chip {
    struct str name;
    struct link link;
    bool is_current;
};
struct portal_list {
    struct str title, site_name;
    struct link home, feed;
    LIST(struct portal_chip) categories;
    LIST(struct portal_news) news;
    struct pages pages;
};
struct portal_correction {
    struct str words;
    struct instant at;
};
struct portal_article {
    struct str title, lead, category, site_name, author, source, approved, alt, credit;
    struct link home, list, site, picture;
    struct date on;
    struct instant approved_at;
    int64_t minutes;
    struct portal_text text;
    LIST(struct portal_correction) corrections;
    LIST(struct portal_news) others;
    bool is_preview;
};
struct portal_gone {
    struct str title, reason, by;
    struct instant at;
    struct link instead, home;
};
struct portal_hit {
    struct html title, text;
    struct str site_name;
    struct date on;
    struct link link;
};
struct portal_search {
    struct str q;
    bool is_asked;
    LIST(struct portal_hit) hits;
};

/* ---- The work side. */
struct portal_line {
    struct str title, category, site_name, author, state, tone;
    struct link link;
    struct instant at;
};
struct portal_work {
    struct str site_name, box_title, none;
    struct link site;
    struct tabs tabs;
    LIST(struct portal_line) lines;
    struct pages pages;
};
struct portal_fault {
    struct str words;
};
struct portal_version_line {
    int64_t n;
    struct str note, made_by, approved_by, state;
    struct instant changed_at, live_at;
};
struct portal_show {
    int64_t id;
    struct str title, lead, category, site_name, state, tone, author, source, made_by, reason, alt, credit;
    struct link public_page, preview, edit, picture;
    struct instant changed_at, publish_at;
    struct portal_text text;
    LIST(struct portal_fault) faults;
    LIST(struct portal_version_line) versions;
    bool may_submit, may_recall, may_return, may_approve, may_withdraw, may_take, may_refuse, may_propose;
    struct str fault; /* of a form that came back */
    bool is_own;      /* the worn post wrote it: somebody else approves */
    bool is_beside;   /* a live version is read meanwhile */
    bool has_picture, is_picture_waiting;
    struct form *submission, *back, *approval, *withdrawal;
    struct thread_view thread;
};
struct portal_edit {
    struct link to, back;
    struct form *form;
    bool is_new, is_city, is_later;
    struct str picture_name;
};

/* ---- Duties. */
struct portal_duty_line {
    struct str name, law, owner, state, tone;
    struct link page, edit;
    struct date updated_on;
    int64_t age;
};
struct portal_duties {
    struct str site_name;
    LIST(struct portal_duty_line) lines;
    int64_t kept, missing, old;
    bool is_city;
    struct link all;
};
struct portal_duty_site {
    struct str name;
    struct link link;
    int64_t kept, missing, old;
};
struct portal_duty_sites {
    LIST(struct portal_duty_site) sites;
    int64_t items;
};
struct portal_duty_form {
    struct link to, back;
    struct form *form;
    struct str name, law, site_name;
};
#endif
