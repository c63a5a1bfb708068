/* What is done with a letter: each act is a row of petition_moves, and what follows from it for its clocks. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "modules/petition/petition_office.h"
#include "modules/receipt/receipt.h"

#define OPEN_FROM "received|accepted"
#define ENDED "guided|returned|filed|refused"

const struct move petition_moves[] = {
    {.verb = "accept", .label = "Thụ lý", .from = "received", .to = "accepted", .right = CAN_MANAGE},
    {.verb = "transfer", .label = "Chuyển đơn", .from = OPEN_FROM, .to = "transferred", .right = CAN_MANAGE},
    {.verb = "guide", .label = "Hướng dẫn", .from = OPEN_FROM, .to = "guided", .right = CAN_MANAGE},
    {.verb = "refuse", .label = "Không thụ lý", .from = "received", .to = "refused", .right = CAN_MANAGE},
    {.verb = "return", .label = "Trả lại đơn", .from = OPEN_FROM, .to = "returned", .right = CAN_MANAGE},
    {.verb = "file", .label = "Lưu đơn", .from = OPEN_FROM, .to = "filed", .right = CAN_MANAGE},
    {.verb = "reply", .label = "Ghi phúc đáp", .from = "transferred", .to = "replied", .right = CAN_MANAGE},
    {.verb = "urge", .label = "Đôn đốc", .from = "transferred", .to = "transferred", .right = CAN_MANAGE},
    {.verb = "ask",
     .label = "Hỏi người gửi",
     .from = "received|accepted|transferred|replied",
     .to = "received",
     .right = CAN_MANAGE},
    {.verb = "answer", .label = "Trả lời người gửi", .from = "accepted|replied", .to = "answered", .right = CAN_MANAGE},
    {.verb = "confirm", .label = "Ghi ý kiến người gửi", .from = "answered", .to = "closed", .right = CAN_MANAGE},
    {.verb = "close", .label = "Kết thúc", .from = ENDED "|answered|replied", .to = "closed", .right = CAN_MANAGE},
    {.verb = "reopen", .label = "Mở lại", .from = ENDED "|closed", .to = "received", .right = CAN_APPROVE},
    {.verb = NULL},
};

const struct thread_verb petition_verbs[] = {
    {"petition.receive", "Nhận đơn, vào sổ số %s.", false},
    {"petition.accept", "Thụ lý đơn.", false},
    {"petition.transfer", "Chuyển đơn đến %s.", false},
    {"petition.guide", "Hướng dẫn người gửi.", false},
    {"petition.refuse", "Không thụ lý.", false},
    {"petition.return", "Trả lại đơn.", false},
    {"petition.file", "Lưu đơn.", false},
    {"petition.reply.received", "%s đã nhận đơn chuyển.", false},
    {"petition.reply.accepted", "%s đã thụ lý.", false},
    {"petition.reply.result", "%s báo kết quả giải quyết.", false},
    {"petition.reply.wrong", "%s trả lại: không thuộc thẩm quyền.", false},
    {"petition.urge", "Đôn đốc %s.", false},
    {"petition.ask", "Hỏi người gửi đơn.", false},
    {"petition.word", "Người gửi đơn bổ sung.", false},
    {"petition.answer", "Trả lời người gửi đơn.", false},
    {"petition.confirm.right", "Người gửi đơn: đã được giải quyết đúng.", false},
    {"petition.confirm.not", "Người gửi đơn: chưa được giải quyết đúng.", false},
    {"petition.close", "Kết thúc.", false},
    {"petition.reopen", "Mở lại.", false},
    {"petition.join", "Nhập chung vụ việc với đơn số %s.", false},
    {"petition.identity", "Mở xem danh tính người tố cáo.", false},
    {"petition.late", "Quá hạn: %s.", false},
    {NULL, NULL, false},
};

/* An act under way. */
struct acting {
    struct db_write *db;
    struct arena *a;
    const struct who *who;
    const struct petition_act *act;
    struct petition_by_id_row *l;
    struct petition_move_in to;
    struct petition_transfers_row *sent; /* the transfer that is under way; NULL: none */
    struct date on;
    struct str thread_verb, about, text;
};

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct err clock_again(struct acting *x, const char *what, struct str rule) {
    return petition_clock_start(x->db, x->l->id, what, rule, x->on);
}

static struct err clocks_over(struct acting *x) {
    TRY(petition_clocks_end(x->db, x->l->id, "receipt", true));
    return petition_clocks_end(x->db, x->l->id, "", false);
}

