#include "modules/cadre/cadre_record.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/fill/fill.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/org/org.h"

#include "base/banned.h"

enum { MINUTE_MS = 60000, WORDS_MOST = 30, WORD_BYTES = 60 };

/* --- Who --- */
struct err cadre_seat_find(struct db_read *db, const struct who *who, int64_t id, struct cadre_seat *seat) {
    unsigned bits;
    *seat = (struct cadre_seat){0};
    TRY(cadre_find(db, (struct cadre_find_in){.id = {id}}, &seat->row));
    if (!seat->row) {
        return FAIL(ERR_MISSING, "no such cadre");
    }
    TRY(access_bits(db, id, who->post.v, &bits));
    seat->is_self = who->person.v && seat->row->person.v == who->person.v;
    seat->is_keeper = !seat->is_self && bits & CAN_MANAGE;
    seat->may_decide = !seat->is_self && bits & CAN_APPROVE;
    bool is_head = who->roles & ROLE_HEAD && seat->row->unit.v == who->unit.v;
    return bits & CAN_READ || is_head ? OK : FAIL(ERR_MISSING, "a record this post may not see");
}

struct err cadre_may_ask(const struct cadre_seat *seat, const struct cadre_group *group) {
    return seat->is_self || seat->is_keeper || group->class == CADRE_BASIC
               ? OK
               : FAIL(ERR_MISSING, "a group this post may not see");
}

static struct err look_is_open(struct db_read *db, const struct who *who, struct cadre_person_id id, struct str part,
                               bool *is_open) {
    struct cadre_look_since_row *row;
    struct instant since = {clock_now().ms - (int64_t)CADRE_LOOK_MINUTES * MINUTE_MS};
    TRY(cadre_look_since(
        db, (struct cadre_look_since_in){.cadre = id, .part = part, .post = who->post.v, .since = since}, &row));
    *is_open = row != NULL;
    return OK;
}

struct err cadre_may_see(struct db_read *db, const struct who *who, const struct cadre_seat *seat,
                         const struct cadre_group *group, bool *may, bool *needs_purpose) {
    *needs_purpose = false;
    *may = group->class == CADRE_BASIC || seat->is_self || (seat->is_keeper && group->class == CADRE_OFFICE);
    if (*may || !seat->is_keeper) {
        return OK;
    }
    TRY(look_is_open(db, who, seat->row->id, group->code, may));
    *needs_purpose = !*may;
    return OK;
}

struct err cadre_print_is_open(struct db_read *db, const struct who *who, const struct cadre_seat *seat,
                               bool *is_open) {
    *is_open = seat->is_self;
    return seat->is_keeper ? look_is_open(db, who, seat->row->id, CADRE_PRINT, is_open) : OK;
}

struct err cadre_look_open(struct db_write *db, const struct who *who, const struct cadre_seat *seat, struct str part,
                           struct str purpose) {
    struct arena *a = db_arena(db_reading(db));
    if (!seat->is_keeper && !seat->is_self) {
        return FAIL(ERR_MISSING, "nothing sensitive for this post");
    }
    TRY(cadre_look_insert(db,
                          (struct cadre_look_insert_in){.id = {id_new()},
                                                        .cadre = seat->row->id,
                                                        .part = part,
                                                        .post = who->post.v,
                                                        .purpose = purpose,
                                                        .opened_at = clock_now()},
                          NULL));
    return audit_note(db, &(struct audit){.verb = S("cadre.open"),
                                          .record = seat->row->id.v,
                                          .after = cadre_words_json(a, S("part"), part, S("purpose"), purpose)});
}

struct err cadre_look_note(struct db_read *db, int64_t cadre, struct str part) {
    return audit_view(db, &(struct audit){.verb = S("cadre.look"),
                                          .record = cadre,
                                          .after = cadre_words_json(db_arena(db), S("part"), part, S(""), S(""))});
}

/* The city's committee has a board for it; elsewhere leaders decide and the clerk writes. */
struct keepers {
    int64_t all, deciding; /* principals; all writes, deciding has the last word */
};
static struct err keepers_of(struct db_read *db, const struct org_unit *organ, struct keepers *k) {
    struct unit_id board = {0};
    *k = (struct keepers){0};
    if (str_eq(organ->level, S("city")) && str_eq(organ->kind, S("front"))) {
        TRY(org_unit_by_code(db, str_format(db_arena(db), "%.*s-TCKT", STR_ARG(organ->code)), &board));
    }
    k->all = board.v;
    if (!board.v) {
        TRY(org_group(db, organ->id, ROLE_CLERK, &k->all));
    }
    return org_group(db, organ->id, ROLE_LEADER, &k->deciding);
}

