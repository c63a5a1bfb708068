/* The commands of letters, and a letter as JSON. */
#ifndef MODULES_MAIL_COMMAND_H
#define MODULES_MAIL_COMMAND_H
#include "base/buf.h"
#include "kernel/module.h"
#include "modules/mail/letter/letter.h"

extern const struct command mail_commands[];

/* The members of an object, without its brackets. */
void mail_json(struct buf *b, const struct mail_letter *l);
#endif
