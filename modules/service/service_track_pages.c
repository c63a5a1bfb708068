/* What the person follows: the receipt, the promise with its days, the road, and what may be done from there. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/out/qr.h"
#include "kernel/page/form.h"
#include "kernel/page/json.h"
#include "kernel/shell/public.h"
#include "modules/org/org.h"
#include "modules/service/service_draft.h"
#include "modules/service/service_letter.h"
#include "modules/service/service_letter_pages.h"
#include "modules/service/service_pages_gen.h"
#include "modules/service/service_view.h"

#include "base/banned.h"

enum { DAYS_MOST = 40 };

const struct field service_answer_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("text"),
     .label = S_INIT("Trả lời"),
     .is_required = true,
     .most = 3000,
     .hint = S_INIT("Ghi điều được hỏi, hoặc nói đã gửi tệp nào.")},
    {.kind = FIELD_FILE, .name = S_INIT("file"), .label = S_INIT("Ảnh, giấy tờ"), .is_many = true, .most = 10485760},
    {0},
};
const struct field service_withdraw_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("reason"), .label = S_INIT("Vì sao rút"), .most = 300},
    {0},
};
const struct field service_track_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("done"), .label = S_INIT("Vừa làm xong"), .most = 20},
    {0},
};

struct sent {
    struct receipt receipt;
    struct service_case c;
    struct org_unit organ;
};

static struct err sent_of(struct db_read *db, const struct receipt *r, struct sent *s) {
    s->receipt = *r;
    if (!r->is_sent || !str_eq(r->kind, S("service"))) {
        return FAIL(ERR_MISSING, "nothing was sent by this receipt");
    }
    TRY(service_case_any(db, r->record, &s->c));
    return org_unit(db, (struct unit_id){s->c.row->organ}, &s->organ);
}

static struct err open_sent(struct get *g, struct sent *s) {
    int64_t id;
    struct receipt r;
    TRY(path_id(g->request, S("id"), &id));
    TRY(receipt_open(g, (struct receipt_item_id){id}, &r));
    return sent_of(g->db, &r, s);
}

static struct err open_sent_to_write(struct post *p, struct sent *s) {
    int64_t id;
    struct receipt r;
    TRY(path_id(p->request, S("id"), &id));
    TRY(receipt_open_to_write(p, (struct receipt_item_id){id}, &r));
    return sent_of(db_reading(p->db), &r, s);
}

/* Not this browser's, or not any more: the page where a code and three words open it. A draft goes on being filled in.
 */
static struct err lead_on(struct get *g, struct err e) {
    int64_t id;
    struct receipt r;
    if (!err_is(e, ERR_MISSING)) {
        return e;
    }
    struct err path = path_id(g->request, S("id"), &id);
    bool is_draft = !path.why && !receipt_open(g, (struct receipt_item_id){id}, &r).why && !r.is_sent;
    return is_draft ? see_other_get(g, "/service/draft/%lld", (long long)id) : see_other_get(g, "/receipt");
}

static struct str day_words(struct arena *a, struct date on, int64_t minute) {
    static const char *const names[] = {"thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"};
    struct str day = str_format(a, "%s %.*s", names[date_weekday(on) - 1], STR_ARG(date_vi(a, on)));
    if (date_is(on, clock_today())) {
        day = S("hôm nay");
    }
    return minute < 0 ? day : str_format(a, "%02d:%02d %.*s", (int)minute / 60, (int)minute % 60, STR_ARG(day));
}

