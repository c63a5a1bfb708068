/* What a packet is about: kind of business, the document meant, and whether two packets say the same. */
#include <sodium.h>

#include "base/arena.h"
#include "base/num.h"
#include "edxml/inside.h"

#include "base/banned.h"

static struct str const businesses[] = {S_INIT("new"), S_INIT("recall"), S_INIT("update"), S_INIT("replace"),
                                        S_INIT("")};

enum edxml_business edxml_business_of(const struct edxml_packet *p) {
    int64_t n = EDXML_NEW;
    bool is_known = !p->business_type.len || num_read_between(p->business_type, EDXML_NEW, EDXML_REPLACE, &n);
    return is_known ? (enum edxml_business)n : EDXML_BUSINESS_UNKNOWN;
}

struct str edxml_business_name(enum edxml_business b) {
    return businesses[b];
}

struct str edxml_document_id(const struct edxml_packet *p) {
    return p->is_status && p->answers.n ? p->answers.at[0].document_id : p->document_id;
}

struct str edxml_target_id(const struct edxml_packet *p) {
    enum edxml_business b = edxml_business_of(p);
    bool acts = !p->is_status && (b == EDXML_RECALL || b == EDXML_UPDATE);
    return !acts ? S("") : p->business_id.len ? p->business_id : p->document_id;
}

struct str edxml_code(struct arena *a, const struct edxml_packet *p) {
    return p->number.len && p->notation.len ? str_format(a, "%.*s/%.*s", STR_ARG(p->number), STR_ARG(p->notation))
                                            : (p->number.len ? p->number : p->notation);
}

struct str edxml_sha256(struct arena *a, struct str bytes) {
    unsigned char sum[crypto_hash_sha256_BYTES];
    char *hex = arena_take(a, char, sizeof sum * 2 + 1);
    crypto_hash_sha256(sum, (const unsigned char *)bytes.at, bytes.len);
    sodium_bin2hex(hex, sizeof sum * 2 + 1, sum, sizeof sum);
    return str_of(hex);
}

enum edxml_sum edxml_sum_check(struct str bytes, struct str given) {
    unsigned char sum[crypto_hash_sha256_BYTES];
    char full[sizeof sum * 2], dropped[sizeof sum * 2];
    size_t n = 0;
    crypto_hash_sha256(sum, (const unsigned char *)bytes.at, bytes.len);
    for (size_t i = 0; i < sizeof sum; i++) {
        char high = "0123456789abcdef"[sum[i] >> 4], low = "0123456789abcdef"[sum[i] & 15];
        full[2 * i] = high, full[2 * i + 1] = low;
        if (sum[i] > 15) {
            dropped[n++] = high;
        }
        dropped[n++] = low;
    }
    given = str_trim(given);
    return str_eq_ascii_nocase(given, (struct str){full, sizeof full}) ? EDXML_SUM_RIGHT
           : str_eq_ascii_nocase(given, (struct str){dropped, n})      ? EDXML_SUM_DROPPED_NOUGHTS
                                                                       : EDXML_SUM_WRONG;
}

/* Each with its length before it, so that no two documents run into one text. */
static void part(struct buf *b, struct str s) {
    buf_printf(b, "%zu:", s.len);
    buf_put(b, s);
}

struct str edxml_content_sum(struct arena *a, const struct edxml_packet *p) {
    struct buf b = buf_in(a);
    const struct str texts[] = {p->from.id, p->number,  p->notation, p->date,     p->type_name,
                                p->subject, p->content, p->position, p->signer,   p->due,
                                p->reason,  p->status,  p->steering, p->priority, p->description};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        part(&b, texts[i]);
    }
    for (size_t i = 0; i < p->attachments.n; i++) {
        const struct edxml_attachment *f = &p->attachments.at[i];
        part(&b, f->name);
        part(&b, f->is_transport_zip ? f->inner_sha256 : f->sha256);
    }
    return edxml_sha256(a, buf_str(&b));
}
