/* What is done with a dossier: each act is one row of the moves, checked in the transaction that does it. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/record/act.h"
#include "kernel/record/bind.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/org/org.h"
#include "modules/service/service_inside.h"
#include "modules/task/task.h"

#include "base/banned.h"

enum { TOLD_AT_ONCE = 200, MINUTE_MS = 60 * 1000 };
#define OPEN_STATES "received|processing|waiting_other"

const struct move service_moves[] = {
    {.verb = "receive", .label = "Tiếp nhận", .from = "submitted", .to = "received", .right = CAN_ACT},
    {.verb = "supplement",
     .label = "Yêu cầu bổ sung",
     .from = "submitted|" OPEN_STATES,
     .to = "supplement",
     .right = CAN_ACT},
    {.verb = "advance", .label = "Chuyển bước", .from = OPEN_STATES, .to = "processing", .right = CAN_ACT},
    {.verb = "apology",
     .label = "Xin lỗi và hẹn lại",
     .from = "submitted|" OPEN_STATES,
     .to = "processing",
     .right = CAN_ACT},
    {.verb = "refusal",
     .label = "Từ chối",
     .from = "submitted|" OPEN_STATES "|supplement",
     .to = "refused",
     .right = CAN_APPROVE},
    {.verb = NULL},
};

const struct thread_verb service_verbs[] = {
    {"service.submit", "Hồ sơ được gửi", false},
    {"service.receive", "Tiếp nhận hồ sơ", false},
    {"service.advance", "Chuyển bước: %s", false},
    {"service.supplement", "Yêu cầu người nộp bổ sung", false},
    {"service.answer", "Người nộp đã bổ sung", false},
    {"service.apology", "Xin lỗi, hẹn lại ngày %s", false},
    {"service.refusal", "Từ chối hồ sơ", false},
    {"service.withdraw", "Người nộp rút hồ sơ", false},
    {"service.letter", "Lập: %s", false},
    {"service.look", "Xem câu trả lời được giữ kín", true},
    {NULL, NULL, false},
};

struct str service_state_name(struct str state) {
    static const struct {
        struct str state, name;
    } all[] = {{S_INIT("submitted"), S_INIT("Chờ tiếp nhận")},
               {S_INIT("received"), S_INIT("Đã tiếp nhận")},
               {S_INIT("supplement"), S_INIT("Chờ bổ sung")},
               {S_INIT("processing"), S_INIT("Đang giải quyết")},
               {S_INIT("waiting_other"), S_INIT("Chờ nơi khác")},
               {S_INIT("done"), S_INIT("Đã xong")},
               {S_INIT("refused"), S_INIT("Từ chối")},
               {S_INIT("withdrawn"), S_INIT("Người nộp rút")}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_eq(all[i].state, state)) {
            return all[i].name;
        }
    }
    return state;
}

struct str service_channel_name(struct str channel) {
    return str_eq(channel, S("counter")) ? S("Tại quầy")
           : str_eq(channel, S("phone")) ? S("Qua điện thoại")
           : str_eq(channel, S("home"))  ? S("Tại nhà")
                                         : S("Trên mạng");
}

/* ---- Finding */

