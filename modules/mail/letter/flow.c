/* How a letter's text is laid out: soft line ends joined (RFC 3676), the signature and what is quoted below set apart.
 */
#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

static struct str line_next(struct str *rest) {
    size_t end = str_find(*rest, S("\n"), 0);
    struct str line = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end == SIZE_MAX ? rest->len : end + 1, rest->len);
    return line.len && line.at[line.len - 1] == '\r' ? str_slice(line, 0, line.len - 1) : line;
}

static size_t quotes_of(struct str line) {
    size_t n = 0;
    while (n < line.len && line.at[n] == '>') {
        n++;
    }
    return n;
}

struct flow {
    struct buf out;
    size_t depth; /* of the paragraph that is open */
    bool is_open, is_delsp;
};

static void flow_line(struct flow *f, struct str line) {
    size_t depth = quotes_of(line);
    struct str text = str_slice(line, depth, line.len);
    bool is_mark = str_eq(text, S("-- ")) || str_eq(text, S(" -- "));
    text = str_slice(text, text.len > 0 && text.at[0] == ' ' ? 1 : 0, text.len);
    if (f->is_open && (is_mark || depth != f->depth)) {
        BUF_LIT(&f->out, "\n");
        f->is_open = false;
    }
    if (!f->is_open) {
        for (size_t i = 0; i < depth; i++) {
            BUF_LIT(&f->out, ">");
        }
        buf_put(&f->out, depth ? S(" ") : S(""));
    }
    f->depth = depth;
    f->is_open = !is_mark && text.len > 0 && text.at[text.len - 1] == ' ';
    text.len -= f->is_open && f->is_delsp;
    buf_put(&f->out, text);
    buf_put(&f->out, f->is_open ? S("") : S("\n"));
}

struct str mail_unflow(struct arena *a, struct str text, bool is_flowed, bool is_delsp) {
    struct flow f = {.out = buf_in(a), .is_delsp = is_delsp};
    struct str rest = text;
    while (rest.len) {
        struct str line = line_next(&rest);
        if (is_flowed) {
            flow_line(&f, line);
        } else {
            buf_put(&f.out, line);
            BUF_LIT(&f.out, "\n");
        }
    }
    struct str all = buf_str(&f.out);
    while (all.len && (all.at[all.len - 1] == '\n' || all.at[all.len - 1] == ' ')) {
        all.len--;
    }
    return all.len ? str_format(a, "%.*s\n", STR_ARG(all)) : all;
}

/* Vào … đã viết:, -----Original Message-----. What follows is somebody else's. */
static bool is_quote_head(struct arena *a, struct str line) {
    size_t at, end;
    struct str folded = str_trim(utf8_fold(a, line));
    if (folded.len > 300) {
        return false;
    }
    bool is_rule = str_starts(folded, S("---")) || str_starts(folded, S("___")) || str_starts(folded, S("==="));
    if (is_rule && mail_word_in(S("quote"), folded, &at, &end)) {
        return true;
    }
    bool is_said = str_starts(folded, S("vao ")) || str_starts(folded, S("on ")) || str_starts(folded, S("ngay ")) ||
                   str_starts(folded, S("luc "));
    return is_said && mail_word_in(S("quote_end"), folded, &at, &end) && end == folded.len;
}

/* Where the lines begin that are all quoted up to the end. */
static size_t quoted_from(struct str text) {
    size_t from = text.len;
    struct str rest = text;
    while (rest.len) {
        size_t at = text.len - rest.len;
        struct str line = line_next(&rest);
        if (line.len && line.at[0] == '>') {
            from = from == text.len ? at : from;
        } else if (str_trim(line).len) {
            from = text.len;
        }
    }
    return from;
}

static struct str own_of(struct arena *a, struct str text) {
    struct str rest = text;
    while (rest.len) {
        size_t at = text.len - rest.len;
        struct str line = line_next(&rest);
        if (is_quote_head(a, line)) {
            return str_slice(text, 0, at);
        }
    }
    return str_slice(text, 0, quoted_from(text));
}

void mail_layout(struct arena *a, struct mail_letter *l) {
    struct str rest = l->text;
    size_t cut = l->text.len;
    while (rest.len && cut == l->text.len) {
        size_t at = l->text.len - rest.len;
        struct str line = line_next(&rest);
        if (str_eq(line, S("-- ")) || str_eq(line, S("--"))) {
            cut = at;
            l->signature = str_trim(own_of(a, rest));
        }
    }
    struct str body = str_slice(l->text, 0, cut);
    l->own_text = own_of(a, body);
    while (body.len) {
        struct str line = line_next(&body);
        if (str_trim(line).len) {
            LIST_ADD(a, &l->paragraphs, str_trim(line));
        }
    }
}
