/* What a person asks to be changed in the own record. Personnel takes it over as it is, or gives it back with words. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/fill/fill.h"
#include "kernel/page/json.h"
#include "kernel/queue/event.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "modules/cadre/cadre_record.h"
#include "modules/org/org.h"

#include "base/banned.h"

struct str cadre_words_json(struct arena *a, struct str name, struct str value, struct str other, struct str words) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{");
    json_str(&b, name);
    BUF_LIT(&b, ":");
    json_str(&b, value);
    if (other.len) {
        BUF_LIT(&b, ",");
        json_str(&b, other);
        BUF_LIT(&b, ":");
        json_str(&b, words);
    }
    BUF_LIT(&b, "}");
    return buf_str(&b);
}

static struct err tell(struct db_write *db, const char *verb, int64_t record, int64_t to, struct str words,
                       int64_t proposal) {
    struct arena *a = db_arena(db_reading(db));
    struct str path = str_format(a, "/cadre/%lld/proposal/%lld", (long long)record, (long long)proposal);
    return to ? event_emit(db, &(struct event){.kind = str_of(verb),
                                               .record = record,
                                               .to = to,
                                               .body = cadre_words_json(a, S("words"), words, S("path"), path)})
              : OK;
}

/* Those who have the last word about a record are told. */
static struct err tell_deciding(struct db_write *db, const struct cadre_seat *seat, struct str words,
                                int64_t proposal) {
    struct db_read *read = db_reading(db);
    struct org_unit organ;
    struct unit_id board = {0};
    int64_t leaders;
    TRY(org_unit(read, (struct unit_id){seat->row->organ.v}, &organ));
    if (str_eq(organ.level, S("city")) && str_eq(organ.kind, S("front"))) {
        TRY(org_unit_by_code(read, str_format(db_arena(read), "%.*s-TCKT", STR_ARG(organ.code)), &board));
    }
    TRY(org_group(read, organ.id, ROLE_LEADER, &leaders));
    return tell(db, "cadre.proposed", seat->row->id.v, board.v ? board.v : leaders, words, proposal);
}

struct err cadre_propose(struct db_write *db, const struct who *who, const struct cadre_seat *seat,
                         const struct cadre_proposal_new *n, int64_t *id) {
    struct arena *a = db_arena(db_reading(db));
    const struct cadre_write *w = &n->write;
    if (!seat->is_self) {
        return REFUSE(ERR_DENIED, "", "Chỉ chính người có hồ sơ đề nghị sửa hồ sơ của mình.");
    }
    *id = id_new();
    TRY(cadre_proposal_insert(db,
                              (struct cadre_proposal_insert_in){.id = {*id},
                                                                .cadre = seat->row->id,
                                                                .part = w->group->code,
                                                                .entry = w->entry,
                                                                .entry_version = w->version,
                                                                .answers = fill_json(w->state->arena, w->state),
                                                                .part_version = w->group->form->version,
                                                                .words = n->words,
                                                                .file = {n->file},
                                                                .file_name = n->file_name,
                                                                .made_by = who->post.v,
                                                                .made_at = clock_now()},
                              NULL));
    struct str words =
        str_format(a, "%.*s đề nghị sửa hồ sơ: %.*s", STR_ARG(seat->row->name), STR_ARG(w->group->title));
    TRY(act_done(db, &(struct act){.verb = S("cadre.propose"),
                                   .record = seat->row->id.v,
                                   .after = cadre_words_json(a, S("part"), w->group->code, S(""), S(""))}));
    return tell_deciding(db, seat, words, *id);
}

static struct err proposal_waiting(struct db_read *db, const struct cadre_seat *seat, int64_t id,
                                   struct cadre_proposal_find_row **row) {
    TRY(cadre_proposal_find(db, (struct cadre_proposal_find_in){.id = {id}, .cadre = seat->row->id}, row));
    if (!*row) {
        return FAIL(ERR_MISSING, "no such proposal");
    }
    return str_eq((*row)->state, S("waiting")) ? OK : REFUSE(ERR_CONFLICT, "", "Đề nghị này đã được xử lý.");
}

static struct err decided(struct db_write *db, const struct who *who, int64_t id, const char *state,
                          struct str reason) {
    int64_t n = 0;
    TRY(cadre_proposal_decide(
        db,
        (struct cadre_proposal_decide_in){
            .state = str_of(state), .decided_by = who->post.v, .decided_at = clock_now(), .reason = reason, .id = {id}},
        &n));
    return n ? OK : REFUSE(ERR_CONFLICT, "", "Đề nghị này đã được xử lý.");
}

static struct err must_decide(const struct cadre_seat *seat) {
    return seat->may_decide ? OK : REFUSE(ERR_DENIED, "", "Chức danh này không quyết định đề nghị sửa hồ sơ.");
}

struct err cadre_accept(struct db_write *db, const struct who *who, const struct cadre_seat *seat, int64_t id) {
    struct db_read *read = db_reading(db);
    struct cadre_proposal_find_row *row;
    struct cadre_group group;
    struct cadre_write w = {.group = &group, .proposal = id, .post = who->post.v};
    TRY(must_decide(seat));
    TRY(proposal_waiting(read, seat, id, &row));
    TRY(cadre_group(db_arena(read), row->part, &group));
    TRY(cadre_judge(db_arena(read), &group, row->part_version, row->answers, &w.state));
    w.entry = row->entry;
    w.version = row->entry_version;
    w.basis = row->words;
    TRY(decided(db, who, id, "accepted", S("")));
    TRY(cadre_put(db, seat->row->id, &w));
    TRY(act_done(db, &(struct act){.verb = S("cadre.accept"), .record = seat->row->id.v}));
    return tell(db, "cadre.accepted", seat->row->id.v, seat->row->person.v,
                str_format(db_arena(read), "Đã nhận đề nghị sửa hồ sơ của bạn: %.*s", STR_ARG(group.title)), id);
}

struct err cadre_return(struct db_write *db, const struct who *who, const struct cadre_seat *seat, int64_t id,
                        struct str reason) {
    struct db_read *read = db_reading(db);
    struct cadre_proposal_find_row *row;
    struct cadre_group group;
    TRY(must_decide(seat));
    TRY(proposal_waiting(read, seat, id, &row));
    TRY(cadre_group(db_arena(read), row->part, &group));
    TRY(decided(db, who, id, "returned", reason));
    TRY(act_done(db, &(struct act){.verb = S("cadre.return"), .record = seat->row->id.v}));
    return tell(db, "cadre.returned", seat->row->id.v, seat->row->person.v,
                str_format(db_arena(read), "Đề nghị sửa hồ sơ được trả lại: %.*s", STR_ARG(group.title)), id);
}

struct err cadre_withdraw(struct db_write *db, const struct who *who, const struct cadre_seat *seat, int64_t id) {
    struct cadre_proposal_find_row *row;
    if (!seat->is_self) {
        return REFUSE(ERR_DENIED, "", "Chỉ người đề nghị rút được đề nghị của mình.");
    }
    TRY(proposal_waiting(db_reading(db), seat, id, &row));
    TRY(decided(db, who, id, "withdrawn", S("")));
    return act_done(db, &(struct act){.verb = S("cadre.withdraw"), .record = seat->row->id.v});
}
