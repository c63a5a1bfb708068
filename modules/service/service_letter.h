/* Letters of a dossier: what is known is filled in, and what was issued stays as it was. */
#ifndef MODULES_SERVICE_SERVICE_LETTER_H
#define MODULES_SERVICE_SERVICE_LETTER_H
#include "modules/service/service_inside.h"

/* A placeholder with its name in words and what stands there. */
struct service_fact {
    struct str name, label, value;
    bool is_typed; /* somebody writes it; the rest follows from the dossier */
};
struct service_facts {
    LIST(struct service_fact) all;
};
/* What a letter would say now; said: JSON of what was typed, which goes before what is known. */
struct err service_letter_facts(struct db_read *db, const struct service_case *c, const struct service_letter_def *def,
                                struct str said, struct service_facts *facts);
/* Opening and closing words; empty for letters that are their facts alone. */
void service_letter_words(struct str letter, struct str *opening, struct str *closing);
/* What a placeholder is called; its own name where nobody said. */
struct str service_placeholder_label(struct str name);
#endif
