#include "kernel/config/command_read.h"
#include "base/arena.h"
#include "base/buf.h"
#include "read/json.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

static struct err ask_file(struct command_run *run, struct str path, const struct command_asker *asker) {
    FILE *f = fopen(str_z(run->arena, path), "re");
    char *line = NULL;
    size_t room = 0;
    struct err e = OK;
    if (!f) {
        return err_refuse(run->arena, ERR_INVALID, "queries", "Không mở được tệp %.*s.", STR_ARG(path));
    }
    struct arena *own = arena_new();
    for (ssize_t n; !e.why && (n = getline(&line, &room, f)) > 0;) {
        struct str row = str_trim((struct str){line, (size_t)n});
        arena_reset(own);
        if (row.len > 0) {
            struct str words = json_read_text(own, row, "question"), id = json_read_text(own, row, "question_id");
            e = asker->ask(asker->self, own, id.len ? id : json_read_text(own, row, "id"), words);
            fflush(stdout);
        }
    }
    arena_free(own);
    free(line);
    fclose(f);
    return e;
}

struct err command_questions(struct command_run *run, struct str path, const struct command_asker *asker) {
    if (path.len) {
        return ask_file(run, path, asker);
    }
    struct buf words = buf_in(run->arena);
    for (size_t i = 0; i < run->n; i++) {
        buf_printf(&words, "%s%.*s", i ? " " : "", STR_ARG(run->words[i]));
    }
    return asker->ask(asker->self, run->arena, S(""), buf_str(&words));
}

bool command_day(const char *option, struct str text, struct date *day) {
    if (text.len == 0 || date_read_iso(text, day) || date_read_vi(text, day)) {
        return true;
    }
    fprintf(stderr, "doanket: --%s cần một ngày, ví dụ 2026-11-23 hay 23/11/2026\n", option);
    return false;
}

int command_fault(struct err e) {
    struct str words = e.why->message.len ? e.why->message : err_sentence(e.why->kind);
    fprintf(stderr, "doanket: %.*s\n", STR_ARG(words));
    return 1;
}
