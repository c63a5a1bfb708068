/* doanket petition read: a file of letters for a program, one answer a line. */
#include <stdio.h>

#include "modules/petition/command.h"
#include "base/arena.h"
#include "base/buf.h"
#include "modules/place/place.h"
#include "read/json.h"

#include "base/banned.h"

enum { OPTION_CASES };
enum { READ_AT_ONCE = 65536, FILE_MOST = 8 << 20 };
static const struct command_option options[] = {{"cases", true}, {NULL, false}};

static bool file_read(struct arena *a, const char *path, size_t most, struct str *out) {
    FILE *f = fopen(path, "rbe");
    struct buf all = buf_in(a);
    size_t n = 1;
    if (!f) {
        return false;
    }
    while (n && all.len < most) {
        buf_reserve(&all, READ_AT_ONCE);
        n = fread(all.at + all.len, 1, READ_AT_ONCE, f);
        all.len += n;
    }
    bool is_read = !ferror(f);
    fclose(f);
    *out = buf_str(&all);
    return is_read;
}

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
    return is_plain_name(file) && file_read(a, str_z(a, path), FILE_MOST, &l->bytes);
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
    if (!file_read(run->arena, str_z(run->arena, path), SIZE_MAX, &rest)) {
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
