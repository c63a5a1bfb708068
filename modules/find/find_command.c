/* doanket search: one query, or a file of them; for people, tests and measurement. */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/rights/auth.h"
#include "kernel/config/command_read.h"
#include "kernel/db/db.h"
#include "kernel/page/json.h"
#include "kernel/index/feed.h"
#include "kernel/index/here.h"
#include "modules/find/find.h"

#include "base/banned.h"

enum {
    OPTION_JSON,
    OPTION_AS,
    OPTION_ON,
    OPTION_IN,
    OPTION_QUERIES,
    OPTION_TOP,
    OPTION_TREC,
    OPTION_IN_FORCE,
    OPTION_TYPE,
    OPTION_ISSUER,
    OPTION_FIELD,
    OPTION_FROM,
    OPTION_TO,
    OPTION_LITERAL
};
static const struct command_option options[] = {
    {"json", false}, {"as", true},   {"on", true},        {"in", true},       {"queries", true},
    {"top", true},   {"trec", true}, {"in-force", false}, {"type", true},     {"issuer", true},
    {"field", true}, {"from", true}, {"to", true},        {"literal", false}, {0},
};
enum { TOP_MOST = 100, SHOWN_CHARACTERS = 240 };

struct searching {
    struct command_run *run;
    struct db_read *db;
    struct search_reader *reader;
    struct search_query query; /* all but its text */
    struct str kind;
    FILE *trec;
    int64_t questions;
};

static void member_put(struct buf *b, const char *name, struct str value) {
    buf_printf(b, ",\"%s\":", name);
    json_str(b, value);
}

static void ranges_put(struct buf *b, const char *name, struct search_ranges ranges) {
    buf_printf(b, ",\"%s\":[", name);
    for (size_t i = 0; i < ranges.n; i++) {
        buf_printf(b, "%s[%zu,%zu]", i ? "," : "", ranges.at[i].from, ranges.at[i].to);
    }
    BUF_LIT(b, "]");
}

static struct str force_word(enum search_force force) {
    static const struct str words[] = {S_INIT("in_force"), S_INIT("partly"), S_INIT("not_yet"), S_INIT("expired")};
    return words[force];
}

