#include "kernel/verify/inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "kernel/db/db.h"
#include "kernel/db/verify.h"
#include "kernel/file/file.h"
#include "kernel/page/json.h"

#include <stdio.h>
#include <unistd.h>

#include "base/banned.h"

void verify_found(struct verify *v, enum verify_part part, struct str where, struct str words) {
    struct verify_report *r = v->report;
    r->found++;
    if (r->n < VERIFY_FAULTS_MOST) {
        LIST_ADD(v->arena, r, (struct verify_fault){part, str_copy(v->arena, where), str_copy(v->arena, words)});
    }
}

struct err verify_progress(struct verify *v, enum verify_part part, int64_t done, int64_t total) {
    return v->progress ? v->progress(v->thing, part, done, total) : OK;
}

struct str verify_part_words(enum verify_part part) {
    static const char *const words[VERIFY_PARTS] = {"Cơ sở dữ liệu", "Nhật ký", "Tệp", "Chỉ mục tìm kiếm"};
    return str_of(words[part]);
}

static struct err verify_database(struct verify *v) {
    struct db_faults faults;
    TRY(verify_progress(v, VERIFY_DATABASE, 0, 0));
    TRY(db_verify(v->db, v->arena, &faults, &v->report->said[VERIFY_DATABASE]));
    for (size_t i = 0; i < faults.n; i++) {
        verify_found(v, VERIFY_DATABASE, faults.at[i].where, faults.at[i].words);
    }
    return OK;
}

static struct err verify_audit(struct verify *v) {
    struct db_read *r;
    struct audit_report report;
    TRY(verify_progress(v, VERIFY_AUDIT, 0, 0));
    TRY(db_begin_read(v->db, v->arena, &r));
    struct err e = audit_verify(r, &report);
    db_end_read(r);
    TRY(e);
    v->report->said[VERIFY_AUDIT] = report.words;
    if (!report.is_sound) {
        verify_found(v, VERIFY_AUDIT, str_format(v->arena, "mục %lld", (long long)report.faulty_seq), report.words);
    }
    return OK;
}

/* What cannot be read because it is broken is a fault found; the rest is looked at all the same. */
struct err verify_all(struct verify *v) {
    static struct err (*const parts[VERIFY_PARTS])(struct verify * v) = {verify_database, verify_audit, verify_files,
                                                                         verify_index};
    *v->report = (struct verify_report){0};
    for (int i = 0; i < VERIFY_PARTS; i++) {
        struct err e = parts[i](v);
        if (e.why && e.why->kind != ERR_BROKEN) {
            return e;
        }
        if (e.why) {
            log_fault(LOG_WARN, "verify", e);
            verify_found(v, (enum verify_part)i, S("cả phần này"),
                         str_format(v->arena, "không đọc được: %.*s", STR_ARG(e.why->detail)));
        }
    }
    return OK;
}

struct str verify_summary(struct arena *a, const struct verify_report *report) {
    struct buf b = buf_in(a);
    if (report->found == 0) {
        for (int i = 0; i < VERIFY_PARTS; i++) {
            buf_printf(&b, "%s%.*s", i ? " " : "", STR_ARG(report->said[i]));
            buf_put(&b, str_ends(report->said[i], S(".")) ? S("") : S("."));
        }
        return buf_str(&b);
    }
    buf_printf(&b, "Có %lld chỗ hỏng.", (long long)report->found);
    for (size_t i = 0; i < report->n && i < 5; i++) {
        struct str part = verify_part_words(report->at[i].part);
        buf_printf(&b, " %.*s, %.*s: %.*s", STR_ARG(part), STR_ARG(report->at[i].where), STR_ARG(report->at[i].words));
        buf_put(&b, str_ends(report->at[i].words, S(".")) ? S("") : S("."));
    }
    if (report->found > 5) {
        buf_put(&b, S(" Xem đủ bằng lệnh doanket verify."));
    }
    return buf_str(&b);
}

