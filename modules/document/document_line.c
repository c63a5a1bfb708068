/* Directing and doing: one lead, those who cooperate, those who are informed, deadlines, reports, returns, closing. */
#include "kernel/page/json.h"
#include "modules/document/document_acts.h"

#include "base/buf.h"
#include "base/utf8.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static bool line_is_open(const struct document_line_list_row *l) {
    return is(l->state, "waiting") || is(l->state, "working");
}

/* The deadline of an order, with how it was counted. */
static struct err order_due(struct db_write *db, const struct document_order *o, struct date *due, struct str *why) {
    struct arena *a = db_write_arena(db);
    *due = o->due_on;
    *why = S("");
    if (o->days) {
        if (o->days < 1 || o->days > 365) {
            return REFUSE(ERR_INVALID, "days", "Số ngày làm việc từ 1 đến 365.");
        }
        struct org_deadline d;
        TRY(org_deadline(db_reading(db), a, clock_today(), o->days, &d));
        *due = d.due_on;
        *why = d.words;
        return OK;
    }
    if (!o->due_on.year) {
        return OK;
    }
    if (date_cmp(o->due_on, clock_today()) < 0) {
        return REFUSE(ERR_INVALID, "due_on", "Hạn xử lý không thể trước hôm nay.");
    }
    struct org_day day;
    int64_t n;
    TRY(org_day(db_reading(db), o->due_on, &day));
    TRY(org_working_days(db_reading(db), clock_today(), o->due_on, &n));
    struct buf b = buf_in(a);
    buf_printf(&b, "Lãnh đạo ấn định ngày %.*s, còn %lld ngày làm việc.", STR_ARG(date_vi(a, o->due_on)), (long long)n);
    if (!day.is_work) {
        buf_printf(&b, "\nLưu ý: đó là ngày nghỉ (%.*s).", STR_ARG(day.reason));
    }
    *why = buf_str(&b);
    return OK;
}

struct target {
    int64_t id;
    bool is_unit;
    int64_t unit;
    struct str name;
};

static struct err target_read(struct db_write *db, int64_t organ, int64_t id, const char *field, struct target *t) {
    struct org_principal p;
    TRY(org_principal(db_reading(db), id, &p));
    bool known = (p.kind == ORG_POST || p.kind == ORG_UNIT) && p.organ.v == organ;
    if (known && p.kind == ORG_POST) {
        struct org_post post;
        TRY(org_post(db_reading(db), (struct post_id){id}, &post));
        known = post.is_in_force;
        *t = (struct target){
            id, false, p.unit.v,
            str_format(db_write_arena(db), "%.*s (%.*s)", STR_ARG(post.person_name), STR_ARG(post.unit_name))};
    } else if (known) {
        *t = (struct target){id, true, id, p.name};
    }
    return known ? OK
                 : err_refuse(db_write_arena(db), ERR_INVALID, field,
                              "Mời chọn đơn vị hoặc người đang giữ chức vụ của cơ quan.");
}

struct giving {
    struct db_write *db;
    const struct who *who;
    const struct document_by_id_row *doc;
    const struct document_order *order;
    struct document_directive_id directive;
    struct document_line_list_rows lines;
    struct date due;
    struct str why;
    struct buf said; /* "Chủ trì: Ban Phong trào. Phối hợp: …" */
};

