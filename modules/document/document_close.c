/* Taking back, more time, closing and reopening, opinions, and saying what is late. */
#include "modules/document/document_acts.h"

#include "base/buf.h"
#include "base/utf8.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct err document_line_recall(struct db_write *db, const struct who *who, struct document_doc_id id,
                                struct document_line_id line, struct str reason) {
    struct document_act act = {0};
    struct arena *a = db_write_arena(db);
    TRY(document_act_on(db, who, id, line, &act));
    if (!(act.bits & CAN_APPROVE)) {
        return FAIL(ERR_DENIED, "only leaders take a line back");
    }
    if (is(act.line->state, "recalled") || is(act.line->state, "done") || is(act.doc->state, "closed") ||
        is(act.doc->state, "void")) {
        return REFUSE(ERR_CONFLICT, "", "Phần việc này không thu hồi được nữa.");
    }
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do thu hồi.");
    }
    bool was_leading =
        is(act.line->role, "lead") && act.doc->lead == act.line->target && is(act.doc->state, "assigned");
    TRY(document_line_state_set(
        db, (struct document_line_state_set_in){.state = S("recalled"), .reason = reason, .id = line}, NULL));
    if (was_leading) {
        TRY(document_undirect(db, act.doc));
    }
    TRY(document_settle(db, id));
    TRY(document_tell(db, id, act.line->target, "document.taken_back", S("Một văn bản đã giao được thu hồi.")));
    return document_deed(db, who,
                         &(struct document_deed){.doc = id,
                                                 .kind = "recall",
                                                 .verb = "document.recalled",
                                                 .line = line.v,
                                                 .text = str_format(a, "Thu hồi từ %.*s: %.*s",
                                                                    STR_ARG(act.line->target_name), STR_ARG(reason))});
}

struct err document_extension_ask(struct db_write *db, const struct who *who, struct document_doc_id id,
                                  struct document_line_id line, struct date to, struct str reason) {
    struct document_act act = {0};
    struct arena *a = db_write_arena(db);
    TRY(document_act_on(db, who, id, line, &act));
    if (!act.is_mine || is(act.line->role, "inform")) {
        return FAIL(ERR_DENIED, "only who does the work asks for more time");
    }
    if (!act.line->due_on.year || (!is(act.line->state, "waiting") && !is(act.line->state, "working"))) {
        return REFUSE(ERR_CONFLICT, "", "Phần việc này không có hạn đang chạy.");
    }
    if (date_cmp(to, act.line->due_on) <= 0 || date_cmp(to, clock_today()) < 0) {
        return REFUSE(ERR_INVALID, "due_on", "Hạn mới phải sau hạn hiện tại và không trước hôm nay.");
    }
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do xin gia hạn.");
    }
    struct document_extension_waiting_row *waiting;
    TRY(document_extension_waiting(db_reading(db), (struct document_extension_waiting_in){line}, &waiting));
    if (waiting) {
        return REFUSE(ERR_CONFLICT, "", "Đề nghị gia hạn trước đang chờ trả lời.");
    }
    TRY(document_extension_insert(db,
                                  (struct document_extension_insert_in){.id = {id_new()},
                                                                        .doc = id,
                                                                        .line = line,
                                                                        .asked_by = who->post.v,
                                                                        .asked_at = clock_now(),
                                                                        .old_due_on = act.line->due_on,
                                                                        .new_due_on = to,
                                                                        .reason = reason},
                                  NULL));
    struct str text = str_format(a, "Xin gia hạn đến %.*s: %.*s", STR_ARG(date_vi(a, to)), STR_ARG(reason));
    TRY(document_tell(db, id, act.line->sent_by, "document.extension_asked", text));
    return document_deed(
        db, who,
        &(struct document_deed){
            .doc = id, .kind = "extend", .verb = "document.extension", .line = line.v, .due_on = to, .text = text});
}

