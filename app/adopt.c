/* `doanket adopt`: takes the database that is there for the folder's own, after a back-up was put back: says first what
   is lost, asks in words, and writes down that it happened. `doanket sweep`: what would be removed. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/serve.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/rights/audit.h"
#include "kernel/config/config.h"
#include "kernel/db/db.h"
#include "kernel/db/guard.h"
#include "kernel/file/sweep.h"
#include "kernel/folder/folder.h"
#include "kernel/folder/folder_queries.h"
#include "kernel/index/feed.h"

#include "base/banned.h"

struct adoption {
    struct folder_mark mark;
    struct folder_base base;
};

static struct err refuse_what_cannot(struct serve *s, const struct adoption *x) {
    if (!x->base.is_there || !x->base.has_people) {
        return err_refuse(
            s->arena, ERR_CONFLICT, "",
            "Không có cơ sở dữ liệu để nhận, hoặc nó trống. Hãy đặt bản sao lưu của doanket.db vào thư mục "
            "trước. Muốn bắt đầu lại từ đầu, hãy chọn một thư mục trống khác.");
    }
    if (x->mark.id.len && x->base.mark.id.len && x->mark.is_demo != x->base.mark.is_demo) {
        return err_refuse(s->arena, ERR_CONFLICT, "",
                          "Thư mục là dữ liệu %s, cơ sở dữ liệu là dữ liệu %s: không nhận lẫn nhau được.",
                          x->mark.is_demo ? "trình diễn" : "thật", x->base.mark.is_demo ? "trình diễn" : "thật");
    }
    return OK;
}

static void say(struct serve *s, const struct adoption *x, size_t unknown) {
    const struct folder_base *b = &x->base;
    printf("Thư mục: %.*s\n", STR_ARG(s->dir));
    printf("Cơ sở dữ liệu: dữ liệu %s, nhật ký tới mục %lld", b->mark.is_demo ? "trình diễn" : "thật",
           (long long)b->base_seq);
    if (b->base_at.ms) {
        printf(", việc cuối lúc %.*s", STR_ARG(folder_when(s->arena, b->base_at)));
    }
    puts(".");
    if (b->head_seq > b->base_seq) {
        printf("SẼ MẤT: ít nhất %lld việc đã ghi sau lúc đó (thư mục đã ghi tới mục nhật ký %lld).\n",
               (long long)(b->head_seq - b->base_seq), (long long)b->head_seq);
    } else if (b->is_forked) {
        puts("SẼ MẤT: những việc thư mục đã ghi mà cơ sở dữ liệu này không có (hai nhật ký rẽ khỏi nhau).");
    } else {
        puts("Theo nhật ký của thư mục, không việc nào bị mất.");
    }
    printf("Tệp trong thư mục mà cơ sở dữ liệu không biết: %zu. Chúng được giữ nguyên, không bao giờ bị dọn.\n",
           unknown);
    puts("Chỉ mục tìm kiếm được làm lại.");
}

static bool is_confirmed(struct arena *a) {
    char line[256];
    printf("Gõ “nhận cơ sở dữ liệu này” để tiếp tục: ");
    fflush(stdout);
    return fgets(line, sizeof line, stdin) &&
           str_eq(utf8_fold(a, str_trim(utf8_clean(a, str_of(line)))), S("nhan co so du lieu nay"));
}

static struct str json(struct arena *a, const struct folder_mark *mark, int64_t seq) {
    return str_format(a, "{\"folder\":\"%.*s\",\"generation\":%lld,\"audit\":%lld}", STR_ARG(mark->id),
                      (long long)mark->generation, (long long)seq);
}

static struct err note(struct db_write *w, const struct adoption *x, struct folder_mark *fresh) {
    struct arena *a = db_write_arena(w);
    *fresh = x->base.mark.id.len ? x->base.mark : folder_mark_new(a, x->mark.is_demo);
    if (x->mark.generation >= fresh->generation) {
        fresh->generation = x->mark.generation;
    }
    fresh->generation++;
    TRY(folder_self_put(w,
                        (struct folder_self_put_in){.folder = fresh->id,
                                                    .is_demo = fresh->is_demo,
                                                    .generation = fresh->generation,
                                                    .made_at = fresh->made_at,
                                                    .since_at = clock_now()},
                        NULL));
    TRY(file_sweep_begin_anew(w));
    db_actor_set(w, &(struct db_actor){.ip = S("terminal")});
    return audit_note(w, &(struct audit){.verb = S("folder.adopt"),
                                         .before = json(a, &x->mark, x->base.head_seq),
                                         .after = json(a, fresh, x->base.base_seq)});
}

/* The database first. The head of the trail that is left is kept beside: it is what proves what was lost. */
static struct err take(struct serve *s, struct db *db, const struct adoption *x) {
    struct folder_mark fresh;
    struct db_write *w;
    TRY(db_begin_write(db, s->arena, &w));
    struct err e = note(w, x, &fresh);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    char *head = str_z(s->arena, str_format(s->arena, "%.*s/" AUDIT_HEAD_FILE, STR_ARG(s->dir)));
    char *left = str_z(s->arena, str_format(s->arena, "%s.%lld", head, (long long)fresh.generation));
    if (x->base.head_seq > x->base.base_seq || x->base.is_forked) {
        rename(head, left);
    }
    TRY(db_commit(w));
    return folder_mark_write(s->arena, s->dir, &fresh);
}

