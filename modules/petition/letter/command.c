/* doanket petition read: a file of letters for a program, one answer a line. */
#include <stdio.h>

#include "modules/petition/letter/command.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "kernel/page/json.h"
#include "modules/place/place.h"
#include "read/json.h"

#include "base/banned.h"

/* ---- A reading as one line of JSON. What was not judged is null; what is unsure is listed under "ask". */
static void put_name(struct buf *b, const char *name) { buf_printf(b, ", \"%s\": ", name); }
static void put_text(struct buf *b, struct str s) {
    if (s.len) {
        json_str(b, s);
    } else {
        BUF_LIT(b, "null");
    }
}
static void put_list(struct buf *b, const struct str *at, size_t n) {
    BUF_LIT(b, "[");
    for (size_t i = 0; i < n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, at[i]);
    }
    BUF_LIT(b, "]");
}
static void put_codes(struct buf *b, uint32_t bits) {
    bool is_first = true;
    for (unsigned i = 0; i < REASONS; i++) {
        if (bits >> i & 1) {
            buf_put(b, is_first ? S("") : S(", "));
            json_str(b, petition_reason_code((enum petition_reason)i));
            is_first = false;
        }
    }
}

static void put_authority(struct buf *b, const struct petition_authority *a) {
    BUF_LIT(b, "{\"kind\": ");
    put_text(b, a->kind);
    put_name(b, "org");
    put_text(b, a->org);
    put_name(b, "code");
    put_text(b, a->code);
    BUF_LIT(b, "}");
}

static void put_parts(struct buf *b, const struct petition_reading *r) {
    put_name(b, "parts");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->parts.n; i++) {
        const struct petition_part *p = &r->parts.at[i];
        buf_printf(b, "%s{\"n\": %zu, \"type\": ", i ? ", " : "", i + 1);
        put_text(b, petition_type_name(p->type));
        put_name(b, "topic");
        put_text(b, p->topic);
        put_name(b, "target");
        put_text(b, p->target);
        put_name(b, "authority");
        put_authority(b, &p->authority);
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void put_targets(struct buf *b, const struct petition_reading *r) {
    put_name(b, "targets");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->targets.n; i++) {
        const struct petition_target *t = &r->targets.at[i];
        buf_printf(b, "%s{\"kind\": \"%s\"", i ? ", " : "", t->is_person ? "person" : "organ");
        put_name(b, "name");
        put_text(b, t->name);
        put_name(b, "role");
        put_text(b, t->role);
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void put_judged(struct buf *b, const struct petition_reading *r) {
    buf_printf(b, ", \"signers\": %d", r->signers);
    put_name(b, "topic");
    put_text(b, r->topic);
    put_targets(b, r);
    buf_printf(b, ", \"place\": {\"class\": \"%s\", \"codes\": ", r->place_class);
    put_list(b, r->place_codes.at, r->place_codes.n);
    put_name(b, "names");
    put_list(b, r->place_names.at, r->place_names.n);
    BUF_LIT(b, "}");
    put_name(b, "authority");
    put_authority(b, &r->authority);
    if (r->parts.n) {
        put_parts(b, r);
    }
}

static void put_tail(struct buf *b, const struct petition_reading *r) {
    put_name(b, "redact");
    put_list(b, r->redact.at, r->redact.n);
    put_name(b, "working_copy");
    put_text(b, r->working_copy);
    put_name(b, "eligibility_unsure");
    BUF_LIT(b, "[");
    put_codes(b, r->optional);
    BUF_LIT(b, "]");
    put_name(b, "ask");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->asks.n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, str_of(r->asks.at[i]));
    }
    BUF_LIT(b, "]");
    put_name(b, "spans");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < r->spans.n; i++) {
        const struct petition_span *p = &r->spans.at[i];
        buf_printf(b, "%s{\"field\": \"%s\", \"from\": %zu, \"to\": %zu}", i ? ", " : "", p->field, p->from, p->to);
    }
    BUF_LIT(b, "]}\n");
}

struct str petition_answer(struct arena *a, struct str id, const struct petition_reading *r, struct str dup_of) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"id\": ");
    json_str(&b, id);
    put_name(&b, "type");
    put_text(&b, petition_type_name(r->type));
    put_name(&b, "eligibility");
    BUF_LIT(&b, "[");
    if (r->reasons) {
        put_codes(&b, r->reasons);
    } else {
        json_str(&b, S("ok"));
    }
    BUF_LIT(&b, "]");
    put_name(&b, "identity");
    put_text(&b, str_of(r->identity));
    buf_printf(&b, ", \"group\": %s", r->is_group ? "true" : "false");
    if (r->type == PETITION_UNJUDGED) {
        BUF_LIT(&b, ", \"signers\": null, \"topic\": null, \"targets\": null, \"place\": null, \"authority\": null");
    } else {
        put_judged(&b, r);
    }
    put_name(&b, "disposition");
    put_text(&b, str_of(r->disposition));
    put_name(&b, "dup_of");
    put_text(&b, dup_of);
    put_name(&b, "secrecy");
    put_text(&b, str_of(r->secrecy));
    put_tail(&b, r);
    return buf_str(&b);
}

