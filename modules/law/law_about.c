#include "modules/law/law_about.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/utf8.h"
#include "search/search.h"

FACTS(law_facts_issuers, "modules/law/issuers.tsv");

struct issuer {
    struct str group, family, name;
};

static bool next_issuer(struct str *rest, struct issuer *issuer) {
    struct str cells[3];
    bool has = facts_next(rest, cells, 3);
    *issuer = has ? (struct issuer){cells[0], cells[1], cells[2]} : (struct issuer){0};
    return has;
}

static bool issuer_of_group(struct str group, struct issuer *issuer) {
    struct str rest = FACTS_STR(law_facts_issuers);
    while (group.len && group.at[group.len - 1] >= '0' && group.at[group.len - 1] <= '9') {
        group.len--;
    }
    while (next_issuer(&rest, issuer)) {
        if (str_eq(issuer->group, group)) {
            return true;
        }
    }
    return false;
}

/* "30/2020/nd-cp": its groups of letters, one after another. */
static bool next_group(struct str *rest, struct str *group) {
    size_t end = 0;
    while (rest->len && (rest->at[0] == '/' || rest->at[0] == '-')) {
        *rest = str_slice(*rest, 1, rest->len);
    }
    while (end < rest->len && rest->at[end] != '/' && rest->at[end] != '-') {
        end++;
    }
    *group = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->len);
    return end > 0;
}

static bool is_digits(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') {
            return false;
        }
    }
    return s.len > 0;
}

struct str law_issuer_of_key(struct str code_key) {
    struct str group, name = {0};
    struct issuer issuer;
    size_t n = 0;
    while (next_group(&code_key, &group)) {
        if (issuer_of_group(group, &issuer)) {
            name = issuer.name;
            n++;
        }
    }
    return n == 1 ? name : S("");
}

static struct str family_of(struct arena *a, const struct law_about *about) {
    struct str rest = about->code_key, group;
    struct issuer issuer;
    struct law_type type;
    while (next_group(&rest, &group)) {
        if (!is_digits(group) && issuer_of_group(group, &issuer)) {
            return issuer.family;
        }
    }
    struct str folded = utf8_fold(a, about->issuer), facts = FACTS_STR(law_facts_issuers);
    while (folded.len && next_issuer(&facts, &issuer)) {
        if (issuer.group.at[0] == '~' &&
            str_find(folded, str_slice(issuer.group, 1, issuer.group.len), 0) != SIZE_MAX) {
            return issuer.family;
        }
    }
    return law_type_by_code(about->type, &type) ? type.family : S("state");
}

struct str law_code_key(struct arena *a, struct str code) {
    struct buf b = buf_in(a);
    struct str clean = utf8_clean(a, code);
    for (size_t i = 0; i < clean.len; i++) {
        char c = clean.at[i];
        if (c != '&') {
            buf_put_char(&b, c == '_' || (c == '.' && i + 1 < clean.len) ? '-' : c);
        }
    }
    return search_number(a, buf_str(&b));
}

/* The longest name of a type that a text begins with; *len says how much of the text it is. */
static bool type_begins(struct arena *a, struct str text, struct law_type *type, size_t *len) {
    struct law_type each;
    *len = 0;
    for (size_t i = 0; law_type_at(i, &each); i++) {
        size_t n = each.name.len;
        bool is_word = text.len >= n && (text.len == n || text.at[n] == ' ' || text.at[n] == ',');
        if (is_word && n > *len && str_eq(utf8_fold(a, str_slice(text, 0, n)), utf8_fold(a, each.name))) {
            *type = each;
            *len = n;
        }
    }
    return *len > 0;
}

static struct str type_of(struct arena *a, const struct law_about *about) {
    struct law_type type;
    size_t len;
    struct str rest = about->code_key, group;
    if (law_type_by_name(about->type_name, &type) || type_begins(a, about->type_name, &type, &len) ||
        type_begins(a, about->title, &type, &len)) {
        return type.code;
    }
    while (next_group(&rest, &group)) {
        for (size_t i = 0; !is_digits(group) && law_type_at(i, &type); i++) {
            if (str_eq(str_lower_ascii(a, type.code), group)) {
                return type.code;
            }
        }
    }
    return S("");
}

static struct str one_line(struct arena *a, struct str text) {
    struct buf b = buf_in(a);
    struct str clean = str_trim(utf8_clean(a, text));
    for (size_t i = 0; i < clean.len; i++) {
        bool is_space = clean.at[i] == ' ' || clean.at[i] == '\n' || clean.at[i] == '\t' || clean.at[i] == '\r';
        if (!is_space) {
            buf_put_char(&b, clean.at[i]);
        } else if (b.len && b.at[b.len - 1] != ' ') {
            buf_put_char(&b, ' ');
        }
    }
    return buf_str(&b);
}

