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

/* Something stands beside it on its line: a table, a heading cut apart, running text. A stamp stands alone. */
static bool is_alone(const struct head *h, int i) {
    const struct piece *p = head_at(h, i);
    for (int k = i - 4 > 0 ? i - 4 : 0; h->has_places && k < head_count(h) && k <= i + 4; k++) {
        const struct piece *o = head_at(h, k);
        bool is_level = o->box.y < p->box.y + p->box.h * 0.7 && p->box.y < o->box.y + o->box.h * 0.7;
        double gap = o->box.x > p->box.x ? o->box.x - p->box.x - p->box.w : p->box.x - o->box.x - o->box.w;
        if (k != i && is_level && gap < 0.08) {
            return false;
        }
    }
    return true;
}

/* "MẶT" is the Front's own name, cut apart, when "TRẬN" follows. */
static bool is_of_the_front(const struct head *h, int i) {
    for (int k = i - 3 > 0 ? i - 3 : 0; k < head_count(h) && k <= i + 3; k++) {
        if (k != i && str_starts(head_at(h, k)->folded, S("tran"))) {
            return true;
        }
    }
    return false;
}

/* Print and an eye that is sure say MẬT letter for letter; MẮT, MẤT, MẶT are other words. A scan may lose the hat of
   the letter: then it counts only where the stamp has its place, at the left, under the number (NĐ 30/2020, App. I,
   10a). */
static bool is_word_mat(const struct head *h, const struct piece *p, struct str folded) {
    struct str word = document_without_marks(p->text);
    if (str_ends(word, S("MẬT"))) {
        return true;
    }
    bool is_worn = str_ends(word, S("MAT")) || str_ends(word, S("MÂT")) || str_ends(word, S("MẠT"));
    bool is_long = !str_eq(folded, S("mat"));
    return is_long || (is_worn && h->has_places && p->box.x + p->box.w < 0.5 && p->box.y > 0.08);
}

/* Enum as text: 1 mật, 2 tối mật, 3 tuyệt mật. */
static struct str secrecy_of(const struct head *h, int i, struct str folded) {
    static const struct {
        struct str folded;
        struct str value;
    } degrees[] = {{S_INIT("mat"), S_INIT("1")}, {S_INIT("toi mat"), S_INIT("2")}, {S_INIT("tuyet mat"), S_INIT("3")}};
    for (size_t k = 0; k < sizeof degrees / sizeof *degrees; k++) {
        if (str_eq(folded, degrees[k].folded)) {
            return is_alone(h, i) && !is_of_the_front(h, i) && is_word_mat(h, head_at(h, i), folded) ? degrees[k].value
                                                                                                     : S("");
        }
    }
    return S("");
}

void document_find_stamps(struct head *h) {
    for (int i = 0; i < head_count(h) && i < 60; i++) {
        const struct piece *p = head_at(h, i);
        struct str f = utf8_fold(h->arena, document_without_marks(p->text));
        if (!head_is_high(h, p, 0.4) || !document_is_upper(p->text)) {
            continue;
        }
        struct str urgency = urgency_of(f), secrecy = secrecy_of(h, i, f);
        if (urgency.len) {
            h->out->urgency = document_fact_of(urgency, p, p, p->confidence);
        }
        if (secrecy.len) {
            h->out->secret = document_fact_of(secrecy, p, p, p->confidence);
        }
    }
}
