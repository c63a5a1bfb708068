/* What the pages of receipts show. */
#ifndef MODULES_RECEIPT_RECEIPT_VIEW_H
#define MODULES_RECEIPT_RECEIPT_VIEW_H
#include "base/list.h"
#include "base/str.h"
#include "kernel/page/form.h"

struct receipt_look {
    struct form *form;
    bool is_wrong, is_late; /* the words or the code do not fit; too many tries */
    struct str way;         /* signing in as a citizen; empty: off */
    bool is_citizen;
};
#endif
