/* What it is about: "V/v …" under the number of a letter, or the lines under the name of its kind. */
#include "modules/document/document_facts_head.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

static bool begins_body(struct str folded) {
    static const struct str fronts[] = {S_INIT("can cu "),      S_INIT("kinh gui"), S_INIT("xet "),
                                        S_INIT("theo de nghi"), S_INIT("dieu 1."),  S_INIT("chuong i"),
                                        S_INIT("1. "),          S_INIT("i. "),      S_INIT("de tang cuong")};
    return document_starts_any(folded, fronts, sizeof fronts / sizeof *fronts);
}

/* An authority named alone above the recitals: "THỦ TƯỚNG CHÍNH PHỦ", "ỦY BAN NHÂN DÂN THÀNH PHỐ". */
static bool is_authority(const struct piece *p) {
    static const struct str fronts[] = {S_INIT("thu tuong"), S_INIT("chinh phu"), S_INIT("bo truong"),
                                        S_INIT("uy ban"),    S_INIT("chu tich"),  S_INIT("ban thuong"),
                                        S_INIT("giam doc"),  S_INIT("hoi dong"),  S_INIT("quoc hoi")};
    return document_is_upper(p->text) && document_starts_any(p->folded, fronts, sizeof fronts / sizeof *fronts);
}

static bool is_in_column(const struct head *h, const struct piece *p, bool is_left) {
    double middle = document_piece_middle(p);
    return !h->has_places || (is_left ? middle < 0.5 : middle > 0.36 && middle < 0.64);
}

/* Whether p, below `above`, is the start of something else. */
static bool is_other_part(const struct head *h, const struct piece *above, const struct piece *p, bool is_left) {
    double gap = p->box.y - above->box.y - above->box.h;
    double height = p->box.h > above->box.h ? p->box.h : above->box.h;
    bool is_far = h->has_places ? gap > 0.85 * height : p->words[0].starts_block;
    bool is_date = !h->has_places && head_holds(p->folded, S("ngay")) && head_holds(p->folded, S("thang"));
    bool is_body_line = !is_left && h->has_places && p->box.x < 0.145 && p->box.w > 0.6;
    return is_far || is_date || is_body_line || begins_body(p->folded) || is_authority(p);
}

/* Lines from `from` on that stand close under each other in the same column; gives the last of them, and their text. */
static int gather(const struct head *h, int from, bool is_left, struct buf *text, int *confidence) {
    int last = from, sum = 0, lines = 0;
    for (int i = from; i < head_count(h) && lines < 12; i++) {
        const struct piece *p = head_at(h, i);
        if (!is_in_column(h, p, is_left) || p->confidence < 35 || document_is_stamp(p) || document_is_urgency(h, p)) {
            if (h->has_places) {
                continue;
            }
            break;
        }
        if (lines > 0 && is_other_part(h, head_at(h, last), p, is_left)) {
            break;
        }
        buf_put(text, lines ? S(" ") : S(""));
        buf_put(text, p->text);
        sum += p->confidence;
        lines++;
        last = i;
    }
    *confidence = lines ? sum / lines : 0;
    return last;
}

static struct str tidy(struct arena *a, struct str s) {
    struct str t = document_without_marks(s);
    struct str f = utf8_fold(a, t);
    size_t cut = str_starts(f, S("v/v")) ? 3 : 0;
    t = str_trim(str_slice(t, cut, t.len));
    while (t.len && strchr(":.-", t.at[0])) {
        t = str_trim(str_slice(t, 1, t.len));
    }
    return t;
}

static bool is_about(struct str folded) {
    return str_starts(folded, S("v/v")) || str_starts(folded, S("vv ")) || str_starts(folded, S("ve viec")) ||
           str_starts(folded, S("v/ v"));
}

static void set_subject(struct head *h, int from, bool is_left_column) {
    struct buf text = buf_in(h->arena);
    int confidence, last = gather(h, from, is_left_column, &text, &confidence);
    struct str subject = tidy(h->arena, buf_str(&text));
    if (subject.len < 6) {
        return;
    }
    h->out->subject = document_fact_of(subject, head_at(h, from), head_at(h, from), confidence - 4);
    struct read_word both[2] = {{.box = head_at(h, from)->box}, {.box = head_at(h, last)->box}};
    h->out->subject.seen = buf_str(&text);
    h->out->subject.box = h->has_places ? read_box_around(both, 2) : (struct read_box){0};
}

/* "V/v …", high in the left column. */
static int find_about(const struct head *h) {
    for (int i = 0; i < head_count(h) && i < 70; i++) {
        const struct piece *p = head_at(h, i);
        if (head_is_high(h, p, 0.45) && head_is_left(h, p) && is_about(p->folded) &&
            (!h->has_places || p->box.x + p->box.w < 0.56)) {
            return i;
        }
    }
    return NONE;
}

void document_find_subject(struct head *h) {
    int about = find_about(h);
    if (about != NONE && h->type == NONE) {
        set_subject(h, about, true);
        if (!h->out->type.value.len) {
            h->out->type =
                document_fact_of(S("CV"), head_at(h, about), head_at(h, about), head_at(h, about)->confidence);
        }
        return;
    }
    for (int i = h->type + 1; h->type != NONE && i < head_count(h) && i < h->type + 8; i++) {
        const struct piece *p = head_at(h, i);
        if (is_in_column(h, p, false) && p->confidence >= 35 && document_without_marks(p->text).len > 5 &&
            !document_is_stamp(p)) {
            if (!begins_body(p->folded)) {
                set_subject(h, i, false);
            }
            return;
        }
    }
}
