/* One type of error, six kinds. A dropped error does not compile.
   TRY returns early and needs no undoing: the arena and the transaction see to it. */
#ifndef BASE_ERR_H
#define BASE_ERR_H
#include "base/str.h"

struct arena;

enum err_kind {
    ERR_INVALID = 1, /* 422: what was typed is wrong; field says where */
    ERR_DENIED,      /* 403 */
    ERR_MISSING,     /* 404; also "not yours" */
    ERR_CONFLICT,    /* 409: somebody changed it first */
    ERR_BUSY,        /* 503: try again */
    ERR_BROKEN,      /* 500: ours to mend */
};

/* message is Vietnamese and for the person (empty: the kind's own sentence); detail is for the log only. */
struct fault {
    enum err_kind kind;
    struct str field;
    struct str message;
    struct str detail;
    const char *file;
    int line;
    const struct fault *next; /* further faults of the same form */
};

struct [[nodiscard]] err {
    const struct fault *why;
};

#define OK ((struct err){0})
#define TRY(expression)                                                                                                \
    do {                                                                                                               \
        struct err try_err = (expression);                                                                             \
        if (try_err.why) {                                                                                             \
            return try_err;                                                                                            \
        }                                                                                                              \
    } while (0)

/* An error known when the program is built: FAIL(ERR_BROKEN, "cannot open the index"). */
#define FAIL(kind_, detail_)                                                                                           \
    __extension__({                                                                                                    \
        static const struct fault fail_fault = {                                                                       \
            .kind = (kind_), .detail = S_INIT(detail_), .file = __FILE__, .line = __LINE__};                           \
        (struct err){&fail_fault};                                                                                     \
    })
/* The same with a Vietnamese sentence for the person. */
#define REFUSE(kind_, field_, message_)                                                                                \
    __extension__({                                                                                                    \
        static const struct fault fail_fault = {.kind = (kind_),                                                       \
                                                .field = S_INIT(field_),                                               \
                                                .message = S_INIT(message_),                                           \
                                                .file = __FILE__,                                                      \
                                                .line = __LINE__};                                                     \
        (struct err){&fail_fault};                                                                                     \
    })
/* An error with words made at run time. detail goes to the log, never to a page. */
#define FAIL_WITH(arena_, kind_, ...) err_detail((arena_), (kind_), __FILE__, __LINE__, __VA_ARGS__)
struct err err_detail(struct arena *a, enum err_kind kind, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* A refusal with words made at run time, shown to the person at the field (NULL or "" for the whole form). */
struct err err_refuse(struct arena *a, enum err_kind kind, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static inline bool err_is(struct err e, enum err_kind kind) { return e.why && e.why->kind == kind; }
int err_status(enum err_kind kind);          /* the HTTP status */
struct str err_sentence(enum err_kind kind); /* the kind's own Vietnamese sentence */
/* For the few places where failing is of no consequence; says so in the code. */
static inline void err_ignore(struct err e) { (void)e.why; }
#endif
