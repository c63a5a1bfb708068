/* Forms a question asks for, from the offers of all modules. */
#ifndef MODULES_ASSISTANT_ASSISTANT_OFFER_H
#define MODULES_ASSISTANT_ASSISTANT_OFFER_H
#include "kernel/module.h"
#include "kernel/page/html.h"

struct assistant_offered {
    struct str name;
    struct link link;
};
struct assistant_offers {
    struct assistant_offered *at;
    size_t n;
};
/* Those one of whose phrases the question holds as whole words, and whose roles one of `roles` is. */
void assistant_offers_of(struct arena *a, const struct modules *app, uint64_t roles, struct str question,
                         struct assistant_offers *out);
#endif