/* ---- The command */
enum { OPTION_CASES };
enum { FILE_MOST = 8 << 20 };
static const struct command_option options[] = {{"cases", true}, {NULL, false}};

/* A file's name without a folder: a line cannot ask for others. */
static bool is_plain_name(struct str name) {
    return name.len && str_find(name, S("/"), 0) == SIZE_MAX && name.at[0] != '.';
}

bool petition_case_read(struct arena *a, struct str line, struct str folder, struct petition_case *out) {
    size_t fault;
    const struct json_value *all = json_read(a, line, &fault), *in = json_member(all, "input");
    *out = (struct petition_case){0};
    if (!json_is_map(all) || !json_is_map(in)) {
        return false;
    }
    struct petition_letter *l = &out->letter;
    struct str file = json_member_text(in, "file");
    out->id = json_member_text(all, "id");
    l->channel = json_member_text(in, "channel");
    l->received_by = json_member_text(in, "received_by");
    l->is_scan = str_eq(json_member_text(in, "made"), S("ocr"));
    l->is_viqr = str_eq(json_member_text(in, "encoding"), S("viqr"));
    l->is_signed = str_eq(json_member_text(in, "signature"), S("vneid_level2"));
    date_read_iso(str_slice(json_member_text(in, "received_at"), 0, 10), &l->received_on);
    struct str path = str_format(a, "%.*s%.*s", STR_ARG(folder), STR_ARG(file));
    return is_plain_name(file) && disk_read(a, str_z(a, path), FILE_MOST, &l->bytes);
}

static struct str folder_of(struct str path) {
    size_t n = path.len;
    while (n && path.at[n - 1] != '/') {
        n--;
    }
    return str_slice(path, 0, n);
}

struct received {
    struct str id;
    struct petition_reading reading;
};

static struct str best_of(const struct received *at, size_t n, const struct petition_reading *r) {
    int best = 0;
    struct str id = S("");
    for (size_t i = 0; i < n; i++) {
        int score = petition_is_same(&at[i].reading, r) ? petition_same(&at[i].reading, r) : 0;
        if (score > best) {
            best = score;
            id = at[i].id;
        }
    }
    return id;
}

static int cases_run(struct command_run *run) {
    struct str path = run->values[OPTION_CASES], rest, line;
    if (!disk_read(run->arena, str_z(run->arena, path), SIZE_MAX, &rest)) {
        fprintf(stderr, "doanket: không mở được tệp %.*s\n", STR_ARG(path));
        return 1;
    }
    const struct petition_tables *t = petition_open(run->arena, place_open(run->arena));
    LIST(struct received) before = {0};
    int status = 0;
    while (str_next(&rest, '\n', &line)) {
        struct petition_case one;
        if (!str_trim(line).len) {
            continue;
        }
        if (!petition_case_read(run->arena, str_trim(line), folder_of(path), &one)) {
            fprintf(stderr, "doanket: dòng này không đọc được, hoặc thiếu tệp của nó: %.*s\n", STR_ARG(one.id));
            status = 1;
            continue;
        }
        struct received now = {.id = one.id};
        petition_read(t, run->arena, &one.letter, &now.reading);
        struct str dup_of = best_of(before.at, before.n, &now.reading);
        if (dup_of.len) {
            petition_is_again(&now.reading);
        }
        struct str answer = petition_answer(run->arena, one.id, &now.reading, dup_of);
        fwrite(answer.at, 1, answer.len, stdout);
        LIST_ADD(run->arena, &before, now);
    }
    return status;
}

static int run_read(struct command_run *run) {
    if (!run->values[OPTION_CASES].len) {
        fputs("doanket: hãy ghi tệp, ví dụ: doanket petition read --cases don.jsonl\n", stderr);
        return 2;
    }
    return cases_run(run);
}

const struct command petition_commands[] = {
    {"petition read",
     "  doanket petition read --cases TỆP.jsonl\n"
     "                      đọc từng đơn: loại đơn, đủ điều kiện chưa, ai giải quyết, nơi nào, có trùng không\n",
     options, run_read},
    {0},
};
