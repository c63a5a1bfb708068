/* Trợ lý ảo: asking, the answer, and one's own questions. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/rights/audit.h"
#include "kernel/db/db.h"
#include "kernel/module.h"
#include "modules/assistant/assistant.h"
#include "modules/assistant/assistant_command.h"
#include "modules/assistant/assistant_figure_command.h"
#include "modules/assistant/assistant_follow.h"
#include "modules/assistant/assistant_pages_gen.h"
#include "modules/assistant/assistant_queries.h"
#include "modules/assistant/assistant_show.h"
#include "modules/assistant/assistant_summary.h"

static const struct field question_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Câu hỏi"), .most = ASSISTANT_LONGEST},
    {.kind = FIELD_LINE, .name = S_INIT("in"), .label = S_INIT("Hỏi trong"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("on"), .label = S_INIT("Pháp luật vào ngày"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("within"), .label = S_INIT("Văn bản"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Câu trước"), .most = ASSISTANT_LONGEST},
    {.kind = FIELD_LINE, .name = S_INIT("today"), .label = S_INIT("Pháp luật hôm nay"), .most = 1},
    {0},
};

static struct str param_of(struct get *g, const char *name) {
    return utf8_cut(str_trim(utf8_clean(g->arena, query_param(g->request, str_of(name)))), ASSISTANT_LONGEST);
}

/* A question in the address is answered, not kept: for links from the search page and from chips. What makes no sense
   in it is left out. */
static struct err assistant_get(struct get *g) {
    struct assistant_show v = {0};
    struct assistant_context c = {.words = param_of(g, "q"), .before = param_of(g, "before")};
    (void)assistant_kind_read(g->app, param_of(g, "in"), &c.kind);
    c.is_today = param_of(g, "today").len > 0;
    struct str within = param_of(g, "within");
    if (!id_read(within, &c.within)) {
        c.within = 0;
    }
    if (!date_read_vi(param_of(g, "on"), &c.on)) {
        c.on = (struct date){0};
    }
    TRY(assistant_show_fill(g, &c, &v));
    return answer_assistant_show(g, &v);
}

