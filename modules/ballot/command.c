/* doanket ballot verify FILE [--json] [--words "…"] */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "kernel/page/json.h"
#include "modules/ballot/board.h"
#include "modules/ballot/inside.h"

#include "base/banned.h"

enum { OPTION_JSON, OPTION_WORDS, FILE_MOST = 64 * 1024 * 1024 };
static const struct command_option options[] = {{"json", false}, {"words", true}, {NULL, false}};

static bool file_read(struct arena *a, struct str path, struct str *text) {
    return str_eq(path, S("-")) ? disk_read_stream(a, stdin, FILE_MOST, text)
                                : disk_read(a, str_z(a, path), FILE_MOST, text);
}

static void lines_print(const struct ballot_verdict *v) {
    for (size_t i = 0; i < v->lines.n; i++) {
        printf("Đúng. %.*s\n", STR_ARG(v->lines.at[i]));
    }
    if (!v->fault.len) {
        printf("KẾT LUẬN: bảng phiếu này nguyên vẹn.\n");
        return;
    }
    if (v->fault_line) {
        printf("SAI. Dòng %lld: %.*s\n", (long long)v->fault_line, STR_ARG(v->fault));
    } else {
        printf("SAI. %.*s\n", STR_ARG(v->fault));
    }
    printf("KẾT LUẬN: không dùng được bảng phiếu này.\n");
}

static void json_print(struct arena *a, const struct ballot_verdict *v) {
    struct buf b = buf_in(a);
    bool is_fine = !v->fault.len;
    buf_printf(&b, "{\"valid\": %s, \"line\": %lld, \"fault\": ", is_fine ? "true" : "false", (long long)v->fault_line);
    json_str(&b, v->fault);
    BUF_LIT(&b, ", \"ballot\": ");
    json_str(&b, v->terms.id_hex);
    BUF_LIT(&b, ", \"words\": ");
    json_str(&b, v->terms.words);
    if (is_fine) {
        buf_printf(&b, ", \"eligible\": %lld, \"taken\": %lld, \"cast\": %lld, \"blank\": %lld, \"options\": [",
                   (long long)v->sums.eligible, (long long)v->sums.taken, (long long)v->sums.cast,
                   (long long)v->sums.blank);
        for (size_t i = 0; i < v->terms.options.n; i++) {
            buf_put(&b, i ? S(", {\"name\": ") : S("{\"name\": "));
            json_str(&b, v->terms.options.at[i]);
            buf_printf(&b, ", \"votes\": %lld}", (long long)v->sums.votes[i]);
        }
        BUF_LIT(&b, "]");
    }
    BUF_LIT(&b, "}\n");
    fwrite(b.at, 1, b.len, stdout);
}

static int verify(struct command_run *run) {
    struct ballot_verdict v;
    struct str board;
    const struct str *words = &run->values[OPTION_WORDS];
    if (run->n != 1) {
        return 2;
    }
    if (!file_read(run->arena, run->words[0], &board)) {
        fprintf(stderr, "doanket: không đọc được tệp %.*s, hoặc tệp lớn quá 64 MB.\n", STR_ARG(run->words[0]));
        return 1;
    }
    ballot_verify(run->arena, board, words->at ? *words : S(""), &v);
    if (run->values[OPTION_JSON].at) {
        json_print(run->arena, &v);
    } else {
        lines_print(&v);
    }
    return v.fault.len ? 1 : 0;
}

const struct command ballot_commands[] = {
    {.name = "ballot verify",
     .usage = "  doanket ballot verify TỆP [--json] [--words \"tám từ\"]\n"
              "                      bảng phiếu kín đã công bố có nguyên vẹn không; sai một chữ là từ chối\n",
     .options = options,
     .run = verify},
    {0}};
