/* Private to the module: the members of a packet's JSON that are one value. */
#ifndef MODULES_EXCHANGE_INSIDE_H
#define MODULES_EXCHANGE_INSIDE_H
#include "modules/exchange/exchange.h"

enum member_kind { MEMBER_TEXT, MEMBER_NUMBER, MEMBER_YES, MEMBER_TEXTS };
struct member {
    const char *name;
    enum member_kind kind;
    size_t offset;
};
struct members {
    const struct member *at;
    size_t n;
};
extern const struct members exchange_packet_members, exchange_organ_members;
extern const struct command exchange_commands[];

/* The packet, held against the sum its transport sent (empty: none): also hash_mismatch. */
struct err exchange_packet_read(struct arena *a, struct str bytes, struct str sum, struct edxml_packet *p);
void exchange_sum_put(struct buf *b, struct str bytes, struct str sum);

/* What was read before, to see a document come again. */
struct exchange_known {
    struct str id, document_id, sum;
    enum edxml_business business;
};
struct exchange_seen {
    struct arena *arena;
    LIST(struct exchange_known) documents;
};
struct exchange_case {
    struct str id, bytes, sum;
};
/* One line of JSON, whether the packet is let in or not. */
struct str exchange_case_answer(struct exchange_seen *seen, struct arena *a, const struct exchange_case *c);
#endif
