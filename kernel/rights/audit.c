#include "kernel/rights/audit_chain.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/page/json.h"

#include "base/banned.h"

_Static_assert(AUDIT_HASH == crypto_hash_sha256_BYTES, "SHA-256");

static void put_int(struct buf *b, int64_t v) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        buf_put_char(b, (char)((uint64_t)v >> shift & 0xff));
    }
}

static void put_text(struct buf *b, struct str s) {
    put_int(b, (int64_t)s.len);
    buf_put(b, s);
}

static struct str hash_of(struct arena *a, const struct buf *b) {
    unsigned char *hash = arena_take(a, unsigned char, AUDIT_HASH);
    crypto_hash_sha256(hash, (const unsigned char *)b->at, b->len);
    return (struct str){(const char *)hash, AUDIT_HASH};
}

struct str audit_hash(struct arena *a, const struct audit_read_row *e) {
    struct buf b = buf_in(a);
    buf_put(&b, S("doanket audit 2\n"));
    put_text(&b, e->prev_hash);
    put_int(&b, e->seq);
    put_int(&b, e->made_at.ms);
    put_int(&b, e->person);
    put_int(&b, e->post);
    put_int(&b, e->record);
    put_text(&b, e->verb);
    put_text(&b, e->kind);
    put_text(&b, e->digest);
    put_text(&b, e->ip);
    return hash_of(a, &b);
}

struct str audit_digest(struct arena *a, const struct audit_read_row *e) {
    struct buf b = buf_in(a);
    put_text(&b, e->salt);
    put_text(&b, e->before_json);
    put_text(&b, e->after_json);
    return hash_of(a, &b);
}

struct str audit_kind(const struct audit *a) {
    struct str kind = a->kind, rest;
    if (kind.len == 0) {
        str_cut(a->verb, S("."), &kind, &rest);
    }
    return kind;
}

enum { LINE = 20 + 1 + AUDIT_HASH * 2 + 1 };

/* The end of the chain as the transaction has made it so far. */
struct head {
    int64_t seq;
    struct instant made_at;
    struct date day;
    struct str hash;
};
static const char head_key, anchor_key;

static int head_open(struct str dir, int flags) {
    char path[4096];
    if (dir.len == 0 || dir.len > sizeof path - 32) {
        return -1;
    }
    snprintf(path, sizeof path, "%.*s/" AUDIT_HEAD_FILE, STR_ARG(dir));
    return open(path, flags | O_CLOEXEC, 0600);
}

static bool head_read(int fd, int64_t *seq, char hex[AUDIT_HASH * 2 + 1]) {
    char line[LINE];
    ssize_t n = pread(fd, line, sizeof line, 0);
    struct str digits = str_slice((struct str){line, n > 0 ? (size_t)n : 0}, 0, 20);
    while (digits.len > 1 && digits.at[0] == '0') {
        digits = str_slice(digits, 1, digits.len);
    }
    if (n != (ssize_t)sizeof line || !num_read(digits, seq)) {
        return false;
    }
    memcpy(hex, line + 21, AUDIT_HASH * 2);
    hex[AUDIT_HASH * 2] = 0;
    return true;
}

