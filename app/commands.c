/* Commands that modules bring: found by name, given their options and a database whose tables are today's. */
#include <stdio.h>
#include <string.h>

#include "app/serve.h"
#include "base/arena.h"
#include "base/log.h"
#include "kernel/db/db.h"
#include "kernel/db/guard.h"

#include "base/banned.h"

/* How many of the words the command's name has, when they begin with it. */
static size_t name_words(const struct command *c, struct str *words, size_t n) {
    struct str rest = str_of(c->name), one;
    size_t count = 0;
    while (str_next(&rest, ' ', &one)) {
        if (count == n || !str_eq(words[count], one)) {
            return 0;
        }
        count++;
    }
    return count;
}

static const struct command *named_in(const struct command *table, struct str *words, size_t n) {
    for (const struct command *c = table; c && c->name; c++) {
        if (name_words(c, words, n)) {
            return c;
        }
    }
    return NULL;
}

const struct command *command_named(struct str *words, size_t n) {
    const struct command *c = NULL;
    for (size_t i = 0; i < modules.n && !c; i++) {
        c = named_in(modules.at[i]->commands, words, n);
        c = c ? c : named_in(modules.at[i]->bare_commands, words, n);
    }
    return c;
}

static bool is_bare(const struct command *c, struct str *words, size_t n) {
    for (size_t i = 0; i < modules.n; i++) {
        if (named_in(modules.at[i]->bare_commands, words, n) == c) {
            return true;
        }
    }
    return false;
}

static size_t options_count(const struct command *c) {
    size_t n = 0;
    while (c->options && c->options[n].name) {
        n++;
    }
    return n;
}

/* Which option a word is; the count of options when none. */
static size_t option_of(const struct command *c, struct str word, size_t n, struct str *name, struct str *value) {
    size_t i = 0;
    if (!str_cut(word, S("="), name, value)) {
        *name = word;
        *value = (struct str){0};
    }
    while (i < n &&
           !(str_starts(*name, S("--")) && str_eq(str_slice(*name, 2, name->len), str_of(c->options[i].name)))) {
        i++;
    }
    return i;
}

/* The command among the words that are no options. */
static const struct command *command_said(struct arena *a, int argc, char **argv) {
    struct str *plain = arena_take(a, struct str, (size_t)argc);
    size_t n = 0;
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-') {
            plain[n++] = str_of(argv[i]);
        }
    }
    return command_named(plain, n);
}

/* A command that needs a database may have a namesake that needs none: that one is meant where an option that only it
   has is given ("ask --cases"). */
static const struct command *namesake(const struct command *c, int argc, char **argv) {
    struct str name = str_of(c ? c->name : ""), option, value;
    for (size_t i = 0; i < modules.n; i++) {
        const struct command *bare = named_in(modules.at[i]->bare_commands, &name, name.len > 0);
        size_t n = bare && bare != c ? options_count(bare) : 0, own = n ? options_count(c) : 0;
        for (int k = 1; n && k < argc; k++) {
            struct str word = str_of(argv[k]);
            if (option_of(bare, word, n, &option, &value) < n && option_of(c, word, own, &option, &value) == own) {
                return bare;
            }
        }
    }
    return c;
}

struct err command_options_take(struct arena *a, int *argc, char **argv, struct command_given *given) {
    const struct command *c = namesake(command_said(a, *argc, argv), *argc, argv);
    struct str **values = &given->values;
    given->command = c;
    size_t options = c ? options_count(c) : 0;
    *values = arena_take(a, struct str, options + 1);
    int to = 1;
    for (int i = 1; i < *argc; i++) {
        struct str name, value;
        size_t which = options ? option_of(c, str_of(argv[i]), options, &name, &value) : 0;
        if (which == options) {
            argv[to++] = argv[i];
            continue;
        }
        if (c->options[which].has_value && !value.at && ++i == *argc) {
            return err_refuse(a, ERR_INVALID, "", "%.*s: thiếu giá trị.", STR_ARG(name));
        }
        (*values)[which] = !c->options[which].has_value ? S("1") : value.at ? value : str_of(argv[i]);
    }
    *argc = to;
    return OK;
}

/* Tables are made only where there are none: a server may be running on them. */
static struct err tables_ready(struct serve *s, struct db **db) {
    struct err e = db_open_there(s->arena, s->where, db);
    if (!e.why) {
        e = db_check(*db, s->arena);
        db_close(*db);
    }
    if (e.why) {
        s->no_demo = true;
        if (start_run(s) != 0) {
            return REFUSE(ERR_BROKEN, "", "Chưa chạy được lệnh này.");
        }
    }
    return start_open(s, s->arena, db);
}

int command_run(struct serve *s, const struct command *c, struct str *words, size_t n, struct str *values) {
    size_t name = name_words(c, words, n);
    struct command_run run = {
        .arena = s->arena, .app = &modules, .words = words + name, .n = n - name, .values = values};
    log_name(c->name);
    struct err e = is_bare(c, words, n) ? OK : tables_ready(s, &run.db);
    if (e.why) {
        start_say(c->name, e);
        return 1;
    }
    int status = c->run(&run);
    if (status == 2) {
        fprintf(stderr, "%s", c->usage);
    }
    return status;
}

void command_usage_print(void) {
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct command *c = modules.at[i]->commands; c && c->name; c++) {
            fputs(c->usage, stdout);
        }
        for (const struct command *c = modules.at[i]->bare_commands; c && c->name; c++) {
            fputs(c->usage, stdout);
        }
    }
}