static struct err unknown_files(struct db *db, struct arena *a, size_t *n) {
    struct db_read *r;
    struct file_finds finds;
    TRY(db_begin_read(db, a, &r));
    struct err e = file_sweep_look(r, a, &finds);
    db_end_read(r);
    *n = e.why ? 0 : finds.n;
    return e;
}

static struct err adopt(struct serve *s, int *status) {
    struct adoption x;
    struct db *db;
    size_t unknown = 0;
    TRY(folder_lock(s->arena, s->dir, S(""), &s->lock_fd));
    TRY(folder_mark_read(s->arena, s->dir, &x.mark));
    TRY(start_base_read(s, &x.base));
    TRY(refuse_what_cannot(s, &x));
    TRY(db_open_there(s->arena, s->where, &db));
    db_dir_set(db, s->dir);
    TRY(db_upgrade(db, s->arena));
    TRY(start_files_at(s));
    TRY(unknown_files(db, s->arena, &unknown));
    say(s, &x, unknown);
    if (!is_confirmed(s->arena)) {
        fputs("Chưa xác nhận; không có gì bị thay đổi.\n", stderr);
        *status = 2;
        return OK;
    }
    TRY(take(s, db, &x));
    *status = search_reindex_command(db, &modules);
    puts("Đã nhận. Chạy lại doanket serve.");
    return OK;
}

int adopt_command(struct serve *s) {
    int status = 0;
    struct err e = adopt(s, &status);
    if (e.why) {
        start_say("adopt", e);
        return 1;
    }
    return status;
}

static void print_doomed(struct arena *a, const struct file_doomed *f) {
    printf("%.*s  %lld byte, không dùng từ %.*s, dọn sau %.*s\n", STR_ARG(f->path), (long long)f->size,
           STR_ARG(folder_when(a, f->seen_at)), STR_ARG(folder_when(a, f->not_before)));
}

static struct err sweep_list(struct serve *s) {
    struct db *db;
    struct db_read *r;
    struct file_doomeds list = {0};
    struct str after = S("");
    size_t n = 0;
    TRY(start_open(s, s->arena, &db));
    TRY(db_begin_read(db, s->arena, &r));
    struct err e = OK;
    do {
        e = file_sweep_plan(r, after, config_int(s->config, SET_SWEEP_DAYS), &list);
        for (size_t i = 0; i < list.n && !e.why; i++) {
            print_doomed(s->arena, &list.at[i]);
            after = list.at[i].path;
            n++;
        }
    } while (!e.why && list.n);
    db_end_read(r);
    printf("%zu tệp sẽ được dọn; chưa có gì bị xóa bởi lệnh này.\n", n);
    return e;
}

int sweep_command(struct serve *s) {
    struct err e = sweep_list(s);
    if (e.why) {
        start_say("sweep", e);
        return 1;
    }
    return 0;
}
