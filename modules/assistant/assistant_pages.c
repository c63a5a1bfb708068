/* Trợ lý ảo: asking, the answer, and one's own questions. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/audit.h"
#include "kernel/db.h"
#include "kernel/form.h"
#include "kernel/html.h"
#include "kernel/http.h"
#include "kernel/id.h"
#include "kernel/module.h"
#include "kernel/search_here.h"
#include "modules/assistant/assistant.h"
#include "modules/assistant/assistant_pages_gen.h"
#include "modules/assistant/assistant_queries.h"
#include "modules/assistant/assistant_summary.h"
#include "modules/assistant/assistant_view.h"

enum { LONGEST_QUESTION = 500 };

static const struct field question_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("q"),
     .label = S_INIT("Câu hỏi"),
     .is_required = true,
     .least = 2,
     .most = LONGEST_QUESTION,
     .hint = S_INIT("Hỏi bằng lời của mình, có dấu hay không dấu đều được.")},
    {0},
};
static const struct field question_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Câu hỏi"), .most = LONGEST_QUESTION},
    {0},
};

static struct err ask(struct db_read *db, const struct who *who, struct str question, struct assistant_answer *answer) {
    struct search_reader *reader;
    struct assistant_question asked = {.words = question};
    TRY(search_here(db, &reader));
    TRY(search_principals_of(db, who->post.v, &asked.principals));
    return assistant_ask(reader, db_arena(db), &asked, &assistant_limits_usual, answer);
}

static struct str escaped(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    url_escape(&b, s);
    return buf_str(&b);
}

static struct assistant_said said_of(struct arena *a, const struct assistant_quote *q, struct str question) {
    struct html_span *spans = arena_take(a, struct html_span, q->ranges.n);
    for (size_t i = 0; i < q->ranges.n; i++) {
        spans[i] = (struct html_span){q->ranges.at[i].from, q->ranges.at[i].to};
    }
    struct str place = q->page > 0 ? str_format(a, "#page=%lld", (long long)q->page) : S("");
    return (struct assistant_said){
        .text = html_marked(a, q->text, spans, q->ranges.n),
        .verbatim = q->text,
        .number = q->number,
        .title = q->title,
        .date = q->date,
        .page = q->page,
        .link = link_local(a, "/%.*s/%lld?q=%.*s%.*s", STR_ARG(q->kind), (long long)q->record,
                           STR_ARG(escaped(a, question)), STR_ARG(place)),
        .sure = (int64_t)(q->sure * 100 + 0.5),
    };
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

static struct err show(struct get *g, struct assistant_show *v) {
    struct arena *a = g->arena;
    if (v->is_asked) {
        struct assistant_answer answer;
        TRY(ask(g->db, g->who, v->question, &answer));
        v->is_found = answer.is_found;
        for (size_t i = 0; i < answer.quotes.n; i++) {
            LIST_ADD(a, &v->quotes, said_of(a, &answer.quotes.at[i], v->question));
            v->quotes.at[i].ordinal = (int64_t)i + 1;
        }
        if (v->is_kept) {
            TRY(summary_fill(g->db, v, &answer));
        }
    }
    v->search = link_local(a, "/search?q=%.*s", STR_ARG(escaped(a, v->question)));
    struct assistant_question_recent_rows rows;
    TRY(assistant_question_recent(g->db, (struct assistant_question_recent_in){.post = g->who->post.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        int64_t id = rows.at[i].id.v;
        LIST_ADD(a, &v->recent,
                 (struct assistant_asked){.question = rows.at[i].question,
                                          .asked_at = rows.at[i].asked_at,
                                          .is_found = rows.at[i].is_found,
                                          .is_current = v->is_kept && id == v->id.v,
                                          .link = link_local(a, "/assistant/%lld", (long long)id),
                                          .id = rows.at[i].id});
    }
    v->form = form_begin(a, question_fields, g->form);
    if (!g->form) {
        form_set(v->form, "q", v->question);
    }
    return answer_assistant_show(g, v);
}

/* A question in the address is answered, not kept: for links from the search page. */
static struct err assistant_get(struct get *g) {
    struct assistant_show v = {.question = utf8_cut(str_trim(query_param(g->request, S("q"))), LONGEST_QUESTION)};
    v.is_asked = v.question.len > 0;
    return show(g, &v);
}

