#include "modules/register/register_report.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"

#include "base/banned.h"

struct err register_may_ask(struct db_read *db, const struct who *who, bool *may) {
    struct org_unit organ;
    *may = false;
    if (!who->organ.v || !(who->roles & (ROLE_CLERK | ROLE_OFFICER | ROLE_HEAD | ROLE_LEADER))) {
        return OK;
    }
    TRY(org_unit(db, who->organ, &organ));
    *may = str_eq(organ.kind, S("front")) && str_eq(organ.level, S("city"));
    return OK;
}

static struct err give(struct db_write *db, int64_t record, int64_t principal, unsigned can) {
    return access_give(
        db, &(struct access_grant_new){.kind = S("register"), .record = record, .principal = principal, .can = can});
}

static struct str told(struct arena *a, struct str words, int64_t id) {
    struct buf b = buf_in(a);
    struct str path = str_format(a, "/register/return/%lld", (long long)id);
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, words);
    BUF_LIT(&b, ",\"path\":");
    json_str(&b, path);
    BUF_LIT(&b, "}");
    return buf_str(&b);
}

static struct err return_make(struct db_write *db, const struct who *who, struct register_report_id report,
                              const struct register_report_new *n, int64_t owner) {
    int64_t id = id_new(), leaders;
    TRY(register_return_add(
        db,
        (struct register_return_add_in){
            .id = {id}, .report = report, .owner = {owner}, .due_on = n->due_on, .cut_on = n->cut_on},
        NULL));
    TRY(org_group(db_reading(db), who->organ, ROLE_LEADER, &leaders));
    TRY(give(db, id, owner, CAN_READ | CAN_ACT));
    TRY(give(db, id, leaders, CAN_READ));
    TRY(give(db, id, who->unit.v, CAN_READ | CAN_APPROVE));
    struct str words = str_format(db_write_arena(db), "%.*s: gửi trước hết ngày %.*s", STR_ARG(n->title),
                                  STR_ARG(date_vi(db_write_arena(db), n->due_on)));
    return act_done(db, &(struct act){.verb = S("register.asked"),
                                      .kind = S("register"),
                                      .record = id,
                                      .to = owner,
                                      .body = told(db_write_arena(db), words, id)});
}

static struct err lines_keep(struct db_write *db, struct register_report_id id, const struct register_lines *lines) {
    static const struct str sources[] = {[REGISTER_TYPED] = S_INIT("typed"),
                                         [REGISTER_LIVE] = S_INIT("live"),
                                         [REGISTER_SUM] = S_INIT("sum"),
                                         [REGISTER_CHECK] = S_INIT("check")};
    for (size_t i = 0; i < lines->n; i++) {
        const struct register_report_line_def *l = &lines->at[i];
        TRY(register_line_add(db,
                              (struct register_line_add_in){.report = id,
                                                            .place = l->place,
                                                            .title = l->title,
                                                            .unit = l->unit,
                                                            .source = sources[l->source],
                                                            .rule = l->rule},
                              NULL));
    }
    return OK;
}

static struct err days_check(const struct register_report_new *n) {
    if (date_cmp(n->to_on, n->from_on) < 0) {
        return REFUSE(ERR_INVALID, "to_on", "Ngày cuối kỳ không được trước ngày đầu kỳ.");
    }
    if (date_cmp(n->cut_on, n->due_on) < 0) {
        return REFUSE(ERR_INVALID, "cut_on", "Ngày chốt không được trước hạn gửi.");
    }
    return OK;
}

