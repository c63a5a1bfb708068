/* What a business gives the program: one const struct module in modules/X/X.c, listed in app/modules.c.
   Every member may be left out; name the ones you bring:  const struct module org_module = {.name = "org", .routes =
   org_routes}; All tables end with an empty row (path, title, name or kind empty).
   needs: http */
#ifndef KERNEL_MODULE_H
#define KERNEL_MODULE_H
#include "kernel/http/http.h"
#include "kernel/db/ids/file_blob.h"

#define DOANKET_VERSION "0.1"

struct db;
struct erase;          /* kernel/erase/erase.h */
struct event_listener; /* kernel/queue/event.h */
struct file_uses;      /* kernel/file/file.h */
struct job_kind;       /* kernel/queue/job.h */
struct search_source;  /* kernel/index/feed.h */
struct offer;          /* kernel/port/offer.h */
struct metric_source;  /* kernel/port/metric.h */
struct paper_kind;     /* kernel/port/paper.h */
struct told_kind;      /* kernel/port/told.h */
struct waiting_source; /* kernel/port/waiting.h */
struct task_kind;      /* modules/task/task.h */

/* The three areas of the shell, and the administrator's own. */
enum area {
    AREA_DESK = 1,  /* above the areas: Bàn làm việc */
    AREA_WORK,      /* Tác nghiệp */
    AREA_ASSISTANT, /* Trợ lý và thống kê */
    AREA_ADMIN,     /* Quản trị */
    AREA_BELL,      /* the bell beside the search box: one entry */
};

/* One line of the navigation. Shown to those who may open path. */
struct nav_entry {
    enum area area;
    int order;         /* within the area, small first */
    const char *title; /* Vietnamese */
    const char *path;  /* "/document"; must be a GET route */
    const char *icon;  /* ICON("file-text") */
    bool is_on_phone;  /* also in the phone's bar */
    /* The number beside it; NULL: none. Cheap: one indexed look-up. is_hot: something is late. */
    struct err (*count)(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot);
};

/* A command of the program beside those of app/main.c: doanket NAME word… --option value…. Settings (--data, --db …)
   are taken out before; other words that begin with "--" must be among its options. */
struct command_option {
    const char *name; /* "json": --json */
    bool has_value;
};
struct command_run {
    struct db *db; /* its tables made and up to date */
    struct arena *arena;
    const struct modules *app;
    struct str *words; /* after the name */
    size_t n;
    struct str *values; /* of the options, in the order of the table; .at is NULL where not given */
};
struct command {
    const char *name;                     /* "ask", or two words: "import law" */
    const char *usage;                    /* lines for `doanket help`, Vietnamese */
    const struct command_option *options; /* ended by a NULL name; NULL: none */
    int (*run)(struct command_run *run);  /* the exit status; 2: wrong words */
};

/* What an act is called in the trail: {"visit.change", "Sửa cuộc thăm"}. */
struct verb_words {
    const char *verb;
    const char *words; /* Vietnamese */
};

struct module {
    const char *name;                       /* the one word: folder, prefix, tables, URL */
    const char *title;                      /* Vietnamese */
    const struct route *routes;             /* ended by a NULL path */
    const struct nav_entry *nav;            /* ended by a NULL title */
    const struct event_listener *listeners; /* ended by a NULL name; heard in the live process */
    const struct job_kind *job_kinds;       /* ended by a NULL name; run in job workers */
    const struct search_source *sources;    /* ended by an empty kind */
    const struct command *commands;         /* ended by a NULL name */
    const struct command *bare_commands;    /* those that need no folder and no database: run->db is NULL; one called as
                                               a command above is meant where an option that only it has is given */
    const struct verb_words *verbs;         /* ended by a NULL verb; every act it writes to the trail */
    const struct metric_source *metrics;    /* what is counted; ended by an empty code */
    const struct waiting_source *waiting;   /* what waits for a post; ended by an empty code */
    const struct told_kind *told;           /* which events are told to whom; ended by a NULL event */
    const struct paper_kind *papers;        /* what a paper may become; ended by a NULL path */
    const struct offer *offers;             /* forms the assistant may open, filled; ended by a NULL path */
    const struct task_kind *task_kinds;     /* kinds of records tasks are given on; ended by an empty kind */
    const struct auth_org *auth_org;        /* one module only: org */
    /* Adds the module's records that hold a kept file, for telling what a damaged one touches; NULL: none do. */
    struct err (*file_uses)(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses);
    /* Demonstration data for an empty folder, in the order of app/modules.c, one transaction each. */
    struct err (*demo)(struct db_write *db, struct arena *arena);
    /* What every database must hold (fixed rows), run at each start after the tables are made; must be safe to run
     * again. */
    struct err (*seed)(struct db_write *db, struct arena *arena);
    /* Takes out of the module's own tables what the record said: words, names of files, numbers; the rows stay. Asked
     * of every module, whosever the record is. */
    struct err (*erase)(struct db_write *db, const struct erase *e);
    /* In every process after fork, before the first request or job: open readers, fill caches. */
    struct err (*open)(struct db *db, struct arena *arena);
};

struct modules {
    const struct module *const *at;
    size_t n;
};
extern const struct module kernel_module; /* kernel/shell/auth_pages.c: signing in, the event stream, health */
extern const struct modules modules;      /* app/modules.c */

/* What the server and the route table are made from. */
struct route_tables modules_routes(struct arena *a, const struct modules *m);
const struct module *module_named(const struct modules *m, struct str name); /* NULL when none */
/* What a verb of the trail is called; the verb itself when no module says. */
struct str module_verb_words(const struct modules *m, struct str verb);
/* Where a record of a kind has its page, "/visit/42"; empty when the module of that name has no such page. */
struct str module_record_path(struct arena *a, const struct modules *m, struct str kind, int64_t record);
#endif
