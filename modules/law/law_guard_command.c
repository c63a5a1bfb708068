/* `doanket law check FILE` */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "read/type.h"
#include "kernel/page/json.h"
#include "read/read.h"
#include "modules/law/law_guard.h"
#include "modules/law/law_guard_file.h"

#include "base/banned.h"

enum { PAGES_MOST = 200 };

const struct command_option law_check_options[] = {{"on", true}, {"json", false}, {NULL, false}};

/* The words of a file of any kind read in a sandboxed child. */
static struct err file_words(struct arena *a, const char *path, struct str *text) {
    enum file_type type;
    struct read_outline outline;
    struct buf b = buf_in(a);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return err_refuse(a, ERR_INVALID, "file", "Không mở được tệp %s.", path);
    }
    struct err e = file_type_sniff(a, fd, &type);
    close(fd);
    TRY(e);
    TRY(read_prepare());
    TRY(read_outline(a, path, type, &read_limits_usual, &outline));
    for (int64_t n = 1; n <= outline.pages && n <= PAGES_MOST; n++) {
        struct read_page page;
        TRY(read_page(a, path, type, n, &read_limits_usual, &page));
        buf_put(&b, page.text);
        buf_put_char(&b, '\n');
    }
    *text = utf8_clean(a, buf_str(&b));
    return OK;
}

static void member(struct buf *b, const char *name, struct str value) {
    buf_printf(b, ",\"%s\":", name);
    json_str(b, value);
}

static void print_json(struct arena *a, struct str text, const struct law_guard *out) {
    struct buf b = buf_in(a);
    buf_printf(
        &b, "{\"citations\":%zu,\"right\":%zu,\"look\":%zu,\"wrong\":%zu,\"unknown\":%zu,\"is_cut\":%s,\"findings\":[",
        out->citations, out->right, out->look, out->wrong, out->unknown, out->is_cut ? "true" : "false");
    for (size_t i = 0; i < out->findings.n; i++) {
        const struct law_guard_finding *f = &out->findings.at[i];
        buf_printf(&b, "%s{\"from\":%zu,\"to\":%zu", i ? "," : "", f->from, f->to);
        member(&b, "cited", str_slice(text, f->from, f->to));
        member(&b, "level", law_guard_level_name(f->level));
        member(&b, "code", f->code);
        member(&b, "sentence", f->sentence);
        member(&b, "suggestion", f->suggestion);
        member(&b, "work", f->work_name);
        member(&b, "place", f->eid);
        BUF_LIT(&b, "}");
    }
    BUF_LIT(&b, "]}\n");
    printf("%.*s", STR_ARG(buf_str(&b)));
}

static void print_lines(struct str text, const struct law_guard *out) {
    for (size_t i = 0; i < out->findings.n; i++) {
        const struct law_guard_finding *f = &out->findings.at[i];
        struct str cited = utf8_cut(str_slice(text, f->from, f->to), 80);
        printf("%.*s\t%.*s\t%.*s", STR_ARG(law_guard_level_name(f->level)), STR_ARG(cited), STR_ARG(f->sentence));
        printf(f->suggestion.len ? "\t%.*s\n" : "%.*s\n", STR_ARG(f->suggestion));
    }
    printf("%zu trích dẫn: đúng %zu, cần xem %zu, sai %zu, không có trong thư viện %zu\n", out->citations, out->right,
           out->look, out->wrong, out->unknown);
}

static struct err check(struct command_run *run, struct str text, struct date on, struct law_guard *out) {
    struct db_read *db;
    TRY(db_begin_read(run->db, run->arena, &db));
    struct err e = law_guard_check(db, text, on, out);
    db_end_read(db);
    return e;
}

int law_check_command(struct command_run *run) {
    struct law_guard out;
    struct date on = clock_today();
    struct str text = {0};
    bool has_day = run->values[0].at != NULL;
    if (run->n != 1 || (has_day && !date_read_vi(run->values[0], &on))) {
        fputs("doanket law check TỆP [--on NGÀY] [--json]\n", stderr);
        return 2;
    }
    struct err e = file_words(run->arena, str_z(run->arena, run->words[0]), &text);
    e = e.why ? e : check(run, text, on, &out);
    if (e.why) {
        struct str words = e.why->message.len ? e.why->message : err_sentence(e.why->kind);
        fprintf(stderr, "doanket: %.*s %.*s\n", STR_ARG(words), STR_ARG(e.why->detail));
        return 2;
    }
    if (run->values[1].at) {
        print_json(run->arena, text, &out);
    } else {
        print_lines(text, &out);
    }
    return out.wrong > 0;
}
