/* The outermost quotation marks, curly and straight, nested, over many paragraphs. A quote that holds whole lines is
   new wording of another law: its lines are no places of this one. A mark that is never closed must not swallow the
   rest: the quote then ends where the acting text goes on, and is flagged. */
#include "modules/law/law_text_inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

enum { DEEPEST = 16, LINES_MOST = 6000, WRAPPED_MOST = 3 };

enum sign { NO_SIGN, OPENS, CLOSES, STRAIGHT };

struct stack {
    enum sign at[DEEPEST]; /* OPENS for a curly one, STRAIGHT */
    size_t n;
};

/* Where the acting text stands: what would go on with it. */
struct acting {
    int article, clause, point;
};

struct finder {
    struct arena *arena;
    struct law_lines *lines;
    struct law_tree *tree;
    struct acting acting;
    size_t budget; /* lines that may still be looked at again */
};

static enum sign sign_at(struct str s, size_t at, size_t *len) {
    struct str rest = str_slice(s, at, s.len);
    *len = 1;
    if (rest.at[0] == '"') {
        return STRAIGHT;
    }
    *len = 3;
    if (str_starts(rest, S("“")) || str_starts(rest, S("‟"))) {
        return OPENS;
    }
    if (str_starts(rest, S("”"))) {
        return CLOSES;
    }
    *len = 2;
    return str_starts(rest, S("«")) ? OPENS : str_starts(rest, S("»")) ? CLOSES : NO_SIGN;
}

static bool is_edge(struct str s, size_t at) { return at >= s.len || strchr(" \t\r\n.,;:)]?!/-*", s.at[at]) != NULL; }

/* Which way the mark at [at, at + len) of a line turns, whatever its shape. */
static bool looks_opening(struct str s, size_t at, size_t len) {
    bool free_before = at == 0 || strchr(" \t([:/-*", s.at[at - 1]) != NULL ||
                       str_ends(str_slice(s, 0, at), S("\xc2\xa0")) || str_ends(str_slice(s, 0, at), S("“"));
    return free_before && !is_edge(s, at + len);
}

/* One mark, in its line s: what it does to what is open. */
static void take_sign(struct stack *open, enum sign sign, struct str s, size_t at, size_t len) {
    bool opens = looks_opening(s, at, len), closes = is_edge(s, at + len) && at > 0;
    if (sign == OPENS && open->n && closes && !opens) {
        sign = CLOSES; /* “abc“ */
    } else if (sign == CLOSES && open->n == 0) {
        sign = opens ? OPENS : NO_SIGN; /* ”abc” */
    } else if (sign == STRAIGHT) {
        bool ends = open->n && (open->at[open->n - 1] == STRAIGHT ? !opens : closes && !opens);
        sign = ends ? CLOSES : opens || open->n == 0 ? STRAIGHT : NO_SIGN;
    }
    if (sign == CLOSES && open->n) {
        open->n--;
    } else if ((sign == OPENS || sign == STRAIGHT) && open->n < DEEPEST) {
        open->at[open->n++] = sign;
    }
}

/* The line's last words are a closing mark and what may follow it: ”. ”; ”, */
static bool ends_closed(struct str s) {
    while (s.len && strchr(".;, ", s.at[s.len - 1])) {
        s.len--;
    }
    return str_ends(s, S("”")) || str_ends(s, S("\"")) || str_ends(s, S("»")) || str_ends(s, S("“"));
}

static bool is_acting_verb(struct arena *a, struct str s) {
    static const char *const verbs[] = {"bo sung ", "sua doi", "bai bo ", "thay the ", "thay cum tu", "bo cum tu"};
    struct str f = law_fold_start(a, s, 24);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (str_starts(f, str_of(verbs[i]))) {
            return true;
        }
    }
    return false;
}

