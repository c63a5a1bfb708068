/* Addresses as letters write them: names in quotes or encoded words, addresses in brackets or bare. */
#include "modules/mail/letter/inside.h"
#include "base/arena.h"

#include "base/banned.h"

/* Where the address ends: at a comma or semicolon outside quotes, brackets and encoded words. */
static size_t end_of(struct str s) {
    bool is_quoted = false, is_bracket = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '\\' && is_quoted) {
            i++;
        } else if (c == '"') {
            is_quoted = !is_quoted;
        } else if (!is_quoted && (c == '<' || c == '>')) {
            is_bracket = c == '<';
        } else if (!is_quoted && !is_bracket && (c == ',' || c == ';')) {
            return i;
        }
    }
    return s.len;
}

static struct str unquoted(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '\\' && i + 1 < s.len) {
            i++;
        } else if (s.at[i] == '"') {
            continue;
        }
        buf_put_char(&b, s.at[i]);
    }
    return str_trim(buf_str(&b));
}

struct mail_address mail_address_next(struct mail_reader *r, struct str *rest) {
    struct mail_address out = {0};
    while (rest->len && !out.address.len) {
        size_t end = end_of(*rest);
        struct str one = str_trim(str_slice(*rest, 0, end)), name = {0}, address = one;
        *rest = str_slice(*rest, end + 1, rest->len);
        /* The last bracket counts: a name may have brackets of its own. */
        for (size_t i = one.len; i > 0; i--) {
            if (one.at[i - 1] == '<') {
                name = str_trim(str_slice(one, 0, i - 1));
                str_cut(str_slice(one, i, one.len), S(">"), &address, &(struct str){0});
                break;
            }
        }
        out.address = str_lower_ascii(r->arena, mail_words(r, address));
        out.name = mail_words(r, unquoted(r->arena, name));
    }
    return out;
}

struct str mail_domain(struct str address) {
    for (size_t i = address.len; i > 0; i--) {
        if (address.at[i - 1] == '@') {
            return str_slice(address, i, address.len);
        }
    }
    return (struct str){0};
}

struct str mail_id_next(struct str *rest) {
    size_t from = str_find(*rest, S("<"), 0), end = from == SIZE_MAX ? from : str_find(*rest, S(">"), from);
    if (end == SIZE_MAX) {
        *rest = (struct str){0};
        return (struct str){0};
    }
    struct str id = str_slice(*rest, from, end + 1);
    *rest = str_slice(*rest, end + 1, rest->len);
    return id;
}
