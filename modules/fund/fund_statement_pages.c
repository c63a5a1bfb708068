/* Statements: upload, look, correct, put in, take out. */
#include "base/arena.h"
#include "base/num.h"
#include "kernel/file/file.h"
#include "kernel/queue/job.h"
#include "modules/fund/fund_pages.h"
#include "modules/fund/fund_pages_gen.h"

#include "base/banned.h"

static struct str state_words(struct str state) {
    static const struct fund_word all[] = {
        {S_INIT("waiting"), S_INIT("Đang đọc")},          {S_INIT("read"), S_INIT("Chờ vào sổ")},
        {S_INIT("unreadable"), S_INIT("Không đọc được")}, {S_INIT("taking"), S_INIT("Đang vào sổ")},
        {S_INIT("taken"), S_INIT("Đã vào sổ")},           {S_INIT("undoing"), S_INIT("Đang rút")},
        {S_INIT("undone"), S_INIT("Đã rút ra")},          {{0}, {0}}};
    return fund_word_of(all, state);
}

static struct str line_words(struct str state) {
    return str_eq(state, S("known"))     ? S("Đã có trong sổ")
           : str_eq(state, S("skipped")) ? S("In hai lần, không vào sổ")
           : str_eq(state, S("posted"))  ? S("Đã vào sổ")
           : str_eq(state, S("undone"))  ? S("Đã rút ra")
                                         : S("");
}

/* --- The list --- */
static struct err accounts_fill(struct get *g, struct fund_statements_view *v) {
    struct fund_accounts_rows rows;
    TRY(fund_accounts(g->db, (struct fund_accounts_in){.fund = v->head.id}, &rows));
    v->accounts = (struct pick_options){arena_take(g->arena, struct pick_option, rows.n + 1), rows.n};
    for (size_t i = 0; i < rows.n; i++) {
        v->accounts.at[i] = (struct pick_option){
            .id = rows.at[i].id.v, .label = rows.at[i].bank, .note = rows.at[i].number, .is_chosen = rows.n == 1};
    }
    return OK;
}

static struct err statements_all(struct get *g, struct fund_statements_view *v) {
    struct fund_statements_rows rows;
    TRY(fund_head_fill(g, FUND_STATEMENTS, &v->head));
    TRY(accounts_fill(g, v));
    TRY(fund_statements(
        g->db, (struct fund_statements_in){.fund = v->head.id, .before = fund_before(g), .most = FUND_ON_A_PAGE + 1},
        &rows));
    for (size_t i = 0; i < rows.n && i < FUND_ON_A_PAGE; i++) {
        const struct fund_statements_row *r = &rows.at[i];
        bool is_read = str_eq(r->state, S("read"));
        LIST_ADD(g->arena, &v->rows,
                 (struct fund_row){.link = link_local(g->arena, "/fund/%lld/statement/%lld", (long long)v->head.id,
                                                      (long long)r->id.v),
                                   .title = r->file_name,
                                   .meta = str_format(g->arena, "%.*s %.*s · %lld dòng", STR_ARG(r->bank),
                                                      STR_ARG(r->number), (long long)r->n_lines),
                                   .note = r->n_doubtful && (is_read || str_eq(r->state, S("taken")))
                                               ? str_format(g->arena, "%lld dòng cần xem", (long long)r->n_doubtful)
                                               : S(""),
                                   .right = state_words(r->state),
                                   .on = date_of(r->made_at),
                                   .is_soon = is_read,
                                   .is_done = str_eq(r->state, S("taken"))});
    }
    if (rows.n > FUND_ON_A_PAGE) {
        v->pages.older = link_local(g->arena, "/fund/%lld/statement?before=%lld", (long long)v->head.id,
                                    (long long)rows.at[FUND_ON_A_PAGE - 1].id.v);
    }
    return OK;
}

struct err fund_statements_get(struct get *g) {
    struct fund_statements_view v = {.form = form_begin(g->arena, fund_statement_fields, g->form)};
    TRY(statements_all(g, &v));
    return answer_fund_statements(g, &v);
}

struct err fund_statement_post(struct post *p) {
    struct fund_by by;
    struct upload *u = form_upload(p->form, "file");
    struct file_blob_id file;
    int64_t id;
    TRY(fund_by_of(p, &by));
    if (!u) {
        return REFUSE(ERR_INVALID, "file", "Chưa chọn tệp.");
    }
    TRY(file_keep(p->db, p->arena, u, &file));
    TRY(fund_statement_add(p->db, &by, form_id(p->form, "account"), file.v, file_name_clean(p->arena, u->name), &id));
    return see_other(p, "/fund/%lld/statement/%lld", (long long)by.fund, (long long)id);
}

/* --- One --- */
static struct str title_of(const struct fund_campaigns_rows *all, int64_t id) {
    for (size_t i = 0; i < all->n; i++) {
        if (all->at[i].id.v == id) {
            return all->at[i].title;
        }
    }
    return S("");
}

