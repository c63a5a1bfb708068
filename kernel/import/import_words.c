/* The words by which columns, sums and notes are known. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/utf8.h"
#include "kernel/import/import_inside.h"

#include "base/banned.h"

FACTS(import_facts_words, "kernel/import/words.tsv");

static bool has_word(struct str lower, struct str kind, bool is_whole) {
    struct str rest = FACTS_STR(import_facts_words), cell[2];
    while (facts_next(&rest, cell, 2)) {
        if (!str_eq(cell[0], kind)) {
            continue;
        }
        bool begins = str_starts(lower, cell[1]);
        unsigned char next = begins && lower.len > cell[1].len ? (unsigned char)lower.at[cell[1].len] : ' ';
        bool ends = next < 128 && (next < 'a' || next > 'z');
        if (begins && (is_whole ? lower.len == cell[1].len : ends)) {
            return true;
        }
    }
    return false;
}

bool import_word_begins(struct str lower, struct str kind) { return has_word(lower, kind, false); }
bool import_word_is(struct str lower, struct str kind) { return has_word(lower, kind, true); }

struct str import_plain(struct arena *a, struct str text, bool is_bare) {
    struct str folded = utf8_fold(a, text);
    struct buf b = buf_in(a);
    int depth = 0;
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        depth += c == '(' ? 1 : c == ')' && depth ? -1 : 0;
        bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 128;
        if (is_bare && depth) {
            continue;
        }
        if (is_kept) {
            buf_put_char(&b, c);
        } else if (b.len && b.at[b.len - 1] != ' ') {
            buf_put_char(&b, ' ');
        }
    }
    return str_trim(buf_str(&b));
}

bool import_has_words(struct str text, struct str words) {
    size_t at = words.len ? str_find(text, words, 0) : SIZE_MAX;
    while (at != SIZE_MAX) {
        size_t end = at + words.len;
        if ((at == 0 || text.at[at - 1] == ' ') && (end == text.len || text.at[end] == ' ')) {
            return true;
        }
        at = str_find(text, words, at + 1);
    }
    return false;
}

FACTS(import_facts_choices, "kernel/import/choices.tsv");

bool import_choice_known(struct str code, struct import_choice *choice) {
    struct str rest = FACTS_STR(import_facts_choices), cell[3];
    while (facts_next(&rest, cell, 3)) {
        if (str_eq(cell[0], code)) {
            *choice = (struct import_choice){.code = cell[0], .label = cell[1], .synonyms = cell[2]};
            return true;
        }
    }
    return false;
}
