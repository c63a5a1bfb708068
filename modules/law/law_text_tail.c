/* The end of a paper: signature and recipients; and the day it comes into force, as one of its articles says. */
#include "modules/law/law_text_inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

/* Two to six words that each begin with a capital: a name. */
static bool is_name(struct str s) {
    size_t words = 0;
    struct str rest = s, word;
    while (str_next(&rest, ' ', &word)) {
        if (word.len == 0) {
            continue;
        }
        if (law_starts_small(word) || (word.at[0] >= '0' && word.at[0] <= '9') || strchr("-(+*", word.at[0])) {
            return false;
        }
        words++;
    }
    return words >= 2 && words <= 6 && s.len < 60 && str_find(s, S(":"), 0) == SIZE_MAX &&
           str_find(s, S(","), 0) == SIZE_MAX;
}

/* Behind degrees and ranks: "GS.TS. Nguyễn Văn A", "Thượng tướng Trần B" are left as printed. */
static void take_signer(struct str words, bool is_shouted, struct law_head *head, struct str *post) {
    if (is_shouted) {
        *post = words;
    } else if (post->len && is_name(words)) {
        head->signer = words;
        head->signer_post = *post;
    }
}

void law_tail_read(struct arena *a, const struct law_lines *lines, size_t from, size_t to, struct law_tree *tree) {
    struct law_head *head = &tree->head;
    if (from >= to || head->closing.len) {
        return;
    }
    head->closing = law_trim(str_slice(lines->text, lines->at[from].from, lines->at[to - 1].to));
    struct str post = S("");
    size_t recipients = SIZE_MAX, recipients_end = 0;
    for (size_t i = from; i < to; i++) {
        struct str words = law_line_words(lines, i), left = words, right = S("");
        str_cut(words, S("\t"), &left, &right);
        if (str_starts(law_fold_start(a, words, 20), S("noi nhan"))) {
            recipients = lines->at[i].from;
            recipients_end = lines->at[i].to;
        } else if (recipients != SIZE_MAX && (words.at[0] == '-' || words.at[0] == '+' || str_starts(words, S("–")))) {
            recipients_end = lines->at[i].to;
        }
        right = law_trim(right);
        take_signer(right.len ? right : law_trim(left), law_is_shouted(right.len ? right : left), head, &post);
    }
    if (recipients != SIZE_MAX) {
        head->recipients = law_trim(str_slice(lines->text, recipients, recipients_end));
    }
}

static bool is_in_quote(const struct law_tree *tree, size_t at) {
    for (size_t i = 0; i < tree->quotes.n; i++) {
        if (tree->quotes.at[i].from <= at && at < tree->quotes.at[i].to) {
            return true;
        }
    }
    return false;
}

/* "Luật này", "Nghị định này", not "khoản 2 Điều này". */
static bool names_paper(struct str before) {
    static const struct str papers[] = {S_INIT("uật này"),     S_INIT("ệnh này"),       S_INIT("ghị định này"),
                                        S_INIT("hông tư này"), S_INIT("uyết định này"), S_INIT("uyết này"),
                                        S_INIT("uy định này"), S_INIT("uy chế này"),    S_INIT("iến pháp này"),
                                        S_INIT("ịch này"),     S_INIT("hỉ thị này"),    S_INIT("ướng dẫn này"),
                                        S_INIT("văn bản này")};
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
        if (str_ends(before, papers[i])) {
            return true;
        }
    }
    return false;
}

/* The sentence from "có hiệu lực" on, if it says of this paper from when. */
static bool says_when(struct str text, size_t at, struct str *sentence) {
    size_t end = at, dot = str_find(text, S("."), at), semi = str_find(text, S(";"), at),
           line = str_find(text, S("\n"), at);
    end = dot < semi ? dot : semi;
    end = line < end ? line : end;
    end = end == SIZE_MAX ? text.len : end;
    struct str before = law_trim(str_slice(text, at > 40 ? at - 40 : 0, at));
    *sentence = str_slice(text, at, end);
    return names_paper(before) && str_find(*sentence, S("từ ngày"), 0) != SIZE_MAX;
}

static void take_effective(struct law_tree *tree, int32_t node, struct str sentence) {
    struct law_head *head = &tree->head;
    size_t start, end;
    head->effective_words = law_trim(sentence);
    head->effective_article = tree->nodes.at[node].article;
    if (!law_date_in_words(sentence, &head->effective_on, &start, &end) && head->issued_on.year &&
        (str_find(sentence, S("kể từ ngày ký"), 0) < 40 || str_find(sentence, S("từ ngày ký"), 0) < 40) &&
        str_find(sentence, S("sau "), 0) > 30) {
        head->effective_on = head->issued_on;
    }
}

/* Looks in the article on coming into force, or in all. */
static void look_for_effect(struct arena *a, struct law_tree *tree, bool is_named) {
    for (size_t i = 0; i < tree->nodes.n && !tree->head.effective_on.year; i++) {
        const struct law_node *node = &tree->nodes.at[i];
        if (node->annex != LAW_NO_NODE || node->article == LAW_NO_NODE) {
            continue;
        }
        struct str heading = tree->nodes.at[node->article].heading;
        if (is_named && str_find(utf8_lower(a, heading), S("hiệu lực"), 0) == SIZE_MAX) {
            continue;
        }
        struct str words = node->text, sentence;
        for (size_t at = str_find(words, S("có hiệu lực"), 0); at != SIZE_MAX && !tree->head.effective_on.year;
             at = str_find(words, S("có hiệu lực"), at + 1)) {
            if (says_when(words, at, &sentence) && !is_in_quote(tree, (size_t)(words.at - tree->text.at) + at)) {
                take_effective(tree, (int32_t)i, sentence);
            }
        }
    }
}

void law_effective_find(struct arena *a, struct law_tree *tree) {
    /* The first that names a day: later clauses date only parts. */
    look_for_effect(a, tree, true);
    look_for_effect(a, tree, false);
    const struct law_head *h = &tree->head;
    if (h->effective_on.year && h->issued_on.year && date_cmp(h->effective_on, h->issued_on) < 0) {
        law_fault_add(a, tree, LAW_FAULT_EARLY, &(struct law_fault_place){.node = LAW_NO_NODE});
    }
}
