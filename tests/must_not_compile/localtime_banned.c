/* The C library's local time: days are those of Việt Nam, made by base/time.h.
   expect: sorry_localtime_is_banned */
#include "base/time.h"

#include "base/banned.h"

int caller(void);

int caller(void) {
#ifdef GOOD
    return clock_today().day;
#else
    time_t now = 0;
    return localtime(&now)->tm_mday;
#endif
}
