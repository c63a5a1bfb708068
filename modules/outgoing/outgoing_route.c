/* The route of approvals: whose turn it is, each act bound to the version that was looked at, who may not act because
   of what they did before, and the way back with a reason. */
#include "base/arena.h"
#include "base/list.h"
#include "modules/outgoing/outgoing_rules.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

const struct move outgoing_moves[] = {
    {.verb = "submit", .label = "Trình duyệt", .from = "draft", .to = "waiting", .right = CAN_MANAGE},
    {.verb = "redraft", .label = "Sửa dự thảo", .from = "draft", .to = "draft", .right = CAN_MANAGE},
    {.verb = "approve", .label = "Duyệt", .from = "waiting", .to = "waiting", .right = CAN_ACT},
    {.verb = "number", .label = "Cấp số", .from = "approved", .to = "numbered", .roles = ROLE_CLERK, .right = CAN_ACT},
    {.verb = "issue", .label = "Phát hành", .from = "numbered", .to = "issued", .roles = ROLE_CLERK, .right = CAN_ACT},
    {.verb = "return", .label = "Trả lại", .from = "waiting|approved", .to = "draft", .right = CAN_ACT},
    {.verb = "unnumber",
     .label = "Hủy số",
     .from = "numbered",
     .to = "approved",
     .roles = ROLE_CLERK,
     .right = CAN_ACT},
    {.verb = "withdraw", .label = "Rút về sửa", .from = "waiting", .to = "draft", .right = CAN_MANAGE},
    {.verb = "drop", .label = "Bỏ dự thảo", .from = "draft", .to = "dropped", .right = CAN_MANAGE},
    {.verb = "remind", .label = "Đôn đốc", .from = "issued", .to = "issued", .right = CAN_MANAGE},
    {.verb = "recall",
     .label = "Thu hồi",
     .from = "issued",
     .to = "recalled",
     .roles = ROLE_CLERK | ROLE_LEADER,
     .right = CAN_MANAGE},
    {.verb = "copy",
     .label = "Đăng ký bản sao",
     .from = "issued",
     .to = "issued",
     .roles = ROLE_CLERK,
     .right = CAN_MANAGE},
    {.verb = NULL},
};

struct err outgoing_find(struct db_read *db, struct outgoing_doc_id id, const struct who *who,
                         struct outgoing_by_id_row **doc) {
    TRY(access_require(db, id.v, who->post.v, CAN_READ));
    TRY(outgoing_by_id(db, (struct outgoing_by_id_in){id}, doc));
    return *doc ? OK : FAIL(ERR_MISSING, "no such outgoing document");
}

struct err outgoing_draft_now(struct db_read *db, const struct outgoing_by_id_row *doc,
                              struct outgoing_draft_of_row **draft) {
    TRY(outgoing_draft_of(db, (struct outgoing_draft_of_in){doc->id, doc->draft_no}, draft));
    return *draft ? OK : FAIL(ERR_BROKEN, "an outgoing document without a version");
}

struct err outgoing_begin(struct db_write *db, const struct who *who, struct outgoing_doc_id id, const char *verb,
                          struct outgoing_by_id_row **doc) {
    TRY(outgoing_find(db_reading(db), id, who, doc));
    return move_check(db_reading(db), move_named(outgoing_moves, verb), who, id.v, (*doc)->state);
}

/* ---- Whose turn */

struct turn {
    LIST(int64_t) principals;
    bool is_any; /* somebody wears one who may act */
};

static bool names(struct str words, struct str one) {
    struct str rest = words, word;
    while (str_next(&rest, ' ', &word)) {
        if (str_eq(word, one)) {
            return true;
        }
    }
    return false;
}

/* Whether a person did one of the steps that must stay apart, in this round or as the one who drafts. */
static bool is_apart(const struct outgoing_by_id_row *doc, const struct outgoing_approvals_of_rows *done,
                     const struct outgoing_step *step, int64_t person) {
    if (names(step->apart, S("draft")) && person == doc->author_person) {
        return true;
    }
    for (size_t i = 0; i < done->n; i++) {
        const struct outgoing_approvals_of_row *r = &done->at[i];
        if (r->round == doc->round && is(r->act, "approve") && r->person == person && names(step->apart, r->step)) {
            return true;
        }
    }
    return false;
}

