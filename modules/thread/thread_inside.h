/* Between the files of the room. */
#ifndef MODULES_THREAD_THREAD_INSIDE_H
#define MODULES_THREAD_THREAD_INSIDE_H
#include "kernel/http/http.h"

extern const struct route thread_routes[];
#endif
