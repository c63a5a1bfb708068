/* A cookie of a module's own, for people without an account: never read by scripts, only sent to this site. */
#ifndef KERNEL_HTTP_COOKIE_H
#define KERNEL_HTTP_COOKIE_H
#include "base/str.h"

struct request;

/* Kept by the browser for so many seconds (0: taken away). name and value are of letters, digits, '-', '_' and '.'. */
void answer_cookie(struct request *r, const char *name, struct str value, int64_t seconds);
#endif
