#include "tests/db.h"

#include <stdio.h>
#include <stdlib.h>

#include "kernel/config/config.h"

static struct err read_with(struct arena *arena, struct str dir, const char *word, const char *value,
                            struct config **c) {
    char *argv[] = {str_z(arena, S("doanket")), str_z(arena, S("--data")),   str_z(arena, dir),
                    str_z(arena, str_of(word)), str_z(arena, str_of(value)), NULL};
    struct str *rest;
    size_t n;
    return config_read(arena, *word ? 5 : 3, argv, c, &rest, &n);
}

static void write_file(struct arena *arena, struct str dir, const char *text) {
    FILE *f = fopen(str_z(arena, str_format(arena, "%.*s/doanket.conf", STR_ARG(dir))), "w");
    CHECK_OR_RETURN(f);
    fputs(text, f);
    fclose(f);
}

TEST("every setting has a row, and every row a default that it allows") {
    struct config *c;
    CHECK_OK(read_with(arena, test_dir(arena), "", "", &c));
    for (int i = 0; i < SET_COUNT; i++) {
        const struct setting_row *row = &config_table[i];
        CHECK_OR_RETURN(row->name && row->words && row->normal);
        if (row->type == SETTING_INT) {
            CHECK(config_int(c, (enum setting)i) >= row->lowest && config_int(c, (enum setting)i) <= row->highest);
        }
        CHECK(str_find(config_help(arena), str_of(row->words), 0) != SIZE_MAX);
    }
}

TEST("the command line is stronger than the environment, the environment than the file") {
    struct str dir = test_dir(arena);
    struct config *c;
    write_file(arena, dir, "# chú thích\n port = 9001 \n\nupload-mb=7\n");
    CHECK_OK(read_with(arena, dir, "", "", &c));
    CHECK(config_int(c, SET_PORT) == 9001 && config_int(c, SET_UPLOAD_MB) == 7);
    setenv("DOANKET_PORT", "9002", 1);
    struct err from_environment = read_with(arena, dir, "", "", &c);
    int64_t port = config_int(c, SET_PORT);
    struct err from_command = read_with(arena, dir, "--port=9003", "rest", &c);
    unsetenv("DOANKET_PORT");
    CHECK_OK(from_environment);
    CHECK_OK(from_command);
    CHECK(port == 9002 && config_int(c, SET_PORT) == 9003);
    CHECK_STR(str_of(config_source(c, SET_PORT)), S("dòng lệnh"));
}

TEST("a setting that is unknown or out of bounds is refused by name and place") {
    struct str dir = test_dir(arena);
    struct config *c;
    struct err e = read_with(arena, dir, "--prot", "1", &c);
    CHECK_OR_RETURN(err_is(e, ERR_INVALID));
    CHECK(str_find(e.why->message, S("prot"), 0) != SIZE_MAX);
    CHECK_ERR(read_with(arena, dir, "--port", "65536", &c), ERR_INVALID);
    CHECK_ERR(read_with(arena, dir, "--port", "x", &c), ERR_INVALID);
    CHECK_ERR(read_with(arena, dir, "--port=", "", &c), ERR_INVALID);
    write_file(arena, dir, "port = 1\nnonsense\n");
    e = read_with(arena, dir, "", "", &c);
    CHECK_OR_RETURN(err_is(e, ERR_INVALID));
    CHECK(str_find(e.why->message, S("doanket.conf:2"), 0) != SIZE_MAX);
}

TEST_DB("the admin page changes what is live, within bounds, and takes it back") {
    struct config *c;
    struct db_write *w;
    CHECK_OK(read_with(arena, test_dir(arena), "", "", &c));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(config_change(c, w, SET_UPLOAD_MB, S("12")));
    CHECK_ERR(config_change(c, w, SET_UPLOAD_MB, S("0")), ERR_INVALID);
    CHECK_ERR(config_change(c, w, SET_PORT, S("80")), ERR_DENIED);
    CHECK_OK(config_refresh(c, db_reading(w)));
    CHECK(config_int(c, SET_UPLOAD_MB) == 12);
    CHECK_OK(config_change(c, w, SET_UPLOAD_MB, S("")));
    CHECK_OK(config_refresh(c, db_reading(w)));
    CHECK(config_int(c, SET_UPLOAD_MB) == 300);
    CHECK_OK(db_commit(w));
}
