/* What the public reads and says: open and answered drafts, one's own opinion by its code. No account, no script. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/page/json.h"
#include "kernel/out/qr.h"
#include "kernel/shell/public.h"
#include "modules/consult/consult_pages.h"
#include "modules/consult/consult_pages_gen.h"
#include "modules/org/org.h"
#include "modules/receipt/receipt.h"
#include "read/json.h"

enum { OPEN_MOST = 50, ANSWERED_PAGE = 20, BAR = 300 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

const struct field consult_say_fields[] = {
    {.kind = FIELD_INT, .name = S_INIT("clause"), .label = S_INIT("Điều"), .least = 0, .most = 500},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("stance"),
     .label = S_INIT("Ông/bà thấy thế nào?"),
     .is_required = true,
     .choices = consult_stance_choices},
    {.kind = FIELD_TEXT,
     .name = S_INIT("text"),
     .label = S_INIT("Ý kiến"),
     .most = 5000,
     .hint = S_INIT("Vì sao, và nên sửa thế nào. Gõ không dấu cũng được. Chỉ đồng ý thì để trống được.")},
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Họ và tên"), .most = 120},
    {.kind = FIELD_LINE, .name = S_INIT("place"), .label = S_INIT("Phường, xã đang ở, hoặc tổ chức"), .most = 120},
    {0},
};
const struct field consult_say_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("clause"), .label = S_INIT("Điều"), .most = 6}, {0}};
const struct field consult_public_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Sau"), .most = 20}, {0}};

/* ---- The list */

static struct consult_public_line line_of(struct arena *a, const struct consult_public_row *r, bool is_open) {
    bool is_done = r->published_on.year != 0;
    return (struct consult_public_line){
        .link = link_local(a, "/consult/open/%lld", (long long)r->id.v),
        .title = r->title,
        .lead = r->lead,
        .drafter = r->drafter,
        .due_words = is_open   ? str_format(a, "Đến %.*s", STR_ARG(date_vi(a, r->closes_on)))
                     : is_done ? str_format(a, "Trả lời %.*s", STR_ARG(date_vi(a, r->published_on)))
                               : str_format(a, "Trả lời trước %.*s", STR_ARG(date_vi(a, r->answer_on))),
        .is_open = is_open,
        .is_done = is_done};
}

static struct err some(struct get *g, const struct consult_public_in *in, struct consult_public_rows *rows) {
    return consult_public(g->db, *in, rows);
}

/* Open ones; those whose time is over and that are not answered yet; those answered, page after page. */
static struct err list_answer(struct get *g, int64_t before) {
    struct consult_public_rows open, over, asked, done;
    struct consult_public_list v = {0};
    struct str today = date_iso(g->arena, clock_today());
    struct consult_public_in in = {.one = S("open"),
                                   .other = S("open"),
                                   .third = S("open"),
                                   .closes_from = today,
                                   .closes_until = S("9999"),
                                   .before = INT64_MAX,
                                   .most = OPEN_MOST};
    TRY(some(g, &in, &open));
    in.closes_from = S(""), in.closes_until = today;
    TRY(some(g, &in, &over));
    in.one = S("answering"), in.other = in.third = S("approval"), in.closes_until = S("9999");
    TRY(some(g, &in, &asked));
    in.one = in.other = in.third = S("published"), in.before = before, in.most = ANSWERED_PAGE + 1;
    TRY(some(g, &in, &done));
    for (size_t i = 0; i < open.n; i++) {
        LIST_ADD(g->arena, &v.open, line_of(g->arena, &open.at[i], true));
    }
    for (size_t i = 0; i < over.n; i++) {
        LIST_ADD(g->arena, &v.asked, line_of(g->arena, &over.at[i], false));
    }
    for (size_t i = 0; i < asked.n; i++) {
        LIST_ADD(g->arena, &v.asked, line_of(g->arena, &asked.at[i], false));
    }
    for (size_t i = 0; i < done.n && i < ANSWERED_PAGE; i++) {
        LIST_ADD(g->arena, &v.answered, line_of(g->arena, &done.at[i], false));
    }
    if (done.n > ANSWERED_PAGE) {
        v.older = link_local(g->arena, "/consult/open?after=%lld", (long long)done.at[ANSWERED_PAGE - 1].id.v);
    }
    return answer_public(g, &page_consult_list, &v,
                         &(struct public_page){.place = S("Góp ý"),
                                               .description = S("Dự thảo Mặt trận đang hỏi ý kiến, và câu trả lời cho "
                                                                "từng nhóm ý kiến.")});
}

