/* What the pages of the organisation show. */
#ifndef MODULES_ORG_ORG_VIEW_H
#define MODULES_ORG_ORG_VIEW_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/page/html.h"
#include "kernel/shell/page_view.h"

struct form;

/* A unit in a list or tree. */
struct org_line {
    int64_t id;
    struct str name, code, kind, note;
    int64_t below;
    bool is_closed;
};
/* A person in a post. */
struct org_seat {
    int64_t post, person;
    struct str name, title, unit, phone, email, roles;
    struct date from_on, until_on;
    bool is_in_force, is_endable;
};
struct org_group_lines {
    struct str title;
    LIST(struct org_line) lines;
};
struct org_directory {
    struct str q;
    bool is_asked, is_admin;
    LIST(struct org_line) units;
    LIST(struct org_seat) people;
    LIST(struct org_group_lines) groups;
    int64_t n_communes;
};

struct org_relation {
    int64_t id;
    int64_t unit;
    struct str kind, name, basis, permits;
    bool is_outward, is_main, is_over;
    struct date from_on, until_on;
};
struct org_change_line {
    int64_t unit;
    struct str name, share, basis;
};
struct org_term_line {
    int64_t id;
    struct str name;
    struct date from_on, until_on;
    bool is_over;
};
struct org_unit_show {
    int64_t id;
    struct str name, short_name, code, kind, level, notation, phone, email, street, source;
    struct date from_on, until_on;
    bool is_closed, is_admin, is_organ, is_place;
    LIST(struct org_line) above;
    LIST(struct org_seat) seats;
    LIST(struct org_line) below;
    LIST(struct org_relation) relations;
    LIST(struct org_change_line) became;
    LIST(struct org_change_line) was;
    LIST(struct org_term_line) terms;
};
/* A delegation, given or received. */
struct org_delegated {
    struct str from, to, basis;
    struct date from_on, until_on;
    bool is_in_force;
};
struct org_person_show {
    int64_t id;
    struct str name, code, address, phone, email;
    struct date until_on;
    bool is_admin, is_gone, has_account, is_closed, is_to_change;
    struct str login;
    struct instant signed_in_at;
    int64_t failures, networks; /* wrong passwords of the last day, and from how many places */
    LIST(struct org_seat) seats;
    LIST(struct org_seat) past;
    LIST(struct org_delegated) delegations;
};

/* People, for the administrator. */
struct org_people_line {
    int64_t id;
    struct str name, code, phone, posts;
    bool is_gone;
};
struct org_people {
    struct str q;
    bool is_asked;
    int64_t total;
    LIST(struct org_people_line) people;
    struct pages pages;
};

/* Any form of this module: its fields in a column, what it is about above them. */
struct org_form {
    struct str title, words, about;
    struct link action, back;
    struct str button;
    struct form *form;
};

/* An Excel file being brought in. */
struct org_import_line {
    int64_t row_no;
    struct str cells, fault;
};
struct org_import_item {
    int64_t id;
    struct str file, kind, state;
    struct instant made_at;
    int64_t n_rows, n_faulty;
};
struct org_imports {
    struct form *form;
    LIST(struct org_import_item) items;
};
struct org_import_show {
    int64_t id;
    struct str file, kind, fault, columns;
    bool is_waiting, is_ready, is_faulty, is_unreadable, is_applied, is_dropped;
    int64_t n_rows, n_faulty, n_shown;
    struct instant applied_at;
    LIST(struct org_import_line) lines;
};
#endif
