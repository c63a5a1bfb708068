#include "modules/law/law_import_source.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "search/words/text.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static struct str spaces_out(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != ' ') {
            buf_put_char(&b, s.at[i]);
        }
    }
    return buf_str(&b);
}

/* "BNN&PTNT", "NĐ_CP", "NQ.HĐTP", "BCA(X13)": the word goes on where the grammar of numbers stops. */
static size_t word_end(struct str text, size_t end) {
    size_t at = end;
    if (at + 1 >= text.len || (text.at[at] != '&' && text.at[at] != '_' && text.at[at] != '.' && text.at[at] != '(') ||
        text.at[at + 1] == ' ') {
        return end;
    }
    while (at < text.len && text.at[at] != ' ' && text.at[at] != ',' && text.at[at] != ';' && text.at[at] != '\n') {
        at++;
    }
    return at;
}

bool law_number_find(struct str text, size_t at, size_t *from, size_t *to) {
    char form[SEARCH_WHOLE_MOST];
    size_t len = 0;
    for (; at < text.len; at++) {
        bool is_start = is_digit(text.at[at]) && (at == 0 || (!is_digit(text.at[at - 1]) && text.at[at - 1] != '/'));
        size_t end = is_start ? search_number_at(text, at, form, &len) : at;
        struct str read = str_slice(text, at, end);
        /* A day (12/06/2018) has no letters, and is none. */
        if (end > at && (str_find(read, S("/"), 0) != SIZE_MAX || str_find(read, S("-"), 0) != SIZE_MAX)) {
            *from = at;
            *to = word_end(text, end);
            return true;
        }
    }
    return false;
}

void law_number_mend(struct arena *a, struct str *code, struct str *title) {
    struct str trimmed = str_trim(*code);
    bool is_cut = str_ends(trimmed, S("-")) || str_starts(*title, S("/")) || str_starts(*title, S("-")) ||
                  (trimmed.len < 4 && str_starts(*title, S(" -")));
    size_t from, to;
    struct str joined = str_format(a, "%.*s%.*s", STR_ARG(trimmed), STR_ARG(*title));
    if (is_cut && law_number_find(joined, 0, &from, &to) && from == 0 && to > trimmed.len) {
        *code = spaces_out(a, str_slice(joined, 0, to));
        *title = str_trim(str_slice(joined, to, joined.len));
    } else if (str_starts(*title, S(")")) && str_find(trimmed, S("("), 0) != SIZE_MAX) {
        *code = str_format(a, "%.*s)", STR_ARG(trimmed));
        *title = str_trim(str_slice(*title, 1, title->len));
    }
}

/* What stands between two words, the second left out; false when the first is missing. */
static bool between(struct str text, struct str first, struct str second, struct str *found, struct str *after) {
    size_t at = str_find(text, first, 0);
    if (at == SIZE_MAX) {
        return false;
    }
    *found = str_slice(text, at + first.len, text.len);
    *after = S("");
    size_t end = str_find(*found, second, 0);
    if (end != SIZE_MAX) {
        *after = str_slice(*found, end + second.len, found->len);
        *found = str_slice(*found, 0, end);
    }
    return true;
}

/* "… ngày 12/06/2018 của Quốc hội": the last such day ends the title. */
static void issue_off(struct str *title, struct law_source *out) {
    for (size_t at = title->len; at-- > 0;) {
        struct str tail = str_slice(*title, at, title->len), day;
        struct date read;
        if (!str_starts(tail, S("ngày ")) || (at > 0 && title->at[at - 1] != ' ')) {
            continue;
        }
        tail = str_slice(tail, S("ngày ").len, tail.len);
        if (str_next(&tail, ' ', &day) && date_read_vi(day, &read)) {
            out->issued_on = read;
            out->issuer = str_starts(tail, S("của ")) ? str_slice(tail, S("của ").len, tail.len) : S("");
            *title = str_trim(str_slice(*title, 0, at));
            return;
        }
    }
}

static void article_off(struct str *head, struct str *article) {
    struct str word, rest = *head;
    if (str_next(&rest, ' ', &word) && str_eq(word, S("Điều")) && str_next(&rest, ' ', &word) && word.len &&
        is_digit(word.at[0])) {
        *article = word;
        *head = rest;
    }
}

static struct str words_off(struct str s, struct str words) {
    return str_starts(s, words) ? str_trim(str_slice(s, words.len, s.len)) : s;
}

/* The type stands before the number, or before the name of what has none. */
static void type_off(struct arena *a, struct str *head, struct law_source *out) {
    struct law_type each, best = {0};
    for (size_t i = 0; law_type_at(i, &each); i++) {
        size_t n = each.name.len;
        if (head->len > n && head->at[n] == ' ' && n > best.name.len &&
            str_eq(utf8_fold(a, str_slice(*head, 0, n)), utf8_fold(a, each.name))) {
            best = each;
        }
    }
    out->type_name = best.name;
    *head = words_off(words_off(str_trim(str_slice(*head, best.name.len, head->len)), S("số ")), S("Không số "));
    if (str_eq(out->type_name, S("Thông tư")) && str_starts(*head, S("liên tịch "))) {
        out->type_name = S("Thông tư liên tịch");
        *head = words_off(*head, S("liên tịch "));
    }
}

