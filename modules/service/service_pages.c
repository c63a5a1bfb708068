/* Behind the counter: the queue, one dossier, and its acts. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/fill/fill.h"
#include "kernel/page/form.h"
#include "kernel/rights/access.h"
#include "modules/receipt/receipt.h"
#include "modules/service/service_guide_pages.h"
#include "modules/service/service_pages.h"
#include "modules/service/service_pages_gen.h"
#include "modules/service/service_view.h"
#include "modules/task/task_part.h"

#include "base/banned.h"

enum { ON_A_PAGE = 30, NOTE_MOST = 3000 };

#define NOTE(label_, hint_)                                                                                            \
    { .kind = FIELD_TEXT, .name = S_INIT("note"), .label = S_INIT(label_), .most = NOTE_MOST, .hint = S_INIT(hint_) }
const struct field service_receive_fields[] = {NOTE("Lời nhắn cho người nộp", "Không bắt buộc."), {0}};
const struct field service_advance_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("to"), .label = S_INIT("Bước tiếp theo"), .is_required = true, .most = 40},
    NOTE("Lời nhắn cho người nộp", "Không bắt buộc. Người nộp đọc được trên trang tra cứu."),
    {0},
};
const struct field service_supplement_fields[] = {
    NOTE("Còn thiếu gì, vì sao, bổ sung thế nào", "Chỉ được yêu cầu một lần: mời ghi đủ mọi thứ."),
    {0},
};
const struct field service_apology_fields[] = {
    {.kind = FIELD_DATE, .name = S_INIT("day"), .label = S_INIT("Ngày hẹn mới"), .is_required = true},
    NOTE("Lý do trễ hẹn", "Ghi trong thư xin lỗi."),
    {0},
};
const struct field service_refusal_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("reason"), .label = S_INIT("Lý do từ chối"), .most = NOTE_MOST},
    {.kind = FIELD_LINE, .name = S_INIT("law"), .label = S_INIT("Căn cứ (văn bản, điều)"), .most = 300},
    {.kind = FIELD_TEXT, .name = S_INIT("where"), .label = S_INIT("Nơi có thể giải quyết"), .most = 1000},
    {0},
};
const struct field service_look_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("purpose"),
     .label = S_INIT("Xem để làm gì"),
     .is_required = true,
     .most = 300,
     .hint = S_INIT("Ai xem, lúc nào, để làm gì đều được lưu lại.")},
    {0},
};
const struct field service_queue_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("box"), .label = S_INIT("Mục"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("procedure"), .label = S_INIT("Thủ tục"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("due"), .label = S_INIT("Sau hẹn"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Sau"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {0},
};
const struct field service_show_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {0},
};

static const char *const box_titles[SERVICE_BOXES] = {"Chờ tiếp nhận", "Đang giải quyết", "Chờ bổ sung",
                                                      "Sắp đến hẹn",   "Quá hẹn",         "Đã kết thúc"};

static enum service_box box_of(struct str code) {
    for (size_t i = 0; i < SERVICE_BOXES; i++) {
        if (str_eq(str_of(service_box_codes[i]), code)) {
            return (enum service_box)i;
        }
    }
    return SERVICE_BOX_NEW;
}

/* "Quá hẹn", "13:41 hôm nay", "02/12/2026". */
static void due_fill(struct arena *a, struct str key, struct service_line *line) {
    struct str now = service_key_now(a, clock_now()), day = str_slice(key, 0, 10), time = str_slice(key, 11, 16);
    struct date on;
    if (!date_read_iso(day, &on)) {
        line->due_words = S("");
        return;
    }
    int64_t days = date_number(on) - date_number(clock_today());
    line->is_late = str_cmp(key, now) < 0;
    line->is_soon = !line->is_late && days < SERVICE_SOON_DAYS;
    line->due_words = line->is_late ? S("Quá hẹn")
                      : days == 0   ? S("Hẹn hôm nay")
                                    : str_format(a, "Còn %lld ngày", (long long)days);
    struct str date = date_vi(a, on);
    line->due_time = str_eq(time, S("24:00")) ? date : str_format(a, "%.*s %.*s", STR_ARG(time), STR_ARG(date));
}