struct err cadre_may_keep(struct db_read *db, const struct who *who, bool *may) {
    struct org_unit organ;
    struct keepers k;
    *may = false;
    if (!who->organ.v) {
        return OK;
    }
    TRY(org_unit(db, who->organ, &organ));
    TRY(keepers_of(db, &organ, &k));
    TRY(access_post_wears(db, who->post.v, k.all, may));
    return *may ? OK : access_post_wears(db, who->post.v, k.deciding, may);
}

static struct err give(struct db_write *db, int64_t record, int64_t principal, unsigned can) {
    return principal ? access_give(db,
                                   &(struct access_grant_new){
                                       .kind = S("cadre"), .record = record, .principal = principal, .can = can})
                     : OK;
}

static struct err rights(struct db_write *db, struct cadre_person_id id, struct unit_id organ_id, int64_t person) {
    struct org_unit organ;
    struct keepers k;
    TRY(org_unit(db_reading(db), organ_id, &organ));
    TRY(keepers_of(db_reading(db), &organ, &k));
    bool is_board = str_eq(organ.level, S("city")) && str_eq(organ.kind, S("front"));
    TRY(access_take_all(db, id.v));
    TRY(give(db, id.v, k.all, CAN_READ | CAN_MANAGE | (is_board ? CAN_APPROVE : 0)));
    TRY(give(db, id.v, k.deciding, CAN_READ | CAN_MANAGE | CAN_APPROVE));
    return give(db, id.v, person, CAN_READ);
}

/* --- Reading --- */
struct err cadre_whole(struct db_read *db, struct cadre_person_id id, struct cadre_whole *w) {
    struct arena *a = db_arena(db);
    struct cadre_group *groups = arena_take(a, struct cadre_group, CADRE_GROUPS);
    struct cadre_entries_rows rows;
    TRY(cadre_groups(a, groups));
    *w = (struct cadre_whole){.arena = a, .groups = groups};
    TRY(cadre_entries(db, (struct cadre_entries_in){.cadre = id}, &rows));
    for (size_t g = 0; g < CADRE_GROUPS; g++) {
        for (size_t i = 0; i < rows.n; i++) {
            struct cadre_line line = {.group = g, .id = rows.at[i].id.v, .version = rows.at[i].version};
            if (!str_eq(rows.at[i].part, groups[g].code)) {
                continue;
            }
            TRY(cadre_judge(a, &groups[g], rows.at[i].part_version, rows.at[i].answers, &line.s));
            LIST_ADD(a, &w->lines, line);
        }
    }
    return OK;
}

/* --- What follows --- */
static struct err words_put(struct db_write *db, struct cadre_person_id id, struct str text) {
    struct str rest = utf8_fold(db_arena(db_reading(db)), text), word;
    size_t n = 0;
    while (n < WORDS_MOST && str_next(&rest, ' ', &word)) {
        word = utf8_cut(str_trim(word), WORD_BYTES);
        if (word.len) {
            TRY(cadre_word_put(db, (struct cadre_word_put_in){.cadre = id, .word = word}, NULL));
            n++;
        }
    }
    return OK;
}

static struct err dues_put(struct db_write *db, struct cadre_person_id id, const struct cadre_whole *w) {
    struct cadre_dues dues = cadre_dues(w, clock_today());
    TRY(cadre_due_clear(db, (struct cadre_due_clear_in){.cadre = id}, NULL));
    for (size_t i = 0; i < dues.n; i++) {
        TRY(cadre_due_put(db,
                          (struct cadre_due_put_in){
                              .cadre = id, .kind = dues.at[i].kind, .due_on = dues.at[i].on, .words = dues.at[i].words},
                          NULL));
    }
    return OK;
}