struct err consult_list_get(struct get *g) {
    int64_t before;
    if (!num_read_between(query_param(g->request, S("after")), 1, INT64_MAX, &before)) {
        before = INT64_MAX;
    }
    return list_answer(g, before);
}

/* ---- One */

static struct err open_item(struct db_read *db, struct request *r, struct consult_by_id_row **row) {
    struct consult_item_id id;
    TRY(consult_of_path(r, &id));
    TRY(consult_by_id(db, (struct consult_by_id_in){.id = id}, row));
    bool is_shown = *row && (*row)->is_public && !is((*row)->state, "draft") && !is((*row)->state, "review");
    return is_shown ? OK : FAIL(ERR_MISSING, "nothing the public reads");
}

static struct consult_bar bar_of(int64_t yes, int64_t part, int64_t no) {
    int64_t all = yes + part + no;
    struct consult_bar b = {0};
    if (all) {
        b.yes = BAR * yes / all;
        b.part = BAR * part / all;
        b.refused = no ? BAR - b.yes - b.part : 0;
        b.part_at = b.yes;
        b.refused_at = b.yes + b.part;
    }
    return b;
}

static void themes_of(struct get *g, const struct consult_themes_rows *rows, bool is_published,
                      struct consult_public_clause *c) {
    for (size_t i = 0; i < rows->n; i++) {
        const struct consult_themes_row *t = &rows->at[i];
        if (t->clause != c->n) {
            continue;
        }
        struct consult_theme_view v = {.title = t->title, .people = t->people, .n = t->n};
        if (is_published) {
            v.verdict = is(t->verdict, "taken") ? S("yes") : is(t->verdict, "part") ? S("half") : S("no");
            v.verdict_name = consult_word(consult_verdicts, t->verdict);
            v.reason = t->reason;
            c->wording = t->wording.len ? t->wording : c->wording;
        }
        LIST_ADD(g->arena, &c->themes, v);
    }
    c->themes_n = (int64_t)c->themes.n;
}

static void sums_fill(const struct consult_themes_rows *rows, struct consult_public_show *v) {
    v->themes = (int64_t)rows->n;
    for (size_t i = 0; i < rows->n; i++) {
        v->taken += is(rows->at[i].verdict, "taken");
        v->part += is(rows->at[i].verdict, "part");
        v->refused += is(rows->at[i].verdict, "not");
        v->noted += is(rows->at[i].verdict, "noted");
    }
}

static struct err clauses_fill(struct get *g, const struct consult_by_id_row *row, struct consult_public_show *v) {
    struct consult_clauses_rows clauses;
    struct consult_counts_rows counts;
    struct consult_themes_rows themes;
    TRY(consult_clauses(g->db, (struct consult_clauses_in){.item = row->id}, &clauses));
    TRY(consult_counts(g->db, (struct consult_counts_in){.item = row->id}, &counts));
    TRY(consult_themes(g->db, (struct consult_themes_in){.item = row->id}, &themes));
    for (size_t i = 0; i <= clauses.n; i++) {
        bool is_whole = i == clauses.n;
        struct consult_public_clause c = {.n = is_whole ? 0 : clauses.at[i].n,
                                          .name = is_whole ? S("Cả dự thảo")
                                                           : consult_clause_name(g->arena, &clauses.at[i]),
                                          .text = is_whole ? S("") : clauses.at[i].text};
        c.say = link_local(g->arena, "/consult/open/%lld/opinion?clause=%lld", (long long)row->id.v, (long long)c.n);
        for (size_t k = 0; k < counts.n; k++) {
            if (counts.at[k].clause == c.n) {
                c.said = counts.at[k].people;
                c.yes = counts.at[k].yes, c.part = counts.at[k].part, c.refused = counts.at[k].refused;
                v->people += counts.at[k].people;
            }
        }
        c.bar = bar_of(c.yes, c.part, c.refused);
        themes_of(g, &themes, v->is_published, &c);
        if (!is_whole || c.said) {
            LIST_ADD(g->arena, &v->clauses, c);
        }
    }
    sums_fill(&themes, v);
    return OK;
}

