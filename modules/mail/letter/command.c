/* doanket mail read, doanket mail threads. */
#include <dirent.h>
#include <stdio.h>

#include "modules/mail/letter/command.h"
#include "base/arena.h"
#include "base/disk.h"
#include "kernel/page/json.h"
#include "read/json.h"

#include "base/banned.h"

enum { OPTION_JSON, OPTION_OURS, OPTION_ALONE };
enum { BESIDE_MOST = 500, BESIDE_BYTES_MOST = 4 << 20, THREADS_BYTES_MOST = 200 << 20 };
static const struct command_option options[] = {{"json", false}, {"ours", true}, {"alone", false}, {0}};

/* A letter on disk, beside others. */
struct beside {
    struct str path, name;
    struct mail_letter letter;
};

static struct str folder_of(struct str path, struct str *name) {
    for (size_t i = path.len; i > 0; i--) {
        if (path.at[i - 1] == '/') {
            *name = str_slice(path, i, path.len);
            return str_slice(path, 0, i);
        }
    }
    *name = path;
    return S("./");
}

static int by_age(const void *one, const void *two) {
    const struct beside *a = one, *b = two;
    if (a->letter.date.ms != b->letter.date.ms) {
        return a->letter.date.ms < b->letter.date.ms ? -1 : 1;
    }
    return str_cmp(a->name, b->name);
}

struct besides {
    struct beside *at;
    size_t n;
};

/* The letters of a folder that are older than one of them, oldest first. */
static struct besides beside_read(struct arena *a, const struct beside *self, struct str ours) {
    struct str name, folder = folder_of(self->path, &name), bytes;
    LIST(struct beside) all = {0};
    DIR *d = opendir(str_z(a, folder));
    for (struct dirent *e = d ? readdir(d) : NULL; e && all.n < BESIDE_MOST; e = readdir(d)) {
        struct beside b = {.name = str_copy(a, str_of(e->d_name))};
        b.path = str_format(a, "%.*s%.*s", STR_ARG(folder), STR_ARG(b.name));
        bool is_other = str_ends(b.name, S(".eml")) && !str_eq(b.name, self->name);
        if (is_other && disk_read(a, b.path.at, BESIDE_BYTES_MOST, &bytes) &&
            !mail_read(a, bytes, ours, &b.letter).why && by_age(&b, self) < 0) {
            LIST_ADD(a, &all, b);
        }
    }
    if (d) {
        closedir(d);
    }
    list_sort(all.at, all.n, sizeof *all.at, by_age);
    return (struct besides){all.at, all.n};
}

static void put_ties(struct arena *a, struct buf *b, const struct beside *self, struct str ours) {
    struct besides all = beside_read(a, self, ours);
    struct str same = {0}, distinct = {0};
    for (size_t i = 0; i < all.n; i++) {
        enum mail_tie tie = mail_tie(&self->letter, &all.at[i].letter);
        same = tie == MAIL_SAME_LETTER && !same.len ? all.at[i].name : same;
        distinct = tie == MAIL_SAME_ID_ONLY && !distinct.len ? all.at[i].name : distinct;
    }
    BUF_LIT(b, ", \"same_letter_as\": ");
    json_z(b, same.len ? str_z(a, same) : NULL);
    BUF_LIT(b, ", \"distinct_from\": ");
    json_z(b, distinct.len ? str_z(a, distinct) : NULL);
}

static void print_json(struct command_run *run, const struct beside *self) {
    struct buf b = buf_in(run->arena);
    BUF_LIT(&b, "{\"file\": ");
    json_str(&b, self->name);
    BUF_LIT(&b, ", ");
    mail_json(&b, &self->letter);
    if (!run->values[OPTION_ALONE].at) {
        put_ties(run->arena, &b, self, run->values[OPTION_OURS]);
    }
    BUF_LIT(&b, "}\n");
    fwrite(b.at, 1, b.len, stdout);
}

static void print_words(const struct mail_letter *l) {
    printf("Từ:        %.*s <%.*s>\n", STR_ARG(l->from.name), STR_ARG(l->from.address));
    printf("Trích yếu: %.*s\n", STR_ARG(l->subject));
    for (size_t i = 0; i < l->files.n; i++) {
        printf("Tệp:       %.*s (%zu byte)\n", STR_ARG(l->files.at[i].name), l->files.at[i].bytes.len);
    }
    if (l->guessed.len) {
        printf("Bảng mã:   đã đoán là %.*s\n", STR_ARG(l->guessed));
    }
    for (int w = 1; w < MAIL_WARNINGS; w++) {
        if (l->warns[w]) {
            printf("Cẩn thận:  %s\n", mail_warning_name((enum mail_warning)w));
        }
    }
    printf("\n%.*s", STR_ARG(l->text));
}