static struct err findings_put(struct db_write *db, struct cadre_person_id id, const struct cadre_whole *w,
                               int64_t *n) {
    struct cadre_findings all = cadre_check(w);
    TRY(cadre_findings_clear(db, (struct cadre_findings_clear_in){.cadre = id}, NULL));
    for (size_t i = 0; i < all.n; i++) {
        const struct cadre_finding *f = &all.at[i];
        TRY(cadre_finding_put(db,
                              (struct cadre_finding_put_in){.cadre = id,
                                                            .n = (int64_t)i + 1,
                                                            .rule = f->rule,
                                                            .words = f->words,
                                                            .left_part = f->left.part,
                                                            .left_entry = f->left.entry,
                                                            .left_text = f->left.text,
                                                            .right_part = f->right.part,
                                                            .right_entry = f->right.entry,
                                                            .right_text = f->right.text},
                              NULL));
    }
    *n = (int64_t)all.n;
    return OK;
}

static struct str text_of(const struct fields_answer *x) { return x ? x->text : S(""); }

/* The post held now: the newest that has no end and stands beside no other; else the newest. */
static struct str post_today(const struct cadre_whole *w) {
    struct str open = S(""), last = S("");
    for (size_t i = 0; i < w->lines.n; i++) {
        const struct cadre_line *l = &w->lines.at[i];
        const struct fields_answer *beside = cadre_line_answer(l, S("is_concurrent"));
        bool is_span = l->group == cadre_group_at(S("span"));
        if (is_span && !(beside && str_eq(beside->text, S("true")))) {
            last = text_of(cadre_line_answer(l, S("post")));
            open = cadre_line_answer(l, S("to_on")) ? open : last;
        }
    }
    return open.len ? open : last;
}

struct err cadre_follow_entries(struct db_write *db, struct cadre_person_id id) {
    struct cadre_whole w;
    int64_t n;
    TRY(cadre_whole(db_reading(db), id, &w));
    TRY(findings_put(db, id, &w, &n));
    TRY(dues_put(db, id, &w));
    struct str name = text_of(cadre_answer(&w, S("identity"), S("name"))),
               staff_no = text_of(cadre_answer(&w, S("identity"), S("staff_no"))), post = post_today(&w);
    TRY(cadre_follow(db,
                     (struct cadre_follow_in){.name = name,
                                              .name_key = utf8_name_key(w.arena, name),
                                              .staff_no = staff_no,
                                              .sex = text_of(cadre_answer(&w, S("identity"), S("sex"))),
                                              .birth = text_of(cadre_answer(&w, S("identity"), S("birth"))),
                                              .post = post,
                                              .is_party = cadre_answer(&w, S("party"), S("joined_on")) != NULL,
                                              .n_findings = n,
                                              .changed_at = clock_now(),
                                              .id = id},
                     NULL));
    TRY(cadre_words_clear(db, (struct cadre_words_clear_in){.cadre = id}, NULL));
    return words_put(db, id, str_format(w.arena, "%.*s %.*s %.*s", STR_ARG(name), STR_ARG(staff_no), STR_ARG(post)));
}

/* --- Writing --- */
static struct err past_put(struct db_write *db, int64_t entry, int64_t version, const char *act, struct str answers,
                           const struct cadre_write *w) {
    return cadre_past_add(db,
                          (struct cadre_past_add_in){.entry = {entry},
                                                     .version = version,
                                                     .act = str_of(act),
                                                     .answers = answers,
                                                     .part_version = w->group->form->version,
                                                     .basis = w->basis,
                                                     .proposal = w->proposal,
                                                     .post = w->post,
                                                     .recorded_at = clock_now()},
                          NULL);
}

static struct err entry_make(struct db_write *db, struct cadre_person_id id, const struct cadre_write *w) {
    struct str answers = fill_json(w->state->arena, w->state);
    struct cadre_entries_of_rows rows = {0};
    if (!w->group->is_many) {
        TRY(cadre_entries_of(db_reading(db), (struct cadre_entries_of_in){.cadre = id, .part = w->group->code}, &rows));
    }
    if (rows.n) {
        return REFUSE(ERR_CONFLICT, "", "Nhóm này đã có, mời mở ra để sửa.");
    }
    int64_t entry = id_new();
    TRY(cadre_entry_insert(db,
                           (struct cadre_entry_insert_in){.id = {entry},
                                                          .cadre = id,
                                                          .part = w->group->code,
                                                          .answers = answers,
                                                          .part_version = w->group->form->version,
                                                          .sort = cadre_sort(w->group, w->state),
                                                          .changed_at = clock_now()},
                           NULL));
    return past_put(db, entry, 1, "made", answers, w);
}

