/* The groups of a cadre's record: which fields each has, who may see it, whether it is there once or as many entries.
   Definitions of fields/ in groups/CODE.json with one more member, "cadre". Private to modules/cadre. */
#ifndef MODULES_CADRE_CADRE_GROUP_H
#define MODULES_CADRE_CADRE_GROUP_H
#include "fields/answers.h"

enum { CADRE_GROUPS = 18 };

/* Who may see a group: a head of the unit the basic ones; personnel and oneself all, the sensitive ones for a purpose.
 */
enum cadre_class { CADRE_BASIC, CADRE_OFFICE, CADRE_SENSITIVE };

struct cadre_group {
    struct str code, title;
    struct str nd27; /* the group of Nghị định 27/2026 it belongs to */
    enum cadre_class class;
    bool is_many;
    struct str sort; /* the field its entries stand in order by; empty: none */
    struct fields_form *form;
    const struct fields_page *page; /* all its fields */
};
struct str cadre_group_code(size_t i); /* empty after the last */
/* MISSING when there is no such group. Lives in the arena. */
struct err cadre_group(struct arena *a, struct str code, struct cadre_group *group);
/* All of them, in the order of a record; index as cadre_group_code. */
struct err cadre_groups(struct arena *a, struct cadre_group all[CADRE_GROUPS]);
size_t cadre_group_at(struct str code); /* CADRE_GROUPS: none */

/* Answers as kept, judged under today's definition. */
struct err cadre_judge(struct arena *a, const struct cadre_group *group, int64_t version, struct str answers,
                       struct fields_state **state);
struct fields_state *cadre_judge_said(struct arena *a, const struct cadre_group *group, struct fields_said_list said);
/* The place of a field on the page; -1: none. */
int cadre_field(const struct cadre_group *group, struct str name);
/* What an entry is called in a line, by the fields "title" names: "Trưởng ban · Ban Phong trào". */
struct str cadre_entry_title(const struct cadre_group *group, const struct fields_state *s);
/* "3/2018 – nay", "2019"; empty where the group has no days. */
struct str cadre_entry_when(const struct cadre_group *group, const struct fields_state *s);
struct str cadre_sort(const struct cadre_group *group, const struct fields_state *s);
struct str cadre_class_words(enum cadre_class class);
#endif
