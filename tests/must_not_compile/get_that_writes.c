/* A GET handler that writes: it holds a reading handle, and what writes takes a writing one.
   expect: incompatible(-| )pointer( |-)type */
#include "kernel/rights/audit.h"
#include "kernel/http/http.h"

#ifdef GOOD
struct err handler(struct post *h);
struct err handler(struct post *h) {
#else
struct err handler(struct get *h);
struct err handler(struct get *h) {
#endif
    return audit_note(h->db, &(struct audit){.verb = S("document.show")});
}
