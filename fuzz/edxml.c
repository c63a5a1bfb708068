/* Any bytes as a packet: read or refused with a reason; what is read and can be written says the same when read again.
 */
#include "edxml/edxml.h"

#include "base/arena.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    struct edxml_packet p, again;
    struct str xml;
    if (n > 100000) {
        return 0;
    }
    struct arena *a = arena_new();
    struct err e = edxml_read(a, (struct str){(const char *)at, n}, &p);
    must(!e.why || (e.why->field.len && e.why->message.len));
    if (!e.why && !edxml_write(a, &p, &xml).why) {
        must(!edxml_read(a, xml, &again).why);
        must(again.is_status == p.is_status && again.to.n == p.to.n && again.attachments.n == p.attachments.n);
        must(str_eq(edxml_document_id(&p), edxml_document_id(&again)));
        must(str_eq(edxml_content_sum(a, &p), edxml_content_sum(a, &again)));
    }
    arena_free(a);
    return 0;
}