bool audit_head_file_read(struct str dir, int64_t *seq, char hex[AUDIT_HASH * 2 + 1]) {
    int fd = head_open(dir, O_RDONLY);
    bool ok = fd >= 0 && head_read(fd, seq, hex);
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

/* After the commit: the file may lag behind the chain, and never runs ahead of it. */
static void head_write(struct db *db, void *thing) {
    const struct head *h = thing;
    int fd = head_open(db_dir(db), O_RDWR | O_CREAT);
    if (fd < 0) {
        return;
    }
    int64_t there;
    char hex[AUDIT_HASH * 2 + 1], line[LINE + 1];
    flock(fd, LOCK_EX);
    if (!head_read(fd, &there, hex) || there < h->seq) {
        sodium_bin2hex(hex, sizeof hex, (const unsigned char *)h->hash.at, AUDIT_HASH);
        snprintf(line, sizeof line, "%020lld %s\n", (long long)h->seq, hex);
        ssize_t n = pwrite(fd, line, LINE, 0);
        (void)n;
    }
    close(fd);
}

static struct err anchor_write(struct db_write *db, void *thing) {
    const struct head *h = thing;
    return audit_anchor_set(db, (struct audit_anchor_set_in){h->day, h->seq, h->hash}, NULL);
}

/* The end of the chain: as this transaction left it, otherwise as the last one did. */
static struct err head_find(struct db_write *db, struct head **head) {
    static const char zeros[AUDIT_HASH];
    struct audit_head_row *row = NULL;
    *head = db_kept(db, &head_key);
    if (*head) {
        return OK;
    }
    TRY(audit_head(db_reading(db), &row));
    *head = arena_take(db_write_arena(db), struct head, 1);
    **head = row ? (struct head){row->seq, row->made_at, date_of(row->made_at), row->hash}
                 : (struct head){.hash = {zeros, AUDIT_HASH}};
    db_keep(db, &head_key, *head);
    db_after_commit(db, head_write, *head);
    return OK;
}

/* Details stand beside the entry, which holds their digest. */
static struct err details_put(struct db_write *db, struct audit_read_row *e) {
    unsigned char *salt = arena_take(db_write_arena(db), unsigned char, AUDIT_SALT);
    if (!e->before_json.len && !e->after_json.len) {
        return OK;
    }
    randombytes_buf(salt, AUDIT_SALT);
    e->salt = (struct str){(const char *)salt, AUDIT_SALT};
    e->digest = audit_digest(db_write_arena(db), e);
    return audit_detail_insert(db, (struct audit_detail_insert_in){e->seq, e->salt, e->before_json, e->after_json},
                               NULL);
}

struct err audit_append(struct db_write *db, const struct audit *a, struct instant at) {
    const struct db_actor *actor = db_actor(db);
    struct head *head = NULL;
    TRY(head_find(db, &head));
    struct audit_read_row e = {
        .seq = head->seq + 1,
        /* The order of the chain is the order of time, whatever the clocks of nodes say. */
        .made_at = head->made_at.ms > at.ms ? head->made_at : at,
        .person = a->person ? a->person : actor->person,
        .post = a->post ? a->post : actor->post,
        .verb = a->verb,
        .kind = audit_kind(a),
        .record = a->record,
        .before_json = a->before,
        .after_json = a->after,
        .ip = a->ip.len ? a->ip : actor->ip,
        .prev_hash = head->hash,
    };
    TRY(details_put(db, &e));
    e.hash = audit_hash(db_write_arena(db), &e);
    TRY(audit_insert(db,
                     (struct audit_insert_in){e.seq, e.made_at, e.person, e.post, e.verb, e.kind, e.record, e.digest,
                                              e.ip, e.prev_hash, e.hash},
                     NULL));
    /* The day's anchor is written once a transaction, at its end, and where a transaction passes midnight. */
    struct date day = date_of(e.made_at);
    if (head->day.year && db_kept(db, &anchor_key) && !date_is(day, head->day)) {
        TRY(anchor_write(db, head));
    }
    *head = (struct head){e.seq, e.made_at, day, e.hash};
    db_keep(db, &anchor_key, head);
    db_before_commit(db, anchor_write, head);
    return OK;
}

struct err audit_note(struct db_write *db, const struct audit *a) {
    return audit_append(db, a, clock_now());
}

struct err audit_erase(struct db_write *db, struct str kind, int64_t record, struct str why) {
    struct buf b = buf_in(db_write_arena(db));
    struct head *head = NULL;
    BUF_LIT(&b, "{\"why\":");
    json_str(&b, why);
    BUF_LIT(&b, "}");
    TRY(audit_note(db, &(struct audit){.verb = S(AUDIT_ERASED), .kind = kind, .record = record, .after = buf_str(&b)}));
    TRY(head_find(db, &head));
    return audit_detail_erase(
        db, (struct audit_detail_erase_in){.none = S(""), .erased_in = head->seq, .record = record, .kind = kind},
        NULL);
}

struct err audit_last(struct db_read *db, const struct audit *of, struct audit_mark *last) {
    struct audit_last_of_row *row;
    *last = (struct audit_mark){0};
    TRY(audit_last_of(db,
                      (struct audit_last_of_in){.record = of->record,
                                                .kind = of->kind,
                                                .verb = of->verb,
                                                .view = str_format(db_arena(db), "%.*s.view", STR_ARG(of->kind))},
                      &row));
    if (row) {
        *last = (struct audit_mark){row->post, row->made_at};
    }
    return OK;
}