/* Those that were chosen, as far as they are committees of communes; all when none was. */
static struct err owners_of(struct db_read *db, const struct db_ids *chosen, struct db_ids *owners) {
    struct register_organs_below_rows rows;
    TRY(register_organs_below(db, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    *owners = (struct db_ids){at, 0};
    for (size_t i = 0; i < rows.n; i++) {
        bool is_chosen = chosen->n == 0;
        for (size_t k = 0; k < chosen->n && !is_chosen; k++) {
            is_chosen = chosen->at[k] == rows.at[i].id.v;
        }
        if (is_chosen) {
            at[owners->n++] = rows.at[i].id.v;
        }
    }
    return owners->n ? OK : REFUSE(ERR_INVALID, "units", "Mời chọn đơn vị phải gửi.");
}

struct err register_report_make(struct db_write *db, const struct who *who, const struct register_report_new *n,
                                struct register_report_id *id) {
    struct db_ids owners;
    int64_t leaders;
    bool may;
    TRY(register_may_ask(db_reading(db), who, &may));
    if (!may) {
        return REFUSE(ERR_MISSING, "", "Chức danh này không lập báo cáo cho cấp dưới.");
    }
    TRY(days_check(n));
    TRY(owners_of(db_reading(db), &n->owners, &owners));
    *id = (struct register_report_id){id_new()};
    TRY(register_report_add(db,
                            (struct register_report_add_in){.id = *id,
                                                            .organ = {who->organ.v},
                                                            .title = n->title,
                                                            .note = n->note,
                                                            .from_on = n->from_on,
                                                            .to_on = n->to_on,
                                                            .due_on = n->due_on,
                                                            .cut_on = n->cut_on,
                                                            .made_by = who->post.v,
                                                            .made_at = clock_now()},
                            NULL));
    TRY(lines_keep(db, *id, &n->lines));
    TRY(org_group(db_reading(db), who->organ, ROLE_LEADER, &leaders));
    TRY(give(db, id->v, leaders, CAN_READ));
    TRY(give(db, id->v, who->unit.v, CAN_READ | CAN_MANAGE));
    for (size_t i = 0; i < owners.n; i++) {
        TRY(return_make(db, who, *id, n, owners.at[i]));
    }
    return act_done(db, &(struct act){.verb = S("register.report"), .kind = S("register"), .record = id->v});
}

/* --- Sent and given back --- */
static struct err return_open(struct db_write *db, const struct who *who, int64_t id, unsigned can,
                              struct register_return_by_id_row **r) {
    TRY(register_return_by_id(db_reading(db), (struct register_return_by_id_in){.id = id}, r));
    if (!*r) {
        return FAIL(ERR_MISSING, "no such return");
    }
    TRY(access_require(db_reading(db), id, who->post.v, can));
    return date_cmp(clock_today(), (*r)->cut_on) > 0
               ? REFUSE(ERR_CONFLICT, "", "Báo cáo đã chốt số, không gửi hay trả lại được nữa.")
               : OK;
}

static struct err become(struct db_write *db, struct register_return_become_in in) {
    int64_t changed = 0;
    TRY(register_return_become(db, in, &changed));
    return changed ? OK : REFUSE(ERR_CONFLICT, "version", "Biểu này vừa được người khác xử lý. Mời tải lại trang.");
}

static struct err figures_keep(struct db_write *db, struct register_return_id id, const struct register_lines *lines,
                               const struct register_number *numbers) {
    TRY(register_figures_drop(db, (struct register_figures_drop_in){.unit_return = id}, NULL));
    for (size_t i = 0; i < lines->n; i++) {
        if (lines->at[i].source != REGISTER_CHECK) {
            TRY(register_figure_put(db,
                                    (struct register_figure_put_in){
                                        .unit_return = id, .place = lines->at[i].place, .number = numbers[i].number},
                                    NULL));
        }
    }
    return OK;
}

struct err register_return_send(struct db_write *db, const struct who *who, const struct register_sending *s) {
    struct register_return_by_id_row *r;
    struct register_report_by_id_row *report;
    struct register_lines lines;
    TRY(return_open(db, who, s->id, CAN_ACT, &r));
    if (str_eq(r->state, S("sent"))) {
        return REFUSE(ERR_CONFLICT, "", "Biểu này đã gửi. Muốn sửa, đề nghị nơi nhận trả lại.");
    }
    TRY(register_lines_load(db_reading(db), r->report.v, &lines));
    TRY(register_report_by_id(db_reading(db), (struct register_report_by_id_in){.id = r->report.v}, &report));
    for (size_t i = 0; i < lines.n; i++) {
        bool is_check = lines.at[i].source == REGISTER_CHECK;
        if (is_check && !register_check_holds(&lines, &lines.at[i], s->numbers)) {
            return err_refuse(db_write_arena(db), ERR_INVALID, "", "%.*s", STR_ARG(lines.at[i].title));
        }
        if (!is_check && !s->numbers[i].is_there) {
            return err_refuse(db_write_arena(db), ERR_INVALID, "", "Còn trống dòng %lld. Không có thì ghi 0.",
                              (long long)lines.at[i].place);
        }
    }
    TRY(figures_keep(db, r->id, &lines, s->numbers));
    TRY(become(db, (struct register_return_become_in){.state = S("sent"),
                                                      .words = s->words,
                                                      .reason = S(""),
                                                      .post = who->post.v,
                                                      .sent_at = clock_now(),
                                                      .id = r->id,
                                                      .version = s->version}));
    struct str words =
        str_format(db_write_arena(db), "%.*s đã gửi: %.*s", STR_ARG(r->short_name), STR_ARG(report->title));
    return act_done(db, &(struct act){.verb = S("register.sent"),
                                      .kind = S("register"),
                                      .record = s->id,
                                      .to = report->made_by,
                                      .body = told(db_write_arena(db), words, s->id)});
}

struct err register_return_back(struct db_write *db, const struct who *who, int64_t id, int64_t version,
                                struct str reason) {
    struct register_return_by_id_row *r;
    struct register_report_by_id_row *report;
    TRY(return_open(db, who, id, CAN_APPROVE, &r));
    if (!str_eq(r->state, S("sent"))) {
        return REFUSE(ERR_CONFLICT, "", "Biểu này chưa gửi, hoặc đã trả lại.");
    }
    TRY(register_report_by_id(db_reading(db), (struct register_report_by_id_in){.id = r->report.v}, &report));
    TRY(become(db, (struct register_return_become_in){.state = S("returned"),
                                                      .words = r->words,
                                                      .reason = reason,
                                                      .post = r->post,
                                                      .sent_at = r->sent_at,
                                                      .id = r->id,
                                                      .version = version}));
    struct str words =
        str_format(db_write_arena(db), "Bị trả lại: %.*s. %.*s", STR_ARG(report->title), STR_ARG(reason));
    return act_done(db, &(struct act){.verb = S("register.back"),
                                      .kind = S("register"),
                                      .record = id,
                                      .to = r->owner.v,
                                      .body = told(db_write_arena(db), words, id)});
}