static struct str type_now(const struct acting *x) { return x->l->type; }

static struct str receipt_rule(const struct acting *x) {
    return is(type_now(x), "TC") ? S("TC.initial") : is(type_now(x), "KN") ? S("KN.accept") : S("KNPA.answer");
}

/* Of what has no time for settling the answer's own time goes on. */
static struct err accept(struct acting *x) {
    struct str rule = petition_settle_rule(type_now(x));
    if (!rule.len) {
        return OK;
    }
    TRY(petition_clocks_end(x->db, x->l->id, "receipt", true));
    return clock_again(x, "settle", rule);
}

static struct err transfer(struct acting *x) {
    if (!x->act->body.len) {
        return REFUSE(ERR_INVALID, "body", "Mời ghi cơ quan nhận đơn chuyển.");
    }
    TRY(petition_transfer_insert(x->db,
                                 (struct petition_transfer_insert_in){.id = {id_new()},
                                                                      .letter = x->l->id,
                                                                      .body = x->act->body,
                                                                      .body_kind = x->act->body_kind,
                                                                      .doc = x->act->doc,
                                                                      .sent_on = x->on},
                                 NULL));
    x->to.urged = 0;
    x->about = x->act->body;
    TRY(clocks_over(x));
    return clock_again(x, "reply", petition_reply_rule(type_now(x)));
}

static struct err with_reason(struct acting *x) {
    if (!x->act->text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi lý do.");
    }
    return clocks_over(x);
}

static struct err reply_accepted(struct acting *x) {
    struct str rule = petition_settle_rule(type_now(x));
    TRY(petition_clocks_end(x->db, x->l->id, "", true));
    x->to.urged = 0;
    x->to.state = S("transferred");
    return clock_again(x, "reply", rule.len ? rule : S("KNPA.answer"));
}

static struct err reply(struct acting *x) {
    struct str kind = x->act->kind;
    if (!is(kind, "received") && !is(kind, "accepted") && !is(kind, "result") && !is(kind, "wrong")) {
        return REFUSE(ERR_INVALID, "kind", "Mời chọn nơi nhận trả lời thế nào.");
    }
    if (!x->sent) {
        return FAIL(ERR_BROKEN, "a letter under way that was sent nowhere");
    }
    TRY(petition_transfer_reply(
        x->db,
        (struct petition_transfer_reply_in){
            .id = x->sent->id, .state = kind, .reply_doc = x->act->doc, .replied_on = x->on, .reply = x->act->text},
        NULL));
    x->about = x->sent->body;
    x->thread_verb = str_format(x->a, "petition.reply.%.*s", STR_ARG(kind));
    if (is(kind, "received")) {
        x->to.state = S("transferred");
        return OK;
    }
    if (is(kind, "accepted")) {
        return reply_accepted(x);
    }
    TRY(petition_clocks_end(x->db, x->l->id, "", true));
    if (is(kind, "wrong")) {
        x->to.state = S("received");
        x->to.wrong++;
        return clock_again(x, "receipt", receipt_rule(x));
    }
    return OK;
}

static struct err urge(struct acting *x) {
    if (!x->sent) {
        return FAIL(ERR_BROKEN, "a letter under way that was sent nowhere");
    }
    TRY(petition_transfer_urge(x->db, (struct petition_transfer_urge_in){.id = x->sent->id, .urged_on = x->on}, NULL));
    x->about = x->sent->body;
    x->to.urged++;
    TRY(petition_clocks_end(x->db, x->l->id, "", false));
    return clock_again(x, "silent", S("PETITION.silent"));
}

static struct err answer(struct acting *x) {
    if (!x->act->text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi nội dung trả lời.");
    }
    return petition_clocks_end(x->db, x->l->id, "", true);
}

/* Asked through the receipt, so of who has one; no clock stands still for it. */
static struct err ask(struct acting *x) {
    struct receipt_item_id receipt;
    struct str code;
    if (!x->act->text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi điều cần hỏi.");
    }
    TRY(receipt_of_record(db_reading(x->db), S("petition"), x->l->id.v, &receipt, &code));
    if (!receipt.v) {
        return REFUSE(
            ERR_CONFLICT, "",
            "Đơn này không gửi qua cổng nên người gửi không đọc được câu hỏi. Mời gọi điện hoặc gửi văn bản.");
    }
    x->to.state = x->l->state;
    return OK;
}

