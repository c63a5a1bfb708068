/* Who it says it is from, and what speaks against it. */
#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/facts.h"
#include "base/utf8.h"

#include "base/banned.h"

static bool is_within(struct str host, struct str other) {
    return other.len > 0 && (str_eq(host, other) || (host.len > other.len && str_ends(host, other) &&
                                                     host.at[host.len - other.len - 1] == '.'));
}

static bool is_trusted(struct str domain, struct str ours) {
    bool is_known = is_within(domain, ours);
    for (size_t i = 0; i < domain.len && !is_known; i++) {
        bool is_label = i == 0 || domain.at[i - 1] == '.';
        is_known = is_label && mail_word_is(S("ours_domain"), str_slice(domain, i, domain.len));
    }
    return is_known;
}

/* An address in the name that is not the one behind it. */
static bool is_name_an_address(struct arena *a, const struct mail_address *from) {
    struct str name = str_lower_ascii(a, from->name), piece;
    while (str_next(&name, ' ', &piece)) {
        struct str domain = mail_domain(piece);
        if (domain.len > 3 && str_find(domain, S("."), 0) != SIZE_MAX &&
            str_find(from->address, domain, 0) == SIZE_MAX) {
            return true;
        }
    }
    return false;
}

void mail_beware(struct mail_reader *r, const struct mail_head *h, struct str ours, struct mail_letter *l) {
    size_t at, end;
    struct str home = ours.len ? str_lower_ascii(r->arena, ours) : l->to.n ? mail_domain(l->to.at[0].address) : S("");
    struct str from = mail_domain(l->from.address), reply = mail_domain(l->reply_to.address);
    bool is_our_name = mail_word_in(S("ours"), utf8_fold(r->arena, l->from.name), &at, &end);
    l->warns[MAIL_WARN_SPOOF] = (is_our_name && !is_trusted(from, home)) || is_name_an_address(r->arena, &l->from);
    l->warns[MAIL_WARN_REPLY] = reply.len && !is_within(reply, from) && !is_within(from, reply);
    for (size_t i = 0; i < h->headers.n && home.len; i++) {
        struct str server = str_slice(h->headers.at[i].value, 0, str_find(h->headers.at[i].value, S(";"), 0));
        server = str_lower_ascii(r->arena, str_trim(server));
        server = str_slice(server, 0, str_find(server, S(" "), 0));
        if (str_eq_ascii_nocase(h->headers.at[i].name, S("Authentication-Results")) && !is_within(server, home)) {
            l->warns[MAIL_WARN_RESULTS] = true;
        }
    }
}