static struct err turn_add(struct db_write *db, struct turn *t, const struct outgoing_by_id_row *doc,
                           const struct outgoing_approvals_of_rows *done, const struct outgoing_step *step,
                           struct post_id id) {
    struct org_post post;
    TRY(org_post(db_reading(db), id, &post));
    if (post.is_in_force && !is_apart(doc, done, step, post.person.v)) {
        LIST_ADD(db_write_arena(db), &t->principals, id.v);
        t->is_any = true;
    }
    return OK;
}

/* The posts that may act at a step: the heads of the unit that drafts, the office's clerks, the chosen signer. */
static struct err turn_of(struct db_write *db, const struct outgoing_by_id_row *doc,
                          const struct outgoing_approvals_of_rows *done, const struct outgoing_step *step,
                          struct turn *t) {
    struct org_principals all;
    *t = (struct turn){0};
    if (is(step->who, "signer")) {
        return turn_add(db, t, doc, done, step, (struct post_id){doc->signer});
    }
    bool is_head = is(step->who, "head");
    TRY(org_posts_with(db_reading(db), (struct unit_id){doc->organ}, is_head ? ROLE_HEAD : ROLE_CLERK, &all));
    for (size_t i = 0; i < all.n; i++) {
        if (!is_head || all.at[i].unit.v == doc->unit) {
            TRY(turn_add(db, t, doc, done, step, (struct post_id){all.at[i].id}));
        }
    }
    return OK;
}

static struct err turn_put(struct db_write *db, const struct outgoing_by_id_row *doc, const struct turn *t,
                           const struct outgoing_step *step) {
    struct arena *a = db_write_arena(db);
    TRY(outgoing_turn_clear(db, (struct outgoing_turn_clear_in){doc->id}, NULL));
    for (size_t i = 0; i < t->principals.n; i++) {
        TRY(outgoing_turn_put(db, (struct outgoing_turn_put_in){doc->id, t->principals.at[i]}, NULL));
        struct str words = str_format(a, "%.*s: %.*s", STR_ARG(step->title), STR_ARG(doc->subject));
        TRY(outgoing_tell(
            db, &(struct outgoing_told){
                    .record = doc->id.v, .to = t->principals.at[i], .kind = "outgoing.turn", .words = words}));
    }
    return OK;
}

static struct err move_to(struct db_write *db, const struct outgoing_by_id_row *doc, const char *state,
                          struct str step) {
    return outgoing_move(db,
                         (struct outgoing_move_in){.id = doc->id,
                                                   .state = str_of(state),
                                                   .step = step,
                                                   .round = doc->round,
                                                   .is_returned = false,
                                                   .reason = S(""),
                                                   .changed_at = clock_now()},
                         NULL);
}

/* Nobody is there to act at a step: passed over and said so, or refused. */
static struct err pass_over(struct db_write *db, const struct outgoing_by_id_row *doc,
                            const struct outgoing_step *step) {
    struct arena *a = db_write_arena(db);
    if (!is(step->none, "skip")) {
        return err_refuse(a, ERR_CONFLICT, NULL,
                          "Bước “%.*s” không có ai làm được: người ký không được là người đã soạn hoặc đã duyệt văn "
                          "bản này. Mời chọn người ký khác.",
                          STR_ARG(step->title));
    }
    return outgoing_done(
        db, NULL, doc->id,
        &(struct outgoing_deed){.act = "skip", .verb = "outgoing.skip", .step = step->step, .about = step->title});
}

/* The clerks' turn: to number and to issue. */
static struct err approved(struct db_write *db, const struct outgoing_by_id_row *doc) {
    int64_t clerks;
    TRY(org_group(db_reading(db), (struct unit_id){doc->organ}, ROLE_CLERK, &clerks));
    TRY(outgoing_turn_clear(db, (struct outgoing_turn_clear_in){doc->id}, NULL));
    TRY(move_to(db, doc, "approved", S("")));
    struct str words = str_format(db_write_arena(db), "Chờ cấp số: %.*s", STR_ARG(doc->subject));
    return outgoing_tell(
        db, &(struct outgoing_told){.record = doc->id.v, .to = clerks, .kind = "outgoing.turn", .words = words});
}

