/* What is stamped on the head of page one: urgency, secrecy, and what is no part of the document. */
#include "modules/document/document_facts_head.h"

#include "base/arena.h"
#include "base/utf8.h"

bool document_is_stamp(const struct piece *p) {
    static const struct str words[] = {S_INIT("nguoi ky"),     S_INIT("ky boi"),   S_INIT("email"),
                                       S_INIT("thoi gian ky"), S_INIT("co quan:"), S_INIT("thong tin dien tu"),
                                       S_INIT("chinhphu.vn"),  S_INIT("ngay ky")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (head_holds(p->folded, words[i])) {
            return true;
        }
    }
    return false;
}

/* Enum document_urgency as text; empty when it says none. */
static struct str urgency_of(struct str folded) {
    static const struct {
        struct str folded;
        struct str value;
    } urgencies[] = {{S_INIT("khan"), S_INIT("1")},
                     {S_INIT("thuong khan"), S_INIT("2")},
                     {S_INIT("hoa toc"), S_INIT("3")},
                     {S_INIT("hoa toc hen gio"), S_INIT("3")}};
    for (size_t u = 0; u < sizeof urgencies / sizeof *urgencies; u++) {
        if (str_eq(folded, urgencies[u].folded)) {
            return urgencies[u].value;
        }
    }
    return S("");
}

bool document_is_urgency(const struct head *h, const struct piece *p) {
    return p->n <= 5 && urgency_of(utf8_fold(h->arena, document_without_marks(p->text))).len > 0;
}

/* A stamp "Mật", "Tối mật" or "Tuyệt mật" stands alone; "MẶT" is the Front's own name, cut apart, when "TRẬN" follows.
 */
static bool is_secret_stamp(const struct head *h, int i, struct str folded) {
    if (str_eq(folded, S("toi mat")) || str_eq(folded, S("tuyet mat"))) {
        return true;
    }
    if (!str_eq(folded, S("mat"))) {
        return false;
    }
    for (int k = i - 3 > 0 ? i - 3 : 0; k < head_count(h) && k <= i + 3; k++) {
        if (k != i && str_starts(head_at(h, k)->folded, S("tran"))) {
            return false;
        }
    }
    return true;
}

void document_find_stamps(struct head *h) {
    for (int i = 0; i < head_count(h) && i < 60; i++) {
        const struct piece *p = head_at(h, i);
        struct str f = utf8_fold(h->arena, document_without_marks(p->text));
        if (!head_is_high(h, p, 0.4) || !document_is_upper(p->text)) {
            continue;
        }
        struct str urgency = urgency_of(f);
        if (urgency.len) {
            h->out->urgency = document_fact_of(urgency, p, p, p->confidence);
        }
        h->out->is_secret = h->out->is_secret || is_secret_stamp(h, i, f);
    }
}
