/* Người dân đăng nhập: citizens sign in by a provider of identity (OpenID Connect), in a realm of their own that gives
   no right in the office, and see under "Hồ sơ của tôi" what they sent, each with its state, and who looked at it.
   docs/citizen.md says what holds.
   needs: db http kernel page queue read rights seal shell   shows: citizen_token */
#ifndef MODULES_CITIZEN_CITIZEN_H
#define MODULES_CITIZEN_CITIZEN_H
#include "kernel/db/db.h"
#include "kernel/db/ids/citizen_person.h"
#include "kernel/db/ids/receipt_item.h"
#include "kernel/module.h"

extern const struct module citizen_module;

struct citizen {
    struct citizen_person_id id; /* 0: nobody is signed in */
    struct str name;
    int64_t level; /* place in the provider's levels, from 1; 0: not said */
};
/* Who is signed in as a citizen in this browser. */
struct err citizen_of(struct db_read *db, struct request *r, struct citizen *c);
/* What is sent while signed in is theirs; of nobody nothing is kept. */
struct err citizen_sent(struct db_write *db, struct request *r, struct receipt_item_id item);
struct err citizen_owns(struct db_read *db, struct request *r, struct receipt_item_id item, bool *owns);
/* What the provider is called on the button; empty while signing in is off. */
struct err citizen_way(struct db_read *db, struct str *name);
#endif