struct err service_case_of(struct db_read *db, const struct who *who, int64_t id, struct service_case *c) {
    struct service_find_row *row;
    TRY(service_find(db, (struct service_find_in){.id = {id}, .post = who->post.v}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such dossier for this post");
    }
    c->row = row;
    return service_form_load(db_arena(db), row->procedure, row->form_version, &c->form);
}

struct err service_case_any(struct db_read *db, int64_t id, struct service_case *c) {
    struct service_any_row *row;
    struct service_find_row *same = arena_take(db_arena(db), struct service_find_row, 1);
    TRY(service_any(db, (struct service_any_in){.id = {id}}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such dossier");
    }
    bind_copy(same, &service_find_row_shape, row, &service_any_row_shape);
    c->row = same;
    return service_form_load(db_arena(db), same->procedure, same->form_version, &c->form);
}

struct err service_case_state(struct db_read *db, const struct service_case *c, bool is_whole,
                              struct fields_state **state) {
    struct fields_said_list said = {0}, hidden = {0};
    struct service_secret_of_row *secret = NULL;
    TRY(fields_said_read(db_arena(db), c->row->answers, &said));
    if (is_whole) {
        TRY(service_secret_of(db, (struct service_secret_of_in){.dossier = c->row->id}, &secret));
    }
    if (secret) {
        TRY(fields_said_read(db_arena(db), secret->answers, &hidden));
    }
    for (size_t i = 0; i < hidden.n; i++) {
        LIST_ADD(db_arena(db), &said, hidden.at[i]);
    }
    return service_judge(db, c->form, said, state);
}

/* ---- Telling */

struct err service_done(struct db_write *db, const struct service_case *c, const struct who *who,
                        const struct service_deed *deed) {
    struct arena *a = db_write_arena(db);
    struct str by = who && who->post.v && !deed->is_of_person ? who->organ_name : S("");
    struct buf told = buf_in(a);
    BUF_LIT(&told, "{\"words\":");
    json_str(&told, deed->words);
    BUF_LIT(&told, "}");
    if (deed->step.len) {
        TRY(service_step_add(db,
                             (struct service_step_add_in){.id = {id_new()},
                                                          .dossier = c->row->id,
                                                          .step = deed->step,
                                                          .note = deed->note,
                                                          .by_name = by,
                                                          .made_at = clock_now()},
                             NULL));
    }
    bool is_step = str_eq(str_of(deed->verb), S("service.advance"));
    TRY(thread_add(db, who && who->post.v ? who : NULL,
                   &(struct thread_new){.kind = S("service"),
                                        .record = c->row->id.v,
                                        .verb = deed->verb,
                                        .about = is_step ? service_step_name(c->form, deed->step) : S(""),
                                        .text = deed->note},
                   NULL));
    return act_done(db, &(struct act){.verb = str_of(deed->verb),
                                      .kind = S("service"),
                                      .record = c->row->id.v,
                                      .to = deed->to,
                                      .body = deed->words.len ? buf_str(&told) : S("")});
}

static struct str words_of(struct arena *a, const struct service_case *c, const char *what) {
    return str_format(a, "%.*s %.*s: %s", STR_ARG(c->form->short_name), STR_ARG(c->row->code), what);
}

/* ---- Moving */

static struct str phase_of(struct str state) {
    return str_eq(state, S("submitted"))                                                              ? S("new")
           : str_eq(state, S("supplement"))                                                           ? S("supplement")
           : str_eq(state, S("done")) || str_eq(state, S("refused")) || str_eq(state, S("withdrawn")) ? S("done")
                                                                                                      : S("open");
}

struct to {
    struct str state, step, before;
    bool counts_supplement;
};

static struct err move(struct db_write *db, const struct service_case *c, const struct to *to) {
    int64_t changed = 0;
    bool is_over = str_eq(phase_of(to->state), S("done"));
    struct service_move_in in = {.id = c->row->id,
                                 .state = to->state,
                                 .phase = phase_of(to->state),
                                 .step = to->step,
                                 .before_supplement = to->before,
                                 .supplements = c->row->supplements + (to->counts_supplement ? 1 : 0),
                                 .ended_at = is_over ? clock_now() : (struct instant){0},
                                 .was = c->row->state};
    TRY(service_move(db, in, &changed));
    return changed ? OK : FAIL(ERR_CONFLICT, "somebody was quicker");
}

static struct err begin(struct db_write *db, const struct service_act *act, const char *verb, struct service_case *c) {
    const struct move *m = move_named(service_moves, verb);
    TRY(service_case_of(db_reading(db), act->who, act->id, c));
    return move_check(db_reading(db), m, act->who, act->id, c->row->state);
}

static struct err end_of(struct db_write *db, const struct service_case *c, const struct who *who,
                         enum service_clock_act clocks) {
    TRY(service_clocks_do(db, c->row->id.v, c->form, S(""), clocks));
    TRY(service_taken_free(db, (struct service_taken_free_in){.dossier = c->row->id}, NULL));
    return who && who->post.v ? task_end(db, who, S("service"), c->row->id.v, S("")) : OK;
}

/* The clock of the step of reception is kept by receiving, when it began with the sending. */
struct err service_receive(struct db_write *db, const struct service_act *act) {
    struct service_case c;
    TRY(begin(db, act, "receive", &c));
    const struct service_step_def *first = service_step_first(c.form);
    const struct service_clock_def *clock = first ? service_clock_of(c.form, first->clock) : NULL;
    TRY(move(db, &c, &(struct to){.state = S("received"), .step = first ? first->id : S("")}));
    if (clock && str_eq(clock->start, S("submitted"))) {
        TRY(service_clocks_do(db, act->id, c.form, clock->id, SERVICE_CLOCK_MEET));
    }
    TRY(service_clocks_begin(db, &c, S("received")));
    TRY(service_letter_add_for(db, &c, act->who, S("TN"), S("{}"), NULL));
    return service_done(
        db, &c, act->who,
        &(struct service_deed){.verb = "service.receive", .step = first ? first->id : S(""), .note = act->note});
}

static bool follows(const struct service_form *f, struct str step, struct str to) {
    const struct service_step_def *s = service_step_of(f, step);
    for (size_t i = 0; s && i < s->next.n; i++) {
        if (str_eq(s->next.at[i], to)) {
            return true;
        }
    }
    return false;
}

/* Leaving a step keeps its clock and starts those that wait for its end. */
static struct err leave(struct db_write *db, const struct service_case *c) {
    struct arena *a = db_write_arena(db);
    const struct service_step_def *s = service_step_of(c->form, c->row->step);
    if (!s) {
        return OK;
    }
    if (s->clock.len) {
        TRY(service_clocks_do(db, c->row->id.v, c->form, s->clock, SERVICE_CLOCK_MEET));
    }
    TRY(service_clocks_begin(db, c, str_format(a, "%.*s_done", STR_ARG(s->id))));
    return service_clocks_begin(db, c, str_format(a, "%.*s_end", STR_ARG(s->id)));
}

struct err service_advance(struct db_write *db, const struct service_act *act, struct str to) {
    struct service_case c;
    TRY(begin(db, act, "advance", &c));
    bool is_done = str_eq(to, S("done"));
    const struct service_step_def *step = service_step_of(c.form, to);
    if (!follows(c.form, c.row->step, to) || (!is_done && !step)) {
        return REFUSE(ERR_CONFLICT, "to", "Bước này không đi tiếp từ bước hiện nay. Mời tải lại trang.");
    }
    TRY(leave(db, &c));
    struct str state = is_done ? S("done") : str_eq(step->state, S("submitted")) ? S("processing") : step->state;
    TRY(move(db, &c, &(struct to){.state = state, .step = is_done ? c.row->step : to}));
    TRY(service_clocks_begin(db, &c, to));
    if (is_done) {
        TRY(end_of(db, &c, act->who, SERVICE_CLOCK_DROP));
    }
    return service_done(db, &c, act->who,
                        &(struct service_deed){.verb = "service.advance", .step = to, .note = act->note});
}

struct err service_supplement(struct db_write *db, const struct service_act *act) {
    struct service_case c;
    struct buf said = buf_in(db_write_arena(db));
    TRY(begin(db, act, "supplement", &c));
    if (c.row->supplements >= c.form->supplements_most) {
        return REFUSE(ERR_CONFLICT, "",
                      "Thủ tục này không được yêu cầu bổ sung thêm lần nữa. Mời giải quyết với những gì đã có.");
    }
    if (!str_trim(act->note).len) {
        return REFUSE(ERR_INVALID, "note", "Mời ghi đủ mọi thứ còn thiếu và cách bổ sung: chỉ được yêu cầu một lần.");
    }
    TRY(move(db, &c,
             &(struct to){
                 .state = S("supplement"), .step = c.row->step, .before = c.row->state, .counts_supplement = true}));
    TRY(service_clocks_do(db, act->id, c.form, S(""), SERVICE_CLOCK_PAUSE));
    BUF_LIT(&said, "{\"thieu\":");
    json_str(&said, act->note);
    BUF_LIT(&said, "}");
    TRY(service_letter_add_for(db, &c, act->who, S("BS"), buf_str(&said), NULL));
    return service_done(
        db, &c, act->who,
        &(struct service_deed){.verb = "service.supplement", .step = S("supplement"), .note = act->note});
}

static void member(struct buf *b, const char *name, struct str text) {
    BUF_LIT(b, ",");
    json_z(b, name);
    BUF_LIT(b, ":");
    json_str(b, text);
}

struct err service_refuse(struct db_write *db, const struct service_act *act, const struct service_refusal *r) {
    struct service_case c;
    struct buf said = buf_in(db_write_arena(db));
    TRY(begin(db, act, "refusal", &c));
    if (!str_trim(r->reason).len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do từ chối, bằng lời người nộp hiểu được.");
    }
    if (!str_trim(r->law).len) {
        return REFUSE(ERR_INVALID, "law", "Mời ghi văn bản và điều khoản làm căn cứ từ chối.");
    }
    if (!str_trim(r->where).len) {
        return REFUSE(ERR_INVALID, "where", "Mời ghi nơi có thể giải quyết, hoặc việc người nộp làm được tiếp.");
    }
    TRY(move(db, &c, &(struct to){.state = S("refused"), .step = c.row->step}));
    TRY(end_of(db, &c, act->who, SERVICE_CLOCK_DROP));
    BUF_LIT(&said, "{\"huong_dan_noi_giai_quyet\":");
    json_str(&said, r->where);
    member(&said, "ly_do", r->reason);
    member(&said, "can_cu", r->law);
    BUF_LIT(&said, "}");
    TRY(service_letter_add_for(db, &c, act->who, S("TC"), buf_str(&said), NULL));
    struct str note =
        str_format(db_write_arena(db), "%.*s\n%.*s\n%.*s", STR_ARG(r->reason), STR_ARG(r->law), STR_ARG(r->where));
    return service_done(db, &c, act->who,
                        &(struct service_deed){.verb = "service.refusal", .step = S("refused"), .note = note});
}

struct err service_apologize(struct db_write *db, const struct service_act *act, struct date day) {
    struct service_case c;
    struct service_clocks_row *clock;
    struct buf said = buf_in(db_write_arena(db));
    TRY(begin(db, act, "apology", &c));
    TRY(service_promise(db_reading(db), act->id, &clock));
    if (!clock) {
        return REFUSE(ERR_CONFLICT, "", "Hồ sơ này không có lời hẹn nào đang chạy.");
    }
    if (date_cmp(day, clock_today()) <= 0 || date_cmp(day, clock->due_on) <= 0) {
        return REFUSE(ERR_INVALID, "day", "Ngày hẹn mới phải sau hôm nay và sau ngày hẹn cũ.");
    }
    if (!str_trim(act->note).len) {
        return REFUSE(ERR_INVALID, "note", "Mời ghi lý do trễ hẹn để xin lỗi người nộp.");
    }
    struct service_clock_set_in in = {.id = clock->id,
                                      .state = clock->state,
                                      .pauses = clock->pauses,
                                      .due_on = clock->due_on,
                                      .due_minute = clock->due_minute,
                                      .promised_on = day};
    TRY(service_clock_set(db, in, NULL));
    TRY(service_clocks_settle(db, act->id));
    BUF_LIT(&said, "{\"ngay_hen_moi\":");
    json_str(&said, date_vi(db_write_arena(db), day));
    member(&said, "ngay_hen_cu", date_vi(db_write_arena(db), clock->due_on));
    member(&said, "ly_do", act->note);
    member(&said, "nguoi_chiu_trach_nhiem", act->who->name);
    BUF_LIT(&said, "}");
    TRY(service_letter_add_for(db, &c, act->who, S("XL"), buf_str(&said), NULL));
    return service_done(db, &c, act->who,
                        &(struct service_deed){.verb = "service.apology", .step = S("apology"), .note = act->note});
}

struct err service_look(struct db_write *db, const struct service_act *act) {
    struct service_case c;
    struct instant now = clock_now();
    TRY(service_case_of(db_reading(db), act->who, act->id, &c));
    TRY(access_require(db_reading(db), act->id, act->who->post.v, CAN_ACT));
    if (!str_trim(act->note).len) {
        return REFUSE(ERR_INVALID, "purpose", "Mời ghi xem để làm gì: lý do được lưu lại.");
    }
    TRY(service_look_add(db,
                         (struct service_look_add_in){.id = {id_new()},
                                                      .dossier = c.row->id,
                                                      .post = act->who->post.v,
                                                      .purpose = act->note,
                                                      .made_at = now,
                                                      .until_at = {now.ms + SERVICE_LOOK_MINUTES * MINUTE_MS}},
                         NULL));
    struct buf after = buf_in(db_write_arena(db));
    BUF_LIT(&after, "{\"purpose\":");
    json_str(&after, act->note);
    BUF_LIT(&after, "}");
    return act_done(db, &(struct act){.verb = S("service.look"), .record = act->id, .after = buf_str(&after)});
}

struct err service_letter(struct db_write *db, const struct service_act *act, struct str letter, struct str said) {
    struct service_case c;
    TRY(service_case_of(db_reading(db), act->who, act->id, &c));
    TRY(access_require(db_reading(db), act->id, act->who->post.v, CAN_ACT));
    const struct service_letter_def *def = service_letter_of(c.form, letter);
    if (!def) {
        return FAIL(ERR_MISSING, "the procedure has no such letter");
    }
    TRY(service_letter_add_for(db, &c, act->who, letter, said, NULL));
    TRY(thread_add(
        db, act->who,
        &(struct thread_new){.kind = S("service"), .record = act->id, .verb = "service.letter", .about = def->name},
        NULL));
    return act_done(db, &(struct act){.verb = S("service.letter"), .record = act->id});
}

/* ---- The person's own */

struct err service_answer(struct db_write *db, int64_t id, struct str text) {
    struct service_case c;
    TRY(service_case_any(db_reading(db), id, &c));
    if (!str_eq(c.row->state, S("supplement"))) {
        return REFUSE(ERR_CONFLICT, "", "Hồ sơ này hiện không chờ bổ sung. Mời tải lại trang.");
    }
    struct str back = c.row->before_supplement.len ? c.row->before_supplement : S("received");
    TRY(move(db, &c, &(struct to){.state = back, .step = c.row->step}));
    TRY(service_clocks_do(db, id, c.form, S(""), SERVICE_CLOCK_RESUME));
    return service_done(db, &c, NULL,
                        &(struct service_deed){.verb = "service.answer",
                                               .step = S("answered"),
                                               .note = text,
                                               .to = c.row->organ,
                                               .words = words_of(db_write_arena(db), &c, "người nộp đã bổ sung"),
                                               .is_of_person = true});
}

/* Until the step the definition names was reached; where it names none, until the end. */
static struct err may_withdraw(struct db_read *db, const struct service_case *c) {
    struct service_steps_rows steps;
    if (str_eq(phase_of(c->row->state), S("done"))) {
        return REFUSE(ERR_CONFLICT, "", "Hồ sơ đã kết thúc nên không rút được nữa.");
    }
    TRY(service_steps(db, (struct service_steps_in){.dossier = c->row->id}, &steps));
    for (size_t i = 0; i < steps.n; i++) {
        if (str_eq(steps.at[i].step, c->form->withdraw_until)) {
            return REFUSE(ERR_CONFLICT, "", "Hồ sơ đã đến bước không rút được nữa. Mời gọi điện đến Mặt trận.");
        }
    }
    return OK;
}

struct err service_withdraw(struct db_write *db, int64_t id, struct str reason) {
    struct service_case c;
    TRY(service_case_any(db_reading(db), id, &c));
    TRY(may_withdraw(db_reading(db), &c));
    TRY(move(db, &c, &(struct to){.state = S("withdrawn"), .step = c.row->step}));
    TRY(end_of(db, &c, NULL, SERVICE_CLOCK_DROP));
    return service_done(db, &c, NULL,
                        &(struct service_deed){.verb = "service.withdraw",
                                               .step = S("withdrawn"),
                                               .note = reason,
                                               .to = c.row->organ,
                                               .words = words_of(db_write_arena(db), &c, "người nộp đã rút hồ sơ"),
                                               .is_of_person = true});
}

/* ---- Running out */

struct err service_tell_late(struct db_write *db, int64_t *told) {
    struct service_late_rows late;
    struct arena *a = db_write_arena(db);
    TRY(service_late(db_reading(db),
                     (struct service_late_in){.now = service_key_now(a, clock_now()), .most = TOLD_AT_ONCE}, &late));
    int64_t *ids = arena_take(a, int64_t, late.n + 1);
    *told = (int64_t)late.n;
    for (size_t i = 0; i < late.n; i++) {
        struct buf words = buf_in(a);
        ids[i] = late.at[i].id.v;
        BUF_LIT(&words, "{\"words\":");
        json_str(&words, str_format(a, "Hồ sơ %.*s đã quá hẹn", STR_ARG(late.at[i].code)));
        BUF_LIT(&words, "}");
        TRY(act_done(
            db, &(struct act){
                    .verb = S("service.late"), .record = ids[i], .to = late.at[i].organ, .body = buf_str(&words)}));
    }
    return late.n ? service_late_told(
                        db, (struct service_late_told_in){.late_told_on = clock_today(), .some = {ids, late.n}}, NULL)
                  : OK;
}
