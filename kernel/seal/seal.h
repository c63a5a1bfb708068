/* Secrets that must be used again, such as a password at another server: kept sealed (XSalsa20-Poly1305) by a key that
   lies in the data folder and not in the database, so that a copy of the database alone opens none of them. The key
   belongs in the same back-up as the folder's files. needs: db file */
#ifndef KERNEL_SEAL_SEAL_H
#define KERNEL_SEAL_SEAL_H
#include "kernel/db/db.h"

/* In the data folder; made with the first secret. */
#define SEAL_FILE "secrets.key"

/* Text for a column. An empty secret stays empty. */
struct err seal_secret(struct db_write *db, struct str secret, struct str *sealed);
/* INVALID at the field "secret", with what to do, when the key is gone or is another's, or the text was changed. */
struct err seal_open(struct arena *a, struct str sealed, struct str *secret);
#endif
