/* The foot of a paper: who signs, who receives; and what stands between head and foot. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/format/inside.h"

#include "base/banned.h"

enum {
    SIGN_BACK = 4,
    NAME_WORDS = 6,
    FOOT_LINES = 60,
    NO_HEAD_BACK = 40,
    RECIPIENT_LINES = 40,
    SHORT_NAME = 60,
    ENTRY_LINES = 8,
    BASIS_AHEAD = 3
};

static bool is_recipients_head(const struct format_line *l) {
    return str_starts(l->key, S("noinhan")) && l->key.len < 12 && !l->is_left_out;
}

/* "TM. BAN THƯỜNG TRỰC", "K/T CHỦ TỊCH", "Q. GIÁM ĐỐC": in large letters. */
static bool is_signed_for(const struct format_paper *p, const struct format_line *l) {
    struct str word = format_first_word(l->is->text), key = format_words_in(p->arena, word);
    for (size_t i = 0; i < p->t->signs.n && l->is_capital && word.len < l->is->text.len; i++) {
        struct str rest = p->t->signs.at[i].signs, one;
        while (str_next(&rest, ' ', &one)) {
            if (str_eq(format_words_in(p->arena, one), key)) {
                return true;
            }
        }
    }
    return false;
}

/* Where the foot begins: at "Nơi nhận" (the first: later ones are of annexes) or at what stands before the signer's
 * post above it. */
static size_t foot_at(const struct format_paper *p, size_t head) {
    size_t back = head < p->n ? FOOT_LINES : NO_HEAD_BACK, low = head > back ? head - back : 0;
    for (size_t i = low > p->body_from ? low : p->body_from; i < head; i++) {
        const struct format_line *l = &p->lines[i];
        bool is_aside = l->side == READ_SIDE_RIGHT || head == p->n || l->is->align == READ_ALIGN_CENTRE;
        if (is_aside && is_signed_for(p, l)) {
            return i;
        }
    }
    return head;
}

/* A post in large letters beside or just above "Nơi nhận". */
static size_t with_posts(const struct format_paper *p, size_t foot, size_t head) {
    size_t from = foot;
    for (size_t i = foot; i > p->body_from && foot - i < SIGN_BACK; i--) {
        const struct format_line *l = &p->lines[i - 1];
        if (!(l->side == READ_SIDE_RIGHT && l->is_capital && head < p->n && l->is->page == p->lines[head].is->page)) {
            break;
        }
        from = i - 1;
    }
    return from;
}

static void recipients_find(struct format_paper *p, size_t head) {
    if (head >= p->n) {
        return;
    }
    struct format_line *h = &p->lines[head];
    h->element = FORMAT_RECIPIENTS_HEAD;
    for (size_t i = head + 1; i < p->n && i < head + RECIPIENT_LINES; i++) {
        struct format_line *l = &p->lines[i];
        if (l->is->page != h->is->page || l->is_left_out) {
            break;
        }
        bool is_item = str_starts(l->is->text, S("-")) || str_starts(l->is->text, S("–")) ||
                       str_starts(l->key, S("luu")) || l->is->is_listed;
        bool is_beside = h->side != READ_SIDE_WHOLE && l->side == h->side;
        if ((is_item && l->side != READ_SIDE_RIGHT) || is_beside) {
            l->element = FORMAT_RECIPIENTS;
        }
    }
}

/* Two to six words, each with a large first letter, no figures: "Nguyễn Thị Hoa", "Đại tá Nguyễn Thị Hoa". */
static bool is_person(const struct format_line *l) {
    struct str rest = l->is->text, word;
    size_t words = 0;
    bool has_rank = false;
    if (l->is->text.len > SHORT_NAME || l->is_left_out || l->is_dashes || str_starts(l->fold, S("(da ky"))) {
        return false;
    }
    while (str_next(&rest, ' ', &word)) {
        size_t at = 0;
        uint32_t c = word.len ? utf8_next(word, &at) : 0;
        bool is_large = (c >= 'A' && c <= 'Z') || c >= 0xc0;
        has_rank = has_rank || (!is_large && words == 1);
        if (!is_large && words != 1) {
            return false;
        }
        words++;
    }
    return words >= (has_rank ? 4 : 2) && words <= NAME_WORDS;
}

