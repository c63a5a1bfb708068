#include "modules/assistant/assistant_show.h"
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/index/feed.h"
#include "kernel/index/here.h"
#include "modules/assistant/assistant_offer.h"
#include "modules/assistant/assistant_queries.h"
#include "modules/assistant/assistant_summary.h"

static const struct choice verdicts[] = {
    {S_INIT("yes"), S_INIT("Đúng")},
    {S_INIT("no"), S_INIT("Chưa đúng")},
    {S_INIT(""), S_INIT("")},
};

const struct field assistant_feedback_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("verdict"),
     .label = S_INIT("Câu trả lời"),
     .choices = verdicts,
     .is_required = true},
    {.kind = FIELD_LINE, .name = S_INIT("reason"), .label = S_INIT("Vì sao"), .most = 300},
    {0},
};

const struct field assistant_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("q"),
     .label = S_INIT("Câu hỏi"),
     .is_required = true,
     .least = 2,
     .most = ASSISTANT_LONGEST,
     .hint = S_INIT("Hỏi bằng lời của mình, có dấu hay không dấu đều được.")},
    {.kind = FIELD_LINE, .name = S_INIT("in"), .label = S_INIT("Hỏi trong"), .most = 20},
    {.kind = FIELD_DATE,
     .name = S_INIT("on"),
     .label = S_INIT("Pháp luật vào ngày"),
     .hint = S_INIT("Để trống là hôm nay.")},
    {.kind = FIELD_ID, .name = S_INIT("within"), .label = S_INIT("Văn bản")},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Câu trước"), .most = ASSISTANT_LONGEST},
    {0},
};

struct err assistant_question_of(struct db_read *db, int64_t post, const struct assistant_context *c,
                                 struct assistant_question *question) {
    *question = (struct assistant_question){
        .words = c->words, .before = c->before, .within = c->within, .on = c->on, .is_today = c->is_today};
    if (c->kind.len) {
        struct str *kind = arena_take(db_arena(db), struct str, 1);
        *kind = c->kind;
        question->kinds = (struct search_words){kind, 1};
    }
    return search_principals_of(db, post, &question->principals);
}

/* The page that asks the same, within what c says. */
static struct link page_of(struct arena *a, const struct assistant_context *c) {
    struct buf words = buf_in(a), before = buf_in(a);
    url_escape(&words, c->words);
    url_escape(&before, c->before);
    struct str on = c->on.year ? date_iso(a, c->on) : S("");
    struct str within = c->within ? str_format(a, "%lld", (long long)c->within) : S("");
    return link_local(a, "/assistant?q=%.*s&in=%.*s&on=%.*s&within=%.*s&before=%.*s%s", STR_ARG(buf_str(&words)),
                      STR_ARG(c->kind), STR_ARG(on), STR_ARG(within), STR_ARG(buf_str(&before)),
                      c->is_today ? "&today=1" : "");
}

bool assistant_kind_read(const struct modules *app, struct str typed, struct str *kind) {
    const struct search_source *source = search_source_of(app, typed);
    *kind = source && source->library.len ? source->kind : S("");
    return kind->len || !typed.len || str_eq(typed, S("all"));
}

/* Everything, and each part that may be asked alone. */
static void parts_fill(struct get *g, struct assistant_show *v) {
    struct str chosen;
    bool is_known = assistant_kind_read(g->app, form_text(v->form, "in"), &chosen);
    LIST_ADD(g->arena, &v->parts, (struct assistant_part){S("all"), S("Tất cả"), is_known && !chosen.len});
    for (size_t i = 0; i < g->app->n; i++) {
        for (const struct search_source *s = g->app->at[i]->sources; s && s->kind.len; s++) {
            if (s->library.len) {
                LIST_ADD(g->arena, &v->parts, (struct assistant_part){s->kind, s->library, str_eq(s->kind, chosen)});
            }
        }
    }
}

/* What a work or a record is called; only when the answer has it among its own, so that nothing hidden is named. */
static struct str within_name(const struct assistant_answer *answer, int64_t within) {
    for (size_t i = 0; i < answer->quotes.n; i++) {
        const struct assistant_quote *q = &answer->quotes.at[i];
        if (q->whole == within || q->record == within) {
            return q->number.len ? q->number : q->title;
        }
    }
    return S("một văn bản");
}