static struct str marks_off(struct str s) {
    while (s.len && (s.at[0] == ' ' || s.at[0] == ':' || s.at[0] == '-' || s.at[0] == ',' || s.at[0] == '.')) {
        s = str_slice(s, 1, s.len);
    }
    while (s.len && (s.at[s.len - 1] == ' ' || s.at[s.len - 1] == ':' || s.at[s.len - 1] == ',')) {
        s.len--;
    }
    return s;
}

static struct str word_off(struct str s, struct str word) {
    return str_starts(s, word) ? marks_off(str_slice(s, word.len, s.len)) : s;
}

/* "ngày 05/3/2020 " at the beginning. */
static struct str day_off(struct str s, struct date *day) {
    struct str rest = word_off(s, S("ngày ")), word;
    struct date read;
    if (rest.len == s.len || !str_next(&rest, ' ', &word) || !date_read_vi(marks_off(word), &read)) {
        return s;
    }
    *day = day->year ? *day : read;
    return marks_off(rest);
}

/* "Nghị định số 168/2024/NĐ-CP ngày … của Chính phủ quy định …" is "quy định …". */
static void title_clean(struct arena *a, struct law_about *about) {
    struct law_type type;
    size_t len;
    struct str t = one_line(a, about->title);
    bool is_named = type_begins(a, t, &type, &len) && str_eq(type.code, about->type);
    struct str rest = is_named ? marks_off(str_slice(t, len, t.len)) : t;
    /* "Luật sư" is a name, not "Luật" and a name. */
    rest = str_find(rest, S(" "), 0) == SIZE_MAX && rest.len < 8 ? t : rest;
    rest = word_off(rest, S("số "));
    bool has_code = about->code.len && str_starts(rest, about->code);
    if (has_code) {
        rest = day_off(marks_off(str_slice(rest, about->code.len, rest.len)), &about->issued_on);
        rest = about->issuer.len ? word_off(rest, str_format(a, "của %.*s", STR_ARG(about->issuer))) : rest;
    }
    struct str tail = str_format(a, ", số %.*s", STR_ARG(about->code));
    if (about->code.len && str_ends(rest, tail)) {
        rest.len -= tail.len;
    }
    if (str_ends(rest, S(" của Quốc hội"))) {
        rest.len -= S(" của Quốc hội").len;
    }
    about->title = utf8_capital(a, marks_off(law_title_code_out(a, marks_off(rest), about->code)));
}

/* Laws are called by their names: Luật Đất đai, Bộ luật Lao động. */
static void short_title_make(struct arena *a, struct law_about *about) {
    struct law_type type;
    bool is_called = str_eq(about->type, S("LUAT")) || str_eq(about->type, S("BLUAT")) ||
                     str_eq(about->type, S("PL")) || str_eq(about->type, S("HP"));
    about->short_title = S("");
    if (!is_called || !law_type_by_code(about->type, &type)) {
        return;
    }
    if (str_eq(about->type, S("HP"))) {
        bool has_year = str_starts(about->code, S("HP")) && about->code.len == 6;
        about->short_title = has_year ? str_format(a, "Hiến pháp %.4s", about->code.at + 2) : type.name;
    } else if (about->title.len && about->title.len <= 300) {
        bool is_amending = str_starts(about->title, S("Sửa đổi"));
        struct str name =
            is_amending ? str_format(a, "s%.*s", STR_ARG(str_slice(about->title, 1, about->title.len))) : about->title;
        about->short_title = str_format(a, "%.*s %.*s", STR_ARG(type.name), STR_ARG(name));
    }
}

static struct str slug(struct arena *a, struct str text, size_t most) {
    struct buf b = buf_in(a);
    struct str folded = utf8_fold(a, text);
    for (size_t i = 0; i < folded.len && b.len < most; i++) {
        char c = folded.at[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            buf_put_char(&b, c);
        } else if (b.len && b.at[b.len - 1] != '-') {
            buf_put_char(&b, '-');
        }
    }
    return b.len && b.at[b.len - 1] == '-' ? str_slice(buf_str(&b), 0, b.len - 1) : buf_str(&b);
}

