/* One packet after another, as a transport hands them over: what it is, and whether it came before. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/page/json.h"
#include "modules/exchange/inside.h"

#include "base/banned.h"

struct err exchange_packet_read(struct arena *a, struct str bytes, struct str sum, struct edxml_packet *p) {
    TRY(edxml_read(a, bytes, p));
    if (sum.len && edxml_sum_check(bytes, sum) == EDXML_SUM_WRONG) {
        return REFUSE(
            ERR_INVALID, "hash_mismatch",
            "Gói tin không khớp mã băm của đường truyền, có thể đã bị sửa. Hãy tải lại hoặc báo nơi gửi gửi lại.");
    }
    return OK;
}

void exchange_sum_put(struct buf *b, struct str bytes, struct str sum) {
    enum edxml_sum said = sum.len ? edxml_sum_check(bytes, sum) : EDXML_SUM_WRONG;
    if (said != EDXML_SUM_WRONG) {
        buf_printf(b, ", \"hash\": \"%s\"", said == EDXML_SUM_RIGHT ? "ok" : "ok_dropped_zero");
    }
}

/* A document that comes under an id already known: the same, or another that nobody may mistake for it. A recall and
   an update come under the id of what they act on. */
static void seen_put(struct exchange_seen *seen, struct buf *b, struct str id, const struct edxml_packet *p) {
    enum edxml_business business = edxml_business_of(p);
    if (p->is_status || business == EDXML_RECALL || business == EDXML_UPDATE || !p->document_id.len) {
        return;
    }
    struct str sum = edxml_content_sum(b->arena, p);
    for (size_t i = 0; i < seen->documents.n; i++) {
        const struct exchange_known *s = &seen->documents.at[i];
        if (s->business == business && str_eq(s->document_id, p->document_id)) {
            buf_printf(b, ", \"%s\": ", str_eq(s->sum, sum) ? "repeat_of" : "conflict_with");
            json_str(b, s->id);
            return;
        }
    }
    struct arena *kept = seen->arena;
    LIST_ADD(
        kept, &seen->documents,
        (struct exchange_known){str_copy(kept, id), str_copy(kept, p->document_id), str_copy(kept, sum), business});
}

struct str exchange_case_answer(struct exchange_seen *seen, struct arena *a, const struct exchange_case *c) {
    struct edxml_packet p = {0};
    struct buf b = buf_in(a), members = buf_in(a);
    struct err e = exchange_packet_read(a, c->bytes, c->sum, &p);
    BUF_LIT(&b, "{\"id\": ");
    json_str(&b, c->id);
    buf_printf(&b, ", \"accept\": %s, ", e.why ? "false" : "true");
    if (e.why) {
        BUF_LIT(&b, "\"reason\": ");
        json_str(&b, e.why->field);
        BUF_LIT(&b, ", \"error\": ");
        json_str(&b, e.why->message);
    } else {
        exchange_json_put(&members, &p, false);
        buf_put(&b, buf_str(&members));
        seen_put(seen, &b, c->id, &p);
    }
    exchange_sum_put(&b, c->bytes, c->sum);
    BUF_LIT(&b, "}");
    return buf_str(&b);
}
