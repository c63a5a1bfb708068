/* Who issued: the lines of capitals above the number, and the organ above that. */
#include "modules/document/document_facts_head.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

/* Words that begin the name of an organ, and those a name goes on with on the next line. */
static const struct str organ_heads[] = {
    S_INIT("uy ban"),   S_INIT("ubnd"),      S_INIT("ubmttq"),    S_INIT("bo "),       S_INIT("so "),
    S_INIT("cuc "),     S_INIT("ban "),      S_INIT("hoi "),      S_INIT("lien "),     S_INIT("chi cuc"),
    S_INIT("tong "),    S_INIT("van phong"), S_INIT("thanh uy"),  S_INIT("tinh uy"),   S_INIT("quan uy"),
    S_INIT("huyen uy"), S_INIT("dang uy"),   S_INIT("dang bo"),   S_INIT("chinh phu"), S_INIT("chinhphu"),
    S_INIT("quoc hoi"), S_INIT("quochoi"),   S_INIT("thu tuong"), S_INIT("hoi dong"),  S_INIT("hdnd"),
    S_INIT("mat tran"), S_INIT("truong "),   S_INIT("trung tam"), S_INIT("cong an"),   S_INIT("vien "),
    S_INIT("toa an"),   S_INIT("phong "),    S_INIT("doan "),     S_INIT("cong doan"), S_INIT("chu tich"),
    S_INIT("ubkt"),     S_INIT("thanh tra"), S_INIT("bao "),
};

static const struct str organ_tails[] = {
    S_INIT("thanh pho"), S_INIT("tinh "),    S_INIT("quan "),   S_INIT("huyen "), S_INIT("phuong "), S_INIT("xa "),
    S_INIT("dac khu"),   S_INIT("viet nam"), S_INIT("khu vuc"), S_INIT("tp"),     S_INIT("va "),     S_INIT("to quoc"),
};

static const struct str dangling[] = {S_INIT("uy ban"), S_INIT("uy ban trung uong"), S_INIT("trung uong"),
                                      S_INIT("uy ban nhan dan"), S_INIT("hoi dong nhan dan")};

static bool goes_on(struct str before, struct str now) {
    for (size_t i = 0; i < sizeof dangling / sizeof *dangling; i++) {
        if (str_eq(before, dangling[i])) {
            return true;
        }
    }
    bool is_cut = str_ends(before, S(" va")) || str_ends(before, S(" cua")) || str_ends(before, S("-"));
    bool is_tail = document_starts_any(now, organ_tails, sizeof organ_tails / sizeof *organ_tails);
    return is_cut || is_tail || !document_starts_any(now, organ_heads, sizeof organ_heads / sizeof *organ_heads);
}

static bool is_organ_line(const struct head *h, int i) {
    const struct piece *p = head_at(h, i);
    struct str text = document_without_marks(p->text);
    bool is_in_zone = i != h->nation && head_is_left(h, p) && head_is_high(h, p, 0.25);
    if (h->has_places && h->nation != NONE) {
        is_in_zone = is_in_zone && p->box.y > head_at(h, h->nation)->box.y - 0.02;
    }
    return is_in_zone && text.len >= 4 && document_is_upper(text) && !document_is_stamp(p) &&
           !head_holds(p->folded, S("doc lap")) && p->text.at[0] != '/' &&
           (p->confidence > 30 ||
            document_starts_any(p->folded, organ_heads, sizeof organ_heads / sizeof *organ_heads));
}

/* Organs whose name is short and everywhere, should recognition have run its words together. */
static struct str respaced(struct str text) {
    static const struct {
        struct str tight;
        struct str right;
    } known[] = {{S_INIT("CHÍNHPHỦ"), S_INIT("CHÍNH PHỦ")},
                 {S_INIT("QUỐCHỘI"), S_INIT("QUỐC HỘI")},
                 {S_INIT("BỘCÔNGAN"), S_INIT("BỘ CÔNG AN")},
                 {S_INIT("THÀNHỦY"), S_INIT("THÀNH ỦY")},
                 {S_INIT("BỘNỘIVỤ"), S_INIT("BỘ NỘI VỤ")}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_eq(text, known[i].tight)) {
            return known[i].right;
        }
    }
    return text;
}

/* An organ named on one line or several under each other. */
struct organ {
    struct buf text;
    const struct piece *first, *last;
    int sum, lines; /* of confidence */
};
enum { ORGANS_MOST = 6 };

/* The piece above which the organs stand; 0 when nothing tells. */
static int organs_end(const struct head *h) {
    if (h->number != NONE) {
        return h->number;
    }
    if (h->date != NONE) {
        return h->date;
    }
    return !h->has_places && h->nation != NONE ? h->nation : 0;
}

static bool is_above(const struct head *h, int i, int stop) {
    return h->has_places ? stop == 0 || head_at(h, i)->box.y < head_at(h, stop)->box.y - 0.004 : i < stop;
}

static size_t organs_read(const struct head *h, struct organ organs[ORGANS_MOST]) {
    size_t n = 0;
    struct str before = S("");
    int stop = organs_end(h);
    for (int i = 0; i < head_count(h) && i < 60; i++) {
        if (!is_above(h, i, stop) || !is_organ_line(h, i)) {
            continue;
        }
        struct str text = document_without_marks(head_at(h, i)->text), folded = utf8_fold(h->arena, text);
        bool is_new = n == 0 || !goes_on(before, folded);
        if (is_new && n == ORGANS_MOST) {
            break;
        }
        if (is_new) {
            organs[n++] = (struct organ){.text = buf_in(h->arena), .first = head_at(h, i)};
        } else {
            BUF_LIT(&organs[n - 1].text, " ");
        }
        struct organ *organ = &organs[n - 1];
        buf_put(&organ->text, respaced(text));
        organ->last = head_at(h, i);
        organ->sum += head_at(h, i)->confidence;
        organ->lines++;
        before = folded;
    }
    return n;
}

static struct document_fact organ_fact(const struct organ *o) {
    return document_fact_of(buf_str(&o->text), o->first, o->first, o->sum / o->lines);
}

void document_find_issuer(struct head *h) {
    struct organ organs[ORGANS_MOST];
    size_t n = organs_read(h, organs);
    /* "Ban Thường trực" acts for the committee above it: the letter is the committee's. */
    if (n > 1 && str_eq(utf8_fold(h->arena, buf_str(&organs[n - 1].text)), S("ban thuong truc"))) {
        n--;
    }
    if (n > 0) {
        const struct organ *o = &organs[n - 1];
        struct read_word both[2] = {{.box = o->first->box}, {.box = o->last->box}};
        h->out->issuer = organ_fact(o);
        h->out->issuer.box = h->has_places ? read_box_around(both, 2) : (struct read_box){0};
    }
    if (n > 1) {
        h->out->issuer_parent = organ_fact(&organs[n - 2]);
    }
}
