/* Lines of print become paragraphs. */
#include "modules/law/law_format.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/law/law_text_inside.h"

#include <stdlib.h>
#include <string.h>

static int by_size(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

/* The usual length of a full line: nine of ten are no longer. */
static size_t full_line(struct arena *a, const struct law_lines *lines) {
    size_t *sizes = arena_take(a, size_t, lines->n + 1);
    for (size_t i = 0; i < lines->n; i++) {
        sizes[i] = utf8_length(law_line_words(lines, i));
    }
    list_sort(sizes, lines->n, sizeof *sizes, by_size);
    return lines->n ? sizes[lines->n * 9 / 10] : 0;
}

static bool ends_sentence(struct str s) { return s.len && strchr(".;:!?", s.at[s.len - 1]) != NULL; }

static bool goes_on(const struct law_lines *lines, size_t i, size_t full) {
    const struct law_line *before = &lines->at[i - 1], *line = &lines->at[i];
    struct str was = law_line_words(lines, i - 1), now = law_line_words(lines, i);
    bool is_small = law_starts_small(now), is_over = ends_sentence(was);
    /* "… quy định tại / Điều 5 của Luật này": no label, the sentence goes on. */
    bool is_cited = line->look == LOOK_ARTICLE && !line->mark && !is_over;
    if ((line->look != LOOK_WORDS && !is_cited) || before->look == LOOK_RULE || before->look == LOOK_ROW ||
        before->look == LOOK_CLOSING || now.at[0] == '-' || now.at[0] == '+' || now.at[0] == '(') {
        return is_small && line->look == LOOK_WORDS && before->look != LOOK_RULE && !is_over;
    }
    if (before->is_shouted || line->is_shouted || str_starts(now, S("“"))) {
        return false;
    }
    if (is_small) {
        return !is_over || utf8_length(was) * 10 > full * 8;
    }
    /* A heading ends with its line. */
    bool was_full = before->look != LOOK_ARTICLE && utf8_length(was) * 10 >= full * 8;
    return was_full && !is_over && !line->after_blank;
}

struct str law_unwrap(struct arena *a, struct str text) {
    struct law_lines lines;
    law_lines_of(a, text, &lines);
    size_t full = full_line(a, &lines);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < lines.n; i++) {
        if (i) {
            buf_put(&b, goes_on(&lines, i, full) ? S(" ") : lines.at[i].after_blank ? S("\n\n") : S("\n"));
        }
        buf_put(&b, law_line_words(&lines, i));
    }
    return buf_str(&b);
}
