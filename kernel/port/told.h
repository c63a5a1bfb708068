/* Notice kinds: which events are told to whom, in which words, under which name. modules/notice makes the notices. */
#ifndef KERNEL_PORT_TOLD_H
#define KERNEL_PORT_TOLD_H
#include "base/str.h"
#include "kernel/queue/event.h"

/* What one event tells. */
struct told {
    int64_t to;       /* a principal; 0: nobody */
    struct str words; /* empty: nothing is told */
    struct str path;  /* where it leads, from "/" on; empty: the record's own page */
};

/* A table of these ends with a NULL event. The first that fits an event is its kind; an event of no kind is told when
   it is for somebody and brings words, in the group "Khác". */
struct told_kind {
    const char *event; /* "document.assigned", or "document.*", or "*.mentioned" */
    struct str group;  /* what people call such notices: "Được giao việc" */
    /* NULL: to whom the event is for, with "words" and "path" of its body. */
    struct err (*tell)(struct db_read *db, const struct event *e, struct told *told);
};
#endif
