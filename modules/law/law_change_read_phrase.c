/* Words replaced, taken out or put in, within places. */
#include "base/arena.h"
#include "modules/law/law_change_read.h"
#include "modules/law/law_cite_inside.h"

static enum law_phrase kind_of(struct str evidence, struct str mask, size_t first_close) {
    enum law_op op;
    size_t end;
    struct str after = str_slice(mask, first_close, mask.len);
    if (!change_verb(mask, 0, &op, &end)) {
        return LAW_PHRASE_REMOVE;
    }
    (void)evidence;
    if (op == LAW_REPEAL) {
        return LAW_PHRASE_REMOVE;
    }
    if (op == LAW_REPLACE || op == LAW_AMEND) {
        return LAW_PHRASE_REPLACE;
    }
    if (op != LAW_SUPPLEMENT) {
        return LAW_PHRASE_NONE;
    }
    return str_find(after, S("vào trước"), 0) != SIZE_MAX ? LAW_PHRASE_BEFORE : LAW_PHRASE_AFTER;
}

static bool is_two(enum law_phrase kind) { return kind != LAW_PHRASE_REMOVE; }

void law_change_phrases(struct arena *a, struct str evidence, struct law_phrase_pairs *found) {
    *found = (struct law_phrase_pairs){0};
    struct str mask = change_mask(a, evidence), quoted[64];
    size_t n = 0, at = 0, open, close, first_close = 0;
    if (str_find(mask, S("từ"), 0) == SIZE_MAX) {
        return;
    }
    while (n < 64 && change_quote(evidence, at, &open, &close)) {
        quoted[n++] = str_slice(evidence, open, close);
        first_close = n == 1 ? close : first_close;
        at = close < evidence.len ? close + 1 : evidence.len;
    }
    enum law_phrase kind = n ? kind_of(evidence, mask, first_close) : LAW_PHRASE_NONE;
    if (kind == LAW_PHRASE_NONE || (is_two(kind) && n % 2)) {
        return;
    }
    for (size_t i = 0; i < n; i += is_two(kind) ? 2 : 1) {
        struct law_phrase_pair pair = {.kind = kind, .old_words = quoted[i]};
        if (kind == LAW_PHRASE_REPLACE) {
            pair.new_words = quoted[i + 1];
        } else if (is_two(kind)) {
            pair.old_words = quoted[i + 1];
            pair.new_words = quoted[i];
        }
        LIST_ADD(a, &found->pairs, pair);
    }
}
