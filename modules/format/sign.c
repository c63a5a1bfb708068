/* Who signs, and for whom. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/format/inside.h"

#include "base/banned.h"

struct str format_first_word(struct str s) {
    struct str word, after;
    str_cut(s, S(" "), &word, &after);
    size_t dot = str_find(word, S("."), 0);
    bool is_joined = dot != SIZE_MAX && (dot > 1 || str_starts(word, S("Q"))) && dot + 1 < word.len;
    return is_joined ? str_slice(word, 0, dot + 1) : word;
}

/* The signs of the profile's own; where it has none, of what it stands on. */
static bool is_of_signs(const struct format_paper *p, const struct format_sign *s) {
    bool has_own = false;
    for (size_t i = 0; i < p->t->signs.n; i++) {
        has_own = has_own || str_eq(p->t->signs.at[i].profile, p->out->profile->code);
    }
    return has_own ? str_eq(s->profile, p->out->profile->code) : format_is_of(p, s->profile);
}

/* The sign a line begins with, however it is written; is_right: as it should be. */
static const struct format_sign *sign_of(const struct format_paper *p, size_t i, bool *is_right) {
    struct str word = format_first_word(p->lines[i].is->text), key = format_words_in(p->arena, word);
    const struct format_sign *found = NULL;
    *is_right = false;
    for (size_t k = 0; k < p->t->signs.n && word.len < p->lines[i].is->text.len; k++) {
        const struct format_sign *s = &p->t->signs.at[k];
        struct str rest = s->signs, one;
        while (is_of_signs(p, s) && str_next(&rest, ' ', &one)) {
            found = str_eq(format_words_in(p->arena, one), key) ? s : found;
            *is_right = *is_right || str_eq(one, word);
        }
    }
    return found;
}

static void below_check(struct format_paper *p, size_t i, const struct format_sign *s) {
    bool has_post = false, has_deputy = false, is_right;
    for (size_t k = format_next(p, FORMAT_POSITION, i + 1); k < p->n; k = format_next(p, FORMAT_POSITION, k + 1)) {
        has_post = true;
        has_deputy = has_deputy || (!sign_of(p, k, &is_right) && str_find(p->lines[k].fold, S("pho"), 0) != SIZE_MAX);
    }
    struct str text = p->lines[i].is->text;
    if (str_eq(s->next, S("deputy")) && !has_deputy) {
        format_tell(p, i, str_format(p->arena, "“%.*s” mà dưới không có chức vụ cấp phó", STR_ARG(text)),
                    S("chức vụ cấp phó ở dòng dưới"));
    } else if (str_eq(s->next, S("post")) && !has_post) {
        format_tell(p, i, str_format(p->arena, "“%.*s” mà dưới không có chức vụ người ký", STR_ARG(text)),
                    S("chức vụ người ký ở dòng dưới"));
    }
}

static void competence_check(struct format_paper *p) {
    for (size_t i = format_next(p, FORMAT_POSITION, 0); i < p->n; i = format_next(p, FORMAT_POSITION, i + 1)) {
        bool is_right;
        const struct format_sign *s = sign_of(p, i, &is_right);
        if (!s) {
            continue;
        }
        struct str word = format_first_word(p->lines[i].is->text), wanted = format_first_word(s->signs);
        if (!is_right) {
            format_tell(p, i, str_format(p->arena, "“%.*s”", STR_ARG(word)),
                        str_format(p->arena, "“%.*s” (%.*s)", STR_ARG(wanted), STR_ARG(s->meaning)));
        }
        below_check(p, i, s);
    }
}

/* What a collective issues is signed on its behalf, or by its order. */
static void collective_check(struct format_paper *p) {
    struct str organ = format_words_in(p->arena, format_text(p, FORMAT_ORGAN));
    size_t i = format_next(p, FORMAT_POSITION, 0);
    bool is_right;
    if (i == p->n || str_find(organ, format_words_in(p->arena, p->rule->value), 0) == SIZE_MAX) {
        return;
    }
    const struct format_sign *s = sign_of(p, i, &is_right);
    struct str key = s ? format_words_in(p->arena, format_first_word(s->signs)) : S("");
    if (!str_eq(key, S("tm")) && !str_eq(key, S("tl")) && !str_eq(key, S("tuq"))) {
        format_tell(p, i, str_format(p->arena, "“%.*s”", STR_ARG(p->lines[i].is->text)),
                    str_format(p->arena, "“TM. %.*s” ở dòng đầu", STR_ARG(p->rule->value)));
    }
}

static bool is_titled(struct str name, struct str title) {
    bool is_begun = str_starts(name, title) && name.len > title.len;
    char next = is_begun ? name.at[title.len] : 0;
    return is_begun && (next == ' ' || str_ends(title, S(".")));
}

static void title_check(struct format_paper *p) {
    size_t i = format_next(p, FORMAT_SIGNER, 0);
    struct str rest = p->rule->value, one;
    while (i < p->n && str_next(&rest, '|', &one)) {
        if (is_titled(p->lines[i].is->text, one)) {
            format_tell(p, i, str_format(p->arena, "“%.*s”", STR_ARG(p->lines[i].is->text)),
                        S("không ghi học hàm, học vị hay danh xưng trước họ tên"));
            return;
        }
    }
}

bool format_sign_check(struct format_paper *p) {
    bool is_competence = str_eq(p->rule->rule, S("competence")), is_title = str_eq(p->rule->rule, S("no_title"));
    if (is_competence) {
        competence_check(p);
    } else if (is_title) {
        title_check(p);
    } else if (str_eq(p->rule->rule, S("collective"))) {
        collective_check(p);
    } else {
        return false;
    }
    return true;
}