static void chips_fill(struct get *g, const struct assistant_context *c, const struct assistant_answer *answer,
                       struct assistant_show *v) {
    struct arena *a = g->arena;
    const struct search_source *part = search_source_of(g->app, c->kind);
    struct assistant_context without = *c;
    if (c->before.len) {
        without.before = S("");
        LIST_ADD(a, &v->chips, (struct assistant_chip){S("Tiếp câu"), c->before, page_of(a, &without)});
    }
    without = *c;
    if (c->kind.len) {
        without.kind = S("");
        LIST_ADD(a, &v->chips,
                 (struct assistant_chip){S("Trong"), part ? part->library : c->kind, page_of(a, &without)});
    }
    without = *c;
    if (c->within) {
        without.within = 0;
        LIST_ADD(a, &v->chips,
                 (struct assistant_chip){S("Chỉ văn bản"), within_name(answer, c->within), page_of(a, &without)});
    }
    without = *c;
    if (c->on.year) {
        without.on = (struct date){0};
        LIST_ADD(a, &v->chips, (struct assistant_chip){S("Vào ngày"), date_vi(a, c->on), page_of(a, &without)});
    }
    without = *c;
    if (answer->is_day_said) {
        without.is_today = true;
        LIST_ADD(a, &v->chips,
                 (struct assistant_chip){S("Câu hỏi nói ngày"), date_vi(a, answer->on), page_of(a, &without)});
    }
}

static struct link law_place_link(struct arena *a, int64_t place, struct date on) {
    return on.year ? link_local(a, "/law/%lld?on=%.*s", (long long)place, STR_ARG(date_iso(a, on)))
                   : link_local(a, "/law/%lld", (long long)place);
}

static void stands_fill(struct arena *a, const struct assistant_answer *answer, struct date on,
                        struct assistant_show *v) {
    for (size_t i = 0; i < answer->stands.n; i++) {
        const struct law_work_head *head = &answer->stands.at[i].head;
        const struct law_work_head *first = &answer->stands.at[0].head;
        struct buf with = buf_in(a);
        url_escape(&with, head->code.len ? head->code : head->name);
        struct assistant_stood one = {
            .name = head->name,
            .number = head->code,
            .status = law_status_name(head->status),
            .on = answer->on,
            .tone = law_status_tone(head->status),
            .effective_on = head->effective_on,
            .expired_on = head->expired_on,
            .law = law_place_link(a, head->id.v, on),
            .history = link_local(a, "/law/%lld/history", (long long)head->id.v),
            .compare = link_local(a, "/law/%lld/compare?with=%.*s", (long long)first->id.v, STR_ARG(buf_str(&with))),
            .has_compare = i > 0};
        LIST_ADD(a, &v->stands, one);
    }
}

static struct link place_link(struct arena *a, const struct assistant_quote *q, const struct assistant_context *c,
                              struct date on) {
    struct buf words = buf_in(a);
    url_escape(&words, c->words);
    if (str_eq(q->kind, S("law"))) {
        int64_t place = q->spans.n && q->spans.at[0].place.v ? q->spans.at[0].place.v : q->record;
        return law_place_link(a, place, on);
    }
    struct str page = q->page > 0 ? str_format(a, "#page=%lld", (long long)q->page) : S("");
    return link_local(a, "/%.*s/%lld?q=%.*s%.*s", STR_ARG(q->kind), (long long)q->record, STR_ARG(buf_str(&words)),
                      STR_ARG(page));
}

static struct assistant_said_span span_of(struct arena *a, const struct assistant_span *s, bool is_first,
                                          struct date on) {
    bool is_lettered = s->label.len && s->label.at[s->label.len - 1] == ')';
    struct html_span *marks = arena_take(a, struct html_span, s->ranges.n);
    for (size_t i = 0; i < s->ranges.n; i++) {
        marks[i] = (struct html_span){s->ranges.at[i].from, s->ranges.at[i].to};
    }
    return (struct assistant_said_span){.label = s->label,
                                        .text = html_marked(a, s->text, marks, s->ranges.n),
                                        .verbatim = s->text,
                                        .place = s->place,
                                        .version = s->version,
                                        .is_point = !is_first && is_lettered,
                                        .is_after_gap = s->is_after_gap,
                                        .has_place = s->place.v != 0,
                                        .place_link = law_place_link(a, s->place.v, on)};
}

static struct assistant_said said_of(struct arena *a, const struct assistant_quote *q,
                                     const struct assistant_context *c, struct date on) {
    struct assistant_context only = *c;
    only.within = q->whole ? q->whole : q->record;
    struct assistant_said said = {.number = q->number,
                                  .title = q->title,
                                  .date = q->date,
                                  .page = q->page,
                                  .link = place_link(a, q, c, on),
                                  .only = page_of(a, &only),
                                  .has_only = !c->within,
                                  .is_law = str_eq(q->kind, S("law")),
                                  .status = law_status_name(q->status),
                                  .tone = q->is_in_force ? law_status_tone(q->status) : S("red"),
                                  .is_in_force = q->is_in_force,
                                  .is_computed = q->is_computed,
                                  .valid_from = q->valid_from,
                                  .valid_to = q->valid_to,
                                  .sure = (int64_t)(q->sure * 100 + 0.5)};
    for (size_t i = 0; i < q->spans.n; i++) {
        struct assistant_said_span span = span_of(a, &q->spans.at[i], i == 0, on);
        LIST_ADD(a, &said.spans, span);
    }
    return said;
}

