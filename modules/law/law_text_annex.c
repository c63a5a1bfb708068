/* Papers issued with a paper that do not call themselves Phụ lục: QUY CHẾ … (Ban hành kèm theo Quyết định …). Their
   first line becomes an annex's, so that their articles, which begin anew, are theirs. */
#include "modules/law/law_text_inside.h"

#include "base/arena.h"

enum { BACK_MOST = 7 };

static bool is_issued_with(struct arena *a, struct str words) {
    struct str f = law_fold_start(a, words, 60);
    return str_starts(f, S("(ban hanh kem theo")) || str_starts(f, S("(kem theo ")) ||
           str_starts(f, S("ban hanh kem theo quyet dinh")) || str_starts(f, S("(ban hanh theo "));
}

/* The first of the shouted lines right above i. */
static size_t shouted_above(const struct law_lines *lines, size_t i) {
    size_t first = i;
    for (size_t j = i; j > 0 && i - j < BACK_MOST; j--) {
        const struct law_line *line = &lines->at[j - 1];
        if (line->look == LOOK_ANNEX) {
            return SIZE_MAX;
        }
        if (line->look == LOOK_RULE) {
            continue;
        }
        if (line->look != LOOK_WORDS || line->is_quoted || !line->is_shouted) {
            break;
        }
        first = j - 1;
    }
    return first < i ? first : SIZE_MAX;
}

void law_annexes_find(struct arena *a, struct law_lines *lines) {
    bool has_article = false;
    for (size_t i = 0; i < lines->n; i++) {
        struct law_line *line = &lines->at[i];
        has_article = has_article || (line->look == LOOK_ARTICLE && line->mark && !line->is_quoted);
        if (!has_article || line->is_quoted || !is_issued_with(a, law_line_words(lines, i))) {
            continue;
        }
        size_t first = shouted_above(lines, i);
        if (first != SIZE_MAX) {
            lines->at[first].look = LOOK_ANNEX;
            lines->at[first].label = lines->at[first].suffix = S("");
            lines->at[first].mark = 0;
            lines->at[first].body = lines->at[first].from;
        }
    }
}