static struct str short_name(const struct service_heads *heads, struct str code) {
    for (size_t i = 0; i < heads->all.n; i++) {
        if (str_eq(heads->all.at[i].code, code)) {
            return heads->all.at[i].short_name;
        }
    }
    return code;
}

static void lines_fill(struct get *g, const struct service_heads *heads, const struct service_box_rows *rows,
                       struct service_queue *v) {
    for (size_t i = 0; i < rows->n && i < ON_A_PAGE; i++) {
        const struct service_box_row *r = &rows->at[i];
        struct service_line line = {.link = link_record(g->arena, S("/service/"), r->id.v, S("")),
                                    .code = r->code,
                                    .name = short_name(heads, r->procedure),
                                    .applicant = r->applicant,
                                    .state_name = service_state_name(r->state),
                                    .channel = service_channel_name(r->channel)};
        line.is_done =
            str_eq(r->state, S("done")) || str_eq(r->state, S("refused")) || str_eq(r->state, S("withdrawn"));
        due_fill(g->arena, line.is_done ? S(SERVICE_NEVER) : r->due_key, &line);
        LIST_ADD(g->arena, &v->lines, line);
    }
}

static struct err tabs_fill(struct get *g, enum service_box box, struct str procedure, struct service_queue *v) {
    int64_t counts[SERVICE_BOXES];
    TRY(service_box_counts(g->db, g->who, counts));
    struct tab *tabs = arena_take(g->arena, struct tab, SERVICE_BOXES);
    for (size_t i = 0; i < SERVICE_BOXES; i++) {
        tabs[i] = (struct tab){.label = str_of(box_titles[i]),
                               .link = link_local(g->arena, "/service?box=%s", service_box_codes[i]),
                               .count = counts[i],
                               .is_current = i == box,
                               .is_counted = i != SERVICE_BOX_DONE,
                               .is_hot = i == SERVICE_BOX_LATE && counts[i] > 0};
    }
    (void)procedure;
    v->tabs = (struct tabs){tabs, SERVICE_BOXES};
    return OK;
}

static void older_fill(struct get *g, const struct service_box_ask *ask, const struct service_box_rows *rows,
                       struct service_queue *v) {
    const char *box = service_box_codes[ask->box];
    if (rows->n <= ON_A_PAGE) {
        return;
    }
    const struct service_box_row *last = &rows->at[ON_A_PAGE - 1];
    v->pages.older = ask->box == SERVICE_BOX_DONE
                         ? link_local(g->arena, "/service?box=%s&procedure=%.*s&before=%lld", box,
                                      STR_ARG(ask->procedure), (long long)last->id.v)
                         : link_local(g->arena, "/service?box=%s&procedure=%.*s&due=%.*s&after=%lld", box,
                                      STR_ARG(ask->procedure), STR_ARG(last->due_key), (long long)last->id.v);
}

struct err service_queue_get(struct get *g) {
    struct service_heads heads = service_heads(g->arena);
    struct service_box_rows rows;
    struct service_box_ask ask = {.box = box_of(query_param(g->request, S("box"))),
                                  .procedure = query_param(g->request, S("procedure")),
                                  .after_due = query_param(g->request, S("due")),
                                  .most = ON_A_PAGE + 1};
    struct service_queue v = {.box = str_of(service_box_codes[ask.box]),
                              .box_title = str_of(box_titles[ask.box]),
                              .procedure = ask.procedure,
                              .may_set = (g->who->roles & (ROLE_LEADER | ROLE_ADMIN)) != 0};
    (void)num_read_between(query_param(g->request, S("after")), 1, INT64_MAX, &ask.after);
    (void)num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &ask.before);
    TRY(service_box_rows(g->db, g->who, &ask, &rows));
    lines_fill(g, &heads, &rows, &v);
    older_fill(g, &ask, &rows, &v);
    for (size_t i = 0; i < heads.all.n; i++) {
        const struct service_head *h = &heads.all.at[i];
        LIST_ADD(g->arena, &v.procedures,
                 (struct service_choice_view){h->code, h->short_name, str_eq(h->code, ask.procedure)});
    }
    TRY(tabs_fill(g, ask.box, ask.procedure, &v));
    return answer_service_queue(g, &v);
}

