/* What the child says of a file's signatures, how it is heard, and how a person and a program read it. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/page/json.h"
#include "modules/sign/inside.h"
#include "read/read.h"

#include "base/banned.h"

enum { SAID_MOST = 8 << 20, TEXT_MOST = 65536 };

void sign_report_make(struct arena *a, struct str bytes, const struct sign_roots *roots, struct sign_report *out) {
    struct sign_places places;
    *out = (struct sign_report){.size = (int64_t)bytes.len};
    sign_find(a, bytes, &places);
    bool is_later_right = true;
    for (size_t i = 0; i < places.all.n; i++) {
        struct sign_mark m = {0};
        sign_cms_check(a, bytes, &places.all.at[i], roots, &m);
        LIST_ADD(a, &out->marks, m);
    }
    /* From the last to the first: what is added is let pass while the signatures that cover it are right. */
    for (size_t i = out->marks.n; i-- > 0;) {
        struct sign_mark *m = &out->marks.at[i];
        if (m->fault.len) {
            is_later_right = false;
            continue;
        }
        m->after = m->end == out->size ? SIGN_AFTER_NOTHING : SIGN_AFTER_OTHER;
        bool is_covered = i + 1 < out->marks.n && out->marks.at[out->marks.n - 1].end == out->size && is_later_right;
        if (m->after && is_covered) {
            m->after = sign_after_look(a, bytes, m->end);
        }
        is_later_right = is_later_right && m->is_digest_right && m->is_signature_right;
    }
}

/* ---- Numbers of eight bytes, texts with their length before them */

static void put_number(struct buf *b, int64_t n) { buf_put(b, (struct str){(const char *)&n, sizeof n}); }
static void put_text(struct buf *b, struct str s) {
    s = str_slice(s, 0, TEXT_MOST);
    put_number(b, (int64_t)s.len);
    buf_put(b, s);
}

void sign_say(struct buf *b, const struct sign_report *r) {
    put_number(b, r->size);
    put_number(b, (int64_t)r->marks.n);
    for (size_t i = 0; i < r->marks.n; i++) {
        const struct sign_mark *m = &r->marks.at[i];
        const struct str texts[] = {m->name,       m->organ,  m->issuer,      m->serial, m->root,
                                    m->sub_filter, m->digest, m->certificate, m->fault};
        const int64_t numbers[] = {
            m->signed_at.ms, m->valid_from.ms,   m->valid_to.ms,        m->signed_bytes, m->end,     m->after,
            m->chain,        m->is_digest_right, m->is_signature_right, m->is_weak,      m->is_stamp};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            put_text(b, texts[k]);
        }
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
            put_number(b, numbers[k]);
        }
    }
}

static bool take_number(struct str *s, int64_t *n) {
    bool ok = s->len >= sizeof *n;
    if (ok) {
        memcpy(n, s->at, sizeof *n);
        *s = str_slice(*s, sizeof *n, s->len);
    }
    return ok;
}

static bool take_text(struct str *s, bool is_words, struct str *out) {
    int64_t n;
    if (!take_number(s, &n) || n < 0 || n > TEXT_MOST || (size_t)n > s->len) {
        return false;
    }
    *out = str_slice(*s, 0, (size_t)n);
    *s = str_slice(*s, (size_t)n, s->len);
    return !is_words || utf8_valid(*out);
}

static bool take_mark(struct str *s, struct sign_mark *m) {
    struct str *const texts[] = {&m->name,       &m->organ,  &m->issuer,      &m->serial, &m->root,
                                 &m->sub_filter, &m->digest, &m->certificate, &m->fault};
    int64_t n[11];
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        if (!take_text(s, texts[k] != &m->certificate, texts[k])) {
            return false;
        }
    }
    for (size_t k = 0; k < sizeof n / sizeof *n; k++) {
        if (!take_number(s, &n[k])) {
            return false;
        }
    }
    m->signed_at.ms = n[0];
    m->valid_from.ms = n[1];
    m->valid_to.ms = n[2];
    m->signed_bytes = n[3];
    m->end = n[4];
    m->after = (enum sign_after)n[5];
    m->chain = (enum sign_chain)n[6];
    m->is_digest_right = n[7] == 1;
    m->is_signature_right = n[8] == 1;
    m->is_weak = n[9] != 0;
    m->is_stamp = n[10] != 0;
    return n[5] >= 0 && n[5] <= SIGN_AFTER_OTHER && n[6] >= 0 && n[6] <= SIGN_CHAIN_UNFIT;
}

bool sign_hear(struct arena *a, struct str said, struct sign_report *out) {
    int64_t n = 0;
    *out = (struct sign_report){0};
    if (!take_number(&said, &out->size) || !take_number(&said, &n) || n < 0 || n > SIGN_MARKS_MOST) {
        return false;
    }
    for (int64_t i = 0; i < n; i++) {
        struct sign_mark m = {0};
        if (!take_mark(&said, &m)) {
            return false;
        }
        LIST_ADD(a, &out->marks, m);
    }
    return !said.len;
}

static void child_say(struct buf *out, struct str bytes, void *thing) {
    struct sign_report r;
    sign_report_make(out->arena, bytes, thing, &r);
    sign_say(out, &r);
}

