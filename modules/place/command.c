/* doanket place: one address for a person, or a file of them for a program. */
#include <errno.h>
#include <stdio.h>

#include "modules/place/command.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "kernel/page/json.h"
#include "read/json.h"

#include "base/banned.h"

enum { OPTION_CASES, OPTION_ON };
static const struct command_option options[] = {{"cases", true}, {"on", true}, {0}};

struct str place_class_words(enum place_class c) {
    static const struct str words[] = {S_INIT("Không nhận ra xã, phường nào"), S_INIT("Chắc chắn"),
                                       S_INIT("Có nhiều nơi cùng hợp, cần hỏi lại"),
                                       S_INIT("Ngoài thành phố Hải Phòng")};
    return words[c];
}

static void case_print(struct arena *a, struct str id, const struct place_found *found) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"id\": ");
    json_str(&b, id);
    buf_printf(&b, ", \"class\": \"%s\", \"codes\": [", place_class_name(found->class));
    for (size_t i = 0; i < found->communes.n; i++) {
        buf_put(&b, i ? S(", ") : S(""));
        json_str(&b, found->communes.at[i]->code);
    }
    BUF_LIT(&b, "], \"names\": [");
    for (size_t i = 0; i < found->communes.n; i++) {
        buf_put(&b, i ? S(", ") : S(""));
        json_str(&b, found->communes.at[i]->full);
    }
    BUF_LIT(&b, "]}\n");
    fwrite(b.at, 1, b.len, stdout);
}

static int cases_run(struct command_run *run, const struct place_index *index) {
    struct str rest, json;
    if (!disk_read(run->arena, str_z(run->arena, run->values[OPTION_CASES]), SIZE_MAX, &rest)) {
        fprintf(stderr, "doanket: không mở được tệp %.*s\n", STR_ARG(run->values[OPTION_CASES]));
        return 1;
    }
    struct arena *a = arena_new();
    while (str_next(&rest, '\n', &json)) {
        struct date on = {0};
        if (json.len) {
            date_read_iso(json_read_text(a, json, "written_on"), &on);
            struct place_found found = place_find(index, a, json_read_text(a, json, "text"), on);
            case_print(a, json_read_text(a, json, "id"), &found);
        }
        arena_reset(a);
    }
    arena_free(a);
    return 0;
}

static void person_print(const struct place_found *found) {
    struct str words = place_class_words(found->class);
    printf("%.*s\n", STR_ARG(words));
    for (size_t i = 0; i < found->communes.n; i++) {
        printf("  %.*s  %.*s\n", STR_ARG(found->communes.at[i]->code), STR_ARG(found->communes.at[i]->full));
    }
    for (size_t i = 0; i < found->why.n; i++) {
        printf("Vì: %.*s\n", STR_ARG(found->why.at[i]));
    }
}

static int run_place(struct command_run *run) {
    const struct place_index *index = place_open(run->arena);
    struct date on = {0};
    if (run->values[OPTION_CASES].len) {
        return cases_run(run, index);
    }
    if (run->values[OPTION_ON].len && !date_read_vi(run->values[OPTION_ON], &on)) {
        fputs("doanket: --on cần một ngày, ví dụ --on 12/6/1998\n", stderr);
        return 2;
    }
    if (!run->n) {
        fputs("doanket: hãy ghi địa chỉ, ví dụ: doanket place \"xã Tú Sơn, huyện Kiến Thụy\"\n", stderr);
        return 2;
    }
    struct buf text = buf_in(run->arena);
    for (size_t i = 0; i < run->n; i++) {
        buf_printf(&text, "%s%.*s", i ? " " : "", STR_ARG(run->words[i]));
    }
    struct place_found found = place_find(index, run->arena, buf_str(&text), on);
    person_print(&found);
    return 0;
}

const struct command place_commands[] = {
    {"place",
     "  doanket place ĐỊA_CHỈ [--on NGÀY] | --cases TỆP.jsonl\n"
     "                      địa chỉ của bất cứ thời nào nay thuộc xã, phường nào, vì sao; NGÀY: ngày của giấy tờ\n",
     options, run_place},
    {0},
};
