/* An instant given where a day is wanted.
   expect: (incompatible type|passing 'struct instant') */
#include "base/time.h"

int caller(void);

int caller(void) {
#ifdef GOOD
    return date_weekday(date_of(clock_now()));
#else
    return date_weekday(clock_now());
#endif
}