struct err consult_public_get(struct get *g) {
    struct consult_by_id_row *row;
    struct err e = open_item(g->db, g->request, &row);
    if (err_is(e, ERR_MISSING)) {
        return public_not_found(g, &(struct public_page){.place = S("Góp ý")});
    }
    TRY(e);
    struct consult_public_show v = {.id = row->id.v,
                                    .title = row->title,
                                    .lead = row->lead,
                                    .drafter = row->drafter,
                                    .asked = row->asked,
                                    .opens_on = row->opens_on,
                                    .closes_on = row->closes_on,
                                    .answer_on = row->answer_on,
                                    .published_on = row->published_on,
                                    .is_open = consult_is_open(row),
                                    .is_published = is(row->state, "published"),
                                    .say = link_local(g->arena, "/consult/open/%lld/opinion", (long long)row->id.v)};
    int64_t days = date_number(row->closes_on) - date_number(clock_today());
    v.due_words = v.is_open ? str_format(g->arena, "Còn %lld ngày", (long long)days) : S("");
    TRY(clauses_fill(g, row, &v));
    return answer_public(g, &page_consult_public, &v,
                         &(struct public_page){.place = S("Góp ý"), .description = row->lead});
}

/* ---- Saying something */

struct said {
    struct consult_by_id_row *row;
    struct consult_clause_of_row *clause;
};

static struct err clause_read(struct db_read *db, int64_t n, struct said *s) {
    s->clause = NULL;
    if (n) {
        TRY(consult_clause_of(db, (struct consult_clause_of_in){.item = s->row->id, .n = n}, &s->clause));
    }
    return !n || s->clause ? OK : FAIL(ERR_MISSING, "no such clause");
}

static struct str name_of(struct arena *a, const struct said *s) {
    const struct consult_clause_of_row *c = s->clause;
    return !c               ? S("Cả dự thảo")
           : c->heading.len ? str_format(a, "%.*s. %.*s", STR_ARG(c->label), STR_ARG(c->heading))
                            : c->label;
}

struct err consult_say_get(struct get *g) {
    struct said s = {0};
    int64_t n = 0;
    struct err e = open_item(g->db, g->request, &s.row);
    if (err_is(e, ERR_MISSING)) {
        return public_not_found(g, &(struct public_page){.place = S("Góp ý")});
    }
    TRY(e);
    if (!consult_is_open(s.row)) {
        return see_other_get(g, "/consult/open/%lld", (long long)s.row->id.v);
    }
    if (g->form && g->form->is_refused) {
        n = form_number(g->form, "clause");
    } else if (!num_read_between(query_param(g->request, S("clause")), 0, 500, &n)) {
        n = 0;
    }
    TRY(clause_read(g->db, n, &s));
    struct consult_say_view v = {
        .title = s.row->title,
        .clause_name = name_of(g->arena, &s),
        .clause_text = s.clause ? s.clause->text : S(""),
        .to = link_local(g->arena, "/consult/open/%lld/opinion", (long long)s.row->id.v),
        .back = link_local(g->arena, "/consult/open/%lld#c%lld", (long long)s.row->id.v, (long long)n),
        .form = form_begin(g->arena, consult_say_fields, g->form)};
    form_set(v.form, "clause", str_format(g->arena, "%lld", (long long)n));
    return answer_public(g, &page_consult_say, &v, &(struct public_page){.back = v.back, .is_unlisted = true});
}

