/* Văn bản đi: documents an office issues. Drafts with all their versions, a route of approvals each bound to what it
   approved, numbers without gaps, issue to offices of the system and to bodies outside in one act, who has read and
   answered, recall, replacement and correction, copies, the register, and a passport that anybody may ask.
   needs: db document erase file http index kernel law org out page place port queue record rights search/words shell
   task thread */
#ifndef MODULES_OUTGOING_OUTGOING_H
#define MODULES_OUTGOING_OUTGOING_H
#include "kernel/module.h"

extern const struct module outgoing_module;
#endif