static struct err give_line(struct giving *g, const char *role, int64_t id, struct target *t) {
    TRY(target_read(g->db, g->doc->organ, id, role, t));
    for (size_t i = 0; i < g->lines.n; i++) {
        const struct document_line_list_row *l = &g->lines.at[i];
        if (l->target == id && (line_is_open(l) || (is(l->role, "inform") && !is(l->state, "recalled")))) {
            return err_refuse(db_write_arena(g->db), ERR_INVALID, role, "%.*s đã được giao việc này.",
                              STR_ARG(t->name));
        }
    }
    bool acts = !str_eq(str_of(role), S("inform"));
    struct document_line_id line = {id_new()};
    TRY(document_line_insert(g->db,
                             (struct document_line_insert_in){.id = line,
                                                              .doc = g->doc->id,
                                                              .directive = g->directive,
                                                              .role = str_of(role),
                                                              .target_kind = t->is_unit ? S("unit") : S("post"),
                                                              .target = id,
                                                              .target_unit = t->unit,
                                                              .target_name = t->name,
                                                              .sent_by = g->who->post.v,
                                                              .sent_at = clock_now(),
                                                              .due_on = acts ? g->due : (struct date){0},
                                                              .due_why = acts ? g->why : S("")},
                             NULL));
    struct arena *a = db_write_arena(g->db);
    buf_printf(&g->said, "\n%.*s: %.*s", STR_ARG(document_word(document_roles, str_of(role))), STR_ARG(t->name));
    struct str words = str_format(a, "%.*s: %.*s", STR_ARG(document_word(document_roles, str_of(role))),
                                  STR_ARG(utf8_cut(g->doc->subject, 200)));
    /* The next line's check sees this one. */
    TRY(document_line_list(db_reading(g->db), (struct document_line_list_in){g->doc->id}, &g->lines));
    return document_tell(g->db, g->doc->id, id, acts ? "document.assigned" : "document.informed", words);
}

static struct err check_order(const struct giving *g, bool has_lead) {
    const struct document_order *o = g->order;
    if (!o->text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi ý kiến chỉ đạo.");
    }
    if (!o->lead && !has_lead) {
        return REFUSE(ERR_INVALID, "lead", "Mời chọn một đơn vị hoặc một người chủ trì.");
    }
    if (o->lead && has_lead) {
        return REFUSE(ERR_INVALID, "lead", "Văn bản đã có nơi chủ trì. Mời thu hồi trước khi giao nơi khác.");
    }
    for (size_t i = 0; i < o->cooperate.n; i++) {
        if (o->cooperate.at[i] == o->lead) {
            return REFUSE(ERR_INVALID, "cooperate", "Nơi chủ trì không đồng thời phối hợp.");
        }
    }
    if (o->cooperate.n + o->inform.n > 200) {
        return REFUSE(ERR_INVALID, "inform", "Mỗi lần giao không quá 200 nơi nhận.");
    }
    return OK;
}

static struct err give_all(struct giving *g, struct target *lead) {
    const struct document_order *o = g->order;
    struct target other;
    if (o->lead) {
        TRY(give_line(g, "lead", o->lead, lead));
    }
    for (size_t i = 0; i < o->cooperate.n; i++) {
        TRY(give_line(g, "cooperate", o->cooperate.at[i], &other));
    }
    for (size_t i = 0; i < o->inform.n; i++) {
        TRY(give_line(g, "inform", o->inform.at[i], &other));
    }
    return OK;
}

static struct str directed_json(struct arena *a, const struct giving *g) {
    struct buf b = buf_in(a);
    buf_printf(&b, "{\"lead\":\"%lld\",\"cooperate\":%zu,\"inform\":%zu,\"due_on\":\"%.*s\",\"text\":",
               (long long)g->order->lead, g->order->cooperate.n, g->order->inform.n,
               STR_ARG(g->due.year ? date_iso(a, g->due) : S("")));
    json_str(&b, g->order->text);
    BUF_LIT(&b, "}");
    return buf_str(&b);
}