struct err document_extension_answer(struct db_write *db, const struct who *who, struct document_doc_id id,
                                     struct document_extension_id extension, bool is_agreed, struct str note) {
    struct document_by_id_row *doc;
    struct document_extension_by_id_row *x;
    struct document_line_by_id_row *line;
    struct arena *a = db_write_arena(db);
    int64_t changed = 0;
    TRY(document_for(db, id, who, CAN_APPROVE, &doc));
    TRY(document_extension_by_id(db_reading(db), (struct document_extension_by_id_in){.id = extension, .doc = id}, &x));
    if (!x) {
        return FAIL(ERR_MISSING, "no such request");
    }
    if (x->asked_by == who->post.v) {
        return FAIL(ERR_DENIED, "nobody answers an own request");
    }
    TRY(document_extension_decide(db,
                                  (struct document_extension_decide_in){.state = is_agreed ? S("agreed") : S("refused"),
                                                                        .decided_by = who->post.v,
                                                                        .decided_at = clock_now(),
                                                                        .note = note,
                                                                        .id = extension},
                                  &changed));
    if (!changed) {
        return REFUSE(ERR_CONFLICT, "", "Đề nghị này đã được trả lời.");
    }
    TRY(document_line_by_id(db_reading(db), (struct document_line_by_id_in){.id = x->line, .doc = id}, &line));
    if (is_agreed) {
        struct str why = str_format(a, "Gia hạn từ %.*s đến %.*s: %.*s", STR_ARG(date_vi(a, x->old_due_on)),
                                    STR_ARG(date_vi(a, x->new_due_on)), STR_ARG(x->reason));
        TRY(document_line_due_set(
            db, (struct document_line_due_set_in){.due_on = x->new_due_on, .due_why = why, .id = x->line}, NULL));
        TRY(document_line_untold(db, (struct document_line_untold_in){x->line}, NULL));
        if (is(line->role, "lead") && doc->lead == line->target) {
            TRY(document_due_set(db,
                                 (struct document_due_set_in){
                                     .due_on = x->new_due_on, .due_why = why, .changed_at = clock_now(), .id = id},
                                 NULL));
        }
    }
    TRY(document_settle(db, id));
    struct str text = str_format(a, is_agreed ? "Đồng ý gia hạn đến %.*s. %.*s" : "Không đồng ý gia hạn đến %.*s. %.*s",
                                 STR_ARG(date_vi(a, x->new_due_on)), STR_ARG(note));
    TRY(document_tell(db, id, x->asked_by, "document.extension_answered", text));
    return document_deed(db, who,
                         &(struct document_deed){.doc = id,
                                                 .kind = "extend",
                                                 .verb = "document.extension_decided",
                                                 .line = x->line.v,
                                                 .due_on = is_agreed ? x->new_due_on : (struct date){0},
                                                 .text = text});
}

/* Lines still open when the leader closes are over with it. */
static struct err end_lines(struct db_write *db, const struct who *who, struct document_doc_id id) {
    struct document_line_list_rows lines;
    TRY(document_line_list(db_reading(db), (struct document_line_list_in){id}, &lines));
    for (size_t i = 0; i < lines.n; i++) {
        struct document_line_list_row *l = &lines.at[i];
        if (!is(l->role, "inform") && (is(l->state, "waiting") || is(l->state, "working"))) {
            TRY(document_line_done(db,
                                   (struct document_line_done_in){.done_at = clock_now(),
                                                                  .done_on = clock_today(),
                                                                  .done_by = who->post.v,
                                                                  .report = S("Kết thúc cùng văn bản."),
                                                                  .id = l->id},
                                   NULL));
        }
    }
    return OK;
}

struct err document_close(struct db_write *db, const struct who *who, struct document_doc_id id, struct str note) {
    struct document_by_id_row *doc;
    TRY(document_for(db, id, who, CAN_APPROVE, &doc));
    if (is(doc->state, "closed")) {
        return REFUSE(ERR_CONFLICT, "", "Văn bản đã kết thúc.");
    }
    if (is(doc->state, "draft") || is(doc->state, "void")) {
        return REFUSE(ERR_CONFLICT, "", "Chỉ kết thúc được văn bản đang có trong sổ.");
    }
    TRY(end_lines(db, who, id));
    TRY(document_close_set(db,
                           (struct document_close_set_in){
                               .done_on = clock_today(), .changed_at = clock_now(), .closed_by = who->post.v, .id = id},
                           NULL));
    TRY(document_settle(db, id));
    struct str text =
        note.len ? str_format(db_write_arena(db), "Kết thúc xử lý. %.*s", STR_ARG(note)) : S("Kết thúc xử lý.");
    return document_deed(db, who,
                         &(struct document_deed){.doc = id, .kind = "close", .verb = "document.closed", .text = text});
}

