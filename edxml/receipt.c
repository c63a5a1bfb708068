/* Which receipt may follow which. */
#include "base/facts.h"
#include "edxml/edxml.h"

#include "base/banned.h"

FACTS(edxml_facts_states, "edxml/states.tsv");

struct str edxml_states(void) {
    return FACTS_STR(edxml_facts_states);
}

bool edxml_state_next(struct str *rest, struct edxml_state *out) {
    struct str c[9];
    if (!facts_next(rest, c, 9)) {
        return false;
    }
    *out = (struct edxml_state){c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8]};
    return true;
}

bool edxml_state_find(struct str code, struct edxml_state *out) {
    struct str rest = edxml_states();
    while (edxml_state_next(&rest, out)) {
        if (str_eq(out->code, code)) {
            return true;
        }
    }
    return false;
}

static bool follows(const struct edxml_state *s, const struct edxml_delivery *d) {
    struct str rest = s->after, before, now = d->state.len ? d->state : S("-");
    while (str_next(&rest, ' ', &before)) {
        if (str_eq(before, now)) {
            return true;
        }
    }
    return false;
}

/* The same again, or a step that a later one has passed: what a peer repeats when its line broke. */
static bool was_there(const struct edxml_state *s, const struct edxml_delivery *d) {
    if (str_eq(s->asks, S("recall"))) {
        return d->asked == EDXML_ASKED_RECALL;
    }
    if (str_eq(s->answers, S("yes"))) {
        return d->asked == EDXML_ASKED_NOTHING && str_eq(d->answered, s->code);
    }
    bool is_refusal = str_eq(s->code, S("02"));
    return is_refusal ? str_eq(d->state, s->code) : d->state.len && str_cmp(s->code, d->state) <= 0;
}

static struct err refuse_order(struct arena *a, const struct edxml_state *s, const struct edxml_delivery *d) {
    struct edxml_state now;
    if (d->is_over) {
        return REFUSE(ERR_INVALID, "status", "Văn bản đã bị từ chối hoặc đã lấy lại, không nhận thêm trạng thái.");
    }
    if (!edxml_state_find(d->state, &now)) {
        now.name = S("chưa có");
    }
    return err_refuse(a, ERR_INVALID, "status", "Trạng thái “%.*s” không thể theo sau trạng thái “%.*s”.",
                      STR_ARG(s->name), STR_ARG(now.name));
}

static struct err receipt_check(struct arena *a, const struct edxml_state *s, const struct edxml_delivery *d,
                                const struct edxml_receipt *r) {
    if (str_eq(s->by, S("sender")) != r->is_from_sender) {
        return err_refuse(a, ERR_INVALID, "status", "Trạng thái “%.*s” do bên kia gửi, không phải bên này.",
                          STR_ARG(s->name));
    }
    if (was_there(s, d)) {
        return REFUSE(ERR_CONFLICT, "status", "Trạng thái này đã có, không cần ghi lại.");
    }
    if (d->is_over || !follows(s, d)) {
        return refuse_order(a, s, d);
    }
    if (str_eq(s->answers, S("yes")) && d->asked == EDXML_ASKED_NOTHING) {
        return REFUSE(ERR_INVALID, "status", "Chưa có yêu cầu lấy lại hay cập nhật để trả lời.");
    }
    if (str_eq(s->reason, S("yes")) && !str_trim(r->reason).len) {
        return err_refuse(a, ERR_INVALID, "description", "Hãy ghi lý do của trạng thái “%.*s”.", STR_ARG(s->name));
    }
    return OK;
}

struct err edxml_receipt_take(struct arena *a, struct edxml_delivery *d, const struct edxml_receipt *r) {
    struct edxml_state s;
    if (!edxml_state_find(r->code, &s)) {
        return REFUSE(ERR_INVALID, "status", "Không có mã trạng thái này.");
    }
    TRY(receipt_check(a, &s, d, r));
    if (str_eq(s.asks, S("recall"))) {
        d->asked = EDXML_ASKED_RECALL;
    } else if (str_eq(s.answers, S("yes"))) {
        d->is_over = d->asked == EDXML_ASKED_RECALL && str_eq(s.code, S("15"));
        d->asked = EDXML_ASKED_NOTHING;
        d->answered = s.code;
    } else {
        d->state = s.code;
        d->is_over = str_eq(s.code, S("02"));
    }
    return OK;
}
