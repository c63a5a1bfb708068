#include "modules/cadre/cadre_group.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "read/json.h"

#include "base/banned.h"

FACTS(cadre_facts_identity, "modules/cadre/groups/identity.json");
FACTS(cadre_facts_papers, "modules/cadre/groups/papers.json");
FACTS(cadre_facts_recruit, "modules/cadre/groups/recruit.json");
FACTS(cadre_facts_party, "modules/cadre/groups/party.json");
FACTS(cadre_facts_army, "modules/cadre/groups/army.json");
FACTS(cadre_facts_schooling, "modules/cadre/groups/schooling.json");
FACTS(cadre_facts_training, "modules/cadre/groups/training.json");
FACTS(cadre_facts_span, "modules/cadre/groups/span.json");
FACTS(cadre_facts_planning, "modules/cadre/groups/planning.json");
FACTS(cadre_facts_salary, "modules/cadre/groups/salary.json");
FACTS(cadre_facts_rating, "modules/cadre/groups/rating.json");
FACTS(cadre_facts_reward, "modules/cadre/groups/reward.json");
FACTS(cadre_facts_discipline, "modules/cadre/groups/discipline.json");
FACTS(cadre_facts_abroad, "modules/cadre/groups/abroad.json");
FACTS(cadre_facts_family, "modules/cadre/groups/family.json");
FACTS(cadre_facts_history, "modules/cadre/groups/history.json");
FACTS(cadre_facts_assets, "modules/cadre/groups/assets.json");
FACTS(cadre_facts_health, "modules/cadre/groups/health.json");

/* In the order of a record. */
static const char *const codes[] = {"identity",   "papers", "recruit",  "party",   "army",   "schooling",
                                    "training",   "span",   "planning", "salary",  "rating", "reward",
                                    "discipline", "abroad", "family",   "history", "assets", "health"};
_Static_assert(sizeof codes / sizeof *codes == CADRE_GROUPS, "every group has its place");

struct str cadre_group_code(size_t i) {
    return i < CADRE_GROUPS ? str_of(codes[i]) : S("");
}

size_t cadre_group_at(struct str code) {
    size_t i = 0;
    while (i < CADRE_GROUPS && !str_eq(code, str_of(codes[i]))) {
        i++;
    }
    return i;
}

static struct str json_of(size_t i) {
    const struct str all[] = {
        FACTS_STR(cadre_facts_identity),   FACTS_STR(cadre_facts_papers), FACTS_STR(cadre_facts_recruit),
        FACTS_STR(cadre_facts_party),      FACTS_STR(cadre_facts_army),   FACTS_STR(cadre_facts_schooling),
        FACTS_STR(cadre_facts_training),   FACTS_STR(cadre_facts_span),   FACTS_STR(cadre_facts_planning),
        FACTS_STR(cadre_facts_salary),     FACTS_STR(cadre_facts_rating), FACTS_STR(cadre_facts_reward),
        FACTS_STR(cadre_facts_discipline), FACTS_STR(cadre_facts_abroad), FACTS_STR(cadre_facts_family),
        FACTS_STR(cadre_facts_history),    FACTS_STR(cadre_facts_assets), FACTS_STR(cadre_facts_health)};
    return all[i];
}

static enum cadre_class class_of(struct str word) {
    return str_eq(word, S("basic")) ? CADRE_BASIC : str_eq(word, S("office")) ? CADRE_OFFICE : CADRE_SENSITIVE;
}

struct err cadre_group(struct arena *a, struct str code, struct cadre_group *group) {
    struct fields_faults faults = {0};
    size_t at = cadre_group_at(code);
    *group = (struct cadre_group){0};
    if (at == CADRE_GROUPS) {
        return FAIL(ERR_MISSING, "no such group");
    }
    TRY(fields_load(a, json_of(at), &group->form, &faults));
    const struct json_value *more = json_member(group->form->whole, "cadre");
    group->code = group->form->code;
    group->title = group->form->name;
    group->nd27 = json_member_text(more, "nd27");
    group->class = class_of(json_member_text(more, "class"));
    group->is_many = json_is_yes(json_member(more, "many"));
    group->sort = json_member_text(more, "sort");
    group->page = &group->form->pages.at[0];
    return OK;
}

struct err cadre_groups(struct arena *a, struct cadre_group all[CADRE_GROUPS]) {
    for (size_t i = 0; i < CADRE_GROUPS; i++) {
        TRY(cadre_group(a, str_of(codes[i]), &all[i]));
    }
    return OK;
}

struct fields_state *cadre_judge_said(struct arena *a, const struct cadre_group *group, struct fields_said_list said) {
    struct fields_world *world = arena_take(a, struct fields_world, 1);
    *world = (struct fields_world){.today = clock_today()};
    return fields_judge(a, group->form, said, world);
}

struct err cadre_judge(struct arena *a, const struct cadre_group *group, int64_t version, struct str answers,
                       struct fields_state **state) {
    struct fields_said_list said = {0};
    TRY(fields_said_read(a, answers, &said));
    if (version < group->form->version) {
        said = fields_carried(a, group->form, version, said);
    }
    *state = cadre_judge_said(a, group, said);
    return OK;
}

int cadre_field(const struct cadre_group *group, struct str name) {
    for (size_t i = 0; i < group->page->items.n; i++) {
        if (str_eq(group->page->items.at[i].name, name)) {
            return (int)i;
        }
    }
    return -1;
}

/* A number alone says nothing: "Bậc 3". */
static struct str named_of(const struct fields_state *s, struct str name) {
    const struct fields_answer *x = fields_answer_named(s, name);
    struct str shown = x && x->text.len ? fields_shown(s->arena, x) : S("");
    bool is_bare = x && x->text.len && x->item->kind == FIELDS_INT;
    return is_bare ? str_format(s->arena, "%.*s %.*s", STR_ARG(x->item->label), STR_ARG(x->text)) : shown;
}

static struct str shown_of(const struct fields_state *s, struct str name) {
    const struct fields_answer *x = fields_answer_named(s, name);
    return x ? fields_shown(s->arena, x) : S("");
}

struct str cadre_entry_title(const struct cadre_group *group, const struct fields_state *s) {
    const struct json_value *names = json_member(json_member(group->form->whole, "cadre"), "title");
    struct buf b = buf_in(s->arena);
    for (size_t i = 0; i < json_count(names); i++) {
        struct str shown = named_of(s, json_text_of(json_item(names, i)));
        buf_printf(&b, "%s%.*s", shown.len && b.len ? " · " : "", STR_ARG(shown));
    }
    return b.len ? buf_str(&b) : group->title;
}

struct str cadre_entry_when(const struct cadre_group *group, const struct fields_state *s) {
    struct str from = group->sort.len ? shown_of(s, group->sort) : S(""), to = shown_of(s, S("to_on"));
    if (cadre_field(group, S("to_on")) < 0 || !from.len) {
        return from;
    }
    return str_format(s->arena, "%.*s – %.*s", STR_ARG(from), STR_ARG(to.len ? to : S("nay")));
}

struct str cadre_sort(const struct cadre_group *group, const struct fields_state *s) {
    const struct fields_answer *x = group->sort.len ? fields_answer_named(s, group->sort) : NULL;
    return x ? x->text : S("");
}

struct str cadre_class_words(enum cadre_class class) {
    return class == CADRE_BASIC    ? S("Trưởng đơn vị xem được")
           : class == CADRE_OFFICE ? S("Tổ chức cán bộ và bản thân")
                                   : S("Nhạy cảm: nêu mục đích trước khi xem");
}