struct err document_reopen(struct db_write *db, const struct who *who, struct document_doc_id id, struct str reason) {
    struct document_by_id_row *doc;
    struct document_line_list_rows lines;
    TRY(document_for(db, id, who, CAN_APPROVE, &doc));
    if (!is(doc->state, "closed") && !is(doc->state, "reported")) {
        return REFUSE(ERR_CONFLICT, "", "Văn bản đang được xử lý.");
    }
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do mở lại.");
    }
    TRY(document_line_list(db_reading(db), (struct document_line_list_in){id}, &lines));
    bool has_lead = false;
    for (size_t i = 0; i < lines.n; i++) {
        struct document_line_list_row *l = &lines.at[i];
        if (is(l->role, "lead") && is(l->state, "done") && l->target == doc->lead) {
            has_lead = true;
            TRY(document_line_state_set(
                db, (struct document_line_state_set_in){.state = S("working"), .reason = S(""), .id = l->id}, NULL));
            TRY(document_tell(db, id, l->target, "document.assigned",
                              str_format(db_write_arena(db), "Mở lại: %.*s", STR_ARG(utf8_cut(reason, 200)))));
        }
    }
    struct str state = has_lead ? S("assigned") : doc->presented_to ? S("presented") : S("received");
    TRY(document_reopen_set(db, (struct document_reopen_set_in){.state = state, .changed_at = clock_now(), .id = id},
                            NULL));
    TRY(document_settle(db, id));
    return document_deed(
        db, who,
        &(struct document_deed){.doc = id,
                                .kind = "reopen",
                                .verb = "document.reopened",
                                .text = str_format(db_write_arena(db), "Mở lại: %.*s", STR_ARG(reason))});
}

struct err document_say(struct db_write *db, const struct who *who, struct document_doc_id id, struct str text,
                        const struct document_paper *paper) {
    struct document_by_id_row *doc;
    struct document_file_id file = {0};
    TRY(document_for(db, id, who, CAN_READ, &doc));
    if (is(doc->state, "draft") || is(doc->state, "void")) {
        return REFUSE(ERR_CONFLICT, "", "Chỉ ghi ý kiến vào văn bản đang có trong sổ.");
    }
    if (!text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi ý kiến.");
    }
    if (paper && paper->file.v) {
        TRY(document_evidence(db, who, id, 0, paper, &file));
    }
    return document_deed(db, who,
                         &(struct document_deed){
                             .doc = id, .kind = "opinion", .verb = "document.opinion", .file = file.v, .text = text});
}

struct err document_tell_late(struct db_write *db, struct date today, int64_t *told) {
    struct arena *a = db_write_arena(db);
    struct document_line_overdue_rows late;
    TRY(document_line_overdue(db_reading(db), (struct document_line_overdue_in){today}, &late));
    *told = (int64_t)late.n;
    for (size_t i = 0; i < late.n; i++) {
        struct document_line_overdue_row *l = &late.at[i];
        TRY(document_line_told(db, (struct document_line_told_in){.late_told_on = today, .id = l->id}, NULL));
        struct str text = str_format(a, "Quá hạn %.*s: %.*s.", STR_ARG(date_vi(a, l->due_on)), STR_ARG(l->target_name));
        TRY(document_deed(db, NULL,
                          &(struct document_deed){
                              .doc = l->doc, .kind = "late", .verb = "document.late", .line = l->id.v, .text = text}));
        struct document_by_id_row *doc;
        TRY(document_by_id(db_reading(db), (struct document_by_id_in){l->doc}, &doc));
        struct str subject = doc ? doc->subject : l->target_name;
        struct str words = str_format(a, "Quá hạn %.*s: %.*s", STR_ARG(date_vi(a, l->due_on)), STR_ARG(subject));
        TRY(document_tell(db, l->doc, l->target, "document.overdue", words));
    }
    return OK;
}
