/* The processes: a master that holds the listening sockets and starts what dies again, web workers, the deliverer of
   events, the search feed, job workers, a keeper of the folder, and one that hashes passwords. Nothing is shared but
   the database, the files and the wake-up sockets. */
#ifndef APP_SERVE_H
#define APP_SERVE_H
#include <signal.h>

#include "base/err.h"
#include "kernel/folder/folder.h"
#include "kernel/module.h"

struct config;
struct db;
struct db_read;
struct db_write;

enum part { PART_WEB, PART_EVENTS, PART_SEARCH, PART_JOBS, PART_KEEPER, PART_PASSWORDS };

struct serve {
    struct arena *arena;
    const struct config *config;
    struct str dir;
    struct str where; /* the database */
    bool no_demo;
    bool as_json;    /* what verify found */
    bool is_serving; /* not only making tables for a command */
    int lock_fd;     /* of the folder; -1: not held */
    struct folder_lease lease;
    int web_n, job_n;
    int listen_fds[16];
    int password_fds[16][2]; /* of each web worker: its end, and that of the process that hashes */
    int port;
};

/* `doanket serve`: returns when told to stop. The exit status. */
int serve_command(struct serve *s);

/* serve_start.c: takes DIR, judges whether folder and database belong together, brings the tables up to date, fills a
   folder that was bare. Runs before anything else, in a process of its own. */
int start_run(struct serve *s);
/* Opens the database as a part of the program does, where it is, and every module. */
struct err start_open(struct serve *s, struct arena *a, struct db **db);
/* Takes in what the administrator changed meanwhile. */
struct err start_refresh(struct serve *s, struct db_read *db);
struct err start_dir_make(struct serve *s, const char *below);
/* Where it is served, in words. */
struct str start_address(struct serve *s);
struct err start_files_at(struct serve *s);
/* What went wrong, in words on standard error, and for the log. */
void start_say(const char *doing, struct err e);

/* start_folder.c */
struct start_folder {
    struct folder_mark mark;
    bool is_unfilled; /* nobody is in it, and nothing was ever served */
};
struct err start_base_read(struct serve *s, struct folder_base *base);
/* Refuses what does not belong together; marks a folder that is begun. Nothing else is changed. */
struct err start_folder_judge(struct serve *s, struct start_folder *f);
/* One generation more: in the database, and once that is durable, in the folder. */
struct err start_folder_rise(struct db_write *w, const struct start_folder *f);
struct err start_folder_done(struct serve *s, struct db *db);
/* Refuses folders that cannot be read and written. */
struct err start_folders_usable(struct serve *s);

/* adopt.c: `doanket adopt` and `doanket sweep`. The exit status. */
int adopt_command(struct serve *s);
int form_command(struct serve *s, struct str *rest, size_t n); /* doanket form check FILE… */
int sweep_command(struct serve *s);

/* commands.c: the command of a module that the words name; NULL when none does. */
const struct command *command_named(struct str *words, size_t n);
/* The command that argv names, and the values of its options by the order of its table. */
struct command_given {
    const struct command *command; /* NULL: none is named */
    struct str *values;
};
/* Takes the options of the command that argv names out of argv, in place. */
struct err command_options_take(struct arena *a, int *argc, char **argv, struct command_given *given);
/* The exit status. */
int command_run(struct serve *s, const struct command *c, struct str *words, size_t n, struct str *values);
void command_usage_print(void);

/* setup.c: `doanket setup`; asks on standard input. The exit status. */
int setup_command(struct serve *s);

/* serve_keeper.c: watches the folder and renews the lease until told to stop. The exit status: KEEPER_LOST when another
   machine serves the database now, and everything here must end. */
enum { KEEPER_LOST = 77 };
int keeper_run(struct serve *s, struct arena *a, struct db *db, const volatile sig_atomic_t *stop);

/* serve_part.c: the life of one child; does not return. ready_fd gets the byte of its slot when it is. */
_Noreturn void part_run(struct serve *s, enum part part, int index, int slot, int ready_fd);
#endif
