#include "modules/assistant/assistant_offer.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/utf8.h"
#include "kernel/port/offer.h"
#include "modules/assistant/assistant_day.h"

/* What stands after the first phrase that is there as whole words, in the question's own letters. Both are compared
   word by word, folded. */
static bool phrase_after(struct arena *a, struct str phrase, struct str question, struct str *rest) {
    struct str left = question;
    while (left.len) {
        struct str words = phrase, here = left, wanted, word;
        bool is_there = true;
        while (is_there && str_next(&words, ' ', &wanted)) {
            is_there = str_next(&here, ' ', &word) && str_eq(utf8_fold(a, word), utf8_fold(a, wanted));
        }
        if (is_there) {
            *rest = str_trim(here);
            return true;
        }
        str_next(&left, ' ', &word);
    }
    return false;
}

static struct link offer_link(struct arena *a, const struct offer *o, struct str rest) {
    struct buf b = buf_in(a);
    url_escape(&b, rest);
    return o->field && rest.len ? link_local(a, "%s?%s=%.*s", o->path, o->field, STR_ARG(buf_str(&b)))
                                : link_local(a, "%s", o->path);
}

static bool is_asked(struct arena *a, const struct offer *o, struct str question, struct str *rest) {
    struct str phrases = str_of(o->asked), phrase;
    while (str_next(&phrases, '|', &phrase)) {
        if (phrase_after(a, phrase, question, rest)) {
            return true;
        }
    }
    return false;
}

void assistant_offers_of(struct arena *a, const struct modules *app, uint64_t roles, struct str question,
                         struct assistant_offers *out) {
    struct str rest = S("");
    *out = (struct assistant_offers){0};
    for (size_t i = 0; i < app->n; i++) {
        for (const struct offer *o = app->at[i]->offers; o && o->path; o++) {
            bool may = !o->roles || (o->roles & roles);
            if (may && is_asked(a, o, question, &rest)) {
                LIST_ADD(a, out, (struct assistant_offered){o->name, offer_link(a, o, rest)});
            }
        }
    }
}
