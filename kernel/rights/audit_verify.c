/* Reading the whole chain. */
#include "kernel/rights/audit_chain.h"

#include <sodium.h>

#include "base/arena.h"

#include "base/banned.h"

enum { PIECE = 2000 };

struct walk {
    struct audit_report *report;
    struct arena *arena; /* for words */
    char prev[AUDIT_HASH];
    int64_t file_seq; /* of the head file; 0: none */
    char file_hex[AUDIT_HASH * 2 + 1];
    struct audit_anchors_rows anchors;
    size_t anchor;
    struct date day;
};

static bool faulty(struct walk *k, int64_t seq, const char *words) {
    k->report->is_sound = false;
    k->report->faulty_seq = seq;
    k->report->words = str_format(k->arena, "Mục %lld: %s", (long long)seq, words);
    return false;
}

static bool is_hex_of(const char *hex, struct str hash) {
    char z[AUDIT_HASH * 2 + 1];
    sodium_bin2hex(z, sizeof z, (const unsigned char *)hash.at, hash.len <= AUDIT_HASH ? hash.len : AUDIT_HASH);
    return str_eq(str_of(z), str_of(hex));
}

/* Details that stand fit their digest; those erased are named by a later entry of the same record. */
static bool check_details(struct walk *k, struct arena *piece, const struct audit_read_row *e) {
    if (e->has_detail != (e->digest.len > 0)) {
        return faulty(k, e->seq, "phần chi tiết bị thiếu hoặc bị thêm vào.");
    }
    if (!e->has_detail) {
        return true;
    }
    if (!e->erased_in) {
        return str_eq(e->digest, audit_digest(piece, e)) || faulty(k, e->seq, "nội dung đã bị sửa sau khi ghi.");
    }
    bool is_empty = !e->salt.len && !e->before_json.len && !e->after_json.len;
    bool is_told = e->erased_in > e->seq && str_eq(e->eraser, S(AUDIT_ERASED)) && str_eq(e->eraser_kind, e->kind) &&
                   e->eraser_record == e->record;
    k->report->erased++;
    return (is_empty && is_told) || faulty(k, e->seq, "nội dung bị xóa mà không có mục nào ghi lại việc xóa.");
}

static bool check_entry(struct walk *k, struct arena *piece, const struct audit_read_row *e) {
    int64_t wanted = k->report->last_seq + 1;
    if (e->seq != wanted) {
        return faulty(k, wanted, "bị thiếu trong nhật ký.");
    }
    if (!str_eq(e->prev_hash, (struct str){k->prev, AUDIT_HASH})) {
        return faulty(k, e->seq, "không nối tiếp mục ngay trước nó.");
    }
    if (!str_eq(e->hash, audit_hash(piece, e))) {
        return faulty(k, e->seq, "nội dung đã bị sửa sau khi ghi.");
    }
    if (!check_details(k, piece, e)) {
        return false;
    }
    if (e->seq == k->file_seq && !is_hex_of(k->file_hex, e->hash)) {
        return faulty(k, e->seq, "khác với dấu cuối do máy chủ này giữ.");
    }
    while (k->anchor < k->anchors.n && k->anchors.at[k->anchor].seq <= e->seq) {
        const struct audit_anchors_row *a = &k->anchors.at[k->anchor++];
        if (a->seq != e->seq || !str_eq(a->hash, e->hash) || !date_is(a->day_on, date_of(e->made_at))) {
            return faulty(k, a->seq, "khác với dấu chốt của ngày.");
        }
    }
    for (size_t i = 0; i < AUDIT_HASH; i++) {
        k->prev[i] = e->hash.at[i];
    }
    k->report->last_seq = e->seq;
    k->report->entries++;
    return true;
}

/* One piece of the chain, in memory of its own. */
static struct err walk_piece(struct walk *k, struct db *db, struct arena *piece, bool *more) {
    struct db_read *r = NULL;
    struct audit_read_rows rows;
    *more = false;
    TRY(db_begin_read(db, piece, &r));
    struct err e = audit_read(r, (struct audit_read_in){k->report->last_seq, PIECE}, &rows);
    if (!e.why) {
        *more = rows.n == PIECE;
        for (size_t i = 0; i < rows.n; i++) {
            if (!check_entry(k, piece, &rows.at[i])) {
                *more = false;
                break;
            }
        }
    }
    db_end_read(r);
    return e;
}

struct err audit_verify(struct db_read *db, struct audit_report *report) {
    *report = (struct audit_report){.is_sound = true, .words = S("")};
    struct walk k = {.report = report, .arena = db_arena(db)};
    if (!audit_head_file_read(db_dir(db_of_read(db)), &k.file_seq, k.file_hex)) {
        k.file_seq = 0;
    }
    TRY(audit_anchors(db, &k.anchors));
    struct arena *piece = arena_new();
    struct err e = OK;
    for (bool more = true; more && !e.why;) {
        arena_reset(piece);
        e = walk_piece(&k, db_of_read(db), piece, &more);
    }
    if (e.why) {
        e = FAIL_WITH(db_arena(db), e.why->kind, "audit: %.*s", STR_ARG(e.why->detail));
    }
    arena_free(piece);
    TRY(e);
    if (report->is_sound && k.file_seq > report->last_seq) {
        faulty(&k, report->last_seq + 1, "bị thiếu: phần cuối nhật ký đã bị cắt.");
    } else if (report->is_sound && k.anchor < k.anchors.n) {
        faulty(&k, report->last_seq + 1, "bị thiếu: dấu chốt của ngày chỉ tới sau mục cuối.");
    }
    if (report->is_sound && report->erased) {
        report->words = str_format(db_arena(db),
                                   "Nhật ký toàn vẹn: %lld mục, nối tiếp nhau từ mục đầu; %lld mục có nội dung đã được "
                                   "xóa theo yêu cầu, chuỗi vẫn đúng.",
                                   (long long)report->entries, (long long)report->erased);
    } else if (report->is_sound) {
        report->words = str_format(db_arena(db), "Nhật ký toàn vẹn: %lld mục, nối tiếp nhau từ mục đầu.",
                                   (long long)report->entries);
    }
    return OK;
}
