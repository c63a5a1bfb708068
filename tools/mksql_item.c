/* What a computed column gives, as far as its words say: text is told apart from numbers, so that it never becomes one.
 */
#include "tools/mksql.h"

#include "base/banned.h"

/* Where the item named AS name begins; SIZE_MAX when there is none. *end is where its AS stands. */
static size_t item_of(const struct tokens *t, struct str name, size_t *end) {
    for (size_t i = 1; i + 1 < t->n; i++) {
        if (!word_is(&t->at[i], "as") || t->at[i + 1].kind != T_WORD || !str_eq(t->at[i + 1].text, name)) {
            continue;
        }
        size_t from = i;
        int depth = t->at[i].depth;
        while (from > 0 && t->at[from - 1].depth >= depth &&
               !(t->at[from - 1].depth == depth &&
                 (sign_is(&t->at[from - 1], ",") || word_is(&t->at[from - 1], "select") ||
                  word_is(&t->at[from - 1], "distinct") || word_is(&t->at[from - 1], "returning")))) {
            from--;
        }
        *end = i;
        return from;
    }
    return SIZE_MAX;
}

/* A name of a column, or a text, that is the value itself and is not compared with anything. */
static bool is_whole(const struct tokens *t, size_t i, size_t from, size_t end) {
    size_t first = i >= 2 && sign_is(&t->at[i - 1], ".") ? i - 2 : i;
    const struct token *before = first > from ? &t->at[first - 1] : NULL, *after = i + 1 < end ? &t->at[i + 1] : NULL;
    bool begins = !before || sign_is(before, "(") || sign_is(before, ",") || word_is(before, "then") ||
                  word_is(before, "else") || word_is(before, "select") || word_is(before, "distinct");
    bool ends = !after || sign_is(after, ")") || sign_is(after, ",") || word_is(after, "when") ||
                word_is(after, "else") || word_is(after, "end") || word_is(after, "from");
    return begins && ends;
}

static bool is_text_column(const struct source *s, const struct tokens *t, struct str name) {
    bool nullable, ambiguous;
    struct type type = type_in_tables(s, t, name, &nullable, &ambiguous);
    return type.is == C_TEXT || type.is == C_ON;
}

/* Past the parenthesis of a function that gives a number whatever it is given, or of IN. */
static size_t past_number(const struct tokens *t, size_t i, size_t end) {
    static const char *const calls[] = {"count", "sum",    "length", "abs",    "round",
                                        "in",    "exists", "avg",    "nullif", "over"};
    bool is_call = false;
    for (size_t n = 0; n < sizeof calls / sizeof *calls; n++) {
        is_call = is_call || (word_is(&t->at[i], calls[n]) && sign_is(token_at(t, i + 1), "("));
    }
    if (!is_call) {
        return i;
    }
    int depth = t->at[i + 1].depth;
    for (i += 2; i < end && !(sign_is(&t->at[i], ")") && t->at[i].depth == depth); i++) {
    }
    return i;
}

bool item_is_text(const struct source *s, const struct tokens *t, struct str name) {
    size_t end = 0, from = item_of(t, name, &end);
    for (size_t i = from; from != SIZE_MAX && i < end; i++) {
        i = past_number(t, i, end);
        if (i >= end) {
            break;
        }
        const struct token *x = &t->at[i];
        bool is_word = x->kind == T_WORD && is_whole(t, i, from, end) && is_text_column(s, t, x->text);
        bool is_literal = x->kind == T_STRING && is_whole(t, i, from, end);
        if (is_word || is_literal || sign_is(x, "||") || word_is(x, "substr") || word_is(x, "trim")) {
            return true;
        }
    }
    return false;
}
