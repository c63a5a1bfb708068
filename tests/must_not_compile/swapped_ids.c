/* A post given where a person is wanted.
   expect: (incompatible type|passing 'struct post_id') */
#include "kernel/rights/auth.h"

bool is_somebody(struct person_id person);
bool caller(const struct who *who);

bool is_somebody(struct person_id person) { return person.v != 0; }

bool caller(const struct who *who) {
#ifdef GOOD
    return is_somebody(who->person);
#else
    return is_somebody(who->post);
#endif
}