static struct err lines_fill(struct get *g, struct fund_statement_view *v, bool is_all) {
    struct fund_transfers_shown_rows rows;
    struct fund_campaigns_rows campaigns;
    int64_t after;
    if (!num_read_between(query_param(g->request, S("after")), 0, INT64_MAX, &after)) {
        after = 0;
    }
    TRY(fund_campaigns(g->db, (struct fund_campaigns_in){.fund = v->head.id}, &campaigns));
    TRY(fund_transfers_shown(
        g->db,
        (struct fund_transfers_shown_in){.statement = v->id, .after = after, .all = is_all, .most = FUND_ON_A_PAGE + 1},
        &rows));
    for (size_t i = 0; i < rows.n && i < FUND_ON_A_PAGE; i++) {
        const struct fund_transfers_shown_row *r = &rows.at[i];
        bool is_open =
            str_eq(r->state, S("read")) || (str_eq(r->state, S("posted")) && !str_eq(r->kind, S("donation")));
        LIST_ADD(g->arena, &v->lines,
                 (struct fund_transfer_line){.id = r->id.v,
                                             .line_no = r->line_no,
                                             .amount = r->amount,
                                             .on = r->day_on,
                                             .ref = r->ref,
                                             .memo = r->memo,
                                             .partner = r->partner,
                                             .kind = fund_kind_words(r->kind),
                                             .campaign = title_of(&campaigns, r->campaign),
                                             .donor = r->donor,
                                             .doubt = r->doubt,
                                             .state = line_words(r->state),
                                             .is_out = r->is_out,
                                             .is_hidden = r->is_hidden,
                                             .may_correct = v->head.may_keep && is_open,
                                             .correct = link_local(g->arena, "/fund/%lld/statement/%lld/line/%lld",
                                                                   (long long)v->head.id, (long long)v->id,
                                                                   (long long)r->id.v)});
    }
    if (rows.n > FUND_ON_A_PAGE) {
        v->pages.older =
            link_local(g->arena, "/fund/%lld/statement/%lld?show=%s&after=%lld", (long long)v->head.id,
                       (long long)v->id, is_all ? "all" : "doubt", (long long)rows.at[FUND_ON_A_PAGE - 1].line_no);
    }
    return OK;
}

static void filters_fill(struct get *g, struct fund_statement_view *v, bool is_all) {
    v->filters = (struct tabs){arena_take(g->arena, struct tab, 2), 2};
    v->filters.at[0] = (struct tab){
        .label = S("Cần xem"),
        .link = link_local(g->arena, "/fund/%lld/statement/%lld?show=doubt", (long long)v->head.id, (long long)v->id),
        .count = v->n_doubtful,
        .is_current = !is_all,
        .is_counted = true};
    v->filters.at[1] = (struct tab){
        .label = S("Tất cả"),
        .link = link_local(g->arena, "/fund/%lld/statement/%lld?show=all", (long long)v->head.id, (long long)v->id),
        .count = v->n_lines,
        .is_current = is_all,
        .is_counted = true};
}

static void state_fill(struct fund_statement_view *v, struct str state) {
    v->is_waiting = str_eq(state, S("waiting"));
    v->is_read = str_eq(state, S("read"));
    v->is_unreadable = str_eq(state, S("unreadable"));
    v->is_taking = str_eq(state, S("taking"));
    v->is_taken = str_eq(state, S("taken"));
    v->is_undoing = str_eq(state, S("undoing"));
    v->is_undone = str_eq(state, S("undone"));
}

static struct err statement_at(struct get *g, int64_t fund, struct fund_statement_find_row **s) {
    int64_t id;
    TRY(fund_id_of(g->request, "statement", &id));
    TRY(fund_statement_find(g->db, (struct fund_statement_find_in){.id = id, .fund = fund}, s));
    return *s ? OK : FAIL(ERR_MISSING, "no such statement");
}

static struct err progress_fill(struct get *g, struct fund_statement_view *v) {
    struct job_view *job;
    TRY(job_latest(g->db, v->is_undoing ? S("fund.undo") : S("fund.take"), v->id, &job));
    v->done = job ? job->done : 0;
    return OK;
}

struct err fund_statement_get(struct get *g) {
    struct fund_statement_view v = {0};
    struct fund_statement_find_row *s;
    TRY(fund_head_fill(g, FUND_STATEMENTS, &v.head));
    TRY(statement_at(g, v.head.id, &s));
    struct str show = query_param(g->request, S("show"));
    v.id = s->id.v;
    v.name = s->file_name;
    v.account = str_format(g->arena, "%.*s %.*s", STR_ARG(s->bank), STR_ARG(s->number));
    v.fault = s->fault;
    v.warning = s->warning;
    v.n_lines = s->n_lines;
    v.n_doubtful = s->n_doubtful;
    v.n_known = s->n_known;
    v.sum_in = s->sum_in;
    v.sum_out = s->sum_out;
    v.first_on = s->first_on;
    v.last_on = s->last_on;
    v.taken_at = s->taken_at;
    state_fill(&v, s->state);
    bool is_all = str_eq(show, S("all")) || (!str_eq(show, S("doubt")) && !v.n_doubtful);
    filters_fill(g, &v, is_all);
    TRY(lines_fill(g, &v, is_all));
    TRY(progress_fill(g, &v));
    return answer_fund_statement(g, &v);
}

