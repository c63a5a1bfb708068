/* The rules of outgoing documents, without HTTP: what pages, ports, demonstration and tests call. Private to the
 * module. */
#ifndef MODULES_OUTGOING_OUTGOING_RULES_H
#define MODULES_OUTGOING_OUTGOING_RULES_H
#include "modules/outgoing/outgoing_box.h"
#include "modules/outgoing/outgoing_draft.h"
#include "modules/outgoing/outgoing_sent.h"

struct erase;

extern const struct thread_verb outgoing_thread[];
struct err outgoing_forget(struct db_write *db, const struct erase *e);
struct err outgoing_demo(struct db_write *db, struct arena *arena);
#endif