static void alike_put(struct buf *b, const struct search_alikes *alike) {
    BUF_LIT(b, ",\"alike\":[");
    for (size_t i = 0; i < alike->n; i++) {
        const struct search_alike *one = &alike->at[i];
        buf_printf(b, "%s{\"record\":", i ? "," : "");
        json_id(b, one->record);
        member_put(b, "key", one->key);
        member_put(b, "number", one->number);
        member_put(b, "title", one->title);
        BUF_LIT(b, ",\"date\":");
        json_date(b, one->date);
        member_put(b, "force", force_word(one->force));
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void hit_put(struct buf *b, const struct search_hit *h) {
    BUF_LIT(b, "{\"record\":");
    json_id(b, h->record);
    member_put(b, "kind", h->kind);
    member_put(b, "key", h->key);
    member_put(b, "number", h->number);
    member_put(b, "title", h->title);
    BUF_LIT(b, ",\"date\":");
    json_date(b, h->date);
    member_put(b, "force", force_word(h->force));
    BUF_LIT(b, ",\"score\":");
    json_double(b, h->score);
    BUF_LIT(b, ",\"cover\":");
    json_double(b, h->cover);
    BUF_LIT(b, ",\"by_number\":");
    json_bool(b, h->is_by_number);
    BUF_LIT(b, ",\"page\":");
    json_int(b, h->page);
    member_put(b, "text", h->text);
    ranges_put(b, "marks", h->ranges);
    ranges_put(b, "title_marks", h->title_ranges);
    alike_put(b, &h->alike);
    BUF_LIT(b, "}");
}

static void counts_put(struct buf *b, const char *name, const struct search_counts *counts) {
    buf_printf(b, "%s\"%s\":{", b->len && b->at[b->len - 1] == '{' ? "" : ",", name);
    for (size_t i = 0; i < counts->n; i++) {
        buf_printf(b, "%s", i ? "," : "");
        json_str(b, counts->at[i].value);
        BUF_LIT(b, ":");
        json_int(b, counts->at[i].n);
    }
    BUF_LIT(b, "}");
}

static void result_put(struct buf *b, struct str id, struct str text, const struct search_result *found) {
    static const char *const facets[SEARCH_FACETS] = {"type", "issuer", "field", "state"};
    BUF_LIT(b, "{\"question_id\":");
    json_str(b, id);
    member_put(b, "query", text);
    member_put(b, "meant", found->meant);
    BUF_LIT(b, ",\"found\":");
    json_int(b, found->found);
    BUF_LIT(b, ",\"folded\":");
    json_int(b, (int64_t)found->folded);
    BUF_LIT(b, ",\"counts\":{");
    counts_put(b, "kind", &found->kinds);
    for (int f = 0; f < SEARCH_FACETS; f++) {
        counts_put(b, facets[f], &found->facet[f]);
    }
    BUF_LIT(b, "},\"hits\":[");
    for (size_t i = 0; i < found->hits.n; i++) {
        buf_printf(b, "%s", i ? "," : "");
        hit_put(b, &found->hits.at[i]);
    }
    BUF_LIT(b, "]}\n");
}

static void words_put(struct buf *b, const struct search_result *found) {
    if (found->meant.len) {
        buf_printf(b, "Có phải bạn muốn tìm: %.*s (thêm --literal để tìm đúng như đã gõ)\n", STR_ARG(found->meant));
    }
    for (size_t i = 0; i < found->hits.n; i++) {
        const struct search_hit *h = &found->hits.at[i];
        struct search_range part = search_excerpt(h->text, h->ranges, SHOWN_CHARACTERS);
        buf_printf(b, "%zu. %.*s%s%.*s\n   %.*s\n", i + 1, STR_ARG(h->number), h->number.len ? ": " : "",
                   STR_ARG(h->title), STR_ARG(str_slice(h->text, part.from, part.to)));
        if (h->alike.n) {
            buf_printf(b, "   và %zu bản gần giống\n", h->alike.n);
        }
    }
    if (found->hits.n == 0) {
        BUF_LIT(b, "Không tìm thấy gì.\n");
    }
}

/* A run file as trec_eval reads it: question Q0 document rank score run. Scores only say the order. */
static void trec_put(FILE *out, struct arena *a, struct str id, const struct search_result *found) {
    for (size_t i = 0; i < found->hits.n; i++) {
        const struct search_hit *h = &found->hits.at[i];
        struct str key = h->key.len ? h->key : str_format(a, "%lld", (long long)h->record);
        fprintf(out, "%.*s Q0 %.*s %zu %zu doanket\n", STR_ARG(id), STR_ARG(key), i + 1, found->hits.n - i);
    }
}

static struct err search_one(void *self, struct arena *a, struct str id, struct str text) {
    struct searching *k = self;
    struct search_query q = k->query;
    struct search_result found;
    q.text = text;
    q.kinds = (struct search_words){&k->kind, k->kind.len ? 1 : 0};
    q.with_counts = k->run->values[OPTION_JSON].at && !k->trec;
    TRY(search_query(k->reader, a, &q, &found));
    TRY(search_named_first(k->db, k->run->app, k->reader, &q, &found));
    k->questions++;
    if (k->trec) {
        trec_put(k->trec, a, id, &found);
        return OK;
    }
    struct buf b = buf_in(a);
    if (k->run->values[OPTION_JSON].at) {
        result_put(&b, id, text, &found);
    } else {
        words_put(&b, &found);
    }
    fwrite(b.at, 1, b.len, stdout);
    return OK;
}

static struct err reader_ready(struct searching *k) {
    struct str as = k->run->values[OPTION_AS];
    struct post_id post = {0};
    TRY(search_here(k->db, &k->reader));
    if (as.len) {
        TRY(auth_post_of_login(k->db, as, &post));
        return search_principals_of(k->db, post.v, &k->query.principals);
    }
    LIST_ADD(k->run->arena, &k->query.principals, (int64_t)SEARCH_EVERYBODY);
    return OK;
}

static struct err search_all(struct searching *k) {
    struct command_run *run = k->run;
    struct str trec = run->values[OPTION_TREC], queries = run->values[OPTION_QUERIES];
    TRY(reader_ready(k));
    if (trec.len) {
        k->trec = fopen(str_z(run->arena, trec), "we");
        if (!k->trec) {
            return err_refuse(run->arena, ERR_INVALID, "trec", "Không ghi được tệp %.*s.", STR_ARG(trec));
        }
    }
    struct command_asker asker = {k, search_one};
    return command_questions(run, queries, &asker);
}

static struct err search_begin(struct searching *k) {
    TRY(search_feed_catch_up(k->run->db, k->run->app));
    TRY(db_begin_read(k->run->db, k->run->arena, &k->db));
    struct err e = search_all(k);
    db_end_read(k->db);
    if (k->trec && fclose(k->trec) != 0 && !e.why) {
        return FAIL(ERR_BROKEN, "the run file could not be written");
    }
    return e;
}

/* Values of a facet, one or several with commas between. */
static void facet_read(struct command_run *run, struct str text, struct search_words *out) {
    struct str value;
    while (text.len && str_next(&text, ',', &value)) {
        LIST_ADD(run->arena, out, str_trim(value));
    }
}

/* What cannot be asked is said, with an example; what is asked in part is said, and asked. */
static bool is_askable(struct str text, bool is_filtered) {
    if (!utf8_valid(text)) {
        fputs("doanket: câu hỏi có ký tự hỏng (không phải UTF-8); đã bỏ qua các ký tự ấy\n", stderr);
    }
    if (utf8_length(text) > SEARCH_TEXT_MOST) {
        fprintf(stderr, "doanket: câu hỏi quá dài; chỉ tìm theo %d ký tự đầu\n", SEARCH_TEXT_MOST);
    }
    if (search_has_words(text) || is_filtered) {
        return true;
    }
    fprintf(stderr, "doanket: %s, ví dụ: doanket search \"tiếp công dân\"\n",
            str_trim(text).len ? "không có chữ hay số nào để tìm; hãy gõ ít nhất một từ" : "hãy gõ điều cần tìm");
    return false;
}

static bool query_read(struct searching *k) {
    struct command_run *run = k->run;
    struct search_query *q = &k->query;
    int64_t limit = 10;
    if (!command_day("on", run->values[OPTION_ON], &q->on) ||
        !command_day("from", run->values[OPTION_FROM], &q->from) ||
        !command_day("to", run->values[OPTION_TO], &q->to)) {
        return false;
    }
    if (run->values[OPTION_TOP].len && !num_read_between(run->values[OPTION_TOP], 1, TOP_MOST, &limit)) {
        fputs("doanket: --top cần một số từ 1 đến 100\n", stderr);
        return false;
    }
    facet_read(run, run->values[OPTION_TYPE], &q->facet[SEARCH_TYPE]);
    facet_read(run, run->values[OPTION_ISSUER], &q->facet[SEARCH_ISSUER]);
    facet_read(run, run->values[OPTION_FIELD], &q->facet[SEARCH_FIELD]);
    q->limit = (size_t)limit;
    q->in_force = run->values[OPTION_IN_FORCE].at != NULL;
    q->is_literal = run->values[OPTION_LITERAL].at != NULL;
    /* A run file is judged by its ids: each stands in it for itself. */
    q->fold_alike = run->values[OPTION_TREC].at == NULL;
    return true;
}

static bool is_filtered(const struct search_query *q) {
    return q->in_force || q->from.year || q->to.year || q->facet[SEARCH_TYPE].n || q->facet[SEARCH_ISSUER].n ||
           q->facet[SEARCH_FIELD].n;
}

static int run_search(struct command_run *run) {
    struct searching k = {.run = run, .kind = run->values[OPTION_IN]};
    struct buf words = buf_in(run->arena);
    for (size_t i = 0; i < run->n; i++) {
        buf_printf(&words, "%s%.*s", i ? " " : "", STR_ARG(run->words[i]));
    }
    if (!query_read(&k)) {
        return 2;
    }
    if (run->values[OPTION_QUERIES].len == 0 && !is_askable(buf_str(&words), is_filtered(&k.query))) {
        return 2;
    }
    struct err e = search_begin(&k);
    if (e.why) {
        return command_fault(e);
    }
    if (k.trec) {
        printf("%lld câu hỏi\n", (long long)k.questions);
    }
    return 0;
}

const struct command find_commands[] = {
    {"search",
     "  doanket search TỪ… [--in LOẠI] [--json] [--as TÊN] [--on NGÀY] [--in-force] [--top N]\n"
     "                     [--type MÃ] [--issuer MÃ] [--field MÃ] [--from NGÀY] [--to NGÀY] [--literal]\n"
     "                     [--queries TỆP.jsonl] [--trec TỆP]\n"
     "                      tìm kiếm; mặc định chỉ trong những gì mọi người được xem. MÃ (tên loại, cơ quan ban hành,\n"
     "                      lĩnh vực) như trong counts của --json, nhiều mã cách nhau bằng dấu phẩy; --from, --to là\n"
     "                      ngày ban hành; --literal tìm đúng như đã gõ\n",
     options, run_search},
    {0},
};