static void put(struct buf *b, const char *name, struct str value) {
    buf_put(b, b->len > 1 ? S(",") : S(""));
    json_str(b, str_of(name));
    buf_put_char(b, ':');
    json_str(b, value);
}

struct err consult_say_post(struct post *p) {
    struct consult_by_id_row *row;
    struct receipt_item_id id;
    const struct form *f = p->form;
    struct buf b = buf_in(p->arena);
    TRY(open_item(db_reading(p->db), p->request, &row));
    if (!consult_is_open(row)) {
        return REFUSE(ERR_CONFLICT, "", "Đã hết thời gian lấy ý kiến về dự thảo này.");
    }
    if (!form_text(f, "text").len && !is(form_text(f, "stance"), "yes")) {
        form_fault(p->form, "text", "Mời ghi ý kiến: vì sao, và nên sửa thế nào.");
    }
    TRY(form_check(p->form));
    buf_put_char(&b, '{');
    put(&b, "clause", str_format(p->arena, "%lld", (long long)form_number(f, "clause")));
    put(&b, "stance", form_text(f, "stance"));
    put(&b, "text", form_text(f, "text"));
    put(&b, "name", form_text(f, "name"));
    put(&b, "place", form_text(f, "place"));
    buf_put_char(&b, '}');
    TRY(receipt_begin(p,
                      &(struct receipt_new){.kind = S("consult"),
                                            .about = str_format(p->arena, "%lld", (long long)row->id.v),
                                            .body = buf_str(&b)},
                      &id));
    return see_other(p, "/consult/draft/%lld", (long long)id.v);
}

/* ---- Looking again, and sending */

struct draft {
    struct receipt receipt;
    struct said of;
    struct consult_said said;
};

static struct err draft_read(struct db_read *db, struct draft *d) {
    size_t at;
    int64_t item;
    if (!is(d->receipt.kind, "consult")) {
        return FAIL(ERR_MISSING, "a receipt of another business");
    }
    if (d->receipt.is_sent) {
        return OK;
    }
    const struct json_value *body = json_read(db_arena(db), d->receipt.body, &at);
    if (!num_read(d->receipt.about, &item) || !num_read(json_member_text(body, "clause"), &d->said.clause)) {
        return FAIL(ERR_BROKEN, "a draft that says of nothing");
    }
    d->said.item = (struct consult_item_id){item};
    d->said.via = S("web");
    d->said.stance = json_member_text(body, "stance");
    d->said.text = json_member_text(body, "text");
    d->said.name = json_member_text(body, "name");
    d->said.place = json_member_text(body, "place");
    TRY(consult_by_id(db, (struct consult_by_id_in){.id = d->said.item}, &d->of.row));
    return d->of.row ? clause_read(db, d->said.clause, &d->of) : FAIL(ERR_MISSING, "no such consultation");
}

static struct err lead_on(struct get *g, struct err e) {
    return err_is(e, ERR_MISSING) ? see_other_get(g, "/receipt") : e;
}

struct err consult_draft_get(struct get *g) {
    struct draft d = {0};
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    struct err e = receipt_open(g, (struct receipt_item_id){id}, &d.receipt);
    if (e.why) {
        return lead_on(g, e);
    }
    e = draft_read(g->db, &d);
    if (e.why) {
        return lead_on(g, e);
    }
    if (d.receipt.is_sent) {
        return see_other_get(g, "/consult/receipt/%lld", (long long)id);
    }
    struct consult_check v = {.title = d.of.row->title,
                              .clause_name = name_of(g->arena, &d.of),
                              .stance_name = consult_word(consult_stances, d.said.stance),
                              .text = d.said.text,
                              .name = d.said.name,
                              .place = d.said.place,
                              .to = link_local(g->arena, "/consult/draft/%lld/send", (long long)id),
                              .change = link_local(g->arena, "/consult/open/%lld/opinion?clause=%lld",
                                                   (long long)d.said.item.v, (long long)d.said.clause),
                              .form = form_begin(g->arena, consult_no_fields, g->form)};
    return receipt_answer(g, &page_consult_check, &v, &(struct public_page){.back = v.change});
}