static int run_read(struct command_run *run) {
    int status = 0;
    if (!run->n) {
        fputs("doanket: hãy ghi tên tệp thư, ví dụ: doanket mail read thu.eml --json\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < run->n; i++) {
        struct beside self = {.path = run->words[i]};
        struct str bytes;
        folder_of(self.path, &self.name);
        if (!disk_read(run->arena, str_z(run->arena, self.path), MAIL_BYTES_MOST + 1, &bytes)) {
            fprintf(stderr, "doanket: không đọc được tệp %.*s, hoặc thư lớn hơn 50 MB\n", STR_ARG(self.path));
            status = 1;
            continue;
        }
        struct err e = mail_read(run->arena, bytes, run->values[OPTION_OURS], &self.letter);
        if (e.why) {
            fprintf(stderr, "doanket: %.*s: %.*s\n", STR_ARG(self.name), STR_ARG(e.why->message));
            status = 1;
        } else if (run->values[OPTION_JSON].at) {
            print_json(run, &self);
        } else {
            print_words(&self.letter);
        }
    }
    return status;
}

static void mark_read(struct arena *a, const struct json_value *v, struct mail_mark *m) {
    const struct json_value *people = json_member(v, "people"), *references = json_member(v, "references");
    *m = (struct mail_mark){.id = json_member_text(v, "id"),
                            .in_reply_to = json_member_text(v, "in_reply_to"),
                            .subject = json_member_text(v, "subject")};
    date_read_iso(json_member_text(v, "date"), &m->on);
    for (size_t i = 0; json_is_list(people) && i < json_count(people); i++) {
        LIST_ADD(a, &m->people, json_text_of(json_item(people, i)));
    }
    for (size_t i = 0; json_is_list(references) && i < json_count(references); i++) {
        LIST_ADD(a, &m->references, json_text_of(json_item(references, i)));
    }
}

static void threads_print(struct arena *a, const struct mail_mark *marks, size_t n) {
    struct buf b = buf_in(a);
    size_t *next = arena_take(a, size_t, n + 1), *last = arena_take(a, size_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        next[i] = SIZE_MAX;
        next[last[marks[i].thread]] = marks[i].thread == i ? next[last[i]] : i;
        last[marks[i].thread] = i;
    }
    BUF_LIT(&b, "{\"conversations\": [");
    for (size_t i = 0, is_any = 0; i < n; i++) {
        if (marks[i].thread != i) {
            continue;
        }
        buf_put(&b, is_any++ ? S(", [") : S("["));
        for (size_t k = i; k != SIZE_MAX; k = next[k]) {
            buf_put(&b, k == i ? S("") : S(", "));
            json_str(&b, marks[k].id);
        }
        BUF_LIT(&b, "]");
    }
    BUF_LIT(&b, "]}\n");
    fwrite(b.at, 1, b.len, stdout);
}

static int run_threads(struct command_run *run) {
    struct str json;
    size_t fault = 0;
    if (run->n != 1 || !disk_read(run->arena, str_z(run->arena, run->words[0]), THREADS_BYTES_MOST, &json)) {
        fputs("doanket: hãy ghi tên một tệp JSON có danh sách thư\n", stderr);
        return 2;
    }
    const struct json_value *list = json_read(run->arena, json, &fault);
    if (!json_is_list(list)) {
        fprintf(stderr, "doanket: tệp không phải danh sách JSON (byte %zu)\n", fault);
        return 1;
    }
    size_t n = json_count(list);
    struct mail_mark *marks = arena_take(run->arena, struct mail_mark, n + 1);
    for (size_t i = 0; i < n; i++) {
        mark_read(run->arena, json_item(list, i), &marks[i]);
    }
    mail_threads(run->arena, marks, n);
    threads_print(run->arena, marks, n);
    return 0;
}

static const struct command_option none[] = {{0}};

const struct command mail_commands[] = {
    {"mail read",
     "  doanket mail read TỆP.eml… [--json] [--ours TÊN-MIỀN] [--alone]\n"
     "                      thư nói gì, có tệp nào, phải cẩn thận điều gì; --alone: không so với thư cùng thư mục\n",
     options, run_read},
    {"mail threads",
     "  doanket mail threads TỆP.json\n"
     "                      xếp thư thành từng cuộc trao đổi\n",
     none, run_threads},
    {0},
};
