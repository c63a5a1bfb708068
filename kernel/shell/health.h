/* Whether what is done here is kept: for whoever watches the server, and for the administrator's page. */
#ifndef KERNEL_SHELL_HEALTH_H
#define KERNEL_SHELL_HEALTH_H
#include "base/err.h"

struct db_read;
struct get;

/* OK, or why nothing can be kept now, with a sentence: the database or the folder is not at its place, the disk is
 * full.
 */
struct err health_now(struct db_read *db);
/* GET /health: 200 ok, or 503 with the sentence. */
struct err health_page(struct get *g);
#endif
