/* doanket ask: one question, or a file of them, answered as the page does it; for people, tests and measurement. */
#include "modules/assistant/assistant_command.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/rights/auth.h"
#include "kernel/config/command_read.h"
#include "kernel/db/db.h"
#include "kernel/page/json.h"
#include "kernel/index/feed.h"
#include "kernel/index/here.h"
#include "modules/assistant/assistant.h"

enum { OPTION_JSON, OPTION_AS, OPTION_ON, OPTION_IN, OPTION_QUERIES };
static const struct command_option options[] = {
    {"json", false}, {"as", true}, {"on", true}, {"in", true}, {"queries", true}, {0},
};

struct asking {
    struct command_run *run;
    struct db_read *db;
    struct post_id post; /* 0: what everybody may read */
    struct date on;
    bool is_json;
};

static void span_put(struct buf *b, const struct assistant_span *span) {
    BUF_LIT(b, "{\"place\":");
    json_id(b, span->place.v);
    BUF_LIT(b, ",\"version\":");
    json_id(b, span->version.v);
    BUF_LIT(b, ",\"label\":");
    json_str(b, span->label);
    BUF_LIT(b, ",\"from\":");
    json_int(b, (int64_t)span->from);
    BUF_LIT(b, ",\"text\":");
    json_str(b, span->text);
    BUF_LIT(b, "}");
}

static void member_put(struct buf *b, const char *name, struct str value) {
    buf_printf(b, ",\"%s\":", name);
    json_str(b, value);
}

static void quote_put(struct buf *b, const struct assistant_quote *q) {
    BUF_LIT(b, "{\"record\":");
    json_id(b, q->record);
    member_put(b, "kind", q->kind);
    member_put(b, "key", q->key);
    member_put(b, "number", q->number);
    member_put(b, "title", q->title);
    BUF_LIT(b, ",\"date\":");
    json_date(b, q->date);
    BUF_LIT(b, ",\"page\":");
    json_int(b, q->page);
    BUF_LIT(b, ",\"in_force\":");
    json_bool(b, q->is_in_force);
    if (str_eq(q->kind, S("law"))) {
        member_put(b, "status", law_status_code(q->status));
        BUF_LIT(b, ",\"valid_from\":");
        json_date(b, q->valid_from);
        BUF_LIT(b, ",\"valid_to\":");
        json_date(b, q->valid_to);
    }
    BUF_LIT(b, ",\"sure\":");
    json_double(b, q->sure);
    BUF_LIT(b, ",\"spans\":[");
    for (size_t i = 0; i < q->spans.n; i++) {
        if (i) {
            BUF_LIT(b, ",");
        }
        span_put(b, &q->spans.at[i]);
    }
    BUF_LIT(b, "]}");
}

