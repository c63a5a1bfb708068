/* Private to app/: `doanket sheet`, and the communes of Hải Phòng by whatever name they are written. */
#ifndef APP_SHEET_H
#define APP_SHEET_H
#include "app/serve.h"
#include "kernel/import/import.h"

/* A commune as people write it: today's name; a name before 1 July 2025, with its district or without; without marks,
   or mistyped. For struct import_want. */
void sheet_commune(struct arena *a, struct str text, struct import_place *out);

/* `doanket sheet --cases FILE.jsonl`: reads the sheet of each line and prints what was found as a line of JSON. */
int sheet_command(struct serve *s, struct str *rest, size_t n);
#endif
