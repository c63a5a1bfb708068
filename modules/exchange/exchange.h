/* Liên thông văn bản: packets of the exchange as JSON, for people and programs: `doanket edxml`.
   needs: edxml kernel page read */
#ifndef MODULES_EXCHANGE_EXCHANGE_H
#define MODULES_EXCHANGE_EXCHANGE_H
#include "edxml/edxml.h"
#include "kernel/module.h"

struct buf;

extern const struct module exchange_module;

/* What edxml_read gave as the members of a JSON object, without its braces; with_contents: also the bytes of the
   attachments, so that exchange_json_read makes the same packet again. docs/edxml.md names the members. */
void exchange_json_put(struct buf *b, const struct edxml_packet *p, bool with_contents);
/* The packet a JSON object describes. ERR_INVALID at the member that is wrong. */
struct err exchange_json_read(struct arena *a, struct str json, struct edxml_packet *out);
#endif