static bool goes_on(struct finder *f, size_t i) {
    const struct law_line *line = &f->lines->at[i];
    const struct acting *was = &f->acting;
    struct str body = law_line_body(f->lines, i);
    switch (line->look) {
    case LOOK_ARTICLE: return line->value == was->article + 1;
    case LOOK_NUMBER: return line->value == was->clause + 1 && (is_acting_verb(f->arena, body) || was->clause > 0);
    case LOOK_LETTER:
        return line->value > was->point && line->value <= was->point + 2 && is_acting_verb(f->arena, body);
    case LOOK_CLOSING: return true;
    case LOOK_WORDS:
    case LOOK_PART:
    case LOOK_CHAPTER:
    case LOOK_SECTION:
    case LOOK_SUBSECTION:
    case LOOK_DECIMAL:
    case LOOK_SUBLETTER:
    case LOOK_ROMAN:
    case LOOK_ANNEX:
    case LOOK_ROW:
    case LOOK_RULE: break;
    }
    return is_acting_verb(f->arena, body);
}

static void note_acting(struct acting *acting, const struct law_line *line) {
    if (line->look == LOOK_ARTICLE && line->mark) {
        *acting = (struct acting){.article = line->value};
    } else if (line->look == LOOK_NUMBER) {
        acting->clause = line->value;
        acting->point = 0;
    } else if (line->look == LOOK_LETTER) {
        acting->point = line->value;
    }
}

static bool is_label(const struct law_line *line) {
    return line->look == LOOK_ARTICLE || line->look == LOOK_NUMBER || line->look == LOOK_LETTER ||
           line->look == LOOK_CHAPTER;
}

/* Reads on from at in line i with what is open. True when all is closed: *line and *at then stand behind the mark. */
static bool run_line(struct str s, size_t *at, struct stack *open) {
    while (*at < s.len) {
        size_t len;
        enum sign sign = sign_at(s, *at, &len);
        if (sign != NO_SIGN) {
            take_sign(open, sign, s, *at, len);
            *at += len;
            if (open->n == 0) {
                return true;
            }
        } else {
            ++*at;
        }
    }
    return false;
}

struct end {
    size_t line, at; /* of the line's bytes, behind the closing mark */
    bool is_open;
};

/* Where a quote without end is taken to end: before the line where the acting text goes on, else with its own line. */
static struct end guess_end(struct finder *f, size_t i) {
    size_t last = i;
    for (size_t j = i + 1; j < f->lines->n && j < i + LINES_MOST; j++) {
        if (goes_on(f, j)) {
            last = j - 1;
            break;
        }
    }
    return (struct end){last, f->lines->at[last].to - f->lines->at[last].from, true};
}

static bool opens_at(const struct law_lines *lines, size_t i) {
    size_t len;
    enum sign sign = i < lines->n ? sign_at(law_line_words(lines, i), 0, &len) : NO_SIGN;
    return sign == OPENS || sign == STRAIGHT;
}

/* The end of a quote that opened in line i and was not closed there. */
static struct end find_end(struct finder *f, size_t i, struct stack open, bool is_wording) {
    struct law_lines *lines = f->lines;
    size_t most = is_wording ? LINES_MOST : WRAPPED_MOST;
    struct end here = {i, lines->at[i].to - lines->at[i].from, true};
    for (size_t j = i + 1; j < lines->n && j <= i + most && f->budget > 0; j++) {
        f->budget--;
        struct str s = law_line_words(lines, j);
        if (!is_wording && is_label(&lines->at[j])) {
            return here;
        }
        /* An acting line with a quote of its own right behind it: ours was never closed. */
        if (is_wording && goes_on(f, j) && is_acting_verb(f->arena, law_line_body(lines, j)) &&
            opens_at(lines, j + 1)) {
            return (struct end){j - 1, lines->at[j - 1].to - lines->at[j - 1].from, true};
        }
        size_t at = 0;
        if (run_line(s, &at, &open)) {
            return (struct end){j, at, false};
        }
        /* Paragraphs that each open the quote anew close it once. */
        if (is_wording && ends_closed(s) && (j + 1 == lines->n || goes_on(f, j + 1))) {
            return (struct end){j, s.len, false};
        }
    }
    if (!is_wording || f->budget == 0) {
        return here;
    }
    f->budget = f->budget > LINES_MOST ? f->budget - LINES_MOST : 0;
    return guess_end(f, i);
}