struct err document_direct(struct db_write *db, const struct who *who, struct document_doc_id id,
                           const struct document_order *order) {
    struct arena *a = db_write_arena(db);
    struct giving g = {.db = db, .who = who, .order = order, .directive = {id_new()}, .said = buf_in(a)};
    struct document_by_id_row *doc;
    TRY(document_for(db, id, who, CAN_APPROVE, &doc));
    if (!document_is_open(doc->state)) {
        return REFUSE(ERR_CONFLICT, "", "Văn bản không ở trạng thái có thể giao xử lý.");
    }
    g.doc = doc;
    TRY(document_line_list(db_reading(db), (struct document_line_list_in){id}, &g.lines));
    bool has_lead = is(doc->state, "assigned") && doc->lead;
    TRY(check_order(&g, has_lead));
    TRY(order_due(db, order, &g.due, &g.why));
    TRY(document_directive_insert(db,
                                  (struct document_directive_insert_in){.id = g.directive,
                                                                        .doc = id,
                                                                        .by_post = who->post.v,
                                                                        .text = order->text,
                                                                        .days = order->days,
                                                                        .due_on = g.due,
                                                                        .due_why = g.why,
                                                                        .made_at = clock_now()},
                                  NULL));
    struct target lead = {.id = doc->lead, .unit = doc->lead_unit, .name = doc->lead_name};
    TRY(give_all(&g, &lead));
    if (order->lead) {
        TRY(document_direct_set(db,
                                (struct document_direct_set_in){.state = S("assigned"),
                                                                .directed_by = who->post.v,
                                                                .due_on = g.due,
                                                                .due_why = g.why,
                                                                .lead = lead.id,
                                                                .lead_unit = lead.unit,
                                                                .lead_name = lead.name,
                                                                .changed_at = clock_now(),
                                                                .id = id},
                                NULL));
    }
    TRY(document_settle(db, id));
    return document_deed(
        db, who,
        &(struct document_deed){.doc = id,
                                .kind = "direct",
                                .verb = "document.directed",
                                .text = str_format(a, "%.*s%.*s", STR_ARG(order->text), STR_ARG(buf_str(&g.said))),
                                .due_on = g.due,
                                .directive = g.directive.v,
                                .audited = directed_json(a, &g)});
}

/* Back to whom it was presented, or the one who directed. */
struct err document_undirect(struct db_write *db, const struct document_by_id_row *doc) {
    TRY(document_direct_set(db,
                            (struct document_direct_set_in){.state = doc->presented_to ? S("presented") : S("received"),
                                                            .directed_by = doc->directed_by,
                                                            .due_on = {0},
                                                            .due_why = S(""),
                                                            .lead = 0,
                                                            .lead_unit = 0,
                                                            .lead_name = S(""),
                                                            .changed_at = clock_now(),
                                                            .id = doc->id},
                            NULL));
    return doc->presented_to
               ? OK
               : document_present_set(db,
                                      (struct document_present_set_in){
                                          .presented_to = doc->directed_by, .changed_at = clock_now(), .id = doc->id},
                                      NULL);
}

struct err document_direct_recall(struct db_write *db, const struct who *who, struct document_doc_id id) {
    struct document_by_id_row *doc;
    struct document_directive_last_row *last;
    struct document_line_list_rows lines;
    TRY(document_for(db, id, who, CAN_APPROVE, &doc));
    TRY(document_directive_last(db_reading(db), (struct document_directive_last_in){id}, &last));
    if (!last || last->is_recalled || !is(doc->state, "assigned")) {
        return REFUSE(ERR_CONFLICT, "", "Không có chỉ đạo nào để thu hồi.");
    }
    if (last->by_post != who->post.v) {
        return FAIL(ERR_DENIED, "another post's direction");
    }
    if (clock_now().ms - last->made_at.ms > DOCUMENT_UNDO_MINUTES * INT64_C(60000)) {
        return REFUSE(ERR_CONFLICT, "", "Đã quá 10 phút. Mời thu hồi từng nơi nhận, kèm lý do.");
    }
    TRY(document_line_list(db_reading(db), (struct document_line_list_in){id}, &lines));
    bool had_lead = false;
    for (size_t i = 0; i < lines.n; i++) {
        struct document_line_list_row *l = &lines.at[i];
        if (l->directive.v != last->id.v || is(l->state, "recalled")) {
            continue;
        }
        if (!is(l->state, "waiting")) {
            return REFUSE(ERR_CONFLICT, "", "Đã có nơi tiếp nhận. Mời thu hồi từng nơi nhận, kèm lý do.");
        }
        had_lead = had_lead || is(l->role, "lead");
        TRY(document_line_state_set(
            db,
            (struct document_line_state_set_in){.state = S("recalled"), .reason = S("Thu hồi chỉ đạo"), .id = l->id},
            NULL));
        TRY(document_tell(db, id, l->target, "document.taken_back", S("Một văn bản vừa giao đã được thu hồi.")));
    }
    TRY(document_directive_recall(db, (struct document_directive_recall_in){last->id}, NULL));
    if (had_lead) {
        TRY(document_undirect(db, doc));
    }
    TRY(document_settle(db, id));
    return document_deed(db, who,
                         &(struct document_deed){.doc = id,
                                                 .kind = "recall",
                                                 .verb = "document.direction_recalled",
                                                 .text = S("Thu hồi ý kiến chỉ đạo vừa ghi."),
                                                 .directive = last->id.v});
}