/* ---- The command. */

static void print_words(const struct verify_report *r) {
    for (int p = 0; p < VERIFY_PARTS; p++) {
        struct str name = verify_part_words((enum verify_part)p);
        int64_t bad = 0;
        for (size_t i = 0; i < r->n; i++) {
            bad += r->at[i].part == (enum verify_part)p;
        }
        printf("%.*s: %s%.*s\n", STR_ARG(name), bad ? "HỎNG. " : "", STR_ARG(r->said[p]));
        for (size_t i = 0; i < r->n; i++) {
            if (r->at[i].part == (enum verify_part)p) {
                printf("  %.*s: %.*s\n", STR_ARG(r->at[i].where), STR_ARG(r->at[i].words));
            }
        }
    }
    if (r->found) {
        printf("Có %lld chỗ hỏng%s.\n", (long long)r->found, r->found > (int64_t)r->n ? " (chỉ kể những chỗ đầu)" : "");
    } else {
        puts("Mọi thứ nguyên vẹn.");
    }
}

static void print_json(struct arena *a, const struct verify_report *r) {
    static const char *const names[VERIFY_PARTS] = {"database", "audit", "files", "index"};
    struct buf b = buf_in(a);
    buf_printf(&b, "{\"whole\": %s, \"found\": %lld, \"files\": %lld, \"bytes\": %lld, \"unreferenced\": %lld, ",
               r->found ? "false" : "true", (long long)r->found, (long long)r->files, (long long)r->bytes,
               (long long)r->unreferenced);
    BUF_LIT(&b, "\"said\": {");
    for (int p = 0; p < VERIFY_PARTS; p++) {
        buf_printf(&b, "%s\"%s\": ", p ? ", " : "", names[p]);
        json_str(&b, r->said[p]);
    }
    BUF_LIT(&b, "}, \"faults\": [");
    for (size_t i = 0; i < r->n; i++) {
        buf_printf(&b, "%s{\"part\": \"%s\", \"where\": ", i ? ", " : "", names[r->at[i].part]);
        json_str(&b, r->at[i].where);
        BUF_LIT(&b, ", \"words\": ");
        json_str(&b, r->at[i].words);
        BUF_LIT(&b, "}");
    }
    BUF_LIT(&b, "]}\n");
    struct str all = buf_str(&b);
    fwrite(all.at, 1, all.len, stdout);
}

struct telling {
    int64_t told_us;
};

static struct err tell(void *thing, enum verify_part part, int64_t done, int64_t total) {
    struct telling *t = thing;
    int64_t now = clock_monotonic_us();
    if (t->told_us == 0) {
        t->told_us = now;
    }
    if (now - t->told_us > 2000000) {
        t->told_us = now;
        fprintf(stderr, "doanket verify: %.*s, %lld / %lld\n", STR_ARG(verify_part_words(part)), (long long)done,
                (long long)total);
    }
    return OK;
}

static struct err look(struct verify *v, struct str where, struct str dir) {
    TRY(db_open_looking(v->arena, where, &v->db));
    db_dir_set(v->db, dir);
    struct err e = db_check(v->db, v->arena);
    if (e.why && e.why->kind != ERR_BROKEN) {
        return e; /* another program's tables; broken ones are what is looked for */
    }
    file_store_look(dir);
    return verify_all(v);
}

int verify_command(struct str where, struct str dir, const struct modules *all, bool as_json) {
    struct arena *arena = arena_new();
    struct verify_report report = {0};
    struct telling telling = {0};
    struct verify v = {.modules = all, .arena = arena, .progress = tell, .thing = &telling, .report = &report};
    struct err e = look(&v, where, dir);
    if (e.why) {
        log_fault(LOG_ERROR, "verify", e);
    } else if (as_json) {
        print_json(arena, &report);
    } else {
        print_words(&report);
    }
    int status = e.why ? 2 : report.found ? 1 : 0;
    arena_free(arena);
    return status;
}
