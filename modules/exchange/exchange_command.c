/* doanket edxml: a packet as JSON, JSON as a packet, and a file of cases for a program. */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "kernel/page/json.h"
#include "modules/exchange/inside.h"
#include "read/json.h"

#include "base/banned.h"

enum { OPTION_CASES, OPTION_HASH };
enum { READ_MOST = 200 * 1024 * 1024 };
static const struct command_option read_options[] = {{"cases", true}, {"hash", true}, {0}};

static int say(struct err e) {
    struct str words = e.why->message.len ? e.why->message : err_sentence(e.why->kind);
    fprintf(stderr, "doanket: %.*s", STR_ARG(words));
    fprintf(stderr, e.why->field.len ? " (%.*s)\n" : "%.*s\n", STR_ARG(e.why->field));
    return 1;
}

/* "-" is what stands before the command. */
static bool file_read(struct arena *a, struct str path, struct str *out) {
    bool is_read = str_eq(path, S("-")) ? disk_read_stream(a, stdin, READ_MOST, out)
                                        : disk_read(a, str_z(a, path), READ_MOST, out);
    if (!is_read) {
        fprintf(stderr, "doanket: không đọc được tệp %.*s\n", STR_ARG(path));
    }
    return is_read;
}

static int run_one(struct command_run *run) {
    struct str bytes, sum = run->values[OPTION_HASH];
    struct edxml_packet p;
    struct buf b = buf_in(run->arena);
    if (!file_read(run->arena, run->words[0], &bytes)) {
        return 1;
    }
    struct err e = exchange_packet_read(run->arena, bytes, sum, &p);
    if (e.why) {
        return say(e);
    }
    BUF_LIT(&b, "{\"accept\": true, ");
    struct buf members = buf_in(run->arena);
    exchange_json_put(&members, &p, true);
    buf_put(&b, buf_str(&members));
    exchange_sum_put(&b, bytes, sum);
    BUF_LIT(&b, "}\n");
    return fwrite(b.at, 1, b.len, stdout) == b.len ? 0 : 1;
}

static void case_run(struct exchange_seen *seen, struct str folder, struct arena *a, const struct json_value *one) {
    struct exchange_case asked = {.id = json_member_text(one, "id"),
                                  .sum = json_member_text(json_member(one, "transport"), "hash-file")};
    struct str file = json_member_text(one, "file");
    if (file_read(a, str_format(a, "%.*s%.*s", STR_ARG(folder), STR_ARG(file)), &asked.bytes)) {
        struct str answer = exchange_case_answer(seen, a, &asked);
        printf("%.*s\n", STR_ARG(answer));
    }
}

/* One JSON list, or an object a line. */
static int run_cases(struct arena *kept, struct str path) {
    struct exchange_seen seen = {.arena = kept};
    struct str all, line, folder = S("");
    size_t fault_at;
    if (!file_read(kept, path, &all)) {
        return 1;
    }
    for (size_t i = path.len; i > 0 && !folder.len; i--) {
        folder = path.at[i - 1] == '/' ? str_slice(path, 0, i) : S("");
    }
    struct arena *a = arena_new();
    const struct json_value *list = json_read(kept, all, &fault_at);
    for (size_t i = 0; json_is_list(list) && i < json_count(list); i++) {
        case_run(&seen, folder, a, json_item(list, i));
        arena_reset(a);
    }
    while (!json_is_list(list) && str_next(&all, '\n', &line)) {
        const struct json_value *one = json_read(a, line, &fault_at);
        if (json_is_map(one)) {
            case_run(&seen, folder, a, one);
        }
        arena_reset(a);
    }
    arena_free(a);
    return 0;
}

static int run_read(struct command_run *run) {
    struct str cases = run->values[OPTION_CASES];
    if (cases.at) {
        return run->n ? 2 : run_cases(run->arena, cases);
    }
    return run->n == 1 ? run_one(run) : 2;
}

static int run_write(struct command_run *run) {
    struct str json, xml;
    struct edxml_packet p;
    if (run->n > 1) {
        return 2;
    }
    if (!file_read(run->arena, run->n ? run->words[0] : S("-"), &json)) {
        return 1;
    }
    struct err e = exchange_json_read(run->arena, json, &p);
    e = e.why ? e : edxml_write(run->arena, &p, &xml);
    if (e.why) {
        return say(e);
    }
    return fwrite(xml.at, 1, xml.len, stdout) == xml.len ? 0 : 1;
}

const struct command exchange_commands[] = {
    {.name = "edxml read",
     .usage = "  doanket edxml read TỆP [--hash MÃ_BĂM] | --cases TỆP.json\n"
              "                      gói văn bản liên thông thành JSON; MÃ_BĂM: mã đường truyền gửi kèm\n",
     .options = read_options,
     .run = run_read},
    {.name = "edxml write",
     .usage = "  doanket edxml write [TỆP.json]\n"
              "                      JSON (của edxml read, hoặc tự viết) thành gói văn bản liên thông\n",
     .run = run_write},
    {0},
};