/* Twice "not yet" begins the matter anew. */
static struct err confirm(struct acting *x) {
    bool is_right = is(x->act->kind, "right");
    if (!is_right && !is(x->act->kind, "not")) {
        return REFUSE(ERR_INVALID, "kind", "Mời chọn ý kiến của người gửi đơn.");
    }
    x->thread_verb = str_format(x->a, "petition.confirm.%.*s", STR_ARG(x->act->kind));
    if (is_right) {
        return OK;
    }
    x->to.denied++;
    x->to.state = S("replied");
    if (x->to.denied % PETITION_DENIALS == 0) {
        x->to.state = S("received");
        return clock_again(x, "receipt", receipt_rule(x));
    }
    return OK;
}

static struct err reopen(struct acting *x) {
    TRY(with_reason(x));
    return clock_again(x, "receipt", receipt_rule(x));
}

static const struct follow {
    const char *verb;
    struct err (*run)(struct acting *x);
    bool is_disposition;
} follows[] = {{"accept", accept, true},      {"transfer", transfer, true},  {"guide", with_reason, true},
               {"refuse", with_reason, true}, {"return", with_reason, true}, {"file", with_reason, true},
               {"reply", reply, false},       {"urge", urge, false},         {"answer", answer, false},
               {"ask", ask, false},           {"confirm", confirm, false},   {"close", clocks_over, false},
               {"reopen", reopen, false}};

static const struct follow *follow_of(const char *verb) {
    for (size_t i = 0; i < sizeof follows / sizeof *follows; i++) {
        if (strcmp(follows[i].verb, verb) == 0) {
            return &follows[i];
        }
    }
    return NULL;
}

static struct err begin(struct acting *x, struct petition_letter_id id, const struct move *m) {
    struct petition_transfers_rows sent;
    if (x->who) {
        TRY(access_require(db_reading(x->db), id.v, x->who->post.v, CAN_READ));
    }
    TRY(petition_by_id(db_reading(x->db), (struct petition_by_id_in){.id = id}, &x->l));
    if (!x->l) {
        return FAIL(ERR_MISSING, "no such letter");
    }
    if (x->who) {
        TRY(move_check(db_reading(x->db), m, x->who, id.v, x->l->state));
    } else if (!move_fits(m, x->l->state)) {
        return REFUSE(ERR_CONFLICT, "", "Đơn không còn chờ ý kiến này. Mời xem lại trang của đơn.");
    }
    x->on = x->act->on.year ? x->act->on : clock_today();
    if (date_cmp(x->on, clock_today()) > 0) {
        return REFUSE(ERR_INVALID, "on", "Ngày không thể sau hôm nay.");
    }
    TRY(petition_transfers(db_reading(x->db), (struct petition_transfers_in){.letter = id}, &sent));
    x->sent = is(x->l->state, "transferred") && sent.n ? &sent.at[0] : NULL;
    x->thread_verb = str_format(x->a, "petition.%s", m->verb);
    x->to = (struct petition_move_in){.id = id,
                                      .was = x->l->state,
                                      .state = str_of(m->to),
                                      .urged = x->l->urged,
                                      .wrong = x->l->wrong,
                                      .denied = x->l->denied,
                                      .changed_at = clock_now()};
    return OK;
}

/* Words of the act that are meant for who wrote; others are the office's own. */
static bool is_for_writer(const struct acting *x) {
    static const char *const verbs[] = {"ask", "answer", "guide", "refuse", "return", NULL};
    for (size_t i = 0; verbs[i]; i++) {
        if (strcmp(verbs[i], x->act->verb) == 0) {
            return true;
        }
    }
    return !x->who;
}

static struct err road(struct acting *x) {
    struct petition_said said = {.verb = str_z(x->a, x->thread_verb), .about = x->about};
    said.text = is_for_writer(x) ? x->act->text : S("");
    return petition_road_add(x->db, x->l, &said, x->who ? NULL : &x->text);
}

static struct str told_text(struct acting *x) {
    struct str doc = x->act->doc;
    return doc.len ? str_format(x->a, "Văn bản số %.*s.%s%.*s", STR_ARG(doc), x->act->text.len ? "\n" : "",
                                STR_ARG(x->act->text))
                   : x->act->text;
}

/* Who holds it hears what who wrote thinks of the answer. */
static struct err tell_holder(struct acting *x, struct act *told) {
    struct buf b = buf_in(x->a);
    const char *words =
        is(x->act->kind, "right") ? "người gửi nói đã được giải quyết đúng" : "người gửi nói chưa được giải quyết đúng";
    told->to = x->l->holder;
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, str_format(x->a, "Đơn số %lld: %s", (long long)x->l->number, words));
    BUF_LIT(&b, "}");
    told->body = buf_str(&b);
    return told->to ? OK : petition_told_to(db_reading(x->db), x->l->organ, x->l->is_protected, &told->to);
}