/* One draft is one opinion: sent again it leads to the receipt. */
struct err consult_send_post(struct post *p) {
    struct draft d = {0};
    struct org_unit organ;
    struct consult_opinion_id opinion;
    struct str code;
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(receipt_open_to_write(p, (struct receipt_item_id){id}, &d.receipt));
    TRY(draft_read(db_reading(p->db), &d));
    if (!d.receipt.is_sent) {
        TRY(org_unit(db_reading(p->db), (struct unit_id){d.of.row->organ}, &organ));
        TRY(consult_say(p->db, NULL, &d.said, &opinion));
        TRY(receipt_send(p, d.receipt.id,
                         &(struct receipt_sent){.record = opinion.v,
                                                .prefix = receipt_prefix(p->arena, organ.code),
                                                .content = d.receipt.body},
                         &code));
    }
    return see_other(p, "/consult/receipt/%lld", (long long)id);
}

/* ---- What became of it */

static struct err sent_fill(struct get *g, const struct receipt *r, struct consult_receipt_view *v) {
    struct consult_opinion_by_id_row *o;
    struct consult_theme_by_id_row *t = NULL;
    struct said s = {0};
    TRY(consult_opinion_by_id(g->db, (struct consult_opinion_by_id_in){.id = {r->record}}, &o));
    if (!o) {
        return FAIL(ERR_MISSING, "no such opinion");
    }
    TRY(consult_by_id(g->db, (struct consult_by_id_in){.id = o->item}, &s.row));
    TRY(clause_read(g->db, o->clause, &s));
    v->title = s.row->title;
    v->clause_name = name_of(g->arena, &s);
    v->clause_text = s.clause ? s.clause->text : S("");
    v->text = o->text;
    v->stance_name = consult_word(consult_stances, o->stance);
    v->state_name = consult_word(consult_states, s.row->state);
    v->answer_on = s.row->answer_on;
    v->is_published = is(s.row->state, "published");
    v->page = link_local(g->arena, "/consult/open/%lld", (long long)s.row->id.v);
    if (v->is_published && o->theme) {
        TRY(consult_theme_by_id(g->db, (struct consult_theme_by_id_in){.id = {o->theme}}, &t));
    }
    if (t) {
        v->theme_title = t->title;
        v->verdict = is(t->verdict, "taken") ? S("yes") : is(t->verdict, "part") ? S("half") : S("no");
        v->verdict_name = consult_word(consult_verdicts, t->verdict);
        v->reason = t->reason;
        v->wording = t->wording;
    }
    return OK;
}

struct err consult_receipt_get(struct get *g) {
    struct receipt r;
    struct qr qr = {0};
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    struct err e = receipt_open(g, (struct receipt_item_id){id}, &r);
    if (!e.why && (!r.is_sent || !is(r.kind, "consult"))) {
        e = FAIL(ERR_MISSING, "no opinion was sent by this receipt");
    }
    if (e.why) {
        return lead_on(g, e);
    }
    struct consult_receipt_view v = {.code = r.code,
                                     .words = receipt_words_of(g, &r),
                                     .sent_at = r.sent_at,
                                     .close_to = link_local(g->arena, "/consult/receipt/%lld/closing", (long long)id)};
    TRY(qr_make(g->arena, receipt_address(g, r.code), &qr));
    v.qr = qr.path;
    v.qr_size = qr.size;
    TRY(sent_fill(g, &r, &v));
    return receipt_answer(g, &page_consult_receipt, &v, &(struct public_page){.place = S("Góp ý")});
}

struct err consult_forget_post(struct post *p) {
    struct receipt r;
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(receipt_open_to_write(p, (struct receipt_item_id){id}, &r));
    TRY(receipt_forget(p, r.id));
    return see_other(p, "/receipt");
}
