/* Functions nobody calls here: each has a safer one of ours. Included last, after every system header. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(function) sorry_##function##_is_banned
#undef strcpy
#define strcpy(...) BANNED(strcpy)
#undef strncpy
#define strncpy(...) BANNED(strncpy)
#undef strcat
#define strcat(...) BANNED(strcat)
#undef strncat
#define strncat(...) BANNED(strncat)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)
#undef strtok
#define strtok(...) BANNED(strtok)
#undef atoi
#define atoi(...) BANNED(atoi)
#undef atol
#define atol(...) BANNED(atol)
#undef gets
#define gets(...) BANNED(gets)
#undef localtime
#define localtime(...) BANNED(localtime)
#undef gmtime
#define gmtime(...) BANNED(gmtime)
#undef ctime
#define ctime(...) BANNED(ctime)
#undef rand
#define rand(...) BANNED(rand)
#undef system
#define system(...) BANNED(system)
#undef popen
#define popen(...) BANNED(popen)
/* list_sort of base/list.h may be given nothing to sort. */
#undef qsort
#define qsort(...) BANNED(qsort)
#undef qsort_r
#define qsort_r(...) BANNED(qsort_r)
/* Modules live in arenas: memory by hand does not compile there. */
#ifdef BANNED_IN_MODULES
#undef malloc
#define malloc(...) BANNED(malloc)
#undef calloc
#define calloc(...) BANNED(calloc)
#undef realloc
#define realloc(...) BANNED(realloc)
#undef free
#define free(...) BANNED(free)
#undef strdup
#define strdup(...) BANNED(strdup)
#endif
#endif