static struct err done(struct acting *x, struct petition_letter_id id, const struct move *m) {
    struct act told = {.verb = str_format(x->a, "petition.%s", m->verb),
                       .record = id.v,
                       .before = str_format(x->a, "{\"state\": \"%.*s\"}", STR_ARG(x->l->state)),
                       .after = str_format(x->a, "{\"state\": \"%.*s\"}", STR_ARG(x->to.state))};
    TRY(road(x));
    TRY(thread_add(x->db, x->who,
                   &(struct thread_new){.kind = S("petition"),
                                        .record = id.v,
                                        .verb = str_z(x->a, x->thread_verb),
                                        .about = x->about,
                                        .day = x->on,
                                        .text = x->who ? told_text(x) : x->text},
                   NULL));
    if (!x->who) {
        TRY(tell_holder(x, &told));
    }
    return act_done(x->db, &told);
}

static struct err go(struct acting *x, struct petition_letter_id id) {
    const struct move *m = move_named(petition_moves, x->act->verb);
    const struct follow *f = follow_of(x->act->verb);
    int64_t n = 0;
    if (!m || !f) {
        return FAIL(ERR_BROKEN, "no such act");
    }
    TRY(begin(x, id, m));
    TRY(f->run(x));
    if (f->is_disposition) {
        x->to.disposition = str_of(m->verb);
        x->to.disposed_on = x->on;
        x->to.said = x->act->text;
    }
    TRY(petition_move(x->db, x->to, &n));
    return n ? done(x, id, m) : FAIL(ERR_CONFLICT, "moved meanwhile");
}

struct err petition_act(struct db_write *db, const struct who *who, struct petition_letter_id id,
                        const struct petition_act *act) {
    return go(&(struct acting){.db = db, .a = db_write_arena(db), .who = who, .act = act}, id);
}

struct err petition_act_by_writer(struct db_write *db, struct petition_letter_id id, const struct petition_act *act) {
    return go(&(struct acting){.db = db, .a = db_write_arena(db), .act = act}, id);
}

struct err petition_open_identity(struct db_write *db, const struct who *who, struct petition_letter_id id,
                                  struct str reason) {
    struct petition_by_id_row *l;
    TRY(petition_for(db_reading(db), id, who, CAN_APPROVE, &l));
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do cần biết danh tính.");
    }
    if (!l->is_protected) {
        return REFUSE(ERR_CONFLICT, "", "Danh tính người gửi đơn này không phải giữ bí mật.");
    }
    TRY(petition_opening_insert(
        db,
        (struct petition_opening_insert_in){
            .id = {id_new()}, .letter = id, .post = who->post.v, .reason = reason, .opened_at = clock_now()},
        NULL));
    TRY(thread_add(db, who, &(struct thread_new){.kind = S("petition"), .record = id.v, .verb = "petition.identity"},
                   NULL));
    struct buf after = buf_in(db_write_arena(db));
    BUF_LIT(&after, "{\"reason\":");
    json_str(&after, reason);
    BUF_LIT(&after, "}");
    return act_done(db, &(struct act){.verb = S("petition.identity"), .record = id.v, .after = buf_str(&after)});
}

struct err petition_is_open_to(struct db_read *db, const struct who *who, const struct petition_by_id_row *l,
                               bool *is_open) {
    struct petition_opening_since_row *row = NULL;
    struct instant since = {clock_now().ms - PETITION_OPEN_MINUTES * INT64_C(60000)};
    if (l->is_protected) {
        TRY(petition_opening_since(
            db, (struct petition_opening_since_in){.letter = l->id, .post = who->post.v, .since = since}, &row));
    }
    *is_open = !l->is_protected || row;
    return OK;
}

struct err petition_give(struct db_write *db, const struct task_by *by, struct petition_letter_id id,
                         const struct task_new *task) {
    struct petition_by_id_row *l;
    struct task_new given = *task;
    struct task_directive_id directive;
    TRY(petition_for(db_reading(db), id, by->who, CAN_MANAGE, &l));
    given.kind = S("petition");
    given.record = id.v;
    given.title =
        utf8_cut(str_format(db_write_arena(db), "Đơn số %lld: %.*s", (long long)l->number, STR_ARG(l->title)), 300);
    return task_assign(db, by, &given, &directive);
}
