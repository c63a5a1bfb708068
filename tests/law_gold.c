#include "tests/law_gold.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdio.h>

static struct str file_text(struct arena *a, const char *path) {
    struct buf b = buf_in(a);
    char part[4096];
    FILE *f = fopen(path, "r");
    for (size_t n; f && (n = fread(part, 1, sizeof part, f)) > 0;) {
        buf_put(&b, (struct str){part, n});
    }
    if (f) {
        fclose(f);
    }
    return buf_str(&b);
}

bool law_gold_read(struct arena *a, const char *path, struct law_gold *gold) {
    struct str rest = file_text(a, path), line, words, target;
    struct law_gold_line *now = NULL;
    *gold = (struct law_gold){0};
    while (str_next(&rest, '\n', &line)) {
        if (str_starts(line, S("# "))) {
            *LIST_PUSH(a, &gold->names) = str_slice(line, 2, line.len);
        } else if (str_starts(line, S("@ "))) {
            now = LIST_PUSH(a, &gold->lines);
            *now = (struct law_gold_line){0};
            str_cut(str_slice(line, 2, line.len), S(" "), &now->id, &now->place);
        } else if (now && !now->text.len) {
            now->text = line;
        } else if (now && str_cut(line, S(" = "), &words, &target)) {
            *LIST_PUSH(a, &now->refs) = (struct law_gold_ref){words, target};
        }
    }
    return gold->lines.n > 0;
}

static struct str target_of(struct arena *a, const struct law_cite *c, const struct law_cite_doc *d) {
    struct buf b = buf_in(a);
    buf_put(&b, c->eid);
    if (c->last_eid.len) {
        buf_printf(&b, "..%.*s", STR_ARG(c->last_eid));
    }
    if (d) {
        buf_printf(&b, "@%.*s", STR_ARG(d->key.len ? d->key : law_cite_name_key(a, d)));
    }
    return buf_str(&b);
}

static bool has_name(const struct law_gold *gold, struct str key) {
    for (size_t i = 0; i < gold->names.n; i++) {
        struct str name = gold->names.at[i];
        if (str_starts(key, name) && (key.len == name.len || key.at[name.len] == ' ')) {
            return true;
        }
    }
    return false;
}

void law_gold_find(struct arena *a, const struct law_gold *gold, const struct law_gold_line *line,
                   struct law_gold_line *out) {
    struct law_cites found;
    law_cite_find(a, line->text, line->place, &found);
    *out = (struct law_gold_line){line->id, line->place, line->text, {0}};
    for (size_t i = 0; i < found.cites.n; i++) {
        const struct law_cite *c = &found.cites.at[i];
        const struct law_cite_doc *d = c->doc ? &found.docs.at[c->doc - 1] : NULL;
        /* A name that may be none counts only where the library has it. */
        if (d && d->is_weak && !d->key.len && !has_name(gold, law_cite_name_key(a, d))) {
            continue;
        }
        *LIST_PUSH(a, &out->refs) = (struct law_gold_ref){str_slice(line->text, c->from, c->to), target_of(a, c, d)};
    }
}

/* A name is read with the words that may still belong to it: the library tells where it ends. */
static bool is_target(struct str found, struct str wanted) {
    struct str place, name, is_place, is_name;
    bool has_doc = str_cut(wanted, S("@"), &place, &name), is_doc = str_cut(found, S("@"), &is_place, &is_name);
    if (has_doc != is_doc || !str_eq(place, is_place)) {
        return false;
    }
    return str_eq(name, is_name) || (str_find(name, S("/"), 0) == SIZE_MAX && str_starts(is_name, name) &&
                                     is_name.len > name.len && is_name.at[name.len] == ' ');
}

/* The words of a document that is only named may end sooner or later than its name does. */
static bool is_same(const struct law_gold_ref *found, const struct law_gold_ref *wanted) {
    bool is_named =
        wanted->target.len && wanted->target.at[0] == '@' && str_find(wanted->target, S("/"), 0) == SIZE_MAX;
    bool is_there = str_eq(found->words, wanted->words) ||
                    (is_named && (str_starts(found->words, wanted->words) || str_starts(wanted->words, found->words)));
    return is_there && is_target(found->target, wanted->target);
}

void law_gold_score(struct arena *a, const struct law_gold *gold, size_t nth, struct law_gold_score *score,
                    void (*tell)(const struct law_gold_line *line, char what, const struct law_gold_ref *ref)) {
    const struct law_gold_line *line = &gold->lines.at[nth];
    struct law_gold_line out;
    law_gold_find(a, gold, line, &out);
    bool *is_taken = arena_take(a, bool, out.refs.n + 1);
    score->lines++;
    score->wanted += line->refs.n;
    score->found += out.refs.n;
    for (size_t w = 0; w < line->refs.n; w++) {
        size_t f = 0;
        while (f < out.refs.n && (is_taken[f] || !is_same(&out.refs.at[f], &line->refs.at[w]))) {
            f++;
        }
        if (f < out.refs.n) {
            is_taken[f] = true;
            score->right++;
        } else if (tell) {
            tell(line, '-', &line->refs.at[w]);
        }
    }
    for (size_t f = 0; f < out.refs.n && tell; f++) {
        if (!is_taken[f]) {
            tell(line, '+', &out.refs.at[f]);
        }
    }
}
