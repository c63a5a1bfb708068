/* One record: its groups as far as the post may see them, what contradicts itself, what falls due, who looked. */
#include "base/arena.h"
#include "base/buf.h"
#include "modules/cadre/cadre_pages.h"
#include "modules/cadre/cadre_pages_gen.h"
#include "modules/cadre/cadre_print.h"
#include "modules/org/org.h"
#include "modules/place/place.h"

#include "base/banned.h"

enum { SOME = 4 };

struct str cadre_state_words(struct str state) {
    return str_eq(state, S("waiting"))    ? S("Chờ quyết")
           : str_eq(state, S("accepted")) ? S("Đã nhận")
           : str_eq(state, S("returned")) ? S("Đã trả lại")
                                          : S("Đã rút");
}

static void facts_of(struct arena *a, const struct fields_state *s, struct cadre_group_card *card) {
    for (size_t i = 0; i < s->all.n; i++) {
        const struct fields_answer *x = &s->all.at[i];
        if (x->is_shown && x->text.len) {
            LIST_ADD(a, &card->facts, (struct cadre_fact){x->item->label, fields_shown(a, x), S("")});
        }
    }
}

/* The newest of many first, in the card of their group. */
static struct err card_fill(struct get *g, const struct cadre_seat *seat, const struct cadre_group *group,
                            struct cadre_show_view *v) {
    struct cadre_entries_of_rows rows;
    bool may, needs_purpose;
    struct cadre_group_card card = {.title = group->title,
                                    .class = cadre_class_words(group->class),
                                    .is_many = group->is_many,
                                    .link = cadre_group_link(g->arena, v->id, group->code)};
    TRY(cadre_may_see(g->db, g->who, seat, group, &may, &needs_purpose));
    if (!may && !needs_purpose) {
        return OK;
    }
    TRY(cadre_entries_of(g->db, (struct cadre_entries_of_in){.cadre = seat->row->id, .part = group->code}, &rows));
    card.n = (int64_t)rows.n;
    card.is_locked = group->class == CADRE_SENSITIVE; /* each is opened by itself, and each look is noted */
    card.is_more = rows.n > SOME;
    for (size_t i = rows.n; !card.is_locked && i > 0 && rows.n - i < SOME; i--) {
        struct fields_state *s;
        TRY(cadre_judge(g->arena, group, rows.at[i - 1].part_version, rows.at[i - 1].answers, &s));
        if (group->is_many) {
            LIST_ADD(
                g->arena, &card.some,
                (struct cadre_entry_view){.when = cadre_entry_when(group, s), .title = cadre_entry_title(group, s)});
        } else {
            facts_of(g->arena, s, &card);
        }
    }
    LIST_ADD(g->arena, &v->groups, card);
    return OK;
}

static struct cadre_side side_of(struct get *g, int64_t cadre, struct str part, struct str text) {
    struct cadre_group group;
    struct cadre_side side = {.text = text};
    if (part.len && !cadre_group(g->arena, part, &group).why) {
        side.group = group.title;
        side.link = cadre_group_link(g->arena, cadre, part);
    }
    return side;
}