static struct err assistant_question_get(struct get *g) {
    struct assistant_show v = {.is_kept = true};
    TRY(path_id(g->request, S("id"), &v.id.v));
    struct assistant_question_find_row *row;
    TRY(assistant_question_find(g->db, (struct assistant_question_find_in){.id = v.id, .post = g->who->post.v}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such question, or another's");
    }
    struct assistant_context c = {.words = row->question,
                                  .before = row->before_words,
                                  .kind = row->kind,
                                  .within = row->within,
                                  .on = row->law_on};
    TRY(assistant_show_fill(g, &c, &v));
    return answer_assistant_show(g, &v);
}

static struct err question_keep(struct db_write *db, const struct who *who, const struct assistant_context *c,
                                const struct assistant_answer *answer, struct assistant_question_id id) {
    TRY(assistant_question_insert(
        db,
        (struct assistant_question_insert_in){.id = id,
                                              .post = who->post.v,
                                              .asked_at = clock_now(),
                                              .question = c->words,
                                              .before_words = c->before,
                                              .kind = c->kind,
                                              .within = c->within,
                                              .law_on = c->on,
                                              .is_found = answer->is_found,
                                              .quotes = answer->is_found ? (int64_t)answer->quotes.n : 0},
        NULL));
    if (answer->is_found) {
        TRY(assistant_summary_ask(db, id, who->post.v));
    }
    return audit_note(db, &(struct audit){.verb = S("assistant.ask"),
                                          .record = id.v,
                                          .after = answer->is_found ? S("{\"found\":true}") : S("{\"found\":false}")});
}

/* Only a question that goes on keeps the words before it. */
static struct err assistant_question_post(struct post *p) {
    struct assistant_answer answer;
    struct assistant_question question;
    struct assistant_context c = {
        .words = form_text(p->form, "q"), .within = form_id(p->form, "within"), .on = form_date(p->form, "on")};
    if (!assistant_kind_read(p->app, form_text(p->form, "in"), &c.kind)) {
        return REFUSE(ERR_INVALID, "in", "Mời chọn một phần trong danh sách.");
    }
    if (assistant_follows(p->arena, c.words)) {
        c.before = form_text(p->form, "before");
    }
    struct assistant_question_id id = {id_new()};
    TRY(assistant_question_of(db_reading(p->db), p->who->post.v, &c, &question));
    TRY(assistant_answer(db_reading(p->db), &question, &answer));
    TRY(question_keep(p->db, p->who, &c, &answer, id));
    return see_other(p, "/assistant/%lld", (long long)id.v);
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
    TRY(assistant_feedback_delete(p->db, (struct assistant_feedback_delete_in){{id}}, NULL));
    TRY(assistant_question_delete(p->db, (struct assistant_question_delete_in){.id = {id}, .post = p->who->post.v},
                                  NULL));
    TRY(audit_note(p->db, &(struct audit){.verb = S("assistant.forget"), .record = id}));
    flash(p, "Đã xóa câu hỏi khỏi danh sách của bạn.");
    return see_other(p, "/assistant");
}

/* All of one's own; what others asked is not touched. */
static struct err assistant_history_delete_post(struct post *p) {
    int64_t post = p->who->post.v, n = 0;
    TRY(assistant_sentences_delete_all(p->db, (struct assistant_sentences_delete_all_in){post}, NULL));
    TRY(assistant_summary_delete_all(p->db, (struct assistant_summary_delete_all_in){post}, NULL));
    TRY(assistant_feedback_delete_all(p->db, (struct assistant_feedback_delete_all_in){post}, NULL));
    TRY(assistant_question_delete_all(p->db, (struct assistant_question_delete_all_in){post}, &n));
    TRY(audit_note(p->db, &(struct audit){.verb = S("assistant.forget"),
                                          .after = str_format(p->arena, "{\"questions\":%lld}", (long long)n)}));
    flash(p, "Đã xóa mọi câu bạn đã hỏi.");
    return see_other(p, "/assistant");
}

static struct err assistant_feedback_post(struct post *p) {
    struct assistant_question_id id;
    TRY(path_id(p->request, S("id"), &id.v));
    struct assistant_question_find_row *row;
    TRY(assistant_question_find(db_reading(p->db),
                                (struct assistant_question_find_in){.id = id, .post = p->who->post.v}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such question, or another's");
    }
    bool is_useful = str_eq(form_text(p->form, "verdict"), S("yes"));
    TRY(assistant_feedback_put(
        p->db,
        (struct assistant_feedback_put_in){
            .question = id, .is_useful = is_useful, .reason = form_text(p->form, "reason"), .made_at = clock_now()},
        NULL));
    TRY(audit_note(p->db, &(struct audit){.verb = S("assistant.feedback"),
                                          .record = id.v,
                                          .after = is_useful ? S("{\"useful\":true}") : S("{\"useful\":false}")}));
    flash(p, "Đã ghi nhận. Cảm ơn bạn.");
    return see_other(p, "/assistant/%lld", (long long)id.v);
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
     .fields = assistant_fields,
     .again = assistant_get,
     .name = S_INIT("Hỏi trợ lý")},
    {.method = METHOD_DELETE,
     .path = "/assistant/{id}",
     .access = ACCESS_SIGNED_IN,
     .post = assistant_question_delete_post,
     .name = S_INIT("Xóa câu đã hỏi")},
    {.method = METHOD_DELETE,
     .path = "/assistant/history",
     .access = ACCESS_SIGNED_IN,
     .post = assistant_history_delete_post,
     .name = S_INIT("Xóa mọi câu đã hỏi")},
    {.method = METHOD_POST,
     .path = "/assistant/{id}/feedback",
     .access = ACCESS_SIGNED_IN,
     .post = assistant_feedback_post,
     .fields = assistant_feedback_fields,
     .again = assistant_question_get,
     .name = S_INIT("Nhận xét câu trả lời")},
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

/* What the trail calls its acts. */
static const struct verb_words assistant_verbs[] = {
    {"assistant.ask", "Hỏi trợ lý"},
    {"assistant.feedback", "Nhận xét câu trả lời của trợ lý"},
    {"assistant.forget", "Xóa câu đã hỏi"},
    {"assistant.summarised", "Tóm tắt câu trả lời"},
    {"assistant.summary", "Yêu cầu tóm tắt câu trả lời"},
    {0},
};

const struct module assistant_module = {.name = "assistant",
                                        .verbs = assistant_verbs,
                                        .title = "Trợ lý ảo",
                                        .routes = assistant_routes,
                                        .nav = assistant_nav,
                                        .job_kinds = assistant_job_kinds,
                                        .commands = assistant_commands,
                                        .bare_commands = assistant_figure_commands,
                                        .erase = assistant_erase_record};