static struct err entry_change(struct db_write *db, struct cadre_person_id id, const struct cadre_write *w) {
    struct cadre_entry_find_row *row;
    int64_t n = 0;
    TRY(cadre_entry_find(db_reading(db), (struct cadre_entry_find_in){.id = {w->entry}, .cadre = id}, &row));
    if (!row || row->is_gone || !str_eq(row->part, w->group->code)) {
        return FAIL(ERR_MISSING, "no such entry");
    }
    struct str answers = w->is_gone ? row->answers : fill_json(w->state->arena, w->state),
               sort = w->is_gone ? row->sort : cadre_sort(w->group, w->state);
    TRY(cadre_entry_update(db,
                           (struct cadre_entry_update_in){.answers = answers,
                                                          .part_version = w->group->form->version,
                                                          .sort = sort,
                                                          .is_gone = w->is_gone,
                                                          .changed_at = clock_now(),
                                                          .id = row->id,
                                                          .version = w->version},
                           &n));
    if (!n) {
        return org_stale_audited(db_reading(db), w->version, &(struct audit){.kind = S("cadre"), .record = id.v});
    }
    return past_put(db, w->entry, w->version + 1, w->is_gone ? "removed" : "changed", answers, w);
}

struct err cadre_entry_write(struct db_write *db, struct cadre_person_id id, const struct cadre_write *w) {
    return w->entry ? entry_change(db, id, w) : entry_make(db, id, w);
}

struct err cadre_put(struct db_write *db, struct cadre_person_id id, const struct cadre_write *w) {
    struct arena *a = db_arena(db_reading(db));
    TRY(cadre_entry_write(db, id, w));
    TRY(cadre_follow_entries(db, id));
    return act_done(db, &(struct act){.verb = w->is_gone ? S("cadre.remove")
                                              : w->entry ? S("cadre.change")
                                                         : S("cadre.write"),
                                      .record = id.v,
                                      .after = cadre_words_json(a, S("part"), w->group->code, S(""), S(""))});
}

struct err cadre_add(struct db_write *db, const struct cadre_new *n, struct cadre_person_id *id) {
    struct cadre_group group;
    struct arena *a = db_arena(db_reading(db));
    struct str name = text_of(fields_answer_named(n->identity, S("name")));
    *id = (struct cadre_person_id){id_new()};
    TRY(cadre_group(a, S("identity"), &group));
    TRY(cadre_insert(db,
                     (struct cadre_insert_in){.id = *id,
                                              .organ = {n->organ.v},
                                              .unit = {n->unit.v},
                                              .person = {n->person.v},
                                              .name = name,
                                              .name_key = utf8_name_key(a, name),
                                              .made_by = n->post,
                                              .made_at = clock_now()},
                     NULL));
    TRY(rights(db, *id, n->organ, n->person.v));
    struct cadre_write w = {.group = &group, .state = n->identity, .basis = n->basis, .post = n->post};
    TRY(entry_make(db, *id, &w));
    TRY(cadre_follow_entries(db, *id));
    return act_done(db, &(struct act){.verb = S("cadre.add"), .record = id->v});
}

struct err cadre_place(struct db_write *db, const struct cadre_seat *seat, const struct cadre_place *p) {
    int64_t n = 0;
    struct cadre_person_id id = seat->row->id;
    if (!seat->is_keeper) {
        return REFUSE(ERR_DENIED, "", "Chức danh này không sửa được hồ sơ.");
    }
    TRY(cadre_reseat(db,
                     (struct cadre_reseat_in){.unit = {p->unit.v},
                                              .person = {p->person.v},
                                              .is_left = p->is_left,
                                              .changed_at = clock_now(),
                                              .id = id,
                                              .version = p->version},
                     &n));
    if (!n) {
        return org_stale_audited(db_reading(db), p->version, &(struct audit){.kind = S("cadre"), .record = id.v});
    }
    TRY(rights(db, id, (struct unit_id){seat->row->organ.v}, p->person.v));
    return act_done(db, &(struct act){.verb = S("cadre.place"), .record = id.v});
}
