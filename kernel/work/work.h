/* What happens after a request: events told to those who listen, jobs done beside the pages, and the poke that wakes
   whoever waits.
   needs: db rights   shows: event job wake */
#ifndef KERNEL_WORK_WORK_H
#define KERNEL_WORK_WORK_H
#endif
