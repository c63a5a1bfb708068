/* SQL as words and signs, and what is said when it is wrong. */
#include "tools/mksql.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

int complaints;

void complain(struct str file, int line, const char *format, ...) {
    fprintf(stderr, "%.*s:%d: ", STR_ARG(file), line);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    complaints++;
}

struct str read_whole(struct arena *a, const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "%s:1: cannot be read\n", path);
        exit(1);
    }
    struct buf b = buf_in(a);
    char piece[65536];
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;) {
        buf_put(&b, (struct str){piece, n});
    }
    fclose(f);
    return buf_str(&b);
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t word_end(struct str s, size_t i) {
    while (i < s.len && (is_letter(s.at[i]) || is_digit(s.at[i]))) {
        i++;
    }
    return i;
}

/* Past a comment to the end of its line; a note mksql understands is kept. */
static size_t comment_end(struct arena *a, struct str s, size_t i, int line, struct tokens *out) {
    static const char *const notes[] = {"result:", "only:", "with:"};
    size_t end = str_find(s, S("\n"), i);
    end = end == SIZE_MAX ? s.len : end;
    struct str words = str_trim(str_slice(s, i + 2, end));
    for (size_t n = 0; n < sizeof notes / sizeof *notes; n++) {
        if (str_starts(words, str_of(notes[n]))) {
            LIST_ADD(a, out, (struct token){.kind = T_NOTE, .text = words, .line = line});
        }
    }
    return end;
}

/* Past white space and comments. */
static size_t skip(struct arena *a, struct str s, size_t i, int *line, struct tokens *out, bool *spaced) {
    size_t from = i;
    while (i < s.len) {
        *line += s.at[i] == '\n';
        if (strchr(" \t\r\n", s.at[i])) {
            i++;
        } else if (str_starts(str_slice(s, i, s.len), S("--"))) {
            i = comment_end(a, s, i, *line, out);
        } else {
            break;
        }
    }
    *spaced = *spaced || i > from;
    return i;
}

static size_t sign_end(struct str s, size_t i) {
    static const char *const signs[] = {"->>", "<=", ">=", "<>", "!=", "||", "==", "->", "::"};
    for (size_t n = 0; n < sizeof signs / sizeof *signs; n++) {
        if (str_starts(str_slice(s, i, s.len), str_of(signs[n]))) {
            return i + strlen(signs[n]);
        }
    }
    return i + 1;
}

static size_t string_end(struct str s, size_t i, int *line) {
    for (i++; i < s.len; i++) {
        if (s.at[i] == '\n') {
            *line += 1;
        }
        if (s.at[i] == '\'' && !(i + 1 < s.len && s.at[i + 1] == '\'')) {
            return i + 1;
        }
        i += s.at[i] == '\'';
    }
    return 0;
}

/* The token at i: its kind, text and mark; gives where it ends, 0 when it does not. */
static size_t token_take(struct str s, size_t i, int *line, struct token *t) {
    size_t end = i;
    char next = i + 1 < s.len ? s.at[i + 1] : ' ';
    if (s.at[i] == '\'') {
        t->kind = T_STRING;
        end = string_end(s, i, line);
    } else if (is_letter(s.at[i])) {
        t->kind = T_WORD;
        end = word_end(s, i);
    } else if (is_digit(s.at[i])) {
        t->kind = T_NUMBER;
        while (end < s.len && (is_digit(s.at[end]) || s.at[end] == '.')) {
            end++;
        }
    } else if (s.at[i] == ':' && is_letter(next)) {
        t->kind = T_PARAM;
        end = word_end(s, i + 1);
        t->text = str_slice(s, i + 1, end);
        if (end + 1 < s.len && s.at[end] == '!' && is_letter(s.at[end + 1])) {
            size_t mark_end = word_end(s, end + 1);
            t->mark = str_slice(s, end + 1, mark_end);
            end = mark_end;
        }
        return end;
    } else {
        t->kind = T_SIGN;
        end = sign_end(s, i);
    }
    t->text = str_slice(s, i, end);
    return end;
}

bool lex(struct arena *a, struct str file, struct str s, int line, struct tokens *out) {
    int depth = 0;
    bool spaced = false;
    for (size_t i = skip(a, s, 0, &line, out, &spaced); i < s.len; i = skip(a, s, i, &line, out, &spaced)) {
        struct token t = {.line = line, .spaced = spaced};
        i = token_take(s, i, &line, &t);
        if (!i) {
            complain(file, t.line, "the text that begins here has no closing '");
            return false;
        }
        depth -= sign_is(&t, ")");
        t.depth = depth;
        depth += sign_is(&t, "(");
        LIST_ADD(a, out, t);
        spaced = false;
    }
    if (depth != 0) {
        complain(file, line, "parentheses do not match");
    }
    return depth == 0;
}

bool word_is(const struct token *t, const char *word) {
    return t && t->kind == T_WORD && str_eq_ascii_nocase(t->text, str_of(word));
}

bool sign_is(const struct token *t, const char *sign) {
    return t && t->kind == T_SIGN && str_eq(t->text, str_of(sign));
}

const struct token *token_at(const struct tokens *t, size_t i) { return i < t->n ? &t->at[i] : NULL; }
