/* Intake: what a paper somebody has in hand may become. The desk offers each to those who may open its form. */
#ifndef KERNEL_PORT_PAPER_H
#define KERNEL_PORT_PAPER_H
#include "base/str.h"

/* A table of these ends with a NULL path. */
struct paper_kind {
    int order;        /* among all, small first: the first is the desk's main button */
    struct str act;   /* what the button says: "Nhận văn bản" */
    const char *path; /* the page that takes the paper; must be a GET route */
    const char *icon; /* ICON("plus") */
    uint64_t roles;   /* whose daily work it is; 0: everybody's who may open the page */
};
#endif