/* ---- The receiver's part */

struct err document_act_on(struct db_write *db, const struct who *who, struct document_doc_id id,
                           struct document_line_id line, struct document_act *act) {
    TRY(document_find(db_reading(db), id, who, &act->doc, &act->bits));
    TRY(document_line_by_id(db_reading(db), (struct document_line_by_id_in){.id = line, .doc = id}, &act->line));
    if (!act->line) {
        return FAIL(ERR_MISSING, "no such line of this document");
    }
    struct document_line_mine_rows mine;
    TRY(document_line_mine(db_reading(db), (struct document_line_mine_in){.doc = id, .post = who->post.v}, &mine));
    for (size_t i = 0; i < mine.n; i++) {
        act->is_mine = act->is_mine || mine.at[i].id.v == line.v;
    }
    return OK;
}

static struct err receiver(struct db_write *db, const struct who *who, struct document_doc_id id,
                           struct document_line_id line, struct document_act *act) {
    TRY(document_act_on(db, who, id, line, act));
    return act->is_mine ? OK : FAIL(ERR_DENIED, "not the receiver of this line");
}

static struct err must_be_open(const struct document_act *act) {
    if (is(act->line->role, "inform")) {
        return REFUSE(ERR_CONFLICT, "", "Văn bản này chỉ gửi để biết.");
    }
    if (!is(act->line->state, "waiting") && !is(act->line->state, "working")) {
        return REFUSE(ERR_CONFLICT, "", "Phần việc này không còn đang xử lý. Mời xem lại diễn biến.");
    }
    return is(act->doc->state, "assigned") || is(act->doc->state, "reported")
               ? OK
               : REFUSE(ERR_CONFLICT, "", "Văn bản không còn đang xử lý. Mời xem lại diễn biến.");
}

struct err document_line_accept(struct db_write *db, const struct who *who, struct document_doc_id id,
                                struct document_line_id line) {
    struct document_act act = {0};
    TRY(receiver(db, who, id, line, &act));
    TRY(must_be_open(&act));
    if (!is(act.line->state, "waiting")) {
        return REFUSE(ERR_CONFLICT, "", "Phần việc này đã được tiếp nhận.");
    }
    TRY(document_line_accept_set(
        db, (struct document_line_accept_set_in){.accepted_at = clock_now(), .accepted_by = who->post.v, .id = line},
        NULL));
    TRY(document_settle(db, id));
    return document_deed(db, who,
                         &(struct document_deed){.doc = id,
                                                 .kind = "accept",
                                                 .verb = "document.accepted",
                                                 .line = line.v,
                                                 .text = S("Tiếp nhận, đang xử lý.")});
}

struct err document_line_mark_read(struct db_write *db, const struct who *who, struct document_doc_id id,
                                   struct document_line_id line) {
    struct document_act act = {0};
    TRY(receiver(db, who, id, line, &act));
    if (act.line->read_at.ms) {
        return OK;
    }
    TRY(document_line_read_set(db, (struct document_line_read_set_in){.read_at = clock_now(), .id = line}, NULL));
    TRY(document_settle(db, id));
    return document_deed(db, who,
                         &(struct document_deed){
                             .doc = id, .kind = "seen", .verb = "document.seen", .line = line.v, .text = S("Đã xem.")});
}

