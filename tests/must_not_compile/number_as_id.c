/* A bare number given where an id is wanted.
   expect: (incompatible type|passing 'int64_t'|passing 'long') */
#include "kernel/rights/auth.h"

bool is_somebody(struct person_id person);
bool caller(int64_t n);

bool is_somebody(struct person_id person) { return person.v != 0; }

bool caller(int64_t n) {
#ifdef GOOD
    return is_somebody((struct person_id){n});
#else
    return is_somebody(n);
#endif
}
