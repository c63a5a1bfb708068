/* Thông báo: what happened that is for one's post, behind the bell. Made by listening: events with a `to` become one notice
   for each post in force that the principal stands for.
   needs: org */
#ifndef MODULES_NOTICE_NOTICE_H
#define MODULES_NOTICE_NOTICE_H
#include "kernel/module.h"

extern const struct module notice_module;
#endif