struct err service_entry_get(struct get *g) {
    struct service_guide_list all = {0};
    struct service_entry v = {0};
    TRY(service_guide_lines(g->db, &all));
    v.lines.at = all.lines.at;
    v.lines.n = all.lines.n;
    return answer_service_entry(g, &v);
}

/* ---- One dossier */

static struct str clock_state(struct str state) {
    return str_eq(state, S("running"))  ? S("Đang chạy")
           : str_eq(state, S("paused")) ? S("Tạm dừng")
           : str_eq(state, S("met"))    ? S("Đã giữ")
                                        : S("Không còn tính");
}

static struct err clocks_fill(struct get *g, const struct service_case *c, struct service_show *v) {
    struct service_clocks_rows rows;
    struct str now = service_key_now(g->arena, clock_now());
    TRY(service_clocks(g->db, (struct service_clocks_in){.dossier = c->row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct service_clocks_row *r = &rows.at[i];
        const struct service_clock_def *def = service_clock_of(c->form, r->clock);
        struct deadline d;
        struct buf why = buf_in(g->arena);
        if (!def) {
            continue;
        }
        TRY(service_clock_count(g->db, def, r, &d));
        for (size_t k = 0; k < d.steps.n; k++) {
            buf_printf(&why, "%s%.*s: %.*s", k ? "\n" : "", STR_ARG(date_vi(g->arena, d.steps.at[k].on)),
                       STR_ARG(d.steps.at[k].words));
        }
        struct service_line due = {0};
        struct date on = r->promised_on.year ? r->promised_on : r->due_on;
        struct str key = service_key(g->arena, on, r->promised_on.year ? -1 : (int)r->due_minute);
        due_fill(g->arena, key, &due);
        bool is_running = str_eq(r->state, S("running"));
        LIST_ADD(
            g->arena, &v->clocks,
            (struct service_clock_view){.name = def->name,
                                        .state_name = clock_state(r->state),
                                        .due_words = due.due_time,
                                        .basis = str_eq(def->basis, S("law")) ? def->law : S("Quy định của Mặt trận"),
                                        .why = buf_str(&why),
                                        .is_late = is_running && str_cmp(key, now) < 0,
                                        .is_running = is_running});
    }
    return OK;
}

static struct err letters_fill(struct get *g, const struct service_case *c, struct service_show *v) {
    struct service_letters_rows rows;
    TRY(service_letters(g->db, (struct service_letters_in){.dossier = c->row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct service_letter_def *def = service_letter_of(c->form, rows.at[i].letter);
        LIST_ADD(g->arena, &v->letters,
                 (struct service_letter_line){.name = def ? def->name : rows.at[i].letter,
                                              .made_at = rows.at[i].made_at,
                                              .link = link_local(g->arena, "/service/%lld/letter/%lld",
                                                                 (long long)c->row->id.v, (long long)rows.at[i].id.v)});
    }
    for (size_t i = 0; i < c->form->letters.n; i++) {
        LIST_ADD(g->arena, &v->letter_kinds,
                 (struct service_choice_view){c->form->letters.at[i].id, c->form->letters.at[i].name, false});
    }
    return OK;
}

static struct err papers_fill(struct get *g, const struct service_case *c, struct service_show *v) {
    struct receipt_item_id item;
    struct receipt_papers papers = {0};
    struct str code;
    TRY(receipt_of_record(g->db, S("service"), c->row->id.v, &item, &code));
    if (item.v) {
        TRY(receipt_papers_of(g->db, item, &papers));
    }
    for (size_t i = 0; i < papers.all.n; i++) {
        const struct receipt_paper *p = &papers.all.at[i];
        const struct fields_item *k = fields_item_named(c->form->form, p->field);
        bool is_kept = k && k->pd >= FIELDS_SENSITIVE;
        v->has_hidden = v->has_hidden || is_kept;
        if (!is_kept || v->is_looking) {
            LIST_ADD(g->arena, &v->files,
                     (struct service_file_view){.id = p->id.v,
                                                .name = p->name,
                                                .size = p->size,
                                                .link = link_local(g->arena, "/service/%lld/file/%lld",
                                                                   (long long)c->row->id.v, (long long)p->id.v)});
        }
    }
    return OK;
}

static struct err alike_fill(struct get *g, const struct service_case *c, struct service_show *v) {
    struct service_alike_rows rows;
    TRY(service_alike(g->db,
                      (struct service_alike_in){.procedure = c->row->procedure,
                                                .phone = c->row->phone,
                                                .not_id = c->row->id.v,
                                                .organ = c->row->organ,
                                                .post = g->who->post.v},
                      &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v->alike,
                 (struct service_alike){.link = link_record(g->arena, S("/service/"), rows.at[i].id.v, S("")),
                                        .code = rows.at[i].code,
                                        .state_name = service_state_name(rows.at[i].state),
                                        .made_at = rows.at[i].made_at});
    }
    return OK;
}

static bool has_running(const struct service_show *v) {
    for (size_t i = 0; i < v->clocks.n; i++) {
        if (v->clocks.at[i].is_running) {
            return true;
        }
    }
    return false;
}

/* The steps that may follow, what was chosen before a fault chosen again. */
static void next_fill(struct get *g, const struct service_case *c, struct service_show *v) {
    const struct service_step_def *step = service_step_of(c->form, c->row->step);
    struct str typed = g->form && str_ends(g->path, S("/step")) ? form_text(g->form, "to") : S("");
    for (size_t i = 0; v->may_advance && step && i < step->next.n; i++) {
        struct str to = step->next.at[i];
        if (service_step_of(c->form, to) || str_eq(to, S("done"))) {
            LIST_ADD(g->arena, &v->next,
                     (struct service_choice_view){to, service_step_name(c->form, to), str_eq(to, typed)});
        }
    }
    v->may_advance = v->may_advance && v->next.n > 0;
}

/* What the buttons and the guards both read. */
static struct err acts_fill(struct get *g, const struct service_case *c, struct service_show *v) {
    struct moves open;
    TRY(moves_open(g->db, service_moves, g->who, c->row->id.v, c->row->state, &open));
    for (size_t i = 0; i < open.n; i++) {
        struct str verb = str_of(open.at[i]->verb);
        v->may_receive = v->may_receive || str_eq(verb, S("receive"));
        v->may_advance = v->may_advance || str_eq(verb, S("advance"));
        v->may_supplement = v->may_supplement || str_eq(verb, S("supplement"));
        v->may_apologize = v->may_apologize || str_eq(verb, S("apology"));
        v->may_refuse = v->may_refuse || str_eq(verb, S("refusal"));
    }
    v->may_supplement = v->may_supplement && c->row->supplements < c->form->supplements_most;
    v->may_apologize = v->may_apologize && has_running(v);
    next_fill(g, c, v);
    return OK;
}

static struct form *form_of(struct get *g, const struct field *fields, const char *end) {
    return form_begin(g->arena, fields, g->form && str_ends(g->path, str_of(end)) ? g->form : NULL);
}

static void forms_fill(struct get *g, struct service_show *v) {
    static const struct {
        const char *end;
        struct str open;
    } acts[] = {{"/receipt", S_INIT("receive")}, {"/step", S_INIT("advance")},    {"/supplement", S_INIT("supplement")},
                {"/apology", S_INIT("apology")}, {"/refusal", S_INIT("refusal")}, {"/look", S_INIT("look")}};
    v->receive = form_of(g, service_receive_fields, "/receipt");
    v->advance = form_of(g, service_advance_fields, "/step");
    v->supplement = form_of(g, service_supplement_fields, "/supplement");
    v->apology = form_of(g, service_apology_fields, "/apology");
    v->refusal = form_of(g, service_refusal_fields, "/refusal");
    v->look = form_of(g, service_look_fields, "/look");
    for (size_t i = 0; g->form && i < sizeof acts / sizeof *acts; i++) {
        if (str_ends(g->path, str_of(acts[i].end))) {
            v->open = acts[i].open;
        }
    }
}

static struct err looking(struct get *g, const struct service_case *c, struct service_show *v) {
    struct service_look_open_row *row;
    struct service_secret_of_row *secret;
    TRY(service_look_open(
        g->db, (struct service_look_open_in){.dossier = c->row->id, .post = g->who->post.v, .now = clock_now()}, &row));
    TRY(service_secret_of(g->db, (struct service_secret_of_in){.dossier = c->row->id}, &secret));
    v->is_looking = row != NULL;
    v->has_hidden = secret != NULL;
    return OK;
}

/* What nobody answered would only push apart what was said. */
static struct fill_review answered_only(struct arena *a, struct fill_review whole) {
    struct fill_review r = whole;
    r.parts.at = NULL;
    r.parts.n = 0;
    for (size_t i = 0; i < whole.parts.n; i++) {
        struct fill_part part = {.title = whole.parts.at[i].title};
        for (size_t k = 0; k < whole.parts.at[i].lines.n; k++) {
            if (whole.parts.at[i].lines.at[k].shown.len) {
                LIST_ADD(a, &part.lines, whole.parts.at[i].lines.at[k]);
            }
        }
        if (part.lines.n) {
            LIST_ADD(a, &r.parts, part);
        }
    }
    return r;
}

/* Whom it is about, by class: what is basic is masked from who may only read. */
static struct err answers_fill(struct get *g, const struct service_case *c, bool may_act, struct service_show *v) {
    struct fields_state *s;
    TRY(service_case_state(g->db, c, true, &s));
    enum fields_class may = v->is_looking ? FIELDS_RESTRICTED : may_act ? FIELDS_BASIC : FIELDS_PUBLIC;
    v->review = answered_only(g->arena, fill_review(s, may, "service/"));
    return OK;
}

static struct err show_fill(struct get *g, const struct service_case *c, struct service_show *v) {
    static const struct thread_verb *const tables[] = {service_verbs, task_verbs, NULL};
    unsigned bits;
    int64_t id = c->row->id.v;
    TRY(access_bits(g->db, id, g->who->post.v, &bits));
    bool may_act = (bits & CAN_ACT) != 0;
    *v = (struct service_show){.id = id,
                               .code = c->row->code,
                               .name = c->form->short_name,
                               .state = c->row->state,
                               .state_name = service_state_name(c->row->state),
                               .step_name = c->row->step.len ? service_step_name(c->form, c->row->step) : S(""),
                               .applicant = c->row->applicant,
                               .phone = may_act ? c->row->phone : S(""),
                               .channel = service_channel_name(c->row->channel),
                               .entered_name = c->row->entered_name,
                               .made_at = c->row->made_at,
                               .may_look = may_act,
                               .may_letter = may_act};
    TRY(looking(g, c, v));
    TRY(answers_fill(g, c, may_act, v));
    TRY(clocks_fill(g, c, v));
    TRY(letters_fill(g, c, v));
    TRY(papers_fill(g, c, v));
    TRY(alike_fill(g, c, v));
    TRY(acts_fill(g, c, v));
    forms_fill(g, v);
    TRY(task_items_fill(g, S("service"), id, &v->tasks));
    return thread_fill(g, &(struct thread_asked){.kind = S("service"), .record = id, .tables = tables}, &v->thread);
}

struct err service_show_get(struct get *g) {
    struct service_case c;
    struct service_show v;
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    TRY(service_case_of(g->db, g->who, id, &c));
    TRY(show_fill(g, &c, &v));
    return answer_service_show(g, &v);
}

/* A paper kept apart opens to who looks, as the answers do. */
struct err service_paper_get(struct get *g) {
    struct service_case c;
    struct service_show v = {0};
    int64_t id, file;
    TRY(path_id(g->request, S("id"), &id));
    TRY(path_id(g->request, S("file"), &file));
    TRY(service_case_of(g->db, g->who, id, &c));
    TRY(looking(g, &c, &v));
    TRY(papers_fill(g, &c, &v));
    for (size_t i = 0; i < v.files.n; i++) {
        if (v.files.at[i].id == file) {
            return receipt_paper_answer(g, S("service"), id, (struct receipt_file_id){file});
        }
    }
    return FAIL(ERR_MISSING, "no such paper, or kept apart");
}
