/* What a collector wrote above the paper: "**Số hiệu:** 30/2020/NĐ-CP", "| **Ngày ban hành** | 05/03/2020 |". Explicit,
   and so believed before what is read out of the head. */
#include "modules/law/law_text_inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

enum { FRONT_LINES = 80, LABEL_MOST = 60 };

enum fact { FACT_NONE, FACT_CODE, FACT_TYPE, FACT_ISSUER, FACT_ISSUED, FACT_EFFECTIVE, FACT_TITLE, FACT_SIGNER };

static const struct {
    const char *label; /* folded */
    enum fact fact;
} labels[] = {{"so hieu", FACT_CODE},          {"so ky hieu", FACT_CODE},         {"so, ky hieu", FACT_CODE},
              {"loai van ban", FACT_TYPE},     {"co quan ban hanh", FACT_ISSUER}, {"noi ban hanh", FACT_ISSUER},
              {"ngay ban hanh", FACT_ISSUED},  {"ngay hieu luc", FACT_EFFECTIVE}, {"ngay co hieu luc", FACT_EFFECTIVE},
              {"hieu luc tu", FACT_EFFECTIVE}, {"trich yeu", FACT_TITLE},         {"nguoi ky", FACT_SIGNER}};

/* Signs of Markdown and blanks off both ends. */
static struct str bare(struct str s) {
    while (s.len && strchr("|*-_: ", s.at[0])) {
        s = str_slice(s, 1, s.len);
    }
    while (s.len && strchr("|*_: ", s.at[s.len - 1])) {
        s.len--;
    }
    return s;
}

static enum fact fact_in(struct arena *a, struct str line, struct str *value) {
    if (str_find(line, S("**"), 0) > 4) {
        return FACT_NONE;
    }
    struct str words = bare(line);
    size_t end = 0;
    while (end < words.len && !strchr(":*|", words.at[end])) {
        end++;
    }
    if (end == words.len || end > LABEL_MOST) {
        return FACT_NONE;
    }
    struct str label = utf8_fold(a, str_trim(str_slice(words, 0, end)));
    *value = bare(str_slice(words, end, words.len));
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (str_eq(label, str_of(labels[i].label))) {
            return labels[i].fact;
        }
    }
    return FACT_NONE;
}

static void take(struct arena *a, enum fact fact, struct str value, struct law_head *head) {
    switch (fact) {
    case FACT_CODE: head->code = head->code.len ? head->code : law_code_in(a, value); return;
    case FACT_TYPE: head->type_name = head->type_name.len ? head->type_name : law_type_named(a, value); return;
    case FACT_ISSUER: head->issuer = head->issuer.len ? head->issuer : value; return;
    case FACT_ISSUED: law_date_within(value, &head->issued_on); return;
    case FACT_EFFECTIVE: law_date_within(value, &head->effective_on); return;
    case FACT_TITLE: head->title = head->title.len ? head->title : value; return;
    case FACT_SIGNER: {
        size_t bracket = str_find(value, S(" ("), 0);
        head->signer = str_slice(value, 0, bracket == SIZE_MAX ? value.len : bracket);
        return;
    }
    case FACT_NONE: return;
    }
}

size_t law_front_read(struct arena *a, const struct law_lines *lines, size_t to, struct law_head *head) {
    size_t behind = 0;
    for (size_t i = 0; i < to && i < FRONT_LINES; i++) {
        size_t from = lines->at[i].from, end = lines->at[i].to;
        /* The line's own beginning: its signs were taken off. */
        while (from > 0 && lines->text.at[from - 1] != '\n') {
            from--;
        }
        struct str value;
        enum fact fact = fact_in(a, str_slice(lines->text, from, end), &value);
        if (fact != FACT_NONE) {
            take(a, fact, value, head);
            behind = i + 1;
        }
    }
    return behind;
}
