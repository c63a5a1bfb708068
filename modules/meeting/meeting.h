/* Tài liệu họp: a meeting from its plan over invitations, papers, the room and decisions to the tasks that follow;
   rooms without double bookings, the week's calendar, minutes drafted from the rows. needs: ballot db erase file http
   index kernel org page port queue record rights search shell task thread */
#ifndef MODULES_MEETING_MEETING_H
#define MODULES_MEETING_MEETING_H
#include "kernel/module.h"

extern const struct module meeting_module;
#endif
