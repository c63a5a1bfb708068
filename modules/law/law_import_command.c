/* `doanket import law FILE…` */
#include <stdio.h>

#include "kernel/module.h"
#include "modules/law/law_guard_file.h"
#include "modules/law/law_import.h"

#include "base/banned.h"

static void tell(void *thing, struct str words) {
    (void)thing;
    fprintf(stderr, "%.*s\n", STR_ARG(words));
}

static int import_law(struct command_run *run) {
    struct law_import_count count = {0};
    struct law_import what = {.db = run->db, .files = run->words, .n = run->n, .tell = tell};
    if (!run->n) {
        fputs("doanket import law TỆP… --data DIR\n", stderr);
        return 2;
    }
    struct err e = law_import_run(run->arena, &what, &count);
    printf("%lld bản ghi; %lld văn bản: mới %lld, sửa %lld, không đổi %lld; bị từ chối %lld bản ghi\n",
           (long long)count.records, (long long)count.works, (long long)count.added, (long long)count.changed,
           (long long)count.unchanged, (long long)count.rejected);
    if (e.why) {
        struct str words = e.why->message.len ? e.why->message : err_sentence(e.why->kind);
        fprintf(stderr, "doanket: %.*s %.*s\n", STR_ARG(words), STR_ARG(e.why->detail));
        return 1;
    }
    if (!count.added && !count.changed && !count.added_relations) {
        puts("không có gì thay đổi");
    }
    return 0;
}

const struct command law_commands[] = {
    {.name = "import law",
     .usage =
         "  doanket import law TỆP… [--data DIR] [--db URL]\n"
         "                      nhập văn bản vào thư viện pháp luật: JSON từng dòng, JSON, văn bản thô, DOCX, PDF …;\n"
         "                      chạy lại thì đi tiếp, không ghi gì hai lần\n",
     .run = import_law},
    {.name = "law check",
     .usage = "  doanket law check TỆP [--on NGÀY] [--json] [--data DIR]\n"
              "                      kiểm tra từng trích dẫn pháp luật trong tệp: có không, đúng lời không, còn hiệu "
              "lực không\n",
     .options = law_check_options,
     .run = law_check_command},
    {.name = NULL},
};