void law_source_read(struct arena *a, struct str source, struct law_source *out) {
    static const struct str force = S_INIT(", có hiệu lực thi hành kể từ ngày ");
    struct str text = utf8_clean(a, source), head = text, day = {0}, rest = {0};
    *out = (struct law_source){0};
    size_t end = str_find(text, force, 0);
    if (end != SIZE_MAX) {
        head = str_slice(text, 0, end);
        between(text, force, S(", "), &day, &rest);
        (void)date_read_vi(str_trim(day), &out->effective_on);
        out->note = str_starts(rest, S("có nội dung")) ? rest : S("");
    }
    article_off(&head, &out->article);
    if (!out->article.len) {
        *out = (struct law_source){0};
        return;
    }
    type_off(a, &head, out);
    size_t from, to;
    if (law_number_find(head, 0, &from, &to) && from < 60) {
        out->code = spaces_out(a, str_slice(head, from, to));
        head = str_trim(str_slice(head, to, head.len));
    }
    issue_off(&head, out);
    out->title = head;
}

/* One act of a note: "Điều 1, Điều 2 Nghị định số 245/2025/NĐ-CP có hiệu lực thi hành kể từ ngày 11/09/2025". */
static void act_read(struct arena *a, struct str text, struct law_note_acts *out) {
    struct law_note_act act = {0};
    size_t from, to;
    struct str day, rest, words = text, word;
    if (!law_number_find(text, 0, &from, &to)) {
        return;
    }
    act.code = spaces_out(a, str_slice(text, from, to));
    if (between(text, S("kể từ ngày "), S(" "), &day, &rest)) {
        while (day.len && !is_digit(day.at[day.len - 1])) {
            day.len--;
        }
        (void)date_read_vi(day, &act.effective_on);
    }
    size_t articles = 0;
    words = str_slice(text, 0, from);
    while (between(words, S("Điều "), S(" "), &word, &rest)) {
        articles++;
        act.article = word;
        words = rest;
    }
    act.article = articles == 1 && act.article.len && act.article.at[act.article.len - 1] != ',' ? act.article : S("");
    struct law_source named = {0};
    words = str_trim(words);
    type_off(a, &words, &named);
    act.type_name = named.type_name;
    LIST_ADD(a, &out->acts, act);
}

void law_note_read(struct arena *a, struct str note, struct law_note_acts *out) {
    struct str clean = utf8_clean(a, note), rest = clean, head, acts, piece;
    *out = (struct law_note_acts){0};
    if (!between(clean, S(" bởi "), S("\n"), &acts, &rest) && !between(clean, S("tại "), S("\n"), &acts, &rest)) {
        return;
    }
    head = str_slice(clean, 0, (size_t)(acts.at - clean.at));
    out->is_supplement_only =
        str_find(head, S("bổ sung"), 0) != SIZE_MAX && str_find(head, S("sửa đổi"), 0) == SIZE_MAX &&
        str_find(head, S("bãi bỏ"), 0) == SIZE_MAX && str_find(head, S("thay thế"), 0) == SIZE_MAX;
    while (str_next(&acts, ';', &piece)) {
        act_read(a, piece, out);
    }
}

void law_related_read(struct arena *a, struct str text, struct law_related *out) {
    struct str rest = str_trim(utf8_clean(a, text)), label;
    *out = (struct law_related){0};
    if (str_starts(rest, S("Điều "))) {
        rest = str_slice(rest, S("Điều ").len, rest.len);
        str_cut(rest, S(" "), &label, &rest);
        while (label.len && label.at[label.len - 1] == '.') {
            label.len--;
        }
        struct str first, more;
        out->pd_code = str_cut(label, S("."), &first, &more) ? label : S("");
        out->article = first;
    }
    out->words = str_trim(rest);
    for (size_t at = str_find(rest, S("của "), 0); at != SIZE_MAX && !out->code.len;
         at = str_find(rest, S("của "), at + 1)) {
        struct law_source named = {0};
        struct str tail = str_slice(rest, at + S("của ").len, rest.len);
        size_t from, to;
        type_off(a, &tail, &named);
        if (named.type_name.len && law_number_find(tail, 0, &from, &to) && from == 0) {
            out->code = spaces_out(a, str_slice(tail, from, to));
        }
    }
}

/* Figures among words: 26 tháng 6 năm 2026. */
struct figures {
    int64_t at[3];
    size_t n;
};

static void figure_take(struct figures *f, struct str cut, struct str word) {
    int64_t value;
    if (f->n < 3 && num_read(cut, &value)) {
        f->at[f->n++] = value;
    } else if (f->n < 3 && !str_eq(word, S("thang")) && !str_eq(word, S("nam"))) {
        f->n = 0;
    }
}

static struct date figures_day(const struct figures *f) {
    bool may_be = f->n == 3 && f->at[0] > 0 && f->at[0] < 32 && f->at[1] > 0 && f->at[1] < 13 && f->at[2] < 3000;
    struct date day = {0};
    if (may_be) {
        day = (struct date){(int16_t)f->at[2], (int8_t)f->at[1], (int8_t)f->at[0]};
    }
    return may_be && date_valid(day) ? day : (struct date){0};
}

struct date law_day_find(struct arena *a, struct str text) {
    struct str rest = utf8_fold(a, text), word;
    struct figures figures = {0};
    struct date day = {0};
    while (figures.n < 3 && str_next(&rest, ' ', &word)) {
        struct str cut = str_slice(word, 0, 10);
        while (cut.len && !is_digit(cut.at[cut.len - 1])) {
            cut.len--;
        }
        if (date_read_iso(cut, &day) || date_read_vi(cut, &day)) {
            return day;
        }
        figure_take(&figures, cut, word);
    }
    return figures_day(&figures);
}