static struct err statement_of(struct post *p, struct fund_by *by, int64_t *id) {
    TRY(fund_by_of(p, by));
    return fund_id_of(p->request, "statement", id);
}

struct err fund_entry_post(struct post *p) {
    struct fund_by by;
    int64_t id;
    TRY(statement_of(p, &by, &id));
    TRY(fund_statement_take(p->db, &by, id));
    return see_other(p, "/fund/%lld/statement/%lld", (long long)by.fund, (long long)id);
}

struct err fund_undoing_post(struct post *p) {
    struct fund_by by;
    int64_t id;
    TRY(statement_of(p, &by, &id));
    TRY(fund_statement_undo(p->db, &by, id));
    return see_other(p, "/fund/%lld/statement/%lld", (long long)by.fund, (long long)id);
}

/* --- One line --- */
static struct err transfer_all(struct get *g, struct fund_form_view *v) {
    struct fund_statement_find_row *s;
    struct fund_transfer_find_row *t;
    int64_t id;
    TRY(fund_head_fill(g, FUND_STATEMENTS, &v->head));
    TRY(statement_at(g, v->head.id, &s));
    TRY(fund_id_of(g->request, "line", &id));
    TRY(fund_transfer_find(g->db, (struct fund_transfer_find_in){.id = id, .fund = v->head.id}, &t));
    if (!t || t->statement.v != s->id.v) {
        return FAIL(ERR_MISSING, "no such line");
    }
    v->words = t->memo;
    v->form = form_begin(g->arena, fund_correct_fields, g->form);
    if (!g->form) {
        form_set(v->form, "kind", t->kind);
        form_set(v->form, "donor", t->donor);
        form_set_id(v->form, "campaign", t->campaign);
        form_set_id(v->form, "is_hidden", t->is_hidden);
    }
    v->to = link_local(g->arena, "/fund/%lld/statement/%lld/line/%lld/correction", (long long)v->head.id,
                       (long long)s->id.v, (long long)id);
    v->back = link_local(g->arena, "/fund/%lld/statement/%lld", (long long)v->head.id, (long long)s->id.v);
    fund_field_add(g, v, "kind", FUND_FIELD);
    fund_field_add(g, v, "campaign", FUND_PICK);
    TRY(fund_campaign_options(g, v->head.id, &v->fields.at[v->fields.n - 1].options));
    fund_field_add(g, v, "donor", FUND_FIELD);
    fund_field_add(g, v, "is_hidden", FUND_FIELD);
    return OK;
}

struct err fund_transfer_get(struct get *g) {
    struct fund_form_view v = {.title = S("Sửa một dòng sao kê"), .button = S("Lưu")};
    TRY(transfer_all(g, &v));
    return answer_fund_form(g, &v);
}

static struct err line_of(struct post *p, struct fund_by *by, int64_t *statement, struct fund_transfer_find_row **t) {
    int64_t id;
    TRY(statement_of(p, by, statement));
    TRY(fund_id_of(p->request, "line", &id));
    TRY(fund_transfer_find(db_reading(p->db), (struct fund_transfer_find_in){.id = id, .fund = by->fund}, t));
    return *t && (*t)->statement.v == *statement ? OK : FAIL(ERR_MISSING, "no such line");
}

static struct err line_back(struct post *p, const struct fund_by *by, int64_t statement) {
    flash(p, "Đã sửa dòng.");
    return see_other(p, "/fund/%lld/statement/%lld", (long long)by->fund, (long long)statement);
}

/* One click: only what kind of money it is. */
struct err fund_kind_post(struct post *p) {
    struct fund_by by;
    struct fund_transfer_find_row *t;
    int64_t statement;
    TRY(line_of(p, &by, &statement, &t));
    TRY(fund_transfer_correct(p->db, &by, t->id.v,
                              &(struct fund_sense){.kind = form_text(p->form, "kind"),
                                                   .campaign = t->campaign,
                                                   .donor = t->donor,
                                                   .is_hidden = t->is_hidden}));
    return line_back(p, &by, statement);
}

struct err fund_correction_post(struct post *p) {
    struct fund_by by;
    struct fund_transfer_find_row *t;
    int64_t statement;
    TRY(line_of(p, &by, &statement, &t));
    TRY(fund_transfer_correct(p->db, &by, t->id.v,
                              &(struct fund_sense){.kind = form_text(p->form, "kind"),
                                                   .campaign = form_id(p->form, "campaign"),
                                                   .donor = form_text(p->form, "donor"),
                                                   .is_hidden = form_flag(p->form, "is_hidden")}));
    return line_back(p, &by, statement);
}