static bool is_of_foot(const struct format_paper *p, size_t i, bool has_sides) {
    const struct format_line *l = &p->lines[i];
    bool is_free = l->element == FORMAT_ELEMENTS && !l->is_left_out && l->key.len > 1;
    return is_free && (has_sides ? l->side == READ_SIDE_RIGHT : l->side != READ_SIDE_LEFT);
}

static bool is_post(const struct format_paper *p, const struct format_line *l) {
    for (size_t i = 0; i < p->t->posts.n; i++) {
        if (str_find(l->fold, p->t->posts.at[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    return is_signed_for(p, l);
}

/* Posts are in large letters from where the foot begins; the name is the last that looks like one. A name in large
   letters is one when it is the last line of all, and others stand above it. */
static void signer_find(struct format_paper *p) {
    size_t name = p->n, last = p->n, posts = 0;
    bool has_sides = false;
    int64_t page = p->foot_from < p->n ? p->lines[p->foot_from].is->page : 0;
    for (size_t i = p->foot_from; i < p->n; i++) {
        has_sides = has_sides || p->lines[i].side == READ_SIDE_RIGHT;
    }
    for (size_t i = p->foot_from; i < p->n && p->lines[i].is->page <= page + 1; i++) {
        bool is_capital = p->lines[i].is_capital;
        if (!is_of_foot(p, i, has_sides && is_capital)) {
            continue;
        }
        if (is_capital) {
            p->lines[i].element = FORMAT_POSITION;
            posts++;
            last = i;
        } else if (is_person(&p->lines[i]) && posts > 0) {
            name = i;
            break;
        }
    }
    bool is_large = name == p->n && posts > 1 && is_person(&p->lines[last]) && !is_post(p, &p->lines[last]);
    name = is_large ? last : name;
    if (name < p->n) {
        p->lines[name].element = FORMAT_SIGNER;
    }
}

static bool begins_basis(const struct format_line *l) {
    return format_opens(l, "can cu") || format_opens(l, "theo de nghi") || format_opens(l, "xet de nghi");
}

/* Where the entry that begins at a line has its last line. */
static size_t entry_end(const struct format_paper *p, size_t i) {
    size_t most = p->layout->is_declared ? i : i + ENTRY_LINES;
    while (i < most && i + 1 < p->foot_from) {
        struct str text = p->lines[i].is->text;
        if (str_ends(text, S(";")) || str_ends(text, S(".")) || str_ends(text, S(":")) ||
            begins_basis(&p->lines[i + 1])) {
            break;
        }
        i++;
    }
    return i;
}

/* A list of what a paper stands on, and not a sentence that happens to begin so: "Căn cứ Công văn …, đề nghị các xã …".
 */
static bool is_basis_list(const struct format_paper *p, size_t i) {
    size_t end = entry_end(p, i);
    bool goes_on = end + 1 < p->foot_from && begins_basis(&p->lines[end + 1]);
    return begins_basis(&p->lines[i]) && (goes_on || str_ends(p->lines[end].is->text, S(";")));
}

/* From the first entry of the list to its last; none when the body begins otherwise. */
static void basis_find(struct format_paper *p) {
    size_t i = p->body_from;
    for (size_t before = 0; i < p->foot_from && before < BASIS_AHEAD && !is_basis_list(p, i); i++) {
        const struct format_line *l = &p->lines[i];
        before += !l->is_capital && !l->is_left_out && !l->is_dashes;
    }
    bool is_list = i < p->foot_from && is_basis_list(p, i);
    while (is_list && i < p->foot_from && begins_basis(&p->lines[i])) {
        size_t end = entry_end(p, i);
        for (; i <= end; i++) {
            p->lines[i].element = p->lines[i].is_left_out ? p->lines[i].element : FORMAT_BASIS;
        }
    }
}

static void body_find(struct format_paper *p) {
    basis_find(p);
    for (size_t i = p->body_from; i < p->foot_from; i++) {
        struct format_line *l = &p->lines[i];
        if (l->element == FORMAT_ELEMENTS && !l->is_left_out && !l->is_dashes) {
            l->element = format_opens(l, "kinh gui") ? FORMAT_ADDRESSEE : FORMAT_BODY;
        }
    }
}

void format_foot_find(struct format_paper *p) {
    size_t head = p->n;
    for (size_t i = p->body_from; i < p->n; i++) {
        head = head == p->n && is_recipients_head(&p->lines[i]) ? i : head;
    }
    p->foot_from = with_posts(p, foot_at(p, head), head);
    recipients_find(p, head);
    body_find(p);
    signer_find(p);
}