struct err sign_look(struct arena *a, const char *path, const struct sign_roots *roots, struct sign_report *out) {
    struct str said;
    struct sign_roots known = *roots;
    struct read_run run = {.say = child_say, .thing = &known, .most = SAID_MOST};
    struct read_part part = {.path = path, .n = read_limits_usual.unpacked};
    sign_ready();
    TRY(read_run(a, &part, &read_limits_usual, &run, &said));
    return sign_hear(a, said, out) ? OK
                                   : REFUSE(ERR_INVALID, "file", "Không đọc được chữ ký của tệp: tệp hỏng hoặc lạ.");
}

/* ---- For people and programs */

bool sign_is_good(const struct sign_mark *m) {
    return !m->fault.len && m->is_digest_right && m->is_signature_right && !m->is_weak &&
           m->chain == SIGN_CHAIN_TRUSTED && m->after != SIGN_AFTER_OTHER;
}

static const char *bytes_words(const struct sign_mark *m) {
    if (!m->is_digest_right) {
        return "nội dung đã bị đổi sau khi ký";
    }
    if (!m->is_signature_right) {
        return "chữ ký không đúng";
    }
    if (m->is_weak) {
        return "thuật toán băm không còn được chấp nhận";
    }
    return m->after == SIGN_AFTER_OTHER        ? "tệp đã có thay đổi sau khi ký"
           : m->after == SIGN_AFTER_SIGNATURES ? "còn nguyên, sau đó chỉ có người khác ký tiếp"
                                               : "còn nguyên";
}

static const char *chain_words(enum sign_chain chain) {
    switch (chain) {
    case SIGN_CHAIN_TRUSTED: return "chứng thư hợp lệ lúc ký";
    case SIGN_CHAIN_UNKNOWN: return "chứng thư không nối được tới gốc tin cậy";
    case SIGN_CHAIN_EXPIRED: return "chứng thư đã hết hạn lúc ký";
    case SIGN_CHAIN_NOT_YET: return "chứng thư chưa có hiệu lực lúc ký";
    case SIGN_CHAIN_UNFIT: break;
    }
    return "chứng thư không dùng để ký được";
}

struct str sign_words(struct arena *a, const struct sign_mark *m) {
    if (m->fault.len) {
        return m->fault;
    }
    struct buf b = buf_in(a);
    if (m->signed_at.ms) {
        instant_put_vi(&b, m->signed_at);
    }
    struct str name = m->name.len ? m->name : S("Người không rõ tên"), at = buf_str(&b);
    return at.len ? str_format(a, "%.*s ký %.*s: %s, %s.", STR_ARG(name), STR_ARG(at), bytes_words(m),
                               chain_words(m->chain))
                  : str_format(a, "%.*s ký, không ghi thời gian: %s, %s.", STR_ARG(name), bytes_words(m),
                               chain_words(m->chain));
}

static const char *const after_codes[] = {"nothing", "signatures", "other"};
static const char *const chain_codes[] = {"trusted", "unknown_root", "expired", "not_yet_valid", "unfit"};

static void member(struct buf *b, const char *name, struct str value) {
    buf_printf(b, ", \"%s\": ", name);
    json_str(b, value);
}

static void member_instant(struct buf *b, const char *name, struct instant at) {
    buf_printf(b, ", \"%s\": ", name);
    json_instant(b, at);
}

static void mark_json(struct buf *b, const struct sign_mark *m) {
    const char *of[] = {"false", "true"};
    buf_printf(b, "{\"good\": %s", of[sign_is_good(m)]);
    member(b, "words", sign_words(b->arena, m));
    member(b, "fault", m->fault);
    member(b, "kind", m->is_stamp ? S("timestamp") : S("signature"));
    member(b, "sub_filter", m->sub_filter);
    if (!m->fault.len) {
        member(b, "signer", m->name);
        member(b, "organization", m->organ);
        member(b, "issuer", m->issuer);
        member(b, "serial", m->serial);
        member(b, "root", m->root);
        member(b, "digest", m->digest);
        member_instant(b, "signed_at", m->signed_at);
        member_instant(b, "valid_from", m->valid_from);
        member_instant(b, "valid_to", m->valid_to);
        buf_printf(b, ", \"digest_right\": %s, \"signature_right\": %s, \"weak_digest\": %s", of[m->is_digest_right],
                   of[m->is_signature_right], of[m->is_weak]);
        buf_printf(b, ", \"whole_file\": %s, \"signed_bytes\": %lld, \"covers_to\": %lld",
                   of[m->after == SIGN_AFTER_NOTHING], (long long)m->signed_bytes, (long long)m->end);
        member(b, "after", str_of(after_codes[m->after]));
        member(b, "chain", str_of(chain_codes[m->chain]));
    }
    BUF_LIT(b, "}");
}

void sign_json(struct buf *b, struct str file, const struct sign_report *r) {
    bool is_good = r->marks.n > 0;
    for (size_t i = 0; i < r->marks.n; i++) {
        is_good = is_good && sign_is_good(&r->marks.at[i]);
    }
    BUF_LIT(b, "{\"file\": ");
    json_str(b, file);
    buf_printf(b, ", \"size\": %lld, \"signed\": %s, \"good\": %s, \"signatures\": [", (long long)r->size,
               r->marks.n ? "true" : "false", is_good ? "true" : "false");
    for (size_t i = 0; i < r->marks.n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        mark_json(b, &r->marks.at[i]);
    }
    BUF_LIT(b, "]}\n");
}