/* /vn/nd-cp/2020/30; a local one behind its issuer; one without number by type, year and title. */
static struct str uri_make(struct arena *a, const struct law_about *about) {
    struct str rest = about->code_key, number, second, groups;
    struct buf b = buf_in(a);
    BUF_LIT(&b, "/vn/");
    if (str_eq(about->family, S("local")) && about->issuer.len) {
        buf_printf(&b, "%.*s/", STR_ARG(slug(a, about->issuer, 60)));
    }
    if (!about->code_key.len) {
        struct str name = about->title.len ? slug(a, about->title, 80) : slug(a, about->code, 40);
        buf_printf(&b, "%.*s/%d/%.*s", STR_ARG(about->type.len ? slug(a, about->type, 20) : S("van-ban")),
                   (int)about->issued_on.year, STR_ARG(name.len ? name : S("khong-ten")));
        return buf_str(&b);
    }
    str_cut(rest, S("/"), &number, &rest);
    bool has_year = str_cut(rest, S("/"), &second, &groups) || is_digits(rest);
    struct str year = has_year ? second : str_format(a, "%d", (int)about->issued_on.year);
    groups = has_year ? groups : rest;
    buf_printf(&b, "%.*s/%.*s/%.*s", STR_ARG(groups.len ? groups : S("so")), STR_ARG(year), STR_ARG(number));
    return buf_str(&b);
}

struct str law_declared_of(struct arena *a, struct str words) {
    static const struct {
        struct str words, code;
    } known[] = {
        {S_INIT("het hieu luc mot phan"), S_INIT("partly")}, {S_INIT("mot phan"), S_INIT("partly")},
        {S_INIT("het hieu luc"), S_INIT("expired")},         {S_INIT("ngung hieu luc"), S_INIT("suspended")},
        {S_INIT("chua co hieu luc"), S_INIT("pending")},     {S_INIT("sap co hieu luc"), S_INIT("pending")},
        {S_INIT("chua ap dung"), S_INIT("pending")},         {S_INIT("con hieu luc"), S_INIT("in_force")},
        {S_INIT("co hieu luc"), S_INIT("in_force")},
    };
    static const struct str codes[] = {S_INIT("partly"), S_INIT("expired"), S_INIT("suspended"), S_INIT("pending"),
                                       S_INIT("in_force")};
    struct str folded = utf8_fold(a, utf8_clean(a, words));
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (str_eq(folded, codes[i])) {
            return codes[i];
        }
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_find(folded, known[i].words, 0) != SIZE_MAX) {
            return known[i].code;
        }
    }
    return S("");
}

/* An issuer spelled as its list has it: "Bộ công thương." is Bộ Công Thương, so that a list counts it once. */
static struct str issuer_spelled(struct arena *a, struct str issuer) {
    struct str rest = FACTS_STR(law_facts_issuers), plain = issuer;
    struct issuer known;
    while (plain.len && (plain.at[plain.len - 1] == '.' || plain.at[plain.len - 1] == ',')) {
        plain.len--;
    }
    struct str folded = utf8_fold(a, plain);
    while (folded.len && next_issuer(&rest, &known)) {
        if (str_eq(utf8_fold(a, known.name), folded)) {
            return known.name;
        }
    }
    return plain;
}

void law_about_finish(struct arena *a, struct law_about *about) {
    about->code = marks_off(one_line(a, about->code));
    about->issuer = issuer_spelled(a, marks_off(one_line(a, about->issuer)));
    about->code_key = law_code_key(a, about->code);
    about->type = type_of(a, about);
    title_clean(a, about);
    if (!about->issuer.len) {
        about->issuer = law_issuer_of_key(about->code_key);
    }
    about->family = family_of(a, about);
    about->issuer_key = utf8_fold(a, about->issuer);
    short_title_make(a, about);
    about->title_fold = utf8_fold(a, about->short_title.len ? about->short_title : about->title);
    about->declared = law_declared_of(a, about->declared);
    about->uri = uri_make(a, about);
}

static void fill(struct str *to, struct str from) { *to = to->len ? *to : from; }
static void fill_day(struct date *to, struct date from) { *to = to->year ? *to : from; }

void law_about_fill(struct law_about *about, const struct law_about *from) {
    fill(&about->code, from->code);
    fill(&about->type_name, from->type_name);
    fill(&about->title, from->title);
    fill(&about->issuer, from->issuer);
    fill(&about->declared, from->declared);
    fill(&about->gazette, from->gazette);
    fill(&about->signer, from->signer);
    fill(&about->signer_post, from->signer_post);
    fill(&about->source, from->source);
    fill_day(&about->issued_on, from->issued_on);
    fill_day(&about->effective_on, from->effective_on);
    fill_day(&about->expired_on, from->expired_on);
    fill_day(&about->declared_on, from->declared_on);
}
