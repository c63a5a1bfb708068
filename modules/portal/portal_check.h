/* What keeps a text from being published: looked at whole, each fault as a sentence that says what to do. */
#ifndef MODULES_PORTAL_PORTAL_CHECK_H
#define MODULES_PORTAL_PORTAL_CHECK_H
#include "kernel/db/db.h"
#include "modules/portal/portal_view.h"

struct portal_faults {
    struct portal_fault *at;
    size_t n;
};

struct portal_checked {
    struct str title, lead, body, source, author, alt;
    bool has_picture;
};
/* Title, lead, source, alt text, headings in order, links that say where they lead, and personal data: an identity
   number, a mobile phone, an account that is not a fund's. */
void portal_check(struct arena *a, const struct portal_checked *text, struct portal_faults *faults);
/* The links of the text within the portal that lead nowhere, or to what was withdrawn. */
struct err portal_check_links(struct db_read *db, struct str body, struct portal_faults *faults);
#endif
