#include "modules/assistant/assistant_summary.h"
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/rights/access.h"
#include "kernel/rights/auth.h"
#include "kernel/config/config.h"
#include "kernel/erase/erase.h"
#include "kernel/queue/event.h"
#include "kernel/index/here.h"
#include "modules/assistant/assistant_model.h"
#include "modules/assistant/assistant_queries.h"

struct err assistant_summary_ask(struct db_write *db, struct assistant_question_id question, int64_t post) {
    if (assistant_server_here().url.len == 0) {
        return OK;
    }
    TRY(assistant_summary_begin(db, (struct assistant_summary_begin_in){.question = question, .made_at = clock_now()},
                                NULL));
    return job_add(db, &(struct job_new){.kind = S("assistant.summary"), .record = question.v, .post = post}, NULL);
}

struct err assistant_summary_forget(struct db_write *db, struct assistant_question_id question) {
    TRY(assistant_sentences_delete(db, (struct assistant_sentences_delete_in){question}, NULL));
    return assistant_summary_delete(db, (struct assistant_summary_delete_in){question}, NULL);
}

/* Questions, and what was written over the quotes, may repeat what the record said. */
struct err assistant_erase_record(struct db_write *db, const struct erase *e) {
    struct access_ids posts;
    struct assistant_told_of_rows rows;
    if (e->file) {
        return OK;
    }
    TRY(access_posts(db_reading(db), e->record, &posts));
    TRY(assistant_told_of(
        db_reading(db),
        (struct assistant_told_of_in){.record = e->record, .since = e->since, .posts = {posts.at, posts.n}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(assistant_summary_forget(db, rows.at[i].id));
        TRY(assistant_feedback_delete(db, (struct assistant_feedback_delete_in){rows.at[i].id}, NULL));
        TRY(assistant_erase(db, (struct assistant_erase_in){rows.at[i].id}, NULL));
    }
    return OK;
}

/* ---- The job */

struct writing {
    struct assistant_question_id question;
    int64_t post;
    struct str asked;
    struct assistant_answer answer;
    struct assistant_server server;
    struct assistant_written written;
    struct assistant_sentences sentences;
    bool is_failed;
};

/* What the asker is given now; nothing when the question was taken back. */
static struct err prepare(struct job *job, struct db_read *db, struct writing *w) {
    struct assistant_question_by_id_row *row;
    TRY(config_refresh(config_here(), db));
    w->server = assistant_server_here();
    TRY(assistant_question_by_id(db, (struct assistant_question_by_id_in){w->question}, &row));
    if (!row) {
        return OK;
    }
    w->post = row->post;
    w->asked = str_copy(job->arena, row->question);
    struct assistant_question question = {.words = w->asked,
                                          .before = row->before_words,
                                          .kinds = {&row->kind, row->kind.len ? 1 : 0},
                                          .within = row->within,
                                          .on = row->law_on};
    TRY(search_principals_of(db, w->post, &question.principals));
    return assistant_answer(db, &question, &w->answer);
}

static struct err sentences_keep(struct db_write *db, const struct writing *w, int64_t *dropped) {
    struct arena *a = db_write_arena(db);
    for (size_t i = 0; i < w->sentences.n; i++) {
        const struct assistant_sentence *s = &w->sentences.at[i];
        if (s->verdict != ASSISTANT_KEPT) {
            ++*dropped;
            continue;
        }
        struct buf sources = buf_in(a);
        for (size_t k = 0; k < s->sources; k++) {
            struct str hash = auth_hash(a, w->answer.quotes.at[s->source[k]].text);
            buf_printf(&sources, "%s%.*s", k ? " " : "", STR_ARG(hash));
        }
        TRY(assistant_sentence_insert(
            db,
            (struct assistant_sentence_insert_in){
                .question = w->question, .ordinal = (int64_t)i, .words = s->words, .sources = buf_str(&sources)},
            NULL));
    }
    return OK;
}

static struct err end_step(struct db_write *db, void *thing) {
    struct writing *w = thing;
    int64_t changed = 0, dropped = 0;
    struct assistant_question_by_id_row *row;
    TRY(assistant_question_by_id(db_reading(db), (struct assistant_question_by_id_in){w->question}, &row));
    if (!row) {
        return OK;
    }
    TRY(assistant_sentences_delete(db, (struct assistant_sentences_delete_in){w->question}, NULL));
    TRY(sentences_keep(db, w, &dropped));
    TRY(assistant_summary_end(
        db,
        (struct assistant_summary_end_in){.question = w->question,
                                          .state = w->is_failed ? S("failed") : S("done"),
                                          .model = w->server.model,
                                          .prompt_sha256 = auth_hash(db_write_arena(db), w->written.prompt),
                                          .dropped = dropped,
                                          .made_at = clock_now()},
        &changed));
    return event_emit(
        db, &(struct event){.kind = S("assistant.summarised"), .record = w->question.v, .to = w->post, .body = S("")});
}

static struct err write_summary(struct job *job, struct writing *w) {
    struct arena *a = job->arena;
    struct str *texts = arena_take(a, struct str, w->answer.quotes.n + 1);
    for (size_t i = 0; i < w->answer.quotes.n; i++) {
        texts[i] = w->answer.quotes.at[i].text;
    }
    struct assistant_passages passages = {texts, w->answer.quotes.n};
    TRY(assistant_model_ask(a, &w->server, w->asked, passages, &w->written));
    assistant_verify(a, w->written.words, passages, &w->sentences);
    return OK;
}

static struct err run_summary(struct job *job) {
    struct writing w = {.question = {job->record}};
    struct db_read *db;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = prepare(job, db, &w);
    db_end_read(db);
    TRY(e);
    if (w.post && w.answer.is_found && w.server.url.len) {
        e = write_summary(job, &w);
        /* A server that is only busy is asked again, three times in all; then the quotes stand alone, and that is said.
         */
        if (err_is(e, ERR_BUSY) && job->tries < 3) {
            return e;
        }
        w.is_failed = e.why != NULL;
    }
    return job_finish(job, end_step, &w);
}

const struct job_kind assistant_job_kinds[] = {
    {.name = "assistant.summary", .title = "Viết tóm tắt câu trả lời", .max_tries = 3, .run = run_summary},
    {0},
};

/* ---- What is shown */

static bool quotes_of(struct arena *a, const struct assistant_answer *answer, struct str sources,
                      struct str *ordinals) {
    struct buf b = buf_in(a);
    struct str one;
    while (str_next(&sources, ' ', &one)) {
        size_t at = 0;
        while (at < answer->quotes.n && !str_eq(auth_hash(a, answer->quotes.at[at].text), one)) {
            at++;
        }
        if (at == answer->quotes.n) {
            return false;
        }
        buf_printf(&b, "%s%zu", b.len ? ", " : "", at + 1);
    }
    *ordinals = buf_str(&b);
    return true;
}

static enum assistant_summary_state state_of(struct str state) {
    return str_eq(state, S("waiting")) ? ASSISTANT_SUMMARY_WAITING
           : str_eq(state, S("done"))  ? ASSISTANT_SUMMARY_DONE
                                       : ASSISTANT_SUMMARY_FAILED;
}

struct err assistant_summary_find(struct db_read *db, struct assistant_question_id question,
                                  const struct assistant_answer *answer, struct assistant_summary *out) {
    struct assistant_summary_row_row *row;
    struct assistant_sentences_of_rows rows;
    *out = (struct assistant_summary){0};
    TRY(assistant_summary_row(db, (struct assistant_summary_row_in){question}, &row));
    if (!row) {
        return OK;
    }
    *out = (struct assistant_summary){.state = state_of(row->state), .model = row->model, .dropped = row->dropped};
    TRY(assistant_sentences_of(db, (struct assistant_sentences_of_in){question}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct str ordinals;
        if (quotes_of(db_arena(db), answer, rows.at[i].sources, &ordinals)) {
            LIST_ADD(db_arena(db), &out->lines,
                     (struct assistant_summary_line){.words = rows.at[i].words, .quotes = ordinals});
        }
    }
    return OK;
}