static struct err assistant_question_get(struct get *g) {
    struct assistant_show v = {.is_kept = true, .is_asked = true};
    TRY(path_id(g->request, S("id"), &v.id.v));
    struct assistant_question_find_row *row;
    TRY(assistant_question_find(g->db, (struct assistant_question_find_in){.id = v.id, .post = g->who->post.v}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such question, or another's");
    }
    v.question = row->question;
    return show(g, &v);
}

static struct err assistant_question_post(struct post *p) {
    struct assistant_answer answer;
    struct str question = form_text(p->form, "q");
    TRY(ask(db_reading(p->db), p->who, question, &answer));
    int64_t id = id_new();
    TRY(assistant_question_insert(
        p->db,
        (struct assistant_question_insert_in){.id = {id},
                                              .post = p->who->post.v,
                                              .asked_at = clock_now(),
                                              .question = question,
                                              .is_found = answer.is_found,
                                              .quotes = answer.is_found ? (int64_t)answer.quotes.n : 0},
        NULL));
    if (answer.is_found) {
        TRY(assistant_summary_ask(p->db, (struct assistant_question_id){id}, p->who->post.v));
    }
    TRY(audit_note(p->db, &(struct audit){.verb = S("assistant.ask"),
                                          .record = id,
                                          .after = answer.is_found ? S("{\"found\":true}") : S("{\"found\":false}")}));
    return see_other(p, "/assistant/%lld", (long long)id);
}

static struct err assistant_question_delete_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    struct assistant_question_find_row *row;
    TRY(assistant_question_find(db_reading(p->db),
                                (struct assistant_question_find_in){.id = {id}, .post = p->who->post.v}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such question, or another's");
    }
    TRY(assistant_summary_forget(p->db, (struct assistant_question_id){id}));
    TRY(assistant_question_delete(p->db, (struct assistant_question_delete_in){.id = {id}, .post = p->who->post.v},
                                  NULL));
    TRY(audit_note(p->db, &(struct audit){.verb = S("assistant.forget"), .record = id}));
    flash(p, "Đã xóa câu hỏi khỏi danh sách của bạn.");
    return see_other(p, "/assistant");
}

static const struct route assistant_routes[] = {
    {.method = METHOD_GET,
     .path = "/assistant",
     .access = ACCESS_SIGNED_IN,
     .get = assistant_get,
     .fields = question_query,
     .name = S_INIT("Trợ lý ảo")},
    {.method = METHOD_GET,
     .path = "/assistant/{id}",
     .access = ACCESS_SIGNED_IN,
     .get = assistant_question_get,
     .name = S_INIT("Câu đã hỏi")},
    {.method = METHOD_POST,
     .path = "/assistant/question",
     .access = ACCESS_SIGNED_IN,
     .post = assistant_question_post,
     .fields = question_fields,
     .again = assistant_get,
     .name = S_INIT("Hỏi trợ lý")},
    {.method = METHOD_DELETE,
     .path = "/assistant/{id}",
     .access = ACCESS_SIGNED_IN,
     .post = assistant_question_delete_post,
     .name = S_INIT("Xóa câu đã hỏi")},
    {0},
};

static const struct nav_entry assistant_nav[] = {
    {.area = AREA_ASSISTANT,
     .order = 1,
     .title = "Trợ lý ảo",
     .path = "/assistant",
     .icon = ICON("sparkles"),
     .is_on_phone = true},
    {0},
};

const struct module assistant_module = {.name = "assistant",
                                        .title = "Trợ lý ảo",
                                        .routes = assistant_routes,
                                        .nav = assistant_nav,
                                        .job_kinds = assistant_job_kinds};
