/* Thông báo: what happened that is for one's post, behind the bell. Made by listening: what a module's notice kinds
   (kernel/port/told.h) say is told, becomes one notice for each post in force that the principal stands for.
   needs: db erase http kernel org page port read shell queue */
#ifndef MODULES_NOTICE_NOTICE_H
#define MODULES_NOTICE_NOTICE_H
#include "kernel/module.h"

extern const struct module notice_module;

struct notice_latest_item {
    int64_t id;
    struct str words;
    struct instant told_at;
    bool is_new;
};
struct notice_latest {
    struct notice_latest_item *at;
    size_t n;
};
/* What people call the notices made of an event: "Được giao việc"; "Khác" when no module names it. */
struct str notice_group(struct str event);
/* The newest notices of a post, at most limit. */
struct err notice_latest(struct db_read *db, struct post_id post, int64_t limit, struct notice_latest *latest);
#endif
