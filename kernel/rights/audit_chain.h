/* The chain itself, for kernel/audit*.c. */
#ifndef KERNEL_RIGHTS_AUDIT_CHAIN_H
#define KERNEL_RIGHTS_AUDIT_CHAIN_H
#include "kernel/rights/audit.h"
#include "kernel/rights/audit_queries.h"

enum { AUDIT_HASH = 32 };

enum { AUDIT_SALT = 16 };
/* Says that the details of a record were erased. */
#define AUDIT_ERASED "record.erased"

/* The hash of an entry: SHA-256 over its canonical bytes, which hold the previous hash and the digest of its details.
 */
struct str audit_hash(struct arena *a, const struct audit_read_row *e);
/* The digest of an entry's details: SHA-256 over salt, before and after. */
struct str audit_digest(struct arena *a, const struct audit_read_row *e);
/* audit_note at a given instant: of a view recorded earlier. */
struct err audit_append(struct db_write *db, const struct audit *a, struct instant at);
/* "document" of "document.register", unless kind is given. */
struct str audit_kind(const struct audit *a);
/* The head this node last wrote down; false when there is none. */
bool audit_head_file_read(struct str dir, int64_t *seq, char hex[AUDIT_HASH * 2 + 1]);
#endif