struct err document_line_assign(struct db_write *db, const struct who *who, struct document_doc_id id,
                                struct document_line_id line, struct post_id to) {
    struct document_act act = {0};
    struct arena *a = db_write_arena(db);
    TRY(receiver(db, who, id, line, &act));
    TRY(must_be_open(&act));
    if (!(who->roles & ROLE_HEAD) || !is(act.line->target_kind, "unit") || who->unit.v != act.line->target_unit) {
        return FAIL(ERR_DENIED, "only the head of the unit that received it names who does it");
    }
    struct org_post post;
    struct err e = org_post(db_reading(db), to, &post);
    if (err_is(e, ERR_MISSING) || (!e.why && (post.unit.v != act.line->target_unit || !post.is_in_force))) {
        return REFUSE(ERR_INVALID, "to", "Mời chọn người đang công tác tại đơn vị.");
    }
    TRY(e);
    TRY(document_line_assign_set(
        db, (struct document_line_assign_set_in){.accepted_at = clock_now(), .accepted_by = to.v, .id = line}, NULL));
    TRY(document_settle(db, id));
    TRY(document_tell(db, id, to.v, "document.assigned",
                      str_format(a, "Được phân công xử lý: %.*s", STR_ARG(utf8_cut(act.doc->subject, 200)))));
    return document_deed(
        db, who,
        &(struct document_deed){.doc = id,
                                .kind = "assign",
                                .verb = "document.passed_on",
                                .line = line.v,
                                .text = str_format(a, "Phân công %.*s xử lý.", STR_ARG(post.person_name))});
}

struct err document_line_report(struct db_write *db, const struct who *who, struct document_doc_id id,
                                struct document_line_id line, struct str text, const struct document_paper *evidence) {
    struct document_act act = {0};
    struct document_file_id file = {0};
    TRY(receiver(db, who, id, line, &act));
    TRY(must_be_open(&act));
    if (!text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi kết quả xử lý.");
    }
    if (evidence && evidence->file.v) {
        TRY(document_evidence(db, who, id, line.v, evidence, &file));
    }
    struct instant now = clock_now();
    TRY(document_line_done(
        db,
        (struct document_line_done_in){
            .done_at = now, .done_on = clock_today(), .done_by = who->post.v, .report = text, .id = line},
        NULL));
    bool leads = is(act.line->role, "lead");
    if (leads) {
        TRY(document_done_set(
            db,
            (struct document_done_set_in){
                .state = S("reported"), .done_on = clock_today(), .done_at = now, .changed_at = now, .id = id},
            NULL));
    }
    TRY(document_settle(db, id));
    TRY(document_tell(db, id, act.line->sent_by, "document.done",
                      str_format(db_write_arena(db), "%.*s báo xong: %.*s", STR_ARG(act.line->target_name),
                                 STR_ARG(utf8_cut(act.doc->subject, 200)))));
    return document_deed(
        db, who,
        &(struct document_deed){
            .doc = id, .kind = "report", .verb = "document.reported", .line = line.v, .file = file.v, .text = text});
}

struct err document_line_return(struct db_write *db, const struct who *who, struct document_doc_id id,
                                struct document_line_id line, struct str reason) {
    struct document_act act = {0};
    struct arena *a = db_write_arena(db);
    TRY(receiver(db, who, id, line, &act));
    TRY(must_be_open(&act));
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do trả lại.");
    }
    TRY(document_line_state_set(
        db, (struct document_line_state_set_in){.state = S("returned"), .reason = reason, .id = line}, NULL));
    if (is(act.line->role, "lead")) {
        TRY(document_undirect(db, act.doc));
    }
    TRY(document_settle(db, id));
    TRY(document_tell(
        db, id, act.line->sent_by, "document.sent_back",
        str_format(a, "%.*s trả lại: %.*s", STR_ARG(act.line->target_name), STR_ARG(utf8_cut(reason, 200)))));
    return document_deed(db, who,
                         &(struct document_deed){.doc = id,
                                                 .kind = "return",
                                                 .verb = "document.returned",
                                                 .line = line.v,
                                                 .text = str_format(a, "Trả lại: %.*s", STR_ARG(reason))});
}