/* Whether the words before the mark announce new wording: "… được sửa đổi, bổ sung như sau:". */
static bool is_announced(struct finder *f, size_t mark) {
    static const char *const words[] = {"nhu sau",  "sau day",     "sua doi",  "bo sung",
                                        "thay the", "thay cum tu", "thay bang"};
    enum { BEFORE = 240 };
    struct str text = f->lines->text;
    size_t from = mark > BEFORE ? mark - BEFORE : 0;
    while (from < mark && ((unsigned char)text.at[from] & 0xc0) == 0x80) {
        from++;
    }
    struct str folded = utf8_fold(f->arena, str_slice(text, from, mark));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_find(folded, str_of(words[i]), 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static bool behind_colon(struct str s, size_t at) {
    while (at > 0 && (s.at[at - 1] == ' ' || s.at[at - 1] == '\t')) {
        at--;
    }
    return at == 0 || s.at[at - 1] == ':';
}

/* Where the words inside end: before the closing mark. */
static size_t inside_end(struct str text, size_t from, size_t to, bool is_open) {
    while (!is_open && to > from && strchr(".;, ", text.at[to - 1])) {
        to--;
    }
    struct str s = str_slice(text, from, to);
    return is_open ? to : str_ends(s, S("\"")) ? to - 1 : str_ends(s, S("«")) || str_ends(s, S("»")) ? to - 2 : to - 3;
}

static void add_quote(struct finder *f, size_t from, struct end end, bool is_block) {
    struct law_lines *lines = f->lines;
    size_t to = lines->at[end.line].from + end.at;
    struct str line = law_line_words(lines, end.line);
    size_t inside_to = inside_end(lines->text, from, to, end.is_open);
    if (inside_to < from || inside_to > to) {
        inside_to = to;
    }
    struct str behind = str_slice(line, end.at, line.len);
    while (behind.len && strchr(".;, ", behind.at[0])) {
        behind = str_slice(behind, 1, behind.len);
    }
    bool ends_line = behind.len == 0;
    LIST_ADD(f->arena, &f->tree->quotes,
             (struct law_quote){.node = LAW_NO_NODE,
                                .from = from,
                                .to = inside_to,
                                .is_block = is_block && ends_line,
                                .is_open = end.is_open});
    if (end.is_open) {
        law_fault_add(f->arena, f->tree, LAW_FAULT_QUOTE, &(struct law_fault_place){LAW_NO_NODE, from, S("")});
    }
}

/* Walks line i from at on; returns the line where to go on, *at in it. */
static size_t walk_line(struct finder *f, size_t i, size_t *at) {
    struct str s = law_line_words(f->lines, i);
    while (*at < s.len) {
        size_t len, mark = *at;
        enum sign sign = sign_at(s, mark, &len);
        if (sign == NO_SIGN) {
            ++*at;
            continue;
        }
        struct stack open = {0};
        take_sign(&open, sign, s, mark, len);
        *at += len;
        if (open.n == 0) {
            continue;
        }
        size_t from = f->lines->at[i].from + *at;
        bool is_block = behind_colon(s, mark);
        struct end end = {i, 0, false};
        if (run_line(s, at, &open)) {
            end.at = *at;
        } else {
            bool is_wording = is_block && is_announced(f, f->lines->at[i].from + mark);
            end = find_end(f, i, open, is_wording);
        }
        add_quote(f, from, end, is_block);
        if (end.line > i) {
            for (size_t j = i + 1; j <= end.line; j++) {
                f->lines->at[j].is_quoted = true;
            }
            *at = end.at;
            return end.line;
        }
    }
    *at = 0;
    return i + 1;
}

void law_quotes_find(struct arena *a, struct law_lines *lines, struct law_tree *tree) {
    struct finder f = {.arena = a, .lines = lines, .tree = tree, .budget = 20 * lines->n + 1000};
    size_t at = 0;
    for (size_t i = 0; i < lines->n;) {
        if (at == 0) {
            note_acting(&f.acting, &lines->at[i]);
        }
        i = walk_line(&f, i, &at);
    }
}
