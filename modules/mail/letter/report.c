/* Letters from machines: bounces (RFC 3464), receipts (RFC 8098), automatic answers (RFC 3834), lists. */
#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { BLOCKS_MOST = 2000 };

/* One block of "Name: value" lines, up to an empty line. False at the end. */
static bool block_next(struct arena *a, struct str *rest, struct mail_head *head) {
    bool is_any = false;
    *head = (struct mail_head){0};
    while (rest->len) {
        struct str line, name, value;
        size_t end = str_find(*rest, S("\n"), 0);
        line = str_slice(*rest, 0, end);
        *rest = str_slice(*rest, end == SIZE_MAX ? rest->len : end + 1, rest->len);
        if (!str_trim(line).len) {
            if (is_any) {
                break;
            }
            continue;
        }
        is_any = true;
        bool is_fold = line.at[0] == ' ' || line.at[0] == '\t';
        if (is_fold && head->headers.n) {
            struct mail_header *last = &head->headers.at[head->headers.n - 1];
            last->value = str_format(a, "%.*s %.*s", STR_ARG(last->value), STR_ARG(str_trim(line)));
        } else if (str_cut(line, S(":"), &name, &value)) {
            LIST_ADD(a, &head->headers, (struct mail_header){str_trim(name), str_trim(value)});
        }
    }
    return is_any;
}

/* rfc822; a@b → a@b */
static struct str recipient(struct arena *a, struct str value) {
    struct str type, address;
    if (!str_cut(value, S(";"), &type, &address)) {
        address = value;
    }
    address = str_trim(address);
    if (address.len > 1 && address.at[0] == '<' && address.at[address.len - 1] == '>') {
        address = str_slice(address, 1, address.len - 1);
    }
    return str_lower_ascii(a, address);
}

static struct str first_word(struct str s) {
    size_t n = 0;
    while (n < s.len && s.at[n] != ' ' && s.at[n] != '\t' && s.at[n] != '(' && s.at[n] != ';') {
        n++;
    }
    return str_slice(s, 0, n);
}

static void delivery(struct arena *a, struct str bytes, struct mail_letter *l) {
    struct mail_head head;
    struct str rest = bytes;
    for (int i = 0; i < BLOCKS_MOST && block_next(a, &rest, &head); i++) {
        struct str final = mail_header_of(&head, "Final-Recipient");
        struct str to = final.len ? final : mail_header_of(&head, "Original-Recipient");
        if (to.len) {
            LIST_ADD(a, &l->deliveries,
                     (struct mail_delivery){recipient(a, to),
                                            str_lower_ascii(a, first_word(mail_header_of(&head, "Action"))),
                                            first_word(mail_header_of(&head, "Status"))});
        }
    }
}

static void id_take(struct str value, struct mail_letter *l) {
    if (!l->of.len) {
        l->of = mail_id_next(&value);
    }
}

static void receipt(struct arena *a, struct str bytes, struct mail_letter *l) {
    struct mail_head head;
    struct str rest = bytes;
    if (!block_next(a, &rest, &head)) {
        return;
    }
    struct str how = str_lower_ascii(a, mail_header_of(&head, "Disposition"));
    id_take(mail_header_of(&head, "Original-Message-ID"), l);
    if (str_find(how, S("displayed"), 0) != SIZE_MAX) {
        struct str who = mail_header_of(&head, "Final-Recipient");
        l->read_by = recipient(a, who.len ? who : mail_header_of(&head, "Original-Recipient"));
    }
}

static bool is_listed(struct str value) {
    return str_eq_ascii_nocase(value, S("bulk")) || str_eq_ascii_nocase(value, S("list")) ||
           str_eq_ascii_nocase(value, S("junk")) || str_eq_ascii_nocase(value, S("auto_reply"));
}

static bool is_robot(struct arena *a, const struct mail_letter *l) {
    size_t at, end;
    struct str local = str_slice(l->from.address, 0, str_find(l->from.address, S("@"), 0));
    return mail_word_is(S("robot"), local) || mail_word_in(S("auto"), utf8_fold(a, l->subject), &at, &end);
}

static bool is_machine(struct arena *a, const struct mail_head *h, const struct mail_letter *l) {
    struct str submitted = first_word(mail_header_of(h, "Auto-Submitted"));
    return (submitted.len && !str_eq_ascii_nocase(submitted, S("no"))) ||
           str_eq(str_trim(mail_header_of(h, "Return-Path")), S("<>")) || mail_header_of(h, "List-Id").len ||
           mail_header_of(h, "List-Unsubscribe").len || mail_header_of(h, "X-Auto-Response-Suppress").len ||
           mail_header_of(h, "X-Autoreply").len || is_listed(first_word(mail_header_of(h, "Precedence"))) ||
           is_robot(a, l);
}

static bool is_kind(const struct mail_part *part, struct str plain, struct str global) {
    return str_starts(part->type, plain) || str_starts(part->type, global);
}

static void original(struct mail_reader *r, const struct mail_part *part, struct mail_letter *l) {
    struct mail_head head;
    struct str rest = part->bytes;
    if (block_next(r->arena, &rest, &head)) {
        id_take(mail_header_of(&head, "Message-ID"), l);
    }
}

/* Whether the part makes the letter a bounce or a receipt. */
static bool part_read(struct mail_reader *r, const struct mail_part *part, struct mail_letter *l) {
    if (is_kind(part, S("message/delivery-status"), S("message/global-delivery-status"))) {
        delivery(r->arena, part->bytes, l);
        return true;
    }
    if (is_kind(part, S("message/disposition-notification"), S("message/global-disposition-notification"))) {
        receipt(r->arena, part->bytes, l);
        return true;
    }
    if (str_starts(part->type, S("text/rfc822-header")) ||
        (part->is_in_report && str_eq(part->type, S("message/rfc822")))) {
        original(r, part, l);
    }
    return false;
}

void mail_report(struct mail_reader *r, const struct mail_apart *p, struct mail_letter *l) {
    bool is_about = false;
    for (size_t i = 0; i < p->parts.n; i++) {
        is_about = part_read(r, &p->parts.at[i], l) || is_about;
    }
    l->is_machine = is_about || p->is_report || is_machine(r->arena, &p->letters.at[0], l);
    if (p->is_report && p->letters.n > 1) {
        id_take(mail_header_of(&p->letters.at[1], "Message-ID"), l);
    }
    if (is_about || p->is_report) {
        id_take(l->in_reply_to, l);
    }
}
