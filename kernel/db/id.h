/* Ids made by the program: 63 bits, in order of time, unique across nodes and processes without asking the database.
   41 bits of milliseconds since 2024-01-01 UTC, 6 of node, 5 of process, 11 of sequence.
   The id type of a table T is in the generated kernel/db/ids/T.h. */
#ifndef KERNEL_DB_ID_H
#define KERNEL_DB_ID_H
#include "base/time.h"

void id_node(int node); /* 0-63, from the settings; once at start */
/* 0-31, different for each process of a node; call after fork. Unset: taken from the process's number. */
void id_process(int process);
int id_node_number(void); /* as set */
/* Greater than any id this process made before, even when the clock goes back. */
int64_t id_new(void);
/* When it was made, by its node's clock. */
struct instant id_made_at(int64_t id);
/* Decimal digits of a whole string, 1 … 2^63-1. For what comes from an address or a form. */
bool id_read(struct str s, int64_t *id);
#endif
