/* A function with a safer one of ours: system.
   expect: sorry_system_is_banned */
#include "base/num.h"
#include "base/str.h"

#include "base/banned.h"

void caller(char *to, const char *from);

void caller(char *to, [[maybe_unused]] const char *from) {
#ifdef GOOD
    int64_t n = 0;
    to[0] = num_read(str_of(from), &n) ? 'y' : 'n';
#else
    (void)system(from);
#endif
}
