/* doanket format check: a paper against a profile, for programs and for people. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "modules/format/inside.h"
#include "read/read.h"

#include "base/banned.h"

enum { OPTION_PROFILE, OPTION_ON, OPTION_JSON };
static const struct command_option options[] = {{"profile", true}, {"on", true}, {"json", false}, {0}};

static struct err paper_read(struct arena *a, struct str path, struct read_layout *out) {
    const char *z = str_z(a, path);
    enum file_type type;
    int fd = open(z, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return REFUSE(ERR_INVALID, "file", "Không mở được tệp. Mời kiểm tra lại đường dẫn.");
    }
    struct err e = file_type_sniff(a, fd, &type);
    close(fd);
    TRY(e);
    if (type != FILE_PDF && type != FILE_DOCX) {
        return REFUSE(ERR_INVALID, "file",
                      "Chỉ kiểm tra được thể thức của tệp PDF hoặc Word (.docx). Mời lưu lại rồi thử.");
    }
    return read_layout(a, z, type, &read_limits_usual, out);
}

static void print_lines(const struct format_tables *t, struct arena *a, const struct format_report *r) {
    printf("%.*s", STR_ARG(r->profile->name));
    printf(r->faults.n  ? ": %zu lỗi thể thức\n"
           : r->is_scan ? ": bản quét, không có chữ để đo\n"
                        : ": không thấy lỗi thể thức\n",
           r->faults.n);
    if (r->is_not_then) {
        printf("  Văn bản ban hành trước khi bộ thể thức này có hiệu lực; đã dùng quy định của ngày hôm nay.\n");
    }
    for (size_t i = 0; i < r->faults.n; i++) {
        const struct format_fault *f = &r->faults.at[i];
        struct str words = format_fault_words(t, a, f);
        if (f->place.page) {
            printf("  trang %lld\t", (long long)f->place.page);
        } else if (f->place.paragraph) {
            printf("  đoạn %lld\t", (long long)f->place.paragraph);
        } else {
            printf("  –\t");
        }
        printf(f->more ? "%.*s (và %lld chỗ khác)\n" : "%.*s\n", STR_ARG(words), (long long)f->more);
    }
    for (size_t i = 0; i < r->gaps.n; i++) {
        const struct format_gap *g = &r->gaps.at[i];
        struct str name = format_element_words(t, g->element);
        if (i && g[-1].element == g->element && str_eq(g[-1].why, g->why)) {
            continue;
        }
        printf("  chưa đo\t%.*s: %.*s\n", STR_ARG(name), STR_ARG(g->why));
    }
}

static int say(struct err e) {
    struct str words = e.why->message.len ? e.why->message : err_sentence(e.why->kind);
    fprintf(stderr, "doanket: %.*s\n", STR_ARG(words));
    return 2;
}

static int run_check(struct command_run *run) {
    struct date on = {0};
    struct read_layout paper;
    struct format_report report;
    bool has_day = run->values[OPTION_ON].at != NULL;
    if (run->n != 1 || !run->values[OPTION_PROFILE].len || (has_day && !date_read_vi(run->values[OPTION_ON], &on))) {
        fputs("doanket format check TỆP --profile nd30|front|party [--on NGÀY] [--json]\n", stderr);
        return 2;
    }
    const struct format_tables *t = format_open(run->arena);
    struct err e = paper_read(run->arena, run->words[0], &paper);
    e = e.why ? e : format_check(t, run->arena, &paper, run->values[OPTION_PROFILE], on, &report);
    if (e.why) {
        return say(e);
    }
    if (run->values[OPTION_JSON].at) {
        struct str answer = format_answer(t, run->arena, run->words[0], &paper, &report);
        fwrite(answer.at, 1, answer.len, stdout);
    } else {
        print_lines(t, run->arena, &report);
    }
    return report.faults.n ? 1 : report.is_scan ? 2 : 0;
}

const struct command format_commands[] = {
    {"format check",
     "  doanket format check TỆP --profile nd30|front|party [--on NGÀY] [--json]\n"
     "                      kiểm tra thể thức của một văn bản (PDF hoặc Word): chín thành phần, số ký hiệu, người ký,\n"
     "                      phông chữ, lề trang; kết thúc bằng 1 khi có lỗi, 2 khi không đọc hay không đo được\n",
     options, run_check},
    {0},
};
