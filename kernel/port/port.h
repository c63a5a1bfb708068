/* Ports: what a business tells of itself to those who know none by name. Each header is one const table of struct
   module and says who reads it: metric.h the charts, waiting.h the desk, told.h the notices, paper.h what a paper may
   become, offer.h which forms the assistant leads to. docs/ports.md has the smallest use of each.
   needs: db page queue rights   shows: metric waiting told paper offer */
#ifndef KERNEL_PORT_PORT_H
#define KERNEL_PORT_PORT_H
#endif
