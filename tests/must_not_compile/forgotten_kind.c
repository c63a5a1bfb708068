/* A switch that forgets one of the kinds of error.
   expect: (ERR_BROKEN.*not handled|not handled.*ERR_BROKEN) */
#include "base/err.h"

int caller(enum err_kind kind);

int caller(enum err_kind kind) {
    switch (kind) {
    case ERR_INVALID:
    case ERR_DENIED:
    case ERR_MISSING:
    case ERR_CONFLICT:
    case ERR_BUSY: return 1;
#ifdef GOOD
    case ERR_BROKEN: return 2;
#endif
    }
    return 0;
}
