/* Offers: forms the assistant may lead to when a question asks for something to be done. Nothing is done by asking: the
   person sees the form, and sends it. */
#ifndef KERNEL_PORT_OFFER_H
#define KERNEL_PORT_OFFER_H
#include "base/str.h"

/* A table of these ends with a NULL path. */
struct offer {
    struct str name;  /* what is done: "Nhận văn bản đến" */
    const char *path; /* the form's page; must be a GET route */
    const char *asked; /* phrases that ask for it, apart by "|": "nhận văn bản|vào sổ văn bản"; marks and capitals do
                          not count */
    uint64_t roles;    /* whose act it is; 0: everybody's */
    const char *field; /* the field of the address that takes what stands after the phrase; NULL: none */
};
#endif
