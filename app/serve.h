/* The processes: a master that holds the listening sockets and starts what dies again, web workers, the deliverer of
   events, the search feed, job workers, and one that hashes passwords. Nothing is shared but the database, the files and the wake-up sockets. */
#ifndef APP_SERVE_H
#define APP_SERVE_H
#include <signal.h>

#include "base/err.h"
#include "kernel/module.h"

struct config;
struct db;
struct db_read;

enum part { PART_WEB, PART_EVENTS, PART_SEARCH, PART_JOBS, PART_PASSWORDS };

struct serve {
    struct arena *arena;
    const struct config *config;
    struct str dir;
    struct str where; /* the database */
    bool no_demo;
    int web_n, job_n;
    int listen_fds[16];
    int password_fds[16][2]; /* of each web worker: its end, and that of the process that hashes */
    int port;
};

/* `doanket serve`: returns when told to stop. The exit status. */
int serve_command(struct serve *s);

/* serve_start.c: makes DIR, brings the tables up to date, fills an empty database. Runs before anything else, in a
 * process of its own. */
int start_run(struct serve *s);
/* Opens the database as a part of the program does, and every module. */
struct err start_open(struct serve *s, struct arena *a, struct db **db);
/* Takes in what the administrator changed meanwhile. */
struct err start_refresh(struct serve *s, struct db_read *db);

/* commands.c: the command of a module that the words name; NULL when none does. */
const struct command *command_named(struct str *words, size_t n);
/* Takes the options of the command that argv names out of argv, in place; values by the order of its table. */
struct err command_options_take(struct arena *a, int *argc, char **argv, struct str **values);
/* The exit status. */
int command_run(struct serve *s, const struct command *c, struct str *words, size_t n, struct str *values);
void command_usage_print(void);

/* setup.c: `doanket setup`; asks on standard input. The exit status. */
int setup_command(struct serve *s);

/* serve_part.c: the life of one child; does not return. ready_fd gets the byte of its slot when it is. */
_Noreturn void part_run(struct serve *s, enum part part, int index, int slot, int ready_fd);
#endif