/* What comes next and by when: the clocks that run, soonest first as they were begun. */
static struct err next_fill(struct get *g, const struct sent *s, struct service_slip *v) {
    struct service_clocks_rows rows;
    TRY(service_clocks(g->db, (struct service_clocks_in){.dossier = s->c.row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct service_clock_def *def = service_clock_of(s->c.form, rows.at[i].clock);
        if (def && str_eq(rows.at[i].state, S("running"))) {
            struct str words = str_format(g->arena, "Chậm nhất %.*s",
                                          STR_ARG(day_words(g->arena, rows.at[i].due_on, rows.at[i].due_minute)));
            LIST_ADD(g->arena, &v->next, (struct service_next){def->name, words});
        }
    }
    return OK;
}

struct err service_slip_get(struct get *g) {
    struct sent s;
    struct qr qr = {0};
    struct err e = open_sent(g, &s);
    if (e.why) {
        return lead_on(g, e);
    }
    TRY(qr_make(g->arena, receipt_address(g, s.receipt.code), &qr));
    struct service_slip v = {.name = s.c.form->name,
                             .code = s.receipt.code,
                             .words = receipt_words_of(g, &s.receipt),
                             .qr = qr.path,
                             .qr_size = qr.size,
                             .organ = s.organ.name,
                             .sent_at = s.receipt.sent_at,
                             .track = link_local(g->arena, "/service/receipt/%lld", (long long)s.receipt.id.v)};
    TRY(next_fill(g, &s, &v));
    return service_private(
        g, &page_service_slip, &v,
        &(struct public_page){.site_name = s.c.form->short_name, .organ = s.organ.name, .back = v.track});
}

/* ---- The promise */

static const char *class_of(const struct deadline *d, const struct deadline_step *step) {
    if (date_is(step->on, clock_today())) {
        return "now";
    }
    if (step->kind == DEADLINE_OFF || step->kind == DEADLINE_PAUSED) {
        return "off";
    }
    return date_is(step->on, d->due_on) ? "end" : date_cmp(step->on, clock_today()) < 0 ? "past" : "";
}

static void days_fill(struct get *g, const struct deadline *d, struct service_track *v) {
    for (size_t i = 0; i < d->steps.n && i < DAYS_MOST; i++) {
        const struct deadline_step *s = &d->steps.at[i];
        struct str words = str_format(g->arena, "%02d/%02d: %.*s", s->on.day, s->on.month, STR_ARG(s->words));
        LIST_ADD(g->arena, &v->days, (struct service_day){S(""), S("")});
        struct service_day *day = &v->days.at[v->days.n - 1];
        day->class = str_of(class_of(d, s));
        bool is_named = i == 0 || date_is(s->on, d->due_on) || date_is(s->on, clock_today());
        day->words = date_is(s->on, clock_today()) ? S("hôm nay")
                     : is_named                    ? str_format(g->arena, "%02d/%02d", s->on.day, s->on.month)
                                                   : S("");
        LIST_ADD(g->arena, &v->why, (struct service_next){words, s->law});
    }
}

static struct err promise_fill(struct get *g, const struct sent *s, struct service_track *v) {
    struct service_clocks_row *clock;
    struct deadline d;
    TRY(service_promise(g->db, s->c.row->id.v, &clock));
    const struct service_clock_def *def = clock ? service_clock_of(s->c.form, clock->clock) : NULL;
    if (!def) {
        return OK;
    }
    bool is_new = clock->promised_on.year != 0;
    struct date due = is_new ? clock->promised_on : clock->due_on;
    struct str key = service_key(g->arena, due, is_new ? -1 : (int)clock->due_minute);
    bool is_late = str_cmp(key, service_key_now(g->arena, clock_now())) < 0;
    bool is_soon = !is_late && date_cmp(due, date_plus(clock_today(), 1)) <= 0;
    v->promise = def->name;
    v->due_words = day_words(g->arena, due, is_new ? -1 : clock->due_minute);
    v->class = is_late ? S("late") : is_soon ? S("soon") : S("");
    v->state_words = is_late   ? S("Trễ hẹn. Mặt trận xin lỗi; lãnh đạo đã được báo.")
                     : is_new  ? S("Đã xin lỗi và hẹn lại.")
                     : is_soon ? S("Sắp đến hẹn.")
                               : S("Đúng hẹn.");
    v->basis = str_eq(def->basis, S("law")) ? def->law : S("Quy định của Mặt trận, không phải hạn do luật định.");
    TRY(service_clock_count(g->db, def, clock, &d));
    days_fill(g, &d, v);
    return OK;
}

/* ---- The road */

static struct err road_fill(struct get *g, const struct sent *s, struct service_track *v) {
    struct service_steps_rows rows;
    TRY(service_steps(g->db, (struct service_steps_in){.dossier = s->c.row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_last = i + 1 == rows.n;
        bool is_end = str_eq(rows.at[i].step, S("done")) || str_eq(rows.at[i].step, S("refused")) ||
                      str_eq(rows.at[i].step, S("withdrawn"));
        LIST_ADD(g->arena, &v->road,
                 (struct service_road){.name = service_step_name(s->c.form, rows.at[i].step),
                                       .note = rows.at[i].note,
                                       .class = is_last && !is_end ? S("now") : S("done"),
                                       .at = rows.at[i].made_at,
                                       .is_now = is_last && !is_end});
    }
    const struct service_step_def *step = service_step_of(s->c.form, s->c.row->step);
    struct str next = s->c.row->state.len && str_eq(s->c.row->state, S("submitted"))
                          ? service_step_name(s->c.form, service_step_first(s->c.form)->id)
                      : step && step->next.n && !v->has_ended ? service_step_name(s->c.form, step->next.at[0])
                                                              : S("");
    if (next.len) {
        LIST_ADD(g->arena, &v->road, (struct service_road){.name = next, .class = S("next")});
    }
    return OK;
}

static struct err letters_fill(struct get *g, const struct sent *s, struct service_track *v) {
    struct service_letters_rows rows;
    TRY(service_letters(g->db, (struct service_letters_in){.dossier = s->c.row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct service_letter_def *def = service_letter_of(s->c.form, rows.at[i].letter);
        LIST_ADD(
            g->arena, &v->letters,
            (struct service_letter_line){.name = def ? def->name : rows.at[i].letter,
                                         .made_at = rows.at[i].made_at,
                                         .link = link_local(g->arena, "/service/receipt/%lld/letter/%lld",
                                                            (long long)s->receipt.id.v, (long long)rows.at[i].id.v)});
    }
    return OK;
}

/* What was asked for last. */
static struct str wanted_of(const struct service_steps_rows *rows) {
    for (size_t i = rows->n; i-- > 0;) {
        if (str_eq(rows->at[i].step, S("supplement"))) {
            return rows->at[i].note;
        }
    }
    return S("");
}

static struct str notice_of(struct str done) {
    return str_eq(done, S("answer"))     ? S("Đã nhận phần bổ sung. Thời hạn chạy tiếp.")
           : str_eq(done, S("withdraw")) ? S("Đã rút hồ sơ theo yêu cầu.")
                                         : S("");
}

static bool is_path_end(struct get *g, struct str end) { return g->form && str_ends(g->path, end); }

static struct err track_fill(struct get *g, const struct sent *s, struct service_track *v) {
    struct service_steps_rows rows;
    long long id = (long long)s->receipt.id.v;
    bool is_asked = str_eq(s->c.row->state, S("supplement"));
    struct str state = s->c.row->state;
    TRY(service_steps(g->db, (struct service_steps_in){.dossier = s->c.row->id}, &rows));
    *v = (struct service_track){.name = s->c.form->name,
                                .code = s->c.row->code,
                                .state = state,
                                .state_name = service_state_name(state),
                                .organ = s->organ.name,
                                .wanted = is_asked ? wanted_of(&rows) : S(""),
                                .notice = notice_of(query_param(g->request, S("done"))),
                                .answer_to = link_local(g->arena, "/service/receipt/%lld/answer", id),
                                .withdraw_to = link_local(g->arena, "/service/receipt/%lld/withdrawal", id),
                                .close_to = link_local(g->arena, "/service/receipt/%lld/closing", id),
                                .slip = link_local(g->arena, "/service/receipt/%lld/slip", id),
                                .is_answer_refused = is_path_end(g, S("/answer")),
                                .is_withdraw_refused = is_path_end(g, S("/withdrawal"))};
    v->has_ended = str_eq(s->c.row->phase, S("done"));
    v->may_withdraw = !v->has_ended;
    for (size_t i = 0; i < rows.n; i++) {
        v->may_withdraw = v->may_withdraw && !str_eq(rows.at[i].step, s->c.form->withdraw_until);
    }
    v->answer = form_begin(g->arena, service_answer_fields, v->is_answer_refused ? g->form : NULL);
    v->withdraw = form_begin(g->arena, service_withdraw_fields, v->is_withdraw_refused ? g->form : NULL);
    TRY(service_phone(g->db, s->c.form, &v->phone));
    TRY(promise_fill(g, s, v));
    TRY(road_fill(g, s, v));
    return letters_fill(g, s, v);
}

struct err service_track_get(struct get *g) {
    struct sent s;
    struct service_track v;
    struct err e = open_sent(g, &s);
    if (e.why) {
        return lead_on(g, e);
    }
    TRY(track_fill(g, &s, &v));
    return service_private(g, &page_service_track, &v,
                           &(struct public_page){.place = S("Tra cứu"), .organ = s.organ.name});
}

struct err service_answer_post(struct post *p) {
    struct sent s;
    TRY(open_sent_to_write(p, &s));
    TRY(receipt_limit(p->db, S("answer"), receipt_network(p->arena, p->request), 60, 1));
    TRY(receipt_papers_add(p, s.receipt.id, S("supplement"), "file"));
    TRY(service_answer(p->db, s.c.row->id.v, form_text(p->form, "text")));
    return see_other(p, "/service/receipt/%lld?done=answer", (long long)s.receipt.id.v);
}

struct err service_withdraw_post(struct post *p) {
    struct sent s;
    TRY(open_sent_to_write(p, &s));
    TRY(service_withdraw(p->db, s.c.row->id.v, form_text(p->form, "reason")));
    return see_other(p, "/service/receipt/%lld?done=withdraw", (long long)s.receipt.id.v);
}

struct err service_closing_post(struct post *p) {
    struct sent s;
    TRY(open_sent_to_write(p, &s));
    TRY(receipt_forget(p, s.receipt.id));
    return see_other(p, "/receipt");
}

struct err service_public_letter_get(struct get *g) {
    struct sent s;
    int64_t letter;
    struct service_letter_show v;
    struct err e = open_sent(g, &s);
    if (e.why) {
        return lead_on(g, e);
    }
    TRY(path_id(g->request, S("letter"), &letter));
    TRY(service_letter_fill(g, &s.c, letter, &v));
    v.back = link_local(g->arena, "/service/receipt/%lld", (long long)s.receipt.id.v);
    return service_private(
        g, &page_service_letter_public, &v,
        &(struct public_page){.site_name = s.c.form->short_name, .organ = s.organ.name, .back = v.back});
}
