/* Hộp thư công vụ: boxes of posts and units with their letters, claims, notes and drafts (rules.h), and ways of a box
   out of the house and into it (way.h). What a letter says of itself is read by modules/mail/letter.
   needs: db document erase file http index kernel mail/letter org page port queue read record rights seal search shell
   task wire */
#ifndef MODULES_MAIL_MAIL_H
#define MODULES_MAIL_MAIL_H
#include "kernel/module.h"
#include "modules/mail/letter/letter.h"

extern const struct module mail_module;
#endif