static void stands_put(struct buf *b, const struct assistant_answer *answer) {
    BUF_LIT(b, ",\"stands\":[");
    for (size_t i = 0; i < answer->stands.n; i++) {
        const struct law_work_head *head = &answer->stands.at[i].head;
        buf_printf(b, "%s{\"work\":", i ? "," : "");
        json_id(b, head->id.v);
        member_put(b, "number", head->code);
        member_put(b, "title", head->name);
        member_put(b, "status", law_status_code(head->status));
        BUF_LIT(b, ",\"effective_on\":");
        json_date(b, head->effective_on);
        BUF_LIT(b, ",\"expired_on\":");
        json_date(b, head->expired_on);
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void answer_put(struct buf *b, struct str id, struct str question, const struct assistant_answer *answer) {
    BUF_LIT(b, "{\"question_id\":");
    json_str(b, id);
    BUF_LIT(b, ",\"question\":");
    json_str(b, question);
    BUF_LIT(b, ",\"on\":");
    json_date(b, answer->on);
    BUF_LIT(b, ",\"found\":");
    json_bool(b, answer->is_found);
    BUF_LIT(b, ",\"ambiguous\":");
    json_bool(b, answer->is_ambiguous);
    BUF_LIT(b, ",\"past\":");
    json_bool(b, answer->is_past);
    BUF_LIT(b, ",\"sure\":");
    json_double(b, answer->sure);
    member_put(b, "why", answer->why);
    BUF_LIT(b, ",\"day_said\":");
    json_bool(b, answer->is_day_said);
    stands_put(b, answer);
    BUF_LIT(b, ",\"quotes\":[");
    for (size_t i = 0; i < answer->quotes.n; i++) {
        if (i) {
            BUF_LIT(b, ",");
        }
        quote_put(b, &answer->quotes.at[i]);
    }
    BUF_LIT(b, "]}\n");
}

static void words_day_put(struct buf *b, const char *name, struct date day) {
    if (day.year) {
        buf_printf(b, "   %s %.*s\n", name, STR_ARG(date_vi(b->arena, day)));
    }
}

static void words_put(struct buf *b, const struct assistant_answer *answer) {
    buf_printf(b, "%.*s\n", STR_ARG(answer->why));
    for (size_t i = 0; i < answer->stands.n; i++) {
        const struct law_work_head *head = &answer->stands.at[i].head;
        buf_printf(b, "\n%.*s: %.*s (%.*s)\n", STR_ARG(head->name), STR_ARG(law_status_name(head->status)),
                   STR_ARG(date_vi(b->arena, answer->on)));
        words_day_put(b, "có hiệu lực từ", head->effective_on);
        words_day_put(b, "hết hiệu lực từ", head->expired_on);
    }
    for (size_t i = 0; i < answer->quotes.n; i++) {
        const struct assistant_quote *q = &answer->quotes.at[i];
        buf_printf(b, "\n%zu. %.*s (%.*s)\n", i + 1, STR_ARG(q->title), STR_ARG(q->number));
        for (size_t k = 0; k < q->spans.n; k++) {
            const struct assistant_span *span = &q->spans.at[k];
            buf_printf(b, "   %.*s%s“%.*s”\n", STR_ARG(span->label), span->label.len ? " " : "", STR_ARG(span->text));
        }
        if (q->page > 0) {
            buf_printf(b, "   trang %lld\n", (long long)q->page);
        }
    }
}

static struct err ask_one(void *self, struct arena *a, struct str id, struct str words) {
    struct asking *k = self;
    struct assistant_question question = {.words = words, .on = k->on};
    struct assistant_answer answer;
    struct str kind = k->run->values[OPTION_IN];
    if (k->post.v) {
        TRY(search_principals_of(k->db, k->post.v, &question.principals));
    } else {
        int64_t *everybody = arena_take(a, int64_t, 1);
        everybody[0] = SEARCH_EVERYBODY;
        question.principals = (struct search_principals){everybody, 1};
    }
    question.kinds = (struct search_words){&kind, kind.len ? 1 : 0};
    TRY(assistant_answer(k->db, &question, &answer));
    struct buf b = buf_in(a);
    if (k->is_json) {
        answer_put(&b, id, words, &answer);
    } else {
        words_put(&b, &answer);
    }
    fwrite(b.at, 1, b.len, stdout);
    return OK;
}

static struct err ask_all(struct asking *k) {
    struct command_run *run = k->run;
    struct str as = run->values[OPTION_AS], queries = run->values[OPTION_QUERIES];
    if (as.len) {
        TRY(auth_post_of_login(k->db, as, &k->post));
    }
    struct command_asker asker = {k, ask_one};
    return command_questions(run, queries, &asker);
}

static int run_ask(struct command_run *run) {
    struct asking k = {.run = run, .is_json = run->values[OPTION_JSON].at != NULL};
    if (!command_day("on", run->values[OPTION_ON], &k.on) || (run->n == 0 && run->values[OPTION_QUERIES].len == 0)) {
        return 2;
    }
    struct err e = search_feed_catch_up(run->db, run->app);
    if (!e.why) {
        e = db_begin_read(run->db, run->arena, &k.db);
    }
    if (!e.why) {
        e = ask_all(&k);
        db_end_read(k.db);
    }
    return e.why ? command_fault(e) : 0;
}

const struct command assistant_commands[] = {
    {"ask",
     "  doanket ask CÂU-HỎI [--json] [--as TÊN] [--on NGÀY] [--in LOẠI] [--queries TỆP.jsonl]\n"
     "                      hỏi trợ lý; mặc định chỉ trên những gì mọi người được xem\n",
     options, run_ask},
    {0},
};
