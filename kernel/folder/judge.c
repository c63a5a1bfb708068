/* Do this folder and this database belong together, and may anything be begun here. */
#include "kernel/folder/folder.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "kernel/rights/audit_chain.h"
#include "kernel/rights/auth_queries.h"
#include "kernel/db/guard.h"
#include "kernel/folder/folder_queries.h"

#include "base/banned.h"

#define ADOPT "Nếu đây đúng là bản cần dùng, chạy: doanket adopt --data … (lệnh này nói rõ sẽ mất gì và hỏi lại)."

static struct err mark_of_base(struct db_read *r, struct folder_mark *mark) {
    struct folder_self_find_row *self;
    *mark = (struct folder_mark){.id = S("")};
    TRY(folder_self_find(r, &self));
    if (self) {
        *mark = (struct folder_mark){
            .id = self->folder, .is_demo = self->is_demo, .generation = self->generation, .made_at = self->made_at};
    }
    return OK;
}

/* The folder remembers the end of the audit trail: a database that does not reach there is older, one that has another
   entry there took another way. */
static struct err trail_read(struct db_read *r, struct str dir, struct folder_base *base) {
    char hex[AUDIT_HASH * 2 + 1], own[AUDIT_HASH * 2 + 1];
    struct audit_head_row *head;
    struct audit_at_row *at;
    base->head_seq = 0;
    TRY(audit_head(r, &head));
    base->base_seq = head ? head->seq : 0;
    base->base_at = head ? head->made_at : (struct instant){0};
    if (!audit_head_file_read(dir, &base->head_seq, hex)) {
        base->head_seq = 0;
        return OK;
    }
    TRY(audit_at(r, (struct audit_at_in){base->head_seq}, &at));
    if (at && at->hash.len == AUDIT_HASH) {
        sodium_bin2hex(own, sizeof own, (const unsigned char *)at->hash.at, AUDIT_HASH);
        base->is_forked = strcmp(own, hex) != 0;
    }
    return OK;
}

static struct err base_read(struct db_read *r, struct str dir, struct folder_base *base) {
    bool has_self, has_people, has_trail;
    struct auth_any_row *any;
    TRY(db_has_table(r, "db_change", &base->is_there));
    TRY(db_has_table(r, "folder_self", &has_self));
    TRY(db_has_table(r, "auth_account", &has_people));
    TRY(db_has_table(r, "audit_entry", &has_trail));
    TRY(has_self ? mark_of_base(r, &base->mark) : OK);
    if (has_people) {
        TRY(auth_any(r, &any));
        base->has_people = any != NULL;
    }
    return has_trail ? trail_read(r, dir, base) : OK;
}

struct err folder_base_read(struct db *db, struct arena *a, struct str dir, struct folder_base *base) {
    struct db_read *r;
    *base = (struct folder_base){.mark = {.id = S("")}};
    TRY(db_begin_read(db, a, &r));
    struct err e = base_read(r, dir, base);
    db_end_read(r);
    return e;
}

static struct err older(struct arena *a, const struct folder_mark *mark, const struct folder_base *base) {
    struct str how = base->head_seq > base->base_seq
                         ? str_format(a, "thư mục đã ghi tới mục nhật ký %lld, cơ sở dữ liệu chỉ tới mục %lld",
                                      (long long)base->head_seq, (long long)base->base_seq)
                         : str_format(a, "thư mục ở lần khởi động %lld, cơ sở dữ liệu mới ở lần %lld",
                                      (long long)mark->generation, (long long)base->mark.generation);
    struct str last =
        base->base_at.ms ? str_format(a, ", việc cuối lúc %.*s", STR_ARG(folder_when(a, base->base_at))) : S("");
    return err_refuse(a, ERR_CONFLICT, "",
                      "Cơ sở dữ liệu cũ hơn thư mục: %.*s%.*s. Không có gì bị thay đổi. Hãy đặt lại cơ sở dữ liệu mới "
                      "nhất. " ADOPT,
                      STR_ARG(how), STR_ARG(last));
}

static struct err check_trail(struct arena *a, const struct folder_mark *mark, const struct folder_base *base) {
    if (base->head_seq > base->base_seq) {
        return older(a, mark, base);
    }
    if (base->is_forked) {
        return err_refuse(
            a, ERR_CONFLICT, "",
            "Cơ sở dữ liệu không phải của thư mục này: mục nhật ký %lld khác với dấu thư mục giữ. Hãy đặt "
            "lại cơ sở dữ liệu đúng. " ADOPT,
            (long long)base->head_seq);
    }
    return OK;
}

static struct err judge_unmarked(struct arena *a, const struct folder_mark *mark, const struct folder_base *base,
                                 bool is_bare, struct str what, enum folder_verdict *verdict) {
    if (base->mark.id.len) {
        return err_refuse(
            a, ERR_CONFLICT, "",
            "Cơ sở dữ liệu thuộc một thư mục dữ liệu khác (%.8s…), còn thư mục này không có tệp " FOLDER_FILE
            ". Hãy kiểm tra --data và --db, hoặc lấy lại tệp đó từ bản sao lưu. " ADOPT,
            base->mark.id.at);
    }
    if (base->is_there) {
        *verdict = FOLDER_UNMARKED;
        return check_trail(a, mark, base);
    }
    if (!is_bare) {
        return err_refuse(a, ERR_CONFLICT, "",
                          "Thư mục dữ liệu không trống (có “%.*s”) mà không có cơ sở dữ liệu. Không có gì bị thay đổi. "
                          "Hãy đặt lại cơ sở dữ liệu (doanket.db) từ bản sao lưu, hoặc chọn một thư mục trống.",
                          STR_ARG(what));
    }
    *verdict = FOLDER_NEW;
    return OK;
}

struct err folder_judge(struct arena *a, const struct folder_mark *mark, const struct folder_base *base, bool is_bare,
                        struct str what, enum folder_verdict *verdict) {
    *verdict = FOLDER_SAME;
    if (!mark->id.len) {
        return judge_unmarked(a, mark, base, is_bare, what, verdict);
    }
    if (mark->generation == 0 && !base->mark.id.len && !base->has_people) {
        *verdict = FOLDER_UNSERVED;
        return OK;
    }
    if (!base->is_there) {
        return err_refuse(
            a, ERR_CONFLICT, "",
            "Không thấy cơ sở dữ liệu của thư mục này (%s, đã phục vụ %lld lần khởi động). Không có gì bị "
            "thay đổi. Hãy đặt lại cơ sở dữ liệu (doanket.db, hoặc địa chỉ ở --db) từ bản sao lưu.",
            mark->is_demo ? "dữ liệu trình diễn" : "dữ liệu thật", (long long)mark->generation);
    }
    if (!base->mark.id.len || !str_eq(mark->id, base->mark.id) || mark->is_demo != base->mark.is_demo) {
        return err_refuse(
            a, ERR_CONFLICT, "",
            "Cơ sở dữ liệu không phải của thư mục này. Hãy kiểm tra --data và --db, hoặc đặt lại cơ sở dữ "
            "liệu đúng. " ADOPT);
    }
    return base->mark.generation < mark->generation ? older(a, mark, base) : check_trail(a, mark, base);
}

struct err folder_compare(struct db_read *db, struct str dir) {
    struct folder_mark mark;
    struct folder_base base = {.is_there = true};
    enum folder_verdict verdict;
    TRY(folder_mark_read(db_arena(db), dir, &mark));
    TRY(mark_of_base(db, &base.mark));
    return folder_judge(db_arena(db), &mark, &base, false, S(""), &verdict);
}
