/* What happens after a request: events told to those who listen, jobs done beside the pages, and the poke that wakes
   whoever waits.
   needs: db page read rights   shows: clock event event_queries job */
#ifndef KERNEL_QUEUE_QUEUE_H
#define KERNEL_QUEUE_QUEUE_H
#endif