static struct err findings_fill(struct get *g, const struct cadre_seat *seat, struct cadre_show_view *v) {
    struct cadre_findings_of_rows rows;
    TRY(cadre_findings_of(g->db, (struct cadre_findings_of_in){.cadre = seat->row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct cadre_findings_of_row *f = &rows.at[i];
        LIST_ADD(g->arena, &v->findings,
                 (struct cadre_finding_view){.words = f->words,
                                             .source = cadre_rule_source(f->rule),
                                             .left = side_of(g, v->id, f->left_part, f->left_text),
                                             .right = side_of(g, v->id, f->right_part, f->right_text)});
    }
    return OK;
}

static struct err dues_fill(struct get *g, const struct cadre_seat *seat, struct cadre_show_view *v) {
    struct cadre_dues_of_rows rows;
    TRY(cadre_dues_of(g->db, (struct cadre_dues_of_in){.cadre = seat->row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct cadre_list list;
        if (cadre_list_of(rows.at[i].kind, &list)) {
            int64_t ahead = date_number(rows.at[i].due_on) - date_number(clock_today());
            LIST_ADD(g->arena, &v->dues,
                     (struct cadre_due_line){.title = list.title,
                                             .words = rows.at[i].words,
                                             .on = list.days ? rows.at[i].due_on : (struct date){0},
                                             .is_late = list.days && ahead < 0,
                                             .is_soon = list.days && ahead >= 0 && ahead <= list.days});
        }
    }
    return OK;
}

static struct err proposals_fill(struct get *g, const struct cadre_seat *seat, struct cadre_show_view *v) {
    struct cadre_proposals_of_rows rows;
    TRY(cadre_proposals_of(g->db, (struct cadre_proposals_of_in){.cadre = seat->row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct cadre_group group;
        TRY(cadre_group(g->arena, rows.at[i].part, &group));
        LIST_ADD(g->arena, &v->proposals,
                 (struct cadre_proposal_line){.link = link_local(g->arena, "/cadre/%lld/proposal/%lld",
                                                                 (long long)v->id, (long long)rows.at[i].id.v),
                                              .title = group.title,
                                              .words = rows.at[i].words,
                                              .state = cadre_state_words(rows.at[i].state),
                                              .at = rows.at[i].made_at,
                                              .is_waiting = str_eq(rows.at[i].state, S("waiting"))});
    }
    return OK;
}

static struct err looks_fill(struct get *g, const struct cadre_seat *seat, struct cadre_show_view *v) {
    struct cadre_looks_rows rows;
    TRY(cadre_looks(g->db, (struct cadre_looks_in){.cadre = seat->row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct cadre_group group;
        bool is_print = str_eq(rows.at[i].part, CADRE_PRINT);
        if (!is_print) {
            TRY(cadre_group(g->arena, rows.at[i].part, &group));
        }
        LIST_ADD(g->arena, &v->looks,
                 (struct cadre_look_line){.who = cadre_post_name(g->db, rows.at[i].post),
                                          .part = is_print ? S("Bản in") : group.title,
                                          .purpose = rows.at[i].purpose,
                                          .at = rows.at[i].opened_at});
    }
    return OK;
}

static struct err prints_fill(struct get *g, const struct cadre_seat *seat, struct cadre_show_view *v) {
    struct cadre_prints_rows rows;
    TRY(cadre_prints(g->db, (struct cadre_prints_in){.cadre = seat->row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct cadre_form form = {0};
        cadre_form_of(rows.at[i].form, &form);
        LIST_ADD(g->arena, &v->prints,
                 (struct cadre_print_link){.link = link_local(g->arena, "/cadre/%lld/print/%lld", (long long)v->id,
                                                              (long long)rows.at[i].id.v),
                                           .name = form.name,
                                           .who = cadre_post_name(g->db, rows.at[i].post),
                                           .at = rows.at[i].printed_at});
    }
    return OK;
}

/* Where the home village is today, when one commune fits. */
static struct err home_fill(struct get *g, const struct cadre_seat *seat, struct cadre_show_view *v) {
    struct cadre_entries_of_rows rows;
    struct cadre_group group;
    struct fields_state *s;
    TRY(cadre_entries_of(g->db, (struct cadre_entries_of_in){.cadre = seat->row->id, .part = S("identity")}, &rows));
    if (!rows.n) {
        return OK;
    }
    TRY(cadre_group(g->arena, S("identity"), &group));
    TRY(cadre_judge(g->arena, &group, rows.at[0].part_version, rows.at[0].answers, &s));
    const struct fields_answer *home = fields_answer_named(s, S("home_town"));
    if (home && home->text.len) {
        struct place_found found = place_find(place_open(g->arena), g->arena, home->text, (struct date){0});
        v->home_today = found.class == PLACE_SURE && found.communes.n == 1 ? found.communes.at[0]->full : S("");
    }
    return OK;
}

static struct err groups_fill(struct get *g, const struct cadre_seat *seat, struct cadre_show_view *v) {
    struct cadre_group groups[CADRE_GROUPS];
    TRY(cadre_groups(g->arena, groups));
    for (size_t i = 0; i < CADRE_GROUPS; i++) {
        TRY(card_fill(g, seat, &groups[i], v));
    }
    return OK;
}

struct err cadre_show_get(struct get *g) {
    struct cadre_seat seat;
    TRY(cadre_seat_of(g, &seat));
    const struct cadre_find_row *r = seat.row;
    struct cadre_show_view v = {.id = r->id.v,
                                .name = r->name,
                                .post = r->post,
                                .unit = r->unit_name,
                                .organ = r->organ_name,
                                .staff_no = r->staff_no,
                                .is_self = seat.is_self,
                                .is_keeper = seat.is_keeper,
                                .is_left = r->is_left,
                                .is_head = !seat.is_self && !seat.is_keeper,
                                .place = link_record(g->arena, S("/cadre/"), r->id.v, S("/place")),
                                .print = link_record(g->arena, S("/cadre/"), r->id.v, S("/print"))};
    TRY(groups_fill(g, &seat, &v));
    TRY(home_fill(g, &seat, &v));
    if (!v.is_head) {
        TRY(findings_fill(g, &seat, &v));
        TRY(dues_fill(g, &seat, &v));
        TRY(proposals_fill(g, &seat, &v));
        TRY(looks_fill(g, &seat, &v));
        TRY(prints_fill(g, &seat, &v));
    }
    return answer_cadre_show(g, &v);
}