static struct err summary_fill(struct db_read *db, struct assistant_show *v, const struct assistant_answer *answer) {
    struct assistant_summary summary;
    TRY(assistant_summary_find(db, v->id, answer, &summary));
    v->summary.is_waiting = summary.state == ASSISTANT_SUMMARY_WAITING;
    v->summary.is_failed = summary.state == ASSISTANT_SUMMARY_FAILED;
    v->summary.model = summary.model;
    v->summary.dropped = summary.dropped;
    for (size_t i = 0; i < summary.lines.n; i++) {
        LIST_ADD(db_arena(db), &v->summary.lines,
                 (struct assistant_line){.words = summary.lines.at[i].words, .quotes = summary.lines.at[i].quotes});
    }
    return OK;
}

static struct err feedback_fill(struct db_read *db, struct assistant_show *v) {
    struct assistant_feedback_row_row *row;
    TRY(assistant_feedback_row(db, (struct assistant_feedback_row_in){v->id}, &row));
    v->has_feedback = row != NULL;
    v->is_useful = row && row->is_useful;
    v->reason = row ? row->reason : S("");
    return OK;
}

static struct err answer_fill(struct get *g, const struct assistant_context *c, struct assistant_show *v) {
    struct arena *a = g->arena;
    struct assistant_question question;
    struct assistant_answer answer;
    TRY(assistant_question_of(g->db, g->who->post.v, c, &question));
    TRY(assistant_answer(g->db, &question, &answer));
    v->is_found = answer.is_found;
    v->is_past = answer.is_past;
    v->is_ambiguous = answer.is_ambiguous;
    v->is_foreign = answer.is_foreign;
    v->why = answer.why;
    struct date on = answer.is_day_said ? answer.on : c->on;
    stands_fill(a, &answer, on, v);
    v->share = page_of(a, c);
    for (size_t i = 0; i < answer.quotes.n; i++) {
        struct assistant_said said = said_of(a, &answer.quotes.at[i], c, on);
        said.ordinal = (int64_t)i + 1;
        LIST_ADD(a, &v->quotes, said);
    }
    for (size_t i = 0; answer.is_ambiguous && i < answer.choices.n; i++) {
        struct assistant_context one = *c;
        one.within = answer.choices.at[i].whole;
        LIST_ADD(a, &v->options, (struct assistant_option){answer.choices.at[i].title, page_of(a, &one)});
    }
    chips_fill(g, c, &answer, v);
    if (!v->is_kept) {
        return OK;
    }
    TRY(feedback_fill(g->db, v));
    return summary_fill(g->db, v, &answer);
}

static struct err recent_fill(struct get *g, struct assistant_show *v) {
    struct assistant_question_recent_rows rows;
    TRY(assistant_question_recent(g->db, (struct assistant_question_recent_in){.post = g->who->post.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct assistant_question_id id = rows.at[i].id;
        LIST_ADD(g->arena, &v->recent,
                 (struct assistant_asked){.question = rows.at[i].question,
                                          .asked_at = rows.at[i].asked_at,
                                          .is_found = rows.at[i].is_found,
                                          .is_current = v->is_kept && id.v == v->id.v,
                                          .link = link_local(g->arena, "/assistant/%lld", (long long)id.v),
                                          .id = id});
    }
    return OK;
}

/* The next question is asked within the same; its words are one's own again. */
static void form_fill(struct get *g, const struct assistant_context *c, struct assistant_show *v) {
    bool is_refused = g->form && g->form->is_refused;
    v->form = form_begin(g->arena, assistant_fields, is_refused ? g->form : NULL);
    if (is_refused) {
        return;
    }
    form_set(v->form, "q", v->is_kept && v->is_found ? S("") : c->words);
    form_set(v->form, "in", c->kind.len ? c->kind : S("all"));
    form_set(v->form, "before", v->is_found ? c->words : c->before);
    if (c->on.year) {
        form_set(v->form, "on", date_vi(g->arena, c->on));
    }
    if (c->within) {
        form_set_id(v->form, "within", c->within);
    }
}

static void forms_fill(struct get *g, struct assistant_show *v) {
    struct assistant_offers offers;
    assistant_offers_of(g->arena, g->app, g->who->roles, v->question, &offers);
    for (size_t i = 0; i < offers.n; i++) {
        LIST_ADD(g->arena, &v->forms, (struct assistant_form_link){offers.at[i].name, offers.at[i].link});
    }
}

struct err assistant_show_fill(struct get *g, const struct assistant_context *c, struct assistant_show *v) {
    struct buf words = buf_in(g->arena);
    url_escape(&words, c->words);
    v->question = c->words;
    v->is_asked = c->words.len > 0;
    v->on = c->on;
    v->search = link_local(g->arena, "/find?q=%.*s", STR_ARG(buf_str(&words)));
    if (v->is_asked) {
        TRY(answer_fill(g, c, v));
    }
    TRY(recent_fill(g, v));
    form_fill(g, c, v);
    parts_fill(g, v);
    forms_fill(g, v);
    return OK;
}