/* Goes on from the step at `from`: to the first that somebody can do, or to the clerks. */
static struct err go_on(struct db_write *db, const struct outgoing_by_id_row *doc, const struct outgoing_steps *steps,
                        size_t from) {
    for (size_t i = from; i < steps->all.n; i++) {
        const struct outgoing_step *step = &steps->all.at[i];
        struct outgoing_approvals_of_rows done;
        struct turn t;
        TRY(outgoing_approvals_of(db_reading(db), (struct outgoing_approvals_of_in){doc->id}, &done));
        TRY(turn_of(db, doc, &done, step, &t));
        if (t.is_any) {
            TRY(turn_put(db, doc, &t, step));
            return move_to(db, doc, "waiting", step->step);
        }
        TRY(pass_over(db, doc, step));
    }
    return approved(db, doc);
}

static size_t step_at(const struct outgoing_steps *steps, struct str step) {
    size_t i = 0;
    while (i < steps->all.n && !str_eq(steps->all.at[i].step, step)) {
        i++;
    }
    return i;
}

/* ---- Acts */

static struct err form_is_whole(struct db_write *db, const struct outgoing_by_id_row *doc) {
    struct arena *a = db_write_arena(db);
    struct outgoing_draft_of_row *draft;
    struct outgoing_receivers receivers;
    struct outgoing_faults faults;
    TRY(outgoing_draft_now(db_reading(db), doc, &draft));
    TRY(outgoing_receivers(db_reading(db), doc, &receivers));
    outgoing_check(a, doc, draft, (int64_t)receivers.all.n, &faults);
    for (size_t i = 0; i < faults.all.n; i++) {
        if (faults.all.at[i].is_fault) {
            return err_refuse(a, ERR_CONFLICT, NULL, "Chưa trình được: %.*s.", STR_ARG(faults.all.at[i].words));
        }
    }
    return OK;
}

struct err outgoing_submit(struct db_write *db, const struct who *who, struct outgoing_doc_id id) {
    struct outgoing_by_id_row *doc;
    struct outgoing_steps steps;
    TRY(outgoing_begin(db, who, id, "submit", &doc));
    TRY(form_is_whole(db, doc));
    doc->round++;
    outgoing_route(db_write_arena(db), doc->route, clock_today(), &steps);
    TRY(move_to(db, doc, "waiting", S("")));
    TRY(outgoing_done(db, who, id,
                      &(struct outgoing_deed){.act = "submit", .verb = "outgoing.submit", .step = S("draft")}));
    TRY(go_on(db, doc, &steps, 0));
    return outgoing_settle(db, id);
}

/* The version that stands is the one looked at, and still says what its hash says. */
static struct err same_version(struct db_write *db, const struct outgoing_by_id_row *doc, struct str hash) {
    struct outgoing_draft_of_row *d;
    TRY(outgoing_draft_now(db_reading(db), doc, &d));
    struct outgoing_draft_insert_in said = {.subject = d->subject,
                                            .addressee = d->addressee,
                                            .body = d->body,
                                            .recipients = d->recipients,
                                            .competence = d->competence,
                                            .position = d->position,
                                            .signer_name = d->signer_name,
                                            .place = d->place,
                                            .file_sha256 = d->file_sha256};
    if (!str_eq(doc->draft_hash, hash)) {
        return REFUSE(ERR_CONFLICT, "", "Dự thảo đã đổi sau khi bạn mở. Mời xem lại bản mới rồi duyệt.");
    }
    return str_eq(outgoing_hash(db_write_arena(db), &said), doc->draft_hash)
               ? OK
               : REFUSE(ERR_CONFLICT, "", "Nội dung lưu không khớp mã của bản dự thảo. Mời báo quản trị hệ thống.");
}

/* Whether the post wears one whose turn it is. */
static struct err is_turn(struct db_write *db, const struct who *who, const struct outgoing_by_id_row *doc) {
    struct outgoing_turns_of_rows turns;
    struct outgoing_wears_rows worn;
    TRY(outgoing_turns_of(db_reading(db), (struct outgoing_turns_of_in){doc->id}, &turns));
    int64_t *some = arena_take(db_write_arena(db), int64_t, turns.n + 1);
    for (size_t i = 0; i < turns.n; i++) {
        some[i] = turns.at[i].principal;
    }
    TRY(outgoing_wears(db_reading(db), (struct outgoing_wears_in){.post = who->post.v, .some = {some, turns.n}},
                       &worn));
    return worn.n ? OK : FAIL(ERR_DENIED, "another's turn");
}

struct err outgoing_approve(struct db_write *db, const struct who *who, struct outgoing_doc_id id, struct str hash,
                            struct str text) {
    struct outgoing_by_id_row *doc;
    struct outgoing_steps steps;
    struct outgoing_approvals_of_rows done;
    TRY(outgoing_begin(db, who, id, "approve", &doc));
    TRY(is_turn(db, who, doc));
    outgoing_route(db_write_arena(db), doc->route, clock_today(), &steps);
    size_t at = step_at(&steps, doc->step);
    if (at == steps.all.n) {
        return REFUSE(ERR_CONFLICT, "", "Quy trình duyệt đã đổi. Mời rút về và trình lại.");
    }
    TRY(outgoing_approvals_of(db_reading(db), (struct outgoing_approvals_of_in){id}, &done));
    if (is_apart(doc, &done, &steps.all.at[at], who->person.v)) {
        return REFUSE(ERR_DENIED, "", "Người đã soạn hoặc đã duyệt bước trước không duyệt bước này.");
    }
    TRY(same_version(db, doc, hash));
    TRY(outgoing_done(db, who, id,
                      &(struct outgoing_deed){.act = "approve",
                                              .verb = "outgoing.approve",
                                              .step = doc->step,
                                              .about = steps.all.at[at].title,
                                              .text = text}));
    TRY(go_on(db, doc, &steps, at + 1));
    return outgoing_settle(db, id);
}

/* Back with its author. */
static struct err to_author(struct db_write *db, const struct outgoing_by_id_row *doc, struct str reason) {
    TRY(outgoing_turn_clear(db, (struct outgoing_turn_clear_in){doc->id}, NULL));
    TRY(outgoing_move(db,
                      (struct outgoing_move_in){.id = doc->id,
                                                .state = S("draft"),
                                                .round = doc->round,
                                                .is_returned = reason.len > 0,
                                                .reason = reason,
                                                .changed_at = clock_now()},
                      NULL));
    return OK;
}

struct err outgoing_return(struct db_write *db, const struct who *who, struct outgoing_doc_id id, struct str to,
                           struct str reason) {
    struct arena *a = db_write_arena(db);
    struct outgoing_by_id_row *doc;
    struct outgoing_steps steps;
    TRY(outgoing_begin(db, who, id, "return", &doc));
    TRY(is(doc->state, "approved") ? OK : is_turn(db, who, doc));
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do trả lại.");
    }
    outgoing_route(a, doc->route, clock_today(), &steps);
    bool is_to_author = is(to, "draft");
    size_t now = is(doc->state, "approved") ? steps.all.n : step_at(&steps, doc->step), at = step_at(&steps, to);
    if (!is_to_author && at >= now) {
        return REFUSE(ERR_INVALID, "to", "Chỉ trả lại về một bước trước.");
    }
    TRY(outgoing_done(db, who, id,
                      &(struct outgoing_deed){.act = "return",
                                              .verb = "outgoing.return",
                                              .step = doc->step,
                                              .about = is_to_author ? S("Soạn thảo") : steps.all.at[at].title,
                                              .text = reason}));
    if (!is_to_author) {
        TRY(go_on(db, doc, &steps, at));
        return outgoing_settle(db, id);
    }
    TRY(to_author(db, doc, reason));
    TRY(outgoing_tell(db, &(struct outgoing_told){.record = id.v,
                                                  .to = doc->author,
                                                  .kind = "outgoing.returned",
                                                  .words = str_format(a, "%.*s trả lại: %.*s", STR_ARG(who->name),
                                                                      STR_ARG(doc->subject))}));
    return outgoing_settle(db, id);
}

struct err outgoing_withdraw(struct db_write *db, const struct who *who, struct outgoing_doc_id id) {
    struct outgoing_by_id_row *doc;
    TRY(outgoing_begin(db, who, id, "withdraw", &doc));
    TRY(to_author(db, doc, S("")));
    return outgoing_done(db, who, id,
                         &(struct outgoing_deed){.act = "withdraw", .verb = "outgoing.withdraw", .step = doc->step});
}

struct err outgoing_drop(struct db_write *db, const struct who *who, struct outgoing_doc_id id, struct str reason) {
    struct outgoing_by_id_row *doc;
    TRY(outgoing_begin(db, who, id, "drop", &doc));
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do bỏ dự thảo.");
    }
    TRY(outgoing_move(
        db,
        (struct outgoing_move_in){
            .id = id, .state = S("dropped"), .round = doc->round, .reason = reason, .changed_at = clock_now()},
        NULL));
    return outgoing_done(db, who, id, &(struct outgoing_deed){.verb = "outgoing.drop", .text = reason});
}
